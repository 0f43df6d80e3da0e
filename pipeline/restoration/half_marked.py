"""How many words of a text lost marks: lines where only some did, or that lost the tones alone.

A word that could carry more marks speaks by its frequency: "cua" is hardly ever meant, "của" is. A rate of loss
explains the words of a line better or worse than none does, and where one does far better, the line is restored like
stripped text; the rate then says how much more likely a word is as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.lexicon.condition import Condition
from pipeline.lexicon.syllables import split_tone, strip_marks, traditional
from pipeline.restoration.model import LanguageModel

Floats = npt.NDArray[np.float64]

_RATES = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.97])
# Held-out lines of law, administration, news and encyclopedia, twenty at a time: clean ones reach 8.4 nats at a rate of
# 0.02 at most and a single line 11.8; of those where one word in ten lost its marks nine in ten exceed 9 and 0.05.
_DOCUMENT = (12.0, 0.05)  # nats and rate from which all lines of a text are restored
_LINE = (14.0, 0.2)  # the same for a line alone
_MOST = 2.5  # nats that one word may say: a name abroad is no proof
_RARE = 3e-7  # probability of a word that the model does not know
_REMEMBERED = 20_000  # words
_KNOWN = (
    0.95  # share of the words that are Vietnamese, or were before they lost marks; garbled text below 0.78, other 0.99
)

_CHUNK_RE = re.compile(r"[^\s.,;:()\[\]\"“”/–-]+")


class MarkLoss:
    """Tells how many words of a line lost marks, and remembers what each word says."""

    def __init__(self, model: LanguageModel) -> None:
        """Index the vocabulary of *model* by its letters."""
        self._chance: dict[str, dict[str, float]] = {}
        for word, chance in zip(model.vocabulary, model.arrays.unigram.tolist(), strict=True):
            if word.islower():
                self._chance.setdefault(strip_marks(word), {})[word] = chance
        self._seen: dict[str, Floats | None] = {}

    def rates(self, lines: Sequence[str], conditions: Sequence[Condition]) -> list[float]:
        """Return for each line the share of its words that lost marks; 0 where none did.

        Lines that are stripped altogether, and garbled or legacy text, are other cases: 0 too.
        """
        asked = [c.name in ("clean", "garbled", "foreign") for c in conditions]
        words = [_words(line) if ask else [] for line, ask in zip(lines, asked, strict=True)]
        found = [[v for word in of_line if (v := self._evidence(word)) is not None] for of_line in words]
        if sum(map(len, found)) < _KNOWN * sum(map(len, words)):
            return [0.0] * len(lines)
        sums = [sum(of_line, np.zeros(len(_RATES))) for of_line in found]
        whole = _rate(sum(sums, np.zeros(len(_RATES))), *_DOCUMENT)
        return [(whole or _rate(own, *_LINE)) if ask else 0.0 for own, ask in zip(sums, asked, strict=True)]

    def _evidence(self, word: str) -> Floats | None:
        """Return how much better each rate explains *word* than that nothing was lost; None for no Vietnamese word."""
        if word not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._weigh(traditional(word))
        return self._seen[word]

    def _weigh(self, seen: str) -> Floats | None:
        plain = strip_marks(seen)
        readings = self._chance.get(plain)
        if readings is None:
            return None
        kept = readings.get(seen, 0.0)
        # words lose all marks, or the tone alone; "huyén", with a tone on a letter that lost its shape, is damage
        fuller = sum(p for word, p in readings.items() if word != seen and seen in (plain, split_tone(word)[0]))
        if max(kept, fuller) < _RARE:
            return None
        likelihood = 1 - _RATES * (seen != plain) + _RATES * fuller / max(kept, _RARE)
        return np.minimum(np.log(likelihood), _MOST)


def _words(line: str) -> list[str]:
    """Return the words that speak: names are left out, by their capitals, but where all is in capitals."""
    capitals = line.isupper()
    return [chunk.lower() for chunk in _CHUNK_RE.findall(line) if chunk.islower() or (capitals and chunk.isalpha())]


def _rate(nats: Floats, enough: float, least: float) -> float:
    best = int(nats.argmax())
    return float(_RATES[best]) if nats[best] >= enough and _RATES[best] >= least else 0.0
