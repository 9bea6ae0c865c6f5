"""Resolve who speaks: from the registry, every source, clitic and elided subject takes its speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    """The speaker of one draft (or None), those passed over with the reason, the evidence, and, of an elided one, all
    that were weighed.
    """

    speaker: Entity | None
    rejected: tuple[tuple[Entity, str], ...] = ()
    reasons: tuple[Reason, ...] = ()
    weighed: tuple[Candidate, ...] = ()


def resolve(
    drafts: Sequence[Draft], parents: Sequence[int | None], topics: Sequence[Span], registry: Registry
) -> list[Resolved]:
    """The speaker of each draft, in the drafts' order; `parents` gives for each the draft whose content holds it.

    `topics` are the subjects of sentences that attribute nothing: somebody named there is who an elided subject after
    it means.
    """
    waiting = sorted(topics, reverse=True)
    order = sorted(range(len(drafts)), key=lambda i: _position(drafts[i]))
    found: dict[int, Resolved] = {}
    chain: list[Link] = []
    for i in order:
        while waiting and waiting[-1].start < _position(drafts[i]):
            topic = waiting.pop()
            acting = _named(topic, registry) if registry.plausible(topic) else ()
            if acting and all(entity.kind in ("person", "organization") for entity in acting):
                chain.append(Link(acting, "topic", topic.start))
        found[i] = _speaker(i, drafts, parents, registry, found, chain)
        speaker, source = found[i].speaker, drafts[i].source.span
        if speaker is not None and parents[i] is None:
            together = _named(source, registry) if source is not None and registry.together(source) else (speaker,)
            chain.append(Link(together, "speaker", _position(drafts[i])))
            if (medium := _reporting_medium(drafts[i])) is not None and (relaying := _named(medium, registry)):
                chain.append(Link(relaying, "medium", _position(drafts[i])))
    return [found[i] for i in range(len(drafts))]


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


def _speaker(
    number: int,
    drafts: Sequence[Draft],
    parents: Sequence[int | None],
    registry: Registry,
    found: Mapping[int, Resolved],
    chain: Sequence[Link],
) -> Resolved:
    draft = drafts[number]
    gender, plurality = _agreement(draft)
    if draft.source.span is not None:
        return _of_source(draft, draft.source.span, registry, chain)
    parent = parents[number]
    if draft.cue is not None and draft.cue.reading.person in (1, 2):
        speaker = found[parent].speaker if parent is not None and parent in found else None
        return Resolved(speaker, (), (Reason("speaker.first-person"),))
    if draft.inherits is not None and draft.inherits in found:
        return Resolved(found[draft.inherits].speaker, (), (Reason("speaker.same-clause"),))
    holder = found[parent].speaker if parent is not None and parent in found else None
    question = Question(draft, _position(draft), gender, plurality, holder, nested=parent is not None)
    return _elided(question, chain, registry)


def _elided(question: Question, chain: Sequence[Link], registry: Registry) -> Resolved:
    """Who an elided subject or a pronoun means: the likeliest of all who agree.

    Two who were named side by side and agree equally are a tie: no speaker, both among the rejected.
    """
    candidates = find_candidates(question, chain, registry)
    meant = best(candidates)
    passed = _disagreeing(question, chain, meant.entity if meant is not None else None)
    if meant is None:
        return Resolved(None, passed, (Reason("speaker.unknown"),), tuple(candidates))
    if meant.rivals:  # «التقى سمير وسامي. وقال إن …»: never a guess
        ties = [(entity, "tie") for entity in (meant.entity, *meant.rivals)]
        return Resolved(None, (*passed, *ties), (Reason("speaker.tie", meant.entity.mentions[-1]),), tuple(candidates))
    entity: Entity | None = meant.entity
    if meant.entity.number < 0 and meant.span is not None:
        entity = registry.mention(meant.span, None, None)
    return Resolved(entity, passed, meant.reasons, tuple(candidates))


def _disagreeing(question: Question, chain: Sequence[Link], meant: Entity | None) -> tuple[tuple[Entity, str], ...]:
    """Those of the chain who stand nearer than who is meant, and whom the cue cannot mean."""
    passed: dict[int, Entity] = {}
    for link in reversed(chain[-REMEMBERED:]):
        if meant is not None and any(entity.number == meant.number for entity in link.entities):
            break
        passed |= {e.number: e for e in link.entities if not compatible(e, question.gender, question.number)}
    return tuple((entity, "agreement") for entity in passed.values())


def _of_source(draft: Draft, span: Span, registry: Registry, chain: Sequence[Link]) -> Resolved:
    """Who the noun phrase at `span` means; the last speaker where it is not likely to be a source at all."""
    gender, plurality = _agreement(draft)
    if draft.source.doubtful and not registry.plausible(span):
        # «وأكملت ضاحكة: …», «وأعادت سؤالها قائلة: …»: the chain goes on.
        continued = _elided(Question(draft, _position(draft), gender, plurality, None, nested=False), chain, registry)
        if continued.speaker is not None and not registry.knows(span):
            draft.source = replace(draft.source, span=None)
            return continued
    return Resolved(registry.mention(span, gender, plurality), (), (Reason("speaker.source", span),))


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
