"""The words that may stand behind a word as seen, in the three patterns of case, by letters and frequency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.lexicon.syllables import is_syllable, reformed, traditional
from pipeline.restoration.abbreviations import COMMON, is_certain, mend_letters
from pipeline.restoration.garble import Confusions, Vocabulary
from pipeline.restoration.model import LanguageModel
from pipeline.restoration.tokens import ABBREVIATION, NUMBER, UNKNOWN

SHORTLIST = 40  # words kept for a chunk in the first pass, weighed anew in the others
CANDIDATES = 20  # of them in the lattice
BEAM = 8.0  # nats by which a candidate may be less likely than the best, by letters and frequency
MARGIN = 10.0  # nats by which a word's letters may fit worse than the best
TRUST = 0.9  # weight of the letters against the language model
_FREQUENCY = 0.7  # weight of a word's frequency where candidates are chosen
_FREQUENT = 800  # words that are tried first, for a bound that saves looking at most others
_LONE_DIGIT = -1.5  # what speaks against a digit that may be a word ("6" for ở): plans write "06" or the word
_LONE_LETTER = -4.0  # what speaks against a consonant that stands alone: more often the rest of the word was lost
_FARTHEST = 16.0  # nats that the letters of a recalled word may be away


_ROMAN = [
    tens + ones for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
]


class Option(NamedTuple):
    """A word that may stand behind a piece of text."""

    surface: str
    word: int
    fit: float  # log P(seen | word)


_Lexicon = dict[str, tuple[Vocabulary, Vocabulary, npt.NDArray[np.int64]]]
_LEXICONS: dict[str, _Lexicon] = {}


def _lexicon(model: LanguageModel, channel: Confusions) -> _Lexicon:
    """Return, for each pattern of case, all words, the frequent ones, and the ids of all in the language model."""
    if (known := _LEXICONS.get(model.version)) is not None:
        return known
    words = [w for w in model.vocabulary if w[:1] != "<" and len(w) <= 9 and w == w.lower() and is_syllable(w)]
    frequent = sorted(words, key=lambda w: -model.arrays.unigram[model.ids[w]])[:_FREQUENT]
    spellings = dict.fromkeys([*words, *map(reformed, words)])
    shorts = {numeral for numeral in _ROMAN if len(numeral) > 2} | {
        w for w in {*model.vocabulary, *COMMON} if 1 < len(w) < 9 and w.isupper() and w == mend_letters(w)
    }
    lexicon: _Lexicon = {}
    for name, cased in (("lower", str.lower), ("title", str.capitalize), ("upper", str.upper)):
        extra = shorts if name == "upper" else set()
        every = Vocabulary([*map(cased, spellings), *extra], channel)
        ids = [
            model.ids.get(w, ABBREVIATION) if w in extra else model.ids.get(traditional(w.lower()), UNKNOWN)
            for w in every.words
        ]
        some = Vocabulary([*map(cased, frequent), *extra], channel)
        lexicon[name] = (every, some, np.array(ids, dtype=np.int64))
    _LEXICONS.clear()
    _LEXICONS[model.version] = lexicon
    return lexicon


class Candidates:
    """Finds the words behind what was seen, and remembers them while the channel stays the same."""

    def __init__(self, model: LanguageModel, channel: Confusions) -> None:
        self.model = model
        self.channel = channel
        self.lexicon = _lexicon(model, channel)
        self.rarity = np.log(np.maximum(model.arrays.unigram, 1e-12))
        self.shortlists: dict[tuple[str, str], npt.NDArray[np.int64]] = {}
        self.options: dict[tuple[str, str], list[Option]] = {}
        self.places: dict[str, dict[int, int]] = {}  # of a word's id in the vocabulary of a pattern

    def forget(self) -> None:
        """Drop what was weighed with an earlier state of the channel; the words themselves are kept."""
        self.options.clear()

    def find(self, seen: str, pattern: str) -> list[Option]:
        """Return the words that may stand behind *seen*, the most likely by letters and frequency first."""
        key = (seen, pattern)
        options = self.options.get(key)
        if options is not None:
            return options
        vocabulary, frequent, ids = self.lexicon[pattern]
        places = self.shortlists.get(key)
        if places is None:
            _, first = frequent.search(seen, self.channel, 0.0)
            least = float(first.max()) if len(first) else -40.0
            places, fits = vocabulary.search(seen, self.channel, MARGIN, least - 1e-3)
        else:
            fits = vocabulary.rescore(places, seen, self.channel)
        words = ids[places]
        rank = TRUST * fits + _FREQUENCY * self.rarity[words]
        order = np.argsort(-rank, kind="stable")[:SHORTLIST]
        if key not in self.shortlists:
            self.shortlists[key] = places[order]
        if len(order):
            order = order[rank[order] > rank[order[0]] - BEAM][:CANDIDATES]
        names = vocabulary.words
        options = [
            Option(names[w], i, fit)
            for w, i, fit in zip(places[order].tolist(), words[order].tolist(), fits[order].tolist(), strict=True)
        ]
        self.options[key] = options
        return options

    def literal(self, seen: str) -> Option:
        """Return the word as it stands: of another language, a name, an abbreviation, a number."""
        if seen.isdigit():
            return Option(seen, NUMBER, _LONE_DIGIT if len(seen) == 1 else -0.05)
        if seen in COMMON and not is_syllable(seen):
            return Option(seen, self.model.ids.get(seen, ABBREVIATION), 0.0 if is_certain(seen) else -2.0)
        if seen.isupper() and seen.isalpha() and len(seen) > 1 and not is_syllable(seen):
            return Option(seen, self.model.ids.get(seen, ABBREVIATION), -4.0 if len(seen) < 6 else -7.0)
        word = self.model.ids.get(traditional(seen.lower()), UNKNOWN)
        if not seen.isalpha():
            return Option(seen, UNKNOWN, -16.0)
        if word == UNKNOWN:
            return Option(seen, word, -13.0 if seen.isascii() else -16.0)
        if is_syllable(seen):
            return Option(seen, word, -14.0)  # it is a candidate already
        return Option(seen, word, -1.0 if len(seen) > 1 else _LONE_LETTER)

    def among(self, words: Iterable[int], seen: str, pattern: str) -> list[Option]:
        """Return those of *words*, given by id, that the letters of *seen* do not rule out."""
        vocabulary, _, ids = self.lexicon[pattern]
        if pattern not in self.places:
            self.places[pattern] = {int(word): place for place, word in enumerate(ids)}
        places = self.places[pattern]
        found = np.array([places[word] for word in words if word in places], dtype=np.int64)
        if not len(found):
            return []
        fits = vocabulary.rescore(found, seen, self.channel)
        return [
            Option(vocabulary.words[place], int(ids[place]), float(fit))
            for place, fit in zip(found.tolist(), fits.tolist(), strict=True)
            if fit > -_FARTHEST
        ]
