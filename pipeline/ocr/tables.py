"""Ruled tables on a page image: where their lines run, and the boxes of their cells."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

RULE_CONTRAST = 26  # grey levels that a ruling line is darker than its sides
STEM = 0.6  # inches: a vertical stroke this long is a ruling line wherever it ends
END = 0.03  # inches: how near a short one comes to the ruling lines at its ends
WORD = 1.2  # inches: a horizontal stroke this long is a ruling line whatever stands below it
INK = 150  # grey levels below which pixels touch
LETTER = 0.3  # inches: no letter, nor letters that touch, are as high
WORD_LINE = 0.3  # inches: the shortest line, such as that under a word
LETTERS = 0.25  # of its columns that have ink beside a row of letters, at the least
SOLID = 0.97  # of its columns that have ink in a line
BEND = 0.06  # inches that a ruling line may leave its usual height by
RULE_SHARE = 0.82  # of its length that must be dark


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; rows and columns count from 0, merged cells span several."""

    row: int
    column: int
    row_end: int
    column_end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]


def ruling_lines(grey: Grey, dpi: float) -> tuple[Mask, Mask]:
    """Return the pixels of horizontal and of vertical ruling lines of a flattened page.

    A matched filter: darker than its sides (a thin stroke), and so along most of a stretch longer than any letter.
    Faint, broken and slightly bent lines pass, stems of letters over each other do not.
    """
    thick = max(5, round(0.045 * dpi) | 1)

    def along(horizontal: bool) -> Mask:
        def bar(size: int, side: int = 1) -> NDArray[np.uint8]:
            return np.ones((side, size) if horizontal else (size, side), np.uint8)

        sides = np.ones((thick, 1) if horizontal else (1, thick), np.uint8)
        thin = (cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, sides) > RULE_CONTRAST).astype(np.uint8)
        thin = cv2.dilate(thin, bar(1, 3))  # a slightly bent line leaves its row
        length = round((0.45 if horizontal else 0.27) * dpi)
        window = (length, 1) if horizontal else (1, length)
        dark = cv2.boxFilter(thin, cv2.CV_16S, window, normalize=False, borderType=cv2.BORDER_CONSTANT)
        hits = (dark >= RULE_SHARE * length).astype(np.uint8)
        if not hits.any():
            return np.zeros(grey.shape, dtype=np.bool_)
        near = cv2.dilate(hits, bar(length))
        return np.asarray((near > 0) & (cv2.dilate(thin, bar(max(3, round(0.02 * dpi)))) > 0), dtype=np.bool_)

    horizontal = _without_words(along(True), grey, dpi)
    return horizontal, _without_stems(along(False), horizontal, dpi)


def _without_words(horizontal: Mask, grey: Grey, dpi: float) -> Mask:
    """Return *horizontal* without the tops and feet of words, which form rows where slanted letters touch.

    A ruling line is solid and has paper under it, also where it underlines a word; a row of letters has gaps. What is
    part of something higher than letters (a seal, a pen stroke) is left out of the text as before, so that the letters
    under it come apart.
    """
    if not horizontal.any():
        return horizontal
    _, labels, stats, _ = cv2.connectedComponentsWithStats(horizontal.astype(np.uint8), connectivity=8)
    rules = horizontal.copy()
    step = max(2, round(END * dpi))
    for index in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] < WORD * dpi):
        x, y, width, height = (int(value) for value in stats[index, :4])
        own = labels[y : y + height, x : x + width] == index
        if _is_of_something_high(own, (x, y), grey, dpi):
            continue
        columns = np.arange(x, x + width)
        # ink is nearer to the line's own grey than to white: ruling lines may be faint
        dark = (255.0 + np.percentile(grey[y : y + height, x : x + width][own], 25)) / 2
        foot = y + height - 1 - np.argmax(own[::-1], axis=0)
        under = np.mean(grey[np.minimum(foot + step, len(grey) - 1), columns] < dark)
        inked = np.where(own, grey[y : y + height, x : x + width], 255).min(axis=0) < dark
        if width <= WORD_LINE * dpi or under >= LETTERS or np.mean(inked) <= SOLID:
            rules[y : y + height, x : x + width][own] = False
    return rules


def _is_of_something_high(own: Mask, corner: tuple[int, int], grey: Grey, dpi: float) -> bool:
    """Tell whether pixels at a place of the page belong to ink that is higher than letters, as far as one sees."""
    (x, y), (height, width) = corner, own.shape
    reach = round(LETTER * dpi) + 1
    left, top = max(0, x - 2 * reach), max(0, y - reach)
    window = grey[top : y + height + reach, left : x + width + 2 * reach] < INK
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(window.astype(np.uint8), connectivity=8)
    high = sizes[:, cv2.CC_STAT_HEIGHT] > LETTER * dpi
    high[0] = False
    return bool(high[pieces[y - top : y - top + height, x - left : x - left + width][own]].any())


def _without_stems(vertical: Mask, horizontal: Mask, dpi: float) -> Mask:
    """Return *vertical* without stems of letters that stand over each other: a short ruling line ends at two others."""
    if not vertical.any():
        return vertical
    _, labels, stats, _ = cv2.connectedComponentsWithStats(vertical.astype(np.uint8), connectivity=8)
    rules = vertical.copy()
    reach = max(2, round(END * dpi))
    for index in np.flatnonzero(stats[:, cv2.CC_STAT_HEIGHT] < STEM * dpi):
        x, y, width, height = (int(value) for value in stats[index, :4])
        columns = slice(max(0, x - reach), x + width + reach)
        ends = (horizontal[max(0, row - reach) : row + reach + 1, columns] for row in (y, y + height))
        if not all(end.any() for end in ends):
            own = labels[y : y + height, x : x + width] == index
            rules[y : y + height, x : x + width][own] = False
    return rules


def find_grids(horizontal: Mask, vertical: Mask, dpi: float) -> list[Grid]:
    """Return the ruled tables, from the top: connected ruling lines with at least two rows or columns."""
    if not vertical.any():
        return []
    lines = (horizontal | vertical).astype(np.uint8)
    joined = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    grids = []
    for label in range(1, count):
        x, y, width, height, _area = (int(value) for value in stats[label])
        if width < 0.8 * dpi or height < 0.35 * dpi:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        own = labels[window] == label
        grid = _grid(horizontal[window] & own, vertical[window] & own, (x, y), dpi)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.box[1])


def _grid(horizontal: Mask, vertical: Mask, origin: tuple[int, int], dpi: float) -> Grid | None:
    ys = _positions(horizontal.sum(axis=1), 0.35 * dpi, dpi)
    xs = _positions(vertical.sum(axis=0), 0.2 * dpi, dpi)
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    reach = max(2, round(0.02 * dpi))

    def around(positions: list[int], index: int) -> slice:
        """Where a line runs: bent paper takes it from its usual place, but not half way to the next one."""
        bend = max(reach, min(round(BEND * dpi), round(0.4 * min(np.diff(positions[index - 1 : index + 2])))))
        return slice(max(0, positions[index] - bend), positions[index] + bend + 1)

    def ruled_below(row: int, column: int) -> bool:
        strip = horizontal[around(ys, row + 1), xs[column] : xs[column + 1]]
        return bool(strip.any(axis=0).mean() > 0.5)

    def ruled_right(row: int, column: int) -> bool:
        strip = vertical[ys[row] : ys[row + 1], around(xs, column + 1)]
        return bool(strip.any(axis=1).mean() > 0.5)

    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not ruled_right(row, column):
                parent[root((row, column + 1))] = root((row, column))
            if row + 1 < rows and not ruled_below(row, column):
                parent[root((row + 1, column))] = root((row, column))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in parent:
        members.setdefault(root(cell), []).append(cell)
    x, y = origin
    cells = []
    for top, left, bottom, right in (part for group in members.values() for part in _rectangles(group)):
        box = (x + xs[left], y + ys[top], x + xs[right], y + ys[bottom])
        cells.append(Cell(top, left, bottom, right, box))
    if len(cells) < 2:
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid((x + xs[0], y + ys[0], x + xs[-1], y + ys[-1]), rows, columns, tuple(cells))


def _rectangles(group: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the cells that a group of places makes: top, left, bottom, right.

    Where ruling lines were not found a group may have corners. It is parted between rows then: no text may be in two
    cells or in none, and no line of it cut through.

    >>> _rectangles([(0, 0), (0, 1), (1, 0), (1, 1)]), _rectangles([(0, 2), (1, 2), (1, 1)])
    ([(0, 0, 2, 2)], [(0, 2, 1, 3), (1, 1, 2, 3)])
    """
    runs: list[tuple[int, int, int, int]] = []
    for row, column in sorted(group):
        if runs and runs[-1][0] == row and runs[-1][3] == column:
            top, left, bottom, _ = runs.pop()
            runs.append((top, left, bottom, column + 1))
        else:
            runs.append((row, column, row + 1, column + 1))
    joined: list[tuple[int, int, int, int]] = []
    for top, left, bottom, right in runs:
        above = next((one for one in joined if one[1:] == (left, top, right)), None)
        if above:
            joined.remove(above)
            top = above[0]
        joined.append((top, left, bottom, right))
    return joined


def _positions(profile: NDArray[np.int64], least: float, dpi: float) -> list[int]:
    """Return where ruling lines run, from how many line pixels each row (or column) holds."""
    hits = np.flatnonzero(profile >= least)
    if hits.size == 0:
        return []
    groups = np.split(hits, np.flatnonzero(np.diff(hits) > max(2, 0.04 * dpi)) + 1)
    centres = [round(float(np.average(group, weights=profile[group]))) for group in groups]
    kept = [centres[0]]
    for centre in centres[1:]:
        if centre - kept[-1] >= 0.07 * dpi:
            kept.append(centre)
    return kept
