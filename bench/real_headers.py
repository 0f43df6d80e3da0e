"""Header and close on real scans: what `kehoach extract` says against what a reader saw on the page.

    python -m bench.real_headers [RECORDS.jsonl] [--misses] [--kind scan]

Without RECORDS.jsonl the documents beside the checkout are extracted, some 150 pages. The truth is
`tests/cases/real_headers.json`: facts only. Subjects are compared by their first and last words.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
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


def tally(records: Iterable[dict[str, Any]], kind: str | None = None) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Return hits and facts by field, and a line for each miss; a document without a record misses all."""
    found = {Path(record["source"]["path"]).name: record for record in records}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    misses = []
    for name, truth in truths().items():
        if kind is not None and truth["kind"] != kind:
            continue
        for field, hit, want, got in score(found.get(name, {}), truth):
            counts[field][0] += hit
            counts[field][1] += 1
            if not hit:
                misses.append(f"{name}: {field}: want {want!r}, got {got!r}")
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
    arguments = parser.parse_args(argv)
    if arguments.records:
        records: Iterable[dict[str, Any]] = [
            json.loads(line) for line in arguments.records.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    else:
        records = extract(name for name, truth in truths().items() if arguments.kind in (None, truth["kind"]))
    counts, misses = tally(records, arguments.kind)
    for field, (hits, total) in sorted(counts.items()):
        print(f"{field:14} {hits / total:.3f}  ({hits} of {total})")
    hits, total = (sum(pair[i] for pair in counts.values()) for i in (0, 1))
    print(f"{'all':14} {hits / total:.3f}  ({hits} of {total})")
    if arguments.misses:
        print(*misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
