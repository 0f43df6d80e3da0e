"""The body of a plan from a few lines of text, for the tests of its rules."""

from __future__ import annotations

from dataclasses import replace

from pipeline.data import Document, LineSpan, PageSpan
from pipeline.recognize import read_plan
from pipeline.recognize.context import Plan
from pipeline.record import EventLevel, IssuedDate, IssuingBody

TOWN = IssuingBody(name="Ủy ban nhân dân huyện Duy Xuyên", level="district", province="Quảng Nam", district="Duy Xuyên")


def document_of(text: str) -> Document:
    """Return *text* as a plain document: a line a line, pages parted by form feeds."""
    lines: list[LineSpan] = []
    pages: list[PageSpan] = []
    place = 0
    for number, page in enumerate(text.split("\f"), 1):
        start = place
        for line in page.split("\n"):
            if line.strip():
                lines.append(LineSpan(place, place + len(line), number, "body"))
            place += len(line) + 1
        pages.append(PageSpan(number, start, place - 1, "plain", "a text file"))
    return Document(text, tuple(lines), tuple(pages))


def plan_of(text: str, body: IssuingBody | None = TOWN, default: EventLevel | None = "grassroots") -> Plan:
    """Return *text* as the body of a plan of *body*, issued on 5 January 2015."""
    issued = IssuedDate(value="2015-01-05", precision="day", source="header")
    return replace(read_plan(document_of(text), body, issued), default=default)
