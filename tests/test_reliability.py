"""Killed runs, hanging programs, full disks: nothing lost, nothing twice, nothing left behind."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch.job import Limits
from pipeline.batch.nightly import Report, Settings, run
from pipeline.errors import ExitStatus
from pipeline.run import warm

pytestmark = [pytest.mark.reliability, pytest.mark.model]

KILLS = 40
"""Kills at random points; each start takes seconds, so the 200 of a release are `KEHOACH_KILLS=200`."""


def plans(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"Kế hoạch số {number}\n1. Số lượng: cấp xã không quá {100 + number} đại biểu.\n", "utf-8")
        os.utime(path, (0, 0))
    return folder


def exports(dataset: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted((dataset / "exports").glob("*.parquet"))}


def started(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "run", *words]
    return subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def nightly(inputs: Path, dataset: Path, **settings: object) -> Report:
    return run([str(inputs)], str(dataset), Settings(**settings), lambda *_: None)  # type: ignore[arg-type]


def test_killed_at_random_points_the_next_run_completes(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 8)
    begun = time.monotonic()
    assert started(str(inputs), "-o", str(tmp_path / "whole")).wait() == ExitStatus.OK
    length = time.monotonic() - begun
    chance = random.Random(1)
    for number in range(int(os.environ.get("KEHOACH_KILLS", KILLS))):
        dataset = tmp_path / "killed"
        victim = started(str(inputs), "-o", str(dataset))
        time.sleep(chance.uniform(0.2, 1.0) * length)
        victim.kill()
        victim.wait()
        report = nightly(inputs, dataset)
        assert report.balanced
        assert report.inputs == 8
        assert exports(dataset) == exports(tmp_path / "whole"), f"kill {number}"
        shutil.rmtree(dataset)


def test_sigterm_lays_the_work_down_and_says_so(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 60)
    victim = started(str(inputs), "-o", str(tmp_path / "out"), "--jobs", "1")
    while not list((tmp_path / "out" / "work").glob("*/page")):
        time.sleep(0.05)
        assert victim.poll() is None
    victim.send_signal(signal.SIGTERM)
    assert victim.wait(timeout=30) == ExitStatus.TERMINATED
    report = nightly(inputs, tmp_path / "out")
    assert (report.inputs, report.balanced) == (60, True)
    assert report.ok < 60


def test_two_runs_at_once_the_second_goes_away(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 60)
    first = started(str(inputs), "-o", str(tmp_path / "out"), "--jobs", "1")
    while not list((tmp_path / "out" / "work").glob("*/page")):
        time.sleep(0.05)
        assert first.poll() is None
    assert started(str(inputs), "-o", str(tmp_path / "out")).wait() == ExitStatus.LOCKED
    assert first.wait() == ExitStatus.OK


FAKES = {
    "sleeps": "sleep 1000",
    "ignores TERM": "trap '' TERM INT; while :; do sleep 1; done",
    "forks": "(sleep 1000 & sleep 1000 & setsid sleep 1000 &) ; sleep 1000",
    "floods": "exec cat /dev/zero",
    "crashes": "kill -SEGV $$",
}


@pytest.mark.parametrize("fault", FAKES)
def test_a_recognizer_gone_wrong_is_ended_in_time(fault: str, tmp_path: Path, sample: Path) -> None:
    warm()  # the real program is asked for its languages; the fake one is called for the page
    real, marker = shutil.which("tesseract"), f"kehoach-test-{os.getpid()}-{fault.split()[0]}"
    programs = tmp_path / "bin"
    programs.mkdir()
    fake = programs / "tesseract"
    fake.write_text(f'#!/bin/bash\ncase "$*" in *--version*|*--list-langs*) exec {real} "$@";; esac\n{FAKES[fault]}\n')
    fake.chmod(0o755)
    inputs = tmp_path / "in"
    inputs.mkdir()
    shutil.copy(sample / "12-photo.jpg", inputs)
    os.utime(inputs / "12-photo.jpg", (0, 0))
    os.environ[marker.replace("-", "_")] = "1"
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{programs}:{path}"
    try:
        begun = time.monotonic()
        report = nightly(inputs, tmp_path / "out", limits=Limits(page_seconds=6.0))
        took = time.monotonic() - begun
    finally:
        os.environ["PATH"] = path
    assert report.balanced
    assert report.ok == 0
    assert took < 6.0 + 2.0 + 4.0, took  # the limit, two seconds, and the run itself
    assert survivors(marker.replace("-", "_")) == []


def survivors(variable: str) -> list[str]:
    """Return the processes, other than this one, that carry *variable* in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{variable}=1".encode() in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_is_named_and_the_next_run_completes(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 40)
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        assert started(str(inputs), "-o", str(disk / "out")).wait() in (ExitStatus.DATASET, ExitStatus.INCOMPLETE)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        report = nightly(inputs, disk / "out")
        assert (report.inputs, report.balanced, report.quarantined) == (40, True, 0)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_rerun_of_a_thousand_unchanged_files_takes_no_time(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 1000)
    assert nightly(inputs, tmp_path / "out", jobs=2).ok == 1000
    begun = time.process_time()
    assert nightly(inputs, tmp_path / "out").unchanged == 1000
    assert time.process_time() - begun < 2.0
