"""PDF files: opened (mended where need be), then one page at a time by text layer or by recognition."""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from pipeline.data import Page
from pipeline.lexicon.condition import judge
from pipeline.lexicon.encodings import convert_runs
from pipeline.read import gate
from pipeline.read.contents import Contents
from pipeline.read.faults import fault, page_issue
from pipeline.read.glyphs import PrintedPage, PrintedWord, read_glyphs, turn_box
from pipeline.read.images import shrink
from pipeline.read.layout import Box, Furniture, mask, page_lines
from pipeline.read.objects import PageObjects, page_objects
from pipeline.read.recognizing import Recognizer, failed, recognized
from pipeline.read.ruling import find_grids
from pipeline.read.stamps import draw_stamps, has_stamps, place_stamps

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000_000
MAX_PAGES = 20_000
MAX_POINTS = 14_400  # side of a page that pdfium may be asked to render, points
SCAN_DPI = (150.0, 300.0)  # the resolution of the scan itself, within these
PAGE_DPI = 300.0  # for pages that are drawings, or several images
INK_DPI = 40.0
_KEPT_PAGES = 4  # printed pages kept: the one at hand and its neighbours


def count_pages(path: Path) -> int:
    """Return the number of pages of a PDF.

    Raises:
        InputFileError: as `read_pdf`.
    """
    with opened(path) as document:
        return len(document)


def read_pdf(
    path: Path, recognizer: Recognizer, done: Mapping[int, Page], begin: Callable[[int], None]
) -> Iterator[Page]:
    """Yield the pages of a PDF.

    Raises:
        InputFileError: ``encrypted``, ``corrupt``, ``zero_pages``, ``too_many_pages`` or ``too_large``.
    """
    with opened(path) as document, Contents(path) as contents:
        reader = _Reader(document, recognizer)
        last = len(document)
        for number in range(1, last + 1):
            if number in done:
                yield done[number]
                continue
            begin(number)
            remarks = contents.remarks(number)
            if number == last and contents.is_cut_off(last):
                remarks += (page_issue("P110"),)
            if any(code == "P109" for code, _ in remarks):
                yield failed(number, "page cannot be read", *remarks)
                continue
            page = reader.read(number)
            yield replace(page, issues=(*remarks, *page.issues)) if remarks else page


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open *path* with pdfium, through a re-saved copy in memory where pdfium and pikepdf do not agree on it.

    The file itself is only read. Raises as `read_pdf`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fault("too_large", path.name)
        data = path.read_bytes()
    except OSError as error:
        raise fault("unreadable", path.name, error.strerror or "") from error
    if not data:
        raise fault("empty_file", path.name)
    document, pages, problem = _open_pdfium(data)
    declared, encrypted = _declared_pages(data)
    if encrypted or problem == pdfium_c.FPDF_ERR_PASSWORD:
        if document is not None:
            document.close()
        raise fault("encrypted", path.name)
    if document is None or (declared is not None and declared != pages):
        mended = _resaved(data)
        if mended is not None:
            again, count, _ = _open_pdfium(mended)
            if again is not None and count >= pages:
                log.info("mended by saving it anew (%d pages, %d before)", count, pages)
                if document is not None:
                    document.close()
                document, pages = again, count
    if document is None:
        raise fault("zero_pages" if declared == 0 else "corrupt", path.name)
    try:
        if pages == 0:
            raise fault("zero_pages", path.name)
        if pages > MAX_PAGES:
            raise fault("too_many_pages", path.name, f"{pages} pages")
        yield document
    finally:
        document.close()


def _open_pdfium(data: bytes) -> tuple[Any, int, int]:
    """Return the document, its number of pages and pdfium's error code (0: none)."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return None, 0, int(getattr(error, "err_code", 0) or 1)
    return document, len(document), 0


def _declared_pages(data: bytes) -> tuple[int | None, bool]:
    """Return how many pages pikepdf sees (None: it cannot say), and whether a password is needed."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return len(pdf.pages), False
    except pikepdf.PasswordError:
        return None, True
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, KeyError):
        return None, False


def _resaved(data: bytes) -> bytes | None:
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                return None
            out = io.BytesIO()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of forms that will not work in the copy: it is only read
                pdf.save(out)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, KeyError) as error:
        log.info("cannot be mended: %s", error)
        return None


class _Reader:
    """Reads pages of one document; keeps the printed words of neighbours, to tell running headers."""

    def __init__(self, document: Any, recognizer: Recognizer) -> None:
        self._document = document
        self._recognizer = recognizer
        self._printed: OrderedDict[int, PrintedPage] = OrderedDict()
        self._stamped: dict[int, int] = {}  # page: characters before its stamps were drawn

    def read(self, number: int) -> Page:
        """Return page *number*; one with an issue where it fails."""
        try:
            page = self._opened(number)
        except (pdfium.PdfiumError, IndexError) as error:
            return failed(number, "page cannot be opened", page_issue("P102", str(error)))
        try:
            return self._read(page, number)
        except MemoryError:
            return failed(number, "page cannot be read", page_issue("P106"))
        except (pdfium.PdfiumError, ValueError, OSError, RecursionError, ZeroDivisionError) as error:
            log.warning("%s", error, extra={"page": number})
            return failed(number, "page cannot be read", page_issue("P102", str(error)))
        finally:
            page.close()

    def _opened(self, number: int) -> Any:
        """Open a page with its stamps drawn onto it; remember how many characters were printed before them."""
        page = self._document[number - 1]
        if number not in self._stamped and has_stamps(page):
            textpage = page.get_textpage()
            characters = textpage.count_chars()
            textpage.close()
            if draw_stamps(page):
                self._stamped[number] = characters
                page.close()
                page = self._document[number - 1]
        return page

    def _read(self, page: Any, number: int) -> Page:
        printed = self._words(number, page)
        objects = page_objects(page, printed.turned)
        words, encoding = converted(place_stamps(printed.words))
        facts = page_facts(printed, words, objects, legacy=encoding is not None)
        decision = gate.decide(facts)
        if gate.needs_ink(facts, decision):
            decision = gate.decide_by_ink(decision, ink_covered(page, printed))
        log.debug("%s, %s", decision, facts, extra={"page": number})
        if decision.route == "ocr":
            return self._recognize(page, number, decision.reason, objects)
        if decision.route == "blank":
            return Page(number, (), "text_layer", decision.reason, width=printed.width, height=printed.height)
        boxes = [Box(word.text, word.bbox, order, word.stamped) for order, word in enumerate(words)]
        grids = find_grids(objects.rules, printed.width, printed.height)
        lines = page_lines(
            boxes, printed.width, printed.height, number=number, grids=grids, furniture=self._furniture(number)
        )
        return Page(
            number,
            lines,
            "text_layer",
            decision.reason,
            width=printed.width,
            height=printed.height,
            rotation=printed.turned,
            condition=f"legacy:{encoding}" if encoding else None,
            issues=(page_issue("P104"),) if printed.truncated else (),
        )

    def _words(self, number: int, page: Any = None) -> PrintedPage:
        kept = self._printed.get(number)
        if kept is not None:
            return kept
        own = page if page is not None else self._opened(number)
        try:
            textpage = own.get_textpage()
            try:
                printed = read_glyphs(own, textpage, self._stamped.get(number))
            finally:
                textpage.close()
        finally:
            if page is None:
                own.close()
        self._printed[number] = printed
        while len(self._printed) > _KEPT_PAGES:
            self._printed.popitem(last=False)
        return printed

    def _furniture(self, number: int) -> Furniture:
        """Texts at the edges of the pages around *number*; odd and even pages may differ."""
        neighbours = [n for n in (number - 2, number - 1, number + 1, number + 2) if 1 <= n <= len(self._document)]
        met: Counter[str] = Counter()
        for other in neighbours:
            try:
                met.update(edge_texts(self._words(other)))
            except (pdfium.PdfiumError, ValueError):
                continue  # that page tells on its own turn what is wrong with it
        least = 2 if len(neighbours) > 1 else 1  # one page may begin as this one does by chance: forms do
        return Furniture(frozenset(text for text, pages in met.items() if pages >= least))

    def _recognize(self, page: Any, number: int, reason: str, objects: PageObjects) -> Page:
        width, height = page.get_size()
        if max(width, height) > MAX_POINTS or min(width, height) <= 0:
            return failed(number, reason, page_issue("P101", f"{width:.0f} x {height:.0f} points"))
        dpi = objects.native_dpi
        wanted = min(max(dpi, SCAN_DPI[0]), SCAN_DPI[1]) if dpi else PAGE_DPI
        factor = shrink(width / 72 * wanted, height / 72 * wanted)
        issues = (page_issue("P105", f"{width:.0f} x {height:.0f} points"),) if factor < 1 else ()
        wanted *= factor
        return recognized(self._recognizer, rendered(page, wanted), wanted, number, reason, issues)


def rendered(page: Any, dpi: float) -> NDArray[np.uint8]:
    """Return the image of *page* as it is shown, H x W x 3 (RGB), at *dpi*."""
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return np.array(pixels[:, :, :3], dtype=np.uint8)
    finally:
        bitmap.close()


def converted(words: tuple[PrintedWord, ...]) -> tuple[tuple[PrintedWord, ...], str | None]:
    """Convert the legacy runs among *words*; a run is the words of one font that follow each other on a line."""
    runs: list[tuple[int, int]] = []
    for i, word in enumerate(words):
        if runs and words[i - 1].font == word.font and abs(words[i - 1].bbox[3] - word.bbox[3]) < 3:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    texts, encoding = convert_runs([(" ".join(w.text for w in words[a:b]), words[a].font or None) for a, b in runs])
    out: list[PrintedWord] = []
    for (a, b), text in zip(runs, texts, strict=True):
        pieces = text.split(" ")
        if len(pieces) == b - a:
            out += [replace(word, text=piece) for word, piece in zip(words[a:b], pieces, strict=True)]
        else:
            out += words[a:b]
    return tuple(replace(w, text=clean(w.text)) for w in out), encoding


def clean(text: str) -> str:
    r"""Mend what PDF writes for line-end hyphens, ligatures and spacing letters.

    >>> clean("2020\u00ad"), clean("hiê\u00adn"), clean("of\ufb01ce")
    ('2020-', 'hiên', 'office')
    """
    if text.isascii():
        return text
    if "\u00ad" in text:
        text = text.rstrip("\u00ad").replace("\u00ad", "") + ("-" if text.endswith("\u00ad") else "")
    for ligature, letters in _LIGATURES.items():
        if ligature in text:
            text = text.replace(ligature, letters)
    return text


_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


def page_facts(
    printed: PrintedPage, words: tuple[PrintedWord, ...], objects: PageObjects, *, legacy: bool
) -> gate.PageFacts:
    """Gather what the gate decides by."""
    text = " ".join(word.text for word in words if not word.stamped)
    strange = sum(1 for char in text if "\ue000" <= char <= "\uf8ff" or char == "\ufffd" or char < " ")
    return gate.PageFacts(
        characters=printed.characters,
        condition=judge(text),
        hidden=sum(word.hidden for word in words) / max(1, len(words)),
        image_cover=objects.image_cover,
        drawings=objects.drawings,
        unmapped=strange / max(1, printed.characters),
        legacy=legacy,
    )


def ink_covered(page: Any, printed: PrintedPage) -> float:
    """Return the share of the page's ink that lies under its words' boxes, 0 to 1; 1 where there is hardly any."""
    image = rendered(page, INK_DPI).astype(np.int16)
    light = image.mean(axis=2)
    colour = image.max(axis=2) - image.min(axis=2)
    # seals and signatures are coloured, and no loss: what counts is print
    ink = (light < float(np.percentile(light, 80)) - 60) & (colour < 70)
    total = int(ink.sum())
    if total < 30:
        return 1.0
    under = np.zeros_like(ink)
    scale = INK_DPI / 72
    turned_back = (360 - printed.turned) % 360
    for word in printed.words:
        box = word.bbox
        if turned_back:
            box = turn_box(box, turned_back, printed.width, printed.height)
        x0, top, x1, bottom = (value * scale for value in box)
        under[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(x0) - 1) : int(x1) + 2] = True
    return float((ink & under).sum() / total)


def edge_texts(printed: PrintedPage) -> frozenset[str]:
    """Return the masked lines at the top and bottom edge of a page."""
    band = 0.09 * printed.height
    rows: dict[int, list[PrintedWord]] = {}
    for word in printed.words:
        if word.bbox[3] < band or word.bbox[1] > printed.height - band:
            rows.setdefault(round(word.bbox[3] / 3), []).append(word)
    texts = (" ".join(w.text for w in sorted(row, key=lambda w: w.bbox[0])) for row in rows.values())
    return frozenset(text for text in map(mask, texts) if len(text) > 3)
