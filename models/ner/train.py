"""Train the named entity component: ``python models/ner/train.py``.

Three sources of text: sentences composed from frames (labels exact), generated plans of the training families
(labelled by the rules), and real text from the shared corpora (labelled where the rules and underthesea agree; a
span that only one of them finds is left unknown, which spaCy leaves out of the loss). Half of it is damaged
afterwards. No text is kept in the model but single words of units and bodies for the entity ruler.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402
import spacy.about  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.training import Example as SpacyExample  # noqa: E402
from spacy.training import offsets_to_biluo_tags  # noqa: E402
from spacy.util import minibatch  # noqa: E402
from thinc.api import compounding, fix_random_seed  # noqa: E402

from corpus.generate import generate_plans  # noqa: E402
from models.ner.compose import Example, compose, damage  # noqa: E402
from pipeline.lexicon import units  # noqa: E402
from pipeline.normalize.people import name_score  # noqa: E402
from pipeline.recognize.ner_rules import rule_entities  # noqa: E402
from pipeline.recognize.ner_tokens import make_tokenizer  # noqa: E402, F401

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("KEHOACH_SHARED", ROOT.parent / "shared"))
UNKNOWN = "?"  # a span whose label is left open
SEED = 5
_NAMES = ("ORG", "PER", "LOC")
_CORPORA = {"law": 3, "admin": 1, "news": 2}  # shares of real text
_BODIES = ("Chính phủ", "Quốc hội", "Bộ Chính trị", "Ban Bí thư", "Thủ tướng Chính phủ", "Ủy ban Thường vụ Quốc hội")


def blank() -> Language:
    """Return the untrained pipeline."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "kehoach.words.v1"}}})
    nlp.add_pipe(
        "ner",
        config={
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "ner",
                "extra_state_tokens": False,
                "hidden_width": 64,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": {
                    "@architectures": "spacy.HashEmbedCNN.v2",
                    "width": 80,
                    "depth": 4,
                    "embed_size": 2500,
                    "window_size": 1,
                    "maxout_pieces": 3,
                    "subword_features": True,
                    "pretrained_vectors": None,
                },
            }
        },
    )
    return nlp


def add_ruler(nlp: Language) -> None:
    """Add the entity ruler, which fills in provinces and central bodies where the model found nothing."""
    ruler = nlp.add_pipe("entity_ruler", config={"overwrite_ents": False, "validate": False})
    names = {unit.name for edition in (63, 34) for unit in units.all_units(edition, "province")}
    patterns = [{"label": "LOC", "pattern": text} for name in sorted(names) for text in (name, f"tỉnh {name}")]
    ruler.add_patterns([*patterns, *({"label": "ORG", "pattern": name} for name in _BODIES)])  # type: ignore[attr-defined]


def from_plans(count: int) -> Iterator[Example]:
    """Yield lines of generated plans of the training families, labelled by the rules."""
    seen: set[str] = set()
    for plan in generate_plans(count, SEED, split="train"):
        for line in plan.layout.lines():
            if line not in seen and 3 < len(line) < 400:
                seen.add(line)
                yield line, [(e.start, e.end, e.label) for e in rule_entities(line)]


def from_corpora(count: int) -> Iterator[Example]:
    """Yield *count* real sentences with silver labels; none where the corpora are absent."""
    from underthesea import ner  # only for training: it takes a second to load

    for name, share in _CORPORA.items():
        path = SHARED / "corpora" / f"{name}.txt.xz"
        if not path.exists():
            continue
        wanted = count * share // sum(_CORPORA.values())
        rng = Random(SEED)
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            good = (s for s in map(str.strip, lines) if 40 < len(s) < 260 and rng.random() < 0.08)
            for text in islice(good, wanted):
                yield text, _agreed(text, ner(text))


def _agreed(text: str, tagged: Iterable[tuple[str, str, str, str]]) -> list[tuple[int, int, str]]:
    """Return the labels that rules and the other tagger agree on, and open spans where only one sees a name."""
    other: list[tuple[int, int, str]] = []
    position = 0
    for word, _, _, tag in tagged:
        start = text.find(word, position)
        if start < 0:
            continue
        position = start + len(word)
        if tag.startswith("B-"):
            other.append((start, position, tag[2:]))
        elif tag.startswith("I-") and other:
            other[-1] = (other[-1][0], position, other[-1][2])
    spans: list[tuple[int, int, str]] = []
    for entity in rule_entities(text):
        seen = any(a < entity.end and b > entity.start for a, b, _ in other)
        sure = entity.label not in _NAMES or seen
        spans.append((entity.start, entity.end, entity.label if sure else UNKNOWN))
    for start, end, label in other:
        if all(end <= a or start >= b for a, b, _ in spans):
            person = label == "PER" and name_score(text[start:end]) >= 0.5
            spans.append((start, end, "PER" if person else UNKNOWN))
    return sorted(spans)


def to_spacy(nlp: Language, example: Example) -> SpacyExample:
    """Return what spaCy trains on; spans that cut a token, and open ones, count for nothing."""
    text, spans = example
    doc = nlp.make_doc(text)
    tags = offsets_to_biluo_tags(doc, [span for span in spans if span[2] != UNKNOWN])
    for start, end, label in spans:
        if label == UNKNOWN:
            for token in doc:
                if token.idx < end and token.idx + len(token) > start and tags[token.i] == "O":
                    tags[token.i] = "-"
    words = [token.text for token in doc]
    return SpacyExample.from_dict(doc, {"words": words, "entities": tags})


def train(nlp: Language, examples: list[Example], seconds: float) -> int:
    """Train for *seconds* of CPU time, damaging half of the examples anew each time; return the rounds."""
    rng = Random(SEED)
    begin = time.process_time()
    first = [to_spacy(nlp, example) for example in examples[:800]]
    optimizer = nlp.initialize(lambda: first)
    rounds = 0
    sizes = compounding(16.0, 96.0, 1.002)
    average = optimizer
    while time.process_time() - begin < seconds:
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, sizes):  # type: ignore[no-untyped-call]
            spent = (time.process_time() - begin) / seconds
            optimizer.learn_rate = 0.0015 * max(0.02, 1 - spent)
            nlp.update([to_spacy(nlp, damage(e, rng)) for e in batch], drop=0.15, sgd=average, losses=losses)
            if spent > 1:
                break
        rounds += 1
        print(f"round {rounds}: {losses} after {time.process_time() - begin:.0f} s", flush=True)
    return rounds


def _sources() -> dict[str, str]:
    """Return the hashes of the corpora that were learned from; the rest is code."""
    files = [SHARED / "corpora" / f"{name}.txt.xz" for name in _CORPORA]
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest()[:16] for f in files if f.exists()}


def main() -> None:
    """Train, save under ``weights/`` and write ``meta.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=240, help="CPU time of training")
    parser.add_argument("--composed", type=int, default=14000)
    parser.add_argument("--plans", type=int, default=110)
    parser.add_argument("--real", type=int, default=6000)
    parser.add_argument("--output", type=Path, default=HERE)
    options = parser.parse_args()
    fix_random_seed(SEED)
    parts = {
        "composed": list(compose(options.composed, SEED)),
        "plans": list(from_plans(options.plans)),
        "real": list(from_corpora(options.real)),
    }
    sizes = {name: len(part) for name, part in parts.items()}
    print(sizes, f"{time.process_time():.0f} s", flush=True)
    nlp = blank()
    rounds = train(nlp, [example for part in parts.values() for example in part], options.seconds)
    add_ruler(nlp)
    weights = options.output / "weights"
    options.output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(weights, ignore_errors=True)
    nlp.to_disk(weights)
    meta = {
        "version": 1,
        "command": "python models/ner/train.py",
        "cpu_seconds": round(time.process_time()),
        "rounds": rounds,
        "sentences": sizes,
        "seed": SEED,
        "sha256_16": _sources(),
        "spacy": spacy.about.__version__,
        "bytes": sum(f.stat().st_size for f in weights.rglob("*") if f.is_file()),
    }
    (options.output / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
