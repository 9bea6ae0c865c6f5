"""Articles from the rows of tables: one column holds the texts, the others come along as metadata."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from itertools import islice
from pathlib import Path
from typing import Any, overload

from pydantic import JsonValue

from attribution.errors import InputError
from attribution.formats.row_files import READERS, Row, read_rows
from attribution.records import Article, FailedDocument

Found = Article | FailedDocument
# Records refuse values that are nested without end.
DEPTH = 50


class ArticleTables(Sequence[Found]):
    """The rows of several tables as articles, read when asked for; what is held of a table is its number of rows.

    The column `text` holds the texts. The other columns, that of the ids included, become `metadata`. A row whose text
    is absent, empty or no text is a FailedDocument, as is a row that cannot be read. Without a column of ids, the
    rows of articles.csv are called articles:1, articles:2 …

    Tables are read through once when they are opened: SettingsError names the column that a table lacks, InputError
    the id that two rows share.
    """

    def __init__(self, paths: Iterable[Path], text: str, *, id: str | None = None, encoding: str = "utf-8") -> None:
        given: dict[Path, Path] = {}
        for path in paths:
            given.setdefault(path.resolve(), path)
        self.paths = tuple(given.values())
        self.text, self.id, self.encoding = text, id, encoding
        stems = Counter(path.stem for path in self.paths)
        self._names = {path: path.stem if stems[path.stem] == 1 else path.as_posix() for path in self.paths}
        self._length = self._surveyed()
        self._place, self._rest = 0, iter(self)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Found]:
        for path in self.paths:
            for number, row in enumerate(self._rows(path), start=1):
                yield self._article(path, number, row)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> list[Found]: ...
    def __getitem__(self, at: int | slice) -> Found | list[Found]:
        """One article, or those of a slice; slices that follow one another are read in one go through the tables."""
        if isinstance(at, int):
            return self[at : at + 1 or None][0]
        start, stop, _ = at.indices(len(self))
        if start < self._place:
            self._place, self._rest = 0, iter(self)
        found = list(islice(self._rest, start - self._place, stop - self._place))
        self._place = max(start, stop)
        if len(found) < stop - start:
            raise InputError("has fewer rows than when it was opened: was it changed?", path=self.paths[-1])
        return found

    def seen(self) -> list[object]:
        """What tells these tables from changed ones: columns, paths, sizes and times of change."""
        stats = [(path, path.stat()) for path in self.paths]
        return [self.text, self.id, [[str(path.resolve()), stat.st_size, stat.st_mtime_ns] for path, stat in stats]]

    def _rows(self, path: Path) -> Iterator[Row]:
        return read_rows(path, self.encoding, [name for name in (self.text, self.id) if name is not None])

    def _surveyed(self) -> int:
        """How many rows there are; raises what is wrong with a table as a whole."""
        length = 0
        names: set[str] = set()
        for path, row, name in self._named():
            length += 1
            if name in names:
                first, before = next((file, r.line) for file, r, known in self._named() if known == name)
                raise InputError(f"the id {name!r} is that of {first.name}:{before} too", path=path, line=row.line)
            if name is not None:
                names.add(name)
        return length

    def _named(self) -> Iterator[tuple[Path, Row, str | None]]:
        """Every row with its table and the id that its column of ids gives it, if any."""
        for path in self.paths:
            for row in self._rows(path):
                yield path, row, None if self.id is None or row.fault else _name(row.values.get(self.id))

    def _article(self, path: Path, number: int, row: Row) -> Found:
        """The article that a row is; `number` counts the rows of its table from 1."""
        place, text = f"{self._names[path]}:{number}", row.values.get(self.text)
        name = place if self.id is None else _name(row.values.get(self.id))
        metadata = {str(key): _plain(value) for key, value in row.values.items() if key != self.text}
        fault = row.fault or (f"the column {self.id!r} is empty" if name is None else self._textless(text))
        if name is not None and fault is None and isinstance(text, str):
            return Article(id=name, text=text, metadata=metadata)
        return FailedDocument(id=name or place, error=f"{path.name}:{row.line}: {fault}", metadata=metadata)

    def _textless(self, text: object) -> str | None:
        """Why a cell gives no text to read, or None if it does."""
        if isinstance(text, str):
            return None if text.strip() else f"the column {self.text!r} is empty"
        return f"the column {self.text!r} holds {'nothing' if text is None else f'no text but {text!r:.40}'}"


def is_table(name: Path | str) -> bool:
    """Whether a file of this name is read as a table."""
    return Path(name).suffix.lower() in READERS


def _name(value: object) -> str | None:
    """An id as text, or None if there is none; whole numbers that a table holds as 7.0 are 7."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _plain(value: Any, depth: int = 0) -> JsonValue:
    """`value` as JSON has it: dates as ISO 8601, other kinds, and what is nested deeper than DEPTH, as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping) and depth < DEPTH:
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple) and depth < DEPTH:
        return [_plain(inner, depth + 1) for inner in value]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
