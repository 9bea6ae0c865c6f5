"""Resolve who speaks: from the registry, every source, clitic and elided subject takes its speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from attribution.drafts import Draft, Reason
from attribution.lexicon.entries import Gender, Number
from attribution.registry import Entity, Registry
from attribution.spans import Span

_CHAIN = 12
Link = tuple[Entity, ...]
"""One step of the chain: who spoke or acted last, several where a sentence names them side by side."""
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
            link = _link(topic, registry) if registry.plausible(topic) else ()
            if link and all(entity.kind in ("person", "organization") for entity in link):
                chain.append(link)
        found[i] = _speaker(i, drafts, parents, registry, found, chain)
        speaker, source = found[i].speaker, drafts[i].source.span
        if speaker is not None and parents[i] is None:
            together = registry.together(source) if source is not None else ()
            chain.append(_link(source, registry) if source is not None and together else (speaker,))
            if (medium := _reporting_medium(drafts[i])) is not None and (link := _link(medium, registry)):
                chain.append(link)
    return [found[i] for i in range(len(drafts))]


def _reporting_medium(draft: Draft) -> Span | None:
    """The medium that is the cue's own subject («كشفت الصحيفة نقلا عن مصادر أن … وقالت»); None for any other."""
    cue, medium = draft.cue, draft.source.medium
    if cue is None or medium is None or cue.reading.kind != "verb" or cue.reading.entry.cue_class == "relay":
        return None
    return medium if medium.start > cue.span.start else None


def _link(span: Span, registry: Registry) -> Link:
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
    antecedent = draft.source.antecedent
    if antecedent is not None and registry.plausible(antecedent):
        entity = registry.mention(antecedent, None, None)
        if entity is not None and compatible(entity, gender, plurality):
            return Resolved(entity, (), (Reason("speaker.antecedent", antecedent),))
    if parent is not None and parent in found:
        holder = found[parent].speaker
        if holder is not None and compatible(holder, gender, plurality):
            return Resolved(holder, (), (Reason("speaker.holder-of-content"),))
    resolved = _from_chain(chain, gender, plurality)
    alone = plurality not in ("plural", "dual") and parent is None
    return _named_nearest(resolved, draft, registry, gender) if alone else resolved


def _of_source(draft: Draft, span: Span, registry: Registry, chain: Sequence[Link]) -> Resolved:
    """Who the noun phrase at `span` means; the last speaker where it is not likely to be a source at all."""
    gender, plurality = _agreement(draft)
    if draft.source.doubtful and not registry.plausible(span):
        # «وأكملت ضاحكة: …», «وأعادت سؤالها قائلة: …»: the chain goes on.
        continued = _from_chain(chain, gender, plurality)
        if continued.speaker is not None and not registry.knows(span):
            draft.source = replace(draft.source, span=None)
            return continued
    return Resolved(registry.mention(span, gender, plurality), (), (Reason("speaker.source", span),))


def _named_nearest(resolved: Resolved, draft: Draft, registry: Registry, gender: Gender | None) -> Resolved:
    """Where no earlier speaker agrees: the person whom the article named last before the cue, if the gender fits."""
    if resolved.speaker is not None or any(why == "tie" for _, why in resolved.rejected):
        return resolved
    person = registry.named_before(_position(draft), gender)
    if person is None:
        return resolved
    return Resolved(person, resolved.rejected, (Reason("speaker.named-before", person.mentions[-1]),))


def _from_chain(chain: Sequence[Link], gender: Gender | None, number: Number | None) -> Resolved:
    """The nearest earlier speaker that agrees; those nearer that do not are rejected with the reason.

    Two who were named side by side and agree equally are a tie: no speaker, both among the rejected.
    """
    rejected: list[tuple[Entity, str]] = []
    seen: set[int] = set()
    for link in reversed(chain[-_CHAIN:]):
        new = [entity for entity in link if entity.number not in seen]
        seen.update(entity.number for entity in new)
        agreeing = [entity for entity in new if compatible(entity, gender, number)]
        if len(agreeing) == 1:
            reason = Reason("speaker.chain", agreeing[0].mentions[-1])
            return Resolved(agreeing[0], tuple(rejected), (reason,))
        if agreeing:  # «التقى سمير وسامي. وقال إن …»: never a guess
            ties = [(entity, "tie") for entity in agreeing]
            return Resolved(None, (*rejected, *ties), (Reason("speaker.tie", agreeing[0].mentions[-1]),))
        rejected += [(entity, "agreement") for entity in new]
    return Resolved(None, tuple(rejected), (Reason("speaker.unknown"),))


def compatible(entity: Entity, gender: Gender | None, number: Number | None) -> bool:
    """Whether an elided subject or clitic with these features can stand for the entity."""
    if number == "plural" and entity.kind in ("person", "organization", "document") and entity.plurality != "plural":
        return False
    several = entity.description.number == "plural" or entity.kind == "collective"
    if number == "singular" and gender == "masculine" and several:
        return False
    if gender is not None and entity.gender is not None and gender != entity.gender:
        return number == "plural"
    return True


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
