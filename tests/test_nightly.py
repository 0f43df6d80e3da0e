"""The nightly run: nothing lost, nothing twice."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from PIL import Image

from pipeline.batch.job import Limits
from pipeline.batch.ledger import Ledger
from pipeline.batch.nightly import Report, Settings, run
from pipeline.dataset import Store, fetch
from pipeline.errors import ExitStatus, UsageError
from pipeline.run import warm

pytestmark = pytest.mark.model


def put(folder: Path, name: str, words: str = "Kế hoạch tổ chức hội nghị") -> Path:
    """Write a file that is old enough not to be taken for one that is still growing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words + "\n", "utf-8")
    before = time.time() - 60
    os.utime(path, (before, before))
    return path


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm()


def nightly(inputs: Path, dataset: Path, **settings: object) -> Report:
    return run([str(inputs)], str(dataset), Settings(**settings), lambda *_: None)  # type: ignore[arg-type]


def counts(report: Report) -> tuple[int, ...]:
    assert report.balanced
    return report.inputs, report.ok, report.partial, report.quarantined, report.duplicates, report.unchanged


def exports(dataset: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted((dataset / "exports").glob("*.parquet"))}


def test_a_rerun_changes_nothing(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    put(inputs, "a.txt", "Kế hoạch một")
    put(inputs, "sub/b.txt", "Kế hoạch hai")
    assert counts(nightly(inputs, dataset)) == (2, 2, 0, 0, 0, 0)
    before = exports(dataset)
    assert before
    assert counts(nightly(inputs, dataset)) == (2, 0, 0, 0, 0, 2)
    assert exports(dataset) == before


def test_copies_and_new_names_cost_nothing(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    first = put(inputs, "a.txt")
    put(inputs, "b.txt")
    assert counts(nightly(inputs, dataset)) == (2, 1, 0, 0, 1, 0)
    first.rename(inputs / "c.txt")
    report = nightly(inputs, dataset)
    assert counts(report) == (2, 0, 0, 0, 0, 2)
    assert [Path(move.path).name for move in report.renamed] == ["c.txt"]


def test_a_changed_file_is_processed_again_and_its_old_content_leaves(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    put(inputs, "a.txt", "Kế hoạch một")
    nightly(inputs, dataset)
    put(inputs, "a.txt", "Kế hoạch hai")
    assert counts(nightly(inputs, dataset)) == (1, 1, 0, 0, 0, 0)
    with Store(str(dataset)).begin() as connection:
        assert [row["text"].strip() for row in fetch(connection, "documents")] == ["Kế hoạch hai"]


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    put(inputs, "good.txt")
    put(inputs, "cut.pdf", "%PDF-1.7 and no more")
    (inputs / "empty.pdf").touch()
    (inputs / "link.txt").symlink_to("good.txt")
    os.mkfifo(inputs / "pipe")
    report = nightly(inputs, dataset)
    assert counts(report) == (5, 1, 0, 4, 0, 0)
    assert report.reasons == {"corrupt": 1, "empty_file": 1, "not_regular": 2}
    assert report.status == ExitStatus.INCOMPLETE


def test_names_that_are_not_utf8_keep_their_bytes(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for name in (b"k\xff.txt", b"new\nline.txt", b"-dash.txt", "nhật ký.txt".encode(), b"x" * 251 + b".txt"):
        path = os.path.join(os.fsencode(inputs), name)  # noqa: PTH118 - bytes
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"Kế hoạch {name!r}")
        os.utime(path, (0, 0))
    assert counts(nightly(inputs, dataset)) == (5, 5, 0, 0, 0, 0)
    assert counts(nightly(inputs, dataset)) == (5, 0, 0, 0, 0, 5)


def test_shards_part_the_documents_and_meet_in_nothing(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    for number in range(7):
        put(inputs, f"{number}.txt", f"Kế hoạch số {number}")
    put(inputs, "copy.txt", "Kế hoạch số 0")
    reports = [nightly(inputs, tmp_path / f"out{i}", shard=(i, 3)) for i in (1, 2, 3)]
    assert sum(r.inputs for r in reports) == 8
    assert sum(r.ok for r in reports) == 7
    assert sum(r.duplicates for r in reports) == 1


def test_the_dataset_inside_the_inputs_is_not_its_own_input(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert counts(nightly(tmp_path, tmp_path / "out")) == (1, 1, 0, 0, 0, 0)
    assert counts(nightly(tmp_path, tmp_path / "out")) == (1, 0, 0, 0, 0, 1)


def test_the_same_dataset_with_any_number_of_jobs(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    for number in range(5):
        put(inputs, f"{number}.txt", f"Kế hoạch số {number}")
    for jobs in (1, 3):
        nightly(inputs, tmp_path / str(jobs), jobs=jobs)
    assert exports(tmp_path / "1") == exports(tmp_path / "3")


def test_put_back_for_the_next_run(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    put(inputs, "a.txt")
    nightly(inputs, dataset)
    ledger = Ledger(Store(str(dataset)))
    key = ledger.rows()[0]["doc_id"]
    assert ledger.retry([key[:10]]) == 1
    assert counts(nightly(inputs, dataset)) == (1, 1, 0, 0, 0, 0)
    with pytest.raises(UsageError, match="no document"):
        ledger.retry(["zz"])


def test_three_starts_without_an_end_are_enough(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    path = put(inputs, "a.txt")
    store = Store(str(dataset), create=True)
    for _ in range(3):
        Ledger(store).start(hashlib.sha256(path.read_bytes()).hexdigest(), str(path))
    report = nightly(inputs, dataset)
    assert report.reasons == {"crash_loop": 1}
    assert counts(nightly(inputs, dataset)) == (1, 0, 0, 0, 0, 1)


def test_too_little_memory_is_a_reason_and_not_a_crash_of_the_run(tmp_path: Path) -> None:
    inputs, dataset = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    Image.new("L", (3000, 4000), 255).save(inputs / "blank.png", dpi=(300, 300))
    os.utime(inputs / "blank.png", (0, 0))
    report = nightly(inputs, dataset, limits=Limits(memory=1 << 20))
    assert report.ok == 0
    assert report.balanced
    assert set(report.reasons) <= {"memory", "pages_lost"}
    Ledger(Store(str(dataset))).retry(["all"])
    assert counts(nightly(inputs, dataset)) == (1, 1, 0, 0, 0, 0)
