"""Tables that run over a page break, from text, from PDF and from scans."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.layout import Layout, PageBreak, Paragraph, Run, Table
from corpus.render import render_pages
from corpus.render.pdf import render_pdf
from pipeline import ocr
from pipeline.assemble import assemble
from pipeline.data import Page
from pipeline.recognize import read_plan, recognize
from pipeline.recognize.agenda import find_agenda
from pipeline.recognize.outline import read_outline
from pipeline.recognize.page_breaks import across_pages
from tests.body import TOWN, document_of
from tests.test_read_layout import read

HEADINGS = "TT\tĐơn vị\tSố đại biểu"


def rows_of(text: str) -> list[str]:
    """Return the rows of the only table of a text, cells parted by bars."""
    (table,) = read_outline(document_of(text)).tables
    return ["|".join(cell for cell, _ in row) for row in table.rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            f"{HEADINGS}\n1\tXã Nà Nghịu\t12\f2\n{HEADINGS}\n2\tXã Chiềng Cang\t9",
            ["TT|Đơn vị|Số đại biểu", "1|Xã Nà Nghịu|12", "2|Xã Chiềng Cang|9"],
            id="headings printed again",
        ),
        pytest.param(
            f"{HEADINGS}\n1\tXã Nà Nghịu\t12\fTT\tĐơn vi\tSô đại biểu\n2\tXã Chiềng Cang\t9",
            ["TT|Đơn vị|Số đại biểu", "1|Xã Nà Nghịu|12", "2|Xã Chiềng Cang|9"],
            id="headings read another way",
        ),
        pytest.param(
            f"{HEADINGS}\t\n\t\tNam\tNữ\n1\tXã A\t2\t3\f{HEADINGS}\t\n\t\tNam\tNữ\n2\tXã B\t4\t5",
            ["TT|Đơn vị|Số đại biểu|", "||Nam|Nữ", "1|Xã A|2|3", "2|Xã B|4|5"],
            id="two rows of headings",
        ),
        pytest.param(
            f"{HEADINGS}\n1\tTrường Mầm non\t12\n2\tThị trấn Sông Mã và\t15\f\tcác cơ quan đóng tại đó\t\n3\tXã B\t4",
            [
                "TT|Đơn vị|Số đại biểu", "1|Trường Mầm non|12",
                "2|Thị trấn Sông Mã và các cơ quan đóng tại đó|15", "3|Xã B|4",
            ],
            id="a row cut in a sentence",
        ),
        pytest.param(
            f"{HEADINGS}\n1\tXã Nà Nghịu\t12\n2\tUBND huyện\t15\f{HEADINGS}\n\tMường Khương\t\n3\tXã B\t4",
            ["TT|Đơn vị|Số đại biểu", "1|Xã Nà Nghịu|12", "2|UBND huyện Mường Khương|15", "3|Xã B|4"],
            id="a row cut in a name",
        ),
        pytest.param(
            f"{HEADINGS}\n1\tXã Nà Nghịu\t12\n2\tXã B\t15\f\tTổng cộng\t27",
            ["TT|Đơn vị|Số đại biểu", "1|Xã Nà Nghịu|12", "2|Xã B|15", "|Tổng cộng|27"],
            id="a total is no rest",
        ),
        pytest.param(
            f"{HEADINGS}\n1\tXã Nà Nghịu\t12\n2\tXã B\t15\f\tKhối trường học:\t40\n3\tTrường A\t20",
            ["TT|Đơn vị|Số đại biểu", "1|Xã Nà Nghịu|12", "2|Xã B|15", "|Khối trường học:|40", "3|Trường A|20"],
            id="a group with a number of its own is no rest",
        ),
        pytest.param(
            "Giờ\tNội dung\tThực hiện\n8h\tChào cờ\tBTC\n\tKhai mạc\tBí thư\f\tBáo cáo\tChủ tịch\n9h\tBế mạc\tBTC",
            ["Giờ|Nội dung|Thực hiện", "8h|Chào cờ|BTC", "|Khai mạc|Bí thư", "|Báo cáo|Chủ tịch", "9h|Bế mạc|BTC"],
            id="several steps at one time are rows of their own",
        ),
    ],
)  # fmt: skip
def test_page_breaks_are_taken_out(text: str, rows: list[str]) -> None:
    assert rows_of(text) == rows


def test_without_a_page_break_rows_stay() -> None:
    rows = (("1", 0), ("Xã A và", 2)), (("", 12), ("các thôn", 13))
    assert across_pages([(row, 1) for row in rows]) == (rows, {})


def test_a_cut_cell_leads_back_to_both_parts() -> None:
    text = HEADINGS + "\n1\tXã B\t4\n2\tThị trấn Sông Mã và\t15\f\tcác cơ quan\t"
    (table,) = read_outline(document_of(text)).tables
    assert [text[start:end] for start, end in table.spans(table.rows[2][1])] == ["Thị trấn Sông Mã và", "các cơ quan"]


def test_units_of_cut_rows_get_their_delegates() -> None:
    table = f"{HEADINGS}\n1\tXã B\t4\n2\tThị trấn Sông Mã và\t15\f{HEADINGS}\n\tcác cơ quan\t"
    text = f"KẾ HOẠCH\n1. Phân bổ đại biểu\n{table}"
    facts = recognize(document_of(text))
    assert [(row.unit, row.delegates) for row in facts.allocations] == [
        ("Xã B", 4), ("Thị trấn Sông Mã và các cơ quan", 15),
    ]  # fmt: skip


PROGRAMME = (
    ("TT", "Nội dung", "Thực hiện"),
    ("1", "Chào cờ, giới thiệu đại biểu", "Ban Tổ chức"),
    ("2", "Khai mạc hội nghị", "Chủ tịch"),
    ("3", "Báo cáo tổng kết phong trào thi đua", "Phó Chủ tịch"),
    ("4", "Trao khen thưởng các điển hình", "Ban Tổ chức"),
)
REST = (
    ("TT", "Nội dung", "Thực hiện"),
    ("", "tiên tiến của huyện", ""),
    ("5", "Phát động thi đua giai đoạn mới", "Chủ tịch"),
    ("6", "Bế mạc hội nghị", "Chủ tịch"),
)
LAYOUT = Layout(
    (
        Paragraph((Run("IV. CHƯƠNG TRÌNH HỘI NGHỊ", bold=True),)),
        Table(PROGRAMME), PageBreak(), Table(REST),
        Paragraph((Run("Trên đây là chương trình hội nghị biểu dương của huyện."),)),
    )
)  # fmt: skip


def steps(pages: list[Page]) -> list[str]:
    return [item.value.text for item in find_agenda(read_plan(assemble(pages), TOWN, None))]


EXPECTED = [
    *(row[1] for row in PROGRAMME[1:4]),
    "Trao khen thưởng các điển hình tiên tiến của huyện",
    *(row[1] for row in REST[2:]),
]


def test_a_programme_in_a_pdf_over_two_pages(tmp_path: Path) -> None:
    assert steps(read(render_pdf(LAYOUT), tmp_path)) == EXPECTED


@pytest.mark.ocr
def test_a_programme_on_a_scan_over_two_pages() -> None:
    scans = render_pages(LAYOUT, 200)
    pages = [ocr.recognize_page(scan.image, 200, i, "a scan", mode="fast") for i, scan in enumerate(scans, 1)]
    assert steps(pages) == EXPECTED
