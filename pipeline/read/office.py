"""Old Word files (DOC) → DOCX through LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.read.faults import fault

TIMEOUT = 180.0  # seconds of wall clock; the first start with a new profile takes most of it
PROGRAMS = ("soffice", "libreoffice", "lowriter")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")


def program() -> str | None:
    """Return the path of LibreOffice, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def converted(path: Path) -> Iterator[Path]:
    """Yield a DOCX made from the DOC at *path*; it is gone afterwards.

    Raises:
        InputFileError: ``no_libreoffice``, ``encrypted``, ``unsupported_type`` or ``libreoffice_failed``.
    """
    data = path.read_bytes()
    if _OLE_ENCRYPTED in data:
        raise fault("encrypted", path.name)
    if _OLE_WORD not in data:
        raise fault("unsupported_type", path.name)  # a spreadsheet or mail in the same kind of container
    office = program()
    if office is None:
        raise fault("no_libreoffice", path.name)
    with tempfile.TemporaryDirectory(prefix="kehoach-doc-") as folder:
        source = Path(folder) / "input.doc"
        source.write_bytes(data)
        target = Path(folder) / "out" / "input.docx"
        command = [
            office, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source),
        ]  # fmt: skip
        _run(command, path.name)
        if not target.exists() or target.stat().st_size == 0:
            raise fault("libreoffice_failed", path.name)
        yield target


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice in a process group of its own: its launcher leaves children behind when it is killed."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, env=environment,
    )  # fmt: skip
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise fault("libreoffice_failed", name, f"no answer within {TIMEOUT:.0f} s") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
