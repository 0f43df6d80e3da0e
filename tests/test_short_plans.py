"""Short plans of offices of many kinds, read whole: which conference each fact is of shows only beside the others.

The facts of `tests/cases/short_plans.json` were decided before the rules read the plans.
"""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.recognize import recognize
from tests.body import document_of
from tests.plain import load_cases

CASES = load_cases("short_plans")
_CLOSE = "\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Hồng Sơn\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_short_plans(case: dict[str, Any]) -> None:
    facts = recognize(document_of(case["original"] + _CLOSE))
    events = [[e.level, e.pilot, e.duration_days, e.start, e.end] for e in facts.events]
    limits = [[v.level, v.kind, v.min, v.max, v.condition is not None] for v in facts.delegate_limits]
    ratios = [[v.level, v.category, v.percent, v.approximate] for v in facts.composition_ratios]
    assert sorted(events, key=str) == sorted(case["events"], key=str)
    assert limits == case["delegate_limits"]
    assert ratios == case["composition_ratios"]
    assert (facts.presidium and [facts.presidium.min, facts.presidium.max]) == case["presidium"]
    if "agenda" in case:
        assert [",".join(item.kinds) for item in facts.agenda] == case["agenda"]
