"""How many delegates a conference may have: numbers, hội nghị toàn thể, and numbers left to the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.counts import CountMatch, find_counts
from pipeline.recognize.context import PAST_RE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import subject_level
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import DelegateLimit, EventLevel

_DELEGATES_RE = anchor_re(
    "đại biểu|thành phần|số lượng|cơ cấu|triệu tập|tham dự|dự hội nghị|dự đại hội|người dự|quy mô|mời|dự họp|"
    "mỗi hội nghị|có mặt"
)
_HEADING_RE = anchor_re("số lượng|đại biểu|thành phần|cơ cấu|quy mô|người tham dự|đối tượng tham dự|triệu tập")
_ASIDE_RE = anchor_re(
    "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|ban tổ chức|tổ thư ký|thư ký|khen thưởng tối đa|tặng giấy khen|tặng bằng khen|"
    "tham luận|tiểu ban|tổ giúp việc|ban giám khảo|lễ tân|phục vụ|văn nghệ|tốp ca|phần thưởng|đề nghị khen thưởng"
)
_NOT_PEOPLE_RE = re.compile(
    r"^\s*(?:lao\s+dong|cong\s+nhan\s+lao|can\s+bo|cbcc|cbvc|cbgv\w*|cbcnvc?|cnvc|cnld|bien\s+che|xa\s+vien|"
    r"doan\s+vien|hoi\s+vien|dang\s+vien|cong\s+doan\s+vien|nguoi\s+lao\s+dong|"
    r"cnvcld|cbccvc|ngay|gio|phut|nam|thang|tuoi|xa|phuong|don\s+vi|tap\s+the|ca\s+nhan|dien\s+hinh|guong|trieu|dong|%|"
    r"phan\s+tram|bao\s+cao|tham\s+luan|trang|lan|cap|muc|quyen|bo|phan|huyen|quan|giai\s+doan|buoi|tiet\s+muc|hoc\s+sinh|"
    r"ho|to\s+chuc|co\s+so|doanh\s+nghiep|chi\s+bo|cum|khoi|nhiem\s+vu|phong\s+trao|m2|ty|ban|truong)(?![a-z])"
)
_SCOPE_RE = re.compile(
    r"(?<![a-z])(?P<unit>(?:moi|tung|cac)\s+(?:don\s+vi|xa|phuong|co\s+quan|phong|doan\s+the|cong\s+doan|chi\s+bo|dang\s+bo|"
    r"truong|doanh\s+nghiep|khoi|cum|huyen|so|nganh|to\s+chuc|chi\s+hoi|chi\s+doan|thon|khoa)[^.;:]{0,60}?)\s*"
    r"(?:cu|duoc\s+cu|chon\s+cu|gioi\s+thieu|bau|co|duoc)?\s*:?\s*(?:khong\s+qua|toi\s+da|it\s+nhat)?\s*$"
)
_SCOPE_START_RE = re.compile(r"\W*(?:moi|tung)\s")
_SENDS_RE = re.compile(
    r"(?<![a-z])(?:cu|chon\s+cu|gioi\s+thieu|bau\s+chon|phan\s+bo|duoc\s+cu|bau)(?![a-z])[^;.]{0,30}$"
)
_PEOPLE = (
    r"(?:can\s+bo|cong\s+chuc|doan\s+vien|hoi\s+vien|dang\s+vien|nguoi\s+lao\s+dong|cnvc|giao\s+vien|cong\s+doan\s+vien|"
    r"vien\s+chuc|cbcc|cbgv|cbcnv|nhan\s+vien|hoi\s+dong\s+su\s+pham|thanh\s+vien|xa\s+vien|nha\s+giao|cong\s+nhan|"
    r"lao\s+dong|chien\s+si|nhan\s+dan|y\s*,?\s*bac\s+si)"
)
_PLENARY_RE = re.compile(
    r"(?<![a-z])(?:(?:hoi\s*nghi|dai\s*hoi)\s+(?:\w+\s+){0,4}?toan\s*the|(?:to\s*chuc|hop|mo)\s+toan\s*the|"
    rf"(?:(?:trieu\s+tap|moi|gom|la)\s*|(?<=:)\s*)(?:100\s*%|toan\s*(?:the|bo))\s+(?:so\s+|cac\s+)?{_PEOPLE}|^\W*toan\s*the\s+(?:cac\s+)?{_PEOPLE}|"
    rf"toan\s*the\s+(?:cac\s+)?{_PEOPLE}[^.;]{{0,80}}(?:tham\s+du|du\s+hoi\s+nghi|du\s+dai\s+hoi))(?![a-z])"
)
_DECISION = (
    r"(?:tu\s+|chu\s+dong\s+)?(?:quyet\s+dinh|xac\s+dinh|quy\s+dinh|an\s+dinh|tu\s+quyet|can\s+doi|bo\s+tri|"
    r"lua\s+chon\s+quyet\s+dinh)"
)
_DECIDER = (
    r"(?:don\s+vi|dia\s+phuong|co\s+so|(?:thu\s+truong|lanh\s+dao|nguoi\s+dung\s+dau|ban\s+chap\s+hanh|ban\s+thuong\s+(?:vu|truc)|cap\s+uy|"
    r"chu\s+tich)[^.;]{0,40})"
)
_DECIDES_RE = re.compile(
    rf"(?<![a-z])(?:do\s+[^.;]{{2,80}}?{_DECISION}|"
    rf"(?:tuy|tuy\s+theo|tuy\s+thuoc|can\s+cu)\s[^.;]{{3,140}}?(?:{_DECISION}|trieu\s+tap)"
    r"(?:\s+(?:cu\s+the\s+)?(?:ve\s+)?(?:so\s+luong|thanh\s+phan)[^.;]*)?|"
    rf"{_DECIDER}\s+{_DECISION}[^.;]{{0,60}}|khong\s+(?:khong\s+che|han\s+che|gioi\s+han|an\s+dinh)(?![a-z])|"
    r"tuy\s+(?:theo\s+|thuoc\s+|vao\s+|thuoc\s+vao\s+)?(?:quy\s+mo|tinh\s+hinh|dieu\s+kien|tinh\s+chat|yeu\s+cau|dac\s+diem)[^.;]*)"
)
_HEADS = (
    r"(?:lao\s+dong|nguoi|can\s+bo|doan\s+vien|hoi\s+vien|dang\s+vien|cong\s+nhan|cnvcld|cong\s+doan\s+vien|nguoi\s+lao\s+dong|"
    r"cbccvc|vien\s+chuc|giao\s+vien|ho|dan|cbcnvc?|cong\s+chuc|cbcc|cbvc|cbgv\w*|cnvc|cnld|bien\s+che|xa\s+vien)"
)
_BODY = (
    r"(?:doanh\s+nghiep|don\s+vi|co\s+quan|cong\s+doan\s+co\s+so|cong\s+doan|co\s+so|xa|phuong|chi\s+bo|dang\s+bo|truong|noi|"
    r"dia\s+phuong|cdcs|cong\s+ty|to\s+chuc|khu\s+dan\s+cu|thon)"
)
_CONDITION_RE = re.compile(
    r"(?<![a-z])(?P<condition>(?:"
    rf"(?:tu|tren|duoi)\s+\d[\d.]*\s+(?!nguoi|dan(?!g)|ho){_HEADS}|"
    rf"(?:doi\s+voi\s+(?:cac\s+)?)?(?:nhung\s+|cac\s+)?{_BODY}(?:[\w\s,-]{{0,40}}?)\s(?:co\s+)?(?:[ou]\s+)?"
    r"(?:tren|duoi|tu|it\s+hon|nhieu\s+hon|dong\s+hon|khong\s+qua|>|<|>=|<=|co)\s*(?:so\s+luong\s+)?"
    rf"\d[\d.]*\s*(?:den\s+(?:duoi\s+)?\d[\d.]*\s*)?{_HEADS})"
    r"(?:\s*,\s*(?:cong\s+chuc|vien\s+chuc|giao\s+vien|nhan\s+vien|nguoi\s+lao\s+dong|can\s+bo))*"
    r"(?:\s+tro\s+(?:len|xuong))?)"
)
_FOR_RE = re.compile(
    r"(?<![a-z])doi\s+voi\s+(?:cac\s+)?(?P<unit>chi\s+bo|dang\s+bo|doanh\s+nghiep|don\s+vi|truong|cong\s+doan|chi\s+hoi|chi\s+doan|"
    r"co\s+quan|hop\s+tac\s+xa|cong\s+ty)(?:\s+(?!khong|toi|so|to\s+chuc|thi|la)[a-z]+){0,4}"
)
_LEFT_OPEN_RE = anchor_re("số lượng|số đại biểu|quy mô|thành phần đại biểu")
_NUMBER_HEADING_RE = anchor_re("số lượng|số đại biểu|quy mô")
_AWARDS_RE = anchor_re("khen thưởng|giấy khen|bằng khen|hình thức khen")


def find_limits(plan: Plan) -> list[Found[DelegateLimit]]:
    """Return the numbers of delegates that *plan* sets, in the order of the text."""
    limits: list[Found[DelegateLimit]] = []
    for item in plan.provisions:
        if plan.aside(item) or item.zone in ("recipients", "signature"):
            continue
        if any(_ASIDE_RE.search(title_of(above)) for above in item.path() if above is not item and above.heading):
            continue
        limits += _limits(plan, item)
    return _without_repeats(limits)


@dataclass(frozen=True, slots=True)
class _Clause:
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
        return (
            self.headed
            and (self.numbered or bool(_LEFT_OPEN_RE.search(self.text)))
            and not _AWARDS_RE.search(self.text)
        )

    def limit(self, start: int, end: int, method: str, **values: Any) -> Found[DelegateLimit]:
        """Return a limit read at ``text[start:end]`` of the clause."""
        printed = self.item.text
        value = DelegateLimit(
            **{
                "level": self.level,
                "condition": printed[slice(*self.condition)] if self.condition else None,
                "text": " ".join(printed[self.start : self.start + len(self.text)].split()).strip(" ;"),
                **values,
            }
        )
        return Found(value, self.item.passage.spans(self.start + start, self.start + end), 0.95, method)


def _limits(plan: Plan, item: Item) -> Iterator[Found[DelegateLimit]]:
    for clause in _clauses(plan, item):
        text = clause.text
        if _ASIDE_RE.search(text) or PAST_RE.search(text):
            continue
        if not plan.meets and "dai bieu" not in text:
            continue  # a plan of other matters counts other people
        if not (clause.headed or _DELEGATES_RE.search(text) or _PLENARY_RE.search(text)):
            continue
        counts = [match for match in find_counts(text) if _counts_delegates(text, match, clause)]
        if counts:
            yield from _numbers(plan, clause, counts)
        elif plenary := _PLENARY_RE.search(text):
            yield clause.limit(*plenary.span(), "rule:plenary", kind="plenary")
        elif (decides := _DECIDES_RE.search(text)) and clause.leaves_open:
            yield clause.limit(*decides.span(), "rule:unit_decides", kind="unit_decides")


def _clauses(plan: Plan, item: Item) -> Iterator[_Clause]:
    """Yield the clauses of *item*; a clause without a level or condition of its own keeps that of the one before."""
    folded = item.passage.folded
    under_heading = any(_HEADING_RE.search(title_of(above)) for above in item.path())
    numbered = any(_NUMBER_HEADING_RE.search(title_of(above)) for above in item.path() if above is not item)
    # "Hội nghị toàn thể đối với chi bộ; đối với đảng bộ, không quá 80": alternatives condition each other.
    alternatives = len({match["unit"] for match in _FOR_RE.finditer(folded)}) > 1
    condition: Span | None = None
    carried: EventLevel | None = None
    for low, high in item.passage.clauses():
        text = folded[low:high]
        label = re.match(r"[^:]{0,40}:", text)
        own = _CONDITION_RE.search(text)
        if own is not None:
            condition = (low + own.start("condition"), low + own.end("condition"))
        elif alternatives and (narrowed := _FOR_RE.search(text)):
            condition = (low + narrowed.start(), low + narrowed.end())
        actor = _DECIDES_RE.search(text)  # "do Ban Thường vụ cấp huyện quy định": who decides, not whose conference
        level = subject_level(text[: actor.start()] if actor else text, plan.setting)
        if carried and _SCOPE_START_RE.match(text):
            level = carried  # "...; mỗi huyện cử 10 đại biểu": to the conference that was spoken of
        level = level or carried or plan.level_of(item, text) or plan.default
        headed = under_heading or bool(label and _HEADING_RE.search(label[0]))
        yield _Clause(item, low, text, headed, numbered, level, carried, condition, own is not None)
        carried = level


def _numbers(plan: Plan, clause: _Clause, counts: list[CountMatch]) -> Iterator[Found[DelegateLimit]]:
    """Yield the number of the whole conference, and those for a unit each; parts of the whole are none."""
    main_seen = False
    last_end = 0
    for count in counts:
        before = clause.text[: count.start]
        printed = clause.item.text[clause.start : clause.start + count.start]
        if _GUESTS_RE.match(before):
            continue  # a part of the whole
        scope = None if clause.own_condition else _scope(before, printed)
        named = subject_level(clause.text[last_end : count.start], plan.setting) if last_end else None
        last_end = count.end
        if scope is None and ((main_seen and named is None) or re.search(r"trong\s+(?:do|so)", before)):
            continue  # "cấp xã không quá 100, cấp tỉnh không quá 300" are two, the parts of one none
        main_seen = main_seen or scope is None
        level = clause.level if scope and clause.carried else subject_level(before, plan.setting) or clause.level
        single = count.kind in ("exact", "approx")
        yield clause.limit(
            count.start,
            count.end,
            "rule:count_phrase",
            kind=count.kind,
            level=level,
            min=count.max if single else count.min,
            max=count.max,
            scope=scope,
        )


_GUESTS_RE = re.compile(r"\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:va\s+)?khach\s+moi[^;:.]{0,40}:?\s*$")

# "không quá 50 đoàn viên" counts delegates under a heading of delegates, "doanh nghiệp dưới 200 đoàn viên" never does.
_MEMBERS = ("doan vien", "hoi vien", "dang vien", "chi", "chi em", "phu nu", "thanh nien", "giao vien")
_CALLED_RE = re.compile(
    r"(?<![a-z])(?:(?P<calls>moi|trieu\s+tap|tham\s+du|du\s+hop|du\s+hoi\s+nghi|nguoi\s+du|co\s+mat)|quy\s+mo|hoi\s+nghi|"
    r"dai\s+hoi|dai\s+bieu)(?![a-z])"
)
_COUNTED_RE = r"so\s*luong|dai\s*bieu|trieu\s*tap|tham\s*du|thanh\s*phan|quy\s*mo|tong\s*so"


def _counts_delegates(clause: str, count: CountMatch, within: _Clause) -> bool:
    """Tell whether a number counts the delegates of a conference."""
    headed = within.headed
    rest = clause[count.end :]
    before = clause[: count.start]
    top = count.max if count.max is not None else count.min
    if top is None or top < 2 or (1900 < top < 2100 and count.noun is None):
        return False
    if _NOT_PEOPLE_RE.match(rest) and count.noun not in ("dai bieu", "dai bieu chinh thuc", *_MEMBERS):
        return False
    condition = _CONDITION_RE.search(clause)
    if condition and condition.start("condition") <= count.start < condition.end("condition"):
        return False
    if re.search(
        r"(?<![a-z])(?:lan\s+thu|thu|khoa|dieu|khoan|muc|van\s+ban\s+so|ngay|thang|nam|quy|nghi\s+quyet)\s*$", before
    ):
        return False
    if count.noun in ("dai bieu", "dai bieu chinh thuc", "khach moi", "db"):
        return True
    if count.noun in _MEMBERS:
        return headed and not re.match(r"(?:duoi|tren|tu|co)\s", clause[count.start :])
    if count.noun in ("nguoi", "dong chi", "d/c", "d.c", "vi", "thanh vien", "can bo", None):
        if headed and count.kind not in ("exact", "range") and count.noun is not None:
            return True
        if within.numbered and re.search(r":\s*$", before) and re.match(r"\s*(?:[.;,(]|$)", rest):
            return True  # "a) Cấp xã: tối đa 100." under "Số lượng"
        called = _CALLED_RE.search(before)
        if called and count.noun is not None and (count.kind != "exact" or called["calls"]):
            return True
        return (headed or bool(called)) and bool(re.search(_COUNTED_RE, before)
                               or _SENDS_RE.search(before) or re.fullmatch(r"\W*", before))  # fmt: skip
    return False


def _scope(before: str, printed: str) -> str | None:
    """Return the unit that a number is for ("mỗi đơn vị cử 03"), as printed; None where it is for all."""
    match = _SCOPE_RE.search(before)
    return " ".join(printed[slice(*match.span("unit"))].split()) if match else None


def _without_repeats(limits: list[Found[DelegateLimit]]) -> list[Found[DelegateLimit]]:
    """Drop a limit that says again what one of the same level said."""
    kept: list[Found[DelegateLimit]] = []
    for found in limits:
        value = found.value.model_copy(update={"text": ""})
        if all(value != other.value.model_copy(update={"text": ""}) for other in kept):
            kept.append(found)
    return kept
