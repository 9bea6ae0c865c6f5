"""The mistakes of a run as one self-contained page: each text twice, as gold has it and as the run has it, marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from attribution.evaluation import (
    Change,
    GoldDocument,
    Judgement,
    Relation,
    Report,
    evaluate,
    gains_and_losses,
    judge_marks,
    mistakes_of,
)
from attribution.render import labels
from attribution.render.scores import percent
from attribution.render.segments import Marking, Segment, cut_at
from attribution.render.templating import rendered

State = Literal["right", "wrong", "missed", "spurious", "marks", "optional"]
Runs = Mapping[str, Sequence[Relation]]
# Where stretches nest, the innermost gives the tint; of those around it the first of these gives the line below.
_WORST: tuple[State, ...] = ("missed", "spurious", "wrong", "marks", "right", "optional")
SAID, UNSAID = "قالهما أحد", "لم يقلهما أحد"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its kind (a key of labels.MISTAKES), what gold has and what the run has."""

    kind: str
    gold: str
    found: str


@dataclass(frozen=True, slots=True)
class Item:
    """A relation, or a marked stretch that was misjudged, with its place in both copies of the text."""

    number: int
    state: State
    faults: tuple[Fault, ...]
    words: str
    gold: Relation | None
    found: Relation | None


@dataclass(frozen=True, slots=True)
class Article:
    """A gold document as the page shows it; `absent` says that the run lacks it."""

    number: int
    id: str
    items: tuple[Item, ...]
    copies: tuple[tuple[str, tuple[Segment, ...]], ...]
    absent: bool

    @property
    def faulty(self) -> tuple[Item, ...]:
        """The items that something is wrong with."""
        return tuple(item for item in self.items if item.faults)

    @property
    def faults(self) -> int:
        """How many things are wrong."""
        return sum(len(item.faults) for item in self.items)

    def classes(self, segment: Segment) -> str:
        """The classes of a stretch: the state of its innermost item, and the worst of those around it."""
        states = [self.items[number].state for number in reversed(segment.contents)]
        around = min(states[1:], key=_WORST.index, default=None)
        return " ".join(["q", *(f"s-{state}" for state in states[:1]), *([f"in-{around}"] if around else [])])


def errors_page(documents: Sequence[GoldDocument], found: Runs, *, title: str, against: Runs | None = None) -> str:
    """One page: figures, what was gained and lost `against` an earlier run, and every text with its mistakes."""
    articles = [_article(number, document, found.get(document.id)) for number, document in enumerate(documents)]
    kinds = Counter(fault.kind for article in articles for item in article.items for fault in item.faults)
    changes = () if against is None else _changes(documents, against, found)
    return rendered(
        "errors.html",
        "errors.js",
        title=title,
        articles=articles,
        kinds=[(kind, label, kinds[kind]) for kind, label in labels.MISTAKES.items()],
        figures=tuple(_figures(evaluate(documents, found))),
        changes=changes,
        compared=against is not None,
        numbers_of={article.id: article.number for article in articles},
    )


def _article(number: int, document: GoldDocument, found: Sequence[Relation] | None) -> Article:
    report = evaluate([document], {} if found is None else {document.id: found})
    items = [_item(at, judgement, document.text) for at, judgement in enumerate(report.judgements)]
    items += _misjudged_marks(len(items), document, found or ())
    sides = ((item.number, item.gold) for item in items), ((item.number, item.found) for item in items)
    gold, ours = (cut_at(document.text, _markings(side)) for side in sides)
    return Article(number, document.id, tuple(items), (("gold", gold), ("found", ours)), found is None)


def _item(number: int, judgement: Judgement, text: str) -> Item:
    wrong = () if judgement.optional else tuple(mistakes_of(judgement, text))
    faults = tuple(Fault(one.kind, one.gold, one.found) for one in wrong)
    return Item(number, _state(judgement, faults), faults, judgement.words, judgement.gold, judgement.found)


def _state(judgement: Judgement, faults: Sequence[Fault]) -> State:
    if judgement.optional:
        return "optional"
    if judgement.gold is None:
        return "spurious"
    return "missed" if judgement.found is None else "wrong" if faults else "right"


def _misjudged_marks(first: int, document: GoldDocument, found: Sequence[Relation]) -> Iterator[Item]:
    """An item, numbered from `first`, for each marked stretch on which gold and run differ."""
    wrong = (mark for mark in judge_marks(document, found) if not mark.right)
    for number, mark in enumerate(wrong, start=first):
        gold, ours = (SAID if said else UNSAID for said in (mark.in_gold, mark.in_found))
        stretch = Relation((mark.span,), None, None, None, None)
        words = mark.span.of(document.text)
        yield Item(number, "marks", (Fault("marks", gold, ours),), words, stretch, stretch)


def _markings(relations: Iterable[tuple[int, Relation | None]]) -> Iterator[Marking]:
    for number, relation in relations:
        if relation is not None:
            yield from ((span.start, span.end, "content", number) for span in relation.content)
            for role, span in (("cue", relation.cue), ("source", relation.source)):
                if span is not None:
                    yield span.start, span.end, role, number


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    """The names and values of the figures, as scoring calls them."""
    for name, counts in report.ratios.items():
        yield name, f"{counts.precision:.1f} / {counts.recall:.1f} / {counts.f1:.1f}"
    yield from ((name, percent(value)) for name, value in report.accuracies.items())


def _changes(
    documents: Sequence[GoldDocument], against: Runs, found: Runs
) -> tuple[tuple[str, str, tuple[Change, ...]], ...]:
    gains, losses = gains_and_losses(documents, against, found)
    return (("gains", "ما كُسب", gains), ("losses", "ما فُقد", losses))
