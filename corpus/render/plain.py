"""A layout as a text file: pages parted by form feeds, in Unicode, without marks, or in a legacy encoding."""

from __future__ import annotations

from collections.abc import Callable

from corpus.layout import Close, Header, Layout, Paragraph
from corpus.render.encode import Legacy, encode, strip_marks
from corpus.render.typeset import typeset


def page_texts(layout: Layout) -> list[str]:
    """Return the text of each page as a text export has it: whole paragraphs, page numbers left out.

    A page starts where the layout says so; a layout without page breaks is one page.
    """
    pages: list[list[str]] = [[]]
    for line in layout.lines():
        if line == "\f":
            pages.append([])
        else:
            pages[-1].append(line.replace("\u00a0", " "))
    return ["\n".join(lines) + "\n" for lines in pages]


def printed_texts(layout: Layout) -> list[str]:
    """Return the text of each page line by line as printed, page numbers included, as OCR programs save it."""
    return ["\n".join(line.text for line in sheet.lines) + "\n" for sheet in typeset(layout)]


def side_by_side(layout: Layout) -> list[str]:
    """Return pages with the two columns of header and close beside each other, as `pdftotext -layout` has them."""
    pages: list[list[str]] = [[]]

    def columns(left: tuple[Paragraph, ...], right: tuple[Paragraph, ...]) -> None:
        lefts = [row for p in left for row in p.text.split("\n")]
        rights = [row for p in right for row in p.text.split("\n")]
        for i in range(max(len(lefts), len(rights))):
            row = (lefts[i] if i < len(lefts) else "").ljust(44) + (rights[i] if i < len(rights) else "")
            pages[-1].append(row.rstrip())

    for block in layout.blocks:
        match block:
            case Header():
                columns(block.left, block.right)
            case Close():
                columns(block.recipients, block.signature)
            case _:
                for line in Layout((block,)).lines():
                    if line == "\f":
                        pages.append([])
                    else:
                        pages[-1].append(line)
    return ["\n".join(lines) + "\n" for lines in pages]


def text_file(pages: list[str], change: Callable[[str], str] = str) -> bytes:
    """Return pages as UTF-8 parted by form feeds, each changed by *change*."""
    return "\f".join(change(page) for page in pages).encode()


def unaccented_text(layout: Layout) -> bytes:
    """Return the text without Vietnamese marks."""
    return text_file(page_texts(layout), strip_marks)


def legacy_text(layout: Layout, encoding: Legacy) -> bytes:
    """Return the text in the bytes of a legacy encoding; what it cannot hold becomes a question mark."""
    return "\f".join(encode(page, encoding) for page in page_texts(layout)).encode("cp1252", "replace")
