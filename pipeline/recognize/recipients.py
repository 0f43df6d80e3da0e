"""Nơi nhận: the recipients of a document, one item each, up to the copy that is kept ("Lưu: VT")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipeline.lexicon.agency_names import phrases
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.lexicon.syllables import traditional
from pipeline.normalize.people import name_score
from pipeline.recognize.found import Found
from pipeline.recognize.rows import Row, confidence_of, spans_of

# Set in bold italics its N comes back as V or M, but then nothing else stands on its line.
NOI_NHAN_RE = re.compile(
    r"^\W{0,4}n[o0][il1]\s*(?:nh[a-z0-9&]{1,2}[nm]?h?|gui)\s*(?:[:.;,]|\W*$|(?=\s+[A-Z]))|^\W{0,4}[vmhw][o0][il1]\s*nhan\s*:\W*$"
)
_BULLET_RE = re.compile(r"^\s*(?:[-–—−~+•*·«»=>](?:\s*[-–—−](?=\s))?|[.,](?=\s*\w)|\d{1,2}\s*[.)](?=\s))\s*")
_INNER_BULLET_RE = cased(r"(?<=[;.:])\s*[-–—•+]\s*(?=[[:upper:]0-9])|;\s*[-–—]\s*(?=\w)|;\s*(?=Lưu\b)")
KEPT_RE = re.compile(
    r"^\W*uu\s*:|^\W*(?:l[uư]{1,2}u?|luu|lun|lut|luru|lint|lw|luw)\s*(?:[:;.]|vt\b|vp\b|van\s*thu|tr\b|\W{0,3}\s*[a-z]{2,4}\b)"
)
_LOST_L_RE = re.compile(r"^\W*[ưu]u(?=\s*:)")
_STROKES_RE = re.compile(r"(?:[\s;,]+[“”\"'/|\\‘’«»]+)+$|\s[“‘«]$")  # of the signature beside a list
# What is read behind the end of an item on a scan: at most one letter, or a number put there by hand
_SPECKS_RE = re.compile(r"\s*;[^\w;]*\w?[^\w;()]*$|(?<=[\w)])\.\s+[^\s.;,]{1,2}\.?$")
_END_RE = re.compile(r"^\W*(?:trang\s*\d|phu\s*luc|\(?da\s*ky|ky\s*boi|ky\s*ten)")


def find_recipients(rows: Sequence[Row]) -> tuple[tuple[Found[str], ...], list[Row]]:
    """Return the recipients and the rows that list them; the heading is among the rows.

    Args:
        rows: the left column of the close, signature cut away.
    """
    start = next((i for i, row in enumerate(rows) if NOI_NHAN_RE.search(row.folded)), None)
    if start is None:
        zoned = [row for row in rows if row.zone == "recipients"]
        if not zoned:
            return (), []
        used: list[Row] = []
        pieces = list(zoned)
    else:
        heading = rows[start]
        used = [heading]
        match = NOI_NHAN_RE.search(heading.folded)
        rest = heading.part(match.end(), len(heading.text)) if match else None
        named = rest is not None and sum(char.isalpha() for char in rest.text) > 1  # no stroke of the initials: "/2"
        pieces = ([rest] if rest is not None and named else []) + list(rows[start + 1 :])
    items: list[list[Row]] = []
    edges = [row.bbox[0] for row in pieces if row.bbox is not None and _BULLET_RE.match(row.text)]
    for whole in pieces:
        for row in _parts(whole):
            if _END_RE.match(row.folded) or (items and _elsewhere(row, items[-1][-1])):
                return _found(items), used
            bullet = _BULLET_RE.match(row.text)
            if bullet is None and items and not _begins(row, items[-1], edges):
                items[-1].append(row)
            elif bullet is None and items and (_finished(items) or _leaves(row)):
                return _found(items), used
            else:
                body = row.part(bullet.end(), len(row.text)) if bullet else row
                if body is None:
                    continue
                if _finished(items) and not bullet:
                    return _found(items), used
                items.append([body])
            used.append(whole)
            if len(items) > 60:
                return _found(items), used
        if _finished(items) and not re.search(r"[,;(]\s*$", whole.text):
            break
    return _found(items), used


def _parts(row: Row) -> list[Row]:
    """Cut a row that holds several items."""
    cuts = [0, *(match.start() for match in _INNER_BULLET_RE.finditer(row.text) if match.start() > 0), len(row.text)]
    if len(cuts) == 2:
        return [row]
    parts: list[Row] = []
    for low, high in pairwise(cuts):
        text = row.text[low:high]
        lead = len(text) - len(text.lstrip("; "))
        part = row.part(low + lead, high)
        if part is not None:
            parts.append(part)
    return parts


def _elsewhere(row: Row, last: Row) -> bool:
    """A row of another part of the page: a name, a title, a column that does not begin below the list."""
    if _BULLET_RE.match(row.text) or KEPT_RE.match(row.folded):
        return False
    if name_score(row.text) >= 0.65 or (row.zone != last.zone and row.zone in ("title", "signature", "table")):
        return True
    return row.page != last.page and last.text.rstrip().endswith((".", "/."))


def _leaves(row: Row) -> bool:
    """A row without a bullet behind a gap is no recipient any more."""
    return row.gap and row.zone != "recipients" and not KEPT_RE.match(row.folded)


def _begins(row: Row, item: Sequence[Row], edges: Sequence[float]) -> bool:
    """Tell whether a row without a bullet is a new item: the one before is closed, or what is kept begins.

    Args:
        row: the row.
        item: the rows of the item before it.
        edges: the left edges of rows with bullets: a line that begins below them goes on with its item, one that lost
            its bullet begins where their text does.
    """
    if KEPT_RE.match(row.folded):
        return True
    if row.bbox is not None and len(edges) > 2 and abs(row.bbox[0] - sorted(edges)[len(edges) // 2]) < 2:
        return False
    return item[-1].text.rstrip().endswith((";", "."))


def _finished(items: Sequence[Sequence[Row]]) -> bool:
    return bool(items) and KEPT_RE.match(items[-1][0].folded) is not None


_STOCK = """
Cổng TTĐT
Cổng TT ĐT
Cổng thông tin điện tử
các Ban của Đảng
các cơ quan Đảng
để báo cáo
để b c
để biết
để thực hiện
để phối hợp
để theo dõi
Công báo
Như trên
Như Điều
Lãnh đạo
Bộ Tài chính
Cục Hải quan
"""


@cache
def _stock_phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return stock phrases of recipients and names of bodies, by their folded words; only those of several words."""
    known = [(tuple(fold(line).split()), tuple(line.split())) for line in _STOCK.split("\n")]
    known += [(key, tuple(re.findall(r"\w+", phrase))) for key, phrase in phrases().items()]
    return {key: words for key, words in reversed(known) if len(key) == len(words) > 1}


_WORD_RE = re.compile(r"\w+")


def mend_stock_phrases(text: str) -> str:
    """Give the words of stock phrases and names of bodies the marks that they were not read with.

    >>> mend_stock_phrases("Công TTĐT tỉnh; các Ban của Đang (đề báo cáo)")
    'Cổng TTĐT tỉnh; các Ban của Đảng (để báo cáo)'
    """
    found = list(_WORD_RE.finditer(text))
    keys = [fold(word[0]) for word in found]
    pieces: list[str] = []
    at, index = 0, 0
    while index < len(found):
        length = next((n for n in range(6, 1, -1) if tuple(keys[index : index + n]) in _stock_phrases()), 1)
        if length > 1:
            for word, right in zip(found[index:], _stock_phrases()[tuple(keys[index : index + length])], strict=False):
                same = traditional(word[0].casefold()) == traditional(right.casefold())
                pieces += [text[at : word.start()], word[0] if same else _cased_as(word[0], right)]
                at = word.end()
        index += length
    return "".join(pieces) + text[at:]


def _cased_as(read: str, right: str) -> str:
    if read.isupper() and len(read) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if read[:1].isupper() else right.lower() if read.islower() else right


def _found(items: Sequence[Sequence[Row]]) -> tuple[Found[str], ...]:
    found = []
    for rows, below in zip(items, [*items[1:], None], strict=False):
        text = " ".join(" ".join(row.text.split()) for row in rows).strip(" ;,")
        text = _STROKES_RE.sub("", text)
        if rows[0].confidence is not None:
            text = mend_stock_phrases(_SPECKS_RE.sub("", _LOST_L_RE.sub("Lưu", text)))
        if text.endswith(":") and rows[0].bbox is not None and rows[0].confidence is not None:
            # a semicolon read as a colon; one that opens a list of its own has indented lines below
            under = below[0].bbox if below else None
            text = text if under is not None and under[0] > rows[0].bbox[0] + 4 else text[:-1].rstrip()
        text = re.sub(r"\s*(?:\./\.?|(?<!\.)\.)$", "", text)
        if sum(char.isalnum() for char in text) >= 2:
            found.append(Found(text, spans_of(list(rows)), confidence_of(list(rows), 0.93), "rule:recipients"))
    return tuple(found)
