"""Numbers and dates of documents that a garbled text names more than once: where one place is damaged, another is not.

A number is changed to another one only where the document itself has the evidence: the same code with the same date
elsewhere. A damaged one ("23/17/2019") needs one other place, a possible one two that agree against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.data import Edit

REASON = "figure"
_DAMAGED_SURE, _POSSIBLE_SURE = 0.9, 0.8  # confidence where the figure was impossible, and where it was possible
_NEEDED = 2  # places that must agree against a possible figure

_CITATION_RE = re.compile(
    r"(?<![\w/])(?P<number>[\dA-Za-z?|]{1,5})\s?(?:/(?P<inner>\d{4}))?[/-](?P<notation>[A-ZĐ]{1,6}(?:[/-][A-ZĐƯƠ][\w&]{0,14})*)"
    r"[\s,]{1,3}ngày\s+(?:(?P<date>[\dA-Za-z?|]{1,2}[/.-][\dA-Za-z?|]{1,2}[/.-][\dA-Za-z?|]{3,5})"
    r"|(?P<day>[\w?|]{1,2})\s+tháng\s+(?P<month>[\w?|]{1,2})\s+năm\s+(?P<year>[\w?|]{3,5}))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or a date as it stands: its parts with where each begins; normalized without leading zeros."""

    parts: tuple[tuple[int, str], ...]
    value: tuple[str, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class _Citation:
    notation: str
    number: _Figure
    date: _Figure


def mend_figures(text: str, lines: Container[int]) -> list[Edit]:
    """Return the edits of numbers and dates in *lines* (counted from 0) that *text* has evidence for.

    >>> text = "KH số 16/KH-UBND ngày 23/17/2019; Kế hoạch số 16/KH-UBND ngày 23 tháng 7 năm 2019"
    >>> [(e.old, e.new, e.reason) for e in mend_figures(text, {0})]
    [('17', '7', 'figure')]
    """
    citations = list(_citations(text))
    if len(citations) < 2:
        return []
    out: list[Edit] = []
    for citation in citations:
        if text.count("\n", 0, citation.number.parts[0][0]) not in lines:
            continue
        for own, other, pairs in (
            (
                citation.number,
                citation.date,
                [(c.number, c.date) for c in citations if c.notation == citation.notation],
            ),
            (
                citation.date,
                citation.number,
                [(c.date, c.number) for c in citations if c.notation == citation.notation],
            ),
        ):
            if other.possible and (better := _better(own, [mine for mine, tie in pairs if tie.value == other.value])):
                out += _edits(own, better)
    return sorted(out, key=lambda edit: edit.start)


def _citations(text: str) -> Iterator[_Citation]:
    for match in _CITATION_RE.finditer(text):
        number = _Figure(
            ((match.start("number"), match["number"]),),
            (match["number"].lstrip("0"),),
            match["number"].isdigit() and int(match["number"]) > 0,
        )
        if match["date"]:
            parts, at = [], match.start("date")
            for part in re.split(r"([/.-])", match["date"]):
                if part not in "/.-":
                    parts.append((at, part))
                at += len(part)
        else:
            parts = [(match.start(name), match[name]) for name in ("day", "month", "year")]
        if not any(c.isdigit() for _, part in parts for c in part) or not any(c.isdigit() for c in match["number"]):
            continue
        value = tuple(part.lstrip("0") for _, part in parts)
        yield _Citation(match["notation"], number, _Figure(tuple(parts), value, _is_day(value)))


def _is_day(value: Sequence[str]) -> bool:
    if not all(part.isdigit() for part in value) or not 1945 <= int(value[2]) <= 2100:
        return False
    try:
        date(int(value[2]), int(value[1]), int(value[0]))
    except ValueError:
        return False
    return True


def _better(own: _Figure, others: Sequence[_Figure]) -> tuple[str, ...] | None:
    """Return the value that *others* agree on against *own*, one character away; None where there is none."""
    votes = Counter(figure.value for figure in others if figure.possible and _one_away(figure.value, own.value))
    if len(votes) != 1:
        return None
    ((value, count),) = votes.items()
    if own.possible and (count < _NEEDED or sum(figure.value == own.value for figure in others) > 1):
        return None
    return value


def _one_away(value: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether two values differ in one part, by one character put for another, added or lost."""
    apart = [(a, b) for a, b in zip(value, own, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _edits(own: _Figure, better: tuple[str, ...]) -> Iterator[Edit]:
    for (start, old), value, new in zip(own.parts, own.value, better, strict=True):
        if value != new:
            padded = new.rjust(len(old), "0") if old[:1] == "0" and len(new) < len(old) else new
            sure = _POSSIBLE_SURE if own.possible else _DAMAGED_SURE
            yield Edit(start, start + len(old), old, padded, REASON, sure, (old,) if own.possible else ())
