"""What sets the attributions of a document apart from those a case expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attribution.evaluation.matching import letters, marked_stretches, pair, same_full_name
from attribution.records import AttributedDocument, Attribution, TextSpan
from attribution.spans import Span
from attribution.text import function_words as fw
from attribution.text.folding import skeleton
from tests.cases.tagged import Expected, Range, Tagged

_MATCH = 0.5


def differences(case: Tagged, document: AttributedDocument) -> list[str]:
    """One line for each thing wrong, "role: what"; none if the document is as expected, letter by letter."""
    text = case.text
    gold = [letters((Span(*r) for r in e.content), text) for e in case.expected]
    found = [letters((Span(s.start, s.end) for s in a.content.spans), text) for a in document.attributions]
    pairs = {i: (j, value) for i, j, value in pair(gold, found, _MATCH)}
    wrong = []
    for i, expected in enumerate(case.expected):
        if i not in pairs:
            wrong.append(f"missed: {_texts(expected.content, text)}")
            continue
        j, value = pairs[i]
        wrong += _differences(expected, document.attributions[j], text, exact=value == 1)
    spurious = set(range(len(found))) - {j for j, _ in pairs.values()}
    wrong += [f"spurious: {document.attributions[j].content.text}" for j in sorted(spurious)]
    return wrong


def _differences(expected: Expected, found: Attribution, text: str, *, exact: bool) -> Iterator[str]:
    if not exact:
        yield f"content: {found.content.text!r} for {_texts(expected.content, text)!r}"
    source = found.source.span if found.source else None
    cue = found.cue.span if found.cue else None
    yield from _span("cue", expected.cue, cue, text)
    yield from _span("source", expected.source, source, text)
    if expected.addressee is not None:
        yield from _span("addressee", expected.addressee, found.addressee, text)
    if expected.medium is not None:
        yield from _span("medium", expected.medium, found.medium.span if found.medium else None, text)
    name = found.speaker.name if found.speaker else None
    if not same_full_name(expected.speaker, name):
        yield f"speaker: {name!r} for {expected.speaker!r}"
    kind = expected_type(expected, text)
    if found.type != kind:
        yield f"type: {found.type} for {kind}"
    flags = (found.cue.negated, found.cue.modal) if found.cue else (False, False)
    if flags != (expected.negated, expected.modal):
        yield f"flags: {flags} for {(expected.negated, expected.modal)}"


def _span(role: str, expected: Range | None, found: TextSpan | None, text: str) -> Iterator[str]:
    """The difference of two spans, if they differ in a letter."""
    gold = letters([Span(*expected)], text) if expected else frozenset()
    got = letters([Span(found.start, found.end)], text) if found else frozenset()
    if gold != got:
        yield f"{role}: {found.text if found else None!r} for {text[slice(*expected)] if expected else None!r}"


def _texts(ranges: Iterable[Range], text: str) -> str:
    return " … ".join(text[slice(*r)] for r in ranges)


# Marks that may stand apart from the words they open.
_SPACED = "«("
_MARKS = '«»“”„"‹›<>()'


def expected_type(expected: Expected, text: str) -> str:
    """Direct if every letter is inside marks (a leading أن aside), indirect if none is, else mixed."""
    if all(_fills_marks(text[:start], text[end:].lstrip()) for start, end in expected.content):
        return "direct"
    inside = letters(marked_stretches(text), text)
    said: set[int] = set()
    for start, end in expected.content:
        words = text[start:end].split()
        skip = len(words[0]) if words and skeleton(words[0]) in fw.COMPLEMENTIZERS else 0
        said |= letters([Span(start + skip, end)], text)
    if said <= inside:
        return "direct"
    return "mixed" if said & inside else "indirect"


def _fills_marks(before: str, after: str) -> bool:
    """Whether a content stands between marks, the second of which may be missing."""
    opened = before[-1:] in _MARKS if before[-1:].strip() else before.rstrip()[-1:] in _SPACED
    return bool(before) and opened and (after[:1] in _MARKS or not any(m in after for m in _MARKS))
