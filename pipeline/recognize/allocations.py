"""Tables that share delegates out among units, or give each conference its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.data import Document
from pipeline.lexicon.folding import anchor_re, fold
from pipeline.recognize.context import Plan
from pipeline.recognize.found import Found
from pipeline.recognize.outline import Table
from pipeline.record import Allocation

_UNIT_CELL_RE = anchor_re(
    "đơn vị|khoa, phòng|khoa|phòng|khối|chi bộ|trường|tên đơn vị|cơ quan|xã, phường|tên xã|địa phương|tên cơ sở|"
    "công đoàn|phường, xã"
)
_COUNT_CELL_RE = anchor_re("số lượng|đại biểu|số đại biểu|số đb|phân bổ|chỉ tiêu|tổng số|số người")
_TOTAL_RE = anchor_re("tổng|tổng cộng|cộng|tổng số")
# "Cấp huyện | 200" is the number of a conference, no share of one.
CONFERENCE_CELL_RE = re.compile(r"\W*(?:cap|hoi\s*nghi|dai\s*hoi)(?![a-z])")


def find_allocations(plan: Plan) -> list[Found[Allocation]]:
    """Return the rows of tables that give a unit its number of delegates."""
    allocations: list[Found[Allocation]] = []
    for table in (*plan.outline.tables, *plan.annex.tables):
        columns = allocation_columns(table)
        if columns is None:
            continue
        unit_column, counts = columns
        for row in table.body:
            if unit_column >= len(row) or any(
                _TOTAL_RE.match(fold(cell).strip()) for cell, _ in row[: unit_column + 1]
            ):
                continue
            unit, unit_place = row[unit_column]
            if not any(char.isalpha() for char in unit) or CONFERENCE_CELL_RE.match(fold(unit)):
                continue  # a row that numbers the columns has no units
            for column, category in counts:
                if column < len(row) and (number := re.fullmatch(r"\s*0*(\d{1,4})\s*", row[column][0])):
                    value = Allocation(
                        unit=" ".join(unit.split()), delegates=int(number[1]), category=category,
                        text=" ".join(" ".join(cell for cell, _ in row).split()),
                    )  # fmt: skip
                    place = row[column][1] + number.start(1)
                    spans = ((place, place + len(number[1])), *table.spans((unit, unit_place)))
                    allocations.append(Found(value, spans, 0.9, "rule:table"))
    return allocations or list(_spaced_rows(plan.document))


# A table whose rules are lost: "STT Đơn vị Số đại biểu" / "1 Thị trấn Núi Sập 12" / "2 Xã Vĩnh Trạch 10" / "Cộng 22"
_SPACED_HEAD_RE = re.compile(
    r"\W*(?:s?tt|so\s+tt)\W+(?:ten\s+)?(?:don\s+vi|dia\s+phuong|co\s+quan|khoa|phong|truong|chi\s+bo|xa|phuong|thon)(?![a-z])[^\d]{0,30}?"
    r"\s(?:so\s*luong|so\s+dai\s*bieu|dai\s*bieu|phan\s+bo|chi\s+tieu|so\s+nguoi)[^\d]{0,30}"
)
_SPACED_ROW_RE = re.compile(r"\W*0*(?P<index>\d{1,3})[.)]?\s+(?P<unit>[^\W\d].{2,80}?)\s+0*(?P<number>\d{1,4})\W*")


def _spaced_rows(document: Document) -> Iterator[Found[Allocation]]:
    """Yield the rows of such tables: they count from one, so that a list of other numbers is none."""
    index: int | None = None
    for line in document.lines:
        text = document.text[line.start : line.end]
        if line.zone == "margin" or not text.strip():
            continue
        if _SPACED_HEAD_RE.fullmatch(fold(text)):
            index = 0
            continue
        row = _SPACED_ROW_RE.fullmatch(text) if index is not None else None
        if row is None or index is None or int(row["index"]) != index + 1:
            index = None
            continue
        index += 1
        value = Allocation(
            unit=" ".join(row["unit"].split()), delegates=int(row["number"]), text=" ".join(text.split())
        )
        spans = tuple((line.start + row.start(part), line.start + row.end(part)) for part in ("number", "unit"))
        yield Found(value, spans, 0.8, "rule:table")


def allocation_columns(table: Table) -> tuple[int, list[tuple[int, str | None]]] | None:
    """Return the column of units and those of numbers (with their heading where there are several); None if none."""
    header = table.header
    if header is None:
        return None
    folded = [fold(cell) for cell, _ in header]
    counts = [index for index, cell in enumerate(folded) if _COUNT_CELL_RE.search(cell)]
    units = [index for index, cell in enumerate(folded) if _UNIT_CELL_RE.search(cell) and index not in counts]
    units += [
        i
        for i in range(len(header))
        if any(i < len(row) and CONFERENCE_CELL_RE.match(fold(row[i][0])) for row in table.body)
    ]
    filled = [i for i in counts if any(i < len(row) and row[i][0].strip().isdigit() for row in table.body)]
    if not units or not filled:
        return None
    return units[0], [(i, " ".join(header[i][0].split()) if len(filled) > 1 else None) for i in filled]
