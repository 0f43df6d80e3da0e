"""Pages become one text whose index leads back to every line and word."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.assemble import assemble
from pipeline.data import Line, Page, Word

TEXTS = st.lists(st.lists(st.text(alphabet="aạa\u0323\u0302eốĐ \t\n\f1-", max_size=12), max_size=4), max_size=4)


def page(number: int, texts: list[str]) -> Page:
    return Page(number, tuple(Line(text) for text in texts), "plain", "plain text")


@given(TEXTS)
def test_every_character_belongs_to_a_line_or_parts_lines(pages: list[list[str]]) -> None:
    document = assemble(page(number, texts) for number, texts in enumerate(pages, 1))
    assert unicodedata.is_normalized("NFC", document.text)
    covered = sum(line.end - line.start for line in document.lines)
    parting = sum(max(0, len(texts) - 1) for texts in pages) + max(0, len(pages) - 1)
    assert covered + parting == len(document.text)
    assert document.text.count("\f") == max(0, len(pages) - 1)
    for line in document.lines:
        assert "\n" not in document.text[line.start : line.end]
        span = document.pages[line.page - 1]
        assert span.start <= line.start <= line.end <= span.end


def test_word_offsets_follow_composition() -> None:
    raw = "Hô\u0323i nghi\u0323 thi đua"
    words = tuple(Word(raw.index(w), raw.index(w) + len(w), None) for w in ("Hô\u0323i", "nghi\u0323", "thi", "đua"))
    line = assemble([Page(1, (Line(raw, words=words),), "ocr", "no text layer")]).lines[0]
    text = "Hội nghị thi đua"
    assert [text[w.start : w.end] for w in line.words] == ["Hội", "nghị", "thi", "đua"]


def test_margin_lines_stay_in_the_text_with_their_zone() -> None:
    document = assemble([Page(2, (Line("2", zone="margin"), Line("Nội dung")), "text_layer", "text layer")])
    assert document.text == "2\nNội dung"
    assert [line.zone for line in document.lines] == ["margin", "body"]


def test_condition_of_converted_pages_reaches_the_document() -> None:
    pages = [page(1, ["a"]), Page(2, (Line("b"),), "text_layer", "text layer", condition="legacy:tcvn3")]
    assert assemble(pages).condition == "legacy:tcvn3"
    assert assemble([]).text == ""
