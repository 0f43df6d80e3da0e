"""Wholes and parts: of "180 người, gồm: khách mời 40, điển hình 140" only the 180 limits the conference.

A list of parts shows by its opener ("gồm", "trong đó", a colon behind the number) or by the total that closes it ("Tổng
cộng: 90 người"). A number for a unit each ("mỗi xã cử 05") is no part, and neither is one that names its own
conference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.recognize.found import Found
from pipeline.recognize.limit_clauses import TOTAL_RE
from pipeline.recognize.outline import Item
from pipeline.record import DelegateLimit

_OPENS_RE = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*[,;.:)]*\s*(?:(?:trong\s+(?:do|so)|(?:bao\s+)?gom|cu\s+the|(?:duoc\s+)?phan\s+bo|chia\s+ra|co\s+cau)(?![a-z])"
    r"[^\d]{0,200}|:\s*$)"
)
_LABEL_RE = re.compile(r"\W*(?:doi\s+voi\s+)?(?:cap|hoi\s*nghi|dai\s*hoi)\s[^.;:]{2,60}:")
_HEADS_RE = re.compile(r"\s*\)?\s*[:.]?\s*$")


FARTHEST = 12  # items that a total without a heading over it sums up
MOST_PARTS = 200  # numbers before or behind a whole that are asked whether they are its parts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of delegates with where it stands in its item."""

    found: Found[DelegateLimit]
    item: Item
    start: int
    end: int
    named: bool  # its own words name a conference or a level

    @property
    def single(self) -> bool:
        """Whether it may be a part: one number of people, for no unit in particular."""
        value = self.found.value
        return value.kind in ("exact", "approx", "max", "range") and value.scope is None

    @property
    def most(self) -> int:
        """The number, the greater one of a range."""
        return self.found.value.max or self.found.value.min or 0


def without_parts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return *candidates* without the numbers that are parts of another."""
    parts: set[int] = set()
    totals: dict[int, list[int]] = {}  # where the words of a total end, by item
    for index, whole in enumerate(candidates):
        if index in parts or not whole.single:
            continue
        if whole.item.index not in totals:
            totals[whole.item.index] = [match.end() for match in TOTAL_RE.finditer(whole.item.passage.folded)]
        opens = _opens(whole)
        total = any(whole.start <= end <= whole.end for end in totals[whole.item.index])
        if not opens and not total:
            continue
        for other in range(max(0, index - MOST_PARTS), min(len(candidates), index + MOST_PARTS + 1)):
            part = candidates[other]
            if other == index or not part.single or part.most > whole.most or (part.named and part.item is whole.item):
                continue
            if (opens and other > index and _lies_under(part, whole)) or (
                total and not part.named and other < index and _stands_before(part, whole)
            ):
                parts.add(other)
    return [candidate for index, candidate in enumerate(candidates) if index not in parts]


def _opens(whole: Candidate) -> bool:
    rest = whole.item.passage.folded[whole.end :]
    return bool(_OPENS_RE.match(rest)) or (bool(whole.item.children) and bool(_HEADS_RE.match(rest)))


def _lies_under(part: Candidate, whole: Candidate) -> bool:
    """Tell whether *part* stands in what *whole* opens: its sentence, the items below, the list behind its colon."""
    if part.item is whole.item:
        between = whole.item.text[whole.end : part.start]
        return re.search(r"[.](?=\s+[A-ZÀ-ỴĐ])", between.partition(":")[2] or between[3:]) is None
    if any(above is whole.item for above in part.item.path()):
        return True
    ends = whole.item.text.rstrip().endswith(":")
    siblings = part.item.parent is whole.item.parent and not whole.item.children
    listed = whole.item.style == "paragraph" or part.item.style in (
        "bullet",
        "+",
        "*",
        "paragraph",
        "row",
        whole.item.style,
    )
    return ends and siblings and listed


def _stands_before(part: Candidate, whole: Candidate) -> bool:
    """Tell whether *part* stands in the list that *whole* sums up."""
    if part.item is whole.item:
        return True
    if _LABEL_RE.match(part.item.passage.folded):
        return False  # "Cấp cơ sở: ...; không quá 50" is another conference
    parent = whole.item.parent
    if parent is not None and parent.parent is not None and whole.item.style == "paragraph" != parent.style:
        parent = parent.parent  # "Tổng: 180 đại biểu" behind the last part of a list closes the list, not that part
    if parent is None and whole.item.index - part.item.index > FARTHEST:
        return False
    return any(above.parent is parent for above in part.item.path())
