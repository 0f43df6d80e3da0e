"""Căn cứ: the documents that a plan rests on, from its preamble only; later mentions are no new bases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.data import Document
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.normalize.agencies import resolve_issuer, starts_body
from pipeline.normalize.document_number import code_of, find_codes
from pipeline.recognize.citations import LEAD, ONLY_A_DAY_RE, Citation, find_citations
from pipeline.recognize.found import Found
from pipeline.recognize.passage import Passage, join
from pipeline.recognize.recipients import NOI_NHAN_RE
from pipeline.recognize.rows import Row, confidence_of, rows_of
from pipeline.recognize.title import find_title, find_vv
from pipeline.record import DocumentNumber, IssuingBody, LegalBasis

_LEAD_RE = re.compile(rf"(?<![a-z]){LEAD}\b")
_PREAMBLE_END_RE = re.compile(
    r"^\W*(?:(?:i|1|a|l)\s*[.,)/]\s*\S|phan\s+(?:thu|i\b|1)|dieu\s*1\b|muc\s*(?:i|1)\b|quyet\s*dinh\s*:|muc\s*dich)"
)
_LAST_WORD_RE = re.compile(r"\./\.?\W*$")  # what ends a document without headings; its close and annexes follow
# Italic digits come back as letters and strokes: "ngày l8 tháng 1] năm 2017".
_DIGITS = r"[\dlio|/\[\]]{1,2}"
_DIGIT_OF = str.maketrans("lIi|/[]oO" + "òóỏõọôồốổỗộơờớởỡợ", "111111100" + "6" * 17)
_DATE_RE = re.compile(
    rf"ngay\s*(?P<d>{_DIGITS})\s*tha\s?ng[^\w|/\[\]]{{0,2}}(?P<m>{_DIGITS})\s*,?\s*nam[.\s]*(?P<y>(?:19|20)\d\d)(?!\d)|"
    r"ngay\s*(?P<d2>\d{1,2})\s*(?:[/.\-]|thang)\s*(?P<m2>\d{1,2})\s*(?:[/.\-]|,?\s*nam)\s*(?P<y2>(?:19|20)\d\d)(?!\d)|"
    r"(?<![\d/])(?P<d3>\d{1,2})\s?/\s?(?P<m3>\d{1,2})\s?/\s?(?P<y3>(?:19|20)\d\d)(?!\d)"
)
_ISSUER_RE = re.compile(
    r"\b(?:cua|do|c[tli]ia|ctia|cta|cia|cda)\s+|(?<=\d)\s*,\s*(?=bo chinh tri|chinh phu|ban bi thu)"
)
_ISSUER_END_RE = re.compile(
    r"\s*(?:[,;.:(\"“”]|\s[-–]\s|\b(?:ve|quy dinh|ban hanh|huong dan|kho[a-z]\s+[ivx\d]+|phe duyet|sua doi|"
    r"thuc hien|trien khai|"
    r"giai doan|to chuc\s+(?:hoi|dai|cac|thuc|phong|phat)|soan thao|(?<!van )tai|ngay|nam\s+\d|so\s+\d|phat dong|"
    r"thong nhat|nham|"
    r"tong ket|cong bo|tiep tuc|vv|v/v|doi voi|de|da|duoc|tang cuong|thanh lap|(?<!tuyen )giao|lanh dao|"
    r"chi dao(?! )|gui|"
    r"thong bao|"
    r"chi tiet|van ban|xay dung|va\s+(?:cac|nghi|thong|quyet|ke|chi|luat))\b)"
)
# "Sở Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội": a name goes on behind its comma or dash
_NAME_GOES_ON_RE = re.compile(
    r"\s*(?:,\s*(?:chu nhiem|the thao|thuong binh|thong tin|khoa hoc|khen thuong)|\s[-–]\s(?:thuong|khen|ke hoach|bo\s|"
    r"xa hoi|the thao))"
)
# "Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 5/TTr-SYT": who wrote it stands before it
_AT_RE = re.compile(r"\s+tai\s+(?:noi\s+dung\s+)?(?:cac\s+)?$")
_OF_RE = re.compile(r"(?<![a-z])cua\s+")
_SAID_BY_RE = re.compile(
    r"\b(?:cua|va)\s+(?:(?:theo|su|y\s+kien|chi\s+dao|de\s+nghi|thong\s+nhat|ket\s+luan|yeu\s+cau|cho\s+phep)\s+)*(?:cua\s+)?"
    r"(?P<who>(?!cua\s)[^;.:]{3,110}?)\s+tai\s+(?:noi\s+dung\s+)?(?:cac\s+)?$"
)
_DAY_ONLY_RE = re.compile(r"[\s,]*(?:ngay)?[\s\d/.,-]*(?:thang[\s\d]*)?(?:nam[\s\d]*)?")
_LAW_ISSUER = {"Luật": "Quốc hội", "BL": "Quốc hội", "HP": "Quốc hội", "PL": "Ủy ban Thường vụ Quốc hội"}
_ISSUER_OF_NOTATION = {
    "NĐ-CP": "Chính phủ", "QĐ-TTg": "Thủ tướng Chính phủ", "CT-TTg": "Thủ tướng Chính phủ", "NQ-CP": "Chính phủ",
    "CĐ-TTg": "Thủ tướng Chính phủ",
}  # fmt: skip
_POINT_RE = re.compile(r"[\s,;.:(\[\-]+$")
# "ý kiến của Bộ Công Thương (công văn số 5/BCT-XNK ngày ...), Bộ Tư pháp (công văn số ...)"
_BEFORE_BRACKET_RE = re.compile(
    r"(?:(?<![a-z])(?:cua|va)\s+|[,;]\s*|^\s*)(?P<who>(?:(?!\bcua\s)[^,;()]){3,90}?)\s*\(\s*(?:tai\s+)?$"
)
# What is left of the words between two bases: "và", "(đã được sửa đổi, bổ sung bởi", "; số".
_JOINT_RE = re.compile(
    r"(?:[\s,;.:(\[\-]+|(?<![a-z])(?:va|cung|so|cac|(?<!van\s)tai|boi|theo|bang|da|duoc|tiep\s+theo|"
    r"(?:da\s+)?(?:duoc\s+)?sua\s+doi,?\s+(?:va\s+)?bo\s+sung(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?|"
    r"va\s+[^,;.]{3,80}\s+tai))$"
)


def find_legal_bases(
    document: Document,
    issuing_body: IssuingBody | None = None,
    issued_date: object = None,
    number: DocumentNumber | None = None,
) -> list[Found[LegalBasis]]:
    """Return the documents that the preamble of *document* cites, in their order.

    Args:
        document: the restored text.
        issuing_body: says which province "UBND tỉnh" means.
        issued_date: day of issue (`date` or None), which decides the edition of the units.
        number: that of the document itself: it cites others of its issuer by the same notation.
    """
    every = list(rows_of(document))
    rows = _preamble(every) or _chapter(every)
    if not rows:
        return []
    passage = join((row.text, row.start) for row in rows)
    paragraphs = [at for at, above, row in zip(passage.starts[1:], rows, rows[1:], strict=False) if _opens(above, row)]
    on = issued_date if isinstance(issued_date, date) else None
    found: list[Found[LegalBasis]] = []
    seen: set[tuple[str | None, str | None]] = set()
    for basis, start, end in _bases(passage, paragraphs, issuing_body, on):
        key = (basis.document_type, fold(basis.code or basis.text))
        if key in seen or (number is not None and basis.code is not None and basis.code == code_of(number)):
            continue
        if basis.issuer is None and _of_own_office(basis, issuing_body, number):
            basis = basis.model_copy(update={"issuer": issuing_body.name if issuing_body else None})
        seen.add(key)
        found.append(Found(basis, passage.spans(start, end), confidence_of(rows, 0.93), "rule:legal_basis"))
    return found


def _of_own_office(basis: LegalBasis, body: IssuingBody | None, number: DocumentNumber | None) -> bool:
    """Tell whether the notation of a basis without an issuer is the citing document's own: "109/QĐ-SYT" in a QĐ-SYT.

    Below a province "QĐ-UBND" may as well be a decision of the committee above.
    """
    if basis.code is None or number is None or number.notation is None or body is None:
        return False
    return (
        body.level in ("province", "central")
        and re.fullmatch(rf"[\d/a-z]+[/-]{re.escape(number.notation)}", basis.code) is not None
    )


def _preamble(rows: Sequence[Row]) -> list[Row]:
    """The rows between title and first heading."""
    title = find_title(rows)
    begin = 0
    if title is not None:
        begin = next((i for i, row in enumerate(rows) if row.start >= title.end), len(rows))
    elif (vv := find_vv(rows[:30])) is not None:
        begin = next((i for i, row in enumerate(rows) if row.start >= vv[1][-1].end), 0)
    taken: list[Row] = []
    for row in rows[_behind_amendments(rows, begin) :][:90]:
        if row.zone in ("header_left", "header_right", "table"):
            continue
        if _PREAMBLE_END_RE.match(row.folded) or NOI_NHAN_RE.search(row.folded):
            break
        taken.append(row)
        if _LAST_WORD_RE.search(row.text):
            break
    if not taken or not any(_LEAD_RE.search(row.folded) or find_codes(row.text) for row in taken):
        return []
    if sum(len(row.text) for row in taken) > 12000:
        return taken[:40]
    return taken


_AMENDED_BY_RE = re.compile(r"duoc\s+sua\s+doi,?\s+bo\s+sung(?:\s+boi|\s+theo)?\s*:\W*$")


def _behind_amendments(rows: Sequence[Row], begin: int) -> int:
    """Return where the preamble begins: in a consolidated text behind the numbered list of what amended it."""
    listed = next((i for i in range(begin, min(begin + 8, len(rows))) if _AMENDED_BY_RE.search(rows[i].folded)), None)
    if listed is None:
        return begin
    own = (i for i in range(listed, min(listed + 60, len(rows))) if re.match(r"\W*can\s+cu\b", rows[i].folded))
    return next(own, begin)


_CHAPTER_RE = re.compile(
    r"\W*(?:(?:phan|chuong|muc)\s+\w+\W*|(?:[ivxl\d.]{1,5}|[a-e])[.)\s-]\s*)?(?:cac\s+)?(?:can\s+cu|co\s+so)(?:\s+phap\s+(?:ly|luat))?"
    r"(?:\s+(?:de\s+)?(?:xay\s+dung|lap|ban\s+hanh)(?:\s+(?:de\s+an|ke\s+hoach|phuong\s+an))?)?\W*"
)
_NEXT_CHAPTER_RE = re.compile(r"\W*(?:(?:phan|chuong|muc)\s+\w+|[ivxl]{1,5}\s*[.)]|[b-e]\s*[.)])(?=\W|$)")


def _chapter(rows: Sequence[Row]) -> list[Row]:
    """The rows below a heading that says "CĂN CỨ" alone, where a project lists what a plan has in its preamble."""
    head = next((i for i, row in enumerate(rows) if len(row.text) < 60 and _CHAPTER_RE.fullmatch(row.folded)), None)
    if head is None:
        return []
    taken = []
    for row in rows[head + 1 : head + 90]:
        if _NEXT_CHAPTER_RE.match(row.folded) or row.text.isupper():
            break
        taken.append(row)
    return taken


def _opens(above: Row, row: Row) -> bool:
    """Tell whether *row* is the indented first line of a paragraph, so that no basis goes on in it."""
    if above.bbox is None or row.bbox is None or above.page != row.page:
        return False
    return row.bbox[0] > above.bbox[0] + _INDENT and above.text.rstrip().endswith((",", ";", ":", "."))


_INDENT = 18  # points; offices indent by 1 to 1.27 cm, skew and lost letters move a line by less


def _bases(
    passage: Passage, paragraphs: Sequence[int], body: IssuingBody | None, on: date | None
) -> Iterator[tuple[LegalBasis, int, int]]:
    """Yield bases with their place: each document cited in its own right, from its type's name on."""
    citations = find_citations(passage)
    found: list[tuple[Citation, LegalBasis, int]] = []
    head: str | None = None  # who wrote what the list at hand holds
    for i, citation in enumerate(citations):
        if citation.nested:
            continue
        later = citations[i + 1 :]
        limit = next((other.start for other in later if not other.nested), len(passage.text))
        limit = next((at for at in paragraphs if citation.end < at < limit), limit)
        end = _clause_end(passage, citation.start, citation.end, limit)
        # the day and the issuer of what a name mentions are not those of the basis; a law's day ends its name
        own_end = min([end, *(other.start for other in later if other.nested)])
        since = citations[i - 1].end if i else 0
        day = _date_in(passage, citation.end, min(own_end, citation.end + 80) if citation.code else end)
        said = citation.issuer or _said_before(passage, since, citation.start)
        if said is None and (issued := _ISSUED_BY_RE.search(passage.folded, since, citation.start)):
            name = passage.text[issued.start("who") : issued.end("who")]
            said = name if starts_body(name) else None
            day = day or (_date_in(passage, issued.start(), issued.start("who")) if said else None)
        if (
            said is None
            and citation.code
            and (own := _OWN_ISSUER_RE.search(passage.folded, citation.start, citation.code.start))
        ):
            name = passage.text[own.start("who") : own.end("who")]
            said = name if starts_body(name) else None
        if said or not citation.listed:
            head = said and resolve_issuer(said, body, on)
        sign = citation.sign or (found[-1][1].document_type if found and citation.listed else None)
        basis = LegalBasis(
            document_type=sign,
            code=citation.code.code if citation.code else None,
            date=day.isoformat() if day else None,
            issuer=_issuer(passage, citation, sign, own_end, body, on, close=said is not None) or head,
            text=" ".join(passage.text[citation.start : end].split()),
        )
        found.append((citation, basis, end))
    # "các văn bản số 1/SNV-VP ngày ... và số 2/SNV-VP ngày ... của Sở Nội vụ" names the issuer of both
    for (citation, basis, end), following in zip(found, [*found[1:], None], strict=False):
        if basis.issuer is None and following is not None:
            gap = passage.folded[citation.end : following[0].start]
            if _same_office(citation, following[0], gap):
                basis = basis.model_copy(update={"issuer": following[1].issuer})
        yield basis, citation.start, end


def _same_office(citation: Citation, following: Citation, gap: str) -> bool:
    """Tell whether a citation goes on as "và số ...", "và Công văn số ..." with a document of the same notation.

    Args:
        citation: the citation.
        following: the one behind it.
        gap: the folded words between them.
    """
    if citation.code is None or following.code is None:
        return False
    if citation.code.value.notation != following.code.value.notation:
        return False
    return following.listed or ONLY_A_DAY_RE.fullmatch(gap) is not None


_CLAUSE_END_RE = cased(
    r";|\.\s+(?=[[:upper:]])|,\s+(?=(?:Sở|Ủy ban nhân dân|UBND|Ban|Liên đoàn|Công đoàn|Huyện ủy|Đảng ủy|Tỉnh đoàn)\s"
    r"[^,;.]{0,80}?\s(?:xây dựng|ban hành|phối hợp|tổ chức|hướng dẫn|thông báo|kính mời|triển khai|đề nghị)\s"
    r"[^;.]{0,160}(?:như sau|sau đây|sau:))|\.\s*$|(?:,|\s)\s*(?=(?:[Cc]ăn cứ|Thực hiện|Theo|Xét)\s)|"
    r",?\s+(?=và\s+(?:theo\s+)?(?:ý kiến|đề nghị|kết quả|sự thống nhất)\s)"
)
_ACTS_RE = cased(r",\s+(?=(?:[[:upper:]]|với các|cụ thể|như sau))")


def _clause_end(passage: Passage, start: int, head_end: int, limit: int) -> int:
    """Return where the basis that begins at *start* ends, what joins it to the next left out."""
    match = _CLAUSE_END_RE.search(passage.text, head_end, limit)
    end = match.start() if match else limit
    if passage.text[:start].endswith("(") and (closing := passage.text.find(")", head_end, end)) >= 0:
        end = closing
    # "..., Sở Y tế trân trọng kính mời:" ends its line: who acts, and what comes under it, is not the basis
    line_ends = [*(piece - 1 for piece in passage.starts if head_end < piece - 1 <= end), end]
    colon = next((at - 1 for at in line_ends if passage.text[:at].endswith(":")), None)
    if colon is not None:
        acts = list(_ACTS_RE.finditer(passage.text, head_end, colon))
        by = [match for match in acts if _names_actor(passage.text[match.end() : colon])]
        plain = [match for match in acts if passage.text[match.end()].islower()]
        end = by[-1].start() if by else plain[0].start() if plain else colon
    joints = _JOINT_RE if end == limit < len(passage.text) else _POINT_RE
    while (joint := joints.search(passage.folded, head_end, end)) is not None:
        end = joint.start()
    return end


def _names_actor(words: str) -> bool:
    return starts_body(words) or _POST_RE.match(fold(words)) is not None


_POST_RE = re.compile(r"(?:thu tuong|chu tich|bo truong|giam doc|tong giam doc|thuong truc|truong|chanh|hieu truong)\b")


def _date_in(passage: Passage, start: int, end: int) -> date | None:
    for match in _DATE_RE.finditer(passage.folded, start, end):
        kind = next(kind for kind in ("", "2", "3") if match[f"y{kind}"])
        try:
            # from the text: folding takes a digit behind a letter for a letter
            digits = (passage.text[match.start(name + kind) : match.end(name + kind)] for name in "ymd")
            year, month, day = (int(each.translate(_DIGIT_OF)) for each in digits)
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _said_before(passage: Passage, since: int, start: int) -> str | None:
    """Return whose proposal or report the basis at *start* is: the name between "của" and "tại" before it.

    Or the name before the parenthesis that it stands in.
    """
    since = max(since, start - 130)
    if match := _BEFORE_BRACKET_RE.search(passage.folded, since, start):
        name = passage.text[match.start("who") : match.end("who")]
        return name if _names_actor(name) else None
    if (at := _AT_RE.search(passage.folded, since, start)) is None:
        return None
    for of in reversed(list(_OF_RE.finditer(passage.folded, since, at.start()))):
        name = passage.text[of.end() : at.start()].strip(" ,")
        if ";" not in name and _names_actor(name) and not _speaks(name):
            return name
    match = _SAID_BY_RE.search(passage.folded, since, start)
    if match is None:
        return None
    name = passage.text[match.start("who") : match.end("who")].strip(" ,")
    return name if not _speaks(name) and (starts_body(name) or name[:1].isupper()) else None


def _speaks(name: str) -> bool:
    """Tell whether *name* ends with what he did: "chỉ đạo của Thủ tướng thông báo tại văn bản số 5/VPCP-TH".

    Another office writes what he says.
    """
    return any(name[stop.start() :].strip()[:1].islower() for stop in _SPOKEN_RE.finditer(fold(name)))


# "Ngày 02/10/2019, UBND tỉnh có Kế hoạch số ...", "Sở Nội vụ đã ban hành Hướng dẫn số ...": who and when come first
_ISSUED_BY_RE = re.compile(
    r"(?:\bngay\s[^;:a-z]*(?:thang[^;:a-z]*)?(?:nam[^;:a-z]*)?,\s*|(?:^|(?<=[.;]\s)))(?P<who>[^;:.]{5,80}?)\s+"
    r"(?:(?:da|moi|vua)\s+)?(?:co|ban\s+hanh|ra|ky|thong\s+qua)\s+$"
)
# "Kế hoạch của UBND tỉnh số 12/KH-UBND"
_OWN_ISSUER_RE = re.compile(r"(?<!tai\s)\bcua\s+(?P<who>[^;:.,]{3,80}?),?\s+so\s*:?\s*$")
_SPOKEN_RE = re.compile(r"\s(?:thong bao|neu|giao|noi|ket luan|chi dao|phat bieu|truyen dat)\b")


# "... của Ủy ban Mặt trận tỉnh và tình hình ở địa phương"; but not "Sở Giáo dục và đào tạo"
_AND_MORE_RE = cased(
    r"\s+và\s+(?=[[:lower:]])(?!đào|phát|truyền|môi|công|đầu|xã|du|thể|hạ|thông|tôn|dân|đối|an|trẻ|kỹ|gia|trẻ|nhân)"
)


# Words of the sentence that some write with a capital; none of them begins a part of a name
_SENTENCE_WORD_RE = cased(
    r"\s*(?:(?:Về|Ngày|Của|Tại)\s+[[:lower:]]|"
    r"(?:Quy định|Ban hành|Hướng dẫn|Phê duyệt|Sửa đổi|Công bố|Triển khai|Thực hiện)\b)"
)


def _issuer(
    passage: Passage,
    citation: Citation,
    sign: str | None,
    end: int,
    body: IssuingBody | None,
    on: date | None,
    close: bool,
) -> str | None:
    """Return who issued the basis whose own words end at *end*: its kind says it, else "của ...".

    Only a name right behind number and day counts if *close*: another one stands before the basis already.
    """
    if sign in _LAW_ISSUER:
        return _LAW_ISSUER[sign]
    notation = (citation.code.value.notation if citation.code else None) or ""
    for ending, issuer in _ISSUER_OF_NOTATION.items():
        if notation.endswith(ending):
            return issuer
    if notation.startswith(("QH", "UBTVQH")):
        return "Quốc hội" if notation.startswith("QH") else "Ủy ban Thường vụ Quốc hội"
    for match in _ISSUER_RE.finditer(passage.folded, citation.end, min(end, citation.end + 120)):
        if close and not _DAY_ONLY_RE.fullmatch(passage.folded, citation.end, match.start()):
            break
        finish = min(end, match.end() + 120)
        for stop in _ISSUER_END_RE.finditer(passage.folded, match.end(), min(end, match.end() + 160)):
            word = passage.text[stop.start() : stop.end()].strip()
            # a word of the sentence is in lower case; "Sở Tài chính", "Sở Giáo dục" are names
            if (
                not word[:1].isupper() or _SENTENCE_WORD_RE.match(passage.text, stop.start())
            ) and not _NAME_GOES_ON_RE.match(passage.folded, stop.start()):
                finish = stop.start()
                break
        name = _AND_MORE_RE.split(passage.text[match.end() : finish])[0].strip(" ,;.)").removesuffix(" và")
        if name and (starts_body(name) or name[:1].isupper() or name.startswith("liên ")) and len(name) < 120:
            return resolve_issuer(name, body, on)
    return None
