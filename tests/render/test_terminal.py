from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from attribution.records import SpeakerReference
from attribution.render.terminal import (
    DIRECTION_CONTROLS,
    END_OF_ISOLATE,
    ISOLATE,
    document_table,
    print_documents,
    save_documents,
    shown,
)
from tests.formats.documents import attribution, document


def lines(found: object, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, no_color=True)
    console.print(found)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_the_speaker_stands_at_the_right_edge_and_the_reading_goes_left():
    table = lines(document_table(document()), width=110)
    header = [name.strip() for name in table[2].strip("┃").split("┃")]
    assert header == ["conf.", "type", "quotation", "cue", "speaker"]
    row = next(line for line in table if "سنلتقي" in line)
    assert cells(row)[1:] == [
        "direct",
        f"{ISOLATE}سنلتقي الجمعة{END_OF_ISOLATE}",
        f"{ISOLATE}قال{END_OF_ISOLATE}",
        f"{ISOLATE}فلاديمير بوتين{END_OF_ISOLATE}",
    ]


def test_every_line_of_a_wrapped_cell_is_an_isolate_of_its_own_and_rows_stay_even():
    text = "قال بوتين: «" + "كلمات طويلة كثيرة جدا " * 20 + "»."
    content = text[text.index("«") + 1 : text.index(" »")]
    table = lines(document_table(document(text=text, attributions=(attribution(content, text=text),))), width=70)
    body = [line for line in table if line.startswith("│")]
    assert len(body) > 5
    for line in body:
        quotation = cells(line)[2]
        assert quotation.startswith(ISOLATE)
        assert quotation.endswith(END_OF_ISOLATE)
        assert quotation.count(ISOLATE) == quotation.count(END_OF_ISOLATE) == 1
    assert {cell_len(line) for line in body} == {70}


def test_padding_stays_outside_the_isolate():
    row = next(line for line in lines(document_table(document())) if "سنلتقي" in line)
    for cell in row.strip("│").split("│"):
        assert f"{ISOLATE} " not in cell
        assert f" {END_OF_ISOLATE}" not in cell


def test_a_document_without_attributions_says_so():
    assert lines(document_table(document(attributions=())))[1].strip() == "no attributions"


def test_what_is_absent_is_a_dash():
    nobody = attribution(speaker=None).model_copy(update={"cue": None})
    row = next(line for line in lines(document_table(document(attributions=(nobody,)))) if "سنلتقي" in line)
    assert cells(row)[3:] == ["—", "—"]


def test_an_article_can_neither_drive_the_terminal_nor_leave_its_cell():
    speaker = SpeakerReference(id="s", name="\x1b[2J\u202eبوتين\u2069[bold]x[/]\n\x9b", kind="person")
    printed = "\n".join(lines(document_table(document(attributions=(attribution(speaker=speaker),))), width=120))
    assert "\x1b" not in printed
    assert "\x9b" not in printed
    assert "\u202e" not in printed
    assert "[2Jبوتين[bold]x[/]" in printed


@given(st.text())
def test_what_is_shown_is_one_safe_line(text: str):
    visible = shown(text)
    assert not DIRECTION_CONTROLS & set(visible)
    assert visible.isprintable() or not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in visible)
    assert visible == shown(visible)


def test_joiners_and_vowels_stay():
    assert shown("نمی\u200cشود قَالَ") == "نمی\u200cشود قَالَ"


def test_tables_are_saved_without_colours(tmp_path: Path):
    save_documents([document("one"), document("two")], tmp_path / "out.txt", width=90)
    text = (tmp_path / "out.txt").read_text("utf-8")
    assert "one · 2" in text
    assert "two · 2" in text
    assert "\x1b" not in text


def test_documents_are_printed_as_they_come():
    console = Console(file=io.StringIO(), width=80)

    def failing():
        yield document("first")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        print_documents(failing(), console)
    assert isinstance(console.file, io.StringIO)
    assert "first" in console.file.getvalue()
