"""Tên loại và trích yếu: the line that names the type of document, and the subject below it (or after "V/v")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon.document_types import type_of_title
from pipeline.lexicon.letters import cased
from pipeline.normalize.agencies import starts_body
from pipeline.recognize.issuer import states_issuer
from pipeline.recognize.rows import Row

_FAR = 60  # rows; a title further down belongs to an annex
_STOP_RE = re.compile(
    r"^\W*(?:can\s*cu\b|kinh\s*gui|xet\s+(?:de|to|noi)|theo\s+de\s+nghi|dieu\s+\d|phan\s+(?:thu|[ivx1]+\b)|chuong\s+[ivx1]|"
    r"muc\s+[ivx1]|(?!v\s*/\s*v)(?:[ivx]{1,4}|[1l]|a)\s*[.,)/]\s*\S|ngay\s+\d|nam\s+\d{4},|nham\s|de\s+(?!an)|tren\s*co\s*so|"
    r"vua\s*qua|duoc\s*su|tiep\s*nhan|nhan\s*duoc|chap\s*hanh|quan\s*triet|thi\s*hanh|trong\s+(?:nhung|thoi)|noi\s*nhan|luat\s+|hom\s+nay|thoi\s+gian\s*:)"
)
_AMBIGUOUS_RE = re.compile(r"^\W*(?:thuc\s*hien|trien\s*khai|huong\s*ung|tiep\s*tuc|theo\s|phat\s*huy|chao\s*mung)\b")
_ASIDE_RE = re.compile(r"^\W*\(?\s*(?:ban\s*hanh\s*)?kem\s*theo|^\W*\((?:ban\s*hanh|kem|thuc\s*hien\s*theo|du\s*thao)")
_PROSE_RE = re.compile(r"nhu\s*sau\s*:?\s*$|nhu\s*sau\s*[:;,]|xay\s*dung\s*ke\s*hoach\s.*nhu|\bcu\s*the\s*nhu")
_OPEN_END_RE = re.compile(
    r"(?:[-–,&/]|\b(?:va|cua|cac|tai|ve|cho|trong|den|theo|voi|de|nam|lan|thu|giai|doan|tinh|huyen|thi|thanh|pho|so|hoi|dai|"
    r"nghi|ke|hoach|nhan|to|chuc|tien|toi|nguoi|cong|tac|ngay|thang|cap|phong|xa|phuong|nuoc|toan|quoc|viec|nhiem|ky|bo|uy|ban|y|chinh|phu|tich))\s*$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a document: its type and subject, and the rows that say so."""

    type: str | None
    type_row: Row
    index: int  # of the type's row
    subject: str
    subject_rows: list[Row]
    end: int  # offset after the title
    confidence: float


def find_title(rows: Sequence[Row]) -> Title | None:
    """Return the first title; None for a công văn and for text that begins below its title."""
    for index, whole in enumerate(rows[:_FAR]):
        row = _bare(whole)
        found = type_of_title(row.text)
        if found is None:
            if re.match(r"\W*(?:kinh\s*gui|can\s*cu)\b", row.folded) and not _title_follows(rows, index):
                return None
            continue
        sign, length = found
        if not _is_title(row, length, rows, index):
            continue
        type_row = row.part(0, length) or row
        rest = row.part(length, len(row.text))
        if rest is not None and not any(char.isalnum() for char in rest.text):
            rest = None
        subject_rows = _subject_rows(rest, rows, index)
        if subject_rows and (vv := VV_RE.match(subject_rows[0].folded)) and vv.end():
            first = subject_rows[0].part(vv.end(), len(subject_rows[0].text))
            subject_rows = [first, *subject_rows[1:]] if first else subject_rows[1:]
        subject = join_lines([part.text for part in subject_rows])
        end = subject_rows[-1].end if subject_rows else row.end
        return Title(sign, type_row, index, subject, subject_rows, end, 0.97 if row.shouted else 0.8)
    return None


def _bare(row: Row) -> Row:
    """The row without specks read around it: ": KẾ HOẠCH -"."""
    start = next((i for i, char in enumerate(row.text) if char.isalnum() or char in '(“"'), 0)
    return row.part(start, len(row.text)) or row


def _title_follows(rows: Sequence[Row], index: int) -> bool:
    """Bases may stand over the title where columns were read in an odd order: only a row of the title zone counts."""
    return any(row.zone == "title" for row in rows[index : index + 20])


def _is_title(row: Row, length: int, rows: Sequence[Row], index: int) -> bool:
    head = [char for char in row.text[:length] if char.isalpha()]
    shouted = sum(char.isupper() for char in head) >= 0.8 * len(head)
    rest = row.text[length:].strip(" :.*_-")
    if row.zone == "title":
        return shouted or not rest
    if row.zone in ("header_left", "header_right"):
        return False
    if shouted:
        return True
    # "Kế hoạch" alone on its line, with something like a header before it
    return not rest and index <= 25


def _subject_rows(rest: Row | None, rows: Sequence[Row], index: int) -> list[Row]:
    taken: list[Row] = [rest] if rest is not None else []
    title = rows[index]
    for row in rows[index + 1 : index + 16]:
        if row.zone in ("header_left", "header_right", "table"):
            continue
        if _ASIDE_RE.match(row.folded):
            break
        if not taken and re.fullmatch(r"\W*(?:so\W.{0,30})", row.folded) and re.search(r"\d", row.text):
            continue
        if _ends(row, taken, title):
            break
        taken.append(row)
        if row.text.rstrip().endswith(".") and len(taken) > 1:
            break
    joined = " ".join(row.folded for row in taken)
    if _PROSE_RE.search(joined):  # the plan has no subject: this is its first paragraph
        return [rest] if rest is not None else []
    return taken


def _ends(row: Row, taken: Sequence[Row], title: Row) -> bool:
    """Tell whether *row* is no longer part of the subject."""
    if taken and taken[-1].shouted and row.shouted and re.match(r"\W*ngay\s+\d", row.folded):
        return False  # the day of a title that carries the header
    if _STOP_RE.match(row.folded) or _PROSE_RE.search(row.folded):
        return True
    if row.shouted and starts_body(row.text) and (not taken or not taken[-1].shouted):
        return bool(taken)  # "CHỦ TỊCH ỦY BAN NHÂN DÂN ..." of a decision
    if not taken:
        return title.zone == "title" and row.zone != "title" and len(row.text) > 120
    last = taken[-1]
    goes_on = bool(_OPEN_END_RE.search(last.folded)) or row.text[:1].islower() or last.text.endswith((",", ";"))
    if _AMBIGUOUS_RE.match(row.folded) and row.text[:1].isupper():
        return row.gap or _is_paragraph(row) or not _OPEN_END_RE.search(last.folded)
    if row.text[:1].isupper() and not _OPEN_END_RE.search(last.folded) and (_is_paragraph(row) or states_issuer(row)):
        return True
    if _apart(last, row, 2.5):
        return True
    if (row.gap and not row.shouted) or _apart(last, row, 1.1):
        return not (goes_on and len(row.text) < 100)
    if title.zone == "title" and row.zone != "title":
        return not goes_on
    return sum(len(part.text) for part in taken) > 700


_SENTENCE_RE = cased(r"[^.]\.\s+[[:upper:]]|[^.]\.$")


def _is_paragraph(row: Row) -> bool:
    """Tell whether a row reads like running text: long, a sentence, or one that cites a dated document."""
    if row.shouted:
        return False
    cites = re.search(r"\bso\s*\d+.{0,40}\bngay\s*\d", row.folded) is not None
    return len(row.text) > 110 or cites or _SENTENCE_RE.search(row.text) is not None


def _apart(above: Row, below: Row, lines: float) -> bool:
    """Tell whether more than *lines* times a line's height of white lies between two rows."""
    if above.bbox is None or below.bbox is None or above.page != below.page:
        return False
    height = max(above.bbox[3] - above.bbox[1], below.bbox[3] - below.bbox[1])
    return below.bbox[1] - above.bbox[3] > lines * height


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of a subject, taking back words that were parted at the end of a line.

    >>> join_lines(["Tổ chức Hội nghị điển hình", "tiên tiến các cấp"])
    'Tổ chức Hội nghị điển hình tiên tiến các cấp'
    """
    text = " ".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\s+([,.;:])", r"\1", text).strip(" *_#:;")


VV_RE = re.compile(r"^\W*(?:v\s*[/.,\\|i1l]\s*v|v\s*/\s*\S|(?=ve\s+viec)|v\s+v)\W*(?=\w)")


def find_vv(rows: Sequence[Row]) -> tuple[str, list[Row]] | None:
    """Return the subject of a công văn, "V/v ..." below the number, and its rows."""
    for index, row in enumerate(rows):
        match = VV_RE.match(row.folded)
        if match is None:
            continue
        first = row.part(match.end(), len(row.text))
        taken = [first] if first is not None else []
        for following in rows[index + 1 : index + 8]:
            if _STOP_RE.match(following.folded) or (following.gap and not taken) or following.shouted:
                break
            if following.gap and following.zone not in ("header_left",):
                break
            taken.append(following)
        if taken:
            return join_lines([part.text for part in taken]), taken
    return None
