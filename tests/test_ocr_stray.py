"""Lines and words that seals and pens leave on a page, and printed ones that look like them."""

from __future__ import annotations

import pytest

from pipeline.ocr.stray import is_junk, strays, without_strokes
from pipeline.ocr.tesseract import RawLine, RawWord

SIZE, MIDDLE = 36.0, 827.0


def line(text: str, top: int, *, left: int = 1000, confidence: float = 0.95) -> RawLine:
    """Return a line with words of 100 pixels."""
    words = tuple(
        RawWord(word, (left + 110 * at, top, left + 110 * at + 100, top + 30), confidence)
        for at, word in enumerate(text.split())
    )
    return RawLine(words, (left, top, words[-1].box[2], top + 30))


@pytest.mark.parametrize(
    ("text", "confidence", "junk"),
    [
        ("só,ZØƒ /QÐ-UBND", 0.3, False),  # its digits are written over the label
        ("~ « ,", 0.9, True), ("®a. x 1X", 0.2, True), ("Đ", 0.5, True), ("3", 0.95, False),
        ("I", 0.9, True), ("I.", 0.9, False), ("PHẦN I", 0.3, False), ("ở sài. đầy", 0.1, True),
        ("Lê Hoàng Anh", 0.5, False), ("/MCL", 0.23, True), ("Số: 2l4 /KH-UBND", 0.3, False),
    ],
)  # fmt: skip
def test_junk_lines(text: str, confidence: float, junk: bool) -> None:
    assert is_junk(line(text, 0, confidence=confidence)) is junk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("thực hiện kế hoạch này./. đt", "thực hiện kế hoạch này./.", id="initials behind the end"),
        pytest.param("_ PHÓ CHỦ TỊCH “", "PHÓ CHỦ TỊCH", id="specks at both ends"),
        pytest.param("\"TRƯỞNG BAN", "TRƯỞNG BAN", id="a speck before the post"),
        pytest.param("'Trịnh Minh Hoa", "Trịnh Minh Hoa", id="a speck before the name"),
        pytest.param("\"TIÊN TIẾN\" NĂM 2025", "\"TIÊN TIẾN\" NĂM 2025", id="quoted capitals"),
        pytest.param("\"Thẻ học viên\" được cấp", "\"Thẻ học viên\" được cấp", id="a quotation"),
        pytest.param("- Như Điều 3;", "- Như Điều 3;", id="a dash opens an item"),
        pytest.param("* Cấp tỉnh:", "* Cấp tỉnh:", id="a star opens an item"),
        pytest.param("tại văn bản 12./. Trong quá trình thực hiện", "tại văn bản 12./. Trong quá trình thực hiện",
                     id="a sentence goes on"),
    ],
)  # fmt: skip
def test_strokes_at_the_ends_of_a_line_go(text: str, expected: str) -> None:
    assert without_strokes(line(text, 0)).text == expected


def test_between_post_and_name_only_what_is_printed_stays() -> None:
    lines = [
        line("- Lưu: VT, lê", 1040, left=200),
        line("KT. GIÁM ĐỐC", 1000),
        line("PHÓ GIAM D0C", 1050, confidence=0.5),  # a seal lies on it
        line("sở À", 1150, confidence=0.6),
        line("N", 1200),
        line("Thiếu tướng", 1250),
        line("Nguyễn Văn Hùng", 1300),
        line("4%", 1350, confidence=0.6),
        line("3", 2200, left=820),
    ]
    assert strays(lines, SIZE, MIDDLE) == {3, 4, 7}


def test_nothing_goes_where_the_name_was_not_read() -> None:
    lines = [line("GIÁM ĐỐC", 1000), line("Ng ễ V n", 1300, confidence=0.4)]
    assert strays(lines, SIZE, MIDDLE) == set()
