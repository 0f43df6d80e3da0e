"""Page images (TIFF, JPEG, PNG) and the limits within which an image is recognized."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from pipeline.data import Page
from pipeline.read.faults import fault, page_issue
from pipeline.read.recognizing import Recognizer, failed, recognized
from pipeline.read.sniff import JPEG, PNG, TIFF

MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000  # pixels
MAX_DECODED_PIXELS = 200_000_000  # decoded before it is scaled down; beyond, the page is refused
MAX_FRAMES = 2_000
A4_SHORT_SIDE = 8.27  # inches
PLAUSIBLE_DPI = (70.0, 650.0)

_BROKEN = (  # what Pillow raises on broken files (UnidentifiedImageError is an OSError)
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, RuntimeError, struct.error,
)  # fmt: skip
_FORMATS = {TIFF: ("TIFF",), JPEG: ("JPEG", "MPO"), PNG: ("PNG",)}


def shrink(width: float, height: float) -> float:
    """Return the factor, at most 1, that brings an image of *width* by *height* pixels within the limits.

    >>> shrink(2480, 3508)
    1.0
    >>> round(shrink(10_000, 16_000), 3)
    0.5
    """
    if width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE:
        return 1.0
    factor = min(math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / max(width, height))
    return factor - 1 / max(width, height)  # a pixel less on the long side: sizes are rounded up afterwards


def image_dpi(info: Mapping[Any, Any], width: int, height: int) -> float:
    """Return the resolution of a page image: as it says where that is plausible, else as of a sheet of A4.

    >>> image_dpi({"dpi": (300, 300)}, 2480, 3508)
    300.0
    >>> round(image_dpi({"dpi": (72, 72)}, 2480, 3508))
    300
    """
    stated = info.get("dpi", (0, 0))
    guess = min(width, height) / A4_SHORT_SIDE
    try:
        x, y = float(stated[0]), float(stated[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return max(guess, 1.0)
    if PLAUSIBLE_DPI[0] < x < PLAUSIBLE_DPI[1] and abs(x - y) < 0.02 * x and 5 <= min(width, height) / x <= 14:
        return x
    return max(guess, 1.0)


def frame_count(path: Path, media_type: str) -> int:
    """Return how many pages the image file has.

    Raises:
        InputFileError: ``corrupt`` or ``too_many_pages``.
    """
    with _opened(path, media_type) as image:
        return _frames(image, path.name)[0]


def read_image_file(
    path: Path, media_type: str, recognizer: Recognizer, done: Mapping[int, Page], begin: Callable[[int], None]
) -> Iterator[Page]:
    """Yield the pages of an image file.

    Raises:
        InputFileError: ``corrupt``, ``zero_pages`` or ``too_many_pages``.
    """
    with _opened(path, media_type) as image:
        count, problem = _frames(image, path.name)
        for number in range(1, count + 1):
            if number in done:
                yield done[number]
            else:
                begin(number)
                yield _read_frame(path, image, number, recognizer)
        if problem:
            yield failed(count + 1, "image of a page", page_issue("P110", problem))


def _opened(path: Path, media_type: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked a frame at a time
            return Image.open(path, formats=_FORMATS[media_type])
    except Image.DecompressionBombError as error:
        raise fault("too_large", path.name) from error
    except _BROKEN as error:
        raise fault("corrupt", path.name, type(error).__name__) from error


def _frames(image: Image.Image, name: str) -> tuple[int, str | None]:
    """Return how many frames can be reached, and what keeps those after them from being reached, if anything."""
    if image.format != "TIFF":
        return 1, None
    count, problem = 0, None
    try:
        while count <= MAX_FRAMES:
            image.seek(count)
            count += 1
    except EOFError:
        pass
    except _BROKEN as error:
        problem = type(error).__name__
    if count > MAX_FRAMES:
        raise fault("too_many_pages", name)
    if count < 1:
        raise fault("corrupt" if problem else "zero_pages", name)
    return count, problem


def _read_frame(path: Path, image: Image.Image, number: int, recognizer: Recognizer) -> Page:
    issues: tuple[tuple[str, str], ...] = ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of broken tags; the pixels count
            if image.format == "TIFF":
                image.seek(number - 1)
            width, height = image.size
            if width * height > MAX_DECODED_PIXELS:
                return failed(number, "image of a page", page_issue("P101", f"{width} x {height} pixels"))
            factor = shrink(width, height)
            dpi = image_dpi(image.info, width, height) * factor
            if factor < 1.0:
                issues = (page_issue("P105", f"{width} x {height} pixels"),)
                image.draft(image.mode, (round(width * factor), round(height * factor)))  # JPEG decodes small, cheaply
            try:
                pixels = _pixels(ImageOps.exif_transpose(image), shrink(*image.size))
            except _BROKEN as error:
                pixels = _what_is_left(path, image, number)
                issues += (page_issue("P111", str(error)),)
    except MemoryError:
        return failed(number, "image of a page", page_issue("P106"))
    except (*_BROKEN, Image.DecompressionBombError) as error:
        return failed(number, "image of a page", page_issue("P102", str(error)))
    return recognized(recognizer, pixels, dpi, number, "image of a page", issues)


def _what_is_left(path: Path, image: Image.Image, number: int) -> NDArray[np.uint8]:
    """Decode a damaged frame again, as far as it goes: the header of a plan stands at the top."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with Image.open(path, formats=[image.format or ""]) as again:
            if again.format == "TIFF":
                again.seek(number - 1)
            return _pixels(ImageOps.exif_transpose(again), shrink(*again.size))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _pixels(image: Image.Image, factor: float) -> NDArray[np.uint8]:
    """The image as RGB or grey on white paper, scaled by *factor*."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    elif image.mode.startswith("I") or image.mode == "F":  # 16 bits a pixel, which convert("L") would clip
        values = np.asarray(image, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        image = Image.fromarray(((values - low) * (255.0 / max(high - low, 1.0))).astype(np.uint8))
    elif image.mode not in ("RGB", "L"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if factor < 1.0:
        size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(image, dtype=np.uint8)
