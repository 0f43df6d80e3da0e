"""Train the reader of handwritten numbers: ``python -m models.digits.train FOLDER`` (MNIST files), 30 CPU-minutes.

Three layers of filters, a hidden layer over columns, eleven classes a column, trained by connectionist temporal
classification: of a gap only the digits in it are known, not where they stand. Adam in numpy. Every batch is made
afresh, so nothing is seen twice.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.digits.samples import Digits, batch, public_digits
from pipeline.ocr.digits import (
    CLASSES,
    FIRST,
    HEIGHT,
    NONE,
    REACH,
    SIDE,
    STRIDE,
    Weights,
    column_probabilities,
    likeliest,
    windows,
)

MAPS = (16, 32, 48)
HIDDEN = 128
STEPS, BATCH = 3600, 64
RATE = 3e-3
SEED = 20261121
HELD_OUT = 200  # public images of each digit that are not trained on
TESTED = 3000
HERE = Path(__file__).parent
Floats = NDArray[np.float32]
Parameters = dict[str, Floats]


def started(rng: np.random.Generator) -> Parameters:
    """Return random weights."""

    def normal(*shape: int) -> Floats:
        return np.asarray(rng.standard_normal(shape) * np.sqrt(2 / shape[0]), dtype=np.float32)

    one, two, three = MAPS
    rows = HEIGHT // STRIDE // 4
    return {
        "first": normal(FIRST * FIRST, one), "first_bias": np.zeros(one, np.float32),
        "second": normal(SIDE * SIDE * one, two), "second_bias": np.zeros(two, np.float32),
        "third": normal(SIDE * SIDE * two, three), "third_bias": np.zeros(three, np.float32),
        "hidden": normal(rows * REACH * three, HIDDEN), "hidden_bias": np.zeros(HIDDEN, np.float32),
        "out": normal(HIDDEN, CLASSES), "out_bias": np.zeros(CLASSES, np.float32),
    }  # fmt: skip


def spread_back(error: Floats, side: tuple[int, int], shape: tuple[int, ...], margin: tuple[int, int]) -> Floats:
    """Return the error of the maps from that of their windows (step 1): the reverse of `windows`."""
    rows, columns = side
    count, height, width, channels = shape
    error = error.reshape(*error.shape[:3], channels, rows, columns)
    whole = np.zeros((count, height + 2 * margin[0], width + 2 * margin[1], channels), np.float32)
    for row in range(rows):
        for column in range(columns):
            part = error[..., row, column]
            whole[:, row : row + part.shape[1], column : column + part.shape[2]] += part
    return whole[:, margin[0] : margin[0] + height, margin[1] : margin[1] + width]


def pooled(maps: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the larger of each two rows, and whether it was the upper one."""
    upper = maps[:, ::2] >= maps[:, 1::2]
    return np.where(upper, maps[:, ::2], maps[:, 1::2]), upper


def pooled_back(error: Floats, upper: NDArray[np.bool_]) -> Floats:
    """Return the error of the rows from that of the larger of each two."""
    whole = np.empty((error.shape[0], error.shape[1] * 2, *error.shape[2:]), np.float32)
    whole[:, ::2], whole[:, 1::2] = error * upper, error * ~upper
    return whole


def ctc(probabilities: Floats, texts: Sequence[str]) -> tuple[float, Floats]:
    """Return the mean loss of a batch and the gradient of the scores (n x columns x CLASSES).

    Args:
        probabilities: of each class in each column.
        texts: the digits of each gap.
    """
    count, columns, _ = probabilities.shape
    longest = max((len(text) for text in texts), default=0)
    states = 2 * longest + 1
    labels = np.full((count, states), NONE)
    used = np.zeros((count, states), bool)
    for row, text in enumerate(texts):
        labels[row, 1 : 2 * len(text) : 2] = [int(digit) for digit in text]
        used[row, : 2 * len(text) + 1] = True
    skips = np.zeros((count, states), bool)
    skips[:, 2:] = (labels[:, 2:] != NONE) & (labels[:, 2:] != labels[:, :-2])
    emitted = (
        np.take_along_axis(probabilities.astype(np.float64), labels[:, None, :].repeat(columns, 1), 2) * used[:, None]
    )
    last = np.array([2 * len(text) for text in texts])
    rows = np.arange(count)

    def passed(mass: NDArray[np.float64], allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
        total = mass.copy()
        total[:, 1:] += mass[:, :-1]
        total[:, 2:] += np.where(allowed[:, 2:], mass[:, :-2], 0.0)
        return total

    forward = np.zeros((columns, count, states))
    backward = np.zeros((columns, count, states))
    log_total = np.zeros(count)
    mass = np.zeros((count, states))
    mass[:, :2] = emitted[:, 0, :2]
    for at in range(columns):
        if at:
            mass = passed(mass, skips) * emitted[:, at]
        scale = np.maximum(mass.sum(axis=1, keepdims=True), 1e-300)
        log_total += np.log(scale[:, 0])
        mass = mass / scale
        forward[at] = mass
    ends = mass[rows, last] + np.where(last > 0, mass[rows, np.maximum(last - 1, 0)], 0.0)
    log_total += np.log(np.maximum(ends, 1e-300))
    mass = np.zeros((count, states))
    mass[rows, last] = 1.0
    mass[rows, np.maximum(last - 1, 0)] = 1.0
    for at in range(columns - 1, -1, -1):
        backward[at] = mass
        if at:
            flipped = (mass * emitted[:, at])[:, ::-1]
            allowed = np.zeros_like(skips)
            allowed[:, 2:] = skips[:, :1:-1]
            mass = passed(flipped, allowed)[:, ::-1]
            mass = mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-300)
    share = forward * backward
    share /= np.maximum(share.sum(axis=2, keepdims=True), 1e-300)
    expected = np.zeros((count, columns, CLASSES))
    for state in range(states):
        expected[rows[:, None], np.arange(columns)[None, :], labels[:, state][:, None]] += share[:, :, state].T
    gradient = (probabilities - expected) / count
    return float(-log_total.mean()), gradient.astype(np.float32)


def gradients(
    weights: Parameters, pixels: Floats, texts: Sequence[str], rng: np.random.Generator
) -> tuple[float, Parameters]:
    """Return the loss of one batch and its gradients, a tenth of the hidden layer dropped."""
    found: Parameters = {}
    seen1 = windows(pixels[..., None], (FIRST, FIRST), STRIDE)
    maps1 = np.maximum(seen1 @ weights["first"] + weights["first_bias"], 0)
    seen2 = windows(maps1, (SIDE, SIDE))
    raw2 = np.maximum(seen2 @ weights["second"] + weights["second_bias"], 0)
    maps2, upper2 = pooled(raw2)
    seen3 = windows(maps2, (SIDE, SIDE))
    raw3 = np.maximum(seen3 @ weights["third"] + weights["third_bias"], 0)
    maps3, upper3 = pooled(raw3)
    side = (maps3.shape[1], REACH)
    seen4 = windows(maps3, side, margin=(0, REACH // 2))
    keep = (rng.random((len(pixels), 1, 1, HIDDEN)) > 0.1).astype(np.float32) / np.float32(0.9)
    hidden = np.maximum(seen4 @ weights["hidden"] + weights["hidden_bias"], 0) * keep
    scores = hidden[:, 0] @ weights["out"] + weights["out_bias"]
    spread = np.exp(scores - scores.max(axis=-1, keepdims=True))
    loss, error = ctc(spread / spread.sum(axis=-1, keepdims=True), texts)

    def layer(name: str, seen: Floats, error: Floats) -> Floats:
        flat = error.reshape(-1, error.shape[-1])
        found[name] = seen.reshape(-1, seen.shape[-1]).T @ flat
        found[f"{name}_bias"] = flat.sum(axis=0)
        return (flat @ weights[name].T).reshape(seen.shape)

    back = layer("out", hidden[:, 0], error)[:, None] * (hidden > 0) * keep
    back = spread_back(layer("hidden", seen4, back), side, maps3.shape, (0, REACH // 2))
    back = pooled_back(back, upper3) * (raw3 > 0)
    back = spread_back(layer("third", seen3, back), (SIDE, SIDE), maps2.shape, (SIDE // 2, SIDE // 2))
    back = pooled_back(back, upper2) * (raw2 > 0)
    back = spread_back(layer("second", seen2, back), (SIDE, SIDE), maps1.shape, (SIDE // 2, SIDE // 2))
    back = back * (maps1 > 0)
    layer("first", seen1, back)
    return loss, found


def train(source: Digits, steps: int) -> Parameters:
    """Return trained weights."""
    rng = np.random.default_rng(SEED)
    weights = started(rng)
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    mean = 0.0
    for step in range(1, steps + 1):
        rate = RATE * min(1.0, step / 100) * 0.5 * (1 + np.cos(np.pi * step / steps))
        loss, found = gradients(weights, *batch(source, BATCH, rng), rng)
        mean = loss if step == 1 else 0.98 * mean + 0.02 * loss
        norm = float(np.sqrt(sum(float((gradient**2).sum()) for gradient in found.values())))
        for name, gradient in found.items():
            gradient = gradient * np.float32(min(1.0, 5.0 / max(norm, 1e-9)))
            first[name] += 0.1 * (gradient - first[name])
            second[name] += 0.001 * (gradient**2 - second[name])
            change = (first[name] / (1 - 0.9**step)) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
            weights[name] -= (rate * change).astype(np.float32)
        if step % 100 == 0:
            print(f"step {step}/{steps}, loss {mean:.3f}, {time.process_time():.0f} CPU-s", flush=True)
    return weights


def measured(network: Weights, source: Digits) -> dict[str, float]:
    """Return how many of `TESTED` new gaps are read right, and how the sure ones fare."""
    rng = np.random.default_rng(SEED + 1)
    right = sure = sure_right = 0
    for _ in range(TESTED // 100):
        pixels, texts = batch(source, 100, rng)
        for columns, text in zip(column_probabilities(network, pixels), texts, strict=True):
            best, share = next(iter(likeliest(columns, 5).items()))
            right += best == text
            sure += share > 0.9
            sure_right += share > 0.9 and best == text
    return {
        "heldout_gaps_right": round(right / TESTED, 4),
        "heldout_sure_share": round(sure / TESTED, 4),
        "heldout_sure_right": round(sure_right / max(1, sure), 4),
    }


def main() -> None:
    """Train, store the weights and say how good they are."""
    parser = argparse.ArgumentParser(prog="python -m models.digits.train", description=__doc__)
    parser.add_argument("folder", type=Path, help="t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz")
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    digits = public_digits(arguments.folder)
    weights = train([images[HELD_OUT:] for images in digits], arguments.steps)
    target = HERE / "digits.npz"
    np.savez_compressed(
        target, allow_pickle=False, **{name: value.astype(np.float16) for name, value in weights.items()}
    )
    digest = hashlib.sha256((arguments.folder / "t10k-images-idx3-ubyte.gz").read_bytes()).hexdigest()
    meta = {
        "version": 2,
        "command": "python -m models.digits.train FOLDER",
        "data": {"t10k-images-idx3-ubyte.gz": digest},
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "size": target.stat().st_size,
        "cpu_seconds": round(time.process_time()),
        "metrics": measured(Weights.load(target), [images[:HELD_OUT] for images in digits]),
    }
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta["metrics"]))


if __name__ == "__main__":
    main()
