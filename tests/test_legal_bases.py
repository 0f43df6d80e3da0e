from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from pipeline.normalize.agencies import issuing_body
from pipeline.recognize.legal_bases import _opens, find_legal_bases
from pipeline.record import DocumentNumber
from tests.placed import placed
from tests.plain import load_cases, plain_document

TITLE = "KẾ HOẠCH\nTổ chức Hội nghị\n\n"
END = "\nI. MỤC ĐÍCH\n1. Thực hiện Chỉ thị số 38-CT/TW ngày 09/5/2016; Kế hoạch số 9/KH-UBND ngày 1/1/2020.\n"
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
            "Thực hiện Kế hoạch số 1482/KH-UBND ngày 3 tháng 10 năm 2016 của UBND tỉnh về tổ chức Hội nghị;",
            [("KH", "1482/KH-UBND", "2016-10-03", "Ủy ban nhân dân tỉnh Hà Nam")],
            id="the province is that of the citing body",
        ),
        pytest.param(
            "Thực hiện Hướng dẫn số 5/HD-HĐTĐKT, ngày 3/2/2020 của Hội đồng Thi đua - Khen thưởng tỉnh;",
            [("HD", "5/HD-HĐTĐKT", "2020-02-03", "Hội đồng Thi đua - Khen thưởng tỉnh Hà Nam")],
            id="a comma before the day, a dash in the name",
        ),
        pytest.param(
            "Thực hiện Chỉ thị số 38- CT/TW ngày 09/5/2016 của Bộ Chính trị khóa XI về tiếp tục đổi mới; Công văn số "
            "2114/SNV-TĐKT ngày 09/5/2019 của Sở Nội vụ về việc hướng dẫn, UBND huyện xây dựng kế hoạch như sau:",
            [
                ("CT", "38-CT/TW", "2016-05-09", "Bộ Chính trị"),
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
            "Can cu Chi thi so 38-CT/TW ngay 09 thang 5 nam 2016 cua Bo Chinh tri;",
            [("CT", "38-CT/TW", "2016-05-09", "Bộ Chính trị")],
            id="without marks",
        ),
        pytest.param("Hội nghị được tổ chức theo quy định.", [], id="none"),
    ],
)
def test_bases(text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    assert bases(text) == expected


LAKE = issuing_body(["UBND TỈNH HÀ NAM"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Căn cứ Luật Thư viện ngày 5/6/2014; Luật sửa đổi, bổ sung một số điều của Luật Thư viện và Luật Xuất bản "
            "ngày 7/8/2018;",
            [("Luật", None, "2014-06-05", "Quốc hội"), ("Luật", None, "2018-08-07", "Quốc hội")],
            id="an amending law is named by what it amends",
        ),
        pytest.param(
            "Căn cứ Luật Thư viện ngày 5/6/2014 và Luật sửa đổi, bổ sung một số Điều Luật Thư viện ngày 7/8/2018;",
            [("Luật", None, "2014-06-05", "Quốc hội"), ("Luật", None, "2018-08-07", "Quốc hội")],
            id="an amending law behind the law",
        ),
        pytest.param(
            "Căn cứ Nghị định số 11/2012/NĐ-CP ngày 3/4/2012 của Chính phủ về kiểm kê (đã được sửa đổi, bổ sung bởi "
            "Nghị định số 22/2015/NĐ-CP ngày 5/6/2015 và Nghị định số 33/2018/NĐ-CP ngày 7/8/2018 của Chính phủ);",
            [
                ("NĐ", "11/2012/NĐ-CP", "2012-04-03", "Chính phủ"),
                ("NĐ", "22/2015/NĐ-CP", "2015-06-05", "Chính phủ"),
                ("NĐ", "33/2018/NĐ-CP", "2018-08-07", "Chính phủ"),
            ],
            id="what amends a decree is cited too",
        ),
        pytest.param(
            "Căn cứ Quyết định số 71/QĐ-BVHTT ngày 9/1/2024 của Bộ Văn hóa công bố thủ tục được sửa đổi, bổ sung tại "
            "Thông tư số 15/2023/TT-BVHTT ngày 1/12/2023 của Bộ Văn hóa;",
            [("QĐ", "71/QĐ-BVHTT", "2024-01-09", "Bộ Văn hóa")],
            id="what amends a procedure is only mentioned",
        ),
        pytest.param(
            "Căn cứ Nghị định số 11/2012/NĐ-CP ngày 3/4/2012 của Chính phủ quy định việc "
            "thi hành Luật Thư viện; Thông tư số 8/2013/TT-BKH ngày 2/2/2013 của Bộ Khoa học hướng dẫn Nghị định số "
            "11/2012/NĐ-CP ngày 3/4/2012;",
            [("NĐ", "11/2012/NĐ-CP", "2012-04-03", "Chính phủ"), ("TT", "8/2013/TT-BKH", "2013-02-02", "Bộ Khoa học")],
            id="what a name mentions is no basis",
        ),
        pytest.param(
            "Căn cứ Thông tư số 08/2013/TT-VPCP ngày 2/2/2013 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn;",
            [("TT", "08/2013/TT-VPCP", "2013-02-02", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ")],
            id="a minister with two posts",
        ),
        pytest.param(
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 40/TTr-SNV ngày 5/5/2023 và Giám đốc Sở Tài chính tại "
            "Công văn số 61/STC-NS ngày 6/5/2023.",
            [
                ("TTr", "40/TTr-SNV", "2023-05-05", "Giám đốc Sở Nội vụ tỉnh Hà Nam"),
                ("CV", "61/STC-NS", "2023-05-06", "Giám đốc Sở Tài chính tỉnh Hà Nam"),
            ],
            id="who proposes stands before the proposal",
        ),
        pytest.param(
            "Căn cứ các Thông tư của Bộ trưởng Bộ Y tế: số 14/2016/TT-BYT ngày 4/4/2016 hướng dẫn nghiệp vụ; "
            "số 15/2017/TT-BYT ngày 5/5/2017;",
            [
                ("TT", "14/2016/TT-BYT", "2016-04-04", "Bộ trưởng Bộ Y tế"),
                ("TT", "15/2017/TT-BYT", "2017-05-05", "Bộ trưởng Bộ Y tế"),
            ],
            id="a list under its type and issuer",
        ),
        pytest.param(
            "Thực hiện chỉ đạo của Chủ tịch UBND tỉnh nêu tại các Công văn số 21/VPUB-TH ngày 3/3/2022 và số "
            "25/VPUB-TH ngày 9/3/2022 của Văn phòng UBND tỉnh;",
            [
                ("CV", "21/VPUB-TH", "2022-03-03", "Văn phòng Ủy ban nhân dân tỉnh Hà Nam"),
                ("CV", "25/VPUB-TH", "2022-03-09", "Văn phòng Ủy ban nhân dân tỉnh Hà Nam"),
            ],
            id="two of one office share their issuer",
        ),
        pytest.param(
            "Căn cứ Nghị quyết số 45/2022/QH15 ngày l6 tháng 1] năm 2022; Nghị quyết số 7/2023/UBTVQH15 ngày "
            "9 tháng~ 2 năm.2023;",
            [
                ("NQ", "45/2022/QH15", "2022-11-16", "Quốc hội"),
                ("NQ", "7/2023/UBTVQH15", "2023-02-09", "Ủy ban Thường vụ Quốc hội"),
            ],
            id="resolutions of the assembly, digits read as strokes",
        ),
        pytest.param(
            "(Ban hành kèm theo Quyết định số 19/QĐ-UBND ngày 4/5/2021 của UBND tỉnh)",
            [],
            id="the decision that an annex belongs to",
        ),
        pytest.param(
            "Căn cứ Luật Thư viện ngày 5/6/2014;\nBộ trưởng Bộ Văn hóa ban hành Thông tư sửa đổi một số điều của Thông "
            "tư số 12/2016/TT-BVH ngày 1/2/2016 về lưu chiểu.",
            [("Luật", None, "2014-06-05", "Quốc hội")],
            id="what the document itself amends",
        ),
        pytest.param(
            "Theo đề nghị của Giám đốc Sở Ngoại vụ tại Tờ trình số 5/TTr-SNgV ngày 1/2/2016 và ý kiến của "
            "các thành viên Ủy ban nhân dân tỉnh.",
            [("TTr", "5/TTr-SNgV", "2016-02-01", "Giám đốc Sở Ngoại vụ tỉnh Hà Nam")],
            id="whose opinion follows did not write it",
        ),
        pytest.param(
            "Xét đơn khiếu nại Quyết định số 19/QĐ-UBND ngày 4/5/2021 của UBND huyện,", [], id="what is complained of"
        ),
    ],
)
def test_what_a_preamble_mentions(
    text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]
) -> None:
    assert bases(text, LAKE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Thực hiện Kế hoạch số 8/KH-UBND ngày 1/2/2019 của UBND tỉnh về mở lớp bồi dưỡng, Sở Nội vụ trân trọng "
            "kính mời:",
            "Kế hoạch số 8/KH-UBND ngày 1/2/2019 của UBND tỉnh về mở lớp bồi dưỡng",
            id="who invites",
        ),
        pytest.param(
            "Tiếp theo Công văn số 8/UBND-VX ngày 1/2/2019 về trợ cấp, Chủ tịch UBND tỉnh có ý kiến, cụ thể như sau:\n"
            "Đồng ý cấp bù cho các trường.",
            "Công văn số 8/UBND-VX ngày 1/2/2019 về trợ cấp",
            id="what is said then",
        ),
        pytest.param(
            "Căn cứ Luật Thư viện ngày 5/6/2014 (được sửa đổi, bổ sung bởi Luật số 17/2018/QH14);",
            "Luật Thư viện ngày 5/6/2014",
            id="the words that join two",
        ),
        pytest.param(
            "Căn cứ Nghị định số 11/2012/NĐ-CP ngày 3/4/2012 của Chính phủ hướng dẫn Luật Thư viện về lưu chiểu;",
            "Nghị định số 11/2012/NĐ-CP ngày 3/4/2012 của Chính phủ hướng dẫn Luật Thư viện về lưu chiểu",
            id="the whole name",
        ),
    ],
)
def test_text_of_a_basis(text: str, expected: str) -> None:
    found = find_legal_bases(plain_document(TITLE + text + END), LAKE)
    assert found[0].value.text == expected


@pytest.mark.parametrize(
    "end", ["trong những năm tiếp theo", "về chữ ký số", "ngành giao thông vận tải", "cho các đối tượng được mời dự"]
)
def test_words_that_join_bases_stay_where_none_follows(end: str) -> None:
    text = f"{TITLE}Căn cứ Chỉ thị số 4/CT-BTP ngày 1/2/2019 của Bộ Tư pháp {end};{END}"
    found = find_legal_bases(plain_document(text), LAKE)
    assert found[0].value.text.endswith(end)


def test_no_basis_goes_on_in_the_next_paragraph() -> None:
    rows = placed(
        ("Thực hiện Công văn số 8/SNV-VP ngày 1/2/2019 của Sở Nội vụ,", (110, 200, 540, 214)),
        ("Sở Y tế mở lớp tập huấn do Giám đốc chủ trì.", (110, 216, 400, 230)),
        ("về việc đánh giá viên chức,", (82, 232, 300, 246)),
        ("Sở Y tế mở lớp tập huấn.", (110, 248, 400, 262)),
    )
    assert [_opens(above, row) for above, row in pairwise(rows)] == [False, False, True]


def test_units_that_are_left_out_come_from_the_citing_body() -> None:
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND Thành phố;", CITY)[0][3] == (
        "Ủy ban nhân dân thành phố Hà Nội"
    )
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND huyện;", COMMUNE)[0][3] == (
        "Ủy ban nhân dân huyện Hậu Lộc"
    )
    assert bases("Căn cứ Kế hoạch số 2/KH-UBND ngày 1/2/2019 của UBND tỉnh;", None)[0][3] == "Ủy ban nhân dân tỉnh"


def test_mentions_in_the_body_are_no_bases() -> None:
    assert len(bases("Căn cứ Chỉ thị số 38-CT/TW ngày 09/5/2016 của Bộ Chính trị;")) == 1


def test_a_basis_cited_twice_counts_once() -> None:
    twice = "Căn cứ Chỉ thị số 38-CT/TW ngày 09/5/2016 của Bộ Chính trị;\nThực hiện Chỉ thị số 38-CT/TW nêu trên;"
    assert len(bases(twice)) == 1


def test_spans_quote_the_text() -> None:
    document = plain_document(TITLE + "Căn cứ Quyết định số 5/QĐ-UBND ngày 2/3/2019\ncủa UBND tỉnh Hà Nam;" + END)
    (found,) = find_legal_bases(document)
    assert [document.text[start:end] for start, end in found.spans] == [
        "Quyết định số 5/QĐ-UBND ngày 2/3/2019",
        "của UBND tỉnh Hà Nam",
    ]
    assert found.value.text == "Quyết định số 5/QĐ-UBND ngày 2/3/2019 của UBND tỉnh Hà Nam"


CITING = {
    "PROVINCE": issuing_body(["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"]),
    "DEPARTMENT": issuing_body(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]),
    "BODY": BODY,
    "NEW_COMMUNE": issuing_body(["UBND XÃ ĐỨC TRỌNG"], place="Đức Trọng"),
}


@pytest.mark.parametrize("case", load_cases("legal_bases"), ids=lambda case: case["label"])
def test_how_offices_cite(case: dict[str, Any]) -> None:
    assert bases(case["text"], CITING[case["body"]]) == [tuple(basis) for basis in case["expected"]]


def test_what_bears_the_notation_of_the_document_is_of_its_office() -> None:
    text = (
        "Căn cứ Quyết định số 9/QĐ-SYT ngày 2/3/2012 về việc thành lập Hội đồng; Quyết định số 40/QĐ-SYT ngày 5/5/2017;"
    )
    found = find_legal_bases(
        plain_document(TITLE + text + END), CITING["DEPARTMENT"], None, DocumentNumber(number=40, notation="QĐ-SYT")
    )
    assert [(b.value.code, b.value.issuer) for b in found] == [("9/QĐ-SYT", "Sở Y tế tỉnh Kiên Giang")]


def test_bases_end_with_the_document_not_with_its_annexes() -> None:
    close = "\nSở đề nghị các đơn vị thực hiện./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    annex = "DANH SÁCH\nKhen thưởng tổng kết 10 năm thực hiện Luật Biên phòng\nCăn cứ Luật Cư trú ngày 13/11/2020;"
    text = "Thực hiện Công văn số 3/SNV-TĐKT ngày 5/6/2021 của Sở Nội vụ;" + close + annex
    found = find_legal_bases(plain_document("TỜ TRÌNH\nVề khen thưởng\n\n" + text), BODY)
    assert [b.value.code for b in found] == ["3/SNV-TĐKT"]


@pytest.mark.parametrize("head", ["II. CĂN CỨ", "2. Căn cứ pháp lý", "B. CƠ SỞ PHÁP LÝ", "I. CĂN CỨ XÂY DỰNG ĐỀ ÁN"])
def test_a_project_lists_its_bases_in_a_chapter(head: str) -> None:
    listed = (
        "- Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;\n"
        "- Kế hoạch số 9/KH-UBND ngày 1/1/2020 của UBND tỉnh.\n"
    )
    text = (
        f"{TITLE}PHẦN I\nSỰ CẦN THIẾT\nPhong trào lan rộng.\n{head}\n{listed}III. MỤC TIÊU\nTheo Chỉ thị số 38-CT/TW."
    )
    found = find_legal_bases(plain_document(text), BODY)
    assert [base.value.code for base in found] == ["91/2017/NĐ-CP", "9/KH-UBND"]


def test_a_consolidated_text_names_what_amended_it_before_its_bases() -> None:
    amended = (
        "Nghị định số 4/2018/NĐ-CP ngày 3/3/2018 của Chính phủ quy định về trạm y tế, được sửa đổi, bổ sung bởi:\n"
        "1. Nghị định số 15/2019/NĐ-CP ngày 1/2/2019 của Chính phủ.\n"
        "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015;\nCăn cứ Luật Dược ngày 6/4/2016;"
    )
    assert [basis[2] for basis in bases(amended)] == ["2015-06-19", "2016-04-06"]
