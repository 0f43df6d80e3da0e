"""Capital and small letters of Vietnamese as classes of regular expressions.

A range such as ``À-Ỵ`` will not do: between the two code points capitals and small letters alternate.
"""

from __future__ import annotations

import re
import unicodedata

_BASES = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = "".join(
    sorted({x for base in _BASES for tone in _TONES if len(x := unicodedata.normalize("NFC", base + tone)) == 1})
)
UPPER = "".join(sorted(char.upper() for char in LOWER))


def cased(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which ``[:upper:]`` and ``[:lower:]`` inside a class stand for Vietnamese letters.

    >>> bool(cased("[[:upper:]]").match("Đ")), cased("[[:upper:]]").match("đ") is None
    (True, True)
    """
    return re.compile(pattern.replace("[:upper:]", UPPER).replace("[:lower:]", LOWER))
