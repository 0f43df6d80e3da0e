"""Repairs text that OCR read with the wrong language: a noisy channel under the language model of syllables.

What was seen ("T6 chirc Hi nghi") is explained by the words that most probably became it. Every chunk between blanks
gets the words that it may have been (`garble`), two for one where a blank was lost, one for two where one was added;
the trigram chooses among them over whole paragraphs. What the document was decoded to then teaches how *this* scan
garbles letters, and it is decoded again. Numbers, dates and codes stay as they are; only lines that are judged
garbled are touched.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.data import Edit
from pipeline.lexicon.condition import Condition, judge_lines
from pipeline.restoration.abbreviations import SpelledOut, mend_letters
from pipeline.restoration.channel_chunks import (
    MARKER_RE,
    Chunk,
    chunks,
    is_junk,
    may_be_one,
    pattern_of,
    patterns,
)
from pipeline.restoration.channel_names import Bonus, Names, persons
from pipeline.restoration.channel_placement import Placement
from pipeline.restoration.channel_words import TRUST, Candidates, Option
from pipeline.restoration.edits import UNSURE_NAME
from pipeline.restoration.garble import Confusions, count_alignment
from pipeline.restoration.garbled_headings import mend_headings
from pipeline.restoration.garbled_signs import BULLET, NUMERAL, mend_clocks, mend_signs, unify_bullets
from pipeline.restoration.model import LanguageModel, Lattice, load_domain
from pipeline.restoration.tokens import ABBREVIATION, BOUNDARY, NUMBER, UNKNOWN

PASSES = 3  # the first with the trained channel, two with what the document itself shows
SURE = 0.90  # posterior from which a decoded word teaches the channel
LEAST = 0.30  # posterior below which a word stays as it was read
LEAST_NAME = 0.45  # the same for a capitalised word within a sentence
LEAST_NUMBER = 0.60  # the same for digits that would become a syllable

_LOST_BLANK = -5.0  # log chance that a blank was lost, added (1.1 % and 0.4 % of the blanks of rendered text)
_ADDED_BLANK = -5.5
_STROKE = -0.7  # log chance that it is a small đ or l that was read as a capital
_CASE = -1.5  # log chance that a small letter was read as its capital
DOMAIN = 0.5  # share of a word's chance that the tables of administrative text decide
CAPITAL = 1.0  # weight of how often a word has a capital within a sentence
FAMILIAR = 1.8  # weight of neighbours that the document has elsewhere
_FAMILIAR_MOST = 3.0
_APOSTROPHE = -7.0  # log chance that an apostrophe after a word is one; it is a mark of ơ and ư
_POOR = -3.5  # log P(seen | word) of the best word, from which other cuts of the text are tried


@dataclass(frozen=True, slots=True)
class LineRepair:
    """A line after repair; ``edits`` have offsets into the line as it was read."""

    text: str
    edits: tuple[Edit, ...]
    confidence: float  # mean posterior of the words that were decided, 1 where nothing was


class _Edge(NamedTuple):
    """An option in the lattice; it explains ``[begin:stop]`` of the line, from chunk *first* to *last*."""

    start: int
    end: int
    first: int
    last: int
    begin: int
    stop: int
    option: Option
    weight: float
    half: int = 0  # 1, 2: before and after a lost blank; 3: end of a sentence


@dataclass(slots=True)
class _Choice:
    """What was decided for ``[begin:stop]`` of the line of chunk *first*."""

    first: int
    begin: int
    stop: int
    seen: str
    surface: str
    posterior: float
    others: tuple[str, ...]
    words: tuple[int, ...]  # its id in the language model, then those of its rivals
    rivals: list[Option]  # options of the same word in other spellings


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

    Raises:
        MissingResourceError: the channel model is not installed.
    """
    conditions = conditions if conditions is not None else judge_lines(lines)
    wanted = _wanted(lines, conditions)
    if not wanted:
        return [LineRepair(line, (), 1.0) for line in lines]
    if len(lines) > _BLOCK:
        blocks = [slice(at, at + _BLOCK) for at in range(0, len(lines), _BLOCK)]
        return [r for b in blocks for r in repair(lines[b], model, conditions=conditions[b], passes=passes)]
    work = _Document(lines, wanted, model)
    choices = work.decode()
    for _ in range(passes - 1):
        work.learn(choices)
        choices = work.decode(choices)
    return work.write(choices)


def _wanted(lines: Sequence[str], conditions: Sequence[Condition]) -> set[int]:
    """Return the lines to repair: those judged garbled, and those between them that are too short to be judged."""
    written = [i for i, line in enumerate(lines) if line.strip()]
    garbled = {i for i in written if conditions[i].name == "garbled"}
    short = {
        i
        for before, i, after in zip(written, written[1:], written[2:], strict=False)
        if before in garbled and after in garbled and conditions[i].name == "empty" and any(map(str.isalpha, lines[i]))
    }
    return garbled | short


class _Around(NamedTuple):
    """What an earlier pass found around a chunk: ids of words, the decided one first."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    doubtful: bool  # whether the chunk itself was


class _Document:
    """The chunks of the garbled lines of a document, and what may stand behind them."""

    def __init__(self, lines: Sequence[str], wanted: set[int], model: LanguageModel) -> None:
        self.lines = lines
        self.model = model
        self.domain = load_domain(model.vocabulary)
        self.channel = Confusions.load({c for i in wanted for c in lines[i] if not c.isspace()})
        self.words = Candidates(model, self.channel)
        self.plain = np.zeros(len(model.vocabulary))
        self.junk: dict[int, Chunk] = {}
        self.signs = {i: mend_signs(lines[i]) for i in sorted(wanted)}
        mend_headings(lines, self.signs)
        unify_bullets(lines, self.signs)
        mend_clocks(lines, self.signs)
        self.paragraphs = list(self._paragraphs(wanted))
        self.context: list[list[_Around]] = [[] for _ in self.paragraphs]  # ids decided before and after a chunk
        self.names: list[dict[int, Bonus]] = [{} for _ in self.paragraphs]  # what names say for the word of a chunk
        self.after: dict[int, Counter[int]] = {}  # what was decided with confidence to stand after a word,
        self.before: dict[int, Counter[int]] = {}  # and before it

    def _paragraphs(self, wanted: set[int]) -> Iterator[list[Chunk]]:
        row: list[Chunk] = []
        for i, line in enumerate(self.lines):
            if row and (i not in wanted or not line.strip() or MARKER_RE.match(line) or len(row) > _PARAGRAPH):
                yield row
                row = []
            if i in wanted:
                found = _settled(chunks(i, line), self.signs[i])
                if found and is_junk(line, found[-1]):
                    self.junk[i] = found.pop()
                row += found
                while len(row) > 2 * _PARAGRAPH:  # a text without breaks
                    yield row[:_PARAGRAPH]
                    row = row[_PARAGRAPH:]
        if row:
            yield row

    # --- decoding -----------------------------------------------------------------------------------------

    def decode(self, earlier: list[list[_Choice]] | None = None) -> list[list[_Choice]]:
        """Decode every paragraph with the channel as it stands, but those of which no word was in doubt *earlier*."""
        self.words.forget()
        known = earlier if earlier is not None else [[] for _ in self.paragraphs]
        return [
            old
            if old and not names and min(choice.posterior for choice in old) > _SETTLED
            else self._decode(row, around, names)
            for old, row, around, names in zip(known, self.paragraphs, self.context, self.names, strict=True)
        ]

    def _decode(self, row: list[Chunk], around: list[_Around], names: dict[int, Bonus]) -> list[_Choice]:
        edges: list[_Edge] = []
        starts: list[int] = []
        node = 0
        cases = patterns(row)
        poor = [False] * len(row)
        for c, chunk in enumerate(row):
            starts.append(node)
            after = node + 1
            begin, stop = chunk.start, chunk.end
            if chunk.fixed is not None:
                word = self.model.ids.get(chunk.core, chunk.fixed) if chunk.fixed == ABBREVIATION else chunk.fixed
                fixed = Option(chunk.core, word, 0.0)
                edges.append(_Edge(node, after, c, c, begin, stop, fixed, 0.0))
            else:
                options = self.words.find(chunk.core, cases[c])
                best = max((o.fit for o in options), default=-30.0)
                poor[c] = best < _POOR
                halves = list(self._halves(chunk.core, cases[c], best)) if poor[c] else []
                after += len(halves)
                sign = _mark_sign(self.lines[chunk.line], chunk)
                if c and chunk.glued and not _QUOTES.isdisjoint(self.lines[chunk.line][row[c - 1].end : chunk.start]):
                    sign += _APOSTROPHE
                within = cases[c] == "title" and not chunk.opens and not (c and row[c - 1].ends_sentence)
                capital = self.model.capital_bonus if within else self.plain
                named = names.get(c, {})
                known = {option.word for option in options}
                unknown = [word for word in named if word not in known]
                options = [*options, *(self.words.among(unknown, chunk.core, cases[c]) if unknown else ())]
                for option in (*options, *self._other_case(row, c, within), self.words.literal(chunk.core)):
                    likely = capital[option.word] if option.surface[:1].isupper() else 0.0
                    weight = (
                        TRUST * option.fit
                        + sign
                        + CAPITAL * float(likely)
                        + named.get(option.word, 0.0)
                        + (self._familiar(option.word, around[c]) if around else 0.0)
                    )
                    edges.append(_Edge(node, after, c, c, begin, stop, option, weight))
                for middle, (left, right) in enumerate(halves, start=node + 1):
                    for o in left:
                        edges.append(_Edge(node, middle, c, c, begin, stop, o, TRUST * o.fit + _LOST_BLANK, 1))
                    for o in right:
                        edges.append(_Edge(middle, after, c, c, begin, stop, o, TRUST * o.fit, 2))
                if around and (poor[c] or around[c].doubtful or len(chunk.core) == 1):
                    for o in self._recalled(chunk.core, cases[c], around[c], {option.word for option in options}):
                        weight = TRUST * o.fit + self._familiar(o.word, around[c])
                        edges.append(_Edge(node, after, c, c, begin, stop, o, weight))
                if poor[c] or sign or _lone_bracket(self.lines[chunk.line], chunk.start, chunk.end):
                    for low, high in self._with_signs(chunk):
                        for o in self.words.find(self.lines[chunk.line][low:high], cases[c])[:5]:
                            edges.append(_Edge(node, after, c, c, low, high, o, TRUST * o.fit))
            edges += self._joined(row, c, cases, poor, starts, after)
            node = after
            if chunk.ends_sentence:
                edges.append(_Edge(node, node + 1, c, c, stop, stop, _END, 0.0, 3))
                node += 1
        edges.append(_Edge(node, node + 1, -1, -1, 0, 0, _END, 0.0, 3))
        edges.sort(key=lambda e: e.start)
        lattice = Lattice(
            np.array([e.start for e in edges], dtype=np.int64),
            np.array([e.end for e in edges], dtype=np.int64),
            np.array([e.option.word for e in edges], dtype=np.int64),
            np.array([e.weight for e in edges], dtype=np.float64),
        )
        path, posterior = self.model.decode(lattice, node + 1, domain=self.domain, share=DOMAIN)
        return self._choices(row, edges, path, posterior)

    def _familiar(self, word: int, around: _Around) -> float:
        """Return what it speaks for *word* that this document has it beside these neighbours elsewhere."""
        times = more = 0
        for other in around.before:
            times = max(times, self.after[other][word] if other in self.after else 0)
        for other in around.after:
            more = max(more, self.before[other][word] if other in self.before else 0)
        return FAMILIAR * min(math.log1p(times + more), _FAMILIAR_MOST) if times or more else 0.0

    def _recalled(self, seen: str, pattern: str, around: _Around, known: set[int]) -> list[Option]:
        """Return words that the document has beside these neighbours, though the letters alone did not suggest them."""
        words = {w for other in around.before for w, n in self.after.get(other, _NEVER).items() if n}
        words |= {w for other in around.after for w, n in self.before.get(other, _NEVER).items() if n}
        words = {w for w in words if w not in known and w > ABBREVIATION}
        return self.words.among(sorted(words), seen, pattern) if len(words) <= _RECALLED else []

    def _other_case(self, row: list[Chunk], c: int, within: bool) -> list[Option]:
        """Return small words for a capital *within* a sentence: "Vu’ng" is vững, "Binh" may be định."""
        chunk = row[c]
        first, seen = chunk.core[0], chunk.core
        if first in "IJ" and seen[1:].islower():  # "Iva chon", "Jan thi": next to no word begins so
            seen, cost = "l" + seen[1:], _STROKE
        elif not within:
            return []
        elif first in _SAME_SHAPE:
            seen, cost = first.lower() + seen[1:], _CASE
        elif first in "BPD":
            cost = _STROKE
        else:
            return []
        return [Option(o.surface, o.word, o.fit + cost) for o in self.words.find(seen, "lower")[:6]]

    def _halves(self, seen: str, pattern: str, best: float) -> Iterator[tuple[list[Option], list[Option]]]:
        """Yield the words on both sides of a blank that may have been lost in *seen*."""
        if not 4 <= len(seen) <= 14:
            return
        found = []
        for cut in range(1, len(seen)):
            if not (seen[cut - 1].isalnum() or seen[cut].isalnum()):
                continue
            left = self.words.find(seen[:cut], pattern)[:5]
            right = self.words.find(seen[cut:], "upper" if pattern == "upper" else pattern_of(seen[cut:]))[:5]
            if left and right:
                fit = max(o.fit for o in left) + max(o.fit for o in right) + _LOST_BLANK / TRUST
                if fit > best + 1.0:
                    found.append((fit, cut, left, right))
        for _, _, left, right in sorted(found, key=lambda f: -f[0])[:2]:
            yield left, right

    def _with_signs(self, chunk: Chunk) -> list[tuple[int, int]]:
        """Return wider readings of a chunk: the signs beside it are letters ("cd})" is cấp, "(ng" is ứng)."""
        line = self.lines[chunk.line]
        spans = [(chunk.outer_start, chunk.end)] if chunk.outer_start < chunk.start else []
        spans += [(chunk.start, stop) for stop in range(chunk.end + 1, min(chunk.outer_end, chunk.end + 2) + 1)]
        return [
            (low, high)
            for low, high in spans
            if line[high - 1] not in ".,;:!?" and line[low] not in "-+*–" and high - low <= 8
        ]

    def _joined(
        self, row: list[Chunk], c: int, cases: list[str], poor: list[bool], starts: list[int], after: int
    ) -> Iterator[_Edge]:
        """Yield edges over chunk *c* and those before it that may be one word with it."""
        chunk = row[c]
        if c == 0 or chunk.fixed is not None:
            return
        first = c - 1
        while chunk.glued and first > 0 and row[first].glued and row[first].fixed is None:
            first -= 1
        start = row[first]
        if start.fixed is not None or start.line != chunk.line:
            return
        text = self.lines[chunk.line][start.start : chunk.end]
        if chunk.glued:
            signs = {sign for sign in text if not sign.isalnum()}
            if len(text) > 9 or signs <= set("-–/") or not (any(poor[first : c + 1]) or signs & _QUOTES):
                return
            chance = 0.0
        else:
            if chunk.opens or not (poor[first] or poor[c]) or not may_be_one(start.core, chunk.core):
                return
            text, chance = start.core + chunk.core, _ADDED_BLANK
        for o in self.words.find(text, cases[first])[:6]:
            yield _Edge(starts[first], after, first, c, start.start, chunk.end, o, TRUST * o.fit + chance)

    def _choices(
        self,
        row: list[Chunk],
        edges: list[_Edge],
        path: npt.NDArray[np.int64],
        posterior: npt.NDArray[np.float64],
    ) -> list[_Choice]:
        by_place: dict[tuple[int, int], list[int]] = {}
        for e, edge in enumerate(edges):
            by_place.setdefault((edge.start, edge.end), []).append(e)
        result: list[_Choice] = []
        for e in path:
            edge = edges[e]
            if edge.half == 3:
                continue
            edge = self._wider(edge, row, [edges[k] for k in by_place[edge.start, edge.end]])
            surface = edge.option.surface
            share = 0.0
            rivals: list[Option] = []
            others: list[str] = []
            words: list[int] = []
            for k in sorted(by_place[edge.start, edge.end], key=lambda k: -posterior[k]):
                other = edges[k].option
                # the same word in two spellings (hòa, hoà; as seen) is one decision
                if other.word == edge.option.word and (other.word > ABBREVIATION or other.surface == surface):
                    share += float(posterior[k])
                    if (edges[k].begin, edges[k].stop) == (edge.begin, edge.stop):
                        rivals.append(other)
                elif posterior[k] > 0.02 and len(others) < 3:
                    others.append(other.surface)
                    if other.word > ABBREVIATION:
                        words.append(other.word)
            if edge.half == 2 and result:
                left = result[-1]
                left.surface = f"{left.surface} {surface}"
                left.posterior = min(left.posterior, share)
                continue
            seen = self.lines[row[edge.first].line][edge.begin : edge.stop]
            result.append(
                _Choice(
                    edge.first,
                    edge.begin,
                    edge.stop,
                    seen,
                    surface,
                    min(share, 1.0),
                    tuple(dict.fromkeys(others)),
                    (edge.option.word, *words),
                    rivals,
                )
            )
        return result

    def _wider(self, edge: _Edge, row: list[Chunk], same: list[_Edge]) -> _Edge:
        """Return the edge that takes a lone bracket for the letter that the word lacks: "(ng" is ứng."""
        line = self.lines[row[edge.first].line]
        if not _lone_bracket(line, edge.begin, edge.stop) or edge.stop - edge.begin >= len(edge.option.surface):
            return edge
        wide = (o for o in same if o.begin == edge.begin - 1 and o.option.word == edge.option.word)
        return next(wide, edge)

    # --- self-adaptation ----------------------------------------------------------------------------------

    def learn(self, choices: list[list[_Choice]]) -> None:
        """Count how this document garbles letters, from what was decoded with confidence."""
        counts, occurrences = np.zeros_like(self.channel.counts), np.zeros_like(self.channel.occurrences)
        pairs: Counter[tuple[str, str]] = Counter()
        for row, decided in zip(self.paragraphs, choices, strict=True):
            for choice in decided:
                if row[choice.first].fixed is None and choice.posterior >= SURE and " " not in choice.seen:
                    pairs[choice.seen, choice.surface] += 1
        for (seen, true), n in pairs.items():
            if true.isalpha():
                pieces = self.channel.true_ids([true])[0]
                ids = self.channel.seen_ids(seen)
                count_alignment(pieces, len(true), ids, len(seen), self.channel.log, float(n), counts, occurrences)
        self.channel.refresh(counts, occurrences)
        self.after.clear()
        self.before.clear()
        self.context = [self._context(row, decided) for row, decided in zip(self.paragraphs, choices, strict=True)]
        self._learn_names(choices)

    def _learn_names(self, choices: list[list[_Choice]]) -> None:
        """Ask the names of units and persons about the words that stand where one would stand."""
        rows = [[(choice.surface, choice.posterior) for choice in decided] for decided in choices]
        names = Names(self.words, rows)
        for number, (row, decided) in enumerate(zip(self.paragraphs, choices, strict=True)):
            cases = patterns(row)
            seen = ["" if " " in choice.seen + choice.surface else choice.seen for choice in decided]
            found = names.bonuses(rows[number], seen, [cases[choice.first] for choice in decided])
            self.names[number] = {
                decided[at].first: bonus
                for at, bonus in found.items()
                if decided[at].words[0] not in bonus or decided[at].posterior < _SETTLED
            }

    def _context(self, row: list[Chunk], decided: list[_Choice]) -> list[_Around]:
        """Count neighbours decided with confidence; return the words that may stand around each chunk."""
        result = [_Around((), (), False)] * len(row)
        for i, choice in enumerate(decided):
            before = decided[i - 1] if i and not row[decided[i - 1].first].ends_sentence else None
            after = decided[i + 1] if i + 1 < len(decided) and not row[choice.first].ends_sentence else None
            result[choice.first] = _Around(
                tuple(w for w in before.words if w > ABBREVIATION or w == NUMBER) if before else (),
                tuple(w for w in after.words if w > ABBREVIATION or w == NUMBER) if after else (),
                choice.posterior < SURE,
            )
            if before and min(before.posterior, choice.posterior) >= SURE:
                first, second = before.words[0], choice.words[0]
                self.after.setdefault(first, Counter())[second] += 1
                self.before.setdefault(second, Counter())[first] += 1
        return result

    # --- writing ------------------------------------------------------------------------------------------

    def write(self, choices: list[list[_Choice]]) -> list[LineRepair]:
        """Return the lines with the decided words, and the edits that lead to them."""
        edits: dict[int, list[Edit]] = {}
        sums: dict[int, list[float]] = {}
        placement = Placement(choice for decided in choices for choice in decided)
        spelled_out = SpelledOut([choice.surface for choice in decided] for decided in choices)
        for row, decided in zip(self.paragraphs, choices, strict=True):
            cases = patterns(row)
            people = set(persons([(c.surface, c.posterior) for c in decided], [cases[c.first] for c in decided]))
            for at, choice in enumerate(decided):
                chunk = row[choice.first]
                if chunk.fixed is not None or choice.surface == choice.seen:
                    mended = mend_letters(choice.seen, spelled_out)
                    if mended != choice.seen and (chunk.fixed == ABBREVIATION or choice.seen.isupper()):
                        # the number before it may be mended by itself
                        cut = re.match(r"(?:.*\d)?[/-]?", choice.seen)
                        kept = cut.end() if cut and choice.seen[: cut.end()] == mended[: cut.end()] else 0
                        edit = Edit(
                            choice.begin + kept, choice.stop, choice.seen[kept:], mended[kept:], "abbreviation", 0.95
                        )
                        edits.setdefault(chunk.line, []).append(edit)
                if chunk.fixed is not None:
                    continue
                sums.setdefault(chunk.line, []).append(choice.posterior)
                surface = placement(choice)
                sure = round(choice.posterior, 4)
                if surface != choice.seen and choice.posterior >= _least(chunk, choice):
                    edit = Edit(choice.begin, choice.stop, choice.seen, surface, "channel", sure, choice.others)
                    edits.setdefault(chunk.line, []).append(edit)
                elif at in people and choice.posterior < LEAST_NAME and (surface != choice.seen or choice.others):
                    readings = tuple(dict.fromkeys((surface, *choice.others)))
                    edit = Edit(choice.begin, choice.stop, choice.seen, choice.seen, UNSURE_NAME, sure, readings)
                    edits.setdefault(chunk.line, []).append(edit)
        for i, signs in self.signs.items():
            if signs:
                edits.setdefault(i, []).extend(signs)
        for i, chunk in self.junk.items():
            start = len(self.lines[i][: chunk.outer_start].rstrip())
            edits.setdefault(i, []).append(
                Edit(start, chunk.outer_end, self.lines[i][start : chunk.outer_end], "", "stray sign", 0.9)
            )
        result = []
        for i, line in enumerate(self.lines):
            own = sorted(edits.get(i, ()), key=lambda e: e.start)
            text, at = [], 0
            for edit in own:
                text += [line[at : edit.start], edit.new]
                at = edit.end
            posteriors = sums.get(i, [1.0])
            text.append(line[at:])
            result.append(LineRepair("".join(text), tuple(own), round(sum(posteriors) / len(posteriors), 4)))
        return result


_QUOTES = frozenset("“”\"()'’")  # inside a word they are marks that the engine set apart
_SAME_SHAPE = "COSVXUPK"  # capitals that differ from the small letter in size only
_END = Option("", BOUNDARY, 0.0)
_SETTLED = 0.98
_NEVER: Counter[int] = Counter()
_RECALLED = 60  # words that a neighbour may recall; after "và" or "các" stands anything
_BLOCK = 3000  # lines decoded at a time, so that a book needs no more memory than a long plan
_PARAGRAPH = 400  # chunks decoded at a time, so that a text without breaks needs no more memory


def _settled(found: list[Chunk], signs: Sequence[Edit]) -> list[Chunk]:
    """Return the chunks that are words; a numeral or number that was mended as a sign stays in its place."""
    words = []
    for chunk in found:
        sign = next((s for s in signs if s.start < chunk.outer_end and chunk.outer_start < s.end), None)
        if sign is not None and ((sign.start < chunk.end and chunk.start < sign.end) or chunk.fixed == UNKNOWN):
            if sign.reason == BULLET:
                continue
            if chunk.fixed is None or chunk.fixed == UNKNOWN:
                chunk.fixed = ABBREVIATION if sign.reason == NUMERAL else NUMBER
        words.append(chunk)
    return words


def _lone_bracket(line: str, start: int, end: int) -> bool:
    """Whether a bracket that nothing closes stands right before a word."""
    return start > 0 and line[start - 1] == "(" and ")" not in line[end:]


def _mark_sign(line: str, chunk: Chunk) -> float:
    """Return the log chance that the apostrophe right after a word is one, and no mark of its last letter ("co'")."""
    if line[chunk.end : chunk.end + 1] not in ("'", "’", "‘", "`") or line[: chunk.start].count("'") % 2:
        return 0.0
    return _APOSTROPHE


def _least(chunk: Chunk, choice: _Choice) -> float:
    if choice.seen.isdigit():
        return LEAST_NUMBER
    return LEAST_NAME if choice.surface[:1].isupper() and not chunk.opens and not choice.surface.isupper() else LEAST
