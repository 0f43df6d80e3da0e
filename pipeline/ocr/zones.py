"""Zones of a page in the layout of administrative documents (Nghị định 30/2020/NĐ-CP and its relatives).

One idea: two columns show as a *corridor*, a vertical strip without ink that has lines on both sides. The header
(issuing body beside quốc hiệu) and the close (recipients beside signature) are found so, even where their gap is
hardly wider than a space between words, because justified text never leaves the same strip free for several lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.seals import Seal, find_seals, without_seals
from pipeline.ocr.tables import Grid, find_grids, ruling_lines

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]
Labels = NDArray[np.int32]
Boxes = NDArray[np.int32]  # a row for each: left, top, width, height, area

TEXT, SPECK, LARGE = 1, 2, 3  # what a component of the ink may be

HIGH = 4.5  # usual heights of letters: what is higher is no letter
STAMP_WIDTH = 0.4  # of the page: a wider frame is a table
CELL = 0.02  # inches: the layout is computed on squares of this side
CORRIDOR = 0.09  # inches: least width of a corridor
WIDE_CORRIDOR = 0.2  # inches: from this width on two lines on both sides are enough, a narrower one needs three
LONGER = 0.05  # of a line on both sides that one more on the longer side counts
LINE_PITCH = 2.2  # letter heights from line to line where they are set tightly
SIDE = (0.22, 0.78)  # a corridor lies between these shares of the text's width


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle that is read as one column of text; `side` tells the columns of a two-column part."""

    box: Box
    side: str = ""  # "", "left" or "right"
    part: int = 0  # parts from the top of the page; the two columns of one part share it


@dataclass(frozen=True, slots=True)
class Layout:
    """What is on a page: columns of text and ruled tables, in reading order."""

    blocks: tuple[Block | Grid, ...]
    line_height: float  # pixels, of the small letters
    text: Mask  # ink that may be text: no ruling lines, specks or pictures
    specks: Mask  # ink in pieces smaller than letters: dots, or dirt
    rules: Mask  # ruling lines
    stamps: tuple[Grid, ...] = ()  # those of the blocks that are framed stamps beside the text, no tables
    seals: tuple[Seal, ...] = ()  # round ones in black


def _sorted_parts(ink: Mask, dpi: float) -> tuple[Labels, NDArray[np.uint8], Boxes, float]:
    """Return the components of the ink: labels, what each is, boxes, and the usual height of letters in pixels.

    Specks, strokes at the edge of the sheet and things larger than a heading's letters are no text.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    x, y, width, height, area = (stats[:, index] for index in range(5))
    letters = (height > 0.045 * dpi) & (height < 0.25 * dpi) & (width > 0.02 * dpi) & (width < 0.5 * dpi)
    letters[0] = False
    usual = float(np.median(height[letters])) if letters.sum() >= 5 else 0.1 * dpi
    small = (height < 0.22 * usual) & (width < 0.22 * usual)
    large = (height > HIGH * usual) | ((width > 14 * usual) & (height > 2.5 * usual))
    rule = (height < 0.3 * usual) & (width > 4 * usual)  # underlines of headings
    edge = (x <= 1) | (y <= 1) | (x + width >= ink.shape[1] - 1) | (y + height >= ink.shape[0] - 1)
    keep = ~(small | large | rule | (edge & ((height > 2 * usual) | (width > 2 * usual)))) & (area > 2)
    kind = np.where(keep, TEXT, np.where(small, SPECK, np.where(height > HIGH * usual, LARGE, 0))).astype(np.uint8)
    kind[0] = 0
    return np.asarray(labels), kind, np.asarray(stats), usual


def text_boxes(ink: Mask, dpi: float) -> tuple[Boxes, float]:
    """Return the boxes of the components that may be text, and the usual height of letters in pixels."""
    _, kind, boxes, usual = _sorted_parts(ink, dpi)
    return boxes[kind == TEXT], usual


def sorted_ink(ink: Mask, dpi: float) -> tuple[NDArray[np.uint8], float]:
    """Return what the ink of each pixel may be (`TEXT`, `SPECK`, `LARGE`), and the usual height of letters, pixels."""
    labels, kind, _, usual = _sorted_parts(ink, dpi)
    return np.asarray(np.take(kind, labels)), usual


def find_layout(ink: Mask, grey: Grey, dpi: float) -> Layout:
    """Return the blocks of an upright, deskewed page in reading order."""
    horizontal, vertical = ruling_lines(grey, dpi)
    grids = find_grids(horizontal, vertical, dpi)
    rules = horizontal | vertical
    kinds, usual = sorted_ink(ink & ~rules, dpi)
    text, specks = kinds == TEXT, kinds == SPECK
    seals = find_seals((kinds == LARGE) | rules, dpi)
    outside = text.copy()
    for table in grids:
        x0, top, x1, bottom = table.box
        outside[max(0, top - 3) : bottom + 3, max(0, x0 - 3) : x1 + 3] = False
    clear = without_seals(outside, seals)
    blocks: list[Block | Grid] = []
    start = 0
    part = 0
    stamps = [grid for grid in grids if _is_stamp(grid, outside, usual)]
    stops: list[Grid | None] = [*(grid for grid in grids if grid not in stamps), None]
    for grid in stops:
        end = grid.box[1] if grid is not None else ink.shape[0]
        found = _split(_Text(outside, clear, usual, dpi), start, max(start, end), part)
        part += 1 + max((block.part for block in found), default=part) - part
        blocks += found
        if grid is not None:
            blocks.append(grid)
            start = max(start, grid.box[3])
    return Layout((*blocks, *stamps), usual, text, specks, rules, tuple(stamps), seals)


def _is_stamp(grid: Grid, outside: Mask, usual: float) -> bool:
    """Tell a framed stamp, such as that of incoming mail, from a table: a narrow frame with lines of text beside it."""
    x0, top, x1, bottom = grid.box
    if x1 - x0 > STAMP_WIDTH * outside.shape[1]:
        return False
    beside = outside[top:bottom].copy()
    beside[:, max(0, x0 - 3) : x1 + 3] = False
    columns = np.flatnonzero(beside.any(axis=0))
    return columns.size > 0 and int(columns[-1] - columns[0]) > 10 * usual and columns.size > 5 * usual


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a page that is to be split into blocks."""

    ink: Mask
    clear: Mask  # without what lies in seals: they must hide no corridor
    usual: float  # height of letters, pixels
    dpi: float


def _split(text: _Text, start: int, end: int, part: int) -> list[Block]:
    """Return the blocks between two rows of pixels: columns where a corridor parts them, else the full width."""
    window = text.clear[start:end]
    box = _bounds(window)
    if box is None:
        return []
    corridor = _best_corridor(window, box, text.usual, text.dpi)
    if corridor is None:
        return [Block((box[0], start + box[1], box[2], start + box[3]), part=part)]
    top, bottom, middle = corridor
    blocks = _split(text, start, start + top, part)
    part += len({block.part for block in blocks})
    rows = slice(start + top, start + bottom)
    # a seal lies over post and name, so the right column keeps what is under it
    for side, ink, x0 in (("left", text.clear[rows, :middle], 0), ("right", text.ink[rows, middle:], middle)):
        inner = _bounds(ink)
        if inner is not None:
            box = (x0 + inner[0], start + top + inner[1], x0 + inner[2], start + top + inner[3])
            blocks.append(Block(box, side, part))
    return blocks + _split(text, start + bottom, end, part + 1)


def _bounds(mask: Mask) -> Box | None:
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return None
    columns = np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _best_corridor(text: Mask, box: Box, usual: float, dpi: float) -> tuple[int, int, int] | None:
    """Return top, bottom and middle (pixels) of the corridor with the most lines on both sides, if any has enough."""
    step = max(1, round(CELL * dpi))
    height, width = text.shape
    coarse = cv2.resize(
        text * np.uint8(255), (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_AREA
    )
    ink = coarse > 12
    letter = usual / step
    wide = max(2, round(CORRIDOR / CELL))
    left_edge, right_edge = box[0] // step, box[2] // step + 1
    span = right_edge - left_edge
    if span < 20:
        return None
    totals = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1)
    crowded = _inked(ink, 1)
    best: tuple[float, int, int, int] | None = None
    seen: list[tuple[int, int]] = []  # a corridor that is wider than asked for comes once for each place in it
    for x in range(left_edge + round(SIDE[0] * span), left_edge + round(SIDE[1] * span) - wide):
        free = (totals[:, x + wide] - totals[:, x]) == 0
        runs = [run for run in _runs(free) if run[1] - run[0] >= 3 * letter]
        for first, last in (run for run in runs if run not in seen):
            columns = _Columns.of(ink[first:last], crowded[first:last], (left_edge, x, x + wide, right_edge), letter)
            if columns is None:
                continue
            if best is None or columns.score > best[0]:
                best = (columns.score, first + columns.top, first + columns.bottom, columns.middle)
        seen = runs
    if best is None:
        return None
    _, top, bottom, middle = best
    return top * step, min(height, bottom * step), middle * step


@dataclass(frozen=True, slots=True)
class _Columns:
    """The two-column part along one corridor, on the coarse grid."""

    top: int
    bottom: int
    middle: int
    score: float  # lines on the side that has fewer, then on the other (a "V/v" below the number), then the width

    @classmethod
    def of(cls, ink: Mask, crowded: Mask, edges: tuple[int, int, int, int], letter: float) -> _Columns | None:
        """Trim the strip between two lines that cross it to the lines that stand in columns; None: too few."""
        left_edge, x0, x1, right_edge = edges
        bands = [
            _Band.of(ink, run, edges) for run in _runs(crowded) if run[0] > 0 and run[1] < len(ink)
        ]  # a band at either end is cut by the line that crosses there
        gaps = [band.gap for band in bands if band.sides == 3]
        if len(gaps) == 0:
            return None
        usual_gap = float(np.median(gaps))

        def in_columns(band: _Band) -> bool:
            # a wide space in one line of full width, not in several lines that touch
            space = 1.6 * letter / _lines_in(band.bottom - band.top, letter)
            return band.sides == 3 and not (band.gap < space and usual_gap > 2.2 * letter)

        inside = [index for index, band in enumerate(bands) if in_columns(band)]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        paired = bands[first : last + 1]
        page_centre = (left_edge + right_edge) / 2
        for side in (1, 2):  # what hangs below on one side only belongs to it unless it is centred on the page
            own = float(np.median([band.centre(side) for band in paired if band.sides & side]))
            index = last + 1
            while index < len(bands) and bands[index].sides == side:
                if abs(bands[index].centre(side) - page_centre) < abs(bands[index].centre(side) - own):
                    break
                last = index
                index += 1
        while first > 0 and bands[first - 1].sides == 2 and bands[first].top - bands[first - 1].bottom < 1.5 * letter:
            first -= 1  # a full line starts left: one on the right alone is the start of the right column
        chosen = bands[first : last + 1]
        top, bottom = chosen[0].top, chosen[-1].bottom
        lines, more = sorted(
            _line_count(_inked(ink[top:bottom, columns], 1), letter)
            for columns in (slice(left_edge, x0), slice(x1, right_edge))
        )
        clear = ~_inked(ink[top:bottom], 0)
        left, right = x0, x1
        while left > left_edge and clear[left - 1]:
            left -= 1
        while right < right_edge and clear[right]:
            right += 1
        gap = right - left
        if lines < 2 or (lines == 2 and gap * CELL < WIDE_CORRIDOR):
            return None
        score = lines + LONGER * more + 0.001 * gap
        return cls(max(0, top - 1), bottom + 1, (left + right) // 2, score)


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows between two clear rows: a line, or lines of two columns that overlap in height."""

    top: int
    bottom: int
    left: tuple[int, int]  # extent of the ink on the left; (0, 0): none
    right: tuple[int, int]

    @classmethod
    def of(cls, ink: Mask, rows: tuple[int, int], edges: tuple[int, int, int, int]) -> _Band:
        columns = _inked(ink[rows[0] : rows[1]], 0)

        def extent(start: int, end: int) -> tuple[int, int]:
            found = np.flatnonzero(columns[start:end])
            return (start + int(found[0]), start + int(found[-1]) + 1) if found.size else (0, 0)

        return cls(rows[0], rows[1], extent(edges[0], edges[1]), extent(edges[2], edges[3]))

    @property
    def sides(self) -> int:
        """1: left, 2: right, 3: both."""
        return (self.left[1] > 0) + 2 * (self.right[1] > 0)

    @property
    def gap(self) -> int:
        """Cells without ink between the two sides."""
        return self.right[0] - self.left[1]

    def centre(self, side: int) -> float:
        """Middle of the ink on a side."""
        extent = self.left if side == 1 else self.right
        return (extent[0] + extent[1]) / 2


def _inked(mask: Mask, axis: int) -> Mask:
    """Return which rows (axis 1) or columns (axis 0) hold ink."""
    return np.asarray(mask.any(axis=axis), dtype=np.bool_)


def _line_count(rows: Mask, letter: float) -> int:
    """Return how many lines of text the flags of inked rows hold."""
    return sum(_lines_in(last - first, letter) for first, last in _runs(rows) if last - first >= 0.6 * letter)


def _lines_in(height: float, letter: float) -> int:
    """Return how many lines rows of ink of a height are: tightly set capitals with marks touch each other."""
    return max(1, round(height / (LINE_PITCH * letter)))


def _runs(flags: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]
