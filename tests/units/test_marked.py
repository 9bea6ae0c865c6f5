"""Marked stretches: kinds, nesting, and marks that careless writers leave."""

from __future__ import annotations

import pytest

from attribution.text.marked import find_marked


def inner(text: str) -> list[str]:
    return [m.inner.of(text) for m in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قال «نعم لا»", "guillemets"),
        ("قال ‹نعم لا›", "single_guillemets"),
        ("قال “نعم لا”", "curly"),
        ("قال „نعم لا“", "curly"),
        ('قال "نعم لا"', "straight"),
        ("قال <<نعم لا>>", "angle"),
        ("قال ((نعم لا))", "parentheses"),
        ("قال ''نعم لا''", "curly"),
    ],
)
def test_every_kind_of_mark(text: str, kind: str):
    (found,) = find_marked(text)
    assert found.kind == kind
    assert found.inner.of(text) == "نعم لا"
    assert found.closed
    assert found.outer.start < found.inner.start < found.inner.end < found.outer.end == len(text)


def test_white_space_inside_marks_is_left_out():
    assert inner("قال « نعم لا ».") == ["نعم لا"]


@pytest.mark.parametrize("text", ["»نعم لا« قال", "قال »نعم لا«."])
def test_reversed_marks(text: str):
    assert inner(text) == ["نعم لا"]


def test_a_mark_that_opens_again_where_it_should_close():
    assert inner("قال «نعم لا« ثم صمت") == ["نعم لا"]


def test_doubled_marks_are_one_mark():
    assert inner("قال ««نعم لا»»") == ["نعم لا"]


def test_nested_marks_come_longer_first():
    text = "قال «رأينا في «الأهلي» قوة» ومضى"
    assert inner(text) == ["رأينا في «الأهلي» قوة", "الأهلي"]
    outer, nested = find_marked(text)
    assert outer.inner.covers(nested.outer)


def test_an_unclosed_mark_reaches_the_end_of_its_paragraph():
    text = "قال: «نعم لا\nثم صمت"
    (found,) = find_marked(text)
    assert found.inner.of(text) == "نعم لا"
    assert not found.closed


def test_a_quotation_may_close_paragraphs_later():
    assert inner("قال: «نعم.\nلا.\nربما»") == ["نعم.\nلا.\nربما"]


def test_a_mark_opened_anew_in_each_paragraph():
    assert inner("قال: «نعم.\n«لا.\n«ربما»") == ["نعم.", "لا.", "ربما"]


@pytest.mark.parametrize("text", ["قال نعم»", "«", "»", "«»", "« »", "قال «", '"', "(())", "قال (نعم)", "3<5 و7>2"])
def test_stray_marks_hold_nothing(text: str):
    assert find_marked(text) == ()


def test_a_mark_glued_to_a_clitic():
    assert inner('قال ل"الحياة" نعم') == ["الحياة"]
    assert inner("قال لـ«الحياة» نعم") == ["الحياة"]


def test_crossing_marks_do_not_cross_any_more():
    found = find_marked("«أول “ثان» ثالث”")
    assert all(a.outer.end <= b.outer.start or a.outer.covers(b.outer) for a, b in zip(found, found[1:], strict=False))
    assert "أول “ثان" in inner("«أول “ثان» ثالث”")


def test_no_marks():
    assert find_marked("قال الوزير نعم.") == ()
    assert find_marked("") == ()
