"""Numbers and shares of delegates as committees of many kinds write them, several levels and groups in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.recognize.composition import find_ratios
from pipeline.recognize.levels import Setting
from pipeline.recognize.limits import find_limits
from tests.body import body_of, plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "delegates.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_delegates(case: dict[str, Any]) -> None:
    body = body_of(case["body"])
    plan = plan_of(case["original"], body, case.get("default") or Setting.of(body).own)
    limits = [found.value for found in find_limits(plan)]
    ratios = [found.value for found in find_ratios(plan)]
    assert [[v.level, v.kind, v.min, v.max, v.condition is not None] for v in limits] == case["limits"]
    assert [[v.level, v.category, v.percent, v.approximate] for v in ratios] == case["ratios"]
