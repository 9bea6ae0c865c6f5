from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from attribution._version import __version__
from attribution.syntax.packages import bundled_folder, verify_bundle

Command = Callable[..., Result]


def test_version(command: Command):
    result = command("--version")
    assert (result.exit_code, result.stdout) == (0, f"attribution-ar {__version__}\n")


def test_no_command_is_wrong_use_and_shows_help(command: Command):
    result = command()
    assert result.exit_code == 2
    assert "extract" in result.stdout + result.stderr
    assert command("no-such").exit_code == 2


def test_python_dash_m(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["attribution", "--version"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("attribution", run_name="__main__")
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"attribution-ar {__version__}\n"


def test_schema(command: Command):
    assert json.loads(command("schema").stdout)["title"] == "AttributedDocument"


@pytest.mark.parametrize("arguments", [("--schema",), ("extract", "--schema")])
def test_schema_as_an_option(command: Command, arguments: tuple[str, ...]):
    assert command(*arguments).stdout == command("schema").stdout


def test_help_says_what_each_command_does_in_one_line(command: Command):
    for group in ((), ("lexicon",), ("models",)):
        assert "..." not in command(*group, "--help").stdout.split("Commands:")[1]


def test_models_list_and_path(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    text = command("models", "list").stdout
    assert "ar_compact" in text
    assert "default (official)" in text
    assert command("models", "path").stdout.strip() == str(bundled_folder())
    assert command("models", "path", "padt").stdout.strip() == str(tmp_path)


def test_models_verify(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    assert verify_bundle(bundled_folder()) == []
    assert command("models", "verify").stdout == "ar_compact: whole\n"
    absent = command("models", "verify", "padt")
    assert absent.exit_code == 1
    assert 'stanza.download("ar")' in absent.stderr
    monkeypatch.setattr("attribution.cli.models.verify_bundle", lambda _: ["ar/pos/compact.pt is altered"])
    altered = command("models", "verify")
    assert (altered.exit_code, "ar/pos/compact.pt is altered" in altered.stderr) == (1, True)


def test_models_download_is_stanzas_own(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    asked: list[object] = []
    stanza = SimpleNamespace(download=lambda *names, **options: asked.append((names, options)))
    monkeypatch.setitem(sys.modules, "stanza", stanza)
    assert command("models", "download", "padt").stdout.strip() == str(tmp_path)
    assert asked == [(("ar",), {"model_dir": str(tmp_path), "package": "padt"})]


def test_a_download_that_fails_is_told(command: Command, monkeypatch: pytest.MonkeyPatch):
    def offline(*_: object, **__: object) -> None:
        raise ConnectionError("no route")

    monkeypatch.setitem(sys.modules, "stanza", SimpleNamespace(download=offline))
    result = command("models", "download")
    assert result.exit_code == 2
    assert "default could not be downloaded" in result.stderr
    assert "no route" in result.stderr


def test_lexicon_check_names_what_is_wrong(command: Command, tmp_path: Path):
    (tmp_path / "right.toml").write_text('[[block]]\nlemma = "قال"\n', encoding="utf-8")
    (tmp_path / "wrong.toml").write_text('[[verb]]\nlema = "قال"\n', encoding="utf-8")
    assert command("lexicon", "check", tmp_path / "right.toml").exit_code == 0
    result = command("lexicon", "check", tmp_path / "wrong.toml", tmp_path / "right.toml")
    assert result.exit_code == 1
    assert "wrong.toml" in result.stderr
    assert "lema" in result.stderr
    assert "right.toml: right" in result.stdout


def test_lexicon_show(command: Command):
    everything, denials = command("lexicon", "show").stdout, command("lexicon", "show", "--class", "deny").stdout
    assert "قال" in everything
    assert "نفى" in denials
    assert len(denials) < len(everything)
    wrong = command("lexicon", "show", "--class", "denials")
    assert (wrong.exit_code, "'denials'" in wrong.stderr, "deny" in wrong.stderr) == (2, True, True)


def test_lexicon_show_prints_entries_to_copy_and_change(command: Command, tmp_path: Path):
    mine = tmp_path / "mine.toml"
    shown = command("lexicon", "show", "اكد", "وأضافت")  # without its hamza; a form of another
    assert shown.exit_code == 0
    mine.write_text(shown.stdout.replace("strength = 0.95", "strength = 0.4"), encoding="utf-8")
    assert command("lexicon", "check", mine).exit_code == 0
    again = command("lexicon", "show", "أكد", "--lexicon", mine).stdout
    assert again == shown.stdout.partition('[[verb]]\nlemma = "أضاف"')[0].replace("0.95", "0.4")
    unknown = command("lexicon", "show", "تفاحة", "قال")
    assert (unknown.exit_code, "تفاحة: no cue" in unknown.stderr, "قال" in unknown.stdout) == (1, True, True)
    assert command("lexicon", "show", "قال", "--class", "deny").exit_code == 1


def test_lexicon_explain(command: Command):
    result = command("lexicon", "explain", "وأضافت")
    assert result.exit_code == 0
    assert "أضاف" in result.stdout
    assert "feminine" in result.stdout
    unknown = command("lexicon", "explain", "قال", "تفاحة")
    assert (unknown.exit_code, "تفاحة: no cue" in unknown.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("على حد قوله", "as he put it"),
        ("ووفقا للوزارة", "according to"),
        ("الجدير بالذكر", "nobody says anything"),
        ("بحسب ما أفاد", "as X reported"),
    ],
)
def test_lexicon_explains_phrases(command: Command, words: str, told: str):
    result = command("lexicon", "explain", words)
    assert (result.exit_code, told in result.stdout) == (0, True)


@pytest.mark.parametrize("words", ["قال الوزير", "على حد قوله إن", "وفقا"])
def test_part_of_a_phrase_or_more_than_one_is_none(command: Command, words: str):
    result = command("lexicon", "explain", words)
    assert (result.exit_code, f"{words}: no cue" in result.stderr) == (1, True)


def test_a_reader_that_stops_early_is_no_traceback():
    shell = f"{sys.executable} -m attribution schema | head -1"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (result.stdout, "Traceback" in result.stderr) == ("{\n", False)


@pytest.mark.parametrize("words", [["extract"], ["table"], ["view"], ["explain"], ["lexicon", "check"]])
def test_usage_says_once_that_an_argument_may_be_repeated(command: Command, words: list[str]):
    usage = command(*words, "--help").stdout.splitlines()[0]
    # Older versions of Typer leave it out where an argument has a name for its value, and none may say it twice.
    says = tuple(map(int, version("typer").split(".")[:2])) >= (0, 29)
    assert usage.count("...") == says
    assert "…" not in usage
