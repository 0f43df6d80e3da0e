"""The order of the stages for one file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from unidecode import unidecode

from pipeline import __version__, ocr, read
from pipeline.assemble import assemble
from pipeline.assets import model_path, resource_path
from pipeline.data import DigitalSignature, Document, Line, OcrMode, Page
from pipeline.errors import MissingResourceError
from pipeline.recognize import recognize
from pipeline.recognize.ner import learned_entities
from pipeline.record import SCHEMA_VERSION, Issue, Record, Signature, Source, Text, TextPage
from pipeline.restoration import restore_document
from pipeline.validate import validate

MODELS = ("diacritics", "channel", "ner", "digits", "confidence")
"""Trained models whose change makes every document due again."""


BOXED_PAGES = 200
"""Pages whose words keep their boxes; a longer document is no plan, and its words would fill the memory."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user can choose about the reading of a file."""

    ocr: OcrMode = "quality"


def process(
    path: Path,
    source: Source,
    options: Options = Options(),
    *,
    done: Mapping[int, Page] | None = None,
    begin: Callable[[int], None] | None = None,
    on_page: Callable[[Page], None] | None = None,
) -> Record:
    """Turn one file into its record.

    Args:
        path: the file to read; nothing is written to it.
        source: what the record says about where it came from.
        options: the user's choices.
        done: pages that an earlier, broken run has finished already.
        begin: called with the number of a page before the work on it begins (`pipeline.read.read_pages`).
        on_page: called with each page as soon as it is read, so that it can be kept.

    Raises:
        InputFileError: the file as a whole cannot be read.
        MissingResourceError: a program, model or table is not there.
    """
    pages = []
    for page in read_pages(path, source.media_type, options, done or {}, begin):
        pages.append(page if page.number <= BOXED_PAGES else _without_boxes(page))
        if on_page:
            on_page(page)
    signatures = read.read_signatures(path, source.media_type)
    return record_of(pages, signatures, source)


def _without_boxes(page: Page) -> Page:
    """Return *page* with boxes by line, not by word; the confidences of recognized words are needed later."""
    return page if page.origin == "ocr" else replace(page, lines=tuple(replace(line, words=()) for line in page.lines))


def read_pages(
    path: Path,
    media_type: str,
    options: Options,
    done: Mapping[int, Page],
    begin: Callable[[int], None] | None = None,
) -> Iterator[Page]:
    """Yield the pages of a file, recognizing those whose text layer is missing or bad."""
    recognizer = partial(ocr.recognize_page, mode=options.ocr)
    return read.read_pages(path, media_type, recognizer, done=done, begin=begin)


def document_of(path: Path, options: Options) -> Document:
    """Return the restored text of a file.

    Raises:
        InputFileError: the file as a whole cannot be read.
        MissingResourceError: a program, model or table is not there.
    """
    return restore_document(assemble(read_pages(path, read.sniff(path), options, {})))


def warm() -> None:
    """Load models and tables and fill the caches, so that processes forked from this one share them.

    A plan of nobody's goes through all stages, as written and stripped of its marks: what is loaded when it is first
    needed would otherwise be loaded by each process again, which costs a text document two thirds of its time.
    """
    ocr.check()  # remembers the programs and languages that are there
    learned_entities("Ủy ban nhân dân")
    rehearsal = resource_path("rehearsal.txt").read_text("utf-8")
    source = Source(path="", sha256="", media_type="text/plain")
    for text in (rehearsal, unidecode(rehearsal)):
        lines = tuple(Line(line) for line in text.splitlines())
        record_of([Page(1, lines, "plain", "rehearsal")], (), source)


def record_of(pages: list[Page], signatures: tuple[DigitalSignature, ...], source: Source) -> Record:
    """Turn the pages of a document into its record: everything after reading."""
    document = restore_document(assemble(pages))
    facts = recognize(document, signatures)
    record = Record(
        **{name: getattr(facts, name) for name in type(facts).model_fields},
        doc_id=source.sha256,
        source=source.model_copy(update={"pages": source.pages or len(pages)}),
        text=_text(document),
    )
    remarks = [Issue(code=code, message=f"page {page.number}: {text}") for page in pages for code, text in page.issues]
    signed = tuple(Signature(signer=s.signer, time=s.time.isoformat() if s.time else None) for s in signatures)
    record = record.model_copy(update={"digital_signatures": signed})
    return record.model_copy(update={"issues": (*remarks, *record.issues, *validate(record))})


def _text(document: Document) -> Text:
    origins = {page.origin for page in document.pages if page.start < page.end}
    return Text(
        content=document.text,
        origin="mixed" if len(origins) > 1 else next(iter(origins), "plain"),
        condition=document.condition,
        edits=len(document.edits),
        pages=tuple(
            TextPage(
                page=page.number,
                start=page.start,
                end=page.end,
                origin=page.origin,
                reason=page.reason,
                confidence=page.confidence if page.confidence is None else round(page.confidence, 3),
            )
            for page in document.pages
        ),
    )


def source_of(path: Path, shown: str) -> Source:
    """Return the source entry of a file on disk.

    Raises:
        InputFileError: it is empty or of a kind that is not read.
    """
    return Source(path=shown, sha256=sha256(path), media_type=read.sniff(path))


def sha256(path: Path) -> str:
    """Return the sha256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(options: Options) -> str:
    """Return what a record depends on besides its file: program, schema, models and options, as 16 hex digits."""
    parts = [__version__, SCHEMA_VERSION, json.dumps({"ocr": options.ocr})]
    for model in MODELS:
        try:
            parts.append(model_path(f"{model}/meta.json").read_text("utf-8"))
        except MissingResourceError:
            parts.append(f"no {model}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
