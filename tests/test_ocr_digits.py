"""Numbers filled in by pen are read, print is kept, and what is unsure is left out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.render.pen import StrokePen
from pipeline.ocr.blanks import fill_blanks, type_size
from pipeline.ocr.digits import CLASSES, SIDE, framed, probabilities, read_digits, weights
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


@pytest.mark.model
def test_most_digits_of_many_hands_are_read() -> None:
    rng = np.random.default_rng(7)
    right = sure = sure_right = 0
    for seed in range(100):
        number = str(int(rng.integers(1, 1000)))
        page = np.zeros((160, 220), np.uint8)
        write(page, number, 40, seed)
        read, score = read_digits(page > 100, EM, lambda digits: digits.strip("0") != "", 5)
        right += read == number
        sure += score >= 0.33
        sure_right += read == number and score >= 0.33
    assert right >= 75
    assert sure >= 60
    assert sure_right >= 0.93 * sure


@pytest.mark.model
def test_probabilities_sum_to_one_and_framing_ignores_place_and_size() -> None:
    small = np.zeros((160, 120), np.uint8)
    write(small, "3", 40, 5)
    large = np.asarray(cv2.resize(np.pad(small, ((30, 5), (0, 40))), None, fx=2, fy=2), dtype=np.uint8)
    frames = np.stack([framed(small), framed(large)])
    assert frames.shape == (2, SIDE, SIDE)
    found = probabilities(weights(), frames)
    assert found.shape == (2, CLASSES)
    assert found.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert found[0].argmax() == found[1].argmax()


@pytest.mark.model
def test_junk_between_label_and_notation_becomes_the_number() -> None:
    page = np.zeros((160, 600), np.uint8)
    write(page, "125", 130, 3)
    read = line(("Số:", 60, 110, 0.95), ("44.Ð", 130, 205, 0.12), ("/KH-SYT", 230, 370, 0.9))
    filled = fill_blanks(read, page > 100, EM)
    assert filled.text == "Số: 125 /KH-SYT"
    assert filled.words[1].confidence < 1
    assert 120 <= filled.words[1].box[0] < filled.words[1].box[2] <= 230


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
    for seed in range(20):
        page = np.zeros((160, 220), np.uint8)
        write(page, "47", 40, seed)
        read, _ = read_digits(page > 100, EM, lambda digits: 1 <= int(digits) <= 31, 2)
        assert read == "" or 1 <= int(read) <= 31


def test_type_size_comes_from_the_widths_of_sure_words() -> None:
    word = [("nhân", 0, 72, 0.9), ("nhân", 100, 172, 0.95), ("nhân", 200, 500, 0.2)]
    size = type_size([line(*word)])
    assert size == pytest.approx(37.5, abs=2)
    assert type_size([line(("Sở", 0, 40, 0.9))]) is None
