"""Parsers that another process can load: they read nothing, and may be slow or end their process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from attribution.syntax.tree import EMPTY, Tree

DEADLY = "المجلجل"
BAD = "المزلزل"


class StubParser:
    """No trees. A unit with BAD fails; one with DEADLY kills the process, once for each file that `deaths` holds."""

    name = "stub"

    def __init__(self, deaths: Path | None = None, seconds: float = 0.0) -> None:
        self.deaths, self.seconds = deaths, seconds

    def parse(self, units: Sequence[str]) -> list[Tree]:
        time.sleep(self.seconds)
        if any(BAD in unit for unit in units):
            raise ValueError("not this one")
        if self.deaths is not None and any(DEADLY in unit for unit in units):
            for left in self.deaths.iterdir():
                left.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return [EMPTY] * len(units)
