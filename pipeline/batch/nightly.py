"""The main job: folders and files in, dataset out; incremental, resumable, safe to kill and to repeat."""

from __future__ import annotations

import errno
import itertools
import json
import logging
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Protocol, TypeVar

from sqlalchemy import Connection, insert, update

from pipeline.batch.children import Children
from pipeline.batch.housekeeping import KEEP_DAYS, clean, runs_folder, work_folder
from pipeline.batch.intake import GROWING_SECONDS, Entry, identify, may_be_growing, path_of, stamp_of, walk
from pipeline.batch.job import Job, Limits, Outcome
from pipeline.batch.ledger import LEASE_SECONDS, KnownDocument, KnownFile, Ledger
from pipeline.batch.metrics import write_metrics
from pipeline.batch.report import Move, Report, write_in_place
from pipeline.dataset import Store, exports_are_current, write_parquet
from pipeline.dataset.tables import runs
from pipeline.errors import DISK_ERRORS, DatasetError, DatasetLockedError, ExitStatus, InputFileError, exit_status
from pipeline.logs import log_file
from pipeline.run import Options, fingerprint, warm

__all__ = ["Engine", "Progress", "Report", "Settings", "extract", "run"]

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN_SECONDS = 20.0
"""After SIGTERM, how long documents at hand may take to finish; their pages are kept for the next run."""

LOOKED_UP = 500
"""Paths or documents asked of the ledger at once: the cost of a run grows with its inputs, not with the ledger."""

REFUSALS = DISK_ERRORS | {errno.EACCES, errno.EPERM}
"""Of an `OSError` below the dataset: the disk or its permissions, no bug."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to go."""

    jobs: int = 1
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    shard: tuple[int, int] = (1, 1)  # which part of the documents, of how many
    scheduler: str | None = None  # of a Dask cluster; None: this machine
    report: Path | None = None  # where the report goes, besides the dataset's folder of runs
    metrics: Path | None = None  # where the figures for Prometheus go
    keep_days: int = KEEP_DAYS  # for reports, logs and unfinished documents


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
        DatasetError: the dataset, the report or the metrics cannot be read or written.
    """
    report = Report(
        settings={
            "inputs": list(inputs), "dataset": address, "jobs": settings.jobs, "ocr": settings.options.ocr,
            "shard": "/".join(map(str, settings.shard)), "engine": "dask" if settings.scheduler else "local",
        }
    )  # fmt: skip
    ledger = None
    try:
        store = Store(address, create=True)
        with store.lock(), _disk_errors_named(address):
            ledger = Ledger(store)
            _run(inputs, ledger, settings, progress, report)
            _tell(report, ledger, settings)
    except DatasetLockedError:
        raise  # the run that holds it will tell
    except Exception as error:
        report.stopped, report.error, report.ended = exit_status(error), str(error), datetime.now(UTC)
        try:
            _tell(report, None, settings)
        except (OSError, DatasetError) as other:
            log.error("%s", other)
        raise
    return report


def _run(inputs: Sequence[str], ledger: Ledger, settings: Settings, progress: Progress, report: Report) -> None:
    store, version = ledger.store, fingerprint(settings.options)
    report.version = version
    report.number = _begin_run(store, version)
    ledger.take_over()
    work, folder = work_folder(store), runs_folder(store)
    with ExitStack() as stack:
        if folder:
            stack.enter_context(log_file(folder / f"{report.name}.log"))
        clean(store, settings.keep_days)
        with report.timing("intake"):
            due = _take_in(inputs, ledger, settings, version, work, report)
        if due.jobs and settings.scheduler is None:
            warm()  # only now: a night on which nothing is new needs no models
        done = 0
        with report.timing("documents"), _stops(report):
            for done, outcome in enumerate(_process(due, ledger, _engine(settings), report), start=1):
                ledger.finish(outcome, version)
                shutil.rmtree(outcome.job.work, ignore_errors=True)
                report.add_outcome(outcome)
                level = logging.INFO if outcome.state == "ok" else logging.WARNING
                said = ", ".join(filter(None, [outcome.state, outcome.reason, outcome.message]))
                log.log(level, "%s", said, extra={"document": outcome.job.entry.shown})
                progress(done, len(due.jobs), outcome.job.entry.shown)
        report.left = len(due.jobs) - done - report.elsewhere
        if store.folder and report.stopped is None:
            with report.timing("exports"):
                if done or due.changed or not exports_are_current(store, store.folder / "exports"):
                    write_parquet(store, store.folder / "exports")
            shutil.rmtree(work, ignore_errors=True)
        report.ended = datetime.now(UTC)
        _end_run(store, report)
        if not report.balanced:
            log.error("the numbers of this run do not add up: %s", report.counts())
        else:
            log.info("run ended: %s", report.status.name)


def _tell(report: Report, ledger: Ledger | None, settings: Settings) -> None:
    """Write the report and the metrics; without a *ledger* those that need no dataset."""
    told = json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
    folder = runs_folder(ledger.store) if ledger else None
    target = settings.report
    try:
        for target in filter(None, [folder and folder / f"{report.name}.json", settings.report]):
            write_in_place(target, told)
        if target := settings.metrics:
            write_metrics(target, report, ledger.totals() if ledger else {})
    except OSError as error:
        raise DatasetError(f"{target} cannot be written: {error.strerror}") from error


@contextmanager
def _disk_errors_named(address: str) -> Iterator[None]:
    """Turn what the disk under the dataset refuses into the error that says so."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        raise DatasetError(f"dataset {address}: {error.strerror} ({error.filename or 'while writing'})") from error


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


@dataclass(slots=True)
class _Due:
    """What the intake found: documents to be processed, in an order that does not depend on that of the inputs."""

    jobs: list[Job] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)  # starts that no run lived to see the end of
    changed: bool = False  # whether any path is new or holds something else


def _take_in(
    inputs: Sequence[str], ledger: Ledger, settings: Settings, version: str, work: Path, report: Report
) -> _Due:
    """Look at every input; count what needs no work and return what does."""
    outside = [ledger.store.folder] if ledger.store.folder else []
    copies: dict[str, list[Entry]] = {}
    new_paths: set[str] = set()
    for entries in _portions(walk(inputs, skip=outside)):
        known = ledger.known_files([entry.shown for entry in entries])
        changed = []
        for entry in entries:
            entry, doc_id, is_new = _look_at(entry, known.get(entry.shown))
            if not _ours(doc_id, settings.shard):
                continue
            if is_new:
                changed.append((entry, doc_id))
            report.inputs += 1
            if doc_id is None:
                report.add_unreadable(entry)
                log.warning("quarantined, %s, %s", entry.reason, entry.message, extra={"document": entry.shown})
            else:
                copies.setdefault(doc_id, []).append(entry)
        ledger.note_files(changed)
        new_paths.update(entry.shown for entry, _ in changed)
    due = _Due(changed=bool(new_paths))
    for ids in _portions(copies):
        documents = ledger.known_documents(ids)
        for doc_id in ids:
            before = documents.get(doc_id)
            if before is None or before.due(version) or before.state == "superseded":
                first, *others = sorted(copies[doc_id], key=lambda entry: entry.path)
                due.jobs.append(Job(doc_id, first, work / doc_id, settings.options, settings.limits))
                due.attempts[doc_id] = before.attempts if before else 0
                report.duplicates += len(others)
                report.copies += [Move(doc_id, entry.shown, first.shown) for entry in others]
            else:
                _count_known(doc_id, before, copies[doc_id], new_paths, report)
    due.jobs.sort(key=lambda job: job.entry.path)
    return due


def _portions(found: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(found)
    while portion := list(itertools.islice(remaining, LOOKED_UP)):
        yield portion


def _look_at(entry: Entry, known: KnownFile | None) -> tuple[Entry, str | None, bool]:
    """Return the entry, its identity, and whether this is other than what the ledger knows of its path."""
    if known and known.doc_id and known.stamp == entry.stamp:
        return entry, known.doc_id, False
    entry, doc_id = _identify(entry)
    return entry, doc_id, doc_id is None or known is None or (known.doc_id, known.stamp) != (doc_id, entry.stamp)


def _ours(doc_id: str | None, shard: tuple[int, int]) -> bool:
    """Whether the document is in this run's part of all; files without identity are in the first."""
    part, parts = shard
    return (int(doc_id[:8], 16) % parts if doc_id else 0) == part - 1


def _count_known(
    doc_id: str, before: KnownDocument, entries: Sequence[Entry], new_paths: set[str], report: Report
) -> None:
    """Count the paths of a document that needs no work: unchanged, of another name, or one more copy."""
    for entry in entries:
        is_new = before.path is not None and entry.shown in new_paths and entry.shown != before.path
        move = Move(doc_id, entry.shown, before.path or entry.shown)
        if is_new and Path(os.fsdecode(path_of(move.known_as))).exists():
            report.duplicates += 1
            report.copies.append(move)
        else:
            report.unchanged += 1
            report.renamed += [move] if is_new else []


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


def _process(due: _Due, ledger: Ledger, engine: Engine, report: Report) -> Iterator[Outcome]:
    """Yield how each document ended, as they end; on a stop the others are laid down with the pages they have."""
    waiting = iter(due.jobs)
    deadline = None
    renewed = time.monotonic()
    try:
        while True:
            while not engine.full and report.stopped is None and (job := next(waiting, None)):
                attempts = due.attempts[job.doc_id]
                if attempts >= MAX_UNENDED_STARTS:
                    yield Outcome(job, "quarantined", "crash_loop", f"{attempts} starts without an end")
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _begin_run(store: Store, version: str) -> int:
    def work(connection: Connection) -> int:
        key = connection.execute(insert(runs).values(started=_now(), version=version)).inserted_primary_key
        assert key is not None
        return int(key[0])

    return store.transact(work)


def _end_run(store: Store, report: Report) -> None:
    ended = update(runs).where(runs.c.run_id == report.number)
    values = {"ended": _now(), "status": int(report.status), **report.counts()}
    store.transact(lambda connection: connection.execute(ended.values(values)))
