"""A copy of a scan with an invisible text layer: search and copy give correct Vietnamese.

The text is set word by word at the boxes of the words, in render mode 3 (neither filled nor stroked) and in a font
whose single glyph is empty; its ToUnicode table says which character each code stands for, so no font file with
Vietnamese letters is needed and nothing can be seen. The original file is only read.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from statistics import median

import pikepdf
from PIL import Image, ImageSequence

from pipeline.data import BBox, Document, LineSpan, PageSpan
from pipeline.errors import InputFileError
from pipeline.glyphless import glyphless_font

log = logging.getLogger(__name__)

FONT = "KhFn"  # name of the font in the resources of each page
WIDTH = 0.5  # of the font's size: width of every glyph
INVISIBLE_MODE = 3
BLANK = 0.2  # of a line's height: the least that readers take for a space
LONG_LINE = 6  # words from which a line tells its slope
LEAST_SLOPE = 0.004  # a flatter line stands as level as descenders let one say
IMAGE_DPI = 200.0  # of images that do not say
WORD_RE = re.compile(r"\S+")


def make_searchable(source: Path, document: Document, output: Path) -> tuple[str, ...]:
    """Write a copy of *source* in which the text of *document* can be searched and copied.

    Args:
        source: a PDF, or an image (TIFF with many pages, JPEG, PNG), which becomes a PDF.
        document: its restored text, with the boxes of lines and words. Pages that were not recognized, because
            their own text is good, keep it.
        output: the new file, written whole or not at all.

    Returns:
        Remarks for the user, such as that the copy has lost the validity of a digital signature.

    Raises:
        InputFileError: *output* is *source* (``same_file``), or *source* cannot be opened (``encrypted``, ``damaged``).
    """
    if output.exists() and output.samefile(source):
        raise InputFileError("same_file", f"{source}: the original is never written over; name another output")
    remarks: list[str] = []
    try:
        with _opened(source) as pdf:
            if _is_signed(pdf):
                remarks.append(
                    "the original is digitally signed; this copy is changed, so it no longer proves the signature"
                )
            font = glyphless_font(pdf, set(document.text))
            for page in document.pages:
                if page.origin == "ocr" and page.end > page.start and 1 <= page.number <= len(pdf.pages):
                    lines = [line for line in document.lines if line.page == page.number]
                    _lay_text(pdf, pdf.pages[page.number - 1], page, _placed(document.text, lines), font)
            _save(pdf, output)
    except pikepdf.PasswordError as error:
        raise InputFileError("encrypted", f"{source} is encrypted; give a copy without a password") from error
    except pikepdf.PdfError as error:
        raise InputFileError("damaged", f"{source} cannot be opened: {error}") from error
    for remark in remarks:
        log.info("%s: %s", source, remark)
    return tuple(remarks)


def _opened(source: Path) -> pikepdf.Pdf:
    with source.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return pikepdf.open(source)
    return _image_pdf(source)


def _image_pdf(source: Path) -> pikepdf.Pdf:
    """Return a PDF of the pages of an image, pixels kept as they are (JPEG is not decoded)."""
    pdf = pikepdf.new()
    try:
        with Image.open(source, formats=("TIFF", "JPEG", "PNG")) as image:
            for frame in ImageSequence.Iterator(image):
                width, height = frame.size
                raw_dpi = frame.info.get("dpi", (IMAGE_DPI, IMAGE_DPI))
                dpi_x, dpi_y = (float(value) if float(value) >= 50 else IMAGE_DPI for value in raw_dpi)
                page = pdf.add_blank_page(page_size=(width * 72 / dpi_x, height * 72 / dpi_y))
                page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_image_object(pdf, frame, source)))
                drawing = f"q {width * 72 / dpi_x:.3f} 0 0 {height * 72 / dpi_y:.3f} 0 0 cm /Im0 Do Q"
                page.Contents = pdf.make_stream(drawing.encode())
    except (OSError, SyntaxError, ValueError) as error:
        raise InputFileError("damaged", f"{source} is neither a PDF nor a TIFF, JPEG or PNG: {error}") from error
    return pdf


def _image_object(pdf: pikepdf.Pdf, frame: Image.Image, source: Path) -> pikepdf.Stream:
    width, height = frame.size
    if frame.format == "JPEG" and frame.mode in ("L", "RGB"):
        stream = pikepdf.Stream(pdf, source.read_bytes(), Filter=pikepdf.Name.DCTDecode)
        space, bits = ("/DeviceRGB" if frame.mode == "RGB" else "/DeviceGray"), 8
    elif frame.mode == "1":
        stream = pikepdf.Stream(pdf, frame.tobytes())
        space, bits = "/DeviceGray", 1
    else:
        mode = "L" if frame.mode in ("L", "LA", "I;16") else "RGB"
        stream = pikepdf.Stream(pdf, frame.convert(mode).tobytes())
        space, bits = ("/DeviceRGB" if mode == "RGB" else "/DeviceGray"), 8
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = width, height, bits
    stream.ColorSpace = pikepdf.Name(space)
    return stream


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    if int(form.get("/SigFlags", 0)) & 1:
        return True
    fields = form.get("/Fields", pikepdf.Array())
    return any(isinstance(field, pikepdf.Dictionary) and field.get("/FT") == "/Sig" for field in fields)


Placed = list[tuple[str, BBox]]  # the words of a line


def _lay_text(pdf: pikepdf.Pdf, page: pikepdf.Page, span: PageSpan, lines: list[Placed], font: pikepdf.Object) -> None:
    """Put *lines* on *page*, an older invisible layer taken away first."""
    _drop_invisible_text(pdf, page)
    if "/Resources" not in page.obj:
        page.obj.Resources = pikepdf.Dictionary()
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/" + FONT))
    page.contents_add(pdf.make_stream(b"q"), prepend=True)  # whatever the page leaves set must not move the text
    page.contents_add(pdf.make_stream(b"Q\n" + _content(page, span.rotation, lines).encode("ascii")))


def _content(page: pikepdf.Page, rotation: int, lines: list[Placed]) -> str:
    """Return the drawing operators of the text, in the coordinates of the unturned page."""
    box = [float(value) for value in page.cropbox]
    left, bottom, right, top = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
    turn = (int(page.obj.get("/Rotate", 0)) + rotation) % 360
    # from points of the upright page (x right, y down) to the page's own coordinates (y up)
    matrix = {
        0: (1, 0, 0, 1, left, top),
        90: (0, 1, -1, 0, left, bottom),
        180: (-1, 0, 0, -1, right, bottom),
        270: (0, -1, 1, 0, right, top),
    }[turn]
    parts = ["q", f"{matrix[0]} {matrix[1]} {matrix[2]} {matrix[3]} {matrix[4]:.3f} {matrix[5]:.3f} cm", "BT",
             f"{INVISIBLE_MODE} Tr"]  # fmt: skip
    for words in lines:
        parts += _line_in_one(words) if turn == 180 or _setting(words)[2] else _line_operators(words)
    return "\n".join([*parts, "ET", "Q"])


def _line_operators(words: Placed) -> Iterable[str]:
    size, base, slope = _setting(words)
    for index, (word, (x0, _, x1, _)) in enumerate(words):
        following = words[index + 1][1] if index + 1 < len(words) else None
        # the space after the word reaches to the next word, so that readers neither glue nor part words
        end = following[0] if following is not None and following[0] > x1 else x1 + 0.25 * size
        baseline = base + slope * x0
        yield from _shown(word, x0, baseline, size, x1 - x0)
        yield from _shown(" ", x1, baseline, size, end - x1)


def _line_in_one(words: Placed) -> Iterable[str]:
    """Yield one operator for a whole line, set along its slope.

    Readers sort separate words by place: on an upside-down page backwards, on a sloped one with those of the next line.
    """
    size, base, slope = _setting(words)
    units = sum(_units(word) for word, _ in words)
    scale = max(sum(box[2] - box[0] for _, box in words) / (units * WIDTH * size), 0.01)
    advance = WIDTH * size * scale
    x = words[0][1][0]
    pieces: list[str] = []
    for word, (start, _, _, _) in words:
        if pieces:  # the space, and as much more or less as the next word is away
            pieces.append(f"<0020> {-1000 * (start - x - advance) / (size * scale):.0f}")
            x = start
        pieces.append(f"<{word.encode('utf-16-be').hex().upper()}>")
        x += _units(word) * advance
    start = words[0][1][0]
    yield (
        f"/{FONT} {size:.2f} Tf {100 * scale:.2f} Tz 1 {-slope:.5f} {slope:.5f} 1 {start:.2f} "
        f"{-(base + slope * start):.2f} Tm "
        f"[{' '.join(pieces)}] TJ"
    )


def _setting(words: Placed) -> tuple[float, float, float]:
    """Return size, baseline at x = 0 and slope for all words of a line.

    One setting for all: a dash or a lone letter in the size and at the height of its own small box would be put on a
    line of its own by readers.
    """
    size = max(1.0, median(bottom - top for _, (_, top, _, bottom) in words))
    slope = 0.0
    if len(words) >= LONG_LINE:
        half = len(words) // 2
        (x0, y0), (x1, y1) = (
            (median(box[0] for _, box in part), median(box[3] for _, box in part))
            for part in (words[:half], words[half:])
        )
        slope = (y1 - y0) / (x1 - x0) if x1 - x0 > size else 0.0
        slope = slope if abs(slope) > LEAST_SLOPE else 0.0
    base = median(box[3] - slope * box[0] for _, box in words)
    return size, base - 0.2 * size, slope


def _units(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2


def _shown(text: str, x: float, baseline: float, size: float, width: float) -> Iterable[str]:
    """Yield operators that set *text* so that it is *width* points wide; y counts down from the top."""
    codes = text.encode("utf-16-be").hex().upper()
    units = len(codes) // 4
    scale = 100.0 * max(width, 0.1) / (units * WIDTH * size)
    yield f"/{FONT} {size:.2f} Tf {scale:.2f} Tz 1 0 0 1 {x:.2f} {-baseline:.2f} Tm <{codes}> Tj"


def _placed(text: str, lines: Iterable[LineSpan]) -> list[Placed]:
    return [words for line in lines if (words := placed_words(text[line.start : line.end], line))]


def placed_words(text: str, line: LineSpan) -> Placed:
    """Return the words of a line with a box each; where words have none they share the line's by length.

    >>> placed_words("ab cd", LineSpan(0, 5, 1, "body", (0.0, 0.0, 50.0, 10.0)))
    [('ab', (0.0, 0.0, 20.0, 10.0)), ('cd', (30.0, 0.0, 50.0, 10.0))]
    """
    boxed = [(text[word.start : word.end].strip(), word.bbox) for word in line.words]
    placed = [(word, box) for word, box in boxed if word and box is not None]
    if sum(len(word) for word, _ in placed) >= 0.9 * len("".join(text.split())) > 0:
        return _parted(placed)
    if line.bbox is None or not text.strip():
        return []
    x0, top, x1, bottom = line.bbox
    step = (x1 - x0) / len(text)
    return [
        (match.group(), (x0 + match.start() * step, top, x0 + match.end() * step, bottom))
        for match in WORD_RE.finditer(text)
    ]


def _parted(placed: Placed) -> Placed:
    """End each box before the next word begins: recognizers give a short word the width of its neighbours too.

    >>> _parted([("Sở", (134.0, 322.0, 161.0, 332.0)), ("Y", (153.0, 322.0, 157.0, 332.0))])
    [('Sở', (134.0, 322.0, 151.0, 332.0)), ('Y', (153.0, 322.0, 157.0, 332.0))]
    """
    starts = [box[0] for _, box in placed[1:]] + [float("inf")]
    return [
        (word, (x0, top, min(x1, start - BLANK * (bottom - top)) if x0 < start - (bottom - top) / 2 else x1, bottom))
        for (word, (x0, top, x1, bottom)), start in zip(placed, starts, strict=True)
    ]


TEXT_SHOWING = frozenset({"Tj", "TJ", "'", '"'})


def _drop_invisible_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take away text that is set invisibly: a bad layer of another program would be found beside the good one."""
    kept = []
    mode, dropped = 0, 0
    modes: list[int] = []
    try:
        instructions = pikepdf.parse_content_stream(page)
    except pikepdf.PdfError:
        return
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "Tr" and instruction.operands:
            with suppress(TypeError, ValueError):
                mode = int(instruction.operands[0])
        elif operator == "q":
            modes.append(mode)
        elif operator == "Q" and modes:
            mode = modes.pop()
        if operator in TEXT_SHOWING and mode == INVISIBLE_MODE:
            dropped += 1
            continue
        kept.append(instruction)
    if dropped:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _save(pdf: pikepdf.Pdf, output: Path) -> None:
    """Write to a temporary file beside *output* and rename, so that a broken file never bears the name."""
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        pdf.save(temporary, compress_streams=True)
        temporary.replace(output)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
