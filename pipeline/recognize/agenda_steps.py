"""A programme told in sentences, cut into its steps.

"Sau phần văn nghệ, Hội nghị nghe báo cáo tổng kết; lãnh đạo phát biểu. Cuối cùng là bế mạc." has four steps. Every
sentence is cut by the surest mark that it holds; a comma cuts only where a step of another kind begins, since it also
parts the words of one step ("tuyên bố lý do, giới thiệu đại biểu"). What ties the steps ("tiếp đó", "hội nghị nghe")
belongs to none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.recognize.agenda_kinds import kinds_of
from pipeline.recognize.passage import Passage, Span

_MARKS = (";", "→", "⇒", "->", "=>", " / ", " - ", " + ")  # the surest first
_MEETING = r"(?:hoi\s+nghi|dai\s+hoi|buoi\s+(?:le|gap\s+mat)|buoi\s+(?:sang|chieu)|chuong\s+trinh)"
_MEETING_RE = re.compile(_MEETING)
_TIE = (
    r"(?:sau\s+do|tiep\s+(?:theo|den|do|tuc)|ke\s+(?:tiep|den|do)|roi\s+den|mo\s+dau|bat\s+dau|dau\s+tien|"
    r"truoc\s+(?:tien|het)|cuoi\s+cung|sau\s+cung|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+la)"
)
_TIE_RE = re.compile(rf"[,.;]?\s+(?=(?:va\s+)?{_TIE}(?![a-z]))")
# "và" ends an enumeration; before the close of the conference it parts two steps, else it may join the words of one.
_LAST_RE = re.compile(r"\s+va\s+(?=(?:phan\s+|le\s+)?(?:be\s+mac|ket\s+thuc)(?![a-z]))")
# "Phần nghi lễ", "Buổi chiều", "Ngày thứ hai": the name of a part of the programme, which is none of its items.
_BRACKETS = r"(?:\([^()]{0,40}\)\s*)?"
SESSION = (
    r"(?:(?:buoi|phien|ngay|sang|chieu|toi)\s+(?:[a-z\d/]+\s*){1,6}|"
    r"phan\s+(?:thu\s+[a-z]+|nghi\s+(?:le|thuc)|noi\s+dung|le|hoi|chinh|\d|[ivx]+)(?:\s+[a-z]+){0,3}\s*)" + _BRACKETS
)
# "phần nghi lễ (chào cờ, khai mạc)": the steps stand in the brackets
_BRACKETED_RE = re.compile(rf"\W*{SESSION.removesuffix(_BRACKETS)}\((?P<steps>[^()]*[,;][^()]*)\)\W*")
_LEAD_RE = re.compile(
    rf"(?:\W*{SESSION}:)?(?:\W*(?:va|roi|{_TIE}|ket\s+thuc(?=\s+(?:{_MEETING}\s+)?(?:la|bang)\s)|sau(?=\s+(?:khi|phan|man|nghi\s+thuc|le)\s))"
    rf"(?![a-z]),?)?(?:\s*{_MEETING}(?=\s+(?:se|duoc|tap|tien|nghe|thuc\s+hien|gom|bao\s+gom|la|bang|dien\s+ra)(?![a-z])))?"
    r"(?:\s*(?:se|khi|duoc|la|bang|tap\s+trung|tien\s+hanh|nghe|thuc\s+hien|bao\s+gom|gom|voi|cac\s+(?:phan|noi\s+dung)(?:\s+sau)?|"
    r"phan(?!\s+(?:dau|thuong|cong))|man)(?![a-z])\s*:?)*\W*"
)
# "Sau nghi thức chào cờ là phần giới thiệu đại biểu": what comes before is a step as well
_AFTER_STEP_RE = re.compile(r"\W*sau\s+(?:khi|phan|nghi\s+thuc|le|man)\s[^,;]{3,80}?(?=\s+la\s)")
_NUMBERED_RES = (
    re.compile(r"\((\d{1,2})\)[.,]?\s*"),
    re.compile(r"(?<![\d./])(\d{1,2})[.)]\s+(?=[a-z])"),
    re.compile(r"(?<![a-z(])([a-ik])\)\s*"),
)
_LETTERS = ("abcdeghik", "abcddeghik")  # đ folds to d; f and j number nothing
_SENTENCE_RE = re.compile(r"(?<=[a-z)\"\d])\.(?=\s|$)")


def steps_of(passage: Passage, start: int) -> list[Span]:
    """Return the steps of the programme that ``passage.text[start:]`` tells; one or none where it tells none.

    >>> from pipeline.recognize.passage import join
    >>> told = join([("Hội nghị tiến hành chào cờ, khai mạc, sau đó nghe báo cáo. Cuối cùng là bế mạc.", 0)])
    >>> [told.text[low:high] for low, high in steps_of(told, 0)]
    ['chào cờ', 'khai mạc', 'báo cáo', 'bế mạc']
    """
    folded = passage.folded
    if numbered := _numbered(folded, start):
        return _trimmed(folded, numbered)
    sentences = list(_cut(folded, start, len(folded), _SENTENCE_RE))
    told = [span for span in sentences if _kinds(folded, span)]
    if len(told) < 2:
        sentences = sentences[:1]  # what follows a list in one sentence remarks on it
    parts = [part for span in sentences for part in _after_steps(folded, span)]
    return _trimmed(folded, (step for part in parts for step in _sentence(folded, part)))


def _after_steps(folded: str, span: Span) -> Iterator[Span]:
    low, high = span
    if before := _AFTER_STEP_RE.match(folded, low, high):
        yield low, before.end()
        low = before.end()
    yield low, high


def _kinds(folded: str, span: Span) -> set[str]:
    return {kind for kind in kinds_of(folded[slice(*span)]) if kind != "other"}


def _numbered(folded: str, start: int) -> list[Span]:
    """Return what stands after the numbers of a list inside one paragraph: "(1) ...; (2) ...", "1. ... 2. ..."."""
    for pattern in _NUMBERED_RES:
        numbers: list[str] = []
        places: list[Span] = []
        for match in pattern.finditer(folded, start):
            if not places and pattern is _NUMBERED_RES[0] and match[1] == "2" and match.start() - start < 80:
                # "(1)" was taken for the number of the whole paragraph
                numbers, places = ["1"], [(start, start)]
            if match[1].isdigit():
                is_next = int(match[1]) == len(places) + 1
            else:
                is_next = any(letters.startswith("".join((*numbers, match[1]))) for letters in _LETTERS)
            if is_next:
                numbers.append(match[1])
                places.append(match.span())
        if len(places) >= 3:
            ends = [low for low, _ in places[1:]] + [len(folded)]
            return [(high, end) for (_, high), end in zip(places, ends, strict=True)]
    return []


def _sentence(folded: str, span: Span) -> Iterator[Span]:
    """Yield the steps of one sentence."""
    sessions = list(_BRACKETED_RE.finditer(folded, *span))
    if len(sessions) > 1:  # "phần nghi thức (chào cờ, ...) và phần nội dung (báo cáo, ...)"
        for session in sessions:
            yield from _by_kind(folded, session.span("steps"))
        return
    for mark in _MARKS:
        parts = list(_cut(folded, *span, re.compile(re.escape(mark))))
        if len(parts) > 3 or (mark == ";" and len(parts) > 1):
            break
    else:
        parts = [span]
    counts = [len(_kinds_between(folded, part)) for part in parts]
    told = len(parts) <= 3 or sum(counts) >= 2 * len(parts)  # the marks part sentences, not steps
    for part, count in zip(parts, counts, strict=True):
        if inner := _BRACKETED_RE.fullmatch(folded, *part):
            yield from _by_kind(folded, inner.span("steps"))
            continue
        tied = len(list(_cut(folded, *part, _TIE_RE))) > 1
        if count >= 2 and (told or tied):
            yield from _by_kind(folded, part)
        else:
            yield part


def _kinds_between(folded: str, span: Span) -> set[str]:
    """Return the kinds of what stands between the commas of a stretch."""
    return {kind for piece in _cut(folded, *span, re.compile(",")) for kind in _kinds(folded, piece)}


def _by_kind(folded: str, span: Span) -> Iterator[Span]:
    """Yield the stretches of an enumeration: a comma parts two steps where the words after it are of another kind."""
    steps: list[Span] = []
    for stretch in _cut(folded, *span, _TIE_RE):
        first = True
        for low, high in _cut(folded, *stretch, re.compile(",")):
            kinds = _kinds(folded, (low, high))
            if steps and not first and (not kinds or kinds == _kinds(folded, steps[-1])):
                steps[-1] = (steps[-1][0], high)
            elif kinds or not steps:
                steps.append((low, high))
            first = False
    for low, high in steps:
        last = _LAST_RE.search(folded, low, high)
        if last and _kinds(folded, (low, last.start())) - {"closing"} and _kinds(folded, (last.end(), high)):
            yield low, last.start()
            yield last.end(), high
        else:
            yield low, high


def _cut(folded: str, start: int, end: int, mark_re: re.Pattern[str]) -> Iterator[Span]:
    """Yield the parts of ``folded[start:end]`` between marks; inside parentheses a mark parts nothing."""
    low, seen, depth = start, start, 0
    for match in mark_re.finditer(folded, start, end):
        between = folded[seen : match.start()]
        depth = max(depth + between.count("(") - between.count(")"), 0)
        seen = match.start()
        if depth > 0:
            continue
        if folded[low : match.start()].strip():
            yield low, match.start()
        low = match.end()
    if folded[low:end].strip():
        yield low, end


def _trimmed(folded: str, spans: Iterable[Span]) -> list[Span]:
    """Return *spans* without the words that tie them; what ties alone is no step."""
    trimmed: list[Span] = []
    for low, high in spans:
        lead = _LEAD_RE.match(folded, low, high)
        start = lead.end() if lead else low
        while start < high and folded[high - 1] in " ;.,:":
            high -= 1
        if start < high and not _MEETING_RE.fullmatch(folded, start, high):
            trimmed.append((start, high))
    return trimmed
