"""Documents and case files for tests of recognition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipeline.assemble import assemble
from pipeline.data import Document, Line, Page, Zone

CASES = Path(__file__).parent / "cases"


def plain_document(text: str) -> Document:
    """Return plain text as a document; form feeds part pages, zones may be given as ``[header_left] text``."""
    pages = []
    for number, page in enumerate(text.split("\f"), 1):
        pages.append(Page(number, tuple(_line(line) for line in page.split("\n")), "plain", "plain text"))
    return assemble(pages)


def _line(text: str) -> Line:
    zones: tuple[Zone, ...] = ("header_left", "header_right", "title", "recipients", "signature", "table", "margin")
    for zone in zones:
        if text.startswith(f"[{zone}] "):
            return Line(text.removeprefix(f"[{zone}] "), zone=zone)
    return Line(text)


def load_cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of ``tests/cases/<name>.json``."""
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def plain_value(value: object) -> Any:
    """Return models as dictionaries and tuples as lists, as JSON would."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple | list):
        return [plain_value(each) for each in value]
    return value


def pick(value: Any, path: str) -> Any:
    """Return what a dotted path leads to; None where it leads nowhere."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
