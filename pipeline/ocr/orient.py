"""Which way up a page lies: 0, 90, 180 or 270 degrees.

Lines of text give sharp row profiles, so sideways pages show in the profiles of the two axes; upside-down ones in the
marks of Vietnamese, most of which stand above the letters. Tesseract's detection is asked only where both are unsure.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.int32]  # a row for each: left, top, width, height, area

SIDEWAYS = 1.3  # from this ratio of joined to unjoined letters on, lines run down the page
NEAR = 0.3  # of a letter's height: neighbours in a word are nearer than this, lines are not


def sideways_evidence(text: Boxes, shape: tuple[int, int], usual: float) -> float:
    """Return how many more letters touch a neighbour down the page than across it: above 1 lines run down.

    Letters of a word are much nearer to each other than lines are, whatever the skew, the table or the length of the
    page; so letters are joined once along each axis, and the pieces that remain are counted.

    Args:
        text: what may be letters and marks.
        shape: height and width of the page, pixels.
        usual: usual height of letters, pixels.
    """
    canvas = np.zeros(shape, np.uint8)
    for x, y, width, height, _area in text.tolist():
        if 0.6 * usual < max(width, height) < 2.5 * usual and min(width, height) > 0.15 * usual:
            canvas[y : y + height, x : x + width] = 255
    reach = max(2, round(NEAR * usual))
    across, _ = cv2.connectedComponents(cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)))
    down, _ = cv2.connectedComponents(cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((reach, 1), np.uint8)))
    return float(across) / max(float(down), 1.0)


def turned(text: Boxes, height: int) -> Boxes:
    """Return boxes of a page of a height as they lie when it is turned by 90 degrees clockwise.

    >>> turned(np.array([[10, 20, 5, 8, 40]], dtype=np.int32), 100).tolist()
    [[72, 10, 8, 5, 40]]
    """
    left, top, wide, high, area = text.T
    return np.stack((height - top - high, left, high, wide, area), axis=1)


def upright_evidence(text: Boxes, usual: float) -> tuple[int, int]:
    """Return how many marks stand above and how many below the letters nearest to them.

    Args:
        text: what may be letters and marks, of a page whose lines run across.
        usual: usual height of its letters, pixels.
    """
    if len(text) < 2:
        return 0, 0
    x, y, width, height = (text[:, index].astype(np.float64) for index in range(4))
    letters = (height > 0.6 * usual) & (height < 2.2 * usual)
    marks = (height < 0.5 * usual) & (height > 0.12 * usual) & (width < 0.9 * usual) & (width > 0.1 * usual)
    if not letters.any() or not marks.any():
        return 0, 0
    order = np.argsort(x[letters])
    left, top, wide, high = (values[letters][order] for values in (x, y, width, height))
    above = below = 0
    for mark in np.flatnonzero(marks)[:4000]:
        centre = x[mark] + width[mark] / 2
        first = np.searchsorted(left, centre - 2.0 * usual)
        last = np.searchsorted(left, centre)
        near = slice(int(first), int(last))
        over = left[near] + wide[near] >= centre
        if not over.any():
            continue
        tops, bottoms = top[near][over], (top[near] + high[near])[over]
        gap_below = tops - (y[mark] + height[mark])  # letter below the mark
        gap_above = y[mark] - bottoms
        if np.any((gap_below > -0.2 * usual) & (gap_below < 0.45 * usual)):
            above += 1
        elif np.any((gap_above > -0.2 * usual) & (gap_above < 0.45 * usual)):
            below += 1
    return above, below
