"""A text cut at every boundary of its attributions' spans, so that spans may nest and cross."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attribution.records import Attribution, TextSpan

Marking = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text that no boundary cuts, with the numbers of the attributions that cover it.

    `contents` are those whose content covers it, the longest content first; `cues` and `sources` those whose cue or
    source does; `opens` those whose content begins here. Numbers count the document's attributions from 0.
    """

    text: str
    contents: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()

    @property
    def plain(self) -> bool:
        """True if no attribution covers it."""
        return not (self.contents or self.cues or self.sources)


def cut(text: str, attributions: Sequence[Attribution]) -> tuple[Segment, ...]:
    """The segments of `text`, in order; their texts joined are `text`. Spans that lie outside the text are clipped."""
    return cut_at(text, [marking for number, a in enumerate(attributions) for marking in _markings(number, a)])


def cut_at(text: str, given: Iterable[Marking]) -> tuple[Segment, ...]:
    """As `cut`, for stretches (start, end, role, number), whose role is content, cue or source."""
    length = len(text)
    clipped = [(min(start, length), min(end, length), role, number) for start, end, role, number in given]
    markings = [marking for marking in clipped if marking[0] < marking[1]]
    edges = sorted({0, length, *(m[0] for m in markings), *(m[1] for m in markings)})
    contents_only = [marking for marking in clipped if marking[2] == "content"]
    sizes = Counter[int]()
    for start, end, _, number in contents_only:
        sizes[number] += end - start
    firsts = {m[3]: m[0] for m in sorted(contents_only, reverse=True)}
    by_start = sorted(markings, reverse=True)
    open_now: list[Marking] = []
    found: list[Segment] = []
    for start, end in pairwise(edges):
        open_now = [m for m in open_now if m[1] > start]
        while by_start and by_start[-1][0] <= start:
            open_now.append(by_start.pop())
        contents = sorted(_of(open_now, "content"), key=lambda number: (-sizes[number], number))
        opens = tuple(number for number in contents if firsts[number] == start)
        found.append(Segment(text[start:end], tuple(contents), _of(open_now, "cue"), _of(open_now, "source"), opens))
    return tuple(found)


def _markings(number: int, attribution: Attribution) -> Iterator[Marking]:
    """The spans of one attribution as (start, end, role, number)."""
    spans: list[tuple[str, TextSpan]] = [("content", span) for span in attribution.content.spans]
    if attribution.cue is not None:
        spans.append(("cue", attribution.cue.span))
    if attribution.source is not None and attribution.source.span is not None:
        spans.append(("source", attribution.source.span))
    for role, span in spans:
        yield span.start, span.end, role, number


def _of(markings: Sequence[Marking], role: str) -> tuple[int, ...]:
    return tuple(sorted({number for _, _, kind, number in markings if kind == role}))
