"""How many delegates a conference may have: numbers, hội nghị toàn thể, and numbers left to the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.lexicon.folding import anchor_re, fold
from pipeline.normalize.counts import CountMatch
from pipeline.recognize.allocations import CONFERENCE_CELL_RE, allocation_columns
from pipeline.recognize.cell_lines import Row
from pipeline.recognize.context import PAST_RE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_behind, level_in, subject_level
from pipeline.recognize.limit_clauses import DECIDES_RE, PLENARY_RE, SCOPE_START_RE, Clause, clauses_of, series_of
from pipeline.recognize.limit_conditions import exception
from pipeline.recognize.limit_totals import Candidate, without_parts
from pipeline.recognize.outline import Item, Table
from pipeline.recognize.passage import Span
from pipeline.record import DelegateLimit, EventLevel, LimitKind

_DELEGATES_RE = anchor_re(
    "đại biểu|thành phần|số lượng|cơ cấu|triệu tập|tham dự|dự hội nghị|dự đại hội|người dự|quy mô|mời|dự họp|"
    "mỗi hội nghị|có mặt"
)
_ASIDE_RE = anchor_re(
    "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|ban tổ chức|tổ thư ký|thư ký|khen thưởng tối đa|tặng giấy khen|tặng bằng khen|"
    "tham luận|tiểu ban|tổ giúp việc|ban giám khảo|lễ tân|phục vụ|văn nghệ|tốp ca|phần thưởng|đề nghị khen thưởng|"
    "báo cáo điển hình|sức chứa|chỗ ngồi"
)
_COMMITTEE_RE = anchor_re(
    "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|tổ thư ký|ban thư ký|đoàn thư ký|ban giám khảo|tổ giúp việc"
)
_DELEGATE_WORD_RE = anchor_re("đại biểu|triệu tập|khách mời|tham dự|cấp")
_HOST_RE = re.compile(  # who invites, and those who are counted in, say nothing of whom the number counts
    r"(?<![a-z])(?:ban\s+to\s+chuc\s+(?=(?:se\s+|du\s+kien\s+)?(?:moi|trieu\s+tap)(?![a-z]))|"
    r"(?:ke\s+ca|tinh\s+ca|(?:bao\s+)?gom\s+ca)(?![a-z])[^;.\d]*)"
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
_PER_RE = re.compile(
    r"\s*(?:/|moi\s+|tren\s+moi\s+)\s*(?P<unit>xa|phuong|thi\s+tran|huyen|don\s+vi|truong|khoa|phong|chi\s+(?:bo|doan|hoi|nhanh|cuc)|"
    r"co\s+quan|dang\s+bo|cong\s+doan|thon|cum|khoi|doanh\s+nghiep|co\s+so|tinh)(?![a-z])"
)
_SENDS_SCOPE_RE = re.compile(r"(?<![a-z])(?:cu|chon|bau|gioi\s+thieu|chon\s+cu)(?![a-z])")


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
    return _without_repeats(sorted([*found, *_table_limits(plan)], key=lambda limit: limit.spans[0]))


def _limits(plan: Plan, item: Item) -> Iterator[Candidate]:
    committee = False
    for clause in clauses_of(plan, item):
        text = clause.text
        # "Chủ tọa điều hành hội nghị. Số lượng từ 5 đến 7 người": the second sentence is about them as well
        committee = bool(_COMMITTEE_RE.search(text)) or (committee and not _DELEGATE_WORD_RE.search(text))
        if committee and not _DELEGATE_WORD_RE.search(text):
            continue
        if _ASIDE_RE.search(_HOST_RE.sub(" ", text)) or _is_past(plan, text):
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


_HELD_RE = re.compile(r"(?<![a-z])(?:tai|trong)\s+(?:hoi\s*nghi|dai\s*hoi)[^;.]{0,60}?nam\s+(?P<year>(?:19|20)\d\d)")


def _is_past(plan: Plan, text: str) -> bool:
    """Tell whether *text* speaks of what was ("Tại Đại hội năm 2010 có 180 đại biểu"); a decision is yet to come."""
    if PAST_RE.search(text) and not DECIDES_RE.search(text):
        return True
    held = _HELD_RE.search(text)
    return held is not None and plan.year is not None and int(held["year"]) < plan.year


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
        if not _counts_delegates(count, gap, clause) or _counts_guests(gap, clause.text[count.end :]):
            continue
        scope = None if clause.own_condition else _scope(gap, printed)
        if scope is None and last_scope and _ALSO_RE.fullmatch(gap):
            scope = last_scope  # "mỗi đơn vị 10 viên chức và 05 sinh viên"
        if scope is None and (per := _PER_RE.match(clause.text, count.end)):
            place = clause.start + per.start("unit")
            scope = clause.item.text[place : clause.start + per.end("unit")]
        last_scope = scope
        named = subject_level(gap, plan.setting) if before_end else None
        if scope is None and (
            (main_seen and named is None) or re.search(r"trong\s+(?:do|so)", clause.text[: count.start])
        ):
            continue  # "cấp xã không quá 100, cấp tỉnh không quá 300" are two, the parts of one none
        main_seen = main_seen or scope is None
        subject = None if exception(clause.text) else subject_level(clause.text[: count.start], plan.setting)
        behind = level_behind(clause.text, count.end, plan.setting) if not named else None
        level = behind or subject or clause.level
        before_scope = _scope_span(gap) if scope else None
        own = subject_level(gap[: before_scope[0]], plan.setting) if before_scope and first else None
        if own is not None:
            level = own  # "điểm cầu cấp phường mỗi nơi 40 đại biểu"
        elif scope and (conference := _conference(plan, clause, _sent(count, gap))):
            level = conference  # to the conference that was spoken of, not that of the unit which sends
        if level == "any" and count.kind in ("exact", "approx"):
            # a bound may hold at every level, a number of people is of one conference
            level = plan.setting.own or level
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


def _conference(plan: Plan, clause: Clause, sent: bool) -> EventLevel | None:
    """Return the level of the conference to which a unit sends so many; None where that was not spoken of."""
    if clause.carried or SCOPE_START_RE.match(clause.text):
        return clause.carried or clause.level
    return (plan.level_of(clause.item) or plan.default) if sent else None


def _sent(count: CountMatch, before: str) -> bool:
    """Tell whether a number counts those whom a unit sends."""
    return count.kind == "exact" or _SENDS_SCOPE_RE.search(before) is not None


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


_CONFERENCE_RE = re.compile(r"(?<![a-z])(?:(?<!bieu\s)cap|hoi\s*nghi|dai\s*hoi)(?![a-z])")


def _is_named(gap: str, subject: str | None) -> bool:
    """Tell whether the words before a number name a conference of their own ("Hội nghị cấp xã: 100 đại biểu")."""
    return subject is not None and _CONFERENCE_RE.search(gap) is not None and not _GROUP_RE.search(gap)


_ALSO_RE = re.compile(r"\s*(?:va|,)\s*")


_GUESTS_RE = re.compile(
    r"(?:^|[;:.,(]|\bva\b|\bngoai\s+ra\b)\W*(?:[a-z\d]{1,2}[.)]\s*)?(?:(?:va|ngoai\s+ra|cung|voi|so(?:\s+luong)?)\s+)*"
    r"(?:khach(?:\s+moi)?|dai\s*bieu\s+(?:la\s+)?khach(?:\s+moi)?)(?![a-z])"
    r"(?!\s+(?:va|cung)\s+(?:dai\s*bieu|chinh\s+thuc))[^;.]*$"
)


def _counts_guests(gap: str, rest: str) -> bool:
    """Tell whether a number counts guests, who come beside the delegates or are a part of them."""
    return bool(_GUESTS_RE.search(gap)) and not re.match(r"[^;.]{0,20}(?:chinh\s+thuc|ke\s+ca)", rest)


# "lãnh đạo các phòng (12 đồng chí)": a group of those who come
_GROUP_RE = anchor_re(
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


def _counts_delegates(count: CountMatch, before: str, within: Clause) -> bool:
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
    sent = bool(_scope_span(before)) and not within.own_condition
    if top is None or (top < 2 and not sent) or (1900 < top < 2100 and count.noun is None):
        return False
    if _ASSEMBLY_RE.match(rest):
        return False
    if _NOT_PEOPLE_RE.match(rest) and count.noun not in ("dai bieu", "dai bieu chinh thuc", *_MEMBERS):
        return False
    if re.search(
        r"(?<![a-z])(?:lan\s+thu|thu|khoa|dieu|khoan|(?<!o\s)muc|van\s+ban\s+so|ngay|thang|nam|quy|nghi\s+quyet)\s*$",
        before,
    ):
        return False
    if (
        count.kind == "exact"
        and _in_brackets(clause, count)
        and _GROUP_RE.search(re.split(r"[;.]", before.rpartition("(")[0])[-1])
    ):
        return False
    if count.noun in ("dai bieu", "dai bieu chinh thuc", "db"):
        return sent or not _SERVED_RE.search(before)
    if count.noun in _SENT and (_SENDS_SCOPE_RE.search(before) or headed):
        return sent or bool(_ALSO_RE.fullmatch(before))
    if count.noun in _MEMBERS:
        if sent and _SENDS_SCOPE_RE.search(before):
            return True
        if count.kind == "range" and re.search(_COUNTED_RE, before):
            return True
        return headed and not re.match(r"(?:duoi|tren|tu|co)\s", clause[count.start :])
    if count.noun in ("nguoi", "dong chi", "d/c", "d.c", "vi", "thanh vien", "can bo", None):
        if headed and count.kind not in ("exact", "range") and count.noun is not None:
            return True
        if within.numbered and count.noun is not None and not _GROUP_RE.search(before):
            return True  # "Số lượng: cấp xã 100 người; tỉnh hội 250 người"
        if within.numbered and re.search(r":\s*$", before) and re.match(r"\s*(?:[.;,(]|$)", rest):
            return True  # "a) Cấp xã: tối đa 100." under "Số lượng"
        if (headed or within.numbered) and count.kind not in ("exact", "approx") and re.match(r"\s*(?:[.;,)]|$)", rest):
            return True  # ", cấp huyện không quá 200, "
        if within.numbered and count.noun is None and _CONFERENCE_RE.search(before):
            return True  # "cấp tỉnh 300, cấp huyện 200"
        if headed and count.noun is not None and _NAMED_RE.fullmatch(before):
            return True  # "; tỉnh 400 người"
        if headed and count.noun is not None and re.search(r"tong\s+(?:cong|so)[^\d]{0,30}$", before):
            return True
        called = _CALLED_RE.search(before)
        if called and count.noun is not None and (count.kind != "exact" or called["calls"]):
            return True
        return (headed or bool(called)) and bool(re.search(_COUNTED_RE, before)
                               or _SENDS_RE.search(before) or re.fullmatch(r"\W*", before))  # fmt: skip
    return False


# "xe đón 45 đại biểu", "bầu 05 đại biểu đi dự Đại hội cấp trên": who is served or sent on, not who is called
_SERVED_RE = re.compile(
    r"(?<![a-z])(?:don|dua|tang\s+qua|don\s+tiep|phuc\s+vu|cho|bau|hiep\s+thuong(?:\s+cu)?|suy\s+ton)\s*$"
)


def _in_brackets(clause: str, count: CountMatch) -> bool:
    """Tell whether a number stands alone in brackets."""
    return bool(re.search(r"\(\s*$", clause[: count.start])) and bool(re.match(r"\s*\)", clause[count.end :]))


def _scope(before: str, printed: str) -> str | None:
    """Return the unit that a number is for ("mỗi đơn vị cử 03"), as printed; None where it is for all."""
    span = _scope_span(before)
    if span is None or printed[span[0] :].lower().startswith("mời"):
        return None
    return " ".join(printed[slice(*span)].split())


def _scope_span(before: str) -> Span | None:
    match = _SCOPE_RE.search(before)
    if match is None or (match["unit"].startswith("cac") and not _SENDS_SCOPE_RE.search(before, match.start())):
        return None  # "các sở, ngành không quá 150" is the number of a conference
    return match.span("unit")


_NUMBERS_CELL_RE = re.compile(r"\W*(?:so\s*luong|so\s+dai\s*bieu|quy\s+mo|dai\s*bieu)(?![a-z])")
_BARE_CELL_RE = re.compile(r"\s*(\d{2,3}|\d{1,3}\.\d{3})\s*")


def _table_limits(plan: Plan) -> Iterator[Found[DelegateLimit]]:
    """Yield the numbers of a table whose rows or columns are conferences: "Cấp huyện | 200"."""
    for table in (*plan.outline.tables, *plan.annex.tables):
        header = table.header
        if header is None:
            continue
        for row, names, column in _number_cells(table, header):
            level = level_in(fold(names).strip(), plan.setting)
            number = _BARE_CELL_RE.fullmatch(row[column][0])
            if level is None or number is None or not CONFERENCE_CELL_RE.match(fold(names)):
                continue
            place = row[column][1] + number.start(1)
            count = int(number[1].replace(".", ""))
            text = " ".join(" ".join(cell for cell, _ in row).split())
            value = DelegateLimit(level=level, kind="exact", min=count, max=count, text=text)
            yield Found(value, ((place, place + len(number[1])),), 0.9, "rule:table")


def _number_cells(table: Table, header: Row) -> Iterator[tuple[Row, str, int]]:
    """Yield rows with the cell that says whose number it is, in the row or in the heading, and the number's column."""
    columns = allocation_columns(table)
    for row in table.body:
        if columns is not None and max(columns[0], columns[1][0][0]) < len(row):
            yield row, row[columns[0]][0], columns[1][0][0]
        if any(_NUMBERS_CELL_RE.match(fold(cell)) for cell, _ in row[:2]):
            yield from ((row, header[i][0], i) for i in range(1, min(len(row), len(header))))


def _without_repeats(limits: list[Found[DelegateLimit]]) -> list[Found[DelegateLimit]]:
    """Drop a limit that says again what one of the same level said."""
    kept: dict[DelegateLimit, Found[DelegateLimit]] = {}
    for found in limits:
        kept.setdefault(found.value.model_copy(update={"text": ""}), found)
    return list(kept.values())
