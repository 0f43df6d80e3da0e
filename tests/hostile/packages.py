"""Word files and other archives: bombs, loops, entities that reach for other files, parts that are not there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tests.hostile.case import CORRUPT, ENCRYPTED, MEMORY, NO_PAGES, OK, TIMEOUT, TOO_LARGE, UNSUPPORTED, Case, case

SECRET = "root:x:0:0"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{OFFICE}numbering+xml"/></Types>'
)
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
ROOT = f'<Relationship Id="r1" Type="{RELATION}officeDocument" Target="word/document.xml"/>'
PLAN = "<w:p><w:r><w:t>Kế hoạch tổ chức hội nghị, số lượng 150 đại biểu</w:t></w:r></w:p>"


def document(body: str, before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'


def package(parts: dict[str, str | bytes], *, left_out: tuple[str, ...] = ()) -> bytes:
    """Return a package with the parts that a document needs, those of *parts* instead or besides."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS.format(ROOT), "word/document.xml": document(PLAN),
    }  # fmt: skip
    whole |= parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            if name not in left_out:
                info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
    return out.getvalue()


def word(body: str, before: str = "") -> bytes:
    return package({"word/document.xml": document(body, before)})


def related(name: str, content: str, kind: str) -> bytes:
    relation = f'<Relationship Id="r1" Type="{RELATION}{kind}" Target="{name}"/>'
    return package({f"word/{name}": content, "word/_rels/document.xml.rels": RELATIONS.format(relation)})


def bombs() -> Iterator[Case]:
    yield case("bomb.docx", lambda: word("<w:p/>" * 60_000_000), TOO_LARGE)
    yield case("bomb-of-spaces.docx", lambda: word(PLAN + " " * 250_000_000), OK, CORRUPT, TOO_LARGE, MEMORY, TIMEOUT)
    yield case("bomb-beside.docx", lambda: package({"word/media/a.bin": bytes(400_000_000)}), TOO_LARGE)
    many: dict[str, str | bytes] = {f"word/media/{n}.bin": b"" for n in range(30_000)}
    yield case("many-parts.docx", lambda: package(many), TOO_LARGE)
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    yield case(
        "entity-laughs.docx",
        word("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'), CORRUPT, quick=True,
    )  # fmt: skip
    for name, place in {"file": "file:///etc/passwd", "host": "http://127.0.0.1:9/x", "program": "expect://id"}.items():
        entity = f'<!DOCTYPE x [<!ENTITY out SYSTEM "{place}">]>'
        content = word(f"{PLAN}<w:p><w:r><w:t>&out;</w:t></w:r></w:p>", entity)
        yield case(f"entity-from-{name}.docx", content, CORRUPT, lacks=SECRET, quick=name == "file")
    outside = '<!DOCTYPE x [<!ENTITY % out SYSTEM "file:///etc/passwd"> %out;]>'
    yield case("entity-of-parameters.docx", word(PLAN, outside), CORRUPT, lacks=SECRET)
    yield case("doctype-from-elsewhere.docx", word(PLAN, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), CORRUPT)
    styles = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]><w:styles {W}>&out;</w:styles>'
    )
    yield case("entity-in-styles.docx", related("styles.xml", styles, "styles"), CORRUPT, OK, lacks=SECRET)


def deep() -> Iterator[Case]:
    def tables(depth: int) -> str:
        return "<w:tbl><w:tr><w:tc>" * depth + PLAN + "</w:tc></w:tr></w:tbl>" * depth

    yield case("tables-within-tables-30.docx", word(tables(30)), OK, holds="150")
    yield case("tables-within-tables-2000.docx", word(PLAN + tables(2_000)), OK, CORRUPT)
    yield case(
        "controls-within-controls.docx",
        word(PLAN + "<w:sdt><w:sdtContent>" * 120 + PLAN + "</w:sdtContent></w:sdt>" * 120),
        OK,
        CORRUPT,
    )
    runs = "<w:p>" + "<w:smartTag>" * 200 + "<w:r><w:t>Kế hoạch</w:t></w:r>" + "</w:smartTag>" * 200 + "</w:p>"
    yield case("tags-within-tags.docx", word(PLAN + runs), OK, CORRUPT)
    yield case("elements-250-deep.docx", word(PLAN + "<w:x>" * 250 + "</w:x>" * 250), OK, CORRUPT)
    yield case("elements-100000-deep.docx", word(PLAN + "<w:x>" * 100_000 + "</w:x>" * 100_000), CORRUPT, OK)
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("AB", "BA")
    )
    styled = PLAN.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>')
    relation = f'<Relationship Id="r1" Type="{RELATION}styles" Target="styles.xml"/>'
    yield case(
        "styles-in-circles.docx",
        package({
            "word/document.xml": document(styled), "word/_rels/document.xml.rels": RELATIONS.format(relation),
            "word/styles.xml": f'<?xml version="1.0"?><w:styles {W}>{circle}</w:styles>',
        }), OK, holds="150", quick=True,
    )  # fmt: skip
    levels = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/>'
        '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%2%9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = PLAN.replace("<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    listed += listed.replace('"77"', '"0"')
    relation = f'<Relationship Id="r1" Type="{RELATION}numbering" Target="numbering.xml"/>'
    yield case(
        "numbers-beyond-numbers.docx",
        package({
            "word/document.xml": document(listed), "word/_rels/document.xml.rels": RELATIONS.format(relation),
            "word/numbering.xml": f'<?xml version="1.0"?><w:numbering {W}>{levels}</w:numbering>',
        }), OK, holds="150",
    )  # fmt: skip
    yield case("many-paragraphs.docx", lambda: word(PLAN * 20_000), OK, TIMEOUT)
    yield case("many-page-breaks.docx", word('<w:p><w:r><w:br w:type="page"/></w:r></w:p>' * 5_000 + PLAN), OK)
    wide = "<w:tbl><w:tr>" + f"<w:tc>{PLAN}</w:tc>" * 5_000 + "</w:tr></w:tbl>"
    yield case("table-of-5000-columns.docx", word(wide), OK, TIMEOUT)


def broken() -> Iterator[Case]:
    whole = word(PLAN)
    yield case("document-missing.docx", package({}, left_out=("word/document.xml",)), UNSUPPORTED, CORRUPT)
    yield case("types-missing.docx", package({}, left_out=("[Content_Types].xml",)), CORRUPT)
    yield case("relations-missing.docx", package({}, left_out=("_rels/.rels",)), CORRUPT, quick=True)
    yield case("document-empty.docx", package({"word/document.xml": ""}), CORRUPT)
    yield case("document-without-body.docx", package({"word/document.xml": f"<w:document {W}/>"}), CORRUPT, NO_PAGES)
    yield case("document-without-text.docx", word("<w:p/>"), NO_PAGES, quick=True)
    yield case("document-cut.docx", package({"word/document.xml": document(PLAN)[:150]}), CORRUPT)
    yield case("document-binary.docx", package({"word/document.xml": bytes(range(256)) * 40}), CORRUPT)
    yield case(
        "document-utf-16.docx",
        package({"word/document.xml": document(PLAN).replace("UTF-8", "UTF-16").encode("utf-16")}),
        OK,
        holds="150",
    )
    yield case(
        "document-wrong-encoding.docx", package({"word/document.xml": document(PLAN).encode("utf-16-be")}), CORRUPT, OK
    )
    yield case(
        "document-is-html.docx", package({"word/document.xml": "<html><body>404</body></html>"}), CORRUPT, NO_PAGES
    )
    nowhere = f'<Relationship Id="r1" Type="{RELATION}header" Target="../../../../etc/passwd"/>'
    yield case(
        "part-outside.docx",
        package({"word/_rels/document.xml.rels": RELATIONS.format(nowhere)}),
        CORRUPT,
        OK,
        lacks=SECRET,
    )
    missing = f'<Relationship Id="r1" Type="{RELATION}image" Target="media/none.png"/>'
    yield case("part-missing.docx", package({"word/_rels/document.xml.rels": RELATIONS.format(missing)}), CORRUPT, OK)
    linked = (
        f'<Relationship Id="r1" Type="{RELATION}attachedTemplate" '
        'Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
    )
    yield case(
        "template-from-elsewhere.docx",
        package({"word/_rels/document.xml.rels": RELATIONS.format(linked)}),
        OK,
        holds="150",
    )
    circle = f'<Relationship Id="r1" Type="{RELATION}numbering" Target="document.xml"/>'
    yield case("part-of-itself.docx", package({"word/_rels/document.xml.rels": RELATIONS.format(circle)}), OK, CORRUPT)
    macro = package(
        {
            "[Content_Types].xml": TYPES.replace(
                f"{OFFICE}document.main", "application/vnd.ms-word.document.macroEnabled.main"
            )
        }
    )
    yield case("macros.docm", macro, OK, CORRUPT)
    wrong = bytearray(whole)
    at = whole.index(b"word/document.xml") + 40
    wrong[at] ^= 0x55
    yield case("data-damaged.docx", bytes(wrong), CORRUPT)
    flagged = bytearray(whole)
    for at in (i for i in range(len(whole)) if whole[i : i + 4] in (b"PK\x03\x04", b"PK\x01\x02")):
        flagged[at + (6 if whole[at + 2] == 3 else 8)] |= 1
    yield case("zip-password.docx", bytes(flagged), ENCRYPTED, CORRUPT)
    method = bytearray(whole)
    for at in (i for i in range(len(whole)) if whole[i : i + 4] in (b"PK\x03\x04", b"PK\x01\x02")):
        method[at + (8 if whole[at + 2] == 3 else 10)] = 77
    yield case("zip-unknown-method.docx", bytes(method), CORRUPT)
    size = bytearray(whole)
    for at in (i for i in range(len(whole)) if whole[i : i + 4] == b"PK\x01\x02"):
        size[at + 24 : at + 28] = (10).to_bytes(4, "little")
    yield case("zip-lies-about-sizes.docx", bytes(size), CORRUPT)
    yield case("zip-rubbish-before.docx", b"PK\x03\x04" + b"x" * 500 + whole, OK, CORRUPT, UNSUPPORTED)
    yield case("zip-end-only.docx", b"PK\x05\x06" + bytes(18), UNSUPPORTED)


def others() -> Iterator[Case]:
    def archive(**parts: str) -> bytes:
        return package({name.replace("__", "/"): text for name, text in parts.items()}, left_out=("word/document.xml",))

    yield case("spreadsheet.xlsx", archive(xl__workbook="x"), UNSUPPORTED)
    yield case("spreadsheet-named.docx", archive(xl__workbook="y"), UNSUPPORTED, quick=True)
    yield case("slides.pptx", archive(ppt__presentation="x"), UNSUPPORTED)
    yield case(
        "open-document.odt", archive(mimetype="application/vnd.oasis.opendocument.text", content="x"), UNSUPPORTED
    )
    yield case("plain-archive.zip", archive(a="x"), UNSUPPORTED)
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield case("ole-empty.doc", magic + bytes(504), UNSUPPORTED)
    yield case(
        "ole-locked.docx",
        magic + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64),
        ENCRYPTED,
        quick=True,
    )
    pretender = magic + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2_000)
    yield case(
        "ole-broken-word.doc",
        pretender,
        "quarantined: libreoffice_failed",
        "quarantined: no_libreoffice",
        CORRUPT,
        NO_PAGES,
    )


def cases() -> Iterator[Case]:
    """Yield the hostile packages."""
    yield from bombs()
    yield from deep()
    yield from broken()
    yield from others()
