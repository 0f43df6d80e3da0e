"""The ledger: what became of every file and document, kept in the dataset itself.

Identity is the sha256 of the bytes. A document is due when it was never finished, when program, models or options
changed since, when its reason may have gone away by itself, or when somebody put it back with ``--retry``.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.batch.intake import Entry
from pipeline.batch.job import Outcome
from pipeline.batch.reasons import TRANSIENT
from pipeline.dataset import Store, remove_record, write_record
from pipeline.dataset.tables import files, ledger, runs
from pipeline.errors import UsageError

LEASE_SECONDS = 120.0
"""How long a host may be silent before others take over its documents; renewed many times in between."""

FILES_A_TRANSACTION = 1000

END_STATES = ("ok", "partial", "quarantined")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A path as the last run saw it."""

    stamp: str | None
    doc_id: str | None


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document as the last run left it."""

    state: str
    reason: str | None
    attempts: int
    version: str | None
    path: str | None

    def due(self, version: str) -> bool:
        """Tell whether the document is to be processed under *version* of program, models and options."""
        return self.state not in END_STATES or self.version != version or self.reason in TRANSIENT


class Ledger:
    """The ledger of an open dataset; *owner* names this run among those that share a PostgreSQL ledger."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    def known_files(self, paths: Sequence[str]) -> dict[str, KnownFile]:
        """Return those of *paths* that an earlier run saw."""
        statement = select(files.c.path, files.c.stamp, files.c.doc_id).where(files.c.path.in_(paths))

        def work(connection: Connection) -> dict[str, KnownFile]:
            return {row.path: KnownFile(row.stamp, row.doc_id) for row in connection.execute(statement)}

        return self.store.transact(work)

    def known_documents(self, ids: Sequence[str]) -> dict[str, KnownDocument]:
        """Return those of *ids* that were ever started."""
        columns = (ledger.c.doc_id, ledger.c.state, ledger.c.reason, ledger.c.attempts, ledger.c.version, ledger.c.path)
        statement = select(*columns).where(ledger.c.doc_id.in_(ids))

        def work(connection: Connection) -> dict[str, KnownDocument]:
            return {row.doc_id: KnownDocument(*row[1:]) for row in connection.execute(statement)}

        return self.store.transact(work)

    def totals(self) -> dict[tuple[str, str | None], int]:
        """Return how many documents, and files that could not be taken in, there are by state and reason."""
        documents = select(ledger.c.state, ledger.c.reason, func.count()).group_by(ledger.c.state, ledger.c.reason)
        faults = select(files.c.reason, func.count()).where(files.c.doc_id.is_(None)).group_by(files.c.reason)

        def work(connection: Connection) -> dict[tuple[str, str | None], int]:
            found = {(state, reason): count for state, reason, count in connection.execute(documents)}
            for reason, count in connection.execute(faults):
                found["quarantined", reason] = found.get(("quarantined", reason), 0) + count
            return found

        return self.store.transact(work)

    def size(self) -> int:
        """Return how many documents the ledger knows."""
        return self.store.transact(lambda connection: connection.scalar(select(func.count()).select_from(ledger)) or 0)

    def last_run(self) -> dict[str, Any] | None:
        """Return the row of the last run, None where there was none."""
        statement = select(runs).order_by(runs.c.run_id.desc()).limit(1)

        def work(connection: Connection) -> dict[str, Any] | None:
            row = connection.execute(statement).mappings().first()
            return dict(row) if row else None

        return self.store.transact(work)

    def rows(self, *, unfinished: bool = False) -> list[dict[str, Any]]:
        """Return every document, and every file that could not be taken in, in order of path.

        Args:
            unfinished: only those that are neither ok nor gone from the inputs.
        """
        columns = ("doc_id", "path", "state", "reason", "message", "attempts")
        documents = select(*(ledger.c[name] for name in columns))
        if unfinished:
            documents = documents.where(ledger.c.state.not_in(("ok", "superseded")))
        faults = select(files.c.doc_id, files.c.path, files.c.reason, files.c.message).where(files.c.doc_id.is_(None))

        def work(connection: Connection) -> list[dict[str, Any]]:
            rows = [dict(row) for row in connection.execute(documents).mappings()]
            rows += [{"state": "quarantined", "attempts": 0, **row} for row in connection.execute(faults).mappings()]
            return rows

        return sorted(self.store.transact(work), key=lambda row: (str(row["path"]), str(row["doc_id"])))

    def note_files(self, seen: Sequence[tuple[Entry, str | None]]) -> None:
        """Store what lies at each path; a document that no path leads to any more leaves the dataset."""
        for start in range(0, len(seen), FILES_A_TRANSACTION):
            self.store.transact(partial(_note, seen=seen[start : start + FILES_A_TRANSACTION]))

    def start(self, doc_id: str, path: str) -> bool:
        """Claim a document and count the start before the work begins; False where another host holds it.

        The count finds out a document that takes the machine down.
        """

        def work(connection: Connection) -> bool:
            now = time.time()
            _put(connection, ledger, {"doc_id": doc_id}, None, {"state": "started", "attempts": 0})
            free: ColumnElement[bool] = or_(
                ledger.c.lease_until.is_(None), ledger.c.lease_until < now, ledger.c.lease_owner == self.owner
            )
            if self.store.folder is not None:  # its lock keeps other runs out: a lease is that of a run that died
                free = true()
            values = {
                "state": "started",
                "attempts": ledger.c.attempts + 1,
                "path": path,
                "reason": None,
                "message": None,
                "lease_owner": self.owner,
                "lease_until": now + LEASE_SECONDS,
            }
            claimed = update(ledger).where(ledger.c.doc_id == doc_id, free).values(values)
            return connection.execute(claimed).rowcount == 1

        return self.store.transact(work)

    def take_over(self) -> None:
        """Free the documents of runs of this host that died, so that they need not wait for their leases to end."""
        host = self.owner.split(":")[0]

        def work(connection: Connection) -> None:
            owners = select(ledger.c.lease_owner).where(ledger.c.lease_owner.startswith(f"{host}:")).distinct()
            for owner in list(connection.scalars(owners)):
                if not Path(f"/proc/{owner.split(':')[1]}").exists():
                    dead = update(ledger).where(ledger.c.lease_owner == owner)
                    connection.execute(dead.values(lease_owner=None, lease_until=None))

        self.store.transact(work)

    def renew(self) -> None:
        """Keep the documents that this run holds."""
        held = update(ledger).where(ledger.c.lease_owner == self.owner)
        self.store.transact(lambda connection: connection.execute(held.values(lease_until=time.time() + LEASE_SECONDS)))

    def finish(self, outcome: Outcome, version: str) -> None:
        """Store how a document ended, with its record, in one transaction."""
        doc_id = outcome.job.doc_id
        values = {
            "state": outcome.state,
            "reason": outcome.reason,
            "message": outcome.message,
            "attempts": 0,
            "version": version,
            "lease_owner": None,
            "lease_until": None,
        }

        def work(connection: Connection) -> None:
            if outcome.record:
                write_record(connection, outcome.record, outcome.state)
            else:
                remove_record(connection, doc_id)
            connection.execute(update(ledger).where(ledger.c.doc_id == doc_id).values(values))

        self.store.transact(work)

    def lay_down(self) -> None:
        """Give back what this run holds and did not finish: a stop by the operator is nobody's fault."""
        held = update(ledger).where(ledger.c.lease_owner == self.owner)
        values = {"lease_owner": None, "lease_until": None, "attempts": 0}
        self.store.transact(lambda connection: connection.execute(held.values(values)))

    def retry(self, ids: Sequence[str]) -> int:
        """Put documents back for the next run; *ids* may be shortened, or ``all`` that are not ok. Return how many.

        Raises:
            UsageError: an id names no document, or more than one.
        """

        def work(connection: Connection) -> int:
            chosen = _chosen(connection, ids)
            values = {"state": "retry", "attempts": 0}
            connection.execute(update(ledger).where(ledger.c.doc_id.in_(chosen)).values(values))
            return len(chosen)

        return self.store.transact(work)


def _put(
    connection: Connection,
    table: Table,
    key: dict[str, Any],
    values: dict[str, Any] | None,
    initial: dict[str, Any] | None = None,
) -> None:
    """Insert a row, or update it where its key is there already (``values=None``: leave it as it is)."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(key | (values or {}) | (initial or {}))
    if values is None:
        connection.execute(statement.on_conflict_do_nothing(index_elements=list(key)))
    else:
        connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def _note(connection: Connection, seen: Sequence[tuple[Entry, str | None]]) -> None:
    for entry, doc_id in seen:
        before = connection.scalar(select(files.c.doc_id).where(files.c.path == entry.shown))
        stamp = entry.stamp if doc_id else None
        values = {
            "doc_id": doc_id, "size": entry.size, "stamp": stamp, "reason": entry.reason, "message": entry.message,
        }  # fmt: skip
        _put(connection, files, {"path": entry.shown}, values)
        if before and before != doc_id:
            _supersede(connection, before)


def _supersede(connection: Connection, doc_id: str) -> None:
    """Take a document out of the dataset unless some path still leads to it; the ledger remembers it."""
    others = connection.scalar(select(func.count()).select_from(files).where(files.c.doc_id == doc_id))
    if not others:
        remove_record(connection, doc_id)
        values = {"state": "superseded", "reason": None, "message": "its file now holds something else"}
        connection.execute(update(ledger).where(ledger.c.doc_id == doc_id).values(values))


def _chosen(connection: Connection, ids: Sequence[str]) -> list[str]:
    chosen: list[str] = []
    for name in ids:
        if name == "all":
            chosen += connection.scalars(select(ledger.c.doc_id).where(ledger.c.state.in_(("partial", "quarantined"))))
            continue
        found = list(
            connection.scalars(select(ledger.c.doc_id).where(ledger.c.doc_id.startswith(name, autoescape=True)))
        )
        if len(found) != 1:
            raise UsageError(f"{name}: {'no document has' if not found else 'several documents have'} this id")
        chosen += found
    return chosen
