"""The points that end paragraphs and items of a list: a blurred ";" is read as ":", the last "." as ",".

One point tells nothing, what follows does: an item that announces nothing cannot end in a colon, nor a paragraph in a
comma before the next number, the last words of a document end in "./.", and "TM." stands before who is signed for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.data import Line
from pipeline.ocr.labels import RECIPIENTS_RE, fold

SIGN_RE = re.compile(r"^(?P<sign>[-+•*])\s?[\w\"“(]")
SAME_EDGE = 6.0  # points by which items of one list may start apart
MARKER_RE = re.compile(r"^(?:[-+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|[IVX]{1,4}\.\s)")
END_RE = re.compile(r"(?:\./[,;:]?|,/\.)$")
LAST_RE = re.compile(r"\.[.,]$")  # the same where nothing but the close follows
CLOSE = ("recipients", "signature")
COMPETENCE_RE = re.compile(r"(?<=^TM|^KT|^TL)[:;,](?=\s?[A-ZĐÀ-Ỹ])")  # "TM: ỦY BAN NHÂN DÂN"
FILED_RE = re.compile(r"^\W*luu\b")


def mend_endings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with the points that end its paragraphs and the items of its lists."""
    return [replace(line, text=_with_ending(lines, at)) for at, line in enumerate(lines)]


def _with_ending(lines: Sequence[Line], at: int) -> str:
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    text = line.text
    following = after if after is not None and after.zone == line.zone else None
    if line.zone == "table":
        return text
    if line.zone == "signature":
        text = COMPETENCE_RE.sub(".", text)
    if END_RE.search(text) or (after is not None and after.zone in CLOSE and line.zone == "body"):
        return LAST_RE.sub("./.", END_RE.sub("./.", text))
    if text.endswith(":") and following is not None and _is_no_heading(lines, at, following):
        return text[:-1] + ";"
    if text.endswith(",") and _ends_paragraph(lines, at, following):
        return text[:-1] + "."
    return text


def _ends_paragraph(lines: Sequence[Line], at: int, following: Line | None) -> bool:
    """Tell whether nothing of the paragraph or list follows a line: the files come last, a number begins another."""
    if following is None:
        return bool(FILED_RE.search(fold(lines[at].text)))
    items = sum(line.zone == following.zone and line.text.endswith(";") for line in lines)
    if not MARKER_RE.search(following.text):
        return False
    return not SIGN_RE.match(following.text) or (not items and not SIGN_RE.match(_opening(lines, at).text))


def _is_no_heading(lines: Sequence[Line], at: int, following: Line) -> bool:
    """Tell whether the line ends an item whose list goes on with another item of its kind."""
    opening = _opening(lines, at)
    sign, other = SIGN_RE.match(opening.text), SIGN_RE.match(following.text)
    if sign is None or other is None or sign["sign"] != other["sign"] or RECIPIENTS_RE.search(fold(opening.text)):
        return False
    if _starts_apart(opening, following):
        return False
    siblings = [
        _opening(lines, index)
        for index, line in enumerate(lines)
        if line.zone == opening.zone and line.text.endswith(";")
    ]
    return opening.zone == "recipients" or any(
        SIGN_RE.match(one.text) and not _starts_apart(one, opening) for one in siblings
    )


def _opening(lines: Sequence[Line], at: int) -> Line:
    """Return the line that opens the item which the line at a place belongs to."""
    while at > 0 and not SIGN_RE.match(lines[at].text) and lines[at - 1].zone == lines[at].zone:
        if lines[at - 1].text[-1:] in ";:.":
            break
        at -= 1
    return lines[at]


def _starts_apart(line: Line, other: Line) -> bool:
    """Tell whether two lines start at different places across the page."""
    return line.bbox is None or other.bbox is None or abs(line.bbox[0] - other.bbox[0]) > SAME_EDGE
