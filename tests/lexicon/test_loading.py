"""Users' lexicon files, and what is said of a wrong one."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from attribution.errors import LexiconError
from attribution.lexicon import load_lexicon, written

VERB = """
[[verb]]
lemma = "برطم"
form = 11
class = "say"
complements = ["أن", "quote"]
strength = 0.5
gloss = "mutter"
example = "برطم الحارس أن الليل طويل"
"""


@pytest.fixture
def lexicon_file(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


def test_the_bundled_lexicon_is_loaded_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_a_file_adds_a_verb(lexicon_file: Path) -> None:
    lexicon_file.write_text(VERB, "utf-8")
    assert not load_lexicon().readings("يبرطمون")
    (reading,) = load_lexicon(lexicon_file).readings("يبرطمون")
    assert (reading.entry.lemma, reading.number) == ("برطم", "plural")


def test_a_file_replaces_a_verb(lexicon_file: Path) -> None:
    lexicon_file.write_text(VERB.replace("برطم", "أكد").replace("11", "2"), "utf-8")
    lexicon = load_lexicon(lexicon_file)
    assert [entry.strength for entry in lexicon.entries if entry.lemma == "أكد"] == [0.5]
    assert len(lexicon.entries) == len(load_lexicon().entries)


def test_a_file_blocks_a_cue(lexicon_file: Path) -> None:
    lexicon_file.write_text('[[block]]\nlemma = "غرد"\n', "utf-8")
    assert load_lexicon().readings("غردت")
    assert not load_lexicon(lexicon_file).readings("غردت")


def test_a_block_may_name_one_kind(lexicon_file: Path) -> None:
    lexicon_file.write_text('[[block]]\nlemma = "حسب"\nkind = "verb"\n', "utf-8")
    assert {reading.kind for reading in load_lexicon(lexicon_file).readings("حسب")} == {"preposition"}


def test_a_file_adds_words_formulas_and_phrases(lexicon_file: Path) -> None:
    lexicon_file.write_text(
        '[nominal]\ntitles = ["شهبندر", "شهبندرة:f"]\n'
        '[[nonattribution]]\nlemma = "غني عن البيان"\ngloss = "needless to say"\n'
        'example = "غني عن البيان أن الحر شديد"\n',
        "utf-8",
    )
    lexicon = load_lexicon(lexicon_file)
    assert lexicon.is_title("الشهبندر")
    assert lexicon.gender("titles", "شهبندره") == "feminine"
    assert lexicon.is_title("وزير")
    assert lexicon.nonattribution_at(["غني", "عن", "البيان"], 0) is not None


def test_later_files_win(tmp_path: Path) -> None:
    first, second = tmp_path / "1.toml", tmp_path / "2.toml"
    first.write_text(VERB, "utf-8")
    second.write_text(VERB.replace("0.5", "0.25"), "utf-8")
    assert next(e for e in load_lexicon(first, second).entries if e.lemma == "برطم").strength == 0.25


@pytest.mark.parametrize(
    ("text", "table", "key", "line"),
    [
        (VERB + "colour = 1\n", "verb", "colour", 10),
        (VERB.replace('gloss = "mutter"\n', ""), "verb", "gloss", 2),
        (VERB.replace("0.5", '"much"'), "verb", "strength", 7),
        (VERB.replace("0.5", "1.5"), "verb", "strength", 7),
        (VERB.replace("0.5", "true"), "verb", "strength", 7),
        (VERB.replace("برطم الحارس أن الليل طويل", " "), "verb", "example", 9),
        (VERB.replace('"quote"', '"comma"'), "verb", "complements", 6),
        (VERB.replace('["أن", "quote"]', "[]"), "verb", "complements", 6),
        (VERB.replace('["أن", "quote"]', '"أن"'), "verb", "complements", 6),
        (VERB.replace('"say"', '"sing"'), "verb", "class", 5),
        (VERB.replace("form = 11", "form = 9"), "verb", "form", 4),
        (VERB.replace("form = 11", "form = true"), "verb", "form", 4),
        (VERB.replace("form = 11", "form = 10"), "verb", "form", 4),
        (VERB + 'vowels = "xy"\n', "verb", "vowels", 10),
        (VERB + "passive = 1\n", "verb", "passive", 10),
        (VERB + 'nouns = "برطمة"\n', "verb", "nouns", 10),
        (VERB + 'nouns = [""]\n', "verb", "nouns", 10),
        (VERB.replace('"برطم"', "7"), "verb", "lemma", 3),
        (VERB + VERB, "verb", "lemma", 12),
        (VERB + "blockers = [1]\n", "verb", "blockers", 10),
        (VERB + 'blockers = [{ kind = "beside", words = ["a"], example = "b" }]\n', "verb.blockers", "kind", 10),
        (VERB + 'blockers = [{ kind = "next", words = [], example = "b" }]\n', "verb.blockers", "words", 10),
        ('[verb]\nlemma = "برطم"\n', "verb", None, 1),
        ('[[adverb]]\nlemma = "برطم"\n', "adverb", None, 1),
        ('[[block]]\nlemma = "برطم"\n', "block", "lemma", 2),
        ('[[block]]\nlemma = "قال"\nkind = "adverb"\n', "block", "kind", 3),
        ('[nominal]\nbakers = ["خباز"]\n', "nominal", "bakers", 2),
        ('[nominal]\ntitles = ["خبازة:x"]\n', "nominal", "titles", 2),
        ('[[nominal]]\ntitles = ["خباز"]\n', "nominal", None, 1),
        ('[[nonattribution]]\nlemma = "غني عن البيان"\n', "nonattribution", "gloss", 1),
        ("lemma =\n", None, None, 1),
        (VERB + "colour", None, None, 10),
        # The second of two entries, below a comment; a key that another entry has too is not taken for its own.
        (VERB + '[[ "verb" ]]  # mine\nlemma = "رطن"\nform = 1\nclass = "sing"\n', "verb", "complements", 10),
        (VERB + VERB.replace("برطم", "قرقر").replace("0.5", "5"), "verb", "strength", 16),
        # Written inline, an entry has no heading, and no line is made up for it.
        ('verb = [{ lemma = "برطم" }]\n', "verb", "complements", None),
    ],
)
def test_a_wrong_file_is_named(
    text: str, table: str | None, key: str | None, line: int | None, lexicon_file: Path
) -> None:
    lexicon_file.write_text(text, "utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(lexicon_file)
    assert (caught.value.table, caught.value.key, caught.value.line) == (table, key, line)
    assert caught.value.path == lexicon_file
    assert str(lexicon_file) in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(content: bytes | None, lexicon_file: Path) -> None:
    if content is not None:
        lexicon_file.write_bytes(content)
    with pytest.raises(LexiconError, match=r"mine\.toml: cannot be read"):
        load_lexicon(lexicon_file)


def test_a_byte_order_mark_is_no_fault(lexicon_file: Path) -> None:
    lexicon_file.write_text('[[block]]\nlemma = "غرد"\n', "utf-8-sig")
    assert not load_lexicon(lexicon_file).readings("غردت")


def test_every_entry_of_the_bundled_lexicon_is_found_as_it_is_written() -> None:
    for entry in load_lexicon().entries:
        ((table, (row,)),) = tomllib.loads(written(entry)).items()
        assert (table, row["lemma"], row["example"]) == (entry.kind, entry.lemma, entry.example)


def test_an_entry_ends_where_the_next_begins(lexicon_file: Path) -> None:
    blockers = '[[verb.blockers]]\nkind = "next"\nwords = ["شيئا"]\nexample = "برطم شيئا"\n'
    lexicon_file.write_text(f'{VERB}{blockers}\n# Not mine\n[[block]]\nlemma = "قال"\n', "utf-8")
    (entry,) = (found for found in load_lexicon(lexicon_file).entries if found.lemma == "برطم")
    assert written(entry, lexicon_file) == f"{VERB}{blockers}".strip()


def test_an_entry_written_inline_is_not_shown(lexicon_file: Path) -> None:
    lexicon_file.write_text(
        'noun = [{ lemma = "برطمة", class = "say", complements = ["أن"], strength = 1, gloss = "x", example = "x" }]',
        "utf-8",
    )
    (entry,) = (found for found in load_lexicon(lexicon_file).entries if found.lemma == "برطمة")
    assert written(entry, lexicon_file) == ""


def test_loading_is_quick(lexicon_file: Path) -> None:
    lexicon_file.write_text(VERB, "utf-8")
    before = time.process_time()
    load_lexicon(lexicon_file)
    assert time.process_time() - before < 1.0


def test_an_empty_list_under_an_unknown_name_is_named(tmp_path: Path):
    (tmp_path / "mine.toml").write_text("ibu=[]\n")
    with pytest.raises(LexiconError, match=r"\[ibu\] unknown table"):
        load_lexicon(tmp_path / "mine.toml")
