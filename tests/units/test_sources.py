"""Sources: who stands beside a cue, who relays, who is told."""

from __future__ import annotations

import pytest

from attribution.spans import Span
from attribution.text.folding import fold
from tests.units.read import sources_of


def of(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال الوزير إن الحل قريب", "الوزير"),
        ("قال وزير الخارجية سيرغي لافروف إن الحل قريب", "وزير الخارجية سيرغي لافروف"),
        ("وأضاف أن الحل قريب", None),
        ("الحل قريب، بحسب الوزير", "الوزير"),
        ("الحل قريب، وفقا لمصدر أمني", "مصدر أمني"),
        ("قال الوزير، أمس، إن الحل قريب", "الوزير"),
        ("قال الوزير: «الحل قريب جدا»", "الوزير"),
    ],
)
def test_the_source_beside_a_cue(text: str, source: str | None):
    assert of(sources_of(text)[0].span, text) == source


def test_the_medium_is_not_the_source():
    text = "ونقلت رويترز عن مسؤول أميركي قوله إن الحل قريب"
    found = sources_of(text)[-1]
    assert of(found.span, text) == "مسؤول أميركي"
    assert of(found.medium, text) == "رويترز"


def test_the_addressee_between_cue_and_content():
    text = "قال الوزير لـ«الحياة» إن الحل قريب"
    folded = fold(text)
    found = sources_of(text)[0]
    assert of(found.addressee, folded.text) == "الحياة"
    assert (of(found.span, folded.text) or "").startswith("الوزير")


def test_a_participle_has_no_source_of_its_own():
    text = "قال الوزير إن الحل قريب، مشيرا إلى أن العمل مستمر"
    assert of(sources_of(text)[1].span, text) is None


@pytest.mark.parametrize(("noun", "clitic"), [("قوله", "ه"), ("قولها", "ها"), ("قولهم", "هم")])
def test_a_clitic_stands_for_the_speaker(noun: str, clitic: str):
    assert sources_of(f"وفي بيان {noun} إن الحل قريب")[0].clitic == clitic


def test_every_source_gives_its_reasons():
    for text in ("قال الوزير إن الحل قريب", "وأضاف أن الحل قريب", "الحل قريب، بحسب الوزير"):
        found = sources_of(text)[0]
        assert found.reasons
        assert all(reason.rule.startswith("source.") for reason in found.reasons)
