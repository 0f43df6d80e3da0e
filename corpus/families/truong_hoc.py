# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a school: letters A-B-C, dashes, one small conference."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, purposes, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary import person
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng)
    time = congress(rng)
    home = place.province
    school = f"Trường THPT {rng.choice(('Lê Quý Đôn', 'Trần Hưng Đạo', 'Nguyễn Du', 'Chu Văn An', 'Phan Bội Châu', 'Lý Thường Kiệt', 'Ngô Quyền'))}"
    begin(
        d,
        time,
        area="nhà trường",
        contact="Văn phòng nhà trường",
        congress="Hội nghị điển hình tiên tiến ngành Giáo dục",
    )
    d.issuer(school.replace("THPT", "Trung học phổ thông"), "other", place, district=False)
    d.header(
        [d.choose(f"SỞ GD&ĐT {upper(home.full)}", f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {upper(home.name)}")],
        [upper(school)],
        "Số: {n}/KH-" + "".join(word[0] for word in school.split()[2:]).upper(),
        home.name,
        time.issued,
    )
    d.title("KẾ HOẠCH", "Tổ chức Hội nghị điển hình tiên tiến cấp trường", f"giai đoạn {time.past}")
    d.p(
        upper_plan(
            d,
            time.issued,
            "KH",
            "KH-SGDĐT",
            f"Sở Giáo dục và Đào tạo {home.full}",
            "Căn cứ Kế hoạch số {code} {day} của Sở Giáo dục và Đào tạo "
            + home.full
            + " về tổ chức hội nghị điển hình tiên tiến,",
        )
        + f" {school} xây dựng kế hoạch như sau:"
    )
    d.h("A. MỤC ĐÍCH")
    purposes(d, rng.randint(1, 3), "- ")
    d.h("B. NỘI DUNG")
    one = when(rng.choice(("on", "month", "before")), time.base, d.day_style, rng)
    d.p(
        "- Thời gian: "
        + d.event(
            "grassroots",
            (
                "[8|7] giờ 30 phút, {when}"
                if one.precision == "day" and one.start
                else "một buổi, " + ("trước" if one.start is None else "trong") + " {when}"
            ),
            one,
            days=None if one.precision == "day" and one.start else 0.5,
        )
        + "."
    )
    if d.maybe(0.5):
        d.p(
            "- Hình thức: "
            + d.limit("grassroots", "plenary", "hội nghị toàn thể cán bộ, giáo viên, nhân viên")
            + ", cùng đại diện cha mẹ học sinh."
        )
    else:
        d.p(
            "- Đại biểu: "
            + d.limit("grassroots", "exact", "{n} người", rng.choice((45, 60, 75, 90)))
            + ", gồm giáo viên, nhân viên và đại diện học sinh."
        )
    d.p(
        "- "
        + d.ratio(
            "grassroots", "exemplary", rng.choice((60, 70, 75)), "Giáo viên, học sinh là điển hình tiên tiến chiếm {p}"
        )
        + ", "
        + d.ratio("grassroots", "women", rng.choice((50, 60)), "nữ từ {p}")
        + "."
    )
    d.t(
        "- Năm học vừa qua, trường có {pct2} học sinh giỏi cấp tỉnh, tỷ lệ tốt nghiệp đạt {pct}%, {b} lượt giáo viên dự giờ."
    )
    d.h("C. CHƯƠNG TRÌNH")
    items = [d.item(kinds, template) for kinds, template in ((("performance",), "Văn nghệ của học sinh"), (("flag_salute",), "Chào cờ"), (("introduction",), "Giới thiệu đại biểu"), (("opening",), "Hiệu trưởng khai mạc"), (("summary_report",), "Báo cáo tổng kết phong trào \"Dạy tốt, học tốt\""), (("exemplar_talks",), "Tham luận của giáo viên, học sinh điển hình"), (("discussion",), "Thảo luận"), (("commendation",), "Khen thưởng"), (("delegate_list",), "Bầu chọn, thông qua danh sách đại biểu dự hội nghị cấp ngành"), (("closing",), "Bế mạc")) if kinds[0] in ("summary_report", "commendation") or d.maybe(0.75)]  # fmt: skip
    if d.maybe(0.5):
        d.p("Trình tự: " + "; ".join(items) + ".")
    else:
        for number, item in enumerate(items, 1):
            d.p(f"{number}. {item}.")
    d.h("D. PHÂN CÔNG")
    for unit, templates in (
        ("Ban Giám hiệu", prose.LEAD_TASKS),
        ("Công đoàn", prose.FRONT_TASKS),
        ("Bộ phận kế toán", prose.MONEY_TASKS),
        ("Đoàn trường", prose.MEDIA_TASKS),
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"- {d.task(unit, text)}: {text}")
    d.p("- Kinh phí: " + d.budget("chi thường xuyên và quỹ khen thưởng của trường") + ".")
    d.p(
        d.deadline(
            "Các tổ chuyên môn nộp danh sách cho thầy (cô) " + person(rng) + " trước {when}./.",
            when("before", time.enrol, d.day_style, rng),
        )
    )
    if d.maybe(0.7):
        d.close(
            ["- Sở GD&ĐT;", "- Các tổ chuyên môn;", "- Lưu: VT."],
            ["HIỆU TRƯỞNG"],
            position="Hiệu trưởng",
            competence=None,
        )
    else:
        d.close(
            ["- Sở GD&ĐT;", "- Các tổ chuyên môn;", "- Lưu: VT."],
            ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"],
            position="Phó Hiệu trưởng",
            competence="KT.",
        )


FAMILY = Family("truong-hoc", "dev", "Kế hoạch của trường học", write)
