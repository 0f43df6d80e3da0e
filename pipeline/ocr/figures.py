"""Numbers, dates and codes: what two readings do not agree on is read a third time, and the three are put to the vote.

Context tells words apart, but no figure from another; so where a word with digits is unsure, or two models differ
about it, the line is read once more at another height, where other strokes blur. Readings are compared by place, word
upon word, which also brings back a figure that one of them lost. Cells of a column of numbers are read again as
digits. Nothing is made up: only what was read can win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.ocr.second import CLOSING, is_plausible
from pipeline.ocr.tables import Grid
from pipeline.ocr.tesseract import RawLine, RawWord

HEIGHT = 48  # pixels that lines are scaled to for the third reading
OVERLAP = 0.4  # of the narrower word's width that two readings of one word share
POSSIBLE = 0.9  # readings of full confidence that being a possible number is worth
DIGITS_ONLY = "-c tessedit_char_whitelist=0123456789"
CELL_HEIGHT = 44  # pixels
CELL_VOTE = 0.8  # confidence that the readings of a cell must bring together
NUMERIC = 0.6  # of the filled cells of a column that are numbers: the others should be, too
LONGEST_CELL = 4  # characters of a cell that may be a number in disguise


def is_figure(text: str) -> bool:
    """Tell whether a word is a number, a date or a code: it has a digit, or was read as a fraction."""
    return any(character.isdigit() or character in "½¼¾" for character in text)


def differ(first: RawLine, other: RawLine) -> bool:
    """Tell whether two readings of a line have a figure that they do not agree on."""
    said = [[_key(words) for words in group] for group in _groups([first, other])]
    return any(one != two and (is_figure(one) or is_figure(two)) for one, two in said)


def vote(line: RawLine, readings: Sequence[RawLine]) -> RawLine:
    """Return *line* with each figure as the *readings* of it vote; other words stay.

    Args:
        line: what was made of the readings so far.
        readings: all of the same image, boxes in the same pixels.
    """
    words = list(line.words)
    for group in _groups(readings):
        if not any(is_figure(word.text) for reading in group for word in reading):
            continue
        best = _winner(group)
        old = [word for word in words if any(_same_place(word, other) for reading in group for other in reading)]
        if _key(old) == _key(best):
            continue
        at = words.index(old[0]) if old else sum(word.box[0] < best[0].box[0] for word in words)
        words = [word for word in words if not any(word is gone for gone in old)]
        words[at:at] = best
    return replace(line, words=tuple(words)) if words else line


def _winner(group: Sequence[Sequence[RawWord]]) -> list[RawWord]:
    """Return the reading of a place that has the most confidence behind it; possible numbers have an advantage."""
    worth: dict[str, float] = {}
    for words in group:
        key = _key(words)
        if key not in worth:
            worth[key] = POSSIBLE * bool(words and all(is_plausible(word.text) for word in words))
        worth[key] += _confidence(words)
    best = max(worth, key=lambda key: worth[key])
    chosen = max((words for words in group if _key(words) == best), key=_confidence)
    said = sum(worth.values())
    share = worth[best] / said if said > 0 else 0.0  # all readings may be without any confidence
    others = tuple((key, 0.0) for key in worth if key and key != best)
    return [replace(word, confidence=min(word.confidence, share), alternatives=others) for word in chosen]


def _groups(readings: Sequence[RawLine]) -> list[list[list[RawWord]]]:
    """Return the words that lie on each other: for each place what each reading has there, from the left."""
    marked = sorted(
        ((word, number) for number, line in enumerate(readings) for word in line.words), key=lambda pair: pair[0].box[0]
    )
    groups: list[list[tuple[RawWord, int]]] = []
    for word, number in marked:
        joined = [group for group in groups[-4:] if any(_same_place(word, other) for other, _ in group)]
        if not joined:
            groups.append([(word, number)])
            continue
        joined[0].append((word, number))
        for more in joined[1:]:
            joined[0].extend(more)
            groups.remove(more)
    return [[[word for word, which in group if which == number] for number in range(len(readings))] for group in groups]


def _same_place(one: RawWord, other: RawWord) -> bool:
    shared = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return shared > OVERLAP * max(1, min(one.box[2] - one.box[0], other.box[2] - other.box[0]))


def _key(words: Sequence[RawWord]) -> str:
    """Return what was read, without the points behind it."""
    return " ".join(word.text for word in words).replace("\u2044", "/").rstrip(CLOSING)


def _confidence(words: Sequence[RawWord]) -> float:
    """Return the mean over the characters; nothing where others saw something counts as an unsure reading."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.3


def doubtful_cells(grid: Grid, texts: Mapping[int, str]) -> list[int]:
    """Return the cells that should hold a number, as the others of their column do, and were read as something else.

    Args:
        grid: the table.
        texts: what was read in each of its cells.
    """
    doubtful: list[int] = []
    for column in range(grid.columns):
        cells = [number for number, cell in enumerate(grid.cells) if cell.column == column and texts.get(number)]
        numbers = [number for number in cells if texts[number].isdigit()]
        if len(numbers) >= 2 and len(numbers) >= NUMERIC * (len(cells) - 1):  # one is the heading
            doubtful += [n for n in cells if n not in numbers and len(texts[n]) <= LONGEST_CELL and n != cells[0]]
    return doubtful


def number_of(readings: Sequence[RawLine | None]) -> RawWord | None:
    """Return the number that readings of a cell as digits agree on; None where they are not sure together."""
    worth: dict[str, float] = {}
    words = [line.words[0] for line in readings if line is not None and len(line.words) == 1]
    for word in words:
        worth[word.text] = worth.get(word.text, 0.0) + word.confidence
    best = max(worth, key=lambda text: worth[text], default=None)
    if best is None or worth[best] < CELL_VOTE or worth[best] < 2 * (sum(worth.values()) - worth[best]):
        return None
    return max((word for word in words if word.text == best), key=lambda word: word.confidence)
