"""Page images: bombs, loops, absurd sizes, and frames that cannot be decoded."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageDraw

from tests.hostile.case import CORRUPT, LOST, OK, TIMEOUT, TOO_LARGE, UNSUPPORTED, Case, case

LOST_ALL = "quarantined: pages_lost"


def drawing(width: int = 620, height: int = 877, mode: str = "L") -> Image.Image:
    """Return a small page with lines of text on it."""
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    for row in range(6):
        pen.text((60, 60 + 30 * row), f"KE HOACH {row} to chuc hoi nghi dien hinh", fill=0, font_size=18)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, *, bits: int = 1, colour: int = 0, more: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def empty_rows(width: int, height: int) -> bytes:
    """Return the deflated rows of a black 1-bit image without holding them."""
    packer, row = zlib.compressobj(9), bytes(1 + (width + 7) // 8)
    parts = [packer.compress(row * 100) for _ in range(height // 100)]
    return b"".join(parts) + packer.compress(row * (height % 100)) + packer.flush()


def pngs() -> Iterator[Case]:
    rows = empty_rows(600, 800)
    yield case("png-169-megapixels.png", lambda: png(13_000, 13_000, empty_rows(13_000, 13_000)), OK, LOST, TIMEOUT)
    yield case("png-claims-3600-megapixels.png", png(60_000, 60_000, rows), TOO_LARGE, quick=True)
    yield case("png-claims-4-billion-a-side.png", png(2**31 - 1, 2**31 - 1, rows), TOO_LARGE, CORRUPT)
    yield case("png-190-megapixels-strip.png", lambda: png(190_000, 1_000, empty_rows(190_000, 1_000)), TOO_LARGE)
    yield case("png-no-width.png", png(0, 800, rows), CORRUPT, LOST_ALL)
    yield case("png-too-few-rows.png", png(600, 8_000, rows), OK, LOST, CORRUPT)  # Pillow fills them up, black
    yield case("png-too-many-rows.png", png(600, 80, rows), OK)
    yield case("png-unknown-depth.png", png(600, 800, rows, bits=7), CORRUPT, LOST_ALL)
    yield case(
        "png-text-bomb.png",
        png(600, 800, rows, more=chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(90_000_000), 9))),
        OK,
        CORRUPT,
    )
    yield case(
        "png-profile-bomb.png",
        png(600, 800, rows, more=chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(90_000_000), 9))),
        OK,
        CORRUPT,
    )
    yield case("png-header-only.png", b"\x89PNG\r\n\x1a\n", CORRUPT)
    yield case("png-without-data.png", png(600, 800, b""), LOST_ALL, CORRUPT)
    yield case("png-transparent.png", saved(drawing(mode="RGBA"), "PNG"), OK)
    yield case("png-16-bit.png", saved(drawing(mode="I;16"), "PNG"), OK)
    yield case("png-one-pixel.png", saved(Image.new("L", (1, 1)), "PNG"), OK, LOST, LOST_ALL, quick=True)
    yield case("png-one-row.png", saved(Image.new("L", (5_000, 1)), "PNG"), OK, LOST, LOST_ALL)
    yield case("png-animated.png", saved(drawing(), "PNG", save_all=True, append_images=[drawing(), drawing()]), OK)
    wrong = bytearray(saved(drawing(), "PNG"))
    wrong[-20] ^= 1
    yield case("png-wrong-checksum.png", bytes(wrong), OK, LOST, LOST_ALL)


def jpegs() -> Iterator[Case]:
    whole = saved(drawing(mode="RGB"), "JPEG")
    size = whole.index(b"\xff\xc0") + 5
    yield case(
        "jpeg-claims-4000-megapixels.jpg",
        whole[:size] + b"\xff\xff\xff\xff" + whole[size + 4 :],
        TOO_LARGE,
        LOST_ALL,
        quick=True,
    )
    yield case("jpeg-claims-no-size.jpg", whole[:size] + bytes(4) + whole[size + 4 :], CORRUPT, LOST_ALL)
    yield case("jpeg-start-only.jpg", b"\xff\xd8\xff", CORRUPT, LOST_ALL)
    yield case("jpeg-header-only.jpg", whole[: whole.index(b"\xff\xda")], CORRUPT, LOST_ALL, LOST)
    yield case("jpeg-half.jpg", whole[: len(whole) // 2], LOST, quick=True)
    yield case("jpeg-cmyk.jpg", saved(drawing(mode="CMYK"), "JPEG"), OK)
    yield case("jpeg-progressive.jpg", saved(drawing(), "JPEG", progressive=True), OK)
    yield case(
        "jpeg-mirrored.jpg",
        saved(drawing(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x05\0\0\0\0\0\0\0"),
        OK,
    )
    yield case(
        "jpeg-broken-exif.jpg", saved(drawing(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + bytes(range(90))), OK
    )
    scans = saved(drawing(), "JPEG", progressive=True)
    first = scans.index(b"\xff\xda")
    second = scans.index(b"\xff\xda", first + 2)
    yield case("jpeg-scans-without-end.jpg", scans[:second] + scans[first:second] * 3_000, OK, LOST, LOST_ALL, CORRUPT)
    yield case("jpeg-comment-flood.jpg", whole[:2] + (b"\xff\xfe\xff\xff" + bytes(65_533)) * 200 + whole[2:], OK)


def tiff(*frames: dict[int, tuple[int, int, int]], data: bytes = b"", loop: bool = False) -> bytes:
    """Return a TIFF of *frames* (tag: type, count, value), all of which share *data* at offset 8."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + len(data)) + data)
    for number, tags in enumerate(frames):
        after = len(out) + 2 + 12 * len(tags) + 4
        following = 8 + len(data) if loop else after if number + 1 < len(frames) else 0
        out += struct.pack("<H", len(tags))
        for tag, (kind, count, value) in sorted(tags.items()):
            out += struct.pack("<HHII", tag, kind, count, value)
        out += struct.pack("<I", following)
    return bytes(out)


def frame(
    width: int, height: int, length: int, *, compression: int = 1, offset: int = 8
) -> dict[int, tuple[int, int, int]]:
    return {
        256: (4, 1, width), 257: (4, 1, height), 258: (3, 1, 8), 259: (3, 1, compression), 262: (3, 1, 1),
        273: (4, 1, offset), 277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, length),
    }  # fmt: skip


def tiffs() -> Iterator[Case]:
    grey = bytes([255]) * (200 * 280)
    sound = frame(200, 280, len(grey))
    pages = [drawing(), drawing(), drawing()]
    whole = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    yield case("tiff-three.tif", whole, OK, pages=3)
    yield case("tiff-half.tif", whole[: len(whole) // 2], LOST, pages=3, quick=True)
    yield case("tiff-circle.tif", tiff(sound, data=grey, loop=True), OK, CORRUPT, "quarantined: too_many_pages")
    yield case(
        "tiff-frame-beyond-end.tif",
        tiff(sound, frame(200, 280, 56_000, offset=9_000_000), data=grey),
        LOST,
        CORRUPT,
        pages=2,
    )
    yield case(
        "tiff-frame-too-large.tif", tiff(sound, frame(100_000, 100_000, 56_000), data=grey), LOST, TOO_LARGE, pages=2
    )
    yield case("tiff-bomb.tif", lambda: tiff(frame(14_000, 14_000, 0), data=b""), TOO_LARGE, CORRUPT)
    packed = zlib.compress(bytes([200]) * (13_000 * 13_000), 9)
    yield case("tiff-deflate-bomb.tif", tiff(frame(13_000, 13_000, len(packed), compression=8), data=packed), OK, LOST)
    yield case("tiff-no-size.tif", tiff(frame(0, 0, 0)), CORRUPT, LOST_ALL)
    yield case(
        "tiff-unknown-compression.tif",
        tiff(frame(200, 280, len(grey), compression=40_000), data=grey),
        LOST_ALL,
        CORRUPT,
    )
    yield case("tiff-many-tags.tif", b"II*\0\x08\0\0\0\xff\xff" + bytes(90), CORRUPT)
    yield case("tiff-header-only.tif", b"II*\0\x08\0\0\0", CORRUPT, quick=True)
    yield case("tiff-directory-beyond-end.tif", b"II*\0\xff\xff\xff\x7f" + grey, CORRUPT)
    yield case("tiff-2001-frames.tif", tiff(*[frame(8, 8, 64)] * 2001, data=bytes(64)), "quarantined: too_many_pages")
    yield case("tiff-1-bit.tif", saved(drawing(mode="1"), "TIFF", compression="group4"), OK)
    yield case("tiff-float.tif", saved(drawing(mode="F"), "TIFF"), OK)
    yield case("tiff-cmyk.tif", saved(drawing(mode="CMYK"), "TIFF"), OK)
    yield case("tiff-big.tif", saved(drawing(), "TIFF", big_tiff=True), OK)
    yield case("tiff-jpeg.tif", saved(drawing(), "TIFF", compression="jpeg"), OK)


def cases() -> Iterator[Case]:
    """Yield the hostile images."""
    yield from pngs()
    yield from jpegs()
    yield from tiffs()
    yield case("gif.png", saved(drawing(), "GIF"), UNSUPPORTED)
    yield case("bmp.jpg", saved(drawing(), "BMP"), UNSUPPORTED)
    yield case("webp.jpg", saved(drawing(), "WEBP"), UNSUPPORTED)
