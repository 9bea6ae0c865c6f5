"""One training loop for Stanza's trainers: a rate that rises and falls, averaged weights, the best by dev score."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.quick import half

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast: steps, highest and lowest rate, steps of warm-up, steps between looks at dev.

    `half` makes the products of training, not of the looks, in bfloat16.
    """

    steps: int
    rate: float
    last_rate: float = 1e-5
    warm_up: int = 40
    look_every: int = 100
    averaging: float = 0.99
    half: bool = False

    def rate_at(self, step: int) -> float:
        """The learning rate of one step, counted from 1."""
        if step <= self.warm_up:
            return self.rate * step / max(1, self.warm_up)
        done = (step - self.warm_up) / max(1, self.steps - self.warm_up)
        return self.last_rate + (self.rate - self.last_rate) * (1 + math.cos(math.pi * min(1.0, done))) / 2


@dataclass(frozen=True, slots=True)
class Start:
    """What a part's training starts from: a model file or nothing, a seed, a device."""

    init: Path | None = None
    seed: int = 1234
    device: str = "cpu"


class Average:
    """A running average of a model's floating-point parameters."""

    def __init__(self, model: torch.nn.Module, keep: float) -> None:
        self.keep = keep
        self.values = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
        self.count = 0

    def take(self, model: torch.nn.Module) -> None:
        """Take in the parameters as they are now; early on the average forgets faster."""
        self.count += 1
        keep = min(self.keep, (1 + self.count) / (10 + self.count))
        for name, p in model.named_parameters():
            if name in self.values:
                self.values[name].mul_(keep).add_(p.detach(), alpha=1 - keep)

    def swap(self, model: torch.nn.Module) -> None:
        """Exchange the model's parameters and the average."""
        for name, p in model.named_parameters():
            if name in self.values:
                current = p.detach().clone()
                p.data.copy_(self.values[name])
                self.values[name] = current


def forever(batches: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    """Batches of one pass after another."""
    while True:
        yield from batches()


def optimizers_of(trainer: Any) -> list[Any]:
    """The torch optimizers of a Stanza trainer, which names and wraps them by its kind."""
    found = getattr(trainer, "optimizers", None) or trainer.optimizer
    return list(found.values()) if isinstance(found, Mapping) else [found]


def train(
    trainer: Any, batches: Iterator[Any], plan: Plan, *, score: Callable[[], float], save: Callable[[], None]
) -> float:
    """The best dev score; `save` has been called with the averaged weights that reached it.

    `trainer` is a Stanza trainer (`model`, `update`); `score` looks at dev with the weights then in place.
    """
    device = next(trainer.model.parameters()).device.type
    average, best, started, losses = Average(trainer.model, plan.averaging), -1.0, time.monotonic(), 0.0
    for step in range(1, plan.steps + 1):
        for optimizer in optimizers_of(trainer):
            for group in optimizer.param_groups:
                group["lr"] = plan.rate_at(step)
        batch = next(batches)
        with half(device, wanted=plan.half):
            loss = trainer.update(batch)
        losses += float(loss[0] if isinstance(loss, tuple) else loss)
        average.take(trainer.model)
        if step % plan.look_every == 0 or step == plan.steps:
            average.swap(trainer.model)
            found = score()
            if found > best:
                best = found
                save()
            average.swap(trainer.model)
            seconds = (time.monotonic() - started) / step
            log.info("step %d: loss %.4f, dev %.2f (best %.2f)", step, losses / plan.look_every, found, best)
            log.info("%.2f s a step", seconds)
            losses = 0.0
    return best
