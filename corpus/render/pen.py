"""Handwriting: digits as pen strokes, the way Vietnamese clerks fill in number and day.

The 1 has a long upstroke, the 7 is often crossed, the 9 ends in a hook. Every digit is a handful of control
points drawn as a smooth curve; a hand (its seed) sets slant, size and tremor, so two documents differ and one
document is consistent. What is not a digit has no strokes and is printed in italics by the caller.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = tuple[Point, ...]
Raster = NDArray[np.uint8]  # (28, 28), 255 is ink

# Unit box: x to the right, y down, 0..1; each digit has several ways of being written, each a list of strokes.
SHAPES: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.55, 0.02), (0.2, 0.15), (0.08, 0.55), (0.3, 0.97), (0.7, 0.9), (0.88, 0.45), (0.7, 0.06), (0.45, 0.04)),),
        (((0.6, 0.06), (0.25, 0.1), (0.1, 0.5), (0.25, 0.92), (0.6, 0.98), (0.85, 0.6), (0.75, 0.15), (0.5, 0.0)),),
    ),
    "1": (
        (((0.15, 0.42), (0.38, 0.22), (0.58, 0.0)), ((0.58, 0.0), (0.56, 0.5), (0.52, 1.0))),
        (((0.2, 0.3), (0.4, 0.16), (0.55, 0.0)), ((0.55, 0.0), (0.5, 0.5), (0.47, 1.0)), ((0.25, 1.0), (0.72, 0.98))),
        (((0.55, 0.0), (0.5, 0.5), (0.44, 1.0)),),
    ),
    "2": (
        (
            (
                (0.12, 0.25), (0.3, 0.03), (0.65, 0.04), (0.75, 0.3), (0.5, 0.65),
                (0.12, 0.95), (0.3, 0.88), (0.6, 0.98), (0.95, 0.9),
            ),
        ),
        (((0.15, 0.2), (0.45, 0.0), (0.75, 0.2), (0.6, 0.55), (0.1, 0.98)), ((0.1, 0.98), (0.5, 0.96), (0.9, 0.97))),
    ),
    "3": (
        (
            (
                (0.15, 0.1), (0.5, 0.0), (0.75, 0.2), (0.6, 0.42), (0.35, 0.48),
                (0.7, 0.55), (0.82, 0.8), (0.5, 1.0), (0.1, 0.88),
            ),
        ),
        (((0.15, 0.03), (0.5, 0.03), (0.8, 0.04)), ((0.8, 0.04), (0.42, 0.42), (0.78, 0.6), (0.6, 0.97), (0.1, 0.9))),
    ),
    "4": (
        (((0.55, 0.0), (0.3, 0.4), (0.05, 0.65), (0.5, 0.63), (0.95, 0.6)), ((0.68, 0.35), (0.62, 1.0))),
        (((0.2, 0.05), (0.12, 0.3), (0.15, 0.55), (0.5, 0.58), (0.9, 0.5)), ((0.72, 0.1), (0.68, 0.5), (0.62, 1.0))),
    ),
    "5": (
        (
            ((0.25, 0.05), (0.2, 0.25), (0.18, 0.45)),
            ((0.18, 0.45), (0.55, 0.36), (0.82, 0.62), (0.6, 0.96), (0.1, 0.92)),
            ((0.25, 0.05), (0.6, 0.07), (0.9, 0.02)),
        ),
        (((0.85, 0.03), (0.3, 0.06), (0.22, 0.42), (0.6, 0.4), (0.8, 0.7), (0.5, 1.0), (0.12, 0.9)),),
    ),
    "6": (
        (((0.7, 0.0), (0.35, 0.25), (0.15, 0.65), (0.35, 0.98), (0.75, 0.88), (0.75, 0.6), (0.45, 0.55), (0.2, 0.72)),),
        (((0.6, 0.02), (0.2, 0.4), (0.18, 0.85), (0.5, 1.0), (0.8, 0.75), (0.55, 0.52), (0.22, 0.68)),),
    ),
    "7": (
        (((0.1, 0.08), (0.5, 0.05), (0.85, 0.03)), ((0.85, 0.03), (0.6, 0.45), (0.4, 1.0)), ((0.3, 0.5), (0.8, 0.5))),
        (((0.1, 0.18), (0.14, 0.05), (0.85, 0.04)), ((0.85, 0.04), (0.55, 0.5), (0.4, 1.0))),
    ),
    "8": (
        (
            (
                (0.75, 0.12), (0.45, 0.0), (0.22, 0.2), (0.45, 0.45), (0.78, 0.72), (0.5, 1.0),
                (0.18, 0.78), (0.45, 0.48), (0.75, 0.25), (0.68, 0.08),
            ),
        ),
        (
            ((0.5, 0.48), (0.22, 0.3), (0.4, 0.02), (0.72, 0.1), (0.68, 0.38), (0.48, 0.5)),
            ((0.48, 0.5), (0.15, 0.75), (0.4, 1.0), (0.8, 0.88), (0.75, 0.6), (0.48, 0.5)),
        ),
    ),
    "9": (
        (
            (
                (0.78, 0.2), (0.5, 0.0), (0.2, 0.2), (0.3, 0.48), (0.62, 0.45), (0.78, 0.18),
                (0.75, 0.6), (0.55, 0.95), (0.2, 0.95),
            ),
        ),
        (((0.75, 0.1), (0.35, 0.05), (0.22, 0.35), (0.55, 0.5), (0.78, 0.15), (0.72, 0.6), (0.62, 1.0)),),
    ),
    "/": ((((0.85, -0.1), (0.5, 0.5), (0.15, 1.1)),),),
    "-": ((((0.15, 0.55), (0.5, 0.53), (0.85, 0.55)),),),
    ".": ((((0.4, 0.95), (0.45, 0.98), (0.42, 1.0)),),),
}  # fmt: skip


class Pen(Protocol):
    """A hand that writes digits."""

    def can_write(self, char: str) -> bool:
        """Tell whether this hand knows *char*."""

    def width(self, text: str, size: float) -> float:
        """Return the width of *text* at a type size of *size* points."""

    def strokes(self, text: str, size: float) -> tuple[Stroke, ...]:
        """Return lines in points; the origin is the left end of the baseline and y grows downwards."""

    def rasters(self, text: str, size: float) -> tuple[tuple[Point, float, Raster], ...]:
        """Return images of digits: (left, top) in points from the same origin, edge length, pixels."""

    @property
    def ink(self) -> tuple[float, float, float]:
        """Red, green, blue of the ink, 0 to 1."""

    @property
    def line_width(self) -> float:
        """Width of a stroke in points."""


def smooth(points: Stroke, steps: int = 6) -> Stroke:
    """Return a Catmull-Rom curve through *points*.

    >>> smooth(((0.0, 0.0), (1.0, 1.0)), steps=2)
    ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0))
    """
    padded = np.array([points[0], *points, points[-1]], dtype=float)
    curve: list[Point] = []
    for i in range(len(points) - 1):
        p0, p1, p2, p3 = padded[i : i + 4]
        for t in np.arange(steps) / steps:
            p = 0.5 * (
                2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            curve.append((round(float(p[0]), 4), round(float(p[1]), 4)))
    return (*curve, points[-1])


class StrokePen:
    """Digits drawn from `SHAPES` by one hand."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng((seed, 0x9E))
        self._slant = float(self._rng.normal(0.18, 0.1))
        self._scale = float(self._rng.uniform(0.8, 1.1))
        self._tremor = float(self._rng.uniform(0.015, 0.045))
        self.line_width = float(self._rng.uniform(0.7, 1.35))
        blue = (0.08, 0.12, 0.55) if self._rng.random() < 0.7 else (0.12, 0.12, 0.14)
        self.ink: tuple[float, float, float] = blue

    def can_write(self, char: str) -> bool:
        """Tell whether there are strokes for *char*."""
        return char in SHAPES or char == " "

    def width(self, text: str, size: float) -> float:
        """Return the width of *text* in points."""
        return 0.62 * size * self._scale * len(text)

    def strokes(self, text: str, size: float) -> tuple[Stroke, ...]:
        """Return the curves of *text*, standing on the baseline."""
        advance, height = 0.62 * size * self._scale, 0.82 * size * self._scale
        drift = float(self._rng.normal(0, 0.04)) * size
        lines: list[Stroke] = []
        for i, char in enumerate(text):
            if char == " ":
                continue
            ways = SHAPES[char]
            way = ways[int(self._rng.integers(len(ways)))]
            grow = float(self._rng.normal(1, 0.06))
            shift = float(self._rng.normal(0, 0.05)) * size
            for stroke in way:
                moved = [
                    (x + self._rng.normal(0, self._tremor), y + self._rng.normal(0, self._tremor)) for x, y in stroke
                ]
                lines.append(
                    tuple(
                        (
                            i * advance + 0.8 * advance * grow * x + self._slant * height * (1 - y),
                            -height * grow * (1 - y) + shift + drift * i,
                        )
                        for x, y in smooth(tuple((float(a), float(b)) for a, b in moved))
                    )
                )
        return tuple(lines)

    def rasters(self, text: str, size: float) -> tuple[tuple[Point, float, Raster], ...]:
        """Return nothing: this pen draws lines."""
        return ()


class RasterPen:
    """Digits taken from a set of images of handwritten digits (28 x 28, MNIST format)."""

    ink: tuple[float, float, float] = (0.1, 0.14, 0.5)
    line_width = 1.0

    def __init__(self, images: NDArray[np.uint8], labels: NDArray[np.uint8], seed: int) -> None:
        self._images, self._labels = images, labels
        self._rng = np.random.default_rng((seed, 0x9F))

    @classmethod
    def from_folder(cls, folder: Path, seed: int) -> RasterPen:
        """Read ``t10k-images-idx3-ubyte.gz`` and ``t10k-labels-idx1-ubyte.gz`` of *folder*."""
        raw = gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes())
        labels = gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes())
        images = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28)
        return cls(images, np.frombuffer(labels, np.uint8, offset=8), seed)

    def can_write(self, char: str) -> bool:
        """Tell whether *char* is a digit."""
        return char.isascii() and (char.isdigit() or char == " ")

    def width(self, text: str, size: float) -> float:
        """Return the width of *text* in points."""
        return 0.62 * size * len(text)

    def strokes(self, text: str, size: float) -> tuple[Stroke, ...]:
        """Return nothing: this pen pastes images."""
        return ()

    def rasters(self, text: str, size: float) -> tuple[tuple[Point, float, Raster], ...]:
        """Return one image a digit."""
        edge = 1.2 * size
        placed: list[tuple[Point, float, Raster]] = []
        for i, char in enumerate(text):
            if char != " ":
                which = self._rng.choice(np.flatnonzero(self._labels == int(char)))
                placed.append(((0.62 * size * i - 0.3 * size, -1.03 * edge + 0.2 * size), edge, self._images[which]))
        return tuple(placed)
