"""The tables as Parquet files for pandas, DuckDB and Excel.

Rows are sorted by their keys and the files carry no time stamp, so that the same records give the same bytes.
A file is written under a temporary name and renamed: a reader never sees half of one.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import JSON, BigInteger, Boolean, Float, Integer, Table, func, select

from pipeline.dataset import tables
from pipeline.dataset.store import Store
from pipeline.errors import DatasetError, ExitStatus

BATCH_ROWS = 10_000
NOT_EXPORTED = {"record", "lease_owner", "lease_until", "stamp"}
"""Columns that only the store needs: the record repeats the tables, stamps and leases change from host to host."""

ENDED = (ExitStatus.OK, ExitStatus.INCOMPLETE, ExitStatus.NO_INPUT, ExitStatus.MISSING)
"""Statuses of runs that wrote their exports."""


def write_parquet(store: Store, folder: Path) -> list[Path]:
    """Write every table of `tables.EXPORTED` to ``folder/<table>.parquet``; return the files.

    Raises:
        DatasetError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write_table(store, tables.metadata.tables[name], folder) for name in tables.EXPORTED]
    except OSError as error:
        raise DatasetError(f"exports in {folder} cannot be written: {error}") from error


def exports_are_current(store: Store, folder: Path) -> bool:
    """Whether the files in *folder* hold what the tables hold, given that the run now going on changed nothing.

    They do unless one is missing, the run before did not come to its end, or something was corrected since.
    """
    files = [folder / f"{name}.parquet" for name in tables.EXPORTED]
    if not all(file.is_file() for file in files):
        return False
    ended = select(tables.runs.c.status).order_by(tables.runs.c.run_id.desc()).offset(1).limit(1)
    with store.begin() as connection:
        status = connection.scalar(ended)
        corrected = connection.scalar(select(func.max(tables.corrections.c.time)))
    written = min(file.stat().st_mtime for file in files)
    in_time = corrected is None or datetime.fromisoformat(corrected).timestamp() < written
    return status in ENDED and in_time


def _write_table(store: Store, table: Table, folder: Path) -> Path:
    columns = [column for column in table.columns if column.name not in NOT_EXPORTED]
    schema = pa.schema([(column.name, _arrow_type(column.type, column.name)) for column in columns])
    target = folder / f"{table.name}.parquet"
    temporary = folder / f".{table.name}.parquet.new"
    keys = list(table.primary_key.columns)
    with store.begin() as connection, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        result = connection.execution_options(stream_results=True).execute(select(*columns).order_by(*keys))
        for rows in result.mappings().partitions(BATCH_ROWS):
            writer.write_table(pa.Table.from_pylist([_plain(dict(row)) for row in rows], schema=schema))
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    return target


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Corrections hold values of any shape; a Parquet column has one, so they go as text."""
    return {k: (str(v) if k in ("old", "new") and v is not None else v) for k, v in row.items()}


def _arrow_type(kind: Any, name: str) -> pa.DataType:
    if isinstance(kind, JSON):
        if name == "bbox":
            return pa.list_(pa.float64())
        return pa.string() if name in ("old", "new") else pa.list_(pa.string())
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, BigInteger | Integer):
        return pa.int64()
    return pa.float64() if isinstance(kind, Float) else pa.string()
