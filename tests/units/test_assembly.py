"""The records: types, offsets of the text as given, ids and confidence."""

from __future__ import annotations

import pytest

from tests.units.read import LINEAR
from torture.promises import broken_promises


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("قال الوزير: «الحل قريب جدا».", "direct"),
        ("قال الوزير إن الحل قريب.", "indirect"),
        ("قال الوزير إن الحل «قريب جدا» هذا العام.", "mixed"),
        ("قال الوزير إن «الحل قريب جدا».", "direct"),
        ("قال الوزير: “الحل قريب جدا”.", "direct"),
    ],
)
def test_the_type_is_told_by_the_marks(text: str, type_: str):
    assert [a.type for a in LINEAR.extract(text).attributions] == [type_]


def test_offsets_are_those_of_the_text_as_given():
    text = "\u200fقَـــالَ  الوَزِيرُ\r\n\r\nقالَ الوزيرُ: «الحَلُّ قَرِيبٌ جِدّاً»\u200f."
    document = LINEAR.extract(text)
    assert broken_promises(document, text) == []
    (found,) = (a for a in document.attributions if a.type == "direct")
    assert found.content.text == "الحَلُّ قَرِيبٌ جِدّاً"


def test_ids_lead_to_speakers_and_parents():
    document = LINEAR.extract("قال الوزير: «أعلن الرئيس أن الحل قريب جدا».")
    assert [a.id for a in document.attributions] == [f"a{n + 1}" for n in range(len(document.attributions))]
    outer, inner = document.attributions
    assert inner.parent == outer.id
    assert outer.parent is None
    assert {a.speaker.id for a in document.attributions if a.speaker} <= {s.id for s in document.speakers}


def test_the_form_of_a_source():
    document = LINEAR.extract("قال محمد سالم إن الحل قريب. وقال مصدر أمني إن الأمر صعب. وأضاف أن العمل مستمر.")
    assert [a.source.form if a.source else None for a in document.attributions] == ["proper", "nominal", "elided"]


def test_the_cue_says_lemma_kind_and_flags():
    (found,) = LINEAR.extract("سيقول الوزير إن الحل قريب.").attributions
    assert found.cue is not None
    assert found.cue.text == "سيقول"
    assert (found.cue.kind, found.cue.negated, found.cue.modal) == ("verb", False, True)


def test_every_attribution_gives_evidence_from_the_text():
    text = "قال الوزير إن الحل قريب، مشيرا إلى أن العمل مستمر."
    for found in LINEAR.extract(text).attributions:
        rules = [e.rule for e in found.evidence]
        assert any(rule.startswith("opening.") for rule in rules)
        assert any(rule.startswith("speaker.") for rule in rules)
        assert 0.0 <= found.confidence <= 1.0


def test_mentions_are_spans_of_the_text():
    text = "قال محمد سالم إن الحل قريب. وقال سالم إن الأمر صعب."
    document = LINEAR.extract(text)
    assert document.speakers
    for speaker in document.speakers:
        assert speaker.mentions
        assert all(text[m.start : m.end] == m.text for m in speaker.mentions)
