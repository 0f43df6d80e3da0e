"""The programme of the conference: its items in order, and what kind each one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.lexicon.folding import anchor_re, fold
from pipeline.recognize.agenda_kinds import kinds_of
from pipeline.recognize.agenda_steps import SESSION, steps_of
from pipeline.recognize.context import Plan, title_of
from pipeline.recognize.details import counts_presidium
from pipeline.recognize.found import Found
from pipeline.recognize.outline import Item, Table
from pipeline.recognize.passage import Passage, Span, join
from pipeline.record import AgendaItem

_TITLE_RE = anchor_re(
    "chương trình|nội dung hội nghị|nội dung đại hội|nội dung chương trình|trình tự|"
    "tiến trình|nội dung|diễn biến|nghi thức|lịch trình"
)
# Under such a heading, work is shared out: who writes the report, who decorates the hall.
_TASKS_RE = anchor_re(
    "phân công|tổ chức thực hiện|nhiệm vụ|trách nhiệm|công tác chuẩn bị|công tác tuyên truyền|giải pháp|"
    "công tác phục vụ|tiểu ban"
)
_TASK_RE = re.compile(
    r"\W*(?:cong\s+tac|(?:giao\s+)?(?:phong|van\s+phong|so|cong\s+an|uy\s+ban|ubnd|tieu\s+ban|ban(?!\s+to\s+chuc))\s)[^:]{0,60}:"
)
_CLOCK_RE = re.compile(
    r"^\W*(?:(?:tu|luc)\s+)?(?P<hour>[01]?\d|2[0-3])\s*(?:h|gio|g|:|\.(?=[0-5]\d\s*-))\s*(?P<minute>[0-5]\d)?"
    r"(?:\s*(?:phut|'|p(?![a-z])))?"
    r"(?:\s*(?:-|den|>|→)\s*(?:[01]?\d|2[0-3])\s*(?:h|gio|g|:|\.)\s*(?:[0-5]\d)?(?:\s*(?:phut|'|p(?![a-z])))?)?\s*[:.,\-)]*\s*"
)
_PROSE_RE = re.compile(
    r"(?:chuong\s+trinh|noi\s+dung|trinh\s+tu|tien\s+trinh|dien\s+bien|nghi\s+thuc|lich\s+trinh|kich\s+ban)[^:.;]{0,120}(?::|gom\s*:?|nhu\s+sau\s*:?)\s*"
)
# Numbers inside an item, and words that tie the items of a list: "(2) ...", "cuối cùng là ...".
_LINK_RE = re.compile(
    r"(?:\(?\d{1,2}[).]\s*|[a-z]\)\s+)?(?:(?:hoi\s+nghi\s+)?(?:mo\s+dau|bat\s+dau|sau\s+do|tiep\s+theo|tiep\s+den|ke\s+den|"
    r"roi\s+den|cuoi\s+cung|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?=\s+la))(?:\s+(?:bang|la|nghe|den))*,?\s+(?=\w{2}))?"
)
_PROGRAMME_RE = anchor_re("chương trình|trình tự|tiến trình|kịch bản")
_PART_NAME_RE = re.compile(  # "BUỔI CHIỀU", "Ngày thứ hai (22/8/2025)"
    r"\W*(?:(?:buoi|phien)\s+(?:sang|chieu|toi|tru\s+bi|chinh\s+thuc|thu\s+[a-z]+)|ngay\s+thu\s+[a-z]+|"
    r"(?:sang|chieu|toi)\s+(?:ngay\s+)?\d[\d/.-]*)\W*(?:\(?(?:ngay\s+)?[\d/.-]+\)?|\([^()]{0,40}\))?\W*"
)
_SESSION_RE = re.compile(rf"\W*{SESSION}:\s*")
# "a) Nội dung: ...; ..." beside "b) Chương trình:" says in short what the programme is about
_CONTENT_RE = re.compile(r"\W*noi\s+dung[^:]{0,40}:\s*\w")
_LEAD_IN_RE = re.compile(
    r"(?!\W*\d{1,2}\s*(?:h|gio|g)\W)\W*(?:(?:bao\s+)?gom|nhu\s+sau|cu\s+the|theo\s+trinh\s+tu)?[^:;,.()]{0,30}:\s*|"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that may be an item of a programme, with a clock time that stands beside it."""

    passage: Passage
    span: Span
    time: str | None = None
    told: bool = False  # a step of a sentence, already without the words that tie it

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.text[slice(*self.span)]


_LEAST = 3  # of the score of a list that is taken for a programme
Candidate = tuple[list[Part], str]  # items in order, and the folded title over them


def _time(text: str | None) -> str | None:
    """Return the clock time that *text* begins with, as HH:MM."""
    clock = _CLOCK_RE.match(fold(text)) if text else None
    return f"{int(clock['hour']):02d}:{clock['minute'] or '00'}" if clock else None


def find_agenda(plan: Plan) -> list[Found[AgendaItem]]:
    """Return the programme: the list of items that looks most like one, or the sentence that runs through it."""
    best: tuple[float, list[Part]] = (0.0, [])
    for group, title in _groups(plan):
        score = _score([part.text for part in group], title)
        if score > best[0]:
            best = (score, group)
    if best[0] < _LEAST:
        return []
    return [_found(part) for part in _timed(best[1])]


def _timed(parts: list[Part]) -> list[Part]:
    """Return *parts* without what stands before and after the clock times: the headings of a table, remarks."""
    clocked = [index for index, part in enumerate(parts) if part.time or _CLOCK_RE.match(fold(part.text))]
    if 2 * len(clocked) < len(parts):
        return parts
    return [
        part
        for index, part in enumerate(parts)
        if clocked[0] <= index <= clocked[-1] or kinds_of(part.text) != ("other",)
    ]


def _groups(plan: Plan) -> list[Candidate]:
    """Return the candidate programmes, each with the folded title over it."""
    groups: list[Candidate] = []
    items = (*plan.items, *plan.annex.items)
    parents: list[Item | None] = [None, *items]
    for parent in parents:
        children = parent.children if parent else [item for item in items if item.parent is None]
        runs: dict[str, list[Item]] = {}
        for child in children:
            if _is_lead_in(child):
                continue
            runs.setdefault(child.style, []).append(child)
        title = title_of(parent) if parent else ""
        if parent and any(_TASKS_RE.search(title_of(above)) for above in parent.path()):
            continue
        held = [child for child in children if child.children]
        # "a) Chương trình: - ... - ...", "b) Chủ tọa: ...": one list among remarks is the programme by itself
        alone = len(held) == 1 and _score([item.text for item in held[0].children], title_of(held[0])) >= _LEAST
        if parent and held and not alone:
            leaves = [
                item
                for item in parent.below()
                if not (item.parent is parent and _CONTENT_RE.match(item.passage.folded))
                and not (item.children or item.style == "row" or _is_lead_in(item))
                and (item.parent is not parent or kinds_of(item.text) != ("other",))  # beside parts: a remark
            ]
            if len(leaves) >= 3:
                groups.append(([part for item in leaves for part in _parts_of(item)], title))
        for style, run in runs.items():
            parts = [part for item in run for part in _parts_of(item)]
            if style != "row" and len(parts) >= 3 and not (style == "paragraph" and parent is None):
                groups.append((parts, title))
    for outline in (plan.outline, plan.annex):
        for tables in _joined(outline.tables):
            groups += _columns(tables)
    groups += _titled(plan.items)
    groups += _titled(plan.annex.items)
    for parent in parents:
        told = [_prose(child) for child in (parent.children if parent else ()) if child.style == "paragraph"]
        if len(told) > 1 and any(len(steps) > 2 for steps in told):
            groups.append(([step for steps in told for step in steps], title_of(parent) if parent else ""))
    for item in items:
        if len(prose := _prose(item)) > 2:
            above = title_of(item.parent) if item.parent else ""
            groups.append((prose, f"{above} {title_of(item)} {item.passage.folded[:80]}"))
    return groups


def _titled(items: Sequence[Item]) -> Iterator[Candidate]:
    """Yield what stands between a title in capitals of a programme and the next: its chapters are not under it."""
    titles = [index for index, item in enumerate(items) if item.style == "caps"]
    for index, end in pairwise([*titles, len(items)]):
        if _PROGRAMME_RE.search(items[index].passage.folded):
            leaves = [item for item in items[index + 1 : end] if not item.children and item.style != "row"]
            leaves = [item for item in leaves if not _is_lead_in(item) and item.zone not in ("recipients", "signature")]
            if len(leaves) >= 3:
                yield [part for item in leaves for part in _parts_of(item)], title_of(items[index])


def _parts_of(item: Item) -> list[Part]:
    """Return an item of a list as one part, or the steps of the session that it names: "Phần nghi lễ: chào cờ; ..."."""
    label = _SESSION_RE.match(item.passage.folded)
    if label and ";" in item.text[label.end() : -1]:
        return [Part(item.passage, step, told=True) for step in steps_of(item.passage, label.end())]
    return [Part(item.passage, (0, len(item.text)))]


def _is_lead_in(item: Item) -> bool:
    """Tell whether an item only announces the list: "Nội dung hội nghị gồm các phần sau:", or says who leads it."""
    if _PART_NAME_RE.fullmatch(item.passage.folded):
        return True
    announces = item.text.rstrip(' *_"”').endswith(":") or counts_presidium(item.passage.folded)
    return announces and kinds_of(item.text) == ("other",)


def _joined(tables: Sequence[Table]) -> Iterator[list[Table]]:
    """Yield tables, those together that only the names of sessions part: of one width, under one heading."""
    joined: list[Table] = []
    for table in tables:
        if joined and (_over(table) is not _over(joined[0]) or _width(table) != _width(joined[0])):
            yield joined
            joined = []
        joined.append(table)
    if joined:
        yield joined


def _over(table: Table) -> Item | None:
    """Return the heading over a table; the name of a session is none."""
    over = table.parent
    while over is not None and _PART_NAME_RE.fullmatch(over.passage.folded):
        over = over.parent
    return over


def _width(table: Table) -> int:
    return max(len(row) for row in table.rows)


def _columns(tables: Sequence[Table]) -> list[Candidate]:
    """Return each column of *tables* as a candidate, with the clock times of another column."""
    first = tables[0]
    title = title_of(first.parent) if first.parent else ""
    rows = [(table, row) for table in tables for row in table.body]
    times = {
        index: cell[0]
        for index, (_, row) in enumerate(rows)
        for cell in row
        if _CLOCK_RE.fullmatch(fold(cell[0]).strip() + " ") or _CLOCK_RE.fullmatch(fold(cell[0]).strip())
    }
    found: list[Candidate] = []
    for column in range(_width(first)):
        parts = [
            Part(join(table.pieces(row[column])), (0, len(row[column][0])), times.get(index))
            for index, (table, row) in enumerate(rows)
            if column < len(row) and row[column][0].strip()
        ]
        head = fold(first.header[column][0]) if first.header and column < len(first.header) else ""
        if len(parts) >= 3:
            found.append((parts, f"{title} {head}"))
    return found


def _prose(item: Item) -> list[Part]:
    """Return the steps of a programme that runs through one paragraph: "gồm: chào cờ; tuyên bố lý do; ..."."""
    folded = item.passage.folded
    if len(folded) < 60 or item.style == "row":
        return []
    label = _PROSE_RE.search(folded)
    lead = _LEAD_IN_RE.match(folded)
    start = label.end() if label else lead.end() if lead else 0
    spans = steps_of(item.passage, start)
    kinds = [kinds_of(folded[low:high]) for low, high in spans]
    known = [kind for kind in kinds if kind != ("other",)]
    titled = label or (item.parent is not None and _TITLE_RE.search(title_of(item.parent)))
    if not titled and (len({k for ks in known for k in ks}) < 4 or len(known) <= 0.7 * len(kinds)):
        return []
    return [Part(item.passage, span, told=True) for span in spans]


def _score(texts: Sequence[str], title: str) -> float:
    """Say how much a list looks like a programme: its distinct kinds, the share of items that have one, its title."""
    kinds = [kinds_of(text) for text in texts]
    known = [k for k in kinds if k != ("other",)]
    distinct = {kind for k in known for kind in k}
    ceremonial = distinct & {
        "flag_salute",
        "introduction",
        "opening",
        "closing",
        "launch",
        "performance",
        "superior_speech",
    }
    titled = bool(_TITLE_RE.search(title))
    if 2 * sum(bool(_TASK_RE.match(fold(text))) for text in texts) >= len(texts):
        return 0.0
    # "Nội dung: báo cáo tổng kết; tham luận; khen thưởng; thông qua danh sách" leaves the ceremony out
    worked = titled and len(known) == len(texts) and len(distinct) > 2 and "summary_report" in distinct
    if (len(ceremonial) < 2 - titled and not worked) or len(distinct) < 3 - titled or len(known) < 0.5 * len(texts):
        return 0.0
    mean = sum(len(text) for text in texts) / len(texts)
    score = len(distinct) + len(ceremonial) + 2 * titled - (4 if mean > 300 else 0)
    # what is no item of a programme speaks against the whole list, less so under the title of one
    return float(score * (len(known) / len(texts)) ** (1 if titled else 2))


def _found(part: Part) -> Found[AgendaItem]:
    start, end = part.span
    printed, time = part.passage.text, _time(part.time)
    if clock := _CLOCK_RE.match(fold(part.text)):
        time = _time(part.text)
        start += clock.end()
    while start < end and printed[start] in " -–+*•:":
        start += 1
    clean = " ".join(printed[start:end].replace("*", "").split()).rstrip(" ;.,:")
    lead = None if part.told else _LINK_RE.match(fold(clean))
    clean = re.sub(r"^[Vv]à\s+|[\s;,]+và$", "", clean[lead.end() if lead else 0 :])
    kinds = kinds_of(clean)
    return Found(
        AgendaItem(text=clean, kinds=kinds, time=time),
        part.passage.spans(start, end),
        0.95 if kinds != ("other",) else 0.8,
        "rule:programme",
    )
