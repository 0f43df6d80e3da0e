"""What an n-gram is worth to a restorer: how much less probable the right marks are without it.

Plain entropy pruning keeps what predicts words. Here the letters are known and only the marks are asked for, so an
n-gram whose reading already wins among all readings of the same letters can go, however often it occurs. The
posterior of a reading is taken under the lower-order model, within the window of the n-gram itself.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def _bigram(rows: Ints, second: Ints, chance: Floats, unigram: Floats, backoff: Floats, first: int, word: int) -> float:
    low, end = rows[first], rows[first + 1]
    high = end
    while low < high:
        middle = (low + high) >> 1
        if second[middle] < word:
            low = middle + 1
        else:
            high = middle
    if low < end and second[low] == word:
        return float(chance[low])
    return float(backoff[first] * unigram[word])


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def trigram_posterior(
    first: Ints,
    middle: Ints,
    last: Ints,
    rows: Ints,
    second: Ints,
    chance: Floats,
    unigram: Floats,
    backoff: Floats,
    key_of: Ints,
    key_start: Ints,
    key_words: Ints,
) -> Floats:
    """Return the posterior, under the bigrams, of each trigram among the readings of its letters.

    Trigrams come sorted. *rows*, *second*, *chance* are the bigrams by first word; *key_of* numbers the letters of
    each word without marks, and *key_words* from *key_start* lists the words of each.
    """
    out = np.empty(len(first))
    left = np.zeros(256)
    known = -1
    for i in range(len(first)):
        a, b, c = first[i], middle[i], last[i]
        key_a, key_b, key_c = key_of[a], key_of[b], key_of[c]
        if key_a * 65536 + key_b != known:
            known = key_a * 65536 + key_b
            for j in range(key_start[key_b], key_start[key_b + 1]):
                total = 0.0
                for k in range(key_start[key_a], key_start[key_a + 1]):
                    word = key_words[k]
                    total += unigram[word] * _bigram(rows, second, chance, unigram, backoff, word, key_words[j])
                left[j - key_start[key_b]] = total
        total = 0.0
        for j in range(key_start[key_b], key_start[key_b + 1]):
            part = 0.0
            for k in range(key_start[key_c], key_start[key_c + 1]):
                part += _bigram(rows, second, chance, unigram, backoff, key_words[j], key_words[k])
            total += left[j - key_start[key_b]] * part
        own = unigram[a] * _bigram(rows, second, chance, unigram, backoff, a, b)
        out[i] = own * _bigram(rows, second, chance, unigram, backoff, b, c) / total
    return out


def bigram_posterior(first: Ints, second: Ints, unigram: Floats, key_of: Ints) -> Floats:
    """Return the posterior, under the unigrams, of each bigram among the readings of its letters."""
    mass = np.bincount(key_of, weights=unigram)
    share: Floats = unigram / mass[key_of]
    return share[first] * share[second]


def worth(count: Floats, ratio: Floats, posterior: Floats, breadth: float) -> Floats:
    """Return the nats an n-gram saves over the training text.

    Args:
        count: how often it occurs.
        ratio: its probability over what backing off gives.
        posterior: of its reading without it.
        breadth: weight of predicting the word as such, which repair of garbled text needs.
    """
    posterior = np.clip(posterior, 1e-12, 1.0)
    better = ratio / (1 - posterior + posterior * ratio)
    out: Floats = count * (np.log(better) + breadth * np.log(ratio))
    return out
