"""What pdfium passes over in silence: content streams that break off, pages that a cut took away, bombs.

pdfium draws the part of a damaged stream that it can unpack and says nothing of the rest, and a small stream may unpack
to gigabytes. So the streams of a page are unpacked once more before pdfium sees them, a block at a time.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pikepdf

from pipeline.read.faults import page_issue

MAX_CONTENT = 100_000_000
"""Bytes of content of one page; a dense page of drawings has some ten million."""

MAX_STREAMS = 500  # of a page, with the forms that it draws
_BLOCK = 1 << 16
_TAIL = 1 << 20  # bytes at the end within which the end mark stands, whatever was appended to the file
_START_RE = re.compile(rb"startxref\s+-?\d+")
_ERRORS = (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, KeyError)


class Contents:
    """The content streams of the PDF at *path*, which may be damaged: then there is little to say about it."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self._pdf: pikepdf.Pdf | None = None

    def __enter__(self) -> Contents:
        try:
            self._pdf = pikepdf.open(io.BytesIO(self._data), suppress_warnings=True)
        except (*_ERRORS, pikepdf.PasswordError):
            self._pdf = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def is_cut_off(self, pages: int) -> bool:
        """Whether the end of the file is missing, or its page tree names more than the *pages* that were found."""
        marks = list(_START_RE.finditer(self._data, max(0, len(self._data) - _TAIL)))
        if not marks or b"endobj" in self._data[marks[-1].end() :]:  # a later version of the file was begun after it
            return True
        try:
            declared = int(self._pdf.Root.Pages.Count) if self._pdf is not None else pages
        except _ERRORS:
            return self._pdf is not None
        return pages < declared

    def remarks(self, number: int) -> tuple[tuple[str, str], ...]:
        """Return the page issue of content that is damaged (P108) or too much (P109); usually nothing."""
        if self._pdf is None:
            return ()
        total = 0
        try:
            for stream in _streams(self._pdf.pages[number - 1].obj):
                total += _unpacked(stream, MAX_CONTENT - total)
        except _TooMuch:
            return (page_issue("P109"),)
        except IndexError:
            return ()  # pdfium found a page that pikepdf did not: nothing is known of its streams
        except (*_ERRORS, zlib.error):
            return (page_issue("P108"),)
        return ()


class _TooMuch(Exception):
    """A stream unpacks to more than a page can hold."""


def _streams(page: Any) -> Iterator[Any]:
    """Yield the content streams of *page* and the forms that it may draw, each once."""
    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [] if contents is None else [contents]
    if "/Contents" in page and any(not isinstance(part, pikepdf.Stream) for part in parts):
        raise ValueError("a content stream is missing")
    yield from parts
    seen: set[tuple[int, int]] = set()
    waiting = [page.get("/Resources")]
    while waiting and len(seen) < MAX_STREAMS:
        resources = waiting.pop()
        drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        for form in drawn.as_dict().values() if isinstance(drawn, pikepdf.Dictionary) else ():
            if isinstance(form, pikepdf.Stream) and form.objgen not in seen and form.get("/Subtype") == "/Form":
                seen.add(form.objgen)
                yield form
                waiting.append(form.get("/Resources"))


def _unpacked(stream: Any, limit: int) -> int:
    """Return the number of bytes that *stream* unpacks to.

    Raises:
        _TooMuch: they are more than *limit*.
        zlib.error: it is damaged.
    """
    filters = stream.get("/Filter")
    names: Sequence[str] = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if filters is None:
        size = len(stream.read_raw_bytes())
    elif all(name in ("/FlateDecode", "/Fl") for name in names):
        blocks: Iterator[bytes] = iter((stream.read_raw_bytes(),))
        for _ in names:
            blocks = _inflated(blocks)
        size = 0
        for block in blocks:
            size += len(block)
            if size > limit:
                raise _TooMuch
    else:
        size = len(stream.read_bytes())
    if size > limit:
        raise _TooMuch
    return size


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what deflated *blocks* unpack to.

    The checksum behind the data is not asked for: programs leave it out or get it wrong, and all the text is there.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    header = b""
    for block in blocks:
        if len(header) < 2:
            header += block
            block = header[2:]
        while not unpacker.eof:
            unpacked = unpacker.decompress(block, _BLOCK)
            block = unpacker.unconsumed_tail
            if unpacked:
                yield unpacked
            elif not block:
                break
    if not unpacker.eof and header.strip(b"\r\n"):
        raise zlib.error("the stream breaks off")
