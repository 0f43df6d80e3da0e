"""The calendar of a plan: when it is issued, and when the conferences it schedules take place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from corpus.vocabulary_time import roman, workday


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days in their order: issued, enrol, pilot, base, report, upper, top."""

    issued: date
    enrol: date  # lists and reports for preparation
    pilot: date
    base: date  # conferences at the grassroots are over
    report: date  # their results are reported
    upper: date  # the level above
    top: date  # the level above that
    year: int  # of the congress
    past: str  # "2015 - 2020"
    ahead: str  # "2020 - 2025"
    national: str  # ordinal of the national congress

    def slots(self) -> dict[str, str]:
        """Slots that templates use."""
        return {
            "year": str(self.year), "past": self.past, "ahead": self.ahead, "national": self.national,
            "before": str(self.year - 5), "lastyear": str(self.issued.year - 1), "thisyear": str(self.issued.year),
        }  # fmt: skip


def congress(rng: Random, *, years: tuple[int, ...] = (2015, 2020, 2025), since_merger: bool = False) -> Timeline:
    """Return a calendar before one of the five-yearly congresses of emulation.

    With *since_merger* the plan is issued after 1 July 2025.
    """
    year = 2025 if since_merger else rng.choice(years)
    first = date(2025, 7, 8) if since_merger else date(year - 1, 8, 5)
    issued = workday(first + timedelta(days=rng.randrange(45 if since_merger else 190)))
    step = 10 if since_merger else 25

    def after(day: date, low: int, high: int) -> date:
        return workday(day + timedelta(days=rng.randint(low, high)))

    enrol = after(issued, step // 2, step)
    pilot = after(issued, step, step * 2)
    base = after(pilot, step, step * 2)
    if rng.random() < 0.4:  # rounds to the end or the middle of a month
        base = base.replace(day=rng.choice((15, 20, 25, 28, 30 if base.month != 2 else 28)))
    report = after(base, 4, 12)
    upper = after(report, step, step * 2)
    top = after(upper, step, step * 2)
    dash = rng.choice((" - ", " - ", "-", " – "))
    return Timeline(
        issued, enrol, pilot, base, report, upper, top, year,
        f"{year - 5}{dash}{year}", f"{year}{dash}{year + 5}", roman((year - 1970) // 5),
    )  # fmt: skip
