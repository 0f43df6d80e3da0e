"""The handwritten plans: wordings that neither the generator nor the rules were made from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.evaluate import evaluate
from pipeline.run import Options, process, source_of
from tests.conftest import ROOT

FOLDER = ROOT / "corpus" / "wordings"
PLANS = sorted(path.with_suffix(".txt") for path in FOLDER.glob("*.json"))
_PAGE_NUMBER_RE = re.compile(r"\W*\d{1,2}\W*")
FLOOR = 0.98  # measured; raise it with the rules, never lower it


def test_overall_f1_stays_above_the_floor() -> None:
    records = [json.loads(process(path, source_of(path, path.name), Options()).to_json()) for path in PLANS]
    report = evaluate(FOLDER, records).to_json()
    weakest = sorted(report["fields"].items(), key=lambda item: item[1])[:4]
    print(f"overall F1 {report['overall_f1']} over {len(PLANS)} plans (floor {FLOOR}); weakest fields {weakest}")
    assert report["overall_f1"] >= FLOOR, weakest


def test_the_plans_for_checking_exist() -> None:
    names = (FOLDER / "check.txt").read_text("utf-8").split()
    assert len(names) == len(set(names)) == 17
    assert set(names) < {path.stem for path in PLANS}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_gold_stands_in_its_plan(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not _PAGE_NUMBER_RE.fullmatch(line)]
    text = " ".join(" ".join(lines).replace("*", "").casefold().split())
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    said = [item["text"] for item in gold["agenda"]] + [gold["subject"]]
    said += [gold["signer"]["full_name"]] if "signer" in gold else []  # a plan with two signers leaves it out
    printed = set(text.split())
    strange = [words for words in map(str.casefold, said) if words not in text and not set(words.split()) <= printed]
    assert strange == []
