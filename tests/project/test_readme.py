"""The README's Python runs as written, in order, in one namespace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_readme_shows_python():
    assert len(BLOCKS) >= 2


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "readme"}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    for line in re.findall(r"^# → (.*)$", "\n".join(BLOCKS), re.MULTILINE):
        assert line in printed


def test_readme_names_the_other_distribution_and_the_licences():
    assert "pip install attribution-ar" in README
    assert "non-commercial" in README
    assert re.search(r"distribution\W+`attribution`", README)
