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
from attribution.errors import InputError, SettingsError
from attribution.formats.files import TextFile, find_texts, known_encoding
from attribution.formats.jsonl import dump_line, read_jsonl, write_jsonl
from attribution.formats.table import write_csv, write_table
from attribution.records import AttributedDocument
from attribution.render.terminal import print_documents, save_documents

Format = Literal["jsonl", "table", "csv", "parquet", "xlsx"]
BY_SUFFIX: Mapping[str, Format] = {".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
FILES_ONLY = ("parquet", "xlsx")

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
        list[str], typer.Argument(metavar="INPUTS…", help="Text files, directories of *.txt, or - for stdin.")
    ],
    output: Output = None,
    form: Form = None,
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
) -> None:
    """Find who said what in texts."""
    form, encoding = chosen_format(form, output), known_encoding(encoding)
    options = Options(model=model, lexicon=tuple(lexicon or ()), device=device, encoding=encoding)
    places = list(find_texts(inputs))
    failures: list[object] = []
    if workers is None and not resume and not unordered:
        articles = readable(places, encoding, failures)
        results = attribute(articles, model=model, lexicon=options.lexicon, device=device)
        write(succeeded(_watched(results, len(places), form, output), failures), form, output, failures)
    else:
        with work_folder(output, resume=resume) as folder:
            shards = Shards(folder, list(_found(places, failures)), options)
            with progress(len(shards.items), form, output) as report, told_interrupt(shards, output):
                run = Run(shards, options, workers=workers or 1, report=report)
                records = run.records(resume=resume, ordered=not unordered)
                write(succeeded(records, failures), form, output, failures)
            shards.remove()
    raise typer.Exit(FAILED if failures else DONE)


def table(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="FILES…", help="JSON Lines written by `attribution extract`.")
    ],
    output: Output = None,
    form: Form = None,
) -> None:
    """Show extracted documents, or write them in another format, without extracting again."""
    documents = chain.from_iterable(read_jsonl(path) for path in inputs)
    write(documents, form or chosen_format(None if output else "table", output), output, ())


def attribute(
    articles: Iterable[tuple[str, str]], *, model: str, lexicon: tuple[Path, ...], device: str = "cpu"
) -> Iterator[AttributedDocument | Failure]:
    """An attributed document or a failure for each (id, text), in order; the model is loaded here."""
    from attribution import Article, Extractor

    extractor = Extractor(model=model, lexicon=lexicon, device=device)
    return extractor.stream(Article(id=name, text=text) for name, text in articles)


def chosen_format(form: Format | None, output: Path | None) -> Format:
    """The format to write: as asked, or by the suffix of `output`, else a table for a person, JSON Lines for a pipe."""
    if output is None and form in FILES_ONLY:
        raise SettingsError(f"{form} is not for the screen: name a file with --output")
    if form is not None:
        return form
    if output is not None:
        return BY_SUFFIX.get(output.suffix.lower(), "jsonl")
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


def readable(
    places: Iterable[TextFile | InputError], encoding: str, failures: list[object]
) -> Iterator[tuple[str, str]]:
    """The id and text of each place that can be read; the others are told and kept in `failures`."""
    for place in places:
        try:
            if isinstance(place, InputError):
                raise place
            yield place.id, place.read(encoding)
        except InputError as error:
            complain(error)
            failures.append(error)


def _found(places: Iterable[TextFile | InputError], failures: list[object]) -> Iterator[TextFile]:
    """The places that name a file; the others are told and kept in `failures`."""
    for place in places:
        if isinstance(place, TextFile):
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
            complain(f"{result.id}: {result.error}")
            failures.append(result)


def _watched(
    results: Iterable[AttributedDocument | Failure], total: int, form: Format, output: Path | None
) -> Iterable[AttributedDocument | Failure]:
    """`results`, with a progress bar on standard error if there are many and a person looks at no table."""
    console = Console(stderr=True)
    if total < 2 or not console.is_terminal or (output is None and form == "table"):
        return results
    return track(results, description="articles", total=total, console=console, transient=True)
