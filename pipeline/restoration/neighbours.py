"""What the letters around a word say of its marks, where the search with the trigram was unsure.

The trigram knows marked words, two back; a comma it does not see. This looks at the letters of three words to either
side, alone and in pairs, at the signs beside the word, its case, and which words stand within eight. Each of these,
with a reading, has a weight in one table, found by a hash; their sum is how much more likely the reading is than the
search held it to be, in nats. `models/diacritics/train_neighbours.py` learns the weights from what a
trigram got wrong in text that it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.assets import model_path
from pipeline.errors import MissingResourceError
from pipeline.lexicon.syllables import strip_marks
from pipeline.restoration import tokens
from pipeline.restoration.compiled import kernel
from pipeline.restoration.marks import Slot

Ints = npt.NDArray[np.int64]
Weights = npt.NDArray[np.int8]

BITS = 21  # of the number of weights
SCALE = 100.0  # a weight of so much is one nat
NEAR = 3  # words on each side that count by their place
WINDOW = 8  # words on each side that count at all
FEATURES = 14 + 2 * (WINDOW - NEAR)

_SIGNS = {",": 1, "(": 2, "“": 2, '"': 3, "'": 3, ")": 4, "”": 4, "-": 5, "–": 5, "/": 5, ".": 6}
_OTHER_SIGN = 7
_UNKNOWN_LETTERS = len(tokens.SPECIALS) - 1


@kernel
def _mix(one: int, other: int) -> int:
    """Return a hash of two numbers, the first below 2^31, the second small; 31 bits, and never more than 63 between."""
    value = (one * 1103515245 + other * 747796405 + 12345) & 0x7FFFFFFF
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & 0x7FFFFFFF
    return int(value ^ (value >> 12))


@kernel
def places(word: int, around: Ints, before: int, after: int, case: int, out: Ints) -> int:
    """Write the places of the weights of one reading into *out* and return how many there are.

    Args:
        word: id of the reading.
        around: letters of the words from `WINDOW` before to `WINDOW` after, by number; its middle is the word.
        before: sign before the word.
        after: sign after it.
        case: its case and what stands before it.
        out: room for `FEATURES` places.
    """
    at = WINDOW
    a1, a2, a3, b1, b2, b3 = (
        around[at - 1],
        around[at - 2],
        around[at - 3],
        around[at + 1],
        around[at + 2],
        around[at + 3],
    )
    out[0] = 0
    out[1], out[2], out[3], out[4], out[5], out[6] = a1, a2, a3, b1, b2, b3
    out[7], out[8], out[9] = (a1 << 16) + b1, (a2 << 16) + a1, (b1 << 16) + b2
    out[10], out[11], out[12], out[13] = before * 8 + after, (after << 16) + b1, (before << 16) + a1, case
    for i in range(14):
        out[i] = _mix(_mix(out[i] + 1, i + 1), word) & ((1 << BITS) - 1)
    count = 14
    for i in range(WINDOW - NEAR):
        for letters in (around[i], around[2 * WINDOW - i]):
            if letters > tokens.NUMBER:
                out[count] = _mix(_mix(letters + 1, 99), word) & ((1 << BITS) - 1)
                count += 1
    return count


@kernel
def _sums(weights: Weights, words: Ints, starts: Ints, around: Ints, about: Ints) -> npt.NDArray[np.float64]:
    """Return the sum of the weights of each reading; those of question i are ``words[starts[i]:starts[i + 1]]``."""
    out = np.zeros(len(words))
    room = np.zeros(FEATURES, dtype=np.int64)
    for i in range(len(starts) - 1):
        for k in range(starts[i], starts[i + 1]):
            count = places(words[k], around[i], about[i, 0], about[i, 1], about[i, 2], room)
            total = 0
            for j in range(count):
                total += weights[room[j]]
            out[k] = total / SCALE
    return out


class Neighbours:
    """Finds what stands around words, and what it says."""

    def __init__(self, vocabulary: Sequence[str], weights: Weights) -> None:
        """Number the letters of *vocabulary*; *weights* are 2^`BITS`."""
        self._weights = weights
        self._numbers: dict[str, int] = {}
        for word in vocabulary[len(tokens.SPECIALS) :]:
            self._numbers.setdefault(strip_marks(word).lower(), len(self._numbers) + len(tokens.SPECIALS))
        self._seen: dict[str, int] = {}

    def around(self, text: str, slots: Sequence[Slot], asked: Sequence[int]) -> tuple[Ints, Ints]:
        """Return, for each slot asked, the letters around it, and the signs beside it with its case."""
        letters = [0] * WINDOW + [self._letters(slot) for slot in slots] + [0] * WINDOW
        around = [letters[at : at + 2 * WINDOW + 1] for at in asked]
        about = [
            (
                _sign(text[slots[at - 1].end : slots[at].start]) if at else 0,
                _sign(text[slots[at].end : slots[at + 1].start]) if at + 1 < len(slots) else 0,
                _case(slots, at),
            )
            for at in asked
        ]
        return np.array(around, dtype=np.int64), np.array(about, dtype=np.int64)

    def say(self, text: str, slots: Sequence[Slot], asked: Sequence[int]) -> list[list[float]]:
        """Return for each slot asked how much more likely each of its readings is, in nats."""
        if not asked:
            return []
        around, about = self.around(text, slots, asked)
        sizes = [len(slots[at].reading.ids) for at in asked]
        starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        words = np.array([number for at in asked for number in slots[at].reading.ids], dtype=np.int64)
        nats = _sums(self._weights, words, starts, around, about).tolist()
        return [nats[begin : begin + size] for begin, size in zip(starts.tolist(), sizes, strict=False)]

    def _letters(self, slot: Slot) -> int:
        first = slot.reading.ids[0]
        if first <= tokens.NUMBER:
            return first
        number = self._seen.get(slot.surface)
        if number is None:
            if len(self._seen) > 20_000:
                self._seen.clear()
            key = strip_marks(slot.surface.lower())
            number = self._seen[slot.surface] = self._numbers.get(key, _UNKNOWN_LETTERS)
        return number


def _sign(between: str) -> int:
    """Return the number of the first sign between two words, 0 where a blank parts them."""
    for char in between:
        if char in _SIGNS:
            return _SIGNS[char]
    return 0 if not between.strip() else _OTHER_SIGN


def _case(slots: Sequence[Slot], at: int) -> int:
    surface = slots[at].surface
    case = 0 if not surface[0].isupper() else 2 if len(surface) > 1 and surface.isupper() else 1
    opening = at == 0 or slots[at - 1].reading.ids[0] == tokens.BOUNDARY
    return 3 * case + (2 if opening else 1 if slots[at - 1].surface[:1].isupper() else 0)


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Map the weights that came with the program.

    Raises:
        MissingResourceError: they are missing or damaged.
    """
    path = model_path("diacritics/neighbours.bin")
    try:
        found = np.memmap(path, dtype=np.int8, mode="r")
    except (OSError, ValueError) as error:
        raise MissingResourceError(f"{path}: {error}; install kehoach again") from error
    if len(found) != 1 << BITS:
        raise MissingResourceError(f"{path} is damaged; install kehoach again")
    return np.asarray(found)
