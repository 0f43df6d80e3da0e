"""Which level of conference a phrase speaks of, seen from the office that issues the plan.

"Thành phố" is the province in a plan of a quận of Hà Nội, but the district in a plan of a provincial town; "cấp trên
cơ sở" of a union stands where the district stands for the administration; "cơ sở" is every unit below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.folding import anchor, fold
from pipeline.recognize.outline import Item
from pipeline.record import EventLevel, IssuingBody

# Cities that are provinces; Huế since 2025. Folded names.
CENTRAL_CITIES = ("ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue", "dong nai")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a bare "thành phố", "cấp trên" or "hội nghị" means in this plan."""

    own: EventLevel | None  # the level of the office's own conference
    city: EventLevel | None = None  # what a bare "thành phố" is
    kinds: tuple[str, ...] = ()  # what the office calls itself: "hội nghị Chi nhánh" is that of a branch's own plan
    units: EventLevel = "district"  # where its units in the districts stand: below the office, if they are its own

    @classmethod
    def of(cls, body: IssuingBody | None, title: str = "") -> Setting:
        """Return the setting of a plan issued by *body*, or, where that is unknown, of one with this *title*."""
        if body is None:
            return cls(own=_level_in(fold(title), None), city=None)
        name = fold(body.name)
        kinds = tuple(kind for kind in _OWN_KINDS if re.search(rf"(?<![a-z]){kind}(?![a-z])", name))
        central_city = any(city in fold(body.province or "") for city in CENTRAL_CITIES)
        if body.level == "district":
            town = re.search(r"(?<![a-z])(?:thanh pho|tp\.?)(?![a-z])", name) and not re.search(
                r"(?<![a-z])(?:quan|huyen|thi xa)(?![a-z])", name
            )
            at_base: EventLevel = "grassroots" if _BASE_BODY_RE.match(name) else "district"
            return cls(at_base, "district" if town else ("province" if central_city else None), kinds)
        if body.level == "province":
            own: EventLevel = "district" if _DEPARTMENT_RE.match(name) else "province"
            units: EventLevel = "grassroots" if own == "district" and _LINE_AGENCY_RE.search(name) else "district"
            return cls(own, "province" if central_city else units, kinds, units)
        if body.level == "commune":
            return cls("grassroots", "province" if central_city else "district")
        if body.level == "central":
            return cls("national", "province", kinds)
        above = _CORPORATION_RE.match(name) or re.search(anchor("cấp trên trực tiếp cơ sở"), name)
        return cls("district" if above else "grassroots", None, kinds)


# Longer names first: a "tổng cục" is no "cục", but its plan may say "hội nghị Cục" of those below it.
_OWN_KINDS = (
    "tong cong ty", "tap doan", "tong cuc", "chi cuc", "chi nhanh", "ngan hang", "cuc thue", "kho bac",
    "bao hiem xa hoi", "khoi", "benh vien", "hoc vien", "trung tam", "bo",
)  # fmt: skip
_CORPORATION_RE = re.compile(r"(?:tong cong ty|tap doan)\b")  # stands above the companies that it is made of
_BASE_BODY_RE = re.compile(
    r"cong doan co so|cdcs|chi bo|chi doan|chi hoi|dang bo co so|truong\s+(?:mam|mau|tieu|trung|th|pho)|hop tac xa|"
    r"tram y te"
)
# Agencies whose offices in the districts are their own units, as a department's are not.
_LINE_AGENCY_RE = re.compile(
    r"^(?:vien kiem sat|toa an|cong an|bao hiem|thue|kho bac|buu dien|dien luc|cuc|hai quan|vien thong)\b"
)
_DEPARTMENT_RE = re.compile(
    r"so\s|ban\s+(?!thuong|chi dao|chap hanh|thi dua)|truong\s|benh vien|cong ty|tong cong ty|chi cuc|cuc\s|"
    r"ngan hang|chi nhanh|toa an|dien luc|buu dien|hai quan|thue tinh|trung tam|hoc vien|cong an tinh|"
    r"bo chi huy|vien\s|bao hiem|kho bac|thanh tra|dang uy\s+(?:khoi|cac)|"
    r"cong doan\s+(?:nganh|vien chuc|cac khu|khu (?:cong|kinh))"
)

_NATIONAL = anchor("toàn quốc|trung ương|cấp quốc gia|cả nước|cấp bộ")
_PROVINCE = (
    anchor("cấp tỉnh|toàn tỉnh|của tỉnh|tỉnh ủy|liên đoàn lao động tỉnh|lđlđ tỉnh|ubnd tỉnh|ủy ban nhân dân tỉnh")
    + r"|(?<![a-z])(?:hoi nghi|dai hoi|diem cau|doi voi|o|tai|dien hinh tien tien|yeu nuoc)\s+tinh(?![a-z])|"
    r"^tinh(?![a-z]|\s+(?:hinh|chat|than))"
)
_ABOVE_BASE = anchor(
    "công đoàn cấp trên|cấp trên trực tiếp cơ sở|cấp trên cơ sở|cấp trên trực tiếp của cơ sở|trên cơ sở trực tiếp|"
    "cấp trên trực tiếp"
) + (  # the offices of a province stand above its base
    r"|(?<![a-z])(?:cac\s+)?(?:co\s+quan|don\s+vi)(?:,?\s+don\s+vi)?\s+(?:thuoc|cua)\s+"
    r"(?:(?:cac\s+)?(?:khoi|cum)(?:\s*,\s*(?:khoi|cum))?\s+thi\s+dua\s+(?:cua\s+)?)?tinh(?![a-z]|\s+(?:doan|uy|hoi)(?![a-z]))"
)
_DISTRICT = (
    anchor(
        "cấp huyện|cấp quận|cấp thị xã|toàn huyện|toàn quận|toàn thị xã|của huyện|của quận|của thị xã|"
        "các huyện|các quận|các thị xã|huyện, thị xã|huyện, thành phố|quận, huyện|huyện, quận|thành phố thuộc tỉnh|"
        "sở, ban, ngành|sở, ngành|các sở|ban, ngành cấp tỉnh|sở ban ngành|sở - ngành|cấp sở|sở, ban ngành|"
        "cấp trên trực tiếp cơ sở|cấp trên cơ sở|cấp phòng giáo dục|cấp phòng gdđt|cấp phòng gd&đt|"
        "huyện ủy|quận ủy|thị ủy|ubnd huyện|ubnd quận|ubnd thị xã|các tổng cục|các cục"
    )
    + r"|(?<![a-z])cap phong(?![a-z]|,? ban|,? khoa)"
    + r"|(?<![a-z])(?:hoi nghi|dai hoi|diem cau|doi voi|o|tai|cua|dien hinh tien tien)\s+(?:huyen|quan|thi xa)"
    r"(?![a-z,])|^(?:huyen|quan|thi xa)(?![a-z])"
    # a block of offices is one level above them: "Hội CCB Khối các cơ quan tỉnh"
     + r"|(?<![a-z])(?:dang bo|dang uy|doan|cong doan|hoi (?:[a-z]+ ){1,4}?)\s?khoi (?:cac )?(?:co quan|doanh nghiep)"
)
_GRASSROOTS = (
    anchor(
        "cấp cơ sở|cấp xã|cấp phường|cấp thị trấn|cấp đặc khu|xã, phường|phường, xã|xã, thị trấn|"
        "phường, thị trấn|các xã|các phường|các thị trấn|đơn vị cơ sở|ở cơ sở|tại cơ sở|cơ sở|"
        "công đoàn cơ sở|cđcs|chi, đảng bộ|đảng bộ trực thuộc|chi bộ|đảng bộ cơ sở|tổ chức cơ sở đảng|chi đoàn|"
        "đoàn cơ sở|chi hội|hội cơ sở|cơ quan, đơn vị|các cơ quan|các đơn vị|các đơn vị trực thuộc|"
        "đơn vị trực thuộc|doanh nghiệp|các trường|trường học|nhà trường|cấp trường|"
        "các khoa, phòng|khoa, phòng|công đoàn bộ phận|tổ công đoàn|hợp tác xã|thôn, tổ dân phố|"
        "tổ dân phố|khu dân cư|thôn, bản|toàn xã|toàn phường|đảng bộ xã|đảng bộ phường|"
        "đảng bộ thị trấn|chi bộ|trạm y tế|phòng, ban, đơn vị|phòng, ban|ubnd xã|đảng ủy xã|"
        "của xã|của phường|đặc khu|bộ phận|các chi nhánh|các chi cục|quỹ tín dụng|cấp khoa|khoa, viện|cấp đơn vị|"
        "đơn vị thành viên|các xí nghiệp|các nhà máy|cấp thôn|cấp chi bộ|cấp chi hội|cấp tổ|"
        "các điện lực|các bưu cục|phòng, xí nghiệp|phân xưởng|các đội|các nông trường|các buôn|ở buôn|các ấp|"
        "các khóm|khu phố|khối xã|khối phường|khối thị trấn|khối trường học"
    )
    + r"|(?<![a-z])(?:hoi nghi|dai hoi|diem cau|doi voi|o|tai|phuong|xa)\s+(?:xa|phuong|thi tran)(?![a-z])|"
    r"^(?:xa|phuong|thi tran)(?![a-z])"
)
_OWN = anchor("cấp ngành|toàn ngành|của ngành|cấp mình")
_ANY = anchor("các cấp|cấp nào|mỗi cấp|từng cấp|mọi cấp|cả hai cấp|cả ba cấp|cả 2 cấp|cả 3 cấp")
_CITY = anchor("cấp thành phố|thành phố|toàn thành phố|tp")

_ORDER: tuple[tuple[EventLevel | str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        ("above_base", _ABOVE_BASE),
        ("grassroots", _GRASSROOTS),
        ("district", _DISTRICT),
        ("province", _PROVINCE),
        ("national", _NATIONAL),
        ("city", _CITY),
        ("own", _OWN),
        ("any", _ANY),
    )
)


# Who acts says nothing about whose conference it is: "LĐLĐ tỉnh chọn Công đoàn ngành làm điểm".
_ACTOR_RE = re.compile(
    r"(?<![a-z])(?:ubnd|uy\s+ban\s+nhan\s+dan|ldld|lien\s+doan\s+lao\s+dong|ban\s+thuong\s+vu|hoi\s+dong|phong\s+noi\s+vu|ban\s+to\s+chuc|"
    r"tinh\s+uy|huyen\s+uy|quan\s+uy|thi\s+uy|thanh\s+uy|dang\s+uy|cong\s+doan)(?:\s+[a-z]+){0,5}?\s+"
    r"(?=(?:se\s+)?(?:chon|lua\s+chon|chi\s+dao|giao|phan\s+cong|huong\s+dan|chi\s+dinh|quyet\s+dinh\s+chon)\s)|"
    r"^\W*(?:tinh|huyen|quan|thi\s+xa|thanh\s+pho|so|nganh)\s+(?=(?:se\s+)?(?:chon|lua\s+chon|giao|chi\s+dinh)\s)|"
    r"(?<![a-z])(?:tham\s+muu|trinh|bao\s+cao|giup)(?:\s+cho)?\s+(?:ubnd|uy\s+ban\s+nhan\s+dan|ldld|ban\s+thuong\s+vu|dang\s+uy)"
    r"\s+(?:tinh|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong)"
)


def _level_in(folded: str, setting: Setting | None) -> EventLevel | None:
    """Return the level that folded text names first; None where it names none."""
    folded = _ACTOR_RE.sub(" ", folded)
    best: tuple[int, int, str] | None = None
    if setting is not None and setting.kinds and (own := _own_re(setting.kinds).search(folded)):
        best = (own.start(), -1, "own")
    for order, (level, pattern) in enumerate(_ORDER):
        if (found := pattern.search(folded)) and (best is None or (found.start(), order) < best[:2]):
            best = (found.start(), order, level)
    return _resolve(best[2], setting) if best else None


@cache
def _own_re(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the own conference of an office of these *kinds*: "cấp Tổng công ty", "Đại hội Khối"."""
    return re.compile(
        r"(?:(?<![a-z])(?:cap|toan|hoi\s+nghi|dai\s+hoi|tai|o)\s+|^(?:\W|\d)*)"
        rf"(?:(?:dang\s+bo|dang\s+uy|cong\s+doan|co\s+quan|van\s+phong)\s+)?(?:{'|'.join(kinds)})(?![a-z])"
        r"(?!\s+(?:truc\s+thuoc|thanh\s+vien|co\s+so|phan|khu\s+vuc|phong|huyen|truong))"
    )


_LINK_RE = re.compile(r"^(?:\W*(?:rieng|con|va|cac|moi|tung)\s+)+")
_SUBJECT_RE = re.compile(
    r"(?<![a-z])(?:cap\s+(?:co\s+so|xa|phuong|thi\s+tran|huyen|quan|thi\s+xa|thanh\s+pho|tinh|tren|truong|dac\s+khu|so|toan\s+quoc)"
    r"(?:[^:;.]{0,20}(?<![a-z])co\s+so)?|(?:o|tai)\s+cap\s[^:;.\d]{2,20}|"
    r"o\s+(?:xa|phuong|huyen|quan|thi\s+xa|tinh)(?![a-z])[^:;.\d]{0,30}|doi\s+voi\s[^:;.]{2,60}|"
    r"diem\s+cau\s[^:;.,(\d]{2,40}|(?:hoi\s*nghi|dai\s*hoi)\s[^:;.,(]{2,60})(?![a-z])|^\W*[^:;.]{2,60}(?=:)|^\W*(?:cac|moi|tung)\s[^:;.]{2,40}|"
    r"^\W*(?:(?:rieng|con|va)\s+)?(?:tinh(?!\s+(?:hinh|chat|than))|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong|thi\s+tran|thon|to\s+dan\s+pho)"
    r"(?![a-z])[^:;.\d]{0,60}"
)


def subject_level(folded: str, setting: Setting) -> EventLevel | None:
    """Return the level of the last phrase before a number that names whom it is for ("đối với", "cấp", "hội nghị").

    >>> subject_level("hoi nghi cap huyen: so luong khong qua", Setting("district"))
    'district'
    >>> subject_level("lua chon theo phan bo cua don vi co so, chiem", Setting("district")) is None
    True
    """
    for match in reversed(list(_SUBJECT_RE.finditer(folded))):
        level = _level_in(_LINK_RE.sub("", match[0]).strip(" ,"), setting)
        if level is not None and level != "any":
            return level
    return None


def _resolve(name: str, setting: Setting | None) -> EventLevel | None:
    if name == "city":
        return setting.city if setting else None
    if name == "own":
        return setting.own if setting else None
    if name == "district" and setting:
        return setting.units
    if name == "above_base":
        return "district"
    return name  # type: ignore[return-value]


_RANKS: tuple[EventLevel, ...] = ("grassroots", "district", "province", "national")


def stands_above(level: EventLevel | None, own: EventLevel | None) -> bool:
    """Tell whether a conference of *level* is that of an office above one whose conference is *own*."""
    return own in _RANKS and level in _RANKS and _RANKS.index(level) > _RANKS.index(own)


def level_in(folded: str, setting: Setting) -> EventLevel | None:
    """Return the level of conference that folded text names; None where it names none.

    >>> level_in("2.1. doi voi cac xa, phuong, co quan", Setting("district"))
    'grassroots'
    >>> level_in("doi voi cong doan cap tren truc tiep co so", Setting("province"))
    'district'
    """
    return _level_in(folded, setting)


# "200 đại biểu từ các công đoàn cấp trên cơ sở": where they come from is not where they meet
SOURCE_RE = re.compile(
    r"(?<![a-z])tu\s+(?:cac\s+)?(?:[a-z]+\s+){0,3}?cap\s+(?:tren\s+)?(?:co\s+so|xa|phuong|huyen|quan)(?![a-z])"
)
_BEHIND_RE = re.compile(
    r"\s*(?:tro\s+(?:len|xuong)\s*)?\(?\s*(?:(?:doi\s+voi|o|tai|cho)\s+)?(?:hoi\s*nghi\s+|dai\s*hoi\s+)?"
    r"(?P<level>cap\s+[a-z ]{2,20})"
)


def level_behind(folded: str, end: int, setting: Setting) -> EventLevel | None:
    """Return the level that stands right behind a number which ends at *end*: "350 dai bieu cap tinh", "(cap xa)".

    >>> level_behind("30% (cap xa), 35%", 3, Setting("province"))
    'grassroots'
    """
    match = _BEHIND_RE.match(folded, end)
    return level_in(match["level"], setting) if match else None


_OWN_NAME_RE = re.compile(
    r"^\W*(?:hoi\s+nghi|dai\s+hoi)\s+(?:[a-z]+\s+){0,6}?(?:cua\s+|toan\s+)?"
    r"(?:nganh|so|truong|benh\s+vien|cong\s+ty|tong\s+cong\s+ty|khoi|bo|cuc|chi\s+cuc|hoc\s+vien|vien)\s+(?!truc\s+thuoc)"
)
_OWN_RE = re.compile(
    r"^(?:\W|\d)*(?:(?:hoi\s+nghi|dai\s+hoi)\s+(?:\w+\s+){0,6}?)?(?:doi\s+voi\s+|o\s+|tai\s+|cap\s+|cua\s+)?"
    r"(?P<unit>thi\s+xa|thanh\s+pho|huyen|quan|tinh|(?<!co\s)so|(?<!thi\s)(?<!tac\s)xa|phuong|thi\s+tran|truong|benh\s+vien|cong\s+ty)\W*$"
)


_LABEL_RE = re.compile(r"[^:.;]{3,40}:")


def governing(item: Item) -> Iterator[Item]:
    """Yield *item* and what stands over it, as far as that speaks for it.

    "Cơ cấu đại biểu: ..." without a number behind "1. Cấp cơ sở: ..." and "2. Cấp huyện: ..." of one paragraph each
    closes the whole list, though it stands under its last item.
    """
    labelled = item.style == "paragraph" and _LABEL_RE.match(item.passage.folded)
    for above in item.path():
        if labelled and above is item.parent and not above.heading and above.parent is not None:
            before = [sibling for sibling in above.parent.children if sibling.index < above.index]
            if before and all(s.style == above.style and not s.heading and not s.children for s in before):
                continue
        yield above


def heading_level(item: Item, setting: Setting) -> EventLevel | None:
    """Return the level that *item* names in its label ("Cấp huyện: ..."), or else the nearest heading over it."""
    for above in governing(item):
        head = above.passage.folded[:160]
        if not above.heading:
            label = re.match(r"[^:.;]*:" if above is item else r"[^:.;]*", head)
            head = label[0].rstrip(":") if label else ""
        if head:
            if own := _OWN_RE.match(head):
                return _own_level(own["unit"].split(), setting)
            level = level_in(head, setting)
            if level is not None and level != "any":
                return level
            if above.heading and _OWN_NAME_RE.match(head):
                return setting.own
    return None


def _own_level(unit: list[str], setting: Setting) -> EventLevel | None:
    name = " ".join(unit)
    if name in ("xa", "phuong", "thi tran"):
        return "grassroots"
    if name in ("huyen", "quan", "thi xa", "so"):
        return "district"
    if name == "tinh":
        return "province"
    if name == "thanh pho":
        return setting.city
    return setting.own if name in setting.kinds else "grassroots"  # a school, hospital or company of another office
