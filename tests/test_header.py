from __future__ import annotations

import time
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.data import DigitalSignature
from pipeline.recognize.header import find_header
from tests.plain import load_cases, pick, plain_document, plain_value

CASES = load_cases("header")


def values(text: str) -> dict[str, Any]:
    header = find_header(plain_document(text))
    return {
        field.name: plain_value(found.value) if (found := getattr(header, field.name)) else None
        for field in fields(header)
        if field.name != "body_start"
    }


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=pytest.mark.xfail if case["expect"] == "fail" else ())
        for case in CASES
    ],
)
def test_header(case: dict[str, Any]) -> None:
    got = values(case["original"])
    assert {path: pick(got, path) for path in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_spans_lie_inside_the_text(case: dict[str, Any]) -> None:
    document = plain_document(case["original"])
    header = find_header(document)
    for field in fields(header):
        found = getattr(header, field.name)
        if field.name == "body_start" or found is None:
            continue
        assert 0 < found.confidence <= 1
        assert all(0 <= start < end <= len(document.text) for start, end in found.spans)
        assert all(document.text[start:end].strip() for start, end in found.spans)


def test_a_digital_signature_dates_and_names_where_the_page_does_not() -> None:
    signature = DigitalSignature("Ủy ban nhân dân huyện Mộc Châu", datetime(2019, 9, 30, 17, tzinfo=UTC))
    header = find_header(plain_document("KẾ HOẠCH\nTổ chức Hội nghị\n\nI. MỤC ĐÍCH\n"), [signature])
    assert header.issued_date is not None
    assert header.issued_date.value.source == "digital_signature"
    assert header.issuing_body is not None
    assert header.issuing_body.value.district == "Mộc Châu"
    assert header.issued_date.spans == ()


def test_the_day_on_the_page_wins_over_the_signature() -> None:
    signature = DigitalSignature("Nguyễn Văn An", datetime(2019, 9, 30, tzinfo=UTC))
    text = "UBND HUYỆN YÊN MÔ\nSố: 1/KH-UBND\nYên Mô, ngày 5 tháng 3 năm 2019\nKẾ HOẠCH\nTổ chức\n"
    header = find_header(plain_document(text), [signature])
    assert header.issued_date is not None
    assert (header.issued_date.value.value, header.issued_date.value.source) == ("2019-03-05", "header")


def dated(line: str, *signatures: DigitalSignature) -> tuple[str, str] | None:
    text = f"UBND HUYỆN YÊN MÔ\nSố: 1/KH-UBND\n{line}\nKẾ HOẠCH\nTổ chức hội nghị\n"
    found = find_header(plain_document(text), signatures).issued_date
    return (found.value.value, found.value.source) if found else None


def test_a_day_left_blank_is_that_of_the_signature_of_the_body() -> None:
    person = DigitalSignature("Nguyễn Văn An", datetime(2025, 2, 17, tzinfo=UTC))
    body = DigitalSignature("Ủy ban nhân dân huyện Yên Mô", datetime(2025, 2, 18, tzinfo=UTC))
    blank = "Yên Mô, ngày      tháng 02 năm 2025"
    assert dated(blank, person, body) == ("2025-02-18", "digital_signature")
    assert dated(blank, person) == ("2025-02-17", "digital_signature")
    assert dated(blank) == ("2025-02", "header")
    assert dated("Yên Mô, ngày      tháng 01 năm 2025", body) == ("2025-01", "header")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="SốKHUBND:/- \nngàythánăm0123456789ỦYBANKẾHOẠCHCộngv", max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    document = plain_document(text)
    header = find_header(document)
    assert 0 <= header.body_start <= len(document.text)


@pytest.mark.parametrize(
    "line",
    ["UBND " * 3000, "ngày " * 3000 + "tháng " * 2000, "A" * 20000, "Số: " + "1/" * 5000, "." * 20000],
    ids=["words", "dates", "capitals", "numbers", "dots"],
)
def test_hostile_lines_take_no_quadratic_time(line: str) -> None:
    document = plain_document(f"UBND XÃ A\n{line}\nKẾ HOẠCH {line}\n{line}")
    start = time.process_time()
    find_header(document)
    assert time.process_time() - start < 5


def test_a_national_name_on_two_lines_beside_the_issuing_body_is_taken_out() -> None:
    text = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nTỈNH PHÚ YÊN VIỆT NAM\nSố: 45/KH-UBND Độc lập - Tự do - Hạnh phúc\n"
        "Phú Yên, ngày 29 tháng 4 năm 2019\nKẾ HOẠCH\nTổ chức Hội nghị điển hình tiên tiến\n\nCăn cứ Chỉ thị số 3."
    )
    body = find_header(plain_document(text)).issuing_body
    assert body is not None
    assert body.value.name == "Ủy ban nhân dân tỉnh Phú Yên"


RIGHT_LAST = """[header_left] ỦY BAN NHÂN DÂN
[header_left] TỈNH SƠN LA
[header_left] Số: 45/UBND-TH
[header_left] V/v báo cáo phong trào thi đua
[header_left] Kính gửi: Các sở, ban, ngành
[header_right] CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
[header_right] Độc lập - Tự do - Hạnh phúc
[header_right] Sơn La, ngày 7 tháng 12 năm 2011
Để tổng kết phong trào thi đua, UBND tỉnh yêu cầu các đơn vị báo cáo."""


def test_a_right_column_read_after_the_addressees_still_dates() -> None:
    got = values(RIGHT_LAST)
    assert (got["place"], pick(got, "issued_date.value")) == ("Sơn La", "2011-12-07")


def test_a_publisher_who_signs_years_later_dates_nothing() -> None:
    published = DigitalSignature("Cổng Thông tin điện tử Chính phủ", datetime(2023, 6, 2, tzinfo=UTC))
    text = "BỘ Y TẾ\nSố: 9/{}/TT-BYT\nTHÔNG TƯ\nQuy định về trạm y tế\n\nĐiều 1. Phạm vi\n"
    assert find_header(plain_document(text.format(2018)), [published]).issued_date is None
    assert find_header(plain_document(text.format(2023)), [published]).issued_date is not None
