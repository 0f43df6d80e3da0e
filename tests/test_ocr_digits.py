"""Numbers filled in by pen are read, print is kept, and what is unsure is left out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.render.pen import StrokePen
from pipeline.ocr.blanks import fill_blanks, type_size
from pipeline.ocr.digits import (
    CLASSES,
    HEIGHT,
    NONE,
    STRIDE,
    column_probabilities,
    likeliest,
    read_digits,
    seen_gap,
    weights,
)
from pipeline.ocr.tesseract import RawLine, RawWord

EM = 36.0  # pixels: 13 points at 200 dpi
BASE = 100
Ink = NDArray[np.bool_]


def write(page: NDArray[np.uint8], text: str, x: float, seed: int) -> None:
    """Write *text* by a pen onto *page*, from column *x* on the line."""
    for stroke in StrokePen(seed).strokes(text, 1.15 * EM):
        points = np.array([[x + dx, BASE + dy] for dx, dy in stroke]) * 8
        cv2.polylines(page, [points.astype(np.int32)], False, 255, 3, cv2.LINE_AA, 3)


def line(*words: tuple[str, int, int, float]) -> RawLine:
    """Return a line of words given as text, first and last column, confidence."""
    raw = tuple(RawWord(text, (x0, BASE - 26, x1, BASE), confidence) for text, x0, x1, confidence in words)
    return RawLine(raw, (words[0][1], BASE - 26, words[-1][2], BASE))


def any_number(digits: str) -> bool:
    return digits.strip("0") != ""


def best(page: NDArray[np.uint8], longest: int = 5) -> tuple[str, float]:
    """Return the likeliest number in the gap from column 36 to 170, and its probability."""
    return next(iter(read_digits(page > 100, (36, 170), BASE, EM, any_number, longest).items()), ("", 0.0))


@pytest.mark.model
def test_most_numbers_of_many_hands_are_read() -> None:
    rng = np.random.default_rng(7)
    right = sure = sure_right = 0
    for seed in range(60):
        number = str(int(rng.integers(1, 1000)))
        page = np.zeros((160, 220), np.uint8)
        write(page, number, 40, seed)
        read, share = best(page)
        right += read == number
        sure += share >= 0.5
        sure_right += read == number and share >= 0.5
    assert right >= 48
    assert sure >= 40
    assert sure_right >= 0.95 * sure


@pytest.mark.model
def test_an_empty_gap_holds_no_number() -> None:
    page = np.zeros((160, 220), np.uint8)
    for x in range(40, 160, 7):  # the dots of a leader line
        page[BASE - 2 : BASE, x : x + 2] = 255
    read, share = best(page)
    assert read == "" or share < 0.2


@pytest.mark.model
def test_a_gap_is_seen_at_one_height_and_columns_have_probabilities() -> None:
    ink = np.zeros((160, 220), np.bool_)
    ink[80:100, 60:64] = True
    seen = seen_gap(ink, (40, 160), BASE, EM)
    assert seen.shape[0] == HEIGHT
    assert 0 < seen.max() <= 1
    found = column_probabilities(weights(), seen[None])
    assert found.shape == (1, seen.shape[1] // STRIDE, CLASSES)
    assert found.sum(axis=2) == pytest.approx(np.ones(found.shape[:2]), abs=1e-5)


def test_a_gap_at_the_edge_of_the_page_is_filled_up_with_paper() -> None:
    ink = np.ones((20, 30), np.bool_)
    seen = seen_gap(ink, (-40, 60), 4, 10.0)
    assert seen.shape[0] == HEIGHT
    assert seen[:, 0].max() == 0


def columns(*classes: int, sure: float = 0.98) -> NDArray[np.float32]:
    """Return probabilities of columns in which one class each is nearly sure."""
    found = np.full((len(classes), CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    found[np.arange(len(classes)), classes] = sure
    return found


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        pytest.param((NONE, 1, NONE, 2, 2, NONE), "12", id="a digit over two columns counts once"),
        pytest.param((1, NONE, 1), "11", id="a digit twice with paper between"),
        pytest.param((NONE, NONE), "", id="no digit"),
        pytest.param((3, 4), "34", id="digits that touch"),
    ],
)
def test_columns_add_up_to_the_likeliest_text(classes: tuple[int, ...], expected: str) -> None:
    shares = likeliest(columns(*classes), 5)
    assert next(iter(shares)) == expected
    assert sum(shares.values()) <= 1 + 1e-6


def test_a_text_is_never_longer_than_allowed() -> None:
    assert max(map(len, likeliest(columns(1, 2, 3, 4), 2))) == 2


@pytest.mark.model
def test_junk_between_label_and_notation_becomes_the_number() -> None:
    page = np.zeros((160, 600), np.uint8)
    write(page, "125", 130, 3)
    read = line(("Số:", 60, 110, 0.95), ("44.Ð", 130, 205, 0.12), ("/KH-SYT", 230, 370, 0.9))
    filled = fill_blanks(read, page > 100, EM)
    assert filled.text == "Số: 125 /KH-SYT"
    assert filled.words[1].confidence < 1
    assert 115 <= filled.words[1].box[0] < filled.words[1].box[2] <= 230


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([("Số:c2Ơ/KH-SYT-CĐN", 60, 370, 0.3)], "Số: /KH-SYT-CĐN", id="glued, no ink in the gap"),
        pytest.param(
            [("Số", 60, 100, 0.9), ("#", 130, 160, 0.2), ("-", 230, 240, 0.9), ("KH/TU", 245, 340, 0.9)],
            "Số - KH/TU", id="a party body",
        ),
        pytest.param([("Số:", 60, 110, 0.9), ("17/GM-SYT", 130, 300, 0.93)], "Số: 17/GM-SYT", id="sure print"),
        pytest.param([("Căn", 60, 110, 0.9), ("cứ", 120, 150, 0.9)], "Căn cứ", id="nothing to fill"),
        pytest.param(
            [("ngày", 60, 120, 0.9), ("Ơ+", 140, 170, 0.3), ("tháng", 200, 270, 0.9), ("3", 290, 300, 0.95),
             ("năm", 320, 370, 0.9), ("2018", 390, 450, 0.9)],
            "ngày tháng 3 năm 2018", id="day without ink",
        ),
    ],
)  # fmt: skip
def test_what_is_unsure_is_left_out_and_print_is_kept(words: list[tuple[str, int, int, float]], expected: str) -> None:
    blank: Ink = np.zeros((160, 600), np.bool_)
    assert fill_blanks(line(*words), blank, EM).text == expected


@pytest.mark.model
def test_a_day_is_never_out_of_range() -> None:
    for seed in range(10):
        page = np.zeros((160, 220), np.uint8)
        write(page, "47", 40, seed)
        for read in read_digits(page > 100, (36, 120), BASE, EM, lambda digits: 1 <= int(digits) <= 31, 2):
            assert read == "" or 1 <= int(read) <= 31


def test_type_size_comes_from_the_widths_of_sure_words() -> None:
    word = [("nhân", 0, 72, 0.9), ("nhân", 100, 172, 0.95), ("nhân", 200, 500, 0.2)]
    size = type_size([line(*word)])
    assert size == pytest.approx(37.5, abs=2)
    assert type_size([line(("Sở", 0, 40, 0.9))]) is None
