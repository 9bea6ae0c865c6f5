"""Openings and contents: where the attributed words of a cue begin and end."""

from __future__ import annotations

import pytest

from attribution.openings import find_openings
from tests.units.read import contents_of, cues_of, phrases_of, written


@pytest.mark.parametrize(
    ("text", "kind", "via"),
    [
        ("قال الوزير إن الحل قريب", "clause", "أن"),
        ("صرح الوزير بأن الحل قريب", "clause", "بأن"),
        ("أشار الوزير إلى أن الحل قريب", "clause", "إلى أن"),
        ("قال الوزير: «الحل قريب جدا»", "quote", "colon"),
        ("قال الوزير: الحل قريب", "clause", "colon"),
        ("طالب الوزير بالهدوء", "phrase", "بـ"),
        ("دعا الوزير إلى الهدوء", "phrase", "إلى"),
        ("تساءل الوزير: «هل الحل قريب؟»", "quote", "colon"),
    ],
)
def test_what_opens_a_content(text: str, kind: str, via: str):
    (_, opening), *_ = find_openings(phrases_of(text), cues_of(text))
    assert (opening.kind, opening.via) == (kind, via)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن الحل قريب.", [("قال", "إن الحل قريب")]),
        ("صرح الوزير بأن الحل قريب.", [("صرح", "أن الحل قريب")]),
        ("أشار الوزير إلى أن الحل قريب.", [("أشار", "أن الحل قريب")]),
        ("قال الوزير: «الحل قريب جدا».", [("قال", "الحل قريب جدا")]),
        ("دعا الوزير إلى ضبط النفس.", [("دعا", "ضبط النفس")]),
        ("قال الوزير إن الحل قريب، مشيرا إلى أن العمل مستمر.", [("قال", "إن الحل قريب"), ("مشيرا", "أن العمل مستمر")]),
        ("قال الوزير إن الحل «قريب جدا» والعمل مستمر.", [("قال", "إن الحل «قريب جدا» والعمل مستمر")]),
        ("«الحل قريب جدا يا ناس»، قال الوزير.", [("قال", "الحل قريب جدا يا ناس")]),
        ("وصل الوزير إلى المطار.", []),
    ],
)
def test_where_a_content_begins_and_ends(text: str, expected: list[tuple[str, str]]):
    found = [] if not cues_of(text) else contents_of(text)
    assert [written(step, text) for step in found] == expected


def test_a_complementizer_that_another_word_owns_opens_nothing():
    text = "قال الوزير ما لديه قبل أن يغادر القاعة"
    assert all("أن يغادر" not in written(step, text)[1][:8] for step in contents_of(text))


def test_every_content_says_which_rule_opened_it():
    for _, content in contents_of("قال الوزير إن الحل قريب، مشيرا إلى أن العمل مستمر."):
        assert content.reasons
        assert all(reason.rule.startswith("opening.") and reason.span for reason in content.reasons)
        assert all(len(span) for span in content.spans)


def test_one_opening_goes_to_one_cue():
    text = "قال الوزير إن الرئيس أكد أن الحل قريب"
    opened = find_openings(phrases_of(text), cues_of(text))
    assert len({opening.at for _, opening in opened}) == len(opened) == 2
