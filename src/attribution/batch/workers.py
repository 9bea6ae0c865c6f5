"""Worker processes: each loads the model once, works with one thread, and writes the shards it is given."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from attribution.batch.shards import Item, Options, Result, article, write_shard
from attribution.errors import AttributionError
from attribution.pipeline import Extractor
from attribution.records import Article, FailedDocument
from attribution.syntax.stanza import use_one_thread

READY, ARTICLE, SHARD, ERROR = "ready", "article", "shard", "error"
Task = tuple[int, Path, Sequence[Item]]
_SPAWN = get_context("spawn")


@dataclass(slots=True)
class Worker:
    """One process at work, the shard it has in hand (or None) and how many articles of it are done."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    shard: int | None = None
    articles: int = field(default=0)

    @classmethod
    def start(cls, options: Options) -> Worker:
        """A new worker; the interrupt key does not reach it, ending it is its parent's matter."""
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=work, args=(theirs, options), daemon=True)
        with _interrupts_held():
            process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, task: Task) -> None:
        """Nothing; the worker has a shard to do."""
        self.shard, self.articles = task[0], 0
        self.pipe.send(task)

    def kill(self) -> None:
        """Nothing; the process has ended, whatever it was doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def work(pipe: Connection, options: Options) -> None:
    """Nothing; does one shard after the other until the parent ends or closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        use_one_thread()
        extractor = options.extractor()
        extractor.parser  # noqa: B018 - loaded before the first shard, so that its fault is told apart
        pipe.send((READY, None))
        while True:
            number, path, items = pipe.recv()
            write_shard(_told(pipe, results(extractor, items, options)), path)
            pipe.send((SHARD, number))
    except AttributionError as error:
        pipe.send((ERROR, error))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the parent is gone: nobody waits for a report


def results(extractor: Extractor, items: Sequence[Item], options: Options) -> Iterator[Result]:
    """A record for each item, in order; what cannot be read is a FailedDocument in its place."""
    read = [article(item, options.encoding) for item in items]
    good = (found for found in read if isinstance(found, Article))
    records = extractor.stream(good, batch_size=options.batch_size)
    for found in read:
        yield found if isinstance(found, FailedDocument) else next(records)


def _told(pipe: Connection, records: Iterator[Result]) -> Iterator[Result]:
    """`records`, each reported to the parent."""
    for record in records:
        pipe.send((ARTICLE, None))
        yield record


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started in the block never gets the interrupt signal; one that comes meanwhile is kept for later."""
    mask: Any = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)
