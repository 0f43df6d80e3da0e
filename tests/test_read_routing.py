"""The page gate on real documents: text layer, recognition or blank, page by page; nothing is recognized here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.data import Page
from pipeline.lexicon.condition import Condition
from pipeline.read import page_count, read_pages
from pipeline.read.gate import PageFacts, decide
from pipeline.read.sniff import PDF

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "routing.json").read_text("utf-8"))
FILES = [name for name in TABLE if name != "comment"]
LONG = {"appendix-tables-3f2cc355.pdf", "digital-with-truth-c08c711b.pdf"}


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    assert image.dtype == np.uint8
    assert image.size > 0
    assert 100 <= dpi <= 300
    return Page(number, (), "ocr", reason)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.reliability if name in LONG else ()) for name in FILES]
)
def test_every_page_is_read_from_where_it_should_be(shared: Path, name: str) -> None:
    path = shared / "documents" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the documents")
    expected = {
        number: (route, condition) for first, last, route, condition in TABLE[name] for number in range(first, last + 1)
    }
    found = {}
    for page in read_pages(path, PDF, unread):
        route = "blank" if page.reason == "blank page" else page.origin
        found[page.number] = (route, page.condition)
        assert page.reason
        assert not page.issues
    assert found == expected
    assert page_count(path, PDF) == len(found)


def facts(name: str = "clean", quality: float = 1.0, words: int = 200, **changes: Any) -> PageFacts:
    values: dict[str, Any] = {"characters": 1500, "hidden": 0.0, "image_cover": 0.0, "drawings": 0, "unmapped": 0.0}
    return PageFacts(condition=Condition(name, 1.0, quality, words), **(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "route", "reason"),
    [
        pytest.param(facts(), "text_layer", "text layer", id="born digital"),
        pytest.param(facts(characters=0, words=0), "blank", "blank page", id="nothing on it"),
        pytest.param(facts(characters=0, words=0, image_cover=1.0), "ocr", "no text layer", id="scan"),
        pytest.param(facts(characters=0, words=0, drawings=2000), "ocr", "no text layer", id="outlined letters"),
        pytest.param(
            facts(characters=3, words=0, image_cover=1.0),
            "ocr",
            "text layer holds only a stamp or a few words",
            id="stray letter on a scan",
        ),
        pytest.param(
            facts(characters=120, words=18, image_cover=0.98),
            "ocr",
            "text layer holds only a stamp or a few words",
            id="stamp of a signature on a scan",
        ),
        pytest.param(
            facts("garbled", 0.4, image_cover=1.0, hidden=1.0),
            "ocr",
            "text layer is garbled",
            id="wrong-language layer",
        ),
        pytest.param(
            facts("unaccented", 0.2, image_cover=1.0), "ocr", "text layer lost its marks", id="stripped layer on a scan"
        ),
        pytest.param(facts("unaccented", 0.2), "text_layer", "text layer", id="typed without marks, no image"),
        pytest.param(facts("garbled", 0.3, unmapped=0.5), "ocr", "text layer is garbled", id="font without Unicode"),
        pytest.param(
            facts(image_cover=1.0, hidden=1.0), "text_layer", "text layer over an image is good", id="good OCR layer"
        ),
        pytest.param(facts(words=6, characters=30), "text_layer", "text layer", id="last page with a few words"),
    ],
)
def test_decision(page: PageFacts, route: str, reason: str) -> None:
    decision = decide(page)
    assert (decision.route, decision.reason) == (route, reason)
