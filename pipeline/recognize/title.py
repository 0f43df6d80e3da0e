"""Tên loại và trích yếu: the line that names the type of document, and the subject below it (or after "V/v")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.data import BBox
from pipeline.lexicon.document_types import type_of_title
from pipeline.lexicon.letters import cased
from pipeline.normalize.agencies import starts_body
from pipeline.recognize.issuer import states_issuer
from pipeline.recognize.rows import Row

_FAR = 60  # rows; a title further down belongs to an annex
_STOP_RE = re.compile(
    r"^\W*(?:can\s*cu\b|kinh\s*gui|xet\s+(?:de|to|noi)|theo\s+de\s+nghi|dieu\s+\d|phan\s+(?:thu|[ivx1]+\b)|chuong\s+[ivx1]|"
    r"muc\s+[ivx1]|(?!v\s*/\s*v)(?:[ivx]{1,4}|[1l]|a)\s*[.,)/]\s*\S|ngay\s+\d|nam\s+\d{4},|nham\s|de\s+(?!an)|tren\s*co\s*so|"
    r"vua\s*qua|duoc\s*su|tiep\s*nhan|nhan\s*duoc|chap\s*hanh|quan\s*triet|thi\s*hanh|trong\s+(?:nhung|thoi)|noi\s*nhan|luat\s+|hom\s+nay|"
    r"thoi\s+gian\s*(?::|qua\b))"
)
_AMBIGUOUS_RE = re.compile(r"^\W*(?:thuc\s*hien|trien\s*khai|huong\s*ung|tiep\s*tuc|theo\s|phat\s*huy|chao\s*mung)\b")
_LISTED_RE = cased(r"[-–+•]\s*[[:upper:]]")
_ASIDE_RE = re.compile(r"^\W*\(?\s*(?:ban\s*hanh\s*)?kem\s*theo|^\W*\((?:ban\s*hanh|kem|thuc\s*hien\s*theo|du\s*thao)")
# "Sửa đổi, bổ sung Quy chế ... ban hành kèm theo Quyết định số 5": which text is amended belongs to the subject
_AMENDS_RE = re.compile(r"(?:sua\s*doi|bo\s*sung|thay\s*the|bai\s*bo|dinh\s*chinh)\b")
_PROSE_RE = re.compile(r"nhu\s*sau\s*:?\s*$|nhu\s*sau\s*[:;,]|xay\s*dung\s*ke\s*hoach\s.*nhu|\bcu\s*the\s*nhu")
_SPECK_RE = re.compile(r"\W*\w?\W+(?=V[eềê] vi[eệê]c\s)")  # "“j Về việc": the edge of a stamp
_CITED_RE = re.compile(
    r"\bngay\s*\d{1,2}\W{1,3}.{0,20}\d{4}\s*;\s*$"
)  # the end of a legal basis whose beginning is lost
_OPEN_END_RE = re.compile(
    r"(?:[-–,&/]|\b(?:"
    r"va|cua|cac|tai|ve|cho|trong|den|tu|theo|voi|de|nam|lan|thu|giai|doan|tinh|huyen|thi|thanh|pho|so|"
    r"hoi|dai|nghi|ke|hoach|nhan|to|chuc|(?<!tien )tien|toi|nguoi|cong|tac|ngay|thang|cap|phong|xa|phuong|"
    r"nuoc|toan|quoc|viec|nhiem|ky|bo|uy|ban|y|chinh|phu|tich"
    r"))\s*$"
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
        if found is None and (beside := _behind_stamp(whole)) is not None:
            row, found = beside, type_of_title(beside.text)
        if found is None:
            if re.match(r"\W*(?:kinh\s*gui|can\s*cu)\b", row.folded) and not _title_follows(rows, index):
                return None
            continue
        sign, length = found
        if not _is_title(row, length, rows, index) or _heads_section(row, rows, index):
            continue
        type_row = row.part(0, length) or row
        rest = row.part(length, len(row.text))
        if rest is not None and not any(char.isalnum() for char in rest.text):
            rest = None
        subject_rows = _subject_rows(rest, rows, index, row)
        if subject_rows and (vv := VV_RE.match(subject_rows[0].folded)) and vv.end():
            first = subject_rows[0].part(vv.end(), len(subject_rows[0].text))
            subject_rows = [first, *subject_rows[1:]] if first else subject_rows[1:]
        if subject_rows and (speck := _SPECK_RE.match(subject_rows[0].text)):
            first = subject_rows[0].part(speck.end(), len(subject_rows[0].text))
            subject_rows = [first, *subject_rows[1:]] if first else subject_rows[1:]
        subject = join_lines([part.text for part in subject_rows])
        end = subject_rows[-1].end if subject_rows else row.end
        return Title(sign, type_row, index, subject, subject_rows, end, 0.97 if row.shouted else 0.8)
    return None


def _bare(row: Row) -> Row:
    """The row without specks read around it: ": KẾ HOẠCH -"."""
    start = next((i for i, char in enumerate(row.text) if char.isalnum() or char in '(“"'), 0)
    return row.part(start, len(row.text)) or row


def _behind_stamp(whole: Row) -> Row | None:
    """Return the title that ends a row, behind white space; a stamp of arrival was read before it."""
    for before, after in pairwise(whole.words):
        if after[2][0] - before[2][2] > after[2][3] - after[2][1]:
            part = whole.part(after[0] - whole.start, len(whole.text))
            found = type_of_title(part.text) if part is not None and part.shouted else None
            if part is not None and found is not None and not part.text[found[1] :].strip(" .:;-"):
                return part
    return None


def _title_follows(rows: Sequence[Row], index: int) -> bool:
    """Bases may stand over the title where columns were read in an odd order: only a row of the title zone counts."""
    return any(row.zone == "title" for row in rows[index : index + 20])


_NATION_RE = re.compile(r"^\W*cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam\W*$")


def _heads_section(row: Row, rows: Sequence[Row], index: int) -> bool:
    """Tell whether the header begins under a row: then it heads a part of the gazette, "VĂN BẢN HỢP NHẤT - BỘ Y TẾ"."""
    return any(
        below.page == row.page and below.bbox and row.bbox and below.bbox[1] > row.bbox[3]
        for below in rows[index + 1 : index + 16]
        if _NATION_RE.search(below.folded[:80])
    )


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


def _subject_rows(rest: Row | None, rows: Sequence[Row], index: int, title: Row) -> list[Row]:
    taken: list[Row] = [rest] if rest is not None else []
    for at, row in enumerate(rows[index + 1 : index + 16], index + 1):
        if row.zone in ("header_left", "header_right", "table") or _in_margin(row, title):
            continue
        if _ASIDE_RE.match(row.folded) and (
            "(" in row.text or not _AMENDS_RE.search(" ".join(r.folded for r in taken))
        ):
            break
        if not taken and re.fullmatch(r"\W*(?:so\W.{0,30})", row.folded) and re.search(r"\d", row.text):
            continue
        if _ends(row, taken, title) or _begins_prose(rows[at : at + 3], taken):
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
    if _STOP_RE.match(row.folded) or _PROSE_RE.search(row.folded) or _CITED_RE.search(row.folded):
        return True
    if _LISTED_RE.match(row.text) and (_AMBIGUOUS_RE.match(row.folded) or re.match(r"\W*can\s*cu\b", row.folded)):
        return True  # "- Thực hiện Kế hoạch số ...": bases as a list
    if row.shouted and starts_body(row.text) and (not taken or not taken[-1].shouted):
        return bool(taken)  # "CHỦ TỊCH ỦY BAN NHÂN DÂN ..." of a decision
    if not taken:
        return title.zone == "title" and row.zone != "title" and len(row.text) > 120
    last = taken[-1]
    if (
        row.gap
        and row.text[:1].isupper()
        and len(row.text) > 40
        and not row.shouted
        and row.text.rstrip().endswith(".")
    ):
        return True  # a paragraph under a subject that may end with any word: "... trên địa bàn tỉnh"
    goes_on = bool(_OPEN_END_RE.search(last.folded)) or row.text.lstrip("&.,~^'“\" ")[:1].islower()
    goes_on = goes_on or last.text.endswith((",", ";"))
    if _AMBIGUOUS_RE.match(row.folded) and row.text[:1].isupper():
        return row.gap or _is_paragraph(row) or not _OPEN_END_RE.search(last.folded)
    if row.text[:1].isupper() and not _OPEN_END_RE.search(last.folded) and (_is_paragraph(row) or states_issuer(row)):
        return True
    if _apart(last, row, 2.5):
        return True
    if (row.gap and not row.shouted) or _apart(last, row, 1.1):
        return not (goes_on and len(row.text) < 100)
    if title.zone == "title" and row.zone != "title":
        return not goes_on and not _centred(row, title)
    return sum(len(part.text) for part in taken) > 700


def _in_margin(row: Row, title: Row) -> bool:
    """Tell whether a row lies left of where titles are centred: a stamp of arrival, read among their lines."""
    if row.bbox is None or title.bbox is None or row.page != title.page or row.width is None:
        return False
    far = _middle(title.bbox) - 0.12 * row.width
    return row.bbox[2] < far or (row.confidence is not None and row.confidence < 0.6 and _middle(row.bbox) < far)


def _centred(row: Row, title: Row) -> bool:
    """Tell whether a row is centred under the title and does not fill the line."""
    if row.bbox is None or title.bbox is None or row.page != title.page or row.width is None:
        return False
    aside = abs(_middle(row.bbox) - _middle(title.bbox))
    return aside < 0.014 * row.width and row.bbox[2] - row.bbox[0] < 0.7 * row.width


def _middle(bbox: BBox) -> float:
    return (bbox[0] + bbox[2]) / 2


def _begins_prose(rows: Sequence[Row], taken: Sequence[Row]) -> bool:
    """Tell whether *rows* begin a justified paragraph: an indented line over even ones, wider than the subject.

    Subjects are centred; the edges of their lines do not agree.
    """
    boxes = [row.bbox for row in rows if row.bbox is not None and row.page == rows[0].page]
    widths = [row.bbox[2] - row.bbox[0] for row in taken if row.bbox is not None]
    if len(boxes) < 3 or not widths:
        return False
    (left, _, right, _), (second_left, _, second_right, _), (third_left, _, third_right, _) = boxes
    even = max(abs(right - second_right), abs(second_right - third_right), abs(second_left - third_left)) <= 4
    return even and left > second_left + 12 and second_right - second_left > 1.08 * max(widths)


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


VV_RE = re.compile(r"^\W*(?:v\s*[/.,\\|i1l]\s*v|v\s*/\s*\S|(?=ve\s+viec)|v\s+v|vv\b)\W*(?=\w)")


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
