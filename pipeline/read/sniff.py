"""What a file is, by its first bytes: names lie."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.read.faults import fault

PDF = "application/pdf"
TIFF = "image/tiff"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
TEXT = "text/plain"

_PDF_HEADER_WITHIN = 1024  # readers accept bytes before "%PDF-": mail headers, byte order marks
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF
    (b"MM\x00+", TIFF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1a\x1b")
_LEGACY_CONTROLS = frozenset(  # bytes below 0x20 that are letters in VISCII, VPS and TCVN 5712
    b"\x01\x02\x03\x04\x05\x06\x10\x11\x12\x13\x14\x15\x16\x17\x19\x1c\x1d\x1e"
)
_OTHER_BINARY = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"GIF8", b"\x7fELF", b"MZ\x90")


def sniff(path: Path) -> str:
    """Return the media type of the file at *path*, by its bytes.

    Raises:
        InputFileError: ``empty_file``, ``unreadable`` or ``unsupported_type``.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as error:
        raise fault("unreadable", path.name, error.strerror or "") from error
    if not head:
        raise fault("empty_file", path.name)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        if _is_docx(path):
            return DOCX
    elif not head.startswith(_OTHER_BINARY) and not _is_markup(head) and _is_text(head):
        return TEXT
    raise fault("unsupported_type", path.name)


def _is_markup(head: bytes) -> bool:
    """Whether it is HTML or XML, such as the error page that a download left under the name of a plan."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<svg"))


def _is_docx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.startswith("word/document") for name in package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        with path.open("rb") as file:  # a DOCX cut off has no directory; name it corrupt later, not unsupported
            return b"word/" in file.read(1 << 20)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    letters = sum(byte < 0x20 and byte in _LEGACY_CONTROLS for byte in head)
    return controls == letters and controls <= len(head) * 0.05
