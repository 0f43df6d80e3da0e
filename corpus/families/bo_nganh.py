# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a ministry: I. 1. a), units of the ministry and the whole sector; long legal bases."""

from __future__ import annotations

from datetime import timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, decree, directive, law, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_time import when

MINISTRIES = (
    ("Bộ Y tế", "BYT"),
    ("Bộ Giáo dục và Đào tạo", "BGDĐT"),
    ("Bộ Tư pháp", "BTP"),
    ("Bộ Công Thương", "BCT"),
    ("Bộ Xây dựng", "BXD"),
    ("Bộ Khoa học và Công nghệ", "BKHCN"),
    ("Bộ Tài chính", "BTC"),
)


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    time = congress(rng)
    name, sign = rng.choice(MINISTRIES)
    sector = "ngành " + name.removeprefix("Bộ ")
    begin(d, time, area=sector, contact="Vụ Thi đua - Khen thưởng", congress="Đại hội thi đua yêu nước toàn quốc")
    d.issuer(name, "central", None)
    d.header([], [upper(name)], f"Số: {{n}}/KH-{sign}", "Hà Nội", time.issued)
    d.title(
        "KẾ HOẠCH",
        f"Tổ chức Hội nghị điển hình tiên tiến {sector}",
        f"tiến tới Đại hội thi đua yêu nước toàn quốc lần thứ {time.national}",
    )
    if d.maybe(0.6):
        d.p(directive(d, "Căn cứ Chỉ thị số {code} {day} của Bộ Chính trị về đổi mới công tác thi đua;"))
    d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.6):
        d.p(
            decree(
                d,
                time.issued,
                "Căn cứ Nghị định số {code} {day} của Chính phủ hướng dẫn thực hiện Luật Thi đua, khen thưởng;",
            )
        )
    d.p(
        d.basis(
            "KH",
            f"{rng.randint(10, 99)}/KH-HĐTĐKT",
            time.issued - timedelta(days=rng.randint(15, 60)),
            "Hội đồng Thi đua - Khen thưởng Trung ương",
            "Thực hiện Kế hoạch số {code} {day} của Hội đồng Thi đua - Khen thưởng Trung ương,",
        )
    )
    d.p(f"{name} ban hành Kế hoạch tổ chức Hội nghị như sau:")
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    purposes(d, rng.randint(2, 3), "- ")
    d.prose(prose.REQUIREMENT, rng.randint(1, 2), "- ")
    d.h("II. HỘI NGHỊ TẠI CÁC CƠ QUAN, ĐƠN VỊ THUỘC BỘ")
    one = when(rng.choice(("before", "month", "quarter")), time.base, d.day_style, rng)
    d.p(
        "1. "
        + d.event(
            "grassroots",
            f"Các đơn vị cấp cơ sở [tổ chức|hoàn thành việc tổ chức] hội nghị {'trước' if one.start is None else 'trong'} {{when}}, mỗi hội nghị ½ ngày",
            one,
            days=0.5,
        )
        + "."
    )
    n = rng.choice((100, 120, 150, 200))
    d.p(
        "2. "
        + (
            d.limit("grassroots", "unit_decides", "Thủ trưởng đơn vị quyết định số lượng đại biểu")
            if d.maybe()
            else d.limit("grassroots", "max", "Số lượng đại biểu không quá {n} người", n)
        )
        + "."
    )
    d.h(f"III. HỘI NGHỊ ĐIỂN HÌNH TIÊN TIẾN {upper(sector)}")
    top = when(rng.choice(("month", "quarter", "on")), time.top, d.day_style, rng)
    d.p(
        "1. "
        + d.event(
            "national",
            f"Hội nghị toàn ngành tổ chức {'vào' if top.precision == 'day' else 'trong'} {{when}}, thời gian 01 ngày, tại Hà Nội",
            top,
            days=1.0,
        )
        + "."
    )
    d.p(
        "2. Số lượng: "
        + d.limit("national", rng.choice(("approx", "approx")), "khoảng {n} đại biểu", rng.choice((250, 300, 350, 400)))
        + "."
    )
    share = rng.choice((70, 75))
    d.p(
        "3. Cơ cấu: "
        + d.ratio("national", "exemplary", share, "đại biểu là điển hình tiên tiến chiếm {p}")
        + "; "
        + d.ratio("national", "guests", 100 - share, "đại biểu khách mời chiếm {p}")
        + "; "
        + d.ratio("national", "women", rng.choice((30, 35)), "bảo đảm tỷ lệ nữ ít nhất {p}")
        + "."
    )
    d.p("4. Chương trình:")
    for item in programme(d):
        d.p(f"- {item}.")
    d.h("IV. TỔ CHỨC THỰC HIỆN")
    for order, (unit, templates) in enumerate(
        (
            ("Vụ Thi đua - Khen thưởng", prose.LEAD_TASKS),
            ("Vụ Kế hoạch - Tài chính", prose.MONEY_TASKS),
            ("Văn phòng Bộ", prose.OFFICE_TASKS),
            ("Công đoàn ngành", prose.FRONT_TASKS),
            ("Các cơ quan, đơn vị thuộc Bộ", prose.BASE_TASKS),
        ),
        1,
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"{order}. {d.task(unit, text)}: {text}")
    d.p(d.deadline("Danh sách đại biểu gửi về {contact} trước {when}.", when("before", time.report, d.day_style, rng)))
    d.p("Kinh phí " + d.budget("bố trí trong dự toán chi ngân sách nhà nước của Bộ") + ".")
    d.prose(prose.CALL, 1)
    recipients = [
        "- Ban Thi đua - Khen thưởng Trung ương;",
        "- Bộ trưởng, các Thứ trưởng;",
        "- Các đơn vị thuộc Bộ;",
        "- Lưu: VT, TĐKT.",
    ]
    if d.maybe(0.7):
        d.close(recipients, ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"], position="Thứ trưởng", competence="KT.")
    else:
        d.close(recipients, ["BỘ TRƯỞNG"], position="Bộ trưởng", competence=None)


FAMILY = Family("bo-nganh", "train", "Kế hoạch của bộ", write)
