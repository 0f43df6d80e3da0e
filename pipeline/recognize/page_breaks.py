"""Tables that run over a page break: headings printed again are dropped, a row cut in two becomes one again.

The upper part of a cut row keeps its number and its beginning; the lower part opens the next page with an empty first
cell and goes on in the middle of a sentence or a name. A total or the title of a group has an empty first cell too, so
what counts is how the other rows are numbered and how the two parts meet.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.lexicon.folding import fold
from pipeline.recognize.cell_lines import Cell, Row

SAME = 0.85  # likeness of two readings of the headings: scans read them a little differently each time
MOST_HEADINGS = 3  # rows: groups of columns, columns, their numbers
NUMBERED = 0.8  # of the other rows have something in the first cell: then it says something that one has not
_ENDED_RE = re.compile(r"[.;:!?…]\W*$")
_TOTAL_RE = re.compile(r"\W*(?:tong|cong)\b")


class Cut(NamedTuple):
    """Where the text of a cell goes on behind a page break."""

    length: int  # characters of its first part
    place: int  # offset of the second part in the document


def across_pages(rows: Sequence[tuple[Row, int]]) -> tuple[tuple[Row, ...], dict[int, Cut]]:
    """Return the rows of a table without what page breaks did to them, and the cut cells by their offset.

    Args:
        rows: each with its page.

    >>> def row(text, place): return tuple((cell, place + 7 * i) for i, cell in enumerate(text.split("|")))
    >>> rows, cuts = across_pages([
    ...     (row("TT|Đơn vị|Việc", 0), 1), (row("1|Nội vụ|Tham mưu tổ", 30), 1),
    ...     (row("TT|Đơn vị|Việc", 60), 2), (row("||chức", 90), 2), (row("2|Báo|Đưa tin", 120), 2)])
    >>> [[text for text, _ in row] for row in rows]
    [['TT', 'Đơn vị', 'Việc'], ['1', 'Nội vụ', 'Tham mưu tổ chức'], ['2', 'Báo', 'Đưa tin']]
    >>> cuts
    {44: Cut(length=11, place=104)}
    """
    pages = [[row for row, _ in group] for _, group in itertools.groupby(rows, key=lambda pair: pair[1])]
    kept: list[Row] = list(pages[0]) if pages else []
    cuts: dict[int, Cut] = {}
    for page in pages[1:]:
        body = page[_headings_again(page, kept) :]
        if body and _goes_on(kept[-1], body[0], [*kept[1:-1], *body[1:]]):
            kept[-1] = tuple(
                _joined(cell, more, cuts) for cell, more in itertools.zip_longest(kept[-1], body[0], fillvalue=("", 0))
            )
            body = body[1:]
        kept += body
    return tuple(kept), cuts


def pieces(cell: Cell, cuts: Mapping[int, Cut]) -> list[tuple[str, int]]:
    """Return the stretches of the document that a cell is made of, each with its offset.

    >>> pieces(("Tham mưu tổ chức", 44), {44: Cut(11, 104)})
    [('Tham mưu tổ', 44), ('chức', 104)]
    """
    text, place = cell
    cut = cuts.get(place)
    if cut is None or len(text) <= cut.length:
        return [cell]
    return [(text[: cut.length], place), (text[cut.length + 1 :], cut.place)]


def _headings_again(page: Sequence[Row], rows: Sequence[Row]) -> int:
    """Return how many rows at the top of *page* say again what the first rows of the table say."""
    count = 0
    while count < min(MOST_HEADINGS, len(page), len(rows)):
        here, first = (fold(" ".join(text for text, _ in row)).split() for row in (page[count], rows[count]))
        if not here or difflib.SequenceMatcher(None, here, first, autojunk=False).ratio() < SAME:
            break
        count += 1
    return count


def _goes_on(above: Row, below: Row, others: Sequence[Row]) -> bool:
    """Tell whether *below*, the first row of a page, is the rest of *above*, the last of the page before."""
    if len(below) != len(above) or below[0][0].strip() or not above[0][0].strip():
        return False
    meets = [(upper.strip(), lower.strip()) for (upper, _), (lower, _) in zip(above, below, strict=True)]
    meets = [(upper, lower) for upper, lower in meets if lower]
    if not meets or any(not upper or lower.isdigit() for upper, lower in meets):
        return False
    if any(_TOTAL_RE.match(fold(lower)) for _, lower in meets):
        return False
    if any(lower[0].islower() for _, lower in meets):
        return True
    # "UBND huyện" / "Mường Khương": only where every row has a number or a time, and the one that ends has no stop
    numbered = sum(bool(row[0][0].strip()) for row in others if row)
    return (
        len(meets) == 1
        and not _ENDED_RE.search(meets[0][0])
        and bool(others)
        and numbered >= NUMBERED * len(others)
        and meets[0][1][0].isalpha()
    )


def _joined(cell: Cell, more: Cell, cuts: dict[int, Cut]) -> Cell:
    """Return the two parts of a cell as one; a cut one is noted in *cuts*."""
    text, rest = cell[0].rstrip(), more[0].strip()
    if not rest:
        return cell
    cuts[cell[1]] = Cut(len(text), more[1] + len(more[0]) - len(more[0].lstrip()))
    return f"{text} {rest}", cell[1]
