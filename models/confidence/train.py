"""Fit the confidence of values: ``python -m models.confidence.train KEPT`` (a folder for pages that were read once).

A logistic regression with a penalty on every weight but the bias, by Newton's method in numpy. Handwritten plans
count as much as generated ones, since the rules were made on the generator's wordings and are surer there than
anywhere else. The plans for checking give one further number, `novelty`: how much the bias must sink so that the mean
confidence over wordings that no rule was tuned on is the share of right values. Held-out families give nothing but
the figures.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.extract.reliability import Judged, Reliability, reliability
from corpus.generate import generate_plans
from corpus.handwritten import handwritten_plans
from models.confidence.samples import HELD_OUT_SEED, TRAINING_SEED, Sample, samples_of, training_plans
from pipeline.recognize.confidence import probability

HERE = Path(__file__).parent
PENALTY = 1.0  # variance 1 of each weight a priori; 0.3 and 3 gave the same within the noise over families left out
RARE = 3  # signals seen in fewer values get no weight
ROUNDS = 40
Weights = dict[str, float]


def fit(samples: Sequence[Sample], penalty: float = PENALTY, without: str = "\0") -> Weights:
    """Return the weights that make *samples* most probable; signals that start with *without* are left out."""
    seen: dict[str, int] = {}
    for sample in samples:
        for name in sample.signals:
            seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, count in seen.items() if count >= RARE and not name.startswith(without))
    place = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(samples), len(names)))
    for index, sample in enumerate(samples):
        for name, value in sample.signals.items():
            if name in place:
                rows[index, place[name]] = value
    right = np.array([sample.right for sample in samples], dtype=float)
    penalties = np.array([1e-3 if name == "bias" else penalty for name in names])
    found = _newton(rows, right, _shares(samples), penalties)
    return {name: round(float(weight), 4) for name, weight in zip(names, found, strict=True) if abs(weight) > 5e-4}


def _shares(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """Return how much each sample counts: handwritten plans as much as all others, 1 on average."""
    own = np.array([sample.family == "handwritten" for sample in samples])
    halves = np.where(own, 0.5 / max(own.sum(), 1), 0.5 / max((~own).sum(), 1))
    return np.asarray(halves / halves.mean())


def _newton(
    rows: NDArray[np.float64], right: NDArray[np.float64], shares: NDArray[np.float64], penalties: NDArray[np.float64]
) -> NDArray[np.float64]:
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (shares * (said - right)) + penalties * weights
        bend = (rows * (shares * said * (1 - said))[:, None]).T @ rows + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def judged(samples: Iterable[Sample], weights: Mapping[str, float]) -> list[Judged]:
    """Return (confidence, is it right) of *samples*."""
    return [(probability(sample.signals, weights), sample.right) for sample in samples]


def across_families(samples: Sequence[Sample], without: str = "\0") -> list[Judged]:
    """Return the confidences that each plan's values get from a model fitted on other families or other plans."""
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(sample.plan if sample.family == "handwritten" else sample.family, []).append(sample)
    out: list[Judged] = []
    for name, group in groups.items():
        rest = [sample for key, others in groups.items() if key != name for sample in others]
        out += judged(group, fit(rest, without=without))
    return out


def novelty(samples: Sequence[Sample], weights: Mapping[str, float]) -> float:
    """Return what to add to the bias so that the mean confidence of *samples* is the share of right ones."""
    share = sum(sample.right for sample in samples) / len(samples)
    low, high = -4.0, 4.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        moved = {**weights, "bias": weights["bias"] + middle}
        mean = sum(said for said, _ in judged(samples, moved)) / len(samples)
        low, high = (middle, high) if mean < share else (low, middle)
    return (low + high) / 2


def figures(name: str, curve: Reliability) -> dict[str, object]:
    """Print one line of figures and return them."""
    values = curve.to_json()
    print(f"{name:44s}", ", ".join(f"{key} {value}" for key, value in values.items()))
    return values


def main(argv: list[str] | None = None) -> int:
    """Fit the model, print its figures and write it."""
    parser = argparse.ArgumentParser(prog="python -m models.confidence.train", description=__doc__)
    parser.add_argument("kept", type=Path, help="folder of pages read before; made where it is not there")
    options = parser.parse_args(argv)
    start = time.process_time()
    training = list(samples_of(training_plans(), TRAINING_SEED, options.kept))
    checking = list(samples_of(handwritten_plans(check=True), HELD_OUT_SEED, options.kept))
    held_out = list(samples_of(generate_plans(12, HELD_OUT_SEED, split="heldout"), HELD_OUT_SEED, options.kept))
    weights = fit(training)
    shift = novelty(checking, weights)
    final = {**weights, "bias": round(weights["bias"] + shift, 4)}
    blind = fit(training, without="entity")
    metrics = {
        "training, rule alone": figures(
            "training, rule alone", reliability([(sample.rule, sample.right) for sample in training])
        ),
        "training, families left out": figures("training, families left out", reliability(across_families(training))),
        "the same without entities": figures(
            "the same without entities", reliability(across_families(training, "entity"))
        ),
        "checking, before novelty": figures("checking, before novelty", reliability(judged(checking, weights))),
    }
    scans = [sample for sample in held_out if sample.input.startswith("scan")]
    for title, samples in (("held-out", held_out), ("held-out scans", scans)):
        metrics[f"{title}, rule alone"] = figures(
            f"{title}, rule alone", reliability([(sample.rule, sample.right) for sample in samples])
        )
        unseen = {**blind, "bias": blind["bias"] + novelty(checking, blind)}
        metrics[f"{title}, without entities"] = figures(
            f"{title}, without entities", reliability(judged(samples, unseen))
        )
        metrics[title] = figures(title, reliability(judged(samples, final)))
    print(reliability(judged(scans, final)).table())
    text = json.dumps(final, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    (HERE / "weights.json").write_text(text, encoding="utf-8")
    meta = {
        "version": 1,
        "command": "python -m models.confidence.train KEPT",
        "values": {"training": len(training), "checking": len(checking), "held-out": len(held_out)},
        "novelty": round(shift, 3),
        "weights": len(final),
        "cpu_seconds": round(time.process_time() - start),
        "metrics": metrics,
    }
    (HERE / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
