"""Named entities by rule: dates, numbers and codes from the normalizers, names from word lists and their case.

They are what the trained component is measured against, they label its training text, and what they do better than
it (see ``models/ner/README.md``) is taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import units
from pipeline.lexicon.agency_names import phrases
from pipeline.lexicon.document_types import type_names
from pipeline.lexicon.folding import fold
from pipeline.normalize.counts import find_counts
from pipeline.normalize.dates import find_dates
from pipeline.normalize.document_number import find_codes
from pipeline.normalize.people import has_family_name, name_score
from pipeline.normalize.ratios import find_shares

LABELS = ("ORG", "PER", "LOC", "DATE", "DOC", "COUNT", "RATIO", "ROLE")


@dataclass(frozen=True, slots=True)
class Entity:
    """A name or figure at ``[start:end]`` of the text; ``score`` runs from 0 to 1."""

    start: int
    end: int
    label: str
    score: float


_UP = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
_NAME = rf"(?:[{_UP}][\w'’]*)"
_KIND = (
    r"(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu|TP\.?|TX\.?|TT\.?|Tỉnh|Thành phố|Quận|Huyện|Thị xã"
    r"|Thị trấn|Xã|Phường|Đặc khu|TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)"
)
_HEAD = (
    r"Ủy ban|Uỷ ban|UBND|UBMTTQ|UBMT|MTTQ|HĐND|Hội đồng|HĐTĐKT|Sở|Bộ|Ban|BCĐ|BTV|BCH"
    r"|Phòng|Văn phòng|Cục|Tổng cục|Chi cục|Vụ"
    r"|Viện|Chính phủ|Quốc hội|Thủ tướng Chính phủ|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy|Đảng ủy|Đảng bộ"
    r"|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Đoàn|Liên đoàn|LĐLĐ|Công đoàn|Hội|Liên hiệp|Hiệp hội|Mặt trận|Trung tâm|Trường"
    r"|Bệnh viện|Công an|Bộ Chỉ huy|Tòa án|Kho bạc|Bảo hiểm|Thanh tra|Kiểm toán|Ngân hàng|Công ty|Tổng công ty|Tập đoàn"
    r"|Đài|Báo|Học viện|Đại học|Quỹ|Hạt|Trạm|Tổng Liên đoàn|Chi bộ|Hợp tác xã"
)
_JOIN = r"(?:\s*[-–&]\s*|\s+(?:và|nhân dân|dân|ngành|khu vực|người|cơ sở)\s+|,\s+|\s+)"
_LOC_RE = re.compile(rf"(?<!\w){_KIND}\s*(?:{_NAME}(?:\s+|\s*[-–]\s*(?=[{_UP}]))?){{1,4}}")
_ROLE_RE = re.compile(
    r"(?<!\w)(?:(?:phó|quyền|nguyên|q\.)\s+)?(?:chủ tịch|bí thư|tổng giám đốc|giám đốc|bộ trưởng|thứ trưởng"
    r"|chánh văn phòng"
    r"|chánh thanh tra|chánh án|cục trưởng|vụ trưởng|viện trưởng|chi cục trưởng|trưởng phòng|trưởng ban|trưởng đoàn"
    r"|hiệu trưởng|tổng cục trưởng|tổng bí thư|tổng biên tập|thủ tướng|kế toán trưởng|ủy viên|uỷ viên|thư ký"
    r"|đội trưởng)"
    r"(?:\s+(?:thường trực|chuyên trách|thường vụ))?(?!\w)",
    re.IGNORECASE,
)
_PER_RE = re.compile(rf"(?<!\w){_NAME}(?:[ ]{_NAME}){{1,4}}(?!\w)")
_LEAD_RE = re.compile(
    r"(?:từ|khoảng|tối đa|không quá|ít nhất|tối thiểu|trên|dưới|gần|chung|không vượt quá|ước|xấp xỉ|dự kiến"
    r"|là|có|gồm|:)\s+",
    re.IGNORECASE,
)
_TERM_RE = re.compile(r"(?<![\d/])(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d(?![\d/])")  # giai đoạn 2020 - 2025
_LAW_RE = re.compile(
    r"(?<!\w)(?:Luật|Bộ luật|Pháp lệnh|Điều lệ|LUẬT)(?:,?\s+(?!(?:ngày|năm|của|và|được|số|này|quy|trong|về)\b)"
    r"[\wÀ-ỹ]+){1,8}"
    r"(?=\s+(?:ngày|năm|số|và)\b|[;,.]|$)"
)


@cache
def _org() -> re.Pattern[str]:
    """A head ("Sở", "Ban"), then fixed phrases ("Nội vụ") and capitalized words, then up to two units."""
    known = [re.escape(phrase) for phrase in phrases().values() if " " in phrase]
    words = "|".join(sorted({*known, *(phrase.upper() for phrase in known)}, key=len, reverse=True))
    part = rf"(?:(?:{words})(?!\w)|{_NAME}|(?:nhân dân|thường vụ|chấp hành)(?!\w))"
    return re.compile(
        rf"(?<!\w)(?=(?:{_HEAD}|{_HEAD.upper()})(?!\w))(?!HỘI (?:NGHỊ|CHỦ|THI)|Hội (?:nghị|trường))(?:{part}|{_HEAD})"
        rf"(?:{_JOIN}(?!{_KIND}(?!\w)){part}){{0,8}}(?:,?\s+{_KIND}(?:\s+{_NAME}){{0,3}}){{0,2}}"
    )


@cache
def _type_before() -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(name) for name in type_names()), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names}|van ban)\s*(?:so\s*)?:?\s*$")


@cache
def _provinces() -> re.Pattern[str]:
    names = {unit.name for edition in (63, 34) for unit in units.all_units(edition, "province")}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)")


def rule_entities(text: str) -> tuple[Entity, ...]:
    """Return the entities that rules find, none over another, from left to right.

    >>> [(text[e.start : e.end], e.label) for text in ["Sở Nội vụ cử 05 đại biểu"] for e in rule_entities(text)]
    [('Sở Nội vụ', 'ORG'), ('05 đại biểu', 'COUNT')]
    """
    return without_overlaps(_candidates(text))


def without_overlaps(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities that stand when each place is left to the first that claims it; sorted by start."""
    kept: list[Entity] = []
    taken: set[int] = set()
    for entity in entities:
        places = range(entity.start, entity.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.start))


def _candidates(text: str) -> Iterator[Entity]:
    """Yield what may be an entity, the surer kinds first."""
    folded = fold(text)
    for code in find_codes(text):
        before = _type_before().search(folded, 0, code.start)
        yield _trimmed(text, before.start() if before else code.start, code.end, "DOC", 0.95)
    for law in _LAW_RE.finditer(text):
        yield _trimmed(text, law.start(), law.end(), "DOC", 0.7)
    for when in find_dates(folded):
        yield _trimmed(text, when.start, when.end, "DATE", 0.95)
    for term in _TERM_RE.finditer(text):
        yield Entity(term.start(), term.end(), "DATE", 0.9)
    for share in find_shares(folded):
        yield _trimmed(text, share.start, share.end, "RATIO", 0.9)
    for count in find_counts(folded):
        if count.noun:
            yield _trimmed(text, count.start, count.end, "COUNT", 0.85)
    for role in _ROLE_RE.finditer(text):
        yield Entity(role.start(), role.end(), "ROLE", 0.8)
    for org in _org().finditer(text):
        if len(org[0].split()) > 1 or org[0].isupper() or org[0] in ("Chính phủ", "Quốc hội"):
            yield _trimmed(text, org.start(), org.end(), "ORG", 0.75)
    for place in _LOC_RE.finditer(text):
        yield _trimmed(text, place.start(), place.end(), "LOC", 0.75)
    for province in _provinces().finditer(text):
        yield Entity(province.start(), province.end(), "LOC", 0.7)
    for person in _PER_RE.finditer(text):
        if name_score(person[0]) >= 0.75 and has_family_name(person[0]):
            yield Entity(person.start(), person.end(), "PER", name_score(person[0]))


def _trimmed(text: str, start: int, end: int, label: str, score: float) -> Entity:
    """Return the entity without blanks and points at its ends and without the bounding words before it."""
    while end > start and text[end - 1] in " \t\n.,;:-–":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if label in ("DATE", "COUNT", "RATIO"):
        while lead := _LEAD_RE.match(text, start, end):
            start = lead.end()
    return Entity(start, end, label, score)
