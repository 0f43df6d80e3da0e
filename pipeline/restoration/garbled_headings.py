"""Roman numerals of headings in garbled text, by the order in which they stand: "1." before the first part is I.

A lone stroke reads as 1, and strokes get lost, so that one numeral says little; but parts are numbered in order, and
the numerals with V, or of several strokes, say that the parts have Roman ones. The cheapest numbering of all headings
wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.data import Edit
from pipeline.restoration.garbled_signs import NUMERAL

_HEADING_RE = re.compile(r"\s*(?P<sign>[IVXLlv|!1i\[\]]{1,6})(?P<tail>\s?[.)/\-–]\s*)(?P<title>.*)")
_NEXT_ARABIC_RE = re.compile(r"\s*2\s?[.)/]\s*(?P<title>.*)")
_STROKES = str.maketrans("l|!1i[]Lv", "IIIIIIIIV")
_NUMERALS = [tens + ones for tens in ("", "X") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")]
_NUMERALS = _NUMERALS[1:]
_SURE = 0.85
_CAPITALS = 0.6  # share of capitals from which a line is set in them
_LETTERS = 4
# What speaks against a numbering; only how they compare matters.
_STROKE_LOST = 1.0
_RESTART = 2.5  # parts are numbered anew: an appendix
_SKIPPED = 2.0  # for each heading that was not recognized as one
_MOST_LOST = 2


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    start: int
    sign: str
    read: str  # its strokes as a Roman numeral
    roman: bool  # whether it is nothing else


def mend_headings(lines: Sequence[str], signs: Mapping[int, list[Edit]]) -> None:
    """Replace in *signs*, the edits of the garbled lines, those of the numerals of headings.

    >>> lines = ["1. MUC DICH", "1. Cap xa", "I. NOI DUNG", "11. KINH PHI", "IV. TO CHUC", "V. KET LUAN"]
    >>> signs = {i: [] for i in range(6)}
    >>> mend_headings(lines, signs); [(i, e.old, e.new) for i in signs for e in signs[i]]
    [(0, '1', 'I'), (2, 'I', 'II'), (3, '11', 'III')]
    """
    headings = list(_headings(lines, signs))
    if not any(heading.roman and len(heading.read) > 1 for heading in headings):
        return
    for heading, number in zip(headings, _numbering(headings), strict=True):
        numeral = _NUMERALS[number - 1]
        edits = signs[heading.line]
        edits[:] = [edit for edit in edits if edit.reason != NUMERAL]
        if numeral != heading.sign:
            end = heading.start + len(heading.sign)
            edits.insert(0, Edit(heading.start, end, heading.sign, numeral, NUMERAL, _SURE))


def _headings(lines: Sequence[str], signs: Mapping[int, list[Edit]]) -> Iterator[_Heading]:
    for number in signs:
        match = _HEADING_RE.match(lines[number])
        if not match or not _in_capitals(match["title"]):
            continue
        read = match["sign"].translate(_STROKES)
        if all(_lost(read, numeral) is None for numeral in _NUMERALS):
            continue
        digits = not any(sign in "IVX" for sign in match["sign"])
        if digits and _is_arabic(lines, number):
            continue
        yield _Heading(number, match.start("sign"), match["sign"], read, not digits)


def _in_capitals(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return len(letters) >= _LETTERS and sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


def _is_arabic(lines: Sequence[str], number: int) -> bool:
    """Whether a part 2 in capitals follows the part "1" of line *number* before the next Roman one."""
    for line in lines[number + 1 :]:
        if (match := _NEXT_ARABIC_RE.match(line)) and _in_capitals(match["title"]):
            return True
        if (match := _HEADING_RE.match(line)) and _in_capitals(match["title"]):
            return False
    return False


def _lost(read: str, numeral: str) -> int | None:
    """Return how many strokes of *numeral* are missing in *read*; None where it is another numeral."""
    lost = len(numeral) - len(read)
    if not 0 <= lost <= _MOST_LOST or (lost and len(numeral) == lost):
        return None
    at = 0
    for sign in numeral:
        if at < len(read) and read[at] == sign:
            at += 1
        elif sign != "I":
            return None
    return lost if at == len(read) else None


def _numbering(headings: Sequence[_Heading]) -> list[int]:
    """Return the number of each heading in the cheapest numbering of all."""
    costs: dict[int, float] = {0: 0.0}
    backs: list[dict[int, int]] = []
    for heading in headings:
        now: dict[int, float] = {}
        back: dict[int, int] = {}
        for number, numeral in enumerate(_NUMERALS, start=1):
            lost = _lost(heading.read, numeral)
            if lost is None:
                continue
            for before, cost in costs.items():
                step = _step(before, number)
                if step is not None and (total := cost + step + lost * _STROKE_LOST) < now.get(number, 1e9):
                    now[number], back[number] = total, before
        costs = now
        backs.append(back)
    number = min(costs, key=lambda n: costs[n])
    result = []
    for back in reversed(backs):
        result.append(number)
        number = back[number]
    return result[::-1]


def _step(before: int, number: int) -> float | None:
    if number > before:
        return _SKIPPED * (number - before - 1)
    return _RESTART + _SKIPPED * (number - 1)
