"""Turns layouts into files: born-digital PDF, scans of every quality, Word, text, and broken files.

The interface, for `corpus.write` and for benchmarks of recognition::

    render_pdf(layout) -> bytes                         born-digital PDF, Nghị định 30/2020/NĐ-CP
    render_pages(layout, dpi) -> list[RenderedPage]     clean page images with the truth of every line
    scan_pages(layout, Scan(quality, dpi, ...), seed) -> list[RenderedPage]   the same, stamped and degraded
    images_to_pdf(pages, coding) -> bytes               an image-only PDF: "jpeg", "grey", "ccitt", "flate1"

`RenderedPage.lines` are `TruthLine(zone, text, bbox)`: lines as printed, in reading order (header left before
header right, recipients before signature), zones named as in `pipeline.data.Zone`; a row of a table is one line
with its cells parted by tabs. Boxes are points from the top left of the page as it was before it was turned.
Everything is deterministic by seed.
"""

from corpus.render.degrade import QUALITIES
from corpus.render.images import image_to_jpeg, image_to_png, images_to_pdf, images_to_tiff
from corpus.render.pdf import RenderedPage, check_glyphs, render_pages, render_pdf
from corpus.render.pen import RasterPen, StrokePen
from corpus.render.scan import Scan, scan_pages
from corpus.render.typeset import TruthLine

__all__ = [
    "QUALITIES",
    "RasterPen",
    "RenderedPage",
    "Scan",
    "StrokePen",
    "TruthLine",
    "check_glyphs",
    "image_to_jpeg",
    "image_to_png",
    "images_to_pdf",
    "images_to_tiff",
    "render_pages",
    "render_pdf",
    "scan_pages",
]
