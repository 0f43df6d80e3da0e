"""The record of one document: the contract with everyone who reads our output.

One pydantic model a group of fields. Titles carry the Vietnamese term; descriptions become the JSON Schema and
the data dictionary. Absent facts are ``None`` or ``()``, never guessed.
Names follow edXML (QCVN 102:2016/BTTTT) and the layout of documents of Nghị định 30/2020/NĐ-CP.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1"] = "1"

BodyLevel = Literal["central", "province", "district", "commune", "other"]
EventLevel = Literal["grassroots", "district", "province", "national", "any"]
Precision = Literal["day", "month", "quarter", "year"]
LimitKind = Literal["max", "min", "exact", "approx", "range", "plenary", "unit_decides"]
RatioCategory = Literal[
    "exemplary",
    "guests",
    "women",
    "ethnic_minority",
    "youth",
    "religious",
    "direct_workers",
    "party",
    "other",
]
AgendaKind = Literal[
    "performance", "flag_salute", "introduction", "opening", "summary_report", "exemplar_talks", "discussion",
    "commendation", "superior_speech", "launch", "response", "delegate_list",
    "election", "resolution", "closing", "other",
]  # fmt: skip


class Model(BaseModel):
    """Frozen; unknown fields are refused, so that a typing error cannot pass for a fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """The file that the record was read from."""

    path: str = Field(description="path as given on the command line; bytes that are not UTF-8 appear as \\xNN")
    sha256: str
    media_type: str
    pages: int | None = Field(default=None, description="number of pages in the file; null for formats without pages")


class TextPage(Model):
    """One page of the text."""

    page: int = Field(description="from 1")
    start: int = Field(description="offset of its first character in `content`")
    end: int
    origin: Literal["text_layer", "ocr", "plain"]
    reason: str = Field(description="why this origin was chosen")
    confidence: float | None = Field(default=None, description="mean confidence of recognition, 0 to 1")


class Text(Model):
    """The restored text of all pages."""

    content: str
    origin: Literal["text_layer", "ocr", "mixed", "plain"]
    condition: str = Field(description="clean, unaccented, garbled, or legacy:<encoding>")
    edits: int = Field(default=0, description="number of changes that restoration made")
    pages: tuple[TextPage, ...] = ()


class DocumentNumber(Model):
    """Số, ký hiệu (edXML CodeNumber, CodeNotation)."""

    number: int | None = Field(default=None, description="null where it is left blank")
    notation: str | None = Field(default=None, description="KH-UBND; CT/TW for '34-CT/TW'")
    year: int | None = Field(default=None, description="of numbers such as 02/2023/TT-BLĐTBXH")


class IssuingBody(Model):
    """Cơ quan ban hành (edXML OrganName), with its place among the administrative units."""

    name: str = Field(description="written out, with the unit that it belongs to")
    level: BodyLevel
    province: str | None = None
    district: str | None = None
    commune: str | None = None
    province_code: str | None = Field(default=None, description="code valid on the day of issue")
    district_code: str | None = None
    commune_code: str | None = None
    province_2025: str | None = Field(default=None, description="the province that it belongs to since 1 July 2025")
    province_2025_code: str | None = None
    commune_2025: tuple[str, ...] = Field(default=(), description="communes that it went to; several are candidates")


class IssuedDate(Model):
    """Ngày ban hành."""

    value: str = Field(description="ISO 8601: 2014-10-27, 2024-12 or 2025")
    precision: Precision
    source: str = Field(description="header, digital_signature, body")


class LegalBasis(Model):
    """Căn cứ: a document that this one rests on."""

    document_type: str | None = None
    code: str | None = None
    date: str | None = None
    issuer: str | None = None
    text: str


class Event(Model):
    """A conference that the plan schedules."""

    level: EventLevel | None = None
    pilot: bool = Field(default=False, description="hội nghị điểm")
    duration_days: float | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    name: str | None = None
    text: str


class DelegateLimit(Model):
    """Số lượng đại biểu."""

    level: EventLevel | None = None
    kind: LimitKind
    min: int | None = None
    max: int | None = None
    condition: str | None = Field(default=None, description="the clause that narrows it")
    scope: str | None = Field(
        default=None,
        description="the unit or group that the number is for, where it is not the whole conference",
    )
    text: str


class CompositionRatio(Model):
    """Cơ cấu đại biểu."""

    level: EventLevel | None = None
    category: RatioCategory
    percent: float
    approximate: bool = False
    text: str


class AgendaItem(Model):
    """Nội dung chương trình: one item."""

    text: str
    kinds: tuple[AgendaKind, ...] = ()
    time: str | None = Field(default=None, description="clock time as HH:MM, where the programme gives one")


class Allocation(Model):
    """Phân bổ đại biểu: a row of an annex that gives a unit its number of delegates."""

    unit: str
    delegates: int
    category: str | None = Field(default=None, description="heading of the column, where there are several")
    text: str


class Presidium(Model):
    """Chủ tọa, đoàn chủ tịch: how many sit in it."""

    min: int | None = None
    max: int | None = None


class Deadline(Model):
    """Thời hạn: the day by which something is due."""

    date: str
    precision: Precision
    text: str


class Task(Model):
    """Nhiệm vụ: what a unit is to do."""

    unit: str
    text: str


class Signer(Model):
    """Người ký."""

    full_name: str | None = None
    position: str | None = None
    competence: str | None = Field(default=None, description="TM., KT., TL., TUQ., Q., with the point")


class Signature(Model):
    """Chữ ký số, as its container claims; validity is not checked."""

    signer: str
    time: str | None = None


class Evidence(Model):
    """Where a value was read."""

    field: str = Field(description="path of the value, such as delegate_limits/0")
    page: int
    start: int
    end: int
    quote: str
    bbox: tuple[float, float, float, float] | None = Field(
        default=None, description="left, top, right, bottom in PDF points from the top left of the page"
    )
    confidence: float
    method: str


class Issue(Model):
    """A remark on a record; it stops nothing."""

    code: str
    message: str


class Facts(Model):
    """What was found in one document: the record without its source and text."""

    document_type: str | None = Field(
        default=None, title="tên loại", description="abbreviation of Nghị định 30/2020/NĐ-CP"
    )
    document_number: DocumentNumber | None = None
    issuing_body: IssuingBody | None = None
    place: str | None = Field(default=None, title="địa danh")
    issued_date: IssuedDate | None = None
    subject: str | None = Field(default=None, title="trích yếu", description="one line, without the document type")
    legal_bases: tuple[LegalBasis, ...] = ()
    events: tuple[Event, ...] = ()
    delegate_limits: tuple[DelegateLimit, ...] = ()
    composition_ratios: tuple[CompositionRatio, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    presidium: Presidium | None = None
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    budget: str | None = Field(default=None, title="kinh phí")
    signer: Signer | None = None
    recipients: tuple[str, ...] = Field(default=(), title="nơi nhận")
    digital_signatures: tuple[Signature, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    issues: tuple[Issue, ...] = ()


class Record(Facts):
    """The record of one document, schema version 1."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    doc_id: str = Field(description="sha256 of the bytes")
    source: Source
    text: Text

    def to_json(self) -> str:
        """Return the record as one line of JSON, its identity first, as the contract shows it."""
        values = self.model_dump(mode="json")
        first = {name: values.pop(name) for name in ("schema_version", "doc_id", "source", "text")}
        return json.dumps(first | values, ensure_ascii=False)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    return Record.model_json_schema()
