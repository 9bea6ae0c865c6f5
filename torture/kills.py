"""Kill -9 at random moments of a run that can be resumed: in the end every article is there once, as if nothing was."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path

from attribution.formats.jsonl import read_jsonl
from torture.faults import command, start
from torture.planted import article

# A worker needs about a second until it reads; so long after that a run is killed at the latest.
_START, _LATEST = 0.5, 4.0
_SECONDS = "0.1"


def attack(articles: int, kills: int, *, seed: int = 0, workers: int = 2) -> tuple[int, list[str]]:
    """How many runs were killed under way, and what is wrong with what came of them."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(articles):
            (folder / "in" / f"a{number:05}.txt").write_text(article(number).text[:600], "utf-8")
        unbroken, output = folder / "unbroken.jsonl", folder / "out.jsonl"
        wrong = _finish(folder, unbroken, workers)
        done = 0
        while done < kills and not wrong:
            if _killed(folder, output, workers, rng):
                done += 1
                if output.exists():
                    wrong.append("an output stands there although its run was killed")
            else:  # it ended before it was killed
                wrong += _compared(output, unbroken)
                output.unlink(missing_ok=True)
        wrong += _finish(folder, output, workers, "--resume")
        wrong += _compared(output, unbroken)
        ids = [document.id for document in read_jsonl(output)]
        if ids != [f"a{number:05}" for number in range(articles)]:
            wrong.append(f"{len(set(ids))} articles in {len(ids)} lines, not {articles}")
        if left := sorted(p.name for p in folder.iterdir() if p.name not in ("in", unbroken.name, output.name)):
            wrong.append(f"left behind: {left}")
    return done, wrong


def _killed(folder: Path, output: Path, workers: int, rng: random.Random) -> bool:
    """Whether a resumed run was killed before its end; every second time its workers live on without a parent."""
    running = start(
        *("extract", folder / "in", "-o", output, "--workers", workers, "--resume"), TORTURE_SECONDS=_SECONDS
    )
    time.sleep(rng.uniform(_START, _LATEST))
    ended = running.poll() is not None
    if not ended:
        (os.killpg if rng.random() < 0.5 else os.kill)(running.pid, signal.SIGKILL)
    running.communicate()
    return not ended


def _finish(folder: Path, output: Path, workers: int, *arguments: str) -> list[str]:
    done = command("extract", folder / "in", "-o", output, "--workers", workers, *arguments)
    return [] if done.returncode == 0 else [f"exit code {done.returncode}: {done.stderr[-300:]}"]


def _compared(output: Path, unbroken: Path) -> list[str]:
    same = output.exists() and output.read_bytes() == unbroken.read_bytes()
    return [] if same else ["the output is not that of an unbroken run"]
