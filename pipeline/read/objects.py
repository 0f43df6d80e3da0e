"""What a PDF page draws besides text: images (their share of the page, their resolution) and ruling lines."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.data import BBox
from pipeline.read.glyphs import Upright, turn_box

MAX_OBJECTS = 20_000  # looked at, a page; the rest is counted
MAX_SEGMENTS = 4_000  # of one path
MAX_DEPTH = 3  # forms within forms
RULE_THICKNESS = 3.0  # points: a filled box thinner than this is a line
RULE_LENGTH = 8.0  # points


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, horizontal or vertical, as a thin box on the upright page."""

    bbox: BBox
    horizontal: bool


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What a page draws besides text."""

    image_cover: float  # share of the page, 0 to 1
    native_dpi: float | None  # of the scan, where the page is one image
    drawings: int
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class _Found:
    images: list[tuple[BBox, float]]  # box, dpi
    rules: list[Rule]
    drawings: int = 0
    seen: int = 0


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_objects(page: Any, turned: int) -> PageObjects:
    """Look at the objects of *page*; *turned*: the clockwise turn that made its text upright."""
    upright = Upright.of(page)
    found = _Found([], [])
    count = pdfium_c.FPDFPage_CountObjects(page)
    for index in range(min(count, MAX_OBJECTS)):
        _visit(pdfium_c.FPDFPage_GetObject(page, index), _IDENTITY, upright, found, 0)
    width, height = upright.width, upright.height
    rules = found.rules
    if turned:
        rules = [
            Rule(turn_box(r.bbox, turned, width, height), r.horizontal if turned == 180 else not r.horizontal)
            for r in rules
        ]
    boxes = [box for box, _ in found.images]
    cover = _cover(boxes, width, height)
    dpis = [dpi for box, dpi in found.images if _area(box) >= 0.5 * width * height and dpi > 0]
    strips = [dpi for box, dpi in found.images if box[2] - box[0] >= 0.6 * width and dpi > 0]
    native = max(dpis) if dpis else strips[0] if len(strips) > 1 and cover > 0.5 else None
    return PageObjects(cover, native, found.drawings + max(0, count - MAX_OBJECTS), tuple(rules))


def _visit(handle: Any, matrix: Matrix, upright: Upright, found: _Found, depth: int) -> None:
    found.seen += 1
    if not handle or found.seen > MAX_OBJECTS:
        return
    kind = pdfium_c.FPDFPageObj_GetType(handle)
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        inner = _times(_matrix(handle), matrix)
        for index in range(min(pdfium_c.FPDFFormObj_CountObjects(handle), MAX_OBJECTS)):
            _visit(pdfium_c.FPDFFormObj_GetObject(handle, index), inner, upright, found, depth + 1)
    elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        box = _map_box(_bounds(handle), matrix, upright)
        if box:
            found.images.append((box, _dpi(handle, box)))
    elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        found.drawings += 1
        _rules(handle, matrix, upright, found)


def _bounds(handle: Any) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _matrix(handle: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _map_box(bounds: tuple[float, float, float, float] | None, matrix: Matrix, upright: Upright) -> BBox | None:
    if bounds is None:
        return None
    left, bottom, right, top = bounds
    corners = [upright.point(*_apply(matrix, x, y)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _dpi(handle: Any, box: BBox) -> float:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium_c.FPDFImageObj_GetImagePixelSize(handle, width, height):
        return 0.0
    across, down = (box[2] - box[0]) / 72, (box[3] - box[1]) / 72
    if across <= 0 or down <= 0:
        return 0.0
    # a turned image has its sides swapped: compare areas
    return float((width.value * height.value / (across * down)) ** 0.5)


def _rules(handle: Any, matrix: Matrix, upright: Upright, found: _Found) -> None:
    """Collect the horizontal and vertical strokes of a path, and thin filled boxes."""
    count = pdfium_c.FPDFPath_CountSegments(handle)
    if count > MAX_SEGMENTS or count < 2:
        return
    own = _times(_matrix(handle), matrix)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value and not stroke.value:
        return
    points: list[tuple[float, float]] = []
    subpaths: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(handle, index)
        if not segment or not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            return
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return  # a seal, a logo, a signature
        point = upright.point(*_apply(own, x.value, y.value))
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            points = [point]
            subpaths.append(points)
        else:
            points.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    for subpath in subpaths:
        xs, ys = [p[0] for p in subpath], [p[1] for p in subpath]
        box = (min(xs), min(ys), max(xs), max(ys))
        thin = min(box[2] - box[0], box[3] - box[1])
        if thin <= RULE_THICKNESS:
            _add_rule(box, found)
        elif stroke.value:
            for a, b in pairwise(subpath):
                _add_rule((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])), found)


def _add_rule(box: BBox, found: _Found) -> None:
    across, down = box[2] - box[0], box[3] - box[1]
    if min(across, down) <= RULE_THICKNESS and max(across, down) >= RULE_LENGTH:
        found.rules.append(Rule(box, across >= down))


def _area(box: BBox) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _cover(boxes: list[BBox], width: float, height: float) -> float:
    """Share of the page under *boxes*, counted on a grid of 40 by 40."""
    cells = 40
    if not boxes or width <= 0 or height <= 0:
        return 0.0
    covered: set[tuple[int, int]] = set()
    for x0, top, x1, bottom in boxes[:2000]:
        columns = range(max(0, round(x0 / width * cells)), min(cells, round(x1 / width * cells)))
        rows = range(max(0, round(top / height * cells)), min(cells, round(bottom / height * cells)))
        covered.update((column, row) for column in columns for row in rows)
    return len(covered) / (cells * cells)
