"""Dates and durations as plans write them: text in, interval out.

Everything works on folded text (`pipeline.lexicon.folding.fold`), whose offsets are those of the original. A date
is an interval: "31/3/2020" starts and ends on that day, "tháng 3/2015" on the first and the last of the month;
"trước ngày 31/3/2020" has an end only. `precision` says how exactly the text put it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.record import Precision


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends included; None is open."""

    start: date | None
    end: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date expression at ``[start:end]`` of the text, with the bounding words before it."""

    start: int
    end: int
    when: When
    bound: bool = False  # "trước", "chậm nhất", ...: the day by which


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_ROMAN |= {"l": 1, "ll": 2, "lll": 3, "il": 2, "li": 2, "lv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_MONTH_WORDS = {"gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_MONTH_WORDS |= {"mot": 1, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_Q = r"(?:i{1,3}v?|iv|l{1,3}|il|li|lv|0?[1-4]|mot|hai|ba|bon|tu)"


SAME_DAY_RE = re.compile(r"(?<![a-z])cung\s+ngay(?!\s*[\d(])(?![a-z])")


# Each pattern names its groups by kind; the first that matches at a place wins, so the longer come first.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.VERBOSE))
    for kind, pattern in (
        # từ ngày 15/3 đến (hết) ngày 20/4/2020 · 15/3/2020 - 20/4/2020 · từ 15 đến 20/3/2020 · ngày 15, 16 tháng 3/2020
        (
            "day_range",
            r"""(?:tu\s+)?(?:ngay\s*)?(?<!gio\ )(?<!gio)(?<!\dh)(?<!\dg)(?<!h\ )(?<!\d:)(?P<d1>[0-3]?\d)
            (?:\s*(?:[/.\-]|thang)\s*(?P<m1>1[0-2]|0?[1-9])(?:(?:\s*[/.\-]\s*|\s*nam\s*)(?P<y1>(?:19|20)\d\d))?)?
            \s*(?:-|den|toi|va|,|&)\s*(?:het\s*)?(?:ngay\s*)?
            (?P<d2>[0-3]?\d)\s*(?:[/.\-]|thang)\s*(?P<m2>1[0-2]|0?[1-9])
            (?:(?:\s*[/.\-]\s*|\s*,?\s*nam\s*)(?P<y2>(?:19|20)\d\d))?(?![\d/]|\s*(?:thang|%))""",
        ),
        (
            "day",
            r"""(?P<ngay>ngay\s*)?(?:mung\s*)?(?<!tuan\ )(?<!thu\ )
            (?P<d>[0-3]?\d)\s*(?:[/.\-]\s*|\s*thang\s*)(?P<m>1[0-2]|0?[1-9])
            (?:\s*[/.\-]\s*|\s*,?\s*nam\s*)(?P<y>(?:19|20)\d\d)(?!\d)""",
        ),
        # từ tháng 3 đến (hết) tháng 5/2020 · tháng 3 - 4/2020 · tháng 3/2020 đến tháng 5/2020 · tháng 3 và tháng 4/2020
        (
            "month_range",
            r"""(?:tu\s+)?(?:(?:dau|giua|cuoi)\s+)?thang\s*(?P<m1>1[0-2]|0?[1-9])
            (?:(?:\s*[/.\-]\s*|\s*nam\s*)(?P<y1>(?:19|20)\d\d))?
            \s*(?:-|den|toi|va|hoac|,)\s*(?:het\s*)?(?:(?:dau|giua|cuoi)\s+)?(?:thang\s*)?
            (?P<m2>1[0-2]|0?[1-9])(?:\s*[/.\-]\s*|\s*,?\s*nam\s*)(?P<y2>(?:19|20)\d\d)(?!\d)""",
        ),
        (
            "month",
            r"""(?<![a-z])(?:thang\s*|t\.?\s?)(?P<m>1[0-2]|0?[1-9]|gieng|chap
            |muoi(?:\s(?:mot|hai))?|mot|hai|ba|tu|nam(?=\s+nam)|sau|bay|tam|chin)(?:\s*[/.\-]\s*|\s*,?\s*nam\s*)
            (?P<y>(?:19|20)\d\d)(?!\d)""",
        ),
        (
            "quarter_range",
            rf"""(?<![a-z])(?:tu\s+)?qu[yi]\s*(?P<q1>{_Q})(?:(?:\s*[/.\-]\s*|\s*nam\s*)(?P<y1>(?:19|20)\d\d))?
            \s*(?:-|den|toi|va|hoac|,)\s*(?:het\s*)?(?:qu[yi]\s*)?(?P<q2>{_Q})(?:\s*[/.\-]\s*|\s*,?\s*(?:nam)?\s*)
            (?P<y2>(?:19|20)\d\d)(?!\d)""",
        ),
        (
            "quarter",
            rf"""(?<![a-z])qu[yi]\s*(?P<q>{_Q})(?:\s*[/.\-]\s*|\s*,?\s*(?:nam)?\s*)(?P<y>(?:19|20)\d\d)(?!\d)""",
        ),
        (
            "month",
            r"""(?:(?<=trong\ )|(?<=truoc\ )|(?<=vao\ )|(?<=het\ ))
            (?P<m>1[0-2]|0?[1-9])\s*/\s*(?P<y>(?:19|20)\d\d)(?!\d)""",
        ),
        (
            "part",
            r"""(?<!\d)0?(?P<part>[369]|ba|sau|chin)\s*thang\s*(?P<side>dau|cuoi)\s*(?:nam\s*)(?P<y>(?:19|20)\d\d)(?!\d)""",
        ),
        # without a year: the caller says which one is meant
        (
            "day",
            r"""(?P<ngay>ngay\s*)(?P<d>[0-3]?\d)\s*(?:[/]\s*|\s*thang\s*)(?P<m>1[0-2]|0?[1-9])(?P<y>)(?![\d/]|\.\d)""",
        ),
        (
            "day",
            r"""(?<![\d/.,])(?P<ngay>)
            (?:(?<=truoc\ )|(?<=den\ )|(?<=het\ )|(?<=vao\ )|(?<=sang\ )|(?<=chieu\ )|(?<=tu\ ))
            (?P<d>[0-3]?\d)\s*(?:/|thang)\s*(?P<m>1[0-2]|0?[1-9])(?P<y>)(?![\d/%]|\.\d|\s*ngay)""",
        ),
        (
            "month_range",
            r"""(?:tu\s+)?(?<![a-z])thang\s*(?P<m1>1[0-2]|0?[1-9])\s*(?:-|den|toi|va|hoac|,)\s*(?:het\s*)?thang\s*
            (?P<m2>1[0-2]|0?[1-9])(?P<y2>)(?![\d/]|\s*nam\s*\d)""",
        ),
        ("month", r"""(?<![a-z])thang\s*(?P<m>1[0-2]|0?[1-9])(?P<y>)(?![\d/]|\s*(?:nam|toi|den)\s*\d)"""),
        ("quarter", r"""(?<![a-z])qu[yi]\s*(?P<q>i{1,3}|iv|[1-4])(?P<y>)(?![\w/])"""),
        ("year", r"""(?<![a-z])nam\s*(?P<y>(?:19|20)\d\d)(?!\d|\s*[-/]\s*\d)"""),
        ("same", SAME_DAY_RE.pattern),
    )
)

# Words before a date that make it the day by which, and those that make it the first day.
_BOUND_RE = re.compile(
    r"(?:truoc(?:\s+het|\s+(?:va|hoac)\s+trong)?|cham\s*nhat(?:\s+(?:la|vao|den|trong|truoc|het|toi))*|muon\s*nhat(?:\s+(?:la|vao|den))*|xong\s+truoc|"
    r"khong\s+qua|khong\s+(?:cham|muon)\s+hon|han\s+(?:cuoi|chot)(?:\s+cung)?(?:\s+la)?|thoi\s+han(?:\s+la)?|den\s+het|den\s+truoc|den|het|toi|han)"
    r"(?:\s*:)?(?:\s+(?:cuoi|ngay\s+cuoi(?:\s+cung)?(?:\s+cua)?))?\s*$"
)
_NOT_AFTER_RE = re.compile(
    r"(?:truoc(?!\s+vao)|cham\s*nhat|muon\s*nhat|khong\s+(?:cham|muon)\s+hon|han\s+(?:cuoi|chot)|xong\s+truoc|het\s+gio)[^.;]{0,24}$"
)
# "đến 17h00 ngày 22/9" bounds the day, "từ 8h00 đến 11h00 ngày 22/9" does not.
_UNTIL_HOUR_RE = re.compile(
    r"(?<!\dh )(?<!gio )(?<!phut )(?<!\d )(den|truoc|nhat|het)\s+(?:luc\s+)?\d{1,2}\s*(?:h|gio|g|:)\s*(?:\d\d)?"
    r"(?:\s*phut|')?,?\s*$"
)
_SINCE_RE = re.compile(r"(?:(?:bat\s+dau\s+)?tu|ke\s+tu|(?<!thu\s)sau)\s*$")  # "thứ Sáu ngày ..." is a weekday
_BEFORE_IT_RE = re.compile(r"(?<![a-z])truoc\s*$")
_PART_OF_MONTH = r"(?:(?:dau|giua|cuoi|trung\s+tuan|thuong\s+tuan|ha\s+tuan|tuan\s+[a-z]+)\s+)?"
_BEGINS_RE = re.compile(rf"(?:bat\s+dau|khoi\s+dau|trien\s+khai|ke)\s+tu\s+{_PART_OF_MONTH}$")
# "từ quý IV/2015 và hoàn thành trước tháng 3/2016": the end has a date of its own
_FROM_RE = re.compile(rf"(?<![a-z])tu\s+{_PART_OF_MONTH}$")
_ENDS_LATER_RE = re.compile(
    r"\s*,?\s*(?:va\s+)?(?:phai\s+)?(?:hoan\s+thanh|ket\s+thuc|dut\s+diem|xong|hoan\s+tat)\s"
    r"(?:[a-z]+\s+){0,3}?(?:truoc|trong|vao|cham|den|ngay|thang|quy)(?![a-z])"
)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(text: str | None, fallback: int | None) -> int | None:
    return int(text) if text else fallback


def _interval(kind: str, match: re.Match[str], year: int | None) -> When | None:
    """Return the interval of a match of one of `_SHAPES`; None where it is no date (31/2) or no year is known."""
    group = match.groupdict()
    try:
        if kind == "day_range":
            last_year = _year(group["y2"], year)
            if last_year is None:
                return None
            last = date(last_year, int(group["m2"]), int(group["d2"]))
            first_year = _year(group.get("y1"), last_year) or last_year
            first = date(first_year, int(group["m1"] or group["m2"]), int(group["d1"]))
            if first > last and not group.get("y1"):
                first = first.replace(year=first_year - 1)
            return When(first, last, "day") if first <= last else None
        last_year = _year(group.get("y") or group.get("y2"), year)
        if last_year is None:
            return None
        if kind == "day":
            day = date(last_year, int(group["m"]), int(group["d"]))
            return When(day, day, "day")
        if kind == "month":
            month = _MONTH_WORDS.get(group["m"]) or int(group["m"])
            return When(date(last_year, month, 1), _last(last_year, month), "month")
        if kind == "month_range":
            first_month, last_month = int(group["m1"]), int(group["m2"])
            first_year = _year(group.get("y1"), last_year) or last_year
            if first_month > last_month and not group.get("y1"):
                first_year -= 1
            return When(date(first_year, first_month, 1), _last(last_year, last_month), "month")
        if kind == "quarter":
            quarter = _ROMAN[group["q"]]
            return When(date(last_year, 3 * quarter - 2, 1), _last(last_year, 3 * quarter), "quarter")
        if kind == "quarter_range":
            first_quarter, last_quarter = _ROMAN[group["q1"]], _ROMAN[group["q2"]]
            first_year = _year(group.get("y1"), last_year) or last_year
            return When(date(first_year, 3 * first_quarter - 2, 1), _last(last_year, 3 * last_quarter), "quarter")
        if kind == "part":
            length = _MONTH_WORDS.get(group["part"]) or int(group["part"])
            months = (1, length) if group["side"] == "dau" else (13 - length, 12)
            return When(date(last_year, months[0], 1), _last(last_year, months[1]), "month")
        return When(date(last_year, 1, 1), date(last_year, 12, 31), "year")
    except (ValueError, KeyError):
        return None


# "3l/3/2015", "1o/l2/2014": a letter in a date is the digit that it looks like.
_DAMAGED_RE = re.compile(r"(?<=\d)[lio|](?=\s?/\s?[\dlio])|(?<=[\dlio]/)[lio|](?=\d?/\d)|(?<=[\dlio]/\d)[lio|](?=/\d)")


# "nqày 15", "tláng 3": what stands before a number in a date, with letters that look alike
_DAMAGED_WORD_RE = re.compile(r"(?<![a-z])(?:(t[hil]an[gq])|n[gq]a[yv])(?=\s*\d)")
_DATED_RE = re.compile(rf"\d|(?<![a-z])qu[yi](?![a-z])|{SAME_DAY_RE.pattern}")  # without a digit: "quý I"


def find_dates(
    folded: str, year: int | None = None, after: date | None = None, same: date | None = None
) -> Iterator[DateMatch]:
    """Yield the date expressions of *folded* text from left to right, without overlaps.

    Args:
        folded: text folded by `pipeline.lexicon.folding.fold`.
        year: the year of dates that name none; those are skipped when it is None.
        after: such dates lie after this day: "15/3" of a plan of December is in the next year.
        same: the day that "cùng ngày" means before any day is named.

    >>> [m.when.end.isoformat() for m in find_dates("hoan thanh truoc ngay 31/3/2020; trong thang 5 nam 2020")]
    ['2020-03-31', '2020-05-31']
    """
    if not _DATED_RE.search(folded):
        return
    folded = _DAMAGED_WORD_RE.sub(lambda match: "thang" if match[1] else "ngay", folded)
    folded = _DAMAGED_RE.sub(lambda match: "0" if match[0] == "o" else "1", folded)
    position = 0
    # the next match of each shape, sought again only once it is passed: a text full of dates is read once a shape
    ahead: list[re.Match[str] | None] = [_next(shape, folded, 0) for _, shape in _SHAPES]
    while position < len(folded):
        best: tuple[int, int] | None = None
        for order, (_, shape) in enumerate(_SHAPES):
            match = ahead[order]
            if match and match.start() < position:
                match = ahead[order] = _next(shape, folded, position)
            if match and (best is None or (match.start(), order) < best):
                best = match.start(), order
        if best is None:
            return
        start, order = best
        kind, match = _SHAPES[order][0], ahead[order]
        assert match is not None
        end = match.end()
        when = (When(same, same, "day") if same else None) if kind == "same" else _interval(kind, match, year)
        if when is None:
            position = start + 1 if not match[0][0].isdigit() else _skip_digits(folded, start)
            continue
        if after and kind != "same" and not (match.groupdict().get("y") or match.groupdict().get("y2")):
            when = _not_before(when, after)
        if when.precision == "day":
            same = when.end
        yield _bounded(folded, DateMatch(start, end, when))
        position = end


def _next(shape: re.Pattern[str], folded: str, position: int) -> re.Match[str] | None:
    """Return the first match from *position* on that does not begin within a number."""
    match = shape.search(folded, position)
    while match and match.start() > 0 and folded[match.start() - 1].isdigit() and match[0][0].isdigit():
        match = shape.search(folded, match.start() + 1)
    return match


def _skip_digits(text: str, position: int) -> int:
    while position < len(text) and text[position].isdigit():
        position += 1
    return position


def _not_before(when: When, after: date) -> When:
    """Return *when*, moved to the next year when it would lie before *after*."""
    if when.start and when.end and when.end < after:
        try:
            return When(
                when.start.replace(year=when.start.year + 1), when.end.replace(year=when.end.year + 1), when.precision
            )
        except ValueError:  # 29 February
            return when
    return when


def _bounded(folded: str, match: DateMatch) -> DateMatch:
    """Open the start of *match* where the words before it make it a day by which; open the end after "từ"."""
    before = _UNTIL_HOUR_RE.sub(r"\1 ", folded[max(0, match.start - 40) : match.start])
    when = match.when
    if when.start and when.precision in ("month", "quarter") and _BEFORE_IT_RE.search(before):
        # "trước tháng 4": by the end of March
        return replace(match, when=When(None, when.start - timedelta(days=1), when.precision), bound=True)
    if when.start == when.end or when.precision != "day":
        bound = _BOUND_RE.search(before)
        if bound or (_NOT_AFTER_RE.search(before) and when.start == when.end):
            return replace(match, when=When(None, when.end, when.precision), bound=True)
        if _SINCE_RE.search(before) and when.precision == "day":
            return replace(match, when=When(when.start, None, when.precision))
    if when.precision in ("month", "quarter") and (
        _BEGINS_RE.search(before) or (_FROM_RE.search(before) and _ENDS_LATER_RE.match(folded, match.end))
    ):
        return replace(match, when=When(when.start, None, when.precision))
    return match


_HALF = r"(?:½|0?1\s*/\s*2|0[,.]5|nua|mot\s+nua|mot\s+phan\s+hai)"
_DURATION_RE = re.compile(
    rf"""(?<![\d/.,])(?:
      (?P<whole>(?:ca|tron)\s+ngay)
    | (?P<half>{_HALF})\s*(?:\(.{{0,24}}?\)\s*)?ngay
    | (?P<and_half>\d+|mot|hai|ba)\s*ngay\s*ruoi
    | (?P<days>\d+(?:[.,]5)?|mot|hai|ba|bon)(?:\s*½)?\s*(?:\(\s*(?:mot|hai|ba|bon|\d+)\s*\)\s*)?
      ngay(?!\s*(?:\d(?!\d?\s*(?:va|,|-|den)\s*\d)|thang))
    | (?P<sessions>\d+|mot|hai|ba)\s*(?:\(\s*(?:mot|hai|ba|\d+)\s*\)\s*)?buoi
    )(?![a-z])""",
    re.VERBOSE,
)
_DURATION_NOT_AFTER_RE = re.compile(
    r"(?:cham\s*nhat|truoc|sau(?:\s+[a-z]+){0,4}|trong\s+vong|it\s+nhat|qua|chon|ngay|thang|/)\s*(?:la\s*)?$"
)
_DURATION_NOT_BEFORE_RE = re.compile(
    r"\s*(?:lam\s+viec|(?:,\s*)?ke\s+tu|sau\s+khi|truoc\s+khi|tinh\s+tu|truoc\s+ngay|luong|cong|phep)"
)
_NUMBER_OF_DAYS = {"mot": 1.0, "hai": 2.0, "ba": 3.0, "bon": 4.0}


@dataclass(frozen=True, slots=True)
class DurationMatch:
    """A length of time at ``[start:end]`` of the text, in days."""

    start: int
    end: int
    days: float


def find_durations(folded: str) -> Iterator[DurationMatch]:
    """Yield how long something lasts, in days, from 0.25 to 10; waiting times and ages are left out.

    >>> [m.days for m in find_durations("½ ngay; mot buoi; 01 ngay; 1,5 ngay; nua ngay; 02 (hai) ngay")]
    [0.5, 0.5, 1.0, 1.5, 0.5, 2.0]
    >>> list(find_durations("cham nhat 05 ngay lam viec, sau 3 ngay"))
    []
    """
    for match in _DURATION_RE.finditer(folded):
        before = folded[max(0, match.start() - 32) : match.start()]
        allowed = "khong qua" in before[-11:] or not _DURATION_NOT_AFTER_RE.search(before)
        if not allowed or _DURATION_NOT_BEFORE_RE.match(folded, match.end()):
            continue
        if match["whole"]:
            days = 1.0
        elif match["half"]:
            days = 0.5
        elif match["and_half"]:
            days = _days(match["and_half"]) + 0.5
        elif match["days"]:
            days = _days(match["days"])
        else:
            days = _days(match["sessions"]) / 2
        if 0 < days <= 10:
            yield DurationMatch(match.start(), match.end(), days)


def _days(text: str) -> float:
    return _NUMBER_OF_DAYS.get(text) or float(text.replace(",", "."))
