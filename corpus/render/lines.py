"""Line breaking: a paragraph becomes lines of placed glyphs.

Runs of spaces keep their width (a clerk leaves "Số:      /KH-UBND" blank for the number), justified lines stretch
their gaps, and every line remembers its text, which is the truth that recognition is measured against.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.layout import Align, Run
from corpus.render.fonts import Face, font_for, text_width
from corpus.render.pen import Pen

LEADING = 1.19  # line pitch over type size: Word's single spacing of Times New Roman with Vietnamese marks


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters of one font at ``x`` points from the start of the line; ``font`` is None for handwriting."""

    text: str
    font: str | None
    size: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line that has been set: its parts, its text and its place within the column."""

    parts: tuple[Glyphs, ...]
    text: str
    x: float
    width: float
    size: float

    @property
    def pitch(self) -> float:
        """Distance to the next line in points."""
        return self.size * LEADING


@dataclass(slots=True)
class _Word:
    gap: float  # width of the spaces before it
    spaces: int
    parts: list[tuple[str, str | None, float]] = field(default_factory=list)  # text, font, width

    @property
    def width(self) -> float:
        return sum(width for _, _, width in self.parts)

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Type:
    """What a column is set in: face, size, and the hand that fills in blanks (None: blanks are typed)."""

    face: Face
    size: float
    pen: Pen | None = None


def _segments(run: Run, kind: Type) -> Iterator[tuple[str, str | None]]:
    """Yield stretches of one font; a new line and spaces are stretches of their own."""
    text = unicodedata.normalize("NFC", run.text).replace("\t", "    ").replace("\u00a0", " ")
    start, last = 0, None
    for i, char in enumerate(text):
        key: tuple[str, str | None]
        if char in " \n":
            key = (char, font_for(" ", kind.face, run.bold, run.italic))
        elif run.handwritten and kind.pen is not None and kind.pen.can_write(char):
            key = ("pen", None)
        else:
            italic = run.italic or (run.handwritten and kind.pen is not None)
            key = ("type", font_for(char, kind.face, run.bold, italic))
        if last is not None and key != last:
            yield text[start:i], last[1]
            start = i
        last = key
    if last is not None:
        yield text[start:], last[1]


def _words(runs: Sequence[Run], kind: Type) -> Iterator[_Word | None]:
    """Yield words with the gap before each; None is a forced line end."""
    word = _Word(0.0, 0)
    for run in runs:
        for text, font in _segments(run, kind):
            if font is not None and text.strip(" \n") == "":
                if word.parts:
                    yield word
                    word = _Word(0.0, 0)
                if "\n" in text:
                    yield from [None] * text.count("\n")
                    word = _Word(0.0, 0)
                else:
                    word.gap += text_width(text, font, kind.size)
                    word.spaces += len(text)
                continue
            if font is None:
                assert kind.pen is not None
                width = kind.pen.width(text, kind.size)
            else:
                width = text_width(text, font, kind.size)
            word.parts.append((text, font, width))
    if word.parts:
        yield word


def _cut(word: _Word, room: float, kind: Type) -> tuple[_Word, _Word]:
    """Split a word that is wider than a whole line."""
    head, tail = _Word(word.gap, word.spaces), _Word(0.0, 0)
    for text, font, width in word.parts:
        if tail.parts or font is None or head.width + width <= room:
            (tail if tail.parts else head).parts.append((text, font, width))
            continue
        fit = len(text)
        while fit > 1 and head.width + text_width(text[:fit], font, kind.size) > room:
            fit -= 1
        fit = max(fit, 0 if head.parts else 1)
        for target, part in ((head, text[:fit]), (tail, text[fit:])):
            if part:
                target.parts.append((part, font, text_width(part, font, kind.size)))
    return head, tail


def _set(words: list[_Word], kind: Type, column: float, indent: float, align: Align, last: bool) -> SetLine:
    gaps = [word.gap for word in words[1:]]
    width = sum(word.width for word in words) + sum(gaps)
    spare = column - indent - width
    if align == "justify" and not last and gaps and spare > 0:
        gaps = [gap + spare / len(gaps) for gap in gaps]
        width, spare = width + spare, 0.0
    x = {"center": spare / 2, "right": spare}.get(align, 0.0) + indent
    parts: list[Glyphs] = []
    at = 0.0
    for i, word in enumerate(words):
        if i:
            at += gaps[i - 1]
        for text, font, part_width in word.parts:
            parts.append(Glyphs(text, font, kind.size, at, part_width))
            at += part_width
    return SetLine(tuple(parts), " ".join(word.text for word in words), x, width, kind.size)


def break_lines(
    runs: Sequence[Run], kind: Type, column: float, align: Align = "left", first: float = 0.0, left: float = 0.0
) -> list[SetLine]:
    """Set *runs* in a column of *column* points; *first* and *left* are indents in points.

    Raises:
        GlyphError: a character is in no installed font.
    """
    lines: list[SetLine] = []
    line: list[_Word] = []
    used = left + first

    def flush(last: bool) -> None:
        nonlocal used
        indent = left + (first if not lines else 0.0)
        lines.append(_set(line, kind, column, indent, align, last))
        line.clear()
        used = left

    for word in _words(runs, kind):
        if word is None:
            flush(last=True)
            continue
        if line and used + word.gap + word.width > column + 0.01:
            flush(last=False)
        while used + word.width > column + 0.01 and not line:
            head, word = _cut(word, column - used, kind)
            line.append(head)
            flush(last=False)
            if not word.parts:
                break
        if word.parts:
            used += (word.gap if line else 0.0) + word.width
            line.append(word)
    if line:
        flush(last=True)
    return lines
