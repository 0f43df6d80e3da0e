"""Where the tests find their inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents beside the checkout, which are not part of it."""
    folder = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
    if not (folder / "documents").is_dir():
        pytest.skip(f"the real documents are not here ({folder}); set KEHOACH_SHARED to their folder")
    return folder.resolve()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The documents of the sample corpus, which the repository brings."""
    return SAMPLE / "documents"
