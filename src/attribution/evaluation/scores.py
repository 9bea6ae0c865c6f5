"""The figures of a run against gold, equal to those of the gold folder's score.py to the decimal.

Two contents match if half or more of their letters are shared (intersection over union), each content once. A relation
is right as *who said what* if its content matches and its speaker is the same. Gold attributions marked optional count
neither as missed nor, when found, as spurious.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attribution.evaluation.figures import Counts, Judgement, MarkJudgement, Report
from attribution.evaluation.matching import (
    Letters,
    letters,
    marked_stretches,
    overlap,
    pair,
    same_full_name,
    same_speaker,
)
from attribution.formats.gold import GoldDocument, Relation
from attribution.spans import Span

MATCH = 0.5
# Gold names an unattributed mark by its first offset, give or take a space.
NEAR = 2


def evaluate(gold: Iterable[GoldDocument], predictions: Mapping[str, Sequence[Relation]]) -> Report:
    """The report of `predictions` (by document id) against `gold`; documents that gold lacks are left aside."""
    reports = [_evaluate_one(document, predictions.get(document.id)) for document in gold]
    none = Counts(0, 0, 0)
    return Report(
        documents=len(reports),
        missing_documents=sum(report.missing_documents for report in reports),
        judgements=tuple(judgement for report in reports for judgement in report.judgements),
        cue=sum((report.cue for report in reports), none),
        marks=sum((report.marks for report in reports), none),
    )


def _evaluate_one(gold: GoldDocument, found: Sequence[Relation] | None) -> Report:
    """The report of one document; `found` is None if the run lacks it."""
    judgements = _judge(gold, found or ())
    return Report(1, int(found is None), judgements, _cues(judgements, gold.text), _marks(gold, found or ()))


def _judge(gold: GoldDocument, found: Sequence[Relation]) -> tuple[Judgement, ...]:
    """A judgement for each gold relation, in order, then one for each spurious relation."""
    golden = [letters(relation.content, gold.text) for relation in gold.relations]
    predicted = [letters(relation.content, gold.text) for relation in found]
    partner = {i: (j, value) for i, j, value in pair(golden, predicted, MATCH)}
    judged = []
    for i, relation in enumerate(gold.relations):
        j, value = partner.get(i, (None, 0.0))
        judged.append(_compare(gold, relation, None if j is None else found[j], value))
    spurious = set(range(len(found))) - {j for j, _ in partner.values()}
    judged += [_spurious(gold, found[j]) for j in sorted(spurious)]
    return tuple(judged)


def _compare(document: GoldDocument, gold: Relation, found: Relation | None, value: float) -> Judgement:
    """The judgement on one gold relation."""
    words = _words(gold, document.text)
    if found is None:
        return Judgement(document.id, gold, None, words)
    return Judgement(
        document.id,
        gold,
        found,
        words,
        found_words=_words(found, document.text),
        overlap=value,
        cue_right=_same_span(gold.cue, found.cue, document.text),
        source_right=_same_span(gold.source, found.source, document.text),
        speaker_right=same_speaker(gold.speaker, found.speaker),
        full_name_right=same_full_name(gold.speaker, found.speaker),
    )


def _spurious(document: GoldDocument, found: Relation) -> Judgement:
    words = _words(found, document.text)
    return Judgement(document.id, None, found, words, found_words=words)


def _same_span(gold: Span | None, found: Span | None, text: str) -> bool:
    """Both absent (elided, if they are sources), or overlapping by half."""
    if gold is None or found is None:
        return gold is None and found is None
    return overlap(letters([gold], text), letters([found], text)) >= MATCH


def _cues(judgements: Iterable[Judgement], text: str) -> Counts:
    """Precision and recall of cue spans, whichever relation they stand in; those of optional relations left out."""
    counted = [judgement for judgement in judgements if not judgement.optional]
    gold = [letters([j.gold.cue], text) for j in counted if j.gold and j.gold.cue is not None]
    found = [letters([j.found.cue], text) for j in counted if j.found and j.found.cue is not None]
    return Counts(len(pair(gold, found, MATCH)), len(gold), len(found))


def _marks(gold: GoldDocument, found: Sequence[Relation]) -> Counts:
    """Precision and recall of the decision that the words between marks were said by somebody."""
    counts = Counts(0, 0, 0)
    for mark in judge_marks(gold, found):
        counts += Counts(int(mark.in_gold and mark.in_found), int(mark.in_gold), int(mark.in_found))
    return counts


def judge_marks(gold: GoldDocument, found: Sequence[Relation]) -> tuple[MarkJudgement, ...]:
    """A judgement for each stretch between quotation marks, in order."""
    said, predicted = _said(gold.relations, gold.text), _said(found, gold.text)
    judged = []
    for stretch in marked_stretches(gold.text):
        inside = letters([stretch], gold.text)
        unsaid = any(abs(mark.start - stretch.start) <= NEAR for mark in gold.unattributed_marks)
        in_gold = len(inside & said) > len(inside) / 2 and not unsaid
        judged.append(MarkJudgement(stretch, in_gold, len(inside & predicted) > len(inside) / 2))
    return tuple(judged)


def _said(relations: Iterable[Relation], text: str) -> Letters:
    return letters([span for relation in relations for span in relation.content], text)


def _words(relation: Relation, text: str) -> str:
    return " … ".join(span.of(text) for span in relation.content)
