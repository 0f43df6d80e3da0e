"""The condition of a line, a page and a document."""

import json
import random
import time
from pathlib import Path

import pytest

from pipeline.lexicon.condition import Condition, judge, judge_lines, share_of_lines
from pipeline.lexicon.syllables import strip_marks

CASES = json.loads((Path(__file__).parent / "cases" / "condition.json").read_text(encoding="utf-8"))

PLAN = """UBND HUYỆN HƯNG LỘC
KẾ HOẠCH
Tổ chức Hội nghị điển hình tiên tiến các cấp
Căn cứ Luật Thi đua, khen thưởng;
1. Mục đích
Đánh giá kết quả phong trào thi đua yêu nước của huyện
- Thành phần: đại diện lãnh đạo các phòng
Trần Văn Nam""".splitlines()
GARBLED = """UBND HUYEN HUNG LOC
KE HOACH
T6 chirc Hi nghi dién hinh tién tién céc cép
Can ctr Luat Thi dua, khen thuéng;
1. Muc dich
Panh gia két qua phong trao thi dua yéu nuéc cia huyén
- Thanh phan: dai dién lanh dao céc phong
Tran Van Nam""".splitlines()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail] if case.get("expect") == "fail" else [])
        for case in CASES
    ],
)
def test_judge(case: dict[str, str]) -> None:
    assert judge(case["text"]).name == case["expected"]


def test_short_lines_take_the_condition_of_their_page() -> None:
    assert {c.name for c in judge_lines(PLAN)} == {"clean"}
    assert {c.name for c in judge_lines(GARBLED)} == {"garbled"}
    assert {c.name for c in judge_lines([strip_marks(line) for line in PLAN])} == {"unaccented"}


def test_a_caption_of_foreign_names_among_clean_lines_is_not_garbled() -> None:
    lines = [*PLAN, "Café au lait, bien sucré", *PLAN]
    assert "garbled" not in {c.name for c in judge_lines(lines)}


def test_garbled_page_within_a_clean_document() -> None:
    judged = judge_lines([*PLAN * 5, *GARBLED, *PLAN * 5])
    inside = judged[len(PLAN) * 5 + 1 : len(PLAN) * 5 + 7]
    assert sum(c.name == "garbled" for c in inside) >= 4
    assert {c.name for c in judged[: len(PLAN) * 4]} == {"clean"}


def test_empty_lines_stay_empty_and_count_is_kept() -> None:
    judged = judge_lines(["", *GARBLED, "   ", "12/2019"])
    assert len(judged) == len(GARBLED) + 3
    assert [judged[0].name, judged[-2].name, judged[-1].name] == ["empty"] * 3


def test_legacy_page_with_a_line_of_codes() -> None:
    lines = ["Uû ban nh©n d©n huyÖn", "Sè: 60/KH-UBND", "Tæ chøc héi nghÞ ®iÓn h×nh tiªn tiÕn", "2014"]
    assert [c.name for c in judge_lines(lines)][0::2] == ["legacy:tcvn3", "legacy:tcvn3"]
    assert judge("\n".join(lines)).name == "legacy:tcvn3"


def test_quality_orders_conditions() -> None:
    clean, garbled = judge("\n".join(PLAN)).quality, judge("\n".join(GARBLED)).quality
    assert clean > 0.85
    assert garbled < 0.4


def test_words_of_a_document_are_shared_out() -> None:
    shares = share_of_lines([*judge_lines(PLAN), Condition("empty", 1.0, 0.0, 0)])
    assert shares == {"clean": 1.0}
    assert share_of_lines([]) == {}


@pytest.mark.parametrize(
    "text", ["\x00\x01\x02" * 50, "\ufffd" * 99, "a" * 100_000, "🙂 🙂", "١٢٣ العربية", "中文 文本"]
)
def test_hostile_input_is_judged_without_error(text: str) -> None:
    assert judge(text).name in ("empty", "foreign", "garbled", "clean", "unaccented")
    assert len(judge_lines(text.split("\n"))) == text.count("\n") + 1


def test_speed() -> None:
    shuffled = random.Random(1)
    words = " ".join(PLAN).split()
    lines = [" ".join(shuffled.choices(words, k=14)) for _ in range(8000)]
    began = time.process_time()
    judge_lines(lines)
    assert sum(map(len, lines)) / (time.process_time() - began) > 500_000  # characters a CPU-second; 4 million measured
