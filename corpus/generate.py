"""Plans with gold, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from corpus.families import FAMILIES
from corpus.families.base import Draft, Family
from corpus.layout import GeneratedPlan


def generate_plan(family: Family, index: int, seed: int) -> GeneratedPlan:
    """Write plan number *index* of *family*; it depends on nothing else but *seed*."""
    draft = Draft(Random(f"{seed}/{family.name}/{index}"))
    family.write(draft)
    return GeneratedPlan(f"{family.name}-{index:04d}", family.name, family.split, draft.layout(), draft.gold)


def generate_plans(
    count: int, seed: int, *, families: Sequence[str] | None = None, split: str | None = None
) -> Iterator[GeneratedPlan]:
    """Yield *count* plans, one family after the other in turn.

    Args:
        count: how many plans in all.
        seed: the same seed gives the same plans.
        families: names of families; all of them by default.
        split: ``train``, ``dev`` or ``heldout``; all of them by default.

    Raises:
        ValueError: a family is unknown, or none is left.
    """
    if unknown := set(families or ()) - FAMILIES.keys():
        raise ValueError(f"unknown families: {', '.join(sorted(unknown))}; there are {', '.join(FAMILIES)}")
    chosen = [f for f in FAMILIES.values() if (not families or f.name in families) and split in (None, f.split)]
    if not chosen:
        raise ValueError(f"no family is in split {split}")
    for number in range(count):
        index, which = divmod(number, len(chosen))
        yield generate_plan(chosen[which], index, seed)
