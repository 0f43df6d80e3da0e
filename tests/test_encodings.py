"""Legacy encodings: cases seen in documents, negatives, and round trips."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.encodings import ENCODINGS, convert_runs, decode, detect, encode

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "encodings.json").read_text("utf-8"))
SENTENCE = "Ủy ban nhân dân huyện xây dựng kế hoạch tổ chức Hội nghị điển hình tiên tiến; đề nghị các đơn vị thực hiện"


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert detect(case["original"], case["font"]) == case["encoding"]
    if case["encoding"]:
        assert decode(case["original"], case["encoding"], font=case["font"]) == case["expected"]
    else:
        assert convert_runs([(case["original"], case["font"])]) == ([case["original"]], None)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sentence_survives_the_way_there_and_back(encoding: str) -> None:
    surface = encode(SENTENCE, encoding)
    assert surface != SENTENCE
    assert detect(surface) == encoding
    assert decode(surface, encoding).lower() == SENTENCE.lower()


LETTERS = st.text(alphabet="aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđbcghklmnpqrstvx ")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps"])
@given(text=LETTERS)
def test_every_small_letter_has_its_place(encoding: str, text: str) -> None:
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", ["vni", "viscii", "vps"])
def test_capitals_with_tones_exist_outside_tcvn3(encoding: str) -> None:
    capitals = "ẠẢÃÀÁẶẮẲẴẰẬẤẨẪẦỆẾỂỄỀỊỘỐỔỖỒỢỚỞỠỜỤỰỨỬỮỪỲỶỸỴĐ"
    assert decode(encode(capitals, encoding), encoding) == capitals


def test_runs_of_one_page_are_decided_one_by_one() -> None:
    runs = [
        ("KÕ ho¹ch", ".VnTimeH"),
        ("Hội nghị điển hình", ".VnTime"),
        ("tiªn tiÕn cña tØnh", ".VnTime"),
        ("2020 - 2025", ".VnTime"),
        ("Số: 12/KH-UBND", "Times New Roman"),
    ]
    assert convert_runs(runs) == (
        ["KẾ HOẠCH", "Hội nghị điển hình", "tiên tiến của tỉnh", "2020 - 2025", "Số: 12/KH-UBND"],
        "tcvn3",
    )


def test_symbol_font_code_points_are_bytes() -> None:
    surface = "".join(chr(0xF000 + ord(c)) if ord(c) > 0x7F else c for c in "Héi nghÞ ®iÓn h×nh")
    assert decode(surface, "tcvn3") == "Hội nghị điển hình"


def test_a_line_of_garbled_text_that_passes_for_tcvn3_is_left_to_the_channel() -> None:
    lines = [
        "- Van nghé chao mirng, tuyén bé ly do; gidi thiéu thanh phan.",
        "- Giao lvu véi céc nhan vat dién hinh.",
        "- Bé mac.",
        "Kinh phi: ngan sach nha nuéc bé tri theo phan cép; téng két, khen thuéng tap thé.",
    ]
    assert convert_runs([(line, None) for line in lines]) == (lines, None)


def test_a_header_in_tcvn3_above_a_text_in_unicode_is_converted() -> None:
    runs = [("Sè: 60/KH-UBND", None), ("Các cá nhân, tổ chức", None), ("các xã; có báo cáo", None)]
    assert convert_runs(runs) == (["Số: 60/KH-UBND", *(text for text, _ in runs[1:])], "tcvn3")
