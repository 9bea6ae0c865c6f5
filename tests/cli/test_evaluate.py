from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.evaluation.gold import annotation, prediction, write_gold, write_run

Command = Callable[..., Result]
TEXT = "قال بوتين: «سنلتقي الجمعة»."
QUOTE = [TEXT.index("سنلتقي"), TEXT.index("»")]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold", {name: (TEXT, [annotation(QUOTE)]) for name in ("d1", "d2")})


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run.jsonl", {"d1": [prediction(QUOTE)], "d2": [prediction(QUOTE, speaker="ترمب")]})


def test_tables(command: Command, gold: Path, run: Path):
    result = command("evaluate", gold, run, "--errors", 5)
    assert result.exit_code == 0
    for part in (
        "who-said-what",
        "50.0 / 50.0 / 50.0",
        "by type and by kind",
        "speaker (direct)",
        "1 mistakes: 1 speaker",
    ):
        assert part in result.stdout


def test_json_of_one_and_of_several_subsets(command: Command, gold: Path, run: Path):
    assert json.loads(command("evaluate", gold, run, "--json").stdout)["who-said-what"]["F1"] == 50.0
    two = json.loads(command("evaluate", gold, run, "--json", "--subset", "d1", "--subset", "d1-d2").stdout)
    assert {name: figures["speaker"] for name, figures in two.items()} == {"d1": 100.0, "d1-d2": 50.0}


def test_against_an_earlier_run(command: Command, gold: Path, run: Path, tmp_path: Path):
    earlier = write_run(tmp_path / "earlier.jsonl", {"d1": [], "d2": [prediction(QUOTE)]})
    result = command("evaluate", gold, run, "--against", earlier)
    assert "gained 1, lost 1" in result.stdout
    part = command("evaluate", gold, run, "--against", earlier, "--subset", "d2")
    assert "gained 0, lost 1" in part.stdout


def test_floors_hold_or_fail(command: Command, gold: Path, run: Path, tmp_path: Path):
    floors = tmp_path / "floors.json"
    floors.write_text('{"d1": {"who-said-what F1": 100}, "d1-d2": {"speaker": 50}}')
    assert command("evaluate", gold, run, "--floors", floors).exit_code == 0
    floors.write_text('{"d1": {"who-said-what F1": 100}, "d2": {"speaker": 50}}')
    result = command("evaluate", gold, run, "--floors", floors)
    assert (result.exit_code, result.stderr) == (1, "error: d2: speaker is 0.0, below its floor 50.0\n")


def test_what_cannot_be_read_is_named(command: Command, gold: Path, tmp_path: Path):
    absent = command("evaluate", gold, tmp_path / "no.jsonl")
    assert (absent.exit_code, "no.jsonl: cannot be read" in absent.stderr) == (1, True)
    empty = command("evaluate", tmp_path / "nothing", tmp_path / "no.jsonl")
    assert (empty.exit_code, "nothing: holds no annotations" in empty.stderr) == (1, True)
    (tmp_path / "p.jsonl").write_text("{}")
    bad = command("evaluate", gold, tmp_path / "p.jsonl")
    assert (bad.exit_code, bad.stderr) == (1, f"error: {tmp_path / 'p.jsonl'}:1: id: Field required\n")
    (tmp_path / "p.jsonl").write_text("")
    assert command("evaluate", gold, tmp_path / "p.jsonl", "--subset", "x9").exit_code == 2


def test_page_of_mistakes_holds_the_documents_of_the_subsets(command: Command, gold: Path, run: Path, tmp_path: Path):
    page = tmp_path / "report.html"
    result = command("evaluate", gold, run, "--html", page, "--against", run, "--subset", "d2", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    text = page.read_text("utf-8")
    assert '<section class="article" id="article-0"' in text
    assert "article-1" not in text
    assert "<bdi>ترمب</bdi>" in text
    assert "ما كُسب (0)" in text
