# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a town's People's Committee: Phần, numbers with brackets, facts of both levels side by side."""

from __future__ import annotations

from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, directive, upper, upper_plan
from corpus.families.timeline import congress
from corpus.vocabulary_places import place_before_2025
from corpus.vocabulary_time import day_words, when

_AIMS = (
    "Đây là dịp để {area} cùng nhìn lại những việc đã làm, những người đã góp công trong năm năm qua, nhất là các tấm gương bình dị ở khu dân cư, nhà máy, trường học.",
    "Thông qua hội nghị, khích lệ lòng yêu nghề, yêu quê hương; đưa phong trào thi đua về đúng nghĩa là việc làm thường ngày của mỗi người, mỗi nhà.",
    "Tuyển chọn đại biểu ưu tú tham gia {congress}; hoàn thiện hồ sơ đề nghị khen cao đối với [các trường hợp đủ điều kiện|những đơn vị nhiều năm dẫn đầu].",
    "Năm {lastyear}, thu ngân sách của {area} vượt {pct2}% so với dự toán, {pct}% khu phố được công nhận văn hóa, 100% trường học đạt chuẩn; thành tích ấy có phần đóng góp lớn của các điển hình.",
    "Các cấp, các ngành xác định rõ trách nhiệm của mình trong việc chăm lo, bồi dưỡng nhân tố mới, không để phong trào lắng xuống sau hội nghị.",
)
_DUTIES = (
    (
        "Phòng Nội vụ",
        "Là đầu mối tổng hợp; soạn thảo báo cáo trung tâm, kịch bản điều hành; tham mưu khen thưởng ngay tại hội nghị.",
    ),
    ("Phòng Tài chính - Kế hoạch", "Thẩm tra dự toán, cấp phát kịp thời, hướng dẫn chứng từ."),
    ("Phòng Văn hóa và Thông tin", "Lo phần khánh tiết, tuyên truyền cổ động và xây dựng phim tư liệu."),
    (
        "Trung tâm Văn hóa, Thông tin và Thể thao",
        "Dàn dựng chương trình nghệ thuật; ghi hình, phát lại trên sóng truyền thanh.",
    ),
    ("Văn phòng HĐND và UBND", "Gửi giấy mời, chuẩn bị phòng họp, phân công đón khách."),
    ("Công an", "Phân luồng, giữ trật tự quanh khu vực diễn ra hội nghị."),
)


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = place_before_2025(rng, ("thành phố", "thị xã"))
    town = place.district
    assert town is not None
    time = congress(rng)
    province = place.province.full
    begin(d, time, area=town.full, contact="Phòng Nội vụ", congress=f"Đại hội thi đua yêu nước {province}")
    d.issuer(committee(town), "district", place)
    d.header(
        [],
        ["UỶ BAN NHÂN DÂN" if d.maybe() else "ỦY BAN NHÂN DÂN", upper(town.full)],
        "Số: {n}/KH-UBND",
        town.place,
        time.issued,
    )
    d.title("KẾ HOẠCH", "Về việc tổ chức Hội nghị tuyên dương gương điển hình tiên tiến", f"{town.full} và cấp cơ sở, giai đoạn {time.past}",
            alternatives=[f"tổ chức Hội nghị tuyên dương gương điển hình tiên tiến {town.full} và cấp cơ sở, giai đoạn {time.past}"])  # fmt: skip
    issuer = committee(place.province)
    d.p(upper_plan(d, time.issued, "KH", "KH-UBND", issuer, "Tiếp nhận Kế hoạch số {code} do UBND tỉnh ban hành {day}, ") + "sau khi thống nhất với Ban Thường vụ " + ("Thành ủy" if town.kind == "thành phố" else "Thị ủy") + ", "
        + f"{committee(town)} đề ra kế hoạch thực hiện trên địa bàn, cụ thể:")  # fmt: skip
    if d.maybe(0.4):
        d.p(
            directive(d, "Kế hoạch này cũng nhằm cụ thể hóa Chỉ thị số {code} {day} của Bộ Chính trị")
            + d.choose(".", " và các văn bản liên quan.")
        )
    if d.maybe(0.3):
        d.p(decree(d, time.issued, "Việc xét chọn thực hiện theo Nghị định số {code} {day} của Chính phủ") + ".")
    d.h("Phần thứ nhất" if d.maybe() else "PHẦN I", center=True)
    d.h("MỤC TIÊU VÀ YÊU CẦU ĐẶT RA", center=True)
    for number, template in enumerate(rng.sample(_AIMS, rng.randint(3, 5)), 1):
        d.p(f"{number}) " + d.fill(template))
    d.h("Phần thứ hai" if d.maybe() else "PHẦN II", center=True)
    d.h("TỔ CHỨC HỘI NGHỊ", center=True)
    d.h("1) Thời điểm và thời lượng")
    pilot = when(rng.choice(("before", "on")), time.pilot, d.day_style, rng)
    one = when(rng.choice(("before", "before", "months", "month")), time.base, d.day_style, rng)
    two = when(rng.choice(("on", "before", "month")), time.upper, d.day_style, rng)
    has_pilot = d.maybe(0.6)
    chosen = rng.choice(place.communes)
    lead = "phải kết thúc trước" if one.start is None else "mở" if one.words.startswith("từ") else "mở trong"
    d.p(f"a) {d.choose('Xã, phường', 'Phường, xã và các cơ quan trực thuộc')}: " + d.event("grassroots", f"[mỗi nơi họp|họp gọn trong] một buổi, {lead} {{when}}", one, days=0.5) + ". "
        + ((d.event("grassroots", f"Riêng {chosen.full} được chọn làm điểm, {'mở' if pilot.start else 'xong trước'} {{when}}", pilot, pilot=True, days=0.5) + " để các nơi khác học tập.") if has_pilot else ""))  # fmt: skip
    lead = "trước" if two.start is None else ("vào" if two.precision == "day" else "trong")
    d.p(
        f"b) {town.kind.capitalize()}: "
        + d.event("district", f"[ấn định|dự định] mở {lead} {{when}}, gói gọn trong nửa ngày", two, days=0.5)
        + "."
    )
    d.h("2) Số người dự")
    n, m = rng.choice((90, 110, 130, 150)), rng.choice((200, 230, 260, 300))
    if d.maybe(0.3):
        k = rng.choice((100, 150, 200))
        d.p(
            "a) Cơ sở: "
            + d.limit(
                "grassroots", "max", "mời chừng nào đủ thành phần, [nhưng không vượt|song không quá] {n} người", n
            )
            + "; "
            + d.limit(
                "grassroots",
                "plenary",
                "doanh nghiệp ít hơn {k} lao động mời tất cả cùng dự (hội nghị toàn thể)",
                condition=True,
                k=k,
            )
            + "."
        )
    elif d.maybe(0.3):
        d.p(
            "a) Cơ sở: "
            + d.limit("grassroots", "unit_decides", "nơi mở hội nghị tự ấn định số người dự")
            + ", tùy sức chứa của hội trường."
        )
    else:
        d.p("a) Cơ sở: " + d.limit("grassroots", "range", "{lo} - {n} người", n, n - 30) + ".")
    if d.maybe(0.5):
        d.p(
            f"b) {town.kind.capitalize()}: "
            + d.limit("district", "max", "nhiều nhất là {n} người", m)
            + "; mỗi "
            + d.limit("district", "exact", "xã, phường cử {n} người", rng.choice((3, 4, 5, 8)), scope="xã, phường")
            + "."
        )
    else:
        d.p(f"b) {town.kind.capitalize()}: " + d.limit("district", "exact", "{n} đại biểu chính thức", m) + ".")
    share = rng.choice((65, 70, 75))
    about = d.maybe(0.4)
    word = d.choose("độ ", "khoảng ") if about else ""
    d.p(
        "c) Tỷ lệ áp dụng cho cả hai cấp: "
        + d.ratio("any", "exemplary", share, "gương điển hình {w}{p}", approximate=about, w=word)
        + "; "
        + d.ratio("any", "guests", 100 - share, "khách và người lãnh đạo {w}{p}", approximate=about, w=word)
        + "."
    )
    if d.maybe(0.4):
        d.p(
            d.fill("Khi lựa chọn cần để ý: ")
            + d.ratio("any", "women", rng.choice((30, 35, 40)), "phụ nữ chiếm từ {p} trở lên")
            + ", "
            + d.ratio("any", "religious", 5, "người có đạo [đạt |]tối thiểu {p}")
            + "."
        )
    d.h("3) Diễn tiến hội nghị")
    items = (
        (("flag_salute",), "Hát Quốc ca, chào cờ"), (("introduction",), "Giới thiệu người dự"), (("opening",), "Lãnh đạo UBND {kind} khai mạc"),
        (("summary_report",), "Nghe báo cáo tóm tắt kết quả thi đua, khen thưởng {past} và hướng đi {ahead}"), (("exemplar_talks",), "Trò chuyện cùng các điển hình"), (("discussion",), "Đại biểu trao đổi, thảo luận"),
        (("commendation",), "Vinh danh, trao Giấy khen"), (("superior_speech",), "Lãnh đạo tỉnh phát biểu"), (("launch",), "Chủ tịch UBND {kind} phát động thi đua chặng đường mới"),
        (("response",), "Đại diện các khối thi đua hưởng ứng"), (("delegate_list",), "Công bố danh sách người dự {congress}"), (("closing",), "Bế mạc"),
    )  # fmt: skip
    dash = d.choose("+ ", "• ", "- ", "")
    for kinds, template in items:
        if kinds[0] in ("summary_report", "commendation", "closing") or d.maybe(0.75):
            d.p(dash + d.item(kinds, template, kind=town.kind) + ".")
    if d.maybe(0.4):
        low = rng.choice((3, 5, 7))
        d.p(d.presidium(low, low + 2, "Điều hành hội nghị là đoàn chủ tịch {lo} đến {hi} người."))
    d.h("4) Tiền chi")
    d.p(
        d.budget(
            "[Cấp nào mở hội nghị thì ngân sách cấp ấy lo|Chi trong dự toán đã giao đầu năm], [có thể vận động thêm từ doanh nghiệp|không phát sinh ngoài dự toán]."
        )
    )
    d.h("Phần thứ ba" if d.maybe() else "PHẦN III", center=True)
    d.h("PHÂN VIỆC", center=True)
    for number, (unit, text) in enumerate((duty for duty in _DUTIES if d.maybe(0.75)), 1):
        d.p(f"{number}) {d.task(unit, text)}. {text}")
    end = when("before", time.report, d.day_style, rng)
    d.p(
        d.deadline(
            "UBND các xã, phường gửi báo cáo kết quả, kèm danh sách người dự cấp trên, cho Phòng Nội vụ [không muộn hơn|trước] {when}.",
            end,
        )
    )
    d.t(
        "Kế hoạch này thay cho văn bản đã gửi "
        + day_words(time.issued.replace(day=1), d.day_style)
        + " (nếu có). Vướng mắc xin phản ánh qua {contact}./."
    )
    party = "Tỉnh ủy" if place.province.kind == "tỉnh" else "Thành ủy"
    recipients = [
        f"- TT. {party}, UBND {place.province.kind};",
        "- Sở Nội vụ;",
        "- Các phòng, ban chuyên môn;",
        "- UBND xã, phường;",
        "- Lưu: VT.",
    ]
    d.close_by(
        recipients[rng.randrange(2) :],
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "TM."),
        (["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ"], "Trưởng phòng Nội vụ", "TUQ."),
    )


FAMILY = Family("ubnd-thanh-pho", "dev", "Kế hoạch của UBND thành phố, thị xã", write)
