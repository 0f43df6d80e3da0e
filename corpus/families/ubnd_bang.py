# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a district People's Committee whose facts stand in one table, a column a level."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, directive, purposes, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import When, when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng, ("huyện", "thị xã", "quận"))
    district = place.district
    assert district is not None
    time = congress(rng)
    province = place.province
    begin(
        d,
        time,
        area=district.full,
        contact=f"Phòng Nội vụ {district.kind}",
        congress=f"Đại hội thi đua yêu nước {province.full}",
    )
    d.issuer(committee(district), "district", place)
    d.header(
        [f"UBND {upper(province.full)}"] if d.maybe(0.2) else [],
        [f"UBND {upper(district.full)}"],
        "Số: {n}/KH-UBND",
        district.place,
        time.issued,
    )
    d.title("KẾ HOẠCH", "Triển khai tổ chức Hội nghị điển hình tiên tiến các cấp", f"trên địa bàn {district.full}")
    if d.maybe(0.5):
        d.p(directive(d, "Thực hiện Chỉ thị số {code} {day} của Bộ Chính trị;"))
    d.p(
        upper_plan(
            d,
            time.issued,
            "KH",
            "KH-UBND",
            committee(province),
            "Thực hiện Kế hoạch số {code} {day} của Ủy ban nhân dân " + d.choose(province.kind, province.full) + ";",
        )
    )
    d.t("UBND {area} [triển khai|xây dựng kế hoạch] như sau:")
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    purposes(d, rng.randint(2, 4), "- ")
    d.prose(prose.REQUIREMENT, rng.randint(1, 2), "- ")
    d.h("II. NỘI DUNG CỤ THỂ")
    one = when(rng.choice(("before", "month", "quarter")), time.base, d.day_style, rng)
    two = when(rng.choice(("before", "month", "on")), time.upper, d.day_style, rng)
    share = rng.choice((65, 70, 75))
    n, m = rng.choice((100, 120, 150)), rng.choice((200, 250, 300))
    small = (
        d.limit("grassroots", "max", "[Không quá|Tối đa] {n} đại biểu", n)
        if d.maybe(0.7)
        else d.limit("grassroots", "unit_decides", "Do đơn vị quyết định")
    )
    large = (
        d.limit("district", "max", "[Không quá|Tối đa] {n} đại biểu", m)
        if d.maybe(0.7)
        else d.limit("district", "range", "Từ {lo} đến {n} đại biểu", m, m - 50)
    )
    lower = _shares(d, "grassroots", share)
    higher = _shares(d, "district", share)
    kind = district.kind
    d.table(
        [
            ["Nội dung", d.choose("Cấp cơ sở", "Các xã, phường, thị trấn"), f"Cấp {kind}"],
            ["Thời gian", _time(d, "grassroots", one), _time(d, "district", two)],
            ["Số lượng", small, large],
            ["Cơ cấu", lower, higher],
            ["Địa điểm", "Hội trường UBND xã", f"Trung tâm Hội nghị {kind}"],
        ],
        (0.2, 0.4, 0.4),
    )
    d.h("III. CHƯƠNG TRÌNH HỘI NGHỊ")
    for item in programme(d):
        d.p(f"+ {item}.")
    d.h("IV. TỔ CHỨC THỰC HIỆN")
    rows = []
    duties = (("Phòng Nội vụ", prose.LEAD_TASKS), ("Phòng Tài chính - Kế hoạch", prose.MONEY_TASKS), ("Phòng Văn hóa và Thông tin", prose.MEDIA_TASKS), (f"Văn phòng HĐND và UBND {kind}", prose.OFFICE_TASKS), ("UBND các xã, phường, thị trấn", prose.BASE_TASKS))  # fmt: skip
    for order, (unit, templates) in enumerate(duties, 1):
        text = d.fill(rng.choice(templates))
        rows.append([str(order), d.task(unit, text), text])
    d.table([["TT", "Đơn vị", "Nhiệm vụ"], *rows], (0.08, 0.27, 0.65))
    d.p("Kinh phí: " + d.budget("ngân sách nhà nước bố trí theo phân cấp.") + "")
    d.p(
        d.deadline(
            "Báo cáo kết quả gửi về {contact} [trước|chậm nhất] {when}./.",
            when("before", time.report, d.day_style, rng),
        )
    )
    d.close_by(
        [
            f"- UBND {province.kind};",
            f"- Thường trực HĐND {kind};",
            "- Các phòng, ban;",
            "- UBND các xã, phường, thị trấn;",
            "- Lưu: VT.",
        ],
        (["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "TM."),
    )


def _time(d: Draft, level: str, time: When) -> str:
    lead = "trước " if time.start is None else "trong " if time.precision != "day" else ""
    return d.event(level, f"[½ ngày|01 buổi], {lead}{{when}}", time, days=0.5)


def _shares(d: Draft, level: str, share: int) -> str:
    first = d.ratio(level, "exemplary", share, "[Đại biểu điển hình|Điển hình tiên tiến] {p}")
    return first + "; " + d.ratio(level, "guests", 100 - share, "[đại biểu mời|khách mời] {p}")


FAMILY = Family("ubnd-bang", "dev", "Kế hoạch của UBND huyện, viết trong một bảng", write)
