from __future__ import annotations

from pathlib import Path
from typing import Any

from attribution.evaluation import (
    GoldDocument,
    Relation,
    evaluate,
    gains_and_losses,
    judge_marks,
    mistakes,
    read_gold,
    read_predictions,
)
from tests.evaluation.gold import annotation, prediction, write_gold, write_run

TEXT = "قال بوتين: «سنلتقي يوم الجمعة». وأضاف أن القمة مهمة. وفاز «النصر» أمس."
QUOTE = [TEXT.index("سنلتقي"), TEXT.index("»")]
CLAUSE = [TEXT.index("أن القمة"), TEXT.index(". وفاز")]
TEAM = [TEXT.index("النصر"), TEXT.index("» أمس")]
PUTIN = [4, 9]
GOLD = [annotation(QUOTE, source=PUTIN), annotation(CLAUSE, type="indirect"), annotation(TEAM, optional=True)]


def gold(tmp_path: Path) -> tuple[GoldDocument, ...]:
    return read_gold(write_gold(tmp_path / "gold", {"a": (TEXT, GOLD)}))


def run(tmp_path: Path, *found: dict[str, Any]) -> dict[str, tuple[Relation, ...]]:
    return read_predictions(write_run(tmp_path / "run.jsonl", {"a": list(found)}))


def listed(tmp_path: Path, *found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    report = evaluate(gold(tmp_path), run(tmp_path, *found))
    return [(m.kind, m.gold, m.found, m.words) for m in mistakes(report, {"a": TEXT})]


RIGHT = (prediction(QUOTE, source=PUTIN), prediction(CLAUSE, type="indirect"))


def test_a_right_run_has_no_mistakes_and_optional_ones_are_none(tmp_path: Path):
    assert listed(tmp_path, *RIGHT) == []


def test_missed_and_spurious(tmp_path: Path):
    spurious = prediction([0, 9], speaker=None)
    assert listed(tmp_path, RIGHT[0], spurious) == [
        ("missed", "فلاديمير بوتين", "∅", "أن القمة مهمة"),
        ("spurious", "∅", "∅", "قال بوتين"),
    ]


def test_one_relation_can_be_wrong_in_four_ways(tmp_path: Path):
    wrong = prediction([QUOTE[0], QUOTE[1] - 4], speaker="ترمب", type="mixed", source=[0, 3])
    assert listed(tmp_path, wrong, RIGHT[1]) == [
        ("speaker", "فلاديمير بوتين", "ترمب", "سنلتقي يوم الجمعة"),
        ("boundaries", "سنلتقي يوم الجمعة", "سنلتقي يوم ال", "سنلتقي يوم الجمعة"),
        ("type", "direct", "mixed", "سنلتقي يوم الجمعة"),
        ("source", "بوتين", "قال", "سنلتقي يوم الجمعة"),
    ]


def test_a_source_where_it_is_elided(tmp_path: Path):
    wrong = prediction(CLAUSE, type="indirect", source=PUTIN)
    assert listed(tmp_path, RIGHT[0], wrong) == [("source", "∅", "بوتين", "أن القمة مهمة")]


def test_another_cue_and_a_cue_where_gold_has_none(tmp_path: Path):
    with_cue = prediction(QUOTE, source=PUTIN, cue=[0, 3])
    assert listed(tmp_path, with_cue, RIGHT[1]) == [("cue", "∅", "قال", "سنلتقي يوم الجمعة")]


def test_marks_are_judged_stretch_by_stretch(tmp_path: Path):
    (document,) = gold(tmp_path)
    found = run(tmp_path, prediction(TEAM))["a"]
    judged = [(mark.span.of(TEXT), mark.in_gold, mark.in_found, mark.right) for mark in judge_marks(document, found)]
    assert judged == [("سنلتقي يوم الجمعة", True, False, False), ("النصر", True, True, True)]


def test_gains_and_losses_are_the_strings(tmp_path: Path):
    documents = gold(tmp_path)
    before = run(tmp_path, RIGHT[0], prediction([0, 9], speaker="س"))
    after = run(tmp_path, prediction(QUOTE, speaker="ترمب"), RIGHT[1])
    gains, losses = gains_and_losses(documents, before, after)
    assert [(c.words, c.gold, c.before, c.after) for c in gains] == [
        ("قال بوتين", "∅", "spurious: س", "not found"),
        ("أن القمة مهمة", "فلاديمير بوتين", "missed", "فلاديمير بوتين"),
    ]
    assert [(c.words, c.before, c.after) for c in losses] == [("سنلتقي يوم الجمعة", "فلاديمير بوتين", "ترمب")]
    assert gains_and_losses(documents, after, before) == (
        tuple(type(c)(c.document, c.words, c.gold, c.after, c.before) for c in losses),
        tuple(type(c)(c.document, c.words, c.gold, c.after, c.before) for c in gains),
    )


def test_a_run_against_itself_changes_nothing(tmp_path: Path):
    found = run(tmp_path, RIGHT[0], prediction([0, 9]))
    assert gains_and_losses(gold(tmp_path), found, found) == ((), ())
