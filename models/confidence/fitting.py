"""Logistic regression over signals, in numpy: weights from values of tuned plans, adapted to plans of new wordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.handwritten import FAMILY as HANDWRITTEN
from models.confidence.samples import Sample
from pipeline.recognize.confidence import probability
from pipeline.recognize.signals import Signals

PENALTY = 1.0  # variance 1 of each weight a priori; 0.3 and 3 gave the same within the noise over families left out
SHIFT_PENALTY = 3.0  # of each shift of the adaptation; 10 and 30 gave the same within the noise over plans left out
WAYS = ("recognized", "garbled", "unaccented")  # how the text came: new wordings are not new damage
FREE = 1e-3  # keeps the equations solvable
RARE = 3  # signals seen in fewer values get no weight
ROUNDS = 100
NEVER_RAISE = ("doubtful words", "most doubtful word", "doubtful edits", "most doubtful edit", "strange words",
               "doubtful page")  # fmt: skip
NEVER_LOWER = ("entity agrees", "rule is sure")
"""Signals whose sign is known: where few values of a field make it the other way round, it is by chance."""

Weights = dict[str, float]
Floats = NDArray[np.float64]


def fit(samples: Sequence[Sample], without: str = "\0") -> Weights:
    """Return the weights that make *samples* most probable; signals that start with *without* are left out."""
    seen: dict[str, int] = {}
    for sample in samples:
        for name in sample.signals:
            seen[name] = seen.get(name, 0) + 1
    names = {name for name, count in seen.items() if count >= RARE and not name.startswith(without)}
    while True:
        weights = _solve([sample.signals for sample in samples], samples, sorted(names), {}, lambda _: PENALTY)
        if not (wrong := set(_of_wrong_sign(weights))):
            return weights
        names -= wrong


def _of_wrong_sign(weights: Weights) -> Iterable[str]:
    """Yield the signals that speak the wrong way, alone or, where they are those of a field, with the general one."""
    for prefixes, sign in ((NEVER_RAISE, -1), (NEVER_LOWER, 1)):
        for name, weight in weights.items():
            general = next((prefix for prefix in prefixes if name.startswith(prefix)), None)
            if general is not None and sign * (weight + (weights.get(general, 0.0) if name != general else 0.0)) < 0:
                yield name


def adapt(weights: Weights, novel: Sequence[Sample]) -> Weights:
    """Return *weights* made to fit plans that no rule was tuned on: scaled, and shifted by field and way of reading.

    Rules are right more often on the wordings that they were made for, and what tells right from wrong there tells
    less elsewhere. Plans of new wordings are too few for more than these numbers.
    """
    rows: list[Signals] = [
        {
            "scale": _logit(sample.signals, weights), "bias": 1.0, f"field {sample.field.split('/')[0]}": 1.0,
            **{way: 1.0 for way in WAYS if way in sample.signals},
        }
        for sample in novel
    ]  # fmt: skip
    names = sorted({name for row in rows for name in row})
    found = _solve(rows, novel, names, {"scale": 1.0}, lambda name: FREE if name == "scale" else SHIFT_PENALTY)
    scale = found.pop("scale")
    adapted = {name: scale * weight for name, weight in weights.items()}
    for name, shift in found.items():
        adapted[name] = adapted.get(name, 0.0) + shift
    return adapted


def judged(samples: Iterable[Sample], weights: Mapping[str, float]) -> list[tuple[float, bool]]:
    """Return (confidence, is it right) of *samples*."""
    return [(probability(sample.signals, weights), sample.right) for sample in samples]


def group_of(sample: Sample) -> str:
    """Return what a sample must be left out with: its plan if handwritten, else all plans of its family."""
    return sample.plan if sample.family == HANDWRITTEN else sample.family


def left_out(samples: Sequence[Sample], learn: Callable[[list[Sample]], Weights]) -> list[tuple[Sample, float]]:
    """Return each sample with the confidence that weights learned without its group give it."""
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(group_of(sample), []).append(sample)
    out: list[tuple[Sample, float]] = []
    for name, group in groups.items():
        weights = learn([sample for key, others in groups.items() if key != name for sample in others])
        out += [(sample, probability(sample.signals, weights)) for sample in group]
    return out


def _logit(signals: Signals, weights: Mapping[str, float]) -> float:
    return sum(value * weights.get(name, 0.0) for name, value in signals.items())


def _shares(samples: Sequence[Sample]) -> Floats:
    """Return how much each sample counts, 1 on average: handwritten plans in all as much as all generated ones."""
    own = np.array([sample.family == HANDWRITTEN for sample in samples])
    if own.all() or not own.any():
        return np.ones(len(samples))
    return np.asarray(np.where(own, 0.5 / own.sum(), 0.5 / (~own).sum()) * len(samples))


def _solve(
    signals: Sequence[Signals],
    samples: Sequence[Sample],
    names: Sequence[str],
    prior: Mapping[str, float],
    penalty: Callable[[str], float],
) -> Weights:
    """Return the weights of *names* by Newton's method, its steps halved until the loss falls."""
    place = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(samples), len(names)))
    for index, each in enumerate(signals):
        for name, value in each.items():
            if name in place:
                rows[index, place[name]] = value
    right = np.array([sample.right for sample in samples], dtype=float)
    shares = _shares(samples)
    middle = np.array([prior.get(name, 0.0) for name in names])
    penalties = np.array([FREE if name == "bias" else penalty(name) for name in names])

    def loss(weights: Floats) -> float:
        logits = np.clip(rows @ weights, -30, 30)
        unlikely = shares * (np.logaddexp(0, logits) - right * logits)
        return float(unlikely.sum() + 0.5 * (penalties * (weights - middle) ** 2).sum())

    weights, before = middle.copy(), loss(middle)
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (shares * (said - right)) + penalties * (weights - middle)
        bend = (rows * (shares * said * (1 - said))[:, None]).T @ rows + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        while (after := loss(weights - step)) > before and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights - step
        if before - after < 1e-7:
            break
        before = after
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}
