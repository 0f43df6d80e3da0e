"""Personal names of signers: what is one, its canonical case, and the titles before it."""

from __future__ import annotations

import re

from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.lexicon.names import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES, folded
from pipeline.lexicon.syllables import traditional

# Academic and medical degrees, ranks of army and police, honours; they stand before a signer's name, in any number.
_TITLE_RE = re.compile(
    r"""^(?:
      (?:gs|pgs|ts|ths|th\.s|tskh|ncs|bs|bsck\s?(?:ii|i|1|2)?|bscki{1,2}|cki{1,2}|ck\s?(?:ii|i|1|2)|ds|dsck\s?(?:ii|i)?|ks|
         cn|cndd|ktv|luat\s?su|nha\s?giao(?:\s(?:uu\stu|nhan\sdan))?|thay\sthuoc(?:\s(?:uu\stu|nhan\sdan))?|ttut|ttnd|
         ngut|nsut|nsnd|bac\s?si|duoc\s?si|ky\s?su|thac\s?si|tien\s?si|giao\s?su|pho\s?giao\s?su|cu\s?nhan|
         dai\sta|thuong\sta|trung\sta|thieu\sta|dai\suy|thuong\suy|trung\suy|thieu\suy|
         dai\stuong|thuong\stuong|trung\stuong|thieu\stuong|linh\smuc|lm(?=\.)|ht(?=\.)|tt(?=\.)|dd(?=\.)|muc\ssu|ni\ssu|ni\struong|su\sco|hoa\sthuong|thuong\stoa|dai\sduc|
         ong|ba|dong\s?chi|d/c|d\.c)
      (?:\s*[.:,;/&-]+\s*|\s+)
    )+""",
    re.VERBOSE,
)
_WORD_RE = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)?$")
# Words of posts, bodies and forms; none is a single syllable that also is a name (Nam, Lưu, Thắng).
_NOT_NAMES_RE = re.compile(
    r"\b(?:chu tich|pho chu|giam doc|bi thu|uy ban|nhan dan|hoi dong|truong phong|truong ban|chanh van|"
    r"noi nhan|ky ten|da ky|"
    r"dong dau|hieu truong|thu truong|uy vien|cong hoa|doc lap|viet nam|ke hoach|kinh gui|danh sach|phu luc|don vi|"
    r"dai bieu|phan bo|"
    r"ban chi dao|thuong truc|ban chap hanh|thuong vu|cuc truong|bo truong|truong doan|to truong|xac nhan|lanh dao|"
    r"thu ky|ke toan|nguoi lap|thi xa|tinh uy|thanh pho|thi tran|^van phong|cong doan|lien doan|noi vu|"
    r"ban hanh|thi dua|khen thuong|phu trach|truong thon|chuc vu|ho va ten|quyen han|so y te|ban thuong)\b"
)


# Peoples of the Central Highlands: "K' Brêm", "H'Lan Niê"; the first letter says man or woman
_HIGHLAND_GAP_RE = cased(r"^([HK])['’]\s+(?=[[:upper:]])")
_HIGHLAND_RE = cased(r"[HK]['’][[:upper:]][[:lower:]]|[HK]['’][[:upper:]]{2}")
_SPECKS_RE = re.compile(r"[“”\"„`*_|«»]+")


def strip_titles(text: str) -> str:
    """Drop degrees, ranks and courtesy before a name.

    >>> strip_titles("PGS.TS. Nguyễn Văn A"), strip_titles("Thượng tá Lê Quang"), strip_titles("BSCKII Đỗ An Bình")
    ('Nguyễn Văn A', 'Lê Quang', 'Đỗ An Bình')
    >>> strip_titles("TT. Thích Minh Nghĩa"), strip_titles("Tt Nguyễn An")
    ('Thích Minh Nghĩa', 'Tt Nguyễn An')
    """
    text = _SPECKS_RE.sub(" ", text).strip()
    match = _TITLE_RE.match(fold(text))
    return text[match.end() :].strip() if match else text


def title_case(name: str) -> str:
    """Return a name in title case, tones on the first vowel as in "Thủy".

    >>> title_case("TRẦN KHANH TUẤN"), title_case("Y BIÊR NIÊ"), title_case("nguyễn thị thuỷ")
    ('Trần Khanh Tuấn', 'Y Biêr Niê', 'Nguyễn Thị Thủy')
    >>> title_case("H'BLÔNG MLÔ")
    "H'Blông Mlô"
    """
    return " ".join(
        "".join(part[:1].upper() + part[1:].lower() for part in re.split(r"([-'’])", word))
        for word in traditional(name).split()
    )


def name_score(text: str) -> float:
    """Tell how much *text* looks like a personal name: 0 for no name, 1 for a common one.

    >>> name_score("Nguyễn Văn Hùng") > 0.9, name_score("Phó Chủ tịch"), name_score("Nơi nhận:")
    (True, 0.0, 0.0)
    >>> name_score("K' Brêm") > 0.65, name_score("H’LAN NIÊ") > 0.65
    (True, True)
    """
    plain = _HIGHLAND_GAP_RE.sub(r"\1'", strip_titles(text))
    words = _with_initial(plain.strip(" .,;:*_|'\"“”‘’-–—=").split())
    highland = bool(words) and _HIGHLAND_RE.match(words[0]) is not None
    if not (1 if highland else 2) <= len(words) <= 6 or any(not _WORD_RE.match(word) for word in words):
        return 0.0
    if any(len(word) > 8 for word in words) or sum(word[:1].isupper() for word in words) < len(words):
        return 0.0
    keys = [fold(word) for word in words]
    if _NOT_NAMES_RE.search(" ".join(keys)):
        return 0.0
    if sum(len(key) for key in keys) < 2.2 * len(keys):
        return 0.0
    score = 0.35
    if highland or keys[0] in folded(FAMILY_NAMES):
        score += 0.35
    elif len(words) == 2:
        score -= 0.25
    if highland or keys[-1] in folded(GIVEN_NAMES):
        score += 0.2
    if any(key in folded(MIDDLE_NAMES) for key in keys[1:-1]) or len(words) == 2:
        score += 0.1
    return min(score, 1.0)


def has_family_name(text: str) -> bool:
    """Tell whether the first word is a family name with its marks: "ĐOÀN VĂN HẢI", but not "BỘ QUỐC PHÒNG".

    >>> has_family_name("TÔ DUY TÂM"), has_family_name("BỘ QUỐC PHÒNG")
    (True, False)
    """
    words = title_case(strip_titles(text)).split()
    return bool(words) and words[0] in FAMILY_NAMES


def _with_initial(words: list[str]) -> list[str]:
    """Put back the first letters of a family name that a seal covers: "rần Văn Sơn"; one read small: "xà Văn Phúc"."""
    if len(words) < 3 or not words[0][:1].islower() or not all(word[:1].isupper() for word in words[1:]):
        return words
    rest = fold(words[0])
    for key, name in folded(FAMILY_NAMES).items():  # the commonest first
        if len(rest) > 1 and key.endswith(rest) and len(key) > len(rest):
            return [name, *words[1:]]
    damaged = words[0].casefold()
    whole = next((name for name in FAMILY_NAMES if len(name) == len(damaged) > 1 and name[1:] == damaged[1:]), None)
    return [whole, *words[1:]] if whole else words


def parse_name(text: str) -> str | None:
    """Return the canonical full name that *text* holds; None where it holds none.

    >>> parse_name("ThS. NGUYỄN THỊ THUỶ"), parse_name("KT. CHỦ TỊCH"), parse_name("xà Văn Phúc")
    ('Nguyễn Thị Thủy', None, 'Hà Văn Phúc')
    """
    plain = " ".join(_with_initial(strip_titles(text).strip(" .,;:*_|'\"“”‘’-–—=").split()))
    return title_case(plain) if name_score(plain) >= 0.5 else None


def mend_name(name: str) -> str:
    """Give words of a recognized name the marks of the name they resemble, where they are no name themselves.

    For names that were read from an image only: elsewhere a rare name is more likely than damage.

    >>> mend_name("Lê Hoàng Ảnh"), mend_name("Đỗ Anh Tuần"), mend_name("Y Biêr Niê"), mend_name("Nguyễn Trúc Glang")
    ('Lê Hoàng Anh', 'Đỗ Anh Tuấn', 'Y Biêr Niê', 'Nguyễn Trúc Giang')
    """
    words = name.split()
    return " ".join(_mend(word, first=index == 0) for index, word in enumerate(words))


def _mend(word: str, *, first: bool) -> str:
    lists = (FAMILY_NAMES,) if first else (GIVEN_NAMES, MIDDLE_NAMES, FAMILY_NAMES)
    if any(word in names for names in (lists if first else (*lists, MIDDLE_NAMES))):
        return word
    for key in (fold(word), fold(word).replace("l", "i"), fold(word).replace("1", "i")):
        for names in lists:
            if key in folded(names) and len(key) > 1:
                return folded(names)[key]
    return word
