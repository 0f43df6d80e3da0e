"""Records to tables: the store (SQLite or PostgreSQL) and its exports."""

from pipeline.dataset.exports import exports_are_current, write_parquet
from pipeline.dataset.store import FILE_NAME, Store, fetch, overview, remove_record, write_record

__all__ = [
    "FILE_NAME",
    "Store",
    "exports_are_current",
    "fetch",
    "overview",
    "remove_record",
    "write_parquet",
    "write_record",
]
