"""The site is built strictly, as `make docs` does: a broken link, or a page outside the navigation, fails."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("material"), reason="the site was LEFT OUT: mkdocs-material is not installed"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_rule_has_one_anchor_on_its_page(site: Path):
    rules = re.findall(r"^### .*\{ #([a-z.-]+) \}$", (ROOT / "docs" / "rules.md").read_text("utf-8"), re.MULTILINE)
    page = (site / "rules.html").read_text("utf-8")
    assert len(rules) > 30
    assert [rule for rule in rules if page.count(f'id="{rule}"') != 1] == []


def test_pages_fetch_nothing(site: Path):
    for page in site.rglob("*.html"):
        fetched = re.findall(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="(https?:[^"]+)"', page.read_text("utf-8"))
        assert fetched == [], page.name


def test_arabic_page_reads_from_the_right(site: Path):
    assert '<div dir="rtl" lang="ar">' in (site / "ar" / "index.html").read_text("utf-8")
