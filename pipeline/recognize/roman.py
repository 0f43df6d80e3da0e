"""Roman numerals of headings as recognition damages them: "HI." for "III.", "1I." for "II.", "IY." for "IV.".

A damaged numeral is only believed where it goes on with the numerals before it, so "H." stays the eighth capital of a
list of capitals and "1." the first of a list of numbers.
"""

from __future__ import annotations

import re

# What the strokes of I, V and X are read as. L is none of its own: no plan has fifty chapters.
_STROKES = {
    **dict.fromkeys("IÍÌỈỊl1|!]iJTL", "I"),
    **dict.fromkeys("HU", "II"),
    "V": "V", "Y": "V", "Ỵ": "VI", "M": "III", "N": "IV", "X": "X", "K": "X",
}  # fmt: skip
_NUMERAL_RE = re.compile(
    rf"(?P<number>[{re.escape(''.join(_STROKES))}]{{1,6}})\s?(?:[.):]|(?=\s+[A-ZÀ-ỴĐ]{{2}}))\s*(?=[A-ZÀ-ỴĐ])"
)
_ROMAN_RE = re.compile(r"(X{0,2})(IX|IV|V?I{0,3})")
_UNITS = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_TENS_AND_UNITS = [("X" * tens) + unit for tens in range(3) for unit in _UNITS]


def roman_value(number: str) -> int | None:
    """Return the value of a Roman numeral up to 29; None for anything else.

    >>> roman_value("XIV"), roman_value("IL"), roman_value("")
    (14, None, None)
    """
    match = _ROMAN_RE.fullmatch(number)
    return (10 * len(match[1]) + _UNITS[match[2]] or None) if match else None


def read_damaged(line: str, before: int) -> tuple[str, int] | None:
    """Return the numeral that *line* starts with and where it ends, if it is a damaged one that follows *before*.

    One numeral may be missing between the two: its heading may have been lost.

    Args:
        line: a line of the document, without leading spaces.
        before: value of the open Roman heading, 0 if there is none.

    >>> read_damaged("HI. TỔ CHỨC THỰC HIỆN", 2), read_damaged("IY. KINH PHÍ", 3), read_damaged("H. Khác", 7)
    (('III', 4), ('IV', 4), None)
    """
    match = _NUMERAL_RE.match(line)
    if match is None or roman_value(match["number"]) or match["number"].isdigit():
        return None
    value = roman_value("".join(_STROKES[char] for char in match["number"]))
    if value is None or value not in (before + 1, before + 2)[: 2 if before else 1]:
        return None
    return _TENS_AND_UNITS[value], match.end()
