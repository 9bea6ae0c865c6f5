"""Stanza's features of words scored once a part of speech: a feature's scorer sees of the tag only its embedding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FEATURES = "feats"
TAG = "upos"
TOLERANCE = 1e-4


def shorten_tagging(trainer: Any) -> bool:
    """True once the tagger of `trainer` scores features by a table for each part of speech."""
    model: Any = getattr(trainer, "model", None)
    if not _is_known_tagger(model):
        return False
    tags = model.upos_emb.weight
    scorers = model.tag_clf[FEATURES]
    tables = [_table(scorer, tags) for scorer in scorers]
    if not all(_agree(scorer, table, tags) for scorer, table in zip(scorers, tables, strict=True)):
        return False
    model.parent_representation = _tag_numbers(model.parent_representation)
    for scorer, table in zip(scorers, tables, strict=True):
        scorer.forward = _scorer(scorer, table)
    return True


def _is_known_tagger(model: Any) -> bool:
    """True if `model` is Stanza's tagger with features that hang on nothing but an embedding of the predicted tag."""
    from stanza.models.common.biaffine import BiaffineScorer
    from stanza.models.common.vocab import CompositeVocab
    from stanza.models.pos.model import Tagger
    from stanza.models.pos.tag_columns import TAG_LINK_EMB

    known = ("link_mode", "column_parents", "tag_clf", "parent_representation", "upos_emb")
    if type(model) is not Tagger or not all(hasattr(model, name) for name in known) or model.share_hid:
        return False
    if "parent_representation" in vars(model):  # shortened before
        return False
    model.eval()
    composite = FEATURES in model.tag_clf and isinstance(model.vocab[FEATURES], CompositeVocab)
    only_tag = model.link_mode == TAG_LINK_EMB and tuple(model.column_parents.get(FEATURES, ())) == (TAG,)
    return composite and only_tag and all(type(scorer) is BiaffineScorer for scorer in model.tag_clf[FEATURES])


def _tag_numbers(original: Callable[..., Any]) -> Callable[..., Any]:
    """A `parent_representation` that gives the features' scorers the numbers of the tags, not their embeddings."""

    def representation(name: str, hids: Any, tag_scores: Any, gold: Any) -> Any:
        return tag_scores[TAG].max(1)[1] if name == FEATURES else original(name, hids, tag_scores, gold)

    return representation


def _table(scorer: Any, tags: Any) -> Any:
    """For each tag a matrix from a word's state, a one added, to the scores of the feature's values."""
    import torch

    with torch.no_grad():
        ones = tags.new_ones(len(tags), 1)
        return torch.einsum("oij,tj->tio", scorer.W_bilin.weight, torch.cat([tags, ones], 1)).contiguous()


def _scorer(scorer: Any, table: Any) -> Callable[[Any, Any], Any]:
    """What scores a feature for words by their states and the numbers of their tags."""
    bias = scorer.W_bilin.bias

    def score(states: Any, tags: Any) -> Any:
        scores = states.new_empty(len(states), table.size(2))
        for tag in tags.unique().tolist():
            rows = (tags == tag).nonzero().squeeze(1)
            scores[rows] = states[rows] @ table[tag, :-1] + table[tag, -1]
        return scores + bias

    return score


def _agree(scorer: Any, table: Any, tags: Any) -> bool:
    """True if the table gives what `scorer` gives, on a few made-up states."""
    import torch

    numbers = torch.arange(len(tags), device=tags.device)
    states = torch.linspace(-1.0, 1.0, table[:, :-1, 0].numel()).view(len(tags), -1).to(tags)
    with torch.no_grad():
        whole = scorer(states, tags)
        ours = _scorer(scorer, table)(states, numbers)
        return bool(torch.allclose(whole, ours, atol=TOLERANCE, rtol=TOLERANCE))
