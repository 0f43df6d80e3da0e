"""What wrong-language OCR makes of signs that are no words: bullets, Roman numerals of headings, ½ and ².

They are told by where they stand: a bullet and a numeral open a line, a half stands before days, a square after a
number of metres. No number becomes another one: "%" before "ngày" is none.
"""

from __future__ import annotations

import re

from pipeline.data import Edit

_BULLET_RE = re.compile(r"\s*(?P<sign>[¢©®°«»¤§]|[eo](?=\s+[A-ZĐÀ-Ỹ][a-zà-ỹđ&@]))(?=\s+\S)")
_ROMAN_RE = re.compile(r"\s*(?P<sign>[IVXlv|!1i]{1,5})(?=[.)/]?\s*[-–.)]?\s*[A-ZĐÀ-Ỹ]{2}|\s?[.\-–]\s+[A-ZĐÀ-Ỹ])")
_VALID_RE = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_HALF_RE = re.compile(
    r"(?<![\w%.,/-])(?P<sign>%|(?<=gian )[1-9¥Y'‘]{1,2}%|(?<=gian: )[1-9¥Y'‘]{1,2}%|¥%?|Y%)"
    r"(?=\s+(?:ng\w{1,2}y|bu\w{1,2}i)\b)"
)
_SQUARE_RE = re.compile(r"(?<=\d)(?P<space>\s?)(?P<sign>[kdc]?m\?)(?![?\w])")

BULLET, NUMERAL, FRACTION, SQUARE = "bullet", "numeral", "fraction", "square"


def mend_signs(line: str) -> list[Edit]:
    """Return the edits that mend the signs of a garbled *line*.

    >>> [(e.old, e.new) for e in mend_signs("¢ Khai mac hdi nghi")], mend_signs("e ngai")
    ([('¢', '•')], [])
    >>> [(e.old, e.new) for e in mend_signs("Il. NOI DUNG")], [(e.old, e.new) for e in mend_signs("Vv. TO CHUC")]
    ([('Il', 'II')], [('Vv', 'V')])
    >>> [(e.old, e.new) for e in mend_signs("Ill- Kinh phi")], mend_signs("l. Muc dich"), mend_signs("Il la")
    ([('Ill', 'III')], [], [])
    >>> [(e.old, e.new) for e in mend_signs("+ Thoi gian: % ngay, xay 548 m? dat")], mend_signs("tang 12 % so voi")
    ([('%', '½'), ('m?', 'm²')], [])
    """
    out = []
    if match := _BULLET_RE.match(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "•", BULLET, 0.95))
    elif match := _ROMAN_RE.match(line):
        numeral = _numeral(match["sign"])
        if numeral and numeral != match["sign"]:
            out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], numeral, NUMERAL, 0.9))
    for match in _HALF_RE.finditer(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "½", FRACTION, 0.9))
    for match in _SQUARE_RE.finditer(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], match["sign"][:-1] + "²", SQUARE, 0.9))
    return sorted(out, key=lambda edit: edit.start)


def _numeral(seen: str) -> str | None:
    """Return the Roman numeral read as *seen*, None where it is none or may be a number: "1", "l", "11"."""
    if seen.isdigit() or (len(seen) == 1 and seen not in "IVXv"):
        return None
    read = re.sub("[l|!1i]", "I", seen).upper()
    if _VALID_RE.fullmatch(read):
        return read
    single = read.replace("VV", "V").replace("XX", "X")  # a wide letter read twice
    return single if _VALID_RE.fullmatch(single) else None
