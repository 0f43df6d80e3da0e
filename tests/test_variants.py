"""The same facts in the words of other offices: conferences, programmes, papers due, work shared out, money.

The cases of `tests/cases/variants.json` were written before the rules were tried on them.
"""

from __future__ import annotations

from typing import Any

import pytest

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


def cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{case['field']}: {case['label']}",
            marks=[pytest.mark.xfail(reason=case["comment"], strict=True)] if case.get("expect") == "fail" else [],
        )
        for case in load_cases("variants")
    ]


@pytest.mark.parametrize("case", cases())
def test_variants(case: dict[str, Any]) -> None:
    if case["field"] == "kinds":
        assert list(kinds_of(case["original"])) == case["expected"]
    else:
        plan = plan_of(case["original"], body_of(case.get("office", "district")))
        assert read(case["field"], plan) == case["expected"]
