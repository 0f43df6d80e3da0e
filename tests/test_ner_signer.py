"""A name below the post, where the rules found none."""

from __future__ import annotations

import pytest

from pipeline.data import Document, LineSpan, PageSpan
from pipeline.recognize.found import Found
from pipeline.recognize.ner_signer import name_below
from pipeline.record import Signer

pytestmark = pytest.mark.model


def document(*rows: str) -> Document:
    text = "\n".join(rows)
    lines, start = [], 0
    for row in rows:
        lines.append(LineSpan(start, start + len(row), 1, "signature"))
        start += len(row) + 1
    return Document(text, tuple(lines), (PageSpan(1, 0, len(text), "ocr", "test"),))


POST = Found(Signer(position="Chủ tịch", competence="TM."), ((0, 8),), 0.9, "rule:close")


def test_a_name_among_junk_of_a_seal_is_found() -> None:
    page = document("CHỦ TỊCH", "Z% S= Ko", "se. —", "Nguyễn Sỹ Hiệp")
    found = name_below(page, POST)
    assert found is not None
    assert (found.value.full_name, found.value.position, found.method) == ("Nguyễn Sỹ Hiệp", "Chủ tịch", "ner")
    assert [page.text[a:b] for a, b in found.spans] == ["CHỦ TỊCH", "Nguyễn Sỹ Hiệp"]


@pytest.mark.parametrize("row", ["Z% S= Ko", "Nơi nhận:", "ỦY BAN NHÂN DÂN", "Nguyễn"])
def test_what_is_no_name_is_not_taken_for_one(row: str) -> None:
    assert name_below(document("CHỦ TỊCH", row), POST) == POST


def test_a_name_that_the_rules_found_stays() -> None:
    known = Found(Signer(full_name="Trần Văn Ba", position="Chủ tịch"), ((0, 8),), 0.9, "rule:close")
    assert name_below(document("CHỦ TỊCH", "Nguyễn Sỹ Hiệp"), known) == known
