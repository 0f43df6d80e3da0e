"""Recognition side by side, as read and restored: errors by quality and zone, CPU-seconds a page, peak memory.

python -m bench.ocr                       generated scans of every quality, and real scans where they are
python -m bench.ocr --plans 3 --only bad-150 typical-200
"""

from __future__ import annotations

import argparse
import os
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
ALIKE = 0.35  # share of errors up to which a paragraph counts as the same text
Row = tuple[str, str, int, Tally, float]  # condition, engine, pages, errors, CPU-seconds


def generated(name: str, plans: int, pages: int) -> Iterator[RenderedPage]:
    """Yield the first *pages* pages of *plans* plans as scans of a condition."""
    for number, plan in enumerate(generate_plans(plans, SEED, split="heldout")):
        yield from scan_pages(plan.layout, CONDITIONS[name], SEED + number)[:pages]


def run_generated(name: str, found: dict[str, Engine], plans: int, pages: int) -> list[Row]:
    """Compare the engines on generated scans."""
    scans = list(generated(name, plans, pages))
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


def paragraph_errors(truth: str, read: str) -> Tally:
    """Compare the paragraphs that a scan and its true text have in common.

    The true texts have another heading and no page breaks, so each long paragraph is looked up in what was read.
    """
    hay = normalized(read)
    plain = without_marks(hay)
    tally = Tally()
    for paragraph in truth.split("\n"):
        needle = normalized(paragraph)
        if len(needle) < LONG:
            continue
        errors, _ = infix_distance(needle, hay)
        if errors > ALIKE * len(needle):
            continue
        tally.add("cer", errors, len(needle))
        tally.add("cer_plain", infix_distance(without_marks(needle), plain)[0], len(needle))
    return tally


def run_real(folder: Path, found: dict[str, Engine], pages: int, dpi: int = 300) -> list[Row]:
    """Compare the engines on real scans with their true text: the paragraphs that all engines found at all."""
    totals: dict[str, tuple[Tally, float]] = {}
    count = 0
    for truth_path in sorted(folder.glob("scan-with-truth-*.truth.txt")):
        with pdfium.PdfDocument(truth_path.with_name(truth_path.name.replace(".truth.txt", ".pdf"))) as document:
            images = [rendered(document[index], dpi) for index in range(min(pages, len(document)))]
        count += len(images)
        truth = truth_path.read_text(encoding="utf-8")
        for engine in found.values():
            texts: dict[str, list[str]] = {}
            for image in images:
                for name, reading in measured(engine, image, dpi).items():
                    tally, seconds = totals.setdefault(name, (Tally(), 0.0))
                    totals[name] = (tally, seconds + reading.cpu_seconds)
                    texts.setdefault(name, []).append(reading.text)
            for name, read in texts.items():
                totals[name][0].update(paragraph_errors(truth, "\n".join(read)))
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
    parser.add_argument("--pages", type=int, default=2, help="pages of each document (default 2)")
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
            show(run_generated(name, found, arguments.plans, arguments.pages))
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
