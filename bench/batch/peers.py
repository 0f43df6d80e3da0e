"""What people write instead: a loop of OCRmyPDF over a folder, and a script that calls `pdftotext`.

They end with text; the run that they are compared with goes on to facts, evidence and tables. `pdftotext` gives
nothing for a scan, which is part of the comparison: it says how many files came out without text.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

LEAST_TEXT = 100
"""Characters below which a file counts as one without text."""


Peer = Callable[[Sequence[Path], Path], int]


def found() -> tuple[dict[str, Peer], list[str]]:
    """Return the peers that are installed, and what is missing for the others.

    Each takes PDFs and an empty folder, and returns how many files came out with text.
    """
    known: dict[str, tuple[str, Peer]] = {
        "OCRmyPDF, in a loop": ("ocrmypdf", _ocrmypdf),
        "pdftotext, in a loop": ("pdftotext", _pdftotext),
    }
    peers = {name: peer for name, (program, peer) in known.items() if shutil.which(program)}
    return peers, [f"{name}: {program} is not installed" for name, (program, _) in known.items() if name not in peers]


def _ocrmypdf(files: Sequence[Path], out: Path) -> int:
    read = 0
    for file in files:
        text = out / f"{file.stem}.txt"
        command = ["ocrmypdf", "--quiet", "--language", "vie", "--jobs", "1", "--skip-text", "--output-type", "pdf"]
        subprocess.run(
            [*command, "--sidecar", text, file, out / file.name],
            check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # it reads no page that has text: a script takes that from the PDF, as below
        extracted = subprocess.run(["pdftotext", out / file.name, "-"], check=False, capture_output=True).stdout
        read += len(extracted.decode("utf-8", "replace").strip()) >= LEAST_TEXT
    return read


def _pdftotext(files: Sequence[Path], out: Path) -> int:
    read = 0
    for file in files:
        text = out / f"{file.stem}.txt"
        subprocess.run(["pdftotext", "-layout", file, text], check=False, stderr=subprocess.DEVNULL)
        read += text.exists() and len(text.read_text("utf-8", "replace").strip()) >= LEAST_TEXT
    return read
