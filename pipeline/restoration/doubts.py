"""Settles words that the recognizer was not sure of, in lines that are otherwise clean: context may change their marks.

What is left of a good recognizer's errors is nearly all one mark wrong (thi for thì, tổ for tố). So the letters of a
word are believed, but for a last g or h that may be lost, and the marks are weighed: the recognizer's confidence for
the word as read against the context for each other way to mark it. A word that is none may differ by one letter.
Names, numbers, codes and words in capitals of their own stay as read.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.data import Doubt, Edit
from pipeline.lexicon.syllables import strip_marks
from pipeline.restoration import marks, tokens
from pipeline.restoration.candidates import Candidates, Reading, marks_apart
from pipeline.restoration.model import LanguageModel

SURE = 0.8  # probability from which a word is changed; below it stays as read
SURE_MISREAD = 0.75  # the same for a word that is none as read
SURE_CAPITAL = 0.97  # the same for a word with a capital, which may be a name
# what a person or a unit is named after
_BEFORE_NAMES_TEXT = """
    ông bà anh chị em cô chú bác cụ thầy bạn cháu chí sĩ tên là họ tỉnh huyện quận xã phường phố trấn thôn bản ấp khu
    đảo núi sông làng hồ đường cầu chợ chùa đền
"""
_BEFORE_NAMES = frozenset(_BEFORE_NAMES_TEXT.split())
_REACH = 1  # lines of context before and after
_LEAST, _MOST = 0.02, 0.9  # what a confidence is worth at most: sure words have wrong marks, too
_LONGER = 1.5  # nats by which a lost letter is less likely than a wrong mark
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
        slot = choice.slot
        if choice.spelling == slot.surface:
            continue
        if choice.confidence >= _enough(slot):
            others = tuple(spelling for spelling, _ in choice.others)
            out.append(Edit(slot.start, slot.end, slot.surface, choice.spelling, "doubt", choice.confidence, others))
    return out


def _enough(slot: marks.Slot) -> float:
    if slot.surface[0].isupper() and not slot.surface.isupper():
        return SURE_CAPITAL
    return SURE_MISREAD if tokens.UNKNOWN in slot.reading.ids else SURE


def _line_slots(line: str, offset: int, doubts: Sequence[Doubt], candidates: Candidates) -> list[marks.Slot]:
    slots = marks.slots_of(line, offset, candidates, mode="fixed")
    for doubt in doubts:
        for at, slot in enumerate(slots):
            if doubt.start <= slot.start and slot.end <= doubt.end and slot.surface and _may_change(slots, at):
                misread = candidates.one_letter_away(slot.surface)
                slot.reading = misread or weigh(candidates.any_marks(slot.surface), slot.surface, doubt)
    return slots


def _may_change(slots: Sequence[marks.Slot], at: int) -> bool:
    """Say whether the word is a plain one: no name, no abbreviation, no number."""
    word = slots[at].surface
    if not word.isalpha() or len(strip_marks(word)) != len(word):
        return False
    if len(word) > 1 and word.isupper():
        return slots[at].heading
    return word.islower() or (word[0].isupper() and (_opens(slots, at) or not _is_named(slots, at)))


def _opens(slots: Sequence[marks.Slot], at: int) -> bool:
    return at == 0 or not slots[at - 1].surface.isalpha()


def _is_named(slots: Sequence[marks.Slot], at: int) -> bool:
    """Say whether a capital inside a sentence may be a name: not "của Giám đốc", where plain words stand around."""
    if at + 1 >= len(slots):
        return True
    before, after = slots[at - 1].surface, slots[at + 1].surface
    return not after.islower() or not before.islower() or before in _BEFORE_NAMES


def weigh(reading: Reading, seen: str, doubt: Doubt) -> Reading:
    """Return *reading* with the recognizer's confidence as weights.

    As read comes first, then the recognizer's alternatives, then what is one mark away, and farther.

    >>> r = Reading(("thi", "thì", "thị"), (1, 2, 3), (0.0, 0.0, 0.0))
    >>> [round(w, 2) for w in weigh(r, "thi", Doubt(0, 3, 0.5)).weights]
    [-0.69, -1.39, -1.39]
    """
    confidence = min(max(doubt.confidence, _LEAST), _MOST)
    offered = {unicodedata.normalize("NFC", spelling): weight for spelling, weight in doubt.alternatives}
    distances = [marks_apart(spelling, seen) for spelling in reading.spellings]
    shares = [
        0.0
        if distance == 0
        else math.exp(-_FARTHER * (distance - 1) - _LONGER * (len(spelling) != len(seen))) + offered.get(spelling, 0.0)
        for spelling, distance in zip(reading.spellings, distances, strict=True)
    ]
    total = sum(shares) or 1.0
    weights = tuple(
        math.log(confidence) if distance == 0 else math.log((1 - confidence) * share / total)
        for share, distance in zip(shares, distances, strict=True)
    )
    return Reading(reading.spellings, reading.ids, weights)
