"""Numbered checks of a record. A check finds no fault with a file, it says what a reader should look at.

Errors (E) mean that the record contradicts itself, warnings (W) that the document leaves something out, says it twice
differently, or was hard to read. Where two readings are possible the record keeps the literal one, and a warning
names the doubt. Nothing is guessed: an absent fact has a warning that says why it is absent.

====  ===============================================================================================
Code  Meaning
====  ===============================================================================================
E101  evidence: the quote does not stand at its place in the text
E102  evidence: names a field that the record does not hold
E103  evidence: a value that was read has none
E104  text: the pages do not cover the text in order
W102  text: a page was recognized with little confidence
W103  text: a page without any text
W201  no issuing body: neither the header nor the body of the text names one
W202  no number: it is left blank, or cannot be read
W203  no date of issue: blank in the header, and no digital signature
W204  the date of issue lacks its day or month
W205  the date of issue was taken from the digital signature
W206  no type of document: no title above the subject
W207  no subject
W208  no signer
W209  the issuing body belongs to no unit of the gazetteer of its day
W210  title and body count the congress or conference differently (lần thứ ...)
W211  no recipients
W212  date of issue and digital signature lie more than 60 days apart
W213  the signer's position is not given
W301  a conference ends before the plan was issued
W302  a deadline lies before the plan was issued
W303  a conference ends before it starts
W304  the shares of delegates of one level do not add up to 100 per cent
W305  a range whose lower end is above the upper
W306  no conference with a date
W307  no number of delegates
W308  no shares of delegates
W309  no programme
W310  the level of a conference is unknown
W311  a legal basis is dated after the plan
W312  a pilot conference ends after the conferences that it is the model for
W313  delegates allotted in the annex exceed the number of delegates
W315  a unit of the annex gets another number than the text gives each such unit
W316  the total of a table of delegates is not the sum of its rows
W314  a conference of a higher level ends before those of the level below
W401  the text came without marks; they were restored
W402  the text was garbled; it was repaired
W403  the text was in a legacy encoding; it was converted
W404  many words were changed by restoration
W405  a fact is more likely wrong than right, by how it was read
====  ===============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from pipeline.lexicon.folding import fold
from pipeline.normalize.ratios import find_shares
from pipeline.record import CompositionRatio, EventLevel, Issue, Record

__all__ = ["CHECKS", "is_error", "validate"]

LOW_PAGE = 0.7  # mean confidence under which a page is worth a look: below it one word in ten is wrong
LOW_FACT = 0.5  # confidences are probabilities (`pipeline.recognize.confidence`)
MANY_EDITS = 0.25  # of the words
Messages = Iterator[tuple[str, str]]


def validate(record: Record) -> tuple[Issue, ...]:
    """Return the issues of *record*, in the order of their codes."""
    found = {(code, message) for check in CHECKS for code, message in check(record)}
    return tuple(Issue(code=code, message=message) for code, message in sorted(found))


def is_error(issue: Issue) -> bool:
    """Tell whether an issue is an error: the record contradicts itself.

    >>> is_error(Issue(code="E101", message="")), is_error(Issue(code="W201", message=""))
    (True, False)
    """
    return issue.code.startswith("E")


def check_evidence(record: Record) -> Messages:
    """E101, E102, E103: every value that was read points at its words."""
    text = record.text.content
    values = record.model_dump(mode="python")
    for entry in record.evidence:
        if text[entry.start : entry.end] != entry.quote:
            yield "E101", f"{entry.field}: {entry.quote!r} does not stand at [{entry.start}:{entry.end}]"
        name, _, index = entry.field.partition("/")
        value = values.get(name)
        if value is None or (index and not (isinstance(value, tuple) and int(index) < len(value))):
            yield "E102", f"{entry.field}: evidence of a value that the record does not hold"
    seen = {entry.field for entry in record.evidence}
    for name in ("document_type", "document_number", "issuing_body", "place", "issued_date", "subject", "signer",
                 "presidium", "budget"):  # fmt: skip
        if values[name] is not None and name not in seen:
            signed = name in ("issued_date", "signer", "issuing_body") and record.digital_signatures
            if not signed:
                yield "E103", f"{name}: no evidence"
    for name in ("legal_bases", "events", "delegate_limits", "composition_ratios", "agenda", "allocations",
                 "deadlines", "tasks", "recipients"):  # fmt: skip
        for position in range(len(values[name])):
            if f"{name}/{position}" not in seen:
                yield "E103", f"{name}/{position}: no evidence"


def check_pages(record: Record) -> Messages:
    """E104, W102, W103: pages cover the text in order and could be read."""
    position = 0
    for page in record.text.pages:
        if page.start < position or page.end < page.start or page.end > len(record.text.content):
            yield "E104", f"page {page.page}: [{page.start}:{page.end}] does not follow {position}"
        position = page.end
        if page.confidence is not None and page.confidence < LOW_PAGE:
            yield "W102", f"page {page.page}: recognized with a confidence of {page.confidence:.2f}"
        if not record.text.content[page.start : page.end].strip():
            yield "W103", f"page {page.page}: no text ({page.reason})"


def check_header(record: Record) -> Messages:
    """W201 to W209, W213: what header and close leave out."""
    if record.issuing_body is None:
        yield "W201", "no issuing body: neither the header nor the body of the text names one"
    elif record.issuing_body.level in ("province", "district", "commune") and not record.issuing_body.province_code:
        yield "W209", f"{record.issuing_body.name}: no such unit in the gazetteer of its day, or several"
    if record.document_number is None:
        yield "W202", "no number: the header has none, or it cannot be read"
    elif record.document_number.number is None:
        yield "W202", f"number before {record.document_number.notation}: blank, or cannot be read"
    if record.issued_date is None:
        yield "W203", "no date of issue: blank in the header, and no digital signature says one"
    elif record.issued_date.precision != "day":
        yield "W204", f"date of issue: only {record.issued_date.value} is given"
    elif record.issued_date.source == "digital_signature":
        yield "W205", f"date of issue: {record.issued_date.value} is that of the digital signature"
    if record.document_type is None:
        yield "W206", "no type of document: no title above the subject"
    if record.subject is None:
        yield "W207", "no subject under the title"
    if record.signer is None:
        yield "W208", "no signer: the text ends without a signature block"
    elif record.signer.position is None:
        yield "W213", "the signer's position is not given"
    if not record.recipients:
        yield "W211", "no recipients: no Nơi nhận was found"


def check_signatures(record: Record) -> Messages:
    """W212: the page and the digital signature tell different times."""
    issued = _day(record.issued_date.value) if record.issued_date else None
    for signature in record.digital_signatures:
        signed = _day(signature.time[:10]) if signature.time else None
        if issued and signed and abs((signed - issued).days) > 60:
            yield "W212", f"issued on {issued}, signed on {signed}"
            return


_ORDINAL_RE = re.compile(r"(?P<what>(?:dai hoi|hoi nghi)(?: [a-z]+){0,12}?),? lan thu (?P<number>[ivxl]+|\d+)(?![a-z])")


def check_ordinals(record: Record) -> Messages:
    """W210: "lần thứ IX" in the title, "lần thứ X" in the body, of the same congress."""
    if not record.subject:
        return
    title = {_name_of(m["what"]): m["number"] for m in _ORDINAL_RE.finditer(_words(fold(record.subject)))}
    body = list(_ORDINAL_RE.finditer(_words(fold(record.text.content))))
    for what, number in title.items():
        others = sorted({m["number"] for m in body if _name_of(m["what"]) == what} - {number})
        if others:
            said = ", ".join(other.upper() for other in others)
            yield "W210", f"{what}: lần thứ {number.upper()} in the title, {said} in the body"


def _name_of(what: str) -> str:
    """Return the name of the last congress in a phrase: "hội nghị ... tiến tới đại hội ..." is about the latter."""
    return what[max(what.rfind("dai hoi"), what.rfind("hoi nghi")) :]


def _words(text: str) -> str:
    return " ".join(text.split())


def check_dates(record: Record) -> Messages:
    """W301, W302, W303, W311: dates that contradict the day of issue or each other."""
    issued = _first_day(record.issued_date.value) if record.issued_date else None
    for index, event in enumerate(record.events):
        start, end = _day(event.start), _day(event.end)
        if start and end and end < start:
            yield "W303", f"events/{index}: starts on {start}, ends on {end}"
        if issued and end and end < issued:
            yield "W301", f"events/{index}: ends on {end}, but the plan is of {issued}"
    for index, deadline in enumerate(record.deadlines):
        due = _day(deadline.date)
        if issued and due and due < issued:
            yield "W302", f"deadlines/{index}: due on {due}, but the plan is of {issued}"
    for index, basis in enumerate(record.legal_bases):
        day = _day(basis.date)
        if issued and day and day > issued and record.issued_date and record.issued_date.precision == "day":
            yield "W311", f"legal_bases/{index}: of {day}, but the plan is of {issued}"


def check_ratios(record: Record) -> Messages:
    """W304: the shares of delegates and guests of one level are parts of one whole."""
    for level in dict.fromkeys(ratio.level for ratio in record.composition_ratios):
        ratios = [ratio for ratio in record.composition_ratios if ratio.level == level]
        parts = [ratio for ratio in ratios if ratio.category in ("exemplary", "guests")]
        if len({ratio.category for ratio in parts}) < 2:
            continue
        bounds = [_bounds(ratio) for ratio in parts]
        least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
        # women and the young are among them, workers and others may be a part beside them
        if any(ratio.category in ("direct_workers", "party", "other") for ratio in ratios):
            most = max(most, 100)
        if least > 101 or most < 99:
            total = sum(ratio.percent for ratio in parts)
            yield "W304", f"composition_ratios of level {level}: they add up to {total:g} per cent"


ABOUT = 5  # per cent that "khoảng" may be off


def _bounds(ratio: CompositionRatio) -> tuple[float, float]:
    """Return between which shares *ratio* lies, by the words it was read from: "ít nhất 70%", "từ 20 đến 30%".

    >>> _bounds(CompositionRatio(category="guests", percent=20, text="khách mời từ 20 - 30%"))
    (20.0, 30.0)
    """
    said = next((share for share in find_shares(fold(ratio.text)) if abs(share.percent - ratio.percent) < 0.01), None)
    low, high = ratio.percent, ratio.percent
    if said is not None:
        high = said.high or high
        if said.bound == "min":
            high = 100
        elif said.bound == "max":
            low = 0
    return (low - ABOUT, high + ABOUT) if ratio.approximate else (low, high)


def check_counts(record: Record) -> Messages:
    """W305, W313, W315: numbers of people that contradict each other."""
    ranges = [(f"delegate_limits/{i}", limit.min, limit.max) for i, limit in enumerate(record.delegate_limits)]
    if record.presidium:
        ranges.append(("presidium", record.presidium.min, record.presidium.max))
    for name, low, high in ranges:
        if low is not None and high is not None and low > high:
            yield "W305", f"{name}: from {low} to {high}"
    allotted = sum(row.delegates for row in record.allocations if row.category is None)
    tops = [limit.max for limit in record.delegate_limits if limit.max and not limit.scope]
    if allotted and tops and allotted > max(tops):
        yield "W313", f"allocations: {allotted} delegates, more than {max(tops)}"
    for limit in record.delegate_limits:
        kind = _EACH_RE.search(fold(limit.scope or ""))
        if kind is None or limit.max is None or limit.condition:
            continue
        least = limit.min if limit.min is not None and limit.kind != "max" else 0
        for index, row in enumerate(record.allocations):
            of_kind = re.match(rf"{kind['kind']}(?![a-z])", fold(row.unit).strip())
            if of_kind and row.category is None and not least <= row.delegates <= limit.max:
                yield "W315", f"allocations/{index}: {row.unit} has {row.delegates}, each such unit {limit.max}"


_EACH_RE = re.compile(
    r"(?<![a-z])moi\s+(?P<kind>xa|phuong|thi\s+tran|huyen|quan|thon|xom|ap|to\s+dan\s+pho|khoa|phong|truong|chi\s+bo|chi\s+doan|"
    r"chi\s+hoi)\W*(?:cu\W*)?$"
)
_TOTAL_ROW_RE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:tong(?:\s+(?:cong|so))?|cong)(?:\s+(?:so\s+)?dai\s*bieu)?[^a-z\n\d]*(?P<total>\d{1,4})\s*(?=\n|$)"
)


def check_totals(record: Record) -> Messages:
    """W316: the row "Tổng cộng" of a table of delegates."""
    places = sorted(
        (entry.start, record.allocations[int(entry.field.partition("/")[2])].delegates)
        for entry in record.evidence
        if entry.field.startswith("allocations/") and entry.quote.isdigit()
    )
    if any(row.category is not None for row in record.allocations):
        return  # several columns, several totals
    before = 0
    for match in _TOTAL_ROW_RE.finditer(fold(record.text.content)):
        rows = [delegates for place, delegates in places if before <= place < match.start()]
        before = match.end()
        if len(rows) > 1 and sum(rows) != int(match["total"]):
            yield "W316", f"allocations: the rows add up to {sum(rows)}, the table says {match['total']}"


PLANS = ("KH", "HD", "CTr", "ĐA", "PA", None)
_CONFERENCE_RE = re.compile(r"hoi\s+nghi|dai\s+hoi")


def check_missing(record: Record) -> Messages:
    """W306 to W310: what a plan of a conference should say."""
    if record.document_type not in PLANS or not _CONFERENCE_RE.search(
        fold(record.subject or record.text.content[:3000])
    ):
        return
    if not any(event.start or event.end for event in record.events):
        yield "W306", "no conference with a date: no sentence ties a date to one"
    if not record.delegate_limits:
        yield "W307", "no number of delegates in the text"
    if not record.composition_ratios:
        yield "W308", "no shares of delegates in the text"
    if not record.agenda:
        yield "W309", "no programme: no list of at least three ceremonial items"
    for index, event in enumerate(record.events):
        if event.level is None:
            yield "W310", f"events/{index}: neither the sentence nor its headings name a level"


_ORDER: dict[EventLevel, int] = {"grassroots": 0, "district": 1, "province": 2, "national": 3}


def check_order(record: Record) -> Messages:
    """W312, W314: pilots come first, and lower levels before higher ones."""
    dated = [(event, last) for event in record.events if (last := _day(event.end)) is not None]
    for index, event in enumerate(record.events):
        last = _day(event.end)
        if not event.pilot or last is None:
            continue
        models = [end for other, end in dated if not other.pilot and other.level == event.level]
        if models and last > max(models):
            yield "W312", f"events/{index}: the pilot ends on {last}, the others on {max(models)}"
    ends: dict[int, date] = {}
    for event, last in dated:
        if not event.pilot and event.level in _ORDER:
            ends[_ORDER[event.level]] = max(last, ends.get(_ORDER[event.level], last))
    for low, high in pairwise(sorted(ends)):
        if ends[high] < ends[low]:
            yield "W314", f"level {_name(high)} ends on {ends[high]}, level {_name(low)} on {ends[low]}"


def _name(rank: int) -> str:
    return next(level for level, order in _ORDER.items() if order == rank)


def check_restoration(record: Record) -> Messages:
    """W401 to W405: how far the text is that of the page."""
    condition = record.text.condition
    if condition == "unaccented":
        yield "W401", "the text came without marks; they were restored from context"
    elif condition == "garbled":
        yield "W402", "the text was garbled by recognition in another language; it was repaired from context"
    elif condition.startswith("legacy"):
        yield "W403", f"the text was converted from {condition.removeprefix('legacy:')}"
    words = len(record.text.content.split())
    if words and condition == "clean" and record.text.edits > MANY_EDITS * words:
        yield "W404", f"{record.text.edits} of {words} words were changed"
    for entry in record.evidence:
        if entry.confidence < LOW_FACT:
            yield "W405", f"{entry.field}: read with a confidence of {entry.confidence:.2f}"


def _day(text: str | None) -> date | None:
    """Return the day that *text* gives; None for a month, a year or nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _first_day(text: str) -> date | None:
    """Return the first day of a day, month or year."""
    return _day(text + "-01-01"[3 * text.count("-") :]) if text else None


CHECKS: tuple[Callable[[Record], Messages], ...] = (
    check_evidence,
    check_pages,
    check_header,
    check_signatures,
    check_ordinals,
    check_dates,
    check_ratios,
    check_counts,
    check_totals,
    check_missing,
    check_order,
    check_restoration,
)
