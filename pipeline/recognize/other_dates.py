"""Days in a plan that are of no conference: those by which papers are due, of other documents, and of history."""

from __future__ import annotations

import re

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.dates import When
from pipeline.recognize.context import CONFERENCE, Plan

HOLD_RE = anchor_re(
    "tổ chức|hoàn thành|diễn ra|khai mạc|tiến hành|được tổ chức|xong|dự kiến|thời gian|"
    "bắt đầu|kết thúc|hoàn tất|ấn định|họp|mở hội nghị|mở đại hội|dứt điểm|khai hội|"
    "dự định|được mở|chọn ngày"
)
# What is due on such a date is paper, not a conference.
_PAPER_RE = anchor_re(
    "gửi|nộp|báo cáo kết quả|báo cáo về|hồ sơ|danh sách|đăng ký|đề cương|dự toán|giấy mời|tờ trình|xây dựng kế hoạch|"
    "ban hành kế hoạch|kế hoạch của|gửi kế hoạch|lập danh sách|bản đăng ký|thẩm định|xét duyệt|duyệt nội dung|"
    "báo cáo thành tích|tổng hợp|văn bản|in ấn|trang trí|tham luận gửi|duyệt báo cáo|phê duyệt|thành lập|ban hành|"
    "tuyên truyền|rà soát|lựa chọn|bình chọn|bình xét|xét khen|xét chọn|họp xét|kiểm tra|gửi báo cáo|tổng duyệt|"
    "sơ duyệt|duyệt chương trình|thời gian duyệt|lịch duyệt|duyệt kế hoạch|kiểm duyệt|thời gian báo cáo|"
    "báo cáo tổng kết|"
    "báo cáo sơ kết|báo cáo chủ tịch|báo cáo ubnd|báo cáo ủy ban|lập dự toán|quyết toán|phóng sự|chuẩn bị|theo dõi"
)
# "đại biểu đi dự Đại hội tỉnh (tháng 8)" go on to the conference of another office
_GO_ON_RE = re.compile(rf"(?<![a-z])(?:di|(?:doan|cu)\s+(?:[a-z]+\s+){{0,5}}?)\s*(?:tham\s+)?du\s+{CONFERENCE}[^,;]*$")
_MEETS_RE = re.compile(rf"(?<!tai )(?<!du )(?<!vu )(?<!cua )(?<!sau )(?<!truoc ){CONFERENCE}")
_CITED_RE = re.compile(
    r"(?:so\s*:?\s*[\w\s]{0,8}[/\-][\w/\-\s&.]{2,24}|nghi\s+quyet|chi\s+thi|cong\s+van|quyet\s+dinh|thong\s+tu|nghi\s+dinh|luat|"
    r"(?:cuoc|buoi|phien)\s+(?:hop|lam\s+viec)|ke\s+hoach\s+so[^,;]{0,30}|huong\s+dan\s+so[^,;]{0,30})\s*,?\s*(?:ngay\s*)?$"
)
_HISTORY_RE = re.compile(
    r"(?:ky\s+niem|thanh\s+lap|truyen\s+thong|sinh\s+nhat|giai\s+phong|tu\s+nam|sau\s+dai\s+hoi[^;]{0,60}|giai\s+doan|"
    r"da\s+(?:to\s+chuc|hoan\s+thanh|dien\s+ra)[^;]{0,60}|nam\s+hoc|nhiem\s+ky)\s*\(?(?:ngay\s*)?$|"
    r"1[0-8]\d\d\s*-\s*$"  # "19/5/1890 - 19/5/2020"
)
# A conference that a paper is about is not held on the day that the paper is due: "đăng ký lịch tổ chức hội nghị".
_ABOUT_PAPER_RE = re.compile(
    r"(?<![a-z])(?:ban\s+(?:to\s+chuc|chi\s+dao)|tieu\s+ban|to\s+giup\s+viec|bao\s+cao|chuong\s+trinh|nghi\s+quyet|ke\s+hoach|de\s+cuong|du\s+thao|kich\s+ban|van\s+kien|tai\s+lieu|danh\s+sach|ho\s+so|phuong\s+an|"
    r"du\s+toan|giay\s+moi|dang\s+ky(?:\s+(?:lich|thoi\s+gian|ngay))?|ket\s+qua|cong\s+tac\s+chuan\s+bi|"
    r"tinh\s+hinh|noi\s+dung|dieu\s+kien)\s+"
    rf"(?:(?:to\s+chuc|phuc\s+vu|trinh|tham\s+gia|tham\s+du|dai\s+bieu|du|cua|ve|mo)\s+){{0,3}}{CONFERENCE}"
)
# "dịp kỷ niệm Ngày thành lập Công đoàn", "hội nghị bình chọn", "Văn phòng tổng hợp": these words say nothing of papers
_NO_PAPER_RE = re.compile(
    r"(?<![a-z])(?:(?:ngay|nam|ky\s+niem)\s+thanh\s+lap|(?:van\s+phong|phong|to|ban)\s+tong\s+hop|"
    r"(?:(?<=hop\s)|(?<=nghi\s))(?:binh|lua|xet)\s+(?:chon|xet))(?![a-z])"
)
_ARRIVE_RE = re.compile(r"(?<![a-z])(?:co\s+mat|nhan\s+phong)(?![a-z])")


def is_paper(lead: str, follow: str) -> bool:
    """Tell whether what is due on a date is paper: the last that is named before the date, or the first after it."""
    lead = _NO_PAPER_RE.sub(lambda match: " " * len(match[0]), lead)
    papers = [match.start() for match in _PAPER_RE.finditer(lead)]
    lead = _ABOUT_PAPER_RE.sub(lambda match: " " * len(match[0]), lead)
    meetings = [match.start() for match in _MEETS_RE.finditer(lead)]
    if papers:
        return not meetings or meetings[-1] < papers[-1]
    return bool(_PAPER_RE.search(follow) and not HOLD_RE.search(lead))


def is_history(plan: Plan, when: When) -> bool:
    """Tell whether a date lies years before the plan: no slip of the pen, but a day that is remembered."""
    first = when.start or when.end
    return plan.issued is not None and first is not None and first.year < plan.issued.year - 1


def is_cited(before: str) -> bool:
    """Tell whether the date after *before* is that of another document, or of history."""
    return bool(_CITED_RE.search(before[-60:]) or _HISTORY_RE.search(before[-80:]))


def attends(before: str) -> bool:
    """Tell whether the folded words *before* a day are about those who arrive, or who go on to another conference."""
    return _ARRIVE_RE.search(before) is not None or _GO_ON_RE.search(before) is not None
