"""Recognition of generated scans: clean-up, zones, tables, orientation and failures."""

from __future__ import annotations

import functools

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.ocr.score import distance, infix_distance, normalized, page_errors
from corpus.layout import Close, Header, Layout, Paragraph, Run, Table
from corpus.render import RenderedPage, Scan, scan_pages
from pipeline import ocr
from pipeline.data import Line, Page, Word
from pipeline.errors import InputFileError, MissingResourceError
from pipeline.ocr import clean, tables, tesseract, zones
from pipeline.ocr.labels import Group, label
from pipeline.ocr.page import mend_small

Mask = NDArray[np.bool_]

needs_tesseract = [pytest.mark.ocr, pytest.mark.skipif(bool(ocr.check()), reason="; ".join(ocr.check()))]


def centred(text: str, bold: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold),), "center", first_indent=0)


def body(text: str) -> Paragraph:
    return Paragraph((Run(text),))


LAYOUT = Layout(
    (
        Header(
            (centred("UBND HUYỆN DUY TIÊN"), centred("PHÒNG NỘI VỤ", True), centred("Số: 60/KH-PNV")),
            (
                centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
                centred("Độc lập - Tự do - Hạnh phúc", True),
                centred("Duy Tiên, ngày 27 tháng 10 năm 2014"),
            ),
        ),
        centred("KẾ HOẠCH", True),
        centred("Tổ chức Hội nghị điển hình tiên tiến cấp cơ sở", True),
        body(
            "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh, phòng xây dựng kế hoạch tổ chức hội nghị như sau, để các xã, "
            "thị trấn chuẩn bị chu đáo, tiết kiệm và đúng thời gian đã định."
        ),
        body("1. Thời gian: ½ ngày, hoàn thành trước ngày 31/3/2015; mỗi hội nghị có từ 80 đến 150 đại biểu, 70% nữ."),
        Table(
            (
                ("TT", "Đơn vị", "Số đại biểu"),
                ("1", "Xã Yên Bắc", "12"),
                ("2", "Thị trấn Đồng Văn", "15"),
                ("3", "Xã Mộc Nam", "9"),
            ),
            widths=(0.1, 0.6, 0.3),
        ),
        body("Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về phòng để được hướng dẫn kịp thời./."),
        Close(
            (
                Paragraph((Run("Nơi nhận:", True, True),), "left", 0),
                Paragraph((Run("- Các xã, thị trấn;"),), "left", 0, space_before=0),
                Paragraph((Run("- Thường trực Huyện ủy;"),), "left", 0, space_before=0),
                Paragraph((Run("- Lưu: VT."),), "left", 0, space_before=0),
            ),
            (
                centred("KT. TRƯỞNG PHÒNG", True),
                centred("PHÓ TRƯỞNG PHÒNG", True),
                Paragraph((Run("Nguyễn Thị Hồng Hạnh", True),), "center", 0, space_before=60),
            ),
        ),
    )
)


@functools.cache
def scanned(scan: Scan) -> RenderedPage:
    return scan_pages(LAYOUT, scan, seed=7)[0]


@functools.cache
def recognized(scan: Scan, mode: str = "quality") -> Page:
    page = scanned(scan)
    return ocr.recognize_page(page.image, page.dpi, 1, "no text layer", mode="fast" if mode == "fast" else "quality")


def text_of(page: Page, zone: str | None = None) -> str:
    return "\n".join(line.text for line in page.lines if zone in (None, line.zone))


class TestRecognition:
    pytestmark = needs_tesseract

    @pytest.mark.parametrize(
        ("scan", "most"),
        [
            pytest.param(Scan("clean", 200), 0.5, id="clean"),
            pytest.param(Scan("typical", 200, seal="signature", signature=True), 1.5, id="seal and signature"),
            pytest.param(Scan("typical", 150), 1.0, id="150 dpi"),
            pytest.param(Scan("bad", 200), 4.0, id="bad"),
            pytest.param(Scan("fax", 200), 2.5, id="fax"),
            pytest.param(Scan("typical", 200, warp=True, border=True, staple=True), 1.5, id="warped, dark border"),
        ],
    )
    def test_error_of_a_page_stays_low(self, scan: Scan, most: float) -> None:
        truth = "\n".join(line.text for line in scanned(scan).lines)
        errors = page_errors(truth, text_of(recognized(scan))).percent("cer")
        assert errors is not None
        assert errors <= most

    def test_zones_hold_their_parts(self) -> None:
        page = recognized(Scan("typical", 200, seal="signature", signature=True))
        assert "Số: 60/KH-PNV" in text_of(page, "header_left")
        assert "ngày 27 tháng 10 năm 2014" in text_of(page, "header_right")
        assert text_of(page, "title").startswith("KẾ HOẠCH")
        assert "Thường trực Huyện ủy" in text_of(page, "recipients")
        assert infix_distance("Nguyễn Thị Hồng Hạnh", text_of(page, "signature"))[0] <= 2
        assert "vướng mắc" in text_of(page, "body")

    def test_table_rows_have_their_cells(self) -> None:
        rows = [line.text.split("\t") for line in recognized(Scan("clean", 200)).lines if line.zone == "table"]
        assert [[normalized(cell) for cell in row] for row in rows] == [
            ["TT", "Đơn vị", "Số đại biểu"], ["1", "Xã Yên Bắc", "12"], ["2", "Thị trấn Đồng Văn", "15"],
            ["3", "Xã Mộc Nam", "9"],
        ]  # fmt: skip

    def test_words_lie_where_they_are_printed(self) -> None:
        scan = Scan("typical", 200)
        page = recognized(scan)
        assert (page.width, page.height) == pytest.approx((595, 842), abs=2)
        for truth in scanned(scan).lines:
            found = min(page.lines, key=lambda line: distance(line.text, truth.text))
            assert found.bbox is not None
            if found.text == truth.text and truth.zone != "table":
                assert found.bbox == pytest.approx(truth.bbox, abs=8)
            for word in found.words:
                assert word.bbox is not None
                assert found.text[word.start : word.end].strip() == found.text[word.start : word.end] != ""
                assert found.bbox[0] - 1 <= word.bbox[0] <= word.bbox[2] <= found.bbox[2] + 1

    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_turned_pages_are_turned_back(self, turn: int) -> None:
        image = np.ascontiguousarray(np.rot90(scanned(Scan("typical", 150)).image, turn // 90))
        page = ocr.recognize_page(image, 150, 1, "no text layer", mode="fast")
        assert page.rotation == turn
        assert "Số: 60/KH-PNV" in text_of(page)

    def test_a_blank_page_has_no_lines_and_says_so(self) -> None:
        noise = np.random.default_rng(3).normal(240, 6, (1200, 850)).clip(0, 255).astype(np.uint8)
        page = ocr.recognize_page(noise, 100, 4, "no text layer")
        assert page.lines == ()
        assert any("blank" in message for _, message in page.issues)

    def test_running_out_of_time_names_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.ocr.readings.TIMEOUT", 0.01)
        with pytest.raises(InputFileError, match="longer than") as caught:
            ocr.recognize_page(scanned(Scan("clean", 200)).image, 200, 1, "no text layer")
        assert caught.value.reason == "ocr_timeout"


def test_a_page_too_large_is_refused() -> None:
    with pytest.raises(InputFileError) as caught:
        ocr.recognize_page(np.zeros((1, 20_001), np.uint8), 200, 1, "no text layer")
    assert caught.value.reason == "page_too_large"


def test_a_missing_model_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "version", lambda: "5.3.0")
    monkeypatch.setattr(tesseract, "languages", lambda: {"eng": "eng"})
    with pytest.raises(MissingResourceError, match="apt install tesseract-ocr-vie"):
        tesseract.require("vie")
    assert any("tesseract-ocr-vie" in item for item in ocr.check())


def test_a_missing_program_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "version", lambda: None)
    assert ocr.check() == ["program tesseract (apt install tesseract-ocr)"]


def paper(height: int = 700, width: int = 500) -> NDArray[np.uint8]:
    return np.full((height, width), 250, np.uint8)


def test_red_ink_fades_and_black_strokes_under_it_stay() -> None:
    image = np.full((200, 200, 3), 245, np.uint8)
    image[50:150, 50:150] = (220, 40, 50)
    image[95:105, 20:180] = (60, 20, 25)
    grey, seal = clean.ink_channel(image)
    assert seal
    assert grey[60, 60] > 200
    assert grey[100, 100] < 80


def test_grain_goes_around_the_text_only() -> None:
    """What is far from ink is not read: denoising costs by the pixel."""
    page = np.clip(np.random.default_rng(1).normal(235, 9, (700, 500)), 0, 255).astype(np.uint8)
    page[300:330, 100:300] = 20
    page = clean.calmed(page)
    done = clean.denoise(page, 9.0, page < 128)
    assert done[285:297, 90:310].std() < 0.8 * page[285:297, 90:310].std()
    assert (done[:250] == page[:250]).all()
    assert (done[:, 400:] == page[:, 400:]).all()


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 1.4, 2.6])
def test_skew_is_measured_to_a_tenth_of_a_degree(angle: float) -> None:
    page = paper(1400, 1000)
    for top in range(100, 1300, 40):
        page[top : top + 14, 80:920:2] = 20
    turned = clean.rotate(page, -angle)
    assert clean.skew_angle(turned < 128) == pytest.approx(angle, abs=0.1)


def test_faint_broken_rules_make_a_grid() -> None:
    page = paper()
    for row in (100, 160, 220, 280):
        page[row : row + 2, 50:450] = 180
        page[row : row + 2, 200:206] = 250
    for column in (50, 200, 449):
        page[100:282, column : column + 2] = 180
    grids = tables.find_grids(*tables.ruling_lines(page, 200), 200)
    assert [(grid.rows, grid.columns, len(grid.cells)) for grid in grids] == [(3, 2, 6)]


def test_a_table_on_bent_paper_keeps_its_rows() -> None:
    page = paper()
    for row in (100, 160, 220, 280):
        cv2.polylines(page, [np.array([(50, row + 11), (190, row + 3), (330, row), (450, row)])], False, 60, 2)
    for column in (50, 110, 449):
        page[100:288, column : column + 2] = 60
    (grid,) = tables.find_grids(*tables.ruling_lines(page, 200), 200)
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 2, 6)


def test_merged_cells_are_one() -> None:
    page = paper()
    for row in (100, 160, 220):
        page[row : row + 2, 50:450] = 60
    for column in (50, 449):
        page[100:222, column : column + 2] = 60
    page[160:222, 250:252] = 60
    (grid,) = tables.find_grids(*tables.ruling_lines(page, 200), 200)
    assert [(cell.row, cell.column, cell.column_end) for cell in grid.cells] == [(0, 0, 2), (1, 0, 1), (1, 1, 2)]


def letters(page: NDArray[np.uint8], left: int, right: int, top: int) -> None:
    """Print letter-like blocks from *left* to *right*."""
    for x in range(left, right - 10, 14):
        page[top : top + 16, x : x + 10] = 10


def test_a_corridor_parts_two_columns_and_a_river_does_not() -> None:
    page = paper(900, 1400)
    for top in (100, 140, 180):
        letters(page, 100, 520, top)
        letters(page, 600, 1300, top)
    for top in range(300, 800, 40):
        letters(page, 100, 1300, top)
    page[340:356, 700:722] = 250  # one wide space in the body
    layout = zones.find_layout(page < 128, page, 200)
    assert [getattr(block, "side", "table") for block in layout.blocks] == ["left", "right", ""]


def test_what_an_official_letter_is_about_belongs_to_the_column_above_it() -> None:
    page = paper(900, 1400)
    for top in (100, 140, 180):
        letters(page, 140, 480, top)
        letters(page, 600, 1300, top)
    for top in (220, 260):  # "V/v ..." below the number, wider than what stands above it
        letters(page, 100, 560, top)
    for top in range(400, 800, 40):
        letters(page, 100, 1300, top)
    layout = zones.find_layout(page < 128, page, 200)
    left, right, body = layout.blocks
    assert left.box[1] <= 100
    assert left.box[3] >= 276
    assert right.box[3] < 220
    assert body.box[1] >= 390


def test_signatures_side_by_side_are_no_header() -> None:
    left = Group((Line("CHỦ TỊCH", (100, 200, 200, 212)), Line("Hà Văn An", (100, 300, 200, 312))), "left", 1)
    right = Group((Line("GIÁM ĐỐC", (350, 200, 450, 212)), Line("Lê Thị Bình", (350, 300, 450, 312))), "right", 1)
    assert {line.zone for line in label([left, right], 595, 842)} == {"signature"}


def test_the_close_at_the_top_of_a_short_last_page_is_no_header() -> None:
    left = (Line("Nơi nhận:", (85, 200, 150, 212)), Line("- Lưu: VT, 12/KH-UBND.", (85, 220, 220, 232)))
    right = (Line("CHỦ TỊCH", (370, 200, 450, 212)),)
    found = label([Group(left, "left", 1), Group(right, "right", 1)], 595, 842)
    assert [line.zone for line in found] == ["recipients", "recipients", "signature"]


def printed(text: str, left: float, top: float, *, gap_before: str = "", gap: float = 0.0) -> Line:
    """Return a line with 6 points a character and a wider gap before a word."""
    words, at, x = [], 0, left
    for word in text.split():
        x += gap if word == gap_before else 0.0
        words.append(Word(at, at + len(word), (x, top, x + 6 * len(word), top + 12)))
        at, x = at + len(word) + 1, x + 6 * len(word) + 4
    return Line(text, (left, top, words[-1].bbox[2] if words[-1].bbox else x, top + 12), 0.9, tuple(words))


def test_columns_of_a_header_that_nearly_touch_are_parted_by_the_quoc_hieu() -> None:
    lines = (
        printed("UBND TỈNH AN BÌNH", 110, 60),
        printed("SỞ THÔNG TIN VÀ TRUYỀN THÔNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 60, 75, gap_before="CỘNG", gap=6),
        printed("Số: 12/KH-STTTT An Bình, ngày 5 tháng 6", 90, 95, gap_before="An", gap=100),
        printed("V/v thi đua", 100, 110),
        printed("KẾ HOẠCH", 270, 140),
        printed("Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc thi đua", 80, 160),
    )
    found = label([Group(lines, "", 0)], 595, 842)
    assert [line.text for line in found if line.zone == "header_left"] == [
        "UBND TỈNH AN BÌNH", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Số: 12/KH-STTTT", "V/v thi đua",
    ]  # fmt: skip
    assert [line.text for line in found if line.zone == "header_right"] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "An Bình, ngày 5 tháng 6",
    ]  # fmt: skip
    assert [line.zone for line in found[-2:]] == ["title", "body"]


@pytest.mark.parametrize(
    "text",
    ["theo Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013", "QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA"],
)
def test_a_sentence_that_names_the_state_is_no_header(text: str) -> None:
    lines = (printed("Tuyên truyền sâu rộng trong nhân dân về quyền và nghĩa vụ", 80, 100), printed(text, 80, 120))
    assert [line.text for line in label([Group(lines, "", 0)], 595, 842)] == [line.text for line in lines]


def test_columns_that_a_pen_stroke_joined_are_parted() -> None:
    words = (Word(0, 3, (80, 600, 100, 612)), Word(4, 9, (103, 600, 130, 612)), Word(10, 14, (380, 600, 410, 612)),
             Word(15, 18, (413, 600, 440, 612)))  # fmt: skip
    lines = (
        Line("Các đơn vị chịu trách nhiệm thi hành kế hoạch này./.", (80, 560, 520, 572)),
        Line("Nơi nhận: GIÁM ĐỐC", (80, 600, 440, 612), 0.9, (*words[:2], Word(10, 14, words[2].bbox), words[3])),
    )
    found = [(line.zone, line.text) for line in label([Group(lines, "", 0)], 595, 842)]
    assert found[1:] == [("recipients", "Nơi nhận:"), ("signature", "GIÁM ĐỐC")]


def test_page_numbers_go_to_the_margin_and_counts_stay() -> None:
    lines = (
        Line("- 2 -", (290, 30, 310, 42)),
        Line("Số lượng 150 đại biểu", (80, 60, 300, 72)),
        Line("150", (80, 400, 99, 412)),
    )
    zones_found = [line.zone for line in label([Group(lines, "", 0)], 595, 842)]
    assert zones_found[0] == "margin"
    assert "margin" not in zones_found[1:]


def test_fractions_are_one_character() -> None:
    assert mend_small("(1\u20442 ngày) 20/10") == "(½ ngày) 20/10"


def test_red_lines_are_told_from_seals_and_small_print() -> None:
    """The signer's name stamped in red is text; a ring with letters in it, a framed stamp and small print are not."""
    page = np.full((2338, 1654, 3), 255, np.uint8)
    red = (210, 30, 40)
    cv2.putText(page, "Nguyen Van A", (950, 2000), cv2.FONT_HERSHEY_TRIPLEX, 1.3, red, 3)
    assert clean.red_text(page, 200.0)[1960:2010, 940:1300].any()
    cv2.circle(page, (1100, 1700), 140, red, 6)
    cv2.putText(page, "SO NOI VU", (1010, 1710), cv2.FONT_HERSHEY_TRIPLEX, 1.0, red, 2)
    cv2.rectangle(page, (900, 300), (1250, 380), red, 5)
    cv2.putText(page, "HOA TOC KHAN", (920, 355), cv2.FONT_HERSHEY_TRIPLEX, 1.2, red, 3)
    cv2.putText(page, "Ky boi: Van phong", (1000, 120), cv2.FONT_HERSHEY_SIMPLEX, 0.5, red, 1)
    found = clean.red_text(page, 200.0)
    rows = np.flatnonzero(found.any(axis=1))
    assert 1950 < rows.min() < rows.max() < 2020


@pytest.mark.ocr
def test_a_title_beside_a_framed_stamp_is_read_alone() -> None:
    """The stamp of incoming mail stands level with the title, and its lines are none of the page's."""
    page = paper(700, 1400)
    for left, top, text in ((80, 60, "VAN PHONG"), (760, 60, "CONG HOA XA HOI"), (640, 300, "QUYET DINH"),
                            (100, 300, "Ngay: 12/4")):  # fmt: skip
        cv2.putText(page, text, (left, top), cv2.FONT_HERSHEY_DUPLEX, 1.0, 20, 2)
    for top in range(420, 660, 40):
        cv2.putText(page, "Can cu quyet dinh cua bo truong ve viec to chuc hoi nghi", (100, top),
                    cv2.FONT_HERSHEY_DUPLEX, 1.0, 20, 2)  # fmt: skip
    cv2.rectangle(page, (80, 200), (330, 320), 20, 3)
    cv2.line(page, (80, 255), (330, 255), 20, 3)
    cv2.putText(page, "DEN", (110, 240), cv2.FONT_HERSHEY_DUPLEX, 1.0, 20, 2)
    lines = ocr.recognize_page(page, 200, 1, "a scan", mode="fast").lines
    title = next(line for line in lines if "QUY" in line.text)
    assert "12/4" not in title.text
    assert title.zone != "margin"


def test_a_framed_stamp_beside_the_title_is_no_table() -> None:
    """Text beside the stamp of incoming mail is read; the same frame alone on its rows is a table."""
    ink = np.zeros((2338, 1654), np.bool_)
    for y in (500, 560, 620):
        ink[y : y + 3, 150:560] = True
    for x in (150, 300, 557):
        ink[500:623, x : x + 3] = True

    def layout(marks: Mask) -> zones.Layout:
        return zones.find_layout(marks, np.where(marks, np.uint8(0), np.uint8(255)), 200.0)

    letters = ink.copy()
    for y in (300, 900, 960, 1020):
        for x in range(200, 1500, 24):
            letters[y : y + 20, x : x + 14] = True
    assert any(isinstance(block, tables.Grid) for block in layout(letters).blocks)
    assert not layout(letters).stamps
    for y in (520, 580):
        for x in range(650, 1400, 24):
            letters[y : y + 20, x : x + 14] = True
    found = layout(letters)
    assert len(found.stamps) == 1
    texts = [block for block in found.blocks if not isinstance(block, tables.Grid)]
    assert any(block.box[0] <= 660 and block.box[1] <= 525 and block.box[3] >= 595 for block in texts)
