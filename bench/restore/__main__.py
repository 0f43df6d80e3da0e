"""Compare restorers on stripped text: seeds and the held-out part of each corpus, each system in a process of its own.

    python -m bench.restore [--lines 1500] [--only ours]

Needs the shared data (KEHOACH_SHARED); systems that are not installed, or whose release cannot restore, say so.
Held-out text is restored ten lines at a time, as the corpora do not tell documents apart. The table goes to stdout.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bench.restore.score import Score, score
from models.diacritics.train import SOURCES, part_of
from pipeline.lexicon.syllables import strip_marks, traditional

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
SYSTEMS = ("nothing", "pyvi", "underthesea", "ours")
SEEDS = ("duy-tien-2014.md", "hoan-kiem-2019.md")
BLOCK = 10
SIZES = {"ours": ROOT / "models" / "diacritics" / "lm.bin"}


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
    with lzma.open(SHARED / "corpora" / f"{source}.txt.xz", "rt", encoding="utf-8") as text:
        lines = list(islice((line.rstrip("\n") for line in text if part_of(line) == "test"), limit))
    return ["\n".join(lines[i : i + BLOCK]) for i in range(0, len(lines), BLOCK)]


def measure(system: str, limit: int) -> dict[str, object]:
    """Run *system* over all sets and return its figures."""
    began = time.process_time()
    restore = load(system)
    restore("Ke hoach to chuc hoi nghi cua huyen")
    loading = time.process_time() - began
    sets = {name: [(SHARED / "seeds" / name).read_text(encoding="utf-8")] for name in SEEDS}
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
    parser.add_argument("--lines", type=int, default=1500, help="held-out lines of each corpus")
    parser.add_argument("--only", choices=SYSTEMS, help="measure one system in this process; print JSON")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options.lines)))
        return
    names = [*SEEDS, *SOURCES]
    print("| system | " + " | ".join(f"{n}: syllables / names / lines" for n in names), end="")
    print(" | words a CPU-s | load, s | peak, MB | model, MB |")
    print("|" + " --- |" * (len(names) + 5))
    for system in SYSTEMS:
        command = [sys.executable, "-m", "bench.restore", "--only", system, "--lines", str(options.lines)]
        run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        if run.returncode:
            print(f"| {system} | not measured: {run.stderr.strip().splitlines()[-1]} |")
            continue
        got = json.loads(run.stdout)
        cells = [" / ".join(f"{v:.2f}" for v in got[name]) for name in names]
        size = SIZES[system].stat().st_size / 1e6 if system in SIZES else None
        cells += [f"{got['words_per_s']:,.0f}" if system != "nothing" else "", f"{got['load_s']:.2f}"]
        cells += [f"{got['peak_mb']:.0f}", f"{size:.1f}" if size else ""]
        print(f"| {system} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
