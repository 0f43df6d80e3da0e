# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a district Fatherland Front committee, numbers only, a programme with clock times in a table."""

from __future__ import annotations

from corpus.families.base import Draft, Family
from corpus.families.common import begin, law, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when

_WHY = (
    "Ghi công các vị chức sắc, già làng, người uy tín, trưởng ban công tác Mặt trận và bà con đã đóng góp cho khối đại đoàn kết ở {area}.",
    "Qua gặp gỡ, chia sẻ cách làm của khu dân cư này cho khu dân cư khác; giữ vững nếp sống nghĩa tình, tương thân tương ái.",
    "Trong nhiệm kỳ qua, Quỹ Vì người nghèo vận động được {a} tỷ đồng, hỗ trợ {b} hộ, xóa {pct2} nhà dột nát; {pct}% khu dân cư tổ chức tốt Ngày hội Đại đoàn kết 18/11.",
    "Nội dung, hình thức phải phù hợp tập quán từng vùng, dễ nhớ, dễ làm, không gây phiền hà cho nhân dân.",
)


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng, ("huyện", "thị xã", "quận"))
    district = place.district
    assert district is not None
    time = congress(rng)
    front = f"Ủy ban Mặt trận Tổ quốc Việt Nam {district.full}"
    begin(
        d,
        time,
        area=district.full,
        contact=f"Ban Thường trực Ủy ban MTTQ Việt Nam {district.kind}",
        congress=f"hội nghị biểu dương của Mặt trận {place.province.kind}",
    )
    d.issuer(front, "district", place)
    d.header(
        ["MẶT TRẬN TỔ QUỐC VIỆT NAM"] if d.maybe(0.5) else [f"ỦY BAN MTTQ VIỆT NAM {upper(place.province.full)}"],
        ["ỦY BAN MTTQ VIỆT NAM", upper(district.full)],
        "Số: {n}/KH-MTTQ-BTT",
        district.place,
        time.issued,
    )
    d.title(
        "KẾ HOẠCH",
        "Tổ chức gặp mặt, biểu dương các điển hình tiên tiến",
        "trong phong trào thi đua do Mặt trận Tổ quốc phát động",
        f"giai đoạn {time.past}",
    )
    d.p(upper_plan(d, time.issued, "KH", "KH-MTTQ-BTT", f"Ủy ban Mặt trận Tổ quốc Việt Nam {place.province.full}",
                   f"Theo Kế hoạch số {{code}} {{day}} của Ủy ban Mặt trận Tổ quốc Việt Nam {place.province.full}[ và tình hình ở địa phương|],"))  # fmt: skip
    if d.maybe(0.3):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day},"))
    d.p(f"Ban Thường trực {front} tổ chức như sau:")
    d.h("1. Ý nghĩa")
    for template in rng.sample(_WHY, rng.randint(2, 4)):
        d.t(template)
    d.h("2. Ở xã, phường, thị trấn")
    one = when(rng.choice(("before", "month", "quarter")), time.base, d.day_style, rng)
    d.p(d.event("grassroots", f"Ban Thường trực Mặt trận cấp xã tổ chức gặp mặt, thời gian một buổi, {'trước' if one.start is None else 'trong'} {{when}}", one, days=0.5) + ". "
        + d.limit("grassroots", "approx", "Mời chừng {n} người", rng.choice((40, 50, 60, 70))) + ", chủ yếu là bà con ở khu dân cư.")  # fmt: skip
    d.h(f"3. Ở {district.kind}")
    two = when(rng.choice(("on", "month")), time.upper, d.day_style, rng)
    d.p(
        d.event(
            "district",
            f"Gặp mặt một ngày {'vào' if two.precision == 'day' else 'trong'} {{when}} tại hội trường Ủy ban Mặt trận {district.kind}",
            two,
            days=1.0,
        )
        + "."
    )
    n = rng.choice((100, 120, 140, 160))
    if d.maybe():
        d.p(d.limit("district", "max", "Tổng số người dự không quá {words} người", n) + ".")
    else:
        d.p(d.limit("district", "range", "Số người dự từ {lo} tới {n} người", n, n - 20) + ".")
    d.p("Trong số đó: " + d.ratio("district", "ethnic_minority", rng.choice((15, 20, 25)), "đồng bào dân tộc thiểu số ít nhất {p}") + "; " + d.ratio("district", "religious", rng.choice((5, 8, 10)), "chức sắc, tín đồ các tôn giáo khoảng {p}", approximate=True)
        + "; " + d.ratio("district", "women", rng.choice((30, 33, 40)), "nữ giới {p} trở lên") + "; " + d.ratio("district", "other", rng.choice((10, 15, 20)), "người ngoài Đảng chiếm {p}") + ".")  # fmt: skip
    d.h("4. Trình tự buổi gặp mặt")
    items = (
        ("07:30", ("performance",), "Văn nghệ của các câu lạc bộ"), ("08:00", ("flag_salute", "introduction"), "Chào cờ, giới thiệu đại biểu"), ("08:10", ("opening",), "Chủ tịch Ủy ban Mặt trận khai mạc"),
        ("08:20", ("summary_report",), "Báo cáo phong trào thi đua của Mặt trận {past}"), ("08:45", ("exemplar_talks",), "Các điển hình kể chuyện người thật, việc thật (tham luận)"),
        ("10:00", ("commendation",), "Biểu dương, tặng Bằng ghi công"), ("10:30", ("superior_speech",), "Phát biểu của Thường trực cấp ủy"), ("10:45", ("launch",), "Phát động thi đua {ahead}"), ("11:00", ("closing",), "Kết thúc buổi gặp mặt"),
    )  # fmt: skip
    kept = [one for one in items if one[1][0] in ("summary_report", "closing") or d.maybe(0.85)]
    if d.maybe(0.5):
        d.table(
            [
                ["Thời gian", "Nội dung", "Người thực hiện"],
                *(
                    [
                        clock.replace(":", " giờ "),
                        d.item(kinds, template),
                        rng.choice(("Ban tổ chức", "Ban Thường trực", "Văn phòng")),
                    ]
                    for clock, kinds, template in kept
                ),
            ],
            (0.2, 0.55, 0.25),
        )
    else:
        for clock, kinds, template in kept:
            d.p(f"{clock.replace(':', 'h')}: " + d.item(kinds, template) + ".")
    d.h("5. Kinh phí")
    d.p(
        d.budget(
            "[Lấy từ nguồn hoạt động của Mặt trận|Từ kinh phí chi hoạt động giao trong năm] và [ủng hộ của các nhà hảo tâm|xã hội hóa]."
        )
    )
    d.h("6. Phân công")
    for unit, text in (
        ("Văn phòng Ủy ban Mặt trận", "Lo tài liệu, giấy mời, nơi ăn nghỉ cho đại biểu ở xa."),
        ("Các tổ chức thành viên", "Giới thiệu nhân vật; cử người dự đúng thành phần."),
        ("Ban Thường trực Mặt trận cấp xã", "Bình chọn từ khu dân cư; gửi tóm tắt thành tích không quá hai trang."),
    ):
        d.p(f"- {d.task(unit, text)}: {text}")
    end = when("before", time.enrol, d.day_style, rng)
    d.p(d.deadline("Hồ sơ gửi về {contact} [trước|muộn nhất] {when}, quá hạn coi như không có nhu cầu./.", end))
    d.close_by(
        [
            f"- Ban Thường trực UBMTTQ {place.province.kind};",
            f"- TT. Huyện ủy, HĐND, UBND {district.kind};",
            "- Các tổ chức thành viên;",
            "- Mặt trận xã, thị trấn;",
            "- Lưu VP.",
        ],
        (["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"], "Chủ tịch", "TM."),
        (["TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "TM."),
        heading=d.choose("Nơi nhận:", "NƠI NHẬN:"),
    )


FAMILY = Family("mat-tran", "dev", "Kế hoạch của Ủy ban Mặt trận Tổ quốc huyện", write)
