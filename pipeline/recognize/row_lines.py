"""Tables that were read a row a line: "STT Nội dung Người phụ trách" / "1 Chào cờ Đoàn Thanh niên" are cells again.

OCR that sees no ruling, and text copied out of a page, put the cells of a row side by side. The first column counts or
tells the time. What stands in the last one comes back: who presents, who is in charge is named on several rows, or
begins like the name of a unit. A line that neither counts nor ends so goes on with the row before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.data import Document, LineSpan
from pipeline.lexicon.folding import fold
from pipeline.recognize.cell_lines import Cell, Row
from pipeline.recognize.passage import Span

_KEY = r"(?:s?tt|so\s+tt|so\s+thu\s+tu|thoi\s+gian|gio|khung\s+gio|thoi\s+diem)"
_CONTENT = r"(?:noi\s*dung|cong\s+viec|tien\s+trinh|chuong\s+trinh|trinh\s+tu|hoat\s+dong)"
_LAST = (
    r"(?:(?:nguoi|don\s+vi|bo\s+phan|co\s+quan|to\s+chuc|ca\s+nhan|dong\s+chi|thanh\s+phan)\s+)?"
    r"(?:phu\s*trach|thuc\s*hien|chu\s+tri|dam\s+nhiem|dam\s+nhan|trinh\s+bay|dieu\s+hanh|phan\s+cong|tham\s+gia)"
    r"|ghi\s+chu|don\s+vi|thoi\s+luong"
)
# The head of the first column may be lost, or read as anything: "WB Nội dung Người phụ trách"
_HEAD_RE = re.compile(
    rf"(?:(?P<key>{_KEY})\W+|\W*\w{{0,3}}\W+|)(?P<content>{_CONTENT}(?:\s+[a-z]+){{0,3}}?)\W+(?P<last>{_LAST})\W*"
)
_CLOCK = r"(?:[01]?\d|2[0-3])\s*(?:h|gio|g|:|\.)\s*(?:[0-5]\d)?\s*(?:phut|'|p(?![a-z]))?"
_COUNT_RE = re.compile(r"\W*(?P<key>\d{1,2})(?P<dot>[.)]?)[\s|_'.]+(?=\S)")
_TIME_RE = re.compile(rf"\W*(?P<key>(?:tu\s+)?{_CLOCK}(?:\s*(?:-|den)\s*{_CLOCK})?)[\s|_:.,-]+(?=\S)")
_END_RE = re.compile(
    r"\W*(?:[ivxl]{1,5}|[a-hk]|\d{1,2}(?:\.\d{1,2})+|phan\s+\w+|muc\s+\w+)\s*[.:)/]\s*[a-z]|\W*noi\s+nh.n|\W*(?:tm|kt|tl)\."
)
_BAR_RE = re.compile(r"\s*[_'‘]?\s*\|+\s*")
# Who is in charge, where a row names somebody that no other does.
_UNIT_RE = re.compile(
    r"(?:phong|ban|van phong|doan (?:thanh nien|tncs|truong)|cong doan|hoi (?!nghi|truong)|to|tieu ban|uy ban|ubnd|"
    r"mttq|mat tran|lanh dao|"
    r"(?:pho )?(?:chu tich|giam doc|bi thu|truong (?:ban|phong)|hieu truong)|thuong truc|nguoi dan|mc|btc|d/c|dong chi|"
    r"ong|ba|dai dien|doan chu tich|thu ky|khoa|so|trung tam|cac)(?![a-z])"
)
_TIES_TEXT = "cua cho do va voi tu la ve tai trong gom den bang o cac nhung thieu moi du dao"
_TIES = frozenset(_TIES_TEXT.split())
_LONGEST = 7  # words of a last cell
_MOST_KEYLESS = 8  # lines in a row: a narrow first column may be lost for a stretch
_MOST_ROWS = 120
_LEAST_ROWS = 3


@dataclass(slots=True)
class _Line:
    """A line of a table: where it stands in the document, folded, and what its cells are, as offsets in it."""

    start: int
    text: str
    folded: str
    key: Span | None = None
    body: int = 0  # where the second cell begins
    last: Span | None = None

    @property
    def content(self) -> Span:
        """What stands between the first cell and the last."""
        return (self.body, self.last[0] if self.last else len(self.text))


@dataclass(slots=True)
class _Row:
    lines: list[_Line] = field(default_factory=list)

    @property
    def last(self) -> _Line | None:
        """The line that holds the beginning of the last cell."""
        return next((line for line in self.lines if line.last), None)


def find_row_lines(document: Document, lines: Sequence[LineSpan]) -> dict[int, Row | None]:
    """Return the rows by the offset of the line that each starts at; None for a further line of a row.

    Args:
        document: the text that *lines* stand in.
        lines: the lines of the body.
    """
    found: dict[int, Row | None] = {}
    index = 0
    while index < len(lines):
        text = document.text[lines[index].start : lines[index].end]
        head = _HEAD_RE.fullmatch(fold(text).strip()) if len(text) < 120 and "\t" not in text else None
        if head is None:
            index += 1
            continue
        timed = (head["key"] or "")[:1] in ("t", "g", "k") and not (head["key"] or "").startswith("tt")
        below = [_line(document, line) for line in lines[index + 1 :]]
        rows = _rows_of(below, _TIME_RE if timed else _COUNT_RE)
        if len(rows) < _LEAST_ROWS or sum(row.last is not None for row in rows) < _LEAST_ROWS:
            index += 1
            continue
        found[lines[index].start] = tuple(_heads(document, lines[index], head))
        for row in rows:
            found.update({line.start: None for line in row.lines})
            found[row.lines[0].start] = _cells(document, row)
        index += 1 + sum(len(row.lines) for row in rows)
    return found


def _line(document: Document, line: LineSpan) -> _Line:
    text = document.text[line.start : line.end]
    return _Line(line.start, text, fold(text))


def _heads(document: Document, line: LineSpan, head: re.Match[str]) -> Iterator[Cell]:
    """Yield the headings of the three columns."""
    text = document.text[line.start : line.end]
    blank = len(text) - len(text.lstrip())
    content, last = head.start("content") + blank, head.start("last") + blank
    for low, high in ((0, content), (content, last), (last, len(text))):
        yield text[low:high].strip(" |_"), line.start + low + len(text[low:high]) - len(text[low:high].lstrip(" |_"))


def _rows_of(lines: Sequence[_Line], key_re: re.Pattern[str]) -> list[_Row]:
    """Return the rows that *lines* begin with, their cells told apart."""
    table = _inside(lines, key_re)
    _find_last(table)
    rows: list[_Row] = []
    for line in table:
        if line.key or not rows or (line.last and rows[-1].last and _opens(line)):
            rows.append(_Row())
        elif line.last and rows[-1].last and not line.text[: line.last[0]].strip():
            line.last = None
        rows[-1].lines.append(line)
    return rows


def _inside(lines: Sequence[_Line], key_re: re.Pattern[str]) -> list[_Line]:
    """Return the lines up to the end of the table, with their first cells."""
    table: list[_Line] = []
    expected, since = 1, 0
    dotted: bool | None = None
    for line in lines[:_MOST_ROWS]:
        match = key_re.match(line.folded)
        if match and key_re is _COUNT_RE:
            number, dot = int(match["key"]), bool(match["dot"])
            if not expected <= number <= expected + since + 2 or (dotted is not None and dot != dotted):
                match = None
            else:
                expected, dotted = number + 1, dot
        if match:
            line.key, line.body = match.span("key"), match.end()
        elif _END_RE.match(line.folded) or since >= _MOST_KEYLESS:
            break
        since = 0 if match else since + 1
        table.append(line)
    return table[: len(table) - max(since - 1, 0)]  # of those behind the last key, one may be a row or go on with it


def _find_last(table: Sequence[_Line]) -> None:
    """Find the last cell of each line: behind a bar, what other lines end with too, or a unit."""
    ends: Counter[str] = Counter()
    for line in table:
        for _, end in _endings(line):
            ends[end] += 1
        if bar := list(_BAR_RE.finditer(line.folded, line.body)):
            ends[_plain(line.folded[bar[-1].end() :])] += 1
    for line in table:
        bars = list(_BAR_RE.finditer(line.folded, line.body))
        if bars and line.folded[bars[-1].end() :].strip():
            line.last = (bars[-1].start(), len(line.text))
            continue
        again = [start for start, end in _endings(line) if ends[end] > 1]
        unit = [start for start, end in _endings(line) if _UNIT_RE.match(end) and not _tied(line, start)]
        if again or unit:
            line.last = (min(again) if again else min(unit), len(line.text))


def _endings(line: _Line) -> Iterator[tuple[int, str]]:
    """Yield each place in the line from which a capitalized last cell may run to its end, and what it would say."""
    words = list(re.finditer(r"\S+", line.text))
    for match in words[1:][-_LONGEST:]:
        begin = match.start()
        if begin <= line.body:
            continue
        if line.text[begin].isupper() and (end := _plain(line.folded[begin:])):
            yield begin, end


def _plain(folded: str) -> str:
    """Return the words of a cell, without the number of the page that may stand behind them."""
    return re.sub(r"[\W_]+(?:\d$)?", " ", re.sub(r"\s\d\W*$", "", folded)).strip()


def _tied(line: _Line, start: int) -> bool:
    """Tell whether the word before *start* belongs to what follows: "đại diện của Ban Giám đốc"."""
    before = re.findall(r"\w+", line.folded[:start])
    return not before or before[-1] in _TIES or line.folded[:start].rstrip()[-1:] in ",(-"


def _opens(line: _Line) -> bool:
    """Tell whether the words of a line may open a row whose number was lost: a capital, perhaps behind a stray word."""
    return re.match(r"[\W_\d]*(?:[a-zà-ỹ]{1,2}\s+)?[A-ZÀ-ỸĐ]", line.text) is not None


def _cells(document: Document, row: _Row) -> Row:
    """Return a row as three cells; what stands between two lines of one is blanked, so that every offset holds."""
    first = row.lines[0]
    key: Cell = (first.text[slice(*first.key)], first.start + first.key[0]) if first.key else ("", first.start)
    holder = row.last
    last: Cell = ("", row.lines[-1].start + len(row.lines[-1].text))
    if holder and holder.last:
        bar = _BAR_RE.match(holder.folded, holder.last[0])
        start = bar.end() if bar else holder.last[0]
        last = (re.sub(r"\s\d\W*$", "", holder.text[start:]).rstrip(), holder.start + start)
    begin = first.start + first.content[0]
    end = row.lines[-1].start + row.lines[-1].content[1]
    kept = [" "] * (end - begin)
    for line in row.lines:
        for at in range(*line.content):
            if line.start + at >= begin and line.text[at] not in "|\n":
                kept[line.start + at - begin] = line.text[at]
    stray = re.match(r"[\W_]*(?:[a-zà-ỹ]{1,2}\s+(?=[A-ZÀ-ỸĐ]))?[\W_]*", "".join(kept))
    skip = stray.end() if stray else 0
    return key, ("".join(kept)[skip:].rstrip(" _'‘"), begin + skip), last
