"""The language model: a trigram of syllables, mapped from disk, and the search for the best path through a lattice.

`LanguageModel.load()` maps `models/diacritics/lm.bin` (layout in `meta.json`); nothing is unpickled and nothing is
built in Python,
so loading takes milliseconds. The arrays, for use in kernels of your own::

    model.arrays = Arrays(
        unigram,          # float64[V]     P(w)
        unigram_backoff,  # float64[V]     what is left for bigrams not stored, per first word
        bigram_start,     # int64[V + 1]   bigrams of first word v: rows bigram_start[v] to bigram_start[v + 1]
        bigram_word,      # uint16[B]      second words, ascending within a row
        bigram_code,      # uint8[B]       index into bigram_table
        bigram_table,     # float64[256]   P(w2 | w1)
        backoff_code,     # uint8[B]       index into backoff_table: what is left for trigrams not stored
        backoff_table,    # float64[256]
        trigram_count,    # uint16[B]      trigrams that a bigram opens
        trigram_start,    # int32[B]       the bit in trigram_fields where they begin
        trigram_width,    # int64[V]       bits of a field, by the second word of the trigram
        trigram_fields,   # uint32[]       packed fields: the place of the third word in the row of bigrams of the
                          #                second, then the code of the probability (see `packing`)
        trigram_table,    # float64[64]    P(w3 | w1, w2)
    )

All are probabilities, not logarithms: products over a few words do not underflow, and the kernels rescale at each node.
`bigram_row`, `bigram_probability` and `trigram_probability` are kernels that other kernels may call with the tuple.

A **lattice** has nodes 0..N and edges (start node, end node, word id, weight); ``start < end``; the weight is a
natural logarithm. Edges may skip nodes, so splits and merges are edges over one or two nodes. `LanguageModel.decode`
returns the best path and the
posterior probability of each edge on it::

    lattice = Lattice(start, end, word, weight)          # numpy arrays, sorted by start
    path, posterior = model.decode(lattice)              # indexes of edges; P(edge | everything)

Word ids: `model.id_of("nghiệp")`; unknown words give `tokens.UNKNOWN`, all-capital ones `tokens.ABBREVIATION`; the
end of a sentence is `tokens.BOUNDARY`, a number `tokens.NUMBER`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.assets import model_path
from pipeline.errors import MissingResourceError
from pipeline.restoration import tokens
from pipeline.restoration.lattice import search
from pipeline.restoration.packing import CODE_BITS, bit_starts, unpack_ascending, unpack_counts, widths

VERSION = 2
WORD_BITS = 13  # of a word's id

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Arrays(NamedTuple):
    """The tables of the model, as kernels take them; see the module's docstring."""

    unigram: Floats
    unigram_backoff: Floats
    bigram_start: Ints
    bigram_word: npt.NDArray[np.uint16]
    bigram_code: npt.NDArray[np.uint8]
    bigram_table: Floats
    backoff_code: npt.NDArray[np.uint8]
    backoff_table: Floats
    trigram_count: npt.NDArray[np.uint16]
    trigram_start: npt.NDArray[np.int32]
    trigram_width: Ints
    trigram_fields: npt.NDArray[np.uint32]
    trigram_table: Floats


class Lattice(NamedTuple):
    """Edges sorted by start node; ``weight`` is a natural logarithm."""

    start: Ints
    end: Ints
    word: Ints
    weight: Floats


Bytes = npt.NDArray[np.uint8]
Contents = Mapping[str, Mapping[str, Any]]  # of each array: its type, offset and length


def _array(data: Bytes, entry: Mapping[str, Any]) -> npt.NDArray[Any]:
    dtype = np.dtype(entry["dtype"])
    part = data[entry["offset"] : entry["offset"] + entry["length"] * dtype.itemsize]
    return np.asarray(part).view(dtype)


def _arrays(data: Bytes, contents: Contents) -> Arrays:
    """Return the tables in *data*: logarithms become probabilities, and what is packed tightest is unpacked."""

    def array(name: str) -> npt.NDArray[Any]:
        return _array(data, contents[name])

    def linear(name: str) -> Floats:
        return np.exp(array(name).astype(np.float64))

    unigram = linear("unigram_logp")
    rows = unpack_ascending(array("bigram_low"), array("bigram_high"))
    second = (rows & ((1 << WORD_BITS) - 1)).astype(np.uint16)
    rows >>= WORD_BITS
    bigram_start = np.searchsorted(rows, np.arange(len(unigram) + 1))
    count = unpack_counts(array("trigram_starts"), len(second))
    width = widths(np.diff(bigram_start)) + CODE_BITS
    backoff_code = np.zeros(len(second), dtype=np.uint8)
    backoff_code[count > 0] = array("backoff_code")
    return Arrays(
        unigram,
        linear("unigram_backoff"),
        bigram_start,
        second,
        array("bigram_code"),
        linear("bigram_table"),
        backoff_code,
        linear("backoff_table"),
        count.astype(np.uint16),
        bit_starts(count, width.astype(np.int32)[second]),
        width,
        array("trigram_fields"),
        linear("trigram_table"),
    )


def vocabulary_digest(words: Iterable[str]) -> str:
    """Return what two models over the same word ids share."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


@lru_cache(maxsize=2)
def load_domain(words: tuple[str, ...]) -> Arrays:
    """Map the tables of administrative text, over the vocabulary *words*, that repair of garbled text reads beside.

    Raises:
        MissingResourceError: they are missing, damaged, or were made for another vocabulary.
    """
    path = model_path("channel/domain.bin")
    try:
        meta = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        data = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise MissingResourceError(f"domain model {path}: {error}; install kehoach again") from error
    if hashlib.sha256(data.data).hexdigest() != meta["sha256"] or meta["vocabulary"] != vocabulary_digest(words):
        raise MissingResourceError(f"domain model {path} is damaged or of another release; install kehoach again")
    return _arrays(data, meta["arrays"])


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """The vocabulary and the tables."""

    vocabulary: tuple[str, ...]
    ids: Mapping[str, int]
    arrays: Arrays
    version: str
    capital_bonus: Floats  # nats for each word where it is seen with a capital inside a sentence
    small_bonus: Floats  # nats for each word where it is seen without one

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, folder: Path | None = None) -> LanguageModel:
        """Map the model in *folder*, by default the one that came with the program.

        Raises:
            MissingResourceError: it is missing, damaged, or of another version.
        """
        folder = folder or model_path("diacritics/lm.bin").parent
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            words = tuple((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])
            data = np.memmap(folder / "lm.bin", dtype=np.uint8, mode="r")
        except (OSError, ValueError) as error:
            raise MissingResourceError(f"language model in {folder}: {error}; install kehoach again") from error
        if meta["version"] != VERSION:
            raise MissingResourceError(f"language model in {folder} has version {meta['version']}, not {VERSION}")
        if hashlib.sha256(data.data).hexdigest() != meta["sha256"]:
            raise MissingResourceError(f"language model in {folder} is damaged; install kehoach again")

        def bonus(name: str) -> Floats:
            return _array(data, meta["arrays"][name]).astype(np.float64)

        return cls(
            words,
            {word: i for i, word in enumerate(words)},
            _arrays(data, meta["arrays"]),
            meta["sha256"][:12],
            bonus("capital_bonus"),
            bonus("small_bonus"),
        )

    def id_of(self, word: str) -> int:
        """Return the id of *word*, spelled as `tokens.model_word` gives it."""
        found = self.ids.get(word)
        if found is None:
            return tokens.ABBREVIATION if len(word) > 1 and word.isupper() else tokens.UNKNOWN
        return found

    def decode(
        self,
        lattice: Lattice,
        nodes: int | None = None,
        beam: float = 8.0,
        *,
        domain: Arrays | None = None,
        share: float = 0.0,
    ) -> tuple[Ints, Floats]:
        """Return the edges of the best path from node 0 to the last, and the posterior probability of every edge.

        Args:
            lattice: edges sorted by start node.
            nodes: the last node; the greatest end by default.
            beam: how much worse, in nats, an edge may be than the best at its end before it is given up.
            domain: a second model over the same words, of one kind of text.
            share: how much of a word's chance that one decides.
        """
        last = int(lattice.end.max()) if nodes is None else nodes
        edges = (lattice.start, lattice.end, lattice.word, lattice.weight)
        return search(self.arrays, *edges, last, beam, domain, share)
