"""One child process a document: whatever a file does to a library, it does not do it to the run.

A PDF of seven kilobytes can make a library abort its process, hang, or eat all memory; no ``try`` helps. So each
document is read in a child forked from the warm, single-threaded parent (`pipeline.batch.child`), with limits on
memory, CPU time, file size and wall clock, in a process group of its own that is ended as a whole.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import logging
import os
import resource
import selectors
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.batch.child import OUT_OF_MEMORY, WORK_VARIABLE, finished_pages, live
from pipeline.batch.job import Job, Outcome
from pipeline.batch.reasons import LOSSES
from pipeline.record import Record

log = logging.getLogger(__name__)

MAX_STARTS = 3
"""Starts without progress before a document is left alone (a page that is named as the culprit is progress)."""

MAX_LOST_PAGES = 20
"""Pages of one document that may crash or hang before it is left alone."""

PR_SET_CHILD_SUBREAPER = 36


@dataclass(slots=True)
class _Child:
    job: Job
    pid: int
    pipe: int  # read end: a byte a finished page, end of file when the child is gone
    started: float  # monotonic seconds
    last_sign: float
    pages: int = 0

    def deadline(self) -> float:
        limits = self.job.limits
        whole = self.started + limits.document_seconds + self.pages * limits.page_seconds
        return min(whole, self.last_sign + limits.page_seconds)


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
        """Fork a child for *job*."""
        (job.work / "pages").mkdir(parents=True, exist_ok=True)
        (job.work / "lost").mkdir(exist_ok=True)
        self._starts[job.doc_id] = self._starts.get(job.doc_id, 0) + 1
        reader, writer = os.pipe()
        gc.freeze()  # keeps the collector of the child off the parent's objects, so that their memory stays shared
        pid = os.fork()
        if pid == 0:
            live(job, writer)
        os.close(writer)
        now = time.monotonic()
        self._running[reader] = _Child(job, pid, reader, now, now)
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
        if outcome is None:
            log.warning("child ended without a result (%s)", cause, extra={"document": job.entry.shown})
            outcome = self._blame(job, cause or "crash")
        if outcome is None:
            self.start(job)
            return
        self._starts.pop(job.doc_id, None)
        took = time.monotonic() - child.started
        yield replace(outcome, seconds=took, cpu_seconds=usage.ru_utime + usage.ru_stime)

    def _blame(self, job: Job, cause: str) -> Outcome | None:
        """Leave out the page at hand and return None for another start, or give the document up."""
        pages = finished_pages(job.work)
        lost = len(list((job.work / "lost").iterdir()))
        marker = job.work / "page"
        page = int(marker.read_text()) if marker.exists() else 0
        if page and page not in pages and (pages or self._starts[job.doc_id] > 1) and lost < MAX_LOST_PAGES:
            (job.work / "lost" / f"{page:06}").write_text(cause, "utf-8")
            self._starts[job.doc_id] = 1
            return None
        if self._starts[job.doc_id] < MAX_STARTS and cause != "timeout":
            return None
        return Outcome(job, "quarantined", cause, f"child process ended: {cause}")


def _result(job: Job) -> Outcome | None:
    """Return what the child left, None where it left nothing."""
    fault, whole = job.work / "fault.json", job.work / "record.json"
    if fault.exists():
        found = json.loads(fault.read_text("utf-8"))
        return Outcome(job, "quarantined", found["reason"], found["message"])
    if not whole.exists():
        return None
    record = Record.model_validate_json(whole.read_bytes())
    lost = [issue.message for issue in record.issues if issue.code in LOSSES]
    if lost:
        return Outcome(job, "partial", "pages_lost", "; ".join(lost[:5]), record)
    return Outcome(job, "ok", record=record)


def _cause(status: int, usage: resource.struct_rusage, job: Job) -> str | None:
    """Return the reason code for the end of a child; out of memory hides as a plain crash, so ask its usage too."""
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return "memory"
    if os.WIFSIGNALED(status):
        by_signal = {signal.SIGXCPU: "cpu_time", signal.SIGXFSZ: "file_size"}
        name = by_signal.get(signal.Signals(os.WTERMSIG(status)), "crash")
        return "memory" if name == "crash" and usage.ru_maxrss * 1024 > job.limits.memory * 0.8 else name
    return None


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
