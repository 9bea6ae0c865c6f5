"""CPU seconds by step of the flow, each step without the steps it calls."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from attribution import pipeline
from attribution.pipeline import Extractor

STANZA = "Stanza"
REST = "composition"
# The functions that the pipeline calls, by the step whose time they count as.
FUNCTIONS = {
    "fold": "fold", "find_marked": "find marks", "cut_units": "cut units", "find_cues": "find cues",
    "frame_unit": "frame", "delimit": "delimit",
    "find_openings": "find openings", "find_source": "find source", "find_topic": "find source",
    "uncued_quotations": "delimit", "Registry": "resolve", "resolve": "resolve", "decide_marks": "decide marks",
    "assemble": "records", "AttributedDocument": "records", "ParsedUnit": "read trees", "Phrases": "read trees",
    "cue_features": "weigh",
}  # fmt: skip
METHODS = {"_promising": "judge frames"}


class Stopwatch:
    """Counts the CPU seconds of an extractor's steps from when it is put in place."""

    def __init__(self, extractor: Extractor) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner = [0.0]
        for name, step in FUNCTIONS.items():
            if hasattr(pipeline, name):
                setattr(pipeline, name, self.timed(getattr(pipeline, name), step))
        for name, step in METHODS.items():
            if hasattr(extractor, name):
                setattr(extractor, name, self.timed(getattr(extractor, name), step))
        parser: Any = extractor.parser
        parser.pipeline = self.timed(parser.pipeline, STANZA)
        parser.parse = self.timed(parser.parse, "adapter")

    def timed(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        """`function`, its own CPU seconds counted as `step`."""

        def call(*arguments: Any, **options: Any) -> Any:
            begun = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                spent = time.process_time() - begun
                self.seconds[step] += spent - self._inner.pop()
                self._inner[-1] += spent

        return call

    def shares(self, total: float) -> dict[str, float]:
        """The share of `total` seconds that each step had, the largest first; what no step had is composition."""
        known = dict(self.seconds) | {REST: max(0.0, total - sum(self.seconds.values()))}
        return {step: spent / total for step, spent in sorted(known.items(), key=lambda pair: -pair[1])}
