"""Scores of a restorer: syllables, names and lines, case-sensitive, in either placement of tones."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields

from pipeline.lexicon.syllables import traditional

_WORD_RE = re.compile(r"[^\W\d_]+")
_OPENING_RE = re.compile(r"(?:^|[.!?:;\"“(*#-]\s*)$")


@dataclass(slots=True)
class Score:
    """Counts; `percent` makes shares of them."""

    words: int = 0
    right: int = 0
    names: int = 0
    right_names: int = 0
    lines: int = 0
    right_lines: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of *other*."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    def percent(self) -> tuple[float, float, float]:
        """Return the percentages of right syllables, names and lines."""
        pairs = ((self.right, self.words), (self.right_names, self.names), (self.right_lines, self.lines))
        syllables, names, lines = (100 * right / max(total, 1) for right, total in pairs)
        return syllables, names, lines


def score(got: str, true: str) -> Score:
    """Compare two texts with as many lines.

    A name is a capitalized word that neither opens a sentence nor stands in capitals.

    >>> score("Ông Trần Văn Hung", "Ông Trần Văn Hùng")
    Score(words=4, right=3, names=3, right_names=2, lines=1, right_lines=0)
    """
    total = Score()
    for seen, wanted in zip(_lines(got), _lines(true), strict=True):
        total.add(_line(seen, wanted))
    return total


def _lines(text: str) -> Iterable[str]:
    return traditional(unicodedata.normalize("NFC", text)).split("\n")


def _line(got: str, true: str) -> Score:
    wanted = list(_WORD_RE.finditer(true))
    if not wanted:
        return Score()
    seen = _WORD_RE.findall(got)
    if len(seen) == len(wanted):
        hits = [a == b[0] for a, b in zip(seen, wanted, strict=True)]
    else:  # a system that joins or splits words is aligned first
        hits = [False] * len(wanted)
        matcher = difflib.SequenceMatcher(None, seen, [m[0] for m in wanted], autojunk=False)
        for block in matcher.get_matching_blocks():
            hits[block.b : block.b + block.size] = [True] * block.size
    names = [
        m[0][0].isupper() and not (len(m[0]) > 1 and m[0].isupper()) and not _OPENING_RE.search(true[: m.start()])
        for m in wanted
    ]
    return Score(
        words=len(wanted),
        right=sum(hits),
        names=sum(names),
        right_names=sum(hit for hit, name in zip(hits, names, strict=True) if name),
        lines=1,
        right_lines=int(all(hits)),
    )
