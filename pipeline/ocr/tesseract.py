"""Tesseract as a child process: many zone images in one call, words with boxes and confidences out.

One call reads a list file of PGM images: the program starts and loads its model once a page (about 0.1 s),
not once a zone. Threads are limited to one: on shared cores OpenMP makes Tesseract ten times slower.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytesseract
from numpy.typing import NDArray

from pipeline.errors import InputFileError, MissingResourceError

Grey = NDArray[np.uint8]

PACKAGES = {
    "tesseract": "tesseract-ocr",
    "vie": "tesseract-ocr-vie",
    "Vietnamese": "tesseract-ocr-script-viet",
}
NEEDED = ("vie", "Vietnamese")  # the models that recognition uses; fast mode does without the second
MIN_VERSION = (4, 1)  # the first with the LSTM engine, list files and TSV together
TSV_COLUMNS = 12
WORD_LEVEL = 5  # of the hierarchy page, block, paragraph, line, word


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as Tesseract gave it; the box is in pixels of the image that was read."""

    text: str
    box: tuple[int, int, int, int]  # x0, top, x1, bottom
    confidence: float  # 0 to 1
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line as Tesseract gave it."""

    words: tuple[RawWord, ...]
    box: tuple[int, int, int, int]

    @property
    def text(self) -> str:
        """The words, parted by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean over the characters."""
        total = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / max(total, 1)


@functools.cache
def languages() -> dict[str, str]:
    """Return the installed models and how the command line spells each; empty where the program is missing."""
    program = shutil.which(pytesseract.pytesseract.tesseract_cmd)
    if program is None:
        return {}
    listing = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    names = [line.strip() for line in listing.stdout.splitlines()[1:]]
    return {name.removeprefix("script/"): name for name in names if name}  # Debian has no script folder, others do


@functools.cache
def version() -> str | None:
    """Return the version of the program such as ``5.3.0``; None where it is missing."""
    program = shutil.which(pytesseract.pytesseract.tesseract_cmd)
    if program is None:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    first = (answer.stdout or answer.stderr).split("\n", 1)[0].split()
    return first[1].removeprefix("v") if len(first) > 1 else None


def check() -> list[str]:
    """Return what recognition misses on this machine, each with the package that brings it; empty: nothing."""
    found = version()
    if found is None:
        return [f"program tesseract (apt install {PACKAGES['tesseract']})"]
    missing = []
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    if numbers < MIN_VERSION:
        missing.append(f"tesseract {found} is too old: {'.'.join(map(str, MIN_VERSION))} or newer is needed")
    missing += [f"tesseract model {name} (apt install {PACKAGES[name]})" for name in NEEDED if name not in languages()]
    return missing


def require(language: str) -> str:
    """Return *language* as this installation spells it.

    Raises:
        MissingResourceError: the program or the model is not installed.
    """
    if version() is None:
        raise MissingResourceError(f"program tesseract is missing: apt install {PACKAGES['tesseract']}")
    if language not in languages():
        package = PACKAGES.get(language, f"tesseract-ocr-{language}")
        raise MissingResourceError(f"tesseract model {language} is missing: apt install {package}")
    return languages()[language]


def read(
    images: Sequence[Grey], dpi: float, *, language: str, psm: int = 6, timeout: float = 60.0, options: str = ""
) -> list[list[RawLine]]:
    """Return the lines of each image, in one call of the program.

    Args:
        images: grey images, dark ink on light paper.
        dpi: their resolution.
        language: name of the model.
        psm: page segmentation mode for all of them.
        timeout: seconds of wall clock; the child is killed after that.
        options: further options of the command line.

    Raises:
        MissingResourceError: the program or the model is not installed.
        InputFileError: Tesseract gave up (``ocr_failed``) or ran out of time (``ocr_timeout``).
    """
    if not images:
        return []
    name = require(language)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="kehoach-ocr-") as folder:
        paths = []
        for index, image in enumerate(images):
            path = Path(folder) / f"{index:04d}.pgm"
            write_pgm(path, image)
            paths.append(str(path))
        listing = Path(folder) / "images.txt"
        listing.write_text("\n".join(paths) + "\n", encoding="utf-8")
        config = f"--psm {psm} --oem 1 --dpi {round(dpi)} {options}"
        try:
            table = pytesseract.image_to_data(str(listing), lang=name, config=config, timeout=timeout)
        except RuntimeError as error:
            if isinstance(error, pytesseract.TesseractError):
                raise InputFileError("ocr_failed", f"tesseract failed: {error.message[:200]}") from error
            raise InputFileError("ocr_timeout", f"tesseract took longer than {timeout:.0f} s") from error
    return parse_tsv(table, len(images))


def write_pgm(path: Path, image: Grey) -> None:
    """Write *image* as binary PGM: no compression, so no time is lost on either side."""
    height, width = image.shape
    with path.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height))
        file.write(np.ascontiguousarray(image).tobytes())


def parse_tsv(table: str, count: int) -> list[list[RawLine]]:
    r"""Return the lines of each of *count* images in Tesseract's TSV.

    >>> rows = ["level ...", "5 1 1 1 1 1 10 20 30 9 96.5 Kế", "5 1 1 1 1 2 45 20 30 9 91 hoạch"]
    >>> [line.text for line in parse_tsv("\n".join(rows).replace(" ", "\t"), 1)[0]]
    ['Kế hoạch']
    """
    pages: list[list[RawLine]] = [[] for _ in range(count)]
    key: tuple[str, ...] | None = None
    words: list[RawWord] = []
    page = 0

    def close() -> None:
        if words:
            boxes = np.array([word.box for word in words])
            x0, top = boxes[:, :2].min(axis=0)
            x1, bottom = boxes[:, 2:].max(axis=0)
            pages[page].append(RawLine(tuple(words), (int(x0), int(top), int(x1), int(bottom))))
            words.clear()

    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < TSV_COLUMNS or cells[0] != str(WORD_LEVEL):
            continue
        text = cells[11].strip()
        if not text:
            continue
        if (cells[1], *cells[2:5]) != key:
            close()
            key = (cells[1], *cells[2:5])
            page = min(int(cells[1]) - 1, count - 1)
        left, top, width, height = (int(cell) for cell in cells[6:10])
        confidence = max(0.0, float(cells[10]) / 100.0)
        words.append(RawWord(text, (left, top, left + width, top + height), confidence))
    close()
    return pages
