"""Titles that carry the header: who, number and day before the subject."""

from __future__ import annotations

import pytest

from pipeline.recognize import recognize
from pipeline.recognize.title import find_title
from tests.placed import placed
from tests.plain import plain_document

BASES = "\nCăn cứ Luật Thư viện ngày 19 tháng 6 năm 2015;\nĐiều 1. Phê duyệt đề án."


@pytest.mark.parametrize(
    ("title", "body", "code", "day", "subject"),
    [
        (
            "QUYẾT ĐỊNH\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 17/2008/QĐ-TTG\nNGÀY 25 THÁNG 6 NĂM 2008 VỀ VIỆC TỔ CHỨC ĐẠI HỘI\n"
            "THỦ TƯỚNG CHÍNH PHỦ",
            "Thủ tướng Chính phủ", (17, "QĐ-TTg", 2008), "2008-06-25", "VỀ VIỆC TỔ CHỨC ĐẠI HỘI",
        ),
        (
            "CHỈ THỊ CỦA ỦY BAN NHÂN DÂN TỈNH CÀ MAU SỐ 05/CT-UBND NGÀY 03/02/2015 VỀ PHONG TRÀO THI ĐUA",
            "Ủy ban nhân dân tỉnh Cà Mau", (5, "CT-UBND", None), "2015-02-03", "VỀ PHONG TRÀO THI ĐUA",
        ),
        (
            "KẾ HOẠCH\nSố 12/KH-UBND ngày 9 tháng 3 năm 2020 của Ủy ban nhân dân huyện Đầm Dơi về tổ chức Hội nghị",
            "Ủy ban nhân dân huyện Đầm Dơi", (12, "KH-UBND", None), "2020-03-09", "về tổ chức Hội nghị",
        ),
    ],
    ids=["law-collection", "one-line", "number-first"],
)  # fmt: skip
def test_a_title_that_carries_the_header(
    title: str, body: str, code: tuple[int, str, int | None], day: str, subject: str
) -> None:
    facts = recognize(plain_document(title + "\n" + BASES))
    assert facts.issuing_body is not None
    assert facts.issuing_body.name == body
    number = facts.document_number
    assert number is not None
    assert (number.number, number.notation, number.year) == code
    assert facts.issued_date is not None
    assert facts.issued_date.value == day
    assert facts.subject == subject


def test_an_ordinary_subject_that_cites_a_document_stays_whole() -> None:
    subject = "Thực hiện Chỉ thị số 05/CT-TTg ngày 03/02/2015 của Thủ tướng Chính phủ"
    assert recognize(plain_document(f"KẾ HOẠCH\n{subject}\n{BASES}")).subject == subject


def test_a_subject_that_amends_keeps_what_it_amends() -> None:
    subject = "Sửa đổi Quy chế thi đua\nban hành kèm theo Quyết định số 9/2014/QĐ-UBND"
    assert recognize(plain_document(f"QUYẾT ĐỊNH\n{subject}\n{BASES}")).subject == subject.replace("\n", " ")
    regulation = "QUY CHẾ\nThi đua của huyện\n(Ban hành kèm theo Quyết định số 9/2014/QĐ-UBND)\n"
    assert recognize(plain_document(regulation + BASES)).subject == "Thi đua của huyện"


def test_a_heading_of_the_gazette_above_the_header_is_no_title() -> None:
    rows = placed(
        ("VĂN BẢN HỢP NHẤT -", (210, 120, 390, 136)),
        ("BỘ Y TẾ", (250, 146, 350, 160)),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (310, 180, 540, 194)),
        ("NGHỊ ĐỊNH", (250, 250, 350, 264)),
        ("Quy định về trạm y tế lưu động", (190, 270, 410, 284)),
    )
    title = find_title(rows)
    assert title is not None
    assert (title.type, title.subject) == ("NĐ", "Quy định về trạm y tế lưu động")
