"""`attribution models …`: which parser models there are, where, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Commands, complain, output_console
from attribution.errors import ModelError
from attribution.render.lists import models_table
from attribution.syntax.packages import (
    BUNDLED,
    GET_OFFICIAL,
    LANGUAGE,
    bundled_folder,
    official_folder,
    read_package,
    verify_bundle,
)

OFFICIAL = "default"

app = typer.Typer(cls=Commands, no_args_is_help=True, help="The parser models: list, path, verify, download.")

Model = Annotated[str, typer.Argument(help="ar_compact (bundled), a Stanza package, or a folder of models.")]


@app.command("list")
def list_models() -> None:
    """List the bundled model and Stanza's official one."""
    output_console().print(models_table(_known()))


@app.command()
def path(model: Model = BUNDLED) -> None:
    """Print the folder of a model."""
    typer.echo(_folder(model))


@app.command()
def verify(model: Model = BUNDLED) -> None:
    """Check that a model's files are all there.

    Those of the bundled one must be unaltered, too.
    """
    faults = _faults(model)
    for fault in faults:
        complain(f"{_folder(model)}: {fault}")
    if not faults:
        typer.echo(f"{model}: whole")
    raise typer.Exit(FAILED if faults else DONE)


@app.command()
def download(package: Annotated[str, typer.Argument(help="A Stanza package, such as padt.")] = OFFICIAL) -> None:
    """Download Stanza's official Arabic models.

    The only command that uses the network.
    """
    import stanza

    folder = official_folder()
    try:
        stanza.download(LANGUAGE, model_dir=str(folder), package=package)
    # Stanza raises whatever its network library does; each of them means that the models did not come.
    except Exception as error:
        raise ModelError(f"{package} could not be downloaded to {folder}: {error}") from error
    typer.echo(folder)


def _known() -> Iterator[tuple[str, Path, str]]:
    """Name, folder and state of the bundled and of the official model."""
    for model in (BUNDLED, OFFICIAL):
        faults = _faults(model)
        yield (
            f"{model}{' (bundled)' if model == BUNDLED else ' (official)'}",
            _folder(model),
            faults[0] if faults else "whole",
        )


def _folder(model: str) -> Path:
    """The folder that `model` names."""
    if model == BUNDLED:
        return bundled_folder()
    return Path(model) if Path(model).is_dir() else official_folder()


def _faults(model: str) -> list[str]:
    """What is wrong with a model, one line a fault."""
    if model == BUNDLED:
        return verify_bundle(bundled_folder())
    try:
        read_package(_folder(model), OFFICIAL if Path(model).is_dir() else model, remedy=GET_OFFICIAL)
    except ModelError as error:
        return [str(error)]
    return []
