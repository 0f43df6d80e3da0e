"""The clauses that may each set a number of delegates: for whom, on what condition, under which heading.

One sentence often sets several numbers ("cấp huyện không quá 200, cấp xã không quá 150, riêng các xã vùng cao không quá
100"). It is cut where a new subject begins behind a number, so that the rules for numbers see one subject at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.counts import find_counts
from pipeline.recognize.context import Plan, title_of
from pipeline.recognize.levels import subject_level
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import EventLevel

_HEADING_RE = anchor_re("số lượng|đại biểu|thành phần|cơ cấu|quy mô|người tham dự|đối tượng tham dự|triệu tập")
_NUMBER_HEADING_RE = anchor_re("số lượng|số đại biểu|quy mô")
_LEFT_OPEN_RE = anchor_re("số lượng|số đại biểu|quy mô|thành phần đại biểu")
# "số lượng do đơn vị quyết định" is about delegates without a heading that says so, "số lượng phần thưởng" is not.
_NUMBER_OF_RE = re.compile(
    r"(?<![a-z])(?:so\s+luong|quy\s+mo|thanh\s+phan)(?=\s*(?:$|[,:.;]|va\s|do\s|dai\s+bieu|nguoi\s|tham\s+du|tuy\s|can\s+cu|giao\s|"
    r"khong\s))"
)
_AWARDS_RE = anchor_re("khen thưởng|giấy khen|bằng khen|hình thức khen")

PEOPLE = (
    r"(?:can\s+bo|cong\s+chuc|doan\s+vien|hoi\s+vien|dang\s+vien|nguoi\s+lao\s+dong|cnvc|giao\s+vien|cong\s+doan\s+vien|"
    r"vien\s+chuc|cbcc|cbgv|cbcnv|nhan\s+vien|hoi\s+dong\s+su\s+pham|thanh\s+vien|xa\s+vien|nha\s+giao|cong\s+nhan|"
    r"lao\s+dong|chien\s+si|quan\s+nhan|nhan\s+dan|y\s*,?\s*bac\s+si)"
)
PLENARY_RE = re.compile(
    r"(?<![a-z])(?:(?:hoi\s*nghi|dai\s*hoi)\s+(?:\w+\s+){0,4}?toan\s*the|(?:to\s*chuc|hop|mo)\s+toan\s*the|"
    rf"(?:(?:trieu\s+tap|moi|gom|la)\s*|(?<=:)\s*)(?:100\s*%|toan\s*(?:the|bo))\s+(?:so\s+|cac\s+)?{PEOPLE}|^\W*toan\s*the\s+(?:cac\s+)?{PEOPLE}|"
    rf"toan\s*the\s+(?:cac\s+)?{PEOPLE}[^.;]{{0,80}}(?:tham\s+du|du\s+hoi\s+nghi|du\s+dai\s+hoi))(?![a-z])"
)
_DECISION = (
    r"(?:(?:tu\s+|chu\s+dong\s+)?(?:quyet\s+dinh|xac\s+dinh|quy\s+dinh|an\s+dinh|tu\s+quyet|can\s+doi|bo\s+tri|"
    r"lua\s+chon\s+quyet\s+dinh)|chu\s+dong\s+(?:ve|trong|chon|trieu\s+tap))"
)
_DECIDER = (
    r"(?:don\s+vi|dia\s+phuong|co\s+so|(?:thu\s+truong|lanh\s+dao|nguoi\s+dung\s+dau|ban\s+chap\s+hanh|ban\s+thuong\s+(?:vu|truc)|cap\s+uy|"
    r"chu\s+tich)[^.;]{0,40})"
)
DECIDES_RE = re.compile(
    rf"(?<![a-z])(?:do\s+[^.;]{{2,80}}?{_DECISION}|"
    rf"(?:tuy|tuy\s+theo|tuy\s+thuoc|can\s+cu)\s[^.;]{{3,140}}?(?:{_DECISION}|trieu\s+tap)"
    r"(?:\s+(?:cu\s+the\s+)?(?:ve\s+)?(?:so\s+luong|thanh\s+phan)[^.;]*)?|"
    rf"{_DECIDER}\s+{_DECISION}[^.;]{{0,60}}|khong\s+(?:khong\s+che|han\s+che|gioi\s+han|an\s+dinh|quy\s+dinh)(?![a-z])|"
    r"tuy\s+(?:theo\s+|thuoc\s+|vao\s+|thuoc\s+vao\s+)?(?:quy\s+mo|tinh\s+hinh|dieu\s+kien|tinh\s+chat|yeu\s+cau|dac\s+diem)[^.;]*)"
)

_HEADS = (
    r"(?:lao\s+dong|nguoi|can\s+bo|doan\s+vien|hoi\s+vien|dang\s+vien|cong\s+nhan|cnvcld|cong\s+doan\s+vien|nguoi\s+lao\s+dong|"
    r"cbccvc|vien\s+chuc|giao\s+vien|ho|dan|cbcnvc?|cong\s+chuc|cbcc|cbvc|cbgv\w*|cnvc|cnld|bien\s+che|xa\s+vien|dong\s+chi|"
    r"thanh\s+vien|quan\s+nhan|chi\s+em|hoc\s+sinh)"
)
_BODY = (
    r"(?:doanh\s+nghiep|don\s+vi|co\s+quan|cong\s+doan\s+co\s+so|cong\s+doan|co\s+so|xa|phuong|chi\s+bo|dang\s+bo|truong|noi|"
    r"dia\s+phuong|cdcs|cong\s+ty|to\s+chuc|khu\s+dan\s+cu|thon|chi\s+cuc|chi\s+nhanh|chi\s+hoi|chi\s+doan|khoa|phong|"
    r"hop\s+tac\s+xa|hoi(?!\s+(?:nghi|truong|dong)))"
)
_SIZE = r"(?:tren|duoi|tu|it\s+hon|nhieu\s+hon|dong\s+hon|>=?|<=?|(?<=co\s)khong\s+qua|co)"
CONDITION_RE = re.compile(
    r"(?<![a-z])(?P<condition>(?:"
    rf"(?:tu|tren|duoi)\s+\d[\d.]*\s+(?:den\s+(?:duoi|het)\s+\d[\d.]*\s+)?(?!nguoi|dong\s+chi|thanh\s+vien|dan(?!g)|ho){_HEADS}|"
    rf"(?:doi\s+voi\s+(?:cac\s+)?)?(?:nhung\s+|cac\s+)?{_BODY}(?:[\w\s,-]{{0,40}}?)\s(?:co\s+)?(?:[ou]\s+)?(?:quan\s+so\s+)?"
    rf"{_SIZE}\s*(?:so\s+luong\s+|quan\s+so\s+)?\d[\d.]*\s*(?:den\s+(?:duoi\s+|het\s+)?\d[\d.]*\s*)?{_HEADS})"
    r"(?:\s*,\s*(?:cong\s+chuc|vien\s+chuc|giao\s+vien|nhan\s+vien|nguoi\s+lao\s+dong|can\s+bo))*"
    r"(?:\s+tro\s+(?:len|xuong))?)"
)
_FOR_RE = re.compile(
    r"(?<![a-z])doi\s+voi\s+(?:cac\s+)?(?P<unit>chi\s+bo|dang\s+bo|doanh\s+nghiep|don\s+vi|truong|cong\s+doan|chi\s+hoi|chi\s+doan|"
    r"co\s+quan|hop\s+tac\s+xa|cong\s+ty)(?:\s+(?!khong|toi|so|to\s+chuc|thi|la)[a-z]+){0,4}"
)
# "riêng thị trấn được mời đến 150": the rule's own exception
_EXCEPTION_RE = re.compile(
    r"^\W*(?P<condition>(?:con\s+)?(?:rieng|dac\s+biet)\s+[^:;.\d]{3,70}?)(?=\s*(?::|,|(?:thi\s+)?(?:duoc|co\s+the|khong|toi\s+da|to\s+chuc|"
    r"trieu\s+tap|moi|so\s+luong|khoang|tu|la|hop)(?![a-z])|\d))"
)
# "xã loại I", "huyện miền núi": a class of units, each with its own number
_CLASS_RE = re.compile(
    r"(?<![a-z])(?P<condition>(?:xa|phuong|thi\s+tran|huyen|truong|don\s+vi|co\s+quan|doanh\s+nghiep|cong\s+ty|chi\s+bo|dang\s+bo)\s+"
    r"(?:loai\s+(?:[ivx]+|[\dabc])|hang\s+(?:[ivx]+|[\dabc])|(?:co\s+)?quy\s+mo\s+(?:lon|nho|vua)|vung\s+cao|mien\s+nui|bien\s+gioi|hai\s+dao|"
    r"dac\s+biet\s+kho\s+khan))(?![a-z\d])"
)
_REST_RE = re.compile(r"(?<![a-z])(?:con\s+lai|noi\s+khac|don\s+vi\s+khac|truong\s+hop\s+khac)(?![a-z])")

_SUBJECT = (
    r"(?:doi\s+voi|cap|rieng|dac\s+biet|hoi\s+nghi|dai\s+hoi|moi|tung|cac|tinh|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong|"
    r"thi\s+tran|truong|don\s+vi|co\s+quan|doanh\s+nghiep|noi|chi\s+(?:hoi|bo|doan|cuc|nhanh)|cong\s+doan|dang\s+bo|thon)(?![a-z])"
)
_CUT_RE = re.compile(
    rf",\s*(?:(?:va|con|rieng)\s+)*(?={_SUBJECT})|(?<=\s)(?:con|rieng)\s+(?={_SUBJECT})|(?<=\s)rieng\s|(?<=\s)va\s+(?={_SUBJECT})|"
    r",\s*(?=(?:khong\s+qua|toi\s+da|khoang|\d)[^,;]{2,40}(?:(?:doi\s+voi|cho|voi)\s|\(\s*(?:doi\s+voi|cap)\s))"
)
_WINDOW = 300  # characters around a cut that are asked for numbers: a list of thousands of commas must not take minutes
_PARTS_RE = re.compile(r"(?<![a-z])(?:trong\s+(?:do|so)|(?:bao\s+)?gom)(?![a-z])")
_SCOPE_START_RE = re.compile(r"(?:\W|\d)*(?:moi|tung)\s+(?!hoi\s*nghi|dai\s*hoi|cap\s)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that may limit delegates, with what the clauses before it have settled."""

    item: Item
    start: int  # in the item
    text: str  # folded
    headed: bool  # a heading or label says that numbers are those of delegates
    numbered: bool  # a heading speaks of how many they are
    level: EventLevel | None
    carried: EventLevel | None  # the level of the clause before
    condition: Span | None  # of the words in the item
    own_condition: bool  # the condition stands in this clause

    @property
    def leaves_open(self) -> bool:
        """Tell whether the clause is about how many delegates there are, and not about awards."""
        if _AWARDS_RE.search(self.text):
            return False
        about = self.numbered or bool(_LEFT_OPEN_RE.search(self.text))
        return (self.headed and about) or bool(_NUMBER_OF_RE.search(self.text))


def clauses_of(plan: Plan, item: Item) -> Iterator[Clause]:
    """Yield the clauses of *item*; a clause without a level or condition of its own keeps that of the one before."""
    folded = item.passage.folded
    under_heading = any(_HEADING_RE.search(title_of(above)) for above in item.path())
    numbered = any(_NUMBER_HEADING_RE.search(title_of(above)) for above in item.path() if above is not item)
    # "Hội nghị toàn thể đối với chi bộ; đối với đảng bộ, không quá 80": alternatives condition each other.
    alternatives = len({match["unit"] for match in _FOR_RE.finditer(folded)}) > 1
    condition: Span | None = None
    carried: EventLevel | None = None
    labelled = False
    for low, high in _spans(item):
        text = folded[low:high]
        label = re.match(r"[^:]{0,40}:", text)
        labelled = bool(_HEADING_RE.search(label[0])) if label else labelled
        actor = DECIDES_RE.search(text)  # "do Ban Thường vụ cấp huyện quy định": who decides, not whose conference
        own_level = subject_level(text[: actor.start()] if actor else text, plan.setting)
        if _SCOPE_START_RE.match(text):  # "mỗi huyện cử 10 đại biểu": to the conference that was spoken of
            own_level = carried or plan.level_of(item) or own_level
        level = own_level or carried or plan.level_of(item, text) or plan.default
        if _REST_RE.search(text) or (carried and own_level and own_level != carried):
            condition = None
        own = CONDITION_RE.search(text)
        local: Span | None = None
        if own is not None:
            condition = (low + own.start("condition"), low + own.end("condition"))
        elif alternatives and (narrowed := _FOR_RE.search(text)):
            condition = (low + narrowed.start(), low + narrowed.end())
        elif narrowed := (_EXCEPTION_RE.match(text) if level == carried else None) or _CLASS_RE.search(text):
            local = (low + narrowed.start("condition"), low + narrowed.end("condition"))
        headed = under_heading or labelled
        yield Clause(item, low, text, headed, numbered, level, carried, local or condition, own is not None)
        carried = level


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
            if _PARTS_RE.search(piece) and not re.match(r"(?:rieng|moi|tung)\s", rest):
                continue  # the parts of one number
            if _sets_number(piece) and _sets_number(rest):
                yield start, cut.start()
                start = cut.start()
        yield start, high


def _sets_number(folded: str) -> bool:
    """Tell whether *folded* words hold what may be a number of delegates, and not only the size of a unit."""
    if PLENARY_RE.search(folded) or DECIDES_RE.search(folded):
        return True
    sizes = [match.span("condition") for match in CONDITION_RE.finditer(folded)]
    return any(not any(a <= count.start < b for a, b in sizes) for count in find_counts(folded))
