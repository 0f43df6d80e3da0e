"""What every rule of the body needs to know: the outline, whose plan it is, and which parts say nothing of the kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.data import Document
from pipeline.lexicon.folding import anchor
from pipeline.recognize.found import Found
from pipeline.recognize.levels import Setting, governing, heading_level, level_in, subject_level
from pipeline.recognize.outline import Item, Outline
from pipeline.recognize.passage import Span
from pipeline.record import EventLevel

CONFERENCE = (
    r"(?<![a-z])(?:hoi\s*[nm]gh[il1j]|dai\s*h[o0][il1](?!\s+dong\s+co)|ngay\s*hoi|hoi\s*thao|toa\s*dam|lien\s*hoan|"
    r"le\s+(?:tuyen\s*duong|ton\s*vinh|bieu\s*duong|trao|tong\s*ket|phat\s*dong|ky\s*niem|mit\s*tinh)|gap\s+mat)(?![a-z])"
)
CONFERENCE_RE = re.compile(CONFERENCE)
PILOT = (
    r"(?<![a-z])(?:(?:hoi\s*nghi|dai\s*hoi|to\s*chuc|chi\s*dao|lam|chon|don\s*vi|xa|phuong|huyen|truong|cap|mo|hop|to\s*chuc\s+hoi\s*nghi|"
    r"to\s*chuc\s+dai\s*hoi|xay\s*dung)\s+(?:lam\s+|mau\s+)?(?:diem|d[il1]em|thi\s*diem|mau)|thi\s*diem|"
    r"to\s*chuc\s+rut\s+kinh\s+nghiem\s+truoc|"
    r"(?:lam|hop|to\s*chuc|tien\s*hanh|hoan\s*thanh)\s+truoc[^.;]{0,40}?de\s+(?:[a-z]+,?\s+){0,8}?rut\s+kinh\s+nghiem)(?![a-z])"
    r"(?!\s+(?:hinh|den|cua\s+moi|so|cao|nhan|thi\s+dua))"
)
PILOT_RE = re.compile(PILOT)
_AFTER_PILOT_RE = re.compile(
    rf"(?:(?:sau\s+khi|(?:^|(?<=[,;.:]\s))\W*sau)(?:\s+[a-z]+){{0,6}}\s+|rut\s+kinh\s+nghiem\s+(?:tu\s+)?){PILOT}|con\s+lai|dai\s+tra"
)
# Headings under which dates, numbers and shares speak of the past or of aims.
_ASIDE_RE = re.compile(
    anchor(
        "mục đích|yêu cầu|căn cứ|đặc điểm tình hình|đánh giá tình hình|kết quả đạt được|kết quả thực hiện|bối cảnh|"
        "quan điểm|mục tiêu|chỉ tiêu|ý nghĩa|thực trạng|khái quát"
    )
)
# "Yêu cầu về đại biểu", "Thời gian và yêu cầu": such a heading is about the conference all the same.
_ARRANGEMENTS_RE = re.compile(anchor("đại biểu|thành phần|cơ cấu|số lượng|thời gian|chương trình|quy mô"))


PAST_RE = re.compile(
    anchor(
        "giai đoạn trước|nhiệm kỳ trước|lần trước|trước đây|vừa qua|khóa trước|kỳ trước|mới đạt|đã đạt|đã có|năm trước|"
        "so với|tăng so|giảm so|hiện có|thực tế có|toàn tỉnh có|toàn huyện có|tính đến|thống kê"
    )
    + r"|(?<![a-z])(?:tai|trong)\s+(?:hoi\s+nghi|dai\s+hoi)[^,;]{0,60}"
    r"(?:nam\s+(?:19|20)\d\d|lan\s+thu\s+[ivxl]+)[^,;]{0,20},"
)
"""Words that make the numbers of a sentence those of the past."""
_HELD_RE = re.compile(
    r"(?<![a-z])(?:(?:tai|trong)\s+(?:hoi\s*nghi|dai\s*hoi)[^;.]{0,60}?|(?:hoi\s*nghi|dai\s*hoi)[^;.]{0,40}?\(\s*)"
    r"nam\s+(?P<year>(?:19|20)\d\d)"
)


_MEETING_RE = re.compile(
    CONFERENCE
    + "|"
    + anchor(
        "tập huấn|làm việc|tổng kết|sơ kết|tuyên dương|tôn vinh|biểu dương|điển hình|bồi dưỡng|giao ban|hội thi|"
        "gặp mặt|ngày hội|đối thoại|mít tinh|thi đua|gương"
    )
    # folded alone, họp is hợp and lễ is lẻ: "hợp đồng", "riêng lẻ", "nghỉ lễ"
    + r"|(?<![a-z])(?:^|(?:cuoc|du|phien|buoi|ban|lich|moi|chu\s+tri|trieu\s+tap|to\s+chuc)\s+)"
    r"hop(?!\s+(?:dong|tac|nhat))(?![a-z])"
    r"|(?<![a-z])(?:buoi|dai|chuc|du)\s+le(?![a-z])"
    r"|(?<![a-z])le\s+(?:cong\s+bo|ra\s+quan|khai|don|hoi|cap|trao|ket)(?![a-z])"
)
_CONFERENCE_SHARE = 3000
"""Characters to a mention of a conference: plans of one need 1,500 or less, decrees and procedures 3,100 and more."""


def is_meeting(subject: str, body: str) -> bool:
    """Tell whether a plan with this folded subject and body is about a conference; the subject may be unknown.

    >>> is_meeting("to chuc hoi nghi dien hinh tien tien", ""), is_meeting("to chuc dau thau thuoc nam 2018", "")
    (True, False)
    >>> is_meeting("", "so luong khong qua 150 dai bieu"), is_meeting("", "quy trinh cap giay phep " * 200)
    (True, False)
    """
    if subject and _MEETING_RE.search(subject):
        return True
    # A damaged subject says nothing; a body that speaks of conferences again and again does.
    mentions = len(CONFERENCE_RE.findall(body))
    if not subject:
        return (mentions + 1) * _CONFERENCE_SHARE >= len(body)
    return mentions > 2 and mentions * _CONFERENCE_SHARE >= len(body)


def is_pilot(folded: str) -> bool:
    """Tell whether folded text speaks of a pilot conference, and not of what follows one.

    >>> is_pilot("to chuc hoi nghi diem tai phuong"), is_pilot("sau khi to chuc hoi nghi diem, cac don vi con lai")
    (True, False)
    """
    return bool(PILOT_RE.search(folded)) and not _AFTER_PILOT_RE.search(folded)


_OTHER_MATTER_RE = re.compile(
    r"thoi\s*gian|so\s*luong|thanh\s*phan|noi\s*dung|hinh\s*thuc|quy\s*mo|co\s*cau|doi\s*tuong"
)


def heads_pilots(title: str) -> bool:
    """Tell whether what stands under the folded *title* is about pilots, and not about them among other matters.

    >>> heads_pilots("thoi gian to chuc hoi nghi diem"), heads_pilots("thoi gian, so luong va don vi to chuc diem")
    (True, False)
    """
    before = re.split(r",|;|\bva\b", title)
    while before and not is_pilot(before[-1]):
        before.pop()
    return bool(before) and not any(_OTHER_MATTER_RE.search(part) for part in before[:-1])


@dataclass(frozen=True, slots=True)
class Plan:
    """The part of a document between header and close, ready for the rules."""

    document: Document
    outline: Outline  # of the body
    annex: Outline  # of what follows the close
    setting: Setting
    issued: date | None
    year: int | None  # of dates that name none
    meets: bool = True  # it is about a conference, so that a bare "Thời gian" is that of one
    about: str = ""  # its subject, folded
    default: EventLevel | None = None  # of numbers and shares that no heading ties to a level
    sections: Mapping[int, EventLevel] = field(default_factory=dict)  # by index of a heading: whose conference it is

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the body, in reading order."""
        return self.outline.items

    @property
    def provisions(self) -> tuple[Item, ...]:
        """The items of the body, and those of annexes under a heading about delegates or time; forms are none."""
        return (*self.items, *(item for item in self.annex.items if _is_provision(item)))

    def level_of(self, item: Item, near: str = "") -> EventLevel | None:
        """Return the level that the subject of *near* names, else that of the headings over *item*, else of *near*."""
        if near and (level := subject_level(near, self.setting)) is not None:
            return level
        if (level := heading_level(item, self.setting) or self.near(item)) is not None:
            return level
        return level_in(near, self.setting) if near else None

    def near(self, item: Item) -> EventLevel | None:
        """Return the level of the only conferences that are held under the nearest heading over *item* with any."""
        return next((self.sections[above.index] for above in governing(item) if above.index in self.sections), None)

    def aside(self, item: Item) -> bool:
        """Tell whether *item* stands under a heading of aims, reasons or past results."""
        label = re.match(r"[^:.;]{0,40}:", item.passage.folded)
        if label and _ARRANGEMENTS_RE.search(label[0]):
            return False
        for above in item.path():
            if above.heading and _ARRANGEMENTS_RE.search(_title(above)):
                return False  # the nearer heading decides
            if above.heading and _ASIDE_RE.search(_title(above)):
                return True
        return False


def sections_of(items: Iterable[Item], held: Iterable[tuple[int, EventLevel | None]]) -> dict[int, EventLevel]:
    """Return the headings under which the conferences of one level are held.

    Args:
        items: the items of the body, in reading order.
        held: for each conference the offset in the document where it was read, and its level.
    """
    starts = [(place, item) for item in items for place in item.passage.places[:1]]
    levels: dict[int, set[EventLevel | None]] = {}
    for offset, level in held:
        over = next((item for place, item in reversed(starts) if place <= offset), None)
        for above in over.path() if over else ():
            levels.setdefault(above.index, set()).add(level)
    return {index: level for index, (level, *more) in levels.items() if level is not None and not more}


def speaks_of_the_past(plan: Plan, folded: str) -> bool:
    """Tell whether a folded sentence of *plan* says what was: "Tại Đại hội năm 2010 có 180 đại biểu"."""
    if PAST_RE.search(folded):
        return True
    held = _HELD_RE.search(folded)
    return held is not None and plan.year is not None and int(held["year"]) < plan.year


# What goes on beside the conferences, each with days and people of its own, unless the plan is about it.
_SIDE_RE = re.compile(
    anchor(
        "tập huấn|thi tìm hiểu|cuộc thi|giải thể thao|triển lãm|trưng bày|viếng|dâng hương|tham quan|gặp mặt báo chí|"
        "tổng duyệt|sơ duyệt|chạy thử|hội nghị rút kinh nghiệm|hội nghị triển khai|hội nghị quán triệt|"
        "sơ kết đợt|đợt thi đua|đợt cao điểm"
    )
    # folded alone, "phối hợp tổ chức" is a meeting as well, "đại hội thi đua" a contest and "đại hội diễn ra" a show
    + r"|(?<!phoi )(?<!ket )(?<!tong )(?<![a-z])hop\s+"
    r"(?:phien|bao|ban(?!\s+hanh)|to(?!\s+chuc)|rut\s+kinh|xet|trien\s+khai)(?![a-z])"
    r"|(?<!dai )(?<![a-z])hoi\s+(?:thi(?!\s+dua)|dien(?!\s+(?:ra|hinh)))(?![a-z])"
)


def speaks_of_side_work(plan: Plan, before: str) -> bool:
    """Tell whether the folded words *before* a day or a number speak last of something that goes on beside.

    "Họp báo giới thiệu hội nghị" is none of the conferences, and neither is a drive of work that ends with one.
    """
    own = set(_SIDE_RE.findall(plan.about))
    sides = [match.end() for match in _SIDE_RE.finditer(before) if match[0] not in own]
    return bool(sides) and not CONFERENCE_RE.search(_MENTIONED_RE.sub(" ", before[sides[-1] :]))


_MENTIONED_RE = re.compile(
    rf"(?<![a-z])(?:gioi\s+thieu|chao\s+mung|phuc\s+vu|truoc|sau|tuyen\s+truyen|ve|du|to\s+chuc)\s+(?:ve\s+)?{CONFERENCE}"
)
_FORM_RE = re.compile(anchor("mẫu|đề cương|báo cáo|tờ trình|biên bản|trích ngang|phiếu"))


def _is_provision(item: Item) -> bool:
    """Tell whether an item of an annex sets something, as a table of delegates does; the form of a report does not."""
    titles = [_title(above) for above in item.path() if above is not item]
    if item.zone in ("recipients", "signature") or any(_FORM_RE.search(title) for title in titles):
        return False
    return item.style == "row" or any(_ARRANGEMENTS_RE.search(title) for title in titles)


def _title(item: Item) -> str:
    head = item.passage.folded[:120]
    return head if item.heading and len(item.passage.folded) < 120 else re.split(r"[:.;]", head, maxsplit=1)[0]


def titles_over(item: Item) -> Iterator[str]:
    """Yield the folded titles of *item* and its headings, and of a label in a line of its own before a paragraph."""
    for above in item.path():
        yield title_of(above)
        if above.style == "paragraph" and above.parent is not None:
            siblings = above.parent.children
            place = bisect_left(siblings, above.index, key=lambda sibling: sibling.index)
            before = siblings[place - 1] if place else above
            if before.style == "paragraph" and before.text.rstrip().endswith(":"):
                yield title_of(before)


def title_of(item: Item) -> str:
    """Return the folded title of a heading: the words up to its colon, at most 120 characters."""
    return _title(item)


def found(item: Item, start: int, end: int, value: object, confidence: float, method: str) -> Found[object]:
    """Return *value* as found at ``item.text[start:end]``."""
    return Found(value, item.passage.spans(start, end), confidence, method)


def place(item: Item, start: int, end: int) -> tuple[Span, ...]:
    """Return where ``item.text[start:end]`` stands in the document."""
    return item.passage.spans(start, end)
