"""A layout becomes pages by Nghị định 30/2020/NĐ-CP: what is drawn where, and the true text line by line.

A4, margins of 20, 20, 30 and 15 mm; issuing body left and quốc hiệu right, each ruled below; bold centred
title; justified body; recipients left of the signature; page numbers in the middle of the top from page 2.
All lengths are PDF points, y from the top of the page downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.layout import Close, Header, Layout, PageBreak, Paragraph, Run, Table
from corpus.render.lines import SetLine, Type, break_lines
from corpus.render.pen import Pen
from pipeline.data import BBox, Zone

MM = 72 / 25.4
CM = 72 / 2.54
A4 = (595.28, 841.89)
TOP, BOTTOM, LEFT, RIGHT = 20 * MM, 20 * MM, 30 * MM, 15 * MM
ASCENT = 0.89  # of the type size, above the baseline
GAP_BEFORE_NAME = 66.0  # room for the signature and the seal
CELL_PAD = 4.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A set line on the page: left end of its baseline."""

    line: SetLine
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class TruthLine:
    """A line as printed, or a row of a table (cells parted by tabs), with its zone and box."""

    zone: Zone
    text: str
    bbox: BBox


@dataclass(slots=True)
class Sheet:
    """One page while it is being filled."""

    width: float
    height: float
    placed: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    lines: list[TruthLine] = field(default_factory=list)


def _boxed(line: SetLine, x: float, baseline: float) -> BBox:
    return (
        round(x, 2),
        round(baseline - ASCENT * line.size, 2),
        round(x + line.width, 2),
        round(baseline + 0.22 * line.size, 2),
    )


def _is_dashes(text: str) -> bool:
    """Tell whether a paragraph is a typed rule ("-------", "*", "***").

    >>> _is_dashes("*"), _is_dashes("-----"), _is_dashes("- Lưu: VT")
    (True, True, False)
    """
    return bool(text.strip()) and set(text) <= set(" *-_–—=.")


def _heading_length(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many paragraphs of a header column stand above its rule: all up to the last bold one."""
    bold = [i for i, p in enumerate(paragraphs) if any(run.bold for run in p.runs) or _is_dashes(p.text)]
    if bold:
        return bold[-1] + 1
    return max(len(paragraphs) - 1, 1)


class Typesetter:
    """Fills sheets block by block."""

    def __init__(self, layout: Layout, pen: Pen | None, page_numbers: bool) -> None:
        self._layout = layout
        self._pen = pen
        self._numbered = page_numbers
        self.sheets: list[Sheet] = []
        self._start_page(landscape=False)

    # pages

    def _start_page(self, landscape: bool) -> None:
        width, height = A4[::-1] if landscape else A4
        self._sheet = Sheet(width, height)
        self._landscape = landscape
        self.sheets.append(self._sheet)
        self._y = TOP
        self._left = LEFT if not landscape else BOTTOM
        self._column = width - self._left - (RIGHT if not landscape else BOTTOM)
        if self._numbered and len(self.sheets) > 1:
            (line,) = break_lines((Run(str(len(self.sheets))),), self._type(13.0), width, "center")
            self._put(line, 0.0, 11 * MM, "margin")

    def _type(self, size: float) -> Type:
        return Type(self._layout.font, size, self._pen)

    def _room(self) -> float:
        return self._sheet.height - BOTTOM - self._y

    def _put(self, line: SetLine, column_x: float, top: float, zone: Zone, truth: bool = True) -> None:
        baseline = top + ASCENT * line.size + (line.pitch - 1.11 * line.size) / 2
        x = column_x + line.x
        if line.parts:
            self._sheet.placed.append(Placed(line, x, baseline))
        if truth and line.text:
            self._sheet.lines.append(TruthLine(zone, line.text, _boxed(line, x, baseline)))

    # blocks

    def fill(self) -> None:
        """Set every block."""
        heading = False  # between a header (or a new page) and the first paragraph of the body
        for block in self._layout.blocks:
            match block:
                case Header():
                    self._header(block)
                    heading = True
                case Paragraph():
                    centred = block.align == "center"
                    if heading and not centred:
                        heading = False
                        self._title_rule()
                        self._y += 6.0
                    zone: Zone = "title" if heading and centred else "body"
                    self._paragraph(block, zone)
                case Table():
                    self._table(block)
                case Close():
                    self._close(block)
                case PageBreak():
                    self._start_page(block.landscape)
                    heading = True

    def _title_rule(self) -> None:
        """Draw the short rule under a bold subject, unless dashes were typed there."""
        titles = [line for line in self._sheet.lines if line.zone == "title"]
        if len(titles) > 1 and not _is_dashes(titles[-1].text) and not titles[-1].text.startswith(("(", "Kính")):
            middle, length = self._left + self._column / 2, 0.18 * self._column
            self._sheet.rules.append(Rule(middle - length / 2, self._y + 3, middle + length / 2, self._y + 3))

    def _paragraph(self, block: Paragraph, zone: Zone) -> None:
        size = self._layout.size
        first = block.first_indent * CM if block.align in ("justify", "left") else 0.0
        lines = break_lines(
            block.runs, self._type(size), self._column, block.align, first=first, left=block.left_indent * CM
        )
        self._y += block.space_before
        for i, line in enumerate(lines):
            rest = len(lines) - i
            orphan = i == 0 and rest > 1 and self._room() < 2 * line.pitch  # never one line alone below
            if self._room() < line.pitch or orphan:
                self._start_page(self._landscape)
            self._put(line, self._left, self._y, zone)
            self._y += line.pitch

    def _stack(
        self, paragraphs: Sequence[Paragraph], x: float, width: float, sizes: Sequence[float]
    ) -> tuple[list[tuple[SetLine, float, float]], float]:
        """Set paragraphs one under another: (line, x, y from the top of the stack), and the height."""
        placed: list[tuple[SetLine, float, float]] = []
        y = 0.0
        for paragraph, size in zip(paragraphs, sizes, strict=True):
            first = paragraph.first_indent * CM if paragraph.align == "justify" else 0.0
            left = paragraph.left_indent * CM
            if paragraph.align == "justify" and width < 0.7 * self._column:
                first = 0.0
            y += max(paragraph.space_before - 6.0, 0.0) if placed else 0.0  # 6 is the body's own spacing
            for line in break_lines(paragraph.runs, self._type(size), width, paragraph.align, first, left):
                placed.append((line, x, y))
                y += line.pitch
        return placed, y

    def _header(self, block: Header) -> None:
        left_width, gutter = 0.40 * self._column, 0.02 * self._column
        right_x, right_width = self._left + left_width + gutter, self._column - left_width - gutter
        size = 13.0
        names = [p for p in block.right if any(run.bold for run in p.runs)]  # quốc hiệu, tiêu ngữ: never broken
        while size > 9.0 and any(len(break_lines(p.runs, self._type(size), right_width)) > 1 for p in names):
            size -= 0.5
        # the columns of a Word table: names over rules in the first row, number and date in the second
        bottom = self._y
        for paragraphs, x, width, zone in (
            (block.left, self._left, left_width, "header_left"),
            (block.right, right_x, right_width, "header_right"),
        ):
            head = paragraphs[: _heading_length(paragraphs)]
            placed, height = self._stack([_flat(p) for p in head], x, width, [size] * len(head))
            for line, line_x, y in placed:
                self._put(line, line_x, self._y + y, zone)  # type: ignore[arg-type]
            if placed and not _is_dashes(head[-1].text):
                line = placed[-1][0]
                length = line.width * (0.5 if zone == "header_left" else 0.98)
                middle = x + line.x + line.width / 2
                rule_y = self._y + height + 2.0
                self._sheet.rules.append(Rule(middle - length / 2, rule_y, middle + length / 2, rule_y))
            bottom = max(bottom, self._y + height + 4.0)
        second_top = bottom + 6.0
        bottom = second_top
        for paragraphs, x, width, zone in (
            (block.left, self._left, left_width, "header_left"),
            (block.right, right_x, right_width, "header_right"),
        ):
            rest = paragraphs[_heading_length(paragraphs) :]
            placed, height = self._stack([_flat(p) for p in rest], x, width, [size] * len(rest))
            for line, line_x, y in placed:
                self._put(line, line_x, second_top + y, zone)  # type: ignore[arg-type]
            bottom = max(bottom, second_top + height)
        order = {"header_left": 0, "header_right": 1}
        head_lines = [line for line in self._sheet.lines if line.zone in order]
        others = [line for line in self._sheet.lines if line.zone not in order]
        self._sheet.lines = others + sorted(head_lines, key=lambda line: order[line.zone])
        self._y = bottom + 10.0

    def _close(self, block: Close) -> None:
        left_width = 0.46 * self._column
        right_x, right_width = self._left + 0.48 * self._column, 0.52 * self._column
        heads = [12.0 if i == 0 else 11.0 for i in range(len(block.recipients))]
        recipients, left_height = self._stack([_flat(p) for p in block.recipients], self._left, left_width, heads)
        size = min(self._layout.size, 14.0)
        signature = [_flat(p) for p in block.signature]
        name = signature[-1:] if len(signature) > 1 else []
        title = signature[: len(signature) - len(name)]
        signed, title_height = self._stack(title, right_x, right_width, [size] * len(title))
        named, name_height = self._stack(name, right_x, right_width, [size] * len(name))
        gap = GAP_BEFORE_NAME if name else 0.0
        height = max(left_height, title_height + gap + name_height)
        self._y += 10.0
        if self._room() < height and height < self._sheet.height - TOP - BOTTOM:
            self._start_page(self._landscape)
        for line, x, y in recipients:
            self._put(line, x, self._y + y, "recipients")
        for line, x, y in signed:
            self._put(line, x, self._y + y, "signature")
        for line, x, y in named:
            self._put(line, x, self._y + title_height + gap + y, "signature")
        self._y += height

    # tables

    def _table(self, block: Table) -> None:
        kind = self._type(min(self._layout.size - 1, 12.0) if self._landscape else min(self._layout.size - 1, 13.0))
        widths = self._column_widths(block, kind)
        self._y += 6.0
        for number, row in enumerate(block.rows):
            header = number < block.header_rows
            cells: list[list[SetLine]] = []
            for column, text in enumerate(row):
                align = "center" if header or _is_short(block, column) else "left"
                runs = (Run(text, bold=header),)
                cells.append(break_lines(runs, kind, widths[column] - 2 * CELL_PAD, align))  # type: ignore[arg-type]
            self._row(cells, widths, "\t".join(" ".join(cell.split()) for cell in row), header)
        self._y += 6.0

    def _row(self, cells: list[list[SetLine]], widths: Sequence[float], text: str, header: bool) -> None:
        pitch = max((line.pitch for cell in cells for line in cell), default=14.0)
        depth = max((len(cell) for cell in cells), default=1)
        full = self._sheet.height - TOP - BOTTOM
        if self._room() < depth * pitch + 6.0 and depth * pitch + 6.0 < full:
            self._start_page(self._landscape)
        done = 0
        while done < depth:
            fit = max(1, min(depth - done, int((self._room() - 6.0) // pitch)))
            height = fit * pitch + 6.0
            x = self._left
            for cell, width in zip(cells, widths, strict=True):
                part = cell[done : done + fit]
                offset = (height - len(part) * pitch) / 2 if header else 3.0
                for i, line in enumerate(part):
                    self._put(line, x + CELL_PAD, self._y + offset + i * pitch, "table", truth=False)
                x += width
            self._rules(widths, height)
            if done == 0:
                box = (self._left, self._y, self._left + sum(widths), self._y + height)
                self._sheet.lines.append(TruthLine("table", text, tuple(round(v, 2) for v in box)))  # type: ignore[arg-type]
            self._y += height
            done += fit
            if done < depth:
                self._start_page(self._landscape)

    def _rules(self, widths: Sequence[float], height: float) -> None:
        right = self._left + sum(widths)
        for y in (self._y, self._y + height):
            self._sheet.rules.append(Rule(self._left, y, right, y))
        x = self._left
        for width in (*widths, 0.0):
            self._sheet.rules.append(Rule(x, self._y, x, self._y + height))
            x += width

    def _column_widths(self, block: Table, kind: Type) -> list[float]:
        """Return widths that fill the column: given shares, or by content with no word cut."""
        columns = max(len(row) for row in block.rows)
        if block.widths:
            return [share / sum(block.widths) * self._column for share in block.widths]
        least, natural = [0.0] * columns, [0.0] * columns
        for number, row in enumerate(block.rows):
            for i, text in enumerate(row):
                bold = number < block.header_rows
                lines = break_lines((Run(text, bold=bold),), kind, 1e6)
                natural[i] = max([natural[i], *(line.width + 2 * CELL_PAD + 1 for line in lines)])
                for word in text.split():
                    (line,) = break_lines((Run(word, bold=bold),), kind, 1e6)
                    least[i] = max(least[i], line.width + 2 * CELL_PAD + 1)
        spare = self._column - sum(least)
        if spare <= 0:
            return [width / sum(least) * self._column for width in least]
        wanted = [max(n - m, 0.01) ** 0.7 for n, m in zip(natural, least, strict=True)]
        return [m + spare * w / sum(wanted) for m, w in zip(least, wanted, strict=True)]


def _is_short(block: Table, column: int) -> bool:
    """Tell whether a column holds only numbers and the like, which offices centre."""
    texts = [row[column] for row in block.rows[block.header_rows :] if column < len(row)]
    return bool(texts) and max(len(text) for text in texts) <= 6


def _flat(paragraph: Paragraph) -> Paragraph:
    """Drop the body's first-line indent, which no header or close has."""
    return replace(paragraph, first_indent=0.0, align="left" if paragraph.align == "justify" else paragraph.align)


def typeset(layout: Layout, pen: Pen | None = None, page_numbers: bool = True) -> tuple[Sheet, ...]:
    """Set *layout*; blanks marked as handwritten are written by *pen*, or typed when it is None.

    Raises:
        GlyphError: a character is in no installed font.
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    setter = Typesetter(layout, pen, page_numbers)
    setter.fill()
    return tuple(setter.sheets)
