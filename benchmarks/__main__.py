"""Prints the comparison: (a) naive Stanza, (b) naive Stanza and our rules on whole texts, (c) this library."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from benchmarks import contenders, extras
from benchmarks.articles import NEWS, articles
from benchmarks.contenders import NAIVE, NAMES, OURS, WHOLE, Lap
from benchmarks.stopwatch import STANZA

GOLD = Path(__file__).parents[2] / "shared" / "gold"
TURN = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Nothing; the figures go to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="how many articles (default 200)")
    parser.add_argument("--only", choices=["ways", "length", "workers", "import"], help="only this part")
    chosen = parser.parse_args(arguments)
    texts = articles(chosen.articles)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words, {'news' if NEWS.is_file() else 'made up'}; one thread each")
    if chosen.only in (None, "ways"):
        compare(texts, words)
    if chosen.only in (None, "length"):
        with process(OURS) as ours:
            show_lengths(texts, ours)
    if chosen.only in (None, "workers"):
        two, ceiling = extras.workers(texts[:120])
        print(f"two workers against one   {two:.2f}x   (two processes that only count: {ceiling:.2f}x)")
    if chosen.only in (None, "import"):
        print(f"import attribution        {extras.import_ratio():.2f}x import pydantic")


def process(name: str) -> Executor:
    """A process of its own for one contender, ready to read."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=contenders.load, initargs=(name,))


def compare(texts: Sequence[str], words: int) -> None:
    """Nothing; the three ways take turns over the same articles, and what each cost is printed."""
    with ExitStack() as stack:
        ways = {name: stack.enter_context(process(name)) for name in NAMES}
        laps: dict[str, list[Lap]] = {name: [] for name in NAMES}
        for at in range(0, len(texts), TURN):
            for name, way in ways.items():
                laps[name].append(way.submit(contenders.lap, texts[at : at + TURN]).result())
        cpu = {name: sum(lap.cpu for lap in done) for name, done in laps.items()}
        wall = {name: sum(lap.wall for lap in done) for name, done in laps.items()}
        for name, way in ways.items():
            memory = way.submit(contenders.peak).result()
            print(
                f"({name}) {NAMES[name]:38}{cpu[name]:8.1f} s CPU{wall[name]:8.1f} s wall"
                f"{words / cpu[name]:8.0f} words/s{memory:7.0f} MB at most"
            )
        for other in (NAIVE, WHOLE):
            print(
                f"(c) against ({other})  {cpu[other] / cpu[OURS]:.2f}x by CPU  {wall[other] / wall[OURS]:.2f}x by wall"
            )
        show_shares(ways[OURS].submit(contenders.shares, cpu[OURS]).result())
        for name in (WHOLE, OURS):
            show_score(name, ways[name])


def show_shares(shares: Mapping[str, float]) -> None:
    """Nothing; prints the share of time outside Stanza, and of each step."""
    print(f"outside Stanza            {1 - shares[STANZA]:.1%}")
    for step, share in shares.items():
        if step != STANZA:
            print(f"    {step:22}{share:.1%}")


def show_score(name: str, way: Executor) -> None:
    """Nothing; prints the dev score of a contender where ../shared/gold is there."""
    if not (GOLD / "score.py").is_file():
        return
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "dev.jsonl"
        way.submit(contenders.records_of, GOLD / "dev" / "text", output).result()
        command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev"), str(output)]
        told = subprocess.check_output(command, text=True)
    lines = [line for line in told.splitlines() if line.startswith(("who-said-what  ", "content@0.5"))]
    print("\n".join(f"({name}) dev {line}" for line in lines))


def show_lengths(texts: Sequence[str], ours: Executor) -> None:
    """Nothing; prints what one article costs repeated, and what different ones cost joined."""
    middling = sorted(texts, key=len)[len(texts) // 2]
    found = extras.lengths(middling, ours)
    print("repeated in one document  " + "  ".join(f"{times}: {cost:.1f}x" for times, cost in found.items()))
    print(f"64 articles in one document cost {extras.joined(texts[:64], ours):.2f}x what they cost apart")


if __name__ == "__main__":
    main()
