"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli import main
from pipeline.errors import ExitStatus

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN MỎ CÀY BẮC
Số: 17/KH-UBND
Mỏ Cày Bắc, ngày 12 tháng 3 năm 2019

KẾ HOẠCH
Tổ chức Hội nghị điển hình tiên tiến cấp cơ sở

1. Số lượng đại biểu
Cấp xã: không quá 120 đại biểu.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Bình
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_version_and_help_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == ExitStatus.OK
    assert __version__ in capsys.readouterr().out
    assert main(["--help"]) == ExitStatus.OK


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["run", "x"], id="no dataset"),
        pytest.param(["run", "x", "-o", "y", "--shard", "3/2"], id="shard beyond the last"),
        pytest.param(["run", "x", "-o", "y", "--jobs", "0"], id="no jobs"),
        pytest.param(["extract"], id="no file"),
        pytest.param(["report"], id="unknown command"),
    ],
)
def test_bad_usage(arguments: list[str]) -> None:
    assert main(arguments) == ExitStatus.USAGE


def test_evaluate_wants_files_or_records(tmp_path: Path) -> None:
    assert main(["evaluate", "--gold", str(tmp_path)]) == ExitStatus.USAGE


@pytest.mark.model
def test_extract_prints_one_record_a_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(plan), str(plan.parent), "--json"]) == ExitStatus.OK
    lines = capsys.readouterr().out.splitlines()
    record = json.loads(lines[0])
    assert list(record)[:4] == ["schema_version", "doc_id", "source", "text"]
    assert record["document_number"] == {"number": 17, "notation": "KH-UBND", "year": None}
    assert record["delegate_limits"][0]["max"] == 120
    text = record["text"]["content"]
    assert record["evidence"]
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in record["evidence"])


@pytest.mark.model
def test_extract_goes_on_after_a_file_that_cannot_be_read(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = plan.with_name("a.pdf")
    empty.touch()
    assert main(["extract", str(empty), str(plan), "--json"]) == ExitStatus.INCOMPLETE
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["extract", str(empty)]) == ExitStatus.NO_INPUT


@pytest.mark.model
def test_text_is_what_the_file_says(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(plan)]) == ExitStatus.OK
    assert "không quá 120 đại biểu" in capsys.readouterr().out


def test_a_missing_file_is_no_input(tmp_path: Path) -> None:
    assert main(["text", str(tmp_path / "nothing.pdf")]) == ExitStatus.NO_INPUT


def test_status_of_what_is_no_dataset(tmp_path: Path) -> None:
    assert main(["status", str(tmp_path)]) == ExitStatus.DATASET


@pytest.mark.model
def test_restore_is_a_filter_that_keeps_the_lines() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "pipeline", "restore"],
        input="Ke hoach to chuc Hoi nghi dien hinh tien tien\n\nUy ban nhan dan huyen\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "Kế hoạch tổ chức Hội nghị điển hình tiên tiến\n\nỦy ban nhân dân huyện\n"
