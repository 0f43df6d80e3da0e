"""The outline of a plan: its numbered and bulleted items, each with its heading path.

Every style of numbering has a rank; an item closes all items of the same or a deeper rank, unless its own style is
open already, in which case it is the next of that style. So lists may skip or repeat numbers, and nest "+" in "-" or
"-" in "+". A line without a marker continues the item before it, or starts a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from pipeline.data import Document, LineSpan
from pipeline.lexicon.folding import fold
from pipeline.recognize.cell_lines import Cell, find_rows
from pipeline.recognize.page_breaks import Cut, across_pages, pieces
from pipeline.recognize.passage import Passage, Span, join
from pipeline.recognize.roman import read_damaged, roman_value
from pipeline.recognize.row_lines import find_row_lines

# Rank of a style: a smaller one closes a larger one.
_RANKS = {
    "part": 0, "chapter": 1, "section": 2, "capital": 3, "caps": 4, "roman": 4, "article": 5, "number": 6, "decimal": 6,
    "step": 7, "number)": 7, "letter": 8, "(letter)": 9, "(number)": 9, "*": 10, "bullet": 11, "+": 12, "paragraph": 13,
    "row": 13,
}  # fmt: skip
_WORD_STYLES = {
    "phan": "part",
    "chuong": "chapter",
    "muc": "section",
    "dieu": "article",
    "buoc": "step",
    "giai doan": "step",
    "dot": "step",
}

_NUMBERED = ("capital", "roman", "number", "decimal")
_FIRST = (("1",), ("01",), ("i",), ("nhat",), ("I",))


@dataclass(slots=True)
class Item:
    """One item of the outline: a heading or a point of a list, with what stands under it."""

    index: int
    marker: str  # as printed: "2.1.", "a)", "-"; empty for a paragraph
    style: str
    passage: Passage
    parent: Item | None = field(repr=False)
    page: int
    zone: str = "body"
    children: list[Item] = field(default_factory=list, repr=False)
    heading: bool = False  # a title: what follows belongs to it

    def path(self) -> Iterator[Item]:
        """Yield the item, its heading, the heading of that, and so on to the top."""
        item: Item | None = self
        while item is not None:
            yield item
            item = item.parent

    def below(self) -> Iterator[Item]:
        """Yield everything under the item, in reading order."""
        for child in self.children:
            yield child
            yield from child.below()

    @property
    def text(self) -> str:
        """The item without its marker, on one line."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together; the first may hold the headings of the columns."""

    rows: tuple[tuple[Cell, ...], ...]
    parent: Item | None  # the heading over it
    cuts: Mapping[int, Cut] = field(default_factory=dict)  # by the offset of the cell: where it goes on

    @property
    def header(self) -> tuple[Cell, ...] | None:
        """The first row, if it holds headings: several short cells, none of them a number."""
        first = self.rows[0]
        named = [text for text, _ in first if text.strip()]
        plain = all(len(text) < 60 and not re.search(r"\d{2}|[.;]$", text.strip()) for text in named)
        return first if len(self.rows) > 1 and len(named) > 1 and plain else None

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows under the headings."""
        return self.rows[1:] if self.header else self.rows

    def pieces(self, cell: Cell) -> list[tuple[str, int]]:
        """Return the stretches of the document that a cell is made of; a page break makes two."""
        return pieces(cell, self.cuts)

    def spans(self, cell: Cell) -> tuple[Span, ...]:
        """Return where the words of a cell stand in the document."""
        starts = [(text, place + _blank(text)) for text, place in self.pieces(cell)]
        return tuple((start, start + len(text.strip())) for text, start in starts)


@dataclass(frozen=True, slots=True)
class Outline:
    """All items in reading order, and the tables; rows of tables are items too, of style "row"."""

    items: tuple[Item, ...]
    tables: tuple[Table, ...] = ()


# Markdown and stray marks before the text of a line: "#### ", "**", "\* ", "> ".
_DECORATION_RE = re.compile(r"^\s*(?:#{1,6}\s+)?(?:>\s+)?(?:[*_]{2,3}(?=\S))?\s*")
_WORD_MARKER_RE = re.compile(
    r"(?P<word>phan|chuong|muc|dieu|"
    r"(?:buoc|giai doan|dot)(?=\s+[\divx]{1,3}\s*[:.-]))\s+(?:thu\s+)?"
    r"(?P<number>[ivxl]{1,6}|\d{1,3}|nhat|hai|ba|tu|nam|sau|bay)"
    r"(?=\s*[.:)\-]|\s+[A-ZĐ]|\s*$)"
)
# "30.4.2020", "11/2014", "IV/2019", "1.500 đại biểu", "- 2020" at the start of a wrapped line number nothing.
_DATE_OR_AMOUNT_RE = re.compile(
    r"(?:\d{1,2}\s*[./-]\s*)?(?:\d{1,2}|[IVX]{1,3})\s*[./-]\s*(?:19|20)\d\d(?!\d)|\d{1,3}\.\d{3}(?!\d)|"
    r"[-–—]\s*(?:19|20)\d\d(?!\d)"
)
_ROMAN_RE = re.compile(
    r"(?P<number>(?=[IVXLl1|]{1,6}[.)\-/:\s])(?:[IVXL]+|[Il1|]{2,3}))\s*(?:[.)/:]|-(?=\s)|(?=\s+[A-ZĐ]{2}))\s*"
)
_CAPITAL_RE = re.compile(r"(?P<number>[A-HK])\s*[.)/]\s+(?=\S)")
_DECIMAL_RE = re.compile(r"(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){1,4})\s*(?P<end>[.):]?)(?=\s|[A-Za-zÀ-ỹĐđ\"“])")
_NUMBER_RE = re.compile(
    r"(?P<number>\d{1,2})\s?(?P<end>[.)/:]|-(?=\s|[A-ZÀ-ỴĐ][a-zà-ỹđ]))(?=\s|[A-Za-zÀ-ỹĐđ\"“*_(])(?!\s?\d)"
)
_PAREN_RE = re.compile(r"\((?P<number>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*")
_LETTER_RE = re.compile(r"(?P<number>[a-zđ]\d?)\s?(?P<end>[.)/])(?=\s|[A-ZÀ-ỴĐ\"“*_])")
_STAR_RE = re.compile(r"(?:\\?\*)\s+(?=\S)|\*(?=[A-ZÀ-ỴĐ])")
_BULLET_RE = re.compile(
    r"(?P<mark>[-–—−\u2010\u2011•·▪●○◦✓➢➤►■□§Ø~]|\\-)\s*(?=[^\s\d\-–—]|\s\S|\d{1,2}(?:h|\s*giờ|\s*gio)|\d+\s+[a-zà-ỹđ])"
)
_PLUS_RE = re.compile(r"(?P<mark>\\?\+)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """The numbering at the start of a line: its style, its parts, and where the text after it starts."""

    style: str
    text: str
    number: tuple[str, ...]
    end: int


def read_marker(line: str) -> Marker | None:
    """Return the numbering or bullet that *line* starts with; None for running text.

    >>> read_marker("2.1. Đối với cấp phường").style, read_marker("a) Hình thức").style, read_marker("- Chào cờ;").style
    ('decimal', 'letter', 'bullet')
    >>> read_marker("II. NỘI DUNG").number, read_marker("15/3/2020"), read_marker("300 đại biểu")
    (('II',), None, None)
    """
    begin = match.end() if (match := _DECORATION_RE.match(line)) else 0
    if _DATE_OR_AMOUNT_RE.match(line, begin) or _CLOCK_START_RE.match(line, begin):
        return None
    if match := _WORD_MARKER_RE.match(fold_initial(line, begin)):
        after = begin + match.end()
        text_end = after + len(line[after:]) - len(line[after:].lstrip(" .:)-–"))
        return Marker(_WORD_STYLES[match["word"]], line[begin:after], (match["number"],), text_end)
    for style, pattern in (
        ("capital", _CAPITAL_RE),
        ("roman", _ROMAN_RE),
        ("decimal", _DECIMAL_RE),
        ("number", _NUMBER_RE),
        ("paren", _PAREN_RE),
        ("letter", _LETTER_RE),
        ("+", _PLUS_RE),
        ("*", _STAR_RE),
        ("bullet", _BULLET_RE),
    ):
        found = pattern.match(line, begin)
        if not found:
            continue
        groups = found.groupdict()
        number = tuple(part.strip() for part in (groups.get("number") or "").split(".") if part.strip())
        if style == "number":
            style = "number)" if groups["end"] == ")" else "number"
        elif style == "paren":
            style = "(number)" if number[0].isdigit() else "(letter)"
        end = found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip())
        return Marker(style, line[begin : found.end()].strip(), number, end)
    return None


def fold_initial(line: str, begin: int) -> str:
    """Return the folded start of *line*, enough for a marker, capitals kept (they tell a title from a sentence)."""
    part = line[begin : begin + 24]
    folded = fold(part)
    space = folded.find(" ", folded.find(" ") + 1)
    return (
        folded
        if space < 0
        else folded[:space]
        + "".join(f.upper() if c.isupper() else f for c, f in zip(part[space:], folded[space:], strict=True))
    )


_ENDED_RE = re.compile(r"[.;:!?…](?:[\"”’)*_]|\s)*$|\./\.?\s*$")
_PROSE_COMMA_RE = re.compile(
    r"[,\-–(]\s*$|[;:]\s*\(?\d{1,2}[.)]\s*$|(?:\s(?:và|của|các|cho|với|về|theo|là|đến|từ|để))\s*$", re.IGNORECASE
)


def is_capitals(text: str) -> bool:
    """Tell whether *text* is set in capitals, as titles are; numbers and marks do not count.

    >>> is_capitals("TỔ CHỨC THỰC HIỆN"), is_capitals("UBND huyện")
    (True, False)
    """
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 6 and sum(char.isupper() for char in letters) >= 0.85 * len(letters)


_CLOCK_START_RE = re.compile(
    r"\s*(?:Từ\s+|từ\s+)?\d{1,2}\s*(?:[hHgG:]|giờ|Giờ)\s*(?:\d{2})?\s*(?:[-–:'’]|\s{2,}|phút|đến\s|(?<=\d\d)\s(?=[A-ZÀ-Ỵ]))|"
    r"\s*\d{1,2}\.[0-5]\d\s*[-–]\s*\d{1,2}\.[0-5]\d\s*:"  # "9.30 - 10.00:" is a time, no number of an item
)
_ORDINAL_RE = re.compile(
    r"\s*(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là\b|\s*Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)\s*[,:]"
)
# What begins a part of a programme ("Buổi chiều:"), or a matter of its own after a sentence ("Kinh phí: do ...")
_SESSION_RE = re.compile(
    r"\s*(?:[*_]*)(?:(?:Buổi|Phiên) (?:sáng|chiều|tối|trù bị|chính thức|họp|làm việc)|Ngày (?:thứ|làm việc)|"
    r"(?:Sáng|Chiều|Tối) ngày|Phần (?:nghi|nội dung|lễ|hội|kết thúc|khai mạc|thứ))\b[^.;:]{0,60}(?::|\s*$)",
    re.IGNORECASE,
)
_HALF_DAY_RE = re.compile(r"\W*(?:BUỔI (?:SÁNG|CHIỀU|TỐI)|NGÀY THỨ \w+)\b[^.;:]{0,30}:?\s*$")  # no title of a chapter
_LABEL_RE = re.compile(r"\s*[A-ZÀ-ỸĐ][^\W\d_]*(?: [^\W\d_]+){1,3}:\s")
ROOM = 0.72  # of a full line: where the next word would have stood with so much left, the line was ended on purpose
SHORT_LABEL = 60  # characters: a line such as "Đối với huyện:" opens what comes under it
LONGEST_LINE = 130  # characters: what is longer is no printed line but a whole paragraph


def _new_paragraph(previous: str, line: str, gap: bool, width: int, indented: bool = False) -> bool:
    """Tell whether a line without a marker starts a paragraph, or goes on with the line before it.

    Args:
        previous: the line before, or "" at the start.
        line: the line itself.
        gap: an empty line stands between the two.
        width: usual length of a full line of this document, in characters.
        indented: the line starts to the right of the margin, as first lines do.
    """
    if not previous:
        return True
    if (
        _SESSION_RE.match(line)
        or _CLOCK_START_RE.match(line)
        or (_ORDINAL_RE.match(line) and _ENDED_RE.search(previous))
    ):
        return True
    first = next((char for char in line if char.isalpha() or char.isdigit() or char in '(“"'), "")
    if first.islower() and not gap:
        return False
    if is_capitals(line) != is_capitals(previous):
        return True
    if is_capitals(line):
        return gap
    if _PROSE_COMMA_RE.search(previous):
        return False
    ended = bool(_ENDED_RE.search(previous))
    if ended and line.rstrip(" *_").endswith(":") and len(line) < SHORT_LABEL and not first.islower():
        return True
    if ended and not previous.endswith(":") and _LABEL_RE.match(line):
        return True
    if indented and ended and not first.islower():
        return True
    if gap or (first.isupper() and len(previous) + len(line.split(maxsplit=1)[0]) < ROOM * width):
        return ended or not first.islower()
    return ended and (len(previous) < 0.86 * width or len(previous) > LONGEST_LINE)


_RULE_OR_NUMBER_RE = re.compile(r"[-–]?\s*\d{1,3}\s*[-–]?|\.{2,}|_{2,}|-{2,}|\*{3,}")


def body_lines(document: Document) -> Iterator[LineSpan]:
    """Yield the lines with characters that are part of the text: not page numbers, stamps and running headers."""
    for line in document.lines:
        text = document.text[line.start : line.end].strip()
        if line.zone != "margin" and text and not _RULE_OR_NUMBER_RE.fullmatch(text):
            yield line


def read_outline(document: Document, start: int = 0, end: int | None = None) -> Outline:
    """Return the outline of ``document.text[start:end]``."""
    end = len(document.text) if end is None else end
    inner = [line for line in document.lines if line.zone != "margin" and start <= line.start < end]
    may_be_cells = [line for line in inner if _may_be_cell(document, line)]
    cells = find_rows(document, may_be_cells) | find_row_lines(document, may_be_cells)
    kept = {line.start for line in body_lines(document)} | cells.keys()
    lines = [line for line in inner if line.start in kept]
    width = _usual_width(document, lines)
    margins = _left_margins(lines)
    items: list[Item] = []
    tables: list[Table] = []
    rows: list[tuple[tuple[Cell, ...], int]] = []  # each with its page
    pending: list[tuple[str, int]] = []
    opened: tuple[Marker | None, LineSpan] | None = None
    stack: list[tuple[Item, tuple[str, ...]]] = []

    def close() -> None:
        nonlocal opened
        if opened is not None:
            marker, line = opened
            _attach(items, stack, marker, line, join(pending))
        pending.clear()
        opened = None

    def close_table(line: LineSpan) -> None:
        if rows:
            mended, cuts = across_pages(rows)
            table = Table(mended, _heading_of(stack), cuts)
            tables.append(table)
            for passage in _row_passages(table):
                _attach(items, stack, Marker("row", "", (), 0), line, passage)
            rows.clear()

    previous_text, previous_end = "", start
    for line in lines:
        text = document.text[line.start : line.end]
        if line.start in cells or _is_row(text, line, len(rows[-1][0]) if rows else 0):
            close()
            row = cells[line.start] if line.start in cells else _cells(text, line.start)
            if row is not None:
                rows.append((row, line.page))
            previous_text, previous_end = "", line.end
            continue
        close_table(line)
        marker = read_marker(text)
        gap = document.text.count("\n", previous_end, line.start) > 1
        marker = _mended(marker, text, stack)
        if marker is not None:
            marker = _settled(marker, text[marker.end :], stack)
        if marker is not None and opened is not None and _is_continuation(previous_text, marker, gap, text):
            marker = None
        begin = marker.end if marker else _DECORATION_RE.match(text).end()  # type: ignore[union-attr]
        content = re.sub(r"[*_]+\s*$|\s+$", "", text[begin:])
        indented = line.bbox is not None and line.bbox[0] - margins.get(line.page, line.bbox[0]) > INDENT
        if marker is not None or opened is None or _new_paragraph(previous_text, text[begin:], gap, width, indented):
            close()
            opened = (marker, line)
        if content:
            pending.append((content, line.start + begin))
        previous_text, previous_end = text.rstrip(" *_"), line.end
    close()
    if lines:
        close_table(lines[-1])
    return Outline(tuple(items), tuple(tables))


def _may_be_cell(document: Document, line: LineSpan) -> bool:
    """Tell whether a line may be a cell of a table: it is not empty, and not the number at the top of its page."""
    text = document.text[line.start : line.end].strip()
    at_top = not document.text[document.pages[line.page - 1].start : line.start].strip()
    return bool(text) and not (at_top and text.strip(" -–") == str(line.page))


def _is_row(text: str, line: LineSpan, columns: int) -> bool:
    """Tell whether a line is a row of a table, *columns* being those of the row before: one filled cell may be all."""
    if "\t" in text.strip():
        return True
    return bool(text.strip()) and "\t" in text and (line.zone == "table" or text.count("\t") + 1 == columns > 2)


def _cells(row: str, place: int) -> tuple[Cell, ...]:
    """Return the cells of a table row that starts at *place*."""
    cells, start = [], 0
    for cell in row.split("\t"):
        cells.append((cell, place + start))
        start += len(cell) + 1
    return tuple(cells)


def _heading_of(stack: Sequence[tuple[Item, tuple[str, ...]]]) -> Item | None:
    """Return the innermost open item that may stand over a table."""
    return next((item for item, _ in reversed(stack) if item.style != "row"), None)


def _row_passages(table: Table) -> Iterator[Passage]:
    """Yield each row as a sentence: its first words a label, each further cell after the heading of its column."""
    header = table.header
    for row in table.body:
        words = [text for text, _ in row if text.strip() and not text.strip(" .").isdigit()]
        cells = [
            (i, text, place)
            for i, (text, place) in enumerate(row)
            if text.strip() and (not text.strip(" .").isdigit() or (i and (len(words) > 2 or _is_share(header, i))))
        ]
        if len(cells) < 2:
            continue
        said: list[tuple[Cell, str]] = [((cells[0][1], cells[0][2]), ":")]
        for index, text, place in cells[1:]:
            if (
                header
                and (len(row) > 2 or _is_share(header, index))
                and index < len(header)
                and header[index][0].strip()
            ):
                said.append((header[index], ":"))
            said.append(((text, place), "%" if _is_share(header, index) and text.strip().isdigit() else ";"))
        yield _sentence(table, said)


def _sentence(table: Table, said: Sequence[tuple[Cell, str]]) -> Passage:
    """Return cells as one sentence, each with the mark that is put behind it."""
    stretches: list[tuple[str, int]] = []
    added: list[int] = []
    for cell, mark in said:
        *before, last = [(text.strip(), place + _blank(text)) for text, place in table.pieces(cell)]
        stretches += [*before, (last[0].rstrip(mark) + mark, last[1])]
        added += [0] * len(before) + [1]
    return join(stretches, added)


def _is_share(header: tuple[Cell, ...] | None, index: int) -> bool:
    """Tell whether a column holds shares in per cent, the sign standing in its heading."""
    return header is not None and index < len(header) and "%" in header[index][0]


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _mended(marker: Marker | None, line: str, stack: Sequence[tuple[Item, tuple[str, ...]]]) -> Marker | None:
    """Return the Roman numeral that a damaged start of *line* was, by the headings that are open; else *marker*."""
    begin = match.end() if (match := _DECORATION_RE.match(line)) else 0
    if marker is not None and marker.style == "letter":
        letters = [number[0] for item, number in stack if item.style == "letter"]
        if letters and letters[-1] in {"i": "gh", "l": "ik"}.get(marker.number[0], ""):
            return marker  # "g)", "h)", "i)", "k)", "l)" are one list, of which the last item is not closed yet
    open_roman = next((number[0] for item, number in reversed(stack) if item.style == "roman"), "")
    if marker is not None and marker.style == "capital":
        capital = next((number[0] for item, number in reversed(stack) if item.style == "capital"), "")
        if not open_roman or (capital and ord(marker.number[0]) == ord(capital) + 1):
            return marker
    found = read_damaged(line[begin:], roman_value(open_roman) or 0)
    if found is None:
        return marker
    return Marker("roman", line[begin : begin + found[1]].strip(), (found[0],), begin + found[1])


def _settled(marker: Marker, content: str, stack: Sequence[tuple[Item, tuple[str, ...]]]) -> Marker:
    """Return *marker* with I and 1 told apart: a title in capitals is numbered in Roman, where that is in use."""
    number = marker.number[0] if marker.number else ""
    if marker.style == "roman" and not re.fullmatch("[IVXL]+", number) and not is_capitals(content):
        style = "number)" if marker.text.endswith(")") else "number"
        return replace(marker, style=style, number=(re.sub("[Il|]", "1", number),))
    roman = any(item.style == "roman" for item, _ in stack)
    if marker.style == "number" and re.fullmatch("1+", number) and is_capitals(content) and roman:
        return replace(marker, style="roman", number=("I" * len(number),))
    return marker


def _is_continuation(previous: str, marker: Marker, gap: bool, line: str) -> bool:
    """Tell a wrapped line that happens to start like numbering ("... tháng" / "3. ") from an item.

    So does "... theo quy định tại" / "Điều 1 Quyết định này": no mark follows the number, no sentence ended before.
    """
    if marker.style in _WORD_STYLES.values():
        bare = line[: marker.end].rstrip()[-1:].isalnum()
        return bare and not gap and len(previous) > 40 and previous[-1:].islower()
    return (
        marker.style in ("number", "letter")
        and not gap
        and not previous.endswith("-")
        and bool(_PROSE_COMMA_RE.search(previous))
    )


def _usual_width(document: Document, lines: Sequence[LineSpan]) -> int:
    """Return the length of a full line: the 80th percentile, 110 at most where lines are whole paragraphs.

    A page of list items has no full line; no line of print is as short as 60 characters.
    """
    lengths = sorted(line.end - line.start for line in lines)
    return min(max(lengths[ceil(0.8 * (len(lengths) - 1))], 60), 110) if lengths else 80


INDENT = 14.0  # points; first lines are indented by 1 cm (28 points) or more, skew moves a line by a few points


def _left_margins(lines: Sequence[LineSpan]) -> dict[int, float]:
    """Return the left margin of the text of each page: the 20th percentile of where its lines start, in points."""
    lefts: dict[int, list[float]] = {}
    for line in lines:
        if line.bbox is not None and line.zone == "body":
            lefts.setdefault(line.page, []).append(line.bbox[0])
    return {page: sorted(values)[len(values) // 5] for page, values in lefts.items() if len(values) >= 5}


def _attach(
    items: list[Item],
    stack: list[tuple[Item, tuple[str, ...]]],
    marker: Marker | None,
    line: LineSpan,
    passage: Passage,
) -> None:
    """Put a finished item where it belongs; *stack* holds the open items, outermost first, with their numbers."""
    number: tuple[str, ...] = ()
    if marker is None:
        titled = is_capitals(passage.text) and len(passage.text) < 160 and not _HALF_DAY_RE.match(passage.text)
        style = "caps" if titled else "paragraph"
    else:
        style, number = marker.style, marker.number
    _unwind(stack, style, number)
    parent = stack[-1][0] if stack else None
    item = Item(
        index=len(items),
        marker=marker.text if marker else "",
        style=style,
        passage=passage,
        parent=parent,
        page=line.page,
        zone=line.zone,
        heading=_is_heading(style, passage.text),
    )
    items.append(item)
    if parent is not None:
        parent.children.append(item)
    stack.append((item, number))


def _unwind(stack: list[tuple[Item, tuple[str, ...]]], style: str, number: tuple[str, ...]) -> None:
    """Close the items that a new one of *style* ends."""
    if style in ("paragraph", "row"):
        # Running text ends lists of bullets, but belongs to the numbered heading over them. A paragraph that ends
        # with a colon holds the bullets after it.
        while stack and (stack[-1][0].style in ("paragraph", "row", "bullet", "+", "*")):
            stack.pop()
        return
    if style == "decimal":
        while stack and _RANKS[stack[-1][0].style] > _RANKS["decimal"]:
            stack.pop()
        while stack and stack[-1][0].style in ("decimal", "number") and number[: len(stack[-1][1])] != stack[-1][1]:
            stack.pop()
        if stack and stack[-1][0].style in ("decimal", "number") and stack[-1][1] == number:
            stack.pop()
        return
    styles = [item.style for item, _ in stack]
    if style == "number":
        while stack and _RANKS[stack[-1][0].style] > _RANKS["number"]:
            stack.pop()
        # after the parts of "3. Chương trình", "4. ..." goes on with the list that holds them
        going_on = [i for i, (item, before) in enumerate(stack) if item.style == "number" and _follows(before, number)]
        if going_on:
            del stack[going_on[-1] :]
            return
        while stack and stack[-1][0].style in ("decimal", "number"):
            stack.pop()
        return
    if style in styles:
        del stack[styles.index(style) :]
        return
    if style in _WORD_STYLES.values() and number[:1] in _FIRST and any(style in _NUMBERED for style in styles):
        # "3. Chương trình" / "Phần 1. Nghi thức": parts of a chapter that is open, not of the document
        while stack[-1][0].style not in _NUMBERED:
            stack.pop()
        return
    while stack and (_RANKS[stack[-1][0].style] >= _RANKS[style]):
        if (
            style in ("bullet", "+", "*")
            and stack[-1][0].style == "paragraph"
            and stack[-1][0].text.rstrip().endswith(":")
        ):
            break
        stack.pop()


def _follows(before: tuple[str, ...], number: tuple[str, ...]) -> bool:
    """Tell whether *number* is the next after *before*."""
    return before[-1].isdigit() and number[-1].isdigit() and int(number[-1]) == int(before[-1]) + 1


def _is_heading(style: str, text: str) -> bool:
    """Tell whether an item is a title: short, and in capitals or ended by a colon or by nothing."""
    if len(text) > 220 or style == "row":
        return False
    ended = text.rstrip(' *_"”')[-1:] in (".", ";", ",")
    return style == "caps" or is_capitals(text) or text.rstrip(" *_").endswith(":") or (not ended and len(text) < 140)
