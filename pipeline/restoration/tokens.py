"""How text becomes the tokens of the language model: the same for training and for decoding.

The model knows lower-case syllables with tones in the traditional place, a few hundred other words, and abbreviations
in capitals ("TƯ" is not "tư"). Numbers are one token, ends of sentences another; commas, quotes and brackets are
none, so that a word keeps its neighbours across them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.lexicon.syllables import is_syllable, traditional

BOUNDARY, UNKNOWN, NUMBER, ABBREVIATION = range(4)
SPECIALS = ("<s>", "<unk>", "<num>", "<abbr>")

# A word; a number with its inner points and slashes; a mark that ends a sentence.
TOKEN_RE = re.compile(r"[^\W\d_]+|\d+(?:[.,/:]\d+)*|[.!?;:…](?=\s|$)|\n")
ENDS = frozenset(".!?;:…\n")

# Plain or marked syllables that officials also write as abbreviations: Trung ương or Tỉnh ủy, huyện ủy, Đảng ủy, quận
# ủy, công an.
SYLLABLE_ABBREVIATIONS = frozenset({"TU", "TƯ", "HU", "ĐU", "DU", "QU", "CA", "BCA", "THA", "CĐ", "GĐ"})


def model_word(surface: str, heading: bool = False) -> str:
    """Return the form in which the model counts *surface*; *heading* says that its neighbours are in capitals too.

    >>> [model_word(w) for w in ("Hoà", "TƯ", "UBND", "TỈNH")], model_word("TƯ", heading=True)
    (['hòa', 'TƯ', 'UBND', 'tỉnh'], 'tư')
    """
    if len(surface) > 1 and surface.isupper():
        if surface in SYLLABLE_ABBREVIATIONS and not heading:
            return surface
        if not is_syllable(surface):
            return surface
    return traditional(surface.lower())


class Tokenizer:
    """Turns lines into ids of the vocabulary; remembers every spelling it has met."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self._ids = ids
        self._seen: dict[str, tuple[int, ...] | None] = {}

    def __call__(self, line: str) -> list[int]:
        """Return the ids of *line*, ends of sentences among them."""
        out: list[int] = []
        seen = self._seen
        surfaces = TOKEN_RE.findall(line)
        for at, surface in enumerate(surfaces):
            try:
                ids = seen[surface]
            except KeyError:
                ids = seen[surface] = self._read(surface)
            if ids is None:  # an abbreviation, or a word of a heading
                around = surfaces[max(at - 1, 0) : at] + surfaces[at + 1 : at + 2]
                heading = any(len(w) > 1 and w.isupper() for w in around)
                word = model_word(surface, heading)
                ids = (self._ids.get(word, ABBREVIATION),)
            out.extend(ids)
        return out

    def _read(self, surface: str) -> tuple[int, ...] | None:
        if surface in ENDS:
            return (BOUNDARY,)
        if surface[0].isdigit():
            return (NUMBER,)
        if surface in SYLLABLE_ABBREVIATIONS:
            return None
        word = model_word(surface)
        if word in self._ids:
            return (self._ids[word],)
        if surface.isupper() and len(surface) > 1:
            return (ABBREVIATION,)
        for cut in range(len(word) - 1, 0, -1):  # "tờmẫu": two words that lost the blank between them
            left, right = traditional(word[:cut]), traditional(word[cut:])
            if left in self._ids and right in self._ids and is_syllable(left) and is_syllable(right) and cut > 1:
                return self._ids[left], self._ids[right]
        return (UNKNOWN,)
