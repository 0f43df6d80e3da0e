"""Rows of a scanned page that never was, each with its place."""

from __future__ import annotations

from pipeline.data import BBox, Zone
from pipeline.lexicon.folding import fold
from pipeline.recognize.rows import Row

Placed = tuple[str, BBox] | tuple[str, BBox, float]


def placed(*lines: Placed, zone: Zone = "body", titles: frozenset[str] = frozenset()) -> list[Row]:
    """Return rows of a page 600 points wide; each word is as wide as its share of the line.

    Args:
        lines: text, box and, where it is not 0.95, confidence of each.
        zone: that of the rows.
        titles: texts of the rows whose zone is "title".
    """
    rows: list[Row] = []
    start = 0
    for text, bbox, *confidence in lines:
        step = (bbox[2] - bbox[0]) / len(text)
        words, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            box = (bbox[0] + at * step, bbox[1], bbox[0] + (at + len(word)) * step, bbox[3])
            words.append((start + at, start + at + len(word), box))
            at += len(word)
        own: Zone = "title" if text in titles else zone
        sure = confidence[0] if confidence else 0.95
        rows.append(Row(start, start + len(text), text, fold(text), own, 1, False, sure, bbox, tuple(words), 600.0))
        start += len(text) + 1
    return rows
