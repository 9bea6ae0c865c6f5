"""Texts brought as far along the flow as one step's tests need, on the order of the words alone."""

from __future__ import annotations

from attribution import Extractor
from attribution.contents import delimit
from attribution.drafts import FoundContent, FoundCue, FoundSource
from attribution.lexicon.loading import load_lexicon
from attribution.openings import find_openings
from attribution.phrases import Phrases
from attribution.pipeline import Prepared
from attribution.sources import find_source
from attribution.syntax.tree import EMPTY
from torture.stub import StubParser

LEXICON = load_lexicon()
LINEAR = Extractor(StubParser())

Step = tuple[FoundCue, FoundContent]


def prepared(text: str) -> Prepared:
    return LINEAR.prepare(text)


def phrases_of(text: str, number: int = 0) -> Phrases:
    """The unit numbered `number`, ready to be asked; it must hold a cue candidate or a mark."""
    ready = prepared(text)
    return LINEAR.read(ready, iter([EMPTY] * sum(map(len, ready.frames.values()))))[number]


def cues_of(text: str, number: int = 0) -> tuple[FoundCue, ...]:
    return prepared(text).cues.get(number, ())


def contents_of(text: str) -> list[Step]:
    """The cues of the first unit with their contents, no evidence weighed."""
    phrases = phrases_of(text)
    return delimit(phrases, find_openings(phrases, cues_of(text)))


def sources_of(text: str) -> list[FoundSource]:
    """The source of each of `contents_of`."""
    phrases, found = phrases_of(text), contents_of(text)
    return [find_source(phrases, cue, content, cues_of(text), first=n == 0) for n, (cue, content) in enumerate(found)]


def written(step: Step, text: str) -> tuple[str, str]:
    """Cue and content as they stand in a text that folding leaves as it is."""
    cue, content = step
    return cue.span.of(text), " … ".join(span.of(text) for span in content.spans)
