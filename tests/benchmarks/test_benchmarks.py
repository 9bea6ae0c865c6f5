from __future__ import annotations

import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from attribution import Extractor, pipeline
from attribution.syntax.tree import EMPTY
from benchmarks import __main__ as bench
from benchmarks import contenders, extras
from benchmarks.articles import articles, generated
from benchmarks.stopwatch import FUNCTIONS, STANZA, Stopwatch

SAID = "وقال الوزير محمد العلي إن الاجتماع سيعقد غدا."


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


class PipelinedParser:
    """A parser over something it calls `pipeline`, as the one over Stanza is."""

    name = "pipelined"

    def __init__(self) -> None:
        self.pipeline = lambda units: busy(0.05)

    def parse(self, units: list[str]) -> list[Any]:
        busy(0.02)
        self.pipeline(units)
        return [EMPTY] * len(units)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Extractor:
    for name in FUNCTIONS:
        if hasattr(pipeline, name):
            monkeypatch.setattr(pipeline, name, getattr(pipeline, name))
    return Extractor(PipelinedParser())


def test_without_news_articles_are_made_up_and_always_the_same():
    made = articles(3, Path("/none"))
    assert made == [generated(0), generated(1), generated(2)]
    assert len(set(made)) == 3
    assert all(200 < len(text.split()) < 500 for text in made)


def test_a_step_is_charged_for_itself_only(watched: Extractor):
    watch = Stopwatch(watched)
    begun = time.process_time()
    watched.extract(SAID)
    shares = watch.shares(time.process_time() - begun)
    assert 0.04 < watch.seconds[STANZA] < 0.065
    assert 0.015 < watch.seconds["adapter"] < 0.035
    assert watch.seconds["find cues"] > 0
    assert sum(shares.values()) == pytest.approx(1, abs=0.02)
    assert next(iter(shares)) == STANZA


def test_every_step_that_is_timed_is_one_of_the_pipeline():
    known = [name for name in FUNCTIONS if hasattr(pipeline, name)]
    assert len(known) >= len(FUNCTIONS) - 1, sorted(set(FUNCTIONS) - set(known))


class Here:
    """An executor that works at once, in this process."""

    def submit(self, function: Any, *arguments: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*arguments))
        return done


def test_lengths_are_counted_against_one_article(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(contenders._here, "run", lambda texts: busy(0.002 * sum(len(t.split("\n")) for t in texts)))
    found = extras.lengths("x", Here())  # type: ignore[arg-type]
    assert list(found) == [1, 2, 4, 8, 16, 32, 64]
    assert found[1] == pytest.approx(1, rel=0.5)
    assert found[64] == pytest.approx(64, rel=0.3)
    assert extras.joined(["x", "y"], Here()) == pytest.approx(1, rel=0.5)  # type: ignore[arg-type]


def test_the_naive_way_has_no_shortcuts():
    found = contenders.naive_pipeline(no_ssplit=False)
    assert "predict" not in vars(found.processors["depparse"].trainer.model)
    assert "process" not in vars(found.processors["mwt"])
    assert len(found("قال الوزير إن الاجتماع سيعقد غدا.").sentences) == 1


def test_shares_are_printed_largest_first(capsys: pytest.CaptureFixture[str]):
    bench.show_shares({STANZA: 0.9, "fold": 0.06, "frame": 0.04})
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].split() == ["outside", "Stanza", "10.0%"]
    assert [line.split() for line in lines[1:3]] == [["fold", "6.0%"], ["frame", "4.0%"]]
