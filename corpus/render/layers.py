"""Text layers that are not what the page says, and PDFs put together from others.

`garbled_layer` reads the page images with the English model and lays the result invisibly over them, as OCR
run with the wrong language leaves it; `stamp_layer` writes only what a signing program stamps; `legacy_layer`
makes a born-digital PDF whose letters look right and copy as a legacy encoding.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pikepdf
import pytesseract
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.layout import Layout
from corpus.render.encode import Legacy, encode, needs_capitals_font
from corpus.render.fonts import CAPITALS, capitals_font, font_for, text_width
from corpus.render.images import Coding, images_to_pdf, save_pdf
from corpus.render.lines import Glyphs, SetLine
from corpus.render.pdf import RenderedPage, sheets_to_pdf
from corpus.render.typeset import typeset

FONT_NAMES: dict[Legacy, str] = {"tcvn3": ".VnTime", "vni": "VNI-Times", "viqr": "Times"}


def _overlay(under: pikepdf.Pdf, over: pikepdf.Pdf, index: int) -> None:
    """Draw the first page of *over* on a page of *under*; `Page.add_overlay` would draw a random name for it."""
    page = under.pages[index]
    form = under.copy_foreign(over.pages[0].as_form_xobject())
    page.Resources.XObject[pikepdf.Name("/Layer")] = form
    page.contents_add(under.make_stream(b"q /Layer Do Q"))


def garbled_layer(pages: Sequence[RenderedPage], language: str = "eng", coding: Coding = "jpeg") -> bytes:
    """Return a scan whose invisible text layer was read with the model of another language.

    Raises:
        pytesseract.TesseractError: the language is not installed.
    """
    pdf = pikepdf.Pdf.open(io.BytesIO(images_to_pdf(pages, coding)))
    overs: list[pikepdf.Pdf] = []
    for i, page in enumerate(pages):
        options = f"--dpi {page.dpi} --psm 3 -c textonly_pdf=1"
        layer = pytesseract.image_to_pdf_or_hocr(
            Image.fromarray(page.image), lang=language, config=options, extension="pdf"
        )
        overs.append(pikepdf.Pdf.open(io.BytesIO(layer)))  # stays open: its objects are copied when saving
        _overlay(pdf, overs[-1], i)
    return save_pdf(pdf)


def stamp_layer(scan: bytes, rows: Sequence[str]) -> bytes:
    """Return *scan* with a visible block of text at the top right of its first page, and no other text."""
    pdf = pikepdf.Pdf.open(io.BytesIO(scan))
    x0, y0, x1, y1 = (float(value) for value in pdf.pages[0].mediabox)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(x1 - x0, y1 - y0), invariant=1)
    for i, row in enumerate(rows):
        canvas.setFont(font_for("ế", "sans", False, False), 6.5)
        canvas.drawString(x1 - x0 - 190, y1 - y0 - 14 - 8 * i, row)
    canvas.save()
    with pikepdf.Pdf.open(io.BytesIO(target.getvalue())) as over:
        _overlay(pdf, over, 0)
        return save_pdf(pdf)


def _in_two_fonts(line: SetLine) -> SetLine:
    """Set what TCVN3 can only write in a capitals font in a font of its own."""
    parts: list[Glyphs] = []
    for part in line.parts:
        if part.font is None:
            parts.append(part)
            continue
        x = part.x
        whole = part.text.isupper()
        for toned, chars in groupby(part.text, key=lambda char: whole or needs_capitals_font(char)):
            text = "".join(chars)
            width = text_width(text, part.font, part.size)
            font = capitals_font(part.font) if toned else part.font
            parts.append(Glyphs(text, font, part.size, x, width))
            x += width
    return replace(line, parts=tuple(parts))


def legacy_layer(layout: Layout, encoding: Legacy) -> bytes:
    """Return a born-digital PDF whose text layer holds *encoding*, as pages set in its fonts do."""
    sheets = typeset(layout)
    if encoding == "tcvn3":
        for sheet in sheets:
            sheet.placed = [replace(item, line=_in_two_fonts(item.line)) for item in sheet.placed]
    pdf = pikepdf.Pdf.open(io.BytesIO(sheets_to_pdf(sheets)))
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or "/ToUnicode" not in thing:
            continue
        cmap = thing.ToUnicode.read_bytes().decode("latin-1")
        thing.ToUnicode = pdf.make_stream(_recoded(cmap, encoding).encode("latin-1"))
        subset, _, family = str(thing.BaseFont).lstrip("/").partition("+")
        capitals = "H" if family.endswith(CAPITALS) else ""
        name = pikepdf.Name(f"/{subset}+{FONT_NAMES[encoding]}{capitals}")
        thing.BaseFont = name
        thing.FontDescriptor.FontName = name
    return save_pdf(pdf)


def _recoded(cmap: str, encoding: Legacy) -> str:
    r"""Return a ToUnicode map of single characters with its targets in a legacy encoding.

    >>> print(_recoded("2 beginbfchar\n<01> <1EBF>\n<02> <0061>\nendbfchar", "tcvn3"))
    2 beginbfchar
    <01> <00D5>
    <02> <0061>
    endbfchar
    """

    def surface(match: re.Match[str]) -> str:
        text = bytes.fromhex(match[2]).decode("utf-16-be")
        seen = encode(text, encoding).replace("\u00ad", "\u2212")
        return f"{match[1]}<{seen.encode('utf-16-be').hex().upper()}>"

    # 0xAD, the code of "ư", is a soft hyphen in Western fonts, and PDF writers put a minus sign there
    return re.sub(r"(?m)^(<[0-9A-Fa-f]{2}> )<((?:[0-9A-Fa-f]{4})+)>$", surface, cmap)


def mixed(digital: bytes, scan: bytes, digital_pages: Sequence[int]) -> bytes:
    """Return *scan* with the pages *digital_pages* (from 1) taken from *digital* instead."""
    with pikepdf.Pdf.open(io.BytesIO(digital)) as first, pikepdf.Pdf.open(io.BytesIO(scan)) as second:
        pdf = pikepdf.new()
        for i in range(len(second.pages)):
            pdf.pages.append(first.pages[i] if i + 1 in digital_pages else second.pages[i])
        return save_pdf(pdf)


def encrypted(document: bytes, password: str = "mat-khau") -> bytes:
    """Return *document* so that it opens only with *password*."""
    pdf = pikepdf.Pdf.open(io.BytesIO(document))
    target = io.BytesIO()
    # RC4 needs no random start value, so the bytes are the same each time
    code = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
    pdf.save(target, encryption=code, static_id=True)
    return target.getvalue()
