"""Digits written by hand: from the ink of a gap to the likeliest number.

Clerks fill in number, day and month by pen; Tesseract was trained on print and makes "Ơ+" of "04". The ink is cut at
every place where a digit may end, a small network says for every piece which digit it is or that it is none
(`models/digits`), and the likeliest chain of pieces that gives a valid number wins.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.assets import model_path

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SIDE = 28  # pixels of the square that the network sees
BODY = 22  # pixels of the digit's longer side in it
KERNEL, STRIDE = 5, 2
CLASSES = 11
NO_DIGIT = 10
MIN_HEIGHT, MAX_HEIGHT = 0.42, 2.1  # of the type size: lower is a dot or a dash, higher no digit
MAX_WIDTH = 1.5  # of the type size
BEAM = 32  # chains kept up to each cut
STRAY = 0.3  # weight of a first or last piece that is no digit


@dataclass(frozen=True, slots=True)
class Weights:
    """The network: filters, hidden layer, classes, each with its bias."""

    filters: Floats
    filters_bias: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read ``digits.npz``."""
        with np.load(path) as stored:
            return cls(**{name: stored[name].astype(np.float32) for name in stored.files})


@functools.cache
def weights() -> Weights:
    """Return the trained network.

    Raises:
        MissingResourceError: it is not installed.
    """
    return Weights.load(model_path("digits/digits.npz"))


def framed(ink: NDArray[np.uint8]) -> Floats:
    """Return ink (255 is black) cut out, brought to one size and centred, 0 to 1."""
    frame = np.zeros((SIDE, SIDE), np.float32)
    marked = ink > 60
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if rows.size == 0:
        return frame
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = BODY / max(part.shape)
    size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    frame[top : top + size[1], left : left + size[0]] = small / np.float32(255)
    peak = float(frame.max())
    return frame / np.float32(peak) if peak > 0 else frame


def patches(pixels: Floats) -> Floats:
    """Return the windows that the filters look at: n x windows x pixels of a window."""
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (KERNEL, KERNEL), axis=(1, 2))[:, ::STRIDE, ::STRIDE]
    return np.ascontiguousarray(windows).reshape(len(pixels), -1, KERNEL * KERNEL)


def probabilities(network: Weights, pixels: Floats) -> Floats:
    """Return the probability of each class for each of n framed images."""
    maps = np.maximum(patches(pixels) @ network.filters + network.filters_bias, 0)
    hidden = np.maximum(maps.reshape(len(pixels), -1) @ network.hidden + network.hidden_bias, 0)
    scores = hidden @ network.out + network.out_bias
    spread = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(spread / spread.sum(axis=1, keepdims=True), dtype=np.float32)


def read_digits(ink: Mask, em: float, accept: Callable[[str], bool], longest: int) -> tuple[str, float]:
    """Return the likeliest number in *ink* and its probability; empty where there is none.

    Args:
        ink: of the gap alone, no printed neighbours.
        em: type size of the printed text beside it, pixels.
        accept: tells a possible number, such as a day from 1 to 31.
        longest: digits at most.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    large = (np.maximum(height, 0.8 * width) > 0.28 * em) & ~((width > 3 * height) & (width > 0.8 * em))
    large[0] = False
    kept = large[labels] if count > 1 else np.zeros_like(ink)
    columns = np.flatnonzero(kept.any(axis=0))
    if columns.size == 0:
        return "", 0.0
    pieces = _pieces(kept, em)
    cuts = [pieces[0][0], *(piece[1] for piece in pieces)]
    spans = [
        (first, last)
        for first in range(len(cuts) - 1)
        for last in range(first + 1, min(len(cuts), first + 7))
        if cuts[last] - cuts[first] <= MAX_WIDTH * em
    ]
    frames, usable = [], []
    for first, last in spans:
        part = _own(kept, labels, cuts[first], cuts[last])
        rows = np.flatnonzero(part.any(axis=1))
        if rows.size and MIN_HEIGHT * em <= rows[-1] - rows[0] + 1 <= MAX_HEIGHT * em:
            soft = cv2.GaussianBlur(part.astype(np.uint8) * np.uint8(255), (3, 3), 0)
            frames.append(framed(np.asarray(soft, dtype=np.uint8)))
            usable.append((first, last))
    if not frames:
        return "", 0.0
    found = probabilities(weights(), np.stack(frames))
    return _chain(dict(zip(usable, found, strict=True)), len(cuts) - 1, accept, longest)


def _own(kept: Mask, labels: NDArray[np.int32], x0: int, x1: int) -> Mask:
    """Return the ink from column *x0* to *x1*, without the tips of components that mostly lie outside."""
    part = kept[:, x0:x1].copy()
    here = labels[:, x0:x1]
    for number in np.unique(here[part]):
        inside = np.count_nonzero(here == number)
        if inside < 0.2 * np.count_nonzero(labels == number):
            part[here == number] = False
    return part


def _pieces(kept: Mask, em: float) -> list[tuple[int, int]]:
    """Return spans of columns that are never parted further: between them a digit may end."""
    profile = kept.sum(axis=0).astype(np.float64)
    columns = np.flatnonzero(profile)
    start, end = int(columns[0]), int(columns[-1]) + 1
    smooth = np.convolve(profile, np.ones(3) / 3, mode="same")
    cuts = [start]
    least = max(3, round(0.14 * em))
    for x in range(start + least, end - least + 1):
        if profile[x] == 0:
            if x - cuts[-1] >= least:
                cuts.append(x)
            continue
        window = smooth[max(start, x - least) : x + least + 1]
        # a cut goes through few strokes: the thinnest place around, and no more than two strokes of the pen
        if smooth[x] <= window.min() + 1e-9 and smooth[x] < 0.45 * em and x - cuts[-1] >= least:
            cuts.append(x)
    cuts.append(end)
    return list(pairwise(cuts))


def _log(probability: float | np.floating[Any]) -> float:
    return math.log(max(1e-6, float(probability)))


def _chain(
    found: dict[tuple[int, int], Floats], end: int, accept: Callable[[str], bool], longest: int
) -> tuple[str, float]:
    """Return the likeliest chain of pieces over all the ink, as digits, with its share among all chains."""
    states: dict[int, list[tuple[float, str]]] = {0: [(0.0, "")]}
    finished: list[tuple[float, str]] = []
    for (first, last), classes in found.items():  # print may touch the gap: a letter before it, the slash after it
        if first == 0 and last < end:
            states.setdefault(last, []).append((_log(STRAY * classes[NO_DIGIT]), ""))
    for at in range(end + 1):
        ranked = sorted(states.get(at, []), reverse=True)[:BEAM]
        if at == end:
            finished += ranked
        for score, text in ranked:
            for (first, last), classes in found.items():
                if first != at:
                    continue
                if last == end and text:
                    finished.append((score + _log(STRAY * classes[NO_DIGIT]), text))
                if len(text) < longest:
                    for digit in np.argsort(classes[:NO_DIGIT])[::-1][:3]:
                        states.setdefault(last, []).append((score + _log(classes[digit]), text + str(int(digit))))
    shares: dict[str, float] = {}
    for score, text in finished:
        shares[text] = max(shares.get(text, 0.0), math.exp(score))
    valid = {text: share for text, share in shares.items() if text and accept(text)}
    if not valid:
        return "", 0.0
    best = max(valid, key=lambda text: valid[text] ** (1 / len(text)))
    # the mean a digit tells how well it fits, the share how well it beats the others
    return best, valid[best] ** (1 / len(best)) * valid[best] / sum(shares.values())
