"""Signs that their shape tells better than the recognizer: what opens an item of a list, and Roman numerals.

Tesseract's Vietnamese model knows no bullet (it reads », *, ° or s), loses dashes on poor scans, and drops one of
several equal strokes (III is read as II). They stand first in a line, and what they are can be counted and measured on
the page. The quarter of a year is mended wherever it stands: only four numerals are possible there.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.folding import fold
from pipeline.ocr.blanks import type_size
from pipeline.ocr.tesseract import RawLine, RawWord

Grey = NDArray[np.uint8]
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
LOST_SIGN = 1.2  # how far before the first word a dash may begin that was lost
LOST_DASH = (0.2, 0.6)  # its width
BLURRED_DASH = 1.4  # ratio of its width to its height where it is blurred
DASH_RISE = (0.1, 0.4)  # its middle above the foot of the word
PALE_INK = 216  # grey level: a dash is thin, and paper near 250
HEAD = 0.25  # of its height from the top: where a 1 has its flag
FLAG = 0.06  # type sizes that it reaches out farther than the serif on the other side
QUARTER_RE = re.compile(
    r"^(?P<open>[(]?)(?P<strokes>[IVl1|!\[\]{}i]{1,3})(?P<rest>[/\u2044]+(?P<year>(?:19|20)\d\d\W*)|[,.;:)]*)$"
)
STROKES = frozenset("~=_\u2013\u2014-")
GLUED_RE = re.compile(r"^((?:[IVX]{1,4}|\d{1,2})\.)([^\W\d_][^\W\d]+)$")
PARTS_OF_DATES = {"ngay": 31, "thang": 12}
STROKE_RE = re.compile(r"^([\dlI|\]!OoJ]{2})([,.;:)]*)$")
SAME_SHAPE = frozenset("COÔƠSUƯVXZỊỞỜỚỢƠỐỒỔỘỨỪỬỰỤỦÚÙÓÒỎỌ")
LONGEST_ALIKE = 3  # letters of a word in capitals that may be small ones: "VỊ"; longer ones have others among them
LOWEST, LOW = 0.3, 0.56  # type sizes: small letters are 0.45 high, capitals 0.66
TERM_RE = re.compile(r"(?<=QH)(?P<strokes>[I1l|!\]]{1,3})(?P<digit>[0-6]?)(?!\w)")  # none has more than two digits
LOOKALIKES = str.maketrans("lI|]!JOo", "11111100")
QUARTERS = ("I", "II", "III", "IV")
NUMERAL_RE = re.compile(r"^['‘]?(?P<letters>[IVXHLl1]{1,5})(?P<end>[.,:;)]{0,2})$")
NO_SIGN_RE = re.compile(r"^(?:\w*[^\W\dseo]\w*|\d+|.{3,})$")  # letters, numbers and longer words open no item


def mend_signs(line: RawLine, ink: Mask, size: float) -> RawLine:
    """Return *line* with the sign or the Roman numeral at its start as its shape tells.

    Args:
        line: as Tesseract read it, boxes in pixels of the page.
        ink: where the cleaned page has ink.
        size: type size, pixels.
    """
    line = _mended_terms(_mended_quarters(_mended_dates(_parted_number(line)), ink, size))
    line = _mended_capitals(line, ink)
    if len(line.words) < 2:
        return line
    first, second = line.words[0], line.words[1]
    if match := NUMERAL_RE.match(first.text):
        text = _numeral(match, _parts(first, second, line, ink, size), size) if _opens_heading(second) else None
    elif NO_SIGN_RE.match(first.text):
        return line
    else:
        text = _sign(_parts(first, second, line, ink, size), line, size)
        if text is None and set(first.text) <= STROKES:
            text = "-"
    if text is None or text == first.text:
        return line
    return replace(line, words=(replace(first, text=text), *line.words[1:]))


def find_lost_dash(line: RawLine, grey: Grey, size: float) -> RawLine:
    """Return *line* with the dash that stands before its first word, where recognition lost it.

    Args:
        line: as it was read, boxes in pixels of the page.
        grey: the page before its grain was taken out, and thin dashes with it.
        size: type size, pixels.
    """
    first = line.words[0]
    if not first.text[:1].isalpha():
        return line
    left, top = max(0, round(first.box[0] - LOST_SIGN * size)), max(0, first.box[1])
    window = grey[top : first.box[3], left : max(0, first.box[0] - 2)] < PALE_INK
    if window.size == 0:
        return line
    _, _, stats, _ = cv2.connectedComponentsWithStats(window.astype(np.uint8), connectivity=8)
    found = [box for box in stats[1:] if max(box[2], box[3]) >= max(3.0, 0.12 * size)]
    if len(found) != 1:
        return line
    x, y, width, height, _ = (int(value) for value in found[0])
    rise = (len(window) - y - height / 2) / size
    is_dash = width > BLURRED_DASH * height and LOST_DASH[0] * size < width < LOST_DASH[1] * size
    if not is_dash or x == 0 or not DASH_RISE[0] < rise < DASH_RISE[1]:
        return line
    word = RawWord("-", (left + x, top + y, left + x + width, top + y + height), first.confidence)
    return RawLine((word, *line.words), (word.box[0], *line.box[1:]))


def _parted_number(line: RawLine) -> RawLine:
    """Return *line* with the number of its heading as a word of its own: "I.MỤC ĐÍCH"."""
    first = line.words[0]
    match = GLUED_RE.match(first.text)
    if match is None:
        return line
    x0, top, x1, bottom = first.box
    at = round(x0 + (x1 - x0) * match.end(1) / len(first.text))
    number = replace(first, text=match[1], box=(x0, top, at, bottom), alternatives=())
    rest = replace(first, text=match[2], box=(at, top, x1, bottom), alternatives=())
    return replace(line, words=(number, rest, *line.words[1:]))


def _mended_quarters(line: RawLine, ink: Mask, size: float) -> RawLine:
    """Return *line* with the quarter of a year, "quý II/2025", as one of the four that there are."""
    words = list(line.words)
    for index, (before, word) in enumerate(itertools.pairwise(line.words), start=1):
        match = QUARTER_RE.match(word.text) if fold(before.text).strip("( ") in ("quy", "qui") else None
        if match is None:
            continue
        strokes = re.sub(r"[^V]", "I", match["strokes"])
        if match["strokes"] == "1" and _has_flag(word, ink, size):
            continue  # an Arabic numeral
        if strokes in QUARTERS:
            rest = f"/{match['year']}" if match["year"] else match["rest"]
            words[index] = replace(word, text=match["open"] + strokes + rest)
    return replace(line, words=tuple(words))


def _mended_dates(line: RawLine) -> RawLine:
    """Return *line* with the strokes read beside a digit in "ngày 2l tháng 1]" as digits, where that makes a day."""
    words = list(line.words)
    for index, (before, word) in enumerate(itertools.pairwise(line.words), start=1):
        most = PARTS_OF_DATES.get(fold(before.text).strip("( "))
        match = STROKE_RE.match(word.text) if most else None
        if match is None or not any(map(str.isdigit, match[1])):
            continue
        digits = match[1].translate(LOOKALIKES)
        if most is not None and 1 <= int(digits) <= most:
            words[index] = replace(word, text=digits + match[2])
    return replace(line, words=tuple(words))


def _mended_terms(line: RawLine) -> RawLine:
    """Return *line* with the term of the National Assembly in the codes of its laws as a number: "QHI5", "QHI15"."""

    def term(match: re.Match[str]) -> str:
        if not match["digit"] and len(match["strokes"]) < 2:
            return match[0]
        return "1" + (match["digit"] or "1")

    words = (replace(word, text=TERM_RE.sub(term, word.text)) for word in line.words)
    return replace(line, words=tuple(words))


def _mended_capitals(line: RawLine, ink: Mask) -> RawLine:
    """Return *line* with small letters where a letter that is shaped as its capital stands low: "hồ Sơ", "đơn VỊ"."""
    size = type_size([line])
    words = list(line.words)
    for index, word in enumerate(line.words):
        core = word.text.strip(".,;:()")
        if size is None or not index or core[:1] not in SAME_SHAPE or not line.words[index - 1].text[-1:].islower():
            continue
        alike = core[1:].islower() or (1 < len(core) <= LONGEST_ALIKE and set(core) <= SAME_SHAPE)
        if alike and _is_low(word, ink, size):
            words[index] = replace(word, text=word.text.lower())
    return replace(line, words=tuple(words))


def _is_low(word: RawWord, ink: Mask, size: float) -> bool:
    """Tell whether the first letter of a word is as low as a small one."""
    x0, top, x1, bottom = word.box
    window = ink[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1]
    if window.size == 0:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(window.astype(np.uint8), connectivity=8)
    high = [(int(x), int(height)) for x, _, _, height, _ in stats[1:] if height > LOWEST * size]
    return bool(high) and min(high)[1] < LOW * size


def _has_flag(word: RawWord, ink: Mask, size: float) -> bool:
    """Tell whether the stroke that a word starts with reaches out to the left at its head, as 1 does and I does not.

    The serifs of an I may be lost in the blur of a poor scan, and a slash may touch its foot: neither tells.
    """
    x0, top, _, bottom = word.box
    window = ink[max(0, top) : bottom, max(0, x0 - 3) : max(0, round(x0 + 0.36 * size))]
    rows = np.flatnonzero(window.any(axis=1))
    if len(rows) < CAPITAL[0] * size:
        return True
    window = window[rows[0] : rows[-1] + 1]
    height = len(window)
    stem = np.flatnonzero(window[round(0.35 * height) : round(0.65 * height)].mean(axis=0) > 0.5)
    if stem.size == 0:
        return True
    left = right = int(stem[0])
    while right + 1 in stem:
        right += 1
    head = window[: max(2, round(HEAD * height))]
    before = max(_run(row[::-1], len(row) - 1 - left) for row in head)
    after = max(_run(row, right) for row in head)
    return before - after > FLAG * size


def _run(row: NDArray[np.bool_], start: int) -> int:
    """Return for how many pixels behind *start* a row goes on with ink."""
    after = row[start + 1 :]
    return int(np.argmin(after)) if not after.all() else len(after)


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
