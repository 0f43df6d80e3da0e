"""What signing programs stamp onto a page: number and date into the blanks of the header, and the signature's own text.

They are annotations, which no text layer holds: the header of most digitally signed plans reads "Số:      /KH-UBND"
until they are drawn onto the page (in memory; the file stays as it is).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.read.glyphs import PrintedWord

_DRAWN = frozenset((pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_FREETEXT))
MAX_ANNOTATIONS = 200
MAX_STAMPED_WORDS = 300  # of a page; annotations that hold more are comments
REACH = 4.0  # em: how far from printed words a stamped one may stand and still belong to their line
OVERLAP = 0.35  # share of a stamped word that may lie on printed ones
_BLANK_RE = re.compile(r"[.…_\s]+")


def has_stamps(page: Any) -> bool:
    """Whether annotations are drawn on *page* (a pdfium page) that may hold text."""
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)
    for index in range(count):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            if kind in _DRAWN:
                return True
    return False


def draw_stamps(page: Any) -> bool:
    """Draw the annotations of *page* onto it, in memory; it has to be opened anew for its text."""
    return bool(pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def place_stamps(words: Sequence[PrintedWord]) -> tuple[PrintedWord, ...]:
    """Put stamped words that stand in a blank of a printed line onto that line; they are stamps no more.

    Those that fill no blank (the text of the signature) stay stamped.
    """
    if not 0 < sum(word.stamped for word in words) <= MAX_STAMPED_WORDS:
        return tuple(words)
    printed = [word for word in words if not word.stamped]
    filled: dict[int, PrintedWord] = {}
    for index, word in enumerate(words):
        if word.stamped and (line := _line_around(word, printed)):
            top = min(near.bbox[1] for near in line)
            bottom = sorted(near.bbox[3] for near in line)[len(line) // 2]
            filled[index] = replace(word, bbox=(word.bbox[0], top, word.bbox[2], bottom), stamped=False)
    covered = [filled[i].bbox for i in filled]
    return tuple(
        filled.get(i, word)
        for i, word in enumerate(words)
        if i in filled or not (_BLANK_RE.fullmatch(word.text) and any(_overlap(word.bbox, box) for box in covered))
    )


def _line_around(word: PrintedWord, printed: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The printed words of the line in whose blank *word* stands; none where it stands in no blank."""
    x0, top, x1, bottom = word.bbox
    middle = (top + bottom) / 2
    line = [w for w in printed if w.bbox[1] - 2 <= middle <= w.bbox[3] + 2 and w.bbox[3] - w.bbox[1] < 40]
    if not line:
        return []
    # of two lines that touch, the one whose middle is nearest
    nearest = min(line, key=lambda w: abs((w.bbox[1] + w.bbox[3]) / 2 - middle))
    line = [w for w in line if abs(w.bbox[3] - nearest.bbox[3]) <= 0.35 * (nearest.bbox[3] - nearest.bbox[1])]
    taken = [w for w in line if not _BLANK_RE.fullmatch(w.text)]
    if sum(max(0.0, min(x1, w.bbox[2]) - max(x0, w.bbox[0])) for w in taken) > OVERLAP * (x1 - x0):
        return []
    em = nearest.bbox[3] - nearest.bbox[1]
    distance = min((max(w.bbox[0] - x1, x0 - w.bbox[2], 0.0) for w in line), default=1e9)
    return line if distance <= REACH * em else []


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])
