"""A document to be processed, what it may use, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.batch.intake import Entry
from pipeline.record import Record
from pipeline.run import Options

EndState = Literal["ok", "partial", "quarantined"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use."""

    document_seconds: float = 300.0  # wall clock, to which each finished page adds page_seconds
    page_seconds: float = 120.0  # wall clock between two signs of progress
    memory: int = 6 << 30  # bytes of address space
    cpu_seconds: int = 3600
    file_size: int = 2 << 30  # bytes of any one temporary file


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be processed."""

    doc_id: str
    entry: Entry
    work: Path  # a folder of its own, kept between starts
    options: Options
    limits: Limits


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a document ended."""

    job: Job
    state: EndState
    reason: str | None = None
    message: str | None = None
    record: Record | None = None
    seconds: float = 0.0  # wall clock of its last start
    cpu_seconds: float = 0.0  # of its last start, with the programs that it called
