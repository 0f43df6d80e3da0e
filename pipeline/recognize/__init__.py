"""From the text of a document to its facts, each with its evidence.

Header and close first: they say whose plan it is and where its body ends; then the rules of the body, which read
"thành phố" or "cấp trên" as the issuing body would.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pipeline.data import DigitalSignature, Document
from pipeline.lexicon.folding import fold
from pipeline.normalize.dates import find_dates
from pipeline.recognize.agenda import find_agenda
from pipeline.recognize.allocations import find_allocations
from pipeline.recognize.close import find_close
from pipeline.recognize.composition import find_ratios
from pipeline.recognize.confidence import Claim, weighed
from pipeline.recognize.context import Plan, is_meeting, sections_of
from pipeline.recognize.details import find_budget, find_deadlines, find_presidium, find_tasks
from pipeline.recognize.events import find_events
from pipeline.recognize.found import Found, evidence
from pipeline.recognize.header import find_header
from pipeline.recognize.legal_bases import find_legal_bases
from pipeline.recognize.levels import Setting
from pipeline.recognize.limits import find_limits
from pipeline.recognize.ner_signer import name_below
from pipeline.recognize.outline import Outline, read_outline
from pipeline.record import DelegateLimit, Event, EventLevel, Facts, IssuedDate, IssuingBody, Signature

__all__ = ["claims_of", "read_plan", "recognize"]

T = TypeVar("T")
_CLOSE_RE = re.compile(
    r"^[^\w\n]*(?:n[o0][il1]\s*nh[a-z]n\s*:?[^\w\n]*$|n[o0][il1]\s*nhan\s*:|(?:tm|t/m|kt|tl|tuq)\s*[.,]\s*\S)",
    re.MULTILINE,
)


def recognize(document: Document, signatures: Sequence[DigitalSignature] = ()) -> Facts:
    """Return the facts of *document* with their evidence; what the text does not say is absent.

    Args:
        document: the restored text with its lines and pages.
        signatures: digital signatures of the file, which date a page without a date.
    """
    facts = claims_of(document, signatures)
    entries = [e for claim in weighed(document, facts.claims) for e in evidence(claim.field, claim.found, document)]
    return Facts(**facts.values, evidence=tuple(entries))


def claims_of(document: Document, signatures: Sequence[DigitalSignature] = ()) -> Collector:
    """Return the facts of *document* as the rules found them, before it is weighed how probable each is."""
    facts = Collector()
    header = find_header(document, signatures)
    close = find_close(document)
    body = header.issuing_body.value if header.issuing_body else None
    issued = header.issued_date.value if header.issued_date else None
    facts.one("document_type", header.document_type)
    facts.one("document_number", header.document_number)
    facts.one("issuing_body", header.issuing_body)
    facts.one("place", header.place)
    facts.one("issued_date", header.issued_date)
    facts.one("subject", header.subject)
    facts.one("signer", name_below(document, close.signer))
    facts.many("recipients", close.recipients)
    number = header.document_number.value if header.document_number else None
    facts.many("legal_bases", find_legal_bases(document, body, _day_of(issued), number))

    subject = header.subject.value if header.subject else ""
    plan = read_plan(document, body, issued, subject, header.body_start, _body_end(document, close.start))
    told = header.document_type is not None and header.document_type.value in _TELLS
    events = [event for event in find_events(plan) if not (told and _is_past(event.value, plan.issued))]
    plan = replace(
        plan,
        default=_default_level([event.value.level for event in events], plan.setting.own),
        sections=sections_of(plan.items, _levels_read(events)),
    )
    facts.many("events", events)
    limits = [] if told else find_limits(plan)
    facts.many("delegate_limits", limits)
    # "Đại biểu: 95 đồng chí. Cơ cấu: nữ 30%": the shares are those of the conference that the numbers are for
    plan = replace(plan, sections={**sections_of(plan.items, _levels_read(limits)), **plan.sections})
    facts.many("composition_ratios", [] if told else find_ratios(plan))
    facts.many("agenda", [] if told else find_agenda(plan))
    facts.many("allocations", find_allocations(plan))
    facts.one("presidium", find_presidium(plan))
    facts.many("deadlines", find_deadlines(plan, {span for event in events for span in event.spans}))
    facts.many("tasks", find_tasks(plan))
    facts.one("budget", find_budget(plan))
    facts.values["digital_signatures"] = tuple(
        Signature(signer=s.signer, time=s.time.isoformat() if s.time else None) for s in signatures
    )
    return facts


_TELLS = frozenset({"BC", "BB"})
"""Reports and minutes: how many came and what was on the programme is told, not planned."""


def _is_past(event: Event, issued: date | None) -> bool:
    last = event.end or event.start
    return last is not None and issued is not None and last < issued.isoformat()


class Collector:
    """Values by field of the record, and what each was read from."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.claims: list[Claim] = []

    def one(self, field: str, found: Found[Any] | None) -> None:
        """Take the value of a field that holds one."""
        if found is not None:
            self.values[field] = found.value
            self.claims.append(Claim(field, found))

    def many(self, field: str, found: Iterable[Found[Any]]) -> None:
        """Take the values of a field that holds a list."""
        values = list(found)
        self.values[field] = tuple(each.value for each in values)
        self.claims += [Claim(f"{field}/{index}", each) for index, each in enumerate(values)]


def read_plan(
    document: Document,
    body: IssuingBody | None = None,
    issued: IssuedDate | None = None,
    subject: str = "",
    start: int = 0,
    end: int | None = None,
) -> Plan:
    """Return the body of *document* ready for the rules.

    Args:
        document: the document.
        body: who issues it: decides what "thành phố" and "cấp trên" mean.
        issued: when: decides the year of dates that name none.
        subject: its title, which names the level where the issuing body is unknown.
        start: where the title ends.
        end: where the close starts; the whole text when it is None.
    """
    outline = read_outline(document, start, end)
    annex = read_outline(document, end) if end is not None else Outline(())
    day = _day_of(issued)
    return Plan(
        document=document,
        outline=outline,
        annex=annex,
        setting=Setting.of(body, subject),
        issued=day,
        year=day.year if day else _usual_year(document.text),
        meets=is_meeting(fold(subject), fold(document.text)),
        about=fold(subject),
    )


def _default_level(levels: Sequence[EventLevel | None], own: EventLevel | None) -> EventLevel | None:
    """Return the level of what no heading ties to one: that of the only conference, or any of several."""
    distinct = set(levels) - {None}
    return next(iter(distinct)) if len(distinct) == 1 else "any" if distinct else own


def _levels_read(
    values: Iterable[Found[Event]] | Iterable[Found[DelegateLimit]],
) -> list[tuple[int, EventLevel | None]]:
    """Return where in the document each value was read, and its level."""
    return [(found.spans[0][0], found.value.level) for found in values if found.spans]


def _day_of(issued: IssuedDate | None) -> date | None:
    if issued is None:
        return None
    parts = [int(part) for part in issued.value.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _usual_year(text: str) -> int | None:
    """Return the year that most dates of *text* name; the later one of two."""
    years = Counter(m.when.end.year for m in find_dates(fold(text)) if m.when.end and m.when.precision == "day")
    return max(years, key=lambda year: (years[year], year)) if years else None


def _body_end(document: Document, start: int | None) -> int:
    """Return where the body ends: at *start* of the close if known, else at "Nơi nhận" or the signature block."""
    if start is not None:
        return start
    folded = fold(document.text)
    for match in _CLOSE_RE.finditer(folded):
        if match.start() > 0.3 * len(folded):
            return match.start()
    return len(folded)
