"""Reading order and zones of text layers, on PDFs of our own and on boxes."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from corpus.layout import Close, Header, Layout, PageBreak, Paragraph, Run, Table
from corpus.render.pdf import render_pdf
from corpus.render.variants import OFFICE
from pipeline.data import BBox, Line, Page
from pipeline.read import read_pages
from pipeline.read.layout import Box, page_lines
from pipeline.read.sniff import PDF


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    return Page(number, (), "ocr", reason)


def read(content: bytes, folder: Path) -> list[Page]:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return list(read_pages(path, PDF, unread))


def centred(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text, bold=True),), align="center", first_indent=0.0) for text in texts)


def plain(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text),)) for text in texts)


def left(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text),), align="left", first_indent=0.0, space_before=0.0) for text in texts)


MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BODY = plain(
    "Căn cứ chỉ đạo của cấp trên về công tác thi đua, khen thưởng, cơ quan xây dựng kế hoạch tổ chức hội nghị như sau:",
    "1. Thời gian: xong trước ngày 15/3/2020.",
)
HEADERS = {
    "commune": Header(
        centred("ỦY BAN NHÂN DÂN", "XÃ NẬM LẠNH", "Số: 17/KH-UBND"),
        centred(*MOTTO, "Nậm Lạnh, ngày 03 tháng 02 năm 2020"),
    ),
    "long names on the left": Header(
        centred("ỦY BAN NHÂN DÂN TỈNH", "BAN CHỈ ĐẠO THI ĐUA", "KHEN THƯỞNG", "Số: 5/KH-BCĐ"),
        centred(*MOTTO, "Sơn La, ngày 9 tháng 6 năm 2021"),
    ),
    "party": Header(
        centred("ĐẢNG BỘ TỈNH SƠN LA", "HUYỆN ỦY SÔNG MÃ", "*", "Số 45-KH/HU"),
        centred("ĐẢNG CỘNG SẢN VIỆT NAM", "Sông Mã, ngày 4 tháng 5 năm 2022"),
    ),
    "union": Header(
        centred("TỔNG LIÊN ĐOÀN", "LAO ĐỘNG VIỆT NAM", "Số: 8/KH-TLĐ"),
        centred(*MOTTO, "Hà Nội, ngày 1 tháng 7 năm 2023"),
    ),
    "number left blank": Header(
        centred("SỞ NỘI VỤ", "Số:      /KH-SNV"), centred(*MOTTO, "Sơn La, ngày      tháng 02 năm 2020")
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_header_is_read_column_by_column(tmp_path: Path, name: str) -> None:
    header = HEADERS[name]
    layout = Layout((header, *centred("KẾ HOẠCH", "Tổ chức Hội nghị điển hình tiên tiến"), *BODY))
    (page,) = read(render_pdf(layout), tmp_path)
    zones = {zone: [line.text for line in page.lines if line.zone == zone] for zone in ("header_left", "header_right")}
    assert zones["header_left"] == [" ".join(p.text.split()) for p in header.left]
    assert zones["header_right"] == [" ".join(p.text.split()) for p in header.right]
    assert [line.text for line in page.lines if line.zone == "title"] == [
        "KẾ HOẠCH",
        "Tổ chức Hội nghị điển hình tiên tiến",
    ]
    order = [line.zone for line in page.lines]
    assert order == sorted(order, key=["header_left", "header_right", "title", "body"].index)


@pytest.mark.parametrize(
    ("recipients", "signature"),
    [
        (("Nơi nhận:", "- Như trên;", "- Lưu: VT."), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Thị Hương")),
        (("Nơi nhận:", "- Lưu: VT."), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình")),
        (("Nơi gửi:", "- Các chi bộ;", "- Lưu VPĐU."), ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Vì Văn An")),
        (("Nơi nhận:", "- Như kính gửi;", "- Lưu: VT."), ("Q. HIỆU TRƯỞNG", "Hà Thị Lan")),
    ],
    ids=["committee", "deputy", "party", "acting"],
)
def test_close_is_read_column_by_column(
    tmp_path: Path, recipients: tuple[str, ...], signature: tuple[str, ...]
) -> None:
    layout = Layout((HEADERS["commune"], *centred("KẾ HOẠCH"), *BODY, Close(left(*recipients), centred(*signature))))
    (page,) = read(render_pdf(layout), tmp_path)
    assert [line.text for line in page.lines if line.zone == "recipients"] == list(recipients)
    assert [line.text for line in page.lines if line.zone == "signature"] == list(signature)


TABLE = Table(
    (
        ("STT", "Đơn vị", "Số đại biểu"),
        ("1", "Xã Nà Nghịu", "12"),
        ("2", "Thị trấn Sông Mã và các cơ quan đóng trên địa bàn thị trấn", "15"),
    )
)


def test_ruled_table_gives_a_line_a_row(tmp_path: Path) -> None:
    layout = Layout((*plain("Phân bổ đại biểu như sau:"), TABLE, *plain("Trên đây là phân bổ đại biểu của huyện.")))
    (page,) = read(render_pdf(layout), tmp_path)
    assert [line.text for line in page.lines] == list(layout.lines())
    assert [line.zone for line in page.lines] == ["body", "table", "table", "table", "body"]
    row = page.lines[3]
    assert [row.text[word.start : word.end] for word in row.words] == row.text.split()


def test_merged_cells_keep_the_columns_of_their_row(tmp_path: Path) -> None:
    """A cell over two rows, and one over two columns in the row of the total."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    xs, ys = (70, 120, 320, 480), (700, 670, 640, 610)
    for index, y in enumerate(ys):
        canvas.line(xs[1] if index == 1 else xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[2] if x == xs[1] else ys[-1])
    cells = [(75, 680, "1"), (130, 680, "Ban A"), (330, 680, "12"), (130, 650, "Ban B"), (330, 650, "9")]
    for x, y, text in [*cells, (75, 620, "Total"), (330, 620, "21"), (70, 500, "These are the shares of all offices.")]:
        canvas.drawString(x, y, text)
    canvas.save()
    (page,) = read(out.getvalue(), tmp_path)
    rows = [line.text for line in page.lines if line.zone == "table"]
    assert rows == ["1\tBan A\t12", "\tBan B\t9", "Total\t\t21"]


def test_landscape_annex_after_portrait_pages(tmp_path: Path) -> None:
    layout = Layout(
        (HEADERS["commune"], *centred("KẾ HOẠCH"), *BODY, PageBreak(landscape=True), *centred("PHỤ LỤC"), TABLE)
    )
    first, second = read(render_pdf(layout), tmp_path)
    assert (first.width, first.height) == pytest.approx((595.3, 841.9), abs=0.5)
    assert (second.width, second.height) == pytest.approx((841.9, 595.3), abs=0.5)
    assert [line.zone for line in second.lines if line.zone != "margin"] == ["body", "table", "table", "table"]


def turned(content: bytes, degrees: int) -> bytes:
    """The same pages, shown turned: /Rotate alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.Rotate = degrees
        pdf.save(out)
    return out.getvalue()


def drawn_turned(content: bytes, degrees: int) -> bytes:
    """The same pages, their content drawn turned and /Rotate setting them upright again."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            matrix, box = {
                90: (f"0 1 -1 0 {height} 0", [0, 0, height, width]),
                180: (f"-1 0 0 -1 {width} {height}", [0, 0, width, height]),
                270: (f"0 -1 1 0 0 {width}", [0, 0, height, width]),
            }[degrees]
            page.contents_add(f"q {matrix} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.MediaBox = pikepdf.Array(box)
            page.Rotate = degrees
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("how", [turned, drawn_turned], ids=["shown turned", "drawn turned, shown upright"])
def test_turned_pages_read_the_same(tmp_path: Path, degrees: int, how: object) -> None:
    layout = Layout((HEADERS["commune"], *centred("KẾ HOẠCH"), *BODY))
    upright = render_pdf(layout)
    (expected,) = read(upright, tmp_path)
    (page,) = read(how(upright, degrees), tmp_path)  # type: ignore[operator]
    assert [(line.text, line.zone) for line in page.lines] == [(line.text, line.zone) for line in expected.lines]
    assert page.width == pytest.approx(expected.width, abs=0.5)
    for line, other in zip(page.lines, expected.lines, strict=True):
        assert line.bbox == pytest.approx(other.bbox, abs=2.5)
    assert page.rotation == (0 if how is drawn_turned else (360 - degrees) % 360)


def test_crop_box_moves_the_origin(tmp_path: Path) -> None:
    out = io.BytesIO()
    content = render_pdf(Layout((*plain("Nội dung của kế hoạch tổ chức hội nghị"),)))
    (plain_page,) = read(content, tmp_path)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
        pdf.pages[0].CropBox = pikepdf.Array([20, 0, width, height - 30])
        pdf.save(out)
    (page,) = read(out.getvalue(), tmp_path)
    before, after = plain_page.lines[0].bbox, page.lines[0].bbox
    assert before is not None
    assert after is not None
    assert after == pytest.approx((before[0] - 20, before[1] - 30, before[2] - 20, before[3] - 30), abs=0.5)


@pytest.mark.parametrize(("variant", "condition"), [("pdf-tcvn3", "legacy:tcvn3"), ("pdf-vni", "legacy:vni")])
def test_legacy_layers_are_converted(tmp_path: Path, variant: str, condition: str) -> None:
    layout = Layout((HEADERS["commune"], *centred("KẾ HOẠCH"), *BODY))
    (expected,) = read(render_pdf(layout), tmp_path)
    (page,) = read(OFFICE[variant][1](layout), tmp_path)
    assert [line.text for line in page.lines] == [line.text for line in expected.lines]
    assert page.condition == condition


def test_page_numbers_and_running_headers_are_margin(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(1, 5):
        canvas.drawString(180, 800, f"GAZETTE / No {12} / {number}-9-2021")
        canvas.drawString(300, 30, f"- {number} -")
        for i in range(20):
            canvas.drawString(
                72, 740 - 20 * i, f"Line {number * 37 + i} of the text, different on every page {i * number}"
            )
        canvas.showPage()
    canvas.save()
    for page in read(out.getvalue(), tmp_path):
        margin = [line.text for line in page.lines if line.zone == "margin"]
        assert margin == [f"GAZETTE / No 12 / {page.number}-9-2021", f"- {page.number} -"]
        assert page.lines[0].zone == "margin"
        assert len([line for line in page.lines if line.zone == "body"]) == 20


def boxes(rows: list[tuple[float, list[tuple[float, str]]]], size: float = 14.0) -> list[Box]:
    """Words as boxes: each row its bottom, and texts with their left edges; letters are half as wide as high."""
    out: list[Box] = []
    for bottom, parts in rows:
        for x, text in parts:
            for word in text.split():
                box: BBox = (x, bottom - size, x + 0.5 * size * len(word), bottom)
                out.append(Box(word, box, len(out)))
                x = box[2] + 0.25 * size
    return out


def summary(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    return [(line.zone, line.text) for line in lines]


def test_columns_with_other_line_pitches_do_not_mix() -> None:
    page = boxes(
        [
            (60, [(90, "UBND HUYỆN A")]), (62, [(300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]),
            (75, [(80, "PHÒNG NỘI VỤ")]), (79, [(330, "Độc lập - Tự do - Hạnh phúc")]),
            (100, [(85, "Số: 3/KH-PNV")]), (104, [(310, "A, ngày 5 tháng 6 năm 2020")]),
        ]
    )  # fmt: skip
    assert summary(page_lines(page, 595, 842)) == [
        ("header_left", "UBND HUYỆN A"),
        ("header_left", "PHÒNG NỘI VỤ"),
        ("header_left", "Số: 3/KH-PNV"),
        ("header_right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("header_right", "Độc lập - Tự do - Hạnh phúc"),
        ("header_right", "A, ngày 5 tháng 6 năm 2020"),
    ]


def test_a_list_of_times_keeps_its_pairs() -> None:
    page = boxes([(400 + 20 * i, [(80, f"{8 + i}h00"), (200, f"Nội dung thứ {i} của chương trình")]) for i in range(4)])
    assert summary(page_lines(page, 595, 842))[0] == ("body", "8h00 Nội dung thứ 0 của chương trình")


def test_an_empty_page_has_no_lines() -> None:
    assert page_lines([], 595, 842) == ()


@pytest.mark.shared
def test_words_whose_fonts_change_stay_whole(shared: Path) -> None:
    path = shared / "documents" / "digital-signed-929c2be2.pdf"  # every marked vowel is set in another font
    if not path.exists():
        pytest.skip(f"{path.name} is not among the documents")
    words = [
        line.text[word.start : word.end]
        for page in read_pages(path, PDF, unread)
        for line in page.lines
        for word in line.words
    ]
    assert words.count("của") > 40
    assert not {"ủa", "ật", "ịa", "ản", "ều"} & set(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("K Ế H O Ạ C H", "KẾ HOẠCH"),
        ("Ủ Y B A N N H Â N D Â N", "ỦY BAN NHÂN DÂN"),
        ("T I Ê U C H U Ẩ N Q U Ố C G I A", "TIÊU CHUẨN QUỐC GIA"),
        ("A B C D", "A B C D"),
        ("a b c d đ e", "a b c d đ e"),
        ("I V X L", "I V X L"),
    ],
)
def test_letters_set_apart_are_joined_to_syllables(words: str, expected: str) -> None:
    page = boxes([(100, [(200, words)]), (140, [(80, "Nội dung của kế hoạch tổ chức hội nghị")])])
    line = page_lines(page, 595, 842)[0]
    assert line.text == expected
    assert [line.text[word.start : word.end] for word in line.words] == expected.split()
