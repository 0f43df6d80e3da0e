"""F1 by label of rules alone, model alone and both: ``python models/ner/evaluate.py``.

The sentences were labelled by hand: ``labelled/own.jsonl`` are our own, ``labelled/real.jsonl`` point into texts of
the shared data by offsets and are left out where it is absent. A span counts when extent and label are right.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.recognize.ner import LABELS, Entity, entities, learned_entities, rule_entities  # noqa: E402

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
Span = tuple[int, int, str]
METHODS: dict[str, Callable[[str], tuple[Entity, ...]]] = {
    "rules": rule_entities,
    "model": learned_entities,
    "merged": entities,
}


def sentences(name: str) -> Iterator[tuple[str, list[Span]]]:
    """Yield the sentences of ``own`` or ``real`` with their spans; none whose text is not there."""
    texts: dict[str, str] = {}
    for line in (HERE / "labelled" / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row.get("text")
        if text is None:
            path = SHARED / row["file"]
            if not path.exists():
                continue
            if row["file"] not in texts:
                with path.open(encoding="utf-8", newline="") as file:  # offsets count \r\n as two
                    texts[row["file"]] = file.read()
            text = texts[row["file"]][row["start"] : row["end"]]
        yield text, [(start, end, label) for start, end, label in row["entities"]]


def measure(method: Callable[[str], tuple[Entity, ...]], data: list[tuple[str, list[Span]]]) -> dict[str, float]:
    """Return F1 by label and over ``all``."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for text, gold in data:
        spans = {(e.start, e.end, e.label) for e in method(text)}
        for counter, these in ((right, spans & set(gold)), (found, spans), (wanted, set(gold))):
            for _, _, label in these:
                counter[label] += 1
                counter["all"] += 1
    return {
        label: round(2 * right[label] / (found[label] + wanted[label]), 3)
        for label in (*LABELS, "all")
        if found[label] + wanted[label]
    }


def main() -> None:
    """Print a table a set of sentences; with ``--write`` put the figures into ``meta.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into meta.json")
    parser.add_argument("--errors", action="store_true", help="print what the merged finds miss or invent")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    own, real = list(sentences("own")), list(sentences("real"))
    for name, data in (("own", own), ("real", real), ("together", own + real)):
        if not data:
            print(f"{name}: texts are absent")
            continue
        table = {method: measure(find, data) for method, find in METHODS.items()}
        figures[name] = {"sentences": len(data), **table}
        print(f"{name}: {len(data)} sentences, {sum(len(gold) for _, gold in data)} spans")
        print(f"{'':8}" + "".join(f"{label:>8}" for label in (*LABELS, "all")))
        for method, row in table.items():
            print(f"{method:8}" + "".join(f"{row.get(label, float('nan')):8.3f}" for label in (*LABELS, "all")))
    if options.errors:
        for text, gold in own + real:
            spans = {(e.start, e.end, e.label) for e in entities(text)}
            for sign, wrong in (("-", set(gold) - spans), ("+", spans - set(gold))):
                for start, end, label in sorted(wrong):
                    print(sign, label, repr(text[start:end]), "in", repr(text[:90]))
    text = "\n".join(text for text, _ in own)
    begin = time.process_time()
    learned_entities(text)
    figures["characters_per_cpu_second"] = round(len(text) / (time.process_time() - begin))
    print(f"{figures['characters_per_cpu_second']} characters a CPU second")
    if options.write:
        path = HERE / "meta.json"
        meta = json.loads(path.read_text("utf-8")) | {"metrics": figures}
        path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
