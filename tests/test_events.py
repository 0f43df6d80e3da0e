from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.recognize.events import find_events
from pipeline.recognize.levels import Setting, level_in
from pipeline.record import BodyLevel, EventLevel, IssuingBody
from tests.body import TOWN, plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "events.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_events(case: dict[str, Any]) -> None:
    body = IssuingBody(**case["body"]) if "body" in case else TOWN
    found = [event.value for event in find_events(plan_of(case["original"], body))]
    assert [[v.level, v.pilot, v.duration_days, v.start, v.end] for v in found] == case["expected"]


@pytest.mark.parametrize(
    ("name", "level", "province", "city"),
    [
        ("Ủy ban nhân dân quận Hoàn Kiếm", "district", "Hà Nội", "province"),
        ("Ủy ban nhân dân thành phố Tam Kỳ", "district", "Quảng Nam", "district"),
        ("Ủy ban nhân dân thành phố Hải Phòng", "province", "Hải Phòng", "province"),
        ("Ủy ban nhân dân phường Tân Bình", "commune", "Hồ Chí Minh", "province"),
    ],
)
def test_a_bare_city_is_what_the_issuing_body_calls_so(
    name: str, level: BodyLevel, province: str, city: EventLevel
) -> None:
    setting = Setting.of(IssuingBody(name=name, level=level, province=province))
    assert level_in("hoi nghi cap thanh pho", setting) == city


def test_a_later_remark_adds_no_event() -> None:
    text = (
        "1.2. Thời gian:\n- Cấp huyện: Hoàn thành trong tháng 5/2015.\nIII. TỔ CHỨC THỰC HIỆN\n"
        "1. Phòng Nội vụ tham mưu tổ chức Hội nghị điển hình tiên tiến của huyện vào tháng 5/2015."
    )
    assert len(find_events(plan_of(text))) == 1


def test_a_heading_that_names_pilots_among_other_matters_makes_none() -> None:
    text = (
        "II. THỜI GIAN, SỐ LƯỢNG ĐẠI BIỂU VÀ ĐƠN VỊ TỔ CHỨC ĐIỂM\n1. Thời gian\n"
        "- Cấp cơ sở: một buổi, hoàn thành trước ngày 31/3/2020.\n"
        "2. Đơn vị tổ chức điểm: xã Tân Phú tổ chức Hội nghị điểm trong tháng 02/2020."
    )
    found = {(e.value.pilot, e.value.end) for e in find_events(plan_of(text))}
    assert found == {(False, "2020-03-31"), (True, "2020-02-29")}
