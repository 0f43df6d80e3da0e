"""A Dask scheduler and its workers on this machine, as programs of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

START_SECONDS = 60.0


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """Yield the scheduler's address and the workers' process ids; one thread a worker.

    Raises:
        TimeoutError: the scheduler did not start.
    """
    with ExitStack() as stack:
        note = folder / "scheduler.json"
        flags = ("--no-dashboard", "--scheduler-file", str(note))
        _start(stack, "scheduler", "--port", "0", "--host", "127.0.0.1", *flags)
        started = [_start(stack, "worker", "--nthreads", "1", "--no-nanny", *flags) for _ in range(workers)]
        deadline = time.monotonic() + START_SECONDS
        while not note.exists():
            if time.monotonic() > deadline:
                raise TimeoutError("the Dask scheduler did not start")
            time.sleep(0.1)
        yield json.loads(note.read_text("utf-8"))["address"], started


def _start(stack: ExitStack, *words: str) -> int:
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:]],
        env=os.environ | {"PYTHONWARNINGS": "ignore"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def end() -> None:
        process.kill()
        process.wait()

    stack.callback(end)
    return process.pid
