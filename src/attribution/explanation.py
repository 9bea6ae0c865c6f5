"""Explain a reading, cue by cue: what was found, what was rejected, and what spoke for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from attribution.antecedents import Candidate, weigh
from attribution.assembly import text_span
from attribution.drafts import Draft, FoundCue, Opening
from attribution.evidence import by_tag, certain, cue_features, impossible, load_weights
from attribution.openings import find_openings
from attribution.phrases import Phrases
from attribution.pipeline import Extractor, Prepared
from attribution.records import AttributedDocument, Attribution, Record, TextSpan
from attribution.render.terminal import END_OF_ISOLATE, ISOLATE, shown
from attribution.spans import Span
from attribution.syntax.tree import Tree

Verdict = Literal["found", "outweighed", "without_content", "impossible", "displaced"]
REASONS: dict[Verdict, str] = {
    "found": "attributes",
    "outweighed": "the evidence speaks against it",
    "without_content": "nothing near it is of a kind that it takes as content",
    "impossible": "its tag or the words beside it make it another word",
    "displaced": "another cue took its words or its content, or its attribution is below min_confidence",
}
Key = tuple[int, int, int]


class Weight(Record):
    """One feature of a cue candidate and what it added to the score; above 0 it speaks for an attribution."""

    feature: str
    value: float


class PossibleSpeaker(Record):
    """Somebody whom an elided subject or a pronoun can mean; `probability` leaves the others aside."""

    name: str
    probability: float


class CueExplanation(Record):
    """One place where a cue may stand, and what became of it."""

    span: TextSpan
    lemma: str
    gloss: str
    kind: str
    cue_class: str
    verdict: Verdict
    opening: str | None = Field(default=None, description="Rule id of the opening of its content (docs/rules.md).")
    opens: TextSpan | None = Field(default=None, description="The word at which the content opens.")
    probability: float | None = Field(default=None, description="What the evidence makes of it, from 0 to 1.")
    threshold: float = Field(description="The probability from which on a candidate is accepted.")
    weights: tuple[Weight, ...] = ()
    candidates: tuple[PossibleSpeaker, ...] = Field(
        default=(), description="Whom its elided subject can mean, the likeliest first; none where the subject stands."
    )
    attribution: str | None = Field(default=None, description="Id of its attribution in the document, if it has one.")
    tree: str | None = Field(default=None, description="The parse of its frame, indented, if it was asked for.")


class Explanation(Record):
    """A document with every candidate cue explained, in the order of the text."""

    document: AttributedDocument
    cues: tuple[CueExplanation, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A candidate with its opening and the probability that the two are an attribution."""

    cue: FoundCue
    opening: Opening
    probability: float


def explain(text: str, extractor: Extractor, *, id: str = "document", trees: bool = False) -> Explanation:
    """The explanation of how `extractor` reads `text`; with `trees` each cue brings the parse of its frame."""
    document = extractor.extract(text, id=id)
    prepared = extractor.prepare(text)
    parsed = extractor.parse([prepared])
    phrases = extractor.read(prepared, iter(parsed))
    drawn = dict(_drawn(prepared, parsed)) if trees else {}
    meant: dict[Key, tuple[PossibleSpeaker, ...]] = {}

    def watch(draft: Draft, candidates: Sequence[Candidate]) -> None:
        if draft.cue is not None:
            meant[_key(draft.cue)] = _possible(candidates)

    extractor.settle(prepared, iter(parsed), watch)
    found = tuple(
        _explained(cue, phrases[number], weighed.get(_key(cue)), document, drawn).model_copy(
            update={"candidates": meant.get(_key(cue), ())}
        )
        for number, cues in sorted(prepared.cues.items())
        for weighed in [_weighed(phrases[number], cues)]
        for cue in cues
    )
    return Explanation(document=document, cues=tuple(sorted(found, key=lambda c: (c.span.start, -c.span.end))))


def to_text(explanation: Explanation) -> str:
    """The explanation as plain text, Arabic shut in right-to-left isolates."""
    attributions = {a.id: a for a in explanation.document.attributions}
    lines = [line for cue in explanation.cues for line in _lines(cue, attributions.get(cue.attribution or ""))]
    for attribution in explanation.document.attributions:
        if attribution.cue is None:
            lines += [
                f"{_place(attribution.content.spans[0])}  no cue: FOUND as {attribution.id}",
                *_outcome(attribution),
            ]
    return "\n".join([*lines, f"{len(explanation.cues)} cues, {len(attributions)} attributions"]) + "\n"


def _possible(candidates: Sequence[Candidate]) -> tuple[PossibleSpeaker, ...]:
    """The candidates by falling probability, the first of equals first."""
    weighed = sorted(weigh(candidates), key=lambda row: -row[0])
    return tuple(PossibleSpeaker(name=one.entity.name, probability=round(p, 4)) for p, one in weighed)


def _weighed(phrases: Phrases, cues: Sequence[FoundCue]) -> dict[Key, _Weighed]:
    """Each cue of a unit that ever had an opening, with its last; rejected ones give theirs back to the others."""
    weights = load_weights("cue")
    found: dict[Key, _Weighed] = {}
    asked = [by_tag(phrases, cue) for cue in cues if not impossible(phrases, cue)]
    while True:
        opened = [
            _Weighed(cue, opening, _probability(phrases, cue, opening))
            for cue, opening in find_openings(phrases, asked)
        ]
        found |= {_key(one.cue): one for one in opened}
        rejected = {_key(one.cue) for one in opened if one.probability < weights.threshold}
        if not rejected:
            return found
        asked = [cue for cue in asked if _key(cue) not in rejected]


def _probability(phrases: Phrases, cue: FoundCue, opening: Opening) -> float:
    """What the evidence makes of a cue with its opening; 1 where the opening alone decides."""
    return (
        1.0 if certain(phrases, cue, opening) else load_weights("cue").probability(cue_features(phrases, cue, opening))
    )


def _key(cue: FoundCue) -> Key:
    return cue.unit, cue.first, cue.last


def _explained(
    cue: FoundCue, phrases: Phrases, weighed: _Weighed | None, document: AttributedDocument, drawn: dict[Key, str]
) -> CueExplanation:
    """What became of one candidate."""
    weights = load_weights("cue")
    span = text_span(phrases.text, cue.span)
    attribution = next((a for a in document.attributions if a.cue is not None and a.cue.span == span), None)
    reading = weighed.cue.reading if weighed else cue.reading
    strongest = weights.strongest(cue_features(phrases, weighed.cue, weighed.opening), 5) if weighed else []
    return CueExplanation(
        span=span,
        lemma=reading.entry.lemma,
        gloss=reading.entry.gloss,
        kind=reading.kind,
        cue_class=reading.entry.cue_class,
        verdict=_verdict(phrases, cue, weighed, attribution),
        opening=weighed.opening.rule if weighed else None,
        opens=text_span(phrases.text, _opening_word(phrases, weighed.opening)) if weighed else None,
        probability=round(weighed.probability, 4) if weighed else None,
        threshold=weights.threshold,
        weights=tuple(Weight(feature=name, value=round(value, 3)) for name, value in strongest),
        attribution=attribution.id if attribution else None,
        tree=next((tree for (unit, a, b), tree in drawn.items() if unit == cue.unit and a <= cue.first < b), None),
    )


def _verdict(phrases: Phrases, cue: FoundCue, weighed: _Weighed | None, attribution: Attribution | None) -> Verdict:
    if attribution is not None:
        return "found"
    if weighed is None:
        return "impossible" if impossible(phrases, cue) else "without_content"
    return "outweighed" if weighed.probability < load_weights("cue").threshold else "displaced"


def _opening_word(phrases: Phrases, opening: Opening) -> Span:
    element = phrases.parsed.elements[opening.at]
    return Span(opening.start, max(opening.start, element.end))


def _drawn(prepared: Prepared, trees: Sequence[Tree]) -> Iterator[tuple[Key, str]]:
    """The tree of each frame, by its unit and elements."""
    remaining = iter(trees)
    for number, frames in prepared.frames.items():
        for frame in frames:
            yield (number, frame.first, frame.last), "\n".join(_branches(next(remaining))) or "(no tree)"


def _branches(tree: Tree) -> Iterator[str]:
    """A line for each word, under its head and indented by depth."""
    waiting = [(word, 0) for word in tree.children(0)]
    while waiting:
        word, depth = waiting.pop()
        yield f"{'  ' * depth}{_isolated(word.form)}  {word.upos} {word.deprel}"
        waiting += [(child, depth + 1) for child in reversed(tree.children(word.index))]


def _lines(cue: CueExplanation, attribution: Attribution | None) -> Iterator[str]:
    """The lines about one cue."""
    meaning = "; ".join(dict.fromkeys((cue.gloss, cue.cue_class)))
    entry = f"{cue.kind} of {_isolated(cue.lemma)} ({meaning})"
    verdict = f"FOUND as {cue.attribution}" if cue.verdict == "found" else f"rejected: {REASONS[cue.verdict]}"
    yield f"{_place(cue.span)}  {_isolated(cue.span.text)}  {entry}: {verdict}"
    if cue.opens is not None and cue.probability is not None:
        beside = "at least" if cue.probability >= cue.threshold else "below"
        yield f"    opens at {_isolated(_short(cue.opens.text))} ({cue.opening})"
        yield f"    probability {cue.probability:.2f}, {beside} {cue.threshold:.2f}: {_weights(cue.weights)}"
    if attribution is not None:
        yield from _outcome(attribution)
        if cue.candidates:
            yield f"    can mean {', '.join(f'{_isolated(c.name)} {c.probability:.2f}' for c in cue.candidates)}"
    if cue.tree is not None:
        yield from (f"    | {line}" for line in cue.tree.split("\n"))


def _outcome(attribution: Attribution) -> Iterator[str]:
    """The lines about what a cue attributes, to whom, and to whom not."""
    speaker = attribution.speaker
    yield f"    {attribution.type} content {_isolated(_short(attribution.content.text))}"
    yield f"    speaker {_isolated(speaker.name) if speaker else 'unknown'}, confidence {attribution.confidence:.2f}"
    yield f"    because {', '.join(dict.fromkeys(reason.rule for reason in attribution.evidence))}"
    for candidate in attribution.rejected:
        yield f"    not {_isolated(candidate.name)}: {candidate.reason}"


def _weights(weights: Sequence[Weight]) -> str:
    return ", ".join(f"{_isolated(weight.feature)} {weight.value:+.2f}" for weight in weights)


def _place(span: TextSpan) -> str:
    return f"{span.start}:{span.end}"


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _isolated(text: str) -> str:
    """`text` safe to print; if it holds Arabic, in a right-to-left isolate."""
    safe = shown(text)
    arabic = any("\u0600" <= character <= "\u06ff" for character in safe)
    return f"{ISOLATE}{safe}{END_OF_ISOLATE}" if arabic else safe
