"""Handwritten digits to train on: images of a public set, own strokes, printed digits, and what is no digit.

Every image is brought into the frame that recognition uses (`pipeline.ocr.digits.framed`), so that training and use
see the same. Class 10 is "no digit": half a digit, two digits at once, slashes, dashes, loops of the pen.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.render.pen import Point, Stroke, StrokePen, smooth
from pipeline.ocr.digits import NO_DIGIT, SIDE, framed

Image = NDArray[np.uint8]
Labelled = list[tuple[Image, int]]

# Beside the shapes of `corpus.render.pen`: how clerks also write; unit box, x right, y down.
MORE_SHAPES: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": ((((0.6, 0.1), (0.2, 0.2), (0.1, 0.7), (0.5, 1.0), (0.9, 0.6), (0.7, 0.1), (0.5, 0.1), (0.8, 0.0)),),),
    "1": (
        (((0.0, 0.75), (0.3, 0.4), (0.6, 0.0)), ((0.6, 0.0), (0.5, 0.5), (0.4, 1.0))),
        (((0.05, 0.55), (0.35, 0.3), (0.7, 0.0)), ((0.7, 0.0), (0.62, 0.5), (0.55, 1.0))),
        (((0.0, 0.95), (0.35, 0.4), (0.75, 0.0)), ((0.75, 0.0), (0.65, 0.5), (0.55, 1.0))),
    ),
    "2": (
        (((0.1, 0.3), (0.4, 0.0), (0.7, 0.25), (0.35, 0.75), (0.05, 0.95), (0.15, 0.72), (0.45, 0.9), (1.0, 0.95)),),
        (((0.0, 0.3), (0.35, 0.05), (0.6, 0.3), (0.3, 0.8), (0.1, 1.0), (0.05, 0.85), (0.4, 0.85), (1.1, 0.8)),),
    ),
    "4": (
        (((0.35, 0.0), (0.15, 0.35), (0.0, 0.6), (0.4, 0.6), (1.0, 0.55)), ((0.75, 0.0), (0.7, 0.5), (0.62, 1.05))),
        (((0.1, 0.0), (0.05, 0.3), (0.05, 0.55), (0.5, 0.5), (0.95, 0.45)), ((0.8, 0.0), (0.75, 0.5), (0.7, 1.1))),
        (((0.7, 1.0), (0.75, 0.5), (0.8, 0.0)), ((0.8, 0.0), (0.4, 0.35), (0.0, 0.7)),
            ((0.0, 0.7), (0.5, 0.68), (1.0, 0.66))),
    ),
    "5": ((((0.2, 0.1), (0.15, 0.45)), ((0.15, 0.45), (0.6, 0.4), (0.75, 0.75), (0.3, 1.0), (0.0, 0.85)),
        ((0.2, 0.08), (0.95, 0.0))),),
    "7": (
        (((0.0, 0.15), (0.1, 0.02), (0.5, 0.06), (0.9, 0.0)), ((0.9, 0.0), (0.6, 0.5), (0.45, 1.05)),
            ((0.25, 0.55), (0.95, 0.45))),
        (((0.05, 0.1), (0.4, 0.08), (0.8, 0.0)), ((0.8, 0.0), (0.5, 0.6), (0.2, 1.1)), ((0.15, 0.6), (0.75, 0.5))),
    ),

    "8": (
        (((0.9, 0.1), (0.5, 0.0), (0.2, 0.2), (0.5, 0.5), (0.7, 0.8), (0.3, 1.0), (0.1, 0.8), (0.4, 0.5), (0.9, 0.1)),),
    ),
    "9": (
        (((0.8, 0.1), (0.4, 0.0), (0.1, 0.25), (0.4, 0.5), (0.8, 0.2)),
            ((0.8, 0.1), (0.75, 0.6), (0.5, 1.0), (0.1, 0.95))),
        (((0.85, 0.15), (0.5, 0.0), (0.15, 0.25), (0.45, 0.45), (0.85, 0.15), (0.65, 0.6), (0.35, 1.05)),),
    ),
}  # fmt: skip
EDGE = 96  # pixels: strokes are drawn this large and then framed


def public_digits(folder: Path) -> Labelled:
    """Read ``t10k-images-idx3-ubyte.gz`` and its labels (MNIST format) of *folder*."""
    raw = gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes())
    images = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28)
    return [(image, int(label)) for image, label in zip(images, labels[8:], strict=True)]


def _inked(strokes: list[Stroke], width: float) -> Image:
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    low = points.min(axis=0)
    scale = 0.75 * EDGE / max(1e-6, float((points.max(axis=0) - low).max()))
    page = np.zeros((EDGE, EDGE), np.uint8)
    for stroke in strokes:
        line = ((np.array(stroke) - low) * scale + 0.12 * EDGE) * 8
        cv2.polylines(page, [line.astype(np.int32)], False, 255, max(1, round(width)), cv2.LINE_AA, 3)
    return page


def free_shape(digit: str, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a 1, 2 or 7 with the strokes that vary most between hands drawn by chance.

    The upstroke of the 1 may start as low as its foot, the 2 may open and close with a loop, the 7 may be crossed.
    """

    def at(*bounds: float) -> float:
        return float(rng.uniform(bounds[0], bounds[1]))

    if digit == "1":
        top = (at(0.5, 0.8), 0.0)
        start = (at(-0.3, 0.35), at(0.25, 1.0))
        middle = ((start[0] + top[0]) / 2 + at(-0.08, 0.08), (start[1] + top[1]) / 2 + at(-0.08, 0.08))
        return ((start, middle, top), (top, (top[0] - at(0.0, 0.12), 0.5), (top[0] - at(0.0, 0.3), at(0.9, 1.15))))
    if digit == "2":
        head = ((at(-0.35, 0.15), at(0.2, 0.65)), (at(-0.05, 0.2), at(0.1, 0.3)), (at(0.3, 0.55), at(-0.05, 0.05)))
        if rng.random() < 0.4:
            head = ((at(0.1, 0.3), at(0.3, 0.5)), (at(-0.1, 0.1), at(0.2, 0.4)), (at(0.3, 0.55), at(-0.05, 0.05)))
        back = ((at(0.65, 0.85), at(0.2, 0.3)), (at(0.3, 0.5), at(0.6, 0.75)))
        if rng.random() < 0.5:
            foot: tuple[Point, ...] = (
                (at(-0.1, 0.1), 0.97),
                (at(0.4, 0.6), at(0.9, 1.0)),
                (at(0.8, 1.3), at(0.8, 1.0)),
            )
        else:
            foot = (
                (at(0.0, 0.15), 1.0), (at(-0.2, 0.0), at(0.75, 0.95)), (at(0.1, 0.3), at(0.75, 0.85)),
                (at(0.5, 0.7), at(0.9, 1.0)), (at(0.9, 1.4), at(0.75, 1.0)),
            )  # fmt: skip
        return ((*head, *back, *foot),)
    left, corner = (at(-0.1, 0.2), at(0.0, 0.25)), (at(0.75, 0.95), at(-0.05, 0.08))
    strokes = [(left, (0.45, at(0.0, 0.14)), corner), (corner, (at(0.5, 0.7), 0.45), (at(0.2, 0.5), at(0.95, 1.15)))]
    if rng.random() < 0.75:
        height = at(0.38, 0.62)
        strokes.append(
            ((at(0.05, 0.4), height + at(-0.08, 0.08)), (0.5, height), (at(0.75, 1.1), height - at(-0.05, 0.1)))
        )
    return tuple(strokes)


def drawn(digit: str, rng: np.random.Generator) -> Image:
    """Return *digit* written by a new hand."""
    width = float(rng.uniform(1.5, 11.0))
    if digit in "127" and rng.random() < 0.5:
        slant, squeeze = rng.normal(0.12, 0.12), rng.uniform(0.45, 0.9)
        shape = free_shape(digit, rng)
        return _inked(
            [smooth(tuple((float(squeeze * x + slant * (1 - y)), y) for x, y in stroke)) for stroke in shape], width
        )
    if digit in MORE_SHAPES and rng.random() < 0.6:
        ways = MORE_SHAPES[digit]
        tremor, slant = rng.uniform(0.01, 0.07), rng.normal(0.15, 0.12)
        squeeze = rng.uniform(0.45, 0.85)

        def moved(point: Point) -> Point:
            x, y = point[0] + rng.normal(0, tremor), point[1] + rng.normal(0, tremor)
            return float(squeeze * x + slant * (1 - y)), float(y)

        way = ways[int(rng.integers(len(ways)))]
        return _inked([smooth(tuple(moved(point) for point in stroke)) for stroke in way], width)
    return _inked(list(StrokePen(int(rng.integers(1 << 30))).strokes(digit, 20.0)), width)


def printed(digit: str, rng: np.random.Generator) -> Image:
    """Return *digit* in one of the plain faces that OpenCV draws."""
    page = np.zeros((EDGE, EDGE), np.uint8)
    faces = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_DUPLEX)
    face = faces[int(rng.integers(len(faces)))]
    cv2.putText(page, digit, (22, 76), face, 2.4, 255, int(rng.integers(2, 8)), cv2.LINE_AA)
    return page


def no_digit(images: list[Image], rng: np.random.Generator) -> Image:
    """Return what segmentation offers and is no digit."""
    kind = int(rng.integers(4))
    if kind == 0:  # two digits at once
        pair = [images[int(rng.integers(len(images)))] for _ in range(2)]
        resized = [_cropped(image, 60) for image in pair]
        page = np.zeros((72, 200), np.uint8)
        page[6:66, 2 : 2 + resized[0].shape[1]] = resized[0]
        start = max(4, 2 + resized[0].shape[1] - int(rng.integers(-3, 10)))
        page[6:66, start : start + resized[1].shape[1]] |= resized[1][:, : 200 - start]
        return page
    if kind == 1:  # part of a digit, cut upright
        image = _cropped(images[int(rng.integers(len(images)))], 60)
        at = max(3, int(image.shape[1] * rng.uniform(0.3, 0.6)))
        if at < 12:  # half of a 1 is a 1
            return _inked(list(StrokePen(int(rng.integers(1 << 30))).strokes("-", 20.0)), rng.uniform(3, 10))
        part: Image = image[:, :at] if rng.random() < 0.5 else image[:, at:]
        return part
    if kind == 2:
        mark = "/-."[int(rng.choice(3, p=[0.6, 0.25, 0.15]))]
        return _inked(list(StrokePen(int(rng.integers(1 << 30))).strokes(mark, 20.0)), rng.uniform(3, 10))
    points = tuple((float(x), float(y)) for x, y in rng.random((int(rng.integers(3, 8)), 2)))
    return _inked([smooth(points)], rng.uniform(3, 9))


def _cropped(image: Image, height: int) -> Image:
    rows, columns = np.flatnonzero(image.max(axis=1) > 60), np.flatnonzero(image.max(axis=0) > 60)
    part = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width = min(90, max(4, round(part.shape[1] * height / part.shape[0])))
    return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def warped(image: Image, rng: np.random.Generator) -> Image:
    """Return *image* sheared, turned, squeezed, and with thicker or thinner, blurred or broken strokes."""
    height, width = image.shape
    pad = max(height, width) // 4
    page = np.pad(image, pad)
    turn = np.radians(rng.normal(0, 7))
    shear, squeeze = rng.normal(0.05, 0.18), rng.uniform(0.8, 1.2)
    matrix = np.array([[squeeze * np.cos(turn), -np.sin(turn) - shear], [np.sin(turn), np.cos(turn)]])
    centre = np.array([page.shape[1] / 2, page.shape[0] / 2])
    moved = np.hstack([matrix, (centre - matrix @ centre)[:, None]])
    page = cv2.warpAffine(page, moved, (page.shape[1], page.shape[0]), flags=cv2.INTER_LINEAR)
    chance = rng.random()
    size = 2 if height < 40 else 3
    if chance < 0.2:
        page = cv2.dilate(page, np.ones((size, size), np.uint8))
    elif chance < 0.35:
        page = cv2.erode(page, np.ones((2, 2), np.uint8))
    if rng.random() < 0.3:
        page = np.where(page > rng.integers(70, 170), np.uint8(255), np.uint8(0)).astype(np.uint8)
    if page.max() < 100:
        return image
    return np.asarray(page, dtype=np.uint8)


def batch(source: Labelled, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return warped, framed images (n x SIDE x SIDE, ink 1) and their classes, for one round of training."""
    images = [image for image, _ in source]
    chosen = list(source)
    for _ in range(len(source)):
        digit = str(int(rng.integers(10)))
        chosen.append((drawn(digit, rng) if rng.random() < 0.9 else printed(digit, rng), int(digit)))
    own = [image for image, _ in chosen[len(source) :]]
    for _ in range(len(source) // 2):
        chosen.append((no_digit(images if rng.random() < 0.5 else own, rng), NO_DIGIT))
    order = rng.permutation(len(chosen))
    pixels = np.zeros((len(chosen), SIDE, SIDE), np.float32)
    labels = np.zeros(len(chosen), np.int64)
    for row, index in enumerate(order):
        image, label = chosen[int(index)]
        pixels[row] = framed(warped(image, rng))
        labels[row] = label
    return pixels, labels
