r"""What lies in the input folders: regular files with their identity, and everything else with a reason.

The identity of a document is the sha256 of its bytes. A file whose stamp (device, inode, size, times) is known from
an earlier run is not opened again. Symbolic links are not followed: a loop or a link out of the folder would make
the same file appear under many names. Paths are kept as bytes and shown with ``\\xNN`` for what is not UTF-8.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputFileError

GROWING_SECONDS = 2.0
"""A file changed less than this before it was looked at may still be growing: its size is looked at twice."""

COPY_BLOCK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A name found in the inputs."""

    path: bytes
    stamp: str | None  # None: not a regular file
    size: int
    reason: str | None = None  # a code of `REASONS` where it cannot be taken in
    message: str | None = None

    @property
    def shown(self) -> str:
        """The path as text that can be printed and stored."""
        return show_path(self.path)


def show_path(path: bytes) -> str:
    r"""Return *path* as text; bytes that are not UTF-8, and backslashes before them, stay recoverable.

    >>> show_path(b"k\xe1\xba\xbf ho\xe1\xba\xa1ch.pdf"), show_path(b"\xff.pdf"), show_path(rb"\xff.pdf")
    ('kế hoạch.pdf', '\\xff.pdf', '\\\\xff.pdf')
    """
    return path.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def path_of(shown: str) -> bytes:
    r"""Return the path that `show_path` made *shown* of.

    >>> [path_of(show_path(path)) == path for path in (b"\xff.pdf", rb"\xff.pdf", b"\\\xc3\xa9\xc3", rb"a\\b")]
    [True, True, True, True]
    """
    parts = re.split(rb"\\(\\|x[0-9a-f]{2})", shown.encode())
    return b"".join(
        part if i % 2 == 0 else b"\\" if part == b"\\" else bytes.fromhex(part[1:].decode())
        for i, part in enumerate(parts)
    )


def walk(inputs: Iterable[str | os.PathLike[str]], *, skip: Iterable[Path] = ()) -> Iterator[Entry]:
    """Yield every file in *inputs*, folders in depth and in order of name; a file named twice comes once.

    Args:
        inputs: folders and files.
        skip: folders to stay out of, such as the dataset itself.
    """
    outside = {_identity(os.fsencode(folder)) for folder in skip}
    seen: set[bytes] = set()
    for name in inputs:
        path = os.fsencode(name)
        if os.path.islink(path):  # a link that the user names is meant; one found in a folder is not followed
            path = os.path.realpath(path)
        for entry in _walk(path, outside):
            key = os.path.realpath(os.path.dirname(entry.path)) + b"/" + os.path.basename(entry.path)
            if key not in seen:
                seen.add(key)
                yield entry


def _walk(start: bytes, outside: set[tuple[int, int] | None]) -> Iterator[Entry]:
    waiting = [start]  # no recursion: folders may lie deeper than Python's stack
    while waiting:
        path = waiting.pop()
        try:
            status = os.lstat(path)
        except OSError as error:
            yield Entry(path, None, 0, "unreadable", f"{error.strerror}; check the path and its permissions")
            continue
        if stat.S_ISDIR(status.st_mode):
            if (status.st_dev, status.st_ino) in outside:
                continue
            try:
                with os.scandir(path) as found:
                    waiting += sorted((item.path for item in found), reverse=True)
            except OSError as error:
                yield Entry(path, None, 0, "unreadable", f"folder: {error.strerror}; check its permissions")
        elif stat.S_ISREG(status.st_mode):
            yield Entry(path, stamp_of(status), status.st_size)
        else:
            yield Entry(path, None, 0, "not_regular", f"{_kind(status.st_mode)}: only regular files are read")


def stamp_of(status: os.stat_result) -> str:
    """Return what changes when a file's content changes."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _kind(mode: int) -> str:
    names = {stat.S_IFLNK: "symbolic link", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device"}
    return names.get(stat.S_IFMT(mode), "special file")


def may_be_growing(entry: Entry, now: float | None = None) -> bool:
    """Tell whether the file was written to a moment ago."""
    modified = int((entry.stamp or "0:0:0:0:0").split(":")[3]) / 1e9
    return 0 <= (time.time() if now is None else now) - modified < GROWING_SECONDS


def identify(entry: Entry) -> str:
    """Return the sha256 of the file's bytes.

    Raises:
        InputFileError: it cannot be read, or changed while it was read.
    """
    return _digest(entry.path, entry.stamp, None)


def copy(entry: Entry, target: Path) -> str:
    """Copy the file to *target*, the only thing that parsers ever see; return the sha256 of what was copied.

    Raises:
        InputFileError: it cannot be read, or changed while it was read.
    """
    return _digest(entry.path, entry.stamp, target)


def _digest(path: bytes, stamp: str | None, target: Path | None) -> str:
    digest = hashlib.sha256()
    with target.open("wb") if target else nullcontext() as sink:
        for block in _blocks(path, stamp):
            digest.update(block)
            if sink:
                sink.write(block)
    return digest.hexdigest()


def _blocks(path: bytes, stamp: str | None) -> Iterator[bytes]:
    """Yield the bytes of a file that keeps *stamp* from the first to the last; errors of the caller are its own."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise InputFileError("unreadable", f"{error.strerror}; check its permissions") from error
    try:
        if stamp_of(os.fstat(descriptor)) != stamp:
            raise InputFileError("changing", "it changed since the folder was listed; the next run takes it")
        while block := _read(descriptor):
            yield block
        if stamp_of(os.fstat(descriptor)) != stamp:
            raise InputFileError("changing", "it changed while it was read; the next run takes it")
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, COPY_BLOCK)
    except OSError as error:
        raise InputFileError("unreadable", f"{error.strerror}; check the disk and its permissions") from error
