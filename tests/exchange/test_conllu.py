"""CoNLL-U files there and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from attribution.errors import InputError
from attribution.formats.conllu import from_conllu, read_conllu, to_conllu, write_conllu
from attribution.formats.exchange import carried, document_of
from attribution.records import AttributedDocument
from attribution.syntax.conllu import parse_conllu
from attribution.syntax.tree import Tree, Word
from tests.exchange.documents import documents
from tests.formats.documents import document
from tests.render_html import made


class Chopper:
    """A parser that cuts a unit where it is told, careless of what that leaves out."""

    name = "chopper"

    def __init__(self, step: int) -> None:
        self.step = step

    def parse(self, units: Sequence[str]) -> list[Tree]:
        return [Tree.of(self._words(unit)) for unit in units]

    def _words(self, unit: str) -> list[Word]:
        found: list[Word] = []
        for at in range(0, len(unit), self.step):
            piece = unit[at : at + self.step]
            start = at + len(piece) - len(piece.lstrip())
            if piece.strip():
                number = len(found) + 1
                found.append(
                    Word(number, piece.strip(), "NOUN", number - 1, "dep", None, start, start + len(piece.strip()))
                )
        return found


def in_text_order(document: AttributedDocument) -> AttributedDocument:
    found = sorted(document.attributions, key=lambda a: a.content.spans[0].start)
    return document_of(document.id, document.text or "", found, model=document.model, version=document.version)


@given(documents())
def test_what_is_written_comes_back(written: AttributedDocument):
    assume(not written.attributions or (written.text or "").strip())
    assert from_conllu(to_conllu(written)) == in_text_order(written)


@given(documents(), st.integers(1, 5))
def test_whatever_a_parser_does_comes_back(written: AttributedDocument, step: int):
    assume(not written.attributions or (written.text or "").strip())
    assert from_conllu(to_conllu(written, Chopper(step))) == in_text_order(written)


def test_tokens_say_which_spans_they_lie_in():
    rows = [line.split("\t") for line in to_conllu(document()).split("\n") if line[:1].isdigit()]
    by_form = {row[1]: row[9] for row in rows}
    assert all(len(row) == 10 for row in rows)
    assert by_form["سنلتقي"].split("|")[:2] == ["Content=a1@22:35", by_form["سنلتقي"].split("|")[1]]
    assert "Attribution=a1;type=direct;confidence=0.875" in by_form["سنلتقي"]
    assert by_form["الجمعة"] == "Content=a1|SpaceAfter=No"
    assert by_form["وأضاف"] == "Cue=a2@39:43"
    assert by_form["بوتين"] == "Source=a1@4:9,a2@4:9" or by_form["بوتين"] == "Source=a1@4:9"


def test_words_tags_and_heads_are_the_parsers():
    class Two:
        name = "two"

        def parse(self, units: Sequence[str]) -> list[Tree]:
            assert list(units) == ["وقال إن"]
            words = [
                Word(1, "و", "CCONJ", 2, "cc", None, 0, 1),
                Word(2, "قال", "VERB", 0, "root", "Gender=Masc", 1, 4),
                Word(3, "إن", "SCONJ", 2, "mark", None, 5, 7),
            ]
            return [Tree(tuple(words))]

    written = to_conllu(made.document("وقال إن", ()), Two())
    assert "1-2\tوقال\t" in written
    assert "2\tقال\t_\tVERB\t_\tGender=Masc\t0\troot\t_\t_" in written
    assert [sentence.text for sentence in parse_conllu(written)] == ["وقال إن"]


def test_text_of_every_sentence_and_nested_pieces_come_back():
    nested = made.nested()
    written = to_conllu(nested)
    assert [line for line in written.split("\n") if line.startswith("# text")] == [
        "# text = قالت الوزيرة إن المدير أكد لها أن «العمل يبدأ غدا» بعد الظهر.",
        "# text = وذكرت وكالة أن العمل يبدأ في موعده.",
    ]
    assert from_conllu(written) == carried(nested)
    assert from_conllu(to_conllu(made.hostile())) == carried(made.hostile())


def test_file_is_read(tmp_path: Path):
    write_conllu(document(), tmp_path / "a.conllu")
    assert read_conllu(tmp_path / "a.conllu") == carried(document())


def test_byte_order_mark_of_an_editor_is_no_column():
    assert from_conllu(f"\ufeff{to_conllu(document())}") == carried(document())


def test_treebank_of_others_is_a_text_without_attributions():
    row = "\t_\t_\t_\t_\t_\t_\t_\t"
    words = ("1-2\tوقال", "1\tو", "2\tقال", "2.1\tهو", "3\tنعم")
    first = "\n".join(f"{word}{row}{'SpaceAfter=No' if word == words[-1] else '_'}" for word in words)
    source = f"# sent_id = 1\n{first}\n\n1\tنعم{row}_\n\n"
    read = from_conllu(source)
    assert (read.text, read.attributions) == ("وقال نعمنعم ", ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1\tقال\t_\t", "1\tقال\t", "9 columns"),
        ("1\tقال", "x\tقال", "'x' is not the number"),
        ("Cue=a1@0:3", "Cue=a1@0-3", "'0-3' is not START:END"),
        ("Cue=a1@0:3", "Cue=a1@3:0", "not a span"),
        ("# sent_id = 1", "# newdoc id = x", "a second document"),
        ("type=direct", "type=loud", "type: Input should be"),
        ("Content=a1@22:35", "Content=a1@22:3500", "beyond the text"),
        ("Cue=a1@0:3", "Cue=a1@0:3,a1@1:2", "2 spans as its cue"),
    ],
)
def test_wrong_line_is_named(old: str, new: str, message: str):
    source = to_conllu(document())
    assert old in source
    broken = source.replace(old, new, 1)
    with pytest.raises(InputError, match=message) as caught:
        from_conllu(broken, path="a.conllu")
    assert caught.value.line is not None
    line = broken.split("\n")[caught.value.line - 1]
    assert new in line or "Attribution=a1" in line
