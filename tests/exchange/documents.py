"""Any document, as hypothesis makes them: the shapes that formats must carry."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from attribution.formats.exchange import document_of
from attribution.records import (
    AttributedDocument,
    Attribution,
    AttributionType,
    Content,
    Cue,
    CueKind,
    Gender,
    Medium,
    Number,
    Source,
    SourceForm,
    SpeakerKind,
    SpeakerReference,
    TextSpan,
)

ODD = "\n\r\t \\|%;,=@#<>&\"'\x00\x0b\x0c\x1c\x85\u00a0\u2028\u202e\ufeff\ufffe\ud800😀"
TEXTS = st.text(
    st.one_of(st.sampled_from("قال الوزير إن «العمل». ab:؟"), st.sampled_from(ODD), st.characters()), max_size=60
)
NAMES = st.text(st.one_of(st.sampled_from("محمد أ "), st.sampled_from(ODD), st.characters()), max_size=8)


def one_of(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


@st.composite
def spans(draw: st.DrawFn, text: str) -> TextSpan:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return TextSpan(start=start, end=end, text=text[start:end])


@st.composite
def contents(draw: st.DrawFn, text: str) -> Content:
    """One to three pieces in text order that do not overlap."""
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return Content(spans=tuple(TextSpan(start=a, end=b, text=text[a:b]) for a, b in pairs))


@st.composite
def attributions(draw: st.DrawFn, text: str, id: str, ids: list[str], speakers: list[SpeakerReference]) -> Attribution:
    maybe = st.booleans()
    cue = Cue(
        span=draw(spans(text)), lemma=draw(NAMES), kind=draw(one_of(CueKind)), negated=draw(maybe), modal=draw(maybe)
    )
    source = Source(
        span=draw(st.none() | spans(text)),
        form=draw(one_of(SourceForm)),
        person=draw(st.none() | st.integers(1, 3)),
        gender=draw(st.none() | one_of(Gender)),
        number=draw(st.none() | one_of(Number)),
    )
    return Attribution(
        id=id,
        type=draw(one_of(AttributionType)),
        content=draw(contents(text)),
        cue=cue if draw(maybe) else None,
        source=source if draw(maybe) else None,
        speaker=draw(st.none() | st.sampled_from(speakers)) if speakers else None,
        addressee=draw(st.none() | spans(text)),
        medium=Medium(name=draw(NAMES), span=draw(spans(text))) if draw(maybe) else None,
        parent=draw(st.none() | st.sampled_from(ids)),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def documents(draw: st.DrawFn) -> AttributedDocument:
    text = draw(TEXTS)
    ids = draw(st.lists(NAMES, max_size=4, unique=True)) if text else []
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    speakers = [SpeakerReference(id=id, name=draw(NAMES), kind=draw(one_of(SpeakerKind))) for id in names]
    found = [draw(attributions(text, id, ids, speakers)) for id in ids] if len(text) else []
    return document_of(draw(NAMES), text, found, model=draw(NAMES), version=draw(NAMES))
