from __future__ import annotations

import pytest

from attribution.evaluation.matching import letters, marked_stretches, overlap, pair, same_full_name, same_speaker
from attribution.spans import Span


def test_letters_leave_marks_and_spaces_out():
    assert letters([Span(0, 99)], "«أ ب»!") == {1, 3}
    assert letters([Span(0, 2), Span(1, 3)], "ابت") == {0, 1, 2}


def test_overlap_is_intersection_over_union():
    assert overlap(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert overlap(frozenset(), frozenset()) == 0.0


def test_the_closest_pair_goes_first_and_each_is_in_one_pair():
    gold = [frozenset(range(10)), frozenset(range(9))]
    found = [frozenset(range(9))]
    assert pair(gold, found, 0.5) == [(1, 0, 1.0)]
    assert pair(gold, found, 1.1) == []


@pytest.mark.parametrize(
    ("one", "other", "same", "full"),
    [
        ("فلاديمير بوتين", "بوتين", True, False),
        ("فلاديمير بوتين", "الرئيس فلاديمير بوتين", True, False),
        ("وزارة الخارجية الإيطالية", "وزاره خارجية ايطاليه", True, True),
        ("أحمد", "احمد", True, True),
        ("بوتين", "ترمب", False, False),
        ("أنور أحمد", "أنور محمود", False, False),
        (None, None, True, True),
        (None, "", True, True),
        (None, "بوتين", False, False),
        ("الأب", "أب", False, False),
    ],
)
def test_names(one: str | None, other: str | None, same: bool, full: bool):
    assert same_speaker(one, other) is same_speaker(other, one) is same
    assert same_full_name(one, other) is same_full_name(other, one) is full


def test_marked_stretches_are_the_words_between_marks():
    text = '«أ» “ب” "ج" «مفتوحة'
    assert [stretch.of(text) for stretch in marked_stretches(text)] == ["أ", "ب", "ج"]
