"""The command as it is typed, with the bundled parser and nothing stubbed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from attribution.formats.jsonl import read_jsonl

ROOT = Path(__file__).resolve().parents[2]


def attribution(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "attribution", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_seed_article(tmp_path: Path):
    result = attribution("extract", "seeds", "-o", tmp_path / "seed.jsonl")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    (document,) = read_jsonl(tmp_path / "seed.jsonl")
    (seed,) = (ROOT / "seeds").glob("*.txt")
    text = seed.read_text("utf-8")
    assert (document.id, document.text, document.model) == (seed.stem, text, "ar_compact")
    for found in document.attributions:
        for span in found.content.spans:
            assert text[span.start : span.end] == span.text
    assert "فلاديمير بوتين" in {found.speaker.name for found in document.attributions if found.speaker}


def test_an_empty_file_has_no_attributions(tmp_path: Path):
    (tmp_path / "empty.txt").touch()
    result = attribution("extract", tmp_path / "empty.txt", "-o", tmp_path / "out.jsonl")
    assert (result.returncode, result.stderr) == (0, "")
    (document,) = read_jsonl(tmp_path / "out.jsonl")
    assert (document.text, document.attributions) == ("", ())


@pytest.mark.parametrize("option", ["--model", "--lexicon"])
def test_a_folder_without_models_and_a_lexicon_with_a_wrong_key(tmp_path: Path, option: str):
    (tmp_path / "a.txt").write_text("قال بوتين: «نعم».", encoding="utf-8")
    (tmp_path / "mine.toml").write_text('[[verb]]\nlema = "قال"\n', encoding="utf-8")
    wrong = {"--model": tmp_path, "--lexicon": tmp_path / "mine.toml"}[option]
    named = {"--model": "resources.json is missing", "--lexicon": "lema"}[option]
    result = attribution("extract", tmp_path / "a.txt", option, wrong, "-o", tmp_path / "out.jsonl")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert str(wrong) in result.stderr
    assert named in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out.jsonl").exists()
