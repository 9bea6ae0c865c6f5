"""Tables of a lexicon file checked and turned into entries; every fault is a `LexiconError` that names its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from attribution.errors import LexiconError

Table = Mapping[str, Any]
# TOML's reader tells no places, so they are looked for: a heading, and the keys below it that begin a line.
_HEADING = re.compile(r"""\s*\[\[?\s*["']?([\w.-]+)["']?\s*\]\]?\s*(?:#.*)?""")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")


@dataclass(frozen=True, slots=True)
class Source:
    """A lexicon file: its name for messages, its text for line numbers, its tables."""

    name: str
    text: str
    tables: Table

    def line_of(self, table: str, position: int = 0, key: str | None = None) -> int | None:
        """The line of a key in the table of that name and position, else of its heading; None if there is none."""
        headings: list[tuple[int, dict[str, int]]] = []
        inside = False
        for number, line in enumerate(self.text.split("\n"), start=1):
            if heading := _HEADING.fullmatch(line):
                inside = heading[1] == table
                if inside:
                    headings.append((number, {}))
            elif inside and (found := _KEY.match(line)):
                headings[-1][1].setdefault(found[1], number)
        value = self.tables.get(table)
        if len(headings) != (len(value) if isinstance(value, list) else 1) or position >= len(headings):
            return None  # some are written inline, or stand inside a string: which is which cannot be told
        heading_line, keys = headings[position]
        return keys.get(key or "", heading_line)

    def written(self, table: str, position: int) -> str:
        """The lines of the table of that name and position, from its heading on; "" if it has none."""
        first = self.line_of(table, position)
        if first is None:
            return ""
        heading, *below = self.text.split("\n")[first - 1 :]
        headings = ((at, found[1]) for at, line in enumerate(below) if (found := _HEADING.fullmatch(line)))
        end = next((at for at, name in headings if not name.startswith(f"{table}.")), len(below))
        kept = below[:end]
        while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
            kept.pop()  # what stands above the next heading is about the next table
        return "\n".join((heading, *kept))


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a lexicon file, read key by key; `fail` raises the error that names file, line, table and key.

    `position` counts the tables of its name from 0; `holder` is the table that it is written inside, if any.
    """

    source: Source
    table: str
    values: Table
    position: int = 0
    holder: Row | None = None

    def fail(self, key: str | None, message: str) -> NoReturn:
        """Nothing: raises the LexiconError that names file, line, table and key."""
        raise LexiconError(message, path=self.source.name, line=self.line_of(key), table=self.table, key=key)

    def only(self, *keys: str) -> None:
        """Nothing; LexiconError if the table has a key beyond `keys`."""
        for key in self.values:
            if key not in keys:
                self.fail(key, f"unknown key; a [{self.table}] may have: {', '.join(keys)}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """The value of `key`, a string that is not empty."""
        value = self._value(key, default)
        if not isinstance(value, str):
            self.fail(key, f"must be a string, not {type(value).__name__}")
        if not value.strip() and value != default:
            self.fail(key, "must not be empty")
        return value

    def one_of(self, key: str, allowed: frozenset[str], *, default: str | None = None) -> str:
        """The value of `key`, a string out of `allowed`."""
        value = self.text(key, default=default)
        if value not in allowed:
            self.fail(key, f"{value!r} is none of: {', '.join(sorted(allowed))}")
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """The value of `key`, an array of strings none of which is empty."""
        value = self._value(key, None if required else [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(key, "must be an array of strings")
        if (required and not value) or not all(item.strip() for item in value):
            self.fail(key, "must not be empty, nor hold an empty string")
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """The value of `key`, true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            self.fail(key, f"must be true or false, not {type(value).__name__}")
        return value

    def share(self, key: str) -> float:
        """The value of `key`, a number from 0 to 1."""
        value = self._value(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(key, f"must be a number, not {type(value).__name__}")
        if not 0 <= value <= 1:
            self.fail(key, "must lie between 0 and 1")
        return float(value)

    def whole(self, key: str, allowed: Sequence[int]) -> int:
        """The value of `key`, an integer out of `allowed`."""
        value = self._value(key, None)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(key, f"must be an integer, not {type(value).__name__}")
        if value not in allowed:
            self.fail(key, f"{value} is none of: {', '.join(map(str, allowed))}")
        return value

    def rows(self, key: str) -> tuple[Row, ...]:
        """The value of `key`, an array of tables."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fail(key, "must be an array of tables")
        return tuple(Row(self.source, f"{self.table}.{key}", item, holder=self) for item in value)

    def line_of(self, key: str | None) -> int | None:
        """The line of `key`, else that of the table's heading; of a table inside another, where the other holds it."""
        if self.holder is not None:
            return self.holder.line_of(self.table.rpartition(".")[2])
        return self.source.line_of(self.table, self.position, key)

    def _value(self, key: str, default: object) -> Any:
        if key not in self.values and default is None:
            self.fail(key, "missing")
        return self.values.get(key, default)


def parse(name: str, text: str) -> Source:
    """The tables of a lexicon file; LexiconError with the line if it is no TOML."""
    try:
        return Source(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else text.count("\n") + 1  # "at end of document"
        raise LexiconError(f"not TOML: {error}", path=name, line=line) from error
    except (ValueError, RecursionError) as error:  # a number too long, or brackets too deep, for Python
        raise LexiconError(f"not TOML that can be read: {error}", path=name) from error


def rows(source: Source, table: str) -> tuple[Row, ...]:
    """The tables of a file under one `[[table]]` heading; LexiconError if it is something else."""
    value = source.tables.get(table, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        line = source.line_of(table)
        raise LexiconError(f"must be written [[{table}]]", path=source.name, line=line, table=table)
    return tuple(Row(source, table, cast(Table, item), position) for position, item in enumerate(value))
