"""Train the tables of administrative text that repair of garbled text reads beside the language model.

    python -m models.channel.domain --corpora ../shared/corpora

The language model was pruned to what tells marks apart: an n-gram whose reading wins among all readings of its letters
is not in it, however common it is. Behind garbled letters stand words of other letters too, so here n-grams are kept by
how well they predict a word, and those of plans and of law and administration are known best. Counted are law and
administration (without what is held out), plans of the generated training families, the handwritten plans that may be
tuned on, and the standing phrases of `models/diacritics/formulas.txt`. Half a minute on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.generate import generate_plans
from corpus.handwritten import handwritten_plans
from corpus.layout import GeneratedPlan
from corpus.render.plain import page_texts
from models.diacritics.train import FORMULA_WEIGHT, build, formulas, ids_of, part_of, read, sizes_of, write
from pipeline.restoration.model import LanguageModel, vocabulary_digest
from pipeline.restoration.tokens import Tokenizer

SOURCES = ("law", "admin")
PLANS, SEED = 500, 101  # generated plans, of the training families only
GENERATED_WEIGHT, HANDWRITTEN_WEIGHT = 30, 40  # how often each of them counts: half of all tokens are plans
KEEP = 40.0  # nats over the training text that an n-gram must save: 0.8 MB

Stream = npt.NDArray[np.uint16]


def plan_lines(plans: Iterable[GeneratedPlan]) -> Iterator[str]:
    """Yield the lines of *plans*, those of two columns one by one."""
    for plan in plans:
        for page in page_texts(plan.layout):
            yield from (part for line in page.split("\n") for part in line.split("\t") if part.strip())


def main(argv: list[str] | None = None) -> None:
    """Train and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with law.txt.xz and admin.txt.xz")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args(argv)
    model = LanguageModel.load()
    tokenizer = Tokenizer(model.ids)
    parts: dict[str, Stream] = {
        source: ids_of(
            (line for line in read(options.corpora, source) if part_of(line) == "train"), tokenizer, once=True
        )
        for source in SOURCES
    }
    generated = ids_of(plan_lines(generate_plans(PLANS, SEED, split="train")), tokenizer, once=True)
    handwritten = ids_of(plan_lines(handwritten_plans()), tokenizer, once=True)
    parts["generated"] = np.tile(generated, GENERATED_WEIGHT)
    parts["handwritten"] = np.tile(handwritten, HANDWRITTEN_WEIGHT)
    parts["formulas"] = np.tile(ids_of(formulas(), tokenizer, once=True), FORMULA_WEIGHT)
    text = np.concatenate(list(parts.values()))
    arrays = build(text, list(model.vocabulary), KEEP, KEEP, 1.0, continuations=False)
    meta = {
        "command": "python -m models.channel.domain --corpora DIR",
        "tokens": {name: len(part) for name, part in parts.items()},
        "data": {s: hashlib.sha256((options.corpora / f"{s}.txt.xz").read_bytes()).hexdigest() for s in SOURCES},
        **sizes_of(arrays),
        "vocabulary": vocabulary_digest(model.vocabulary),
        **write(arrays, options.out / "domain.bin"),
    }
    (options.out / "domain.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
