from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from attribution.evaluation import Change, evaluate_subsets, mistakes, read_gold, read_predictions
from attribution.render.scores import breakdown_table, changes_table, figures_table, mistakes_table
from tests.evaluation.gold import annotation, prediction, write_gold, write_run

TEXT = "قال بوتين: «سنلتقي الجمعة»."
QUOTE = [TEXT.index("سنلتقي"), TEXT.index("»")]


def printed(*found: object) -> str:
    console = Console(file=io.StringIO(), width=150)
    for one in found:
        console.print(one)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def reports(tmp_path: Path):
    gold = read_gold(write_gold(tmp_path / "g", {"a": (TEXT, [annotation(QUOTE)]), "b": (TEXT, [annotation(QUOTE)])}))
    return evaluate_subsets(
        gold, read_predictions(write_run(tmp_path / "r", {"a": [prediction(QUOTE)]})), ["a", "b", "all"]
    )


def test_figures_have_a_column_a_subset(tmp_path: Path):
    rows = {
        line.split("│")[1].strip(): line.split("│")[2:-1]
        for line in printed(figures_table(reports(tmp_path))).splitlines()
        if "│" in line
    }
    assert [cell.strip() for cell in rows["who-said-what"]] == [
        "100.0 / 100.0 / 100.0",
        "0.0 / 0.0 / 0.0",
        "100.0 / 50.0 / 66.7",
    ]
    assert [cell.strip() for cell in rows["speaker"]] == ["100.0", "–", "100.0"]
    assert [cell.strip() for cell in rows["missing documents"]] == ["0", "1", "1"]


def test_breakdown_has_types_and_kinds(tmp_path: Path):
    text = printed(breakdown_table(reports(tmp_path)["all"], "all"))
    rows = {
        line.split("│")[1].strip(): [cell.strip() for cell in line.split("│")[2:-1]]
        for line in text.splitlines()
        if "│" in line
    }
    assert rows["direct"][:3] == rows["person"][:3] == ["2", "1", "50.0"]
    assert rows["mixed"][:3] == ["0", "0", "–"]


def test_mistakes_are_cut_at_the_limit_and_all_counted(tmp_path: Path):
    found = mistakes(reports(tmp_path)["b"], {"b": TEXT}) * 3
    text = printed(mistakes_table(found, 1))
    assert text.count("missed (direct)") == 1
    assert "3 mistakes: 3 missed" in text
    assert "no mistakes" in printed(mistakes_table((), 5))


def test_changes_show_words_and_both_verdicts():
    change = Change("a", "سنلتقي الجمعة", "بوتين", "missed", "بوتين")
    text = printed(changes_table([change], []))
    assert "gained 1, lost 0" in text
    assert "سنلتقي الجمعة" in text
    assert "missed" in text
    assert "losses" not in text
