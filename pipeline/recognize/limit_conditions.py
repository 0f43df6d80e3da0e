"""What narrows a number of delegates: the size of the unit, its class, or an exception by name.

"Đơn vị dưới 50 người họp toàn thể, từ 50 người trở lên không quá 60 đại biểu": 50 measures the unit, 60 the conference.
Whom a number counts shows by what stands around it: what the unit has ("có trên 20 tổ dân phố"), or what follows from
it ("từ 50 người trở lên thì ...").
"""

from __future__ import annotations

import re

from pipeline.recognize.passage import Span

_MEMBERS = (
    r"(?:lao\s+dong|can\s+bo|doan\s+vien|hoi\s+vien|dang\s+vien|cong\s+nhan|cnvcld|cong\s+doan\s+vien|nguoi\s+lao\s+dong|"
    r"cbccvc|vien\s+chuc|giao\s+vien|nha\s+giao|nhan\s+vien|cbcnvc?|cong\s+chuc|cbcc|cbvc|cbgv\w*|cnvc|cnld|bien\s+che|"
    r"xa\s+vien|quan\s+nhan|chi\s+em|hoc\s+sinh|sinh\s+vien|giang\s+vien|chien\s+si)"
)
_PARTS = (  # of a unit: how many it has says how large it is
    r"(?:to\s+dan\s+pho|khu\s+dan\s+cu|khu\s+pho|thon|xom|ap|ban(?!\s+chap)|buon|lop(?:\s+hoc)?|truong|chi\s+bo|chi\s+hoi|chi\s+doan|"
    r"ho(?:\s+dan)?|dan(?!\s+toc)|nhan\s+khau|cong\s+doan\s+co\s+so|dang\s+bo|doanh\s+nghiep|don\s+vi|xa(?!\s+hoi)|phuong|giuong(?:\s+benh)?)"
)
_PEOPLE = r"(?:nguoi|dong\s+chi|thanh\s+vien)"
_BODY = (
    r"(?:doanh\s+nghiep|don\s+vi|co\s+quan|cong\s+doan\s+co\s+so|cong\s+doan|co\s+so|xa|phuong|thi\s+tran|chi\s+bo|dang\s+bo|truong|noi|"
    r"huyen|dia\s+phuong|cdcs|cong\s+ty|to\s+chuc|khu\s+dan\s+cu|to\s+dan\s+pho|thon|ap|chi\s+cuc|chi\s+nhanh|chi\s+hoi|chi\s+doan|khoa|"
    r"phong|xi\s+nghiep|nha\s+may|phan\s+xuong|benh\s+vien|hop\s+tac\s+xa|hoi(?!\s+(?:nghi|truong|dong)))"
)
_VERB = r"(?:cu|moi|trieu\s+tap|khong|toi\s+da|gioi\s+thieu|bau|chon|duoc)"
_NAMED = (
    rf"(?:(?:doi\s+voi|rieng)\s+)?(?:(?:cac|nhung|moi)\s+)?{_BODY}"
    rf"(?:(?!(?<![a-z]){_VERB}(?![a-z]))[\w\s,-]){{0,40}}?\s"
)
_HAS = r"(?:(?:co|voi|su\s+dung)\s+)?(?:(?:quy\s+mo|quan\s+so|dan\s+so|tong\s+so|so\s+luong|so)\s+)?"
_MUST_HAVE = (
    r"(?:(?:co|voi|su\s+dung)\s+(?:(?:quy\s+mo|quan\s+so|dan\s+so|tong\s+so|so\s+luong)\s+)?|"
    r"(?:quy\s+mo|quan\s+so|dan\s+so)\s+)"
)
_BOUND = r"(?:tren|duoi|tu|it\s+hon|nhieu\s+hon|dong\s+hon|>=?|<=?|≥|≤)\s*"
_SIZE = rf"(?:{_BOUND}|(?<=co\s)khong\s+qua\s+)"
_N = r"\d[\d.]*\s*(?:den\s+(?:duoi\s+|het\s+|tren\s+)?\d[\d.]*\s*)?"
_OPEN_N = r"\d[\d.]*\s*(?:den\s+(?:duoi|het)\s+\d[\d.]*\s*)?"
_MORE = r"(?:\s*,\s*(?:cong\s+chuc|vien\s+chuc|giao\s+vien|nhan\s+vien|nguoi\s+lao\s+dong|can\s+bo))*"
_TAIL = r"(?:\s+tro\s+(?:len|xuong))"
# What a condition leads to; "từ 50 đồng chí trở lên nhưng không quá 60" bounds the conference itself from both sides.
_AT_MOST = r"\s*[,:]?\s*(?:thi|khong\s+(?:vuot\s+)?qua|toi\s+da)(?![a-z])"
_THEN_AT_MOST = rf"(?={_AT_MOST})"
_THEN = rf"(?={_AT_MOST}|\s*:?\s*(?:hop|to\s+chuc|mo|moi|cu|trieu\s+tap|duoc|tien\s+hanh)\s)"
CONDITION_RE = re.compile(
    r"(?<![a-z])(?P<condition>"
    rf"{_NAMED}{_MUST_HAVE}{_SIZE}(?:{_MUST_HAVE})?{_N}(?:{_MEMBERS}|{_PARTS}|{_PEOPLE}){_MORE}{_TAIL}?|"
    rf"{_NAMED}{_MUST_HAVE}{_N}(?:(?:{_MEMBERS}|{_PARTS}){_MORE}{_TAIL}?|{_PEOPLE}{_MORE}(?:{_TAIL}|{_THEN}))|"
    rf"{_NAMED}{_HAS}{_BOUND}{_N}(?:(?:{_MEMBERS}|{_PARTS}){_MORE}{_TAIL}?|{_PEOPLE}{_MORE}{_TAIL}?{_THEN_AT_MOST})|"
    rf"{_NAMED}{_HAS}{_BOUND}{_OPEN_N}{_PEOPLE}{_MORE}{_TAIL}?(?:{_THEN}|(?=\s*\)))|"
    rf"{_BOUND}{_OPEN_N}(?:{_MEMBERS}|{_PARTS}){_MORE}{_TAIL}?|"
    rf"{_BOUND}{_N}(?:{_MEMBERS}|{_PARTS}){_MORE}{_TAIL}?{_THEN_AT_MOST}|"
    rf"{_BOUND}{_OPEN_N}{_PEOPLE}{_TAIL}?{_THEN}"
    r")(?![a-z])"
)
_FOR_RE = re.compile(
    r"(?<![a-z])doi\s+voi\s+(?:cac\s+)?(?P<unit>chi\s+bo|dang\s+bo|doanh\s+nghiep|don\s+vi|truong|cong\s+doan|chi\s+hoi|chi\s+doan|"
    r"co\s+quan|hop\s+tac\s+xa|cong\s+ty)(?:\s+(?!khong|toi|so|to\s+chuc|thi|la)[a-z]+){0,4}"
)
# "riêng thị trấn được mời đến 150": the rule's own exception
_EXCEPTION_RE = re.compile(
    r"^\W*(?P<condition>(?:con\s+)?(?:rieng(?!\s+(?:moi|tung)\s)|dac\s+biet|(?:trong\s+)?truong\s+hop)\s+[^:;.\d]{3,70}?)(?=\s*(?::|,|(?:thi\s+)?(?:duoc|co\s+the|khong|toi\s+da|to\s+chuc|"
    r"trieu\s+tap|moi|so\s+luong|khoang|tu|la|hop)(?![a-z])|\d))"
)
# "xã loại I", "huyện miền núi": a class of units, each with its own number
_CLASS_RE = re.compile(
    r"(?<![a-z])(?P<condition>loai\s+(?:[ivx]+|[\dabc])(?=\s+(?:toi\s+da|khong|tu|khoang|\d))|"
    r"(?:xa|phuong|thi\s+tran|huyen|truong|don\s+vi|co\s+quan|doanh\s+nghiep|cong\s+ty|chi\s+bo|dang\s+bo)\s+"
    r"(?:loai\s+(?:[ivx]+|[\dabc])|hang\s+(?:[ivx]+|[\dabc])|(?:co\s+)?quy\s+mo\s+(?:lon|nho|vua)|vung\s+cao|mien\s+nui|bien\s+gioi|hai\s+dao|"
    r"dac\s+biet\s+kho\s+khan|(?:lam\s+viec|hoat\s+dong|san\s+xuat)\s+(?:theo\s+ca|phan\s+tan|luu\s+dong)(?:\s+kip)?|"
    r"(?:co\s+)?dia\s+ban\s+(?:rong|phan\s+tan)))(?![a-z\d])"
)
REST_RE = re.compile(
    r"(?<![a-z])(?:con\s+lai|noi\s+khac|(?:don\s+vi|huyen|xa|truong)\s+khac|truong\s+hop\s+khac)(?![a-z])"
)


def size_of_unit(folded: str) -> Span | None:
    """Return where folded text says how large a unit is.

    >>> text = "don vi duoi 50 nguoi hop toan the"
    >>> text[slice(*size_of_unit(text))]
    'don vi duoi 50 nguoi'
    >>> size_of_unit("xa, phuong tu 80 den 100 nguoi") is None
    True
    """
    match = CONDITION_RE.search(folded)
    return match.span("condition") if match else None


def exception(folded: str) -> Span | None:
    """Return where a folded clause names the units that it excepts from the rule before it."""
    match = _EXCEPTION_RE.match(folded)
    return match.span("condition") if match else None


def class_of_units(folded: str) -> Span | None:
    """Return where folded text names a class of units, such as "xa loai i"."""
    match = _CLASS_RE.search(folded)
    return match.span("condition") if match else None


def kind_of_unit(folded: str) -> Span | None:
    """Return where folded text says for which kind of units it holds: "doi voi chi bo co so"."""
    match = _FOR_RE.search(folded)
    return match.span() if match else None


def has_alternatives(folded: str) -> bool:
    """Tell whether folded text sets something for one kind of unit and something else for another."""
    return len({match["unit"] for match in _FOR_RE.finditer(folded)}) > 1
