"""What recognition makes of seals, strokes of a pen and specks: lines and words that nobody printed.

Words alone seldom tell: a stroke is read as "lê" or "(v1)". Their place does. Nothing is printed between the post and
the name of who signs, and nothing behind the "./." that ends a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ocr.seals import Seal
from pipeline.ocr.second import is_plausible
from pipeline.ocr.signed_words import joined, known
from pipeline.ocr.tesseract import RawLine

NOTATION_RE = re.compile(r"[-/][A-ZĐ]{2,}")
NUMBERED_RE = re.compile(r"\d.*[-/][A-ZĐ]{2,}|^\W*s[oóòõọôốồổỗộ06]\b", re.IGNORECASE)
END_RE = re.compile(r"\./[.,]?$")
LEAST, LEAST_WORDS = 0.35, 0.25  # mean confidence of a line that is read, and of one that consists of words
LIKE_PRINT = 0.85  # mean confidence of a line that may be printed under a post: "Thiếu tướng", "(Đã ký)"
FEW_LETTERS, MANY_LETTERS = 4, 25  # of such a line at the least; so many that a line is printed wherever it stands
NUMBER_SURE = 0.9  # confidence of a number, such as that of the page
SEAL = 6  # type sizes that a seal reaches out of the signature's column to the left
DAMAGED_POST = 6  # capitals from which a line right under a post may be a post that a seal lies on
PITCH = 2.5  # type sizes from a post to the one below it, at most
INITIALS = 6  # letters of a stroke or of initials behind the end
SIGNS = frozenset("-–—+•*.,;:()!?…/%&<>½¼¾")  # what stands alone in documents


def is_junk(raw: RawLine) -> bool:
    """Tell whether a line is what Tesseract makes of specks, seals and strokes of a pen."""
    if NOTATION_RE.search(raw.text) and NUMBERED_RE.search(raw.text):
        return False  # a number filled in by pen is read badly, what is printed beside it counts
    letters = sum(character.isalnum() for character in raw.text)
    lone = len(raw.text) == 1 and raw.text.isalpha()  # a stroke at the edge of the sheet: numbers of pages are digits
    words = letters >= FEW_LETTERS and all(is_plausible(word.text) for word in raw.words)
    least = LEAST_WORDS if words else LEAST
    return raw.confidence < least or letters == 0 or (letters < 3 and raw.confidence < 0.6) or lone


def without_strokes(raw: RawLine) -> RawLine:
    """Return a line without specks at its ends, and without what a pen wrote behind the end of the document."""
    words = list(raw.words)
    while len(words) > 1 and _is_speck(words[-1].text):
        words.pop()
    while len(words) > 1 and _is_speck(words[0].text):
        words.pop(0)
    for at, word in enumerate(words[:-1], start=1):
        rest = words[at:]
        if END_RE.search(word.text) and sum(len(one.text) for one in rest) <= INITIALS:
            words = words[:at]
            break
    opening = words[0].text[:1]
    lone = opening in "'‘`" or (opening == '"' and raw.text.isupper() and raw.text.count('"') == 1)
    if lone and len(words[0].text) > 1:  # before the letters of a post or a name; nobody quotes so
        words[0] = replace(words[0], text=words[0].text[1:])
    return raw if words == list(raw.words) else joined(words)


def _is_speck(text: str) -> bool:
    """Tell whether a word is nothing that may stand alone.

    >>> [_is_speck(text) for text in ("‡", "-", "@``", "(v1)", "*")]
    [True, False, True, False, False]
    """
    return not any(map(str.isalnum, text)) and not set(text) <= SIGNS


def strays(lines: Sequence[RawLine], size: float, middle: float) -> set[int]:
    """Return the places of lines of a signature that are neither post nor name, nor anything else that is printed.

    Args:
        lines: of the page, as they were read.
        size: type size, pixels.
        middle: of the page's width, pixels: a signature that is looked for stands right of it.
    """
    centres = [(line.box[0] + line.box[2]) / 2 for line in lines]
    right = [at for at, centre in enumerate(centres) if centre > middle]
    kinds = {at: value.kind for at in right if (value := known(lines[at])) is not None}
    posts = [at for at, kind in kinds.items() if kind == "post"]
    names = [at for at, kind in kinds.items() if kind == "name"]
    if not posts:
        return set()
    last = max(posts, key=lambda at: lines[at].box[1])
    below = [at for at in names if lines[at].box[1] > lines[last].box[3]]
    if not below:
        return set()  # one of them may be what is left of the name
    left = max(middle, min(lines[at].box[0] for at in (last, *below)) - SEAL * size)
    return {
        at
        for at in right
        if at not in kinds
        and centres[at] > left
        and lines[at].box[1] > lines[last].box[1] + 0.5 * size
        and not _is_printed(lines[at], lines[last], size)
    }


def in_seals(lines: Sequence[RawLine], seals: Sequence[Seal]) -> set[int]:
    """Return the places of lines that lie within black seals and are no post, no name and nothing else in print."""
    return {
        at
        for at, line in enumerate(lines)
        if any(seal.holds(line.box) for seal in seals) and known(line) is None and not _is_print(line)
    }


def _is_printed(line: RawLine, post: RawLine, size: float) -> bool:
    """Tell whether a line between post and name may be printed there."""
    letters = sum(character.isalpha() for character in line.text)
    if letters > MANY_LETTERS or (line.text.isdigit() and line.confidence >= NUMBER_SURE):
        return True
    if line.box[1] - post.box[1] < PITCH * size and sum(map(str.isupper, line.text)) >= DAMAGED_POST:
        return True
    return _is_print(line)


def _is_print(line: RawLine) -> bool:
    """Tell whether a line reads like print."""
    letters = sum(character.isalpha() for character in line.text)
    return (
        line.confidence >= LIKE_PRINT and letters >= FEW_LETTERS and all(is_plausible(word.text) for word in line.words)
    )
