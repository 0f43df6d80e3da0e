"""Plain text and Markdown → pages; bytes are decoded so that code points of legacy encodings survive."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.data import Line, Page, Zone
from pipeline.lexicon.condition import judge
from pipeline.lexicon.document_types import type_of_title
from pipeline.lexicon.folding import fold
from pipeline.read.faults import fault
from pipeline.read.landmarks import MOTTO_RE, RECIPIENTS_RE, SIGNING_RE

MAX_BYTES = 50_000_000
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_HEADING_RE = re.compile(r"^ {0,3}#{1,6}[ \t]+")
_RULE_RE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_EMPHASIS_RE = re.compile(r"(?<![\\*])(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\*)")
_UNDERLINE_RE = re.compile(r"(?<![\w\\_])(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?![\w_])")
_STRAY_BOLD_RE = re.compile(r"(?<!\\)\*{2,3}")
_LINK_RE = re.compile(r"(?<!\\)!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_ESCAPE_RE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_BREAK_RE = re.compile(r"<br\s*/?>|(?: {2,}|\\)$", re.IGNORECASE)
_COMMENT_RE = re.compile(r"<!--.*?-->")
_TABLE_RULE_RE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$")
_TABLE_ROW_RE = re.compile(r"^\s*\|(.+)\|\s*$")
_QUOTE_RE = re.compile(r"^ {0,3}>[ \t]?")

_OUTLINE_RE = re.compile(r"^\s*(page|trang)\s+\d{1,4}\s*$", re.IGNORECASE)
_SIGNED_AT_RE = re.compile(r"^\s*\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d\s*([+-]\d\d:?\d\d|z)\s*$", re.IGNORECASE)
_SIGNED_BY_RE = re.compile(r"da ky len van ban")
_PAGE_NUMBER_RE = re.compile(r"^\s*[-–—]?\s*(trang\s+)?\d{1,3}(\s*/\s*\d{1,3})?\s*[-–—]?\s*$", re.IGNORECASE)


def decode_bytes(data: bytes, name: str) -> str:
    """Return *data* as text; bytes of an unknown 8-bit encoding become the code points of Windows-1252.

    What legacy encoding those are is for `pipeline.lexicon.encodings` to find out.

    Raises:
        InputFileError: ``undecodable_text``.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise fault("undecodable_text", name, str(error.reason)) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if data.count(0) > len(data) // 5:  # UTF-16 without a mark: every other byte of ASCII text is zero
        encoding = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise fault("undecodable_text", name, str(error.reason)) from error
    windows = "".join(_WINDOWS_1252[byte] for byte in data)
    return max(_readings(data, windows), key=lambda text: judge(text).quality)


def _readings(data: bytes, windows: str) -> Iterator[str]:
    yield windows  # first: kept where no other reading is better Vietnamese
    with suppress(UnicodeDecodeError):
        yield unicodedata.normalize("NFC", data.decode("cp1258"))
    broken = data.decode("utf-8", "replace")  # UTF-8 with a byte lost, as when a copy was cut off
    if broken.count("\ufffd") <= len(broken) * 0.01:
        yield broken


def _windows_1252() -> list[str]:
    table = []
    for byte in range(256):
        try:
            table.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            table.append(chr(byte))  # five holes; VISCII and VPS have letters there
    return table


_WINDOWS_1252 = _windows_1252()


def read_plain(path: Path) -> Iterator[Page]:
    """Yield the pages of a text file, parted by form feeds; Markdown marks are left out.

    Raises:
        InputFileError: ``empty_file``, ``too_large`` or ``undecodable_text``.
    """
    if path.stat().st_size > MAX_BYTES:
        raise fault("too_large", path.name)
    text = decode_bytes(path.read_bytes(), path.name)
    if not text.strip("\ufeff \t\r\n\f\x00"):
        raise fault("empty_file", path.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    pages = text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # pdftotext ends every page with a form feed, the last one too
    markdown = path.suffix.lower() in MARKDOWN_SUFFIXES
    for number, content in enumerate(pages, 1):
        rows = content.split("\n")
        lines = tuple(_markdown_lines(rows)) if markdown else tuple(columns_apart(rows))
        yield Page(number, _with_margins(_trimmed(lines), len(pages) > 1), "plain", "plain text")


def _trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave out empty lines at the end; those between stay, since `kehoach restore` keeps the line count."""
    last = len(lines)
    while last and not lines[last - 1].text:
        last -= 1
    return lines[:last]


def _with_margins(lines: tuple[Line, ...], paged: bool) -> tuple[Line, ...]:
    """Mark page numbers and the outline and signature stamp that exports append."""
    zones: list[Zone] = [line.zone for line in lines]
    filled = [i for i, line in enumerate(lines) if line.text]
    if paged and len(filled) > 1:
        for i in (filled[0], filled[-1]):
            if _PAGE_NUMBER_RE.match(lines[i].text):
                zones[i] = "margin"
    if (start := stamp_start([line.text for line in lines])) is not None:
        zones[start:] = ["margin"] * (len(zones) - start)
    return tuple(Line(line.text, zone=zone) for line, zone in zip(lines, zones, strict=True))


_GAP_RE = re.compile(r"(?<=\S)(?: {3,}| *\t\s*)(?=\S)")
_LEAD_RE = re.compile(r"^(?: {12,}|\t+ *)(?=\S)")
_HEADER_LINES = 16  # with text, within which a header stands


def columns_apart(rows: Sequence[str]) -> list[Line]:
    """Return the lines of *rows*; columns of header and close that stand side by side come one after the other.

    >>> [line.text for line in columns_apart(["UBND XÃ A        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ...                                       "Số: 1/KH-UBND      Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH"])]
    ['UBND XÃ A', 'Số: 1/KH-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'KẾ HOẠCH']
    """
    lines: list[Line] = []
    filled = [i for i, row in enumerate(rows) if row.strip()]
    first = next((i for i in filled[:_HEADER_LINES] if len(_sides(rows[i])) == 2), len(rows))
    start = _header_end(rows, first)
    if any(MOTTO_RE.search(fold(row)) for row in rows[first:start]):
        lines += [Line(row.strip()) for row in rows[:first]]
        lines += _two_columns(rows[first:start], ("header_left", "header_right"))
    else:
        start = 0
    i = start
    while i < len(rows):
        sides = _sides(rows[i])
        left, right = (fold(sides[0]), fold(sides[1])) if len(sides) == 2 else ("", "")
        if len(sides) == 2 and (RECIPIENTS_RE.search(left) or (SIGNING_RE.search(right))):
            end = _close_end(rows, i)
            zones: tuple[Zone, Zone] = ("recipients", "signature")
            if not any(RECIPIENTS_RE.search(fold(row)) for row in rows[i:end]):
                zones = ("signature", "signature")
            lines += _two_columns(rows[i:end], zones)
            i = end
        else:
            lines.append(Line(rows[i].strip(), zone="table" if _is_table_row(rows, i) else "body"))
            i += 1
    return lines


def _is_table_row(rows: Sequence[str], i: int) -> bool:
    """Whether cells parted by tabs stand in this row and as many in one beside it."""
    cells = rows[i].strip().count("\t")
    return cells > 0 and any(rows[j].strip().count("\t") == cells for j in (i - 1, i + 1) if 0 <= j < len(rows))


def _header_end(rows: Sequence[str], first: int) -> int:
    """Where the header that begins at *first* ends: at a line over both columns, or centred under them."""
    end = first
    gutter = None
    for i in range(first, min(len(rows), first + 3 * _HEADER_LINES)):
        sides = _sides(rows[i])
        start = len(rows[i].rstrip()) - len(sides[-1])
        title = type_of_title(sides[-1]) if not sides[0] else None
        if title is not None and not sides[-1][title[1] :].strip(" .:*"):
            break  # "KẾ HOẠCH" alone is centred under a header whose right column begins before the middle
        if len(sides) == 2 and (gutter is None or sides[0] or start >= gutter - 6):
            gutter = start if gutter is None else min(gutter, start)
            end = i + 1
        elif rows[i].strip():
            break
    return end


def _sides(row: str) -> list[str]:
    """The texts left and right of the one wide gap of *row*; a row of a table has more gaps, or none."""
    parts = _GAP_RE.split(row.strip())
    if len(parts) == 1 and _LEAD_RE.match(row) and row.strip():
        return ["", row.strip()]
    return parts


def _close_end(rows: Sequence[str], start: int) -> int:
    """Where the close that begins at *start* ends: at a line over the full width, or a gap of four empty lines."""
    empty = 0
    for i in range(start, len(rows)):
        empty = empty + 1 if not rows[i].strip() else 0
        if empty > 4 or len(_sides(rows[i])) > 2 or (len(_sides(rows[i])) == 1 and len(rows[i].strip()) > 70):
            return i
        if _SIGNED_AT_RE.match(rows[i]) or _OUTLINE_RE.match(rows[i]):
            return i
    return len(rows)


def _two_columns(rows: Sequence[str], zones: tuple[Zone, Zone]) -> list[Line]:
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        for zone, column, text in zip(zones, columns, _sides(row), strict=False):
            if text:
                column.append(Line(" ".join(text.split()), zone=zone))
    return [*columns[0], *columns[1]]


def stamp_start(texts: list[str]) -> int | None:
    """Return where the outline ("Page 1", "Page 2", ...) and the stamp of a digital signature begin, if any.

    >>> stamp_start(["Nơi nhận:", "", "Page 1", "Page 2", "", "2019-09-30T17:30:04+0700", "... đã ký lên văn bản này!"])
    2
    >>> stamp_start(["Trang 2", "Hội nghị"]) is None
    True
    """
    start = len(texts)
    seen = False
    for i in range(len(texts) - 1, -1, -1):
        text = texts[i]
        if not text.strip():
            continue
        if _OUTLINE_RE.match(text) or _SIGNED_AT_RE.match(text) or _SIGNED_BY_RE.search(fold(text)):
            start, seen = i, True
        elif not any(_SIGNED_AT_RE.match(above) for above in texts[max(0, i - 6) : i]):
            break  # lines below the time (country, office) belong to the stamp, anything else ends it
    return start if seen else None


def _markdown_lines(rows: list[str]) -> Iterator[Line]:
    for row in rows:
        if _TABLE_RULE_RE.match(row) and "|" in row:
            continue
        if cells := _TABLE_ROW_RE.match(row):
            yield Line("\t".join(without_marks(cell.strip()) for cell in cells[1].split("|")), zone="table")
        else:
            yield Line(without_marks(row))


def without_marks(row: str) -> str:
    r"""Return a line of Markdown without its marks.

    List marks ("-", "+", "1.") stay: they are the plan's own bullets.

    >>> without_marks("## **2. Số lượng, thành phần:**")
    '2. Số lượng, thành phần:'
    >>> without_marks(r"\* Phòng Văn hóa & TT: (*qua phòng Nội vụ*)  ")
    '* Phòng Văn hóa & TT: (qua phòng Nội vụ)'
    >>> without_marks("2 * 3 = 6, xem_ghi_chú")
    '2 * 3 = 6, xem_ghi_chú'
    """
    if _RULE_RE.match(row):
        return ""
    row = _COMMENT_RE.sub("", row)
    row = _QUOTE_RE.sub("", _HEADING_RE.sub("", row))
    row = _LINK_RE.sub(r"\1", _BREAK_RE.sub("", row))
    row = _EMPHASIS_RE.sub(r"\2", row)
    row = _UNDERLINE_RE.sub(r"\2", _EMPHASIS_RE.sub(r"\2", row))
    row = _STRAY_BOLD_RE.sub("", row)  # bold that runs over several lines
    return _ESCAPE_RE.sub(r"\1", row).strip()
