"""The programme of the conference: its items in order, and what kind each one is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lexicon.folding import anchor, anchor_re, fold
from pipeline.recognize.context import Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.outline import Item
from pipeline.recognize.passage import Span
from pipeline.record import AgendaItem, AgendaKind

_KINDS: tuple[tuple[AgendaKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("performance", anchor("văn nghệ|ca múa nhạc|tiết mục|biểu diễn nghệ thuật|hát múa|trống hội|múa lân")),
        ("flag_salute", anchor("chào cờ|hát quốc ca|quốc ca|nghi lễ chào cờ|quốc thiều")),
        (
            "introduction",
            anchor("tuyên bố lý do|tuyên bố lí do|giới thiệu đại biểu|giới thiệu thành phần|giới thiệu khách mời|giới thiệu chủ tọa|"
                   "giới thiệu đoàn chủ tịch|giới thiệu các đại biểu|giới thiệu thành phần tham dự"),
        ),
        ("opening", anchor("khai mạc|diễn văn khai mạc|phát biểu mở đầu|đề dẫn")),
        (
            "exemplar_talks",
            anchor("tham luận|giao lưu|báo cáo điển hình|điển hình báo cáo|báo cáo của các điển hình|báo cáo của điển hình|"
                   "báo cáo thành tích|phát biểu của các điển hình|phát biểu của điển hình|chia sẻ kinh nghiệm|tọa đàm|"
                   "báo cáo kinh nghiệm|trao đổi kinh nghiệm|báo cáo của các tập thể, cá nhân|điển hình tiên tiến phát biểu"),
        ),
        (
            "summary_report",
            anchor("báo cáo tổng kết|báo cáo đánh giá|báo cáo kết quả|báo cáo sơ kết|báo cáo chính trị|báo cáo phong trào|"
                   "báo cáo công tác|trình bày báo cáo|đọc báo cáo|tổng kết phong trào thi đua|báo cáo trung tâm|"
                   "báo cáo của ban|báo cáo tóm tắt|thông qua báo cáo|tổng kết công tác thi đua|báo cáo về|báo cáo|phóng sự"),
        ),
        ("discussion", anchor("thảo luận|ý kiến đóng góp|trao đổi, thảo luận|đóng góp ý kiến|phát biểu thảo luận|ý kiến phát biểu")),
        (
            "commendation",
            anchor("biểu dương|tôn vinh|trao tặng|trao thưởng|khen thưởng các|trao bằng khen|trao giấy khen|công bố quyết định khen|"
                   "trao các hình thức khen|tặng bằng khen|tặng giấy khen|trao quà|tặng thưởng|công bố quyết định và trao|"
                   "trao cờ|tuyên dương|trao danh hiệu|trao khen thưởng|trao phần thưởng|khen thưởng"),
        ),
        ("response", anchor("hưởng ứng|đáp từ|ký giao ước|ký kết giao ước|giao ước thi đua|đăng ký thi đua")),
        ("launch", anchor("phát động")),
        (
            "superior_speech",
            anchor("phát biểu của đại biểu cấp trên|phát biểu chỉ đạo|phát biểu của lãnh đạo|lãnh đạo cấp trên phát biểu|"
                   "ý kiến chỉ đạo|lãnh đạo phát biểu|phát biểu của cấp trên|phát biểu của đồng chí|phát biểu của đại diện lãnh đạo|"
                   "đại biểu cấp trên phát biểu|cấp trên phát biểu|phát biểu của đại biểu|phát biểu của khách mời|"
                   "đại biểu phát biểu|phát biểu chào mừng|phát biểu của các đồng chí")
            + r"|lanh\s+dao\s[^;.]{0,60}(?:phat\s+bieu|chi\s+dao)",
        ),
        (
            "delegate_list",
            anchor("danh sách đại biểu|danh sách đoàn đại biểu|danh sách cử|giới thiệu đại biểu đi dự|đoàn đại biểu dự|đoàn đại biểu đi dự|"
                   "đại biểu đi dự|cử đại biểu|đại biểu dự đại hội|đại biểu dự hội nghị cấp trên|danh sách điển hình|bầu đại biểu|"
                   "danh sách tập thể, cá nhân"),
        ),
        ("election", anchor("bầu cử|bầu đại biểu|bầu đoàn|bầu ban|hiệp thương|bầu ban chấp hành|suy tôn|bầu đoàn đại biểu|bầu")),
        ("resolution", anchor("nghị quyết|thông qua nghị quyết|dự thảo nghị quyết|biểu quyết")),
        ("closing", anchor("bế mạc|kết thúc hội nghị|kết thúc đại hội|tổng kết và bế mạc|tổng kết hội nghị|kết thúc|tổng kết, bế mạc|kết luận hội nghị")),
    )
)  # fmt: skip
_TITLE_RE = anchor_re(
    "chương trình|nội dung hội nghị|nội dung đại hội|nội dung chương trình|trình tự|tiến trình|nội dung|diễn biến|nghi thức|lịch trình"
)
_CLOCK_RE = re.compile(
    r"^\W*(?:(?:tu|luc)\s+)?(?P<hour>[01]?\d|2[0-3])\s*(?:h|gio|g|:)\s*(?P<minute>[0-5]\d)?(?:\s*(?:phut|'|p))?"
    r"(?:\s*(?:-|den|>|→)\s*(?:[01]?\d|2[0-3])\s*(?:h|gio|g|:)\s*(?:[0-5]\d)?(?:\s*(?:phut|'|p))?)?\s*[:.,\-)]*\s*"
)
_PROSE_RE = re.compile(
    r"(?:chuong\s+trinh|noi\s+dung|trinh\s+tu|tien\s+trinh)[^:.;]{0,120}(?::|gom\s*:?|nhu\s+sau\s*:?)\s*"
)

_LEAD_IN_RE = re.compile(r"\W*(?:(?:bao\s+)?gom|nhu\s+sau|cu\s+the|theo\s+trinh\s+tu)?[^:;,]{0,30}:\s*|")


def kinds_of(text: str) -> tuple[AgendaKind, ...]:
    """Return the kinds of an item of a programme; ("other",) where none is known.

    >>> kinds_of("Tuyên bố lý do, giới thiệu đại biểu và khai mạc"), kinds_of("Tổng kết, Bế mạc Hội nghị")
    (('introduction', 'opening'), ('closing',))
    >>> kinds_of("Phát biểu hưởng ứng phong trào thi đua"), kinds_of("Nghỉ giải lao")
    (('response',), ('other',))
    """
    folded = fold(text)
    head = re.split(r"\(", folded, maxsplit=1)[0] if folded.find("(") > 8 else folded
    head = re.split(r"(?<=[a-z])\.\s", head, maxsplit=1)[0]
    hits: dict[AgendaKind, int] = {}
    for kind, pattern in _KINDS:
        if match := pattern.search(head):
            hits[kind] = match.start()
    _settle(head, hits)
    return tuple(sorted(hits, key=lambda kind: hits[kind])) or ("other",)


def _settle(head: str, hits: dict[AgendaKind, int]) -> None:
    """Drop kinds that another one explains: "báo cáo tham luận" is a talk, "phát động ... khen thưởng" a launch."""
    if "exemplar_talks" in hits and "summary_report" in hits:
        between = head[hits["summary_report"] : hits["exemplar_talks"]]
        if not re.search(r"tong\s+ket|danh\s+gia|so\s+ket|phuong\s+huong", between) and not re.search(
            r",|;|va\s|bao\s+cao\s+(?:tong|danh|ket|so)", between
        ):
            del hits["summary_report"]
    for first in ("summary_report", "launch", "response"):
        if first in hits:  # what the report, the launch or the answer is about is no item of its own
            for about in ("commendation", "launch", "response", "resolution", "performance"):
                if about != first and about in hits and hits[first] < hits[about]:
                    between = head[hits[first] : hits[about]]
                    if about in ("commendation",) or not re.search(r"[,;]|va\s*$", between):
                        if not (
                            about == "commendation"
                            and re.search(
                                r"[;]|va\s+trao|,\s*trao|va\s+ton|,\s*bieu", head[hits[first] : hits[about] + 6]
                            )
                        ):
                            del hits[about]
    if "response" in hits and "launch" in hits and "huong ung" in head[hits["launch"] - 20 : hits["launch"] + 1]:
        del hits["launch"]
    if "superior_speech" in hits and "launch" in hits and "tiep thu" in head:
        del hits["superior_speech"]
    if "superior_speech" in hits and any(
        k in hits for k in ("opening", "response", "exemplar_talks", "closing", "discussion")
    ):
        if re.search(r"phat\s+bieu\s+(?:khai|be|huong|tham|thao|dap)", head):
            del hits["superior_speech"]
    if "closing" in hits and "summary_report" in hits and hits["closing"] - hits["summary_report"] < 30:
        del hits["summary_report"]
    if "delegate_list" in hits:
        for about in ("introduction", "election"):
            if about in hits and not (about == "election" and head.startswith("bau")):
                del hits[about]
    if "election" in hits and "launch" in hits:
        del hits["election"]


def find_agenda(plan: Plan) -> list[Found[AgendaItem]]:
    """Return the programme: the list of items that looks most like one, or the sentence that runs through it."""
    best: tuple[float, list[tuple[Item, Span]]] = (0.0, [])
    for group, title in _groups(plan):
        score = _score([item.text[a:b] for item, (a, b) in group], title)
        if score > best[0]:
            best = (score, group)
    if best[0] < 3:
        return []
    return [_found(item, span) for item, span in best[1]]


def _groups(plan: Plan) -> list[tuple[list[tuple[Item, Span]], str]]:
    """Return the candidate programmes, each with the folded title over it."""
    groups: list[tuple[list[tuple[Item, Span]], str]] = []
    parents: list[Item | None] = [None, *plan.items]
    for parent in parents:
        children = parent.children if parent else [item for item in plan.items if item.parent is None]
        runs: dict[str, list[Item]] = {}
        for child in children:
            runs.setdefault(child.style, []).append(child)
        title = title_of(parent) if parent else ""
        for style, run in runs.items():
            if len(run) >= 3 and not (style == "paragraph" and parent is None):
                groups.append(([(item, (0, len(item.text))) for item in run], title))
    for item in plan.items:
        if prose := _prose(item):
            groups.append((prose, title_of(item) + " " + item.passage.folded[:80]))
    return groups


def _prose(item: Item) -> list[tuple[Item, Span]]:
    """Return the items of a programme that runs through one sentence: "gồm: chào cờ; tuyên bố lý do; ..."."""
    folded = item.passage.folded
    match = _PROSE_RE.search(folded)
    if match is None and not (item.parent and _TITLE_RE.search(title_of(item.parent))):
        return []
    start = match.end() if match else _LEAD_IN_RE.match(folded).end()  # type: ignore[union-attr]
    end = len(folded)
    for mark in (";", "→", ","):
        if folded.count(mark, start) >= 3:
            stop = re.search(r"\.(?:\s|$)", folded[start:])
            end = start + stop.start() if stop else end
            return [(item, span) for span in _split(folded, start, end, mark)]
    return []


def _split(folded: str, start: int, end: int, mark: str) -> list[Span]:
    """Return the parts of a running programme; inside parentheses a mark parts nothing."""
    spans: list[Span] = []
    depth, low = 0, start
    for position in range(start, end):
        char = folded[position]
        depth += (char == "(") - (char == ")")
        if char == mark and depth <= 0:
            spans.append((low, position))
            low = position + 1
    spans.append((low, end))
    parts = [span for span in spans if folded[span[0] : span[1]].strip()]
    if mark != ",":
        return parts
    joined: list[Span] = []
    for span in parts:  # a comma parts items only where a new kind starts
        kinds = kinds_of(folded[span[0] : span[1]])
        if joined and kinds == ("other",):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


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
    if len(ceremonial) < 2 or len(known) < 0.5 * len(texts):
        return 0.0
    mean = sum(len(text) for text in texts) / len(texts)
    return len(distinct) + len(ceremonial) + (2 if _TITLE_RE.search(title) else 0) - (4 if mean > 300 else 0)


def _found(item: Item, span: Span) -> Found[AgendaItem]:
    start, end = span
    text, time = item.text[start:end], None
    if clock := _CLOCK_RE.match(fold(text)):
        time = f"{int(clock['hour']):02d}:{clock['minute'] or '00'}"
        start += clock.end()
    while start < end and item.text[start] in " -–+*•:":
        start += 1
    clean = " ".join(item.text[start:end].replace("*", "").split()).rstrip(" ;.,:")
    if clean.endswith("và"):
        clean = clean[:-2].rstrip(" ;,")
    for word in ("và ", "Và "):
        clean = clean.removeprefix(word)
    kinds = kinds_of(clean)
    return Found(
        AgendaItem(text=clean, kinds=kinds, time=time),
        item.passage.spans(start, end),
        0.95 if kinds != ("other",) else 0.8,
        "rule:programme",
    )
