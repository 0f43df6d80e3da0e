"""PDFs: bombs, loops, floods, absurd sizes, locks; written object by object, so that each fault stands alone."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Iterator, Sequence

import pikepdf

from tests.hostile.case import CORRUPT, ENCRYPTED, LOST, MEMORY, NO_PAGES, OK, TIMEOUT, TOO_LARGE, Case, case

MEGABYTE = 1 << 20
LOST_ALL = "quarantined: pages_lost"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>{more}>>/Contents {contents}{extra}>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PLAN = (
    b"BT /F 13 Tf 72 760 Td (KE HOACH To chuc hoi nghi dien hinh tien tien) Tj "
    b"0 -20 Td (So luong: 150 dai bieu) Tj ET\n"
)
HELD = "150 đại biểu"  # of the plan, once its marks are restored


def pdf(objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of *objects*, numbered from 1, with a table of their places."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(objects) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (head, len(data)) + data + b"\nendstream"


def deflated(data: bytes, head: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), head + b"/Filter/FlateDecode")


def page(*, contents: str = "4 0 R", more: str = "", extra: str = "") -> bytes:
    return PAGE.format(contents=contents, more=more, extra=extra).encode()


def one_page(content: bytes = stream(PLAN), *others: bytes, more: str = "", extra: str = "", box: str = "") -> bytes:
    """Return a PDF of one page: 1 catalogue, 2 page tree, 3 page, 4 content, 5 font, 6 and on *others*."""
    leaf = page(more=more, extra=extra)
    if box:
        leaf = leaf.replace(b"[0 0 595 842]", box.encode())
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf, content, FONT, *others])


def tree(pages: bytes, *others: bytes) -> bytes:
    """Return a PDF whose page tree is *pages*: 3 is a sound page, 6 and on are *others*."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page(), stream(PLAN), FONT, *others])


@functools.cache
def bomb(unit: bytes, size: int) -> bytes:
    """Return *unit* repeated to *size* bytes, deflated; memory stays small while it is made."""
    packer = zlib.compressobj(9)
    block = unit * (MEGABYTE // len(unit))
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join(parts) + packer.flush()


def bombs() -> Iterator[Case]:
    """Small files of which much comes out."""
    head = b"/Filter/FlateDecode"
    gigabyte = 1 << 30

    def content(unit: bytes, size: int) -> bytes:
        return one_page(stream(bomb(unit, size), head))

    def nested() -> bytes:
        return one_page(stream(zlib.compress(bomb(b" ", gigabyte)), b"/Filter[/FlateDecode/FlateDecode]"))

    def image(side: int, bits: int, space: bytes) -> bytes:
        kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace%s" % (
            side,
            side,
            bits,
            space,
        )
        data = stream(bomb(b"\0", side * side * bits // 8 * (3 if space == b"/DeviceRGB" else 1)), kind + head)
        return one_page(stream(PLAN + b"q 500 0 0 700 40 20 cm /I Do Q"), data, more="/XObject<</I 6 0 R>>")

    def font_file() -> bytes:
        font = (
            b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 33/Widths[500 500]/FontDescriptor 7 0 R>>"
        )
        descriptor = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 8 0 R>>"
        text = PLAN + b"BT /G 12 Tf 72 600 Td (! !) Tj ET"
        return one_page(
            stream(text), font, descriptor, stream(bomb(b"\0", gigabyte // 2), head), more="/Y<<>>/Z<<>>"
        ).replace(b"/F 5 0 R", b"/F 5 0 R/G 6 0 R", 1)

    def unicode_table() -> bytes:
        font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
        table = bomb(b"<00> <ff> <0041>\n", gigabyte // 4)
        text = PLAN + b"BT /G 12 Tf 72 600 Td (! !) Tj ET"
        data = one_page(stream(text), font, stream(table, head))
        return data.replace(b"/F 5 0 R", b"/F 5 0 R/G 6 0 R", 1)

    def object_stream() -> bytes:
        packed = bomb(b"6 0 ", gigabyte // 4)
        return one_page(stream(PLAN), stream(packed, b"/Type/ObjStm/N 1000000/First 4000000" + head), extra="/X 6 0 R")

    def metadata() -> bytes:
        return one_page(
            stream(PLAN), stream(bomb(b"<x>", gigabyte // 4), b"/Type/Metadata/Subtype/XML" + head)
        ).replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Metadata 6 0 R", 1)

    yield case("bomb-content-spaces.pdf", lambda: content(b" ", gigabyte), TOO_LARGE)
    yield case("bomb-content-saves.pdf", lambda: content(b"q ", gigabyte // 4), TOO_LARGE)
    yield case("bomb-content-nested-filters.pdf", nested, TOO_LARGE)
    yield case("bomb-content-text.pdf", lambda: content(b"BT /F 9 Tf (aaaa bbbb) Tj ET ", gigabyte // 8), TOO_LARGE)
    yield case("bomb-image-1-bit.pdf", lambda: image(60_000, 1, b"/DeviceGray"), OK, LOST, TIMEOUT, MEMORY)
    yield case("bomb-image-rgb.pdf", lambda: image(18_000, 8, b"/DeviceRGB"), OK, LOST, TIMEOUT, MEMORY)
    yield case("bomb-font.pdf", font_file, OK, LOST, TIMEOUT, MEMORY)
    yield case("bomb-unicode-table.pdf", unicode_table, OK, LOST, TIMEOUT, MEMORY)
    yield case("bomb-object-stream.pdf", object_stream, OK, LOST, TIMEOUT, MEMORY)
    yield case("bomb-metadata.pdf", metadata, OK, TIMEOUT, MEMORY)  # pdfium unpacks it on opening


def loops() -> Iterator[Case]:
    """Objects that lead back to themselves."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"

    def drawn(more: bytes = b"/A Do") -> bytes:
        return stream(PLAN + more)

    yield case(
        "form-draws-itself.pdf",
        one_page(
            drawn(), stream(b"/A Do", form + b"/Resources<</XObject<</A 6 0 R>>>>"), more="/XObject<</A 6 0 R>>"
        ),
        OK, LOST, quick=True,
    )  # fmt: skip
    yield case(
        "forms-draw-each-other.pdf",
        one_page(
            drawn(),
            stream(b"/B Do", form + b"/Resources<</XObject<</B 7 0 R>>>>"),
            stream(b"/A Do", form + b"/Resources<</XObject<</A 6 0 R>>>>"),
            more="/XObject<</A 6 0 R>>",
        ),
        OK, LOST,
    )  # fmt: skip
    levels = [
        stream(b"/A Do " * 10, form + b"/Resources<</XObject<</A %d 0 R>>>>" % (number + 1)) for number in range(6, 15)
    ]
    laughs = one_page(drawn(), *levels, stream(PLAN, form), more="/XObject<</A 6 0 R>>")
    yield case("form-laughs.pdf", laughs, OK, LOST, TIMEOUT, MEMORY)
    pattern = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    yield case(
        "pattern-paints-with-itself.pdf",
        one_page(
            stream(PLAN + b"/Pattern cs /P scn 0 0 500 500 re f"),
            stream(b"/Pattern cs /P scn 0 0 9 9 re f", pattern + b"/Resources<</Pattern<</P 6 0 R>>>>"),
            more="/Pattern<</P 6 0 R>>",
        ),
        OK, LOST,
    )  # fmt: skip
    glyphs = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
        b"/Encoding<</Type/Encoding/Differences[65/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</G 6 0 R>>>>>>"
    )
    yield case(
        "glyph-prints-itself.pdf",
        one_page(
            stream(PLAN + b"BT /G 9 Tf (A) Tj ET"), glyphs, stream(b"9 0 d0 BT /G 9 Tf (A) Tj ET")
        ).replace(b"/F 5 0 R", b"/F 5 0 R/G 6 0 R", 1),
        OK, LOST,
    )  # fmt: skip
    yield case(
        "soft-mask-of-itself.pdf",
        one_page(
            stream(b"/S gs " + PLAN),
            b"<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G 7 0 R>>>>",
            stream(b"/S gs 0 0 9 9 re f", form + b"/Group<</S/Transparency>>/Resources<</ExtGState<</S 6 0 R>>>>"),
            more="/ExtGState<</S 6 0 R>>",
        ),
        OK, LOST,
    )  # fmt: skip
    yield case(
        "annotation-drawn-by-itself.pdf",
        one_page(
            stream(PLAN),
            b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/AP<</N 7 0 R>>>>",
            stream(b"/A Do", form + b"/Resources<</XObject<</A 7 0 R>>>>"),
            extra="/Annots[6 0 R]",
        ),
        OK, LOST,
    )  # fmt: skip
    yield case(
        "tree-kid-is-its-own-parent.pdf", tree(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), CORRUPT, NO_PAGES, quick=True
    )
    yield case(
        "tree-goes-in-circles.pdf",
        tree(b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>"),
        OK, LOST, CORRUPT,
    )  # fmt: skip
    deep = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(6, 5005)]
    yield case(
        "tree-deep.pdf",
        tree(b"<</Type/Pages/Kids[6 0 R]/Count 1>>", *deep, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        OK, LOST, CORRUPT, NO_PAGES,
    )  # fmt: skip
    yield case("length-of-itself.pdf", one_page(b"<</Length 4 0 R>>\nstream\n" + PLAN + b"\nendstream"), OK, LOST)
    yield case("reference-to-itself.pdf", one_page(b"4 0 R"), OK, CORRUPT)
    previous = one_page().replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev 0000000000>>")
    start = previous.rindex(b"xref\n0 ")
    yield case(
        "cross-references-in-circles.pdf", previous.replace(b"/Prev 0000000000", b"/Prev %010d" % start), OK, quick=True
    )
    outline = b"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>"
    yield case(
        "outline-in-circles.pdf",
        one_page(stream(PLAN), b"<</Title(a)/Next 6 0 R/Prev 6 0 R/Parent 7 0 R/First 6 0 R>>", outline).replace(
            b"/Pages 2 0 R", b"/Pages 2 0 R/Outlines 7 0 R", 1
        ),
        OK,
    )
    yield case(
        "fields-in-circles.pdf",
        one_page(stream(PLAN), b"<</T(a)/FT/Sig/Kids[6 0 R]/Parent 6 0 R/V 6 0 R>>").replace(
            b"/Pages 2 0 R", b"/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>", 1
        ),
        OK,
    )


def floods() -> Iterator[Case]:
    """Too much of something that is harmless in small numbers."""
    words = b"(dai bieu hoi nghi %d) Tj 0 -1 Td\n"

    def characters() -> bytes:
        return one_page(deflated(b"BT /F 4 Tf 72 800 Td " + b"".join(words % n for n in range(90_000)) + b"ET"))

    def segments() -> bytes:
        path = b"".join(b"%d %d l\n" % (n * 7 % 595, n * 11 % 842) for n in range(500_000))
        return one_page(deflated(PLAN + b"0 0 m\n" + path + b"S"))

    def rules() -> bytes:
        lines = b"".join(b"%d 0 m %d 842 l S\n" % (n * 7 % 595, n * 7 % 595) for n in range(100_000))
        return one_page(deflated(PLAN + lines))

    def listed() -> bytes:
        return tree(b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>")

    def annotations() -> bytes:
        notes = [b"<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/Contents(a)/DA(/F 9 Tf)>>"] * 30_000
        names = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(notes)))
        return one_page(stream(PLAN), *notes, extra=f"/Annots[{names.decode()}]")

    def objects() -> bytes:
        return one_page(stream(PLAN), *[b"null"] * 300_000)

    def images() -> bytes:
        dot = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
        draw = b"".join(b"q 9 0 0 9 %d %d cm /I Do Q\n" % (n % 595, n * 3 % 842) for n in range(50_000))
        return one_page(deflated(PLAN + draw), dot, more="/XObject<</I 6 0 R>>")

    yield case("flood-characters.pdf", characters, LOST)
    yield case("flood-path-segments.pdf", segments, OK, LOST, TIMEOUT)
    yield case("flood-rules.pdf", rules, OK, LOST, TIMEOUT)
    yield case("flood-page-list.pdf", listed, "quarantined: too_many_pages")
    yield case("flood-annotations.pdf", annotations, OK, LOST, TIMEOUT)
    yield case("flood-objects.pdf", objects, OK, TIMEOUT)
    yield case("flood-images.pdf", images, OK, LOST, TIMEOUT)
    yield case("deep-arrays.pdf", one_page(stream(PLAN + b"[" * 200_000)), OK, LOST)
    yield case("deep-dictionaries.pdf", one_page(b"<</A" * 100_000 + b">>" * 100_000), OK, LOST, CORRUPT)
    yield case("deep-saves.pdf", one_page(deflated(b"q " * 500_000 + PLAN)), OK, LOST)
    yield case("long-name.pdf", one_page(stream(PLAN), b"<</" + b"N" * 2_000_000 + b" 1>>"), OK)
    yield case(
        "long-string.pdf", one_page(deflated(b"BT /F 9 Tf 72 700 Td (" + b"a" * 3_000_000 + b") Tj ET")), OK, LOST
    )


def sizes() -> Iterator[Case]:
    """Pages of absurd sizes; one that bears text can be read whatever its size."""
    drawn = stream(b"q 14000 0 0 14000 0 0 cm /I Do Q")
    grey = stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    image = {"more": "/XObject<</I 6 0 R>>"}
    yield case(
        "page-14400-image.pdf", one_page(drawn, grey, box="[0 0 14400 14400]", **image), OK, LOST, TOO_LARGE, LOST_ALL
    )
    yield case("page-14400-text.pdf", one_page(box="[0 0 14400 14400]"), OK, LOST)
    yield case("page-200000.pdf", one_page(drawn, grey, box="[0 0 200000 200000]", **image), TOO_LARGE, MEMORY)
    yield case(
        "page-long-strip.pdf", one_page(drawn, grey, box="[0 0 14400 1]", **image), OK, LOST, TOO_LARGE, LOST_ALL
    )
    for name, box in {
        "nothing": "[0 0 0 0]",
        "negative": "[595 842 0 0]",
        "far": "[-1e9 -1e9 1e9 1e9]",
        "tiny": "[0 0 0.001 0.001]",
        "words": "[(a) /b null 3]",
        "short": "[0 0 595]",
        "infinite": "[0 0 1e308 1e308]",
        "none": "null",
    }.items():
        yield case(f"page-box-{name}.pdf", one_page(box=box), OK, LOST, quick=name in ("nothing", "infinite"))
    yield case("page-user-unit.pdf", one_page(extra="/UserUnit 1e6"), OK, LOST)
    yield case("page-turned-45.pdf", one_page(extra="/Rotate 45"), OK)


def counts() -> Iterator[Case]:
    """Page trees that say one thing and hold another."""
    yield case("no-pages.pdf", tree(b"<</Type/Pages/Kids[]/Count 0>>"), NO_PAGES, quick=True)
    yield case("no-pages-but-a-count.pdf", tree(b"<</Type/Pages/Kids[]/Count 5>>"), NO_PAGES, CORRUPT, LOST)
    yield case("count-negative.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count -7>>"), OK)
    yield case("count-huge.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"), OK, LOST)
    yield case("count-zero-with-a-page.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 0>>"), OK)
    yield case("count-of-more-than-there-are.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 3>>"), OK, LOST)
    yield case(
        "kids-missing.pdf", tree(b"<</Type/Pages/Kids[3 0 R 90 0 R 91 0 R]/Count 3>>"), LOST, pages=3, quick=True
    )
    yield case("kids-null.pdf", tree(b"<</Type/Pages/Kids[3 0 R null]/Count 2>>"), LOST, pages=2)
    yield case("kids-numbers.pdf", tree(b"<</Type/Pages/Kids[1 2 3]/Count 3>>"), NO_PAGES, CORRUPT, LOST)
    yield case("kids-none.pdf", tree(b"<</Type/Pages/Count 1>>"), NO_PAGES, CORRUPT, LOST)
    yield case("pages-none.pdf", pdf([b"<</Type/Catalog>>"]), NO_PAGES, CORRUPT)
    yield case("root-none.pdf", pdf([b"null"]), CORRUPT, NO_PAGES)
    yield case("root-far.pdf", pdf([b"null"], root=999), CORRUPT, NO_PAGES)
    yield case("contents-none.pdf", one_page().replace(b"/Contents 4 0 R", b"", 1), OK)
    yield case("contents-elsewhere.pdf", one_page().replace(b"/Contents 4 0 R", b"/Contents 99 0 R", 1), OK, LOST)
    yield case(
        "start-nowhere.pdf",
        one_page().rsplit(b"startxref", 1)[0] + b"startxref\n99999999\n%%EOF",
        OK,
        holds=HELD,
    )
    yield case("start-negative.pdf", one_page().rsplit(b"startxref", 1)[0] + b"startxref\n-5\n%%EOF", OK, holds=HELD)
    yield case("no-table.pdf", one_page().split(b"xref\n0 ")[0], OK, LOST, holds=HELD)
    yield case("header-only.pdf", b"%PDF-1.7\n%%EOF\n", CORRUPT, NO_PAGES, quick=True)
    yield case("mail-before-it.pdf", b"From: a@b\n\n" * 20 + one_page(), OK, holds=HELD)
    yield case("rubbish-after-it.pdf", one_page() + bytes(range(256)) * 400, OK, holds=HELD)
    yield case("twice.pdf", one_page() + one_page(stream(PLAN.replace(b"150", b"151"))), OK, LOST)
    yield case("zip-behind-it.pdf", one_page() + b"PK\x03\x04" + bytes(400), OK)
    yield case("version-99.pdf", one_page().replace(b"%PDF-1.7", b"%PDF-99.9"), OK)
    yield case(
        "runs-programs.pdf",
        one_page(stream(PLAN), b"<</S/Launch/F(/bin/touch)/Win<</F(calc)>>>>", b"<</S/JavaScript/JS(while(1){})>>")
        .replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction 6 0 R/AA<</WC 7 0 R>>", 1),
        OK, holds=HELD,
    )  # fmt: skip


def broken_streams() -> Iterator[Case]:
    """Content that ends too early: text of the page is lost and somebody must say so."""
    whole = zlib.compress(b"".join(PLAN.replace(b"760", b"%d" % y) for y in range(760, 60, -40)) * 8, 9)
    head = b"/Filter/FlateDecode"
    yield case("content-cut.pdf", one_page(stream(whole[: len(whole) // 2], head)), LOST, quick=True)
    yield case("content-rubbish.pdf", one_page(stream(b"\x78\x9c" + bytes(range(200)), head)), LOST, CORRUPT)
    flipped = bytearray(whole)
    flipped[len(flipped) // 2] ^= 0x10
    yield case("content-bit-flipped.pdf", one_page(stream(bytes(flipped), head)), LOST)
    yield case("content-unknown-filter.pdf", one_page(stream(PLAN, b"/Filter/NoSuchDecode")), LOST)
    yield case("content-checksum-missing.pdf", one_page(stream(zlib.compress(PLAN)[:-4], head)), OK, holds=HELD)
    yield case(
        "content-second-part-missing.pdf",
        one_page(stream(PLAN)).replace(b"/Contents 4 0 R", b"/Contents[4 0 R 77 0 R]", 1),
        OK, LOST,
    )  # fmt: skip


def locks() -> Iterator[Case]:
    """Passwords."""

    def locked(revision: int, user: str) -> bytes:
        out = io.BytesIO()
        aes = revision >= 4
        with pikepdf.open(io.BytesIO(one_page())) as document:
            lock = pikepdf.Encryption(owner="owner", user=user, R=revision, aes=aes, metadata=aes)  # type: ignore[arg-type]
            document.save(out, encryption=lock)
        return out.getvalue()

    for revision in (2, 3, 4, 6):
        yield case(
            f"locked-{revision}.pdf", functools.partial(locked, revision, "password"), ENCRYPTED, quick=revision == 6
        )
        yield case(f"owner-locked-{revision}.pdf", functools.partial(locked, revision, ""), OK, holds=HELD)
    odd = pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page(), stream(PLAN), FONT],
        trailer=b"/Encrypt<</Filter/NoSuch/V 99/R 99>>/ID[(a)(a)]",
    )
    yield case("locked-by-nobody-knows-what.pdf", odd, ENCRYPTED, CORRUPT)


def cases() -> Iterator[Case]:
    """Yield the hostile PDFs."""
    yield from bombs()
    yield from loops()
    yield from floods()
    yield from sizes()
    yield from counts()
    yield from broken_streams()
    yield from locks()
    yield case("sparse.pdf", b"%PDF-1.7\n" + bytes(20_000_000), CORRUPT, NO_PAGES)
    yield case("too-large.pdf", one_page(), TOO_LARGE, size=1_000_000_001)
