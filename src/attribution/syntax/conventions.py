"""Trees rewritten to the conventions that the rules of this library read: the verb is the root."""

from __future__ import annotations

from dataclasses import replace

from attribution.syntax.tree import Tree, Word

CLAUSE = frozenset({"parataxis", "ccomp", "conj", "dep"})
LEADERS = frozenset({"CCONJ", "PART", "PUNCT", "SCONJ"})
NAMES = frozenset({"NOUN", "PROPN", "X"})
IN_DATELINES = NAMES | {"NUM", "ADJ", "PUNCT", "SYM", "ADP", "CCONJ"}
BEFORE_VERBS = frozenset({"CCONJ", "PART", "AUX"})
DASHES = frozenset("-–—:/")
DATELINE_WORDS = 14


def conventional(tree: Tree) -> Tree:
    """`tree` with the verb of its main clause as root; trees that already have it come back as they are."""
    for step in (verb_over_conjunction, verb_over_dateline):
        tree = step(tree)
    return tree


def verb_over_conjunction(tree: Tree) -> Tree:
    """`tree` with its verb as root where PADT has the و that opens the sentence: و becomes the verb's `cc`."""
    root = tree.root
    if root is None or root.upos != "CCONJ" or not _opens(tree, root):
        return tree
    verb = _first_clause(tree, root)
    return tree if verb is None else _raised(tree, root, verb, "cc")


def verb_over_dateline(tree: Tree) -> Tree:
    """`tree` with its verb as root where the dateline has that place: دبي (رويترز) - قال becomes `dep` of قال."""
    root = tree.root
    if root is None or root.upos not in NAMES or not _opens(tree, root):
        return tree
    verb = _first_clause(tree, root)
    if verb is None or not _is_dateline(tree, verb):
        return tree
    return _raised(tree, root, verb, "dep")


def _opens(tree: Tree, word: Word) -> bool:
    """True if nothing but conjunctions, particles and marks precedes `word`."""
    return all(earlier.upos in LEADERS for earlier in tree.words[: word.index - 1])


def _first_clause(tree: Tree, root: Word) -> Word | None:
    """The first verb after `root` that hangs from it as a clause, or None."""
    found = (w for w in tree.children(root.index) if w.index > root.index)
    return next((w for w in found if w.upos == "VERB" and w.relation in CLAUSE), None)


def _is_dateline(tree: Tree, verb: Word) -> bool:
    """True if the words before `verb` are a short run of names that a dash closes, an agency in brackets at most."""
    before = list(tree.words[: verb.index - 1])
    while before and before[-1].upos in BEFORE_VERBS:
        before.pop()
    if not before or len(before) > DATELINE_WORDS or before[-1].form not in DASHES:
        return False
    return all(w.upos in IN_DATELINES for w in before)


def _raised(tree: Tree, old: Word, verb: Word, relation: str) -> Tree:
    """`tree` with `verb` as root, the `old` root under it as `relation`, and what hung from that after the verb too."""

    def moved(word: Word) -> Word:
        if word.index == verb.index:
            return replace(word, head=0, deprel="root")
        if word.index == old.index:
            return replace(word, head=verb.index, deprel=relation)
        if word.head == old.index and (relation == "cc" or word.index > verb.index):
            return replace(word, head=verb.index)
        return word

    return Tree.of(moved(word) for word in tree.words)
