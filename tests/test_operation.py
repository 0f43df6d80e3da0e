"""What an operator sees of the nightly job: reports, metrics, logs, clean-up, and the files in deploy/."""

from __future__ import annotations

import json
import logging
import math
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from pipeline.batch.children import BY_SIGNAL, BY_STATUS
from pipeline.batch.housekeeping import clean
from pipeline.batch.metrics import write_metrics
from pipeline.batch.reasons import PAGE_REASONS, REASONS
from pipeline.batch.report import Report
from pipeline.cli import command_parser, main
from pipeline.dataset import Store, tables
from pipeline.errors import ExitStatus
from pipeline.logs import Formatter, about, log_file

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DAY = 86_400


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """`main` sets the log up for a process of its own."""
    root = logging.getLogger()
    before, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    yield
    logging.captureWarnings(False)
    logging.getLogger("pipeline").setLevel(logging.NOTSET)
    root.handlers[:], root.level, logging.raiseExceptions = before, level, raising


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """One good file, a copy of it, and one that is cut off."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a.txt", "Kế hoạch\n"), ("b.txt", "Kế hoạch\n"), ("cut.pdf", "%PDF-1.7 and no more")):
        (folder / name).write_text(text, "utf-8")
        os.utime(folder / name, (0, 0))
    return folder


def samples(text: str) -> dict[str, float]:
    """Parse Prometheus's text format strictly; return value by name and labels."""
    found: dict[str, float] = {}
    family = None
    for line in text.removesuffix("\n").split("\n"):
        if match := re.fullmatch(r"# HELP ([a-z_]+) (\S.*)", line):
            assert not any(name.split("{")[0] == match[1] for name in found), "a family stands in one piece"
            family = match[1]
        elif match := re.fullmatch(r"# TYPE ([a-z_]+) gauge", line):
            assert match[1] == family, "HELP, then TYPE"
        else:
            match = re.fullmatch(r'(([a-z_]+)(?:\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"\})?) (\S+)', line)
            assert match, line
            assert match[2] == family
            assert match[1] not in found, "each sample once"
            found[match[1]] = float(match[3])
            assert math.isfinite(found[match[1]])
    return found


@pytest.mark.model
def test_a_run_tells_what_it_did(inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, metrics, dataset = tmp_path / "report.json", tmp_path / "kehoach.prom", tmp_path / "out"
    options = ["--report", str(told), "--metrics", str(metrics), "--log-format", "json"]
    assert main(["run", str(inputs), "-o", str(dataset), *options]) == ExitStatus.INCOMPLETE

    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "3 inputs = 1 ok + 0 partial + 1 quarantined + 1 duplicates + 0 unchanged"
    assert "copies: b.txt (of a.txt)" in out
    assert "cut.pdf" in out
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["document"] for line in lines] == [str(inputs / "cut.pdf")]

    report = json.loads(told.read_text("utf-8"))
    assert report["counts"] == {"inputs": 3, "ok": 1, "partial": 0, "quarantined": 1, "duplicates": 1, "unchanged": 0}
    assert (report["status"], report["pages"], report["error"]) == (1, 1, None)
    assert report["reasons"]["corrupt"]["files"][0]["path"] == str(inputs / "cut.pdf")
    assert report["reasons"]["corrupt"]["what_to_do"] == REASONS["corrupt"]
    assert {timing["path"] for timing in report["slowest"]} == {str(inputs / "a.txt"), str(inputs / "cut.pdf")}
    assert report["slowest"] == sorted(report["slowest"], key=lambda timing: -timing["seconds"])
    assert all(0 < timing["cpu_seconds"] < report["cpu_seconds"] for timing in report["slowest"])
    assert set(report["seconds"]) == {"total", "intake", "documents", "exports"}
    assert all(report["versions"]["models"].values())
    kept = sorted((dataset / "runs").iterdir())
    assert [path.suffix for path in kept] == [".json", ".log"]
    assert json.loads(kept[0].read_text("utf-8")) == report
    assert all(json.loads(line)["time"].endswith("Z") for line in kept[1].read_text("utf-8").splitlines())

    found = samples(metrics.read_text("utf-8"))
    assert found["kehoach_run_exit_status"] == 1
    assert found['kehoach_run_files{state="ok"}'] == 1
    assert found['kehoach_dataset_documents{state="quarantined"}'] == 1
    assert found['kehoach_dataset_quarantined_documents{reason="corrupt"}'] == 1
    assert found['kehoach_dataset_quarantined_documents{reason="timeout"}'] == 0
    assert found["kehoach_run_last_success_timestamp_seconds"] == pytest.approx(time.time(), abs=120)
    ended = sum(value for name, value in found.items() if name.startswith("kehoach_run_files"))
    assert ended == found["kehoach_run_inputs"]
    assert metrics.stat().st_mode & 0o777 == 0o644

    assert main(["status", str(dataset)]) == ExitStatus.INCOMPLETE
    out = capsys.readouterr().out
    assert "1 ok, 1 quarantined" in out
    assert f"1 quarantined: corrupt – {REASONS['corrupt']}" in out
    assert "a.txt" not in out


@pytest.mark.model
def test_exports_are_written_again_only_for_a_reason(inputs: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "out"
    command = ["run", str(inputs), "-o", str(dataset), "-q"]
    export = dataset / "exports" / "documents.parquet"
    main(command)
    first = export.stat().st_mtime_ns
    main(command)
    assert export.stat().st_mtime_ns == first
    with Store(str(dataset)).begin() as connection:  # as if the last run had been killed
        connection.execute(update(tables.runs).values(ended=None, status=None))
    main(command)
    assert export.stat().st_mtime_ns > first
    (dataset / "exports" / "issues.parquet").unlink()
    main(command)
    assert (dataset / "exports" / "issues.parquet").is_file()


def test_the_last_success_outlives_a_failure(tmp_path: Path) -> None:
    metrics = tmp_path / "kehoach.prom"
    good = Report(inputs=1, ok=1)
    good.ended = good.started
    write_metrics(metrics, good, {})
    write_metrics(metrics, Report(stopped=ExitStatus.DATASET), {})
    found = samples(metrics.read_text("utf-8"))
    assert found["kehoach_run_exit_status"] == ExitStatus.DATASET
    assert found["kehoach_run_last_success_timestamp_seconds"] == pytest.approx(good.started.timestamp(), abs=1e-3)
    assert list(tmp_path.iterdir()) == [metrics]


def test_a_run_whose_numbers_do_not_add_up_has_failed() -> None:
    assert Report(inputs=3, ok=2, unchanged=1).status == ExitStatus.OK
    assert Report(inputs=3, ok=2).status == ExitStatus.BUG
    assert Report(inputs=3, ok=2, left=1).status == ExitStatus.BUG
    assert Report(inputs=3, ok=2, left=1, stopped=ExitStatus.TERMINATED).balanced


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        pytest.param("/proc/kehoach", "cannot be opened", id="a file system that takes no folders"),
        pytest.param("{}/in/a.txt/out", "cannot be opened", id="below a file"),
        pytest.param("{}/other", "schema version 0", id="another schema"),
    ],
)
def test_a_dataset_that_cannot_be_written_is_named(
    output: str, cause: str, inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(str(tmp_path / "other"), create=True).begin() as connection:
        connection.execute(update(tables.meta).values(value="0"))
    told, metrics = tmp_path / "report.json", tmp_path / "kehoach.prom"
    command = ["run", str(inputs), "-o", output.format(tmp_path), "--report", str(told), "--metrics", str(metrics)]
    assert main(command) == ExitStatus.DATASET
    out, err = capsys.readouterr()
    assert out == ""
    assert cause in err
    assert cause in json.loads(told.read_text("utf-8"))["error"]
    assert samples(metrics.read_text("utf-8"))["kehoach_run_exit_status"] == ExitStatus.DATASET


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system takes root")
def test_a_dataset_on_a_read_only_disk_is_named(
    inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        Store(str(disk / "out"), create=True)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert main(["run", str(inputs), "-o", str(disk / "out")]) == ExitStatus.DATASET
        assert "read" in capsys.readouterr().err
    finally:
        subprocess.run(["umount", disk], check=True)


def test_inputs_that_cannot_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / "nothing"), "-o", str(tmp_path / "out")]) == ExitStatus.NO_INPUT
    out, err = capsys.readouterr()
    assert "nothing: quarantined, unreadable" in err
    assert f"1 × unreadable: {REASONS['unreadable']}" in out


@pytest.mark.parametrize("option", ["--report", "--metrics"])
def test_a_folder_that_is_not_there_is_bad_usage(option: str, tmp_path: Path) -> None:
    command = ["run", "x", "-o", str(tmp_path / "out"), option, str(tmp_path / "nowhere" / "file")]
    assert main(command) == ExitStatus.USAGE


def test_only_what_runs_left_behind_is_cleaned_up(tmp_path: Path) -> None:
    store = Store(str(tmp_path), create=True)
    runs, work, exports = tmp_path / "runs", tmp_path / "work", tmp_path / "exports"
    gone = [runs / "20250101T010000Z-1.json", runs / "20250101T010000Z-1.log", work / ("a" * 64)]
    half = runs / ".20260101T010000Z-2.json.new"
    kept = [runs / "20260101T010000Z-3.json", runs / "notes.txt", work / "b.txt", exports / "documents.parquet"]
    for path in (*gone[:2], half, *kept):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (gone[2] / "pages").mkdir(parents=True)
    old = time.time() - 8 * DAY
    for path in (gone[2] / "pages", *gone, *kept[1:]):
        os.utime(path, (old, old))
    assert clean(store, keep_days=7) == 4
    assert not [path for path in (*gone, half) if path.exists()]
    assert all(path.exists() for path in (*kept, tmp_path / "kehoach.sqlite"))
    assert clean(store, keep_days=7) == 0


def test_lines_about_a_document_name_it_and_its_page(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    with log_file(path):
        about("kế hoạch.pdf")
        logging.getLogger("pipeline.read").info("fine", extra={"page": 2})
        logging.getLogger("of.a.library").warning("odd")
        logging.getLogger("of.a.library").info("never said")
        about(None)
        logging.getLogger("pipeline.batch").warning("gone", extra={"document": "b.pdf"})
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line.get("document"), line.get("page"), line["message"]) for line in lines] == [
        ("kế hoạch.pdf", 2, "fine"),
        ("kế hoạch.pdf", None, "odd"),
        ("b.pdf", None, "gone"),
    ]


def test_a_name_does_not_pass_for_a_line_of_the_log() -> None:
    record = logging.LogRecord("pipeline", logging.WARNING, "", 0, "cut off", (), None)
    record.document = "a\nkehoach: b.pdf: fine"
    assert "\n" not in Formatter().format(record)


def test_every_reason_has_its_advice() -> None:
    """Codes of the OCR stage become issues of a page, those of `restore` and `searchable` reach no ledger."""
    paths = [path for package in ("read", "batch") for path in (ROOT / "pipeline" / package).glob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in paths)
    raised = set(re.findall(r'(?:InputFileError|\bfault|Outcome\(job, "quarantined",)\(?\s*"([a-z_]+)"', code))
    ended = {*BY_STATUS.values(), *BY_SIGNAL.values(), *PAGE_REASONS.values()} - {"disk"}  # that stops the run
    assert {"changing", "corrupt", "crash_loop"} <= raised
    assert raised | ended <= set(REASONS)
    assert all(len(advice.split()) > 5 for advice in REASONS.values())


def commands() -> Iterator[str]:
    """Yield the commands in deploy/, as words after `kehoach`."""
    for path in (DEPLOY / "kehoach.service", DEPLOY / "kehoach.cron"):
        yield from re.findall(r"bin/kehoach (run .+)", path.read_text("utf-8"))
    (words,) = re.findall(r"^CMD (.+)$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    yield shlex.join(json.loads(words))


def test_the_commands_in_deploy_are_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", lambda path: path.suffix == "")  # their folders are elsewhere
    found = list(commands())
    assert len(found) == 3
    for command in found:
        assert command_parser().parse_args(shlex.split(command)).keep_days == 90


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    program = tmp_path / "kehoach"  # verify wants to see the program
    program.touch(0o755)
    unit = tmp_path / "kehoach.service"
    unit.write_text((DEPLOY / unit.name).read_text("utf-8").replace("/opt/kehoach/.venv/bin/kehoach", str(program)))
    shutil.copy(DEPLOY / "kehoach.timer", tmp_path)
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit, tmp_path / "kehoach.timer"], capture_output=True, text=True
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit], capture_output=True, text=True
    )
    if "unrecognized option" not in rated.stderr:
        assert rated.returncode == 0, rated.stdout[-500:]
