"""A stretch of text put together from lines, that knows where each of its characters stands in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.lexicon.folding import fold

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines joined by spaces; `folded` has the same offsets as `text`, `spans` leads back to the document."""

    text: str
    folded: str
    starts: tuple[int, ...] = field(repr=False)  # offset in `text` of each piece
    places: tuple[int, ...] = field(repr=False)  # offset in the document of each piece
    added: tuple[int, ...] = field(default=(), repr=False)  # characters at the end of a piece that the document has not

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return where ``text[start:end]`` stands in the document: one span for each line that it touches."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        spans: list[Span] = []
        index = max(bisect_right(self.starts, start) - 1, 0)
        for piece in range(index, len(self.starts)):
            piece_end = self.starts[piece + 1] - 1 if piece + 1 < len(self.starts) else len(self.text)
            added = self.added[piece] if self.added else 0
            low, high = max(start, self.starts[piece]), min(end, piece_end - added)
            if self.starts[piece] >= end:
                break
            if low < high:
                shift = self.places[piece] - self.starts[piece]
                spans.append((low + shift, high + shift))
        return tuple(spans)

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences of `text` as offsets in it."""
        yield from split_spans(self.text, _SENTENCE_END_RE)

    def clauses(self, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the clauses of ``text[start:end]``: what full stops and semicolons part."""
        part = self.text[start : len(self.text) if end is None else end]
        for low, high in split_spans(part, _CLAUSE_END_RE):
            yield start + low, start + high


_ABBREVIATED = (
    r"(?<!\bTT)(?<!\bTP)(?<!\bTX)(?<!\bTM)(?<!\bKT)(?<!\bTL)(?<!\bHĐ)(?<!\bPCT)(?<!\bđ\/c)(?<!\bĐ\/c)(?<!\bNĐ)"
)
_SENTENCE_END_RE = re.compile(rf"{_ABBREVIATED}(?<=[^\d\s.])[.!?…](?=\s+[\"“'(]?[A-ZÀ-ỴĐ])|(?<=\d)\.(?=\s+[A-ZÀ-ỴĐ])")
_CLAUSE_END_RE = re.compile(rf";|{_SENTENCE_END_RE.pattern}")


def split_spans(text: str, end_re: re.Pattern[str]) -> Iterator[Span]:
    """Yield the stretches of *text* between the matches of *end_re*, which belong to the stretch before them."""
    start = 0
    for match in end_re.finditer(text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def join(pieces: Iterable[tuple[str, int]], added: Sequence[int] = ()) -> Passage:
    """Return the passage of (text, offset in the document) pieces; *added* tells how many last characters were put in.

    >>> passage = join([("không quá 150", 10), ("đại biểu", 30)])
    >>> passage.text, passage.spans(10, 22)
    ('không quá 150 đại biểu', ((20, 23), (30, 38)))
    """
    texts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for text, place in pieces:
        starts.append(length)
        places.append(place)
        texts.append(text)
        length += len(text) + 1
    joined = " ".join(texts)
    return Passage(joined, fold(joined), tuple(starts), tuple(places), tuple(added))
