"""The points that end the items of lists, as the list as a whole tells them."""

from __future__ import annotations

import pytest

from pipeline.data import Line, Zone
from pipeline.ocr.endings import mend_endings


def page(zone: Zone, *texts: str) -> list[Line]:
    """Return lines from the top; two blanks before a text set it farther right."""
    return [
        Line(text.strip(), (80.0 + 20 * text.startswith("  "), 100 + 15 * at, 400, 112 + 15 * at), zone=zone)
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            page("recipients", "Nơi nhận:", "- Các phòng, ban và đơn vị", "thuộc sở:", "- Lưu: VT,"),
            "Nơi nhận:|- Các phòng, ban và đơn vị|thuộc sở;|- Lưu: VT.",
            id="recipients",
        ),
        pytest.param(
            page("signature", "TM: ỦY BAN NHÂN DÂN", "KT,CHỦ TỊCH", "Kt: tham mưu"),
            "TM. ỦY BAN NHÂN DÂN|KT.CHỦ TỊCH|Kt: tham mưu",
            id="who is signed for",
        ),
        pytest.param(
            page("body", "- Văn phòng Sở;", "- Phòng Tài vụ:", "- Phòng Nghiệp vụ."),
            "- Văn phòng Sở;|- Phòng Tài vụ;|- Phòng Nghiệp vụ.",
            id="an item among others",
        ),
        pytest.param(
            page("body", "- Văn phòng Sở;", "- Đại biểu mời:", "  - Lãnh đạo Sở;"),
            "- Văn phòng Sở;|- Đại biểu mời:|- Lãnh đạo Sở;",
            id="a list within",
        ),
        pytest.param(
            page("body", "- Thời gian:", "- Ngày 5 tháng 6.", "Trong đó,", "lưu ý"),
            "- Thời gian:|- Ngày 5 tháng 6.|Trong đó,|lưu ý",
            id="no list with semicolons",
        ),
        pytest.param(
            page("body", "- Chuẩn bị gồm:", "+ Hội trường;", "- Hồ sơ;"), "- Chuẩn bị gồm:|+ Hội trường;|- Hồ sơ;",
            id="another sign",
        ),
        pytest.param(
            page("body", "Mời chừng 70 người,", "4. Địa điểm: hội trường."),
            "Mời chừng 70 người.|4. Địa điểm: hội trường.",
            id="a paragraph before a number",
        ),
        pytest.param(
            page("body", "- Đơn xin học (bản chính),", '- "Thẻ học viên" (bản sao),', "- Ảnh."),
            '- Đơn xin học (bản chính),|- "Thẻ học viên" (bản sao),|- Ảnh.',
            id="a list with commas",
        ),
        pytest.param(
            [*page("body", "chậm nhất là ngày 5/6/2025.."), *page("recipients", "Nơi nhận:", "- Như trên;")],
            "chậm nhất là ngày 5/6/2025./.|Nơi nhận:|- Như trên;",
            id="the end before the close",
        ),
        pytest.param(page("body", "trước ngày 5/6/2025./,"), "trước ngày 5/6/2025./.", id="the end"),
    ],
)  # fmt: skip
def test_an_item_that_announces_nothing_ends_in_no_colon(lines: list[Line], expected: str) -> None:
    assert "|".join(line.text for line in mend_endings(lines)) == expected
