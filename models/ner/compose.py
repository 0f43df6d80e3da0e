"""Labelled sentences for training: frames of our own filled with bodies, people, places, dates and figures.

A frame names its slots by label (``{ORG}``); what fills a slot is its entity, so that the labels are exact. The
frames are of training only; the test set was written apart from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from random import Random

from corpus.vocabulary import number_words, person
from pipeline.lexicon import units
from pipeline.lexicon.names import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES
from pipeline.lexicon.syllables import strip_marks

Example = tuple[str, list[tuple[int, int, str]]]

_FIELDS = (
    "Nội vụ", "Tài chính", "Y tế", "Tư pháp", "Xây dựng", "Công Thương", "Giáo dục và Đào tạo",
    "Nông nghiệp và Môi trường", "Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội",
    "Thông tin và Truyền thông", "Khoa học và Công nghệ", "Kế hoạch và Đầu tư", "Tài nguyên và Môi trường",
    "Giao thông vận tải", "Ngoại vụ", "Dân tộc và Tôn giáo", "Công an", "Quốc phòng", "Nông nghiệp và PTNT", "GD&ĐT",
    "VHTT&DL", "LĐ-TB&XH", "Tài chính - Kế hoạch", "Kinh tế", "Kinh tế và Hạ tầng", "Văn hóa - Xã hội",
    "Kinh tế, Hạ tầng và Đô thị",
)  # fmt: skip
_HEADS = (  # heads that a unit follows: Ủy ban nhân dân tỉnh Hà Nam, or its kind alone: UBND tỉnh
    "Ủy ban nhân dân", "UBND", "UBND", "Hội đồng nhân dân", "HĐND", "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Ủy ban MTTQ Việt Nam", "Ủy ban MTTQ", "Liên đoàn Lao động", "LĐLĐ", "Hội Liên hiệp Phụ nữ", "Hội Nông dân",
    "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Hội Khuyến học", "Hội Người cao tuổi",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn TNCS Hồ Chí Minh", "Ban Chỉ huy Quân sự", "Bộ Chỉ huy Quân sự",
    "Công an", "Tòa án nhân dân", "Viện Kiểm sát nhân dân", "Kho bạc Nhà nước", "Bảo hiểm xã hội", "Chi cục Thống kê",
    "Hội đồng Thi đua - Khen thưởng", "HĐTĐKT", "Ban Chấp hành Đảng bộ", "Ban Thường vụ", "Đảng ủy", "Đảng bộ",
    "Ban Tuyên giáo", "Ban Tổ chức", "Ban Dân vận", "Văn phòng HĐND và UBND", "Văn phòng UBND", "Trung tâm Y tế",
    "Trung tâm Văn hóa - Thể thao", "Hội Nhà báo", "Hội Luật gia", "Liên minh Hợp tác xã",
    "Liên hiệp các Hội Khoa học và Kỹ thuật", "Hội Văn học nghệ thuật", "Đài Phát thanh và Truyền hình",
    "Ban Quản lý các khu công nghiệp", "Thanh tra", "Bệnh viện Đa khoa", "Ban Thi đua - Khen thưởng",
    "Trung tâm Phục vụ hành chính công", "Hiệp hội Doanh nghiệp", "Ban Đại diện Hội người cao tuổi",
    "Ngân hàng Chính sách xã hội", "Chi cục Kiểm lâm", "Hội Doanh nhân trẻ",
)  # fmt: skip
_ALONE = (
    "Chính phủ", "Thủ tướng Chính phủ", "Quốc hội", "Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng",
    "Ủy ban Thường vụ Quốc hội", "Văn phòng Chính phủ", "Tổng Liên đoàn Lao động Việt Nam",
    "Hội đồng Thi đua - Khen thưởng Trung ương", "Trung ương Hội Nông dân Việt Nam", "Trung ương Đoàn",
    "Ban Thi đua - Khen thưởng Trung ương", "Tỉnh ủy", "Huyện ủy", "Thành ủy", "Thị ủy", "Quận ủy", "Tỉnh đoàn",
    "Huyện đoàn", "Thành đoàn", "Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Huyện ủy", "Ban Thường vụ Đảng ủy",
    "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Công đoàn Viên chức tỉnh", "Tập đoàn Điện lực Việt Nam",
    "Tổng công ty Lương thực miền Bắc", "Báo Nhân Dân", "Cục Thuế", "Tổng cục Thống kê", "Cục Hải quan",
    "Kiểm toán Nhà nước", "Thanh tra Chính phủ", "Ngân hàng Nhà nước Việt Nam", "Hội đồng thi đua, khen thưởng",
    "Thường trực Tỉnh ủy", "Thường trực HĐND", "Ban Thường trực Ủy ban MTTQ", "Viettel", "VNPT", "VTV",
)  # fmt: skip
_NAMED = (
    "Hoa Sen", "Lê Lợi", "Kim Đồng", "Nguyễn Trãi", "Hòa Bình", "An Phú", "Đại Thành", "Minh Khai", "Tân Tiến",
    "Sao Mai", "Hưng Thịnh",
)  # fmt: skip
_COMPANIES = (
    "Công ty TNHH", "Công ty Cổ phần", "Công ty TNHH MTV", "Trường THPT", "Trường THCS", "Trường Tiểu học",
    "Trường Mầm non", "Trường Đại học", "Hợp tác xã", "Quỹ Tín dụng nhân dân", "Trường Cao đẳng", "Bệnh viện",
)  # fmt: skip
_TYPES = (
    "Kế hoạch", "Quyết định", "Chỉ thị", "Nghị quyết", "Công văn", "Hướng dẫn", "Thông báo", "Tờ trình", "Báo cáo",
    "Nghị định", "Thông tư", "Kết luận", "Quy định", "Thông tri", "Đề án", "Chương trình", "Văn bản",
    "Thông tư liên tịch", "Công điện", "Quy chế",
)  # fmt: skip
_SIGNS = (
    "KH", "QĐ", "CT", "NQ", "CV", "HD", "TB", "TTr", "BC", "NĐ", "TT", "KL", "QyĐ",
)  # fmt: skip
_BODIES = (
    "UBND", "HĐND", "SNV", "SYT", "SGDĐT", "BCĐ", "HĐTĐKT", "LĐLĐ", "MTTQ", "BNV", "TTg", "CP", "BTC", "BGDĐT",
    "UBND-NC", "TĐKT", "BTV", "SNN", "ĐTN", "HPN", "HND", "VP", "STC", "BCA", "BCH", "TLĐ",
)  # fmt: skip
_PARTY = (
    "TW", "TU", "HU", "ĐU", "TU", "QU", "BTCTW", "ĐUK", "BTGTU",
)  # fmt: skip
_LAWS = (
    "Luật Thi đua, khen thưởng", "Luật Tổ chức chính quyền địa phương", "Luật Ngân sách nhà nước", "Luật Công đoàn",
    "Luật Đất đai", "Luật Ban hành văn bản quy phạm pháp luật", "Luật Thanh niên", "Luật Mặt trận Tổ quốc Việt Nam",
    "Điều lệ Công đoàn Việt Nam", "Luật Phòng, chống tham nhũng", "Điều lệ Đảng", "Pháp lệnh Dân quân tự vệ",
    "Luật Bảo hiểm y tế", "Luật Giáo dục", "Bộ luật Lao động",
    "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng", "Luật Thuế giá trị gia tăng",
    "Luật Khoáng sản", "Luật Hải quan",
)  # fmt: skip
_ROLES = (
    "Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch Thường trực", "Bí thư", "Phó Bí thư", "Phó Bí thư Thường trực",
    "Giám đốc", "Phó Giám đốc", "Bộ trưởng", "Thứ trưởng", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng",
    "Phó Trưởng phòng", "Trưởng ban", "Phó Trưởng ban", "Hiệu trưởng", "Phó Hiệu trưởng", "Cục trưởng",
    "Chi cục trưởng", "Viện trưởng", "Chánh án", "Chánh Thanh tra", "Ủy viên", "Ủy viên Thường trực", "Thư ký",
    "Tổng Giám đốc", "Kế toán trưởng", "Trưởng Công an", "Tổ trưởng", "Phó Chủ tịch Thường trực", "Thủ trưởng",
    "Chỉ huy trưởng", "Chính ủy", "Trưởng đoàn", "Ủy viên Ban Thường vụ", "Vụ trưởng", "Phó Vụ trưởng",
    "Trưởng Ban Tổ chức", "Quyền Chủ tịch", "Đội trưởng", "Trưởng khoa",
)  # fmt: skip
_NOUNS = (
    "đại biểu", "người", "đồng chí", "cán bộ", "đại biểu chính thức", "khách mời", "đoàn viên", "hội viên",
    "đảng viên", "cá nhân", "tập thể", "ủy viên", "thành viên", "giáo viên", "công nhân", "học viên",
    "gương điển hình", "hộ gia đình", "đại biểu khách mời", "chiến sĩ",
)  # fmt: skip

_FRAMES = """
Thực hiện {DOC} {DATE} của {ORG} về việc tổ chức hội nghị điển hình tiên tiến
Căn cứ {DOC} {DATE} của {ORG};
Căn cứ {LAW} {DATE};
Căn cứ {LAW}; {DOC} {DATE} của {ORG} quy định chi tiết thi hành
Căn cứ {LAW} và các văn bản hướng dẫn thi hành;
Theo đề nghị của {ROLE} {ORG} tại {DOC} {DATE}.
Xét đề nghị của {ROLE} {ORG},
{ORG} xây dựng kế hoạch tổ chức đại hội thi đua yêu nước {LOC} giai đoạn {TERM} như sau:
{ORG} ban hành kế hoạch triển khai như sau
{ORG}
{ORG_CAPS}
{ORG_CAPS}
TM. {ORG_CAPS}
KT. {ROLE_CAPS}
{ROLE_CAPS}
TL. {ROLE_CAPS}
{PER}
{PER_CAPS}
{ROLE} {PER}
Số: {CODE}
{LOC_BARE}, {DATE}
- {ORG};
- {ORG} (báo cáo);
- {ORG} (để b/c);
- {ORG}, {ORG};
+ {ROLE} {ORG};
- Như trên; {ORG}; Lưu: VT, {ABBR}.
Kính gửi: {ORG}
Kính gửi: {ROLE} {ORG}
1. {ORG}: chủ trì, phối hợp với {ORG} tham mưu tổ chức hội nghị
- {ORG} phối hợp {ORG} và {ORG} thẩm định hồ sơ trước {DATE}
Giao {ORG} chủ trì, phối hợp các cơ quan liên quan hoàn thành trước {DATE}
Hội nghị cấp cơ sở hoàn thành trước {DATE}, cấp huyện xong trước {DATE}
Thời gian: từ {RANGE}; địa điểm: tại {HALL}, {LOC}
Thời gian: 01 ngày, dự kiến {DATE}
Thời gian tổ chức: 7 giờ 30, {DATE}, tại hội trường {ORG}
Số lượng đại biểu: không quá {COUNT}
Số lượng triệu tập: {COUNT}, trong đó {COUNT} là điển hình tiên tiến, chiếm {RATIO}
Tổng số {COUNT}, gồm {COUNT} và {COUNT}
Mỗi đơn vị cử {COUNT}; {ORG} cử {COUNT} dự hội nghị
Cấp xã từ {COUNT}; cấp huyện tối đa {COUNT}
Khoảng {COUNT}, trong đó đại biểu nữ chiếm {RATIO}, dân tộc thiểu số ít nhất {RATIO}
Đại biểu là nữ đạt {RATIO}; đại biểu trẻ tuổi chiếm từ {RATIO} trở lên
Cơ cấu: điển hình tiên tiến {RATIO}, khách mời {RATIO}
Đồng chí {PER}, {ROLE} {ORG} chủ trì hội nghị
Đ/c {PER} - {ROLE} {ORG}: Trưởng ban
Ông {PER}, {ROLE} {ORG}, {ROLE} Ban Chỉ đạo
Bà {PER}, {ROLE}, chịu trách nhiệm chung
Ban tổ chức gồm đồng chí {PER} làm {ROLE}, đồng chí {PER} làm {ROLE}
Báo cáo gửi về {ORG} (qua {ORG}) chậm nhất {DATE}
Các cơ quan gửi danh sách về {ORG} trước {DATE} để tổng hợp trình {ROLE} {ORG} xem xét
Mọi thông tin liên hệ đồng chí {PER}, {ROLE} {ORG}, điện thoại 0912 345 678
Phong trào thi đua trong {DATE} và {DATE} trên địa bàn {LOC} đạt nhiều kết quả
Địa bàn {LOC}, {LOC} và {LOC} có {COUNT} được khen thưởng
Hội nghị điểm tổ chức tại {LOC} trong {DATE}
Các xã {LOC_BARE}, {LOC_BARE}, {LOC_BARE} tổ chức hội nghị xong trong {DATE}
Nơi nhận: - {ORG}; - {ORG};
Đoàn chủ tịch từ {COUNT}; thư ký {COUNT}
Kinh phí thực hiện theo {DOC} của {ORG} và từ nguồn ngân sách {DATE}
Sơ kết việc thực hiện {DOC} của {ORG} giai đoạn {TERM}
Ban hành kèm theo {DOC} {DATE} của {ROLE} {ORG}
(Kèm theo {DOC} {DATE} của {ORG})
Khoản 2 Điều 5 {DOC} được sửa đổi như sau
Quy định tại Điều 12 {LAW} và {DOC}
Điều 3. {ROLE} {ORG}, {ROLE} {ORG} và các cơ quan liên quan chịu trách nhiệm thi hành
Thành phần: {ROLE}, {ROLE} {ORG}; {ROLE} các phòng, ban
{DOC_BARE} {DATE} của {ORG} hết hiệu lực kể từ {DATE}
Thực hiện chỉ đạo của {ROLE} {ORG} tại {DOC},
Nhiệm kỳ {TERM}, {ORG} có {COUNT}
Hai phần còn lại do {ORG} quyết định; thời hạn nộp {DATE}
Thành lập {ORG} gồm {COUNT} do đồng chí {PER} làm {ROLE}
Người lập biểu: {PER}
Ký bởi: {ORG} Thời gian ký: {DATE}
{ORG}, {ORG}, {ORG} và {ORG} theo chức năng triển khai
{ORG} đôn đốc, kiểm tra việc thực hiện; {ORG} thông báo kết quả
{ORG} vận động nhân dân hưởng ứng, {ORG} tuyên truyền trước {DATE}
Yêu cầu {ORG} nghiêm túc thực hiện, {ORG} giám sát
Mời {ORG}, {ORG} và {ROLE} {ORG} tham dự
{ORG} thăm, tặng quà tại {LOC}
Nhập {LOC} và {LOC} thành {LOC} kể từ {DATE}
Các thôn của {LOC} và các xã giáp {LOC}
Ủy ban nhân dân cấp huyện, Ủy ban nhân dân cấp xã, Hội đồng nhân dân các cấp
Cơ quan nhà nước, Hội đồng, đơn vị sự nghiệp thuộc {ORG}
Địa điểm: {HALL}, số 25 đường phố chính, {LOC}
{ROLE} và {ROLE} các đơn vị dự họp lúc 14 giờ {DATE}
Nguyên {ROLE} {PER} quê ở {LOC}
Tỷ lệ nữ {RATIO}, tỷ lệ trẻ {RATIO}; tổng cộng {COUNT} ({RATIO})
Mục đích, yêu cầu
Tiếp tục đẩy mạnh các phong trào thi đua yêu nước, biểu dương các điển hình trong lao động, học tập, công tác
Chào cờ, tuyên bố lý do, giới thiệu đại biểu, khai mạc
Cộng hòa xã hội chủ nghĩa Việt Nam
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH Tổ chức Đại hội Thi đua yêu nước lần thứ VI
Các đơn vị căn cứ tình hình thực tế lựa chọn tập thể, cá nhân tiêu biểu; tổng hợp kết quả báo cáo theo quy định
Yêu cầu thủ trưởng các cơ quan, đơn vị, doanh nghiệp nghiêm túc triển khai thực hiện
UBND các xã, phường, thị trấn và các phòng, ban, ngành căn cứ kế hoạch này để thực hiện
I. MỤC ĐÍCH, YÊU CẦU
III. TỔ CHỨC THỰC HIỆN
Thông qua chương trình, bầu đoàn chủ tịch, thư ký đại hội; 15 phút
Quy định mức chi 150.000 đồng/người/ngày, thời gian 02 ngày tại Điều 7 và khoản 3
""".strip().split("\n")
_SLOT_RE = re.compile(r"\{(\w+)\}")


@cache
def _units() -> tuple[tuple[units.Unit, ...], ...]:
    return tuple(
        tuple(u for edition in (63, 34) for u in units.all_units(edition, level))
        for level in ("province", "district", "commune")
    )


def _place(rng: Random) -> units.Unit:
    return rng.choice(rng.choice([pool for pool in _units() if pool]))


def _loc(rng: Random) -> str:
    unit = _place(rng)
    if rng.random() < 0.12:
        return unit.name
    title = units.TITLES[unit.kind]
    if rng.random() < 0.12:
        title = {"thành phố": "TP.", "thị xã": "TX.", "thị trấn": "TT.", "xã": "Xã", "tỉnh": "Tỉnh"}.get(title, title)
    more = f", {_loc(rng)}" if rng.random() < 0.06 and unit.kind not in ("tinh",) else ""
    return f"{title} {unit.name}{more}"


def _org(rng: Random) -> str:
    roll = rng.random()
    level = rng.choice(("tỉnh", "huyện", "xã", "thành phố", "thị xã", "phường", "quận"))
    named = rng.choice((level, _loc(rng), _loc(rng), _loc(rng)))
    if roll < 0.16:
        return rng.choice(_ALONE)
    if roll < 0.52:
        return f"{rng.choice(_HEADS)} {named}"
    if roll < 0.82:
        body = f"{rng.choice(('Sở', 'Sở', 'Phòng', 'Bộ', 'Bộ'))} {rng.choice(_FIELDS)}"
        return body if body.startswith("Bộ") or rng.random() < 0.6 else f"{body} {named}"
    if roll < 0.92:
        tail = rng.choice(("", f" {rng.choice(_units()[0]).name}"))
        called = rng.choice((*_NAMED, f"{rng.choice(GIVEN_NAMES)} {rng.choice(GIVEN_NAMES)}"))
        return f"{rng.choice(_COMPANIES)} {called}{tail}"
    topic = rng.choice(
        (
            "Đại hội Thi đua yêu nước",
            "xây dựng nông thôn mới",
            "Cải cách hành chính",
            "phòng chống dịch",
            "Chuyển đổi số",
        )
    )
    head = rng.choice(("Ban Chỉ đạo", "Ban Tổ chức", "BCĐ", "Tiểu ban Nội dung", "Tổ giúp việc Ban Chỉ đạo"))
    return f"{head} {rng.choice((topic, ''))} {named}".replace("  ", " ")


def _per(rng: Random) -> str:
    if rng.random() < 0.5:
        return person(rng)
    words = [
        rng.choice(FAMILY_NAMES),
        *rng.choices(MIDDLE_NAMES, k=rng.choice((0, 1, 1, 1, 2))),
        rng.choice(GIVEN_NAMES),
    ]
    return " ".join(words)


def _date(rng: Random) -> str:
    day = date(1992, 1, 1) + timedelta(days=rng.randrange(13000))
    d, m, y = day.day, day.month, day.year
    sep = rng.choice(("/", "/", "/", ".", "-"))
    return rng.choice(
        (
            f"ngày {d}{sep}{m}{sep}{y}", f"ngày {d:02}{sep}{m:02}{sep}{y}", f"ngày {d:02} tháng {m:02} năm {y}",
            f"ngày {d} tháng {m} năm {y}", f"{d:02}/{m:02}/{y}", f"{d}/{m}/{y}", f"tháng {m}/{y}",
            f"tháng {m:02} năm {y}",
            f"tháng {m}", f"Quý {rng.choice(('I', 'II', 'III', 'IV', '1', '2', '3', '4'))}/{y}",
            f"quý {rng.choice(('I', 'II', 'III', 'IV'))} năm {y}",
            f"năm {y}", f"năm {y}", f"ngày {d}/{m}", f"ngày {d:02}/{m:02}", f"ngày     tháng {m} năm {y}",
            f"ngày … tháng … năm {y}",
            f"ngày .... tháng {m:02} năm {y}", f"Ngày {d}/{m}/{y}", f"NGÀY {d:02} THÁNG {m:02} NĂM {y}",
            f"tháng {m} - {m + 1 if m < 12 else 12}/{y}",
            f"ngày {d} và {min(d + 1, 28)}/{m}/{y}", f"cuối tháng {m}/{y}", f"đầu năm {y}", f"6 tháng đầu năm {y}",
        )
    )  # fmt: skip


def _range(rng: Random) -> str:
    d, m, y = rng.randint(1, 20), rng.randint(1, 11), rng.randint(2005, 2030)
    return rng.choice(
        (
            f"ngày {d}/{m}/{y} đến ngày {d + 5}/{m}/{y}", f"ngày {d} đến {d + 3}/{m}/{y}",
            f"{d:02}/{m:02} đến {d + 2:02}/{m:02}/{y}",
            f"tháng {m} đến tháng {m + 1} năm {y}", f"tháng {m}/{y} đến hết tháng {m + 1}/{y}",
            f"ngày {d}/{m} đến hết ngày {d + 4}/{m + 1}/{y}",
            f"năm {y} đến năm {y + 5}", f"ngày {d:02} - {d + 2:02}/{m}/{y}",
        )
    )  # fmt: skip


def _term(rng: Random) -> str:
    y = rng.randint(1995, 2030)
    return f"{y}{rng.choice((' - ', '-', ' – '))}{y + rng.choice((4, 5, 5, 5))}"


def _code(rng: Random) -> str:
    number = rng.choice(
        (f"{rng.randint(1, 99):02}", str(rng.randint(1, 3000)), rng.choice(("  ", "...", "……", "       ")))
    )
    if rng.random() < 0.22:
        return f"{number}{rng.choice(('-', '-', ' - '))}{rng.choice(_SIGNS)}/{rng.choice(_PARTY)}"
    if rng.random() < 0.25:
        central = ("NĐ-CP", "QĐ-TTg", "TT-BNV", "TT-BTC", "QĐ-UBND", "NQ-HĐND", "QH13", "QH15", "TT-BGDĐT")
        return f"{number}/{rng.randint(1998, 2028)}/{rng.choice(central)}"
    return f"{number}{rng.choice(('/', '/', '/', ' /'))}{rng.choice(_SIGNS)}-{rng.choice(_BODIES)}"


def _doc(rng: Random) -> str:
    kind = rng.choice(_TYPES)
    return (
        f"{kind if rng.random() < 0.85 else kind.lower()} {rng.choice(('số ', 'số ', 'số ', 'số: ', ''))}{_code(rng)}"
    )


def _count(rng: Random) -> str:
    low = rng.randint(1, 30) * rng.choice((1, 1, 5, 10))
    high = low + rng.choice((2, 5, 10, 20, 50))
    noun = rng.choice(_NOUNS)
    if rng.random() < 0.08:
        return f"{number_words(rng.randint(2, 30))} {noun}"
    return rng.choice(
        (
            f"{low} {noun}", f"{low:02} {noun}", f"{low} đến {high} {noun}", f"{low:02} - {high:02} {noun}",
            f"{low}-{high} {noun}",
            f"{low:02} ({number_words(low)}) {noun}", f"{low * 100:,} {noun}".replace(",", "."), f"{low} {noun}",
        )
    )  # fmt: skip


def _ratio(rng: Random) -> str:
    low = rng.randint(1, 19) * 5
    return rng.choice(
        (
            f"{low}%", f"{low} %", f"{low}%", f"{low}% đến {low + 5}%", f"{low} - {low + 5}%", f"{low}-{low + 5}%",
            f"{low},5%",
            f"{number_words(low)} phần trăm", rng.choice(("hai phần ba", "một phần ba", "một nửa", "2/3", "1/3",
            "3/4", "1/2")),
        )
    )  # fmt: skip


def _role(rng: Random) -> str:
    role = rng.choice(_ROLES)
    return role if rng.random() < 0.8 else role.lower()


_FILL: dict[str, tuple[str | None, Callable[[Random], str]]] = {
    "ORG": ("ORG", _org),
    "ORG_CAPS": ("ORG", lambda rng: _org(rng).upper()),
    "PER": ("PER", _per),
    "PER_CAPS": ("PER", lambda rng: _per(rng).upper()),
    "LOC": ("LOC", _loc),
    "LOC_BARE": ("LOC", lambda rng: _place(rng).name),
    "DATE": ("DATE", _date),
    "RANGE": ("DATE", _range),
    "TERM": ("DATE", _term),
    "DOC": ("DOC", _doc),
    "DOC_BARE": ("DOC", _doc),
    "CODE": ("DOC", _code),
    "LAW": ("DOC", lambda rng: rng.choice(_LAWS)),
    "COUNT": ("COUNT", _count),
    "RATIO": ("RATIO", _ratio),
    "ROLE": ("ROLE", _role),
    "ROLE_CAPS": ("ROLE", lambda rng: _role(rng).upper()),
    "HALL": ("LOC", lambda rng: rng.choice(("Hội trường", "Nhà văn hóa", "Trung tâm Hội nghị", "Nhà thi đấu",
    "hội trường")) + " " + _loc(rng)),
    "ABBR": (None, lambda rng: "".join(rng.choices("ABCDĐHKLNQTV", k=3))),
}  # fmt: skip


def compose(count: int, seed: int) -> Iterator[Example]:
    """Yield *count* labelled sentences, the same for the same seed; every third is two frames in a row."""
    rng = Random(seed)
    for number in range(count):
        frame = rng.choice(_FRAMES)
        if number % 3 == 0:
            frame += rng.choice(("\n", " ", "; ", ". ")) + rng.choice(_FRAMES)
        yield fill(frame, rng)


def fill(frame: str, rng: Random) -> Example:
    """Fill the slots of *frame*.

    >>> fill("{ABBR}", Random(1))[1]
    []
    """
    text = ""
    spans: list[tuple[int, int, str]] = []
    position = 0
    for slot in _SLOT_RE.finditer(frame):
        text += frame[position : slot.start()]
        label, make = _FILL[slot[1]]
        value = make(rng).strip(" ")
        if label:
            spans.append((len(text), len(text) + len(value), label))
        text += value
        position = slot.end()
    return text + frame[position:], spans


_CONFUSED = {
    "o": "0óòôơ", "ô": "oốồ", "i": "l1í", "l": "1I", "1": "l", "0": "O", "ư": "uừ", "ơ": "oở", "ê": "eế", "n": "r",
    "h": "b",
    "á": "a", "à": "a", "ủ": "ú", "ệ": "ê", "ị": "i", "đ": "d", "Đ": "D", "ộ": "ô", "ố": "ó", "y": "v", "Ủ": "U",
    "Ộ": "O", "5": "S",
    "c": "e", "e": "c", "m": "n", "ã": "á", "ạ": "a", ",": ".", ".": ",", "g": "q", "Ỉ": "I", "ỉ": "i", "ỏ": "ó",
    "/": "l",
}  # fmt: skip


def damage(example: Example, rng: Random) -> Example:
    """Return the example as a poor scan or a program that strips marks would have it; its spans stay where they are."""
    text, spans = example
    roll = rng.random()
    if roll < 0.12:
        text = strip_marks(text)
    elif roll < 0.20:
        text = "".join(strip_marks(c) if rng.random() < 0.3 else c for c in text)
    elif roll < 0.34:
        rate = rng.choice((0.02, 0.05, 0.1))
        text = "".join(rng.choice(_CONFUSED[c]) if c in _CONFUSED and rng.random() < rate else c for c in text)
    elif roll < 0.41 and len(text.upper()) == len(text):
        text = text.upper()
    elif roll < 0.46:
        text = "".join("\n" if c == " " and rng.random() < 0.08 else c for c in text)
    assert len(text) == len(example[0]), "damage must keep every character's place"
    return text, spans
