"""Lines of text of a block, each as an image of its own.

Tesseract's own line finder crops marks that stand high (ế becomes ê) where the spacing of lines varies, and drops
lines beside noise. Here letters are joined into lines first, and every mark, dot and comma then goes to the line it
is nearest to; ink of the neighbours is painted over, so that tightly set lines do not leak into each other.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

WORD_REACH = 2.2  # letter heights that parts of a line may stand apart to be joined at once
DOT, MARK = 0.27, 1.45  # heights of small letters that a dot lies below, and a tone mark above, its baseline
COMMON = 0.45  # of the commonest height's count: letters are as common as that
FOOT = 0.8  # what hangs below the last line is its own down to here
STEADY = 5  # letters from which the baseline of a line is sure
SPECK = 0.22  # heights of small letters
BROKEN = 1.3  # usual heights of letters that lines are farther apart than
TAIL = 0.62  # heights of small letters that the tail of a g stays above, under its baseline
NEAR = 0.5  # heights of small letters that a mark stands from its letter, or from the mark under it, at most
FAR = 1e9
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
    parts = _Parts(*(stats[:, index].astype(np.int64) for index in range(4)))
    small = _small_height(parts.height[1:], usual)
    bands = _bands(_letters(parts, usual, small), parts, (window.shape[0], window.shape[1]), usual, small)
    parts, parted = _parted(labels, parts, bands, small)
    if parted:
        bands = _bands(_letters(parts, usual, small), parts, (window.shape[0], window.shape[1]), usual, small)
    if not bands:
        return []
    owner = _owners(bands, parts, small, window.shape[1])
    x, y, width, height = parts.x, parts.y, parts.width, parts.height
    large = np.maximum(width, height) > SPECK * usual  # the others are dots, or dirt that must not widen a line
    lines = []
    for number in range(len(bands)):
        own = np.flatnonzero((owner == number) & large)
        if own.size == 0:
            continue
        reach = (x > x[own].min() - small) & (x + width < (x[own] + width[own]).max() + small)
        dots = np.flatnonzero((owner == number) & ~large & reach)
        left, right = int(x[own].min()), int((x[own] + width[own]).max())
        if dots.size:
            left, right = min(left, int(x[dots].min())), max(right, int((x[dots] + width[dots]).max()))
        first, last = int(y[own].min()), int((y[own] + height[own]).max())
        lines.append((first, left, right, last, number))
    lines.sort()
    return [
        _cut(grey, labels, owner, number, (x0, top), (left, first, right, last))
        for first, left, right, last, number in lines
    ]


def _letters(parts: _Parts, usual: float, small: float) -> NDArray[np.int64]:
    """Return the numbers of the components that are letters, the small and the large ones."""
    letters = (parts.height > 0.86 * small) & (parts.height < 3.2 * usual) & (parts.width > 0.12 * usual)
    letters[0] = False
    if not letters.any():
        letters = parts.height > 0.3 * usual
        letters[0] = False
    return np.flatnonzero(letters)


def _small_height(heights: NDArray[np.int64], usual: float) -> float:
    """Return the height of a, n, o: the lowest that is common; circumflex and tone in one piece stay below it.

    The commonest is that of capitals and ascenders in short lists of offices.
    """
    counts = np.bincount(np.clip(heights, 0, round(4 * usual)), minlength=round(4 * usual) + 1).astype(np.float64)
    spread = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    low = round(0.6 * usual)
    window = spread[low : round(1.5 * usual) + 1]
    peaks = (window >= COMMON * window.max()) & (window >= np.append(window[1:], 0.0))
    return float(low + np.argmax(peaks))


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
    rows = np.clip(feet[letters] - (high + low) // 2, y[letters], feet[letters] - 1)
    middle = labels[rows, x[letters] + width[letters] // 2]
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
    lines = [
        line for line in lines if not any(_marks_of(line, other) or _tails_of(line, other, parts) for other in lines)
    ]
    whole: list[_Band] = []
    for line in lines:
        if whole and _breaks(whole[-1], line, usual):
            line = _Band.of(np.concatenate((whole.pop().letters, line.letters)), parts)
        whole.append(line)
    return whole


def _breaks(upper: _Band, lower: _Band, usual: float) -> bool:
    """Tell whether two short bands over each other are pieces of broken letters, such as a 5 in a cell of its own."""
    if max(len(upper.letters), len(lower.letters)) >= STEADY:
        return False
    middle = (max(upper.left, lower.left) + min(upper.right, lower.right)) / 2
    near = max(upper.left, lower.left) < min(upper.right, lower.right) + usual
    return near and lower.baseline(middle) - upper.baseline(middle) < BROKEN * usual


def _marks_of(line: _Band, below: _Band) -> bool:
    """Tell whether *line* is a row of marks (circumflex and tone in one piece) over the letters of *below*."""
    if line is below or line.right > below.right + below.size or line.left < below.left - below.size:
        return False
    middle = (line.left + line.right) / 2
    rise = below.baseline(middle) - line.baseline(middle)
    fewer = len(line.letters) * 2 < len(below.letters)
    return fewer and line.size < 0.95 * below.low and 0.5 * below.size < rise < 1.75 * below.size


def _tails_of(line: _Band, above: _Band, parts: _Parts) -> bool:
    """Tell whether *line* is made of letters of *above* that hang below its baseline, such as a few g in italics."""
    if line is above or len(line.letters) * 2 > len(above.letters):
        return False
    if line.right > above.right + 2 * above.size or line.left < above.left - 2 * above.size:
        return False
    x = parts.x[line.letters] + parts.width[line.letters] / 2
    middles = parts.y[line.letters] + parts.height[line.letters] / 2
    heads = above.base + above.slope * x - middles
    return bool(np.median(heads) > 0.1 * above.size and np.median(heads) < above.size)


def _parted(labels: NDArray[np.int32], parts: _Parts, bands: list[_Band], small: float) -> tuple[_Parts, bool]:
    """Part components that reach from one line into the next, such as a g that touches a mark below it.

    Each is cut at its narrowest row between the two lines; the lower part gets a number of its own in *labels*.

    Returns:
        The parts with the new ones, and whether there are any.
    """
    added: list[tuple[int, int, int, int]] = []
    x, y, width, height = (values.copy() for values in (parts.x, parts.y, parts.width, parts.height))
    steady = [band for band in bands if len(band.letters) >= STEADY]
    for upper, lower in itertools.pairwise(steady):
        middle = x + width / 2
        base, next_base = upper.base + upper.slope * middle, lower.base + lower.slope * middle
        both = (middle > max(upper.left, lower.left) - small) & (middle < min(upper.right, lower.right) + small)
        reach = (y < base - 0.3 * small) & (y + height > base + TAIL * small) & (height < next_base - base + 2 * small)
        for index in np.flatnonzero(both & reach & (width < 4 * small) & (next_base - base > 1.5 * small)):
            if index == 0:
                continue
            top, left = int(y[index]), int(x[index])
            own = labels[top : top + height[index], left : left + width[index]] == index
            first = max(1, round(base[index] + 0.2 * small) - top)
            last = min(len(own) - 1, round(max(next_base[index] - 1.1 * small, base[index] + 0.6 * small)) - top)
            if last <= first:
                continue
            cut = first + int(np.argmin(own[first : last + 1].sum(axis=1)))
            below = np.argwhere(own[cut:])
            above = np.argwhere(own[:cut])
            if len(below) == 0 or len(above) == 0:
                continue
            labels[top + cut : top + len(own), left : left + width[index]][own[cut:]] = len(x) + len(added)
            (low_y, low_x), (high_y, high_x) = below.min(axis=0), below.max(axis=0) + 1
            added.append((left + low_x, top + cut + low_y, high_x - low_x, high_y - low_y))
            (low_y, low_x), (high_y, high_x) = above.min(axis=0), above.max(axis=0) + 1
            x[index], y[index], width[index], height[index] = (
                left + low_x, top + low_y, high_x - low_x, high_y - low_y,
            )  # fmt: skip
    if not added:
        return parts, False
    new = np.array(added, dtype=np.int64).T
    values = (np.concatenate((old, more)) for old, more in zip((x, y, width, height), new, strict=True))
    return _Parts(*values), True


def _owners(bands: list[_Band], parts: _Parts, small: float, columns: int) -> NDArray[np.int64]:
    """Return for each component the line it belongs to; -1: none is near.

    Letters stay with their line. A mark between two lines goes with the letter that it stands nearest to, over or
    under it; what has no letter there (quotation marks, specks) is parted by a border halfway between the dots under
    the upper line and the marks over the lower one.
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
    _give_marks(owner, bands, parts, small, columns)
    owner[0] = -1
    return owner


def _give_marks(owner: NDArray[np.int64], bands: list[_Band], parts: _Parts, small: float, columns: int) -> None:
    """Give each mark between two lines to the letter that it stands nearest to."""
    x, y, width, height = parts.x, parts.y, parts.width, parts.height
    side = max(1, round(0.12 * small))
    for upper, lower in itertools.pairwise(range(len(bands))):
        feet = np.full(columns, -FAR, dtype=np.float64)  # of upper letters but for those with tails: none has a dot
        heads = np.full(columns, FAR, dtype=np.float64)  # of what stands on the lower line
        for index in bands[upper].letters:
            foot = y[index] + height[index]
            if foot < bands[upper].baseline(float(x[index])) + 0.2 * small:
                feet[max(0, x[index] - side) : x[index] + width[index] + side] = foot
        for index in bands[lower].letters:
            span = slice(max(0, x[index] - side), x[index] + width[index] + side)
            heads[span] = np.minimum(heads[span], y[index])
        base = bands[upper].base + bands[upper].slope * (x + width / 2)
        next_base = bands[lower].base + bands[lower].slope * (x + width / 2)
        between = (y > base - 0.05 * small) & (y + height < next_base - 0.7 * small) & (next_base - base < 4 * small)
        between &= (height < 0.9 * small) & (width < 1.6 * small)
        between[bands[upper].letters] = between[bands[lower].letters] = False
        between[0] = False
        chosen = np.flatnonzero(between)
        for index in chosen[np.argsort(-(y[chosen] + height[chosen]))]:  # a tone stands on a circumflex: lowest first
            span = slice(x[index], x[index] + width[index])
            drop = y[index] - float(np.max(feet[span]))
            rise = float(np.min(heads[span])) - (y[index] + height[index])
            dotted, marked = drop < NEAR * small, rise < NEAR * small
            if dotted and (not marked or drop < rise):
                owner[index] = upper
            elif marked:
                owner[index] = lower
                heads[span] = y[index]


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
