"""Word documents: lists, tables, letterhead, legacy fonts, and what Word hides."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from numpy.typing import NDArray

from corpus.layout import Close, Header, Layout, Paragraph, Run, Table
from corpus.render.variants import OFFICE
from pipeline.data import Page
from pipeline.errors import InputFileError
from pipeline.read import page_count, read_pages, sniff
from pipeline.read.sniff import DOC, DOCX


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    raise AssertionError("a Word document needs no recognition")


def texts(document: Any, folder: Path) -> list[str]:
    path = folder / "a.docx"
    document.save(str(path))
    return [line.text for page in read_pages(path, DOCX, unread) for line in page.lines]


def centred(text: str) -> Paragraph:
    return Paragraph((Run(text, bold=True),), align="center", first_indent=0.0)


def plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))


PLAN = Layout(
    (
        Header(
            (centred("ỦY BAN NHÂN DÂN"), centred("XÃ NẬM LẠNH"), centred("Số: 17/KH-UBND")),
            (
                centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                centred("Độc lập - Tự do - Hạnh phúc"),
                centred("Nậm Lạnh, ngày 03 tháng 02 năm 2020"),
            ),
        ),
        centred("KẾ HOẠCH"),
        centred("Tổ chức Hội nghị điển hình tiên tiến cấp cơ sở"),
        plain("Ủy ban nhân dân xã xây dựng kế hoạch tổ chức hội nghị như sau, đề nghị các bản thực hiện:"),
        plain("1. Thời gian: một buổi, xong trước ngày 15/3/2020."),
        Table((("STT", "Bản", "Đại biểu"), ("1", "Bản Phổng", "12"), ("2", "Bản Pá Men", "9"))),
        plain("Trên đây là kế hoạch của Ủy ban nhân dân xã, đề nghị các đơn vị thực hiện./."),
        Close(
            (plain("Nơi nhận:"), plain("- Như trên;"), plain("- Lưu: VT.")),
            (centred("TM. ỦY BAN NHÂN DÂN"), centred("CHỦ TỊCH"), centred("Lò Thị Hương")),
        ),
    )
)
ZONES = ["header_left"] * 3 + ["header_right"] * 3 + ["title"] * 2 + ["body"] * 2 + ["table"] * 3 + ["body"]
ZONES += ["recipients"] * 3 + ["signature"] * 3


@pytest.mark.parametrize(
    ("variant", "condition"), [("docx", None), ("docx-tcvn3", "legacy:tcvn3"), ("docx-vni", "legacy:vni")]
)
def test_a_plan_is_read_in_order_with_its_zones(tmp_path: Path, variant: str, condition: str | None) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(OFFICE[variant][1](PLAN))
    assert sniff(path) == DOCX
    (page,) = read_pages(path, DOCX, unread)
    assert [line.text for line in page.lines] == list(PLAN.lines())
    assert [line.zone for line in page.lines] == ZONES
    assert page.condition == condition
    assert page_count(path, DOCX) is None


LEVELS = [
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("lowerLetter", "%3)"),
    ("decimal", "%2.%4."),
    ("bullet", "\uf02d"),
]


def numbered() -> Any:
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(LEVELS)
    )
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    for number, override in (
        ("90", ""),
        ("91", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        part.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{override}</w:num>')
        )
    return document


def item(document: Any, text: str, level: int, number: str = "90") -> Any:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    document = numbered()
    for text, level in (
        ("Mục đích", 0), ("Yêu cầu", 1), ("Nội dung", 1), ("Một", 2), ("Hai", 2), ("Ba", 3), ("Bốn", 4),
        ("Tổ chức", 0), ("Thời gian", 1),
    ):  # fmt: skip
        item(document, text, level)
    item(document, "Phụ lục", 0, "91")
    assert texts(document, tmp_path) == [
        "I. Mục đích", "1. Yêu cầu", "2. Nội dung", "a) Một", "b) Hai", "2.1. Ba", "- Bốn",
        "II. Tổ chức", "1. Thời gian", "I. Phụ lục",
    ]  # fmt: skip


def test_a_number_of_its_own_is_not_doubled_and_an_empty_item_has_none(tmp_path: Path) -> None:
    document = numbered()
    item(document, "Một", 0)
    item(document, "", 0)
    document.add_paragraph("2. Viết tay")
    assert texts(document, tmp_path) == ["I. Một", "2. Viết tay"]


def test_deleted_and_hidden_text_is_left_out_inserted_text_stays(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Số lượng: ")
    for tag, content in (("del", "<w:delText>150</w:delText>"), ("ins", "<w:t>120</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r>{content}</w:r></w:{tag}>'))
    hidden = paragraph.add_run(" (nháp)")
    hidden.font.hidden = True
    assert texts(document, tmp_path) == ["Số lượng: 120"]


def test_all_capitals_and_line_breaks_read_as_printed(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Kế hoạch")
    run.font.all_caps = True
    paragraph = document.add_paragraph("dòng một")
    paragraph.add_run().add_break()
    paragraph.add_run("dòng hai")
    assert texts(document, tmp_path) == ["KẾ HOẠCH", "dòng một", "dòng hai"]


def test_page_breaks_make_pages(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("trang một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("trang hai")
    document.save(str(tmp_path / "a.docx"))
    pages = list(read_pages(tmp_path / "a.docx", DOCX, unread))
    assert [(page.number, [line.text for line in page.lines]) for page in pages] == [
        (1, ["trang một"]),
        (2, ["trang hai"]),
    ]


def test_merged_cells_keep_their_column(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for i, row in enumerate((("TT", "Đơn vị", "Số"), ("1", "Khối xã", "10"), ("", "Khối cơ quan", "20"))):
        for cell, text in zip(table.rows[i].cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert texts(document, tmp_path) == ["TT\tĐơn vị\tSố", "1\tKhối xã\t10", "\tKhối cơ quan\t20"]


def test_text_boxes_and_hyperlinks_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Gửi về ")
    link = OxmlElement("w:hyperlink")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "phòng Nội vụ"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    content = "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    assert texts(document, tmp_path) == ["Gửi về phòng Nội vụ", "HỎA TỐC"]


def test_words_cut_into_runs_are_converted_whole(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in ("Tæ ch", "øc Héi ngh", "Þ ®iÓn h", "×nh ti", "ªn tiÕn"):
        run = paragraph.add_run(part)
        run.font.name = ".VnTime"
    other = paragraph.add_run(" cấp cơ sở")
    other._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:ascii"), "Times New Roman")
    assert texts(document, tmp_path) == ["Tổ chức Hội nghị điển hình tiên tiến cấp cơ sở"]


def test_header_columns_parted_by_tabs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("UBND HUYỆN A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("Số: 5/KH-UBND\tĐộc lập - Tự do - Hạnh phúc")
    document.add_paragraph("KẾ HOẠCH")
    assert texts(document, tmp_path) == [
        "UBND HUYỆN A",
        "Số: 5/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
    ]


@pytest.fixture
def doc_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500))
    return path


def test_an_old_word_file_without_libreoffice(doc_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(InputFileError) as caught:
        list(read_pages(doc_file, sniff(doc_file), unread))
    assert caught.value.reason == "no_libreoffice"
    assert "libreoffice-writer" in str(caught.value)


@pytest.mark.reliability
def test_an_old_word_file_through_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "plan.docx"
    source.write_bytes(OFFICE["docx"][1](PLAN))
    document = docx.Document(str(source))
    document.add_paragraph()  # as Word has it: LibreOffice drops a table that ends a document
    document.save(str(source))
    profile = (tmp_path / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    (page,) = read_pages(tmp_path / "plan.doc", DOC, unread)
    assert [line.text for line in page.lines] == list(PLAN.lines())
    assert [line.zone for line in page.lines] == ZONES
