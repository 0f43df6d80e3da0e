"""Restores text of any size a part at a time: the filter behind `kehoach restore`.

Parts end at blank lines where there are any, so that a document is mostly decided as a whole; a line of megabytes is
cut at a blank. Lines keep their number, and what cannot be text is refused before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TextIO

from pipeline.errors import InputFileError
from pipeline.restoration.edits import Restoration, edits_json, format_diff
from pipeline.restoration.text import restore

PART = 20_000  # characters restored at once: about four pages; twice as many at most
_MOST_CONTROLS = 0.02  # share of a part; a stray one among megabytes of text is no reason to stop
_CONTROL = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1b")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the input and what became of it."""

    offset: int  # characters before it
    line: int  # lines before it
    raw: str
    restoration: Restoration

    def diff(self, *, color: bool = True) -> str:
        """Return the changed lines, before and after, with their numbers in the whole input."""
        return format_diff(self.raw, self.restoration.edits, color=color, first_line=self.line + 1)

    def json(self) -> str:
        """Return the edits as lines of JSON, with offsets into the whole input."""
        return edits_json(
            replace(e, start=e.start + self.offset, end=e.end + self.offset) for e in self.restoration.edits
        )


@dataclass(slots=True)
class StreamReport:
    """What a filter met: lines, edits, and how many lines were in each condition."""

    lines: int = 0
    edits: int = 0
    conditions: Counter[str] = field(default_factory=Counter)

    @property
    def is_foreign(self) -> bool:
        """Whether most of the lines with words are of another language, and were left alone."""
        worded = self.conditions.total() - self.conditions["empty"]
        return worded > 0 and self.conditions["foreign"] > worded / 2

    def summary(self) -> str:
        """Return one line for the log."""
        worded = {name: n for name, n in self.conditions.most_common() if name != "empty"}
        text = f"{self.lines} lines, {self.edits} edits; " + ", ".join(f"{n} {name}" for name, n in worded.items())
        return text + ("; not Vietnamese, left alone" if self.is_foreign else "")


def restored_parts(source: TextIO) -> Iterator[Part]:
    """Yield the parts of *source* in order; their raw texts together are the input.

    Raises:
        InputFileError: the input holds bytes that are no text.
        MissingResourceError: the language model is not installed.
    """
    offset = line = 0
    for raw in _parts(source):
        if not _CONTROL.isdisjoint(raw) and sum(map(raw.count, _CONTROL)) > _MOST_CONTROLS * len(raw):
            place = f"near character {offset + next(i for i, c in enumerate(raw) if c in _CONTROL)}"
            raise InputFileError("binary", f"this is no text ({place}); give a text file, or use `kehoach text FILE`")
        yield Part(offset, line, raw, restore(raw))
        offset += len(raw)
        line += raw.count("\n")


def restore_stream(source: TextIO, write: Callable[[str], object]) -> StreamReport:
    r"""Restore *source* part by part into *write*; the number of lines stays.

    Raises:
        InputFileError: the input holds bytes that are no text.
        MissingResourceError: the language model is not installed.

    >>> import io
    >>> out = io.StringIO()
    >>> restore_stream(io.StringIO("Ke hoach to chuc hoi nghi\n"), out.write).edits, out.getvalue()
    (6, 'Kế hoạch tổ chức hội nghị\n')
    """
    report = StreamReport()
    ended = True
    for part in restored_parts(source):
        write(part.restoration.text)
        report.lines += part.raw.count("\n")
        ended = part.raw.endswith("\n")
        report.edits += len(part.restoration.edits)
        report.conditions.update(part.restoration.line_conditions)
    report.lines += not ended
    return report


def _parts(source: TextIO) -> Iterator[str]:
    """Yield the input in pieces of about `PART` characters that end where a paragraph, a line or a word does."""
    held = ""
    while block := source.read(PART):
        held += block
        while len(held) >= 2 * PART:
            cut = _cut(held)
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held


def _cut(text: str) -> int:
    """Return where to cut *text*: after the last blank line in two parts, else a line, a blank, or anywhere."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, PART // 2, 2 * PART - 1)
        if at > 0:
            return at + len(mark)
    return PART
