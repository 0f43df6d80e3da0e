"""The handwritten plans of ``corpus/wordings``, to be printed, scanned and measured like generated ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.layout import Align, Block, Close, GeneratedPlan, Header, Layout, Paragraph, Run

WORDINGS = Path(__file__).with_name("wordings")
FAMILY = "handwritten"
_RIGHT_RE = re.compile(r"CỘNG (?:HÒA|HOÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM$|ĐOÀN TNCS HỒ CHÍ MINH$")
_DATED_RE = re.compile(r"\bngày\b.*\btháng\b.*\bnăm\s+\d{4}$|, (?:tháng )?\d{1,2}(?:/| năm )\d{4}$")
_CLOSE_RE = re.compile(r"^\W*n[ơo]i nhận", re.IGNORECASE)
_PART_RE = re.compile(r"^(?:[IVX]+[.,)]|Phần|Căn cứ|Thực hiện|Kính gửi|\d+[.)])", re.IGNORECASE)
_LONG = 120  # characters: a longer line is running text, no line of a title


def handwritten_plans(*, check: bool = False) -> Iterator[GeneratedPlan]:
    """Yield the plans of ``corpus/wordings``: those of ``check.txt``, which no rule is tuned on, or all others."""
    kept = set((WORDINGS / "check.txt").read_text("utf-8").split())
    for path in sorted(WORDINGS.glob("*.json")):
        if (path.stem in kept) == check:
            layout = layout_of(path.with_suffix(".txt").read_text("utf-8"))
            gold = json.loads(path.read_text("utf-8"))
            yield GeneratedPlan(path.stem, FAMILY, "heldout" if check else "dev", layout, gold)


def layout_of(text: str) -> Layout:
    r"""Return a plain plan as a layout; the columns of its header stand one below the other, or a tab apart.

    >>> [type(block).__name__ for block in layout_of("SỞ Y TẾ\nCỘNG HÒA XÃ HỘI\nHuế, ngày 1 tháng 2 năm 2020\n"
    ...     "KẾ HOẠCH\nI. MỤC ĐÍCH\nNơi nhận:\n- Sở;\nGIÁM ĐỐC\nVõ An").blocks]
    ['Header', 'Paragraph', 'Paragraph', 'Close']
    >>> layout_of("SỞ Y TẾ\tCỘNG HÒA XÃ HỘI\nSố: 1\tHuế, ngày 1 tháng 2 năm 2020").blocks[0].left[1].runs[0].text
    'Số: 1'
    """
    lines = _columns_apart([line for line in text.splitlines() if line.strip()])
    right = next((i for i, line in enumerate(lines[:12]) if _RIGHT_RE.search(line)), 0)
    top = next((i + 1 for i, line in enumerate(lines[:14]) if _DATED_RE.search(line)), right)
    close = next((i for i, line in enumerate(lines) if _CLOSE_RE.match(line)), len(lines))
    after = next((i for i in range(close + 1, len(lines)) if not lines[i].lstrip().startswith("-")), len(lines))
    body = next((i for i in range(top, close) if _PART_RE.match(lines[i]) or len(lines[i]) > _LONG), close)
    blocks: list[Block] = []
    if top:
        blocks.append(Header(_column(lines[:right]), _column(lines[right:top])))
    blocks += _column(lines[top:body])
    blocks += [_paragraph(line, "justify", 1.0) for line in lines[body:close]]
    if close < len(lines):
        left = tuple(_paragraph(line, "left") for line in lines[close:after])
        blocks.append(Close(left, _column(lines[after:])))
    return Layout(tuple(blocks))


def _columns_apart(lines: list[str]) -> list[str]:
    """Return *lines* with the rows of a header that a tab parts as its left column, then its right one."""
    motto = next((i for i, line in enumerate(lines[:12]) if "\t" in line and _RIGHT_RE.search(line)), None)
    if motto is None:
        return lines
    end = next((i for i in range(motto, len(lines)) if _DATED_RE.search(lines[i])), motto) + 1
    end += next((i for i, line in enumerate(lines[end:]) if not line.startswith("Số")), 0)  # the longer left column
    cells = [line.partition("\t") for line in lines[:end]]
    return [left for left, _, _ in cells if left.strip()] + [right for _, _, right in cells if right] + lines[end:]


def _column(lines: list[str]) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(line, "center") for line in lines)


def _paragraph(line: str, align: Align, indent: float = 0.0) -> Paragraph:
    return Paragraph((Run(line.strip()),), align, indent)
