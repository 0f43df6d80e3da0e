"""Where trained weights and tables lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import MissingResourceError

PACKAGE = Path(__file__).parent


def model_path(name: str) -> Path:
    """Return the file or folder *name* under the models folder, such as ``diacritics/lm.bin``.

    ``KEHOACH_MODELS`` names another folder to look in first.

    Raises:
        MissingResourceError: it is in none of the places.
    """
    places = [PACKAGE.parent / "models", PACKAGE / "_models"]
    if override := os.environ.get("KEHOACH_MODELS"):
        places.insert(0, Path(override))
    for place in places:
        if (path := place / name).exists():
            return path
    raise MissingResourceError(
        f"model {name} is missing; install kehoach again, or set KEHOACH_MODELS to the folder that holds it"
    )


def resource_path(name: str) -> Path:
    """Return the table *name* under ``pipeline/resources``.

    Raises:
        MissingResourceError: there is no such table.
    """
    path = PACKAGE / "resources" / name
    if not path.exists():
        raise MissingResourceError(f"table {name} is missing; install kehoach again")
    return path
