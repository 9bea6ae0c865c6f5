"""Half-open spans of code points, and their algebra."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open interval [start, end) of code-point offsets into one text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """True if `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True if the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: Span) -> Span | None:
        """The shared span, or None if the two share no code point."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def hull(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def shift(self, by: int) -> Span:
        """This span moved by `by` code points."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The stretch of `text` that this span covers."""
        return text[self.start : self.end]


def trim(span: Span, text: str, edge: str | None = None) -> Span:
    """`span` without the white space (or the characters of `edge`) at its two ends; empty at its start if nothing
    is left.
    """
    start, end = span.start, min(span.end, len(text))

    def loose(character: str) -> bool:
        return character.isspace() if edge is None else character in edge or character.isspace()

    while start < end and loose(text[start]):
        start += 1
    while end > start and loose(text[end - 1]):
        end -= 1
    return Span(start, max(start, end))


def subtract(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of `span`, in order, once `holes` are cut out of it."""
    pieces, start = [], span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            pieces.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        pieces.append(Span(start, span.end))
    return tuple(pieces)


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The fewest spans that cover what `spans` cover, in order; those that touch become one."""
    pieces: list[Span] = []
    for span in sorted(spans):
        if pieces and span.start <= pieces[-1].end:
            pieces[-1] = pieces[-1].hull(span)
        else:
            pieces.append(span)
    return tuple(pieces)


def meets(span: Span, disjoint: Sequence[Span]) -> bool:
    """Whether `span` shares a code point with one of the spans of a `union`."""
    at = bisect_left(disjoint, span.end, key=lambda s: s.start) - 1
    return at >= 0 and disjoint[at].overlaps(span)
