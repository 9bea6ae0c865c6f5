"""Resolve who speaks: from the registry, every source, clitic and elided subject takes its speaker."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from attribution.antecedents import REMEMBERED, Candidate, Link, Question, best, compatible, find_candidates
from attribution.drafts import Draft, Reason
from attribution.lexicon.entries import Gender, Number
from attribution.registry import Entity, Registry
from attribution.spans import Span

_CLITIC_GENDER: Mapping[str, tuple[Gender | None, Number | None]] = {
    "ه": ("masculine", "singular"),
    "ها": ("feminine", "singular"),
    "هم": ("masculine", "plural"),
    "هن": ("feminine", "plural"),
    "هما": (None, "dual"),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one draft (or None), the candidates passed over with the reason, and the evidence."""

    speaker: Entity | None
    rejected: tuple[tuple[Entity, str], ...] = ()
    reasons: tuple[Reason, ...] = ()


Watch = Callable[[Draft, Sequence[Candidate]], None]
"""Is told of each draft whose subject is elided, and of all who can be meant."""


def resolve(
    drafts: Sequence[Draft],
    parents: Sequence[int | None],
    topics: Sequence[Span],
    registry: Registry,
    watch: Watch | None = None,
) -> list[Resolved]:
    """The speaker of each draft, in the drafts' order; `parents` gives for each the draft whose content holds it.

    `topics` are the subjects of sentences that attribute nothing: somebody named there is who an elided subject after
    it means. `watch` is told of every draft whose subject is elided.
    """
    resolver = _Resolver(drafts, parents, registry, watch)
    waiting = sorted(topics, reverse=True)
    for i in sorted(range(len(drafts)), key=lambda i: _position(drafts[i])):
        while waiting and waiting[-1].start < _position(drafts[i]):
            resolver.pass_topic(waiting.pop())
        resolver.resolve(i)
    return [resolver.found[i] for i in range(len(drafts))]


@dataclass(slots=True)
class _Resolver:
    """The drafts of a text while they are resolved in text order; `chain` is who spoke or acted last."""

    drafts: Sequence[Draft]
    parents: Sequence[int | None]
    registry: Registry
    watch: Watch | None
    found: dict[int, Resolved] = field(default_factory=dict)
    chain: deque[Link] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def pass_topic(self, topic: Span) -> None:
        """Somebody acts at `topic` without saying anything."""
        acting = _named(topic, self.registry) if self.registry.plausible(topic) else ()
        if acting and all(entity.kind in ("person", "organization") for entity in acting):
            self.chain.append(Link(acting, "topic", topic.start))

    def resolve(self, number: int) -> None:
        """Finds the speaker of one draft, and has them speak in the chain."""
        draft, registry = self.drafts[number], self.registry
        self.found[number] = self._speaker(number)
        speaker, source = self.found[number].speaker, draft.source.span
        if speaker is not None and self.parents[number] is None:
            together = _named(source, registry) if source is not None and registry.together(source) else (speaker,)
            self.chain.append(Link(together, "speaker", _position(draft)))
            if (medium := _reporting_medium(draft)) is not None and (relaying := _named(medium, registry)):
                self.chain.append(Link(relaying, "medium", _position(draft)))

    def _speaker(self, number: int) -> Resolved:
        draft, parent = self.drafts[number], self.parents[number]
        if draft.source.span is not None:
            return self._of_source(draft, draft.source.span)
        holder = self.found[parent].speaker if parent is not None and parent in self.found else None
        if draft.cue is not None and draft.cue.reading.person in (1, 2):
            return Resolved(holder, (), (Reason("speaker.first-person"),))
        if draft.inherits is not None and draft.inherits in self.found:
            return Resolved(self.found[draft.inherits].speaker, (), (Reason("speaker.same-clause"),))
        return self._elided(Question(draft, _position(draft), *_agreement(draft), holder, nested=parent is not None))

    def _of_source(self, draft: Draft, span: Span) -> Resolved:
        """Who the noun phrase at `span` means; the last speaker where it is not likely to be a source at all."""
        gender, number = _agreement(draft)
        if draft.source.doubtful and not self.registry.plausible(span):
            # «وأكملت ضاحكة: …», «وأعادت سؤالها قائلة: …»: the chain goes on.
            continued = self._elided(Question(draft, _position(draft), gender, number, None, nested=False))
            if continued.speaker is not None and not self.registry.knows(span):
                draft.source = replace(draft.source, span=None)
                return continued
        return Resolved(self.registry.mention(span, gender, number), (), (Reason("speaker.source", span),))

    def _elided(self, question: Question) -> Resolved:
        """Who an elided subject or a pronoun means: the likeliest of all who agree.

        Two who were named side by side and agree equally are a tie: no speaker, both among the rejected.
        """
        candidates = find_candidates(question, self.chain, self.registry)
        if self.watch is not None:
            self.watch(question.draft, candidates)
        meant = best(candidates)
        passed = self._disagreeing(question, meant.entity if meant is not None else None)
        if meant is None:
            return Resolved(None, passed, (Reason("speaker.unknown"),))
        if meant.rivals:  # «التقى سمير وسامي. وقال إن …»: never a guess
            ties = [(entity, "tie") for entity in (meant.entity, *meant.rivals)]
            return Resolved(None, (*passed, *ties), (Reason("speaker.tie", meant.entity.mentions[-1]),))
        entity: Entity | None = meant.entity
        if meant.entity.number < 0 and meant.span is not None:
            entity = self.registry.mention(meant.span, None, None)
        return Resolved(entity, passed, meant.reasons)

    def _disagreeing(self, question: Question, meant: Entity | None) -> tuple[tuple[Entity, str], ...]:
        """Those of the chain who stand nearer than who is meant, and whom the cue cannot mean."""
        passed: dict[int, Entity] = {}
        for link in reversed(self.chain):
            if meant is not None and any(entity.number == meant.number for entity in link.entities):
                break
            passed |= {e.number: e for e in link.entities if not compatible(e, question.gender, question.number)}
        return tuple((entity, "agreement") for entity in passed.values())


def _reporting_medium(draft: Draft) -> Span | None:
    """The medium that is the cue's own subject («كشفت الصحيفة نقلا عن مصادر أن … وقالت»); None for any other."""
    cue, medium = draft.cue, draft.source.medium
    if cue is None or medium is None or cue.reading.kind != "verb" or cue.reading.entry.cue_class == "relay":
        return None
    return medium if medium.start > cue.span.start else None


def _named(span: Span, registry: Registry) -> tuple[Entity, ...]:
    """The entity that a noun phrase means, or each of the persons that it names side by side."""
    pieces = registry.together(span) or (span,)
    return tuple(entity for piece in pieces if (entity := registry.mention(piece, None, None)) is not None)


def _position(draft: Draft) -> int:
    return draft.cue.span.start if draft.cue is not None else draft.content.spans[0].start


def _agreement(draft: Draft) -> tuple[Gender | None, Number | None]:
    """Gender and number that the cue asks of its speaker."""
    if draft.source.clitic is not None:
        return _CLITIC_GENDER.get(draft.source.clitic, (None, None))
    if draft.cue is None:
        return None, None
    reading = draft.cue.reading
    if reading.kind in ("verbal_noun", "noun", "phrase") or (reading.kind == "preposition" and reading.tense is None):
        return None, None
    explicit = draft.source.span is not None
    number = None if explicit and reading.number == "singular" else reading.number
    return reading.gender, number
