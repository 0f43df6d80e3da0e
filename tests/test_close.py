from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.assemble import assemble
from pipeline.data import Line, Page
from pipeline.recognize.close import cut, find_close
from pipeline.recognize.found import Found
from pipeline.recognize.recipients import find_recipients
from tests.placed import placed
from tests.plain import load_cases, pick, plain_document, plain_value

CASES = load_cases("close")


def values(text: str) -> dict[str, Any]:
    close = find_close(plain_document(text))
    recipients = [found.value for found in close.recipients]
    return {
        "signer": plain_value(close.signer.value) if close.signer else None,
        "count": len(recipients),
        "first": recipients[0] if recipients else None,
    }


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=pytest.mark.xfail if case["expect"] == "fail" else ())
        for case in CASES
    ],
)
def test_close(case: dict[str, Any]) -> None:
    got = values(case["original"])
    assert {path: pick(got, path) for path in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_spans_lie_inside_the_text(case: dict[str, Any]) -> None:
    document = plain_document(case["original"])
    close = find_close(document)
    found: list[Found[Any]] = [*close.recipients, *([close.signer] if close.signer else [])]
    for each in found:
        assert 0 < each.confidence <= 1
        assert all(0 <= start < end <= len(document.text) for start, end in each.spans)


def test_the_close_starts_where_its_first_word_stands() -> None:
    text = "I. NỘI DUNG\nA\nB\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Hữu Phước\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    assert find_close(plain_document(text)).start == text.index("TL. CHỦ TỊCH")
    assert find_close(plain_document("I. NỘI DUNG\nA")).start is None


GARBLED = """I. KINH PHÍ
Do ngân sách bảo đảm.
Nơi nhận: {sign} - Tỉnh hội (b/c); Bes i - Các ban, đơn vị;
- Lưu: VT, TH. {name}"""


@pytest.mark.parametrize(
    "sign", ["TM. BAN THƯỜNG VỤ", "Em, BAN THƯỜNG VỤ", "T™& BAN CHẤP HÀNH", "AN THƯỜNG VỤ", "- M, BAN THƯỜNG TRỰC"]
)
def test_columns_of_a_garbled_close_that_ran_together(sign: str) -> None:
    document = plain_document(GARBLED.format(sign=sign, name="Đo Diêu Nhung"))
    close = find_close(replace(document, condition="garbled"))
    assert close.signer is not None
    assert (close.signer.value.competence, close.signer.value.full_name) == ("TM.", "Đỗ Diệu Nhung")
    assert [item.value.split(";")[0] for item in close.recipients] == [
        "Tỉnh hội (b/c)",
        "Các ban, đơn vị",
        "Lưu: VT, TH",
    ]
    assert find_close(document).signer != close.signer  # clean text is never mended so


def test_a_line_below_the_bullets_goes_on_with_its_recipient() -> None:
    rows = placed(
        ("Nơi nhận:", (60, 500, 120, 512)),
        ("- Văn phòng Tỉnh ủy; Văn phòng", (60, 514, 230, 526)),
        ("Đoàn đại biểu;", (60, 528, 140, 540)),
        ("- Thường trực HĐND; tổ đại biểu;", (60, 542, 250, 554)),
        ("Hội Khuyến học tỉnh;", (60, 556, 180, 568)),
        ("Đài và Báo tỉnh;", (67, 570, 140, 582)),
        ("- Lưu: VT.", (60, 584, 120, 596)),
        zone="recipients",
    )
    found, _ = find_recipients(rows)
    assert [each.value for each in found] == [
        "Văn phòng Tỉnh ủy; Văn phòng Đoàn đại biểu",
        "Thường trực HĐND; tổ đại biểu; Hội Khuyến học tỉnh",
        "Đài và Báo tỉnh",
        "Lưu: VT",
    ]


def test_a_colon_that_opens_no_list_is_a_semicolon() -> None:
    rows = placed(
        ("Nơi nhận:", (60, 500, 120, 512)),
        ("- Trường Chính trị tỉnh:", (60, 514, 190, 526)),
        ("- Văn phòng Sở:", (60, 528, 150, 540)),
        ("+ Chánh Văn phòng;", (72, 542, 180, 554)),
        ("- Hội Khuyến học “ /", (60, 556, 190, 568)),
        ("- Lưu: VT.", (60, 570, 120, 582)),
        zone="recipients",
    )
    found, _ = find_recipients(rows)
    assert [each.value for each in found] == [
        "Trường Chính trị tỉnh",
        "Văn phòng Sở:",
        "Chánh Văn phòng",
        "Hội Khuyến học",
        "Lưu: VT",
    ]


def test_recipients_below_two_signatures_belong_to_neither() -> None:
    rows = placed(
        ("- Ban Dân vận;", (60, 514, 190, 526)),
        ("Nơi nhận:", (60, 500, 120, 512)),
        ("Trần Văn Nam", (60, 400, 150, 412)),
        zone="signature",
    )
    assert [cut(row)[0] is row for row in rows] == [True, True, False]


SEALED = """QUYẾT ĐỊNH
Về việc thay đổi thành viên
BỘ TRƯỞNG, CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ
Điều 1. Thay đổi thành viên Tổ Biên tập.
Điều 2. Các thành viên chịu trách nhiệm thi hành./.
Nơi nhận:/2
- Như Điều 2;
- Các Bộ, cơ quan thuộc CP;Í
- Cục KSTT; HC;
- Lưu: VT, KSTT (3). 35
CHỦ NHIỆM
Trần Văn Sơn"""


def test_what_seals_and_pens_leave_on_a_scan() -> None:
    lines = tuple(Line(text, confidence=0.9) for text in SEALED.split("\n"))
    close = find_close(assemble([Page(1, lines, "ocr", "no text layer")]))
    assert close.signer is not None
    assert close.signer.value.position == "Bộ trưởng, Chủ nhiệm"
    assert [item.value for item in close.recipients] == [
        "Như Điều 2",
        "Các Bộ, cơ quan thuộc CP",
        "Cục KSTT; HC",
        "Lưu: VT, KSTT (3)",
    ]
    printed = find_close(plain_document(SEALED))
    assert printed.signer is not None
    assert printed.signer.value.position == "Chủ nhiệm"


def test_stock_phrases_of_recipients_get_their_marks_on_scans_only() -> None:
    text = "I. NỘI DUNG\nA\nNơi nhận:\n- Cục Hài quan;\n- Các ban của Đang (đề b/c);\n“ưu: VT.\nGIÁM ĐỐC\nxà Văn An"
    lines = tuple(Line(line, confidence=0.9) for line in text.split("\n"))
    scanned = find_close(assemble([Page(1, lines, "ocr", "no text layer")])).recipients
    assert [item.value for item in scanned] == ["Cục Hải quan", "Các ban của Đảng (để b/c)", "Lưu: VT"]
    assert find_close(plain_document(text)).recipients[0].value == "Cục Hài quan"
