"""Cuts garbled lines into the pieces that the channel explains, and says which of them are never changed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.lexicon.syllables import is_syllable
from pipeline.restoration.abbreviations import COMMON, is_certain
from pipeline.restoration.tokens import ABBREVIATION, NUMBER, UNKNOWN

# Signs that stand beside words; any other sign (&, §, ¢, @, }) is a letter that the engine did not know.
_PUNCTUATION = r"\s.,;:!?()\[\]\"“”„‘’'…–—/«»_*+|=<>•·-"
_LEAD_RE = re.compile(rf"[{_PUNCTUATION}]*")
_TRAIL_RE = re.compile(rf"[{_PUNCTUATION}]*$")
_CHUNK_RE = re.compile(r"\S+")
_INNER_RE = re.compile(r"(?<=[^\s])[-–/.,:;+)(\"“”…]+(?=[^\s])")
_NUMBER_RE = re.compile(r"[\d.,:/%\-–+°]*\d[\d.,:/%\-–+°]*")
_CODE_RE = re.compile(
    r"[\w.§£$|]*\d[\w.§£$|]*[/-][\w&./-]*|[A-ZĐƠƯ]{1,6}[/-][A-ZĐƠƯ][\w&/-]*|\d+/?[A-ZĐƠƯ]{2,}[\w/-]*|\S*@\S+\.\S+|(?:https?:|www\.)\S*"
)
_UNIT_RE = re.compile(
    r"\d{2,}(?:[.,]\d+)*(?:m[23²]?|kg|km|ha|cm|mm|h\d*|%|tr)|\d{3,}[a-zđ]|[mk]?m[23]|\d{1,2}h\d\d", re.I
)
_DEGREES_RE = re.compile(r"[A-ZĐ][A-Za-z]{0,2}\d?(?:\.[A-ZĐ][A-Za-z]{0,3}\d?)+")  # ThS.BS, TS.BS.CK2, PGS.TS
_ROMAN_RE = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_PAIR_RE = re.compile(r"[A-ZĐ]{2,}&[A-ZĐ]{2,}")  # GD&ĐT, LĐ&TBXH
_TALL_RE = re.compile(r"[B-DĐH-NP-TV][AEGIOUY]|XG|[AEIOUY]\w")  # "SO", "XG" for Số, Xã: the mark made it tall
_ENDS = ".!?;:…"
_GOES_ON_RE = re.compile(r"\s+[^\W\d_]")
MARKER_RE = re.compile(r"\s*(?:[-+*•–—]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]+[.,)])\s")


@dataclass(slots=True)
class Chunk:
    """A word as seen: ``[start:end]`` of its line, with the signs around it ``[outer_start:outer_end]``."""

    line: int
    start: int
    end: int
    core: str
    outer_start: int
    outer_end: int
    ends_sentence: bool
    opens: bool  # no blank was added before it: a sign or the start of the line stands there
    glued: bool  # no blank stands between it and the chunk before
    fixed: int | None  # word id of a chunk that stays as it is


def chunks(number: int, line: str) -> list[Chunk]:
    """Cut *line*; compounds with inner signs become several chunks.

    >>> [(c.core, c.fixed is not None) for c in chunks(0, "van-héa, ngày 07/4/2014 (x4) 34-CT/TW;")]
    [('van', False), ('héa', False), ('ngày', False), ('07/4/2014', True), ('x4', False), ('34-CT/TW', True)]
    """
    result: list[Chunk] = []
    for match in _CHUNK_RE.finditer(line):
        text, begin = match[0], match.start()
        lead, trail = _LEAD_RE.match(text), _TRAIL_RE.search(text)
        low = lead.end() if lead else 0
        high = trail.start() if trail else len(text)
        if (
            text[high : high + 1] == "?"
            and _GOES_ON_RE.match(line, begin + high + 1)
            and text[high - 1 :][:1].isalpha()
        ):
            high += 1  # "ct? Luat": the hook of cứ, for nothing ends here
        core = text[low:high]
        if not core:
            continue
        lead_text, tail = text[:low], text[high:]
        fixed = fixed_word(core)
        if tail[:1] == "." and core in COMMON and not is_syllable(core):
            fixed = ABBREVIATION  # KT. TM. BS.
        if not result and len(core) == 1 and core.isalpha() and not lead_text and tail[:1] in (")", "."):
            fixed = ABBREVIATION  # a) b.
        ends = any(sign in _ENDS for sign in tail) and not (tail == "." and core.isupper() and len(core) <= 5)
        opens = low > 0 or not result or line[:begin].rstrip()[-1:] in ',;:.!?()"“”-–/'
        parts = [(0, len(core))] if fixed is not None else _parts(core)
        for p, (a, b) in enumerate(parts):
            piece = core[a:b]
            stays = fixed if fixed is not None else fixed_word(piece)
            if len(parts) > 1 and len(piece) == 1 and "/" in core:
                stays = ABBREVIATION  # b/c, c/o: the letters stand for words, they are none
            result.append(
                Chunk(
                    line=number,
                    start=begin + low + a,
                    end=begin + low + b,
                    core=piece,
                    outer_start=begin if p == 0 else begin + low + a,
                    outer_end=begin + len(text) if p == len(parts) - 1 else begin + low + b,
                    ends_sentence=ends and p == len(parts) - 1,
                    opens=opens or p > 0,
                    glued=p > 0,
                    fixed=stays,
                )
            )
    return result


def _parts(core: str) -> list[tuple[int, int]]:
    cuts, at = [], 0
    for match in _INNER_RE.finditer(core):
        cuts.append((at, match.start()))
        at = match.end()
    return [*cuts, (at, len(core))]


def fixed_word(core: str) -> int | None:
    """Return the word id of a chunk that is never changed: a number, a date, a code, an address; else None.

    Numbers of one or two digits may be syllables ("6" = ở, "18" = lễ), so they are not fixed.

    >>> [fixed_word(w) is not None for w in ("2019", "165/KH-UBND", "XVIII", "a@b.vn", "1/2", "50%", "6", "x4", "TPKT")]
    [True, True, True, True, True, True, False, False, False]
    """
    if _NUMBER_RE.fullmatch(core):
        return None if core.isdigit() and len(core) <= 2 else NUMBER
    if _ROMAN_RE.fullmatch(core):
        return ABBREVIATION
    if _UNIT_RE.fullmatch(core):
        return NUMBER
    if _PAIR_RE.fullmatch(core):
        return ABBREVIATION
    if _DEGREES_RE.fullmatch(core) or (is_certain(core) and not is_syllable(core)):
        return ABBREVIATION
    if _CODE_RE.fullmatch(core) and ("@" in core or sum(c.isdigit() or c.isupper() for c in core) * 2 > len(core)):
        return ABBREVIATION
    return None if any(c.isalnum() or c in "&§¢@€£©®$" for c in core) else UNKNOWN


def pattern_of(core: str) -> str:
    """Return the case that the word behind *core* most likely has.

    >>> [pattern_of(w) for w in ("x4", "T6", "HQi", "MUC", "H@i", "6", "DOc")]
    ['lower', 'title', 'title', 'upper', 'title', 'lower', 'title']
    """
    letters = [c for c in core if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return "lower"
    if capitals > 1 and letters[-1].isupper() and capitals * 2 >= len(letters):
        return "upper"
    return "title" if core[0].isupper() or not core[0].isalpha() else "lower"


def patterns(row: list[Chunk]) -> list[str]:
    """Return the case of each chunk: short ones ("T6", "O", "SO") go with the line that they stand in."""
    own = [pattern_of(chunk.core) for chunk in row]
    long_words = [
        (chunk.line, case == "upper")
        for chunk, case in zip(row, own, strict=True)
        if len(chunk.core) > 2 and chunk.fixed is None
    ]
    lines = Counter(line for line, _ in long_words)
    capitals = Counter(line for line, upper in long_words if upper)
    result = list(own)
    for i, chunk in enumerate(row):
        heading = 2 * capitals[chunk.line] > lines[chunk.line]
        letters = sum(c.isalpha() for c in chunk.core)
        if heading and letters <= 1 and not chunk.core[:1].islower():
            result[i] = "upper"
        elif own[i] == "upper" and letters == 2 and not heading and lines[chunk.line]:
            result[i] = "title" if _TALL_RE.fullmatch(chunk.core) else "upper"
    return result


def may_be_one(left: str, right: str) -> bool:
    """Whether a blank may have been added between two chunks: one of them is short, or no syllable as it stands."""
    return len(left) + len(right) <= 8 and (
        len(left) <= 2 or len(right) <= 2 or not (is_syllable(left) and is_syllable(right))
    )


# Signs and letters that no Vietnamese line ends with: the rim of a seal, a stroke of a pen.
_JUNK = frozenset("QJFWZqjfwz{}§¢£€¥©®^~")


def is_junk(line: str, chunk: Chunk) -> bool:
    """Whether *chunk* is a stray sign at the end of a line of text.

    >>> line = "Bí thư Đảng bộ, Chủ Q"
    >>> is_junk(line, chunks(0, line)[-1])
    True
    """
    return (
        chunk.core in _JUNK
        and chunk.outer_end == len(line.rstrip())
        and chunk.outer_end - chunk.outer_start == 1
        and len(line[: chunk.outer_start].split()) >= 3
    )
