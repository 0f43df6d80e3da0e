"""Confidences of values: doubt lowers them, agreement raises them, and the committed model keeps its word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.extract.reliability import drawing, reliability
from models.confidence.fitting import NEVER_LOWER, NEVER_RAISE, adapt, fit, judged
from models.confidence.samples import Sample
from pipeline import assets
from pipeline.assemble import assemble
from pipeline.assets import model_path, resource_path
from pipeline.data import Document, Edit, Line, Page, Word
from pipeline.errors import MissingResourceError
from pipeline.evaluate import verdicts
from pipeline.recognize import claims_of, confidence, recognize
from pipeline.recognize.signals import ENTITIES, Signals, describe

SCALE = 0.0005  # evidence is rounded to three digits


def scan_of(text: str, doubtful: str = "", sure: float = 0.3) -> Document:
    """Return *text* as a recognized page whose words are sure, but for those of the line that holds *doubtful*."""
    lines = []
    for line in text.splitlines():
        confidence = sure if doubtful and doubtful in line else 0.96
        words, place = [], 0
        for word in line.split():
            start = line.index(word, place)
            place = start + len(word)
            words.append(Word(start, place, None, confidence))
        lines.append(Line(line, confidence=confidence if words else None, words=tuple(words)))
    return assemble([Page(1, tuple(lines), "ocr", "no text layer", confidence=0.95)])


def confidences(document: Document) -> dict[str, float]:
    return {entry.field: entry.confidence for entry in recognize(document).evidence}


@pytest.fixture(scope="module")
def plan() -> str:
    return resource_path("rehearsal.txt").read_text("utf-8")


@pytest.mark.model
@pytest.mark.parametrize("words", ["/KH-UBND", "ngày 05", "200 đại biểu", "chào cờ"])
def test_doubtful_words_lower_the_confidence_of_what_stands_on_them(plan: str, words: str) -> None:
    clear, doubtful = scan_of(plan), scan_of(plan, words)
    start = plan.index(words)
    hit = {e.field for e in recognize(clear).evidence if e.start <= start < e.end}
    before, after = confidences(clear), confidences(doubtful)
    assert hit
    assert all(after[field] < before[field] for field in hit & after.keys())
    assert all(after[field] <= before[field] + SCALE for field in before.keys() & after.keys())


@pytest.mark.model
def test_confidences_stay_probabilities_even_of_noise(plan: str) -> None:
    for document in (scan_of(plan), scan_of(plan, " ", 0.0), scan_of(plan, " ", 1.7), scan_of("")):
        assert all(confidence.LEAST <= said <= 1 for said in confidences(document).values())


@pytest.mark.model
def test_the_same_document_gets_the_same_confidences(plan: str) -> None:
    assert recognize(scan_of(plan)) == recognize(scan_of(plan))


@pytest.mark.model
def test_a_value_keeps_everything_but_its_confidence(plan: str) -> None:
    document = scan_of(plan)
    claims = claims_of(document).claims
    for before, after in zip(claims, confidence.weighed(document, claims), strict=True):
        assert replace(after.found, confidence=before.found.confidence) == before.found
        assert after.field == before.field


@pytest.mark.model
def test_the_entity_model_is_heard_on_the_signer(plan: str) -> None:
    document = scan_of(plan)
    claims = claims_of(document).claims
    signals = {claim.field: each for claim, each in zip(claims, describe(document, claims), strict=True)}
    assert "entity agrees signer" in signals["signer"]
    silent = {name: value for name, value in signals["signer"].items() if not name.startswith("entity")}
    assert said(signals["signer"]) > said(silent)


def said(signals: Signals) -> float:
    return confidence.probability(signals, confidence.weights())


@pytest.mark.parametrize("field", sorted(ENTITIES))
def test_agreement_of_rule_and_entity_never_lowers(field: str) -> None:
    plain = {"bias": 1.0, f"field {field}": 1.0}
    assert said({**plain, "entity agrees": 1.0, f"entity agrees {field}": 1.0}) >= said(plain)


def of_fields(trained: dict[str, float]) -> Iterator[str]:
    yield from sorted(name.removeprefix("field ") for name in trained if name.startswith("field "))


def test_no_doubt_raises_a_confidence() -> None:
    trained = dict(confidence.weights())
    for prefixes, sign in ((NEVER_RAISE, -1), (NEVER_LOWER, 1)):
        for prefix in prefixes:
            for field in of_fields(trained):
                assert sign * (trained.get(prefix, 0.0) + trained.get(f"{prefix} {field}", 0.0)) >= 0, (prefix, field)


def test_a_doubtful_edit_lowers(plan: str) -> None:
    clean = scan_of(plan)
    start = plan.index("chào cờ")
    edit = Edit(start, start + 4, "chao", "chào", "marks", 0.4)
    claims = claims_of(clean).claims
    field = next(c.field for c in claims if c.name == "agenda" and "chào cờ" in c.found.value.text)
    before, after = (
        {c.field: said(each) for c, each in zip(claims, describe(document, claims), strict=True)}
        for document in (clean, replace(clean, edits=(edit,)))
    )
    assert after.pop(field) < before.pop(field)
    assert after == before


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object, plan: str) -> None:
    confidence.weights.cache_clear()
    monkeypatch.setattr(assets, "PACKAGE", tmp_path)
    with pytest.raises(MissingResourceError, match=r"confidence/weights\.json"):
        confidence.weights()
    monkeypatch.undo()
    assert confidence.weights()


def test_the_committed_model_keeps_its_word() -> None:
    metrics = json.loads(model_path("confidence/meta.json").read_text("utf-8"))["metrics"]
    for part in ("new wordings, typical and bad scans", "new wordings, all inputs", "held-out families, all inputs"):
        assert metrics[part]["ece"] < 0.04
        assert metrics[part]["brier"] < metrics[f"{part}, rule alone"]["brier"]
        assert metrics[part]["ranking"] > metrics[f"{part}, rule alone"]["ranking"] + 0.05


def sample(right: bool, family: str = "one", **signals: float) -> Sample:
    return Sample("p", family, "text", "place", 0.9, {"bias": 1.0, "field place": 1.0, **signals}, right)


def odd(one: Sample) -> Sample:
    return replace(one, signals={**one.signals, "strange words": 1.0})


def test_fitting_finds_what_tells_right_from_wrong_and_how_often() -> None:
    told = [sample(i % 10 > 0, clue=1.0) for i in range(200)] + [sample(i % 10 > 6, clue=0.0) for i in range(200)]
    weights = fit(told)
    by_clue = dict(judged([told[1], told[-1]], weights))
    assert [round(share, 1) for share in by_clue] == [0.9, 0.3]


def test_a_doubt_that_seems_to_raise_is_dropped() -> None:
    told = [odd(sample(i % 10 > 0)) for i in range(200)] + [sample(i % 2 > 0) for i in range(200)]
    assert "strange words" not in fit(told)


def test_adapting_lowers_what_new_wordings_get_wrong_and_keeps_the_order() -> None:
    tuned = [sample(i % 20 > 0, clue=1.0) for i in range(200)] + [sample(i % 4 > 0) for i in range(200)]
    novel = [sample(i % 5 > 0, clue=1.0) for i in range(100)] + [sample(i % 2 > 0) for i in range(100)]
    weights = fit(tuned)
    before, after = (judged(novel, model) for model in (weights, adapt(weights, novel)))
    assert reliability(after).ece < 0.03 < reliability(before).ece
    assert after[0][0] > after[-1][0]


def test_verdicts_judge_each_value_by_its_filled_slots() -> None:
    gold = {
        "document_number": {"number": 60, "notation": "KH-UBND"},
        "delegate_limits": [{"level": "district", "kind": "max", "min": None, "max": 150}],
        "deadlines": ["2020-04-15"],
    }
    record = {
        "document_number": {"number": None, "notation": "KH-UBND"},
        "delegate_limits": [
            {"level": "district", "kind": "max", "min": None, "max": 150},
            {"level": "province", "kind": "max", "min": None, "max": 90},
        ],
        "deadlines": [{"date": "2020-04-15"}, {"date": "2020-05-01"}],
        "budget": "of this gold says nothing",
    }
    assert dict(verdicts(gold, record)) == {
        "document_number": True, "delegate_limits/0": True, "delegate_limits/1": False, "deadlines/0": True,
    }  # fmt: skip


def test_the_drawing_of_a_curve_holds_its_dots() -> None:
    picture = drawing({"learned": reliability([(0.99, True), (0.95, True), (0.4, False)])})
    assert picture.count("<circle") == 3
    assert 'cx="168" cy="360"' in picture  # 0.4 to the right of 40, share 0: at the bottom
