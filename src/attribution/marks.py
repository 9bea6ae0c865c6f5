"""Decide each marked stretch: said by somebody, or a title, name, term; and find quotations that have no cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from attribution.drafts import Draft, FoundContent, FoundSource, Opening, Reason
from attribution.phrases import Phrases
from attribution.records import MarkReason
from attribution.spans import Span, meets, union
from attribution.text.marked import Marked

# A stretch of so many words that stands by itself is speech; names and terms are shorter.
_SPEECH_WORDS = 7
_LAYOUT_WORDS = 12
# A headline names its speaker in so few words, says something in so many, and is no longer than this.
_HEADLINE_WORDS, _HEADLINE_REST, _HEADLINE_LENGTH = 9, 4, 30
# The word before a mark is looked for in so many code points.
_WORD_BEFORE = 80


@dataclass(frozen=True, slots=True)
class DecidedMark:
    """A marked stretch with the decision about it."""

    marked: Marked
    reason: MarkReason

    @property
    def attributed(self) -> bool:
        """Whether the words are somebody's."""
        return self.reason in ("said", "said_clause")


def uncued_quotations(phrases_by_unit: Mapping[int, Phrases]) -> list[Draft]:
    """What may be quotations without a cue: «Name: «…»», and a marked stretch that fills a sentence of its own."""
    found: list[Draft] = []
    for number, phrases in phrases_by_unit.items():
        if phrases.parsed.unit.inside is not None:
            continue
        draft = _layout(phrases, number) or _headline(phrases, number) or _alone(phrases, number)
        if draft is not None:
            found.append(draft)
    return found


def not_covered(quotations: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """Those of the `quotations` without a cue that share nothing with the contents of `drafts`."""
    covered = union(span for draft in drafts for span in draft.content.spans)
    return [q for q in quotations if not any(meets(span, covered) for span in q.content.spans)]


def _layout(phrases: Phrases, number: int) -> Draft | None:
    """A quotation that a name and a colon introduce at the start of a unit: «الوزير: «…»»."""
    colon = next((i for i in range(min(len(phrases), _LAYOUT_WORDS)) if phrases.form(i) == ":"), None)
    if colon is None or colon == 0 or phrases.word_class(colon + 1) != "mark" or not phrases.nominal(0):
        return None
    last = phrases.noun_phrase(0, colon)
    marked = phrases.parsed.elements[colon + 1].marked
    if last != colon - 1 or marked is None or phrases.mark_words(colon + 1) < 3:
        return None
    source = phrases.span(0, last)
    opening = Opening("quote", colon + 1, marked.inner.start, "layout", "opening.layout")
    content = FoundContent((marked.inner,), opening, colon + 1, (Reason("opening.layout", marked.inner),))
    return Draft(None, content, FoundSource(span=source, reasons=(Reason("source.layout", source),)), number)


def _headline(phrases: Phrases, number: int) -> Draft | None:
    """Unmarked words that an office or name and a colon introduce in a line of their own: «وزير المالية: الاقتصاد
    يتعافى».
    """
    unit = phrases.parsed.unit
    colon = next((i for i in range(min(len(phrases), _HEADLINE_WORDS)) if phrases.form(i) == ":"), None)
    if colon is None or colon == 0 or not unit.first or len(phrases) - colon < _HEADLINE_REST:
        return None
    if phrases.word_class(0) != "noun" or phrases.noun_phrase(0, colon) != colon - 1:
        return None
    lexicon, form = phrases.lexicon, phrases.bare(0)
    somebody = any(lexicon.holds(name, form) for name in ("titles", "given_names", "anonymous_nouns", "media"))
    if not somebody or len(phrases) > _HEADLINE_LENGTH:
        return None
    first, last = colon + 1, len(phrases) - 1
    while last > first and phrases.form(last) in ".!؟،":
        last -= 1
    span, source = phrases.span(first, last), phrases.span(0, colon - 1)
    opening = Opening("clause", first, span.start, "layout", "opening.headline")
    content = FoundContent((span,), opening, last, (Reason("opening.headline", span),))
    return Draft(None, content, FoundSource(span=source, reasons=(Reason("source.layout", source),)), number)


def _alone(phrases: Phrases, number: int) -> Draft | None:
    """A marked stretch of several words that is all its sentence has."""
    elements = phrases.parsed.elements
    words = [i for i, e in enumerate(elements) if e.kind != "punctuation"]
    marked = elements[words[0]].marked if len(words) == 1 else None
    if marked is None or phrases.mark_words(words[0]) < _SPEECH_WORDS:
        return None
    opening = Opening("quote", words[0], marked.inner.start, "alone", "opening.alone")
    content = FoundContent((marked.inner,), opening, words[0], (Reason("opening.alone", marked.inner),))
    return Draft(None, content, FoundSource(reasons=(Reason("source.continued", marked.inner),)), number)


def decide_marks(marked: Sequence[Marked], drafts: Sequence[Draft], text: str) -> list[DecidedMark]:
    """The decision about every marked stretch, in text order."""
    said = _Said.of(drafts)
    return [DecidedMark(m, _reason(m, said, text)) for m in marked]


@dataclass(frozen=True, slots=True)
class _Said:
    """The contents of a document by start, with the furthest end of those up to each, and its addressees."""

    contents: tuple[Span, ...]
    furthest: tuple[int, ...]
    addressees: tuple[Span, ...]

    @classmethod
    def of(cls, drafts: Sequence[Draft]) -> _Said:
        """What `drafts` say."""
        contents = sorted(span for draft in drafts for span in draft.content.spans)
        addressees = union(d.source.addressee for d in drafts if d.source.addressee is not None)
        return cls(tuple(contents), tuple(accumulate((s.end for s in contents), max)), addressees)

    def fills(self, inner: Span) -> bool:
        """Whether a content is more than half of `inner`, and nothing else."""
        first = bisect_left(self.contents, inner.start, key=lambda s: s.start)
        last = bisect_left(self.contents, inner.end, key=lambda s: s.start)
        held = self.contents[first:last]
        return any(s == inner or (s.end <= inner.end and len(s) * 2 > len(inner)) for s in held)

    def holds(self, inner: Span) -> bool:
        """Whether a content covers `inner`."""
        at = bisect_right(self.contents, inner.start, key=lambda s: s.start) - 1
        return at >= 0 and self.furthest[at] >= inner.end


def _reason(marked: Marked, said: _Said, text: str) -> MarkReason:
    if said.fills(marked.inner):
        return "said"
    if said.holds(marked.inner):
        return "said_clause"
    if meets(marked.inner, said.addressees):
        return "addressee"
    words = marked.inner.of(text).split()
    before = text[max(0, marked.outer.start - _WORD_BEFORE) : marked.outer.start].split()[-1:] or [""]
    if before[0].lstrip("و") in _TITLE_WORDS:
        return "title"
    if len(words) <= 4:
        return "name" if before[0] not in _TERM_WORDS else "term"
    return "term" if len(words) < _SPEECH_WORDS else "irony"


_TITLE_WORDS = frozenset(
    "كتاب كتابه رواية روايته فيلم مسرحية مسلسل برنامج أغنية ديوان مقال بعنوان عنوان معرض قصيدة ألبوم مؤتمر ندوة".split()
)
_TERM_WORDS = frozenset("يسمى تسمى المسماة المسمى يدعى تدعى مصطلح عبارة كلمة بـ ب".split())
