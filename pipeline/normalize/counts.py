"""Numbers of people as plans write them: digits, words, ranges and the words that bound them.

Works on folded text (`pipeline.lexicon.folding.fold`), whose offsets are those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.folding import fold
from pipeline.record import LimitKind

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|linh|le|ruoi)"
_FIRST = r"(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi)"  # "lẻ" or "không" begins no number of people
_WORDS = rf"(?<![a-z]){_FIRST}(?:\s+{_WORD})*(?![a-z])"
_DIGITS = r"(?<![\d.,/])\d{1,3}(?:[.\s]\d{3})+(?![\d/%])|(?<![\d.,/])\d+(?![\d/%]|[.,]\d)"
NUMBER = rf"(?:{_DIGITS}|{_WORDS})"


def parse_number(text: str) -> int | None:
    """Return the number that folded *text* writes in digits or words; None where it is none.

    >>> parse_number("mot tram nam muoi"), parse_number("1.200"), parse_number("05"), parse_number("ba tram")
    (150, 1200, 5, 300)
    >>> parse_number("hai tram linh nam"), parse_number("muoi lam"), parse_number("mot tram ruoi")
    (205, 15, 150)
    >>> parse_number("muoi tram nghin mot") is None
    True
    """
    text = text.strip()
    if re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+|\d+", text):
        return int(re.sub(r"\D", "", text))
    words = text.split()
    if not words:
        return None
    total, hundreds, pending, seen_tens = 0, 0, None, False
    for index, word in enumerate(words):
        if word in _UNITS:
            if pending is not None:
                return None
            pending = _UNITS[word]
        elif word == "muoi":
            hundreds += 10 * (1 if pending is None else pending)
            pending, seen_tens = None, True
        elif word == "tram":
            if pending is None or seen_tens:
                return None
            hundreds, pending = 100 * pending, None
        elif word in ("nghin", "ngan"):
            if pending is None and not hundreds:
                return None
            total += 1000 * (hundreds + (pending or 0))
            hundreds, pending, seen_tens = 0, None, False
        elif word in ("linh", "le"):
            continue
        elif word == "ruoi" and index and words[index - 1] in ("tram", "nghin", "ngan"):
            hundreds += 50 if words[index - 1] == "tram" else 500
        else:
            return None
    return total + hundreds + (pending or 0)


_NUMERALS = {
    "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười",
    "mươi", "trăm", "nghìn", "ngàn", "linh", "lẻ", "rưỡi",
}  # fmt: skip
_FOLDED_NUMERALS = frozenset(fold(word) for word in _NUMERALS)


def is_number(printed: str) -> bool:
    """Tell whether a number found in folded text is one as *printed*; words without any mark are taken for numbers.

    >>> is_number("không quá tám mươi"), is_number("tam muoi"), is_number("tâm giáo viên")
    (True, True, False)
    """
    words = [word for word in re.findall(r"[^\W\d_]+", printed.lower()) if fold(word) in _FOLDED_NUMERALS]
    return re.search(r"\d", printed) is not None or any(word in _NUMERALS or word == fold(word) for word in words)


@dataclass(frozen=True, slots=True)
class CountMatch:
    """A bounded number at ``[start:end]`` of the text; ``noun`` is the folded word that it counts, if any."""

    start: int
    end: int
    kind: LimitKind
    min: int | None
    max: int | None
    noun: str | None


_NOUN = (
    r"(?:dai\s*bieu(?:\s+chinh\s+thuc)?|db|dai\s+dien|dai\s*bieu(?:\s+chinh\s+thuc)?|nguoi|dong\s+chi|d/c|d\.c|can\s+bo|doan\s+vien|hoi\s+vien|dang\s+vien|"
    r"cong\s+chuc|vien\s+chuc|nhan\s+vien|sinh\s+vien|hoc\s+sinh|chien\s+si|khach(?:\s+moi)?|chi(?:\s+em)?|phu\s+nu|thanh\s+nien|giao\s+vien|thanh\s+vien|uy\s+vien|ca\s+nhan|tap\s+the|dien\s+hinh|guong|vi)"
)
_MAX = (
    r"(?:khong\s*(?:vuot(?:\s*qua)?|qua)(?:\s+con\s+so)?|khong\s+nhieu\s+hon|khong\s+duoc\s+qua|toi\s*da(?:\s*(?:la|khong\s*qua))?|"
    r"khong\s+hon|khong\s+che(?:\s+(?:o\s+muc|o|muc|trong))?|gioi\s+han\s+o\s+muc|muc\s+toi\s+da|nhieu\s+nhat(?:\s+la)?|(?:trieu\s+tap|moi|len|tang|co\s+the|duoc)\s+(?:den|toi)|dong\s+nhat|cao\s+nhat(?:\s+la)?|(?:gioi\s+han\s+)?trong\s+pham\s+vi|gioi\s+han(?:\s+(?:trong|o|la))?|duoi)"
)
_MIN = (
    r"(?:it\s+nhat(?:\s+la)?|toi\s+thieu(?:\s+la)?|khong\s+duoi|khong\s+it\s+hon|khong\s+thap\s+hon|(?<!cap\s)tren|tu)"
)
_APPROX = (
    r"(?:khoang(?:\s+chung)?|chung|uoc(?:\s+(?:tinh|luong|khoang|chung|co))*|tren\s+duoi|xap\s+xi|gan|"
    r"du\s+kien(?:\s+(?:co|la|moi|trieu\s+tap))?(?:\s+khoang)?)"
)
_FILL = r"\s*(?:la|co|:|so\s+luong|gom|con\s+so)?\s*"
_PAREN = r"(?:\s*\(\s*[^()]{0,40}\))?"  # 150 (một trăm năm mươi)
_COUNTED_RE = re.compile(  # "Tổng số người dự hội nghị: 200"
    r"(?<![a-z])(?:so\s+(?:luong|dai\s+bieu|nguoi)|tong\s+so)[^;.:\d]{0,40}(?::|\sla)\s*$|"
    r"(?<![a-z])(?<!\w\s)dai\s*bieu\s*:\s*$|"
    r"(?<![a-z])tong\s+so\s+dai\s*bieu(?:\s+(?:duoc\s+)?(?:trieu\s+tap|tham\s+du|chinh\s+thuc))*\s+$"
)
_COUNT_RE = re.compile(
    rf"""(?:
      (?<![a-z])(?P<lead>{_MAX}|{_MIN}|{_APPROX})(?![a-z]){_FILL})?
      (?P<low>{NUMBER}){_PAREN}
      (?:\s*(?:{_NOUN})?\s*(?:-|÷|~|den|toi)\s*(?:toi\s*da\s*|khong\s*qua\s*)?(?P<high>{NUMBER}){_PAREN})?
      (?:\s*(?P<noun>{_NOUN})(?![a-z]))?
      (?P<tail>\s*(?:tro\s+len|tro\s+xuong))?(?P<planned>\s*\(\s*(?:du\s+kien|uoc|khoang)[\s\w]{{0,12}}\))?""",
    re.VERBOSE,
)


_BOTH_BOUNDS_RE = re.compile(r"\s*(?:[,;]|va|nhung|den)*\s*")


def find_counts(folded: str) -> Iterator[CountMatch]:
    """Yield the numbers of *folded* text that a bound or a counted noun makes counts of people.

    >>> [(m.kind, m.min, m.max, m.noun) for m in find_counts("toi da 150 dai bieu; tu 80 den 100 nguoi")]
    [('max', None, 150, 'dai bieu'), ('range', 80, 100, 'nguoi')]
    >>> [(m.kind, m.min, m.max) for m in find_counts("khoang 05 - 09 nguoi; khong qua mot tram nam muoi dai bieu")]
    [('range', 5, 9), ('max', None, 150)]
    >>> [(m.kind, m.min, m.max, m.noun) for m in find_counts("it nhat 80 dai bieu, nhieu nhat 120 dai bieu")]
    [('range', 80, 120, 'dai bieu')]
    """
    pending: CountMatch | None = None  # a least number that a greatest one may follow
    for match in _counts(folded):
        if pending is not None:
            between = folded[pending.end : match.start]
            low, high = pending.min, match.max
            if match.kind == "max" and low and high and low < high and _BOTH_BOUNDS_RE.fullmatch(between):
                yield CountMatch(pending.start, match.end, "range", low, high, match.noun or pending.noun)
                pending = None
                continue
            yield pending
            pending = None
        if match.kind == "min":
            pending = match
        else:
            yield match
    if pending is not None:
        yield pending


def _counts(folded: str) -> Iterator[CountMatch]:
    """Yield the numbers one by one, each with its own bound."""
    for match in _COUNT_RE.finditer(folded):
        lead, noun = match["lead"], match["noun"]
        counted = _COUNTED_RE.search(folded[max(0, match.start() - 60) : match.start()])
        if not lead and not noun and not match["high"] and not (counted and match["low"][0].isdigit()):
            continue
        if match["low"][0].isalpha() and not noun and (not lead or " " not in match["low"].strip()):
            continue  # "năm" alone is a year, "ba" a father, "Hải" a name
        low = parse_number(match["low"])
        high = parse_number(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            continue
        noun = " ".join(noun.split()) if noun else None
        tail = (match["tail"] or "").split()
        if high is not None:
            if high <= low:
                continue
            yield CountMatch(match.start(), match.end(), "range", low, high, noun)
        elif tail:
            kind: LimitKind = "min" if tail[-1] == "len" else "max"
            yield CountMatch(
                match.start(), match.end(), kind, low if kind == "min" else None, low if kind == "max" else None, noun
            )
        elif lead and re.fullmatch(_MAX, lead):
            yield CountMatch(match.start(), match.end(), "max", None, low, noun)
        elif match["planned"] or (lead and re.fullmatch(_APPROX, lead)):
            yield CountMatch(match.start(), match.end(), "approx", None, low, noun)
        elif lead and lead != "tu":
            yield CountMatch(match.start(), match.end(), "min", low, None, noun)
        else:
            yield CountMatch(match.start(), match.end(), "exact", None, low, noun)
