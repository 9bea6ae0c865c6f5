"""Web Annotation pages there and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from attribution.errors import InputError
from attribution.formats.exchange import carried
from attribution.formats.web_annotation import (
    from_web_annotation,
    read_web_annotation,
    to_web_annotation,
    write_web_annotation,
)
from attribution.records import AttributedDocument
from tests.exchange.documents import documents
from tests.formats.documents import TEXT, document


@given(documents())
def test_what_is_written_comes_back(written: AttributedDocument):
    assert written.text is not None
    page = to_web_annotation(written)
    page.encode("utf-8")
    assert from_web_annotation(page, written.text) == written


def test_annotation_has_the_shape_of_the_recommendation():
    page = json.loads(to_web_annotation(document()))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    item = page["items"][0]
    assert item["type"] == "Annotation"
    target = item["target"][0]
    assert target["selector"] == [
        {"type": "TextPositionSelector", "start": 22, "end": 35},
        {"type": "TextQuoteSelector", "exact": "سنلتقي الجمعة"},
    ]
    assert {t["source"] for t in item["target"]} == {target["source"]}
    assert item["body"]["ar:speaker.name"] == "فلاديمير بوتين"


def test_files_stand_side_by_side(tmp_path: Path):
    write_web_annotation(document(), tmp_path / "a.jsonld")
    assert read_web_annotation(tmp_path / "a.jsonld") == carried(document())


def test_byte_order_mark_of_an_editor_is_no_fault():
    assert from_web_annotation(f"\ufeff{to_web_annotation(document())}", TEXT) == carried(document())


def test_annotations_of_others_are_passed_over():
    page = json.loads(to_web_annotation(document()))
    page["items"] += [
        {"type": "Annotation", "body": "http://x"},
        {"type": "Annotation", "body": {"type": "TextualBody"}},
        7,
    ]
    assert from_web_annotation(json.dumps(page), TEXT) == carried(document())


def broken(change: Any) -> str:
    page = json.loads(to_web_annotation(document()))
    change(page)
    return json.dumps(page, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda page: page["items"][1].pop("target"), "annotation 2: 'target'"),
        (lambda page: page["items"][1]["target"][0].update({"ar:role": "verb"}), "'verb' is none of"),
        (lambda page: page["items"][1]["body"].update({"ar:type": "loud"}), "type: Input should be"),
        (lambda page: page["items"][1]["body"].update({"ar:colour": "x"}), "colour: Extra inputs"),
        (lambda page: page["items"][1]["target"][0]["selector"][1].update(exact="غير"), "is not 'غير'"),
        (lambda page: page["items"][1]["target"][0]["selector"][0].update(end=999), "is not"),
        (lambda page: page.update({"ar:sha256": "0"}), "another text"),
    ],
)
def test_wrong_annotation_is_named_with_its_line(change: Any, message: str):
    source = broken(change)
    with pytest.raises(InputError, match=message) as caught:
        from_web_annotation(source, TEXT, path="a.jsonld")
    assert caught.value.line is not None
    assert "#a2" in source.split("\n")[caught.value.line - 1] or "sha256" in message or message == "another text"


def test_what_is_no_page_is_refused():
    with pytest.raises(InputError, match=r"a\.jsonld:2: is not JSON"):
        from_web_annotation('{"items":\n[', TEXT, path="a.jsonld")
    with pytest.raises(InputError, match="no AnnotationPage"):
        from_web_annotation("[]", TEXT)
