"""The command `attribution` over a parser that reads nothing: `python -m torture.command extract …`.

TORTURE_SECONDS makes the parser take so long for each call; TORTURE_DEATHS names a folder: a text with DEADLY in it
kills its process once for each file there.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attribution.cli.extract as command
from attribution.batch import Options
from attribution.cli import main
from attribution.records import AttributedDocument
from attribution.syntax.tree import Tree
from torture.stub import StubParser

DEADLY = "المجلجل"
_options, _attribute = Options, command.attribute


class FaultyParser(StubParser):
    """A stub that is as slow, and as deadly, as the environment says."""

    def parse(self, units: Sequence[str]) -> list[Tree]:
        """One empty tree for each unit, unless the process dies."""
        time.sleep(float(os.environ.get("TORTURE_SECONDS", "0")))
        deaths = os.environ.get("TORTURE_DEATHS")
        if deaths and any(DEADLY in unit for unit in units):
            for left in sorted(Path(deaths).iterdir())[:1]:
                left.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().parse(units)


def _with_stub(**given: Any) -> Options:
    return _options(**given | {"model": FaultyParser()})


def _read_with_stub(
    articles: Iterable[tuple[str, str]], *, model: str, lexicon: tuple[Path, ...], device: str = "cpu"
) -> Iterator[AttributedDocument | command.Failure]:
    return _attribute(articles, model=FaultyParser(), lexicon=lexicon, device=device)  # type: ignore[arg-type]


command.Options = _with_stub  # type: ignore[assignment, misc]
command.attribute = _read_with_stub

if __name__ == "__main__":
    main()
