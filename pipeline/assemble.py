r"""Pages → one text with an index of its lines and pages.

Lines are joined by ``\n`` and pages parted by ``\f``; every character of the text belongs to one line or is one of
these two. Page numbers, running headers and stamps (zone ``margin``) stay in the text, so that nothing is lost;
rules skip them. The text is NFC; word offsets move with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from pipeline.data import Document, Line, LineSpan, Page, PageSpan, Word

LINE_END = "\n"
PAGE_END = "\f"
_FORBIDDEN = str.maketrans(dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def assemble(pages: Iterable[Page]) -> Document:
    r"""Join *pages* into a document.

    >>> document = assemble([Page(1, (Line("KẾ HOẠCH"), Line("Tổ chức")), "plain", "plain text"),
    ...                      Page(2, (Line("Hội nghị"),), "plain", "plain text")])
    >>> document.text
    'KẾ HOẠCH\nTổ chức\x0cHội nghị'
    >>> [document.text[line.start:line.end] for line in document.lines]
    ['KẾ HOẠCH', 'Tổ chức', 'Hội nghị']
    """
    pieces: list[str] = []
    lines: list[LineSpan] = []
    spans: list[PageSpan] = []
    conditions: set[str] = set()
    position = 0
    for i, page in enumerate(pages):
        if i:
            pieces.append(PAGE_END)
            position += 1
        start = position
        for j, raw in enumerate(page.lines):
            if j:
                pieces.append(LINE_END)
                position += 1
            line = compose(raw)
            end = position + len(line.text)
            lines.append(LineSpan(position, end, page.number, line.zone, line.bbox, line.confidence, line.words))
            pieces.append(line.text)
            position = end
        if page.condition:
            conditions.add(page.condition)
        spans.append(
            PageSpan(
                page.number, start, position, page.origin, page.reason, page.confidence,
                page.width, page.height, page.condition, page.rotation,
            )
        )  # fmt: skip
    condition = min(conditions) if conditions else "clean"
    return Document("".join(pieces), tuple(lines), tuple(spans), condition)


def compose(line: Line) -> Line:
    r"""Return *line* in NFC on one line of text, its word offsets moved along.

    >>> line = compose(Line("hô\u0323i nghi\u0323", words=(Word(0, 4, None), Word(5, 10, None))))
    >>> line.text, [(word.start, word.end) for word in line.words]
    ('hội nghị', [(0, 3), (4, 8)])
    """
    text = line.text.translate(_FORBIDDEN)
    if unicodedata.is_normalized("NFC", text):
        return line if text == line.text else replace(line, text=text)
    composed = unicodedata.normalize("NFC", text)
    words = tuple(_composed_word(text, word) for word in line.words)
    return replace(line, text=composed, words=words)


def _composed_word(text: str, word: Word) -> Word:
    alternatives = tuple((unicodedata.normalize("NFC", other), weight) for other, weight in word.alternatives)
    start, end = _composed_offset(text, word.start), _composed_offset(text, word.end)
    return replace(word, start=start, end=end, alternatives=alternatives)


def _composed_offset(text: str, offset: int) -> int:
    """The offset in the NFC form of *text*; one amid base and mark goes before the letter."""
    while 0 < offset < len(text) and unicodedata.combining(text[offset]):
        offset -= 1
    return len(unicodedata.normalize("NFC", text[:offset]))
