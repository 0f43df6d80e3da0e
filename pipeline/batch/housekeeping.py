"""What a run leaves behind beside the dataset, and when it goes: reports and logs of runs, unfinished documents.

Only files that a run made, in the folders that it made for them, are ever removed; never a table, an export or an
input.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import time
from pathlib import Path

from pipeline.dataset import Store
from pipeline.errors import DatasetError

log = logging.getLogger(__name__)

KEEP_DAYS = 90
"""Days for which reports, logs and the pages of unfinished documents are kept."""

RUN_FILE_RE = re.compile(r"\d{8}T\d{6}Z-\d+\.(json|log)")
UNFINISHED_RE = re.compile(r"[0-9a-f]{64}")
HALF_WRITTEN_RE = re.compile(r"\..+\.new")
DAY = 86_400.0  # seconds


def work_folder(store: Store) -> Path:
    """Return the folder for unfinished documents: inside the dataset, so that it shares its disk and its fate.

    A database has none; there it lies in the user's cache, one for each address.

    Raises:
        DatasetError: it cannot be made.
    """
    if store.folder:
        return _made(store.folder / "work")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return _made(cache / "kehoach" / "work" / hashlib.sha256(store.address.encode()).hexdigest()[:16])


def runs_folder(store: Store) -> Path | None:
    """Return the folder for reports and logs of runs, None where the dataset has no folder.

    Raises:
        DatasetError: it cannot be made.
    """
    return _made(store.folder / "runs") if store.folder else None


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"folder {folder} cannot be made: {error.strerror}") from error
    return folder


def clean(store: Store, keep_days: int) -> int:
    """Remove what is older than *keep_days* or was left half-written by a killed run; return how many."""
    oldest = time.time() - keep_days * DAY
    removed = 0
    for folder, pattern in ((work_folder(store), UNFINISHED_RE), (runs_folder(store), RUN_FILE_RE)):
        for path in sorted(folder.iterdir()) if folder else ():
            half = HALF_WRITTEN_RE.fullmatch(path.name) and store.folder
            if half or (pattern.fullmatch(path.name) and _changed(path) < oldest):
                _remove(path)
                removed += 1
    if removed:
        log.info("%d reports, logs and unfinished documents of more than %d days ago removed", removed, keep_days)
    return removed


def _changed(path: Path) -> float:
    """Return when a file, or anything right inside a folder, was last written to."""
    try:
        inside = list(path.iterdir()) if path.is_dir() else []
        return max(entry.stat().st_mtime for entry in [path, *inside])
    except FileNotFoundError:  # another host's run has finished it
        return time.time()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
