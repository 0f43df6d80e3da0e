"""Train the reader of handwritten digits: ``python -m models.digits.train FOLDER`` (MNIST files), about 3 CPU-minutes.

One layer of 5 x 5 filters, a hidden layer, eleven classes; Adam in numpy. Every round sees new strokes and new warps,
so nothing is seen twice.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.digits.samples import Labelled, batch, public_digits
from pipeline.ocr.digits import CLASSES, KERNEL, SIDE, STRIDE, Weights, patches, probabilities

FILTERS, HIDDEN = 16, 128
ROUNDS, BATCH = 20, 128
RATE = 2e-3
SEED = 20261121
HELD_OUT = 2000  # public images that are not trained on
HERE = Path(__file__).parent
Parameters = dict[str, NDArray[np.float32]]


def started(rng: np.random.Generator) -> Parameters:
    """Return random weights."""
    cells = ((SIDE - KERNEL) // STRIDE + 1) ** 2

    def normal(*shape: int) -> NDArray[np.float32]:
        return np.asarray(rng.standard_normal(shape) * np.sqrt(2 / shape[0]), dtype=np.float32)

    return {
        "filters": normal(KERNEL * KERNEL, FILTERS), "filters_bias": np.zeros(FILTERS, np.float32),
        "hidden": normal(cells * FILTERS, HIDDEN), "hidden_bias": np.zeros(HIDDEN, np.float32),
        "out": normal(HIDDEN, CLASSES), "out_bias": np.zeros(CLASSES, np.float32),
    }  # fmt: skip


def gradients(
    weights: Parameters, pixels: NDArray[np.float32], labels: NDArray[np.int64], rng: np.random.Generator
) -> Parameters:
    """Return the gradients of the cross entropy of one batch, a seventh of the hidden layer dropped."""
    count = len(pixels)
    windows = patches(pixels)
    maps = np.maximum(windows @ weights["filters"] + weights["filters_bias"], 0)
    flat = maps.reshape(count, -1)
    keep = (rng.random((count, HIDDEN)) > 0.15).astype(np.float32) / np.float32(0.85)
    hidden = np.maximum(flat @ weights["hidden"] + weights["hidden_bias"], 0) * keep
    scores = hidden @ weights["out"] + weights["out_bias"]
    error = np.exp(scores - scores.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    target = np.full_like(error, 0.01 / CLASSES)  # smoothed, so that confidences stay honest
    target[np.arange(count), labels] += 0.99
    error = (error - target) / count
    back = (error @ weights["out"].T) * (hidden > 0) * keep
    back_maps = ((back @ weights["hidden"].T) * (flat > 0)).reshape(maps.shape)
    return {
        "out": hidden.T @ error, "out_bias": error.sum(axis=0),
        "hidden": flat.T @ back, "hidden_bias": back.sum(axis=0),
        "filters": windows.reshape(-1, KERNEL * KERNEL).T @ back_maps.reshape(-1, FILTERS),
        "filters_bias": back_maps.sum(axis=(0, 1)),
    }  # fmt: skip


def train(source: Labelled, rounds: int = ROUNDS) -> Parameters:
    """Return trained weights."""
    rng = np.random.default_rng(SEED)
    weights = started(rng)
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    step = 0
    for number in range(rounds):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * number / rounds))
        pixels, labels = batch(source, rng)
        for start in range(0, len(pixels), BATCH):
            step += 1
            found = gradients(weights, pixels[start : start + BATCH], labels[start : start + BATCH], rng)
            for name, gradient in found.items():
                first[name] += 0.1 * (gradient - first[name])
                second[name] += 0.001 * (gradient**2 - second[name])
                change = (first[name] / (1 - 0.9**step)) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                weights[name] -= (rate * change).astype(np.float32)
        print(f"round {number + 1}/{rounds}, {time.process_time():.0f} CPU-s", flush=True)
    return weights


def main() -> None:
    """Train, store the weights and say how good they are."""
    parser = argparse.ArgumentParser(prog="python -m models.digits.train", description=__doc__)
    parser.add_argument("folder", type=Path, help="t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    digits = public_digits(arguments.folder)
    weights = train(digits[HELD_OUT:], arguments.rounds)
    target = HERE / "digits.npz"
    np.savez_compressed(
        target, allow_pickle=False, **{name: value.astype(np.float16) for name, value in weights.items()}
    )
    pixels, labels = batch(digits[:HELD_OUT], np.random.default_rng(SEED + 1))
    found = probabilities(Weights.load(target), pixels)
    right = found.argmax(axis=1) == labels
    sure = found.max(axis=1) > 0.9
    digest = hashlib.sha256((arguments.folder / "t10k-images-idx3-ubyte.gz").read_bytes()).hexdigest()
    meta = {
        "version": 1,
        "command": "python -m models.digits.train FOLDER",
        "data": {"t10k-images-idx3-ubyte.gz": digest},
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "size": target.stat().st_size,
        "cpu_seconds": round(time.process_time()),
        "metrics": {
            "heldout_images_warped": round(float(right.mean()), 4),
            "heldout_digits": round(float(right[labels < CLASSES - 1].mean()), 4),
            "heldout_sure_share": round(float(sure.mean()), 4),
            "heldout_sure_right": round(float(right[sure].mean()), 4),
        },
    }
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta["metrics"]))


if __name__ == "__main__":
    main()
