from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.recognize.composition import find_ratios
from tests.body import plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "ratios.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_shares(case: dict[str, Any]) -> None:
    found = [ratio.value for ratio in find_ratios(plan_of("II. NỘI DUNG\n" + case["original"]))]
    assert [[v.category, v.percent, v.approximate] for v in found] == case["expected"]


def test_level_of_the_heading_wins_over_a_unit_in_the_sentence() -> None:
    text = "2.2. Cấp huyện:\n- Đại biểu điển hình tiên tiến do đơn vị cơ sở lựa chọn chiếm 70%."
    assert [ratio.value.level for ratio in find_ratios(plan_of(text))] == ["district"]


def test_share_column_of_a_table() -> None:
    text = "II. CƠ CẤU ĐẠI BIỂU\nThành phần\tTỷ lệ (%)\nĐiển hình tiên tiến\t70\nKhách mời\t30"
    plan = plan_of(text)
    found = find_ratios(plan)
    assert [(ratio.value.category, ratio.value.percent) for ratio in found] == [("exemplary", 70), ("guests", 30)]
    assert [plan.document.text[start:end] for ratio in found for start, end in ratio.spans] == ["70", "30"]
