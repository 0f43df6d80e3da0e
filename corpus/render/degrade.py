"""What a scanner does to a page: turn, blur, shade, noise, JPEG, one bit.

The figures of `QUALITIES` are ranges; each page draws its own from them. Lengths in pixels are given for
200 dpi and grow with the resolution, noise is the standard deviation in grey levels of 255.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.render.marks import Paper

QualityName = Literal["clean", "typical", "bad", "fax"]
Range = tuple[float, float]
Affine = NDArray[np.float64]  # (2, 3): page pixels to scan pixels


@dataclass(frozen=True, slots=True)
class Quality:
    """How a scanner, a copier and the years treat a page."""

    skew: Range  # degrees, of either sign
    blur: Range  # sigma in pixels at 200 dpi
    ink: Range  # grey of black ink, 0..1
    paper: Range  # grey of paper, 0..1
    gradient: Range  # loss of light over the page, 0..1
    noise: Range  # standard deviation, grey levels
    bleed: Range  # strength of the page behind
    jpeg: tuple[int, int]
    one_bit: bool = False


QUALITIES: dict[QualityName, Quality] = {
    "clean": Quality((0, 0.05), (0.3, 0.4), (0.0, 0.05), (0.99, 1.0), (0, 0), (0, 0.5), (0, 0), (90, 95)),
    "typical": Quality((0.1, 1.0), (0.5, 0.9), (0.1, 0.2), (0.92, 0.98), (0.03, 0.12), (2, 5), (0, 0.02), (55, 75)),
    "bad": Quality((2.0, 3.0), (0.8, 1.2), (0.28, 0.4), (0.76, 0.86), (0.15, 0.3), (9, 14), (0.1, 0.2), (30, 45)),
    "fax": Quality((0.2, 1.2), (0.5, 0.8), (0.1, 0.2), (0.9, 0.96), (0.0, 0.05), (8, 14), (0, 0), (80, 90), True),
}


def _between(rng: np.random.Generator, span: Range) -> float:
    return float(rng.uniform(*span))


def skew_matrix(shape: tuple[int, int], degrees: float) -> Affine:
    """Return the turn about the middle of a page of (height, width) pixels."""
    height, width = shape
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)


def turn(paper: Paper, matrix: Affine, surround: float) -> Paper:
    """Apply a small turn; what comes in from beside the page has the grey *surround*."""
    height, width = paper.shape[:2]
    flags = cv2.INTER_CUBIC
    border = (surround, surround, surround)
    turned = cv2.warpAffine(paper, matrix, (width, height), flags=flags, borderValue=border)
    return np.clip(np.asarray(turned, np.float32), 0, 1)


def warp(paper: Paper, rng: np.random.Generator, dpi: int) -> Paper:
    """Bend the page slightly, as paper that does not lie flat: at most about 1 mm."""
    height, width = paper.shape[:2]
    depth = float(rng.uniform(0.4, 1.0)) * dpi / 25.4
    phase = float(rng.uniform(0, np.pi))
    xs = np.linspace(0, 1, width, dtype=np.float32)
    ys = np.linspace(0, 1, height, dtype=np.float32)
    down = (depth * np.sin(np.pi * xs * float(rng.uniform(0.7, 1.6)) + phase))[None, :] * (0.3 + 0.7 * ys)[:, None]
    map_x = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    map_y = (np.arange(height, dtype=np.float32)[:, None] + down).astype(np.float32)
    bent = cv2.remap(paper, np.ascontiguousarray(map_x), map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.float32)


def dark_border(paper: Paper, rng: np.random.Generator, dpi: int) -> None:
    """Darken one long and one short edge, where the lid was open; in place."""
    height, width = paper.shape[:2]
    for edge in rng.permutation(4)[:2]:
        depth = float(rng.uniform(1.5, 5.0)) * dpi / 25.4
        ramp = np.clip(np.arange(int(depth * 1.3), dtype=np.float32) / depth, 0, 1) ** 3
        shade = 0.08 + 0.92 * ramp
        if edge == 0:
            paper[: len(shade)] *= shade[:, None, None]
        elif edge == 1:
            paper[height - len(shade) :] *= shade[::-1, None, None]
        elif edge == 2:
            paper[:, : len(shade)] *= shade[None, :, None]
        else:
            paper[:, width - len(shade) :] *= shade[None, ::-1, None]


def staple(paper: Paper, rng: np.random.Generator, dpi: int) -> None:
    """Draw a staple with its shadow and the turned corner of a bundle, top left; in place."""
    mm = dpi / 25.4
    x, y = float(rng.uniform(8, 14)) * mm, float(rng.uniform(8, 14)) * mm
    angle = float(rng.uniform(0.3, 1.0))
    end = (int(x + 10 * mm * np.cos(angle)), int(y - 10 * mm * np.sin(angle)))
    shadow = np.ones(paper.shape[:2], np.float32)
    offset = int(0.8 * mm)
    cv2.line(shadow, (int(x) + offset, int(y) + offset), (end[0] + offset, end[1] + offset), 0.6, int(1.2 * mm))
    cv2.line(shadow, (int(x), int(y)), end, 0.25, max(1, int(0.5 * mm)))
    cv2.line(shadow, (0, int(26 * mm)), (int(30 * mm), 0), 0.75, max(1, int(0.4 * mm)))  # the crease
    region = (slice(0, int(40 * mm)), slice(0, int(40 * mm)))
    paper[region] *= cv2.GaussianBlur(shadow[region], (0, 0), 0.3 * mm)[:, :, None]


def jpeg(image: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Return *image* after a round trip through JPEG."""
    target = io.BytesIO()
    Image.fromarray(image).save(target, "JPEG", quality=quality)
    return np.asarray(Image.open(target).convert("RGB")).copy()


def develop(
    paper: Paper, quality: Quality, rng: np.random.Generator, dpi: int, colour: bool, behind: Paper | None
) -> tuple[NDArray[np.uint8], int]:
    """Return what the sensor delivers for *paper* (already turned), (height, width, 3), and its JPEG quality.

    The ink of *behind*, the next page, shows through as the quality says; None for no such page.
    """
    height, width = paper.shape[:2]
    ink, white = _between(rng, quality.ink), _between(rng, quality.paper)
    bleed = _between(rng, quality.bleed)
    if behind is not None and bleed > 0 and behind.shape == paper.shape:
        ghost = cv2.GaussianBlur(behind[:, ::-1].mean(axis=2), (0, 0), 2.2 * dpi / 200)
        paper = paper * (1 - bleed * (1 - ghost))[:, :, None].astype(np.float32)
    light = ink + (white - ink) * paper
    sigma = _between(rng, quality.blur) * dpi / 200
    light = cv2.GaussianBlur(light, (0, 0), sigma)
    loss, direction = _between(rng, quality.gradient), float(rng.uniform(0, 2 * np.pi))
    if loss:
        ramp_x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.float32(np.cos(direction))
        ramp_y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * np.float32(np.sin(direction))
        light = light * (1 - loss * (0.5 + (ramp_x + ramp_y) / 2.83))[:, :, None]
    noise = _between(rng, quality.noise)
    if not colour or quality.one_bit:
        grey = light @ np.array([0.299, 0.587, 0.114], np.float32)
        light = np.repeat(grey[:, :, None], 3, axis=2)
    if noise:
        # sensors blur their own noise a little; after the blur the deviation is restored
        grain = cv2.GaussianBlur(rng.standard_normal((height, width), dtype=np.float32), (0, 0), 0.6)
        light = light + (grain / grain.std() * noise / 255)[:, :, None]
    image = np.clip(light * 255 + 0.5, 0, 255).astype(np.uint8)
    if quality.one_bit:
        return one_bit(image, rng), 80
    level = int(rng.integers(quality.jpeg[0], quality.jpeg[1] + 1))
    return jpeg(image, level), level


def one_bit(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Threshold as a fax does, and lose or add a few specks."""
    grey = image[:, :, 0]
    bits = np.where(grey > int(rng.integers(125, 165)), 255, 0).astype(np.uint8)
    specks = rng.random(bits.shape, dtype=np.float32)
    bits[specks < 0.0006] = 0
    bits[specks > 0.9994] = 255
    return np.repeat(bits[:, :, None], 3, axis=2)
