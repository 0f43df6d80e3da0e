"""Search through a lattice of words with the trigram: the best path, and how probable each edge is.

A state is a pair of neighbouring edges, since the next word looks two words back. One forward pass finds, for each
pair, the best way there and the sum over all ways; the backward pass gives the posteriors. Values are probabilities,
rescaled at each node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.restoration.compiled import kernel
from pipeline.restoration.packing import CODE_BITS, field

if TYPE_CHECKING:
    from pipeline.restoration.model import Arrays

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@kernel
def find(words: npt.NDArray[np.uint16], low: int, end: int, wanted: int) -> int:
    """Return where *wanted* stands in the ascending *words* from *low* to *end*, or -1.

    Halving without a jump that depends on what is read: twice as fast as the usual bisection.
    """
    length = end - low
    if length <= 0:
        return -1
    while length > 1:
        half = length >> 1
        low += half * (words[low + half - 1] < wanted)
        length -= half
    return low if words[low] == wanted else -1


@kernel
def bigram_row(lm: Arrays, first: int, second: int) -> int:
    """Return the row of the bigram (*first*, *second*), or -1 where it is not stored."""
    return int(find(lm.bigram_word, lm.bigram_start[first], lm.bigram_start[first + 1], second))


@kernel
def bigram_probability(lm: Arrays, first: int, second: int, row: int) -> float:
    """Return P(*second* | *first*); *row* is what `bigram_row` gave."""
    if row >= 0:
        return float(lm.bigram_table[lm.bigram_code[row]])
    return float(lm.unigram_backoff[first] * lm.unigram[second])


@kernel
def trigram_probability(lm: Arrays, row: int, second: int, below: int, backed: float) -> float:
    """Return P(third | first, *second*); *row* is that of the bigram (first, second), *below* of (second, third).

    *backed* is P(third | second). A trigram is only stored where the bigram below it is.
    """
    if row < 0:
        return backed
    length = lm.trigram_count[row]
    if below >= 0 and length:
        # halving, as in `find`: each field holds the place of the third word above the code of its probability
        width = lm.trigram_width[second]
        mask = (1 << width) - 1
        wanted = (below - lm.bigram_start[second]) << CODE_BITS
        at = lm.trigram_start[row]
        while length > 1:
            half = length >> 1
            at += half * width * (field(lm.trigram_fields, at + (half - 1) * width, mask) < wanted)
            length -= half
        code = field(lm.trigram_fields, at, mask) - wanted
        if 0 <= code < 1 << CODE_BITS:
            return float(lm.trigram_table[code])
    return float(lm.backoff_table[lm.backoff_code[row]] * backed)


@kernel
def total_logp(lm: Arrays, words: Ints) -> float:
    """Return the logarithm of the probability of *words* after an end of sentence."""
    total = 0.0
    row = -1
    previous = 0
    for word in words:
        below = bigram_row(lm, previous, word)
        backed = bigram_probability(lm, previous, word, below)
        total += np.log(trigram_probability(lm, row, previous, below, backed))
        row = below
        previous = word
    return total


@kernel
def search(
    lm: Arrays,
    start: Ints,
    end: Ints,
    word: Ints,
    weight: Floats,
    last: int,
    beam: float,
    domain: Arrays | None,
    share_of_domain: float,
) -> tuple[Ints, Floats]:
    """Return the edges of the best path from node 0 to node *last*, and the posterior probability of every edge.

    Edges are sorted by start node. Pairs that are *beam* nats worse than the best at their node are given up; where
    no path leads to *last*, the path is empty. A second model, *domain*, has *share_of_domain* of a word's chance;
    without one, its branches are not even compiled.
    """
    edges = len(start)
    # edges by the node they end at; edge number `edges` is the end of sentence before node 0
    ending = np.zeros(last + 2, dtype=np.int64)
    ending[1] = 1
    for e in range(edges):
        ending[end[e] + 1] += 1
    for n in range(last + 1):
        ending[n + 1] += ending[n]
    by_end = np.empty(edges + 1, dtype=np.int64)
    by_end[0] = edges
    fill = ending.copy()
    for e in range(edges):
        by_end[fill[end[e]]] = e
        fill[end[e]] += 1
    # pairs: those of edge e are pair[e] onward, one for each edge that ends where e starts
    pair = np.empty(edges + 2, dtype=np.int64)
    pair[0] = 0
    for e in range(edges):
        pair[e + 1] = pair[e] + ending[start[e] + 1] - ending[start[e]]
    pair[edges + 1] = pair[edges] + 1
    size = pair[edges + 1]
    total = np.zeros(size)  # sum over the ways to the pair, in the scale of its end node once that was reached
    best = np.zeros(size)  # the best of them
    back = np.full(size, -1, dtype=np.int64)
    row = np.full(size, -1, dtype=np.int64)
    domain_row = np.full(size if domain is not None else 1, -1, dtype=np.int64)
    rescale = np.ones(edges + 1)
    dead = np.zeros(edges + 1, dtype=np.bool_)
    scale = np.zeros(last + 1)
    total[pair[edges]] = 1.0
    best[pair[edges]] = 1.0
    floor = np.exp(-beam)

    e = 0
    for n in range(last + 1):
        # bring all pairs that end here to one scale: the best of them is 1
        top = -1e300
        for i in range(ending[n], ending[n + 1]):
            p = by_end[i]
            high = 0.0
            for k in range(pair[p], pair[p + 1]):
                high = max(high, best[k])
            if high > 0.0:
                top = max(top, np.log(high) + (scale[start[p]] if p < edges else 0.0))
        scale[n] = top
        if top == -1e300:  # no way leads here
            while e < edges and start[e] == n:
                e += 1
            continue
        for i in range(ending[n], ending[n + 1]):
            p = by_end[i]
            factor = np.exp((scale[start[p]] if p < edges else 0.0) - top)
            rescale[p] = factor
            dead[p] = True
            for k in range(pair[p], pair[p + 1]):
                best[k] *= factor
                total[k] *= factor
                if best[k] < floor:
                    best[k] = 0.0
                    total[k] = 0.0
                else:
                    dead[p] = False
        while e < edges and start[e] == n:
            lift = np.exp(weight[e])
            third = word[e]
            for i in range(ending[n], ending[n + 1]):
                p = by_end[i]
                if dead[p]:
                    continue
                second = word[p] if p < edges else 0
                target = pair[e] + i - ending[n]
                below = bigram_row(lm, second, third)
                backed = bigram_probability(lm, second, third, below)
                row[target] = below
                if domain is not None:
                    domain_below = bigram_row(domain, second, third)
                    domain_backed = bigram_probability(domain, second, third, domain_below)
                    domain_row[target] = domain_below
                sum_ = 0.0
                high = 0.0
                for k in range(pair[p], pair[p + 1]):
                    if best[k] > 0.0:
                        chance = trigram_probability(lm, row[k], second, below, backed)
                        if domain is not None:
                            more = trigram_probability(domain, domain_row[k], second, domain_below, domain_backed)
                            chance += share_of_domain * (more - chance)
                        sum_ += total[k] * chance
                        value = best[k] * chance
                        if value > high:
                            high = value
                            back[target] = k
                total[target] = sum_ * lift
                best[target] = high * lift
            e += 1

    posterior = np.zeros(edges)
    path = np.empty(last, dtype=np.int64)
    # backwards: hand the probability of each pair on to the pairs before it
    share = np.zeros(size)
    high = 0.0
    sum_ = 0.0
    state = -1
    for i in range(ending[last], ending[last + 1]):
        p = by_end[i]
        for k in range(pair[p], pair[p + 1]):
            sum_ += total[k]
            if best[k] > high:
                high = best[k]
                state = k
    if state < 0:
        return path[:0], posterior
    for i in range(ending[last], ending[last + 1]):
        p = by_end[i]
        for k in range(pair[p], pair[p + 1]):
            share[k] = total[k] / sum_
    for e in range(edges - 1, -1, -1):
        n = start[e]
        lift = np.exp(weight[e])
        for i in range(ending[n], ending[n + 1]):
            target = pair[e] + i - ending[n]
            if share[target] <= 1e-5:
                continue
            posterior[e] += share[target]
            p = by_end[i]
            if p == edges:
                continue
            second = word[p]
            third = word[e]
            backed = bigram_probability(lm, second, third, row[target])
            if domain is not None:
                domain_backed = bigram_probability(domain, second, third, domain_row[target])
            part = share[target] * lift * rescale[e] / total[target]
            for k in range(pair[p], pair[p + 1]):
                if total[k] > 0.0:
                    chance = trigram_probability(lm, row[k], second, row[target], backed)
                    if domain is not None:
                        more = trigram_probability(domain, domain_row[k], second, domain_row[target], domain_backed)
                        chance += share_of_domain * (more - chance)
                    share[k] += part * total[k] * chance
    # the edge of a pair, found by bisection
    length = 0
    while state >= 0 and state < pair[edges]:
        low = 0
        high_edge = edges
        while low < high_edge:
            middle = (low + high_edge) >> 1
            if pair[middle + 1] <= state:
                low = middle + 1
            else:
                high_edge = middle
        path[length] = low
        length += 1
        state = back[state]
    return path[:length][::-1].copy(), posterior
