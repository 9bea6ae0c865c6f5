"""Noun phrases on the order of the words: classes, and where a phrase ends."""

from __future__ import annotations

import pytest

from tests.units.read import phrases_of


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("قال الوزير إن الحل قريب", 0, "cue"),
        ("قال الوزير إن الحل قريب", 1, "noun"),
        ("قال الوزير إن الحل قريب", 2, "complementizer"),
        ("قال في بيان إن الحل قريب", 1, "preposition"),
        ("قال للصحافيين إن الحل قريب", 1, "oblique"),
        ("قال الذي حضر إن الحل قريب", 1, "relative"),
        ("قال أيضا إن الحل قريب", 1, "adverb"),
        ("قال «نعم نعم» ومضى", 1, "mark"),
        ("قال 25 عاملا إن الحل قريب", 1, "number"),
        ("قال، إن الحل قريب", 1, "punctuation"),
    ],
)
def test_word_classes(text: str, at: int, kind: str):
    assert phrases_of(text).word_class(at) == kind


def test_a_day_is_no_noun():
    assert phrases_of("قال أمس إن الحل قريب").word_class(1) in ("time", "adverb")


def test_outside_a_unit_there_is_nothing():
    phrases = phrases_of("قال الوزير نعم")
    assert phrases.form(-1) == phrases.form(3) == ""
    assert phrases.word_class(-1) == phrases.word_class(3) == "end"
    assert len(phrases) == 3


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("قال الوزير إن الحل قريب", "الوزير"),
        ("قال وزير الخارجية الروسي إن الحل قريب", "وزير الخارجية الروسي"),
        ("قال أمس الوزير إن الحل قريب", "الوزير"),
        ("قال في بيان إن الحل قريب", None),
        ("قال إن الحل قريب", None),
        ("قال المستشار الدبلوماسي، يوري أوشاكوف، إن الحل قريب", "المستشار الدبلوماسي، يوري أوشاكوف"),
        ("قال مدرب «الأهلي» إن الحل قريب", "مدرب «الأهلي»"),
    ],
)
def test_the_subject_after_a_cue(text: str, subject: str | None):
    phrases = phrases_of(text)
    found = phrases.subject_after(0, len(phrases))
    assert (phrases.span(*found).of(text) if found else None) == subject


def test_a_subject_stays_before_the_element_it_is_told_to_stop_at():
    phrases = phrases_of("قال وزير الخارجية الروسي إن الحل قريب")
    found = phrases.subject_after(0, 2)
    assert found is not None
    assert found[1] < 2


def test_a_mark_counts_its_words():
    phrases = phrases_of("قال «نعم ثم نعم» ومضى")
    assert phrases.mark_words(1) == 3
    assert phrases.mark_words(0) == 0
    assert phrases.name_mark(1)


def test_without_a_tree_there_are_no_tags():
    phrases = phrases_of("قال الوزير إن الحل قريب")
    assert phrases.parsed.upos(0) is None
    assert phrases.parsed.head(1) is None
    assert phrases.parsed.dependents(0) == ()
    assert phrases.parsed.reach(1) == (1, 1)
