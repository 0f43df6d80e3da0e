"""Digitally signed PDFs, with a certificate made for the purpose; key, time and bytes follow from the input."""

from __future__ import annotations

import asyncio
import hashlib
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

VIETNAM = timezone(timedelta(hours=7))


def _certificate(name: str, office: str, key: Ed25519PrivateKey) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
        .not_valid_before(datetime(2010, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
    )
    return builder.sign(key, None)


def sign_pdf(document: bytes, signer: str, office: str, time: datetime) -> bytes:
    """Return *document* signed in an incremental update by *signer*, who works for *office*.

    Args:
        document: the bytes of a PDF; they stay as they are and the signature is appended.
        signer: the common name of the certificate.
        office: its organization.
        time: the claimed time of signing, with its zone.
    """
    seed = hashlib.sha256(f"{signer}|{office}".encode()).digest()
    key = Ed25519PrivateKey.from_private_bytes(seed)
    certificate = _certificate(signer, office, key).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    trusted: Any = SimpleCertificateStore  # ships no annotations
    hand = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=trusted(),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    writer._document_id[1] = ByteStringObject(hashlib.sha256(document).digest()[:16])  # random otherwise
    writer._update_meta = lambda: None  # it would write the time of today
    steps = PdfCMSEmbedder().write_cms(field_name="Signature1", writer=writer)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=SignatureObject(timestamp=time, bytes_reserved=8192)))
    digest, output = steps.send(SigIOSetup(md_algorithm="sha512", in_place=True))
    attributes = PdfCMSSignedAttributes(signing_time=time)
    cms = asyncio.run(hand.async_sign(digest.document_digest, "sha512", signed_attr_settings=attributes))
    steps.send(cms)
    return bytes(output.getvalue())
