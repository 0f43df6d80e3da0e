"""The gaps that clerks fill in by pen: the number after "Số:", day and month of the date line.

Where Tesseract found nothing, junk or an unsure word between the printed words, the ink there is read again as
handwritten digits. What stays unsure is left out, so that a number is missing rather than wrong; what is printed
after the gap always becomes a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from pipeline.ocr.digits import read_digits
from pipeline.ocr.tesseract import RawLine, RawWord

Mask = NDArray[np.bool_]

NUMBER_RE = re.compile(
    r"""^\W{0,3}[S5](?:[O06](?P<colon>\s?[:.;,])?|\s?[:.;])  # "Số", the marks folded away, the o read as 0 or lost
        (?P<number>.{0,14}?)\s?
        (?P<end>/\s?(?:(?:19|20)\d\d\s?/\s?)?[A-Z]{2,}      # /KH-SYT, /2020/NĐ-CP
            |[-–—]\s?[A-Z]{2,5}\s?/\s?[A-Z]{2,})            # party bodies: 12-KH/TU
    """,
    re.VERBOSE | re.IGNORECASE,
)
# the day of the header follows the place and a comma, or begins a line; without that it is a date that is cited
DATE_RE = re.compile(
    r"(?:^.{0,3}|[,.;]\s{0,3})ng[ao]y(?P<day>(?:(?!ng[ao]y).){0,9}?)th[ao]n[g\W](?P<month>.{0,9}?)"
    r"n\w{1,2}m\W{0,4}(?:(?:19|20)\d\d|(?P<century>(?:19|20)?)(?P<year>\w{0,3})\W*$)",
    re.IGNORECASE,
)
PLACE_WORDS = 7  # before the day of a date line; more is a sentence
SURE = 0.88  # confidence from which Tesseract's own digits stand
LEAST = 0.55  # probability from which our reading is used: of 54 gaps on real scans no wrong one reached it
LEAST_OVER = 0.7  # the same where Tesseract read another number and is not quite unsure of it
UNSURE = 0.5  # below, Tesseract's own digits count for nothing beside ours
LEAST_CLEAR, CLEAR = 0.2, 8.0  # a day or month so probable is used where it is so many times likelier than any other
IMPOSSIBLE = 0.01  # probability of a day under which Tesseract's sure reading is not believed
NOTHING = (("", 0.0), ("", 0.0))
POSSIBLE = 0.1  # probability of Tesseract's digits from which they stand where it is not quite unsure of them
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
    gaps = []
    if number := NUMBER_RE.search(text):
        gaps.append(_Gap(*number.span("number"), lambda digits: digits.strip("0") != "", 5))
    date = DATE_RE.search(text, number.end() if number else 0)
    place = text[number.end() if number else 0 : date.start()] if date else ""
    if date and len(place.split()) <= PLACE_WORDS and len(text) - date.end() <= 8:
        gaps.append(_Gap(*date.span("day"), lambda digits: 1 <= int(digits) <= 31, 2))
        gaps.append(_Gap(*date.span("month"), lambda digits: 1 <= int(digits) <= 12, 2))
        if date["century"]:  # "năm 20" was printed, the rest is written
            gaps.append(_Gap(*date.span("year"), lambda digits: len(digits) == 2, 2))
    return gaps


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
    if plain and confidence >= SURE and gap.longest > 2:
        return list(inside)
    seen = read_digits(ink, columns, base, size, gap.accept, gap.longest)
    (digits, probability), (_, second) = [*((text, share) for text, share in seen.items() if text), *NOTHING][:2]
    if (
        plain and confidence >= SURE
    ):  # of a day written by hand it may be sure and wrong: "4" for a 1 with a long upstroke
        contradicted = probability >= LEAST and seen.get(said, 0.0) < IMPOSSIBLE
        return [] if contradicted else list(inside)
    if plain and (digits == said or (confidence >= UNSURE and seen.get(said, 0.0) >= POSSIBLE)):
        return list(inside)
    clear = gap.longest == 2 and probability >= LEAST_CLEAR and probability > CLEAR * second
    if probability < (LEAST_OVER if plain and confidence >= UNSURE else LEAST) and not (clear and not plain):
        return [word for word in inside if not plain and _is_suffix(word.text)]
    return [RawWord(digits, _ink_box(ink, columns, base, size), probability)]


def _ink_box(ink: Mask, columns: tuple[int, int], base: int, size: float) -> tuple[int, int, int, int]:
    """Return the box of the ink in a gap; the gap itself where there is none in its middle."""
    top, bottom = max(0, round(base - size)), round(base + 0.1 * size)
    left, right = columns[0], max(columns[1], columns[0] + 1)
    inked = np.flatnonzero(ink[top:bottom, max(0, left) : right].any(axis=0))
    if inked.size:
        left, right = max(0, left) + int(inked[0]), max(0, left) + int(inked[-1]) + 1
    return left, top, right, bottom


def _is_suffix(text: str) -> bool:
    """Tell a letter after the number, "12a", which no digit of ours can stand for."""
    return re.fullmatch(r"\d{1,4}[a-z]", text) is not None
