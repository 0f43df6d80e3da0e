"""Entities: offsets hold on any text, the model finds names, and beats the rules on sentences labelled by hand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.ner import evaluate
from models.ner.compose import compose, damage
from pipeline.assets import model_path
from pipeline.data import Document
from pipeline.recognize.ner import Entity, entities, learned_entities
from pipeline.recognize.ner_rules import LABELS, rule_entities, without_overlaps
from pipeline.recognize.ner_tokens import WordTokenizer

CASES = json.loads((Path(__file__).parent / "cases" / "ner.json").read_text("utf-8"))


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_entities_of_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[text[e.start : e.end], e.label] for e in entities(text)] == case["entities"]


@pytest.mark.model
def test_agreement_scores_higher_than_one_source() -> None:
    text = "Quyết định số 15/QĐ-UBND do Mặt trận phường gửi"
    scores = {(text[e.start : e.end]): e.score for e in entities(text)}
    assert scores["Quyết định số 15/QĐ-UBND"] == 0.95
    assert all(0 < score <= 0.95 for score in scores.values())


@pytest.mark.model
def test_long_documents_are_cut_at_lines_and_keep_offsets() -> None:
    line = "Căn cứ Quyết định số 15/QĐ-UBND ngày 02/3/2021 của Sở Nội vụ;\n"
    text = line * 80
    found = [e for e in learned_entities(text) if e.label == "DATE"]
    assert {text[e.start : e.end] for e in found} == {"ngày 02/3/2021"}
    assert len(found) == 80
    assert entities(Document(text, (), ())) == entities(text)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n\t\f ", "\x00", "Ạ́" * 50, "0/" * 900, "ỦY BAN " * 400], ids=range(6))
def test_any_text_gives_spans_inside_it_without_overlap(text: str) -> None:
    last = 0
    for entity in entities(text):
        assert last <= entity.start < entity.end <= len(text)
        last = entity.end


@pytest.mark.model
def test_model_beats_rules_on_labelled_sentences() -> None:
    data = list(evaluate.sentences("own"))
    rules = evaluate.measure(rule_entities, data)
    merged = evaluate.measure(entities, data)
    assert merged["all"] >= 0.80
    assert merged["all"] > rules["all"] + 0.05
    assert all(merged[label] >= rules[label] for label in ("ORG", "PER", "LOC", "DATE", "DOC", "RATIO", "ROLE"))


@pytest.mark.model
def test_model_beats_rules_on_real_sentences() -> None:
    data = list(evaluate.sentences("real"))
    if not data:
        pytest.skip("the texts that labelled/real.jsonl points into are absent")
    assert evaluate.measure(entities, data)["all"] > evaluate.measure(rule_entities, data)["all"] + 0.05


def test_labelled_sentences_are_enough_and_well_formed() -> None:
    rows = [
        json.loads(line)
        for name in ("own", "real")
        for line in (evaluate.HERE / "labelled" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(rows) >= 300
    for row in rows:
        length = len(row["text"]) if "text" in row else row["end"] - row["start"]
        last = 0
        for start, end, label in row["entities"]:
            assert last <= start < end <= length
            assert label in LABELS
            last = end
        assert ("text" in row) != ("file" in row)


@pytest.mark.parametrize("text", ["a  b\n c _", "12/KH-UBND ngày 3", " x", "a \t b ", "ngày…tháng"], ids=range(5))
def test_tokens_join_to_the_text(text: str) -> None:
    from spacy.vocab import Vocab

    doc = WordTokenizer(Vocab())(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_damage_keeps_places_and_is_repeatable() -> None:
    from random import Random

    for number, example in enumerate(compose(60, 4)):
        once, twice = damage(example, Random(number)), damage(example, Random(number))
        assert once == twice
        assert len(once[0]) == len(example[0])
        assert all(example[0][a:b].strip() == example[0][a:b] for a, b, _ in example[1])


def test_first_claim_wins_a_place() -> None:
    first, second, third = Entity(2, 5, "ORG", 1.0), Entity(4, 8, "LOC", 1.0), Entity(0, 2, "PER", 1.0)
    assert without_overlaps([first, second, third]) == (third, first)


def test_model_is_small_and_holds_no_pickle() -> None:
    files = [path for path in model_path("ner/weights").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 20e6
    assert not any(path.read_bytes().startswith(b"\x80\x04") for path in files)
    assert json.loads(model_path("ner/meta.json").read_text("utf-8"))["version"] == 1


def test_spacy_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, pipeline.recognize.ner; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
