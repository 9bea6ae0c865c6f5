"""The three ways that are compared, each in a process of its own with one thread."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution import Extractor, Settings
from attribution.syntax.packages import LANGUAGE, checked_bundle
from attribution.syntax.stanza import use_one_thread
from benchmarks.stopwatch import Stopwatch

NAIVE, WHOLE, OURS = "a", "b", "c"
NAMES = {NAIVE: "naive Stanza, article by article", WHOLE: "naive Stanza + our rules, whole text", OURS: "this library"}
_here: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Lap:
    """CPU and wall seconds of one piece of work."""

    cpu: float
    wall: float


def naive_pipeline(*, no_ssplit: bool) -> Any:
    """The bundled model as Stanza's users load it: no shortcuts."""
    import stanza

    package = checked_bundle()
    options = {"package": None, "processors": dict(package.processors), "download_method": None, "device": "cpu"}
    options |= {"dir": str(package.folder), "logging_level": "CRITICAL", "tokenize_no_ssplit": no_ssplit}
    return stanza.Pipeline(LANGUAGE, **options)


def load(name: str) -> None:
    """Nothing; this process is ready to read as contender `name`, and has read a little to warm up."""
    use_one_thread()
    if name == NAIVE:
        _here["run"] = lambda texts: [_here["model"](text) for text in texts]
        _here["model"] = naive_pipeline(no_ssplit=False)
    elif name == WHOLE:
        extractor = Extractor(naive_pipeline(no_ssplit=True), settings=Settings(frames=False))
        _here.update(model=extractor, run=lambda texts: [extractor.extract(text) for text in texts])
    else:
        extractor = Extractor()
        _here.update(model=extractor, run=lambda texts: list(extractor.stream(texts)))
    _here["run"](["وقال الوزير محمد العلي إن الاجتماع سيعقد غدا."])
    if name == OURS:
        _here["watch"] = Stopwatch(extractor)


def lap(texts: Sequence[str]) -> Lap:
    """What reading `texts` cost."""
    cpu, wall = time.process_time(), time.perf_counter()
    _here["run"](texts)
    return Lap(time.process_time() - cpu, time.perf_counter() - wall)


def shares(total: float) -> dict[str, float]:
    """The share of each step in `total` CPU seconds of all laps so far."""
    found: dict[str, float] = _here["watch"].shares(total)
    return found


def peak() -> float:
    """The most memory that this process has held, in megabytes (10^6 bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def records_of(folder: Path, output: Path) -> None:
    """Nothing; the records of the texts of `folder` stand in the file `output`."""
    from attribution.formats.jsonl import write_jsonl

    texts = sorted(folder.glob("*.txt"))
    write_jsonl((_here["model"].extract(path.read_text("utf-8"), id=path.stem) for path in texts), output)
