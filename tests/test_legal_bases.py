from __future__ import annotations

import pytest

from pipeline.normalize.agencies import issuing_body
from pipeline.recognize.legal_bases import find_legal_bases
from tests.plain import plain_document

TITLE = "KẾ HOẠCH\nTổ chức Hội nghị\n\n"
END = "\nI. MỤC ĐÍCH\n1. Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014; Kế hoạch số 9/KH-UBND ngày 1/1/2020.\n"
BODY = issuing_body(["UBND HUYỆN DUY TIÊN"])
CITY = issuing_body(["ỦY BAN NHÂN DÂN", "QUẬN HOÀN KIẾM"])
COMMUNE = issuing_body(["UBND HUYỆN HẬU LỘC", "UBND XÃ QUANG LỘC"])


def bases(text: str, body: object = BODY) -> list[tuple[str | None, str | None, str | None, str | None]]:
    found = find_legal_bases(plain_document(TITLE + text + END), body)  # type: ignore[arg-type]
    return [(b.value.document_type, b.value.code, b.value.date, b.value.issuer) for b in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết;",
            [("NĐ", "98/2023/NĐ-CP", "2023-12-31", "Chính phủ")],
            id="decree",
        ),
        pytest.param(
            "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022;",
            [("Luật", "06/2022/QH15", "2022-06-15", "Quốc hội")],
            id="law by number",
        ),
        pytest.param(
            "Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003;",
            [("Luật", None, "2003-11-26", "Quốc hội")],
            id="law by name",
        ),
        pytest.param(
            "Thực hiện Kế hoạch số 1561/KH-UBND ngày 12 tháng 9 năm 2014 của UBND tỉnh về tổ chức Hội nghị;",
            [("KH", "1561/KH-UBND", "2014-09-12", "Ủy ban nhân dân tỉnh Hà Nam")],
            id="the province is that of the citing body",
        ),
        pytest.param(
            "Thực hiện Hướng dẫn số 5/HD-HĐTĐKT, ngày 3/2/2020 của Hội đồng Thi đua - Khen thưởng tỉnh;",
            [("HD", "5/HD-HĐTĐKT", "2020-02-03", "Hội đồng Thi đua - Khen thưởng tỉnh Hà Nam")],
            id="a comma before the day, a dash in the name",
        ),
        pytest.param(
            "Thực hiện Chỉ thị số 34- CT/TW ngày 07/4/2014 của Bộ Chính trị khóa XI về tiếp tục đổi mới; Công văn số "
            "2114/SNV-TĐKT ngày 09/5/2019 của Sở Nội vụ về việc hướng dẫn, UBND huyện xây dựng kế hoạch như sau:",
            [
                ("CT", "34-CT/TW", "2014-04-07", "Bộ Chính trị"),
                ("CV", "2114/SNV-TĐKT", "2019-05-09", "Sở Nội vụ tỉnh Hà Nam"),
            ],
            id="two in one paragraph",
        ),
        pytest.param(
            "Căn cứ Quyết định số 12/QĐ-TTg ngày 5/1/2021 về phê duyệt Đề án;",
            [("QĐ", "12/QĐ-TTg", "2021-01-05", "Thủ tướng Chính phủ")],
            id="the notation says who",
        ),
        pytest.param(
            "Căn cứ Thông tư số 12/2019/TT-BNV ngày 04/11/2019 của Bộ trưởng Bộ Nội vụ;",
            [("TT", "12/2019/TT-BNV", "2019-11-04", "Bộ trưởng Bộ Nội vụ")],
            id="issued by a minister",
        ),
        pytest.param(
            "Căn cứ Nghị quyết số 12-NQ/HU của Ban Chấp hành Đảng bộ huyện về công tác thi đua;",
            [("NQ", "12-NQ/HU", None, "Ban Chấp hành Đảng bộ huyện Duy Tiên")],
            id="no day",
        ),
        pytest.param(
            "Can cu Chi thi so 34-CT/TW ngay 07 thang 4 nam 2014 cua Bo Chinh tri;",
            [("CT", "34-CT/TW", "2014-04-07", "Bộ Chính trị")],
            id="without marks",
        ),
        pytest.param("Hội nghị được tổ chức theo quy định.", [], id="none"),
    ],
)
def test_bases(text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    assert bases(text) == expected


def test_units_that_are_left_out_come_from_the_citing_body() -> None:
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND Thành phố;", CITY)[0][3] == (
        "Ủy ban nhân dân thành phố Hà Nội"
    )
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND huyện;", COMMUNE)[0][3] == (
        "Ủy ban nhân dân huyện Hậu Lộc"
    )
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND tỉnh;", None)[0][3] == "Ủy ban nhân dân tỉnh"


def test_mentions_in_the_body_are_no_bases() -> None:
    assert len(bases("Căn cứ Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị;")) == 1


def test_a_basis_cited_twice_counts_once() -> None:
    twice = "Căn cứ Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị;\nThực hiện Chỉ thị số 34-CT/TW nêu trên;"
    assert len(bases(twice)) == 1


def test_spans_quote_the_text() -> None:
    document = plain_document(TITLE + "Căn cứ Quyết định số 5/QĐ-UBND ngày 2/3/2019\ncủa UBND tỉnh Hà Nam;" + END)
    (found,) = find_legal_bases(document)
    assert [document.text[start:end] for start, end in found.spans] == [
        "Quyết định số 5/QĐ-UBND ngày 2/3/2019",
        "của UBND tỉnh Hà Nam",
    ]
    assert found.value.text == "Quyết định số 5/QĐ-UBND ngày 2/3/2019 của UBND tỉnh Hà Nam"
