# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Guidance of a provincial union federation: Roman sections, a), plus signs; three levels; limits with conditions."""

from __future__ import annotations

from datetime import timedelta

from corpus import vocabulary_prose as prose
from corpus.families.base import Draft, Family
from corpus.families.common import begin, decree, letters, purposes, upper
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import when


def write(d: Draft) -> None:
    """Write one guidance."""
    rng = d.rng
    place = place_before_2025(rng)
    time = congress(rng)
    province = place.province.full
    kind = place.province.kind
    begin(
        d,
        time,
        area=f"công nhân, viên chức, lao động {province}",
        contact=f"Ban Chính sách Pháp luật LĐLĐ {kind}",
        congress=f"Hội nghị điển hình tiên tiến {kind}",
    )
    d.gold["document_type"] = "HD"
    d.issuer(f"Liên đoàn Lao động {province}", "province", place, district=False)
    d.header([d.choose("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "TỔNG LĐLĐ VIỆT NAM")], ["LIÊN ĐOÀN LAO ĐỘNG", upper(province)] if d.maybe() else [f"LIÊN ĐOÀN LAO ĐỘNG {upper(province)}"],
             "Số: {n}/HD-LĐLĐ", place.province.name, time.issued)  # fmt: skip
    d.title("HƯỚNG DẪN", d.choose("Tổ chức Hội nghị biểu dương điển hình tiên tiến trong công nhân,", "Tổ chức Hội nghị điển hình tiên tiến các cấp công đoàn trong công nhân,"),
            f"viên chức, lao động giai đoạn {time.past}")  # fmt: skip
    day = time.issued - timedelta(days=rng.randint(20, 80))
    d.p(d.basis("HD", f"{rng.randint(100, 999)}/HD-TLĐ", day, "Tổng Liên đoàn Lao động Việt Nam",
                "Thực hiện Hướng dẫn số {code} {day} của Tổng Liên đoàn Lao động Việt Nam về tổ chức hội nghị điển hình tiên tiến các cấp trong hệ thống công đoàn;"))  # fmt: skip
    if d.maybe(0.5):
        d.p(decree(d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ về công tác thi đua, khen thưởng;"))
    d.t(f"Ban Thường vụ Liên đoàn Lao động {kind} hướng dẫn các cấp công đoàn [tổ chức|triển khai] như sau:")
    d.h("I. MỤC ĐÍCH - YÊU CẦU")
    purposes(d, rng.randint(2, 3), "- ")
    d.prose(prose.REQUIREMENT, rng.randint(1, 2), "- ")
    d.h("II. HÌNH THỨC, QUY MÔ, THỜI GIAN")
    d.h("1. Công đoàn cơ sở")
    workers = rng.choice((100, 150, 200, 300))
    n = rng.choice((100, 120, 150))
    d.p("+ Hình thức: " + d.limit("grassroots", "plenary", "[nơi có dưới {k} lao động|doanh nghiệp, đơn vị dưới {k} lao động] thì tổ chức hội nghị toàn thể", condition=True, k=workers) + "; "
        + d.limit("grassroots", "max", "[nơi có|doanh nghiệp, đơn vị] từ {k} lao động trở lên thì tổ chức hội nghị đại biểu, số lượng [không quá|tối đa] {n} người", n, condition=True, k=workers) + ".")  # fmt: skip
    one = when(rng.choice(("before", "months", "month", "quarter")), time.base, d.day_style, rng)
    half = d.choose("½ ngày", "một buổi", "nửa ngày")
    verb = "hoàn thành trước" if one.start is None else "tiến hành" if one.words.startswith("từ") else "tiến hành trong"
    d.p("+ Thời gian: " + d.event("grassroots", f"{half}, {verb} {{when}}", one, days=0.5) + ".")
    if d.maybe(0.4):
        d.t(
            "+ Hội nghị có thể [gắn|kết hợp] với hội nghị người lao động đầu năm; doanh nghiệp có dưới 10 đoàn viên thì ghép theo cụm."
        )
    d.h("2. Công đoàn cấp trên trực tiếp cơ sở")
    n2 = rng.choice((120, 150, 180, 200))
    d.p(
        "+ Số lượng: "
        + d.limit(
            "district",
            "range",
            "từ {lo} đến {n} đại biểu[ ({w})|]",
            n2,
            n2 - rng.choice((20, 30, 50)),
            w="kể cả khách mời",
        )
        + "."
    )
    two = when(rng.choice(("before", "month")), time.upper, d.day_style, rng)
    verb = "xong trước" if two.start is None else "xong trong"
    d.p("+ Thời gian: " + d.event("district", f"{half}, {verb} {{when}}", two, days=0.5) + ".")
    if d.maybe(0.4):
        pilot = when("month", time.pilot, d.day_style, rng)
        d.p(
            "+ "
            + d.event(
                "district",
                f"LĐLĐ {kind} chọn Công đoàn ngành Giáo dục làm điểm, hội nghị điểm tổ chức trong {{when}}",
                pilot,
                pilot=True,
                days=0.5,
            )
            + "."
        )
    d.h(f"3. Liên đoàn Lao động {kind}")
    n3 = rng.choice((200, 250, 300, 350))
    d.p("+ Số lượng: " + d.limit("province", "max", "không quá {n} đại biểu chính thức", n3) + ".")
    three = when(rng.choice(("month", "quarter", "on")), time.top, d.day_style, rng)
    d.p(
        "+ Thời gian: "
        + d.event(
            "province",
            f"01 ngày, [dự kiến |]{'vào' if three.precision == 'day' else 'trong'} {{when}}",
            three,
            days=1.0,
        )
        + "."
    )
    d.h("III. THÀNH PHẦN, CƠ CẤU ĐẠI BIỂU")
    d.t(
        "Đại biểu là những công nhân, viên chức, lao động có thành tích [xuất sắc|nổi trội], được tập thể nơi làm việc [giới thiệu|bầu chọn]. Cơ cấu chung cho các cấp:"
    )
    direct = rng.choice((60, 65, 70, 75))
    d.p(
        "- "
        + d.ratio(
            "any",
            "direct_workers",
            direct,
            "[công nhân, lao động trực tiếp|người lao động trực tiếp sản xuất] chiếm {about}{p}",
            approximate=True,
            about=d.choose("khoảng ", "xấp xỉ "),
        )
        + ";"
    )
    d.p("- " + d.ratio("any", "women", rng.choice((30, 40, 45)), "[nữ|lao động nữ] [ít nhất|từ] {p}") + ";")
    d.p(
        "- "
        + d.ratio(
            "any",
            "youth",
            rng.choice((20, 25, 30)),
            "đoàn viên trẻ[ dưới 35 tuổi|] {p}",
        )
        + "."
    )
    if d.maybe(0.5):
        d.t(
            "Giai đoạn trước, số đại biểu là công nhân trực tiếp [mới đạt|chỉ đạt] {pct}% nên lần này cần [đặc biệt lưu ý|khắc phục]."
        )
    d.h("IV. NỘI DUNG CHƯƠNG TRÌNH")
    items = [
        (("performance",), "Văn nghệ [công nhân|quần chúng] chào mừng"), (("introduction",), "Ổn định tổ chức, giới thiệu đại biểu"), (("opening",), "Chủ tịch công đoàn khai mạc"),
        (("summary_report",), "Báo cáo tổng kết phong trào thi đua trong công nhân, viên chức, lao động {past}, phương hướng {ahead}"),
        (("exemplar_talks",), "[Phát biểu tham luận|Tọa đàm, giao lưu] của các điển hình[, chiến sĩ thi đua|]"), (("superior_speech",), "Phát biểu của lãnh đạo cấp ủy và công đoàn cấp trên"),
        (("commendation",), "Trao Bằng Lao động sáng tạo, Giấy khen cho các điển hình"), (("delegate_list",), "Bỏ phiếu, thông qua danh sách đại biểu dự hội nghị công đoàn cấp trên"),
        (("launch",), "Phát động các phong trào thi đua [những năm tới|{ahead}]"), (("closing",), "Bế mạc hội nghị"),
    ]  # fmt: skip
    kept = [one for one in items if one[0] in ((("summary_report",)), ("commendation",), ("closing",)) or d.maybe(0.8)]
    for index, (kinds, template) in enumerate(kept):
        d.p(
            f"{letters(index)}) {d.item(kinds, template)};"
            if index < len(kept) - 1
            else f"{letters(index)}) {d.item(kinds, template)}."
        )
    d.h("V. TỔ CHỨC THỰC HIỆN")
    text = d.fill(rng.choice(prose.LEAD_TASKS))
    d.p(f"1. {d.task(f'Ban Chính sách Pháp luật LĐLĐ {kind}', text)}: {text}")
    text = d.fill(rng.choice(prose.MONEY_TASKS))
    d.p(f"2. {d.task(f'Ban Tài chính LĐLĐ {kind}', text)}: {text}")
    text = d.fill(rng.choice(prose.BASE_TASKS))
    d.p(f"3. {d.task('Các LĐLĐ huyện, công đoàn ngành', text)}: {text}")
    if d.maybe(0.7):
        d.p(
            "4. Kinh phí: "
            + d.budget(
                "[Trích từ|Chi từ] tài chính công đoàn [cùng cấp|theo phân cấp], vận động chuyên môn hỗ trợ thêm."
            )
        )
    late = when("before", time.report, d.day_style, rng)
    d.p(d.deadline(f"Báo cáo kết quả và danh sách đại biểu gửi về LĐLĐ {kind} [chậm nhất vào|trước] {{when}}./.", late))
    recipients = [
        "- Tổng LĐLĐ Việt Nam (b/c);",
        f"- Ban Dân vận {'Tỉnh' if kind == 'tỉnh' else 'Thành'} ủy;",
        f"- Các ban LĐLĐ {kind};",
        "- Các LĐLĐ huyện, công đoàn ngành;",
        "- Lưu: VT, CSPL.",
    ]
    d.close_by(
        recipients,
        ([d.choose("TM. BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ"), "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "TM."),
        (["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"], "Chủ tịch", "TM."),
    )


FAMILY = Family("lien-doan-lao-dong", "train", "Hướng dẫn của Liên đoàn Lao động tỉnh", write)
