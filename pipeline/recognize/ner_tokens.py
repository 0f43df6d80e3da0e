"""Words and signs of a text for spaCy: every token keeps its place, so that spans are spans of the text.

Syllables stay apart: joining them into words by segmentation costs ten times the time of the model itself and
goes wrong on damaged text, while the window of the model spans five syllables to either side anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN_RE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_+|\s")


class WordTokenizer:
    """Runs of letters, runs of digits and single signs; a blank belongs to the token before it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of *text*; their texts and blanks joined are *text* again."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN_RE.finditer(text):
            if match[0] == " " and spaces and not spaces[-1] and words[-1] != " ":
                spaces[-1] = True
            else:
                words.append(match[0])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Path, **_: object) -> None:
        """Write nothing: there is no state."""

    def from_disk(self, path: Path, **_: object) -> WordTokenizer:
        """Read nothing: there is no state."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Return no state."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> WordTokenizer:
        """Take no state."""
        return self


@registry.tokenizers("kehoach.words.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Return what spaCy calls to make the tokenizer of a pipeline."""

    def make(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return make
