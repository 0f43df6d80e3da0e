"""Signs that their shape tells better than the recognizer: what opens an item of a list, and Roman numerals.

Tesseract's Vietnamese model knows no bullet (it reads », *, ° or s) and drops one of several equal strokes (III is read
as II). Both stand first in a line, and what they are can be counted and measured on the page.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.tesseract import RawLine, RawWord

Mask = NDArray[np.bool_]

# sizes are in type sizes (the em), as Times has them
SIGN = (0.1, 0.45)  # least and largest height of a bullet
SIGN_RISE = 0.1  # its middle stands at least this far above the foot of the line, a full stop lies lower
DASH = 2.0  # from this ratio of width to height a stroke is a dash
DISC = (0.75, 1.33)  # ratio of width to height of a disc
DISC_FILL = 0.62  # of its box; a circle fills 0.79, a small one of pixels less
CAPITAL = (0.5, 0.85)  # height
ONE_STROKE = 0.75  # of its height: I is narrower, V and X are wider
DOT = 0.24
NUMERAL_RE = re.compile(r"^['‘]?(?P<letters>[IVXHLl1]{1,5})(?P<end>[.,:;)]{0,2})$")
NO_SIGN_RE = re.compile(r"^(?:\w*[^\W\dseo]\w*|\d+|.{3,})$")  # letters, numbers and longer words open no item


def mend_signs(line: RawLine, ink: Mask, size: float) -> RawLine:
    """Return *line* with the sign or the Roman numeral at its start as its shape tells.

    Args:
        line: as Tesseract read it, boxes in pixels of the page.
        ink: where the cleaned page has ink.
        size: type size, pixels.
    """
    if len(line.words) < 2:
        return line
    first, second = line.words[0], line.words[1]
    if match := NUMERAL_RE.match(first.text):
        text = _numeral(match, _parts(first, second, line, ink, size), size) if _opens_heading(second) else None
    elif NO_SIGN_RE.match(first.text):
        return line
    else:
        text = _sign(_parts(first, second, line, ink, size), line, size)
    if text is None or text == first.text:
        return line
    return replace(line, words=(replace(first, text=text), *line.words[1:]))


def _opens_heading(word: RawWord) -> bool:
    return word.text[:1].isupper() or word.text[:1] in "\"'“‘("


def _parts(first: RawWord, second: RawWord, line: RawLine, ink: Mask, size: float) -> NDArray[np.int64]:
    """Return x, y, width, height and area of the components of the first word, from the left; specks are left out."""
    x0, x1 = max(0, first.box[0] - 3), min(first.box[2] + 3, second.box[0] - 1)
    top, bottom = max(0, line.box[1] - 2), line.box[3] + 2
    window = ink[top:bottom, x0:x1]
    if window.size == 0:
        return np.empty((0, 5), dtype=np.int64)
    _, _, stats, _ = cv2.connectedComponentsWithStats(window.astype(np.uint8), connectivity=8)
    found: NDArray[np.int64] = stats[1:].astype(np.int64)
    found[:, 1] += top
    found = found[np.maximum(found[:, 2], found[:, 3]) >= max(2.0, 0.08 * size)]
    return np.asarray(found[np.argsort(found[:, 0])])


def _sign(parts: NDArray[np.int64], line: RawLine, size: float) -> str | None:
    """Return the bullet or dash that the only component of a word is; None: neither."""
    if len(parts) != 1:
        return None
    _, y, width, height, area = (float(value) for value in parts[0])
    foot = float(np.median([word.box[3] for word in line.words[1:]]))
    middle = foot - (y + height / 2)
    if width > DASH * height and height < SIGN[1] * size:
        return "-"
    round_enough = DISC[0] < width / height < DISC[1] and area > DISC_FILL * width * height
    if round_enough and SIGN[0] * size < height < SIGN[1] * size and middle > SIGN_RISE * size:
        return "•"
    return None


def _numeral(match: re.Match[str], parts: NDArray[np.int64], size: float) -> str | None:
    """Return the Roman numeral whose letters the components are; None: it stays as read."""
    letters, end = match["letters"], match["end"]
    if not re.search("[IVXHL]", letters):
        return None
    tall = parts[(parts[:, 3] > CAPITAL[0] * size) & (parts[:, 3] < CAPITAL[1] * size)]
    dots = parts[(parts[:, 3] <= DOT * size) & (parts[:, 2] <= DOT * size)]
    if len(tall) == 0 or len(tall) + len(dots) != len(parts) or len(tall) > 5:
        return None
    if any(tall[:, 2] > ONE_STROKE * tall[:, 3]):
        return None  # V and X: which is which, and where, was read well
    stop = "." if len(dots) or end[:1] in {",", ";", ":"} else ""
    return "I" * len(tall) + (end if end in {".", ")"} else stop)
