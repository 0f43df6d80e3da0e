"""Tables that were read a row a line come back as rows and cells."""

from __future__ import annotations

import pytest

from pipeline.assemble import assemble
from pipeline.data import Document, Line, Page
from pipeline.recognize.row_lines import find_row_lines

COUNTED = """\
STT Nội dung Người phụ trách
1 Hát mừng hội nghị Phòng Hành chính
2 __| Chào cờ Chi đoàn trường
3 Tổng kết phong trào năm học vừa qua và | Phòng Hành chính
nhiệm vụ của năm học tới
Thảo luận, góp ý Chi đoàn trường 2
5 ‘| Bế mạc Phòng Hành chính
IV. KINH PHÍ
1 Chi Ban Tài vụ
"""
TIMED = """\
Thời gian Nội dung Thực hiện
7h30 - 8h00 Đón đại biểu Tổ lễ tân
8h00 - 8h10 Chào cờ, giới thiệu đại biểu Người dẫn chương trình
8h10 - 8h40 Báo cáo tổng kết Giám đốc
"""


def document(text: str) -> Document:
    return assemble([Page(1, tuple(Line(line) for line in text.splitlines()), "plain", "test")])


def rows(text: str) -> list[tuple[str, ...]]:
    whole = document(text)
    found = find_row_lines(whole, whole.lines)
    for row in found.values():
        for cell, place in row or ():
            first = cell.split()[:1]
            assert whole.text[place:].startswith("".join(first))  # a cell leads back to the document
    return [tuple(" ".join(cell.split()) for cell, _ in row) for _, row in sorted(found.items()) if row]


def test_counted_rows_with_bars_wrapped_lines_and_a_lost_number() -> None:
    assert rows(COUNTED) == [
        ("STT", "Nội dung", "Người phụ trách"),
        ("1", "Hát mừng hội nghị", "Phòng Hành chính"),
        ("2", "Chào cờ", "Chi đoàn trường"),
        ("3", "Tổng kết phong trào năm học vừa qua và nhiệm vụ của năm học tới", "Phòng Hành chính"),
        ("", "Thảo luận, góp ý", "Chi đoàn trường"),
        ("5", "Bế mạc", "Phòng Hành chính"),
    ]


def test_timed_rows_where_nobody_is_named_twice() -> None:
    assert rows(TIMED) == [
        ("Thời gian", "Nội dung", "Thực hiện"),
        ("7h30 - 8h00", "Đón đại biểu", "Tổ lễ tân"),
        ("8h00 - 8h10", "Chào cờ, giới thiệu đại biểu", "Người dẫn chương trình"),
        ("8h10 - 8h40", "Báo cáo tổng kết", "Giám đốc"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung thực hiện\n1. Chào cờ\n2. Khai mạc\n3. Bế mạc\n",
        "STT Nội dung Người phụ trách\n1 Chào cờ\n2 Khai mạc\n3 Bế mạc\n",
        "STT\tNội dung\tNgười phụ trách\n1\tChào cờ\tPhòng A\n2\tHát\tPhòng A\n3\tBế mạc\tPhòng A\n",
    ],
    ids=["a numbered list", "no last cell", "cells are apart already"],
)
def test_what_is_no_such_table(text: str) -> None:
    assert rows(text) == []
