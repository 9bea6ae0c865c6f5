"""Laws of folding, marks, units and spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attribution.spans import Span, meets, subtract, trim, union
from attribution.text.characters import DROPPED
from attribution.text.folding import fold, skeleton
from attribution.text.marked import find_marked
from attribution.text.units import cut_units
from tests.strategies.arabic import texts

SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(min(pair), max(pair)))


@given(texts())
def test_folding_map_is_monotone_and_total(text: str):
    folded = fold(text)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text) + 1 == len(folded.skeleton) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(0 <= at < len(text) for at in offsets[:-1])


@given(texts())
def test_folded_text_holds_nothing_that_folding_drops(text: str):
    folded = fold(text)
    assert not DROPPED & set(folded.text)
    assert fold(folded.text).text == folded.text
    assert folded.skeleton == skeleton(folded.text)


@given(texts(), st.data())
def test_folded_spans_come_back_in_order(text: str, data: st.DataObject):
    folded = fold(text)
    ends = sorted(data.draw(st.lists(st.integers(0, len(folded.text)), min_size=3, max_size=3)))
    first, second = (folded.original_span(Span(*pair)) for pair in (ends[:2], ends[1:]))
    assert 0 <= first.start <= first.end <= len(text)
    assert first.start <= second.start
    assert (len(first) > 0) == (ends[1] > ends[0])


@given(texts())
def test_marked_stretches_nest_and_never_cross(text: str):
    folded = fold(text)
    found = find_marked(folded.text)
    assert list(found) == sorted(found, key=lambda m: (m.outer.start, -m.outer.end))
    open_now: list[Span] = []
    for marked in found:
        assert marked.outer.covers(marked.inner)
        assert marked.inner.of(folded.text).strip() == marked.inner.of(folded.text) != ""
        while open_now and open_now[-1].end <= marked.outer.start:
            open_now.pop()
        assert not open_now or open_now[-1].covers(marked.outer)
        open_now.append(marked.outer)


@given(texts())
def test_units_hold_every_letter_once_at_their_depth(text: str):
    """Units of the text proper are apart from one another, and their elements cover all that is no space."""
    folded = fold(text)
    units = [u for u in cut_units(folded, find_marked(folded.text)) if u.inside is None]
    elements = [element for unit in units for element in unit.elements]
    assert all(a.end <= b.start for a, b in zip(elements, elements[1:], strict=False))
    covered = {at for element in elements for at in range(element.start, element.end)}
    assert {at for at, c in enumerate(folded.text) if not c.isspace()} <= covered


@given(texts())
def test_elements_are_the_text_they_stand_for(text: str):
    folded = fold(text)
    for unit in cut_units(folded, find_marked(folded.text)):
        assert unit.elements
        assert unit.span == Span(unit.elements[0].start, unit.elements[-1].end)
        for element in unit.elements:
            assert element.end > element.start
            if element.kind != "mark":
                assert element.form == folded.skeleton[element.start : element.end]


@given(st.lists(SPANS), SPANS)
def test_union_covers_the_same_code_points(spans: list[Span], other: Span):
    joined = union(spans)
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert {at for span in joined for at in range(span.start, span.end)} == covered
    assert all(a.end < b.start for a, b in zip(joined, joined[1:], strict=False))
    if len(other) and all(joined):
        assert meets(other, joined) == bool(covered & set(range(other.start, other.end)))


@given(SPANS, st.lists(SPANS))
def test_subtracting_leaves_what_no_hole_covers(span: Span, holes: list[Span]):
    left = {at for piece in subtract(span, holes) for at in range(piece.start, piece.end)}
    assert left == set(range(span.start, span.end)) - {at for h in holes for at in range(h.start, h.end)}


@given(texts(), st.data())
def test_trimming_leaves_no_space_at_the_edges(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    span = trim(Span(start, data.draw(st.integers(start, len(text)))), text)
    assert span.of(text) == span.of(text).strip()
