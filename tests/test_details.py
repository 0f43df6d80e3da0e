"""Deadlines, tasks, money and legal bases, as other offices write them.

The cases of `tests/cases/details.json` were written before the rules were tried on them.
"""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.recognize.details import find_budget, find_deadlines, find_tasks
from pipeline.recognize.legal_bases import find_legal_bases
from tests.body import TOWN, plan_of
from tests.plain import load_cases, plain_document


def read(field: str, text: str) -> Any:
    if field == "deadlines":
        return [found.value.date for found in find_deadlines(plan_of(text), set())]
    if field == "tasks":
        return [found.value.unit for found in find_tasks(plan_of(text))]
    if field == "work":
        return [[found.value.unit, found.value.text] for found in find_tasks(plan_of(text))]
    if field == "budget":
        budget = find_budget(plan_of(text))
        return budget and budget.value.rstrip(".")
    document = plain_document(f"KẾ HOẠCH\nTổ chức Hội nghị\n\n{text}\nI. MỤC ĐÍCH\n")
    bases = [found.value for found in find_legal_bases(document, TOWN)]
    return [[basis.document_type, basis.code, basis.date, basis.issuer] for basis in bases]


@pytest.mark.parametrize("case", load_cases("details"), ids=lambda case: f"{case['field']}: {case['label']}")
def test_details(case: dict[str, Any]) -> None:
    assert read(case["field"], case["original"]) == case["expected"]


def test_a_budget_points_at_its_own_sentences() -> None:
    plan = plan_of("3. Kinh phí: do ngân sách xã bảo đảm. Các đơn vị gửi báo cáo trước ngày 15/4/2015.")
    budget = find_budget(plan)
    assert budget is not None
    assert [plan.document.text[start:end] for start, end in budget.spans] == ["do ngân sách xã bảo đảm."]
