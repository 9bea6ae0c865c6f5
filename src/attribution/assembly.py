"""Assemble the public records from resolved drafts: offsets of the text as given, types, confidence, evidence."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attribution.coreference import Resolved
from attribution.drafts import Draft, FoundCue, Reason
from attribution.evidence import load_weights
from attribution.marks import DecidedMark
from attribution.records import (
    Attribution,
    AttributionType,
    Content,
    Cue,
    CueKind,
    Evidence,
    Mark,
    Medium,
    RejectedCandidate,
    Source,
    SourceForm,
    Speaker,
    SpeakerReference,
    TextSpan,
)
from attribution.registry import Entity
from attribution.spans import Span, union
from attribution.text import function_words as fw
from attribution.text.folding import Folded


@dataclass(frozen=True, slots=True)
class Assembled:
    """The records of one document."""

    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    marks: tuple[Mark, ...]


def assemble(
    folded: Folded,
    drafts: Sequence[Draft],
    parents: Sequence[int | None],
    resolved: Sequence[Resolved],
    marks: Sequence[DecidedMark],
) -> Assembled:
    """The records of a document whose speakers are resolved, in text order of their contents."""
    page = _Page(folded)
    inner = _Inner.of(mark.marked.inner for mark in marks)
    attributions = tuple(
        _attribution(page, number, draft, None if parents[number] is None else f"a{parents[number] + 1}", who, inner)  # type: ignore[operator]
        for number, (draft, who) in enumerate(zip(drafts, resolved, strict=True))
    )
    entities = {who.speaker.number: who.speaker for who in resolved if who.speaker is not None}
    speakers = tuple(_speaker(page, entities[n]) for n in sorted(entities))
    return Assembled(attributions, speakers, tuple(_mark(page, mark) for mark in marks))


@dataclass(frozen=True, slots=True)
class _Inner:
    """What stands between marks in a document: each stretch, and the fewest spans that cover all of them, in order."""

    whole: frozenset[Span]
    covered: tuple[Span, ...]

    @classmethod
    def of(cls, stretches: Iterable[Span]) -> _Inner:
        """The marked text of `stretches`."""
        whole = frozenset(stretches)
        return cls(whole, union(whole))

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """Those of `covered` that reach into the text from `start` to `end`."""
        first = bisect_right(self.covered, start, key=lambda s: s.end)
        return self.covered[first : max(first, bisect_left(self.covered, end, key=lambda s: s.start))]


def text_span(folded: Folded, span: Span) -> TextSpan:
    """`span` of the folded text as a record in the offsets of the text as given."""
    original = folded.original_span(span)
    return TextSpan(start=original.start, end=original.end, text=original.of(folded.original))


class _Page:
    """The text of a document, and the records of its spans: one for each span, however often it is named."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._known: dict[Span, TextSpan] = {}

    def span(self, span: Span) -> TextSpan:
        """`span` as a record."""
        if span not in self._known:
            self._known[span] = text_span(self.folded, span)
        return self._known[span]


def _attribution(
    page: _Page, number: int, draft: Draft, parent: str | None, who: Resolved, inner: _Inner
) -> Attribution:
    source = draft.source
    speaker = who.speaker
    reasons = (*draft.content.reasons, *source.reasons, *who.reasons)
    return Attribution(
        id=f"a{number + 1}",
        type=_type(page, draft, inner),
        content=Content(spans=tuple(page.span(s) for s in draft.content.spans)),
        cue=_cue(page, draft.cue) if draft.cue else None,
        source=_source(page, draft, speaker),
        speaker=SpeakerReference(id=f"s{speaker.number + 1}", name=speaker.name, kind=speaker.kind)
        if speaker
        else None,
        addressee=page.span(source.addressee) if source.addressee else None,
        medium=Medium(name=source.medium.of(page.folded.text), span=page.span(source.medium))
        if source.medium
        else None,
        parent=parent,
        confidence=_confidence(draft, who, nested=parent is not None),
        evidence=tuple(_evidence(page, reason) for reason in reasons),
        rejected=tuple(
            RejectedCandidate(name=e.name, span=page.span(e.mentions[-1]) if e.mentions else None, reason=why)
            for e, why in who.rejected
        ),
    )


def _type(page: _Page, draft: Draft, inner: _Inner) -> AttributionType:
    """Direct if every letter of the content is inside marks (a leading أن aside), indirect if none is, else mixed."""
    if draft.content.opening.kind == "quote" and all(s in inner.whole for s in draft.content.spans):
        return "direct"
    marked = unmarked = 0
    for span in draft.content.spans:
        start = _after_complementizer(page, span)
        holes = inner.within(start, span.end)
        for at in range(start, span.end):
            if page.folded.text[at].isalnum():
                if any(at in hole for hole in holes):
                    marked += 1
                else:
                    unmarked += 1
    return "direct" if marked and not unmarked else "mixed" if marked else "indirect"


def _after_complementizer(page: _Page, span: Span) -> int:
    first = page.folded.skeleton[span.start : span.end].split(" ", 1)[0]
    return span.start + len(first) if first in fw.COMPLEMENTIZERS else span.start


def _cue(page: _Page, cue: FoundCue) -> Cue:
    kinds: dict[str, CueKind] = {"noun": "verbal_noun", "phrase": "preposition"}
    kind = cue.reading.kind
    return Cue(
        span=page.span(cue.span),
        lemma=cue.reading.entry.lemma,
        kind=kinds.get(kind, kind),  # type: ignore[arg-type]
        negated=cue.negated,
        modal=cue.modal,
    )


def _source(page: _Page, draft: Draft, speaker: Entity | None) -> Source:
    span = draft.source.span
    form: SourceForm
    if span is not None:
        form = "proper" if speaker is not None and speaker.description.name else "nominal"
    else:
        form = "pronominal" if draft.source.clitic else "elided"
    reading = draft.cue.reading if draft.cue else None
    return Source(
        span=page.span(span) if span else None,
        form=form,
        person=reading.person if reading else None,
        gender=(reading.gender if reading else None) or (speaker.gender if speaker else None),
        number=reading.number if reading else None,
    )


def confidence_features(draft: Draft, who: Resolved, *, nested: bool) -> dict[str, float]:
    """What a finished attribution's confidence is read from: its cue's probability and the rules that decided."""
    rules = [reason.rule for reason in (*draft.content.reasons, *draft.source.reasons, *who.reasons)]
    features = {f"rule:{rule}": 1.0 for rule in rules}
    probability = min(max(draft.probability, 0.02), 0.98)
    features["cue"] = math.log(probability / (1.0 - probability)) / 4.0
    features["nested"] = float(nested)
    features["no-cue"] = float(draft.cue is None)
    features["no-speaker"] = float(who.speaker is None)
    features["unnamed-speaker"] = float(who.speaker is not None and not who.speaker.description.name)
    return features


def _confidence(draft: Draft, who: Resolved, *, nested: bool) -> float:
    return round(load_weights("confidence").probability(confidence_features(draft, who, nested=nested)), 3)


def _evidence(page: _Page, reason: Reason) -> Evidence:
    return Evidence(rule=reason.rule, span=page.span(reason.span) if reason.span else None, note=reason.note)


def _speaker(page: _Page, entity: Entity) -> Speaker:
    title = " ".join(entity.description.title) if entity.description.name and entity.description.title else None
    return Speaker(
        id=f"s{entity.number + 1}",
        name=entity.name,
        kind=entity.kind,
        title=title,
        gender=entity.gender,
        number=entity.plurality,
        mentions=tuple(page.span(m) for m in entity.mentions),
    )


def _mark(page: _Page, decided: DecidedMark) -> Mark:
    return Mark(
        span=page.span(decided.marked.inner),
        kind=decided.marked.kind,
        attributed=decided.attributed,
        reason=decided.reason,
    )
