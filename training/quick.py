"""Training steps of Stanza's parser and tagger in about half the time, with the same losses.

Labels: the graph parser scores every relation for every pair of words; its loss wants those at the gold heads alone.
Masks: dropout draws its random numbers from one pool, at a place drawn each time. Pairs: torch's bilinear layer is slow
on processors; two matrix products give the same. Half: products in bfloat16, where the processor has it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import torch
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, relu, softplus

POOL = 1 << 23


def half(device: str, *, wanted: bool) -> AbstractContextManager[Any]:
    """A context in which products are made in bfloat16 if that is wanted."""
    return torch.autocast(torch.device(device).type, dtype=torch.bfloat16, enabled=wanted)


def quicken(model: nn.Module) -> None:
    """Give a Stanza parser or tagger the shortcuts that fit it."""
    for module in model.modules():
        if isinstance(module, nn.Bilinear):
            module.forward = _bilinear(module)  # type: ignore[assignment, method-assign, unused-ignore]
    if next(model.parameters()).device.type == "cpu":
        pooled_masks(model)
    if hasattr(model, "deprel") and hasattr(model, "linearization") and hasattr(model, "distance"):
        labels_at_heads(model)


def pooled_masks(model: nn.Module, size: int = POOL) -> None:
    """Let the dropout layers of `model` cut their masks out of one pool of random numbers."""
    pool = torch.rand(size)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.forward = _dropout(module, pool)  # type: ignore[assignment, method-assign, unused-ignore]


def _dropout(module: nn.Dropout, pool: Tensor) -> Callable[[Tensor], Tensor]:
    def forward(x: Tensor) -> Tensor:
        if not module.training or not module.p:
            return x
        if 2 * x.numel() > len(pool):
            return torch.dropout(x, module.p, True)
        at = int(torch.randint(0, len(pool) - x.numel(), (1,)))
        kept = pool[at : at + x.numel()].view(x.shape) >= module.p
        return x * (kept.to(x.dtype) / (1 - module.p))

    return forward


def _bilinear(module: nn.Bilinear) -> Callable[[Tensor, Tensor], Tensor]:
    def forward(left: Tensor, right: Tensor) -> Tensor:
        outputs, a, b = module.weight.shape
        crossed = (left @ module.weight.permute(1, 0, 2).reshape(a, outputs * b)).view(-1, outputs, b)
        return torch.bmm(crossed, right.to(crossed.dtype).unsqueeze(2)).squeeze(2) + module.bias

    return forward


def labels_at_heads(model: Any) -> None:
    """Let the loss of a graph parser score relations at the gold heads alone; what it predicts stays as it was."""
    original = model.forward

    def forward(*inputs: Any) -> tuple[Tensor, list[Any]]:
        if not model.training:
            return original(*inputs)  # type: ignore[no-any-return]
        return _loss(model, inputs), []

    model.forward = forward


def _loss(model: Any, inputs: tuple[Any, ...]) -> Tensor:
    """The loss as Stanza's GraphParser.forward sums it: heads, labels, directions and distances."""
    mask, letters, head, relation = inputs[1], inputs[2], inputs[9], inputs[10]
    states, drop = model.embed(*inputs), model.drop
    words, width = ~mask[:, 1:], mask.size(1)
    places = torch.arange(width, device=head.device)
    ahead = (places.view(1, 1, -1) - places.view(1, -1, 1)).expand(len(head), -1, -1)
    sides = model.linearization(drop(states), drop(states)).squeeze(3)
    far = 1 + softplus(model.distance(drop(states), drop(states)).squeeze(3))
    misses = -torch.log((ahead.abs().float() - far) ** 2 / 2 + 1)
    arcs = model.unlabeled(drop(states), drop(states)).squeeze(3)
    arcs = arcs + logsigmoid(sides.detach() * torch.sign(ahead).float()) + misses.detach()
    arcs = arcs.masked_fill(torch.eye(width, dtype=torch.bool, device=head.device).unsqueeze(0), -torch.inf)[:, 1:]
    arcs = arcs.masked_fill(mask.unsqueeze(1), -torch.inf)

    def at_head(scores: Tensor) -> Tensor:
        return torch.gather(scores, 2, head.unsqueeze(2)).squeeze(2)[words]

    heads = torch.gather(states, 1, head.unsqueeze(2).expand(-1, -1, states.size(2)))
    labels = _labels(model.deprel, drop(states[:, 1:][words]), drop(heads[words]))
    side = at_head(sides[:, 1:])
    loss = model.crit(arcs[words], head[words]) + model.crit(labels, relation[words] - VOCAB_PREFIX_SIZE)
    loss = loss + model.crit(torch.stack([-side / 2, side / 2], 1), at_head((ahead[:, 1:] > 0).long()))
    found: Tensor = (loss - at_head(misses[:, 1:]).sum()) / len(letters)
    return found


def _labels(scorer: Any, children: Tensor, heads: Tensor) -> Tensor:
    """The score of each relation for each child and its head."""
    one = children.new_ones(len(children), 1)
    left = torch.cat([scorer.dropout(relu(scorer.W1(children))), one], 1)
    right = torch.cat([scorer.dropout(relu(scorer.W2(heads))), one], 1)
    weight = scorer.scorer.W_bilin.weight
    crossed = (left @ weight.view(len(weight), -1)).view(-1, weight.size(1), weight.size(2))
    found: Tensor = torch.bmm(right.to(crossed.dtype).unsqueeze(1), crossed).squeeze(1) + scorer.scorer.W_bilin.bias
    return found
