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
    ],
)  # fmt: skip
def test_an_item_that_announces_nothing_ends_in_no_colon(lines: list[Line], expected: str) -> None:
    assert "|".join(line.text for line in mend_endings(lines)) == expected
