"""Digits written by hand: from the ink of a gap to the likeliest number.

Clerks fill in number, day and month by pen; Tesseract was trained on print and makes "Ơ+" of "04". The whole gap is
read at once, with a little of the print on both sides: a small convolutional network tells for every column which
digit stands there or none, and the probability of a number is that of all ways to lay it over the columns
(connectionist temporal classification), so digits that touch each other or the print need not be cut apart.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.assets import model_path

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

HEIGHT = 40  # rows of the image that the network sees
ABOVE, BELOW = 1.5, 0.6  # of the type size: what is seen over and under the line on which the print stands
SCALE = HEIGHT / (ABOVE + BELOW)  # pixels of the type size in that image
MARGIN = 0.6  # of the type size: print that is shown on each side of the gap
LONGEST_GAP = 9.0  # of the type size
NONE = 10  # the class of columns where no digit stands
CLASSES = 11
FIRST, STRIDE = 5, 2  # side and step of the first filters
SIDE = 3  # side of the others
REACH = 5  # columns that the last hidden layer looks at
BEAM = 16  # beginnings of numbers kept at each column
LEAST = 1e-3  # probability of a digit in a column that is worth following
# The same gap is looked at several times: larger, smaller, higher, lower, and with its borders moved in and out, since
# type size, line and borders are estimates. Scale, rise of the base line, and moves of both borders, in type sizes.
LOOKS = (
    (1.0, 0.0, 0.0, 0.0), (0.9, 0.05, 0.0, 0.0), (1.12, -0.05, 0.0, 0.0), (1.0, 0.1, 0.0, 0.0), (1.0, -0.1, 0.0, 0.0),
    (1.0, 0.0, 0.25, 0.0), (1.0, 0.0, -0.2, 0.2), (1.05, 0.0, 0.0, -0.25), (0.95, 0.05, 0.15, -0.15),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """The network: three layers of filters, a hidden layer over columns, classes, each with its bias."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    third: Floats
    third_bias: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read ``digits.npz``."""
        with np.load(path) as stored:
            return cls(**{field.name: stored[field.name].astype(np.float32) for field in fields(cls)})


@functools.cache
def weights() -> Weights:
    """Return the trained network.

    Raises:
        MissingResourceError: it is not installed.
    """
    return Weights.load(model_path("digits/digits.npz"))


def windows(maps: Floats, side: tuple[int, int], step: int = 1, margin: tuple[int, int] | None = None) -> Floats:
    """Return what each filter looks at: n x rows x columns x (channels * pixels of a window).

    Args:
        maps: n x rows x columns x channels.
        side: rows and columns of a window.
        step: between windows, both ways.
        margin: rows and columns of zeros around the maps; None: as many as keep their size.
    """
    up, left = margin if margin is not None else (side[0] // 2, side[1] // 2)
    padded = np.pad(maps, ((0, 0), (up, up), (left, left), (0, 0)))
    seen = np.lib.stride_tricks.sliding_window_view(padded, side, axis=(1, 2))[:, ::step, ::step]
    return np.ascontiguousarray(seen).reshape(*seen.shape[:3], -1)


def halved(maps: Floats) -> Floats:
    """Return the larger of each two rows."""
    return np.asarray(np.maximum(maps[:, ::2], maps[:, 1::2]))


def column_probabilities(network: Weights, pixels: Floats) -> Floats:
    """Return the probability of each class in each column: n x (columns / STRIDE) x CLASSES.

    Args:
        network: the weights.
        pixels: n x HEIGHT x columns, ink 1.
    """
    maps = np.maximum(windows(pixels[..., None], (FIRST, FIRST), STRIDE) @ network.first + network.first_bias, 0)
    maps = halved(np.maximum(windows(maps, (SIDE, SIDE)) @ network.second + network.second_bias, 0))
    maps = halved(np.maximum(windows(maps, (SIDE, SIDE)) @ network.third + network.third_bias, 0))
    seen = windows(maps, (maps.shape[1], REACH), margin=(0, REACH // 2))[:, 0]
    scores = np.maximum(seen @ network.hidden + network.hidden_bias, 0) @ network.out + network.out_bias
    spread = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(spread / spread.sum(axis=-1, keepdims=True), dtype=np.float32)


def seen_gap(ink: Mask, columns: tuple[float, float], base: float, em: float, scale: float = 1.0) -> Floats:
    """Return a gap and a little of its neighbours as the network sees it: HEIGHT rows, ink 1.

    Args:
        ink: where the page has ink.
        columns: first and last column of the gap, pixels.
        base: row on which the print beside it stands, pixels.
        em: type size of that print, pixels.
        scale: larger than 1 shows the gap larger.
    """
    em = em / scale
    top, bottom = round(base - ABOVE * em), round(base + BELOW * em)
    left, right = round(columns[0] - MARGIN * em), round(columns[1] + MARGIN * em)
    right = min(right, round(left + LONGEST_GAP * em))
    window = np.zeros((max(1, bottom - top), max(1, right - left)), np.uint8)
    rows = slice(max(0, top), min(ink.shape[0], bottom))
    across = slice(max(0, left), min(ink.shape[1], right))
    if rows.stop > rows.start and across.stop > across.start:
        window[rows.start - top : rows.stop - top, across.start - left : across.stop - left] = ink[rows, across] * 255
    width = max(STRIDE, round(window.shape[1] * HEIGHT / window.shape[0]) // STRIDE * STRIDE)
    small = cv2.resize(window, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


def read_digits(
    ink: Mask, columns: tuple[int, int], base: float, em: float, accept: Callable[[str], bool], longest: int
) -> dict[str, float]:
    """Return the numbers that a gap may hold and the probability of each, the likeliest first.

    The empty text stands for a gap without a number; what is missing to 1 belongs to texts that are not accepted.

    Args:
        ink: where the page has ink.
        columns: first and last column of the gap, pixels.
        base: row on which the print beside it stands, pixels.
        em: type size of that print, pixels.
        accept: tells a possible number, such as a day from 1 to 31.
        longest: digits at most.
    """
    seen = [
        seen_gap(ink, (columns[0] + first * em, columns[1] + last * em), base + rise * em, em, scale)
        for scale, rise, first, last in LOOKS
    ]
    widest = max(pixels.shape[1] for pixels in seen)
    looks = np.stack([np.pad(pixels, ((0, 0), (0, widest - pixels.shape[1]))) for pixels in seen])
    shares: dict[str, float] = {}
    for probabilities, pixels in zip(column_probabilities(weights(), looks), seen, strict=True):
        for text, share in likeliest(probabilities[: pixels.shape[1] // STRIDE], longest).items():
            if text == "" or accept(text):
                shares[text] = shares.get(text, 0.0) + share / len(LOOKS)
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def likeliest(probabilities: Floats, longest: int) -> dict[str, float]:
    """Return texts of at most *longest* digits and their probability, summed over all ways to lay them out.

    Args:
        probabilities: columns x CLASSES.
        longest: digits at most.
    """
    # for each beginning: the probability that it ends in a column without a digit, and in its last digit
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for column in probabilities.astype(np.float64):
        grown: dict[str, list[float]] = {}
        likely = np.flatnonzero(column[:NONE] > LEAST).tolist()
        values = column.tolist()
        for text, (gap, stroke) in beams.items():
            state = grown.setdefault(text, [0.0, 0.0])
            state[0] += (gap + stroke) * values[NONE]
            if text:
                state[1] += stroke * values[int(text[-1])]
            if len(text) == longest:
                continue
            for digit in likely:
                before = gap if text[-1:] == str(digit) else gap + stroke
                grown.setdefault(text + str(digit), [0.0, 0.0])[1] += before * values[digit]
        kept = sorted(grown.items(), key=lambda item: -(item[1][0] + item[1][1]))[:BEAM]
        beams = {text: (gap, stroke) for text, (gap, stroke) in kept}
    return _sorted((text, gap + stroke) for text, (gap, stroke) in beams.items())


def _sorted(shares: Iterable[tuple[str, float]]) -> dict[str, float]:
    return dict(sorted(shares, key=lambda item: -item[1]))
