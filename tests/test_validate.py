from __future__ import annotations

import inspect
import re

import pytest

from pipeline import validate as module
from pipeline.record import (
    AgendaItem,
    Allocation,
    CompositionRatio,
    Deadline,
    DelegateLimit,
    DocumentNumber,
    Event,
    Evidence,
    Issue,
    IssuedDate,
    IssuingBody,
    Record,
    Signature,
    Signer,
    Source,
    Text,
    TextPage,
)
from pipeline.validate import is_error, validate

TEXT = "KẾ HOẠCH Tổ chức Hội nghị điển hình tiên tiến lần thứ IX, tiến tới Đại hội thi đua yêu nước lần thứ X"


def record(**values: object) -> Record:
    """Return a record without fault but that its values have no evidence, changed by *values*."""
    base: dict[str, object] = {
        "doc_id": "0",
        "source": Source(path="a.txt", sha256="0", media_type="text/plain"),
        "text": Text(content=TEXT, origin="plain", condition="clean"),
        "document_type": "KH",
        "document_number": DocumentNumber(number=60, notation="KH-UBND"),
        "issuing_body": IssuingBody(name="Ủy ban nhân dân huyện A", level="district", province="B", province_code="35"),
        "issued_date": IssuedDate(value="2020-01-10", precision="day", source="header"),
        "subject": "Tổ chức Hội nghị điển hình tiên tiến",
        "signer": Signer(full_name="Nguyễn Văn A", position="Chủ tịch", competence="TM."),
        "recipients": ("Lưu: VT",),
        "events": (Event(level="district", start="2020-05-01", end="2020-05-31", precision="month", text="t"),),
        "delegate_limits": (DelegateLimit(level="district", kind="max", max=200, text="t"),),
        "composition_ratios": (
            CompositionRatio(level="district", category="exemplary", percent=70, text="t"),
            CompositionRatio(level="district", category="guests", percent=30, text="t"),
        ),
        "agenda": (AgendaItem(text="Chào cờ", kinds=("flag_salute",)),),
    }
    return Record.model_validate(base | values)


def codes(of: Record) -> set[str]:
    return {issue.code for issue in validate(of)} - {"E103"}


def event(**values: object) -> Event:
    return Event.model_validate({"level": "district", "text": "t", "precision": "day"} | values)


def test_a_sound_record_has_no_issue_but_missing_evidence() -> None:
    assert codes(record()) == set()


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("W201", {"issuing_body": None}),
        ("W202", {"document_number": DocumentNumber(number=None, notation="KH-UBND")}),
        ("W203", {"issued_date": None}),
        ("W204", {"issued_date": IssuedDate(value="2020-01", precision="month", source="header")}),
        ("W205", {"issued_date": IssuedDate(value="2020-01-10", precision="day", source="digital_signature")}),
        ("W206", {"document_type": None}),
        ("W207", {"subject": None}),
        ("W208", {"signer": None}),
        ("W209", {"issuing_body": IssuingBody(name="Ủy ban nhân dân xã C", level="commune")}),
        ("W210", {"subject": "Tổ chức Hội nghị tiến tới Đại hội thi đua yêu nước lần thứ IX"}),
        ("W211", {"recipients": ()}),
        ("W212", {"digital_signatures": (Signature(signer="A", time="2020-06-10T08:00:00+07:00"),)}),
        ("W213", {"signer": Signer(full_name="Nguyễn Văn A")}),
        ("W301", {"events": (event(end="2019-01-30"),)}),
        ("W302", {"deadlines": (Deadline(date="2019-12-31", precision="day", text="t"),)}),
        ("W303", {"events": (event(start="2020-06-02", end="2020-06-01"),)}),
        (
            "W304",
            {
                "composition_ratios": (
                    CompositionRatio(level="district", category="exemplary", percent=70, text="t"),
                    CompositionRatio(level="district", category="guests", percent=40, text="t"),
                )
            },
        ),
        ("W305", {"delegate_limits": (DelegateLimit(kind="range", min=100, max=80, text="t"),)}),
        ("W306", {"events": ()}),
        ("W307", {"delegate_limits": ()}),
        ("W308", {"composition_ratios": ()}),
        ("W309", {"agenda": ()}),
        ("W310", {"events": (event(level=None, end="2020-05-31"),)}),
        ("W312", {"events": (event(pilot=True, end="2020-06-01"), event(end="2020-05-01"))}),
        ("W314", {"events": (event(level="grassroots", end="2020-06-01"), event(end="2020-05-01"))}),
        ("W401", {"text": Text(content=TEXT, origin="plain", condition="unaccented")}),
        ("W402", {"text": Text(content=TEXT, origin="plain", condition="garbled")}),
        ("W403", {"text": Text(content=TEXT, origin="plain", condition="legacy:tcvn3")}),
        ("W404", {"text": Text(content=TEXT, origin="plain", condition="clean", edits=20)}),
        (
            "W102",
            {
                "text": Text(
                    content=TEXT,
                    origin="ocr",
                    condition="clean",
                    pages=(TextPage(page=1, start=0, end=len(TEXT), origin="ocr", reason="", confidence=0.4),),
                )
            },
        ),
        (
            "E104",
            {
                "text": Text(
                    content=TEXT,
                    origin="plain",
                    condition="clean",
                    pages=(TextPage(page=1, start=0, end=9999, origin="plain", reason=""),),
                )
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_fault_has_its_code(code: str, values: dict[str, object]) -> None:
    assert code in codes(record(**values))


def test_evidence_must_stand_where_it_says() -> None:
    good = Evidence(
        field="document_type", page=1, start=0, end=8, quote="KẾ HOẠCH", confidence=0.9, method="rule:title"
    )
    assert "E101" not in codes(record(evidence=(good,)))
    assert "E101" in codes(record(evidence=(good.model_copy(update={"start": 1}),)))
    assert "E102" in codes(record(evidence=(good.model_copy(update={"field": "agenda/7"}),)))
    assert "W405" in codes(record(evidence=(good.model_copy(update={"confidence": 0.2}),)))


@pytest.mark.parametrize(
    ("shares", "doubted"),
    [
        ((("exemplary", 70, "điển hình từ 70% đến 80%"), ("guests", 20, "khách mời từ 20% đến 30%")), False),
        ((("exemplary", 70, "điển hình ít nhất 70%"), ("guests", 20, "khách mời không quá 20%")), False),
        ((("exemplary", 60, "điển hình 60%"), ("guests", 15, "khách mời 15%"), ("other", 25, "khác 25%")), False),
        ((("exemplary", 60, "điển hình 60%"), ("guests", 15, "khách mời 15%"), ("women", 30, "nữ 30%")), True),
        ((("exemplary", 80, "điển hình ít nhất 80%"), ("guests", 30, "khách mời 30%")), True),
    ],
    ids=["ranges", "bounds", "a third part", "women are no part", "too much"],
)
def test_shares_add_up_within_their_bounds(shares: tuple[tuple[str, float, str], ...], doubted: bool) -> None:
    ratios = tuple(CompositionRatio.model_validate({"category": c, "percent": p, "text": t}) for c, p, t in shares)
    assert ("W304" in codes(record(composition_ratios=ratios))) is doubted


def _table(*rows: tuple[str, int], total: int) -> dict[str, object]:
    """Return the text, allocations and evidence of a table of delegates."""
    text = TEXT + "\n"
    evidence = []
    for index, (unit, delegates) in enumerate(rows):
        start = len(text) + len(unit) + 1
        text += f"{unit}\t{delegates}\n"
        evidence.append(
            Evidence(
                field=f"allocations/{index}", page=1, start=start, end=start + len(str(delegates)),
                quote=str(delegates), confidence=0.9, method="rule:table",
            )
        )  # fmt: skip
    text += f"Tổng cộng\t{total}\n"
    return {
        "text": Text(content=text, origin="plain", condition="clean"),
        "allocations": tuple(Allocation(unit=unit, delegates=number, text="t") for unit, number in rows),
        "evidence": tuple(evidence),
    }


def test_a_table_is_compared_with_its_total_and_with_the_text() -> None:
    table = _table(("Xã Hòa Tiến", 5), ("Xã Hòa Châu", 7), ("Công an", 2), total=14)
    each = DelegateLimit(level="district", kind="exact", min=5, max=5, scope="mỗi xã", text="t")
    assert not {"W315", "W316"} & codes(record(**table))
    assert "W316" in codes(record(**_table(("Xã Hòa Tiến", 5), ("Xã Hòa Châu", 7), total=13)))
    assert "W315" in codes(record(**table, delegate_limits=(each,)))
    at_most = each.model_copy(update={"kind": "max", "min": None, "max": 7})
    assert "W315" not in codes(record(**table, delegate_limits=(at_most,)))


def test_no_conference_no_complaint() -> None:
    assert "W306" not in codes(record(events=(), document_type="CV"))


def test_every_code_stands_in_the_table() -> None:
    table = set(re.findall(r"^([EW]\d{3}) ", module.__doc__ or "", re.MULTILINE))
    used = set(re.findall(r'"([EW]\d{3})"', inspect.getsource(module)))
    assert used == table
    assert {code for code in table if code.startswith("E")} == {
        code for code in table if is_error(Issue(code=code, message=""))
    }
