"""Text and Markdown files: bytes to text, pages, columns, marks, the stamps of exports."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.data import Page
from pipeline.lexicon.encodings import detect, encode
from pipeline.read import page_count, read_pages, sniff
from pipeline.read.sniff import TEXT

SENTENCE = "Ủy ban nhân dân huyện xây dựng kế hoạch tổ chức hội nghị như sau"


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    raise AssertionError("a text needs no recognition")


def read(content: bytes, folder: Path, name: str = "a.txt") -> list[Page]:
    path = folder / name
    path.write_bytes(content)
    assert sniff(path) == TEXT
    return list(read_pages(path, TEXT, unread))


def texts(pages: list[Page]) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in pages]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SENTENCE.encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + SENTENCE.encode(), id="utf-8 with a mark"),
        pytest.param(SENTENCE.encode("utf-16"), id="utf-16 with a mark"),
    ],
)
def test_encodings_of_unicode(tmp_path: Path, content: bytes) -> None:
    ((line, *_),) = texts(read(content, tmp_path))
    assert line.startswith(SENTENCE)


WINDOWS_1258 = {  # letters that the code page has in one byte; all others are a letter and a combining tone
    *"ăâđêôơưĂÂĐÊÔƠƯ",
    *(chr(code) for code in range(0x20, 0x80)),
}
TONES_1258 = {"\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0301": 0xEC, "\u0323": 0xF2}


def windows_1258(text: str) -> bytes:
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in TONES_1258), "")
        base = unicodedata.normalize("NFC", marks.replace(tone, "") if tone else char)
        assert base in WINDOWS_1258
        out += base.encode("cp1258") + (bytes([TONES_1258[tone]]) if tone else b"")
    return bytes(out)


def test_windows_1258_is_composed(tmp_path: Path) -> None:
    assert texts(read(windows_1258(SENTENCE), tmp_path)) == [[SENTENCE]]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps"])
def test_bytes_of_legacy_encodings_survive(tmp_path: Path, encoding: str) -> None:
    surface = encode(SENTENCE, encoding)
    content = b"".join(_byte(char) for char in surface)
    ((line,),) = texts(read(content, tmp_path))
    assert line == surface
    assert detect(line) == encoding


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(char)])


def test_form_feeds_are_pages_and_page_numbers_margin(tmp_path: Path) -> None:
    pages = read("KẾ HOẠCH\nMột\n\f2\nHai\n\f".encode(), tmp_path)
    assert texts(pages) == [["KẾ HOẠCH", "Một"], ["2", "Hai"]]
    assert [line.zone for line in pages[1].lines] == ["margin", "body"]
    assert page_count(tmp_path / "a.txt", TEXT) is None


def test_empty_lines_between_stay(tmp_path: Path) -> None:
    assert texts(read(b"A\r\n\r\nB\r\n\r\n\r\n", tmp_path)) == [["A", "", "B"]]


COLUMNS = """\
ỦY BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ NẬM LẠNH                          Độc lập - Tự do - Hạnh phúc

Số: 17/KH-UBND                      Nậm Lạnh, ngày 03 tháng 02 năm 2020

                     KẾ HOẠCH
Nội dung của kế hoạch tổ chức hội nghị điển hình tiên tiến.
STT\tBản\tĐại biểu
1\tBản Phổng\t12

Nơi nhận:                           TM. ỦY BAN NHÂN DÂN
- Như trên;                               CHỦ TỊCH
- Lưu: VT.

                                        Lò Thị Hương
"""


def test_columns_side_by_side_come_one_after_the_other(tmp_path: Path) -> None:
    (page,) = read(COLUMNS.encode(), tmp_path)
    lines = [(line.zone, line.text) for line in page.lines if line.text]
    assert lines == [
        ("header_left", "ỦY BAN NHÂN DÂN"),
        ("header_left", "XÃ NẬM LẠNH"),
        ("header_left", "Số: 17/KH-UBND"),
        ("header_right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("header_right", "Độc lập - Tự do - Hạnh phúc"),
        ("header_right", "Nậm Lạnh, ngày 03 tháng 02 năm 2020"),
        ("body", "KẾ HOẠCH"),
        ("body", "Nội dung của kế hoạch tổ chức hội nghị điển hình tiên tiến."),
        ("table", "STT\tBản\tĐại biểu"),
        ("table", "1\tBản Phổng\t12"),
        ("recipients", "Nơi nhận:"),
        ("recipients", "- Như trên;"),
        ("recipients", "- Lưu: VT."),
        ("signature", "TM. ỦY BAN NHÂN DÂN"),
        ("signature", "CHỦ TỊCH"),
        ("signature", "Lò Thị Hương"),
    ]


def test_wide_gaps_in_a_body_are_no_columns(tmp_path: Path) -> None:
    body = "Một dòng    có khoảng trống rộng\nHai dòng    cũng có khoảng trống\n"
    assert texts(read(body.encode(), tmp_path)) == [body.splitlines()]


def test_markdown_marks_are_left_out_in_md_only(tmp_path: Path) -> None:
    content = "## **I. MỤC ĐÍCH**\n\n- a (*qua phòng Nội vụ*)  \n\\* b\n\n| TT | Đơn vị |\n|---|---|\n| 1 | Xã A |\n"
    (page,) = read(content.encode(), tmp_path, "a.md")
    assert [(line.zone, line.text) for line in page.lines if line.text] == [
        ("body", "I. MỤC ĐÍCH"),
        ("body", "- a (qua phòng Nội vụ)"),
        ("body", "* b"),
        ("table", "TT\tĐơn vị"),
        ("table", "1\tXã A"),
    ]
    assert texts(read(content.encode(), tmp_path))[0][0] == "## **I. MỤC ĐÍCH**"


def test_outline_and_stamp_of_an_export_are_margin(tmp_path: Path) -> None:
    content = "KẾ HOẠCH\nTrang 2 của phụ lục\n\n\tPage 1\n\tPage 2\n\n\t\t2020-02-03T08:00:00+0700\n\tViệt Nam\n"
    content += "\tUBND xã A<a@tinh.gov.vn> đã ký lên văn bản này!\n"
    (page,) = read(content.encode(), tmp_path)
    assert [line.text for line in page.lines if line.zone == "body" and line.text] == [
        "KẾ HOẠCH",
        "Trang 2 của phụ lục",
    ]
    assert len([line for line in page.lines if line.zone == "margin" and line.text]) == 5


@pytest.mark.shared
@pytest.mark.parametrize("name", ["bim-son-2019.txt", "duy-tien-2014.md", "hoan-kiem-2019.md"])
def test_seeds(shared: Path, name: str) -> None:
    path = shared / "seeds" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the seeds")
    (page,) = read_pages(path, sniff(path), unread)
    kept = [line.text for line in page.lines if line.zone != "margin"]
    assert not any("**" in text or text.startswith("#") or "\\" in text for text in kept)
    assert not any(text.startswith("Page ") for text in kept)
