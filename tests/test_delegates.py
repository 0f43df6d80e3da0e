"""Numbers and shares of delegates as committees of many kinds write them, several levels and groups in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.recognize import recognize
from pipeline.recognize.composition import find_ratios
from pipeline.recognize.levels import Setting
from pipeline.recognize.limits import find_limits
from tests.body import body_of, document_of, plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "delegates.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_delegates(case: dict[str, Any]) -> None:
    body = body_of(case["body"])
    plan = plan_of(case["original"], body, case.get("default") or Setting.of(body).own)
    limits = [found.value for found in find_limits(plan)]
    ratios = [found.value for found in find_ratios(plan)]
    assert [[v.level, v.kind, v.min, v.max, v.condition is not None] for v in limits] == case["limits"]
    assert [[v.level, v.category, v.percent, v.approximate] for v in ratios] == case["ratios"]


_PLAN = """UBND TỈNH LÀO CAI
ỦY BAN NHÂN DÂN HUYỆN BẮC HÀ
Số: 41/KH-UBND
Bắc Hà, ngày 15 tháng 5 năm 2023
KẾ HOẠCH
Tổ chức Hội nghị điển hình tiên tiến năm 2023
I. THỜI GIAN
1. Cấp xã: xong trước ngày 31/5/2023.
2. Cấp huyện: 01 ngày, ngày 23/6/2023.
II. THÀNH PHẦN HỘI NGHỊ CẤP HUYỆN
1. Đại biểu: 75 người.
III. CƠ CẤU
1. Đại biểu cấp huyện: không quá 120 người.
2. Tỷ lệ: nữ 30%.
IV. HỘI NGHỊ CẤP XÃ
Tổ chức trong 01 buổi, ngày 20/5/2023.
a) Đại biểu: 60 người, nữ 40%.
"""


def test_a_share_is_of_the_conference_that_its_section_speaks_of() -> None:
    facts = recognize(document_of(_PLAN))
    assert [(limit.level, limit.max) for limit in facts.delegate_limits] == [
        ("district", 75), ("district", 120), ("grassroots", 60),
    ]  # fmt: skip
    ratios = [(ratio.level, ratio.percent) for ratio in facts.composition_ratios]
    assert ratios == [("district", 30), ("grassroots", 40)]
