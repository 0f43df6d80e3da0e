"""Syllables: the closed set, marks, placement of tones."""

from __future__ import annotations

import time
import unicodedata

import pytest

from pipeline.lexicon import syllables


@pytest.mark.parametrize("word", ["hòa", "Hoà", "NGHIỆP", "đắk", "quý", "giặc", "uỷ"])
def test_syllables_are_known(word: str) -> None:
    assert syllables.is_syllable(word)


@pytest.mark.parametrize("word", ["chirc", "UBND", "càc", "nghiêpj", "x4", "", "Обл"])
def test_other_words_are_not(word: str) -> None:
    assert not syllables.is_syllable(word)


def test_the_table_is_in_nfc_and_traditional() -> None:
    words = list(syllables.ranks())
    assert len(words) > 7000
    assert all(unicodedata.normalize("NFC", w) == w and syllables.traditional(w) == w == w.lower() for w in words)


def test_placement_of_tones_goes_both_ways() -> None:
    for word in syllables.ranks():
        assert syllables.traditional(syllables.reformed(word)) == word


def test_every_syllable_holds_its_own_letters() -> None:
    for word in syllables.ranks():
        assert syllables.marks_superset(word, syllables.strip_marks(word))
        assert syllables.marks_superset(word, syllables.split_tone(word)[0])


def test_loading_takes_milliseconds() -> None:
    syllables.ranks.cache_clear()
    began = time.process_time()
    syllables.ranks()
    assert time.process_time() - began < 0.05
