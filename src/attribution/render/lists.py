"""Lexicon entries, readings of a word and models as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.table import Table
from rich.text import Text

from attribution.lexicon import CueEntry, Reading
from attribution.render.terminal import arabic
from attribution.text.folding import skeleton


def entries_table(entries: Iterable[CueEntry]) -> Table:
    """The cue entries, one row each, the lemma at the right edge."""
    table = Table(header_style="bold")
    table.add_column("gloss")
    table.add_column("class")
    table.add_column("kind")
    table.add_column("complements", justify="right")
    table.add_column("lemma", justify="right")
    for entry in entries:
        complements = arabic("، ".join(sorted(entry.complements)))
        table.add_row(Text(entry.gloss), entry.cue_class, entry.kind, complements, arabic(entry.lemma, "bold"))
    return table


def readings_table(word: str, readings: Iterable[Reading]) -> Table:
    """What `word` can be, one row a reading, with the letters glued before and after it: وـ, ـها."""
    table = Table(title=arabic(word), header_style="bold")
    for name in ("gloss", "class", "features", "glued"):
        table.add_column(name)
    table.add_column("lemma", justify="right")
    for reading in readings:
        glued = " ".join(
            part
            for part in (
                f"{skeleton(word)[: reading.proclitic]}ـ" if reading.proclitic else "",
                f"ـ{reading.enclitic}" if reading.enclitic else "",
            )
            if part
        )
        entry = reading.entry
        table.add_row(Text(entry.gloss), entry.cue_class, features(reading), arabic(glued), arabic(entry.lemma, "bold"))
    return table


def features(reading: Reading) -> str:
    """The kind of form and its features in words: "verb past 3 masculine singular"."""
    parts = (reading.kind, reading.tense, "passive" if reading.passive else None, reading.person, reading.gender)
    definite = "definite" if reading.definite else None
    return " ".join(str(part) for part in (*parts, reading.number, definite) if part is not None)


def models_table(models: Iterable[tuple[str, Path, str]]) -> Table:
    """The models as name, folder and state."""
    table = Table(header_style="bold")
    for name in ("model", "folder", "state"):
        table.add_column(name, overflow="fold")
    for model, folder, state in models:
        table.add_row(Text(model), Text(str(folder)), Text(state))
    return table
