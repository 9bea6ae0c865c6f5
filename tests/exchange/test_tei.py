"""TEI files there and back."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from attribution.errors import InputError
from attribution.formats.exchange import carried
from attribution.formats.tei import from_tei, read_tei, to_tei, write_tei
from attribution.formats.tei_reader import TEI
from attribution.records import AttributedDocument
from tests.exchange.documents import documents
from tests.formats.documents import document
from tests.render_html import made


@given(documents())
def test_what_is_written_comes_back(written: AttributedDocument):
    source = to_tei(written)
    source.encode("utf-8")
    assert from_tei(source) == written


def test_quotations_that_nest_stand_in_the_text():
    root = ET.fromstring(to_tei(document()))
    said = root.findall(f".//{{{TEI}}}said")
    assert ["".join(element.itertext()) for element in said] == ["سنلتقي الجمعة", "أن القمة مهمة"]
    assert [element.get("direct") for element in said] == ["true", "false"]
    person = root.find(f".//{{{TEI}}}person")
    assert {element.get("who") for element in said} == {f"#{person.get('{http://www.w3.org/XML/1998/namespace}id')}"}
    assert person.findtext(f"{{{TEI}}}persName") == "فلاديمير بوتين"
    assert "".join(root.find(f".//{{{TEI}}}ab").itertext()) == document().text
    assert root.findall(f".//{{{TEI}}}span") == []


def test_quotations_that_cross_stand_off():
    root = ET.fromstring(to_tei(made.nested()))
    assert root.findall(f".//{{{TEI}}}said") == []
    assert root.find(f".//{{{TEI}}}ab").text == made.NESTED
    assert len(root.findall(f".//{{{TEI}}}span")) == 13
    assert from_tei(to_tei(made.nested())) == carried(made.nested())


def test_markup_and_controls_in_an_article_come_back():
    source = to_tei(made.hostile())
    assert "<script>" not in source
    assert from_tei(source) == carried(made.hostile())


def test_byte_order_mark_of_an_editor_is_no_fault(tmp_path: Path):
    (tmp_path / "a.xml").write_text(to_tei(document()), "utf-8-sig")
    assert read_tei(tmp_path / "a.xml") == carried(document())


def test_file_is_read(tmp_path: Path):
    write_tei(document(), tmp_path / "a.xml")
    assert read_tei(tmp_path / "a.xml") == carried(document())


SOURCE = to_tei(document())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</body>", "", "is not XML: mismatched"),
        ('<said ana="#a-0"', '<said ana="#a-9"', "'#a-9' points to no feature structure"),
        ('rs type="source"', 'rs type="origin"', "'origin' is none of"),
        ('fVal="#s-0"', 'fVal="#s-9"', "'#s-9' points to no person"),
        ('<f name="type"><string>direct', '<f name="type"><string>loud', "type: Input should be"),
        ("<TEI", '<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI', "DOCTYPE"),
    ],
)
def test_wrong_line_is_named(old: str, new: str, message: str):
    assert old in SOURCE
    source = SOURCE.replace(old, new, 1)
    with pytest.raises(InputError, match=message) as caught:
        from_tei(source, path="a.xml")
    assert caught.value.line is not None
    lines = source.split("\n")
    wrong = (
        new if message.startswith(("'", "DOC")) else '<fs type="attribution" xml:id="a-0">' if "type" in message else ""
    )
    assert wrong in lines[caught.value.line - 1]


def test_other_roots_and_targets_are_refused():
    with pytest.raises(InputError, match="its root is 'html'"):
        from_tei("<html/>", path="a.xml")
    crossing = to_tei(made.nested()).replace("#string-range(t,", "#range(t,", 1)
    with pytest.raises(InputError, match="is not #string-range"):
        from_tei(crossing)
    beyond = to_tei(made.nested()).replace('target="#string-range(t,', 'target="#string-range(t,9', 1)
    with pytest.raises(InputError, match="beyond the text"):
        from_tei(beyond)
