"""Digital signatures, and the numbers and dates that signing programs stamp into a header."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray

from corpus.layout import Header, Layout, Paragraph, Run
from corpus.render.pdf import render_pdf
from corpus.render.signed import sign_pdf
from pipeline.data import DigitalSignature, Page
from pipeline.read import read_pages, read_signatures
from pipeline.read.signatures import parse_pdf_date, stamp_signatures
from pipeline.read.sniff import PDF

VIETNAM = timezone(timedelta(hours=7))
TIME = datetime(2019, 9, 30, 17, 30, 4, tzinfo=VIETNAM)


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    return Page(number, (), "ocr", reason)


def centred(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(text, bold=True),), align="center", first_indent=0.0) for text in texts)


LAYOUT = Layout(
    (
        Header(
            centred("ỦY BAN NHÂN DÂN", "HUYỆN SÔNG MÃ", "Số:           /KH-UBND"),
            centred(
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                "Sông Mã, ngày         tháng 02 năm 2020",
            ),
        ),
        *centred("KẾ HOẠCH"),
        Paragraph((Run("Ủy ban nhân dân huyện xây dựng kế hoạch tổ chức hội nghị điển hình tiên tiến như sau:"),)),
    )
)  # fmt: skip


def test_signer_and_time_of_a_signed_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(sign_pdf(render_pdf(LAYOUT), "Lò Văn Thắng", "Ủy ban nhân dân huyện Sông Mã", TIME))
    before = path.read_bytes()
    assert read_signatures(path) == (DigitalSignature("Lò Văn Thắng", TIME),)
    assert read_signatures(path, PDF) == read_signatures(path)
    assert path.read_bytes() == before


def test_an_unsigned_pdf_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(LAYOUT))
    assert read_signatures(path) == ()


def test_a_container_that_cannot_be_read_leaves_the_entry_of_the_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(io.BytesIO(render_pdf(LAYOUT))) as pdf:
        value = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig, Name=pikepdf.String("Vì Văn An"), M=pikepdf.String("D:20200203080000+07'00'"),
                Contents=pikepdf.String(b"\x30\x03not DER"),
            )
        )  # fmt: skip
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=value))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(path)
    assert read_signatures(path) == (DigitalSignature("Vì Văn An", datetime(2020, 2, 3, 8, tzinfo=VIETNAM)),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D:20200203080910+07'00'", datetime(2020, 2, 3, 8, 9, 10, tzinfo=VIETNAM)),
        ("D:20200203080910Z", datetime(2020, 2, 3, 8, 9, 10, tzinfo=UTC)),
        ("20200203", datetime(2020, 2, 3, tzinfo=VIETNAM)),
        ("D:20201303", None),
        ("", None),
    ],
)
def test_pdf_dates(text: str, expected: datetime | None) -> None:
    assert parse_pdf_date(text) == expected


def test_stamps_in_a_text_export() -> None:
    lines = ["Nơi nhận:", "2020-02-03T08:00:00+0700", "Việt Nam", "UBND xã A<a@b.gov.vn> đã ký lên văn bản này!"]
    assert stamp_signatures(lines) == (DigitalSignature("UBND xã A", datetime(2020, 2, 3, 8, tzinfo=VIETNAM)),)
    assert stamp_signatures(["Ủy ban đã ban hành văn bản này"]) == ()


def stamped(content: bytes, stamps: list[tuple[tuple[float, float, float, float], str]]) -> bytes:
    """Put widgets of signature fields onto the first page, each drawing its text."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )  # fmt: skip
        widgets = []
        for (x0, y0, x1, y1), text in stamps:
            form = pdf.make_stream(
                f"BT /F1 12 Tf 1 4 Td ({text}) Tj ET".encode("latin-1"), Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, x1 - x0, y1 - y0]),
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            )  # fmt: skip
            widgets.append(
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=4,
                        T=pikepdf.String(text), Rect=pikepdf.Array([x0, y0, x1, y1]), AP=pikepdf.Dictionary(N=form),
                    )
                )
            )  # fmt: skip
        page.Annots = pikepdf.Array(widgets)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets))
        pdf.save(out)
    return out.getvalue()


def test_stamped_number_and_day_fill_their_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    blank = render_pdf(LAYOUT)
    path.write_bytes(blank)
    (page,) = read_pages(path, PDF, unread)
    height = page.height or 0.0
    stamps = []
    for before, text in (("Số:", "45"), ("ngày", "03")):
        line = next(line for line in page.lines if before in line.text)
        word = next(word for word in line.words if line.text[word.start : word.end] == before)
        assert word.bbox is not None
        x0, bottom = word.bbox[2] + 4, height - word.bbox[3]
        stamps.append(((x0, bottom + 1, x0 + 22, bottom + 17), text))  # not quite on the line, as in real ones
    stamps.append(((300.0, 200.0, 560.0, 220.0), "Signed by: office, 03/02/2020 08:00:00"))
    path.write_bytes(stamped(blank, stamps))
    before_bytes = path.read_bytes()
    (page,) = read_pages(path, PDF, unread)
    zones = {line.text: line.zone for line in page.lines}
    assert zones["Số: 45 /KH-UBND"] == "header_left"
    assert zones["Sông Mã, ngày 03 tháng 02 năm 2020"] == "header_right"
    assert zones["Signed by: office, 03/02/2020 08:00:00"] == "margin"
    assert path.read_bytes() == before_bytes


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "number", "date"),
    [
        ("digital-with-truth-abd171aa.pdf", "500", "ngày 21 tháng 02 năm 2025"),
        ("digital-signed-04afca42.pdf", "291", "ngày 18 tháng 02 năm 2025"),
        ("digital-with-truth-54c05020.pdf", "156", "ngày 25 tháng 8 năm 2025"),
    ],
)
def test_stamped_headers_of_real_documents(shared: Path, name: str, number: str, date: str) -> None:
    path = shared / "documents" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the documents")
    page = next(iter(read_pages(path, PDF, unread)))
    assert any(line.text.startswith(f"Số: {number}") for line in page.lines if line.zone == "header_left")
    assert any(line.text.endswith(date) for line in page.lines if line.zone == "header_right")
