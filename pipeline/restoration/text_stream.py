"""Text of any size as a stream: what `kehoach restore` reads, decoded by what its beginning says.

A file of 100 megabytes is never held as a whole. Bytes that are no text are refused before anything is decoded.
"""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, TextIO, cast

from pipeline.errors import InputFileError
from pipeline.lexicon.condition import judge

PEEK_BYTES = 1 << 16
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")
_MOST_CONTROLS = 0.02  # share; VISCII and VPS have a few letters there
_HOLES = "kehoach-holes"


def _hole(error: UnicodeError) -> tuple[str, int]:
    """Decode the five bytes that Windows-1252 leaves out as what they are: VISCII and VPS have letters there."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_HOLES, _hole)


def text_stream(data: BinaryIO) -> TextIO:
    """Return *data* as text: UTF-8, UTF-16, or an 8-bit encoding whose letters are looked at later.

    Closing it closes *data* too.

    Raises:
        InputFileError: ``undecodable_text``: it is no text.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, data), PEEK_BYTES)
    try:
        encoding, errors = encoding_of(buffered.peek(PEEK_BYTES), str(getattr(data, "name", "stdin")))
    except InputFileError:
        buffered.close()
        raise
    return io.TextIOWrapper(buffered, encoding, errors=errors, newline="")


def encoding_of(start: bytes, name: str) -> tuple[str, str]:
    """Return the encoding that the first bytes of a text speak for, and how its errors are to be treated.

    Raises:
        InputFileError: ``undecodable_text``: the bytes are no text.

    >>> encoding_of("Kế hoạch".encode(), "a.txt"), encoding_of(bytes([0x4B, 0xD5, 0x20, 0x68, 0x6F]), "b.txt")
    (('utf-8-sig', 'replace'), ('cp1252', 'kehoach-holes'))
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "replace"
    if start.count(0) > len(start) // 5:  # UTF-16 without a mark: every other byte of ASCII text is zero
        little = start[1::2].count(0)
        big = start[0::2].count(0)
        if max(little, big) > 5 * min(little, big):
            return ("utf-16-le" if little > big else "utf-16-be"), "replace"
    if sum(byte in _CONTROLS for byte in start) > _MOST_CONTROLS * len(start):
        raise InputFileError("undecodable_text", f"{name} is no text; give a text file, or use `kehoach text FILE`")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return max(_candidates(start), key=lambda choice: judge(start.decode(*choice)).quality)
    return "utf-8-sig", "replace"


def _candidates(start: bytes) -> list[tuple[str, str]]:
    """Return the 8-bit encodings in question, first the one that is kept where none is better Vietnamese."""
    found = [("cp1252", _HOLES), ("cp1258", "replace")]
    broken = start.decode("utf-8", "replace")  # UTF-8 with a byte lost, as when a copy was cut off
    if broken.count("\ufffd") <= len(broken) * 0.01:
        found.append(("utf-8", "replace"))
    return found
