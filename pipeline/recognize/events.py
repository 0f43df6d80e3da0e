"""The conferences that a plan schedules: one event for each, put together from form, time and duration.

Every date or duration that belongs to a conference is a *mention*; mentions of the same level, pilot or not, become
one event. A duration that stands alone ("½ ngày" in a line of its own) goes to the events of its level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.dates import When
from pipeline.recognize.context import Plan
from pipeline.recognize.found import Found
from pipeline.recognize.mentions import Mention, find_mentions
from pipeline.record import Event, EventLevel


def find_events(plan: Plan) -> list[Found[Event]]:
    """Return the conferences that *plan* schedules, in the order of the text."""
    mentions = [_placed(plan, mention) for item in plan.provisions for mention in find_mentions(plan, item)]
    dated = [m for m in mentions if m.when is not None and m.session != "preparatory"]
    scheduled = [m for m in dated if m.in_schedule]
    groups: list[list[Mention]] = []
    for mention in scheduled + [m for m in dated if not m.in_schedule]:
        group = next((g for g in groups if _same_conference(g, mention)), None)
        if group is not None:
            outranked = _is_labelled(mention) and not _is_labelled(group[0]) and _narrows(mention, group)
            group.insert(0 if outranked else len(group), mention)
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


_LABEL_RE = re.compile(r"\W*thoi\s*gian(?:\s+(?:to\s*chuc|hop|hoi\s*nghi))?\s*:")


def _is_labelled(mention: Mention) -> bool:
    """Tell whether a mention stands in an item "Thời gian: ..."."""
    return bool(mention.item.marker) and _LABEL_RE.match(mention.item.passage.folded) is not None


def _narrows(mention: Mention, group: Sequence[Mention]) -> bool:
    """Tell whether the day of *mention* lies in the stretch that running text gave before.

    "Đoàn làm việc tại tỉnh từ ngày 13 đến ngày 16/9. ... 1. Thời gian: Từ 14 giờ ngày 15/9": that is when they meet.
    """
    when, new = _merged(group), mention.when
    if when is None or new is None or new.precision != "day" or when.start is None or when.start == when.end:
        return False
    return when != new and _covers(when, new)


def _placed(plan: Plan, mention: Mention) -> Mention:
    """Return a mention for which nothing names a level as one of the office's own conference.

    A length with no day beside it stays open: it may be that of conferences of several levels.
    """
    if mention.level is not None or mention.alone:
        return mention
    return replace(mention, level=plan.setting.own, assumed=True)


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
    if not mention.in_schedule and (mention.item is first.item or mention.item.parent is not first.item.parent):
        return True  # a later remark does not schedule a second conference
    return _covers(when, new) or _covers(new, when)


def _are_parted(mention: Mention, other: Mention) -> bool:
    """Tell whether two mentions stand in items of one list that each name whom they are for."""
    if mention.item is other.item or mention.item.parent is not other.item.parent or mention.item.style == "row":
        return False
    first, second = (_FOR_WHOM_RE.match(each.item.passage.folded) for each in (mention, other))
    if first is not None and second is not None:
        return first[1].split() != second[1].split()
    units, others = (_units_in(each.item.passage.folded.partition(":")[0]) for each in (mention, other))
    return bool(units and others) and not units & others


_UNIT = (
    r"(?:co\s+quan|don\s+vi|xa|phuong|thi\s+tran|huyen|quan|truong(?!\s+hop)|doanh\s+nghiep|"
    r"(?:tong\s+)?cong\s+ty|(?:tong\s+|chi\s+)?cuc|chi\s+(?:bo|hoi|doan|nhanh)|phong|(?<!co )so|cong\s+doan|"
    r"hoi(?!\s+(?:nghi|truong))|hop\s+tac\s+xa|benh\s+vien|khoa|khoi)"
)
_FOR_WHOM_RE = re.compile(rf"\W*((?:rieng\s+)?(?:(?:doi\s+voi|cac|cap|nhung|khoi)\s|{_UNIT}(?:\s|,))[^:.;]{{2,80}}):")
_UNIT_RE = re.compile(rf"(?<![a-z]){_UNIT}(?![a-z])")


def _units_in(label: str) -> set[str]:
    """Return the kinds of units that folded words name, at most those of a short label."""
    return {" ".join(unit.split()) for unit in _UNIT_RE.findall(label[:80])}


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


def _merged(group: Sequence[Mention]) -> When | None:
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
        [m for m in lengths if _in_one_clause(m, first) and _key(m) == _key(first)],
        [m for m in lengths if m.item is first.item and _key(m) == _key(first)],
        _of_same_units(lengths, first),
        [m for m in lengths if m.item in above and m.level == first.level],
        [m for m in lengths if _key(m) == _key(first) and (m.alone or len(group) > 1)],
        [m for m in (lengths if first.pilot else alone) if m.level == first.level and not m.pilot],
        [m for m in alone if m.level is None and not m.pilot],
    ):
        if choice:
            return choice[0]
    return None


def _of_same_units(lengths: Sequence[Mention], first: Mention) -> list[Mention]:
    """Return the durations said of the units that *first* is for, where units of one level have several.

    "Cấp trường, cấp phòng 1/2 ngày, cấp Sở 01 ngày": departments and offices of districts are of one level.
    """
    same = [m for m in lengths if m.level == first.level]
    units = _units_in(first.item.passage.folded.partition(":")[0])
    if len({m.days for m in same}) < 2:
        return []
    return [m for m in same if units & _units_in(_since_last(m))]


def _since_last(duration: Mention) -> str:
    """Return what stands before *duration* and behind any other in its part of the sentence."""
    return re.split(r"ngay|buoi", duration.item.passage.folded[duration.start : duration.offset])[-1]


def _in_one_clause(first: Mention, second: Mention) -> bool:
    return first.item is second.item and first.end == second.end


def _is_spoken_for(groups: list[list[Mention]], group: list[Mention], duration: Mention) -> bool:
    """Tell whether *duration* stands with the dates of another conference than *group*, one of several of its level."""
    if any(mention.item is duration.item for mention in group):
        beside = [g for g in groups if any(m.when and _in_one_clause(m, duration) for m in g)]
        return group not in beside and any(_key(g[0]) == _key(group[0]) for g in beside)
    owner = next((g for g in groups if any(m.when and m.item is duration.item for m in g)), None)
    if owner is None:
        return False
    item, over = group[0].item, owner[0].item
    if group[0].pilot and not owner[0].pilot and item.parent is over.parent and over.index < item.index:
        return False  # a pilot is as long as what stands before it in the list
    return sum(_key(g[0]) == _key(owner[0]) for g in groups) > 1


def _event(plan: Plan, group: list[Mention], duration: Mention | None) -> Found[Event]:
    first = group[0]
    when = _merged(group)
    text = " ".join(first.item.text[first.start : first.end].split()).strip(" -;:,")
    event = Event(
        level=first.level or plan.setting.own,
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
    if first.assumed or first.level is None:
        confidence -= 0.15
    return Found(event, tuple(places), confidence, "rule:schedule" if first.in_schedule else "rule:sentence")
