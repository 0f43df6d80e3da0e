"""What single sentences say of a conference: its dates and durations, each with the level that it belongs to.

A part of a sentence is read from left to right. A date or duration belongs to the level that is named right before
it; where none is, to that of the one before, or to the one behind it in a sentence that begins with its dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.dates import SAME_DAY_RE, DateMatch, DurationMatch, When, find_dates, find_durations
from pipeline.recognize.context import (
    CONFERENCE,
    CONFERENCE_RE,
    PILOT,
    PILOT_RE,
    Plan,
    heads_pilots,
    is_pilot,
    speaks_of_side_work,
    title_of,
)
from pipeline.recognize.levels import heading_level, level_in, subject_level
from pipeline.recognize.other_dates import HOLD_RE, attends, is_cited, is_history, is_paper
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import EventLevel

_TIME_RE = anchor_re("thời gian|thời điểm|thời lượng|tiến độ|lịch tổ chức|lịch trình|ngày tổ chức|thời hạn tổ chức")
# Under such a heading offices are told what to do; a date there is first that of their work.
_DUTIES_RE = anchor_re(
    "tổ chức thực hiện|phân công|nhiệm vụ|trách nhiệm|công tác chuẩn bị|kinh phí|hồ sơ|khen thưởng|báo cáo|tuyên truyền"
)
_EACH_RE = re.compile(
    r"(?:(?:moi|cac|tung)\s+(?:hoi\s*nghi|dai\s*hoi|cuoc)[^,;]{0,24}|(?:moi|cac|hai|ba)\s+cap(?![^,;]*\scap\s)[^,;]{0,30})$"
)
_SHORT_CLAUSE = 40  # characters before a date: a level and no more
_LABEL_RE = re.compile(r"[^:.;(]*(?:\([^)]*\)[^:.;(]*)?:")
_LEVEL_TITLE_RE = re.compile(r"\W*(?:\d\W+)?(?:hoi\s+nghi\s+|dai\s+hoi\s+)?(?:cap|tai|doi\s+voi|o|cac)\s")
# "Trong tháng 3, các xã ...": what a sentence says of a date that it starts with comes after it.
_DATE_FIRST_RE = re.compile(
    r"\W*(?:(?:[\d½,./]+\s*(?:ngay|buoi),?|trong|tu|nay|vao|ngay|truoc|du\s+kien|khoang|cham\s+nhat|muon\s+nhat|sang|chieu|luc|hoi|thang|den|het|cuoi|dau)\s+)*\W*$"
)
_REST_RE = re.compile(
    r"con\s+lai|dai\s+tra|(?<![a-z])cac\s+(?:don\s+vi|xa|phuong|thi\s+tran|huyen|dia\s+phuong|co\s+quan|truong|khoa|phong|chi\s+bo|co\s+so|noi)"
    r"(?:,\s+[a-z]+)*\s+khac(?![a-z])"
)
# "Dự kiến tổ chức ngày 15/9": in a plan of a conference it goes without saying what is held.
_OPENS_RE = re.compile(
    r"\W*(?:(?:du\s+kien|se|duoc)\s+){0,3}(?:to\s+chuc|dien\s+ra|tien\s+hanh|khai\s+mac)\s+"
    r"(?:(?:vao|trong|tu|luc|hoi|buoi|sang|chieu|ngay)\s+){0,3}(?:ngay|thang|quy|\d)"
)
_ADDRESS = (
    r"(?:,\s*(?:xa|phuong|thi\s+tran|huyen|quan|thi\s+xa|thanh\s+pho|tp|tinh)\s[^,;.:()]*)*"  # goes on over commas
)
_PLACE_RE = re.compile(rf"(?<![a-z])tai\s[^,;.:()]*{_ADDRESS}")
_VENUE_RE = re.compile(
    r"(?<![a-z])tai\s+(?:hoi\s+truong|nha|trung\s+tam|tru\s+so|phong\s+hop|san|quang\s+truong|rap|khach\s+san|hoi\s+quan|"
    rf"van\s+phong)(?![a-z])[^,;.:()]*{_ADDRESS}"
)
# The conference of a level begins with its preparatory session; that is none of its own.
_PREPARATORY_RE = re.compile(
    r"(?<!khong ke phien )(?<!khong ke hop )(?<!khong ke )(?<!ngoai phien )(?<![a-z])tru\s*bi(?![a-z])"
)
_OFFICIAL_RE = re.compile(r"(?<![a-z])chinh\s*thuc(?![a-z])")
_NEXT_CONFERENCE_RE = re.compile(r"(?:,|(?<![a-z])va)\s+(?=(?:hoi\s+nghi|dai\s+hoi|cap)\s)")
_AFTER_OTHERS_RE = re.compile(r"(?<![a-z])(?:ket\s+qua|(?<!cap )tren\s+co\s+so|sau)(?![a-z])[^,]*,?")

# "cấp xã và cấp huyện xong lần lượt trước 28/02 và 30/4"
# "Nội dung cần tập trung từ nay đến Đại hội" heads other work
_UP_TO_RE = re.compile(rf"(?<![a-z])(?:den|toi|truoc|sau|chao\s+mung|huong\s+toi)\s+(?:ngay\s+)?{CONFERENCE}")
_OF_THEM_RE = re.compile(r",\s*(?:trong\s+(?:so\s+)?do|rieng)(?![a-z])")  # another matter begins
_IN_TURN_RE = re.compile(r"(?<![a-z])(?:lan\s+luot|theo\s+thu\s+tu)(?![a-z])")
_AT_LATEST_RE = re.compile(r"(?<![a-z])(?:cham\s+nhat|muon\s+nhat|khong\s+(?:qua|cham\s+hon|muon\s+hon))(?![a-z])")
_DUE_LABEL_RE = re.compile(
    r"(?:hoan\s+thanh|ket\s+thuc|thoi\s+han|(?<![a-z])han)(?:\s+(?:hoi\s+nghi|dai\s+hoi|to\s+chuc))?\W*$"
)

Session = Literal["", "preparatory", "official"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date or a duration that speaks of a conference."""

    item: Item
    start: int  # of the clause in the item
    end: int
    level: EventLevel | None
    pilot: bool
    when: When | None
    days: float | None
    in_schedule: bool  # stands under a heading or label of time
    alone: bool  # a duration with no date in its part of the sentence: it may speak of several conferences
    places: tuple[Span, ...]
    offset: int  # of the date or duration in the item
    session: Session = ""
    assumed: bool = False  # nothing names its level


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence with its dates and durations, and what stands around it."""

    item: Item
    start: int  # in the item
    text: str  # folded
    before: str  # the sentence before it, where it stands in parentheses
    after: str  # and after it
    scheduled: bool  # under a heading or label of time
    governed: bool  # under a heading or label that names a conference, or a level that holds one
    dated: bool  # its sentence holds a date
    day: date | None  # that "cùng ngày" means
    pilot_above: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_mentions(plan: Plan, item: Item) -> list[Mention]:
    """Return the dates and durations of *item* that are those of a conference, in the order of the text."""
    if plan.aside(item) or item.zone in ("recipients", "signature"):
        return []
    found = [mention for part in _parts(plan, item) for mention in _read(plan, part)]
    return sorted(found, key=lambda mention: mention.offset)


def _parts(plan: Plan, item: Item) -> Iterator[_Part]:
    """Yield the parts of the sentences of an item, each with what stands over it."""
    folded = item.passage.folded
    schedule_above = any(_TIME_RE.search(title_of(above)) for above in _near(item) if above is not item)
    pilot_above = any(above.heading and heads_pilots(title_of(above)) for above in item.path() if above is not item)
    label = re.match(r"[^:.;]{0,60}[:.]", folded)
    labelled = bool(label and (_TIME_RE.search(label[0]) or (label[0][-1] == ":" and CONFERENCE_RE.search(label[0]))))
    governed = _is_governed(plan, item)
    pilot_above = pilot_above or bool(label and label[0][-1] == ":" and heads_pilots(label[0]))
    for start, end in item.passage.sentences():
        sentence = folded[start:end]
        dated = next(find_dates(sentence, plan.year, plan.issued), None) is not None
        for low, text in _segments(sentence):
            day = _last_day(plan, folded[: start + low]) if SAME_DAY_RE.search(text) else None
            high = low + len(text)
            in_parentheses = low > 0 and sentence[low - 1] == "("
            scheduled = schedule_above or labelled or bool(_TIME_RE.search(text))
            before, after = (sentence[:low], sentence[high:]) if in_parentheses else ("", "")
            yield _Part(item, start + low, text, before, after, scheduled, governed, dated, day, pilot_above)


@dataclass(slots=True)
class _Reading:
    """How far a part was read, and what was said last."""

    in_turn: bool = False  # its values belong to several levels one by one
    date_end: int = 0  # of the last date
    end: int = 0  # of the last date or duration
    by: Literal["", "date", "duration"] = ""  # what the last mention was
    level: EventLevel | None = None  # of the last mention
    pilot: bool = False
    until: date | None = None  # when what was said last is over
    rest: bool = False  # "các đơn vị còn lại" was met: what follows is about no pilot


def _read(plan: Plan, part: _Part) -> Iterator[Mention]:
    """Yield the mentions of a part of a sentence."""
    so_far = part.item.passage.folded[: part.start]
    text = _set_apart(part.text)
    dates = [
        match
        for match in find_dates(text, plan.year, plan.issued, part.day)
        if not (is_cited(so_far + text[: match.start]) or is_history(plan, match.when))
    ]
    marks: list[DateMatch | DurationMatch] = sorted([*dates, *find_durations(text)], key=lambda mark: mark.start)
    turns = _levels_in_turn(plan, text, marks)  # by the place of the mark
    reading = _Reading(bool(turns))
    dated: list[Mention] = []
    lengths: list[tuple[DurationMatch, EventLevel | None, bool]] = []
    for index, mark in enumerate(marks):
        reading.rest = reading.rest or bool(_REST_RE.search(text, reading.end, mark.start))
        if isinstance(mark, DateMatch):
            found = _dated(plan, part, mark, dates, reading)
            if mark.start in turns:
                found = [_in_turn(mention, turns[mark.start], dates) for mention in found[:1]]
            dated += found
            if found:
                reading.by, reading.level, reading.pilot = "date", found[0].level, found[0].pilot
                reading.until = mark.when.end
            reading.date_end = mark.end
        elif not speaks_of_side_work(plan, text[: mark.start]):
            until = marks[index + 1].start if index + 1 < len(marks) else len(text)
            first = bool(_DATE_FIRST_RE.match(text[: marks[0].start].rpartition(":")[2]))
            level, pilot = _whose(plan, part, mark, text[mark.end : until], reading, first)
            lengths.append((mark, turns.get(mark.start, level), pilot))
            reading.by, reading.level, reading.pilot = "duration", lengths[-1][1], pilot
        reading.end = max(reading.end, mark.end)
    yield from dated
    speaks = part.scheduled or part.governed
    if dated or (speaks and plan.meets) or CONFERENCE_RE.search(text) or CONFERENCE_RE.search(part.before):
        beside = dated[0].level if len(dated) == 1 else None
        for length, level, pilot in lengths:
            each = bool(_EACH_RE.search(text[: length.start]))
            span = (part.start + length.start, part.start + length.end)
            level = None if each else level or beside
            alone = each or not part.dated
            yield _mention(plan, part, level, pilot, None, length.days, span, alone)
            for other in _others_named(plan, _ahead(text, length)):
                if not each and other != level:  # "cấp trường và cấp phòng tổ chức trong 1/2 ngày"
                    yield _mention(plan, part, other, pilot, None, length.days, span, alone)


def _ahead(text: str, length: DurationMatch) -> str:
    """Return what stands before a duration and behind the one before it."""
    return re.split(r"(?<=[a-z\d])\s*ngay|buoi", text[: length.start])[-1]


def _set_apart(text: str) -> str:
    """Return *text* with what joins values that belong to several conferences one by one as no part of a range.

    >>> _set_apart("xa, huyen xong lan luot truoc 28/2 va 30/4")
    'xa, huyen xong lan luot truoc 28/2 ;  30/4'
    """
    at = _IN_TURN_RE.search(text)
    return text[: at.end()] + re.sub(r"(?<= )va(?= )|(?<=\d), ", "; ", text[at.end() :]) if at else text


def _levels_in_turn(plan: Plan, text: str, marks: Sequence[DateMatch | DurationMatch]) -> dict[int, EventLevel]:
    """Return the level of each mark behind "lần lượt", by its place, where the sentence names the levels first."""
    at = _IN_TURN_RE.search(text)
    told = [mark.start for mark in marks if at and mark.start > at.end()]
    if at is None or len(told) < 2:
        return {}
    levels = [_level_near(plan, words) for words in re.split(r",|(?<![a-z])va(?![a-z])", text[: at.start()])]
    named = list(dict.fromkeys(level for level in levels if level is not None))
    return dict(zip(told, named, strict=True)) if len(named) == len(told) else {}


def _in_turn(mention: Mention, level: EventLevel, dates: Sequence[DateMatch]) -> Mention:
    """Return a mention as that of *level*; "lần lượt trước 28/2 và 30/4" bounds each of its days."""
    when = mention.when
    if when is not None and when.precision == "day" and when.start == when.end and any(date.bound for date in dates):
        when = replace(when, start=None)
    return replace(mention, level=level, when=when)


def _dated(plan: Plan, part: _Part, match: DateMatch, dates: Sequence[DateMatch], reading: _Reading) -> list[Mention]:
    """Return the mentions of a date: one for each level that shares it, none where it is no conference's."""
    text, shift, index = part.text, part.start, dates.index(match)
    so_far = part.item.passage.folded[:shift]
    lead = text[reading.date_end : match.start]
    near = text[max(reading.end, reading.date_end) : match.start]
    follow = text[match.end : dates[index + 1].start if index + 1 < len(dates) else len(text)]
    date_first = bool(_DATE_FIRST_RE.match(text[: dates[0].start]))
    own = follow if date_first or index + 1 == len(dates) else ""  # else it leads to the next date
    own = _OF_THEM_RE.split(own)[0]
    if (
        is_paper(lead, own)
        or (_heads_papers(part.item) and not CONFERENCE_RE.search(lead))
        or speaks_of_side_work(plan, lead)
        or attends(part.before + lead)
        or (match.when.precision == "year" and (not part.scheduled or part.item.children))
        or (reading.until and match.bound and _AT_LATEST_RE.search(near) and _level_near(plan, near) is None)
    ):
        return []
    around = (lead, follow, part.before, part.after)
    about = (
        part.pilot_above
        or any(CONFERENCE_RE.search(words) or PILOT_RE.search(words) for words in around)
        or bool(_REST_RE.search(lead) and PILOT_RE.search(so_far + text[: match.start]))
    )
    holds = any(HOLD_RE.search(words) for words in (lead, follow[:60], part.before, part.after[:80]))
    pilot = _pilot_near(near, own, part.before) or (part.pilot_above and not reading.rest)
    _, colon, said = lead.rpartition(":")
    bare = bool(_DATE_FIRST_RE.match(said)) or bool(colon and len(said) < _SHORT_CLAUSE)
    in_title = part.item.heading and bool(part.before) and bare and _level_near(plan, part.before) is not None
    named = len(lead) < _SHORT_CLAUSE and _level_near(plan, lead) is not None
    # "... tổ chức hội nghị; cấp huyện trước 30/6", "Các phường tổ chức trước ..." behind a stop
    behind = so_far.rstrip().endswith((";", ".")) and bool(CONFERENCE_RE.search(so_far))
    closes = reading.by == "date" and reading.until is None and match.bound  # "từ quý I và hoàn thành trước ..."
    joined = reading.by == "duration" and _JOINED_RE.fullmatch(near)  # "Hội nghị một ngày vào ngày 28/5"
    goes_on = closes or joined or (named and (reading.by != "" or behind)) or (reading.in_turn and reading.by != "")
    opens = plan.meets and index == 0 and bool(_OPENS_RE.match(text)) and not _under_duties(part.item)
    governed = (part.governed and (holds or pilot or bare)) or in_title or goes_on or opens
    # "chỉ đạo điểm hội nghị cấp xã (tháng 2/2015)", "Chỉ đạo điểm: phường A, trong tháng 3/2015"
    piloted = pilot and ((bool(part.before) and bare) or part.pilot_above)
    if not (part.scheduled and plan.meets) and not (about and (holds or piloted)) and not governed:
        return []
    if not pilot:
        own = _placeless(plan, part, own)
    level = _level_near(plan, own) if date_first else None
    level = level or (_nearest_level if date_first and index else _level_near)(plan, _AFTER_OTHERS_RE.sub(" ", near))
    if level is None and reading.by and not CONFERENCE_RE.search(near):
        # what a duration right before it belongs to, the date belongs to as well
        if reading.by == "duration" or not (level := _level_near(plan, own)):
            level = reading.level
        pilot = pilot or (reading.pilot and not reading.rest)
    level = level or _level_near(plan, own) or _nearest_level(plan, part.before) or _office_in(plan, part.before)
    level = level or _level_near(plan, part.after)
    if pilot and level is not None and not _NAMES_LEVEL_RE.search(near):
        # "Sở Tư pháp tỉnh A tổ chức điểm" under "2. Hội nghị cấp sở": its name says less than its heading
        level = heading_level(part.item, plan.setting) or level
    when = match.when
    if when.precision == "day" and when.start == when.end and _is_due(part, lead):
        when = replace(when, start=None)
    start = shift + (match.start if index else 0)
    mention = _mention(plan, part, level, pilot, when, None, (start, shift + match.end), False)
    mention = replace(mention, session=_session(lead, follow))
    others = _others_named(plan, near)
    return [mention, *(replace(mention, level=other) for other in others if mention.level in others and other != level)]


_JOINED_RE = re.compile(r"[\s,(]*(?:(?:vao|trong|dien\s+ra|du\s+kien|la)\s+)*")


def _heads_papers(item: Item) -> bool:
    """Tell whether the label of *item* is about papers: "Lịch duyệt nội dung hội nghị: cụm 1 ngày 12/02; ..."."""
    label = _LABEL_RE.match(item.passage.folded)
    return label is not None and is_paper(label[0], "")


def _is_due(part: _Part, lead: str) -> bool:
    """Tell whether a bare day behind *lead* is the one by which all is done: "Thời gian hoàn thành: 31/3/2015"."""
    label, colon, said = lead.rpartition(":")
    if not colon or not _DATE_FIRST_RE.match(said):
        return False
    above, first = part.item.parent, _LABEL_RE.match(part.item.passage.folded)
    labels = (label, first[0] if first else "", title_of(above) if above and above.heading else "")
    return any(_DUE_LABEL_RE.search(words) for words in labels)


def _whose(
    plan: Plan, part: _Part, length: DurationMatch, follow: str, reading: _Reading, mark_first: bool
) -> tuple[EventLevel | None, bool]:
    """Return the level that a duration belongs to, and whether it is that of a pilot.

    Args:
        plan: the plan.
        part: the part of a sentence that holds the duration.
        length: the duration.
        follow: what stands between it and the next date or duration.
        reading: what was read before it.
        mark_first: the part begins with a date or duration, so that what it belongs to stands behind it.
    """
    lead, near = part.text[: length.start], part.text[min(reading.end, length.start) : length.start]
    if _EACH_RE.search(lead):
        return None, False
    level = (_level_near(plan, follow) if mark_first else None) or _level_near(plan, near)
    goes_on = reading.by != "" and not CONFERENCE_RE.search(near)
    if level is None and goes_on:
        level = reading.level
    rest = _placeless(plan, part, part.text[length.end :])
    level = level or _level_near(plan, lead, rest) or _nearest_level(plan, part.before)
    pilot = _pilot_near(near, follow, part.before) or (part.pilot_above and not reading.rest)
    return level, pilot or (goes_on and reading.pilot and level == reading.level)


def _placeless(plan: Plan, part: _Part, words: str) -> str:
    """Return *words* without the place: "Cấp tỉnh: ngày 15/9 tại thành phố Vinh" is no conference of that city."""
    return (_PLACE_RE if plan.level_of(part.item) else _VENUE_RE).sub(" ", words)


# "xã Bản Bo, huyện Tam Đường": where the commune lies
_LIES_IN_RE = re.compile(
    r"(?P<unit>(?<![a-z])(?:xa|phuong|thi\s+tran|truong|cong\s+ty)\s+[a-z][a-z ]{2,30}),\s*"
    r"(?:huyen|quan|thi\s+xa|thanh\s+pho|tinh)(?:\s+[a-z]+){1,4}?(?=\s*(?:[(,;:.]|$))"
)


def _nearest_level(plan: Plan, before: str) -> EventLevel | None:
    """Return the level that *before* names last: "cấp xã (tháng 3), cấp huyện (" is about the district."""
    before = _LIES_IN_RE.sub(r"\g<unit>", before)
    for words in (_PLACE_RE.sub(" ", before), before):
        starts = [0, *(match.end() for match in re.finditer(r"[,;:)]|(?<![a-z])(?:va|con|rieng)(?![a-z])", words))]
        for start in reversed(starts):
            level = subject_level(words[start:], plan.setting) or _level_near(plan, words[start:])
            if level is not None:
                return level
    return None


def _session(lead: str, follow: str) -> Session:
    """Tell which session of a conference is held on a date between *lead* and *follow*."""
    for words in (lead, follow.split(",")[0]):
        if _PREPARATORY_RE.search(words):
            return "preparatory"
        if _OFFICIAL_RE.search(words):
            return "official"
    return ""


def _last_day(plan: Plan, before: str) -> date | None:
    """Return the last single day that *before* names."""
    days = [match.when.end for match in find_dates(before, plan.year, plan.issued) if match.when.precision == "day"]
    return days[-1] if days else None


def _others_named(plan: Plan, lead: str) -> list[EventLevel]:
    """Return the levels that share a date: "hội nghị cấp xã và hội nghị cấp huyện xong trước ...". None for one."""
    if _AFTER_OTHERS_RE.search(lead):
        return []
    levels = [_level_near(plan, part) for part in _NEXT_CONFERENCE_RE.split(lead)]
    return [level for level in dict.fromkeys(levels) if level is not None] if None not in levels else []


def _mention(
    plan: Plan,
    part: _Part,
    level: EventLevel | None,
    pilot: bool,
    when: When | None,
    days: float | None,
    span: Span,
    alone: bool,
) -> Mention:
    """Return a mention; a level that its clause does not name is that of its headings, a pilot is at the base."""
    level = (
        level
        or _labelled_level(plan, part, span[0] if not part.before else part.start)
        or _office_level(plan, part.item, part.text)
        or plan.level_of(part.item)
        or ("grassroots" if pilot else None)
    )
    scheduled = part.scheduled or part.governed or days is not None
    places = part.item.passage.spans(*span)
    return Mention(part.item, part.start, part.end, level, pilot, when, days, scheduled, alone, places, span[0])


def _labelled_level(plan: Plan, part: _Part, place: int) -> EventLevel | None:
    """Return the level that the last label of a sentence before *place* names: "Cấp huyện: từ 150 đại biểu; ..."."""
    folded = part.item.passage.folded
    starts = [low for low, _ in part.item.passage.sentences() if low <= place]
    for start in reversed(starts):
        if label := _LABEL_RE.match(folded, start):
            return _level_near(plan, label[0])
    return None


_OFFICE_RE = re.compile(
    r"(?:^|[:;.]|(?<![a-z])(?:lua\s+)?chon\s)\W*(?:(?:cac|moi|tung|doi\s+voi)\s+)*(?:hoi(?!\s+(?:nghi|truong|thao|dong))|doan|lien\s+doan|ldld|cong\s+doan|cd|dang\s+(?:bo|uy)|"
    r"mat\s+tran|mttq|(?:uy\s+ban|ub)\s+(?:mttq|mat\s+tran)|cong\s+an|ban\s+(?:chi\s+huy|chqs)|lien\s+minh|hop\s+tac\s+xa)"
    r"(?:\s+(?!hoi\s+nghi|dai\s+hoi|to\s+chuc|chi\s+dao|tham\s+muu)[a-z]+){0,7}?\s+(?:cap\s+|cac\s+)?"
    r"(?P<unit>xa|phuong|thi\s+tran|huyen|quan|thi\s+xa|thanh\s+pho)(?![a-z])"
    r"(?!\s+(?:se\s+)?(?:lua\s+)?(?:chon|giao|chi\s+dao|chi\s+dinh|huong\s+dan|phan\s+cong))"
)


def _office_level(plan: Plan, item: Item, text: str) -> EventLevel | None:
    """Return the level of the office that *text* or the heading over *item* begins with: "Hội CCB huyện"."""
    above = title_of(item.parent) if item.parent is not None and item.parent.heading else ""
    return _office_in(plan, text) or _office_in(plan, above)


def _office_in(plan: Plan, words: str) -> EventLevel | None:
    """Return the level of the office that *words* begin with or that they say is chosen."""
    match = _OFFICE_RE.search(words)
    if match is None:
        return None
    unit = " ".join(match["unit"].split())
    if unit == "thanh pho":
        return plan.setting.city
    return "grassroots" if unit in ("xa", "phuong", "thi tran") else plan.setting.units


def _is_governed(plan: Plan, item: Item) -> bool:
    """Tell whether a heading near *item*, or its own label, names a conference or the level that holds one."""
    if not plan.meets or _under_duties(item):
        return False
    for above in _near(item):
        head = above.passage.folded[:160]
        if not (above.heading and above is not item):
            label = _LABEL_RE.match(head) or (re.match(r"[^.;]{0,60}", head) if above is not item else None)
            head = label[0] if label else ""
        if not head or _TIME_RE.search(head):
            continue
        if CONFERENCE_RE.search(_UP_TO_RE.sub(" ", head)):
            return True
        if _LEVEL_TITLE_RE.match(head) and _level_near(plan, head) is not None:
            return True
        short = len(head) < _SHORT_CLAUSE and _level_near(plan, head) is not None
        if head.endswith(":") and (short or _OFFICE_RE.match(head)):
            return True
    return False


def _under_duties(item: Item) -> bool:
    return any(above.heading and _DUTIES_RE.search(title_of(above)) for above in item.path())


def _near(item: Item) -> Iterator[Item]:
    """Yield the item and the two headings over it: a label of time does not govern a whole chapter."""
    for depth, above in enumerate(item.path()):
        if depth > 2:
            return
        yield above


def _segments(sentence: str) -> Iterator[tuple[int, str]]:
    """Yield the clauses of a sentence, what stands in parentheses blanked, and what stands there, each with its place.

    >>> list(_segments("gui ve so (qua phong) truoc 5/4; xong"))
    [(0, 'gui ve so             truoc 5/4'), (11, 'qua phong'), (32, ' xong')]
    """
    sentence = _PLAIN_PILOT_RE.sub(lambda match: f",{match[0][1:-1]},", sentence)
    outside = _PARENTHESES_RE.sub(lambda match: " " * len(match[0]), sentence)
    for low, high in _between(outside, 0, len(outside)):
        yield low, outside[low:high]
        for aside in _PARENTHESES_RE.finditer(sentence, low, high):
            for start, end in _between(sentence, *aside.span()):
                yield start, sentence[start:end]


# "tổ chức trước (làm điểm) trong tháng 4" says what the sentence is about, not what is held besides
_PLAIN_PILOT_RE = re.compile(rf"\((?=[^()\d½]*\))[^()]{{0,20}}{PILOT}[^()]{{0,20}}\)")
_PARENTHESES_RE = re.compile(r"\([^()]*(?:\)|$)")


def _between(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of ``text[start:end]`` that semicolons and parentheses set apart."""
    low = start
    for match in re.compile(r"[();]").finditer(text, start, end):
        if text[low : match.start()].strip():
            yield low, match.start()
        low = match.end()
    if text[low:end].strip():
        yield low, end


def _level_near(plan: Plan, *texts: str) -> EventLevel | None:
    """Return the level that the first of *texts* to name one names."""
    for text in texts:
        # "đơn vị làm điểm của tỉnh: xã A": who wants the pilot says nothing of its level
        level = level_in(_WHOSE_PILOT_RE.sub(" ", text.lstrip(" ,;:")), plan.setting)
        if level is not None and level != "any":
            return level
    return None


_LEARN_RE = re.compile(r"\W*(?:\([^)]*\)\W*)?de\s+(?:[a-z]+,?\s+){0,8}?rut\s+kinh\s+nghiem(?![a-z])")
_NAMES_LEVEL_RE = re.compile(
    r"(?<![a-z])(?:cap|co\s+so|(?:hoi\s+nghi|dai\s+hoi)\s+(?:diem\s+)?(?:xa|phuong|huyen|quan|tinh)|"
    r"(?:xa|phuong|huyen|truong)\s+(?:lam\s+)?diem)(?![a-z])"
)
_WHOSE_PILOT_RE = re.compile(
    r"(?<=diem) (?:cua|do) (?:tinh|huyen|quan|thi xa|thanh pho|nganh|so|cap tren)(?: chon)?(?![a-z])"
)


def _pilot_near(lead: str, follow: str, before: str) -> bool:
    if _LEARN_RE.match(follow):
        return True
    if _REST_RE.search(lead):
        return False
    if PILOT_RE.search(lead) or (PILOT_RE.search(follow) and not PILOT_RE.search(before)):
        return is_pilot(lead if PILOT_RE.search(lead) else follow)
    return is_pilot(before) and not CONFERENCE_RE.search(lead + follow)
