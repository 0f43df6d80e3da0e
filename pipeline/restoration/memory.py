"""Second pass: words that were not sure are decided again with what stands around them and elsewhere in the document.

Four things speak: the letters around the word (`neighbours`); how often the document itself uses each word of the same
letters ("quận", not "quân"), and beside which neighbours; the names of the administrative units below the provinces
that it mentions; and lists of family and given names where a person is named.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.lexicon import units
from pipeline.lexicon.names import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES
from pipeline.lexicon.syllables import strip_marks, traditional
from pipeline.restoration.candidates import Candidates, Reading
from pipeline.restoration.marks import Choice, Slot, boundary
from pipeline.restoration.neighbours import Neighbours

UNSURE = 0.9  # probability below which a word is decided again
_TRUSTED = 0.9  # probability from which a decision is evidence
_PRIOR = 4.0  # occurrences that the language at large is worth
_STRENGTH = 0.8  # of the document's own use of a word
_BESIDE = 1.2  # of its use beside the same neighbour
_MOST = 4.0  # nats that the document may say at most
_UNIT = 5.0  # nats for the name of a unit after "huyện", "xã", ...
_BARE_UNIT = 2.5  # nats for such a name without its kind
_PERSON = 1.0  # nats for a word that is in the lists of names

_REACH = 2  # words on each side of an unsure one that are decided again with it

_MOST_PROVINCES = 2  # that districts alone may stand for; a list of districts of many is no plan of one
_NAMED_KIND = 3.0  # occurrences that "phường" before a name is worth where the word stands alone

KINDS = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "phố", "trấn", "khu", "đảo"})


def reweigh(
    text: str, slots: Sequence[Slot], choices: Sequence[Choice], candidates: Candidates, neighbours: Neighbours
) -> list[Slot]:
    """Return the stretches around unsure words, the readings of those words weighed anew; the ends are held as decided.

    Args:
        text: the document.
        slots: all its words.
        choices: what the first pass decided.
        candidates: where the readings came from.
        neighbours: what the words around one say.
    """
    decided = {id(choice.slot): choice for choice in choices}
    unsure = [at for at, slot in enumerate(slots) if (c := decided.get(id(slot))) and c.confidence < UNSURE]
    if not unsure:
        return []
    for at, nats in zip(unsure, neighbours.say(text, slots, unsure), strict=True):
        reading = slots[at].reading
        slots[at].reading = reading._replace(weights=tuple(w + n for w, n in zip(reading.weights, nats, strict=True)))
    places = _place_bonus(slots, decided)
    evidence = _Evidence(slots, decided, unsure)
    for at in places:
        if at > 0 and (c := decided.get(id(slots[at - 1]))) and c.spelling.lower() in KINDS:
            evidence.add(at - 1, c.spelling, _NAMED_KIND)
    contradicted = {
        at
        for at, names in places.items()
        if (c := decided.get(id(slots[at]))) and traditional(c.spelling.lower()) not in names
    }
    changed = set(unsure)
    for at in sorted({*unsure, *contradicted}):
        reading = evidence.weigh(at, candidates.unigram)
        named = places.get(at) or _person_bonus(slots, at)
        if named:
            bonus = [named.get(spelling.lower(), 0.0) for spelling in reading.spellings]
            reading = reading._replace(weights=tuple(w + b for w, b in zip(reading.weights, bonus, strict=True)))
        if reading is not slots[at].reading:
            slots[at].reading = reading
            changed.add(at)
    return _stretches(slots, sorted(changed), decided, candidates)


def _stretches(
    slots: Sequence[Slot], changed: Sequence[int], decided: dict[int, Choice], candidates: Candidates
) -> list[Slot]:
    """Return the words around those changed, with words held as decided where a stretch begins or ends."""
    out: list[Slot] = []
    end = 0
    for number, at in enumerate(changed):
        begin = max(at - _REACH, end)
        if begin > end or not number:  # a new stretch: what stands before it is settled
            out.append(boundary(slots[begin].start))
            out += [_held(slot, decided, candidates) for slot in slots[max(begin - 2, end) : begin]]
        following = changed[number + 1] if number + 1 < len(changed) else len(slots)
        end = min(at + _REACH + 1, len(slots))
        out += slots[begin:end]
        if following - _REACH > end:
            out += [_held(slot, decided, candidates) for slot in slots[end : end + 2]]
    return out


def _held(slot: Slot, decided: dict[int, Choice], candidates: Candidates) -> Slot:
    choice = decided.get(id(slot))
    if choice is None:
        return slot
    number = slot.reading.ids[slot.reading.spellings.index(choice.spelling)]
    return Slot(slot.start, slot.end, choice.spelling, Reading((choice.spelling,), (number,), (0.0,)), slot.heading)


@lru_cache(maxsize=20_000)
def key_of(surface: str) -> str:
    """Return the letters of a word, without case and marks."""
    return strip_marks(surface.lower())


class _Evidence:
    """How often each word was surely read in this document, and beside which neighbours."""

    def __init__(self, slots: Sequence[Slot], decided: dict[int, Choice], unsure: Sequence[int]) -> None:
        self._slots = slots
        self._keys = [key_of(slot.surface) for slot in slots]
        asked = {self._keys[at] for at in unsure}
        self._alone: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._beside: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for at, key in enumerate(self._keys):
            if key not in asked:
                continue
            choice = decided.get(id(slots[at]))
            if choice is None or choice.confidence < _TRUSTED:
                continue
            word = traditional(choice.spelling.lower())
            self._alone[key][word] += 1
            for neighbour, side in self._neighbours(at):
                self._beside[key, neighbour, side][word] += 1

    def add(self, at: int, spelling: str, times: float) -> None:
        """Count the word of a slot *times* more, without its neighbours."""
        self._alone[self._keys[at]][traditional(spelling.lower())] += times

    def _neighbours(self, at: int) -> Iterator[tuple[str, int]]:
        if at > 0 and self._keys[at - 1].isalpha():
            yield self._keys[at - 1], -1
        if at + 1 < len(self._keys) and self._keys[at + 1].isalpha():
            yield self._keys[at + 1], 1

    def weigh(self, at: int, unigram: Sequence[float]) -> Reading:
        """Return the reading of a slot with the document's own use of its words added to the weights."""
        reading = self._slots[at].reading
        key = self._keys[at]
        alone = self._alone.get(key)
        beside = [b for n, side in self._neighbours(at) if (b := self._beside.get((key, n, side)))]
        if not alone and not beside:
            return reading
        mass = sum(unigram[i] for i in reading.ids)
        weights = []
        for spelling, number, weight in zip(*reading, strict=True):
            word = traditional(spelling.lower())
            share = max(unigram[number] / mass, 1e-4)
            bonus = _STRENGTH * _gain(alone, word, share) + sum(_BESIDE * _gain(b, word, share) for b in beside)
            weights.append(weight + max(-_MOST, min(_MOST, bonus)))
        return reading._replace(weights=tuple(weights))


def _gain(seen: dict[str, float] | None, word: str, share: float) -> float:
    """Return the logarithm of a word's share in the document, smoothed, over its share in the language."""
    if not seen:
        return 0.0
    return math.log((seen.get(word, 0.0) + _PRIOR * share) / ((sum(seen.values()) + _PRIOR) * share))


def _place_bonus(slots: Sequence[Slot], decided: dict[int, Choice]) -> dict[int, dict[str, float]]:
    """Return, by slot, what the names of administrative units say for each spelling."""
    words = []
    for slot in slots:
        choice = decided.get(id(slot))
        words.append((choice.spelling if choice else slot.surface).lower())
    capital = [slot.surface[:1].isupper() for slot in slots]
    keys = [key_of(slot.surface) for slot in slots]
    found = provinces_named(words, keys, capital)
    below = [names_below(province) for province in sorted(found)]
    tables = [provinces_and_districts(), *below]
    out: dict[int, dict[str, float]] = {}
    for at in range(len(slots)):
        if not capital[at]:
            continue
        after_kind = at > 0 and words[at - 1] in KINDS
        if not after_kind and not below:
            continue
        for length in (3, 2, 1) if after_kind else (3, 2):
            if not all(capital[at : at + length]):
                continue
            key = " ".join(keys[at : at + length])
            names = [name for table in (tables if after_kind else below) for name in table.get(key, ())]
            for name in names:
                for step, word in enumerate(name.split()):
                    out.setdefault(at + step, {})[word] = _UNIT if after_kind else _BARE_UNIT
            if names:
                break
    return out


def provinces_named(words: Sequence[str], keys: Sequence[str], capital: Sequence[bool]) -> set[str]:
    """Return the provinces that a text names: with these marks, or after "tỉnh", "thành phố"."""
    found: set[str] = set()
    for at, key in enumerate(keys):
        if not capital[at] or key not in _province_openings():
            continue
        after_kind = at > 0 and words[at - 1] in ("tỉnh", "phố")
        for length in (1, 2, 3, 4):
            if length == 1 and not after_kind:
                continue
            for name in _provinces().get(" ".join(keys[at : at + length]), ()):
                if after_kind or " ".join(words[at : at + length]) == name:
                    found.add(name)
    return found or _provinces_of_districts(words, keys, capital)


def _provinces_of_districts(words: Sequence[str], keys: Sequence[str], capital: Sequence[bool]) -> set[str]:
    """Return the provinces of the districts that a text names after "huyện", "thị xã": names that only one has."""
    found: set[str] = set()
    for at in range(1, len(keys)):
        if not capital[at] or words[at - 1] not in ("huyện", "quận", "xã", "phố"):
            continue
        for length in (3, 2):
            if all(capital[at : at + length]) and (province := _only_province().get(" ".join(keys[at : at + length]))):
                found.add(province)
                break
    return found if len(found) <= _MOST_PROVINCES else set()


@lru_cache(maxsize=1)
def _only_province() -> dict[str, str]:
    """Return the province of each district whose letters no district of another province has."""
    provinces: dict[str, set[str]] = {}
    for unit in units.all_units(63, "district"):
        parent = units.parent(unit)
        if parent is not None:
            key = strip_marks(traditional(unit.name).lower())
            provinces.setdefault(key, set()).add(traditional(parent.name).lower())
    return {key: next(iter(names)) for key, names in provinces.items() if len(names) == 1}


@lru_cache(maxsize=1)
def _provinces() -> dict[str, set[str]]:
    return _index(unit.name for edition in (63, 34) for unit in units.all_units(edition, "province"))


@lru_cache(maxsize=1)
def _province_openings() -> frozenset[str]:
    return frozenset(key.split()[0] for key in _provinces())


@lru_cache(maxsize=1)
def provinces_and_districts() -> dict[str, set[str]]:
    """Return the names of all provinces and districts, in lower case, by their letters."""
    found = _index(unit.name for unit in units.all_units(63, "district"))
    for key, names in _provinces().items():
        found.setdefault(key, set()).update(names)
    return found


@lru_cache(maxsize=8)
def names_below(province: str) -> dict[str, set[str]]:
    """Return the names of the districts and communes of a province in both editions, by their letters."""
    names: list[str] = []
    for edition in (63, 34):
        for unit in units.all_units(edition, "province"):
            if traditional(unit.name).lower() == province:
                for child in units.children(unit):
                    names.append(child.name)
                    names += [below.name for below in units.children(child)]
    return _index(iter(names))


def _index(names: Iterable[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for name in names:
        lower = traditional(name).lower()
        out.setdefault(strip_marks(lower), set()).add(lower)
    return out


@lru_cache(maxsize=1)
def _person_words() -> tuple[frozenset[str], dict[str, float], dict[str, float]]:
    families = frozenset(strip_marks(name).lower() for name in FAMILY_NAMES)
    first = {name.lower(): _PERSON for name in FAMILY_NAMES}
    later = {name.lower(): _PERSON for name in (*MIDDLE_NAMES, *GIVEN_NAMES)}
    return families, first, later


def _person_bonus(slots: Sequence[Slot], at: int) -> dict[str, float]:
    """Return what the lists of names say for a word of a run of two to four capitals that opens as a name does."""
    start = _person_start(slots, at)
    if start is None:
        return {}
    _, first, later = _person_words()
    return first if start == at else later


def is_person(slots: Sequence[Slot], at: int) -> bool:
    """Say whether a word seems to be part of a person's name: two to four capitals, a family name the first."""
    return _person_start(slots, at) is not None


def _person_start(slots: Sequence[Slot], at: int) -> int | None:
    if not slots[at].surface[:1].isupper():
        return None
    begin = at
    while begin > 0 and at - begin < 3 and slots[begin - 1].surface[:1].isupper():
        begin -= 1
    end = at + 1
    while end < len(slots) and end - begin < 5 and slots[end].surface[:1].isupper():
        end += 1
    families = _person_words()[0]
    for start in range(begin, at + 1):
        if 2 <= end - start <= 4 and key_of(slots[start].surface) in families:
            return start
    return None
