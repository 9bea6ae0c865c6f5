"""The wheel, built and installed into an environment of its own, works without a network.

LEFT OUT: the requirements are not installed afresh; the new environment borrows those of the one that runs the tests.
Of this library it sees the wheel alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("build", "hatchling"))),
    reason="the wheel was LEFT OUT: build and hatchling are not installed",
)
# Python runs this before anything else: whatever asks for another machine fails.
NO_NETWORK = """
import socket

def refuse(*address, **_):
    raise OSError(f"no network, yet {address} was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""
TEXT = "قال المستشار يوري أوشاكوف إن القمة ستبدأ الجمعة. وأضاف: «سيتحدث الرئيسان على انفراد»."


def done(*command: object, where: Path, **more: str) -> str:
    """What a command printed; it sees neither the source tree nor the packages of the user."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        [*map(str, command)], cwd=where, env=kept | more, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, where=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that holds the wheel, borrows its requirements, and reaches no network."""
    home = tmp_path_factory.mktemp("clean")
    done(sys.executable, "-m", "venv", home, where=home)
    programs = home / "bin"
    done(programs / "pip", "install", "--quiet", "--no-index", "--no-deps", wheel, where=home)
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "requirements.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (site / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    return programs


def test_wheel_carries_models_words_pages_and_licences(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "attribution/py.typed",
        "attribution/models/ar_compact/ar/depparse/compact.pt",
        "attribution/models/ar_compact/LICENSE",
        "attribution/render/templates/page.js",
        ".dist-info/licenses/LICENSE",
        ".dist-info/licenses/src/attribution/models/ar_compact/LICENSE",
    ):
        assert [name for name in names if name.endswith(part)], part
    packed = {name for name in names if name.startswith("attribution/")}
    package = ROOT / "src" / "attribution"
    files = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {str(path.relative_to(ROOT / "src")) for path in files} == packed


def test_wheel_reads_a_text_and_shows_it(clean: Path, tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    where = done(clean / "python", "-c", "import attribution; print(attribution.__file__)", where=tmp_path)
    assert Path(where.strip()).is_relative_to(clean.parent)
    done(clean / "attribution", "extract", "a.txt", "-o", "a.jsonl", where=tmp_path)
    found = json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["attributions"]
    assert [one["speaker"]["name"] for one in found] == ["يوري أوشاكوف"] * 2
    done(clean / "attribution", "view", "a.jsonl", "-o", "a.html", where=tmp_path)
    assert "سيتحدث الرئيسان" in (tmp_path / "a.html").read_text("utf-8")
    assert "أضاف" in done(clean / "attribution", "lexicon", "explain", "وأضافت", where=tmp_path)
    assert done(clean / "attribution", "models", "verify", where=tmp_path) == "ar_compact: whole\n"


def test_network_of_the_clean_environment_is_really_off(clean: Path, tmp_path: Path):
    code = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), 1)\nexcept OSError as e: print(e)"
    assert "no network" in done(clean / "python", "-c", code, where=tmp_path)
