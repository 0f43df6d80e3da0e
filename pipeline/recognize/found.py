"""A value and where it was read, and how both become evidence of the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.data import BBox, Document, LineSpan
from pipeline.record import Evidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A normalized value with the characters that it was read from."""

    value: T
    spans: tuple[tuple[int, int], ...]  # offsets in the document's text, best first
    confidence: float
    method: str  # such as "rule:count_phrase", "ner", "digital_signature"


def lines_between(document: Document, start: int, end: int) -> Iterator[LineSpan]:
    """Yield the lines that share a character with ``[start:end]``."""
    index = bisect_right(document.lines, start, key=lambda line: line.start) - 1
    for line in document.lines[max(index, 0) :]:
        if line.start >= end:
            return
        if line.end > start:
            yield line


def box_of(document: Document, start: int, end: int) -> BBox | None:
    """Return the box around the words of ``[start:end]`` on the page where it starts; None without boxes."""
    boxes: list[BBox] = []
    page = None
    for line in lines_between(document, start, end):
        if page is not None and line.page != page:
            break
        page = line.page
        words = [w.bbox for w in line.words if line.start + w.end > start and line.start + w.start < end]
        boxes += [box for box in words or [line.bbox] if box is not None]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def page_of(document: Document, start: int) -> int:
    """Return the number of the page that holds the character at *start*."""
    index = bisect_right(document.pages, start, key=lambda page: page.start) - 1
    return document.pages[max(index, 0)].number


def evidence(field: str, found: Found[T], document: Document) -> Iterator[Evidence]:
    """Yield one entry of evidence a span, its quote taken from the text itself."""
    for start, end in found.spans:
        box = box_of(document, start, end)
        yield Evidence(
            field=field,
            page=page_of(document, start),
            start=start,
            end=end,
            quote=document.text[start:end],
            bbox=tuple(round(x, 1) for x in box) if box else None,
            confidence=round(found.confidence, 3),
            method=found.method,
        )
