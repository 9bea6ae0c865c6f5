"""A run: shards handed to workers, lost ones handed out again, records given back in order or as they come."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait

from attribution.batch.shards import Item, Options, Result, Shards, write_shard
from attribution.batch.workers import ARTICLE, ERROR, READY, SHARD, Worker
from attribution.errors import ModelError, SettingsError
from attribution.records import Article, FailedDocument

KILLS = 2
STARTS = 2


class Run:
    """Many articles read by `workers` processes; what a finished shard holds is never done again.

    >>> shards = Shards(folder, articles, options)            # doctest: +SKIP
    >>> for record in Run(shards, options, workers=4).records(resume=True): ...  # doctest: +SKIP

    `report` is called with how many articles have become done (less than 0 where a worker died with a shard half done).
    A shard that ends two workers is given up: each of its articles becomes a FailedDocument. Scripts need the usual
    `if __name__ == "__main__":`, since workers are started by spawn.
    """

    def __init__(
        self, shards: Shards, options: Options, *, workers: int, report: Callable[[int], None] | None = None
    ) -> None:
        if workers < 1:
            raise SettingsError(f"workers must be at least 1, not {workers}")
        options.extractor()  # what is wrong with the lexicon is told before any process starts
        self.shards, self.options, self.count = shards, options, workers
        self._report = report or (lambda articles: None)
        self._workers: list[Worker] = []
        self._waiting: deque[int] = deque()
        self._kills: Counter[int] = Counter()
        self._false_starts = 0

    def records(self, *, resume: bool = False, ordered: bool = True) -> Iterator[Result]:
        """The record of every article, in the articles' order or shard by shard as they are done.

        Whenever this ends, by an error, an interrupt or because nobody asks for more, the workers are gone and the
        shards that are done are kept; `Shards.remove` takes them away.
        """
        self.shards.open(resume=resume)
        for number in _in_order(self._finished()) if ordered else self._finished():
            yield from self.shards.read(number)

    def _finished(self) -> Iterator[int]:
        """The number of each shard, as soon as it is done."""
        done = sorted(self.shards.done())
        self._waiting = deque(number for number in range(len(self.shards)) if number not in set(done))
        for number in done:
            self._report(self.shards.held(number))
            yield number
        try:
            left = len(self._waiting)
            for _ in range(min(self.count, left)):
                self._workers.append(Worker.start(self.options))
            while left:
                for number in self._heard():
                    left -= 1
                    yield number
        finally:
            self._end()

    def _heard(self) -> Iterator[int]:
        """The shards that became done, or were given up, since this was last asked; waits until there is news."""
        by_source = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_source)):
            worker = by_source[pipe]  # type: ignore[index]
            try:
                kind, told = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._replaced(worker)
                continue
            if kind == ERROR:
                raise told
            worker.ready |= kind == READY
            if kind == ARTICLE:
                worker.articles += 1
                self._report(1)
            elif kind == SHARD:
                worker.shard = None
            self._employ(worker)
            if kind == SHARD:
                yield told

    def _employ(self, worker: Worker) -> None:
        """Nothing; a worker without a shard gets the next one, if there is one."""
        if worker.shard is None and worker.ready and self._waiting:
            number = self._waiting.popleft()
            with suppress(OSError):  # if it has died, its pipe's end is heard next, and the shard given out again
                worker.give((number, self.shards.path(number), self.shards.of(number)))

    def _replaced(self, worker: Worker) -> Iterator[int]:
        """The shard that a dead worker had, if it is given up; else it waits again. Another worker takes the place."""
        worker.kill()
        self._workers.remove(worker)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= STARTS * self.count:
                raise ModelError(
                    f"workers end before they are ready (exit code {worker.process.exitcode}): is memory short, "
                    'or does a script start a run outside `if __name__ == "__main__":`?'
                )
        if worker.shard is not None:
            yield from self._lost(worker.shard, worker.articles)
        if self._waiting:
            self._workers.append(Worker.start(self.options))

    def _lost(self, number: int, articles: int) -> Iterator[int]:
        """The number of a shard whose worker died, if it is finished or given up; else it goes first in the queue."""
        if self.shards.path(number).is_file():
            yield number
            return
        self._report(-articles)
        self._kills[number] += 1
        if self._kills[number] < KILLS:
            self._waiting.appendleft(number)
            return
        error = f"the worker process died {KILLS} times on the shard of this article"
        lost = [_lost(item, error) for item in self.shards.of(number)]
        write_shard(lost, self.shards.path(number))
        self._report(len(lost))
        yield number

    def _end(self) -> None:
        while self._workers:
            self._workers.pop().kill()
        self.shards.tidy()


def _lost(item: Item, error: str) -> FailedDocument:
    """What stands for an item whose shard was given up."""
    return FailedDocument(id=item.id, error=error, metadata=item.metadata if isinstance(item, Article) else {})


def _in_order(numbers: Iterator[int]) -> Iterator[int]:
    """`numbers`, which are 0, 1, 2 … in any order, in order, each as soon as it can be."""
    early: set[int] = set()
    following = 0
    for number in numbers:
        early.add(number)
        while following in early:
            early.remove(following)
            yield following
            following += 1
