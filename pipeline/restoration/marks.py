"""Puts marks on words by their context: the search over all candidates of a run of lines at once.

Capitals, numbers, codes, addresses and foreign words stay as they are; list markers "d)" and "đ)" follow their order;
a line that ends in the middle of a sentence is read together with the next.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.restoration import tokens
from pipeline.restoration.candidates import Candidates, Reading
from pipeline.restoration.model import LanguageModel, Lattice

# Pieces of a line. An address or a path is one piece that is never read; quantifiers are bounded against lines of
# megabytes.
PIECE_RE = re.compile(
    r"(?P<opaque>[\w.+-]{1,80}@[\w.-]{2,80}|(?:https?://|www\.)[^\s<>\"]{1,400}|\w{1,60}(?:\.\w{1,20}){1,3}\.vn\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<number>\d+(?:[.,/:]\d+)*|[½¼¾])"
    r"|(?P<end>[.!?;:…](?=\s|$))"
)
_PLAIN_PIECE_RE = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d+(?:[.,/:]\d+)*|[½¼¾])|(?P<end>[.!?;:…](?=\s|$))")
MARKER_RE = re.compile(r"\s*[(*]{0,3}(?P<letter>[a-zđ]|[A-ZĐ](?=[.)-]))[).-](?=\s)")
_OPENERS = '"“‘«'
_COLUMN_RE = re.compile(r"\t| {3,}")  # between cells of a row, or the two columns of a header
_BOUNDARY = Reading(("",), (tokens.BOUNDARY,), (0.0,))
_NUMBER = Reading(("",), (tokens.NUMBER,), (0.0,))
_UNKNOWN = Reading(("",), (tokens.UNKNOWN,), (0.0,))
_CAPITAL_RE = re.compile(r"(?<=[^\W\d_A-ZĐ])(?=[A-ZĐÀ-Ỹ][^\W\d_A-ZĐ]|[A-ZĐ]{2})")  # within "tucTen"
_CAPITALS_RE = re.compile(r"(?<=[A-ZĐ]{2})(?=[A-ZĐ][^\W\d_A-ZĐ])")  # within "BHYTMa"
SEGMENT = 3000  # words decoded at once

Mode = Literal["marks", "foreign", "fixed"]


@dataclass(slots=True)
class Slot:
    """A word of the text and its readings."""

    start: int
    end: int
    surface: str
    reading: Reading
    heading: bool = False


@dataclass(slots=True)
class Choice:
    """What was decided for a slot: the spelling, its probability, and the other likely spellings."""

    slot: Slot
    spelling: str
    confidence: float
    others: tuple[tuple[str, float], ...]


def pieces(line: str) -> Iterator[re.Match[str]]:
    """Yield the pieces of a line in order."""
    if "@" in line or "://" in line or "www." in line or ".vn" in line:
        return PIECE_RE.finditer(line)
    return _PLAIN_PIECE_RE.finditer(line)


def slots_of(line: str, offset: int, candidates: Candidates, *, mode: Mode = "marks", loss: float = 1.0) -> list[Slot]:
    """Return the slots of *line*, which starts at *offset* in the text.

    *mode* says what words may become: anything with "marks" added, "foreign" words too, or nothing else ("fixed").
    *loss* is the share of the words that lost marks: the fewer, the more likely is a word as it stands.
    """
    slots = _slots_of(line, offset, candidates, mode)
    if loss < 1.0:
        for slot in slots:
            slot.reading = _with_loss(slot.reading, slot.surface, math.log(loss))
    return slots


def _with_loss(reading: Reading, surface: str, nats: float) -> Reading:
    if len(reading.ids) == 1:
        return reading
    pairs = zip(reading.spellings, reading.weights, strict=True)
    return reading._replace(weights=tuple(w if spelling == surface else w + nats for spelling, w in pairs))


def _slots_of(line: str, offset: int, candidates: Candidates, mode: Mode) -> list[Slot]:
    out: list[Slot] = []
    found = list(pieces(line))
    capital_line = line.isupper()
    in_columns = _COLUMN_RE.search(line) is not None
    for at, piece in enumerate(found):
        start, end = piece.span()
        kind = piece.lastgroup
        new_cell = in_columns and at > 0 and _COLUMN_RE.search(line, found[at - 1].end(), start) is not None
        if new_cell:
            out.append(boundary(start + offset))
        if kind == "word":
            surface = piece[0]
            if len(surface) > 1 and surface.isupper():
                heading = capital_line or _among_capitals(found, at)
                code = _in_code(line, start, end)
                reading = _reading_of(candidates, surface, mode, heading=heading, code=code)
                out.append(Slot(start + offset, end + offset, surface, reading, heading))
            elif (len(surface) == 1 or (len(surface) == 2 and surface.islower())) and _beside_digit(line, start, end):
                out.append(Slot(start + offset, end + offset, surface, candidates.fixed(surface)))
            else:
                first = start
                opening = at == 0 or new_cell or found[at - 1].lastgroup == "end" or line[start - 1] in _OPENERS
                for word in _unglue(surface, candidates):
                    reading = _reading_of(candidates, word, mode, opening=opening)
                    out.append(Slot(first + offset, first + len(word) + offset, word, reading))
                    first += len(word)
        elif kind == "end":
            out.append(Slot(start + offset, end + offset, piece[0], _BOUNDARY))
        else:
            out.append(Slot(start + offset, end + offset, piece[0], _NUMBER if kind == "number" else _UNKNOWN))
    return out


def _reading_of(
    candidates: Candidates,
    surface: str,
    mode: Mode,
    *,
    heading: bool = False,
    code: bool = False,
    opening: bool = False,
) -> Reading:
    if mode == "fixed":
        return candidates.fixed(surface, heading)
    if mode == "foreign" and not code:
        return candidates.foreign(surface, heading, opening)
    return candidates.of(surface, heading, code, opening)


def _among_capitals(found: Sequence[re.Match[str]], at: int) -> bool:
    """Say whether the word before or after is in capitals too; numbers between do not count."""
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(found) and found[near].lastgroup == "number":
            near += step
        if 0 <= near < len(found) and len(found[near][0]) > 1 and found[near][0].isupper():
            return True
    return False


def _unglue(surface: str, candidates: Candidates) -> list[str]:
    """Return the words of one that lost the blanks between them: "tucTen", "BHYTMa"; a foreign name stays whole."""
    if surface[1:].islower() or len(surface) < 4 or surface.islower():
        return [surface]
    words = [word for part in _CAPITAL_RE.split(surface) if part for word in _CAPITALS_RE.split(part) if word]
    if all(len(word) > 1 and (word.isupper() or candidates.knows(word)) for word in words):
        return words
    return [surface]


def _in_code(line: str, start: int, end: int) -> bool:
    """Say whether the capitals at [start:end] are joined to other parts of a code by a slash or hyphen."""
    before = line[start - 2 : start] if start > 1 else ""
    after = line[end : end + 2]
    joined_before = len(before) == 2 and before[1] in "/-" and (before[0].isupper() or before[0].isdigit())
    joined_after = len(after) == 2 and after[0] in "/-" and (after[1].isupper() or after[1].isdigit())
    return joined_before or joined_after or before == " /"


def _beside_digit(line: str, start: int, end: int) -> bool:
    return (start > 0 and line[start - 1].isdigit()) or (end < len(line) and line[end].isdigit())


def joins(previous: str, following: str) -> bool:
    """Say whether a sentence runs on from one line to the next.

    >>> joins("Uy ban nhan dan huyen Duc", "Tho to chuc hoi nghi"), joins("KE HOACH", "To chuc hoi nghi")
    (False, False)
    >>> joins("cong tac thi dua va khen", "thuong cua tinh"), joins("nhu sau:", "a) cong tac")
    (True, False)
    """
    previous, following = _COLUMN_RE.split(previous.rstrip())[-1], following.lstrip()
    if not previous or not following or previous[-1] in ".;:!?":
        return False
    return (following[0].islower() and not MARKER_RE.match(following)) or (
        len(previous) > 60 and following[0].isalpha()
    )


def decode(model: LanguageModel, slots: Sequence[Slot]) -> list[Choice]:
    """Return the best reading of every slot that has a choice."""
    out: list[Choice] = []
    for begin, stop in _segments(slots):
        out.extend(_decode_segment(model, slots[begin:stop]))
    return out


def _segments(slots: Sequence[Slot]) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(slots):
        stop = min(begin + SEGMENT, len(slots))
        if stop < len(slots):
            cut = stop
            while cut > begin + SEGMENT // 2 and slots[cut - 1].reading is not _BOUNDARY:
                cut -= 1
            stop = cut if cut > begin + SEGMENT // 2 else stop
        yield begin, stop
        begin = stop


def _decode_segment(model: LanguageModel, slots: Sequence[Slot]) -> Iterator[Choice]:
    ids: list[int] = []
    weights: list[float] = []
    counts: list[int] = []
    for slot in slots:
        ids += slot.reading.ids
        weights += slot.reading.weights
        counts.append(len(slot.reading.ids))
    sizes = np.array(counts, dtype=np.int64)
    start = np.repeat(np.arange(len(slots), dtype=np.int64), sizes)
    lattice = Lattice(start, start + 1, np.array(ids, dtype=np.int64), np.array(weights))
    path, posterior = model.decode(lattice, len(slots))
    firsts = np.concatenate(([0], np.cumsum(sizes)))[:-1].tolist()
    chosen = path.tolist()
    chances = posterior.tolist()
    for slot, first, count, edge in zip(slots, firsts, counts, chosen, strict=True):
        if count == 1 and slot.reading.spellings[0] in ("", slot.surface):
            continue
        confidence = chances[edge]
        others: tuple[tuple[str, float], ...] = ()
        if confidence < 0.98:
            rest = [(chances[first + i], slot.reading.spellings[i]) for i in range(count) if first + i != edge]
            others = tuple((spelling, chance) for chance, spelling in sorted(rest, reverse=True)[:3] if chance > 0.01)
        yield Choice(slot, slot.reading.spellings[edge - first], confidence, others)


def boundary(offset: int) -> Slot:
    """Return the slot of an end of sentence that no mark shows."""
    return Slot(offset, offset, "", _BOUNDARY)


def order_markers(lines: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return, by offset, the letter of each list marker "d)" or "đ)", as its place in the order of the list has it.

    >>> order_markers([(0, "c) ba"), (6, "d) bon"), (13, "d) nam"), (20, "e) sau")])
    {6: 'd', 13: 'đ'}
    >>> order_markers([(0, "C. HAI"), (7, "D. BA")])
    {7: 'D'}
    """
    out: dict[int, str] = {}
    previous = capital = ""
    for offset, line in lines:
        marker = MARKER_RE.match(line)
        if not marker:
            continue
        letter = marker["letter"]
        if letter in "dđ":
            letter = "đ" if letter == "đ" or previous == "d" else "d"
            out[offset + marker.start("letter")] = letter
        elif letter in "DĐ":
            letter = "Đ" if letter == "Đ" or capital == "D" else "D"
            out[offset + marker.start("letter")] = letter
        if letter.isupper():
            capital = letter
        else:
            previous = letter
    return out
