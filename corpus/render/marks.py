"""What people put on paper after printing: seals, signatures, stamps; each as a layer of ink.

A layer is an opacity between 0 and 1 for each pixel and a colour; laying it on multiplies the paper, as ink
does, so black letters under a red seal stay black.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.render.fonts import font_path
from corpus.render.pen import StrokePen, smooth

Opacity = NDArray[np.floating]  # (height, width), 0..1
Paper = NDArray[np.floating]  # (height, width, 3), 0..1
Colour = tuple[float, float, float]

RED: Colour = (0.9, 0.1, 0.12)
BLUE: Colour = (0.10, 0.16, 0.62)
VIOLET: Colour = (0.36, 0.16, 0.55)
MM_PER_INCH = 25.4


def lay_ink(paper: Paper, opacity: Opacity, colour: Colour, left: int, top: int) -> None:
    """Multiply *paper* with ink, in place; what lies off the page is cut."""
    height, width = paper.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + opacity.shape[1], width), min(top + opacity.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return
    part = opacity[y0 - top : y1 - top, x0 - left : x1 - left, None]
    paper[y0:y1, x0:x1] *= 1 - part * (1 - np.asarray(colour, np.float32))


def _worn(opacity: Opacity, rng: np.random.Generator, wear: float) -> Opacity:
    """Make ink uneven: pressure differs over the stamp, and the paper's grain shows."""
    height, width = opacity.shape
    coarse = rng.random((6, 6), dtype=np.float32)
    pressure = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(rng.random((height, width), dtype=np.float32), (0, 0), 0.8)
    strength = 1 - wear * np.clip(pressure, 0, 1) - 1.2 * wear * np.abs(grain - 0.5)
    return np.asarray(opacity * np.clip(strength, 0, 1), np.float32)


def _opacity(image: Image.Image, size: tuple[int, int]) -> Opacity:
    small = image.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(small, np.float32) / 255


def _rotated(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True)


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for i in range(10):
        r = radius if i % 2 == 0 else radius * 0.4
        points.append((x + r * sin(i * pi / 5), y - r * cos(i * pi / 5)))
    draw.polygon(points, fill=255)


def seal(texts: Sequence[str], dpi: int, rng: np.random.Generator, diameter_mm: float = 36.0) -> Opacity:
    """Return a round seal: double outer ring, the first text around the top, a star, the last in the middle."""
    scale = 3
    size = round(diameter_mm / MM_PER_INCH * dpi)
    edge = size * scale
    image = Image.new("L", (edge, edge), 0)
    draw = ImageDraw.Draw(image)
    middle, radius = edge / 2, edge / 2 - 2
    for outer, width in ((1.0, 0.05), (0.93, 0.018), (0.62, 0.02)):
        r = radius * outer
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=max(1, int(radius * width)))
    ring = " ".join(texts[0].upper().split()) if texts else ""
    font = ImageFont.truetype(str(font_path("sans", bold=True)), int(radius * 0.22))
    span = min(290.0, 13.0 * max(len(ring), 1))
    step = span / max(len(ring) - 1, 1)
    for i, char in enumerate(ring):
        angle = -span / 2 + i * step
        glyph = Image.new("L", (int(radius * 0.4), int(radius * 0.4)), 0)
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), char, fill=255, font=font, anchor="mm")
        glyph = _rotated(glyph, -angle)
        x = middle + 0.775 * radius * sin(angle * pi / 180) - glyph.width / 2
        y = middle - 0.775 * radius * cos(angle * pi / 180) - glyph.height / 2
        image.paste(255, (int(x), int(y)), glyph)
    _star(draw, middle, middle + 0.775 * radius, radius * 0.1)
    centre = " ".join(texts[-1].upper().split()) if len(texts) > 1 else ""
    if centre:
        words = centre.split()
        rows = [" ".join(words[i : i + 2]) for i in range(0, len(words), 2)][:3]
        inner = ImageFont.truetype(str(font_path("sans", bold=True)), int(radius * 0.19))
        for i, row in enumerate(rows):
            y = middle + (i - (len(rows) - 1) / 2) * radius * 0.24
            draw.text((middle, y), row, fill=255, font=inner, anchor="mm")
    else:
        _star(draw, middle, middle, radius * 0.4)
    turned = image.rotate(float(rng.normal(0, 6)), Image.Resampling.BICUBIC)
    return _worn(_opacity(turned, (size, size)), rng, 0.25)


def signature(width: int, height: int, rng: np.random.Generator) -> Opacity:
    """Return a scrawl of loops with a long flourish, as officials sign."""
    scale = 2
    image = Image.new("L", (width * scale, height * scale), 0)
    draw = ImageDraw.Draw(image)
    points: list[tuple[float, float]] = [(0.02, 0.6)]
    loops = int(rng.integers(3, 6))
    x = 0.08
    for _ in range(loops):
        x += float(rng.uniform(0.4, 0.75)) / loops
        points.append((x + float(rng.normal(0, 0.05)), float(rng.uniform(0.02, 0.35))))
        points.append((x - float(rng.uniform(0.0, 0.12)), float(rng.uniform(0.6, 0.98))))
    points += [(x + 0.1, 0.5), (0.99, float(rng.uniform(0.1, 0.4))), (0.6, float(rng.uniform(0.6, 0.8)))]
    curve = smooth(tuple(points), steps=14)
    base = max(2.0, height * scale * 0.016)
    for i in range(len(curve) - 1):
        (ax, ay), (bx, by) = curve[i], curve[i + 1]
        pace = abs(bx - ax) + abs(by - ay)  # a fast pen leaves a thin line
        pen_width = max(1, round(base * (1.5 - min(pace * 12, 1.0))))
        draw.line((ax * image.width, ay * image.height, bx * image.width, by * image.height), fill=235, width=pen_width)
    return _opacity(image, (width, height))


def incoming_stamp(office: str, number: str, day: str, dpi: int, rng: np.random.Generator) -> Opacity:
    """Return the box of incoming mail: office, ĐẾN, number and day filled in by hand, Chuyển."""
    scale = 2
    width, height = round(48 / MM_PER_INCH * dpi) * scale, round(24 / MM_PER_INCH * dpi) * scale
    image = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(image)
    line = max(2, scale * dpi // 90)
    draw.rectangle((line, line, width - line, height - line), outline=255, width=line)
    bold = ImageFont.truetype(str(font_path("serif", bold=True)), round(height * 0.17))
    plain = ImageFont.truetype(str(font_path("serif")), round(height * 0.16))
    top = ImageFont.truetype(str(font_path("serif", bold=True)), round(height * 0.13))
    draw.text((width / 2, height * 0.14), office.upper()[:34], fill=255, font=top, anchor="mm")
    draw.text((width * 0.14, height * 0.5), "ĐẾN", fill=255, font=bold, anchor="mm")
    pen = StrokePen(int(rng.integers(1 << 30)))
    for row, (label, value) in enumerate((("Số:", number), ("Ngày:", day), ("Chuyển:", ""))):
        y = height * (0.38 + 0.22 * row)
        draw.text((width * 0.29, y), label + " ............................", fill=255, font=plain, anchor="lm")
        x0, size = width * 0.48, height * 0.17
        for stroke in pen.strokes("".join(c for c in value if pen.can_write(c)), size):
            draw.line([(x0 + px, y + height * 0.05 + py) for px, py in stroke], fill=255, width=max(2, line))
    turned = _rotated(image, float(rng.normal(0, 1.5)))
    return _worn(_opacity(turned, (turned.width // scale, turned.height // scale)), rng, 0.3)


def word_stamp(text: str, dpi: int, rng: np.random.Generator) -> Opacity:
    """Return a framed word, such as HỎA TỐC or BẢN SAO."""
    scale = 2
    font = ImageFont.truetype(str(font_path("sans", bold=True)), round(5.5 / MM_PER_INCH * dpi) * scale)
    left, top, right, bottom = font.getbbox(text)
    pad = round(2 / MM_PER_INCH * dpi) * scale
    image = Image.new("L", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), 0)
    draw = ImageDraw.Draw(image)
    line = max(2, dpi // 50)
    draw.rectangle((line, line, image.width - line - 1, image.height - line - 1), outline=255, width=line)
    draw.text((image.width / 2, image.height / 2), text, fill=255, font=font, anchor="mm")
    turned = _rotated(image, float(rng.normal(0, 2)))
    return _worn(_opacity(turned, (turned.width // scale, turned.height // scale)), rng, 0.35)
