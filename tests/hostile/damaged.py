"""Our own sample documents, cut off and with bits flipped: no page may vanish without a word."""

from __future__ import annotations

import functools
import io
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests.hostile.case import CORRUPT, ENCRYPTED, LOST, NO_PAGES, OK, UNSUPPORTED, Case, case

CUTS = (0.02, 0.2, 0.5, 0.8, 0.95, 0.999)
LOST_ALL = "quarantined: pages_lost"

SAMPLES = {
    "01-word-export.pdf": 3,
    "02-annex-table.pdf": 2,
    "06-fax-upside-down-and-blank.pdf": 3,
    "10-word-page-and-scanned-pages.pdf": 2,
    "15-pdf-vntime.pdf": 2,
    "16-digitally-signed.pdf": 2,
    "20-encrypted.pdf": None,
    "11-fax.tif": 2,
    "12-photo.jpg": 1,
    "12-photo.png": 1,
    "13-word.docx": None,
    "14-word-vntime.docx": None,
    "19-text-vni.txt": None,
}
"""Sample documents and their pages; None where a format has none, or a password hides them."""

FLIPS = {"pdf": 8, "docx": 6, "tif": 6, "jpg": 4, "png": 4, "txt": 3}


@functools.cache
def original(sample: Path, name: str) -> bytes:
    if name.endswith(".png"):  # the sample has none: a smaller copy of the photo
        out = io.BytesIO()
        with Image.open((sample / name).with_suffix(".jpg")) as photo:
            photo.convert("L").resize((827, 1170)).save(out, "PNG")
        return out.getvalue()
    return (sample / name).read_bytes()


def cut(sample: Path, name: str, share: float) -> bytes:
    data = original(sample, name)
    return data[: int(len(data) * share)]


def flipped(sample: Path, name: str, seed: int) -> bytes:
    """Return the sample with one bit flipped, or with sixteen for every other seed."""
    data = bytearray(original(sample, name))
    chance = random.Random(f"{name} {seed}")
    for _ in range(16 if seed % 2 else 1):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def cases(sample: Path) -> Iterator[Case]:
    """Yield the damaged samples in *sample*."""
    for name, pages in SAMPLES.items():
        kind = name.rpartition(".")[2]
        whole = OK if kind == "txt" else LOST
        ends = {CORRUPT, whole} | ({NO_PAGES} if kind == "pdf" else set())
        if "encrypted" in name:
            ends = {ENCRYPTED, CORRUPT, NO_PAGES, LOST}  # the lock goes with the end of the file
        for share in CUTS:
            # the last thousandth of a file is its trailer, which readers can do without
            late = {OK} if share > 0.99 or (kind == "txt") else set()
            more = {LOST_ALL} if kind in ("jpg", "png", "tif", "pdf") else set()
            first = {UNSUPPORTED} if share < 0.03 and kind == "docx" else set()
            quick = share == 0.5 and kind in ("docx", "txt")
            content = functools.partial(cut, sample, name, share)
            yield Case(f"cut-{share}-{name}", content, frozenset(ends | late | more | first), pages, quick)
        for seed in range(FLIPS[kind]):
            anything = ends | {OK, LOST_ALL} | ({UNSUPPORTED} if seed % 2 else set())
            content = functools.partial(flipped, sample, name, seed)
            yield Case(f"flip-{seed}-{name}", content, frozenset(anything), pages)
    yield case("leading-zeros.pdf", lambda: bytes(600) + original(sample, "01-word-export.pdf"), OK, pages=3)
    yield case(
        "line-ends-changed.pdf",
        lambda: original(sample, "01-word-export.pdf").replace(b"\n", b"\r\n"),
        OK,
        LOST,
        CORRUPT,
        pages=3,
    )
