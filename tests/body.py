"""The body of a plan from a few lines of text, for the tests of its rules."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pipeline.data import Document, LineSpan, PageSpan
from pipeline.normalize.agencies import issuing_body
from pipeline.recognize import read_plan
from pipeline.recognize.context import Plan
from pipeline.record import EventLevel, IssuedDate, IssuingBody

TOWN = IssuingBody(name="Ủy ban nhân dân huyện Duy Xuyên", level="district", province="Quảng Nam", district="Duy Xuyên")

_HEADERS = {
    "province": ("UBND TỈNH QUẢNG NAM",),
    "lfederation": ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH NGHỆ AN"),
    "police": ("BỘ CÔNG AN", "CÔNG AN TỈNH SƠN LA"),
    "company": ("UBND TỈNH BÌNH DƯƠNG", "TỔNG CÔNG TY CẤP NƯỚC BÌNH DƯƠNG"),
    "veterans": ("HỘI CỰU CHIẾN BINH TỈNH QUẢNG BÌNH", "HỘI CỰU CHIẾN BINH HUYỆN TUYÊN HÓA"),
    "education": ("UBND HUYỆN DUY XUYÊN", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"),
    "department": ("UBND TỈNH VĨNH PHÚC", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
    "bank": ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "CHI NHÁNH TỈNH NAM ĐỊNH"),
    "tax": ("TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH BÌNH ĐỊNH"),
    "party": ("TỈNH ỦY VĨNH PHÚC", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"),
    "union_base": ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN DUY XUYÊN", "CÔNG ĐOÀN CƠ SỞ TRƯỜNG THPT SÀO NAM"),
    "school": ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC NHA TRANG"),
    "ministry": ("BỘ GIAO THÔNG VẬN TẢI",),
    "commune": ("UBND XÃ VẠN THẮNG",),
    "ward": ("UBND PHƯỜNG HẢI CHÂU",),
    "central_city": ("ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG",),
    "quan": ("UBND THÀNH PHỐ ĐÀ NẴNG", "ỦY BAN NHÂN DÂN QUẬN LIÊN CHIỂU"),
    "town": ("UBND TỈNH NGHỆ AN", "ỦY BAN NHÂN DÂN THÀNH PHỐ VINH"),
    "thi_xa": ("UBND TỈNH QUẢNG TRỊ", "ỦY BAN NHÂN DÂN THỊ XÃ QUẢNG TRỊ"),
    "women": ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "BAN CHẤP HÀNH TỈNH TRÀ VINH"),
    "army": ("QUÂN KHU 9", "BỘ CHỈ HUY QUÂN SỰ TỈNH AN GIANG"),
}  # fmt: skip


@cache
def body_of(kind: str) -> IssuingBody | None:
    """Return an office of a *kind* that cases name; "district" is the usual one."""
    return TOWN if kind == "district" else issuing_body(list(_HEADERS[kind]))


def document_of(text: str) -> Document:
    """Return *text* as a plain document: a line a line, pages parted by form feeds."""
    lines: list[LineSpan] = []
    pages: list[PageSpan] = []
    place = 0
    for number, page in enumerate(text.split("\f"), 1):
        start = place
        for line in page.split("\n"):
            if line.strip():
                lines.append(LineSpan(place, place + len(line), number, "body"))
            place += len(line) + 1
        pages.append(PageSpan(number, start, place - 1, "plain", "a text file"))
    return Document(text, tuple(lines), tuple(pages))


def plan_of(text: str, body: IssuingBody | None = TOWN, default: EventLevel | None = "grassroots") -> Plan:
    """Return *text* as the body of a plan of *body*, issued on 5 January 2015."""
    issued = IssuedDate(value="2015-01-05", precision="day", source="header")
    return replace(read_plan(document_of(text), body, issued), default=default)
