"""Errors of recognized pages against the truth of every line.

Two views: the whole page in reading order (`page_errors`: order mistakes, lost lines and junk all count), and each
true line on its own (`line_errors`: the cheapest place in the read text, so that a zone can be judged whatever the
order). Distances are Levenshtein's, computed bit-parallel (Myers 1999) on Python integers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from unidecode import unidecode

DASHES = dict.fromkeys(map(ord, "\u2013\u2014\u2212\u2010\u2011"), "-")
QUOTES = {ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'", ord("…"): "...", ord("\xa0"): " "}
CODE_RE = re.compile(r"\S*\d\S*")
POINTS = '.,;:!?()"/-'  # around a number they are no part of it


def normalized(text: str) -> str:
    r"""Return *text* as it is compared: NFC, one kind of dash and quotation mark, single spaces.

    >>> normalized("Số:  60 – KH\n“a”")
    'Số: 60 - KH "a"'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(DASHES).translate(QUOTES).split())


def without_marks(text: str) -> str:
    """Return *text* in plain letters, so that only the letters themselves are compared."""
    return str(unidecode(text))


def distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the number of insertions, deletions and substitutions between two sequences.

    >>> distance("thể", "thế"), distance("a b c".split(), "a c".split())
    (1, 1)
    """
    if not first or not second:
        return len(first) or len(second)
    return _myers(first, second, anywhere=False)[0]


def infix_distance(needle: str, hay: str) -> tuple[int, int]:
    """Return the distance of *needle* to the part of *hay* most like it, and where that part ends.

    >>> infix_distance("Kế hoạch", "UBND Kê hoạch 2020")
    (1, 13)
    """
    if not needle or not hay:
        return len(needle), 0
    return _myers(needle, hay, anywhere=True)


def _myers(pattern: Sequence[str], text: Sequence[str], anywhere: bool) -> tuple[int, int]:
    masks: dict[str, int] = {}
    for index, item in enumerate(pattern):
        masks[item] = masks.get(item, 0) | 1 << index
    size = len(pattern)
    full = (1 << size) - 1
    top = 1 << (size - 1)
    positive, negative, score = full, 0, size
    best, end = size, 0
    for position, item in enumerate(text, start=1):
        equal = masks.get(item, 0)
        vertical = equal | negative
        horizontal = (((equal & positive) + positive) ^ positive) | equal
        plus = negative | (full & ~(horizontal | positive))
        minus = positive & horizontal
        if plus & top:
            score += 1
        elif minus & top:
            score -= 1
        plus = (plus << 1) & full if anywhere else ((plus << 1) | 1) & full
        minus = (minus << 1) & full
        positive = minus | (full & ~(vertical | plus))
        negative = plus & vertical
        if score < best:
            best, end = score, position
    return (best, end) if anywhere else (score, len(text))


@dataclass(slots=True)
class Tally:
    """Errors and what they are out of, by kind; tallies of pages add up."""

    errors: Counter[str] = field(default_factory=Counter)
    out_of: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, errors: int, out_of: int) -> None:
        """Count *errors* among *out_of* things of a kind."""
        self.errors[kind] += errors
        self.out_of[kind] += out_of

    def update(self, other: Tally) -> None:
        """Add another tally."""
        self.errors.update(other.errors)
        self.out_of.update(other.out_of)

    def percent(self, kind: str) -> float | None:
        """Return errors in percent; None where there was nothing of the kind."""
        return 100.0 * self.errors[kind] / self.out_of[kind] if self.out_of[kind] else None


def page_errors(truth: str, read: str) -> Tally:
    """Return character errors (``cer``), those without marks (``cer_plain``) and word errors (``wer``) of a page."""
    truth, read = normalized(truth), normalized(read)
    tally = Tally()
    tally.add("cer", distance(truth, read), len(truth))
    tally.add("cer_plain", distance(without_marks(truth), without_marks(read)), len(truth))
    tally.add("wer", distance(truth.split(), read.split()), len(truth.split()))
    return tally


def line_errors(lines: Iterable[tuple[str, str]], read: str) -> Tally:
    """Return errors of each zone and of tokens with digits (``codes``), each line found where it reads best.

    Args:
        lines: zone and text of each true line, cells of tables parted by tabs.
        read: what was recognized on the page.
    """
    hay = normalized(read)
    words = f" {hay} "
    tally = Tally()
    for zone, text in lines:
        for cell in text.split("\t"):
            needle = normalized(cell)
            if len(needle) < 2:
                continue
            errors, end = infix_distance(needle, hay)
            tally.add(zone, errors, len(needle))
            around = words[max(0, end - len(needle) - 8) : end + 8]
            for code in CODE_RE.findall(needle):
                figure = re.escape(code.strip(POINTS))
                tally.add("codes", re.search(rf"(?<!\w){figure}(?![\w%])", around) is None, 1)
    return tally
