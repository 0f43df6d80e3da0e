"""The store of a dataset: a folder with an SQLite file, or a PostgreSQL database.

One writer. Each document is one transaction, so that a killed run leaves whole documents or nothing. Connections
are opened for a transaction and closed after it: none is ever open while the process forks.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from pipeline.dataset import tables
from pipeline.dataset.rows import document_row, list_rows
from pipeline.errors import DatasetError, DatasetLockedError
from pipeline.record import Record

FILE_NAME = "kehoach.sqlite"

SERVER_SECONDS = 300.0
"""How long a run waits for a PostgreSQL server that is restarting."""

LOCK_WAIT = 2.0  # seconds for the children of a killed run to be gone
T = TypeVar("T")

log = logging.getLogger(__name__)


class Store:
    """An open dataset.

    Args:
        address: a folder, or a ``postgresql://`` address.
        create: make it where it does not exist yet.

    Raises:
        DatasetError: it is not there, cannot be read or written, or has another schema version.
    """

    def __init__(self, address: str, *, create: bool = False) -> None:
        self.address = address
        self.folder = None if address.startswith("postgresql") else Path(address)
        try:
            self.engine = self._connect(create)
            self._check_version(create)
        except (SQLAlchemyError, OSError) as error:
            raise DatasetError(f"dataset {address} cannot be opened: {_cause(error)}") from error

    def _connect(self, create: bool) -> Engine:
        if self.folder is None:
            url = self.address.replace("postgresql://", "postgresql+pg8000://", 1)
            return create_engine(url, poolclass=NullPool)
        path = self.folder / FILE_NAME
        if create:
            self.folder.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            raise DatasetError(f"{self.folder} is not a dataset: it has no {FILE_NAME}; make one with `kehoach run`")
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        event.listen(engine, "connect", _set_pragmas)
        return engine

    def _check_version(self, create: bool) -> None:
        if create:
            tables.metadata.create_all(self.engine)
        with self.begin() as connection:
            row = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "version")).first()
            if row is None and create:
                connection.execute(insert(tables.meta).values(key="version", value=tables.DATASET_VERSION))
            elif row is None or row.value != tables.DATASET_VERSION:
                found = row.value if row else "none"
                raise DatasetError(
                    f"dataset {self.address} has schema version {found}, this program writes "
                    f"{tables.DATASET_VERSION}: write to a new folder"
                )

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Do *work* in one transaction; wait for a database server that is restarting and do it again.

        *work* must bear being done twice: the server may go away between the commit and its answer.

        Raises:
            DatasetError: the store refuses, or the server stays away for `SERVER_SECONDS`.
        """
        patience = time.monotonic() + SERVER_SECONDS
        while True:
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except (SQLAlchemyError, ConnectionError) as error:  # the driver does not wrap a reset while it connects
                if self.folder is not None or not _server_away(error) or time.monotonic() > patience:
                    raise DatasetError(f"dataset {self.address}: {_cause(error)}") from error
                log.warning("the database server is away (%s); trying again", _cause(error))
                time.sleep(1.0)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back on an error.

        Raises:
            DatasetError: the store refuses (disk full, read-only, locked, gone).
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise DatasetError(f"dataset {self.address}: {_cause(error)}") from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the dataset for one run; the kernel lets go of it however the process ends.

        Raises:
            DatasetLockedError: another run holds it.
        """
        if self.folder is None:
            yield  # hosts share a PostgreSQL ledger by leases on documents
            return
        try:
            descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatasetError(f"dataset {self.address}: {_cause(error)}") from error
        try:
            if not _taken(descriptor):
                raise DatasetLockedError(f"another run holds {self.folder}; wait for it to end")
            yield
        finally:
            os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Take the lock; False where another run holds it.

    The children of a run that was killed share its lock until the kernel has ended them, moments later.
    """
    until = time.monotonic() + LOCK_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        else:
            return True


def write_record(connection: Connection, record: Record, state: str) -> None:
    """Put *record* in the place of whatever the dataset held for its document."""
    remove_record(connection, record.doc_id)
    connection.execute(insert(tables.documents).values(document_row(record, state)))
    for name, rows in list_rows(record).items():
        connection.execute(insert(tables.metadata.tables[name]), rows)


def remove_record(connection: Connection, doc_id: str) -> None:
    """Take a document's rows out of every table but the ledger and the corrections."""
    for name in ("documents", *tables.LISTS.values()):
        table = tables.metadata.tables[name]
        connection.execute(delete(table).where(table.c.doc_id == doc_id))


def fetch(connection: Connection, table: str, *, order_by: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return all rows of *table* as dictionaries."""
    source = tables.metadata.tables[table]
    statement = select(source).order_by(*(source.c[name] for name in order_by))
    return [dict(row._mapping) for row in connection.execute(statement)]


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _server_away(error: SQLAlchemyError | ConnectionError) -> bool:
    """Whether the server is gone, shutting down or starting up (SQLSTATE class 57P), so that waiting helps."""
    if isinstance(error, InterfaceError | OperationalError | ConnectionError):
        return True
    details = error.orig.args[0] if isinstance(error, DBAPIError) and error.orig and error.orig.args else None
    return isinstance(details, dict) and str(details.get("C", "")).startswith("57P")


def _cause(error: BaseException) -> str:
    """Return the innermost message: SQLAlchemy wraps the driver's own."""
    original = getattr(error, "orig", None) or error
    return str(original) or type(original).__name__


def overview(store: Store, most: int) -> list[dict[str, Any]]:
    """Return what the closing table of a run says of the first *most* documents of the ledger, by path."""
    ledger, documents = tables.ledger, tables.documents
    shown = select(ledger.c.doc_id, ledger.c.path, ledger.c.state, ledger.c.reason)
    first = shown.order_by(ledger.c.path).limit(most).subquery()  # before anything is counted for a row
    counted = {name: tables.metadata.tables[name] for name in ("delegate_limits", "events", "agenda_items")}
    counts = [
        select(func.count()).where(table.c.doc_id == first.c.doc_id).scalar_subquery().label(name)
        for name, table in counted.items()
    ]
    statement = (
        select(
            first.c.path, first.c.state, first.c.reason, documents.c.document_type, documents.c.number,
            documents.c.notation, documents.c.body_name, documents.c.issued_date, *counts,
        )
        .select_from(first.outerjoin(documents, documents.c.doc_id == first.c.doc_id))
        .order_by(first.c.path)
    )  # fmt: skip
    with store.begin() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]
