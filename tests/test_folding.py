from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.folding import anchor_re, fold


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ắằẳẵặấầẩẫậ"))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("phrase", "damaged"),
    [
        ("hội nghị", "H6i nghi"),
        ("hội nghị", "HộinghỊ"),
        ("tham luận", "tharn luận"),
        ("không quá", "khong  qua"),
        ("chào cờ", "Chào c0"),
        ("hưởng ứng", "hưởng (ứng"),
        ("đại biểu", "ĐẠI BIẾU"),
        ("giới thiệu", "g1ới thiệu"),
    ],
)
def test_damaged_words_still_anchor(phrase: str, damaged: str) -> None:
    assert anchor_re(phrase).search(fold(damaged))


@pytest.mark.parametrize(("phrase", "text"), [("bầu", "bầuxanh"), ("tỉnh", "xtỉnh"), ("cơ sở", "cơ quan sở tại")])
def test_parts_of_words_do_not(phrase: str, text: str) -> None:
    assert not anchor_re(phrase).search(fold(text))


@pytest.mark.parametrize("text", ["16/4/2020", "19h30", "T4/2025", "34-CT/TW"])
def test_digits_of_values_stay(text: str) -> None:
    assert fold(text) == text.lower()
