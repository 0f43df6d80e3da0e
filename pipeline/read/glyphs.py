"""The characters of a PDF page's text layer, as words with boxes on the upright page.

pdfium's own text order is the order of the content stream, which is right for most Word exports and wrong for
many others, so only the words are taken from it (where it sees spaces and line ends); lines, columns and zones
are found from the boxes in `pipeline.read.layout`.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.data import BBox

MAX_CHARACTERS = 60_000  # a page; A0 posters stay below, character floods (FINDINGS: 2 million) do not
INVISIBLE_RENDER_MODE = 3
TOUCHING = 0.12  # em: a wider gap parts words; the narrowest space of justified text has about 0.2
SPACE = 0.1  # of a letter's height: how much wider than the others of its word the gap of a lost space is
GUESSED_SPACE = 0.07  # the same where pdfium sees a space
KERNED = -0.03  # of a letter's height: deeper lies a pair such as Tà, which measures no other
OVERLAPPING = 0.3  # em: kerned letters
SAME_LINE = 0.7  # share of the height that two letters of a word have in common
LINE_END_HYPHEN = 0x02  # pdfium's stand-in for a hyphen at the end of a line
_BREAKS = frozenset(" \t\r\n\f\v\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000")
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x00")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """Characters between two spaces on one line."""

    text: str
    bbox: BBox
    font: str  # base name, without the subset prefix
    hidden: bool  # drawn invisibly, as OCR layers are
    stamped: bool = False  # an annotation's text: see `pipeline.read.stamps`


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What the text layer of one page holds."""

    words: tuple[PrintedWord, ...]
    width: float  # points, upright
    height: float
    characters: int  # without spaces
    turned: int  # clockwise turn in degrees that made the text upright, beyond the page's own /Rotate
    truncated: bool  # more characters than MAX_CHARACTERS

    @property
    def text(self) -> str:
        """The words in the order of the file; for judging, not for reading."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Upright:
    """The affine map from PDF user space to points from the top left of the page as it is shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    @classmethod
    def of(cls, page: Any) -> Upright:
        """Read the map of *page* (a pdfium page): its crop box and /Rotate are in it."""
        scale = 100.0  # device units a point: pdfium answers in whole device units
        width, height = page.get_width(), page.get_height()
        size = (0, 0, max(1, round(width * scale)), max(1, round(height * scale)), 0)

        def device(x: float, y: float) -> tuple[float, float]:
            out_x, out_y = ctypes.c_int(), ctypes.c_int()
            pdfium_c.FPDF_PageToDevice(page, *size, x, y, out_x, out_y)
            return out_x.value / scale, out_y.value / scale

        reach = 1000.0
        e, f = device(0, 0)
        right, up = device(reach, 0), device(0, reach)
        return cls(
            (right[0] - e) / reach,
            (right[1] - f) / reach,
            (up[0] - e) / reach,
            (up[1] - f) / reach,
            e,
            f,
            width,
            height,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """Map a box; the result is ``(x0, top, x1, bottom)``."""
        xa, ya = self.point(left, bottom)
        xb, yb = self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def turn_box(box: BBox, turn: int, width: float, height: float) -> BBox:
    """Turn *box* clockwise by *turn* degrees on a page of *width* by *height*.

    >>> turn_box((10.0, 20.0, 30.0, 25.0), 90, 200.0, 100.0)
    (75.0, 10.0, 80.0, 30.0)
    >>> turn_box((10.0, 20.0, 30.0, 25.0), 180, 200.0, 100.0)
    (170.0, 75.0, 190.0, 80.0)
    """
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return top, width - x1, bottom, width - x0
    return box


def read_glyphs(page: Any, textpage: Any, printed: int | None = None) -> PrintedPage:
    """Return the words of *page* (pdfium handles), boxes in points from the top left of the upright page.

    Characters from the index *printed* on were stamped onto the page.
    """
    upright = Upright.of(page)
    count = max(0, textpage.count_chars())
    truncated = count > MAX_CHARACTERS
    fonts = _Fonts(textpage)
    rect = pdfium_c.FS_RECTF()
    words: list[PrintedWord] = []
    angles: Counter[int] = Counter()
    letters: list[str] = []
    box: list[float] = []
    joints: list[_Joint] = []  # between the letters of the word
    start = 0
    characters = 0
    guessed = False

    def flush() -> None:
        if letters:
            font, hidden = fonts.at(start)
            cuts = _lost_spaces(joints)
            for first, last in pairwise([None, *cuts, None]):
                low, high = (first.at if first else 0), (last.at if last else len(letters))
                part = (first.right if first else box[0], box[1], last.left if last else box[2], box[3])
                words.append(PrintedWord(_joined(letters[low:high]), upright.box(*part), font, hidden))
            letters.clear()
            box.clear()
            joints.clear()

    for index in range(min(count, MAX_CHARACTERS)):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        char = "\u00ad" if code == LINE_END_HYPHEN else chr(code) if code < 0x110000 else "\ufffd"
        if char in _BREAKS:
            if letters and pdfium_c.FPDFText_IsGenerated(textpage, index) == 1:
                guessed = True  # pdfium sees a space or line end where fonts change within a word
            else:
                flush()
                guessed = False
            continue
        if char in _NOTHING:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rect)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        characters += 1
        if letters and unicodedata.combining(char):
            letters.append(char)
            continue
        touches = _touches if guessed else _continues
        if letters and not touches(box, left, bottom, right, top):
            flush()
        if letters and left >= box[0]:  # upright and on one line: what _Joint measures
            joints.append(_Joint(len(letters), box[2], left, top - bottom, guessed))
        guessed = False
        if not letters:
            start = index
            box[:] = (left, bottom, right, top)
            angles[_quarter(pdfium_c.FPDFText_GetCharAngle(textpage, index))] += 1
        else:
            box[:] = (min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top))
        letters.append(char)
    flush()
    turned = (_page_turn(page) + angles.most_common(1)[0][0]) % 360 if angles else 0
    return _turn(PrintedPage(tuple(words), upright.width, upright.height, characters, 0, truncated), turned)


@dataclass(frozen=True, slots=True)
class _Joint:
    """Where two letters of a word meet."""

    at: int  # index of the second letter
    left: float  # where the first one ends
    right: float  # where the second one begins
    height: float
    guessed: bool  # pdfium sees a space

    @property
    def gap(self) -> float:
        """White between the letters, in letter heights; below 0 they overlap."""
        return (self.right - self.left) / self.height if self.height > 0 else 0.0


def _lost_spaces(joints: Sequence[_Joint]) -> list[_Joint]:
    """Return where spaces are that a narrow setting has lost: gaps that stand out from those of their word.

    Letter-spaced titles have wide gaps throughout, and stay whole.
    """
    if len(joints) < 2:
        return []
    gaps = sorted(joint.gap for joint in joints)
    usual = max(KERNED, gaps[(len(gaps) - 1) // 2])
    wide = [joint for joint in joints if joint.gap - usual > (GUESSED_SPACE if joint.guessed else SPACE)]
    rest = max((joint.gap for joint in joints if joint not in wide), default=usual)
    return [joint for joint in wide if joint.gap - rest > 0.5 * SPACE]


def _joined(units: list[str]) -> str:
    """Return the characters that pdfium gave as UTF-16 units; half a pair alone becomes U+FFFD."""
    return "".join(units).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _continues(box: list[float], left: float, bottom: float, right: float, top: float) -> bool:
    """Whether a character's box touches the word's: pdfium gives no space where a line or table cell ends."""
    reach = max(min(box[3] - box[1], box[2] - box[0], top - bottom), 2.0)
    return left <= box[2] + reach and right >= box[0] - reach and bottom <= box[3] + 0.1 and top >= box[1] - 0.1


def _touches(box: list[float], left: float, bottom: float, right: float, top: float) -> bool:
    """Whether a character follows the word's last one without a gap, on the same line, upright or turned."""
    across = min(box[2], right) - max(box[0], left)
    along = min(box[3], top) - max(box[1], bottom)
    width, height = min(box[2] - box[0], right - left), min(box[3] - box[1], top - bottom)
    if along >= SAME_LINE * height > 0:
        return across >= -TOUCHING * height and left >= box[2] - OVERLAPPING * height
    if across >= SAME_LINE * width > 0:
        return along >= -TOUCHING * width and along <= OVERLAPPING * width
    return False


def _quarter(radians: float) -> int:
    """The nearest quarter turn, counter-clockwise in degrees; pdfium counts clockwise, and has -1 for unknown."""
    return -round(radians / 1.5707963) * 90 % 360 if radians >= 0 else 0


def _page_turn(page: Any) -> int:
    return -int(page.get_rotation()) % 360


def _turn(page: PrintedPage, turned: int) -> PrintedPage:
    """Turn the page clockwise by *turned* degrees, so that its text runs from left to right."""
    if turned == 0:
        return page
    words = tuple(replace(word, bbox=turn_box(word.bbox, turned, page.width, page.height)) for word in page.words)
    size = (page.height, page.width) if turned in (90, 270) else (page.width, page.height)
    return PrintedPage(words, *size, page.characters, turned, page.truncated)


class _Fonts:
    """Font name and visibility by character, asked once a text object."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._by_object: dict[int, tuple[str, bool]] = {}
        self._by_font: dict[int, str] = {}
        self._buffer = ctypes.create_string_buffer(128)

    def at(self, index: int) -> tuple[str, bool]:
        """Return the font's base name and whether the text is drawn invisibly."""
        handle = pdfium_c.FPDFText_GetTextObject(self._textpage, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if not address:
            return "", False
        if address not in self._by_object:
            hidden = pdfium_c.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE_RENDER_MODE
            self._by_object[address] = (self._name(pdfium_c.FPDFTextObj_GetFont(handle)), hidden)
        return self._by_object[address]

    def _name(self, font: Any) -> str:
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if not address:
            return ""
        if address not in self._by_font:
            size = pdfium_c.FPDFFont_GetBaseFontName(font, self._buffer, len(self._buffer))
            name = self._buffer.raw[: max(0, min(size, len(self._buffer)) - 1)].decode("utf-8", "replace")
            self._by_font[address] = name.split("+", 1)[-1] if "+" in name[:8] else name
        return self._by_font[address]
