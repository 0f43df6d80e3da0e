"""What every family of documents shares: a draft that collects blocks and gold side by side.

A family is a function that writes into a `Draft`. Whoever states a fact gets its words back and has put it into the
gold in the same call, so gold comes from the generator's own facts and its words stand in the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, Literal

from corpus.layout import Align, Block, Close, Header, Layout, PageBreak, Paragraph, Run, Table
from corpus.vocabulary import expand, number_words, person
from corpus.vocabulary_places import Place
from corpus.vocabulary_time import DayStyle, When, day_words

Split = Literal["train", "dev", "heldout"]
HeaderStyle = Literal["state", "party", "youth"]
_MARKUP_RE = re.compile(r"(\*\*.+?\*\*|__.+?__)")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of office with its own way of writing."""

    name: str
    split: Split
    title: str
    write: Callable[[Draft], None]


def runs(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """Split inline marks into runs: ``**bold**``, ``__italic__``.

    >>> [(run.text, run.bold) for run in runs("a **b**")]
    [('a ', False), ('b', True)]
    """
    found = []
    for part in _MARKUP_RE.split(text):
        if part.startswith("**") and len(part) > 4:
            found.append(Run(part[2:-2], bold=True, italic=italic))
        elif part.startswith("__") and len(part) > 4:
            found.append(Run(part[2:-2], bold=bold, italic=True))
        elif part:
            found.append(Run(part, bold=bold, italic=italic))
    return tuple(found)


@dataclass
class Draft:
    """A document while it is written."""

    rng: Random
    blocks: list[Block] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)
    day_style: DayStyle = "nd30"
    words: dict[str, str] = field(default_factory=dict)  # slots that every template may use: {unit}, {period}, ...
    indent: float = 1.0
    size: float = 14.0
    sans: bool = False
    sloppy: bool = False  # leaves the small slips of a hurried office in narrative paragraphs

    def __post_init__(self) -> None:
        self.gold = {
            "document_type": "KH", "document_number": {"number": None, "notation": None}, "issuing_body": None,
            "place": None, "issued_date": None, "subject": None, "legal_bases": [], "events": [],
            "delegate_limits": [], "composition_ratios": [], "agenda": [], "presidium": None, "deadlines": [],
            "signer": None, "recipients_count": 0, "recipients": [], "tasks": [], "tasks_count": 0,
            "allocations": [], "budget": None,
        }  # fmt: skip
        self.sloppy = self.rng.random() < 0.15

    # -- choosing ------------------------------------------------------------------------------------------------
    def maybe(self, chance: float = 0.5) -> bool:
        """Decide with the given chance."""
        return self.rng.random() < chance

    def choose(self, *options: str) -> str:
        """Return one of *options*, expanded."""
        return self.fill(self.rng.choice(options))

    def fill(self, template: str, **slots: object) -> str:
        """Expand alternatives, then slots."""
        text = expand(self.rng, template)
        return text.format(**{**self.words, **slots}) if "{" in text else text

    # -- blocks --------------------------------------------------------------------------------------------------
    def p(
        self, text: str, *, bold: bool = False, italic: bool = False, align: Align = "justify",
        indent: float | None = None, left: float = 0.0, before: float = 6.0,
    ) -> None:  # fmt: skip
        """Add a paragraph; ``**`` and ``__`` mark bold and italic."""
        first = (0.0 if align == "center" else self.indent) if indent is None else indent
        self.blocks.append(Paragraph(runs(text, bold=bold, italic=italic), align, first, left, before))

    def t(self, template: str, **slots: object) -> None:
        """Add a paragraph from a template."""
        self.p(self.fill(template, **slots))

    def h(self, text: str, *, italic: bool = False, center: bool = False) -> None:
        """Add a heading."""
        self.p(text, bold=True, italic=italic, align="center" if center else "justify")

    def prose(self, templates: Sequence[str], count: int, prefix: str = "", **slots: object) -> None:
        """Add *count* different narrative paragraphs, perhaps with a slip of the pen."""
        for template in self.rng.sample(list(templates), min(count, len(templates))):
            text = self.fill(template, **slots)
            if self.sloppy and self.maybe(0.3):
                text = _slip(self.rng, text)
            self.p(prefix + text)

    def annex(self, title: str) -> None:
        """Start an annex, on a page of its own more often than not."""
        if self.maybe(0.75):
            self.blocks.append(PageBreak())
        self.p(title, bold=True, align="center", before=24.0)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float] = (), header_rows: int = 1) -> None:
        """Add a ruled table."""
        self.blocks.append(Table(tuple(tuple(row) for row in rows), header_rows, tuple(widths)))

    # -- header --------------------------------------------------------------------------------------------------
    def issuer(
        self, name: str, level: str, place: Place | None, *, district: bool = True, commune: bool = False
    ) -> None:
        """Set the gold of the issuing body."""
        self.gold["issuing_body"] = {
            "name": name,
            "level": level,
            "province": place.province.name if place else None,
            "district": place.district.name if place and place.district and district else None,
            "commune": place.commune.name if place and commune else None,
            "province_2025": place.province_2025.name if place else None,
        }

    def header(
        self, parents: Sequence[str], body: Sequence[str], number: str, place: str | None, issued: date, *,
        style: HeaderStyle = "state", under: Sequence[str] = (), blank_number: float = 0.12, blank_day: float = 0.1,
    ) -> None:  # fmt: skip
        """Add the two columns over the title and their gold.

        Args:
            parents: lines over the issuing body's own.
            body: lines of the issuing body.
            number: how the number is printed, ``Số: {n}/KH-UBND``.
            place: địa danh, or None where the document has none.
            issued: day of issue.
            style: quốc hiệu; the party's heading; the youth union's.
            under: lines below the number ("V/v ...").
            blank_number: chance that the number was never filled in.
            blank_day: chance that the day was never filled in.
        """
        rng = self.rng
        value = rng.choice((rng.randint(1, 99), rng.randint(1, 400), rng.randint(100, 3200)))
        head, tail = number.split("{n}")
        notation = tail.strip().lstrip("-/ ").strip()
        pen = rng.random() < 0.25
        shown = f"{value:02d}"
        if rng.random() < blank_number:
            number_runs: tuple[Run, ...] = (Run(f"{head}{' ' * rng.randint(4, 9)}{tail}"),)
            self.gold["document_number"] = {"number": None, "notation": notation}
        else:
            gap = rng.choice(("", "", " "))
            number_runs = (Run(head), Run(f"{gap}{shown}{gap}" if pen else shown + gap, handwritten=pen), Run(tail))
            self.gold["document_number"] = {"number": value, "notation": notation}
        left = [Paragraph((Run(line),), "center", 0.0, 0.0, 0.0) for line in parents]
        left += [Paragraph((Run(line, bold=True),), "center", 0.0, 0.0, 0.0) for line in body]
        if style == "party" and rng.random() < 0.7:
            left.append(Paragraph((Run("*"),), "center", 0.0, 0.0, 0.0))
        left.append(Paragraph(number_runs, "center", 0.0))
        left += [Paragraph((Run(line),), "center", 0.0, 0.0, 3.0) for line in under]
        if style == "party":
            right = [Paragraph((Run("ĐẢNG CỘNG SẢN VIỆT NAM", bold=True),), "center", 0.0, 0.0, 0.0)]
        elif style == "youth":
            right = [Paragraph((Run("ĐOÀN TNCS HỒ CHÍ MINH", bold=True),), "center", 0.0, 0.0, 0.0)]
        else:
            nation = rng.choice(("HÒA", "HÒA", "HÒA", "HOÀ"))
            dash = rng.choice((" - ", " - ", " – "))
            right = [
                Paragraph((Run(f"CỘNG {nation} XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),), "center", 0.0, 0.0, 0.0),
                Paragraph((Run(dash.join(("Độc lập", "Tự do", "Hạnh phúc")), bold=True),), "center", 0.0, 0.0, 0.0),
            ]
        if place:
            right.append(self._place_and_date(place, issued, blank_day))
            self.gold["place"] = place
        self.blocks.append(Header(tuple(left), tuple(right)))

    def _place_and_date(self, place: str, issued: date, blank_day: float) -> Paragraph:
        month = f"{issued.month:02d}" if issued.month < 3 else str(issued.month)
        if self.rng.random() < blank_day:
            text = f"{place}, ngày{' ' * self.rng.randint(3, 8)}tháng {month} năm {issued.year}"
            self.gold["issued_date"] = {"value": f"{issued:%Y-%m}", "precision": "month", "source": "header"}
            return Paragraph((Run(text, italic=True),), "center", 0.0)
        self.gold["issued_date"] = {"value": issued.isoformat(), "precision": "day", "source": "header"}
        if self.rng.random() < 0.2:
            return Paragraph(
                (
                    Run(f"{place}, ngày ", italic=True),
                    Run(f"{issued.day:02d}", italic=True, handwritten=True),
                    Run(f" tháng {month} năm {issued.year}", italic=True),
                ),
                "center",
                0.0,
            )
        return Paragraph((Run(f"{place}, {day_words(issued, 'long')}", italic=True),), "center", 0.0)

    def title(
        self, kind: str | None, *lines: str, subject: str | None = None, alternatives: Sequence[str] = ()
    ) -> None:
        """Add the document type and the subject over its lines; the subject's gold is the joined lines."""
        if kind:
            self.p(kind, bold=True, align="center", before=14.0)
        for line in lines:
            self.p(line, bold=True, align="center", before=0.0)
        self.gold["subject"] = subject or " ".join(lines)
        if alternatives:
            self.gold["subject_alternatives"] = list(alternatives)

    # -- facts ---------------------------------------------------------------------------------------------------
    def basis(self, kind: str, code: str | None, day: date | None, issuer: str | None, template: str) -> str:
        """State a legal basis; slots ``{code}`` and ``{day}``."""
        words = day_words(day, self.day_style) if day else ""
        text = self.fill(template, code=code or "", day=words)
        self.gold["legal_bases"].append(
            {
                "document_type": kind,
                "code": code,
                "date": day.isoformat() if day else None,
                "issuer": issuer,
                "text": text,
            }
        )
        return text

    def event(
        self, level: str, template: str, time: When | None = None, *, days: float | None = None, pilot: bool = False,
        **slots: object,
    ) -> str:  # fmt: skip
        """State a conference's time; slot ``{when}``. *days* is its length, stated here or beside."""
        text = self.fill(template, when=time.words if time else "", **slots)
        self.gold["events"].append(
            {
                "level": level, "pilot": pilot, "duration_days": days, "start": time.start if time else None,
                "end": time.end if time else None, "precision": time.precision if time else None, "text": text,
            }
        )  # fmt: skip
        return text

    def limit(
        self, level: str, kind: str, template: str, n: int | None = None, lo: int | None = None, *,
        condition: bool = False, scope: str | None = None, **slots: object,
    ) -> str:  # fmt: skip
        """State a number of delegates; slots ``{n}``, ``{lo}`` and, in words, ``{words}``."""
        shown = {} if n is None else {"n": f"{n:02d}", "words": number_words(n) if n < 1000 else str(n)}
        if lo is not None:
            shown["lo"] = f"{lo:02d}"
        text = self.fill(template, **shown, **slots)
        low = {"range": lo, "exact": n, "approx": n, "min": n}.get(kind)
        item = {"level": level, "kind": kind, "min": low, "max": None if kind == "min" else n, "condition": condition}
        self.gold["delegate_limits"].append({**item, "scope": scope, "text": text})
        return text

    def ratio(
        self, level: str, category: str, percent: float, template: str, *, approximate: bool = False, **slots: object
    ) -> str:  # fmt: skip
        """State a share of the delegates; slot ``{p}`` ("70%")."""
        shown = f"{percent:g}".replace(".", ",")
        text = self.fill(template, p=f"{shown}{'' if self.rng.random() < 0.9 else ' '}%", **slots)
        self.gold["composition_ratios"].append(
            {"level": level, "category": category, "percent": percent, "approximate": approximate, "text": text}
        )
        return text

    def item(self, kinds: Sequence[str], template: str, **slots: object) -> str:
        """State an item of the programme."""
        text = self.fill(template, **slots)
        self.gold["agenda"].append({"text": text, "kinds": list(kinds)})
        return text

    def deadline(self, template: str, time: When, **slots: object) -> str:
        """State by when something is due; slot ``{when}``."""
        self.gold["deadlines"].append(time.end)
        return self.fill(template, when=time.words, **slots)

    def task(self, unit: str, text: str) -> str:
        """State a unit's task; returns the unit's name as printed."""
        self.gold["tasks"].append({"unit": unit, "text": text})
        self.gold["tasks_count"] = len(self.gold["tasks"])
        return unit

    def budget(self, template: str) -> str:
        """State where the money comes from."""
        text = self.fill(template)
        self.gold["budget"] = text
        return text

    def presidium(self, low: int, high: int, template: str) -> str:
        """State the size of the presidium; slots ``{lo}`` and ``{hi}``."""
        self.gold["presidium"] = {"min": low, "max": high}
        return self.fill(template, lo=f"{low:02d}", hi=f"{high:02d}")

    def allocation(self, heads: Sequence[str], units: Sequence[str], counts: Sequence[int], total: bool = True) -> None:
        """Add an annex table that gives each unit its number of delegates."""
        rows = [list(heads)]
        for order, (name, count) in enumerate(zip(units, counts, strict=True), 1):
            rows.append([str(order), name, f"{count:02d}", *([""] * (len(heads) - 3))])
            self.gold["allocations"].append({"unit": name, "delegates": count})
        if total:
            rows.append(
                ["", self.rng.choice(("Tổng cộng", "Cộng", "TỔNG SỐ")), str(sum(counts)), *([""] * (len(heads) - 3))]
            )
        self.table(rows, (0.1, 0.6, 0.3) if len(heads) == 3 else (0.1, 0.45, 0.2, 0.25))

    # -- close ---------------------------------------------------------------------------------------------------
    def close(
        self, recipients: Sequence[str], signature: Sequence[str], *, position: str, competence: str | None,
        heading: str = "Nơi nhận:", name: str | None = None,
    ) -> None:  # fmt: skip
        """Add recipients and signature."""
        full_name = name or person(self.rng)
        lines = [self.fill(line) for line in recipients]
        self.gold["recipients"] = [line.lstrip("-+ ").rstrip(";. ") for line in lines]
        self.gold["recipients_count"] = len(lines)
        self.gold["signer"] = {"full_name": full_name, "position": position, "competence": competence}
        left = [Paragraph((Run(heading, bold=True, italic=True),), "left", 0.0, 0.0, 0.0)]
        left += [Paragraph((Run(line),), "left", 0.0, 0.0, 0.0) for line in lines]
        right = [Paragraph((Run(line, bold=True),), "center", 0.0, 0.0, 0.0) for line in signature]
        shown = full_name.upper() if self.rng.random() < 0.15 else full_name
        right.append(Paragraph((Run(shown, bold=True),), "center", 0.0, 0.0, 60.0))
        self.blocks.append(Close(tuple(left), tuple(right)))

    def close_by(
        self, recipients: Sequence[str], *signers: tuple[Sequence[str], str, str | None], heading: str = "Nơi nhận:"
    ) -> None:
        """Add recipients and one of *signers*: printed lines, position, competence."""
        lines, position, competence = self.rng.choice(signers)
        self.close(recipients, lines, position=position, competence=competence, heading=heading)

    def layout(self) -> Layout:
        """Return the finished layout."""
        return Layout(tuple(self.blocks), "sans" if self.sans else "serif", self.size)


def _slip(rng: Random, text: str) -> str:
    """Make one slip of the pen that offices make: a lost space, a doubled one, a doubled word.

    >>> _slip(Random(2), "thi đua, khen thưởng") != "thi đua, khen thưởng"
    True
    """
    words = text.split(" ")
    if len(words) < 3:
        return text
    place = rng.randrange(1, len(words) - 1)
    match rng.randrange(3):
        case 0 if "," in text:
            return text.replace(", ", ",", 1)
        case 1:
            return " ".join([*words[:place], "", *words[place:]])
        case _:
            return (
                text.replace("điển hình", "diễn hình", 1)
                if "điển hình" in text
                else " ".join([*words[:place], "", *words[place:]])
            )
