"""Types of documents and their abbreviations: Nghị định 30/2020/NĐ-CP, the party's, and legal normative documents."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon.folding import fold

# Annex III of Nghị định 30/2020/NĐ-CP; a công văn has no title, CV is its customary sign.
ADMINISTRATIVE: dict[str, str] = {
    "NQ": "nghị quyết",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "QC": "quy chế",
    "QyĐ": "quy định",
    "TC": "thông cáo",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "CTr": "chương trình",
    "KH": "kế hoạch",
    "PA": "phương án",
    "ĐA": "đề án",
    "DA": "dự án",
    "BC": "báo cáo",
    "BB": "biên bản",
    "TTr": "tờ trình",
    "HĐ": "hợp đồng",
    "CĐ": "công điện",
    "BGN": "bản ghi nhớ",
    "BTT": "bản thỏa thuận",
    "GUQ": "giấy ủy quyền",
    "GM": "giấy mời",
    "GGT": "giấy giới thiệu",
    "GNP": "giấy nghỉ phép",
    "PG": "phiếu gửi",
    "PC": "phiếu chuyển",
    "PB": "phiếu báo",
    "CV": "công văn",
}
PARTY: dict[str, str] = {"KL": "kết luận", "TT": "thông tri", "ĐL": "điều lệ"}
LEGAL: dict[str, str] = {
    "Luật": "luật",
    "BL": "bộ luật",
    "HP": "hiến pháp",
    "PL": "pháp lệnh",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "LCT": "lệnh",
}
# Other words for the same type; longer ones are tried first.
_OTHER_NAMES: dict[str, str] = {
    "thư mời": "GM",
    "giấy triệu tập": "GM",
    "lịch công tác": "TB",
    "hướng dẫn liên tịch": "HD",
    "hướng dẫn liên ngành": "HD",
    "kế hoạch liên tịch": "KH",
    "kế hoạch liên ngành": "KH",
    "kế hoạch phối hợp": "KH",
    "chương trình phối hợp": "CTr",
    "chương trình hành động": "CTr",
    "chương trình công tác": "CTr",
    "quy chế phối hợp": "QC",
    "nghị quyết liên tịch": "NQ",
    "văn bản hợp nhất": "VBHN",
    "công văn": "CV",
    "văn bản": "CV",
    "thông báo kết luận": "TB",
    "báo cáo tóm tắt": "BC",
    "báo cáo chuyên đề": "BC",
    "kết luận thanh tra": "KL",
    "kết luận kiểm tra": "KL",
    "tờ trình": "TTr",
}
# Signs that occur in số, ký hiệu beside the official ones, folded.
_OTHER_SIGNS: dict[str, str] = {
    "ctr": "CTr",
    "ctrinh": "CTr",
    "ttr": "TTr",
    "qyd": "QyĐ",
    "qdi": "QyĐ",
    "gm": "GM",
    "tm": "GM",
    "khlt": "KH",
    "khln": "KH",
    "khph": "KH",
    "hdlt": "HD",
    "hdln": "HD",
    "hdlsnv": "HD",
    "ctph": "CTr",
    "ctrph": "CTr",
    "qcph": "QC",
    "nqlt": "NQ",
    "ttlt": "TTLT",
    "tbkl": "TB",
    "vbhn": "VBHN",
    "ctrhd": "CTr",
}


@cache
def type_names() -> dict[str, str]:
    """Return the folded names of types that a title may carry, longest first, with their abbreviations."""
    names = {fold(name): sign for sign, name in {**LEGAL, **PARTY, **ADMINISTRATIVE}.items()}
    names |= {"thong tu": "TT", "thong tri": "TT"} | {fold(name): sign for name, sign in _OTHER_NAMES.items()}
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


@cache
def _signs() -> dict[str, str]:
    signs = {fold(sign): sign for sign in (*LEGAL, *PARTY, *ADMINISTRATIVE) if sign != "Luật"}
    # without its marks HĐ is HD and CĐ is CD; plans cite hướng dẫn far more often than hợp đồng
    return {**signs, "hd": "HD", "qd": "QĐ", "nd": "NĐ", **_OTHER_SIGNS}


def type_of_sign(sign: str) -> str | None:
    """Return the type for the sign of a notation; None where it names no type, as in "123/SNV-TĐKT".

    >>> type_of_sign("KH"), type_of_sign("TTr"), type_of_sign("Ctr"), type_of_sign("SNV")
    ('KH', 'TTr', 'CTr', None)
    >>> type_of_sign("HĐ"), type_of_sign("HD")
    ('HĐ', 'HD')
    """
    for exact in (*LEGAL, *PARTY, *ADMINISTRATIVE):
        if sign == exact:
            return exact
    return _signs().get(fold(sign))


def type_of_notation(notation: str | None) -> str | None:
    """Return the type that a notation begins with.

    >>> type_of_notation("KH-UBND"), type_of_notation("CV/ĐU"), type_of_notation("TTLT-BNV-BTC")
    ('KH', 'CV', 'TTLT')
    >>> type_of_notation("SNV-TĐKT") is None
    True
    """
    if not notation:
        return None
    first = notation.replace("–", "-").split("-")[0].split("/")[0].strip()
    if fold(first).startswith("qh") and first[2:].isdigit():
        return "Luật"
    return type_of_sign(first)


def type_of_title(text: str) -> tuple[str, int] | None:
    """Return the type whose name *text* begins with, and the length of that name in *text*.

    Spaces within the name may be doubled, missing or stand between all letters, as titles are set.

    >>> type_of_title("KẾ HOẠCH"), type_of_title("K Ế  H O Ạ C H"), type_of_title("Tổ chức")
    (('KH', 8), ('KH', 14), None)
    """
    folded = fold(text)
    squeezed = [(char, i) for i, char in enumerate(folded) if not char.isspace()]
    letters = "".join(char for char, _ in squeezed)
    for name, sign in type_names().items():
        if sign == "CV":  # a công văn has no title; its name stands on stamps of arrival
            continue
        plain = name.replace(" ", "")
        if letters.startswith(plain):
            end = squeezed[len(plain) - 1][1] + 1
            if end == len(folded) or not folded[end].isalnum():
                return sign, end
    return None
