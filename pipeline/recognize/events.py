"""The conferences that a plan schedules: one event for each, put together from form, time and duration.

Every date or duration that belongs to a conference is a *mention*; mentions of the same level, pilot or not, become
one event. A duration that stands alone ("½ ngày" in a line of its own) goes to the events of its level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.lexicon.folding import anchor_re
from pipeline.normalize.dates import When, find_dates, find_durations
from pipeline.recognize.context import CONFERENCE, CONFERENCE_RE, PILOT_RE, Plan, heads_pilots, is_pilot, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_in
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import Event, EventLevel

_TIME_RE = anchor_re("thời gian|thời điểm|thời lượng|tiến độ|lịch tổ chức|lịch trình|ngày tổ chức|thời hạn tổ chức")
_HOLD_RE = anchor_re(
    "tổ chức|hoàn thành|diễn ra|khai mạc|tiến hành|được tổ chức|xong|dự kiến|thời gian|"
    "bắt đầu|kết thúc|hoàn tất|ấn định|họp|mở hội nghị|mở đại hội|dứt điểm|khai hội|"
    "dự định|được mở|chọn ngày"
)
# What is due on such a date is paper, not a conference.
_PAPER_RE = anchor_re(
    "gửi|nộp|báo cáo kết quả|báo cáo về|hồ sơ|danh sách|đăng ký|đề cương|dự toán|giấy mời|tờ trình|xây dựng kế hoạch|"
    "ban hành kế hoạch|kế hoạch của|gửi kế hoạch|lập danh sách|bản đăng ký|thẩm định|xét duyệt|duyệt nội dung|"
    "báo cáo thành tích|tổng hợp|văn bản|in ấn|trang trí|tham luận gửi|duyệt báo cáo|phê duyệt|thành lập|ban hành|"
    "tuyên truyền|rà soát|lựa chọn|bình chọn|bình xét|kiểm tra|gửi báo cáo|tổng duyệt|sơ duyệt|"
    "duyệt chương trình"
)
_MEETS_RE = re.compile(rf"(?<!tai )(?<!du )(?<!vu )(?<!cua )(?<!sau )(?<!truoc ){CONFERENCE}")
# Under such a heading offices are told what to do; a date there is first that of their work.
_DUTIES_RE = anchor_re(
    "tổ chức thực hiện|phân công|nhiệm vụ|trách nhiệm|công tác chuẩn bị|kinh phí|hồ sơ|khen thưởng|báo cáo|tuyên truyền"
)
_EACH_RE = re.compile(r"(?:moi|cac|tung)\s+(?:hoi\s*nghi|dai\s*hoi|cuoc)[^,;]{0,24}$")
_SHORT_CLAUSE = 40  # characters before a date: a level and no more
_LABEL_RE = re.compile(r"[^:.;(]*(?:\([^)]*\)[^:.;(]*)?:")
_LEVEL_TITLE_RE = re.compile(r"\W*(?:\d\W+)?(?:hoi\s+nghi\s+|dai\s+hoi\s+)?(?:cap|tai|doi\s+voi|o|cac)\s")
# "Trong tháng 3, các xã ...": what a sentence says of a date that it starts with comes after it.
_DATE_FIRST_RE = re.compile(
    r"\W*(?:(?:[\d½,./]+\s*(?:ngay|buoi),?|trong|tu|nay|vao|ngay|truoc|du\s+kien|khoang|cham\s+nhat|muon\s+nhat|sang|chieu|luc|hoi|thang|den|het|cuoi|dau)\s+)*\W*$"
)
_CITED_RE = re.compile(
    r"(?:so\s*:?\s*[\w\s]{0,8}[/\-][\w/\-\s&.]{2,24}|nghi\s+quyet|chi\s+thi|cong\s+van|quyet\s+dinh|thong\s+tu|nghi\s+dinh|luat|"
    r"ke\s+hoach\s+so[^,;]{0,30}|huong\s+dan\s+so[^,;]{0,30})\s*,?\s*(?:ngay\s*)?$"
)
_HISTORY_RE = re.compile(
    r"(?:ky\s+niem|thanh\s+lap|truyen\s+thong|sinh\s+nhat|giai\s+phong|tu\s+nam|sau\s+dai\s+hoi[^;]{0,60}|giai\s+doan|"
    r"da\s+(?:to\s+chuc|hoan\s+thanh|dien\s+ra)[^;]{0,60}|nam\s+hoc|nhiem\s+ky)\s*\(?(?:ngay\s*)?$"
)
_REST_RE = re.compile(r"con\s+lai|dai\s+tra")
# A conference that a paper is about is not held on the day that the paper is due: "đăng ký lịch tổ chức hội nghị".
_ABOUT_PAPER_RE = re.compile(
    r"(?<![a-z])(?:ke\s+hoach|de\s+cuong|du\s+thao|kich\s+ban|van\s+kien|tai\s+lieu|danh\s+sach|ho\s+so|phuong\s+an|"
    r"du\s+toan|giay\s+moi|dang\s+ky(?:\s+(?:lich|thoi\s+gian|ngay))?)\s+"
    rf"(?:(?:to\s+chuc|phuc\s+vu|trinh|tham\s+gia|tham\s+du|dai\s+bieu|du|cua|ve|mo)\s+){{0,3}}{CONFERENCE}"
)
# "dịp kỷ niệm Ngày thành lập Công đoàn Việt Nam" sets up nothing
_FEAST_RE = re.compile(r"(?<![a-z])(?:ngay|nam|ky\s+niem)\s+thanh\s+lap(?![a-z])")
# "Dự kiến tổ chức ngày 15/9": in a plan of a conference it goes without saying what is held.
_OPENS_RE = re.compile(
    r"\W*(?:(?:du\s+kien|se|duoc)\s+){0,3}(?:to\s+chuc|dien\s+ra|tien\s+hanh|khai\s+mac)\s+"
    r"(?:(?:vao|trong|tu|luc|hoi|buoi|sang|chieu|ngay)\s+){0,3}(?:ngay|thang|quy|\d)"
)
_PLACE_RE = re.compile(r"(?<![a-z])tai\s[^,;.:()]*")
_VENUE_RE = re.compile(
    r"(?<![a-z])tai\s+(?:hoi\s+truong|nha|trung\s+tam|tru\s+so|phong\s+hop|san|quang\s+truong|rap|khach\s+san|hoi\s+quan|"
    r"van\s+phong)(?![a-z])[^,;.:()]*"
)
# The conference of a level begins with its preparatory session; that is none of its own.
_PREPARATORY_RE = re.compile(r"(?<![a-z])tru\s*bi(?![a-z])")
_OFFICIAL_RE = re.compile(r"(?<![a-z])chinh\s*thuc(?![a-z])")
_ARRIVE_RE = re.compile(r"(?<![a-z])(?:co\s+mat|nhan\s+phong)(?![a-z])")
_NEXT_CONFERENCE_RE = re.compile(r"(?:,|(?<![a-z])va)\s+(?=(?:hoi\s+nghi|dai\s+hoi|cap)\s)")
_AFTER_OTHERS_RE = re.compile(r"(?<![a-z])(?:ket\s+qua|tren\s+co\s+so|sau)(?![a-z])[^,]*,?")

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


def find_events(plan: Plan) -> list[Found[Event]]:
    """Return the conferences that *plan* schedules, in the order of the text."""
    mentions = [mention for item in plan.provisions for mention in _mentions(plan, item)]
    dated = [m for m in mentions if m.when is not None and m.session != "preparatory"]
    scheduled = [m for m in dated if m.in_schedule]
    groups: list[list[Mention]] = []
    for mention in scheduled + [m for m in dated if not m.in_schedule]:
        group = next((g for g in groups if _same_conference(g, mention)), None)
        if group is not None:
            group.append(mention)
        elif mention.in_schedule or not any(_key(g[0]) == _key(mention) for g in groups):
            groups.append([mention])
    for mention in mentions:
        if mention.when is None and mention.in_schedule and not _targets(groups, mention):
            groups.append([mention])
    place = {
        id(mention): place for place, mention in enumerate(mentions)
    }  # the title of a column stands before its row
    groups.sort(key=lambda group: place[id(group[0])])
    for mention in mentions:
        if mention.session == "preparatory":
            _prepare(groups, mention)
    return [_event(plan, group, _duration(groups, group, mentions)) for group in groups]


def _prepare(groups: list[list[Mention]], session: Mention) -> None:
    """Let the conference of *groups* that a preparatory session belongs to begin with it."""
    same = [group for group in groups if _key(group[0]) == _key(session)]
    if not same:
        groups.append([session])
    for group in same:
        # "02 ngày 18 - 19/6, chiều 17/6 họp trù bị": its days are said already
        if all(mention.session == "official" for mention in group) and session.when is not None:
            group.insert(0, replace(session, when=replace(session.when, end=None)))


def _key(mention: Mention) -> tuple[EventLevel | None, bool]:
    return mention.level, mention.pilot


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
    pilot_above: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _mentions(plan: Plan, item: Item) -> Iterator[Mention]:
    """Yield the mentions of one item."""
    if plan.aside(item) or item.zone in ("recipients", "signature"):
        return
    found: list[Mention] = []
    for part in _parts(plan, item):
        dates = list(_dates(plan, part))
        found += [*dates, *_lengths(plan, part, dates)]
    yield from sorted(found, key=lambda mention: mention.offset)


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
            high = low + len(text)
            in_parentheses = low > 0 and sentence[low - 1] == "("
            scheduled = schedule_above or labelled or bool(_TIME_RE.search(text))
            before, after = (sentence[:low], sentence[high:]) if in_parentheses else ("", "")
            yield _Part(item, start + low, text, before, after, scheduled, governed, dated, pilot_above)


def _dates(plan: Plan, part: _Part) -> Iterator[Mention]:
    """Yield the dates of a part that are those of a conference."""
    text, shift = part.text, part.start
    so_far = part.item.passage.folded[:shift]
    dates = [
        match
        for match in find_dates(text, plan.year, plan.issued)
        if not (_is_cited(so_far + text[: match.start]) or _is_history(plan, match.when))
    ]
    earlier: tuple[EventLevel | None, bool] | None = None
    last_end = 0
    date_first = bool(dates and _DATE_FIRST_RE.match(text[: dates[0].start]))
    for index, match in enumerate(dates):
        lead = text[last_end : match.start]
        follow = text[match.end : dates[index + 1].start if index + 1 < len(dates) else len(text)]
        own = follow if date_first or index + 1 == len(dates) else ""  # else it leads to the next date
        last_end = match.end
        if (
            _is_paper(lead, own)
            or _ARRIVE_RE.search(lead)
            or (match.when.precision == "year" and (not part.scheduled or part.item.children))
        ):
            continue
        around = (lead, follow, part.before, part.after)
        about = any(CONFERENCE_RE.search(words) or PILOT_RE.search(words) for words in around) or bool(
            _REST_RE.search(lead) and PILOT_RE.search(so_far + text[: match.start])
        )
        holds = any(_HOLD_RE.search(words) for words in (lead, follow[:60], part.before, part.after[:80]))
        pilot = _pilot_near(lead, own, part.before) or (part.pilot_above and not _REST_RE.search(lead))
        bare = bool(_DATE_FIRST_RE.match(lead.rpartition(":")[2]))
        in_title = part.item.heading and bool(part.before) and bare and _level_near(plan, part.before) is not None
        goes_on = (  # "... tổ chức hội nghị; cấp huyện trước 30/6"
            so_far.rstrip().endswith(";")
            and len(lead) < _SHORT_CLAUSE
            and _level_near(plan, lead) is not None
            and bool(CONFERENCE_RE.search(so_far))
        )
        opens = plan.meets and index == 0 and bool(_OPENS_RE.match(text)) and not _under_duties(part.item)
        governed = (part.governed and (holds or pilot or bare)) or in_title or goes_on or opens
        if not (part.scheduled and plan.meets) and not (about and holds) and not governed:
            continue
        if not pilot:  # "Cấp tỉnh: ngày 15/9 tại thành phố Vinh" is no conference of that city
            own = (_PLACE_RE if plan.level_of(part.item) else _VENUE_RE).sub(" ", own)
        level = _level_near(
            plan, _AFTER_OTHERS_RE.sub(" ", lead), own, _last_named(part.before), part.before, part.after
        )
        if level is None and earlier is not None and not CONFERENCE_RE.search(lead):
            level, pilot = earlier[0], pilot or (earlier[1] and not _REST_RE.search(lead))
        earlier = (level, pilot)
        start = shift + (match.start if index else 0)
        mention = _mention(plan, part, level, pilot, match.when, None, (start, shift + match.end), False)
        mention = replace(mention, session=_session(lead, follow))
        yield mention
        for other in _others_named(plan, lead):
            if other != mention.level:
                yield replace(mention, level=other)


def _last_named(before: str) -> str:
    """Return what stands right before a parenthesis: "cấp xã (tháng 3), cấp huyện (tháng 6)" names two levels."""
    return re.split(r"[,;)]", before.rstrip(" ("))[-1]


def _session(lead: str, follow: str) -> Session:
    """Tell which session of a conference is held on a date between *lead* and *follow*."""
    for words in (lead, follow.split(",")[0]):
        if _PREPARATORY_RE.search(words):
            return "preparatory"
        if _OFFICIAL_RE.search(words):
            return "official"
    return ""


def _others_named(plan: Plan, lead: str) -> list[EventLevel]:
    """Return the levels that share a date: "hội nghị cấp xã và hội nghị cấp huyện xong trước ...". None for one."""
    if _AFTER_OTHERS_RE.search(lead):
        return []
    levels = [_level_near(plan, part) for part in _NEXT_CONFERENCE_RE.split(lead)]
    return [level for level in dict.fromkeys(levels) if level is not None] if None not in levels else []


def _lengths(plan: Plan, part: _Part, dates: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the durations of a part that are those of a conference; *dates* are those of the same part."""
    beside = dates[0].level if len(dates) == 1 else None
    for length in find_durations(part.text):
        lead, follow = part.text[: length.start], part.text[length.end :]
        if not (
            ((part.scheduled or part.governed) and plan.meets)
            or dates
            or CONFERENCE_RE.search(part.text)
            or CONFERENCE_RE.search(part.before)
        ):
            continue
        each = bool(_EACH_RE.search(lead))
        level = None if each else _level_near(plan, lead, follow, part.before) or beside
        pilot = not each and (_pilot_near(lead, follow, part.before) or part.pilot_above)
        span = (part.start + length.start, part.start + length.end)
        yield _mention(plan, part, level, pilot, None, length.days, span, each or not part.dated)


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
    if level is None and (label := _LABEL_RE.match(part.item.passage.folded)):
        level = _level_near(plan, label[0])
    level = level or plan.level_of(part.item) or ("grassroots" if pilot else None)
    scheduled = part.scheduled or part.governed or days is not None
    places = part.item.passage.spans(*span)
    return Mention(part.item, part.start, part.end, level, pilot, when, days, scheduled, alone, places, span[0])


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
        if CONFERENCE_RE.search(head):
            return True
        if _LEVEL_TITLE_RE.match(head) and _level_near(plan, head) is not None:
            return True
    return False


def _under_duties(item: Item) -> bool:
    return any(above.heading and _DUTIES_RE.search(title_of(above)) for above in item.path())


def _is_paper(lead: str, follow: str) -> bool:
    """Tell whether what is due on a date is paper: the last that is named before the date, or the first after it."""
    lead = _FEAST_RE.sub(lambda match: " " * len(match[0]), lead)
    papers = [match.start() for match in _PAPER_RE.finditer(lead)]
    lead = _ABOUT_PAPER_RE.sub(lambda match: " " * len(match[0]), lead)
    meetings = [match.start() for match in _MEETS_RE.finditer(lead)]
    if papers:
        return not meetings or meetings[-1] < papers[-1]
    return bool(_PAPER_RE.search(follow) and not _HOLD_RE.search(lead))


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
    outside = _PARENTHESES_RE.sub(lambda match: " " * len(match[0]), sentence)
    for low, high in _between(outside, 0, len(outside)):
        yield low, outside[low:high]
        for aside in _PARENTHESES_RE.finditer(sentence, low, high):
            for start, end in _between(sentence, *aside.span()):
                yield start, sentence[start:end]


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


def _is_history(plan: Plan, when: When) -> bool:
    """Tell whether a date lies years before the plan: no slip of the pen, but a day that is remembered."""
    first = when.start or when.end
    return plan.issued is not None and first is not None and first.year < plan.issued.year - 1


def _is_cited(before: str) -> bool:
    """Tell whether the date after *before* is that of another document, or of history."""
    return bool(_CITED_RE.search(before[-60:]) or _HISTORY_RE.search(before[-80:]))


def _level_near(plan: Plan, *texts: str) -> EventLevel | None:
    """Return the level that the first of *texts* to name one names."""
    for text in texts:
        level = level_in(text, plan.setting)
        if level is not None and level != "any":
            return level
    return None


def _pilot_near(lead: str, follow: str, before: str) -> bool:
    if _REST_RE.search(lead):
        return False
    if PILOT_RE.search(lead) or (PILOT_RE.search(follow) and not PILOT_RE.search(before)):
        return is_pilot(lead if PILOT_RE.search(lead) else follow)
    return is_pilot(before) and not CONFERENCE_RE.search(lead + follow)


def _same_conference(group: list[Mention], mention: Mention) -> bool:
    """Tell whether *mention* speaks of the conference of *group*: same level, and dates that do not contradict."""
    first = group[0]
    if _key(first) != _key(mention):
        return False
    when = _merged(group)
    new = mention.when
    if when is None or new is None:
        return True
    if when.start and not when.end and new.end and new.end > when.start and mention.item is group[-1].item:
        return True  # "bắt đầu từ tháng 2, kết thúc trong tháng 4"
    if when != new and any(_are_parted(mention, other) for other in group):
        return False
    if when.start is None and when.end is None:
        return True
    if (when.start is None and new.end is None) or (when.end is None and new.start is None):
        return True
    if not mention.in_schedule:
        return True  # a later remark does not schedule a second conference
    return _covers(when, new) or _covers(new, when)


def _are_parted(mention: Mention, other: Mention) -> bool:
    """Tell whether two mentions stand in items of one list that each name whom they are for."""
    if mention.item is other.item or mention.item.parent is not other.item.parent or mention.item.style == "row":
        return False
    labels = [_FOR_WHOM_RE.match(each.item.passage.folded) for each in (mention, other)]
    first, second = labels
    return first is not None and second is not None and first[1].split() != second[1].split()


_FOR_WHOM_RE = re.compile(r"\W*((?:doi\s+voi|cac|cap|nhung|khoi)\s[^:.;]{2,60}):")


def _covers(outer: When, inner: When) -> bool:
    if outer.end is None or inner.end is None:
        return outer.start == inner.start
    if outer.start is None and inner.start is None:
        return outer.end == inner.end
    start = outer.start or outer.end.replace(day=1)
    return (
        start <= (inner.start or inner.end)
        and inner.end <= outer.end
        and (outer == inner or outer.precision != "day" or outer.start is not None)
    )


def _merged(group: list[Mention]) -> When | None:
    """Return the dates of a group: those of its first mention, its open end closed by a later one."""
    when: When | None = None
    for mention in group:
        new = mention.when
        if new is None:
            continue
        if when is None:
            when = new
        elif when.start is None and new.start is not None and new.end is None:
            when = replace(when, start=new.start)
        elif when.end is None and new.end is not None and (new.start is None or (when.start or new.end) < new.start):
            when = replace(when, end=new.end)
    return when


def _targets(groups: list[list[Mention]], duration: Mention) -> list[list[Mention]]:
    """Return the events that a duration speaks of."""
    exact = [g for g in groups if _key(g[0]) == _key(duration)]
    if exact:
        return exact
    if duration.level is None:
        return groups
    return [g for g in groups if g[0].level == duration.level]


def _duration(groups: list[list[Mention]], group: list[Mention], mentions: list[Mention]) -> Mention | None:
    """Return the duration that goes with *group*: of its own key, else of its level, else one for all."""
    first = group[0]
    lengths = [m for m in mentions if m.days is not None and not _is_spoken_for(groups, group, m)]
    alone = [m for m in lengths if m.alone]
    above = [item for item in first.item.path() if not item.heading or item is first.item]
    for choice in (
        [m for m in lengths if m.item is first.item and _key(m) == _key(first)],
        [m for m in lengths if m.item in above and m.level == first.level],
        [m for m in lengths if _key(m) == _key(first) and (m.alone or len(group) > 1)],
        [m for m in (lengths if first.pilot else alone) if m.level == first.level and not m.pilot],
        [m for m in alone if m.level is None and not m.pilot],
    ):
        if choice:
            return choice[0]
    return None


def _is_spoken_for(groups: list[list[Mention]], group: list[Mention], duration: Mention) -> bool:
    """Tell whether *duration* stands with the dates of another conference than *group*, one of several of its level."""
    if any(mention.item is duration.item for mention in group):
        return False
    owner = next((g for g in groups if any(m.when and m.item is duration.item for m in g)), None)
    return owner is not None and sum(_key(g[0]) == _key(owner[0]) for g in groups) > 1


def _event(plan: Plan, group: list[Mention], duration: Mention | None) -> Found[Event]:
    first = group[0]
    when = _merged(group)
    level = first.level or plan.setting.own
    text = " ".join(first.item.text[first.start : first.end].split()).strip(" -;:,")
    event = Event(
        level=level,
        pilot=first.pilot,
        duration_days=duration.days if duration else None,
        start=when.start.isoformat() if when and when.start else None,
        end=when.end.isoformat() if when and when.end else None,
        precision=when.precision if when else None,
        text=text,
    )
    places = list(first.places)
    if duration is not None:
        places += [span for span in duration.places if span not in places]
    confidence = 0.95 if first.in_schedule else 0.8
    if first.level is None:
        confidence -= 0.15
    return Found(event, tuple(places), confidence, "rule:schedule" if first.in_schedule else "rule:sentence")
