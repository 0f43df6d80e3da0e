# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a provincial People's Committee: A. I. 1. a) order, three levels, each fact in a sentence of its own."""

from __future__ import annotations

from datetime import date

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, directive, law, letters, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng)
    time = congress(rng)
    home = place.province
    begin(
        d,
        time,
        area=home.full,
        contact="Sở Nội vụ (Ban Thi đua - Khen thưởng)",
        congress="Đại hội thi đua yêu nước toàn quốc",
    )
    d.issuer(committee(home), "province", place, district=False)
    d.header([], ["ỦY BAN NHÂN DÂN", upper(home.full)], "Số: {n}/KH-UBND", home.name, time.issued)
    d.title(
        "KẾ HOẠCH",
        "Tổ chức Hội nghị điển hình tiên tiến từ cơ sở đến tỉnh và Đại hội thi đua yêu nước",
        f"{home.full} lần thứ {time.national}" + (f" ({time.year})" if d.maybe(0.3) else ""),
    )
    if d.maybe(0.7):
        d.p(
            directive(
                d,
                "Thực hiện Chỉ thị số {code} {day} của Bộ Chính trị về đổi mới công tác thi đua;",
            )
        )
    if d.maybe(0.5):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.4):
        d.p(decree(d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ quy định chi tiết thi hành Luật;"))
    d.p(d.basis("KH", f"{rng.randint(10, 99)}/KH-HĐTĐKT", date(time.year - 1, rng.randint(3, 7), rng.randint(1, 28)), "Hội đồng Thi đua - Khen thưởng Trung ương",
                "Thực hiện Kế hoạch số {code} {day} của Hội đồng Thi đua - Khen thưởng Trung ương về tổ chức đại hội thi đua yêu nước các cấp,"))  # fmt: skip
    d.t("Ủy ban nhân dân {area} [ban hành Kế hoạch|xây dựng Kế hoạch triển khai] với các nội dung sau:")
    d.h("A. MỤC ĐÍCH, YÊU CẦU")
    d.h("I. Mục đích")
    purposes(d, rng.randint(2, 4))
    d.h("II. Yêu cầu")
    d.prose(prose.REQUIREMENT, rng.randint(1, 3))
    d.h("B. NỘI DUNG")
    d.h("I. HỘI NGHỊ ĐIỂN HÌNH TIÊN TIẾN CẤP CƠ SỞ")
    d.p("Hội nghị được tổ chức ở xã, phường, thị trấn, cơ quan, đơn vị, doanh nghiệp.")
    half = d.choose("½ ngày", "0,5 ngày", "nửa ngày")
    one = when(rng.choice(("before", "quarter", "month")), time.base, d.day_style, rng)
    d.p(
        f"1. Thời gian: {d.event('grassroots', 'tổ chức trong {half}, hoàn thành ' + ('trước' if one.start is None else 'trong') + ' {when}', one, days=0.5, half=half)}."
    )
    if d.maybe(0.5):
        point = when("before", time.pilot, d.day_style, rng)
        d.p(
            "Mỗi huyện chọn một đơn vị làm điểm; "
            + d.event(
                "grassroots", "[hội nghị điểm|các hội nghị điểm] hoàn thành trước {when}", point, pilot=True, days=0.5
            )
            + "."
        )
    k, n = rng.choice((200, 250, 300)), rng.choice((120, 150, 180))
    d.p(
        "2. Số lượng đại biểu: "
        + d.limit("grassroots", "max", "không quá {n} đại biểu", n)
        + ". "
        + d.limit(
            "grassroots", "plenary", "Doanh nghiệp dưới {k} lao động tổ chức hội nghị toàn thể", condition=True, k=k
        )
        + (
            "; "
            + d.limit(
                "grassroots",
                "max",
                "doanh nghiệp có từ {k} lao động trở lên tối đa {n} đại biểu",
                n + 50,
                condition=True,
                k=k,
            )
            if d.maybe()
            else ""
        )
        + "."
    )
    d.h("II. HỘI NGHỊ CẤP HUYỆN, SỞ, NGÀNH")
    two = when(rng.choice(("before", "month", "quarter")), time.upper, d.day_style, rng)
    full = d.choose("01 ngày", "không quá 01 ngày")
    d.p(
        f"1. Thời gian: {d.event('district', 'tổ chức trong {full}, hoàn thành ' + ('trước' if two.start is None else 'trong') + ' {when}', two, days=1.0, full=full.removeprefix('không quá '))}."
    )
    m = rng.choice((200, 220, 250, 300))
    d.p(
        "2. Số lượng đại biểu: "
        + d.limit("district", "range", "từ {lo} đến {n} đại biểu", m, m - 50)
        + " đối với cấp huyện; "
        + d.limit("district", "max", "sở, ban, ngành không quá {n} đại biểu", m - 100, scope="sở, ban, ngành")
        + "."
    )
    d.h(f"III. ĐẠI HỘI THI ĐUA YÊU NƯỚC {upper(home.kind)}")
    three = when(rng.choice(("month", "quarter", "on", "month_end")), time.top, d.day_style, rng)
    d.p(
        f"1. Thời gian: {d.event('province', 'dự kiến ' + ('vào' if three.precision == 'day' or three.words.startswith('cuối') else 'trong') + ' {when}, thời gian 01 ngày', three, days=1.0)}."
    )
    t = rng.choice((300, 350, 400, 450, 500))
    d.p(
        "2. Số lượng: "
        + d.limit("province", rng.choice(("approx", "approx")), "[khoảng|dự kiến khoảng] {n} đại biểu", t)
        + ", phân bổ theo phụ lục kèm theo."
    )
    d.h("IV. CƠ CẤU ĐẠI BIỂU")
    share = rng.choice((65, 70, 75))
    for level, label in (
        ("grassroots", "Cấp cơ sở"),
        ("district", "Cấp huyện, sở, ngành"),
        ("province", f"Đại hội {home.kind}"),
    ):
        d.p(
            f"- {label}: "
            + d.ratio(level, "exemplary", share, "điển hình tiên tiến chiếm khoảng {p}", approximate=True)
            + ", "
            + d.ratio(level, "guests", 100 - share, "khách mời chiếm khoảng {p}", approximate=True)
            + "."
        )
    if d.maybe():
        d.p(
            "Cơ cấu phải có đại diện phụ nữ, dân tộc, tôn giáo; "
            + d.ratio(
                "province", "women", rng.choice((30, 35)), "riêng Đại hội " + home.kind + " đại biểu nữ đạt ít nhất {p}"
            )
            + "."
        )
    d.h("V. NỘI DUNG, CHƯƠNG TRÌNH")
    for index, item in enumerate(programme(d)):
        d.p(f"{index + 1}. {item}.")
    d.h("C. TỔ CHỨC THỰC HIỆN")
    enrol = when("before", time.enrol, d.day_style, rng)
    report = when("before", time.report, d.day_style, rng)
    for index, (unit, templates) in enumerate(
        (
            ("Sở Nội vụ", prose.LEAD_TASKS),
            ("Sở Tài chính", prose.MONEY_TASKS),
            ("Sở Văn hóa, Thể thao và Du lịch", prose.MEDIA_TASKS),
            (f"Văn phòng UBND {home.kind}", prose.OFFICE_TASKS),
            (f"Công an {home.kind}", prose.SAFETY_TASKS),
            (f"Ủy ban MTTQ Việt Nam {home.kind}", prose.FRONT_TASKS),
            ("UBND các huyện, thị xã, thành phố", prose.BASE_TASKS),
        )
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"{letters(index)}) {d.task(unit, text)}: {text}")
    d.p(
        d.deadline("Các đơn vị gửi kế hoạch về Sở Nội vụ trước {when}; ", enrol)
        + d.deadline("báo cáo kết quả chậm nhất {when}.", report)
    )
    d.p("Kinh phí: " + d.budget("ngân sách nhà nước theo phân cấp và các nguồn hợp pháp khác."))
    d.prose(prose.CALL, 1)
    d.p("Yêu cầu các sở, ban, ngành, địa phương nghiêm túc triển khai thực hiện./.")
    recipients = [
        "- Ban Thi đua - Khen thưởng Trung ương (b/c);",
        "- Thường trực Tỉnh ủy, HĐND;",
        "- Chủ tịch, các PCT UBND;",
        "- Các sở, ban, ngành;",
        "- UBND các huyện, thị xã, thành phố;",
        "- Cổng thông tin điện tử;",
        "- Lưu: VT, NC.",
    ]
    if d.maybe():
        d.close(recipients, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], position="Chủ tịch", competence="TM.")
    else:
        d.close(
            recipients,
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            position="Phó Chủ tịch",
            competence="KT.",
        )
    units = [f"UBND {one.full}" for one in place.districts[:8]]
    d.annex("PHỤ LỤC PHÂN BỔ ĐẠI BIỂU")
    d.allocation(("TT", "Đơn vị", "Số đại biểu", "Ghi chú"), units, [rng.randint(8, 30) for _ in units])


FAMILY = Family("ubnd-tinh", "train", "Kế hoạch của UBND tỉnh", write)
