"""One hostile file and how a run may end with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

OK = "ok"
LOST = "partial: pages_lost"
CORRUPT = "quarantined: corrupt"
TOO_LARGE = "quarantined: too_large"
ENCRYPTED = "quarantined: encrypted"
EMPTY = "quarantined: empty_file"
NO_PAGES = "quarantined: zero_pages"
TIMEOUT = "quarantined: timeout"
MEMORY = "quarantined: memory"
UNSUPPORTED = "quarantined: unsupported_type"


@dataclass(frozen=True, slots=True)
class Case:
    """A file: its name, what is in it, and the ends that are right.

    `ends` has more than one member only where the libraries' versions, or the bit that was flipped, decide.
    """

    name: str
    content: Callable[[], bytes]
    ends: frozenset[str]
    pages: int | None = None  # of the file before it was damaged: a record that is ok has all of them
    quick: bool = False  # cheap enough for every `make test`
    holds: str | None = None  # text that the record must have
    lacks: str | None = None  # text that it must not have
    size: int | None = None  # bytes; zeros that need no disk follow the content


def case(name: str, content: Callable[[], bytes] | bytes, *ends: str, **more: object) -> Case:
    """Return a case; its content may be bytes or, where making them costs time, a function."""
    made = (lambda: content) if isinstance(content, bytes) else content
    return Case(name, made, frozenset(ends), **more)  # type: ignore[arg-type]
