"""Legacy encodings of Vietnamese: TCVN3 (ABC, the .Vn fonts), VNI, VIQR, VISCII and VPS.

Text set in a legacy font comes out of PDF, Word and 8-bit files as Western letters ("KÕ ho¹ch", "Keá hoaïch"). Whether
a run is such text is a question of likelihood: would its words be commoner Vietnamese after conversion than they are
now? A run that holds letters only Unicode has is never touched, whatever its font is called.

*Surface text* is what readers hand over: the bytes seen as Windows-1252, with the substitutions that PDF makes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from pipeline.lexicon.syllables import ranks, traditional

Encoding = Literal["tcvn3", "vni", "viqr", "viscii", "vps"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

# --- tables -----------------------------------------------------------------------------------------------

_TONED = {
    base: "".join(unicodedata.normalize("NFC", base + tone) for tone in "\u0300\u0309\u0303\u0301\u0323")
    for base in "aăâeêioôơuưy"
}  # grave, hook, tilde, acute, dot

# TCVN 5712:1993 VN3 as the ABC fonts have it; capitals with tones do not exist, fonts named ...H draw capitals
_TCVN3_BYTES: dict[int, str] = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)) | {
    code: letter
    for codes, letters in (
        ((0xB5, 0xB6, 0xB7, 0xB8, 0xB9), _TONED["a"]),
        ((0xBB, 0xBC, 0xBD, 0xBE, 0xC6), _TONED["ă"]),
        ((0xC7, 0xC8, 0xC9, 0xCA, 0xCB), _TONED["â"]),
        ((0xCC, 0xCE, 0xCF, 0xD0, 0xD1), _TONED["e"]),
        ((0xD2, 0xD3, 0xD4, 0xD5, 0xD6), _TONED["ê"]),
        ((0xD7, 0xD8, 0xDC, 0xDD, 0xDE), _TONED["i"]),
        ((0xDF, 0xE1, 0xE2, 0xE3, 0xE4), _TONED["o"]),
        ((0xE5, 0xE6, 0xE7, 0xE8, 0xE9), _TONED["ô"]),
        ((0xEA, 0xEB, 0xEC, 0xED, 0xEE), _TONED["ơ"]),
        ((0xEF, 0xF1, 0xF2, 0xF3, 0xF4), _TONED["u"]),
        ((0xF5, 0xF6, 0xF7, 0xF8, 0xF9), _TONED["ư"]),
        ((0xFA, 0xFB, 0xFC, 0xFD, 0xFE), _TONED["y"]),
    )
    for code, letter in zip(codes, letters, strict=True)
}

# RFC 1456, 0x80 to 0xFF in order
_VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_BYTES: dict[int, str] = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"} | dict(
    zip(range(0x80, 0x100), _VISCII_UPPER, strict=True)
)

# VPS (Vietnamese Professional Software), 0x80 to 0xFF in order; a point is a place that VPS leaves to Windows-1252
_VPS_UPPER = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ..ỀỂỄỐỒỔỖýỷỵỚỜỞ.ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ.àáâãảạă.èéêẽìí.ĩẴĐòóôõ.Ơụùúủ.ỶẼỳ"
)
_VPS_CONTROLS = (
    (0x02, "Ạ"), (0x03, "Ậ"), (0x04, "Ặ"), (0x05, "Ẹ"), (0x06, "Ệ"), (0x10, "Ị"), (0x11, "Ọ"), (0x12, "Ộ"),
    (0x13, "Ợ"), (0x14, "Ụ"), (0x15, "Ự"), (0x19, "Ỵ"), (0x1C, "Ẫ"), (0x1D, "Ữ"),
)  # fmt: skip
_VPS_BYTES: dict[int, str] = dict(_VPS_CONTROLS) | {
    code: letter for code, letter in zip(range(0x80, 0x100), _VPS_UPPER, strict=True) if letter != "."
}

# VNI writes a vowel, then a mark; ơ ư and the letters of i, y and đ are single. Case of vowel and mark agree.
_VNI_MARKS: dict[str, dict[str, str]] = {
    "ø": {"a": "à", "e": "è", "o": "ò", "u": "ù", "y": "ỳ", "ô": "ờ", "ö": "ừ", "i": "ì"},
    "ù": {"a": "á", "e": "é", "o": "ó", "u": "ú", "y": "ý", "ô": "ớ", "ö": "ứ", "i": "í"},
    "û": {"a": "ả", "e": "ẻ", "o": "ỏ", "u": "ủ", "y": "ỷ", "ô": "ở", "ö": "ử", "i": "ỉ"},
    "õ": {"a": "ã", "e": "ẽ", "o": "õ", "u": "ũ", "y": "ỹ", "ô": "ỡ", "ö": "ữ", "i": "ĩ"},
    "ï": {"a": "ạ", "e": "ẹ", "o": "ọ", "u": "ụ", "y": "ỵ", "ô": "ợ", "ö": "ự", "i": "ị"},
    "â": {"a": "â", "e": "ê", "o": "ô"},
    "à": {"a": "ầ", "e": "ề", "o": "ồ"},
    "á": {"a": "ấ", "e": "ế", "o": "ố"},
    "å": {"a": "ẩ", "e": "ể", "o": "ổ"},
    "ã": {"a": "ẫ", "e": "ễ", "o": "ỗ"},
    "ä": {"a": "ậ", "e": "ệ", "o": "ộ"},
    "ê": {"a": "ă"},
    "è": {"a": "ằ"},
    "é": {"a": "ắ"},
    "ú": {"a": "ẳ"},
    "ü": {"a": "ẵ"},
    "ë": {"a": "ặ"},
}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni_table() -> dict[str, str]:
    table = {surface: letter for small, big in _VNI_SINGLE.items() for surface, letter in _both_cases(small, big)}
    for mark, vowels in _VNI_MARKS.items():
        for vowel, letter in vowels.items():
            table |= {vowel + mark: letter, vowel.upper() + mark.upper(): letter.upper()}
            table.setdefault(vowel.upper() + mark, letter.upper())  # capital vowel typed with a small mark
    return table


def _both_cases(small: str, letter: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (small, letter), (small.upper(), letter.upper())


_VNI = _vni_table()
_VNI_RE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_VIQR_MARKS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323", "\u2019": "\u0301"}
_VIQR_RE = re.compile(
    r"\\(?P<kept>[\\^(+*'`?~.dD])|(?P<dd>[dD][dD])|(?P<vowel>[aeiouyAEIOUY])(?P<mark>(?<=[aeoAEO])\^|(?<=[aA])\(|(?<=[oOuU])[+*])?"
    r"(?P<tone>['`?~.\u2019])?"
)

# Code points that PDF and Word put in place of a byte: the soft hyphen (ư in TCVN3) is drawn as a minus sign, ...
_STAND_INS = {
    "\u2212": 0xAD,
    "\u2219": 0xB7,
    "\u2022": 0xB7,
    "\u03bc": 0xB5,
    "\u0110": 0xD0,
    "\u02c9": 0xAF,
    "\u2215": 0xA4,
}


def _surface_bytes() -> dict[str, int]:
    table = {chr(code): code for code in range(256)}
    for code in range(0x80, 0xA0):
        try:
            table[bytes([code]).decode("cp1252")] = code
        except UnicodeDecodeError:
            continue
    return table | {chr(0xF000 + code): code for code in range(0x20, 0x100)}  # symbol fonts


_SURFACE = _surface_bytes()
_DECODERS: dict[Encoding, dict[str, str]] = {}
for _name, _table in (("tcvn3", _TCVN3_BYTES), ("viscii", _VISCII_BYTES), ("vps", _VPS_BYTES)):
    _DECODERS[_name] = {surface: _table[code] for surface, code in _SURFACE.items() if code in _table}  # type: ignore[index]
_PUNCTUATION = frozenset("‘’“”–—…•")  # Windows-1252 in TCVN3 and VNI text; letters only in VISCII and VPS
for _char in _PUNCTUATION:
    _DECODERS["tcvn3"].pop(_char, None)
_TCVN3_STAND_IN_RE = re.compile(
    r"(?<=[^\W\d_])[\u2212\u2219\u2022](?=[^\W\d_])|(?<=[^\W\d_])[\u2212\u2219\u2022]|[\u2212\u2219\u2022](?=[^\W\d_])|"
    r"[\u2212\u2219](?=[\u00a8-\u00fe]\w)"
)

# --- conversion -------------------------------------------------------------------------------------------


def decode(text: str, encoding: str, *, font: str | None = None) -> str:
    """Return *text*, surface text in *encoding*, as Unicode (NFC).

    Args:
        text: a run, a line or a document in that one encoding.
        encoding: one of `ENCODINGS`.
        font: name of its font, where known: the .Vn fonts whose name ends in H draw capitals. Without it, words
            that mix ASCII capitals with small marked letters are taken for such.

    >>> decode("Sè: 60/KH-UBND", "tcvn3")
    'Số: 60/KH-UBND'
    >>> decode("KÕ HO¹CH", "tcvn3"), decode("ñy ban", "tcvn3", font=".VnTimeH")
    ('KẾ HOẠCH', 'ỦY BAN')
    >>> decode("Keá hoaïch naêm 2005", "vni"), decode("Ke^' hoa.ch na(m 2005", "viqr")
    ('Kế hoạch năm 2005', 'Kế hoạch năm 2005')
    """
    if encoding == "vni":
        return unicodedata.normalize("NFC", _VNI_RE.sub(lambda m: _VNI[m[0]], text))
    if encoding == "viqr":
        return _decode_viqr(text)
    table = _DECODERS[encoding]  # type: ignore[index]
    if encoding == "tcvn3":
        text = _TCVN3_STAND_IN_RE.sub(lambda m: chr(_STAND_INS[m[0]]), text.replace("\u03bc", "\u00b5"))
        capitals = is_capital_font(font) if font else None
        decoded = "".join(table.get(char, char) for char in text)
        decoded = unicodedata.normalize("NFC", decoded)
        return decoded.upper() if capitals else _mend_capitals(decoded) if capitals is None else decoded
    return unicodedata.normalize("NFC", "".join(table.get(char, char) for char in text))


def encode(text: str, encoding: str) -> str:
    """Return Unicode *text* as surface text in *encoding*: the inverse of `decode`, for tests and generated files.

    TCVN3 has no capitals with tones; they become small letters, as typed for a font of capitals.

    >>> encode("Kế hoạch", "tcvn3"), encode("Kế hoạch", "vni"), encode("Kế hoạch", "viqr")
    ('KÕ ho¹ch', 'Keá hoaïch', "Ke^' hoa.ch")
    """
    text = unicodedata.normalize("NFC", text)
    if encoding == "viqr":
        escaped = _VIQR_ESCAPED_RE.sub(r"\\\g<0>", text)
        return "".join(_viqr_of(char) for char in escaped)
    table = _encoder(encoding)
    return "".join(table.get(char, char) for char in text)


@lru_cache(maxsize=8)
def _encoder(encoding: str) -> dict[str, str]:
    if encoding == "vni":
        table: dict[str, str] = {}
        for surface, letter in _VNI.items():
            agree = len(surface) == 1 or surface.islower() == surface[0].islower()
            if (agree and letter not in table) or len(surface) == 1:
                table[letter] = surface
        return table
    source = {"tcvn3": _TCVN3_BYTES, "viscii": _VISCII_BYTES, "vps": _VPS_BYTES}[encoding]
    table = {letter: _windows(code) for code, letter in source.items()}
    if encoding == "tcvn3":
        table = {letter: chr(code) for code, letter in source.items()}
        table |= {letter.upper(): surface for letter, surface in table.items() if letter.upper() not in table}
    return table


def _windows(code: int) -> str:
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_VIQR_ESCAPED_RE = re.compile(r"(?<=[aeiouyAEIOUY\u00c0-\u1ef9])[\^(+*'`?~.\u2019](?!\s|$)|(?<=[dD])[dD]|\\\\")


def _viqr_of(char: str) -> str:
    if char in "đĐ":
        return "dd" if char == "đ" else "DD"
    inverse = {mark: sign for sign, mark in (_VIQR_MARKS | _VIQR_TONES).items() if sign not in "*\u2019"}
    base, *marks = list(unicodedata.normalize("NFD", char))
    if not marks:
        return char
    marks.sort(key=lambda mark: mark in _VIQR_TONES.values())
    return base + "".join(inverse.get(mark, mark) for mark in marks)


def _decode_viqr(text: str) -> str:
    def word(match: re.Match[str]) -> str:
        return _decode_viqr_word(match[0], goes_on=_VIQR_GOES_ON_RE.match(text, match.end()) is not None)

    return re.sub(r"\S+", word, text)


def _decode_viqr_word(word: str, *, goes_on: bool) -> str:
    decoded = _viqr_marks(word)
    if not goes_on and (match := _VIQR_END_RE.fullmatch(word)):
        # one point or question mark at the end of a sentence is a tone only where that makes the commoner word
        other = _viqr_marks(match["body"]) + match["sign"] + match["rest"]
        if _rarity(_letters(other)) <= _rarity(_letters(decoded)):
            return other
    return decoded


_VIQR_GOES_ON_RE = re.compile(r"[ \t]+[a-z\d(\-]")  # the sentence goes on: what stands before is no full stop
_VIQR_END_RE = re.compile(r"(?P<body>.*[aeiouyAEIOUY][\^(+*]?)(?P<sign>[.?])(?P<rest>[)\"”’]*)")


def _viqr_marks(word: str) -> str:
    def letter(match: re.Match[str]) -> str:
        if match["kept"]:
            return match["kept"]
        if match["dd"]:
            return "Đ" if match["dd"][0] == "D" else "đ"
        marks = _VIQR_MARKS.get(match["mark"] or "", "") + _VIQR_TONES.get(match["tone"] or "", "")
        return unicodedata.normalize("NFC", match["vowel"] + marks)

    return _VIQR_RE.sub(letter, word)


_CAPITAL_FONT_RE = re.compile(
    r"^(?:[A-Z]{6}\+)?\.?vn[a-z0-9 ]*?h(?:[ ,\-]*(?:bold|italic|bolditalic|regular|normal))*$", re.I
)
_LEGACY_FONT_RE = re.compile(r"^(?:[A-Z]{6}\+)?(?:(?P<tcvn3>\.?vn[a-z]{2})|(?P<vni>vni[- ]?)|(?P<vps>vps))", re.I)


def is_capital_font(font: str) -> bool:
    """Say whether *font* is a TCVN3 font that draws small letters as capitals.

    >>> [is_capital_font(name) for name in (".VnTimeH", "VnTimeHBold", ".VnArialH,Bold", ".VnTime", "VnTimeItalic")]
    [True, True, True, False, False]
    """
    return bool(_CAPITAL_FONT_RE.match(font.strip()))


def font_encoding(font: str | None) -> Encoding | None:
    """Return the encoding that a font's name hints at; only a hint, since fonts were renamed and re-encoded.

    >>> font_encoding(".VnTime"), font_encoding("VNI-Times,Bold"), font_encoding("ABCDEF+Times New Roman")
    ('tcvn3', 'vni', None)
    """
    match = _LEGACY_FONT_RE.match(font.strip()) if font else None
    return match.lastgroup if match else None  # type: ignore[return-value]


_WORDISH_RE = re.compile(r"[^\W\d_]+")


def _mend_capitals(text: str) -> str:
    """Raise the marked small letters of words set in a font of capitals: "KẾ HOạCH" → "KẾ HOẠCH".

    A word with two ASCII capitals and no small ASCII letter says that such a font was used; its neighbours that
    hold no small ASCII letter either follow it.
    """
    out: list[str] = []
    for line in text.splitlines(keepends=True):
        words = list(_WORDISH_RE.finditer(line))
        kinds = [_capital_kind(m[0]) for m in words]
        if 2 not in kinds:
            out.append(line)
            continue
        raised = [kind == 2 for kind in kinds]
        for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
            near = False
            for i in order:
                near = raised[i] or (kinds[i] > 0 and near)
                raised[i] = near
        pieces, last = [], 0
        for match, up in zip(words, raised, strict=True):
            pieces += [line[last : match.start()], match[0].upper() if up else match[0]]
            last = match.end()
        out.append("".join(pieces) + line[last:])
    return "".join(out)


def _capital_kind(word: str) -> int:
    """2: surely set in capitals, 1: may be, 0: surely not."""
    ascii_letters = [c for c in word if c.isascii()]
    if any(c.islower() for c in ascii_letters):
        return 0
    small = any(c.islower() for c in word)
    mixed = any(a.islower() and b.isupper() for a, b in pairwise(word))  # "ủY": no word is written so
    return 2 if mixed or (small and len(ascii_letters) >= 2) else 1


# --- detection --------------------------------------------------------------------------------------------

_UNKNOWN = 12.0  # nats: rarity of a word that is no syllable; the rarest syllable has about 9
_LEAST_GAIN = 2.5  # nats, over the whole text, from which conversion is believed
_LEAST_MEAN_GAIN = 0.8  # nats a changed word
_LEAST_KNOWN = 0.6  # share of the changed words that are syllables after conversion
_UNICODE_AROUND = 6.0  # nats more, where other runs of the same font are Unicode
_MOST_UNEXPLAINED = 0.2  # share of odd words; garbled plans have 0.45 to 0.74, texts with runs in an encoding 0.02
_FONT_BONUS = 1.5  # nats, for the encoding that the font's name hints at
_UNICODE_LETTERS = frozenset("ăđơưĂĐƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA)))
_TOKEN_RE = re.compile(r"\S+")
_EDGE_OR_SIGN = frozenset("()[]{}<>\"“”‘’…,;:!/\\|_=0123456789%&-–—.?'+*•·°½¼¾²³×÷±§®©«»\u00b4¨\u00b8¹ª¬")
_EDGE = '()[]{}<>"“”‘’…,;:!/\\|_=0123456789%&-–—'


@dataclass(frozen=True, slots=True)
class _Weight:
    """How much commoner the words of a text are in one encoding than as they stand."""

    gain: float
    changed: int
    known: int


def is_unicode_vietnamese(text: str) -> bool:
    """Say whether *text* holds letters that only Unicode Vietnamese has.

    >>> is_unicode_vietnamese("Kế hoạch"), is_unicode_vietnamese("KÕ ho¹ch"), is_unicode_vietnamese("Sè: 60/KH-UBND")
    (True, False, False)
    """
    return not _UNICODE_LETTERS.isdisjoint(unicodedata.normalize("NFC", text))


def detect(text: str, font: str | None = None, *, least: float = _LEAST_GAIN) -> Encoding | None:
    """Return the legacy encoding of *text*; None where it is Unicode, or not surely legacy.

    Args:
        text: surface text in one encoding: a run, a line, a document.
        font: name of its font, a hint at most.
        least: gain in nats from which conversion is believed; more where the text around is Unicode.

    >>> detect("Sè: 60/KH-UBND"), detect("Kế hoạch số 60"), detect("Keá hoaïch toå chöùc")
    ('tcvn3', None, 'vni')
    >>> detect("Ke^' hoa.ch to^? chu+'c"), detect("Comité français"), detect("Ke hoach to chuc.")
    ('viqr', None, None)
    """
    if is_unicode_vietnamese(text):
        return None
    weights = {encoding: _weigh(text, encoding) for encoding in ENCODINGS}
    hinted = font_encoding(font)
    best, gain = None, 0.0
    for encoding, weight in weights.items():
        bonus = _FONT_BONUS if encoding == hinted and weight.changed else 0.0
        if weight.gain + bonus > gain and _is_believed(weight, bonus, least):
            best, gain = encoding, weight.gain + bonus
    return best


def _is_believed(weight: _Weight, bonus: float, least: float) -> bool:
    return (
        weight.changed > 0
        and weight.gain + bonus >= least
        and weight.gain + bonus >= _LEAST_MEAN_GAIN * weight.changed
        and weight.known >= _LEAST_KNOWN * weight.changed
    )


def _weigh(text: str, encoding: Encoding) -> _Weight:
    gain, changed, known = 0.0, 0, 0
    if encoding == "viqr" and not _has_viqr_marks(text):
        return _Weight(0.0, 0, 0)
    for match in _TOKEN_RE.finditer(text):
        word = match[0]
        if word.isascii() and encoding != "viqr" and not _has_control_letters(word, encoding):
            continue
        if all(char in _EDGE_OR_SIGN for char in word):
            continue  # a dash or quotation mark by itself is no letter of VISCII
        decoded = _decoded_word(word, encoding)
        if decoded == word:
            if not word.isascii() and any(c.isalpha() and not c.isascii() for c in word):
                as_is = _word_rarity(word)
                gain -= 0.5 * max(0.0, as_is - _UNKNOWN + 1.0)  # a strange letter that this encoding leaves
            continue
        before, after = _word_rarity(word), _word_rarity(decoded)
        gain += before - after
        changed += 1
        known += after < _UNKNOWN
    return _Weight(gain, changed, known)


def _has_control_letters(word: str, encoding: Encoding) -> bool:
    return encoding in ("viscii", "vps") and any(char < " " for char in word)


@lru_cache(maxsize=65536)
def _decoded_word(word: str, encoding: Encoding) -> str:
    return decode(word, encoding)


def _has_viqr_marks(text: str) -> bool:
    """Whether marks stand inside words, where punctuation never does; those at word ends say nothing."""
    if not text.isascii() and any(not char.isascii() and char.isalpha() for char in text):
        return False  # VIQR is ASCII; a misread line with "dd" in it is not
    words = len(text.split())
    return len(_VIQR_INSIDE_RE.findall(text)) >= max(1 if words <= 4 else 2, 0.05 * words)


_VIQR_INSIDE_RE = re.compile(
    r"[aeoAEO]\^|[aA]\((?=['`?~.a-zA-Z])|[oOuU]\+|[aeiouyAEIOUY]['`?~.][a-zA-Z]|(?<![a-zA-Z])[dD][dD](?=[aeiouyAEIOUY])"
)


@lru_cache(maxsize=65536)
def _word_rarity(word: str) -> float:
    parts = [part for part in re.split(r"[-–/.,]", word.strip(_EDGE + ".?'")) if part]
    rarities = [_rarity(_letters(part)) for part in parts if _letters(part)]
    return sum(rarities) / len(rarities) if rarities else _UNKNOWN


def _letters(word: str) -> str:
    return word.strip(_EDGE + ".?*+~^`'")


def _rarity(word: str) -> float:
    """Nats by which *word* is rare: the logarithm of its rank among the syllables."""
    table = ranks()
    lower = word.lower()
    rank = table.get(lower)
    if rank is None and not lower.isascii():
        rank = table.get(traditional(lower))
    return math.log(rank + 3.0) if rank is not None else _UNKNOWN


# --- runs -------------------------------------------------------------------------------------------------


def convert_runs(runs: Sequence[tuple[str, str | None]]) -> tuple[list[str], Encoding | None]:
    """Convert the legacy ones among *runs* of one page or document, each a text with its font's name.

    All runs of a font vote on its encoding; then each run is asked for itself, so that what is Unicode already
    stays. Where the font as a whole is in no encoding, a run of it is believed alone only if the words of the others
    are words: garbled text has lines that pass for TCVN3 ("véi céc" for "vội cộc").

    Returns the texts in the same order, and the commonest encoding that was met.

    >>> convert_runs([("Sè: 60/KH-UBND", ".VnTime"), ("ngày 16 tháng 4", ".VnTime"), ("KÕ ho¹ch n¨m", ".VnTimeH")])
    (['Số: 60/KH-UBND', 'ngày 16 tháng 4', 'KẾ HOẠCH NĂM'], 'tcvn3')
    """
    if all(text.isascii() for text, _ in runs) and not any(_has_viqr_marks(text) for text, _ in runs):
        return [text for text, _ in runs], None
    open_runs = [not is_unicode_vietnamese(text) for text, _ in runs]
    by_font: dict[str | None, list[str]] = {}
    for (text, font), is_open in zip(runs, open_runs, strict=True):
        if is_open:
            by_font.setdefault(font, []).append(text)
    unicode_fonts = {font for (_, font), is_open in zip(runs, open_runs, strict=True) if not is_open}
    least = {font: _LEAST_GAIN + (_UNICODE_AROUND if font in unicode_fonts else 0.0) for font in by_font}
    verdicts = {font: detect("\n".join(texts), font, least=least[font]) for font, texts in by_font.items()}
    tally: Counter[Encoding] = Counter()
    damaged: dict[tuple[str | None, Encoding], bool] = {}
    out: list[str] = []
    for (text, font), is_open in zip(runs, open_runs, strict=True):
        encoding = (verdicts[font] or detect(text, font, least=least[font])) if is_open else None
        if encoding and not verdicts[font]:
            if (font, encoding) not in damaged:
                damaged[font, encoding] = _unexplained(by_font[font], encoding) > _MOST_UNEXPLAINED
            if damaged[font, encoding]:
                encoding = None
        if encoding and _weigh(text, encoding).gain >= -1.0:
            converted = decode(text, encoding, font=font if font and font_encoding(font) == "tcvn3" else None)
            tally[encoding] += len(text)
            out.append(converted)
        else:
            out.append(text)
    return out, tally.most_common(1)[0][0] if tally else None


def _unexplained(texts: Iterable[str], encoding: Encoding) -> float:
    """Return the share of the words with odd letters that are syllables neither as they stand nor decoded."""
    words = unknown = 0
    for text in texts:
        for word in _TOKEN_RE.findall(text):
            if word.isascii() or not any(c.isalpha() and not c.isascii() for c in word):
                continue
            words += 1
            unknown += _word_rarity(word) >= _UNKNOWN and _word_rarity(_decoded_word(word, encoding)) >= _UNKNOWN
    return unknown / words if words else 0.0
