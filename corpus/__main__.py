"""Command line of the corpus: ``python -m corpus generate`` and ``python -m corpus sample``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.generate import generate_plans
from corpus.render.fonts import GlyphError
from corpus.render.pen import Pen, RasterPen, StrokePen
from corpus.render.variants import BROKEN, DEFAULT_VARIANTS, OFFICE, SCAN_EXTRAS, SCANNED, TEXTS, VariantError
from corpus.sampling import write_sample
from corpus.write import write_corpus
from pipeline.errors import ExitStatus, PipelineError, UsageError, exit_status

VARIANT_HELP = (
    f"comma-separated: {', '.join([*TEXTS, *OFFICE])}, pdf-signed, {', '.join(SCANNED)}, "
    f"or scan-QUALITY-DPI[-EXTRA...] with QUALITY clean, typical, bad or fax and EXTRA of "
    f"{', '.join(SCAN_EXTRAS)}; 'all' for one of each kind"
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Generate plans with gold.")
    commands = parser.add_subparsers(dest="command", required=True)
    generate = commands.add_parser("generate", help="write documents/, gold/<stem>.json and manifest.jsonl")
    generate.add_argument("--out", type=Path, required=True, metavar="DIR")
    generate.add_argument("--count", type=int, default=20, help="plans; each is written in every variant")
    generate.add_argument("--seed", type=int, default=0)
    generate.add_argument("--variants", default="text,pdf,scan-typical-200-seal", help=VARIANT_HELP)
    generate.add_argument("--families", help="comma-separated; all by default")
    generate.add_argument("--split", choices=["train", "dev", "heldout"])
    generate.add_argument(
        "--digits",
        type=Path,
        metavar="DIR",
        help="folder of MNIST digits to fill in blanks with; pen strokes otherwise",
    )
    sample = commands.add_parser("sample", help="write the committed sample corpus again")
    sample.add_argument("--out", type=Path, default=Path(__file__).parent / "sample", metavar="DIR")
    return parser


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    if sys.stderr.isatty():
        print(f"\r{done}/{total} files", end=end, file=sys.stderr, flush=True)
    elif done == total or done % 50 == 0:
        print(f"{done}/{total} files", file=sys.stderr, flush=True)


def _pen(digits: Path | None) -> Callable[[int], Pen]:
    if digits is None:
        return StrokePen
    return lambda seed: RasterPen.from_folder(digits, seed)


def _generate(options: argparse.Namespace) -> None:
    families = options.families.split(",") if options.families else None
    variants = [*DEFAULT_VARIANTS, *BROKEN] if options.variants == "all" else options.variants.split(",")
    try:
        plans = list(generate_plans(options.count, options.seed, families=families, split=options.split))
    except ValueError as error:
        raise UsageError(str(error)) from error
    write_corpus(plans, variants, options.out, options.seed, _pen(options.digits), _progress)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "generate":
            _generate(options)
        else:
            write_sample(options.out, _progress)
    except (VariantError, GlyphError) as error:
        print(f"corpus: {error}", file=sys.stderr)
        return ExitStatus.USAGE
    except PipelineError as error:
        print(f"corpus: {error}", file=sys.stderr)
        return exit_status(error)
    return ExitStatus.OK


if __name__ == "__main__":
    sys.exit(main())
