"""F1 by field of the whole pipeline, from file to record, and what changed since the committed baseline.

    python -m bench.extract [--count 39] [--seed 7] [--split heldout] [--inputs text,pdf,scan-typical-200-seal]
                            [--misses] [--save] [--gold ../shared/gold --seeds ../shared/seeds]

Inputs are those of `bench.extract.readings.write_input`. Plans are generated anew from the seed; the splits
``handwritten`` and ``check`` are the plans of ``corpus/wordings``, those for tuning and those for checking. ``--save``
makes the figures the baseline that later ones are held against, field by field. Misses of what is held out are counted
but never listed, so that nobody mends them one by one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.extract.readings import write_input
from corpus.generate import generate_plans
from corpus.handwritten import handwritten_plans
from corpus.layout import GeneratedPlan
from pipeline import read, run
from pipeline.errors import InputFileError
from pipeline.evaluate import FIELDS, MISSION, Score, changes, evidence_share, score

ROOT = Path(__file__).resolve().parents[2]
BASELINE = Path(__file__).with_name("baseline.json")
INPUTS = ("text", "text-lines", "text-unaccented", "pdf")


def shared() -> Path:
    """Return the folder of documents that are kept outside the repository."""
    return Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))


def extract(path: Path) -> tuple[dict[str, Any], float, float]:
    """Return the record of a file, the CPU-seconds of reading it, and those of everything after."""
    options = run.Options()
    source = run.source_of(path, str(path))
    start = time.process_time()
    pages = list(run.read_pages(path, source.media_type, options, {}))
    middle = time.process_time()
    record = run.record_of(pages, read.read_signatures(path, source.media_type), source)
    return json.loads(record.to_json()), middle - start, time.process_time() - middle


def measure(plans: list[GeneratedPlan], name: str, seed: int) -> dict[str, Any]:
    """Return the figures of one kind of input over *plans*."""
    total = Score()
    families: defaultdict[str, Score] = defaultdict(Score)
    evidence: list[float] = []
    reading, after = 0.0, 0.0
    run.warm()
    with tempfile.TemporaryDirectory() as directory:
        for plan in plans:
            path = write_input(plan, name, seed, Path(directory))
            try:
                record, read_seconds, rest_seconds = extract(path)
            except InputFileError as error:
                print(f"{plan.plan_id}: {error}", file=sys.stderr)
                record, read_seconds, rest_seconds = {}, 0.0, 0.0
            path.unlink()
            reading, after = reading + read_seconds, after + rest_seconds
            one = score(plan.gold, record, f"{name} {plan.plan_id}")
            if plan.split == "heldout":
                one.misses.clear()
            total.add(one)
            families[plan.family].add(one)
            if (share := evidence_share(record)) is not None:
                evidence.append(share)
    return {
        "plans": len(plans),
        "overall_f1": round(total.over().f1, 4),
        "mission_f1": round(total.over(MISSION).f1, 4),
        "fields": {field: round(total.fields[field].f1, 4) for field in FIELDS if total.fields[field].total},
        "families": {family: round(one.over().f1, 4) for family, one in sorted(families.items())},
        "evidence_valid": round(sum(evidence) / len(evidence), 4) if evidence else None,
        "reading_cpu_seconds": round(reading / len(plans), 3),
        "after_reading_cpu_seconds": round(after / len(plans), 3),
        "misses": sorted(total.misses),
    }


def measure_gold(gold: Path, documents: Path) -> dict[str, Any]:
    """Return the figures of the documents of which gold was made by hand."""
    total, each, after = Score(), {}, 0.0
    paths = [path for path in sorted(documents.iterdir()) if (gold / f"{path.stem}.json").exists()]
    for path in paths:
        record, _, seconds = extract(path)
        after += seconds
        one = score(json.loads((gold / f"{path.stem}.json").read_text("utf-8")), record, path.stem)
        total.add(one)
        each[path.stem] = round(one.over().f1, 4)
    return {
        "overall_f1": round(total.over().f1, 4),
        "mission_f1": round(total.over(MISSION).f1, 4),
        "fields": {field: round(total.fields[field].f1, 4) for field in FIELDS if total.fields[field].total},
        "documents": each,
        "after_reading_cpu_seconds": round(after / max(len(paths), 1), 3),
        "misses": sorted(total.misses),
    }


def report(title: str, figures: dict[str, Any], before: dict[str, Any] | None, misses: bool) -> None:
    """Print the figures of one input, with gains and losses against those of the baseline."""
    print(f"{title}: overall {figures['overall_f1']:.4f}, mission {figures['mission_f1']:.4f}, "
          f"{figures['after_reading_cpu_seconds']} CPU-s after reading")  # fmt: skip
    low = {field: f1 for field, f1 in figures["fields"].items() if f1 < 1}
    print("  fields under 1:", ", ".join(f"{field} {f1:.3f}" for field, f1 in low.items()) or "none")
    for part in ("families", "documents"):
        if part in figures:
            print(f"  {part}:", ", ".join(f"{name} {f1:.3f}" for name, f1 in figures[part].items()))
    if misses:
        print(*(f"    {miss}" for miss in figures["misses"]), sep="\n")
    if before:
        gains, losses = changes(before, figures)
        print(f"  against the baseline: {before['overall_f1']:.4f}, {len(gains)} misses gone, {len(losses)} new")
        for line in [*moved(before, figures), *(f"- {loss}" for loss in losses[:20])]:
            print(f"    {line}")


def moved(before: dict[str, Any], figures: dict[str, Any]) -> Iterator[str]:
    """Yield each field, family or document whose F1 is another than that of the baseline, the largest loss first.

    >>> list(moved({"fields": {"place": 0.9, "agenda": 0.5}}, {"fields": {"place": 0.8, "agenda": 0.7}}))
    ['place 0.900 -> 0.800', 'agenda 0.500 -> 0.700']
    """
    for part in ("fields", "families", "documents"):
        shared = before.get(part, {}).keys() & figures.get(part, {}).keys()
        steps = sorted((figures[part][name] - before[part][name], name) for name in shared)
        yield from (f"{name} {before[part][name]:.3f} -> {figures[part][name]:.3f}" for step, name in steps if step)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description=__doc__)
    parser.add_argument("--count", type=int, default=39)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split", choices=["train", "dev", "heldout", "handwritten", "check"], default="heldout")
    parser.add_argument("--inputs", default=",".join(INPUTS))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--save", action="store_true", help="make these figures the baseline")
    parser.add_argument("--gold", type=Path, default=shared() / "gold")
    parser.add_argument("--seeds", type=Path, default=shared() / "seeds")
    options = parser.parse_args(argv)
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    found: dict[str, Any] = {}
    if options.gold.is_dir() and options.seeds.is_dir():
        found["gold"] = measure_gold(options.gold, options.seeds)
    if options.split in ("handwritten", "check"):
        plans = list(handwritten_plans(check=options.split == "check"))
    else:
        plans = list(generate_plans(options.count, options.seed, split=options.split))
    for name in filter(None, options.inputs.split(",")):
        found[f"{options.split}/{name}/{len(plans)}/{options.seed}"] = measure(plans, name, options.seed)
    for title, figures in found.items():
        report(title, figures, baseline.get(title), options.misses)
    if options.save:
        kept = baseline | found
        BASELINE.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
