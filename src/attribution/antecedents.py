"""Weigh whom an elided subject or a pronoun means: candidates from the sentence and from who spoke before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from attribution.drafts import Draft, Reason
from attribution.evidence import Features, load_weights
from attribution.lexicon.entries import Gender, Number
from attribution.registry import Entity, Registry
from attribution.spans import Span

# The chain of who spoke has so many steps: nobody further back is meant.
REMEMBERED = 12
# What a candidate can be to the cue, in the chain and the sentence by nearness.
_ROLES = frozenset({"antecedent", "holder", "nearby:1", "nearby:2", "chain:1", "chain:2", "chain:3", "named"})


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain: who spoke, relayed or acted, at offset `start`; several where a sentence names them side
    by side.
    """

    entities: tuple[Entity, ...]
    role: str
    start: int


@dataclass(slots=True)
class Candidate:
    """Somebody whom an elided subject may mean, with the traits that speak for or against and the reasons to give.

    `span` is the noun phrase to be read for an entity that the registry does not hold yet. `rivals` are those who were
    named in the same breath.
    """

    entity: Entity
    reasons: tuple[Reason, ...]
    span: Span | None = None
    traits: set[str] = field(default_factory=set)
    rivals: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Who speaks in `draft`? `gender` and `number` are what its cue asks for, `holder` is whose words hold it."""

    draft: Draft
    start: int
    gender: Gender | None
    number: Number | None
    holder: Entity | None
    nested: bool


def find_candidates(question: Question, chain: Sequence[Link], registry: Registry) -> list[Candidate]:
    """Everybody whom the elided subject of a draft can mean, each with the traits to weigh; those who cannot agree with
    its cue left out.
    """
    search = _Search(question, registry)
    search.sentence()
    if question.holder is not None:
        search.add(Candidate(question.holder, (Reason("speaker.holder-of-content"),), traits={"holder"}))
    search.chain(chain)
    search.names()
    roles = [_roles(question, candidate) for candidate in search.found]
    for number, candidate in enumerate(search.found):
        others = {role for other, those in enumerate(roles) if other != number for role in those}
        candidate.traits |= set(_crossed(question, candidate))
        candidate.traits |= {f"{role}|{other}" for role in roles[number] for other in others or {"alone"}}
    return search.found


def best(candidates: Sequence[Candidate]) -> Candidate | None:
    """The likeliest candidate, the first of equals; None where none is likely enough."""
    top = max(weigh(candidates), key=lambda row: row[0], default=None)
    return None if top is None or top[0] < load_weights("antecedent").threshold else top[1]


def weigh(candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """The candidates in their order, each with the probability that it is meant, the others left aside."""
    weights = load_weights("antecedent")
    return [(weights.probability(antecedent_features(candidate)), candidate) for candidate in candidates]


def antecedent_features(candidate: Candidate) -> Features:
    """The evidence that a candidate is meant, by name."""
    return dict.fromkeys(sorted(candidate.traits), 1.0)


@dataclass(slots=True)
class _Search:
    """The candidates found so far, in the order in which equals are taken."""

    question: Question
    registry: Registry
    found: list[Candidate] = field(default_factory=list)

    def sentence(self) -> None:
        """The antecedent of a relative pronoun or clitic, and the subjects of the clauses before the cue."""
        source = self.question.draft.source
        if source.antecedent is not None:
            self.phrase(source.antecedent, "antecedent", set(), Reason("speaker.antecedent", source.antecedent))
        for nearby in source.nearby:
            local = Reason("source.local-subject", nearby.span)
            self.phrase(nearby.span, "nearby", nearby.traits, local, Reason("speaker.antecedent", nearby.span))

    def chain(self, chain: Sequence[Link]) -> None:
        """Who spoke or acted before, the latest first."""
        question = self.question
        seen: set[int] = set()
        rank = 0
        for link in reversed(chain):
            new = [entity for entity in link.entities if entity.number not in seen]
            seen.update(entity.number for entity in new)
            agreeing = [entity for entity in new if compatible(entity, question.gender, question.number)]
            rank += bool(agreeing)
            where = f"chain:{min(rank, 3)}"
            traits = {where, f"{where}:{link.role}", f"{where}:{self.registry.distance(link.start, question.start)}"}
            for entity in agreeing:
                reason = Reason("speaker.chain", entity.mentions[-1] if entity.mentions else None)
                rivals = tuple(other for other in agreeing if other is not entity)
                self.add(Candidate(entity, (reason,), traits=set(traits), rivals=rivals))

    def names(self) -> None:
        """The person whom the article named last before the cue."""
        question = self.question
        if question.number in ("plural", "dual") or question.nested:
            return
        span = self.registry.named_before(question.start, question.gender)
        if span is not None:
            self.phrase(span, "named", set(), Reason("speaker.named-before", span))

    def phrase(self, span: Span, role: str, traits: Set[str], *reasons: Reason) -> None:
        """Adds whom the noun phrase at `span` means, unless nobody can be meant by it."""
        entity = self.registry.peek(span)
        if entity is not None:
            sure = "plausible" if self.registry.plausible(span) else "doubtful"
            self.add(Candidate(entity, reasons, span, {*traits, role, f"{role}:{sure}"}))

    def add(self, candidate: Candidate) -> None:
        """Adds a candidate, or its traits to those of the same one; one that does not agree is left out."""
        if not compatible(candidate.entity, self.question.gender, self.question.number):
            return
        known = next((one for one in self.found if _same(one.entity, candidate.entity)), None)
        if known is None:
            self.found.append(candidate)
        else:
            known.traits |= candidate.traits


def _same(one: Entity, other: Entity) -> bool:
    """Whether two are one entity; those that the registry does not hold are told apart by their words."""
    if one.number < 0 or other.number < 0:
        words = (one.name_forms or one.description.forms, other.name_forms or other.description.forms)
        return one.number == other.number and words[0] == words[1]
    return one.number == other.number


def _roles(question: Question, candidate: Candidate) -> list[str]:
    """The roles of a candidate, each with what kind of candidate has it: "nearby:1:person:named:sure:leads"."""
    entity, traits = candidate.entity, candidate.traits
    like = f"{entity.kind}:{'named' if entity.description.name else 'unnamed'}"
    where = "leads" if question.draft.source.leads else "later"
    found = []
    for role in sorted(_ROLES & traits):
        if role.startswith("nearby"):
            found.append(f"{role}:{like}:{'sure' if 'nearby:plausible' in traits else 'doubtful'}:{where}")
        else:
            found.append(f"{role}:{like}" if role != "chain:1" else f"{role}:{like}:{where}")
    return found


def _crossed(question: Question, candidate: Candidate) -> Iterator[str]:
    """What a candidate is like, what asks for it, and each of its roles together with that."""
    entity, draft = candidate.entity, question.draft
    yield f"kind:{entity.kind}:{'named' if entity.description.name else 'unnamed'}"
    agreement = "open" if question.gender is None else "unknown" if entity.gender is None else "same"
    yield f"gender:{agreement}"
    yield f"gender:{agreement}:{question.gender}"
    yield f"known:{entity.number >= 0}"
    yield f"number:{question.number}:{entity.description.number}"
    roles = sorted(trait for trait in candidate.traits if trait in _ROLES)
    yield f"roles:{'+'.join(roles)}"
    asked = set(_asked(question))
    for role in roles:
        yield from (f"{role}&{trait}" for trait in asked)
        yield f"{role}&kind:{entity.kind}"
        yield f"{role}&sources:{bool(draft.source.nearby)}"


def _asked(question: Question) -> Iterator[str]:
    """What the cue of a draft is like."""
    draft = question.draft
    yield "nested" if question.nested else "outer"
    if draft.cue is None:
        yield "no-cue"
        return
    reading = draft.cue.reading
    yield reading.kind if draft.source.clitic is None else "clitic"
    if reading.kind == "verb":
        joined = "joined" if draft.cue.coordinated else "bare"
        yield f"{joined}:{'first' if draft.source.leads else 'later'}"
        yield f"tense:{reading.tense}"
        yield f"class:{reading.entry.cue_class}"
        yield f"number:{reading.number}"
    if any(reason.rule == "source.pronoun-before" for reason in draft.source.reasons):
        yield "pronoun"


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
