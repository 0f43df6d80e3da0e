"""The nightly job in figures: throughput, what isolation and Dask cost, reruns as the ledger grows, and the peers.

    python -m bench.batch [--only throughput isolation dask rerun peers] [--plans 4] [--rounds 3]

Documents are generated anew. What is compared runs in turn, round after round, and the least disturbed round counts;
CPU-seconds stand beside wall-clock ones, for they hardly change when others use the machine. Efficiency is that of
the wall clock and means something only on a machine with two idle cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from bench.batch import peers
from bench.batch.cluster import dask_cluster
from bench.batch.measure import Cost, cpu_seconds, in_turn
from corpus.generate import generate_plans
from corpus.write import DOCUMENTS, write_corpus
from pipeline.batch.children import Children
from pipeline.batch.intake import identify, walk
from pipeline.batch.job import Job, Limits
from pipeline.batch.nightly import Report, Settings, run
from pipeline.dataset import Store
from pipeline.dataset.tables import documents, files, ledger
from pipeline.run import Options, fingerprint, process, source_of, warm

SEED = 20261121
TEXT, SCANNED = ("text", "pdf"), ("scan-typical-200",)
LEDGER_ROWS = (10, 1_000, 100_000)
GIVEN = (10, 1_000)  # files handed to a rerun
TEXTS = 12  # text documents, all different, on which isolation is measured
SETTLED = 3600.0  # seconds: files this old are not looked at twice for growth


@dataclass(frozen=True, slots=True)
class Bench:
    """What every part works with."""

    folder: Path  # scratch
    inputs: Path  # generated documents
    rounds: int

    def fresh(self) -> Path:
        """Return a folder that is not there yet."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / "dataset"

    def run(self, inputs: Path, dataset: Path, jobs: int = 1, scheduler: str | None = None) -> Report:
        """Run the job once; every document of the bench must come out well."""
        report = run([str(inputs)], str(dataset), Settings(jobs=jobs, scheduler=scheduler), lambda *_: None)
        assert report.balanced
        assert not report.faults, report.reasons
        return report


def make_inputs(folder: Path, plans: int) -> Path:
    """Generate *plans* plans, each as text, PDF and scan."""
    write_corpus(list(generate_plans(plans, SEED, split="dev")), [*TEXT, *SCANNED], folder, SEED)
    for path in (folder / DOCUMENTS).iterdir():
        settle(path)
    return folder / DOCUMENTS


def settle(path: Path) -> None:
    """Make a file as old as those that a night finds."""
    then = time.time() - SETTLED
    os.utime(path, (then, then))


def throughput(bench: Bench) -> None:
    """Documents and pages a minute with one and two jobs."""
    found: dict[int, Report] = {}

    def with_jobs(jobs: int) -> Callable[[], None]:
        def work() -> None:
            found[jobs] = bench.run(bench.inputs, bench.fresh(), jobs)

        return work

    costs = in_turn({f"--jobs {jobs}": with_jobs(jobs) for jobs in (1, 2)}, bench.rounds)
    print("\nthroughput          docs/min  pages/min    wall s     CPU s")
    for jobs, (name, cost) in zip(found, costs.items(), strict=True):
        report = found[jobs]
        print(
            f"{name:18} {report.ok / cost.least_wall * 60:9.1f} {report.pages / cost.least_wall * 60:10.1f} "
            f"{cost.least_wall:9.2f} {cost.least_cpu:9.2f}"
        )
    one, two = costs.values()
    print(f"parallel efficiency {one.least_wall / 2 / two.least_wall:.2f} (aim: 0.90)", end="")
    print(f", CPU of two jobs to one {two.least_cpu / one.least_cpu:.2f}, {load()}")


def isolation(bench: Bench) -> None:
    """A child process a document against one process that reads them all, one after the other."""
    texts = bench.folder / "texts"
    write_corpus(list(generate_plans(TEXTS, SEED + 1, split="dev")), ["text"], texts, SEED)
    scans = sorted(bench.inputs.glob(f"*.{SCANNED[0]}.*"))[:2]
    print("\nisolation            together CPU  apart CPU   overhead         together wall  apart wall  overhead")
    for label, paths in (("text document", sorted((texts / DOCUMENTS).iterdir())), ("recognized document", scans)):
        jobs = []
        for path in paths:
            settle(path)
            entry = next(walk([path]))
            jobs.append(Job(identify(entry), entry, bench.fresh(), Options(), Limits()))
        things = {"together": partial(read_together, paths), "apart": partial(read_apart, jobs)}
        here, there = in_turn(things, bench.rounds).values()
        cpu, wall, count = there.least_cpu - here.least_cpu, there.least_wall - here.least_wall, len(paths)
        print(
            f"{label:20} {ms(here.least_cpu, count)} {ms(there.least_cpu, count)} {ms(cpu, count)} "
            f"({cpu / here.least_cpu:+.1%})  {ms(here.least_wall, count)} {ms(there.least_wall, count)} "
            f"{ms(wall, count)} ({wall / here.least_wall:+.1%})"
        )
    print("(aim: 20 ms of a text document, 5 % of a recognized one)")


def read_together(paths: Sequence[Path]) -> None:
    """Read documents in one process, which ends afterwards: what it learned must not help the next round."""
    if (pid := os.fork()) == 0:
        for path in paths:
            process(path, source_of(path, str(path)), Options())
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0


def read_apart(jobs: Sequence[Job]) -> None:
    """Read documents in a process each, as a run does."""
    children = Children(1)
    for job in jobs:
        children.start(job)
        while len(children):
            assert all(outcome.state == "ok" for outcome in children.wait(60.0))
        shutil.rmtree(job.work)


def ms(seconds: float, count: int) -> str:
    """Return milliseconds for one of *count*."""
    return f"{seconds / count * 1000:9.1f} ms"


def dask(bench: Bench) -> None:
    """The same folder on a local Dask cluster of two workers, and with two jobs of our own."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("\ndask: not installed", file=sys.stderr)
        return
    with dask_cluster(bench.folder, 2) as (scheduler, workers):
        bench.run(bench.inputs, bench.fresh(), scheduler=scheduler)  # the workers' servers load their models
        things = {
            "local": lambda: bench.run(bench.inputs, bench.fresh(), jobs=2),
            "dask": lambda: bench.run(bench.inputs, bench.fresh(), scheduler=scheduler),
        }
        costs = in_turn(things, bench.rounds, workers)
    print("\nengine       wall s     CPU s")
    for name, cost in costs.items():
        print(f"{name:8} {cost.least_wall:9.2f} {cost.least_cpu:9.2f}")
    local, remote = costs.values()
    print(
        f"overhead of Dask: wall {remote.least_wall / local.least_wall - 1:+.1%}, "
        f"CPU {remote.least_cpu / local.least_cpu - 1:+.1%} (aim: 10 %), {load()}"
    )


def rerun(bench: Bench) -> None:
    """What a night costs on which nothing has changed, by files given and rows of the ledger."""
    print("\nrerun, nothing changed: CPU ms (wall ms)\nledger rows " + "".join(f"{n:>12,} files" for n in GIVEN))
    for rows in LEDGER_ROWS:
        cells = []
        for given in GIVEN:
            cost = _rerun_cost(bench, given, rows)
            cells.append(f"{cost.least_cpu * 1000:9.0f} ({cost.least_wall * 1000:5.0f})")
        print(f"{rows:11,} " + "".join(f"{cell:>18}" for cell in cells), flush=True)


def _rerun_cost(bench: Bench, given: int, rows: int) -> Cost:
    dataset = bench.fresh()
    inputs = dataset.with_name("in")
    inputs.mkdir()
    for number in range(given):
        path = inputs / f"{number}.txt"
        path.write_text(f"Kế hoạch số {number}\n", "utf-8")
        settle(path)
    fill(dataset, inputs, max(rows - given, 0))
    assert bench.run(inputs, dataset).unchanged == given  # writes the exports, which later ones find in place
    (cost,) = in_turn({"rerun": lambda: bench.run(inputs, dataset)}, bench.rounds).values()
    return cost


def fill(dataset: Path, inputs: Path, others: int) -> None:
    """Put the files of *inputs* and *others* that are elsewhere into a new dataset, as if all had been read."""
    version = fingerprint(Options())
    known = [(entry.shown, entry.stamp, identify(entry)) for entry in walk([inputs])]
    known += [(f"/elsewhere/{number}.pdf", "1:1:1:1:1", f"{number:064x}") for number in range(others)]
    with Store(str(dataset), create=True).begin() as connection:
        for start in range(0, len(known), 10_000):
            part = known[start : start + 10_000]
            connection.execute(
                insert(files), [{"path": p, "stamp": s, "doc_id": d, "size": 1, "reason": None} for p, s, d in part]
            )
            connection.execute(
                insert(ledger),
                [{"doc_id": d, "path": p, "state": "ok", "attempts": 0, "version": version} for p, _, d in part],
            )
            connection.execute(insert(documents), [{"doc_id": d, "path": p, "state": "ok"} for p, _, d in part])


def compare_peers(bench: Bench) -> None:
    """The PDFs of the folder through our run and through what people write instead."""
    pdfs = bench.folder / "pdfs"
    pdfs.mkdir()
    for path in sorted(bench.inputs.glob("*.pdf")):
        shutil.copy2(path, pdfs)
    paths = sorted(pdfs.iterdir())
    read = {}
    known, missing = peers.found()

    def ours(mode: str) -> None:
        report = run([str(pdfs)], str(bench.fresh()), Settings(options=Options(ocr=mode)), lambda *_: None)  # type: ignore[arg-type]
        read[f"kehoach run --ocr {mode}"] = report.ok

    def theirs(name: str) -> None:
        out = bench.fresh()
        out.mkdir()
        read[name] = known[name](paths, out)

    things: dict[str, Callable[[], None]] = {f"kehoach run --ocr {m}": lambda m=m: ours(m) for m in ("quality", "fast")}  # type: ignore[misc]
    things |= {name: lambda name=name: theirs(name) for name in known}  # type: ignore[misc]
    costs = in_turn(things, max(1, bench.rounds - 1))
    print(f"\n{len(paths)} PDFs, one at a time         with text  docs/min    wall s     CPU s  CPU to ours")
    base = next(iter(costs.values())).least_cpu
    for name, cost in costs.items():
        print(
            f"{name:32} {read[name]:7} {len(paths) / cost.least_wall * 60:9.1f} {cost.least_wall:9.2f} "
            f"{cost.least_cpu:9.2f} {cost.least_cpu / base:8.2f}"
        )
    for line in missing:
        print(f"skipped {line}", file=sys.stderr)


def load() -> str:
    """Return how busy the machine was: figures of wall clock hold only on an idle one."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


PARTS = {"throughput": throughput, "isolation": isolation, "dask": dask, "rerun": rerun, "peers": compare_peers}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="parts to run")
    parser.add_argument("--plans", type=int, default=4, help="generated plans, each as text, PDF and scan (default 4)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each comparison (default 3)")
    arguments = parser.parse_args()
    for variable in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as name:
        bench = Bench(Path(name), make_inputs(Path(name) / "corpus", arguments.plans), arguments.rounds)
        warm()
        for part in arguments.only or PARTS:
            PARTS[part](bench)
            sys.stdout.flush()
    print(f"\n{time.monotonic() - begun:.0f} s, {cpu_seconds():.0f} CPU-seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
