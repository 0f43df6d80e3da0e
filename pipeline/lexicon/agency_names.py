"""How bodies of state, party and unions are called: fixed phrases in their official case, and abbreviations.

Official case (Annex II of Nghị định 30/2020/NĐ-CP) is a matter of the words: "Ủy ban nhân dân", but "Hội đồng Thi đua
- Khen thưởng". A phrase is matched without marks, so it also mends words that lost theirs.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.assets import resource_path
from pipeline.lexicon.folding import fold

# Abbreviation as written (case as given; & and spaces optional) and what it stands for.
_ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "UBHC": "Ủy ban hành chính",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UB MTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UBMT": "Ủy ban Mặt trận",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "MTTQ": "Mặt trận Tổ quốc",
    "TLĐLĐVN": "Tổng Liên đoàn Lao động Việt Nam",
    "TLĐLĐ": "Tổng Liên đoàn Lao động",
    "LĐLĐ": "Liên đoàn Lao động",
    "CĐVC": "Công đoàn Viên chức",
    "CĐCS": "Công đoàn cơ sở",
    "CĐ": "Công đoàn",
    "BCHTW": "Ban Chấp hành Trung ương",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "BTT": "Ban Thường trực",
    "BCĐ": "Ban Chỉ đạo",
    "BTC": "Ban Tổ chức",
    "BTG": "Ban Tuyên giáo",
    "BQL": "Ban Quản lý",
    "BCHQS": "Ban Chỉ huy Quân sự",
    "CHQS": "Chỉ huy Quân sự",
    "HĐQT": "Hội đồng quản trị",
    "HĐTV": "Hội đồng thành viên",
    "NHNN": "Ngân hàng Nhà nước",
    "HĐTĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐTĐ-KT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐ-KT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ.TĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐ,KT": "Hội đồng Thi đua - Khen thưởng",
    "TĐKT": "Thi đua - Khen thưởng",
    "TĐ-KT": "Thi đua - Khen thưởng",
    "TĐ - KT": "Thi đua - Khen thưởng",
    "TĐ,KT": "Thi đua - Khen thưởng",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "GD-ĐT": "Giáo dục và Đào tạo",
    "GDĐT": "Giáo dục và Đào tạo",
    "LĐ-TB&XH": "Lao động - Thương binh và Xã hội",
    "LĐTB&XH": "Lao động - Thương binh và Xã hội",
    "LĐ,TB&XH": "Lao động - Thương binh và Xã hội",
    "LĐTBXH": "Lao động - Thương binh và Xã hội",
    "LĐ-TBXH": "Lao động - Thương binh và Xã hội",
    "VHTT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH,TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH-TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH, TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "VH&TT": "Văn hóa và Thông tin",
    "VH-TT": "Văn hóa - Thông tin",
    "VHTT": "Văn hóa và Thông tin",
    "VH-XH": "Văn hóa - Xã hội",
    "TT&TT": "Thông tin và Truyền thông",
    "TTTT": "Thông tin và Truyền thông",
    "TN&MT": "Tài nguyên và Môi trường",
    "TNMT": "Tài nguyên và Môi trường",
    "TH&THCS": "Tiểu học và Trung học cơ sở",
    "TH VÀ THCS": "Tiểu học và Trung học cơ sở",
    "THCS&THPT": "Trung học cơ sở và Trung học phổ thông",
    "THCS": "Trung học cơ sở",
    "THPT": "Trung học phổ thông",
    "PTDTNT": "Phổ thông Dân tộc nội trú",
    "PTDTBT": "Phổ thông Dân tộc bán trú",
    "GDNN-GDTX": "Giáo dục nghề nghiệp - Giáo dục thường xuyên",
    "GDTX": "Giáo dục thường xuyên",
    "PTNT": "Phát triển nông thôn",
    "NN VÀ PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN-PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN&MT": "Nông nghiệp và Môi trường",
    "NNMT": "Nông nghiệp và Môi trường",
    "KH&ĐT": "Kế hoạch và Đầu tư",
    "KHĐT": "Kế hoạch và Đầu tư",
    "KH&CN": "Khoa học và Công nghệ",
    "KHCN": "Khoa học và Công nghệ",
    "GTVT": "Giao thông vận tải",
    "TC-KH": "Tài chính - Kế hoạch",
    "TCKH": "Tài chính - Kế hoạch",
    "KT&HT": "Kinh tế và Hạ tầng",
    "KT-HT": "Kinh tế và Hạ tầng",
    "BHXH": "Bảo hiểm xã hội",
    "KBNN": "Kho bạc Nhà nước",
    "NHCSXH": "Ngân hàng Chính sách xã hội",
    "TAND": "Tòa án nhân dân",
    "VKSND": "Viện kiểm sát nhân dân",
    "THADS": "Thi hành án dân sự",
    "KSND": "Kiểm sát nhân dân",
    "HND": "Hội Nông dân",
    "HLHPN": "Hội Liên hiệp Phụ nữ",
    "HCCB": "Hội Cựu chiến binh",
    "BĐBP": "Bộ đội Biên phòng",
    "LHPN": "Liên hiệp Phụ nữ",
    "PNVN": "Phụ nữ Việt Nam",
    "CCB": "Cựu chiến binh",
    "CTĐ": "Chữ thập đỏ",
    "NCT": "Người cao tuổi",
    "TNCSHCM": "Thanh niên Cộng sản Hồ Chí Minh",
    "TNCS HCM": "Thanh niên Cộng sản Hồ Chí Minh",
    "TNCS": "Thanh niên Cộng sản",
    "LHTN": "Liên hiệp Thanh niên",
    "HCM": "Hồ Chí Minh",
    "TTCP": "Thủ tướng Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "TTYT": "Trung tâm Y tế",
    "TTVH": "Trung tâm Văn hóa",
    "BVĐK": "Bệnh viện Đa khoa",
    "YHCT": "Y học cổ truyền",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội",
    "ĐBQH": "đại biểu Quốc hội",
    "NTM": "nông thôn mới",
    "QLDA": "Quản lý dự án",
    "QL": "Quản lý",
    "KCN": "Khu công nghiệp",
    "ĐTXD": "đầu tư xây dựng",
    "TB&XH": "Thương binh và Xã hội",
    "MTQG": "mục tiêu quốc gia",
    "CTMTQG": "Chương trình mục tiêu quốc gia",
    "PCTT": "Phòng, chống thiên tai",
    "TKCN": "Tìm kiếm cứu nạn",
    "ATTP": "An toàn thực phẩm",
    "ATGT": "An toàn giao thông",
    "CTCP": "Công ty Cổ phần",
    "CÔNG TY CP": "Công ty Cổ phần",
    "HTX": "Hợp tác xã",
    "TW": "Trung ương",
    "T.Ư": "Trung ương",
    "TƯ": "Trung ương",
    "QS": "Quân sự",
    "VP": "Văn phòng",
    "PTTH": "Phát thanh và Truyền hình",
    "PT-TH": "Phát thanh và Truyền hình",
}

# Words that stay in capitals though they are no syllables to be cased.
ACRONYMS = frozenset("TH TNHH MTV GDNN VNPT TDTT KT-XH FPT EVN PTDT BOT".split())  # noqa: SIM905

# First words of the name of a body: where a line of a header begins with one, a new body begins.
HEADS = tuple(
    sorted(
        (
            "uy ban", "ubnd", "hdnd", "hoi dong", "so", "phong", "ban", "bo", "tong cuc", "cuc", "chi cuc", "trung tam",
            "truong", "benh vien", "cong an", "lien doan", "tong lien doan", "cong doan", "hoi", "dang bo", "dang uy",
            "huyen uy", "tinh uy", "thanh uy", "thi uy", "quan uy",
            "chi bo", "van phong", "vien", "kho bac", "chi nhanh",
            "toa an", "bao hiem", "mat tran", "doan", "tinh doan", "huyen doan", "thanh doan", "thi doan", "quan doan",
            "cong ty", "tong cong ty", "tap doan", "thanh tra", "bch",
            "btv", "bcd", "dai", "bao", "dai hoc", "hoc vien",
            "quoc hoi", "chinh phu", "thu tuong", "quan khu", "su doan", "trung doan", "lu doan", "don", "hat",
            "xi nghiep", "ngan hang", "hop tac xa", "htx", "lien minh",
            "quy", "lien hiep", "hiep hoi", "ubmttq", "ubmttqvn", "ldld",
            "bhxh", "tand", "vksnd", "hdtdkt", "kiem toan", "tram", "dang cong san", "chu tich", "giao hoi", "to",
            "trung uong", "dai hoi", "ubmt", "bql", "ttyt", "khoi", "tieu ban", "nha", "thuong truc", "bvdk", "mttq",
            "cang", "tap the", "giam doc", "bo truong", "hieu truong", "cuc truong", "vien truong", "tong giam doc",
            "chanh an", "chanh van phong", "chanh thanh tra", "chi cuc truong", "chanh toa", "truong ban",
            "cum", "lien tich", "vien kiem sat", "cd", "dang doan", "khoa", "nha truong", "thue", "thong ke",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Return the phrases by their folded words; the first spelling of a phrase wins.

    Dashes and commas inside a name are often left out, and mean the same name: "Lao động thương binh và xã hội".
    """
    found: dict[tuple[str, ...], str] = {}
    text = resource_path("agency_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines:
        found.setdefault(tuple(fold(line).replace(",", " ,").split()), line)
    for line in lines:
        found.setdefault(tuple(re.sub(r" -|,", " ", fold(line)).split()), line)
    return found


@cache
def longest_phrase() -> int:
    """Return the number of words of the longest phrase."""
    return max(len(words) for words in phrases())


@cache
def abbreviations() -> dict[str, str]:
    """Return what an abbreviation stands for, longest first."""
    return dict(sorted(_ABBREVIATIONS.items(), key=lambda item: -len(item[0])))
