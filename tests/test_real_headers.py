from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.real_headers import FIELDS, Miss, chosen, documents_folder, extract, score, tally, truths

TARGET = 0.93


def test_truth_quotes_no_more_than_a_few_words() -> None:
    quotes = [truth[key] for truth in truths().values() for key in ("subject_start", "subject_end")]
    assert max(len(quote.split()) for quote in quotes) <= 12


def test_truth_covers_enough_scans() -> None:
    assert sum(truth["kind"] == "scan" for truth in truths().values()) >= 39


def test_a_record_of_the_truth_itself_scores_full() -> None:
    truth = {
        "document_type": "KH", "number": 5, "notation": "KH-UBND", "issuing_body": ["A", "B"], "level": "district",
        "province": "Hà Nam", "place": "Duy Tiên", "issued_date": "2014-10-27", "signer": None, "position": None,
        "competence": None, "subject_start": "Tổ chức Hội nghị", "subject_end": "lần thứ X",
    }  # fmt: skip
    record = {
        "document_type": "KH", "document_number": {"number": 5, "notation": "KH-UBND"}, "place": "Duy Tiên",
        "issuing_body": {"name": "B", "level": "district", "province": "Hà Nam"},
        "issued_date": {"value": "2014-10-27"}, "subject": "Tổ chức Hội nghị điển hình lần thứ X", "signer": None,
    }  # fmt: skip
    assert all(hit for _, hit, _, _ in score(record, truth))
    assert [field for field, hit, _, _ in score({}, truth) if not hit] == [
        field for field in FIELDS if truth.get(field) is not None
    ] + ["subject"]


def test_every_document_is_for_tuning_or_for_checking() -> None:
    tune, check = chosen("scan", "tune"), chosen("scan", "check")
    assert not set(tune) & set(check)
    assert {**tune, **check} == chosen("scan")
    assert len(check) >= 7


def test_a_month_without_its_day_is_short_and_not_wrong() -> None:
    assert not Miss("a.pdf", "issued_date", "2018-03-01", "2018-03").wrong
    assert Miss("a.pdf", "issued_date", "2018-03-01", "2018-03-02").wrong
    assert Miss("a.pdf", "number", 239, 22).wrong
    assert not Miss("a.pdf", "number", 239, None).wrong


@pytest.mark.shared
@pytest.mark.reliability
@pytest.mark.ocr
def test_headers_of_real_scans(tmp_path: Path) -> None:
    if not documents_folder().is_dir():
        pytest.skip(f"no real documents in {documents_folder()}")
    names = [name for name, truth in truths().items() if truth["kind"] == "scan"]
    records = list(extract(names))
    (tmp_path / "records.jsonl").write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    counts, misses = tally(records, "scan")
    hits, total = (sum(pair[i] for pair in counts.values()) for i in (0, 1))
    assert hits / total >= TARGET, "\n".join(map(str, misses))
