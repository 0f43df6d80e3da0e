"""The dataset in PostgreSQL: the same rows, shared by hosts, through a restart of the server."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.ledger import Ledger
from pipeline.batch.nightly import Report, Settings, run
from pipeline.dataset import Store, fetch
from pipeline.dataset.tables import EXPORTED, metadata
from pipeline.run import warm
from tests.servers import PostgreSQL, postgresql, postgresql_programs

pytestmark = [pytest.mark.reliability, pytest.mark.model]


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: apt install postgresql")
    warm()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "server").mkdir()
        with postgresql(programs, folder / "server") as running:
            yield running


def plans(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"Kế hoạch số {number}\n1. Số lượng: cấp xã không quá {100 + number} đại biểu.\n", "utf-8")
        os.utime(path, (0, 0))
    return folder


def nightly(inputs: Path, address: str) -> Report:
    return run([str(inputs)], address, Settings(), lambda *_: None)


def test_the_same_rows_as_in_sqlite(server: PostgreSQL, tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 4)
    for address in (server.address, str(tmp_path / "out")):
        assert nightly(inputs, address).ok == 4
    assert nightly(inputs, server.address).unchanged == 4
    with Store(server.address).begin() as one, Store(str(tmp_path / "out")).begin() as other:
        for name in EXPORTED:
            keys = [column.name for column in metadata.tables[name].primary_key]
            assert fetch(one, name, order_by=keys) == fetch(other, name, order_by=keys), name


def test_a_document_that_another_host_holds_is_left_to_it(server: PostgreSQL, tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 3)
    elsewhere = Ledger(Store(server.address, create=True))
    elsewhere.owner = "another-host:1:x"
    nightly(inputs, server.address)
    key = elsewhere.rows()[0]["doc_id"]
    elsewhere.retry([key])
    assert elsewhere.start(key, "held")
    report = nightly(inputs, server.address)
    assert (report.unchanged, report.elsewhere, report.ok) == (3, 1, 0)
    elsewhere.lay_down()
    assert nightly(inputs, server.address).ok == 1


def test_a_run_waits_for_a_server_that_restarts(server: PostgreSQL, tmp_path: Path) -> None:
    inputs = plans(tmp_path / "in", 30)

    begun = threading.Event()

    def restart() -> None:
        assert begun.wait(60.0)
        server.stop()
        time.sleep(2.0)
        server.start()

    disturber = threading.Thread(target=restart)
    disturber.start()
    report = run([str(inputs)], server.address, Settings(), lambda *_: begun.set())
    disturber.join()
    assert (report.inputs, report.ok, report.balanced) == (30, 30, True)
