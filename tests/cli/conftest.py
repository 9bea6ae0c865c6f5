"""The command line over a stub in place of the parser: one seam, `attribute`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from attribution.cli import app
from attribution.records import Article, AttributedDocument
from tests.formats.documents import document


@dataclass(frozen=True)
class StubFailure:
    id: str
    error: str


@dataclass
class Calls:
    """What the stub was asked for."""

    model: str | None = None
    lexicon: tuple[Path, ...] = ()
    device: str | None = None


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The stub is in place: a text with بوتين gives two attributions, one with خطأ fails, any other gives none."""
    seen = Calls()

    def attribute(
        articles: Iterable[Article], *, model: str, lexicon: tuple[Path, ...], device: str = "cpu"
    ) -> Iterator[AttributedDocument | StubFailure]:
        seen.model, seen.lexicon, seen.device = model, lexicon, device
        for article in articles:
            if "خطأ" in article.text:
                yield StubFailure(article.id, "the parser gave up")
            else:
                found = None if "بوتين" in article.text else ()
                yield document(article.id, article.text, found, metadata=article.metadata)

    monkeypatch.setattr("attribution.cli.extract.attribute", attribute)
    return seen


@pytest.fixture
def command() -> Callable[..., Result]:
    """The command `attribution`, called with arguments of any kind."""

    def call(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return call
