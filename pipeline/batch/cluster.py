"""Documents as tasks on a Dask cluster, for an archive that outgrows one machine.

The run stays the only writer: workers send records back. They read the files by their paths and keep finished pages
in the dataset's work folder, so both lie on a file system that all machines share. A worker does not fork, for Dask's
processes have threads; each of its threads has a server of its own (`pipeline.batch.server`), a warm, single-threaded
process that does. A worker that dies costs the documents it had at hand one more start.
"""

from __future__ import annotations

import logging
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from pipeline.batch.job import Job, Outcome
from pipeline.errors import DatasetError, MissingResourceError

log = logging.getLogger(__name__)

AHEAD = 2
"""Documents sent for each thread of the cluster: one at work, one waiting, so that no thread idles."""

_mine = threading.local()


def process_remotely(job: Job) -> Outcome:
    """Process *job* in the server of this worker's thread; runs on a worker.

    Raises:
        DatasetError: there is no room for its work.
    """
    server: subprocess.Popen[bytes] | None = getattr(_mine, "server", None)
    if server is None or server.poll() is not None:
        command = [sys.executable, "-m", "pipeline.batch.server"]
        server = _mine.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    pickle.dump(job, server.stdin)
    server.stdin.flush()
    answer: Outcome | DatasetError = pickle.load(server.stdout)  # from our own child
    if isinstance(answer, DatasetError):
        raise answer
    return answer


class Cluster:
    """An engine on the Dask cluster at *scheduler*.

    Raises:
        MissingResourceError: Dask is not installed, or the scheduler does not answer.
    """

    def __init__(self, scheduler: str, *, patience: str = "30s") -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingResourceError("Dask is not installed: pip install 'kehoach[dask]'") from error
        try:
            self._client = Client(scheduler, timeout=patience, set_as_default=False)
        except OSError as error:
            raise MissingResourceError(f"no Dask scheduler answers at {scheduler}: {error}") from error
        self._running: dict[Any, Job] = {}
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def __len__(self) -> int:
        return len(self._running)

    @property
    def full(self) -> bool:
        """Whether every thread of the cluster has enough to do; workers that join or die count at once."""
        threads: int = sum(self._client.nthreads().values())
        return len(self) >= AHEAD * max(threads, 1)

    def start(self, job: Job) -> None:
        """Send a document to the cluster."""
        future = self._client.submit(process_remotely, job, key=f"kehoach-{job.doc_id}", pure=False)
        self._running[future] = job
        future.add_done_callback(self._ended.put)

    def wait(self, timeout: float) -> Iterator[Outcome]:
        """Yield how documents ended, waiting up to *timeout* seconds for the first.

        Raises:
            DatasetError: a worker has no room for a document's work.
        """
        try:
            ended = [self._ended.get(timeout=timeout)]
        except queue.Empty:
            return
        while not self._ended.empty():
            ended.append(self._ended.get())
        for future in ended:
            job = self._running.pop(future)
            if future.status == "finished":
                yield future.result()
                continue
            error = future.exception()
            if isinstance(error, DatasetError):
                raise error
            message = f"workers died of it: {error}"
            log.warning("%s", message, extra={"document": job.entry.shown})
            yield Outcome(job, "quarantined", "crash_loop", message)

    def stop(self) -> None:
        """Take back what is still going on and leave the cluster."""
        self._client.cancel(list(self._running))
        self._running.clear()
        self._client.close()
