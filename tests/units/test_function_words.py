"""The closed classes: skeletons all, and apart where they must be."""

from __future__ import annotations

import pytest

from attribution.text import function_words as fw
from attribution.text.folding import skeleton

CLASSES = {name: words for name, words in vars(fw).items() if isinstance(words, frozenset)}


@pytest.mark.parametrize("name", CLASSES)
def test_every_word_is_its_own_skeleton(name: str):
    assert {word for word in CLASSES[name] if skeleton(word) != word} == set()
    assert "" not in CLASSES[name]


@pytest.mark.parametrize("word", ["أن", "إن", "أنه", "إنها", "أنهم", "إننا", "أني"])
def test_complementizers_with_and_without_a_pronoun(word: str):
    assert skeleton(word) in fw.COMPLEMENTIZERS
    assert skeleton(f"ب{word}") in fw.COMPLEMENTIZERS_WITH_BI
    assert skeleton(f"و{word}") in fw.COORDINATED_COMPLEMENTIZERS


@pytest.mark.parametrize("word", ["قبل", "يجب", "غير", "منذ", "المقرر", "استطاع"])
def test_words_that_own_their_complementizer(word: str):
    assert skeleton(word) in fw.COMPLEMENTIZER_OWNERS


def test_no_cue_owns_its_complementizer():
    assert not {"قال", "اكد", "اعلن", "اوضح", "ذكر"} & fw.COMPLEMENTIZER_OWNERS


def test_classes_that_decide_a_word_do_not_overlap():
    assert not fw.RELATIVES & fw.SUBJECT_PRONOUNS
    assert not fw.COMPLEMENTIZERS & fw.PREPOSITIONS
    assert not fw.NEGATIONS & fw.PREPOSITIONS
    assert not fw.BE & fw.COMPLEMENTIZERS
