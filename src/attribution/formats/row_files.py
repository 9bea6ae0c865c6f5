"""The rows of CSV, JSON Lines and Parquet files, read one after the other, whatever the size of the file.

CSV and JSON Lines need nothing but Python; Parquet comes with the extra `attribution-ar[tables]`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attribution.errors import InputError, SettingsError
from attribution.formats.optional import optional

# A header may be parted by any of these; the first that shows a wanted column is taken.
DELIMITERS = ",;\t|"
# JSON objects may leave a field out: a column is there if one of so many first rows has it.
LOOKED_AT = 100
PARQUET_ROWS = 256
_MARK = "\ufeff"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (its number, from 1, in a Parquet file), and its values or what is wrong."""

    line: int
    values: Values
    fault: str | None = None


def csv_rows(path: Path, encoding: str, wanted: Collection[str]) -> Iterator[Row]:
    """The rows of a CSV file with a header; cells are texts. A row with more or fewer cells than the header is faulty.

    The delimiter is the one that shows all `wanted` columns in the header.
    """
    _any_size()
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline()
        mark = _MARK if first.startswith(_MARK) else ""
        delimiter = _delimiter(first.removeprefix(mark), wanted)
        stream.seek(0)
        stream.read(len(mark))
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        names = _names(next(reader, []), path)
        known(names, wanted, path)
        end = reader.line_num
        try:
            for cells in reader:
                line, end = end + 1, reader.line_num
                if cells:
                    values = dict(zip(names, cells, strict=False))
                    yield Row(line, values, _miscounted(len(cells), len(names)))
        except csv.Error as error:
            raise InputError(f"is not CSV from here on: {error}", path=path, line=end + 1) from error


def jsonl_rows(path: Path, encoding: str, wanted: Collection[str]) -> Iterator[Row]:
    """The rows of a file that holds a JSON object a line; a line that does not is faulty."""
    with path.open(encoding=encoding, newline="\n") as stream:
        rows = (_object(number, line) for number, line in enumerate(stream, start=1) if line.strip(f" \t\r\n{_MARK}"))
        first = list(islice(rows, LOOKED_AT))
        if first and all(row.fault for row in first):
            raise InputError(f"is not JSON Lines: {first[0].fault}", path=path, line=first[0].line)
        if first:
            known(dict.fromkeys(name for row in first for name in row.values), wanted, path)
        yield from first
        yield from rows


def parquet_rows(path: Path, encoding: str, wanted: Collection[str]) -> Iterator[Row]:
    """The rows of a Parquet file, a few at a time; `encoding` means nothing to it."""
    parquet = optional("pyarrow.parquet")
    try:
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as file:
            known(file.schema_arrow.names, wanted, path)
            number = 0
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(number, values)
    except (optional("pyarrow").ArrowException, OSError) as error:
        raise InputError(f"cannot be read as Parquet: {error}", path=path) from error


Reader = Callable[[Path, str, Collection[str]], Iterator[Row]]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": csv_rows,
        ".tsv": csv_rows,
        ".jsonl": jsonl_rows,
        ".ndjson": jsonl_rows,
        ".parquet": parquet_rows,
    }
)


def read_rows(path: Path, encoding: str, wanted: Collection[str]) -> Iterator[Row]:
    """The rows of the file at `path`, read as its suffix says; the `wanted` columns are there.

    InputError if the file cannot be read; SettingsError if it lacks a column, with the columns that there are.
    """
    rows = READERS[path.suffix.lower()](path, encoding, wanted)
    try:
        if not path.is_file():
            path.stat()
            raise InputError("is no regular file: a table is read twice, first to check its columns and ids", path=path)
        yield from rows
    except UnicodeError as error:
        raise InputError(
            f"is not {encoding.upper()} ({error}); name its encoding with --encoding", path=path
        ) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error


def known(names: Collection[str], wanted: Collection[str], path: Path) -> None:
    """Nothing; SettingsError if a `wanted` column is not among `names`."""
    for name in wanted:
        if name not in names:
            have = ", ".join(map(repr, names)) or "none"
            raise SettingsError(f"{path} has no column {name!r}; its columns are: {have}")


def _any_size() -> None:
    """Nothing; Python's csv takes cells of any length from now on: an article may be longer than its 131,072."""
    csv.field_size_limit(max(csv.field_size_limit(), min(sys.maxsize, 2**31 - 1)))


def _delimiter(header: str, wanted: Collection[str]) -> str:
    """The delimiter of a header: of those that show all `wanted` columns, or of all, the one that gives most cells."""
    split = {mark: next(csv.reader([header], delimiter=mark), []) for mark in DELIMITERS}
    fitting = [mark for mark in DELIMITERS if set(wanted) <= set(split[mark])] or list(DELIMITERS)
    return max(fitting, key=lambda mark: len(split[mark]))


def _names(header: list[str], path: Path) -> list[str]:
    """The names of the columns; one without a name (pandas writes its index so) is called by its place."""
    names = [name if name.strip() else f"column_{at}" for at, name in enumerate(header, start=1)]
    if twice := next((name for at, name in enumerate(names) if name in names[:at]), None):
        raise InputError(f"two columns are called {twice!r}", path=path)
    return names


def _miscounted(cells: int, names: int) -> str | None:
    if cells == names:
        return None
    return f"the row has {cells} cells where the header has {names} (is a delimiter or a quotation mark not quoted?)"


def _object(number: int, line: str) -> Row:
    """The row that one line of JSON is. Numbers that JSON does not have (NaN) are null."""
    try:
        found = json.loads(line.removeprefix(_MARK), parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"the line is not JSON: {error}")
    return Row(number, found) if isinstance(found, dict) else Row(number, {}, "the line holds no JSON object")
