"""Whole posts and names in damaged readings of one line, and what several readings of it make up together.

Posts are few and known; names are made of a family name and words that the lexicon knows. A word that nobody could
read is mended only where a single word of the lexicon is one mark or letter away, and a name is given up rather than
cut where its beginning may be lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

import numpy as np
from unidecode import unidecode

from pipeline.lexicon.letters import cased
from pipeline.lexicon.names import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES
from pipeline.lexicon.posts import POSTS
from pipeline.lexicon.syllables import is_syllable, traditional
from pipeline.ocr.tesseract import RawLine, RawWord

Box = tuple[int, int, int, int]

LEAST = 0.4  # confidence under which a reading of a known name or post is not believed
LEAST_POST = 0.25  # the same of a known post, which is unlikely to come about by chance
SHARE = 0.6  # of a reading's letters that a known name or post makes up; what is left is a seal
SURE_SYLLABLE = 0.85  # confidence from which any syllable may be part of a name
SURE_WORD = 0.8  # confidence from which a word tells of the post that it ends
ALIKE = 0.87  # likeness from which a damaged line is a post
MENDED = 0.5  # confidence of a word that the lexicon mended
COMPETENCES = frozenset({"tm", "t/m", "kt", "k/t", "tl", "t/l", "tuq", "q"})
_SPECKS = ".,;:'\"“”‘’`*_|-–—=~«»()[]"
_LISTED_RE = re.compile(r"\w{2}[,;]$")
_LONGEST_POST = max(len(key.split()) for key in POSTS)
_FAMILIES = frozenset(FAMILY_NAMES)
_OTHERS = frozenset((*FAMILY_NAMES, *MIDDLE_NAMES, *GIVEN_NAMES))
_MIDDLES = frozenset((*MIDDLE_NAMES, *GIVEN_NAMES))
_INNER_CAPITAL_RE = cased(r"(?<=[[:lower:]])(?=[[:upper:]])")
_NO_POST_ALONE = frozenset(
    {"pho", "quyen", "kiem", "hoi dong", "van phong", "cong doan", "thuong truc", "thuong vu", "dai dien"}
)


@dataclass(frozen=True, slots=True)
class Known:
    """The words of a reading that are a whole post or a whole name."""

    kind: str  # "post" or "name"
    words: tuple[RawWord, ...]

    @property
    def text(self) -> str:
        """The words as the readings are compared by."""
        plain = " ".join(word.text for word in self.words)
        return fold(plain) if self.kind == "post" else title(plain)

    @property
    def confidence(self) -> float:
        """That of the least sure word."""
        return min(word.confidence for word in self.words)


def fold(text: str) -> str:
    """Return *text* in lower-case ASCII letters and slashes only.

    >>> fold("KT, CHỦ TỊCH.")
    'kt chu tich'
    """
    return " ".join(re.sub(r"[^a-z/ ]", "", str(unidecode(text)).lower()).split())


def title(text: str) -> str:
    """Return a name in title case with tones where the lexicon has them."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in traditional(text).split())


def known(line: RawLine) -> Known | None:
    """Return the part of a reading that is a post or a name; the longest, None where there is none."""
    words = _with_kt([part for word in line.words for part in parted(word)])
    letters = sum(character.isalpha() for character in line.text)
    posts = [Known("post", tuple(words[a:b])) for a, b in _posts([fold(word.text) for word in words])]
    names = [Known("name", tuple(words[a:b])) for a, b in _names(words)]
    for value in sorted(posts or names, key=lambda value: -len(value.words)):
        own = sum(character.isalpha() for word in value.words for character in word.text)
        if own >= SHARE * letters and all(word.text.strip(_SPECKS)[:1].isupper() for word in value.words):
            return value
    return None


_KT_RE = re.compile(r"^\S{0,4}T[.,]$")  # "ẾT,": the K was written by pen, or a seal lies on it


def _with_kt(words: list[RawWord]) -> list[RawWord]:
    """Write "KT." where a damaged word that ends so stands before a post."""
    for index in range(len(words) - 1):
        following = " ".join(fold(word.text) for word in words[index + 1 : index + 3])
        if _KT_RE.match(words[index].text) and fold(words[index].text) not in COMPETENCES and following in POSTS:
            words[index] = replace(words[index], text="KT.")
    return words


def of_the_lexicon(name: Known) -> bool:
    """Tell whether the lexicon has each word of a name: any syllable may be one, but seldom is."""
    return all(_bare(word.text) in _OTHERS for word in name.words)


def _bare(text: str) -> str:
    return title(text.strip(_SPECKS))


def parted(word: RawWord) -> Iterator[RawWord]:
    """Part words that were read without the space between them: "LêHoàngAnh", "KT.CHỦ"."""
    texts = [text for piece in re.split(r"(?<=[.,])(?=\w)", word.text) for text in _INNER_CAPITAL_RE.split(piece)]
    x0, top, x1, bottom = word.box
    step, at = (x1 - x0) / max(1, len(word.text)), 0
    for text in texts:
        box = (round(x0 + at * step), top, round(x0 + (at + len(text)) * step), bottom)
        yield replace(word, text=text, box=box) if len(texts) > 1 else word
        at += len(text)


def _posts(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where posts stand among folded words: "kt chu tich", "pho chanh van phong"."""
    start = 0
    while start < len(keys):
        end = start + (keys[start] in COMPETENCES)
        found = False
        while end < len(keys):
            for length in range(min(_LONGEST_POST, len(keys) - end), 0, -1):
                if " ".join(keys[end : end + length]) in POSTS:
                    end, found = end + length, found or " ".join(keys[end : end + length]) not in _NO_POST_ALONE
                    break
            else:
                break
        if found:
            yield start, end
        start = max(end, start + 1)


def _names(words: Sequence[RawWord]) -> Iterator[tuple[int, int]]:
    """Yield where a family name begins a name; not behind a damaged word, which may be the family name itself."""
    texts = [_bare(word.text) for word in words]
    for start, first in enumerate(texts):
        if first not in _FAMILIES or (start and _touches(words[start - 1], words[start])):
            continue
        end = start + 1
        while end < len(words) and end - start < 5 and _is_name_word(texts[end], words[end].confidence):
            end += 1
        if end - start >= 2:
            yield start, end


def _touches(before: RawWord, word: RawWord) -> bool:
    """Tell whether a word of letters stands no farther off than words of one name do."""
    letters = sum(character.isalpha() for character in before.text)
    return letters >= 2 and word.box[0] - before.box[2] < 0.8 * (word.box[3] - word.box[1])


def _is_name_word(text: str, confidence: float) -> bool:
    return text in _OTHERS or (confidence >= SURE_SYLLABLE and is_syllable(text.lower()))


def best_known(readings: Sequence[RawLine]) -> Known | None:
    """Return the post that most readings agree on, the longer and the surer of equals, or the name they make up."""
    posts = [value for reading in readings if (value := known(reading)) is not None and value.kind == "post"]
    posts = [post for post in posts if min(word.confidence for word in post.words[_signs(post.words) :]) >= LEAST_POST]
    posts = posts or [value for reading in readings if (value := _nearest_post(reading)) is not None]
    if posts:
        votes = Counter(value.text for value in posts)
        return max(posts, key=lambda value: (len(value.words), votes[value.text], value.confidence))
    if any(True for reading in readings for _ in _posts([fold(word.text) for word in reading.words])):
        return None
    return _voted(readings)


def rest_of_deputy(readings: Sequence[RawLine], above: Sequence[Known]) -> Known | None:
    """Return the last word of a deputy's post where a seal took the others: the post that is signed for ends in it.

    Args:
        readings: of one line.
        above: what is known about the lines above it.
    """
    signed_for = [post.words for post in above if post.kind == "post" and fold(post.words[0].text) in ("kt", "k/t")]
    ends = {fold(words[-1].text) for words in signed_for}
    read = (part for line in readings for word in line.words for part in parted(word))
    left = [word for word in read if fold(word.text) in ends and word.text.isupper() and word.confidence >= SURE_WORD]
    if not left:
        return None
    best = max(left, key=lambda word: word.confidence)
    return Known("post", (replace(best, text=best.text.strip(_SPECKS)),))


def _signs(words: Sequence[RawWord]) -> int:
    """Return how many words before a post say for whom it signs; they are short and read badly, but expected."""
    return int(fold(words[0].text) in COMPETENCES and len(words) > 1)


def _nearest_post(reading: RawLine) -> Known | None:
    """Return the post that a damaged line in capitals resembles far more than any other: "EHÚ TƯỚNG"."""
    words = [word for word in reading.words if sum(character.isupper() for character in word.text) >= 2]
    letters = "".join(fold(word.text) for word in words)
    if not 7 <= len(letters) <= 20:
        return None
    matcher = SequenceMatcher(None, "", letters, autojunk=False)
    scores = []
    for key in (*POSTS, *(f"pho {key}" for key in POSTS)):
        if key not in _NO_POST_ALONE and len(key.split()[0]) > 2:  # "tổ trưởng" is what is left of many others
            matcher.set_seq1(key.replace(" ", ""))
            scores.append((matcher.ratio(), key))
    (best, key), (second, _) = sorted(scores, reverse=True)[:2]
    if best < ALIKE or best - second < 0.05:
        return None
    confidence = best * MENDED
    word = replace(words[0], text=key.upper(), confidence=confidence, box=joined(words).box)
    return Known("post", (word,))


def _voted(readings: Sequence[RawLine]) -> Known | None:
    """Return the name that the readings make up word by word: what one of them lost another may have."""
    places: list[list[RawWord]] = []
    parts = [part for line in readings for word in line.words for part in parted(word)]
    for word in sorted(parts, key=lambda word: -word.confidence):  # sure words say where words stand
        if sum(character.isalpha() for character in word.text) < 2:
            continue
        for place in places:
            if any(_over_each_other(word.box, other.box) for other in place):
                place.append(word)
                break
        else:
            places.append([word])
    run: list[RawWord] = []
    cut, ended = False, 0
    before: RawWord | None = None
    for place in sorted(places, key=lambda place: _middle(place[0])):
        elected = _elected(place, first=not run)
        if elected is not None and not run and elected.confidence < LEAST:
            elected = None
        if elected is not None and not run and elected.text in _MIDDLES and before and _touches(before, place[0]):
            elected = None  # what stands before it may be the family name
        before = max(place, key=lambda word: len(word.text))
        near = bool(run) and place[0].box[0] - run[-1].box[2] < 0.8 * _height(place[0])
        if run and elected is not None and near and len(run) < 5:
            run.append(elected)
        elif not run and elected is not None and not (cut and place[0].box[0] - ended < _height(place[0])):
            run = [elected]
        elif len(run) >= 2:
            if near and elected is None:
                return None  # the name goes on with a word that nobody could read
            break
        else:
            run = []
        cut = elected is None and not run and _damaged_before(place)
        ended = place[0].box[2]
    if len(run) < 2 or min(word.confidence for word in run) < LEAST or _listed(run, readings):
        return None
    letters = max(sum(c.isalpha() for word in reading.words for c in word.text) for reading in readings)
    own = sum(character.isalpha() for word in run for character in word.text)
    if own < SHARE * min(letters, 2 * own):
        return None
    theirs = [word for word in parts if any(_over_each_other(word.box, one.box) for one in run)]
    if 2 * sum(word.text.isupper() for word in theirs) > len(theirs):
        run = [replace(word, text=word.text.upper()) for word in run]
    return Known("name", tuple(run))


def _listed(name: Sequence[RawWord], readings: Sequence[RawLine]) -> bool:
    """Tell whether a comma stands in a name or beside it: names have none, recipients do."""
    beside = 2 * _height(name[0])
    left, right = name[0].box[0] - beside, name[-1].box[2] + beside
    near = (word for line in readings for word in line.words if word.box[2] > left and word.box[0] < right)
    return any(_LISTED_RE.search(word.text) for word in near if word.confidence >= LEAST)


def _height(word: RawWord) -> int:
    return word.box[3] - word.box[1]


def _middle(word: RawWord) -> float:
    return _middle_of(word.box)


def _middle_of(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _over_each_other(box: Box, other: Box) -> bool:
    across = min(box[2], other[2]) - max(box[0], other[0])
    return across > 0.5 * min(box[2] - box[0], other[2] - other[0])


def _elected(place: Sequence[RawWord], *, first: bool) -> RawWord | None:
    """Return the word of a name that the readings of one place speak for; a mended one counts half."""
    scores: dict[str, float] = {}
    surest: dict[str, float] = {}
    for word in place:
        plain = word.text.strip(_SPECKS)
        text = _bare(plain)
        exact = text in _FAMILIES if first else _is_name_word(text, word.confidence)
        found = text if exact else _mended(plain if plain[:1].islower() else text, first=first)
        if found is None or not plain[:1].isalpha():
            continue
        weight = max(word.confidence, 0.05) * (1.0 if exact else 0.5)
        scores[found] = scores.get(found, 0.0) + weight
        mended = MENDED if word.confidence >= LEAST else 0.0  # specks of a seal make no name
        surest[found] = max(surest.get(found, 0.0), weight, 0.0 if exact else mended)
    if not scores:
        return None
    text = max(scores, key=lambda text: scores[text])
    return replace(max(place, key=lambda word: word.confidence), text=text, confidence=surest[text])


@cache
def _mended(text: str, *, first: bool) -> str | None:
    """Return the only word of names that differs from *text* by one letter or mark, or by a lost beginning.

    >>> _mended("Hềng", first=False), _mended("Suyễn", first=True), _mended("Trân", first=True)
    ('Hồng', 'Nguyễn', 'Trần')
    >>> _mended("Wế", first=True), _mended("Tiân", first=True), _mended("yễn", first=True)
    (None, None, 'Nguyễn')
    """
    names = _FAMILIES if first else _OTHERS
    if first:
        for tail in (text.lower(), text[1:].lower()):
            ends = {name for name in names if name.lower().endswith(tail) and 0 < len(name) - len(tail) <= 3}
            if len(tail) >= 2 and len(ends) == 1:
                return ends.pop()
        if text[:1].islower():  # its beginning is lost
            return None
    letters = unicodedata.normalize("NFD", text)
    near = {name for name in names if _one_apart(letters, unicodedata.normalize("NFD", name))}
    if first:  # one letter more or less makes another family; a mark does not
        near = {name for name in near if fold(name) == fold(text)}
    return near.pop() if len(near) == 1 and len(text) > 2 else None


def _one_apart(text: str, other: str) -> bool:
    """Tell whether two texts differ by one character that is changed, added or lost."""
    if len(text) == len(other):
        return sum(a != b for a, b in zip(text, other, strict=True)) == 1
    short, long = sorted((text, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _damaged_before(place: Sequence[RawWord]) -> bool:
    """Tell whether what stands here may be a family name that nobody could read, rather than specks of a seal."""
    return max(word.confidence for word in place) >= LEAST or len(place) >= 3


def joined(words: Sequence[RawWord]) -> RawLine:
    """Return one line of *words*, in the order given."""
    boxes = np.array([word.box for word in words])
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return RawLine(tuple(words), (int(left), int(top), int(right), int(bottom)))
