"""How the tables of the language model are laid out on disk: 17 bits a trigram, 20 a bigram.

Three ideas. Numbers that ascend over a whole table are kept as their low bytes and, for the rest, one bit a number
and one bit a step (Elias and Fano). How many trigrams a bigram opens is a row of zeros closed by a one. And the third
word of a trigram is named by its place among the words that are stored after the second, which takes the fewer bits
the fewer those are; a search that knows the bigram below knows the place already.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.restoration.compiled import kernel

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32]

CODE_BITS = 6  # of the probability of a trigram
_LOW_BITS = 8
_CHUNK = 1 << 16  # bytes of bits taken apart at once, which bounds the memory


def pack_ascending(values: Ints) -> tuple[Bytes, Bytes]:
    """Return the low bytes of *values*, which ascend, and the bits that tell the rest.

    >>> low, high = pack_ascending(np.array([3, 700, 701, 70000]))
    >>> unpack_ascending(low, high).tolist()
    [3, 700, 701, 70000]
    """
    steps = values >> _LOW_BITS
    bits = np.zeros(len(values) + int(steps[-1]) + 1, dtype=np.uint8)
    bits[steps + np.arange(len(values))] = 1
    return (values & ((1 << _LOW_BITS) - 1)).astype(np.uint8), np.packbits(bits)


def unpack_ascending(low: Bytes, high: Bytes) -> Small:
    """Return what `pack_ascending` was given."""
    values = _ones(high, len(low))
    values -= np.arange(len(low), dtype=np.int32)
    values <<= _LOW_BITS
    values |= low
    return values


def pack_counts(counts: Ints) -> Bytes:
    """Return bits with as many zeros as each count says, closed by a one.

    >>> unpack_counts(pack_counts(np.array([2, 0, 1])), 3).tolist()
    [2, 0, 1]
    """
    bits = np.zeros(int(counts.sum()) + len(counts), dtype=np.uint8)
    bits[np.cumsum(counts + 1) - 1] = 1
    return np.packbits(bits)


def unpack_counts(bits: Bytes, size: int) -> Small:
    """Return the first *size* counts that `pack_counts` was given."""
    ends = _ones(bits, size)
    ends[1:] -= ends[:-1].copy()
    ends[1:] -= 1
    return ends


def _ones(bits: Bytes, size: int) -> Small:
    """Return the places of the first *size* ones."""
    found = np.empty(size, dtype=np.int32)
    done = 0
    for at in range(0, len(bits), _CHUNK):
        ones = np.flatnonzero(np.unpackbits(bits[at : at + _CHUNK]))[: size - done]
        found[done : done + len(ones)] = ones
        found[done : done + len(ones)] += 8 * at
        done += len(ones)
    return found


def widths(sizes: Ints) -> Ints:
    """Return the bits that a place among so many takes.

    >>> widths(np.array([0, 1, 2, 3, 1024, 1025])).tolist()
    [0, 0, 1, 2, 10, 11]
    """
    return np.ceil(np.log2(np.maximum(sizes, 1))).astype(np.int64)


def bit_starts(count: Small, width: Small) -> Small:
    """Return the bit where the fields of each group begin, *count* of them, *width* bits each.

    >>> bit_starts(np.array([2, 0, 3]), np.array([5, 7, 9])).tolist()
    [0, 10, 10]
    """
    bits = count * width
    starts = np.cumsum(bits, dtype=np.int32)
    starts -= bits
    return starts


def pack_fields(values: Ints, width: Ints) -> Words:
    """Return *values* one after the other, each in its own *width* of bits, 32 at most; zeros close them."""
    starts = np.cumsum(width) - width
    out = np.zeros(int(width.sum()) // 32 + 2, dtype=np.uint64)
    word, shift = starts >> 5, (starts & 31).astype(np.uint64)
    shifted = values.astype(np.uint64) << shift
    np.bitwise_or.at(out, word, shifted & np.uint64(0xFFFFFFFF))
    np.bitwise_or.at(out, word + 1, shifted >> np.uint64(32))
    return out.astype(np.uint32)


@kernel
def field(fields: Words, at: int, mask: int) -> int:
    """Return the number that begins at bit *at*, of as many bits as *mask* has."""
    word = at >> 5
    both = np.int64(fields[word]) | (np.int64(fields[word + 1]) << 32)
    return int((both >> (at & 31)) & mask)
