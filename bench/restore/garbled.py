"""Wrong-language OCR repaired, and clean text left alone: shares of right words, speed, memory.

    python -m bench.restore.garbled [--pairs heldout.jsonl] [--scans] [--json]

Measures the garbled plan among the seeds against its gold (first 30 lines that are not empty), pairs made by
`models.channel.generate --split heldout`, with ``--scans`` the real scans with truth read anew with ``-l eng``, and
how many words of clean held-out text are changed. The shared files are found through ``KEHOACH_SHARED``.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from models.channel.evaluate import right_words
from models.diacritics.train import part_of
from pipeline.restoration.channel import repair
from pipeline.restoration.model import LanguageModel

SHARED = Path(os.environ.get("KEHOACH_SHARED", Path(__file__).parents[2].parent / "shared"))
Figures = dict[str, float]


def measure(documents: Iterator[tuple[list[str], list[str]]], model: LanguageModel) -> Figures:
    """Return shares of right words over documents of paired lines (as read, true)."""
    words = before = after = 0
    spent = 0.0
    for seen, true in documents:
        began = time.process_time()
        repaired = repair(seen, model)
        spent += time.process_time() - began
        for line, got, want in zip(seen, repaired, true, strict=True):
            words += len(want.split())
            before += right_words(line, want)[0]
            after += right_words(got.text, want)[0]
    return figures(words, before, after, spent)


def figures(words: int, before: int, after: int, spent: float) -> Figures:
    return {
        "words": words,
        "right_as_read": before / max(words, 1),
        "right_repaired": after / max(words, 1),
        "words_a_cpu_second": words / max(spent, 1e-9),
    }


def seed(model: LanguageModel) -> Figures:
    lines = (SHARED / "seeds" / "bim-son-2019.txt").read_text(encoding="utf-8").split("\n")
    gold = (SHARED / "gold" / "bim-son-2019.lines.txt").read_text(encoding="utf-8").strip().split("\n")
    began = time.process_time()
    repaired = repair(lines, model)  # the whole plan is there to learn from
    spent = time.process_time() - began
    judged = [(line, got.text) for line, got in zip(lines, repaired, strict=True) if line.strip()][: len(gold)]
    words = sum(len(line.split()) for line in gold)
    before = sum(right_words(line, want)[0] for (line, _), want in zip(judged, gold, strict=True))
    after = sum(right_words(got, want)[0] for (_, got), want in zip(judged, gold, strict=True))
    result = figures(words, before, after, spent)
    result["words_a_cpu_second"] = sum(len(line.split()) for line in lines) / max(spent, 1e-9)
    return result


def pairs(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    with path.open(encoding="utf-8") as stream:
        for row in stream:
            page = json.loads(row)
            yield page["seen"], page["true"]


def scans(model: LanguageModel) -> Iterator[tuple[str, Figures]]:
    """Read the scans with truth with the English model; words are compared without regard to lines."""
    for truth in sorted((SHARED / "documents").glob("scan-with-truth-*.truth.txt")):
        want = truth.read_text(encoding="utf-8").split()
        lines: list[str] = []
        with pypdfium2.PdfDocument(str(truth).replace(".truth.txt", ".pdf")) as pdf:
            for page in itertools.islice(pdf, 4):
                lines += read_with_english(page).split("\n")
        began = time.process_time()
        repaired = repair(lines, model)
        spent = time.process_time() - began
        before = common(" ".join(lines).split(), want)
        after = common(" ".join(line.text for line in repaired).split(), want)
        words = len(" ".join(lines).split())
        yield truth.name.split(".")[0], figures(min(words, len(want)), before, after, spent)


def read_with_english(page: pypdfium2.PdfPage) -> str:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        page.render(scale=200 / 72).to_pil().convert("L").save(image)
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        command = ["tesseract", str(image), "-", "-l", "eng", "--psm", "3", "--dpi", "200"]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def common(got: list[str], want: list[str]) -> int:
    matcher = difflib.SequenceMatcher(None, got, want, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def clean(model: LanguageModel, lines_each: int = 20_000) -> Figures:
    """Return how many words of clean text are changed; texts of 400 lines stand for documents."""
    words = changed = 0
    for name in ("law", "admin", "news", "wiki"):
        with lzma.open(SHARED / "corpora" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            lines = [
                line.rstrip("\n") for line in itertools.islice(stream, 20 * lines_each) if part_of(line) != "train"
            ]
        for start in range(0, len(lines), 400):
            part = lines[start : start + 400]
            words += sum(len(line.split()) for line in part)
            changed += sum(len(repaired.edits) for repaired in repair(part, model))
    return {"words": words, "changes": changed, "changes_in_10000_words": 1e4 * changed / max(words, 1)}


def main(argv: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="pairs made by models.channel.generate")
    parser.add_argument("--scans", action="store_true", help="read the real scans with truth with -l eng (minutes)")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    if not SHARED.is_dir():
        sys.exit(f"no shared files in {SHARED}; set KEHOACH_SHARED to their folder")
    model = LanguageModel.load()
    repair(["T6 chirc Hi nghi dién hinh tién tién"], model)  # compile outside of the measurement
    result: dict[str, Figures] = {"seed": seed(model)}
    if args.pairs:
        result["rendered"] = measure(pairs(args.pairs), model)
    result["peak"] = {"memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    result["clean"] = clean(model)
    if args.scans:
        result |= dict(scans(model))
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, values in result.items():
        print(f"{name:26}", "  ".join(f"{key} {value:.4g}" for key, value in values.items()))


if __name__ == "__main__":
    main()
