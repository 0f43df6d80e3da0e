"""A searchable copy gives its text back, in place, and nothing of it can be seen."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipeline.assemble import assemble
from pipeline.data import Document, Line, Origin, Page, Word
from pipeline.errors import InputFileError
from pipeline.searchable import make_searchable

DPI = 100
WIDTH, HEIGHT = 595.0, 842.0  # points
LINES = (
    ("ỦY BAN NHÂN DÂN HUYỆN DUY TIÊN", 60.0, 60.0, 200.0),
    ("Số: 60/KH-UBND, ½ ngày; “trước 30/6”", 60.0, 90.0, 180.0),
    ("đại biểu điển hình tiên tiến", 300.0, 500.0, 160.0),
)


def line(text: str, x: float, top: float, width: float, height: float = 12.0) -> Line:
    """Return a line whose words share its box by their length."""
    step = width / len(text)
    words, start = [], 0
    for part in text.split(" "):
        end = start + len(part)
        words.append(Word(start, end, (x + start * step, top, x + end * step, top + height), 0.9))
        start = end + 1
    return Line(text, (x, top, x + width, top + height), 0.9, tuple(words))


def document(rotation: int = 0, origin: Origin = "ocr") -> Document:
    lines = tuple(line(*values) for values in LINES)
    return assemble([Page(1, lines, origin, "no text layer", 0.9, WIDTH, HEIGHT, rotation)])


def scan(path: Path, rotation: int = 0, rotate_entry: int = 0) -> Path:
    """Write a one-page image PDF whose page must be turned by *rotation* clockwise to stand upright."""
    pixels = np.full((round(HEIGHT * DPI / 72), round(WIDTH * DPI / 72)), 255, np.uint8)
    pixels[80:100, 80:300] = 0
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(pixels, (rotation + rotate_entry) // 90)))
    turned.save(path, "PDF", resolution=DPI)
    if rotate_entry:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.pages[0].obj.Rotate = rotate_entry
            pdf.save(path)
    return path


def read(path: Path) -> str:
    page = pdfium.PdfDocument(path)[0]
    return str(page.get_textpage().get_text_range()).replace("\r\n", "\n")


def test_text_comes_back_with_its_spaces_and_marks(tmp_path: Path) -> None:
    make_searchable(scan(tmp_path / "scan.pdf"), document(), tmp_path / "out.pdf")
    text = [" ".join(part.split()) for part in read(tmp_path / "out.pdf").split("\n") if part.strip()]
    assert text == [values[0] for values in LINES]


def test_small_words_stay_on_their_line(tmp_path: Path) -> None:
    """A dash has a low box of its own height, single letters one without descender, as recognizers give them."""
    text = "Sở Y tế - Độc lập - Tự do"
    whole = line(text, 60.0, 300.0, 150.0)
    heights = {"-": (305.0, 307.0), "Y": (301.0, 309.5), "do": (301.5, 309.5)}
    words = tuple(
        Word(word.start, word.end, (word.bbox[0], *heights[part][:1], word.bbox[2], heights[part][1]), 0.9)
        if (part := text[word.start : word.end]) in heights and word.bbox is not None
        else word
        for word in whole.words
    )
    page = Page(1, (replace(whole, words=words),), "ocr", "no text layer", 0.9, WIDTH, HEIGHT)
    make_searchable(scan(tmp_path / "scan.pdf"), assemble([page]), tmp_path / "out.pdf")
    assert read(tmp_path / "out.pdf").strip() == text


def test_lines_that_slope_keep_their_words(tmp_path: Path) -> None:
    """The second line begins as high as the first one ends; readers would mix separate words of the two."""
    texts = (
        "Các bệnh viện và trung tâm y tế có giường bệnh của tỉnh và các huyện",
        "và chi cục dân số kế hoạch hóa gia đình cử đại biểu dự họp đầy đủ",
    )
    lines = []
    for index, text in enumerate(texts):
        level = line(text, 80.0, 300.0 + 15 * index, 420.0, 12.0)
        words = tuple(
            replace(word, bbox=(b[0], b[1] + 0.036 * (b[0] - 80), b[2], b[3] + 0.036 * (b[0] - 80)))
            for word in level.words
            if (b := word.bbox)
        )
        lines.append(replace(level, words=words))
    page = Page(1, tuple(lines), "ocr", "no text layer", 0.9, WIDTH, HEIGHT)
    make_searchable(scan(tmp_path / "scan.pdf"), assemble([page]), tmp_path / "out.pdf")
    assert " ".join(read(tmp_path / "out.pdf").split()) == " ".join(texts)


def test_search_finds_a_phrase_at_its_place(tmp_path: Path) -> None:
    make_searchable(scan(tmp_path / "scan.pdf"), document(), tmp_path / "out.pdf")
    textpage = pdfium.PdfDocument(tmp_path / "out.pdf")[0].get_textpage()
    found = textpage.search("điển hình").get_next()
    assert found is not None
    left, bottom, _, top = textpage.get_charbox(found[0])
    text, x, line_top, width = LINES[2]
    assert left == pytest.approx(x + text.index("điển") * width / len(text), abs=3)
    assert HEIGHT - line_top - 14 < bottom < top < HEIGHT - line_top + 3


@pytest.mark.parametrize(("rotation", "entry"), [(90, 0), (180, 0), (270, 0), (0, 90), (90, 270)])
def test_turned_pages_carry_the_text_where_it_is_seen(tmp_path: Path, rotation: int, entry: int) -> None:
    make_searchable(scan(tmp_path / "scan.pdf", rotation, entry), document(rotation), tmp_path / "out.pdf")
    text, x, top, width = LINES[0]
    textpage = pdfium.PdfDocument(tmp_path / "out.pdf")[0].get_textpage()
    found = textpage.search("HUYỆN DUY").get_next()
    assert found is not None
    left, bottom, right, _top = textpage.get_charbox(found[0])
    centre_x, centre_y = (left + right) / 2, bottom
    start = x + text.index("HUYỆN") * width / len(text)
    seen = {  # of the upright page, from its top left, in coordinates of the unturned page (y up)
        0: (start, HEIGHT - top), 90: (top, start), 180: (WIDTH - start, top), 270: (HEIGHT - top, WIDTH - start),
    }[(rotation + entry) % 360]  # fmt: skip
    assert (centre_x, centre_y) == pytest.approx(seen, abs=16)


def test_nothing_can_be_seen(tmp_path: Path) -> None:
    source = scan(tmp_path / "scan.pdf")
    make_searchable(source, document(), tmp_path / "out.pdf")
    before, after = (pdfium.PdfDocument(path)[0].render(scale=1).to_numpy() for path in (source, tmp_path / "out.pdf"))
    assert np.array_equal(before, after)


def test_an_older_invisible_layer_is_replaced(tmp_path: Path) -> None:
    make_searchable(scan(tmp_path / "scan.pdf"), document(), tmp_path / "first.pdf")
    better = assemble(
        [Page(1, (line("Kế hoạch số 61", 60, 60, 100),), "ocr", "text layer is garbled", 0.9, WIDTH, HEIGHT)]
    )
    make_searchable(tmp_path / "first.pdf", better, tmp_path / "second.pdf")
    assert " ".join(read(tmp_path / "second.pdf").split()) == "Kế hoạch số 61"


def test_pages_with_good_text_of_their_own_are_left(tmp_path: Path) -> None:
    make_searchable(scan(tmp_path / "scan.pdf"), document(origin="text_layer"), tmp_path / "out.pdf")
    assert read(tmp_path / "out.pdf").strip() == ""


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG"])
def test_images_become_a_pdf_of_their_size(tmp_path: Path, kind: str) -> None:
    pixels = np.full((round(HEIGHT * DPI / 72), round(WIDTH * DPI / 72), 3), 240, np.uint8)
    source = tmp_path / f"scan.{kind.lower()}"
    Image.fromarray(pixels).save(source, kind, dpi=(DPI, DPI))
    make_searchable(source, document(), tmp_path / "out.pdf")
    page = pdfium.PdfDocument(tmp_path / "out.pdf")[0]
    assert page.get_size() == pytest.approx((WIDTH, HEIGHT), abs=1)
    assert "HUYỆN DUY TIÊN" in read(tmp_path / "out.pdf")
    assert page.render(scale=0.2).to_numpy().mean() == pytest.approx(240, abs=3)


def test_a_signed_original_is_untouched_and_the_loss_is_told(tmp_path: Path) -> None:
    source = scan(tmp_path / "signed.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        pdf.save(source)
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    remarks = make_searchable(source, document(), tmp_path / "out.pdf")
    assert hashlib.sha256(source.read_bytes()).hexdigest() == before
    assert any("signature" in remark for remark in remarks)


def test_the_original_is_never_the_output(tmp_path: Path) -> None:
    source = scan(tmp_path / "scan.pdf")
    with pytest.raises(InputFileError, match="never written over") as caught:
        make_searchable(source, document(), source)
    assert caught.value.reason == "same_file"


def test_what_is_no_scan_is_refused_and_leaves_no_output(tmp_path: Path) -> None:
    source = tmp_path / "notes.pdf"
    source.write_bytes(b"not a scan")
    with pytest.raises(InputFileError) as caught:
        make_searchable(source, document(), tmp_path / "out.pdf")
    assert caught.value.reason == "damaged"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.pdf"]
