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
    sha256: str = Field(description="of the bytes of the file")
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
    level: BodyLevel = Field(description="level of the administration that it serves")
    province: str | None = Field(default=None, description="name without tỉnh or thành phố, as on that day")
    district: str | None = Field(
        default=None, description="huyện, quận, thị xã, thành phố of a province; until 30 June 2025"
    )
    commune: str | None = Field(default=None, description="xã, phường, thị trấn, đặc khu")
    province_code: str | None = Field(default=None, description="code of the General Statistics Office on that day")
    district_code: str | None = Field(default=None, description="the same; null where the name fits several districts")
    commune_code: str | None = Field(default=None, description="the same")
    province_2025: str | None = Field(default=None, description="the province that it belongs to since 1 July 2025")
    province_2025_code: str | None = Field(default=None, description="code of that province")
    commune_2025: tuple[str, ...] = Field(default=(), description="communes that it went to; several are candidates")


class IssuedDate(Model):
    """Ngày ban hành."""

    value: str = Field(description="ISO 8601: 2014-10-27, 2024-12 or 2025")
    precision: Precision = Field(description="how exactly the document says it")
    source: str = Field(description="header, digital_signature, body")


class LegalBasis(Model):
    """Căn cứ: a document that this one rests on."""

    document_type: str | None = Field(default=None, description="abbreviation of Nghị định 30/2020/NĐ-CP")
    code: str | None = Field(default=None, description="number and notation, such as 91/2017/NĐ-CP")
    date: str | None = Field(default=None, description="its day of issue, ISO 8601")
    issuer: str | None = Field(default=None, description="written out; 'UBND tỉnh' is that of the province of the plan")
    text: str = Field(description="the words of the page")


class Event(Model):
    """A conference that the plan schedules."""

    level: EventLevel | None = Field(default=None, description="level of the conference; any: the words name none")
    pilot: bool = Field(default=False, description="hội nghị điểm")
    duration_days: float | None = Field(default=None, description="in days; half a day, or a session, is 0.5")
    start: str | None = Field(default=None, description="first day, ISO 8601; of a month its first")
    end: str | None = Field(default=None, description="last day, ISO 8601; 'hoàn thành trước' gives only this one")
    precision: Precision | None = Field(default=None, description="how exactly the words say it")
    name: str | None = Field(default=None, description="name of the conference, where the words hold one")
    text: str = Field(description="the words of the page")


class DelegateLimit(Model):
    """Số lượng đại biểu."""

    level: EventLevel | None = Field(default=None, description="level of the conference; any: the words name none")
    kind: LimitKind = Field(description="plenary: all members; unit_decides: the number is left to the unit")
    min: int | None = Field(default=None, description="delegates; the number itself for exact and approx")
    max: int | None = Field(default=None, description="delegates; the number itself for exact and approx")
    condition: str | None = Field(default=None, description="the clause that narrows it")
    scope: str | None = Field(
        default=None,
        description="the unit or group that the number is for, where it is not the whole conference",
    )
    text: str = Field(description="the words of the page")


class CompositionRatio(Model):
    """Cơ cấu đại biểu."""

    level: EventLevel | None = Field(default=None, description="level of the conference; any: the words name none")
    category: RatioCategory = Field(description="whose share it is")
    percent: float = Field(description="of the delegates, 0 to 100; a minimum share carries its bound")
    approximate: bool = Field(default=False, description="khoảng, trên dưới")
    text: str = Field(description="the words of the page")


class AgendaItem(Model):
    """Nội dung chương trình: one item."""

    text: str = Field(description="the item without its numbering and time")
    kinds: tuple[AgendaKind, ...] = Field(default=(), description="what happens in it, one or more")
    time: str | None = Field(default=None, description="clock time as HH:MM, where the programme gives one")


class Allocation(Model):
    """Phân bổ đại biểu: a row of an annex that gives a unit its number of delegates."""

    unit: str = Field(description="as printed")
    delegates: int = Field(description="persons")
    category: str | None = Field(default=None, description="heading of the column, where there are several")
    text: str = Field(description="the row")


class Presidium(Model):
    """Chủ tọa, đoàn chủ tịch: how many sit in it."""

    min: int | None = Field(default=None, description="persons at least")
    max: int | None = Field(default=None, description="persons at most")


class Deadline(Model):
    """Thời hạn: the day by which something is due."""

    date: str = Field(description="ISO 8601")
    precision: Precision = Field(description="how exactly the words say it")
    text: str = Field(description="the words of the page")


class Task(Model):
    """Nhiệm vụ: what a unit is to do."""

    unit: str = Field(description="as printed")
    text: str = Field(description="what it is to do")


class Signer(Model):
    """Người ký."""

    full_name: str | None = Field(default=None, description="with capitals as in a sentence, without titles")
    position: str | None = Field(default=None, description="chức vụ, such as Phó Chủ tịch")
    competence: str | None = Field(default=None, description="TM., KT., TL., TUQ., Q., with the point")


class Signature(Model):
    """Chữ ký số, as its container claims; validity is not checked."""

    signer: str = Field(description="name in the certificate")
    time: str | None = Field(default=None, description="ISO 8601 with the offset of its zone")


class Evidence(Model):
    """Where a value was read."""

    field: str = Field(description="path of the value, such as delegate_limits/0")
    page: int = Field(description="from 1")
    start: int = Field(description="offset of the first character in `text.content`")
    end: int = Field(description="offset after the last character")
    quote: str = Field(description="the characters there")
    bbox: tuple[float, float, float, float] | None = Field(
        default=None, description="left, top, right, bottom in PDF points from the top left of the page"
    )
    confidence: float = Field(description="how likely the value is right, 0 to 1")
    method: str = Field(description="what read it, such as rule:count_phrase")


class Issue(Model):
    """A remark on a record; it stops nothing."""

    code: str = Field(description="fixed; W for doubts about values, P for the page")
    message: str = Field(description="what is doubtful")


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
