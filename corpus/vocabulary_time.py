"""Days, months and quarters as offices write them, each with the interval that the words mean.

A `When` carries both: the words go into the document, the interval into the gold. "Trước ngày 31/3/2020" has only
an end; "trong tháng 3/2015" has both ends of the month; a day on which a conference is held starts and ends it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

DayStyle = Literal["nd30", "plain", "full", "long", "dash", "dot"]
WhenKind = Literal["before", "on", "month", "quarter", "days", "months", "month_end"]
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class When:
    """Words for a time and the interval they mean (ISO days)."""

    words: str
    start: str | None
    end: str
    precision: Literal["day", "month", "quarter"]


def roman(number: int) -> str:
    """Return *number* (1 to 39) in Roman figures, as congresses are counted.

    >>> roman(19)
    'XIX'
    """
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + units[number % 10]


def day_words(day: date, style: DayStyle) -> str:
    """Write a day with the word "ngày".

    >>> day_words(date(2020, 3, 5), "nd30"), day_words(date(2020, 3, 5), "full")
    ('ngày 05/3/2020', 'ngày 05/03/2020')
    >>> day_words(date(2020, 3, 5), "long"), day_words(date(2020, 3, 5), "dash")
    ('ngày 05 tháng 3 năm 2020', 'ngày 05-3-2020')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)  # Nghị định 30: only 1 and 2 get a zero
    match style:
        case "nd30":
            return f"ngày {day.day:02d}/{month}/{day.year}"
        case "plain":
            return f"ngày {day.day}/{day.month}/{day.year}"
        case "full":
            return f"ngày {day.day:02d}/{day.month:02d}/{day.year}"
        case "long":
            return f"ngày {day.day:02d} tháng {month} năm {day.year}"
        case "dash":
            return f"ngày {day.day:02d}-{day.month}-{day.year}"
        case "dot":
            return f"ngày {day.day:02d}.{day.month}.{day.year}"


def month_end(day: date) -> date:
    """Return the last day of the month of *day*."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_words(day: date, style: DayStyle) -> str:
    """Write a month.

    >>> month_words(date(2015, 3, 9), "nd30"), month_words(date(2015, 3, 9), "long")
    ('tháng 3/2015', 'tháng 3 năm 2015')
    """
    month = f"{day.month:02d}" if (day.month < 3 and style != "plain") or style == "full" else str(day.month)
    return f"tháng {month} năm {day.year}" if style == "long" else f"tháng {month}/{day.year}"


def when(kind: WhenKind, day: date, style: DayStyle, rng: Random) -> When:
    """Return words around *day* and the interval that they mean.

    ``before`` gives the bare day, to stand after "trước", "chậm nhất" or "xong trước".

    >>> when("before", date(2020, 3, 31), "nd30", Random(1))
    When(words='ngày 31/3/2020', start=None, end='2020-03-31', precision='day')
    >>> when("quarter", date(2025, 2, 1), "nd30", Random(1)).end
    '2025-03-31'
    """
    match kind:
        case "before":
            return When(day_words(day, style), None, day.isoformat(), "day")
        case "on":
            return When(day_words(day, style), day.isoformat(), day.isoformat(), "day")
        case "month":
            return When(month_words(day, style), day.replace(day=1).isoformat(), month_end(day).isoformat(), "month")
        case "month_end":
            words = f"cuối {month_words(day, style)}"
            return When(words, day.replace(day=1).isoformat(), month_end(day).isoformat(), "month")
        case "quarter":
            number = (day.month + 2) // 3
            first = date(day.year, 3 * number - 2, 1)
            words = rng.choice((f"Quý {_ROMAN[number]} năm {day.year}", f"quý {_ROMAN[number]}/{day.year}"))
            return When(words, first.isoformat(), month_end(date(day.year, 3 * number, 1)).isoformat(), "quarter")
        case "days":
            first = day - timedelta(days=rng.choice((9, 14, 19, 30, 45)))
            words = f"{day_words(first, style)} đến {rng.choice(('', 'hết '))}{day_words(day, style)}"
            return When(f"từ {words}", first.isoformat(), day.isoformat(), "day")
        case "months":
            first = (day.replace(day=1) - timedelta(days=rng.choice((1, 40)))).replace(day=1)
            head = month_words(first, style)
            if first.year == day.year:
                head = head.split("/")[0].split(" năm")[0]  # "từ tháng 2 đến tháng 4/2020"
            words = f"từ {head} đến {rng.choice(('', 'hết '))}{month_words(day, style)}"
            return When(words, first.isoformat(), month_end(day).isoformat(), "month")


def workday(day: date) -> date:
    """Return *day*, moved off a weekend: offices set no deadline on a Sunday."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= 5 else 0)
