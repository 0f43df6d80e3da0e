"""Gaps filled in by hand to train on: "Số: ... /KH-UBND", "ngày ... tháng ... năm", with the print around them.

Digits come from a public set of images, from own strokes the way Vietnamese clerks write, and from print. They are set
into the gap between printed words as pens do: large or small, touching each other, the line or the words, on dotted
lines, in thick or thin ink; then the page is blurred and made black and white, and cut out as recognition cuts it
(`pipeline.ocr.digits.seen_gap`), so that training and use see the same.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from corpus.render.fonts import font_path
from corpus.render.pen import Point, Stroke, StrokePen, smooth
from pipeline.ocr.digits import HEIGHT, seen_gap

Image = NDArray[np.uint8]
Digits = list[list[Image]]  # images of each digit

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
        (((0.3, 0.0), (0.1, 0.5), (0.0, 0.75)), ((0.0, 0.75), (0.5, 0.6), (1.0, 0.5)),
            ((0.95, 0.0), (0.8, 0.6), (0.7, 1.1))),
        (((0.2, 0.0), (0.15, 0.45), (0.45, 0.6), (0.85, 0.5)), ((0.85, 0.05), (0.8, 0.5), (0.75, 1.0))),
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
EDGE = 96  # pixels: strokes are drawn this large and then set to their size
EM = 36.0  # pixels of the type size: 13 points at 200 dpi
WIDTH = 128  # columns of a training image
LONGEST = 5  # digits
BEFORE = (
    ("Số:", 5),
    ("Số :", 2),
    ("số:", 1),
    ("Số", 2),
    ("ngày", 8),
    (", ngày", 1),
    ("tháng", 3),
    ("Số: ", 1),
    ("", 1),
)
AFTER_NUMBER = (
    ("/KH-UBND", 4), ("/QĐ-UBND", 3), ("/2020/TT-B", 2), ("/2010/QĐ", 1), ("-KH/ĐU", 2), ("/UBND-VX", 2),
    ("/HD-SNV", 1), ("- KH/TU", 1), ("/GM-SYT", 1), ("/TB-", 1), ("", 1),
)  # fmt: skip
AFTER_DAY = (("tháng", 6), ("năm", 2), ("/", 1))


def public_digits(folder: Path) -> Digits:
    """Read ``t10k-images-idx3-ubyte.gz`` and its labels (MNIST format) of *folder*."""
    raw = gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes())
    labels = np.frombuffer(gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes()), np.uint8, offset=8)
    images = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28)
    return [list(images[labels == digit]) for digit in range(10)]


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


def drawn(digit: str, rng: np.random.Generator, width: float) -> Image:
    """Return *digit* written by a new hand with a pen of *width* pixels."""
    if digit in "127" and rng.random() < 0.5:
        slant, squeeze = rng.normal(0.12, 0.12), rng.uniform(0.45, 0.9)
        shape = free_shape(digit, rng)
        return _inked(
            [smooth(tuple((float(squeeze * x + slant * (1 - y)), y) for x, y in stroke)) for stroke in shape], width
        )
    if digit in MORE_SHAPES and rng.random() < 0.6:
        ways = MORE_SHAPES[digit]
        tremor, slant = rng.uniform(0.01, 0.1), rng.normal(0.15, 0.12)
        squeeze = rng.uniform(0.45, 0.85)

        def moved(point: Point) -> Point:
            x, y = point[0] + rng.normal(0, tremor), point[1] + rng.normal(0, tremor)
            return float(squeeze * x + slant * (1 - y)), float(y)

        way = ways[int(rng.integers(len(ways)))]
        return _inked([smooth(tuple(moved(point) for point in stroke)) for stroke in way], width)
    return _inked(list(StrokePen(int(rng.integers(1 << 30))).strokes(digit, 20.0)), width)


@cache
def _font(kind: int, size: int) -> ImageFont.FreeTypeFont:
    """Return one of the faces of documents: Times-like upright, in italics or bold, seldom one without serifs."""
    path = (
        font_path("serif"), font_path("serif", italic=True), font_path("serif", bold=True),
        font_path("serif", bold=True, italic=True), font_path("sans"),
    )[kind]  # fmt: skip
    return ImageFont.truetype(str(path), size)


@cache
def printed(text: str, kind: int, size: int) -> tuple[Image, int]:
    """Return *text* in print, and the row of its base line."""
    font = _font(kind, size)
    left, _, right, bottom = (int(value) for value in font.getbbox(text))
    picture = Pictures.new("L", (max(1, right - min(0, left)), max(1, bottom)))
    ImageDraw.Draw(picture).text((-min(0, left), 0), text, fill=255, font=font)
    return np.asarray(picture, dtype=np.uint8), font.getmetrics()[0]


def _chosen(rng: np.random.Generator, options: tuple[tuple[str, int], ...]) -> str:
    shares = np.array([share for _, share in options], dtype=float)
    return options[int(rng.choice(len(options), p=shares / shares.sum()))][0]


def _cropped(image: Image) -> Image:
    rows, columns = np.flatnonzero(image.max(axis=1) > 60), np.flatnonzero(image.max(axis=0) > 60)
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def warped(image: Image, rng: np.random.Generator, slant: float) -> Image:
    """Return *image* sheared by *slant*, turned and squeezed a little."""
    pad = max(image.shape) // 3
    page = np.pad(image, pad)
    turn, squeeze = np.radians(rng.normal(0, 5)), rng.uniform(0.75, 1.25)
    matrix = np.array([[squeeze * np.cos(turn), -np.sin(turn) - slant], [np.sin(turn), np.cos(turn)]])
    centre = np.array([page.shape[1] / 2, page.shape[0] / 2])
    moved = np.hstack([matrix, (centre - matrix @ centre)[:, None]])
    page = np.asarray(cv2.warpAffine(page, moved, (page.shape[1], page.shape[0])), dtype=np.uint8)
    return page if page.max() > 100 else image


def handwritten(text: str, public: Digits, rng: np.random.Generator) -> list[Image]:
    """Return an image for each digit, all by one pen: equally thick, alike in slant and size."""
    own = rng.random() < 0.5
    height = float(rng.uniform(0.55, 1.2)) * EM
    pen = float(np.exp(rng.uniform(np.log(1.6), np.log(6.5))))  # pixels
    slant = float(rng.normal(0.05, 0.17))
    images = []
    for digit in text:
        if own:
            image = drawn(digit, rng, pen * 0.75 * EDGE / height)
        else:
            alike = public[int(digit)]
            image = cv2.resize(alike[int(rng.integers(len(alike)))], None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
        image = _cropped(warped(np.asarray(image, dtype=np.uint8), rng, slant))
        tall = height * float(rng.normal(1, 0.08))
        factor = min(tall / image.shape[0], 1.4 * tall / image.shape[1])
        size = (max(2, round(image.shape[1] * factor)), max(4, round(image.shape[0] * factor)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
        if not own:  # the public set was written with one thick pen
            thin = pen - 0.14 * tall
            side = np.ones((2, 2) if abs(thin) < 2.2 else (3, 3), np.uint8)
            padded = np.pad(image, 3)
            if thin < -1.0:
                eroded = cv2.erode(padded, side)
                padded = eroded if eroded.max() > 140 else padded
            elif thin > 1.0:
                padded = cv2.dilate(padded, side)
            image = _cropped(np.asarray(padded, dtype=np.uint8))
        images.append(np.asarray(image, dtype=np.uint8))
    return images


def _set(page: Image, image: Image, x: int, y: int) -> None:
    """Lay ink on the page, its upper left corner at (x, y)."""
    top, left = max(0, y), max(0, x)
    bottom, right = min(page.shape[0], y + image.shape[0]), min(page.shape[1], x + image.shape[1])
    if bottom > top and right > left:
        part = page[top:bottom, left:right]
        np.maximum(part, image[top - y : bottom - y, left - x : right - x], out=part)


def _disturb(page: Image, base: int, gap: tuple[int, int], rng: np.random.Generator) -> None:
    """Lay on the page what stands around real gaps: dotted lines, lines above and below, a seal, specks."""
    if rng.random() < 0.2:
        step, dot = int(rng.integers(4, 11)), int(rng.integers(1, 4))
        for x in range(gap[0], gap[1], step):
            y = base - int(rng.integers(0, 3))
            page[y - dot : y, x : x + dot] = 255
    if rng.random() < 0.04:
        page[base + 2 : base + 4, gap[0] : gap[1]] = 255
    if rng.random() < 0.12:  # the line above or the subject below
        picture, ascent = printed("ỦY BAN NHÂN DÂN" if rng.random() < 0.5 else "V/v tổ chức phong trào", 2, 34)
        away = round(float(rng.uniform(1.15, 1.7)) * EM) * (-1 if rng.random() < 0.5 else 1)
        _set(page, picture, gap[0] - int(rng.integers(200)), base + away - ascent)
    if rng.random() < 0.05:
        centre = (gap[0] + int(rng.integers(-80, 160)), base + int(rng.integers(-160, 160)))
        cv2.circle(page, centre, int(rng.integers(110, 190)), 255, int(rng.integers(1, 5)), cv2.LINE_AA)
    if rng.random() < 0.05:  # a slip of the pen, the tail of a signature
        points = [(gap[0] + float(x), base + float(y)) for x, y in rng.normal(20, 30, (4, 2))]
        line = (np.array(smooth(tuple(points))) * 8).astype(np.int32)
        cv2.polylines(page, [line], False, 255, 2, cv2.LINE_AA, 3)
    if rng.random() < 0.25:
        for _ in range(int(rng.integers(1, 12))):
            x, y, side = int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0])), int(rng.integers(1, 4))
            page[y : y + side, x : x + side] = 255


def gap_text(rng: np.random.Generator) -> tuple[str, bool]:
    """Return what is filled in, and whether it is a number rather than a day or month."""
    if rng.random() < 0.5:
        digits = int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.35, 0.35, 0.17, 0.03]))
        text = "".join(str(int(digit)) for digit in rng.integers(0, 10, digits))
        return ("0" + text[1:] if digits == 2 and rng.random() < 0.3 else text), True
    text = str(int(rng.integers(1, 32 if rng.random() < 0.75 else 13)))
    return (text.zfill(2) if rng.random() < 0.7 else text), False


def filled_gap(public: Digits, rng: np.random.Generator) -> tuple[NDArray[np.float32], str]:
    """Return a gap as recognition sees it (HEIGHT x WIDTH, ink 1) and the digits in it."""
    text, number = gap_text(rng)
    text = "" if rng.random() < 0.06 else text
    kind = (
        int(rng.choice(5, p=[0.5, 0.34, 0.05, 0.06, 0.05]))
        if number
        else int(rng.choice(5, p=[0.3, 0.5, 0.05, 0.1, 0.05]))
    )
    size = round(EM)
    page = np.zeros((round(3.6 * EM), round(11 * EM)), np.uint8)
    base, start = round(2.2 * EM), round(2.5 * EM)
    by_machine = rng.random() < 0.2
    if by_machine and text:
        images = [printed(digit, kind, size)[0] for digit in text]
    else:
        images = handwritten(text, public, rng)
    x = start + round(float(rng.uniform(-0.1, 0.7 if rng.random() < 0.8 else 2.2)) * EM)
    first, drift = x, float(rng.normal(0, 0.05))
    lift = float(rng.normal(0.02, 0.12)) * EM
    spread = float(rng.uniform(-0.12, 0.3)) * EM
    for image in images:
        if by_machine:
            _set(page, image, x, base - printed("0", kind, size)[1])
            x += image.shape[1] + 1
        else:
            y = base - image.shape[0] + round(lift + drift * (x - first) + float(rng.normal(0, 0.04)) * EM)
            _set(page, image, x, y)
            x += max(3, image.shape[1] + round(spread + float(rng.normal(0, 0.05)) * EM))
    room = float(rng.uniform(-0.12, 0.8 if rng.random() < 0.8 else 2.5)) * EM
    end = max(round(x + room), start + round(0.5 * EM))
    before, after = _chosen(rng, BEFORE), _chosen(rng, AFTER_NUMBER if number else AFTER_DAY)
    left, ascent = printed(before or " ", kind, size)
    _set(page, left, start - left.shape[1], base - ascent)
    right, ascent = printed(after or " ", kind, size)
    _set(page, right, end, base - ascent)
    _disturb(page, base, (start, end), rng)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.4, 1.3))), dtype=np.uint8)
    if rng.random() < 0.4:
        grain = np.zeros(page.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(1 << 30)))
        page = cv2.add(page, cv2.randn(grain, 0, float(rng.uniform(5, 35))), dtype=cv2.CV_8U)
    ink = page > rng.integers(55, 150)
    columns = (start + round(float(rng.normal(0, 0.16)) * EM), end + round(float(rng.normal(0.02, 0.18)) * EM))
    em = EM * float(np.exp(rng.normal(0, 0.08)))
    seen = seen_gap(ink, columns, base + float(rng.normal(0, 0.06)) * EM, em)[:, :WIDTH]
    return np.pad(seen, ((0, 0), (0, WIDTH - seen.shape[1]))), text


def batch(public: Digits, size: int, rng: np.random.Generator) -> tuple[NDArray[np.float32], list[str]]:
    """Return *size* gaps (n x HEIGHT x WIDTH) and what is written in them."""
    made = [filled_gap(public, rng) for _ in range(size)]
    return np.stack([pixels for pixels, _ in made]).reshape(size, HEIGHT, WIDTH), [text for _, text in made]
