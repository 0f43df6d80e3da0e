"""The log: lines of text or of JSON, each line about a document with its document and page.

Who works on a document says so once (`about`); from then on every line carries it, whichever library wrote it: a
process works on one document at a time. Lines about a page name it: ``extra={"page": 3}``.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

ROOT = "pipeline"
"""Name of the logger above all of ours; libraries are heard from `logging.WARNING` on."""

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
"""What is said with no, one and two ``-v``."""

_subject: dict[str, str] = {}


def about(document: str | None) -> None:
    """Say which document this process works on from now on (None: no longer any)."""
    _subject.clear()
    if document is not None:
        _subject["document"] = document


class Formatter(logging.Formatter):
    r"""A line for each record, of text or of JSON.

    >>> record = logging.LogRecord("pipeline.read", logging.WARNING, "", 0, "cannot be mended", (), None)
    >>> record.page = 3
    >>> about("kế hoạch.pdf")
    >>> print(Formatter().format(record))
    kehoach: kế hoạch.pdf, page 3: cannot be mended
    >>> print(Formatter(as_json=True).format(record)[37:])
    "level": "WARNING", "logger": "pipeline.read", "document": "kế hoạch.pdf", "page": 3, "message": "cannot be mended"}
    >>> about(None)
    """

    def __init__(self, *, as_json: bool = False) -> None:
        super().__init__("%(message)s")
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a document in the record's ``extra`` goes before that of the process."""
        said = {name: getattr(record, name) for name in ("document", "page") if hasattr(record, name)}
        subject: dict[str, str | int] = {**_subject, **said}
        if not self.as_json:
            document = str(subject.get("document", "")).replace("\n", "\\n")  # a name must not pass for a line
            place = ", ".join(filter(None, [document, f"page {subject['page']}" if "page" in subject else ""]))
            return ": ".join(filter(None, ["kehoach", place, super().format(record)]))
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        parts = {"time": when, "level": record.levelname, "logger": record.name, **subject}
        parts["message"] = record.getMessage()
        if record.exc_info:
            parts["exception"] = self.formatException(record.exc_info)
        return json.dumps(parts, ensure_ascii=False)


def start_logging(*, verbose: int = 0, quiet: bool = False, as_json: bool = False) -> None:
    """Log to stderr; warnings of libraries become lines of the log."""
    handler = _handler(sys.stderr, as_json=as_json)
    handler.setLevel(logging.ERROR if quiet else LEVELS[min(verbose, 2)])
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(ROOT).setLevel(handler.level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a log that cannot be written (disk full, reader gone) stops nothing


@contextmanager
def log_file(path: Path) -> Iterator[None]:
    """Log to a file as well, lines of JSON from `logging.INFO` on; processes forked meanwhile do so too.

    Raises:
        OSError: the file cannot be opened.
    """
    ours, root = logging.getLogger(ROOT), logging.getLogger()
    with path.open("a", encoding="utf-8", errors="backslashreplace") as stream:
        handler = _handler(stream, as_json=True)
        handler.setLevel(logging.INFO)
        before = ours.level
        ours.setLevel(min(logging.INFO, ours.getEffectiveLevel()))
        root.addHandler(handler)
        try:
            yield
        finally:
            root.removeHandler(handler)
            ours.setLevel(before)


def _handler(stream: TextIO, *, as_json: bool) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(as_json=as_json))
    return handler
