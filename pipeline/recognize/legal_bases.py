"""Căn cứ: the documents that a plan rests on, from its preamble only; later mentions are no new bases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.data import Document
from pipeline.lexicon.document_types import type_names, type_of_notation
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.normalize.agencies import resolve_issuer, starts_body
from pipeline.normalize.document_number import CodeMatch, find_codes
from pipeline.recognize.found import Found
from pipeline.recognize.passage import Passage, join
from pipeline.recognize.rows import Row, confidence_of, rows_of
from pipeline.recognize.title import find_title, find_vv
from pipeline.record import IssuingBody, LegalBasis

_LEAD_RE = re.compile(
    r"(?<![a-z])(?:can\s*cu|thuc\s*hien|theo|xet|tiep\s*tuc\s*thuc\s*hien|trien\s*khai|de\s*trien\s*khai|nham|"
    r"quan\s*triet|"
    r"de\s*thuc\s*hien|thi\s*hanh|huong\s*ung|tren\s*co\s*so|chap\s*hanh|tiep\s*nhan|nhan\s*duoc|tinh\s*than|"
    r"tuan\s*thu)\b"
)
_PREAMBLE_END_RE = re.compile(
    r"^\W*(?:(?:i|1|a|l)\s*[.,)/]\s*\S|phan\s+(?:thu|i\b|1)|dieu\s*1\b|muc\s*(?:i|1)\b|quyet\s*dinh\s*:|muc\s*dich)"
)
_TYPE_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s*") for name in type_names() if name not in ("lenh", "du an"))
_TYPE_RE = re.compile(rf"(?<![a-z])(?P<name>{_TYPE_NAMES})(?![a-z])")
_TITLED_RE = re.compile(r"(?<![a-z])(?P<name>luat|bo\s*luat|phap\s*lenh|hien\s*phap)\s+(?=[a-z])")
_DATE_RE = re.compile(
    r"(?:ngay\s*)(?P<d>\d{1,2})\s*(?:[/.\-]|thang)\s*(?P<m>\d{1,2})\s*(?:[/.\-]|,?\s*nam)\s*(?P<y>(?:19|20)\d\d)(?!\d)|"
    r"(?<![\d/])(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_ISSUER_RE = re.compile(
    r"\b(?:cua|do|c[tli]ia|ctia|cta|cia|cda)\s+|(?<=\d)\s*,\s*(?=bo chinh tri|chinh phu|ban bi thu)"
)
_ISSUER_END_RE = re.compile(
    r"\s*(?:[,;.:(\"“”]|\s[-–]\s|\b(?:ve|quy dinh|ban hanh|huong dan|kho[a-z]\s+[ivx\d]+|phe duyet|sua doi|"
    r"thuc hien|trien khai|"
    r"giai doan|to chuc\s+(?:hoi|dai|cac|thuc|phong|phat)|soan thao|tai|ngay|nam\s+\d|so\s+\d|phat dong|"
    r"thong nhat|nham|"
    r"tong ket|cong bo|tiep tuc|vv|v/v|doi voi|de|da|duoc|tang cuong|thanh lap|(?<!tuyen )giao|lanh dao|"
    r"chi dao(?! )|gui|"
    r"thong bao|"
    r"chi tiet|van ban|xay dung|va\s+(?:cac|nghi|thong|quyet|ke|chi|luat))\b)"
)
# "Sở Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội": a name goes on behind its comma or dash
_NAME_GOES_ON_RE = re.compile(
    r"\s*(?:,\s*(?:the thao|thuong binh|thong tin|khoa hoc|khen thuong)|\s[-–]\s(?:thuong|khen|ke hoach|"
    r"xa hoi|the thao))"
)
_LAW_ISSUER = {"Luật": "Quốc hội", "BL": "Quốc hội", "HP": "Quốc hội", "PL": "Ủy ban Thường vụ Quốc hội"}
_ISSUER_OF_NOTATION = {
    "NĐ-CP": "Chính phủ", "QĐ-TTg": "Thủ tướng Chính phủ", "CT-TTg": "Thủ tướng Chính phủ", "NQ-CP": "Chính phủ",
    "CĐ-TTg": "Thủ tướng Chính phủ",
}  # fmt: skip


def find_legal_bases(
    document: Document, issuing_body: IssuingBody | None = None, issued_date: object = None
) -> list[Found[LegalBasis]]:
    """Return the documents that the preamble of *document* cites, in their order.

    Args:
        document: the restored text.
        issuing_body: says which province "UBND tỉnh" means.
        issued_date: day of issue (`date` or None), which decides the edition of the units.
    """
    rows = _preamble(list(rows_of(document)))
    if not rows:
        return []
    passage = join((row.text, row.start) for row in rows)
    on = issued_date if isinstance(issued_date, date) else None
    found: list[Found[LegalBasis]] = []
    seen: set[tuple[str | None, str | None]] = set()
    for basis, start, end in _bases(passage, issuing_body, on):
        key = (basis.document_type, fold(basis.code or basis.text))
        if key in seen:
            continue
        seen.add(key)
        found.append(Found(basis, passage.spans(start, end), confidence_of(rows, 0.93), "rule:legal_basis"))
    return found


def _preamble(rows: Sequence[Row]) -> list[Row]:
    """The rows between title and first heading."""
    title = find_title(rows)
    begin = 0
    if title is not None:
        begin = next((i for i, row in enumerate(rows) if row.start >= title.end), len(rows))
    elif (vv := find_vv(rows[:30])) is not None:
        begin = next((i for i, row in enumerate(rows) if row.start >= vv[1][-1].end), 0)
    taken: list[Row] = []
    for row in rows[begin : begin + 90]:
        if row.zone in ("header_left", "header_right", "table"):
            continue
        if _PREAMBLE_END_RE.match(row.folded):
            break
        taken.append(row)
    if not taken or not any(_LEAD_RE.search(row.folded) for row in taken):
        return []
    if sum(len(row.text) for row in taken) > 12000:
        return taken[:40]
    return taken


def _bases(passage: Passage, body: IssuingBody | None, on: date | None) -> Iterator[tuple[LegalBasis, int, int]]:
    """Yield bases with their place: each code, and each law cited by its name, from its type's name on."""
    anchors = _anchors(passage)
    for i, (start, code, sign) in enumerate(anchors):
        limit = anchors[i + 1][0] if i + 1 < len(anchors) else len(passage.text)
        end = _clause_end(passage, code.end if code else start, limit)
        if code is None and not _in_citation(passage, start):
            continue
        clause = passage.folded[start:end]
        day = _date_in(passage, code.end if code else start, end)
        issuer = _issuer(passage, start, end, code, sign, body, on)
        text = " ".join(passage.text[start:end].split()).strip(" ,;.")
        yield (
            LegalBasis(
                document_type=sign,
                code=code.code if code else None,
                date=day.isoformat() if day else None,
                issuer=issuer,
                text=text,
            ),
            start,
            start + len(clause.rstrip(" ,;.")),
        )


def _anchors(passage: Passage) -> list[tuple[int, CodeMatch | None, str | None]]:
    """Where a basis begins: its type's name before the code, else the code itself; laws by name."""
    anchors: list[tuple[int, CodeMatch | None, str | None]] = []
    covered: list[tuple[int, int]] = []
    for code in find_codes(passage.text):
        window = max(code.start - 60, covered[-1][1] if covered else 0)
        names = list(_TYPE_RE.finditer(passage.folded, window, code.start))
        start, sign = code.start, type_of_notation(code.value.notation)
        if names:
            start = names[-1].start()
            named = type_names().get(" ".join(names[-1]["name"].split()))
            # the notation tells apart what shares a name: thông tư and thông tri, hướng dẫn and công văn
            sign = sign or named
            if named in ("Luật", "BL", "PL") and names[-1].start() < code.start:
                sign = named
        anchors.append((start, code, sign))
        covered.append((start, code.end))
    for match in _TITLED_RE.finditer(passage.folded):
        if any(low <= match.start() < high + 2 for low, high in covered):
            continue
        if passage.text[match.start()].isupper():
            sign = {"luat": "Luật", "boluat": "BL", "phaplenh": "PL", "hienphap": "HP"}[
                re.sub(r"\s", "", match["name"])
            ]
            anchors.append((match.start(), None, sign))
    return sorted(anchors, key=lambda anchor: anchor[0])


def _in_citation(passage: Passage, start: int) -> bool:
    """A law named without a code counts right after "Căn cứ" or as the next of such a list."""
    before = passage.folded[max(0, start - 14) : start]
    return re.search(r"(?:can\s*cu|theo|thi\s*hanh|[;,]|va)\s*(?:cac\s*)?$", before) is not None


_CLAUSE_END_RE = cased(
    r";|\.\s+(?=[[:upper:]])|,\s+(?=(?:Sở|Ủy ban nhân dân|UBND|Ban|Liên đoàn|Công đoàn|Huyện ủy|Đảng ủy|Tỉnh đoàn)\s"
    r"[^,;.]{0,80}?\s(?:xây dựng|ban hành|phối hợp|tổ chức|hướng dẫn|thông báo|kính mời|triển khai|đề nghị)\s"
    r"[^;.]{0,160}(?:như sau|sau đây|sau:))|\.\s*$|(?:,|\s)\s*(?=(?:[Cc]ăn cứ|Thực hiện|Theo|Xét)\s)"
)


def _clause_end(passage: Passage, start: int, limit: int) -> int:
    match = _CLAUSE_END_RE.search(passage.text, start, limit)
    return match.start() if match else limit


def _date_in(passage: Passage, start: int, end: int) -> date | None:
    for match in _DATE_RE.finditer(passage.folded, start, min(end, start + 80)):
        year, month, day = (int(match[a] or match[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


# "... của Ủy ban Mặt trận tỉnh và tình hình ở địa phương"; but not "Sở Giáo dục và đào tạo"
_AND_MORE_RE = cased(
    r"\s+và\s+(?=[[:lower:]])(?!đào|phát|truyền|môi|công|đầu|xã|du|thể|hạ|thông|tôn|dân|đối|an|trẻ|kỹ|gia|trẻ|nhân)"
)


_SENTENCE_WORD_RE = cased(r"\s*(?:Về|Ngày|Của|Tại)\s+[[:lower:]]")


def _issuer(
    passage: Passage,
    start: int,
    end: int,
    code: CodeMatch | None,
    sign: str | None,
    body: IssuingBody | None,
    on: date | None,
) -> str | None:
    if sign in _LAW_ISSUER:
        return _LAW_ISSUER[sign]
    after = code.end if code else start
    for match in _ISSUER_RE.finditer(passage.folded, after, min(end, after + 120)):
        finish = min(end, match.end() + 120)
        for stop in _ISSUER_END_RE.finditer(passage.folded, match.end(), min(end, match.end() + 160)):
            word = passage.text[stop.start() : stop.end()].strip()
            # a word of the sentence is in lower case; "Sở Tài chính", "Sở Giáo dục" are names
            if (
                not word[:1].isupper() or _SENTENCE_WORD_RE.match(passage.text, stop.start())
            ) and not _NAME_GOES_ON_RE.match(passage.folded, stop.start()):
                finish = stop.start()
                break
        name = _AND_MORE_RE.split(passage.text[match.end() : finish])[0].strip(" ,;.").removesuffix(" và")
        if name and (starts_body(name) or name[:1].isupper()) and len(name) < 120:
            return resolve_issuer(name, body, on)
    if code is not None:
        for notation, issuer in _ISSUER_OF_NOTATION.items():
            if (code.value.notation or "").endswith(notation):
                return issuer
        if (code.value.notation or "").startswith("QH"):
            return "Quốc hội"
    return None
