"""Administrative units of Viet Nam by edition and code, and where they went on 1 July 2025.

Edition 63 (63 provinces, districts, communes) is valid until 30 June 2025, edition 34 (34 provinces, communes) from
1 July 2025. Codes are those of the General Statistics Office and are re-used between the editions, so a unit is
named by both. The tables hold the last state of each edition; units that were merged away before are found under
their old names without a code of their own, since a wrong code is worse than none.

Look-up is by name, first with marks, then without; the kind (huyện, thị xã, ...) narrows the answer but is not
demanded, since districts were raised from huyện to thị xã under the same code.

The tables are read when first asked for: provinces and districts in a few milliseconds, communes in about 40.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, get_args

from pipeline.assets import resource_path
from pipeline.lexicon.folding import fold
from pipeline.lexicon.syllables import traditional

Edition = Literal[63, 34]
Level = Literal["province", "district", "commune"]
Kind = Literal["tinh", "thanh_pho", "quan", "huyen", "thi_xa", "thi_tran", "xa", "phuong", "dac_khu"]

MERGER_DAY = date(2025, 7, 1)
TITLES: dict[Kind, str] = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi_xa": "thị xã",
    "thi_tran": "thị trấn",
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
}
KINDS_OF_LEVEL: dict[Level, frozenset[Kind]] = {
    "province": frozenset({"tinh", "thanh_pho"}),
    "district": frozenset({"quan", "huyen", "thi_xa", "thanh_pho"}),
    "commune": frozenset({"xa", "phuong", "thi_tran", "dac_khu"}),
}
# What stands before a name, on folded text; abbreviations as offices write them.
_KIND_RE = re.compile(
    r"(?P<tinh>tinh|t\.(?=\s?[a-z]{2}))(?:\s+|(?<=\.))|"
    r"(?P<thanh_pho>thanh\s*pho|t\.?p)(?:\s*[.,]\s*|\s+)|"
    r"(?P<quan>quan|q(?=\.|\s*\d))(?:\s*\.\s*|\s*(?=\d)|\s+)|"
    r"(?P<huyen>huyen|h(?=\.))(?:\s*\.\s*|\s+)|"
    r"(?P<thi_xa>thi\s*xa|t\.?x)(?:\s*[.,]\s*|\s+)|"
    r"(?P<thi_tran>thi\s*tran|t\.?t)(?:\s*[.,]\s*|\s+)|"
    r"(?P<xa>xa|x(?=\.))(?:\s*\.\s*|\s+)|"
    r"(?P<phuong>phuong|p(?=\.|\s*\d))(?:\s*\.\s*|\s*(?=\d)|\s+)|"
    r"(?P<dac_khu>dac\s*khu)\s+"
)
# Other spellings of a province's name, folded and without spaces.
_PROVINCE_ALIASES = {
    "hcm": "hochiminh",
    "tphcm": "hochiminh",
    "saigon": "hochiminh",
    "daklak": "daklak",
    "daclac": "daklak",
    "darlac": "daklak",
    "dacnong": "daknong",
    "baccan": "backan",
    "contum": "kontum",
    "brvt": "bariavungtau",
    "tthue": "thuathienhue",
    "thuathien": "thuathienhue",
}


class Unit(NamedTuple):  # a frozen dataclass takes four times as long to make, and there are 14,000
    """A province, district or commune of one edition."""

    edition: Edition
    level: Level
    kind: Kind
    name: str  # without the kind, tones placed as in "Hòa", "Thủy"; of a former commune folded, without spaces
    code: str | None  # two, three or five digits; None for a unit merged away before the table's state
    parent: str | None = None  # code of the district or province, same edition
    successors: tuple[str, ...] = ()  # codes of edition 34, the main one first
    valid_to: date | None = None  # last day of a former unit

    @property
    def full_name(self) -> str:
        """The name with its kind in lower case: "thị xã Bỉm Sơn"."""
        return f"{TITLES[self.kind]} {self.name}"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with the units above it."""

    province: Unit | None = None
    district: Unit | None = None
    commune: Unit | None = None

    @property
    def smallest(self) -> Unit | None:
        """The commune, else the district, else the province."""
        return self.commune or self.district or self.province


def edition_on(day: date | None) -> Edition:
    """Return the edition valid on *day*; 63 where the day is unknown.

    >>> edition_on(date(2025, 7, 1)), edition_on(date(2014, 10, 27))
    (34, 63)
    """
    return 34 if day is not None and day >= MERGER_DAY else 63


def key_of(name: str) -> str:
    """Return *name* without marks, spaces and punctuation; leading zeros of a number dropped.

    >>> key_of("Bà Rịa - Vũng Tàu"), key_of("Phường 02")
    ('bariavungtau', 'phuong2')
    """
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^a-z0-9]", "", fold(name)))


def split_kind(text: str) -> tuple[Kind | None, str]:
    """Part a unit as written into its kind and its name; the kind is None where none is written.

    >>> split_kind("TX. Bỉm Sơn"), split_kind("TP HCM"), split_kind("Quận 1")
    (('thi_xa', 'Bỉm Sơn'), ('thanh_pho', 'HCM'), ('quan', '1'))
    >>> split_kind("Hoàn Kiếm")
    (None, 'Hoàn Kiếm')
    """
    text = text.strip()
    if match := _KIND_RE.match(fold(text)):
        return match.lastgroup, text[match.end() :].strip()  # type: ignore[return-value]
    return None, text


class _Table:
    """The units of both editions with indexes by code and by folded name."""

    def __init__(self) -> None:
        self.units: dict[tuple[Edition, str], Unit] = {}
        self.by_key: dict[tuple[Edition, Level, str], list[Unit]] = defaultdict(list)
        self.children: dict[tuple[Edition, str], list[Unit]] = defaultdict(list)
        self.predecessors: dict[str, list[Unit]] = defaultdict(list)

    def add(self, unit: Unit, key: str) -> None:
        if unit.code is not None:
            self.units[unit.edition, unit.code] = unit
            if unit.parent:
                self.children[unit.edition, unit.parent].append(unit)
            for code in unit.successors:
                self.predecessors[code].append(unit)
        self.by_key[unit.edition, unit.level, key].append(unit)


_LEVEL_OF_LENGTH: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}
_EDITIONS: dict[str, Edition] = {"63": 63, "34": 34}


@cache
def _lines() -> tuple[str, ...]:
    with lzma.open(resource_path("units.tsv.xz"), "rt", encoding="utf-8") as file:
        return tuple(line for line in file.read().splitlines() if line[:1].isdigit())


def _fill(table: _Table, lines: Iterable[str]) -> None:
    rows = [line.split("\t") for line in lines]
    # folding all names at once is ten times as fast as one by one
    keys = re.sub(r"[^a-z0-9\n]", "", fold("\n".join(row[3] for row in rows))).split("\n")
    for (edition_text, code, kind, name, parent, successors, former), key in zip(rows, keys, strict=True):
        edition, level = _EDITIONS[edition_text], _LEVEL_OF_LENGTH[len(code)]
        went_to = tuple(successors.split(",")) if successors else ()
        unit = Unit(edition, level, kind, name, code, parent or None, went_to)  # type: ignore[arg-type]
        table.add(unit, key)
        for old in former.split(",") if former else ():
            old_kind, old_key = old.split(":")
            old_unit = Unit(edition, level, old_kind, old_key, None, parent, went_to)  # type: ignore[arg-type]
            table.by_key[edition, level, key_of(old_key)].append(old_unit)


@cache
def _large() -> _Table:
    """Provinces and districts."""
    table = _Table()
    _fill(table, (line for line in _lines() if line.index("\t", 3) < 7))
    _add_former(table)
    return table


@cache
def _small() -> _Table:
    """Communes."""
    table = _Table()
    _fill(table, (line for line in _lines() if line.index("\t", 3) >= 7))
    return table


def _add_former(table: _Table) -> None:
    """Put the hand-written former units in the place of the unmarked ones of the source."""
    for line in resource_path("former_units.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "level")):
            continue
        level, kind, name, province, successor, valid_to = line.split("\t")
        key = key_of(name)
        heir = table.units[63, successor]
        went_to = heir.successors if level == "province" else ()
        unit = Unit(
            63, level, kind, name, None, province or None, went_to, date.fromisoformat(valid_to),  # type: ignore[arg-type]
        )  # fmt: skip
        same = table.by_key[63, unit.level, key]
        same[:] = [other for other in same if other.code is not None or other.parent != unit.parent]
        same.append(unit)


def _table(level: Level) -> _Table:
    return _small() if level == "commune" else _large()


def by_code(edition: Edition, code: str | None) -> Unit | None:
    """Return the unit with *code* in *edition*; its length tells the level.

    >>> by_code(63, "349").full_name
    'thị xã Duy Tiên'
    """
    if code is None or len(code) not in _LEVEL_OF_LENGTH:
        return None
    return _table(_LEVEL_OF_LENGTH[len(code)]).units.get((edition, code))


def all_units(edition: Edition, level: Level) -> Iterator[Unit]:
    """Yield the units of one level, by code."""
    for (of, _), unit in _table(level).units.items():
        if of == edition and unit.level == level:
            yield unit


def children(unit: Unit) -> tuple[Unit, ...]:
    """Return the districts of a province, the communes of a district (edition 34: of a province)."""
    if unit.code is None:
        return ()
    below: Level = "district" if unit.level == "province" and unit.edition == 63 else "commune"
    return tuple(_table(below).children.get((unit.edition, unit.code), ()))


def parent(unit: Unit) -> Unit | None:
    """Return the unit right above *unit*."""
    return by_code(unit.edition, unit.parent)


def place_of(unit: Unit) -> Place:
    """Return *unit* with the units above it.

    >>> place_of(by_code(63, "349")).province.name
    'Hà Nam'
    """
    chain: dict[str, Unit] = {}
    current: Unit | None = unit
    while current is not None:
        chain[current.level] = current
        current = parent(current)
    return Place(chain.get("province"), chain.get("district"), chain.get("commune"))


def find(
    text: str,
    level: Level | None = None,
    *,
    on: date | None = None,
    edition: Edition | None = None,
    within: Unit | None = None,
) -> tuple[Unit, ...]:
    """Return the units that *text* may name, best first; the kind may stand before the name.

    Units with the written kind and the same marks come first; others of the same letters follow. Where no unit of
    the edition has the name, the list is empty: the other edition is not searched.

    Args:
        text: "thị xã Bỉm Sơn", "TP. HCM", "Hoàn Kiếm"
        level: search this level only; else the levels that the kind allows
        on: the day that decides the edition
        edition: search this edition, whatever the day
        within: a province or district that the unit must belong to

    >>> [unit.code for unit in find("huyện Duy Tiên")]
    ['349']
    >>> find("tỉnh Sóc Trăng")[0].level
    'province'
    """
    edition = edition or edition_on(on)
    kind, name = split_kind(text)
    if not name:
        return ()
    key = key_of(name)
    key = _PROVINCE_ALIASES.get(key, key) if level in (None, "province") else key
    levels = (level,) if level else tuple(x for x in get_args(Level) if kind is None or kind in KINDS_OF_LEVEL[x])
    found = [unit for x in levels for unit in _table(x).by_key.get((edition, x, key), ())]
    if kind is not None and not found and level is None:  # the kind was misread or is wrong: any level
        found = [unit for x in get_args(Level) for unit in _table(x).by_key.get((edition, x, key), ())]
    if within is not None:
        found = [unit for unit in found if is_within(unit, within)]
    plain = name.casefold()
    found.sort(
        key=lambda unit: (
            not same_name(unit.name, plain),
            kind is not None and unit.kind != kind,
            unit.code is None,
        )
    )
    if any(same_name(unit.name, plain) for unit in found):
        found = [unit for unit in found if same_name(unit.name, plain) or unit.code is None]
    return tuple(found)


def same_name(left: str, right: str) -> bool:
    """Tell whether two names have the same letters and marks, however tones are placed, cased or spaced.

    >>> same_name("Thanh Hóa", "THANH HOÁ"), same_name("Hòa An", "Hóa An"), same_name("Quận 1", "Quận 01")
    (True, False, True)
    """
    return _letters(left) == _letters(right)


@cache
def _letters(name: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^\w]", "", traditional(name.casefold())))


def is_within(unit: Unit, container: Unit) -> bool:
    """Tell whether *unit* is *container* or lies in it; both of one edition."""
    current: Unit | None = unit
    while current is not None:
        if current.code is not None and (current.edition, current.code) == (container.edition, container.code):
            return True
        current = parent(current)
    return False


def resolve(
    province: str | None = None,
    district: str | None = None,
    commune: str | None = None,
    *,
    on: date | None = None,
) -> tuple[Place, ...]:
    """Return the places that fit all the names given, best first; empty where none does.

    Where one name alone is unknown to the tables, what is left is resolved: the unit may be older than they are.

    >>> [place.province.name for place in resolve(district="thị xã Bỉm Sơn")]
    ['Thanh Hóa']
    >>> resolve("Hà Nội", "quận Hoàn Kiếm", on=date(2019, 12, 5))[0].district.code
    '002'
    """
    given: tuple[tuple[Level, str | None], ...] = (("commune", commune), ("district", district), ("province", province))
    provinces = find(province, "province", on=on) if province else ()
    districts = find(district, "district", on=on) if district else ()
    for level, name in given:
        if not name:
            continue
        found = find(name, level, on=on)
        kind = split_kind(name)[0]
        if any(unit.kind == kind and unit.code for unit in found):  # "huyện Hòa Bình" is not the city of that name
            found = tuple(unit for unit in found if unit.kind == kind)
        places = [place_of(unit) for unit in found]
        if level == "commune" and districts:
            codes = {unit.code for unit in districts} - {None}
            places = [place for place in places if place.district and place.district.code in codes] if codes else places
        if level != "province" and provinces:
            codes = {unit.code for unit in provinces} - {None}
            places = [place for place in places if place.province and place.province.code in codes] if codes else places
        if places:
            return tuple(dict.fromkeys(places))
    return ()


def successors_2025(unit: Unit) -> tuple[Unit, ...]:
    """Return the units of edition 34 that *unit* went to, the main one first; a district's are its communes'.

    >>> [new.name for new in successors_2025(by_code(63, "35"))]
    ['Ninh Bình']
    """
    if unit.edition == 34:
        return (unit,)
    codes = unit.successors
    if unit.level == "district" and unit.code is not None:
        codes += tuple(code for commune in children(unit) for code in commune.successors)
    found = (by_code(34, code) for code in dict.fromkeys(codes))
    return tuple(new for new in found if new is not None)


def province_2025(unit: Unit) -> Unit | None:
    """Return the province of edition 34 that holds *unit* since 1 July 2025.

    >>> province_2025(by_code(63, "349")).code
    '37'
    """
    if unit.edition == 34:
        return place_of(unit).province
    province = unit if unit.level == "province" else place_of(unit).province
    if province is None:
        return None
    after = successors_2025(province)
    return after[0] if after else None


def predecessors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units of edition 63 that went into *unit* of edition 34."""
    return tuple(_table(unit.level).predecessors.get(unit.code or "", ())) if unit.edition == 34 else ()
