"""A signer's name where the rules found only the post: what the entity model takes for a person below it.

A pen stroke or a seal across the signature damages the name, and rules want a clean one. The model is asked only then,
and only about the lines below the post, so that a person named in the text cannot become the signer.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.data import Document
from pipeline.lexicon.folding import fold
from pipeline.lexicon.names import FAMILY_NAMES
from pipeline.normalize.people import title_case
from pipeline.recognize.found import Found
from pipeline.recognize.ner import learned_entities
from pipeline.record import Signer

LINES_BELOW = 10
"""How far below the post a name can stand: the space for the signature is four lines, a seal makes some junk lines."""

ZONES = ("signature", "body")

CONFIDENCE = 0.5
"""A coin's toss: on twenty real scans one name was found so, and it was right; stamps and pens leave worse ones."""

_FAMILY_NAMES = frozenset(map(fold, FAMILY_NAMES))


def name_below(document: Document, signer: Found[Signer] | None) -> Found[Signer] | None:
    """Return *signer* with the name that the model finds below its post, or as it is."""
    if signer is None or signer.value.full_name or not signer.spans:
        return signer
    start = max(end for _, end in signer.spans)
    page = next((line.page for line in document.lines if line.start <= start <= line.end), None)
    below = [line for line in document.lines if line.start >= start and line.page == page and line.zone in ZONES]
    for line in reversed(below[:LINES_BELOW]):
        text = document.text[line.start : line.end]
        for entity in learned_entities(text):
            words = text[entity.start : entity.end].split()
            if entity.label == "PER" and 2 < len(words) < 6 and fold(words[0]) in _FAMILY_NAMES:
                span = (line.start + entity.start, line.start + entity.end)
                value = signer.value.model_copy(update={"full_name": title_case(" ".join(words))})
                return replace(signer, value=value, spans=(*signer.spans, span), confidence=CONFIDENCE, method="ner")
    return signer
