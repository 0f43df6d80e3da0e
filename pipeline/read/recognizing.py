"""The recognizer that is handed to the reading stage, and what becomes of a page that it fails on.

Reading never imports the OCR stage: `run.py` passes `pipeline.ocr.recognize_page` in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from subprocess import SubprocessError

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.data import Page
from pipeline.errors import DISK_ERRORS, InputFileError
from pipeline.read.faults import page_issue

log = logging.getLogger(__name__)

# image (grey H x W, or RGB H x W x 3, uint8), its resolution in dots an inch, page number, reason for OCR
Recognizer = Callable[[NDArray[np.uint8], float, int, str], Page]
Issues = tuple[tuple[str, str], ...]


def recognized(
    recognizer: Recognizer, image: NDArray[np.uint8], dpi: float, number: int, reason: str, issues: Issues = ()
) -> Page:
    """Return the page that *recognizer* reads; one without lines and with an issue where it fails.

    What stops every page alike (`MissingResourceError`, a full disk) is raised.
    """
    try:
        page = recognizer(image, dpi, number, reason)
    except MemoryError:
        return failed(number, reason, page_issue("P106"), *issues)
    except cv2.error as error:
        code = "P106" if error.code == cv2.Error.StsNoMem else "P103"
        log.warning("recognition failed: %s", error, extra={"page": number})
        return failed(number, reason, page_issue(code), *issues)
    except (InputFileError, SubprocessError, RuntimeError, OSError, ValueError, LookupError, ArithmeticError) as error:
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise
        log.warning("recognition failed: %s", error, extra={"page": number})
        return failed(number, reason, page_issue("P103", str(error)), *issues)
    return replace(page, issues=(*issues, *page.issues)) if issues else page


def failed(number: int, reason: str, *issues: tuple[str, str]) -> Page:
    """Return a page without lines that says what went wrong."""
    return Page(number, (), "ocr", reason, issues=issues)
