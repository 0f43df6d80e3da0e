# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a state company: Điều 1, khoản 1, điểm a), lawyerly sentences."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, decree, law, letters, purposes, upper
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
    trade, sign = rng.choice(
        (
            ("Cấp nước", "CN"),
            ("Điện lực", "ĐL"),
            ("Thủy lợi", "TL"),
            ("Môi trường đô thị", "MTĐT"),
            ("Xổ số kiến thiết", "XSKT"),
            ("Cao su", "CS"),
        )
    )
    form = rng.choice(("Công ty TNHH MTV", "Công ty Cổ phần"))
    name = f"{form} {trade} {home.name}"
    begin(
        d,
        time,
        area="Công ty",
        contact="Phòng Tổ chức - Hành chính",
        congress=f"Hội nghị điển hình tiên tiến {home.kind}",
    )
    d.issuer(name, "other", place, district=False)
    d.header(
        [f"UBND {upper(home.full)}"] if d.maybe() else [],
        [upper(form), upper(f"{trade} {home.name}")],
        f"Số: {{n}}/KH-{sign}",
        home.name,
        time.issued,
    )
    d.title(
        "KẾ HOẠCH",
        "Tổ chức Hội nghị người lao động tiêu biểu và biểu dương điển hình tiên tiến",
        f"giai đoạn {time.past}",
    )
    if d.maybe(0.7):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.6):
        d.p(decree(d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ;"))
    d.t("{area} tổ chức Hội nghị theo các điều sau:")
    number = iter(range(1, 20))

    def article(title: str) -> None:
        d.p(f"**Điều {next(number)}. {title}**")

    article("Mục đích")
    purposes(d, rng.randint(1, 2))
    article("Hội nghị tại các đơn vị")
    k = rng.choice((50, 80, 100))
    one = when(rng.choice(("before", "month")), time.base, d.day_style, rng)
    d.p(
        "1. "
        + d.limit(
            "grassroots",
            "plenary",
            "Xí nghiệp, chi nhánh có dưới {k} lao động tổ chức hội nghị toàn thể",
            condition=True,
            k=k,
        )
        + "; "
        + d.limit(
            "grassroots",
            "max",
            "đơn vị có trên {k} lao động cử không quá {n} đại biểu dự hội nghị",
            rng.choice((60, 70, 80)),
            condition=True,
            k=k,
        )
        + "."
    )
    d.p(
        "2. "
        + d.event(
            "grassroots",
            f"Hội nghị tại đơn vị tiến hành trong ½ ngày và hoàn thành {'chậm nhất' if one.start is None else 'trong'} {{when}}",
            one,
            days=0.5,
        )
        + "."
    )
    article("Cơ cấu đại biểu")
    share = rng.choice((75, 80, 85))
    d.p(
        f"{letters(0)}) "
        + d.ratio(
            "grassroots", "direct_workers", share, "Công nhân trực tiếp sản xuất chiếm ít nhất {p} tổng số đại biểu"
        )
        + ";"
    )
    d.p(
        f"{letters(1)}) "
        + d.ratio("grassroots", "women", rng.choice((20, 25, 30)), "Lao động nữ chiếm khoảng {p}", approximate=True)
        + ";"
    )
    d.p(f"{letters(2)}) " + d.ratio("grassroots", "party", rng.choice((30, 40)), "Đảng viên chiếm {p}") + ".")
    article("Chương trình")
    for order, item in enumerate(programme(d), 1):
        d.p(f"{order}. {item}.")
    low = rng.choice((3, 5))
    d.p(d.presidium(low, low, "Chủ tọa gồm {hi} người."))
    article("Kinh phí")
    d.p(d.budget("Hạch toán vào chi phí sản xuất, kinh doanh và quỹ khen thưởng, phúc lợi theo quy chế tài chính."))
    article("Trách nhiệm thi hành")
    for order, (unit, templates) in enumerate(
        (
            ("Phòng Tổ chức - Hành chính", prose.LEAD_TASKS),
            ("Phòng Kế toán - Tài chính", prose.MONEY_TASKS),
            ("Công đoàn Công ty", prose.FRONT_TASKS),
            ("Các xí nghiệp, chi nhánh", prose.BASE_TASKS),
        ),
        1,
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"{order}. {d.task(unit, text)}: {text}")
    d.p(d.deadline("Báo cáo về {contact} trước {when}./.", when("before", time.report, d.day_style, rng)))
    position = rng.choice(
        (
            ("TỔNG GIÁM ĐỐC", "Tổng Giám đốc", None),
            ("GIÁM ĐỐC", "Giám đốc", None),
            ("TL. GIÁM ĐỐC|TRƯỞNG PHÒNG TỔ CHỨC - HÀNH CHÍNH", "Trưởng phòng Tổ chức - Hành chính", "TL."),
        )
    )
    d.close(
        ["- HĐTV, Ban Giám đốc;", "- Các phòng, đơn vị;", "- Công đoàn;", "- Lưu: VT, TCHC."],
        position[0].split("|"),
        position=position[1],
        competence=position[2],
    )


FAMILY = Family("cong-ty", "train", "Kế hoạch của doanh nghiệp", write)
