"""One page image in, one `Page` out: clean-up, which way up, zones, recognition, and the way back to the page.

Everything is computed on a cleaned, deskewed copy at 200 dpi; boxes are mapped back to the upright page.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.data import BBox, Line, OcrMode, Page, Word
from pipeline.errors import InputFileError
from pipeline.ocr import clean, orient, second, tesseract
from pipeline.ocr.blanks import fill_blanks, type_size
from pipeline.ocr.endings import mend_endings
from pipeline.ocr.labels import Group, label
from pipeline.ocr.readings import LANGUAGE, TIMEOUT, mend_numbers, mend_underlined, moved, read_often, read_once
from pipeline.ocr.seals import without_seals
from pipeline.ocr.shapes import find_lost_dash, mend_signs
from pipeline.ocr.signature import second_look
from pipeline.ocr.stray import in_seals, is_junk, strays, without_strokes
from pipeline.ocr.tables import Grid
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.textlines import TextLine, find_lines
from pipeline.ocr.zones import Layout, find_layout, text_boxes

log = logging.getLogger(__name__)

Box = tuple[int, int, int, int]
Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Owner = tuple[int, int]  # the number of a block, and of a cell in it

MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
HIGH_LINE = 64  # pixels: lines of poor pages are enlarged to this height, which steadies their marks
LOW_DPI = 180.0
MUCH_INK = 0.5  # square inches of ink in letters: a full page has three, there is no need to count its letters
BLANK_LETTERS = 5  # fewer letter-sized components than this: nothing to read
SQUARE_RE = re.compile(r"(?<![^\W\dk])m[?\u02c6^](?=\W*$)")
COMPETENCE_RE = re.compile(r"^(TM|KT|TL|TUQ)[.,]{2,}")
REPORT_RE = re.compile(r"^\(b(?:/[cC€]|é[cC])[)}\]]")  # "(b/c)" behind a recipient: to report to
HEADER_SHARE = 0.5  # of the page's height: blocks that start above may hold number and date
RED_INK = 140  # grey level below which the layer of red text has ink
RED_SURE = 0.5  # confidence from which a red line is text and no part of a seal
STAMP_EDGE = 3  # pixels that the frame of a stamp is wide
PAD = 4  # pixels of paper around each zone


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from pixels of the cleaned page back to points of the upright page."""

    scale: float  # points a pixel
    angle: float  # clockwise turn that deskewing made, degrees
    centre: tuple[float, float]  # pixels
    width: float  # points
    height: float

    def box(self, box: Sequence[float]) -> BBox:
        """Return the smallest upright box, in points, around a box of the cleaned page."""
        turn = np.radians(-self.angle)
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        x0, top, x1, bottom = box
        middle_x, middle_y = (x0 + x1) / 2 - self.centre[0], (top + bottom) / 2 - self.centre[1]
        # turn the middle only: a word stays as high and as wide as it is, a skewed box would swallow its neighbours
        x = middle_x * cos - middle_y * sin + self.centre[0]
        y = middle_x * sin + middle_y * cos + self.centre[1]
        half_width, half_height = (x1 - x0) / 2, (bottom - top) / 2
        return (
            round(max(0.0, (x - half_width) * self.scale), 2),
            round(max(0.0, (y - half_height) * self.scale), 2),
            round(min(self.width, (x + half_width) * self.scale), 2),
            round(min(self.height, (y + half_height) * self.scale), 2),
        )


def recognize_page(
    image: NDArray[np.uint8], dpi: float, number: int, reason: str, *, mode: OcrMode = "quality"
) -> Page:
    """Read a page image.

    Args:
        image: height x width grey, or height x width x 3 RGB.
        dpi: resolution of the image.
        number: number of the page, from 1.
        reason: why the page is read by recognition; goes into the page.
        mode: ``quality`` or ``fast``.

    Returns:
        The page with its lines in reading order. A blank page has no lines and the issue ``P107``.

    Raises:
        MissingResourceError: Tesseract or its Vietnamese model is not installed.
        InputFileError: the image is too large (``page_too_large``), or Tesseract gave up (``ocr_failed``) or ran out
            of time (``ocr_timeout``).
    """
    height, width = image.shape[:2]
    if height * width > MAX_PIXELS or max(height, width) > MAX_SIDE:
        raise InputFileError("page_too_large", f"page {number}: {width} x {height} pixels; give a smaller image")
    started = time.monotonic()
    for language in (LANGUAGE, second.LANGUAGE) if mode == "quality" else (LANGUAGE,):
        tesseract.require(language)
    grey, seal = clean.ink_channel(image)
    rotation = _turn(grey, dpi)
    turned, grey = (np.ascontiguousarray(np.rot90(one, -(rotation // 90))) for one in (image, grey))
    cleaned, angle = _clean(turned, grey, seal, dpi, mode)
    page_width, page_height = turned.shape[1] * 72.0 / dpi, turned.shape[0] * 72.0 / dpi
    page = Page(
        number=number, lines=(), origin="ocr", reason=reason, confidence=None,
        width=round(page_width, 2), height=round(page_height, 2), rotation=rotation,
    )  # fmt: skip
    ink = clean.ink_mask(cleaned.grey)
    if cleaned.red is not None:  # a post and a name in red make a column, too
        ink |= cleaned.red < RED_INK
    layout = find_layout(ink, cleaned.grey, cleaned.dpi)
    if is_blank(layout, cleaned.dpi):
        return replace(page, issues=(("P107", f"page {number} is blank"),))
    frame = Frame(
        72.0 / cleaned.dpi, angle, (cleaned.grey.shape[1] / 2, cleaned.grey.shape[0] / 2), page_width, page_height
    )
    lines = _read(cleaned, layout, frame, mode)
    log.debug("%d lines in %.2f s", len(lines), time.monotonic() - started, extra={"page": number})
    return replace(page, lines=tuple(lines), confidence=_mean_confidence(lines))


def is_blank(layout: Layout, dpi: float) -> bool:
    """Tell whether a page holds too few letters to be read."""
    if np.count_nonzero(layout.text) > MUCH_INK * dpi**2:
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(layout.text.astype(np.uint8), connectivity=8)
    heights = stats[1:count, cv2.CC_STAT_HEIGHT]
    return bool(np.count_nonzero((heights > 0.04 * dpi) & (heights < 0.3 * dpi)) < BLANK_LETTERS)


def _turn(grey: Grey, dpi: float) -> int:
    """Return by how many degrees clockwise a page must be turned to stand upright: 0, 90, 180 or 270."""
    small = clean.scaled(grey, min(1.0, 150.0 / dpi))
    ink = clean.ink_mask(clean.flatten(small, 150.0))
    text, usual = text_boxes(ink, 150.0)
    sideways = orient.sideways_evidence(text, ink.shape, usual) > orient.SIDEWAYS
    if sideways:
        text = orient.turned(text, ink.shape[0])
    above, below = orient.upright_evidence(text, usual)
    rotation = 90 if sideways else 0
    if below > above or (sideways and above < 12):
        sure = below > 1.5 * above and below >= 20
        if sure or (below + above >= 3 and _reads_better_upside_down(small, rotation)):
            rotation += 180
    return rotation


def _reads_better_upside_down(grey: Grey, rotation: int) -> bool:
    """Tell which of two ways up gives surer words; asked only for the few pages whose marks do not tell."""
    ways = [np.ascontiguousarray(np.rot90(grey, -(turn // 90))) for turn in (rotation, rotation + 180)]
    this, other = tesseract.read(ways, 150.0, language=LANGUAGE, timeout=TIMEOUT)

    def certainty(lines: list[RawLine]) -> float:
        return sum(word.confidence**2 * len(word.text) for line in lines for word in line.words)

    return certainty(other) > certainty(this)


def _clean(image: NDArray[np.uint8], grey: Grey, seal: bool, dpi: float, mode: OcrMode) -> tuple[clean.Cleaned, float]:
    """Return the cleaned page and the angle it was turned by, clockwise; *grey* is the channel of its ink."""
    red: Grey | None = None
    if seal and (own := clean.red_text(image, dpi)).any():
        red = np.where(own, np.uint8(0), np.uint8(255))
    calm: Grey | None = None
    bilevel = clean.is_bilevel(grey)
    noise = 0.0 if bilevel else clean.paper_noise(grey)
    if bilevel:
        grey = clean.mend_bilevel(grey)
    factor = clean.WORK_DPI / dpi if dpi > clean.WORK_DPI * 1.02 else 1.0
    grey = clean.scaled(grey, factor)
    dpi *= factor
    if not bilevel:
        if noise >= clean.NOISY:
            grey = clean.calmed(grey, wide=mode == "fast")
            if mode == "quality":
                calm = clean.flatten(grey, dpi)
                grey = clean.denoise(grey, noise, clean.ink_mask(calm))
        grey = clean.flatten(grey, dpi)
    angle = clean.skew_angle(clean.ink_mask(grey))
    grey = clean.rotate(grey, angle)
    if calm is not None:
        calm = clean.rotate(calm, angle)
    if red is not None:
        red = clean.rotate(clean.scaled(red, factor), angle)
    return clean.Cleaned(grey, dpi, noise, bilevel, seal, calm, red), angle


@dataclass(slots=True)
class _Crops:
    """The images of the lines of a page, with what leads back from each."""

    enlarge: bool  # lines of poor pages are read larger
    images: list[Grey] = field(default_factory=list)
    corners: list[tuple[int, int]] = field(default_factory=list)  # on the page, pixels
    factors: list[float] = field(default_factory=list)  # by which each was enlarged
    owners: list[Owner] = field(default_factory=list)
    red: set[int] = field(default_factory=set)  # those of the layer of red text

    def put(self, owner: Owner, lines: Iterable[TextLine]) -> None:
        """Add the lines of a block or cell."""
        for line in lines:
            image = np.pad(line.image, PAD, constant_values=255)
            factor = max(1.0, HIGH_LINE / image.shape[0]) if self.enlarge else 1.0
            self.images.append(clean.scaled(image, factor))
            self.factors.append(self.images[-1].shape[0] / image.shape[0])
            self.corners.append((line.box[0] - PAD, line.box[1] - PAD))
            self.owners.append(owner)

    def by_owner(self, results: Sequence[RawLine | None]) -> dict[Owner, list[RawLine]]:
        """Return what was read, in pixels of the page; red lines stand among the others by their height."""
        read: dict[Owner, list[RawLine]] = {}
        for index, raw in enumerate(results):
            if raw is None:
                continue
            found = moved(raw, *self.corners[index], (self.factors[index], self.factors[index]))
            into = read.setdefault(self.owners[index], [])
            if index not in self.red:
                into.append(found)
            elif found.confidence >= RED_SURE:
                into.insert(sum(line.box[1] < found.box[1] for line in into), found)
        return read


def _crops_of(cleaned: clean.Cleaned, layout: Layout, *, enlarge: bool) -> _Crops:
    """Return the images of all lines of a page: those of its columns, of the cells of its tables, and those in red."""
    crops = _Crops(enlarge)
    grey, marks = reading_image(cleaned, layout)
    around, outside = _without_stamps(grey, marks, layout)
    beside = without_seals(outside, layout.seals)  # they are stamped over post and name, and reach into the recipients
    for index, block in enumerate(layout.blocks):
        if isinstance(block, Grid):
            for number, cell in enumerate(block.cells):
                x0, top, x1, bottom = cell.box
                if x1 - x0 > 8 and bottom - top > 8:
                    inner = (x0 + 3, top + 3, x1 - 3, bottom - 3)
                    crops.put((index, number), find_lines(grey, marks, inner, layout.line_height))
        else:
            text = beside if block.side == "left" else outside
            crops.put((index, 0), find_lines(around, text, block.box, layout.line_height))
    if cleaned.red is not None:
        height, width = cleaned.red.shape
        for line in find_lines(cleaned.red, cleaned.red < RED_INK, (0, 0, width, height), layout.line_height):
            column = _block_at(layout, line.box)
            if column is not None:
                crops.red.add(len(crops.images))
                crops.put((column, 0), [line])
    return crops


def _read(cleaned: clean.Cleaned, layout: Layout, frame: Frame, mode: OcrMode) -> list[Line]:
    thorough = mode == "quality"
    poor = cleaned.noise >= clean.NOISY or cleaned.dpi < LOW_DPI
    crops = _crops_of(cleaned, layout, enlarge=poor and thorough)
    if thorough:
        results = read_often(crops.images, cleaned.dpi, poor=poor)
    else:
        results = read_once(crops.images, cleaned.dpi, crisp=not poor)
    mend_underlined(results, crops.images, cleaned.dpi)
    if thorough:
        places = {owner: [at for at, other in enumerate(crops.owners) if other == owner] for owner in crops.owners}
        for index, block in enumerate(layout.blocks):
            if isinstance(block, Grid):
                own = {cell: at for (number, cell), at in places.items() if number == index}
                mend_numbers(block, own, results, crops.images, cleaned.dpi)
    read = crops.by_owner(results)
    size = type_size([raw for lines in read.values() for raw in lines]) or 0.18 * cleaned.dpi
    if thorough:
        _look_again(read, layout, cleaned, size)
    _drop_strays(read, layout, size, cleaned.grey.shape[1] / 2)
    groups = _groups(read, layout, cleaned, frame, size)
    return mend_endings(label(groups, frame.width, frame.height))


def _groups(
    read: dict[Owner, list[RawLine]], layout: Layout, cleaned: clean.Cleaned, frame: Frame, size: float
) -> list[Group]:
    """Return the lines of each block, with what their shapes tell and what was written by hand, on the upright page."""
    ink = clean.ink_mask(cleaned.grey)
    groups: list[Group] = []
    for index, block in enumerate(layout.blocks):
        if isinstance(block, Grid):
            cells = {
                key[1]: [mend_signs(raw, ink, size) for raw in value] for key, value in read.items() if key[0] == index
            }
            rows = _table_rows(block, cells, frame)
            groups.append(Group(tuple(rows), "", -1, table=True, stamp=block in layout.stamps))
            continue
        printed = [raw for raw in read.get((index, 0), []) if not is_junk(raw)]
        # signs first: a dash may have been read as a speck
        raws = [without_strokes(mend_signs(raw, ink, size)) for raw in printed]
        if cleaned.calm is not None:
            raws = [find_lost_dash(raw, cleaned.calm, size) for raw in raws]
        if block.box[1] < HEADER_SHARE * cleaned.grey.shape[0]:
            raws = [fill_blanks(raw, ink, size) for raw in raws]
        groups.append(Group(tuple(_line(raw, frame) for raw in raws), block.side, block.part))
    return groups


def _look_again(read: dict[Owner, list[RawLine]], layout: Layout, cleaned: clean.Cleaned, size: float) -> None:
    """Put better readings of the lines of a signature in the place of the first ones."""
    places = _places(read, layout)
    found = second_look([read[owner][index] for owner, index in places], cleaned, size, LANGUAGE)
    for at, line in sorted(found.items()):
        if at < len(places):
            owner, index = places[at]
            read[owner][index] = line
        elif (column := _block_at(layout, line.box)) is not None:
            into = read.setdefault((column, 0), [])
            into.insert(sum(other.box[1] < line.box[1] for other in into), line)
    for owner, lines in read.items():
        read[owner] = [line for line in lines if line.words]


def _places(read: dict[Owner, list[RawLine]], layout: Layout) -> list[tuple[Owner, int]]:
    """Return where each line of the columns of text is in *read*."""
    return [
        (owner, index)
        for owner, lines in read.items()
        if not isinstance(layout.blocks[owner[0]], Grid)
        for index in range(len(lines))
    ]


def _drop_strays(read: dict[Owner, list[RawLine]], layout: Layout, size: float, middle: float) -> None:
    """Take lines out of *read* that seals and pens left between post and name."""
    places = _places(read, layout)
    lines = [read[owner][index] for owner, index in places]
    stray = {places[at] for at in strays(lines, size, middle) | in_seals(lines, layout.seals)}
    for owner, own in read.items():
        read[owner] = [line for index, line in enumerate(own) if (owner, index) not in stray]


def _block_at(layout: Layout, box: Box) -> int | None:
    """Return the column of text that a line belongs to by its place: the nearest one under or over its middle."""
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    near = [
        (max(block.box[1] - middle_y, middle_y - block.box[3], 0.0), index)
        for index, block in enumerate(layout.blocks)
        if not isinstance(block, Grid) and block.box[0] - box[3] + box[1] <= middle_x <= block.box[2] + box[3] - box[1]
    ]
    return min(near)[1] if near else None


def reading_image(cleaned: clean.Cleaned, layout: Layout) -> tuple[Grey, Mask]:
    """Return the page as the recognizer gets it, and its ink that may be text, down to the smallest dots.

    It is crisp, without the specks and streaks that layout found.
    """
    ink = clean.ink_mask(cleaned.grey)
    grey = clean.sharpen(clean.stretch(cleaned.grey, ink))
    reach = round(1.4 * layout.line_height) | 1
    near = cv2.dilate(layout.text.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    lone = ink & ~layout.text & ~layout.rules & ~near
    grey[cv2.dilate(lone.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = 255
    return grey, ink & (layout.text | (layout.specks & near))


def _without_stamps(grey: Grey, marks: Mask, layout: Layout) -> tuple[Grey, Mask]:
    """Return the page and its ink without the framed stamps: a line of text may stand right beside one."""
    if not layout.stamps:
        return grey, marks
    grey, marks = grey.copy(), marks.copy()
    for x0, top, x1, bottom in (stamp.box for stamp in layout.stamps):
        place = (slice(max(0, top - STAMP_EDGE), bottom + STAMP_EDGE), slice(max(0, x0 - STAMP_EDGE), x1 + STAMP_EDGE))
        grey[place], marks[place] = 255, False
    return grey, marks


def mend_small(text: str) -> str:
    r"""Write fractions as one character, as they are printed, a lone dash as one, and square metres with their ².

    Tesseract parts fractions with U+2044, reads a short dash in bold as two, and knows no raised 2.

    >>> mend_small("1\u20442 ngày, 3\u20444"), mend_small("m?;"), mend_small("394m^,")
    ('½ ngày, ¾', 'm²;', '394m²,')
    >>> mend_small("\u2014-"), mend_small("(b/€};"), mend_small("TM.."), mend_small("TM.,BAN")
    ('-', '(b/c);', 'TM.', 'TM. BAN')
    """
    if len(text) == 2 and set(text) <= set("-\u2013\u2014"):
        return "-"
    text = COMPETENCE_RE.sub(r"\1. ", text).rstrip()
    text = REPORT_RE.sub("(b/c)", SQUARE_RE.sub("m²", text))
    return text.replace("1\u20442", "½").replace("1\u20444", "¼").replace("3\u20444", "¾").replace("\u2044", "/")


def _laid(raw: Iterable[RawWord], frame: Frame, start: int = 0) -> tuple[str, list[Word]]:
    """Return the words joined by spaces, and each with its box; the first begins at offset *start*."""
    parts: list[str] = []
    words: list[Word] = []
    for word in raw:
        text = mend_small(word.text)
        box, confidence = frame.box(word.box), round(word.confidence, 4)
        words.append(Word(start, start + len(text), box, confidence, word.alternatives))
        parts.append(text)
        start += len(text) + 1
    return " ".join(parts), words


def _line(raw: RawLine, frame: Frame) -> Line:
    text, words = _laid(raw.words, frame)
    return Line(text, frame.box(raw.box), round(raw.confidence, 4), tuple(words))


def _table_rows(grid: Grid, read: dict[int, list[RawLine]], frame: Frame) -> list[Line]:
    """Return one line a row, cells parted by tabs; a cell that spans rows stands in its first."""
    rows: list[Line] = []
    for row in range(grid.rows):
        texts: list[str] = []
        words: list[Word] = []
        offset = 0
        boxes = []
        for column in range(grid.columns):
            cell = next((n for n, c in enumerate(grid.cells) if c.row == row and c.column == column), None)
            content: list[RawWord] = (
                [word for raw in read.get(cell, []) for word in raw.words] if cell is not None else []
            )
            if column:
                offset += 1
            text, laid = _laid(content, frame, offset)
            offset += len(text)
            words += laid
            texts.append(text)
            if cell is not None:
                boxes.append(grid.cells[cell].box)
        if not words:
            continue
        array = np.array(boxes)
        box = (*array[:, :2].min(axis=0), *array[:, 2:].max(axis=0))
        confidence = sum((w.confidence or 0) * (w.end - w.start) for w in words) / sum(w.end - w.start for w in words)
        rows.append(Line("\t".join(texts), frame.box(box), round(confidence, 4), tuple(words), "table"))
    return rows


def _mean_confidence(lines: Sequence[Line]) -> float | None:
    total = sum(len(line.text) for line in lines)
    if not total:
        return None
    return round(sum((line.confidence or 0.0) * len(line.text) for line in lines) / total, 4)
