"""Multi-word tokens of Stanza expanded once each: an expansion depends on the token alone."""

from __future__ import annotations

from typing import Any

EXPANSIONS_KEPT = 100_000


def shorten_expansions(processor: Any) -> bool:
    """True once `processor` decodes each unknown multi-word token once, and none that its dictionary has."""
    trainer: Any = getattr(processor, "trainer", None)
    if not _is_known_expander(processor, trainer):
        return False
    kept: dict[str, str] = {}

    def process(document: Any) -> Any:
        tokens: list[str] = document.get_mwt_expansions(evaluation=True)
        expansions = {token: trainer.dict_expansion(token) for token in tokens}
        unknown = [token for token, expansion in expansions.items() if expansion is None and token not in kept]
        if len(kept) + len(unknown) > EXPANSIONS_KEPT:
            kept.clear()
            unknown = [token for token, expansion in expansions.items() if expansion is None]
        unknown.sort(key=len)
        kept.update(zip(unknown, _decoded(processor, unknown), strict=True))
        chosen = [kept[token] if expansions[token] is None else expansions[token] for token in tokens]
        document.set_mwt_expansions(chosen, process_manual_expanded=False)
        return document

    processor.process = process
    return True


def _is_known_expander(processor: Any, trainer: Any) -> bool:
    """True if `processor` is Stanza's own, with a dictionary that overrules its model."""
    if not hasattr(trainer, "dict_expansion") or not hasattr(processor, "build_batch"):
        return False
    from stanza.models.mwt.data import DataLoader

    config = processor.config
    return hasattr(DataLoader, "to_loader") and not config.get("dict_only") and bool(config.get("ensemble_dict"))


def _decoded(processor: Any, tokens: list[str]) -> list[str]:
    """What the model of `processor` makes of each token: its words, separated by spaces."""
    import torch

    found: list[str] = []
    if tokens:
        batch = processor.build_batch(_Tokens(tokens))
        with torch.no_grad():
            for part in batch.to_loader():
                found += processor.trainer.predict(part, never_decode_unk=True, vocab=batch.vocab)
    return found


class _Tokens:
    """What Stanza's loader of multi-word tokens asks of a document, for a list of tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    def get_mwt_expansions(self, evaluation: bool = False) -> list[str]:
        """The tokens to expand."""
        return self._tokens
