"""The tokenizer: Stanza's, trained on PADT, PUD, reporting clauses and news sentences with sure clitics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from stanza.models.tokenization.data import DataLoader, TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import output_predictions
from stanza.models.tokenizer import DEFAULT_FEAT_FUNCS, parse_args

from training.loop import Plan, Start, train
from training.trees import Sentence
from training.undivided import tokens

WORD_END, SENTENCE_END = 1, 2
MULTIWORD = 2
SIZES = "--hidden_dim 96 --max_seqlen 300 --dropout 0.33 --unit_dropout 0.2"
Tokens = tuple[str, Sequence[tuple[str, bool]]]


def as_tokens(sentences: Iterable[Sentence]) -> Iterator[Tokens]:
    """(text, tokens with whether they are multi-word) of sentences of a treebank."""
    for sentence in sentences:
        if sentence.text:
            yield sentence.text, [(token, len(words) > 1) for token, words in tokens(sentence)]


def labels(text: str, parts: Sequence[tuple[str, bool]]) -> str | None:
    """Stanza's label of each character of `text`, or None if the tokens are not found in it one after another."""
    made, at = ["0"] * len(text), 0
    for number, (token, divided) in enumerate(parts):
        found = text.find(token, at)
        if found < 0 or text[at:found].strip():
            return None
        at = found + len(token)
        last = number == len(parts) - 1
        made[at - 1] = str(WORD_END + MULTIWORD * divided + (SENTENCE_END - WORD_END) * last)
    return None if text[at:].strip() else "".join(made)


def write_tokens(folder: Path, name: str, sentences: Iterable[Tokens]) -> tuple[Path, Path]:
    """The text file and the label file that Stanza's tokenizer reads, one paragraph a sentence."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(text, made) for text, parts in sentences if (made := labels(text, parts)) and "\n" not in text]
    text_file, label_file = folder / f"{name}.txt", folder / f"{name}.toklabels"
    text_file.write_text("\n\n".join(text for text, _ in pairs) + "\n", "utf-8")
    label_file.write_text("\n\n".join(made for _, made in pairs) + "\n", "utf-8")
    return text_file, label_file


def options(files: tuple[Path, Path], out: Path, *, seed: int, device: str) -> dict[str, Any]:
    """Stanza's options for a tokenizer trained on `files`."""
    given = ["--txt_file", str(files[0]), "--label_file", str(files[1]), "--lang", "ar", "--shorthand", "ar_compact"]
    given += [*SIZES.split(), "--seed", str(seed), "--device", device, "--save_name", str(out), "--use_mwt"]
    args = dict(parse_args(given))
    return args | {"feat_funcs": DEFAULT_FEAT_FUNCS, "feat_dim": len(DEFAULT_FEAT_FUNCS), "num_dict_feat": 0}


def tokenizer(args: dict[str, Any], init: Path | None, files: tuple[Path, Path]) -> tuple[Trainer, DataLoader]:
    """A trainer and its batches: new, or going on from the weights of the file `init`."""
    inputs = {"txt": str(files[0]), "label": str(files[1])}
    if init is None:
        batches = DataLoader(args, input_files=inputs, mwt_expansions={})
        args["vocab_size"] = len(batches.vocab)
        return Trainer(args=args, vocab=batches.vocab, device=args["device"]), batches
    trainer = Trainer(args=args, model_file=str(init), device=args["device"])
    return trainer, DataLoader(trainer.args, input_files=inputs, vocab=trainer.vocab, mwt_expansions={})


def endless(batches: DataLoader, args: dict[str, Any]) -> Iterator[Any]:
    """Batches without end, the sentences shuffled now and then."""
    step = 0
    while True:
        step += 1
        if step % args["shuffle_steps"] == 0:
            batches.shuffle()
        yield batches.next(unit_dropout=args["unit_dropout"], feat_unit_dropout=args["feat_unit_dropout"])


def found_tokens(marks: Iterable[int]) -> set[tuple[int, int, bool]]:
    """(start, end, multi-word or not) of the tokens that a paragraph's labels cut."""
    found, start = set(), 0
    for at, mark in enumerate(marks):
        if mark:
            found.add((start, at, mark > MULTIWORD))
            start = at + 1
    return found


def token_f1(trainer: Trainer, dev: TokenizationDataset) -> float:
    """F1 of tokens with their kind (one word or several), in per cent."""
    _, _, ours, _ = output_predictions(None, trainer, dev, trainer.vocab, None, 1000)
    right = made = wanted = 0
    for gold, guess in zip(dev.labels(), ours, strict=True):
        a, b = found_tokens(gold), found_tokens(guess)
        right, made, wanted = right + len(a & b), made + len(b), wanted + len(a)
    return 200 * right / max(1, made + wanted)


def train_tokenizer(files: tuple[Path, Path], dev: tuple[Path, Path], out: Path, plan: Plan, start: Start) -> float:
    """The best dev F1 of tokens; the tokenizer that reached it is at `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    args = options(files, out, seed=start.seed, device=start.device)
    trainer, batches = tokenizer(args, start.init, files)
    inputs = {"txt": str(dev[0]), "label": str(dev[1])}
    look = TokenizationDataset(trainer.args, input_files=inputs, vocab=trainer.vocab, evaluation=True)
    flow = endless(batches, trainer.args)
    return train(trainer, flow, plan, score=lambda: token_f1(trainer, look), save=lambda: trainer.save(str(out)))
