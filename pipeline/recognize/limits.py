"""How many delegates a conference may have: numbers, hội nghị toàn thể, and numbers left to the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.lexicon.folding import anchor_re, fold
from pipeline.normalize.counts import CountMatch
from pipeline.recognize.context import Plan, speaks_of_side_work, speaks_of_the_past, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import SOURCE_RE, level_behind, stands_above, subject_level
from pipeline.recognize.limit_clauses import DECIDES_RE, PLENARY_RE, SCOPE_START_RE, Clause, clauses_of, series_of
from pipeline.recognize.limit_conditions import exception
from pipeline.recognize.limit_counts import (
    ALSO_RE,
    CONFERENCE_RE,
    GROUP_RE,
    HOLDS_RE,
    PER_RE,
    SENDS_SCOPE_RE,
    counts_delegates,
    counts_guests,
    scope_of,
    scope_span,
)
from pipeline.recognize.limit_tables import table_limits
from pipeline.recognize.limit_totals import Candidate, without_parts
from pipeline.recognize.outline import Item
from pipeline.record import DelegateLimit, EventLevel, LimitKind

_DELEGATES_RE = anchor_re(
    "đại biểu|thành phần|số lượng|cơ cấu|triệu tập|tham dự|dự hội nghị|dự đại hội|người dự|quy mô|mời|dự họp|"
    "mỗi hội nghị|có mặt|số người|đb"
)
_ASIDE_RE = anchor_re(
    "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|ban tổ chức|tổ thư ký|thư ký|khen thưởng tối đa|tặng giấy khen|tặng bằng khen|"
    "tham luận|tiểu ban|tổ giúp việc|ban giám khảo|lễ tân|phục vụ|văn nghệ|tốp ca|phần thưởng|đề nghị khen thưởng|"
    "báo cáo điển hình|sức chứa|chỗ ngồi|nhận khen thưởng|nhận thưởng"
)
_COMMITTEE_RE = anchor_re(
    "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|tổ thư ký|ban thư ký|đoàn thư ký|ban giám khảo|tổ giúp việc"
)
_DELEGATE_WORD_RE = anchor_re("đại biểu|triệu tập|khách mời|tham dự|cấp")
_HOST_RE = re.compile(  # who invites, who is counted in and what room there is say nothing of whom the number counts
    r"(?<![a-z])(?:ban\s+to\s+chuc\s+(?=(?:se\s+|du\s+kien\s+)?(?:moi|trieu\s+tap)(?![a-z]))|"
    r"(?:ke\s+ca|tinh\s+ca|(?:bao\s+)?gom\s+ca)(?![a-z])[^;.\d]*|"
    r"(?:tuy|can\s+cu|phu\s+hop|theo)\s+(?:[a-z]+\s+){0,3}(?:suc\s+chua|cho\s+ngoi)(?![a-z])[^;.\d]*)"
)


def find_limits(plan: Plan) -> list[Found[DelegateLimit]]:
    """Return the numbers of delegates that *plan* sets, in the order of the text."""
    candidates: list[Candidate] = []
    for item in plan.provisions:
        if plan.aside(item) or item.zone in ("recipients", "signature"):
            continue
        if any(_ASIDE_RE.search(title_of(above)) for above in item.path() if above is not item and above.heading):
            continue
        candidates += _limits(plan, item)
    found = [candidate.found for candidate in without_parts(candidates)]
    return _without_repeats(sorted([*found, *table_limits(plan)], key=lambda limit: limit.spans[0]))


def _limits(plan: Plan, item: Item) -> Iterator[Candidate]:
    committee = False
    for clause in clauses_of(plan, item):
        text = clause.text
        # "Chủ tọa điều hành hội nghị. Số lượng từ 5 đến 7 người": the second sentence is about them as well
        committee = bool(_COMMITTEE_RE.search(text)) or (committee and not _DELEGATE_WORD_RE.search(text))
        if committee and not _DELEGATE_WORD_RE.search(text):
            continue
        if _ASIDE_RE.search(_HOST_RE.sub(" ", text)) or _is_past(plan, text) or speaks_of_side_work(plan, text):
            continue
        if not plan.meets and "dai bieu" not in text:
            continue  # a plan of other matters counts other people
        if not (clause.headed or clause.numbered or _DELEGATES_RE.search(text) or PLENARY_RE.search(text)):
            continue
        if series := series_of(clause, plan.setting):
            kind = _bound_of(text[: series[0][1]]) or "exact"
            for level, start, end in series:
                number = int(item.text[clause.start + start : clause.start + end].replace(".", ""))
                yield _number(clause, start, end, kind, None, number, level=level)
            continue
        numbers = list(_numbers(plan, clause))
        if numbers:
            yield from numbers
        elif plenary := PLENARY_RE.search(text):
            yield _limit(clause, *plenary.span(), "rule:plenary", kind="plenary")
        elif not clause.counts() and (decides := DECIDES_RE.search(text)) and clause.leaves_open:
            yield _limit(clause, *decides.span(), "rule:unit_decides", kind="unit_decides")


def _is_past(plan: Plan, text: str) -> bool:
    """Tell whether *text* speaks of what was; a decision is yet to come."""
    return speaks_of_the_past(plan, text) and not DECIDES_RE.search(text)


def _limit(clause: Clause, start: int, end: int, method: str, named: bool = False, **values: Any) -> Candidate:
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
    place, last = clause.start + start, clause.start + end
    return Candidate(
        Found(value, clause.item.passage.spans(place, last), 0.95, method), clause.item, place, last, named
    )


def _number(
    clause: Clause, start: int, end: int, kind: LimitKind, low: int | None, high: int | None, **values: Any
) -> Candidate:
    """Return a number of people; one that is no bound stands for both ends."""
    low = high if kind in ("exact", "approx") else low
    return _limit(clause, start, end, "rule:count_phrase", kind=kind, min=low, max=high, **values)


def _numbers(plan: Plan, clause: Clause) -> Iterator[Candidate]:
    """Yield the number of the whole conference, and those for a unit each; parts of the whole are none."""
    main_seen = False
    last_end = 0
    last_scope: str | None = None
    for count in clause.counts():
        gap = clause.text[last_end : count.start]  # what stands between it and the number before
        printed = clause.item.text[clause.start + last_end : clause.start + count.start]
        first, last_end, before_end = not last_end, count.end, last_end
        if not counts_delegates(count, gap, clause) or counts_guests(gap, clause.text[count.end :]):
            continue
        scope = None if clause.own_condition else scope_of(gap, printed)
        if scope is None and last_scope and ALSO_RE.fullmatch(gap):
            scope = last_scope  # "mỗi đơn vị 10 viên chức và 05 sinh viên"
        if scope is None and (per := PER_RE.match(clause.text, count.end)):
            place = clause.start + per.start("unit")
            scope = clause.item.text[place : clause.start + per.end("unit")]
        if scope is None and first and clause.shared_out and (own_units := exception(clause.text)):
            scope = clause.item.text[clause.start + own_units[0] : clause.start + own_units[1]]
        if scope and (_is_factor(clause, count) or _sums_up(scope, clause.text[: count.start])):
            continue
        if count.kind == "exact" and _ALLOTTED_RE.search(printed) and not exception(clause.text):
            continue
        last_scope = scope
        named = subject_level(SOURCE_RE.sub(" ", gap), plan.setting) if before_end else None
        if scope is None and (
            (main_seen and named is None) or re.search(r"trong\s+(?:do|so)", clause.text[: count.start])
        ):
            continue  # "cấp xã không quá 100, cấp tỉnh không quá 300" are two, the parts of one none
        main_seen = main_seen or scope is None
        before_it = SOURCE_RE.sub(" ", clause.text[: count.start])
        subject = None if exception(clause.text) else subject_level(before_it, plan.setting)
        behind = level_behind(clause.text, count.end, plan.setting) if not named else None
        level = behind or subject or clause.level
        before_scope = scope_span(gap) if scope else None
        before = gap[: before_scope[0]] if before_scope else ""
        own = subject_level(before, plan.setting) if first and HOLDS_RE.search(before) else None
        if own is not None:
            level = own  # "điểm cầu cấp phường mỗi nơi 40 đại biểu"
        elif scope and (conference := _conference(plan, clause, _sent(count, gap))):
            level = conference  # to the conference that was spoken of, not that of the unit which sends
        if level == "any" and count.kind in ("exact", "approx"):
            # a bound may hold at every level, a number of people is of one conference
            level = plan.setting.own or level
        if scope is None and _goes_on(plan, clause.text[: count.start], level):
            continue
        kind = count.kind
        if kind == "exact" and count.noun is None and (bound := _bound_of(clause.lead + gap)):
            kind = bound  # "số đại biểu tối đa: cấp tỉnh 300, cấp huyện 200"
        elif kind == "exact" and first and _BARE_START_RE.fullmatch(gap) and (bound := _bound_of(clause.lead)):
            kind = bound  # "không quá 100 đại biểu (cấp xã), 150 đại biểu (cấp huyện)"
        yield _number(
            clause,
            count.start,
            count.end,
            kind,
            count.min,
            count.max,
            level=level,
            scope=scope,
            named=_is_named(gap, subject),
        )


# "10 xã, mỗi xã 12 đại biểu: 120 đại biểu", "mỗi xã 12 người (120 người)": how a part of the whole came about
_MULTIPLIED_RE = re.compile(
    r"\s*(?:(?P<opened>\()|[:=])\s*(?:(?:=|la|bang|tong(?:\s+cong)?)\s*)?(?P<product>\d+)\s*(?:dai\s*bieu|nguoi|dong\s+chi)?\s*"
    r"(?(opened)\)|(?:[;.]|$))"
)


def _is_factor(clause: Clause, count: CountMatch) -> bool:
    """Tell whether a number for a unit each explains the number beside it; a row of a table has a cell of those."""
    opened = clause.text[: count.start].rfind("(") > clause.text[: count.start].rfind(")")
    product = _MULTIPLIED_RE.match(clause.text, count.end)
    most = count.max or count.min or 0
    return (clause.item.style == "row" and opened) or (product is not None and int(product["product"]) > most)


# "14 đơn vị x 8 người", "xã Tân An 10 đại biểu": what units of a name or a kind get of the whole
_ALLOTTED_RE = re.compile(
    r"\s[x=]\s*$|(?:^|[;:,])\s*(?:xã|phường|thị trấn|huyện|quận|thị xã)(?:\s+[A-ZÀ-ỴĐ]\w*)+\s*:?\s*$", re.MULTILINE
)


def _sums_up(scope: str, before: str) -> bool:
    """Tell whether a number is what all units send together: "250 đại biểu, trong đó các đơn vị cử 190"."""
    return (
        fold(scope).startswith("cac ")
        and re.search(r"(?<![a-z])(?:trong\s+(?:do|so)|gom)(?![a-z])", before) is not None
    )


def _conference(plan: Plan, clause: Clause, sent: bool) -> EventLevel | None:
    """Return the level of the conference to which a unit sends so many; None where that was not spoken of."""
    if clause.carried or SCOPE_START_RE.match(clause.text):
        return clause.carried or clause.level
    if not sent:
        return None
    label = re.match(r"[^:;.]*:", clause.item.passage.folded)
    sender = label is not None and not HOLDS_RE.search(label[0])  # "Các đơn vị trong Khối: mỗi đơn vị cử 03"
    over = clause.item.parent if sender else clause.item
    return (plan.level_of(over) if over else None) or plan.near(clause.item) or plan.default


def _sent(count: CountMatch, before: str) -> bool:
    """Tell whether a number counts those whom a unit sends."""
    return count.kind == "exact" or SENDS_SCOPE_RE.search(before) is not None


_GOES_ON_RE = re.compile(r"(?<![a-z])(?:di\s+du|doan\s+dai\s*bieu)(?![a-z])|(?<![a-z])cu\s*$")


def _goes_on(plan: Plan, before: str, level: EventLevel | None) -> bool:
    """Tell whether a number is that of the delegation which the office sends to a conference above its own."""
    return stands_above(level, plan.setting.own) and _GOES_ON_RE.search(before) is not None


_BARE_START_RE = re.compile(r"\W*(?:va\s+)?")
_BOUND_RE = re.compile(
    r"(?<![a-z])(?:(?P<max>toi\s+da|khong\s+qua|khong\s+vuot\s+qua|nhieu\s+nhat)|(?P<approx>khoang|du\s+kien)|(?P<min>it\s+nhat|toi\s+thieu))"
    r"(?![a-z])"
)


def _bound_of(folded: str) -> LimitKind | None:
    """Return the last bound that folded words set for a list of numbers behind them."""
    kind: LimitKind | None = None
    for match in _BOUND_RE.finditer(folded):
        kind = "max" if match["max"] else "approx" if match["approx"] else "min"
    return kind


def _is_named(gap: str, subject: str | None) -> bool:
    """Tell whether the words before a number name a conference of their own ("Hội nghị cấp xã: 100 đại biểu")."""
    return subject is not None and CONFERENCE_RE.search(gap) is not None and not GROUP_RE.search(gap)


def _without_repeats(limits: list[Found[DelegateLimit]]) -> list[Found[DelegateLimit]]:
    """Drop a limit that says again what one of the same level said."""
    kept: dict[DelegateLimit, Found[DelegateLimit]] = {}
    for found in limits:
        kept.setdefault(found.value.model_copy(update={"text": ""}), found)
    return list(kept.values())
