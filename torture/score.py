"""The score of an extractor on planted articles, as a whole and by shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attribution import AttributedDocument, Extractor
from attribution.evaluation import Report, evaluate, relations_of
from attribution.formats.gold import Relation
from torture.planted import article
from torture.promises import broken_promises


def score(extractor: Extractor, articles: int, *, start: int = 0) -> tuple[Report, list[str]]:
    """The report on so many planted articles, and the promises their documents broke."""
    gold = [article(seed) for seed in range(start, start + articles)]
    found: dict[str, Sequence[Relation]] = {}
    broken: list[str] = []
    for document, planted in zip(extractor.stream(g.text for g in gold), gold, strict=True):
        if isinstance(document, AttributedDocument):
            found[planted.id] = relations_of(document)
            broken += broken_promises(document, planted.text)
        else:
            broken.append(document.error)
    return evaluate(gold, found), broken


def figure(report: Report) -> float:
    """Who-said-what F1 in per cent."""
    return report.who_said_what.f1


def mistakes_by_cause(report: Report) -> Iterator[tuple[str, int]]:
    """How often each thing went wrong, the most frequent first."""
    counts: Counter[str] = Counter()
    for judged in report.judgements:
        if judged.gold is None:
            counts["spurious"] += 1
        elif judged.found is None:
            counts["missed"] += 1
        elif not judged.speaker_right:
            counts["speaker"] += 1
    yield from counts.most_common()
