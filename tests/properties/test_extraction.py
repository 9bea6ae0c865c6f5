"""Laws of extraction that hold for every text, with the order of the words alone and with the bundled parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution import Extractor, FailedDocument, Settings
from attribution.records import AttributedDocument
from tests.strategies.arabic import newspaper, texts
from torture.promises import broken_promises, spans_of
from torture.stub import StubParser

LINEAR = Extractor(StubParser())
NEUTRAL = "يوم جميل في المدينة القديمة.\n\n"


@given(texts())
def test_every_document_keeps_its_promises(text: str):
    assert broken_promises(LINEAR.extract(text), text) == []


@given(newspaper())
def test_well_formed_sentences_are_attributed(text: str):
    """So that the other laws are not kept by finding nothing."""
    document = LINEAR.extract(text)
    assert broken_promises(document, text) == []
    assert document.marks or document.attributions


@settings(max_examples=15)
@given(st.lists(texts(30), min_size=1, max_size=4))
def test_promises_hold_with_the_bundled_parser(extractor: Extractor, many: list[str]):
    for document, text in zip(extractor.extract_many((str(i), t, {}) for i, t in enumerate(many)), many, strict=True):
        assert broken_promises(document, text) == []


@given(texts(40))
def test_text_before_shifts_every_span_by_its_length(text: str):
    alone, shifted = LINEAR.extract(text), LINEAR.extract(NEUTRAL + text)
    assert _moved(shifted, -len(NEUTRAL)) == _moved(alone, 0)


def _moved(document: AttributedDocument, by: int) -> list[tuple[str, int, int]]:
    return [(role, span.start + by, span.end + by) for role, span in spans_of(document)]


@given(texts())
def test_json_gives_the_record_back(text: str):
    document = LINEAR.extract(text)
    if any("\ud800" <= c <= "\udfff" for c in text):
        return  # UTF-8 has no lone surrogates: formats/jsonl.dump_line escapes them, which broken_promises tries
    assert AttributedDocument.model_validate_json(document.model_dump_json()) == document


@given(st.lists(texts(20), max_size=5), st.integers(1, 4))
def test_bulk_equals_single(many: list[str], size: int):
    streamed = list(LINEAR.stream(many, batch_size=size))
    assert streamed == [LINEAR.extract(text, id=str(number)) for number, text in enumerate(many)]


@settings(max_examples=8)
@given(st.lists(newspaper(), min_size=2, max_size=4))
def test_bulk_equals_single_with_the_bundled_parser(extractor: Extractor, many: list[str]):
    assert list(extractor.stream(many)) == [extractor.extract(text, id=str(n)) for n, text in enumerate(many)]


@given(texts(30))
def test_reading_twice_gives_the_same(text: str):
    assert LINEAR.extract(text) == LINEAR.extract(text)


@given(texts(30), st.floats(0, 1))
def test_settings_only_leave_out(text: str, least: float):
    """Without its text, or with a least confidence, a record is the full one less what was asked to be left out."""
    full = LINEAR.extract(text)
    some = Extractor(StubParser(), settings=Settings(keep_text=False, min_confidence=least)).extract(text)
    assert some.text is None
    assert [a.content for a in some.attributions] == [a.content for a in full.attributions if a.confidence >= least]
    assert some.marks == full.marks


@given(texts(30), st.integers(8, 20), st.integers(1, 3))
def test_no_way_of_framing_breaks_a_promise(text: str, words: int, stand_in: int):
    settings = Settings(frame_words=words, stand_in_words=stand_in)
    assert broken_promises(Extractor(StubParser(), settings=settings).extract(text), text) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "«", "»", "«»", "قال", "قال:", ":", "إن", "."])
def test_the_smallest_texts(text: str):
    assert broken_promises(LINEAR.extract(text), text) == []
    assert not any(isinstance(document, FailedDocument) for document in LINEAR.stream([text]))
