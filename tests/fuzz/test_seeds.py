"""Texts that once broke something, or are near to what did: kept small, tried each time, seeds for longer fuzzing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution import Extractor
from torture.promises import broken_promises

SEEDS: dict[str, str] = json.loads((Path(__file__).parent / "seeds.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_keeps_the_promises(name: str, linear: Extractor, extractor: Extractor):
    for reader in (linear, extractor):
        assert broken_promises(reader.extract(SEEDS[name]), SEEDS[name]) == []


@pytest.mark.parametrize("name", SEEDS)
def test_every_beginning_of_a_seed_keeps_the_promises(name: str, linear: Extractor):
    """A text may be cut off anywhere."""
    for end in range(min(len(SEEDS[name]), 80)):
        text = SEEDS[name][:end]
        assert broken_promises(linear.extract(text), text) == []
