"""Errors say where and what; settings and records refuse what is impossible."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from attribution import (
    AttributedDocument,
    AttributionError,
    Content,
    InputError,
    LexiconError,
    ModelError,
    Settings,
    SettingsError,
    TextSpan,
)
from tests.units.read import LINEAR


@pytest.mark.parametrize("kind", [InputError, LexiconError, ModelError, SettingsError])
def test_every_error_is_of_the_family(kind: type[Exception]):
    assert issubclass(kind, AttributionError)


def test_an_input_error_says_where():
    error = InputError("cannot be read", path="a.txt", line=3)
    assert str(error) == "a.txt:3: cannot be read"
    assert (error.path, error.line) == (Path("a.txt"), 3)
    assert str(InputError("cannot be read", path="a.txt")) == "a.txt: cannot be read"
    assert str(InputError("cannot be read")) == "cannot be read"


def test_a_lexicon_error_says_which_key():
    error = LexiconError("is missing", path="x.toml", table="verb", key="lemma")
    assert str(error) == "x.toml: [verb.lemma] is missing"
    assert (error.table, error.key) == ("verb", "lemma")


@pytest.mark.parametrize(
    "wrong",
    [{"stand_in_words": 0}, {"frame_words": 3}, {"min_confidence": 1.5}, {"min_confidence": -0.1}, {"unheard_of": 1}],
)
def test_impossible_settings_are_refused(wrong: dict[str, float]):
    with pytest.raises(ValidationError):
        Settings(**wrong)


def test_settings_and_records_are_frozen():
    with pytest.raises(ValidationError):
        Settings().frames = False
    with pytest.raises(ValidationError):
        LINEAR.extract("قال نعم").id = "other"


def test_a_content_has_at_least_one_span():
    with pytest.raises(ValidationError):
        Content(spans=())


def test_a_record_refuses_a_field_it_does_not_know():
    with pytest.raises(ValidationError):
        TextSpan(start=0, end=1, text="أ", colour="red")
    with pytest.raises(ValidationError):
        AttributedDocument.model_validate({**LINEAR.extract("قال نعم").model_dump(), "extra": 1})


def test_a_content_reads_as_its_pieces():
    spans = (TextSpan(start=0, end=2, text="لن"), TextSpan(start=5, end=9, text="نقبل"))
    assert Content(spans=spans).text == "لن … نقبل"
