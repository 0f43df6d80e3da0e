from __future__ import annotations

from datetime import date

import pytest

from pipeline.normalize.agencies import group_lines, issuing_body, resolve_issuer
from pipeline.normalize.body_names import write_out
from pipeline.record import IssuingBody
from tests.plain import load_cases, plain_value


@pytest.mark.parametrize("case", load_cases("agencies"), ids=lambda case: case["label"])
def test_bodies(case: dict[str, object]) -> None:
    day = case.get("on")
    lines = case["original"]
    assert isinstance(lines, list)
    body = issuing_body(lines, date.fromisoformat(str(day)) if day else None, context=str(case.get("context", "")))
    got = plain_value(body)
    expected = case["expected"]
    assert isinstance(expected, dict)
    assert {key: got[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("UBND TX. THÁI HÒA", "Ủy ban nhân dân thị xã Thái Hòa"),
        ("Ủy ban Nhân dân thị xã Hoàng Mai", "Ủy ban nhân dân thị xã Hoàng Mai"),
        ("UBNDTỈNHKIÊN GIANG", "Ủy ban nhân dân tỉnh Kiên Giang"),
        ("SỞ LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("PHÒNG TN&MT", "Phòng Tài nguyên và Môi trường"),
        ("SỞ TƯ PHÁP", "Sở Tư pháp"),
        ("VĂN PHÒNG TƯ ĐẢNG", "Văn phòng Trung ương Đảng"),
        ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "Sở Kế hoạch và Đầu tư"),
        ("PHÒNG VĂN HÓA THÔNG TIN", "Phòng Văn hóa - Thông tin"),
        ("Bộ Lao động thương binh và xã hội", "Bộ Lao động - Thương binh và Xã hội"),
        ("TÍNH QUẢNG NGÃI", "Tỉnh Quảng Ngãi"),
        ("HUYỆN ĐOAN HÙNG", "Huyện Đoan Hùng"),
        ("UBND HUYỆN EA H’LEO", "Ủy ban nhân dân huyện Ea H'leo"),
        ("UBND PHƯỜNG 5", "Ủy ban nhân dân phường 5"),
        ("TRƯỜNG THCS CHU VĂN AN", "Trường Trung học cơ sở Chu Văn An"),
    ],
)
def test_write_out(text: str, written: str) -> None:
    assert write_out(text) == written


def test_writing_out_twice_changes_nothing_more() -> None:
    for case in load_cases("agencies"):
        lines = case["original"]
        once = [write_out(group) for group in group_lines(lines)]
        assert [write_out(name) for name in once] == once


@pytest.mark.parametrize(
    ("cited", "resolved"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Uỷ ban nhân dân thị xã", "Ủy ban nhân dân thị xã Thái Hòa"),
        ("Tỉnh ủy", "Tỉnh ủy Nghệ An"),
        ("Thị ủy", "Thị ủy Thái Hòa"),
        ("Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Nghệ An"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An"),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Nghệ An"),
        ("Sở Y tế Hà Tĩnh", "Sở Y tế tỉnh Hà Tĩnh"),
        ("Bộ Nội vụ", "Bộ Nội vụ"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("UBND tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ],
)
def test_issuers_are_read_as_the_citing_body_would(cited: str, resolved: str) -> None:
    assert resolve_issuer(cited, issuing_body(["UBND THỊ XÃ THÁI HÒA"])) == resolved


def test_nothing_is_resolved_without_a_body() -> None:
    assert resolve_issuer("UBND tỉnh", None) == "Ủy ban nhân dân tỉnh"
    assert issuing_body([]) is None
    assert isinstance(issuing_body(["BỘ Y TẾ"]), IssuingBody)
