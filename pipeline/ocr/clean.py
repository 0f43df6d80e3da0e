"""Clean-up of a page image before recognition, each step only where a measurement of this page asks for it.

Working resolution is 200 dpi: Tesseract's model was trained on lines about that high, and scaling 300 dpi down
removes noise, while scaling grey 150 dpi up blurs what little there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def _grey(values: object) -> Grey:
    """Tell the type checker what an OpenCV call without annotations returned."""
    return np.asarray(values, dtype=np.uint8)


WORK_DPI = 200.0
NOISY = 6.0  # standard deviation of the paper, grey levels: from here on non-local means pays
SHARPEN = 0.8  # weight of the unsharp mask
RED_LEAD = 45  # grey levels by which red ink leads the other channels
SEAL_LEAD = 24  # the same for means over a square of pixels that tell whether there is a seal
MOST_REST = 0.8  # grey levels that red ink may darken the red channel by, of each that red leads by
RED_LETTER = 0.085  # inches: usual height of letters from which red text is the document's own
MOST_RED_LINES = 6  # more is a coloured page
BAND = 16  # pixels: height of the rows that denoising takes or leaves, and paper that it takes beside the ink
INK_CONTRAST = 0.72  # of the paper's brightness: darker is ink for layout


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page ready for layout and recognition."""

    grey: Grey  # paper near 255, upright, deskewed, at `dpi`
    dpi: float
    noise: float  # standard deviation of the paper before cleaning, grey levels
    bilevel: bool  # the scan was 1 bit
    seal: bool  # colour was dropped through the red channel
    calm: Grey | None = None  # before the grain went out of a noisy page, and thin dashes with it; blurred a little
    red: Grey | None = None  # lines of text in red, alone, as dark ink: they may be stamped over black ones


def is_bilevel(grey: Grey) -> bool:
    """Tell whether nearly all pixels are pure black or white, as in a fax."""
    sample = grey[::3, ::3]
    extreme = np.count_nonzero((sample < 8) | (sample > 247))
    return bool(extreme > 0.985 * sample.size)


def ink_channel(image: NDArray[np.uint8]) -> tuple[Grey, bool]:
    """Return the grey page in which a red seal is gone, and whether there was one.

    The red channel shows red ink nearly as paper and leaves black strokes under it whole; masking red pixels would eat
    those strokes. What of the seal is left in it goes by lightening each pixel as far as it is red. Pages without red
    ink take the usual luminance, which is less noisy.
    """
    if image.ndim == 2:
        return image, False
    few = cv2.resize(image, (max(1, image.shape[1] // 4), max(1, image.shape[0] // 4)), interpolation=cv2.INTER_AREA)
    lead = _lead(few)  # of means: copies and poor scans leave little of the colour, and grain must not count
    if np.count_nonzero(lead > SEAL_LEAD) < 0.0004 * lead.size:
        return _grey(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)), False
    red = np.ascontiguousarray(image[..., 0])
    paper = cv2.morphologyEx(few[..., 0], cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)).astype(np.float32)
    sure = lead >= float(np.median(lead[lead > SEAL_LEAD]))
    rest = float(np.median((paper - few[..., 0])[sure] / lead[sure]))
    faded = cv2.blur(_lead(image), (3, 3))  # JPEG keeps colour at half the resolution
    return _grey(cv2.addWeighted(red, 1.0, faded, float(np.clip(rest, 0.0, MOST_REST)), 0.0)), True


def _lead(image: NDArray[np.uint8]) -> Grey:
    """Return by how many grey levels red leads the other channels; 0 where it does not."""
    red, green, blue = cv2.split(image)
    return _grey(cv2.subtract(red, cv2.max(green, blue)))


def red_text(image: NDArray[np.uint8], dpi: float) -> Mask:
    """Return where lines of text are set or stamped in red: post and name of the signer, which must not vanish.

    Seals and framed stamps are one large component with everything in it, and the lines that a program for digital
    signatures prints are set small: neither counts. Signatures stand right of the middle, incoming stamps left of it.

    Args:
        image: RGB.
        dpi: its resolution.
    """
    colours = image.astype(np.int16)
    red = ((colours[..., 0] - colours[..., 1:].max(axis=2)) > RED_LEAD).astype(np.uint8)
    nothing = np.zeros(red.shape, dtype=np.bool_)
    size = max(3, round(0.02 * dpi)) | 1
    whole = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    for x, y, width, height, _ in stats[1:]:
        if width > 0.9 * dpi or height > 0.45 * dpi:
            red[y : y + height, x : x + width] = 0
    reach = round(0.13 * dpi)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((3, 2 * reach + 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    lines = []
    for number, (x, y, width, height, _) in enumerate(stats[1:], start=1):
        if width < 0.5 * dpi or not 0.08 * dpi < height < 0.4 * dpi or width < 2.5 * height or x < 0.35 * red.shape[1]:
            continue
        part = red[y : y + height, x : x + width] * (labels[y : y + height, x : x + width] == number)
        _, _, letters, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
        heights = letters[1:, cv2.CC_STAT_HEIGHT]
        heights = heights[heights > 0.05 * dpi]
        if len(heights) >= 3 and float(np.median(heights)) > RED_LETTER * dpi:
            lines.append((x, y, width, height))
    if not 0 < len(lines) <= MOST_RED_LINES:
        return nothing
    pad = round(0.05 * dpi)
    for x, y, width, height in lines:  # with the marks above and below
        rows, columns = slice(max(0, y - pad), y + height + pad), slice(max(0, x - pad), x + width + pad)
        nothing[rows, columns] = red[rows, columns] > 0
    return nothing


def paper_noise(grey: Grey) -> float:
    """Return the standard deviation of the paper in grey levels, ink and slow shading left out."""
    height, width = grey.shape
    strip = grey[height // 8 : -height // 8 or None, width // 8 : -width // 8 or None]
    if strip.size == 0:
        return 0.0
    rest = strip.astype(np.float32) - cv2.GaussianBlur(strip, (0, 0), 2.0).astype(np.float32)
    background = cv2.erode(strip, np.ones((7, 7), np.uint8))
    background, rest = background[::3, ::3], rest[::3, ::3]  # a ninth of the pixels tells as well
    values = rest[background > np.percentile(background, 60) - 1]
    return float(1.4826 * np.median(np.abs(values))) if values.size else 0.0


def flatten(grey: Grey, dpi: float) -> Grey:
    """Divide by the background, so that paper becomes white under shading and gradients.

    The background is the brightest neighbourhood, taken on a small copy, wide enough to close over letters.
    """
    factor = 8
    small = cv2.resize(
        grey, (max(1, grey.shape[1] // factor), max(1, grey.shape[0] // factor)), interpolation=cv2.INTER_AREA
    )
    size = max(3, round(dpi / factor * 0.35) | 1)
    background = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    background = cv2.GaussianBlur(cv2.medianBlur(background, 5), (0, 0), size / 2)
    full = cv2.resize(background, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _grey(cv2.divide(grey, np.maximum(full, 40).astype(np.uint8), scale=250))


def mend_bilevel(grey: Grey) -> Grey:
    """Mend a 1-bit scan: specks of one or two pixels go, stair steps are smoothed."""
    ink = (grey < 128).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    specks = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] <= 3)
    if count > 1 and specks.size:
        grey = grey.copy()
        grey[np.isin(labels, specks)] = 255
    return _grey(cv2.GaussianBlur(grey, (0, 0), 0.7))


def calmed(grey: Grey, wide: bool = False) -> Grey:
    """Return *grey* with its grain blurred; *wide*: more, where nothing follows."""
    return _grey(cv2.GaussianBlur(grey, (0, 0), 0.9 if wide else 0.7))


def denoise(calm: Grey, noise: float, ink: Mask) -> Grey:
    """Remove what grain a blur has left around the text, by non-local means; a full page costs a CPU-second.

    Args:
        calm: the page at its working resolution, blurred.
        noise: standard deviation of the paper before, grey levels.
        ink: where the page has ink; paper far from it keeps its grain.
    """
    done = calm.copy()
    steps = -(-calm.shape[0] // BAND)
    bands = np.pad(ink, ((0, steps * BAND - calm.shape[0]), (0, 0))).reshape(steps, BAND, -1)
    inked: Mask = np.asarray(bands.any(axis=1), dtype=np.bool_)
    near = cv2.dilate(inked.any(axis=1).astype(np.uint8), np.ones((3, 1), np.uint8)).ravel()
    edges = np.flatnonzero(np.diff(near, prepend=0, append=0))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        columns = np.flatnonzero(inked[first:last].any(axis=0))
        left, right = max(0, int(columns[0]) - BAND), int(columns[-1]) + 1 + BAND
        place = (slice(first * BAND, last * BAND), slice(left, right))
        done[place] = cv2.fastNlMeansDenoising(
            np.ascontiguousarray(calm[place]), None, h=0.5 * noise, templateWindowSize=5, searchWindowSize=11
        )
    return done


def scaled(grey: Grey, factor: float) -> Grey:
    """Return *grey* scaled by *factor*, averaging when it shrinks."""
    if abs(factor - 1) < 0.02:
        return grey
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return _grey(cv2.resize(grey, size, interpolation=method))


def squeezed(grey: Grey, factor: float) -> Grey:
    """Return *grey* narrower by *factor*, its height as it is."""
    size = (max(1, round(grey.shape[1] * factor)), grey.shape[0])
    return _grey(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))


def stretch(grey: Grey, ink: Mask) -> Grey:
    """Return a flattened page with its ink black and its paper white; grain that is left in the paper is clipped."""
    sample, inked = grey[::4, ::4], ink[::4, ::4]
    if not inked.any():
        return grey
    dark = float(np.percentile(sample[inked], 15))
    paper = sample[~inked].astype(np.int16)
    middle = float(np.median(paper))
    light = middle - 1.5 * float(np.median(np.abs(paper - middle)))
    if light - dark < 60:
        return grey
    levels = np.clip((np.arange(256) - dark) * 255.0 / (light - dark), 0, 255)
    return _grey(cv2.LUT(grey, levels.astype(np.uint8)))


def without_rule(grey: Grey, length: int) -> Grey:
    """Return an image of a line of text without horizontal strokes of *length* pixels or more: what underlines it."""
    ink = (grey < 255 * INK_CONTRAST).astype(np.uint8)
    rule = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if not rule.any():
        return grey
    return np.where(cv2.dilate(rule, np.ones((3, 3), np.uint8)) > 0, np.uint8(255), grey)


def sharpen(grey: Grey) -> Grey:
    """Return *grey* with crisper strokes: scanners blur, and marks of Vietnamese are a pixel or two apart."""
    return _grey(cv2.addWeighted(grey, 1 + SHARPEN, cv2.GaussianBlur(grey, (0, 0), 1.5), -SHARPEN, 0))


def ink_mask(grey: Grey) -> Mask:
    """Return where a flattened page has ink."""
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(grey < min(max(threshold, 110), 255 * INK_CONTRAST), dtype=np.bool_)


def skew_angle(ink: Mask, limit: float = 6.0) -> float:
    """Return the angle in degrees that the lines of text rise to the right, found by the sharpest row profile.

    Args:
        ink: where the page has ink.
        limit: largest angle that is looked for, degrees.
    """
    factor = 1000.0 / max(ink.shape)
    small = cv2.resize(ink.astype(np.uint8) * 255, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    points = np.argwhere(small > 60)
    if len(points) < 200:
        return 0.0
    y = points[:, 0].astype(np.float64)
    x = points[:, 1].astype(np.float64) - small.shape[1] / 2
    weight = small[points[:, 0], points[:, 1]].astype(np.float64)
    span = int(small.shape[0] + small.shape[1])

    def sharpness(angle: float) -> float:
        rows = np.rint(y + x * np.tan(np.radians(angle))).astype(np.int64) + span // 4
        profile = np.bincount(np.clip(rows, 0, span), weights=weight, minlength=span)
        return float(np.sum(np.diff(profile) ** 2))

    best = max(np.arange(-limit, limit + 0.01, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    best = max(np.arange(best - 0.08, best + 0.081, 0.02), key=sharpness)
    return float(best)


def rotate(grey: Grey, angle: float) -> Grey:
    """Turn *grey* clockwise by *angle* degrees about its centre, paper coming in from the sides."""
    if abs(angle) < 0.05:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return _grey(cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
