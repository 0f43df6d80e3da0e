# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Plan of a southern district's People's Committee, held out: plain office wording, by level or by matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from corpus.families.base import Draft, Family
from corpus.families.common import begin, committee, decree, directive, law, renew, upper, upper_plan
from corpus.families.timeline import Timeline, congress
from corpus.vocabulary_places import Place, Unit, place_before_2025
from corpus.vocabulary_time import When, when

_SOUTH = {
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bến Tre", "Bình Dương", "Bình Phước", "Cà Mau", "Cần Thơ", "Đồng Nai",
    "Đồng Tháp", "Hậu Giang", "Hồ Chí Minh", "Kiên Giang", "Long An", "Sóc Trăng", "Tây Ninh", "Tiền Giang",
    "Trà Vinh", "Vĩnh Long",
}  # fmt: skip
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_AIMS = (
    "Đánh giá toàn diện việc phát động, duy trì các phong trào thi đua ở {area} từ năm {before} đến nay; [chỉ rõ nơi làm tốt, nơi còn lúng túng|nêu cho được cái hay để học, cái dở để sửa] và xác định việc phải làm trong giai đoạn {ahead}.",
    "Tuyên dương các tập thể, hộ gia đình, cá nhân tiêu biểu [trên đồng ruộng, trong nhà máy, trường học, trạm y tế|ở từng ấp, khu phố, cơ quan], qua đó [nhân lên niềm tin|khơi dậy tinh thần tương trợ] trong cộng đồng.",
    "Giới thiệu các mô hình [sản xuất sạch, liên kết tiêu thụ nông sản|tiết kiệm điện, giữ gìn hẻm phố xanh sạch|chăm lo người nghèo, gia đình chính sách] để các nơi khác [vận dụng|tìm hiểu, làm theo].",
    "Chọn đại biểu [xứng đáng|thật sự tiêu biểu] tham dự {congress}, làm cơ sở [trình khen thưởng cấp trên|lập hồ sơ khen cao].",
    "Riêng năm {lastyear}, {area} có {b} tập thể và {c} cá nhân được Chủ tịch UBND cấp huyện khen; {pct}% người được khen là người lao động trực tiếp, cao hơn {pct2}% so với năm liền trước.",
    "Từ ngày 01/01/{before} đến ngày 31/12/{lastyear}, nhân dân đóng góp {a} tỷ đồng, hiến {b} m² đất, bắc mới {pct2} cây cầu; [kết quả đó cần được ghi nhận xứng đáng|đó là thành quả của phong trào thi đua ở cơ sở].",
)
_NEEDS = (
    "Hội nghị phải [gọn, rõ trọng tâm, không phô diễn|tiết kiệm, vui tươi, đúng nghi thức]; [hạn chế tối đa hoa, quà, băng rôn|không kết hợp liên hoan, chiêu đãi].",
    "Khâu bình chọn làm công khai từ ấp, khu phố, tổ công đoàn trở lên; [không chia suất, không nể nang|tránh tình trạng năm nay người này, năm sau người khác].",
    "Báo cáo trình bày tại hội nghị dài không quá 10 trang, mỗi bài tham luận đọc trong 05 đến 07 phút, [có hình ảnh minh họa|nói thẳng vào cách làm].",
    "Các nơi được kết hợp với [hội nghị tổng kết năm|lễ kỷ niệm ngày truyền thống của địa phương, ngành] để [đỡ tốn kém|giảm số lần hội họp], song phải giữ đủ nội dung.",
)
_GUEST_LISTS = (
    "thường trực cấp ủy, HĐND, UBND, Ban Thường trực UBMTTQ Việt Nam cùng cấp; trưởng các ngành, đoàn thể",
    "lãnh đạo địa phương, đơn vị; đại diện Hội đồng Thi đua - Khen thưởng cấp trên trực tiếp; cán bộ hưu trí có uy tín",
)
_EXEMPLARS = (
    "Anh hùng, Chiến sĩ thi đua, Bà mẹ Việt Nam anh hùng, nông dân sản xuất kinh doanh giỏi, công nhân có sáng kiến, giáo viên, bác sĩ tận tụy",
    "những gương người tốt, việc tốt, tập thể dẫn đầu cụm thi đua, chủ cơ sở sản xuất có nghĩa tình với người lao động",
)
_AGENDA: tuple[tuple[tuple[str, ...], str, float], ...] = (
    (("performance",), "[văn nghệ mở màn|tiết mục đờn ca tài tử chào mừng|ca múa nhạc chào mừng đại biểu]", 0.6),
    (("flag_salute", "introduction"), "chào cờ, [nêu lý do, giới thiệu đại biểu|tuyên bố lý do và giới thiệu khách mời]", 0.8),
    (("opening",), "[Chủ tịch UBND đọc lời khai mạc|diễn văn khai mạc|lời khai mạc của Trưởng Ban Tổ chức]", 0.7),
    (("other",), "[chiếu phóng sự về quê hương, con người địa phương|xem phim tài liệu ngắn]", 0.2),
    (("summary_report",), "báo cáo kết quả 5 năm thi đua, khen thưởng {past} và [công việc trọng tâm|phương hướng] {ahead}", 1.0),
    (("exemplar_talks",), "[một số điển hình lên kể lại cách làm của mình|tham luận của tập thể, cá nhân tiêu biểu|giao lưu cùng các gương sáng]", 0.9),
    (("discussion",), "đại biểu [phát biểu ý kiến, thảo luận|thảo luận tại hội trường]", 0.35),
    (("commendation",), "[công bố quyết định khen thưởng, trao Giấy khen|tặng thưởng các điển hình tiên tiến|trao khen thưởng cho tập thể, cá nhân xuất sắc]", 1.0),
    (("superior_speech",), "[ý kiến chỉ đạo của lãnh đạo cấp trên|lãnh đạo cấp trên phát biểu]", 0.75),
    (("launch",), "[phát động thi đua giai đoạn {ahead}|Chủ tịch UBND phát động đợt thi đua mới]", 0.8),
    (("response",), "[đại diện cụm, khối thi đua đáp lời hưởng ứng|các cụm thi đua ký giao ước, phát biểu hưởng ứng]", 0.5),
    (("delegate_list",), "[thông qua danh sách đoàn đi dự hội nghị cấp trên|biểu quyết danh sách người đi dự {congress}]", 0.4),
    (("resolution",), "[thông qua nghị quyết hội nghị|đọc và biểu quyết nghị quyết]", 0.2),
    (("closing",), "[bế mạc|lời bế mạc|tổng kết, bế mạc hội nghị]", 0.9),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """What every section needs: where, when, and how the office calls its levels."""

    place: Place
    time: Timeline
    kind: str  # "huyện"
    bases: str  # "các xã, thị trấn, cơ quan, đơn vị"
    communes: str  # "xã, thị trấn"
    base_days: float | None
    upper_days: float | None
    common_length: bool  # one sentence gives the length for both levels


def _southern(rng: Random) -> Place:
    while True:
        place = place_before_2025(rng, ("quận", "huyện"))
        if place.province.name in _SOUTH:
            return place


def _calendar(rng: Random) -> Timeline:
    """Return a calendar whose conferences are over before there are no districts any more."""
    while True:
        time = congress(rng, years=(2015, 2020, 2020, 2025))
        if time.upper < date(2025, 6, 20):
            return time


def _time(d: Draft, kind: str, day: date) -> When:
    """Return a time, with two forms of the family's own: a part of a month, a day of the week."""
    rng = d.rng
    if kind == "part":
        month = when("month", day, d.day_style, rng)
        return When(
            f"{rng.choice(('đầu', 'giữa', 'trung tuần', 'hạ tuần'))} {month.words}", month.start, month.end, "month"
        )
    if kind == "weekday":
        one = when("on", day, d.day_style, rng)
        return When(f"{_WEEKDAYS[day.weekday()]}, {one.words}", one.start, one.end, "day")
    match kind:
        case "before" | "on" | "month" | "quarter" | "days" | "months":
            return when(kind, day, d.day_style, rng)
    raise ValueError(kind)


def _verb(time: When) -> str:
    """Return words that lead to *time*."""
    if time.start is None:
        return "[hoàn thành trước|tổ chức xong trước|kết thúc chậm nhất là|không để quá|muộn nhất là]"
    if time.words.startswith("từ"):
        return "[lần lượt tiến hành|diễn ra|tổ chức|tổ chức cuốn chiếu]"
    if time.precision == "day" or time.words.split()[0] in ("đầu", "giữa", "trung", "hạ"):
        return "[tổ chức|dự kiến|dự kiến diễn ra|tiến hành] vào"
    return "[tổ chức|hoàn thành|tiến hành|làm xong] trong"


def _length(days: float) -> str:
    return "[½ ngày|1/2 ngày|nửa ngày|01 buổi|một buổi|0,5 ngày]" if days == 0.5 else "[01 ngày|một ngày|1 ngày]"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- times ---------------------------------------------------------------------------------------------------------
def _held(d: Draft, plan: _Plan, level: str, time: When, days: float | None) -> str:
    """State when a level holds its conference, its length before or after unless it is said elsewhere."""
    text = f"{_verb(time)} {{when}}"
    if days and not plan.common_length:
        length = _length(days)
        text = d.rng.choice(
            (
                f"{length}, {text}",
                f"thời lượng {length}; {text}",
                f"{text}, trong {length}",
                f"{text} (mỗi hội nghị {length})" if level == "grassroots" else f"{text} (thời lượng {length})",
            )
        )
    return d.event(level, text, time, days=days)


def _base_time(d: Draft, plan: _Plan) -> str:
    kind = d.rng.choice(("before", "before", "before", "month", "quarter", "days", "months"))
    return _held(d, plan, "grassroots", _time(d, kind, plan.time.base), plan.base_days)


def _upper_time(d: Draft, plan: _Plan) -> str:
    kind = d.rng.choice(("before", "before", "month", "on", "weekday", "part", "quarter"))
    return _held(d, plan, "district", _time(d, kind, plan.time.upper), plan.upper_days)


def _pilot(d: Draft, plan: _Plan) -> str:
    time = _time(d, d.rng.choice(("before", "before", "month", "on", "weekday")), plan.time.pilot)
    chosen = " và ".join(unit.full for unit in plan.place.communes[: d.rng.choice((1, 1, 2))])
    end = f"{_verb(time)} {{when}}"
    return d.event(
        "grassroots",
        d.rng.choice(
            (
                f"Chọn {{chosen}} tổ chức hội nghị điểm, {end}",
                f"Đơn vị điểm: {{chosen}}, {end}",
                f"Hội nghị điểm tại {{chosen}} {end}",
                f"UBND {{kind}} chỉ đạo điểm ở {{chosen}}; {end}",
            )
        ),
        time,
        pilot=True,
        days=plan.base_days,
        chosen=chosen,
        kind=plan.kind,
    )


# -- numbers -------------------------------------------------------------------------------------------------------
def _base_number(d: Draft) -> list[str]:
    """State how many take part at the grassroots; returns sentences without their full stops."""
    rng = d.rng
    n = rng.choice((60, 70, 80, 90, 100, 120, 150))
    match rng.randrange(6):
        case 0:
            found = [d.limit("grassroots", "unit_decides", "[từng địa phương, đơn vị cân nhắc quy mô, tự quyết định số đại biểu|do người đứng đầu đơn vị ấn định số đại biểu cho phù hợp thực tế|giao các đơn vị chủ động xác định số lượng đại biểu]")]  # fmt: skip
        case 1:
            found = [d.limit("grassroots", "max", "do đơn vị [tự xác định|chủ động quyết định] nhưng [tối đa|không được quá] {n} đại biểu", n)]  # fmt: skip
        case 2:
            found = [
                d.limit(
                    "grassroots", "range", "[từ {lo} đến {n}|trong khoảng {lo} - {n}|{lo} đến {n}] đại biểu", n, n - 20
                )
            ]
        case 3:
            found = [
                d.limit(
                    "grassroots", "approx", "[khoảng|chừng|ước khoảng] {n} [đại biểu|người] [mỗi hội nghị|mỗi nơi]", n
                )
            ]
        case _:
            found = [d.limit("grassroots", "max", "[không quá|tối đa|nhiều nhất] {n} đại biểu[ ({words} người)|][ mỗi hội nghị|]", n)]  # fmt: skip
    if d.maybe(0.4):
        k = rng.choice((50, 70, 100, 150, 200))
        found.append(d.limit("grassroots", "plenary", "[doanh nghiệp, hợp tác xã có dưới {k} lao động thì họp toàn thể|nơi có dưới {k} công chức, viên chức, người lao động tổ chức hội nghị toàn thể|cơ quan, đơn vị chưa đến {k} người thì triệu tập toàn thể]", condition=True, k=k))  # fmt: skip
        if d.maybe(0.5):
            found.append(d.limit("grassroots", "max", "[nơi có từ {k} lao động trở lên cử đại biểu, tối đa {n} người|đơn vị từ {k} người trở lên họp đại biểu, không quá {n} đại biểu]", rng.choice((100, 120, 130)), condition=True, k=k))  # fmt: skip
    return found


def _upper_number(d: Draft, plan: _Plan, annex: bool) -> list[str]:
    rng = d.rng
    n = rng.choice((160, 180, 200, 220, 240, 250, 280, 300))
    match rng.randrange(5):
        case 0:
            found = [d.limit("district", "approx", "[khoảng|chừng|dự kiến khoảng] {n} đại biểu", n)]
        case 1:
            found = [d.limit("district", "exact", "[triệu tập {n} đại biểu|tổng số {n} đại biểu|ấn định {n} đại biểu]", n)]  # fmt: skip
        case 2:
            found = [d.limit("district", "range", "từ {lo} [đến|tới] {n} đại biểu", n, n - 30)]
        case _:
            found = [
                d.limit(
                    "district", "max", "[không quá|tối đa|không vượt] {n} đại biểu[ ({words})|][, kể cả khách mời|]", n
                )
            ]
    if not annex and d.maybe(0.35):
        found.append(d.limit("district", "exact", "mỗi {communes} [cử|chọn cử] {n} đại biểu", rng.choice((4, 5, 6, 7)), scope=plan.communes, communes=plan.communes))  # fmt: skip
    return found


def _shares(d: Draft, level: str) -> str:
    """State the shares of exemplars and guests at a level."""
    share = d.rng.choice((60, 65, 70, 75, 80))
    if d.maybe(0.15):
        return d.ratio(level, "exemplary", share, "đại biểu là điển hình tiên tiến không dưới {p}") + d.choose(
            ", còn lại là khách mời", "; phần còn lại dành cho khách mời"
        )
    about = d.maybe(0.4)
    word = d.choose("khoảng ", "chừng ", "xấp xỉ ") if about else d.choose("", "chiếm ", "đạt ")
    first = d.ratio(level, "exemplary", share, "[đại biểu điển hình tiên tiến|điển hình tiên tiến và người trực tiếp lao động, sản xuất|các gương điển hình] {w}{p}", approximate=about, w=word)  # fmt: skip
    second = d.ratio(level, "guests", 100 - share, "[đại biểu mời|khách mời, lãnh đạo các ngành|khách mời và cán bộ lãnh đạo] {w}{p}", approximate=about, w=word)  # fmt: skip
    return f"{first}{d.choose(', ', '; ')}{second}"


def _structure(d: Draft, level: str) -> str:
    """State other shares."""
    rng = d.rng
    other: list[Callable[[], str]] = [
        lambda: d.ratio(level, "women", rng.choice((25, 30, 35, 40)), "[nữ ít nhất {p}|đại biểu nữ từ {p} trở lên|phụ nữ đạt {p}]"),
        lambda: d.ratio(level, "youth", rng.choice((10, 15, 20)), "[đoàn viên, thanh niên khoảng {p}|người dưới 35 tuổi khoảng {p}]", approximate=True),
        lambda: d.ratio(level, "ethnic_minority", rng.choice((5, 8, 10, 12)), "[người dân tộc Khmer, Hoa, Chăm tối thiểu {p}|đồng bào dân tộc thiểu số chiếm {p}]"),
        lambda: d.ratio(level, "religious", rng.choice((3, 4, 5)), "[chức sắc, tín đồ tôn giáo chừng {p}|người có đạo khoảng {p}]", approximate=True),
        lambda: d.ratio(level, "party", rng.choice((45, 50, 55)), "đảng viên [không quá|chiếm] {p}"),
        lambda: d.ratio(level, "direct_workers", rng.choice((40, 45, 50)), "[công nhân, nông dân trực tiếp sản xuất|người lao động trực tiếp] [ít nhất|phải đạt] {p}"),
    ]  # fmt: skip
    return "; ".join(state() for state in rng.sample(other, rng.randint(1, 3)))


# -- sections ------------------------------------------------------------------------------------------------------
def _opening(d: Draft, plan: _Plan, district: Unit) -> None:
    rng, time = d.rng, plan.time
    province = plan.place.province
    short = province.kind if d.maybe() else province.full
    if d.maybe(0.4):
        d.p(law(d, time.issued, "Căn cứ Luật Thi đua, khen thưởng {day};"))
    if d.maybe(0.35):
        d.p(
            decree(
                d, time.issued, "Căn cứ Nghị định số {code} {day} của Chính phủ[ về công tác thi đua, khen thưởng|];"
            )
        )
    if d.maybe(0.35):
        d.p(
            directive(d, "[Quán triệt|Thực hiện] Chỉ thị số {code} {day} của Bộ Chính trị[ về công tác thi đua trong tình hình mới|];")
        )  # fmt: skip
    party, sign = ("Quận ủy", "QU") if district.kind == "quận" else ("Huyện ủy", "HU")
    if d.maybe(0.3):
        body = f"Ban Thường vụ {party} {district.place}"
        d.p(upper_plan(d, time.issued, "TB", f"-TB/{sign}", body, f"Theo Thông báo số {{code}} {{day}} của {body} về chủ trương mở hội nghị điển hình tiên tiến các cấp;"))  # fmt: skip
    d.p(
        upper_plan(d, time.issued, "KH", "KH-UBND", committee(province), f"[Thực hiện|Triển khai|Căn cứ] Kế hoạch số {{code}} {{day}} của [UBND|Ủy ban nhân dân] {short}[ về hội nghị điển hình tiên tiến các cấp|],")
        + d.choose(
            f" UBND {district.full} đề ra kế hoạch tổ chức với các nội dung sau:",
            f" Ủy ban nhân dân {district.full} lập Kế hoạch thực hiện trên địa bàn như sau:",
            f" UBND {district.kind} hướng dẫn và tổ chức hội nghị ở địa phương theo kế hoạch dưới đây:",
        )
    )  # fmt: skip
    d.h("I. MỤC ĐÍCH, YÊU CẦU")
    renew(d)
    if d.maybe():
        d.h("1. Mục đích")
        d.prose(_AIMS, rng.randint(2, 4), "- ")
        d.h("2. Yêu cầu")
        d.prose(_NEEDS, rng.randint(1, 3), "- ")
    else:
        for number, template in enumerate((*rng.sample(_AIMS, 2), *rng.sample(_NEEDS, rng.randint(1, 2))), 1):
            d.t(f"{number}. {template}")


def _common_length(d: Draft, kind: str, dash: str) -> None:
    if d.maybe():
        d.t(f"{dash}Thời lượng mỗi hội nghị, ở cơ sở cũng như ở {kind}: {_length(0.5)}.")
    else:
        d.t(f"{dash}Hội nghị ở cả hai cấp đều gói trong {_length(0.5)}.")


def _by_level(d: Draft, plan: _Plan, pilot: bool, annex: bool) -> int:
    """Write a section a level; returns how many there are."""
    d.h(f"1. {d.choose('Hội nghị cấp cơ sở', f'Đối với {plan.bases}', 'Ở cơ sở')}")
    d.t("- Hình thức: [tổ chức riêng hoặc lồng ghép|họp trực tiếp tại hội trường], lấy tên là Hội nghị điển hình tiên tiến[ kèm theo tên đơn vị|].")  # fmt: skip
    d.p("- Thời gian: " + _base_time(d, plan) + ".")
    if pilot:
        d.p("- " + _pilot(d, plan) + ".")
    _people(d, "grassroots", _base_number(d))
    d.h(f"2. {d.choose('Hội nghị cấp', 'Đối với', 'Hội nghị của')} {plan.kind}")
    d.t("- Hình thức: Hội nghị [tuyên dương|biểu dương] điển hình tiên tiến [{kind}|toàn {kind}].", kind=plan.kind)
    d.p("- Thời gian: " + _upper_time(d, plan) + ".")
    if d.maybe():
        d.t("- Địa điểm: [Hội trường UBND {kind}|Trung tâm Văn hóa {kind}|Nhà Thiếu nhi {kind}].", kind=plan.kind)
    _people(d, "district", _upper_number(d, plan, annex))
    if d.maybe(0.35):
        d.p("- Cơ cấu cần bảo đảm: " + _structure(d, "district") + ".")
    if not plan.common_length:
        return 2
    d.h("3. Thời lượng")
    _common_length(d, plan.kind, "")
    return 3


def _people(d: Draft, level: str, numbers: list[str]) -> None:
    """Write who takes part and how many, in one of two orders."""
    guests, exemplars = d.rng.choice(_GUEST_LISTS), d.rng.choice(_EXEMPLARS)
    who = f"- Thành phần: khách mời gồm {guests}; điển hình gồm {exemplars}"
    if d.maybe():
        d.p(f"{who} ({_shares(d, level)}).")
        d.p("- Số lượng: " + "; ".join(numbers) + ".")
    else:
        d.p("- Số lượng đại biểu: " + "; ".join(numbers) + ".")
        d.p(f"{who}.")
        d.p("- Tỷ lệ: " + _shares(d, level) + ".")


def _by_matter(d: Draft, plan: _Plan, pilot: bool, annex: bool) -> int:
    """Write a section for times, for people and for numbers; returns how many there are."""
    one, two = _capital(plan.bases), f"Cấp {plan.kind}"
    d.h("1. Hình thức")
    d.t("[Các cấp thống nhất tên gọi|Thống nhất lấy tên] là Hội nghị điển hình tiên tiến; [nơi đã tổ chức tổng kết năm có thể làm kết hợp|không mở thêm hội nghị chuyên đề].")  # fmt: skip
    d.h("2. Thời gian")
    d.p(f"- {one}: " + _base_time(d, plan) + ".")
    if pilot:
        d.p("- " + _pilot(d, plan) + ".")
    d.p(f"- {two}: " + _upper_time(d, plan) + ".")
    if plan.common_length:
        _common_length(d, plan.kind, "- ")
    d.h("3. Thành phần")
    d.p(f"- Khách mời: {d.rng.choice(_GUEST_LISTS)}.")
    d.p(f"- Điển hình tiên tiến: {d.rng.choice(_EXEMPLARS)}.")
    if d.maybe():
        d.p(
            d.choose("- Tỷ lệ chung cho hội nghị các cấp: ", "- Cả hai cấp cùng áp dụng tỷ lệ: ")
            + _shares(d, "any")
            + "."
        )
    else:
        d.p(f"- Tỷ lệ ở cơ sở: {_shares(d, 'grassroots')}. Tỷ lệ ở {plan.kind}: {_shares(d, 'district')}.")
    d.h("4. Số lượng")
    d.p(f"- {one}: " + "; ".join(_base_number(d)) + ".")
    d.p(f"- {two}: " + "; ".join(_upper_number(d, plan, annex)) + ".")
    if d.maybe(0.35):
        d.p(f"- Đại biểu dự hội nghị {plan.kind} cần có: " + _structure(d, "district") + ".")
    return 4


def _programme(d: Draft, number: int) -> None:
    rng = d.rng
    d.h(f"{number}. {d.choose('Chương trình', 'Nội dung, chương trình hội nghị', 'Chương trình hội nghị các cấp')}")
    items = [(kinds, d.fill(template)) for kinds, template, chance in _AGENDA if d.maybe(chance)]
    if d.maybe(0.35):
        d.p(
            d.choose("Hội nghị lần lượt tiến hành: ", "Trình tự gồm: ", "Gồm các phần việc sau: ")
            + "; ".join(d.item(kinds, text) for kinds, text in items)
            + "."
        )
    else:
        dash = rng.choice(("- ", "+ ", "- "))
        for order, (kinds, text) in enumerate(items, 1):
            d.p(dash + d.item(kinds, _capital(text)) + (";" if order < len(items) else "."))
    if d.maybe(0.45):
        low, width = rng.choice((3, 5)), rng.choice((0, 2, 2))
        size = "[có|gồm] [từ |]{lo} đến {hi}" if width else "[có|gồm] {lo}"
        d.p(d.presidium(low, low + width, f"[Đoàn Chủ tịch|Chủ tọa đoàn|Đoàn chủ tọa] {size} [người|đồng chí]") + d.choose(".", ", thư ký 02 người.", "; tổ thư ký có 02 người giúp việc."))  # fmt: skip


def _duties(d: Draft, plan: _Plan) -> None:
    rng, kind = d.rng, plan.kind
    head = [
        (f"Phòng Nội vụ {kind}", ("tham mưu thành lập Ban Tổ chức, soạn báo cáo, kịch bản; thẩm tra thành tích, trình Chủ tịch UBND {kind} khen thưởng", "theo dõi, nhắc việc các đơn vị; dự hội nghị ở cơ sở để nắm tình hình, tổng hợp báo cáo cấp trên")),
        ("Phòng Tài chính - Kế hoạch", ("xem xét dự toán, chuyển tiền đúng hẹn và hướng dẫn chứng từ thanh toán", "cân đối nguồn chi, tham mưu mức thưởng kèm theo Giấy khen")),
        ("Phòng Văn hóa và Thông tin", ("trang trí khánh tiết, treo cờ và khẩu hiệu trên các tuyến đường chính; viết bài về các gương tiêu biểu", "hướng dẫn cơ sở tuyên truyền, chọn ảnh và tư liệu làm tập san")),
        (f"Trung tâm Văn hóa, Thể thao và Truyền thanh {kind}", ("dàn dựng văn nghệ, mở chuyên mục phát thanh hằng ngày về gương người tốt", "ghi âm, ghi hình; phát các câu chuyện điển hình trên loa ấp, khu phố")),
        (f"Văn phòng HĐND và UBND {kind}", ("phát thư mời, bố trí hội trường, nước uống và nơi để xe", "sắp xếp lịch dự của lãnh đạo UBND {kind} tại các hội nghị cơ sở")),
        (f"Công an {kind}", ("giữ trật tự, hướng dẫn giao thông quanh nơi họp", "lập phương án bảo vệ, phòng cháy tại hội trường")),
        (f"Đề nghị Ủy ban MTTQ Việt Nam {kind} và các đoàn thể", ("giới thiệu gương tiêu biểu trong giới mình, vận động hội viên hưởng ứng", "cùng chính quyền bình chọn, giám sát việc xét khen ở cơ sở")),
    ]  # fmt: skip
    kept = [head[0], *(one for one in head[1:] if d.maybe(0.65))]
    last = (
        f"UBND các {plan.communes}",
        (
            "lập kế hoạch, báo cáo cấp ủy cùng cấp, mở hội nghị đúng thời gian đã định; chọn đại biểu dự hội nghị {kind}",
            "vận động nhân dân bình chọn ngay từ ấp, khu phố; tổ chức hội nghị và chăm lo phần thưởng",
        ),
    )
    style = rng.randrange(3)
    for number, (unit, texts) in enumerate((*kept, last), 1):
        name = unit.removeprefix("Đề nghị ")
        polite = "Đề nghị " if name != unit else ""
        text = d.fill(rng.choice(texts), kind=kind)
        if style == 0:
            d.h(f"{number}. {polite}{d.task(name, _capital(text))}")
            d.p(f"- {_capital(text)}.")
        elif style == 1:
            d.p(f"{number}. {polite or 'Giao '}{d.task(name, text)} {text}.")
        else:
            d.p(f"- {polite}{d.task(name, _capital(text))}: {_capital(text)}.")
    _dues(d, plan)


def _dues(d: Draft, plan: _Plan) -> None:
    """State what is due by when, after a rule for commendations that is no number of delegates."""
    if d.maybe(0.4):
        d.t("Về khen thưởng: mỗi {communes} đề nghị tối đa 02 tập thể và 03 cá nhân để Chủ tịch UBND {kind} tặng Giấy khen.", communes=plan.communes, kind=plan.kind)  # fmt: skip
    first = when("before", plan.time.enrol, d.day_style, d.rng)
    second = when("before", plan.time.report, d.day_style, d.rng)
    if d.maybe(0.6):
        d.p(d.deadline(f"[Kế hoạch của {plan.communes}, đơn vị|Bản đăng ký ngày mở hội nghị] gửi về UBND {plan.kind} (thông qua Phòng Nội vụ) [trước|chậm nhất là|hạn cuối] {{when}}.", first))  # fmt: skip
    if d.maybe(0.75):
        d.p(d.deadline(f"[Danh sách đại biểu dự hội nghị {plan.kind} cùng báo cáo thành tích|Báo cáo kết quả hội nghị ở cơ sở và hồ sơ khen thưởng] nộp cho {{contact}} [trước|chậm nhất|muộn nhất] {{when}}.", second))  # fmt: skip
    else:
        d.t("Chậm nhất 05 ngày làm việc sau khi họp xong, các đơn vị gửi báo cáo kết quả cho {contact}.")


def write(d: Draft) -> None:
    """Write one plan."""
    rng = d.rng
    place = _southern(rng)
    district = place.district
    assert district is not None
    time, kind = _calendar(rng), district.kind
    name = f"Đại hội Thi đua yêu nước {place.province.full}"
    begin(d, time, area=district.full, contact=f"Phòng Nội vụ {kind}", congress=name)
    order = ("xã", "phường", "thị trấn")
    communes = ", ".join(sorted({unit.kind for unit in place.communes}, key=order.index))
    bases = f"các {communes}" + d.choose(", cơ quan, đơn vị", " và đơn vị trực thuộc", ", cơ quan, doanh nghiệp")
    lengths = rng.choice(((0.5, 0.5, False), (0.5, 0.5, False), (0.5, 0.5, True), (0.5, 1.0, False), (0.5, None, False), (None, 0.5, False), (None, None, False)))  # fmt: skip
    plan = _Plan(place, time, kind, bases, communes, *lengths)
    d.issuer(committee(district), "district", place)
    first = d.choose("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", "UBND", "UỶ BAN NHÂN DÂN")
    parents = [f"UBND {upper(place.province.full)}"] if first == "UBND" and d.maybe(0.3) else []
    body = [f"{first} {upper(district.full)}"] if first == "UBND" else [first, upper(district.full)]
    d.header(parents, body, rng.choice(("Số: {n}/KH-UBND", "Số:{n}/KH-UBND")), district.place, time.issued)
    head = _subject(d, plan)
    tail = d.choose("giai đoạn {past}", "hướng đến {congress}", "năm {year}")
    if d.maybe(0.3):
        d.title("KẾ HOẠCH", f"Về việc tổ chức {head}", tail, alternatives=[f"tổ chức {head} {tail}"])
    else:
        d.title("KẾ HOẠCH", f"Tổ chức {head}", tail)
    _opening(d, plan, district)
    d.h("II. " + d.choose("NỘI DUNG", "NỘI DUNG VÀ CÁCH TỔ CHỨC", "HÌNH THỨC, THỜI GIAN, THÀNH PHẦN, CHƯƠNG TRÌNH"))
    annex, pilot = d.maybe(0.25), d.maybe(0.45)
    sections = (_by_level if d.maybe() else _by_matter)(d, plan, pilot, annex)
    _programme(d, sections + 1)
    d.h("III. KINH PHÍ")
    d.p(
        d.budget(
            "[Hội nghị ở cơ sở dùng dự toán năm của đơn vị; hội nghị cấp {kind} do ngân sách {kind} cấp|Sử dụng kinh phí thi đua, khen thưởng trong dự toán được giao của từng cấp|Mỗi cấp tự cân đối từ ngân sách và quỹ khen thưởng của mình].".replace(
                "{kind}", kind
            )
        )
    )
    d.h("IV. TỔ CHỨC THỰC HIỆN")
    _duties(d, plan)
    d.t("[Đề nghị thủ trưởng các đơn vị bám sát kế hoạch để thực hiện|UBND {kind} yêu cầu các nơi làm đúng tiến độ]; [gặp khó khăn thì báo ngay {contact}|điều gì chưa rõ xin trao đổi với {contact}]./.", kind=kind)  # fmt: skip
    _sign(d, plan)
    if annex:
        d.annex("PHỤ LỤC")
        d.p(d.choose("Phân bổ đại biểu dự hội nghị cấp ", "Số đại biểu các nơi cử dự hội nghị ") + kind, align="center")
        units = [_capital(unit.full) for unit in place.communes[: rng.randint(6, 15)]]
        d.allocation(
            ["STT", d.choose("Đơn vị", "Địa phương"), "Số đại biểu"], units, [rng.randint(3, 8) for _ in units]
        )


def _subject(d: Draft, plan: _Plan) -> str:
    return d.rng.choice(
        (
            f"Hội nghị điển hình tiên tiến cấp cơ sở và cấp {plan.kind}",
            f"Hội nghị điển hình tiên tiến {plan.communes}, đơn vị và {d.words['area']}",
            f"Hội nghị điển hình tiên tiến trên địa bàn {d.words['area']}",
        )
    )


def _sign(d: Draft, plan: _Plan) -> None:
    kind = plan.kind
    party = "Quận ủy" if kind == "quận" else "Huyện ủy"
    up = "Thành phố" if plan.place.province.kind == "thành phố" else "tỉnh"
    recipients = [
        f"- UBND {up};", f"- Sở Nội vụ {up};", f"- TT. {party}, TT. HĐND {kind};", f"- CT và các PCT. UBND {kind};",
        f"- UBMTTQ VN {kind} và các đoàn thể;", f"- Các phòng, ban {kind};", f"- UBND các {plan.communes};",
    ]  # fmt: skip
    kept = [line for line in recipients if d.maybe(0.75)] or recipients[:3]
    d.close_by(
        [*kept, d.choose("- Lưu: VT, PNV.", "- Lưu: VT.", "- Lưu VT.")],
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "TM."),
        (["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "KT."),
    )


FAMILY = Family("ubnd-quan", "heldout", "Kế hoạch của UBND quận, huyện phía Nam", write)
