"""A layout as a Word document: header and close as tables without borders, as offices make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from corpus.layout import Close, Header, Layout, PageBreak, Paragraph, Run, Table
from corpus.render.encode import Legacy, encode, needs_capitals_font

ALIGNMENT = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FIXED_TIME = (2020, 1, 1, 0, 0, 0)  # of every member of the package: the same layout gives the same bytes


class _Writer:
    def __init__(self, layout: Layout, encoding: Legacy | None) -> None:
        self._layout = layout
        self._encoding = encoding
        self.document: Any = Document()
        self._page(landscape=False, section=self.document.sections[0])

    def _page(self, landscape: bool, section: Any) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        long, short = Mm(297), Mm(210)
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)

    def _pieces(self, run: Run) -> Iterator[tuple[str, str]]:
        """Yield text as stored and its font; TCVN3 has capitals with tones only in the capitals fonts."""
        if self._encoding is None:
            yield run.text, "Times New Roman" if self._layout.font == "serif" else "Arial"
        elif self._encoding != "tcvn3":
            yield encode(run.text, self._encoding), "VNI-Times"
        elif run.text.isupper():
            yield encode(run.text, "tcvn3"), ".VnTimeH"
        else:
            for toned, chars in groupby(run.text, key=needs_capitals_font):
                yield encode("".join(chars), "tcvn3"), ".VnTimeH" if toned else ".VnTime"

    def _fill(self, target: Any, paragraph: Paragraph, size: float, flat: bool = False) -> None:
        target.alignment = ALIGNMENT[paragraph.align]
        form = target.paragraph_format
        form.space_after = Pt(0)
        form.space_before = Pt(0 if flat else paragraph.space_before)
        if not flat and paragraph.align in ("justify", "left"):
            form.first_line_indent = Cm(paragraph.first_indent)
            form.left_indent = Cm(paragraph.left_indent)
        for run in paragraph.runs:
            for text, name in self._pieces(run):
                written = target.add_run(text)
                written.bold, written.italic = run.bold or None, run.italic or None
                written.font.size = Pt(size)
                written.font.name = name
                written._element.rPr.rFonts.set(qn("w:cs"), name)

    def _cell(self, cell: Any, paragraphs: Sequence[Paragraph], sizes: Sequence[float]) -> None:
        for i, (paragraph, size) in enumerate(zip(paragraphs, sizes, strict=True)):
            self._fill(cell.paragraphs[0] if i == 0 else cell.add_paragraph(), paragraph, size, flat=True)

    def write(self) -> None:
        """Write every block."""
        for block in self._layout.blocks:
            match block:
                case Header():
                    self._header(block)
                case Paragraph():
                    self._fill(self.document.add_paragraph(), block, self._layout.size)
                case Table():
                    self._table(block)
                case Close():
                    table = self.document.add_table(rows=1, cols=2)
                    sizes = [12.0 if i == 0 else 11.0 for i in range(len(block.recipients))]
                    self._cell(table.cell(0, 0), block.recipients, sizes)
                    signature = list(block.signature)
                    if len(signature) > 1:  # the room for the signature is typed as empty lines
                        signature[-1:-1] = [Paragraph((Run(""),), align="center")] * 4
                    self._cell(table.cell(0, 1), signature, [self._layout.size] * len(signature))
                case PageBreak():
                    self._page(block.landscape, self.document.add_section())

    def _header(self, block: Header) -> None:
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for cell, width in zip(table.rows[0].cells, (Cm(6.6), Cm(9.9)), strict=True):
            cell.width = width
        self._cell(table.cell(0, 0), block.left, [13.0] * len(block.left))
        self._cell(table.cell(0, 1), block.right, [13.0] * len(block.right))
        self.document.add_paragraph()

    def _table(self, block: Table) -> None:
        columns = max(len(row) for row in block.rows)
        table = self.document.add_table(rows=0, cols=columns, style="Table Grid")
        for number, row in enumerate(block.rows):
            header = number < block.header_rows
            for cell, text in zip(table.add_row().cells, row, strict=False):
                align = "center" if header else "left"
                self._cell(cell, [Paragraph((Run(text, bold=header),), align=align)], [12.0])  # type: ignore[arg-type]


def render_docx(layout: Layout, encoding: Legacy | None = None) -> bytes:
    """Return *layout* as DOCX; with *encoding*, its runs are legacy text in a legacy font."""
    writer = _Writer(layout, encoding)
    writer.write()
    raw = io.BytesIO()
    writer.document.save(raw)
    target = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, source.read(name))
    return target.getvalue()
