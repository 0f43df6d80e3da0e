"""Compare restorers on stripped text: seeds, generated plans, held-out corpora; each system in a process of its own.

    python -m bench.restore [--lines 1000] [--plans 24] [--only ours] [--garbled]

Needs the shared data (KEHOACH_SHARED); systems that are not installed, or whose release cannot restore, say so.
The plans are of the families held out. Lines of the corpora are spread over each and restored ten at a time, a blank
line between them, as the corpora do not tell documents apart. ``--garbled`` adds what `bench.restore.garbled`
measures. The table goes to stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from bench.restore import garbled
from bench.restore.score import Score, score
from corpus.generate import generate_plans
from models.diacritics.train import SOURCES, sample
from pipeline.lexicon.syllables import strip_marks, traditional

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
SYSTEMS = ("nothing", "pyvi", "underthesea", "ours")
SEEDS = ("duy-tien-2014.md", "hoan-kiem-2019.md")
BLOCK = 10
WEIGHTS = {"ours": ("lm.bin", "neighbours.bin")}  # in models/diacritics


def load(system: str) -> Callable[[str], str]:
    """Return the function of *system* that puts marks on a text.

    Raises:
        ImportError: it is not installed, or its release cannot restore.
    """
    if system == "nothing":
        return str
    if system == "pyvi":
        from pyvi import ViUtils

        def line(text: str) -> str:
            try:  # it crashes on marks it does not know: that line stays as it is
                return str(ViUtils.add_accents(text)) if text.strip() else text
            except KeyError:
                return text

        return lambda text: "\n".join(map(line, text.split("\n")))
    if system == "underthesea":
        import underthesea

        restorer: Callable[[str], str] | None = getattr(underthesea, "restore_diacritics", None)
        if restorer is None:
            raise ImportError(f"underthesea {underthesea.__version__} has no restorer")
        return restorer
    from pipeline.restoration import restore

    return lambda text: restore(text).text


def held_out(source: str, limit: int) -> list[str]:
    """Return the test part of a corpus in blocks of lines."""
    lines = sample(SHARED / "corpora", source, "test", limit)
    return ["\n\n".join(lines[i : i + BLOCK]) for i in range(0, len(lines), BLOCK)]


def plans(count: int) -> list[str]:
    """Return the text of generated plans of the families that are held out."""
    return ["\n".join(plan.layout.lines()) for plan in generate_plans(count, 20260731, split="heldout")]


def measure(system: str, limit: int, plan_count: int) -> dict[str, object]:
    """Run *system* over all sets and return its figures."""
    began = time.process_time()
    restore = load(system)
    restore("Ke hoach to chuc hoi nghi cua huyen")
    loading = time.process_time() - began
    sets = {name: [(SHARED / "seeds" / name).read_text(encoding="utf-8")] for name in SEEDS}
    sets["plans"] = plans(plan_count)
    sets |= {source: held_out(source, limit) for source in SOURCES}
    out: dict[str, object] = {"system": system, "load_s": loading}
    words, spent, failures = 0, 0.0, 0
    for name, documents in sets.items():
        total = Score()
        for document in documents:
            true = traditional(unicodedata.normalize("NFC", document))
            stripped = strip_marks(true)
            began = time.process_time()
            try:
                got = restore(stripped)
            except Exception as error:  # a published restorer may crash: that counts as nothing restored
                print(f"{system}: {type(error).__name__}: {error}", file=sys.stderr)
                failures += 1
                got = stripped
            spent += time.process_time() - began
            if got.count("\n") != true.count("\n"):
                got = stripped
            total.add(score(got, true))
        words += total.words
        out[name] = total.percent()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out | {"words_per_s": words / max(spent, 1e-9), "peak_mb": peak, "failures": failures}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=1000, help="held-out lines of each corpus")
    parser.add_argument("--plans", type=int, default=24, help="generated plans")
    parser.add_argument("--garbled", action="store_true", help="also wrong-language OCR")
    parser.add_argument("--only", choices=SYSTEMS, help="measure one system in this process; print JSON")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options.lines, options.plans)))
        return
    names = [*SEEDS, "plans", *SOURCES]
    print("| system | " + " | ".join(f"{n}: syllables / names / lines" for n in names), end="")
    print(" | words a CPU-s | load, s | peak, MB | model, MB |")
    print("|" + " --- |" * (len(names) + 5))
    for system in SYSTEMS:
        command = [sys.executable, "-m", "bench.restore", "--only", system]
        command += ["--lines", str(options.lines), "--plans", str(options.plans)]
        run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        if run.returncode:
            print(f"| {system} | not measured: {run.stderr.strip().splitlines()[-1]} |")
            continue
        got = json.loads(run.stdout)
        cells = [" / ".join(f"{v:.2f}" for v in got[name]) for name in names]
        files = [ROOT / "models" / "diacritics" / name for name in WEIGHTS.get(system, ())]
        size = sum(file.stat().st_size for file in files) / 1e6
        cells += [f"{got['words_per_s']:,.0f}" if system != "nothing" else "", f"{got['load_s']:.2f}"]
        cells += [f"{got['peak_mb']:.0f}", f"{size:.1f}" if size else ""]
        print(f"| {system} | " + " | ".join(cells) + " |", flush=True)
    if options.garbled:
        print("\nWrong-language OCR:\n", flush=True)
        garbled.main([])


if __name__ == "__main__":
    main()
