"""The shape of the code base: imports point down, names say what a thing is, nothing heavy at import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "attribution"
MODULES = sorted(PACKAGE.rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "processor"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)


def test_import_contracts_hold():
    result = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr


def test_import_leaves_the_heavy_libraries_out():
    heavy = "{'torch', 'stanza', 'pandas', 'pyarrow', 'openpyxl', 'typer', 'rich', 'jinja2', 'ray'}"
    result = run(sys.executable, "-c", f"import attribution, sys; print(sorted({heavy} & set(sys.modules)))")
    assert result.stdout.strip() == "[]", result.stdout + result.stderr


def test_version_needs_no_parser():
    code = "import sys; sys.argv = ['attribution', '--version']\nfrom attribution.cli import main\ntry: main()\n"
    result = run(
        sys.executable, "-c", f"{code}except SystemExit: print({{'torch', 'stanza', 'pandas'}} & set(sys.modules))"
    )
    assert result.stdout.splitlines()[-1] == "set()", result.stdout + result.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_is_named_for_what_it_holds(path: Path):
    assert path.stem not in VAGUE
    assert path.parent.name not in VAGUE


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_package_files_only_pass_names_on(path: Path):
    """Code in an __init__ has no name of its own to be found by."""
    held = [
        node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef | ast.For | ast.While)
    ]
    assert held == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_library_code_neither_exits_nor_prints(path: Path):
    if "cli" in path.relative_to(PACKAGE).parts:
        return
    calls = [
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    forbidden = {"sys.exit", "exit", "quit", "print", "os._exit"}
    if path.name == "workers.py":
        forbidden -= {"os._exit"}  # a worker process whose parent is gone ends itself
    assert not forbidden & set(calls)
