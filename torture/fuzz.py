"""Coverage-guided fuzzing with atheris: `python -m torture.fuzz [TARGET …] [--seconds N] [--corpus FOLDER]`.

Every target gets its share of the seconds in a process of its own. What raises is written to FOLDER/crashes with its
traceback, once for each place in the code, and fuzzing goes on; the exit code is 1 if there was any. `--keep` then
writes the smallest inputs that together reach all that was reached into tests/fuzz/corpus.json, which every test run
tries again (without atheris, which is no requirement of the tests: `pip install atheris`).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
KEPT = _ROOT / "tests" / "fuzz" / "corpus.json"
# So many inputs of a target stay in the tests, none longer than so many bytes.
_INPUTS, _BYTES = 24, 1_500
_LONGEST = 6_000
_WORDS = (
    *("قال", "وأضاف", "أن", "إن", "بحسب", "إلى", "قوله", "مشيرا", "نقلت", "عن", "«", "»", "“", "”", "‹", "((", "))"),
    *("\u064e", "\u0640", "\u200f", "\ufdfa", "\u2028", "\r\n", "\x1e", "\x00", "\ufeff", "\ud800", "[nominal]"),
    *("lemma = ", "forms = ", "[[verb]]", "[[block]]", "[[[[[[[[", '{"a":' * 3, "Infinity", "1e999", "-1", "\\ud800"),
    *("9" * 20, "T1\tContent 0 1\tx", "R1\tPart Arg1:T1 Arg2:T2", "#string-range(t,0,1)", '<g ref="#u0041"/>', "<ab>"),
    *("1-2\t_\t", "# text = ", "# spaces = \\s", "Attribution=", "SpacesAfter=", '"attributions":', '"spans":', "null"),
    *('"TextPositionSelector"', '"items":', '"default_processors":', '"dependencies":', '"packages":', "%ff", "&#x0;"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 if nothing but the library's own errors was raised."""
    asked = _arguments(arguments)
    if asked.one:
        return _fuzz(asked.one, asked.corpus / asked.one, asked.seconds)
    if not available():
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return 2
    found = fuzz_all(asked.corpus, asked.seconds, asked.targets)
    for name, runs in found.runs.items():
        sys.stdout.write(f"     {name}: {runs:,} inputs\n")
    sys.stdout.writelines(f"BAD  {line}\n" for line in found.bad)
    if asked.keep:
        _keep(list(found.runs), asked.corpus)
    return 1 if found.bad else 0


@dataclass(frozen=True)
class Fuzzed:
    """How many inputs each target was tried on, and where it failed."""

    runs: dict[str, int]
    bad: list[str]


def available() -> bool:
    """Whether atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def fuzz_all(corpus: Path, seconds: int, names: Sequence[str] = ()) -> Fuzzed:
    """What came of fuzzing the targets `names`, or all, one after the other for so many seconds together."""
    from torture.targets import TARGETS

    found = Fuzzed({}, [])
    for name in names or TARGETS:
        found.runs[name], failure = _process(name, corpus, max(1, seconds // len(names or TARGETS)))
        crashes = sorted(path.name for path in (corpus / name / "crashes").iterdir() if path.suffix != ".txt")
        if crashes or failure:
            found.bad.append(f"{name}: {', '.join(crashes) or failure} (see {corpus / name / 'crashes'})")
    return found


def replay(path: Path = KEPT) -> list[str]:
    """One line for each input of the kept corpus that raises."""
    from torture.targets import TARGETS, run

    wrong = []
    for name, inputs in json.loads(path.read_text("ascii")).items():
        for number, held in enumerate(inputs):
            try:
                run(TARGETS[name], base64.b64decode(held))
            except Exception as error:
                wrong.append(f"{name} {number}: {type(error).__name__}: {error}")
    return wrong


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture.fuzz")
    parser.add_argument("targets", nargs="*", help="what to fuzz; everything if none is named")
    parser.add_argument("--seconds", type=int, default=1_800, help="how long in all")
    parser.add_argument("--corpus", type=Path, default=_ROOT / "out" / "fuzz")
    parser.add_argument("--keep", action="store_true", help="write the small corpus of the tests")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _process(name: str, corpus: Path, seconds: int) -> tuple[int, str]:
    """How many inputs a process tried on one target, and how it failed if it did; libFuzzer ends its process itself."""
    folder = corpus / name
    for part in (folder / "inputs", folder / "crashes"):
        part.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "torture.fuzz", "--one", name, "--seconds", str(seconds), "--corpus", str(corpus)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, errors="replace", check=False)
    runs = re.search(r"^Done (\d+) runs", done.stderr, re.MULTILINE)
    return int(runs[1]) if runs else 0, "" if done.returncode == 0 else done.stderr[-300:]


def _fuzz(name: str, folder: Path, seconds: int) -> int:
    """Does not return: libFuzzer runs for so many seconds and ends the process."""
    import atheris

    with atheris.instrument_imports(include=["attribution"]):
        from torture.targets import TARGETS, run, seeds
    for seed in seeds(name):
        (folder / "inputs" / _named(seed)).write_bytes(seed)
    words = folder / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in _WORDS), encoding="ascii")

    def one(data: bytes) -> None:
        try:
            run(TARGETS[name], data)
        except Exception as error:
            _write_down(error, data, folder / "crashes")

    atheris.Setup(
        [
            sys.argv[0],
            str(folder / "inputs"),
            f"-max_total_time={seconds}",
            f"-max_len={_LONGEST}",
            "-timeout=20",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={folder / 'crashes'}{os.sep}",
            f"-dict={words}",
        ],
        one,
    )
    atheris.Fuzz()
    return 0


def _write_down(error: Exception, data: bytes, folder: Path) -> None:
    """Nothing; the input and the traceback stand in `folder`, the shortest input for each place that raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}attribution{os.sep}" in frame.filename] or frames
    place = f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].name}-{ours[-1].lineno}"
    path = folder / place
    if not path.exists() or path.stat().st_size > len(data):
        path.write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error))[-4_000:], "utf-8", "replace")


def _keep(names: Sequence[str], corpus: Path) -> None:
    """Nothing; the smallest inputs that cover what the corpus covers stand in tests/fuzz/corpus.json."""
    kept = json.loads(KEPT.read_text("ascii")) if KEPT.exists() else {}
    for name in names:
        from torture.targets import seeds

        wanted = [*(p.read_bytes() for p in (corpus / name / "inputs").iterdir()), *seeds(name)]
        wanted = sorted({data for data in wanted if len(data) <= _BYTES}, key=lambda data: (len(data), data))
        crashes = [p.read_bytes() for p in (corpus / name / "crashes").iterdir() if p.suffix != ".txt"]
        chosen = [*_covering(name, wanted)[:_INPUTS], *crashes]
        kept[name] = sorted({*kept.get(name, ()), *(base64.b64encode(data).decode("ascii") for data in chosen)})
    KEPT.write_text(json.dumps(kept, indent=0, sort_keys=True) + "\n", "ascii")


def _covering(name: str, inputs: Sequence[bytes]) -> list[bytes]:
    """Those of `inputs`, most new lines of the library first, that run a line which none before them ran."""
    from torture.targets import TARGETS, run

    lines = {data: _lines(lambda data=data: run(TARGETS[name], data)) for data in inputs}
    chosen: list[bytes] = []
    seen: set[tuple[str, int]] = set()
    while lines:
        best = max(lines, key=lambda data: (len(lines[data] - seen), -len(data)))
        if not lines[best] - seen:
            break
        seen |= lines.pop(best)
        chosen.append(best)
    return chosen


def _lines(call: Callable[[], None]) -> set[tuple[str, int]]:
    """The lines of the library that a call runs."""
    found: set[tuple[str, int]] = set()
    inside = f"{os.sep}attribution{os.sep}"

    def trace(frame: object, event: str, _: object) -> object:
        code = frame.f_code  # type: ignore[attr-defined]
        if inside not in code.co_filename:
            return None
        if event == "line":
            found.add((code.co_filename, frame.f_lineno))  # type: ignore[attr-defined]
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        call()
    except Exception:
        pass
    finally:
        sys.settrace(before)
    return found


def _named(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _escaped(word: str) -> str:
    """`word` as libFuzzer's dictionaries write it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    sys.exit(main())
