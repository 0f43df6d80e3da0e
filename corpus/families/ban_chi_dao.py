# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a new commune's steering committee, after July 2025, no numbering but dashes, facts in prose."""

from __future__ import annotations

from datetime import timedelta

from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, upper
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_since_2025
from corpus.vocabulary_time import when

_LEAD = (
    "Sau khi sắp xếp đơn vị hành chính, {area} có {pct2} thôn, tổ dân phố với hơn {c} hộ; sáu tháng đầu năm đã giải quyết {pct}% hồ sơ đúng và trước hạn. Nhiều người, nhiều nhóm hộ có cách làm đáng học.",
    "Hội nghị lần này là lần đầu của xã, phường mới, vì vậy vừa phải gọn, vừa phải để lại dấu ấn, giúp các nơi hợp nhất gần nhau hơn.",
    "Người được mời phải do thôn, tổ dân phố, cơ quan giới thiệu; không lấy chức vụ làm tiêu chí; không mời thay.",
    "Tài liệu gửi qua mã QR, hạn chế in giấy; khẩu hiệu dùng lại được cho các hoạt động khác.",
)


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_since_2025(rng, ("xã", "phường"))
    commune = place.commune
    time = congress(rng, since_merger=True)
    begin(
        d,
        time,
        area=commune.full,
        contact="Phòng Văn hóa - Xã hội",
        congress=f"Đại hội thi đua yêu nước {place.province.full}",
    )
    name = f"Ban Chỉ đạo {d.choose('phong trào thi đua', 'Hội nghị điển hình tiên tiến', 'Đại hội thi đua yêu nước')}"
    d.issuer(f"{name} {commune.full}", "commune", place, district=False, commune=True)
    d.header(
        [f"{d.choose('UBND', 'ỦY BAN NHÂN DÂN')} {upper(commune.full)}"],
        [upper(name)] if len(name) < 28 else ["BAN CHỈ ĐẠO", upper(name.removeprefix("Ban Chỉ đạo "))],
        "Số: {n}/KH-BCĐ",
        commune.place,
        time.issued,
    )
    d.title(
        "KẾ HOẠCH",
        f"Tổ chức Hội nghị điển hình tiên tiến {commune.full}",
        d.choose("lần thứ I", "lần thứ nhất") + f", giai đoạn {time.ahead}",
    )
    day = time.issued - timedelta(days=rng.randint(8, 40))
    d.p(
        d.basis(
            "CV",
            f"{rng.randint(100, 4000)}/UBND-NC",
            day,
            committee(place.province),
            f"Thực hiện Công văn số {{code}} {{day}} của [UBND|Ủy ban nhân dân] {place.province.full} về tổ chức hội nghị điển hình tiên tiến cấp xã;",
        )
    )
    if d.maybe(0.5):
        d.p(decree(d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ;"))
    d.p(f"{name} {commune.full} lập kế hoạch với những điểm chính sau đây.")
    d.h("Mục đích, tinh thần chung")
    for template in rng.sample(_LEAD, rng.randint(2, 4)):
        d.t(template)
    d.h("Hội nghị của " + commune.full)
    time_of = when(rng.choice(("on", "before", "month", "month_end")), time.base, d.day_style, rng)
    lead = (
        "trước"
        if time_of.start is None
        else ("vào" if time_of.precision == "day" or time_of.words.startswith("cuối") else "trong")
    )
    half = d.choose("01 buổi", "nửa ngày", "½ ngày")
    d.p(
        "Hội nghị "
        + d.event("grassroots", f"họp {half}, {lead} {{when}}", time_of, days=0.5)
        + f", tại {d.choose('Nhà văn hóa', 'Hội trường UBND', 'Trung tâm Văn hóa')} {commune.kind}."
    )
    n = rng.choice((100, 120, 150, 160, 200))
    match rng.randrange(3):
        case 0:
            d.p(
                "Về số lượng, "
                + d.limit("grassroots", "max", "đại biểu được triệu tập tối đa là {n} vị", n)
                + ", kể cả khách."
            )
        case 1:
            d.p(
                "Về số lượng, "
                + d.limit("grassroots", "approx", "ước chừng {n} đại biểu", n)
                + "; riêng "
                + d.limit(
                    "grassroots",
                    "exact",
                    "mỗi thôn, tổ dân phố cử {n} người",
                    rng.choice((2, 3, 5)),
                    scope="mỗi thôn, tổ dân phố",
                )
                + "."
            )
        case _:
            d.p(
                "Về số lượng, "
                + d.limit("grassroots", "exact", "toàn bộ có {n} đại biểu", n)
                + ", ghi rõ ở bảng phân bổ."
            )
    share = rng.choice((70, 75, 80))
    d.p("Về cơ cấu, " + d.ratio("grassroots", "exemplary", share, "người tốt, việc tốt và các điển hình chiếm {p}") + ", " + d.ratio("grassroots", "guests", 100 - share, "còn {p} dành cho khách mời, lãnh đạo")
        + "; " + d.ratio("grassroots", "women", rng.choice((35, 40, 45)), "cố gắng đạt {p} là nữ") + ".")  # fmt: skip
    if d.maybe(0.5):
        d.p(d.presidium(3, 3, "Đoàn chủ tịch có {hi} người do Ban Chỉ đạo giới thiệu."))
    d.h("Chương trình")
    parts = [
        d.item(kinds, template)
        for kinds, template in (
            (("performance",), "tiết mục văn nghệ mở màn"), (("flag_salute",), "nghi thức chào cờ"), (("introduction",), "giới thiệu thành phần tham dự"), (("opening",), "lời khai mạc của Trưởng Ban Chỉ đạo"),
            (("summary_report",), "báo cáo kết quả thi đua {past}"), (("exemplar_talks",), "giao lưu với năm gương tiêu biểu"), (("superior_speech",), "ý kiến phát biểu của đại diện cấp tỉnh"),
            (("commendation",), "trao Giấy khen của Chủ tịch UBND"), (("launch",), "phát động thi đua {ahead}"), (("delegate_list",), "thông qua danh sách dự {congress}"), (("closing",), "bế mạc"),
        )
        if kinds[0] in ("summary_report", "commendation") or d.maybe(0.8)
    ]  # fmt: skip
    joiner = "; "
    d.p("Hội nghị lần lượt tiến hành: " + joiner.join(parts) + ".")
    d.h("Kinh phí và phân công")
    d.p(d.budget("Chi từ ngân sách [xã, phường|cấp xã] năm {year}, phần thưởng lấy từ quỹ thi đua, khen thưởng."))
    for unit, text in (
        ("Phòng Văn hóa - Xã hội", "tổng hợp hồ sơ, dự thảo báo cáo, chuẩn bị khen thưởng"),
        ("Văn phòng HĐND và UBND", "bố trí hội trường, đón tiếp"),
        ("Phòng Kinh tế", "thẩm định dự toán"),
        ("Công an " + commune.kind, "giữ trật tự, an toàn"),
        ("Trung tâm Phục vụ hành chính công", "hỗ trợ người dân tra cứu tài liệu"),
        ("Các trưởng thôn, tổ trưởng tổ dân phố", "giới thiệu người, vận động bà con theo dõi qua loa truyền thanh"),
    ):
        if d.maybe(0.8):
            d.p(f"- {d.task(unit, text)} {text};")
    enrol = when("before", time.enrol, d.day_style, rng)
    report = when("before", time.report, d.day_style, rng)
    d.p(d.deadline("- Danh sách đại biểu nộp về {contact} [trước|chậm nhất] {when};", enrol))
    d.p(d.deadline("- Báo cáo kết quả gửi UBND " + place.province.kind + " trước {when}./.", report))
    recipients = [
        f"- UBND {place.province.kind}; Sở Nội vụ;",
        "- Thường trực Đảng ủy, HĐND;",
        "- Thành viên Ban Chỉ đạo;",
        "- Các thôn, tổ dân phố;",
        "- Lưu: VT, VHXH.",
    ]
    if d.maybe():
        d.close(recipients, ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"], position="Trưởng ban", competence="TM.")
    else:
        d.close(
            recipients,
            ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"],
            position="Phó Trưởng ban",
            competence="KT.",
        )
    if d.maybe(0.4):
        d.annex("BẢNG PHÂN BỔ ĐẠI BIỂU")
        names = rng.sample(
            [
                "Thôn Đông",
                "Thôn Đoài",
                "Thôn Trung",
                "Thôn Thượng",
                "Tổ dân phố 1",
                "Tổ dân phố 2",
                "Tổ dân phố 5",
                "Hội Nông dân",
                "Hội Phụ nữ",
                "Đoàn Thanh niên",
                "Trường Tiểu học",
                "Trạm Y tế",
            ],
            7,
        )
        d.allocation(("STT", "Đơn vị", "Số lượng", "Ghi chú"), names, [rng.randint(2, 15) for _ in names])


FAMILY = Family("ban-chi-dao", "dev", "Kế hoạch của Ban Chỉ đạo xã, phường sau 01/7/2025", write)
