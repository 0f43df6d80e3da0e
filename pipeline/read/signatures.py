"""Digital signatures of a PDF: who signed and when, as the container claims. Validity is not checked."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import cms

from pipeline.data import DigitalSignature
from pipeline.lexicon.folding import fold
from pipeline.read.plain import decode_bytes
from pipeline.read.sniff import PDF, TEXT, sniff

log = logging.getLogger(__name__)

MAX_FIELDS = 5_000
_PDF_DATE_RE = re.compile(
    r"D?:?(?P<y>\d{4})(?P<m>\d\d)?(?P<d>\d\d)?(?P<H>\d\d)?(?P<M>\d\d)?(?P<S>\d\d)?"
    r"(?P<zone>Z|[+-]\d\d'?(?:\d\d)?'?)?"
)
_STAMP_TIME_RE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\s*(Z|[+-]\d\d:?\d\d)", re.IGNORECASE)
_STAMP_SIGNER_RE = re.compile(r"da ky len van ban")
_ADDRESS_RE = re.compile(r"\s*<[^<>]*>\s*$")
VIETNAM = timezone(timedelta(hours=7))


def read_signatures(path: Path, media_type: str | None = None) -> tuple[DigitalSignature, ...]:
    """Return the digital signatures of the file at *path*, earliest first; none for formats without them.

    Text exports carry the stamp of a signature as lines of text; those are read too.

    Raises:
        InputFileError: *media_type* is not given and cannot be told.
    """
    media_type = media_type or sniff(path)
    if media_type == PDF:
        found = tuple(_pdf_signatures(path))
    elif media_type == TEXT:
        found = stamp_signatures(decode_bytes(path.read_bytes(), path.name).splitlines())
    else:
        return ()
    return tuple(sorted(dict.fromkeys(found), key=lambda s: (s.time is None, s.time.timestamp() if s.time else 0.0)))


def stamp_signatures(lines: Sequence[str]) -> tuple[DigitalSignature, ...]:
    """Return the signatures whose stamps stand among *lines*: a time, then the signer who "đã ký lên văn bản này".

    >>> stamp_signatures(["2019-09-30T17:30:04+0700", "Việt Nam", "Sở Nội vụ<snv@tinh.gov.vn> đã ký lên văn bản này!"])
    (DigitalSignature(signer='Sở Nội vụ', time=datetime.datetime(2019, 9, 30, 17, 30, 4, \
tzinfo=datetime.timezone(datetime.timedelta(seconds=25200)))),)
    """
    found: list[DigitalSignature] = []
    time: datetime | None = None
    for line in lines:
        if match := _STAMP_TIME_RE.search(line):
            zone = "+00:00" if match[2].upper() == "Z" else match[2]
            try:
                time = datetime.fromisoformat(match[1] + (zone if ":" in zone else zone[:3] + ":" + zone[3:]))
            except ValueError:
                time = None
        if match := _STAMP_SIGNER_RE.search(fold(line)):
            signer = _ADDRESS_RE.sub("", line[: match.start()].rstrip()).strip()
            if signer:
                found.append(DigitalSignature(signer, time))
    return tuple(found)


def parse_pdf_date(text: str) -> datetime | None:
    """Return a PDF date; one without a zone is taken for Vietnamese time.

    >>> parse_pdf_date("D:20190930173004+07'00'").isoformat()
    '2019-09-30T17:30:04+07:00'
    >>> parse_pdf_date("D:2019").isoformat(), parse_pdf_date("tomorrow")
    ('2019-01-01T00:00:00+07:00', None)
    """
    match = _PDF_DATE_RE.match(text.strip())
    if not match:
        return None
    zone = match["zone"]
    if zone is None:
        offset: timezone = VIETNAM
    elif zone == "Z":
        offset = UTC
    else:
        digits = re.sub(r"\D", "", zone).ljust(4, "0")
        delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
        offset = timezone(-delta if zone[0] == "-" else delta)
    try:
        return datetime(
            int(match["y"]), int(match["m"] or 1), int(match["d"] or 1),
            int(match["H"] or 0), int(match["M"] or 0), int(match["S"] or 0), tzinfo=offset,
        )  # fmt: skip
    except ValueError:
        return None


def _pdf_signatures(path: Path) -> Iterator[DigitalSignature]:
    try:
        with pikepdf.open(io.BytesIO(path.read_bytes()), suppress_warnings=True) as pdf:
            for value in _signature_values(pdf):
                signature = _signature(value)
                if signature is not None:
                    yield signature
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, TypeError, KeyError) as error:
        log.info("signatures cannot be read: %s", error)


def _signature_values(pdf: pikepdf.Pdf) -> Iterator[Any]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    queue: list[tuple[Any, Any]] = [(field, None) for field in _items(form.get("/Fields"))]
    seen = 0
    while queue and seen < MAX_FIELDS:
        field, inherited = queue.pop(0)
        seen += 1
        if not isinstance(field, pikepdf.Dictionary):
            continue
        kind = field.get("/FT", inherited)
        value = field.get("/V")
        if kind == pikepdf.Name.Sig and isinstance(value, pikepdf.Dictionary):
            yield value
        queue += [(kid, kind) for kid in _items(field.get("/Kids"))]


def _items(array: Any) -> list[Any]:
    return list(array)[:MAX_FIELDS] if isinstance(array, pikepdf.Array) else []


def _signature(value: Any) -> DigitalSignature | None:
    if str(value.get("/Type", "/Sig")) == "/DocTimeStamp" or str(value.get("/SubFilter", "")) == "/ETSI.RFC3161":
        return None  # a time stamp of the whole file names the stamping service, not who signed
    signer, time = _from_container(value.get("/Contents"))
    if time is None and "/M" in value:
        time = parse_pdf_date(str(value["/M"]))
    if not signer and "/Name" in value:
        signer = str(value["/Name"]).strip()
    return DigitalSignature(signer, time) if signer or time else None


def _from_container(contents: Any) -> tuple[str, datetime | None]:
    """Return the signer's name in the certificate and the signed time of a CMS container."""
    if contents is None:
        return "", None
    try:
        info = cms.ContentInfo.load(bytes(contents), strict=False)
        if info["content_type"].native != "signed_data":
            return "", None
        data = info["content"]
        signer_info = data["signer_infos"][0]
        return _signer_name(data["certificates"], signer_info["sid"]), _signing_time(signer_info)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError) as error:
        log.info("signature container cannot be read: %s", error)
        return "", None


def _signer_name(certificates: Any, sid: Any) -> str:
    plain = [choice.chosen for choice in certificates if choice.name == "certificate"]
    if not plain:
        return ""
    own = plain[0]
    for certificate in plain:
        if (
            sid.name == "issuer_and_serial_number"
            and certificate.serial_number == sid.chosen["serial_number"].native
            and certificate.issuer == sid.chosen["issuer"]
        ) or (sid.name == "subject_key_identifier" and certificate.key_identifier == sid.chosen.native):
            own = certificate
            break
    subject = own.subject.native
    for part in ("common_name", "organization_name", "organizational_unit_name"):
        name = subject.get(part)
        if isinstance(name, list):
            name = name[0] if name else None
        if name:
            return " ".join(str(name).split())
    return ""


def _signing_time(signer_info: Any) -> datetime | None:
    attributes = signer_info["signed_attrs"]
    for attribute in attributes if attributes.native else ():
        if attribute["type"].native == "signing_time":
            time = attribute["values"][0].native
            if isinstance(time, datetime):
                return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(VIETNAM)
    return None
