"""The mistakes of a run, and what a second run gained and lost against a first, as the strings themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from attribution.evaluation.figures import Judgement, Report
from attribution.evaluation.scores import evaluate
from attribution.formats.gold import GoldDocument, Relation
from attribution.spans import Span

MistakeKind = Literal["missed", "spurious", "speaker", "boundaries", "type", "cue", "source"]
NOBODY = "∅"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with one relation: what gold has, what was found, and the words in question.

    `type` is the gold relation's (the found one's if spurious).
    """

    document: str
    kind: MistakeKind
    type: str
    gold: str
    found: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A relation that one run has right and the other has not; `before` and `after` say how each run judged it."""

    document: str
    words: str
    gold: str
    before: str
    after: str


def mistakes(report: Report, texts: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Every mistake of `report` that counts, in text order; `texts` are the documents by id, to quote sources from."""
    return tuple(
        mistake
        for judgement in report.judgements
        if not judgement.optional
        for mistake in mistakes_of(judgement, texts.get(judgement.document, ""))
    )


def gains_and_losses(
    gold: Iterable[GoldDocument], before: Mapping[str, Sequence[Relation]], after: Mapping[str, Sequence[Relation]]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What is right in `after` and was not in `before`, and the reverse, relation by relation.

    Right is a gold relation whose content and speaker were found, or a spurious one that is not there.
    """
    documents = tuple(gold)
    earlier, later = _verdicts(evaluate(documents, before)), _verdicts(evaluate(documents, after))
    gains: list[Change] = []
    losses: list[Change] = []
    for key in sorted(earlier.keys() | later.keys(), key=lambda key: (key[0], key[2].content)):
        was, now = earlier.get(key, _absent(key)), later.get(key, _absent(key))
        if was.right != now.right:
            place = was if was.words else now
            (gains if now.right else losses).append(Change(key[0], place.words, place.gold, was.found, now.found))
    return tuple(gains), tuple(losses)


Key = tuple[str, Literal["gold", "spurious"], Relation]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How one run did on one relation."""

    right: bool
    words: str
    gold: str
    found: str


def _verdicts(report: Report) -> dict[Key, _Verdict]:
    """How the run did on each gold relation and each spurious one, optional ones left out."""
    found: dict[Key, _Verdict] = {}
    for judgement in report.judgements:
        if judgement.optional:
            continue
        if judgement.gold is not None:
            verdict = _Verdict(judgement.speaker_right, judgement.words, _who(judgement.gold), _outcome(judgement))
            found[judgement.document, "gold", judgement.gold] = verdict
        elif judgement.found is not None:
            said = Relation(judgement.found.content, None, None, judgement.found.speaker, None)
            verdict = _Verdict(False, judgement.words, NOBODY, f"spurious: {_who(said)}")
            found[judgement.document, "spurious", said] = verdict
    return found


def _absent(key: Key) -> _Verdict:
    """The verdict of a run that has no word on `key`: right, since only a spurious relation can be absent."""
    return _Verdict(right=True, words="", gold=NOBODY, found="not found")


def _outcome(judgement: Judgement) -> str:
    """What the run made of a gold relation: the speaker it gave, or that it missed it."""
    return "missed" if judgement.found is None else _who(judgement.found)


def mistakes_of(judgement: Judgement, text: str) -> Iterator[Mistake]:
    """What is wrong with one relation of a document with this `text`, if anything."""
    gold, found, words = judgement.gold, judgement.found, judgement.words
    if gold is None or found is None:
        kind: MistakeKind = "spurious" if gold is None else "missed"
        yield _mistake(judgement, kind, _who(gold), _who(found))
        return
    if not judgement.speaker_right:
        yield _mistake(judgement, "speaker", _who(gold), _who(found))
    if not judgement.tight:
        yield _mistake(judgement, "boundaries", words, judgement.found_words)
    if not judgement.type_right:
        yield _mistake(judgement, "type", gold.type or NOBODY, found.type or NOBODY)
    if not judgement.cue_right:
        yield _mistake(judgement, "cue", _quote(gold.cue, text), _quote(found.cue, text))
    if not judgement.source_right:
        yield _mistake(judgement, "source", _quote(gold.source, text), _quote(found.source, text))


def _mistake(judgement: Judgement, kind: MistakeKind, gold: str, found: str) -> Mistake:
    relation = judgement.gold or judgement.found
    return Mistake(judgement.document, kind, (relation and relation.type) or NOBODY, gold, found, judgement.words)


def _who(relation: Relation | None) -> str:
    return (relation and relation.speaker) or NOBODY


def _quote(span: Span | None, text: str) -> str:
    return NOBODY if span is None else span.of(text)
