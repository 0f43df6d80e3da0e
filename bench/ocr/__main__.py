"""Recognition side by side, as read and restored: errors by quality and zone, CPU-seconds a page, peak memory.

python -m bench.ocr                       generated scans of every quality, and real scans where they are
python -m bench.ocr --plans 3 --only bad-150 typical-200
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from bench.ocr.engines import Engine, RGBImage, engines, measured, peak_megabytes
from bench.ocr.score import Tally, infix_distance, line_errors, normalized, page_errors, without_marks
from corpus.generate import generate_plans
from corpus.render import RenderedPage, Scan, scan_pages

CONDITIONS = {
    "clean-200": Scan("clean", 200, handwriting=False),
    "typical-300": Scan("typical", 300, handwriting=False),
    "typical-200": Scan("typical", 200, handwriting=False),
    "typical-150": Scan("typical", 150, handwriting=False),
    "sealed-200": Scan("typical", 200, handwriting=False, seal="both", signature=True),
    "bad-300": Scan("bad", 300, handwriting=False, seal="signature"),
    "bad-200": Scan("bad", 200, handwriting=False, seal="signature"),
    "bad-150": Scan("bad", 150, handwriting=False, seal="signature"),
    "fax-200": Scan("fax", 200, handwriting=False),
    "warped-200": Scan("typical", 200, handwriting=False, warp=True, border=True, staple=True),
}
ZONES = ("header_left", "header_right", "title", "body", "table", "recipients", "signature", "codes")
SEED = 20261121
LONG = 40  # characters: shorter paragraphs of a true text are found anywhere
ALIKE = 0.05  # share of wrong letters, marks aside, up to which the best engine found the same text as the true one
HYPHEN_RE = re.compile(r"(?<=[^\W\d])-\s*\n\s*")  # a code that goes on in the next line
Row = tuple[str, str, int, Tally, float]  # condition, engine, pages, errors, CPU-seconds


def generated(name: str, plans: int, pages: int, split: str) -> Iterator[RenderedPage]:
    """Yield *plans* plans as scans of a condition: the first pages of each, and its last, where it is signed."""
    for number, plan in enumerate(generate_plans(plans, SEED, split=split)):
        scans = scan_pages(plan.layout, CONDITIONS[name], SEED + number)
        yield from (*scans[: pages - 1], *scans[max(pages - 1, len(scans) - 1) :])


def run_generated(name: str, found: dict[str, Engine], plans: int, pages: int, split: str) -> list[Row]:
    """Compare the engines on generated scans."""
    scans = list(generated(name, plans, pages, split))
    rows = []
    for engine in found.values():
        totals: dict[str, tuple[Tally, float]] = {}
        for page in scans:
            lines = [(line.zone, line.text) for line in page.lines if line.zone != "margin"]
            for text_name, reading in measured(engine, page.image, page.dpi).items():
                tally, seconds = totals.setdefault(text_name, (Tally(), 0.0))
                tally.update(page_errors("\n".join(text for _, text in lines), reading.text))
                tally.update(line_errors(lines, reading.text))
                totals[text_name] = (tally, seconds + reading.cpu_seconds)
        rows += [(name, text_name, len(scans), tally, seconds) for text_name, (tally, seconds) in totals.items()]
    return rows


def paragraph_errors(truth: str, texts: dict[str, str]) -> dict[str, Tally]:
    """Compare the paragraphs of a true text with what each engine read.

    The true text comes from a database: it has another heading and no page breaks, is worded otherwise here and there,
    and goes on where no more pages were read. So each long paragraph is looked up, and counts, for all engines, if any
    of them found it with next to no wrong letters; an engine that lost it has all of it wrong.
    """
    hays = {name: normalized(HYPHEN_RE.sub("-", text)) for name, text in texts.items()}
    plains = {name: without_marks(hay) for name, hay in hays.items()}
    tallies = {name: Tally() for name in texts}
    for paragraph in truth.split("\n"):
        needle = normalized(paragraph)
        if len(needle) < LONG:
            continue
        plain = {name: infix_distance(without_marks(needle), hay)[0] for name, hay in plains.items()}
        if min(plain.values()) > ALIKE * len(needle):
            continue
        for name, tally in tallies.items():
            tally.add("cer", infix_distance(needle, hays[name])[0], len(needle))
            tally.add("cer_plain", plain[name], len(needle))
    return tallies


def run_real(folder: Path, found: dict[str, Engine], pages: int, dpi: int = 300) -> list[Row]:
    """Compare the engines on real scans with their true text."""
    totals: dict[str, tuple[Tally, float]] = {}
    count = 0
    for truth_path in sorted(folder.glob("scan-with-truth-*.truth.txt")):
        with pdfium.PdfDocument(truth_path.with_name(truth_path.name.replace(".truth.txt", ".pdf"))) as document:
            images = [rendered(document[index], dpi) for index in range(min(pages, len(document)))]
        count += len(images)
        truth = truth_path.read_text(encoding="utf-8")
        texts: dict[str, list[str]] = {}
        for engine in found.values():
            for image in images:
                for name, reading in measured(engine, image, dpi).items():
                    tally, seconds = totals.setdefault(name, (Tally(), 0.0))
                    totals[name] = (tally, seconds + reading.cpu_seconds)
                    texts.setdefault(name, []).append(reading.text)
        for name, tally in paragraph_errors(truth, {name: "\n".join(read) for name, read in texts.items()}).items():
            totals[name][0].update(tally)
    return [("real scans", name, count, tally, seconds) for name, (tally, seconds) in totals.items()]


def rendered(page: pdfium.PdfPage, dpi: int) -> RGBImage:
    """Return a page as RGB."""
    return np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[..., -1:-4:-1][..., :3])


def show(rows: Sequence[Row]) -> None:
    for condition, engine, pages, tally, seconds in rows:
        cells = [
            "     -" if (value := tally.percent(kind)) is None else f"{value:6.2f}"
            for kind in ("cer", "cer_plain", "wer", *ZONES)
        ]
        print(f"{condition:12} {engine:25} {pages:3} {' '.join(cells)} {seconds / max(pages, 1):6.2f}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ocr", description=__doc__)
    parser.add_argument("--plans", type=int, default=3, help="generated plans a condition (default 3)")
    parser.add_argument(
        "--pages", type=int, default=2, help="pages of each document, of plans the last among them (default 2)"
    )
    parser.add_argument("--split", default="heldout", choices=["train", "dev", "heldout"], help="families of plans")
    parser.add_argument("--only", nargs="+", choices=[*CONDITIONS, "real"], help="conditions to run")
    parser.add_argument("--engines", nargs="+", help="engines whose names start so")
    arguments = parser.parse_args(argv)
    found, skipped = engines()
    if arguments.engines:
        found = {name: engine for name, engine in found.items() if name.startswith(tuple(arguments.engines))}
    print("errors in percent; CPU-seconds a page, children included, one thread")
    print(
        f"{'condition':12} {'engine':25} pgs    cer  plain    wer " + " ".join(f"{z[:6]:>6}" for z in ZONES) + "    cpu"
    )
    for name in arguments.only or CONDITIONS:
        if name != "real":
            show(run_generated(name, found, arguments.plans, arguments.pages, arguments.split))
    shared = Path(os.environ.get("KEHOACH_SHARED", Path(__file__).parents[3] / "shared")) / "documents"
    if not arguments.only or "real" in arguments.only:
        if shared.is_dir():
            show(run_real(shared, found, arguments.pages))
        else:
            skipped.append(f"real scans: {shared} is not there (KEHOACH_SHARED)")
    own, child = peak_megabytes()
    print(f"peak memory: {own:.0f} MB here (page images included), {child:.0f} MB in the largest child")
    for reason in skipped:
        print(f"skipped {reason}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
