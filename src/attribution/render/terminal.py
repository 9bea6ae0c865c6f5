"""Attributions as a table for a terminal, laid out to be read from right to left.

A terminal that knows Arabic reorders each line as one paragraph of the bidirectional algorithm: in a row of Arabic
cells it would take the borders for punctuation inside one long Arabic phrase and show the cells in the wrong places.
So every line of every cell is shut in a right-to-left isolate (U+2067 … U+2069): inside it the text runs from the
right, outside it the row is plain left-to-right and the borders stay. The columns themselves stand in reverse, the
speaker at the right edge, where a reader of Arabic begins. Isolates have no width. Controls that the article itself
contains are taken out of what is shown, since they could move text out of its cell or drive the terminal.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.containers import Lines
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from attribution.formats.atomic import replacing
from attribution.records import AttributedDocument, Attribution

ISOLATE, END_OF_ISOLATE = "\u2067", "\u2069"
DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
NONE = "—"
TYPE_STYLES = {"direct": "green", "indirect": "yellow", "mixed": "cyan"}


class RightToLeft(Text):
    """A text each line of which, once wrapped, stands in a right-to-left isolate; the padding stays outside."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """The wrapped lines, isolated."""
        return Lines(_isolated(line) for line in super().wrap(console, width, **options))


def document_table(document: AttributedDocument) -> RenderableType:
    """The attributions of one document under a line with its id; a note instead if there are none."""
    title = Rule(Text(f"{shown(document.id)} · {len(document.attributions)}"), style="dim")
    if not document.attributions:
        return Group(title, Text("no attributions", style="dim"))
    table = Table(expand=True, show_lines=True, header_style="bold", border_style="dim")
    table.add_column("conf.", justify="right", no_wrap=True)
    table.add_column("type", justify="right", no_wrap=True)
    table.add_column("quotation", justify="right", ratio=5)
    table.add_column("cue", justify="right", ratio=1, min_width=8)
    table.add_column("speaker", justify="right", ratio=2, min_width=12)
    for attribution in document.attributions:
        table.add_row(*_cells(attribution))
    return Group(title, table)


def print_documents(documents: Iterable[AttributedDocument], console: Console) -> None:
    """Nothing; each document's table goes to `console`."""
    for document in documents:
        console.print(document_table(document))


def save_documents(documents: Iterable[AttributedDocument], path: Path | str, *, width: int) -> None:
    """Nothing; each document's table goes to the file at `path`, in UTF-8 and without colours."""
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
        print_documents(documents, Console(file=text, width=width, no_color=True))
        text.detach()


def shown(text: str) -> str:
    """`text` on one line and safe to print: control and direction characters out, white space as one space."""
    return " ".join("".join(_visible(character) for character in text).split())


def arabic(text: str | None, style: str = "") -> Text:
    """`text` as a cell that reads from the right; a dash if there is none."""
    return RightToLeft(shown(text), style=style) if text else Text(NONE, style="dim")


def _cells(attribution: Attribution) -> tuple[Text, ...]:
    """The cells of one attribution, from the left edge to the right."""
    speaker = attribution.speaker
    kind = Text(attribution.type, style=TYPE_STYLES[attribution.type])
    return (
        Text(f"{attribution.confidence:.2f}"),
        kind,
        arabic(attribution.content.text),
        arabic(attribution.cue.text if attribution.cue else None, "magenta"),
        arabic(speaker.name if speaker else None, "bold"),
    )


def _visible(character: str) -> str:
    """What to print for one character of an article."""
    if character in DIRECTION_CONTROLS:
        return ""
    category = unicodedata.category(character)
    return "\ufffd" if category == "Cs" else " " if category in ("Cc", "Zl", "Zp") else character


def _isolated(line: Text) -> Text:
    """`line` in an isolate, without the spaces that align it."""
    plain = line.plain
    start, end = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    if start >= end:
        return line
    return Text.assemble(line[:start], ISOLATE, line[start:end], END_OF_ISOLATE, line[end:], style=line.style)
