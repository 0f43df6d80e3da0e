"""The main job: folders and files in, dataset out; incremental, resumable, safe to kill and to repeat."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Protocol

from sqlalchemy import Connection, insert, update

from pipeline.batch.children import Children
from pipeline.batch.intake import GROWING_SECONDS, Entry, identify, may_be_growing, stamp_of, walk
from pipeline.batch.job import Job, Limits, Outcome
from pipeline.batch.ledger import LEASE_SECONDS, Ledger
from pipeline.dataset import Store, write_parquet
from pipeline.dataset.tables import runs
from pipeline.errors import DatasetError, ExitStatus, InputFileError
from pipeline.run import Options, fingerprint

log = logging.getLogger(__name__)

DRAIN_SECONDS = 20.0
"""After SIGTERM, how long documents at hand may take to finish; their pages are kept for the next run."""


@dataclass(slots=True)
class Report:
    """What a run did. ``inputs = ok + partial + quarantined + duplicates + unchanged``, or the run has failed."""

    inputs: int = 0
    ok: int = 0
    partial: int = 0
    quarantined: int = 0
    duplicates: int = 0
    unchanged: int = 0
    renamed: int = 0  # among the unchanged
    elsewhere: int = 0  # among the unchanged: another host works on them
    reasons: dict[str, int] = field(default_factory=dict)
    stopped: ExitStatus | None = None

    def add(self, state: str, reason: str | None) -> None:
        """Count the end of one file."""
        setattr(self, state, getattr(self, state) + 1)
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def counts(self) -> dict[str, int]:
        """Return the terms of the reconciliation by name."""
        names = ("inputs", "ok", "partial", "quarantined", "duplicates", "unchanged")
        return {name: getattr(self, name) for name in names}

    @property
    def balanced(self) -> bool:
        """Whether every input is accounted for."""
        return self.inputs == self.ok + self.partial + self.quarantined + self.duplicates + self.unchanged

    @property
    def status(self) -> ExitStatus:
        """The exit status of the run."""
        if self.stopped is not None:
            return self.stopped
        if not self.balanced:
            return ExitStatus.BUG
        if "missing_resource" in self.reasons:
            return ExitStatus.MISSING
        if self.inputs == 0 or self.quarantined == self.inputs:
            return ExitStatus.NO_INPUT
        return ExitStatus.INCOMPLETE if self.partial or self.quarantined else ExitStatus.OK


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to go."""

    jobs: int = 1
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    shard: tuple[int, int] = (1, 1)  # which part of the documents, of how many
    scheduler: str | None = None  # of a Dask cluster; None: this machine


class Engine(Protocol):
    """Where documents are processed: `pipeline.batch.children.Children`, or a Dask cluster."""

    @property
    def full(self) -> bool:
        """Whether no further document may be started now."""

    def __len__(self) -> int:
        """Return how many documents are being processed."""

    def start(self, job: Job) -> None:
        """Begin with a document."""

    def wait(self, timeout: float) -> Iterator[Outcome]:
        """Yield how documents ended, waiting up to *timeout* seconds for the first."""

    def stop(self) -> None:
        """End whatever is still going on."""


Progress = Callable[[int, int, str], None]
"""Called with documents done, documents to do, and the name of the last one."""


def run(inputs: Sequence[str], address: str, settings: Settings, progress: Progress) -> Report:
    """Bring the dataset at *address* up to date with the files in *inputs*.

    Raises:
        DatasetLockedError: another run holds the dataset.
        DatasetError: the dataset cannot be read or written.
    """
    store = Store(address, create=True)
    with store.lock():
        ledger, version = Ledger(store), fingerprint(settings.options)
        number = _begin_run(store, version)
        ledger.take_over()
        report = Report()
        work = _work_folder(store)
        jobs = _take_in(inputs, ledger, settings, version, work, report)
        with _stops(report):
            for done, outcome in enumerate(_process(jobs, ledger, _engine(settings), report), start=1):
                ledger.finish(outcome, version)
                shutil.rmtree(outcome.job.work, ignore_errors=True)
                report.add(outcome.state, outcome.reason)
                level = logging.INFO if outcome.state == "ok" else logging.WARNING
                said = ", ".join(filter(None, [outcome.state, outcome.reason, outcome.message]))
                log.log(level, "%s", said, extra={"document": outcome.job.entry.shown})
                progress(done, len(jobs), outcome.job.entry.shown)
        if store.folder and report.stopped is None:
            write_parquet(store, store.folder / "exports")
            shutil.rmtree(work, ignore_errors=True)
        _end_run(store, number, report)
    return report


def extract(names: Sequence[str], work: Path, options: Options) -> Iterator[Outcome]:
    """Process single files outside any dataset, one after the other; yield how each ended."""
    children = Children(1)
    try:
        for number, entry in enumerate(walk(names)):
            entry, doc_id = _identify(entry)
            job = Job(doc_id or "", entry, work / str(number), options, Limits())
            if doc_id is None:
                yield Outcome(job, "quarantined", entry.reason, entry.message)
                continue
            children.start(job)
            while len(children):
                yield from children.wait(60.0)
            shutil.rmtree(job.work, ignore_errors=True)
    finally:
        children.stop()


def _take_in(
    inputs: Sequence[str], ledger: Ledger, settings: Settings, version: str, work: Path, report: Report
) -> list[Job]:
    """Look at every input; return the documents that are due, in an order that does not depend on the inputs' order."""
    files, documents = ledger.known_files(), ledger.known_documents()
    outside = [ledger.store.folder] if ledger.store.folder else []
    changed: list[tuple[Entry, str | None]] = []
    copies: dict[str, list[Entry]] = {}
    shard, shards = settings.shard
    for entry in walk(inputs, skip=outside):
        known = files.get(entry.shown)
        doc_id: str | None
        if known and known.doc_id and known.stamp == entry.stamp:
            doc_id = known.doc_id
        else:
            entry, doc_id = _identify(entry)
            if doc_id is None or known is None or known.doc_id != doc_id or known.stamp != entry.stamp:
                changed.append((entry, doc_id))
        if int(doc_id[:8], 16) % shards != shard - 1 if doc_id else shard != 1:
            if changed and changed[-1][0] is entry:
                changed.pop()
            continue
        report.inputs += 1
        if doc_id is None:
            report.add("quarantined", entry.reason)
            log.warning("quarantined, %s, %s", entry.reason, entry.message, extra={"document": entry.shown})
        else:
            copies.setdefault(doc_id, []).append(entry)
    ledger.note_files(changed)
    jobs = []
    new_paths = {entry.shown for entry, _ in changed}
    for doc_id, entries in copies.items():
        before = documents.get(doc_id)
        if before is None or before.due(version) or before.state == "superseded":
            first = min(entries, key=lambda entry: entry.path)
            jobs.append(Job(doc_id, first, work / doc_id, settings.options, settings.limits))
            report.duplicates += len(entries) - 1
            continue
        for entry in entries:
            renamed = entry.shown in new_paths and entry.shown != before.path
            if renamed and before.path is not None and Path(os.fsdecode(before.path)).exists():
                report.duplicates += 1
            else:
                report.unchanged += 1
                report.renamed += renamed
    return sorted(jobs, key=lambda job: job.entry.path)


def _identify(entry: Entry) -> tuple[Entry, str | None]:
    """Return the entry, as it is once it has stopped growing, and its identity; without one it carries the reason."""
    if entry.reason:
        return entry, None
    try:
        if may_be_growing(entry):
            time.sleep(GROWING_SECONDS)
            if stamp_of(os.lstat(entry.path)) != entry.stamp:
                raise InputFileError("changing", "still being written; the next run takes it")
        return entry, identify(entry)
    except InputFileError as error:
        return Entry(entry.path, None, entry.size, error.reason, str(error)), None
    except OSError as error:
        return Entry(entry.path, None, entry.size, "unreadable", f"{error.strerror}; it is gone"), None


def _engine(settings: Settings) -> Engine:
    if settings.scheduler is None:
        return Children(settings.jobs)
    from pipeline.batch.cluster import Cluster  # an optional extra

    return Cluster(settings.scheduler)


def _process(jobs: Sequence[Job], ledger: Ledger, engine: Engine, report: Report) -> Iterator[Outcome]:
    """Yield how each document ended, as they end; on a stop the others are laid down with the pages they have."""
    documents = ledger.known_documents()
    waiting = iter(jobs)
    deadline = None
    renewed = time.monotonic()
    try:
        while True:
            while not engine.full and report.stopped is None and (job := next(waiting, None)):
                before = documents.get(job.doc_id)
                if before and before.attempts >= MAX_UNENDED_STARTS:
                    yield Outcome(job, "quarantined", "crash_loop", f"{before.attempts} starts without an end")
                elif ledger.start(job.doc_id, job.entry.shown):
                    engine.start(job)
                else:
                    log.info("another host works on it", extra={"document": job.entry.shown})
                    report.unchanged += 1
                    report.elsewhere += 1
            if not len(engine):
                return
            if report.stopped is not None:
                deadline = deadline or time.monotonic() + DRAIN_SECONDS
                if report.stopped is ExitStatus.INTERRUPTED or time.monotonic() >= deadline:
                    return
            if time.monotonic() - renewed > LEASE_SECONDS / 4:
                ledger.renew()
                renewed = time.monotonic()
            yield from engine.wait(1.0)
    finally:
        engine.stop()
        ledger.lay_down()


MAX_UNENDED_STARTS = 3
"""Starts that no run lived to see the end of: the document takes the whole machine down, so it is left alone."""


@contextmanager
def _stops(report: Report) -> Iterator[None]:
    """Note SIGTERM (finish the documents at hand) and SIGINT (stop at once) instead of dying of them."""

    def note(number: int, _frame: FrameType | None) -> None:
        report.stopped = ExitStatus.TERMINATED if number == signal.SIGTERM else ExitStatus.INTERRUPTED

    before = {name: signal.signal(name, note) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _work_folder(store: Store) -> Path:
    """Return the folder for unfinished documents: inside the dataset, so that it shares its disk and its fate."""
    base = store.folder or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "kehoach"
    folder = base / "work"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"work folder {folder} cannot be made: {error}") from error
    return folder


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _begin_run(store: Store, version: str) -> int:
    def work(connection: Connection) -> int:
        key = connection.execute(insert(runs).values(started=_now(), version=version)).inserted_primary_key
        assert key is not None
        return int(key[0])

    return store.transact(work)


def _end_run(store: Store, number: int, report: Report) -> None:
    ended = update(runs).where(runs.c.run_id == number)
    values = {"ended": _now(), "status": int(report.status), **report.counts()}
    store.transact(lambda connection: connection.execute(ended.values(values)))
