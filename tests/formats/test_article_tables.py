"""Rows of tables as articles: CSV, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import importlib
import io
import json
import subprocess
import sys
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.errors import InputError, SettingsError
from attribution.formats.article_tables import ArticleTables, is_table
from attribution.records import Article, FailedDocument

ROWS: list[dict[str, Any]] = [
    {"id": "7", "body": "قال الوزير: «نعم، سنبدأ».\nثم غادر.", "day": "2025-08-14"},
    {"id": "8", "body": "بحسب مسؤول، تأجل الاجتماع.", "day": ""},
]


def save(path: Path, rows: list[dict[str, Any]]) -> Path:
    """`rows` as the file at `path`, in the format of its suffix."""
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    elif path.suffix == ".parquet":
        arrow = importlib.import_module("pyarrow")
        importlib.import_module("pyarrow.parquet").write_table(arrow.Table.from_pylist(rows), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def opened(path: Path, text: str = "body", **options: Any) -> ArticleTables:
    return ArticleTables([path], text, **options)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_rows_become_articles_that_keep_their_columns(tmp_path: Path, suffix: str):
    found = list(opened(save(tmp_path / f"news{suffix}", ROWS), id="id"))
    assert found == [
        Article(id="7", text=ROWS[0]["body"], metadata={"id": "7", "day": "2025-08-14"}),
        Article(id="8", text=ROWS[1]["body"], metadata={"id": "8", "day": ""}),
    ]


def test_without_a_column_of_ids_rows_are_numbered(tmp_path: Path):
    first, second = save(tmp_path / "a.csv", ROWS), save(tmp_path / "b.jsonl", ROWS)
    assert [found.id for found in ArticleTables([first, second], "body")] == ["a:1", "a:2", "b:1", "b:2"]


def test_tables_of_one_name_are_told_apart(tmp_path: Path):
    (tmp_path / "x").mkdir()
    paths = [save(tmp_path / "a.csv", ROWS), save(tmp_path / "x" / "a.csv", ROWS)]
    ids = [found.id for found in ArticleTables(paths, "body")]
    assert len(set(ids)) == 4
    assert ids[0].endswith("/a.csv:1")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_column_that_is_absent_is_told_with_those_that_are_there(tmp_path: Path, suffix: str):
    path = save(tmp_path / f"news{suffix}", ROWS)
    with pytest.raises(SettingsError, match="has no column 'text'; its columns are: 'id', 'body', 'day'"):
        opened(path, "text")
    with pytest.raises(SettingsError, match="has no column 'url'"):
        opened(path, id="url")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_id_that_two_rows_share_is_told_with_both_places(tmp_path: Path, suffix: str):
    path = save(tmp_path / f"news{suffix}", [*ROWS, {"id": "7", "body": "نص", "day": ""}])
    with pytest.raises(InputError, match=rf"news{suffix}:\d: the id '7' is that of news{suffix}:\d too"):
        opened(path, id="id")


def test_an_id_that_two_tables_share_is_told(tmp_path: Path):
    with pytest.raises(InputError, match=r"b\.csv:2: the id '7' is that of a\.csv:2 too"):
        ArticleTables([save(tmp_path / "a.csv", ROWS), save(tmp_path / "b.csv", ROWS[:1])], "body", id="id")


def test_rows_without_a_text_fail_and_keep_their_place(tmp_path: Path):
    rows = [{"id": 1, "body": None}, {"id": 2, "body": " \n"}, {"id": 3, "body": 5}, {"id": 4}, {"body": "نص"}, ROWS[0]]
    *failed, last = opened(save(tmp_path / "n.jsonl", rows), id="id")
    assert [(one.id, one.error) for one in failed if isinstance(one, FailedDocument)] == [
        ("1", "n.jsonl:1: the column 'body' holds nothing"),
        ("2", "n.jsonl:2: the column 'body' is empty"),
        ("3", "n.jsonl:3: the column 'body' holds no text but 5"),
        ("4", "n.jsonl:4: the column 'body' holds nothing"),
        ("n:5", "n.jsonl:5: the column 'id' is empty"),
    ]
    assert isinstance(last, Article)


def test_a_line_that_is_no_object_fails_alone(tmp_path: Path):
    path = tmp_path / "n.jsonl"
    path.write_text('{"body": "نص"}\n\n{"body": \n[1]\n{"body": "آخر", "n": NaN}\n', "utf-8")
    first, broken, array, last = opened(path)
    assert (first.id, last.id, last.metadata) == ("n:1", "n:4", {"n": None})
    assert "n.jsonl:3: the line is not JSON" in broken.error
    assert array.error == "n.jsonl:4: the line holds no JSON object"


def test_a_json_array_is_no_json_lines(tmp_path: Path):
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps([{"body": "نص"}], indent=1), "utf-8")
    with pytest.raises(InputError, match=r"n\.jsonl:1: is not JSON Lines"):
        opened(path)


def test_a_row_of_another_length_fails_alone(tmp_path: Path):
    path = tmp_path / "n.csv"
    path.write_text('id,body\n1,نص, بفاصلة\n2\n\n3,"قال: ""نعم"",\nثم غادر"\n', "utf-8")
    long, short, whole = opened(path, id="id")
    assert "n.csv:2: the row has 3 cells where the header has 2" in long.error
    assert "n.csv:3: the row has 1 cells" in short.error
    assert (whole.id, whole.text) == ("3", 'قال: "نعم",\nثم غادر')


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_spreadsheets_write_is_read(tmp_path: Path, delimiter: str, mark: str):
    path = tmp_path / "n.csv"
    header = delimiter.join(["id", '"body"', "a,b" if delimiter != "," else "ab"])
    path.write_bytes(f"{mark}{header}\r\n1{delimiter}نص{delimiter}x\r\n".encode())
    (found,) = opened(path, id="id")
    assert (found.id, found.text, "x" in found.metadata.values()) == ("1", "نص", True)


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str):
    path = tmp_path / "n.csv"
    path.write_bytes("id,body\n1,قال الوزير\n".encode(encoding))
    assert [found.text for found in opened(path, encoding=encoding)] == ["قال الوزير"]
    with pytest.raises(InputError, match=r"is not UTF-8.*--encoding"):
        opened(path)


def test_ends_of_lines_inside_a_cell_stay_as_they_are(tmp_path: Path):
    path = tmp_path / "n.csv"
    path.write_bytes('body\r\n"أول\r\nثان\rثالث\nرابع"\r\n'.encode())
    assert [found.text for found in opened(path)] == ["أول\r\nثان\rثالث\nرابع"]


def test_cells_of_any_length_and_an_unnamed_column(tmp_path: Path):
    path = tmp_path / "n.csv"
    path.write_text(f",body\n0,{'نص ' * 100_000}\n", "utf-8")
    (found,) = opened(path)
    assert (len(found.text), found.metadata) == (300_000, {"column_1": "0"})


def test_what_is_no_table_is_told(tmp_path: Path):
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "two.csv").write_text("body,x,x\n", "utf-8")
    (tmp_path / "open.csv").write_text('body,x\nنص,"\n', "utf-8")
    (tmp_path / "bad.parquet").write_bytes(b"no")
    for name, told in {
        "no.csv": "cannot be read: No such file",
        "d.csv": "is no regular file",
        "two.csv": "two columns are called 'x'",
        "open.csv": "open.csv:2: is not CSV from here on",
        "bad.parquet": "cannot be read as Parquet",
    }.items():
        with pytest.raises(InputError, match=told):
            opened(tmp_path / name)
    assert [is_table(name) for name in ("a.CSV", "b.ndjson", "c.txt", "d")] == [True, True, False, False]


def test_values_of_all_kinds_come_along(tmp_path: Path):
    values = {"day": date(2025, 8, 14), "sum": Decimal("1.50"), "tags": ["أ"], "none": None, "nan": float("nan")}
    path = save(tmp_path / "n.parquet", [{"id": 7.0, "body": "نص", "raw": b"x", "at": {"k": 1}, **values}])
    (found,) = opened(path, id="id")
    assert found.id == "7"
    assert found.metadata == {
        "id": 7.0, "raw": "x", "at": {"k": 1}, "day": "2025-08-14", "sum": "1.50", "tags": ["أ"], "none": None,
        "nan": None,
    }  # fmt: skip


def test_values_nested_without_end_become_text(tmp_path: Path):
    path = tmp_path / "n.jsonl"
    path.write_text(f'{{"body": "نص", "deep": {"[" * 400}{"]" * 400}}}\n', "utf-8")
    (found,) = opened(path)
    assert isinstance(found, Article)
    assert "[[[" in json.dumps(found.metadata)


def test_a_table_named_twice_is_read_once_and_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "b.csv"):
        save(Path(name), ROWS)
    tables = ArticleTables([Path("a.csv"), Path("b.csv"), tmp_path / "a.csv"], "body")
    assert [found.id for found in tables] == ["a:1", "a:2", "b:1", "b:2"]
    with pytest.raises(SettingsError, match=r"^a\.csv has no column"):
        ArticleTables([Path("a.csv")], "x")


def test_slices_are_what_a_list_has(tmp_path: Path):
    rows = [{"body": f"نص {n}"} for n in range(20)]
    tables = ArticleTables([save(tmp_path / "a.csv", rows[:7]), save(tmp_path / "b.jsonl", rows[7:])], "body")
    whole = list(tables)
    assert len(tables) == 20
    for start, stop in ((0, 5), (5, 12), (15, 20), (2, 4), (18, 99)):
        assert tables[start:stop] == whole[start:stop]
    assert (tables[3], tables[-1]) == (whole[3], whole[-1])


def test_a_table_that_shrinks_meanwhile_is_told(tmp_path: Path):
    tables = opened(save(tmp_path / "a.csv", ROWS))
    save(tmp_path / "a.csv", ROWS[:1])
    with pytest.raises(InputError, match="fewer rows"):
        tables[0:2]


def test_a_large_table_is_never_held_whole(tmp_path: Path):
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("id,body\n")
        stream.writelines(f"{n},{'نص طويل ' * 300}\n" for n in range(5000))
    assert path.stat().st_size > 15_000_000
    tracemalloc.start()
    assert sum(isinstance(found, Article) for found in opened(path, id="id")) == 5000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(CELLS.filter(str.strip), CELLS), min_size=1, max_size=8))
def test_what_csv_holds_comes_back_letter_for_letter(tmp_path_factory: pytest.TempPathFactory, rows: Any):
    path = tmp_path_factory.mktemp("t") / "n.csv"
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([("body", "x"), *rows])
    path.write_bytes(stream.getvalue().encode())
    assert [(found.text, found.metadata["x"]) for found in opened(path)] == rows


def test_parquet_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = save(tmp_path / "n.parquet", ROWS)

    def refuse(name: str, *_: object) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(SettingsError, match=r"pyarrow is not installed.*attribution-ar\[tables\]"):
        opened(path)
    assert len(opened(save(tmp_path / "n.csv", ROWS))) == len(opened(save(tmp_path / "n.jsonl", ROWS))) == 2


def test_csv_and_json_lines_bring_in_no_table_library(tmp_path: Path):
    paths = [str(save(tmp_path / name, ROWS)) for name in ("a.csv", "b.jsonl")]
    code = (
        "import sys; from pathlib import Path; from attribution.formats.article_tables import ArticleTables\n"
        f"list(ArticleTables(map(Path, {paths!r}), 'body'))\n"
        "print(sorted({'pandas', 'pyarrow', 'openpyxl', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
