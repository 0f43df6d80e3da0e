"""One page image in, one `Page` out: clean-up, which way up, zones, recognition, and the way back to the page.

Everything is computed on a cleaned, deskewed copy at 200 dpi; boxes are mapped back to the upright page.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.data import BBox, Line, OcrMode, Page, Word
from pipeline.errors import InputFileError
from pipeline.ocr import clean, figures, orient, second, tesseract
from pipeline.ocr.blanks import fill_blanks, type_size
from pipeline.ocr.endings import mend_endings
from pipeline.ocr.labels import Group, label
from pipeline.ocr.seals import without_seals
from pipeline.ocr.shapes import find_lost_dash, mend_signs
from pipeline.ocr.signature import second_look
from pipeline.ocr.signed_words import joined
from pipeline.ocr.stray import in_seals, is_junk, strays, without_strokes
from pipeline.ocr.tables import Grid
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.textlines import TextLine, find_lines
from pipeline.ocr.zones import Layout, find_layout, text_boxes

log = logging.getLogger(__name__)

Box = tuple[int, int, int, int]
Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
LANGUAGE = "vie"  # the small model: a quarter cheaper than the script model, and better once pages are crisp
HIGH_LINE = 64  # pixels: lines of poor pages are enlarged to this height, which steadies their marks
LOW_DPI = 180.0
LARGER = 1.25  # times that for the second model, which errs elsewhere then: a tenth fewer wrong characters at 150 dpi
SQUEEZE = 0.88  # width that fast mode leaves the lines of crisp pages: an eighth less to read; at 0.8 digits suffer
QUARTER_RE = re.compile(
    r"[¼¾]|\u20444|(?<!\d)1/(?!\d)"
)  # what a half is read as in a narrow line: read again at full width
SINGLE_LINE = 7  # page segmentation mode
TIMEOUT = 120.0  # seconds of wall clock for the recognizer on one page
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
WIDE = 2.0  # of its height: narrower images are specks and strokes of a pen, not lines of words
RULE = 1.5  # of a line's height: no stroke of a letter is as long, what underlines words is


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


def _read(cleaned: clean.Cleaned, layout: Layout, frame: Frame, mode: OcrMode) -> list[Line]:
    thorough = mode == "quality"
    poor = cleaned.noise >= clean.NOISY or cleaned.dpi < LOW_DPI
    enlarge = poor and thorough
    grey, marks = reading_image(cleaned, layout)
    crops: list[Grey] = []
    origins: list[tuple[int, int]] = []
    factors: list[float] = []
    owners: list[tuple[int, int]] = []  # block, cell

    red_lines: set[int] = set()

    def put(owner: tuple[int, int], line: TextLine) -> None:
        image = np.pad(line.image, PAD, constant_values=255)
        factor = max(1.0, HIGH_LINE / image.shape[0]) if enlarge else 1.0
        crops.append(clean.scaled(image, factor))
        factors.append(crops[-1].shape[0] / image.shape[0])
        origins.append((line.box[0] - PAD, line.box[1] - PAD))
        owners.append(owner)

    def add(owner: tuple[int, int], box: Box, page: Grey, text: Mask) -> None:
        for line in find_lines(page, text, box, layout.line_height):
            put(owner, line)

    around, outside = _without_stamps(grey, marks, layout)
    beside = without_seals(outside, layout.seals)  # they are stamped over post and name, and reach into the recipients
    for index, block in enumerate(layout.blocks):
        if isinstance(block, Grid):
            for number, cell in enumerate(block.cells):
                x0, top, x1, bottom = cell.box
                if x1 - x0 > 8 and bottom - top > 8:
                    add((index, number), (x0 + 3, top + 3, x1 - 3, bottom - 3), grey, marks)
        else:
            add((index, 0), block.box, around, beside if block.side == "left" else outside)
    if cleaned.red is not None:
        height, width = cleaned.red.shape
        for line in find_lines(cleaned.red, cleaned.red < RED_INK, (0, 0, width, height), layout.line_height):
            column = _block_at(layout, line.box)
            if column is not None:
                red_lines.add(len(crops))
                put((column, 0), line)
    results = _read_often(crops, cleaned.dpi, poor=poor) if thorough else _read_once(crops, cleaned.dpi, crisp=not poor)
    _mend_underlined(results, crops, cleaned.dpi)
    if thorough:
        places = {owner: [at for at, other in enumerate(owners) if other == owner] for owner in owners}
        for index, block in enumerate(layout.blocks):
            if isinstance(block, Grid):
                own = {cell: at for (number, cell), at in places.items() if number == index}
                _mend_numbers(block, own, results, crops, cleaned.dpi)
    read: dict[tuple[int, int], list[RawLine]] = {}
    for index, (owner, (x, y), factor, raw) in enumerate(zip(owners, origins, factors, results, strict=True)):
        if raw is None:
            continue
        found = _moved(raw, x, y, (factor, factor))
        if index not in red_lines:
            read.setdefault(owner, []).append(found)
        elif found.confidence >= RED_SURE:
            into = read.setdefault(owner, [])
            into.insert(sum(line.box[1] < found.box[1] for line in into), found)
    size = type_size([raw for lines in read.values() for raw in lines]) or 0.18 * cleaned.dpi
    if thorough:
        _look_again(read, layout, cleaned, size)
    _drop_strays(read, layout, size, grey.shape[1] / 2)
    ink = clean.ink_mask(cleaned.grey)
    groups: list[Group] = []
    for index, block in enumerate(layout.blocks):
        if isinstance(block, Grid):
            cells = {
                key[1]: [mend_signs(raw, ink, size) for raw in value] for key, value in read.items() if key[0] == index
            }
            rows = _table_rows(block, cells, frame)
            groups.append(Group(tuple(rows), "", -1, table=True, stamp=block in layout.stamps))
        else:
            printed = [raw for raw in read.get((index, 0), []) if not is_junk(raw)]
            # signs first: a dash may have been read as a speck
            raws = [without_strokes(mend_signs(raw, ink, size)) for raw in printed]
            if cleaned.calm is not None:
                raws = [find_lost_dash(raw, cleaned.calm, size) for raw in raws]
            if block.box[1] < HEADER_SHARE * grey.shape[0]:
                raws = [fill_blanks(raw, ink, size) for raw in raws]
            lines = tuple(_line(raw, frame) for raw in raws)
            groups.append(Group(lines, block.side, block.part))
    return mend_endings(label(groups, frame.width, frame.height))


def _look_again(
    read: dict[tuple[int, int], list[RawLine]], layout: Layout, cleaned: clean.Cleaned, size: float
) -> None:
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


def _places(read: dict[tuple[int, int], list[RawLine]], layout: Layout) -> list[tuple[tuple[int, int], int]]:
    """Return where each line of the columns of text is in *read*."""
    return [
        (owner, index)
        for owner, lines in read.items()
        if not isinstance(layout.blocks[owner[0]], Grid)
        for index in range(len(lines))
    ]


def _drop_strays(read: dict[tuple[int, int], list[RawLine]], layout: Layout, size: float, middle: float) -> None:
    """Take lines out of *read* that seals and pens left between post and name."""
    places = _places(read, layout)
    lines = [read[owner][index] for owner, index in places]
    stray = {places[at] for at in strays(lines, size, middle) | in_seals(lines, layout.seals)}
    for owner, own in read.items():
        read[owner] = [line for index, line in enumerate(own) if (owner, index) not in stray]


def _lines(images: Sequence[Grey], dpi: float, language: str, options: str = "") -> list[RawLine | None]:
    """Return what each image of a line reads, None where it is nothing."""
    found = tesseract.read(images, dpi, language=language, psm=SINGLE_LINE, timeout=TIMEOUT, options=options)
    words = [[word for line in raw for word in line.words] for raw in found]
    return [joined(line) if line else None for line in words]


def _read_once(crops: Sequence[Grey], dpi: float, *, crisp: bool) -> list[RawLine | None]:
    """Return what each image of a line reads, at the least cost."""
    if not crisp:
        return _lines(crops, dpi, LANGUAGE)
    narrow = _lines([clean.squeezed(image, SQUEEZE) for image in crops], dpi, LANGUAGE)
    lines = [line and _moved(line, 0, 0, (SQUEEZE, 1.0)) for line in narrow]
    doubtful = [index for index, line in enumerate(lines) if line is not None and QUARTER_RE.search(line.text)]
    for index, line in zip(doubtful, _lines([crops[i] for i in doubtful], dpi, LANGUAGE), strict=True):
        lines[index] = line
    return lines


def _read_often(crops: Sequence[Grey], dpi: float, *, poor: bool) -> list[RawLine | None]:
    """Return what each image of a line reads: doubtful lines by two models, doubtful figures three times.

    Args:
        crops: the images.
        dpi: of the page.
        poor: the second model sees the lines larger, so that it errs in other places.
    """
    lines = _lines(crops, dpi, LANGUAGE)
    doubtful = [index for index, line in enumerate(lines) if line is not None and second.is_doubtful(line)]
    readings: dict[int, list[RawLine]] = {}
    factor = LARGER if poor else 1.0
    others = _lines([clean.scaled(crops[index], factor) for index in doubtful], dpi, second.LANGUAGE)
    for index, found in zip(doubtful, others, strict=True):
        line, other = lines[index], found and _moved(found, 0, 0, (factor, factor))
        if line is not None and other is not None:
            lines[index] = second.put_together(line, other)
            if figures.differ(line, other):
                readings[index] = [line, other]
    factors = {index: figures.HEIGHT / crops[index].shape[0] for index in readings}
    thirds = _lines([clean.scaled(crops[index], factors[index]) for index in readings], dpi, LANGUAGE)
    for index, third in zip(readings, thirds, strict=True):
        line = lines[index]
        if line is not None and third is not None:
            lines[index] = figures.vote(line, [*readings[index], _moved(third, 0, 0, (factors[index], factors[index]))])
    return lines


def _mend_underlined(lines: list[RawLine | None], crops: Sequence[Grey], dpi: float) -> None:
    """Read lines again that came back empty, without what underlines them; in place.

    Args:
        lines: what was read.
        crops: the images of the lines.
        dpi: of the page.
    """
    wiped = {
        index: clean.without_rule(crops[index], round(RULE * crops[index].shape[0]))
        for index, line in enumerate(lines)
        if line is None and crops[index].shape[1] > WIDE * crops[index].shape[0]
    }
    again = [index for index, image in wiped.items() if image is not crops[index]]
    for index, line in zip(again, _lines([wiped[i] for i in again], dpi, LANGUAGE), strict=True):
        lines[index] = line


def _mend_numbers(
    grid: Grid, results: dict[int, list[int]], lines: list[RawLine | None], crops: Sequence[Grey], dpi: float
) -> None:
    """Read the cells of columns of numbers again that hold something else, as digits; in place.

    Args:
        grid: the table.
        results: for each of its cells, where in *lines* its lines are.
        lines: what was read.
        crops: the images of the lines.
        dpi: of the page.
    """
    texts = {
        cell: " ".join(line.text for index in own if (line := lines[index]) is not None)
        for cell, own in results.items()
    }
    own = [results[cell][0] for cell in figures.doubtful_cells(grid, texts) if len(results[cell]) == 1]
    if not own:
        return
    small = [clean.scaled(crops[index], figures.CELL_HEIGHT / crops[index].shape[0]) for index in own]
    looks = [[crops[index] for index in own], small]
    readings = [
        _lines(images, dpi, language, figures.DIGITS_ONLY)
        for images, language in ((looks[0], LANGUAGE), (looks[1], LANGUAGE), (looks[0], second.LANGUAGE))
    ]
    for place, index in enumerate(own):
        word = figures.number_of([reading[place] for reading in readings])
        line = lines[index]
        if word is not None and line is not None:
            lines[index] = RawLine((replace(word, box=line.box),), line.box)


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


def _moved(line: RawLine, x: int, y: int, factors: tuple[float, float]) -> RawLine:
    """Return *line* in pixels of the page: its image stood at (x, y) and was scaled by *factors*, across and down."""
    across, down = factors

    def shift(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        left, top, right, bottom = box
        return round(left / across) + x, round(top / down) + y, round(right / across) + x, round(bottom / down) + y

    return RawLine(tuple(replace(word, box=shift(word.box)) for word in line.words), shift(line.box))


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
