"""Planted truth: articles made by a grammar of the shapes of ARABIC.md, which knows the attributions it writes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from attribution.evaluation.matching import letters, marked_stretches
from attribution.formats.gold import GoldDocument, Relation
from attribution.spans import Span
from torture import words as w

_OPENERS = ("إن", "أن")


@dataclass
class Who:
    """A speaker: `forms` are the ways to name them, first to last mention; `name` is what the gold calls them."""

    name: str
    forms: tuple[str, ...]
    feminine: bool
    kind: str
    mentioned: int = 0

    def form(self) -> str:
        """The way to name them this time."""
        self.mentioned += 1
        return self.forms[min(self.mentioned, len(self.forms)) - 1]


@dataclass
class Draft:
    """An article as it is written: its text so far, its relations and the speaker an elided subject would mean."""

    rng: random.Random
    cast: list[Who]
    text: str = ""
    relations: list[Relation] = field(default_factory=list)
    last: Who | None = None

    def write(self, words: str) -> Span:
        """Where `words` now stand in the text."""
        start = len(self.text)
        self.text += words
        return Span(start, start + len(words))

    def relate(self, content: list[Span], cue: Span | None, source: Span | None, who: Who) -> None:
        """Note that `who` said `content`."""
        self.relations.append(Relation(tuple(content), cue, source, who.name, None, who.kind))

    def pick(self, *, named: bool = False) -> Who:
        """One of the article's speakers."""
        return self.rng.choice([who for who in self.cast if who.kind == "person" or not named])


def article(seed: int) -> GoldDocument:
    """The article that `seed` makes, with its attributions."""
    rng = random.Random(seed)
    draft = Draft(rng, _cast(rng))
    for _ in range(rng.randint(4, 9)):
        if draft.text:
            draft.write(rng.choice((" ", "\n", "\n\n", "\n")))
        if rng.random() < 0.25:
            draft.write(rng.choice(w.DISTRACTORS))
        else:
            rng.choice(list(SHAPES.values()))(draft)
    relations = [_typed(relation, draft.text) for relation in draft.relations]
    said = letters((span for relation in relations for span in relation.content), draft.text)
    unsaid = [s for s in marked_stretches(draft.text) if not letters([s], draft.text) & said]
    ordered = sorted(relations, key=lambda r: (r.content[0].start, -r.content[-1].end))
    return GoldDocument(f"planted{seed}", draft.text, tuple(ordered), tuple(unsaid))


def _cast(rng: random.Random) -> list[Who]:
    people = [_person(rng) for _ in range(rng.randint(1, 3))]
    others = [Who(name, (name,), fem, kind) for name, fem, kind in rng.sample(w.BODIES, 1) + rng.sample(w.UNNAMED, 1)]
    return people + others


def _person(rng: random.Random) -> Who:
    feminine = rng.random() < 0.3
    given, surname = rng.choice(w.WOMEN if feminine else w.MEN), rng.choice(w.SURNAMES)
    office = rng.choice(w.OFFICES)[feminine]
    full = f"{given} {surname}"
    first = rng.choice((f"{office} {full}", f"{office}، {full}،"))
    return Who(full, (first, rng.choice((surname, full))), feminine, "person")


def _typed(relation: Relation, text: str) -> Relation:
    """`relation` with the type that its marks tell."""
    inside, said = letters(marked_stretches(text), text), letters(relation.content, text)
    opener = text[relation.content[0].start :].split(" ", 1)[0]
    if opener in _OPENERS:
        start = relation.content[0].start
        said -= letters([Span(start, start + len(opener))], text)
    kind = "direct" if said <= inside else "mixed" if said & inside else "indirect"
    return Relation(relation.content, relation.cue, relation.source, relation.speaker, kind, relation.kind)


def _clause(draft: Draft, *, marked: bool = False) -> str:
    """A statement of somebody's, without its complementizer."""
    subject = draft.rng.choice(w.SUBJECTS)
    if marked:
        return f"{subject} تمر بمرحلة {draft.rng.choice(w.INSIDE)}{draft.rng.choice(w.ENDINGS)}"
    return f"{subject} {draft.rng.choice(w.PREDICATES)}{draft.rng.choice(w.ENDINGS)}"


def _content(draft: Draft, complementizer: str, clause: str) -> Span:
    """The span of a reported clause from أن on; the preposition before it stays outside."""
    draft.write(" ")
    lead, _, opener = complementizer.rpartition(" ")
    if opener == "بأن":
        lead, opener = "ب", "أن"
    elif lead:
        lead += " "
    draft.write(lead)
    return draft.write(f"{opener} {clause}")


def _source(draft: Draft, who: Who, *, loose: bool = True) -> Span:
    """The span of the source, after which an adverbial or a relative clause may stand."""
    named = draft.write(who.form())
    closed = draft.text.endswith("،")
    if loose and who.kind == "person" and not closed and draft.rng.random() < 0.1:
        draft.write(f"، {draft.rng.choice(w.RELATIVES)[who.feminine]}،")
    elif loose and not closed:
        draft.write(draft.rng.choice(w.ADVERBIALS))
    return Span(named.start, named.end - closed)


def _conjunction(draft: Draft) -> None:
    if draft.text and draft.rng.random() < 0.8:
        draft.write("و")


def reported(draft: Draft, *, marked: bool = False) -> None:
    """C S K: «وأوضح الوزير أن …»."""
    who, verb = draft.pick(), draft.rng.choice(w.CLAUSE_VERBS)
    _conjunction(draft)
    cue = draft.write(verb[who.feminine])
    draft.write(" ")
    source = _source(draft, who)
    content = _content(draft, verb[4], _clause(draft, marked=marked))
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


def mixed(draft: Draft) -> None:
    """C S K with marked words inside."""
    reported(draft, marked=True)


def quoted(draft: Draft) -> None:
    """C S : Q."""
    who, verb = draft.pick(), draft.rng.choice(w.QUOTE_VERBS)
    _conjunction(draft)
    cue = draft.write(verb[who.feminine])
    draft.write(" ")
    source = _source(draft, who)
    draft.text = draft.text.removesuffix("،")
    opening, closing = draft.rng.choice((("«", "»"), ("«", "»"), ("“", "”"), ('"', '"')))
    draft.write(f": {opening}")
    content = draft.write(draft.rng.choice(w.QUOTES))
    draft.write(f"{closing}.")
    draft.relate([content], cue, source, who)
    draft.last = who


def elided(draft: Draft) -> None:
    """C with an elided subject, a quotation or a clause after it."""
    who = draft.last
    if who is None or who.mentioned == 0:
        return reported(draft)
    draft.write("و")
    if draft.rng.random() < 0.5:
        cue = draft.write(draft.rng.choice(w.CHAIN_VERBS)[who.feminine])
        draft.write(": «")
        content = draft.write(draft.rng.choice(w.QUOTES))
        draft.write("».")
    else:
        verb = draft.rng.choice(w.CHAIN_CLAUSES)
        cue = draft.write(verb[who.feminine])
        content = _content(draft, verb[2], _clause(draft))
        draft.write(".")
    draft.relate([content], cue, None, who)
    return None


def pluperfect(draft: Draft) -> None:
    """كان S C K."""
    who, verb = draft.pick(), draft.rng.choice(w.CLAUSE_VERBS)
    draft.write("وكانت " if who.feminine else "وكان ")
    source = _source(draft, who, loose=False)
    draft.write(draft.rng.choice((" ", " قد ")))
    cue = draft.write(verb[who.feminine])
    draft.write(draft.rng.choice(("", "، الأسبوع الماضي،", " سابقاً")))
    content = _content(draft, verb[4], _clause(draft))
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


def postposed(draft: Draft) -> None:
    """Q، C S."""
    who, verb = draft.pick(), draft.rng.choice(w.QUOTE_VERBS)
    draft.write("«")
    content = draft.write(draft.rng.choice(w.QUOTES))
    draft.write("»، ")
    cue = draft.write(verb[who.feminine + draft.rng.choice((0, 2))])
    draft.write(" ")
    source = _source(draft, who, loose=False)
    draft.text = draft.text.removesuffix("،")
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


def interrupted(draft: Draft) -> None:
    """Q1، C S، Q2."""
    who, verb = draft.pick(), draft.rng.choice(w.QUOTE_VERBS)
    draft.write("«")
    first = draft.write(draft.rng.choice(w.QUOTES))
    draft.write("»، ")
    cue = draft.write(verb[who.feminine + draft.rng.choice((0, 2))])
    draft.write(" ")
    source = _source(draft, who, loose=False)
    draft.text = draft.text.removesuffix("،")
    draft.write("، «")
    second = draft.write(draft.rng.choice(w.FURTHER))
    draft.write("».")
    draft.relate([first, second], cue, source, who)
    draft.last = who


def prepositional(draft: Draft) -> None:
    """K، بحسب S."""
    who = draft.pick()
    content = draft.write(_clause(draft))
    draft.write("، ")
    preposition = draft.rng.choice(w.PREPOSITIONS)
    cue = draft.write(f"{preposition}ت" if who.feminine and " " in preposition else preposition)
    draft.write(" ")
    source = _source(draft, who, loose=False)
    draft.text = draft.text.removesuffix("،")
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = None  # whom an elided subject means after this, readers do not agree on


def participial(draft: Draft) -> None:
    """C S K1، participle K2."""
    reported(draft)
    who = draft.last
    assert who is not None
    draft.text = draft.text.removesuffix(".")
    participle = draft.rng.choice(w.PARTICIPLES)
    draft.write("، ")
    cue = draft.write(participle[who.feminine])
    content = _content(draft, participle[2], _clause(draft))
    draft.write(".")
    draft.relate([content], cue, None, who)


def relayed(draft: Draft) -> None:
    """نقلت M عن S قوله K."""
    who = draft.pick()
    draft.write(f"ونقلت {draft.rng.choice(w.MEDIA)} عن ")
    source = _source(draft, who, loose=False)
    draft.write(" ")
    cue = draft.write("قولها" if who.feminine else "قوله")
    content = _content(draft, "إن", _clause(draft))
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


def nested(draft: Draft) -> None:
    """C1 S1 (إن S2 C2 K2)."""
    outer, inner = draft.rng.sample(draft.cast, 2)
    verb, further = draft.rng.choice(w.CLAUSE_VERBS), draft.rng.choice(w.CLAUSE_VERBS[1:6])
    _conjunction(draft)
    cue = draft.write(verb[outer.feminine])
    draft.write(" ")
    source = _source(draft, outer)
    start = _content(draft, verb[4], "").start
    within = _source(draft, inner, loose=False)
    draft.write(" ")
    second = draft.write(further[inner.feminine])
    content = _content(draft, further[4], _clause(draft))
    draft.relate([Span(start, content.end)], cue, source, outer)
    draft.relate([content], second, within, inner)
    draft.write(".")
    draft.last = outer


def announced(draft: Draft) -> None:
    """An announcing verb with a noun phrase."""
    who = draft.pick()
    verb = draft.rng.choice(w.ANNOUNCING)
    _conjunction(draft)
    cue = draft.write(verb[who.feminine])
    draft.write(" ")
    source = _source(draft, who, loose=False)
    draft.write(f" {verb[2]}".replace("بـ", "ب"))
    content = draft.write(draft.rng.choice(w.NOUN_PHRASES[verb[0]]))
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


def continued(draft: Draft) -> None:
    """A quotation, and a further one in a paragraph of its own."""
    quoted(draft)
    who = draft.last
    assert who is not None
    draft.write("\n«")
    content = draft.write(f"{draft.rng.choice(w.QUOTES)} {draft.rng.choice(w.FURTHER)}")
    draft.write("».")
    draft.relate([content], None, None, who)


def before(draft: Draft) -> None:
    """S C K."""
    who, verb = draft.pick(), draft.rng.choice(w.CLAUSE_VERBS)
    source = _source(draft, who, loose=False)
    draft.write(" ")
    cue = draft.write(verb[who.feminine + 2])
    content = _content(draft, verb[4], _clause(draft))
    draft.write(".")
    draft.relate([content], cue, source, who)
    draft.last = who


SHAPES: Mapping[str, Callable[[Draft], None]] = {
    "reported": reported,
    "quoted": quoted,
    "mixed": mixed,
    "elided": elided,
    "pluperfect": pluperfect,
    "before": before,
    "postposed": postposed,
    "interrupted": interrupted,
    "prepositional": prepositional,
    "participial": participial,
    "relayed": relayed,
    "nested": nested,
    "announced": announced,
    "continued": continued,
}
