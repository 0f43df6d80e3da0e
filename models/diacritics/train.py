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
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.diacritics import pruning
from pipeline.lexicon.syllables import is_syllable, ranks, strip_marks, traditional
from pipeline.restoration.tokens import BOUNDARY, SPECIALS, SYLLABLE_ABBREVIATIONS, Tokenizer

SOURCES = ("law", "admin", "news", "wiki")
HELD_OUT = 200  # one line in so many for the test, one for development
BITS = 13  # of a word's id
VERSION = 1
FORMULA_WEIGHT = 15  # how often each standing phrase counts
SMOOTHING = 20.0  # occurrences that the share in any case is worth

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

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
    if len(words) > 1 << BITS:
        raise SystemExit(f"{len(words)} words do not fit into {BITS} bits")
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


def encode(corpora: Path, words: list[str], weights: dict[str, int]) -> tuple[npt.NDArray[np.uint16], dict[str, int]]:
    """Return the training text as ids, each line closed by an end of sentence, and the tokens of each source."""
    tokenizer = Tokenizer({w: i for i, w in enumerate(words)})
    parts: list[npt.NDArray[np.uint16]] = []
    sizes = {}
    for source in SOURCES:
        ids = array("H", [BOUNDARY])
        for line in read(corpora, source):
            if part_of(line) == "train":
                ids.extend(tokenizer(line))
                ids.append(BOUNDARY)
        part = np.frombuffer(ids, dtype=np.uint16)
        part = part[~((part == BOUNDARY) & (np.roll(part, 1) == BOUNDARY))]  # "." and the end of the line are one end
        sizes[source] = len(part)
        parts += [part] * weights.get(source, 1)
    ids = array("H", [BOUNDARY])
    for line in formulas():
        ids.extend(tokenizer(line))
        ids.append(BOUNDARY)
    parts += [np.frombuffer(ids, dtype=np.uint16)] * FORMULA_WEIGHT
    return np.concatenate(parts), sizes


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


def quantize(values: Floats, weights: Floats | None = None) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return 8-bit codes and their table: the means of 256 slices of equal number, in the logarithm."""
    order = np.argsort(values, kind="stable")
    codes = np.empty(len(values), dtype=np.uint8)
    slices = np.linspace(0, len(values), 257).astype(np.int64)
    table = np.zeros(256, dtype=np.float32)
    for code in range(256):
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


def build(
    stream: npt.NDArray[np.uint16],
    words: list[str],
    keep3: float,
    keep2: float,
    breadth: float,
    *,
    continuations: bool = True,
) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of the model, counted on *stream* and pruned.

    An n-gram stays when its worth (`pruning.worth`) reaches *keep3*, *keep2* nats. Bigrams are counted by the words
    that stand before them (*continuations*), which serves as lower order best, or by how often they occur.
    """
    size = len(words)
    key_of, key_start, key_words = keys_of(words)
    b, m = np.uint64(BITS), np.uint64((1 << BITS) - 1)
    wide = stream.astype(np.uint64)
    tri = (wide[:-2] << (b + b)) | (wide[1:-1] << b) | wide[2:]
    tri = tri[stream[1:-1] != BOUNDARY]  # what stood before the end of a sentence says nothing about the next
    tri, tri_count = count(tri)
    bi_raw, bi_raw_count = count((wide[:-1] << b) | wide[1:])
    # bigrams by the number of words before them; those at the start of a sentence by their count
    bi, bi_count = bi_raw, bi_raw_count
    if continuations:
        bi, bi_count = count(tri & np.uint64((1 << 2 * BITS) - 1))
        starts = (bi_raw >> b) == BOUNDARY
        bi = np.concatenate((bi_raw[starts], bi[(bi >> b) != BOUNDARY]))
        bi_count = np.concatenate((bi_raw_count[starts], bi_count[-(len(bi) - int(starts.sum())) :]))
    uni_count = np.bincount((bi_raw & m).astype(np.int64), minlength=size).astype(np.float64)
    uni = (uni_count + 0.5) / (uni_count + 0.5).sum()

    first = groups(bi >> b)
    share, rest = smooth(bi_count, first)
    bi_p = share + rest[first] * uni[(bi & m).astype(np.int64)]
    pair = groups(tri >> b)
    share, rest = smooth(tri_count, pair)
    lower = np.searchsorted(bi, tri & np.uint64((1 << 2 * BITS) - 1))
    tri_p = share + rest[pair] * bi_p[lower]

    # pruning; a bigram stays when a trigram needs it as its context
    first_rest = np.zeros(size)
    _, first_rest_values = smooth(bi_count, first)
    first_rest[np.unique((bi >> b).astype(np.int64))] = first_rest_values
    ratio = tri_p / (rest[pair] * bi_p[lower])
    likely = np.flatnonzero(tri_count * np.log(ratio) >= min(keep3, 2.0))
    some = tri[likely]
    rows = np.searchsorted(bi >> b, np.arange(size + 1, dtype=np.uint64)).astype(np.int64)
    posterior = pruning.trigram_posterior(
        (some >> (b + b)).astype(np.int64),
        ((some >> b) & m).astype(np.int64),
        (some & m).astype(np.int64),
        rows,
        (bi & m).astype(np.int64),
        bi_p,
        uni,
        first_rest,
        key_of,
        key_start,
        key_words,
    )
    kept3 = np.zeros(len(tri), dtype=bool)
    kept3[likely] = pruning.worth(tri_count[likely].astype(np.float64), ratio[likely], posterior, breadth) >= keep3
    real = np.zeros(len(bi), dtype=np.int64)
    real[np.searchsorted(bi, bi_raw[np.isin(bi_raw, bi)])] = bi_raw_count[np.isin(bi_raw, bi)]
    w1, w2 = (bi >> b).astype(np.int64), (bi & m).astype(np.int64)
    ratio = bi_p / (first_rest[w1] * uni[w2])
    kept2 = (
        pruning.worth(real.astype(np.float64), ratio, pruning.bigram_posterior(w1, w2, uni, key_of), breadth) >= keep2
    )
    contexts = np.unique(tri[kept3] >> b)
    at = np.searchsorted(bi, contexts)
    known = (at < len(bi)) & (bi[np.minimum(at, len(bi) - 1)] == contexts)
    kept2[at[known]] = True
    context_of = np.isin(tri >> b, contexts[~known])
    kept3 &= ~context_of

    # backing off: the mass that is left over the mass that the lower order has left
    bi_k, bi_pk = bi[kept2], bi_p[kept2]
    w1, w2 = (bi_k >> b).astype(np.int64), (bi_k & m).astype(np.int64)
    left = 1 - np.bincount(w1, weights=bi_pk, minlength=size)
    under = 1 - np.bincount(w1, weights=uni[w2], minlength=size)
    bow1 = np.clip(left, 1e-6, 1) / np.clip(under, 1e-6, 1)

    def bigram(keys: Keys) -> Floats:
        spot = np.minimum(np.searchsorted(bi_k, keys), len(bi_k) - 1)
        backed = bow1[(keys >> b).astype(np.int64)] * uni[(keys & m).astype(np.int64)]
        found: Floats = np.where(bi_k[spot] == keys, bi_pk[spot], backed)
        return found

    tri_k, tri_pk = tri[kept3], tri_p[kept3]
    parent = np.searchsorted(bi_k, tri_k >> b)
    below = bigram(tri_k & np.uint64((1 << 2 * BITS) - 1))
    left = 1 - np.bincount(parent, weights=tri_pk, minlength=len(bi_k))
    under = 1 - np.bincount(parent, weights=below, minlength=len(bi_k))
    bow2 = np.clip(left, 1e-6, 1) / np.clip(under, 1e-6, 1)

    bi_codes, bi_table = quantize(np.log(bi_pk))
    bow_codes, bow_table = quantize(np.log(bow2))
    tri_codes, tri_table = quantize(np.log(tri_pk))
    per_pair = np.bincount(parent, minlength=len(bi_k))
    return {
        "unigram_logp": np.log(uni).astype(np.float32),
        "unigram_backoff": np.log(bow1).astype(np.float32),
        "bigram_table": bi_table,
        "backoff_table": bow_table,
        "trigram_table": tri_table,
        "bigram_count": np.bincount(w1, minlength=size).astype(np.uint16),
        "bigram_word": w2.astype(np.uint16),
        "bigram_code": bi_codes,
        "backoff_code": bow_codes,
        "trigram_count": per_pair.astype(np.uint16),
        "trigram_word": (tri_k & m).astype(np.uint16),
        "trigram_code": tri_codes,
    }


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


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--keep3", type=float, default=1.9, help="gain in nats that keeps a trigram")
    parser.add_argument("--keep2", type=float, default=2.4, help="gain in nats that keeps a bigram")
    parser.add_argument("--breadth", type=float, default=0.03, help="weight of predicting words against marks")
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
        "bigrams": len(arrays["bigram_word"]),
        "trigrams": len(arrays["trigram_word"]),
    }
    (options.out / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    meta = {"version": VERSION, **about, **write(arrays, options.out / "lm.bin")}
    (options.out / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(
        f"{about['bigrams']} bigrams, {about['trigrams']} trigrams, {time.process_time() - began:.0f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
