"""The engines that are compared: each takes a page image and returns its text."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from pipeline.data import OcrMode
from pipeline.ocr import recognize_page

RGBImage = NDArray[np.uint8]
Engine = Callable[[RGBImage, float], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read, and what it cost."""

    text: str
    cpu_seconds: float  # children included


def kehoach(image: RGBImage, dpi: float, mode: OcrMode = "quality") -> str:
    page = recognize_page(image, dpi, 1, "benchmark", mode=mode)
    return "\n".join(line.text for line in page.lines if line.zone != "margin")


def plain_tesseract(image: RGBImage, dpi: float) -> str:
    config = f"--psm 3 --dpi {round(dpi)}"
    return str(pytesseract.image_to_string(Image.fromarray(image), lang="vie", config=config))


def ocrmypdf(image: RGBImage, dpi: float, program: str = "ocrmypdf") -> str:
    """Read through OCRmyPDF with its own clean-up (`--deskew --rotate-pages`) and the text layer of its output."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.png", Path(folder) / "out.pdf"
        Image.fromarray(image).save(source, dpi=(dpi, dpi))
        options = ["-l", "vie", "--deskew", "--rotate-pages", "--output-type", "pdf", "--jobs", "1", "--quiet"]
        subprocess.run([program, *options, source, target], check=True, capture_output=True, timeout=180)
        page = pdfium.PdfDocument(target)[0]
        return str(page.get_textpage().get_text_range())


def engines() -> tuple[dict[str, Engine], list[str]]:
    """Return the engines that can run here, and why others cannot."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    found: dict[str, Engine] = {
        "kehoach quality": kehoach,
        "kehoach fast": partial(kehoach, mode="fast"),
        "tesseract vie psm 3": plain_tesseract,
    }
    skipped = []
    if program := os.environ.get("OCRMYPDF") or shutil.which("ocrmypdf"):
        found["ocrmypdf"] = partial(ocrmypdf, program=program)
    else:
        skipped.append("ocrmypdf: not installed (pip install ocrmypdf, or name the program in OCRMYPDF)")
    return found, skipped


def cpu_seconds() -> float:
    """Return the CPU time of this process and of the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measured(engine: Engine, image: RGBImage, dpi: float) -> Reading:
    """Return what *engine* reads with the CPU time it took."""
    before = cpu_seconds()
    text = engine(image, dpi)
    return Reading(text, cpu_seconds() - before)


def peak_megabytes() -> tuple[float, float]:
    """Return the largest memory so far of this process and of the largest child."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own / 1024, child / 1024
