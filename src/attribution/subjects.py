"""Find the subjects of clauses beside a cue: whom an elided subject means, whom a sentence is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from attribution.drafts import FoundCue, NearbySubject
from attribution.evidence import SPEAKERS
from attribution.phrases import Phrases
from attribution.spans import Span
from attribution.text import function_words as fw

# A sentence's subject stands among its first words.
_TOPIC_REACH = 7
# So far back the clause that an elided subject belongs to is looked for.
_LOCAL_REACH = 30
# So far back, and so many of, the subjects whom an elided one can mean.
_NEARBY_REACH, _NEARBY = 45, 3
# So many steps up the tree lead from a cue to the clause that it goes on.
_STEPS_UP = 4
# The main verb of a unit stands among its first words.
_MAIN_REACH = 8
# A longer marked stretch is what somebody said.
_WORDS_OF_A_NAME = 4
# Relative pronouns of one person, by the gender of whom they refer to.
RELATIVE_GENDER = {"الذي": "masculine", "التي": "feminine"}
# What a noun that begins no subject stands beside.
_BESIDE = frozenset({"preposition", "oblique", "noun", "mark", "number", "time"})
# What sets a topic before its clause: «أما الوزير فقال».
_AS_FOR = frozenset({"اما", "واما"})
# What presents somebody: «إنها المغنية سميرة حداد».
_PRESENTING = frozenset("انه انها هو هي".split())


def nearby_subjects(phrases: Phrases, cue: FoundCue) -> tuple[NearbySubject, ...]:
    """The subjects of the last clauses before the cue in its unit, the nearest first, each with its traits."""
    local = local_subject(phrases, cue)
    found: list[NearbySubject] = []
    beyond: set[str] = set()
    for at in range(cue.first - 1, max(-1, cue.first - _NEARBY_REACH), -1):
        if phrases.word_class(at) == "complementizer" or phrases.form(at) in ":؛":
            beyond.add("beyond")
        if phrases.word_class(at) == "mark" and phrases.mark_words(at) > _WORDS_OF_A_NAME:
            beyond.add("beyond-mark")
        if not _finite(phrases, at) or (place := _subject_of(phrases, at, cue.first)) is None:
            continue
        span = phrases.span(*place)
        if any(other.span == span for other in found):
            continue
        number = f"nearby:{len(found) + 1}"
        traits = {
            number,
            *beyond,
            *(f"{number}:{trait}" for trait in beyond),
            *_clause_traits(phrases, cue, at, place[0]),
        }
        found.append(NearbySubject(span, frozenset(traits)))
        if len(found) == _NEARBY:
            break
    if local is not None and not any(other.span == local for other in found):
        found.append(NearbySubject(local, frozenset({"apart"})))
    return tuple(replace(one, traits=one.traits | {"local"}) if one.span == local else one for one in found)


def _clause_traits(phrases: Phrases, cue: FoundCue, verb: int, subject: int) -> Iterator[str]:
    """What the clause of a nearby subject is like: how far away, how the tree joins the cue to it."""
    gap = cue.first - verb
    yield f"gap:{next((limit for limit in (3, 6, 12, 24) if gap <= limit), 'far')}"
    yield f"subject:{phrases.parsed.relation(subject)}"
    yield f"side:{'before' if subject < verb else 'after'}"
    if _in_relative(phrases, verb):
        yield "in-relative"
    if verb in phrases.cues:
        yield "of-cue"
    at: int | None = cue.first
    for _ in range(_STEPS_UP):
        relation = phrases.parsed.relation(at) if at is not None else None
        at = phrases.parsed.head(at) if at is not None else None
        if at == verb:
            yield f"hangs:{relation}"
            return
    yield "hangs:no"


def local_subject(phrases: Phrases, cue: FoundCue) -> Span | None:
    """The subject of the nearest clause before the cue in its unit that has one («عقد الوزير مؤتمرا قال فيه»), else of
    the clause that the unit begins with.
    """
    for at in range(cue.first - 1, max(-1, cue.first - _LOCAL_REACH), -1):
        if phrases.word_class(at) == "complementizer" or phrases.form(at) in ":؛":
            break
        if phrases.word_class(at) == "mark" and phrases.mark_words(at) > _WORDS_OF_A_NAME:
            break
        if not _finite(phrases, at):
            continue
        if _in_relative(phrases, at):
            if cue.coordinated and (head := _antecedent(phrases, cue, at)) is not None:
                return head
            continue
        found = _subject_of(phrases, at, cue.first)
        if found is not None:
            return phrases.span(*found)
    return _main_subject(phrases, cue)


def _main_subject(phrases: Phrases, cue: FoundCue) -> Span | None:
    """The subject of the clause that the cue's unit begins with."""
    for at in range(min(cue.first, _MAIN_REACH)):
        if _finite(phrases, at):
            found = phrases.subject_after(at, cue.first)
            if found is None or phrases.parsed.relation(found[0]) not in ("nsubj", None):
                return None
            return phrases.span(*found)
        if phrases.word_class(at) in ("complementizer", "relative"):
            return None
    return None


def _in_relative(phrases: Phrases, verb: int) -> bool:
    """Whether the verb at `verb`, or one that it is joined to, follows a relative pronoun: «التي تغالط … وتحاول»."""
    if phrases.word_class(verb - 1) == "relative":
        return True
    joined = phrases.parsed.head(verb) if phrases.parsed.relation(verb) == "conj" else None
    return joined is not None and phrases.word_class(joined - 1) == "relative"


def _antecedent(phrases: Phrases, cue: FoundCue, verb: int) -> Span | None:
    """Who a relative clause is about whose verb the cue goes on with: «الباحث الذي أثنى على البحث … وأوصى بأن»."""
    at = verb - 1
    if phrases.word_class(at) != "relative" or RELATIVE_GENDER.get(phrases.form(at)) != cue.reading.gender:
        return None
    before = at - 1 if phrases.form(at - 1) not in "،," else at - 2
    if before < 0 or not phrases.nominal(before):
        return None
    return phrases.span(phrase_start(phrases, before), before)


def _finite(phrases: Phrases, at: int) -> bool:
    """Whether a finite verb, or كان, stands at element `at`."""
    if phrases.form(at) in fw.BE:
        return True
    return phrases.word_class(at) in ("verb", "cue") and phrases.parsed.upos(at) in ("VERB", None)


def _subject_of(phrases: Phrases, verb: int, stop: int) -> tuple[int, int] | None:
    """First and last element of the subject of the verb at `verb`: by the tree, or who agrees right after it."""
    parsed = phrases.parsed
    after = phrases.subject_after(verb, stop)
    if after is not None:
        relation = parsed.relation(after[0])
        if relation in ("nsubj", None):
            return after
        feminine = phrases.form(verb).endswith("ت") or phrases.bare(verb).startswith("ت")
        somebody = any(phrases.lexicon.holds(name, phrases.bare(after[0])) for name in SPEAKERS)
        if somebody and relation != "obj" and after[0] == verb + 1 and phrases.bare(after[0]).endswith("ه") == feminine:
            return after
    for at in reversed(parsed.dependents(verb)):
        if at < verb and parsed.relation(at) == "nsubj" and phrases.word_class(at) == "noun":
            return at, min(phrases.noun_phrase(at, verb), verb - 1)
    return None


def find_topic(phrases: Phrases) -> Span | None:
    """The subject of the sentence that a unit is, if it is somebody named or titled; None for anything else."""
    if phrases.parsed.unit.inside is not None:
        return None
    for at in range(min(len(phrases), _TOPIC_REACH)):
        kind = phrases.word_class(at)
        if at == 0 and phrases.form(0) in _PRESENTING:
            continue
        if kind in ("relative", "complementizer") or phrases.form(at) in ":؛":
            return None
        before = phrases.word_class(at - 1)
        # Without a tree the verb that opens the clause passes for a noun.
        second = phrases.parsed.upos(at - 1) is None and (at == 1 or (at > 1 and phrases.form(at - 2) in "،,"))
        if kind != "noun" or (before in _BESIDE and (before == "time" or not second)):
            continue
        if (
            before == "verb"
            or (at > 0 and phrases.parsed.relation(at) == "nsubj")
            or phrases.parsed.relation(at) is None
            or phrases.form(at - 1) in _AS_FOR
        ):
            lists = (
                ("titles", "honorifics", "organization_heads") if phrases.parsed.words(at) else ("titles", "honorifics")
            )
            if any(phrases.lexicon.holds(name, phrases.bare(at)) for name in lists) or phrases.name_like(at):
                last = phrases.noun_phrase(at, len(phrases))
                named = any(phrases.name_like(i) for i in range(at, last + 1))
                named = named or phrases.lexicon.holds("honorifics", phrases.bare(at))
                return phrases.span(at, last) if named or phrases.parsed.upos(at) is not None else None
    return None


def phrase_start(phrases: Phrases, last: int) -> int:
    """The first element of the noun phrase that ends at `last`, no further left than a verb, preposition or comma."""
    first = last
    while first > 0 and phrases.nominal(first - 1) and last - first < 12 and not phrases.coordinated(first):
        first -= 1
    return first
