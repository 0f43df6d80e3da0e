"""A second look at doubtful lines: another model reads them again, and two readings are put together word by word.

Where both models agree a word is sure. Where they differ, the reading that is a Vietnamese syllable, a number, a date
or a code wins over one that is none, then the surer one; the word's confidence falls to what is left of it beside the
other reading, which is kept as its alternative, so that restoration decides between the two by their context.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace

from unidecode import unidecode

from pipeline.lexicon.syllables import is_syllable
from pipeline.ocr.tesseract import RawLine, RawWord

LANGUAGE = "Vietnamese"  # the script model: a third dearer than the small one, and wrong in other places
DOUBTFUL = 0.9  # confidence below which a word makes its line doubtful
DOUBTFUL_FIGURE = 0.95  # the same for words with digits, which no context mends
PLAUSIBLE = 0.4  # confidence that being a possible word is worth
DAYS, MONTHS = 31, 12

OPENING = "([\"“‘'-+•"
CLOSING = ")]\"”’'.,;:!?…/"
NUMBER_RE = re.compile(
    r"""(?: \d+(?:[.,]\d+)* [%‰]?                                        # 150, 3.332, 79,5%
        | (?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-]\d{4})?          # a date
        | \d{1,2}[/-]\d{4} | \d{4}[-–]\d{4}                                # a month, years
        | [IVX]+[/.-]\d{4}                                                 # a quarter
        | \d+(?:/\d{4})?[/-][A-ZĐƯ]+(?:[-/][A-ZĐƯa-z&]+)*                  # 34-CT/TW, 02/2023/TT-BNV
        | \d+[hg]\d{0,2} | [½¼¾] | 1\u20442 | [a-zđ]\d | m[²2]
    )""",
    re.VERBOSE,
)
SMALL_MARKS = frozenset("-–+•/%&½¼¾")


def is_doubtful(line: RawLine) -> bool:
    """Tell whether a line is worth another look: a word of it is unsure, or is none.

    A sign at its start does not count, its shape tells what it is.
    """
    opens = len(line.words) > 1 and len(line.words[0].text) <= 2 and not line.words[0].text.isdigit()
    words = line.words[1:] if opens else line.words
    return any(
        word.confidence < (DOUBTFUL_FIGURE if any(map(str.isdigit, word.text)) else DOUBTFUL)
        or not is_plausible(word.text)
        for word in words
    )


def is_plausible(text: str) -> bool:
    """Tell whether *text* may be a word of a document: a syllable, an abbreviation, a number, a date or a code.

    >>> [is_plausible(text) for text in ("hoạch,", "hgày", "UBND", "07/4/2014", "34-CT/TW", "3:332", "109%.", "'Tổ")]
    [True, False, True, True, True, False, True, False]
    >>> [is_plausible(text) for text in ("và/hoặc", "/UBND", "/háng")]
    [True, True, False]
    """
    core = text.lstrip(OPENING).rstrip(CLOSING)
    if text[:1] in "'‘" or "'" in core:
        return False
    if not core:
        return len(text) <= 3 and set(text) <= SMALL_MARKS | set(CLOSING) | set(OPENING)
    if found := NUMBER_RE.fullmatch(core):
        day, month = found["day"], found["month"]
        return day is None or (0 < int(day) <= DAYS and 0 < int(month) <= MONTHS)
    if any(character.isdigit() for character in core):
        return False
    if core[0] == "/" and core[1:2].islower():
        return False  # a stroke of the pen before a word; a blank number leaves "/UBND"
    parts = [part for part in re.split(r"[-–/&]", core) if part]
    return all(
        (part.isupper() and part.isalpha()) or (part.isalpha() and _is_cased(part) and is_syllable(part.lower()))
        for part in parts
    )


def _is_cased(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())


def put_together(first: RawLine, second: RawLine) -> RawLine:
    """Return *first* with its words as the two readings together speak for."""
    here, there = [[_skeleton(word.text) for word in line.words] for line in (first, second)]
    words: list[RawWord] = []
    for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        mine, others = first.words[i1:i2], second.words[j1:j2]
        if len(mine) == len(others):
            words += [_better(one, other) for one, other in zip(mine, others, strict=True)]
        else:
            words += mine if _worth(mine) >= _worth(others) else others
    return replace(first, words=tuple(words)) if words else first


def _skeleton(text: str) -> str:
    return re.sub(r"\W", "", str(unidecode(text))).lower()


def _worth(words: Sequence[RawWord]) -> float:
    """Return what a stretch of words is worth by the character; nothing beside words is worth a little."""
    total = sum(len(word.text) for word in words)
    if not total:
        return PLAUSIBLE
    return sum(_score(word) * len(word.text) for word in words) / total


def _score(word: RawWord) -> float:
    return word.confidence + (PLAUSIBLE if is_plausible(word.text) else 0.0)


def _better(one: RawWord, other: RawWord) -> RawWord:
    if one.text == other.text:
        return replace(one, confidence=max(one.confidence, other.confidence))
    best, rest = (one, other) if _score(one) >= _score(other) else (other, one)
    share = _score(best) / (_score(best) + _score(rest) + 1e-6)
    return replace(best, confidence=min(best.confidence, share), alternatives=((rest.text, rest.confidence),))
