"""The expander of multi-word tokens: Stanza's dictionary and seq2seq model, trained by Stanza's own command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
from stanza.models.mwt_expander import main as stanza_main

from training.loop import Start
from training.trees import Sentence
from training.undivided import tokens

SIZES = "--hidden_dim 100 --dropout 0.5 --augment_apos 0 --no_force_exact_pieces"
FEMININE, VERBAL = "ة", "ت"
SUFFIXES = ("ه", "ها", "هم")


def expansions(sentences: Iterable[Sentence]) -> dict[str, str]:
    """How each multi-word token of the sentences is written apart, the last way seen."""
    return {token: " ".join(words) for s in sentences for token, words in tokens(s) if len(words) > 1}


def verbs_with_objects(words: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Expansions of verbs in ت with an object pronoun: عالجته is عالجت + ه, for عالجة is no word of the vectors.

    `words` are the words of the vectors, `known` tokens whose expansion the treebanks give.
    """
    alone, seen = set(words), set(known)
    stems = [w for w in alone if _is_verb(w) and f"{w[:-1]}{FEMININE}" not in alone]
    found = {f"{stem}{suffix}": f"{stem} {suffix}" for stem in sorted(stems) for suffix in SUFFIXES}
    return {token: parts for token, parts in found.items() if token not in seen and token not in alone}


def _is_verb(word: str) -> bool:
    """True for words of four letters or more in ت that are no plurals in ات and have no article."""
    return len(word) > 3 and word.endswith(VERBAL) and not word.endswith("ات") and not word.startswith("ال")


def vector_words(vectors: Path) -> list[str]:
    """The words that a vector file has vectors for."""
    return list(torch.load(vectors, map_location="cpu", weights_only=True)["vocab"]["_id2unit"])


def extend(model: Path, vectors: Path, reports: Iterable[Sentence], out: Path, *, whole: Iterable[str] = ()) -> Path:
    """`out`: the expander `model`, its dictionary now knowing verbs of the vectors and tokens of `reports` as well.

    Words of `whole` it gives back whole, should the tokenizer divide them; Stanza then keeps the token as one word.
    """
    contents = torch.load(model, map_location="cpu", weights_only=True)
    verbs = verbs_with_objects(vector_words(vectors), contents["dict"])
    undivided = {word: word for word in sorted(whole)}
    contents["dict"] = undivided | expansions(reports) | verbs | contents["dict"]
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(contents, out, _use_new_zipfile_serialization=False)
    return out


def train_expander(train: Path, dev: Path, out: Path, passes: int, start: Start) -> Path:
    """`out`, an expander trained on the multi-word tokens of `train`; always from nothing: a pass takes a minute."""
    out.parent.mkdir(parents=True, exist_ok=True)
    given = ["--train_file", str(train), "--eval_file", str(dev), "--gold_file", str(dev), "--lang", "ar"]
    given += ["--shorthand", "ar_compact", "--save_dir", str(out.parent), "--save_name", out.name, *SIZES.split()]
    stanza_main([*given, "--num_epoch", str(passes), "--seed", str(start.seed), "--device", start.device])
    return out
