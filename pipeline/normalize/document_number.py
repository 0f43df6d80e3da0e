"""Số, ký hiệu: the number and notation of a document, from its printed or damaged form to one canonical form.

State bodies write "215/KH-UBND", with the year in legal normative documents "02/2023/TT-BLĐTBXH"; the party writes
"34-CT/TW"; laws "06/2022/QH15". Letters with marks (Đ) belong to notations; everything else is OCR noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.document_types import type_of_notation, type_of_sign
from pipeline.record import DocumentNumber


class DocumentNumberError(ValueError):
    """A text holds no number and notation."""


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A document's code at ``[start:end]`` of a text."""

    start: int
    end: int
    value: DocumentNumber
    code: str  # canonical: "34-CT/TW", "165/KH-UBND", "98/2023/NĐ-CP"


_LETTERS = r"[A-ZĐƯÂÊÔƠĂa-zđưâêôơă]"
_DASH = r"[-–—−~_]"
# The first part after the number is a sign in capitals: "KH", "TTr", "QyĐ"; what follows may be mixed.
_CODE_RE = re.compile(
    rf"""(?<![\w/.])(?<!\d-)
    (?:(?<=[Ss]ố\s)(?P<split>\d{{1,3}})\s(?=\d{{1,3}}\s?/))?  # "số 9 2/2017/NĐ-CP": a wide gap between digits
    (?P<number>\d{{1,5}})(?P<letter>[a-zA-Z](?=\s*[/\-–]))?\s*
    (?:
        /\s?(?P<law_year>(?:19|20)\d\d)\s?/\s?(?P<law>QH\s?\d{{1,2}})
      | /\s*(?P<year>(?:19|20)\d\d)\s*/\s*(?P<legal>[A-ZĐ][\wĐ]*(?:\s?{_DASH}\s?[A-ZĐ][\wĐ&]*)*)
      | {_DASH}\s?(?P<party>[A-ZĐ][\wĐ]*(?:\s?{_DASH}\s?[A-ZĐ][\wĐ]*)*\s?/\s?[A-ZĐ]{_LETTERS}[\wĐĂÂÊÔƠƯ.\-]*)
      | /\s?(?P<state>(?:TT[:;](?=-)|[A-ZĐ][\wĐ&]*)(?:\s?{_DASH}\s?[A-ZĐ][\wĐ&.()]*)*(?:/[A-ZĐ][\wĐ]+)?)
    )""",
    re.VERBOSE,
)
_HEAD_RE = re.compile(
    r"""(?<!\w)(?:s[oố6óôồổõòỏ]{1,2}z?|S[ỐOÔ0]|^\W{0,3}S(?=\s?[:.;]))\s*[:.;,]?\s*(?P<rest>.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_GLUED_RE = re.compile(r"(?<=[A-ZĐ\d])(?:ngày|của|về|ngay)$")
_BLANK_RE = re.compile(
    rf"""^(?P<filler>[\s.…_:;,'"“”‘’\-–—*|]*)(?P<digits>[\dlIOoZSBi]{{0,5}}\s?[a-z]?)(?P<more>[\s.…_'"‘’]*)
    (?P<bar>[/|\\]|{_DASH})\s*
    (?:(?P<year>(?:19|20)\d\d)\s*/\s*)?
    (?P<notation>{_LETTERS}[\wĐđ&.]*(?:\s?(?:{_DASH}|/)\s?{_LETTERS}[\wĐđ&.()]*)*)""",
    re.VERBOSE,
)
_NOTATION_RE = re.compile(
    rf"[/|]\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    rf"(?P<notation>[A-ZĐ][A-Za-zĐđ]{{1,9}}(?:\s?{_DASH}\s?[A-ZĐ][\wĐ&]*|/[A-ZĐ][\wĐ]*)+)"
)
_OCR_DIGITS = str.maketrans({"l": "1", "I": "1", "i": "1", "O": "0", "o": "0", "Z": "2", "S": "5", "B": "8"})
# Signs and bodies as they come back without marks; only whole parts are mended.
_MARKED_SIGNS = {
    "QD": "QĐ",
    "OĐ": "QĐ",
    "ND": "NĐ",
    "QDI": "QĐi",
    "KI-I": "KH",
}  # the first part only: ND may be a school
_MARKED_PARTS = {
    "HDND": "HĐND", "BLDTBXH": "BLĐTBXH", "LDLD": "LĐLĐ", "TLDLD": "TLĐLĐ", "BGDDT": "BGDĐT", "SGDDT": "SGDĐT",
    "PGDDT": "PGDĐT", "TDKT": "TĐKT", "HDTDKT": "HĐTĐKT", "BTDKT": "BTĐKT", "SLDTBXH": "SLĐTBXH", "BKHDT": "BKHĐT",
    "SKHDT": "SKHĐT", "DU": "ĐU", "UBNĐ": "UBND", "UBNO": "UBND", "UBNP": "UBND",
    "TTG": "TTg",
}  # fmt: skip


def tidy_notation(notation: str) -> str:
    """Return a notation without stray spaces, its dashes plain, and marks that OCR lost put back.

    >>> tidy_notation("KH – UBND"), tidy_notation("QD-UBND"), tidy_notation("CT/TW."), tidy_notation("TTr-SGDDT")
    ('KH-UBND', 'QĐ-UBND', 'CT/TW', 'TTr-SGDĐT')
    """
    plain = re.sub(r"^TT[:;]-", "TTr-", notation)  # an italic r
    plain = re.sub(r"\s*[–—−~_]\s*|\s*-\s*", "-", plain)
    plain = re.sub(r"\s*/\s*", "/", plain).strip(" .,;:-/'\"")
    plain = re.sub(r"\s*&\s*", "&", plain)
    first, *others = re.split(r"([-/&])", plain)
    return "".join([_mend_sign(first), *(_MARKED_PARTS.get(part, part) for part in others)])


def _mend_sign(part: str) -> str:
    if part in _MARKED_SIGNS or part in _MARKED_PARTS:
        return _MARKED_SIGNS.get(part) or _MARKED_PARTS[part]
    single = re.sub(r"(.)\1+", r"\1", part)  # "QĐĐ": a letter read twice
    return single if type_of_sign(part) is None and type_of_sign(single) is not None else part


def code_of(value: DocumentNumber) -> str | None:
    """Return the canonical printed form; None without a number.

    A notation with a slash and no dash is the party's: "12-KH/ĐU".

    >>> code_of(parse("Số: 215 /KH-UBND")), code_of(parse("12 - KH/ĐU")), code_of(parse("98/2023/NĐ-CP"))
    ('215/KH-UBND', '12-KH/ĐU', '98/2023/NĐ-CP')
    """
    if value.number is None or value.notation is None:
        return None
    number = f"{value.number:02d}"
    if value.year is not None:
        return f"{number}/{value.year}/{value.notation}"
    party = "/" in value.notation and "-" not in value.notation.split("/")[0]
    return f"{number}{'-' if party else '/'}{value.notation}"


def parse(text: str) -> DocumentNumber:
    """Read a số, ký hiệu as printed; the number is None where it was left blank.

    Raises:
        DocumentNumberError: *text* holds no notation.

    >>> parse("Số: 123 /KH-UBND")
    DocumentNumber(number=123, notation='KH-UBND', year=None)
    >>> parse("Số:      /KH-UBND")
    DocumentNumber(number=None, notation='KH-UBND', year=None)
    >>> parse("02/2023/TT-BLĐTBXH")
    DocumentNumber(number=2, notation='TT-BLĐTBXH', year=2023)
    >>> parse("45-CV/ĐU").notation
    'CV/ĐU'
    """
    found = read_header(text)
    if found is None:
        raise DocumentNumberError(f"no number and notation in {text!r}")
    return found.value


def read_header(text: str) -> CodeMatch | None:
    """Find the document's own number in a line of its header: "Số: ... /KH-UBND", digits perhaps blank or misread.

    >>> read_header("S6: 60 /KH-UBND Duy Tiên, ngày 27").value
    DocumentNumber(number=60, notation='KH-UBND', year=None)
    >>> read_header("Số: l2/KH-UBND").value.number
    12
    """
    head = _HEAD_RE.search(text)
    offset = head.start("rest") if head else 0
    rest = text[offset:]
    if (match := _BLANK_RE.match(rest)) and _plausible(match):
        digits = match["digits"].strip()
        letter = digits[-1:] if digits[-1:].isalpha() and digits[:-1].isdigit() and digits[-1:] not in "lIOo" else ""
        plain = digits.removesuffix(letter).strip().translate(_OCR_DIGITS) if letter else digits.translate(_OCR_DIGITS)
        number = int(plain) if plain.isdigit() and any(char.isdigit() for char in digits) else None
        number = number or None  # no document is number 0
        notation = tidy_notation(_cut_notation(match["notation"]))
        value = DocumentNumber(number=number, notation=notation, year=int(match["year"]) if match["year"] else None)
        end = offset + match.start("notation") + len(_cut_notation(match["notation"]))
        start = head.start() if head else offset + match.start("digits")
        return CodeMatch(start, end, value, code_of(value) or notation)
    for found in find_codes(rest):
        if head and rest[: found.start].strip(" .:;,"):  # "2?2 /KH-SYT": its last digit is not the number
            break
        return CodeMatch(offset + found.start, offset + found.end, found.value, found.code)
    return _unread(text, offset) if head else None


def _unread(text: str, offset: int) -> CodeMatch | None:
    """The notation behind a number in handwriting that was not read."""
    match = _NOTATION_RE.search(text, offset)
    if match is None or match.start() - offset > 18:
        return None
    notation = tidy_notation(_cut_notation(match["notation"]))
    year = int(match["year"]) if match["year"] else None
    value = DocumentNumber(number=None, notation=notation, year=year)
    return CodeMatch(0, match.end(), value, notation)


def _plausible(match: re.Match[str]) -> bool:
    """A notation begins with a known sign, or is at least two capitals long."""
    notation = _cut_notation(match["notation"])
    if not notation:
        return False
    if match["bar"] in "-–—−~_" and "/" not in notation:  # "10-UBND" is no party number, nor is "- Lưu"
        return False
    capitals = sum(char.isupper() for char in notation)
    return capitals >= 2 and (type_of_notation(notation) is not None or capitals * 2 >= len(notation))


def _cut_notation(notation: str) -> str:
    """Drop what ran on from the other column: parts of a notation have no space unless around a dash."""
    words = re.split(rf"(?<![-–—/])\s+(?!{_DASH}|/)", notation.strip())
    return words[0].rstrip(".,;:")


def find_codes(text: str) -> Iterator[CodeMatch]:
    """Yield the codes of documents that *text* cites.

    >>> [found.code for found in find_codes("Chỉ thị số 34- CT/TW ngày 07/4/2014 và Kế hoạch số 165/KH-UBND, ngày")]
    ['34-CT/TW', '165/KH-UBND']
    >>> [found.code for found in find_codes("Luật số 06/2022/QH15; ngày 23/7/2019; 70/30; 05/TTLT-BNV-BTC")]
    ['06/2022/QH15', '05/TTLT-BNV-BTC']
    >>> [found.code for found in find_codes("Tờ trình số 28/TT:-CAT ngày 13; số 9 2/2017/NĐ-CP ngày 07")]
    ['28/TTr-CAT', '92/2017/NĐ-CP']
    >>> [found.code for found in find_codes("số 63/2010/NĐ-CPngày 08/6/2010; số 5/2019/QĐ-TTg")]
    ['63/2010/NĐ-CP', '5/2019/QĐ-TTg']
    """
    for match in _CODE_RE.finditer(text):
        digits = (match["split"] or "") + match["number"]
        year = match["year"] or match["law_year"]
        printed = match["legal"] or match["law"] or match["party"] or match["state"]
        glued = _GLUED_RE.search(printed)  # a lost space: "63/2010/NĐ-CPngày 08/6/2010"
        notation = tidy_notation(printed[: glued.start()] if glued else printed)
        if match["law"]:
            notation = notation.replace(" ", "")
        sign = re.split(r"[-/]", notation)[0]
        if type_of_sign(sign) is None and not notation.startswith("QH") and sum(c.isupper() for c in notation) < 3:
            continue
        joint = "-" if match["party"] else "/"
        code = f"{digits}{match['letter'] or ''}{joint}{year + '/' if year else ''}{notation}"
        value = DocumentNumber(number=int(digits), notation=notation, year=int(year) if year else None)
        end = match.end() - (len(match[0]) - len(match[0].rstrip(" .,;:-"))) - (len(glued[0]) if glued else 0)
        yield CodeMatch(match.start(), end, value, code)
