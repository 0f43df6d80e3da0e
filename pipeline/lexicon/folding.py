"""Folding of Vietnamese text to plain lower-case letters, one character for one.

Rules anchor on folded text, so that a word that lost its marks, or was read with the wrong ones, still matches.
Because every character becomes exactly one character, an offset in the folded text *is* the offset in the
original: no map is needed, and none can be wrong.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from unidecode import unidecode

_SINGLE = {
    "đ": "d",
    "Đ": "d",
    "–": "-",
    "—": "-",
    "−": "-",
    "\u2010": "-",
    "\u2011": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "\u2044": "/",  # fraction slash: Tesseract writes ½ with it
    "\u2215": "/",
    "\u00a0": " ",
    "\u202f": " ",
    "ﬀ": "f",
}

# A digit inside a word is a letter that was misread: "H6i", "ch0", "x4" (Hội, cho, xã).
_LETTER_OF_DIGIT = {"0": "o", "6": "o", "1": "i", "4": "a", "5": "s"}
_DIGIT_IN_WORD_RE = re.compile(r"(?<=[a-z])[01456](?![\d/.\-])")
# What one letter may have been read as, beyond its marks.
_READ_AS = {
    "o": "[o0]",
    "i": "[il1|!]",
    "l": "[li1|]",
    "m": "(?:m|rn)",
    "g": "[g9q]",
    "s": "[s5]",
    " ": r"[\s_]*[(\"'*]?[\s_]*",
}


_AFTER_CONSONANT_RE = re.compile(r"(?<=[tcpk])h")


class _FoldTable(dict[int, str]):
    """Code point to folded character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _SINGLE.get(char)
        if folded is None:
            if char.isspace() or code < 128:
                folded = char.lower()
            else:
                base = unicodedata.normalize("NFD", char)[0]
                plain = unidecode(base) if unicodedata.category(base)[0] == "L" else base
                folded = plain.lower() if len(plain) == 1 else char
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return *text* in lower case without marks; as many characters as before.

    >>> fold("Đại hội thi đua – ½ ngày")
    'dai hoi thi dua - ½ ngay'
    >>> fold("H6i nghi, ngày 16/4/2020")
    'hoi nghi, ngay 16/4/2020'
    """
    return _DIGIT_IN_WORD_RE.sub(lambda m: _LETTER_OF_DIGIT[m[0]], text.translate(_TABLE))


@cache
def anchor(phrase: str) -> str:
    """Return a pattern that finds *phrase* in folded text, also where look-alike letters were read.

    Spaces may be missing or doubled, "rn" stands for "m", 1 and l for i, 0 for o. ``|`` parts alternatives.

    >>> bool(re.search(anchor("không quá"), fold("khôngquá 150")))
    True
    >>> bool(re.search(anchor("tham luận"), fold("tharn luận")))
    True
    >>> bool(re.search(anchor("thời gian"), fold("tlời qian")))
    True
    """
    parts = [
        # behind such a consonant, l is no letter of a syllable, and i seldom one: they were an h
        _AFTER_CONSONANT_RE.sub(
            "[hli1]", "".join(_READ_AS.get(char, re.escape(char)) for char in fold(" ".join(alternative.split())))
        )
        for alternative in phrase.split("|")
    ]
    return r"(?<![a-z])(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?![a-z])"


@cache
def anchor_re(phrase: str) -> re.Pattern[str]:
    """Return `anchor` of *phrase*, compiled."""
    return re.compile(anchor(phrase))
