"""Hamza seats and other accidents of spelling."""

from __future__ import annotations

import pytest

from attribution.lexicon.orthography import spell, spell_joined


@pytest.mark.parametrize(
    ("sounds", "skeletons"),
    [
        ("سaءaلa", ("سال",)),
        ("سuءiلa", ("سئل",)),
        ("يuءaكkiدu".replace("k", ""), ("يؤكد",)),
        ("قaرaءa", ("قرا",)),
        ("قaرaءuW", ("قرؤوا", "قراوا")),
        ("تaسAءaلa", ("تساءل",)),
        ("مaسءUل", ("مسؤول", "مسئول")),
        ("ءaءمaنa", ("امن",)),
        ("ءuءمiنu", ("اومن",)),
        ("شaيء", ("شيء",)),
        ("iتتaهaمa", ("اتهم",)),
        ("دaعA", ("دعا",)),
        ("نaفY", ("نفي",)),
        ("ءiشAرaة", ("اشاره",)),
        ("يuيقiنu", ("يوقن",)),
    ],
)
def test_spell(sounds: str, skeletons: tuple[str, ...]) -> None:
    assert spell(sounds) == skeletons


@pytest.mark.parametrize(
    ("sounds", "skeletons"),
    [
        ("نaفY", ("نفا",)),
        ("قAلuW", ("قالو",)),
        ("ءiشAرaة", ("اشارت",)),
        ("يaقرaءu", ("يقرؤ", "يقرا")),
    ],
)
def test_spell_joined(sounds: str, skeletons: tuple[str, ...]) -> None:
    assert spell_joined(sounds) == skeletons
