"""The data dictionary and the JSON Schema, generated from the code: ``python -m pipeline.dictionary DIR``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Table

from pipeline import validate
from pipeline.batch.reasons import REASONS
from pipeline.dataset.tables import DATASET_VERSION, EXPORTED, metadata
from pipeline.read.faults import PAGE_ISSUES
from pipeline.record import SCHEMA_VERSION, json_schema

PURPOSE = {
    "documents": "one row a document: header, close, text and the whole record",
    "legal_bases": "căn cứ",
    "events": "the conferences that a plan schedules",
    "delegate_limits": "số lượng đại biểu",
    "composition_ratios": "cơ cấu đại biểu",
    "agenda_items": "nội dung chương trình",
    "allocations": "phân bổ đại biểu: rows of annex tables",
    "deadlines": "thời hạn",
    "tasks": "nhiệm vụ",
    "recipients": "nơi nhận",
    "digital_signatures": "chữ ký số, as the container claims",
    "evidence": "where each value was read",
    "issues": "remarks on a record",
    "corrections": "what a person corrected",
    "ledger": "what became of each document",
    "files": "what lies at each path",
    "runs": "one row a run",
    "meta": "the version of these tables",
}


def dictionary() -> str:
    """Return the data dictionary as Markdown."""
    return "\n".join(_lines()) + "\n"


def schema() -> str:
    """Return the JSON Schema of a record."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield f"Tables of version {DATASET_VERSION}, records of schema version {SCHEMA_VERSION}; generated from"
    yield "the code by `make documentation`; the record as JSON is described by `record.schema.json` beside it."
    names = [*EXPORTED, *(name for name in sorted(metadata.tables) if name not in EXPORTED)]
    for name in names:
        yield from ("", f"## {name}", "", f"{PURPOSE[name]}{'' if name in EXPORTED else ' (in the store only)'}", "")
        yield from _columns(metadata.tables[name])
    checks = dict(re.findall(r"^([EW]\d+)  (.+)$", validate.__doc__ or "", re.MULTILINE))
    yield from _codes(
        "Codes of issues", "E: the record contradicts itself; W: worth a look; P: a page.", {**checks, **PAGE_ISSUES}
    )
    yield from _codes("Reasons in the ledger", "Why a document is partial or quarantined.", REASONS)


def _codes(title: str, purpose: str, meanings: Mapping[str, str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", purpose, "", "| code | meaning |", "| --- | --- |")
    yield from (f"| `{code}` | {meaning} |" for code, meaning in meanings.items())


def _columns(table: Table) -> Iterator[str]:
    yield "| column | type | key | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        kind = type(column.type).__name__.lower()
        yield f"| `{column.name}` | {kind} | {'yes' if column.primary_key else ''} | {column.comment or ''} |"


def write(folder: Path) -> None:
    """Write both files into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data-dictionary.md").write_text(dictionary(), "utf-8")
    (folder / "record.schema.json").write_text(schema(), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
