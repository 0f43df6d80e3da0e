"""The committed sample corpus: one small file of every kind, each of another plan.

It is what ``make run`` processes on a fresh machine, so it is small: about fifteen pages go through OCR.
Held-out families stay out of it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from corpus.families import FAMILIES
from corpus.generate import generate_plans
from corpus.layout import GeneratedPlan, Paragraph, Table
from corpus.render.typeset import typeset
from corpus.write import DOCUMENTS, GOLD, Entry, make_folders, write_file, write_manifest

SEED = 2026
Wish = Literal["table", "short", "any"]
WISHES: tuple[Wish, ...] = ("table", "short", "any")  # the hardest to grant first
# name of the file, its variant, and what its plan should be like: "table", "short" (fewest pages) or anything
SAMPLE: tuple[tuple[str, str, Wish], ...] = (
    ("01-word-export", "pdf", "any"),
    ("02-annex-table", "pdf", "table"),
    ("03-scan-seal", "scan-typical-200-seal-grey", "short"),
    ("04-scan-incoming-stamp", "scan-typical-150-seal-incoming-border", "short"),
    ("05-scan-bad-copy", "scan-bad-150-seal-warp-grey-staple", "short"),
    ("06-fax-upside-down-and-blank", "scan-fax-200-upside-blank", "short"),
    ("07-scan-turned", "scan-fax-200-quarter-seal", "short"),
    ("08-garbled-text-layer", "scan-garbled--typical-150-grey-seal", "short"),
    ("09-signed-scan", "scan-signed--typical-150-seal", "short"),
    ("10-word-page-and-scanned-pages", "mixed--typical-150-grey-seal", "short"),
    ("11-fax", "tiff-fax", "short"),
    ("12-photo", "jpeg", "short"),
    ("13-word", "docx", "table"),
    ("14-word-vntime", "docx-tcvn3", "any"),
    ("15-pdf-vntime", "pdf-tcvn3", "any"),
    ("16-digitally-signed", "pdf-signed", "any"),
    ("17-text", "text-columns", "any"),
    ("18-text-without-marks", "text-unaccented", "any"),
    ("19-text-vni", "text-vni", "any"),
    ("20-encrypted", "pdf-encrypted", "any"),
    ("21-truncated", "pdf-truncated", "any"),
    ("22-empty", "pdf-empty", "any"),
    ("23-not-a-pdf", "pdf-foreign", "any"),
)


def _choose(plans: list[GeneratedPlan]) -> dict[str, GeneratedPlan]:
    """Give every file of the sample a plan of its own, of the families used least so far."""
    pages = {plan.plan_id: len(typeset(plan.layout)) for plan in plans}
    left, chosen = list(plans), dict[str, GeneratedPlan]()
    used: Counter[str] = Counter()

    def cost(plan: GeneratedPlan, wish: Wish) -> tuple[int, int, int, str]:
        no_table = wish == "table" and not any(isinstance(block, Table) for block in plan.layout.blocks)
        length = pages[plan.plan_id]
        too_long = max(length - (2 if wish == "short" else 6), 0)
        return int(no_table), too_long + used[plan.family], length, plan.plan_id

    for stem, _, wish in sorted(SAMPLE, key=lambda row: WISHES.index(row[2])):
        plan = min(left, key=lambda candidate: cost(candidate, wish))
        used[plan.family] += 1
        left.remove(plan)
        chosen[stem] = plan
    return chosen


def _tightened(plan: GeneratedPlan, most: int = 2) -> GeneratedPlan:
    """Set a plan smaller and closer, as thrifty offices do, until it fits on *most* pages or no more can be done."""
    for size, space in ((14.0, 4.0), (13.0, 4.0), (13.0, 2.0), (13.0, 0.0)):
        blocks = (replace(b, space_before=space) if isinstance(b, Paragraph) else b for b in plan.layout.blocks)
        layout = replace(plan.layout, blocks=tuple(blocks), size=size)
        if len(typeset(layout)) <= most:
            break
    return replace(plan, layout=layout)


def write_sample(directory: Path, progress: Callable[[int, int], None] | None = None) -> list[Entry]:
    """Write the sample corpus into *directory* in place of what is there; the same bytes each time."""
    names = [family.name for family in FAMILIES.values() if family.split != "heldout"]
    plans = list(generate_plans(142, SEED, families=names))
    (directory / "manifest.jsonl").unlink(missing_ok=True)
    for name in (DOCUMENTS, GOLD):
        shutil.rmtree(directory / name, ignore_errors=True)
    make_folders(directory)
    entries: list[Entry] = []
    chosen = _choose(plans)
    for stem, variant, wish in SAMPLE:
        plan = _tightened(chosen[stem]) if wish == "short" else chosen[stem]
        entries.append(write_file(plan, variant, directory, SEED, stem))
        if progress:
            progress(len(entries), len(SAMPLE))
    write_manifest(entries, directory)
    return entries
