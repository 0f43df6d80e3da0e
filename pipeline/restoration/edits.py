"""Edits of restoration: replayable, composable, and a map of offsets both ways.

Edits of one text are sorted, do not overlap, and speak of the text as it was read; `apply` makes the restored text of
them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.data import Edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits* made.

    Raises:
        ValueError: an edit does not fit the text, or two overlap.

    >>> apply("ke hoach", [Edit(0, 2, "ke", "kế", "marks", 0.99), Edit(3, 8, "hoach", "hoạch", "marks", 1.0)])
    'kế hoạch'
    """
    out, at = [], 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.old:
            raise ValueError(f"edit at {edit.start} does not fit: {edit.old!r}")
        out += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join(out) + text[at:]


def compose(first: Sequence[Edit], second: Sequence[Edit], original: str) -> tuple[Edit, ...]:
    """Return the edits that do to *original* what *first* and then *second* do.

    Edits that touch the same characters become one, with both reasons and the product of their confidences.

    >>> compose([Edit(0, 1, "x", "a", "lookalike", 1.0)], [Edit(0, 2, "an", "án", "marks", 0.5)], "xn ca")
    (Edit(start=0, end=2, old='xn', new='án', reason='lookalike+marks', confidence=0.5, alternatives=()),)
    """
    if not first or not second:
        return tuple(first or second)
    middle = apply(original, first)
    # every edit with its place in the middle text; `first` before `second` where they start together
    placed: list[tuple[int, int, int, Edit]] = []
    shift = 0
    for edit in first:
        placed.append((edit.start + shift, edit.start + shift + len(edit.new), 0, edit))
        shift += len(edit.new) - len(edit.old)
    placed += [(edit.start, edit.end, 1, edit) for edit in second]
    placed.sort(key=lambda entry: entry[:3])
    out: list[Edit] = []
    shift = at = 0
    while at < len(placed):
        start, end = placed[at][:2]
        upto = at + 1
        while upto < len(placed) and placed[upto][0] < end:
            end = max(end, placed[upto][1])
            upto += 1
        group = placed[at:upto]
        grown = sum(len(e.new) - len(e.old) for _, _, late, e in group if not late)
        old = original[start - shift : end - shift - grown]
        late_edits = [replace(e, start=e.start - start, end=e.end - start) for _, _, late, e in group if late]
        confidence = 1.0
        for _, _, _, e in group:
            confidence *= e.confidence
        new = apply(middle[start:end], late_edits)
        if new != old or any(e.alternatives for _, _, _, e in group):
            reason = "+".join(dict.fromkeys(e.reason for _, _, _, e in group))
            other = late_edits[0].alternatives if len(late_edits) == 1 else ()
            out.append(Edit(start - shift, end - shift - grown, old, new, reason, confidence, other))
        shift += grown
        at = upto
    return tuple(out)


UNSURE_NAME = "unsure name"
"""Reason of an edit that changes nothing: a person's name stays as read, the readings are its alternatives."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restored text and how it came about; ``apply(read, edits) == text``."""

    text: str
    edits: tuple[Edit, ...]
    condition: str  # of the whole: that of most words
    line_conditions: tuple[str, ...]


class OffsetMap:
    """Leads offsets of the text as read to the restored text and back.

    An offset inside an edit keeps its distance from the edit's start, as far as the other side reaches: restored words
    mostly have as many letters as before.

    >>> m = OffsetMap([Edit(3, 5, "ab", "xyz", "repair", 1.0)])
    >>> [m.forward(i) for i in (0, 3, 4, 5, 9)], [m.back(i) for i in (0, 3, 6, 10)]
    ([0, 3, 4, 6, 10], [0, 3, 5, 9])
    """

    __slots__ = ("_new", "_old")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._old: list[tuple[int, int]] = [(0, 0)]
        self._new: list[tuple[int, int]] = [(0, 0)]
        shift = 0
        for edit in edits:
            self._old.append((edit.start, edit.end))
            start = edit.start + shift
            self._new.append((start, start + len(edit.new)))
            shift += len(edit.new) - (edit.end - edit.start)

    def forward(self, offset: int) -> int:
        """Return where *offset* of the text as read stands in the restored text."""
        return self._map(offset, self._old, self._new)

    def back(self, offset: int) -> int:
        """Return where *offset* of the restored text stands in the text as read."""
        return self._map(offset, self._new, self._old)

    @staticmethod
    def _map(offset: int, source: list[tuple[int, int]], target: list[tuple[int, int]]) -> int:
        i = bisect_right(source, (offset, offset)) - 1
        if i + 1 < len(source) and source[i + 1][0] == offset:
            i += 1
        start, end = source[i]
        if offset >= end:
            return target[i][1] + offset - end
        return min(target[i][0] + offset - start, target[i][1])


def edits_json(edits: Iterable[Edit]) -> str:
    """Return edits as lines of JSON, one an edit.

    >>> print(edits_json([Edit(0, 2, "ke", "kế", "marks", 0.98765)]), end="")
    {"start": 0, "end": 2, "old": "ke", "new": "kế", "reason": "marks", "confidence": 0.988, "alternatives": []}
    """
    lines = []
    for edit in edits:
        values = {name: getattr(edit, name) for name in ("start", "end", "old", "new", "reason", "confidence")}
        values |= {"confidence": round(edit.confidence, 3), "alternatives": list(edit.alternatives)}
        lines.append(json.dumps(values, ensure_ascii=False) + "\n")
    return "".join(lines)


def format_diff(
    text: str, edits: Sequence[Edit], *, color: bool = True, doubtful: float = 0.8, first_line: int = 1
) -> str:
    r"""Return the lines that changed, before and after, in colour; new words less sure than *doubtful* in yellow.

    >>> print(format_diff("ke hoach\nxa", [Edit(0, 2, "ke", "kế", "marks", 0.9)], color=False), end="")
    @@ 1 @@
    -ke hoach
    +kế hoach
    """
    red, green, yellow, plain = ("\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[0m") if color else ("", "", "", "")
    by_line: dict[int, list[Edit]] = {}
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    for edit in edits:
        by_line.setdefault(bisect_right(starts, edit.start) - 1, []).append(edit)
    out = []
    for number, changes in by_line.items():
        begin = starts[number]
        stop = max(text.find("\n", begin), changes[-1].end)
        stop = len(text) if text.find("\n", begin) < 0 else stop
        before, after, at = "", "", begin
        for edit in changes:
            same = text[at : edit.start]
            tint = green if edit.confidence >= doubtful else yellow
            before += f"{same}{red}{edit.old}{plain}"
            after += f"{same}{tint}{edit.new}{plain}"
            at = edit.end
        out.append(f"@@ {number + first_line} @@\n-{before}{text[at:stop]}\n+{after}{text[at:stop]}\n")
    return "".join(out)
