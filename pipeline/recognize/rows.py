"""The lines of a document as header and close read them: trimmed, folded, and cut where two columns ran together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
    return Row(
        begin, begin + len(text), text, fold(text), row.zone, row.page, row.gap and start == 0, row.confidence, row.bbox
    )


def rows_of(document: Document) -> Iterator[Row]:
    """Yield the lines that say something, margins apart."""
    gap = False
    for line in document.lines:
        raw = document.text[line.start : line.end]
        if line.zone == "margin":
            continue
        if _RULE_RE.match(raw) and not any(char.isdigit() and char != "0" for char in raw):
            gap = True
            continue
        whole = Row(line.start, line.end, raw, fold(raw), line.zone, line.page, gap, line.confidence, line.bbox)
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
