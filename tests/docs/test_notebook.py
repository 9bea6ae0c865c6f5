"""The notebook in docs/ was executed, and its cells still run and print what they printed."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"
CELLS = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def printed(cell: dict[str, Any]) -> str:
    """What a cell printed when the notebook was executed."""
    return "".join(text for output in cell["outputs"] if output.get("name") == "stdout" for text in output["text"])


def run(source: str, names: dict[str, Any]) -> None:
    """As a notebook runs it: the last expression is worth something, and is computed like the rest."""
    for node in ast.parse(source).body:
        exec(compile(ast.Module([node], []), "notebook", "exec"), names)


def test_every_cell_was_executed_without_error():
    assert [cell["execution_count"] for cell in CELLS] == list(range(1, len(CELLS) + 1))
    assert not [output for cell in CELLS for output in cell["outputs"] if output["output_type"] == "error"]
    assert not [output for cell in CELLS for output in cell["outputs"] if output.get("name") == "stderr"]


def test_cells_still_print_what_they_printed(capsys: pytest.CaptureFixture[str]):
    """If this fails because the library reads better now, execute the notebook again and look at it."""
    pytest.importorskip("IPython", reason="the notebook was LEFT OUT: IPython is not installed")
    names: dict[str, Any] = {"__name__": "notebook"}
    for cell in CELLS:
        run("".join(cell["source"]), names)
        now = capsys.readouterr().out
        assert [line.split(" | ")[:3] for line in now.splitlines()] == [
            line.split(" | ")[:3] for line in printed(cell).splitlines()
        ]
