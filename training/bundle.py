"""A package folder made of trained parts: weights in half, vectors in single precision, no optimizers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.vocab import VOCAB_PREFIX

from attribution.syntax.packages import CHECKSUMS, checksums

NAME, VECTORS = "compact", "news"
PARTS = ("tokenize", "mwt", "pos", "depparse")
WITH_VECTORS = ("pos", "depparse")
WORDS = 33_800
TRAINING_STATE = ("optimizer_state_dict", "scheduler_state_dict", "dev_score_history")
PATHS = ("_file", "_dir", "save_name", "load_name", "continue_from", "conll", "dev_conll_gold")


def halved(checkpoint: Mapping[str, Any]) -> dict[str, Any]:
    """A model file's contents with its weights in half precision, without training state and paths of this machine."""
    kept = {key: value for key, value in checkpoint.items() if key not in TRAINING_STATE}
    kept["model"] = {name: _half(value) for name, value in kept["model"].items()}
    kept["config"] = {key: None if _is_path(key, value) else value for key, value in kept["config"].items()}
    return kept


def _is_path(key: str, value: Any) -> bool:
    return isinstance(value, str) and any(part in key for part in PATHS)


def _half(value: Any) -> Any:
    return value.half() if torch.is_tensor(value) and value.is_floating_point() else value


def pruned(vectors: Mapping[str, Any], words: int) -> dict[str, Any]:
    """The contents of a vector file with its first (most frequent) words alone, in single precision."""
    names = list(vectors["vocab"]["_id2unit"])[: words + len(VOCAB_PREFIX)]
    vocab = dict(vectors["vocab"]) | {"_id2unit": names, "_unit2id": {name: at for at, name in enumerate(names)}}
    return {"vocab": vocab, "emb": torch.as_tensor(vectors["emb"])[: len(names)].float().clone()}


def resources() -> dict[str, Any]:
    """What resources.json says of the package: its parts, what they need, and the lemma as the word itself."""
    need = [{"model": "pretrain", "package": VECTORS}]
    arabic: dict[str, Any] = {"lang_name": "Arabic"}
    arabic |= {part: {NAME: {"dependencies": need} if part in WITH_VECTORS else {}} for part in PARTS}
    arabic["pretrain"] = {VECTORS: {}}
    arabic["default_processors"] = dict.fromkeys(PARTS, NAME)
    arabic["default_dependencies"] = dict.fromkeys(WITH_VECTORS, need)
    chosen = {"tokenize": NAME, "mwt": NAME, "pos": NAME, "lemma": "identity", "depparse": NAME}
    return {"ar": arabic | {"packages": {"default": chosen}}}


def bundle(parts: Mapping[str, Path], vectors: Path, out: Path, *, words: int = WORDS) -> Path:
    """`out`, now a package folder with checksums, made of one trained file for each part."""
    for part in PARTS:
        _save(halved(_load(parts[part])), out / "ar" / part / f"{NAME}.pt")
    _save(pruned(_load(vectors), words), out / "ar" / "pretrain" / f"{VECTORS}.pt")
    (out / "resources.json").write_text(json.dumps(resources(), indent=1), "utf-8")
    (out / CHECKSUMS).write_text(json.dumps(checksums(out), indent=1) + "\n", "utf-8")
    return out


def _load(path: Path) -> dict[str, Any]:
    return dict(torch.load(path, map_location="cpu", weights_only=True))


def _save(contents: Mapping[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(dict(contents), path, _use_new_zipfile_serialization=False)
