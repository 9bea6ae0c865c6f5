"""The bundled parser made again: `python -m training.model --out FOLDER [--init PACKAGE] [--steps …] [--device cuda]`.

The steps, in their order: prepare-data, vectors, tokenizer, mwt, tagger, parser, bundle. Each writes under FOLDER and
reads what the earlier ones wrote, so `--steps parser,bundle` goes on from there. With `--init` the parts start from the
weights of a finished package, without it from nothing. The same seed, data and machine give the same package.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from training.bundle import NAME, PARTS, VECTORS, bundle
from training.data import Treebanks, from_pud, parted, prepare_tags, prepare_trees
from training.expander import extend, train_expander, vector_words
from training.loop import Plan, Start
from training.lost import restored, wrongly_divided
from training.parser import retagged, train_parser
from training.report import pipeline
from training.tagger import load_tagger, train_tagger
from training.tokenizer import Tokens, as_tokens, train_tokenizer, write_tokens
from training.trees import read, write
from training.undivided import articles, counted, known_divisions, news_tokens
from training.vectors import make_vectors, read_vectors

SHARED = Path(__file__).parent.parent.parent / "shared"
ANEW = {"tokenizer": 6000, "mwt": 8, "tagger": 4000, "parser": 6000}
GOING_ON = {"tokenizer": 2200, "mwt": 0, "tagger": 1000, "parser": 700}
RATES = {"tokenizer": 1.2e-3, "tagger": 2e-3, "parser": 2e-3}
AVERAGING = {"tokenizer": 0.995, "tagger": 0.995, "parser": 0.995}
HALVES = ("tagger", "parser")
NEWS_SENTENCES = 3000
LONGEST = 2000
ERRING = 0.2
ALSO_GOLD = 900


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a package is made and from what: folders, the package to start from, seed, device and steps of training."""

    out: Path
    shared: Path = SHARED
    init: Path | None = None
    seed: int = 1234
    device: str = "cpu"
    updates: dict[str, int] = field(default_factory=dict)
    half: bool = False

    @property
    def data(self) -> Path:
        """The folder of training files."""
        return self.out / "data"

    @property
    def news(self) -> Path:
        """The articles of newspapers, which may be absent."""
        return self.shared / "news/articles.jsonl.xz"

    @property
    def vectors(self) -> Path:
        """The vectors that tagger and parser read."""
        return self.out / "parts" / f"{VECTORS}.pt"

    def part(self, step: str) -> Path:
        """The trained file of a part ("tokenize", "mwt", "pos" or "depparse")."""
        return self.out / "parts" / step / f"{NAME}.pt"

    def start(self, step: str) -> Path | None:
        """The file that a part starts from, or None."""
        return self.init and self.init / "ar" / step / f"{NAME}.pt"

    def length(self, step: str) -> int:
        """How many steps (for mwt: passes) a part is trained for."""
        return self.updates.get(step, (GOING_ON if self.init else ANEW)[step])

    def plan(self, step: str) -> Plan:
        """The plan of a part's training."""
        steps = self.length(step)
        half = self.half and step in HALVES
        return Plan(steps, RATES[step], look_every=min(steps, 200), averaging=AVERAGING[step], half=half)

    def begin(self, step: str) -> Start:
        """What a part's training starts from."""
        return Start(self.start(step), self.seed, self.device)


def prepare_data(shop: Workshop) -> None:
    """Write what tokenizer, expander and tagger are trained on and steered by."""
    treebanks = Treebanks.of(shop.shared / "treebanks")
    kept, held = parted(treebanks.raw("reporting-train"))
    tokens, dev = treebanks.raw("tok-train"), treebanks.raw("tok-dev")
    pud = from_pud(treebanks.raw("parse-train"))
    cut, look, sure = list(as_tokens(tokens)), list(as_tokens(dev)), list[Tokens]()
    if shop.init and shop.news.exists():
        known = known_divisions(tokens + kept + pud)
        sure = list(news_tokens(pipeline(shop.init), shop.news, known, most=NEWS_SENTENCES))
        whole = {token for token, divided in known_divisions(kept).items() if not divided}
        tokenizer, counts = shop.init / f"ar/tokenize/{NAME}.pt", counted(articles(shop.news))
        cut, look = (list(restored(part, tokenizer, counts, whole)) for part in (cut, look))
    write_tokens(shop.data, "tok-train", [*cut, *as_tokens(kept * 2 + pud), *sure])
    write_tokens(shop.data, "tok-dev", [*look, *as_tokens(held)])
    write(shop.data / "mwt-train.conllu", tokens + kept)
    write(shop.data / "mwt-dev.conllu", dev)
    write(shop.data / "reports.conllu", kept)
    prepare_tags(treebanks, shop.data, seed=shop.seed)


def vectors(shop: Workshop) -> None:
    """Write the vectors: those of the package to start from, else those of ../shared/vectors."""
    found = shop.init and shop.init / "ar" / "pretrain" / f"{VECTORS}.pt"
    make_vectors(found or shop.shared / "vectors/ar_news_100d.vec.xz", shop.vectors)


def tokenizer(shop: Workshop) -> None:
    """Train the tokenizer."""
    train, dev = ((shop.data / f"tok-{n}.txt", shop.data / f"tok-{n}.toklabels") for n in ("train", "dev"))
    train_tokenizer(train, dev, shop.part("tokenize"), shop.plan("tokenizer"), shop.begin("tokenize"))


def mwt(shop: Workshop) -> None:
    """Train the expander, or take the one to start from, and extend its dictionary."""
    made, start = shop.out / "parts" / "mwt" / "trained.pt", shop.start("mwt")
    if start is None or shop.length("mwt"):
        train, dev = (shop.data / f"mwt-{name}.conllu" for name in ("train", "dev"))
        start = train_expander(train, dev, made, shop.length("mwt"), shop.begin("mwt"))
    reports = read(shop.data / "reports.conllu")
    extend(start, shop.vectors, reports, shop.part("mwt"), whole=_divided_in_news(shop))


def _divided_in_news(shop: Workshop) -> set[str]:
    """Words of the news that the new tokenizer divides wrongly; none without a tokenizer or news."""
    tokenizer = shop.part("tokenize") if shop.part("tokenize").exists() else shop.start("tokenize")
    if tokenizer is None or not shop.news.exists():
        return set()
    texts = list(articles(shop.news))
    paragraphs = [" ".join(p.split()) for text in texts for p in text.split("\n\n") if p.strip() and len(p) < LONGEST]
    known = known_divisions(read(shop.data / "mwt-train.conllu"))
    return wrongly_divided(tokenizer, paragraphs, counted(texts), known, set(vector_words(shop.vectors)))


def tagger(shop: Workshop) -> None:
    """Train the tagger."""
    files = [shop.data / f"tag-{name}.conllu" for name in ("news", "reports")]
    devs = [shop.data / f"tag-{name}.conllu" for name in ("dev", "dev-reports")]
    train_tagger(files, devs, shop.vectors, shop.part("pos"), shop.plan("tagger"), shop.begin("pos"))


def parser(shop: Workshop) -> None:
    """Train the parser on gold tags and on tags of the new tagger, steered by sentences that this tagger tagged."""
    news, reports, devs = prepare_trees(Treebanks.of(shop.shared / "treebanks"), seed=shop.seed)
    pretrain = read_vectors(shop.vectors)
    model = load_tagger(shop.part("pos"), pretrain, shop.device)
    devs = [retagged(dev, model, pretrain, dropout=0) for dev in devs]
    erring = [s for part in (news, reports) for s in retagged(part, model, pretrain, dropout=ERRING)]
    file = write(shop.data / "parse-train.conllu", news + erring + reports[:ALSO_GOLD])
    train_parser(file, devs, shop.vectors, shop.part("depparse"), shop.plan("parser"), shop.begin("depparse"))


def finish(shop: Workshop) -> None:
    """Write the package folder; parts that were not trained are those of the package to start from."""
    parts = {part: shop.part(part) if shop.part(part).exists() else shop.start(part) for part in PARTS}
    if missing := [part for part, file in parts.items() if file is None]:
        raise SystemExit(f"not trained yet and no --init to take them from: {', '.join(missing)}")
    made = bundle({part: file for part, file in parts.items() if file}, shop.vectors, shop.out / "ar_compact")
    size = sum(file.stat().st_size for file in made.rglob("*") if file.is_file())
    print(f"{made}: {size / 1e6:.1f} MB")


STEPS: dict[str, Callable[[Workshop], None]] = {
    "prepare-data": prepare_data,
    "vectors": vectors,
    "tokenizer": tokenizer,
    "mwt": mwt,
    "tagger": tagger,
    "parser": parser,
    "bundle": finish,
}


def run(shop: Workshop, steps: Sequence[str] = tuple(STEPS)) -> None:
    """Take the steps, each from the same seed."""
    torch.set_num_threads(1)
    for step in (name for name in STEPS if name in steps):
        random.seed(shop.seed)
        np.random.seed(shop.seed)
        torch.manual_seed(shop.seed)
        print(f"== {step}", flush=True)
        STEPS[step](shop)


def counts(text: str) -> dict[str, int]:
    """Steps of training by part, from "tagger=100,parser=200"."""
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return {name: int(number) for name, number in pairs}


def main(given: Sequence[str] | None = None) -> None:
    """Make a package as the command line says."""
    options = argparse.ArgumentParser(prog="python -m training.model", description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="folder to work in; the package is FOLDER/ar_compact")
    options.add_argument("--init", type=Path, help="package folder whose weights and vectors to start from")
    options.add_argument("--steps", default=",".join(STEPS), help="which steps to take, comma-separated")
    options.add_argument("--updates", type=counts, default={}, help="training steps by part: tagger=1000,parser=700")
    options.add_argument("--shared", type=Path, default=SHARED, help="folder of treebanks, vectors and news")
    options.add_argument("--device", default="cpu", help="cpu or cuda")
    options.add_argument("--seed", type=int, default=1234)
    options.add_argument("--half", action="store_true", help="train tagger and parser with products in bfloat16")
    found = options.parse_args(given)
    steps = found.steps.split(",")
    if unknown := set(steps) - set(STEPS):
        options.error(f"unknown steps: {', '.join(sorted(unknown))}; known: {', '.join(STEPS)}")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("stanza").setLevel(logging.WARNING)
    run(Workshop(found.out, found.shared, found.init, found.seed, found.device, found.updates, found.half), steps)


if __name__ == "__main__":
    main()
