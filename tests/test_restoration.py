"""Restoration: cases, and what holds for any text."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.data import Document, Doubt, Edit, LineSpan, PageSpan, Word
from pipeline.errors import InputFileError, MissingResourceError
from pipeline.lexicon.syllables import split_tone, strip_marks
from pipeline.restoration import OffsetMap, apply, neighbours, packing, restore, restore_document
from pipeline.restoration.edits import UNSURE_NAME, compose
from pipeline.restoration.model import LanguageModel, Lattice
from pipeline.restoration.stream import restore_stream, restored_parts

CASES = json.loads((Path(__file__).parent / "cases" / "restoration.json").read_text(encoding="utf-8"))
SENTENCE = "Ủy ban nhân dân huyện tổ chức hội nghị điển hình tiên tiến trước ngày 30/4/2020"


def _without_tone(word: str) -> str:
    return split_tone(word)[0]


def _case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if case["expect"] == "fail" else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [_case(case) for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    result = restore(case["original"])
    assert result.text == case["expected"]
    assert apply(case["original"], result.edits) == result.text
    assert restore(result.text).text == result.text


def test_condition_of_each_line_is_told() -> None:
    assert restore("Ke hoach to chuc hoi nghi\n\nThe committee met on Monday").line_conditions[1] == "empty"
    assert restore(strip_marks(SENTENCE)).condition == "unaccented"
    assert restore(SENTENCE).condition == "clean"
    assert restore("KÕ ho¹ch tæ chøc héi nghÞ").condition == "legacy:tcvn3"


def test_doubted_words_get_the_marks_of_their_context() -> None:
    read = SENTENCE.replace("nghị", "nghi")
    doubt = Doubt(read.index("nghi "), read.index("nghi ") + 4, 0.55)
    assert restore(read).text == read
    result = restore(read, doubts=[doubt])
    assert result.text == SENTENCE
    assert result.edits[0].reason == "doubt"


def test_names_and_numbers_stay_though_doubted() -> None:
    read = "Hội nghị do ông Trần Văn Hung chủ trì ngày 30/4/2020 tại xã"
    doubts = [Doubt(read.index(word), read.index(word) + len(word), 0.3) for word in ("Hung", "30/4/2020")]
    assert restore(read, doubts=doubts).text == read


MISREAD = {
    "lost g": ("quản lý thị trườn, thuế và hải quan", "trườn", "trường"),
    "letter of its shape": ("các cơ quan troig tỉnh phối hợp thực hiện", "troig", "trong"),
    "lost letter of a word that is none": ("tình hình thực tế tại địa phươn và cơ sở", "phươn", "phương"),
    "vowel read twice": ("Luật sửa đổi, bỗổ sung một số điều", "bỗổ", "bổ"),
    "heading": ("KÉ HOẠCH TỔ CHỨC HỘI NGHỊ ĐIỂN HÌNH TIÊN TIẾN", "KÉ", "KẾ"),
    "a mark that the recognizer was sure of": ("Tổ chuyên gia đánh giá hồ sơ (sơ bộ và chỉ tiết)", "chỉ", "chi"),
    "capital inside a sentence": ("theo đề nghị của Giảm đốc sở, các cơ quan thực hiện", "Giảm", "Giám"),
}


@pytest.mark.parametrize(("read", "word", "true"), MISREAD.values(), ids=MISREAD)
def test_misread_words_are_mended(read: str, word: str, true: str) -> None:
    doubts = [Doubt(read.index(word), read.index(word) + len(word), 0.93)]
    result = restore(read, doubts=doubts)
    assert result.text == read.replace(word, true)
    assert restore(result.text, doubts=[Doubt(doubts[0].start, doubts[0].start + len(true), 0.93)]).text == result.text


UNTOUCHED = {
    "foreign word": ("đăng nhập website của tỉnh để nộp hồ sơ", "website"),
    "numeral": ("nghị quyết đại hội đảng bộ khóa xiii của tỉnh", "xiii"),
    "name after a title": ("ý kiến của anh Lân về kế hoạch của huyện", "Lân"),
    "name of a commune": ("các hộ dân của xã Thôn tư vấn", "Thôn"),
    "unit of measure": ("diện tích trồng mới là 12 ha rừng", "ha"),
}


@pytest.mark.parametrize(("read", "word"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_right_words_stay_though_doubted(read: str, word: str) -> None:
    assert restore(read, doubts=[Doubt(read.index(word), read.index(word) + len(word), 0.9)]).text == read


def test_a_foreign_letter_does_not_make_stripped_text_garbled() -> None:
    text = "\n".join(
        [strip_marks(SENTENCE)] * 9 + ["Thanh pho Tromsø o phia bac Na Uy ket nghia voi tinh ta tu nam 1995"]
    )
    assert restore(text).text.startswith("\n".join([SENTENCE] * 9))


def test_a_document_keeps_its_lines_and_boxes() -> None:
    lines = ["Uy ban nhan dan huyen", "to chuc hoi nghi dien hinh"]
    text = "\n".join(lines)
    words = tuple(Word(m, m + 2, (0.0, 0.0, 1.0, 1.0), 0.9) for m in (0,))
    spans = (LineSpan(0, 21, 1, "body", words=words), LineSpan(22, len(text), 1, "body"))
    document = restore_document(Document(text, spans, (PageSpan(1, 0, len(text), "ocr", "test"),)))
    assert document.raw == text
    assert [document.text[s.start : s.end] for s in document.lines] == document.text.split("\n")
    assert document.text[document.lines[0].words[0].start : document.lines[0].words[0].end] == "Ủy"
    assert apply(text, document.edits) == document.text
    assert document.pages[0].end == len(document.text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấềộ ABDĐ\n.,;-/0123456789\u041að\u0301\u200b", max_size=120))
def test_edits_replay_and_restoring_twice_changes_nothing_more(text: str) -> None:
    result = restore(text)
    assert apply(text, result.edits) == result.text
    assert text.count("\n") == result.text.count("\n")
    assert restore(result.text).text == result.text


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_composed_edits_do_what_both_do(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="abcd ", min_size=1, max_size=20))
    first = _edits(data, text)
    middle = apply(text, first)
    second = _edits(data, middle)
    assert apply(text, compose(first, second, text)) == apply(middle, second)


def _edits(data: st.DataObject, text: str) -> list[Edit]:
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [
        Edit(a, b, text[a:b], data.draw(st.text(alphabet="xyz", min_size=1, max_size=3)), "t", 1.0) for a, b in pairs
    ]


def test_offsets_lead_there_and_back() -> None:
    result = restore("T6 chirc Hi nghi dién hinh tién tlen cac cap, cac nganh nhu sau")
    offsets = OffsetMap(result.edits)
    for edit in result.edits:
        start = offsets.forward(edit.start)
        assert result.text[start : start + len(edit.new)] == edit.new
        assert offsets.back(start) == edit.start


def test_stream_keeps_lines_and_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.restoration.stream.PART", 300)
    text = (strip_marks(SENTENCE) + "\n") * 40
    out = io.StringIO()
    report = restore_stream(io.StringIO(text), out.write)
    assert out.getvalue() == (SENTENCE + "\n") * 40
    assert report.conditions["unaccented"] == report.lines == 40
    parts = list(restored_parts(io.StringIO(text)))
    assert len(parts) > 3
    assert "".join(part.raw for part in parts) == text
    first = json.loads(parts[2].json().split("\n")[0])
    assert text[first["start"] : first["end"]] == first["old"]
    assert parts[2].diff(color=False).startswith(f"@@ {parts[2].line + 1} @@")


def test_other_languages_are_left_alone_and_said_so() -> None:
    text = "The committee met on Monday to discuss the plan.\nNothing was decided before the end of the year.\n"
    out = io.StringIO()
    report = restore_stream(io.StringIO(text), out.write)
    assert out.getvalue() == text
    assert report.is_foreign
    assert "not Vietnamese" in report.summary()


def test_binary_is_refused() -> None:
    with pytest.raises(InputFileError, match="no text") as raised:
        restore_stream(io.StringIO("PK\x03\x04\x00\x00"), io.StringIO().write)
    assert raised.value.reason == "binary"


def test_a_stray_control_character_in_a_long_text_is_no_reason_to_stop() -> None:
    text = (strip_marks(SENTENCE) + "\n") * 20 + "\x02\n"
    out = io.StringIO()
    restore_stream(io.StringIO(text), out.write)
    assert out.getvalue() == (SENTENCE + "\n") * 20 + "\x02\n"


@pytest.mark.reliability
def test_a_line_of_ten_megabytes() -> None:
    text = (strip_marks(SENTENCE) + " ") * (10_000_000 // len(SENTENCE))
    out = io.StringIO()
    restore_stream(io.StringIO(text), out.write)
    assert out.getvalue()[: len(SENTENCE)] == SENTENCE
    assert len(out.getvalue()) == len(text)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "models" / "diacritics"
    for name in ("meta.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    (tmp_path / "lm.bin").write_bytes(b"\0" + (source / "lm.bin").read_bytes()[1:-1])
    with pytest.raises(MissingResourceError, match="damaged"):
        LanguageModel.load(tmp_path)


def test_weights_of_another_size_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "diacritics").mkdir()
    (tmp_path / "diacritics" / "neighbours.bin").write_bytes(bytes(1000))
    monkeypatch.setenv("KEHOACH_MODELS", str(tmp_path))
    neighbours.weights.cache_clear()
    with pytest.raises(MissingResourceError, match="damaged"):
        neighbours.weights()


def test_fields_of_any_width_come_back() -> None:
    width = np.array([6, 19, 32, 1, 13, 25])
    values = np.array([63, 400_000, 2**32 - 1, 1, 0, 2**24])
    fields = packing.pack_fields(values, width)
    starts = (np.cumsum(width) - width).tolist()
    masks = [(1 << int(bits)) - 1 for bits in width]
    assert [packing.field(fields, *place) for place in zip(starts, masks, strict=True)] == values.tolist()


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("lost", [strip_marks, _without_tone], ids=["marks", "tones"])
def test_text_that_lost_some_of_its_marks(lost: Callable[[str], str], share: float) -> None:
    text = (Path(__file__).parents[1] / "corpus" / "wordings" / "ubnd-huyen-hung-ha.txt").read_text(encoding="utf-8")
    chance = random.Random(7)
    damaged = re.sub(r"[^\W\d_]+", lambda m: lost(m[0]) if chance.random() < share else m[0], text)
    result = restore(damaged)
    wrong = [(a, b) for a, b in zip(result.text.split(), text.split(), strict=True) if a != b]
    before = sum(a != b for a, b in zip(damaged.split(), text.split(), strict=True))
    assert len(wrong) < 0.2 * before
    assert apply(damaged, result.edits) == result.text
    assert restore(result.text).text == result.text


def test_lattice_edges_may_skip_nodes() -> None:
    model = LanguageModel.load()
    words = [model.id_of(w) for w in ("hội", "nghị", "hôi", "ngại", "nghĩ")]
    lattice = Lattice(
        np.array([0, 0, 0, 1, 1]),
        np.array([1, 1, 2, 2, 2]),
        np.array([words[0], words[2], words[3], words[1], words[4]]),
        np.zeros(5),
    )
    path, posterior = model.decode(lattice)
    assert [model.vocabulary[lattice.word[e]] for e in path] == ["hội", "nghị"]
    assert abs(posterior[[0, 1, 2]].sum() - 1) < 1e-4
    assert abs(posterior[[3, 4, 2]].sum() - 1) < 1e-4


def test_probabilities_of_the_model_add_up() -> None:
    from pipeline.restoration.lattice import bigram_probability, bigram_row, trigram_probability

    model = LanguageModel.load()
    lm = model.arrays
    first, second = model.id_of("nhân"), model.id_of("dân")
    row = bigram_row(lm, first, second)
    total = 0.0
    for word in range(len(model.vocabulary)):
        below = bigram_row(lm, second, word)
        backed = bigram_probability(lm, second, word, below)
        total += trigram_probability(lm, row, second, below, backed)
    assert 0.95 < total < 1.05  # six bits a probability


def test_without_numba_the_result_is_the_same() -> None:
    code = "import sys; from pipeline import restore; sys.stdout.write(restore(sys.argv[1]).text)"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, strip_marks(SENTENCE)],
        env={**os.environ, "KEHOACH_NO_NUMBA": "1"},
        capture_output=True, text=True, encoding="utf-8", check=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert run.stdout == SENTENCE


def test_an_unsure_name_stays_as_read_with_its_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    read = "Can cu de nghi cua ong Tran Khanh Tuan ve cong tac khen thuong"
    assert restore(read).text.startswith("Căn cứ đề nghị của ông Trần Khánh Tuấn")
    monkeypatch.setattr("pipeline.restoration.text.NAME_SURE", 1.1)
    result = restore(read)
    assert result.text == "Căn cứ đề nghị của ông Tran Khanh Tuan về công tác khen thưởng"
    left = [edit for edit in result.edits if edit.reason == UNSURE_NAME]
    assert [(edit.old, edit.new) for edit in left] == [("Tran",) * 2, ("Khanh",) * 2, ("Tuan",) * 2]
    assert "Khánh" in left[1].alternatives
    assert apply(read, result.edits) == result.text


@pytest.mark.parametrize(
    ("stripped", "expected"),
    [
        pytest.param("Noi nop ho soMa thu tuc tai Uy ban", "Nơi nộp hồ sơMã thủ tục", id="glued words"),
        pytest.param("Cong van so 6150/BGDDT-VP ngay 26/12/2019 cua Bo", "6150/BGDĐT-VP", id="stroke in a code"),
        pytest.param("Ket luan so 12-KL/DU ngay 3/4/2020 cua Dang uy", "12-KL/ĐU", id="party committee in a code"),
        pytest.param("So: 33/KH-LQD\nTruong THPT Le Quy Don to chuc hoi nghi", "33/KH-LQĐ", id="school in a code"),
        pytest.param("So: 34/KH-ND\nTruong THPT Nguyen Du to chuc hoi nghi", "34/KH-ND", id="school without a stroke"),
        pytest.param("C. NOI DUNG\na) Cong tac\nD. TO CHUC THUC HIEN", "D. TỔ CHỨC", id="capital marker"),
    ],
)
def test_codes_markers_and_glued_words(stripped: str, expected: str) -> None:
    assert expected in restore(stripped).text


def test_names_of_units_speak_against_words_that_seemed_sure() -> None:
    text = restore("Uy ban nhan dan tinh Quang Tri yeu cau dai bieu o Huong Hoa, Dakrong va huyen dao ve du").text
    assert "Hướng Hóa" in text
