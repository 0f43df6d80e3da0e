"""Titles that carry the header, as the Công báo and collections of law print them.

"QUYẾT ĐỊNH CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 58/QĐ-TTg NGÀY 06 THÁNG 02 NĂM 2011 ...": the two columns over the
title are gone, and who, which number and when stand before the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.dates import find_dates
from pipeline.normalize.document_number import find_codes
from pipeline.recognize.found import Found
from pipeline.recognize.passage import Passage, join
from pipeline.recognize.rows import Row
from pipeline.recognize.title import join_lines
from pipeline.record import DocumentNumber, IssuedDate

_WHO_FIRST_RE = re.compile(r"\W*cua\s+(?P<body>\S.{3,120}?)\s*,?\s+so\s*:?\s*(?=\d)")
_NUMBER_FIRST_RE = re.compile(r"\W*so\s*:?\s*(?=\d)")
_BODY_AFTER_RE = re.compile(
    r"\s*,?\s*cua\s+(?P<body>\S.{3,120}?)(?=\s+(?:ve|quy\s+dinh|ban\s+hanh|huong\s+dan|phe\s+duyet|sua\s+doi|cong\s+bo|"
    r"thanh\s+lap|giao|bai\s+bo|cho)\b|\s*$)"
)


@dataclass(frozen=True, slots=True)
class GazetteTitle:
    """What such a title says before its subject."""

    number: Found[DocumentNumber]
    body: str | None  # as printed
    body_spans: tuple[tuple[int, int], ...]
    issued: Found[IssuedDate] | None
    subject: Found[str] | None


def read_gazette_title(rows: Sequence[Row]) -> GazetteTitle | None:
    """Return what the rows of a title say of who issued the document and when; None for an ordinary subject."""
    passage = join([(row.text, row.start) for row in rows])
    who = _WHO_FIRST_RE.match(passage.folded)
    start = who or _NUMBER_FIRST_RE.match(passage.folded)
    if start is None:
        return None
    code = next((found for found in find_codes(passage.text) if found.start == start.end()), None)
    if code is None:
        return None
    end = code.end
    issued = None
    when = next((found for found in find_dates(passage.folded) if found.when.precision == "day"), None)
    if when is not None and re.fullmatch(r"\W*(?:ngay\W*)?", passage.folded[end : when.start]) and when.when.end:
        value = IssuedDate(value=when.when.end.isoformat(), precision="day", source="header")
        issued = Found(value, passage.spans(when.start, when.end), 0.9, "rule:gazette_title")
        end = when.end
    named = who or _BODY_AFTER_RE.match(passage.folded, end)
    body = passage.text[slice(*named.span("body"))] if named else None
    if named is not None and who is None:
        end = named.end()
    return GazetteTitle(
        number=Found(code.value, passage.spans(code.start, code.end), 0.9, "rule:gazette_title"),
        body=body,
        body_spans=passage.spans(*named.span("body")) if named else (),
        issued=issued,
        subject=_subject(passage, end, named["body"] if named else ""),
    )


def _subject(passage: Passage, start: int, body: str) -> Found[str] | None:
    """The rest of the title, without the authority's name that opens the text below it."""
    rest = passage.folded[start:].rstrip()
    end = len(rest) - len(body) if body and rest.endswith(" " + body) else len(rest)
    text = join_lines([passage.text[start : start + end]]).strip(" ,.")
    return Found(text, passage.spans(start, start + end), 0.85, "rule:gazette_title") if len(text) > 3 else None
