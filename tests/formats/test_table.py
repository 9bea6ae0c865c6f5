from __future__ import annotations

import csv
import importlib
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import to_frame as public_name
from attribution.errors import InputError, SettingsError
from attribution.formats.table import (
    COLUMNS,
    FORMULA_STARTS,
    harmless,
    rows,
    to_frame,
    write_csv,
    write_parquet,
    write_table,
    write_xlsx,
)
from attribution.records import Content, FailedDocument, SpeakerReference
from tests.formats.documents import TEXT, attribution, document, span


def csv_rows(*documents: object) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write_csv(documents, stream)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"), newline="")))


def test_a_row_tells_every_role():
    first, second = rows([document()])
    assert tuple(first) == COLUMNS
    assert first["quotation"] == TEXT[first["start"] : first["end"]]
    assert first["source"] == TEXT[first["source_start"] : first["source_end"]] == "بوتين"
    assert (first["article"], first["speaker"], first["kind"]) == ("a", "فلاديمير بوتين", "person")
    assert (first["medium"], first["confidence"]) == ("رويترز", 0.875)
    assert (second["source"], second["source_start"], second["medium"]) == (None, None, None)


def test_an_attribution_without_cue_source_or_speaker_has_empty_cells():
    (row,) = rows(
        [document(attributions=(attribution(cue="قال", source=None, speaker=None).model_copy(update={"cue": None}),))]
    )
    assert [row[name] for name in ("cue", "cue_start", "source", "speaker", "kind")] == [None] * 5


def test_an_interrupted_quotation_lists_its_pieces():
    pieces = Content(spans=(span("سنلتقي"), span("القمة")))
    (row,) = rows([document(attributions=(attribution(content="سنلتقي").model_copy(update={"content": pieces}),))])
    assert row["quotation"] == "سنلتقي … القمة"
    first, second = pieces.spans
    assert row["spans"] == f"{first.start}:{first.end} {second.start}:{second.end}"
    assert (row["start"], row["end"]) == (first.start, second.end)


def test_metadata_become_columns_and_never_hide_one():
    row = next(rows([document(metadata={"day": "الخميس", "speaker": "x", "tags": ["a", "ب"]})]))
    assert (row["day"], row["speaker"], row["metadata_speaker"]) == ("الخميس", "فلاديمير بوتين", "x")
    assert row["tags"] == '["a", "ب"]'


def test_csv_keeps_columns_that_only_some_documents_have():
    found = csv_rows(document("a", metadata={"day": 1}), document("b", metadata={"place": "x"}))
    assert [(row["article"], row["day"], row["place"]) for row in found] == [
        ("a", "1", ""), ("a", "1", ""), ("b", "", "x"), ("b", "", "x"),
    ]  # fmt: skip


def test_a_table_without_attributions_still_names_its_columns():
    stream = io.BytesIO()
    write_csv([document(attributions=())], stream)
    assert stream.getvalue().decode() == ",".join(COLUMNS) + "\n"


@given(st.sampled_from(FORMULA_STARTS), st.text())
def test_what_a_spreadsheet_would_run_becomes_text(start: str, rest: str):
    assert harmless(start + rest) == f"'{start}{rest}"


@given(
    st.one_of(st.text().filter(lambda text: not text.startswith(FORMULA_STARTS)), st.floats(), st.integers(), st.none())
)
def test_everything_else_is_left_alone(cell: object):
    assert harmless(cell) is cell  # type: ignore[arg-type]


def hostile() -> object:
    speaker = SpeakerReference(id="s1", name="=HYPERLINK(1)", kind="person")
    return document("-2+3", attributions=(attribution(speaker=speaker),), metadata={"note": "@x\x00y"})


def test_a_metadata_key_is_no_formula_either(tmp_path: Path):
    openpyxl = importlib.import_module("openpyxl")
    bad = document(metadata={"=1+1": 1, "a\ud800\x00": 2})
    (row, *_) = csv_rows(bad)
    assert row["'=1+1"] == "1"
    write_table([bad], tmp_path / "out.xlsx", "xlsx")
    header = next(openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows())
    assert [cell.value for cell in header][-2:] == ["'=1+1", "a\ufffd "]
    assert {cell.data_type for cell in header} == {"s"}


def test_csv_runs_no_formula():
    (row,) = csv_rows(hostile())
    assert (row["article"], row["speaker"], row["note"]) == ("'-2+3", "'=HYPERLINK(1)", "'@x\x00y")


def test_excel_sheet_reads_from_the_right_and_runs_no_formula(tmp_path: Path):
    openpyxl = importlib.import_module("openpyxl")
    write_table([hostile()], tmp_path / "out.xlsx", "xlsx")  # type: ignore[list-item]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    header, cells = sheet.iter_rows()
    row = {name.value: cell for name, cell in zip(header, cells, strict=True)}
    assert sheet.sheet_view.rightToLeft
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert (row["speaker"].value, row["note"].value) == ("'=HYPERLINK(1)", "'@x y")
    assert row["confidence"].value == 0.875


def test_parquet_holds_numbers_as_numbers(tmp_path: Path):
    parquet = importlib.import_module("pyarrow.parquet")
    write_table(
        [document(), document("b", metadata={"day": 1}), document("c", metadata={"day": "x"})],
        tmp_path / "o",
        "parquet",
    )
    table = parquet.read_table(tmp_path / "o")
    assert [str(table.schema.field(name).type) for name in ("start", "source_end", "confidence", "medium")] == [
        "int64", "int64", "double", "string",
    ]  # fmt: skip
    assert table.column("day").to_pylist() == [None, None, "1", "1", "x", "x"]
    assert table.column("speaker").to_pylist()[0] == "فلاديمير بوتين"


def test_lone_surrogates_stop_no_table(tmp_path: Path):
    text = "قال: «س\ud800»"
    odd = document(text=text, attributions=(attribution("س\ud800", text=text),), metadata={"note": "\udfff"})
    for form in ("csv", "parquet", "xlsx"):
        write_table([odd], tmp_path / form, form)
    (row,) = csv_rows(odd)
    assert (row["quotation"], row["note"]) == ("س\ufffd", "\ufffd")


def test_frame_has_a_row_an_attribution_and_whole_numbers():
    frame = to_frame([document(), document("b", attributions=())])
    assert list(frame.columns) == list(COLUMNS)
    assert frame.shape[0] == 2
    assert str(frame["source_start"].dtype) == "Int64"
    assert list(to_frame([]).columns) == list(COLUMNS)


def test_frame_is_a_public_name_and_takes_one_document():
    assert public_name is to_frame
    assert to_frame(document()).equals(to_frame([document()]))
    wanted = {"article", "speaker", "kind", "type", "quotation", "cue", "start", "end", "confidence"}
    assert wanted <= set(to_frame(document()).columns)


@pytest.mark.parametrize("given", ["قال", ["قال"], [document(), {"id": "a"}], [(document(), "context")]])
def test_frame_of_what_is_no_document_is_refused(given: Any):
    with pytest.raises(SettingsError, match=r"not (str|dict|tuple): extract first"):
        to_frame(given)


def test_frame_of_a_stream_tells_what_failed():
    failed = FailedDocument(id="bad", error="ValueError: no")
    with pytest.warns(UserWarning, match=r"1 of 3 documents could not be read .* the first is 'bad'"):
        frame = to_frame(iter([document(), failed, document("b", metadata={"day": 1})]))
    assert frame["article"].tolist() == ["a", "a", "b", "b"]
    assert frame["day"].tolist()[2:] == [1, 1]


def test_rows_beyond_memory_go_through_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("attribution.formats.table.IN_MEMORY", 100)
    monkeypatch.setattr("attribution.formats.table.BATCH", 3)
    many = [document(str(n), metadata={"n": n, "f": n if n % 2 else 0.5, "big": 1 << 70}) for n in range(5)]
    assert [row["n"] for row in csv_rows(*many)] == [str(n) for n in range(5) for _ in "ab"]
    write_table(many, tmp_path / "o", "parquet")
    table = importlib.import_module("pyarrow.parquet").read_table(tmp_path / "o")
    assert table.column("n").to_pylist() == [n for n in range(5) for _ in "ab"]
    assert [str(table.schema.field(name).type) for name in ("n", "f", "big")] == ["int64", "double", "string"]


def test_more_rows_than_a_sheet_holds_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("attribution.formats.table.EXCEL_ROWS", 2)
    with pytest.raises(InputError, match=r"holds no 2 rows: write \.csv or \.parquet"):
        write_table([document()], tmp_path / "o.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("write", "library"), [(write_parquet, "pyarrow"), (write_xlsx, "openpyxl"), (to_frame, "pandas")]
)
def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch, write, library: str):
    def refuse(name: str, *_: object) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(SettingsError, match=rf"{library} is not installed.*attribution-ar\[tables\]"):
        write([], *[io.BytesIO()] * (write is not to_frame))
