"""Repairs text that OCR read with the wrong language: a noisy channel under the language model of syllables.

What was seen ("T6 chirc Hi nghi") is explained by the words that most probably became it. Every chunk between blanks
gets the words that it may have been (`garble`), two for one where a blank was lost, one for two where one was added;
the trigram chooses among them over whole paragraphs. What the document was decoded to then teaches how *this* scan
garbles letters, and it is decoded again. Numbers, dates and codes stay as they are; only lines that are judged
garbled are touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.data import Edit
from pipeline.lexicon.condition import Condition, judge_lines
from pipeline.lexicon.syllables import is_syllable, reformed, traditional
from pipeline.restoration.garble import Confusions, Vocabulary, count_alignment
from pipeline.restoration.model import LanguageModel, Lattice
from pipeline.restoration.tokens import ABBREVIATION, BOUNDARY, NUMBER, UNKNOWN

PASSES = 3  # the first with the trained channel, two with what the document itself shows
CANDIDATES = 14  # words kept for a chunk
MARGIN = 9.0  # nats by which a word's letters may fit worse than the best
TRUST = 0.9  # weight of the letters against the language model
SURE = 0.90  # posterior from which a decoded word teaches the channel
LEAST = 0.35  # posterior below which a word stays as it was read

_LOST_BLANK = -6.0  # log chance that a blank was lost, added
_ADDED_BLANK = -7.0
_EDGES_RE = re.compile(r"^[\W_]*|[\W_]*$")
_CHUNK_RE = re.compile(r"\S+")
_MARKER_RE = re.compile(r"\s*(?:[-+*•–—]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]+[.,)])\s")
_NUMBER_RE = re.compile(r"[\d.,:/%\-–+°]*\d[\d.,:/%\-–+°]*")
_CODE_RE = re.compile(
    r"[\w.]*\d[\w.]*[/-][\w&./-]*|[A-ZĐ]{1,6}[/-][A-ZĐ][\w&/-]*|\d+/?[A-ZĐ]{2,}[\w/-]*|\S*@\S+|(?:https?:|www\.)\S*"
)
_UNIT_RE = re.compile(r"\d+(?:[.,]\d+)*(?:m[23²]?|kg|km|ha|cm|mm|h\d*|%|tr|đ|a|b|c|d)|[mk]?m[23]", re.IGNORECASE)
_ROMAN_RE = re.compile(r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})")
_DAMAGED_ROMAN_RE = re.compile(r"[XV]*[XV][I1l|]+|[I1l|]+[XV]?")
_ENDS = ".!?;:…"
_ABBREVIATIONS = frozenset(
    ["UBND", "HĐND", "TĐKT", "UBMTTQ", "MTTQ", "LĐLĐ", "BHXH", "BHYT", "TNHH", "CBCCVC", "CBVC", "VHTT", "TDTT", "PCT", "CT", "PTTH", "THCS", "THPT", "BCĐ", "BCH", "BTV", "BTC", "HTX", "KT", "XH", "QPAN", "ANQP", "ANTT", "ATGT", "NTM", "CNH", "HĐH", "CNTT", "LH", "TT", "VT", "NV", "VP", "TTĐT", "SXKD", "BLĐTBXH", "LĐTBXH", "TNMT", "KHCN", "GDĐT", "GD", "ĐT", "YT", "TP", "TX", "HĐ", "NĐ", "QĐ", "KH", "TTg", "TW", "TƯ", "CP", "NQ", "BC", "HD", "TB", "TTr", "CV", "VX", "TH", "PTTT", "NN", "PTNT"]
)


@dataclass(frozen=True, slots=True)
class LineRepair:
    """A line after repair; ``edits`` have offsets into the line as it was read."""

    text: str
    edits: tuple[Edit, ...]
    confidence: float  # mean posterior of the words that were decided, 1 where nothing was


@dataclass(slots=True)
class _Chunk:
    """A run of characters without blanks: what stands at its edges, and its core."""

    line: int
    start: int
    end: int
    core: str
    ends_sentence: bool
    opens: bool  # nothing may be joined to what stands before
    fixed: int | None = None  # word id of a chunk that stays as it is


@dataclass(frozen=True, slots=True)
class _Option:
    """A word that may stand behind a piece of text."""

    surface: str
    word: int
    fit: float  # log P(seen | word)


@dataclass(slots=True)
class _Edge:
    start: int
    end: int
    first: int  # chunks that the edge explains: first to last
    last: int
    option: _Option
    weight: float
    half: int = 0  # 0: whole chunk; 1, 2: before and after a lost blank
    cut: int = 0  # where the blank was lost, in the core
    alive: bool = True


@dataclass(slots=True)
class _Choice:
    """What was decided for chunks first to last."""

    first: int
    last: int
    surface: str
    posterior: float
    others: tuple[str, ...] = ()
    options: list[_Option] = field(default_factory=list)


def repair(
    lines: Sequence[str],
    model: LanguageModel,
    *,
    conditions: Sequence[Condition] | None = None,
    passes: int = PASSES,
) -> list[LineRepair]:
    """Repair the garbled lines of a document; the others come back as they are.

    Args:
        lines: the lines of one document; its garbling is learned from all of them.
        model: the language model of syllables.
        conditions: what each line was judged to be; judged here by default.
        passes: how often the text is decoded.
    """
    conditions = conditions if conditions is not None else judge_lines(lines)
    wanted = [i for i, c in enumerate(conditions) if c.name == "garbled"]
    if not wanted:
        return [LineRepair(line, (), 1.0) for line in lines]
    work = _Document(lines, set(wanted), model)
    for number in range(passes):
        choices = work.decode()
        if number + 1 < passes:
            work.learn(choices)
    return work.write(choices)


class _Document:
    """The chunks of the garbled lines of a document, and what may stand behind them."""

    def __init__(self, lines: Sequence[str], wanted: set[int], model: LanguageModel) -> None:
        self.lines = [unicodedata.normalize("NFC", line) if _same_length(line) else line for line in lines]
        self.model = model
        self.channel = Confusions.load({c for i in wanted for c in self.lines[i] if not c.isspace()})
        words = [w for w in model.vocabulary if w[:1] != "<" and len(w) <= 9 and (is_syllable(w) and w == w.lower())]
        words = list(dict.fromkeys([*words, *(reformed(w) for w in words)]))
        shorts = [w for w in {*model.vocabulary, *_ABBREVIATIONS} if 1 < len(w) < 9 and w.isupper() and w[:1] != "<"]
        self.patterns = {
            "lower": Vocabulary(words, self.channel),
            "title": Vocabulary([w[0].upper() + w[1:] for w in words], self.channel),
            "upper": Vocabulary([w.upper() for w in words] + shorts, self.channel),
        }
        self.ids = {
            name: np.array([self._id(word, name) for word in vocabulary.words], dtype=np.int64)
            for name, vocabulary in self.patterns.items()
        }
        self.rarity = np.log(np.maximum(model.arrays.unigram, 1e-12))
        self.options: dict[tuple[str, str], list[_Option]] = {}
        self.paragraphs = list(self._paragraphs(wanted))

    def _id(self, word: str, pattern: str) -> int:
        if pattern == "upper" and (word in _ABBREVIATIONS or word in self.model.ids):
            return self.model.ids.get(word, ABBREVIATION)
        return self.model.ids.get(traditional(word.lower()), UNKNOWN)

    def _paragraphs(self, wanted: set[int]) -> Iterator[list[_Chunk]]:
        chunks: list[_Chunk] = []
        for i, line in enumerate(self.lines):
            if i not in wanted or not line.strip() or _MARKER_RE.match(line) or len(chunks) > 400:
                if chunks:
                    yield chunks
                chunks = []
            if i in wanted:
                chunks += _chunks(i, line)
        if chunks:
            yield chunks

    # --- candidates ---------------------------------------------------------------------------------------

    def candidates(self, core: str, pattern: str) -> list[_Option]:
        """Return the words that may stand behind *core*, the best first."""
        key = (core, pattern)
        if key not in self.options:
            vocabulary = self.patterns[pattern]
            found, fits = vocabulary.search(core, self.channel, MARGIN)
            ids = self.ids[pattern][found]
            rank = TRUST * fits + 0.6 * self.rarity[ids]
            order = np.argsort(-rank, kind="stable")[:CANDIDATES]
            self.options[key] = [_Option(vocabulary.words[found[k]], int(ids[k]), float(fits[k])) for k in order]
        return self.options[key]

    # --- decoding -----------------------------------------------------------------------------------------

    def decode(self) -> list[list[_Choice]]:
        """Decode every paragraph with the channel as it stands."""
        self.options.clear()
        return [self._decode(chunks) for chunks in self.paragraphs]

    def _decode(self, chunks: list[_Chunk]) -> list[_Choice]:
        edges: list[_Edge] = []
        node = 0
        starts: list[int] = []
        patterns = _patterns(chunks)
        for c, chunk in enumerate(chunks):
            starts.append(node)
            after = node + 1
            if chunk.fixed is not None:
                edges.append(_Edge(node, after, c, c, _Option(chunk.core, chunk.fixed, 0.0), 0.0))
            else:
                options = self.candidates(chunk.core, patterns[c])
                best = max((o.fit for o in options), default=-30.0)
                halves = list(self._halves(chunk.core, patterns[c], best)) if best < -3.0 else []
                after = node + 1 + len(halves)
                for option in (*options, self._literal(chunk.core)):
                    edges.append(_Edge(node, after, c, c, option, TRUST * option.fit))
                for h, (cut, left, right) in enumerate(halves):
                    middle = node + 1 + h
                    for o in left:
                        edges.append(_Edge(node, middle, c, c, o, TRUST * o.fit + _LOST_BLANK, 1, cut))
                    for o in right:
                        edges.append(_Edge(middle, after, c, c, o, TRUST * o.fit, 2, cut))
            if c and not chunk.opens and chunks[c - 1].fixed is None and chunk.fixed is None:
                joined = chunks[c - 1].core + chunk.core
                if len(joined) <= 8 and _is_poor(chunks[c - 1].core, chunk.core):
                    for o in self.candidates(joined, patterns[c - 1])[:6]:
                        edges.append(_Edge(starts[c - 1], after, c - 1, c, o, TRUST * o.fit + _ADDED_BLANK))
            node = after
            if chunk.ends_sentence:
                edges.append(_Edge(node, node + 1, c, c, _Option("", BOUNDARY, 0.0), 0.0, 3))
                node += 1
        edges.append(_Edge(node, node + 1, -1, -1, _Option("", BOUNDARY, 0.0), 0.0, 3))
        edges.sort(key=lambda e: e.start)
        lattice = Lattice(
            np.array([e.start for e in edges], dtype=np.int64),
            np.array([e.end for e in edges], dtype=np.int64),
            np.array([e.option.word for e in edges], dtype=np.int64),
            np.array([e.weight for e in edges], dtype=np.float64),
        )
        path, posterior = self.model.decode(lattice, node + 1)
        return self._choices(chunks, edges, path, posterior)

    def _literal(self, core: str) -> _Option:
        """Return the word as it stands: of another language, a name, an abbreviation, a number."""
        if core.isdigit():
            return _Option(core, NUMBER, -0.05)
        word = self.model.ids.get(traditional(core.lower()), UNKNOWN)
        if core.isupper() and core.isalpha() and len(core) > 1:
            return _Option(core, self.model.ids.get(core, ABBREVIATION), -3.0 if len(core) < 6 else -6.0)
        if word == UNKNOWN or not is_syllable(core):
            return _Option(core, word, -9.0 if core.isalpha() and core.isascii() else -14.0)
        return _Option(core, word, -12.0)  # its letters are among the candidates, with their own fit

    def _halves(self, core: str, pattern: str, best: float) -> Iterator[tuple[int, list[_Option], list[_Option]]]:
        """Yield where a blank may have been lost in *core*, with the words on both sides."""
        if len(core) < 4 or len(core) > 14:
            return
        found = []
        for cut in range(1, len(core)):
            if core[cut - 1] in "'’" and cut == 1:
                continue
            left = self.candidates(core[:cut], pattern)[:5]
            right = self.candidates(core[cut:], "upper" if pattern == "upper" else _pattern(core[cut:]))[:5]
            if left and right:
                fit = max(o.fit for o in left) + max(o.fit for o in right) + _LOST_BLANK / TRUST
                if fit > best + 1.0:
                    found.append((fit, cut, left, right))
        for _, cut, left, right in sorted(found, key=lambda f: -f[0])[:2]:
            yield cut, left, right

    def _choices(
        self, chunks: list[_Chunk], edges: list[_Edge], path: npt.NDArray[np.int64], posterior: npt.NDArray[np.float64]
    ) -> list[_Choice]:
        by_place: dict[tuple[int, int, int, int], list[int]] = {}
        for e, edge in enumerate(edges):
            by_place.setdefault((edge.start, edge.end, edge.first, edge.half), []).append(e)
        result: list[_Choice] = []
        for e in path:
            edge = edges[e]
            if edge.half == 3:
                continue
            same = by_place[edge.start, edge.end, edge.first, edge.half]
            # the same word in two spellings (hòa, hoà; as seen) is one decision
            share = sum(float(posterior[k]) for k in same if edges[k].option.surface == edge.option.surface)
            share += sum(
                float(posterior[k])
                for k in same
                if edges[k].option.surface != edge.option.surface
                and traditional(edges[k].option.surface) == traditional(edge.option.surface)
            )
            ranked = sorted(same, key=lambda k: -posterior[k])
            others = tuple(
                dict.fromkeys(
                    edges[k].option.surface
                    for k in ranked[:4]
                    if posterior[k] > 0.02 and edges[k].option.surface != edge.option.surface
                )
            )
            if edge.half == 2 and result:
                left = result[-1]
                left.surface = f"{left.surface} {edge.option.surface}"
                left.posterior = min(left.posterior, share)
                continue
            same_word = [edges[k].option for k in same if edges[k].option.word == edge.option.word]
            result.append(_Choice(edge.first, edge.last, edge.option.surface, min(share, 1.0), others, same_word))
        return result

    # --- self-adaptation ----------------------------------------------------------------------------------

    def learn(self, choices: list[list[_Choice]]) -> None:
        """Count how this document garbles letters, from what was decoded with confidence."""
        counts, occurrences = np.zeros_like(self.channel.counts), np.zeros_like(self.channel.occurrences)
        pairs: Counter[tuple[str, str]] = Counter()
        for chunks, decided in zip(self.paragraphs, choices, strict=True):
            for choice in decided:
                chunk = chunks[choice.first]
                if choice.first == choice.last and chunk.fixed is None and choice.posterior >= SURE:
                    pairs[chunk.core, choice.surface] += 1
        for (seen, true), n in pairs.items():
            if true.isalpha():
                pieces = self.channel.true_ids([true])[0]
                ids = self.channel.seen_ids(seen)
                count_alignment(pieces, len(true), ids, len(seen), self.channel.log, float(n), counts, occurrences)
        self.channel.refresh(counts, occurrences)

    # --- writing ------------------------------------------------------------------------------------------

    def write(self, choices: list[list[_Choice]]) -> list[LineRepair]:
        """Return the lines with the decided words, and the edits that lead to them."""
        edits: dict[int, list[Edit]] = {}
        sums: dict[int, list[float]] = {}
        placement = self._placement(choices)
        for chunks, decided in zip(self.paragraphs, choices, strict=True):
            for choice in decided:
                first, last = chunks[choice.first], chunks[choice.last]
                if first.fixed is not None:
                    continue
                sums.setdefault(first.line, []).append(choice.posterior)
                surface = placement(choice)
                if choice.posterior < LEAST or (first.core.isdigit() and choice.posterior < 0.97):
                    continue
                if first.line != last.line:  # the parts of one word on two lines: the line count is kept
                    continue
                old = self.lines[first.line][first.start : last.end]
                if old != surface:
                    edits.setdefault(first.line, []).append(
                        Edit(first.start, last.end, old, surface, "channel", round(choice.posterior, 4), choice.others)
                    )
        result = []
        for i, line in enumerate(self.lines):
            own = sorted(edits.get(i, ()), key=lambda e: e.start)
            text, at = [], 0
            for edit in own:
                text += [line[at : edit.start], edit.new]
                at = edit.end
            posteriors = sums.get(i, [1.0])
            result.append(
                LineRepair("".join(text) + line[at:], tuple(own), round(sum(posteriors) / len(posteriors), 4))
            )
        return result

    def _placement(self, choices: list[list[_Choice]]) -> _Placement:
        votes: Counter[str] = Counter()
        for decided in choices:
            for choice in decided:
                old, new = traditional(choice.surface), reformed(choice.surface)
                if old == new or " " in choice.surface:
                    continue
                fits = {o.surface: o.fit for o in choice.options}
                if old in fits and new in fits and abs(gain := fits[new] - fits[old]) > 0.3:
                    votes[old.lower()] += round(100 * max(-3.0, min(3.0, gain)))
        return _Placement(votes)


class _Placement:
    """Where this document puts the tone of open oa, oe, uy: word by word, where the letters show it."""

    def __init__(self, votes: Counter[str]) -> None:
        self.votes = votes
        self.total = sum(max(-600, min(600, n)) for n in votes.values())

    def __call__(self, choice: _Choice) -> str:
        old, new = traditional(choice.surface), reformed(choice.surface)
        if old == new:
            return choice.surface
        vote = self.votes[old.lower()] + 0.2 * self.total
        return new if vote > 0 else old


def _same_length(line: str) -> bool:
    return len(unicodedata.normalize("NFC", line)) == len(line)


def _chunks(number: int, line: str) -> list[_Chunk]:
    """Cut a line into chunks; compounds with inner punctuation (c4p,x4) become several."""
    result: list[_Chunk] = []
    for match in _CHUNK_RE.finditer(line):
        chunk = match[0]
        start, end = match.span()
        tail = chunk[-1] if chunk[-1] in _ENDS else (chunk[-2:-1] if chunk[-1:] in '"”)' else "")
        ends = tail in _ENDS and tail != ""
        lead = re.match(r"[\W_]*", chunk)
        low = lead.end() if lead else 0
        high = len(chunk) - len(re.search(r"[\W_]*$", chunk)[0])  # type: ignore[index]
        core = chunk[low:high]
        if not core:
            continue
        opens = low > 0 or not result or bool(re.search(r"[\W_]$", line[:start].rstrip()[-1:]))
        fixed = _fixed(core)
        parts = [(0, len(core))]
        if fixed is None:
            parts = _parts(core)
        for p, (a, b) in enumerate(parts):
            final = p == len(parts) - 1
            piece = core[a:b]
            result.append(
                _Chunk(number, start + low + a, start + low + b, piece, ends and final, opens or p > 0, _fixed(piece))
            )
    return result


_INNER_RE = re.compile(r"(?<=\w)[-–/.,:;+&)(]+(?=\w)")


def _parts(core: str) -> list[tuple[int, int]]:
    """Return the parts of *core* between inner punctuation.

    >>> [("van-héa")[a:b] for a, b in _parts("van-héa")]
    ['van', 'héa']
    """
    cuts, at = [], 0
    for match in _INNER_RE.finditer(core):
        cuts.append((at, match.start()))
        at = match.end()
    return [*cuts, (at, len(core))]


def _fixed(core: str) -> int | None:
    """Return the word id of a chunk that is never changed: a number, a date, a code, an address."""
    if _NUMBER_RE.fullmatch(core):
        return None if core.isdigit() and len(core) <= 2 else NUMBER
    if _ROMAN_RE.fullmatch(core) and core:
        return ABBREVIATION
    if _UNIT_RE.fullmatch(core) and not re.fullmatch(r"\d[a-z]", core):
        return NUMBER
    if _CODE_RE.fullmatch(core) and (sum(c.isdigit() or c.isupper() for c in core) * 2 > len(core) or "@" in core):
        return ABBREVIATION
    if not any(c.isalnum() for c in core):
        return UNKNOWN
    return None


def _pattern(core: str) -> str:
    letters = [c for c in core if c.isalpha()]
    if not letters:
        return "lower"
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return "lower"
    if capitals == 1 and core[0].isupper():
        return "title"
    return "upper" if capitals * 2 >= len(letters) and capitals > 1 else ("title" if core[0].isupper() else "lower")


def _patterns(chunks: list[_Chunk]) -> list[str]:
    """Return the case of each chunk: a short one ("T6", "x4") takes part in the heading around it."""
    own = [_pattern(chunk.core) for chunk in chunks]
    result = list(own)
    for i, chunk in enumerate(chunks):
        if (own[i] == "title" and sum(c.isalpha() for c in chunk.core) == 1) or (own[i] == "lower" and not any(c.isalpha() for c in chunk.core)):
            near = [own[j] for j in (i - 1, i + 1) if 0 <= j < len(own) and chunks[j].line == chunk.line]
            if near and all(p == "upper" for p in near):
                result[i] = "upper"
    return result


def _is_poor(left: str, right: str) -> bool:
    """Whether one of two neighbours is no syllable as it stands, so that they may be one word."""
    return len(left) <= 2 or len(right) <= 2 or not (is_syllable(left) and is_syllable(right))
