"""Restores a text: mends its characters, judges each line, and repairs those that need it by the language model.

Clean lines stay as they are, but for words that the recognizer doubted. The same words of a document are decided with what the
document itself says elsewhere: a second pass weighs names and phrases that the first was sure of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.data import Doubt, Edit
from pipeline.lexicon.condition import Condition, judge_lines
from pipeline.lexicon.syllables import reformed, traditional
from pipeline.restoration import marks
from pipeline.restoration.candidates import Candidates
from pipeline.restoration.characters import convert_legacy, mend_characters
from pipeline.restoration.edits import OffsetMap, Restoration, apply, compose
from pipeline.restoration.model import LanguageModel


@lru_cache(maxsize=2)
def candidates_of(reformed_tones: bool) -> Candidates:
    """Return the candidates of the shipped model, with their memory of words met."""
    return Candidates(LanguageModel.load(), reformed_tones=reformed_tones)


def restore(text: str, *, doubts: Sequence[Doubt] = ()) -> Restoration:
    """Restore Vietnamese that lost its marks, was read with the wrong language, or is in a legacy encoding.

    Lines keep their number. Text that is Vietnamese already, or another language, is left alone.

    Args:
        text: the text as read.
        doubts: words of clean lines that the recognizer was not sure of, offsets in *text*: context decides their marks.

    Raises:
        MissingResourceError: the language model is not installed.

    >>> restore("Uy ban nhan dan huyen xay dung ke hoach").text
    'Ủy ban nhân dân huyện xây dựng kế hoạch'
    """
    first, legacy = convert_legacy(text)
    middle = apply(text, first)
    first = list(compose(first, mend_characters(middle), text))
    middle = apply(text, first)
    lines = middle.split("\n")
    conditions = judge_lines(lines)
    moved = _moved(doubts, first)
    second = _repair(middle, lines, conditions, moved)
    edits = compose(first, second, text)
    names = [legacy.get(i) or str(c.name) for i, c in enumerate(conditions)]
    return Restoration(apply(text, edits), edits, _main_condition(names, conditions), tuple(names))


def _moved(doubts: Sequence[Doubt], edits: Sequence[Edit]) -> list[Doubt]:
    if not edits or not doubts:
        return list(doubts)
    offsets = OffsetMap(edits)
    return [Doubt(offsets.forward(d.start), offsets.forward(d.end), d.confidence, d.alternatives) for d in doubts]


def _main_condition(names: Sequence[str], conditions: Sequence[Condition]) -> str:
    tally: Counter[str] = Counter()
    for name, condition in zip(names, conditions, strict=True):
        if name != "empty":
            tally[name] += condition.words
    return tally.most_common(1)[0][0] if tally else "clean"


def _repair(text: str, lines: Sequence[str], conditions: Sequence[Condition], doubts: Sequence[Doubt]) -> list[Edit]:
    stripped = [c.name == "unaccented" for c in conditions]
    if not any(stripped) and not doubts:
        return []
    model = LanguageModel.load()
    candidates = candidates_of(prefers_reformed(text))
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    markers = marks.order_markers((offsets[i], line) for i, line in enumerate(lines) if stripped[i])
    slots: list[marks.Slot] = []
    previous = ""
    for i, line in enumerate(lines):
        if not stripped[i]:
            previous = ""
            continue
        if not marks.joins(previous, line):
            slots.append(marks.boundary(offsets[i]))
        slots += marks.slots_of(line, offsets[i], candidates)
        previous = line
    for slot in slots:
        if slot.start in markers:
            slot.reading = candidates.fixed(markers[slot.start])
    edits = [
        Edit(c.slot.start, c.slot.end, c.slot.surface, c.spelling, "marks", c.confidence, tuple(s for s, _ in c.others))
        for c in marks.decode(model, slots)
        if c.spelling != c.slot.surface
    ]
    for at, letter in markers.items():
        if text[at] != letter:
            edits.append(Edit(at, at + 1, text[at], letter, "list marker", 0.95))
    return sorted(edits, key=lambda e: e.start)


def prefers_reformed(text: str) -> bool:
    """Say whether *text* writes the tone of open oa, oe, uy on the second vowel more often than on the first.

    >>> prefers_reformed("uỷ ban, hoà bình, tòa án"), prefers_reformed("uy ban")
    (True, False)
    """
    if text.isascii():
        return False
    sample = text[:200_000]
    old, new = traditional(sample), reformed(sample)
    return sum(a != b for a, b in zip(sample, old, strict=False)) > sum(
        a != b for a, b in zip(sample, new, strict=False)
    )
