"""A real Dask cluster with several worker processes: the same dataset, whoever dies."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.batch.nightly import Report, Settings, run
from pipeline.errors import MissingResourceError

pytestmark = [pytest.mark.reliability, pytest.mark.model]
pytest.importorskip("distributed", reason="the extra dask is not installed")


def _started(stack: ExitStack, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end() -> None:
        process.kill()
        process.wait()

    stack.callback(end)
    return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers of one thread each."""
    with ExitStack() as stack:
        note = tmp_path / "scheduler.json"
        _started(
            stack, "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(note)
        )
        flags = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--scheduler-file", str(note))
        workers = [_started(stack, "worker", *flags) for _ in range(2)]
        deadline = time.monotonic() + 60
        while not note.exists():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        yield json.loads(note.read_text())["address"], workers


def plans(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"Kế hoạch số {number}\n1. Số lượng: cấp xã không quá {100 + number} đại biểu.\n", "utf-8")
        os.utime(path, (0, 0))
    return folder


def nightly(inputs: Path, dataset: Path, scheduler: str | None) -> Report:
    return run([str(inputs)], str(dataset), Settings(scheduler=scheduler), lambda *_: None)


def exports(dataset: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted((dataset / "exports").glob("*.parquet"))}


@pytest.mark.filterwarnings("ignore")
def test_the_same_dataset_as_on_one_machine(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 6)
    assert nightly(inputs, tmp_path / "dask", cluster[0]).ok == 6
    assert nightly(inputs, tmp_path / "local", None).ok == 6
    assert exports(tmp_path / "dask") == exports(tmp_path / "local")


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_dies_in_mid_run_loses_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    inputs = plans(tmp_path / "in", 30)

    def kill() -> None:
        while not list((tmp_path / "out" / "work").glob("*/page")):
            time.sleep(0.05)
        workers[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    report = nightly(inputs, tmp_path / "out", address)
    killer.join(timeout=10)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert (report.inputs, report.ok, report.balanced) == (30, 30, True)


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_is_named(tmp_path: Path) -> None:
    from pipeline.batch.cluster import Cluster

    with pytest.raises(MissingResourceError, match="no Dask scheduler answers"):
        Cluster("tcp://127.0.0.1:9", patience="2s")
