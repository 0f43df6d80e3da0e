# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a district party committee: party heading, I- 1- numbering with hyphens, agenda in one sentence."""

from __future__ import annotations

from datetime import date, timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, directive, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when

_NAMES = {
    "huyện": ("Huyện ủy", "HU"),
    "quận": ("Quận ủy", "QU"),
    "thị xã": ("Thị ủy", "TU"),
    "thành phố": ("Thành ủy", "TU"),
}


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng, ("huyện", "thị xã", "quận"))
    district = place.district
    assert district is not None
    time = congress(rng)
    body, sign = _NAMES[district.kind]
    begin(
        d,
        time,
        area=f"Đảng bộ {district.kind}",
        contact=f"Ban Tuyên giáo {body}",
        congress=f"Đại hội thi đua yêu nước {place.province.kind}",
    )
    d.day_style = rng.choice(("dash", "nd30", "full"))
    d.issuer(f"{body} {district.name}", "district", place)
    d.header(
        [f"ĐẢNG BỘ {upper(place.province.full)}"],
        [f"{upper(body)} {upper(district.name)}"],
        f"Số {{n}}-KH/{sign}",
        district.place,
        time.issued,
        style="party",
    )
    d.title("KẾ HOẠCH", d.choose("tổ chức Hội nghị biểu dương các điển hình tiên tiến", "tổ chức Hội nghị gặp mặt, tôn vinh điển hình tiên tiến"),
            d.choose("trong học tập và làm theo tấm gương của Bác Hồ", f"trong các phong trào thi đua yêu nước, giai đoạn {time.past}"))  # fmt: skip
    if d.maybe(0.6):
        d.p(
            directive(
                d, "Thực hiện Chỉ thị số {code}, {day} của Bộ Chính trị về đổi mới công tác thi đua, khen thưởng;"
            )
        )
    elif time.year > 2015:
        d.p(
            d.basis(
                "CT",
                "05-CT/TW",
                date(2016, 5, 15),
                "Bộ Chính trị",
                "Thực hiện Chỉ thị số {code}, {day} của Bộ Chính trị khóa XII về đẩy mạnh học tập và làm theo Bác;",
            )
        )
    superior = "Tỉnh ủy" if place.province.kind == "tỉnh" else "Thành ủy"
    d.p(d.basis("KH", f"{rng.randint(20, 300)}-KH/TU", time.issued - timedelta(days=rng.randint(20, 70)), f"{superior} {place.province.name}",
                f"Thực hiện Kế hoạch số {{code}}, {{day}} của {superior} {place.province.name} về [tổ chức biểu dương điển hình tiên tiến|công tác thi đua trong toàn Đảng bộ];"))  # fmt: skip
    d.p(f"Ban Thường vụ {body} xây dựng kế hoạch tổ chức Hội nghị như sau:")
    d.h("I- MỤC ĐÍCH, YÊU CẦU")
    purposes(d, rng.randint(2, 3), "- ", 0.4)
    d.prose(prose.REQUIREMENT, rng.randint(1, 2), "- ")
    d.h("II- NỘI DUNG, HÌNH THỨC")
    d.p("1- Ở các chi bộ, đảng bộ cơ sở", bold=True)
    one = when(rng.choice(("before", "month", "quarter")), time.base, d.day_style, rng)
    verb = "hoàn thành trước" if one.start is None else "hoàn thành trong"
    d.p(
        "- "
        + d.event(
            "grassroots",
            f"[Tổ chức biểu dương lồng ghép trong hội nghị sơ kết|Cấp ủy cơ sở tổ chức hội nghị biểu dương], {verb} {{when}}",
            one,
        )
        + "."
    )
    match rng.randrange(3):
        case 0:
            d.p(
                "- "
                + d.limit("grassroots", "unit_decides", "Số lượng đại biểu do cấp ủy cơ sở quyết định")
                + ", phù hợp điều kiện thực tế."
            )
        case 1:
            d.p(
                "- "
                + d.limit("grassroots", "max", "Số đại biểu không quá {n} đồng chí", rng.choice((50, 60, 80, 100)))
                + "."
            )
        case _:
            d.p(
                "- "
                + d.limit(
                    "grassroots", "plenary", "Mở hội nghị toàn thể đảng viên đối với chi bộ cơ sở", condition=True
                )
                + "; "
                + d.limit(
                    "grassroots",
                    "max",
                    "đối với đảng bộ cơ sở, không quá {n} đại biểu",
                    rng.choice((80, 100)),
                    condition=True,
                )
                + "."
            )
    d.p(f"2- Ở cấp {district.kind}", bold=True)
    two = when(rng.choice(("on", "month", "before")), time.upper, d.day_style, rng)
    lead = {"day": "trước" if two.start is None else "vào"}.get(two.precision, "trong")
    d.p(
        "- Thời gian: "
        + d.event("district", f"01 buổi, [dự kiến |]{lead} {{when}}", two, days=0.5)
        + f", tại Hội trường {body}."
    )
    n = rng.choice((120, 150, 180, 200))
    d.p("- Thành phần: đại biểu khách mời, cấp ủy viên và các điển hình; " + d.limit("district", rng.choice(("max",)), "tổng số đại biểu không quá {n} đồng chí", n) + "; trong đó "
        + d.ratio("district", "exemplary", rng.choice((60, 65, 70)), "điển hình tiên tiến chiếm [từ |]{p}[ trở lên|]") + ", " + d.ratio("district", "party", rng.choice((50, 55, 60, 80)), "đảng viên chiếm {p}")
        + (", " + d.ratio("district", "ethnic_minority", rng.choice((10, 15, 20)), "người dân tộc thiểu số [chiếm |]ít nhất {p}") if d.maybe(0.4) else "") + ".")  # fmt: skip
    parts = [
        d.item(kinds, template)
        for kinds, template in (
            (("performance",), "văn nghệ chào mừng"), (("flag_salute",), "chào cờ"), (("introduction",), "tuyên bố lý do, giới thiệu đại biểu"),
            (("summary_report",), "báo cáo kết quả phong trào thi đua và học tập, làm theo Bác [của Đảng bộ|trong 5 năm qua]"),
            (("exemplar_talks",), "[giao lưu với|tham luận của] các điển hình"), (("commendation",), "[công bố quyết định và |]trao [thưởng|Giấy khen của Ban Thường vụ]"),
            (("superior_speech",), f"phát biểu chỉ đạo của lãnh đạo [cấp trên|{superior}]"), (("closing",), "bế mạc"),
        )
        if kinds[0] in ("summary_report", "commendation") or d.maybe(0.8)
    ]  # fmt: skip
    d.p("- Chương trình hội nghị gồm: " + "; ".join(parts) + ".")
    d.p("3- Tiêu chuẩn lựa chọn", bold=True)
    d.prose(prose.CRITERIA, rng.randint(1, 2), "- ")
    d.h("III- TỔ CHỨC THỰC HIỆN")
    duties = (
        (f"Ban Tuyên giáo {body}", prose.LEAD_TASKS),
        (f"Văn phòng {body}", prose.OFFICE_TASKS + prose.MONEY_TASKS),
        (f"Ban Tổ chức {body}", prose.LEAD_TASKS),
        ("Các chi, đảng bộ trực thuộc", prose.BASE_TASKS),
    )
    for index, (unit, templates) in enumerate(duties, 1):
        text = d.fill(rng.choice(templates))
        d.p(f"{index}- {d.task(unit, text)}: {text}")
    end = when("before", time.report, d.day_style, rng)
    d.p(
        d.deadline(
            "Danh sách, báo cáo thành tích của tập thể, cá nhân gửi về "
            + f"Ban Tuyên giáo {body} [trước|chậm nhất là] {{when}}.",
            end,
        )
    )
    if d.maybe(0.5):
        d.p("Kinh phí: " + d.budget("từ nguồn ngân sách Đảng [cấp năm|được giao] và xã hội hóa."))
    recipients = [
        f"- {superior} (b/c);",
        "- Thường trực, Ủy viên Ban Chấp hành;",
        f"- Các ban xây dựng Đảng và Văn phòng {body};",
        "- Các chi, đảng bộ trực thuộc;",
        f"- Lưu Văn phòng {body}.",
    ]
    competence = d.choose("T/M BAN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ")
    position = d.choose("PHÓ BÍ THƯ", "BÍ THƯ", "PHÓ BÍ THƯ THƯỜNG TRỰC")
    spoken = {"PHÓ BÍ THƯ": "Phó Bí thư", "BÍ THƯ": "Bí thư", "PHÓ BÍ THƯ THƯỜNG TRỰC": "Phó Bí thư Thường trực"}[
        position
    ]
    d.close(recipients, [competence, position], position=spoken, competence="TM.", heading="Nơi nhận:")


FAMILY = Family("huyen-uy", "train", "Kế hoạch của Huyện ủy", write)
