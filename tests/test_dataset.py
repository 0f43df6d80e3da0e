"""The store, its rows and its exports."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import update

from pipeline.dataset import Store, fetch, write_parquet, write_record
from pipeline.dataset.tables import EXPORTED, LISTS, meta, metadata
from pipeline.dictionary import dictionary, schema
from pipeline.errors import DatasetError, DatasetLockedError
from pipeline.record import AgendaItem, DelegateLimit, Evidence, IssuingBody, Record, Source, Text

ROOT = Path(__file__).parent.parent


def record(doc_id: str = "a" * 64, most: int = 150) -> Record:
    content = f"Số lượng không quá {most} đại biểu"
    return Record(
        doc_id=doc_id,
        source=Source(path="kế hoạch.txt", sha256=doc_id, media_type="text/plain"),
        text=Text(content=content, origin="plain", condition="clean"),
        issuing_body=IssuingBody(name="Ủy ban nhân dân xã A", level="commune"),
        delegate_limits=(DelegateLimit(level="grassroots", kind="max", max=most, text=content),),
        agenda=(AgendaItem(text="Chào cờ", kinds=("flag_salute",)),),
        recipients=("Lưu: VT.", "Như trên;"),
        evidence=(
            Evidence(
                field="delegate_limits/0", page=1, start=9, end=22, quote=content[9:22],
                bbox=(72.0, 310.5, 540.2, 324.0), confidence=0.98, method="rule:count",
            ),
        ),
    )  # fmt: skip


def test_a_record_comes_back_as_it_went_in(tmp_path: Path) -> None:
    store = Store(str(tmp_path), create=True)
    with store.begin() as connection:
        write_record(connection, record(), "ok")
    with store.begin() as connection:
        row = fetch(connection, "documents")[0]
        assert Record.model_validate_json(row["record"]) == record()
        assert (row["body_name"], row["state"]) == ("Ủy ban nhân dân xã A", "ok")
        assert [r["name"] for r in fetch(connection, "recipients", order_by=["position"])] == ["Lưu: VT.", "Như trên;"]
        assert fetch(connection, "agenda_items")[0]["kinds"] == ["flag_salute"]


def test_writing_again_replaces_every_row(tmp_path: Path) -> None:
    store = Store(str(tmp_path), create=True)
    for most in (150, 200):
        with store.begin() as connection:
            write_record(connection, record(most=most), "ok")
    with store.begin() as connection:
        assert [row["max"] for row in fetch(connection, "delegate_limits")] == [200]
        assert len(fetch(connection, "evidence")) == 1


def test_a_broken_transaction_leaves_nothing(tmp_path: Path) -> None:
    store = Store(str(tmp_path), create=True)

    def write_and_fail() -> None:
        with store.begin() as connection:
            write_record(connection, record(), "ok")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with store.begin() as connection:
        assert fetch(connection, "documents") == []


def test_exports_are_typed_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    digests = []
    for name, ids in (("one", "ab"), ("two", "ba")):
        store = Store(str(tmp_path / name), create=True)
        for letter in ids:
            with store.begin() as connection:
                write_record(connection, record(doc_id=letter * 64), "ok")
        files = write_parquet(store, tmp_path / name / "exports")
        assert [file.stem for file in files] == list(EXPORTED)
        digests.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert digests[0] == digests[1]
    limits = pd.read_parquet(tmp_path / "one/exports/delegate_limits.parquet")
    assert limits["max"].tolist() == [150, 150]
    evidence = pd.read_parquet(tmp_path / "one/exports/evidence.parquet")
    assert evidence["bbox"][0].tolist() == [72.0, 310.5, 540.2, 324.0]


def test_a_second_run_is_told_that_the_dataset_is_held(tmp_path: Path) -> None:
    first, second = Store(str(tmp_path), create=True), Store(str(tmp_path))
    with first.lock(), pytest.raises(DatasetLockedError, match="another run"), second.lock():
        pass
    with second.lock():
        pass


def test_another_version_is_refused(tmp_path: Path) -> None:
    store = Store(str(tmp_path), create=True)
    with store.begin() as connection:
        connection.execute(update(meta).values(value="0"))
    with pytest.raises(DatasetError, match="schema version 0"):
        Store(str(tmp_path))


def test_a_folder_without_a_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is not a dataset"):
        Store(str(tmp_path))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "kehoach.sqlite").write_bytes(b"x" * 5000)
    with pytest.raises(DatasetError, match="not a database"):
        Store(str(tmp_path))


def test_every_list_of_the_record_has_its_table() -> None:
    lists = {name for name, f in Record.model_fields.items() if "tuple" in str(f.annotation)}
    assert lists == set(LISTS)
    assert set(LISTS.values()) <= set(metadata.tables)


def test_the_documentation_is_that_of_the_code() -> None:
    assert (ROOT / "docs/data-dictionary.md").read_text("utf-8") == dictionary(), "run `make documentation`"
    assert (ROOT / "docs/record.schema.json").read_text("utf-8") == schema(), "run `make documentation`"


def _without_words(schema: Any) -> Any:
    """Return a JSON Schema without its titles and descriptions."""
    if isinstance(schema, dict):
        return {
            key: _without_words(value)
            for key, value in schema.items()
            if not (key in ("title", "description") and isinstance(value, str))
        }
    return [_without_words(value) for value in schema] if isinstance(schema, list) else schema


def test_the_schema_changes_on_purpose() -> None:
    digest = hashlib.sha256(json.dumps(_without_words(json.loads(schema()))).encode()).hexdigest()[:16]
    assert digest == "d355f43bd6f5e393", (
        "the record changed: think of its readers, note it in CHANGELOG.md, then set this hash"
    )
