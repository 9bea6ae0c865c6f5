"""Trees: questions about them, and the repair of what is no tree."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.spans import Span
from attribution.syntax.tree import EMPTY, Tree, Word


def word(index: int, head: int, deprel: str = "dep", start: int | None = None, end: int | None = None) -> Word:
    start = index * 2 if start is None else start
    return Word(index, "ك", "NOUN", head, deprel, None, start, start + 1 if end is None else end)


# قال(2) الوزير(3) إن(4) الخطة(5) جاهزة(6), with و(1) before it: و has [0, 1) and قال [1, 4) of وقال
SAID = Tree(
    (
        Word(1, "و", "CCONJ", 2, "cc", None, 0, 1),
        Word(2, "قال", "VERB", 0, "root", "Gender=Masc|Number=Sing", 1, 4),
        Word(3, "الوزير", "NOUN", 2, "nsubj", "Case=Nom", 5, 11),
        Word(4, "إن", "SCONJ", 6, "mark", None, 12, 14),
        Word(5, "الخطة", "NOUN", 6, "nsubj:pass", None, 15, 20),
        Word(6, "جاهزة", "ADJ", 2, "ccomp", None, 21, 26),
    )
)


def test_relations_between_words():
    assert SAID.root == SAID.words[1]
    assert [w.index for w in SAID.children(2)] == [1, 3, 6]
    assert SAID.children(0) == (SAID.root,)
    assert SAID.children(3) == ()
    assert SAID.subtree(6) == (4, 5, 6)
    assert SAID.subtree(2) == (1, 2, 3, 4, 5, 6)
    assert SAID.span_of(SAID.subtree(6)) == Span(12, 26)
    assert [w.index for w in SAID.path_to_root(5)] == [5, 6, 2]
    assert SAID.head_of(5) == SAID.word(6)
    assert SAID.head_of(2) is None
    assert SAID.dominates(2, 5)
    assert SAID.dominates(5, 5)
    assert not SAID.dominates(5, 6)


def test_word_at_an_offset():
    found = [SAID.word_at(offset) for offset in (0, 1, 3, 4, 10, 11, 25, 26, 99)]
    assert [w and w.index for w in found] == [1, 2, 2, None, 3, None, 6, None, None]


def test_word_at_prefers_the_narrowest_then_the_first():
    tree = Tree((word(1, 0, "root", 0, 6), word(2, 1, start=0, end=6), word(3, 1, start=4, end=6)))
    assert [tree.word_at(offset).index for offset in (0, 3, 4)] == [1, 1, 3]


def test_features_and_relation():
    assert SAID.word(2).feature("Number") == "Sing"
    assert SAID.word(2).feature("Person") is None
    assert SAID.word(1).feature("Number") is None
    assert SAID.word(5).relation == "nsubj"
    assert SAID.word(3).span == Span(5, 11)


def test_empty_tree():
    assert not EMPTY
    assert EMPTY.root is None
    assert EMPTY.word_at(0) is None
    assert Tree.of([]) == EMPTY


@pytest.mark.parametrize("index", [0, 7, -1])
def test_no_such_word(index: int):
    with pytest.raises(IndexError):
        SAID.word(index)


@pytest.mark.parametrize("heads", [[0, 0], [2, 1], [0, 9], [0, 3, 2], [1], [0, -1]])
def test_what_is_no_tree_is_refused(heads: list[int]):
    with pytest.raises(ValueError, match="repairs"):
        Tree(tuple(word(index, head) for index, head in enumerate(heads, start=1)))


@pytest.mark.parametrize(
    ("heads", "repaired"),
    [
        ([0, 1], [0, 1]),
        ([0, 0, 2], [0, 1, 2]),  # a second root goes under the first
        ([2, 1], [0, 1]),  # no root: the first word
        ([0, 3, 2], [0, 1, 2]),  # a cycle opens at its leftmost word
        ([0, 4, 2, 3, 2], [0, 1, 2, 3, 2]),
        ([0, 9], [0, 1]),  # a head that is not there
        ([0, -5], [0, 1]),
        ([1], [0]),
        ([2, 0, 3], [2, 0, 2]),  # its own head
    ],
)
def test_repair(heads: list[int], repaired: list[int]):
    tree = Tree.of(word(index, head) for index, head in enumerate(heads, start=1))
    assert [w.head for w in tree.words] == repaired


def test_a_root_that_loses_its_place_is_parataxis():
    tree = Tree.of([word(1, 0, "root"), word(2, 0, "root"), word(3, 2, "root")])
    assert [w.deprel for w in tree.words] == ["root", "parataxis", "parataxis"]


def test_words_are_renumbered_with_their_heads():
    tree = Tree.of([word(3, 0, "root"), word(7, 3), word(9, 7)])
    assert [(w.index, w.head) for w in tree.words] == [(1, 0), (2, 1), (3, 2)]


@given(st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12)), max_size=10))
def test_repair_always_ends_in_one_tree(numbers: list[tuple[int, int]]):
    tree = Tree.of(word(index, head, start=0) for index, head in numbers)
    assert len(tree) == len(numbers)
    if tree.root is not None:
        assert tree.subtree(tree.root.index) == tuple(range(1, len(numbers) + 1))
        assert Tree.of(tree.words) == tree


def test_trees_survive_pickling():
    copy = pickle.loads(pickle.dumps(SAID))
    assert copy == SAID
    assert copy.children(2) == SAID.children(2)
    assert copy.word_at(5) == SAID.word_at(5)
