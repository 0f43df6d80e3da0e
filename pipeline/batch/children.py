"""One child process a document: whatever a file does to a library, it does not do it to the run.

A PDF of seven kilobytes can make a library abort its process, hang, or eat all memory; no ``try`` helps. So each
document is read in a child forked from the warm, single-threaded parent (`pipeline.batch.child`), with limits on
memory, CPU time, file size and wall clock, in a process group of its own that is ended as a whole.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import logging
import os
import resource
import selectors
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.batch.child import DISK_FAILED, OUT_OF_MEMORY, WORK_VARIABLE, live
from pipeline.batch.job import Job, Outcome
from pipeline.batch.reasons import LOSSES, PAGE_REASONS
from pipeline.errors import DatasetError
from pipeline.record import Record

log = logging.getLogger(__name__)

MAX_STARTS = 2
"""Starts without progress before the page at hand is left out, or the document is left alone."""

MAX_LOST_PAGES = 20
"""Pages of one document that may crash or hang before it is left alone."""

MIN_FREE = 32 << 20
"""Bytes that must be free for the work on a document: programs that run out of them do not always say so."""

SECONDS_A_FINISHED_PAGE = 0.2
"""What a page may take after the last one was read (restoring, recognizing), on top of the limit for a page."""

BY_STATUS = {OUT_OF_MEMORY: "memory", DISK_FAILED: "disk"}
BY_SIGNAL: dict[int, str] = {signal.SIGXCPU: "cpu_time", signal.SIGXFSZ: "file_size"}
"""Causes by the exit status of a child, and by the signal that ended it."""

PR_SET_CHILD_SUBREAPER = 36


@dataclass(slots=True)
class _Child:
    job: Job
    pid: int
    pipe: int  # read end: a byte a finished page, end of file when the child is gone
    started: float  # monotonic seconds
    last_sign: float
    kept: int  # pages that earlier starts had laid down
    pages: int = 0

    def deadline(self) -> float:
        limits = self.job.limits
        whole = self.started + limits.document_seconds + self.pages * limits.page_seconds
        return min(whole, self.last_sign + limits.page_seconds + self.pages * SECONDS_A_FINISHED_PAGE)


class Children:
    """Runs jobs in child processes, up to *size* at a time. Its process must have no other threads: it forks."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._running: dict[int, _Child] = {}
        self._starts: dict[str, int] = {}
        self._selector = selectors.DefaultSelector()
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # what a dead child left behind becomes ours to end

    def __len__(self) -> int:
        return len(self._running)

    @property
    def full(self) -> bool:
        """Whether no further child may be started now."""
        return len(self) >= self.size

    def start(self, job: Job) -> None:
        """Fork a child for *job*.

        Raises:
            DatasetError: there is no room for its work.
        """
        try:
            (job.work / "pages").mkdir(parents=True, exist_ok=True)
            (job.work / "lost").mkdir(exist_ok=True)
            if (free := shutil.disk_usage(job.work).free) < MIN_FREE:
                raise OSError(errno.ENOSPC, f"only {free >> 20} of {MIN_FREE >> 20} MiB are free")
        except OSError as error:
            raise DatasetError(f"work folder {job.work.parent}: {error.strerror}; make room and run again") from error
        self._starts[job.doc_id] = self._starts.get(job.doc_id, 0) + 1
        reader, writer = os.pipe()
        kept = _pages_laid_down(job)
        gc.freeze()  # keeps the collector of the child off the parent's objects, so that their memory stays shared
        pid = os.fork()
        if pid == 0:
            live(job, writer)
        os.close(writer)
        now = time.monotonic()
        self._running[reader] = _Child(job, pid, reader, now, now, kept)
        self._selector.register(reader, selectors.EVENT_READ)

    def wait(self, timeout: float) -> Iterator[Outcome]:
        """Wait for signs of life up to *timeout* seconds; yield how documents ended, start broken ones again."""
        now = time.monotonic()
        nearest = min((child.deadline() for child in self._running.values()), default=now + timeout) - now
        for key, _ in self._selector.select(max(min(nearest, timeout), 0.0)):
            child = self._running[key.fd]
            if signs := os.read(key.fd, 4096):
                child.pages += len(signs)
                child.last_sign = time.monotonic()
            else:
                yield from self._ended(child, *self._reap(child))
        for child in list(self._running.values()):
            if time.monotonic() >= child.deadline():
                _kill_group(child.pid)
                _, usage = self._reap(child)
                yield from self._ended(child, "timeout", usage)

    def stop(self) -> None:
        """End all children at once; their finished pages stay in their work folders."""
        for child in list(self._running.values()):
            _kill_group(child.pid)
            self._reap(child)

    def _reap(self, child: _Child) -> tuple[str | None, resource.struct_rusage]:
        """Collect a child that has ended, with all that it started; return why (None: in good order), and its use."""
        _, status, usage = os.wait4(child.pid, 0)
        _kill_group(child.pid)
        self._selector.unregister(child.pipe)
        os.close(child.pipe)
        del self._running[child.pipe]
        self._end_orphans()
        return _cause(status, usage, child.job), usage

    def _end_orphans(self) -> None:
        """End programs that left their process group and lost their parent."""
        ours = {child.pid for child in self._running.values()}
        listed = Path(f"/proc/self/task/{threading.get_native_id()}/children")
        for pid in [int(word) for word in listed.read_text().split()] if listed.exists() else []:
            if pid not in ours and _is_orphan_of_a_document(pid):
                _kill_group(pid)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def _ended(self, child: _Child, cause: str | None, usage: resource.struct_rusage) -> Iterator[Outcome]:
        job = child.job
        outcome = _result(job)
        if cause == "disk":
            raise DatasetError(f"work folder {job.work.parent} cannot be written: disk full or broken; run again then")
        if outcome is None:
            log.warning("child ended without a result (%s)", cause, extra={"document": job.entry.shown})
            if _pages_laid_down(job) > child.kept:
                self._starts[job.doc_id] = 1
            outcome = self._blame(job, cause or "crash")
        if outcome is None:
            self.start(job)
            return
        self._starts.pop(job.doc_id, None)
        took = time.monotonic() - child.started
        yield replace(outcome, seconds=took, cpu_seconds=usage.ru_utime + usage.ru_stime)

    def _blame(self, job: Job, cause: str) -> Outcome | None:
        """Leave out the page at hand and return None for another start, or give the document up.

        A crash is given a second chance, for it may have come from outside; limits are met again at the same place.
        """
        if cause == "crash" and self._starts[job.doc_id] < MAX_STARTS:
            return None
        marker = job.work / "page"
        page = int(marker.read_text()) if marker.exists() else 0
        if page and len(list((job.work / "lost").iterdir())) < MAX_LOST_PAGES:
            (job.work / "lost" / f"{page:06}").write_text(cause, "utf-8")
            self._starts[job.doc_id] = 0
            return None
        return Outcome(job, "quarantined", cause, f"child process ended: {cause}")


def _pages_laid_down(job: Job) -> int:
    return sum(1 for _ in (job.work / "pages").glob("*.page"))


def _result(job: Job) -> Outcome | None:
    """Return what the child left, None where it left nothing."""
    fault, whole = job.work / "fault.json", job.work / "record.json"
    if fault.exists():
        found = json.loads(fault.read_text("utf-8"))
        return Outcome(job, "quarantined", found["reason"], found["message"])
    if not whole.exists():
        return None
    record = Record.model_validate_json(whole.read_bytes())
    lost = [issue for issue in record.issues if issue.code in LOSSES]
    message = "; ".join(issue.message for issue in lost[:5])
    if lost and not record.text.content.strip():  # nothing is left: the reason of its pages is that of the document
        causes = [file.read_text("utf-8") for file in sorted((job.work / "lost").iterdir())]
        reason = causes[0] if causes else PAGE_REASONS.get(lost[0].code, "pages_lost")
        return Outcome(job, "quarantined", reason, message)
    if lost:
        return Outcome(job, "partial", "pages_lost", message, record)
    return Outcome(job, "ok", record=record)


def _cause(status: int, usage: resource.struct_rusage, job: Job) -> str | None:
    """Return the reason code for the end of a child; out of memory hides as a plain crash, so ask its usage too."""
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) in BY_STATUS:
        return BY_STATUS[os.WEXITSTATUS(status)]
    if status == 0:
        return None
    name = BY_SIGNAL.get(os.WTERMSIG(status), "crash") if os.WIFSIGNALED(status) else "crash"
    return "memory" if name == "crash" and usage.ru_maxrss * 1024 > job.limits.memory * 0.8 else name


def _is_orphan_of_a_document(pid: int) -> bool:
    """Whether the process works in a document's folder: our own process may have other children that are its own."""
    try:
        return f"{WORK_VARIABLE}=".encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # in its first instants the child has no group of its own yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
