# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a provincial department: decimal numbering, one conference of the sector and conferences of its units."""

from __future__ import annotations

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, law, purposes, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary_agenda import programme
from corpus.vocabulary_places import place_before_2025, place_since_2025
from corpus.vocabulary_time import when

DEPARTMENTS = (
    ("Y tế", "SYT", "ngành Y tế", "Phòng Tổ chức cán bộ", "TCCB", ("Bệnh viện Đa khoa tỉnh", "Trung tâm Kiểm soát bệnh tật", "Bệnh viện Y học cổ truyền", "Trung tâm Giám định y khoa", "Bệnh viện Phục hồi chức năng")),
    ("Giáo dục và Đào tạo", "SGDĐT", "ngành Giáo dục", "Văn phòng Sở", "VP", ("Trường THPT Chuyên", "Trường THPT Nguyễn Trãi", "Trường PTDT Nội trú tỉnh", "Trung tâm GDTX tỉnh", "Trường THPT Lê Lợi")),
    ("Giao thông vận tải", "SGTVT", "ngành Giao thông vận tải", "Văn phòng Sở", "VP", ("Ban Quản lý bến xe", "Trung tâm Đăng kiểm", "Thanh tra Sở", "Ban Quản lý bảo trì đường bộ")),
    ("Nông nghiệp và Phát triển nông thôn", "SNN", "ngành Nông nghiệp", "Phòng Tổ chức cán bộ", "TCCB", ("Chi cục Kiểm lâm", "Chi cục Thủy lợi", "Trung tâm Khuyến nông", "Chi cục Chăn nuôi và Thú y")),
    ("Công Thương", "SCT", "ngành Công Thương", "Văn phòng Sở", "VP", ("Trung tâm Khuyến công", "Phòng Quản lý năng lượng", "Phòng Quản lý thương mại", "Thanh tra Sở")),
    ("Khoa học và Công nghệ", "SKHCN", "ngành Khoa học và Công nghệ", "Văn phòng Sở", "VP", ("Trung tâm Ứng dụng tiến bộ khoa học", "Chi cục Tiêu chuẩn Đo lường Chất lượng", "Phòng Quản lý khoa học", "Thanh tra Sở")),
)  # fmt: skip


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    new = d.maybe(0.25)
    place = place_since_2025(rng) if new else place_before_2025(rng)
    time = congress(rng, since_merger=new)
    name, sign, sector, contact, file, units = rng.choice(DEPARTMENTS)
    province = place.province.full
    begin(d, time, area=sector, contact=contact, congress=f"Đại hội thi đua yêu nước {province}")
    d.issuer(f"Sở {name} {province}", "province", place, district=False)
    d.header(
        [d.choose("UBND", "ỦY BAN NHÂN DÂN") + " " + upper(province)],
        [f"SỞ {upper(name)}"],
        f"Số: {{n}}/KH-{sign}",
        place.province.name,
        time.issued,
    )
    d.title("KẾ HOẠCH", d.choose(f"Tổ chức Hội nghị biểu dương điển hình tiên tiến {sector}", f"Hội nghị điển hình tiên tiến {sector}"),
            d.choose(f"giai đoạn {time.past}", f"lần thứ {time.national}, giai đoạn {time.past}"))  # fmt: skip
    d.p(upper_plan(d, time.issued, "KH", "KH-UBND", committee(place.province),
                   f"Triển khai Kế hoạch số {{code}} {{day}} của [UBND|Ủy ban nhân dân] {province} về [tổ chức đại hội thi đua yêu nước các cấp|công tác chuẩn bị Đại hội thi đua yêu nước tỉnh];"))  # fmt: skip
    if d.maybe(0.5):
        d.p(
            law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};")
            + " "
            + decree(d, time.issued, "Nghị định số {code} {day} của Chính phủ;")
        )
    d.p(f"Sở {name} xây dựng kế hoạch tổ chức Hội nghị với các nội dung cụ thể dưới đây:")
    d.h("1. MỤC ĐÍCH VÀ YÊU CẦU")
    d.h("1.1. Mục đích")
    purposes(d, rng.randint(1, 3))
    d.h("1.2. Yêu cầu")
    d.prose(prose.REQUIREMENT, rng.randint(1, 3), "- ")
    d.h("2. HỘI NGHỊ Ở CÁC ĐƠN VỊ TRỰC THUỘC")
    first = when(rng.choice(("before", "month", "quarter", "months", "month_end")), time.base, d.day_style, rng)
    verb = {True: "[phải xong trước|kết thúc trước]", False: "[diễn ra|tổ chức] {p}"}[first.start is None].replace(
        "{p}", "" if first.words.startswith("từ") else "[vào|trong]"
    )
    days = 0.5 if d.maybe() else None
    long = d.choose("nửa ngày", "½ ngày", "0,5 ngày") if days else ""
    d.p(
        "2.1. Thời gian: "
        + d.event(
            "grassroots",
            f"hội nghị cấp cơ sở {verb} {{when}}" + (f", mỗi hội nghị không quá {long}" if days else ""),
            first,
            days=days,
        )
        + "."
    )
    if d.maybe(0.4):
        point = when(rng.choice(("on", "month", "before")), time.pilot, d.day_style, rng)
        lead = "trước" if point.start is None else ("trong" if point.precision == "month" else "vào")
        d.p(
            f"Đơn vị làm điểm: {rng.choice(units)}; "
            + d.event("grassroots", f"hội nghị điểm tổ chức {lead} {{when}}", point, pilot=True, days=days)
            + "."
        )
    n = rng.choice((60, 80, 90, 100, 120))
    worker = rng.choice((50, 70, 100, 150))
    if d.maybe():
        d.p("2.2. Quy mô: " + d.limit("grassroots", "plenary", "đơn vị có dưới {k} cán bộ, viên chức [tổ chức hội nghị toàn thể|họp toàn thể]", condition=True, k=worker)
            + "; " + d.limit("grassroots", "max", "đơn vị từ {k} người trở lên [tổ chức hội nghị đại biểu, tối đa|mời không quá] {n} đại biểu", n, condition=True, k=worker) + ".")  # fmt: skip
    else:
        d.p(
            "2.2. Quy mô: "
            + d.limit("grassroots", "max", "[số đại biểu triệu tập không nhiều hơn|triệu tập nhiều nhất] {n} người", n)
            + "."
        )
    share = rng.choice((70, 75, 80, 66.67))
    if share == 66.67:
        d.p(
            "2.3. Cơ cấu: "
            + d.ratio("grassroots", "exemplary", share, "ít nhất hai phần ba số đại biểu là điển hình tiên tiến")
            + ", ưu tiên người trực tiếp làm chuyên môn."
        )
    else:
        d.p(
            "2.3. Cơ cấu: "
            + d.ratio("grassroots", "exemplary", share, "{p} là điển hình tiên tiến trực tiếp làm chuyên môn")
            + ", "
            + d.ratio("grassroots", "guests", 100 - share, "{p} là khách mời, lãnh đạo")
            + "."
        )
    d.h(f"3. HỘI NGHỊ {upper(sector)}")
    second = when(rng.choice(("on", "month", "before", "month_end")), time.upper, d.day_style, rng)
    verb = "trước" if second.start is None else "trong" if second.words.startswith("tháng") else "vào"
    extra = d.choose("một ngày", "01 ngày") if d.maybe(0.3) else d.choose("½ ngày", "một buổi")
    length = 1.0 if extra in ("một ngày", "01 ngày") else 0.5
    d.p(
        "3.1. Thời gian, địa điểm: "
        + d.event("district", f"Hội nghị {sector} họp {extra}, {verb} {{when}}", second, days=length)
        + d.choose(" tại hội trường Sở.", f" tại {place.province.name}.")
    )
    n = rng.choice((150, 180, 200, 250))
    if d.maybe():
        d.p(
            "3.2. Đại biểu: " + d.limit("district", "exact", "[tổng số|gồm] {n} đại biểu", n) + ", phân bổ tại Phụ lục."
        )
    else:
        d.p(
            "3.2. Đại biểu: "
            + d.limit("district", "approx", "[khoảng|dự kiến khoảng] {n} đại biểu", n)
            + ", phân bổ tại Phụ lục."
        )
    women = rng.choice((30, 35, 40))
    d.p("Bảo đảm cơ cấu: " + d.ratio("district", "women", women, "nữ chiếm [ít nhất|không dưới] {p}") + ", "
        + d.ratio("district", "direct_workers", rng.choice((60, 65, 70)), "người trực tiếp làm chuyên môn, nghiệp vụ [chiếm|đạt] {p}") + ".")  # fmt: skip
    d.h("3.3. Chương trình")
    for order, item in enumerate(programme(d), 1):
        d.p(f"({order}) {item}." if d.maybe(0.2) else f"({order}) {item}")
    d.h("4. KINH PHÍ")
    d.p(
        d.budget(
            f"[Sử dụng|Chi từ] nguồn kinh phí [sự nghiệp|thường xuyên] của Sở [giao năm {time.year}|được cấp]; các đơn vị trực thuộc [tự cân đối|chi từ nguồn của đơn vị]."
        )
    )
    d.h("5. PHÂN CÔNG NHIỆM VỤ")
    for index, (unit, templates) in enumerate(
        (
            (contact, prose.LEAD_TASKS),
            ("Phòng Kế hoạch - Tài chính", prose.MONEY_TASKS),
            ("Công đoàn ngành", prose.FRONT_TASKS),
            ("Các đơn vị trực thuộc", prose.BASE_TASKS),
        ),
        1,
    ):
        text = d.fill(rng.choice(templates))
        d.p(f"5.{index}. {d.task(unit, text)}: {text}")
    last = when("before", time.report, d.day_style, rng)
    enrol = when("before", time.enrol, d.day_style, rng)
    d.p(
        d.deadline("Danh sách đại biểu và báo cáo thành tích gửi về " + contact + " [chậm nhất|trước] {when};", enrol)
        + " "
        + d.deadline("báo cáo kết quả hội nghị cơ sở [gửi trước|nộp trước] {when}.", last)
    )
    d.prose(prose.CALL, 1)
    d.p("Trên đây là Kế hoạch tổ chức Hội nghị của Sở, yêu cầu các đơn vị thực hiện./.")
    recipients = [
        f"- UBND {place.province.kind} (để báo cáo);",
        f"- Ban TĐKT {place.province.kind};",
        "- Giám đốc, các PGĐ Sở;",
        "- Các đơn vị trực thuộc Sở;",
        "- Công đoàn ngành;",
        f"- Lưu: VT, {file}.",
    ]
    if d.maybe(0.6):
        d.close(recipients, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], position="Phó Giám đốc", competence="KT.")
    elif d.maybe(0.3):
        d.close(recipients, ["Q. GIÁM ĐỐC"], position="Giám đốc", competence="Q.")
    else:
        d.close(recipients, ["GIÁM ĐỐC"], position="Giám đốc", competence=None)
    if d.maybe(0.6):
        d.annex("PHỤ LỤC")
        d.p(f"Phân bổ đại biểu dự Hội nghị {sector}", bold=True, align="center")
        d.allocation(("TT", "Đơn vị", "Số đại biểu"), units, [rng.randint(3, 25) for _ in units])


FAMILY = Family("so-nganh", "train", "Kế hoạch của sở", write)
