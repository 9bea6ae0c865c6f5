"""The algebra of half-open spans."""

from __future__ import annotations

import pytest

from attribution.spans import Span, meets, subtract, trim, union


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 3)])
def test_an_impossible_span_is_refused(start: int, end: int):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_membership_is_half_open():
    assert 3 in Span(3, 5)
    assert 5 not in Span(3, 5)
    assert len(Span(3, 5)) == 2
    assert not Span(3, 3)


def test_covering_and_overlapping():
    assert Span(0, 5).covers(Span(0, 5))
    assert not Span(0, 5).covers(Span(4, 6))
    assert Span(0, 5).overlaps(Span(4, 6))
    assert not Span(0, 5).overlaps(Span(5, 6))
    assert Span(0, 5).intersection(Span(4, 6)) == Span(4, 5)
    assert Span(0, 5).intersection(Span(5, 6)) is None
    assert Span(0, 2).hull(Span(5, 6)) == Span(0, 6)


def test_moving_and_reading():
    assert Span(1, 3).shift(2) == Span(3, 5)
    assert Span(1, 3).of("قال") == "ال"


def test_trimming():
    text = "  «نعم» "
    assert trim(Span(0, len(text)), text) == Span(2, 7)
    assert trim(Span(0, len(text)), text, "«»") == Span(3, 6)
    assert trim(Span(0, 2), text).of(text) == ""
    assert trim(Span(0, 99), text) == Span(2, 7)


def test_subtracting():
    assert subtract(Span(0, 10), [Span(2, 4), Span(3, 6)]) == (Span(0, 2), Span(6, 10))
    assert subtract(Span(0, 10), [Span(0, 10)]) == ()
    assert subtract(Span(0, 10), []) == (Span(0, 10),)


def test_union_and_meeting_it():
    joined = union([Span(5, 8), Span(0, 2), Span(1, 3), Span(8, 9)])
    assert joined == (Span(0, 3), Span(5, 9))
    assert meets(Span(2, 4), joined)
    assert not meets(Span(3, 5), joined)
    assert not meets(Span(9, 12), joined)
    assert not meets(Span(0, 1), ())
