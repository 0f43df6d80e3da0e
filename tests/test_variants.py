"""The same facts in the words of other offices: conferences, programmes, papers due, work shared out, money.

The cases of `tests/cases/variants.json` were written before the rules were tried on them.
"""

from __future__ import annotations

from typing import Any

import pytest
from unidecode import unidecode

from pipeline.recognize.agenda import find_agenda
from pipeline.recognize.agenda_kinds import kinds_of
from pipeline.recognize.context import Plan
from pipeline.recognize.details import find_budget, find_deadlines, find_presidium, find_tasks
from pipeline.recognize.events import find_events
from tests.body import body_of, plan_of
from tests.plain import load_cases


def read(field: str, plan: Plan) -> Any:
    """Return what the rules of a field find, as the cases write it."""
    match field:
        case "events":
            found = [event.value for event in find_events(plan)]
            return [[v.level, v.pilot, v.duration_days, v.start, v.end] for v in found]
        case "agenda":
            return [[item.value.text, list(item.value.kinds)] for item in find_agenda(plan)]
        case "deadlines":
            spans = {span for event in find_events(plan) for span in event.spans}
            return [deadline.value.date for deadline in find_deadlines(plan, spans)]
        case "tasks":
            return [task.value.unit for task in find_tasks(plan)]
        case "presidium":
            presidium = find_presidium(plan)
            return presidium and [presidium.value.min, presidium.value.max]
    budget = find_budget(plan)
    return budget and budget.value.rstrip(".")


def cases(*but: str) -> list[Any]:
    """Return the cases of all fields *but* some."""
    return [
        pytest.param(
            case,
            id=f"{case['field']}: {case['label']}",
            marks=[pytest.mark.xfail(reason=case["comment"], strict=True)] if case.get("expect") == "fail" else [],
        )
        for case in load_cases("variants")
        if case["field"] not in but
    ]


@pytest.mark.parametrize("case", cases())
def test_variants(case: dict[str, Any]) -> None:
    if case["field"] == "kinds":
        assert list(kinds_of(case["original"])) == case["expected"]
    else:
        plan = plan_of(case["original"], body_of(case.get("office", "district")))
        assert read(case["field"], plan) == case["expected"]


@pytest.mark.parametrize("case", cases("tasks", "budget"))  # their values are words
def test_variants_without_their_marks(case: dict[str, Any]) -> None:
    text = unidecode(case["original"].replace("½", "1/2"))
    if case["field"] == "kinds":
        assert list(kinds_of(text)) == case["expected"]
        return
    found = read(case["field"], plan_of(text, body_of(case.get("office", "district"))))
    if case["field"] == "agenda":
        assert [kinds for _, kinds in found] == [kinds for _, kinds in case["expected"]]
    else:
        assert found == case["expected"]


def test_look_alike_letters_hide_no_date_and_no_kind() -> None:
    text = (
        "2. Tlời gian: 01 buổi, nqày 15 tlánq 5 năm 2015.\n3. Chương trìnl\n- Clào cờ\n- Tlam luận\n- Bế mạc hộl ngli"
    )
    plan = plan_of(text)
    assert read("events", plan) == [["district", False, 0.5, "2015-05-15", "2015-05-15"]]
    assert [kinds for _, kinds in read("agenda", plan)] == [["flag_salute"], ["exemplar_talks"], ["closing"]]
