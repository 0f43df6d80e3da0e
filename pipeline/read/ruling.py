"""Ruling lines → the grid of a table.

The geometry is pdfplumber's (lines are snapped and joined, crossings become cells, cells tables), fed with the lines
that pdfium found: pdfminer never parses the page, which is what made pdfplumber slow and hostile pages dangerous.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipeline.data import BBox
from pipeline.read.layout import Cell, Grid
from pipeline.read.objects import Rule

MAX_RULES = 3_000
MAX_PAIRS = 60_000  # horizontal times vertical lines: crossings are looked for among all of them
MAX_CROSSINGS = 2_500  # the search for cells is quadratic; an annex of 60 rows and 12 columns has 800
SNAP = 3.0  # points
SHORTEST = 8.0  # points: a joined line shorter than this is a tick


def find_grids(rules: Sequence[Rule], width: float, height: float) -> list[Grid]:
    """Return the ruled tables of a page: two columns at least, and two rows or three columns."""
    horizontal = sum(rule.horizontal for rule in rules)
    if horizontal < 2 or len(rules) - horizontal < 2 or len(rules) > MAX_RULES:
        return []
    edges = merge_edges(
        [_edge(rule, width, height) for rule in rules],
        snap_x_tolerance=SNAP,
        snap_y_tolerance=SNAP,
        join_x_tolerance=SNAP,
        join_y_tolerance=SNAP,
    )
    edges = [e for e in edges if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= SHORTEST]
    across = sum(edge["orientation"] == "h" for edge in edges)
    if across * (len(edges) - across) > MAX_PAIRS:
        return []
    crossings = edges_to_intersections(edges, SNAP, SNAP)
    if len(crossings) > MAX_CROSSINGS:
        return []
    grids = []
    for table in cells_to_tables(intersections_to_cells(crossings)):
        grid = _grid(table)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.bbox[1])


def _edge(rule: Rule, width: float, height: float) -> dict[str, Any]:
    """A rule as pdfplumber has its edges: a line without thickness."""
    x0, top, x1, bottom = rule.bbox
    if rule.horizontal:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if rule.horizontal else "v",
    }


def _grid(boxes: Sequence[BBox]) -> Grid | None:
    lefts = _levels([box[0] for box in boxes])
    tops = _levels([box[1] for box in boxes])
    if len(lefts) < 2 or len(lefts) + len(tops) < 4:
        return None
    cells = tuple(Cell(box, _index(tops, box[1]), _index(lefts, box[0])) for box in boxes)
    hull = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Grid(hull, cells)


def _levels(values: Sequence[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > SNAP:
            levels.append(value)
    return levels


def _index(levels: Sequence[float], value: float) -> int:
    return min(range(len(levels)), key=lambda i: abs(levels[i] - value))
