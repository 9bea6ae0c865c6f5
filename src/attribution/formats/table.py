"""Attributions as a table, one row each: rows, a pandas frame, CSV, Parquet and Excel files.

Parquet, Excel and pandas come with the extra `attribution-ar[tables]`; CSV needs nothing.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from attribution.errors import SettingsError
from attribution.formats.atomic import replacing
from attribution.records import AttributedDocument, Attribution, TextSpan

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


def to_frame(documents: Iterable[AttributedDocument]) -> Any:
    """A pandas DataFrame with one row for each attribution; SettingsError names the extra if pandas is absent."""
    pandas = _optional("pandas")
    found = list(rows(documents))
    frame = pandas.DataFrame(found, columns=_columns(found))
    return frame.astype(dict.fromkeys(sorted(WHOLE_NUMBERS), "Int64"))


def write_csv(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as CSV in UTF-8, with cells that a spreadsheet would run made harmless."""
    found = list(rows(documents))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        columns = _columns(found)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_header(columns))
        writer.writerows([harmless(row.get(column)) for column in columns] for row in found)
    finally:
        text.detach()


def write_parquet(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as a Parquet file."""
    arrow, parquet = _optional("pyarrow"), _optional("pyarrow.parquet")
    found = list(rows(documents))
    types = {name: arrow.string() for name in COLUMNS}
    types |= {name: arrow.int64() for name in WHOLE_NUMBERS} | {"confidence": arrow.float64()}
    columns = {name: [row.get(name) for row in found] for name in _columns(found)}
    arrays = {name: _array(arrow, values, types.get(name)) for name, values in columns.items()}
    parquet.write_table(arrow.table(arrays), stream)


def write_xlsx(documents: Iterable[AttributedDocument], stream: BinaryIO) -> None:
    """Nothing; the rows go to `stream` as an Excel sheet that reads from the right, its first row kept in sight."""
    openpyxl = _optional("openpyxl")
    illegal = _optional("openpyxl.cell.cell").ILLEGAL_CHARACTERS_RE
    found = list(rows(documents))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "attributions"
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    sheet.append([illegal.sub(" ", name) for name in _header(_columns(found))])
    for row in found:
        cells = (harmless(row.get(column)) for column in _columns(found))
        sheet.append([illegal.sub(" ", cell) if isinstance(cell, str) else cell for cell in cells])
    # In memory first: a zip file that cannot be written to its end complains once more when it is thrown away.
    whole = io.BytesIO()
    book.save(whole)
    stream.write(whole.getbuffer())


Writer = Callable[[Iterable[AttributedDocument], BinaryIO], None]
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


def _columns(found: Iterable[Row]) -> list[str]:
    """COLUMNS and then the metadata columns, in the order they first appear."""
    return list(dict.fromkeys([*COLUMNS, *(name for row in found for name in row)]))


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


def _array(arrow: Any, values: list[Cell], kind: Any) -> Any:
    """`values` as an Arrow array of `kind`; a metadata column of mixed kinds becomes text."""
    if kind is None and len({type(value) for value in values if value is not None}) > 1:
        values = [None if value is None else str(value) for value in values]
    return arrow.array(values, type=kind)


def _optional(module: str) -> Any:
    """The module, from the extra `tables`; SettingsError says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        needed = module.partition(".")[0]
        raise SettingsError(f"{needed} is not installed; get it with: pip install 'attribution-ar[tables]'") from error
