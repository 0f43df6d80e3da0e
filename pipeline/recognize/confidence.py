"""How probable it is that a value is right: what is known about how it was read, weighed by a small trained model.

A rule knows how good it is on a clean page, and nothing about the page at hand. So each value is described by
signals: its field and rule, how surely its words were recognized and restored, whether the entity model sees the
right kind of thing there, whether the document says it again, and whether it fits the other values. A logistic model
(``models/confidence/weights.json``: one number a signal) turns them into the probability that no filled slot of the
value is wrong. How well it keeps its word is shown in ``docs/confidence.md``.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.assets import model_path
from pipeline.data import Document, Edit, LineSpan
from pipeline.lexicon.folding import fold
from pipeline.lexicon.syllables import is_syllable
from pipeline.normalize.people import name_score
from pipeline.recognize.found import Found, lines_between
from pipeline.recognize.ner import learned_entities
from pipeline.recognize.ner_rules import Entity
from pipeline.record import (
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

LEAST, MOST = 0.01, 0.995
"""No value is impossible once it was read, and the training plans are too few to promise one error in a thousand."""

ENTITIES = {
    "document_number": "DOC", "issuing_body": "ORG", "place": "LOC", "issued_date": "DATE", "signer": "PER",
    "legal_bases": "DOC", "events": "DATE", "delegate_limits": "COUNT", "composition_ratios": "RATIO",
    "deadlines": "DATE", "presidium": "COUNT", "tasks": "ORG",
}  # fmt: skip
"""The kind of entity that the words of a field should hold."""

_WORD_RE = re.compile(r"[^\W\d_]+")
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


def weighed(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Return *claims* with the probability that each is right in place of the rule's own.

    Raises:
        MissingResourceError: the weights or the entity model are not installed.
    """
    weights = _weights()
    return [
        Claim(claim.field, replace(claim.found, confidence=probability(signals, weights)))
        for claim, signals in zip(claims, describe(document, claims), strict=True)
    ]


def probability(signals: Signals, weights: Mapping[str, float]) -> float:
    """Return the logistic of the weighted signals; one without a weight counts nothing.

    >>> probability({"bias": 1.0, "unheard": 5.0}, {"bias": 0.0}), probability({"bias": 1.0}, {"bias": 99.0})
    (0.5, 0.995)
    """
    total = sum(value * weights.get(name, 0.0) for name, value in signals.items())
    return min(max(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), LEAST), MOST)


@cache
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(model_path("confidence/weights.json").read_text("utf-8"))
    return weights


def describe(document: Document, claims: Sequence[Claim]) -> list[Signals]:
    """Return the signals of each claim, by name; a signal that is 0 is left out."""
    surroundings = _Surroundings(document, claims)
    return [{name: value for name, value in surroundings.signals(claim) if value} for claim in claims]


class _Surroundings:
    """What the claims of one document are held against, gathered once."""

    def __init__(self, document: Document, claims: Sequence[Claim]) -> None:
        self.document = document
        self.folded = fold(document.text)
        self.starts, self.edits = _placed(document.edits)
        self.origins = {page.number: (page.origin, page.confidence) for page in document.pages}
        self.entities = _entities_near(document, claims)
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
        quote = " ".join(self.document.text[start:end] for start, end in found.spans)
        words = _WORD_RE.findall(quote)
        strange = sum(not is_syllable(word) and not word.isupper() for word in words)
        yield "strange words", min(strange, 4.0)
        yield "length", math.log1p(len(words)) / 3
        if name in ENTITIES:
            agrees = any(self._holds(start, end, ENTITIES[name]) for start, end in found.spans)
            yield f"entity {'agrees' if agrees else 'is missing'}", 1.0
            yield f"entity {'agrees' if agrees else 'is missing'} {name}", 1.0
        for remark, good in self._checks(claim):
            yield f"{name}: {remark}{'' if good else ' not'}", 1.0

    def _recognized(self, found: Found[Any], name: str) -> Iterator[tuple[str, float]]:
        sure: list[float] = []
        lines = [line for start, end in found.spans for line in lines_between(self.document, start, end)]
        if not lines or self.origins.get(lines[0].page, ("", None))[0] != "ocr":
            return
        for start, end in found.spans:
            for line in lines_between(self.document, start, end):
                sure += _sure_words(line, start, end)
        yield "recognized", 1.0
        doubts = [1 - min(max(word, 0.0), 1.0) for word in sure]
        if doubts:
            yield "doubtful words", min(sum(doubts), 4.0)
            yield f"doubtful words {name}", min(sum(doubts), 4.0)
            yield "most doubtful word", max(doubts)
            yield f"most doubtful word {name}", max(doubts)
        yield "doubtful page", 10 * (1 - (self.origins[lines[0].page][1] or 1.0))

    def _restored(self, found: Found[Any], name: str) -> Iterator[tuple[str, float]]:
        edits = [edit for start, end in found.spans for edit in self._edits_in(start, end)]
        if edits:
            doubt = min(sum(1 - edit.confidence for edit in edits), 4.0)
            yield "restored words", math.log1p(len(edits)) / 3
            yield "doubtful edits", doubt
            yield f"doubtful edits {name}", doubt
            yield "most doubtful edit", max(1 - edit.confidence for edit in edits)

    def _edits_in(self, start: int, end: int) -> Sequence[Edit]:
        low = max(bisect_right(self.starts, start) - 1, 0)
        if low < len(self.starts) and self.starts[low] + len(self.edits[low].new) <= start:
            low += 1
        return self.edits[low : bisect_left(self.starts, end)]

    def _holds(self, start: int, end: int, label: str) -> bool:
        return any(e.label == label and e.start < end and e.end > start for e in self.entities)

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
                yield "level known", value.level is not None
            case Deadline():
                if issued:
                    yield "in order", issued[: len(value.date)] <= value.date
            case DelegateLimit():
                numbers = [number for number in (value.min, value.max) if number is not None]
                if numbers:
                    yield "round", all(number % 5 == 0 or number < 20 for number in numbers)
                yield "level known", value.level is not None
            case CompositionRatio():
                yield "round", value.percent % 5 == 0
                yield "level known", value.level is not None
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
