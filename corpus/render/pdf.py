"""Pages that have been set become a born-digital PDF, or images with the truth of every line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.layout import Layout
from corpus.render.fonts import font_for
from corpus.render.lines import Glyphs
from corpus.render.pen import Pen
from corpus.render.typeset import Placed, Sheet, TruthLine, typeset

RGBImage = NDArray[np.uint8]  # (height, width, 3)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page image, (height, width, 3) RGB, with its true lines in reading order (boxes in points)."""

    image: RGBImage
    lines: tuple[TruthLine, ...]
    dpi: int
    quality: int = 75  # of JPEG, where it is coded so
    turned: int = 0  # degrees clockwise that the image was turned after the boxes were taken


def _draw_pen(canvas: Canvas, pen: Pen, part: Glyphs, x: float, y: float) -> None:
    """Draw handwriting whose baseline starts at (x, y), y upwards."""
    red, green, blue = pen.ink
    canvas.saveState()
    canvas.setStrokeColorRGB(red, green, blue)
    canvas.setLineWidth(pen.line_width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in pen.strokes(part.text, part.size):
        path = canvas.beginPath()
        path.moveTo(x + stroke[0][0], y - stroke[0][1])
        for px, py in stroke[1:]:
            path.lineTo(x + px, y - py)
        canvas.drawPath(path)
    for (left, top), edge, pixels in pen.rasters(part.text, part.size):
        alpha = Image.fromarray(pixels).resize((112, 112), Image.Resampling.BICUBIC)
        tint = Image.new("RGB", alpha.size, (round(255 * red), round(255 * green), round(255 * blue)))
        tint.putalpha(alpha)
        canvas.drawImage(ImageReader(tint), x + left, y - top - edge, edge, edge, mask="auto")
    canvas.restoreState()


def _draw_line(canvas: Canvas, item: Placed, height: float, pen: Pen | None) -> None:
    y = height - item.baseline
    parts = item.line.parts
    for i, part in enumerate(parts):
        x = item.x + part.x
        if part.font is None:
            assert pen is not None
            _draw_pen(canvas, pen, part, x, y)
            continue
        # a real space after each word, as Word writes it: text extraction must not have to guess
        gap = parts[i + 1].x - part.x - part.width if i + 1 < len(parts) else 0.0
        canvas.setFont(part.font, part.size)
        canvas.drawString(x, y, part.text + (" " if gap > 0.5 else ""))


def sheets_to_pdf(sheets: Sequence[Sheet], pen: Pen | None = None, title: str = "") -> bytes:
    """Return a PDF of *sheets*; the same sheets give the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setProducer("kehoach corpus")
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for rule in sheet.rules:
            canvas.setLineWidth(rule.width)
            canvas.line(rule.x0, sheet.height - rule.y0, rule.x1, sheet.height - rule.y1)
        for item in sheet.placed:
            _draw_line(canvas, item, sheet.height, pen)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def rasterize(document: bytes, dpi: int) -> list[RGBImage]:
    """Return the pages of a PDF as RGB images."""
    pdf = pdfium.PdfDocument(document)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")).copy() for page in pdf]
    finally:
        pdf.close()


def render_pdf(layout: Layout, pen: Pen | None = None, page_numbers: bool = True) -> bytes:
    """Return *layout* as a born-digital PDF with embedded fonts.

    With *pen*, what is marked as handwritten is drawn as strokes and is not in the text layer.

    Raises:
        GlyphError: a character is in no installed font.
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    return sheets_to_pdf(typeset(layout, pen, page_numbers), pen)


def render_pages(
    layout: Layout, dpi: int = 200, pen: Pen | None = None, page_numbers: bool = True
) -> list[RenderedPage]:
    """Return the pages of *layout* as clean images with the truth of every line.

    Raises:
        GlyphError: a character is in no installed font.
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    sheets = typeset(layout, pen, page_numbers)
    images = rasterize(sheets_to_pdf(sheets, pen), dpi)
    return [RenderedPage(image, tuple(sheet.lines), dpi) for image, sheet in zip(images, sheets, strict=True)]


def check_glyphs(texts: Iterable[str]) -> str:
    """Return the characters of *texts* that no installed font has, sorted."""
    from corpus.render.fonts import GlyphError

    missing = set()
    for char in set("".join(texts)) - set("\n\t\f "):
        try:
            font_for(char, "serif", False, False)
        except GlyphError:
            missing.add(char)
    return "".join(sorted(missing))
