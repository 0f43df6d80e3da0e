"""Which part of the document each recognized line belongs to, by what it says and where it stands.

Layout alone cannot tell a header from two signatures side by side; a few words that every administrative document
carries can, read without marks and with the usual confusions of recognition allowed for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from unidecode import unidecode

from pipeline.data import Line, Zone

HEADER_RIGHT_RE = re.compile(
    r"c[o0]ng h[o0]a|xa h[o0]i chu|d[o0]c lap|hanh phuc|dang c[o0]ng san|ng[aà]y.{0,14}th[aá]ng.{0,10}n[aă]m"
)
QUOC_HIEU_RE = re.compile(r"\W*c[o0]ng h[o0]a xa h[o0]i chu")
ADDRESSEE_RE = re.compile(r"^\W*kinh gui\b")
NUMBER_LINE_RE = re.compile(r"^\W*s[o06]\b(?:\W{0,20}\d|\s*[:.;/])|\d\s*[-/]\s*[a-z]{2}")  # no "- Sở Nội vụ"
RECIPIENTS_RE = re.compile(r"^\W*n[o0]i\W{0,2}nh[aâ]n\b|^\W*noi nhan")
CLOSE_RE = re.compile(rf"{RECIPIENTS_RE.pattern}|^\W*luu\s?:")
SALUTE_RE = re.compile(r"^\W*(kinh (gui|moi|chao)|can cu|thuc hien) ")
PAGE_NUMBER_RE = re.compile(r"^\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$")
COLUMN_GAP = 36.0  # points between two words of a line that stand in different columns
COLUMN_EDGE = 8.0  # points by which a line may begin or end beyond the edge of its column
NARROW_GAP = 9.0  # points: two columns are not nearer, words of a line are
HEADER_REACH = 0.42  # share of the page's height in which a header starts at the latest


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one block: `side` is empty for the full width, "left" or "right" in a two-column part."""

    lines: tuple[Line, ...]
    side: str
    part: int
    table: bool = False
    stamp: bool = False  # a framed stamp beside the text


def fold(text: str) -> str:
    """Return *text* in lower-case ASCII, for patterns that must not trip over a misread mark.

    >>> fold("Nơi nhận:")
    'noi nhan:'
    """
    return str(unidecode(text)).lower()


def label(groups: Sequence[Group], width: float, height: float) -> list[Line]:
    """Return the lines of all groups in reading order, each with its zone.

    Args:
        groups: blocks in reading order; parts with two sides come left, then right.
        width: of the page, points.
        height: of the page, points.
    """
    lines: list[Line] = []
    header_seen = False
    two_sided = [group for group in groups if group.side]
    header = _header_part(two_sided, height)
    for group in groups:
        if group.table:
            lines += [replace(line, zone="margin" if group.stamp else "table") for line in group.lines]
        elif group.part == header and group.side:
            header_seen = True
            zone: Zone = "header_left" if group.side == "left" else "header_right"
            lines += [replace(line, zone=zone) for line in group.lines]
        elif group.side:
            lines += _close(group)
        else:
            parted, rest = ([], group.lines) if header_seen else _parted_header(group.lines, width, height)
            header_seen = header_seen or bool(parted)
            lines += [*parted, *_full_width(replace(group, lines=tuple(rest)), lines, width, header_seen)]
    return _margins(lines, height)


def _header_part(groups: Sequence[Group], height: float) -> int | None:
    """Return the part that is the header; a short last page has its close at the same height."""
    closes = {group.part for group in groups if any(CLOSE_RE.search(fold(line.text)) for line in group.lines)}
    for group in groups:
        if group.part in closes:
            continue
        if not group.lines or group.lines[0].bbox is None or group.lines[0].bbox[1] > HEADER_REACH * height:
            continue
        texts = [fold(line.text) for line in group.lines]
        if group.side == "right" and any(HEADER_RIGHT_RE.search(text) for text in texts):
            return group.part
        if group.side == "left" and any(NUMBER_LINE_RE.search(text) for text in texts):
            return group.part
    return None


def _parted_header(lines: Sequence[Line], width: float, height: float) -> tuple[list[Line], Sequence[Line]]:
    """Part the columns of a header that stand so near to each other that layout saw none, and return them and the rest.

    The words of the quốc hiệu tell where the right column starts: it is the longest line there.
    """
    for first, line in enumerate(lines):
        if line.bbox is None or line.bbox[1] > HEADER_REACH * height:
            break
        start = _quoc_hieu(line)
        if start is not None:
            above = [_above(one, start) for one in lines[:first]]
            columns, rest = _columns_along(lines[first:], start, (start + line.bbox[2]) / 2, width / 2)
            return above + columns, rest
    return [], lines


def _above(line: Line, start: float) -> Line:
    """Label a line above the quốc hiệu: the upper office, or a running head that goes over both columns."""
    return replace(line, zone="body" if line.bbox is None or line.bbox[2] > start else "header_left")


def _quoc_hieu(line: Line) -> float | None:
    """Return where the quốc hiệu starts behind other words in a line: in capitals, and no "nước" before it."""
    for before, word in itertools.pairwise(line.words):
        rest = line.text[word.start :]
        named = fold(line.text[before.start : before.end]) == "nuoc"
        if word.bbox is not None and rest.isupper() and not named and QUOC_HIEU_RE.match(fold(rest)):
            return word.bbox[0]
    return None


def _columns_along(
    lines: Sequence[Line], start: float, centre: float, middle: float
) -> tuple[list[Line], Sequence[Line]]:
    """Part lines where the right column starts, down to one that goes over it, is centred or addresses somebody.

    Args:
        lines: from the first with both columns on.
        start: of the right column, points.
        centre: of the right column.
        middle: of the page.
    """
    left: list[Line] = []
    right: list[Line] = []
    for number, line in enumerate(lines):
        at = sum(word.bbox is not None and word.bbox[0] < start - COLUMN_EDGE for word in line.words)
        ends = [word.bbox[2] for word in line.words[:at] if word.bbox is not None]
        starts = [word.bbox[0] for word in line.words[at:] if word.bbox is not None]
        both = bool(ends and starts)
        crosses = max(ends, default=0.0) > start + COLUMN_EDGE or (both and min(starts) - max(ends) < NARROW_GAP)
        own = line.bbox is not None and (line.bbox[0] + line.bbox[2]) / 2
        titled = not ends and abs(own - middle) < abs(own - centre)
        if not line.words or (number and crosses) or titled or ADDRESSEE_RE.search(fold(line.text)):
            return [*left, *right], lines[number:]
        if ends:
            left.append(_part(line, 0, at, "header_left"))
        if starts:
            right.append(_part(line, at, len(line.words), "header_right"))
    return [*left, *right], ()


def _close(group: Group) -> list[Line]:
    """Label a column at the end: recipients from "Nơi nhận" on, signatures before and beside."""
    lines = []
    zone: Zone = "signature"
    for line in group.lines:
        if RECIPIENTS_RE.search(fold(line.text)):
            zone = "recipients"
        lines.append(replace(line, zone=zone))
    if group.side == "left" and zone == "signature":
        listed = sum(line.text.lstrip().startswith(("-", "–", "+")) for line in group.lines)
        if listed * 2 > len(group.lines):
            lines = [replace(line, zone="recipients") for line in lines]
    return lines


def _full_width(group: Group, before: Sequence[Line], width: float, header_seen: bool) -> list[Line]:
    """Label lines over the full width: a title of centred lines first, the body, recipients from "Nơi nhận" on."""
    boxes = [line.bbox for line in group.lines if line.bbox is not None]
    if not boxes:
        return list(group.lines)
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    span = max(right - left, 0.5 * width)
    centre = width / 2 if len(boxes) < 4 else (left + right) / 2
    titled = any(line.zone in ("title", "body", "table") and len(line.text) > 12 for line in before)
    lines: list[Line] = []
    zone: Zone = "body" if titled else "title"
    for line in group.lines:
        text = fold(line.text)
        box = line.bbox
        if zone == "title" and box is not None:
            centred = abs((box[0] + box[2]) / 2 - centre) < 0.03 * span and box[2] - box[0] < 0.93 * span
            capital = sum(c.isupper() for c in line.text) > 0.6 * max(1, sum(c.isalpha() for c in line.text))
            number = PAGE_NUMBER_RE.search(line.text) is not None
            first = not any(one.zone == "title" for one in lines)
            if SALUTE_RE.search(text) or (not number and (not centred or (first and not (capital or header_seen)))):
                zone = "body"
        if RECIPIENTS_RE.search(text):
            zone = "recipients"
        lines.append(replace(line, zone=zone))
    return _lone_signature(_parted_close(lines), left, span)


def _parted_close(lines: list[Line]) -> list[Line]:
    """Part recipients and signature where a stroke of the pen across the gap hid the two columns from layout."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        at = _wide_gap(line) if line.zone == "recipients" else None
        if at is None:
            left.append(line)
        else:
            left.append(_part(line, 0, at, "recipients"))
            right.append(_part(line, at, len(line.words), "signature"))
    if not right:
        return left
    edge = min(line.bbox[0] for line in right if line.bbox is not None) - 10
    beside = [line for line in left if line.zone == "recipients" and line.bbox is not None and line.bbox[0] >= edge]
    right += [replace(line, zone="signature") for line in beside]
    right.sort(key=lambda line: (round(line.bbox[1] / 8), line.bbox[0]) if line.bbox is not None else (0, 0.0))
    return [line for line in left if line not in beside] + right


def _wide_gap(line: Line) -> int | None:
    """Return the first word after a gap as wide as only columns have."""
    for index in range(1, len(line.words)):
        before, after = line.words[index - 1].bbox, line.words[index].bbox
        if before is not None and after is not None and after[0] - before[2] > COLUMN_GAP:
            return index
    return None


def _part(line: Line, first: int, last: int, zone: Zone) -> Line:
    """Return some words of a line as a line of their own."""
    words = line.words[first:last]
    start, end = words[0].start, words[-1].end
    boxes = [word.bbox for word in words if word.bbox is not None]
    bbox = (
        min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )  # fmt: skip
    moved = tuple(replace(word, start=word.start - start, end=word.end - start) for word in words)
    return replace(line, text=line.text[start:end], words=moved, bbox=bbox, zone=zone)


def _lone_signature(lines: list[Line], left: float, span: float) -> list[Line]:
    """Label a signature that stands alone in the right half at the end of the full width."""
    end = len(lines)
    first = end
    while first > 0:
        box = lines[first - 1].bbox
        if box is None or box[0] < left + 0.38 * span or lines[first - 1].zone not in ("body", "recipients"):
            break
        first -= 1
    if 2 <= end - first <= 8:
        return lines[:first] + [replace(line, zone="signature") for line in lines[first:]]
    return lines


def _margins(lines: list[Line], height: float) -> list[Line]:
    """Label page numbers at the head and the foot."""
    marked = []
    for line in lines:
        at_edge = line.bbox is not None and (line.bbox[3] < 0.12 * height or line.bbox[1] > 0.88 * height)
        if at_edge and line.zone not in ("table", "header_left") and PAGE_NUMBER_RE.search(line.text):
            line = replace(line, zone="margin")
        marked.append(line)
    return marked
