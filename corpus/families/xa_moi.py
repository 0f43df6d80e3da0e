# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a commune's People's Committee after July 2025: I. 1. dashes, programme with clock times, annex table."""

from __future__ import annotations

from datetime import timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, law, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_places import place_since_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_since_2025(rng)
    commune = place.commune
    time = congress(rng, since_merger=True)
    begin(
        d,
        time,
        area=commune.full,
        contact="Phòng Văn hóa - Xã hội",
        congress=f"Đại hội thi đua yêu nước {place.province.full}",
    )
    d.issuer(committee(commune), "commune", place, district=False, commune=True)
    if d.maybe(0.3):
        d.header(
            [f"UBND {upper(place.province.full)}"],
            [f"UBND {upper(commune.full)}"],
            "Số: {n}/KH-UBND",
            commune.place,
            time.issued,
        )
    else:
        d.header([], ["ỦY BAN NHÂN DÂN", upper(commune.full)], "Số: {n}/KH-UBND", commune.place, time.issued)
    d.title(
        "KẾ HOẠCH",
        d.choose("Tổ chức Hội nghị Điển hình tiên tiến", "Tổ chức Hội nghị biểu dương điển hình tiên tiến"),
        f"{commune.full} giai đoạn {time.past}"
        + (f", tiến tới Đại hội thi đua yêu nước {place.province.full}" if d.maybe(0.4) else ""),
    )
    if d.maybe(0.6):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.5):
        d.p(decree(d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ;"))
    day = time.issued - timedelta(days=rng.randint(5, 40))
    d.p(
        d.basis(
            "KH",
            f"{rng.randint(5, 300)}/KH-UBND",
            day,
            committee(place.province),
            "Thực hiện Kế hoạch số {code} {day} của [UBND|Ủy ban nhân dân] "
            + d.choose(place.province.full, place.province.kind)
            + " về tổ chức hội nghị điển hình tiên tiến các cấp;",
        )
    )
    d.t("Ủy ban nhân dân {area} xây dựng Kế hoạch [cụ thể |]như sau:")
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    purposes(d, rng.randint(1, 3), "- ")
    d.prose(prose.REQUIREMENT, 1, "- ")
    d.h("II. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")
    one = when(rng.choice(("on", "on", "before", "month")), time.base, d.day_style, rng)
    lead = "trước " if one.start is None else "" if one.precision == "day" else "trong "
    length = d.choose("½ ngày", "01 buổi", "01 ngày")
    d.p(
        "1. Thời gian: "
        + d.event("grassroots", f"{length}, {lead}{{when}}", one, days=1.0 if length == "01 ngày" else 0.5)
        + (" (dự kiến)." if d.maybe(0.3) else ".")
    )
    d.t("2. Địa điểm: [Hội trường UBND|Trung tâm Văn hóa|Nhà thi đấu] " + commune.kind + ".")
    n = rng.choice((80, 100, 120, 150, 180, 200))
    kind = rng.choice(("max", "exact", "approx", "range"))
    words = {
        "max": "không quá {n} đại biểu",
        "exact": "[tổng số {n} đại biểu|{n} đại biểu]",
        "approx": "khoảng {n} người",
        "range": "từ {lo} đến {n} đại biểu",
    }[kind]
    d.p("3. Số lượng: " + d.limit("grassroots", kind, words, n, n - 20 if kind == "range" else None) + ".")
    share = rng.choice((70, 75, 80))
    d.p(
        "4. Thành phần: "
        + d.ratio("grassroots", "exemplary", share, "tập thể, cá nhân điển hình tiên tiến [chiếm|là] {p}")
        + "; "
        + d.ratio("grassroots", "guests", 100 - share, "khách mời, đại biểu lãnh đạo [chiếm|là] {p}")
        + "."
    )
    if d.maybe(0.5):
        d.p(
            "Chú ý cơ cấu: "
            + d.ratio("grassroots", "women", rng.choice((25, 30, 35)), "nữ ít nhất {p}")
            + ", "
            + d.ratio("grassroots", "youth", rng.choice((15, 20)), "thanh niên {p}")
            + "."
        )
    d.h("III. CHƯƠNG TRÌNH")
    items = programme(d)
    if d.maybe(0.5):
        minutes = 7 * 60 + 30
        for item in items:
            d.p(f"- {minutes // 60:02d}h{minutes % 60:02d}: {item}.")
            minutes += rng.choice((5, 10, 15, 20))
    else:
        for item in items:
            d.p(f"- {item};")
    d.h("IV. KINH PHÍ")
    d.p(
        d.budget(
            "[Từ ngân sách xã, phường năm 2025|Nguồn sự nghiệp được giao năm 2025] và các nguồn huy động hợp pháp."
        )
    )
    d.h("V. TỔ CHỨC THỰC HIỆN")
    for order, (unit, templates) in enumerate(
        (
            ("Phòng Văn hóa - Xã hội", prose.LEAD_TASKS),
            ("Phòng Kinh tế", prose.MONEY_TASKS),
            ("Văn phòng HĐND và UBND", prose.OFFICE_TASKS),
            (f"Công an {commune.kind}", prose.SAFETY_TASKS),
            ("Ủy ban MTTQ Việt Nam và các đoàn thể", prose.FRONT_TASKS),
        ),
        1,
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"{order}. {d.task(unit, text)}")
        d.p(text)
    last = when("before", time.enrol, d.day_style, rng)
    d.p(
        d.deadline(
            "6. Các thôn, tổ dân phố, cơ quan, trường học gửi danh sách đại biểu về {contact} [trước|chậm nhất] {when}.",
            last,
        )
    )
    d.prose(prose.CALL, 1)
    d.t("Trên đây là Kế hoạch của UBND {area}./.")
    recipients = [
        f"- UBND {place.province.kind}; Sở Nội vụ;",
        f"- TT. Đảng ủy, HĐND {commune.kind};",
        "- Các phòng, trung tâm;",
        "- Các trường học, trạm y tế;",
        "- Lưu: VT, VHXH.",
    ]
    d.close_by(
        recipients,
        (["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "TM."),
        (["CHỦ TỊCH"], "Chủ tịch", None),
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
    )
    if d.maybe(0.5):
        d.annex("PHỤ LỤC")
        d.p("Phân bổ đại biểu dự hội nghị", bold=True, align="center")
        units = rng.sample(
            [
                "Đảng ủy",
                "HĐND và UBND",
                "Ủy ban MTTQ Việt Nam",
                "Trường THCS",
                "Trường Mầm non",
                "Trạm Y tế",
                "Công an",
                "Ban Chỉ huy Quân sự",
                "Hợp tác xã nông nghiệp",
                "Hội Cựu chiến binh",
            ],
            7,
        )
        d.allocation(("TT", "Đơn vị", "Số đại biểu"), units, [rng.randint(2, 20) for _ in units])


FAMILY = Family("xa-moi", "train", "Kế hoạch của UBND xã, phường sau 01/7/2025", write)
