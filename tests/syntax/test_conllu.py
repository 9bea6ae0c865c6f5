"""CoNLL-U: read, written, and in place of a parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.errors import InputError
from attribution.syntax.conllu import ConlluParser, parse_conllu, read_conllu, write_conllu
from attribution.syntax.parser import Parser
from attribution.syntax.tree import EMPTY, Tree, Word

SAID = """# sent_id = 1
# text = وقال للنظام: نعم
1-2	وقال	_	_	_	_	_	_	_	_
1	و	_	CCONJ	_	_	2	cc	_	_
2	قال	_	VERB	_	Gender=Masc	0	root	_	_
3-4	للنظام	_	_	_	_	_	_	_	SpaceAfter=No
3	ل	_	ADP	_	_	4	case	_	_
4	النظام	_	NOUN	_	_	2	obl	_	_
5	:	_	PUNCT	_	_	2	punct	_	_
5.1	_	_	_	_	_	_	_	_	_
6	نعم	_	PART	_	_	2	parataxis	_	_

"""
YES = "# text = نعم\n1\tنعم\t_\tPART\t_\t_\t0\troot\t_\t_\n"


def pieces(tree: Tree, text: str) -> list[str]:
    return [text[w.start : w.end] for w in tree.words]


def test_offsets_come_from_the_text():
    (sentence,) = parse_conllu(SAID)
    assert sentence.text == "وقال للنظام: نعم"
    assert pieces(sentence.tree, sentence.text) == ["و", "قال", "ل", "لنظام", ":", "نعم"]
    assert sentence.tree.word(2).feats == "Gender=Masc"
    assert sentence.tree.word(4).form == "النظام"


def test_a_sentence_without_text_gets_one_from_its_tokens():
    (sentence,) = parse_conllu("\n".join(line for line in SAID.splitlines() if not line.startswith("#")))
    assert sentence.text == "وقال للنظام: نعم"


def test_a_file_is_read(tmp_path: Path):
    path = tmp_path / "two.conllu"
    path.write_text(SAID + YES, encoding="utf-8")
    assert [(s.text, s.line) for s in read_conllu(path)] == [("وقال للنظام: نعم", 1), ("نعم", 13)]


def test_round_trip_of_an_odd_tree():
    unit = "“قال\nزيد”، وللخارج"
    words = (
        Word(1, "«", "PUNCT", 2, "punct", None, 0, 1),
        Word(2, "قال", "VERB", 0, "root", "Number=Sing|Gender=Masc", 1, 4),
        Word(3, "زيد", "PROPN", 2, "nsubj", None, 5, 8),
        Word(4, "»", "PUNCT", 2, "punct", None, 8, 9),
        Word(5, "،", "PUNCT", 2, "punct", None, 9, 10),
        Word(6, "و", "CCONJ", 8, "cc", None, 11, 12),
        Word(7, "ل", "ADP", 8, "case", None, 12, 13),
        Word(8, "الخارج", "NOUN", 2, "conj", None, 13, 18),
    )
    written = write_conllu([Tree(words), EMPTY], [unit, " "])
    assert "6-8\tوللخارج" in written
    parser = ConlluParser(written)
    assert parser.parse([unit, " "]) == [Tree(words), EMPTY]
    assert parser.missing == []


def test_round_trip_of_real_parses(parser, sentences):
    trees = parser.parse(sentences)
    assert ConlluParser(write_conllu(trees, sentences)).parse(sentences) == trees


def test_nothing_is_written_for_nothing():
    assert write_conllu([], []) == ""
    assert parse_conllu("") == []


def test_units_are_found_apart_from_white_space():
    recorded = ConlluParser(SAID)
    assert isinstance(recorded, Parser)
    unit = " وقال\n  للنظام:  نعم "
    (tree,) = recorded.parse([unit])
    assert pieces(tree, unit) == ["و", "قال", "ل", "لنظام", ":", "نعم"]


def test_a_unit_that_was_not_recorded():
    recorded = ConlluParser(YES)
    assert [len(tree) for tree in recorded.parse(["لا", "نعم", "  "])] == [0, 1, 0]
    assert recorded.missing == ["لا"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("3\tل\t_\tADP\t_\t_\t4\tcase\t_\t_", "3\tل\t_\tADP\t_\t_\t4\tcase", 7, "8 columns"),
        ("2\tقال", "x\tقال", 5, "'x' is not the number of a word"),
        ("2\tقال", "2-1\tقال", 3, "do not follow"),
        ("3-4\tل", "3-9\tل", 6, "do not follow"),
        ("4\tcase", "_\tcase", 7, "'_' is not the number of a head"),
        ("4\tcase", "40\tcase", 7, "head 40"),
        ("5\t:", "7\t:", 9, "word 7 stands where word 5 is due"),
        ("6\tنعم", "6\tكلا", 11, "does not occur"),
        ("parataxis\t_\t_", "parataxis\t_\tOffset=4", 11, "is not start:end"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, old: str, new: str, line: int, says: str):
    assert old in SAID
    path = tmp_path / "bad.conllu"
    path.write_text(SAID.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_conllu(path)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_a_file_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(InputError, match=r"missing\.conllu"):
        ConlluParser(tmp_path / "missing.conllu")
    (tmp_path / "bytes.conllu").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_conllu(tmp_path / "bytes.conllu")
