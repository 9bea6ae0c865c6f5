"""How well attributions were found: figures, mistakes, floors, and what one run gained and lost against another."""

from __future__ import annotations

from attribution.evaluation.figures import KINDS, TYPES, Counts, Judgement, MarkJudgement, Report
from attribution.evaluation.floors import ALL, Shortfall, choose, evaluate_subsets, read_floors, shortfalls
from attribution.evaluation.mistakes import Change, Mistake, gains_and_losses, mistakes, mistakes_of
from attribution.evaluation.scores import evaluate, judge_marks
from attribution.formats.gold import GoldDocument, Relation, read_gold, read_predictions, relations_of

__all__ = [
    "ALL",
    "KINDS",
    "TYPES",
    "Change",
    "Counts",
    "GoldDocument",
    "Judgement",
    "MarkJudgement",
    "Mistake",
    "Relation",
    "Report",
    "Shortfall",
    "choose",
    "evaluate",
    "evaluate_subsets",
    "gains_and_losses",
    "judge_marks",
    "mistakes",
    "mistakes_of",
    "read_floors",
    "read_gold",
    "read_predictions",
    "relations_of",
    "shortfalls",
]
