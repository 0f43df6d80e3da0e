"""What a run did, as numbers that must add up, and as one JSON object for whoever looks into it later."""

from __future__ import annotations

import heapq
import importlib.metadata
import json
import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.assets import model_path
from pipeline.batch.intake import Entry
from pipeline.batch.job import Outcome
from pipeline.batch.reasons import REASONS
from pipeline.dataset.tables import DATASET_VERSION
from pipeline.errors import ExitStatus, MissingResourceError
from pipeline.record import SCHEMA_VERSION
from pipeline.run import MODELS

REPORT_VERSION = "1"

SLOWEST = 10
"""Documents named in the report as the slowest."""

LIBRARIES = ("pypdfium2", "pikepdf", "pytesseract", "opencv-python-headless", "numpy", "sqlalchemy")
"""Packages whose versions a difference between two nights may come from."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not ok."""

    path: str
    doc_id: str | None
    state: str
    message: str | None


@dataclass(frozen=True, slots=True, order=True)
class Timing:
    """How long a document took."""

    seconds: float  # wall clock of its last start
    cpu_seconds: float
    pages: int
    path: str


@dataclass(frozen=True, slots=True)
class Move:
    """A document found at a path that is new: under another name, or a second time."""

    doc_id: str
    path: str
    known_as: str


@dataclass(slots=True)
class Report:
    """What a run did. ``inputs = ok + partial + quarantined + duplicates + unchanged``, or the run has failed.

    Of a run that was stopped, the documents ``left`` for the next one are a further term.
    """

    inputs: int = 0
    ok: int = 0
    partial: int = 0
    quarantined: int = 0
    duplicates: int = 0
    unchanged: int = 0
    left: int = 0  # documents that a stopped run did not finish
    elsewhere: int = 0  # among the unchanged: another host works on them
    pages: int = 0  # of the documents that were processed
    faults: dict[str, list[Fault]] = field(default_factory=dict)  # by reason
    slowest: list[Timing] = field(default_factory=list)  # a heap, the fastest first
    renamed: list[Move] = field(default_factory=list)  # among the unchanged
    copies: list[Move] = field(default_factory=list)  # among the duplicates
    phases: dict[str, float] = field(default_factory=dict)  # wall-clock seconds
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    number: int | None = None  # in the table `runs`
    version: str | None = None  # fingerprint of program, models and options
    settings: dict[str, Any] = field(default_factory=dict)
    stopped: ExitStatus | None = None  # by a signal, or by an error
    error: str | None = None  # what stopped it, in words

    def add_outcome(self, outcome: Outcome) -> None:
        """Count the end of a document."""
        job, pages = outcome.job, outcome.record.source.pages or 0 if outcome.record else 0
        setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        self.pages += pages
        if outcome.reason:
            fault = Fault(job.entry.shown, job.doc_id, outcome.state, outcome.message)
            self.faults.setdefault(outcome.reason, []).append(fault)
        timing = Timing(round(outcome.seconds, 3), round(outcome.cpu_seconds, 3), pages, job.entry.shown)
        (heapq.heappush if len(self.slowest) < SLOWEST else heapq.heappushpop)(self.slowest, timing)

    def add_unreadable(self, entry: Entry) -> None:
        """Count a file that could not even be taken in."""
        self.quarantined += 1
        fault = Fault(entry.shown, None, "quarantined", entry.message)
        self.faults.setdefault(entry.reason or "unreadable", []).append(fault)

    @contextmanager
    def timing(self, phase: str) -> Iterator[None]:
        """Note how long a part of the run takes."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.phases[phase] = round(time.monotonic() - begun, 3)

    @property
    def reasons(self) -> dict[str, int]:
        """How many files are not ok, by reason."""
        return {reason: len(faults) for reason, faults in self.faults.items()}

    def counts(self) -> dict[str, int]:
        """Return the terms of the reconciliation by name."""
        names = ("inputs", "ok", "partial", "quarantined", "duplicates", "unchanged")
        return {name: getattr(self, name) for name in names}

    @property
    def balanced(self) -> bool:
        """Whether every input is accounted for."""
        ended = self.ok + self.partial + self.quarantined + self.duplicates + self.unchanged
        return self.inputs == ended + self.left and (self.left == 0 or self.stopped is not None)

    @property
    def status(self) -> ExitStatus:
        """The exit status of the run."""
        if self.stopped is not None:
            return self.stopped
        if not self.balanced:
            return ExitStatus.BUG
        if "missing_resource" in self.faults:
            return ExitStatus.MISSING
        if self.inputs == 0 or self.quarantined == self.inputs:
            return ExitStatus.NO_INPUT
        return ExitStatus.INCOMPLETE if self.partial or self.quarantined else ExitStatus.OK

    @property
    def complete(self) -> bool:
        """Whether every input came to an end: a success to whoever watches over the nights."""
        return self.status in (ExitStatus.OK, ExitStatus.INCOMPLETE)

    @property
    def name(self) -> str:
        """Name of the run's files, sorted by time."""
        return f"{self.started:%Y%m%dT%H%M%SZ}-{self.number or 0}"

    @property
    def seconds(self) -> float:
        """Wall clock of the whole run."""
        return ((self.ended or datetime.now(UTC)) - self.started).total_seconds()

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON takes it; the schema is that of `REPORT_VERSION`."""
        return {
            "report_version": REPORT_VERSION,
            "run": self.number,
            "started": self.started.isoformat(timespec="seconds"),
            "ended": self.ended.isoformat(timespec="seconds") if self.ended else None,
            "status": int(self.status),
            "status_name": self.status.name.lower(),
            "error": self.error,
            "settings": self.settings,
            "counts": self.counts(),
            "left": self.left,
            "elsewhere": self.elsewhere,
            "pages": self.pages,
            "seconds": {"total": round(self.seconds, 3), **self.phases},
            "cpu_seconds": round(cpu_seconds(), 3),
            "reasons": {
                reason: {
                    "count": len(faults),
                    "what_to_do": REASONS.get(reason),
                    "files": [asdict(fault) for fault in faults],
                }
                for reason, faults in sorted(self.faults.items())
            },
            "slowest": [asdict(timing) for timing in sorted(self.slowest, reverse=True)],
            "renamed": [asdict(move) for move in self.renamed],
            "copies": [asdict(move) for move in self.copies],
            "versions": {**versions(), "fingerprint": self.version},
        }


def cpu_seconds() -> float:
    """Return the CPU time of this process and of the children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def versions() -> dict[str, Any]:
    """Return the versions of what a record depends on."""
    return {
        "kehoach": __version__,
        "schema": SCHEMA_VERSION,
        "dataset": DATASET_VERSION,
        "python": platform.python_version(),
        "models": {name: _model_version(name) for name in MODELS},
        "libraries": {name: _library_version(name) for name in LIBRARIES},
    }


def _model_version(name: str) -> str | None:
    try:
        return str(json.loads(model_path(f"{name}/meta.json").read_text("utf-8")).get("version"))
    except MissingResourceError:
        return None


def _library_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def write_in_place(path: Path, text: str) -> None:
    """Write a file that others may be reading at this moment: whole under another name, then renamed.

    Raises:
        OSError: the folder cannot be written.
    """
    temporary = path.with_name(f".{path.name}.new")  # no *.prom or *.json: nobody takes it for a finished one
    try:
        with temporary.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
