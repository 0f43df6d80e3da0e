# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a provincial Youth Union: union heading, star lines, "TM. BAN THƯỜNG VỤ", dates with hyphens or slashes."""

from __future__ import annotations

from datetime import timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng)
    time = congress(rng)
    home = place.province
    city = "Tỉnh đoàn" if home.kind == "tỉnh" else "Thành đoàn"
    begin(
        d,
        time,
        area=f"tuổi trẻ {home.full}",
        contact=f"Ban Phong trào {city}",
        congress="Đại hội Tài năng trẻ Việt Nam",
    )
    d.issuer(f"{city} {home.name}", "province", place, district=False)
    sign = "TĐTN" if home.kind == "tỉnh" else "TĐ"
    d.header(
        ["TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH"] if d.maybe(0.3) else [],
        [upper(f"{city} {home.name}")],
        f"Số: {{n}}-KH/{sign}-PT",
        home.name,
        time.issued,
        style="youth",
    )
    d.title(
        "KẾ HOẠCH",
        d.choose(
            "Tổ chức Hội nghị tuyên dương thanh niên tiên tiến làm theo lời Bác",
            "Tổ chức Hội nghị biểu dương điển hình tiên tiến trong đoàn viên, thanh niên",
        ),
        f"các cấp, giai đoạn {time.past}",
    )
    d.p(
        d.basis(
            "HD",
            f"{rng.randint(10, 90)}-HD/TWĐTN-BTG",
            time.issued - timedelta(days=rng.randint(20, 60)),
            "Ban Bí thư Trung ương Đoàn",
            "Thực hiện Hướng dẫn số {code} {day} của Ban Bí thư Trung ương Đoàn về tuyên dương thanh niên tiên tiến;",
        )
    )
    d.p(f"Ban Thường vụ {city} xây dựng kế hoạch, cụ thể:")
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    purposes(d, rng.randint(1, 3), "- ")
    d.prose(prose.REQUIREMENT, 1, "- ")
    d.h("II. ĐỐI TƯỢNG, TIÊU CHUẨN")
    d.prose(prose.CRITERIA, 2, "* ")
    d.h("III. QUY MÔ, THỜI GIAN")
    one = when(rng.choice(("before", "month", "months")), time.base, d.day_style, rng)
    d.p("* Cấp cơ sở: " + d.event("grassroots", "[tổ chức|hoàn thành] " + ("trước {when}" if one.start is None else "{when}" if one.words.startswith("từ") else "trong {when}"), one) + "; "
        + (d.limit("grassroots", "unit_decides", "số lượng do Ban Thường vụ Đoàn cấp huyện quy định") if d.maybe(0.4) else d.limit("grassroots", "max", "không quá {n} đoàn viên, thanh niên", rng.choice((40, 50, 60)))) + ".")  # fmt: skip
    two = when(rng.choice(("before", "month", "on")), time.upper, d.day_style, rng)
    d.p(
        "* Cấp huyện và tương đương: "
        + d.event(
            "district",
            "tổ chức 01 buổi, "
            + {True: "trước", False: "trong" if two.precision == "month" else "vào"}[two.start is None]
            + " {when}",
            two,
            days=0.5,
        )
        + "; "
        + d.limit("district", "range", "{lo} - {n} đại biểu", 100, rng.choice((60, 70, 80)))
        + "."
    )
    top = when(rng.choice(("on", "month", "quarter")), time.top, d.day_style, rng)
    d.p(
        "* Cấp "
        + home.kind
        + ": "
        + d.event("province", "01 ngày, " + ("vào" if top.precision == "day" else "trong") + " {when}", top, days=1.0)
        + "; "
        + d.limit("province", "exact", "tổng số {n} đại biểu", rng.choice((120, 150, 200)))
        + "."
    )
    d.p(
        "* Cơ cấu: "
        + d.ratio("any", "women", rng.choice((30, 40)), "nữ thanh niên [đạt|chiếm] {p}")
        + "; "
        + d.ratio("any", "ethnic_minority", rng.choice((10, 15, 20)), "thanh niên dân tộc thiểu số [ít nhất |]{p}")
        + "; "
        + d.ratio("any", "religious", 5, "thanh niên tôn giáo {p}")
        + "."
    )
    d.h("IV. CHƯƠNG TRÌNH")
    for kinds, template in (
        (("performance",), "Văn nghệ, đồng diễn chào mừng"), (("flag_salute",), "Chào cờ, hát Quốc ca, Đoàn ca"), (("introduction",), "Giới thiệu đại biểu"), (("summary_report",), "Báo cáo [kết quả|tổng kết] phong trào thi đua của tuổi trẻ"),
        (("exemplar_talks",), "Tọa đàm với các gương thanh niên tiên tiến"), (("commendation",), "Tuyên dương, trao Bằng khen"), (("superior_speech",), "Phát biểu của lãnh đạo Tỉnh ủy"), (("response",), "Đại biểu thanh niên phát biểu hưởng ứng"), (("closing",), "Bế mạc, chụp ảnh lưu niệm"),
    ):  # fmt: skip
        if kinds[0] in ("summary_report", "commendation") or d.maybe(0.8):
            d.p("- " + d.item(kinds, template) + ".")
    d.h("V. TỔ CHỨC THỰC HIỆN")
    for order, (unit, templates) in enumerate(
        (
            (f"Ban Phong trào {city}", prose.LEAD_TASKS),
            (f"Văn phòng {city}", prose.OFFICE_TASKS),
            ("Các huyện đoàn, thị đoàn, thành đoàn", prose.BASE_TASKS),
        ),
        1,
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"{order}. {d.task(unit, text)}: {text}")
    d.p(
        d.deadline(
            "Hồ sơ đề nghị tuyên dương gửi về {contact} [trước|chậm nhất] {when}./.",
            when("before", time.enrol, d.day_style, rng),
        )
    )
    position = rng.choice((("PHÓ BÍ THƯ", "Phó Bí thư"), ("BÍ THƯ", "Bí thư")))
    d.close(
        [
            f"- TT. {'Tỉnh ủy' if home.kind == 'tỉnh' else 'Thành ủy'};",
            "- Ban Phong trào TW Đoàn;",
            "- Các huyện đoàn và tương đương;",
            "- Lưu VP, PT.",
        ],
        ["TM. BAN THƯỜNG VỤ", position[0]],
        position=position[1],
        competence="TM.",
        heading="Nơi nhận:",
    )


FAMILY = Family("tinh-doan", "train", "Kế hoạch của Tỉnh đoàn", write)
