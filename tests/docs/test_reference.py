"""The reference pages name everything the code has, and nothing it has not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution import records
from attribution.render import labels

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
RULE = re.compile(r'"((?:opening|content|source|speaker|mark|cue)\.[a-z][a-z-]*)"')
SOURCE = ROOT / "src" / "attribution"
CODE = {id for path in SOURCE.glob("*.py") for id in RULE.findall(path.read_text("utf-8"))}
ANCHORS = re.findall(r"^### .*\{ #([a-z.-]+) \}$", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE)


def test_rules_are_found_in_the_code():
    assert {"opening.complementizer", "source.elided", "speaker.chain"} <= CODE


def test_every_rule_of_the_code_has_an_anchor():
    """A new rule needs a section in docs/rules.md: ### `id` { #id }."""
    assert sorted(CODE - set(ANCHORS)) == []


def test_no_anchor_outlives_its_rule():
    assert sorted(set(ANCHORS) - CODE) == []
    assert len(ANCHORS) == len(set(ANCHORS))


def test_every_rule_has_words_for_readers_of_the_page():
    """A new rule needs a line in attribution/render/labels.py."""
    assert sorted(CODE ^ set(labels.RULES)) == []


def test_every_reason_to_reject_a_speaker_has_words_and_a_description():
    """A new reason needs a line in attribution/render/labels.py and one in docs/records.md."""
    reasons = set(re.findall(r'\(entity, "(\w+)"\)', (SOURCE / "coreference.py").read_text("utf-8")))
    assert len(reasons) > 1
    assert reasons == set(labels.REJECTED)
    page = (DOCS / "records.md").read_text("utf-8")
    assert [reason for reason in reasons if f"`{reason}`:" not in page] == []


@pytest.mark.parametrize("name", ["AttributedDocument", "Attribution", "Cue", "Source", "Speaker", "Mark"])
def test_every_field_of_a_record_is_described(name: str):
    page = (DOCS / "records.md").read_text("utf-8")
    for field in getattr(records, name).model_fields:
        assert re.search(rf"`(\w+\.)?{field}`", page), f"{name}.{field} is not described"


def test_navigation_leads_to_pages_and_fetches_no_font():
    site = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = re.findall(r"[\w/-]+\.md", site)
    assert len(listed) >= 10
    assert [page for page in listed if not (DOCS / page).is_file()] == []
    assert "font: false" in site


def test_links_of_a_page_lead_to_a_page():
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
