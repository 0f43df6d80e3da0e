"""Errors that stop one file or a whole command, and the exit status of each.

An *error* stops a file; a remark on a record that stops nothing is an *issue* (`pipeline.record.Issue`).
`EXIT_STATUS` is the one table from errors to statuses; nothing decides by the words of a message.
"""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitStatus(IntEnum):
    """What `kehoach` tells its caller."""

    OK = 0
    INCOMPLETE = 1  # done, but some files are partial or quarantined, or a check found errors
    USAGE = 2
    NO_INPUT = 3
    MISSING = 4
    DATASET = 5
    BUG = 70
    LOCKED = 75
    INTERRUPTED = 130
    TERMINATED = 143


DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})
"""Of an `OSError`: the disk is full or broken, so no file or page is to blame and the next one would fail alike."""


class PipelineError(Exception):
    """An error with a cure: the message says what to do next."""


class InputFileError(PipelineError):
    """A file cannot be read; `reason` is one of the fixed codes of the ledger."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(
        self,
    ) -> tuple[type[InputFileError], tuple[str, str]]:  # survives the way from child to parent
        return type(self), (self.reason, str(self))


class MissingResourceError(PipelineError):
    """A program, language, model or table is not there."""


class DatasetError(PipelineError):
    """The dataset cannot be read or written, or has another schema version."""


class DatasetLockedError(DatasetError):
    """Another run holds the dataset."""


class UsageError(PipelineError):
    """The command line asks for something that makes no sense."""


EXIT_STATUS: dict[type[PipelineError], ExitStatus] = {
    InputFileError: ExitStatus.NO_INPUT,
    MissingResourceError: ExitStatus.MISSING,
    DatasetLockedError: ExitStatus.LOCKED,
    DatasetError: ExitStatus.DATASET,
    UsageError: ExitStatus.USAGE,
}


def exit_status(error: BaseException) -> ExitStatus:
    """Return the status for *error*; an unknown one is a bug.

    >>> exit_status(InputFileError("encrypted", "give the password"))
    <ExitStatus.NO_INPUT: 3>
    >>> exit_status(ZeroDivisionError())
    <ExitStatus.BUG: 70>
    """
    for kind in type(error).__mro__:
        if kind in EXIT_STATUS:
            return EXIT_STATUS[kind]
    return ExitStatus.BUG
