"""The parser: Stanza's graph parser, trained on trees with the tags that our own tagger gives under dropout.

Words keep their gold tags in some copies; in others the tagger tags them with its dropout on, which errs about as often
on sentences it has seen as it does without on others.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.depparse.data import DataLoader, InfiniteBatch
from stanza.models.depparse.trainer import GraphTrainer, Trainer
from stanza.models.depparse.utils import predict_dataset
from stanza.models.parser import parse_args
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer as Tagger
from stanza.utils.conll import CoNLL

from training.loop import Plan, Start, train
from training.quick import quicken
from training.trees import DEPREL, HEAD, UPOS, Sentence, dump, with_column

log = logging.getLogger("training")
BATCH = 1000
DROPOUT = {"dropout": 0.33, "word_dropout": 0.2}
SIZES = "--hidden_dim 220 --char_hidden_dim 100 --deep_biaff_hidden_dim 220 --deep_biaff_output_dim 100"
INPUTS = "--word_emb_dim 50 --char_emb_dim 50 --word_cutoff 5 --no_xpos --no_ufeats --num_layers 2 --no_checkpoint"


def retagged(
    sentences: Sequence[Sentence], tagger: Tagger, pretrain: Pretrain, *, dropout: float, batch: int = 50
) -> list[Sentence]:
    """The sentences with the tagger's UPOS, as it errs when it drops that share of units and half of it of words."""
    doc = CoNLL.conll2doc(input_str="".join(dump(sentence) for sentence in sentences))
    data = Dataset(doc, tagger.args, pretrain, vocab=tagger.vocab, evaluation=True)
    found: list[list[str]] = [[] for _ in sentences]
    tagger.model.train(bool(dropout))
    for module in tagger.model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = dropout
    tagger.model.worddrop.dropprob = dropout / 2
    with torch.no_grad():
        for part in data.to_loader(batch_size=batch):
            inputs = (part.words, part.words_mask, part.wordchars, part.wordchars_mask, part.tags, part.pretrained)
            _, guesses = tagger.model(*inputs, part.word_orig_idx, part.lens, part.word_lens, part.text)
            for row, position in enumerate(part.orig_idx):
                length = int(part.lens[row])
                found[part.idx[position]] = tagger.vocab["upos"].unmap(guesses[0][row, :length].tolist())
    tagger.model.eval()
    return [_with_tags(sentence, tags) for sentence, tags in zip(sentences, found, strict=True)]


def _with_tags(sentence: Sentence, tags: Sequence[str]) -> Sentence:
    """The sentence with `tags` for its words."""
    ordered = iter(tags)
    return sentence.with_words(lambda row: with_column(row, UPOS, next(ordered)))


def agreement(gold: Iterable[Sentence], ours: Iterable[Sentence], columns: Sequence[int]) -> float:
    """The share of words that have equal columns in both, in per cent."""
    pairs = [(g, o) for a, b in zip(gold, ours, strict=True) for g, o in zip(a.words, b.words, strict=True)]
    return 100 * sum(all(g[c] == o[c] for c in columns) for g, o in pairs) / max(1, len(pairs))


def options(train_file: Path, vectors: Path, out: Path, *, batch: int, seed: int, device: str) -> dict[str, Any]:
    """Stanza's options for a parser trained on `train_file`."""
    given = ["--lang", "ar", "--shorthand", "ar_compact", "--train_file", str(train_file), "--batch_size", str(batch)]
    given += ["--wordvec_pretrain_file", str(vectors), "--save_dir", str(out.parent), "--save_name", out.name]
    given += ["--seed", str(seed), "--device", device, "--optim", "adam", "--lr", "0.001", "--weight_decay", "0"]
    return dict(parse_args([*given, *SIZES.split(), *INPUTS.split()])) | {"beta2": 0.98, **DROPOUT}


def parser(args: dict[str, Any], init: Path | None, pretrain: Pretrain) -> tuple[Trainer, DataLoader]:
    """A trainer and its batches: new, or going on from the weights and vocabulary of the file `init`."""
    doc = CoNLL.conll2doc(args["train_file"])
    if init is None:
        batches = DataLoader(doc, args["batch_size"], args, pretrain, evaluation=False)
        return GraphTrainer(args=args, vocab=batches.vocab, pretrain=pretrain, device=args["device"]), batches
    names = ("train_file", "batch_size", "optim", "lr", "beta2", "weight_decay", "seed", "device", *DROPOUT)
    running = {name: args[name] for name in names} | {"second_stage": False}
    trainer = Trainer.load(str(init), pretrain, args=running, device=args["device"], reset_history=True)
    return trainer, DataLoader(doc, args["batch_size"], trainer.args, pretrain, vocab=trainer.vocab, evaluation=False)


def endless(batches: InfiniteBatch) -> Iterator[Any]:
    """Batches without end, shuffled at the end of each pass."""
    batches.reshuffle()
    while True:
        yield batches.next_batch()


def attachment(trainer: Trainer, devs: Iterable[tuple[DataLoader, Sequence[Sentence]]]) -> float:
    """The mean over the dev sets of the labelled attachment of words, in per cent."""
    shares = []
    for loader, gold in devs:
        pairs = [arc for sentence in predict_dataset(trainer, loader) for arc in sentence]
        wanted = [(int(row[HEAD]), row[DEPREL]) for sentence in gold for row in sentence.words]
        right = sum((int(head), relation) == arc for (head, relation), arc in zip(pairs, wanted, strict=True))
        shares.append(100 * right / max(1, len(wanted)))
    log.info("dev LAS %s", " ".join(f"{share:.2f}" for share in shares))
    return sum(shares) / len(shares)


def train_parser(
    train_file: Path, devs: Sequence[Sequence[Sentence]], vectors: Path, out: Path, plan: Plan, start: Start
) -> float:
    """The best dev LAS; the parser that reached it is at `out`. The devs carry the tags that parsing will see."""
    out.parent.mkdir(parents=True, exist_ok=True)
    pretrain = Pretrain(str(vectors))
    args = options(train_file, vectors, out, batch=BATCH, seed=start.seed, device=start.device)
    trainer, batches = parser(args, start.init, pretrain)
    quicken(trainer.model)

    def look(sentences: Sequence[Sentence]) -> tuple[DataLoader, Sequence[Sentence]]:
        doc = CoNLL.conll2doc(input_str="".join(dump(sentence) for sentence in sentences))
        loader = DataLoader(
            doc, 2000, trainer.args, pretrain, vocab=trainer.vocab, evaluation=True, sort_during_eval=True
        )
        return loader, sentences

    looks = [look(dev) for dev in devs]
    flow = endless(InfiniteBatch(batches))
    return train(trainer, flow, plan, score=lambda: attachment(trainer, looks), save=lambda: trainer.save(str(out)))
