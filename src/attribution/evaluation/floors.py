"""Floors under the figures: which documents a floor is for, and which figures fell below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from attribution.errors import InputError, SettingsError
from attribution.evaluation.figures import Report
from attribution.evaluation.scores import evaluate
from attribution.formats.files import read_text
from attribution.formats.gold import GoldDocument, Relation
from attribution.formats.jsonl import first_fault

ALL = "all"
Floors = dict[str, dict[str, float]]
_FLOORS = TypeAdapter(Floors)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure of a subset that lies below its floor; `value` is None if nothing could be measured."""

    subset: str
    figure: str
    floor: float
    value: float | None

    def __str__(self) -> str:
        return f"{self.subset}: {self.figure} is {self.value}, below its floor {self.floor}"


def choose(gold: Sequence[GoldDocument], subset: str) -> tuple[GoldDocument, ...]:
    """The documents of `subset`: ids and ranges of ids, parted by commas: "seed,dev00-dev27".

    SettingsError if a part of it chooses no document.
    """
    chosen: dict[str, GoldDocument] = {}
    for part in subset.split(","):
        first, _, last = part.strip().partition("-")
        found = [d for d in gold if d.id == part.strip() or (last and first <= d.id <= last)]
        if not found:
            raise SettingsError(
                f"no annotated text is in {part.strip()!r}; the ids run from {gold[0].id} to {gold[-1].id}"
            )
        chosen |= {document.id: document for document in found}
    return tuple(chosen.values())


def evaluate_subsets(
    gold: Sequence[GoldDocument], predictions: Mapping[str, Sequence[Relation]], subsets: Iterable[str]
) -> dict[str, Report]:
    """One report for each subset, by its name; ALL is every document."""
    return {name: evaluate(gold if name == ALL else choose(gold, name), predictions) for name in dict.fromkeys(subsets)}


def read_floors(path: Path | str) -> Floors:
    """The floors of the JSON file at `path`: {subset: {figure: percent}}; InputError says what is wrong with it."""
    try:
        return _FLOORS.validate_json(read_text(Path(path)))
    except ValidationError as error:
        raise InputError(first_fault(error), path=path) from error


def shortfalls(reports: Mapping[str, Report], floors: Floors) -> tuple[Shortfall, ...]:
    """The figures below their floors; a floor whose subset has no report is a shortfall, so that none goes unread.

    SettingsError if a floor names no figure.
    """
    fallen = []
    for subset, wanted in floors.items():
        figures = reports[subset].figures if subset in reports else {}
        for figure, floor in wanted.items():
            if figures and figure not in figures:
                raise SettingsError(f"no figure is called {figure!r}; there are: {', '.join(figures)}")
            value = figures.get(figure)
            if value is None or value < floor:
                fallen.append(Shortfall(subset, figure, floor, value))
    return tuple(fallen)
