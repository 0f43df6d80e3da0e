"""What the images of lines read: once where it must be cheap, else as often as it takes.

All images of a page go through one call of the recognizer; what is doubtful goes through another, and two or three
readings are put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.ocr import clean, figures, second, tesseract
from pipeline.ocr.signed_words import joined
from pipeline.ocr.tables import Grid
from pipeline.ocr.tesseract import RawLine

Grey = NDArray[np.uint8]

LANGUAGE = "vie"  # the small model: a quarter cheaper than the script model, and better once pages are crisp
TIMEOUT = 120.0  # seconds of wall clock for the recognizer on one page
SINGLE_LINE = 7  # page segmentation mode
LARGER = 1.25  # times that for the second model, which errs elsewhere then: a tenth fewer wrong characters at 150 dpi
SQUEEZE = 0.88  # width that fast mode leaves the lines of crisp pages: an eighth less to read; at 0.8 digits suffer
QUARTER_RE = re.compile(r"[¼¾]|\u20444|(?<!\d)1/(?!\d)")  # what a half is read as when narrow: read again at full width
WIDE = 2.0  # of its height: narrower images are specks and strokes of a pen, not lines of words
RULE = 1.5  # of a line's height: no stroke of a letter is as long, what underlines words is


def _lines(images: Sequence[Grey], dpi: float, language: str, options: str = "") -> list[RawLine | None]:
    """Return what each image of a line reads, None where it is nothing."""
    found = tesseract.read(images, dpi, language=language, psm=SINGLE_LINE, timeout=TIMEOUT, options=options)
    words = [[word for line in raw for word in line.words] for raw in found]
    return [joined(line) if line else None for line in words]


def read_once(crops: Sequence[Grey], dpi: float, *, crisp: bool) -> list[RawLine | None]:
    """Return what each image of a line reads, at the least cost."""
    if not crisp:
        return _lines(crops, dpi, LANGUAGE)
    narrow = _lines([clean.squeezed(image, SQUEEZE) for image in crops], dpi, LANGUAGE)
    lines = [line and moved(line, 0, 0, (SQUEEZE, 1.0)) for line in narrow]
    doubtful = [index for index, line in enumerate(lines) if line is not None and QUARTER_RE.search(line.text)]
    for index, line in zip(doubtful, _lines([crops[i] for i in doubtful], dpi, LANGUAGE), strict=True):
        lines[index] = line
    return lines


def read_often(crops: Sequence[Grey], dpi: float, *, poor: bool) -> list[RawLine | None]:
    """Return what each image of a line reads: doubtful lines by two models, doubtful figures three times.

    Args:
        crops: the images.
        dpi: of the page.
        poor: the second model sees the lines larger, so that it errs in other places.
    """
    lines = _lines(crops, dpi, LANGUAGE)
    doubtful = [index for index, line in enumerate(lines) if line is not None and second.is_doubtful(line)]
    readings: dict[int, list[RawLine]] = {}
    factor = LARGER if poor else 1.0
    others = _lines([clean.scaled(crops[index], factor) for index in doubtful], dpi, second.LANGUAGE)
    for index, found in zip(doubtful, others, strict=True):
        line, other = lines[index], found and moved(found, 0, 0, (factor, factor))
        if line is not None and other is not None:
            lines[index] = second.put_together(line, other)
            if figures.differ(line, other):
                readings[index] = [line, other]
    factors = {index: figures.HEIGHT / crops[index].shape[0] for index in readings}
    thirds = _lines([clean.scaled(crops[index], factors[index]) for index in readings], dpi, LANGUAGE)
    for index, third in zip(readings, thirds, strict=True):
        line = lines[index]
        if line is not None and third is not None:
            lines[index] = figures.vote(line, [*readings[index], moved(third, 0, 0, (factors[index], factors[index]))])
    return lines


def mend_underlined(lines: list[RawLine | None], crops: Sequence[Grey], dpi: float) -> None:
    """Read lines again that came back empty, without what underlines them; in place.

    Args:
        lines: what was read.
        crops: the images of the lines.
        dpi: of the page.
    """
    wiped = {
        index: clean.without_rule(crops[index], round(RULE * crops[index].shape[0]))
        for index, line in enumerate(lines)
        if line is None and crops[index].shape[1] > WIDE * crops[index].shape[0]
    }
    again = [index for index, image in wiped.items() if image is not crops[index]]
    for index, line in zip(again, _lines([wiped[i] for i in again], dpi, LANGUAGE), strict=True):
        lines[index] = line


def mend_numbers(
    grid: Grid, results: dict[int, list[int]], lines: list[RawLine | None], crops: Sequence[Grey], dpi: float
) -> None:
    """Read the cells of columns of numbers again that hold something else, as digits; in place.

    Args:
        grid: the table.
        results: for each of its cells, where in *lines* its lines are.
        lines: what was read.
        crops: the images of the lines.
        dpi: of the page.
    """
    texts = {
        cell: " ".join(line.text for index in own if (line := lines[index]) is not None)
        for cell, own in results.items()
    }
    own = [results[cell][0] for cell in figures.doubtful_cells(grid, texts) if len(results[cell]) == 1]
    if not own:
        return
    small = [clean.scaled(crops[index], figures.CELL_HEIGHT / crops[index].shape[0]) for index in own]
    looks = [[crops[index] for index in own], small]
    readings = [
        _lines(images, dpi, language, figures.DIGITS_ONLY)
        for images, language in ((looks[0], LANGUAGE), (looks[1], LANGUAGE), (looks[0], second.LANGUAGE))
    ]
    for place, index in enumerate(own):
        word = figures.number_of([reading[place] for reading in readings])
        line = lines[index]
        if word is not None and line is not None:
            lines[index] = RawLine((replace(word, box=line.box),), line.box)


def moved(line: RawLine, x: int, y: int, factors: tuple[float, float]) -> RawLine:
    """Return *line* in pixels of the page: its image stood at (x, y) and was scaled by *factors*, across and down."""
    across, down = factors

    def shift(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        left, top, right, bottom = box
        return round(left / across) + x, round(top / down) + y, round(right / across) + x, round(bottom / down) + y

    return RawLine(tuple(replace(word, box=shift(word.box)) for word in line.words), shift(line.box))
