"""Files that try to break the nightly job, each with the ends that are right for it.

All of them are made here, from nothing or from the committed sample: there is no hostile file in the repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.hostile import damaged, images, packages, pdfs, texts
from tests.hostile.case import Case

__all__ = ["Case", "cases"]


def cases(sample: Path) -> Iterator[Case]:
    """Yield every hostile file; *sample* is the folder of the committed sample documents."""
    yield from pdfs.cases()
    yield from images.cases()
    yield from packages.cases()
    yield from texts.cases()
    yield from damaged.cases(sample)
