"""Days, numbers and shares that stand beside those of the conferences change nothing of what is read of a plan.

A plan is full of them: congresses of the past, drives of work, training, awards, money, buses and halls. Each case of
`tests/cases/beside.json` is put at its place into one plan, whose facts must stay as they are without it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pipeline.recognize import recognize
from pipeline.record import Facts
from tests.body import document_of
from tests.plain import load_cases

_PLAN = """UBND TỈNH QUẢNG NAM
ỦY BAN NHÂN DÂN HUYỆN DUY XUYÊN
Số: 41/KH-UBND
Duy Xuyên, ngày 15 tháng 10 năm 2019
KẾ HOẠCH
Tổ chức Hội nghị điển hình tiên tiến các cấp tiến tới Đại hội thi đua yêu nước tỉnh Quảng Nam
Thực hiện Kế hoạch số 6034/KH-UBND ngày 11/10/2019 của UBND tỉnh Quảng Nam, UBND huyện xây dựng kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Đánh giá phong trào thi đua, rút ra bài học kinh nghiệm.
{aims}
II. NỘI DUNG
{matter}
1. Cấp xã
- Hình thức: Hội nghị điển hình tiên tiến.
- Thời gian: 1/2 ngày, hoàn thành trước ngày 15/3/2020.
- Số lượng: không quá 120 đại biểu.
- Cơ cấu: điển hình tiên tiến 70%, khách mời 30%.
{base}
2. Cấp huyện
- Hình thức: Hội nghị điển hình tiên tiến.
- Thời gian: 01 ngày, ngày 24/4/2020.
- Số lượng: 200 đại biểu.
- Cơ cấu: điển hình tiên tiến 75%, khách mời 25%.
{district}
3. Chương trình hội nghị
- Chào cờ;
- Tuyên bố lý do, giới thiệu đại biểu;
- Khai mạc;
- Báo cáo tổng kết;
- Tham luận;
- Khen thưởng;
- Phát động thi đua;
- Bế mạc.
4. Chủ tọa: 05 người.
5. Khen thưởng
Chủ tịch UBND huyện tặng Giấy khen cho các điển hình.
{awards}
6. Kinh phí
Do ngân sách huyện bảo đảm.
{money}
III. TỔ CHỨC THỰC HIỆN
1. Phòng Nội vụ: là cơ quan thường trực, theo dõi, đôn đốc các đơn vị.
{tasks}
2. UBND các xã, thị trấn: gửi kế hoạch trước ngày 30/11/2019.

Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Hồng Sơn
"""
_PLACES = ("aims", "matter", "base", "district", "awards", "money", "tasks")


def facts_with(**beside: str) -> dict[str, Any]:
    """Return the facts of the conferences of the plan with some text put in beside them."""
    facts: Facts = recognize(document_of(_PLAN.format(**{place: beside.get(place, "") for place in _PLACES})))
    names = ("events", "delegate_limits", "composition_ratios", "agenda", "presidium")
    return {name: getattr(facts, name) for name in names}


@cache
def plain_facts() -> dict[str, Any]:
    return facts_with()


def test_the_plan_itself_is_read() -> None:
    facts = plain_facts()
    assert [(event.level, event.end) for event in facts["events"]] == [
        ("grassroots", "2020-03-15"),
        ("district", "2020-04-24"),
    ]
    assert [limit.max for limit in facts["delegate_limits"]] == [120, 200]
    assert [ratio.percent for ratio in facts["composition_ratios"]] == [70, 30, 75, 25]
    assert len(facts["agenda"]) == 8
    assert facts["presidium"].max == 5


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case['place']}: {case['text'][:60]}",
            marks=[pytest.mark.xfail(reason=case["comment"], strict=True)] if case.get("expect") == "fail" else [],
        )
        for case in load_cases("beside")
    ],
)
def test_what_stands_beside_changes_nothing(case: dict[str, Any]) -> None:
    assert facts_with(**{case["place"]: case["text"]}) == plain_facts()
