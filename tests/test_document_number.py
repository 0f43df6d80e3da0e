from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.document_number import DocumentNumberError, code_of, find_codes, parse, tidy_notation


@pytest.mark.parametrize(
    ("text", "number", "notation", "year"),
    [
        pytest.param("Số: 215 /KH-UBND", 215, "KH-UBND", None, id="space before the slash"),
        pytest.param("Số 12-KH/ĐU", 12, "KH/ĐU", None, id="party"),
        pytest.param("Số: 45 - CV/ĐU", 45, "CV/ĐU", None, id="party with spaces"),
        pytest.param("Số: 02/2023/TT-BLĐTBXH", 2, "TT-BLĐTBXH", 2023, id="year"),
        pytest.param("Nghị quyết số: 24/2022/UBTVQH15", 24, "UBTVQH15", 2022, id="standing committee"),
        pytest.param("Số:        /KH-UBND", None, "KH-UBND", None, id="blank"),
        pytest.param("Số: ....... /HD-SNV", None, "HD-SNV", None, id="dots"),
        pytest.param("S6: 60/KH-UBND", 60, "KH-UBND", None, id="damaged word"),
        pytest.param("Số: l2 /KH-UBND", 12, "KH-UBND", None, id="l for 1"),
        pytest.param("Số: 3/%/QĐ-SYT", None, "QĐ-SYT", None, id="handwriting that was not read"),
        pytest.param("Số:JÚ_ /GM-SYT", None, "GM-SYT", None, id="letters for digits are not guessed"),
        pytest.param("Số: 150/QĐ-UBND-TL", 150, "QĐ-UBND-TL", None, id="three parts"),
        pytest.param("Số: 188/QĐĐ-VPCP", 188, "QĐ-VPCP", None, id="letter read twice"),
        pytest.param("Số: 20a/TB-HĐND", 20, "TB-HĐND", None, id="number with a letter"),
        pytest.param("Số: 77/KH-ND", 77, "KH-ND", None, id="a school's initials keep their letters"),
        pytest.param("Số: 60 /KH-UBND   Duy Tiên, ngày 27 tháng 10 năm 2014", 60, "KH-UBND", None, id="date beside it"),
    ],
)
def test_parse(text: str, number: int | None, notation: str, year: int | None) -> None:
    found = parse(text)
    assert (found.number, found.notation, found.year) == (number, notation, year)


@pytest.mark.parametrize("text", ["", "Số: 12", "Số lượng đại biểu: 150 người", "ngày 12/5/2019", "Hà Nội - Huế"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(DocumentNumberError):
        parse(text)


@given(
    st.integers(1, 9999),
    st.sampled_from(["KH", "QĐ", "TB", "HD", "CTr", "TTr", "BC"]),
    st.sampled_from(["UBND", "SNV", "HĐTĐKT", "LĐLĐ", "SGDĐT"]),
)
def test_the_canonical_form_reads_back(number: int, sign: str, body: str) -> None:
    value = parse(f"Số: {number}/{sign}-{body}")
    assert parse(code_of(value) or "") == value
    party = parse(f"Số {number}-{sign}/TU")
    assert parse(code_of(party) or "") == party


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Chỉ thị số 34/CT-TW ngày 07 tháng 4 năm 2014", ["34/CT-TW"]),
        ("Kế hoạch số 165/KH-UBND, ngày 23/7/2019", ["165/KH-UBND"]),
        ("Luật số 06/2022/QH15", ["06/2022/QH15"]),
        ("từ 15/3 đến 20/4/2020, đạt 70/30, tỷ lệ 1/3", []),
        ("Thông tư liên tịch số 01/2015/TTLT-BNV-BTC", ["01/2015/TTLT-BNV-BTC"]),
    ],
)
def test_codes_in_running_text(text: str, codes: list[str]) -> None:
    assert [found.code for found in find_codes(text)] == codes


def test_notations_lose_noise_only() -> None:
    assert tidy_notation("KH – UBND.") == "KH-UBND"
    assert tidy_notation("KH-HDND") == "KH-HĐND"
