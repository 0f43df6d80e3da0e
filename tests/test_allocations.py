from __future__ import annotations

import pytest

from pipeline.recognize.allocations import find_allocations
from pipeline.recognize.limits import find_limits
from tests.body import plan_of

HEAD = "III. PHÂN BỔ ĐẠI BIỂU\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "TT\tĐơn vị\tSố đại biểu\n1\tXã Hòa Tiến\t05\n2\tXã Hòa Châu\t7\nTổng cộng\t\t12",
            [("Xã Hòa Tiến", 5), ("Xã Hòa Châu", 7)],
        ),
        (
            "STT Đơn vị Số đại biểu\n1 Thị trấn Núi Sập 12\n2 Xã Vĩnh Trạch 10\nCộng 22",
            [("Thị trấn Núi Sập", 12), ("Xã Vĩnh Trạch", 10)],
        ),
        ("STT Đơn vị Số đại biểu\n3 Thị trấn Núi Sập 12\n7 Xã Vĩnh Trạch 10", []),
        ("STT Nội dung Thời gian\n1 Chào cờ 5\n2 Khai mạc 10", []),
        ("TT\tCấp hội nghị\tSố đại biểu\n1\tCấp huyện\t200\n2\tCấp xã\t100", []),
    ],
    ids=["cells", "rules lost", "rows that do not count", "a programme", "numbers of conferences"],
)
def test_rows_that_share_delegates_out(table: str, expected: list[tuple[str, int]]) -> None:
    found = find_allocations(plan_of(HEAD + table))
    assert [(each.value.unit, each.value.delegates) for each in found] == expected


def test_a_row_points_at_its_number_and_its_unit() -> None:
    plan = plan_of(HEAD + "STT Đơn vị Số đại biểu\n1 Thị trấn Núi Sập 12\n2 Xã Vĩnh Trạch 10")
    quotes = [[plan.document.text[a:b] for a, b in each.spans] for each in find_allocations(plan)]
    assert quotes == [["12", "Thị trấn Núi Sập"], ["10", "Xã Vĩnh Trạch"]]


def test_numbers_of_conferences_in_a_table_are_limits() -> None:
    plan = plan_of(HEAD + "TT\tCấp hội nghị\tSố đại biểu\n1\tCấp huyện\t200\n2\tCấp xã\t100")
    limits = [(limit.value.level, limit.value.max) for limit in find_limits(plan)]
    assert limits == [("district", 200), ("grassroots", 100)]
