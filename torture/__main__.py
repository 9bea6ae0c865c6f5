"""`python -m torture [--quick]`: every attack, one table; exit code 1 if something does not hold."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from attribution import Extractor
from torture import costs, faults, fuzz, generated, kills, news
from torture.score import figure, score
from torture.stub import StubParser

_GOAL = 90.0
_ROOT = Path(__file__).resolve().parents[1]
# Attacks of 5 MB; the others are measured at a tenth of it, since each of their words is a cue with its clause.
_LARGE = ("opening marks", "closing marks", "alternating marks", "one word", "nested brackets", "line breaks")
# Those whose memory is measured too.
_HELD = (*_LARGE, "one cue", "sentences")
_FUZZ_CORPUS = _ROOT / "out" / "fuzz"


@dataclass(frozen=True)
class Size:
    """How much of each attack is tried."""

    planted: int
    with_parser: int
    with_stub: int
    articles: int | None
    characters: int
    large: int
    batch: int
    kills: int
    fuzz: int


QUICK = Size(60, 100, 4_000, articles=60, characters=40_000, large=40_000, batch=200, kills=2, fuzz=0)
FULL = Size(
    1_000, 2_000, 1_000_000, articles=None, characters=250_000, large=2_500_000, batch=2_000, kills=20, fuzz=1_800
)


@dataclass(frozen=True)
class Row:
    """One line of the table: what was tried, what came out, whether it is good enough, and what went wrong."""

    what: str
    shown: str
    good: bool
    wrong: tuple[str, ...] = ()


def planted(size: Size) -> Iterator[Row]:
    """Articles that know their attributions, with the bundled parser."""
    report, broken = score(Extractor(), size.planted)
    f1 = figure(report)
    yield Row(f"planted truth, {size.planted} articles", f"who-said-what F1 {f1:.1f} (goal {_GOAL:.0f})", f1 >= _GOAL)
    yield Row("  promises kept by them", f"{len(broken)} broken", not broken, tuple(broken[:5]))


def documents(size: Size) -> Iterator[Row]:
    """Random documents, with the bundled parser and with one that reads nothing."""
    for name, extractor, number in (
        ("bundled parser", Extractor(), size.with_parser),
        ("stub parser", Extractor(StubParser()), size.with_stub),
    ):
        wrong = tuple(islice(generated.attack(extractor, number, seed=number), 5))
        yield Row(f"{number:,} random documents, {name}", "0 wrong" if not wrong else "wrong", not wrong, wrong)


def real(size: Size) -> Iterator[Row]:
    """Articles of newspapers, where they lie beside the project."""
    if not news.NEWS.exists():
        yield Row("real articles", "not here: left out", good=True)
        return
    read, wrong = news.attack(Extractor(), size.articles)
    yield Row(f"{read} real articles, bundled parser", f"{len(wrong)} wrong", not wrong, tuple(wrong[:5]))


def cost(size: Size) -> Iterator[Row]:
    """Texts made to be slow or to fill the memory."""
    for name in costs.ATTACKS:
        characters = size.large if name in _LARGE else size.characters
        found = costs.measure(name, characters, memory=name in _HELD)
        held = f", memory {found.memory:.0f} times the text" if found.memory is not None else ""
        shown = f"{found.characters:,} code points {found.double_seconds:.1f} s, ratio {found.ratio:.2f}{held}"
        yield Row(f"cost: {name}", shown, found.good)


def trouble(size: Size) -> Iterator[Row]:
    """Disks, files and processes that fail around a run."""
    for name in faults.FAULTS:
        try:
            wrong = faults.attack(name)
        except faults.LeftOut as why:
            yield Row(f"fault: {name}", f"left out: {why}", good=True)
            continue
        shown = "told, exit code 1, nothing half-written, the rest done"
        yield Row(f"fault: {name}", shown if not wrong else "wrong", not wrong, tuple(wrong[:5]))


def killed(size: Size) -> Iterator[Row]:
    """A run of many articles by two workers, killed again and again."""
    number, wrong = kills.attack(size.batch, size.kills)
    shown = "every article once, the output of an unbroken run" if not wrong else "wrong"
    yield Row(f"kill -9, {number} times in {size.batch:,} articles", shown, not wrong, tuple(wrong))


def fuzzed(size: Size) -> Iterator[Row]:
    """Every reader by coverage-guided fuzzing; in the quick form the corpus of the tests once more."""
    if not size.fuzz or not fuzz.available():
        wrong = fuzz.replay()
        why = "" if not size.fuzz else " (atheris is not installed: the kept corpus only)"
        yield Row("fuzzing: kept corpus", f"{len(wrong)} wrong{why}", not wrong, tuple(wrong[:5]))
        return
    found = fuzz.fuzz_all(_FUZZ_CORPUS, size.fuzz)
    shown = f"{sum(found.runs.values()):,} inputs in {size.fuzz // 60} minutes, {len(found.bad)} targets wrong"
    yield Row("fuzzing with atheris", shown, not found.bad, tuple(found.bad))


def laws(size: Size) -> Iterator[Row]:
    """The property laws, with many examples each."""
    profile = "torture" if size is FULL else "fast"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/properties"],
        cwd=_ROOT,
        env={**os.environ, "HYPOTHESIS_PROFILE": profile},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-200:]
    yield Row(f"property laws, profile {profile}", last, done.returncode == 0)


ATTACKS: dict[str, Callable[[Size], Iterator[Row]]] = {
    "laws": laws,
    "documents": documents,
    "real": real,
    "planted": planted,
    "cost": cost,
    "faults": trouble,
    "kills": killed,
    "fuzz": fuzzed,
}


def main(arguments: list[str]) -> int:
    """The exit code: 0 if everything holds. `arguments` are `--quick` and names of attacks, all if none is given."""
    size = QUICK if "--quick" in arguments else FULL
    names = [name for name in arguments if name in ATTACKS] or list(ATTACKS)
    bad = 0
    for name in names:
        started = time.perf_counter()
        for row in ATTACKS[name](size):
            bad += not row.good
            sys.stdout.write(f"{'ok ' if row.good else 'BAD'}  {row.what:45}  {row.shown}\n")
            sys.stdout.writelines(f"       {line[:300]}\n" for line in row.wrong)
            sys.stdout.flush()
        sys.stdout.write(f"     ({name}: {time.perf_counter() - started:.0f} s)\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
