"""Make `pipeline/resources/syllables.txt` from the corpora: well-formed syllables, the commonest first.

    python models/diacritics/build_syllables.py --corpora ../shared/corpora

A word counts as a syllable when onset, rhyme and tone fit together as Vietnamese spelling has it, and it was seen often
enough not to be a slip; a few highland and loan syllables that break the pattern are listed by hand.
"""

from __future__ import annotations

import argparse
import lzma
import re
import unicodedata
from collections import Counter
from pathlib import Path

from pipeline.lexicon.syllables import split_tone, traditional

SOURCES = ("law", "admin", "news", "wiki")
MIN_COUNT = 3
# Names of highland places keep a final k and clusters that the spelling otherwise does not know.
EXTRA = ("đắk", "đăk", "lắk", "lăk", "krông", "pắk", "kông", "ôtô")

ONSETS = ("ngh", "ng", "gh", "gi", "kh", "nh", "ph", "th", "tr", "ch", *"bcdđghklmnpqrstvx", "")
_OPEN = (
    "a e ê i o ô ơ u ư y ia ya ua ưa ai ao au ay âu ây eo êu iu oa oe oi ôi ơi ui ưi ưu uê uơ uy uya uôi ươi ươu iêu "
    "yêu oai oay oeo uai uao uay uây uyu ue"
)
_CLOSED = {
    "a": "c ch m n ng nh p t",
    "ă": "c m n ng p t",
    "â": "c m n ng p t",
    "e": "c m n ng p t",
    "ê": "c ch m n ng nh p t",
    "i": "ch m n nh p t",
    "o": "c m n ng p t",
    "ô": "c m n ng p t",
    "ơ": "c m n ng p t",
    "u": "c m n ng p t",
    "ư": "c m n ng p t",
    "y": "ch m n nh p t",
    "iê": "c m n ng p t",
    "yê": "m n ng t",
    "uô": "c m n ng p t",
    "ươ": "c m n ng p t",
    "oa": "c ch m n ng nh p t",
    "oă": "c m n ng p t",
    "oe": "m n ng t",
    "uâ": "c m n ng p t",
    "uê": "ch n nh",
    "uy": "ch m n nh p t",
    "uyê": "n t",
    "oo": "c n ng",
    "uơ": "n t",
    "ua": "n ng",
    "ue": "n t",
}
RHYMES = frozenset([*_OPEN.split(), *(nucleus + coda for nucleus, codas in _CLOSED.items() for coda in codas.split())])
_STOPPED_RE = re.compile(r"(c|ch|p|t)$")
_VOWELS = "aăâeêioôơuưy"


def place_tone(base: str, tone: str) -> str:
    """Return *base* with *tone* where traditional spelling puts it.

    >>> [place_tone(base, "\u0300") for base in ("hoa", "nghiêp", "gia", "quy", "hoan")]
    ['hòa', 'nghiềp', 'già', 'quỳ', 'hoàn']
    """
    start = 0
    if re.match(r"(qu|gi)[aăâeêioôơuưy]", base):
        start = 2
    places = [i for i, letter in enumerate(base) if i >= start and letter in _VOWELS]
    if not places:
        return base
    shaped = [i for i in places if base[i] in "ăâêôơư"]
    if shaped:
        at = shaped[-1]
    elif len(places) == 1:
        at = places[0]
    elif places[-1] < len(base) - 1 or len(places) == 3:  # a consonant follows, or three vowels
        at = places[1]
    else:
        at = places[0]
    return unicodedata.normalize("NFC", base[: at + 1] + tone + base[at + 1 :])


def well_formed(word: str) -> bool:
    """Say whether *word* (lower case, traditional placement) follows Vietnamese spelling.

    >>> [well_formed(w) for w in ("nghiệp", "quyền", "gì", "đaị", "chirc", "các", "càc")]
    [True, True, True, False, False, True, False]
    """
    base, tone = split_tone(word)
    if len(tone) > 1 or place_tone(base, tone) != word:
        return False
    if _STOPPED_RE.search(base) and tone not in ("", "\u0301", "\u0323"):
        return False
    for onset in ONSETS:
        if not base.startswith(onset):
            continue
        rhyme = base[len(onset) :]
        if onset == "q":
            if rhyme.startswith("u") and (rhyme in RHYMES or rhyme[1:] in RHYMES):
                return True
        elif rhyme in RHYMES or (onset == "gi" and rhyme in ("", "n", "m", "ch", "p")):
            return True
    return False


def count_words(corpora: Path) -> Counter[str]:
    """Return how often each word (lower case, traditional placement) occurs in the corpora."""
    word_re = re.compile(r"[^\W\d_]+")
    counts: Counter[str] = Counter()
    for source in SOURCES:
        with lzma.open(corpora / f"{source}.txt.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(word_re.findall(line))
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[traditional(word.lower())] += count
    return folded


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("pipeline/resources/syllables.txt"))
    options = parser.parse_args()
    counts = count_words(options.corpora)
    syllables = [w for w, n in counts.items() if n >= MIN_COUNT and (well_formed(w) or w in EXTRA)]
    syllables += [w for w in EXTRA if w not in counts]
    syllables.sort(key=lambda w: (-counts[w], w))
    options.out.write_text("\n".join(syllables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
