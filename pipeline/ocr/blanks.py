"""The gaps that clerks fill in by pen: the number after "Số:", day and month of the date line.

Where Tesseract found nothing, junk or an unsure word between the printed words, the ink there is read again as
handwritten digits. What stays unsure is left out, so that a number is missing rather than wrong; what is printed
after the gap always becomes a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from pipeline.ocr.digits import read_digits
from pipeline.ocr.tesseract import RawLine, RawWord

Mask = NDArray[np.bool_]

NUMBER_RE = re.compile(
    r"""^\W{0,3}[S5][O06](?P<colon>\s?[:.;,])?  # "Số", the marks folded away, the o perhaps read as 0
        (?P<number>[^/]{0,14}?)\s?
        (?P<end>/\s?(?:(?:19|20)\d\d\s?/\s?)?[A-Z]{2,}      # /KH-SYT, /2020/NĐ-CP
            |[-–—]\s?[A-Z]{2,5}\s?/\s?[A-Z]{2,})            # party bodies: 12-KH/TU
    """,
    re.VERBOSE | re.IGNORECASE,
)
DATE_RE = re.compile(
    r"\bng[ao]y(?P<day>(?:(?!ng[ao]y).){0,9}?)th[ao]ng(?P<month>.{0,9}?)n[ao]m\W{0,4}(?:(?:19|20)\d\d|\d{0,2}\W*$)",
    re.IGNORECASE,
)
PLACE_WORDS = 7  # before the day of a date line; more is a sentence
SURE = 0.88  # confidence from which Tesseract's own digits stand
LEAST = 0.33  # score from which our reading is used; on 25 real headers no wrong one reached 0.3
LEAST_OVER = 0.7  # the same where Tesseract read another number and is not quite unsure of it
UNSURE = 0.5  # below, Tesseract's own digits count for nothing beside ours
# advance widths of Times, of the type size: enough to tell where a word ends that ink of the pen is glued to
NARROW, WIDE = frozenset("filtjI/.,:;'()-r"), frozenset("mwMW")


@dataclass(frozen=True, slots=True)
class _Gap:
    start: int  # in the line's text
    end: int
    accept: Callable[[str], bool]
    longest: int


def type_size(lines: Sequence[RawLine]) -> float | None:
    """Return the type size in pixels that the widths of the words speak for; None: too few words."""
    sizes = [
        (word.box[2] - word.box[0]) / advance(word.text)
        for line in lines
        for word in line.words
        if word.confidence > 0.7 and len(word.text) >= 4 and word.text.isalpha()
    ]
    return float(np.median(sizes)) if len(sizes) >= 2 else None


def advance(text: str) -> float:
    """Return the width of *text* in Times, in type sizes, about.

    >>> round(advance("/KH-UBND"), 2)
    4.74
    """
    total = 0.0
    for character in text:
        plain = str(unidecode(character))[:1]
        if character in NARROW:
            total += 0.3
        elif plain in WIDE:
            total += 0.8
        elif plain.isupper():
            total += 0.69
        else:
            total += 0.25 if character == " " else 0.48
    return total


def fill_blanks(line: RawLine, ink: Mask, usual_size: float) -> RawLine:
    """Return *line* with what is written by hand in its gaps.

    Args:
        line: as Tesseract read it, boxes in pixels of the page.
        ink: where the cleaned page has ink.
        usual_size: type size of the page's text, pixels.
    """
    text, starts = _laid_out(line)
    gaps = _gaps(text)
    if not gaps:
        return line
    size = type_size([line]) or usual_size
    size = float(np.clip(size, 0.8 * usual_size, 1.15 * usual_size))
    words: list[RawWord] = []
    position = 0
    for gap in gaps:
        words += _between(line, starts, position, gap.start)
        before = _between(line, starts, 0, gap.start)
        inside = _between(line, starts, gap.start, gap.end)
        after = _between(line, starts, gap.end, len(text))
        x0 = _end_of(line, starts, gap.start, size) if before else line.box[0]
        x1 = _start_of(line, starts, gap.end, size) if after else line.box[2]
        words += _read_gap(inside, gap, ink, (x0, x1), _base_line(before + after, size), size)
        position = gap.end
    words += _between(line, starts, position, len(text))
    if "".join(word.text for word in words) == "".join(word.text for word in line.words):
        return line
    boxes = np.array([word.box for word in words])
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return RawLine(tuple(words), (int(left), int(top), int(right), int(bottom)))


def _laid_out(line: RawLine) -> tuple[str, list[int]]:
    """Return the text of the line in plain letters, one for each of its characters, and where each word starts."""
    starts: list[int] = []
    text = ""
    for word in line.words:
        text += " " if starts else ""
        starts.append(len(text))
        text += "".join((str(unidecode(character)) or "?")[0] for character in word.text)
    return text, starts


def _gaps(text: str) -> list[_Gap]:
    if match := NUMBER_RE.search(text):
        start, end = match.span("number")
        return [_Gap(start, end, lambda digits: digits.strip("0") != "", 5)]
    match = DATE_RE.search(text)
    if match and len(text[: match.start()].split()) <= PLACE_WORDS and len(text) - match.end() <= 8:
        day, month = match.span("day"), match.span("month")
        return [
            _Gap(*day, lambda digits: 1 <= int(digits) <= 31 and (len(digits) == 2 or digits > "0"), 2),
            _Gap(*month, lambda digits: 1 <= int(digits) <= 12, 2),
        ]
    return []


def _between(line: RawLine, starts: Sequence[int], first: int, last: int) -> list[RawWord]:
    """Return the words, or parts of words, between two offsets; a part gets its share of the box."""
    found = []
    for word, start in zip(line.words, starts, strict=True):
        a, b = max(first - start, 0), min(last - start, len(word.text))
        if a >= b:
            continue
        if (a, b) == (0, len(word.text)):
            found.append(word)
            continue
        x0, top, x1, bottom = word.box
        step = (x1 - x0) / len(word.text)
        found.append(replace(word, text=word.text[a:b], box=(round(x0 + a * step), top, round(x0 + b * step), bottom)))
    return found


def _end_of(line: RawLine, starts: Sequence[int], offset: int, size: float) -> int:
    """Return the column where what is printed before *offset* ends."""
    for word, start in zip(reversed(line.words), reversed(starts), strict=True):
        if start < offset:
            head = word.text[: offset - start]
            return round(min(word.box[2], word.box[0] + size * (advance(head) + 0.12)))
    return line.box[0]


def _start_of(line: RawLine, starts: Sequence[int], offset: int, size: float) -> int:
    """Return the column where what is printed from *offset* on starts."""
    for word, start in zip(line.words, starts, strict=True):
        if start + len(word.text) > offset:
            tail = word.text[max(0, offset - start) :]
            return round(max(word.box[0], word.box[2] - size * (advance(tail) + 0.12)))
    return line.box[2]


def _base_line(words: Sequence[RawWord], size: float) -> int:
    """Return the row on which the words of a line stand."""
    deep = frozenset("gpqyjQ,;/()ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")
    bottoms = [word.box[3] - (0.2 * size if deep & set(word.text) else 0.0) for word in words]
    return round(float(np.median(bottoms))) if bottoms else 0


def _read_gap(
    inside: Sequence[RawWord], gap: _Gap, ink: Mask, columns: tuple[int, int], base: int, size: float
) -> list[RawWord]:
    """Return the words of a gap: Tesseract's if it is sure, else the digits seen in its ink, else none."""
    said = re.sub(r"[\s._…:,;'’-]", "", "".join(word.text for word in inside))
    plain = said.isascii() and said.isdigit() and len(said) <= gap.longest and gap.accept(said)
    confidence = min((word.confidence for word in inside), default=0.0)
    if plain and confidence >= SURE:
        return list(inside)
    found = pen_ink(ink, columns, base, size, slash=gap.longest > 2)
    digits, probability = ("", 0.0) if found is None else read_digits(found[0], size, gap.accept, gap.longest)
    least = LEAST_OVER if plain and confidence >= UNSURE else LEAST
    if plain and (digits in (said, "") or probability < least):
        return list(inside)
    if found is None or probability < LEAST:
        return [word for word in inside if not plain and _is_suffix(word.text)]
    x0, top, x1, bottom = found[1]
    return [RawWord(digits, (x0, top, x1, bottom), probability)]


def _is_suffix(text: str) -> bool:
    """Tell a letter after the number, "12a", which no digit of ours can stand for."""
    return re.fullmatch(r"\d{1,4}[a-z]", text) is not None


def pen_ink(
    ink: Mask, columns: tuple[int, int], base: int, size: float, slash: bool = False
) -> tuple[Mask, tuple[int, int, int, int]] | None:
    """Return the ink between two printed words and its box on the page; None: there is none.

    A component that reaches over the border belongs to the side where its middle is; what the pen has joined to print
    is cut at the border. With *slash* the right border is the slash of the notation, found as a straight stroke.
    """
    x0, x1 = columns
    reach = round(0.35 * size)
    left, right = max(0, x0 - reach), min(ink.shape[1], x1 + round(0.6 * size))
    top, bottom = max(0, base - round(1.5 * size)), min(ink.shape[0], base + round(0.65 * size))
    if x1 - x0 < 0.2 * size or right <= left or bottom <= top:
        return None
    window = ink[top:bottom, left:right].astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(window, connectivity=8)
    kept = np.zeros(window.shape, dtype=np.bool_)
    printed = _slash(labels, stats, x1 - left + 0.15 * size, size) if slash else None
    for number in range(1, count):
        if number == printed:
            continue
        x, width, height = (int(stats[number][index]) for index in (0, 2, 3))
        middle_x, middle_y = left + x + width / 2, top + centres[number][1]
        near = base - 1.05 * size < middle_y < base + 0.3 * size
        if not near or (height < 0.25 * size and width < 0.25 * size):
            continue
        cut_left = left + x < x0 - 0.3 * size or x == 0
        cut_right = left + x + width > x1 + 0.45 * size
        between = x0 - 0.05 * size <= middle_x <= x1 + 0.02 * size
        joined = (cut_left or cut_right) and x + left < x1 and x + width + left > x0 + 0.3 * size
        if not (between or joined):
            continue
        own = labels == number
        if cut_left:
            own[:, : max(0, x0 - left)] = False
        if cut_right:
            own[:, x1 - left :] = False
        kept |= own
    rows, inked = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    if rows.size == 0:
        return None
    box = (left + int(inked[0]), top + int(rows[0]), left + int(inked[-1]) + 1, top + int(rows[-1]) + 1)
    return kept[rows[0] : rows[-1] + 1, inked[0] : inked[-1] + 1], box


def _slash(labels: NDArray[np.int32], stats: NDArray[np.int32], expected: float, size: float) -> int | None:
    """Return the component that is a printed slash: a high, straight stroke that leans right, nearest to *expected*."""
    found = []
    for number in range(1, len(stats)):
        x, y, width, height = (int(value) for value in stats[number][:4])
        if height < 0.6 * size or not 0.12 * height < width < 0.7 * height:
            continue
        distance = abs(x + width / 2 - expected)
        rows, columns = np.nonzero(labels[y : y + height, x : x + width] == number)
        slope, start = np.polyfit(rows, columns, 1)
        if distance < 0.6 * size and slope < -0.12 and np.abs(columns - slope * rows - start).mean() < 0.045 * size:
            found.append((distance, number))
    return min(found)[1] if found else None
