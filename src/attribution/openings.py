"""Find where each cue's content opens: the complementizer, colon, marked stretch or noun phrase that the cue takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from attribution.drafts import FoundCue, Opening
from attribution.evidence import SPEAKERS, load_weights, subject_features
from attribution.lexicon.entries import Reading
from attribution.phrases import Phrases
from attribution.spans import Span
from attribution.text import function_words as fw

_REACH = 48
# A marked stretch of so many words that no cue claims goes to the verb of saying before it.
_LEFTOVER_WORDS = 5
_PREPOSITION_VIA = {"الي": "إلى", "علي": "على", "عن": "عن", "من": "من", "في": "في"}
_CLAUSE_VIAS = frozenset({"أن", "بأن", "إلى أن", "على أن", "عن أن", "من أن", "في أن"})
# Classes whose verbs newspapers also give أن where it should be عن أن: «أعرب الوزير أن».
_REPORTING = frozenset({"say", "announce", "emotion", "assert"})
_TRAILING_CLASSES = frozenset({"preposition", "phrase"})
# Forms that only link a finite cue to its content: «وأضاف قائلا: «…»», «مضيفا بالقول».
_LINKS = frozenset("قائلا قائله قائلين قائلات بالقول القول".split())

# What a clause of its own begins with, after another: «…، لكن المدينة هادئة بحسب الوزارة».
_HENCE = frozenset({"حيث", "لكن", "ولكن"})
# A noun phrase that is a content begins within so many words of its cue.
_OBJECT_REACH = 28
# A cue of at least this strength reaches its complementizer over one word that looks like a verb.
_SURE = 0.9

Claims = dict[int, tuple[Opening, Reading]]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One unit while its contents are delimited."""

    phrases: Phrases
    cues: tuple[FoundCue, ...]

    @property
    def text(self) -> str:
        return self.phrases.text.text

    def start(self, at: int) -> int:
        return self.phrases.parsed.elements[at].start

    def end(self, at: int) -> int:
        return self.phrases.parsed.elements[at].end


def find_openings(phrases: Phrases, cues: Sequence[FoundCue]) -> list[tuple[FoundCue, Opening]]:
    """The cues of a unit whose content opens somewhere, each with its opening and the reading that takes it first."""
    unit = _Unit(phrases, tuple(cues))
    openings = _claimed(unit)
    for number, (opening, reading) in list(openings.items()):
        if opening.via == "quote" and _gap(unit.cues[number], opening) > 1:
            around = _around_mark(unit, unit.cues[number], reading, opening.at)
            if around is not None:
                openings[number] = (around, reading)
    openings.update(_leftover(unit, openings))
    relaying: set[int] = set()
    for number, cue in enumerate(unit.cues):
        if number not in openings and (weak := _phrase_opening(unit, cue)) is not None:
            openings[number] = weak
    saying = {unit.cues[n].first for n, (_, reading) in openings.items() if reading.kind == "verb"}
    for number, (opening, _) in list(openings.items()):
        if opening.via == "leading" and opening.at in saying:  # «وبحسب «رويترز» قال الوزير إن»: only the medium
            del openings[number]
            relaying.add(number)
    for number, cue in enumerate(unit.cues):
        if number in relaying:
            continue
        if number not in openings and (preceding := _preceding(unit, number, cue, openings)) is not None:
            openings[number] = preceding
    return [(_with_reading(unit.cues[n], openings[n][1]), openings[n][0]) for n in sorted(openings)]


def _around_mark(unit: _Unit, cue: FoundCue, reading: Reading, mark: int) -> Opening | None:
    """The noun phrase that holds the marked stretch at `mark`: «كرر الوزير التصدي للمشكلة «من جذورها»», «كشفت مصادر
    عن اهتمام ناديين «الهلال والنصر»»; None where the stretch is what the cue takes.
    """
    phrases = unit.phrases
    if "NP" in reading.entry.complements and (bare := _bare_object(unit, cue, reading, mark)) is not None:
        said = reading.entry.cue_class == "say" and phrases.mark_words(mark) >= _LEFTOVER_WORDS
        return None if said else bare
    first = _first_noun(unit, cue, mark)
    if first is None or reading.kind != "verb":
        return None
    for at in range(phrases.noun_phrase(first, mark) + 1, mark):
        if phrases.word_class(at) in ("verb", "complementizer", "relative") or phrases.form(at) in "،,:":
            return None
        if (found := _prepositional(unit, at, reading)) is not None and found.at < mark:
            return found
    return None


def _leftover(unit: _Unit, openings: Claims) -> Claims:
    """Marked stretches of several words that nothing claims, for the verb of saying to their left that has no
    content.
    """
    claimed = {opening.at for opening, _ in openings.values()}
    found: Claims = {}
    for at in unit.phrases.marks:
        if at in claimed or unit.phrases.mark_words(at) < _LEFTOVER_WORDS:
            continue
        number = max((n for n, c in enumerate(unit.cues) if c.last < at and _says(c)), default=None)
        if number is None or number in openings or number in found or _follows_quotation(unit, unit.cues[number]):
            continue
        cue = unit.cues[number]
        reading = _says(cue)
        if reading is not None and not any(
            opening.at > cue.last for opening, _ in openings.values() if opening.at < at
        ):
            found[number] = (Opening("quote", at, _inner(unit, at).start, "quote", "opening.leftover-quote"), reading)
    return found


def _says(cue: FoundCue) -> Reading | None:
    """The reading of a cue as a finite verb that a quotation can follow."""
    return next((r for r in cue.readings if r.kind == "verb" and "quote" in r.entry.complements), None)


def _with_reading(cue: FoundCue, reading: Reading) -> FoundCue:
    return replace(cue, readings=(reading, *(r for r in cue.readings if r != reading)))


def _claimed(unit: _Unit) -> Claims:
    """The openings that a complementizer, colon, marked stretch or question word makes, each for the cue that owns
    it.
    """
    claims: Claims = {}
    for at in unit.phrases.openers:
        for opening in _openings_at(unit, at):
            owner = _owner(unit, opening, claims)
            if owner is not None:
                claims[owner[0]] = (opening, owner[1])
                break
    return claims


def _openings_at(unit: _Unit, at: int) -> Iterator[Opening]:
    """The openings that element `at` can make."""
    phrases = unit.phrases
    form = phrases.form(at)
    kind = phrases.word_class(at)
    if kind == "complementizer":
        via = _complementizer_via(phrases, at)
        if via is not None:
            skip = 1 if form in fw.COMPLEMENTIZERS_WITH_BI else 0
            yield Opening("clause", at, unit.start(at) + skip, via, "opening.complementizer")
    elif form == ":" and at + 1 < len(phrases):
        after = at + 1
        if phrases.word_class(after) == "mark":
            yield Opening("quote", after, _inner(unit, after).start, "colon", "opening.colon-quote")
        elif phrases.form(after).isalnum():
            yield Opening("clause", after, unit.start(after), "colon", "opening.colon")
    elif kind == "mark":
        yield from _mark_openings(unit, at)
    elif _question(phrases, at):
        yield Opening("question", at, unit.start(at), "question", "opening.question")


def _question(phrases: Phrases, at: int) -> bool:
    form = phrases.form(at)
    return form in fw.QUESTION_WORDS or (form == "ما" and phrases.form(at + 1) == "اذا")


def _complementizer_via(phrases: Phrases, at: int) -> str | None:
    form, before = phrases.form(at), phrases.form(at - 1)
    if form in fw.COORDINATED_COMPLEMENTIZERS:
        return None
    if form in fw.COMPLEMENTIZERS_WITH_BI:
        return "بأن"
    # «قال علي إن»: the name is no preposition.
    preposition = _PREPOSITION_VIA.get(before) if phrases.word_class(at - 1) == "preposition" else None
    return f"{preposition} أن" if preposition else "أن"


def _mark_openings(unit: _Unit, at: int) -> Iterator[Opening]:
    """The openings of a marked stretch that follows neither a colon nor a complementizer."""
    phrases = unit.phrases
    before = phrases.form(at - 1)
    if before in (":", "ل", "ول") or phrases.word_class(at - 1) == "complementizer":
        return
    if phrases.mark_words(at) <= 4 and phrases.parsed.relation(at) == "nsubj":  # «نفت «النهار» الخبر»
        return
    inner = _inner(unit, at).start
    if before == "ب":
        yield Opening("quote", at, inner, "بـ", "opening.preposition-quote")
    elif before in _PREPOSITION_VIA:
        yield Opening("quote", at, inner, _PREPOSITION_VIA[before], "opening.preposition-quote")
    else:
        yield Opening("quote", at, inner, "quote", "opening.quote")


def _owner(unit: _Unit, opening: Opening, claims: Claims) -> tuple[int, Reading] | None:
    """The nearest cue before an opening that takes it and has none yet, with the reading that does."""
    phrases = unit.phrases
    inside_claim = max((claims[n][0].at for n in claims), default=-1)
    for number in range(len(unit.cues) - 1, -1, -1):
        cue = unit.cues[number]
        if cue.last >= opening.at:
            continue
        if number in claims:
            return None
        if opening.via == "quote" and _follows_quotation(unit, cue):
            return None  # «Q1»، قال الوزير، «Q2»: the cue owns what stands before it, and the rest with it
        reading = next((r for r in cue.readings if _takes(phrases, cue, r, opening)), None)
        if reading is not None and _reaches(unit, cue, opening):
            outer = _outer_of_relative(unit, number, opening, claims)
            if outer is not None:
                return outer
            linked = _linked(unit, number, opening, claims)
            return linked or (number, reading)
        if cue.first < inside_claim:
            return None
    return None


def _outer_of_relative(unit: _Unit, number: int, opening: Opening, claims: Claims) -> tuple[int, Reading] | None:
    """The finite cue left of a relative clause («قالت في البيان الذي نشر … إن») that takes the opening, or None."""
    phrases, inner = unit.phrases, unit.cues[number]
    if phrases.word_class(inner.first - 1) != "relative" or _gap(inner, opening) <= 1 or number == 0:
        return None
    cue = unit.cues[number - 1]
    if number - 1 in claims or cue.reading.kind != "verb" or cue.reading.entry.strength < _SURE:
        return None
    reading = next((r for r in cue.readings if _takes(phrases, cue, r, opening)), None)
    return (number - 1, reading) if reading is not None else None


def _follows_quotation(unit: _Unit, cue: FoundCue) -> bool:
    """Whether a marked stretch of several words, and at most a comma, stands right before a cue."""
    phrases = unit.phrases
    before = cue.first - 1 if phrases.form(cue.first - 1) not in "،," else cue.first - 2
    return before >= 0 and not cue.coordinated and phrases.mark_words(before) >= 3


def _linked(unit: _Unit, number: int, opening: Opening, claims: Claims) -> tuple[int, Reading] | None:
    """The finite cue that a linking «قائلا» or «بالقول» hands the opening on to, with its reading.

    A verb that only says that its speaker goes on is followed by any participle: «وتابع موضحا أن».
    """
    link = unit.cues[number]
    if number == 0 or number - 1 in claims:
        return None
    cue = unit.cues[number - 1]
    between = [unit.phrases.form(at) for at in range(cue.last + 1, link.first)]
    paused = any(form in "،," for form in between)
    if paused and cue.reading.entry.cue_class != "continue":  # «نفى التهم، قائلا إن»
        return None
    goes_on = cue.reading.entry.cue_class == "continue" and not paused
    participle = any(reading.kind == "participle" for reading in link.readings)
    if unit.phrases.form(link.first) not in _LINKS and not (goes_on and participle):
        return None
    if _verbs_between(unit.phrases, cue.last + 1, link.first - 1):
        return None
    reading = next((r for r in cue.readings if r.kind in ("verb", "participle")), None)
    return (number - 1, reading) if reading is not None else None


def _takes(phrases: Phrases, cue: FoundCue, reading: Reading, opening: Opening) -> bool:
    """Whether a reading of a cue takes the complement that an opening offers."""
    offered, via = reading.entry.complements, opening.via
    if reading.kind in _TRAILING_CLASSES:
        return False
    if reading.kind == "noun" and opening.kind != "clause":
        return False
    adjacent = _gap(cue, opening) <= 1
    if via == "أن":
        careless = reading.kind == "verb" and reading.entry.cue_class in _REPORTING and "عن أن" in offered
        return "أن" in offered or careless or (adjacent and bool(_CLAUSE_VIAS & offered))
    if via == "بأن":
        return bool({"بأن", "أن", "بـ"} & offered)
    if via.endswith(" أن"):
        return via in offered or via.removesuffix(" أن") in offered
    if via == "colon":
        return "colon" in offered or ("quote" in offered and opening.kind == "quote")
    if opening.kind == "quote":
        if via == "quote":
            if reading.entry.cue_class in ("describe", "emotion") or "quote" not in offered:
                if reading.enclitic is not None and reading.entry.cue_class == "describe":  # «اعتبرها سمير «صراعا»»
                    subject = phrases.subject_after(cue.last, opening.at)
                    adjacent = adjacent or (subject is not None and subject[1] == opening.at - 1)
                return adjacent and bool({"quote", "NP", "clause"} & offered)
            return True
        return via in offered or f"{via} أن" in offered or (via == "بـ" and "بأن" in offered)
    return via in offered


def _gap(cue: FoundCue, opening: Opening) -> int:
    return opening.at - cue.last - 1


def _reaches(unit: _Unit, cue: FoundCue, opening: Opening) -> bool:
    """Whether nothing between a cue and an opening takes the opening away from it."""
    phrases, at = unit.phrases, opening.at
    before = at - 2 if opening.via.endswith(" أن") or phrases.form(at - 1) in (":", "ب") else at - 1
    if opening.kind == "quote" and opening.via in _PREPOSITION_VIA.values():
        before = at - 2
    if before <= cue.last:
        return True
    if at - cue.last > _REACH:
        return False
    if opening.kind == "clause" and opening.via != "colon":
        if _owns_complementizer(phrases, before, cue):
            return False
        governor = _governor(unit, at)
        if governor == cue.first:
            return True
        if phrases.word_class(before) == "verb":
            return False
    if opening.via == "colon" and opening.kind == "quote" and not _other_cue(unit, cue, at):
        return True
    if opening.kind == "quote" and opening.via != "colon" and not _quotable(unit, cue, at):
        return False
    verbs = _verbs_between(phrases, cue.last + 1, before)
    if opening.kind == "clause" and opening.via != "colon" and cue.reading.entry.strength >= _SURE:
        return verbs <= 1  # the parser takes many a noun for a verb, and «قال … إن» holds over it
    return verbs == 0


def _owns_complementizer(phrases: Phrases, at: int, cue: FoundCue) -> bool:
    """Whether the word at `at` takes the أن after it itself: «من الصعب أن», but «وأكد الصعب أن»."""
    if phrases.bare(at) not in fw.COMPLEMENTIZER_OWNERS and phrases.form(at) not in fw.COMPLEMENTIZER_OWNERS:
        return False
    return not (phrases.definite(at) and cue.last == at - 1 and cue.reading.kind == "verb")


def _other_cue(unit: _Unit, cue: FoundCue, at: int) -> bool:
    """Whether another finite cue stands between a cue and the element `at`."""
    return any(cue.last < c.first < at and c.reading.kind == "verb" for c in unit.cues)


def _governor(unit: _Unit, at: int) -> int | None:
    """The element that the tree hangs the clause with the complementizer `at` on."""
    parsed = unit.phrases.parsed
    predicate = parsed.head(at)
    return parsed.head(predicate) if predicate is not None else None


def _verbs_between(phrases: Phrases, first: int, last: int) -> int:
    """How many verbs stand from `first` to `last` outside relative clauses and parentheses."""
    count, relative, depth = 0, False, 0
    for at in range(first, last + 1):
        form, kind = phrases.form(at), phrases.word_class(at)
        if form in "([":
            depth += 1
        elif form in ")]":
            depth -= 1
        elif kind == "relative" or form in ("حيث", "وهو", "وهي"):
            relative = True
        elif form in "،,":
            relative = False
        elif kind == "verb" and not relative and depth <= 0 and not _attributive(phrases, at):
            count += 1
    return count


def _attributive(phrases: Phrases, at: int) -> bool:
    """Whether the verb at `at` belongs to a noun before it without a relative pronoun: «في تصريحات نقلتها الوكالة»."""
    return phrases.parsed.relation(at) in ("acl", "amod", "nmod", "advcl")


def _quotable(unit: _Unit, cue: FoundCue, at: int) -> bool:
    """Whether the marked stretch at `at` can be words that were said rather than a name within the source."""
    phrases = unit.phrases
    words = phrases.mark_words(at)
    if words >= 5:
        return True
    before = at - 1 if phrases.form(at - 1) not in ("ب", *_PREPOSITION_VIA) else at - 2
    return (before <= cue.last and words >= 2) or (phrases.form(at - 1) in ("ب", *_PREPOSITION_VIA) and words >= 1)


def _inner(unit: _Unit, at: int) -> Span:
    marked = unit.phrases.parsed.elements[at].marked
    return marked.inner if marked is not None else unit.phrases.parsed.elements[at].span


def _phrase_opening(unit: _Unit, cue: FoundCue) -> tuple[Opening, Reading] | None:
    """The opening of a noun phrase or bare clause that a cue takes, for the first reading that takes one."""
    for reading in cue.readings:
        opening = _leading(unit, cue, reading) or _object_opening(unit, cue, reading)
        if opening is not None:
            return opening, reading
    return None


def _object_opening(unit: _Unit, cue: FoundCue, reading: Reading) -> Opening | None:
    """The noun phrase, or bare clause, that fills a complement of `reading` after the cue's subject."""
    if reading.kind not in ("verb", "participle", "verbal_noun"):
        return None
    phrases, offered = unit.phrases, reading.entry.complements
    says = reading.kind == "verb" and reading.entry.cue_class == "say" and reading.entry.strength >= _SURE
    # «وأضاف بلغت التكلفة …»
    says = says and phrases.parsed.upos(cue.last + 1) == "VERB" and phrases.nominal(cue.last + 2)
    if ("clause" in offered or says) and phrases.word_class(cue.last + 1) == "verb" and reading.kind != "verbal_noun":
        return Opening("clause", cue.last + 1, unit.start(cue.last + 1), "clause", "opening.bare-clause")
    stop = min(_clause_end(phrases, cue.last + 1), cue.last + _OBJECT_REACH)
    bare = _bare_object(unit, cue, reading, stop) if "NP" in offered else None
    relative = False
    source = phrases.named_office(cue.last, len(phrases)) if reading.kind == "verb" else None
    for at in range(source + 1 if source else cue.last + 1, bare.at if bare else stop):
        form, kind = phrases.form(at), phrases.word_class(at)
        relative = (relative or kind == "relative") and form not in "،,"
        if relative:
            continue
        if kind in ("verb", "complementizer"):
            break
        found = _prepositional(unit, at, reading)
        if found is not None:
            return found
    return (_beyond_object(unit, cue, reading, bare.at, stop) or bare) if bare is not None else None


def _beyond_object(unit: _Unit, cue: FoundCue, reading: Reading, first: int, stop: int) -> Opening | None:
    """The complement with a preposition after a noun phrase at `first` that is no content: whom the cue calls upon («حث
    الدول | على التعاون»), or more of its subject («أعلن الاتحاد الوطني للسباحة | عن ضم لاعب»).
    """
    phrases, parsed = unit.phrases, unit.phrases.parsed
    if reading.entry.cue_class == "demand":
        at = phrases.noun_phrase(first, stop) + 1
        while at < stop and (phrases.word_class(at) in ("time", "adverb") or phrases.form(at) in "،,"):
            at += 1
        if (found := _prepositional(unit, at, reading)) is not None:
            return found
    speaks = any(phrases.lexicon.holds(name, phrases.bare(first)) for name in SPEAKERS)
    if parsed.relation(first) == "obj" and parsed.head(first) == cue.first and not speaks:
        return None
    for at in range(first + 1, stop):
        if phrases.word_class(at) in ("verb", "complementizer", "relative"):
            return None
        found = _prepositional(unit, at, reading)
        if found is not None and parsed.head(found.at) == cue.first and parsed.relation(found.at) == "obl":
            return found
    return None


def _prepositional(unit: _Unit, at: int, reading: Reading) -> Opening | None:
    """The opening that a preposition at element `at`, a word or a glued letter, makes for `reading`."""
    phrases, offered = unit.phrases, reading.entry.complements
    form, kind = phrases.form(at), phrases.word_class(at)
    via = _PREPOSITION_VIA.get(form) if kind == "preposition" else None
    if via in offered and phrases.word_class(at + 1) in ("noun", "mark", "number", "oblique", "cue"):
        return Opening("phrase", at + 1, unit.start(at + 1), str(via), "opening.noun-phrase")
    if kind != "oblique":
        return None
    if form.startswith("ل") and "إلى" in offered and reading.entry.cue_class == "demand":
        return Opening("phrase", at, unit.start(at) + 1, "إلى", "opening.noun-phrase")  # «دعا المواطنين للتعاون»
    if "بـ" in offered and form.lstrip("و").startswith("ب"):
        start = unit.start(at) + (2 if phrases.coordinated(at) else 1)
        return Opening("phrase", at, start, "بـ", "opening.noun-phrase")
    return None


def _bare_object(unit: _Unit, cue: FoundCue, reading: Reading, stop: int) -> Opening | None:
    """The bare noun phrase after the cue's subject, split from it by the tree or by definiteness."""
    phrases = unit.phrases
    if reading.enclitic is not None:
        return None
    first = _first_noun(unit, cue, stop)
    at = None
    if first is not None:
        source = phrases.named_office(cue.last, len(phrases)) if first == cue.last + 1 else None
        at = _object_start(phrases, cue, source or first, stop)
        if reading.kind != "verb" or _no_subject(phrases, cue, first) or (at is None and _subject_before(phrases, cue)):
            at = first
    if at is None:
        at = _tree_object(phrases, cue, stop)
    return Opening("bare", at, unit.start(at), "NP", "opening.object") if at is not None else None


def _tree_object(phrases: Phrases, cue: FoundCue, stop: int) -> int | None:
    """The noun before `stop` that the tree gives the cue as its object: «أكد في ختام الزيارة | حرصه على العمل»."""
    for at in phrases.parsed.dependents(cue.first):
        if cue.last < at < stop and phrases.parsed.relation(at) == "obj" and phrases.nominal(at):
            return None if phrases.name_like(at) else at
    return None


def _prepositional_cue(unit: _Unit, at: int, stop: int) -> int | None:
    """The element after بحسب and its source, if such a cue stands at `at`; else None."""
    cue = next((c for c in unit.cues if c.first == at and c.reading.kind == "preposition"), None)
    if cue is None:
        return None
    source = unit.phrases.after_preposition(cue.last, stop)
    return source[1] + 1 if source else cue.last + 1


def _first_noun(unit: _Unit, cue: FoundCue, stop: int) -> int | None:
    """The first noun after a cue, past times, adverbs, prepositional phrases and whom the news is taken from."""
    phrases = unit.phrases
    at = cue.last + 1
    while at < stop:
        kind = phrases.word_class(at)
        if kind in ("time", "adverb") or phrases.form(at) in "،,":
            at += 1
        elif kind in ("preposition", "oblique"):
            at = phrases.past_prepositional(at, stop)
        elif (cited := _prepositional_cue(unit, at, stop)) is not None:  # «أكدت، وفقا للوكالة، وقوف»
            at = cited
        else:
            return at if phrases.nominal(at) or kind == "cue" else None
    return None


def _no_subject(phrases: Phrases, cue: FoundCue, first: int) -> bool:
    """Whether the first noun after a cue is its object: the subject is elided or stands before the cue."""
    if phrases.owned(first):  # «أعلنت ولاءها»: whose it is has been said
        return True
    weights = load_weights("subject")
    return weights.probability(subject_features(phrases, cue, first, before=False)) < weights.threshold


def _subject_before(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a relative pronoun or an indefinite noun that the cue describes stands right before it."""
    before = phrases.word_class(cue.first - 1)
    if before == "relative":
        return True
    return phrases.parsed.relation(cue.first) in ("acl", "amod", "nmod") and not cue.coordinated


def _object_start(phrases: Phrases, cue: FoundCue, first: int, stop: int) -> int | None:
    """The element where the object begins after a subject that begins at `first`."""
    beyond = phrases.noun_phrase(first, stop) + 1
    for at in range(first + 1, stop):
        kind = phrases.word_class(at)
        if kind not in ("noun", "cue", "mark", "number", "time", "adverb") and phrases.form(at) not in "،,()":
            if kind in ("preposition", "oblique"):
                continue
            return None
        if kind not in ("noun", "cue") or phrases.linked(at):
            continue
        if phrases.parsed.head(at) == cue.first and phrases.parsed.relation(at) == "obj" and not phrases.name_like(at):
            return at
        if phrases.owned(at) and at > first and phrases.parsed.upos(at) == "NOUN":  # «أعلن النادي | تعاقده»
            return at
        if at == beyond or _breaks_off(phrases, at) or _after_name(phrases, first, at):
            return at
    return None


def _after_name(phrases: Phrases, first: int, at: int) -> bool:
    """Whether a noun that is no name follows a personal name of at least two words."""
    named = at - first >= 2 and phrases.name_like(at - 1) and not phrases.name_like(at)
    return named and phrases.bare(at - 1) not in phrases.lexicon.words("given_names") and not phrases.coordinated(at)


def _breaks_off(phrases: Phrases, at: int) -> bool:
    """Whether an indefinite noun that is no name follows a noun that is complete: a new noun phrase begins."""
    before = phrases.bare(at - 1)
    named = phrases.name_like(at - 1)
    complete = phrases.definite(at - 1) or phrases.lexicon.holds("places", before) or phrases.form(at - 1) in "،,)"
    complete = complete or phrases.word_class(at - 1) in ("time", "adverb") or before.endswith("ون") or named
    return (
        complete
        and not phrases.definite(at)
        and not phrases.coordinated(at)
        and not phrases.name_like(at)
        and phrases.parsed.upos(at) not in ("X", "PROPN", "NUM")
        and (named or phrases.parsed.upos(at) != "ADJ")
        and not any(phrases.lexicon.holds(name, phrases.bare(at)) for name in SPEAKERS)
    )


def _leading(unit: _Unit, cue: FoundCue, reading: Reading) -> Opening | None:
    """The clause or quotation after a prepositional cue that opens its clause: «وبحسب دراسة، اتضح أن…»."""
    if reading.kind not in _TRAILING_CLASSES or reading.enclitic is not None:
        return None
    phrases = unit.phrases
    source = phrases.source_after(cue, min(len(phrases), cue.last + 30))
    at = source[1] + 1 if source else cue.last + 1
    if phrases.word_class(at) in ("verb", "relative"):  # «بحسب دراسة أجريناها، تبين …»
        at = next((i for i in range(at, min(len(phrases), at + 12)) if phrases.form(i) in "،,:"), at)
    while at < len(phrases) and (phrases.form(at) in "،,:" or phrases.word_class(at) in ("time", "adverb")):
        at += 1
    if at >= len(phrases) or at == cue.last + 1:
        return None
    if phrases.word_class(at) == "mark" and phrases.form(at - 1) == ":":
        return Opening("quote", at, _inner(unit, at).start, "colon", "opening.colon-quote")
    answered = reading.kind == "preposition" and phrases.form(at) in fw.ANSWERS
    if not answered and any(phrases.form(i).isalnum() for i in range(cue.first)):
        return None
    skip = 1 if answered else 0
    return Opening("clause", at, unit.start(at) + skip, "leading", "opening.after-prepositional-cue")


def _preceding(unit: _Unit, number: int, cue: FoundCue, openings: Claims) -> tuple[Opening, Reading] | None:
    """The words before a cue that follows what it attributes: «…»، قال الوزير · … بحسب الوزير."""
    phrases = unit.phrases
    before = cue.first - 1
    while before >= 0 and (phrases.form(before) in "،,-–" or phrases.form(before) in ("كما", "هكذا", "و", "ف")):
        before -= 1
    if before < 0:
        return None
    quoted = phrases.mark_words(before) >= 3 and not cue.coordinated
    for reading in cue.readings:  # without a tree «حسب» is a verb first
        if quoted and reading.kind in ("verb", "preposition", "phrase", "participle"):
            marked = _inner(unit, before)
            return Opening("preceding", before, marked.start, "quote", "opening.quote-before"), reading
        if reading.kind in _TRAILING_CLASSES or (reading.kind == "verb" and phrases.form(cue.first - 1) == "كما"):
            start = _clause_start(unit, number, before, openings)
            if start is not None and start <= before:
                return Opening("preceding", start, unit.start(start), "clause", "opening.clause-before"), reading
    return None


def _clause_start(unit: _Unit, number: int, before: int, openings: Claims) -> int | None:
    """The element where the clause ending at `before` begins; None if another cue has attributed it already."""
    start = 0
    for other, (opening, _) in openings.items():
        cue = unit.cues[other]
        if cue.first > before or other == number:
            continue
        if opening.kind == "preceding":
            source = unit.phrases.source_after(cue, len(unit.phrases))
            start = max(start, (source[1] if source else cue.last) + 1)
        else:
            return None
    hence = next((i for i in range(before, start, -1) if unit.phrases.form(i) in _HENCE), None)
    if hence is not None:  # «تنفذ الطائرات غارات، حيث | قتل مئتان …، بحسب الوكالة»
        start = hence + 1
    while start < before and (unit.phrases.form(start) in "،,؛*-–" or unit.phrases.form(start) in ("و", "ف")):
        start += 1
    return start


def _clause_end(phrases: Phrases, at: int) -> int:
    """The first element from `at` on that ends a clause, a comma after an apposition aside."""
    for i in range(at, len(phrases)):
        if phrases.form(i) in "؛.!؟":
            return i
    return len(phrases)
