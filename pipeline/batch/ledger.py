"""The ledger: what became of every file and document, kept in the dataset itself.

Identity is the sha256 of the bytes. A document is due when it was never finished, when program, models or options
changed since, when its reason may have gone away by itself, or when somebody put it back with ``--retry``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from pipeline.batch.intake import Entry
from pipeline.batch.job import Outcome
from pipeline.batch.reasons import TRANSIENT
from pipeline.dataset import Store, remove_record, write_record
from pipeline.dataset.tables import files, ledger
from pipeline.errors import UsageError

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
    """The ledger of an open dataset."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def known_files(self) -> dict[str, KnownFile]:
        """Return every path ever seen."""
        with self.store.begin() as connection:
            rows = connection.execute(select(files.c.path, files.c.stamp, files.c.doc_id))
            return {row.path: KnownFile(row.stamp, row.doc_id) for row in rows}

    def known_documents(self) -> dict[str, KnownDocument]:
        """Return every document that was ever started."""
        columns = (ledger.c.doc_id, ledger.c.state, ledger.c.reason, ledger.c.attempts, ledger.c.version, ledger.c.path)
        with self.store.begin() as connection:
            return {row.doc_id: KnownDocument(*row[1:]) for row in connection.execute(select(*columns))}

    def rows(self) -> list[dict[str, Any]]:
        """Return every document, and every file that could not be taken in, in order of path."""
        columns = ("doc_id", "path", "state", "reason", "message", "attempts")
        faults = select(files.c.doc_id, files.c.path, files.c.reason, files.c.message).where(files.c.doc_id.is_(None))
        with self.store.begin() as connection:
            documents = connection.execute(select(*(ledger.c[name] for name in columns)))
            rows = [dict(row) for row in documents.mappings()]
            rows += [{"state": "quarantined", "attempts": 0, **row} for row in connection.execute(faults).mappings()]
        return sorted(rows, key=lambda row: (str(row["path"]), str(row["doc_id"])))

    def note_files(self, seen: Iterable[tuple[Entry, str | None]]) -> None:
        """Store what lies at each path; a document that no path leads to any more leaves the dataset."""
        with self.store.begin() as connection:
            for entry, doc_id in seen:
                before = connection.scalar(select(files.c.doc_id).where(files.c.path == entry.shown))
                connection.execute(delete(files).where(files.c.path == entry.shown))
                connection.execute(
                    insert(files).values(
                        path=entry.shown,
                        doc_id=doc_id,
                        size=entry.size,
                        stamp=entry.stamp if doc_id else None,
                        reason=entry.reason,
                        message=entry.message,
                    )
                )
                if before and before != doc_id:
                    _supersede(connection, before)

    def start(self, doc_id: str, path: str) -> None:
        """Count a start before the work begins: a document that takes the machine down is found out so."""
        with self.store.begin() as connection:
            attempts = connection.scalar(select(ledger.c.attempts).where(ledger.c.doc_id == doc_id))
            if attempts is None:
                connection.execute(insert(ledger).values(doc_id=doc_id, state="started", attempts=1, path=path))
            else:
                values = {"state": "started", "attempts": attempts + 1, "path": path, "reason": None, "message": None}
                connection.execute(update(ledger).where(ledger.c.doc_id == doc_id).values(values))

    def finish(self, outcome: Outcome, version: str) -> None:
        """Store how a document ended, with its record, in one transaction."""
        doc_id = outcome.job.doc_id
        with self.store.begin() as connection:
            if outcome.record:
                write_record(connection, outcome.record, outcome.state)
            else:
                remove_record(connection, doc_id)
            values = {
                "state": outcome.state,
                "reason": outcome.reason,
                "message": outcome.message,
                "attempts": 0,
                "version": version,
            }
            connection.execute(update(ledger).where(ledger.c.doc_id == doc_id).values(values))

    def retry(self, ids: Sequence[str]) -> int:
        """Put documents back for the next run; *ids* may be shortened, or ``all`` that are not ok. Return how many.

        Raises:
            UsageError: an id names no document, or more than one.
        """
        with self.store.begin() as connection:
            chosen = _chosen(connection, ids)
            values = {"state": "retry", "attempts": 0}
            connection.execute(update(ledger).where(ledger.c.doc_id.in_(chosen)).values(values))
        return len(chosen)


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
