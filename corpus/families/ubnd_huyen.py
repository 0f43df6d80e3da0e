# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a district's People's Committee: I., 1., 1.1, dashes; a section a level; recipients by dashes."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, directive, law, letters, purposes, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng, ("huyện", "quận"))
    district = place.district
    assert district is not None
    time = congress(rng)
    province = place.province.full
    congress_name = f"Đại hội thi đua yêu nước {province}"
    begin(d, time, area=district.full, contact=f"Phòng Nội vụ {district.kind}", congress=congress_name)
    d.issuer(committee(district), "district", place)
    first = d.choose("ỦY BAN NHÂN DÂN", "UBND", "UỶ BAN NHÂN DÂN")
    body = [f"{first} {upper(district.full)}"] if first == "UBND" or d.maybe(0.3) else [first, upper(district.full)]
    d.header([], body, "Số: {n}/KH-UBND", district.place, time.issued)
    ordinal = f"lần thứ {time.national}"
    d.title(
        "KẾ HOẠCH",
        d.choose("Tổ chức Hội nghị điển hình tiên tiến các cấp,", "Tổ chức hội nghị điển hình tiên tiến cấp cơ sở, cấp "
                 f"{district.kind}", "Về tổ chức Hội nghị tuyên dương điển hình tiên tiến"),
        d.choose("tiến tới " + congress_name, f"tiến tới Đại hội thi đua yêu nước toàn quốc {ordinal}",
                 f"[giai đoạn|thời kỳ] {time.past}"),
    )  # fmt: skip
    if d.maybe(0.7):
        d.p(
            directive(
                d,
                "Căn cứ Chỉ thị số {code} {day} của Bộ Chính trị về [việc |]đổi mới công tác thi đua;",
            )
        )
    if d.maybe(0.4):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.4):
        d.p(
            decree(
                d,
                time.issued,
                "Căn cứ Nghị định số {code} {day} của Chính phủ hướng dẫn [thi hành |]Luật Thi đua, khen thưởng;",
            )
        )
    short = d.choose("UBND", "Ủy ban nhân dân")
    d.p(upper_plan(d, time.issued, "KH", "KH-UBND", f"Ủy ban nhân dân {province}",
                   f"Thực hiện Kế hoạch số {{code}} {{day}} của {short} [{province}|{place.province.kind}] về tổ chức hội nghị điển hình tiên tiến các cấp,"))  # fmt: skip
    d.p(
        f"{d.choose('UBND', 'Ủy ban nhân dân')} {district.full} {d.choose('xây dựng', 'ban hành')} Kế hoạch tổ chức như sau:"
    )
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    d.h("1. Mục đích")
    purposes(d, rng.randint(2, 4), "- ")
    d.h("2. Yêu cầu")
    d.prose(prose.REQUIREMENT, rng.randint(1, 3), "- ")
    d.h("II. " + d.choose("NỘI DUNG", "HÌNH THỨC, THỜI GIAN, THÀNH PHẦN, NỘI DUNG"))
    d.h("1. " + d.choose("Hình thức, thời gian tổ chức", "Thời gian, hình thức"))
    half = d.choose("½ ngày", "0,5 ngày", "1/2 ngày", "một buổi")
    base_days = 0.5 if d.maybe(0.6) else None
    upper_days = 0.5 if base_days and d.maybe(0.7) else None
    units = d.choose(
        "Các xã, thị trấn",
        "Cấp cơ sở (xã, thị trấn, cơ quan, đơn vị)",
        "Đối với các xã, phường, thị trấn và cơ quan, đơn vị",
    )
    tail = f", thời gian {half}" if base_days else ""
    base_time = when(rng.choice(("before", "before", "month", "quarter", "days")), time.base, d.day_style, rng)
    verb = "[hoàn thành trước|xong trước|chậm nhất]" if base_time.start is None else "[tổ chức|tiến hành|hoàn thành]"
    if verb.startswith("[tổ") and base_time.precision != "day":
        verb = "hoàn thành [trong|vào]"
    d.p(f"- {units}: " + d.event("grassroots", verb + " {when}" + tail, base_time, days=base_days) + ".")
    if d.maybe(0.55):
        pilot_time = when(rng.choice(("before", "month")), time.pilot, d.day_style, rng)
        lead = "xong trước" if pilot_time.start is None else "trong"
        chosen = rng.choice(place.communes)
        d.p(
            "- "
            + d.event(
                "grassroots",
                f"[Chọn|Chỉ đạo] {chosen.full} tổ chức hội nghị điểm, {lead} {{when}}{tail}",
                pilot_time,
                pilot=True,
                days=base_days,
            )
            + "."
        )
    upper_time = when(rng.choice(("before", "month", "quarter", "on")), time.upper, d.day_style, rng)
    verb = {"day": "trước" if upper_time.start is None else "vào"}.get(upper_time.precision, "trong")
    tail = f", thời gian {half}" if upper_days else ""
    d.p(
        f"- Cấp {district.kind}: "
        + d.event(
            "district", f"[hoàn thành|dự kiến tổ chức|tổ chức] {verb} {{when}}{tail}", upper_time, days=upper_days
        )
        + "."
    )
    d.h("2. Số lượng, thành phần đại biểu")
    approx = d.maybe(0.3)
    d.h(f"2.1. {d.choose('Đối với cấp cơ sở', 'Các xã, thị trấn, cơ quan, đơn vị', 'Hội nghị cấp xã')}", italic=True)
    n = rng.choice((80, 100, 120, 150, 180))
    match rng.randrange(5):
        case 0:
            d.p(
                "- Số lượng: "
                + d.limit(
                    "grassroots",
                    "unit_decides",
                    "[do đơn vị quyết định|do thủ trưởng đơn vị quyết định theo tình hình thực tế]",
                )
                + "."
            )
        case 1:
            d.p("- Số lượng: " + d.limit("grassroots", "range", "từ {lo} đến {n} đại biểu", n, n - 30) + ".")
        case _:
            d.p(
                d.fill("- Số lượng[ đại biểu|]: ")
                + d.limit("grassroots", "max", "[không quá|tối đa] {n} đại biểu[ ({words})|]", n)
                + "."
            )
    share = rng.choice((60, 65, 70, 75, 80))
    d.p("- Thành phần: " + _shares(d, "grassroots", share, approx))
    d.h(f"2.2. {d.choose('Đối với cấp', 'Hội nghị cấp', 'Cấp')} {district.kind}", italic=True)
    n = rng.choice((180, 200, 220, 250, 300))
    if d.maybe(0.2):
        d.p("- Số lượng: " + d.limit("district", "approx", "khoảng {n} đại biểu", n) + ".")
    else:
        d.p("- Số lượng: " + d.limit("district", "max", "[không quá|tối đa|không vượt quá] {n} đại biểu", n) + ".")
    d.p("- Thành phần: " + _shares(d, "district", share, approx))
    if d.maybe(0.35):
        women = rng.choice((25, 30, 35))
        d.p("- Cơ cấu: " + d.ratio("district", "women", women, "đại biểu nữ [ít nhất|từ] {p}[ trở lên|]") + "; "
            + d.ratio("district", "youth", rng.choice((10, 15, 20)), "đại biểu trẻ [dưới 35 tuổi |]đạt {p}") + ".")  # fmt: skip
    d.h("3. " + d.choose("Nội dung, chương trình hội nghị", "Chương trình", "Nội dung hội nghị"))
    items = programme(d)
    for item in items:
        d.p(f"- {item}{';' if item is not items[-1] else '.'}")
    if d.maybe(0.35):
        low = rng.choice((3, 5))
        d.p(
            d.presidium(low, low + 2, "[Đoàn chủ tịch|Chủ tọa đoàn] hội nghị gồm [từ |]{lo} đến {hi} [đồng chí|người].")
        )
    d.h("4. Kinh phí")
    d.p(
        d.budget(
            "[Do ngân sách địa phương bảo đảm theo phân cấp|Kinh phí do ngân sách cấp nào cấp đó chi|Trích từ quỹ thi đua, khen thưởng và ngân sách của đơn vị] theo quy định hiện hành."
        )
    )
    d.h("III. TỔ CHỨC THỰC HIỆN")
    if d.maybe(0.6):
        d.prose(prose.PROPAGANDA, 1, "1. ")
    tasks = [
        (f"Phòng Nội vụ {district.kind}", prose.LEAD_TASKS), (f"Phòng Tài chính - Kế hoạch {district.kind}", prose.MONEY_TASKS),
        ("Phòng Văn hóa và Thông tin", prose.MEDIA_TASKS), (f"Văn phòng HĐND và UBND {district.kind}", prose.OFFICE_TASKS),
        (f"Công an {district.kind}", prose.SAFETY_TASKS), (f"Ủy ban MTTQ Việt Nam {district.kind} và các đoàn thể", prose.FRONT_TASKS),
    ]  # fmt: skip
    kept = [task for task in tasks if d.maybe(0.75)] or tasks[:2]
    for index, (unit, templates) in enumerate(kept):
        text = d.fill(rng.choice(templates))
        d.p(f"{letters(index)}) {d.task(unit, text)}:")
        d.p(f"- {text}")
    text = d.fill(rng.choice(prose.BASE_TASKS))
    d.p(f"{letters(len(kept))}) {d.task('Ủy ban nhân dân các xã, thị trấn', text)}:")
    d.p(f"- {text}")
    report = when("before", time.report, d.day_style, rng)
    d.p(
        "- "
        + d.deadline(
            f"[Kết thúc hội nghị, b|Sau hội nghị, b]áo cáo kết quả về UBND {district.kind} (qua Phòng Nội vụ) [trước|chậm nhất] {{when}}.",
            report,
        )
    )
    d.prose(prose.CALL, 1)
    d.t("Trên đây là Kế hoạch [tổ chức hội nghị điển hình tiên tiến |]của UBND {area}./.")
    recipients = [
        f"- UBND {place.province.kind} (b/c);", f"- Ban TĐKT {place.province.kind};", f"- TT. Huyện ủy, TT. HĐND {district.kind};",
        f"- Chủ tịch, các PCT UBND {district.kind};", "- Các phòng, ban, ngành, đoàn thể;", "- UBND các xã, thị trấn;", "- Lưu: VT, NV.",
    ]  # fmt: skip
    recipients = [line for line in recipients[:-1] if d.maybe(0.8)] + recipients[-1:]
    if d.maybe(0.5):
        d.close(
            recipients,
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            position="Phó Chủ tịch",
            competence="KT.",
        )
    else:
        d.close(recipients, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], position="Chủ tịch", competence="TM.")


def _shares(d: Draft, level: str, share: int, approx: bool) -> str:
    about = "khoảng " if approx else ""
    first = d.ratio(
        level,
        "exemplary",
        share,
        f"đại biểu điển hình tiên tiến[, người trực tiếp sản xuất, công tác|] chiếm {about}{{p}}",
        approximate=approx,
    )
    second = d.ratio(
        level,
        "guests",
        100 - share,
        f"[đại biểu khách mời|khách mời và lãnh đạo các cấp] [chiếm |]{about}{{p}}",
        approximate=approx,
    )
    return f"{first}; {second}."


FAMILY = Family("ubnd-huyen", "train", "Kế hoạch của UBND huyện, quận", write)
