"""The clauses that may each set a number of delegates: for whom, on what condition, under which heading.

One sentence often sets several numbers ("cấp huyện không quá 200, cấp xã không quá 150, riêng các xã vùng cao không quá
100"). It is cut where a new subject begins behind a number, so that the rules for numbers see one subject at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.folding import anchor, anchor_re
from pipeline.normalize.counts import CountMatch, find_counts, is_number
from pipeline.normalize.ratios import find_shares
from pipeline.recognize.context import Plan, title_of
from pipeline.recognize.levels import Setting, level_in, subject_level
from pipeline.recognize.limit_conditions import (
    REST_RE,
    class_of_units,
    exception,
    has_alternatives,
    kind_of_unit,
    size_of_unit,
)
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import EventLevel

_HEADING_RE = anchor_re("số lượng|đại biểu|thành phần|cơ cấu|quy mô|người tham dự|người dự|đối tượng tham dự|triệu tập")
_NUMBER_HEADING_RE = re.compile(
    anchor("số lượng|số đại biểu|quy mô|số người dự|số người tham dự") + r"|(?<![a-z])so\s+nguoi(?=\s*:)"
)
_LEFT_OPEN_RE = anchor_re("số lượng|số đại biểu|quy mô|thành phần đại biểu|số người")
# "số lượng do đơn vị quyết định" is about delegates without a heading that says so, "số lượng phần thưởng" is not.
_NUMBER_OF_RE = re.compile(
    r"(?<![a-z])(?:so\s+luong|quy\s+mo|thanh\s+phan)(?=\s*(?:$|[,:.;]|va\s|do\s|dai\s+bieu|nguoi\s|tham\s+du|tuy\s|can\s+cu|giao\s|"
    r"khong\s))"
)
_AWARDS_RE = anchor_re("khen thưởng|giấy khen|bằng khen|hình thức khen")
_COUNCIL_RE = re.compile(r"thi\s+dua\W+(?:va\s+)?khen\s+thuong")  # its name says nothing of awards

PEOPLE = (
    r"(?:can\s+bo|cong\s+chuc|doan\s+vien|hoi\s+vien|dang\s+vien|nguoi\s+lao\s+dong|cnvc|giao\s+vien|cong\s+doan\s+vien|"
    r"vien\s+chuc|cb\w{0,4}|gv|nv|nhan\s+vien|hoi\s+dong\s+su\s+pham|thanh\s+vien|xa\s+vien|nha\s+giao|cong\s+nhan|"
    r"lao\s+dong|chien\s+si|quan\s+nhan|nhan\s+dan|y\s*,?\s*bac\s+si)"
)
_ALL = r"(?:100\s*%|toan\s*(?:the|bo)|tat\s+ca)"
PLENARY_RE = re.compile(
    r"(?<![a-z])(?:(?:hoi\s*nghi|dai\s*hoi)\s+(?:\w+\s+){0,4}?toan\s*the|(?:to\s*chuc|hop(?:\s+mat|\s+chung)?|mo|trieu\s+tap|moi)\s+toan\s*the|"
    r"(?:hoi\s*nghi|dai\s*hoi|hop)\s+toan\s+(?:don\s+vi|co\s+quan|truong)|"
    rf"(?:(?:trieu\s+tap|moi|gom|la)\s*|(?<=:)\s*){_ALL}\s+(?:so\s+|cac\s+)?{PEOPLE}|^\W*toan\s*the\s+(?:cac\s+)?{PEOPLE}|"
    rf"toan\s*the\s+(?:cac\s+)?{PEOPLE}[^.;]{{0,80}}(?:tham\s+du|du\s+hoi\s+nghi|du\s+dai\s+hoi))(?![a-z])"
)
_DECISION = (
    r"(?:(?:tu\s+|chu\s+dong\s+)?(?:quyet\s+dinh|xac\s+dinh|quy\s+dinh|an\s+dinh|tu\s+quyet|can\s+doi|bo\s+tri|can\s+nhac|ban\s+bac|"
    r"thong\s+nhat|lua\s+chon\s+quyet\s+dinh)|chu\s+dong\s+(?:ve|trong|chon|trieu\s+tap))"
)
_DECIDER = (
    r"(?:don\s+vi|dia\s+phuong|co\s+so|(?:thu\s+truong|lanh\s+dao|nguoi\s+dung\s+dau|ban\s+chap\s+hanh|ban\s+thuong\s+(?:vu|truc)|cap\s+uy|"
    r"chu\s+tich)[^.;]{0,40}|noi\s+(?:to\s+chuc|mo|hop)(?:\s+(?:hoi\s*nghi|dai\s*hoi))?)"
)
DECIDES_RE = re.compile(
    rf"(?<![a-z])(?:do\s+[^.;]{{2,80}}?{_DECISION}|"
    rf"(?:tuy|tuy\s+theo|tuy\s+thuoc|can\s+cu)\s[^.;]{{3,140}}?(?:{_DECISION}|trieu\s+tap)"
    r"(?:\s+(?:cu\s+the\s+)?(?:ve\s+)?(?:so\s+luong|thanh\s+phan)[^.;]*)?|"
    rf"{_DECIDER}\s+{_DECISION}[^.;]{{0,60}}|khong\s+(?:khong\s+che|han\s+che|gioi\s+han|an\s+dinh|quy\s+dinh)(?![a-z])|"
    r"(?:tuy|phu\s+thuoc)\s+(?:theo\s+|thuoc\s+|vao\s+|thuoc\s+vao\s+)?(?:quy\s+mo|tinh\s+hinh|dieu\s+kien|tinh\s+chat|yeu\s+cau|dac\s+diem)[^.;]*)"
)

_SUBJECT = (
    r"(?:doi\s+voi|cap|rieng|dac\s+biet|hoi\s+nghi|dai\s+hoi|diem\s+cau|moi|tung|cac|tinh(?!\s+(?:hinh|chat|than))|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong|"
    r"thi\s+tran|truong|don\s+vi|co\s+quan|co\s+so|loai|doanh\s+nghiep|noi|chi\s+(?:hoi|bo|doan|cuc|nhanh)|cong\s+doan|dang\s+bo|thon|"
    r"(?:tren|duoi|tu)(?=\s+\d))(?![a-z])"
)
_BEHIND = r"(?:(?:doi\s+voi|cho|voi|o|tai|(?<=bieu\s)cap|(?<=nguoi\s)cap)\s|\(\s*(?:(?:doi\s+voi|o)\s|cap\s))"
_CUT_RE = re.compile(
    rf",\s*(?:(?:va|con|rieng)\s+)*(?={_SUBJECT})|(?<=\s)(?:con|rieng)\s+(?={_SUBJECT})|(?<=\s)hoac\s+(?=(?:trieu\s+tap|to\s+chuc|mo|hop|moi)\s)|\(?(?<=[\s(])rieng\s|\((?=doi\s+voi\s)|(?<=\s)va\s+(?={_SUBJECT})|"
    rf"(?:,|(?<=\s)va\s)\s*(?=(?:khong\s+qua|toi\s+da|khoang|\d)[^,;]{{2,40}}{_BEHIND})"
)
_SENDS_RE = re.compile(r"(?<![a-z])(?:cu|chon\s+cu|gioi\s+thieu|bau)(?![a-z])")
TOTAL_RE = re.compile(r"(?<![a-z])(?:tong\s+(?:cong|so)|(?:tong|cong)(?=\s*:))[^\d;.]{0,60}(?=\d)")
_WINDOW = 300  # characters around a cut that are asked for numbers: a list of thousands of commas must not take minutes
_PARTS_RE = re.compile(r"(?<![a-z])(?:trong\s+(?:do|so)|(?:bao\s+)?gom)(?![a-z])")
_BODY_RE = re.compile(r"[\W\d]*(?:ldld|lien\s+doan|cong\s+doan|dang\s+bo|hoi|doan|ban)\s[^\d;:.,]{2,40}(?=\d|[;:.,])")
_EACH_SENDS_RE = re.compile(
    r"(?<![a-z])(?:moi|tung)\s+(?!hoi\s*nghi|dai\s*hoi|cap\s)[^,;:]{2,40}?\s(?:cu|chon|bau|gioi\s+thieu)(?![a-z])"
)
_DEPENDS_RE = re.compile(rf"(?:[^:]{{0,40}}:)?\s*(?:tuy|can\s+cu)(?:(?!{_DECISION})[^:;])*")
SCOPE_START_RE = re.compile(r"(?:\W|\d)*(?:moi|tung)\s+(?!hoi\s*nghi|dai\s*hoi|cap\s)")
# "cấp huyện 200" in a list of numbers: what it counts was said before
_BARE_RE = re.compile(
    r"(?:(?<![a-z])(?:cap|hoi\s*nghi|dai\s*hoi)\s+[a-z][a-z ,]{1,30}?:?\s*|"
    r"(?:^|[:;,])\s*(?:co\s+so|xa|phuong|huyen|quan|tinh)\s*:\s*)"
    r"(?<!khu )(?<!cum )(?<!khoi )(?:(?<!so )|(?<=co so ))(?<!thu )(?P<number>\d{1,3}(?:\.\d{3})+|\d+)"
    r"(?=\s*(?:[,;)]|\.?\s*$))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that may limit delegates, with what the clauses before it have settled."""

    item: Item
    start: int  # in the item
    text: str  # folded
    headed: bool  # a heading or label says that numbers are those of delegates
    numbered: bool  # a heading, label or clause before it speaks of how many they are
    level: EventLevel | None
    carried: EventLevel | None  # the level of the clause before
    condition: Span | None  # of the words in the item
    own_condition: Span | None  # of the words of this clause that measure the unit
    lead: str  # folded words before it in its sentence
    shared_out: bool  # clauses before it say how many each unit sends

    @property
    def leaves_open(self) -> bool:
        """Tell whether the clause is about how many delegates there are, and not about awards."""
        if _AWARDS_RE.search(_COUNCIL_RE.sub(" ", self.text)):
            return False
        about = self.numbered or bool(_LEFT_OPEN_RE.search(self.text))
        return (self.headed and about) or bool(_NUMBER_OF_RE.search(self.text))

    def counts(self) -> list[CountMatch]:
        """Return the numbers of the clause but those that measure a unit or write a share ("hai phần ba")."""
        printed = self.item.text[self.start :]
        return [count for count in _counts(self.text) if is_number(printed[count.start : count.end])]


def clauses_of(plan: Plan, item: Item) -> Iterator[Clause]:
    """Yield the clauses of *item*; a clause without a level or condition of its own keeps that of the one before."""
    folded = item.passage.folded
    above = [title_of(heading) for heading in item.path() if heading is not item]
    under_heading = any(_HEADING_RE.search(title) for title in (*above, title_of(item)))
    numbered = any(_NUMBER_HEADING_RE.search(title) for title in above)
    alternatives = has_alternatives(folded)  # "toàn thể đối với chi bộ; đối với đảng bộ, không quá 80" are conditions
    condition: Span | None = None
    carried: EventLevel | None = None
    labelled = shared_out = False
    for low, high in _spans(item):
        text = folded[low:high]
        label = re.match(r"[^:]{0,40}:", text)
        labelled = bool(_HEADING_RE.search(label[0])) if label and not (labelled and carried) else labelled
        own_level = _level_of_subject(text, plan.setting)
        if SCOPE_START_RE.match(text):  # "mỗi huyện cử 10 đại biểu": to the conference that was spoken of
            over = plan.level_of(item.parent) if item.parent else None
            own_level = carried or over or plan.near(item) or plan.default or own_level
            shared_out = True
        elif _EACH_SENDS_RE.search(text):
            shared_out = True
        elif shared_out and exception(text):  # "mỗi huyện cử 15 đại biểu, riêng thành phố 20"
            own_level = carried
        if own_level is None and carried and (body := _BODY_RE.match(text)):
            own_level = level_in(body[0], plan.setting)  # "công đoàn cơ sở không quá 150; LĐLĐ tỉnh không quá 300"
        own = size_of_unit(text)
        summed = TOTAL_RE.search(text) is not None  # a total is of no unit that was named among the parts
        level = own_level or (None if summed else carried) or plan.level_of(item, _before_number(text))
        if level is None:  # a unit that is measured meets itself, unless it sends
            level = "grassroots" if own and not _SENDS_RE.search(text) else plan.default
        if REST_RE.search(text) or (carried and own_level and own_level != carried):
            condition = None
        local: Span | None = None
        if own is not None:
            condition = (low + own[0], low + own[1])
        elif alternatives and (narrowed := kind_of_unit(text)):
            condition = (low + narrowed[0], low + narrowed[1])
        elif narrowed := (exception(text) if level == carried else None) or class_of_units(text):
            local = (low + narrowed[0], low + narrowed[1])
        headed = under_heading or labelled
        numbered = numbered or bool(_NUMBER_HEADING_RE.search(text))
        yield Clause(
            item,
            low,
            text,
            headed,
            numbered,
            level,
            carried,
            local or condition,
            own,
            folded[max(0, low - 160) : low],
            shared_out,
        )
        carried = level


def _level_of_subject(text: str, setting: Setting) -> EventLevel | None:
    """Return the level whose number *text* sets; who decides it ("do Ban Thường vụ cấp huyện quyết") says nothing."""
    text = _PARTS_RE.split(text)[0] if next(_counts(text), None) else text  # "250 người, gồm 200 người từ cấp xã"
    actor = DECIDES_RE.search(text)
    return subject_level(text[: actor.start()] if actor else text, setting)


def _before_number(text: str) -> str:
    """Return *text* up to its first number: units named behind it send delegates, they hold no conference."""
    first = next(_counts(text), None)
    lead = text[: first.start] if first and first.start > 3 else text
    return _INVITES_RE.split(lead)[0]


_INVITES_RE = re.compile(
    r"(?<![a-z])(?:moi|gom|dai\s+dien|lanh\s+dao)\s(?!hoi\s+nghi|cap)"
)  # who comes, not whose it is


def _spans(item: Item) -> Iterator[Span]:
    """Yield the clauses of *item* as full stops and semicolons part them, cut where another subject begins."""
    folded = item.passage.folded
    for low, high in item.passage.clauses():
        start = low
        for cut in _CUT_RE.finditer(folded, low, high):
            piece = folded[max(start, cut.start() - _WINDOW) : cut.start()]
            rest = folded[cut.end() : min(high, cut.end() + _WINDOW)]
            if piece.count("(") > piece.count(")"):
                continue
            if _DEPENDS_RE.fullmatch(piece):
                continue  # what the number depends on, before it is set
            if _PARTS_RE.search(piece) and not re.match(r"(?:rieng|moi|tung)\s", rest):
                continue  # the parts of one number
            if _sets_number(piece) and _sets_number(rest):
                yield start, cut.start()
                start = cut.start()
        yield start, high


def _sets_number(folded: str) -> bool:
    """Tell whether *folded* words hold what may be a number of delegates, and not only the size of a unit."""
    return bool(PLENARY_RE.search(folded) or DECIDES_RE.search(folded)) or next(_counts(folded), None) is not None


def _counts(folded: str) -> Iterator[CountMatch]:
    """Yield the numbers of *folded* words that neither measure a unit nor belong to a share."""
    if size := size_of_unit(folded):
        folded = folded[: size[0]] + " " * (size[1] - size[0]) + folded[size[1] :]
    shares = [(share.start, share.end) for share in find_shares(folded)]
    found = list(find_counts(folded))
    taken = {place for count in found for place in range(count.start, count.end)}
    for match in _BARE_RE.finditer(folded):
        start, end = match.span("number")
        if start not in taken:
            number = int(match["number"].replace(".", ""))
            found.append(CountMatch(start, end, "exact", None, number, None))
    for count in sorted(found, key=lambda count: count.start):
        if any(low < count.end and count.start < high for low, high in shares):
            continue
        yield count


_SERIES_RE = re.compile(
    r"(?P<numbers>\d[\d.]*(?:\s*(?:dai\s*bieu|nguoi))?(?:\s*(?:,|va)\s*\d[\d.]*(?:\s*(?:dai\s*bieu|nguoi))?)+)(?![\d/%])"
)


def series_of(clause: Clause, setting: Setting) -> list[tuple[EventLevel, int, int]]:
    """Return the levels of "cấp xã, cấp huyện lần lượt không quá 100 và 200", each with the place of its number."""
    match = _SERIES_RE.search(clause.text)
    if match is None:
        return []
    places = [number.span() for number in re.finditer(r"\d+(?:\.\d{3})*", match["numbers"])]
    before = re.split(r",|(?<![a-z])va(?![a-z])", clause.text[: match.start()])
    levels = [level for part in before if (level := level_in(part.strip(), setting))]
    if len(levels) != len(places) or len(set(levels)) < len(levels):
        return []
    return [(level, match.start() + a, match.start() + b) for level, (a, b) in zip(levels, places, strict=True)]
