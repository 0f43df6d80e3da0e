# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Official letter of a provincial emulation council: V/v, Kính gửi, paragraphs with few numbers, no title."""

from __future__ import annotations

from datetime import timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, directive, upper
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025, place_since_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one letter."""
    rng = d.rng
    new = d.maybe(0.3)
    place = place_since_2025(rng) if new else place_before_2025(rng)
    time = congress(rng, since_merger=new)
    home = place.province
    begin(d, time, area=home.full, contact="Sở Nội vụ", congress="Đại hội thi đua yêu nước toàn quốc")
    d.gold["document_type"] = "CV"
    council = d.maybe(0.5)
    subject = d.choose(
        "hướng dẫn tổ chức Hội nghị điển hình tiên tiến các cấp",
        f"tổ chức Hội nghị điển hình tiên tiến giai đoạn {time.past}",
        "hướng dẫn một số nội dung về tổ chức Hội nghị điển hình tiên tiến",
    )
    if council:
        d.issuer(f"Hội đồng Thi đua - Khen thưởng {home.full}", "province", place, district=False)
        d.header(
            [f"UBND {upper(home.full)}"],
            ["HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"],
            "Số: {n}/HĐTĐKT-NV",
            home.name,
            time.issued,
            under=["V/v " + subject],
        )
    else:
        d.issuer(f"Sở Nội vụ {home.full}", "province", place, district=False)
        d.header(
            [f"UBND {upper(home.full)}"],
            ["SỞ NỘI VỤ"],
            "Số: {n}/SNV-TĐKT",
            home.name,
            time.issued,
            under=["V/v " + subject],
        )
    d.gold["subject"] = subject
    d.p("Kính gửi:", align="center", before=12)
    for line in (
        "- Các sở, ban, ngành, đoàn thể;",
        "- Ủy ban nhân dân các xã, phường." if new else "- Ủy ban nhân dân các huyện, thị xã, thành phố;",
        "- Các doanh nghiệp trên địa bàn.",
    )[: 2 if new else 3]:
        d.p(line, left=4.0, indent=0.0)
    day = time.issued - timedelta(days=rng.randint(10, 60))
    d.p(d.basis("KH", f"{rng.randint(20, 900)}/KH-UBND", day, committee(home), "Thực hiện Kế hoạch số {code} {day} của UBND " + home.kind + " về tổ chức hội nghị điển hình tiên tiến các cấp"
                if d.maybe() else "Triển khai Kế hoạch số {code} {day} của Ủy ban nhân dân " + home.full) + (" và " + directive(d, "Chỉ thị số {code} {day} của Bộ Chính trị") if d.maybe(0.4) else "")
        + f", {'Hội đồng Thi đua - Khen thưởng ' + home.kind if council else 'Sở Nội vụ'} hướng dẫn một số nội dung như sau:")  # fmt: skip
    d.p("**1. Về hình thức, thời gian.** " + d.fill(rng.choice(prose.REQUIREMENT)))
    one = when(rng.choice(("before", "month", "days")), time.base, d.day_style, rng)
    lead = "xong trước" if one.start is None else "" if one.words.startswith("từ") else "trong"
    half = d.choose("½ ngày", "một buổi")
    d.p(
        d.event(
            "grassroots", f"Cấp cơ sở [tổ chức|tiến hành] {half}, {lead} {{when}}".replace(", từ", " từ"), one, days=0.5
        ).replace("  ", " ")
        + "."
    ) if lead else d.p(d.event("grassroots", f"Cấp cơ sở tổ chức {half}, {{when}}", one, days=0.5) + ".")
    if not new:
        two = when(rng.choice(("before", "quarter", "month")), time.upper, d.day_style, rng)
        d.p(
            d.event(
                "district",
                f"Cấp huyện, các sở, ngành [tổ chức|hoàn thành] {'trước' if two.start is None else 'trong'} {{when}}",
                two,
            )
            + d.choose(".", ", tùy tình hình thực tế.")
        )
    top = when(rng.choice(("month", "quarter")), time.top, d.day_style, rng)
    d.p(d.event("province", f"[Cấp {home.kind} dự kiến|Hội nghị cấp {home.kind} sẽ] tổ chức trong {{when}}", top) + ".")
    d.p("**2. Về số lượng đại biểu**")
    n = rng.choice((80, 100, 120, 150))
    d.p(
        "Cấp cơ sở: "
        + (
            d.limit(
                "grassroots", "unit_decides", "thủ trưởng đơn vị căn cứ tình hình cụ thể quyết định số lượng đại biểu"
            )
            if d.maybe(0.4)
            else d.limit(
                "grassroots", "max", "tối đa {words} đại biểu" if d.maybe(0.3) else "số đại biểu không quá {n}", n
            )
        )
        + "."
    )
    if not new:
        d.p(
            "Cấp huyện: "
            + d.limit("district", "max", "tối đa {n} đại biểu", n + 100)
            + "; các sở, ngành: "
            + d.limit("district", "range", "từ {lo} đến {n} đại biểu", n, n - 20, scope="các sở, ngành")
            + "."
        )
    d.p(
        f"Cấp {home.kind}: "
        + d.limit("province", "approx", "khoảng {n} đại biểu", n + 200)
        + "; "
        + d.limit(
            "province",
            "exact",
            "mỗi " + ("xã, phường" if new else "huyện, thị xã, thành phố") + " cử {n} đại biểu",
            rng.choice((2, 3, 5, 10)),
            scope="mỗi " + ("xã, phường" if new else "huyện, thị xã, thành phố"),
        )
        + "."
    )
    d.p("**3. Về cơ cấu**")
    share = rng.choice((70, 80))
    d.p(
        d.ratio("any", "exemplary", share, "Tập thể, cá nhân điển hình chiếm {p} tổng số đại biểu")
        + ", "
        + d.ratio("any", "guests", 100 - share, "đại biểu mời chiếm {p}")
        + ". "
        + d.fill(rng.choice(prose.CRITERIA))
    )
    if d.maybe():
        d.p(
            "Trong đó "
            + d.ratio("any", "women", rng.choice((30, 35)), "phấn đấu tỷ lệ nữ từ {p} trở lên")
            + ", "
            + d.ratio("any", "ethnic_minority", rng.choice((10, 15)), "dân tộc thiểu số {p}")
            + "."
        )
    d.p("**4. Về chương trình,** gồm các nội dung chủ yếu: " + "; ".join(d.item(kinds, template) for kinds, template in (
        (("introduction",), "giới thiệu đại biểu"), (("opening",), "khai mạc"), (("summary_report",), "báo cáo tổng kết phong trào thi đua"), (("exemplar_talks",), "[báo cáo tham luận|tham luận] của các điển hình"), (("commendation",), "khen thưởng, tôn vinh"), (("launch",), "phát động thi đua"), (("closing",), "bế mạc"),
    ) if kinds[0] in ("summary_report", "commendation") or d.maybe(0.8)) + ".")  # fmt: skip
    end = when("before", time.report, d.day_style, rng)
    enrol = when("before", time.enrol, d.day_style, rng)
    d.p(
        "**5. Chế độ báo cáo.** "
        + d.deadline("Gửi kế hoạch của đơn vị về Sở Nội vụ trước {when}; ", enrol)
        + d.deadline("báo cáo kết quả [trước|chậm nhất] {when} để tổng hợp.", end)
    )
    d.prose(prose.CALL, 1)
    d.p("Đề nghị các cơ quan, đơn vị, địa phương quan tâm thực hiện./.")
    recipients = ["- Như trên;", f"- UBND {home.kind} (b/c);", "- Lưu: VT, TĐKT."]
    if council:
        d.close(recipients, ["TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], position="Phó Chủ tịch", competence="KT.")
    else:
        d.close_by(
            recipients,
            (["GIÁM ĐỐC"], "Giám đốc", None),
            (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Phó Giám đốc", "KT."),
        )


FAMILY = Family("hoi-dong", "train", "Công văn hướng dẫn của Hội đồng Thi đua - Khen thưởng, Sở Nội vụ", write)
