"""Plans become a corpus on disk: files, gold records, and a manifest that is written last.

A folder with a manifest is complete. ``gold/<stem>.json`` holds what a perfect reader finds in
``documents/<stem>.<ending>``; only that folder is input for the product.
Broken files have no gold but an entry in the manifest.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.layout import GeneratedPlan
from corpus.render.pen import Pen
from corpus.render.variants import BROKEN, Variant, make_variant, plan_seed

log = logging.getLogger(__name__)

DOCUMENTS, GOLD = "documents", "gold"
MakePen = Callable[[int], Pen]  # from a seed


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest."""

    file: str
    plan_id: str
    family: str
    split: str
    variant: str
    seed: int
    sha256: str
    gold: bool


def make_folders(directory: Path) -> None:
    """Make the folders that `write_file` writes to."""
    for name in (DOCUMENTS, GOLD):
        (directory / name).mkdir(parents=True, exist_ok=True)


def write_file(
    plan: GeneratedPlan, variant: str, directory: Path, seed: int, stem: str | None = None, pen: MakePen | None = None
) -> Entry:
    """Write one variant of a plan and its gold into *directory*.

    Raises:
        VariantError: no variant has that name.
    """
    stem = stem or f"{plan.plan_id}.{variant}"
    hand = pen(plan_seed(plan.plan_id, "pen", seed)) if pen else None
    made: Variant = make_variant(plan, variant, seed, hand)
    path = directory / DOCUMENTS / f"{stem}.{made.ending}"
    path.write_bytes(made.data)
    has_gold = made.whole and variant not in BROKEN
    if has_gold:
        gold = plan.gold | dict(made.gold)
        text = json.dumps(gold, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (directory / GOLD / f"{stem}.json").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(made.data).hexdigest()
    return Entry(f"{DOCUMENTS}/{path.name}", plan.plan_id, plan.family, plan.split, variant, seed, digest, has_gold)


def write_manifest(entries: Iterable[Entry], directory: Path) -> None:
    """Write ``manifest.jsonl``, one file a line, under a temporary name first."""
    partial = directory / "manifest.jsonl.part"
    rows = (json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    partial.write_text("".join(rows), encoding="utf-8")
    partial.replace(directory / "manifest.jsonl")


def write_corpus(
    plans: Sequence[GeneratedPlan],
    variants: Sequence[str],
    directory: Path,
    seed: int,
    pen: MakePen | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Entry]:
    """Write every variant of every plan; *progress* is told how many files of how many are done.

    Raises:
        VariantError: a variant is unknown; nothing of the manifest is written then.
    """
    make_folders(directory)
    (directory / "manifest.jsonl").unlink(missing_ok=True)  # incomplete from here on
    entries: list[Entry] = []
    for plan in plans:
        for variant in variants:
            log.debug("%s: %s", plan.plan_id, variant)
            entries.append(write_file(plan, variant, directory, seed, pen=pen))
            if progress:
                progress(len(entries), len(plans) * len(variants))
    write_manifest(entries, directory)
    return entries
