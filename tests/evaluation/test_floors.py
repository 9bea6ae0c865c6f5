from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution.errors import InputError, SettingsError
from attribution.evaluation import GoldDocument, choose, evaluate_subsets, read_floors, shortfalls

GOLD = tuple(GoldDocument(name, "", (), ()) for name in ("dev00", "dev01", "dev10", "seed", "a-b"))
CI_FLOORS = Path(__file__).resolve().parents[2] / ".ci" / "floors.json"


@pytest.mark.parametrize(
    ("subset", "ids"),
    [
        ("seed", ["seed"]),
        ("dev00-dev05", ["dev00", "dev01"]),
        ("dev10, seed,dev00-dev01", ["dev10", "seed", "dev00", "dev01"]),
        ("a-b", ["a-b"]),
    ],
)
def test_subsets(subset: str, ids: list[str]):
    assert [document.id for document in choose(GOLD, subset)] == ids


@pytest.mark.parametrize("subset", ["", "dev", "dev20-dev30", "seed,no"])
def test_a_subset_that_chooses_nothing_is_refused(subset: str):
    with pytest.raises(SettingsError, match="no annotated text is in"):
        choose(GOLD, subset)


def test_all_is_every_document():
    reports = evaluate_subsets(GOLD, {}, ["all", "seed", "seed"])
    assert {name: report.documents for name, report in reports.items()} == {"all": 5, "seed": 1}


def test_a_figure_below_or_unmeasured_falls_short():
    reports = evaluate_subsets(GOLD, {}, ["seed"])
    fallen = shortfalls(reports, {"seed": {"cue F1": 0.0, "marks F1": 0.1, "speaker": 50}})
    assert [(f.figure, f.value) for f in fallen] == [("marks F1", 0.0), ("speaker", None)]
    assert str(fallen[0]) == "seed: marks F1 is 0.0, below its floor 0.1"


def test_a_floor_that_no_report_answers_falls_short():
    assert len(shortfalls(evaluate_subsets(GOLD, {}, ["seed"]), {"dev00": {"cue F1": 1}})) == 1


def test_a_floor_under_no_figure_is_refused():
    with pytest.raises(SettingsError, match="no figure is called 'cue'; there are: who-said-what F1"):
        shortfalls(evaluate_subsets(GOLD, {}, ["seed"]), {"seed": {"cue": 1}})


def test_a_wrong_floors_file_is_named(tmp_path: Path):
    (tmp_path / "floors.json").write_text('{"seed": {"cue F1": "high"}}')
    with pytest.raises(InputError, match=r"floors\.json: seed\.cue F1: Input should be a valid number"):
        read_floors(tmp_path / "floors.json")


def test_the_floors_of_the_checks_name_figures():
    floors = read_floors(CI_FLOORS)
    assert floors == json.loads(CI_FLOORS.read_text())
    shortfalls(dict.fromkeys(floors, evaluate_subsets(GOLD, {}, ["all"])["all"]), floors)
