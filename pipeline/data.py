"""The types that pass between stages.

Plain frozen data, standard library only; no stage reaches into another through them. Boxes are
``(x0, top, x1, bottom)`` in PDF points (1/72 inch) from the top left of the upright page; confidences run
from 0 to 1; offsets count characters (code points) and are half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BBox = tuple[float, float, float, float]
Origin = Literal["text_layer", "ocr", "plain"]
OcrMode = Literal["quality", "fast"]
Zone = Literal[
    "header_left",  # issuing body, number
    "header_right",  # quốc hiệu, tiêu ngữ, place and date
    "title",
    "body",
    "recipients",
    "signature",
    "table",  # one row a line, cells parted by tabs
    "margin",  # page numbers, running headers, stamps: kept, but no part of the text that rules read
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line: where it stands in the line's text and on the page."""

    start: int
    end: int
    bbox: BBox | None
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()  # other readings of the recognizer and their weights


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it stands on the page, or a row of a table (cells parted by tabs)."""

    text: str
    bbox: BBox | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    zone: Zone = "body"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what the reading stage returns."""

    number: int  # from 1, as a reader counts
    lines: tuple[Line, ...]
    origin: Origin
    reason: str  # why this origin: "no text layer", "text layer is garbled", ...
    confidence: float | None = None  # mean over the characters; None where nothing was recognized
    width: float | None = None  # points, upright page
    height: float | None = None
    rotation: int = 0  # clockwise turn, in degrees, that made the page upright
    condition: str | None = None  # "legacy:tcvn3" where the reader itself converted runs of a legacy encoding
    issues: tuple[tuple[str, str], ...] = ()  # (code, message)


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """Who signed and when, as the container claims; validity is not checked."""

    signer: str
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of restoration: ``old`` at ``[start:end]`` of the text as read became ``new``."""

    start: int
    end: int
    old: str
    new: str
    reason: str
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that the recognizer was not sure of: restoration may change its marks by context."""

    start: int
    end: int
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A line in the assembled text: ``text[start:end]``."""

    start: int
    end: int
    page: int
    zone: Zone
    bbox: BBox | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = ()  # offsets from the start of this line, in this text


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A page in the assembled text: ``text[start:end]``; pages are parted by a form feed."""

    number: int
    start: int
    end: int
    origin: Origin
    reason: str
    confidence: float | None = None
    width: float | None = None
    height: float | None = None
    condition: str | None = None
    rotation: int = 0  # clockwise turn, in degrees, that made the page upright


@dataclass(frozen=True, slots=True)
class Document:
    """The text of all pages with its way back to page and box.

    After restoration ``text``, ``lines`` and ``pages`` speak of the restored text; ``raw`` is the text as it
    was read, and ``edits`` lead from ``raw`` to ``text``.
    """

    text: str
    lines: tuple[LineSpan, ...]
    pages: tuple[PageSpan, ...]
    condition: str = "clean"  # clean, unaccented, garbled, legacy:tcvn3, ...
    raw: str | None = None
    edits: tuple[Edit, ...] = ()
