"""Plans as files and as the pages that reading makes of them, kept so that later stages can be measured again.

Reading a scan costs a hundred times what everything after it costs. Who works on rules, restoration or confidence
names a folder; each plan is then rendered and read once an input, and its pages come from there ever after. Remove
the folder when rendering or reading changes.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pydantic import TypeAdapter

from corpus.layout import GeneratedPlan
from corpus.render.variants import make_variant
from pipeline import read, run
from pipeline.data import Page

PAGES = TypeAdapter(tuple[Page, ...])


def write_input(plan: GeneratedPlan, name: str, seed: int, directory: Path) -> Path:
    """Write *plan* as the input *name* into *directory* and return the file.

    Inputs are the names of `corpus.render.variants`, and `garbled`: the text that Tesseract reads in such a scan with
    its English model, without the page.
    """
    if name != "garbled":
        variant = make_variant(plan, name, seed)
        path = directory / f"{plan.plan_id}.{variant.ending}"
        path.write_bytes(variant.data)
        return path
    pdf = directory / f"{plan.plan_id}.pdf"
    pdf.write_bytes(make_variant(plan, "scan-garbled", seed).data)
    pages = list(_layer(pdf))
    path = directory / f"{plan.plan_id}.txt"
    path.write_text("\f".join(pages), encoding="utf-8")
    pdf.unlink()
    return path


def _layer(pdf: Path) -> Iterator[str]:
    """Yield the text layer of each page, good or bad."""
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        yield document[index].get_textpage().get_text_bounded().replace("\r\n", "\n")
    document.close()


def pages_of(plan: GeneratedPlan, name: str, seed: int, kept: Path) -> tuple[Page, ...]:
    """Return the pages of *plan* as the input *name*; from the folder *kept* where this very plan was read before.

    Raises:
        InputFileError: the file cannot be read.
    """
    digest = hashlib.sha256(repr(plan.layout).encode()).hexdigest()[:8]
    place = kept / f"{plan.plan_id}-{digest}-{seed}-{name}.json"
    if place.exists():
        return PAGES.validate_json(place.read_bytes())
    with tempfile.TemporaryDirectory() as directory:
        path = write_input(plan, name, seed, Path(directory))
        pages = tuple(run.read_pages(path, read.sniff(path), run.Options(), {}))
    kept.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.write_bytes(PAGES.dump_json(pages))
    part.replace(place)
    return pages
