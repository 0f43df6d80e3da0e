"""A real PostgreSQL server for tests, from Debian's package, in a folder of the test's own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def postgresql_programs() -> Path | None:
    """Return the folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class PostgreSQL:
    """A running server; `stop` and `start` for tests of a restart."""

    programs: Path
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """What `kehoach run -o` takes."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _as_postgres(
            [
                self.programs / "pg_ctl",
                "-D",
                self.folder / "data",
                "-w",
                "-l",
                self.folder / "log",
                "-o",
                options,
                "start",
            ]
        )

    def stop(self) -> None:
        """Stop the server at once, with connections open."""
        _as_postgres([self.programs / "pg_ctl", "-D", self.folder / "data", "-w", "-m", "fast", "stop"])


def _as_postgres(command: list[Path | str]) -> None:
    """The server refuses to run as root: then it runs as the user of Debian's package."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")


@contextmanager
def postgresql(programs: Path, folder: Path) -> Iterator[PostgreSQL]:
    """Run a fresh server in *folder* for the length of the block."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    _as_postgres(
        [programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
    )
    server = PostgreSQL(programs, folder, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()
