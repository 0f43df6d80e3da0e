"""The header of a document: issuing body, number, place and date, type and subject.

Two columns stand over the title. Zones tell them apart where the page was seen; in plain text they may follow one
another or run together line by line. So every line is first cut at what only the right column holds (quốc hiệu, tiêu
ngữ, place and date); what is left is the left column. Where there is no header the body says who issues, and a
digital signature when.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.data import DigitalSignature, Document
from pipeline.lexicon import units
from pipeline.lexicon.document_types import type_of_notation, type_of_title
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.lexicon.syllables import traditional
from pipeline.normalize import agencies
from pipeline.normalize.dates import find_dates
from pipeline.normalize.document_number import read_header
from pipeline.recognize.found import Found
from pipeline.recognize.gazette import GazetteTitle, read_gazette_title
from pipeline.recognize.issuer import issuer_in_body, issuer_of_whole, signed_by
from pipeline.recognize.rows import Row, confidence_of, rows_of, spans_of
from pipeline.recognize.title import VV_RE, Title, find_title, find_vv
from pipeline.record import DocumentNumber, IssuedDate, IssuingBody

# The letters that survive bad reading are the consonants.
_QUOC_HIEU_RE = re.compile(
    r"c\S{1,4}\s*h\S{1,3}\s*x\S{1,2}\s*h\S{1,3}\s*ch\S{1,3}\s*ng\S{2,5}\s*v[il1]\S{1,4}(?:\s*n\S{1,3})?|"
    r"(?:\bc[o0]\S{1,3}\s+)?\S{0,8}\s*xa\s*h[o0][il1]\s*chu\s*ngh\S*(?:\s*v\S{2,4}\s*n\S{1,3})?|"
    r"d\S{2,3}\s+c[o0]\S{1,3}\s+san\s+v[il1]\S{1,3}\s+nam"
)
_VIET_NAM_RE = re.compile(r"\bv\S{1,2}t\s+nam\W*$")  # the end of a quốc hiệu that was set on two lines
_UNION_RE = re.compile(
    r"d[o0]an\s+(?:tncs|thanh\s*nien\s*cong\s*san)\s+h[o0]\s*chi\s*minh\W*$"
)  # heads their right column
_MOTTO_RE = re.compile(
    r"d[o0]c\s*lap(?:\W{0,6}t\S{1,2}\s*d[o0]?)?(?:\W{0,6}hanh\s*phuc)?|"
    r"d\S{1,3}\s+l\S{1,3}\s*\W{0,3}\s*t\S{1,2}\s+d\S{1,2}\s*\W{0,3}\s*h\S{2,4}\s+ph\S{1,3}|tu\s*do\W{0,5}hanh\s*phuc"
)
_DATE_RE = re.compile(
    r"(?P<ngay>(?<![a-z])n[gq]\s?a\s?[yvj]|ng.y(?=[\s.…]))[\s.…_:]*(?P<d>[0-3o]?\s?[\dlioz]{1,2}|[^\n]{0,14}?)[\s.…_,]*"
    r"(?:th\s?[aáó]\s?n[gq]|th\S{2,3})[\s.…_:]*(?P<m>[01o]?\s?[\dlioz]|[^\n]{0,10}?)[\s.…_,]*"
    r"n\s?[aăe]\s?m[\s.…_:]*(?P<y>[12l]\s?[09o]\s?[\dlioz]\s?[\dlioz])(?![\d/])"
)
_NO_DAY_RE = re.compile(  # a line that is a day without the word
    r"^\W*(?P<ngay>)(?P<d>[0-3]?\d)\s*thang\s*(?P<m>[01]?\d)\s*nam\s*(?P<y>(?:19|20)\d\d)\W*$"
)
_MONTH_ONLY_RE = re.compile(r"(?P<ngay>)(?<=, )(?P<d>)thang\s*(?P<m>\d{1,2})\s*nam\s*(?P<y>(?:19|20)\d\d)(?!\d)")
_SHORT_DATE_RE = re.compile(
    r"(?:(?P<ngay>ngay\s*)|(?<=, ))(?P<d>[0-3]?\d)\s*[/.\-]\s*(?P<m>[01]?\d)\s*[/.\-]\s*(?P<y>(?:19|20)\d\d)(?!\d)"
)
_PLACE_RE = cased(
    r"(?:(?:Thành phố|Thị xã|Thị trấn)\s+)?"
    r"(?:[[:upper:]][\w’'.]*|\d{1,2}(?=\s*,?\s*$))(?:[\s.\-–]+(?:[[:upper:]][\w’']*|\d{1,2}))*\s*[,.;:]?\s*$"
)
_NUMBER_RE = re.compile(
    r"^\W{0,3}s\s?[:.;]\s*[^/]{0,8}/\s?[a-z]{2}|"  # the o is lost
    r"^\W{0,3}(?:[a-z]+ [a-z]+ )?(?:s[o06óốôòỏồổ]{1,2}z?|55|56)(?:\s*[:.;,]|(?=\s*\W{0,3}\s*[\d.…/\-])|"
    r"\s+(?=\S{1,6}\s*/))"
)
_INNER_NUMBER_RE = re.compile(r"(?<=\s)s[o06]\s*[:.]?\s*[\d\s.…]*[-/]\s?[a-z]{1,5}\s?[-/]")
_NOISE_RE = re.compile(
    r"h[o0]a\s*t[o0]c|^\W*(?:thuong\s*)?khan\W*$|\bden\s*(?:so|ngay)|\bden\b\W*$|van\s*ban\s*den|c[o0]ng\s*van\s*den|"
    r"chuyen\s*:|luu\s*ho\s*so|ky\s*boi|nguoi\s*ky|thoi\s*gian\s*ky|ngay\s*ky|co\s*quan\s*:|email|cong\s*thong\s*tin|"
    r"^\W*(?:mat|tuyet mat|toi mat|du\s*thao.*|ban\s*sao|sao\s*y.*|ngay\s*den.*|gio.*)\W*$|trang\s*\d|www|\.vn\b|@|"
    r"signature|signed|ky\s*so|cong\s*bao"
)


_SHORT = 60  # characters of a line of the issuing body
_LONGEST = 300  # characters of a header line; patterns would take quadratic time on a hostile one


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header says; None where it does not."""

    document_type: Found[str] | None = None
    document_number: Found[DocumentNumber] | None = None
    issuing_body: Found[IssuingBody] | None = None
    place: Found[str] | None = None
    issued_date: Found[IssuedDate] | None = None
    subject: Found[str] | None = None
    body_start: int = 0  # offset of what follows the title


@dataclass(slots=True)
class _Columns:
    """The header cut into its parts."""

    left: list[Row] = field(default_factory=list)  # lines of the issuing body, before the number
    below: list[Row] = field(default_factory=list)  # left lines after the number: "V/v ..."
    number: tuple[Row, DocumentNumber] | None = None
    dated: tuple[Row, re.Match[str]] | None = None
    place: Row | None = None
    pieces: tuple[tuple[int, int], ...] = ()  # where a date on two lines stands


def find_header(document: Document, signatures: Sequence[DigitalSignature] = ()) -> HeaderFacts:
    """Return the facts of the header of *document*.

    Args:
        document: the restored text.
        signatures: of the file; they date and name where the page does not.
    """
    rows = list(rows_of(document))
    title = find_title(rows)
    above = _above(rows, title)
    columns = _columns(above)
    gazette = read_gazette_title(title.subject_rows) if title else None
    issued = _completed(_issued(columns), document, signatures) or (gazette.issued if gazette else None)
    number = _agreeing(_number(columns), title) or (gazette.number if gazette else None)
    issued = issued or _adopted(document) or _signed_then(document, signatures, number)
    day = _day(issued.value) if issued else None
    place = _place(columns, day)
    vv = find_vv(columns.below) if title is None or not title.subject else None
    body = _body(columns, rows, title, gazette, day, place, document, signatures)
    alone = None if place else _place_alone(above)
    mended = _place_of_body(place or alone, body, above)
    place = mended if mended is not alone or (alone and _named(alone.value)) else None
    return HeaderFacts(
        document_type=_type(title, number, vv, rows),
        document_number=number,
        issuing_body=body,
        place=place,
        issued_date=issued,
        subject=gazette.subject if gazette else _subject(title, vv),
        body_start=title.end if title else (above[-1].end if above else 0),
    )


_BODY_RE = re.compile(
    r"^\W*(?:kinh\s*gui|can\s*cu|dieu\s*1\b|i\s*[.,/]\s+\S|1\s*[.,]\s+\S|phan\s+(?:thu|i)\b|nham\s|de\s+)"
)
_ANY_HEADER_RE = re.compile(_QUOC_HIEU_RE.pattern + "|" + _MOTTO_RE.pattern)


def _above(rows: Sequence[Row], title: Title | None) -> list[Row]:
    """The rows over the title; without one, those before the body begins."""
    zoned = [row for row in rows if row.zone in ("header_left", "header_right") and row.page <= rows[0].page + 1]
    if title is not None:
        before = list(rows[: title.index])
        tail = [row for row in zoned if row.start > title.end and row.page == rows[title.index].page]
        return before + tail
    end = 0
    for i, row in enumerate(rows[:40]):
        if _BODY_RE.match(row.folded) or (len(row.text) > 90 and not _ANY_HEADER_RE.search(row.folded[:_LONGEST])):
            break
        end = i + 1
    # the right column may be read after "Kính gửi", which stands below the left one
    beside = [
        row
        for row in zoned
        if row.zone == "header_right" and row.page == rows[0].page and row.start > rows[end - 1].end
    ]
    top = [*rows[:end], *(beside if end else ())]
    if not any(
        _ANY_HEADER_RE.search(row.folded[:_LONGEST])
        or _NUMBER_RE.match(row.folded)
        or _DATE_RE.search(row.folded[:_LONGEST])
        for row in top
    ):
        return zoned
    return top


def _cells(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows, those of a table cell by cell; a stamp's box that was taken for a table is left out."""
    for row in rows:
        if row.zone == "table" and row.confidence is not None:
            continue
        start = 0
        for cell in row.text.split("\t"):
            part = row.part(start, start + min(len(cell), _LONGEST))
            start += len(cell) + 1
            if part is not None:
                yield part


def _pieces(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield what rows hold besides quốc hiệu and tiêu ngữ; a header may have been run together on one line."""
    cut_short = False  # the quốc hiệu goes on in the next line
    for row in _cells(rows):
        pieces = [row]
        for pattern in (_QUOC_HIEU_RE, _MOTTO_RE, _UNION_RE, *([_VIET_NAM_RE] if cut_short else [])):
            parts: list[Row] = []
            for piece in pieces:
                match = pattern.search(piece.folded)
                if match is None:
                    parts.append(piece)
                    continue
                around = (piece.part(0, match.start()), piece.part(match.end(), len(piece.text)))
                parts += [part for part in around if part is not None]
                cut_short = pattern is _QUOC_HIEU_RE and re.search(r"ngh\S*$", match[0]) is not None
            pieces = parts
        yield from pieces


_LABEL_RE = re.compile(r"^\W{0,3}s[o06]\s?[:.;,]?\s*[\d.…\s]{0,10}$")  # "Số: 90", its notation read as another line
_TAIL_RE = re.compile(r"^\W{0,2}[/|\-–]\s?(?:(?:19|20)\d\d\s?/\s?)?[a-z]{2,5}\s?[/\-–]\s?[a-z]{2}")


def _whole_numbers(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows, a number and its notation that were read as two lines as one."""
    held: Row | None = None
    for row in rows:
        if held is not None and _TAIL_RE.match(row.folded) and row.start - held.end <= 2:
            text = f"{held.text} {row.text}"
            held = replace(held, end=row.end, text=text, folded=fold(text), words=(*held.words, *row.words))
            yield held
            held = None
            continue
        if held is not None:
            yield held
        held = row if _LABEL_RE.match(row.folded) else None
        if held is None:
            yield row
    if held is not None:
        yield held


def _columns(rows: Sequence[Row]) -> _Columns:
    columns = _Columns()
    about = False  # "V/v" was met: what follows on the left is the subject
    for piece in _whole_numbers(_pieces(rows)):
        rest = _take_date(piece, columns)
        if rest is None:
            continue
        if columns.number is None and (inner := _INNER_NUMBER_RE.search(rest.folded)):
            before = rest.part(0, inner.start())  # a cell whose lines were joined
            if before is not None and before.shouted:
                columns.left.append(before)
                rest = rest.part(inner.start(), len(rest.text)) or rest
        if columns.number is None and rest.zone != "header_right" and _NUMBER_RE.match(rest.folded):
            found = read_header(rest.text)
            if found is not None:
                columns.number = (rest.part(0, found.end) or rest, found.value)
                after = rest.part(found.end, len(rest.text))
                if after is not None:
                    columns.below.append(after)
                continue
        about = about or VV_RE.match(rest.folded) is not None
        if _NOISE_RE.search(rest.folded) and not about:
            continue
        if about and rest.zone != "header_right":
            columns.below.append(rest)
        elif columns.number is None and rest.zone != "header_right":
            columns.left.append(rest)
        elif columns.number is not None:
            columns.below.append(rest)
    if columns.dated is None:
        _join_date(rows, columns)
    if columns.number is None:  # no "Số:" read: a line that is a code
        for row in list(columns.left):
            found = read_header(row.text)
            if found is not None and found.end - found.start > 0.5 * len(row.text) and "/" in row.text + "-":
                columns.number = (row, found.value)
                at = columns.left.index(row)
                columns.below = columns.left[at + 1 :] + columns.below
                del columns.left[at:]
                break
    return columns


def _join_date(rows: Sequence[Row], columns: _Columns) -> None:
    """Find place and date on two neighbouring lines: a day that was filled in later stands a little off its line."""
    right = [
        row for row in rows if row.zone in ("header_right", "body", "title") and not _ANY_HEADER_RE.search(row.folded)
    ]
    for first, second in ((a, b) for x, y in pairwise(right) for a, b in ((x, y), (y, x))):
        if len(first.text) + len(second.text) > 90:
            continue
        text = f"{first.text} {second.text}"
        if _DATE_RE.search(fold(text)) is None:
            continue
        joined = replace(first, end=first.start + len(text), text=text, folded=fold(text), words=())
        _take_date(joined, columns)
        if columns.dated is not None:
            columns.pieces = ((first.start, first.end), (second.start, second.end))
            if columns.place is not None and columns.place.end > first.end:
                columns.place = None
            columns.left = [row for row in columns.left if row not in (first, second)]
            return


def _take_date(row: Row, columns: _Columns) -> Row | None:
    """Cut place and date out of a row; return what is left of it."""
    if columns.dated is not None:
        return row
    for pattern in (_DATE_RE, _SHORT_DATE_RE, _NO_DAY_RE, _MONTH_ONLY_RE):
        match = pattern.search(row.folded)
        if match is None:
            continue
        before = row.text[: match.start()]
        if _CITING_RE.search(fold(before)):
            continue
        at = _PLACE_RE.search(before.rstrip())
        number = read_header(before) if _NUMBER_RE.match(fold(before)) else None
        place_start = at.start() if at else match.start()
        if heading := _HEADING_BEFORE_RE.match(before[place_start:]):  # "BAN TUYÊN GIÁO    Mộc Châu, ngày"
            place_start += heading.end()
        if number is not None:
            place_start = max(place_start, number.end)
        columns.dated = (row, match)
        columns.place = row.part(place_start, match.start())
        return row.part(0, place_start) or row.part(match.end(), len(row.text))
    return row


# A date that belongs to something else: a cited document, a stamp of arrival.
_CITING_RE = re.compile(
    r"\b(?:so|quyet dinh|chi thi|ke hoach|nghi quyet|cong van|theo|can cu|den|hop|het hieu luc|sinh)\W*$|"
    r"[/\-][a-z]{2,}\W*$"
)


def _digits(text: str | None) -> int | None:
    plain = re.sub(r"[\s.…_,]", "", text or "").translate(str.maketrans("lioz", "1102"))
    return int(plain) if plain.isdigit() else None


def _issued(columns: _Columns) -> Found[IssuedDate] | None:
    if columns.dated is None:
        return None
    row, match = columns.dated
    year, month, day = _digits(match["y"]), _digits(match["m"]), _digits(match["d"])
    if year is None or not 1945 <= year <= date.today().year + 1:
        return None
    span = columns.pieces or ((row.start + match.start(), row.start + match.end()),)
    confidence = confidence_of([row], 0.95 if not columns.pieces else 0.85)
    if month is None or not 1 <= month <= 12:
        return Found(
            IssuedDate(value=f"{year}", precision="year", source="header"), span, confidence * 0.7, "rule:header_date"
        )
    try:
        value = date(year, month, day or 0).isoformat()
    except ValueError:
        found = IssuedDate(value=f"{year}-{month:02d}", precision="month", source="header")
        return Found(found, span, confidence * 0.9, "rule:header_date")
    return Found(IssuedDate(value=value, precision="day", source="header"), span, confidence, "rule:header_date")


_TIMESTAMP_RE = re.compile(
    r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)t\d\d:\d\d:\d\d|"
    r"(?:thoi gian ky|ngay ky|signing time|ky ngay|"
    r"date)\s*:?\s*(?P<d2>\d{1,2})[./\-](?P<m2>\d{1,2})[./\-](?P<y2>20\d\d)",
    re.IGNORECASE,
)


def _signing_day(signatures: Sequence[DigitalSignature]) -> date | None:
    """The day on which a body signed first: its clerks do so when they issue; without one, when the last person did."""
    bodies = [s.time.date() for s in signatures if s.time is not None and agencies.starts_body(s.signer)]
    people = [s.time.date() for s in signatures if s.time is not None]
    return min(bodies) if bodies else max(people, default=None)


def _completed(
    issued: Found[IssuedDate] | None, document: Document, signatures: Sequence[DigitalSignature]
) -> Found[IssuedDate] | None:
    """Take the day that the page leaves blank from the digital signature, if month and year agree.

    Not for scans: they are signed when they are filed, a day or more after they were issued.
    """
    day = _signing_day(signatures)
    scanned = bool(document.pages) and document.pages[0].origin == "ocr"
    if issued is None or issued.value.precision != "month" or day is None or scanned:
        return issued
    if not day.isoformat().startswith(issued.value.value):
        return issued
    value = IssuedDate(value=day.isoformat(), precision="day", source="digital_signature")
    return Found(value, issued.spans, 0.85, "digital_signature")


_ADOPTED_RE = re.compile(
    r"(?:nghi\s+quyet|luat|phap\s+lenh|dieu\s+le|quy\s+che)\s+nay\s+(?:da\s+)?duoc\s+[^.]{8,220}?\s+thong\s+qua\s+"
    r"(?:vao\s+)?(?=ngay\s)"
)


def _adopted(document: Document) -> Found[IssuedDate] | None:
    """The day on which an assembly adopted what bears no date above: "Nghị quyết này được ... thông qua ngày ..."."""
    folded = fold(document.text)
    for match in _ADOPTED_RE.finditer(folded):
        end = match.end()
        when = next(iter(find_dates(folded[end : end + 40])), None)
        if when is not None and when.start == 0 and when.when.end is not None and when.when.precision == "day":
            value = IssuedDate(value=when.when.end.isoformat(), precision="day", source="body")
            return Found(value, ((end, end + when.end),), 0.85, "rule:adopted")
    return None


def _signed_then(
    document: Document, signatures: Sequence[DigitalSignature], number: Found[DocumentNumber] | None
) -> Found[IssuedDate] | None:
    """The day of a digital signature; not that of a publisher, years after the year in the number."""
    signed = _signed(document, signatures)
    year = number.value.year if number else None
    return None if signed and year and int(signed.value.value[:4]) > year + 1 else signed


def _signed(document: Document, signatures: Sequence[DigitalSignature]) -> Found[IssuedDate] | None:
    """The day of a digital signature, of the file or of the trace that it left in the text."""
    signed = _signing_day(signatures)
    if signed is not None:
        value = IssuedDate(value=signed.isoformat(), precision="day", source="digital_signature")
        return Found(value, (), 0.9, "digital_signature")
    for match in _TIMESTAMP_RE.finditer(fold(document.text)):
        year, month, day = (int(match[a] or match[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
        try:
            stamped = date(year, month, day)
        except ValueError:
            continue
        value = IssuedDate(value=stamped.isoformat(), precision="day", source="digital_signature")
        return Found(value, ((match.start(), match.end()),), 0.85, "rule:signature_trace")
    return None


def _day(issued: IssuedDate) -> date:
    parts = [int(part) for part in issued.value.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _place_of_body(
    place: Found[str] | None, body: Found[IssuingBody] | None, above: Sequence[Row]
) -> Found[str] | None:
    """Mend a damaged place by the units of the issuing body, or find it on a line of its own."""
    if body is None:
        return place
    own = [name for name in (body.value.commune, body.value.district, body.value.province) if name]
    rows = [
        row for row in above if row.zone == "header_right" and row.text.rstrip().endswith(",") and len(row.text) < 30
    ]
    candidates = [place] if place else [Found(r.text, ((r.start, r.end),), 0.75, "rule:header_place") for r in rows]
    for found in candidates:
        letters = fold(found.value).strip(" ,.")
        for name in own:
            close = SequenceMatcher(None, letters, fold(name), autojunk=False).ratio() >= 0.85
            close = close or (len(letters) >= 3 and fold(name).endswith(letters))  # "uảng Ngãi": its beginning is lost
            if close and letters != fold(name):
                return Found(name, found.spans, found.confidence * 0.9, found.method)
    return place


_PLACE_ALONE_RE = re.compile(r"^\W{0,3}(?P<place>[^\d,;:]{3,30}?)\s*,\s*ng.y\b")


def _named(text: str) -> bool:
    """Tell whether every word begins with a capital."""
    return all(word[:1].isupper() for word in text.split())


def _place_alone(rows: Sequence[Row]) -> Found[str] | None:
    """The place before a day that cannot be read, or a place without its first capital: the body's units mend it."""
    for row in rows:
        match = _PLACE_ALONE_RE.match(row.folded)
        if match is None or row.zone != "header_right" or len(row.text) > _SHORT:
            continue
        start, end = match.span("place")
        text = row.text[start:end]
        known = next((found.name for found in units.find(text, "province") if units.same_name(found.name, text)), None)
        return Found(
            known or text, ((row.start + start, row.start + end),), confidence_of([row], 0.8), "rule:header_place"
        )
    return None


# a heading in capitals that was joined with the line below it
_HEADING_BEFORE_RE = cased(r"^(?:[[:upper:]]{2,}\s+){2,}(?=[[:upper:]][[:lower:]])")


def _place(columns: _Columns, on: date | None) -> Found[str] | None:
    row = columns.place
    if row is None:
        return None
    text = traditional(" ".join(row.text.split()).strip(" .,;:-–…_\"'"))
    text = re.sub(
        r"^(?:T\.?P\.?|Tp\.?)\s*(?=[A-ZĐ])", lambda m: m[0].strip().rstrip(".") + ". " if "." in m[0] else m[0], text
    )
    text = _HEADING_BEFORE_RE.sub("", text)
    if re.match(r"tinh\s", fold(text)):  # the end of the issuing body's name, which stood beside a date without place
        return None
    if len(text) < 2 or not any(char.isalpha() for char in text):
        return None
    for found in (*units.find(text, on=on), *units.find(text, edition=63)):
        if found.code is not None and units.split_kind(text)[0] is None:
            text = found.name
            break
    return Found(text, ((row.start, row.end),), confidence_of([row], 0.95), "rule:header_place")


def _number(columns: _Columns) -> Found[DocumentNumber] | None:
    if columns.number is None:
        return None
    row, value = columns.number
    confidence = confidence_of([row], 0.95 if value.number is not None else 0.85)
    return Found(value, ((row.start, row.end),), confidence, "rule:header_number")


def _agreeing(found: Found[DocumentNumber] | None, title: Title | None) -> Found[DocumentNumber] | None:
    """Mend the sign of a notation by the title: "RH-SYT" under KẾ HOẠCH is "KH-SYT"."""
    if found is None or title is None or title.type is None or found.value.notation is None:
        return found
    sign, dash, rest = found.value.notation.partition("-")
    if not dash or type_of_notation(sign) is not None or len(sign) != len(title.type):
        return found
    if sum(a != b for a, b in zip(fold(sign), fold(title.type), strict=True)) > 1:
        return found
    value = found.value.model_copy(update={"notation": f"{title.type}-{rest}"})
    return Found(value, found.spans, found.confidence * 0.9, found.method)


def _type(
    title: Title | None, number: Found[DocumentNumber] | None, vv: tuple[str, list[Row]] | None, rows: Sequence[Row]
) -> Found[str] | None:
    if title is not None and title.type is not None:
        return Found(title.type, ((title.type_row.start, title.type_row.end),), title.confidence, "rule:title")
    sign = type_of_notation(number.value.notation) if number else None
    if number is not None and sign is not None:
        return Found(sign, number.spans, number.confidence * 0.9, "rule:notation")
    if vv is not None:
        return Found("CV", spans_of(vv[1]), 0.9, "rule:vv")
    for row in rows[:40]:
        if number is not None and re.match(r"\W*kinh\s*gui", row.folded):
            return Found("CV", ((row.start, row.end),), 0.85, "rule:kinh_gui")
    return None


def _subject(title: Title | None, vv: tuple[str, list[Row]] | None) -> Found[str] | None:
    if title is not None and title.subject:
        return Found(title.subject, spans_of(title.subject_rows), confidence_of(title.subject_rows, 0.9), "rule:title")
    if vv is not None and vv[0]:
        return Found(vv[0], spans_of(vv[1]), confidence_of(vv[1], 0.9), "rule:vv")
    return None


def _body(
    columns: _Columns,
    rows: Sequence[Row],
    title: Title | None,
    gazette: GazetteTitle | None,
    day: date | None,
    place: Found[str] | None,
    document: Document,
    signatures: Sequence[DigitalSignature],
) -> Found[IssuingBody] | None:
    where = place.value if place else None
    lines = _body_lines(columns.left)
    if not lines and columns.number is not None:  # typed in small letters
        lines = _body_lines(columns.left, small=True)
    if lines:
        value = agencies.issuing_body([row.text for row in lines], day, where, document.text)
        if value is not None:
            return Found(value, spans_of(lines), confidence_of(lines, 0.92), "rule:header_body")
    if gazette is not None and gazette.body is not None:
        value = agencies.issuing_body([gazette.body], day, where, document.text)
        if value is not None:
            return Found(value, gazette.body_spans, 0.9, "rule:gazette_title")
    stated = (None if title else issuer_of_whole(rows)) or issuer_in_body(rows[title.index + 1 :] if title else rows)
    if stated is not None:
        value = agencies.issuing_body([stated.text], day, where, document.text)
        if value is not None:
            return Found(value, stated.spans, 0.85, "rule:stated_issuer")
    signed = signed_by(document, signatures)
    if signed is not None:
        value = agencies.issuing_body([signed.text], day, where, document.text)
        if value is not None:
            return Found(value, signed.spans, 0.8, "digital_signature")
    return None


_CODE_END_RE = re.compile(r"[/|]\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ]{1,5}[a-z]?\s?[-–]\s?[A-ZĐ]{2,}\W*$")


# "TỈNH BÌNH ĐỊNH / HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG": the unit that the office belongs to
_UNIT_LINE_RE = re.compile(r"\W*(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong)(?:\s+[a-z]+){1,4}\W*")


def _body_lines(left: Sequence[Row], *, small: bool = False) -> list[Row]:
    """The lines of the issuing body: from the first that begins one, in capitals unless they may be *small*."""
    lines: list[Row] = []
    for row in left:
        letters = sum(char.isalpha() for char in row.text)
        if letters < 2 or (not row.shouted and row.zone != "header_left" and not (small and len(row.text) < _SHORT)):
            continue
        if not lines and not (agencies.starts_body(row.text) or _UNIT_LINE_RE.fullmatch(row.folded)):
            continue
        if _NUMBER_RE.match(row.folded) or _CODE_END_RE.search(row.text) or type_of_title(row.text):
            break
        lines.append(row)
    return lines[:8]
