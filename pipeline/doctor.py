"""What is installed, which models and languages, what is missing and how to get it."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.assets import model_path
from pipeline.errors import MissingResourceError
from pipeline.ocr.tesseract import check, version
from pipeline.run import MODELS

LIBRARIES = ("pypdfium2", "pikepdf", "pdfplumber", "python-docx", "opencv-python-headless", "pytesseract", "numba",
             "unidecode", "spacy", "pydantic", "sqlalchemy", "pyarrow")  # fmt: skip
EXTRAS = {"pandas": "analysis", "pg8000": "postgresql", "distributed": "dask"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for."""

    name: str
    state: str  # its version, or "missing"
    needed: bool  # False: only some inputs or options need it
    cure: str = ""

    @property
    def missing(self) -> bool:
        """Whether it is needed and not there."""
        return self.needed and self.state == "missing"


def examine() -> Iterator[Finding]:
    """Yield everything that a run may need, whether it is there, and the cure where it is not."""
    for name in LIBRARIES:
        yield _library(name, needed=True, cure="pip install kehoach")
    for name, extra in EXTRAS.items():
        yield _library(name, needed=False, cure=f"pip install 'kehoach[{extra}]'")
    for model in MODELS:
        try:
            meta = json.loads(model_path(f"{model}/meta.json").read_text("utf-8"))
            yield Finding(f"model {model}", str(meta.get("version", "?")), needed=True)
        except MissingResourceError as error:
            yield Finding(f"model {model}", "missing", needed=True, cure=str(error))
    missing = check()
    yield from (Finding("recognition", "missing", needed=True, cure=cure) for cure in missing)
    if not missing:
        yield Finding("recognition", f"tesseract {version()} with Vietnamese", needed=True)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding("LibreOffice (for .doc)", office or "missing", needed=False, cure="apt install libreoffice-writer")


def _library(name: str, *, needed: bool, cure: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name), needed)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", needed, cure)
