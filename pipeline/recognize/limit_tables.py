"""Tables whose rows or columns are conferences, with the number of delegates of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon.folding import fold
from pipeline.recognize.allocations import CONFERENCE_CELL_RE, allocation_columns
from pipeline.recognize.cell_lines import Row
from pipeline.recognize.context import Plan
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_in
from pipeline.recognize.outline import Table
from pipeline.record import DelegateLimit

_NUMBERS_CELL_RE = re.compile(r"\W*(?:so\s*luong|so\s+dai\s*bieu|quy\s+mo|dai\s*bieu)(?![a-z])")
_AT_MOST_RE = re.compile(r"(?<![a-z])(?:toi\s+da|khong\s+(?:vuot\s+)?qua|nhieu\s+nhat)(?![a-z])")
_BARE_CELL_RE = re.compile(r"\s*(\d{2,3}|\d{1,3}\.\d{3})\s*")


def table_limits(plan: Plan) -> Iterator[Found[DelegateLimit]]:
    """Yield the numbers of a table whose rows or columns are conferences: "Cấp huyện | 200"."""
    for table in (*plan.outline.tables, *plan.annex.tables):
        header = table.header
        if header is None:
            continue
        for row, names, column in _number_cells(table, header):
            level = level_in(fold(names).strip(), plan.setting)
            number = _BARE_CELL_RE.fullmatch(row[column][0])
            if level is None or number is None or not CONFERENCE_CELL_RE.match(fold(names)):
                continue
            place = row[column][1] + number.start(1)
            count = int(number[1].replace(".", ""))
            text = " ".join(" ".join(cell for cell, _ in row).split())
            most = _AT_MOST_RE.search(fold(header[column][0])) is not None
            value = DelegateLimit(
                level=level, kind="max" if most else "exact", min=None if most else count, max=count, text=text
            )
            yield Found(value, ((place, place + len(number[1])),), 0.9, "rule:table")


def _number_cells(table: Table, header: Row) -> Iterator[tuple[Row, str, int]]:
    """Yield rows with the cell that says whose number it is, in the row or in the heading, and the number's column."""
    columns = allocation_columns(table)
    for row in table.body:
        if columns is not None and max(columns[0], columns[1][0][0]) < len(row):
            yield row, row[columns[0]][0], columns[1][0][0]
        if any(_NUMBERS_CELL_RE.match(fold(cell)) for cell, _ in row[:2]):
            yield from ((row, header[i][0], i) for i in range(1, min(len(row), len(header))))
