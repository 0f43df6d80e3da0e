from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.outline import Outline, read_marker, read_outline
from pipeline.recognize.passage import join
from tests.body import document_of


def shape(outline: Outline) -> list[tuple[int, str, str]]:
    return [(len(list(item.path())) - 1, item.marker, item.text) for item in outline.items]


def test_every_style_nests_in_the_one_before() -> None:
    text = "Phần I\nI. NỘI DUNG\n1. Hội nghị\n1.1. Cấp xã\na) Thời gian\n- Một buổi\n+ Buổi sáng\nII. KẾT THÚC"
    assert [(depth, marker) for depth, marker, _ in shape(read_outline(document_of(text)))] == [
        (0, "Phần I"), (1, "I."), (2, "1."), (3, "1.1."), (4, "a)"), (5, "-"), (6, "+"), (1, "II."),
    ]  # fmt: skip


def test_numbers_may_skip_and_repeat() -> None:
    text = "1. Một\n1.1. Một một\n3. Ba\n3. Ba nữa\n3.2. Ba hai"
    assert [depth for depth, _, _ in shape(read_outline(document_of(text)))] == [0, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("lines", "depths"),
    [
        ("I. Mục đích\n1. Một\n1I. Thời gian\n1. Hai\nHI. TỔ CHỨC\nIY. Kinh phí", [0, 1, 0, 1, 0, 0]),
        ("A. HỘI NGHỊ\nL. Mục đích\n- Một\nH. Thời gian\n- Hai\nB. ĐẠI HỘI", [0, 1, 2, 1, 2, 0]),
        ("A. Một\nB. Hai\nC. Ba\nD. Bốn\nE. Năm\nG. Sáu\nH. Bảy", [0] * 7),
        ("I. NỘI DUNG\n1. Một\n2. Hai\nTX. Hà Tiên hoàn thành trong tháng 3.", [0, 1, 1, 2]),
    ],
    ids=["lower-case-titles", "under-capitals", "eighth-capital", "an-abbreviation"],
)
def test_damaged_roman_numerals_go_on_with_their_list(lines: str, depths: list[int]) -> None:
    assert [depth for depth, _, _ in shape(read_outline(document_of(lines)))][: len(depths)] == depths


def test_an_item_runs_over_lines_and_pages() -> None:
    text = "- Biểu dương các tập thể, cá nhân tiêu biểu trong\nphong trào thi đua,\f1\nlập thành tích.\n- Bế mạc."
    outline = read_outline(document_of(text))
    assert [item.text for item in outline.items] == [
        "Biểu dương các tập thể, cá nhân tiêu biểu trong phong trào thi đua, lập thành tích.",
        "Bế mạc.",
    ]


def test_rows_of_a_table_are_labelled_by_their_columns() -> None:
    text = "II. QUY MÔ\nCấp\tThời gian\tĐại biểu\nCơ sở\tTháng 3/2025\tKhông quá 100"
    assert read_outline(document_of(text)).items[-1].text == "Cơ sở: Thời gian: Tháng 3/2025; Đại biểu: Không quá 100;"


@pytest.mark.parametrize(
    "line",
    [
        "30.4.2020 là hạn cuối",
        "11/2014, thời gian ½ ngày",
        "IV/2019.",
        "1.500 đại biểu",
        "– 2020; phương hướng",
        "300 đại biểu",
        "2020 là năm",
    ],
)
def test_what_only_looks_like_numbering(line: str) -> None:
    assert read_marker(line) is None


@given(st.lists(st.text(alphabet="abc đ.", min_size=1, max_size=12), min_size=1, max_size=5), st.data())
def test_spans_lead_back_to_the_same_words(pieces: list[str], data: st.DataObject) -> None:
    document, places = "", []
    for piece in pieces:
        places.append((piece, len(document)))
        document += piece + "###"
    passage = join(places)
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    found = "".join(document[low:high] for low, high in passage.spans(start, end))
    assert found.replace(" ", "") == passage.text[start:end].replace(" ", "")


def test_parts_of_a_chapter_are_no_parts_of_the_document() -> None:
    text = (
        "I. MỤC ĐÍCH\nII. NỘI DUNG\n3. Chương trình\nPhần 1. Nghi thức\n- Chào cờ\n"
        "Phần 2. Nội dung\n1. Khai mạc\n2. Bế mạc\n4. Kinh phí\nIII. TỔ CHỨC"
    )
    assert [(depth, marker) for depth, marker, _ in shape(read_outline(document_of(text)))] == [
        (0, "I."), (0, "II."), (1, "3."), (2, "Phần 1"), (3, "-"), (2, "Phần 2"), (3, "1."), (3, "2."), (1, "4."),
        (0, "III."),
    ]  # fmt: skip


def test_cells_that_stand_a_line_each_are_rows_again() -> None:
    text = (
        "3. Thành phần\nSTT\nĐơn vị\nSố đại biểu\n1\nHuyện ủy\n12\n2\n"
        "Văn phòng Hội đồng nhân dân và\nỦy ban nhân dân huyện\n8\n3\n"
        "Các xã\n90\n4. Kinh phí\n1\n2"
    )
    (table,) = read_outline(document_of(text)).tables
    assert [[cell for cell, _ in row] for row in table.rows] == [
        ["STT", "Đơn vị", "Số đại biểu"],
        ["1", "Huyện ủy", "12"],
        ["2", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện", "8"],
        ["3", "Các xã", "90"],
    ]
    assert all(text[place : place + len(cell)].replace("\n", " ") == cell for row in table.rows for cell, place in row)


def test_the_number_of_a_page_is_no_row() -> None:
    text = "STT\nNội dung\n1\nChào cờ\n2\f2\nKhai mạc\n3\nBế mạc"
    (table,) = read_outline(document_of(text)).tables
    assert [row[1][0] for row in table.body] == ["Chào cờ", "Khai mạc", "Bế mạc"]
