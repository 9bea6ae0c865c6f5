"""The site is built strictly, as `make docs` does: a broken link, or a page outside the navigation, fails."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import LEFT_OUT

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("material"), reason="the site was LEFT OUT: mkdocs-material is not installed"
)
# Where the marks « and » of a cell stand, from the left.
MARKS = """
(cell) => [...cell.textContent.matchAll(/[«»]/g)].map(({index}) => {
  const range = document.createRange();
  range.setStart(cell.firstChild, index);
  range.setEnd(cell.firstChild, index + 1);
  return range.getBoundingClientRect().left;
})
"""


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


def test_every_code_block_of_a_page_is_one_on_the_site(site: Path):
    """A fence whose options the site does not know is shown as a paragraph, and swallows what follows it."""
    assert [page.name for page in site.rglob("*.html") if "```" in page.read_text("utf-8")] == []


def test_pages_fetch_nothing(site: Path):
    for page in site.rglob("*.html"):
        fetched = re.findall(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="(https?:[^"]+)"', page.read_text("utf-8"))
        assert fetched == [], page.name


@pytest.mark.skipif(LEFT_OUT is not None, reason=str(LEFT_OUT))
def test_arabic_in_a_cell_of_an_english_page_ends_at_the_left(site: Path, browser: Any):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    marks = page.get_by_role("cell", name="قال إن القمة «ستنجح»").evaluate(MARKS)
    assert marks == sorted(marks, reverse=True)
    page.close()


def test_arabic_page_reads_from_the_right(site: Path):
    assert '<div dir="rtl" lang="ar">' in (site / "ar" / "index.html").read_text("utf-8")
