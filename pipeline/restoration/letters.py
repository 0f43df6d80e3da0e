"""What a word that is none may have been: syllables that differ in one letter, as recognizers lose or mistake them.

Good recognizers drop the thin end of a line ("trườn", "thươn"), read one letter as another of its shape ("troig"), or
read a vowel with marks twice ("cấáp"). Only words that are no syllable and unknown to the model come here.
"""

from __future__ import annotations

from collections.abc import Container

_LETTERS = "abcdeghiklmnopqrstuvxyf"
_SHAPES = ("iltfrj", "nuhrv", "ceoaq", "gyq", "bhk", "mn", "in", "dcao", "pnr", "vy", "sg", "xk")  # drawn alike
_LOST_END = 0.5  # nats; the last letter was lost
_LOST = 2.0  # another letter was
_TWICE = 0.5  # a letter was read twice
_ADDED = 2.5  # a letter was read where none is
_ALIKE = 1.0  # a letter was read as one of its shape
_OTHER = 3.0  # as any other


def near(plain: str, known: Container[str]) -> dict[str, float]:
    """Return the *known* words one letter away from *plain*, and how unlikely each misreading is, in nats.

    >>> near("troig", {"trong", "trog", "truong"})
    {'trog': 2.5, 'trong': 1.0}
    >>> near("truon", {"truong", "tron"}), near("caap", {"cap"})
    ({'tron': 2.5, 'truong': 0.5}, {'cap': 0.5})
    """
    found: dict[str, float] = {}

    def offer(word: str, cost: float) -> None:
        if word in known and cost < found.get(word, 9.0):
            found[word] = cost

    for at, letter in enumerate(plain):
        rest = plain[at + 1 :]
        offer(plain[:at] + rest, _TWICE if plain[at - 1 : at] == letter else _ADDED)
        for other in _LETTERS:
            if other != letter:
                alike = any(letter in shape and other in shape for shape in _SHAPES)
                offer(plain[:at] + other + rest, _ALIKE if alike else _OTHER)
    for at in range(len(plain) + 1):
        for other in _LETTERS:
            offer(plain[:at] + other + plain[at:], _LOST_END if at == len(plain) else _LOST)
    return found
