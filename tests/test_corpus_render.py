"""Rendering of generated plans: what is drawn, what is true of it, and that every kind of file opens."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from asn1crypto import cms
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from corpus.__main__ import main
from corpus.generate import generate_plans
from corpus.layout import Close, GeneratedPlan, Header, Layout, PageBreak, Paragraph, Run, Table
from corpus.render import QUALITIES, Scan, StrokePen, check_glyphs, render_pages, render_pdf, scan_pages
from corpus.render.degrade import QualityName, skew_matrix
from corpus.render.encode import encode, strip_marks
from corpus.render.fonts import GlyphError
from corpus.render.images import ccitt, images_to_pdf
from corpus.render.lines import Type, break_lines
from corpus.render.typeset import typeset
from corpus.render.variants import OFFICE, TEXTS, VariantError, make_variant, parse_scan
from corpus.sampling import SAMPLE
from corpus.write import write_corpus
from pipeline.lexicon.encodings import decode

SAMPLE_FOLDER = Path(__file__).parent.parent / "corpus" / "sample"


def paragraph(text: str, bold: bool = False, align: Any = "justify") -> Paragraph:
    return Paragraph((Run(text, bold=bold),), align=align)


def body(n: int) -> Paragraph:
    return paragraph(
        f"{n}. Mỗi đơn vị cử không quá {n + 3} đại biểu dự hội nghị; thời gian ½ ngày, hoàn thành trước ngày "
        f"{n + 10}/3/2020 để rút kinh nghiệm, đúng thành phần, bảo đảm trang trọng, tiết kiệm và hiệu quả."
    )


HEADER = Header(
    left=(
        paragraph("UBND TỈNH BẮC KẠN", align="center"),
        paragraph("SỞ NỘI VỤ", bold=True, align="center"),
        Paragraph((Run("Số: "), Run("1479", handwritten=True), Run(" /KH-SNV")), align="center"),
    ),
    right=(
        paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align="center"),
        paragraph("Độc lập - Tự do - Hạnh phúc", bold=True, align="center"),
        Paragraph(
            (Run("Bắc Kạn, ngày ", italic=True), Run("07", handwritten=True), Run(" tháng 3 năm 2019", italic=True)),
            align="center",
        ),
    ),
)
CLOSE = Close(
    recipients=(paragraph("Nơi nhận:", align="left"), paragraph("- Lưu: VT.", align="left")),
    signature=(
        paragraph("GIÁM ĐỐC", bold=True, align="center"), paragraph("Nông Thị Hường", bold=True, align="center"),
    ),
)  # fmt: skip
TABLE = Table((("STT", "Đơn vị", "Số đại biểu"), ("1", "Huyện Na Rì", "12"), ("2", "Huyện Ngân Sơn và các xã", "9")))
LAYOUT = Layout(
    (
        HEADER, paragraph("KẾ HOẠCH", bold=True, align="center"),
        paragraph("Tổ chức hội nghị điển hình tiên tiến", bold=True, align="center"),
        *(body(n) for n in range(14)), CLOSE, PageBreak(landscape=True), TABLE,
    )
)  # fmt: skip
SHORT = Layout((HEADER, paragraph("KẾ HOẠCH", bold=True, align="center"), body(1), CLOSE))
GOLD = {"signer": {"full_name": "Nông Thị Hường"}, "issued_date": {"value": "2019-03-07", "precision": "day"}}
PLAN = GeneratedPlan("thu-0001", "thu", "dev", SHORT, GOLD)


def words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).replace("\xad", "-").replace("\ufffe", "-").split()


def pdf_text(data: bytes) -> str:
    pdf = pdfium.PdfDocument(data)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


# the page and its truth


def test_born_digital_text_is_the_layout() -> None:
    printed = sorted(words(pdf_text(render_pdf(LAYOUT))))
    assert printed == sorted([*words(" ".join(LAYOUT.lines())), "2", "3"])  # and two page numbers


def test_truth_of_pages_is_the_layout() -> None:
    lines = [line for sheet in typeset(LAYOUT) for line in sheet.lines if line.zone != "margin"]
    assert " ".join(" ".join(line.text for line in lines).split()) == " ".join(" ".join(LAYOUT.lines()).split())


def test_zones_and_reading_order() -> None:
    first, *_, last = typeset(LAYOUT)
    zones = [line.zone for line in first.lines]
    assert zones[:8] == ["header_left"] * 3 + ["header_right"] * 3 + ["title"] * 2
    assert [line.text.split("\t")[0] for line in last.lines] == ["3", "STT", "1", "2"]
    assert last.width > last.height


@pytest.mark.parametrize("dpi", [100, 150])
def test_boxes_hold_the_ink(dpi: int) -> None:
    for page in render_pages(LAYOUT, dpi):
        ink = page.image.min(axis=2) < 128
        for line in page.lines:
            x0, y0, x1, y1 = (round(value * dpi / 72) for value in line.bbox)
            assert ink[y0:y1, x0:x1].any(), line
            if line.zone == "body":  # and nothing of the line sticks out to its sides
                assert not ink[y0:y1, : x0 - 2].any()
                assert not ink[y0:y1, x1 + 3 :].any()


def test_lines_stay_within_the_margins() -> None:
    for sheet in typeset(LAYOUT):
        for line in sheet.lines:
            assert 42 < line.bbox[0] < line.bbox[2] < sheet.width - 42 + 0.5
            assert line.bbox[3] < sheet.height - 56


def test_close_stays_together() -> None:
    for filler in range(6, 16):
        sheets = typeset(Layout((*(body(n) for n in range(filler)), CLOSE)))
        pages = {
            i for i, sheet in enumerate(sheets) for line in sheet.lines if line.zone in ("recipients", "signature")
        }
        assert len(pages) == 1


def test_blank_for_the_number_keeps_its_width() -> None:
    kind = Type("serif", 13.0)
    (narrow,) = break_lines((Run("Số: /KH-UBND"),), kind, 400)
    (wide,) = break_lines((Run("Số:       /KH-UBND"),), kind, 400)
    assert wide.width > narrow.width + 15
    assert wide.text == "Số: /KH-UBND"


def test_word_wider_than_the_column_is_cut() -> None:
    lines = break_lines((Run("a" * 50 + " b"),), Type("serif", 13.0), 100)
    assert "".join(line.text for line in lines).replace(" ", "") == "a" * 50 + "b"
    assert all(line.width <= 100.1 for line in lines)


@given(st.lists(st.text("aắm,.Đ1", min_size=1, max_size=30), min_size=1, max_size=12), st.integers(30, 400))
@settings(deadline=None, max_examples=60)
def test_breaking_lines_loses_nothing(tokens: list[str], column: int) -> None:
    lines = break_lines((Run(" ".join(tokens)),), Type("serif", 13.0), column, "justify", first=10)
    assert "".join(line.text for line in lines).replace(" ", "") == "".join(tokens)
    assert all(line.x + line.width <= column + 0.1 for line in lines)


def test_handwriting_is_drawn_and_not_written() -> None:
    with_pen = pdf_text(render_pdf(SHORT, StrokePen(1)))
    assert "1479" not in with_pen
    assert "1479" in pdf_text(render_pdf(SHORT))
    assert "Số: 1479 /KH-SNV" in [line.text for line in typeset(SHORT, StrokePen(1))[0].lines]


def test_hands_differ() -> None:
    assert StrokePen(1).strokes("179", 14) != StrokePen(2).strokes("179", 14)
    assert StrokePen(1).strokes("179", 14) == StrokePen(1).strokes("179", 14)


# glyphs


def test_fonts_cover_vietnamese_and_what_plans_use() -> None:
    vowels = "aăâeêioôơuưy"
    letters = "".join(
        unicodedata.normalize("NFC", v + tone) for v in vowels for tone in "\u0300\u0309\u0303\u0301\u0323"
    )
    assert check_glyphs([letters, letters.upper(), "đĐ½¼¾–—…“”‘’•≥≤×°²→✓☐"]) == ""


def test_missing_glyph_is_an_error_and_no_box() -> None:
    assert check_glyphs(["\u5b57"]) == "\u5b57"
    with pytest.raises(GlyphError, match=r"U\+5B57"):
        render_pdf(Layout((paragraph("chữ \u5b57"),)))


# scans


@pytest.mark.parametrize("quality", list(QUALITIES))
def test_scans_are_deterministic_and_differ_by_seed(quality: QualityName) -> None:
    scan = Scan(quality, 100, seal="both", signature=True, incoming=True, stamp="HỎA TỐC", warp=True, border=True)
    one, two, other = (scan_pages(SHORT, scan, seed)[0].image for seed in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_fax_has_two_levels() -> None:
    image = scan_pages(SHORT, Scan("fax", 100), 3)[0].image
    assert set(np.unique(image)) == {0, 255}


def test_worse_qualities_have_less_contrast() -> None:
    spread = {
        quality: float(np.ptp(np.percentile(scan_pages(SHORT, Scan(quality, 100), 3)[0].image, (0.5, 50))))
        for quality in ("clean", "typical", "bad")
    }
    assert spread["clean"] > spread["typical"] > spread["bad"]


def test_seal_is_red_over_the_signature_and_keeps_black_ink() -> None:
    plain, sealed = (scan_pages(SHORT, Scan("clean", 100, seal=place), 3)[0] for place in ("none", "signature"))
    red, green = sealed.image[:, :, 0].astype(int), sealed.image[:, :, 1].astype(int)
    stamped = red - green > 60
    assert stamped.sum() > 500
    assert not (plain.image[:, :, 0].astype(int) - plain.image[:, :, 1] > 60).any()
    rows = np.flatnonzero(stamped.any(axis=1)) * 72 / 100
    name = next(line for line in sealed.lines if line.text == "Nông Thị Hường")
    assert rows.min() < name.bbox[1] < rows.max() + 40
    assert (sealed.image[plain.image.max(axis=2) < 40] < 90).all()


def test_turned_and_blank_pages() -> None:
    scan = Scan("clean", 60, turned=((1, 90), (2, 180)), blank_after=(1,))
    straight = scan_pages(LAYOUT, Scan("clean", 60), 5)
    pages = scan_pages(LAYOUT, scan, 5)
    assert [page.turned for page in pages] == [90, 0, 180, 0]
    assert pages[0].image.shape[:2] == straight[0].image.shape[1::-1]
    assert np.array_equal(np.rot90(pages[2].image, 2), straight[1].image)
    assert not pages[1].lines
    assert pages[1].image.min() > 200


def test_skewed_boxes_follow_the_ink() -> None:
    page = scan_pages(SHORT, Scan("bad", 100, handwriting=False), 11)[0]
    dark = page.image.mean(axis=2) < np.median(page.image) - 50
    for line in page.lines:
        x0, y0, x1, y1 = (round(value * 100 / 72) for value in line.bbox)
        assert dark[y0:y1, x0:x1].mean() > 2 * dark.mean(), line.text
    assert skew_matrix((100, 100), 0).tolist() == [[1, 0, 0], [0, 1, 0]]


def test_ccitt_keeps_every_bit() -> None:
    bits = np.random.default_rng(1).random((64, 80)) > 0.3
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(80, 64))
    parms = pikepdf.Dictionary({"/K": -1, "/Columns": 80, "/Rows": 64, "/BlackIs1": True})
    stream = pikepdf.Stream(pdf, ccitt(bits), {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 80, "/Height": 64,
        "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 1, "/Filter": pikepdf.Name.CCITTFaxDecode,
        "/DecodeParms": parms,
    })  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Im0": pdf.make_indirect(stream)}))
    page.Contents = pdf.make_stream(b"q 80 0 0 64 0 0 cm /Im0 Do Q")
    target = io.BytesIO()
    pdf.save(target)
    image = pdfium.PdfDocument(target.getvalue())[0].render(scale=1).to_pil().convert("L")
    assert np.array_equal(np.asarray(image) > 127, bits)


# variants

SCANS = ["scan-typical-100-seal", "scan-fax-100", "scan-bad-100-headerseal-grey-border", "scan-clean-100-flate1"]
SPECIAL = ["scan-stamp--clean-100", "mixed--typical-100", "tiff--clean-100-grey", "tiff-fax--fax-100", "jpeg--bad-100"]
FILES = [*TEXTS, *OFFICE, *SCANS, *SPECIAL, "png--clean-100", "pdf-signed", "scan-signed--clean-100"]


@pytest.mark.parametrize("name", FILES)
def test_variants_are_deterministic(name: str) -> None:
    assert make_variant(PLAN, name, 4) == make_variant(PLAN, name, 4)


@pytest.mark.parametrize(
    "name", [*(n for n in OFFICE if n[:4] == "pdf-"), *SCANS, "pdf", "pdf-signed", "mixed--clean-100"]
)
def test_pdfs_open_or_are_meant_not_to(name: str) -> None:
    data = make_variant(PLAN, name, 4).data
    if name in ("pdf-truncated", "pdf-empty", "pdf-foreign", "pdf-encrypted"):
        with pytest.raises(pdfium.PdfiumError):
            pdfium.PdfDocument(data)
        return
    has_text = bool(pdf_text(data).strip())
    assert has_text != name.startswith("scan-")


def test_encrypted_opens_with_its_password() -> None:
    data = make_variant(PLAN, "pdf-encrypted", 4).data
    with pikepdf.Pdf.open(io.BytesIO(data), password="mat-khau") as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("name", "pages"),
    [("tiff--clean-100-grey", 3), ("tiff-fax--fax-100", 3), ("jpeg--clean-100", 1), ("png--clean-100", 1)],
)
def test_images_open(name: str, pages: int) -> None:
    plan = GeneratedPlan("thu-0002", "thu", "dev", LAYOUT, GOLD)
    made = make_variant(plan, name, 4)
    with Image.open(io.BytesIO(made.data)) as image:
        assert getattr(image, "n_frames", 1) == pages
        assert round(float(image.info["dpi"][0])) == 100
    assert made.whole == (pages == 3)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_legacy_text_decodes_to_the_layout(encoding: Any) -> None:
    text = make_variant(PLAN, f"text-{encoding}", 4).data.decode("cp1252")
    back = decode(text, encoding)
    expected = "\n".join(SHORT.lines()).replace("½", "1/2") + "\n"
    if encoding == "tcvn3":  # which has no toned capitals
        back, expected = back.lower(), expected.lower()
    assert back == expected


def test_legacy_pdf_copies_as_its_encoding() -> None:
    seen = pdf_text(make_variant(PLAN, "pdf-tcvn3", 4).data)
    assert encode("Nông Thị Hường", "tcvn3").replace("\xad", "\u2212") in seen
    with pikepdf.Pdf.open(io.BytesIO(make_variant(PLAN, "pdf-tcvn3", 4).data)) as pdf:
        names = {
            str(thing.BaseFont)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing
        }
    assert {name.split("+")[1] for name in names} == {".VnTime", ".VnTimeH"}


def test_docx_has_the_layout_and_the_fonts() -> None:
    document: Any = Document(io.BytesIO(make_variant(PLAN, "docx", 4).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = " ".join([*cells, *(p.text for p in document.paragraphs)])
    assert sorted(words(texts)) == sorted(words(" ".join(SHORT.lines())))
    legacy: Any = Document(io.BytesIO(make_variant(PLAN, "docx-tcvn3", 4).data))
    fonts = {run.font.name for p in legacy.paragraphs for run in p.runs}
    assert fonts == {".VnTime", ".VnTimeH"}


def test_unaccented_text_is_the_text_without_marks() -> None:
    bare = make_variant(PLAN, "text-unaccented", 4).data.decode()
    assert bare == strip_marks("\n".join(SHORT.lines()) + "\n")
    assert re.fullmatch(r"[\x00-\x7f½]*", bare)


def test_signature_says_who_and_when() -> None:
    made = make_variant(PLAN, "pdf-signed", 4)
    with pikepdf.Pdf.open(io.BytesIO(made.data)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        content = cms.ContentInfo.load(bytes(field.V.Contents))["content"]
    names = content["certificates"][0].chosen.subject.native
    times = [
        a["values"][0].native for a in content["signer_infos"][0]["signed_attrs"] if a["type"].native == "signing_time"
    ]
    ((key, facts),) = made.gold
    assert (key, facts[0]["signer"]) == ("digital_signatures", names["common_name"])
    assert [time.isoformat() for time in times] == ["2019-03-07T10:30:04+00:00"]
    assert facts[0]["time"] == "2019-03-07T17:30:04+07:00"
    assert made.data.startswith(render_pdf(SHORT))  # the signed original is untouched


@pytest.mark.ocr
def test_garbled_layer_is_invisible_and_not_vietnamese() -> None:
    data = make_variant(PLAN, "scan-garbled", 4).data
    seen = pdf_text(data)
    assert len(words(seen)) > 20
    assert not set(seen) & set("ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữự")
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        layer = next(v for k, v in pdf.pages[0].Resources.XObject.items() if k == "/Layer")
        assert b"3 Tr" in layer.read_bytes()


@pytest.mark.parametrize("name", ["scan", "scan-awful-200", "scan-typical-x", "scan-typical-200-glitter", "odt"])
def test_unknown_variant_names_what_there_is(name: str) -> None:
    with pytest.raises(VariantError, match="scan-QUALITY-DPI"):
        make_variant(PLAN, name, 0)


def test_scan_names_are_read() -> None:
    scan, coding = parse_scan("scan-bad-150-headerseal-upside-blank-ccitt")
    assert scan == Scan("bad", 150, seal="both", signature=True, turned=((2, 180),), blank_after=(1,))
    assert coding == "ccitt"


# the corpus on disk


def test_corpus_has_gold_and_a_manifest_written_last(tmp_path: Path) -> None:
    entries = write_corpus([PLAN], ["text", "pdf", "pdf-empty"], tmp_path, 1)
    rows = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text().splitlines()]
    assert [row["file"] for row in rows] == [
        f"documents/thu-0001.{name}" for name in ("text.txt", "pdf.pdf", "pdf-empty.pdf")
    ]
    assert [row["gold"] for row in rows] == [True, True, False]
    assert json.loads((tmp_path / "gold" / "thu-0001.pdf.json").read_text()) == GOLD
    again = write_corpus([PLAN], ["text", "pdf", "pdf-empty"], tmp_path, 1)
    assert entries == again


def test_unfinished_corpus_has_no_manifest(tmp_path: Path) -> None:
    write_corpus([PLAN], ["text"], tmp_path, 1)
    with pytest.raises(VariantError):
        write_corpus([PLAN], ["text", "odt"], tmp_path, 1)
    assert not (tmp_path / "manifest.jsonl").exists()


def test_images_only_pdf_keeps_the_size_of_the_paper() -> None:
    pages = scan_pages(SHORT, Scan("clean", 100), 1)
    with pikepdf.Pdf.open(io.BytesIO(images_to_pdf(pages))) as pdf:
        _, _, width, height = (float(value) for value in pdf.pages[0].mediabox)
    assert (width, height) == pytest.approx((595.3, 841.9), abs=1)


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--out", str(tmp_path), "--count", "2", "--seed", "3", "--variants", "text,pdf"]) == 0
    assert len((tmp_path / "manifest.jsonl").read_text().splitlines()) == 4
    assert "4/4 files" in capsys.readouterr().err
    assert main(["generate", "--out", str(tmp_path), "--count", "1", "--variants", "odt"]) == 2
    assert main(["generate", "--out", str(tmp_path), "--count", "1", "--families", "khong-co"]) == 2


def test_every_generated_plan_can_be_set() -> None:
    plans = list(generate_plans(30, 17))
    assert check_glyphs(line for plan in plans for line in plan.layout.lines()) == ""
    for plan in plans:
        lines = [line.text for sheet in typeset(plan.layout) for line in sheet.lines if line.zone != "margin"]
        assert " ".join(" ".join(lines).split()) == " ".join(" ".join(plan.layout.lines()).split())


# the committed sample


def test_sample_is_complete_small_and_free_of_heldout_families() -> None:
    entries = [json.loads(line) for line in (SAMPLE_FOLDER / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {Path(entry["file"]).stem for entry in entries} == {stem for stem, _, _ in SAMPLE}
    for entry in entries:
        data = (SAMPLE_FOLDER / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry["file"]
        assert (SAMPLE_FOLDER / "gold" / f"{Path(entry['file']).stem}.json").exists() == entry["gold"]
        assert entry["split"] != "heldout"
    files = [path for path in SAMPLE_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 6_000_000
    assert all(f"| {Path(entry['file']).name} |" in (SAMPLE_FOLDER / "README.md").read_text() for entry in entries)
