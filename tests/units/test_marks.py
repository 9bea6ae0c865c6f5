"""The decision about every mark, and quotations without a cue, on the order of the words alone."""

from __future__ import annotations

import pytest

from tests.units.read import LINEAR


def decided(text: str) -> list[tuple[str, bool, str]]:
    return [(m.span.text, m.attributed, m.reason) for m in LINEAR.extract(text).marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير: «الحل قريب جدا».", [("الحل قريب جدا", True, "said")]),
        ("قال الوزير إن الحل «قريب جدا» هذا العام.", [("قريب جدا", True, "said_clause")]),
        ("قال الوزير لـ«الحياة» إن الحل قريب.", [("الحياة", False, "addressee")]),
        ("صدر كتاب «الأيام» في القاهرة.", [("الأيام", False, "title")]),
        ("فاز فريق «النصر» بالكأس.", [("النصر", False, "name")]),
        ("وصل الوفد.", []),
    ],
)
def test_what_a_mark_is(text: str, expected: list[tuple[str, bool, str]]):
    assert decided(text) == expected


def test_every_mark_of_a_document_is_decided():
    text = "فاز «النصر» على «الهلال»، وقال المدرب: «كانت مباراة صعبة جدا علينا»."
    assert [span for span, _, _ in decided(text)] == ["النصر", "الهلال", "كانت مباراة صعبة جدا علينا"]


def test_attributed_marks_are_those_inside_contents():
    text = "فاز «النصر» أمس، وقال المدرب: «كانت «قمة» صعبة جدا علينا»."
    document = LINEAR.extract(text)
    contents = [span for a in document.attributions for span in a.content.spans]
    for mark in document.marks:
        inside = any(s.start <= mark.span.start and mark.span.end <= s.end for s in contents)
        assert mark.attributed == inside, mark


def test_a_name_and_a_colon_lay_a_quotation_out():
    document = LINEAR.extract("الوزير: «لن نرفع الضرائب هذا العام».")
    (found,) = document.attributions
    assert found.cue is None
    assert found.speaker is not None
    assert found.speaker.name == "الوزير"


def test_a_quotation_that_fills_its_paragraph_goes_on():
    document = LINEAR.extract("قال الوزير: «الحل قريب جدا».\n«ولن نتوقف قبل أن نصل إلى كل بيت في البلاد».")
    assert [a.cue is None for a in document.attributions] == [False, True]
    assert {a.speaker.name for a in document.attributions if a.speaker} == {"الوزير"}
