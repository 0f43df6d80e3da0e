"""Fit the confidence of values: ``python -m models.confidence.train KEPT`` (a folder for pages that were read once).

First weights are learned from plans that the rules were tuned on, then they are adapted to plans that no rule was
tuned on: the handwritten plans for checking and the held-out families (see `models.confidence.fitting`). Figures are
of values whose family, or handwritten plan, was left out of both steps; the model that is written has seen all.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.extract.reliability import Judged, Reliability, drawing, reliability
from corpus.handwritten import FAMILY as HANDWRITTEN
from models.confidence.fitting import Weights, adapt, fit, left_out
from models.confidence.samples import Sample, novel_samples, training_samples

HERE = Path(__file__).parent
LEAST_WEIGHT = 5e-4  # a smaller weight moves no confidence
DRAWN = "new wordings, typical and bad scans"
PARTS: dict[str, Callable[[Sample], bool]] = {
    DRAWN: lambda sample: sample.input.startswith("scan"),
    "new wordings, all inputs": lambda _: True,
    "held-out families, scans": lambda sample: sample.family != HANDWRITTEN and sample.input.startswith("scan"),
    "held-out families, all inputs": lambda sample: sample.family != HANDWRITTEN,
    "plans for checking, all inputs": lambda sample: sample.family == HANDWRITTEN,
}


def figures(name: str, curve: Reliability) -> dict[str, object]:
    """Print one line of figures and return them."""
    values = curve.to_json()
    print(f"{name:52s}", ", ".join(f"{key} {value}" for key, value in values.items()), flush=True)
    return values


def measure(training: Sequence[Sample], novel: Sequence[Sample], without: str = "\0") -> list[tuple[Sample, float]]:
    """Return each novel sample with the confidence of a model that never saw its family or plan."""
    weights = fit(training, without)
    return left_out(novel, lambda rest: adapt(weights, rest))


def main(argv: list[str] | None = None) -> int:
    """Fit the model, print its figures and write it."""
    parser = argparse.ArgumentParser(prog="python -m models.confidence.train", description=__doc__)
    parser.add_argument("kept", type=Path, help="folder of pages read before; made where it is not there")
    options = parser.parse_args(argv)
    start = time.process_time()
    training = list(training_samples(options.kept))
    novel = list(novel_samples(options.kept))
    metrics = {"tuned plans, rule alone": figures("tuned plans, rule alone", reliability(_by_rule(training)))}
    tuned = reliability([(said, sample.right) for sample, said in left_out(training, fit)])
    metrics["tuned plans, family left out"] = figures("tuned plans, family left out", tuned)
    weights = fit(training)
    shown = {"": measure(training, novel), ", without entities": measure(training, novel, "entity")}
    for title, choose in PARTS.items():
        rule = reliability(_by_rule([sample for sample in novel if choose(sample)]))
        metrics[f"{title}, rule alone"] = figures(f"{title}, rule alone", rule)
        for kind, said in shown.items():
            curve = reliability([(confidence, sample.right) for sample, confidence in said if choose(sample)])
            metrics[title + kind] = figures(title + kind, curve)
            if not kind:
                print(curve.table())
            if title + kind == DRAWN:
                picture = drawing({"learned": curve, "rule alone": rule})
                (HERE / "reliability.svg").write_text(picture, encoding="utf-8")
    _write(adapt(weights, novel), {
        "version": 1,
        "command": "python -m models.confidence.train KEPT",
        "values": {"tuned": len(training), "novel": len(novel)},
        "cpu_seconds": round(time.process_time() - start),
        "metrics": metrics,
    })  # fmt: skip
    return 0


def _by_rule(samples: Sequence[Sample]) -> list[Judged]:
    return [(sample.rule, sample.right) for sample in samples]


def _write(weights: Weights, meta: dict[str, object]) -> None:
    kept = {name: round(weight, 4) for name, weight in sorted(weights.items()) if abs(weight) > LEAST_WEIGHT}
    (HERE / "weights.json").write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    meta["weights"] = len(kept)
    (HERE / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
