"""Every kind of file that a plan can reach us as, by name.

Names are read from left to right: ``text``, ``docx``, ``pdf``, ``tiff``, ``scan`` and what is special about it,
such as ``pdf-tcvn3``, ``scan-bad-150-seal`` or ``scan-typical-200-upside-blank``; two hyphens name the scan behind
a special one, as in ``scan-garbled--bad-150``. `make_variant` makes one; `SCAN_EXTRAS` lists what a scan can have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args

from corpus.layout import GeneratedPlan, Layout
from corpus.render.degrade import QualityName
from corpus.render.images import Coding, image_to_jpeg, image_to_png, images_to_pdf, images_to_tiff
from corpus.render.layers import encrypted, garbled_layer, legacy_layer, mixed, stamp_layer
from corpus.render.pdf import render_pdf
from corpus.render.pen import Pen
from corpus.render.plain import legacy_text, page_texts, printed_texts, side_by_side, text_file, unaccented_text
from corpus.render.scan import Scan, scan_pages
from corpus.render.signed import VIETNAM, sign_pdf
from corpus.render.word import render_docx

DEFAULT_VARIANTS = (
    "text", "text-unaccented", "text-tcvn3", "text-vni", "text-viqr", "docx", "docx-tcvn3", "pdf", "pdf-tcvn3",
    "pdf-signed", "scan-typical-200-seal", "scan-bad-200-seal-warp", "scan-fax-200", "scan-garbled", "scan-stamp",
    "mixed", "tiff",
)  # fmt: skip
BROKEN = ("pdf-encrypted", "pdf-truncated", "pdf-empty", "pdf-foreign")


class VariantError(ValueError):
    """No variant has that name."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A file of a plan: its ending, its bytes, and what its gold has besides the plan's."""

    ending: str
    data: bytes
    gold: tuple[tuple[str, Any], ...] = ()
    whole: bool = True  # False: not all pages of the plan, so its gold does not hold


def _no_change(scan: Scan) -> Scan:
    return scan


SCAN_EXTRAS: dict[str, Callable[[Scan], Scan]] = {
    "seal": lambda s: replace(s, seal="signature", signature=True),
    "headerseal": lambda s: replace(s, seal="both", signature=True),
    "incoming": lambda s: replace(s, incoming=True),
    "urgent": lambda s: replace(s, stamp="HỎA TỐC"),
    "warp": lambda s: replace(s, warp=True),
    "border": lambda s: replace(s, border=True),
    "staple": lambda s: replace(s, staple=True),
    "upside": lambda s: replace(s, turned=(*s.turned, (2, 180))),  # sheet 2 was fed the wrong way round
    "upsidefirst": lambda s: replace(s, turned=(*s.turned, (1, 180))),
    "quarter": lambda s: replace(s, turned=(*s.turned, (1, 90))),
    "quarterleft": lambda s: replace(s, turned=(*s.turned, (1, 270))),
    "blank": lambda s: replace(s, blank_after=(*s.blank_after, 1)),
    "grey": lambda s: replace(s, colour=False),
    "typed": lambda s: replace(s, handwriting=False),
    "ccitt": _no_change,  # these two say how the image is coded
    "flate1": _no_change,
}
TEXTS: dict[str, Callable[[Layout], bytes]] = {
    "text": lambda layout: text_file(page_texts(layout)),
    "text-lines": lambda layout: text_file(printed_texts(layout)),
    "text-columns": lambda layout: text_file(side_by_side(layout)),
    "text-unaccented": unaccented_text,
    "text-tcvn3": lambda layout: legacy_text(layout, "tcvn3"),
    "text-vni": lambda layout: legacy_text(layout, "vni"),
    "text-viqr": lambda layout: legacy_text(layout, "viqr"),
}
OFFICE: dict[str, tuple[str, Callable[[Layout], bytes]]] = {
    "docx": ("docx", render_docx),
    "docx-tcvn3": ("docx", lambda layout: render_docx(layout, "tcvn3")),
    "docx-vni": ("docx", lambda layout: render_docx(layout, "vni")),
    "pdf": ("pdf", render_pdf),
    "pdf-tcvn3": ("pdf", lambda layout: legacy_layer(layout, "tcvn3")),
    "pdf-vni": ("pdf", lambda layout: legacy_layer(layout, "vni")),
    "pdf-encrypted": ("pdf", lambda layout: encrypted(render_pdf(layout))),
    "pdf-truncated": ("pdf", lambda layout: (lambda data: data[: len(data) // 3])(render_pdf(layout))),
    "pdf-empty": ("pdf", lambda layout: b""),
    "pdf-foreign": ("pdf", lambda layout: b"<!DOCTYPE html>\n<title>404</title>\n<p>Not found\n"),
}
# what comes out of a scanner but is no plain scan, with the scan that is behind it unless "--" names another
SCANNED = {
    "scan-garbled": "typical-200-seal",
    "scan-stamp": "typical-200-seal",
    "scan-signed": "typical-200-seal",
    "mixed": "typical-200-seal",
    "tiff": "typical-200-seal-grey",
    "tiff-fax": "fax-200",
    "jpeg": "typical-200-seal",
    "png": "clean-150",
}


def parse_scan(name: str) -> tuple[Scan, Coding]:
    """Return the scan that a name such as ``scan-bad-150-seal-ccitt`` describes, and how it is coded.

    Raises:
        VariantError: the name is no scan's.

    >>> parse_scan("scan-fax-200")[1]
    'ccitt'
    """
    _, quality, dpi, *extras = name.split("-") if name.count("-") >= 2 else (name, "", "")
    if quality not in get_args(QualityName) or not dpi.isdigit() or not set(extras) <= set(SCAN_EXTRAS):
        raise VariantError(
            f"no variant {name!r}; scans are called scan-QUALITY-DPI[-EXTRA...], with extras {', '.join(SCAN_EXTRAS)}"
        )
    scan = Scan(quality=quality, dpi=int(dpi))  # type: ignore[arg-type]
    for extra in extras:
        scan = SCAN_EXTRAS[extra](scan)
    coding: Coding = "jpeg" if scan.colour else "grey"
    if quality == "fax" or "ccitt" in extras:
        coding = "ccitt"
    if "flate1" in extras:
        coding = "flate1"
    return scan, coding


def plan_seed(plan_id: str, variant: str, seed: int) -> int:
    """Return the seed of one file: every file of a corpus is scanned and written differently."""
    return int.from_bytes(hashlib.sha256(f"{plan_id}|{variant}|{seed}".encode()).digest()[:6], "big")


def _signer(plan: GeneratedPlan) -> tuple[str, str, datetime]:
    """Return who signs digitally, for which office, and when: as the plan's gold says."""
    office = str((plan.gold.get("issuing_body") or {}).get("name") or "Ủy ban nhân dân")
    person = str((plan.gold.get("signer") or {}).get("full_name") or office)
    day = str((plan.gold.get("issued_date") or {}).get("value") or "2020-06-15")
    year, month, date = (int(part) for part in f"{day}-15-15".split("-")[:3])
    return person, office, datetime(year, month, date, 17, 30, 4, tzinfo=VIETNAM)


def _signed(plan: GeneratedPlan, document: bytes) -> Variant:
    person, office, time = _signer(plan)
    facts = ({"signer": person, "time": time.isoformat()},)
    return Variant("pdf", sign_pdf(document, person, office, time), (("digital_signatures", list(facts)),))


def _stamp_rows(plan: GeneratedPlan) -> list[str]:
    person, office, time = _signer(plan)
    return [f"Người ký: {person}", f"Cơ quan: {office}", f"Thời gian ký: {time:%d.%m.%Y %H:%M:%S} +07:00"]


def make_variant(plan: GeneratedPlan, name: str, seed: int, pen: Pen | None = None) -> Variant:
    """Return *plan* as the variant *name*.

    Args:
        plan: what to render.
        name: see the module's docstring.
        seed: of the corpus; the plan's and the variant's name are mixed in.
        pen: the hand that fills in the blanks of scans; None chooses one by the seed.

    Raises:
        VariantError: no variant has that name.
    """
    layout = plan.layout
    own = plan_seed(plan.plan_id, name, seed)
    if name in TEXTS:
        return Variant("txt", TEXTS[name](layout))
    if name in OFFICE:
        ending, render = OFFICE[name]
        return Variant(ending, render(layout))
    if name == "pdf-signed":
        return _signed(plan, render_pdf(layout))
    kind, _, described = name.partition("--")
    if kind not in SCANNED:
        scan, coding = parse_scan(name)
        return Variant("pdf", images_to_pdf(scan_pages(layout, scan, own, pen), coding))
    scan, coding = parse_scan(f"scan-{described or SCANNED[kind]}")
    if kind == "mixed":
        scan = replace(scan, handwriting=False)  # number and day stand on the page that comes from Word
    pages = scan_pages(layout, scan, own, pen)
    match kind:
        case "scan-garbled":
            return Variant("pdf", garbled_layer(pages, coding=coding))
        case "scan-stamp":
            return Variant("pdf", stamp_layer(images_to_pdf(pages, coding), _stamp_rows(plan)))
        case "scan-signed":
            return _signed(plan, stamp_layer(images_to_pdf(pages, coding), _stamp_rows(plan)))
        case "mixed":
            return Variant("pdf", mixed(render_pdf(layout), images_to_pdf(pages, coding), (1,)))
        case "jpeg":
            return Variant("jpg", image_to_jpeg(pages[0]), whole=len(pages) == 1)
        case "png":
            return Variant("png", image_to_png(pages[0]), whole=len(pages) == 1)
        case _:
            return Variant("tif", images_to_tiff(pages, one_bit=coding == "ccitt"))
