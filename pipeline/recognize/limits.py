"""How many delegates a conference may have: numbers, hội nghị toàn thể, and numbers left to the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.counts import CountMatch, find_counts
from pipeline.recognize.context import PAST_RE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import subject_level
from pipeline.recognize.limit_clauses import CONDITION_RE, DECIDES_RE, PLENARY_RE, Clause, clauses_of
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import DelegateLimit

_DELEGATES_RE = anchor_re(
    "đại biểu|thành phần|số lượng|cơ cấu|triệu tập|tham dự|dự hội nghị|dự đại hội|người dự|quy mô|mời|dự họp|"
    "mỗi hội nghị|có mặt"
)
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
_SENDS_RE = re.compile(
    r"(?<![a-z])(?:cu|chon\s+cu|gioi\s+thieu|bau\s+chon|phan\s+bo|duoc\s+cu|bau)(?![a-z])[^;.]{0,30}$"
)
# "mỗi đơn vị cử 03", but not "mỗi hội nghị không quá 150"
_NO_SCOPE = r"(?!hoi\s|dai\s+(?:hoi|bieu)|cap(?![a-z])|lan(?![a-z])|buoi|ngay|nam(?![a-z])|nguoi|dong\s+chi)"
_SCOPE_RE = re.compile(
    rf"(?<![a-z])(?P<unit>(?:(?:moi|tung)\s+{_NO_SCOPE}|cac\s+(?:don\s+vi|xa|phuong|co\s+quan|phong|doan\s+the|cong\s+doan|chi\s+bo|"
    r"dang\s+bo|truong|doanh\s+nghiep|khoi|cum|huyen|so|nganh|to\s+chuc|chi\s+hoi|chi\s+doan|thon|khoa))[^.;:]{0,60}?)\s*"
    r"(?:cu|duoc\s+cu|chon\s+cu|gioi\s+thieu|bau|co|duoc)?\s*:?\s*(?:khong\s+qua|toi\s+da|it\s+nhat)?\s*$"
)
_PER_RE = re.compile(
    r"\s*(?:/|moi\s+|tren\s+moi\s+)\s*(?P<unit>xa|phuong|thi\s+tran|huyen|don\s+vi|truong|khoa|phong|chi\s+(?:bo|doan|hoi|nhanh|cuc)|"
    r"co\s+quan|dang\s+bo|cong\s+doan|thon|cum|khoi|doanh\s+nghiep|co\s+so|tinh)(?![a-z])"
)
_SENDS_SCOPE_RE = re.compile(r"(?<![a-z])(?:cu|chon|bau|gioi\s+thieu|chon\s+cu)(?![a-z])")


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


def _limits(plan: Plan, item: Item) -> Iterator[Found[DelegateLimit]]:
    for clause in clauses_of(plan, item):
        text = clause.text
        if _ASIDE_RE.search(text) or PAST_RE.search(text) or _is_past(plan, text):
            continue
        if not plan.meets and "dai bieu" not in text:
            continue  # a plan of other matters counts other people
        if not (clause.headed or _DELEGATES_RE.search(text) or PLENARY_RE.search(text)):
            continue
        counts = [match for match in find_counts(text) if _counts_delegates(text, match, clause)]
        if counts:
            yield from _numbers(plan, clause, counts)
        elif plenary := PLENARY_RE.search(text):
            yield _limit(clause, *plenary.span(), "rule:plenary", kind="plenary")
        elif (decides := DECIDES_RE.search(text)) and clause.leaves_open:
            yield _limit(clause, *decides.span(), "rule:unit_decides", kind="unit_decides")


_HELD_RE = re.compile(r"(?<![a-z])(?:tai|trong)\s+(?:hoi\s*nghi|dai\s*hoi)[^;.]{0,60}?nam\s+(?P<year>(?:19|20)\d\d)")


def _is_past(plan: Plan, text: str) -> bool:
    """Tell whether *text* speaks of a conference of an earlier year ("Tại Đại hội năm 2010 có 180 đại biểu")."""
    held = _HELD_RE.search(text)
    return held is not None and plan.year is not None and int(held["year"]) < plan.year


def _limit(clause: Clause, start: int, end: int, method: str, **values: Any) -> Found[DelegateLimit]:
    """Return a limit read at ``text[start:end]`` of *clause*."""
    printed = clause.item.text
    value = DelegateLimit(
        **{
            "level": clause.level,
            "condition": printed[slice(*clause.condition)] if clause.condition else None,
            "text": " ".join(printed[clause.start : clause.start + len(clause.text)].split()).strip(" ;,"),
            **values,
        }
    )
    return Found(value, clause.item.passage.spans(clause.start + start, clause.start + end), 0.95, method)


def _numbers(plan: Plan, clause: Clause, counts: list[CountMatch]) -> Iterator[Found[DelegateLimit]]:
    """Yield the number of the whole conference, and those for a unit each; parts of the whole are none."""
    main_seen = False
    last_end = 0
    last_scope: str | None = None
    for count in counts:
        before = clause.text[: count.start]
        printed = clause.item.text[clause.start : clause.start + count.start]
        if _GUESTS_RE.match(before):
            continue  # a part of the whole
        scope = None if clause.own_condition else _scope(before, printed)
        if scope is None and last_scope and _ALSO_RE.fullmatch(clause.text[last_end : count.start]):
            scope = last_scope  # "mỗi đơn vị 10 viên chức và 05 sinh viên"
        if scope is None and (per := _PER_RE.match(clause.text, count.end)):
            place = clause.start + per.start("unit")
            scope = clause.item.text[place : clause.start + per.end("unit")]
        last_scope = scope
        named = subject_level(clause.text[last_end : count.start], plan.setting) if last_end else None
        last_end = count.end
        if scope is None and ((main_seen and named is None) or re.search(r"trong\s+(?:do|so)", before)):
            continue  # "cấp xã không quá 100, cấp tỉnh không quá 300" are two, the parts of one none
        main_seen = main_seen or scope is None
        level = subject_level(before, plan.setting) or clause.level
        sent = count.kind == "exact" or _SENDS_SCOPE_RE.search(before)
        if scope and (conference := clause.carried or (sent and (plan.level_of(clause.item) or plan.default))):
            level = conference  # to the conference that was spoken of, not that of the unit which sends
        single = count.kind in ("exact", "approx")
        if level == "any" and single:
            level = (
                plan.setting.own or level
            )  # a bound may hold at every level, a number of people is of one conference
        yield _limit(
            clause,
            count.start,
            count.end,
            "rule:count_phrase",
            kind=count.kind,
            level=level,
            min=count.max if single else count.min,
            max=count.max,
            scope=scope,
        )


_ALSO_RE = re.compile(r"\s*(?:va|,)\s*")


_GUESTS_RE = re.compile(r"\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:va\s+)?khach\s+moi[^;:.]{0,40}:?\s*$")

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


def _counts_delegates(clause: str, count: CountMatch, within: Clause) -> bool:
    """Tell whether a number counts the delegates of a conference."""
    headed = within.headed
    rest = clause[count.end :]
    before = clause[: count.start]
    top = count.max if count.max is not None else count.min
    sent = bool(_scope_span(before)) and not within.own_condition
    if top is None or (top < 2 and not sent) or (1900 < top < 2100 and count.noun is None):
        return False
    if _ASSEMBLY_RE.match(rest):
        return False
    if _NOT_PEOPLE_RE.match(rest) and count.noun not in ("dai bieu", "dai bieu chinh thuc", *_MEMBERS):
        return False
    condition = CONDITION_RE.search(clause)
    if condition and condition.start("condition") <= count.start < condition.end("condition"):
        return False
    if re.search(
        r"(?<![a-z])(?:lan\s+thu|thu|khoa|dieu|khoan|muc|van\s+ban\s+so|ngay|thang|nam|quy|nghi\s+quyet)\s*$", before
    ):
        return False
    if count.noun in ("dai bieu", "dai bieu chinh thuc", "khach moi", "db"):
        return True
    if count.noun in _SENT and (_SENDS_SCOPE_RE.search(before) or headed):
        return sent or bool(_ALSO_RE.match(before[-4:]) and _scope_span(before[:-4]))
    if count.noun in _MEMBERS:
        if count.kind == "range" and re.search(_COUNTED_RE, before):
            return True
        return headed and not re.match(r"(?:duoi|tren|tu|co)\s", clause[count.start :])
    if count.noun in ("nguoi", "dong chi", "d/c", "d.c", "vi", "thanh vien", "can bo", None):
        if headed and count.kind not in ("exact", "range") and count.noun is not None:
            return True
        if within.numbered and re.search(r":\s*$", before) and re.match(r"\s*(?:[.;,(]|$)", rest):
            return True  # "a) Cấp xã: tối đa 100." under "Số lượng"
        if headed and count.kind not in ("exact", "approx") and re.match(r"\s*(?:[.;,)]|$)", rest):
            return True  # ", cấp huyện không quá 200, "
        if headed and count.noun is not None and _NAMED_RE.fullmatch(before):
            return True  # "; tỉnh 400 người"
        called = _CALLED_RE.search(before)
        if called and count.noun is not None and (count.kind != "exact" or called["calls"]):
            return True
        return (headed or bool(called)) and bool(re.search(_COUNTED_RE, before)
                               or _SENDS_RE.search(before) or re.fullmatch(r"\W*", before))  # fmt: skip
    return False


def _scope(before: str, printed: str) -> str | None:
    """Return the unit that a number is for ("mỗi đơn vị cử 03"), as printed; None where it is for all."""
    span = _scope_span(before)
    return " ".join(printed[slice(*span)].split()) if span else None


def _scope_span(before: str) -> Span | None:
    match = _SCOPE_RE.search(before)
    if match is None or (match["unit"].startswith("cac") and not _SENDS_SCOPE_RE.search(before, match.start())):
        return None  # "các sở, ngành không quá 150" is the number of a conference
    return match.span("unit")


def _without_repeats(limits: list[Found[DelegateLimit]]) -> list[Found[DelegateLimit]]:
    """Drop a limit that says again what one of the same level said."""
    kept: dict[DelegateLimit, Found[DelegateLimit]] = {}
    for found in limits:
        kept.setdefault(found.value.model_copy(update={"text": ""}), found)
    return list(kept.values())
