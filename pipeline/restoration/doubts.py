"""Settles words that the recognizer was not sure of, in lines that are otherwise clean: context may change their marks.

What is left of a good recognizer's errors is nearly all one mark wrong (thi for thì, tổ for tố). So the letters are
believed, the marks are weighed: the recognizer's confidence for the word as read against the context for each other
way to mark it. Names, numbers, codes and words in capitals of their own stay as read.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.data import Doubt, Edit
from pipeline.lexicon.syllables import strip_marks
from pipeline.restoration import marks
from pipeline.restoration.candidates import Candidates, Reading
from pipeline.restoration.model import LanguageModel

SURE = 0.9  # probability from which a word is changed; below it stays as read
_REACH = 1  # lines of context before and after
_LEAST, _MOST = 0.02, 0.97  # what a confidence is worth at most
_FARTHER = 1.2  # nats by which each further letter that differs makes a reading less likely


def settle(
    text: str,
    lines: Sequence[str],
    offsets: Sequence[int],
    settled: Sequence[bool],
    doubts: Sequence[Doubt],
    candidates: Candidates,
    model: LanguageModel,
) -> list[Edit]:
    """Return the edits for doubted words of lines that are not *settled* otherwise.

    Args:
        text: the whole text.
        lines: its lines.
        offsets: where each line starts.
        settled: lines whose words are restored in another way.
        doubts: words of the recognizer, by offset in *text*.
        candidates: finds the readings.
        model: judges them by their context.
    """
    by_line: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        number = bisect_right(offsets, doubt.start) - 1
        if number < len(lines) and not settled[number]:
            by_line.setdefault(number, []).append(doubt)
    out: list[Edit] = []
    slots: list[marks.Slot] = []
    last = -1
    for number in sorted(by_line):
        for near in range(max(number - _REACH, last + 1), min(number + _REACH + 1, len(lines))):
            if near in by_line and near != number and near > number:
                break
            if near == 0 or near - 1 != last or not marks.joins(lines[near - 1], lines[near]):
                slots.append(marks.boundary(offsets[near]))
            slots += _line_slots(lines[near], offsets[near], by_line.get(near, []), candidates)
            last = near
    for choice in marks.decode(model, slots):
        if choice.spelling != choice.slot.surface and choice.confidence >= SURE:
            slot = choice.slot
            others = tuple(spelling for spelling, _ in choice.others)
            out.append(Edit(slot.start, slot.end, slot.surface, choice.spelling, "doubt", choice.confidence, others))
    return out


def _line_slots(line: str, offset: int, doubts: Sequence[Doubt], candidates: Candidates) -> list[marks.Slot]:
    slots = marks.slots_of(line, offset, candidates, mode="fixed")
    for doubt in doubts:
        for at, slot in enumerate(slots):
            if doubt.start <= slot.start and slot.end <= doubt.end and slot.surface and _may_change(slots, at):
                slot.reading = weigh(candidates.any_marks(slot.surface), slot.surface, doubt)
    return slots


def _may_change(slots: Sequence[marks.Slot], at: int) -> bool:
    """Say whether the word is a plain one: no name, no abbreviation, no number."""
    word = slots[at].surface
    if not word.isalpha() or len(strip_marks(word)) != len(word):
        return False
    if len(word) > 1 and word.isupper():
        return slots[at].heading
    if word[0].isupper():  # a name, unless it opens the sentence
        return at == 0 or not slots[at - 1].surface.isalpha()
    return word.islower()


def weigh(reading: Reading, seen: str, doubt: Doubt) -> Reading:
    """Return *reading* with the recognizer's confidence as weights.

    As read comes first, then the recognizer's alternatives, then what is one mark away, and farther.

    >>> r = Reading(("thi", "thì", "thị"), (1, 2, 3), (0.0, 0.0, 0.0))
    >>> [round(w, 2) for w in weigh(r, "thi", Doubt(0, 3, 0.5)).weights]
    [-0.69, -1.39, -1.39]
    """
    confidence = min(max(doubt.confidence, _LEAST), _MOST)
    offered = {unicodedata.normalize("NFC", spelling): weight for spelling, weight in doubt.alternatives}
    distances = [_distance(spelling, seen) for spelling in reading.spellings]
    shares = [
        0.0 if distance == 0 else math.exp(-_FARTHER * (distance - 1)) + offered.get(spelling, 0.0)
        for spelling, distance in zip(reading.spellings, distances, strict=True)
    ]
    total = sum(shares) or 1.0
    weights = tuple(
        math.log(confidence) if distance == 0 else math.log((1 - confidence) * share / total)
        for share, distance in zip(shares, distances, strict=True)
    )
    return Reading(reading.spellings, reading.ids, weights)


def _distance(candidate: str, seen: str) -> int:
    """Return how many marks differ."""
    a, b = (
        unicodedata.normalize("NFD", word.replace("đ", "d\u0335").replace("Đ", "D\u0335")) for word in (candidate, seen)
    )
    marks_a = [c for c in a if unicodedata.combining(c)]
    marks_b = [c for c in b if unicodedata.combining(c)]
    if a == b:
        return 0
    common = sum(min(marks_a.count(c), marks_b.count(c)) for c in set(marks_a))
    return max(len(marks_a), len(marks_b)) - common or 1
