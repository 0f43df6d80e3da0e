"""Word documents (DOCX): body, tables, lists, text boxes and notes in reading order, legacy fonts a run.

A document has no pages before it is laid out; those it parts itself (page breaks, sections that start a page) are
its pages here.
"""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.parser import parse_xml

from pipeline.data import Line, Page, Zone
from pipeline.lexicon.encodings import convert_runs
from pipeline.lexicon.folding import fold
from pipeline.read.faults import fault
from pipeline.read.landmarks import (
    MOTTO_RE,
    PAGE_NUMBER_RE,
    RECIPIENTS_RE,
    SIGNING_RE,
    letterhead,
)
from pipeline.read.numbering import Numbering, W

log = logging.getLogger(__name__)

MAX_UNPACKED = 300_000_000  # bytes of all parts together
MAX_PARTS = 20_000
MAX_DEPTH = 40  # tables within tables within boxes
_PROLOGUE = 4096  # bytes before the root element
_LOCKED = 1  # flag of a part that needs a password
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError)  # the last: a method of packing that nobody uses
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "sdtPr", "sectPr")
}
_LEFT_OUT |= {f"{_MC}Fallback"}
_PAGE = "\f"
_LINE = "\n"


@dataclass(slots=True)
class _Piece:
    """Characters of one font."""

    text: str
    font: str | None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph; its pieces may hold line and page breaks."""

    pieces: list[_Piece] = field(default_factory=list)
    alignment: str = "left"
    zone: Zone = "body"
    boxes: list[list[_Block]] = field(default_factory=list)  # text boxes anchored in it

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Table:
    """A table: rows of cells, each a list of blocks."""

    rows: list[list[list[_Block]]]
    ruled: bool


_Block = _Paragraph | _Table


def read_docx(path: Path) -> Iterator[Page]:
    """Yield the pages of a DOCX.

    Raises:
        InputFileError: ``corrupt``, ``encrypted``, ``too_large`` or ``zero_pages``.
    """
    document = _opened(path)
    builder = _Builder(document)
    blocks = builder.blocks(document.element.body, 0)
    before, after = builder.surroundings()
    encoding = _convert([*before, *blocks, *after])
    lines = [*_margin_lines(before), *_zoned(blocks), *_margin_lines(after)]
    pages = _paged(lines)
    if not any(line.text for page in pages for line in page):
        raise fault("zero_pages", path.name)
    condition = f"legacy:{encoding}" if encoding else None
    for number, page in enumerate(pages, 1):
        yield Page(number, tuple(page), "plain", "Word document", condition=condition)


def _opened(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise fault("too_large", path.name)
            if any(part.flag_bits & _LOCKED for part in parts):
                raise fault("encrypted", path.name)
            if any(part.filename.endswith((".xml", ".rels")) and _has_doctype(package, part) for part in parts):
                raise fault("corrupt", path.name, "a document type, with entities")
        with path.open("rb") as file:
            document = docx.Document(file)
    except (*_BROKEN, PackageNotFoundError, KeyError, ValueError, OSError, SyntaxError, RuntimeError) as error:
        raise fault("corrupt", path.name, type(error).__name__) from error
    if getattr(document.element, "body", None) is None:
        raise fault("corrupt", path.name, "no body")
    return document


def _has_doctype(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part of a package brings a document type: the format forbids it, and entities reach for other files."""
    with package.open(part) as file:
        return b"<!DOCTYPE" in file.read(_PROLOGUE).replace(b"\0", b"")  # in UTF-16 too


class _Builder:
    """Walks the XML of a document; keeps the counters of its lists."""

    def __init__(self, document: Any) -> None:
        self._document = document
        part = document.part
        self._numbering = Numbering(_related(part, "numbering"))
        self._styles = _Styles(_related(part, "styles"))
        self._notes = {
            **_notes(_related(part, "footnotes"), "footnote"),
            **_notes(_related(part, "endnotes"), "endnote"),
        }
        self._noted: list[Any] = []

    def blocks(self, parent: Any, depth: int) -> list[_Block]:
        """Return the paragraphs and tables directly under *parent*, through content controls and the like."""
        if depth > MAX_DEPTH:
            return []
        out: list[_Block] = []
        for child in parent:
            if child.tag == f"{W}p":
                out.append(self.paragraph(child, depth))
            elif child.tag == f"{W}tbl":
                out.append(self._table(child, depth))
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                out += self.blocks(child, depth + 1)
        return out

    def paragraph(self, element: Any, depth: int) -> _Paragraph:
        """Return a paragraph with its list label in front."""
        paragraph = _Paragraph()
        properties = element.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        paragraph.alignment = _value(properties, "jc") or self._styles.alignment(style) or "left"
        if properties is not None and _on(properties.find(f"{W}pageBreakBefore")):
            paragraph.pieces.append(_Piece(_PAGE, None))
        numbered = self._label(properties, style)
        font = self._styles.font(style)
        if numbered:
            paragraph.pieces.append(_Piece(numbered + " ", font))
        self._inline(element, paragraph, style, depth)
        if properties is not None and (section := properties.find(f"{W}sectPr")) is not None:
            kind = section.find(f"{W}type")
            if kind is None or kind.get(f"{W}val") != "continuous":
                paragraph.pieces.append(_Piece(_PAGE, None))
        if not numbered or paragraph.text.strip() != numbered.strip():
            return paragraph
        paragraph.pieces = [piece for piece in paragraph.pieces if piece.text == _PAGE]
        return paragraph

    def _label(self, properties: Any, style: str | None) -> str:
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id, level = _value(own, "numId"), _value(own, "ilvl")
        if list_id is None:
            inherited_id, inherited_level = self._styles.numbering(style)
            list_id, level = inherited_id, level if level is not None else inherited_level
        if list_id is None or list_id == "0":
            return ""
        return self._numbering.label(list_id, int(level) if level and level.isdigit() else 0)

    def _inline(self, parent: Any, paragraph: _Paragraph, style: str | None, depth: int) -> None:
        for child in parent:
            if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
                continue
            if child.tag == f"{W}r":
                self._run(child, paragraph, style, depth)
            elif child.tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                self._inline(choice if choice is not None else child, paragraph, style, depth)
            elif len(child):
                self._inline(child, paragraph, style, depth)

    def _run(self, run: Any, paragraph: _Paragraph, style: str | None, depth: int) -> None:
        properties = run.find(f"{W}rPr")
        run_style = _value(properties, "rStyle")
        if properties is not None and _on(properties.find(f"{W}vanish")):
            return
        font = _font_of(properties) or self._styles.font(run_style) or self._styles.font(style)
        capitals = properties is not None and _on(properties.find(f"{W}caps"))
        capitals = capitals or self._styles.capitals(run_style) or self._styles.capitals(style)
        for child in run.iter() if len(run) else ():
            text = self._character(child, run)
            if text:
                paragraph.pieces.append(_Piece(text.upper() if capitals else text, _symbol_font(child) or font))
            elif child.tag == f"{W}txbxContent" and depth < MAX_DEPTH and not _within_fallback(child, run):
                paragraph.boxes.append(self.blocks(child, depth + 1))

    def _character(self, child: Any, run: Any) -> str:
        """The text of one child of a run; that of text boxes is read as blocks of their own."""
        if child.getparent() is not run:
            return ""
        match child.tag.removeprefix(W):
            case "t":
                return (child.text or "").replace("\n", " ")
            case "tab" | "ptab":
                return "\t"
            case "br":
                return _PAGE if child.get(f"{W}type") == "page" else _LINE
            case "cr":
                return _LINE
            case "noBreakHyphen":
                return "-"
            case "softHyphen":
                return "\u00ad"  # ư in TCVN3
            case "sym":
                code = child.get(f"{W}char", "")
                return chr(int(code, 16)) if len(code) == 4 else ""
            case "footnoteReference" | "endnoteReference":
                note = self._notes.get((child.tag, child.get(f"{W}id", "")))
                if note is not None:
                    self._noted.append(note)
        return ""

    def _table(self, element: Any, depth: int) -> _Table:
        rows: list[list[list[_Block]]] = []
        for row in _below(element, "tr"):
            cells: list[list[_Block]] = []
            for cell in _below(row, "tc"):
                properties = cell.find(f"{W}tcPr")
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                cells.append([] if goes_on else self.blocks(cell, depth + 1))
            if not _deleted_row(row):
                rows.append(cells)
        return _Table(rows, self._is_ruled(element))

    def _is_ruled(self, table: Any) -> bool:
        properties = table.find(f"{W}tblPr")
        borders = properties.find(f"{W}tblBorders") if properties is not None else None
        if borders is None:
            style = _value(properties, "tblStyle")
            return self._styles.ruled(style) or any(
                _draws(cell_borders) for cell_borders in table.iter(f"{W}tcBorders")
            )
        return _draws(borders) or any(_draws(cell_borders) for cell_borders in table.iter(f"{W}tcBorders"))

    def surroundings(self) -> tuple[list[_Block], list[_Block]]:
        """Return the blocks of the page header of the first section, and those of the notes that were met."""
        header: list[_Block] = []
        section = self._document.sections[0] if len(self._document.sections) else None
        if section is not None:
            parts = [section.first_page_header] if section.different_first_page_header_footer else []
            for part in [*parts, section.header]:
                if not part.is_linked_to_previous:
                    header = self.blocks(part._element, 0)
                    break
        notes = [self.paragraph(p, 0) for note in self._noted for p in note.iterfind(f"{W}p")]
        return header, list(notes)


# XML


def _related(part: Any, name: str) -> Any:
    """The root element of the part of type *name*, or None."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + name):
            target = relation.target_part
            element = getattr(target, "element", None)
            if element is not None:
                return element
            try:
                return parse_xml(target.blob)
            except SyntaxError as error:
                log.info("%s of a Word document cannot be read: %s", name, error)
    return None


def _notes(root: Any, kind: str) -> dict[tuple[str, str], Any]:
    if root is None:
        return {}
    return {
        (f"{W}{kind}Reference", note.get(f"{W}id", "")): note
        for note in root.iterfind(f"{W}{kind}")
        if note.get(f"{W}type") in (None, "normal")
    }


def _value(properties: Any, tag: str) -> str | None:
    child = properties.find(f"{W}{tag}") if properties is not None else None
    return None if child is None or child.get(f"{W}val") is None else str(child.get(f"{W}val"))


def _on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _font_of(properties: Any) -> str | None:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    name = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    return str(name) if name else None


def _symbol_font(child: Any) -> str | None:
    return child.get(f"{W}font") if child.tag == f"{W}sym" else None


def _within_fallback(child: Any, run: Any) -> bool:
    for parent in child.iterancestors():
        if parent is run:
            return False
        if parent.tag in (f"{_MC}Fallback", f"{W}txbxContent"):
            return True
    return False


def _below(parent: Any, tag: str) -> Iterator[Any]:
    """Children of *parent* named *tag*, through content controls."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _below(child, tag)


def _deleted_row(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _draws(borders: Any) -> bool:
    sides = [side for side in borders if side.get(f"{W}val") not in (None, "nil", "none")]
    return len(sides) >= 2


class _Styles:
    """Font, alignment, capitals and list of each style, through the styles it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default_font: str | None = None
        self._default_style: str | None = None
        if root is None:
            return
        for style in root.iterfind(f"{W}style"):
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default_style = style.get(f"{W}styleId", "")
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default_font = _font_of(defaults)

    def _chain(self, name: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        name = name or self._default_style
        while name and name not in seen and name in self._styles:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")

    def font(self, name: str | None) -> str | None:
        for style in self._chain(name):
            if font := _font_of(style.find(f"{W}rPr")):
                return font
        return self._default_font

    def alignment(self, name: str | None) -> str | None:
        for style in self._chain(name):
            if alignment := _value(style.find(f"{W}pPr"), "jc"):
                return alignment
        return None

    def capitals(self, name: str | None) -> bool:
        if name is None:
            return False
        for style in self._chain(name):
            properties = style.find(f"{W}rPr")
            if properties is not None and (caps := properties.find(f"{W}caps")) is not None:
                return _on(caps)
        return False

    def numbering(self, name: str | None) -> tuple[str | None, str | None]:
        for style in self._chain(name):
            properties = style.find(f"{W}pPr")
            own = properties.find(f"{W}numPr") if properties is not None else None
            if own is not None:
                return _value(own, "numId"), _value(own, "ilvl")
        return None, None

    def ruled(self, name: str | None) -> bool:
        if name is None:
            return False
        return any(_draws(borders) for style in self._chain(name) for borders in style.iter(f"{W}tblBorders"))


# Encodings


def _convert(blocks: list[_Block]) -> str | None:
    """Convert the legacy runs of *blocks* in place; return the commonest encoding."""
    pieces = [piece for paragraph in _paragraphs(blocks) for piece in _joined(paragraph)]
    texts, encoding = convert_runs([(piece.text, piece.font) for piece in pieces])
    for piece, text in zip(pieces, texts, strict=True):
        piece.text = text if encoding else text.replace("\u00ad", "")
    return encoding


def _joined(paragraph: _Paragraph) -> list[_Piece]:
    """Join neighbouring pieces of one font: Word cuts words anywhere, and half a word says nothing."""
    joined: list[_Piece] = []
    for piece in paragraph.pieces:
        plain = piece.text not in (_PAGE, _LINE)
        if joined and plain and joined[-1].font == piece.font and joined[-1].text not in (_PAGE, _LINE):
            joined[-1].text += piece.text
        else:
            joined.append(_Piece(piece.text, piece.font))
    paragraph.pieces = joined
    return joined


def _paragraphs(blocks: list[_Block]) -> Iterator[_Paragraph]:
    for block in blocks:
        if isinstance(block, _Table):
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell)
        else:
            yield block
            for box in block.boxes:
                yield from _paragraphs(box)


# Lines and zones


def _zoned(blocks: list[_Block]) -> list[Line]:
    lines: list[Line] = []
    headed = titled = closing = False
    zone: Zone = "body"
    for i, block in enumerate(blocks):
        if isinstance(block, _Table):
            own = _table_lines(block)
            lines += own
            headed = headed or any(line.zone == "header_left" for line in own)
            closing = closing or any(line.zone in ("recipients", "signature") for line in own)
            zone = "body"
            continue
        for line in _paragraph_lines(block):
            if not line.text:
                lines.append(line)
                continue
            folded = fold(line.text).strip()
            if not headed and not titled and letterhead(line.text) and i < 25:
                zone = (
                    "header_right"
                    if MOTTO_RE.search(folded) or folded.startswith(("ngay", "ha noi,"))
                    else "header_left"
                )
            elif block.alignment == "center" and not closing and not titled and i < 40:
                zone = "title"
            elif RECIPIENTS_RE.search(folded):
                zone, closing = "recipients", True
            elif SIGNING_RE.search(folded) and (closing or block.alignment in ("right", "end", "center")) and titled:
                zone, closing = "signature", True
            elif zone in ("recipients", "signature") and closing:
                pass
            else:
                zone = "body"
                titled = titled or (block.alignment in ("both", "left", "start") and len(line.text) > 40)
            lines.append(replace(line, zone=zone))
        for box in block.boxes:
            lines += _zoned(box)
    return _ordered_header(lines)


def _ordered_header(lines: list[Line]) -> list[Line]:
    """Part header lines that a tab sets side by side ("UBND TỈNH ...<tab>CỘNG HÒA ...") into two columns."""
    last = 0
    for i, line in enumerate(lines[:25]):
        if line.zone in ("header_left", "header_right") and "\t" in line.text.strip():
            last = i + 1
    if not last or not any(MOTTO_RE.search(fold(line.text)) for line in lines[:last]):
        return lines
    left: list[Line] = []
    right: list[Line] = []
    for line in lines[:last]:
        before, tab, after = line.text.strip().partition("\t")
        if tab and after.strip():
            left += [replace(line, text=before.strip(), zone="header_left")] if before.strip() else []
            right.append(replace(line, text=" ".join(after.split()), zone="header_right"))
        elif line.text.startswith("\t"):
            right.append(replace(line, text=line.text.strip(), zone="header_right"))
        elif line.text.strip():
            left.append(replace(line, text=line.text.strip(), zone="header_left"))
    return [*left, *right, *lines[last:]]


def _paragraph_lines(paragraph: _Paragraph, zone: Zone = "body") -> list[Line]:
    """The lines of a paragraph; a page break stays as a line of one form feed."""
    lines: list[Line] = []
    for i, part in enumerate(paragraph.text.split(_PAGE)):
        if i:
            lines.append(Line(_PAGE))
        if part.strip() or _PAGE not in paragraph.text:
            lines += [Line(_spaced(text), zone=zone) for text in part.split(_LINE)]
    return lines


def _spaced(text: str) -> str:
    """Tabs stay where they may part columns; runs of spaces are one."""
    parts = [" ".join(part.split()) for part in text.split("\t")]
    lead = "\t" if text.startswith("\t") and len(parts) > 1 else ""
    return lead + "\t".join(part for part in parts if part)


def _table_lines(table: _Table) -> list[Line]:
    columns = max((len(row) for row in table.rows), default=0)
    texts = [[_flat(cell) for cell in row] for row in table.rows]
    whole = "\n".join(text for row in texts for text in row)
    if columns == 1:
        return [line for row in table.rows for cell in row for line in _zoned(cell)]
    motto = len(MOTTO_RE.findall(fold(whole)))
    if motto and len(table.rows) <= 8 and columns <= 4 and (motto > 1 or letterhead(whole)):
        return _two_columns(table, ("header_left", "header_right"))
    if len(table.rows) <= 8 and columns <= 4 and not table.ruled:
        if any(RECIPIENTS_RE.search(fold(text).strip()) for row in texts for text in row):
            return _two_columns(table, ("recipients", "signature"))
        if any(SIGNING_RE.search(fold(text).strip()) for row in texts for text in row):
            return _two_columns(table, ("signature", "signature"))
    lines = []
    for row in texts:
        if any(row):
            lines.append(Line("\t".join(" ".join(text.split()) for text in row), zone="table"))
    return lines


def _two_columns(table: _Table, zones: tuple[Zone, Zone]) -> list[Line]:
    """Read a table that only sets two columns: the left one fully before the right."""
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in table.rows:
        for i, cell in enumerate(row):
            side = int(i >= (len(row) + 1) // 2)
            lines = [line for paragraph in _paragraphs(cell) for line in _paragraph_lines(paragraph, zones[side])]
            columns[side].extend(replace(line, text=line.text.strip()) for line in lines if line.text.strip())
    return [*columns[0], *columns[1]]


def _flat(cell: list[_Block]) -> str:
    return " ".join(p.text.replace(_PAGE, " ").replace("\t", " ").strip() for p in _paragraphs(cell)).strip()


def _margin_lines(blocks: list[_Block]) -> list[Line]:
    """Page headers and notes: kept, but no part of the text that rules read; a letterhead among them is one."""
    text = "\n".join(paragraph.text for paragraph in _paragraphs(blocks))
    if len(MOTTO_RE.findall(fold(text))) >= 2:
        return _zoned(blocks)
    lines = [line for paragraph in _paragraphs(blocks) for line in _paragraph_lines(paragraph, "margin")]
    return [line for line in lines if line.text.strip() and not PAGE_NUMBER_RE.search(fold(line.text).strip())]


def _paged(lines: list[Line]) -> list[list[Line]]:
    """Part lines at page breaks; pages without text are none."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.text == _PAGE:
            pages.append([])
        else:
            pages[-1].append(line)
    kept = [_stripped(page) for page in pages]
    return [page for page in kept if page] or [[]]


def _stripped(page: list[Line]) -> list[Line]:
    """Leave out empty lines: space between paragraphs in Word."""
    return [line for line in page if line.text.strip()]
