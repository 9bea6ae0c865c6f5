"""Delimit the content of each cue of a unit: where the attributed words begin and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attribution.drafts import FoundContent, FoundCue, Opening, Reason
from attribution.ends import end_of_clause
from attribution.phrases import Phrases
from attribution.spans import Span, trim
from attribution.text import function_words as fw

_EDGE = "،,؛;:.!؟?…-–—*"
_TRAILING_CLASSES = frozenset({"preposition", "phrase"})
# Words before a finite cue that begin a new clause together with it: «فيما قال», «في حين أكد», «كما شدد».
_CLAUSE_STARTERS = frozenset(
    (
        "فيما بينما حين كما حيث اذ لكن لكنه لكنها غير بيد الا ثم وكان كان وقد فقد وفيما وبينما ولكن ولكنه "
        "كذلك بدوره وبدوره وكذلك وحيث"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """One unit while its contents are delimited: its cues, each with the opening of its content."""

    phrases: Phrases
    cues: tuple[FoundCue, ...]
    openings: tuple[Opening, ...]
    closers: tuple[FoundCue, ...] = ()

    @property
    def text(self) -> str:
        return self.phrases.text.text

    def start(self, at: int) -> int:
        return self.phrases.parsed.elements[at].start

    def end(self, at: int) -> int:
        return self.phrases.parsed.elements[at].end


def delimit(
    phrases: Phrases, opened: Sequence[tuple[FoundCue, Opening]], candidates: Sequence[FoundCue] = ()
) -> list[tuple[FoundCue, FoundContent]]:
    """The cues of a unit with the content that each one's opening begins, in the order given.

    `candidates` are all cues of the unit; of those that open nothing some still close the content before them, as
    «وفق تقديرها» and «واصفة العمل بالضخم» do.
    """
    unit = _unit(phrases, opened, candidates)
    found = ((cue, _content(unit, number)) for number, cue in enumerate(unit.cues))
    return [(cue, content) for cue, content in found if content is not None]


def rule_boundaries(
    phrases: Phrases, opened: Sequence[tuple[FoundCue, Opening]], candidates: Sequence[FoundCue]
) -> list[tuple[FoundCue, Opening, int]]:
    """Each cue whose content is a clause or noun phrase after it, with the element before which the rules alone end
    that content. For learning at which pauses before it the content ends (`training.weigh`).
    """
    unit = _unit(phrases, opened, candidates)
    return [
        (cue, opening, _rule_boundary(unit, number, opening))
        for number, (cue, opening) in enumerate(zip(unit.cues, unit.openings, strict=True))
        if opening.kind != "preceding" and (opening.kind != "quote" or _continues(unit, opening))
    ]


def _unit(phrases: Phrases, opened: Sequence[tuple[FoundCue, Opening]], candidates: Sequence[FoundCue]) -> _Unit:
    opens = {(c.first, c.last) for c, _ in opened}
    closers = tuple(c for c in candidates if (c.first, c.last) not in opens and _closes(phrases, c))
    return _Unit(phrases, tuple(c for c, _ in opened), tuple(o for _, o in opened), closers)


def _closes(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a cue without a content of its own ends the content before it."""
    reading = cue.reading
    if reading.kind in _TRAILING_CLASSES:
        paused = phrases.form(cue.first - 1) in "،,-–" or phrases.form(cue.first - 1) == "وذلك"
        return reading.entry.strength >= 0.6 and (paused or reading.enclitic is not None)
    strong = reading.kind == "participle" and reading.entry.strength >= 0.6 and not reading.definite
    paused = phrases.form(cue.first - 1) in "،,"
    return strong and (phrases.form(cue.first).endswith("ا") or paused) and phrases.parsed.relation(cue.first) != "amod"


def _inner(unit: _Unit, at: int) -> Span:
    marked = unit.phrases.parsed.elements[at].marked
    return marked.inner if marked is not None else unit.phrases.parsed.elements[at].span


def _content(unit: _Unit, number: int) -> FoundContent | None:
    """The content that the opening of a cue begins."""
    opening = unit.openings[number]
    if opening.kind == "preceding":
        return _content_before(unit, number, opening)
    if opening.kind == "quote" and not _continues(unit, opening):
        return _quotation(unit, opening)
    last = _last_element(unit, number, opening)
    if last < opening.at:
        return None
    end = min(unit.end(last), unit.phrases.parsed.unit.span.end)
    start = opening.start
    if opening.kind == "quote":
        start = unit.start(opening.at)
    span = _tidy(unit, start, end, opening)
    if not _says_something(unit, span):
        return None
    return FoundContent((span,), opening, last, (Reason(opening.rule, span),))


def _says_something(unit: _Unit, span: Span) -> bool:
    """Whether a content holds more than a complementizer."""
    words = unit.phrases.text.skeleton[span.start : span.end].split()
    return bool(words) and not (len(words) == 1 and words[0] in fw.COMPLEMENTIZERS)


def _quotation(unit: _Unit, opening: Opening) -> FoundContent:
    """The marked stretch itself, with those that a bare و or comma adds to it."""
    phrases, at = unit.phrases, opening.at
    spans = [_inner(unit, at)]
    last = at
    while phrases.form(last + 1) in ("و", "،") and phrases.word_class(last + 2) == "mark":
        last += 2
        spans.append(_inner(unit, last))
    return FoundContent(tuple(spans), opening, last, (Reason(opening.rule, phrases.span(at, last)),))


def _continues(unit: _Unit, opening: Opening) -> bool:
    """Whether a clause that begins with a marked stretch goes on after it without a pause."""
    phrases, after = unit.phrases, opening.at + 1
    if opening.via == "colon" or phrases.mark_words(opening.at) >= 6:
        return False
    if phrases.word_class(after) in ("punctuation", "end", "cue"):
        return False
    return not phrases.coordinated(after) and phrases.form(after) != "و"


def _content_before(unit: _Unit, number: int, opening: Opening) -> FoundContent | None:
    """Content that stands before its cue, with what follows after the cue's source where the quotation goes on."""
    cue, phrases = unit.cues[number], unit.phrases
    if opening.via == "quote":
        spans = [_inner(unit, opening.at)]
        source = phrases.source_after(cue, len(phrases))
        further = (source[1] if source else cue.last) + 1
        last = opening.at
        while further < len(phrases) and phrases.form(further) in "،,:":
            further += 1
        if phrases.word_class(further) == "mark" and phrases.mark_words(further) >= 2:
            spans.append(_inner(unit, further))
            last = further
        return FoundContent(tuple(spans), opening, last, (Reason(opening.rule, spans[0]),))
    last = cue.first - 1
    while last > opening.at and (phrases.form(last) in "،,-–" or phrases.form(last) in ("كما", "و", "وذلك")):
        last -= 1
    span = _tidy(unit, opening.start, unit.end(last), opening)
    return FoundContent((span,), opening, last, (Reason(opening.rule, span),)) if len(span) else None


def _last_element(unit: _Unit, number: int, opening: Opening) -> int:
    """The last element of a content that is not just a marked stretch."""
    phrases = unit.phrases
    boundary = _rule_boundary(unit, number, opening)
    boundary = end_of_clause(phrases, unit.cues[number], opening, boundary)
    last = boundary - 1
    while last > opening.at and (phrases.form(last) in _EDGE or phrases.form(last) in _LOOSE):
        last -= 1
    return last


# What belongs to the cue after a content and not to the content: «…، وذلك بحسب الوزارة».
_LOOSE = frozenset({"و", "ف", "ب", "وذلك"})


def _rule_boundary(unit: _Unit, number: int, opening: Opening) -> int:
    """The element before which a content must end: another attribution, an aside, a formula, the clause's end."""
    phrases = unit.phrases
    boundary = len(phrases)
    apodosis = _apodosis(phrases, unit.cues[number].first, opening.at)
    for other in range(number + 1, len(unit.cues)):
        later = unit.cues[other]
        if later.first <= opening.at:
            continue
        start = _boundary(unit, other, opening)
        if start is not None:
            boundary = start
            break
    closed = min((c.first for c in unit.closers if c.first > opening.at), default=boundary)
    return min(
        boundary,
        closed,
        apodosis,
        _aside(phrases, opening.at),
        _formula(phrases, opening.at),
        _relative_end(unit, number, opening),
    )


def _apodosis(phrases: Phrases, cue: int, at: int) -> int:
    """Where the main clause begins («، فإن …») if the cue stands in a concession before it; else the unit's end."""
    if any(phrases.form(i) in _CONCESSIONS for i in range(max(0, cue - 8), cue)):
        for i in range(at + 1, len(phrases)):
            if phrases.form(i).startswith("فان") and phrases.form(i - 1) in "،,":
                return i
    return len(phrases)


def _relative_end(unit: _Unit, number: int, opening: Opening) -> int:
    """Where the relative clause that the cue stands in ends, by the tree; the unit's end for any other cue."""
    phrases, cue = unit.phrases, unit.cues[number]
    if phrases.word_class(cue.first - 1) != "relative" or opening.at < cue.first:
        return len(phrases)
    last = phrases.parsed.reach(cue.first)[1]
    return last + 1 if last > opening.at + 1 else len(phrases)


def _aside(phrases: Phrases, at: int) -> int:
    """Where the narrator says what the speaker left out («دون إضافة تفاصيل») or when it was said («، جاء ذلك خلال»)."""
    for i in range(at + 1, len(phrases) - 1):
        comma = phrases.form(i) in "،,"
        word = i + 1 if comma else i
        if (
            comma
            and phrases.form(word) in ("جاء", "وجاء", "جاءت")
            and phrases.form(word + 1) in ("ذلك", "هذا", "تصريحات")
        ):
            return i
        if phrases.form(word) == "في" and phrases.form(word + 1) in ("اشاره", "تلميح", "تلميحات"):
            return i
        word += phrases.form(word) == "من"
        if phrases.form(word) in ("دون", "بدون") and _saying_noun(phrases, word + 1):
            return i
    return len(phrases)


def _formula(phrases: Phrases, at: int) -> int:
    """Where the narrator goes on with a formula of his own («، ومن المتوقع أن …»); else the unit's end."""
    for i in range(at + 1, len(phrases) - 1):
        if phrases.form(i) not in "،,؛":
            continue
        match = phrases.lexicon.nonattribution_at(phrases.forms, i + 1)
        if match is not None and fw.COMPLEMENTIZERS & set(phrases.forms[i + 1 : i + match.length + 2]):
            return i
    return len(phrases)


def _saying_noun(phrases: Phrases, at: int) -> bool:
    """Whether a noun of saying, or أن with such a verb, stands at `at`: «دون الإشارة إلى», «دون أن يوضح»."""
    if phrases.form(at) == "ان":
        at += 1
    if phrases.form(at) in _DETAILS:
        return True
    return any(r.entry.cue_class != "think" for r in phrases.lexicon.readings(phrases.form(at)))


# What a speaker is said to have held back: «من دون إضافة تفاصيل», «دون إعطاء مزيد من المعلومات».
_DETAILS = frozenset("اضافه اعطاء ذكر تقديم تفاصيل مزيد الخوض كشف تحديد".split())
_CONCESSIONS = frozenset("رغم الرغم ورغم مع اذا بينما طالما حال".split())


def _boundary(unit: _Unit, other: int, opening: Opening) -> int | None:
    """The element where the content must end because the cue `other` begins an attribution of its own, or None."""
    phrases, cue = unit.phrases, unit.cues[other]
    before = phrases.form(cue.first - 1)
    reading = cue.reading
    if reading.kind in _TRAILING_CLASSES:
        return cue.first
    if reading.kind == "participle":
        own = not cue.reading.definite and _adverbial(phrases, cue) and not _of_another(unit, opening, cue)
        return cue.first if own else None
    if reading.kind == "verbal_noun":
        return None
    if before in _CLAUSE_STARTERS or (before == "قد" and phrases.form(cue.first - 2) in _CLAUSE_STARTERS):
        start = _starter(phrases, cue.first, opening.at)
        paused = phrases.form(start - 1) in "،,؛." or phrases.form(start)[:1] in "وفل" or phrases.mark_words(start - 1)
        return start if paused else None
    if cue.coordinated and reading.person in (3, None):
        return None if _disagrees(unit, opening, cue) else cue.first
    return _subject_first(phrases, cue.first, opening.at)


def _disagrees(unit: _Unit, opening: Opening, cue: FoundCue) -> bool:
    """Whether a coordinated verb without a subject cannot have the speaker of the content: «إن قواته … وتتوقع أن»."""
    outer = next((c for c, o in zip(unit.cues, unit.openings, strict=True) if o is opening), None)
    if outer is None or outer.reading.gender is None or cue.reading.gender is None:
        return False
    if outer.reading.kind != "verb" or outer.reading.tense != "past":
        return False
    elided = unit.phrases.subject_after(cue.last, min(len(unit.phrases), cue.last + 6)) is None
    return elided and outer.reading.gender != cue.reading.gender


def _of_another(unit: _Unit, opening: Opening, cue: FoundCue) -> bool:
    """Whether a masculine participle cannot hang on the content's feminine cue: «أوضحت أن ابنها أبلغها …، مؤكدا أن»."""
    outer = next((c for c, o in zip(unit.cues, unit.openings, strict=True) if o is opening), None)
    if outer is None or outer.reading.kind != "verb" or cue.reading.gender is None:
        return False
    between = any(outer.last < c.first < cue.first and c.reading.kind == "verb" for c in unit.cues)
    return between and outer.reading.gender not in (None, cue.reading.gender)


def _subject_first(phrases: Phrases, cue: int, floor: int) -> int | None:
    """Where «، وجيرانه قالوا» begins: a coordinated noun phrase after a comma that the cue follows at once; else
    None.
    """
    start = cue - 1
    passed = ("noun", "time", "adverb", "preposition", "oblique")
    while start > floor and phrases.word_class(start) in passed and not _joined(phrases, start):
        start -= 1
    begins = _joined(phrases, start) and phrases.form(start - 1) in "،," and start < cue
    return start if begins and start > floor + 1 else None


def _joined(phrases: Phrases, at: int) -> bool:
    """Whether the element begins with و: a coordinated noun, or وفي, وعن …"""
    form = phrases.form(at)
    if phrases.word_class(at) == "noun":
        return phrases.coordinated(at)
    return form.startswith("و") and form[1:] in fw.PREPOSITIONS


def _adverbial(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a participle stands in the accusative or after a comma, as one that hangs on the main verb does."""
    form, before = phrases.form(cue.first), phrases.form(cue.first - 1)
    return (
        before in ("،", ",", "و", ".", "»")
        or form.endswith(("ا", "ه", "ين"))
        or phrases.word_class(cue.first - 1) == "mark"
    )


def _starter(phrases: Phrases, at: int, floor: int) -> int:
    """The first of the words before element `at` that begin its clause."""
    first = at
    while first - 1 > floor and (
        phrases.form(first - 1) in _CLAUSE_STARTERS or phrases.form(first - 1) in ("في", "الا", "وفي")
    ):
        first -= 1
    return first


def _tidy(unit: _Unit, start: int, end: int, opening: Opening) -> Span:
    """The span without punctuation at its end and without a conjunction at the start of a clause that precedes its
    cue.
    """
    span = trim(Span(start, max(start, end)), unit.text)
    while len(span) and unit.text[span.end - 1] in "،,؛;:.…":
        span = trim(Span(span.start, span.end - 1), unit.text)
    if opening.kind == "preceding" and len(span) > 2 and unit.phrases.coordinated(opening.at):
        span = Span(span.start + 1, span.end)
    return span
