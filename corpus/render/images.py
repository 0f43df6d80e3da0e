"""Page images become files without text: PDF, TIFF with many pages, JPEG, PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

from corpus.render.pdf import RenderedPage

Coding = Literal["jpeg", "grey", "ccitt", "flate1"]


def _jpeg(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


def ccitt(bits: NDArray[np.bool_]) -> bytes:
    """Return (height, width) bits, True for white, as CCITT group 4 data with white as 1."""
    target = io.BytesIO()
    image = Image.fromarray(np.where(bits, 255, 0).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
    image.save(target, "TIFF", compression="group4", tiffinfo={278: image.height})
    tags = Image.open(io.BytesIO(target.getvalue())).tag_v2  # type: ignore[attr-defined]
    (offset,), (count,) = tags[273], tags[279]
    return target.getvalue()[offset : offset + count]


def image_stream(pdf: pikepdf.Pdf, pixels: NDArray[np.uint8], coding: Coding, quality: int) -> pikepdf.Stream:
    """Return an image XObject of *pixels*, (height, width, 3)."""
    height, width = pixels.shape[:2]
    common = {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width, "/Height": height,
    }  # fmt: skip
    if coding in ("jpeg", "grey"):
        image = Image.fromarray(pixels)
        space = pikepdf.Name.DeviceRGB if coding == "jpeg" else pikepdf.Name.DeviceGray
        data = _jpeg(image if coding == "jpeg" else image.convert("L"), quality)
        return pikepdf.Stream(
            pdf, data, {**common, "/ColorSpace": space, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode}
        )
    bits = pixels.min(axis=2) > 127
    one_bit = {**common, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 1}
    if coding == "flate1":
        return pikepdf.Stream(pdf, np.packbits(bits, axis=1).tobytes(), one_bit)
    parms = pikepdf.Dictionary({"/K": -1, "/Columns": width, "/Rows": height, "/BlackIs1": True})
    return pikepdf.Stream(pdf, ccitt(bits), {**one_bit, "/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": parms})


def save_pdf(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of *pdf* without dates or random identifiers."""
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def images_to_pdf(pages: Sequence[RenderedPage], coding: Coding = "jpeg") -> bytes:
    """Return an image-only PDF, one image a page."""
    pdf = pikepdf.new()
    for page in pages:
        height, width = page.image.shape[:2]
        size = (round(width * 72 / page.dpi, 2), round(height * 72 / page.dpi, 2))
        sheet = pdf.add_blank_page(page_size=size)
        image = pdf.make_indirect(image_stream(pdf, page.image, coding, page.quality))
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Im0": image}))
        sheet.Contents = pdf.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q".encode())
    return save_pdf(pdf)


def images_to_tiff(pages: Sequence[RenderedPage], one_bit: bool = False) -> bytes:
    """Return one TIFF of all pages: JPEG in grey, or CCITT group 4."""
    if one_bit:
        images = [Image.fromarray((page.image.min(axis=2) > 127).astype(np.uint8) * 255).convert("1") for page in pages]
    else:
        images = [Image.fromarray(page.image).convert("L") for page in pages]
    target = io.BytesIO()
    dpi = pages[0].dpi
    if one_bit:
        images[0].save(target, "TIFF", save_all=True, append_images=images[1:], dpi=(dpi, dpi), compression="group4")
    else:
        images[0].save(
            target, "TIFF", save_all=True, append_images=images[1:], dpi=(dpi, dpi), compression="jpeg", quality=60
        )
    return target.getvalue()


def image_to_jpeg(page: RenderedPage) -> bytes:
    """Return one page as JPEG with its resolution."""
    target = io.BytesIO()
    Image.fromarray(page.image).save(target, "JPEG", quality=page.quality, dpi=(page.dpi, page.dpi))
    return target.getvalue()


def image_to_png(page: RenderedPage, grey: bool = True) -> bytes:
    """Return one page as PNG with its resolution."""
    image = Image.fromarray(page.image)
    target = io.BytesIO()
    (image.convert("L") if grey else image).save(target, "PNG", dpi=(page.dpi, page.dpi))
    return target.getvalue()
