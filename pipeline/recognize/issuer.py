"""Who issues a document whose header is missing: the sentence that says so, or the digital signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.data import DigitalSignature, Document
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.normalize.agencies import starts_body
from pipeline.recognize.passage import join
from pipeline.recognize.rows import Row

_VERB = (
    r"(?:x[aă]y\s*dung|ban\s*hanh|trien\s*khai|to\s*chuc|huong\s*dan|de\s*ra|lap|thong\s*bao|de\s*nghi|yeu\s*cau|bao\s*cao|"
    r"trinh|kinh\s*trinh|kinh\s*moi|tran\s*trong|phat\s*dong|quyet\s*dinh)"
)
_STATED_RE = re.compile(
    rf"\s(?P<verb>{_VERB})\s+(?:(?:thuc\s*hien|va|trien\s*khai|to\s*chuc|noi\s*dung|tam\s*thoi)\s+)?"
    r"(?P<what>k\s?e\s*h[o0]ach|huong\s*dan|chuong\s*trinh|phuong\s*an|de\s*an|mot\s*so|thuc\s*hien|noi\s*dung|nhu\s*sau|cac|"
    r"to\s*chuc|hoi\s*nghi|dai\s*hoi|quy\s*che)"
)
_HEAD_RE = re.compile(
    r"(?<![a-z])(?:u[yi]\s*ban\s*nhan\s*dan|ubnd|u[yi]\s*ban\s*m[aă]t\s*tran|hoi\s*dong|thuong\s*truc|ban\s*(?:chi\s*dao|thuong|"
    r"chap|to\s*chuc|quan\s*ly|thi\s*dua)|s[o0]\s+[a-z]|phong\s+[a-z]|lien\s*doan|cong\s*doan|dang\s*uy|huyen\s*uy|tinh\s*uy|"
    r"thanh\s*uy|thi\s*uy|hoi\s+(?:lien|nong|cuu|chu|khuyen|nguoi)|cong\s*ty|tong\s*cong\s*ty|hoc\s*vien|dai\s*hoc|nha\s*truong|bo\s+[a-z]|cuc\s|chi\s*cuc|truong\s+(?:tieu|trung|thpt|thcs|mam|dai|"
    r"cao)|benh\s*vien|trung\s*tam|cong\s*an|mat\s*tran|bao\s*hiem|kho\s*bac|huyen\s*doan|tinh\s*doan|doan\s+(?:thanh|tncs))"
)
_SENTENCE_RE = cased(r"[.;:]\s|[”\"]\s*,?\s|,\s(?=[[:upper:]])|;\s*")


@dataclass(frozen=True, slots=True)
class Stated:
    """The name of a body as a sentence gives it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def states_issuer(row: Row) -> bool:
    """Tell whether a line begins a sentence in which a body orders something: "Sở Y tế xây dựng kế hoạch"."""
    return not row.shouted and _HEAD_RE.match(row.folded) is not None and _STATED_RE.search(row.folded) is not None


def issuer_in_body(rows: Sequence[Row]) -> Stated | None:
    """Return the body that "... xây dựng kế hoạch ... như sau" names, in the first lines below the title."""
    passage = join((row.text, row.start) for row in rows[:30])
    for match in _STATED_RE.finditer(passage.folded):
        start = 0
        for end in _SENTENCE_RE.finditer(passage.text, 0, match.start()):
            start = end.end()
        for head in _HEAD_RE.finditer(passage.folded, start, match.start()):
            text = passage.text[head.start() : match.start()].strip(" ,;.-")
            if len(text) > 140 or not starts_body(text) or _SENTENCE_RE.search(text):
                continue
            if re.search(r"\b(?:cua|ve viec|ngay \d|so \d)", fold(text)):
                continue
            if re.search(r"\b(?:cua|voi|va|cho)\s*$", passage.folded[start : head.start()]):
                continue  # the issuer of a document that is cited
            return Stated(text, passage.spans(head.start(), match.start()))
    return None


_ANNEXED_RE = re.compile(
    r"kem\s+theo\s+(?:quyet\s+dinh|ke\s+hoach|cong\s+van|thong\s+bao|nghi\s+quyet|huong\s+dan|to\s+trinh|van\s+ban)(?![a-z])"
    r"[^()]{0,120}?\scua\s+(?:(?:pho\s+)?chu\s+tich\s+)?(?P<body>[^()]{6,120}?)\s*\)"
)


def issuer_of_whole(rows: Sequence[Row]) -> Stated | None:
    """Return the body whose document an annex belongs to: "(Kèm theo Quyết định số ... của UBND tỉnh ...)"."""
    passage = join((row.text, row.start) for row in rows[:20])
    match = _ANNEXED_RE.search(passage.folded)
    if match is None:
        return None
    text = passage.text[match.start("body") : match.end("body")]
    return Stated(text, passage.spans(*match.span("body"))) if starts_body(text) else None


_TRACE_RE = re.compile(
    r"^\W*(?:(?:nguoi ky|ky boi|co quan|signed by|don vi)\s*:\s*)(?P<who>.+)$|"
    r"^(?P<signed>.+?)\s*(?:<.*>)?\s*da ky len van ban"
)


def signed_by(document: Document, signatures: Sequence[DigitalSignature]) -> Stated | None:
    """Return the body whose digital signature the file bears, or left a trace of in the text."""
    for signature in signatures:
        name = signature.signer.split("<")[0].strip()
        if starts_body(name):
            return Stated(name, ())
    for line in document.lines:
        text = document.text[line.start : line.end]
        match = _TRACE_RE.match(fold(text))
        if match is None:
            continue
        group = "who" if match["who"] else "signed"
        start, end = match.span(group)
        name = text[start:end].split("<")[0].strip()
        if starts_body(name):
            return Stated(name, ((line.start + start, line.start + start + len(name)),))
    return None
