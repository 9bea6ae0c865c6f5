"""A text cut at every boundary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attribution.records import Attribution, Content, Cue, Source, TextSpan
from attribution.render.segments import cut
from tests.render_html import made

TEXTS = st.text(min_size=0, max_size=60)


@st.composite
def attributions(draw: st.DrawFn, length: int, number: int) -> Attribution:
    """An attribution whose spans lie anywhere, beyond the end of a text of `length` too."""

    def span() -> TextSpan:
        start, end = sorted(draw(st.tuples(st.integers(0, length + 3), st.integers(0, length + 3))))
        return TextSpan(start=start, end=end, text="x" * (end - start))

    return Attribution(
        id=f"a{number}",
        type="direct",
        content=Content(spans=tuple(span() for _ in range(draw(st.integers(1, 3))))),
        cue=Cue(span=span(), lemma="قال", kind="verb") if draw(st.booleans()) else None,
        source=Source(span=span() if draw(st.booleans()) else None, form="proper"),
        speaker=None,
        confidence=1.0,
    )


@given(st.data())
def test_segments_are_the_text_and_carry_exactly_what_covers_them(data: st.DataObject):
    text = data.draw(TEXTS)
    found = [data.draw(attributions(len(text), number)) for number in range(data.draw(st.integers(0, 4)))]
    segments = cut(text, found)
    assert "".join(segment.text for segment in segments) == text
    at = 0
    for segment in segments:
        assert segment.text
        for offset in range(at, at + len(segment.text)):
            content = {n for n, a in enumerate(found) if any(s.start <= offset < s.end for s in a.content.spans)}
            cue = {n for n, a in enumerate(found) if a.cue and a.cue.span.start <= offset < a.cue.span.end}
            assert set(segment.contents) == content
            assert set(segment.cues) == cue
        at += len(segment.text)


def test_nested_and_crossing_quotations_keep_their_order_from_the_outside_in():
    document = made.nested()
    assert document.text is not None
    by_text = {segment.text: segment for segment in cut(document.text, document.attributions)}
    assert by_text["العمل يبدأ"].contents == (0, 1, 2)
    assert by_text["العمل يبدأ"].opens == (1, 2)
    assert by_text["غدا"].contents == (0, 3, 1)
    assert by_text["غدا"].opens == (3,)
    assert by_text["أكد"].cues == (1,)
    assert by_text["أكد"].contents == (0,)
    assert by_text["المدير"].sources == (1,)


def test_second_piece_of_a_content_opens_nothing():
    document = made.nested()
    assert document.text is not None
    last = [s for s in cut(document.text, document.attributions) if s.text == "في موعده"]
    assert [(s.contents, s.opens) for s in last] == [((4,), ())]


def test_text_without_attributions_is_one_plain_segment():
    assert [(s.text, s.plain) for s in cut("نص", ())] == [("نص", True)]
    assert cut("", ()) == ()
