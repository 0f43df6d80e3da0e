"""Real administrative units for generated plans, by edition: before and after 1 July 2025."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from pipeline.lexicon import units


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit: its kind in lower case ("huyện") and its bare name ("Duy Tiên")."""

    kind: str
    name: str

    @property
    def full(self) -> str:
        """Kind and name: "huyện Duy Tiên"."""
        return f"{self.kind} {self.name}"

    @property
    def place(self) -> str:
        """What stands before the date: the bare name, with the kind where the name is a number."""
        return f"{self.kind.capitalize()} {self.name}" if self.name[0].isdigit() else self.name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document comes from; the siblings serve annex tables and pilot conferences."""

    province: Unit
    province_2025: Unit
    district: Unit | None
    commune: Unit
    communes: tuple[Unit, ...]  # of the same district (or, after 2025, province)
    districts: tuple[Unit, ...]  # of the same province


def _unit(unit: units.Unit) -> Unit:
    return Unit(units.TITLES[unit.kind], unit.name)


@cache
def _districts() -> tuple[units.Unit, ...]:
    """Districts with enough communes for an annex table; Huế is left out, its province was renamed on the way."""
    found = [u for u in units.all_units(63, "district") if u.code and len(units.children(u)) >= 6]
    return tuple(
        u for u in sorted(found, key=lambda u: u.code or "") if _province(u).name not in ("Huế", "Thừa Thiên Huế")
    )


def _province(unit: units.Unit) -> units.Unit:
    province = units.parent(unit)
    assert province is not None
    return province


@cache
def _new_communes() -> tuple[units.Unit, ...]:
    return tuple(sorted((u for u in units.all_units(34, "commune") if u.code), key=lambda u: u.code or ""))


def place_before_2025(rng: Random, kinds: tuple[str, ...] = ()) -> Place:
    """Return a commune with its district and province of before 1 July 2025, the district one of *kinds*."""
    district = rng.choice([u for u in _districts() if not kinds or units.TITLES[u.kind] in kinds])
    province = _province(district)
    communes = [_unit(u) for u in units.children(district)]
    rng.shuffle(communes)
    siblings = [_unit(u) for u in units.children(province)]
    rng.shuffle(siblings)
    later = _unit(units.successors_2025(province)[0])
    return Place(_unit(province), later, _unit(district), communes[0], tuple(communes), tuple(siblings))


def place_since_2025(rng: Random, kinds: tuple[str, ...] = ()) -> Place:
    """Return a commune of the 34 provinces, one of *kinds* if given."""
    commune = rng.choice([u for u in _new_communes() if not kinds or units.TITLES[u.kind] in kinds])
    home = _province(commune)
    communes = [_unit(u) for u in units.children(home)]
    rng.shuffle(communes)
    return Place(_unit(home), _unit(home), None, _unit(commune), tuple(communes), ())
