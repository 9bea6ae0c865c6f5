"""Attributions in the making: what the steps hand to one another. Element numbers are inclusive, spans are folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from attribution.lexicon.entries import Reading
from attribution.spans import Span

OpeningKind = Literal["quote", "clause", "question", "phrase", "bare", "preceding"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a rule id, the folded span it read, a note."""

    rule: str
    span: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A word or phrase that may signal an attribution, in the unit numbered `unit`, elements `first` to `last`."""

    unit: int
    first: int
    last: int
    span: Span
    readings: tuple[Reading, ...]
    coordinated: bool = False
    negated: bool = False
    modal: bool = False
    pluperfect: bool = False

    @property
    def reading(self) -> Reading:
        """The likeliest reading."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the content of a cue begins: element `at`, offset `start`; `via` is the complement of the lexicon it
    fills.
    """

    kind: OpeningKind
    at: int
    start: int
    via: str
    rule: str


@dataclass(frozen=True, slots=True)
class FoundContent:
    """The attributed words of a cue; `last` is the last element that holds them."""

    spans: tuple[Span, ...]
    opening: Opening
    last: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class NearbySubject:
    """The subject of a clause before a cue in its unit, with the traits that say how likely the cue goes on with it."""

    span: Span
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Who speaks, beside the cue; `span` is None where nothing stands there.

    `antecedent` is a noun phrase elsewhere that the speaker is read from (the head of a relative clause, the noun
    that a clitic stands for); `nearby` are the subjects of the clauses before, and the cue `leads` where it is the
    first of its unit that has a content. `clitic` is the pronoun that stands for the speaker. A `doubtful` source is an
    adjective or a thing rather than somebody, so that it gives way to a speaker that the chain offers.
    """

    span: Span | None = None
    antecedent: Span | None = None
    nearby: tuple[NearbySubject, ...] = ()
    leads: bool = False
    clitic: str | None = None
    medium: Span | None = None
    addressee: Span | None = None
    doubtful: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Draft:
    """One attribution before its speaker is resolved; `probability` is what the evidence gives its cue."""

    cue: FoundCue | None
    content: FoundContent
    source: FoundSource
    unit: int
    inherits: int | None = None
    probability: float = 1.0
    reasons: list[Reason] = field(default_factory=list)
