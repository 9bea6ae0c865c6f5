"""`attribution view`: texts or extracted documents as one page to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Lexicons
from attribution.cli.extract import attribute, readable, succeeded
from attribution.formats.atomic import replacing
from attribution.formats.files import find_texts, known_encoding
from attribution.formats.jsonl import read_jsonl
from attribution.records import AttributedDocument

EXTRACTED = ".jsonl"


def view(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUTS…", help="Text files, directories, -, or JSON Lines of `attribution extract`."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page (HTML).")],
    title: Annotated[str | None, typer.Option(help="Title of the page; default: the name of the first input.")] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of the texts.")] = "utf-8",
    model: Annotated[str, typer.Option(help="As for extract.")] = "ar_compact",
    lexicon: Lexicons = None,
) -> None:
    """Show documents as one page (HTML).

    It reads from the right and needs no network.
    """
    from attribution.render.html import to_html

    failures: list[object] = []
    texts = [name for name in inputs if not name.endswith(EXTRACTED)]
    articles = readable(find_texts(texts), known_encoding(encoding), failures)
    read = succeeded(attribute(articles, model=model, lexicon=tuple(lexicon or ())), failures) if texts else iter(())
    documents = [*_extracted(inputs), *read]
    if documents or not failures:
        page = to_html(documents, title=title or Path(inputs[0]).stem)
        with replacing(output) as stream:
            stream.write(page.encode("utf-8"))
    raise typer.Exit(FAILED if failures else DONE)


def _extracted(inputs: list[str]) -> Iterator[AttributedDocument]:
    for name in inputs:
        if name.endswith(EXTRACTED):
            yield from read_jsonl(name)
