"""Words of a page with boxes → lines in reading order, each with its zone.

The layout is the one of Nghị định 30/2020/NĐ-CP and its forerunners: a header in two columns, a centred title, the
body over the full width, at the close recipients left and signature right. Columns are found by the free
vertical strip (gutter) between them; everything else is read row by row, so that a borderless list of times and
items keeps its pairs together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.data import BBox, Line, Word, Zone
from pipeline.lexicon.folding import fold
from pipeline.lexicon.syllables import ranks, traditional
from pipeline.read.landmarks import (
    ADDRESSEE_RE,
    MOTTO_RE,
    NUMBER_RE,
    PAGE_NUMBER_RE,
    PLACE_DATE_RE,
    RECIPIENTS_RE,
    SIGNING_RE,
    STAMP_RE,
)

COLUMN_GAP = 2.0  # em: a wider gap inside a row parts two segments
STRANGER_GAP = 0.55  # em: the same for words that do not follow each other in the file, as cells of a header table
GUTTER_LEAST = 2.0  # points
SPACED_LETTERS = 5  # single capitals in a row from which a word is taken to be set apart
LONGEST_SYLLABLE = 7  # letters: nghiêng
EDGE_BAND = 0.09  # share of the height at top and bottom where page numbers and running headers stand


@dataclass(frozen=True, slots=True)
class Box:
    """A word to be placed: its text, its box, and its place in the order of the file."""

    text: str
    bbox: BBox
    order: int
    margin: bool = False  # the text of a signature's stamp


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table."""

    bbox: BBox
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table found on the page."""

    bbox: BBox
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class _Segment:
    """Words that follow each other on one line of one column."""

    words: list[Box]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    text: str = ""
    folded: str = ""

    def __post_init__(self) -> None:
        self.x0, self.top, self.x1, self.bottom = _hull(word.bbox for word in self.words)
        self.text = " ".join(word.text for word in self.words)
        self.folded = fold(self.text)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Row:
    """Segments side by side."""

    segments: list[_Segment]
    top: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        self.segments.sort(key=lambda segment: segment.x0)
        self.top = min(segment.top for segment in self.segments)
        self.bottom = max(segment.bottom for segment in self.segments)


@dataclass(slots=True)
class _Region:
    """Rows ``[first:last]`` that stand in two columns, left and right of ``gutter``."""

    first: int
    last: int
    gutter: tuple[float, float]
    zones: tuple[Zone, Zone] | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Texts, folded and with digits masked, that neighbouring pages repeat at their top or bottom."""

    texts: frozenset[str] = field(default_factory=frozenset)


def mask(text: str) -> str:
    """Return the folded *text* with digits and roman numbers masked, to compare running headers.

    >>> mask("CÔNG BÁO/Số 761 + 762/Ngày 17-9-2021 3")
    'cong bao/so # + #/ngay #-#-#'
    """
    return re.sub(r"^#\s+|\s+#$", "", re.sub(r"\d+", "#", fold(text).strip()))


def page_lines(
    boxes: Sequence[Box],
    width: float,
    height: float,
    *,
    number: int = 1,
    grids: Sequence[Grid] = (),
    furniture: Furniture = Furniture(),
) -> tuple[Line, ...]:
    """Return the lines of a page in reading order with their zones.

    Args:
        boxes: its words; boxes in points from the top left of the upright page.
        width: of the upright page, in points.
        height: likewise.
        number: of the page, from 1: a header is looked for on any page, a title below a header only.
        grids: ruled tables on it.
        furniture: what the neighbouring pages repeat.
    """
    grids = [grid for grid in grids if not _is_header_frame(grid, boxes)]
    inside: dict[int, list[Box]] = {}
    outside: list[Box] = []
    stamps = [make_line(s.words, "margin") for s in _segments([box for box in boxes if box.margin])]
    for box in boxes:
        if box.margin:
            continue
        home = next((i for i, grid in enumerate(grids) if _holds(grid.bbox, box.bbox)), None)
        if home is None:
            outside.append(box)
        else:
            inside.setdefault(home, []).append(box)
    segments = _segments(outside)
    margins = [s for s in segments if _is_margin(s, height, segments, furniture)]
    kept = [s for s in segments if not any(s is m for m in margins)]
    lines: list[tuple[float, Line]] = []
    barriers = sorted(grid.bbox[1] for i, grid in enumerate(grids) if i in inside)
    for band in _bands(kept, barriers):
        lines += _band_lines(band, width, height)
    for i, members in inside.items():
        lines += [(grids[i].bbox[1], line) for line in _table_lines(grids[i], members)]
    lines.sort(key=lambda item: item[0])
    head = [make_line(s.words, "margin") for s in margins if s.bottom < height / 2]
    foot = [make_line(s.words, "margin") for s in margins if s.bottom >= height / 2]
    return (*head, *(line for _, line in lines), *foot, *stamps)


def make_line(words: Sequence[Box], zone: Zone, cells: Sequence[Sequence[Box]] | None = None) -> Line:
    """Join *words* by spaces, or the words of *cells* by spaces and the cells by tabs, into a line."""
    text = ""
    placed: list[Word] = []
    for column, members in enumerate(cells if cells is not None else [words]):
        if column:
            text += "\t"
        for i, word in enumerate(members):
            if i:
                text += " "
            placed.append(Word(len(text), len(text) + len(word.text), word.bbox))
            text += word.text
    return Line(text, _hull(w.bbox for w in placed if w.bbox) if placed else None, None, tuple(placed), zone)


def _hull(boxes: Iterable[BBox]) -> BBox:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _holds(outer: BBox, inner: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


# Segments and rows


def _segments(boxes: Sequence[Box]) -> list[_Segment]:
    """Chain words into segments: one line of one column each."""
    return [_Segment(join_letters(words)) for words in _chains(boxes)]


def join_letters(words: list[Box]) -> list[Box]:
    """Join capitals that are set apart ("K Ế H O Ạ C H") to syllables; anything else stays."""
    letters = [word.text for word in words]
    if len(words) < SPACED_LETTERS or not all(len(text) == 1 and text.isupper() for text in letters):
        return words
    ends = _syllable_ends("".join(letters).lower())
    if ends is None:
        return words
    starts = [0, *ends[:-1]]
    return [
        Box("".join(letters[a:b]), _hull(word.bbox for word in words[a:b]), words[a].order)
        for a, b in zip(starts, ends, strict=True)
    ]


def _syllable_ends(letters: str) -> list[int] | None:
    """Where the syllables of *letters* end, the commonest ones together; None where they are none."""
    table = ranks()
    best: list[tuple[float, list[int]] | None] = [(0.0, [])] + [None] * len(letters)
    for end in range(2, len(letters) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end - 1):
            before, rank = best[start], table.get(traditional(letters[start:end]))
            if before is not None and rank is not None:
                cost = before[0] + math.log(rank + 3.0) + 1.0
                known = best[end]
                if known is None or cost < known[0]:
                    best[end] = (cost, [*before[1], end])
    last = best[-1]
    return last[1] if last else None


def _chains(boxes: Sequence[Box]) -> list[list[Box]]:
    segments: list[list[Box]] = []
    for row in _baseline_rows(boxes):
        row.sort(key=lambda box: box.bbox[0])
        gaps = [b.bbox[0] - a.bbox[2] for a, b in pairwise(row)]
        usual = median(gap for gap in gaps) if gaps else 0.0
        start = 0
        for i, gap in enumerate(gaps):
            em = min(row[i].bbox[3] - row[i].bbox[1], row[i + 1].bbox[3] - row[i + 1].bbox[1])
            follows = row[i + 1].order == row[i].order + 1
            least = max(COLUMN_GAP * em, 2.5 * usual if len(gaps) > 3 else 0.0) if follows else STRANGER_GAP * em
            if gap > least:
                segments.append(row[start : i + 1])
                start = i + 1
        segments.append(row[start:])
    return segments


def _baseline_rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Group words by the line they stand on; columns with other line pitches may interleave, hence the strict test."""
    rows: list[list[Box]] = []
    reach: list[tuple[float, float]] = []  # mean bottom, mean height
    for box in sorted(boxes, key=lambda b: b.bbox[3]):
        size = box.bbox[3] - box.bbox[1]
        for i in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            bottom, height = reach[i]
            if abs(box.bbox[3] - bottom) <= 0.3 * min(size, height) or (
                # small marks (superscripts, footnote numbers, hyphens of another font) on a taller line
                size < 0.8 * height and box.bbox[1] >= bottom - height and box.bbox[3] <= bottom + 0.1 * height
            ):
                rows[i].append(box)
                n = len(rows[i])
                reach[i] = (bottom + (box.bbox[3] - bottom) / n, max(height, size))
                break
        else:
            rows.append([box])
            reach.append((box.bbox[3], size))
    return rows


def _rows(segments: Sequence[_Segment]) -> list[_Row]:
    """Put segments side by side into rows, from top to bottom."""
    rows: list[_Row] = []
    pending: list[_Segment] = []
    for segment in sorted(segments, key=lambda s: s.bottom):
        if pending and segment.bottom - pending[0].bottom > 0.4 * min(segment.height, pending[0].height):
            rows.append(_Row(pending))
            pending = []
        pending.append(segment)
    if pending:
        rows.append(_Row(pending))
    return rows


def _bands(segments: Sequence[_Segment], barriers: Sequence[float]) -> list[list[_Segment]]:
    """Part segments at the tops of tables: no column runs past a table."""
    bands: list[list[_Segment]] = [[] for _ in range(len(barriers) + 1)]
    for segment in segments:
        bands[sum(segment.bottom > top + segment.height / 2 for top in barriers)].append(segment)
    return [band for band in bands if band]


# Regions in two columns


def _band_lines(segments: list[_Segment], width: float, height: float) -> list[tuple[float, Line]]:
    rows = _rows(segments)
    left = min(s.x0 for s in segments)
    right = max(s.x1 for s in segments)
    regions = _regions(rows, (left + right) / 2, height)
    out: list[tuple[float, Line]] = []
    i = 0
    after_header = False
    for region in [*regions, _Region(len(rows), len(rows), (0.0, 0.0))]:
        plain = rows[i : region.first]
        zones = _body_zones(plain, left, right, after_header)
        out += [
            (row.top, make_line([w for s in row.segments for w in s.words], zone))
            for row, zone in zip(plain, zones, strict=True)
        ]
        if region.zones is not None:
            top = rows[region.first].top
            for zone, column in zip(region.zones, _columns(rows, region), strict=True):
                out += [(top, make_line(s.words, zone)) for s in column]
            after_header = region.zones[0] == "header_left"
        i = region.last
    return out


def _columns(rows: Sequence[_Row], region: _Region) -> tuple[list[_Segment], list[_Segment]]:
    """The segments left and right of the gutter, each from top to bottom."""
    middle = sum(region.gutter) / 2
    members = [s for row in rows[region.first : region.last] for s in row.segments]
    columns: tuple[list[_Segment], list[_Segment]] = ([], [])
    for segment in members:
        columns[segment.middle > middle].append(segment)
    joined: tuple[list[_Segment], list[_Segment]] = ([], [])
    for column, result in zip(columns, joined, strict=True):
        for row in _rows(column):  # pieces of one line that were parted by a wide gap: "Số:      /KH-UBND"
            result.append(_Segment([w for s in row.segments for w in s.words]))
    return joined


def _regions(rows: Sequence[_Row], centre: float, height: float) -> list[_Region]:
    regions: list[_Region] = []
    floor = 0
    for i, row in enumerate(rows):
        if i < floor or len(row.segments) < 2:
            continue
        region = _grow(rows, i, floor, centre)
        region.zones = _zones_of(rows, region, height)
        if region.zones is not None:
            regions.append(region)
            floor = region.last
    return regions


def _grow(rows: Sequence[_Row], seed: int, floor: int, centre: float) -> _Region:
    """Grow a region down and up from a row with two segments as long as the strip between them stays free."""
    gaps = [(b.x0 - a.x1, (a.x1, b.x0)) for a, b in pairwise(rows[seed].segments)]
    gutter = max(gaps)[1] if len(gaps) == 1 else min(gaps, key=lambda g: abs(sum(g[1]) / 2 - centre))[1]
    columns = [
        [s for s in rows[seed].segments if s.middle <= gutter[0]],
        [s for s in rows[seed].segments if s.middle > gutter[0]],
    ]
    last = seed + 1
    while last < len(rows):
        narrowed = _narrowed(gutter, rows[last], columns, centre)
        if narrowed is None:
            break
        gutter = narrowed
        last += 1
    first = seed
    while first > floor:
        narrowed = _narrowed(gutter, rows[first - 1], columns, centre)
        if narrowed is None:
            break
        gutter = narrowed
        first -= 1
    return _Region(first, last, gutter)


def _narrowed(
    gutter: tuple[float, float], row: _Row, columns: list[list[_Segment]], centre: float
) -> tuple[float, float] | None:
    """The strip that stays free when *row* joins the region; None where *row* crosses it or is centred on the page."""
    low, high = gutter
    middle = (low + high) / 2
    for segment in row.segments:
        if segment.x1 <= middle:
            low = max(low, segment.x1)
        elif segment.x0 >= middle:
            high = min(high, segment.x0)
        elif segment.middle < middle and segment.x1 < high - GUTTER_LEAST:
            low = max(low, segment.x1)
        elif segment.middle > middle and segment.x0 > low + GUTTER_LEAST:
            high = min(high, segment.x0)
        else:
            return None
    if high - low < GUTTER_LEAST:
        return None
    if len(row.segments) == 1:  # a centred title does not always cross the gutter
        segment = row.segments[0]
        column = columns[segment.middle > middle]
        if column:
            home = (min(s.x0 for s in column) + max(s.x1 for s in column)) / 2
            if abs(segment.middle - centre) < abs(segment.middle - home):
                return None
    for segment in row.segments:
        columns[segment.middle > (low + high) / 2].append(segment)
    return low, high


def _zones_of(rows: Sequence[_Row], region: _Region, height: float) -> tuple[Zone, Zone] | None:
    """Name the two columns of *region*; None where they are no columns to be read one after the other.

    Trims the region to the rows that belong to it.
    """
    anchors = [i for i in range(region.first, region.last) if any(MOTTO_RE.search(s.folded) for s in rows[i].segments)]
    dated = [
        i for i in range(region.first, region.last)
        if len(rows[i].segments) > 1
        and (NUMBER_RE.search(rows[i].segments[0].folded) or PLACE_DATE_RE.search(rows[i].segments[-1].folded))
    ]  # fmt: skip
    if anchors or (dated and rows[dated[0]].top < height * 0.35):
        return "header_left", "header_right"
    for i in range(region.first, region.last):
        if any(RECIPIENTS_RE.search(s.folded) for s in rows[i].segments):
            start = i
            while start > region.first and _is_signing_row(rows[start - 1], region):
                start -= 1
            region.first = start
            return "recipients", "signature"
    signing = [
        i for i in range(region.first, region.last) if any(SIGNING_RE.search(s.folded) for s in rows[i].segments)
    ]
    if signing and len(rows[signing[0]].segments) > 1:
        region.first = signing[0]
        return "signature", "signature"
    return None


def _is_signing_row(row: _Row, region: _Region) -> bool:
    middle = sum(region.gutter) / 2
    right = [s for s in row.segments if s.middle > middle]
    return bool(right) and any(SIGNING_RE.search(s.folded) or s.text.isupper() for s in right)


# Zones of what runs over the full width


def _body_zones(rows: Sequence[_Row], left: float, right: float, after_header: bool) -> list[Zone]:
    zones: list[Zone] = ["body"] * len(rows)
    if after_header:
        for i, row in enumerate(rows):
            if not _is_centred(row, left, right) or ADDRESSEE_RE.search(row.segments[0].folded):
                break
            zones[i] = "title"
    closing: Zone | None = None
    for i, row in enumerate(rows):
        folded = row.segments[0].folded
        middle = (row.segments[0].x0 + row.segments[-1].x1) / 2
        if RECIPIENTS_RE.search(folded):
            closing = "recipients"
        elif middle > (left + right) / 2 + 0.1 * (right - left) and SIGNING_RE.search(folded):
            closing = "signature"
        elif closing == "signature" and row.segments[0].x0 < left + 0.3 * (right - left):
            closing = None
        if closing:
            zones[i] = closing
    return zones


def _is_centred(row: _Row, left: float, right: float) -> bool:
    before, after = row.segments[0].x0 - left, right - row.segments[-1].x1
    tolerance = 0.04 * (right - left)
    return abs(before - after) <= 2 * tolerance and (min(before, after) > 0.25 * tolerance)


def _is_margin(segment: _Segment, height: float, segments: Sequence[_Segment], furniture: Furniture) -> bool:
    """Page numbers, running headers and the stamp of a digital signature."""
    if STAMP_RE.search(segment.folded):
        return True
    at_edge = segment.bottom < EDGE_BAND * height or segment.top > (1 - EDGE_BAND) * height
    if not at_edge:
        return False
    if mask(segment.text) in furniture.texts:
        return True
    if not PAGE_NUMBER_RE.search(segment.folded):
        return False
    above = segment.bottom < height / 2
    beyond = [s for s in segments if (s.bottom < segment.top if above else s.top > segment.bottom)]
    return all(PAGE_NUMBER_RE.search(s.folded) or mask(s.text) in furniture.texts for s in beyond)


# Tables


def _is_header_frame(grid: Grid, boxes: Sequence[Box]) -> bool:
    """Whether the table is the letterhead set in a ruled table."""
    text = fold(" ".join(box.text for box in boxes if _holds(grid.bbox, box.bbox)))
    return len(MOTTO_RE.findall(text)) >= 2


def _table_lines(grid: Grid, boxes: Sequence[Box]) -> list[Line]:
    """One line a row of the table, cells parted by tabs; one that spans rows or columns stands in its first."""
    members: dict[tuple[int, int], list[Box]] = {}
    for box in boxes:
        cell = next((c for c in grid.cells if _holds(c.bbox, box.bbox)), None)
        if cell is None:
            cell = min(grid.cells, key=lambda c: _distance(c.bbox, box.bbox))
        members.setdefault((cell.row, cell.column), []).append(box)
    lines: list[Line] = []
    columns = sorted({cell.column for cell in grid.cells})
    for row in sorted({cell.row for cell in grid.cells}):
        texts = [
            [
                w
                for line in _baseline_rows(members.get((row, column), []))
                for w in sorted(line, key=lambda b: b.bbox[0])
            ]
            for column in columns
        ]
        if any(texts):
            lines.append(make_line([], "table", texts))
    return lines


def _distance(outer: BBox, inner: BBox) -> float:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return max(outer[0] - x, 0, x - outer[2]) + max(outer[1] - y, 0, y - outer[3])
