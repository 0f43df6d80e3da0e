"""File → pages: text layer, page image or Word paragraphs, each page with the reason for its origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.data import Page
from pipeline.read import images, office, pdf, plain, word
from pipeline.read.faults import fault
from pipeline.read.recognizing import Recognizer
from pipeline.read.signatures import read_signatures
from pipeline.read.sniff import DOC, DOCX, JPEG, PDF, PNG, TEXT, TIFF, sniff

__all__ = ["Recognizer", "page_count", "read_pages", "read_signatures", "sniff"]


def read_pages(
    path: Path,
    media_type: str,
    recognizer: Recognizer,
    *,
    done: Mapping[int, Page] | None = None,
    begin: Callable[[int], None] | None = None,
) -> Iterator[Page]:
    """Yield the pages of a file, one at a time and in order.

    A page that fails comes without lines and with an issue (`pipeline.read.faults.PAGE_ISSUES`); the others are
    kept. The file is only read.

    Args:
        path: of the file.
        media_type: as `sniff` returned it.
        recognizer: reads page images.
        done: pages that an earlier run laid down, by number; yielded as they are, without work.
        begin: called with the number of a page before the work on it begins, so that whoever finds this process
            dead knows the culprit; not for formats whose pages come out of one piece of work (text, Word).

    Raises:
        InputFileError: with one of the reasons of `pipeline.read.faults.FAULTS`.
        MissingResourceError: what the recognizer needs is not installed.
    """
    finished = done or {}
    begin = begin or (lambda number: None)
    if media_type == PDF:
        yield from pdf.read_pdf(path, recognizer, finished, begin)
    elif media_type in (TIFF, JPEG, PNG):
        yield from images.read_image_file(path, media_type, recognizer, finished, begin)
    elif media_type == TEXT:
        yield from _finished_first(plain.read_plain(path), finished)
    elif media_type == DOCX:
        yield from _finished_first(word.read_docx(path), finished)
    elif media_type == DOC:
        with office.converted(path) as copy:
            yield from _finished_first(word.read_docx(copy), finished)
    else:
        raise fault("unsupported_type", path.name)


def _finished_first(pages: Iterator[Page], finished: Mapping[int, Page]) -> Iterator[Page]:
    for page in pages:
        yield finished.get(page.number, page)


def page_count(path: Path, media_type: str) -> int | None:
    """Return the number of pages of a file; None for formats without pages (Word, text without form feeds).

    Raises:
        InputFileError: as `read_pages`.
    """
    if media_type == PDF:
        return pdf.count_pages(path)
    if media_type in (TIFF, JPEG, PNG):
        return images.frame_count(path, media_type)
    return None
