"""Bake the administrative units into `units.tsv.xz`.

    python -m pipeline.resources.build_units

The source is the PyPI package ``vietnamadminunits`` 1.0.4 (MIT licence); only its data is read, its parser is not
imported. Names and codes are facts of the General Statistics Office. The output is the same byte for byte each
time, so a test can compare it with the committed table.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

SOURCE = "vietnamadminunits"
VERSION = "1.0.4"
KINDS = {
    "Tỉnh": "tinh",
    "Thành phố": "thanh_pho",
    "Quận": "quan",
    "Huyện": "huyen",
    "Thị xã": "thi_xa",
    "Thị trấn": "thi_tran",
    "Xã": "xa",
    "Phường": "phuong",
    "Đặc khu": "dac_khu",
}
HEADER = (
    f"# administrative units of Viet Nam; source: PyPI {SOURCE} {VERSION} (MIT), names and codes of the General"
    " Statistics Office",
    "# edition 63: until 2025-06-30; edition 34: from 2025-07-01; successors are codes of edition 34, main one first",
    "# former: units merged into this one before 2025, as kind:name without marks and spaces",
    "edition\tcode\tkind\tname\tparent\tsuccessors\tformer",
)


def split_kind(full_name: str) -> tuple[str, str]:
    """Part a full name into kind and name.

    >>> split_kind("Thị xã Bỉm Sơn")
    ('thi_xa', 'Bỉm Sơn')
    """
    for title, kind in KINDS.items():
        if full_name.casefold().startswith(title.casefold() + " "):  # "Thành Phố Bắc Kạn" occurs
            return kind, full_name[len(title) + 1 :].strip()
    raise ValueError(f"no kind in {full_name!r}")


def former_names(aliases: str | None) -> list[str]:
    """Return kind and folded name of the units that a list of aliases names with their kind.

    A bare name stands beside the one with its kind, and may begin like a kind itself:

    >>> former_names('["huyenquanguyen", "quanguyen", "txphucyen"]')
    ['huyen:quanguyen']
    """
    names = set(json.loads(aliases or "[]"))
    prefixes = sorted(((kind.replace("_", ""), kind) for kind in KINDS.values()), key=lambda item: -len(item[0]))
    bare = {name[len(prefix) :] for name in names for prefix, _ in prefixes if name.startswith(prefix)} & names
    found = set()
    for name in names - bare:
        for prefix, kind in prefixes:
            if name.startswith(prefix):
                found.add(f"{kind}:{name[len(prefix) :]}")
                break
    return sorted(found)


def successors(converter: dict[str, Any], code_of: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """Return the codes of the new communes by the key of the old one, the main successor first."""
    found: dict[str, list[str]] = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in communes.items():
            for old in olds:
                found.setdefault(old, []).append(code_of[province, new])
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in olds.items():
            main_first = sorted(news, key=lambda new: not new["isDefaultNewWard"])
            found.setdefault(old, []).extend(code_of[province, new["newWardKey"]] for new in main_first)
    return {old: list(dict.fromkeys(news)) for old, news in found.items()}


def rows(data: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table, read from the folder *data* of the package."""
    database = sqlite3.connect(f"{(data / 'dataset.db').as_uri()}?mode=ro", uri=True)
    new = database.execute("SELECT province, provinceCode, provinceKey, ward, wardCode, wardKey FROM admin_units")
    provinces_34: dict[str, str] = {}
    communes_34: list[tuple[str, ...]] = []
    code_of: dict[tuple[str, str], str] = {}
    key_34: dict[str, str] = {}
    for province, province_code, province_key, ward, code, key in new:
        provinces_34[province_code], key_34[province_key] = province, province_code
        code_of[province_key, key] = code
        communes_34.append(("34", code, *split_kind(ward), province_code, "", ""))
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    went_to = successors(converter, code_of)
    joined = {old: key_34[new] for new, olds in converter["DICT_PROVINCE"].items() for old in olds}
    table: dict[tuple[str, str], tuple[str, ...]] = {}
    old_rows = database.execute(
        "SELECT province, provinceCode, provinceKey, district, districtCode, districtKey, districtAlias,"
        " ward, wardCode, wardKey, wardAlias FROM admin_units_legacy"
    )
    for province, pcode, pkey, district, dcode, dkey, dalias, ward, wcode, wkey, walias in old_rows:
        table["province", pcode] = ("63", pcode, *split_kind(province), "", joined[pkey], "")
        news = went_to.get(f"{pkey}_{dkey}_{wkey or ''}", [])
        # an island district without communes became a commune itself
        table["district", dcode] = (
            "63", dcode, *split_kind(district), pcode, "" if ward else ",".join(news), ",".join(former_names(dalias)),
        )  # fmt: skip
        if ward:
            former = ",".join(former_names(walias))
            table["commune", wcode] = ("63", wcode, *split_kind(ward), dcode, ",".join(news), former)
    for code, province in provinces_34.items():
        table["province_34", code] = ("34", code, *split_kind(province), "", "", "")
    return sorted([*table.values(), *communes_34], key=lambda row: (-int(row[0]), len(row[1]), row[1]))


def build() -> bytes:
    """Return the compressed table.

    Raises:
        PackageNotFoundError: the source package is not installed.
    """
    package = distribution(SOURCE)
    if package.version != VERSION:
        raise PackageNotFoundError(f"{SOURCE} {VERSION}, found {package.version}")
    data = Path(str(package.locate_file(SOURCE))) / "data"
    text = "\n".join([*HEADER, *("\t".join(row) for row in rows(data))]) + "\n"
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def main() -> int:
    """Write the table beside this file."""
    path = Path(__file__).with_name("units.tsv.xz")
    path.write_bytes(build())
    sys.stderr.write(f"{path.name}: {path.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
