"""What wrong-language OCR makes of signs that are no words: bullets, Roman numerals of headings, ½ and ².

They are told by where they stand: a bullet and a numeral open a line, a half stands before days, a square after a
number of metres, and a letter among the digits of a date or a code is a digit. No number becomes another one: "%"
before "ngày" is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.data import Edit

_BULLET_RE = re.compile(r"\s*(?P<sign>[¢©®°«»¤§]|[eo](?=\s+[A-ZĐÀ-Ỹ][a-zà-ỹđ&@]))(?=\s+\S)")
_ROMAN_RE = re.compile(r"\s*(?P<sign>[IVXlv|!1i]{1,5})(?=[.)/]?\s*[-–.)]?\s*[A-ZĐÀ-Ỹ]{2}|\s?[.\-–]\s+[A-ZĐÀ-Ỹ])")
_VALID_RE = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_HALF_RE = re.compile(
    r"(?<![\w%.,/-])(?P<sign>%|(?<=gian )[1-9¥Y'‘]{1,2}%|(?<=gian: )[1-9¥Y'‘]{1,2}%|"
    r"¥%?|Y[%2-6]|(?<=gian )4|(?<=gian: )4)"
    r"(?=\s+(?:ng\w{1,2}y|bu\w{1,2}i)\b)"
)
_SQUARE_RE = re.compile(r"(?<=\d)(?P<space>\s?)(?P<sign>[kdc]?m\?)(?![?\w])")

# Letters that stand for the digits they look like, in a date, a year or a number of a document.
_DIGITS = str.maketrans("lI|!OoSBZ", "111100582")
_D = r"[\dlI|!OoSBZ]"
_CODE = r"/\s?(?:\d{4}/)?[A-ZĐ]{2}"  # what follows the number of a document
_DATED_RE = re.compile(
    rf"(?<![\w/.-])(?P<date>{_D}{{1,2}}[/.]{_D}{{1,2}}[/.]{_D}{{4}})(?![\w/])"
    rf"|(?<=\bng[aàd4]y )(?P<day>{_D}{{1,2}})(?=\s+th\w{{1,2}}ng\b)"
    rf"|(?<=\bth[aáàd4]ng )(?P<month>{_D}{{1,2}})(?=\s*[/,;.]|\s+n\w{{1,2}}m\b)"
    rf"|(?<=\bn[aăd4é]m )(?P<year>{_D}{{4}})(?!\w)"
    rf"|(?<![\w/.-])(?P<number>{_D}{{2,5}})(?=\s?{_CODE})"
)
# A blank that tore a number apart: the number of the document itself, the month of a date.
_TORN_RE = re.compile(
    rf"^\s*[S$8sd5đ][\w$@&]{{1,2}}\s?[:;.]\s*\d{{1,3}}(?P<number>\s)(?=\d{{1,3}}\s?{_CODE})"
    r"|(?<=\d/[01])(?P<month>\s)(?=[0-2]/\d{4}(?!\d))"
)
# The point of an item's number, read as a comma: "2.2, Hoi nghi cap huyen".
_ITEM_RE = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,4})(?P<sign>,)(?=\s+[A-ZĐÀ-Ỹ])")

# "Số" before the code of a document, whatever was read for it: "$6: 248/KH-ND", "86: /KH-UBND".
_NUMBER_CUE_RE = re.compile(
    r"\s*(?P<sign>[S$8sd5đ][\w$@&]{1,2})(?=\s?[:;.]\s*[\dlI|!]{0,5}(?:\s\d{1,3})?\s?[/-]\s?[A-ZĐ]{1,6}\s?[-/]\s?[A-ZĐ])"
)
# The same within a line, before a code: "theo Ke hoach 56 1204-CV/HU".
_INNER_CUE_RE = re.compile(r"(?<=\s)(?P<sign>[s$58][6óôé]|$6)(?=\s\d{1,5}(?:/\d{4})?[/-][A-ZĐ]{1,6}[/-][A-ZĐ])")
# No Vietnamese text has the long dash; engines read the short one so.
_DASH_RE = re.compile(r"(?<=[\w\s)”\"])(?P<sign>—)(?=\s?\w)")
# A quarter is no eleventh: "Quy 11/2019" is II.
_QUARTER_RE = re.compile(r"(?<=\bQu[yýỳỷỹ]\s)(?P<sign>[Il1|!]{2,3}|[Il1|!][Vv])(?=\s*/\s*\d{4}|\s+n\w{1,2}m\b)", re.I)
# A clock time, and what the g or h of one may be read as; a digit only in a span from one time to another.
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
_CLOCK_RE = re.compile(rf"(?<![\w/.,-]){_HOUR}(?P<sign>[gh]){_MINUTE}(?![\w/])")
_MISREAD = {"g": "[g89¢q€&$]", "h": "[hnbkA]"}
_SURE_MISREAD = {"g": "[¢q€&$]", "h": "[nbkA]"}
_TILDE_RE = re.compile(r"\s*(?P<sign>~)(?=\s+[^\W\d_])")  # a hyphen that a rough line bent
_SIMILAR_RE = re.compile(r"\s*(?P<sign>[*+])(?=\s+[^\W\d_])")
_PROVEN = 2  # lines with a bullet that is nothing else

BULLET, NUMERAL, FRACTION, SQUARE, DIGIT, CUE, CLOCK, DASH, TORN, ITEM = (
    "bullet",
    "numeral",
    "fraction",
    "square",
    "digit",
    "number cue",
    "clock",
    "dash",
    "torn number",
    "item",
)


def mend_signs(line: str) -> list[Edit]:
    """Return the edits that mend the signs of a garbled *line*.

    >>> [(e.old, e.new) for e in mend_signs("¢ Khai mac hdi nghi")], mend_signs("e ngai")
    ([('¢', '•')], [])
    >>> [(e.old, e.new) for e in mend_signs("Il. NOI DUNG")], [(e.old, e.new) for e in mend_signs("Vv. TO CHUC")]
    ([('Il', 'II')], [('Vv', 'V')])
    >>> [(e.old, e.new) for e in mend_signs("Ill- Kinh phi")], mend_signs("l. Muc dich"), mend_signs("Il la")
    ([('Ill', 'III')], [], [])
    >>> [(e.old, e.new) for e in mend_signs("$6: 248/KH-ND Ha Nam")], mend_signs("Tu: 24/7")
    ([('$6', 'Số')], [])
    >>> [(e.old, e.new) for e in mend_signs("~ Khai mac")], [(e.old, e.new) for e in mend_signs("Y5 ngay, Y te")]
    ([('~', '-')], [('Y5', '½')])
    >>> [(e.old, e.new) for e in mend_signs("theo Ke hoach 56 1204-CV/HU, Quy 11/2019 — 2020")]
    [('56', 'số'), ('11', 'II'), ('—', '–')]
    >>> [(e.start, e.old, e.new) for e in mend_signs("2.2, Hoi nghi huyen")], mend_signs("4, 5 va 6")
    ([(3, ',', '.')], [])
    >>> [(e.start, e.old, e.new) for e in mend_signs("So: 94 3/KH-UBND")], mend_signs("gui 94 3/KH-UBND")
    ([(0, 'So', 'Số'), (6, ' ', '')], [])
    >>> [(e.old, e.new) for e in mend_signs("$6: |23 /KH-UBND Ha Tinh")], mend_signs("truoc 25/1 1/2024")[0].start
    ([('$6', 'Số'), ('|23', '123')], 10)
    >>> [(e.old, e.new) for e in mend_signs("+ Thoi gian: % ngay, xay 548 m? dat")], mend_signs("tang 12 % so voi")
    ([('%', '½'), ('m?', 'm²')], [])
    """
    out = []
    if match := _BULLET_RE.match(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "•", BULLET, 0.95))
    elif match := _TILDE_RE.match(line):
        out.append(Edit(match.start("sign"), match.end("sign"), "~", "-", BULLET, 0.9))
    elif match := _ROMAN_RE.match(line):
        numeral = _numeral(match["sign"])
        if numeral and numeral != match["sign"]:
            out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], numeral, NUMERAL, 0.9))
    elif (match := _NUMBER_CUE_RE.match(line)) and match["sign"].lower() != "số":
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "Số", CUE, 0.95))
    for match in _HALF_RE.finditer(line):
        # of a conference, four days are not; who writes them writes "04 ngày"
        sure, others = (0.8, ("4",)) if match["sign"] == "4" else (0.9, ())
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "½", FRACTION, sure, others))
    for match in _SQUARE_RE.finditer(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], match["sign"][:-1] + "²", SQUARE, 0.9))
    for match in _DASH_RE.finditer(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "–", DASH, 0.95))
    for match in _INNER_CUE_RE.finditer(line):
        out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], "số", CUE, 0.9))
    for match in _QUARTER_RE.finditer(line):
        if (numeral := _numeral(re.sub("1", "I", match["sign"]))) and numeral != match["sign"]:
            out.append(Edit(match.start("sign"), match.end("sign"), match["sign"], numeral, NUMERAL, 0.9))
    for match in _TORN_RE.finditer(line):
        at = match.start(match.lastgroup or 0)
        out.append(Edit(at, at + 1, line[at], "", TORN, 0.9))
    if match := _ITEM_RE.match(line):
        out.append(Edit(match.start("sign"), match.end("sign"), ",", ".", ITEM, 0.9))
    out += _digits(line)
    return sorted(out, key=lambda edit: edit.start)


def unify_bullets(lines: Sequence[str], signs: dict[int, list[Edit]]) -> None:
    """Add to *signs* the edits that make one bullet of those of a document that has "•".

    Engines read it as "¢", "*" and "+" in turn, which looks like three levels of a list. Two lines that begin with a
    sign that is nothing else say that the document has it; one does where lines begin with both of the others.

    >>> lines = ["¢ Chao cd", "* Khai mac", "¢ Bé mac", "- Khac"]
    >>> signs = {i: mend_signs(line) for i, line in enumerate(lines)}
    >>> unify_bullets(lines, signs); [edit.old for edits in signs.values() for edit in edits]
    ['¢', '*', '¢']
    """
    similar = {match["sign"] for number in signs if (match := _SIMILAR_RE.match(lines[number]))}
    proven = sum(any(edit.new == "•" for edit in edits) for edits in signs.values())
    if proven < (1 if len(similar) > 1 else _PROVEN):
        return
    for number, edits in signs.items():
        match = _SIMILAR_RE.match(lines[number])
        if match and not any(edit.reason == BULLET for edit in edits):
            edits.insert(0, Edit(match.start("sign"), match.end("sign"), match["sign"], "•", BULLET, 0.8))


def mend_clocks(lines: Sequence[str], signs: dict[int, list[Edit]]) -> None:
    """Add to *signs* the edits of clock times whose "g" or "h" was read as something else: "14g10 - 14920".

    Two times of the document that came through say which of the two it writes.

    >>> lines = ["13g30 - 14g00", "Chao co", "14g10 - 14920", "15¢30: Be mac", "14920 nguoi"]
    >>> signs = {i: [] for i in range(5)}
    >>> mend_clocks(lines, signs); [(i, e.old, e.new) for i in signs for e in signs[i]]
    [(2, '9', 'g'), (3, '¢', 'g')]
    """
    found = Counter(match["sign"] for number in signs for match in _CLOCK_RE.finditer(lines[number]))
    if not found or (best := found.most_common(1)[0])[1] < _PROVEN:
        return
    letter = best[0]
    time = rf"{_HOUR}{_MISREAD[letter]}{_MINUTE}"
    span_re = re.compile(rf"(?<![\w/.,-]){time}(?=\s*[-–—]\s*{time}(?![\w/]))|(?<=\d[\s][-–—]\s){time}(?![\w/])")
    sure_re = re.compile(rf"(?<![\w/.,-]){_HOUR}{_SURE_MISREAD[letter]}{_MINUTE}(?![\w/])")
    for number, edits in signs.items():
        for match in {m.span(): m for r in (span_re, sure_re) for m in r.finditer(lines[number])}.values():
            at = match.end() - 3
            if lines[number][at] != letter:
                edits.append(Edit(at, at + 1, lines[number][at], letter, CLOCK, 0.9))
        edits.sort(key=lambda edit: edit.start)


def _digits(line: str) -> Iterator[Edit]:
    """Yield edits of the letters that were read for digits; what holds no digit at all is a word.

    >>> [(e.old, e.new) for e in mend_signs("sé l65/KH-UBND ngay 23/7/20l9, ngay l5 thang 3")]
    [('l65', '165'), ('23/7/20l9', '23/7/2019'), ('l5', '15')]
    >>> mend_signs("thi xa II/UBND, ngay Io thang, so BO/QD")
    []
    """
    for match in _DATED_RE.finditer(line):
        seen = match[0]
        digits = sum(c.isdigit() for c in seen)
        letters = sum(c.isalpha() or c in "|!" for c in seen)
        if letters and digits and digits >= letters:
            mended = seen.translate(_DIGITS)
            if match["date"] is None or _is_date(mended):
                yield Edit(match.start(), match.end(), seen, mended, DIGIT, 0.95)


def _is_date(text: str) -> bool:
    day, month, year = map(int, re.split("[/.]", text))
    return 1 <= day <= 31 and 1 <= month <= 12 and 1900 <= year <= 2100


def _numeral(seen: str) -> str | None:
    """Return the Roman numeral read as *seen*, None where it is none or may be a number: "1", "l", "11"."""
    if seen.isdigit() or (len(seen) == 1 and seen not in "IVXv"):
        return None
    read = re.sub("[l|!1i]", "I", seen).upper()
    if _VALID_RE.fullmatch(read):
        return read
    single = read.replace("VV", "V").replace("XX", "X")  # a wide letter read twice
    return single if _VALID_RE.fullmatch(single) else None
