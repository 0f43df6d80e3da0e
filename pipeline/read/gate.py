"""The page gate: is the text layer of a page to be trusted, or is the page to be recognized?

Decided by the quality of the text and by how much of the printed page it covers, never by its presence: a stray
letter, the stamp of a signature and the layer of a wrong-language OCR are text layers too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon.condition import Condition

Route = Literal["text_layer", "ocr", "blank"]

SCAN_COVER = 0.45  # share of the page under images from which it is a scan
FEW_WORDS = 25  # judged words; a stamp of a signature and the line of a Gazette's page have fewer
GOOD_OCR_LAYER = 0.93  # quality from which the OCR layer of a scan is kept
READABLE = 0.55  # quality from which the text of a page without scan is kept
INK_COVERED = 0.75  # share of the ink that a kept layer must cover on a page with images


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page before its route is chosen."""

    characters: int
    condition: Condition  # of the text after conversion of legacy encodings
    hidden: float  # share of the words that are drawn invisibly
    image_cover: float  # share of the page under images, 0 to 1
    drawings: int  # path objects: letters drawn as outlines are hundreds
    unmapped: float  # share of characters without a Unicode value (private use, replacement, controls)
    legacy: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the text of a page is taken from, and why."""

    route: Route
    reason: str


OUTLINE_DRAWINGS = 300


def decide(facts: PageFacts) -> Decision:
    """Return the route of a page, before its ink is looked at (`decide_by_ink`)."""
    scan = facts.image_cover >= SCAN_COVER
    words = facts.condition.words
    if facts.characters == 0:
        if facts.image_cover > 0.01 or facts.drawings >= OUTLINE_DRAWINGS:
            return Decision("ocr", "no text layer")
        return Decision("blank", "blank page")
    if facts.unmapped > 0.2:
        return Decision("ocr", "text layer is garbled")
    if scan:
        if words < FEW_WORDS:
            return Decision("ocr", "text layer holds only a stamp or a few words")
        if facts.condition.name == "unaccented":
            return Decision("ocr", "text layer lost its marks")
        if facts.condition.name != "foreign" and facts.condition.quality < GOOD_OCR_LAYER:
            return Decision("ocr", "text layer is garbled")
        return Decision("text_layer", "text layer over an image is good")
    if words < FEW_WORDS and (facts.image_cover > 0.15 or facts.drawings >= OUTLINE_DRAWINGS):
        return Decision("ocr", "text layer holds only a stamp or a few words")
    if words >= FEW_WORDS and facts.condition.name == "garbled" and facts.condition.quality < READABLE:
        return Decision("ocr", "text layer is garbled")
    return Decision("text_layer", "text layer")


def needs_ink(facts: PageFacts, decision: Decision) -> bool:
    """Whether the page has to be rendered, small, to see what the kept layer leaves out."""
    return decision.route == "blank" or (decision.route == "text_layer" and facts.image_cover > 0.15)


def decide_by_ink(decision: Decision, covered: float) -> Decision:
    """Return *decision*, or OCR where the text covers too little (*covered*, 0 to 1) of the ink."""
    if decision.route == "blank" and covered < 1.0:
        return Decision("ocr", "no text layer")  # letters drawn as outlines, or patterns
    if covered < INK_COVERED:
        return Decision("ocr", "text layer covers only a part of the page")
    return decision
