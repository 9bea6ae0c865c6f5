"""`attribution evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, complain, output_console
from attribution.evaluation import (
    ALL,
    GoldDocument,
    Relation,
    Report,
    choose,
    evaluate_subsets,
    gains_and_losses,
    mistakes,
    read_floors,
    read_gold,
    read_predictions,
    shortfalls,
)
from attribution.formats.atomic import replacing
from attribution.render.scores import breakdown_table, changes_table, figures_table, mistakes_table

Runs = Mapping[str, Sequence[Relation]]


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A gold folder (text/, ann/), or a folder of such folders.")],
    predictions: Annotated[Path, typer.Argument(help="JSON Lines of `attribution extract`.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON, with the keys of score.py.")
    ] = False,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Show the first N mistakes.")] = 0,
    against: Annotated[
        Path | None, typer.Option(help="An earlier run: show what was gained and lost against it.")
    ] = None,
    subset: Annotated[
        list[str] | None, typer.Option(metavar="IDS", help='Ids and ranges: "dev00-dev27,seed". Once for each column.')
    ] = None,
    floors: Annotated[Path | None, typer.Option(help="JSON {subset: {figure: percent}}; a figure below fails.")] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page of every text with its mistakes.")
    ] = None,
) -> None:
    """Score a run against gold: figures, mistakes, gains and losses."""
    documents, found = read_gold(gold), read_predictions(predictions)
    wanted = read_floors(floors) if floors else {}
    reports = evaluate_subsets(documents, found, subset or list(wanted) or [ALL])
    if as_json:
        _print_json(reports)
    else:
        _print_tables(reports, documents, errors)
    earlier = read_predictions(against) if against else None
    chosen = _chosen(documents, reports)
    if earlier is not None and not as_json:
        output_console().print(changes_table(*gains_and_losses(chosen, earlier, found)))
    if html is not None:
        _save_page(chosen, found, earlier, html, title=predictions.stem)
    fallen = shortfalls(reports, wanted)
    for shortfall in fallen:
        complain(shortfall)
    raise typer.Exit(FAILED if fallen else DONE)


def _chosen(documents: Sequence[GoldDocument], subsets: Iterable[str]) -> tuple[GoldDocument, ...]:
    """The documents of any of `subsets`, in their order."""
    wanted = {d.id for name in subsets for d in (documents if name == ALL else choose(documents, name))}
    return tuple(document for document in documents if document.id in wanted)


def _save_page(documents: Sequence[GoldDocument], found: Runs, earlier: Runs | None, path: Path, *, title: str) -> None:
    """Nothing; the page of mistakes stands at `path`."""
    from attribution.render.errors_page import errors_page

    page = errors_page(documents, found, title=title, against=earlier)
    with replacing(path) as stream:
        stream.write(page.encode("utf-8"))


def _print_json(reports: Mapping[str, Report]) -> None:
    """Nothing; the figures go to standard output, under the subsets' names if there are several."""
    figures = {name: report.as_dict() for name, report in reports.items()}
    typer.echo(json.dumps(figures if len(figures) > 1 else next(iter(figures.values())), ensure_ascii=False))


def _print_tables(reports: Mapping[str, Report], documents: Sequence[GoldDocument], errors: int) -> None:
    """Nothing; the figures, the breakdowns of a single report and the first `errors` mistakes go to standard output."""
    console = output_console()
    console.print(figures_table(reports))
    texts = {document.id: document.text for document in documents}
    for name, report in reports.items():
        if len(reports) == 1:
            console.print(breakdown_table(report, name))
        if errors:
            console.print(mistakes_table(mistakes(report, texts), errors))
