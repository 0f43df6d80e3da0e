"""Shares as plans write them: per cent, fractions and words.

Works on folded text (`pipeline.lexicon.folding.fold`), whose offsets are those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.normalize.counts import NUMBER, parse_number

_PAIR = r"(?P<first>\d{1,2})\s*[/:-]\s*(?P<second>\d{1,2})(?![\d/%]|\s*%)"
_PAIR_RE = re.compile(rf"(?:t[yi]\s+le|co\s+cau)[^;.\d]{{0,60}}?{_PAIR}")
_NEXT_PAIR_RE = re.compile(rf"(?<![\d/.,])(?<!ngay\s){_PAIR}")


@dataclass(frozen=True, slots=True)
class ShareMatch:
    """A share at ``[start:end]`` of the text, in per cent.

    ``high`` is the upper end of a range, ``bound`` says "min" or "max" where the text bounds the share.
    """

    start: int
    end: int
    percent: float
    high: float | None
    approximate: bool
    bound: str | None


_PERCENT_SIGN = r"(?:\s*(?:%|‰|phan\s+tram|o/o|(?<=\s)0/0(?!\d)))"
_FRACTION_WORDS = {
    "hai phan ba": 200 / 3, "mot phan ba": 100 / 3, "mot phan tu": 25.0, "ba phan tu": 75.0, "mot phan nam": 20.0,
    "hai phan nam": 40.0, "ba phan nam": 60.0, "bon phan nam": 80.0, "mot phan hai": 50.0, "mot nua": 50.0,
    "qua nua": 50.0, "hon nua": 50.0, "qua ban": 50.0,
    "nua so": 50.0, "nua tong so": 50.0,
}  # fmt: skip
_WORDED = "|".join(phrase.replace(" ", r"\s+") for phrase in _FRACTION_WORDS)
_APPROX = r"(?:khoang(?:\s+tu)?|chung|xap\s*xi|gan|uoc(?:\s+(?:tinh|khoang|chung))?|tren\s+duoi|co)"
_MIN = r"(?:it\s+nhat(?:\s+la)?|toi\s+thieu(?:\s+la)?|khong\s+duoi|khong\s+thap\s+hon|tu|tren|dat\s+tu)"
_MAX = r"(?:khong\s*(?:vuot(?:\s*qua)?|qua)|toi\s*da(?:\s+la)?|nhieu\s+nhat|duoi)"
# What a fraction in digits may stand before; a date ("3/4 các đơn vị đón tiếp") is none.
_COUNTED = (
    r"la|so|tong|dai|trong|tro|dien\s+hinh|khach|nu|phu\s+nu|lanh\s+dao|hoi\s+vien|doan\s+vien|dang\s+vien|cong\s+nhan|nguoi|ca\s+nhan|"
    r"tap\s+the|can\s+bo|cong\s+chuc|vien\s+chuc|giao\s+vien|nha\s+giao|nong\s+dan|thanh\s+nien|tri\s+thuc|doanh\s+nhan|dan\s+toc|"
    r"ton\s+giao|quan\s+chung|guong|tre|chien\s+si|lao\s+dong|hoc\s+sinh|sinh\s+vien|nhan\s+dan"
)
_PEOPLE = r"(?:dai\s*bieu|nguoi|dong\s+chi|d/c)"
_SHARE_RE = re.compile(
    rf"""(?:(?P<lead>{_APPROX}|{_MIN}|{_MAX})\s*(?:la\s+)?)?
    (?:
      (?P<low>\d{{1,3}}(?:[.,]\d+)?)(?:{_PERCENT_SIGN})?\s*(?:-|den)\s*(?P<high>\d{{1,3}}(?:[.,]\d+)?){_PERCENT_SIGN}
    | (?P<percent>\d{{1,3}}(?:[.,]\d+)?){_PERCENT_SIGN}
    | (?P<words>{NUMBER})\s*phan\s+tram
    | (?P<fraction>(?<![\d/.])(?<!ngay\s)(?<!truoc\s)(?<!den\s)(?P<over>[1-9])\s*/\s*(?P<under>10|[2-9])
      (?![\d/]|\s*ngay))(?=\s*(?:(?:{_COUNTED})(?![a-z])|,|\(|\)|;|\.|$))
    | (?<![\d/.])(?<!so\s)(?<!ngay\s)(?<!truoc\s)(?P<out>\d{{1,4}})\s*/\s*(?P<total>\d{{2,4}})
      (?=\s*(?:tong\s+so\s+)?{_PEOPLE}(?![a-z]))
    | (?<![a-z])(?P<every>cu|trong)\s+(?:moi\s+)?(?P<of>{NUMBER})\s+(?:dai\s*bieu|nguoi)\s+
      (?:thi\s+)?(?:phai\s+)?(?:co\s+)?(?:(?:it\s+nhat|khoang|toi\s+thieu)\s+)?(?P<part>{NUMBER})
    | (?<![a-z\d])(?P<some>{NUMBER})\s+(?:trong|tren)\s+(?:tong\s+)?(?:so\s+)?(?P<all>{NUMBER})\s+(?=dai\s*bieu|nguoi)
    | (?<![a-z])(?P<over_words>{NUMBER})\s+phan\s+(?!tram)(?P<under_words>{NUMBER})(?![a-z]|\s*ngay)
    | (?P<worded>(?<![a-z])(?:{_WORDED})(?![a-z]|\s*ngay))
    )(?P<tail>\s*tro\s+(?:len|xuong))?""",
    re.VERBOSE,
)


def find_shares(folded: str) -> Iterator[ShareMatch]:
    """Yield the shares of *folded* text from left to right.

    >>> [(m.percent, m.approximate) for m in find_shares("khoang 70%; chiem 30 %; hai phan ba tong so dai bieu")]
    [(70.0, True), (30.0, False), (66.67, False)]
    """
    if pairs := list(_pairs(folded)):
        yield from pairs
        return
    for match in _SHARE_RE.finditer(folded):
        high = None
        if match["low"]:
            percent, high = _number(match["low"]), _number(match["high"])
            if high < percent and percent + high == 100:  # "theo tỷ lệ 65% - 35%": two groups, no range
                yield ShareMatch(match.start(), match.end("low"), percent, None, False, None)
                yield ShareMatch(match.start("high"), match.end(), high, None, False, None)
                continue
        elif match["percent"]:
            percent = _number(match["percent"])
        elif match["words"]:
            number = parse_number(match["words"])
            if number is None:
                continue
            percent = float(number)
        elif match["fraction"]:
            if int(match["over"]) >= int(match["under"]):
                continue
            percent = 100 * int(match["over"]) / int(match["under"])
        elif match["of"] or match["some"] or match["over_words"] or match["out"]:
            part = parse_number(match["part"] or match["some"] or match["over_words"] or match["out"])
            whole = parse_number(match["of"] or match["all"] or match["under_words"] or match["total"])
            if not part or not whole or part >= whole:
                continue
            if match["every"] == "trong" and whole > 10:
                continue  # "trong 200 đại biểu có 50 khách mời" counts, it sets no share
            percent = 100 * part / whole
        else:
            percent = _FRACTION_WORDS[" ".join(match["worded"].split())]
        if not 0 < percent <= 100:
            continue
        lead, tail = match["lead"], (match["tail"] or "").split()
        bound = None
        if tail:
            bound = "min" if tail[-1] == "len" else "max"
        elif lead and re.fullmatch(_MIN, lead) and not (lead == "tu" and high):
            bound = "min"
        elif lead and re.fullmatch(_MAX, lead):
            bound = "max"
        approximate = bool(lead and re.fullmatch(_APPROX, lead) and lead != "co")
        yield ShareMatch(match.start(), match.end(), round(percent, 2), high, approximate, bound)


def _pairs(folded: str) -> Iterator[ShareMatch]:
    """Yield the shares of "theo tỷ lệ 70/30", "7/3"; what is said of one level so may be said of the next."""
    position = 0
    while pair := (_NEXT_PAIR_RE if position else _PAIR_RE).search(folded, position):
        position = pair.end()
        first, second = int(pair["first"]), int(pair["second"])
        if first + second in (10, 100):
            scale = 100 // (first + second)
            yield ShareMatch(pair.start("first"), pair.end("first"), float(first * scale), None, False, None)
            yield ShareMatch(pair.start("second"), pair.end("second"), float(second * scale), None, False, None)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
