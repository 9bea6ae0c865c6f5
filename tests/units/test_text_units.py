"""Units: sentences at one depth of marks, and their elements."""

from __future__ import annotations

import pytest

from attribution.text.folding import fold
from attribution.text.marked import find_marked
from attribution.text.units import Unit, cut_units


def units(text: str) -> tuple[Unit, ...]:
    folded = fold(text)
    return cut_units(folded, find_marked(folded.text))


def sentences(text: str) -> list[str]:
    """The units outside marks, as text."""
    folded = fold(text)
    return [u.text_of(folded) for u in units(text) if u.inside is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. وغادر.", ["وصل الوفد.", "وغادر."]),
        ("وصل الوفد.وغادر الوفد", ["وصل الوفد.", "وغادر الوفد"]),
        ("هل وصل؟ نعم!", ["هل وصل؟", "نعم!"]),
        ("سطر أول\nسطر ثان\n\n\nسطر ثالث", ["سطر أول", "سطر ثان", "سطر ثالث"]),
        ("بلغت النسبة 3.5 في المائة.", ["بلغت النسبة 3.5 في المائة."]),
        ("حضر د. سامي الحفل.", ["حضر د. سامي الحفل."]),
        ("قال (وكان غاضبا. جدا) كلمته.", ["قال (وكان غاضبا. جدا) كلمته."]),
        ("  \n \n", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]):
    assert sentences(text) == expected


def test_nothing_is_cut_inside_marks():
    text = "قال: «وصل الوفد. ثم غادر». ومضى."
    assert sentences(text) == ["قال: «وصل الوفد. ثم غادر».", "ومضى."]
    inside = [u.text_of(fold(text)) for u in units(text) if u.inside is not None]
    assert inside == ["وصل الوفد.", "ثم غادر"]


def test_a_line_break_inside_marks_ends_no_paragraph():
    text = "قال: «وصل الوفد.\nثم غادر» ومضى."
    assert sentences(text) == [text]


def test_a_marked_stretch_is_one_element_with_its_marks():
    text = "قال «نعم لا» ومضى"
    (unit,) = (u for u in units(text) if u.inside is None)
    assert [e.kind for e in unit.elements] == ["word", "mark", "word"]
    mark = unit.elements[1]
    assert mark.marked is not None
    assert text[mark.start : mark.end] == "«نعم لا»"


def test_words_numbers_and_signs():
    (unit,) = units("ارتفعت 3.5%، اليوم")
    assert [(e.kind, e.form) for e in unit.elements] == [
        ("word", "ارتفعت"),
        ("number", "3.5"),
        ("punctuation", "%"),
        ("punctuation", "،"),
        ("word", "اليوم"),
    ]


def test_paragraphs_are_numbered_and_their_first_sentences_marked():
    found = units("أول. ثان.\nثالث.")
    assert [(u.paragraph, u.first) for u in found] == [(0, True), (0, False), (1, True)]


def test_units_inside_marks_know_their_paragraph():
    found = [u for u in units("سطر أول.\nقال: «نعم. لا».") if u.inside is not None]
    assert {u.paragraph for u in found} == {1}


def test_an_endless_sentence_is_cut_all_the_same():
    """So that no rule that looks at all of a unit can cost the square of a text."""
    found = units("كلمة " * 5000)
    assert len(found) > 10
    assert sum(len(u.elements) for u in found) == 5000
