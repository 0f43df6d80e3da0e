"""Phrases by which the parts of an administrative document are told, on text folded by `lexicon.folding.fold`.

They only name zones; what the parts say is read later, by the rules.
"""

from __future__ import annotations

import re

from pipeline.lexicon.folding import fold

# quốc hiệu and tiêu ngữ; the heading of party documents
MOTTO_RE = re.compile(
    r"cong h[o0]a x[a4i] h[o0]i|h[o0]i chu nghia vi.t nam|d[o0]c l[a4]p\W{1,4}tu\W{0,2}d[o0]|dang c[o0]ng san vi.t nam|"
    r"tu\W{0,2}do\W{1,4}h[a4]nh phuc"
)
NUMBER_RE = re.compile(r"^s[o06]\s*[:.]|^s[o06]\s+\d+\s*[-/]")
PLACE_DATE_RE = re.compile(r"^[^/(]{0,45}?\bng[a4]y\b.{0,12}\bth[a4]ng\b.{0,10}\bn[a4]m\b.{0,12}$")
RECIPIENTS_RE = re.compile(r"^\W*no[il1]\s*(nh[a4]n|gu[il1]|nhin)\b")
ADDRESSEE_RE = re.compile(r"^\W*k[il1]nh (gu[il1]|moi|trinh)\b")
_POSTS = (
    r"chu tich|giam doc|tong giam doc|chanh van phong|truong ban|bi thu|thuong truc|bo truong|thu truong|cuc truong|"
    r"tong cuc truong|vu truong|vien truong|hieu truong|truong phong|chi cuc truong|chanh thanh tra|chu nhiem|"
    r"truong doan|chanh an|tong bien tap|truong khoa|doi truong|chi huy truong|tu lenh|tong thu ky"
)
COMPETENCE_RE = re.compile(r"^(tm|kt|tl|tuq|t/m|k/t|t/l|q)\s*[.,:]\s*\S|^(thay mat|ky thay|thua lenh|thua uy quyen)\b")
SIGNING_RE = re.compile(
    COMPETENCE_RE.pattern + rf"|^(pho |quyen |q\. ?)?({_POSTS})\b|"
    r"^\(?(da ky|ky ten|ky,? ghi ro|ky va|chu ky)|^thu truong (don vi|co quan)|^nguoi (lap|ky)\b|^tham quyen ky"
)
PAGE_NUMBER_RE = re.compile(
    r"^[-–—\s]*(trang|page|tr\.)?\s*\d{1,4}(\s*/\s*\d{1,4})?[-–—\s.]*$|^[-–—\s]*[ivxlc]{1,6}[-–—\s]*$"
)
STAMP_RE = re.compile(
    r"^(nguoi ky|ky boi|duoc ky boi|digitally signed|signature (not )?valid|thoi gian ky|ngay ky|signed by|"
    r"signing time)\b.*:|da ky len van ban|^email\s*:\s*\S+@\S+\.gov\.vn$|\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d[+-]\d\d"
)


def letterhead(text: str) -> bool:
    """Whether *text* holds a part of a letterhead that no body has: motto, number, or place and date.

    >>> letterhead("Độc lập - Tự do - Hạnh phúc"), letterhead("Số: 12/KH-UBND"), letterhead("trong năm 2020")
    (True, True, False)
    """
    folded = fold(text).strip()
    return bool(MOTTO_RE.search(folded) or NUMBER_RE.search(folded) or PLACE_DATE_RE.search(folded))
