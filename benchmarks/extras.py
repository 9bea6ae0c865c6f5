"""Figures beside the comparison: cost against length, two workers against one, the cost of `import attribution`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from attribution import Article
from attribution.batch import Options, Run, Shards
from benchmarks.contenders import lap

REPEATS = (1, 2, 4, 8, 16, 32, 64)
SPIN = 5_000_000


def lengths(text: str, ours: Executor) -> dict[int, float]:
    """How many times the CPU seconds of one article the same article costs, repeated so often in one document."""
    once = median(ours.submit(lap, [text]).result().cpu for _ in range(5))
    return {times: ours.submit(lap, ["\n".join([text] * times)]).result().cpu / once for times in REPEATS}


def joined(texts: Sequence[str], ours: Executor) -> float:
    """How many times the CPU seconds of different articles they cost joined in one document."""
    apart = ours.submit(lap, texts).result().cpu
    return ours.submit(lap, ["\n".join(texts)]).result().cpu / apart


def workers(texts: Sequence[str]) -> tuple[float, float]:
    """How many times faster two workers are than one, loading aside; and the same of two processes that only count."""
    items = [Article(id=str(at), text=text) for at, text in enumerate(texts)]
    one, two = (median(seconds) for seconds in zip(*[(_run(items, 1), _run(items, 2)) for _ in range(3)], strict=True))
    alone, beside = zip(*[(_spun(1), _spun(2)) for _ in range(3)], strict=True)
    return one / two, 2 * median(alone) / median(beside)


def import_ratio() -> float:
    """How many times the CPU seconds of `import pydantic` `import attribution` takes, Python's own start included."""
    return _least("import attribution") / _least("import pydantic")


def _run(items: Sequence[Article], count: int) -> float:
    """The seconds from the first article done to the last."""
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        shards, options = Shards(Path(folder) / "run", items, Options(), size=4), Options()
        for _ in Run(shards, options, workers=count, report=lambda _: times.append(time.perf_counter())).records():
            pass
    return times[-1] - times[min(len(times) - 1, 8)]


def _spun(count: int) -> float:
    """The seconds that `count` processes take to count to SPIN side by side."""
    processes = [get_context("spawn").Process(target=_spin) for _ in range(count)]
    begun = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - begun


def _spin() -> None:
    total = 0
    for number in range(SPIN):
        total += number


def _least(program: str) -> float:
    """The fewest CPU seconds of ten runs of a program."""
    watch = f"import time\n{program}\nprint(time.process_time())"
    return min(float(subprocess.check_output([sys.executable, "-c", watch])) for _ in range(10))
