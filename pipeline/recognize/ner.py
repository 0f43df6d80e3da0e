"""Named entities by the trained spaCy pipeline, merged with those that rules find.

The model and spaCy itself are loaded at the first call (about a second together) and kept, so that processes which
need no entities do not pay for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline.assets import model_path
from pipeline.data import Document
from pipeline.recognize.ner_rules import LABELS, Entity, rule_entities, without_overlaps

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["LABELS", "Entity", "entities", "learned_entities", "rule_entities"]

# Chosen on our own labelled sentences (models/ner/README.md): codes and counts are left to the rules, since the model
# shows no gain there; of shares it fills the gaps of the rules; everything else is the model's alone.
RULES_ONLY = frozenset({"DOC", "COUNT"})
RULES_FIRST = RULES_ONLY | {"RATIO"}
_BLOCK = 1500  # characters a call: longer documents are cut at line ends, which bounds the memory of a call


def entities(source: str | Document) -> tuple[Entity, ...]:
    """Return the entities of a text, none over another, sorted by start.

    The score is high where rules and model agree on extent and label, less where only the label is the same, and
    low where one stands alone.

    Args:
        source: a text, or a document whose text is taken; offsets are those of that text.

    Raises:
        MissingResourceError: the model is not installed.
    """
    text = source if isinstance(source, str) else source.text
    ruled = rule_entities(text)
    learned = learned_entities(text)
    first = [entity for entity in ruled if entity.label in RULES_FIRST]
    rest = [entity for entity in learned if entity.label not in RULES_ONLY]
    merged = without_overlaps([*first, *rest])
    places = {(e.start, e.end, e.label) for e in ruled} & {(e.start, e.end, e.label) for e in learned}
    return tuple(
        Entity(e.start, e.end, e.label, _score(e, (e.start, e.end, e.label) in places, ruled, learned)) for e in merged
    )


def learned_entities(text: str) -> tuple[Entity, ...]:
    """Return the entities of the trained pipeline alone; the score is that of a find without a second opinion."""
    found = []
    for start, block in _blocks(text):
        for span in _model()(block).ents:
            found.append(Entity(start + span.start_char, start + span.end_char, span.label_, 0.7))
    return tuple(found)


def _score(entity: Entity, same: bool, ruled: tuple[Entity, ...], learned: tuple[Entity, ...]) -> float:
    """Return 0.95 for agreement, 0.85 for the same label over another extent, 0.7 for one source alone."""
    if same:
        return 0.95
    other = [
        e
        for source in (ruled, learned)
        for e in source
        if e.label == entity.label
        and (e.start, e.end) != (entity.start, entity.end)
        and e.start < entity.end
        and e.end > entity.start
    ]
    return 0.85 if other else 0.7


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield parts of *text* with where they start, cut at line ends."""
    start = 0
    end = 0
    for line in re.finditer(r"[^\n]*\n?", text):
        if line.end() - start > _BLOCK and end > start:
            yield start, text[start:end]
            start = end
        end = line.end()
    if text[start:].strip():
        yield start, text[start:]


@cache
def _model() -> Language:
    """Return the trained pipeline.

    Raises:
        MissingResourceError: it is not installed.
    """
    path = model_path("ner/weights")
    import spacy  # here, not above: it takes 0.6 s, which only those who ask for entities should pay

    from pipeline.recognize import ner_tokens  # noqa: F401  (registers the tokenizer that the model names)

    return spacy.load(path)
