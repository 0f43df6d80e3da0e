# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Guidance of a province's Farmers' Union, held out: conferences of communes, districts and the province; plain words."""

from __future__ import annotations

from datetime import date, timedelta

from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, letters, renew, upper, upper_plan
from corpus.families.timeline import Timeline, congress
from corpus.vocabulary_places import Place, place_before_2025
from corpus.vocabulary_time import When, WhenKind, when, workday

_WHY = (
    "Qua 5 năm, xem lại [phong trào nông dân thi đua làm giàu|công việc của Hội và phong trào nông dân] trong tỉnh [được những gì, còn vướng chỗ nào|mạnh ở đâu, yếu ở đâu], từ đó [bàn cách làm tiếp|sửa cách làm cho sát với nhà nông].",
    "[Cảm ơn và khen ngợi|Nêu tên, trao phần thưởng cho] những hộ nông dân [dám nghĩ, dám làm|chịu khó học kỹ thuật mới], [làm ra của cải chính đáng|thu nhập cao] mà không quên [giúp bà con nghèo|góp công, góp đất làm đường làng].",
    "Để nông dân [gặp nhau, trao đổi|nghe nhau kể] [chuyện giống má, phân bón, đầu ra|cách vay vốn, cách liên kết bao tiêu], [về áp dụng ngay trên ruộng vườn nhà mình|mang cái hay về cho chi hội mình].",
    "[Giúp|Làm cho] cán bộ Hội [gần hội viên hơn|nhìn rõ việc phải làm], [thu hút thêm người vào Hội|củng cố các chi hội, tổ hội nghề nghiệp], nhất là ở [thôn, bản xa|nơi phong trào còn yếu].",
    "[Lập thành tích|Thi đua] [mừng Ngày thành lập Hội Nông dân Việt Nam 14/10|hướng tới kỷ niệm ngày 14/10/1930], chào đón năm {year} với [vụ mùa thắng lợi|những cánh đồng lớn, những vườn cây sạch].",
)
_NUMBERS = (
    "Năm {lastyear} toàn tỉnh có {c} hộ đạt danh hiệu sản xuất, kinh doanh giỏi, bằng {pct}% số hộ đăng ký; [Quỹ Hỗ trợ nông dân cho vay {a} tỷ đồng|hơn {b} lao động có việc làm đều]; riêng [hộ khá, giàu tăng {pct2}%|hộ nghèo giảm {pct2}%].",
    "So với hội nghị năm {before}, số [tổ hợp tác|hợp tác xã] do Hội vận động lập nên tăng {pct2}%; {b} hộ [có mức lãi|thu] từ 300 triệu đồng mỗi năm; song {few} huyện [chưa có|còn thiếu] mô hình liên kết theo chuỗi.",
    "Hiện cả tỉnh có {b} chi hội với trên {c} hội viên sinh hoạt đều; trong đó {pct}% chi hội [xếp loại khá trở lên|có quỹ hoạt động].",
)
_HOW = (
    "[Chọn người|Bình chọn] từ [chi hội, tổ hội|tổ hội] đi lên, [hội viên bàn bạc và biểu quyết|có biên bản họp], [không chỉ định sẵn|không chia đều cho các nơi]; dành phần nhiều cho [hộ làm thật, lãi thật|người ở cơ sở].",
    "[Làm gọn|Tổ chức gọn gàng], [vui|đầm ấm], hợp thời vụ; [tránh lúc gieo cấy, thu hoạch|không họp vào lúc nông dân bận mùa]; [không ăn uống linh đình|kinh phí của Hội chi đúng việc, đúng mức].",
    "[Nơi nào|Cơ sở nào] gặp [dịch bệnh cây trồng, vật nuôi|bão lũ] thì [báo lên Hội cấp trên xin lùi ngày|bàn với cấp ủy để đổi ngày cho hợp].",
    "Bài nói ở hội nghị [viết như lời kể|dùng lời lẽ nhà nông], [mỗi bài chừng 5 phút|không đọc quá 07 phút], có [con số thu chi rõ ràng|ảnh chụp mô hình kèm theo].",
)
_WHO = (
    "Người được mời là [hội viên|nông dân] [làm ăn giỏi, ăn ở tốt|đã qua bình xét từ chi hội], [nhà không nợ thuế|gia đình chấp hành tốt pháp luật], có [ít nhất 02 năm|3 năm liền] giữ danh hiệu.",
    "Chọn đủ các nghề: [trồng trọt, chăn nuôi|lúa, màu, cây ăn trái], [thủy sản, làm muối|trồng rừng], [chế biến, dịch vụ|nghề truyền thống]; có [cán bộ chi hội hoạt động tốt|chủ trang trại, giám đốc hợp tác xã].",
    "[Bên cạnh hội viên còn có|Khách của hội nghị là] [nhà khoa học, ngân hàng|cán bộ khuyến nông], [doanh nghiệp bao tiêu nông sản|đại diện các ngành gắn với nhà nông].",
)
_LENGTHS = {
    0.5: ("một buổi", "nửa ngày", "1/2 ngày", "01 buổi"),
    1.0: ("một ngày", "01 ngày", "trọn một ngày"),
    1.5: ("một ngày rưỡi", "1,5 ngày"),
}
_TASKS = (
    (("Ban Kinh tế - Xã hội Hội Nông dân {kind}", "Ban Kinh tế Hội Nông dân {kind}"), (
        "[soạn báo cáo chung|viết báo cáo 5 năm], đọc và sửa bài nói của các hộ; cùng Văn phòng [dựng gian nông sản|lo chỗ bày hàng].",
        "nắm số liệu từ huyện gửi lên, [xét thành tích từng hộ|chọn các hộ tiêu biểu nhất], trình Ban Thường vụ quyết định khen.",
    )),
    (("Ban Tổ chức - Kiểm tra Hội Nông dân {kind}", "Ban Xây dựng Hội"), (
        "[soát tư cách người dự|xem xét danh sách người được mời], ghi tên vào sổ, [làm thẻ|phát thẻ]; đi cơ sở xem việc chuẩn bị.",
        "theo dõi các huyện làm đến đâu, [nhắc nơi chậm|gỡ khó cho nơi yếu], mỗi tuần báo lại Thường trực Hội.",
    )),
    (("Văn phòng Hội Nông dân {kind}",), (
        "lo [giấy mời, chỗ ngồi, nước uống|xe đưa đón, chỗ nghỉ cho người ở xa]; giữ liên lạc với [nơi cho mượn hội trường|các huyện].",
        "làm dự toán, [mua phần thưởng|in kỷ yếu, khung bằng], thanh toán khi xong việc.",
    )),
    (("Trung tâm Dạy nghề và Hỗ trợ nông dân", "Ban Điều hành Quỹ Hỗ trợ nông dân"), (
        "[mang giống mới, máy móc tới trưng bày|giới thiệu các dự án vay vốn hiệu quả]; giúp hộ điển hình [viết bài|dựng phim ngắn].",
    )),
    (("Hội Nông dân các huyện, thị xã, thành phố", "Ban Thường vụ Hội Nông dân cấp huyện"), (
        "bàn với cấp ủy cùng cấp rồi ra văn bản cho cơ sở làm; [cử người xuống dự|dự] hội nghị ở xã; [tự lo hội nghị của mình|mở hội nghị của mình] đúng lịch.",
        "[dồn sức cho nơi làm điểm|làm thử một xã rồi mới nhân ra], giúp xã yếu; chọn người giỏi nhất lên tỉnh.",
    )),
    (("Hội Nông dân xã, phường, thị trấn", "Ban Chấp hành Hội cơ sở"), (
        "họp các chi hội để bình chọn, [xin ý kiến Đảng ủy|thưa với cấp ủy]; [nhờ loa truyền thanh nói về các hộ giỏi|tuyên truyền ở buổi sinh hoạt chi hội].",
    )),
)  # fmt: skip
_ITEMS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("other",), ("Đại biểu xem gian bày nông sản", "Chiếu phim ngắn về nông thôn trong tỉnh")),
    (("performance",), ("[Ca múa|Dân ca] của đội văn nghệ nông dân", "[Văn nghệ|Hát, múa] mở đầu hội nghị do hội viên trình bày")),
    (("flag_salute",), ("Chào cờ[, cả hội trường hát Quốc ca|]", "Nghi thức chào cờ tại hội trường")),
    (("introduction",), ("Nói rõ lý do, giới thiệu [khách và đại biểu|những người về dự]", "Ban tổ chức giới thiệu đại biểu các đoàn")),
    (("opening",), ("Chủ tịch Hội [đọc lời khai mạc|khai mạc hội nghị]", "Lời khai mạc của Thường trực Hội")),
    (("summary_report",), ("Báo cáo 5 năm nông dân thi đua sản xuất, kinh doanh giỏi ({past})[ và việc phải làm trong {ahead}|]", "Thường trực Hội báo cáo tổng kết phong trào nông dân [giai đoạn|thời kỳ] {past}")),
    (("exemplar_talks",), ("Nghe [04 đến 06|05] nông dân giỏi kể cách làm ăn", "Các điển hình [lên nói kinh nghiệm của mình|tham luận về mô hình đang làm]", "Tọa đàm, hỏi đáp với các hộ điển hình")),
    (("discussion",), ("[Người dự|Đại biểu] thảo luận, hiến kế cho phong trào", "Thảo luận chung tại hội trường")),
    (("superior_speech",), ("[Đại diện|Lãnh đạo] cấp ủy và Hội cấp trên phát biểu", "Lãnh đạo cấp trên có ý kiến chỉ đạo với hội nghị")),
    (("commendation",), ("Đọc quyết định khen, trao [Bằng khen|giấy khen và quà] cho nông dân giỏi", "Tuyên dương, [trao Kỷ niệm chương cho|tặng thưởng] các hộ điển hình")),
    (("launch",), ("Chủ tịch Hội phát động thi đua {ahead}", "Phát động nông dân thi đua [giai đoạn mới|những năm sau]")),
    (("response",), ("Một hội viên thay mặt bà con hưởng ứng lời phát động", "Các đoàn ký cam kết hưởng ứng thi đua")),
    (("delegate_list",), ("Đọc và biểu quyết danh sách người đi dự hội nghị cấp trên", "Thông qua danh sách đại biểu lên dự cấp trên")),
    (("closing",), ("[Tóm tắt kết quả và bế mạc|Lời bế mạc của Chủ tịch Hội]", "Bế mạc, chụp ảnh lưu niệm")),
)  # fmt: skip


def _at(time: When) -> str:
    """Return the slot for a time with the word that stands before it."""
    if time.start is None:
        return "trước {when}"
    if time.words.startswith("từ"):
        return "{when}"
    return "vào {when}" if time.precision == "day" or time.words.startswith("cuối") else "trong {when}"


def _verb(time: When) -> str:
    """Return a clause for holding a conference at *time*."""
    if time.start is None:
        return "[tổ chức xong|họp xong|phải xong] trước {when}|[họp|tổ chức] chậm nhất là {when}|[kết thúc|hoàn tất] trước {when}"
    at = _at(time)
    return f"[mở|họp|tiến hành] {at}|[dự kiến|được ấn định] {at}|[sẽ mở|tổ chức] {at}"


def _begin(d: Draft, place: Place, time: Timeline) -> str:
    """Write what stands over the first section; returns the conference's name."""
    rng = d.rng
    province = place.province.full
    begin(d, time, area=f"nông dân {province}", contact=d.rng.choice(("Ban Kinh tế - Xã hội Hội Nông dân tỉnh", "Văn phòng Hội Nông dân tỉnh")), congress=f"Hội nghị của Hội Nông dân {province}")  # fmt: skip
    d.words["kind"] = place.province.kind
    d.gold["document_type"] = "HD"
    d.issuer(f"Hội Nông dân {province}", "province", place, district=False)
    d.header(
        [d.choose("HỘI NÔNG DÂN VIỆT NAM", "TRUNG ƯƠNG HỘI NÔNG DÂN VIỆT NAM")],
        ["HỘI NÔNG DÂN", upper(province)] if d.maybe(0.4) else [f"HỘI NÔNG DÂN {upper(province)}"],
        rng.choice(("Số: {n}/HD-HND", "Số: {n}-HD/HNDT", "Số {n}-HD/HND", "Số: {n} - HD/HNDT")),
        place.province.name,
        time.issued,
    )
    name = d.choose(
        "Hội nghị điển hình tiên tiến",
        "Hội nghị biểu dương nông dân sản xuất, kinh doanh giỏi",
        "Hội nghị biểu dương nông dân sản xuất kinh doanh giỏi",
    )
    if name.endswith("tiên tiến"):
        d.title("HƯỚNG DẪN", d.choose("Tổ chức", "Về việc tổ chức") + f" {name} các cấp Hội", f"trong phong trào nông dân {time.past}")  # fmt: skip
    else:
        d.title("HƯỚNG DẪN", f"{d.choose('Tổ chức', 'Mở')} {name}", f"ba cấp, giai đoạn {time.past}")
    if d.gold["subject"].startswith("Về việc "):
        d.gold["subject_alternatives"] = [d.gold["subject"].replace("Về việc tổ chức", "Tổ chức", 1)]
    centre = rng.choice(("Trung ương Hội Nông dân Việt Nam", "Ban Thường vụ Trung ương Hội Nông dân Việt Nam"))
    kind, word, sign = rng.choice((("HD", "Hướng dẫn", "-HD/HNDTW"), ("KH", "Kế hoạch", "-KH/HNDTW"), ("HD", "Hướng dẫn", "HD-HNDTW")))  # fmt: skip
    d.p(upper_plan(d, time.issued, kind, sign, centre, f"[Theo|Làm theo|Thực hiện] {word} số {{code}} {{day}} của {centre} [về gặp mặt, khen thưởng nông dân giỏi|nói về các hội nghị năm {time.year}];"))  # fmt: skip
    if d.maybe(0.5):
        d.p(upper_plan(d, time.issued, "KH", "KH-UBND", committee(place.province), f"[Dựa vào|Cùng với] Kế hoạch số {{code}} {{day}} của [UBND|Ủy ban nhân dân] {province} [về thi đua năm {time.year}|về các hội nghị thi đua trong tỉnh];"))  # fmt: skip
    if d.maybe(0.35):
        code = f"{rng.randint(2, 40):02d}-NQ/HNDT"
        day = time.issued - timedelta(days=rng.randint(60, 400))
        d.p(d.basis("NQ", code, day, f"Ban Chấp hành Hội Nông dân {province}", f"[Để làm đúng|Nhằm đưa vào cuộc sống] Nghị quyết số {{code}} {{day}} của Ban Chấp hành Hội Nông dân {province} [về phong trào thi đua|về công tác Hội];"))  # fmt: skip
    d.t("Ban Thường vụ Hội Nông dân {kind} [hướng dẫn các cấp Hội những việc sau|nêu những việc các cấp Hội cần làm như dưới đây]:")  # fmt: skip
    return name


def _purpose(d: Draft) -> None:
    rng = d.rng
    d.h(d.choose("I. MỤC ĐÍCH, YÊU CẦU", "I. MỤC ĐÍCH - YÊU CẦU", "I- MỤC ĐÍCH, YÊU CẦU"))
    parted = d.maybe(0.6)
    if parted:
        d.h("1. Mục đích")
    if d.maybe(0.6):
        renew(d)
        d.prose(_NUMBERS, 1, "- ")
    d.prose(_WHY, rng.randint(2, 3), "- ")
    if parted:
        d.h("2. Yêu cầu")
    d.prose(_HOW, rng.randint(1, 3), "- ")


def _times(d: Draft, place: Place, time: Timeline, name: str) -> date:
    """Write when the conferences of the three levels take place, perhaps a pilot's; returns when the lowest are over."""
    rng = d.rng
    d.h(d.choose("II. HÌNH THỨC, THỜI GIAN", "II. HÌNH THỨC VÀ THỜI GIAN TỔ CHỨC", "II- HÌNH THỨC, THỜI GIAN"))
    d.p("1. Hình thức: " + d.choose(f"mỗi cấp mở một {name}", f"cả ba cấp đều gọi là {name}", "họp mặt tại hội trường, không họp qua mạng") + d.choose("; nơi nào tiện thì ghép với hội nghị cuối năm của Hội.", ", do Ban Thường vụ Hội cùng cấp đứng ra mời.", "."))  # fmt: skip
    with_pilot = d.maybe(0.45)
    kinds: tuple[WhenKind, ...] = ("before", "before", "month", "quarter")
    top = when(rng.choice(("on", "month", "quarter", "month_end", "before")), time.top, d.day_style, rng)
    middle = when(rng.choice(("before", "month", "month_end", "days")), time.upper, d.day_style, rng)
    while middle.end > top.end:
        middle = when(rng.choice(("before", "month")), time.upper, d.day_style, rng)
    if not with_pilot:
        kinds = (*kinds, "days", "months", "month_end")
    lower = when(rng.choice(kinds), time.base, d.day_style, rng)
    while lower.end > middle.end:  # a quarter may reach beyond the district's day
        lower = when(rng.choice(kinds), time.base, d.day_style, rng)
    lengths: list[float | None] = [0.5, rng.choice((0.5, 0.5, 1.0)), rng.choice((0.5, 1.0, 1.0, 1.5))]
    apart = d.maybe(0.4)  # the lengths of all three stand in a sentence of their own
    if not apart:
        lengths = [length if d.maybe(0.7) else None for length in lengths]
    words = ["" if length is None else d.choose(*_LENGTHS[length]) for length in lengths]
    levels = ("grassroots", "district", "province")
    spans = (lower, middle, top)
    long = [f"[, họp trong|, thời lượng|, kéo dài] {length}" if length and not apart else "" for length in words]
    if apart:
        d.p(f"2. {d.choose('Thời lượng', 'Độ dài hội nghị')}: cấp cơ sở {words[0]}, cấp huyện {words[1]}, cấp tỉnh {words[2]}.")  # fmt: skip
    head = "3. " if apart else "2. "
    shape = rng.randrange(3)
    if shape == 0:
        d.h(f"{head}Thời gian")
        labels = ("[Cấp cơ sở|Ở cơ sở|Hội Nông dân xã, phường, thị trấn]", "[Cấp huyện|Ở huyện|Hội Nông dân huyện, thị xã, thành phố]", "[Cấp tỉnh|Ở tỉnh|Hội Nông dân tỉnh]")  # fmt: skip
        for level, label, span, length, tail in zip(levels, labels, spans, lengths, long, strict=True):
            d.p("- " + d.event(level, f"{label}: [{_verb(span)}]{tail}", span, days=length) + ".")
    elif shape == 1:
        subjects = ("hội nghị ở [xã, phường, thị trấn|cơ sở]", "hội nghị [cấp huyện|ở huyện]", "hội nghị [toàn tỉnh|cấp tỉnh]")  # fmt: skip
        clauses = [d.event(level, f"{subject} [{_verb(span)}]{tail}", span, days=length) for level, subject, span, length, tail in zip(levels, subjects, spans, lengths, long, strict=True)]  # fmt: skip
        d.p(f"{head}Thời gian: " + "; ".join(clauses) + ".")
    else:
        d.h(f"{head}Lịch của từng cấp")
        titles = ("Cơ sở", "Huyện, thị xã, thành phố", "Tỉnh")
        for order, (level, label, span, length, tail) in enumerate(zip(levels, titles, spans, lengths, long, strict=True)):  # fmt: skip
            d.p(f"{letters(order)}) {label}", italic=True)
            text = d.event(level, f"Hội nghị [{_verb(span)}]{tail}", span, days=length)
            d.p(text + (f", tại {d.choose('Trung tâm Hội nghị tỉnh', 'hội trường Tỉnh ủy')}." if level == "province" else "."))  # fmt: skip
    if with_pilot:
        point = when(rng.choice(("before", "on", "month")), time.pilot, d.day_style, rng)
        district = place.district
        assert district is not None
        if d.maybe(0.6):
            d.p(d.event("grassroots", f"[Làm điểm|Chỉ đạo điểm]: Hội Nông dân {place.commune.full} ({district.full}) [mở hội nghị điểm|họp điểm] {_at(point)}", point, pilot=True, days=lengths[0]) + d.choose("; các nơi khác cử người tới học.", ", sau đó rút kinh nghiệm chung."))  # fmt: skip
        else:
            d.p(d.event("district", f"[Tỉnh chọn|Ban Thường vụ chọn] Hội Nông dân {district.full} làm điểm cho cấp huyện, hội nghị điểm họp {_at(point)}", point, pilot=True, days=lengths[1]) + ".")  # fmt: skip
    return date.fromisoformat(lower.end)


def _lower_number(d: Draft) -> str:
    rng = d.rng
    n = rng.choice((60, 70, 80, 90, 100))
    match rng.randrange(5):
        case 0:
            return d.limit("grassroots", "max", "[triệu tập|mời] [nhiều nhất là|tối đa] {n} [đại biểu|người]", n) + "."
        case 1:
            return d.limit("grassroots", "range", "[trong khoảng|từ] {lo} đến {n} đại biểu", n, n - rng.choice((10, 20))) + d.choose(", tùy số hội viên.", ".")  # fmt: skip
        case 2:
            k = rng.choice((300, 500, 800))
            return d.limit("grassroots", "max", "cơ sở có dưới {k} hội viên [mời|chỉ mời] không quá {n} đại biểu", n, condition=True, k=k) + "; " + d.limit("grassroots", "max", "cơ sở có từ {k} hội viên trở lên [mời|được mời] không quá {n} đại biểu", n + rng.choice((30, 40, 50)), condition=True, k=k) + "."  # fmt: skip
        case 3:
            return d.limit("grassroots", "unit_decides", "số đại biểu do [Ban Chấp hành Hội cơ sở quyết định|Hội cơ sở tự xác định|Hội cơ sở xem xét, quyết định]") + d.choose(", hợp với chỗ ngồi.", ".")  # fmt: skip
        case _:
            return d.limit("grassroots", "approx", "[chừng|vào khoảng|khoảng] {n} đại biểu", n) + "."


def _middle_number(d: Draft) -> str:
    rng = d.rng
    n = rng.choice((100, 120, 130, 150))
    match rng.randrange(4):
        case 0:
            return d.limit("district", "max", "không vượt quá {n} [đại biểu|đại biểu, tính cả khách]", n) + "."
        case 1:
            return (
                d.limit(
                    "district",
                    "range",
                    "[ít nhất {lo}, nhiều nhất {n} đại biểu|{lo} - {n} đại biểu]",
                    n,
                    n - rng.choice((20, 30)),
                )
                + "."
            )
        case 2:
            each = rng.choice((3, 4, 5, 6))
            return d.limit("district", "approx", "[chừng|ước khoảng] {n} đại biểu", n) + "; " + d.limit("district", "exact", "mỗi xã, phường, thị trấn cử {n} đại biểu", each, scope="mỗi xã, phường, thị trấn") + "."  # fmt: skip
        case _:
            return d.limit("district", "exact", "[ấn định|gồm đủ] {n} đại biểu[ ({words} người)|]", n) + "."


def _top_number(d: Draft, place: Place) -> tuple[str, list[int]]:
    """Write the number of the province's delegates; returns it with the share of each district, if an annex has it."""
    rng = d.rng
    count = len(place.districts)
    match rng.randrange(4):
        case 0:
            shares = [rng.randint(6, 16) for _ in range(count)]
            return d.limit("province", "exact", "[tất cả là|tổng cộng] {n} đại biểu [chính thức|do các huyện cử lên]", sum(shares)) + ", chia cho từng nơi như biểu kèm theo.", shares  # fmt: skip
        case 1:
            each = rng.choice((8, 10, 12))
            whole = (each * count * 4 // 3) // 10 * 10 + 10
            return d.limit("province", "max", "[kể cả khách mời không nhiều hơn {n} người|tính chung cả khách mời, cao nhất là {n} người]", whole) + "; " + d.limit("province", "exact", "mỗi huyện, thị xã, thành phố cử {n} đại biểu", each, scope="mỗi huyện, thị xã, thành phố") + ".", []  # fmt: skip
        case 2:
            return d.limit("province", "max", "[tối đa {n}|không quá {words}] đại biểu", rng.choice((180, 200, 250, 300))) + ", Ban Thường vụ sẽ báo số của từng huyện.", []  # fmt: skip
        case _:
            n = rng.choice((200, 220, 250, 300))
            return d.limit("province", "range", "từ {lo} tới {n} đại biểu", n, n - rng.choice((20, 50))) + ".", []


def _shares(d: Draft, level: str) -> list[str]:
    """State one to four shares of the delegates of *level*."""
    rng = d.rng
    parts = []
    if d.maybe(0.75):
        share = rng.choice((65, 70, 75, 80))
        about = d.choose("", "", "khoảng ", "chừng ")
        parts = [
            d.ratio(level, "exemplary", share, "[các điển hình tiên tiến, hộ sản xuất kinh doanh giỏi|nông dân điển hình được biểu dương] {about}{p}", approximate=bool(about), about=about),
            d.ratio(level, "guests", 100 - share, "[khách mời và lãnh đạo|lãnh đạo các ngành, khách mời] {about}{p}", approximate=bool(about), about=about),
        ]  # fmt: skip
    pool = [
        ("women", (25, 30, 35), "[nữ|phụ nữ|chị em] [ít nhất là|không dưới|phải đạt] {p}"),
        ("ethnic_minority", (10, 15, 20), "[người dân tộc thiểu số|hội viên là đồng bào dân tộc ít người] [từ {p} trở lên|đạt {p}]"),
        ("direct_workers", (50, 55, 60), "người [trực tiếp cày cấy, chăn nuôi|đang trực tiếp sản xuất trên đồng ruộng] [chiếm|phải có] {p}"),
        ("youth", (15, 20, 25), "nông dân trẻ[ dưới 35 tuổi|] [phấn đấu đạt|chiếm] {p}"),
        ("religious", (5, 8, 12), "[bà con có đạo|hội viên là tín đồ các tôn giáo] {p}"),
        ("party", (20, 40, 45), "[hội viên là đảng viên|đảng viên] [cỡ|khoảng] {p}"),
    ]  # fmt: skip
    for category, percents, template in rng.sample(pool, rng.randint(0 if parts else 2, 2)):
        parts.append(d.ratio(level, category, rng.choice(percents), template, approximate=category == "party"))
    return parts


def _delegates(d: Draft, place: Place) -> list[int]:
    """Write how many delegates each level has and who they are; returns the districts' shares for an annex."""
    d.h(d.choose("III. SỐ LƯỢNG, THÀNH PHẦN ĐẠI BIỂU", "III. SỐ LƯỢNG VÀ THÀNH PHẦN ĐẠI BIỂU", "III- ĐẠI BIỂU: SỐ LƯỢNG, THÀNH PHẦN"))  # fmt: skip
    annex: list[int] = []
    common = d.maybe(0.45)
    headed = d.maybe(0.6)
    for order, (level, label) in enumerate((("grassroots", "Hội nghị cấp cơ sở"), ("district", "Hội nghị cấp huyện"), ("province", "Hội nghị cấp tỉnh")), 1):  # fmt: skip
        if level == "grassroots":
            number = _lower_number(d)
        elif level == "district":
            number = _middle_number(d)
        else:
            number, annex = _top_number(d, place)
        if headed:
            d.h(f"{order}. {label}")
            d.p("- Số lượng: " + number)
            if d.maybe(0.6):
                d.prose(_WHO, 1, "- Thành phần: ")
        else:
            d.p(f"{order}. {label}: {number}")
        if not common and (level != "grassroots" or d.maybe(0.6)):
            d.p(f"{'- ' if headed else ''}Cơ cấu: {'; '.join(_shares(d, level))}.")
    if common:
        d.p(f"4. Cơ cấu {d.choose('dùng chung cho cả ba cấp', 'áp dụng như nhau ở các cấp')}:")
        parts = _shares(d, "any")
        for order, part in enumerate(parts, 1):
            d.p(f"+ {part}{'.' if order == len(parts) else ';'}")
    elif not headed:
        d.prose(_WHO, 1, d.choose("4. Thành phần: ", "* Lưu ý: "))
    return annex


def _programme(d: Draft) -> None:
    rng = d.rng
    d.h(d.choose("IV. NỘI DUNG, CHƯƠNG TRÌNH", "IV. NỘI DUNG VÀ CHƯƠNG TRÌNH HỘI NGHỊ", "IV- NỘI DUNG, CHƯƠNG TRÌNH"))
    must = ("summary_report", "commendation", "closing")
    parts = [d.item(kinds, rng.choice(options)) for kinds, options in _ITEMS if kinds[0] in must or d.maybe(0.62)]
    match rng.randrange(4):
        case 0:
            run = "; ".join(f"({order}) {part}" for order, part in enumerate(parts, 1))
            d.p(f"{d.choose('Hội nghị các cấp đi theo thứ tự', 'Trình tự')}: {run}.")
        case 1:
            d.p(d.choose("Hội nghị mỗi cấp có các phần:", "Buổi họp đi theo trình tự:"))
            for order, part in enumerate(parts, 1):
                d.p(f"{order}. {part}.")
        case 2:
            d.p(d.choose("Chương trình:", "Các phần của hội nghị:"))
            for order, part in enumerate(parts, 1):
                d.p(f"- {part}{'.' if order == len(parts) else ';'}")
        case _:
            d.p(d.choose("Chương trình mẫu cho các cấp:", "Nội dung chính:"))
            for order, part in enumerate(parts):
                d.p(f"{letters(order)}) {part}")
    if d.maybe(0.6):
        low, high = rng.choice(((3, 5), (3, 3), (5, 7), (2, 3)))
        size = "{hi}" if low == high else "[từ |]{lo} đến {hi}"
        d.p(d.presidium(low, high, f"[Đoàn Chủ tịch|Chủ tọa đoàn] [có|gồm] {size} [người|vị], [do Ban Thường vụ Hội giới thiệu|có ít nhất một nông dân giỏi]."))  # fmt: skip


def _work(d: Draft, time: Timeline, over: date) -> None:
    rng = d.rng
    d.h(d.choose("V. TỔ CHỨC THỰC HIỆN", "V- TỔ CHỨC THỰC HIỆN", "V. PHẦN VIỆC CỦA CÁC CẤP HỘI"))
    for order, (units, texts) in enumerate(rng.sample(_TASKS[:4], rng.randint(1, 3)) + list(_TASKS[4:]), 1):
        text = d.choose(*texts)
        d.p(f"{order}. {d.task(d.choose(*units), text)}: {text}")
    if d.maybe(0.65):
        d.p("* Kinh phí: " + d.budget("[hội nghị cấp nào do Hội cấp ấy chi|mỗi cấp Hội tự bố trí cho hội nghị của mình], [đề nghị ngân sách cùng cấp hỗ trợ một phần|vận động doanh nghiệp tặng thêm phần thưởng]."))  # fmt: skip
    enrol, report = (
        when("before", day, d.day_style, rng)
        for day in (time.enrol, max(time.report, workday(over + timedelta(days=rng.randint(4, 9)))))
    )
    if d.maybe(0.6):
        d.p(d.deadline("* [Hồ sơ khen thưởng|Danh sách hộ được đề nghị khen] [xin gửi|chuyển] về {contact} [trước|không muộn hơn] {when}.", enrol))  # fmt: skip
    d.p(d.deadline("* Mở xong hội nghị ở cơ sở, các huyện [viết báo cáo gửi|báo kết quả bằng văn bản] về tỉnh [trước|muộn nhất là] {when}.", report))  # fmt: skip
    d.t("[Có gì chưa rõ|Chỗ nào còn vướng], xin [hỏi|liên hệ] {contact} để [cùng bàn|được giải đáp]./.")


def write(d: Draft) -> None:
    """Write one guidance."""
    rng = d.rng
    place = place_before_2025(rng, ("huyện", "thị xã"))
    while place.province.kind != "tỉnh":
        place = place_before_2025(rng, ("huyện", "thị xã"))
    time = congress(rng)
    name = _begin(d, place, time)
    _purpose(d)
    over = _times(d, place, time, name)
    annex = _delegates(d, place)
    _programme(d)
    _work(d, time, over)
    recipients = [
        "- [Trung ương Hội|TW Hội Nông dân Việt Nam] (b/c);",
        "- Thường trực Tỉnh ủy, UBND tỉnh (b/c);",
        *(["- Ban Dân vận Tỉnh ủy, Sở Nội vụ;"] if d.maybe(0.6) else []),
        *(["- Ủy viên Ban Chấp hành Hội Nông dân tỉnh;"] if d.maybe(0.5) else []),
        "- Hội Nông dân các huyện, thị xã, thành phố;",
        "- [Lưu VP|Lưu: VT, KTXH].",
    ]
    d.close_by(
        recipients,
        (["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"], "Chủ tịch", "TM."),
        (["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
        (["T/M BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "TM."),
        heading=d.choose("Nơi nhận:", "NƠI NHẬN:", "Nơi nhận:"),
    )
    if annex:
        d.annex("BIỂU CHIA SỐ ĐẠI BIỂU")
        d.p("dự hội nghị cấp tỉnh", italic=True, align="center")
        d.allocation(("TT", "Nơi cử", "Số người"), [f"Hội Nông dân {unit.full}" for unit in place.districts], annex)


FAMILY = Family("hoi-nong-dan", "heldout", "Hướng dẫn của Hội Nông dân tỉnh", write)
