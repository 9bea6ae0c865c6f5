"""Folders of models: what is missing, what is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution.errors import ModelError
from attribution.syntax.packages import bundled_folder, checksums, official_folder, read_package, verify_bundle


def replace_file(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def test_the_bundle_is_as_it_was_made():
    assert verify_bundle(bundled_folder()) == []


def test_the_checksums_cover_every_file_of_the_bundle():
    listed = json.loads((bundled_folder() / "checksums.json").read_text("utf-8"))
    assert listed == checksums(bundled_folder())
    assert len(listed) == 6


def test_the_bundle_carries_its_card_and_licence():
    assert "CC BY-NC-SA" in (bundled_folder() / "LICENSE").read_text("utf-8")
    assert "73.6" in (bundled_folder() / "MODEL_CARD.md").read_text("utf-8")


def test_damage_is_named(folder: Path):
    assert verify_bundle(folder) == []
    parser, tagger = folder / "ar/depparse/compact.pt", folder / "ar/pos/compact.pt"
    replace_file(parser, parser.read_bytes()[:-1])
    tagger.unlink()
    faults = verify_bundle(folder)
    assert len(faults) == 2
    assert faults[0].startswith("ar/depparse/compact.pt is not the file")
    assert faults[1].startswith("ar/pos/compact.pt cannot be read")


def test_a_file_that_is_not_listed_is_named(folder: Path):
    (folder / "ar/pos/other.pt").touch()
    assert verify_bundle(folder) == ["ar/pos/other.pt is not in checksums.json"]


@pytest.mark.parametrize("content", [None, b"{", b"[1]"])
def test_without_checksums_a_bundle_is_not_trusted(folder: Path, content: bytes | None):
    (folder / "checksums.json").unlink()
    if content is not None:
        (folder / "checksums.json").write_bytes(content)
    (fault,) = verify_bundle(folder)
    assert fault.startswith("checksums.json cannot be read")


def test_what_the_bundle_is_made_of():
    package = read_package(bundled_folder())
    assert package.processors["lemma"] == "identity"
    names = [path.relative_to(bundled_folder()).as_posix() for path in package.files]
    assert names == [
        f"ar/{name}.pt"
        for name in ("tokenize/compact", "mwt/compact", "pos/compact", "pretrain/news", "depparse/compact")
    ]


def test_an_official_layout(official_like: Path):
    for name in ("default", "padt"):
        package = read_package(official_like, name)
        assert package.processors["depparse"] == "padt_charlm"
        assert "ner" not in package.processors
        assert official_like / "ar/forward_charlm/ccwiki.pt" in package.files


@pytest.mark.parametrize("name", ["forward_charlm/ccwiki", "pretrain/conll17", "lemma/padt_nocharlm", "mwt/padt"])
def test_a_missing_model_is_named(official_like: Path, name: str):
    (official_like / "ar" / f"{name}.pt").unlink()
    with pytest.raises(ModelError, match=f"{name}.pt is missing; get it"):
        read_package(official_like, remedy="get it")


def test_an_unknown_package_is_named(official_like: Path):
    with pytest.raises(ModelError, match=r"package 'pud' has no 'tokenize' \(packages listed: default\)"):
        read_package(official_like, "pud")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing"),
        (b"{", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b'{"en": {}}', "no models for Arabic"),
        (b"[]", "no models"),
    ],
)
def test_a_bad_list_of_resources(tmp_path: Path, content: bytes | None, says: str):
    if content is not None:
        (tmp_path / "resources.json").write_bytes(content)
    with pytest.raises(ModelError, match=f"resources.json.*{says}"):
        read_package(tmp_path)


def test_where_stanza_downloads_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    assert official_folder() == tmp_path
    monkeypatch.delenv("STANZA_RESOURCES_DIR")
    assert official_folder() == Path.home() / "stanza_resources"
