"""`attribution explain`: cue by cue, what was found and what was rejected, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from attribution.cli.console import DONE, FAILED, Lexicons
from attribution.cli.extract import readable
from attribution.formats.files import find_texts, known_encoding


def explain(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUTS", help="Text files, directories of *.txt, or -.")],
    trees: Annotated[bool, typer.Option("--tree", help="Show the parse of each cue's frame too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One explanation a line, as JSON.")] = False,
    encoding: Annotated[str, typer.Option(help="Encoding of the texts.")] = "utf-8",
    model: Annotated[str, typer.Option(help="As for extract.")] = "ar_compact",
    lexicon: Lexicons = None,
) -> None:
    """Say why, cue by cue: what was found, what was not."""
    from attribution.explanation import explain as explained
    from attribution.explanation import to_text
    from attribution.pipeline import Extractor

    extractor = Extractor(model=model, lexicon=tuple(lexicon or ()))
    failures: list[object] = []
    for article in readable(find_texts(inputs), known_encoding(encoding), failures):
        explanation = explained(article.text, extractor, id=article.id, trees=trees)
        typer.echo(explanation.model_dump_json() if as_json else f"# {article.id}\n{to_text(explanation)}")
    raise typer.Exit(FAILED if failures else DONE)
