"""Measure the reading stage on the real documents: ``python -m bench.read [FOLDER]``.

Three tables on stdout: the gate (quality of the text layers that it keeps and of those that it turns down, pages
whose route differs from `tests/cases/routing.json`), the text against its truth (share of the truth's words found,
in any order and in the same order, without margin lines), and CPU milliseconds a page. Nothing is recognized.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.assemble import assemble
from pipeline.data import Page
from pipeline.lexicon.condition import judge
from pipeline.read import read_pages
from pipeline.read.glyphs import read_glyphs
from pipeline.read.pdf import converted, opened
from pipeline.read.sniff import PDF

ROOT = Path(__file__).parents[2]


def unread(image: NDArray[np.uint8], dpi: float, number: int, reason: str) -> Page:
    """Stand in for the recognizer: only the route counts here."""
    return Page(number, (), "ocr", reason)


def words_of(text: str) -> list[str]:
    """The words of *text* in NFC."""
    return re.sub(r"[\s\ufeff]+", " ", unicodedata.normalize("NFC", text)).split()


def gate(folder: Path) -> None:
    """Print how the gate decides, against the table of right routes."""
    table = json.loads((ROOT / "tests" / "cases" / "routing.json").read_text("utf-8"))
    wrong, pages = [], 0
    kept: list[float] = []
    turned_down: list[float] = []
    for name in sorted(table.keys() - {"comment"}):
        path = folder / name
        if not path.exists():
            continue
        right = {n: route for first, last, route, _ in table[name] for n in range(first, last + 1)}
        with opened(path) as document:
            for page in read_pages(path, PDF, unread):
                pages += 1
                route = "blank" if page.reason == "blank page" else page.origin
                if route != right.get(page.number):
                    wrong.append(f"{name} page {page.number}: {route}, not {right.get(page.number)} ({page.reason})")
                handle = document[page.number - 1]
                words, _ = converted(read_glyphs(handle, handle.get_textpage()).words)
                condition = judge(" ".join(word.text for word in words))
                if condition.words >= 25:
                    (kept if page.origin == "text_layer" else turned_down).append(condition.quality)
    print(f"gate: {pages} pages, {len(wrong)} wrong", *wrong, sep="\n  ")
    for label, values in (("kept", kept), ("turned down", turned_down)):
        low, middle, high = np.percentile(values, [0, 50, 100]) if values else (0.0, 0.0, 0.0)
        print(f"  quality of layers {label}: {len(values)} pages, min {low:.3f}, median {middle:.3f}, max {high:.3f}")


def truth(folder: Path) -> None:
    """Print the share of the truth's words that the text holds, and the speed."""
    print("file, pages, words, found %, found in order %, CPU ms a page")
    for path in sorted(folder.glob("digital-with-truth-*.pdf")):
        expected = words_of(path.with_name(path.stem + ".truth.txt").read_text("utf-8"))
        start = time.process_time()
        pages = list(read_pages(path, PDF, unread))
        cpu = time.process_time() - start
        document = assemble(pages)
        found = words_of("\n".join(document.text[s.start : s.end] for s in document.lines if s.zone != "margin"))
        common = sum((Counter(expected) & Counter(found)).values())
        blocks = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
        ordered = sum(block.size for block in blocks)
        print(
            f"{path.name}, {len(pages)}, {len(expected)}, {100 * common / len(expected):.2f}, "
            f"{100 * ordered / len(expected):.2f}, {1000 * cpu / len(pages):.0f}"
        )


def main() -> None:
    """Run both on the folder of real documents."""
    shared = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "documents"
    if not folder.is_dir():
        sys.exit(f"{folder} is not here; name the folder of real documents")
    gate(folder)
    truth(folder)


if __name__ == "__main__":
    main()
