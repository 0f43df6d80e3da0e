"""The facts of a whole document, and what must hold of any."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus.generate import generate_plans
from corpus.render.plain import page_texts, printed_texts
from pipeline.evaluate import MISSION, Score, canonical, changes, evaluate, score, similar
from pipeline.recognize import read_plan, recognize
from pipeline.recognize.events import find_events
from pipeline.record import Record, Source, Text
from tests.body import TOWN, document_of
from tests.plain import plain_document

SHARED = Path(os.environ.get("KEHOACH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CLEAN = ("duy-tien-2014", "hoan-kiem-2019")


@pytest.mark.parametrize("form", ["whole paragraphs", "printed lines"])
def test_generated_plans_of_every_tuned_family(form: str) -> None:
    render = page_texts if form == "whole paragraphs" else printed_texts
    total = Score()
    for split in ("train", "dev"):
        for plan in generate_plans(16, 2026, split=split):
            facts = recognize(document_of("\f".join(render(plan.layout))))
            total.add(score(plan.gold, facts.model_dump(mode="json"), plan.plan_id))
    assert total.over(MISSION).f1 > 0.97, total.misses


def test_every_value_points_at_its_words() -> None:
    for plan in generate_plans(12, 5, split="train"):
        document = document_of("\f".join(printed_texts(plan.layout)))
        facts = recognize(document)
        assert facts.evidence
        for entry in facts.evidence:
            assert document.text[entry.start : entry.end] == entry.quote
            page = document.pages[entry.page - 1]
            assert page.start <= entry.start <= page.end
        seen = {entry.field for entry in facts.evidence}
        for name in ("events", "delegate_limits", "composition_ratios", "agenda", "deadlines", "tasks", "allocations"):
            assert {f"{name}/{index}" for index in range(len(getattr(facts, name)))} <= seen


@pytest.mark.parametrize(
    "text", ["", "\f\f", "Số:", "I.", "- \n- \n-", "a\tb\tc", "\t\t", "KẾ HOẠCH", "1. 2. 3. 4.", "%" * 500]
)
def test_odd_text_has_no_facts_and_raises_nothing(text: str) -> None:
    facts = recognize(document_of(text))
    assert facts.events == ()
    assert facts.agenda == ()


@pytest.mark.shared
@pytest.mark.parametrize("name", CLEAN)
def test_real_plans(name: str) -> None:
    gold = SHARED / "gold" / f"{name}.json"
    if not gold.exists():
        pytest.skip("the real plans beside the checkout are not here")
    text = next((SHARED / "seeds").glob(f"{name}.*")).read_text("utf-8")
    facts = recognize(document_of(text))
    result = score(json.loads(gold.read_text("utf-8")), facts.model_dump(mode="json"), name)
    assert result.over().f1 >= 0.97, result.misses


def test_scoring_counts_each_slot() -> None:
    gold = {
        "place": "Duy Tiên",
        "events": [{"level": "district", "pilot": False, "end": "2020-01-01"}],
        "deadlines": [],
    }
    assert score(gold, gold).over().f1 == 1
    wrong = score(gold, {"place": "Hà Nội", "events": [{"level": "district", "end": "2020-02-01"}]})
    tally = wrong.over()
    assert (tally.right, tally.wrong, tally.missed) == (1, 2, 2)
    assert len(wrong.misses) == 2


def test_text_is_compared_as_readers_do() -> None:
    assert canonical("Uỷ ban nhân dân  huyện") == canonical("Ủy ban nhân dân huyện")
    assert similar("Báo cáo tổng kết phong trào thi đua", "Báo cáo tổng kết phong trào thi đua;")
    assert not similar("Chào cờ", "Bế mạc")
    assert not similar(None, None)


def test_evaluation_reads_a_folder_of_gold(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"place": "Huế"}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"place": "Vinh"}', encoding="utf-8")
    source = Source(path="in/a.txt", sha256="0", media_type="text/plain")
    record = Record(doc_id="0", source=source, text=Text(content="Huế", origin="plain", condition="clean"), place="Huế")
    report = evaluate(tmp_path, [json.loads(record.to_json())]).to_json()
    assert report["documents"] == {"a": 1.0, "b": 0.0}
    gains, losses = changes(report, {"misses": []})
    assert (len(gains), losses) == (1, [])


def test_a_schedule_of_other_matters_is_no_conference() -> None:
    text = "1. Thời gian: từ ngày 01/3/2015 đến ngày 15/3/2015."
    assert not find_events(read_plan(document_of(text), TOWN, subject="Tổ chức đấu thầu cung ứng thuốc năm 2015"))
    assert find_events(read_plan(document_of(text), TOWN, subject="Tổ chức Hội nghị điển hình tiên tiến"))


def test_a_row_that_numbers_the_columns_gives_no_unit_its_delegates() -> None:
    rows = ("TT\tĐơn vị\tSố đại biểu", "(1)\t(2)\t3", "1\tXã Trà Cú\t12")
    table = "\n".join(f"[table] {row}" for row in rows)
    document = plain_document(f"KẾ HOẠCH\nTổ chức Hội nghị\n\nI. PHÂN BỔ ĐẠI BIỂU\n{table}\nII. KINH PHÍ\n")
    assert [(each.unit, each.delegates) for each in recognize(document).allocations] == [("Xã Trà Cú", 12)]


def test_reports_tell_of_conferences_and_plan_none() -> None:
    header = (
        "UBND HUYỆN YÊN MÔ\nSố: 4/{}-UBND\nYên Mô, ngày 5 tháng 9 năm 2017\n\n"
        "{}\nHội nghị điển hình tiên tiến các cấp\n\n"
    )
    body = (
        "I. NỘI DUNG\n1. Hội nghị cấp huyện tổ chức ngày 15/6/2017, 250 đại biểu, nữ chiếm 62%.\n"
        "2. Hội nghị cấp cơ sở hoàn thành trước ngày 30/11/2017.\n"
    )
    report = recognize(plain_document(header.format("BC", "BÁO CÁO") + body))
    assert (report.delegate_limits, report.composition_ratios) == ((), ())
    assert [event.end for event in report.events] == ["2017-11-30"]
    plan = recognize(plain_document(header.format("KH", "KẾ HOẠCH") + body))
    assert len(plan.delegate_limits) == len(plan.composition_ratios) == 1
    assert len(plan.events) == 2
