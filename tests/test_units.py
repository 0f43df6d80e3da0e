from __future__ import annotations

from datetime import date
from importlib.metadata import PackageNotFoundError

import pytest

from pipeline.assets import resource_path
from pipeline.lexicon import units
from pipeline.resources import build_units


def test_table_is_what_its_source_gives() -> None:
    try:
        built = build_units.build()
    except PackageNotFoundError as missing:
        pytest.skip(f"source of the table is not installed: {missing}")
    assert resource_path("units.tsv.xz").read_bytes() == built


@pytest.mark.parametrize(
    ("edition", "level", "count"),
    [(63, "province", 63), (63, "district", 696), (63, "commune", 10035), (34, "province", 34), (34, "commune", 3321)],
)
def test_editions_are_complete(edition: units.Edition, level: units.Level, count: int) -> None:
    assert len(list(units.all_units(edition, level))) == count


def test_every_unit_has_a_successor_in_2025() -> None:
    lost = [
        unit
        for level in ("province", "district", "commune")
        for unit in units.all_units(63, level)
        if not units.successors_2025(unit) or units.province_2025(unit) is None
    ]
    assert lost == []


def test_every_unit_below_a_province_lies_in_one() -> None:
    for edition in (63, 34):
        assert all(units.place_of(unit).province for unit in units.all_units(edition, "commune"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("huyện Duy Tiên", "349", id="raised to a town since, same code"),
        pytest.param("TX. Bỉm Sơn", "381", id="abbreviated kind"),
        pytest.param("thi xa Bim Son", "381", id="no marks"),
        pytest.param("quận Hoàn Kiếm", "002", id="quận"),
        pytest.param("TP.HCM", "79", id="abbreviated name"),
        pytest.param("Thanh Hoá", "38", id="new tone placement; province before its city"),
        pytest.param("TP. Thanh Hóa", "380", id="the kind decides: the city, not the province"),
        pytest.param("tỉnh Đắc Lắc", "66", id="old spelling"),
        pytest.param("tỉnh Bà Rịa-Vũng Tàu", "77", id="hyphen without spaces"),
        pytest.param("Q.1", "760", id="numbered district"),
        pytest.param("Quận 01", "760", id="leading zero"),
        pytest.param("tỉnh Sóc Trăng", "94", id="not a ward of that name"),
        pytest.param("thị trấn Tam Điệp", "370", id="wrong kind: no town of the name, so any level"),
    ],
)
def test_find(text: str, code: str) -> None:
    assert units.find(text)[0].code == code


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("huyện Tĩnh Gia", "Thanh Hóa"),
        ("thị xã Cửa Lò", "Nghệ An"),
        ("quận 9", "Hồ Chí Minh"),
        ("huyện Long Điền", "Bà Rịa - Vũng Tàu"),
    ],
)
def test_former_districts_are_known_without_a_code(text: str, province: str) -> None:
    unit = units.find(text, "district")[0]
    assert unit.code is None
    place = units.place_of(unit)
    assert place.province is not None
    assert place.province.name == province


@pytest.mark.parametrize(
    ("name", "new"), [("tỉnh Thừa Thiên Huế", "Huế"), ("tỉnh Hà Tây", "Hà Nội"), ("tỉnh Kiên Giang", "An Giang")]
)
def test_provinces_lead_to_those_of_2025(name: str, new: str) -> None:
    after = units.province_2025(units.find(name, "province")[0])
    assert after is not None
    assert after.name == new


def test_the_day_decides_the_edition() -> None:
    assert units.find("xã Phong Hải", on=date(2025, 9, 1))[0].edition == 34
    assert units.find("huyện Duy Tiên", "district", on=date(2025, 9, 1)) == ()


def test_one_to_many_keeps_all_candidates() -> None:
    divided = [unit for unit in units.all_units(63, "commune") if len(unit.successors) > 1]
    assert len(divided) > 400
    assert all(len(units.successors_2025(unit)) == len(unit.successors) for unit in divided)


def test_a_commune_is_found_within_its_province() -> None:
    within = units.find("tỉnh Thanh Hóa", "province")[0]
    found = units.find("xã Quang Trung", "commune", within=within)
    assert found
    assert all(units.is_within(unit, within) for unit in found)


def test_resolve_narrows_by_the_units_above() -> None:
    places = units.resolve("Hà Nam", "Duy Tiên")
    assert [place.smallest.code for place in places if place.smallest] == ["349"]
    assert units.resolve("Hà Nam", "Nơi Không Có")[0].province == units.by_code(63, "35")


@pytest.mark.parametrize("text", ["", "xã", "Nơi Không Có", "huyện Không Đâu"])
def test_unknown_names_find_nothing(text: str) -> None:
    assert units.find(text) == ()
