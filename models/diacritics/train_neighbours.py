"""Train what the neighbours of a word say of its marks, on what a trigram gets wrong in text that it has not seen.

    python models/diacritics/train_neighbours.py --corpora ../shared/corpora

A trigram is trained without the last part of each source and restores that part; where it was unsure, the weights learn
to tell the right reading from the others, given how likely the trigram held each. One core, 15 minutes, 4 GB. Writes
`neighbours.bin` beside this file, and its figures into `meta.json`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.diacritics import train
from pipeline.lexicon.syllables import strip_marks, traditional
from pipeline.restoration import marks
from pipeline.restoration.candidates import Candidates
from pipeline.restoration.model import LanguageModel, Lattice
from pipeline.restoration.neighbours import BITS, FEATURES, SCALE, Neighbours, places
from pipeline.restoration.tokens import Tokenizer

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNSEEN = 0.15  # share of the lines of each source that the trigram does not see
UNSURE = 0.99  # probability of the best reading below which a word is learned from
LAW_STEP = 3  # of the blocks of law one in so many: much of it repeats
LINES = 12  # a block
PASSES, RATE, SHRINK = 2, 0.04, 0.003


class Questions(NamedTuple):
    """Words that the trigram was unsure of; the readings of question i are ``words[starts[i]:starts[i + 1]]``."""

    starts: Ints
    words: Ints
    nats: Floats  # logarithm of what the trigram gave each reading
    right: Ints  # which reading is right
    around: Ints
    about: Ints


def split(corpora: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the training lines of each source: those that the trigram sees, and the last ones, which it does not."""
    seen, unseen = {}, {}
    for source in train.SOURCES:
        lines = [line.rstrip("\n") for line in train.read(corpora, source) if train.part_of(line) == "train"]
        cut = int(len(lines) * (1 - UNSEEN))
        seen[source], unseen[source] = lines[:cut], lines[cut:]
    return seen, unseen


def trigram(seen: dict[str, list[str]], shipped: Path) -> LanguageModel:
    """Return a model like the one in *shipped* that was trained on *seen*."""
    words = (shipped / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    tokenizer = Tokenizer({w: i for i, w in enumerate(words)})
    ids = train.ids_of((line for lines in seen.values() for line in lines), tokenizer, once=True)
    arrays = train.build(ids, words, train.KEEP3, train.KEEP2, train.BREADTH)
    model = LanguageModel.load(shipped)
    arrays |= {"capital_bonus": model.capital_bonus, "small_bonus": model.small_bonus}
    with tempfile.TemporaryDirectory() as folder:
        train.save(arrays, words, Path(folder), {})
        return LanguageModel.load(Path(folder))


def questions(blocks: Iterator[list[str]], model: LanguageModel) -> Questions:
    """Restore *blocks* of lines, stripped, and return what the model was unsure of."""
    candidates = Candidates(model)
    neighbours = Neighbours(model.vocabulary, np.zeros(1 << BITS, dtype=np.int8))
    parts = [part for block in blocks for part in _questions_of(block, model, candidates, neighbours)]
    starts = np.cumsum([0] + [size for part in parts for size in part[0]])
    return Questions(starts, *(np.concatenate([part[i] for part in parts]) for i in range(1, 6)))


def _questions_of(
    block: Sequence[str], model: LanguageModel, candidates: Candidates, neighbours: Neighbours
) -> Iterator[tuple[list[int], Ints, Floats, Ints, Ints, Ints]]:
    true = traditional(unicodedata.normalize("NFC", "\n\n".join(block)))
    text = strip_marks(true)
    slots: list[marks.Slot] = []
    offset = 0
    for line in text.split("\n"):
        slots += [marks.boundary(offset), *marks.slots_of(line, offset, candidates)]
        offset += len(line) + 1
    sizes = np.array([len(slot.reading.ids) for slot in slots], dtype=np.int64)
    start = np.repeat(np.arange(len(slots), dtype=np.int64), sizes)
    ids = np.array([number for slot in slots for number in slot.reading.ids], dtype=np.int64)
    weights = np.array([weight for slot in slots for weight in slot.reading.weights])
    path, posterior = model.decode(Lattice(start, start + 1, ids, weights), len(slots))
    first = np.cumsum(sizes) - sizes
    asked, right = [], []
    for at, edge in enumerate(path.tolist()):
        spelled = true[slots[at].start : slots[at].end]
        if sizes[at] > 1 and posterior[edge] < UNSURE and spelled in slots[at].reading.spellings:
            asked.append(at)
            right.append(slots[at].reading.spellings.index(spelled))
    if asked:
        edges = np.concatenate([np.arange(first[at], first[at] + sizes[at]) for at in asked])
        around, about = neighbours.around(text, slots, asked)
        nats = np.log(np.maximum(posterior[edges], 1e-6))
        yield [int(sizes[at]) for at in asked], ids[edges], nats, np.array(right), around, about


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def learn(asked: Questions, order: Ints, weights: Floats, gradients: Floats, rate: float) -> tuple[float, float]:
    """Go over the questions once, and return the mean loss and the share answered right, before each was learned from.

    Adagrad on the logistic loss; a *rate* of 0 only measures.
    """
    found = np.zeros((256, FEATURES), dtype=np.int64)
    counts = np.zeros(256, dtype=np.int64)
    chance = np.zeros(256)
    loss, hits = 0.0, 0
    for i in order:
        begin = asked.starts[i]
        size = asked.starts[i + 1] - begin
        best = 0
        for k in range(size):
            about = asked.about[i]
            counts[k] = places(asked.words[begin + k], asked.around[i], about[0], about[1], about[2], found[k])
            chance[k] = asked.nats[begin + k]
            for j in range(counts[k]):
                chance[k] += weights[found[k, j]]
            if chance[k] > chance[best]:
                best = k
        top = chance[best]
        total = 0.0
        for k in range(size):
            chance[k] = np.exp(chance[k] - top)
            total += chance[k]
        right = asked.right[i]
        hits += best == right
        loss -= np.log(chance[right] / total + 1e-12)
        if rate == 0.0:
            continue
        for k in range(size):
            error = chance[k] / total - (1.0 if k == right else 0.0)
            if abs(error) < 1e-4:
                continue
            for j in range(counts[k]):
                place = found[k, j]
                slope = error + SHRINK * weights[place]
                gradients[place] += slope * slope
                weights[place] -= rate * slope / np.sqrt(gradients[place] + 1.0)
    return loss / len(order), hits / len(order)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    began = time.process_time()
    seen, unseen = split(options.corpora)
    model = trigram(seen, options.out)
    print(f"trigram, {time.process_time() - began:.0f} s", file=sys.stderr)
    blocks = (
        lines[at : at + LINES]
        for source, lines in unseen.items()
        for at in range(0, len(lines), LINES * (LAW_STEP if source == "law" else 1))
    )
    asked = questions(blocks, model)
    print(f"{len(asked.right)} questions, {time.process_time() - began:.0f} s", file=sys.stderr)
    save(fit(asked), options.out)


def fit(asked: Questions) -> Floats:
    """Return the weights learned from *asked*."""
    weights, gradients = np.zeros(1 << BITS), np.zeros(1 << BITS)
    chooser = np.random.default_rng(0)
    for _ in range(PASSES):
        loss, right = learn(asked, chooser.permutation(len(asked.right)), weights, gradients, RATE)
        print(f"loss {loss:.4f}, right {right:.4f}", file=sys.stderr)
    return weights


def save(weights: Floats, folder: Path) -> None:
    """Write *weights*, eight bits each."""
    np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8).tofile(folder / "neighbours.bin")


if __name__ == "__main__":
    main()
