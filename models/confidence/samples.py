"""Values of plans with gold, each with its signals and whether it is right: what the confidence model learns from.

Plans of the training and development families are read as text, PDF, stripped and garbled text and scans; so are the
handwritten plans that may be tuned on, whose wordings the rules know least. Fields of which gold says nothing (tasks,
recipients, budget, the lesser deadlines) are held against the record of the clean text instead: such a value counts
as right where the damaged page gave what the clean one gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.extract.readings import pages_of
from corpus.generate import generate_plans
from corpus.handwritten import handwritten_plans
from corpus.layout import GeneratedPlan
from pipeline.assemble import assemble
from pipeline.evaluate import canonical, verdicts
from pipeline.recognize import claims_of
from pipeline.recognize.signals import Signals, describe
from pipeline.restoration import restore_document

INPUTS = ("text", "pdf", "text-unaccented", "garbled", "scan-typical-200", "scan-bad-200")
SILVER = ("tasks", "recipients", "budget", "deadlines", "allocations")
TRAINING_SEED, HELD_OUT_SEEDS = 11, (7, 8)


@dataclass(frozen=True, slots=True)
class Sample:
    """A value: where it was read, its signals, and whether no filled slot of it is wrong."""

    plan: str
    family: str
    input: str
    field: str  # as evidence has it
    rule: float  # what the rule itself claims
    signals: Signals
    right: bool


def training_plans() -> list[GeneratedPlan]:
    """Return the plans that may be learned from: two of each training and development family, and handwritten ones."""
    generated = [plan for split, count in (("train", 22), ("dev", 6))
                 for plan in generate_plans(count, TRAINING_SEED, split=split)]  # fmt: skip
    return [*generated, *handwritten_plans()]


def training_samples(kept: Path) -> Iterator[Sample]:
    """Yield the values of plans that rules were tuned on."""
    yield from samples_of(training_plans(), TRAINING_SEED, kept)


def novel_samples(kept: Path) -> Iterator[Sample]:
    """Yield the values of plans that no rule was tuned on: of the held-out families, and those kept for checking."""
    for seed in HELD_OUT_SEEDS:
        yield from samples_of(generate_plans(12, seed, split="heldout"), seed, kept)
    yield from samples_of(handwritten_plans(check=True), HELD_OUT_SEEDS[0], kept)


def samples_of(
    plans: Iterable[GeneratedPlan], seed: int, kept: Path, inputs: Iterable[str] = INPUTS
) -> Iterator[Sample]:
    """Yield the values of *plans* in every input; pages are kept in the folder *kept*."""
    inputs = list(inputs)
    for plan in plans:
        clean: dict[str, set[str]] = {}
        for name in ["text", *(name for name in inputs if name != "text")]:
            document = restore_document(assemble(pages_of(plan, name, seed, kept)))
            facts = claims_of(document)
            values = {top: _plain(value) for top, value in facts.values.items()}
            if name == "text":
                clean = {top: set(_items(values.get(top))) for top in SILVER}
            right = dict(verdicts(plan.gold, values))
            for claim, signals in zip(facts.claims, describe(document, facts.claims), strict=True):
                known = right.get(claim.field)
                if known is None and name != "text" and claim.name in SILVER:
                    known = next(_items(_plain(claim.found.value))) in clean[claim.name]
                if known is not None and name in inputs:
                    rule = claim.found.confidence
                    yield Sample(plan.plan_id, plan.family, name, claim.field, rule, signals, known)


def _plain(value: Any) -> Any:
    """Return a value of the record as JSON values."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def _items(value: Any) -> Iterator[str]:
    """Yield what makes each item of a silver field the same: a deadline's day, else all its words."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield str(canonical(item.get("date") or " | ".join(str(part) for part in item.values())))
        elif item is not None:
            yield str(canonical(item))
