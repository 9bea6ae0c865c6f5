"""`attribution lexicon …`: check a lexicon of one's own, list its cues, see what a word can be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Commands, Lexicons, complain, output_console
from attribution.errors import LexiconError
from attribution.lexicon import Lexicon, load_lexicon
from attribution.render.lists import entries_table, readings_table
from attribution.text.folding import skeleton

app = typer.Typer(cls=Commands, no_args_is_help=True, help="The cue lexicon: check, show, explain.")


@app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="Lexicon files (TOML).")]) -> None:
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
    cue_class: Annotated[
        str | None, typer.Option("--class", help="Only cues of this class, such as say or deny.")
    ] = None,
    lexicon: Lexicons = None,
) -> None:
    """List the cues."""
    entries = [entry for entry in _load(lexicon).entries if cue_class in (None, entry.cue_class)]
    console = output_console()
    console.print(entries_table(entries))
    console.print(f"{len(entries)} cues")


@app.command()
def explain(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="Words as they stand in a text: قال, وأضافت.")],
    lexicon: Lexicons = None,
) -> None:
    """Say what a word can be.

    The exit code is 1 if the lexicon does not know one.
    """
    known = _load(lexicon)
    found = {word: known.readings(skeleton(word)) for word in words}
    for word, readings in found.items():
        if readings:
            output_console().print(readings_table(word, readings))
        else:
            complain(f"{word}: no cue of the lexicon; see `attribution lexicon show`, or add it to a file of your own")
    raise typer.Exit(DONE if all(found.values()) else FAILED)


def _load(paths: list[Path] | None) -> Lexicon:
    return load_lexicon(*(paths or ()))
