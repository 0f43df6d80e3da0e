"""Characters that merely look like Vietnamese ones: decomposed letters, other alphabets, legacy encodings.

Nothing is guessed about words here: a letter of another alphabet is replaced only where the word around it is
Vietnamese with the replacement and nothing without.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from pipeline.data import Edit
from pipeline.lexicon.encodings import convert_runs
from pipeline.lexicon.syllables import is_syllable

# Cyrillic, Greek and Latin letters that are drawn like letters of Vietnamese.
_CYRILLIC = dict(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0406\u0455\u0405",
        "ABEKMHOPCTXYaeopcxyiIsS",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
        "ABEHIKMNOPTYXo",
        strict=True,
    )
)
_LATIN = {
    "ð": "đ",
    "Ð": "Đ",
    "Ɖ": "Đ",
    "ɖ": "đ",
    "ƌ": "đ",
    "\u0131": "i",
    "\u0251": "a",
    "\u0261": "g",
    "ĕ": "ê",
    "ǎ": "ă",
    "ŏ": "ô",
}
LOOKALIKES = _CYRILLIC | _GREEK | _LATIN
_TWICE_RE = re.compile("đð|ðđ|ĐÐ|ÐĐ")  # recognizers write one letter as both
_LOOKALIKE_RE = re.compile(f"[{''.join(LOOKALIKES)}]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
_WORD_RE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_INVISIBLE}])*")
_SUSPECT_RE = re.compile(rf"[\u0300-\u036f{_INVISIBLE}]|[{''.join(LOOKALIKES)}]")
_COMPOSED_RE = re.compile(r"[\u0340\u0341\u0343\u0344\u0374\u037e\u0387\u1f71-\u1ffd\u212a\u212b]")  # NFC changes them
_VIQR_RE = re.compile(r"(?<=[a-zA-Z])[aeouAEOU][\^+(*]['`?~.]?|\b[aeouAEOU][\^+(*]['`?~.]?[a-z]")
_PUNCTUATION = dict.fromkeys(map(ord, "–—“”‘’…•½\ufeff"))
_SYMBOLS = dict.fromkeys(map(ord, "²³°±×÷§·¼½¾µ®©«»\xa0"))  # letters in some encoding, but units and signs elsewhere
_CHUNK_RE = re.compile(r"\S+")


def mend_word(word: str) -> str:
    """Return *word* in NFC, invisible characters removed, look-alike letters replaced where that makes it Vietnamese.

    >>> mend_word("Ðồng"), mend_word("nhân"), mend_word("Ѕố"), mend_word("Москва"), mend_word("QĐÐ")
    ('Đồng', 'nhân', 'Số', 'Москва', 'QĐ')
    """
    mended = unicodedata.normalize("NFC", re.sub(f"[{_INVISIBLE}]", "", word))
    if not _LOOKALIKE_RE.search(mended):
        return mended
    single = _TWICE_RE.sub(lambda m: m[0][0], mended)
    swapped = "".join(LOOKALIKES.get(c, c) for c in unicodedata.normalize("NFD", single))
    swapped = unicodedata.normalize("NFC", swapped)
    if any("\u0370" <= c <= "\u04ff" for c in swapped):  # a word of that other language
        return mended
    if is_syllable(swapped) or (swapped.isupper() and not _is_foreign(mended)):
        return swapped
    return mended


def _is_foreign(word: str) -> bool:
    """Say whether all letters of *word* are of another alphabet."""
    return all("\u0370" <= c <= "\u04ff" for c in word)


def mend_characters(text: str) -> list[Edit]:
    r"""Return the edits that mend the characters of *text*, word by word.

    >>> [(e.start, e.end, e.new, e.reason) for e in mend_characters("Uy ban nhâ\u200bn dân")]
    [(7, 12, 'nhân', 'invisible')]
    """
    if text.isascii() or not (_SUSPECT_RE.search(text) or _COMPOSED_RE.search(text)):
        return []
    out = []
    for word in _WORD_RE.finditer(text):
        if word[0].isascii():
            continue
        new = mend_word(word[0])
        if new != word[0]:
            composed = unicodedata.normalize("NFC", word[0])
            reason = "nfc" if new == composed else "invisible" if not _LOOKALIKE_RE.search(composed) else "lookalike"
            out.append(Edit(word.start(), word.end(), word[0], new, reason, 1.0))
    return out


def convert_legacy(text: str) -> tuple[list[Edit], dict[int, str]]:
    """Return the edits that convert lines in legacy encodings, and the encoding of each such line by its number.

    >>> edits, lines = convert_legacy("KÕ ho¹ch tæ chøc héi nghÞ")
    >>> [e.new for e in edits], lines
    (['Kế', 'hoạch', 'tổ', 'chức', 'hội', 'nghị'], {0: 'legacy:tcvn3'})
    """
    is_viqr = len(list(islice(_VIQR_RE.finditer(text), 3))) == 3
    if text.isascii() and not is_viqr:
        return [], {}
    if not is_viqr and text.translate(_PUNCTUATION).translate(_SYMBOLS).isascii():  # "678 m²" in stripped text
        return [], {}
    lines = text.split("\n")
    # lines of ASCII, dashes and quotes are no evidence for the other encodings
    asked = [i for i, line in enumerate(lines) if is_viqr or not line.translate(_PUNCTUATION).isascii()]
    answers, encoding = convert_runs([(lines[i], None) for i in asked])
    if encoding is None:
        return [], {}
    converted = list(lines)
    for i, answer in zip(asked, answers, strict=True):
        converted[i] = answer
    out: list[Edit] = []
    changed: dict[int, str] = {}
    offset = 0
    for number, (old, new) in enumerate(zip(lines, converted, strict=True)):
        if old != new and unicodedata.normalize("NFC", old) != unicodedata.normalize("NFC", new):
            changed[number] = f"legacy:{encoding}"
            out += _chunk_edits(old, new, offset, f"legacy:{encoding}")
        offset += len(old) + 1
    return out, changed


def _chunk_edits(old: str, new: str, offset: int, reason: str) -> list[Edit]:
    before, after = list(_CHUNK_RE.finditer(old)), _CHUNK_RE.findall(new)
    if len(before) != len(after):
        return [Edit(offset, offset + len(old), old, new, reason, 1.0)]
    return [
        Edit(offset + b.start(), offset + b.end(), b[0], a, reason, 1.0)
        for b, a in zip(before, after, strict=True)
        if b[0] != a
    ]
