"""Cues: every reading of every place, with what the words around say of it."""

from __future__ import annotations

import pytest

from attribution.text.folding import fold
from tests.units.read import cues_of, prepared


def written(text: str) -> list[str]:
    folded = fold(text)
    return [cue.span.of(folded.text) for cue in cues_of(text)]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("قال الوزير إن الحل قريب", ["قال"]),
        ("وأضاف أن الحل قريب", ["أضاف"]),
        ("سيعلن الوزير أن الحل قريب", ["سيعلن"]),
        ("بحسب الوزير، الحل قريب", ["بحسب"]),
        ("الحل قريب، على حد قول الوزير", ["على حد قول"]),
        ("نقلت الوكالة عن الوزير قوله إن الحل قريب", ["نقلت", "قوله"]),
        ("وصل الوفد إلى المطار", []),
    ],
)
def test_where_cues_stand(text: str, cues: list[str]):
    assert written(text) == cues


@pytest.mark.parametrize("word", ["قَالَ", "قـال", "وقالَ", "فقال"])
def test_dressed_and_glued_cues(word: str):
    (cue, *_) = cues_of(f"{word} الوزير إن الحل قريب")
    assert cue.reading.entry.lemma == "قال"
    assert cue.coordinated == (word[0] in "وف")


@pytest.mark.parametrize("form", ["اكد", "أكّد", "اکد"])
def test_careless_spelling_is_the_same_cue(form: str):
    (cue, *_) = cues_of(f"{form} الوزير ان الحل قريب")
    assert cue.reading.entry.lemma.startswith("أكد")


def test_negation_possibility_and_pluperfect_are_told():
    assert cues_of("لم يؤكد الوزير أن الحل قريب")[0].negated
    assert not cues_of("يؤكد الوزير أن الحل قريب")[0].negated
    assert cues_of("قد يعلن الوزير أن الحل قريب")[0].modal
    assert not cues_of("قد أعلن الوزير أن الحل قريب")[0].modal
    assert cues_of("وكان الوزير قال إن الحل قريب")[0].pluperfect


def test_a_jussive_is_a_cue_only_after_its_particle():
    assert written("لم يقل الوزير شيئا") == ["يقل"]
    assert written("وجبات لا تقل عن ثلاث") == []


def test_a_formula_that_attributes_nothing_holds_no_cue():
    assert written("والجدير بالذكر أن الحفل مجاني") == []


@pytest.mark.parametrize("text", ["أضاف اللاعب هدفا ثانيا", "تابع الجمهور المباراة", "بين المدينة والقرية نهر"])
def test_blockers_take_the_cue_away(text: str):
    assert not [c for c in cues_of(text) if c.reading.entry.lemma in ("أضاف", "بين")]


def test_cues_inside_marks_belong_to_the_unit_inside():
    text = "قال الوزير: «أكد لي الرئيس أن الحل قريب»"
    ready = prepared(text)
    assert [ready.units[cue.unit].inside is None for cues in ready.cues.values() for cue in cues] == [True, False]


def test_agreement_is_read_off_the_form():
    reading = cues_of("وقالت الوزيرة إن الحل قريب")[0].reading
    assert (reading.person, reading.gender, reading.number) == (3, "feminine", "singular")
