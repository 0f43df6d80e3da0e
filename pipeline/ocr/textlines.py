"""Lines of text of a block, each as an image of its own.

Tesseract's own line finder crops marks that stand high (ế becomes ê) where the spacing of lines varies, and drops
lines beside noise. Here letters are joined into lines first, and every mark, dot and comma then goes to the line it
is nearest to; ink of the neighbours is painted over, so that tightly set lines do not leak into each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

WORD_REACH = 2.2  # letter heights that parts of a line may stand apart to be joined at once
DOT, MARK = 0.27, 1.45  # heights of small letters that a dot lies below, and a tone mark above, its baseline
FOOT = 0.8  # what hangs below the last line is its own down to here
PAD = 6  # pixels of paper around a line


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: its box on the page, and its image with `PAD` pixels of paper around it."""

    box: Box
    image: Grey


def find_lines(grey: Grey, text: Mask, box: Box, usual: float) -> list[TextLine]:
    """Return the lines within *box* from the top.

    Args:
        grey: the page as it is to be read.
        text: its ink that may be text.
        box: a column of text, pixels.
        usual: usual height of the small letters, pixels.
    """
    x0, top, x1, bottom = box
    window = text[top:bottom, x0:x1].astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    if count <= 1:
        return []
    x, y, width, height, _ = (stats[:, index].astype(np.int64) for index in range(5))
    small = _small_height(height[1:], usual)
    letters = (height > 0.86 * small) & (height < 3.2 * usual) & (width > 0.12 * usual)
    letters[0] = False
    if not letters.any():
        letters = height > 0.3 * usual
        letters[0] = False
    parts = _Parts(x, y, width, height)
    bands = _bands(np.flatnonzero(letters), parts, (window.shape[0], window.shape[1]), usual, small)
    if not bands:
        return []
    owner = _owners(bands, parts, small)
    lines = []
    for number in range(len(bands)):
        own = np.flatnonzero(owner == number)
        if own.size == 0:
            continue
        left, right = int(x[own].min()), int((x[own] + width[own]).max())
        first, last = int(y[own].min()), int((y[own] + height[own]).max())
        lines.append((first, left, right, last, number))
    lines.sort()
    return [
        _cut(grey, labels, owner, number, (x0, top), (left, first, right, last))
        for first, left, right, last, number in lines
    ]


def _small_height(heights: NDArray[np.int64], usual: float) -> float:
    """Return the commonest height of letters, that of a, n, o: circumflex and tone in one piece stay below it."""
    counts = np.bincount(np.clip(heights, 0, round(4 * usual)), minlength=round(4 * usual) + 1).astype(np.float64)
    spread = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    low = round(0.6 * usual)
    return float(low + np.argmax(spread[low : round(1.5 * usual) + 1]))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Boxes of the connected components of a block; number 0 is the paper."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    width: NDArray[np.int64]
    height: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Band:
    """The letters of one line."""

    letters: NDArray[np.int64]
    left: int
    right: int
    slope: float
    base: float  # height of the baseline at x = 0
    size: float  # usual height of its letters
    low: float  # height of the low ones

    @classmethod
    def of(cls, letters: NDArray[np.int64], parts: _Parts) -> _Band:
        x = parts.x[letters] + parts.width[letters] / 2
        feet = (parts.y[letters] + parts.height[letters]).astype(np.float64)
        slope = 0.0
        if len(letters) >= 12:  # the median slope between the two halves: descenders do not tilt it
            order = np.argsort(x)
            first, second = order[: len(order) // 2], order[len(order) // 2 :]
            run = float(np.median(x[second]) - np.median(x[first]))
            if run > 0:
                slope = float(np.clip((np.median(feet[second]) - np.median(feet[first])) / run, -0.02, 0.02))
        base = float(np.median(feet - slope * x))
        size = float(np.median(parts.height[letters]))
        left, right = int(parts.x[letters].min()), int((parts.x[letters] + parts.width[letters]).max())
        low = float(np.percentile(parts.height[letters], 25))
        return cls(letters, left, right, slope, base, size, low)

    def baseline(self, x: float) -> float:
        """Return the height of the baseline at *x*."""
        return self.base + self.slope * x


def _bands(
    letters: NDArray[np.int64], parts: _Parts, shape: tuple[int, int], usual: float, small: float
) -> list[_Band]:
    """Return the lines that the letters make, from the top; rows of stacked marks are none."""
    x, y, width, height = parts.x, parts.y, parts.width, parts.height
    canvas = np.zeros(shape, np.uint8)
    # only a strip over each letter's foot: tails and high marks of two lines may meet, these strips never do
    feet = y + height
    high, low = round(0.8 * small), round(0.25 * small)
    for index in letters:
        canvas[max(y[index], feet[index] - high) : feet[index] - low, x[index] : x[index] + width[index]] = 1
    joined = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, max(3, round(WORD_REACH * usual))), np.uint8))
    _, labels = cv2.connectedComponents(joined, connectivity=8)
    middle = labels[np.maximum(feet[letters] - (high + low) // 2, y[letters]), x[letters] + width[letters] // 2]
    pieces = [_Band.of(letters[middle == label], parts) for label in np.unique(middle[middle > 0])]
    pieces.sort(key=lambda piece: piece.left)
    lines: list[_Band] = []
    for piece in pieces:
        near = [
            line for line in lines
            if abs(line.baseline(piece.left) - piece.baseline(piece.left)) < 0.45 * usual
            and piece.left > line.right - usual
        ]  # fmt: skip
        if near:
            best = min(near, key=lambda line: abs(line.baseline(piece.left) - piece.baseline(piece.left)))
            lines.remove(best)
            lines.append(_Band.of(np.concatenate((best.letters, piece.letters)), parts))
        else:
            lines.append(piece)
    lines.sort(key=lambda line: line.baseline((line.left + line.right) / 2))
    return [line for line in lines if not any(_marks_of(line, other) for other in lines)]


def _marks_of(line: _Band, below: _Band) -> bool:
    """Tell whether *line* is a row of marks (circumflex and tone in one piece) over the letters of *below*."""
    if line is below or line.right > below.right + below.size or line.left < below.left - below.size:
        return False
    middle = (line.left + line.right) / 2
    rise = below.baseline(middle) - line.baseline(middle)
    fewer = len(line.letters) * 2 < len(below.letters)
    return fewer and line.size < 0.95 * below.low and 0.5 * below.size < rise < 1.75 * below.size


def _owners(bands: list[_Band], parts: _Parts, small: float) -> NDArray[np.int64]:
    """Return for each component the line it belongs to; -1: none is near.

    Letters stay with their line. Between two lines the border runs halfway between the dots under the upper line and
    the marks over the lower one.
    """
    owner = np.full(len(parts.x), -1, dtype=np.int64)
    middle_x = parts.x + parts.width / 2
    middle_y = parts.y + parts.height / 2
    bases = [band.base + band.slope * middle_x for band in bands]
    covers = [(middle_x > band.left - 3 * small) & (middle_x < band.right + 3 * small) for band in bands]
    for number in reversed(range(len(bands))):
        border = bases[number] + FOOT * small
        for lower in range(number + 1, len(bands)):
            pitch = bases[lower] - bases[number]
            close = covers[lower] & (pitch > small) & (pitch < 4 * small)
            halfway = (bases[number] + DOT * small + bases[lower] - MARK * small) / 2
            border = np.where(close, np.minimum(border, halfway), border)
        near = covers[number] & (middle_y < border) & (middle_y > bases[number] - 3.2 * small)
        owner[near] = number
    for number, band in enumerate(bands):
        owner[band.letters] = number
    owner[0] = -1
    return owner


def _cut(
    grey: Grey, labels: NDArray[np.int32], owner: NDArray[np.int64], number: int, origin: tuple[int, int], box: Box
) -> TextLine:
    left, first, right, last = box
    x0, top = origin
    page_box = (x0 + left, top + first, x0 + right, top + last)
    crop_box = (
        max(0, page_box[0] - PAD), max(0, page_box[1] - PAD),
        min(grey.shape[1], page_box[2] + PAD), min(grey.shape[0], page_box[3] + PAD),
    )  # fmt: skip
    image = grey[crop_box[1] : crop_box[3], crop_box[0] : crop_box[2]].copy()
    # labels of the block under the crop; outside the block there is none
    inside = labels[max(0, crop_box[1] - top) : crop_box[3] - top, max(0, crop_box[0] - x0) : crop_box[2] - x0]
    foreign = ((inside > 0) & (owner[inside] != number)).astype(np.uint8)
    if foreign.any():
        own = ((inside > 0) & (owner[inside] == number)).astype(np.uint8)
        cover = (cv2.dilate(foreign, np.ones((5, 5), np.uint8)) > 0) & (cv2.dilate(own, np.ones((3, 3), np.uint8)) == 0)
        dy, dx = max(0, top - crop_box[1]), max(0, x0 - crop_box[0])
        image[dy : dy + cover.shape[0], dx : dx + cover.shape[1]][cover] = 255
    return TextLine((crop_box[0], crop_box[1], crop_box[2], crop_box[3]), image)
