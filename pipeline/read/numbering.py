"""Automatic numbers and bullets of Word lists, which stand in no run of the text and have to be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LEVELS = 9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACE_RE = re.compile(r"%([1-9])")
_SYMBOL_BULLETS = {
    "\uf0b7": "-",
    "\uf0a7": "-",
    "\uf0d8": "-",
    "\uf0fc": "-",
    "\uf02d": "-",
    "\uf02b": "+",
    "\uf0a8": "-",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    form: str  # w:numFmt
    text: str  # w:lvlText, "%1.%2."
    legal: bool  # all places in decimal


MOST_SIGNS = 5_000  # a list that claims to begin with a larger number is hostile: its label would fill the memory


def roman(number: int) -> str:
    """Return *number* in capital roman digits; one that no list reaches as it is.

    >>> [roman(n) for n in (1, 4, 9, 14, 40)]
    ['I', 'IV', 'IX', 'XIV', 'XL']
    """
    if number > MOST_SIGNS:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def letters(number: int) -> str:
    """Return the letter of *number* as Word counts: a to z, then aa, bb, ...

    >>> [letters(n) for n in (1, 26, 27, 28)]
    ['a', 'z', 'aa', 'bb']
    """
    if number > MOST_SIGNS:
        return str(number)
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "decimalZero": lambda n: f"{n:02d}",
    "ordinal": str,
    "none": lambda n: "",
}


class Numbering:
    """The counters of all lists of a document; ask for paragraphs in their order."""

    def __init__(self, root: Any) -> None:
        """Read the lists of *root*, the numbering part's element; None where the document has none."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self._counts: dict[str, list[int | None]] = {}
        self._met: set[str] = set()
        if root is None:
            return
        style_links: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._abstract[name] = {int(lvl.get(f"{W}ilvl", 0)): _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")}
            link = abstract.find(f"{W}styleLink")
            if link is not None:
                style_links[link.get(f"{W}val", "")] = name
        for abstract in root.iterfind(f"{W}abstractNum"):
            link = abstract.find(f"{W}numStyleLink")
            if link is not None and (target := style_links.get(link.get(f"{W}val", ""))):
                self._abstract[abstract.get(f"{W}abstractNumId", "")] = self._abstract[target]
        for num in root.iterfind(f"{W}num"):
            self._add_list(num)

    def _add_list(self, num: Any) -> None:
        link = num.find(f"{W}abstractNumId")
        if link is None:
            return
        number, abstract = num.get(f"{W}numId", ""), link.get(f"{W}val", "")
        levels = dict(self._abstract.get(abstract, {}))
        for override in num.iterfind(f"{W}lvlOverride"):
            index = int(override.get(f"{W}ilvl", 0))
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[index] = _level(own)
            start = override.find(f"{W}startOverride")
            if start is not None and index in levels:
                level = levels[index]
                levels[index] = Level(int(start.get(f"{W}val", 1)), level.form, level.text, level.legal)
                self._overridden.add((number, index))
        self._lists[number] = (abstract, levels)

    def label(self, list_id: str, index: int) -> str:
        """Count the next paragraph of list *list_id* at level *index* and return its label ("1.", "a)", "-")."""
        if list_id not in self._lists or not 0 <= index < MAX_LEVELS:
            return ""
        abstract, levels = self._lists[list_id]
        level = levels.get(index)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * MAX_LEVELS)
        if list_id not in self._met:  # a list that restarts does so where it is first used
            self._met.add(list_id)
            for i in range(MAX_LEVELS):
                if (list_id, i) in self._overridden:
                    counts[i] = None
        now = counts[index]
        counts[index] = level.start if now is None else now + 1
        for deeper in range(index + 1, MAX_LEVELS):
            counts[deeper] = None
        for upper in range(index):
            if counts[upper] is None and upper in levels:
                counts[upper] = levels[upper].start
        if level.form == "bullet":
            return _bullet(level.text)

        def place(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            value = counts[which]
            if value is None or which not in levels:
                return ""
            form = "decimal" if level.legal else levels[which].form
            return _FORMS.get(form, str)(value) if value > 0 else str(value)

        return _PLACE_RE.sub(place, level.text).strip()


def _level(element: Any) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(f"{W}{tag}")
        return default if child is None else str(child.get(f"{W}val", default))

    start = value("start", "1")
    legal = element.find(f"{W}isLgl")
    return Level(
        int(start) if start.lstrip("-").isdigit() else 1,
        value("numFmt", "decimal"),
        value("lvlText", ""),
        legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
    )


def _bullet(text: str) -> str:
    """The bullet as plans print it; symbol fonts draw theirs at private code points."""
    text = text.strip()
    if not text:
        return ""
    if text in _SYMBOL_BULLETS:
        return _SYMBOL_BULLETS[text]
    return "-" if "\ue000" <= text[0] <= "\uf8ff" else text
