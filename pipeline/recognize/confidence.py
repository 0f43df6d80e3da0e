"""How probable it is that a value is right: what is known about how it was read, weighed by a small trained model.

A rule knows how good it is on a clean page, and nothing about the page at hand. So each value is described by
signals (`pipeline.recognize.signals`), and a logistic model (``models/confidence/weights.json``: one number a signal)
turns them into the probability that no filled slot of the value is wrong. How well it keeps its word is shown in
``docs/confidence.md``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.assets import model_path
from pipeline.data import Document
from pipeline.recognize.signals import Claim, Signals, describe

__all__ = ["Claim", "probability", "weighed", "weights"]

LEAST, MOST = 0.01, 0.995
"""No value is impossible once it was read, and the training plans are too few to promise one error in a thousand."""


def weighed(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Return *claims* with the probability that each is right in place of the rule's own.

    Raises:
        MissingResourceError: the weights or the entity model are not installed.
    """
    trained = weights()
    return [
        Claim(claim.field, replace(claim.found, confidence=probability(signals, trained)))
        for claim, signals in zip(claims, describe(document, claims), strict=True)
    ]


def probability(signals: Signals, trained: Mapping[str, float]) -> float:
    """Return the logistic of the weighted signals; one without a weight counts nothing.

    >>> probability({"bias": 1.0, "unheard": 5.0}, {"bias": 0.0}), probability({"bias": 1.0}, {"bias": 99.0})
    (0.5, 0.995)
    """
    total = sum(value * trained.get(name, 0.0) for name, value in signals.items())
    return min(max(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), LEAST), MOST)


@cache
def weights() -> Mapping[str, float]:
    """Return the trained weight of each signal.

    Raises:
        MissingResourceError: they are not installed.
    """
    found: dict[str, float] = json.loads(model_path("confidence/weights.json").read_text("utf-8"))
    return found
