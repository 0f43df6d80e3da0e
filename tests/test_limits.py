from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon.folding import fold
from pipeline.normalize.counts import find_counts, parse_number
from pipeline.recognize.composition import find_ratios
from pipeline.recognize.limits import find_limits
from tests.body import body_of, plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "limits.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_limits(case: dict[str, Any]) -> None:
    found = [limit.value for limit in find_limits(plan_of(case["original"], body_of(case.get("body", "district"))))]
    assert [[v.level, v.kind, v.min, v.max, v.condition is not None] for v in found] == case["expected"]


def test_a_limit_points_at_its_number() -> None:
    plan = plan_of("Số lượng đại biểu: không\nquá 150 đại biểu.")
    (limit,) = find_limits(plan)
    quotes = [plan.document.text[start:end] for start, end in limit.spans]
    assert quotes == ["không", "quá 150 đại biểu"]


def test_scope_is_kept_as_printed() -> None:
    limits = find_limits(plan_of("Đại biểu: Mỗi khoa, phòng cử 03 người tham dự."))
    assert [(limit.value.max, limit.value.scope) for limit in limits] == [(3, "Mỗi khoa, phòng")]


@pytest.mark.parametrize("number", [1, 5, 15, 24, 80, 105, 150, 205, 999, 1200])
def test_digits_are_read_back(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}".replace(",", ".")) == number


@pytest.mark.parametrize("text", ["năm 2020", "ông Ba", "nước tỉnh Hải Dương", "thứ hai", "Điều 5"])
def test_words_that_are_no_counts(text: str) -> None:
    assert list(find_counts(fold(text))) == []


def test_a_sentence_of_thousands_of_numbers_takes_seconds_not_minutes() -> None:
    plan = plan_of("Cơ cấu đại biểu: " + "cấp huyện không quá 200, nữ 30%, " * 1000)
    start = time.process_time()
    assert find_limits(plan)
    assert find_ratios(plan)
    assert time.process_time() - start < 10
