"""Dates and durations: cases as data, and what must hold of every date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.folding import fold
from pipeline.normalize.dates import find_dates, find_durations

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_dates_as_plans_write_them(case: dict[str, Any]) -> None:
    plan_of = date(2020, 8, 1)  # decides the year of a date that names none
    found = [m.when for m in find_dates(fold(case["original"]), plan_of.year, plan_of)]
    assert [[w.start and w.start.isoformat(), w.end and w.end.isoformat(), w.precision] for w in found] == case[
        "expected"
    ]


@given(
    st.dates(date(1990, 1, 1), date(2049, 12, 31)),
    st.sampled_from(["{0:%d/%m/%Y}", "ngày {0:%d} tháng {0:%m} năm {0:%Y}"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    text = "Hội nghị tổ chức " + form.format(day) + "."
    (match,) = find_dates(fold(text))
    assert (match.when.start, match.when.end) == (day, day)
    assert fold(text)[match.start : match.end].endswith(str(day.year))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Thời gian: ½ ngày", [0.5]),
        ("Thời gian: 1⁄2 ngày", [0.5]),
        ("1/2 ngày, hoàn thành trước 20/6/2020", [0.5]),
        ("không quá 0,5 ngày", [0.5]),
        ("tổ chức một buổi", [0.5]),
        ("nửa ngày", [0.5]),
        ("01/2 ngày", [0.5]),
        ("một phần hai ngày", [0.5]),
        ("cả ngày 15/6/2020", [1.0]),
        ("02 buổi", [1.0]),
        ("01 (một) ngày", [1.0]),
        ("một ngày rưỡi", [1.5]),
        ("chậm nhất 05 ngày làm việc trước hội nghị", []),
        ("trước 10 ngày", []),
        ("trong thời gian 10 ngày, kể từ ngày nhận", []),
        ("một buổi, trước ngày 25/11/2024", [0.5]),
        ("kỷ niệm 30 ngày", []),
        ("ngày 15 ngày", []),
    ],
)
def test_durations(text: str, days: list[float]) -> None:
    assert [match.days for match in find_durations(fold(text))] == days
