"""Broken, hostile and strange files: a named reason, and every page that can be kept."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.data import Line, Page
from pipeline.errors import InputFileError, MissingResourceError
from pipeline.read import page_count, read_pages, sniff
from pipeline.read.faults import FAULTS
from pipeline.read.sniff import DOC, JPEG, PDF, PNG, TEXT, TIFF


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    return Page(number, (Line(f"{image.shape[1]} x {image.shape[0]}"),), "ocr", reason)


def pdf_of(*pages: str, size: tuple[float, float] = (595, 842)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for text in pages:
        for i, line in enumerate(text.split("\n")):
            canvas.drawString(72, size[1] - 90 - 18 * i, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("Secret"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def without_pages() -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.save(out)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


def png_bomb() -> bytes:
    """A PNG that claims 60,000 x 60,000 pixels."""
    header = (60_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.pdf", b"", "empty_file", id="no bytes"),
        pytest.param("a.pdf", b"<!DOCTYPE html><p>404 \x00\x01", "unsupported_type", id="binary of another kind"),
        pytest.param("a.zip", b"PK\x03\x04" + bytes(200), "unsupported_type", id="archive"),
        pytest.param("a.rtf", b"{\\rtf1 K}", "unsupported_type", id="rich text"),
        pytest.param("a.pdf", locked("password"), "encrypted", id="password"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 4, "corrupt", id="no PDF behind the header"),
        pytest.param("a.pdf", without_pages(), "zero_pages", id="no pages"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "corrupt", id="damaged image"),
        pytest.param("a.png", png_bomb(), "too_large", id="image bomb"),
        pytest.param("a.docx", b"PK\x03\x04" + b"word/document.xml" + bytes(50), "corrupt", id="cut off Word file"),
        pytest.param("a.txt", b" \r\n\n", "empty_file", id="text of spaces"),
        pytest.param("a.txt", b"\xff\xfeK", "undecodable_text", id="half a UTF-16 unit"),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported_type", id="spreadsheet"),
    ],
)
def test_fault(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputFileError) as caught:
        list(read_pages(path, sniff(path), unread))
    assert caught.value.reason == reason
    assert reason in FAULTS
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4\n", PDF),
        (b"\n\nFrom: a mail\n\n%PDF-1.4\n", PDF),
        (b"II*\x00\x08\x00", TIFF),
        (b"MM\x00*\x00\x08", TIFF),
        (b"\xff\xd8\xff\xe0", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
        ("KẾ HOẠCH".encode(), TEXT),
        ("KẾ HOẠCH".encode("utf-16"), TEXT),
        ("KÕ ho¹ch".encode("latin-1"), TEXT),
    ],
)
def test_type_by_first_bytes(tmp_path: Path, content: bytes, media_type: str) -> None:
    path = tmp_path / "misnamed.bin"
    path.write_bytes(content)
    assert sniff(path) == media_type


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(InputFileError) as caught:
        sniff(tmp_path / "none.pdf")
    assert caught.value.reason == "unreadable"


def test_owner_password_alone_does_not_stop_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked(""))
    assert [line.text for page in read_pages(path, PDF, unread) for line in page.lines] == ["Secret"]


def test_a_cut_off_pdf_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    whole = pdf_of("First page", "Second page")
    path.write_bytes(whole[: whole.rindex(b"xref")])
    before = path.read_bytes()
    assert [page.lines[0].text for page in read_pages(path, PDF, unread)] == ["First page", "Second page"]
    assert page_count(path, PDF) == 2
    assert path.read_bytes() == before


def test_a_page_too_large_costs_itself_only(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("One", "", "Three"))) as pdf:
        page = pdf.pages[1]
        image = pdf.make_stream(
            bytes(8), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1,
        )  # fmt: skip
        page.MediaBox = pikepdf.Array([0, 0, 20_000, 20_000])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pdf.make_stream(b"q 20000 0 0 20000 0 0 cm /Im0 Do Q")
        pdf.save(out)
    path = tmp_path / "a.pdf"
    path.write_bytes(out.getvalue())
    pages = list(read_pages(path, PDF, unread))
    assert [page.lines[0].text if page.lines else "" for page in pages] == ["One", "", "Three"]
    assert [code for code, _ in pages[1].issues] == ["P101"]


def test_a_large_image_is_scaled_down(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(9_000, 9_000))
    (page,) = read_pages(path, PNG, unread)
    width, height = (int(side) for side in page.lines[0].text.split(" x "))
    assert width * height <= 40_000_000
    assert [code for code, _ in page.issues] == ["P105"]


def test_a_flood_of_characters_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of("\n".join("từ".encode("ascii", "ignore").decode() + "abcde " * 200 for _ in range(80))))
    (page,) = read_pages(path, PDF, unread)
    assert [code for code, _ in page.issues] == ["P104"]


def failing(error: Exception) -> Callable[[NDArray[np.uint8], float, int, str], Page]:
    def recognizer(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
        if number == 2:
            raise error
        return unread(image, dpi, number, reason)

    return recognizer


@pytest.fixture
def three_frames(tmp_path: Path) -> Path:
    path = tmp_path / "a.tif"
    frames = [Image.new("L", (600, 800), 255) for _ in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(100, 100))
    return path


@pytest.mark.parametrize(
    ("error", "code"),
    [(RuntimeError("Tesseract process timeout"), "P103"), (MemoryError(), "P106"), (ValueError("x"), "P103")],
    ids=["timeout", "memory", "value"],
)
def test_a_page_that_recognition_fails_on_costs_itself_only(three_frames: Path, error: Exception, code: str) -> None:
    pages = list(read_pages(three_frames, TIFF, failing(error)))
    assert [len(page.lines) for page in pages] == [1, 0, 1]
    assert pages[1].issues[0][0] == code
    assert page_count(three_frames, TIFF) == 3


def test_what_stops_every_page_is_raised(three_frames: Path) -> None:
    with pytest.raises(MissingResourceError):
        list(read_pages(three_frames, TIFF, failing(MissingResourceError("no language vie"))))


def test_finished_pages_are_not_read_again(three_frames: Path) -> None:
    kept = Page(2, (Line("kept"),), "ocr", "image of a page")
    pages = list(read_pages(three_frames, TIFF, failing(RuntimeError("read again")), done={2: kept}))
    assert pages[1] is kept
    assert not any(page.issues for page in pages)


def test_pages_come_one_at_a_time(three_frames: Path) -> None:
    pages = read_pages(three_frames, TIFF, failing(MissingResourceError("stops at page 2")))
    assert next(pages).number == 1
