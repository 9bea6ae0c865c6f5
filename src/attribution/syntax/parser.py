"""What a parser is to this library: units of text in, one tree a unit out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from attribution.syntax.tree import Tree


@runtime_checkable
class Parser(Protocol):
    """Anything with a `name` and a `parse`: the bundled Stanza package, recorded parses, or one of your own."""

    @property
    def name(self) -> str:
        """What the parser is called in the records (`ar_compact`, `padt` …)."""
        ...

    def parse(self, units: Sequence[str]) -> list[Tree]:
        """One tree for each unit, in the same order; an empty tree for a unit without words.

        A unit holds no blank line. Offsets of the words are code points into the unit as given.
        """
        ...
