"""A record as rows of the tables of `pipeline.dataset.tables`."""

from __future__ import annotations

from typing import Any

from pipeline.dataset.tables import LISTS
from pipeline.record import Record

Row = dict[str, Any]


def document_row(record: Record, state: str) -> Row:
    """Return the row of table ``documents``."""
    number, body, issued = record.document_number, record.issuing_body, record.issued_date
    presidium, signer = record.presidium, record.signer
    return {
        "doc_id": record.doc_id,
        "path": record.source.path,
        "media_type": record.source.media_type,
        "pages": record.source.pages,
        "state": state,
        "text_origin": record.text.origin,
        "condition": record.text.condition,
        "document_type": record.document_type,
        "number": number and number.number,
        "notation": number and number.notation,
        "number_year": number and number.year,
        "body_name": body and body.name,
        "body_level": body and body.level,
        "province": body and body.province,
        "district": body and body.district,
        "commune": body and body.commune,
        "province_code": body and body.province_code,
        "district_code": body and body.district_code,
        "commune_code": body and body.commune_code,
        "province_2025": body and body.province_2025,
        "province_2025_code": body and body.province_2025_code,
        "place": record.place,
        "issued_date": issued and issued.value,
        "issued_precision": issued and issued.precision,
        "issued_source": issued and issued.source,
        "subject": record.subject,
        "presidium_min": presidium and presidium.min,
        "presidium_max": presidium and presidium.max,
        "budget": record.budget,
        "signer_name": signer and signer.full_name,
        "signer_position": signer and signer.position,
        "signer_competence": signer and signer.competence,
        "text": record.text.content,
        "record": record.to_json(),
    }


def list_rows(record: Record) -> dict[str, list[Row]]:
    """Return the rows of every list table, by table; tables without rows are left out."""
    rows: dict[str, list[Row]] = {}
    for field, table in LISTS.items():
        items = getattr(record, field)
        if items:
            rows[table] = [
                {"doc_id": record.doc_id, "position": position}
                | ({"name": item} if isinstance(item, str) else item.model_dump(mode="json"))
                for position, item in enumerate(items)
            ]
    return rows
