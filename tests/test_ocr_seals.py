"""Black seals: told from tables and text, and no wall between the columns they stand beside."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.data import Line
from pipeline.ocr.labels import Group, label
from pipeline.ocr.page import mend_small
from pipeline.ocr.seals import Seal, find_seals, without_seals
from pipeline.ocr.stray import in_seals
from pipeline.ocr.tesseract import RawLine, RawWord
from pipeline.ocr.zones import Block, find_layout

DPI = 200.0
CENTRE, RADIUS = (1010, 1200), 140


def sealed_close(*, seal: bool = True) -> NDArray[np.uint8]:
    """Return a page with recipients on the left, a signature on the right, and a seal that fills the gap."""
    page = np.full((2338, 1654), 250, np.uint8)
    for row in range(500, 900, 50):  # the body
        cv2.putText(page, "mot hai ba bon nam sau bay tam chin muoi mot hai ba", (200, row), 0, 1.2, 10, 2)
    for row in range(1050, 1400, 40):
        cv2.putText(page, "- Phong ban cua huyen va xa;", (200, row), 0, 1.0, 10, 2)
    for row in (1050, 1095, 1390):
        cv2.putText(page, "PHO CHU TICH", (1100, row), 0, 1.2, 10, 2)
    if seal:
        cv2.circle(page, CENTRE, RADIUS, 10, 5)
        for angle in range(0, 360, 30):
            x, y = (round(CENTRE[at] + 100 * turn(np.radians(angle))) for at, turn in enumerate((np.cos, np.sin)))
            cv2.putText(page, "A", (x - 10, y + 10), 0, 1.0, 10, 2)
    return page


def test_a_ring_is_a_seal_and_a_table_is_none() -> None:
    page = np.zeros((1000, 1600), np.bool_)
    page[100:900:80, 100:1500] = True
    page[100:900, 100:1500:200] = True
    assert find_seals(page, DPI) == ()
    ring = np.zeros((1000, 1600), np.uint8)
    cv2.circle(ring, (800, 500), RADIUS, 1, 5)
    (seal,) = find_seals(ring > 0, DPI)
    assert abs(seal.x - 800) < 12
    assert abs(seal.radius - RADIUS) < 15


def test_columns_are_parted_though_a_seal_fills_the_gap() -> None:
    for page in (sealed_close(), sealed_close(seal=False)):
        layout = find_layout(page < 128, page, DPI)
        left, right = (block for block in layout.blocks if isinstance(block, Block) and block.side)
        assert left.box[2] < 900
        assert right.box[0] < 1110


def test_what_lies_in_a_seal_is_its_own_unless_it_is_a_name() -> None:
    seal = Seal(500.0, 500.0, 140.0)
    lines = [
        RawLine((RawWord(text, (x, 490, x + 60, 520), 0.9),), (x, 490, x + 60, 520))
        for x, text in ((470, "“Ơ+"), (470, "TỊCH"), (200, "“Ơ+"))
    ]
    assert in_seals(lines, (seal,)) == {0}
    text = np.ones((1000, 1000), np.bool_)
    assert not without_seals(text, (seal,))[400:600, 400:600].any()
    assert without_seals(text, (seal,))[:300].all()


def test_a_department_among_recipients_is_no_number_of_a_document() -> None:
    left = (Line("- Văn phòng Chính phủ;", (85, 200, 220, 212)), Line("- Sở Nội vụ;", (85, 220, 220, 232)))
    right = (Line("CHỦ TỊCH", (370, 200, 450, 212)),)
    found = label([Group(left, "left", 1), Group(right, "right", 1)], 595, 842)
    assert "header_left" not in {line.zone for line in found}


def test_a_specked_competence_is_written_as_it_is_printed() -> None:
    assert [mend_small(text) for text in ("KT..", "TM.", "TL.,CHỦ")] == ["KT.", "TM.", "TL. CHỦ"]
