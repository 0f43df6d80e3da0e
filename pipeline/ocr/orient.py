"""Which way up a page lies: 0, 90, 180 or 270 degrees.

Lines of text give sharp row profiles, so sideways pages show in the profiles of the two axes; upside-down ones in the
marks of Vietnamese, most of which stand above the letters. Tesseract's detection is asked only where both are unsure.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

SIDEWAYS = 1.35  # ratio of profile sharpness from which the other axis wins


def line_evidence(text: Mask) -> float:
    """Return how much sharper the row profile is than the column profile: above 1 lines run across.

    Profiles are taken in narrow strips and gaps are not weighed, so that ruled tables and short pages count alike.
    """
    return _strips(text) / max(_strips(np.ascontiguousarray(text.T)), 1e-9)


def _strips(text: Mask) -> float:
    factor = 900.0 / max(text.shape)
    small = cv2.resize(text * np.uint8(255), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    total = 0.0
    weight = 0.0
    for strip in np.array_split(small, 8, axis=1):
        profile = strip.sum(axis=1)
        mass = float(profile.sum())
        if mass <= 0:
            continue
        total += float(np.abs(np.diff(profile)).sum())
        weight += mass
    return total / max(weight, 1.0)


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
