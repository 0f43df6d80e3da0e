"""Hundreds of files that try to break a run: none does, each ends as it should, and no page is lost without a word."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.intake import path_of, show_path
from pipeline.batch.ledger import Ledger
from pipeline.dataset import Store, fetch
from pipeline.errors import ExitStatus
from tests.hostile import Case, cases
from tests.processes import survivors

pytestmark = pytest.mark.model

LEAST_CASES = 300
PAGE_SECONDS = 20.0  # shorter than what a person would wait for, so that files which hang do not fill the evening


def ends_of(dataset: Path) -> dict[str, str]:
    """Return how each file ended, by its path as it is shown: a state, and the reason where there is one."""
    rows = Ledger(Store(str(dataset))).rows()
    return {row["path"]: ": ".join(filter(None, [row["state"], row["reason"]])) for row in rows}


def records_of(dataset: Path) -> dict[str, dict[str, Any]]:
    with Store(str(dataset)).begin() as connection:
        rows = [row["record"] for row in fetch(connection, "documents")]
    records = [row if isinstance(row, dict) else json.loads(row) for row in rows]
    return {record["source"]["path"]: record for record in records}


def kehoach_run(folder: Path, dataset: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the nightly job over *folder* as a user would; nothing of it may be left when it has ended."""
    temporary, mark = dataset.with_name("tmp"), f"KEHOACH_TEST_{os.getpid()}_{dataset.parent.name}"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(temporary), mark: "1"}
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(dataset), *words]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    assert "Traceback" not in ended.stderr.split("quarantined, bug")[0], ended.stderr[-3000:]
    assert survivors(mark) == []
    assert list(temporary.iterdir()) == []
    assert not (dataset / "work").exists() or list((dataset / "work").iterdir()) == []
    return ended


def written(folder: Path, wanted: Iterable[Case]) -> list[Case]:
    folder.mkdir()
    made = []
    for each in wanted:
        path = folder / each.name
        path.write_bytes(each.content())
        if each.size:
            os.truncate(path, each.size)
        os.utime(path, (0, 0))
        made.append(each)
    return made


def wrong_ends(made: Iterable[Case], folder: Path, dataset: Path) -> list[str]:
    """Return a line for each file that did not end as it should; one that is a copy of another ended with it."""
    ends, records, wrong = ends_of(dataset), records_of(dataset), []
    for each in made:
        shown = show_path(os.fsencode(folder / each.name))
        end, record = ends.get(shown, "nothing"), records.get(shown)
        text = record["text"]["content"] if record else ""
        if end not in each.ends:
            wrong.append(f"{each.name}: {end}, not {' or '.join(sorted(each.ends))}")
        if end == "ok" and each.pages and record and len(record["text"]["pages"]) != each.pages:
            wrong.append(f"{each.name}: ok with {len(record['text']['pages'])} of {each.pages} pages")
        if each.holds and each.holds not in text:
            wrong.append(f"{each.name}: lacks {each.holds!r}")
        if each.lacks and each.lacks in text:
            wrong.append(f"{each.name}: holds {each.lacks!r}")
    return wrong


def reconciled(dataset: Path) -> dict[str, int]:
    with Store(str(dataset)).begin() as connection:
        last = fetch(connection, "runs", order_by=["run_id"])[-1]
    counts = {name: last[name] for name in ("inputs", "ok", "partial", "quarantined", "duplicates", "unchanged")}
    assert counts["inputs"] == sum(counts.values()) - counts["inputs"]
    return counts


def test_a_few_hostile_files_end_as_they_should(tmp_path: Path, sample: Path) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    made = written(folder, (each for each in cases(sample) if each.quick))
    ended = kehoach_run(folder, dataset, "--jobs", "1", "--page-seconds", str(PAGE_SECONDS))
    assert ended.returncode == ExitStatus.INCOMPLETE
    assert wrong_ends(made, folder, dataset) == []
    assert reconciled(dataset)["inputs"] == len(made)


@pytest.mark.reliability
@pytest.mark.ocr
def test_every_hostile_file_ends_as_it_should(tmp_path: Path, sample: Path) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    made = written(folder, cases(sample))
    assert len(made) >= LEAST_CASES
    assert len({each.name for each in made}) == len(made)
    words = ("--jobs", "2", "--ocr", "fast", "--page-seconds", str(PAGE_SECONDS))
    ended = kehoach_run(folder, dataset, *words)
    assert ended.returncode == ExitStatus.INCOMPLETE
    assert wrong_ends(made, folder, dataset) == []
    assert reconciled(dataset)["inputs"] == len(made)
    shutil.rmtree(folder)


PLAN = "Kế hoạch tổ chức hội nghị, tập tin {}\n"


def put(folder: bytes, name: bytes) -> bytes:
    path = os.path.join(folder, name)  # noqa: PTH118 - bytes
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(PLAN.format(name))
    os.utime(path, (0, 0))
    return path


NAMES = {
    "composed": unicodedata.normalize("NFC", "kế hoạch.txt").encode(),
    "decomposed twin": unicodedata.normalize("NFD", "kế hoạch.txt").encode(),
    "not UTF-8": b"k\xff\xfe.txt",
    "spelled like one that is not UTF-8": rb"k\xff\xfe.txt",
    "half a letter": b"k\xe1\xba.txt",
    "surrogate": b"k\xed\xa0\x80.txt",
    "255 bytes": b"x" * 251 + b".txt",
    "line end": b"a\nb.txt",
    "leading dash": b"-o.txt",
    "option": b"--retry",
    "spaces": b"   .txt",
    "quotes": b"a'\"`$(touch x);&|<>.txt",
    "percent": b"%s%n%00.txt",
    "backslashes": b"..\\..\\a\\.txt",
    "hidden": b".hidden.txt",
    "dots": b"....",
    "control": b"\x01\x1b[31m\x7f.txt",
    "right to left": "\u202etxt.exe".encode(),
    "markup": b"[red]a[bold].txt",
    "pattern": b"*?[a].txt",
    "web address": b"file:\\a?b#c.txt",
    "no ending": b"plan",
    "ending of another kind": b"plan.pdf",
    "capitals": b"PLAN.TXT",
    "capitals twin": b"plan.txt",
}


@pytest.mark.reliability
@pytest.mark.parametrize("again", [False, True], ids=["first run", "rerun"])
def test_odd_names(tmp_path: Path, again: bool) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    paths = [put(os.fsencode(folder), name) for name in NAMES.values()]
    assert kehoach_run(folder, dataset, "--jobs", "2").returncode == ExitStatus.OK
    if again:
        assert kehoach_run(folder, dataset).returncode == ExitStatus.OK
        assert reconciled(dataset)["unchanged"] == len(NAMES)
    ends = ends_of(dataset)
    assert sorted(path_of(shown) for shown in ends) == sorted(paths)
    assert set(ends.values()) == {"ok"}


def test_things_that_are_no_files(tmp_path: Path) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    (folder / "folder.pdf").mkdir(parents=True)
    put(os.fsencode(folder / "folder.pdf"), b"inside.txt")
    target = folder / "target.txt"
    put(os.fsencode(folder), b"target.txt")
    os.link(target, folder / "second-name.txt")
    (folder / "link.txt").symlink_to("target.txt")
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "outside").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
        devices = 0
        if os.geteuid() == 0:
            os.mknod(folder / "device.txt", 0o020644, os.makedev(1, 5))
            devices = 1
        ended = kehoach_run(folder, dataset)
    assert ended.returncode == ExitStatus.INCOMPLETE
    found = {Path(shown).name: end for shown, end in ends_of(dataset).items()}
    none = {"link.txt", "dangling.txt", "itself.txt", "circle", "outside", "pipe.pdf", "socket.txt"}
    none |= {"device.txt"} if devices else set()
    assert {name for name, end in found.items() if end == "quarantined: not_regular"} == none
    assert found["inside.txt"] == "ok"
    assert reconciled(dataset) == {
        "inputs": 3 + len(none), "ok": 2, "partial": 0, "quarantined": len(none), "duplicates": 1, "unchanged": 0,
    }  # fmt: skip


@pytest.mark.reliability
def test_folders_deeper_than_a_path_can_say(tmp_path: Path) -> None:
    folder, dataset, start = tmp_path / "in", tmp_path / "out", Path.cwd()
    folder.mkdir()
    put(os.fsencode(folder), b"plan.txt")
    os.chdir(folder)
    try:
        for _ in range(2_500):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(start)
    assert kehoach_run(folder, dataset).returncode == ExitStatus.INCOMPLETE
    assert reconciled(dataset)["ok"] == 1
    assert set(ends_of(dataset).values()) == {"ok", "quarantined: unreadable"}
    subprocess.run(["rm", "-rf", folder], check=True)  # deeper than Python's own removal goes


@pytest.mark.reliability
@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may read everything")
def test_what_may_not_be_read_is_named_and_read_once_it_may(tmp_path: Path) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    (folder / "closed").mkdir(parents=True)
    put(os.fsencode(folder), b"open.txt")
    put(os.fsencode(folder / "closed"), b"within.txt")
    put(os.fsencode(folder), b"shut.txt")
    (folder / "shut.txt").chmod(0)
    (folder / "closed").chmod(0)
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(dataset)]
    if os.geteuid() == 0:
        for path in (tmp_path, *tmp_path.parents):
            if path.stat().st_uid == 0 and not path.stat().st_mode & 0o001:
                pytest.skip(f"only root gets to the test's folder: {path}")
        dataset.mkdir()
        shutil.chown(dataset, 65534, 65534)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    environment = os.environ | {"HOME": str(dataset), "NUMBA_CACHE_DIR": str(dataset)}
    assert subprocess.run(command, env=environment, check=False).returncode == ExitStatus.INCOMPLETE
    assert sorted(ends_of(dataset).values()) == ["ok", "quarantined: unreadable", "quarantined: unreadable"]
    (folder / "shut.txt").chmod(0o644)
    (folder / "closed").chmod(0o755)
    assert subprocess.run(command, env=environment, check=False).returncode == ExitStatus.OK


@pytest.mark.reliability
def test_files_that_grow_change_and_vanish_while_they_are_read(tmp_path: Path) -> None:
    folder, dataset = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(12):
        put(os.fsencode(folder), b"%02d.txt" % number)
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            with (folder / "00.txt").open("a", encoding="utf-8") as growing:
                growing.write("một dòng nữa\n")
            put(os.fsencode(folder), b"new.part")
            (folder / "new.part").rename(folder / "01.txt")
            (folder / "02.txt").unlink(missing_ok=True)
            put(os.fsencode(folder), b"02.txt")
            time.sleep(0.02)

    writer = threading.Thread(target=disturb)
    writer.start()
    try:
        ended = kehoach_run(folder, dataset, "--jobs", "1")
    finally:
        stop.set()
        writer.join()
    assert ended.returncode in (ExitStatus.OK, ExitStatus.INCOMPLETE)
    fates = {Path(shown).name: end for shown, end in ends_of(dataset).items()}
    assert {fates[f"{number:02}.txt"] for number in range(3, 12)} == {"ok"}
    assert fates["00.txt"] == "quarantined: changing"
    assert set(fates.values()) <= {"ok", "quarantined: changing", "quarantined: unreadable"}
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    assert kehoach_run(folder, dataset).returncode == ExitStatus.OK
    assert {end for shown, end in ends_of(dataset).items() if Path(shown).exists()} == {"ok"}
