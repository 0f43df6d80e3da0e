"""A generated document before it is rendered: blocks in reading order, laid out later by Nghị định 30/2020/NĐ-CP.

`corpus.families` writes layouts with their gold; `corpus.render` turns one layout into PDF, scan, Word or text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style."""

    text: str
    bold: bool = False
    italic: bool = False
    handwritten: bool = False  # filled in by pen: number, day, month


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are set as one paragraph."""

    runs: tuple[Run, ...]
    align: Align = "justify"
    first_indent: float = 1.0  # cm
    left_indent: float = 0.0  # cm
    space_before: float = 6.0  # points

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Header:
    """The two columns over the title: issuing body and number left; quốc hiệu, place and date right."""

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """Recipients left, signature right."""

    recipients: tuple[Paragraph, ...]
    signature: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    widths: tuple[float, ...] = ()  # shares of the width; empty: by content


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a page, on a landscape sheet if so said."""

    landscape: bool = False


Block = Header | Paragraph | Table | Close | PageBreak


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document."""

    blocks: tuple[Block, ...]
    font: Literal["serif", "sans"] = "serif"
    size: float = 14.0  # points

    def lines(self) -> Iterator[str]:
        """Yield the text, a paragraph or table row (cells parted by tabs) a line, left column before right."""
        for block in self.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Header():
                    yield from (p.text for p in (*block.left, *block.right))
                case Close():
                    yield from (p.text for p in (*block.recipients, *block.signature))
                case Table():
                    yield from ("\t".join(row) for row in block.rows)
                case PageBreak():
                    yield "\f"


@dataclass(frozen=True, slots=True)
class GeneratedPlan:
    """A layout and what a perfect reader would find in it (the keys of the contract's record)."""

    plan_id: str  # such as "tieu-chuan-nd30-0007"
    family: str
    split: Literal["train", "dev", "heldout"]
    layout: Layout
    gold: dict[str, Any] = field(hash=False)
