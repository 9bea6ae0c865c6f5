"""Find the cues of a text: words and phrases of the lexicon that may signal an attribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.drafts import FoundCue
from attribution.lexicon.entries import Blocker, PhraseMatch, Reading
from attribution.lexicon.lookup import Lexicon
from attribution.spans import Span
from attribution.text import function_words as fw
from attribution.text.units import Element, Unit

# Words that may stand between كان and the verb of a pluperfect, besides the subject: «كان الوزير قد قال».
_PLUPERFECT_REACH = 14


# «طلب عدم ذكر اسمه», «فضل عدم الكشف عن هويته».
_NAMING = frozenset("ذكر كشف نشر افصاح".split())


def find_cues(units: Sequence[Unit], lexicon: Lexicon) -> tuple[FoundCue, ...]:
    """Every place of `units` where a cue may stand, in text order, each with all its readings."""
    return tuple(cue for number, unit in enumerate(units) for cue in _in_unit(number, unit.elements, lexicon))


def _in_unit(number: int, elements: Sequence[Element], lexicon: Lexicon) -> Iterator[FoundCue]:
    forms = [element.form for element in elements]
    at = 0
    while at < len(elements):
        phrasal = lexicon.begins_phrase(forms[at])
        formula = lexicon.nonattribution_at(forms, at) if phrasal else None
        if formula is not None:
            at += formula.length
            continue
        match = lexicon.phrase_at(forms, at) if phrasal else None
        if match is not None and at == 0 and match.phrase.words[0] == "كما":  # «كما شدد …» only adds a sentence
            match = None
        if match is not None and match.phrase.words[0] == "فيما":  # a clause starter like بينما
            match = None
        cue = _phrase(number, elements, at, match, lexicon) if match else _word(number, elements, at, forms, lexicon)
        if cue is not None:
            yield cue
            at = cue.last
            if match is not None and match.length == 2 and match.phrase.words[0] == "كما":
                verb = _word(number, elements, at, forms, lexicon)  # «…، كما أوصى المجلس بـ…» adds a clause
                if verb is not None:
                    yield verb
        at += 1


def _phrase(number: int, elements: Sequence[Element], at: int, match: PhraseMatch, lexicon: Lexicon) -> FoundCue | None:
    entry = match.phrase.entry
    if entry is None:
        return None
    last = at + match.length - 1
    enclitic = match.phrase.enclitic
    reading = Reading(entry, "preposition" if entry.kind == "preposition" else "phrase", enclitic=enclitic)
    verb = (
        next((r for r in lexicon.readings(elements[last].form) if r.kind == "verb"), None) if match.length > 1 else None
    )
    if verb is not None and match.phrase.words[-1].startswith("<"):
        reading = Reading(
            entry,
            "preposition",
            verb.tense,
            verb.passive,
            verb.person,
            verb.gender,
            verb.number,
            enclitic=verb.enclitic,
        )
    glued = elements[last + 1].start + match.glued if match.glued else elements[last].end
    span = Span(elements[at].start + match.proclitic, glued)
    return FoundCue(number, at, last, span, (reading,), coordinated=bool(match.proclitic))


def _word(number: int, elements: Sequence[Element], at: int, forms: Sequence[str], lexicon: Lexicon) -> FoundCue | None:
    element = elements[at]
    if element.kind != "word":
        return None
    before = [f for f in forms[max(0, at - 4) : at] if f.isalnum()]
    possible = lexicon.readings(element.form, after=before[-1] if before else "")
    if not possible:
        return None
    after = forms[at + 1 : at + 9]
    readings = tuple(r for r in possible if not _blocked(r, before, after))
    if not readings:
        return None
    best = readings[0]
    letters = element.form[: best.proclitic]
    return FoundCue(
        number,
        at,
        at,
        Span(element.start + best.proclitic, element.end),
        readings,
        coordinated=letters[:1] in ("و", "ف") and bool(letters),
        negated=bool(before) and before[-1].lstrip("وف") in fw.NEGATIONS and before[-1] not in ("ما",),
        modal=best.tense == "future"
        or (best.tense == "present" and bool(before) and before[-1].lstrip("وف") in fw.MODALS),
        pluperfect=any(f in fw.BE for f in forms[max(0, at - _PLUPERFECT_REACH) : at]) and best.tense == "past",
    )


def _blocked(reading: Reading, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a blocker of the entry holds here, or the words only say that somebody would not be named."""
    if len(after) > 1 and after[0].removeprefix("ب") == "عدم" and after[1].removeprefix("ال") in _NAMING:
        return True
    clause = bool(after) and (
        after[0] in fw.COMPLEMENTIZERS
        or after[0] in fw.COMPLEMENTIZERS_WITH_BI
        or after[0] in ("«»", ":")
        or (len(after) > 1 and after[0] in ("الي", "علي", "من", "عن") and after[1] in fw.COMPLEMENTIZERS)
    )
    words = [f for f in after if f.isalnum()]
    return any(
        blocker.holds(before, words) and not _points_to(reading, blocker, words)
        for blocker in reading.entry.blockers
        if not (blocker.unless_clause and clause)
    )


def _points_to(reading: Reading, blocker: Blocker, after: Sequence[str]) -> bool:
    """Whether إلى follows the blocking word of a verb that takes it: «لفت الخبير النظر إلى أن»."""
    if "إلى" not in reading.entry.complements:
        return False
    return any(w in blocker.words and after[n + 1 : n + 2] == ["الي"] for n, w in enumerate(after[:6]))
