"""What the commands share: exit codes, messages on standard error, and how library errors become both."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from attribution.errors import AttributionError, InputError, LexiconError
from attribution.render.terminal import shown

DONE, FAILED, WRONG_USE = 0, 1, 2
WIDTH_OF_A_FILE = 120

Lexicons = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", metavar="FILE", help="A lexicon (TOML) that adds, changes or blocks cues."),
]


class Commands(TyperGroup):
    """Commands whose library errors are told in one line each, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns; an AttributionError becomes its message and an exit code."""
        try:
            return super().invoke(ctx)
        except AttributionError as error:
            complain(error)
            raise typer.Exit(exit_code(error)) from error


def exit_code(error: AttributionError) -> int:
    """1 for a file that cannot be read or written, 2 for options, models and lexicons that cannot be used."""
    return FAILED if isinstance(error, InputError) and not isinstance(error, LexiconError) else WRONG_USE


def complain(problem: object) -> None:
    """Nothing; one line about `problem` goes to standard error."""
    typer.echo(f"error: {shown(str(problem))}", err=True)


def output_console() -> Console:
    """A console on standard output; where that is a file or pipe, wide enough for a table."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_OF_A_FILE)
