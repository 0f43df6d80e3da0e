"""Which way up a page lies: 0, 90, 180 or 270 degrees.

Lines of text give sharp row profiles, so sideways pages show in the profiles of the two axes; upside-down ones in the
marks of Vietnamese, most of which stand above the letters. Tesseract's detection is asked only where both are unsure.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

SIDEWAYS = 1.3  # from this ratio of joined to unjoined letters on, lines run down the page
NEAR = 0.3  # of a letter's height: neighbours in a word are nearer than this, lines are not


def sideways_evidence(text: Mask, usual: float) -> float:
    """Return how many more letters touch a neighbour down the page than across it: above 1 lines run down.

    Letters of a word are much nearer to each other than lines are, whatever the skew, the table or the length of the
    page; so letters are joined once along each axis, and the pieces that remain are counted.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(text.astype(np.uint8), connectivity=8)
    canvas = np.zeros(text.shape, np.uint8)
    for x, y, width, height, _area in stats[1:count]:
        if 0.6 * usual < max(width, height) < 2.5 * usual and min(width, height) > 0.15 * usual:
            canvas[y : y + height, x : x + width] = 255
    reach = max(2, round(NEAR * usual))
    across, _ = cv2.connectedComponents(cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)))
    down, _ = cv2.connectedComponents(cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((reach, 1), np.uint8)))
    return float(across) / max(float(down), 1.0)


def upright_evidence(text: Mask, usual: float) -> tuple[int, int]:
    """Return how many marks stand above and how many below the letters nearest to them.

    Args:
        text: ink of a page whose lines run across.
        usual: usual height of its letters, pixels.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(text.astype(np.uint8), connectivity=8)
    if count < 3:
        return 0, 0
    x, y, width, height = (stats[1:, index].astype(np.float64) for index in range(4))
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
