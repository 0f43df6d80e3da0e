"""Fonts for rendering: found on the machine, checked for Vietnamese letters, with a fallback a character.

Old Liberation files (1.07) lack the Vietnamese marks and would print boxes, so a file counts only when it
covers the whole alphabet; what it still lacks ("⅓", arrows) is taken from DejaVu.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from pipeline.errors import MissingResourceError

Face = Literal["serif", "sans"]

FONT_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/liberation-fonts",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/dejavu",
)
FILES: dict[Face, tuple[str, str]] = {
    "serif": ("LiberationSerif", "DejaVuSerif"),
    "sans": ("LiberationSans", "DejaVuSans"),
}
STYLES = {
    (False, False): ("-Regular", ""),
    (True, False): ("-Bold", "-Bold"),
    (False, True): ("-Italic", "-Italic"),
    (True, True): ("-BoldItalic", "-BoldItalic"),
}
CAPITALS = "Capitals"  # ends the name of a font's second copy
VIETNAMESE = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"


class GlyphError(ValueError):
    """No font on this machine has the character."""


def _load(name: str) -> TTFont | None:
    """Register the font file *name* (without its ending); None where it is absent or lacks Vietnamese."""
    for folder in FONT_FOLDERS:
        path = Path(folder) / f"{name}.ttf"
        if not path.exists():
            continue
        try:
            font = TTFont(name, str(path))
        except TTFError:
            continue
        if all(ord(c) in font.face.charToGlyph for c in VIETNAMESE + VIETNAMESE.lower()):
            pdfmetrics.registerFont(font)
            return font
    return None


def font_path(face: Face, bold: bool = False, italic: bool = False) -> Path:
    """Return the file of the first usable font of a style.

    Raises:
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    return Path(str(fonts(face, bold, italic)[0].face.filename))


@cache
def fonts(face: Face, bold: bool, italic: bool) -> tuple[TTFont, ...]:
    """Return the fonts of a style in order of preference, registered with ReportLab.

    Raises:
        MissingResourceError: no font with Vietnamese letters is installed.
    """
    liberation, dejavu = FILES[face]
    suffix, dejavu_suffix = STYLES[bold, italic]
    if face == "sans":
        dejavu_suffix = dejavu_suffix.replace("Italic", "Oblique")
    upright = dejavu + dejavu_suffix.replace("Italic", "").replace("Oblique", "")
    names = [liberation + suffix, dejavu + dejavu_suffix, upright.removesuffix("-"), "DejaVuSans"]
    found = [font for name in dict.fromkeys(names) if (font := _load(name)) is not None]
    if not found:
        raise MissingResourceError(
            "no font with Vietnamese letters; install the Debian packages fonts-liberation2 and fonts-dejavu-core"
        )
    return tuple(found)


@cache
def font_for(char: str, face: Face, bold: bool, italic: bool) -> str:
    """Return the name of the font that has *char*.

    Raises:
        GlyphError: none has it.
    """
    for font in fonts(face, bold, italic):
        if ord(char) in font.face.charToGlyph:
            return str(font.fontName)
    raise GlyphError(f"no installed font has {char!r} (U+{ord(char):04X})")


@cache
def capitals_font(name: str) -> str:
    """Return the same font registered a second time, as the capitals font of a legacy encoding."""
    second = name + CAPITALS
    font = TTFont(second, str(pdfmetrics.getFont(name).face.filename))
    font.face.name = font.face.name + CAPITALS.encode()  # the name in the PDF is that of the face
    pdfmetrics.registerFont(font)
    return second


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of *text* in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
