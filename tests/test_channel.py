"""Repair of text that OCR read with the wrong language."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import MissingResourceError
from pipeline.lexicon.condition import Condition
from pipeline.restoration import garble
from pipeline.restoration.abbreviations import mend_letters
from pipeline.restoration.channel import LineRepair, repair
from pipeline.restoration.channel_chunks import chunks, pattern_of
from pipeline.restoration.edits import UNSURE_NAME
from pipeline.restoration.garble import Confusions, Vocabulary
from pipeline.restoration.model import LanguageModel
from pipeline.restoration.text import restore

ROOT = Path(__file__).parent.parent
CASES = json.loads((ROOT / "tests" / "cases" / "channel.json").read_text(encoding="utf-8"))
GARBLED = Condition("garbled", 1.0, 0.2, 1)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel.load()


def fix(lines: list[str], model: LanguageModel) -> list[LineRepair]:
    return repair(lines, model, conditions=[GARBLED] * len(lines))


def replay(line: str, repaired: LineRepair) -> str:
    text, at = "", 0
    for edit in repaired.edits:
        assert line[edit.start : edit.end] == edit.old
        assert edit.start >= at
        text += line[at : edit.start] + edit.new
        at = edit.end
    return text + line[at:]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail] if case.get("expect") == "fail" else [])
        for case in CASES
    ],
)
def test_repair(case: dict[str, str], model: LanguageModel) -> None:
    (repaired,) = fix([case["original"]], model)
    assert repaired.text == case["expected"]


def test_edits_lead_to_the_text_and_carry_confidence(model: LanguageModel) -> None:
    lines = [case["original"] for case in CASES]
    for line, repaired in zip(lines, fix(lines, model), strict=True):
        assert replay(line, repaired) == repaired.text
        assert all(0.0 <= edit.confidence <= 1.0 and edit.old != edit.new for edit in repaired.edits)
        assert 0.0 <= repaired.confidence <= 1.0


def test_lines_that_are_not_garbled_come_back_untouched(model: LanguageModel) -> None:
    lines = ["Tổ chức Hội nghị điển hình tiên tiến", "", "T6 chirc Hi nghi dién hinh tién tién céc cép"]
    clean = Condition("clean", 1.0, 1.0, 8)
    repaired = repair(lines, model, conditions=[clean, Condition("empty", 1.0, 0.0, 0), GARBLED])
    assert [r.text for r in repaired[:2]] == lines[:2]
    assert repaired[0].edits == ()
    assert repaired[2].text.startswith("Tổ chức Hội nghị")


def test_repairing_what_was_repaired_changes_nothing(model: LanguageModel) -> None:
    lines = [case["original"] for case in CASES if case.get("expect") != "fail"]
    once = [r.text for r in fix(lines, model)]
    assert [r.text for r in repair(once, model)] == once


def test_digits_of_numbers_dates_and_codes_survive(model: LanguageModel) -> None:
    lines = [
        "ngay 07/4/2014, sb 34-CT/TW va 165/KH-UBND; tir 8h30 dén 11 gid 45",
        "kinh phi 1.250.000 ddng, 12,5% cua 300 dai biéu, nhiém ky 2020-2025",
        "Thoi gian: 1/2 ngay, hoan thanh trudc ngay 20/6/2020 (Quy II)",
    ]
    for line, repaired in zip(lines, fix(lines, model), strict=True):
        numbers = r"\d[\d.,/:%-]*\d"
        assert re.findall(numbers, repaired.text) == re.findall(numbers, line)


def test_a_word_that_the_document_shows_elsewhere_is_recalled(model: LanguageModel) -> None:
    lines = ["Giao phong N6i vu chi tri, phong Noi vu téng hop, phong Noi vu theo ddi."] * 4
    lines += ["", "hd so nop vé UBND huyén (qua phong Néi v)"]
    assert fix(lines, model)[-1].text.endswith("(qua phòng Nội vụ)")


def test_stray_sign_of_a_seal_is_dropped_with_an_edit(model: LanguageModel) -> None:
    (repaired,) = fix(["hinh 4nh minh hoa cho néi dung béo céo; Q"], model)
    assert repaired.text.endswith("báo cáo;")
    assert repaired.edits[-1].new == ""
    assert repaired.edits[-1].reason == "stray sign"


@pytest.mark.parametrize(
    "line", ["", "   ", "....", "Q", "(", "''''", "\x00\x01", "x" * 5000, "&§¢@" * 40, "١٢٣", "1 2 3", "- ", "́́"]
)
def test_hostile_lines(line: str, model: LanguageModel) -> None:
    (repaired,) = fix([line], model)
    assert replay(line, repaired) == repaired.text
    assert "\n" not in repaired.text


def test_no_lines(model: LanguageModel) -> None:
    assert repair([], model) == []


def test_offsets_hold_in_decomposed_text(model: LanguageModel) -> None:
    line = "Tha\u0300nh la\u0323\u0302p Hi nghi die\u0301n hinh tie\u0301n tie\u0301n"
    (repaired,) = fix([line], model)
    assert replay(line, repaired) == repaired.text


def test_search_finds_the_same_words_as_rescoring() -> None:
    channel = Confusions.load("chtrcie")
    vocabulary = Vocabulary(["chức", "chúc", "chứt", "tổ", "trực", "cực", "thức"], channel)
    places, fits = vocabulary.search("chtrc", channel, 30.0)
    np.testing.assert_allclose(vocabulary.rescore(places, "chtrc", channel), fits, rtol=1e-5)
    assert vocabulary.words[int(places[int(np.argmax(fits))])] == "chức"


def test_trained_channel_prefers_what_engines_do() -> None:
    channel = Confusions.load()
    assert channel.log[channel.true["ế"], channel.seen["é"]] > channel.log[channel.true["ế"], channel.seen["e"]]
    assert channel.log[channel.true["Đ"], channel.seen["D"]] > channel.log[channel.true["Đ"], channel.seen["X"]]


def test_damaged_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "channel"
    folder.mkdir()
    (folder / "channel.json").write_text('{"true": [""]}', encoding="utf-8")
    (folder / "meta.json").write_text((ROOT / "models/channel/meta.json").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("KEHOACH_MODELS", str(tmp_path))
    garble._load.cache_clear()
    try:
        with pytest.raises(MissingResourceError, match=r"channel\.json.*install kehoach again"):
            Confusions.load()
    finally:
        garble._load.cache_clear()


def test_chunks_know_where_they_stand() -> None:
    line = "  - (ng, cd}) b/c: 12/KH-UBND  x4."
    for chunk in chunks(0, line):
        assert line[chunk.start : chunk.end] == chunk.core
        assert chunk.outer_start <= chunk.start < chunk.end <= chunk.outer_end


@pytest.mark.parametrize(
    ("code", "expected"),
    [("QD-TTg", "QĐ-TTg"), ("HPND", "HĐND"), ("TPKT", "TĐKT"), ("HD", "HD"), ("NĐ-CP", "NĐ-CP"), ("USD", "USD")],
)
def test_strokes_of_abbreviations(code: str, expected: str) -> None:
    assert mend_letters(code) == expected


@pytest.mark.parametrize(("core", "case"), [("HQI", "upper"), ("COng", "title"), ("T6", "title"), ("x4", "lower")])
def test_case_of_a_garbled_word(core: str, case: str) -> None:
    assert pattern_of(core) == case


@pytest.mark.shared
def test_first_lines_of_the_garbled_plan(shared: Path, model: LanguageModel) -> None:
    from models.channel.evaluate import right_words

    lines = (shared / "seeds" / "bim-son-2019.txt").read_text(encoding="utf-8").split("\n")
    gold = (shared / "gold" / "bim-son-2019.lines.txt").read_text(encoding="utf-8").strip().split("\n")
    repaired = [r.text for r in repair(lines, model)]
    assert len(repaired) == len(lines)
    found = [text for line, text in zip(lines, repaired, strict=True) if line.strip()][: len(gold)]
    right = sum(right_words(text, line)[0] for text, line in zip(found, gold, strict=True))
    assert right / sum(len(line.split()) for line in gold) >= 0.985


def test_short_lines_between_garbled_ones_are_repaired(model: LanguageModel) -> None:
    lines = [
        "Panh gia két qua phong trao thi dua cia huyén trong nam 2019",
        "S6: 12/KH-BCD",
        "1. TO CHUC HOI NGHI",
        "Cac phong, ban xay dung ké hoach thuc hién truéc ngay 12/3/2020",
        "II. KINH PHI",
        "12/3/2020",
    ]
    texts = [repaired.text for repaired in repair(lines, model)]
    assert texts[1].startswith("Số: 12/KH")
    assert texts[2] == "I. TỔ CHỨC HỘI NGHỊ"
    assert texts[4:] == ["II. KINH PHÍ", "12/3/2020"]


def test_first_line_of_a_page_is_a_line_of_its_own() -> None:
    text = "Panh gia két qua phong trao thi dua cia huyén\f¢ Trao giay khen cho cac dién hinh tién tién\n¢ Bé mac"
    lines = restore(text).text.split("\f")[1].split("\n")
    assert [line[:1] for line in lines] == ["•", "•"]


def test_an_unsure_name_in_garbled_text_stays_as_read_with_its_readings(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "Panh gia két qua phong trao thi dua cia huyén, dng Tran Khanh Tuan trinh bay bdo cdo"
    (sure,) = fix([line], model)
    assert "ông Trần" in sure.text
    monkeypatch.setattr("pipeline.restoration.channel.LEAST_NAME", 1.1)
    (unsure,) = fix([line], model)
    left = [edit for edit in unsure.edits if edit.reason == UNSURE_NAME]
    assert [(edit.old, edit.new) for edit in left] == [("Khanh", "Khanh"), ("Tuan", "Tuan")]
    assert "Khánh" in left[0].alternatives
    assert replay(line, unsure) == unsure.text


def test_units_of_the_province_that_the_document_names(model: LanguageModel) -> None:
    lines = [
        "UBND TINH TRA VINH",
        "Ké hoach t6 chirc Hdi nghi dién hinh tién tién trén dia ban tinh Tra Vinh",
        "Hoi LHPN xa Hiéu Tt, hoan thanh trudéc ngay 06/12/2024",
    ]
    assert "xã Hiếu Tử" in fix(lines, model)[2].text


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        pytest.param("¢ Khai mac hdi nghi va gidi thiéu dai biéu", "• Khai mạc", id="bullet"),
        pytest.param("IIl. CHUONG TRINH HOI NGHI", "III. CHƯƠNG", id="numeral"),
        pytest.param("Thoi gian: % ngay, hoan thanh trudc ngay 30/4/2020", "Thời gian: ½ ngày", id="half a day"),
        pytest.param("Can ct? Luat Thi dua, khen thuéng", "Căn cứ Luật", id="hook read as a question mark"),
        pytest.param("Phéi hgp v6i S6 GD&DT t6 chitc hdi nghi", "GD&ĐT", id="stroke beside an ampersand"),
        pytest.param("Doc lap - Ty do - Hanh phic", "Hạnh phúc", id="header of every document"),
        pytest.param("HOi LHPN huyén: Iva chon dién hinh tién tién", "lựa chọn", id="capital I for l"),
    ],
)
def test_signs_and_standing_words(original: str, expected: str, model: LanguageModel) -> None:
    (repaired,) = fix([original], model)
    assert expected in repaired.text
    assert replay(original, repaired) == repaired.text


def test_a_school_s_code_is_mended_by_its_name(model: LanguageModel) -> None:
    lines = ["S6: 33/KH-LQD", "Trudng THPT Lé Quy Dén t6 chitc Hdi nghi dién hinh tién tién"]
    assert fix(lines, model)[0].text == "Số: 33/KH-LQĐ"
