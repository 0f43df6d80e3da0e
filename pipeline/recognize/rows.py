"""The lines of a document as header and close read them: trimmed, folded, and cut where two columns ran together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.data import BBox, Document, Zone
from pipeline.lexicon.folding import fold

# Markdown, bullets of emphasis and drawn rules around a line; "-" and "+" open list items and stay.
_DECORATION = " \t\r\u00a0\ufeff#*_\\>|~`=•·"
_RULE_RE = re.compile(r"^[\s\-–—_*=.~…•·|oO0\\#]*$")


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a part of one: ``text`` stands at ``[start:end]`` of the document."""

    start: int
    end: int
    text: str
    folded: str
    zone: Zone
    page: int
    gap: bool = False  # an empty or drawn line stands before it
    confidence: float | None = None
    bbox: BBox | None = None
    words: tuple[tuple[int, int, BBox], ...] = ()  # offsets in the document and box of each word
    width: float | None = None  # of the page, in points

    def columns(self) -> list[Row]:
        """Cut the row where white space shows that two columns were read as one line; the row itself if nowhere.

        The right column begins in the right half of the page, behind a gap wider than one and a half lines.
        """
        best, at = 0.0, None
        for before, after in pairwise(self.words):
            gap = after[2][0] - before[2][2]
            height = min(before[2][3] - before[2][1], after[2][3] - after[2][1])
            if gap > max(best, 1.5 * height, 14.0) and self.width and after[2][0] > 0.48 * self.width:
                best, at = gap, after[0]
        if at is None:
            return [self]
        parts = (self.part(0, at - self.start), self.part(at - self.start, len(self.text)))
        return [part for part in parts if part is not None]

    def part(self, start: int, end: int) -> Row | None:
        """Return ``[start:end]`` of the row as a row of its own; None where nothing is left of it."""
        return _trimmed(self, start, end)

    @property
    def shouted(self) -> bool:
        """Whether its letters are capitals, nearly all."""
        letters = [char for char in self.text if char.isalpha()]
        return bool(letters) and sum(char.isupper() for char in letters) >= 0.7 * len(letters)


def _trimmed(row: Row, start: int, end: int) -> Row | None:
    text = row.text[start:end]
    left = len(text) - len(text.lstrip(_DECORATION))
    text = text.strip(_DECORATION)
    if not text:
        return None
    begin = row.start + start + left
    end = begin + len(text)
    words = tuple(word for word in row.words if word[0] < end and word[1] > begin)
    bbox = row.bbox
    if words and len(words) < len(row.words):
        lefts, tops, rights, bottoms = zip(*(word[2] for word in words), strict=True)
        bbox = (min(lefts), min(tops), max(rights), max(bottoms))
    gap = row.gap and start == 0
    return Row(begin, end, text, fold(text), row.zone, row.page, gap, row.confidence, bbox, words, row.width)


def rows_of(document: Document) -> Iterator[Row]:
    """Yield the lines that say something, margins apart."""
    gap = False
    widths = {page.number: page.width for page in document.pages}
    for line in document.lines:
        raw = document.text[line.start : line.end]
        if line.zone == "margin":
            continue
        if _RULE_RE.match(raw) and not any(char.isdigit() and char != "0" for char in raw):
            gap = True
            continue
        words = tuple((line.start + w.start, line.start + w.end, w.bbox) for w in line.words if w.bbox is not None)
        whole = Row(
            line.start, line.end, raw, fold(raw), line.zone, line.page, gap, line.confidence, line.bbox, words,
            widths.get(line.page),
        )  # fmt: skip
        row = _trimmed(whole, 0, len(raw))
        if row is not None:
            yield row
            gap = False


def spans_of(rows: list[Row]) -> tuple[tuple[int, int], ...]:
    """Return where rows stand in the document."""
    return tuple((row.start, row.end) for row in rows)


def confidence_of(rows: list[Row], base: float) -> float:
    """Return *base* lowered by how surely the rows were read."""
    read = [row.confidence for row in rows if row.confidence is not None]
    return base * min(read) if read else base
