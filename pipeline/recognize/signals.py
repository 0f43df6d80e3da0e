"""What is known about how a value was read: the signals that its confidence is learned from.

Its field, rule and kind; how surely its words were recognized, by one reading or by two that agree; how surely they
were restored; whether the entity model sees the same value there; whether the document says it again; and whether it
fits the other values.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.data import Document, Edit, LineSpan
from pipeline.lexicon.folding import fold
from pipeline.lexicon.syllables import is_syllable
from pipeline.normalize.people import name_score
from pipeline.recognize.found import Found, lines_between
from pipeline.recognize.ner import learned_entities
from pipeline.recognize.ner_rules import Entity
from pipeline.record import (
    AgendaItem,
    CompositionRatio,
    Deadline,
    DelegateLimit,
    DocumentNumber,
    Event,
    IssuedDate,
    IssuingBody,
    LegalBasis,
    Signer,
)

ENTITIES = {
    "document_number": "DOC", "issuing_body": "ORG", "place": "LOC", "issued_date": "DATE", "signer": "PER",
    "legal_bases": "DOC", "events": "DATE", "delegate_limits": "COUNT", "composition_ratios": "RATIO",
    "deadlines": "DATE",
}  # fmt: skip
"""The kind of entity that a field's words should hold, with the value in it."""

MOST_DOUBT = (
    4.0  # doubts and strange words are summed up to here: a damaged page is not ten times worse than a damaged line
)
SLOTS = ("level", "kind", "category", "precision")  # slots of few values, some of which rules get wrong more often
OPTIONAL = ("condition", "scope", "name", "duration_days", "start", "end", "issuer", "competence", "time")

_WORD_RE = re.compile(r"[^\W\d_]+")
_LEADING_ZERO_RE = re.compile(r"(?<!\d)0+(?=\d)")
_CODE_RE = re.compile(r"^(?:[A-ZĐ]{1,5}\d?[-/])?[A-ZĐ][A-ZĐƯƠÔ&.]*(?:[-/][A-ZĐƯƠÔ0-9&.]+)*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a rule found, under the path that its evidence has in the record."""

    field: str  # such as "place" or "events/3"
    found: Found[Any]

    @property
    def name(self) -> str:
        """The field without the place in its list."""
        return self.field.split("/")[0]


Signals = Mapping[str, float]


def describe(document: Document, claims: Sequence[Claim]) -> list[Signals]:
    """Return the signals of each claim, by name; a signal that is 0 is left out.

    Raises:
        MissingResourceError: the entity model is not installed.
    """
    surroundings = _Surroundings(document, claims)
    return [{name: value for name, value in surroundings.signals(claim) if value} for claim in claims]


class _Surroundings:
    """What the claims of one document are held against, gathered once."""

    def __init__(self, document: Document, claims: Sequence[Claim]) -> None:
        self.document = document
        self.folded = fold(document.text)
        self.starts, self.edits = _placed(document.edits)
        self.pages = {page.number: page for page in document.pages}
        self.entities = _entities_near(document, claims)  # in reading order, none over another
        self.entity_starts = [entity.start for entity in self.entities]
        self.entity_ends = [entity.end for entity in self.entities]
        self.values = {claim.field: claim.found.value for claim in claims if "/" not in claim.field}
        issued = self.values.get("issued_date")
        self.issued: str = issued.value if isinstance(issued, IssuedDate) else ""

    def signals(self, claim: Claim) -> Iterator[tuple[str, float]]:
        """Yield the signals of one claim, each with its strength."""
        found, name = claim.found, claim.name
        yield "bias", 1.0
        yield f"field {name}", 1.0
        yield f"method {found.method}", 1.0
        sure = min(max(found.confidence, 0.02), 0.98)
        yield "rule is sure", math.log(sure / (1 - sure))
        if self.document.condition != "clean":
            condition = self.document.condition.split(":")[0]
            yield condition, 1.0
            yield f"{condition} {name}", 1.0
        yield from self._recognized(found, name)
        yield from self._restored(found, name)
        words = _WORD_RE.findall(" ".join(self.document.text[start:end] for start, end in found.spans))
        strange = sum(not is_syllable(word) and not word.isupper() for word in words)
        yield "strange words", min(strange, MOST_DOUBT)
        yield "length", math.log1p(len(words)) / 3
        if name in ENTITIES and self._agreed(found, ENTITIES[name]):
            yield "entity agrees", 1.0
            yield f"entity agrees {name}", 1.0
        for slot in _slots(found.value):
            yield f"{name}: {slot}", 1.0
        for remark, good in self._checks(claim):
            yield f"{name}: {remark}{'' if good else ' not'}", 1.0

    def _recognized(self, found: Found[Any], name: str) -> Iterator[tuple[str, float]]:
        """Yield how surely the words were recognized.

        A word's confidence holds the second reading already: two readings that agree raise it, others lower it
        (`pipeline.ocr.second`).
        """
        parts = [(line, start, end) for start, end in found.spans for line in lines_between(self.document, start, end)]
        page = self.pages.get(parts[0][0].page) if parts else None
        if page is None or page.origin != "ocr":
            return
        yield "recognized", 1.0
        doubts = [1 - min(max(sure, 0.0), 1.0) for part in parts for sure in _sure_words(*part)]
        if doubts:
            yield "doubtful words", min(sum(doubts), MOST_DOUBT)
            yield f"doubtful words {name}", min(sum(doubts), MOST_DOUBT)
            yield "most doubtful word", max(doubts)
            yield f"most doubtful word {name}", max(doubts)
        yield "doubtful page", 10 * (1 - (1.0 if page.confidence is None else page.confidence))

    def _restored(self, found: Found[Any], name: str) -> Iterator[tuple[str, float]]:
        edits = [edit for start, end in found.spans for edit in self._edits_in(start, end)]
        if edits:
            doubt = min(sum(1 - edit.confidence for edit in edits), MOST_DOUBT)
            yield "restored words", math.log1p(len(edits)) / 3
            yield "doubtful edits", doubt
            yield f"doubtful edits {name}", doubt
            yield "most doubtful edit", max(1 - edit.confidence for edit in edits)

    def _edits_in(self, start: int, end: int) -> Sequence[Edit]:
        low = max(bisect_right(self.starts, start) - 1, 0)
        if low < len(self.starts) and self.starts[low] + len(self.edits[low].new) <= start:
            low += 1
        return self.edits[low : bisect_left(self.starts, end)]

    def _agreed(self, found: Found[Any], label: str) -> bool:
        """Tell whether an entity of the kind *label* over the words of a value holds the same value."""
        said = _said(found.value)
        return bool(said) and any(
            all(part in _plain(self.document.text[entity.start : entity.end]) for part in said)
            for start, end in found.spans
            for entity in self.entities[bisect_right(self.entity_ends, start) : bisect_left(self.entity_starts, end)]
            if entity.label == label
        )

    def _checks(self, claim: Claim) -> Iterator[tuple[str, bool]]:
        """Yield what else in the document or in the value itself speaks for or against it."""
        value, issued = claim.found.value, self.issued
        body = self.values.get("issuing_body")
        match value:
            case DocumentNumber():
                yield "number read", value.number is not None
                yield "notation in form", _CODE_RE.match(value.notation or "") is not None
            case IssuingBody():
                unit = value.commune or value.district or value.province
                yield "unit known", bool(value.commune_code or value.district_code or value.province_code)
                if unit:
                    yield "unit again", self._again(unit, claim.found)
            case IssuedDate():
                yield "to the day", value.precision == "day"
                yield "year again", self._again(value.value[:4], claim.found)
            case Signer():
                yield "name common", name_score(value.full_name or "") >= 0.9
                yield "post read", value.position is not None
            case LegalBasis():
                yield "whole", bool(value.code and value.date)
                if issued and value.date:
                    yield "in order", value.date[:10] <= issued
            case Event():
                if issued and (day := value.end or value.start):
                    yield "in order", issued[: len(day)] <= day and int(day[:4]) <= int(issued[:4]) + 2
            case Deadline():
                if issued:
                    yield "in order", issued[: len(value.date)] <= value.date
            case DelegateLimit():
                numbers = [number for number in (value.min, value.max) if number is not None]
                if numbers:
                    yield "round", all(number % 5 == 0 or number < 20 for number in numbers)
            case CompositionRatio():
                yield "round", value.percent % 5 == 0
            case str() if claim.field == "place":
                units = {body.commune, body.district, body.province} if isinstance(body, IssuingBody) else set()
                yield "of the body", value in units
                yield "again", self._again(value, claim.found)
            case str() if claim.field == "document_type":
                number = self.values.get("document_number")
                if isinstance(number, DocumentNumber) and number.notation:
                    yield "notation agrees", re.split(r"[-/]", number.notation)[0] == value

    def _again(self, said: str, found: Found[Any]) -> bool:
        """Tell whether the document says *said* outside the place where it was found."""
        return any(
            not any(start < match.end() and match.start() < end for start, end in found.spans)
            for match in re.finditer(rf"(?<!\w){re.escape(fold(said))}(?!\w)", self.folded)
        )


def _plain(text: str) -> str:
    """Return *text* folded, its numbers without leading zeros."""
    return _LEADING_ZERO_RE.sub("", fold(text))


def _said(value: object) -> list[str]:
    """Return what an entity must hold, as `_plain` text, to be the same value; nothing where it cannot be told.

    >>> _said(Deadline(date="2020-03-05", precision="day", text="")), _said("Huế")
    (['5'], ['hue'])
    """
    said: list[object] = []
    match value:
        case Signer():
            said = [value.full_name]
        case DocumentNumber():
            said = [value.number]
        case IssuingBody():
            said = [value.commune or value.district or value.province]
        case LegalBasis():
            said = [value.code]
        case DelegateLimit():
            said = [value.min, value.max]
        case CompositionRatio():
            said = [f"{value.percent:g}".replace(".", ",")]
        case IssuedDate() | Deadline() | Event():
            day = value.value if isinstance(value, IssuedDate) else value.date if isinstance(value, Deadline) else None
            day = value.end or value.start if isinstance(value, Event) else day
            said = [int(day[-2:]) if day and value.precision == "day" else None]
        case str():
            said = [value]
    return [_plain(str(part)) for part in said if part is not None]


def _slots(value: object) -> Iterator[str]:
    """Yield which of its few values each such slot has, and which optional slots are filled."""
    if isinstance(value, AgendaItem):
        yield from (f"kind {kind}" for kind in value.kinds)
        if len(value.kinds) > 1:
            yield "of several kinds"
    elif isinstance(value, IssuingBody | Event | DelegateLimit | CompositionRatio):
        yield from (f"{slot} {getattr(value, slot)}" for slot in SLOTS if hasattr(value, slot))
    if isinstance(value, AgendaItem | Event | DelegateLimit | LegalBasis | Signer):
        yield from (f"with {slot}" for slot in OPTIONAL if getattr(value, slot, None) is not None)


def _placed(edits: Sequence[Edit]) -> tuple[list[int], Sequence[Edit]]:
    """Return where each edit begins in the restored text, and the edits."""
    starts, shift = [], 0
    for edit in edits:
        starts.append(edit.start + shift)
        shift += len(edit.new) - len(edit.old)
    return starts, edits


def _sure_words(line: LineSpan, start: int, end: int) -> Iterator[float]:
    """Yield how sure the recognizer is of each word of ``[start:end]`` in *line*; of the line if it has no words."""
    words = [word for word in line.words if line.start + word.end > start and line.start + word.start < end]
    if words:
        yield from (word.confidence for word in words if word.confidence is not None)
    elif line.confidence is not None:
        yield line.confidence


def _entities_near(document: Document, claims: Sequence[Claim]) -> list[Entity]:
    """Return the entities that the model sees on the lines of claims that should hold some.

    Other lines are left out: the model costs more than all rules together.
    """
    spans = [span for claim in claims if claim.name in ENTITIES for span in claim.found.spans]
    lines = sorted({(line.start, line.end) for start, end in spans for line in lines_between(document, start, end)})
    places, length = [], 0  # where each line starts in the text that the model reads
    for start, end in lines:
        places.append(length)
        length += end - start + 1
    entities = []
    for entity in learned_entities("\n".join(document.text[start:end] for start, end in lines)):
        index = bisect_right(places, entity.start) - 1
        shift = lines[index][0] - places[index]
        entities.append(replace(entity, start=entity.start + shift, end=entity.end + shift))
    return entities
