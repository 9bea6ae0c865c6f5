from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from attribution.formats.jsonl import write_jsonl
from tests.cli.conftest import Calls
from tests.formats.documents import document
from tests.render_html.made import nested

Command = Callable[..., Result]


@pytest.fixture(autouse=True)
def stub(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stub of `calls` stands in `view` too, which has the function by its name."""
    from attribution.cli import extract

    monkeypatch.setattr("attribution.cli.view.attribute", extract.attribute)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder `news` with one text, and two files of records."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("قال بوتين: «نعم».", "utf-8")
    write_jsonl([document("one")], news / "1.jsonl")
    write_jsonl([document("two")], news / "2.JSONL")
    monkeypatch.chdir(news)
    return news


def title(page: Path) -> str:
    found = re.search("<title>(.*?)</title>", page.read_text("utf-8"))
    assert found is not None
    return found[1]


def names(page: Path) -> list[str]:
    return re.findall(r'<a href="#article-\d+">(?:<bdi>)?([^<]+)', page.read_text("utf-8"))


@pytest.mark.parametrize(
    ("inputs", "expected"), [(["."], "news"), (["a.txt"], "a"), (["1.jsonl", "a.txt"], "1"), (["-"], "stdin")]
)
def test_page_is_called_by_its_first_input(command: Command, folder: Path, inputs: list[str], expected: str):
    assert command("view", *inputs, "-o", "p.html", stdin="قال بوتين: «نعم».".encode()).exit_code == 0
    assert title(folder / "p.html") == expected


def test_reasons_lead_to_the_rules_at_the_address_given(command: Command, folder: Path):
    write_jsonl([nested()], folder / "3.jsonl")
    assert command("view", "3.jsonl", "-o", "p.html", "--rules-url", "site/rules.html").exit_code == 0
    linked = set(re.findall('<a href="site/rules.html#([^"]+)">', (folder / "p.html").read_text("utf-8")))
    assert linked == {reason.rule for a in nested().attributions for reason in a.evidence}


def test_records_and_texts_stand_in_one_page(command: Command, folder: Path):
    assert command("view", "1.jsonl", "2.JSONL", "a.txt", "-o", "p.html", "--title", "الكل").exit_code == 0
    assert title(folder / "p.html") == "الكل"
    assert {"one", "two", "a"} <= set(names(folder / "p.html"))


def test_what_cannot_be_read_is_told_and_the_rest_is_shown(command: Command, folder: Path):
    (folder / "cut.jsonl").write_bytes((folder / "1.jsonl").read_bytes() + b'{"id": "cu')
    (folder / "rows.jsonl").write_text('{"id": 7, "body": "x"}\n', "utf-8")
    inputs = ["none.jsonl", "cut.jsonl", "rows.jsonl", "2.JSONL", "none.txt"]
    result = command("view", *inputs, "-o", "p.html")
    assert result.exit_code == 1
    assert set(names(folder / "p.html")) == {"one", "two"}
    assert "none.jsonl: cannot be read" in result.stderr
    assert "cut.jsonl:2: no record of `attribution extract`: Invalid JSON" in result.stderr
    assert "rows.jsonl:1: no record of `attribution extract`: id: Input should be" in result.stderr
    assert "none.txt: cannot be read" in result.stderr


def test_if_nothing_can_be_read_the_old_page_stays(command: Command, folder: Path):
    (folder / "p.html").write_text("old", "utf-8")
    assert command("view", "none.jsonl", "-o", "p.html").exit_code == 1
    assert (folder / "p.html").read_text("utf-8") == "old"
