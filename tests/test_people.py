from __future__ import annotations

import pytest

from pipeline.normalize.people import mend_name, name_score, parse_name, strip_titles


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TRẦN KHANH TUẤN", "Trần Khanh Tuấn"),
        ("Lò Văn Pọm", "Lò Văn Pọm"),
        ("Y BIÊR NIÊ", "Y Biêr Niê"),
        ("ThS. Nguyễn Thị Thuỷ", "Nguyễn Thị Thủy"),
        ("PGS.TS. Vũ Đức Định", "Vũ Đức Định"),
        ("BSCKII. Hồ Thị Mai", "Hồ Thị Mai"),
        ("Đại tá Cao Xuân Thắng", "Cao Xuân Thắng"),
        ("rần Văn Sơn", "Trần Văn Sơn"),
        ("LƯU THỊ NAM", "Lưu Thị Nam"),
        ("Phạm Văn Phong", "Phạm Văn Phong"),
        ("ĐOÀN VĂN HẢI", "Đoàn Văn Hải"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "PHÓ CHỦ TỊCH", "Nơi nhận:", "Ủy ban nhân dân", "(Đã ký)", "KT. GIÁM ĐỐC", "Lưu: VT, NV", "12 tháng 5", "",
        "Hà",
        "Các phòng ban", "GV ĐẾN",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    assert parse_name(text) is None


def test_common_names_score_higher() -> None:
    assert name_score("Nguyễn Văn Hùng") > name_score("Xyz Abc Def")


def test_titles_are_dropped_in_any_number() -> None:
    assert strip_titles("GS.TS.BS. Lê Văn An") == "Lê Văn An"
    assert strip_titles("Bác Ái") == "Bác Ái"


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Đỗ Hoàng Anh Tuần", "Đỗ Hoàng Anh Tuấn"), ("Hã Thị Lê Vân", "Hà Thị Lê Vân"), ("Giàng A Tính", "Giàng A Tính")],
)
def test_marks_are_mended_where_the_word_is_no_name(read: str, meant: str) -> None:
    assert mend_name(read) == meant
