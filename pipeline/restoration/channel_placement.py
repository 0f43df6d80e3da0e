"""Where the tone of open oa, oe, uy stands in a garbled document: hóa or hoá, as its letters show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from pipeline.lexicon.syllables import reformed, traditional
from pipeline.restoration.channel_words import Option

_PLAIN_TO_SEE = 2.0  # nats
_FOR_REFORMED = 100  # hundredths of a nat that must speak for hoá, that it is not hóa


class Decided(Protocol):
    """A word that was decided, with its options in other spellings."""

    @property
    def surface(self) -> str:
        """The word as decided."""

    @property
    def rivals(self) -> Sequence[Option]:
        """The options of the same word, in all its spellings."""


class Placement:
    """Where the tone of open oa, oe, uy stands: as the letters show, else as in the rest of the document."""

    def __init__(self, decided: Iterable[Decided]) -> None:
        self.votes: Counter[str] = Counter()
        for choice in decided:
            if lean := _lean(choice):
                self.votes[traditional(choice.surface)] += round(100 * lean)
        self.total = sum(max(-600, min(600, n)) for n in self.votes.values())

    def __call__(self, choice: Decided) -> str:
        """Return the word of *choice* as this document spells it."""
        old, new = traditional(choice.surface), reformed(choice.surface)
        if old == new:
            return choice.surface
        if abs(lean := _lean(choice)) >= _PLAIN_TO_SEE:
            return new if lean > 0 else old
        return new if self.votes[old] + 0.2 * self.total > _FOR_REFORMED else old


def _lean(choice: Decided) -> float:
    """Return how much more the letters seen fit hoá than hóa, in nats, at most 3 either way; 0 for other words."""
    old, new = traditional(choice.surface), reformed(choice.surface)
    if old == new or " " in choice.surface:
        return 0.0
    fits = {option.surface: option.fit for option in choice.rivals}
    if old not in fits or new not in fits:  # the other one was too far off to be a candidate
        return 3.0 * (int(new in fits) - int(old in fits))
    return max(-3.0, min(3.0, fits[new] - fits[old]))
