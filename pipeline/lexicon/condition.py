"""In which condition a text is: clean, stripped of its marks, garbled by wrong-language OCR, in a legacy encoding.

Every word falls into one of a few classes (spelled as Vietnamese is spelled, spelled so once marks are added,
digits inside, ...). A line is judged by how often each class occurs in texts of each condition; lines around it
serve as the prior, so that a heading of three words is judged with its page. No table is loaded.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pipeline.lexicon import encodings

ConditionName = Literal[
    "clean",
    "unaccented",
    "garbled",
    "legacy:tcvn3",
    "legacy:vni",
    "legacy:viqr",
    "legacy:viscii",
    "legacy:vps",
    "foreign",
    "empty",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """A judgement: the condition, how sure it is, and how good the text is as Vietnamese."""

    name: ConditionName
    confidence: float  # posterior of `name`, 0 to 1
    quality: float  # 0 to 1: share of the words that are spelled as Vietnamese with its marks is
    words: int  # how many words were judged; codes, numbers and abbreviations are not


# How Vietnamese spells a syllable: onset and rime, without tones. Sufficient for judging: that a syllable is
# possible says little, that it is impossible says much.
_RIMES_TEXT = """
    a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich im in inh ip it iu iêc iêm iên
    iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot
    oăc oăm oăn oăng oăt u ua uc ui um un ung uơ up ut uy uya uych uyn uynh uyt uyu uyên uyêt uân uâng uât uây
    uê uêch uênh uôc uôi uôm uôn uông uôt uôp y yêm yên yêng yêt yêu yt ynh ăc ăm ăn ăng ăp ăt âc âm ân âng âp
    ât âu ây ê êch êm ên êng ênh êp êt êu ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ư ưa ưc ưi ưng ưt ưu ươc ươi
    ươm ươn ương ươp ươt ươu
"""
_RIMES = frozenset(_RIMES_TEXT.split())
# Names of provinces and rivers of the highlands (Đắk Lắk, Kon Tum, Bắc Kạn) are spelled in ways of their own.
_HIGHLANDS = frozenset({"đăk", "lăk", "krông", "kan", "kon", "dak", "lak", "krong"})
_MARKS = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_FOLD = str.maketrans("đĐăĂâÂêÊôÔơƠưƯ", "dDaAaAeEoOoOuU")
_PLAIN_RIMES = frozenset(rime.translate(_FOLD) for rime in _RIMES)
# "gi" is an onset before a vowel (giáo, giờ); of "gì", "gìn" the i is the rime.
_SYLLABLE_RE = re.compile(
    r"(ngh?|nh|gi(?=[aăâeêioôơuưy])|gh?|kh?|ph?|th?|tr|ch?|qu?|[bdđhlmnrsvx]?)([aăâeêioôơuưy][a-zâêăôơư]*)"
)

# Syllables without marks that make up most of the unmarked words of clean text (share unmarked from 0.4, counted
# over law, administration, news and encyclopedia); any other unmarked word says that marks were lost.
_PLAIN_WORDS_TEXT = """
    trong theo cho quan quy khi gia nam sau ra trung doanh kinh tin lao an sinh giao chi qua khai anh cao hai
    con khu vi gian tra tham sung danh thay ty tranh minh mua hay ta xe bay ghi sao trang ba xem em tuy ninh
    binh nhau nga sang mang tay khoa chia ai kim huy vay xin nhanh hy coi cha vai trao sai suy quanh bom xung
    vua truy thao mong vui ngang sa quang quen xong kia rau loan cm ranh treo chim bia chai tha leo xoay thi
    thanh nhân ban công hoa tư phong giam phi ngay nghi ca do thu di nay trên chung hoi bao mai son long lan
    linh hoang khanh dung tung nhung hung vinh phu luu mau lai nghe xa ngoan tri
"""
_PLAIN_WORDS = frozenset(_PLAIN_WORDS_TEXT.split())
_FOREIGN_WORDS_TEXT = """
    the of and to in is for with that this are was by from as be or not which have has been will shall may all
    any their its his her they you your we our were on at it if other such these those section chapter article
    page les des et une est pour dans sur avec qui que par aux sont cette ce il elle nous vous leur plus ou der
    die das und ist nicht mit von den auf ein eine für
"""
_FOREIGN_WORDS = frozenset(_FOREIGN_WORDS_TEXT.split())

# word classes
# _GOOD, and _GLUED which is no syllable, hold a letter that only Vietnamese has (đ, ơ, ạ);
# _LATIN holds marks that Western languages have too (á, ê, õ)
_GOOD, _LATIN, _PLAIN, _STRIPPED, _ACCENT, _SYMBOL, _DIGIT, _ASCII, _FOREIGN, _ALIEN, _GLUED, _SKIP = range(12)
_CLASSES = 11

_CHUNK_RE = re.compile(r"\S+")
_URL_RE = re.compile(r"https?:|www\.|@|\.(?:vn|com|net|org|gov|edu)\b", re.IGNORECASE)
_CODE_RE = re.compile(
    r"[\d.,:/\-+%()x×=²³°]+|\d+[./-]?[A-ZĐƠƯ][\w/.&Đ-]*|[A-ZĐĂÂÊÔƠƯ]{1,6}\d{1,6}|[\w&]*/[\w&/-]*[A-ZĐ]{2}[\w&/-]*"
)
_UNIT_RE = re.compile(
    r"\d+[.,]?\d*(?:m[²2³3]?|k?m2|cm2|kg|g|mm|cm|km|ha|h|m3|kv|kw|mw|l|ml|đ|tr|tỷ|%|a|b|c|d|đ|e|g|[h]\d\d)?|m[23]|[kcdm]m[23]|co2|h[12]n[1-9]",
    re.IGNORECASE,
)
_ROMAN_RE = re.compile(r"[IVXLCDM]+")
_EDGES = " \t.,;:!?()[]{}<>«»“”\"'‘’…*_–—-•·/|~=+"
_INNER_RE = re.compile(r"[-–/.,:;()“”\"…+&]")
_VIET_LETTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzđăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)


def _spelled(word: str, rimes: frozenset[str]) -> bool:
    if word in _HIGHLANDS:
        return True
    match = _SYLLABLE_RE.fullmatch(word)
    if match is None:
        return False
    onset, rime = match[1], match[2]
    if onset == "gi":
        return rime in rimes or "i" + rime in rimes
    if rime not in rimes and (onset != "qu" or "u" + rime not in rimes):
        return False
    if word in ("gi", "gin"):
        return True
    front = rime[0] in "eêiy"
    if front and rime[:2] not in ("ye",):
        return onset not in ("c", "g", "ng")
    return onset not in ("k", "gh", "ngh") or rime[0] == "y" or word.startswith("kh")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether *word* can be a Vietnamese syllable as spelled, marks and all.

    >>> is_syllable("Nghị"), is_syllable("tiến"), is_syllable("nghi")
    (True, True, True)
    >>> is_syllable("dién"), is_syllable("cép"), is_syllable("nudc"), is_syllable("các1")
    (False, False, False, False)
    >>> [is_syllable(w) for w in ("giáo", "giờ", "giữa", "gì", "giết", "ngế")]
    [True, True, True, True, True, False]
    """
    return _syllable(unicodedata.normalize("NFC", word).lower())


def _syllable(word: str) -> bool:
    letters, tones = [], 0
    tone = ""
    for char in unicodedata.normalize("NFD", word):
        if char in _MARKS:
            tones += 1
            tone = char
        else:
            letters.append(char)
    if tones > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(letters))
    if (
        base.endswith(("p", "t", "c", "ch"))
        and tone not in ("\u0301", "\u0323")
        and not (tones == 0 and base.isascii())
    ):
        return False
    return _spelled(base, _RIMES)


@lru_cache(maxsize=32768)
def _classify(chunk: str) -> int:
    """Return the class of *chunk*, a run of characters without space."""
    word = chunk.strip(_EDGES)
    if not word or _CODE_RE.fullmatch(word) or _UNIT_RE.fullmatch(word) or _URL_RE.search(word):
        return _SKIP
    if _INNER_RE.search(word):
        return max((_classify(part) for part in _INNER_RE.split(word)), key=_SEVERITY.__getitem__)
    lower = unicodedata.normalize("NFC", word).lower()
    letters = sum(c.isalpha() for c in lower)
    if letters == 0:
        return _SKIP if len(lower) < 4 else _SYMBOL
    if lower.isalpha():
        if len(lower) == 1:
            return _SKIP if lower in "abcdđeghiklmnopqrstuvxyàáảạâăêôơưởờớýýỷỉ" else _ACCENT
        if not _VIET_LETTERS.issuperset(lower):
            return _ALIEN
        if lower.isascii():
            if lower in _FOREIGN_WORDS:
                return _FOREIGN
            if word.isupper() and ((len(word) <= 5 and not _spelled(lower, _PLAIN_RIMES)) or _ROMAN_RE.fullmatch(word)):
                return _SKIP
            if _spelled(lower, _PLAIN_RIMES):
                return _PLAIN if lower in _PLAIN_WORDS else _STRIPPED
            if word[1:] != word[1:].lower() and word.isalpha() and len(word) <= 8:
                return _SKIP  # BKHĐT, TTr, QLNN: an abbreviation of mixed case
            return _ASCII
        if _syllable(lower):
            return _LATIN if max(lower) < "\u0100" else _GOOD
        if word.isupper() and len(word) <= 8 and "Đ" in word:
            return _SKIP
        return _ACCENT if max(lower) < "\u0100" else _GLUED
    if max(lower) >= "\u0100" and any("\u0100" <= c < "\u2000" for c in lower):
        return _GLUED  # "việc10": two words that lost the blank between them, or a typing error
    if any(c.isdigit() for c in lower):
        return _SKIP if word.isupper() and letters <= 4 else _DIGIT
    return _SYMBOL


_SEVERITY = {
    _SKIP: 0,
    _PLAIN: 1,
    _FOREIGN: 2,
    _LATIN: 3,
    _GOOD: 3,
    _STRIPPED: 4,
    _ASCII: 5,
    _ACCENT: 6,
    _ALIEN: 7,
    _SYMBOL: 8,
    _DIGIT: 9,
    _GLUED: 2,
}
_STATES: tuple[ConditionName, ...] = ("clean", "unaccented", "garbled", "foreign")
# Share of each class among the words of texts in each condition (rows as _STATES, columns as the classes).
_SHARES = (
    (0.500, 0.280, 0.130, 0.060, 0.002, 0.0010, 0.0010, 0.015, 0.0020, 0.0010, 0.0060),
    (0.001, 0.003, 0.150, 0.820, 0.001, 0.0010, 0.0010, 0.015, 0.0050, 0.0005, 0.0005),
    (0.003, 0.207, 0.120, 0.420, 0.110, 0.0250, 0.0300, 0.070, 0.0050, 0.0100, 0.0030),
    (0.003, 0.007, 0.020, 0.120, 0.020, 0.0050, 0.0050, 0.520, 0.2500, 0.0300, 0.0030),
)
_LOG = tuple(tuple(math.log(share) for share in row) for row in _SHARES)
_PRIOR = tuple(math.log(p) for p in (0.82, 0.06, 0.08, 0.04))
_FLATTEN = 0.6  # words of a line are not independent: a name or a quotation brings several of a kind
_NEIGHBOUR = 0.25  # weight of the evidence of the lines around
_REACH = 6  # lines on each side that count as around
_DEEPEST = 12.0  # log odds that the lines around can give at most, before their weight
_ENGINE_SHARE = 0.15  # garbled words among the unmarked ones from which all of them are garbled; stripped text: 0.02
_MOSTLY = 0.5  # share of garbled words from which a document is garbled throughout
_LEGACY: dict[encodings.Encoding, ConditionName] = {
    "tcvn3": "legacy:tcvn3",
    "vni": "legacy:vni",
    "viqr": "legacy:viqr",
    "viscii": "legacy:viscii",
    "vps": "legacy:vps",
}
_EMPTY = Condition("empty", 1.0, 0.0, 0)


def _evidence(counts: Sequence[int]) -> list[float]:
    return [_FLATTEN * sum(n * log for n, log in zip(counts, row, strict=True) if n) for row in _LOG]


def _counts(line: str) -> list[int]:
    counts = [0] * (_CLASSES + 1)
    for chunk in line.split():
        counts[_classify(chunk)] += 1
    return counts[:_CLASSES]


def _quality(counts: Sequence[int]) -> float:
    total = sum(counts)
    if total == 0:
        return 0.0
    expected = 0.80  # of the syllables of clean text carry a mark
    marked = (counts[_GOOD] + counts[_LATIN]) / total
    valid = (counts[_GOOD] + counts[_LATIN] + counts[_PLAIN] + 0.5 * counts[_STRIPPED]) / total
    return max(0.0, min(1.0, valid * min(1.0, 0.25 + 0.75 * marked / (0.6 * expected))))


def _decide(evidence: Sequence[float], counts: Sequence[int]) -> Condition:
    total = sum(counts)
    scores = [e + p for e, p in zip(evidence, _PRIOR, strict=True)]
    top = max(scores)
    weights = [math.exp(s - top) for s in scores]
    best = max(range(len(scores)), key=scores.__getitem__)
    return Condition(_STATES[best], round(weights[best] / sum(weights), 4), round(_quality(counts), 4), total)


def _legacy(text: str, counts: Sequence[int], font: str | None = None) -> Condition | None:
    """Return the judgement that *text* is in a legacy encoding; only odd letters make it worth asking."""
    odd = counts[_LATIN] + counts[_ACCENT] + counts[_SYMBOL] + counts[_ALIEN] + counts[_GLUED]
    if odd * 6 < sum(counts) or not odd or counts[_GOOD] * 4 > sum(counts):
        return None
    found = encodings.detect(text, font)
    return None if found is None else Condition(_LEGACY[found], 0.99, round(_quality(counts), 4), sum(counts))


def judge(text: str, font: str | None = None) -> Condition:
    """Judge a whole text: a line, a page or a document, by all its words together.

    Args:
        text: Unicode text, or the surface text of a legacy encoding.
        font: name of its font, a hint to the legacy encoding.

    >>> judge("Ủy ban nhân dân huyện xây dựng kế hoạch tổ chức hội nghị").name
    'clean'
    >>> judge("Uy ban nhan dan huyen xay dung ke hoach to chuc hoi nghi").name
    'unaccented'
    >>> judge("T6 chirc Hi nghi dién hinh tién tlen cac cap").name
    'garbled'
    >>> judge("Report of the committee for the year 2019").name
    'foreign'
    >>> judge("KÕ ho¹ch tæ chøc héi nghÞ").name
    'legacy:tcvn3'
    >>> judge("12/KH-UBND 3.400 2019").name
    'empty'
    """
    counts = _counts(text)
    if sum(counts) == 0:
        return _EMPTY
    if (legacy := _legacy(text, counts, font)) is not None:
        return legacy
    condition = _decide(_evidence(counts), counts)
    if condition.name in ("garbled", "unaccented") and "\n" in text:
        # one line of Unicode hides the encoding of a whole page, plain words hide that others are garbled
        lines = Counter[ConditionName]()
        for line in judge_lines(text.splitlines()):
            lines[line.name] += line.words
        return replace(condition, name=lines.most_common(1)[0][0])
    return condition


def judge_lines(lines: Iterable[str]) -> list[Condition]:
    """Judge each line, with the lines around it and the whole document as prior; no words: ``empty``.

    One engine read the whole document: where lines are garbled, those that merely seem stripped are garbled too.

    >>> [c.name for c in judge_lines(["KE HOACH", "T6 chirc Hi nghi dién hinh tién tlen", "", "cac x4, phuong"])]
    ['garbled', 'garbled', 'empty', 'garbled']
    """
    lines = list(lines)
    tallies = [_counts(line) for line in lines]
    own = [_evidence(tally) for tally in tallies]
    worded = [i for i, tally in enumerate(tallies) if sum(tally)]
    result = [_EMPTY] * len(tallies)
    for k, i in enumerate(worded):
        near = worded[max(0, k - _REACH) : k] + worded[k + 1 : k + _REACH + 1]
        around = [sum(own[j][state] for j in near) for state in range(len(_STATES))]
        top = max(around, default=0.0)
        prior = [_NEIGHBOUR * max(a - top, -_DEEPEST) for a in around]
        result[i] = _decide([e + p for e, p in zip(own[i], prior, strict=True)], tallies[i])
    shares = share_of_lines(result)
    garbled, unaccented = shares.get("garbled", 0.0), shares.get("unaccented", 0.0)
    if garbled > _ENGINE_SHARE * (garbled + unaccented):
        result = [replace(c, name="garbled") if c.name == "unaccented" else c for c in result]
        garbled += unaccented
    if garbled > _MOSTLY:
        # what looks foreign among garbled lines is a line that was garbled more, unless it holds foreign words
        result = [
            replace(c, name="garbled") if c.name == "foreign" and tally[_FOREIGN] * 4 < c.words else c
            for c, tally in zip(result, tallies, strict=True)
        ]
    elif shares.get("clean", 0.0) > _MOSTLY:
        for k, i in enumerate(worded):
            near = worded[max(0, k - 2) : k] + worded[k + 1 : k + 3]
            if result[i].name == "garbled" and near and all(result[j].name in ("clean", "foreign") for j in near):
                result[i] = replace(result[i], name="foreign")  # names of a caption; engines garble whole pages
    return _with_legacy(lines, tallies, result)


def _with_legacy(lines: Sequence[str], tallies: Sequence[Sequence[int]], judged: list[Condition]) -> list[Condition]:
    """Return *judged* with the lines in a legacy encoding named so.

    To the classes of words legacy text is garbled; a garbled line now and then passes for legacy text. What most of
    the garbled words of a document are, all of them are.
    """
    legacy = [_legacy(line, tally) if sum(tally) else None for line, tally in zip(lines, tallies, strict=True)]
    votes = Counter[ConditionName]()
    for found in legacy:
        if found is not None:
            votes[found.name] += found.words
    if not votes:
        return judged
    name, words = votes.most_common(1)[0]
    others = sum(c.words for c, found in zip(judged, legacy, strict=True) if c.name == "garbled" and found is None)
    if words < others:
        return judged
    return [
        found or (replace(c, name=name) if c.name == "garbled" else c) for c, found in zip(judged, legacy, strict=True)
    ]


def share_of_lines(conditions: Iterable[Condition]) -> dict[ConditionName, float]:
    """Return how the words of a document are shared out over the conditions.

    >>> share_of_lines([Condition("clean", 1.0, 1.0, 3), Condition("garbled", 1.0, 0.3, 1)])
    {'clean': 0.75, 'garbled': 0.25}
    """
    tally: Counter[ConditionName] = Counter()
    for condition in conditions:
        if condition.words:
            tally[condition.name] += condition.words
    total = sum(tally.values())
    return {name: n / total for name, n in tally.most_common()}
