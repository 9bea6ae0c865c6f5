"""Attributions as a table, one row each: rows, a pandas frame, CSV, Parquet and Excel files.

Parquet, Excel and pandas come with the extra `attribution-ar[tables]`; CSV needs nothing. Files are written from a
spool on disk, since the columns are known only when the last document has come: tables of any size fit.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import Any, BinaryIO

from attribution.errors import InputError, SettingsError
from attribution.formats.atomic import replacing
from attribution.formats.optional import optional
from attribution.records import AttributedDocument, Attribution, FailedDocument, TextSpan

Cell = str | int | float | bool | None
Row = dict[str, Cell]

COLUMNS = (
    "article",
    "attribution",
    "speaker",
    "kind",
    "type",
    "quotation",
    "cue",
    "source",
    "addressee",
    "medium",
    "start",
    "end",
    "spans",
    "cue_start",
    "cue_end",
    "source_start",
    "source_end",
    "confidence",
)
WHOLE_NUMBERS = frozenset({"start", "end", "cue_start", "cue_end", "source_start", "source_end"})
_SURROGATES = re.compile("[\ud800-\udfff]")
# How much of a table is kept in memory (bytes), written at a time (rows), and held by an Excel sheet (rows, letters).
IN_MEMORY, BATCH, EXCEL_ROWS, EXCEL_CELL = 1 << 24, 10_000, 1_048_576, 32_767
# A spreadsheet reads a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width ones too


def rows(documents: Iterable[AttributedDocument]) -> Iterator[Row]:
    """One row for each attribution of `documents`, in order: COLUMNS, then what the document's metadata holds.

    `start` and `end` enclose the whole quotation; `spans` lists its pieces ("268:406 420:433"). Offsets are half-open
    code-point offsets into the article. A metadata key that is also a column becomes `metadata_KEY`.
    """
    for document in documents:
        extra = {_free(key): _plain(value) for key, value in document.metadata.items()}
        for attribution in document.attributions:
            row = {**_row(document.id, attribution), **extra}
            yield {column: _encodable(cell) for column, cell in row.items()}


def to_frame(documents: AttributedDocument | Iterable[AttributedDocument | FailedDocument]) -> Any:
    """A pandas DataFrame with one row for each attribution.

    SettingsError names the extra if pandas is absent, and what was given if it is no document, such as a text.

    Takes one document, several, or what `Extractor.stream` gives; documents that failed have no row, and a warning
    says how many they are.
    """
    pandas = optional("pandas")
    given = [documents] if isinstance(documents, AttributedDocument) else list(documents)
    for other in given:
        if not isinstance(other, AttributedDocument | FailedDocument):
            raise SettingsError(
                f"to_frame takes what extract or stream gives, not {type(other).__name__}: extract first"
            )
    failed = [document.id for document in given if isinstance(document, FailedDocument)]
    if failed:
        told = f"{len(failed)} of {len(given)} documents could not be read and have no row; the first is {failed[0]!r}"
        warnings.warn(told, stacklevel=2)
    found = list(rows(document for document in given if isinstance(document, AttributedDocument)))
    columns = dict.fromkeys([*COLUMNS, *(name for row in found for name in row)])
    frame = pandas.DataFrame(found, columns=list(columns))
    return frame.astype(dict.fromkeys(sorted(WHOLE_NUMBERS), "Int64"))


def write_csv(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as CSV in UTF-8, with cells that a spreadsheet would run made harmless."""
    with _Spool(documents) as spool:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(_header(spool.columns))
            writer.writerows([harmless(row.get(column)) for column in spool.columns] for row in spool.rows())
        finally:
            text.detach()


def write_parquet(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as a Parquet file; a metadata column of mixed kinds is text."""
    arrow, parquet = optional("pyarrow"), optional("pyarrow.parquet")
    types = {name: arrow.string() for name in COLUMNS}
    types |= {name: arrow.int64() for name in WHOLE_NUMBERS} | {"confidence": arrow.float64()}
    kinds = {"int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_()}
    with _Spool(documents) as spool:
        for name, seen in spool.columns.items():
            types.setdefault(name, kinds.get(seen, arrow.string()))
        schema = arrow.schema([(name, types[name]) for name in spool.columns])
        with parquet.ParquetWriter(stream, schema) as writer:
            waiting = spool.rows()
            while batch := list(islice(waiting, BATCH)):
                cells = {name: [_cast(row.get(name), spool.columns[name]) for row in batch] for name in spool.columns}
                writer.write_table(arrow.table(cells, schema=schema))


def write_xlsx(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as an Excel sheet that reads from the right, its first row kept in sight.

    InputError if there are more rows than a sheet holds.
    """
    openpyxl = optional("openpyxl")
    illegal = optional("openpyxl.cell.cell").ILLEGAL_CHARACTERS_RE
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("attributions")
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    with _Spool(documents) as spool:
        if spool.length >= EXCEL_ROWS:
            raise InputError(f"an Excel sheet holds no {spool.length} rows: write .csv or .parquet instead")
        sheet.append([illegal.sub(" ", name) for name in _header(spool.columns)])
        for row in spool.rows():
            cells = (harmless(row.get(column)) for column in spool.columns)
            sheet.append([illegal.sub(" ", cell)[:EXCEL_CELL] if isinstance(cell, str) else cell for cell in cells])
        # In memory first: a zip file that cannot be written to its end complains once more when it is thrown away.
        whole = io.BytesIO()
        book.save(whole)
        stream.write(whole.getbuffer())


class _Spool:
    """The rows of documents kept aside, in memory while they are few, else on disk, until all columns are known.

    `columns` are COLUMNS and then those of the metadata in the order they first appear, each with the kind of its
    cells: "str", "int", "float", "bool", or "" where it has none; where kinds differ, "str".
    """

    def __init__(self, documents: Iterable[AttributedDocument]) -> None:
        self.columns: dict[str, str] = dict.fromkeys(COLUMNS, "")
        self.length = 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        for row in rows(documents):
            self.length += 1
            self._file.write(json.dumps(row).encode("ascii") + b"\n")
            for name, cell in row.items():
                self.columns[name] = _kind(self.columns.get(name, ""), cell)

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def rows(self) -> Iterator[Row]:
        """The rows, in order."""
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)


def check_library(form: str) -> None:
    """Nothing; SettingsError if the library that writes the format `form` is absent: better told before a long run."""
    if form in LIBRARIES:
        optional(LIBRARIES[form])


Writer = Callable[[Iterable[AttributedDocument], BinaryIO], None]
LIBRARIES: Mapping[str, str] = MappingProxyType({"parquet": "pyarrow", "xlsx": "openpyxl"})
WRITERS: Mapping[str, Writer] = MappingProxyType({"csv": write_csv, "parquet": write_parquet, "xlsx": write_xlsx})


def write_table(documents: Iterable[AttributedDocument], path: Path | str, form: str) -> None:
    """Nothing; the table stands at `path` in the format `form` (a key of WRITERS), whole or not at all."""
    with replacing(path) as stream:
        WRITERS[form](documents, stream)


def harmless(cell: Cell) -> Cell:
    """`cell`, with an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _row(article: str, attribution: Attribution) -> Row:
    """The fixed columns of one attribution."""
    speaker, cue, medium = attribution.speaker, attribution.cue, attribution.medium
    source = attribution.source.span if attribution.source else None
    spans = attribution.content.spans
    return {
        "article": article,
        "attribution": attribution.id,
        "speaker": speaker.name if speaker else None,
        "kind": speaker.kind if speaker else None,
        "type": attribution.type,
        "quotation": attribution.content.text,
        "cue": cue.text if cue else None,
        "source": source.text if source else None,
        "addressee": attribution.addressee.text if attribution.addressee else None,
        "medium": medium.name if medium else None,
        "start": spans[0].start,
        "end": spans[-1].end,
        "spans": " ".join(f"{span.start}:{span.end}" for span in spans),
        **_ends("cue", cue.span if cue else None),
        **_ends("source", source),
        "confidence": attribution.confidence,
    }


def _ends(name: str, span: TextSpan | None) -> Row:
    """The two offset columns of `name`, empty where there is no span."""
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _header(columns: Iterable[str]) -> list[str]:
    """The names of columns as a spreadsheet may have them: keys of metadata are as little trusted as its values."""
    return [str(harmless(_encodable(name))) for name in columns]


def _free(key: str) -> str:
    return f"metadata_{key}" if key in COLUMNS else key


def _plain(value: Any) -> Cell:
    """`value` as a cell: itself if it is one, else as JSON."""
    return (
        value if value is None or isinstance(value, str | int | float | bool) else json.dumps(value, ensure_ascii=False)
    )


def _encodable(cell: Cell) -> Cell:
    """`cell`, its lone surrogates, which no table format can hold, as U+FFFD."""
    return _SURROGATES.sub("\ufffd", cell) if isinstance(cell, str) else cell


def _kind(seen: str, cell: Cell) -> str:
    """The kind of a column whose cells were `seen` so far and now hold `cell`."""
    kind = "" if cell is None else type(cell).__name__
    if isinstance(cell, int) and abs(cell) >= 1 << 63:
        kind = "str"  # more than Parquet's whole numbers hold
    if not kind or kind == seen:
        return seen
    if not seen:
        return kind
    return "float" if {seen, kind} == {"int", "float"} else "str"


def _cast(cell: Cell, kind: str) -> Cell:
    """`cell` as a column of this kind holds it."""
    if cell is None:
        return None
    return float(cell) if kind == "float" else str(cell) if kind == "str" else cell
