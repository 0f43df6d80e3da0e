"""Restores a text: mends its characters, judges each line, and repairs those that need it by the language model.

Clean lines stay as they are, but for words that the recognizer doubted. The same words of a document are decided with
what the document itself says elsewhere: a second pass weighs names and phrases that the first was sure of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.data import Doubt, Edit
from pipeline.lexicon.condition import Condition, judge_lines
from pipeline.lexicon.syllables import reformed, strip_marks, traditional
from pipeline.restoration import channel, marks, memory
from pipeline.restoration.abbreviations import SpelledOut
from pipeline.restoration.candidates import Candidates
from pipeline.restoration.characters import convert_legacy, mend_characters
from pipeline.restoration.doubts import settle
from pipeline.restoration.edits import UNSURE_NAME, OffsetMap, Restoration, apply, compose
from pipeline.restoration.figures import mend_figures
from pipeline.restoration.half_marked import MarkLoss
from pipeline.restoration.model import LanguageModel
from pipeline.restoration.neighbours import Neighbours, weights

NAME_SURE = (
    0.5  # probability below which a person's name stays as read; its edit changes nothing and lists the readings
)
SUREST = 0.999  # what the surest words are: two in a thousand of those above 0.99 are wrong
_OFFICE_RE = re.compile(r"[A-ZĐ][-/][A-ZĐƠƯ]{2,}$")  # the second group of a code
_DIGIT_INSIDE_RE = re.compile(r"(?<![\w/.-])[a-z]+\d[a-z]*(?![\w/.-])")


@lru_cache(maxsize=2)
def candidates_of(reformed_tones: bool) -> Candidates:
    """Return the candidates of the shipped model, with their memory of words met."""
    return Candidates(LanguageModel.load(), reformed_tones=reformed_tones)


@lru_cache(maxsize=1)
def neighbours_of_words() -> Neighbours:
    """Return what tells what the words around one say of it, by the shipped weights."""
    return Neighbours(LanguageModel.load().vocabulary, weights())


@lru_cache(maxsize=1)
def mark_loss() -> MarkLoss:
    """Return what tells how many words of a line lost marks, by the shipped model."""
    return MarkLoss(LanguageModel.load())


def restore(text: str, *, doubts: Sequence[Doubt] = ()) -> Restoration:
    """Restore Vietnamese that lost its marks, was read with the wrong language, or is in a legacy encoding.

    Lines keep their number. Text that is Vietnamese already, or another language, is left alone.

    Args:
        text: the text as read.
        doubts: words of clean lines that the recognizer was not sure of, offsets in *text*: context decides their
        marks.

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
    rates = mark_loss().rates(lines, conditions)
    conditions = [replace(c, name="unaccented") if rate else c for c, rate in zip(conditions, rates, strict=True)]
    second = _repair(middle, lines, conditions, rates, moved)
    edits = compose(first, second, text)
    garbled = {i for i, condition in enumerate(conditions) if condition.name == "garbled"}
    if garbled and (third := mend_figures(apply(text, edits), garbled)):
        edits = compose(edits, third, text)
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


def _repair(
    text: str,
    lines: Sequence[str],
    conditions: Sequence[Condition],
    rates: Sequence[float],
    doubts: Sequence[Doubt],
) -> list[Edit]:
    modes = _modes(lines, conditions, rates)
    garbled = [c.name == "garbled" and mode is None for c, mode in zip(conditions, modes, strict=True)]
    if not any(modes) and not any(garbled) and not doubts:
        return []
    model = LanguageModel.load()
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    edits: list[Edit] = []
    if any(modes):
        edits += _mark(text, lines, offsets, modes, rates, model)
    if any(garbled):
        wanted = [c if bad else replace(c, name="clean") for c, bad in zip(conditions, garbled, strict=True)]
        edits += _repair_garbled(lines, offsets, wanted, model)
    if doubts:
        settled = [bool(mode) or bad for mode, bad in zip(modes, garbled, strict=True)]
        edits += settle(text, lines, offsets, settled, doubts, candidates_of(prefers_reformed(text)), model)
    return sorted(edits, key=lambda e: e.start)


def _repair_garbled(
    lines: Sequence[str], offsets: Sequence[int], conditions: Sequence[Condition], model: LanguageModel
) -> Iterator[Edit]:
    """Yield the edits of the garbled lines; a page's first line stands in one with the last of the page before."""
    pieces: list[tuple[int, str, Condition]] = []
    for offset, line, condition in zip(offsets, lines, conditions, strict=False):
        at = offset
        for piece in line.split("\f"):
            pieces.append((at, piece, condition))
            at += len(piece) + 1
    texts = [piece for _, piece, _ in pieces]
    repairs = channel.repair(texts, model, conditions=[condition for _, _, condition in pieces])
    for (offset, _, _), repaired in zip(pieces, repairs, strict=True):
        yield from (replace(e, start=e.start + offset, end=e.end + offset) for e in repaired.edits)


def _mark(
    text: str,
    lines: Sequence[str],
    offsets: Sequence[int],
    modes: Sequence[marks.Mode | None],
    rates: Sequence[float],
    model: LanguageModel,
) -> list[Edit]:
    """Return the edits that put marks on the lines that have a mode; *rates* tell how many words lost theirs."""
    candidates = candidates_of(prefers_reformed(text))
    markers = marks.order_markers((offsets[i], line) for i, line in enumerate(lines) if modes[i])
    slots: list[marks.Slot] = []
    previous = ""
    for i, line in enumerate(lines):
        mode = modes[i]
        if mode is None:
            previous = ""
            continue
        if not marks.joins(previous, line):
            slots.append(marks.boundary(offsets[i]))
        slots += marks.slots_of(line, offsets[i], candidates, mode=mode, loss=rates[i] or 1.0)
        previous = line
    if markers:
        for slot in slots:
            if slot.surface and slot.start in markers:
                slot.reading = candidates.fixed(markers[slot.start])
    choices = list(marks.decode(model, slots))
    if again := memory.reweigh(text, slots, choices, candidates, neighbours_of_words()):
        newer = {id(choice.slot): choice for choice in marks.decode(model, again)}
        choices = [newer.get(id(choice.slot), choice) for choice in choices]
    place = {id(slot): at for at, slot in enumerate(slots)}
    offices = _offices(text, slots, choices)
    out = [Edit(s.start, s.end, s.surface, new, "abbreviation", 0.95) for s, new in offices if new != s.surface]
    known = {id(slot) for slot, _ in offices}
    for choice in choices:
        slot = choice.slot
        if id(slot) in known:
            continue
        if choice.spelling == slot.surface:
            continue
        others = tuple(spelling for spelling, _ in choice.others)
        confidence = min(choice.confidence, SUREST)
        if choice.confidence < NAME_SURE and memory.is_person(slots, place[id(slot)]):
            readings = (choice.spelling, *others)
            out.append(Edit(slot.start, slot.end, slot.surface, slot.surface, UNSURE_NAME, confidence, readings))
        else:
            out.append(Edit(slot.start, slot.end, slot.surface, choice.spelling, "marks", confidence, others))
    return out


def _offices(text: str, slots: Sequence[marks.Slot], choices: Sequence[marks.Choice]) -> list[tuple[marks.Slot, str]]:
    """Return the groups of codes that name an office whose words the document spells out: "33/KH-LQD" is Lê Quý Đôn."""
    groups = [
        s for s in slots if "D" in s.surface and s.surface.isupper() and _OFFICE_RE.search(text, s.start - 3, s.end)
    ]
    if not groups:
        return []
    decided = {id(choice.slot): choice.spelling for choice in choices}
    rows: list[list[str]] = [[]]
    for slot in slots:
        if slot.surface[:1].isalpha():
            rows[-1].append(decided.get(id(slot), slot.surface))
        elif rows[-1]:
            rows.append([])
    spelled_out = SpelledOut(rows)
    return [(slot, found) for slot in groups if (found := spelled_out.of(slot.surface))]


def _modes(lines: Sequence[str], conditions: Sequence[Condition], rates: Sequence[float]) -> list[marks.Mode | None]:
    """Return how each line is to be read; None for those that stay as they are.

    Where *rates* says that words lost marks, few or many, those words may be of another language too.

    Among stripped lines, one with next to no marks that seems foreign or clean may hold names and words of both: there
    the model weighs each word.
    """
    words: Counter[str] = Counter()
    for condition in conditions:
        words[condition.name] += condition.words
    mostly_stripped = words["unaccented"] > 0.5 * words.total()
    also_garbled = words["garbled"] > 0.2 * words["unaccented"]
    if not mostly_stripped and also_garbled and _is_bare(lines):
        # names of other languages look like damage; but OCR with the wrong language leaves marks of its own and
        # digits in words, and here is neither
        mostly_stripped, also_garbled = True, False
    out: list[marks.Mode | None] = []
    for line, condition, rate in zip(lines, conditions, rates, strict=True):
        if condition.name == "unaccented":
            out.append("foreign" if rate else "marks")
        elif (
            mostly_stripped
            and (condition.name != "garbled" or not also_garbled)
            and line.strip()
            and _marked(line) <= 0.05 * condition.words
        ):
            out.append("foreign")
        else:
            out.append(None)
    return out


def _marked(line: str) -> int:
    """Return how many words of *line* have a mark."""
    return 0 if strip_marks(line) == line else sum(strip_marks(word) != word for word in line.split())


def _is_bare(lines: Sequence[str]) -> bool:
    """Say whether a text of some length has next to no marked letters, and next to no digits inside words.

    A name such as "Åse" may stand in it.
    """
    words = marked = digits = 0
    for line in lines:
        found = line.split()
        words += len(found)
        digits += len(_DIGIT_INSIDE_RE.findall(line))
        marked += _marked(line)
    return words > 30 and digits + marked < 0.01 * words


def prefers_reformed(text: str) -> bool:
    """Say whether *text* writes the tone of open oa, oe, uy on the second vowel more often than on the first.

    >>> prefers_reformed("uỷ ban, hoà bình, tòa án"), prefers_reformed("uy ban")
    (True, False)
    """
    sample = text[:200_000]
    if strip_marks(sample) == sample:
        return False
    old, new = traditional(sample), reformed(sample)
    return sum(a != b for a, b in zip(sample, old, strict=False)) > sum(
        a != b for a, b in zip(sample, new, strict=False)
    )
