"""A font for invisible text: one glyph for every character, and the table that says which character each code is.

A TrueType file of about 500 bytes, built here, with a CIDToGIDMap that sends every code to the same glyph. Codes are
UTF-16 units, so that a text's code is its character; ToUnicode repeats that for readers, which is what makes search
and copy work. The glyph is a box, drawn by nobody in render mode 3: PDFium leaves out text whose glyphs have no
extent, single characters and everything on turned pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

import pikepdf

UNITS = 1000  # of the em square
ADVANCE = 500  # of every glyph
DESCENT = -200
BLOCK = 100  # mappings in a block of a CMap, at most, by its specification


def glyphless_font(pdf: pikepdf.Pdf, characters: Iterable[str]) -> pikepdf.Object:
    """Return a composite font, as an indirect object of *pdf*, that maps *characters*, for text in render mode 3."""
    file = pdf.make_stream(_truetype())
    file.Length1 = len(_truetype())
    descriptor = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=pikepdf.Name.KhGlyphless,
            Flags=5,
            FontBBox=[0, DESCENT, ADVANCE, DESCENT + UNITS],
            ItalicAngle=0,
            Ascent=DESCENT + UNITS,
            Descent=DESCENT,
            CapHeight=DESCENT + UNITS,
            StemV=80,
            FontFile2=file,
        )
    )
    descendant = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=pikepdf.Name.KhGlyphless,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=descriptor,
            DW=ADVANCE,
            CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65536),
        )
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name.KhGlyphless,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[descendant],
            ToUnicode=pdf.make_stream(to_unicode(characters)),
        )
    )


def to_unicode(characters: Iterable[str]) -> bytes:
    """Return a CMap that maps the UTF-16 units of *characters* to themselves."""
    units = sorted({code for character in characters if character.isprintable() for code in _units(character)} | {0x20})
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def", "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(units), BLOCK):
        block = units[start : start + BLOCK]
        lines += [f"{len(block)} beginbfchar", *(f"<{unit:04X}> <{unit:04X}>" for unit in block), "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _units(character: str) -> tuple[int, ...]:
    data = character.encode("utf-16-be", "surrogatepass")
    return struct.unpack(f">{len(data) // 2}H", data)


def _box_glyph() -> bytes:
    """Return the outline of a box as wide as the advance, from the descent to the ascent."""
    head = struct.pack(">hhhhh", 1, 0, DESCENT, ADVANCE, DESCENT + UNITS)
    points = struct.pack(">4B4h4h", 1, 1, 1, 1, 0, ADVANCE, 0, -ADVANCE, DESCENT, 0, UNITS, 0)
    return head + struct.pack(">HH", 3, 0) + points + b"\0\0"


def _truetype() -> bytes:
    """Return the smallest TrueType file that readers accept: an empty glyph and the box."""
    tables = {
        b"OS/2": struct.pack(
            ">HhHHHhhhhhhhhhhh10s4L4sHHHhhhHH", 1, ADVANCE, 400, 5, 0, *[0] * 11, b"\0" * 10, 0, 0, 0, 0, b"KHGL", 64,
            0, 0xFFFF, UNITS, 0, 0, UNITS, 0,
        ),
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 1, 12) + struct.pack(">HHHHHHH", 4, 24, 0, 2, 2, 0, 0)
        + struct.pack(">HHHhH", 0xFFFF, 0, 0xFFFF, 1, 0),
        b"glyf": _box_glyph(),
        b"head": struct.pack(
            ">LLLLHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0),
            *(0, DESCENT, ADVANCE, DESCENT + UNITS, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(">LhhhHhhhhhh4hhH", 0x10000, UNITS, 0, 0, ADVANCE, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", ADVANCE, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(_box_glyph()) // 2),
        b"maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">LLhhLLLLL", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }  # fmt: skip
    head = struct.pack(">LHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, checksum, offset + len(body), len(data))
        body += padded
    return head + directory + body
