# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a provincial hospital in tables: facts, programme and tasks stand in cells."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, purposes, upper, upper_plan
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
    name = rng.choice(("Bệnh viện Đa khoa", "Bệnh viện Y học cổ truyền", "Bệnh viện Sản - Nhi", "Bệnh viện Mắt"))
    begin(d, time, area="bệnh viện", contact="Phòng Tổ chức cán bộ", congress="Hội nghị điển hình tiên tiến ngành Y tế")
    d.issuer(f"{name} {home.full}", "other", place, district=False)
    d.header(
        [f"SỞ Y TẾ {upper(home.full)}"],
        [upper(name), upper(home.full)] if d.maybe() else [upper(f"{name} {home.full}")],
        "Số: {n}/KH-BV",
        home.name,
        time.issued,
    )
    d.title("KẾ HOẠCH", "Tổ chức Hội nghị điển hình tiên tiến", f"{name} {home.full} giai đoạn {time.past}")
    d.p(
        upper_plan(
            d,
            time.issued,
            "KH",
            "KH-SYT",
            f"Sở Y tế {home.full}",
            "Thực hiện Kế hoạch số {code} {day} của Sở Y tế "
            + d.choose("tỉnh" if home.kind == "tỉnh" else "thành phố", home.full)
            + " về tổ chức hội nghị điển hình tiên tiến trong ngành;",
        )
    )
    d.t("Bệnh viện xây dựng kế hoạch [tổ chức hội nghị|thực hiện] như sau:")
    d.h("I. Mục đích - Yêu cầu")
    purposes(d, rng.randint(1, 3), "- ")
    d.h("II. Thông tin hội nghị")
    one = when(rng.choice(("on", "before", "month")), time.base, d.day_style, rng)
    share = rng.choice((70, 75, 80))
    n = rng.choice((80, 100, 120, 150))
    rows = [
        ["Nội dung", "Chi tiết"],
        ["Thời gian", d.event("grassroots", d.choose("½ ngày", "01 buổi") + (", trước {when}" if one.start is None else ", {when}"), one, days=0.5)],
        ["Địa điểm", "Hội trường bệnh viện"],
        ["Số lượng đại biểu", d.limit("grassroots", "max", "Không quá {n} đại biểu", n) if d.maybe() else d.limit("grassroots", "exact", "{n} đại biểu", n)],
        ["Cơ cấu", d.ratio("grassroots", "exemplary", share, "Điển hình tiên tiến: {p}") + "; " + d.ratio("grassroots", "guests", 100 - share, "khách mời: {p}") + "; " + d.ratio("grassroots", "women", rng.choice((50, 55, 60)), "nữ: ít nhất {p}")],
        ["Kinh phí", d.budget("Quỹ phúc lợi và quỹ khen thưởng của bệnh viện")],
    ]  # fmt: skip
    d.table(rows, (0.25, 0.75))
    d.h("III. Chương trình")
    d.table(
        [
            ["STT", "Nội dung", "Người phụ trách"],
            *(
                [str(order), item, rng.choice(("Ban Giám đốc", "Phòng TCCB", "Công đoàn", "Đoàn Thanh niên"))]
                for order, item in enumerate(programme(d), 1)
            ),
        ],
        (0.1, 0.6, 0.3),
    )
    d.h("IV. Phân công")
    duties = []
    for unit, templates in (
        ("Phòng Tổ chức cán bộ", prose.LEAD_TASKS),
        ("Phòng Tài chính - Kế toán", prose.MONEY_TASKS),
        ("Phòng Hành chính - Quản trị", prose.OFFICE_TASKS),
        ("Công đoàn bệnh viện", prose.FRONT_TASKS),
        ("Các khoa, phòng", prose.BASE_TASKS),
    ):
        text = d.fill(rng.choice(templates))
        duties.append([d.task(unit, text), text])
    d.table([["Đơn vị", "Nhiệm vụ"], *duties], (0.3, 0.7))
    d.p(
        d.deadline(
            "Các khoa, phòng gửi danh sách và báo cáo thành tích về Phòng Tổ chức cán bộ trước {when}./.",
            when("before", time.enrol, d.day_style, rng),
        )
    )
    if d.maybe():
        d.close(
            ["- Sở Y tế (b/c);", "- Các khoa, phòng;", "- Lưu: VT, TCCB."],
            ["GIÁM ĐỐC"],
            position="Giám đốc",
            competence=None,
        )
    else:
        d.close(
            ["- Sở Y tế (b/c);", "- Các khoa, phòng;", "- Lưu: VT, TCCB."],
            ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
            position="Phó Giám đốc",
            competence="KT.",
        )
    d.annex("PHÂN BỔ ĐẠI BIỂU")
    units = rng.sample(
        [
            "Khoa Nội tổng hợp",
            "Khoa Ngoại",
            "Khoa Cấp cứu",
            "Khoa Nhi",
            "Khoa Dược",
            "Khoa Xét nghiệm",
            "Phòng Điều dưỡng",
            "Khoa Khám bệnh",
        ],
        6,
    )
    d.allocation(("TT", "Khoa, phòng", "Số đại biểu"), units, [rng.randint(3, 15) for _ in units])


FAMILY = Family("benh-vien", "train", "Kế hoạch của bệnh viện, viết trong bảng", write)
