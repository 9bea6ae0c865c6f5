"""Shortcuts through a Stanza pipeline that give the same trees sooner; each is left out where Stanza is not as known.

Heads: Stanza forbids the root before it looks for the best tree, which makes it contract the whole sentence. Where
the best tree without that ban has one root (or every word's best head makes such a tree), it is the same tree.
Labels: Stanza scores every relation for every pair of words; only the arcs of the tree are wanted.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from attribution.syntax.expansions import shorten_expansions
from attribution.syntax.tagging import shorten_tagging

_INPUTS = ["word", "word_mask", "wordchars", "wordchars_mask", "upos", "xpos", "ufeats", "pretrained", "lemma", "head"]
PREDICT_TAKES = [*_INPUTS, "deprel", "word_orig_idx", "sentlens", "wordlens", "text", "resolve_head_constraints"]
SENTENCE_LENGTHS = PREDICT_TAKES.index("sentlens")
HEADS_AT_ONCE = 128
TOLERANCE = 1e-3


def speed_up(pipeline: Any) -> tuple[str, ...]:
    """The names of the shortcuts that now work in `pipeline`: some of "arcs", "expansions" and "tags"."""
    steps = pipeline.processors
    shortcuts: dict[str, tuple[Callable[[Any], bool], Any]] = {
        "arcs": (_shorten_arcs, getattr(steps.get("depparse"), "trainer", None)),
        "expansions": (shorten_expansions, steps.get("mwt")),
        "tags": (shorten_tagging, getattr(steps.get("pos"), "trainer", None)),
    }
    done = []
    for name, (shorten, step) in shortcuts.items():
        with suppress(ImportError):  # a Stanza whose modules are cut otherwise
            if shorten(step):
                done.append(name)
    return tuple(done)


@contextmanager
def without_optimizers() -> Iterator[None]:
    """Load models without the optimizers that Stanza makes for training: these import half of torch, over a second."""
    from stanza.models.common import utils

    made_by: dict[str, Callable[..., Any]] = {
        "get_optimizer": lambda *_, **__: None,
        "get_split_optimizer": lambda *_, **__: {},
    }
    originals = {name: getattr(utils, name) for name in made_by if hasattr(utils, name)}
    try:
        for name in originals:
            setattr(utils, name, made_by[name])
        yield
    finally:
        for name, original in originals.items():
            setattr(utils, name, original)


def greedy_tree(scores: Any) -> Any | None:
    """The best head of each word, if these make one tree under one root; else None.

    `scores[x][y]` is the score of y as head of x, 0 is the root (a numpy matrix, as Stanza's decoder takes it).
    """
    heads = scores.argmax(axis=1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1:
        return None
    up = heads
    for _ in range(len(heads).bit_length()):
        up = up[up]
    return None if up.any() else heads


def best_tree(scores: Any) -> Any:
    """The heads of the best tree with one root, as Stanza's chuliu_edmonds_one_root gives them."""
    from stanza.models.common.chuliu_edmonds import (
        chuliu_edmonds,
        chuliu_edmonds_one_root,
    )

    tree = greedy_tree(scores)
    if tree is None:
        tree = chuliu_edmonds(scores.astype("float64"))
        if (tree[1:] == 0).sum() != 1:
            tree = chuliu_edmonds_one_root(scores)
    return tree


def arc_scores(scorer: Any, states: Any, arcs: Sequence[tuple[int, int]]) -> Any:
    """The scores of all relations for pairs of rows of `states`: row i is `scorer` of dependent and head of arcs[i].

    What a head does to the scorer's weights is worked out once, and heads with as many dependents go together.
    """
    import torch

    left = _with_bias(scorer.hidden_func(scorer.W1(states)))
    right = _with_bias(scorer.hidden_func(scorer.W2(states)))
    weight, bias = scorer.scorer.W_bilin.weight, scorer.scorer.W_bilin.bias
    flat = weight.transpose(0, 1).reshape(weight.size(1), -1)
    found = states.new_empty(len(arcs), weight.size(2))
    for heads, rows in _families(arcs):
        of_heads = (right[heads] @ flat).view(len(heads), weight.size(0), -1)
        dependents = torch.tensor([[arcs[row][0] for row in family] for family in rows], device=states.device)
        found[torch.tensor(rows, device=states.device)] = torch.bmm(left[dependents], of_heads)
    return found + bias


def _families(arcs: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Some heads and the numbers of the arcs to each, as many to each; together all arcs."""
    by_head: dict[int, list[int]] = {}
    for row, (_, head) in enumerate(arcs):
        by_head.setdefault(head, []).append(row)
    by_size: dict[int, list[int]] = {}
    for head, rows in by_head.items():
        by_size.setdefault(len(rows), []).append(head)
    for heads in by_size.values():
        for at in range(0, len(heads), HEADS_AT_ONCE):
            some = heads[at : at + HEADS_AT_ONCE]
            yield some, [by_head[head] for head in some]


def _with_bias(states: Any) -> Any:
    """`states` with a column of ones."""
    import torch

    return torch.cat([states, states.new_ones(*states.shape[:-1], 1)], dim=-1)


def _shorten_arcs(trainer: Any) -> bool:
    """True once the parser of `trainer` decodes with the shortcuts for heads and labels."""
    if not _is_known_parser(getattr(trainer, "model", None)):
        return False
    model, scorer, full = trainer.model, trainer.model.deprel, trainer.model.deprel.forward
    scorer.forward = lambda states, _: states
    model.predict = _predictor(model, scorer, full)
    return True


def _is_known_parser(model: Any) -> bool:
    """True if `model` is the graph parser that these shortcuts were written for and its label scores come out equal."""
    from stanza.models.depparse.model import GraphParser

    if type(model) is not GraphParser or not hasattr(model, "deprel"):
        return False
    model.eval()
    try:
        return list(inspect.signature(model.predict).parameters) == PREDICT_TAKES and _labels_agree(model.deprel)
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return False


def _labels_agree(scorer: Any) -> bool:
    """True if arc_scores gives what `scorer` gives, on a few made-up states."""
    import torch

    weight = scorer.W1.weight
    states = torch.linspace(-1.0, 1.0, 5 * weight.size(1)).view(1, 5, -1).to(weight)
    with torch.no_grad():
        whole = scorer(states, states)[0]
        ours = arc_scores(scorer, states[0], [(i, j) for i in range(5) for j in range(5)])
        return bool(torch.allclose(whole.reshape(25, -1), ours, atol=TOLERANCE, rtol=TOLERANCE))


def _predictor(model: Any, scorer: Any, full: Callable[[Any, Any], Any]) -> Callable[..., list[list[list[Any]]]]:
    """A `predict` for `model` that labels only the arcs of the best trees; `full` scores all relations of all pairs."""
    vocab = model.vocab["deprel"]

    def predict(*inputs: Any, resolve_head_constraints: bool = False) -> list[list[list[Any]]]:
        scores, states, *_ = model.forward_scores(*inputs)
        lengths = inputs[SENTENCE_LENGTHS]
        logs = scores.log_softmax(2).detach().cpu().numpy()
        trees = [best_tree(logs[i][:n, :n]) for i, n in enumerate(lengths)]
        found = _labels(scorer, states, trees)
        for i, n in enumerate(lengths):
            if resolve_head_constraints and _clashes(trees[i], found[i], vocab):
                label_scores = full(states[i : i + 1, :n], states[i : i + 1, :n])[0]
                trees[i], found[i] = _resolved(logs[i][:n, :n], label_scores, trees[i], vocab)
        return [
            [[int(head), name] for head, name in zip(tree[1:], _names(labels, vocab), strict=True)]
            for tree, labels in zip(trees, found, strict=True)
        ]

    return predict


def _labels(scorer: Any, states: Any, trees: Sequence[Any]) -> list[list[int]]:
    """The best label of each arc of each tree, numbered as the scorer numbers them."""
    width = states.size(1)
    arcs = [
        (i * width + at, i * width + int(head))
        for i, tree in enumerate(trees)
        for at, head in enumerate(tree[1:], start=1)
    ]
    best = arc_scores(scorer, states.reshape(-1, states.size(-1)), arcs).argmax(1)
    return [part.tolist() for part in best.split([len(tree) - 1 for tree in trees])]


def _names(labels: Sequence[int], vocab: Any) -> list[str]:
    """The relations that the scorer numbers `labels`."""
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE

    names: list[str] = vocab.unmap([label + VOCAB_PREFIX_SIZE for label in labels])
    return names


def _clashes(tree: Any, labels: Sequence[int], vocab: Any) -> bool:
    """True if Stanza would repair this tree: a head with two subjects or two objects."""
    from stanza.models.depparse.head_constraints import find_head_constraint_violations

    return bool(find_head_constraint_violations(tree, _names(labels, vocab)))


def _resolved(scores: Any, label_scores: Any, tree: Any, vocab: Any) -> tuple[Any, list[int]]:
    """Stanza's repair of `tree`: its heads and the labels of its arcs."""
    from stanza.models.depparse.head_constraints import resolve_head_constraint_violations

    logs = label_scores.log_softmax(2).detach().cpu().numpy()
    mended: tuple[Any, list[int]] = resolve_head_constraint_violations(scores, logs, tree, vocab)
    return mended
