"""Frames: the short stretches of text that are parsed, and units read through the trees that come back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attribution.syntax.tree import EMPTY, Tree, Word
from attribution.text.folding import Folded
from attribution.text.units import Element, Unit

STAND_IN = "كذا"
_FUNCTION = frozenset({"CCONJ", "ADP", "PRON", "PART", "AUX", "SCONJ", "DET", "PUNCT"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Elements `first` to `last` (exclusive) of a unit as text for the parser; `starts` are the elements' offsets
    in it.
    """

    first: int
    last: int
    text: str
    starts: tuple[int, ...]


def frame_unit(unit: Unit, folded: Folded, *, stand_in_words: int, frame_words: int) -> tuple[Frame, ...]:
    """The frames of one unit in order, together covering all its elements."""
    return tuple(
        _frame(unit.elements, first, last, folded.text, stand_in_words)
        for first, last in _cuts(unit.elements, frame_words)
    )


def _cuts(elements: Sequence[Element], frame_words: int) -> Iterator[tuple[int, int]]:
    """Element ranges of at most about `frame_words`, cut after a comma where one stands in the last half of a range."""
    first = 0
    while len(elements) - first > frame_words:
        last = first + frame_words
        commas = [i + 1 for i in range(first + frame_words // 2, last) if elements[i].form in "،,؛"]
        cut = commas[-1] if commas else last
        yield first, cut
        first = cut
    yield first, len(elements)


def _frame(elements: Sequence[Element], first: int, last: int, text: str, stand_in_words: int) -> Frame:
    pieces: list[str] = []
    starts: list[int] = []
    length, at = 0, elements[first].start if first < last else 0
    for element in elements[first:last]:
        gap = text[at : element.start]
        shown = _shown(element, text, stand_in_words)
        starts.append(length + len(gap))
        pieces += (gap, shown)
        length += len(gap) + len(shown)
        at = element.end
    return Frame(first, last, "".join(pieces).replace("\n", " "), tuple(starts))


def _shown(element: Element, text: str, stand_in_words: int) -> str:
    """What the parser sees of an element: itself, or the stand-in between marks for a long marked stretch."""
    if element.marked is None:
        return text[element.start : element.end]
    inner = element.marked.inner.of(text)
    return f"«{STAND_IN}»" if len(inner.split()) >= stand_in_words else f"«{inner}»"


class ParsedUnit:
    """A unit read through the trees of its frames: classes, clitics and heads of its elements, by element index.

    Where a frame has no tree (a parser that gives none) every question about it is answered by None or nothing, so
    that the rules fall back on the order of the words.
    """

    __slots__ = ("_frames", "_heads", "_mains", "_starts", "_trees", "_words", "unit")

    def __init__(self, unit: Unit, frames: Sequence[Frame], trees: Sequence[Tree]) -> None:
        self.unit = unit
        self._frames = tuple(frames)
        self._trees = tuple(trees) or (EMPTY,) * len(self._frames)
        self._starts = [frame.first for frame in self._frames]
        self._words: list[tuple[Word, ...]] = []
        for frame, tree in zip(self._frames, self._trees, strict=True):
            self._words.extend(_words_by_element(frame, tree))
        # Asked for more often than anything else.
        self._mains = [_main(words) for words in self._words]
        self._heads: dict[tuple[int, int], int] = {}
        for at, words in enumerate(self._words):
            frame_number = self._frame_number(at)
            for word in words:
                self._heads[frame_number, word.index] = at

    def __len__(self) -> int:
        return len(self.unit.elements)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The unit's elements."""
        return self.unit.elements

    @property
    def has_tree(self) -> bool:
        """Whether any frame of the unit has a tree."""
        return any(tree.words for tree in self._trees)

    def _frame_number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def words(self, at: int) -> tuple[Word, ...]:
        """The tree words of element `at`, in order."""
        return self._words[at] if 0 <= at < len(self._words) else ()

    def main(self, at: int) -> Word | None:
        """The word of element `at` that carries its meaning: the first that is no clitic."""
        return self._mains[at] if 0 <= at < len(self._mains) else None

    def upos(self, at: int) -> str | None:
        """Universal part of speech of the element's main word, or None without a tree."""
        word = self.main(at)
        return word.upos if word else None

    def relation(self, at: int) -> str | None:
        """Relation of the element's main word to its head, subtype left off, or None without a tree."""
        word = self.main(at)
        return word.relation if word else None

    def head(self, at: int) -> int | None:
        """The element that holds the head of element `at`'s main word; None for a root or without a tree."""
        word = self.main(at)
        if word is None or word.head == 0:
            return None
        return self._heads.get((self._frame_number(at), word.head))

    def has_preposition(self, at: int, letter: str) -> bool:
        """Whether the parser split the one-letter preposition `letter` off the front of element `at`."""
        words = self.words(at)
        front = words[1:] if words and words[0].upos == "CCONJ" and len(words) > 1 else words
        return len(front) > 1 and front[0].form == letter and front[0].upos == "ADP"

    def dependents(self, at: int) -> tuple[int, ...]:
        """The elements whose main word hangs on a word of element `at`, in order."""
        tree = self._trees[self._frame_number(at)]
        number = self._frame_number(at)
        found = {
            self._heads[number, child.index]
            for word in self.words(at)
            for child in tree.children(word.index)
            if (number, child.index) in self._heads
        }
        return tuple(sorted(found - {at}))

    def reach(self, at: int) -> tuple[int, int]:
        """First and last element of the subtree under the main word of element `at` (inclusive)."""
        word = self.main(at)
        if word is None:
            return at, at
        number = self._frame_number(at)
        elements = [
            self._heads[number, i] for i in self._trees[number].subtree(word.index) if (number, i) in self._heads
        ]
        return min(elements, default=at), max(elements, default=at)


def _main(words: Sequence[Word]) -> Word | None:
    """The first word that is no clitic, else the first."""
    for word in words:
        if word.upos not in _FUNCTION:
            return word
    return words[0] if words else None


def _words_by_element(frame: Frame, tree: Tree) -> Iterator[tuple[Word, ...]]:
    """The words of `tree` that start in each element of `frame`."""
    words, number = tree.words, 0
    for order, start in enumerate(frame.starts):
        end = frame.starts[order + 1] if order + 1 < len(frame.starts) else len(frame.text) + 1
        found: list[Word] = []
        while number < len(words) and words[number].start < end:
            if words[number].start >= start or not found:
                found.append(words[number])
            number += 1
        yield tuple(found)
