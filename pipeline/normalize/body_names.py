"""Names of bodies: abbreviations written out, official case, and the administrative units that a name mentions.

Phrases are matched without marks, the longest first, so that a name is mended where it is only damaged; the names of
units take the spelling of the tables. `pipeline.normalize.agencies` says whose a body is and where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import units
from pipeline.lexicon.agency_names import ACRONYMS, abbreviations, longest_phrase, phrases
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.lexicon.syllables import is_syllable, traditional

_TOKEN_RE = re.compile(r"[^\W_]+(?:[.&/'’][^\W_]+)*|[^\w\s]|_")
_UNIT_RE = cased(
    r"\b(?P<kind>tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)\s+"
    r"(?P<name>\d{1,2}\b|[[:upper:]][\w’']*(?:(?:\s*[-–]\s*|\s+)[[:upper:]][\w’']*){0,4})"
)
_SHORT_KIND_RE = cased(
    r"(?<![\w.])(?P<kind>T\.?X|T\.?P|T\.?T|Q|P|H|X|t\.?x|t\.?p)(?P<point>\s*[.]\s*|\s+|(?=\d))(?=[[:upper:]\d])"
)
_SHORT_KINDS = {
    "TX": "thị xã",
    "TP": "thành phố",
    "TT": "thị trấn",
    "Q": "quận",
    "P": "phường",
    "H": "huyện",
    "X": "xã",
}
PARTY_HEADS: dict[str, units.Kind] = {
    "tinh uy": "tinh", "thanh uy": "thanh_pho", "huyen uy": "huyen", "quan uy": "quan", "thi uy": "thi_xa",
    "tinh doan": "tinh", "thanh doan": "thanh_pho", "huyen doan": "huyen", "quan doan": "quan", "thi doan": "thi_xa",
}  # fmt: skip
KIND_OF_TITLE: dict[str, units.Kind] = {title: kind for kind, title in units.TITLES.items()}
EDITIONS: tuple[units.Edition, ...] = (63, 34)


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named in a text: ``text[start:end]``, its kind and its name as the tables have it where they know it."""

    start: int
    end: int
    kind: units.Kind
    name: str

    @property
    def full_name(self) -> str:
        """Kind and name."""
        return f"{units.TITLES[self.kind]} {self.name}"


def write_out(text: str) -> str:
    """Return a body's name without abbreviations and in official case.

    >>> write_out("UBND TX. BỈM SƠN")
    'Ủy ban nhân dân thị xã Bỉm Sơn'
    >>> write_out("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH THANH HOÁ")
    'Hội đồng Thi đua - Khen thưởng tỉnh Thanh Hóa'
    >>> write_out("SỞ GD&ĐT"), write_out("Uỷ ban nhân dân huyện Duy Tiên"), write_out("TRƯỜNG THPT LÊ QUÝ ĐÔN")
    ('Sở Giáo dục và Đào tạo', 'Ủy ban nhân dân huyện Duy Tiên', 'Trường Trung học phổ thông Lê Quý Đôn')
    >>> write_out("UY BAN NHAN DAN HUYEN DUY TIEN")
    'Ủy ban nhân dân huyện Duy Tiên'
    >>> write_out("phòng Văn hóa và xã hội phường"), write_out("Uỷ Ban xã hội"), write_out("UBND XÃ HỘI HỢP")
    ('Phòng Văn hóa và Xã hội phường', 'Ủy ban Xã hội', 'Ủy ban nhân dân xã Hội Hợp')
    """
    text = traditional(" ".join(unglue(word) for word in text.split())).strip(" .,;:*_-–—'\"“”‘’…")
    letters = [char for char in text if char.isalpha()]
    shouted = sum(char.isupper() for char in letters) > 0.7 * len(letters)
    text = _expand(text, shouted)
    tokens = [(match[0], match.start() > 0 and text[match.start() - 1].isspace()) for match in _TOKEN_RE.finditer(text)]
    keys = [fold(token) for token, _ in tokens]
    unmarked = text.isascii()
    words: list[str] = []
    index = 0
    while index < len(tokens):
        phrase, length = _phrase_at(tokens, keys, index, unmarked)
        if phrase is None:
            token = tokens[index][0]
            phrase, length = _case(token, keys[index], shouted, first=not words), 1
        words += phrase.split()
        index += length
    name = re.sub(r"\s+([,.;:)])", r"\1", " ".join(words)).replace("( ", "(")
    name = re.sub(r"\s*/\s*", "/", name)
    name = _name_units(name)
    return name[:1].upper() + name[1:]


@cache
def unglue(word: str) -> str:
    """Part words in capitals that were read without the spaces between them.

    >>> unglue("UBNDTỈNHKIÊN"), unglue("ỦYBANNHÂN"), unglue("VIETTEL"), unglue("QUẢNG")
    ('UBND TỈNH KIÊN', 'ỦY BAN NHÂN', 'VIETTEL', 'QUẢNG')
    """
    if len(word) < 6 or not word.isalpha() or not word.isupper() or is_syllable(traditional(word.lower())):
        return word
    if match := re.match(r"(UBND|HĐND)(?=\w{3})", word):
        return f"{match[1]} {unglue(word[match.end() :])}"
    best: list[list[str] | None] = [[]] + [None] * len(word)  # the fewest syllables that make up word[:i]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            before = best[start]
            if before is not None and end - start > 1 and is_syllable(traditional(word[start:end].lower())):
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = [*before, word[start:end]]
    whole = best[len(word)]
    marked = not word.isascii()  # without marks nearly any foreign name falls into syllables
    return " ".join(whole) if whole and marked else word


# "TƯ" is Trung ương, but not in "Tư pháp", "Đầu tư" and the like
_AFTER_TU = r"(?:PHÁP|LỆNH|VẤN|NHÂN|THỤC|NGHĨA|pháp|lệnh|vấn|nhân|thục|nghĩa)\b"
_BEFORE_TU = "".join(rf"(?<!\b{word}\s)" for word in ("ĐẦU", "VẬT", "THÔNG", "RIÊNG", "CÔNG", "ĐẠI", "THỨ"))


@cache
def _short_forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return first letter, pattern and long form of each abbreviation; too many for the cache of `re`."""
    forms = []
    for short, long in abbreviations().items():
        pattern = r"\s*".join(re.escape(part) for part in re.split(r"\s*([&,\-])\s*|\s+", short) if part)
        forms.append((short[0], re.compile(rf"(?<!\w){_BEFORE_TU}{pattern}(?![\w&])(?!\s+{_AFTER_TU})"), long))
    return tuple(forms)


def _expand(text: str, shouted: bool) -> str:
    for first, pattern, long in _short_forms():
        if first in text:
            text = pattern.sub(long, text)
    text = re.sub(r"\s*&\s*", " và ", text)

    def unit(match: re.Match[str]) -> str:
        kind = match["kind"].upper().replace(".", "")
        if len(kind) == 1 and "." not in match["point"] and not match.string[match.end() :][:1].isdigit():
            return match[0]
        if kind == "TT" and not re.search(
            r"(?:nhân dân|ủy|đoàn|Hội|Ban)\s*$", match.string[: match.start()], re.IGNORECASE
        ):
            return match[0]
        return _SHORT_KINDS[kind] + " "

    return _SHORT_KIND_RE.sub(unit, text)


def _phrase_at(
    tokens: Sequence[tuple[str, bool]], keys: Sequence[str], index: int, unmarked: bool
) -> tuple[str | None, int]:
    if society := _society_at(tokens, keys, index):
        return society, 2
    if keys[index] == "ban" and index and keys[index - 1] == "uy":
        return "ban", 1  # of an "Ủy ban" that no table has
    for length in range(min(longest_phrase(), len(tokens) - index), 0, -1):
        phrase = phrases().get(tuple(keys[index : index + length]))
        if phrase is None:
            continue
        if length > 1:
            exact = unmarked or all(
                traditional(token.casefold()) == word.casefold()
                for (token, _), word in zip(tokens[index : index + length], phrase.split(), strict=False)
            )
            # "huyện Đoan Hùng" is not the Huyện đoàn; elsewhere a wrong mark is damage
            if exact or not phrase.endswith("đoàn") or "đoàn" in tokens[index + length - 1][0].casefold():
                return phrase, length
            continue
        # one word alone must have its marks, unless the whole text has none; "Ha Tinh" does not end with a tỉnh
        last = index == len(tokens) - 1 and phrase in KIND_OF_TITLE
        if (unmarked and not last) or traditional(tokens[index][0].casefold()) == phrase.casefold():
            return phrase, 1
    return None, 0


def _society_at(tokens: Sequence[tuple[str, bool]], keys: Sequence[str], index: int) -> str | None:
    """Return "xã hội" where no commune's name begins: the name ends, or goes on in small letters or with a kind."""
    if list(keys[index : index + 2]) != ["xa", "hoi"]:
        return None
    after = tokens[index + 2][0] if index + 2 < len(tokens) else ""
    named = after[:1].isupper() and traditional(after.casefold()) not in (*KIND_OF_TITLE, "việt")
    if named:
        return None
    return "Xã hội" if index and keys[index - 1] in ("va", "-", "ban", "&") else "xã hội"


def _case(token: str, key: str, shouted: bool, *, first: bool) -> str:
    if not token[0].isalpha() or not shouted:
        return token
    if token in ACRONYMS or re.fullmatch(r"[IVXL]+", token):
        return token
    if not is_syllable(token.lower()) and token.isupper() and len(token) <= 6 and token.isascii():
        return token if not re.search("[aeiouy]", key) else token.capitalize()
    return token.capitalize().replace("’", "'")


_FOLDED_KIND_RE = re.compile(r"\b(tinh|thanh pho|quan|huyen|thi xa|thi tran|xa|phuong|dac khu) (?=[a-z\d])")


def _name_units(name: str) -> str:
    """Put the names of units in the spelling of the tables, their kinds in lower case with their marks."""
    for match in reversed(list(_FOLDED_KIND_RE.finditer(fold(name)))):
        kind: units.Kind = match[1].replace(" ", "_")  # type: ignore[assignment]
        written = name[match.start(1) : match.end(1)]
        title = units.TITLES[kind]
        if traditional(written.casefold()) != title and not _names_unit(kind, name[match.end() :]):
            continue
        if re.match(r"(?:hội|ủy|đoàn)\b", name[match.end() :]):
            continue
        if name[match.end() :][:1].isupper() or name[match.end() :][:1].isdigit():
            name = name[: match.start(1)] + title + name[match.end(1) :]
    for head, kind in PARTY_HEADS.items():
        if named := re.search(rf"\b{head} (?=[a-z])", fold(name)):
            known = known_unit(kind, name[named.end() :])
            name = name[: named.end()] + known if known else name
    parts: list[str] = []
    position = 0
    for mention in units_in(name):
        parts += [name[position : mention.start], mention.full_name]
        position = mention.end
    return "".join(parts) + name[position:]


def _names_unit(kind: units.Kind, rest: str) -> bool:
    """Tell whether *rest* begins with the name of a unit of just this kind: then the kind was misread before it."""
    words = rest.split()
    return any(
        unit.kind == kind
        for count in (3, 2)
        for edition in EDITIONS
        for unit in units.find(" ".join(words[:count]), edition=edition)
        if unit.code is not None and len(words) >= count
    )


_SEVERAL_RE = re.compile(r"\b(?:các|những|liên|cấp)\s+$", re.IGNORECASE)


def units_in(text: str) -> tuple[UnitMention, ...]:
    """Return the units that a name in official case mentions with their kinds.

    >>> [mention.full_name for mention in units_in("Ủy ban nhân dân xã Phong Hải, tỉnh Lào Cai")]
    ['xã Phong Hải', 'tỉnh Lào Cai']
    """
    found = []
    for match in _UNIT_RE.finditer(text):
        if _SEVERAL_RE.search(text[: match.start()]):  # "các xã Vùng Cao" is no commune
            continue
        kind = KIND_OF_TITLE[match["kind"]]
        words = re.split(r"(\s*[-–]\s*|\s+)", match["name"])
        name, end = match["name"], match.end()
        for count in range(len(words), 0, -2):  # the longest run of words that the tables know
            candidate = "".join(words[:count])
            known = known_unit(kind, candidate)
            if known is not None:
                name, end = known, match.start("name") + len(candidate)
                break
        found.append(UnitMention(match.start(), end, kind, name))
    return tuple(found)


def known_unit(kind: units.Kind, name: str) -> str | None:
    """Return the tables' spelling of a unit's name, of either edition; None where they do not have it."""
    found = [
        unit
        for level, kinds in units.KINDS_OF_LEVEL.items()
        if kind in kinds
        for edition in EDITIONS
        for unit in units.find(name, level, edition=edition)
        if unit.code is not None or level != "commune"
    ]
    same = [unit for unit in found if units.same_name(unit.name, name)]
    if same:
        return same[0].name
    if len({unit.name for unit in found}) == 1:
        return found[0].name
    return _misread_province(name) if kind in ("tinh", "thanh_pho") and not found else None


def _misread_province(name: str) -> str | None:
    """Return the province whose long name *name* is but for one letter: "Hệ Chí Minh".

    >>> _misread_province("Hệ Chí Minh"), _misread_province("Hà Tây"), _misread_province("Cao Lãnh")
    ('Hồ Chí Minh', None, None)
    """
    letters = fold(name).replace(" ", "")
    close = {
        unit.name
        for unit in units.all_units(63, "province")
        if len(other := fold(unit.name).replace(" ", "")) == len(letters) >= 8
        and sum(a != b for a, b in zip(letters, other, strict=True)) == 1
    }
    return close.pop() if len(close) == 1 else None
