from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from attribution.evaluation import Counts, Relation, evaluate, read_gold, read_predictions
from attribution.spans import Span
from tests.evaluation.gold import annotation, interval, prediction, write_gold, write_run

# score.py leaves its file to be closed by the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SHARED = Path(__file__).resolve().parents[3] / "shared" / "gold"
TEXT = "قال بوتين: «سنلتقي يوم الجمعة». وأضاف أن «القمة» مهمة. فاز «النصر» أمس."
QUOTE = [TEXT.index("سنلتقي"), TEXT.index("»")]
CLAUSE = [TEXT.index("أن «"), TEXT.index(". فاز")]
TEAM = [TEXT.index("النصر"), TEXT.index("» أمس")]
SAID, ADDED, PUTIN = [0, 3], [TEXT.index("أضاف"), TEXT.index("أضاف") + 4], [4, 9]
GOLD = [annotation(QUOTE, cue=SAID, source=PUTIN), annotation(CLAUSE, cue=ADDED, type="mixed")]


def figures(tmp_path: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of one document, the same from us and, where it is at hand, from score.py."""
    folder = write_gold(tmp_path / "gold", {"a": (TEXT, gold)}, {"a": [TEAM]})
    run = write_run(tmp_path / "run.jsonl", {"a": found})
    ours = evaluate(read_gold(folder), read_predictions(run)).as_dict()
    if SHARED.is_dir():
        assert ours == theirs(folder, run)
    return ours


def theirs(folder: Path, run: Path) -> dict[str, Any]:
    """What the gold folder's own score.py says."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result, _ = module.score(folder, run)
    return dict(result)


def test_a_perfect_run(tmp_path: Path):
    found = [prediction(QUOTE, cue=SAID, source=PUTIN), prediction(CLAUSE, cue=ADDED, type="mixed")]
    result = figures(tmp_path, GOLD, found)
    for name in ("who-said-what", "content@0.5", "content@0.9", "cue", "marks"):
        assert result[name] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert [result[name] for name in ("source", "speaker", "speaker-full", "speaker where elided", "type")] == [
        100.0
    ] * 5
    assert result["recall by type"] == {"direct": 100.0, "indirect": None, "mixed": 100.0}


def test_a_wrong_speaker_keeps_the_content(tmp_path: Path):
    found = [prediction(QUOTE, cue=SAID, source=PUTIN, speaker="ترمب"), prediction(CLAUSE, cue=ADDED, type="mixed")]
    result = figures(tmp_path, GOLD, found)
    assert result["who-said-what"] == {"P": 50.0, "R": 50.0, "F1": 50.0}
    assert result["content@0.5"]["F1"] == 100.0
    assert (result["speaker"], result["speaker where elided"]) == (50.0, 100.0)


def test_a_surname_is_the_speaker_but_not_the_full_name(tmp_path: Path):
    result = figures(tmp_path, GOLD, [prediction(QUOTE, speaker="بوتين")])
    assert (result["speaker"], result["speaker-full"], result["source"]) == (100.0, 0.0, 0.0)
    assert result["who-said-what"] == {"P": 100.0, "R": 50.0, "F1": 66.7}


def test_a_team_in_marks_taken_for_speech_costs_precision(tmp_path: Path):
    result = figures(tmp_path, GOLD, [prediction(QUOTE), prediction(TEAM)])
    assert result["content@0.5"] == {"P": 50.0, "R": 50.0, "F1": 50.0}
    assert result["marks"] == {"P": 50.0, "R": 50.0, "F1": 50.0}


def test_optional_attributions_cost_nothing(tmp_path: Path):
    gold = [GOLD[0], GOLD[1] | {"optional": True}]
    without = figures(tmp_path, gold, [prediction(QUOTE, cue=SAID)])
    having = figures(tmp_path, gold, [prediction(QUOTE, cue=SAID), prediction(CLAUSE, cue=ADDED, speaker="غيره")])
    for result in (without, having):
        assert (result["gold"], result["pred"], result["who-said-what"]["F1"], result["cue"]["F1"]) == (
            1,
            1,
            100.0,
            100.0,
        )


def test_loose_boundaries_match_at_half_only(tmp_path: Path):
    result = figures(tmp_path, GOLD[:1], [prediction([QUOTE[0], QUOTE[1] - 5])])
    assert (result["content@0.5"]["F1"], result["content@0.9"]["F1"]) == (100.0, 0.0)


def test_an_empty_run_scores_nothing(tmp_path: Path):
    result = figures(tmp_path, GOLD, [])
    assert result["who-said-what"] == {"P": 0.0, "R": 0.0, "F1": 0.0}
    assert result["speaker"] is None


def test_a_document_the_run_lacks_is_counted_missing(tmp_path: Path):
    folder = write_gold(tmp_path, {"a": (TEXT, GOLD), "b": (TEXT, GOLD)})
    report = evaluate(read_gold(folder), {"b": (), "c": (Relation((Span(0, 1),), None, None, None, None),)})
    assert (report.documents, report.missing_documents, report.content) == (2, 1, Counts(0, 4, 0))


def test_breakdowns_split_the_gold(tmp_path: Path):
    folder = write_gold(tmp_path / "g", {"a": (TEXT, [GOLD[0], GOLD[1] | {"kind": "document"}])})
    run = write_run(tmp_path / "r", {"a": [prediction(QUOTE), prediction(TEAM, type="indirect")]})
    report = evaluate(read_gold(folder), read_predictions(run))
    assert report.of_type("direct").content == Counts(1, 1, 1)
    assert report.of_type("indirect").content == Counts(0, 0, 1)
    assert report.of_kind("document").content == Counts(0, 1, 0)
    assert report.of_kind("person").who_said_what == Counts(1, 1, 2)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/gold is absent: nothing to compare with")
@pytest.mark.parametrize("seed", range(6))
def test_figures_equal_score_py_on_spoiled_gold(tmp_path: Path, seed: int):
    """Real gold, spoiled in every way at random, scored by both."""
    chance = random.Random(seed)
    gold = read_gold(SHARED / ("seed" if seed == 0 else "dev"))
    spoiled = {
        d.id: [spoil(r, chance) for r in d.relations if chance.random() > 0.1] + stray(d.text, chance) for d in gold
    }
    run = write_run(tmp_path / "run.jsonl", {name: found for name, found in spoiled.items() if chance.random() > 0.05})
    folder = SHARED / ("seed" if seed == 0 else "dev")
    assert json.dumps(evaluate(gold, read_predictions(run)).as_dict()) == json.dumps(theirs(folder, run))


def spoil(relation: Relation, chance: random.Random) -> dict[str, Any]:
    """`relation` as a prediction, any part of it perhaps wrong."""

    def moved(span: Span | None) -> list[int] | None:
        if span is None or chance.random() < 0.1:
            return None
        return [max(0, span.start + chance.choice([0, 0, -3, 4])), span.end + chance.choice([0, 0, 5, 30])]

    names = [relation.speaker] * 6 + [(relation.speaker or "س").split()[-1], "فلان الفلاني", None]
    found = prediction(
        *(
            [max(0, s.start - chance.choice([0, 0, 9])), s.end + chance.choice([0, 0, 20, 60])]
            for s in relation.content
        ),
        cue=moved(relation.cue),
        source=moved(relation.source),
        speaker=chance.choice(names),
        type=chance.choice([relation.type, relation.type, "direct"]),
    )
    return found if chance.random() < 0.9 else found | {"cue": None, "source": None}


def stray(text: str, chance: random.Random) -> list[dict[str, Any]]:
    """A few spurious predictions."""
    starts = [chance.randrange(max(1, len(text) - 40)) for _ in range(chance.randrange(3))]
    return [prediction([start, start + 40]) | {"cue": {"span": interval([start, start + 3])}} for start in starts]
