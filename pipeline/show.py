"""Records, reports and ledgers as a person reads them on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.batch.reasons import REASONS
from pipeline.batch.report import Move, Report
from pipeline.evaluate import changes
from pipeline.record import Record


def record_lines(record: Record) -> list[tuple[str, str]]:
    """Return the facts of *record* as pairs of a heading and a text; absent ones are left out."""
    number, body, issued, signer = record.document_number, record.issuing_body, record.issued_date, record.signer
    pairs: list[tuple[str, str | None]] = [
        (
            "document",
            " ".join(
                filter(None, [record.document_type, f"{_blank(number.number)}/{number.notation}" if number else None])
            ),
        ),
        ("issuing body", f"{body.name} ({body.level}{_units(body.province, body.province_2025)})" if body else None),
        (
            "issued",
            ", ".join(filter(None, [record.place, issued.value, f"from the {issued.source}"])) if issued else None,
        ),
        ("subject", record.subject),
        ("signer", " ".join(filter(None, [signer.competence, signer.position, signer.full_name])) if signer else None),
    ]
    pairs += [
        ("legal basis", f"{basis.document_type} {basis.code} {basis.date or ''} {basis.issuer or ''}")
        for basis in record.legal_bases
    ]
    pairs += [
        ("event", f"{_level(e.level)}{' (pilot)' if e.pilot else ''}: {_span(e.start, e.end)}{_days(e.duration_days)}")
        for e in record.events
    ]
    pairs += [
        ("delegates", f"{_level(d.level)}: {d.kind} {_range(d.min, d.max)} {d.condition or ''}")
        for d in record.delegate_limits
    ]
    pairs += [
        ("ratio", f"{_level(r.level)}: {r.category} {'about ' * r.approximate}{r.percent:g} %")
        for r in record.composition_ratios
    ]
    pairs += [("agenda", f"{i}. {item.text}") for i, item in enumerate(record.agenda, start=1)]
    pairs += [("allocation", f"{a.unit}: {a.delegates}") for a in record.allocations]
    pairs += [("deadline", f"{d.date}: {d.text}") for d in record.deadlines]
    pairs += [("recipients", "; ".join(record.recipients) or None)]
    pairs += [("issue", f"{i.code} {i.message}") for i in record.issues]
    return [(heading, text.strip()) for heading, text in pairs if text and text.strip()]


def print_record(console: Console, record: Record) -> None:
    """Print one record."""
    console.print(f"[bold]{escape(record.source.path)}[/bold]  {record.text.origin}, {record.text.condition}")
    table = Table.grid(padding=(0, 2))
    last = None
    for heading, text in record_lines(record):
        table.add_row(f"[dim]{heading if heading != last else ''}[/dim]", escape(text))
        last = heading
    console.print(table)
    console.print()


def print_run(console: Console, report: Report, records: Sequence[dict[str, Any]], documents: int) -> None:
    """Print what a run did, and *records*, the first of the *documents* that the dataset knows."""
    table = Table("file", "state", "number", "issuing body", "issued", "limits", "events", "agenda", title="Dataset")
    for column in table.columns[:3]:
        column.no_wrap = True
    for row in records:
        number = f"{_blank(row['number'])}/{row['notation']}" if row["notation"] else row["document_type"]
        state = row["state"] if row["reason"] is None else f"{row['state']}: {row['reason']}"
        counts = (row["delegate_limits"], row["events"], row["agenda_items"])
        cells = (
            Path(row["path"]).name,
            state,
            number,
            row["body_name"],
            row["issued_date"],
            *(n or None for n in counts),
        )
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in cells))
    console.print(table)
    if documents > len(records):
        console.print(f"and {documents - len(records)} more")
    for reason, faults in sorted(report.faults.items()):
        console.print(f"{len(faults)} × {reason}: {REASONS.get(reason, '')}")
        for fault in faults[:NAMED]:
            console.print(f"    {escape(fault.path)}", highlight=False, soft_wrap=True)
        if len(faults) > NAMED:
            console.print(f"    and {len(faults) - NAMED} more; `kehoach status` names all")
    for line in summary(report):
        console.print(line, highlight=False)


NAMED = 5
"""Files named for each reason in the summary of a run."""


def summary(report: Report) -> list[str]:
    """Return how long a run took, and the line that accounts for every input.

    >>> summary(Report(inputs=9, ok=4, unchanged=5, elsewhere=1))
    ['9 inputs = 4 ok + 0 partial + 0 quarantined + 0 duplicates + 5 unchanged (1 in work elsewhere)']
    >>> summary(Report(inputs=3, ok=2))
    ['3 inputs ≠ 2 ok + 0 partial + 0 quarantined + 0 duplicates + 0 unchanged']
    """
    lines = []
    if report.slowest:
        slowest = max(report.slowest)
        speed = f"{report.pages} pages in {_duration(report.phases.get('documents', 0.0))}"
        lines.append(f"{speed}; slowest: {escape(Path(slowest.path).name)}, {_duration(slowest.seconds)}")
    if report.copies:
        lines.append(f"copies: {_moves(report.copies)}")
    if report.renamed:
        lines.append(f"renamed: {_moves(report.renamed)}")
    parts = [f"{count} {name}" for name, count in report.counts().items() if name != "inputs"]
    notes = {"renamed": len(report.renamed), "in work elsewhere": report.elsewhere}
    if said := ", ".join(f"{count} {note}" for note, count in notes.items() if count):
        parts[-1] += f" ({said})"
    parts += [f"{report.left} left for the next run"] * bool(report.left)
    return [*lines, f"{report.inputs} inputs {'=' if report.balanced else '≠'} {' + '.join(parts)}"]


def _moves(moves: Sequence[Move]) -> str:
    named = [f"{escape(Path(move.path).name)} (of {escape(Path(move.known_as).name)})" for move in moves[:NAMED]]
    return ", ".join(named) + (f" and {len(moves) - NAMED} more" if len(moves) > NAMED else "")


def _duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> _duration(3.21), _duration(75), _duration(7300)
    ('3.2 s', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = int(seconds) // 60
    return f"{minutes} min {int(seconds) % 60} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def print_scores(
    console: Console, report: dict[str, Any], baseline: dict[str, Any] | None = None, *, misses: bool = False
) -> None:
    """Print the figures of an evaluation, beside those of a baseline, with what was gained and lost since."""
    before = (baseline or {}).get("fields", {})
    table = Table("field", "F1", *(["baseline"] if baseline else []))
    for name, value in report["fields"].items():
        table.add_row(name, f"{value:.3f}", *([f"{before[name]:.3f}" if name in before else "–"] if baseline else []))
    for name in ("mission_f1", "overall_f1", "evidence_valid"):
        earlier = [_figure(baseline.get(name))] if baseline else []
        table.add_row(f"[bold]{name}[/bold]", _figure(report[name]), *earlier)
    console.print(table)
    if baseline:
        gained, lost = changes(baseline, report)
        for sign, found in (("[green]+[/green]", gained), ("[red]-[/red]", lost)):
            for line in found:
                console.print(f"{sign} {escape(line)}")
        console.print(f"{len(gained)} gained, {len(lost)} lost")
    if misses:
        for line in report["misses"]:
            console.print(escape(line), highlight=False)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def print_ledger(
    console: Console,
    totals: Mapping[tuple[str, str | None], int],
    rows: Sequence[dict[str, Any]],
    last_run: Mapping[str, Any] | None,
) -> None:
    """Print how many documents are in which state, and those that are not ok by reason, with what to do about each.

    Args:
        console: where to print.
        totals: documents by state and reason.
        rows: of the ledger, those that are neither ok nor gone.
        last_run: of the table of runs.
    """
    states = Counter[str]()
    for (state, _), count in totals.items():
        states[state] += count
    console.print(", ".join(f"{states[state]} {state}" for state in sorted(states)) or "nothing yet", highlight=False)
    if last_run:
        ended = last_run["ended"] or "and did not come to its end: the next run goes on from there"
        until = f" to {ended}, exit status {last_run['status']}" if last_run["ended"] else f" {ended}"
        console.print(f"last run: {last_run['started']}{until}", highlight=False)
    by_reason: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_reason.setdefault((row["state"], row["reason"] or ""), []).append(row)
    for (state, reason), found in sorted(by_reason.items()):
        name, advice = (f"{state}: {reason}", REASONS.get(reason, "")) if reason else (state, WAITING)
        console.print(f"\n[bold]{len(found)} {name}[/bold] – {escape(advice)}", highlight=False)
        for row in found:
            key, message = (row["doc_id"] or "–")[:12], escape(_first(row["message"]))
            console.print(f"  {key:12}  {escape(str(row['path']))}  [dim]{message}[/dim]", highlight=False)


WAITING = "waiting for the next run"


def _first(message: str | None) -> str:
    lines = (message or "").strip().splitlines()
    return lines[-1] if lines else ""


def _blank(number: int | None) -> str:
    return "…" if number is None else str(number)


def _units(province: str | None, since_2025: str | None) -> str:
    moved = f", since 2025 {since_2025}" if since_2025 and since_2025 != province else ""
    return f", {province}{moved}" if province else ""


def _level(level: str | None) -> str:
    return level or "level not said"


def _span(start: str | None, end: str | None) -> str:
    return " to ".join(filter(None, [start, end])) if start else f"by {end}" if end else "no date"


def _days(days: float | None) -> str:
    return f", {days:g} days" if days else ""


def _range(least: int | None, most: int | None) -> str:
    return "–".join(dict.fromkeys(str(n) for n in (least, most) if n is not None))
