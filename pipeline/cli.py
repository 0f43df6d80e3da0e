"""The command line: arguments, logging, exit status. The only place that prints or exits.

stdout carries data, stderr the log and the progress.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline import __version__
from pipeline.errors import ExitStatus, InputFileError, PipelineError, UsageError, exit_status
from pipeline.logs import start_logging

if TYPE_CHECKING:
    from pipeline.batch.job import Outcome
    from pipeline.batch.nightly import Progress as ShowProgress
    from pipeline.data import OcrMode

log = logging.getLogger(__name__)

SHOWN = 40
"""Documents in the table that closes a run."""

EPILOG = """exit statuses: 0 all done; 1 done, but some files are partial or quarantined, or a check found errors;
2 bad usage; 3 no input could be read; 4 a program, language, model or table is missing; 5 the dataset cannot be
read or written; 70 a bug; 75 another run holds the dataset; 130 interrupted; 143 stopped by SIGTERM"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = command_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as end:
        return int(end.code or 0)
    start_logging(verbose=arguments.verbose, quiet=arguments.quiet, as_json=arguments.log_format == "json")
    for variable in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # a document has one core;
        os.environ.setdefault(variable, "1")  # set before numpy and Tesseract start, which read them once
    try:
        return int(arguments.command(arguments))
    except PipelineError as error:
        log.error("%s", error)
        log.debug("", exc_info=True)
        return exit_status(error)
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - the reader of our output has left; nothing to close
        return ExitStatus.OK
    except Exception:
        traceback.print_exc()
        log.error("this is a bug in kehoach; report it with the lines above")
        return ExitStatus.BUG


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; ``command`` of what it parses is the function to call."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-v", "--verbose", action="count", default=0, help="say more; -vv: with tracebacks")
    common.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    common.add_argument("--log-format", choices=("text", "json"), default="text", help="a line of text or of JSON")
    parser = argparse.ArgumentParser(
        prog="kehoach", description="Vietnamese administrative plans to a dataset.", epilog=EPILOG
    )
    parser.add_argument("--version", action="version", version=f"kehoach {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, function: object, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[common], help=summary, description=summary, epilog=EPILOG)
        command.set_defaults(command=function)
        return command

    run = add("run", run_command, "folders and files in, dataset out; safe to kill and to repeat")
    run.add_argument("input", nargs="+", metavar="INPUT", help="folders and files")
    run.add_argument("-o", "--output", required=True, metavar="DATASET", help="folder, or postgresql:// address")
    run.add_argument("--jobs", type=_positive, default=None, metavar="N", help="documents at a time (default: cores)")
    run.add_argument("--engine", choices=("local", "dask"), default="local", help="this machine, or a Dask cluster")
    run.add_argument("--scheduler", metavar="ADDRESS", help="of the Dask cluster, such as tcp://10.0.0.1:8786")
    run.add_argument("--shard", type=_shard, default=(1, 1), metavar="i/n", help="do the i-th of n parts")
    _add_ocr(run)
    run.add_argument("--memory", type=_positive, default=None, metavar="MIB", help="limit of a document's process")
    run.add_argument("--page-seconds", type=float, default=None, metavar="S", help="wall clock between two pages")
    run.add_argument("--report", type=_new_file, metavar="FILE", help="what the run did, as JSON")
    run.add_argument("--metrics", type=_new_file, metavar="FILE.prom", help="for Prometheus's textfile collector")
    run.add_argument(
        "--keep-days", type=_positive, default=None, metavar="N", help="keep reports, logs and leftovers (default: 90)"
    )

    extract = add("extract", extract_command, "records of single files on stdout, nothing stored")
    extract.add_argument("file", nargs="+", metavar="FILE")
    extract.add_argument("--json", action="store_true", help="one record a line")
    _add_ocr(extract)

    text = add("text", text_command, "the text of a file on stdout, pages parted by form feeds")
    text.add_argument("file", metavar="FILE")
    text.add_argument("--raw", action="store_true", help="as it was read, before restoration")
    _add_ocr(text)

    restore = add("restore", restore_command, "stripped, garbled or legacy-encoded text in, Vietnamese out")
    restore.add_argument("file", nargs="?", metavar="FILE", help="stdin without it")
    shape = restore.add_mutually_exclusive_group()
    shape.add_argument("--diff", action="store_true", help="show what was changed, in colour on a terminal")
    shape.add_argument("--json", action="store_true", help="the edits, one a line")

    searchable = add("searchable", searchable_command, "a copy of a scan with an invisible, correct text layer")
    searchable.add_argument("file", metavar="FILE")
    searchable.add_argument("-o", "--output", required=True, metavar="OUT.pdf")
    _add_ocr(searchable)

    status = add("status", status_command, "what is done, partial, quarantined and why; put back for the next run")
    status.add_argument("dataset", metavar="DATASET")
    status.add_argument("--retry", nargs="+", metavar="ID", help="ids, shortened ids, or `all` that are not ok")
    status.add_argument("--json", action="store_true", help="one document a line")

    evaluate = add("evaluate", evaluate_command, "score against gold; gains and losses against a baseline")
    evaluate.add_argument("--gold", required=True, metavar="DIR", help="folder of NAME.json, one a document")
    evaluate.add_argument("file", nargs="*", metavar="FILE", help="documents to extract and score")
    evaluate.add_argument("--records", metavar="FILE", help="records, as `kehoach extract --json` prints them")
    evaluate.add_argument("--baseline", metavar="FILE", help="an earlier report, as --json prints it")
    evaluate.add_argument("--json", action="store_true", help="the report as JSON")
    evaluate.add_argument("--misses", action="store_true", help="list each wrong or missing fact")
    _add_ocr(evaluate)

    add("doctor", doctor_command, "what is installed, what is missing and how to get it")
    return parser


def _add_ocr(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ocr", choices=("quality", "fast"), default="quality", help="recognition (default: quality)")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _new_file(text: str) -> Path:
    if not (path := Path(text)).parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path.parent}")
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a folder")
    return path


def _shard(text: str) -> tuple[int, int]:
    try:
        part, parts = (int(number) for number in text.split("/"))
    except ValueError:
        raise argparse.ArgumentTypeError("must be i/n, such as 1/4") from None
    if not 1 <= part <= parts:
        raise argparse.ArgumentTypeError("i must be from 1 to n")
    return part, parts


def run_command(arguments: argparse.Namespace) -> int:
    """Bring a dataset up to date with folders and files."""
    from pipeline.batch.housekeeping import KEEP_DAYS
    from pipeline.batch.job import Limits
    from pipeline.batch.ledger import Ledger
    from pipeline.batch.nightly import Settings, run
    from pipeline.dataset import Store, overview
    from pipeline.run import Options
    from pipeline.show import print_run

    limits = Limits()
    if arguments.memory or arguments.page_seconds:
        limits = Limits(
            memory=arguments.memory << 20 if arguments.memory else limits.memory,
            page_seconds=arguments.page_seconds or limits.page_seconds,
        )
    jobs = arguments.jobs or len(os.sched_getaffinity(0))
    if (arguments.engine == "dask") != bool(arguments.scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS belong together")
    settings = Settings(
        jobs,
        Options(ocr=arguments.ocr),
        limits,
        arguments.shard,
        arguments.scheduler,
        arguments.report,
        arguments.metrics,
        arguments.keep_days or KEEP_DAYS,
    )
    with _progress() as progress:
        report = run(arguments.input, arguments.output, settings, progress)
    if not arguments.quiet:
        store = Store(arguments.output)
        print_run(_console(), report, overview(store, SHOWN), Ledger(store).size())
    return report.status


@contextmanager
def _progress() -> Iterator[ShowProgress]:
    """A bar on a terminal, nothing elsewhere. No refresh thread: the run forks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, auto_refresh=False, disable=not console.is_terminal) as bar:
        task = bar.add_task("documents", total=None)

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(Path(name).name[:40]), refresh=True)

        yield show


def extract_command(arguments: argparse.Namespace) -> int:
    """Print the records of single files."""
    from pipeline.show import print_record

    console, states = _console(), []
    for outcome in _extract(arguments.file, arguments.ocr):
        states.append(outcome.state)
        if outcome.record is None:
            log.error("%s (%s)", outcome.message, outcome.reason, extra={"document": outcome.job.entry.shown})
        elif arguments.json:
            print(outcome.record.to_json(), flush=True)
        else:
            print_record(console, outcome.record)
    if "quarantined" in states and set(states) == {"quarantined"}:
        return ExitStatus.NO_INPUT
    return ExitStatus.OK if set(states) == {"ok"} else ExitStatus.INCOMPLETE


def _extract(names: Sequence[str], mode: OcrMode) -> Iterator[Outcome]:
    """Yield how each file ended, in order; each in a process of its own, in a folder that is removed afterwards."""
    from pipeline.batch.nightly import extract
    from pipeline.run import Options, warm

    warm()
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        yield from extract(names, Path(folder), Options(ocr=mode))


def text_command(arguments: argparse.Namespace) -> int:
    """Print the text of one file."""
    from pipeline.run import Options, document_of

    document = document_of(_existing(arguments.file), Options(ocr=arguments.ocr))
    print(document.raw if arguments.raw and document.raw is not None else document.text)
    return ExitStatus.OK


def searchable_command(arguments: argparse.Namespace) -> int:
    """Write a copy of a scan with an invisible text layer."""
    from pipeline.run import Options, document_of
    from pipeline.searchable import make_searchable

    source = _existing(arguments.file)
    for remark in make_searchable(source, document_of(source, Options(ocr=arguments.ocr)), Path(arguments.output)):
        log.warning("%s", remark)
    return ExitStatus.OK


def restore_command(arguments: argparse.Namespace) -> int:
    """Restore Vietnamese text, from a file or stdin to stdout."""
    from pipeline.restoration.stream import restore_stream, restored_parts
    from pipeline.restoration.text_stream import text_stream

    data = _existing(arguments.file).open("rb") if arguments.file else sys.stdin.buffer
    with text_stream(data) as source:
        if arguments.diff or arguments.json:
            for part in restored_parts(source):
                sys.stdout.write(part.json() if arguments.json else part.diff(color=sys.stdout.isatty()))
        else:
            report = restore_stream(source, sys.stdout.write)
            log.log(logging.WARNING if report.is_foreign else logging.INFO, "%s", report.summary())
    sys.stdout.flush()
    return ExitStatus.OK


def _console() -> Console:
    """stdout: as wide as the terminal, or wide enough for a table where there is none."""
    return Console() if sys.stdout.isatty() else Console(width=150)


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise InputFileError("unreadable", f"{name}: no such file")
    return path


def status_command(arguments: argparse.Namespace) -> int:
    """Print the ledger, or put documents back for the next run."""
    from pipeline.batch.ledger import Ledger
    from pipeline.dataset import Store
    from pipeline.show import print_ledger

    ledger = Ledger(Store(arguments.dataset))
    if arguments.retry:
        log.warning("%d documents are due again at the next run", ledger.retry(arguments.retry))
        return ExitStatus.OK
    totals = ledger.totals()
    if arguments.json:
        for row in ledger.rows():
            print(json.dumps(row, ensure_ascii=False))
    else:
        print_ledger(_console(), totals, ledger.rows(unfinished=True), ledger.last_run())
    return ExitStatus.INCOMPLETE if {state for state, _ in totals} & {"partial", "quarantined"} else ExitStatus.OK


def evaluate_command(arguments: argparse.Namespace) -> int:
    """Score records against gold."""
    from pipeline.evaluate import evaluate
    from pipeline.show import print_scores

    if bool(arguments.file) == bool(arguments.records):
        raise UsageError("give either the files to extract or --records")
    if arguments.records:
        lines = _existing(arguments.records).read_text("utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
    else:
        outcomes = _extract(arguments.file, arguments.ocr)
        records = [json.loads(o.record.to_json()) for o in outcomes if o.record]
    report = evaluate(Path(arguments.gold), records)
    baseline = json.loads(_existing(arguments.baseline).read_text("utf-8")) if arguments.baseline else None
    if arguments.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        print_scores(_console(), report.to_json(), baseline, misses=arguments.misses)
    return ExitStatus.OK


def doctor_command(_arguments: argparse.Namespace) -> int:
    """Print what is installed and what is missing."""
    from pipeline.doctor import examine

    table = Table("what", "state", "how to get it")
    missing = False
    for finding in examine():
        missing |= finding.missing
        colour = "red" if finding.missing else "yellow" if finding.state == "missing" else "green"
        cure = finding.cure if finding.state == "missing" else ""
        table.add_row(finding.name, f"[{colour}]{escape(finding.state)}[/]", escape(cure))
    _console().print(table)
    return ExitStatus.MISSING if missing else ExitStatus.OK
