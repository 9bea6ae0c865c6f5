"""Trees rewritten so that the verb is the root."""

from __future__ import annotations

from attribution.syntax.conllu import parse_conllu
from attribution.syntax.conventions import conventional
from attribution.syntax.tree import EMPTY, Tree


def tree(rows: str) -> Tree:
    """A tree from lines of form, tag, head and relation."""
    cells = [row.split() for row in rows.strip().splitlines()]
    lines = [f"{i}\t{f}\t_\t{tag}\t_\t_\t{head}\t{rel}\t_\t_" for i, (f, tag, head, rel) in enumerate(cells, start=1)]
    return parse_conllu("\n".join(lines))[0].tree


def arcs(found: Tree) -> list[tuple[int, str]]:
    return [(w.head, w.deprel) for w in found.words]


def test_the_verb_takes_the_place_of_the_opening_conjunction():
    padt = tree("""
        و CCONJ 0 root
        قال VERB 1 parataxis
        الوزير NOUN 2 nsubj
        . PUNCT 1 punct
    """)
    assert arcs(conventional(padt)) == [(2, "cc"), (0, "root"), (2, "nsubj"), (2, "punct")]


def test_a_second_clause_of_the_conjunction_follows_the_verb():
    padt = tree("""
        كما CCONJ 0 root
        قال VERB 1 parataxis
        و CCONJ 4 cc
        أضاف VERB 1 parataxis
    """)
    assert arcs(conventional(padt)) == [(2, "cc"), (0, "root"), (4, "cc"), (2, "parataxis")]


def test_the_verb_takes_the_place_of_the_dateline():
    padt = tree("""
        دبي X 0 root
        ( PUNCT 3 punct
        رويترز X 1 dep
        ) PUNCT 3 punct
        - PUNCT 1 punct
        قال VERB 1 parataxis
        الوزير NOUN 6 nsubj
        . PUNCT 1 punct
    """)
    expected = [
        (6, "dep"),
        (3, "punct"),
        (1, "dep"),
        (3, "punct"),
        (1, "punct"),
        (0, "root"),
        (6, "nsubj"),
        (6, "punct"),
    ]
    assert arcs(conventional(padt)) == expected


def test_a_verb_as_root_stays():
    said = tree("""
        و CCONJ 2 cc
        قال VERB 0 root
        الوزير NOUN 2 nsubj
    """)
    assert conventional(said) is said


def test_a_nominal_sentence_keeps_its_root():
    nominal = tree("""
        الخطة NOUN 0 root
        جاهزة ADJ 1 amod
        يقول VERB 1 parataxis
        الوزير NOUN 3 nsubj
    """)
    assert conventional(nominal) is nominal


def test_a_numbered_point_is_no_dateline():
    point = tree("""
        5 NUM 0 root
        - PUNCT 1 punct
        قال VERB 1 parataxis
    """)
    assert conventional(point) is point


def test_a_verb_before_the_dash_is_no_dateline():
    title = tree("""
        القاهرة PROPN 0 root
        تنتظر VERB 1 acl
        - PUNCT 1 punct
        قال VERB 1 parataxis
    """)
    assert conventional(title) is title


def test_a_conjunction_without_a_verb_stays():
    bare = tree("""
        و CCONJ 0 root
        الخطة NOUN 1 dep
    """)
    assert conventional(bare) is bare


def test_an_empty_tree_stays():
    assert conventional(EMPTY) is EMPTY
