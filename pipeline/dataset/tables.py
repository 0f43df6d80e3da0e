"""The tables of the dataset, defined once for SQLite and PostgreSQL.

The tables that hold lists of a record (`LISTS`) take their columns from the models of `pipeline.record`, so that
record, tables, JSON Schema and data dictionary cannot drift apart. Every row carries ``doc_id``, list rows also
``position``, their order in the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

from pipeline import record

DATASET_VERSION = "1"
"""Of the tables; a dataset of another version is refused, never altered in place."""

metadata = MetaData()


def _column_type(annotation: Any) -> TypeEngine[Any]:
    """Return the column type for a field of a record; what is neither text, number nor truth value is JSON."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not NoneType)
    plain: dict[Any, TypeEngine[Any]] = {bool: Boolean(), int: BigInteger(), float: Float()}
    if annotation in plain:
        return plain[annotation]
    return JSON() if get_origin(annotation) is tuple else Text()


def _columns(model: type[BaseModel]) -> list[Column[Any]]:
    return [Column(name, _column_type(f.annotation), comment=_comment(f)) for name, f in model.model_fields.items()]


def _comment(field: FieldInfo) -> str | None:
    """Return what a field means, and the values that it can have where they are fixed."""
    choices = ", ".join(_choices(field.annotation))
    return "; ".join(filter(None, [field.title, field.description, choices])) or None


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _choices(part)


def _list_table(name: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("doc_id", String(64), primary_key=True, comment="sha256 of the file's bytes"),
        Column("position", Integer, primary_key=True, autoincrement=False, comment="order in the document, from 0"),
        *columns,
    )


meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True, comment="version"),
    Column("value", Text, nullable=False, comment="of these tables"),
)

files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True, comment="as found; bytes that are not UTF-8 appear as \\xNN"),
    Column("doc_id", String(64), index=True, comment="null where the file could not be read"),
    Column("size", BigInteger, comment="bytes"),
    Column("stamp", Text, comment="device, inode, modification and change time: the same stamp is the same content"),
    Column("reason", Text, comment="why the file itself could not be taken in; null where it could"),
    Column("message", Text, comment="what happened, and what to do about it"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("doc_id", String(64), primary_key=True, comment="sha256 of the file's bytes"),
    Column("state", String(16), nullable=False, index=True, comment="started, ok, partial, quarantined, retry"),
    Column("reason", Text, comment="fixed code; null for ok"),
    Column("message", Text, comment="what happened, and what to do about it"),
    Column("attempts", Integer, nullable=False, comment="starts since the last end; counted before the work begins"),
    Column("version", String(64), comment="fingerprint of program, models and options that made the record"),
    Column("path", Text, comment="the path that the document was read from"),
    Column("lease_owner", Text, index=True, comment="who works on it"),
    Column("lease_until", Float, comment="seconds since 1970; after that anybody may take it"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True, comment="counts up"),
    Column("started", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("ended", Text, comment="ISO 8601, UTC; null where the run was killed"),
    Column("version", Text, nullable=False, comment="fingerprint of program, models and options"),
    Column("status", Integer, comment="exit status"),
    Column("inputs", Integer, comment="files found"),
    Column("ok", Integer, comment="documents read whole"),
    Column("partial", Integer, comment="documents with pages lost"),
    Column("quarantined", Integer, comment="documents that gave nothing"),
    Column("duplicates", Integer, comment="further files with the same bytes"),
    Column("unchanged", Integer, comment="documents that an earlier run had done"),
)


def _of(model: type[BaseModel], field: str) -> str | None:
    """Return the comment of a column that repeats a field of the record."""
    return _comment(model.model_fields[field])


documents = Table(
    "documents",
    metadata,
    Column("doc_id", String(64), primary_key=True, comment="sha256 of the file's bytes"),
    Column("path", Text, comment="where it was read; the table `files` has all its paths"),
    Column("media_type", Text, comment="found in the bytes, not in the name"),
    Column("pages", Integer, comment=_of(record.Source, "pages")),
    Column("state", String(16), comment="ok, partial"),
    Column("text_origin", Text, comment=_of(record.Text, "origin")),
    Column("condition", Text, comment=_of(record.Text, "condition")),
    Column("document_type", Text, comment=_of(record.Facts, "document_type")),
    Column("number", BigInteger, comment=_of(record.DocumentNumber, "number")),
    Column("notation", Text, comment=_of(record.DocumentNumber, "notation")),
    Column("number_year", Integer, comment=_of(record.DocumentNumber, "year")),
    Column("body_name", Text, comment=_of(record.IssuingBody, "name")),
    Column("body_level", Text, comment=_of(record.IssuingBody, "level")),
    Column("province", Text, comment=_of(record.IssuingBody, "province")),
    Column("district", Text, comment=_of(record.IssuingBody, "district")),
    Column("commune", Text, comment=_of(record.IssuingBody, "commune")),
    Column("province_code", Text, comment=_of(record.IssuingBody, "province_code")),
    Column("district_code", Text, comment=_of(record.IssuingBody, "district_code")),
    Column("commune_code", Text, comment=_of(record.IssuingBody, "commune_code")),
    Column("province_2025", Text, comment=_of(record.IssuingBody, "province_2025")),
    Column("province_2025_code", Text, comment=_of(record.IssuingBody, "province_2025_code")),
    Column("place", Text, comment=_of(record.Facts, "place")),
    Column("issued_date", Text, comment=_of(record.IssuedDate, "value")),
    Column("issued_precision", Text, comment=_of(record.IssuedDate, "precision")),
    Column("issued_source", Text, comment=_of(record.IssuedDate, "source")),
    Column("subject", Text, comment=_of(record.Facts, "subject")),
    Column("presidium_min", Integer, comment=_of(record.Presidium, "min")),
    Column("presidium_max", Integer, comment=_of(record.Presidium, "max")),
    Column("budget", Text, comment=_of(record.Facts, "budget")),
    Column("signer_name", Text, comment=_of(record.Signer, "full_name")),
    Column("signer_position", Text, comment=_of(record.Signer, "position")),
    Column("signer_competence", Text, comment=_of(record.Signer, "competence")),
    Column("text", Text, comment="the restored text, pages parted by form feeds"),
    Column("record", Text, comment="the whole record as JSON"),
)

LISTS: dict[str, str] = {
    "legal_bases": "legal_bases",
    "events": "events",
    "delegate_limits": "delegate_limits",
    "composition_ratios": "composition_ratios",
    "agenda": "agenda_items",
    "allocations": "allocations",
    "deadlines": "deadlines",
    "tasks": "tasks",
    "recipients": "recipients",
    "digital_signatures": "digital_signatures",
    "evidence": "evidence",
    "issues": "issues",
}
"""Field of the record that is a list → its table."""

_MODELS: dict[str, type[BaseModel]] = {
    "legal_bases": record.LegalBasis,
    "events": record.Event,
    "delegate_limits": record.DelegateLimit,
    "composition_ratios": record.CompositionRatio,
    "agenda_items": record.AgendaItem,
    "allocations": record.Allocation,
    "deadlines": record.Deadline,
    "tasks": record.Task,
    "digital_signatures": record.Signature,
    "evidence": record.Evidence,
    "issues": record.Issue,
}

recipients = _list_table("recipients", Column("name", Text, comment="as printed, without dash and final mark"))
for _name, _model in _MODELS.items():
    _list_table(_name, *_columns(_model))

corrections = _list_table(
    "corrections",
    Column("field", Text, comment="path of the value, such as delegate_limits/0/max"),
    Column("old", JSON, comment="value before"),
    Column("new", JSON, comment="value after"),
    Column("author", Text, comment="who corrected it"),
    Column("time", Text, comment="ISO 8601, UTC"),
)

EXPORTED = ("documents", *LISTS.values(), "corrections", "ledger", "files")
"""Tables written to ``exports/*.parquet``, in this order. `runs` stays out: it differs from run to run."""
