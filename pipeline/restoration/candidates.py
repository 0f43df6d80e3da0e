"""What a word as seen may stand for: syllables and abbreviations with marks added.

Every spelling is met many times, so the answer is kept a spelling at a time. Capitals are not the model's business: a
candidate takes over the case of what was seen.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from pipeline.lexicon.syllables import is_syllable, marks_superset, reformed, strip_marks, traditional
from pipeline.restoration import abbreviations, letters, tokens
from pipeline.restoration.model import LanguageModel

_NEVER_IN_CODES = frozenset({"DU", "TƯ"})  # they have ĐU (đảng ủy), and TU (tỉnh ủy) beside TW

_CASE = 0.6  # how much the case counts against the context: the two overlap; tuned on the development part
_REMEMBERED = 8_000  # spellings, 1.6 kB each: a page has 300 new ones, a long text few
_ISOLATED = -4.0  # a word of running text that stands alone in capitals is an abbreviation rather than a syllable
_UNKNOWN_ABBREVIATION = -7.0  # abbreviations are many: about one in a thousand is this one
_FOREIGN = -7.0  # a word of another language: about one in a thousand of them is this one
_LOST_ENDS = {"n": "gh", "c": "h", "N": "GH", "C": "H"}
_LOST_END = -3.0  # a word of the model that lost its last letter
_MISSPELLED = -10.0  # a word of no language: it has marks that only Vietnamese has and is no syllable
_MISREAD = -3.0  # a word of the model with one letter misread
_MARK = 1.2  # nats for each mark misread with it
_ALTERED = -3.0  # a reading that drops or changes a mark that was seen


_Found = dict[tuple[str, int], float]  # spelling and id: weight


class Reading(NamedTuple):
    """What a spelling may stand for: the spellings, their ids in the model and their weights in nats."""

    spellings: tuple[str, ...]
    ids: tuple[int, ...]
    weights: tuple[float, ...]


def like(candidate: str, seen: str) -> str:
    """Return *candidate* with the capitals of *seen*; both have the same number of letters.

    >>> like("hội", "HOI"), like("hội", "Hoi"), like("hội", "hoI")
    ('HỘI', 'Hội', 'hộI')
    """
    if seen.islower():
        return candidate
    if seen.isupper():
        return candidate.upper()
    if seen[0].isupper() and seen[1:].islower():
        return candidate[0].upper() + candidate[1:]
    return "".join(c.upper() if s.isupper() else c for c, s in zip(candidate, seen, strict=True))


def marks_apart(one: str, other: str) -> int:
    """Return how many marks differ; 1 where the same marks stand on other letters.

    >>> marks_apart("tổ", "tố"), marks_apart("thì", "thi"), marks_apart("đổi", "đôi"), marks_apart("tô", "tô")
    (1, 1, 1, 0)
    """
    a, b = (unicodedata.normalize("NFD", word.replace("đ", "d\u0335").replace("Đ", "D\u0335")) for word in (one, other))
    if a == b:
        return 0
    marks_a = [c for c in a if unicodedata.combining(c)]
    marks_b = [c for c in b if unicodedata.combining(c)]
    common = sum(min(marks_a.count(c), marks_b.count(c)) for c in set(marks_a))
    return max(len(marks_a), len(marks_b)) - common or 1


class Candidates:
    """Finds and remembers the readings of every spelling."""

    def __init__(self, model: LanguageModel, *, reformed_tones: bool = False) -> None:
        """Index the vocabulary of *model*; *reformed_tones* writes hoà for hòa where the marks are ours."""
        self._model = model
        self.unigram: list[float] = model.arrays.unigram.tolist()  # plain numbers, which Python reads faster
        self._style = reformed if reformed_tones else str
        self._by_key: dict[str, list[int]] = {}
        for number, word in enumerate(model.vocabulary):
            if number >= len(tokens.SPECIALS):
                self._by_key.setdefault(strip_marks(word), []).append(number)
        self._seen: dict[tuple[str, bool, bool, bool], Reading] = {}
        self._any: dict[tuple[str, bool], Reading] = {}
        self._misread: dict[str, Reading | None] = {}
        self._capital = (model.capital_bonus * _CASE).tolist()
        self._small = (model.small_bonus * _CASE).tolist()

    def fixed(self, surface: str, heading: bool = False) -> Reading:
        """Return the only reading of a word that is not to be changed."""
        return Reading((surface,), (self._model.id_of(tokens.model_word(surface, heading)),), (0.0,))

    def knows(self, surface: str) -> bool:
        """Say whether a word of the model has the letters of *surface*, whatever the marks."""
        return strip_marks(surface.lower()) in self._by_key

    def of(self, surface: str, heading: bool = False, code: bool = False, opening: bool = False) -> Reading:
        """Return the readings of *surface* that keep every mark seen.

        Args:
            surface: letters only, NFC.
            heading: its neighbours are in capitals too.
            code: it is part of a code such as "12/KH-UBND".
            opening: it opens a sentence, where a capital says nothing.
        """
        key = (surface, heading, code, opening)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            found = self._find(surface, heading, code)
            if len(found.ids) > 1 and not heading and not code:
                found = self._weigh_case(found, surface, opening)
            self._seen[key] = found
        return found

    def _weigh_case(self, found: Reading, surface: str, opening: bool) -> Reading:
        """Return *found* with what the case of *surface* says: names are in capitals."""
        if surface.islower():
            bonus = self._small
        elif not opening and (len(surface) == 1 or surface[1:].islower()):
            bonus = self._capital
        else:
            return found
        weights = (w + bonus[i] for i, w in zip(found.ids, found.weights, strict=True))
        return found._replace(weights=tuple(weights))

    def foreign(self, surface: str, heading: bool = False, opening: bool = False) -> Reading:
        """Return the readings of a word that may as well be of another language."""
        found = self.of(surface, heading, False, opening)
        return Reading((*found.spellings, surface), (*found.ids, tokens.UNKNOWN), (*found.weights, _FOREIGN))

    def any_marks(self, surface: str, heading: bool = False) -> Reading:
        """Return the readings of *surface* whatever its marks; those that lose or change a mark weigh less.

        Recognizers lose the hook of a last g or h: "hàn" may also be "hàng".
        """
        key = (surface, heading)
        if key not in self._any:
            if len(self._any) > _REMEMBERED:
                self._any.clear()
            found = self._syllables(surface, keep=False)
            if all(spelling != surface for spelling, _ in found):
                found.update(dict.fromkeys([(surface, self.fixed(surface, heading).ids[0])], 0.0))
            for lost in _LOST_ENDS.get(surface[-1:], ()):
                number = self._model.ids.get(traditional(surface.lower()) + lost.lower())
                if number is not None:
                    found[surface + lost, number] = _LOST_END
            self._any[key] = _reading(found)
        return self._any[key]

    def one_letter_away(self, surface: str) -> Reading | None:
        """Return the readings of a word that is none, weighed; None where it is a word of the model.

        They may be longer or shorter than *surface* by a letter. As read it comes first, as a word of another language.
        """
        if surface not in self._misread:
            if len(self._misread) > _REMEMBERED:
                self._misread.clear()
            self._misread[surface] = self._one_letter_away(surface)
        return self._misread[surface]

    def _one_letter_away(self, surface: str) -> Reading | None:
        lower = surface.lower()
        plain = strip_marks(lower)
        if traditional(lower) in self._model.ids or self._model.id_of(surface) != tokens.UNKNOWN:
            return None
        if plain == lower and (len(plain) < 4 or surface[0].isupper()):  # a numeral, a unit or a name
            return None
        found: _Found = {(surface, tokens.UNKNOWN): _FOREIGN if plain == lower else _MISSPELLED}
        known = {key: 0.0 for key in (plain,) if key in self._by_key} | letters.near(plain, self._by_key)
        for key, cost in known.items():
            for number in self._by_key[key]:
                word = self._model.vocabulary[number]
                if is_syllable(word):
                    spelling = self._style(word)
                    cased = spelling.upper() if surface.isupper() else spelling
                    cased = cased[0].upper() + cased[1:] if surface[0].isupper() else cased
                    found[cased, number] = _MISREAD - cost - _MARK * marks_apart(word, lower)
        return _reading(found)

    def _find(self, surface: str, heading: bool, code: bool) -> Reading:
        capitals = len(surface) > 1 and surface.isupper()
        found: _Found = {}
        if not (capitals and code):
            found |= self._syllables(surface, keep=True, weight=0.0 if heading or not capitals else _ISOLATED)
        if capitals:
            found |= self._abbreviations(surface, code, heading)
        return _reading(found) if found else self.fixed(surface, heading)

    def _syllables(self, surface: str, *, keep: bool, weight: float = 0.0) -> _Found:
        found: _Found = {}
        lower = surface.lower()
        plain = strip_marks(lower)
        canonical = traditional(lower)
        for number in self._by_key.get(plain, ()):
            word = self._model.vocabulary[number]
            if word == canonical:  # as it stands, in whichever placement of tones
                found[surface, number] = weight
            elif lower == plain or marks_superset(word, lower):
                found[like(self._style(word), surface), number] = weight
            elif not keep:
                found[like(self._style(word), surface), number] = weight + _ALTERED
        return found

    def _abbreviations(self, surface: str, code: bool, heading: bool) -> _Found:
        plain = strip_marks(surface)
        found: _Found = {}
        for number in self._by_key.get(plain, ()):
            word = self._model.vocabulary[number]
            if word.isupper() and marks_superset(word, surface) and not (code and word in _NEVER_IN_CODES):
                found[word, number] = 0.0
        spelled = {spelling for spelling, _ in found}
        if code and surface not in spelled:
            # beside a number the model expects any abbreviation rather than this one
            found.update(dict.fromkeys([(word, tokens.ABBREVIATION) for word in spelled], -1.0))
        chance_plain = 1.0
        for spelling, chance in abbreviations.MARKED.get(plain, ()):
            if spelling not in spelled and marks_superset(spelling, surface):
                if spelling == "HĐ" and code:  # in numbers of documents HD is hướng dẫn
                    continue
                found[spelling, tokens.ABBREVIATION] = -1.0
                chance_plain = min(chance_plain, chance)
        if surface not in spelled:
            is_word = plain.lower() in self._by_key
            if found:
                weight = _UNKNOWN_ABBREVIATION if chance_plain > 0.5 else -4.0 + 3 * chance_plain
            elif is_word:
                weight = -10.0 if heading else _UNKNOWN_ABBREVIATION if len(surface) > 4 else -2.0
            else:
                weight = 0.0
            found[surface, tokens.ABBREVIATION] = weight
        return found


def _reading(found: _Found) -> Reading:
    return Reading(tuple(s for s, _ in found), tuple(i for _, i in found), tuple(found.values()))
