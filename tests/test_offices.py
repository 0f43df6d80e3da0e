"""Header and close of offices of every kind, as other provinces write them.

The cases of `tests/cases/offices.json` were written before the rules were tried on them.
"""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.recognize.close import find_close
from pipeline.recognize.header import find_header
from tests.plain import load_cases, pick, plain_document, plain_value

CASES = load_cases("offices")
CASELESS = ("issuing_body.name", "signer.position", "subject")  # offices differ in the capitals of their own names


def said(path: str, value: Any) -> Any:
    return value.casefold() if path in CASELESS and isinstance(value, str) else value


def read(text: str) -> dict[str, Any]:
    document = plain_document(text)
    header, close = find_header(document), find_close(document)
    found = {name: getattr(header, name) for name in ("document_type", "document_number", "issuing_body", "place")}
    found |= {"issued_date": header.issued_date, "subject": header.subject, "signer": close.signer}
    return {name: plain_value(fact.value) for name, fact in found.items() if fact is not None}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=pytest.mark.xfail if case["expect"] == "fail" else ())
        for case in CASES
    ],
)
def test_office(case: dict[str, Any]) -> None:
    got = read(case["original"])
    assert {path: said(path, pick(got, path)) for path in case["expected"]} == {
        path: said(path, value) for path, value in case["expected"].items()
    }
