"""The syllables of Vietnamese: what is one, and which marked syllable may stand behind an unmarked one.

The one idea: written Vietnamese is a closed set of some seven thousand syllables, so a word that is none of them is
foreign, a code or damage. The table holds every well-formed syllable seen three times or more in 57 million words of
law, administration, news and encyclopedia (`models/diacritics/build_syllables.py` makes it), the commonest first, tone
marks in the traditional place (hòa, thủy).

Marks are of two kinds: *shape* marks make another letter (ă â đ ê ô ơ ư), *tones* make another word (à á ả ã ạ).
All functions take and return NFC text unless they say otherwise; NFD input is accepted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.assets import resource_path

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below (combining)
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn (combining)
_COMBINING_RE = re.compile(f"[{TONES}{_SHAPES}]")


def _strip_table() -> dict[int, str]:
    letters = "aăâeêioôơuưy"
    table = {ord("đ"): "d", ord("Đ"): "D"}
    for letter in letters + letters.upper():
        plain = unicodedata.normalize("NFD", letter)[0]
        for tone in ("", *TONES):
            marked = unicodedata.normalize("NFC", letter + tone)
            if marked != plain:
                table[ord(marked)] = plain
    return table


_STRIP = _strip_table()

# A tone on the second vowel of an open oa, oe, uy (hoà, khoẻ, thuỷ) moves to the first; after q the u is no vowel.
_NEW_STYLE_RE = re.compile(r"(?<!q)(?P<first>[ou])(?P<second>[àáảãạèéẻẽẹỳýỷỹỵ])(?![a-zà-ỹ])", re.IGNORECASE)
_OLD_STYLE_RE = re.compile(r"(?P<first>[òóỏõọùúủũụ])(?P<second>[aey])(?![a-zà-ỹ])", re.IGNORECASE)


def strip_marks(text: str) -> str:
    """Return *text* without Vietnamese marks; other letters (ç, ñ, ü) keep theirs.

    >>> strip_marks("Ủy ban nhân dân huyện Đức Thọ, Besançon")
    'Uy ban nhan dan huyen Duc Tho, Besançon'
    """
    if text.isascii():
        return text
    return _COMBINING_RE.sub("", text).translate(_STRIP)


def split_tone(syllable: str) -> tuple[str, str]:
    """Return *syllable* without its tone, and the combining tone mark ("" for the level tone).

    >>> split_tone("nước")
    ('nươc', '\u0301')
    """
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = "".join(c for c in decomposed if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES)), tone


def traditional(text: str) -> str:
    """Return *text* with the tones of open oa, oe, uy in the traditional place.

    >>> traditional("hoà thuỷ khoẻ quý hoàn Uỷ")
    'hòa thủy khỏe quý hoàn Ủy'
    """
    return text if text.isascii() else _NEW_STYLE_RE.sub(_to_first, unicodedata.normalize("NFC", text))


def reformed(text: str) -> str:
    """Return *text* with the tones of open oa, oe, uy on the second vowel, as schoolbooks since 1984 have them.

    >>> reformed("hòa thủy khỏe quý múa")
    'hoà thuỷ khoẻ quý múa'
    """
    return text if text.isascii() else _OLD_STYLE_RE.sub(_to_second, unicodedata.normalize("NFC", text))


def _to_first(match: re.Match[str]) -> str:
    base, tone = split_tone(match["second"])
    return unicodedata.normalize("NFC", match["first"] + tone) + base


def _to_second(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    base, tone = split_tone(first)
    if base.lower() + second.lower() not in ("oa", "oe", "uy"):
        return match[0]
    return base + unicodedata.normalize("NFC", second + tone)


@lru_cache(maxsize=1)
def ranks() -> dict[str, int]:
    """Return every syllable, in lower case, with its rank by frequency from 0.

    Raises:
        MissingResourceError: the table is not installed.
    """
    words = resource_path("syllables.txt").read_text(encoding="utf-8").split()
    return {word: rank for rank, word in enumerate(words)}


def is_syllable(word: str) -> bool:
    """Say whether *word* is a Vietnamese syllable, in any case and either placement of tones.

    Plain words that happen to be syllables (`the`, `in`, `to`) are syllables.

    >>> [is_syllable(w) for w in ("Hoà", "NGHIỆP", "dân", "chirc", "nghiêpj", "in")]
    [True, True, True, False, False, True]
    """
    table = ranks()
    word = word.lower()
    return word in table or (not word.isascii() and traditional(word) in table)


def marks_superset(candidate: str, seen: str) -> bool:
    """Say whether *candidate* can be *seen* with marks added: every mark of *seen* is kept.

    Case and the placement of tones do not matter.

    >>> marks_superset("trường", "truong"), marks_superset("trường", "trương"), marks_superset("trương", "trường")
    (True, True, False)
    >>> marks_superset("hòa", "hoà"), marks_superset("đồng", "dong"), marks_superset("dồng", "đong")
    (True, True, False)
    """
    base_c, tone_c = split_tone(candidate.lower())
    base_s, tone_s = split_tone(seen.lower())
    if len(base_c) != len(base_s) or (tone_s and tone_s != tone_c):
        return False
    return all(s in (c, strip_marks(c)) for c, s in zip(base_c, base_s, strict=True))
