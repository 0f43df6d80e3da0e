"""Train the syllable trigram of the restorer: modified Kneser-Ney, pruned, eight bits a probability.

    python models/diacritics/train.py --corpora ../shared/corpora

Two cores, a few minutes, about 4 GB. Writes `lm.bin`, `vocabulary.txt` and `meta.json` beside this file.
Lines whose first five words hash to 0 or 1 modulo 200 are held out (test, dev): boilerplate repeats, so random lines
would leak.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sys
import time
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.generate import generate_plans
from corpus.handwritten import handwritten_plans
from corpus.layout import GeneratedPlan
from models.diacritics import pruning
from pipeline.lexicon.syllables import is_syllable, ranks, strip_marks, traditional
from pipeline.restoration import packing
from pipeline.restoration.model import VERSION, WORD_BITS
from pipeline.restoration.tokens import BOUNDARY, SPECIALS, SYLLABLE_ABBREVIATIONS, Tokenizer

SOURCES = ("law", "admin", "news", "wiki")
HELD_OUT = 200  # one line in so many for the test, one for development
FORMULA_WEIGHT = 15  # how often each standing phrase counts
HANDWRITTEN_WEIGHT = 10  # the same for the plans written by hand, but those for checking
GENERATED, GENERATED_WEIGHT = 220, 2  # plans of the families for training
LEAST_WORTH = 1.0  # nats that a trigram must say about its word before it is asked what it says about the marks
BREADTH = 0.03  # weight of predicting words against marks
KEEP3, KEEP2 = 1.2, 1.6  # gain in nats that keeps a trigram, a bigram
SMOOTHING = 20.0  # occurrences that the share in any case is worth

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_WORD_RE = re.compile(r"[^\W\d_]+")


def part_of(line: str) -> str:
    """Return "test", "dev" or "train" for a line of the corpora.

    >>> part_of("Căn cứ Luật Tổ chức chính quyền địa phương") == part_of("Căn cứ Luật Tổ chức Tòa án")
    True
    """
    first = " ".join(_WORD_RE.findall(line[:120].lower())[:5])
    return {0: "test", 1: "dev"}.get(zlib.crc32(first.encode()) % HELD_OUT, "train")


def read(corpora: Path, source: str) -> Iterator[str]:
    """Yield the lines of a source."""
    with lzma.open(corpora / f"{source}.txt.xz", "rt", encoding="utf-8") as lines:
        yield from lines


def sample(corpora: Path, source: str, part: str, limit: int) -> list[str]:
    """Return *limit* lines of a held-out part, spread evenly over the whole corpus."""
    lines = [line.rstrip("\n") for line in read(corpora, source) if part_of(line) == part]
    step = max(len(lines) / limit, 1.0)
    return [lines[int(i * step)] for i in range(min(limit, len(lines)))]


def count_spellings(corpora: Path) -> Counter[str]:
    """Return how often each spelling occurs in the training part."""
    counts: Counter[str] = Counter()
    for source in SOURCES:
        for line in read(corpora, source):
            if part_of(line) == "train":
                counts.update(_WORD_RE.findall(line))
    return counts


def vocabulary(counts: Counter[str]) -> list[str]:
    """Return the words of the model: specials, syllables, other common words and abbreviations; 2^13 at most."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for word, count in counts.items():
        if is_syllable(word):
            continue
        if len(word) > 1 and word.isupper():
            upper[word] += count
        else:
            lower[traditional(word.lower())] += count
    abbreviations = [w for w, n in upper.items() if n >= 150] + sorted(SYLLABLE_ABBREVIATIONS)
    others = [w for w, n in lower.items() if n >= 500 and not _glued(w)]
    others += [w for w, n in lower.items() if 60 <= n < 500 and not w.isascii() and len(w) < 8 and not _glued(w)]
    words = [*SPECIALS, *ranks(), *sorted(others, key=lambda w: -lower[w]), *sorted(set(abbreviations))]
    words = list(dict.fromkeys(words))
    if len(words) > 1 << WORD_BITS:
        raise SystemExit(f"{len(words)} words do not fit into {WORD_BITS} bits")
    return words


def _glued(word: str) -> bool:
    return any(is_syllable(word[:i]) and is_syllable(word[i:]) and not word.isascii() for i in range(2, len(word) - 1))


def formulas() -> list[str]:
    """Return the standing phrases of administrative documents, for every kind of unit."""
    lines = []
    for line in (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        for unit in ("tỉnh", "huyện", "quận", "thị xã", "thành phố") if "{cấp}" in line else ("",):
            for below in ("xã", "phường", "thị trấn") if "{dưới}" in line else ("",):
                lines.append(line.replace("{cấp}", unit).replace("{dưới}", below))
    return lines


def case_bonus(
    counts: Counter[str], words: list[str], initial: npt.NDArray[np.float64]
) -> dict[str, npt.NDArray[np.generic]]:
    """Return what a capital inside a sentence, and a small letter, says for each word among those of its letters.

    Natural logarithms of the share with that case over the share in any case; *initial* is how often each word opens a
    sentence, where a capital says nothing.
    """
    ids = {word: number for number, word in enumerate(words)}
    title, lower = np.zeros(len(words)), np.zeros(len(words))
    for spelling, count in counts.items():
        number = ids.get(traditional(spelling.lower()))
        if number is not None and spelling.islower():
            lower[number] += count
        elif number is not None and spelling[0].isupper() and (len(spelling) == 1 or spelling[1:].islower()):
            title[number] += count
    title = np.maximum(title - initial, 0.0)
    key_of, _, _ = keys_of(words)
    total = title + lower
    share = (total + 0.1) / np.bincount(key_of, weights=total + 0.1)[key_of]
    out: dict[str, npt.NDArray[np.generic]] = {}
    for name, part in (("capital_bonus", title), ("small_bonus", lower)):
        mass = np.bincount(key_of, weights=part)[key_of]
        mixed = (part + SMOOTHING * share) / (mass + SMOOTHING)
        out[name] = np.clip(np.log(mixed / share), -5, 5).astype(np.float32)
    return out


def ids_of(lines: Iterable[str], tokenizer: Tokenizer, *, once: bool = False) -> npt.NDArray[np.uint16]:
    """Return *lines* as ids of words, each closed by an end of sentence, and one before the first.

    Args:
        lines: the text.
        tokenizer: of the vocabulary.
        once: a line that ends in a full stop is closed by it.
    """
    ids = array("H", [BOUNDARY])
    for line in lines:
        found = tokenizer(line)
        ids.extend(found)
        if not once or found[-1:] != [BOUNDARY]:
            ids.append(BOUNDARY)
    return np.frombuffer(ids, dtype=np.uint16)


def encode(corpora: Path, words: list[str], weights: dict[str, int]) -> tuple[npt.NDArray[np.uint16], dict[str, int]]:
    """Return the training text as ids, each line closed by an end of sentence, and the tokens of each source."""
    tokenizer = Tokenizer({w: i for i, w in enumerate(words)})
    parts: list[npt.NDArray[np.uint16]] = []
    sizes = {}
    for source in SOURCES:
        part = ids_of((line for line in read(corpora, source) if part_of(line) == "train"), tokenizer)
        part = part[~((part == BOUNDARY) & (np.roll(part, 1) == BOUNDARY))]  # "." and the end of the line are one end
        sizes[source] = len(part)
        parts += [part] * weights.get(source, 1)
    parts += [ids_of(formulas(), tokenizer)] * FORMULA_WEIGHT
    for plans, weight in ((handwritten_plans(), HANDWRITTEN_WEIGHT), (_generated(), GENERATED_WEIGHT)):
        parts += [ids_of((text for plan in plans for text in plan.layout.lines()), tokenizer)] * weight
    return np.concatenate(parts), sizes


def _generated() -> Iterator[GeneratedPlan]:
    return generate_plans(GENERATED, 4242, split="train")


def count(keys: Keys) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Return the distinct keys in order and how often each occurs; *keys* is sorted in place."""
    keys.sort()
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.diff(np.append(starts, len(keys)))


def discounts(counts: npt.NDArray[np.int64]) -> Floats:
    """Return the three discounts of modified Kneser-Ney (Chen and Goodman 1998) as a table by count, 0 to 3."""
    n = [int((counts == i).sum()) for i in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    return np.array([0.0, *(max(i - (i + 1) * y * n[i] / n[i - 1], 0.1) for i in (1, 2, 3))])


def smooth(counts: npt.NDArray[np.int64], context: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the discounted share of each n-gram in its context, and what each context gives to the lower order.

    *context* numbers the context of each n-gram, from 0 without gaps, in order.
    """
    table = discounts(counts)
    size = int(context[-1]) + 1
    total = np.bincount(context, weights=counts, minlength=size)
    taken = table[np.minimum(counts, 3)]
    share = (counts - taken) / total[context]
    return share, np.bincount(context, weights=taken, minlength=size) / total


def groups(keys: Keys) -> npt.NDArray[np.int64]:
    """Number the runs of equal values."""
    return np.cumsum(np.concatenate(([False], keys[1:] != keys[:-1])))


def quantize(values: Floats, levels: int = 256) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return codes and their table: the means of as many slices of equal number, in the logarithm."""
    order = np.argsort(values, kind="stable")
    codes = np.empty(len(values), dtype=np.uint8)
    slices = np.linspace(0, len(values), levels + 1).astype(np.int64)
    table = np.zeros(levels, dtype=np.float32)
    for code in range(levels):
        members = order[slices[code] : slices[code + 1]]
        if len(members):
            codes[members] = code
            table[code] = values[members].mean()
        elif code:
            table[code] = table[code - 1]
    return codes, table


def keys_of(words: list[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number the words by their letters without marks: key of each word, start of each key's words, words by key."""
    numbers: dict[str, int] = {}
    key_of = np.array([numbers.setdefault(strip_marks(word), len(numbers)) for word in words], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(np.bincount(key_of))))
    return key_of, starts, np.argsort(key_of, kind="stable")


class Estimate(NamedTuple):
    """Every n-gram of the training text, in order, with its probability."""

    unigram: Floats
    first_rest: Floats  # what the bigrams of each first word leave to the unigrams
    bi: Keys
    bi_p: Floats
    bi_count: npt.NDArray[np.int64]  # as it occurs, not by the words before it
    tri: Keys
    tri_p: Floats
    tri_count: npt.NDArray[np.int64]
    tri_ratio: Floats  # its probability over what backing off gives


def estimate(stream: npt.NDArray[np.uint16], size: int, *, continuations: bool = True) -> Estimate:
    """Count *stream*, of words below *size*, and smooth the counts.

    Bigrams are counted by the words that stand before them (*continuations*), which serves as lower order best, or by
    how often they occur.
    """
    b, m = np.uint64(WORD_BITS), np.uint64((1 << WORD_BITS) - 1)
    wide = stream.astype(np.uint64)
    tri = (wide[:-2] << (b + b)) | (wide[1:-1] << b) | wide[2:]
    tri = tri[stream[1:-1] != BOUNDARY]  # what stood before the end of a sentence says nothing about the next
    tri, tri_count = count(tri)
    bi_raw, bi_raw_count = count((wide[:-1] << b) | wide[1:])
    # bigrams by the number of words before them; those at the start of a sentence by their count
    bi, bi_count = bi_raw, bi_raw_count
    if continuations:
        bi, bi_count = count(tri & np.uint64((1 << 2 * WORD_BITS) - 1))
        starts = (bi_raw >> b) == BOUNDARY
        bi = np.concatenate((bi_raw[starts], bi[(bi >> b) != BOUNDARY]))
        bi_count = np.concatenate((bi_raw_count[starts], bi_count[-(len(bi) - int(starts.sum())) :]))
    uni_count = np.bincount((bi_raw & m).astype(np.int64), minlength=size).astype(np.float64)
    uni = (uni_count + 0.5) / (uni_count + 0.5).sum()

    first = groups(bi >> b)
    share, rest = smooth(bi_count, first)
    bi_p = share + rest[first] * uni[(bi & m).astype(np.int64)]
    first_rest = np.zeros(size)
    first_rest[np.unique((bi >> b).astype(np.int64))] = rest
    pair = groups(tri >> b)
    share, rest = smooth(tri_count, pair)
    lower = np.searchsorted(bi, tri & np.uint64((1 << 2 * WORD_BITS) - 1))
    backed = rest[pair] * bi_p[lower]
    tri_p = share + backed
    real = np.zeros(len(bi), dtype=np.int64)
    real[np.searchsorted(bi, bi_raw[np.isin(bi_raw, bi)])] = bi_raw_count[np.isin(bi_raw, bi)]
    return Estimate(uni, first_rest, bi, bi_p, real, tri, tri_p, tri_count, tri_p / backed)


def worths(known: Estimate, words: list[str], breadth: float) -> tuple[Floats, Floats]:
    """Return what each bigram and each trigram is worth (`pruning.worth`)."""
    b, m = np.uint64(WORD_BITS), np.uint64((1 << WORD_BITS) - 1)
    key_of, key_start, key_words = keys_of(words)
    first, second = (known.bi >> b).astype(np.int64), (known.bi & m).astype(np.int64)
    ratio = known.bi_p / (known.first_rest[first] * known.unigram[second])
    posterior = pruning.bigram_posterior(first, second, known.unigram, key_of)
    bi_worth = pruning.worth(known.bi_count.astype(np.float64), ratio, posterior, breadth)
    tri_worth = np.zeros(len(known.tri))
    likely = np.flatnonzero(known.tri_count * np.log(known.tri_ratio) >= LEAST_WORTH)
    some = known.tri[likely]
    posterior = pruning.trigram_posterior(
        (some >> (b + b)).astype(np.int64),
        ((some >> b) & m).astype(np.int64),
        (some & m).astype(np.int64),
        np.searchsorted(known.bi >> b, np.arange(len(words) + 1, dtype=np.uint64)).astype(np.int64),
        second,
        known.bi_p,
        known.unigram,
        known.first_rest,
        key_of,
        key_start,
        key_words,
    )
    counts = known.tri_count[likely].astype(np.float64)
    tri_worth[likely] = pruning.worth(counts, known.tri_ratio[likely], posterior, breadth)
    return bi_worth, tri_worth


def tables(known: Estimate, kept2: Flags, kept3: Flags) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of the model with the n-grams kept, and the bigrams that a trigram needs.

    These are the bigram that opens it, which leads to it, and the one below it, which names its last word.
    """
    b, m = np.uint64(WORD_BITS), np.uint64((1 << WORD_BITS) - 1)
    size = len(known.unigram)
    tri_k, tri_pk = known.tri[kept3], known.tri_p[kept3]
    below_keys = tri_k & np.uint64((1 << 2 * WORD_BITS) - 1)
    needed = np.unique(np.concatenate((tri_k >> b, below_keys)))
    at = np.minimum(np.searchsorted(known.bi, needed), len(known.bi) - 1)
    stored = known.bi[at] == needed
    kept2 = kept2.copy()
    kept2[at[stored]] = True
    some = ~np.isin(tri_k >> b, needed[~stored])  # a pair at the start of a text has no count as a bigram
    tri_k, tri_pk, below_keys = tri_k[some], tri_pk[some], below_keys[some]

    # backing off: the mass that is left over the mass that the lower order has left
    bi_k, bi_pk = known.bi[kept2], known.bi_p[kept2]
    w1, w2 = (bi_k >> b).astype(np.int64), (bi_k & m).astype(np.int64)
    left = 1 - np.bincount(w1, weights=bi_pk, minlength=size)
    under = 1 - np.bincount(w1, weights=known.unigram[w2], minlength=size)
    bow1 = np.clip(left, 1e-6, 1) / np.clip(under, 1e-6, 1)
    parent = np.searchsorted(bi_k, tri_k >> b)
    below = np.searchsorted(bi_k, below_keys)
    left = 1 - np.bincount(parent, weights=tri_pk, minlength=len(bi_k))
    under = 1 - np.bincount(parent, weights=bi_pk[below], minlength=len(bi_k))
    bow2 = np.clip(left, 1e-6, 1) / np.clip(under, 1e-6, 1)

    per_pair = np.bincount(parent, minlength=len(bi_k))
    row_starts = np.searchsorted(w1, np.arange(size + 1))
    second = (below_keys >> b).astype(np.int64)
    width = packing.widths(np.diff(row_starts))[second] + packing.CODE_BITS
    bi_low, bi_high = packing.pack_ascending(bi_k.astype(np.int64))
    bi_codes, bi_table = quantize(np.log(bi_pk))
    bow_codes, bow_table = quantize(np.log(bow2[per_pair > 0]), 255)  # code 0: nothing to back off from
    tri_codes, tri_table = quantize(np.log(tri_pk), 1 << packing.CODE_BITS)
    return {
        "unigram_logp": np.log(known.unigram).astype(np.float32),
        "unigram_backoff": np.log(bow1).astype(np.float32),
        "bigram_table": bi_table,
        "backoff_table": np.concatenate((np.zeros(1, dtype=np.float32), bow_table)),
        "trigram_table": tri_table,
        "bigram_low": bi_low,
        "bigram_high": bi_high,
        "bigram_code": bi_codes,
        "backoff_code": bow_codes + np.uint8(1),
        "trigram_starts": packing.pack_counts(per_pair),
        "trigram_fields": packing.pack_fields(((below - row_starts[second]) << packing.CODE_BITS) | tri_codes, width),
    }


def build(
    stream: npt.NDArray[np.uint16],
    words: list[str],
    keep3: float,
    keep2: float,
    breadth: float,
    *,
    continuations: bool = True,
) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of the model, counted on *stream* (`estimate`) and pruned.

    An n-gram stays when its worth (`pruning.worth`) reaches *keep3*, *keep2* nats.
    """
    known = estimate(stream, len(words), continuations=continuations)
    worth2, worth3 = worths(known, words, breadth)
    return tables(known, worth2 >= keep2, worth3 >= keep3)


def sizes_of(arrays: dict[str, npt.NDArray[np.generic]]) -> dict[str, int]:
    """Return how many bigrams and trigrams *arrays* hold."""
    bigrams = len(arrays["bigram_code"])
    counts = packing.unpack_counts(arrays["trigram_starts"].astype(np.uint8), bigrams)
    return {"bigrams": bigrams, "trigrams": int(counts.sum())}


def write(arrays: dict[str, npt.NDArray[np.generic]], path: Path) -> dict[str, object]:
    """Write the arrays into one file, each on a multiple of 64 bytes; return its size, hash and table of contents."""
    contents, at = {}, 0
    digest = hashlib.sha256()
    with path.open("wb") as out:
        for name, values in arrays.items():
            data = np.ascontiguousarray(values).tobytes()
            data += bytes(-len(data) % 64)
            out.write(data)
            digest.update(data)
            contents[name] = {"dtype": values.dtype.str, "offset": at, "length": len(values)}
            at += len(data)
    return {"size": at, "sha256": digest.hexdigest(), "arrays": contents}


def save(arrays: dict[str, npt.NDArray[np.generic]], words: list[str], folder: Path, about: dict[str, object]) -> None:
    """Write the model into *folder*: `lm.bin`, `vocabulary.txt` and `meta.json`."""
    (folder / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    meta = {"version": VERSION, **about, **sizes_of(arrays), **write(arrays, folder / "lm.bin")}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--keep3", type=float, default=KEEP3, help="gain in nats that keeps a trigram")
    parser.add_argument("--keep2", type=float, default=KEEP2, help="gain in nats that keeps a bigram")
    parser.add_argument("--breadth", type=float, default=BREADTH, help="weight of predicting words against marks")
    parser.add_argument("--weight", action="append", default=[], metavar="SOURCE=N", help="count a source N times")
    options = parser.parse_args()
    began = time.process_time()
    weights = {name: int(n) for name, n in (w.split("=") for w in options.weight)}
    counts = count_spellings(options.corpora)
    words = vocabulary(counts)
    stream, sizes = encode(options.corpora, words, weights)
    print(f"{len(words)} words, {len(stream)} tokens, {time.process_time() - began:.0f} s", file=sys.stderr)
    arrays = build(stream, words, options.keep3, options.keep2, options.breadth)
    opening = stream[1:][stream[:-1] == BOUNDARY]
    arrays |= case_bonus(counts, words, np.bincount(opening, minlength=len(words)).astype(np.float64))
    about: dict[str, object] = {
        "command": " ".join(["python", *sys.argv]),
        "tokens": sizes,
        "weights": weights,
        "data": {s: hashlib.sha256((options.corpora / f"{s}.txt.xz").read_bytes()).hexdigest() for s in SOURCES},
    }
    save(arrays, words, options.out, about)
    print(f"{sizes_of(arrays)}, {time.process_time() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
