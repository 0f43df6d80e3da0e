"""Where a preamble cites documents, and which of them are cited only inside the name of another.

"Nghị định số 9/2020/NĐ-CP quy định chi tiết một số điều của Luật Thanh tra" cites one document and mentions another;
"Nghị định số 9/2020/NĐ-CP, được sửa đổi bởi Nghị định số 7/2022/NĐ-CP" cites two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon.document_types import type_names, type_of_notation
from pipeline.lexicon.letters import cased
from pipeline.normalize.document_number import CodeMatch, find_codes
from pipeline.recognize.passage import Passage

LEAD = (
    r"(?:can\s*cu|thuc\s*hien|theo|xet|(?:de\s+)?cu\s*the\s*hoa|tiep\s*tuc\s*thuc\s*hien|trien\s*khai|de\s*trien\s*khai|nham|"
    r"quan\s*triet|"
    r"de\s*thuc\s*hien|thi\s*hanh|huong\s*ung|tren\s*co\s*so|chap\s*hanh|tiep\s*nhan|nhan\s*duoc|tinh\s*than|"
    r"tuan\s*thu)"
)
"""What a citation begins with, folded: "Căn cứ", "Thực hiện"."""

_LEAD_RE = re.compile(rf"(?P<before>^|[,.;:]\s*|\bva\s+|\s)(?P<lead>{LEAD})\b")
_TYPE_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s*") for name in type_names() if name not in ("lenh", "du an"))
_TYPE_RE = re.compile(rf"(?<![a-z])(?P<name>{_TYPE_NAMES})(?![a-z])")
_TITLED_RE = re.compile(r"(?<![a-z])(?P<name>luat|bo\s*luat|phap\s*lenh|hien\s*phap)\s+(?=[a-z])")
_LAWS = ("Luật", "BL", "PL", "HP", None)
# "Kế hoạch số    /KH-SYT ngày ...": the number was left blank, or written by hand and not read
_UNREAD_RE = re.compile(
    rf"(?<![a-z])(?P<name>{_TYPE_NAMES})\s+so\s*:?\s*[^\s;,/a-z]{{0,9}}[\s.…_]{{0,12}}/\s?(?:(?:19|20)\d\d\s?/\s?)?"
    r"(?P<notation>[a-z]{2,}(?:\s?[-–]\s?[a-z&]{2,})+)(?![a-z])"
)
_SIGN_OF_LAW = {"luat": "Luật", "boluat": "BL", "phaplenh": "PL", "hienphap": "HP"}
_NAME_WINDOW = 130  # characters between the name of a type and its code, a list's head between them
# Between the name and the code of one document stands no other clause; a law's title may be of any words.
_FAR_RE = re.compile(r";|(?:19|20)\d\d|\bngay\s*\d")
_TOPIC_RE = re.compile(r"\b(?:ve|viec|nghiep vu|thi hanh|cong tac)\b")
_LIST_HEAD_RE = re.compile(r"\s*(?:cua\s+)+(?P<who>[^;:]{3,90}?)\s*:\s*(?:so\b[\s:]*)?$")
_ARTICLE = r"\s*(?:noi\s+dung\s+)?(?:cac\s+|mot\s+so\s+)?(?:van\s*ban\s*:?\s*)?(?:so\s*:?\s*)?$"
_NESTING_RE = re.compile(
    r"\b(?:cua|tai|theo|thi\s*hanh|thuc\s*hien|trien\s*khai|huong\s*dan|ve|viec|dieu|khoan|(?:khoan|dieu)\s*\d+|"
    r"bo\s*sung|thay\s*the|bai\s*bo|khieu\s*nai|quy\s*dinh|chi\s*tiet|kem\s*theo|huong\s*ung|ban\s*hanh|"
    r"quan\s*triet|so\s*ket|tong\s*ket)" + _ARTICLE
)
_AMENDED_RE = re.compile(
    r"\b(?:sua\s*doi|bo\s*sung|thay\s*the)(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?\s+(?:tai|boi|theo|bang)" + _ARTICLE
)
# "và Giám đốc Sở Nội vụ tại Tờ trình số", "và ý kiến chỉ đạo của Thường trực Huyện ủy tại Thông báo số"
_AUTHOR_RE = re.compile(
    r"\bva\s+(?:(?:theo\s+)?(?:su\s+)?(?:chi\s+dao|y\s+kien|de\s+nghi|thong\s+nhat|ket\s+luan|yeu\s+cau|cho\s+phep|huong\s+dan)(?:\s+chi\s+dao)?\s+cua\s+)?"
    r"(?P<who>[^;,.]{3,90}?)\s+tai" + _ARTICLE
)
_ENCLOSED_RE = re.compile(r"\bkem\s*theo" + _ARTICLE)
# "Bộ trưởng Bộ Y tế ban hành Thông tư sửa đổi Thông tư số ...", behind the bases: what the document acts upon
_ENACTED_RE = re.compile(
    r"(?:^|[;.,]\s+)(?:lien\s+)?(?:bo|chinh\s+phu|thu\s+tuong|uy\s+ban|hoi\s+dong|so|tong\s+cuc|cuc|chu\s+tich|lien)\s"
    r"(?![^;]*\b(?:can\s*cu|thuc\s*hien|theo)\s)[^;]{0,160}?"
    r"\b(?:huong\s*dan|ban\s*hanh|sua\s*doi|bo\s*sung|bai\s*bo|thay\s*the|cong\s*bo)\b[^;]{0,120}$"
)
_OBJECT_RE = re.compile(r"\b(?:khieu\s*nai|bai\s*bo|thay\s*the|huy\s*bo)" + _ARTICLE)
_AND_RE = re.compile(r"(?:\bva|,)\s*(?:cac\s+)?(?:so\s*:?\s*)?$")
ONLY_A_DAY_RE = re.compile(r"[\s,]*(?:ngay[\s\d/.~\-]*(?:tha\s?ng[\s\d~]*)?(?:nam[\s\d]*)?)?(?:va|,)\s*(?:cac\s+)?$")
_DAY_RE = re.compile(r"\bngay\s*\d|\d\s*/\s*\d|\bnam\s*(?:19|20)\d\d")
_DATED_RE = re.compile(r"[^;.:]{3,120}?\bngay\s*\d\d?\s*(?:/|tha\s?ng)")
_IN_LIST_RE = re.compile(r"(?:can\s*cu|theo|thi\s*hanh|boi|bang|[;,]|va)\s*(?:cac\s*)?$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited at ``[start:end]`` of a passage: from its type's name to its code, or a law's bare title."""

    start: int
    end: int
    code: CodeMatch | None
    sign: str | None
    nested: bool  # inside the name of the citation before it
    listed: bool  # only "số ..." says it: its type and issuer stand at the head of the list
    issuer: str | None = None  # printed before the code, at the head of a list


def find_citations(passage: Passage) -> list[Citation]:
    """Return the documents that *passage* cites, in their order, each marked whether another one's name cites it."""
    found: list[Citation] = []
    for start, end, code, sign, issuer in sorted(_anchors(passage), key=lambda anchor: anchor[0]):
        since = found[-1].end if found else 0
        gap = passage.folded[since:start]
        nested = _is_nested(passage, since, gap, found, sign)
        if code is None and sign in _LAWS and not nested and not _cites_law(passage, start, end):
            continue
        listed = code is not None and start == code.start
        found.append(Citation(start, end, code, sign, nested, listed, issuer))
    return found


def _anchors(passage: Passage) -> list[tuple[int, int, CodeMatch | None, str | None, str | None]]:
    """Where a document is named: its type's name before the code, else the code itself; laws by their titles."""
    anchors: list[tuple[int, int, CodeMatch | None, str | None, str | None]] = []
    covered: list[tuple[int, int]] = []
    for code in find_codes(passage.text):
        low = max(code.start - _NAME_WINDOW, covered[-1][1] if covered else 0)
        names = [match for match in _TYPE_RE.finditer(passage.folded, low, code.start) if _names(passage, match, code)]
        start, sign, issuer = code.start, type_of_notation(code.value.notation), None
        if names:
            start = names[-1].start()
            named = type_names().get(" ".join(names[-1]["name"].split()))
            # the notation tells apart what shares a name: thông tư and thông tri, hướng dẫn and công văn; resolutions
            # of the National Assembly have the notation of its laws
            sign = named if sign in (None, "Luật") or named in ("Luật", "BL", "PL", "QyĐ") else sign
            if head := _LIST_HEAD_RE.match(passage.folded, names[-1].end(), code.start):
                issuer = passage.text[head.start("who") : head.end("who")]
        anchors.append((start, code.end, code, sign, issuer))
        covered.append((start, code.end))
    for match in _UNREAD_RE.finditer(passage.folded):
        clear = all(match.end() <= low or match.start() >= high for low, high in covered)
        if clear and passage.text[match.start("notation") : match.end()].isupper():
            sign = type_names().get(" ".join(match["name"].split()))
            anchors.append((match.start(), match.end(), None, sign, None))
    for match in _TITLED_RE.finditer(passage.folded):
        if any(low <= match.start() < high + 2 for low, high in covered) or not passage.text[match.start()].isupper():
            continue
        sign = _SIGN_OF_LAW[re.sub(r"\s", "", match["name"])]
        anchors.append((match.start(), match.end(), None, sign, None))
    return anchors


def _names(passage: Passage, match: re.Match[str], code: CodeMatch) -> bool:
    """Tell whether the name of a type is that of *code*."""
    gap = passage.folded[match.end() : code.start]
    if _FAR_RE.search(gap):
        return False
    if re.sub(r"\s", "", match["name"]) in _SIGN_OF_LAW:
        return len(gap) < 110
    return _LIST_HEAD_RE.match(gap) is not None or (len(gap) < 60 and _TOPIC_RE.search(gap) is None)


def _is_nested(passage: Passage, since: int, gap: str, found: Sequence[Citation], sign: str | None) -> bool:
    """Tell whether what stands behind *gap* belongs to the name of the last citation *found*."""
    if _ENCLOSED_RE.search(gap):
        return True
    if not found:
        return _OBJECT_RE.search(gap) is not None
    if _ENACTED_RE.search(gap):
        return True
    before = found[-1]
    if all(citation.nested for citation in found) and re.search(r";\s*$", gap):
        return True  # "khiếu nại Quyết định số 1/QĐ-UBND ...; Quyết định số 2/QĐ-UBND": what is complained of goes on
    if ";" in gap or re.search(r"\.\s+$", gap):
        return False
    if (stop := _last_stop(passage.text[since : since + len(gap)])) and not _OBJECT_RE.search(gap, stop):
        return False  # a name does not go on in the next sentence: "... như sau. Kế hoạch này triển khai Nghị quyết số"
    for lead in _LEAD_RE.finditer(gap):
        if lead["before"].strip() or passage.text[since + lead.start("lead")].isupper():
            return False
    if (author := _AUTHOR_RE.search(gap)) and passage.text[since + author.start("who")].isupper():
        return False
    if _AMENDED_RE.search(gap):  # an act is amended by its like; a procedure may be amended by any
        return sign != before.sign
    if _NESTING_RE.search(gap):
        return True
    if before.nested and before.code is None and sign not in _LAWS and gap.rstrip().endswith(","):
        return False  # "... năm thực hiện Luật Biên phòng, Kế hoạch số 5/KH-UBND": the list goes on, not the name
    if before.nested and _AND_RE.search(gap):
        return ONLY_A_DAY_RE.fullmatch(gap) is not None if before.code else _DAY_RE.search(gap) is None
    return False


def _last_stop(gap: str) -> int:
    """Return where the last sentence of *gap* begins; 0 where it holds no end of one."""
    return max((match.end() for match in _STOP_RE.finditer(gap)), default=0)


_STOP_RE = cased(r"(?<=[[:lower:]\d)”\"])[.:]\s+(?=[[:upper:]])")


def _cites_law(passage: Passage, start: int, end: int) -> bool:
    """A law named without a code counts right after "Căn cứ", as the next of such a list, or with its day.

    Not where "thi hành Luật ..." only says what work was done.
    """
    if listed := _IN_LIST_RE.search(passage.folded, max(0, start - 14), start):
        return not listed[0].startswith("thi") or passage.text[listed.start()].isupper()
    return _DATED_RE.match(passage.folded, end) is not None
