"""Every code block of the docs runs, in the order of its page; what a page says it prints, it prints."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FENCE = re.compile(r"^```(?P<language>\w+)(?P<options>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
# What a page says after a command that fails, so that its reader knows, and the test.
FAILS = "# exit code 1"
# Not run: they install, or start a server that does not end.
NOT_RUN = ("pip ", "python3 -m venv", "jupyter ", "make ")
# Commands of the pages that the command line does not have yet; a test below keeps this list from growing old.
PENDING: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    language: str
    options: str
    code: str

    @property
    def title(self) -> str | None:
        found = re.search(r'title="([^"]+)"', self.options)
        return found[1] if found else None


def blocks(page: Path) -> list[Block]:
    return [Block(f["language"], f["options"], f["code"]) for f in FENCE.finditer(page.read_text("utf-8"))]


def commands(block: Block) -> Iterator[str]:
    for line in block.code.splitlines():
        if line.strip() and not line.startswith(NOT_RUN):
            yield line


def pending(command: str) -> bool:
    words = shlex.split(command)
    return words[0] == "attribution" and words[1] in PENDING


def run_console(block: Block, where: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands(block):
        if pending(command):
            continue
        done = subprocess.run(
            ["bash", "-ec", command],
            cwd=where,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        failed = done.returncode != 0
        assert failed == command.endswith(FAILS), f"{command}\n{done.stdout}{done.stderr}"


def run_python(block: Block, page: Path, names: dict[str, Any]) -> bool:
    """True once the block has run; False, said on standard error, where a library that it says it needs is absent."""
    needed = re.match(r"# needs: (\w+)", block.code)
    if needed and importlib.util.find_spec(needed[1]) is None:
        sys.__stderr__.write(f"{page.name}: a block was LEFT OUT, since {needed[1]} is not installed\n")
        return False
    exec(compile(block.code, str(page), "exec"), names)
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_code_of_the_page_runs(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    for block in blocks(page):
        if block.title is not None:
            Path(block.title).write_text(block.code, "utf-8")
        if block.language == "python":
            if not run_python(block, page, names):
                continue
            printed = capsys.readouterr().out
            for line in re.findall(r"^# → (.*)$", block.code, re.MULTILINE):
                assert line in printed, f"{page.name} does not print: {line}\n{printed}"
        elif block.language == "console":
            run_console(block, tmp_path)
        elif block.language == "toml":
            tomllib.loads(block.code)


def test_pages_use_no_language_that_no_test_runs():
    assert {block.language for page in PAGES for block in blocks(page)} <= {"python", "console", "toml", "text"}


def test_commands_that_wait_are_really_missing():
    """As soon as the command line has one of them, it must leave PENDING, so that its examples are run."""
    from attribution.cli import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert not known & set(PENDING)
