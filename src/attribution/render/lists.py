"""Lexicon entries, readings of a word and models as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.table import Table
from rich.text import Text

from attribution.lexicon import CueEntry, PhraseMatch, Reading
from attribution.render.terminal import NONE, arabic
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
    table = _senses(word)
    for reading in readings:
        glued, entry = _glued(word, reading.proclitic, reading.enclitic), reading.entry
        table.add_row(Text(entry.gloss), entry.cue_class, features(reading), arabic(glued), arabic(entry.lemma, "bold"))
    return table


def phrase_table(words: str, match: PhraseMatch) -> Table:
    """What a phrase of several words is, as `readings_table` says it of one word."""
    table, entry = _senses(words), match.phrase.entry
    glued = arabic(_glued(words, match.proclitic, match.phrase.enclitic))
    if entry is None:
        table.add_row(
            NONE, NONE, "set phrase in which nobody says anything", glued, arabic(" ".join(match.phrase.words))
        )
    else:
        table.add_row(Text(entry.gloss), entry.cue_class, entry.kind, glued, arabic(entry.lemma, "bold"))
    return table


def _senses(words: str) -> Table:
    """The empty table of what `words` can be."""
    table = Table(title=arabic(words), header_style="bold")
    for name in ("gloss", "class", "features", "glued"):
        table.add_column(name)
    table.add_column("lemma", justify="right")
    return table


def _glued(words: str, proclitic: int, enclitic: str | None) -> str:
    """The letters glued before and after: وـ ـها."""
    before = f"{skeleton(words)[:proclitic]}ـ" if proclitic else ""
    return f"{before} {f'ـ{enclitic}' if enclitic else ''}".strip()


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
