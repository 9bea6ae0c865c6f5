"""Evidence: named features, and weights that turn them into a probability."""

from __future__ import annotations

import pytest

from attribution.evidence import Weights, cue_features, load_weights, subject_features
from attribution.openings import find_openings
from tests.units.read import cues_of, phrases_of


def test_a_probability_lies_between_nothing_and_certainty():
    weights = Weights(0.0, {"one": 1000.0, "other": -1000.0}, 0.5)
    assert weights.probability({}) == 0.5
    assert 0.0 < weights.probability({"other": 1.0}) < weights.probability({"one": 1.0}) < 1.0
    assert weights.probability({"unheard of": 1.0}) == 0.5


def test_the_features_that_spoke_loudest_come_first():
    weights = Weights(0.0, {"a": 1.0, "b": -3.0, "c": 2.0}, 0.5)
    assert weights.strongest({"a": 1.0, "b": 1.0, "c": 1.0}, 2) == [("b", -3.0), ("c", 2.0)]


@pytest.mark.parametrize("name", ["cue", "subject"])
def test_the_bundled_weights_can_decide(name: str):
    weights = load_weights(name)
    assert weights.weights
    assert 0.0 < weights.threshold < 1.0


@pytest.mark.parametrize("text", ["قال الوزير إن الحل قريب", "الحل قريب، بحسب الوزير", "قال الوزير: «الحل قريب جدا»"])
def test_every_feature_of_a_cue_is_named_and_bounded(text: str):
    phrases = phrases_of(text)
    for cue, opening in find_openings(phrases, cues_of(text)):
        features = cue_features(phrases, cue, opening)
        assert f"kind:{cue.reading.kind}" in features
        assert all(name and 0.0 <= value <= 1.0 for name, value in features.items())


def test_a_plain_statement_is_believed_and_a_false_friend_is_not():
    weights = load_weights("cue")

    def probability(text: str) -> float:
        phrases = phrases_of(text)
        return max(
            (weights.probability(cue_features(phrases, c, o)) for c, o in find_openings(phrases, cues_of(text))),
            default=0.0,
        )

    assert probability("قال الوزير إن الحل قريب") > weights.threshold
    assert probability("عرض التاجر البضاعة القديمة") < weights.threshold


def test_the_features_of_a_subject_tell_its_side():
    phrases = phrases_of("قال الوزير إن الحل قريب")
    (cue, *_) = cues_of("قال الوزير إن الحل قريب")
    features = subject_features(phrases, cue, 1, before=False)
    assert "side:after" in features
    assert "adjacent" in features
