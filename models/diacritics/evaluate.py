"""Measure the shipped model on the held-out part of each corpus: syllables, calibration, changes made to clean text.

    python models/diacritics/evaluate.py --corpora ../shared/corpora [--part dev] [--write]

`--write` puts the figures into `meta.json`. The lines are spread over the whole corpus and restored ten at a time, a
blank line between them: the corpora do not tell documents apart, and held-out lines never stood beside each other.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.diacritics.train import SOURCES, sample
from pipeline.lexicon.syllables import strip_marks, traditional
from pipeline.restoration import restore

BLOCK = 10
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_WORD_RE = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--part", choices=("test", "dev"), default="test")
    parser.add_argument("--lines", type=int, default=1500)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    restore("Ke hoach to chuc hoi nghi cua huyen")
    bins: dict[float, Counter[bool]] = {edge: Counter() for edge in BINS}
    promised = dict.fromkeys(BINS, 0.0)
    figures: dict[str, object] = {"part": options.part}
    for source in SOURCES:
        lines = sample(options.corpora, source, options.part, options.lines)
        figures[source] = _measure(lines, bins, promised)
    curve = {}
    for edge, counts in bins.items():
        if counts.total():
            total = counts.total()
            curve[str(edge)] = {
                "edits": total,
                "promised": round(promised[edge] / total, 3),
                "right": round(counts[True] / total, 3),
            }
    figures["calibration"] = curve
    print(json.dumps(figures, indent=1))
    if options.write:
        path = Path(__file__).parent / "meta.json"
        meta = json.loads(path.read_text(encoding="utf-8"))
        first = {name: meta.pop(name) for name in ("version", "command")}
        meta.pop("metrics", None)
        text = json.dumps({**first, "metrics": figures, **meta}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


def _measure(lines: list[str], bins: dict[float, Counter[bool]], promised: dict[float, float]) -> dict[str, float]:
    words = right = changes = 0
    spent = 0.0
    for at in range(0, len(lines), BLOCK):
        true = traditional(unicodedata.normalize("NFC", "\n\n".join(lines[at : at + BLOCK])))
        stripped = strip_marks(true)
        began = time.process_time()
        result = restore(stripped)
        spent += time.process_time() - began
        changes += len(restore(true).edits)
        if len(result.text) != len(true):  # taken for garbled: every word of the block counts as wrong
            words += len(_WORD_RE.findall(true))
            continue
        for word in _WORD_RE.finditer(true):
            words += 1
            right += result.text[word.start() : word.end()] == word[0]
        for edit in result.edits:
            edge = max(edge for edge in BINS if edge <= edit.confidence)
            bins[edge][true[edit.start : edit.end] == edit.new] += 1
            promised[edge] += edit.confidence
    return {
        "words": words,
        "syllables": round(100 * right / words, 3),
        "changes_in_10000_clean_words": round(1e4 * changes / words, 2),
        "words_per_cpu_second": round(words / spent),
    }


if __name__ == "__main__":
    main()
