"""Weigh where a reported clause ends: at each pause, whether the speaker's words go on or the narrator's begin."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.drafts import FoundCue, Opening
from attribution.evidence import Features, load_weights
from attribution.phrases import Phrases
from attribution.text import function_words as fw

_PAUSES = frozenset("،,؛")
# Words that begin a clause without a comma before them.
_STARTERS = frozenset(
    "بينما فيما كما حيث رغم لكن ولكن لكنه ولكنه لكنها ولكنها وذلك علما وكان وكانت الامر مما اذ".split()
)
_CLOSED = frozenset({"conjunction", "particle", "preposition", "relative", "complementizer", "pronoun", "adverb"})
# So many steps up the tree find what a word after a pause hangs on.
_STEPS = 5
# So many words after a pause are looked at one by one.
_WINDOW = 3
# A cue so near after a pause may be the narrator's next.
_NEAR = 6


def end_of_clause(phrases: Phrases, cue: FoundCue, opening: Opening, boundary: int) -> int:
    """The first pause before element `boundary` where the content of `cue` that opens at `opening` ends; else
    `boundary`.
    """
    weights = load_weights("end")
    for at in pauses(phrases, opening, boundary):
        if weights.probability(end_features(phrases, cue, opening, at, boundary)) >= weights.threshold:
            return at
    return boundary


def pauses(phrases: Phrases, opening: Opening, boundary: int) -> Iterator[int]:
    """The elements of a content where it may end: commas and words that begin a clause, outside brackets."""
    depth = 0
    for at in range(opening.at + 1, min(boundary, len(phrases))):
        form = phrases.form(at)
        depth += (form in ("(", "[")) - (form in (")", "]"))
        if depth > 0 or at + 1 >= boundary:
            continue
        if form in _PAUSES or (form in _STARTERS and phrases.form(at - 1) not in _PAUSES):
            yield at


def end_features(phrases: Phrases, cue: FoundCue, opening: Opening, at: int, boundary: int) -> Features:
    """The evidence about a content's end at element `at`, by name."""
    found = dict.fromkeys(_cue_traits(cue, opening), 1.0)
    found.update(dict.fromkeys(_next_traits(phrases, at), 1.0))
    found.update(dict.fromkeys(_place_traits(phrases, cue.first, opening, at, boundary), 1.0))
    return found


def _cue_traits(cue: FoundCue, opening: Opening) -> Iterator[str]:
    """Whose content it is: that of قال goes on where that of أعلن has said it all."""
    reading = cue.reading
    yield f"cue:{reading.entry.lemma}"
    yield f"cue-kind:{reading.kind}"
    yield f"cue-tense:{reading.tense}"
    yield f"cue-class:{reading.entry.cue_class}:{opening.kind}"


def _next_traits(phrases: Phrases, at: int) -> Iterator[str]:
    """What stands after the pause."""
    paused = phrases.form(at) in _PAUSES
    yield f"pause:{phrases.form(at) if paused else 'none'}"
    word = at + 1 if paused else at
    form, bare, kind = phrases.form(word), phrases.bare(word), phrases.word_class(word)
    upos = phrases.parsed.upos(word)
    yield from _next_words(phrases, word)
    joined = phrases.coordinated(word) or (form.startswith("و") and kind in _CLOSED)
    yield f"next-class:{kind}:{'joined' if joined else 'bare'}"
    if kind in _CLOSED:
        yield f"next:{form}"
        yield f"next:{form}:{phrases.word_class(word + 1)}"
    if kind in ("verb", "cue") or upos == "VERB":
        tense = "present" if bare[:1] in "يتن" else "past"
        yield f"verb:{tense}:{'joined' if joined else 'bare'}"
    if upos is not None:
        yield f"tag:{upos}:{'joined' if joined else 'bare'}"
    if word in phrases.cues:
        yield "next-cue"
    if any(i in phrases.cues for i in range(word, word + _NEAR)):
        yield "cue-soon"
    if form in fw.COORDINATED_COMPLEMENTIZERS:
        yield "next-joined-أن"


def _next_words(phrases: Phrases, word: int) -> Iterator[str]:
    """The words from element `word` on: their forms, their parts of speech and classes, and those of two together."""
    after = range(word, min(word + _WINDOW, len(phrases)))
    for step, at in enumerate(after):
        yield f"form+{step}:{phrases.form(at)}"
        yield f"tag+{step}:{phrases.parsed.upos(at)}"
        yield f"class+{step}:{phrases.word_class(at)}"
    if len(after) > 1:
        yield f"tags:{phrases.parsed.upos(word)} {phrases.parsed.upos(word + 1)}"
        yield f"classes:{phrases.word_class(word)} {phrases.word_class(word + 1)}"


def _place_traits(phrases: Phrases, cue: int, opening: Opening, at: int, boundary: int) -> Iterator[str]:
    """Where the pause stands: in the content, in the unit and in the tree."""
    yield f"opening:{opening.kind}"
    yield f"via:{opening.via}"
    yield f"so-far:{_bucket(at - opening.at)}"
    yield f"rest:{_bucket(boundary - at)}"
    if boundary >= len(phrases):
        yield "rest:whole-unit"
    if phrases.word_class(at - 1) == "mark":
        yield "after-mark"
    if phrases.word_class(opening.at + 1) == "mark" or phrases.word_class(opening.at) == "mark":
        yield "opens-with-mark"
    if any(phrases.form(i) in fw.COORDINATED_COMPLEMENTIZERS for i in range(at + 1, boundary)):
        yield "joined-أن-later"
    if not any(phrases.word_class(i) in ("verb", "cue") for i in range(at + 1, boundary)):
        yield "no-verb-later"
    if not any(phrases.word_class(i) in ("verb", "cue") for i in range(opening.at, at)):
        yield "no-verb-before"
    if any(phrases.word_class(i) == "mark" for i in range(at + 1, boundary)):
        yield "mark-later"
    yield f"hangs:{_hangs(phrases, cue, opening, at)}"


def _hangs(phrases: Phrases, cue: int, opening: Opening, at: int) -> str:
    """What the tree hangs the words after the pause on: the content, the cue or something outside both."""
    word = at + 1 if phrases.form(at) in _PAUSES else at
    for _ in range(_STEPS):
        head = phrases.parsed.head(word)
        if head is None:
            return "root"
        if head < at:
            relation = phrases.parsed.relation(word) or "none"
            place = "cue" if head == cue else "content" if head >= opening.at else "outside"
            return f"{place}:{relation.split(':')[0]}"
        word = head
    return "deep"


def _bucket(words: int) -> str:
    """A length in words, roughly."""
    return next((f"<{limit}" for limit in (4, 8, 16, 32) if words < limit), "32+")
