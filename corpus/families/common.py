# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Openings that several families share: the slots of narrative text, the usual legal bases, the usual programme."""

from __future__ import annotations

from datetime import date, timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft
from corpus.families.timeline import Timeline
from corpus.vocabulary_places import Unit


def begin(draft: Draft, timeline: Timeline, *, area: str, contact: str, congress: str) -> None:
    """Set the slots of narrative text and the office's way of writing days."""
    rng = draft.rng
    draft.words = {**timeline.slots(), "area": area, "contact": contact, "congress": congress}
    renew(draft)
    draft.day_style = rng.choice(("nd30", "nd30", "nd30", "plain", "full", "long"))
    draft.size = rng.choice((13.0, 14.0, 14.0))
    draft.indent = rng.choice((1.0, 1.0, 1.27))


def renew(draft: Draft) -> None:
    """Draw new numbers for narrative text."""
    rng = draft.rng
    draft.words |= {
        "a": str(rng.randint(12, 98)), "b": str(rng.randint(100, 900)), "c": f"{rng.randint(1, 9)}.{rng.randint(100, 999)}",
        "pct": f"{rng.randint(55, 98)},{rng.randint(1, 9)}", "pct2": str(rng.randint(2, 24)), "few": f"{rng.randint(2, 9):02d}",
    }  # fmt: skip


def purposes(draft: Draft, count: int, prefix: str = "", background: float = 0.6) -> None:
    """Add purposes, perhaps after a paragraph of past results full of numbers that are no facts."""
    if draft.maybe(background):
        renew(draft)
        draft.prose(prose.BACKGROUND, 1, prefix)
    draft.prose(prose.PURPOSE, count, prefix)


def directive(draft: Draft, template: str) -> str:
    """State a directive of the Politburo on emulation; number and day are invented."""
    return draft.basis("CT", "38-CT/TW", date(2014, 4, 9), "Bộ Chính trị", template)


def law(draft: Draft, issued: date, template: str) -> str:
    """State the law on emulation that was in force; slot ``{day}`` is its day."""
    day = date(2022, 6, 15) if issued >= date(2024, 1, 1) else date(2003, 11, 26)
    return draft.basis("Luật", None, day, "Quốc hội", template)


def decree(draft: Draft, issued: date, template: str) -> str:
    """State a decree of the government that may be in force on *issued*; number and day are invented."""
    if issued >= date(2024, 1, 1):
        code, day = "97/2023/NĐ-CP", date(2023, 12, 28)
    elif issued >= date(2017, 10, 1):
        code, day = "92/2017/NĐ-CP", date(2017, 8, 2)
    else:
        code, day = "66/2014/NĐ-CP", date(2014, 7, 2)
    return draft.basis("NĐ", code, day, "Chính phủ", template)


def upper_plan(draft: Draft, issued: date, kind: str, notation: str, issuer: str, template: str) -> str:
    """State the plan of the level above, issued some weeks before."""
    rng = draft.rng
    day = issued - timedelta(days=rng.randint(15, 90))
    dash = "-" if kind in {"CTr", "NQ"} or ("/T" in notation and notation.startswith("-")) else "/"
    code = f"{rng.randint(11, 2400)}{'' if notation.startswith('-') else dash}{notation}"
    return draft.basis(kind, code, day, issuer, template)


def committee(unit: Unit) -> str:
    """Return the People's Committee's full name."""
    return f"Ủy ban nhân dân {unit.full}"


def upper(text: str) -> str:
    """Return *text* in capitals."""
    return text.upper()


def letters(index: int) -> str:
    """Return the list letter of Vietnamese legal style: a, b, c, d, đ, e...

    >>> "".join(letters(i) for i in range(8))
    'abcdđegh'
    """
    return "abcdđeghiklmnopqrstuvxy"[index]
