"""Tables that were read a cell a line: "STT" / "Nội dung" / "1" / "Chào cờ" / "2" / "Khai mạc" are rows again.

A text that was copied out of a table keeps the cells but not the rule between them. The first column gives the rows
back, where it counts (1, 2, 3) or tells the time: everything up to the next number or time is one row. Times need no
headings over them: three that have words between them make a programme. A table drawn with bars ("Đơn vị | Số đại
biểu") is one where two lines in a row have as many of them; one whose columns stand apart by blanks, where the lines
below a heading "STT" count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.data import Document, LineSpan
from pipeline.lexicon.folding import fold

Cell = tuple[str, int]  # the text of a cell of a table, and its offset in the document
Row = tuple[Cell, ...]

MOST_COLUMNS = 6
MOST_LINES = 10  # of one row
LONGEST_HEADING = 40  # characters
_COUNTING_RE = re.compile(r"(?:s?tt|so\s+tt|so\s+thu\s+tu)\W*")
_TIMING_RE = re.compile(r"(?:thoi\s+gian|gio|khung\s+gio|thoi\s+diem)\W*")
_NUMBER_RE = re.compile(r"0?(\d{1,2})\.?")
_TIME = r"(?:tu\s+)?(?:[01]?\d|2[0-3])\s*(?:h|gio|g|:|\.)\s*(?:[0-5]\d)?\s*(?:phut|'|p)?"
_TIME_RE = re.compile(rf"{_TIME}(?:\s*(?:-|den)\s*{_TIME})?\W*")
_CHUNK_RE = re.compile(r"\S+(?: \S+)*")
_BAR_RE = re.compile(r"(?<=\s)\|(?=\s|$)|^\s*\|(?=\s?\S)")
_HEADING_RE = re.compile(
    r"(?:[ivxl]{1,5}|\d{1,2}(?:\.\d{1,2})+|phan\s+\w+|muc\s+\w+)\s*[.:)]\s*\w|noi\s+nhan|(?:tm|kt|tl)\."
)


def find_rows(document: Document, lines: Sequence[LineSpan]) -> dict[int, Row | None]:
    """Return the rows by the offset of the line that each starts at; None for a further line of a row.

    Args:
        document: the text that *lines* stand in.
        lines: the lines of the body, also those that hold nothing but a number.
    """
    folded = [fold(document.text[line.start : line.end].strip()) for line in lines]
    found: dict[int, Row | None] = {**dict(_barred(document, lines)), **dict(_spaced(document, lines))}
    index = 0
    while index < len(lines):
        counts = bool(_COUNTING_RE.fullmatch(folded[index]))
        rows = _rows(folded, index, counts) if counts or _TIMING_RE.fullmatch(folded[index]) else _times(folded, index)
        for cells in rows:
            for cell in cells:
                found.update({lines[i].start: None for i in range(*cell)})
            found[lines[cells[0][0]].start] = tuple(_cell(document, lines, *cell) for cell in cells)
        index = rows[-1][-1][1] if rows else index + 1
    return found


def _barred(document: Document, lines: Sequence[LineSpan]) -> Iterator[tuple[int, Row | None]]:
    """Yield the rows of tables drawn with bars by the offset of their lines; None for the line under a heading."""
    texts = [document.text[line.start : line.end] for line in lines]
    bars = [len(_BAR_RE.findall(text)) for text in texts]
    for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not bars[i] or bars[i] not in (*bars[max(0, i - 1) : i], *bars[i + 1 : i + 2]):
            continue
        if re.fullmatch(r"[\s|:+=-]+", text):
            yield line.start, None
            continue
        cuts = [match.start() for match in _BAR_RE.finditer(text)]
        if text.lstrip().startswith("|"):
            bounds = pairwise(cuts if text.rstrip().endswith("|") else [*cuts, len(text)])
        else:
            bounds = pairwise([-1, *cuts, len(text)])
        yield line.start, tuple((text[low + 1 : high], line.start + low + 1) for low, high in bounds)


def _spaced(document: Document, lines: Sequence[LineSpan]) -> Iterator[tuple[int, Row | None]]:
    """Yield the rows of tables whose columns stand two or more blanks apart, under a heading that begins with "STT"."""
    columns: list[int] = []  # where the headings start
    for line in lines:
        text = document.text[line.start : line.end]
        cells = [] if "\t" in text else [(match[0], match.start()) for match in _CHUNK_RE.finditer(text)]
        if len(cells) > 2 and _COUNTING_RE.fullmatch(fold(cells[0][0]).strip()):
            columns = [place for _, place in cells]
        elif not columns or len(cells) < 2 or not (_NUMBER_RE.fullmatch(cells[0][0]) or cells[0][1] >= columns[1]):
            columns = []
            continue
        row: list[Cell] = [("", line.start + min(place, len(text))) for place in columns]
        for cell, place in cells:
            nearest = min(range(len(columns)), key=lambda i, at=place: abs(columns[i] - at))  # type: ignore[misc]
            if len(cells) == len(columns):
                nearest = cells.index((cell, place))
            row[nearest] = (cell, line.start + place)
        yield line.start, tuple(row)


def _cell(document: Document, lines: Sequence[LineSpan], first: int, end: int) -> Cell:
    """Return the lines from *first* on as one cell; the blanks between them keep every offset."""
    if first == end:
        return "", lines[first - 1].end
    place = lines[first].start
    return re.sub(r"\s", " ", document.text[place : lines[end - 1].end]), place


def _rows(folded: Sequence[str], start: int, counts: bool) -> list[list[tuple[int, int]]]:
    """Return the headings and rows of the table whose first heading is line *start*: each cell as a range of lines."""
    body = next((i for i in range(start + 1, len(folded)) if _is_key(folded[i], 1 if counts else None)), len(folded))
    columns = body - start
    heads = folded[start:body]
    if not 2 <= columns <= MOST_COLUMNS or any(len(h) > LONGEST_HEADING or h[-1:] in ".;:," for h in heads):
        return []
    keys = [body]
    for i in range(body + 1, len(folded)):
        if _is_key(folded[i], len(keys) + 1 if counts else None):
            keys.append(i)
        elif _HEADING_RE.match(folded[i]) or i - keys[-1] > MOST_LINES:
            break
    if len(keys) < (2 if counts else 3):  # two lines that happen to be a time each make no table
        return []
    rows = [[(i, i + 1) for i in range(start, body)]]
    for key, end in zip(keys, [*keys[1:], _last_end(folded, keys[-1], columns)], strict=True):
        rows.append([(key, key + 1), *_wrapped(folded, key + 1, end, columns - 1)])
    return rows


def _times(folded: Sequence[str], start: int) -> list[list[tuple[int, int]]]:
    """Return the rows of a table without headings whose first cell, a time, is line *start*; each of two cells."""
    if not _is_key(folded[start], None):
        return []
    keys = [start]
    for i in range(start + 1, len(folded)):
        if _is_key(folded[i], None):
            if i == keys[-1] + 1:  # two times without a word between them
                return []
            keys.append(i)
        elif _HEADING_RE.match(folded[i]) or i - keys[-1] > MOST_LINES:
            break
    if len(keys) < 3:
        return []
    ends = [*keys[1:], _last_end(folded, keys[-1], 2)]
    return [[(key, key + 1), *_wrapped(folded, key + 1, end, 1)] for key, end in zip(keys, ends, strict=True)]


def _is_key(line: str, number: int | None) -> bool:
    """Tell whether *line* starts a row: the next number, or a time where None is asked for."""
    if number is None:
        return bool(_TIME_RE.fullmatch(line))
    match = _NUMBER_RE.fullmatch(line)
    return bool(match) and int(match[1]) == number  # type: ignore[index]


def _last_end(folded: Sequence[str], key: int, columns: int) -> int:
    """Return where the last row ends: after as many lines as it has cells, or at a heading."""
    end = key + 1
    while end < min(len(folded), key + columns) and not _HEADING_RE.match(folded[end]):
        end += 1
    return end


def _wrapped(folded: Sequence[str], start: int, end: int, columns: int) -> list[tuple[int, int]]:
    """Return the cells of a row; where lines are too many, the longest before a shorter one goes on in the next."""
    cells = [(i, i + 1) for i in range(start, end)]
    while len(cells) > columns:
        longest = max(range(len(cells) - 1), key=lambda i: len(folded[cells[i][1] - 1]))
        cells[longest : longest + 2] = [(cells[longest][0], cells[longest + 1][1])]
    return cells + [(end, end)] * (columns - len(cells))
