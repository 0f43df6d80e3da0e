"""Posts and names under seals and pens: what several damaged readings of a line make up together."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.render.fonts import font_path
from pipeline.ocr.clean import Cleaned
from pipeline.ocr.signature import _first, _signs_for_another, second_look
from pipeline.ocr.signed_words import best_known, known, rest_of_deputy
from pipeline.ocr.tesseract import RawLine, RawWord

HIGH = 30


def reading(*words: tuple[str, float]) -> RawLine:
    """Return a line of words given as text and confidence, each in a place of its own."""
    raw = tuple(
        RawWord(text, (110 * place, 100, 110 * place + 100, 100 + HIGH), confidence)
        for place, (text, confidence) in enumerate(words)
    )
    return RawLine(raw, (0, 100, raw[-1].box[2], 100 + HIGH))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(reading(("KT.CHỦ", 0.4), ("TỊCH", 0.9)), "kt chu tich", id="glued"),
        pytest.param(reading(("__..-PHÓ", 0.4), ("GIÁM", 0.9), ("ĐÓC", 0.9)), "pho giam doc", id="specks"),
        pytest.param(reading(("ẾT,", 0.0), ("CHỦ", 0.9), ("TỊCH", 0.9)), "kt chu tich", id="a seal on KT."),
        pytest.param(reading(("—", 0.3), ("LêHoàngAnh", 0.8)), "Lê Hoàng Anh", id="a name without spaces"),
        pytest.param(reading(("quan", 0.9), ("chịu", 0.9), ("trách", 0.9)), None, id="running text"),
        pytest.param(reading(("Văn", 0.9), ("phòng", 0.9)), None, id="an office is no post"),
        pytest.param(reading(("Wế", 0.2), ("Hoàng", 0.9), ("Anh", 0.9), ("Tuấn", 0.9)), None, id="a cut name"),
    ],
)  # fmt: skip
def test_whole_posts_and_names_are_known(line: RawLine, expected: str | None) -> None:
    value = known(line)
    assert (value.text if value else None) == expected


def test_readings_make_up_a_name_word_by_word() -> None:
    value = best_known([
        reading(("4", 0.6), ("suyễn", 0.5), ("Sỹ", 0.9), ("Hiệp", 0.9)),
        reading(("x", 0.2), ("Kguyễn", 0.1), ("Sÿ", 0.8), ("Hiệp", 0.97)),
    ])  # fmt: skip
    assert value is not None
    assert value.text == "Nguyễn Sỹ Hiệp"
    assert value.confidence <= 0.5  # a word was mended


def test_a_name_in_capitals_stays_in_capitals() -> None:
    first, second = (
        reading(("TRẦN", 0.5), ("ĐÚC", 0.6), ("HẢI", 0.9)),
        reading(("TRẦN", 0.9), ("ĐỨC", 0.9), ("HÁI", 0.4)),
    )
    value = best_known([first, second])
    assert value is not None
    assert [word.text for word in value.words] == ["TRẦN", "ĐỨC", "HẢI"]
    assert value.text == "Trần Đức Hải"


def test_a_name_whose_beginning_may_be_lost_is_given_up() -> None:
    cut = reading(("Wế", 0.2), ("Hoàng", 0.9), ("Anh", 0.9), ("Tuấn", 0.9))
    assert best_known([cut, cut]) is None


def test_recipients_make_up_no_name() -> None:
    assert (
        best_known([reading(("Lục", 0.9), ("Thuế,", 0.97), ("Hải", 0.96)), reading(("Lục", 0.8), ("Thuế", 0.9))])
        is None
    )


def test_recipients_far_before_a_name_do_not_hide_it() -> None:
    words = [("TH,", 0.9), ("PL,", 0.9), ("4", 0.9), ("#", 0.4), ("Nguyễn", 0.9), ("Sỹ", 0.9), ("Hiệp", 0.97)]
    value = best_known([reading(*words), reading(*words[:4], ("suyễn", 0.8), *words[5:])])
    assert value is not None
    assert value.text == "Nguyễn Sỹ Hiệp"


def test_specks_without_confidence_make_no_family_name() -> None:
    assert best_known([reading(("X", 0.0), ("cổ", 0.0), ("Ha", 0.0), ("Trí", 0.96))]) is None


def test_what_a_seal_leaves_of_a_deputy_is_kept_under_the_post_that_is_signed_for() -> None:
    signed_for, head = known(reading(("KT.", 0.9), ("CHỦ", 0.9), ("TỊCH", 0.9))), known(reading(("CHỦ TỊCH", 0.9)))
    assert signed_for is not None
    assert head is not None
    damaged = [reading(("St", 0.1), ("crtricn", 0.0)), reading(("=", 0.7), ("”", 0.7), ("“TỊCH", 0.97))]
    left = rest_of_deputy(damaged, [signed_for])
    assert left is not None
    assert [word.text for word in left.words] == ["TỊCH"]
    assert rest_of_deputy(damaged, [head]) is None
    assert rest_of_deputy(damaged[:1], [signed_for]) is None


def test_a_post_is_never_taken_for_a_name() -> None:
    value = best_known([reading(("TRƯƠNG", 0.9), ("CHỦ", 0.9), ("NHIỆM", 0.9))])
    assert value is None or value.kind == "post"


def test_a_stroke_that_reaches_into_a_line_is_not_the_line() -> None:
    stroke = (RawWord("N", (1097, 1149, 1147, 1193), 0.9),)
    post = tuple(
        RawWord(text, (x, 1169, x + 88, 1213), 0.9) for text, x in (("PHÓ", 1054), ("CHỦ", 1150), ("TỊCH", 1250))
    )
    lines = [RawLine(stroke, stroke[0].box), RawLine(post, (1054, 1169, 1338, 1213))]
    assert list(_first(lines, (1054, 1172, 1340, 1212), 1000, 30.0)) == [1]


@pytest.mark.parametrize(("text", "expected"), [("TM:", True), ("KT.", True), ("Tạ", False), ("Tm", True)])
def test_who_signs_for_another_is_no_name(text: str, expected: bool) -> None:
    line = reading((text, 0.9), ("BAN", 0.9), ("THƯỜNG", 0.9), ("TRỰC", 0.9))
    assert _signs_for_another({3: line.words}) is expected


def signature_page() -> NDArray[np.uint8]:
    """Return a page at 200 dpi with a close whose name a black seal touches."""
    picture = Image.new("L", (1650, 1000), 255)
    draw = ImageDraw.Draw(picture)
    plain = ImageFont.truetype(str(font_path("serif")), 36)
    bold = ImageFont.truetype(str(font_path("serif", bold=True)), 38)
    for row in range(3):
        draw.text((160, 60 + 50 * row), "Các đơn vị có trách nhiệm thực hiện kế hoạch và báo cáo kết quả", 0, plain)
    draw.text((160, 260), "Nơi nhận:", 0, plain)
    draw.text((960, 260), "CHỦ TỊCH", 0, bold)
    draw.text((900, 560), "Nguyễn Hữu Phước", 0, bold)
    page = np.array(picture)
    cv2.circle(page, (880, 450), 140, 0, 5, cv2.LINE_AA)
    return page


@pytest.mark.ocr
def test_a_name_that_a_seal_touches_is_read_again() -> None:
    page = signature_page()
    heading = (RawWord("Nơi", (160, 265, 220, 295), 0.9), RawWord("nhận:", (230, 265, 310, 295), 0.9))
    name = (RawWord("yễn", (960, 570, 1020, 600), 0.6), RawWord("Phước", (1110, 570, 1230, 600), 0.9))
    first = [RawLine(heading, (160, 265, 310, 295)), RawLine(name, (960, 570, 1230, 600))]
    found = second_look(first, Cleaned(page, 200.0, 0.0, False, False), 36.0, "vie")
    assert "Nguyễn Hữu Phước" in [line.text for line in found.values()]
    assert 0 not in found


def test_a_page_without_a_signature_is_left_alone() -> None:
    blank = Cleaned(np.full((500, 800), 255, np.uint8), 200.0, 0.0, False, False)
    assert second_look([reading(("Căn", 0.9), ("cứ", 0.9))], blank, 36.0, "vie") == {}
