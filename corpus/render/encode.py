"""Unicode text written in the legacy encodings of Vietnam, as old offices typed it.

The tables are written out here, apart from those of the product, so that one checks the other.
TCVN3 has no toned capitals: typists changed to a capitals font (.VnTimeH), whose codes are those of the
small letters; that is what comes out here.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

Legacy = Literal["tcvn3", "vni", "viqr"]

TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot: the order of the tables below
SHAPES = {"\u0306": "breve", "\u0302": "circumflex", "\u031b": "horn"}

TCVN3_TONED = {
    "a": "µ¶·\u00b8¹", "ă": "»¼½¾Æ", "â": "ÇÈÉÊË", "e": "ÌÎÏÐÑ", "ê": "ÒÓÔÕÖ", "i": "×ØÜÝÞ",
    "o": "ßáâãä", "ô": "åæçèé", "ơ": "êëìíî", "u": "ïñòóô", "ư": "õö÷øù", "y": "úûüýþ",
}  # fmt: skip
TCVN3_PLAIN = dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", "¡¢£¤¥¦§¨©ª«¬­®", strict=True))

VNI_TONES = "øûõùï"
VNI_BREVE, VNI_CIRCUMFLEX = "ê" + "èúüéë", "â" + "àåãáä"  # without a tone first, then by TONES
VNI_WHOLE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ"}

SPELT_OUT = str.maketrans({"½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x", "²": "2", "°": "o", "→": "->"})

VIQR_TONES = "`?~'."


def _parts(char: str) -> tuple[str, str, str]:
    """Split a letter into base, shape mark and tone mark ('' for none).

    >>> [len(part) for part in _parts("ệ")]
    [1, 1, 1]
    """
    marks = unicodedata.normalize("NFD", char)
    shape = next((m for m in marks[1:] if m in SHAPES), "")
    tone = next((m for m in marks[1:] if m in TONES), "")
    return marks[0], shape, tone


def to_tcvn3(text: str) -> str:
    """Return the Windows-1252 surface of *text* in TCVN3.

    >>> to_tcvn3("Kế hoạch số 5")
    'KÕ ho¹ch sè 5'
    """
    out = []
    for char in _typed(text):
        base, shape, tone = _parts(char)
        letter = unicodedata.normalize("NFC", base + shape).lower()
        if tone and letter in TCVN3_TONED:
            out.append(TCVN3_TONED[letter][TONES.index(tone)])
        else:
            out.append(TCVN3_PLAIN.get(char, char))
    return "".join(out)


def _typed(text: str) -> str:
    """Return *text* as it was typed where the fonts have no such sign: their places hold letters."""
    return unicodedata.normalize("NFC", text).translate(SPELT_OUT)


def needs_capitals_font(char: str) -> bool:
    """Tell whether TCVN3 has *char* only in its capitals fonts.

    >>> needs_capitals_font("Ủ"), needs_capitals_font("Đ"), needs_capitals_font("ủ")
    (True, False, False)
    """
    return char.isupper() and bool(_parts(char)[2])


def _to_vni(char: str) -> str:
    lower = char.lower()
    if lower in VNI_WHOLE:
        code = VNI_WHOLE[lower]
    else:
        base, shape, tone = _parts(lower)
        at = TONES.index(tone) if tone else -1
        if shape == "\u031b":  # ơ and ư are letters of their own
            code = {"o": "ô", "u": "ö"}.get(base, base) + (VNI_TONES[at] if tone else "")
        elif shape in ("\u0306", "\u0302"):
            code = base + (VNI_BREVE if shape == "\u0306" else VNI_CIRCUMFLEX)[at + 1]
        else:
            code = base + (VNI_TONES[at] if tone else "")
    return code.upper() if char != lower else code


def to_vni(text: str) -> str:
    """Return the Windows-1252 surface of *text* in VNI.

    >>> to_vni("Kế hoạch ĐƯỢC")
    'Keá hoaïch ÑÖÔÏC'
    """
    chars = _typed(text)
    return "".join(char if char.isascii() or not char.isalpha() else _to_vni(char) for char in chars)


def to_viqr(text: str) -> str:
    r"""Return *text* in VIQR; a point after a bare vowel is escaped.

    >>> to_viqr("Kế hoạch, đợt nào?")
    "Ke^' hoa.ch, ddo+.t na`o\\?"
    """
    out: list[str] = []
    bare = False  # the last letter was a vowel that could still take a mark
    for char in unicodedata.normalize("NFC", text):
        if char in "đĐ":
            out.append("dd" if char == "đ" else "DD")
            bare = False
            continue
        base, shape, tone = _parts(char)
        if bare and char in VIQR_TONES + "(^+":
            out.append("\\")
        out.append(base + {"\u0306": "(", "\u0302": "^", "\u031b": "+", "": ""}[shape])
        if tone:
            out.append(VIQR_TONES[TONES.index(tone)])
        bare = not tone and base.lower() in "aeiouy"
    return "".join(out)


def encode(text: str, encoding: Legacy) -> str:
    """Return the surface of *text* in *encoding*: characters up to U+00FF."""
    return {"tcvn3": to_tcvn3, "vni": to_vni, "viqr": to_viqr}[encoding](text)


def strip_marks(text: str) -> str:
    """Return *text* without Vietnamese marks.

    >>> strip_marks("Đại hội thi đua yêu nước")
    'Dai hoi thi dua yeu nuoc'
    """
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(bare)).replace("đ", "d").replace("Đ", "D")
