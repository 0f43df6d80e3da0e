"""Abbreviations of Vietnamese offices: which hold a letter with a mark, and which one lost its strokes.

Recognizers and stripped text lose the stroke of Đ and the horn of Ư: "ND-CP" is "NĐ-CP". A group is mended where only
one abbreviation can be meant, or where the document spells the words out ("Trường THPT Lê Quý Đôn": LQĐ).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.lexicon.syllables import strip_marks

# Abbreviations that hold a letter with a mark, most of them too rare in running text for the model. Where the plain
# form is an abbreviation too, its chance follows the colon: HD is hướng dẫn, HĐ hội đồng or hợp đồng.
_MARKED_TEXT = """
    BCĐ BĐS BTĐKT BTĐ CĐCS CĐ:0.3 CQĐV CNVCLĐ CSTĐ CSTĐCS CTĐ CTHĐ DTĐ ĐB ĐBQH ĐBSCL ĐCSVN ĐGS ĐH ĐHĐB ĐHQG ĐHTT ĐK
    ĐKKD ĐKTK ĐKT ĐLCL ĐMDN ĐMST ĐNB ĐT:0.4 ĐTDĐ ĐTN ĐTM ĐTXD ĐU:0.1 ĐUK ĐV ĐVHC ĐVSN ĐVTN GCNQSDĐ GDĐT GĐ:0.2 GTĐ
    GDNN-GDTX HCCĐ HĐ:0.5 HĐBT HĐCĐ HĐGD HĐKH HĐLĐ HĐND HĐNV HĐQT HĐTĐ HĐTĐKT HĐTT HĐTV HĐXX HLHĐ KHĐT KĐT KTTĐ LĐ
    LĐLĐ LĐTB LĐTBXH LĐTT LĐXH NĐ:0.1 NĐCP NLĐ NSDLĐ NSƯT NTĐ PCCĐ QĐ QĐND QĐUB QSDĐ QSĐP QTĐT SDĐ SGDĐT SKHĐT SLĐTBXH
    TĐ:0.2 TĐC TĐG TĐKT TĐPT TĐTT:0.5 TĐYN TGĐ THĐ TLĐ TLĐLĐ TNLĐ TSCĐ TTĐT TTHĐ TTHĐND TTTĐ UBĐT UĐ VĐQG VĐV VNĐ VPĐD
    VPĐK VPĐKĐĐ XKLĐ ĐĐ ƯT CBĐ ĐVCT LĐTTXS CĐGD CĐVC LĐLĐVN HTXNNĐ
    PGĐ:0.5 PTGĐ TĐTN TWĐTN TƯĐTN MTĐT BHTNLĐ
"""
_LIKELY_PLAIN = 0.03  # chance of the plain form of those without a number
MARKED: dict[str, list[tuple[str, float]]] = {}
"""By their plain letters: the marked abbreviations, and how often the plain form is meant."""
for _entry in _MARKED_TEXT.split():
    _spelling, _, _plain = _entry.partition(":")
    MARKED.setdefault(strip_marks(_spelling), []).append((_spelling, float(_plain or _LIKELY_PLAIN)))

# What offices abbreviate most, marked or not.
_COMMON_TEXT = """
    UBND HĐND TĐKT UBMTTQ MTTQ LĐLĐ BHXH BHYT TNHH CBCCVC CBVC VHTT TDTT PCT CT PTTH THCS THPT BCĐ BCH BTV BTC
    HTX KT XH QPAN ANQP ANTT ATGT NTM CNH HĐH CNTT LH TT VT NV VP TTĐT SXKD BLĐTBXH LĐTBXH TNMT TN MT KHCN
    GDĐT GD ĐT YT TP TX HĐ NĐ QĐ KH TW TƯ CP NQ BC HD TB CV VX TH PTTT NN PTNT TM TL TUQ LĐ HU ĐU TU CN DS BS
    TS GS PGS BVĐK VPCP BNV BTĐKT ĐTNCS GĐ PGĐ TTLT TTR CTR QH NLĐ CNVC CNVCLĐ CĐ CĐCS ĐV ĐVCĐ CCB HCCB HND
    HLHPN NCT BKHĐT BGDĐT BTP BCA BQP BYT BXD LHPN TĐTN TWĐTN TLĐ TLĐLĐ HĐTĐKT HĐTV HĐQT GTVT
"""
COMMON = frozenset(_COMMON_TEXT.split())
for _abbreviation in sorted(COMMON):
    if len(_abbreviation) > 2 and (_looks := strip_marks(_abbreviation)) != _abbreviation and _looks not in MARKED:
        MARKED[_looks] = [(_abbreviation, _LIKELY_PLAIN)]
_STROKES = str.maketrans("ĐƯ", "DU")
_BY_PLAIN: dict[str, set[str]] = {}
for _abbreviation in COMMON:
    _BY_PLAIN.setdefault(_abbreviation.translate(_STROKES), set()).add(_abbreviation)
# with the letters that a stroke makes them look like: Đ is read as P or B
_STROKE_LIKE = str.maketrans("PB", "DD")
_BY_LOOKS: dict[str, set[str]] = {}
for _abbreviation in COMMON:
    if "Đ" in _abbreviation:
        _looks = _abbreviation.translate(_STROKES).translate(_STROKE_LIKE)
        _BY_LOOKS.setdefault(_looks, set()).add(_abbreviation)
_TYPES = frozenset({"NĐ", "QĐ"})  # kinds of documents: the first letters of a code, never those of an office

_TWICE_RE = re.compile("DB|BD")  # Đ read as two letters: "SGDDBT"

_LETTERS_RE = re.compile(r"[A-ZĐƠƯ]{2,}")
_PAIRS = {"GD&DT": "GD&ĐT", "KH&DT": "KH&ĐT", "LD&TBXH": "LĐ&TBXH", "TD-KT": "TĐ-KT"}
_PAIR_RE = re.compile("|".join(_PAIRS))


def is_certain(group: str) -> bool:
    """Whether *group* is an abbreviation that no other one becomes by losing its strokes (HD may be HĐ)."""
    return group in COMMON and len(_BY_PLAIN[group.translate(_STROKES)]) == 1


def mend_letters(code: str, spelled_out: SpelledOut | None = None) -> str:
    """Return *code* with the strokes that its groups of letters lost, where only one abbreviation can be meant.

    Args:
        code: a number of a document, or an abbreviation in capitals.
        spelled_out: the initials of the words of the document, which come first.

    >>> mend_letters("63/2010/ND-CP"), mend_letters("12/QD-UBND"), mend_letters("HPND"), mend_letters("05/HD-UBND")
    ('63/2010/NĐ-CP', '12/QĐ-UBND', 'HĐND', '05/HD-UBND')
    >>> mend_letters("33/KH-LQD", SpelledOut([["Trường", "THPT", "Lê", "Quý", "Đôn"]])), mend_letters("KH-ND")
    ('33/KH-LQĐ', 'KH-ND')
    >>> mend_letters("1570/KH-SGDDT"), mend_letters("TD-KT"), mend_letters("8/KH-HD")
    ('1570/KH-SGDĐT', 'TĐ-KT', '8/KH-HD')
    >>> mend_letters("54/KH-BV"), mend_letters("9/KH-SGDDBT"), mend_letters("1/NB-CP"), mend_letters("KH/TDTN-PT")
    ('54/KH-BV', '9/KH-SGDĐT', '1/NĐ-CP', 'KH/TĐTN-PT')
    """
    mended = _PAIR_RE.sub(lambda match: _PAIRS[match[0]], code)
    first = _LETTERS_RE.search(mended)

    def group(match: re.Match[str]) -> str:
        return _mend_group(match[0], spelled_out, opening=first is not None and match.start() == first.start())

    return _LETTERS_RE.sub(group, mended)


def _mend_group(group: str, spelled_out: SpelledOut | None, *, opening: bool) -> str:
    if group in COMMON:
        return group
    # chance initials without a stroke ("TDTN") say nothing against the one abbreviation that is known
    if spelled_out is not None and (found := spelled_out.of(group)) and found != group:
        return found
    plain = group.translate(_STROKES)
    known = _BY_PLAIN.get(plain, set())
    if not known and len(group) > 2:
        known = {spelling for spelling, chance in MARKED.get(plain, ()) if chance <= _LIKELY_PLAIN}
    if not known and (len(group) > 2 or opening):  # two letters are many things: BV is no ĐV, PT no ĐT
        known = _BY_LOOKS.get(plain.translate(_STROKE_LIKE), set())
        known = known if len(group) > 2 else known & _TYPES
    if not known and (one := _TWICE_RE.sub("Đ", group)) != group:
        known = {spelling for spelling, _ in MARKED.get(strip_marks(one), ())} or _BY_PLAIN.get(strip_marks(one), set())
    if len(known) != 1:
        return group
    (only,) = known
    return group if only in _TYPES and not opening else only


_STROKES_ONLY = str.maketrans("Đđ", "Dd")


class SpelledOut:
    """The initials of the words of a text, to know what an abbreviation stands for."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        """Take the words of each row; an abbreviation is not looked for across rows."""
        initials = ["".join(word[:1] for word in row if word[:1].isalpha()) for row in rows]
        self._initials = strip_marks_but_strokes("\n".join(initials))
        self._plain = self._initials.translate(_STROKES_ONLY)
        self._upper = self._plain.upper()

    def of(self, group: str) -> str | None:
        """Return *group* with the strokes that the words have which it stands for; None where nothing tells.

        >>> SpelledOut([["Hội", "đồng", "Thi", "đua", "Khen", "thưởng"]]).of("HDTDKT")
        'HĐTĐKT'
        """
        if "D" not in group or "Đ" in group or len(group) < 2:
            return None
        # two letters begin many pairs of words: only names count, "Nguyễn Du"
        text = self._plain if len(group) == 2 else self._upper
        found: Counter[str] = Counter()
        at = text.find(group)
        while at >= 0:
            found[self._initials[at : at + len(group)].upper()] += 1
            at = text.find(group, at + 1)
        ranked = found.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]


def strip_marks_but_strokes(text: str) -> str:
    """Return *text* without marks, but Đ and đ as they are.

    >>> strip_marks_but_strokes("Ủy ban Đà Nẵng")
    'Uy ban Đa Nang'
    """
    return "đ".join("Đ".join(strip_marks(part) for part in piece.split("Đ")) for piece in text.split("đ"))
