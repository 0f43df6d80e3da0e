"""The engines that are compared: each takes a page image and yields its text, ours as read and then restored."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from pipeline.assemble import assemble
from pipeline.data import Line, OcrMode, Page
from pipeline.ocr import recognize_page
from pipeline.restoration import restore_document

RGBImage = NDArray[np.uint8]
Engine = Callable[[RGBImage, float], Iterator[tuple[str, str]]]  # what it yields: a name for the figures, a text


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read, and what it cost."""

    text: str
    cpu_seconds: float  # children included


def kehoach(image: RGBImage, dpi: float, mode: OcrMode = "quality") -> Iterator[tuple[str, str]]:
    """Yield the text of the page as read, then as users get it: marks decided by context."""
    page = recognize_page(image, dpi, 1, "benchmark", mode=mode)
    yield f"kehoach {mode}", "\n".join(line.text for line in page.lines if line.zone != "margin")
    document = restore_document(assemble([page]))
    lines = (document.text[line.start : line.end] for line in document.lines if line.zone != "margin")
    yield f"kehoach {mode} restored", "\n".join(lines)


def plain_tesseract(image: RGBImage, dpi: float) -> Iterator[tuple[str, str]]:
    config = f"--psm 3 --dpi {round(dpi)}"
    yield "tesseract vie psm 3", str(pytesseract.image_to_string(Image.fromarray(image), lang="vie", config=config))


def ocrmypdf(image: RGBImage, dpi: float, program: str = "ocrmypdf") -> Iterator[tuple[str, str]]:
    """Read through OCRmyPDF with its own clean-up (`--deskew --rotate-pages`) and the text layer of its output."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.png", Path(folder) / "out.pdf"
        Image.fromarray(image).save(source, dpi=(dpi, dpi))
        options = ["-l", "vie", "--deskew", "--rotate-pages", "--output-type", "pdf", "--jobs", "1", "--quiet"]
        subprocess.run([program, *options, source, target], check=True, capture_output=True, timeout=180)
        page = pdfium.PdfDocument(target)[0]
        yield "ocrmypdf", str(page.get_textpage().get_text_range())


def asterocr(image: RGBImage, dpi: float, detector: Any, recognizer: Any) -> Iterator[tuple[str, str]]:
    """Read with AsterOCR, a recognizer of lines of Vietnamese, in the boxes that RapidOCR finds, from top to bottom.

    The recognizer stops at lines that are wider than 1,024 pixels at a height of 32: longer ones are halved.
    """
    boxes = detector(np.ascontiguousarray(image[..., ::-1]), use_det=True, use_cls=False, use_rec=False).boxes
    corners = [] if boxes is None else [(*box.min(axis=0).astype(int), *box.max(axis=0).astype(int)) for box in boxes]
    height = float(np.median([bottom - top for _, top, _, bottom in corners])) if corners else 1.0
    lines = []
    for left, top, right, bottom in sorted(corners, key=lambda box: (round(box[1] / height), box[0])):
        parts = -(-(right - left) * 32 // (1000 * max(1, bottom - top)))  # rounded up
        edges = np.linspace(left, right, parts + 1).astype(int)
        lines.append(" ".join(recognizer.predict(image[top:bottom, a:b]) for a, b in pairwise(edges)))
    yield "asterocr, rapidocr boxes", "\n".join(lines)


def engines() -> tuple[dict[str, Engine], list[str]]:
    """Return the engines that can run here, and why others cannot."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    restore_document(assemble([Page(1, (Line("Kế hoạch tô chức"),), "ocr", "warm up")]))  # loading is not counted
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
    try:
        from asterocr import AsterOCR
        from rapidocr import RapidOCR
    except ImportError:
        skipped.append("asterocr: not installed (pip install asterocr rapidocr)")
    else:
        quiet = {"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
        found["asterocr"] = partial(asterocr, detector=RapidOCR(params=quiet), recognizer=AsterOCR())
    return found, skipped


def cpu_seconds() -> float:
    """Return the CPU time of this process and of the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measured(engine: Engine, image: RGBImage, dpi: float) -> dict[str, Reading]:
    """Return each text that *engine* yields, with the CPU time spent up to it."""
    readings: dict[str, Reading] = {}
    texts = engine(image, dpi)
    seconds = 0.0
    while True:
        before = cpu_seconds()
        named = next(texts, None)
        seconds += cpu_seconds() - before
        if named is None:
            return readings
        readings[named[0]] = Reading(named[1], seconds)


def peak_megabytes() -> tuple[float, float]:
    """Return the largest memory so far of this process and of the largest child."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own / 1024, child / 1024
