"""brat files there and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from attribution.errors import InputError
from attribution.formats.brat import from_brat, read_brat, to_brat, write_brat
from attribution.formats.exchange import carried
from attribution.records import AttributedDocument
from tests.exchange.documents import documents
from tests.formats.documents import TEXT, attribution, document
from tests.render_html import made


@given(documents())
def test_what_is_written_comes_back(written: AttributedDocument):
    assert written.text is not None
    read = from_brat(to_brat(written), written.text, id=written.id)
    assert read == written.model_copy(update={"model": "brat", "version": read.version})


def test_annotation_reads_as_brat_does():
    lines = to_brat(document()).splitlines()
    assert lines[0] == "T1\tContent 22 35\tسنلتقي الجمعة"
    assert "T2\tCue 0 3\tقال" in lines
    assert "R1\tHasCue Arg1:T1 Arg2:T2" in lines
    assert "A1\tType T1 direct" in lines
    assert "N1\tReference T1 Speaker:s1\tفلاديمير بوتين" in lines


def test_span_over_a_line_end_is_written_in_pieces():
    text = "قال: سطر أول\nوثان"
    found = made.attribution(0, text, "سطر أول\nوثان", "قال")
    ann = to_brat(made.document(text, [found]))
    assert ann.splitlines()[0] == "T1\tContent 5 12;13 17\tسطر أول وثان"
    assert from_brat(ann, text).attributions[0].content == found.content


def test_two_pieces_of_a_content_stay_two():
    nested = made.nested()
    assert from_brat(to_brat(nested), made.NESTED, id="مقال").attributions == carried(nested).attributions


def test_files_stand_side_by_side(tmp_path: Path):
    write_brat(document(), tmp_path / "a.ann")
    assert (tmp_path / "a.txt").read_text("utf-8") == TEXT
    assert read_brat(tmp_path / "a.ann").attributions == carried(document()).attributions


def test_byte_order_mark_of_an_editor_is_no_annotation(tmp_path: Path):
    text = f"\ufeff{TEXT}"  # in a text it counts
    marked = document(text=text, attributions=(attribution(text=text),))
    write_brat(marked, tmp_path / "a.ann")
    (tmp_path / "a.ann").write_text((tmp_path / "a.ann").read_text("utf-8"), "utf-8-sig")
    back = read_brat(tmp_path / "a.ann")
    assert (back.text, back.attributions) == (marked.text, carried(marked).attributions)


def test_other_layers_are_passed_over():
    others = (
        "T90\tPerson 4 9\tبوتين",
        "E1\tMeeting:T90",
        "*\tEquiv T90 T1",
        "A90\tMood T90 happy",
        "#9\tAnnotatorNotes T90\tملاحظة",
        "N9\tReference T90 Wikidata:Q7747\tبوتين",
    )
    ann = to_brat(document()) + "\n".join(others)
    assert from_brat(ann, TEXT, id="a").attributions == carried(document()).attributions


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T9 Content 0 3 قال", "a.ann:2"),
        ("T9\tContent 0 x\tقال", "invalid literal"),
        ("T9\tContent 0 999\tقال", "beyond the text"),
        ("T9\tContent 3 1\tقال", "not a span"),
        ("R1\tHasCue Arg1:T1", "a.ann:2"),
        ("?\tx", "begins no annotation"),
        ("A1\tType", "a.ann:2"),
    ],
)
def test_wrong_line_is_named(line: str, message: str):
    with pytest.raises(InputError, match=message) as caught:
        from_brat(f"T1\tPerson 0 3\tقال\n{line}\n", TEXT, path="a.ann")
    assert caught.value.line == 2


def test_attribution_that_lacks_something_is_named_by_its_line():
    with pytest.raises(InputError, match="type: Field required") as caught:
        from_brat("\nT1\tContent 0 3\tقال\nA1\tConfidence T1 0.5\n", TEXT, path="a.ann")
    assert caught.value.line == 2


def test_missing_files_are_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"none\.ann: cannot be read"):
        read_brat(tmp_path / "none.ann")


def test_document_without_its_text_cannot_be_written():
    with pytest.raises(InputError, match="keep_text"):
        to_brat(document().model_copy(update={"text": None}))
