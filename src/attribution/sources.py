"""Find the source of each cue: the noun phrase beside it that names who speaks, and who relays and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attribution.drafts import FoundContent, FoundCue, FoundSource, Opening, Reason
from attribution.evidence import SPEAKERS, load_weights, subject_features
from attribution.phrases import Phrases
from attribution.spans import Span, trim
from attribution.subjects import RELATIVE_GENDER, nearby_subjects, phrase_start
from attribution.text import function_words as fw

_BEFORE_REACH = 30
# So many words hold an office and its bearer's name.
_OFFICE_REACH = 18
# Verbs whose bare noun phrase is the person told.
_TELLING = frozenset({"demand", "warn", "promise", "ask"})
_RESUMPTIVE = frozenset("فيه فيها فيهم منه منها به بها عنه عنها عليه عليها خلاله خلالها".split())
# Heads of relative clauses that only set the scene.
_NOBODY = frozenset("الوقت الحين الامر اليوم الساعه الشهر الاسبوع العام الليله".split())
_LEFT_SKIPPED = frozenset({"time", "adverb", "particle"})


def find_source(
    phrases: Phrases, cue: FoundCue, content: FoundContent, cues: Sequence[FoundCue], *, first: bool
) -> FoundSource:
    """The source of one cue, with the relaying medium and the addressee where they stand beside it.

    `cues` are all cue candidates of the unit; `first` says that no cue before this one in the unit has a content.
    """
    reading = cue.reading
    if reading.kind in ("verbal_noun", "noun"):
        found = _of_noun(phrases, cue, content, cues)
    elif reading.kind == "participle":
        found = _between(phrases, cue, content) or FoundSource()
    elif reading.kind in ("preposition", "phrase"):
        found = _of_preposition(phrases, cue)
    else:
        found = _of_verb(phrases, cue, content)
    addressee = _addressee(phrases, cue, content, found)
    nearby = nearby_subjects(phrases, cue) if found.span is None or found.doubtful else ()
    leads = first or phrases.form(cue.last + 1) in _RESUMPTIVE
    medium = found.medium or _medium_before(phrases, cue, cues)
    return replace(found, nearby=nearby, leads=leads, addressee=addressee, medium=medium)


def _medium_before(phrases: Phrases, cue: FoundCue, cues: Sequence[FoundCue]) -> Span | None:
    """Who relays what a finite cue says: «وبحسب «رويترز»، قال الوزير إن»; None for any other cue."""
    if cue.reading.kind != "verb" or not cue.first:
        return None
    stop = cue.first - 1 if phrases.form(cue.first - 1) in "،," else cue.first
    for other in cues:
        if other.last < cue.first and other.reading.kind == "preposition" and other.reading.enclitic is None:
            found = phrases.after_preposition(other.last, stop)
            if found is not None and found[1] == stop - 1:
                span = phrases.span(*found)
                return trim(span, phrases.text.text, '«»"“”')
    return None


def _stop(phrases: Phrases, cue: FoundCue, content: FoundContent) -> int:
    """The element before which the source must end when it stands between cue and content."""
    opening = content.opening
    if opening.at <= cue.last:
        return len(phrases)
    if opening.via == "colon" or (opening.via.endswith("أن") and " " in opening.via) or opening.kind == "phrase":
        before = opening.at - 1
        return before if phrases.form(before) == ":" or phrases.word_class(before) == "preposition" else opening.at
    return opening.at


def _phrase(phrases: Phrases, first: int, last: int, rule: str) -> FoundSource:
    """A source that is the noun phrase from element `first` to `last`."""
    span = phrases.span(first, last)
    if phrases.coordinated(first):
        span = Span(span.start + 1, span.end)
    if phrases.parsed.elements[first].kind == "mark":
        marked = phrases.parsed.elements[first].marked
        span = marked.inner if marked is not None and first == last else span
    return FoundSource(span=span, reasons=(Reason(rule, span),))


def _of_verb(phrases: Phrases, cue: FoundCue, content: FoundContent) -> FoundSource:
    relayed = cue.reading.entry.cue_class == "relay" and phrases.form(cue.last + 1) == "عن"
    if cue.reading.passive or relayed:
        return _after_an(phrases, cue, content) or FoundSource()
    first_person = cue.reading.person in (1, 2)
    if first_person:
        return FoundSource(reasons=(Reason("source.first-person", cue.span),))
    stop = _stop(phrases, cue, content)
    opening = content.opening
    if cue.reading.number == "plural" or _pronoun_before(phrases, cue):  # a verb before its subject is singular
        before = _before_verb(phrases, cue) if cue.reading.number == "plural" else None
        return before or FoundSource(reasons=(Reason("source.pronoun-before", cue.span),))
    after = phrases.subject_after(cue.last, stop) if opening.kind != "bare" or opening.at > cue.last + 1 else None
    if after is not None and after[1] < stop and likely_subject(phrases, cue, after[0], before=False):
        after = after[0], _up_to_name(phrases, after, opening, stop)
        quoted = _quoted_by_medium(phrases, cue, after[1], stop)
        if quoted is not None:
            return replace(quoted, medium=phrases.span(*after))
        return replace(_phrase(phrases, *after, "source.after-verb"), doubtful=_doubtful(phrases, after[0]))
    between = _between(phrases, cue, content)
    if between is not None:
        return between
    return _before_verb(phrases, cue) or FoundSource(reasons=(Reason("source.elided", cue.span),))


def _up_to_name(phrases: Phrases, source: tuple[int, int], opening: Opening, stop: int) -> int:
    """The last element of a source whose office goes on up to a name that what is said follows at once.

    «الموفد الخاص للأمم المتحدة في البلاد سمير حداد إن»; the source's own end where there is no such name.
    """
    first, last = source
    end = stop - 1
    while end > last and (phrases.form(end) in "،,:" or phrases.word_class(end) in ("time", "adverb")):
        end -= 1
    if opening.kind == "preceding" or end <= last or end - first > _OFFICE_REACH:
        return last
    if not phrases.lexicon.is_title(phrases.bare(first)) or any(phrases.name_like(i) for i in range(first, last + 1)):
        return last
    if not all(_of_office(phrases, i) for i in range(last + 1, end + 1)):
        return last
    name = end
    while name > last + 1 and (_of_name(phrases, name - 1) and not phrases.definite(name - 1)):
        name -= 1
    if end == last + 2 and _of_name(phrases, end) and phrases.definite(end) and not phrases.definite(end - 1):
        return end  # «الفنانة التشكيلية | أحلام الحدادي»
    if end - name < 1 or not _of_name(phrases, end) or not phrases.name_like(name):
        return last
    before = phrases.form(name - 1)
    person = phrases.definite(name - 1) or before in "،,." or phrases.lexicon.holds("places", before)
    person = person or phrases.word_class(name - 1) in ("number", "adverb", "time", "mark")
    governed = phrases.word_class(name - 1) in ("preposition", "oblique") and not before.startswith(("لل", "بال"))
    return end if person and not governed else last


def _of_office(phrases: Phrases, at: int) -> bool:
    """Whether an element can stand between an office and its bearer's name."""
    kind = phrases.word_class(at)
    if phrases.form(at) in "،,." or phrases.form(at) in ("(", ")"):
        return True
    setting = phrases.bare(at) in phrases.lexicon.words("speech_settings")
    if kind == "mark":
        return phrases.name_mark(at)
    return kind in ("noun", "number", "preposition", "oblique", "time", "adverb") and not setting


def _of_name(phrases: Phrases, at: int) -> bool:
    """Whether an element is part of a personal name, its family name with ال included."""
    return phrases.name_like(at) or (phrases.parsed.upos(at) in ("X", "PROPN") and phrases.word_class(at) == "noun")


def _quoted_by_medium(phrases: Phrases, cue: FoundCue, last: int, stop: int) -> FoundSource | None:
    """Whom an agency quotes: «قالت الوكالة نقلا عن مصدر أمني إن», «نقلت الوكالة عن مصدر أمني أن»."""
    at = last if cue.reading.entry.cue_class == "relay" else last + 1
    if at > last and phrases.form(at) != "نقلا":
        return None
    if phrases.form(at + 1) != "عن" or not phrases.nominal(at + 2):
        return None
    return _phrase(phrases, at + 2, phrases.noun_phrase(at + 2, stop), "source.relayed")


def _doubtful(phrases: Phrases, at: int) -> bool:
    """Whether the noun at `at` is an indefinite adjective or somebody's thing: «ضاحكة», «سؤالها»."""
    if phrases.name_like(at) or phrases.definite(at) or phrases.word_class(at) != "noun":
        return False
    if phrases.honoured(at):
        return False
    words = phrases.parsed.words(at)
    if phrases.parsed.upos(at) == "ADJ" or (len(words) > 1 and words[-1].upos == "PRON"):
        return True
    somebody = any(phrases.lexicon.holds(name, phrases.bare(at)) for name in SPEAKERS)
    return not somebody and phrases.noun_phrase(at, len(phrases)) == at


def likely_subject(phrases: Phrases, cue: FoundCue, first: int, *, before: bool) -> bool:
    """Whether the evidence speaks for the noun phrase at element `first` being the subject of a finite cue."""
    if phrases.honoured(first) and not before:  # «وأضاف معاليه»
        return True
    weights = load_weights("subject")
    return weights.probability(subject_features(phrases, cue, first, before=before)) >= weights.threshold


def _between(phrases: Phrases, cue: FoundCue, content: FoundContent) -> FoundSource | None:
    """A definite noun phrase or name that is all that stands between a cue and its complementizer: «مؤكدا الصالح
    أن».
    """
    opening = content.opening
    if opening.kind != "clause" or opening.at <= cue.last + 1 or "NP" in cue.reading.entry.complements:
        return None
    if cue.reading.entry.cue_class in _TELLING:  # «داعيا المواطن أن»: whom he calls upon
        return None
    stop = _stop(phrases, cue, content)
    found = phrases.subject_after(cue.last, stop)
    if found is None or found[0] != cue.last + 1 or found[1] != stop - 1:
        return None
    somebody = phrases.definite(found[0]) or phrases.name_like(found[0])
    return _phrase(phrases, *found, "source.between") if somebody else None


def _pronoun_before(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a pronoun right before the verb is its subject: «أنه أبلغ الوزير», «لكنها أكدت»."""
    before = cue.first - 1
    while before >= 0 and phrases.form(before) in ("قد", "كان", "كانت", "سبق", "ايضا"):
        before -= 1
    form = phrases.form(before)
    if not form.endswith(("ه", "ها", "هم", "هما", "هن")) or cue.coordinated:
        return False
    return phrases.word_class(before) == "complementizer" or form in (
        "لكنه",
        "لكنها",
        "لكنهم",
        "ولكنه",
        "لانه",
        "لانها",
    )


def _before_verb(phrases: Phrases, cue: FoundCue) -> FoundSource | None:
    """The subject that stands before its verb: after كان or أما, at the head of a relative clause, or simply first."""
    for marker, rule in ((fw.BE, "source.after-kana"), (frozenset({"اما", "واما"}), "source.after-amma")):
        at = next((i for i in range(cue.first - 1, max(-1, cue.first - 24), -1) if phrases.form(i) in marker), None)
        if (
            at is not None
            and (found := phrases.subject_after(at, cue.first))
            and phrases.word_class(at + 1) in ("noun", "mark")
            and _predicated(phrases, at, found, cue.first)
        ):
            return _phrase(phrases, *found, rule)
    left = cue.first - 1
    while left >= 0 and phrases.word_class(left) in _LEFT_SKIPPED:
        left -= 1
    if left < 0:
        return None
    if phrases.word_class(left) == "relative":
        return _relative(phrases, cue, left)
    return _subject_by_tree(phrases, cue) or _subject_by_order(phrases, cue, left)


def _predicated(phrases: Phrases, at: int, subject: tuple[int, int], cue: int) -> bool:
    """Whether a cue is what كان at element `at` says of its subject: «كان الوزير، وهو …، قد أكد», but «كانت مطابقة
    للقانون، كما أكد».
    """
    if phrases.word_class(at - 1) == "relative" or phrases.word_class(cue - 1) == "conjunction":
        return False
    if phrases.form(cue - 1) == "كما":
        return False
    first = subject[0]
    somebody = any(phrases.lexicon.holds(name, phrases.bare(first)) for name in SPEAKERS)
    return somebody or phrases.definite(first) or phrases.name_like(first) or subject[1] > first


def _relative(phrases: Phrases, cue: FoundCue, at: int) -> FoundSource | None:
    """The antecedent of a relative clause whose verb agrees with the relative pronoun."""
    gender = RELATIVE_GENDER.get(phrases.form(at))
    before = at - 1 if phrases.form(at - 1) not in "،," else at - 2
    if before < 0 or not phrases.nominal(before):
        return None
    first = phrase_start(phrases, before)
    if phrases.bare(first) in _NOBODY:  # «في الوقت الذي طالب فيه»
        return None
    if phrases.form(cue.last + 1) in _RESUMPTIVE:  # «تصريحات الوزير التي قال فيها»: not the head, but whose it is
        whose = phrases.span(first + 1, before) if first < before and not phrases.definite(first) else None
        return FoundSource(antecedent=whose, reasons=(Reason("source.elided-in-relative", whose or cue.span),))
    span = phrases.span(first, before)
    if cue.reading.enclitic is not None:  # «الحالة التي وصفها بـ«الخطرة»»: what is spoken of, not who speaks
        return FoundSource(reasons=(Reason("source.elided-in-relative", cue.span),))
    if phrases.form(at).removeprefix("و") == "الذين" and not _plural(phrases, first):
        return None  # «في المخيمات والذين أكدوا»: the head stands further left
    if gender is not None and cue.reading.gender not in (gender, None):
        return FoundSource(antecedent=span, reasons=(Reason("source.elided-in-relative", span),))
    return FoundSource(span=span, reasons=(Reason("source.relative-head", span),))


def _plural(phrases: Phrases, at: int) -> bool:
    """Whether the noun at `at` can be several people."""
    form = phrases.bare(at)
    people = ("collective_nouns", "anonymous_nouns")
    return form.endswith(("ون", "ين", "اء")) or any(phrases.lexicon.holds(name, form) for name in people)


def _subject_by_tree(phrases: Phrases, cue: FoundCue) -> FoundSource | None:
    parsed = phrases.parsed
    for at in reversed(parsed.dependents(cue.first)):
        if at < cue.first and parsed.relation(at) == "nsubj" and phrases.nominal(at):
            if phrases.word_class(at - 1) in ("preposition", "oblique"):
                continue
            first = max(parsed.reach(at)[0], phrase_start(phrases, at))
            if phrases.form(first - 1) in "،," and first > 1 and phrases.name_like(phrase_start(phrases, first - 2)):
                first = phrase_start(phrases, first - 2)  # «بول هاريس، الرئيس التنفيذي، قال»
            last = min(phrases.noun_phrase(first, cue.first), cue.first - 1)
            if phrases.word_class(first) in ("noun", "number", "mark") and likely_subject(
                phrases, cue, first, before=True
            ):
                return _phrase(phrases, first, last, "source.before-verb-tree")
    return None


def _subject_by_order(phrases: Phrases, cue: FoundCue, left: int) -> FoundSource | None:
    """A noun phrase that fills the clause from its start to the verb."""
    last = left - 1 if phrases.form(left) in "،," and left > 0 else left
    start = last
    while start > 0 and last - start < _BEFORE_REACH and not _clause_edge(phrases, start - 1):
        start -= 1
    if phrases.word_class(start) not in ("noun", "number") or cue.coordinated:
        return None
    if phrases.word_class(start - 1) in ("preposition", "oblique", "relative"):
        return None
    if phrases.form(left) in "،," and not _clause_edge(phrases, start - 1):
        return None
    end = phrases.noun_phrase(start, cue.first)
    if end < last or not likely_subject(phrases, cue, start, before=True):
        return None
    return _phrase(phrases, start, end, "source.before-verb")


def _clause_edge(phrases: Phrases, at: int) -> bool:
    return at < 0 or phrases.form(at) in "،,؛:.*-–" or phrases.word_class(at) in (
        "conjunction", "complementizer", "verb", "relative", "cue", "preposition", "oblique",
    )  # fmt: skip


def _after_an(phrases: Phrases, cue: FoundCue, content: FoundContent) -> FoundSource | None:
    """The noun phrase after عن of a passive cue: «نُقل عن الوزير»."""
    stop = min(_stop(phrases, cue, content), cue.last + 14, len(phrases))
    for at in range(cue.last + 1, stop):
        if phrases.form(at) == "عن" and phrases.nominal(at + 1):
            return _phrase(phrases, at + 1, phrases.noun_phrase(at + 1, stop), "source.after-an")
    return None


def _of_noun(phrases: Phrases, cue: FoundCue, content: FoundContent, cues: Sequence[FoundCue]) -> FoundSource:
    """The source of قوله, تأكيد الوزير, تصريحات المتحدث."""
    reading = cue.reading
    if reading.enclitic is None:
        stop = min(_stop(phrases, cue, content), len(phrases))
        if cue.last + 1 < stop and phrases.word_class(cue.last + 1) in ("noun", "mark"):
            return _phrase(phrases, cue.last + 1, phrases.noun_phrase(cue.last + 1, stop), "source.construct")
        return FoundSource(reasons=(Reason("source.elided", cue.span),))
    relayed = _relayed(phrases, cue, cues)
    return relayed or FoundSource(clitic=reading.enclitic, reasons=(Reason("source.clitic", cue.span),))


def _relayed(phrases: Phrases, cue: FoundCue, cues: Sequence[FoundCue]) -> FoundSource | None:
    """The speaker between عن and قوله after a verb of relaying: «نقلت رويترز عن مسؤول قوله»."""
    relay = next((c for c in reversed(cues) if c.last < cue.first and _relays(c)), None)
    if relay is None or cue.first - relay.last > _BEFORE_REACH:
        return None
    an = next((i for i in range(relay.last + 1, cue.first) if phrases.form(i) == "عن"), None)
    if an is None or not phrases.nominal(an + 1):
        return None
    last = phrases.noun_phrase(an + 1, cue.first)
    medium = phrases.subject_after(relay.last, an) if an > relay.last + 1 else None
    found = _phrase(phrases, an + 1, last, "source.relayed")
    span = phrases.span(*medium) if medium else None
    return FoundSource(
        span=found.span, medium=trim(span, phrases.text.text, '«»"“”') if span else None, reasons=found.reasons
    )


def _relays(cue: FoundCue) -> bool:
    return any(r.entry.cue_class == "relay" for r in cue.readings)


def _of_preposition(phrases: Phrases, cue: FoundCue) -> FoundSource:
    """The source of بحسب, وفقا لـ, على حد قول … and of their forms with a verb."""
    reading = cue.reading
    if reading.enclitic is not None and reading.tense is None:
        return FoundSource(clitic=reading.enclitic, reasons=(Reason("source.clitic", cue.span),))
    found = phrases.source_after(cue, len(phrases))
    if found is None:
        return FoundSource()
    if reading.tense is not None:
        return _phrase(phrases, *found, "source.after-verb")
    found_source = _phrase(phrases, *found, "source.after-preposition")
    span = found_source.span
    if span is not None and span.start < cue.span.end:
        span = Span(cue.span.end, span.end)
    return FoundSource(span=span, reasons=found_source.reasons)


def _addressee(phrases: Phrases, cue: FoundCue, content: FoundContent, source: FoundSource) -> Span | None:
    """Who is told: what ل introduces between cue and content, or the object of a verb that takes the person told."""
    stop = _stop(phrases, cue, content)
    if content.opening.at <= cue.last or stop > len(phrases):
        return None
    for at in range(cue.last + 1, stop):
        form = phrases.form(at)
        if form == "ل" and phrases.word_class(at + 1) == "mark":
            marked = phrases.parsed.elements[at + 1].marked
            return marked.inner if marked else None
        if phrases.word_class(at) == "oblique" and form.startswith("ل") and not _within(source.span, phrases, at):
            last = phrases.noun_phrase(at, stop)
            start = phrases.parsed.elements[at].start + 1
            return Span(start, phrases.parsed.elements[last].end)
    return _told_object(phrases, cue, source, stop)


def _told_object(phrases: Phrases, cue: FoundCue, source: FoundSource, stop: int) -> Span | None:
    """The noun phrase between source and content of a verb such as أبلغ or طالب."""
    if cue.reading.entry.cue_class not in _TELLING:
        return None
    start = source.span.end if source.span is not None else cue.span.end
    first = next((i for i in range(cue.last + 1, stop) if phrases.parsed.elements[i].start >= start), None)
    if first is None or phrases.word_class(first) != "noun":
        return None
    return phrases.span(first, min(phrases.noun_phrase(first, stop), stop - 1))


def _within(span: Span | None, phrases: Phrases, at: int) -> bool:
    return span is not None and phrases.parsed.elements[at].start in span
