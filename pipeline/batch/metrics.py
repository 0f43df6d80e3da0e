"""A run's figures for the textfile collector of Prometheus's node exporter.

One file, written anew after each run and renamed into place, for the collector may read it at any moment. Names,
units and the text format are those of https://prometheus.io/docs/practices/naming/ and
https://prometheus.io/docs/instrumenting/exposition_formats/. All are gauges: they tell of one run, or of the dataset as
it is, and nothing counts on over runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline import __version__
from pipeline.batch.reasons import REASONS
from pipeline.batch.report import Report, cpu_seconds, write_in_place

Sample = tuple[dict[str, str], float]

LAST_SUCCESS = "kehoach_run_last_success_timestamp_seconds"
LAST_SUCCESS_RE = re.compile(rf"^{LAST_SUCCESS} (\S+)$", re.MULTILINE)
STATES = ("ok", "partial", "quarantined")
READABLE_BY_ALL = 0o644  # the collector runs as another user


def write_metrics(path: Path, report: Report, totals: Mapping[tuple[str, str | None], int]) -> None:
    """Write the metrics of *report* to *path*; the last success stays known when this run is none.

    Args:
        path: file of the collector's folder, ending in ``.prom``.
        report: of the run that just ended.
        totals: documents of the dataset by state and reason; empty where it could not be asked.

    Raises:
        OSError: the file cannot be written.
    """
    before = LAST_SUCCESS_RE.search(path.read_text("utf-8")) if path.exists() else None
    success = report.ended.timestamp() if report.complete and report.ended else float(before[1]) if before else None
    write_in_place(path, render(report, totals, success))
    path.chmod(READABLE_BY_ALL)


def render(report: Report, totals: Mapping[tuple[str, str | None], int], success: float | None) -> str:
    """Return the metrics as text; *success* is the time of the last success, None where there was none yet."""
    counts = report.counts()
    families: list[tuple[str, str, list[Sample]]] = [
        ("kehoach_build_info", "Version of the program.", [({"version": __version__}, 1)]),
        ("kehoach_run_exit_status", "Exit status of the last run.", [({}, int(report.status))]),
        (
            "kehoach_run_start_timestamp_seconds",
            "When the last run began, in seconds since 1970.",
            [({}, report.started.timestamp())],
        ),
        (LAST_SUCCESS, "When a run last came to its end (exit status 0 or 1).", [({}, success)] if success else []),
        ("kehoach_run_duration_seconds", "Wall clock of the last run.", [({}, report.seconds)]),
        (
            "kehoach_run_phase_duration_seconds",
            "Wall clock of the parts of the last run.",
            [({"phase": phase}, seconds) for phase, seconds in report.phases.items()],
        ),
        ("kehoach_run_cpu_seconds", "CPU time of the last run, child processes included.", [({}, cpu_seconds())]),
        ("kehoach_run_inputs", "Files that the last run found.", [({}, counts.pop("inputs"))]),
        (
            "kehoach_run_files",
            "Files of the last run by how they ended; they add up to the inputs.",
            [({"state": state}, count) for state, count in (counts | {"left": report.left}).items()],
        ),
        ("kehoach_run_pages", "Pages that the last run read.", [({}, report.pages)]),
    ]
    if totals:
        states = {state: sum(n for (s, _), n in totals.items() if s == state) for state in STATES}
        reasons = dict.fromkeys(REASONS, 0)
        for (state, reason), count in totals.items():
            if state == "quarantined" and reason:
                reasons[reason] = reasons.get(reason, 0) + count
        families += [
            ("kehoach_dataset_documents", "Documents of the dataset by state.", _labelled("state", states)),
            (
                "kehoach_dataset_quarantined_documents",
                "Documents and files that could not be read, by reason.",
                _labelled("reason", reasons),
            ),
        ]
    return "".join(_family(*family) for family in families if family[2])


def _labelled(name: str, counts: Mapping[str, int]) -> list[Sample]:
    return [({name: value}, count) for value, count in counts.items()]


def _family(name: str, text: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {text}", f"# TYPE {name} gauge"]
    lines += [f"{name}{_labels(labels)} {value:.15g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    r"""Return labels as the format wants them.

    >>> _labels({"reason": 'a "b"\\'})
    '{reason="a \\"b\\"\\\\"}'
    """
    escaped = {k: v.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") for k, v in labels.items()}
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped.items()) + "}" if labels else ""
