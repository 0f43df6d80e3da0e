"""Whether confidences keep their word: a reliability curve over (confidence, was it right) pairs.

    python -m bench.extract.reliability KEPT [--count 12] [--seed 9] [--inputs scan-typical-200,scan-bad-200]

Prints the curve of the committed weights over plans of the held-out families, beside what the rules alone said. Pages
are kept in the folder KEPT (`bench.extract.readings`). The weights were adapted to other plans of these families by a
number a field; figures of families that were left out altogether are printed by ``python -m models.confidence.train``.
"""

from __future__ import annotations

import argparse
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Bounds of the bins: narrow at the top, where nearly all values lie."""

Judged = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies in ``[low, high)``; the last bin holds 1 too."""

    low: float
    high: float
    count: int
    said: float  # mean confidence
    right: float  # share that is right


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidences and truth agree over many values."""

    count: int
    bins: tuple[Bin, ...]
    ece: float  # expected calibration error: mean gap between what was said and the share right
    brier: float  # mean squared error of the confidence
    ranking: float  # chance that a right value has more confidence than a wrong one; nan where all are right or wrong

    def to_json(self) -> dict[str, Any]:
        """Return the figures without the bins, rounded."""
        return {
            "values": self.count, "ece": round(self.ece, 4), "brier": round(self.brier, 4),
            "ranking": None if math.isnan(self.ranking) else round(self.ranking, 4),
        }  # fmt: skip

    def table(self) -> str:
        """Return the curve as lines of a Markdown table."""
        rows = [f"| {b.low:.2f} – {b.high:.2f} | {b.count} | {b.said:.3f} | {b.right:.3f} |" for b in self.bins]
        return "\n".join(["| confidence | values | mean | share right |", "| --- | --- | --- | --- |", *rows])


def reliability(judged: Sequence[Judged]) -> Reliability:
    """Return the reliability of *judged* values; empty bins are left out.

    >>> curve = reliability([(0.9, True), (0.92, True), (0.94, False), (0.6, False)])
    >>> [(b.count, round(b.right, 2)) for b in curve.bins], round(curve.ece, 2), round(curve.ranking, 2)
    ([(1, 0.0), (3, 0.67)], 0.34, 0.5)
    """
    bins = []
    for low, high in itertools.pairwise(EDGES):
        inside = [(said, right) for said, right in judged if low <= said < high or said == high == 1.0]
        if inside:
            said, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            bins.append(Bin(low, high, len(inside), said, right))
    total = max(len(judged), 1)
    return Reliability(
        count=len(judged),
        bins=tuple(bins),
        ece=sum(b.count * abs(b.said - b.right) for b in bins) / total,
        brier=sum((said - right) ** 2 for said, right in judged) / total,
        ranking=_ranking(judged),
    )


def _ranking(judged: Sequence[Judged]) -> float:
    """Return the area under the curve of right against wrong, ties counted half."""
    wrong_below, wrong_here, better, last = 0, 0, 0.0, -1.0
    rights = sum(right for _, right in judged)
    wrongs = len(judged) - rights
    if not rights or not wrongs:
        return math.nan
    here = 0
    for said, right in [*sorted(judged), (2.0, False)]:
        if said != last:
            better += here * (wrong_below + wrong_here / 2)
            wrong_below, wrong_here, here, last = wrong_below + wrong_here, 0, 0, said
        here, wrong_here = here + right, wrong_here + (not right)
    return better / (rights * wrongs)


SIDE, MARGIN = 320, 40  # pixels: the square of the drawing, and the space around it
COLOURS = ("#1f77b4", "#d62728", "#2ca02c")


def drawing(curves: Mapping[str, Reliability]) -> str:
    """Return curves as an SVG picture: confidence to the right, share right upwards, a dot's area by its values."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE + 2 * MARGIN}" height="{SIDE + 2 * MARGIN}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{MARGIN} {MARGIN}V{MARGIN + SIDE}H{MARGIN + SIDE}" fill="none" stroke="black"/>',
        f'<path d="M{MARGIN} {MARGIN + SIDE}L{MARGIN + SIDE} {MARGIN}" stroke="grey" stroke-dasharray="4"/>',
    ]
    for step in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x, y = _place(step, step)
        parts.append(f'<text x="{x}" y="{MARGIN + SIDE + 16}" text-anchor="middle">{step}</text>')
        parts.append(f'<text x="{MARGIN - 6}" y="{y + 4}" text-anchor="end">{step}</text>')
    parts.append(f'<text x="{MARGIN + SIDE}" y="{MARGIN + SIDE + 32}" text-anchor="end">confidence</text>')
    parts.append(f'<text x="{MARGIN - 30}" y="{MARGIN - 16}">share right</text>')
    for index, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[index % len(COLOURS)]
        dots = [(*_place(each.said, each.right), math.sqrt(each.count / max(curve.count, 1))) for each in curve.bins]
        line = " ".join(f"{x},{y}" for x, y, _ in dots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="{2 + 10 * size:.1f}" fill="{colour}"/>' for x, y, size in dots]
        parts.append(f'<text x="{MARGIN + 16}" y="{MARGIN + 16 * (index + 1)}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _place(said: float, right: float) -> tuple[int, int]:
    return round(MARGIN + SIDE * said), round(MARGIN + SIDE * (1 - right))


def main(argv: list[str] | None = None) -> int:
    from corpus.generate import generate_plans
    from models.confidence.samples import samples_of  # here: who asks for a curve of other pairs needs no plans
    from pipeline.recognize.confidence import probability, weights

    parser = argparse.ArgumentParser(prog="python -m bench.extract.reliability", description=__doc__)
    parser.add_argument("kept", type=Path, help="folder of pages read before; made where it is not there")
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--inputs", default="scan-typical-200,scan-bad-200")
    options = parser.parse_args(argv)
    plans = list(generate_plans(options.count, options.seed, split="heldout"))
    inputs = options.inputs.split(",")
    samples = list(samples_of(plans, options.seed, options.kept, inputs))
    for name in [*inputs, "all"]:
        part = [sample for sample in samples if name in (sample.input, "all")]
        rule = reliability([(sample.rule, sample.right) for sample in part])
        curve = reliability([(probability(sample.signals, weights()), sample.right) for sample in part])
        print(f"{name}: {curve.to_json()}; rules alone {rule.to_json()}")
    print(curve.table())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
