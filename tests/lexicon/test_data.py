"""Each entry of the bundled lexicon is exercised by its own example."""

from __future__ import annotations

import re

import pytest

from attribution.lexicon import Blocker, CueEntry, Lexicon, Phrase, load_lexicon
from attribution.lexicon.entries import VERB
from attribution.text.folding import fold, skeleton

LEXICON = load_lexicon()
BLOCKERS = [(entry, blocker) for entry in LEXICON.entries for blocker in entry.blockers]


def words(sentence: str) -> list[str]:
    return re.findall(r"[\u0621-\u064a]+", fold(sentence).skeleton)


def read(lexicon: Lexicon, forms: list[str], entry: CueEntry) -> list[int]:
    """The places in `forms` where a word or phrase is read as `entry`."""
    found = []
    for at, form in enumerate(forms):
        match = lexicon.phrase_at(forms, at)
        entries = [reading.entry for reading in lexicon.readings(form)]
        if entry in entries or (match is not None and match.phrase.entry == entry) or begins(forms[at:], entry):
            found.append(at)
    return found


def begins(forms: list[str], entry: CueEntry) -> bool:
    """True if a phrase of `entry` stands first in `forms`, a longer phrase of another entry or not."""
    return any(
        phrase.entry == entry
        and len(phrase.words) <= len(forms)
        and all(expected in (VERB, form) for expected, form in zip(phrase.words, forms, strict=False))
        for phrase in LEXICON.phrases
    )


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: f"{entry.kind}-{entry.lemma}")
def test_the_example_holds_the_cue(entry: CueEntry) -> None:
    assert read(LEXICON, words(entry.example), entry)


@pytest.mark.parametrize(("entry", "blocker"), BLOCKERS, ids=lambda value: getattr(value, "lemma", ""))
def test_the_example_of_a_blocker_is_blocked(entry: CueEntry, blocker: Blocker) -> None:
    forms = words(blocker.example)
    places = read(LEXICON, forms, entry)
    assert places
    assert any(blocker.holds(forms[:at], forms[at + 1 :]) for at in places)


@pytest.mark.parametrize(("entry", "blocker"), BLOCKERS, ids=lambda value: getattr(value, "lemma", ""))
def test_a_blocker_leaves_the_example_of_its_entry_alone(entry: CueEntry, blocker: Blocker) -> None:
    forms = words(entry.example)
    assert not any(blocker.holds(forms[:at], forms[at + 1 :]) for at in read(LEXICON, forms, entry)[:1])


@pytest.mark.parametrize("formula", LEXICON.nonattributions, ids=lambda formula: "-".join(formula.words))
def test_a_formula_is_found_and_attributes_nothing(formula: Phrase) -> None:
    match = LEXICON.nonattribution_at([*formula.words, formula.glued], 0)
    assert match is not None
    assert match.length >= len(formula.words)
    assert match.phrase.entry is None


def test_size() -> None:
    verbs = [entry for entry in LEXICON.entries if entry.kind == "verb"]
    assert len(verbs) >= 190
    assert len(LEXICON.entries) >= 240


@pytest.mark.parametrize(("name", "least"), [("titles", 180), ("given_names", 400), ("places", 150), ("media", 100)])
def test_nominal_lists_are_full(name: str, least: int) -> None:
    assert len(LEXICON.words(name)) >= least


def test_every_list_says_what_it_is_for() -> None:
    assert all(len(found.about) > 20 for found in LEXICON.lists.values())


def test_every_word_is_a_skeleton() -> None:
    listed = [word for name in LEXICON.lists for word in LEXICON.words(name)]
    assert [word for word in listed if word != skeleton(word)] == []
