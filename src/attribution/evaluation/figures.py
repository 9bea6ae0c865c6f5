"""The figures of a run: counts, one judgement a relation, and the report they add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attribution.formats.gold import Relation
from attribution.spans import Span

TIGHT = 0.9
TYPES = ("direct", "indirect", "mixed")
KINDS = ("person", "organization", "anonymous", "document", "collective")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are right, in gold, and found; the figures are percent, to one decimal."""

    hit: int
    gold: int
    found: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """Share of those found that are right."""
        return round(100 * (self.hit / self.found), 1) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of those in gold that were found."""
        return round(100 * (self.hit / self.gold), 1) if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, from the unrounded ones."""
        if not self.hit:
            return 0.0
        precision, recall = self.hit / self.found, self.hit / self.gold
        return round(200 * precision * recall / (precision + recall), 1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One gold relation and what was found for it: `gold` is None if spurious, `found` is None if missed.

    `words` is the text of the gold content (of the found one if spurious), `found_words` that of the found one.
    """

    document: str
    gold: Relation | None
    found: Relation | None
    words: str
    found_words: str = ""
    overlap: float = 0.0
    cue_right: bool = False
    source_right: bool = False
    speaker_right: bool = False
    full_name_right: bool = False

    @property
    def optional(self) -> bool:
        """The gold relation is one that careful readers differ on: it counts for nothing."""
        return self.gold is not None and self.gold.optional

    @property
    def matched(self) -> bool:
        """Gold and found contents match."""
        return self.gold is not None and self.found is not None

    @property
    def tight(self) -> bool:
        """The contents match nearly letter for letter."""
        return self.matched and self.overlap >= TIGHT

    @property
    def type_right(self) -> bool:
        """The contents match and are of one type."""
        return bool(self.gold and self.found and self.gold.type == self.found.type)

    @property
    def elided(self) -> bool:
        """The contents match and gold has no source span."""
        return bool(self.gold and self.found and self.gold.source is None)


@dataclass(frozen=True, slots=True)
class MarkJudgement:
    """One stretch between quotation marks: whether somebody said it according to gold, and according to the run."""

    span: Span
    in_gold: bool
    in_found: bool

    @property
    def right(self) -> bool:
        """Gold and run agree."""
        return self.in_gold == self.in_found


Test = Callable[[Judgement], bool]


@dataclass(frozen=True, slots=True)
class Report:
    """The judgements over some documents, and the figures that follow from them."""

    documents: int
    missing_documents: int
    judgements: tuple[Judgement, ...]
    cue: Counts
    marks: Counts

    def counts(self, right: Test) -> Counts:
        """Precision and recall of the matched relations that are `right`."""
        counted = [judgement for judgement in self.judgements if not judgement.optional]
        return Counts(
            hit=sum(right(judgement) for judgement in counted if judgement.matched),
            gold=sum(judgement.gold is not None for judgement in counted),
            found=sum(judgement.found is not None for judgement in counted),
        )

    def share(self, right: Test, among: Test = lambda judgement: judgement.matched) -> float | None:
        """Percent of the judgements `among` which are `right`; None if there are none."""
        chosen = [judgement for judgement in self.judgements if not judgement.optional and among(judgement)]
        return round(100 * sum(map(right, chosen)) / len(chosen), 1) if chosen else None

    def only(self, keep: Callable[[Relation], bool]) -> Report:
        """The report over the gold relations to `keep` and the spurious ones to `keep`; cues and marks left out."""
        kept = tuple(j for j in self.judgements if (relation := j.gold or j.found) and keep(relation))
        return Report(self.documents, self.missing_documents, kept, Counts(0, 0, 0), Counts(0, 0, 0))

    def of_type(self, name: str) -> Report:
        """The report over the relations of one type: direct, indirect or mixed."""
        return self.only(lambda relation: relation.type == name)

    def of_kind(self, name: str) -> Report:
        """The report over the relations whose speaker is of one kind: person, organization …"""
        return self.only(lambda relation: relation.kind == name)

    @property
    def who_said_what(self) -> Counts:
        """Content and speaker both right."""
        return self.counts(lambda judgement: judgement.speaker_right)

    @property
    def content(self) -> Counts:
        """Contents that match, speaker aside."""
        return self.counts(lambda judgement: judgement.matched)

    @property
    def tight_content(self) -> Counts:
        """Contents that match nearly letter for letter, speaker aside."""
        return self.counts(lambda judgement: judgement.tight)

    @property
    def accuracies(self) -> dict[str, float | None]:
        """Percent right among the relations whose content matches, role by role; None where there are none."""
        return {
            "source": self.share(lambda judgement: judgement.source_right),
            "speaker": self.share(lambda judgement: judgement.speaker_right),
            "speaker-full": self.share(lambda judgement: judgement.full_name_right),
            "speaker where elided": self.share(lambda j: j.speaker_right, among=lambda j: j.elided),
            "type": self.share(lambda judgement: judgement.type_right),
        }

    @property
    def ratios(self) -> dict[str, Counts]:
        """The figures that have precision, recall and F1."""
        return {
            "who-said-what": self.who_said_what,
            "content@0.5": self.content,
            "content@0.9": self.tight_content,
            "cue": self.cue,
            "marks": self.marks,
        }

    @property
    def figures(self) -> dict[str, float | None]:
        """Every figure by the name that floors and tables use, in percent: `cue F1`, `source` …"""
        found: dict[str, float | None] = {}
        for name, counts in self.ratios.items():
            found |= {f"{name} F1": counts.f1, f"{name} P": counts.precision, f"{name} R": counts.recall}
        return found | self.accuracies

    def as_dict(self) -> dict[str, object]:
        """The figures under the keys of score.py, ready for JSON."""
        by_type = {name: self.of_type(name) for name in TYPES}
        ratios = {name: {"P": c.precision, "R": c.recall, "F1": c.f1} for name, c in self.ratios.items()}
        marks_and_cue = {name: ratios.pop(name) for name in ("cue", "marks")}
        return {
            "documents": self.documents,
            "missing documents": self.missing_documents,
            "gold": self.content.gold,
            "pred": self.content.found,
            **ratios,
            "recall by type": {name: _recall(report.content) for name, report in by_type.items()},
            "who-said-what recall by type": {name: _recall(report.who_said_what) for name, report in by_type.items()},
            **marks_and_cue,
            **self.accuracies,
        }


def _recall(counts: Counts) -> float | None:
    # 100 * hit before the division, as score.py rounds its accuracies.
    return round(100 * counts.hit / counts.gold, 1) if counts.gold else None
