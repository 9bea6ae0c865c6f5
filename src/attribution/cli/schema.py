"""`attribution schema`."""

from __future__ import annotations

import typer

from attribution.formats.schema import schema_text


def schema() -> None:
    """Print the JSON Schema of one line of output."""
    typer.echo(schema_text(), nl=False)
