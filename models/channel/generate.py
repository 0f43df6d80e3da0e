"""Make pairs of garbled and true lines: render Vietnamese text and read it with Tesseract's English model.

    python -m models.channel.generate --corpora DIR --split train --pages 200 --out pairs.jsonl

One JSON object a page: ``{"seen": [...], "true": [...], "font": ..., "dpi": ..., "model": ...}``, the two lists of
equal length. Text is split by a hash of a line's first words, so that train and heldout share no boilerplate; lines
that the language model was trained on are no heldout lines either.
``--tessdata`` names a folder with another ``eng.traineddata`` (the standard model of tessdata 4.0.0 garbles unlike
the fast one that distributions install); give it several times to mix models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import lzma
import os
import random
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.diacritics.train import part_of

log = logging.getLogger(__name__)

CORPORA = ("law", "admin", "news")  # as plans are written; the shares are those of `_SHARES`
_SHARES = (0.5, 0.2, 0.3)
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/dejavu"),
)
FONTS = (  # office documents are set in Times, so the serif face dominates
    ("LiberationSerif-Regular.ttf", 0.66),
    ("LiberationSerif-Bold.ttf", 0.10),
    ("LiberationSerif-Italic.ttf", 0.10),
    ("LiberationSans-Regular.ttf", 0.08),
    ("DejaVuSerif.ttf", 0.06),
)
_UNSET_RE = re.compile(
    r"[a-zà-ỹ][A-ZĐ]|''|``|[^\x20-\x7e\u00a0-\u024f\u1e00-\u1eff–—“”‘’…]"
)  # no proper text, or signs that the fonts lack
LINES_PER_PAGE = 38
LINE_CHARACTERS = 84  # a line of 16 cm at 13 or 14 points


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page image (grey) and its lines with their vertical extent in pixels."""

    image: NDArray[np.uint8]
    lines: tuple[tuple[str, int, int], ...]


def split_of(line: str) -> str:
    """Return the split of *line* by its first five words: heldout, train, or neither ("unused").

    >>> split_of("Căn cứ Luật Tổ chức chính quyền") == split_of("Căn cứ Luật Tổ chức Chính phủ ngày")
    True
    """
    digest = hashlib.sha256(" ".join(line.lower().split()[:5]).encode()).digest()
    if digest[0] >= 26:
        return "train"
    return "heldout" if part_of(line) != "train" else "unused"


def paragraphs(folder: Path, name: str, split: str, rng: random.Random, skip: int, run: int = 12) -> Iterator[str]:
    """Yield lines of a corpus that are fit to be typeset: runs of *run* lines with gaps of up to *skip*."""
    while True:
        with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            wait, left = rng.randrange(skip), run
            for line in stream:
                if wait > 0:
                    wait -= 1
                    continue
                text = unicodedata.normalize("NFC", line.strip()).replace("_", " ")
                if len(text) < 25 or _UNSET_RE.search(text) or split_of(text) != split:
                    continue
                yield text[:600]
                left -= 1
                if left == 0:
                    wait, left = rng.randrange(skip), run


def wrap(text: str, width: int) -> list[str]:
    """Break *text* into lines of at most *width* characters.

    >>> wrap("Ủy ban nhân dân huyện", 12)
    ['Ủy ban nhân', 'dân huyện']
    """
    lines, current = [], ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, current] if current else lines


def find_font(name: str) -> Path | None:
    """Return the file of font *name* where it is installed."""
    return next((folder / name for folder in FONT_FOLDERS if (folder / name).exists()), None)


def render(lines: list[str], font: Path, dpi: int, rng: random.Random) -> RenderedPage:
    """Typeset *lines* on A4 and age the page a little: skew, blur, noise, JPEG."""
    points = rng.choice((12.0, 13.0, 13.0, 14.0, 14.0, 14.0))
    pixels = round(points * dpi / 72)
    face = ImageFont.truetype(str(font), pixels)
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    top, left = round(0.6 * dpi), round(0.9 * dpi)
    step = round(pixels * rng.uniform(1.15, 1.5))
    placed = []
    for line in lines:
        if top + step > height - dpi // 3:
            break
        draw.text((left, top), line, font=face, fill=rng.randrange(0, 50))
        placed.append((line, top, top + step))
        top += step
    grey = np.asarray(image)
    angle = rng.uniform(-0.4, 0.4)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    if rng.random() < 0.7:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 0.9) * dpi / 200)
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0.0, rng.uniform(0.0, 7.0), grey.shape)
    grey = np.clip(grey.astype(np.float32) + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        grey = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
    elif rng.random() < 0.6:
        coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(45, 90)])[1]
        grey = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return RenderedPage(np.ascontiguousarray(grey, dtype=np.uint8), tuple(placed))


def read_lines(image: NDArray[np.uint8], dpi: int, tessdata: Path | None) -> list[tuple[str, float]]:
    """Return the lines that the English model reads, each with its middle (pixels from the top).

    Raises:
        subprocess.CalledProcessError: Tesseract fails, for instance because ``eng`` is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        cv2.imwrite(str(path), image)
        command = ["tesseract", str(path), "-", "-l", "eng", "--psm", "6", "--dpi", str(dpi)]
        if tessdata is not None:
            command += ["--tessdata-dir", str(tessdata)]
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        table = subprocess.run([*command, "tsv"], check=True, capture_output=True, text=True, env=environment).stdout
    words: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            middle = int(cells[7]) + int(cells[9]) / 2
            words.setdefault(tuple(cells[2:5]), []).append((cells[11], middle))
    return [
        (" ".join(word for word, _ in line), float(np.median([middle for _, middle in line])))
        for line in words.values()
    ]


def pair(page: RenderedPage, read: list[tuple[str, float]]) -> tuple[list[str], list[str]]:
    """Pair the lines read with those that were set, by their height on the page; unpaired ones are dropped."""
    seen: dict[int, list[str]] = {}
    for text, middle in read:
        for index, (_, top, bottom) in enumerate(page.lines):
            if top <= middle < bottom:
                seen.setdefault(index, []).append(text)
    single = {index: texts[0] for index, texts in seen.items() if len(texts) == 1}
    order = sorted(index for index, text in single.items() if 0.7 < len(text) / len(page.lines[index][0]) < 1.4)
    return [single[i] for i in order], [page.lines[i][0] for i in order]


def generate(corpora: Path, split: str, pages: int, seed: int, tessdata: list[Path]) -> Iterator[dict[str, object]]:
    """Yield *pages* pages of paired lines."""
    rng = random.Random(f"{split}-{seed}")
    skip = 8000 if split == "train" else 1  # few lines are held out: all of them are taken
    sources = [paragraphs(corpora, name, split, rng, skip) for name in CORPORA]
    fonts = [(path, weight) for name, weight in FONTS if (path := find_font(name)) is not None]
    models: list[Path | None] = [*tessdata] if tessdata else [None]
    for _ in range(pages):
        source = rng.choices(sources, _SHARES)[0]
        lines: list[str] = []
        while len(lines) < LINES_PER_PAGE:
            lines += wrap(next(source), LINE_CHARACTERS - rng.randrange(8))
        if rng.random() < 0.1:
            lines = [line.upper() for line in lines]
        font = rng.choices([path for path, _ in fonts], [weight for _, weight in fonts])[0]
        dpi, model = rng.choice((150, 200, 200, 300)), rng.choice(models)
        page = render(lines[:LINES_PER_PAGE], font, dpi, rng)
        seen, true = pair(page, read_lines(page.image, dpi, model))
        yield {"seen": seen, "true": true, "font": font.stem, "dpi": dpi, "model": model.name if model else "installed"}


def main(argv: list[str] | None = None) -> None:
    """Write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with law.txt.xz, admin.txt.xz, news.txt.xz")
    parser.add_argument("--split", choices=("train", "heldout"), default="train")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tessdata", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    with args.out.open("w", encoding="utf-8") as stream:
        for page in generate(args.corpora, args.split, args.pages, args.seed, args.tessdata):
            stream.write(json.dumps(page, ensure_ascii=False) + "\n")
            stream.flush()


if __name__ == "__main__":
    main()
