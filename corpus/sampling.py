"""The committed sample corpus: one small file of every kind, each of another plan.

It is what ``make run`` processes on a fresh machine, so it is small: about fifteen pages go through OCR.
Held-out families stay out of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.generate import generate_plans
from corpus.layout import GeneratedPlan, Table
from corpus.render.typeset import typeset
from corpus.write import DOCUMENTS, GOLD, Entry, make_folders, write_file, write_manifest

SEED = 2026
# name of the file, variant, fewest and most pages, whether it has to have a table
SAMPLE: tuple[tuple[str, str, int, int, bool], ...] = (
    ("01-word-export", "pdf", 2, 9, False),
    ("02-annex-table", "pdf", 2, 9, True),
    ("03-scan-seal", "scan-typical-200-seal-grey", 1, 2, False),
    ("04-scan-incoming-stamp", "scan-typical-150-seal-incoming-border", 1, 2, False),
    ("05-scan-bad-copy", "scan-bad-150-seal-warp-grey-staple", 1, 2, False),
    ("06-fax-upside-down-and-blank", "scan-fax-200-upside-blank-ccitt", 2, 2, False),
    ("07-scan-turned", "scan-typical-150-grey-quarter-seal", 1, 2, False),
    ("08-garbled-text-layer", "scan-garbled", 1, 2, False),
    ("09-signed-scan", "scan-signed", 1, 2, False),
    ("10-word-page-and-scanned-page", "mixed", 2, 2, False),
    ("11-fax", "tiff-fax", 1, 2, False),
    ("12-photo", "jpeg", 1, 1, False),
    ("13-word", "docx", 1, 9, True),
    ("14-word-vntime", "docx-tcvn3", 1, 9, False),
    ("15-pdf-vntime", "pdf-tcvn3", 1, 9, False),
    ("16-digitally-signed", "pdf-signed", 1, 9, False),
    ("17-text", "text", 1, 9, False),
    ("18-text-without-marks", "text-unaccented", 1, 9, False),
    ("19-text-vni", "text-vni", 1, 9, False),
    ("20-encrypted", "pdf-encrypted", 1, 9, False),
    ("21-truncated", "pdf-truncated", 1, 9, False),
    ("22-empty", "pdf-empty", 1, 9, False),
    ("23-not-a-pdf", "pdf-foreign", 1, 9, False),
)


def _choose(plans: list[GeneratedPlan]) -> Iterator[tuple[str, str, GeneratedPlan]]:
    """Give every file of the sample a plan of fitting length, of families used least so far."""
    pages = {plan.plan_id: len(typeset(plan.layout)) for plan in plans}
    used: dict[str, int] = {}
    left = list(plans)
    tightest_first = sorted(SAMPLE, key=lambda row: (row[3] - row[2], not row[4]))
    for stem, variant, least, most, table in tightest_first:
        fitting = [
            plan
            for plan in left
            if least <= pages[plan.plan_id] <= most
            and (not table or any(isinstance(block, Table) for block in plan.layout.blocks))
        ]
        if not fitting:
            raise ValueError(f"no plan left for {stem}: raise the number of plans that the sample chooses from")
        plan = min(fitting, key=lambda p: (used.get(p.family, 0), pages[p.plan_id], p.plan_id))
        used[plan.family] = used.get(plan.family, 0) + 1
        left.remove(plan)
        yield stem, variant, plan


def write_sample(directory: Path, progress: Callable[[int, int], None] | None = None) -> list[Entry]:
    """Write the sample corpus into *directory* in place of what is there; the same bytes each time.

    Raises:
        ValueError: the generator made no plan that fits one of the files.
    """
    plans = [plan for plan in generate_plans(160, SEED) if plan.split != "heldout"]
    (directory / "manifest.jsonl").unlink(missing_ok=True)
    for name in (DOCUMENTS, GOLD):
        shutil.rmtree(directory / name, ignore_errors=True)
    make_folders(directory)
    entries: list[Entry] = []
    for stem, variant, plan in sorted(_choose(plans), key=lambda row: row[0]):
        entries.append(write_file(plan, variant, directory, SEED, stem))
        if progress:
            progress(len(entries), len(SAMPLE))
    write_manifest(entries, directory)
    return entries
