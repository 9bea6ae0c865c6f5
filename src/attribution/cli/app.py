"""The application: its commands, `--version`, and `main`."""

from __future__ import annotations

from typing import Annotated

import typer

from attribution._version import __version__
from attribution.cli import evaluate, explain, extract, lexicon, models, schema, view
from attribution.cli.console import Commands

app = typer.Typer(
    name="attribution",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(extract.extract)
app.command()(extract.table)
app.command()(evaluate.evaluate)
app.command()(schema.schema)
app.command()(view.view)
app.command()(explain.explain)
app.add_typer(models.app, name="models")
app.add_typer(lexicon.app, name="lexicon")


def main() -> None:
    """Nothing; runs the command line and exits with its code."""
    app(prog_name="attribution")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"attribution-ar {__version__}")
        raise typer.Exit


@app.callback()
def attribution(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    show_schema: schema.Schema = False,
) -> None:
    """Who said what in Arabic text."""
