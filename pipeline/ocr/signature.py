"""A second look at the lines of a signature: seals and pens cover post and name, and recognition loses both.

The first reading leaves out ink that is larger than letters, and with it the letters that a seal or a stroke touches.
So each line below the signer's post is read again from a wider strip, as it stands, without what is larger than
letters, and without what is paler than print; the readings are compared word by word with the posts and the words of
names that the lexicons know. Only a reading that is a whole post or a whole name replaces the first one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from pipeline.ocr import clean, tesseract
from pipeline.ocr.signed_words import (
    COMPETENCES,
    LEAST,
    best_known,
    fold,
    joined,
    known,
    of_the_lexicon,
    rest_of_deputy,
)
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.textlines import find_lines

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

RIGHT = 0.5  # of the page's width: the middle of a signature's line lies beyond it
ABOVE, BELOW = 2.5, 17.0  # type sizes that a signature reaches over and under the line that tells of it
LETTER_HEIGHT, LETTER_WIDTH = 1.45, 6.0  # type sizes: what is larger is a seal or a stroke
LEFT_ROOM, RIGHT_ROOM, ROOM = 3.5, 1.6, 0.05  # type sizes around a line that are read with it
PALE = 0.45  # of the way from ink to paper: paler is what a red seal leaves in the red channel
SURE = 0.9  # confidence of a first reading that needs no second
GAP = 1.2  # type sizes between recipients and a signature that were read as one line
HIGH = 1.9  # type sizes that a line reaches over: its marks, its letters and their tails
HIGHEST = 3.0  # type sizes: a line with what is left of a seal above it
PITCH = 2.5  # type sizes from a post to that of the deputy below it, at most
PAD = 6  # pixels of paper around a line
LONGEST = 70  # characters of a line of a signature, recipients beside it included
SINGLE_LINE = 7  # page segmentation mode
MOST_LINES = 16
_ANCHOR_RE = re.compile(r"^\W*n[o0]i\W{0,2}nhan\b|^\W*(?:tm|t/m|kt|k/t|tl|tuq)\s?[.,]\s?[a-z]{2}")


def second_look(lines: Sequence[RawLine], cleaned: clean.Cleaned, size: float, language: str) -> dict[int, RawLine]:
    """Return better readings of lines of a signature, by their place in *lines*; lines that were lost follow behind.

    Args:
        lines: of the page, as they were read; boxes in pixels of the page.
        cleaned: the page.
        size: type size of the page's text, pixels.
        language: of the recognizer.

    Raises:
        MissingResourceError: the program or the model is not installed.
        InputFileError: the recognizer gave up or ran out of time.
    """
    grey = cleaned.grey
    region = _region(lines, grey, size)
    if region is None:
        return {}
    ink = clean.ink_mask(grey)
    large = _large(ink, region, size)
    bands = [line.box for line in find_lines(grey, ink & ~large & _inside(grey, region), region, 0.5 * size)]
    bands = [
        _without_seal(box, size)
        for box in _whole_lines(bands, size)
        if box[3] - box[1] < HIGHEST * size and box[2] - box[0] > size
    ][:MOST_LINES]
    doubtful = [box for box in bands if _doubtful(box, lines, large, size)]
    if not doubtful:
        return {}
    crops = [crop for box in doubtful for crop in _looks(box, cleaned, ink, large, size)]
    results = tesseract.read([image for image, _ in crops], cleaned.dpi, language=language, psm=SINGLE_LINE)
    found: dict[int, RawLine] = {}
    looks = len(crops) // len(doubtful)
    for number, box in enumerate(doubtful):
        readings = [
            _moved(raw, crops[index][1])
            for index in range(number * looks, (number + 1) * looks)
            for raw in results[index]
        ]
        first = _first(lines, box, region[0], size)
        if sum(known(joined(words)) is not None for words in first.values() if words) > 1:
            continue  # two lines lie over each other
        readings += [joined(words) for words in first.values() if words]
        best = best_known(readings)
        if best is None and not any(index in found for index in first):
            above = [line for line in (*lines, *found.values()) if 0 < box[1] - line.box[1] < PITCH * size]
            best = rest_of_deputy(readings, [post for line in above if (post := known(line)) is not None])
        if best is None or (best.kind == "name" and _signs_for_another(first)):
            continue
        at, others = next(iter(first), len(lines) + len(found)), list(first)[1:]
        kept = [word for word in lines[at].words if word not in first[at]] if at in first else []
        own = first.get(at, [])
        while kept and own and own[0].box[0] - kept[-1].box[2] < GAP * size:
            kept.append(own.pop(0))  # a recipient's line reaches into the column of the signature
        if kept and not own:
            continue
        found[at] = joined([*kept, *best.words])
        for other in others:
            found[other] = RawLine(
                tuple(word for word in lines[other].words if word not in first[other]), lines[other].box
            )
    return found


def _signs_for_another(first: Mapping[int, Sequence[RawWord]]) -> bool:
    """Tell whether a line was read as one of authority, such as "TM. BAN THƯỜNG TRỰC": it is nobody's name."""
    words = next(iter(first.values()), ())
    return bool(words) and fold(words[0].text) in COMPETENCES and words[0].confidence >= LEAST


def _first(lines: Sequence[RawLine], box: Box, column: int, size: float) -> dict[int, list[RawWord]]:
    """Return the words that were read where a band of letters stands, by line; one behind another, not one below.

    Of lines that lie over each other the one that covers most of the band is it: a stroke may reach into it from above.
    """
    there = {
        index: words
        for index, line in enumerate(lines)
        if (words := _beside(_right_of(line, column), box, size)) and _same_line(joined(words).box, box)
    }
    found: dict[int, list[RawWord]] = {}
    for index in sorted(there, key=lambda at: -_shared(joined(there[at]).box, box)):
        left, right = there[index][0].box[0], there[index][-1].box[2]
        if all(right <= other[0].box[2] or left >= other[-1].box[0] for other in found.values()):
            found[index] = there[index]
    return dict(sorted(found.items()))


def _shared(box: Box, other: Box) -> int:
    """Return the area that two boxes share, square pixels."""
    across, down = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return max(0, across) * max(0, down)


def _right_of(line: RawLine, column: int) -> list[RawWord]:
    """Return the words that stand right of a column: recipients and signature may have been read as one line."""
    return [word for word in line.words if (word.box[0] + word.box[2]) / 2 > column]


def _beside(words: Sequence[RawWord], box: Box, size: float) -> list[RawWord]:
    """Return *words* without those that stand off from a band: the end of a recipient's line before a name."""
    runs: list[list[RawWord]] = []
    for word in words:
        if runs and word.box[0] - runs[-1][-1].box[2] < GAP * size:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [word for run in runs if run[0].box[0] < box[2] and run[-1].box[2] > box[0] for word in run]


def _region(lines: Sequence[RawLine], grey: Grey, size: float) -> Box | None:
    """Return where the signature may stand: right of the recipients, or around a post."""
    middle = RIGHT * grey.shape[1]
    anchors = [line.box for line in lines if _ANCHOR_RE.search(str(unidecode(line.text)).lower())]
    if not anchors:
        posts = [line for line in lines if (line.box[0] + line.box[2]) / 2 > middle and line.text.isupper()]
        anchors = [line.box for line in posts if (value := known(line)) is not None and value.kind == "post"]
    if not anchors:
        return None
    top = max(0, round(anchors[-1][1] - ABOVE * size))
    bottom = min(grey.shape[0], round(anchors[-1][3] + BELOW * size))
    right = [
        line.box[0]
        for line in lines
        if top <= line.box[1] <= bottom
        and (line.box[0] + line.box[2]) / 2 > middle
        and line.box[0] > 0.36 * grey.shape[1]
    ]
    left = max(0.36 * grey.shape[1], min(right, default=round(middle)) - LEFT_ROOM * size)
    return (round(left), top, grey.shape[1], bottom)


def _whole_lines(bands: Sequence[Box], size: float) -> list[Box]:
    """Join bands that stand beside each other."""
    whole: list[Box] = []
    for box in sorted(bands):
        for index, other in enumerate(whole):
            overlap = min(box[3], other[3]) - max(box[1], other[1])
            joint = (other[0], min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            beside = overlap > 0.6 * min(box[3] - box[1], other[3] - other[1]) and box[0] - other[2] < 2.5 * size
            if beside and joint[3] - joint[1] < HIGHEST * size:
                whole[index] = joint
                break
        else:
            whole.append(box)
    return sorted(whole, key=lambda box: box[1])


def _without_seal(box: Box, size: float) -> Box:
    """Return a band without what stands too high over its foot: seals lie over and left of the name."""
    return box[0], max(box[1], round(box[3] - HIGH * size)), box[2], box[3]


def _inside(grey: Grey, region: Box) -> Mask:
    mask = np.zeros(grey.shape, dtype=np.bool_)
    mask[region[1] : region[3], region[0] : region[2]] = True
    return mask


def _large(ink: Mask, region: Box, size: float) -> Mask:
    """Return the ink of the region that is larger than letters: seals, strokes, and the letters that touch them."""
    x0, top, x1, bottom = region
    x0 = max(0, round(x0 - 8 * size))  # a seal reaches out of it
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink[top:bottom, x0:x1].astype(np.uint8), connectivity=8)
    big = (stats[:, cv2.CC_STAT_HEIGHT] > LETTER_HEIGHT * size) | (stats[:, cv2.CC_STAT_WIDTH] > LETTER_WIDTH * size)
    big[0] = False
    mask = np.zeros(ink.shape, dtype=np.bool_)
    mask[top:bottom, x0:x1] = big[labels]
    return mask


def _around(box: Box, shape: tuple[int, ...], size: float) -> Box:
    x0, top, x1, bottom = box
    return (
        max(0, round(x0 - LEFT_ROOM * size)), max(0, round(top - ROOM * size)),
        min(shape[1], round(x1 + RIGHT_ROOM * size)), min(shape[0], round(bottom + ROOM * size)),
    )  # fmt: skip


def _same_line(box: Box, band: Box) -> bool:
    """Tell whether a line that was read stands where a band of letters does."""
    overlap = min(box[3], band[3]) - max(box[1], band[1])
    across = min(box[2], band[2]) - max(box[0], band[0])
    return overlap > 0.5 * min(box[3] - box[1], band[3] - band[1]) and across > 0


def _doubtful(box: Box, lines: Sequence[RawLine], large: Mask, size: float) -> bool:
    """Tell whether a line needs a second look: it was not read as a post or a name, or something large is near."""
    first = [line for line in lines if _same_line(line.box, box)]
    if len(first) == 1 and len(first[0].text) > LONGEST:
        return False  # of the body
    x0, top, x1, bottom = _around(box, large.shape, size)
    if large[top:bottom, x0:x1].any() or len(first) != 1 or first[0].confidence < SURE:
        return True
    value = known(first[0])
    return value is None or (value.kind == "name" and not of_the_lexicon(value))


def _looks(box: Box, cleaned: clean.Cleaned, ink: Mask, large: Mask, size: float) -> list[tuple[Grey, tuple[int, int]]]:
    """Return a line as it stands, without what is large, without what is pale, and what is red of it.

    Each comes with its corner on the page.
    """
    grey = cleaned.grey
    x0, top, x1, bottom = _around(box, grey.shape, size)
    crop = clean.sharpen(clean.stretch(grey[top:bottom, x0:x1], ink[top:bottom, x0:x1]))
    erased = crop.copy()
    erased[cv2.dilate(large[top:bottom, x0:x1].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    dark, light = float(np.percentile(crop, 2)), float(np.percentile(crop, 90))
    crisp = np.where(crop < dark + PALE * (light - dark), crop, np.uint8(255)).astype(np.uint8)
    images = [crop, erased, crisp]
    if cleaned.red is not None:
        images.append(cleaned.red[top:bottom, x0:x1])
    return [(np.pad(image, PAD, constant_values=255), (x0 - PAD, top - PAD)) for image in images]


def _moved(line: RawLine, corner: tuple[int, int]) -> RawLine:
    x, y = corner

    def shift(box: Box) -> Box:
        return box[0] + x, box[1] + y, box[2] + x, box[3] + y

    return RawLine(tuple(replace(word, box=shift(word.box)) for word in line.words), shift(line.box))
