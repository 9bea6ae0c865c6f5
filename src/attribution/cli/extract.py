"""`attribution extract` and `attribution table`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Literal, Protocol

import typer
from rich.console import Console
from rich.progress import track

from attribution.batch import Options, Run, Shards
from attribution.cli.console import DONE, FAILED, WIDTH_OF_A_FILE, Lexicons, complain, output_console
from attribution.cli.longrun import progress, told_interrupt, work_folder
from attribution.cli.schema import Schema
from attribution.errors import InputError, SettingsError
from attribution.formats.article_tables import ArticleTables, is_table
from attribution.formats.files import TextFile, find_texts, known_encoding
from attribution.formats.jsonl import dump_line, read_jsonl, write_jsonl
from attribution.formats.row_files import READERS
from attribution.formats.table import check_library, write_csv, write_table
from attribution.records import Article, AttributedDocument, FailedDocument
from attribution.render.terminal import print_documents, save_documents

Format = Literal["jsonl", "table", "csv", "parquet", "xlsx"]
BY_SUFFIX: Mapping[str, Format] = {".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
FILES_ONLY = ("parquet", "xlsx")
Place = TextFile | Article | FailedDocument | InputError

Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here (whole or not at all), not to the screen."),
]
Form = Annotated[
    Format | None,
    typer.Option("--format", help="Default: by the suffix of --output; a table on a terminal; else jsonl."),
]


class Failure(Protocol):
    """A document that could not be attributed, and why."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def error(self) -> object:
        """What went wrong."""


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUTS",
            help="Text files, directories of *.txt, or - for stdin; with --text-column: .csv, .jsonl, .parquet.",
        ),
    ],
    output: Output = None,
    form: Form = None,
    text_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The inputs are tables, and this column holds the texts; the others come along."
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of a table that names its rows; default: numbers.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of the inputs.")] = "utf-8",
    model: Annotated[
        str, typer.Option(help="ar_compact (bundled), a Stanza package, or a folder of models.")
    ] = "ar_compact",
    lexicon: Lexicons = None,
    device: Annotated[str, typer.Option(help="cpu, cuda or cuda:N.")] = "cpu",
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Use N processes, a core each; what is done outlives a kill.")
    ] = None,
    unordered: Annotated[bool, typer.Option("--unordered", help="Write documents as they are done.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from what a killed run had done; needs -o.")] = False,
    schema: Schema = False,
) -> None:
    """Find who said what in texts, or in a column of a table."""
    form, encoding = chosen_format(form, output), known_encoding(encoding)
    options = Options(model=model, lexicon=tuple(lexicon or ()), device=device, encoding=encoding)
    places = named_places(inputs, text_column, id_column, encoding)
    failures: list[object] = []
    if workers is None and not resume and not unordered:
        articles = readable(places, encoding, failures)
        results = attribute(articles, model=model, lexicon=options.lexicon, device=device)
        write(succeeded(_watched(results, len(places), form, output), failures), form, output, failures)
    else:
        with work_folder(output, resume=resume) as folder:
            items = places if isinstance(places, ArticleTables) else list(_found(places, failures))
            shards = Shards(folder, items, options)
            with progress(len(shards.items), form, output) as report, told_interrupt(shards, output):
                run = Run(shards, options, workers=workers or 1, report=report)
                records = run.records(resume=resume, ordered=not unordered)
                write(succeeded(records, failures), form, output, failures)
            shards.remove()
    raise typer.Exit(FAILED if failures else DONE)


def table(
    inputs: Annotated[list[Path], typer.Argument(metavar="FILES", help="JSON Lines written by `attribution extract`.")],
    output: Output = None,
    form: Form = None,
) -> None:
    """Show extracted documents, or write them anew.

    The format may be another; nothing is extracted again.
    """
    documents = chain.from_iterable(read_jsonl(path) for path in inputs)
    write(documents, chosen_format(form or (None if output else "table"), output), output, ())


def attribute(
    articles: Iterable[Article], *, model: str, lexicon: tuple[Path, ...], device: str = "cpu"
) -> Iterator[AttributedDocument | Failure]:
    """An attributed document or a failure for each article, in order; the model is loaded here."""
    from attribution import Extractor

    return Extractor(model=model, lexicon=lexicon, device=device).stream(articles)


def named_places(
    inputs: Sequence[str], text_column: str | None, id_column: str | None, encoding: str
) -> Sequence[Place]:
    """What the inputs name: files of text, or with a `text_column` the rows of tables; SettingsError for a mixture."""
    if text_column is None:
        if id_column is not None:
            raise SettingsError("--id-column is for tables: name their column of texts too, with --text-column")
        return list(find_texts(inputs))
    if strangers := [name for name in inputs if not is_table(name)]:
        raise SettingsError(f"{strangers[0]} is no table: with --text-column give files of {', '.join(READERS)}")
    return ArticleTables(map(Path, inputs), text_column, id=id_column, encoding=encoding)


def chosen_format(form: Format | None, output: Path | None) -> Format:
    """The format to write: as asked, or by the suffix of `output`, else a table for a person, JSON Lines for a pipe."""
    if output is None and form in FILES_ONLY:
        raise SettingsError(f"{form} is not for the screen: name a file with --output")
    if form is None and output is not None:
        form = BY_SUFFIX.get(output.suffix.lower(), "jsonl")
    if form is not None:
        check_library(form)
        return form
    return "table" if sys.stdout.isatty() else "jsonl"


def write(
    documents: Iterable[AttributedDocument], form: Format, output: Path | None, failures: Sequence[object]
) -> None:
    """Nothing; the documents go to `output` or standard output; if all of them failed, a file stays as it was."""
    stream = iter(documents)
    first = list(islice(stream, 1))
    if first or not failures:
        found = chain(first, stream)
        _print(found, form) if output is None else _save(found, form, output)


def _print(documents: Iterable[AttributedDocument], form: Format) -> None:
    """Nothing; the documents go to standard output, each as soon as it is there."""
    if form == "table":
        print_documents(documents, output_console())
    elif form == "csv":
        write_csv(documents, sys.stdout.buffer)
    else:
        for document in documents:
            sys.stdout.buffer.write(dump_line(document))
            sys.stdout.buffer.flush()


def _save(documents: Iterable[AttributedDocument], form: Format, output: Path) -> None:
    """Nothing; the documents stand in the file `output`, whole or not at all."""
    if form == "jsonl":
        write_jsonl(documents, output)
    elif form == "table":
        save_documents(documents, output, width=WIDTH_OF_A_FILE)
    else:
        write_table(documents, output, form)


def readable(places: Iterable[Place], encoding: str, failures: list[object]) -> Iterator[Article]:
    """The article at each place that can be read; the others are told, and their ids kept in `failures`."""
    for place in places:
        try:
            if isinstance(place, InputError):
                raise place
            if isinstance(place, TextFile):
                yield Article(id=place.id, text=place.read(encoding))
            elif isinstance(place, Article):
                yield place
            else:
                _tell(place, failures)
        except InputError as error:
            complain(error)
            failures.append(error)


def _found(places: Iterable[Place], failures: list[object]) -> Iterator[TextFile | Article | FailedDocument]:
    """The places that name something to read; the others are told and kept in `failures`."""
    for place in places:
        if not isinstance(place, InputError):
            yield place
        else:
            complain(place)
            failures.append(place)


def succeeded(results: Iterable[AttributedDocument | Failure], failures: list[object]) -> Iterator[AttributedDocument]:
    """The documents among `results`; the failures are told and kept in `failures`."""
    for result in results:
        if isinstance(result, AttributedDocument):
            yield result
        else:
            _tell(result, failures)


def _tell(failure: Failure, failures: list[object]) -> None:
    """Nothing; a failure is told and its id kept: a table may have very many."""
    complain(f"{failure.id}: {failure.error}")
    failures.append(failure.id)


def _watched(
    results: Iterable[AttributedDocument | Failure], total: int, form: Format, output: Path | None
) -> Iterable[AttributedDocument | Failure]:
    """`results`, with a progress bar on standard error if there are many and a person looks at no table."""
    console = Console(stderr=True)
    if total < 2 or not console.is_terminal or (output is None and form == "table"):
        return results
    return track(results, description="articles", total=total, console=console, transient=True)
