"""The threshold that keeps an OCR text layer: how many of its words may be damaged."""

from __future__ import annotations

import random

import pytest
from unidecode import unidecode

from corpus.generate import generate_plans
from pipeline.lexicon.condition import judge
from pipeline.read.gate import PageFacts, decide

ALIKE = {"h": "b", "n": "u", "c": "e", "g": "q", "i": "l", "t": "f", "o": "0", "r": "i"}  # what recognizers mix up
PLANS = [pytest.param("\n".join(plan.layout.lines()), id=plan.family) for plan in generate_plans(6, 5, split="dev")]


def damaged(text: str, share: float) -> str:
    """Return *text* with the marks of some words lost, and a letter of as many others misread."""
    dice = random.Random(11)

    def misread(word: str) -> str:
        if not word.isalpha() or dice.random() >= share:
            return word
        places = [place for place, letter in enumerate(word) if letter in ALIKE]
        if dice.random() < 0.5 or not places:
            return str(unidecode(word))
        place = dice.choice(places)
        return word[:place] + ALIKE[word[place]] + word[place + 1 :]

    return "\n".join(" ".join(misread(word) for word in line.split(" ")) for line in text.split("\n"))


def route_of(text: str) -> str:
    """Return where the text of a scan with the text layer *text* is taken from."""
    return decide(PageFacts(len(text), judge(text), hidden=1.0, image_cover=1.0, drawings=0, unmapped=0.0)).route


@pytest.mark.parametrize("text", PLANS)
@pytest.mark.parametrize(
    ("share", "route"),
    [
        pytest.param(0.0, "text_layer", id="as printed"),
        pytest.param(0.02, "text_layer", id="one word in fifty is damaged"),
        pytest.param(0.2, "ocr", id="one word in five is damaged"),
        pytest.param(0.5, "ocr", id="every other word is damaged"),
    ],
)
def test_a_good_ocr_layer_is_kept_and_a_bad_one_read_again(text: str, share: float, route: str) -> None:
    assert route_of(damaged(text, share)) == route


@pytest.mark.parametrize("text", PLANS)
def test_a_layer_without_marks_is_read_again(text: str) -> None:
    assert route_of(str(unidecode(text))) == "ocr"
