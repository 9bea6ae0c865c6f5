"""`attribution lexicon …`: check a lexicon of one's own, list its cues, see what a word can be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Commands, Lexicons, complain, output_console
from attribution.errors import LexiconError, SettingsError
from attribution.lexicon import CUE_CLASSES, CueEntry, Lexicon, load_lexicon, written
from attribution.render.lists import entries_table, phrase_table, readings_table
from attribution.text.folding import skeleton

_UNKNOWN = "no cue of the lexicon; see `attribution lexicon show`, or add it to a file of your own"
_UNKNOWN_PHRASE = "no cue phrase of the lexicon; ask about its words one by one, outside quotation marks"

app = typer.Typer(cls=Commands, no_args_is_help=True, help="The cue lexicon: check, show, explain.")


@app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Lexicon files (TOML).")]) -> None:
    """Check lexicon files.

    A wrong one is named with its line, table and key.
    """
    wrong = 0
    for file in files:
        try:
            typer.echo(f"{file}: right; {len(load_lexicon(file).entries)} cues with the bundled ones")
        except LexiconError as error:
            complain(error)
            wrong += 1
    raise typer.Exit(FAILED if wrong else DONE)


@app.command()
def show(
    lemmas: Annotated[
        list[str] | None,
        typer.Argument(metavar="LEMMAS", help="Only these, as they are written in TOML: to copy and change."),
    ] = None,
    cue_class: Annotated[
        str | None, typer.Option("--class", help="Only cues of this class, such as say or deny.")
    ] = None,
    lexicon: Lexicons = None,
) -> None:
    """List the cues.

    Entries asked for by their lemma are printed whole, as a lexicon file of one's own may begin. The exit code is 1
    if the lexicon does not know one.
    """
    if cue_class is not None and cue_class not in CUE_CLASSES:
        raise SettingsError(f"no cue is of the class {cue_class!r}; the classes are: {', '.join(sorted(CUE_CLASSES))}")
    known = _load(lexicon)
    if lemmas:
        raise typer.Exit(_print_written(known, lemmas, cue_class, lexicon or []))
    entries = [entry for entry in known.entries if cue_class in (None, entry.cue_class)]
    console = output_console()
    console.print(entries_table(entries))
    console.print(f"{len(entries)} cues")


@app.command()
def explain(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words or phrases as they stand in a text.")],
    lexicon: Lexicons = None,
) -> None:
    """Say what a word or phrase can be.

    The exit code is 1 if the lexicon does not know one.
    """
    known = _load(lexicon)
    unknown = 0
    for word in words:
        phrase = known.phrase_of(skeleton(word).split())
        if readings := known.readings(skeleton(word)):
            output_console().print(readings_table(word, readings))
        elif phrase is not None:
            output_console().print(phrase_table(word, phrase))
        else:
            complain(f"{word}: {_UNKNOWN_PHRASE if ' ' in word.strip() else _UNKNOWN}")
            unknown += 1
    raise typer.Exit(FAILED if unknown else DONE)


def _print_written(known: Lexicon, lemmas: list[str], cue_class: str | None, files: list[Path]) -> int:
    """The exit code; the entries with these lemmas, or with words that are forms of theirs, go to standard output."""
    unknown = 0
    for lemma in lemmas:
        found = [entry for entry in _entries(known, lemma) if cue_class in (None, entry.cue_class)]
        for entry in found:
            typer.echo(f"{written(entry, *files) or f'# {entry.lemma}: stands inline in its file'}\n")
        if not found:
            complain(f"{lemma}: {_UNKNOWN}")
            unknown += 1
    return FAILED if unknown else DONE


def _entries(known: Lexicon, lemma: str) -> list[CueEntry]:
    """The entries with a lemma, as it is written or without its hamzas, else those that it is a form of."""
    named = [entry for entry in known.entries if skeleton(entry.lemma) == skeleton(lemma)]
    return named or list(dict.fromkeys(reading.entry for reading in known.readings(skeleton(lemma))))


def _load(paths: list[Path] | None) -> Lexicon:
    return load_lexicon(*(paths or ()))
