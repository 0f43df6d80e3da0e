"""Header and close on real scans: what `kehoach extract` says against what a reader saw on the page.

    python -m bench.real_headers [RECORDS.jsonl] [--misses] [--kind scan] [--part check]

Without RECORDS.jsonl the documents beside the checkout are extracted, some 150 pages. The truth is
`tests/cases/real_headers.json`: facts only. Subjects are compared by their first and last words.

Rules, thresholds and models may be fitted to the documents of the part *tune*; those of the part *check*, a third by
the hash of their names, are for totals only, and their misses are not shown.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TRUTH = ROOT / "tests" / "cases" / "real_headers.json"
FIELDS = {
    "document_type": "document_type",
    "number": "document_number.number",
    "notation": "document_number.notation",
    "issuing_body": "issuing_body.name",
    "level": "issuing_body.level",
    "province": "issuing_body.province",
    "place": "place",
    "issued_date": "issued_date.value",
    "signer": "signer.full_name",
    "position": "signer.position",
    "competence": "signer.competence",
}


def documents_folder() -> Path:
    """Return the folder of the real documents; it may be absent."""
    return Path(os.environ.get("KEHOACH_SHARED") or ROOT.parent / "shared") / "documents"


def part_of(name: str) -> str:
    """Return the part that a document belongs to by the hash of its file name: ``tune`` or ``check``."""
    return "check" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0 else "tune"


def truths() -> dict[str, dict[str, Any]]:
    """Return the truth by file name."""
    found: dict[str, dict[str, Any]] = json.loads(TRUTH.read_text(encoding="utf-8"))["documents"]
    return found


_TRADITIONAL = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip


def fold(value: object) -> str | None:
    """Return a value for comparison: case, spaces, dashes and tone placement do not count."""
    if value is None:
        return None
    text = unicodedata.normalize("NFC", str(value)).casefold()
    for new, old in _TRADITIONAL.items():
        text = re.sub(rf"(?<!q){new}(?!\w)", old, text)
    text = re.sub(r"[–—−]", "-", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*([-/,;.:()])\s*", r"\1", text)).strip(' .;:,*_"-“”')


def _get(record: dict[str, Any], path: str) -> Any:
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _close(want: str, got: str) -> bool:
    return difflib.SequenceMatcher(None, want, got, autojunk=False).ratio() >= 0.85


def score(record: dict[str, Any], truth: dict[str, Any]) -> Iterator[tuple[str, bool, object, object]]:
    """Yield field, hit, what was wanted and what was got; a fact that both lack is not counted."""
    for field, path in FIELDS.items():
        if field not in truth:
            continue
        want, got = truth[field], _get(record, path)
        accepted = want if isinstance(want, list) else [want]
        if got is None and None in accepted:
            continue
        yield field, fold(got) in {fold(one) for one in accepted}, want, got
    subject = fold(_get(record, "subject")) or ""
    start, end = fold(truth["subject_start"]) or "", fold(truth["subject_end"]) or ""
    hit = _close(start, subject[: len(start)]) and _close(end, subject[-len(end) :])
    yield "subject", hit, f"{start} ... {end}", subject


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was not read as it stands on the page."""

    name: str
    field: str
    want: object
    got: object

    @property
    def wrong(self) -> bool:
        """Whether something else was read: a month without its day is short, not wrong."""
        wanted = self.want if isinstance(self.want, list) else [self.want]
        short = self.field == "issued_date" and any(str(one).startswith(str(self.got)) for one in wanted)
        return self.got not in (None, "") and not short

    def __str__(self) -> str:
        """Return the line that ``--misses`` prints."""
        return f"{self.name}: {self.field}: want {self.want!r}, got {self.got!r}"


def chosen(kind: str | None = None, part: str | None = None) -> dict[str, dict[str, Any]]:
    """Return the truth of the documents of a kind and a part; None: of all."""
    return {
        name: truth
        for name, truth in truths().items()
        if kind in (None, truth["kind"]) and part in (None, part_of(name))
    }


def tally(
    records: Iterable[dict[str, Any]], kind: str | None = None, part: str | None = None
) -> tuple[dict[str, tuple[int, int]], list[Miss]]:
    """Return hits and facts by field, and the misses; a document without a record misses all."""
    found = {Path(record["source"]["path"]).name: record for record in records}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    misses = []
    for name, truth in chosen(kind, part).items():
        for field, hit, want, got in score(found.get(name, {}), truth):
            counts[field][0] += hit
            counts[field][1] += 1
            if not hit:
                misses.append(Miss(name, field, want, got))
    return {field: (hits, total) for field, (hits, total) in counts.items()}, misses


def extract(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of real documents."""
    from pipeline.run import Options, process, source_of

    for name in names:
        path = documents_folder() / name
        yield json.loads(process(path, source_of(path, str(path)), Options()).to_json())


def main(argv: list[str] | None = None) -> int:
    """Print hits by field."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path, nargs="?", help="as `kehoach extract --json` prints them")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--kind", choices=["scan", "digital"])
    parser.add_argument("--part", choices=["tune", "check"])
    arguments = parser.parse_args(argv)
    if arguments.records:
        records: list[dict[str, Any]] = [
            json.loads(line) for line in arguments.records.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    else:
        records = list(extract(chosen(arguments.kind, arguments.part)))
    counts, _ = tally(records, arguments.kind, arguments.part)
    for field in sorted(counts):
        _print(field, *counts[field])
    _print("all", *_sum(counts))
    for part in ("tune", "check"):
        if arguments.part in (None, part):
            counts, misses = tally(records, arguments.kind, part)
            _print(part, *_sum(counts))
            print(f"{'':14} {sum(miss.wrong for miss in misses)} read wrong, the other misses left out")
            if arguments.misses and part == "tune":
                print(*misses, sep="\n")
    return 0


def _sum(counts: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(hits for hits, _ in counts.values()), sum(total for _, total in counts.values())


def _print(label: str, hits: int, total: int) -> None:
    print(f"{label:14} {hits / max(total, 1):.3f}  ({hits} of {total})")


if __name__ == "__main__":
    sys.exit(main())
