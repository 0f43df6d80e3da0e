"""Killed runs, hanging programs, full disks: nothing lost, nothing twice, nothing left behind."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pipeline.batch.job import Limits
from pipeline.batch.ledger import Ledger
from pipeline.batch.nightly import Report, Settings, run
from pipeline.dataset import Store
from pipeline.errors import ExitStatus
from pipeline.run import warm
from tests.hostile.pdfs import FONT, pdf, stream
from tests.processes import started, survivors

pytestmark = [pytest.mark.reliability, pytest.mark.model]

KILLS = 40
"""Kills at random points; each start takes seconds, so the 200 of a release are `KEHOACH_KILLS=200`."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm()


def plans(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"Kế hoạch số {number}\n1. Số lượng: cấp xã không quá {100 + number} đại biểu.\n", "utf-8")
        os.utime(path, (0, 0))
    return folder


def exports(dataset: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted((dataset / "exports").glob("*.parquet"))}


def nightly(inputs: Path, dataset: Path, **settings: object) -> Report:
    return run([str(inputs)], str(dataset), Settings(**settings), lambda *_: None)  # type: ignore[arg-type]


def identity(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# Where a run is killed: the system call, the file that it is about (of the dataset; * is the second document's id), and
# at which of such calls. A commit is the sync of the write-ahead log.
POINTS = {
    "the run noted": ("fdatasync", "kehoach.sqlite-wal", 1),
    "the second commit": ("fdatasync", "kehoach.sqlite-wal", 2),
    "the third commit": ("fdatasync", "kehoach.sqlite-wal", 3),
    "the fourth commit": ("fdatasync", "kehoach.sqlite-wal", 4),
    "the fifth commit": ("fdatasync", "kehoach.sqlite-wal", 5),
    "half a commit": ("pwrite64", "kehoach.sqlite-wal", 12),
    "a start counted, no child yet": ("mkdir", "work/*/pages", 1),
    "a record there, not read": ("openat", "work/*/record.json", 1),
    "a record stored, its folder not removed": ("rmdir", "work/*/pages", 1),
    "an export written": ("fsync", "exports/.documents.parquet.new", 1),
    "an export not renamed": ("rename", "exports/.documents.parquet.new", 1),
    "some exports renamed": ("rename", "exports/.evidence.parquet.new", 1),
    "the dataset left": ("unlink", "kehoach.sqlite-wal", 1),
}
CHILD_POINTS = {
    "no page begun": ("rename", "work/*/.page.new", 1),
    "a page not laid down": ("rename", "work/*/pages/.000001.page.new", 1),
    "a record not laid down": ("rename", "work/*/.record.json.new", 1),
}
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="system calls are stopped by strace")


def traced(dataset: Path, document: str, point: tuple[str, str, int], what: str, *words: str) -> tuple[str, ...]:
    """Return the command line of a tracer that does *what* at the *point* of a run on *dataset*."""
    call, name, when = point
    calls = {"mkdir": "mkdir,mkdirat", "rename": "rename,renameat,renameat2", "rmdir": "rmdir,unlinkat",
             "unlink": "unlink,unlinkat"}.get(call, call)  # fmt: skip
    path = dataset / name.replace("*", document)
    return ("strace", *words, "-qq", "-o", "/dev/null", "-P", str(path), "-e", f"inject={calls}:{what}:when={when}")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Three documents, and the exports of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    inputs = plans(folder / "in", 3)
    assert nightly(inputs, folder / "out").ok == 3
    return inputs, exports(folder / "out")


def begun(inputs: Path, dataset: Path) -> str:
    """Make *dataset* with the first document, so that commits are those of a run; return the id of the second."""
    assert nightly(inputs / "0.txt", dataset).ok == 1
    return identity(inputs / "1.txt")


def assert_completes(inputs: Path, dataset: Path, whole: dict[str, str]) -> None:
    """The next run finishes what was left: nothing is lost, doubled or blamed."""
    report = nightly(inputs, dataset)
    assert (report.inputs, report.quarantined, report.balanced) == (3, 0, True)
    assert exports(dataset) == whole
    assert not (dataset / "work").exists() or list((dataset / "work").iterdir()) == []


@needs_strace
@pytest.mark.parametrize("name", POINTS)
def test_killed_at_a_named_point_the_next_run_completes(
    name: str, tmp_path: Path, undisturbed: tuple[Path, dict[str, str]]
) -> None:
    inputs, whole = undisturbed
    dataset = tmp_path / "out"
    document = begun(inputs, dataset)
    killer = traced(dataset, document, POINTS[name], "signal=KILL")
    assert started(str(inputs), "-o", str(dataset), "--jobs", "1", before=killer).wait() == -signal.SIGKILL
    assert_completes(inputs, dataset, whole)


@needs_strace
@pytest.mark.parametrize("name", CHILD_POINTS)
def test_a_child_that_always_dies_at_a_named_point_costs_its_document_only(
    name: str, tmp_path: Path, undisturbed: tuple[Path, dict[str, str]]
) -> None:
    inputs, whole = undisturbed
    dataset = tmp_path / "out"
    document = begun(inputs, dataset)
    killer = traced(dataset, document, CHILD_POINTS[name], "signal=KILL", "-f")
    assert started(str(inputs), "-o", str(dataset), "--jobs", "1", before=killer).wait() == ExitStatus.INCOMPLETE
    ledger = Ledger(Store(str(dataset)))
    ends = {row["doc_id"]: (row["state"], row["reason"]) for row in ledger.rows()}
    assert ends.pop(document) == ("quarantined", "crash")
    assert set(ends.values()) == {("ok", None)}
    ledger.retry([document])
    assert_completes(inputs, dataset, whole)


FAILURES = {
    "no space for a commit": ("pwrite64", "kehoach.sqlite-wal", 12, "ENOSPC"),
    "a commit that cannot be synced": ("fdatasync", "kehoach.sqlite-wal", 4, "EIO"),
    "no space for a document's folder": ("mkdir", "work/*/pages", 1, "ENOSPC"),
    "no space for a copy": ("write", "work/*/document.txt", 1, "ENOSPC"),
    "no space for a page": ("write", "work/*/pages/.000001.page.new", 1, "ENOSPC"),
    "a page that cannot be renamed": ("rename", "work/*/pages/.000001.page.new", 1, "EIO"),
    "no space for a record": ("write", "work/*/.record.json.new", 1, "ENOSPC"),
    "no space for an export": ("write", "exports/.documents.parquet.new", 1, "ENOSPC"),
    "an export that cannot be synced": ("fsync", "exports/.documents.parquet.new", 1, "EIO"),
    "an export that cannot be renamed": ("rename", "exports/.documents.parquet.new", 1, "EIO"),
    "a disk that turned read-only": ("openat", "exports/.documents.parquet.new", 1, "EROFS"),
}


@needs_strace
@pytest.mark.parametrize("name", FAILURES)
def test_a_failing_disk_is_named_and_the_next_run_completes(
    name: str, tmp_path: Path, undisturbed: tuple[Path, dict[str, str]]
) -> None:
    inputs, whole = undisturbed
    dataset = tmp_path / "out"
    document = begun(inputs, dataset)
    call, file, when, error = FAILURES[name]
    tracer = traced(dataset, document, (call, file, when), f"error={error}", "-f")
    command = [*tracer, sys.executable, "-m", "pipeline", "run", str(inputs), "-o", str(dataset), "--jobs", "1"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == ExitStatus.DATASET, ended.stderr
    assert str(dataset) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert_completes(inputs, dataset, whole)


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


def pages_of_text(count: int) -> bytes:
    """Return a PDF of *count* pages with six lines each."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), FONT]
    for number in range(count):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * number)
        )
        line = b"(Trang %d dong %d: to chuc hoi nghi dien hinh tien tien) Tj 0 -17 Td\n"
        text = b"".join(line % (number + 1, row) for row in range(6))
        objects.append(stream(b"BT /F 11 Tf 60 790 Td\n" + text + b"ET"))
    return pdf(objects)


def test_ten_thousand_pages_leave_memory_flat(tmp_path: Path) -> None:
    """What a page adds to a child is its text and lines; nothing of it reaches the parent but the record."""
    peaks = []
    for count in (500, 10_000):
        path = tmp_path / f"{count}.pdf"
        path.write_bytes(pages_of_text(count))
        dataset = tmp_path / f"out{count}"
        ended = subprocess.run(
            [sys.executable, "-c", PEAKS, str(path), str(dataset)], capture_output=True, text=True, check=True
        )
        parent, child = (int(word) for word in ended.stdout.split()[-2:])
        peaks.append((parent, child))
    (parent, child), (parent_after, child_after) = peaks
    assert (parent_after - parent) / 9_500 < PARENT_PAGE_KIB, peaks
    assert (child_after - child) / 9_500 < CHILD_PAGE_KIB, peaks


PARENT_PAGE_KIB, CHILD_PAGE_KIB = 40.0, 80.0
PEAKS = """
import resource, sys
from pipeline.batch.nightly import Settings, run
from pipeline.run import warm
warm()
report = run([sys.argv[1]], sys.argv[2], Settings(), lambda *_: None)
assert report.ok == 1, report
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def test_a_thousand_small_documents_leave_nothing_in_the_parent(tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 1000)
    sizes: list[int] = []
    handles: list[int] = []

    def look(done: int, _total: int, _name: str) -> None:
        if done in (200, 1000):
            sizes.append(resident())
            handles.append(len(list(Path("/proc/self/fd").iterdir())))

    assert run([str(inputs)], str(tmp_path / "out"), Settings(jobs=2), look).ok == 1000
    assert (sizes[1] - sizes[0]) / 800 < 10_000, sizes
    assert handles[1] <= handles[0] + 1


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def scans(path: Path, count: int) -> Path:
    frames = [Image.new("L", (200, 280), 255) for _ in range(count)]
    for number, frame in enumerate(frames):
        ImageDraw.Draw(frame).text((20, 40), f"KE HOACH {number + 1}", fill=0, font_size=20)
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(60, 60))
    os.utime(path, (0, 0))
    return path


@pytest.mark.ocr
def test_a_crash_at_page_37_keeps_36_and_goes_on_from_there(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    path = scans(inputs / "scan.tif", 40)
    pages = tmp_path / "out" / "work" / identity(path) / "pages"
    victim = started(str(inputs), "-o", str(tmp_path / "out"), "--ocr", "fast")
    while not (pages / "000036.page").exists():
        time.sleep(0.02)
        assert victim.poll() is None
    victim.kill()
    victim.wait()
    kept = {file.name: file.stat().st_mtime_ns for file in pages.glob("*.page")}
    assert len(kept) >= 36
    again = started(str(inputs), "-o", str(tmp_path / "out"), "--ocr", "fast")
    while again.poll() is None:
        for name, stamp in kept.items():
            file = pages / name
            if file.exists():
                assert file.stat().st_mtime_ns == stamp, f"{name} was read again"
        time.sleep(0.05)
    assert again.returncode == ExitStatus.OK


@pytest.mark.skipif(os.geteuid() != 0, reason="other users may not be allowed to part a child from the network")
def test_children_have_no_network(tmp_path: Path) -> None:
    """A program that a child starts sees no address, not even that of this machine."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    scans(inputs / "scan.tif", 1)
    programs = tmp_path / "bin"
    programs.mkdir()
    real, found = shutil.which("tesseract"), tmp_path / "found"
    fake = programs / "tesseract"
    fake.write_text(
        f'#!/bin/bash\ncase "$*" in *--version*|*--list-langs*) exec {real} "$@";; esac\n'
        f'cat /proc/net/dev > {found}\nexec {real} "$@"\n'
    )
    fake.chmod(0o755)
    victim = started(str(inputs), "-o", str(tmp_path / "out"), PATH=f"{programs}:{os.environ['PATH']}")
    assert victim.wait() == ExitStatus.OK
    rows = [line.split() for line in found.read_text().splitlines()[2:]]
    assert {row[0] for row in rows} <= {"lo:", "tunl0:", "ip6tnl0:", "sit0:", "gre0:", "gretap0:", "erspan0:"}
    assert sum(int(row[1]) for row in rows) == 0, "bytes were received"


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"ke hoach to chuc hoi nghi " * 400_000, ExitStatus.OK), (bytes(range(256)) * 400, ExitStatus.NO_INPUT)],
    ids=["a line of 10 megabytes", "binary"],
)
def test_the_filter_takes_anything(content: bytes, status: ExitStatus) -> None:
    command = [sys.executable, "-m", "pipeline", "restore"]
    ended = subprocess.run(command, input=content, capture_output=True, check=False)
    assert ended.returncode == status, ended.stderr
    assert ended.stdout.count(b"\n") == content.count(b"\n") if status == ExitStatus.OK else not ended.stdout
    assert b"Traceback" not in ended.stderr
