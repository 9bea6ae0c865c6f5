"""`attribution view`: texts or extracted documents as one page to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Lexicons, complain
from attribution.cli.extract import attribute, readable, succeeded
from attribution.errors import InputError
from attribution.formats.atomic import replacing
from attribution.formats.files import STANDARD_INPUT, find_texts, known_encoding
from attribution.formats.jsonl import read_jsonl
from attribution.records import AttributedDocument

EXTRACTED = ".jsonl"


def view(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUTS", help="Text files, directories, -, or JSON Lines of `attribution extract`."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page (HTML).")],
    title: Annotated[str | None, typer.Option(help="Title of the page; default: the name of the first input.")] = None,
    rules_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Address of the documentation's page of rules; reasons link to it."),
    ] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of the texts.")] = "utf-8",
    model: Annotated[str, typer.Option(help="As for extract.")] = "ar_compact",
    lexicon: Lexicons = None,
) -> None:
    """Show documents as one page (HTML).

    It reads from the right and needs no network.
    """
    from attribution.render.html import to_html

    failures: list[object] = []
    texts = [name for name in inputs if not _holds_records(name)]
    articles = readable(find_texts(texts), known_encoding(encoding), failures)
    read = succeeded(attribute(articles, model=model, lexicon=tuple(lexicon or ())), failures) if texts else iter(())
    documents = [*_extracted(filter(_holds_records, inputs), failures), *read]
    if documents or not failures:
        page = to_html(documents, title=title or _title(inputs[0], documents), rules_url=rules_url)
        with replacing(output) as stream:
            stream.write(page.encode("utf-8"))
    raise typer.Exit(FAILED if failures else DONE)


def _holds_records(name: str) -> bool:
    return name.lower().endswith(EXTRACTED)


def _extracted(names: Iterable[str], failures: list[object]) -> Iterator[AttributedDocument]:
    """The documents of each file; what cannot be read is told and kept in `failures`, and the other files are read."""
    for name in names:
        try:
            yield from read_jsonl(name)
        except InputError as error:
            complain(error)
            failures.append(error)


def _title(name: str, documents: Sequence[AttributedDocument]) -> str:
    """The name of an input without its suffix; of standard input, which has none, the id of the first document."""
    if name == STANDARD_INPUT:
        return documents[0].id if documents else name
    return Path(name).resolve().stem
