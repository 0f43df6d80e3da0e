"""Processes of a run under test: started as a user would, and found again by a mark in their environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def started(*words: str, before: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[bytes]:
    """Start ``kehoach run`` with *words*; *before* is a program that runs it, such as a tracer."""
    command = [*before, sys.executable, "-m", "pipeline", "run", *words]
    return subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def survivors(variable: str) -> list[str]:
    """Return the processes, other than this one, that carry *variable* in their environment; zombies have none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{variable}=1".encode() in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
