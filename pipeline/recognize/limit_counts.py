"""Which numbers of a clause count the delegates of a conference, and for which unit a number is.

"Số lượng: 150 người" counts them by its label, "mời 150 người" by its verb; the size of a unit, those who serve, those
who are invited beside and those in brackets behind a group are no limits.
"""

from __future__ import annotations

import re

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.counts import CountMatch
from pipeline.recognize.limit_clauses import Clause
from pipeline.recognize.limit_conditions import exception
from pipeline.recognize.passage import Span

_NOT_PEOPLE_RE = re.compile(
    r"^\s*(?:lao\s+dong|cong\s+nhan\s+lao|can\s+bo|cbcc|cbvc|cbgv\w*|cbcnvc?|cnvc|cnld|bien\s+che|xa\s+vien|"
    r"doan\s+vien|hoi\s+vien|dang\s+vien|cong\s+doan\s+vien|nguoi\s+lao\s+dong|"
    r"cnvcld|cbccvc|ngay|gio|phut|nam|thang|tuoi|xa|phuong|don\s+vi|tap\s+the|ca\s+nhan|dien\s+hinh|guong|trieu|dong|%|"
    r"phan\s+tram|bao\s+cao|tham\s+luan|trang|lan|cap|muc|quyen|bo|phan|huyen|quan|giai\s+doan|buoi|tiet\s+muc|hoc\s+sinh|"
    r"ho|to\s+chuc|co\s+so|doanh\s+nghiep|chi\s+bo|cum|khoi|nhiem\s+vu|phong\s+trao|m2|km|m|ty|ban|truong)(?![a-z])"
)
_SENDS_RE = re.compile(
    r"(?<![a-z])(?:cu|chon\s+cu|gioi\s+thieu|bau\s+chon|phan\s+bo|duoc\s+cu|bau)(?![a-z])[^;.]{0,30}$"
)
# "mỗi đơn vị cử 03", but not "mỗi hội nghị không quá 150", and not "mời tối đa 100", which folds alike
_NO_SCOPE = (
    r"(?!hoi\s|dai\s+(?:hoi|bieu)|cap(?![a-z])|lan(?![a-z])|buoi|ngay|nam(?![a-z])|nguoi|dong\s+chi|toi\s+da|khong\s|khoang|"
    r"tu\s|so\s+luong|toan\s|khach|them\s|len\s|den\s|du\s|it\s|\d)"
)
_SCOPE_RE = re.compile(
    rf"(?<![a-z])(?P<unit>(?:(?:moi|tung)\s+{_NO_SCOPE}|cac\s+(?:don\s+vi|xa|phuong|co\s+quan|phong|doan\s+the|cong\s+doan|chi\s+bo|"
    r"dang\s+bo|truong|doanh\s+nghiep|khoi|cum|huyen|so|nganh|to\s+chuc|chi\s+hoi|chi\s+doan|thon|khoa))[^.;:]{0,60}?)\s*"
    r"(?:cu|duoc\s+cu|chon\s+cu|gioi\s+thieu|bau|co|duoc)?\s*:?\s*(?:khong\s+qua|toi\s+da|it\s+nhat)?\s*$"
)
PER_RE = re.compile(
    r"\s*(?:/|moi\s+|tren\s+moi\s+)\s*(?P<unit>xa|phuong|thi\s+tran|huyen|don\s+vi|truong|khoa|phong|chi\s+(?:bo|doan|hoi|nhanh|cuc)|"
    r"co\s+quan|dang\s+bo|cong\s+doan|thon|cum|khoi|doanh\s+nghiep|co\s+so|tinh)(?![a-z])"
)
SENDS_SCOPE_RE = re.compile(r"(?<![a-z])(?:cu|chon|bau|gioi\s+thieu|chon\s+cu)(?![a-z])")
CONFERENCE_RE = re.compile(r"(?<![a-z])(?:(?<!bieu\s)cap|hoi\s*nghi|dai\s*hoi)(?![a-z])")
HOLDS_RE = re.compile(rf"{CONFERENCE_RE.pattern}|(?<![a-z])diem\s+cau(?![a-z])")
ALSO_RE = re.compile(r"\s*(?:va|,)\s*")


_GUESTS_RE = re.compile(
    r"(?:^|[;:.,(]|\bva\b|\bngoai\s+ra\b)\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:(?:va|ngoai\s+ra|cung|voi|so(?:\s+luong)?)\s+)*"
    r"(?:khach(?:\s+moi)?|dai\s*bieu\s+(?:la\s+)?khach(?:\s+moi)?)(?![a-z])"
    r"(?!\s+(?:va|cung)\s+(?:dai\s*bieu|chinh\s+thuc))[^;.]*$"
)


def counts_guests(gap: str, rest: str) -> bool:
    """Tell whether a number counts guests, who come beside the delegates or are a part of them."""
    if re.match(r"[^;.]{0,20}(?:chinh\s+thuc|ke\s+ca)", rest):
        return False
    return bool(_GUESTS_RE.search(gap)) or bool(_INVITED_RE.search(gap) and _GUEST_BEHIND_RE.match(rest))


# "mời thêm 20 đại biểu khách mời", "mời 15 đại biểu là lãnh đạo các phòng"
_INVITED_RE = re.compile(r"(?<![a-z])moi(?:\s+them)?\s*$")
_GUEST_BEHIND_RE = re.compile(r"\s*(?:(?:la\s+)?khach(?:\s+moi)?|la\s+lanh\s+dao)(?![a-z])")


# "lãnh đạo các phòng (12 đồng chí)": a group of those who come
GROUP_RE = anchor_re(
    "lãnh đạo|thường trực|chủ tịch|phó chủ tịch|phó trưởng|bí thư|đại diện|khách|khách mời|điển hình|tiêu biểu|"
    "chính thức|đương nhiên|phóng viên|trưởng phòng|trưởng ban|trưởng khoa|trưởng thôn|ủy viên|thành viên|cán bộ|"
    "giáo viên|học sinh|phụ huynh|công nhân|cựu|gương|cá nhân"
)

# "không quá 50 đoàn viên" counts delegates under a heading of delegates, "doanh nghiệp dưới 200 đoàn viên" never does.
_MEMBERS = ("doan vien", "hoi vien", "dang vien", "chi", "chi em", "phu nu", "thanh nien", "giao vien")
_CALLED_RE = re.compile(
    r"(?<![a-z])(?:(?P<calls>moi|trieu\s+tap|tham\s+du|du\s+hop|du\s+hoi\s+nghi|nguoi\s+du|co\s+mat)|quy\s+mo|hoi\s+nghi|"
    r"dai\s+hoi|dai\s+bieu)(?![a-z])"
)
_SENT = ("vien chuc", "cong chuc", "sinh vien", "hoc sinh", "nhan vien", "chien si")  # told apart only among those sent
_ASSEMBLY_RE = re.compile(r"\s*(?:hoi\s+dong\s+nhan\s+dan|hdnd|quoc\s+hoi)(?![a-z])")
_NAMED_RE = re.compile(r"\W*(?:(?:va|con)\s+)?(?:cap\s+)?(?:tinh|huyen|xa|thanh\s+pho|phuong|quan|co\s+so)\W*")
_COUNTED_RE = r"so\s*luong|dai\s*bieu|trieu\s*tap|tham\s*du|thanh\s*phan|quy\s*mo|tong\s*so"


def counts_delegates(count: CountMatch, before: str, within: Clause) -> bool:
    """Tell whether a number counts the delegates of a conference.

    Args:
        count: the number.
        before: the folded words between it and the number before.
        within: the clause that it stands in.
    """
    headed = within.headed
    clause = within.text
    rest = clause[count.end :]
    top = count.max if count.max is not None else count.min
    sent = bool(scope_span(before)) and not within.own_condition
    if top is None or (top < 2 and not sent) or (1900 < top < 2100 and count.noun is None):
        return False
    if _ASSEMBLY_RE.match(rest):
        return False
    if _NOT_PEOPLE_RE.match(rest) and count.noun not in ("dai bieu", "dai bieu chinh thuc", *_MEMBERS):
        return False
    if re.search(
        r"(?<![a-z])(?:tuoi(?:\s+doi)?|lan\s+thu|thu|khoa|dieu|khoan|(?<!o\s)muc|van\s+ban\s+so|ngay|thang|nam|quy|nghi\s+quyet)\s*$",
        before,
    ):
        return False
    if (
        count.kind == "exact"
        and _in_brackets(clause, count)
        and GROUP_RE.search(_OFFICIAL_RE.sub(" ", re.split(r"[;.]", before.rpartition("(")[0])[-1]))
    ):
        return False
    if count.noun in ("dai bieu", "dai bieu chinh thuc", "db"):
        again = "bau" in before and exception(clause) is not None  # "mỗi chi bộ bầu 1, riêng chi bộ A bầu 2 đại biểu"
        return sent or again or not _SERVED_RE.search(before)
    if count.noun in _SENT and (SENDS_SCOPE_RE.search(before) or headed):
        return sent or bool(ALSO_RE.fullmatch(before))
    if count.noun in _MEMBERS:
        if sent and SENDS_SCOPE_RE.search(before):
            return True
        if count.kind == "range" and re.search(_COUNTED_RE, before):
            return True
        return headed and not re.match(r"(?:duoi|tren|tu|co)\s", clause[count.start :])
    if count.noun == "can bo" and _RANK_RE.match(rest):
        return False
    if count.noun in ("nguoi", "dong chi", "d/c", "d.c", "vi", "thanh vien", "can bo", None):
        if headed and count.kind not in ("exact", "range") and count.noun is not None:
            return True
        if within.numbered and count.noun is not None and not GROUP_RE.search(before):
            return True  # "Số lượng: cấp xã 100 người; tỉnh hội 250 người"
        if within.numbered and re.search(r":\s*$", before) and re.match(r"\s*(?:[.;,(]|$)", rest):
            return True  # "a) Cấp xã: tối đa 100." under "Số lượng"
        if (headed or within.numbered) and count.kind not in ("exact", "approx") and re.match(r"\s*(?:[.;,)]|$)", rest):
            return True  # ", cấp huyện không quá 200, "
        if within.numbered and count.noun is None and CONFERENCE_RE.search(before):
            return True  # "cấp tỉnh 300, cấp huyện 200"
        if headed and count.noun is not None and _NAMED_RE.fullmatch(before):
            return True  # "; tỉnh 400 người"
        called = _CALLED_RE.search(clause[: count.start])
        if (headed or called) and count.noun is not None and re.search(r"tong\s+(?:cong|so)[^\d]{0,30}$", before):
            return True
        called = _CALLED_RE.search(before)
        if called and count.noun is not None and (count.kind != "exact" or called["calls"]):
            return True
        return (headed or bool(called)) and bool(re.search(_COUNTED_RE, before)
                               or _SENDS_RE.search(before) or re.fullmatch(r"\W*", before))  # fmt: skip
    return False


_RANK_RE = re.compile(r"\s+(?:lao\s+thanh|huu\s+tri|nguyen|chu\s+chot|lanh\s+dao)(?![a-z])")  # some of those invited
# "xe đón 45 đại biểu", "bầu 05 đại biểu đi dự Đại hội cấp trên": who is served or sent on, not who is called
_SERVED_RE = re.compile(
    r"(?<![a-z])(?:don|dua|tang\s+qua|don\s+tiep|phuc\s+vu|cho|bau|hiep\s+thuong(?:\s+cu)?|suy\s+ton)\s*$"
)


_OFFICIAL_RE = re.compile(r"dai\s*bieu\s+chinh\s+thuc\s*$")


def _in_brackets(clause: str, count: CountMatch) -> bool:
    """Tell whether a number stands alone in brackets."""
    return bool(re.search(r"\(\s*$", clause[: count.start])) and bool(re.match(r"\s*\)", clause[count.end :]))


def scope_of(before: str, printed: str) -> str | None:
    """Return the unit that a number is for ("mỗi đơn vị cử 03"), as printed; None where it is for all."""
    span = scope_span(before)
    if span is None or printed[span[0] :].lower().startswith("mời"):
        return None
    return " ".join(printed[slice(*span)].split())


def scope_span(before: str) -> Span | None:
    """Return where the folded words before a number name the units that it is for, one by one.

    >>> scope_span("moi xom cu "), scope_span("cac so, nganh khong qua ")
    ((0, 7), None)
    """
    each = re.search(r"(?<![a-z])(?:moi|tung)(?![a-z])", before)
    match = (_SCOPE_RE.search(before, each.start()) if each else None) or _SCOPE_RE.search(before)
    if match is None or (match["unit"].startswith("cac") and not SENDS_SCOPE_RE.search(before, match.start())):
        return None  # "các sở, ngành không quá 150" is the number of a conference
    return match.span("unit")
