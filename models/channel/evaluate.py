"""Measure the repair of wrong-language OCR on pairs of lines made by `models.channel.generate`.

    python -m models.channel.evaluate heldout.jsonl [--errors 40]

A page counts as a document. A word is right when it stands in the right place of its line, signs and case included
(tone placement as well); words are those of the true line.
"""

from __future__ import annotations

import argparse
import difflib
import json
import resource
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pipeline.restoration.channel import repair
from pipeline.restoration.model import LanguageModel


def right_words(got: str, true: str) -> tuple[int, list[tuple[str, str]]]:
    """Return how many words of *true* stand in *got*, and what stands in the place of the others.

    >>> right_words("tổ chúc hội nghị", "tổ chức hội nghị")
    (3, [('chúc', 'chức')])
    """
    a, b = got.split(), true.split()
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    wrong = [
        (" ".join(a[i1:i2]), " ".join(b[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    ]
    return sum(block.size for block in matcher.get_matching_blocks()), wrong


def main(argv: list[str] | None = None) -> None:
    """Print the shares of right words before and after repair, by model that read the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--errors", type=int, default=0, help="print so many of the commonest errors")
    parser.add_argument("--model", type=Path, help="folder of the language model")
    args = parser.parse_args(argv)
    model = LanguageModel.load(args.model) if args.model else LanguageModel.load()
    repair(["T6 chirc Hi nghi dién hinh"], model)  # compile outside of the measurement
    tally: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    errors: Counter[tuple[str, str, str]] = Counter()
    for path in args.pairs:
        with path.open(encoding="utf-8") as stream:
            for row in stream:
                page = json.loads(row)
                began = time.process_time()
                repaired = repair(page["seen"], model)
                spent = time.process_time() - began
                for key in ("all", page["model"]):
                    tally[key][3] += spent
                for seen, line, true in zip(page["seen"], repaired, page["true"], strict=True):
                    true = unicodedata.normalize("NFC", true)
                    right, wrong = right_words(line.text, true)
                    errors.update((seen if len(wrong) > 6 else "", *pair) for pair in wrong)
                    for key in ("all", page["model"]):
                        tally[key][0] += len(true.split())
                        tally[key][1] += right_words(seen, true)[0]
                        tally[key][2] += right
    for key, (words, before, after, spent) in tally.items():
        print(
            f"{key:12} {words:6.0f} words: {before / words:.2%} right as read, {after / words:.2%} repaired, "
            f"{words / max(spent, 1e-9):.0f} words a CPU-second"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", file=sys.stderr)
    for (_, got, true), n in errors.most_common(args.errors):
        print(f"{n:4} {got!r} for {true!r}")


if __name__ == "__main__":
    main()
