"""How wrong-language OCR garbles letters: P(seen | true), and which words may stand behind a word as seen.

One or two true letters become none to three seen ones; the counts come from rendered text (`models/channel/train.py`)
and, since every scan and engine garbles in its own way, from what the document itself was decoded to. A word as seen
is compared with all words of the vocabulary at once: sorted words share the rows of their common beginnings.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.assets import model_path
from pipeline.errors import MissingResourceError
from pipeline.restoration.compiled import kernel

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

VERSION = 1  # of the model's files
MAX_TRUE = 2  # letters that are garbled as one
MAX_SEEN = 3  # characters that they become
_LONGEST = 16  # characters of a word as seen; a longer one is no syllable
_NONE = np.float32(-1e9)
_KAPPA = 4.0  # weight of the prior against the counts of a letter, in occurrences
# What noise does to any letter. Pages rendered for training have little of it, so these keep their share (`_DOUBT`) of
# each letter: with a hundredth of it, "tach" could not be tác on a real scan. Letters put for wholly unlike ones stay
# rare, or Khanh becomes Thanh.
_LOST = 1e-2
_ADDED = 1e-2
_OTHER = 1e-4
_DOUBT = 0.05  # share of the prior however often a letter was seen: other engines, other scans
_DOCUMENT = 60.0  # how many occurrences of a letter in training weigh against the document's own

# What a letter looks like, beyond itself with other marks; the prior where the counts are thin.
_LOOKS_TEXT = """
o 06@ | i 1l!|jtrf | l 1iI|t | m n | u n | a 4d@ | á 4 | à a4 | d b | đ dbPBt | e c6 | c ¢e | g q9 | b 6h
s 5S§ | z 2 | ơ go | ở 6 | ộ 9p6@ | ợ gq | ọ gp@ | ụ yu | ự y | ị j | ạ g | y v | n rmu | t lf | q g | Đ PBD | I l1!|
O 0Q@ | B 8 | S 5 | Ộ Q@ | Ị J
"""
_LOOKS = {
    entry.split()[0]: "".join(entry.split()[1:]) for entry in _LOOKS_TEXT.replace("\n", " | ").split(" | ") if entry
}
# A vowel with two marks is no letter of English: engines put something of its height.
_HIGH = "db68&4éA§t93@£"


def _base(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[0]
    return {"đ": "d", "Đ": "D"}.get(plain, plain)


def prior(true: str, seen: str) -> float:
    """Return a rough P(*seen* | *true*) for one letter, before anything is counted.

    >>> prior("ế", "é") > prior("ế", "c") > prior("ế", "x")
    True
    """
    if not seen:
        return _LOST
    if len(seen) > 1:
        marks = len(unicodedata.normalize("NFD", true)) - 1
        alike = sum(_base(c).lower() == _base(true).lower() or c in _looks(true) for c in seen)
        signs = sum(not c.isalnum() for c in seen)
        if marks and alike and signs:  # a mark read as a sign of its own: u' for ư, o“ for ồ
            return 3e-3 if len(seen) == 2 else 1e-4
        if marks > 1 and (signs or seen[0] in _HIGH):
            return 3e-4 if len(seen) == 2 else 2e-5
        return (1e-6, 2e-5, 1e-4, 1e-4)[alike] if len(seen) == 2 else 1e-7
    if seen == true:
        return 1.0
    if _base(seen) == _base(true):
        return 0.15 if seen == _base(true) else 0.04
    if seen in _LOOKS.get(true, ""):
        return 0.03
    if _base(seen).lower() == _base(true).lower() or seen in _looks(true):
        return 0.01
    if seen in _HIGH and len(unicodedata.normalize("NFD", true)) > 2:
        return 0.003
    if (
        seen in "aeiouy"
        and unicodedata.normalize("NFD", true)[:1] in "aeiouy"
        and len(unicodedata.normalize("NFD", true)) > 1
    ):
        return 0.001
    return _OTHER if seen.isalnum() else 2e-5


def _looks(true: str) -> str:
    return _LOOKS.get(true, "") + _LOOKS.get(_base(true), "")


class Confusions:
    """Counts of what became what, and the logarithms of the probabilities made from them."""

    def __init__(self, true: Sequence[str], seen: Sequence[str], counts: Floats, occurrences: Floats) -> None:
        """Take counts ``[true, seen]``; piece 0 is nothing: insertions in its row, deletions in its column.

        ``occurrences[true]`` is how often each piece was there to be read, in row 0 the number of all letters.
        """
        self.true = {piece: i for i, piece in enumerate(true)}
        self.seen = {piece: j for j, piece in enumerate(seen)}
        self.counts = counts
        self.occurrences = occurrences
        self.prior = _priors(tuple(true), tuple(seen))
        self.refresh()

    def refresh(self, extra: Floats | None = None, extra_occurrences: Floats | None = None) -> None:
        """Make the logarithms anew from the counts, the prior and what the document adds."""
        counts, occurrences = self.counts, self.occurrences
        if extra is not None and extra_occurrences is not None:
            # the document outweighs the training where a letter was seen often enough in it
            keep = np.minimum(1.0, _DOCUMENT / np.maximum(occurrences, 1.0))
            counts = counts * keep[:, None] + extra
            occurrences = occurrences * keep + extra_occurrences
        chance = counts * ((1 - _DOUBT) / (occurrences + _KAPPA))[:, None]
        chance += self.prior * (_DOUBT + (1 - _DOUBT) * _KAPPA / (occurrences + _KAPPA))[:, None]
        self.log = np.full(chance.shape, _NONE, dtype=np.float32)
        np.log(chance, out=self.log, where=chance > 0.0)

    @classmethod
    def load(cls, characters: Iterable[str] = ()) -> Confusions:
        """Return the trained counts, with room for further *characters* that a document holds.

        Raises:
            MissingResourceError: the model is missing or damaged.
        """
        true, known, trained, occurrences = _load()
        more = sorted(set(characters) - set(known))
        counts = np.zeros((len(true), len(known) + len(more)), dtype=np.float32)
        counts[:, : len(known)] = trained
        return cls(true, (*known, *more), counts, occurrences)

    def seen_ids(self, word: str) -> Ids:
        """Return the ids of the pieces of *word*: ``[start, length]``, -1 for pieces never met."""
        ids = np.full((len(word) + 1, MAX_SEEN + 1), -1, dtype=np.int32)
        ids[:, 0] = 0
        for start in range(len(word)):
            for length in range(1, min(MAX_SEEN, len(word) - start) + 1):
                ids[start, length] = self.seen.get(word[start : start + length], -1)
        return ids

    def true_ids(self, words: Sequence[str]) -> Ids:
        """Return the ids of the pieces of *words*: ``[word, start, length - 1]``, -1 for pieces that have no counts."""
        longest = max(map(len, words), default=1)
        ids = np.full((len(words), longest, MAX_TRUE), -1, dtype=np.int32)
        for w, word in enumerate(words):
            for start in range(len(word)):
                ids[w, start, 0] = self.true.get(word[start], -1)
                if start + 1 < len(word):
                    ids[w, start, 1] = self.true.get(word[start : start + 2], -1)
        return ids


@lru_cache(maxsize=1)
def _load() -> tuple[tuple[str, ...], tuple[str, ...], Floats, Floats]:
    path = model_path("channel/channel.json")
    try:
        text = path.read_bytes()
        meta = json.loads(path.with_name("meta.json").read_text(encoding="utf-8"))
        if meta["version"] != VERSION or meta["sha256"] != hashlib.sha256(text).hexdigest():
            raise ValueError(f"damaged, or not of version {VERSION}")
        data = json.loads(text)
        true, seen = tuple(data["true"]), tuple(data["seen"])
        counts = np.zeros((len(true), len(seen)), dtype=np.float32)
        rows, columns, numbers = np.array(data["counts"], dtype=np.int64).T
        counts[rows, columns] = numbers
        return true, seen, counts, np.array(data["occurrences"], dtype=np.float32)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise MissingResourceError(f"channel model {path}: {error}; install kehoach again") from error


@lru_cache(maxsize=8)
def _priors(true: tuple[str, ...], seen: tuple[str, ...]) -> Floats:
    rough = np.zeros((len(true), len(seen)), dtype=np.float32)
    for j, s in enumerate(seen):
        rough[:, j] = _prior_column(true, s)
    return rough


@lru_cache(maxsize=4096)
def _prior_column(true: tuple[str, ...], seen: str) -> Floats:
    column = np.zeros(len(true), dtype=np.float32)
    for i, t in enumerate(true):
        if len(t) == 1:
            column[i] = prior(t, seen)
        elif not t and len(seen) == 1:
            column[i] = _ADDED
    return column


class Vocabulary:
    """Words in one pattern of case, sorted, so that common beginnings are compared once."""

    def __init__(self, words: Iterable[str], confusions: Confusions) -> None:
        self.words = sorted(set(words))
        self.pieces = confusions.true_ids(self.words)
        self.lengths = np.array([len(word) for word in self.words], dtype=np.int32)
        common = [0]
        for a, b in zip(self.words, self.words[1:], strict=False):
            n = 0
            while n < min(len(a), len(b)) and a[n] == b[n]:
                n += 1
            common.append(n)
        self.common = np.array(common, dtype=np.int32)

    def search(
        self, seen: str, confusions: Confusions, margin: float, least: float = -40.0
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the words that may stand behind *seen* and log P(seen | word), at most *margin* below the best.

        *least* is a lower bound of the best: what is *margin* below that is not even looked at.
        """
        if len(seen) > _LONGEST:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        ids = confusions.seen_ids(seen)
        return _search(self.pieces, self.lengths, self.common, ids, len(seen), confusions.log, margin, least)

    def rescore(self, words: npt.NDArray[np.int64], seen: str, confusions: Confusions) -> Floats:
        """Return log P(seen | word) of *words*, given by their places."""
        return _rescore(self.pieces, self.lengths, words, confusions.seen_ids(seen), len(seen), confusions.log)


@kernel
def _fill(
    rows: npt.NDArray[np.float32], i: int, pieces: Ids, seen: Ids, length: int, log: npt.NDArray[np.float32]
) -> float:
    """Fill row *i*: the best way for the first *i* letters to become each beginning of the word as seen."""
    top = np.float32(-1e9)
    one = pieces[i - 1, 0] if i > 0 else -1
    two = pieces[i - 2, 1] if i > 1 else -1
    for j in range(length + 1):
        best = np.float32(-1e9)
        if i == 0 and j == 0:
            best = np.float32(0.0)
        if j > 0 and seen[j - 1, 1] >= 0:
            best = max(best, rows[i, j - 1] + log[0, seen[j - 1, 1]])
        for b in range(0, min(j, 3) + 1):
            piece = seen[j - b, b]
            if piece < 0:
                continue
            if one >= 0:
                best = max(best, rows[i - 1, j - b] + log[one, piece])
            if two >= 0 and b > 0:
                best = max(best, rows[i - 2, j - b] + log[two, piece])
        rows[i, j] = best
        top = max(top, best)
    return float(top)


@kernel
def _search(
    pieces: npt.NDArray[np.int32],
    lengths: Ids,
    common: Ids,
    seen: Ids,
    length: int,
    log: npt.NDArray[np.float32],
    margin: float,
    least: float,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    rows = np.full((pieces.shape[1] + 1, length + 1), np.float32(-1e9), dtype=np.float32)
    words = np.empty(len(lengths), dtype=np.int64)
    scores = np.empty(len(lengths), dtype=np.float32)
    _fill(rows, 0, pieces[0], seen, length, log)
    found = 0
    best = np.float32(least)
    dead = 99
    before = 0.0
    for w in range(len(lengths)):
        if common[w] >= dead:
            continue
        dead = 99
        for i in range(common[w] + 1, lengths[w] + 1):
            top = _fill(rows, i, pieces[w], seen, length, log)
            # two letters may be garbled as one, so a row is dead only with the row before it
            if top < best - margin and before < best - margin:
                dead = i
                break
            before = top
        if dead < 99:
            continue
        score = rows[lengths[w], length]
        if score > best:
            best = score
        if score >= best - margin:
            words[found] = w
            scores[found] = score
            found += 1
    keep = scores[:found] >= best - margin
    return words[:found][keep], scores[:found][keep]


@kernel
def _rescore(
    pieces: npt.NDArray[np.int32],
    lengths: Ids,
    words: npt.NDArray[np.int64],
    seen: Ids,
    length: int,
    log: npt.NDArray[np.float32],
) -> npt.NDArray[np.float32]:
    rows = np.full((pieces.shape[1] + 1, length + 1), np.float32(-1e9), dtype=np.float32)
    scores = np.empty(len(words), dtype=np.float32)
    _fill(rows, 0, pieces[0], seen, length, log)
    for k in range(len(words)):
        for i in range(1, lengths[words[k]] + 1):
            _fill(rows, i, pieces[words[k]], seen, length, log)
        scores[k] = rows[lengths[words[k]], length]
    return scores


@kernel
def count_alignment(
    pieces: Ids,
    letters: int,
    seen: Ids,
    length: int,
    log: npt.NDArray[np.float32],
    amount: float,
    counts: npt.NDArray[np.float32],
    occurrences: npt.NDArray[np.float32],
) -> float:
    """Align a word with what it was seen as, add *amount* to the counts of its pieces, return log P(seen | word)."""
    rows = np.full((letters + 1, length + 1), np.float32(-1e9), dtype=np.float32)
    for i in range(letters + 1):
        _fill(rows, i, pieces, seen, length, log)
    score = rows[letters, length]
    if score < -1e8:
        return float(score)
    for i in range(letters):
        if pieces[i, 0] >= 0:
            occurrences[pieces[i, 0]] += amount
        if i + 1 < letters and pieces[i, 1] >= 0:
            occurrences[pieces[i, 1]] += amount
        occurrences[0] += amount
    i = letters
    j = length
    while i > 0 or j > 0:
        here = rows[i, j]
        moved = False
        if j > 0 and seen[j - 1, 1] >= 0 and abs(rows[i, j - 1] + log[0, seen[j - 1, 1]] - here) < 1e-3:
            counts[0, seen[j - 1, 1]] += amount
            j -= 1
            continue
        for b in range(0, min(j, 3) + 1):
            piece = seen[j - b, b]
            if piece < 0:
                continue
            if i > 0 and pieces[i - 1, 0] >= 0 and abs(rows[i - 1, j - b] + log[pieces[i - 1, 0], piece] - here) < 1e-3:
                counts[pieces[i - 1, 0], piece] += amount
                i -= 1
                j -= b
                moved = True
                break
            if (
                i > 1
                and b > 0
                and pieces[i - 2, 1] >= 0
                and abs(rows[i - 2, j - b] + log[pieces[i - 2, 1], piece] - here) < 1e-3
            ):
                counts[pieces[i - 2, 1], piece] += amount
                i -= 2
                j -= b
                moved = True
                break
        if not moved:
            break
    return float(score)
