"""Folding: what is dropped, what becomes what, and the way back to the text as given."""

from __future__ import annotations

import pytest

from attribution.spans import Span
from attribution.text.characters import DIGIT_VARIANTS, DROPPED, INVISIBLE, LETTER_VARIANTS, SKELETON, TASHKEEL
from attribution.text.folding import fold, skeleton


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("قَالَ", "قال"),
        ("قـــال", "قال"),
        ("قا\u200dل\u200f", "قال"),
        ("الوزیر کان", "الوزير كان"),
        ("٢٥ و۱۲", "25 و12"),
        ("قال\u00a0الوزير", "قال الوزير"),
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("", ""),
    ],
)
def test_folding_leaves_one_form_for_each_letter(given: str, folded: str):
    assert fold(given).text == folded


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_line_ending_becomes_one_line_feed(ending: str):
    folded = fold(f"أ{ending}ب")
    assert folded.text == "أ\nب"
    assert folded.offsets.tolist() == [0, 1, 1 + len(ending), 2 + len(ending)]


def test_two_returns_are_two_lines():
    assert fold("أ\r\rب").text == "أ\n\nب"
    assert fold("أ\r\n\r\nب").text == "أ\n\nب"


def test_skeleton_has_one_spelling_for_what_careless_writers_confuse():
    folded = fold("أكّدت الوزيرة إلى مستشفى الآن")
    assert folded.skeleton == "اكدت الوزيره الي مستشفي الان"
    assert len(folded.skeleton) == len(folded.text)
    assert skeleton("الوِزارةُ") == "الوزاره"


def test_a_span_comes_back_with_the_tashkeel_of_its_last_letter():
    text = "قَالَ الوَزِيرُ: نَعَمْ"
    folded = fold(text)
    start = folded.text.index("الوزير")
    assert folded.original_span(Span(start, start + 6)).of(text) == "الوَزِيرُ"


def test_an_empty_span_comes_back_empty():
    folded = fold("قَالَ")
    assert folded.original_span(Span(1, 1)) == Span(2, 2)
    assert folded.original_span(Span(3, 3)) == Span(5, 5)


def test_an_invisible_character_after_a_word_is_left_out_of_it():
    text = "قال\u200f الوزير"
    assert fold(text).original_span(Span(0, 3)).of(text) == "قال"


def test_a_ligature_comes_back_whole():
    text = "ﷲ أكبر"
    assert fold(text).original_span(Span(0, 4)).of(text) == "ﷲ"


def test_lone_surrogates_and_nul_pass_through():
    text = "\ud800\x00قال"
    assert fold(text).text == text


def test_the_sets_do_not_contradict_one_another():
    assert not TASHKEEL & INVISIBLE
    assert not DROPPED & (set(LETTER_VARIANTS) | set(DIGIT_VARIANTS) | set(SKELETON))
    assert not set(LETTER_VARIANTS.values()) & set(LETTER_VARIANTS)
    assert all(len(value) == 1 for table in (LETTER_VARIANTS, DIGIT_VARIANTS, SKELETON) for value in table.values())
    assert not set(SKELETON.values()) & set(SKELETON)


def test_a_lone_carriage_return_keeps_the_line_feed_after_the_next_word():
    folded = fold("\rx\n")
    assert folded.text == "\nx\n"
    assert list(folded.offsets) == [0, 1, 2, 3]
