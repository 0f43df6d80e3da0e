"""Scoring of records against gold: every slot of gold is an expected fact, every filled slot of a record a claimed one.

Facts are counted by field and F1 is micro-averaged. Text is compared NFC, case-folded, with tones placed and spaces
set alike; subjects and lines of a programme match from a similarity of 0.9. A field that gold lacks is not scored;
null or [] in gold means that the document does not say it.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

_NEW_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE_RE = re.compile("(" + "|".join(_NEW_TONE) + ")(?![a-zà-ỹ])")

SCALARS: dict[str, str] = {  # path: how it is compared
    "document_type": "exact", "document_number.number": "exact", "document_number.notation": "exact",
    "place": "exact", "issuing_body.name": "exact", "issuing_body.level": "exact", "issuing_body.province": "exact",
    "issuing_body.district": "exact", "issuing_body.commune": "exact", "issuing_body.province_2025": "exact",
    "issued_date.value": "exact", "issued_date.precision": "exact", "subject": "similar", "presidium.min": "exact",
    "presidium.max": "exact", "signer.full_name": "exact", "signer.position": "exact", "signer.competence": "exact",
}  # fmt: skip
LISTS: dict[str, tuple[str, ...]] = {
    "legal_bases": ("document_type", "code", "date", "issuer"),
    "events": ("level", "pilot", "duration_days", "start", "end", "precision"),
    "delegate_limits": ("level", "kind", "min", "max", "condition"),
    "composition_ratios": ("level", "category", "percent", "approximate"),
    "agenda": ("text", "kinds"),
}
FIELDS = tuple(dict.fromkeys([*(path.split(".")[0] for path in SCALARS), *LISTS, "deadlines", "recipients"]))
MISSION = ("issuing_body", "issued_date", "events", "delegate_limits", "composition_ratios", "agenda")
SIMILAR = 0.9


@dataclass(slots=True)
class Tally:
    """Facts found, claimed wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self

    @property
    def total(self) -> int:
        """How many facts were expected or claimed."""
        return self.right + self.wrong + self.missed

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was to be found and nothing was claimed."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.total else 1.0


@dataclass(slots=True)
class Score:
    """The tallies of one document or of many, by field, and what was missed."""

    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another document in."""
        for name, tally in other.fields.items():
            self.fields[name] += tally
        self.misses += other.misses

    def over(self, names: Iterable[str] = FIELDS) -> Tally:
        """Return the tally over some fields."""
        whole = Tally()
        for name in names:
            whole += self.fields[name]
        return whole


def canonical(text: object) -> str | None:
    """Return *text* as it is compared.

    >>> canonical("Uỷ ban  nhân dân – Xã ;") == canonical("ủy ban nhân dân - xã")
    True
    """
    if text is None:
        return None
    folded = unicodedata.normalize("NFC", str(text)).casefold()
    folded = _TONE_RE.sub(lambda match: _NEW_TONE[match[1]], folded)
    folded = re.sub(r"[–—−]", "-", folded).replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", re.sub(r"\s*([-/,;.:()])\s*", r"\1", folded)).strip(' .;:,*_"-')


def similar(one: object, other: object, least: float = SIMILAR) -> bool:
    """Tell whether two texts are the same but for a slip or two."""
    a, b = canonical(one), canonical(other)
    if not a or not b:
        return False
    return a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= least


def score(gold: Mapping[str, Any], record: Mapping[str, Any], name: str = "") -> Score:
    """Return the score of one record (as JSON values) against the gold of its document."""
    result = Score()
    for path, how in SCALARS.items():
        top = path.split(".")[0]
        if top not in gold:
            continue
        want, got = _get(gold, path), _get(record, path)
        if want is None and got is None:
            continue
        accepted = [want, *(gold.get("subject_alternatives", ()) if path == "subject" else ())]
        compare = similar if how == "similar" else _equal_text
        hit = any(compare(value, got) for value in accepted if value is not None)
        result.fields[top] += Tally(int(hit), int(not hit and got is not None), int(not hit and want is not None))
        if not hit:
            result.misses.append(f"{name}: {path}: want {want!r}, got {got!r}")
    for top, slots in LISTS.items():
        if top in gold:
            _score_list(top, slots, gold.get(top) or [], record.get(top) or [], result, name)
    _score_deadlines(gold, record, result, name)
    if "recipients_count" in gold:
        count = len(record.get("recipients") or [])
        hit = count == gold["recipients_count"]
        result.fields["recipients"] += Tally(int(hit), int(not hit), int(not hit))
        if not hit:
            result.misses.append(f"{name}: recipients: want {gold['recipients_count']}, got {count}")
    return result


def _score_list(
    top: str,
    slots: Sequence[str],
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any]],
    result: Score,
    name: str,
) -> None:
    for want_item, got_item in _pair(gold, found, slots):
        for slot in slots:
            want = _slot(want_item, slot) if want_item is not None else None
            got = _slot(got_item, slot) if got_item is not None else None
            if not _informative(want) and not _informative(got):
                continue
            hit = want_item is not None and got_item is not None and _same(want, got, slot)
            tally = Tally(1) if hit else Tally(
                0, int(got_item is not None and _informative(got)), int(want_item is not None and _informative(want))
            )  # fmt: skip
            result.fields[top] += tally
            if not hit:
                result.misses.append(f"{name}: {top}.{slot}: want {want!r}, got {got!r}")


def _score_deadlines(gold: Mapping[str, Any], record: Mapping[str, Any], result: Score, name: str) -> None:
    """Count the deadlines of gold that were found; further ones are not wrong, since gold lists the main ones."""
    want = {_date(value) for value in gold.get("deadlines") or ()} - {None}
    got = {_date(value) for value in record.get("deadlines") or ()} - {None}
    result.fields["deadlines"] += Tally(len(want & got), 0, len(want - got))
    result.misses += [f"{name}: deadlines: missing {value}" for value in sorted(str(v) for v in want - got)]


def _date(value: Any) -> Any:
    return value.get("date") if isinstance(value, Mapping) else value


def _get(record: Any, path: str) -> Any:
    for key in path.split("."):
        record = record.get(key) if isinstance(record, Mapping) else None
    return record


def _equal_text(want: object, got: object) -> bool:
    return canonical(want) == canonical(got)


def _slot(item: Mapping[str, Any], slot: str) -> Any:
    value = item.get(slot)
    if slot == "condition":  # whether there is one is what gold says
        return bool(value)
    if slot == "kinds":
        return ",".join(sorted(value or ())) or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return value


def _same(want: Any, got: Any, slot: str) -> bool:
    if want is None or got is None:
        return False
    if slot == "text":
        return similar(want, got)
    if isinstance(want, (bool, float)) or isinstance(got, (bool, float)):
        return bool(want == got)
    return _equal_text(want, got)


def _informative(value: Any) -> bool:
    return value is not None and value is not False and value != ""


def _pair(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], slots: Sequence[str]
) -> Iterator[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Yield (expected, claimed), greedily by the slots that they share; the rest with None."""
    ranked = sorted(
        (
            (sum(_same(_slot(g, s), _slot(f, s), s) for s in slots), -abs(i - j), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
        ),
        reverse=True,
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for hits, _, i, j in ranked:
        if hits and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            yield gold[i], found[j]
    yield from ((item, None) for i, item in enumerate(gold) if i not in taken_gold)
    yield from ((None, item) for j, item in enumerate(found) if j not in taken_found)


def verdicts(gold: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield whether each value of a record is right: (its path as evidence has it, no filled slot of it is wrong).

    A slot left null claims nothing. Values of which gold says nothing are left out: fields that it lacks, and
    deadlines beyond the main ones.

    >>> list(verdicts({"place": "Huế", "subject": None}, {"place": "Hué", "subject": None, "budget": "..."}))
    [('place', False)]
    """
    slots: dict[str, list[bool]] = {}
    for path, how in SCALARS.items():
        top = path.split(".")[0]
        got, want = _get(record, path), _get(gold, path)
        if top in gold and got is not None:
            accepted = [want, *(gold.get("subject_alternatives", ()) if path == "subject" else ())]
            compare = similar if how == "similar" else _equal_text
            slots.setdefault(top, []).append(any(compare(one, got) for one in accepted if one is not None))
    yield from ((top, all(rights)) for top, rights in slots.items())
    for top, names in LISTS.items():
        found = record.get(top) or []
        if top not in gold:
            continue
        places = {id(item): index for index, item in enumerate(found)}
        for want_item, got_item in _pair(gold[top] or [], found, names):
            if got_item is not None:
                claimed = [slot for slot in names if _slot(got_item, slot) is not None]
                yield (
                    f"{top}/{places[id(got_item)]}",
                    want_item is not None
                    and all(_same(_slot(want_item, slot), _slot(got_item, slot), slot) for slot in claimed),
                )
    days = {_date(value) for value in gold.get("deadlines") or ()}
    for index, value in enumerate(record.get("deadlines") or ()):
        if _date(value) in days:
            yield f"deadlines/{index}", True


def evidence_share(record: Mapping[str, Any]) -> float | None:
    """Return the share of evidence whose quote stands at its place in the record's text; None without evidence."""
    entries, text = record.get("evidence") or (), _get(record, "text.content")
    if not entries or not text:
        return None
    good = sum(canonical(text[entry["start"] : entry["end"]]) == canonical(entry["quote"]) for entry in entries)
    return good / len(entries)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation says; `to_json` is what a baseline file holds."""

    overall: Score
    documents: dict[str, Score]
    evidence_valid: float | None

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        fields = {name: round(tally.f1, 4) for name, tally in self.overall.fields.items() if tally.total}
        return {
            "overall_f1": round(self.overall.over().f1, 4),
            "mission_f1": round(self.overall.over(MISSION).f1, 4),
            "fields": fields,
            "documents": {name: round(one.over().f1, 4) for name, one in self.documents.items()},
            "evidence_valid": self.evidence_valid,
            "misses": sorted(self.overall.misses),
        }


def evaluate(gold_directory: Path, records: Iterable[Mapping[str, Any]]) -> Report:
    """Return the report of *records* (as JSON values) against the gold files of a folder.

    A record belongs to the gold file whose stem is that of its path; of several the last counts. A gold file without
    a record scores as an empty one.
    """
    by_stem = {PurePath(record["source"]["path"]).stem: record for record in records}
    overall, documents, shares = Score(), {}, []
    for path in sorted(gold_directory.glob("*.json")):
        record = by_stem.get(path.stem, {})
        documents[path.stem] = score(json.loads(path.read_text(encoding="utf-8")), record, path.stem)
        overall.add(documents[path.stem])
        if (share := evidence_share(record)) is not None:
            shares.append(share)
    return Report(overall, documents, sum(shares) / len(shares) if shares else None)


def changes(baseline: Mapping[str, Any], current: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return (gains, losses) between the figures of two reports: misses that went and misses that came.

    >>> changes({"misses": ["a: place: want 'X', got None"]}, {"misses": ["b: subject: want 'Y', got None"]})
    (["a: place: want 'X', got None"], ["b: subject: want 'Y', got None"])
    """
    before, after = set(baseline.get("misses", ())), set(current.get("misses", ()))
    return sorted(before - after), sorted(after - before)
