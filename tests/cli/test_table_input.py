"""`attribution extract articles.csv --text-column body`: tables in, records and tables out."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from attribution.batch import Options, Run, Shards
from attribution.formats.article_tables import ArticleTables
from attribution.formats.jsonl import read_jsonl
from tests.batch.stubs import StubParser
from tests.formats.documents import TEXT
from tests.formats.test_article_tables import save

Command = Callable[..., Result]
ROWS: list[dict[str, Any]] = [
    {"id": "n1", "body": TEXT, "day": "2025-08-14", "source": "جريدة"},
    {"id": "n2", "body": "", "day": "2025-08-15", "source": "جريدة"},
    {"id": "n3", "body": "لا شيء", "day": "2025-08-16", "source": "وكالة"},
]
SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا."


@pytest.fixture(params=[".csv", ".jsonl", ".parquet"])
def table(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return save(tmp_path / f"news{request.param}", ROWS)


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes with a parser that needs no model."""
    monkeypatch.setattr("attribution.cli.extract.Options", lambda **given: Options(**given | {"model": StubParser()}))


@pytest.mark.usefixtures("calls")
def test_rows_keep_their_columns_in_records(command: Command, table: Path, tmp_path: Path):
    result = command("extract", table, "--text-column", "body", "--id-column", "id", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    line = 3 if table.suffix == ".csv" else 2  # a header is a line too
    assert result.stderr == f"error: n2: {table.name}:{line}: the column 'body' is empty\n"
    first, last = read_jsonl(tmp_path / "out.jsonl")
    assert (first.id, first.text, len(first.attributions)) == ("n1", TEXT, 2)
    assert first.metadata == {"id": "n1", "day": "2025-08-14", "source": "جريدة"}
    assert last.id == "n3"


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_rows_keep_their_columns_in_tables(command: Command, table: Path, tmp_path: Path, form: str):
    out = tmp_path / f"quotes.{form}"
    command("extract", table, "--text-column", "body", "--id-column", "id", "-o", out)
    pandas = importlib.import_module("pandas")
    read = {"csv": pandas.read_csv, "parquet": pandas.read_parquet, "xlsx": pandas.read_excel}[form]
    frame = read(out)
    assert frame["article"].tolist() == ["n1", "n1"]
    assert frame["day"].tolist() == ["2025-08-14"] * 2
    assert frame["source"].tolist()[0] == "بوتين"
    assert frame["metadata_source"].tolist() == ["جريدة"] * 2


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--text-column", "text"), "has no column 'text'; its columns are: 'id', 'body', 'day', 'source'"),
        (("--text-column", "body", "--id-column", "url"), "has no column 'url'"),
        (("--id-column", "id"), "name their column of texts too, with --text-column"),
    ],
)
def test_wrong_columns(command: Command, table: Path, arguments: tuple[str, ...], told: str):
    result = command("extract", table, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.usefixtures("calls")
def test_ids_that_are_not_its_own(command: Command, table: Path, tmp_path: Path):
    result = command("extract", table, "--text-column", "body", "--id-column", "source", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "the id 'جريدة' is that of" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.usefixtures("calls")
def test_a_table_is_no_text_and_a_text_no_table(command: Command, table: Path, tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = command("extract", table, tmp_path / "a.txt", "-o", tmp_path / "out.jsonl")
    assert (result.exit_code, "is a table, not a text" in result.stderr) == (1, True)
    assert [document.id for document in read_jsonl(tmp_path / "out.jsonl")] == ["a"]
    mixed = command("extract", table, tmp_path / "a.txt", "--text-column", "body")
    assert (mixed.exit_code, "a.txt is no table" in mixed.stderr) == (2, True)
    assert command("extract", "-", "--text-column", "body").exit_code == 2


@pytest.mark.usefixtures("stubbed")
@pytest.mark.parametrize("more", [(), ("--unordered",)])
def test_workers_read_rows_too(command: Command, tmp_path: Path, more: tuple[str, ...]):
    rows = [{"id": f"n{n}", "body": SAID.format(n) if n != 9 else None, "day": n} for n in range(20)]
    table, out = save(tmp_path / "news.jsonl", rows), tmp_path / "out.csv"
    columns = ("--text-column", "body", "--id-column", "id")
    result = command("extract", table, *columns, "-o", out, "--workers", "2", *more)
    assert result.exit_code == 1
    assert result.stderr == "error: n9: news.jsonl:10: the column 'body' holds nothing\n"
    found = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert {(row["article"], row["day"]) for row in found} == {(f"n{n}", str(n)) for n in range(20) if n != 9}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.jsonl", "out.csv"]


@pytest.mark.usefixtures("stubbed")
def test_a_run_over_a_table_goes_on_where_it_was(command: Command, tmp_path: Path):
    rows = [{"id": f"n{n}", "body": SAID.format(n)} for n in range(20)]
    table = save(tmp_path / "news.csv", rows)
    options, folder = Options(model=StubParser()), tmp_path / ".out.jsonl.shards"
    shards = Shards(folder, ArticleTables([table], "body", id="id"), options)
    with closing(Run(shards, options, workers=1).records()) as records:
        assert [record.id for record in islice(records, 8)] == [f"n{n}" for n in range(8)]
    kept = shards.path(0)
    kept.write_bytes(kept.read_bytes().replace(b'"metadata":{', b'"metadata":{"kept":1,'))
    command("extract", table, "--text-column", "body", "--id-column", "id", "-o", tmp_path / "out.jsonl", "--resume")
    documents = list(read_jsonl(tmp_path / "out.jsonl"))
    assert [document.id for document in documents] == [f"n{n}" for n in range(20)]
    assert [document.metadata.get("kept") for document in documents][:9] == [1] * 8 + [None]


@pytest.mark.usefixtures("stubbed")
def test_other_columns_are_another_run(command: Command, tmp_path: Path):
    table = save(tmp_path / "news.csv", [{"id": "1", "body": SAID.format(1), "lead": SAID.format(2)}])
    options = Options(model=StubParser())
    Shards(tmp_path / ".o.shards", ArticleTables([table], "body"), options).open(resume=False)
    result = command("extract", table, "--text-column", "lead", "-o", tmp_path / "o", "--resume")
    assert (result.exit_code, "belongs to a run with other inputs" in result.stderr) == (2, True)
