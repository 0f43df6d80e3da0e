# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a district Women's Union: steps and bullets, facts in a run of short clauses."""

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
    place = place_before_2025(rng, ("huyện", "thị xã"))
    district = place.district
    assert district is not None
    time = congress(rng)
    begin(
        d,
        time,
        area=f"phụ nữ {district.full}",
        contact=f"Hội LHPN {district.kind}",
        congress=f"hội nghị điển hình tiên tiến của Hội LHPN {place.province.kind}",
    )
    d.issuer(f"Hội Liên hiệp Phụ nữ {district.full}", "district", place)
    d.header(
        [f"HỘI LHPN {upper(place.province.full)}"],
        [f"HỘI LHPN {upper(district.full)}"],
        "Số: {n}/KH-BTV",
        district.place,
        time.issued,
    )
    d.title(
        "KẾ HOẠCH",
        d.choose(
            "Tổ chức Hội nghị điển hình tiên tiến cán bộ, hội viên phụ nữ", "Hội nghị biểu dương phụ nữ tiêu biểu"
        ),
        f"{district.full} giai đoạn {time.past}",
    )
    d.p(
        d.basis(
            "KH",
            f"{rng.randint(30, 300)}/KH-BTV",
            time.issued - timedelta(days=rng.randint(15, 50)),
            f"Hội Liên hiệp Phụ nữ {place.province.full}",
            "Thực hiện Kế hoạch số {code} {day} của Hội Liên hiệp Phụ nữ "
            + place.province.full
            + " về biểu dương điển hình tiên tiến,",
        )
        + f" Ban Thường vụ Hội LHPN {district.kind} lập kế hoạch như sau:"
    )
    d.h("1. Mục đích, yêu cầu")
    purposes(d, rng.randint(1, 3), "• ")
    d.prose(prose.REQUIREMENT, 1, "• ")
    d.h("2. Nội dung, cách thức tiến hành")
    d.h("Bước 1: Hội nghị ở cơ sở Hội", italic=True)
    one = when(rng.choice(("before", "month", "quarter")), time.base, d.day_style, rng)
    d.p(
        "• "
        + d.event(
            "grassroots",
            f"Thời gian: một buổi, {'kết thúc trước' if one.start is None else 'trong'} {{when}}",
            one,
            days=0.5,
        )
        + ". "
        + d.limit("grassroots", "max", "Số lượng: [tối đa|không quá] {n} chị", rng.choice((50, 60, 80, 100)))
        + "."
    )
    if d.maybe(0.5):
        pilot = when("before", time.pilot, d.day_style, rng)
        d.p(
            "• "
            + d.event(
                "grassroots",
                f"Chỉ đạo điểm tại Hội LHPN {rng.choice(place.communes).full}, hoàn thành trước {{when}}",
                pilot,
                pilot=True,
                days=0.5,
            )
            + "."
        )
    d.h(f"Bước 2: Hội nghị cấp {district.kind}", italic=True)
    two = when(rng.choice(("on", "month", "month_end")), time.upper, d.day_style, rng)
    d.p(
        "• "
        + d.event(
            "district",
            f"Dự kiến {'tổ chức' if two.precision == 'day' or two.words.startswith('cuối') else 'tổ chức trong'} {{when}}, thời gian ½ ngày",
            two,
            days=0.5,
        )
        + "."
    )
    d.p(
        "• "
        + d.limit("district", "range", "Triệu tập từ {lo} đến {n} đại biểu", rng.choice((120, 150)), 100)
        + ", trong đó "
        + d.ratio("district", "exemplary", rng.choice((70, 80)), "điển hình tiên tiến chiếm {p}")
        + ", "
        + d.ratio(
            "district", "direct_workers", rng.choice((40, 50)), "nông dân, công nhân trực tiếp lao động ít nhất {p}"
        )
        + ", "
        + d.ratio("district", "ethnic_minority", rng.choice((5, 10)), "phụ nữ dân tộc khoảng {p}", approximate=True)
        + "."
    )
    d.h("3. Chương trình hội nghị")
    for kinds, template in ((("performance",), "Văn nghệ chào mừng"), (("flag_salute", "introduction"), "Chào cờ, giới thiệu đại biểu"), (("opening",), "Khai mạc hội nghị"), (("summary_report",), "Báo cáo kết quả phong trào thi đua \"Xây dựng người phụ nữ Việt Nam\" {past}"), (("exemplar_talks",), "Nghe chia sẻ của các điển hình"), (("commendation",), "Trao Giấy khen, biểu trưng"), (("superior_speech",), "Phát biểu chỉ đạo của lãnh đạo Huyện ủy và Hội cấp trên"), (("launch",), "Phát động thi đua {ahead}"), (("closing",), "Bế mạc")):  # fmt: skip
        if kinds[0] in ("summary_report", "commendation") or d.maybe(0.8):
            d.p("• " + d.item(kinds, template))
    d.h("4. Kinh phí")
    d.p(d.budget("Từ nguồn kinh phí hoạt động của Hội[, vận động thêm nguồn xã hội hóa|]."))
    d.h("5. Tổ chức thực hiện")
    for unit, templates in (
        ("Thường trực Hội LHPN " + district.kind, prose.LEAD_TASKS),
        ("Hội LHPN các xã, thị trấn", prose.BASE_TASKS),
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"• {d.task(unit, text)}: {text}")
    d.p(
        d.deadline(
            "Báo cáo thành tích gửi về {contact} chậm nhất {when}./.", when("before", time.enrol, d.day_style, rng)
        )
    )
    position = rng.choice((("CHỦ TỊCH", "Chủ tịch"), ("PHÓ CHỦ TỊCH", "Phó Chủ tịch")))
    d.close(
        [f"- Hội LHPN {place.province.kind};", "- TT. Huyện ủy;", "- Hội LHPN xã, thị trấn;", "- Lưu VP."],
        ["TM. BAN THƯỜNG VỤ", position[0]],
        position=position[1],
        competence="TM.",
    )


FAMILY = Family("hoi-phu-nu", "dev", "Kế hoạch của Hội Liên hiệp Phụ nữ huyện", write)
