from __future__ import annotations

from typing import Any

import pytest

from pipeline.recognize.close import find_close
from pipeline.recognize.found import Found
from tests.plain import load_cases, pick, plain_document, plain_value

CASES = load_cases("close")


def values(text: str) -> dict[str, Any]:
    close = find_close(plain_document(text))
    recipients = [found.value for found in close.recipients]
    return {
        "signer": plain_value(close.signer.value) if close.signer else None,
        "count": len(recipients),
        "first": recipients[0] if recipients else None,
    }


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=pytest.mark.xfail if case["expect"] == "fail" else ())
        for case in CASES
    ],
)
def test_close(case: dict[str, Any]) -> None:
    got = values(case["original"])
    assert {path: pick(got, path) for path in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_spans_lie_inside_the_text(case: dict[str, Any]) -> None:
    document = plain_document(case["original"])
    close = find_close(document)
    found: list[Found[Any]] = [*close.recipients, *([close.signer] if close.signer else [])]
    for each in found:
        assert 0 < each.confidence <= 1
        assert all(0 <= start < end <= len(document.text) for start, end in each.spans)


def test_the_close_starts_where_its_first_word_stands() -> None:
    text = "I. NỘI DUNG\nA\nB\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Hữu Phước\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    assert find_close(plain_document(text)).start == text.index("TL. CHỦ TỊCH")
    assert find_close(plain_document("I. NỘI DUNG\nA")).start is None
