"""Names in garbled text: administrative units after "huyện", "xã", before the date; persons after a family name.

The language model knows few names. What a document decided with confidence says which provinces it speaks of; the names
of their units, and of all provinces and districts, are then compared with what was seen, and those that fit as well
as what was decided get a bonus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.lexicon.names import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES
from pipeline.lexicon.syllables import strip_marks, traditional
from pipeline.restoration import memory
from pipeline.restoration.channel_words import Candidates, Option

Decided = tuple[str, float]  # a word as decided and its posterior
Bonus = dict[int, float]  # nats by the word's id

_UNIT = 5.0  # nats for each word of a unit's name
_PERSON = 1.0  # nats for a word of the lists of names
_WORSE = 5.0  # nats by which a name's letters may fit worse than what was decided
_AMONG_NAMES = 1.5  # nats within which two names fit equally well
_LONGEST = 4  # words of a unit's name
_KNOWN = 0.5  # posterior of a decided word from which it says where a name stands


class Names:
    """The names that a document may speak of."""

    def __init__(self, words: Candidates, rows: Iterable[Sequence[Decided]]) -> None:
        """Find the provinces named in *rows*, the decided words of each paragraph."""
        self._words = words
        found: set[str] = set()
        for row in rows:
            surfaces = [traditional(surface) for surface, _ in row]
            lower = [surface.lower() for surface in surfaces]
            keys = [strip_marks(surface) for surface in lower]
            capital = [surface[:1].isupper() for surface in surfaces]
            found |= memory.provinces_named(lower, keys, capital)
        self._names: dict[int, list[tuple[int, ...]]] = {}
        ids = words.model.ids
        for name in _names_of(frozenset(found)):
            syllables = name.split()
            known = [ids[syllable] for syllable in syllables if syllable in ids]
            if len(known) == len(syllables) <= _LONGEST:
                self._names.setdefault(len(known), []).append(tuple(known))
        given = {traditional(name.lower()) for name in (*MIDDLE_NAMES, *GIVEN_NAMES)}
        self._given = [ids[name] for name in sorted(given) if name in ids]
        self._fits: dict[tuple[str, str, int], dict[int, Option]] = {}

    def bonuses(self, row: Sequence[Decided], seen: Sequence[str], cases: Sequence[str]) -> dict[int, Bonus]:
        """Return, by place in *row*, the words of names that may stand there.

        Args:
            row: the decided words of a paragraph.
            seen: the same words as they were read; "" where one was not read as one word.
            cases: the pattern of case of each (`channel_chunks.pattern_of`).
        """
        out: dict[int, Bonus] = {}
        for spans in _places(row, cases):
            best: list[tuple[float, range, tuple[int, ...]]] = []
            for span in spans:
                if all(seen[at] for at in span):
                    best += [(gain, span, name) for gain, name in self._fitting(span, row, seen, cases)]
            # the longest name that fits: "Phú Giáo", not "Phú"
            longest = max((len(span) for _, span, _ in best), default=0)
            for gain, span, name in best:
                if len(span) == longest and gain >= max(g for g, s, _ in best if len(s) == longest) - _AMONG_NAMES:
                    for at, word in zip(span, name, strict=True):
                        out.setdefault(at, {})[word] = _UNIT
        for at in persons(row, cases):
            here = out.setdefault(at, {})
            for word in self._given:
                here.setdefault(word, _PERSON)
        return out

    def _fitting(
        self, span: range, row: Sequence[Decided], seen: Sequence[str], cases: Sequence[str]
    ) -> Iterator[tuple[float, tuple[int, ...]]]:
        names = self._names.get(len(span), [])
        if not names:
            return
        columns = [self._fit(seen[at], cases[at], step, len(span), names) for step, at in enumerate(span)]
        decided = 0.0
        for step, at in enumerate(span):
            word = self._words.model.id_of(traditional(row[at][0].lower()))
            own = columns[step].get(word) or next(iter(self._words.among([word], seen[at], cases[at])), None)
            decided += own.fit if own else -_WORSE
        for name in names:
            options = [column.get(word) for column, word in zip(columns, name, strict=True)]
            if all(options):
                gain = sum(option.fit for option in options if option) - decided
                if gain > -_WORSE:
                    yield gain, name

    def _fit(self, seen: str, case: str, step: int, length: int, names: Sequence[tuple[int, ...]]) -> dict[int, Option]:
        """Return how well the words at *step* of all names of *length* words fit *seen*."""
        key = (seen, case, 10 * length + step)
        if key not in self._fits:
            words = {name[step] for name in names}
            self._fits[key] = {o.word: o for o in self._words.among(sorted(words), seen, case)}
        return self._fits[key]


def _places(row: Sequence[Decided], cases: Sequence[str]) -> Iterator[list[range]]:
    """Yield the stretches of capitalized words where a unit's name may stand, longest first."""
    for at, (surface, posterior) in enumerate(row):
        lower = surface.lower()
        if posterior < _KNOWN:
            continue
        if lower in memory.KINDS:
            end = at + 1
            while end < len(row) and end - at <= _LONGEST and cases[end] != "lower":
                end += 1
            if end > at + 1:
                yield [range(at + 1, stop) for stop in range(end, at + 1, -1)]
        elif lower == "ngày" and at > 0 and cases[at - 1] == "title":  # "Phú Giáo, ngày 12 tháng 5"
            begin = at
            while begin > 0 and at - begin < _LONGEST and cases[begin - 1] == "title":
                begin -= 1
            yield [range(start, at) for start in range(begin, at)]


def persons(row: Sequence[Decided], cases: Sequence[str]) -> Iterator[int]:
    """Yield the places of middle and given names: capitalized words after a family name, two or three of them."""
    families = _families()
    at = 0
    while at < len(row):
        end = at
        while end < len(row) and cases[end] == "title":
            end += 1
        if 2 <= end - at <= 4 and row[at][0].lower() in families:
            yield from range(at + 1, end)
        at = max(end, at + 1)


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(name.lower() for name in FAMILY_NAMES)


@lru_cache(maxsize=8)
def _names_of(provinces: frozenset[str]) -> tuple[str, ...]:
    tables = [memory.provinces_and_districts(), *(memory.names_below(province) for province in sorted(provinces))]
    return tuple(sorted({name for table in tables for names in table.values() for name in names}))
