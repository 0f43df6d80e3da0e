"""A layout on paper, stamped, signed and scanned: page images with the truth of every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from corpus.layout import Header, Layout
from corpus.render import marks
from corpus.render.degrade import QUALITIES, Affine, QualityName, dark_border, develop, skew_matrix, staple, turn, warp
from corpus.render.marks import BLUE, RED, VIOLET, Colour, Paper
from corpus.render.pdf import RenderedPage, render_pages
from corpus.render.pen import Pen, StrokePen
from corpus.render.typeset import TruthLine
from pipeline.data import BBox, Zone

SealPlace = Literal["none", "signature", "header", "both"]


@dataclass(frozen=True, slots=True)
class Scan:
    """How a document was signed, stamped and scanned. Pages count from 1."""

    quality: QualityName = "typical"
    dpi: int = 200
    colour: bool = True
    handwriting: bool = True  # blanks are filled in by pen
    seal: SealPlace = "none"
    signature: bool = False
    incoming: bool = False  # the incoming-mail stamp of the receiving office
    stamp: str | None = None  # a framed word such as HỎA TỐC
    warp: bool = False
    border: bool = False
    staple: bool = False
    turned: tuple[tuple[int, int], ...] = ()  # (page, degrees clockwise: 90, 180, 270)
    blank_after: tuple[int, ...] = ()  # a blank back side was scanned after these pages


def _box(lines: Sequence[TruthLine], zone: Zone) -> BBox | None:
    boxes = [line.bbox for line in lines if line.zone == zone]
    if not boxes:
        return None
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip


def _seal_texts(layout: Layout) -> list[str]:
    """Return what the seal says: the names of the issuing body, the lowest last."""
    for block in layout.blocks:
        if isinstance(block, Header):
            names = [p.text for p in block.left if p.text.upper() == p.text and any(c.isalpha() for c in p.text)]
            return [" ".join(names)] if len(" ".join(names)) <= 34 else names[-2:]
    return []


def _stamp_page(
    paper: Paper, lines: Sequence[TruthLine], layout: Layout, scan: Scan, rng: np.random.Generator, first: bool
) -> None:
    """Put seal, signature and stamps on a page, in place."""
    px = scan.dpi / 72
    texts = _seal_texts(layout)

    def put(opacity: marks.Opacity, colour: Colour, x: float, y: float) -> None:
        """Lay ink centred on (x, y) in points."""
        left = round(x * px - opacity.shape[1] / 2)
        marks.lay_ink(paper, opacity, colour, left, round(y * px - opacity.shape[0] / 2))

    signed = _box(lines, "signature")
    if signed is not None:
        x0, top, x1, bottom = signed
        middle = (x0 + x1) / 2
        gap_middle = bottom - 50
        if scan.signature:
            opacity = marks.signature(round(130 * px), round(62 * px), rng)
            ink = BLUE if rng.random() < 0.8 else (0.1, 0.1, 0.12)
            put(opacity, ink, middle + float(rng.normal(12, 10)), gap_middle + float(rng.normal(0, 5)))
        if scan.seal in ("signature", "both"):  # over the left third of the signature, as the decree asks
            # of 15 real seals the centre stands 64 points left of the name's (standard deviation 9), and the rim
            # ends 9 points above the bottom of the name (10)
            at_x = middle - 64 + float(rng.normal(0, 9))
            put(marks.seal(texts, scan.dpi, rng), RED, at_x, bottom - 60 + float(rng.normal(0, 9)))
    issuer = _box(lines, "header_left")
    if issuer is not None:
        x0, top, x1, bottom = issuer
        if scan.seal in ("header", "both"):  # a hanging seal over the name of the issuing body
            put(marks.seal(texts, scan.dpi, rng), RED, (x0 + x1) / 2 - 20, (top + bottom) / 2 - 4)
        if scan.incoming:
            day = f"{int(rng.integers(1, 29))}/{int(rng.integers(1, 13))}/{int(rng.integers(2014, 2025))}"
            number = str(int(rng.integers(40, 9000)))
            opacity = marks.incoming_stamp("Văn phòng", number, day, scan.dpi, rng)
            ink = (RED, BLUE, VIOLET)[int(rng.integers(3))]
            put(opacity, ink, x0 + 45 + float(rng.normal(0, 10)), bottom + 44 + float(rng.normal(0, 6)))
        if scan.stamp:
            put(marks.word_stamp(scan.stamp, scan.dpi, rng), RED, (x0 + x1) / 2, bottom + 26)
    if not first and scan.seal == "both" and rng.random() < 0.5:  # a seal across the edge of the sheets
        width_pt = paper.shape[1] / px
        put(marks.seal(texts, scan.dpi, rng), RED, width_pt - 4, paper.shape[0] / px / 2)


def _moved(lines: Sequence[TruthLine], matrix: Affine, dpi: int) -> tuple[TruthLine, ...]:
    """Return the lines with the boxes that they have after the turn."""
    px = dpi / 72
    moved = []
    for line in lines:
        x0, y0, x1, y1 = (value * px for value in line.bbox)
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ matrix.T / px
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        box = (round(float(left), 1), round(float(top), 1), round(float(right), 1), round(float(bottom), 1))
        moved.append(replace(line, bbox=box))
    return tuple(moved)


def _scan_sheet(
    paper: Paper, lines: Sequence[TruthLine], behind: Paper | None, scan: Scan, rng: np.random.Generator
) -> RenderedPage:
    quality = QUALITIES[scan.quality]
    if scan.warp:
        paper = warp(paper, rng, scan.dpi)
    degrees = float(rng.uniform(*quality.skew)) * (1 if rng.random() < 0.5 else -1)
    matrix = skew_matrix((paper.shape[0], paper.shape[1]), degrees)
    paper = turn(paper, matrix, 0.15 if scan.border else 1.0)
    if scan.border:
        dark_border(paper, rng, scan.dpi)
    image, level = develop(paper, quality, rng, scan.dpi, scan.colour, behind)
    return RenderedPage(image, _moved(lines, matrix, scan.dpi), scan.dpi, level)


def scan_pages(layout: Layout, scan: Scan, seed: int, pen: Pen | None = None) -> list[RenderedPage]:
    """Return *layout* printed, stamped, signed and scanned; the same seed gives the same pixels.

    Args:
        layout: what was typed.
        scan: what happened to it.
        seed: fixes every random draw.
        pen: the hand that fills in the blanks; None draws strokes of a hand chosen by the seed.

    Raises:
        GlyphError: a character is in no installed font.
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    hand = (pen or StrokePen(seed)) if scan.handwriting else None
    clean = render_pages(layout, scan.dpi, hand)
    papers: list[Paper] = [page.image.astype(np.float32) / np.float32(255) for page in clean]
    for number, (paper, page) in enumerate(zip(papers, clean, strict=True), 1):
        rng = np.random.default_rng((seed, number, 1))
        _stamp_page(paper, page.lines, layout, scan, rng, first=number == 1)
        if scan.staple and number == 1:
            staple(paper, rng, scan.dpi)
    turned = dict(scan.turned)
    pages: list[RenderedPage] = []
    for number, (paper, page) in enumerate(zip(papers, clean, strict=True), 1):
        rng = np.random.default_rng((seed, number, 2))
        behind = papers[number % len(papers)] if len(papers) > 1 else paper[::-1]
        scanned = _scan_sheet(paper, page.lines, behind, scan, rng)
        if degrees := turned.get(number, 0):
            image = np.ascontiguousarray(np.rot90(scanned.image, -degrees // 90))
            scanned = replace(scanned, image=image, turned=degrees)
        pages.append(scanned)
        if number in scan.blank_after:
            pages.append(_scan_sheet(np.ones_like(paper), (), paper, scan, rng))
    return pages
