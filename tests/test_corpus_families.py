"""Generated plans: the same for a seed, gold in the scorer's slots, every fact's words in the document."""

import re
from typing import Any

import pytest

from corpus.families import FAMILIES
from corpus.generate import generate_plan, generate_plans
from corpus.layout import GeneratedPlan, Table
from pipeline.record import CompositionRatio, DelegateLimit, Event, Facts

SLOTS = {
    "legal_bases": {"document_type", "code", "date", "issuer"},
    "events": {"level", "pilot", "duration_days", "start", "end", "precision"},
    "delegate_limits": {"level", "kind", "min", "max", "condition"},
    "composition_ratios": {"level", "category", "percent", "approximate"},
    "agenda": {"text", "kinds"},
}
FACTS = (*SLOTS, "tasks")
HEADER = ("document_type", "document_number", "issuing_body", "agenda", "signer", "presidium", "issued_date")


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def text_of(plan: GeneratedPlan) -> str:
    return folded("\n".join(plan.layout.lines()))


@pytest.fixture(scope="module")
def plans() -> list[GeneratedPlan]:
    return list(generate_plans(8 * len(FAMILIES), 3))


def test_same_seed_same_plans() -> None:
    first, again = (list(generate_plans(2 * len(FAMILIES), 7)) for _ in range(2))
    assert first == again
    assert [p.gold for p in first] == [p.gold for p in again]
    assert first != list(generate_plans(2 * len(FAMILIES), 8))


def test_a_plan_does_not_depend_on_the_choice_of_families() -> None:
    (alone,) = generate_plans(1, 7, families=["mat-tran"])
    together = next(p for p in generate_plans(len(FAMILIES), 7) if p.family == "mat-tran")
    assert alone == together


def test_splits_are_by_family() -> None:
    splits = {name: {p.split for p in generate_plans(6, 1, families=[name])} for name in FAMILIES}
    assert all(len(found) == 1 for found in splits.values())
    count = [split for found in splits.values() for split in found]
    assert len(FAMILIES) >= 14
    assert count.count("heldout") == 2
    assert 2 <= count.count("dev") <= 6
    assert {p.split for p in generate_plans(9, 1, split="heldout")} == {"heldout"}


def test_unknown_family_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown families: sao-hoa"):
        next(generate_plans(1, 1, families=["sao-hoa"]))


def test_gold_has_the_slots_of_the_record(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        for name, slots in SLOTS.items():
            assert all(slots <= item.keys() for item in plan.gold[name]), (plan.plan_id, name)
        assert plan.gold.keys() >= {"issuing_body", "issued_date", "subject", "signer", "deadlines", "recipients_count"}


def test_gold_values_are_values_of_the_record(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        for item in plan.gold["events"]:
            Event.model_validate(item)
        for item in plan.gold["composition_ratios"]:
            CompositionRatio.model_validate(item)
        for item in plan.gold["delegate_limits"]:
            DelegateLimit.model_validate({**item, "condition": "x" if item["condition"] else None})
        header: dict[str, Any] = {key: plan.gold[key] for key in HEADER}
        assert Facts.model_validate(header).issuing_body is not None


def test_words_of_every_fact_stand_in_the_document(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        text = text_of(plan)
        for name in FACTS:
            missing = [item["text"] for item in plan.gold[name] if folded(item["text"]) not in text]
            assert not missing, (plan.plan_id, name)
        assert folded(plan.gold["subject"]) in text
        signer = plan.gold["signer"]
        assert signer["full_name"].casefold() in text.casefold()
        assert signer["position"].casefold() in text.casefold()
        assert all(folded(line) in text for line in plan.gold["recipients"])


def test_numbers_of_facts_stand_in_their_words(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        for item in plan.gold["composition_ratios"]:
            assert f"{item['percent']:g}" in item["text"] or item["text"].startswith("ít nhất hai phần ba")
        for item in plan.gold["legal_bases"]:
            assert not item["code"] or item["code"] in item["text"]
        for event in plan.gold["events"]:
            if event["end"]:
                year = event["end"][:4]
                assert year in event["text"], (plan.plan_id, event)


def test_header_numbers_stand_in_the_header(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        number = plan.gold["document_number"]
        line = next(line for line in plan.layout.lines() if re.match(r"Số[: ]", line))
        assert line.replace(" ", "").endswith(number["notation"].replace(" ", ""))
        assert bool(re.search(r"\d", line.split("/")[0].split("-")[0])) == (number["number"] is not None)


def test_templates_are_filled(plans: list[GeneratedPlan]) -> None:
    for plan in plans:
        assert not re.search(r"[\[\]{}|]|\*\*|__", text_of(plan)), plan.plan_id


def test_allocations_stand_in_a_table(plans: list[GeneratedPlan]) -> None:
    with_annex = [plan for plan in plans if plan.gold["allocations"]]
    assert with_annex
    for plan in with_annex:
        rows = [row for block in plan.layout.blocks if isinstance(block, Table) for row in block.rows]
        for item in plan.gold["allocations"]:
            assert any(item["unit"] in row and f"{item['delegates']:02d}" in row for row in rows)


def test_documents_of_a_family_differ() -> None:
    for family in FAMILIES.values():
        bodies = {tuple(generate_plan(family, index, 1).layout.lines()) for index in range(10)}
        assert len(bodies) == 10, family.name
