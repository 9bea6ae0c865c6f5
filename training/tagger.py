"""The tagger: Stanza's, trained on tag-train with features and on the reporting clauses with UPOS alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.data import Dataset, ShuffledDataset
from stanza.models.pos.trainer import Trainer
from stanza.models.tagger import load_training_data, parse_args
from stanza.utils.conll import CoNLL

from training.loop import Plan, Start, forever, train
from training.quick import quicken

log = logging.getLogger("training")
BATCH = 40
DROPOUT = {"dropout": 0.33, "word_dropout": 0.2}
FEATURES_WEIGH = 0.3
SIZES = "--hidden_dim 150 --char_hidden_dim 80 --char_emb_dim 50 --word_cutoff 5"


def options(files: Sequence[Path], vectors: Path, out: Path, *, batch: int, seed: int, device: str) -> dict[str, Any]:
    """Stanza's options for the tagger that reads `files`."""
    given = ["--lang", "ar", "--shorthand", "ar_compact", "--train_file", ";".join(map(str, files)), *SIZES.split()]
    given += ["--wordvec_pretrain_file", str(vectors), "--save_dir", str(out.parent), "--save_name", out.name]
    given += ["--batch_size", str(batch), "--seed", str(seed), "--device", device, "--eval_file", str(files[0])]
    return dict(parse_args(given)) | {"beta2": 0.98, **DROPOUT}


def tagger(args: dict[str, Any], init: Path | None, pretrain: Pretrain) -> tuple[Trainer, ShuffledDataset]:
    """A trainer and its batches: new, or going on from the weights and vocabulary of the file `init`."""
    vocab, datasets, batches = load_training_data(args, pretrain)
    if init is None:
        return Trainer(args=args, vocab=vocab, pretrain=pretrain, device=args["device"]), batches
    names = ("batch_size", "lr", "optim", "beta2", "device", "seed", "max_grad_norm", *DROPOUT)
    running = {name: args[name] for name in names}
    trainer = Trainer(pretrain=pretrain, model_file=str(init), args=running, device=args["device"])
    known = [Dataset(d.doc, trainer.args, pretrain, vocab=trainer.vocab, evaluation=False) for d in datasets]
    return trainer, ShuffledDataset(known, args["batch_size"])


class UposFirst(torch.nn.Module):
    """The tagger's loss with features, eighteen losses in all, counting less than UPOS, known by its number of tags."""

    def __init__(self, loss: torch.nn.Module, upos: int) -> None:
        super().__init__()
        self.loss, self.upos = loss, upos

    def forward(self, scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        """The loss of one column."""
        found: torch.Tensor = self.loss(scores, gold)
        return found if scores.size(-1) == self.upos else FEATURES_WEIGH * found


def tags(trainer: Trainer, data: Dataset, batch: int = 64) -> list[list[list[str]]]:
    """UPOS, XPOS and features of each word of each sentence of `data`, in its order."""
    found: list[Any] = [None] * len(data)
    for part in data.to_loader(batch_size=batch):
        for index, words in zip(part.idx, trainer.predict(part), strict=True):
            found[index] = words
    return found


def accuracy(trainer: Trainer, devs: Iterable[Dataset]) -> float:
    """The mean over the dev sets of the share of words whose UPOS is right, in per cent."""
    shares = []
    for dev in devs:
        gold = [[w[1] for w in sentence] for sentence in Dataset.load_doc(dev.doc)]
        ours = [[w[0] for w in sentence] for sentence in tags(trainer, dev)]
        pairs = [(g, o) for a, b in zip(gold, ours, strict=True) for g, o in zip(a, b, strict=True)]
        shares.append(100 * sum(g == o for g, o in pairs) / max(1, len(pairs)))
    log.info("dev UPOS %s", " ".join(f"{share:.2f}" for share in shares))
    return float(sum(shares) / len(shares))


def train_tagger(
    files: Sequence[Path], devs: Sequence[Path], vectors: Path, out: Path, plan: Plan, start: Start
) -> float:
    """The best dev UPOS accuracy; the tagger that reached it is at `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    pretrain = Pretrain(str(vectors))
    args = options(files, vectors, out, batch=BATCH, seed=start.seed, device=start.device)
    trainer, batches = tagger(args, start.init, pretrain)
    quicken(trainer.model)
    trainer.model.crit = UposFirst(trainer.model.crit, len(trainer.vocab["upos"]))
    looks = [
        Dataset(CoNLL.conll2doc(str(dev)), trainer.args, pretrain, vocab=trainer.vocab, evaluation=True) for dev in devs
    ]
    flow: Iterator[Any] = forever(lambda: iter(batches))
    return train(trainer, flow, plan, score=lambda: accuracy(trainer, looks), save=lambda: trainer.save(str(out)))


def load_tagger(path: Path, pretrain: Pretrain, device: str) -> Trainer:
    """The trained tagger at `path`."""
    return Trainer(pretrain=pretrain, model_file=str(path), device=device)
