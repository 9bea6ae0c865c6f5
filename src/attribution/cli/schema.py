"""`attribution schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from attribution.formats.schema import schema_text


def schema() -> None:
    """Print the JSON Schema of one line of output."""
    typer.echo(schema_text(), nl=False)


def _shown(wanted: bool) -> None:
    if wanted:
        schema()
        raise typer.Exit


Schema = Annotated[
    bool,
    typer.Option(
        "--schema", callback=_shown, is_eager=True, help="Print the JSON Schema of a line of output and stop."
    ),
]
