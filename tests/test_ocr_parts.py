"""Lines, marks, signs and second readings: the parts of recognition that need no Tesseract."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr import second, tables, zones
from pipeline.ocr.blanks import advance
from pipeline.ocr.shapes import mend_signs
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.textlines import find_lines

Page = NDArray[np.uint8]
SMALL, LETTER, GAP = 16, 10, 4  # pixels: height and width of a small letter, and what parts two


def sheet(height: int, width: int = 1000) -> Page:
    return np.full((height, width), 250, np.uint8)


def print_line(page: Page, base: int, left: int = 100, count: int = 30, height: int = SMALL) -> None:
    """Print *count* small letters on a baseline."""
    for number in range(count):
        x = left + number * (LETTER + GAP)
        page[base - height : base, x : x + LETTER] = 10


def lines_of(page: Page) -> list[tuple[tuple[int, int, int, int], Page]]:
    ink = page < 128
    return [(line.box, line.image) for line in find_lines(page, ink, (0, 0, page.shape[1], page.shape[0]), SMALL)]


def inked(image: Page) -> int:
    return int((image < 128).sum())


def test_a_mark_goes_to_the_letter_it_stands_over_and_a_dot_to_the_one_it_hangs_under() -> None:
    page = sheet(200)
    print_line(page, 80)
    print_line(page, 118)  # tightly set: the mark over the lower line is hardly farther from the upper one
    page[94:100, 100:110] = 10  # over the first letter of the lower line
    page[83:87, 242:246] = 10  # under a letter of the upper line
    upper, lower = lines_of(page)
    assert inked(upper[1]) == 30 * SMALL * LETTER + 16
    assert inked(lower[1]) == 30 * SMALL * LETTER + 60


def test_a_letter_that_touches_the_next_line_is_parted_from_it() -> None:
    page = sheet(200)
    print_line(page, 80)
    print_line(page, 120)
    page[80:104, 105:107] = 10  # the tail of a g down to the letter below
    upper, lower = lines_of(page)
    assert upper[0][3] < 110
    assert inked(upper[1][:, :30]) > SMALL * LETTER
    assert inked(lower[1]) >= 30 * SMALL * LETTER


def test_letters_with_tails_make_no_line_of_their_own() -> None:
    page = sheet(200)
    print_line(page, 80, count=20)
    for x in (180, 292, 348):  # g of italics: larger and lower than what stands around them
        page[64:90, x : x + LETTER] = 10
    assert len(lines_of(page)) == 1


def test_small_letters_among_capitals_stay_in_their_line() -> None:
    """A short list of offices: as many capitals as small letters, and an accented word at the end."""
    page = sheet(300)
    for base in (80, 130, 180):
        print_line(page, base, count=6, height=22)
    print_line(page, 180, left=100 + 6 * (LETTER + GAP), count=9, height=15)
    last = lines_of(page)[-1]
    assert last[0][2] >= 100 + 15 * (LETTER + GAP) - GAP


def test_stems_over_each_other_are_no_ruling_line() -> None:
    page = sheet(400)
    for row in (100, 200, 300):
        page[row : row + 2, 100:900] = 60
    for column in (100, 500, 899):
        page[100:302, column : column + 2] = 60
    page[110:172, 300:303] = 60  # p over ổ: ends at no ruling line
    (grid,) = tables.find_grids(*tables.ruling_lines(page, 200), 200)
    assert (grid.rows, grid.columns) == (2, 2)


def test_header_lines_of_two_columns_that_touch_are_counted() -> None:
    """Tightly set capitals with marks: two lines are one band of ink, and the gap is narrow beside the first."""
    page = sheet(900, 1400)
    for side, end in ((100, 640), (680, 1300)):
        for x in range(side, end - 10, 14):
            page[100:180, x : x + 10] = 10
    for x in (*range(200, 400, 14), *range(800, 1100, 14)):
        page[220:240, x : x + 10] = 10
    for top in range(320, 800, 40):
        for x in range(100, 1300, 14):
            page[top : top + 20, x : x + 10] = 10
    found = zones.find_layout(page < 128, page, 200)
    assert [getattr(block, "side", "table") for block in found.blocks] == ["left", "right", ""]


def line_of(*texts: str, confidence: float = 0.9) -> RawLine:
    """Return a line whose words are 60 pixels wide and 100 apart."""
    words = tuple(RawWord(text, (at * 100, 100, at * 100 + 60, 130), confidence) for at, text in enumerate(texts))
    return RawLine(words, (0, 100, len(texts) * 100 - 40, 130))


def strokes(*boxes: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    ink = np.zeros((200, 600), np.bool_)
    for x, y, width, height in boxes:
        ink[y : y + height, x : x + width] = True
    return ink


def disc(x: int, y: int, size: int) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:200, :600]
    return np.asarray((columns - x) ** 2 + (rows - y) ** 2 <= (size / 2) ** 2)


@pytest.mark.parametrize(
    ("read", "ink", "expected"),
    [
        pytest.param("»", disc(15, 118, 12), "•", id="bullet read as a quotation mark"),
        pytest.param("s", disc(15, 118, 12), "•", id="bullet read as a letter"),
        pytest.param("~", strokes((5, 117, 14, 3)), "-", id="dash read as a tilde"),
        pytest.param(".", disc(15, 128, 6), ".", id="full stop stays"),
        pytest.param("+", strokes((5, 117, 14, 3), (11, 111, 3, 14)), "+", id="plus stays"),
        pytest.param("ở", disc(15, 118, 12), "ở", id="words stay"),
    ],
)
def test_signs_are_what_their_shape_tells(read: str, ink: NDArray[np.bool_], expected: str) -> None:
    assert mend_signs(line_of(read, "Trong"), ink, 36.0).words[0].text == expected


THREE = [(4, 104, 12, 25), (20, 104, 12, 25), (36, 104, 12, 25), (52, 123, 6, 6)]


@pytest.mark.parametrize(
    ("read", "next_word", "boxes", "expected"),
    [
        pytest.param("II.", "TỔ", THREE, "III.", id="a stroke was dropped"),
        pytest.param("IH.", "TỔ", THREE, "III.", id="two strokes were joined"),
        pytest.param("II.", "tổ", THREE, "II.", id="no heading"),
        pytest.param("IV.", "TỔ", [(4, 104, 12, 25), (20, 104, 26, 25), (52, 123, 6, 6)], "IV.", id="V stays"),
        pytest.param("1.", "Mục", [THREE[0], (20, 123, 6, 6)], "1.", id="a figure stays"),
    ],
)
def test_roman_numerals_are_counted(
    read: str, next_word: str, boxes: list[tuple[int, int, int, int]], expected: str
) -> None:
    assert mend_signs(line_of(read, next_word), strokes(*boxes), 36.0).words[0].text == expected


def test_doubtful_lines_are_those_with_an_unsure_word_or_with_none() -> None:
    assert not second.is_doubtful(line_of("»", "Hội", "nghị", "ngày", "24/10/2014,", "60%", confidence=0.95))
    assert second.is_doubtful(line_of("Hội", "nghị", confidence=0.7))
    assert second.is_doubtful(line_of("hgày", "24/10/2014", confidence=0.95))


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        pytest.param(["hgày", "30%"], ["ngày", "3055"], ["ngày", "30%"], id="the word that is one"),
        pytest.param(["tổ", "chức"], ["tố", "chức"], ["tổ", "chức"], id="as first read where nothing tells"),
        pytest.param(["vụ-Hội", "nghị"], ["vụ", "Hội", "nghị"], ["vụ-Hội", "nghị"], id="parted otherwise, both words"),
        pytest.param(["166KH-BTV"], ["166/KH-BTV"], ["166/KH-BTV"], id="a code by its grammar"),
        pytest.param(["Số", "r", ".3"], ["Số", "5"], ["Số", "5"], id="fewer words that are some"),
    ],
)
def test_two_readings_are_put_together_word_by_word(first: list[str], other: list[str], expected: list[str]) -> None:
    together = second.put_together(line_of(*first), line_of(*other))
    assert [word.text for word in together.words] == expected


def test_words_that_differ_keep_the_other_reading_and_half_of_their_confidence() -> None:
    together = second.put_together(line_of("tổ", "chức"), line_of("tố", "chức"))
    assert together.words[0].alternatives == (("tố", 0.9),)
    assert together.words[0].confidence == pytest.approx(0.5, abs=0.01)
    assert together.words[1].confidence == 0.9


def test_tops_and_feet_of_touching_letters_are_no_ruling_lines() -> None:
    page = np.full((300, 900), 255, np.uint8)
    for start, foot in ((100, 60), (500, 60)):  # two words of twelve letters: the tops touch, or the feet
        top = foot - 14
        for x in range(start, start + 96, 8):
            page[top:foot, x : x + 2] = 20
        row = top if start == 100 else foot - 2
        page[row : row + 2, start : start + 90] = 20
        page[row : row + 2, start + 30 : start + 34] = 255
    page[120:122, 100:200] = 20  # under a heading
    page[200:202, 50:850] = 20  # of a table
    for x in range(100, 800, 8):  # text over it
        page[180:194, x : x + 2] = 20
    horizontal, _ = tables.ruling_lines(page, 150)
    assert not horizontal[40:70].any()
    assert horizontal[119:123, 110:190].any(axis=0).all()
    assert horizontal[199:203, 60:840].any(axis=0).mean() > 0.8


@pytest.mark.parametrize(
    ("word", "high", "expected"),
    [
        ("VỊ;", 16, "vị;"), ("VỊ;", 24, "VỊ;"), ("Sung", 16, "sung"), ("Sở", 24, "Sở"), ("TỔ", 16, "TỔ"),
        ("SOXV", 16, "SOXV"),
    ],
)  # fmt: skip
def test_a_capital_as_low_as_small_letters_is_one(word: str, high: int, expected: str) -> None:
    """Type of 36 pixels: small letters are 16 high, capitals 24."""
    ink = np.zeros((80, 1000), np.bool_)
    words, x = [], 50
    for text in ("những", "trong", word):
        width = round(36 * advance(text))
        words.append(RawWord(text, (x, 20, x + width, 50), 0.9))
        x += width + 10
    left = words[-1].box[0]
    ink[50 - high : 50, left : left + 10] = True
    line = RawLine(tuple(words), (50, 20, x, 50))
    assert mend_signs(line, ink, 36.0).text == f"những trong {expected}"
