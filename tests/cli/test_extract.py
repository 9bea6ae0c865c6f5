from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from attribution.cli.extract import chosen_format
from attribution.errors import LexiconError, ModelError, SettingsError
from attribution.formats.jsonl import parse_line, read_jsonl
from tests.formats.documents import TEXT, document

Command = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("calls")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("b", TEXT), ("a", "لا شيء"), ("empty", "")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_directory_gives_a_line_a_text_in_order(command: Command, articles: Path):
    result = command("extract", articles)
    documents = [parse_line(line) for line in result.stdout_bytes.splitlines()]
    assert [(d.id, len(d.attributions)) for d in documents] == [("a", 0), ("b", 2), ("empty", 0)]
    assert (result.exit_code, result.stderr) == (0, "")


def test_standard_input(command: Command):
    result = command("extract", "-", stdin=TEXT.encode())
    assert parse_line(result.stdout_bytes) == document("stdin")


def test_an_output_file_appears_alone(command: Command, articles: Path, tmp_path: Path):
    result = command("extract", articles, "-o", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [d.id for d in read_jsonl(tmp_path / "out.jsonl")] == ["a", "b", "empty"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]


@pytest.mark.parametrize(
    ("name", "start"), [("o.csv", b"article,"), ("o.parquet", b"PAR1"), ("o.xlsx", b"PK"), ("o.any", b"{")]
)
def test_the_suffix_chooses_the_format(command: Command, articles: Path, tmp_path: Path, name: str, start: bytes):
    assert command("extract", articles, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_library_that_is_absent_is_told_before_anything_is_read(
    command: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls
):
    def refuse(name: str) -> object:
        raise SettingsError(f"{name} is not installed")

    monkeypatch.setattr("attribution.formats.table.optional", refuse)
    for name, library in (("o.xlsx", "openpyxl"), ("o.parquet", "pyarrow")):
        result = command("extract", articles, "-o", tmp_path / name)
        assert (result.exit_code, result.stderr) == (2, f"error: {library} is not installed\n")
    assert calls.model is None


def test_format_overrules_the_suffix(command: Command, articles: Path, tmp_path: Path):
    command("extract", articles, "-o", tmp_path / "o.csv", "--format", "table")
    assert "speaker ┃" in (tmp_path / "o.csv").read_text("utf-8")


def test_formats_for_the_screen(command: Command, articles: Path):
    assert "speaker ┃" in command("extract", articles, "--format", "table").stdout
    assert command("extract", articles, "--format", "csv").stdout.startswith("article,attribution,speaker")


def test_a_person_at_a_terminal_sees_a_table(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: True))
    assert chosen_format(None, None) == "table"
    assert chosen_format(None, Path("x")) == "jsonl"
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: False))
    assert chosen_format(None, None) == "jsonl"


def test_bad_inputs_are_named_and_the_rest_is_done(command: Command, articles: Path, tmp_path: Path):
    (tmp_path / "pdf.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "old.txt").write_bytes("قال".encode("cp1256"))
    (tmp_path / "fails.txt").write_text("خطأ", encoding="utf-8")
    (tmp_path / "none").mkdir()
    bad = [tmp_path / name for name in ("missing.txt", "pdf.txt", "old.txt", "fails.txt", "none")]
    result = command("extract", *bad, articles / "b.txt", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert [d.id for d in read_jsonl(tmp_path / "out.jsonl")] == ["b"]
    told = result.stderr.splitlines()
    assert len(told) == 5
    for part in (
        "missing.txt: cannot be read",
        "pdf.txt: is a PDF",
        "old.txt: is not UTF-8: byte 0",
        "fails: the parser gave up",
        "none: is a directory without *.txt",
    ):
        assert sum(part in line and line.startswith("error: ") for line in told) == 1


def test_if_nothing_succeeds_the_old_output_stays(command: Command, tmp_path: Path):
    (tmp_path / "out.jsonl").write_text("old")
    assert command("extract", tmp_path / "missing.txt", "-o", tmp_path / "out.jsonl").exit_code == 1
    assert (tmp_path / "out.jsonl").read_text() == "old"


def test_encoding(command: Command, tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("cp1256"))
    result = command("extract", tmp_path / "a.txt", "--encoding", "cp1256")
    assert parse_line(result.stdout_bytes).text == TEXT
    wrong = command("extract", tmp_path / "a.txt", "--encoding", "klingon")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "unknown encoding 'klingon'" in wrong.stderr


def test_an_output_that_cannot_be_written(command: Command, articles: Path, tmp_path: Path):
    result = command("extract", articles, "-o", tmp_path / "absent" / "out.jsonl")
    assert result.exit_code == 1
    assert (
        result.stderr == f"error: {tmp_path / 'absent' / 'out.jsonl'}: cannot be written: No such file or directory\n"
    )


@pytest.mark.parametrize("arguments", [(), ("--format", "pdf", "x"), ("--format", "xlsx", "x"), ("--no-such", "x")])
def test_wrong_use(command: Command, arguments: tuple[str, ...]):
    result = command("extract", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize(
    "error",
    [
        ModelError("padt is absent; do this"),
        LexiconError("wrong key", path="my.toml", line=3, table="verb", key="lema"),
    ],
)
def test_a_model_or_lexicon_that_cannot_be_used(
    command: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def refuse(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr("attribution.cli.extract.attribute", refuse)
    result = command("extract", articles, "-o", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stderr) == (2, f"error: {error}\n")
    assert not (tmp_path / "out.jsonl").exists()


def test_model_and_lexicons_are_passed_on(command: Command, articles: Path, calls):
    command("extract", articles, "--model", "padt", "--lexicon", "a.toml", "--lexicon", "b.toml")
    assert (calls.model, calls.lexicon) == ("padt", (Path("a.toml"), Path("b.toml")))


def test_many_articles_show_their_progress_to_a_person(
    command: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FORCE_COLOR", "1")
    many = command("extract", articles, "-o", tmp_path / "out.jsonl")
    assert "articles" in many.stderr
    assert [d.id for d in read_jsonl(tmp_path / "out.jsonl")] == ["a", "b", "empty"]
    one = command("extract", articles / "a.txt", "-o", tmp_path / "out.jsonl")
    assert one.stderr == ""


def test_table_turns_records_into_other_formats(command: Command, articles: Path, tmp_path: Path):
    command("extract", articles, "-o", tmp_path / "out.jsonl")
    assert "فلاديمير بوتين" in command("table", tmp_path / "out.jsonl").stdout
    command("table", tmp_path / "out.jsonl", "-o", tmp_path / "out.csv")
    assert len((tmp_path / "out.csv").read_text("utf-8").splitlines()) == 3
    bad = command("table", tmp_path / "out.csv")
    assert (bad.exit_code, "out.csv:1: " in bad.stderr) == (1, True)
