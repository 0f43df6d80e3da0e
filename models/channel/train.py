"""Estimate how wrong-language OCR garbles letters from pairs of lines made by `models.channel.generate`.

    python -m models.channel.train pairs.jsonl... [--out models/channel]

Words are paired within each line, then letters within each word by hard EM: align with the counts so far, count
again. Writes `channel.json` (pieces and counts) and `meta.json`. A minute on one core.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.lexicon.syllables import strip_marks
from pipeline.restoration.garble import VERSION, Confusions, count_alignment

ROUNDS = 5
LEAST = 3  # occurrences from which a piece of two or three characters is kept
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"


@lru_cache(maxsize=200_000)
def unlikeness(seen: str, true: str) -> float:
    """Return from 0 (same base letters) to 1 how unlike two words are."""
    a, b = (strip_marks(unicodedata.normalize("NFC", w)).lower() for w in (seen, true))
    return 1.0 - difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def pair_words(seen: str, true: str) -> Iterator[tuple[str, str]]:
    """Pair the words of a line; where a blank was lost or added, two words go with one (joined by a blank)."""
    a, b = seen.split(), true.split()
    cost = np.full((len(a) + 1, len(b) + 1), 1e9)
    back: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0, 0] = 0.0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            for di, dj, penalty in ((1, 1, 0.0), (1, 2, 0.3), (2, 1, 0.3), (1, 0, 0.9), (0, 1, 0.9)):
                if i < di or j < dj or abs(i - j) > 6:
                    continue
                value = cost[i - di, j - dj] + penalty
                if di and dj:
                    value += unlikeness("".join(a[i - di : i]), "".join(b[j - dj : j]))
                if value < cost[i, j]:
                    cost[i, j] = value
                    back[i, j] = (di, dj)
    i, j = len(a), len(b)
    while (i or j) and (i, j) in back:
        di, dj = back[i, j]
        if di and dj:
            yield " ".join(a[i - di : i]), " ".join(b[j - dj : j])
        i, j = i - di, j - dj


def word_pairs(paths: Iterable[Path]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Return how often each word was seen as what, and how often blanks were kept, lost and added."""
    pairs: Counter[tuple[str, str]] = Counter()
    blanks: Counter[str] = Counter()
    for path in paths:
        with path.open(encoding="utf-8") as stream:
            for row in stream:
                page = json.loads(row)
                for seen, true in zip(page["seen"], page["true"], strict=True):
                    for s, t in pair_words(seen, unicodedata.normalize("NFC", true)):
                        blanks["lost" if " " in t else "added" if " " in s else "kept"] += 1
                        s, t = s.strip(_EDGES), t.strip(_EDGES)
                        if s and t.isalpha() and " " not in s:
                            pairs[s, t] += 1
    return pairs, blanks


_EDGES = ' .,;:!?()[]"“”-–…/'


def train(pairs: Counter[tuple[str, str]]) -> Confusions:
    """Return the counts after hard EM."""
    kept = [(s, t, n) for (s, t), n in pairs.items() if unlikeness(s, t) < 0.75 or len(t) <= 2]
    singles = Counter(c for s, _, n in kept for c in s for _ in range(1))
    doubles: Counter[str] = Counter()
    true_doubles: Counter[str] = Counter()
    for s, t, n in kept:
        for width in (2, 3):
            for k in range(len(s) - width + 1):
                doubles[s[k : k + width]] += n
        if len(s) != len(t):
            for k in range(len(t) - 1):
                true_doubles[t[k : k + 2]] += n
    seen = ["", *(c for c, n in singles.most_common() if n >= 2), *(d for d, n in doubles.items() if n >= LEAST)]
    letters = [*_LETTERS, *_LETTERS.upper()]
    true = ["", *dict.fromkeys(letters), *(d for d, n in true_doubles.items() if n >= 8)]
    model = Confusions(
        true,
        seen,
        np.zeros((len(true), len(seen)), dtype=np.float32),
        np.zeros(len(true), dtype=np.float32),
    )
    rows = {i for t, i in model.true.items() if len(t) == 2}
    start = np.array(sorted(rows))
    for round_ in range(ROUNDS):
        if round_ == 0 and len(start):  # two letters as one or three: a first chance, else never tried
            model.log[start[:, None], np.array([j for s, j in model.seen.items() if s])[None, :]] = np.log(2e-7)
        counts = np.zeros_like(model.counts)
        occurrences = np.zeros_like(model.occurrences)
        total = 0.0
        for s, t, n in kept:
            pieces = model.true_ids([t])[0]
            score = count_alignment(pieces, len(t), model.seen_ids(s), len(s), model.log, n, counts, occurrences)
            total += n * max(score, -60.0)
        counts[counts < 1.5] = 0.0
        model.counts, model.occurrences = counts, occurrences
        model.refresh()
        print(f"round {round_}: {total / sum(n for _, _, n in kept):.4f} nats a word", file=sys.stderr)
    return model


def compact(model: Confusions) -> dict[str, object]:
    """Return the counts without pieces that never happened."""
    keep_true = [t for t, i in model.true.items() if len(t) < 2 or model.counts[i].sum() >= LEAST]
    keep_seen = [s for s, j in model.seen.items() if len(s) < 2 or model.counts[:, j].sum() >= LEAST]
    rows = [model.true[t] for t in keep_true]
    columns = [model.seen[s] for s in keep_seen]
    counts = model.counts[np.ix_(rows, columns)]
    entries = [[int(i), int(j), int(counts[i, j])] for i, j in np.argwhere(counts >= 1)]
    return {
        "true": keep_true,
        "seen": keep_seen,
        "occurrences": [int(model.occurrences[i]) for i in rows],
        "counts": entries,
    }


def main(argv: list[str] | None = None) -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    args = parser.parse_args(argv)
    began = time.process_time()
    pairs, blanks = word_pairs(args.pairs)
    print(f"{sum(pairs.values())} words, {len(pairs)} pairs, blanks {dict(blanks)}", file=sys.stderr)
    text = json.dumps(compact(train(pairs)), ensure_ascii=False, separators=(",", ":"))
    (args.out / "channel.json").write_text(text + "\n", encoding="utf-8")
    meta = {
        "version": VERSION,
        "command": " ".join(["python -m models.channel.train", *(path.name for path in args.pairs)]),
        "pairs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in args.pairs},
        "words": sum(pairs.values()),
        "blanks": dict(blanks),
        "sha256": hashlib.sha256((text + "\n").encode()).hexdigest(),
        "size": len(text.encode()) + 1,
        "cpu_seconds": round(time.process_time() - began),
    }
    (args.out / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
