"""Whom an elided subject can mean, and who of them is taken."""

from __future__ import annotations

import pytest

from attribution import antecedents
from attribution.antecedents import Candidate, Link, Question, antecedent_features, best, compatible, find_candidates
from attribution.drafts import Draft
from attribution.evidence import Weights
from attribution.registry import Registry
from attribution.sources import find_source
from attribution.spans import Span
from attribution.text.folding import fold
from tests.units.read import LEXICON, LINEAR, contents_of, cues_of, phrases_of


def registry(text: str) -> Registry:
    return Registry(fold(text), LEXICON, {})


def span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def draft(text: str) -> Draft:
    """The last attribution of a text of one unit, its speaker not resolved."""
    cue, content = contents_of(text)[-1]
    return Draft(cue, content, find_source(phrases_of(text), cue, content, cues_of(text), first=True), 0)


@pytest.fixture
def weigh(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Weights to fill; a candidate without a weight has the probability of one half, the threshold is 0.1."""
    weights: dict[str, float] = {}
    monkeypatch.setattr(antecedents, "load_weights", lambda name: {"antecedent": Weights(0.0, weights, 0.1)}[name])
    return weights


def candidates(text: str, *speakers: str) -> dict[str, Candidate]:
    """The candidates for the last cue of `text` by name, where `speakers` have spoken before."""
    known = registry(text)
    asking = draft(text)
    assert asking.cue is not None
    reading = asking.cue.reading
    chain = []
    for name in speakers:
        entity = known.mention(span(name, text), None, None)
        assert entity is not None
        chain.append(Link((entity,), "speaker", text.index(name)))
    start = asking.cue.span.start
    question = Question(asking, start, reading.gender, reading.number, None, nested=False)
    return {one.entity.name: one for one in find_candidates(question, chain, known)}


def test_the_subjects_of_the_sentence_and_those_who_spoke_before_can_be_meant():
    text = "قال الوزير سمير حداد نعم وعقدت الوزيرة سميرة ناصر مؤتمرا وأكدت أن العمل مستمر"
    found = candidates(text, "سمير حداد", "سميرة ناصر")
    assert "chain:1" in found["سميرة ناصر"].traits
    assert "سمير حداد" not in found  # أكدت is feminine


def test_each_candidate_has_its_role_and_what_the_cue_is_like():
    text = "تحدث الوزير سمير حداد طويلا وأكد أن العمل مستمر"
    found = candidates(text)
    nearby = next(one for name, one in found.items() if "سمير" in name)
    assert {"nearby", "nearby:1", "nearby:plausible", "subject:None"} <= nearby.traits
    assert "nearby:1&joined:first" in nearby.traits
    assert [reason.rule for reason in nearby.reasons] == ["source.local-subject", "speaker.antecedent"]
    assert set(antecedent_features(nearby)) == nearby.traits


def test_the_likeliest_is_taken_and_the_first_of_equals(weigh: dict[str, float]):
    text = "قال سمير حداد نعم وقال سامي ناصر لا وأكد أن العمل مستمر"
    found = candidates(text, "سمير حداد", "سامي ناصر")
    both = [found["سامي ناصر"], found["سمير حداد"]]
    assert best(both) is both[0]
    weigh["chain:2"] = 1.0
    assert best(both) is both[1]


def test_nobody_is_taken_where_nobody_is_likely(weigh: dict[str, float]):
    found = candidates("قال سمير حداد نعم وأكد أن العمل مستمر", "سمير حداد")
    weigh["chain:1"] = -3.0
    assert best(list(found.values())) is None
    assert best([]) is None


def test_an_unlikely_speaker_is_not_told(weigh: dict[str, float]):
    text = "قال الوزير إن الحل قريب. وأضاف أن العمل مستمر."
    assert [a.speaker.name if a.speaker else None for a in LINEAR.extract(text).attributions] == ["الوزير", "الوزير"]
    weigh["chain:1"] = -3.0
    last = LINEAR.extract(text).attributions[-1]
    assert last.speaker is None
    assert "speaker.unknown" in [reason.rule for reason in last.evidence]


def test_whom_a_phrase_would_mean_is_not_made_an_entity_by_asking():
    text = "رفض الوزير سمير حداد التعليق"
    known = registry(text)
    asked = known.peek(span("الوزير سمير حداد", text))
    assert asked is not None
    assert (asked.number, asked.name, known.entities) == (-1, "سمير حداد", [])
    first = known.mention(span("الوزير سمير حداد", text), None, None)
    assert known.peek(span("سمير حداد", text)) is first
    assert known.peek(Span(0, 0)) is None


def test_asking_changes_no_entity_and_mentioning_gives_a_body_its_fuller_name():
    text = "جمعية الأطباء قالت نعم ثم جمعية الأطباء في مصر"
    known = registry(text)
    first = known.mention(span("جمعية الأطباء", text), None, None)
    fuller = Span(text.index("جمعية الأطباء في مصر"), len(text))
    assert first is not None
    assert known.peek(fuller) is first
    assert first.name == "جمعية الأطباء"
    assert known.mention(fuller, None, None) is first
    assert first.name == "جمعية الأطباء في مصر"


def test_god_is_nobody_whom_a_verb_may_mean():
    text = "رحم الله الفقيد"
    assert registry(text).peek(span("الله", text)) is None


@pytest.mark.parametrize(("between", "expected"), [(" ", "same"), ("\n\n", "next"), ("\nج\n", "far")])
def test_distance_is_told_in_paragraphs(between: str, expected: str):
    text = f"أ{between}ب"
    assert registry(text).distance(0, len(text) - 1) == expected


def test_agreement_of_an_entity():
    text = "الوزيرة"
    entity = registry(text).mention(Span(0, len(text)), "feminine", None)
    assert entity is not None
    assert compatible(entity, "feminine", None)
    assert compatible(entity, None, None)
    assert not compatible(entity, "masculine", "singular")
