"""Figures: the vote of three readings, cells of columns of numbers, quarters, broken digits, faint seals."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr import clean, figures
from pipeline.ocr.shapes import find_lost_dash, mend_signs
from pipeline.ocr.tables import Cell, Grid
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.textlines import find_lines

WIDTH = 10  # pixels a character


def line(text: str, confidence: float = 0.9) -> RawLine:
    """Return a line whose words lie where their characters stand; `_` holds the place of a word that was lost."""
    words, x = [], 0
    for word in text.split(" "):
        x1 = x + WIDTH * len(word)
        if set(word) != {"_"}:
            words.append(RawWord(word, (x, 0, x1, 20), confidence))
        x = x1 + WIDTH
    return RawLine(tuple(words), (0, 0, x, 20))


@pytest.mark.parametrize(
    ("first", "other", "third", "expected"),
    [
        ("ngày 11/6/1946,", "ngày 11/6/1948,", "ngày 11/6/1948,", "ngày 11/6/1948,"),
        ("đạt 96,19,", "đạt 96,1%,", "đạt 96,1%,", "đạt 96,1%,"),
        ("5 năm ____ - 2025;", "5 năm 2020 - 2025;", "5 năm 2020 - 2025;", "5 năm 2020 - 2025;"),
        ("ngày 21/10/20 14./.", "ngày 21/10/2014./.", "ngày 21/10/2014./.", "ngày 21/10/2014./."),
        ("Số: 60/KH-UBNĐ", "Số: 60/KH-UBND", "Số: 60/KH-UBND", "Số: 60/KH-UBND"),
        ("tổ 12 người", "tố 12 người", "tô 12 người", "tổ 12 người"),
        ("thì 15% người", "thi J5% người", "thi t5% người", "thì 15% người"),
    ],
    ids=["digit", "percent", "lost", "parted", "letter of a code", "words stay", "only one is a number"],
)
def test_figures_are_voted_on(first: str, other: str, third: str, expected: str) -> None:
    readings = [line(first), line(other), line(third)]
    assert figures.differ(readings[0], readings[1]) == (first.split()[1:] != other.split()[1:])
    assert figures.vote(readings[0], readings).text == expected


def test_a_number_that_won_keeps_what_else_was_read() -> None:
    readings = [line("ngày 01/2/2014"), line("ngày 01/7/2014"), line("ngày 01/7/2014")]
    word = figures.vote(readings[0], readings).words[1]
    assert (word.text, word.alternatives) == ("01/7/2014", (("01/2/2014", 0.0),))
    assert word.confidence < 0.8


def grid(*columns: int) -> Grid:
    rows = len(columns)
    cells = tuple(Cell(r, c, r + 1, c + 1, (c, r, c + 1, r + 1)) for r in range(rows) for c in range(2))
    return Grid((0, 0, 2, rows), rows, 2, cells)


def test_cells_among_numbers_should_be_numbers() -> None:
    texts = ["Đơn vị", "Số", "Xã A", "12", "Xã B", "t5", "Xã C", "30", "Xã D", "không có", "Xã E", "9"]
    assert figures.doubtful_cells(grid(*range(6)), dict(enumerate(texts))) == [5]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([line("15", 0.8), line("15", 0.7), None], "15"),
        ([line("15", 0.8), line("75", 0.7), None], None),
        ([line("15", 0.3), None, None], None),
        ([line("15", 0.95), None, None], "15"),
        ([line("1 5", 0.95), line("1 5", 0.95), None], None),
    ],
    ids=["two agree", "they differ", "too unsure", "one is sure", "two numbers"],
)
def test_a_cell_is_a_number_where_readings_are_sure_together(
    readings: list[RawLine | None], expected: str | None
) -> None:
    word = figures.number_of(readings)
    assert (word and word.text) == expected


def glyph(letter: str) -> NDArray[np.bool_]:
    """Return a page with one stroke at (20, 20): an I, a 1 whose head reaches only to the left, or a blurred I.

    The last has lost its serifs, and a slash touches its foot.
    """
    page = np.zeros((80, 200), np.bool_)
    page[20:48, 26:30] = True
    if letter == "blurred I":
        page[20:24, 25:30] = True
        page[45:48, 25:38] = True
        return page
    page[46:48, 21:35] = True
    page[20:22, 21 : 35 if letter == "I" else 30] = True
    return page


@pytest.mark.parametrize(
    ("read", "printed", "expected"),
    [
        ("quý 11/2025.", "I", "quý II/2025."),
        ("Quý II//2025.", "I", "Quý II/2025."),
        ("quý [V/2019.", "I", "quý IV/2019."),
        ("quý 1/2015;", "I", "quý I/2015;"),
        ("quý 1/2015;", "1", "quý 1/2015;"),
        ("quý 1/2015;", "blurred I", "quý I/2015;"),
        ("quý 1\u20442015;", "blurred I", "quý I/2015;"),
        ("tháng 11/2025.", "I", "tháng 11/2025."),
        ("quý 12/2025", "I", "quý 12/2025"),
    ],
)
def test_a_quarter_is_one_of_four(read: str, printed: str, expected: str) -> None:
    words = read.split()
    raw = RawLine(
        (RawWord(words[0], (0, 20, 15, 48), 0.9), RawWord(words[1], (20, 20, 110, 48), 0.5)), (0, 20, 110, 48)
    )
    assert mend_signs(raw, glyph(printed), 40.0).text == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("số 10/2020/QHI4;", "số 10/2020/QH14;"),
        ("số 10/2021/UBTVQHI15 ngày", "số 10/2021/UBTVQH15 ngày"),
        ("số 10/2004/QHII,", "số 10/2004/QH11,"),
        ("số 10/2013/QH13", "số 10/2013/QH13"),
        ("ĐBQH I", "ĐBQH I"),
    ],
)
def test_the_term_of_the_assembly_is_a_number(read: str, expected: str) -> None:
    words = tuple(RawWord(word, (100 * at, 0, 100 * at + 90, 30), 0.6) for at, word in enumerate(read.split()))
    assert mend_signs(RawLine(words, (0, 0, 900, 30)), np.zeros((80, 900), np.bool_), 40.0).text == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("ngày 29 tháng 1] năm 2005;", "ngày 29 tháng 11 năm 2005;"),
        ("ngày J4 tháng l0 năm", "ngày 14 tháng 10 năm"),
        ("ngày 3l, tháng OI", "ngày 31, tháng OI"),
        ("ngày 4l tháng 8l", "ngày 4l tháng 8l"),
        ("mục 1l", "mục 1l"),
    ],
    ids=["bracket", "J and l", "no digit, no number", "no such day", "no date"],
)
def test_strokes_in_dates_are_ones(read: str, expected: str) -> None:
    assert mend_signs(line(read), np.zeros((40, 400), np.bool_), 20.0).text == expected


def test_a_heading_is_parted_from_its_number() -> None:
    raw = line("II.THỜI GIAN, ĐỊA ĐIỂM")
    assert mend_signs(raw, np.zeros((40, 400), np.bool_), 20.0).text == "II. THỜI GIAN, ĐỊA ĐIỂM"


@pytest.mark.parametrize(("top", "width", "found"), [(30, 10, True), (38, 10, False), (30, 30, False), (30, 0, False)])
def test_a_dash_that_was_lost_opens_its_line_again(top: int, width: int, found: bool) -> None:
    page = np.full((80, 300), 255, np.uint8)
    page[top : top + 3, 40 : 40 + width] = 120
    raw = RawLine((RawWord("Lưu:", (60, 20, 100, 40), 0.9),), (60, 20, 100, 40))
    assert find_lost_dash(raw, page, 24.0).text == ("- Lưu:" if found else "Lưu:")


def test_a_broken_digit_in_a_cell_is_one_line() -> None:
    page = np.full((80, 120), 250, np.uint8)
    page[20:44, 30:33] = 10  # 1
    page[20:28, 40:52] = 10  # the head of a 5, and its bowl
    page[32:44, 40:52] = 10
    lines = find_lines(page, page < 128, (0, 0, 120, 80), 16)
    assert [line.box[1] <= 20 and line.box[3] >= 44 for line in lines] == [True]


def test_a_seal_that_a_copier_has_faded_goes_all_the_same() -> None:
    """On a grey page red leads by less than fifty levels, and in the red channel the seal is still seen."""
    image = np.full((400, 400, 3), (190, 188, 186), np.uint8)
    cv2.circle(image, (200, 200), 60, (170, 132, 130), 6)
    image[195:205, 100:300] = 90
    grey, seal = clean.ink_channel(image)
    assert seal
    assert grey[200 - 60, 200] > 180
    assert grey[200, 120] < 100
    assert grey[200, 140] < 120  # black under the ring


def test_readings_without_confidence_are_voted_on() -> None:
    readings = [line(text, confidence=0.0) for text in ("x 4J", "x 4j", "x 4I")]
    assert len(figures.vote(readings[0], readings).words) == 2
