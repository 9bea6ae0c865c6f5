"""The parse that a Stanza Document already has, cut into the trees of frames. Reads Documents without Stanza itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from attribution.errors import ModelError
from attribution.spans import Span
from attribution.syntax.alignment import align
from attribution.syntax.conventions import conventional
from attribution.syntax.frames import STAND_IN, Frame
from attribution.syntax.tree import Tree, Word
from attribution.text.folding import Folded
from attribution.text.units import Element, Unit


@dataclass(slots=True)
class _Nodes:
    """A tree in the making: its words, and for each what word of the document stands behind it."""

    words: list[Word] = field(default_factory=list)
    behind: list[Word | None] = field(default_factory=list)
    by_source: dict[int, int] = field(default_factory=dict)

    def add(self, form: str, upos: str, span: Span, sources: Sequence[Word], behind: Word | None) -> None:
        """Nothing; a word is added that stands for `sources`, its head taken from `behind`."""
        number = len(self.words) + 1
        feats = behind.feats if behind else None
        self.words.append(Word(number, form, upos, 0, behind.deprel if behind else "dep", feats, span.start, span.end))
        self.behind.append(behind)
        self.by_source.update((word.index, number) for word in sources)


NAME = "stanza:document"
REMEDY = "run processors='tokenize,mwt,pos,lemma,depparse' on it"


class DocumentTrees:
    """The words of a parsed Stanza Document in the offsets of its folded text; `of` gives the tree of a frame.

    A word that folding leaves nothing of (a detached vowel sign) drops out. A word whose head lies outside the frame
    hangs on the nearest word above it that lies inside, or on the root.
    """

    def __init__(self, document: Any, folded: Folded) -> None:
        self._folded = folded
        self._words = [self._moved(word) for word in document_words(document)]
        self._by_number: Mapping[int, Word] = {word.index: word for word in self._words}
        self._starts = [word.start for word in self._words]

    def of(self, frame: Frame, unit: Unit) -> Tree:
        """The tree of one frame of `unit`, empty if the Document has no word there."""
        nodes = _Nodes()
        for start, element in zip(frame.starts, unit.elements[frame.first : frame.last], strict=True):
            if element.marked is not None and frame.text.startswith(f"«{STAND_IN}»", start):
                self._stand_in(nodes, element, start)
            else:
                self._element(nodes, element, start)
        return conventional(Tree.of(self._headed(nodes)))

    def _moved(self, word: Word) -> Word:
        """`word` of the text as given in the offsets of the folded text."""
        start = bisect_left(self._folded.offsets, word.start)
        end = bisect_left(self._folded.offsets, word.end)
        last = len(self._folded.text)
        moved = (word.index, word.form, word.upos, word.head, word.deprel, word.feats)
        return Word(*moved, min(start, last), min(end, last))

    def _within(self, span: Span) -> list[Word]:
        """The words that begin inside `span`, those that folding left nothing of aside."""
        found = self._words[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return [word for word in found if word.start < word.end]

    def _element(self, nodes: _Nodes, element: Element, start: int) -> None:
        """Nothing; the words of an element that the frame shows as it is, one mark each side of it, are added."""
        shown = element.span if element.marked is None else element.marked.inner
        margin = 0 if element.marked is None else 1
        by, end = start + margin - shown.start, start + len(shown) + 2 * margin
        for word in self._within(element.span):
            left = min(max(word.start + by, start), end - 1)
            right = min(max(word.end + by, left + 1), end)
            nodes.add(word.form, word.upos, Span(left, right), [word], word)

    def _stand_in(self, nodes: _Nodes, element: Element, start: int) -> None:
        """Nothing; the stand-in and its two marks are added, hung where the head of the marked words hangs."""
        words = self._within(element.span)
        inside = {word.index for word in words}
        top = next((w for w in words if w.head not in inside and w.upos != "PUNCT"), words[0] if words else None)
        mark = Word(0, "«", "PUNCT", top.index if top else 0, "punct", None, 0, 0)
        end = start + 1 + len(STAND_IN)
        nodes.add("«", "PUNCT", Span(start, start + 1), [], mark)
        nodes.add(STAND_IN, top.upos if top else "X", Span(start + 1, end), words, top)
        nodes.add("»", "PUNCT", Span(end, end + 1), [], mark)

    def _headed(self, nodes: _Nodes) -> Iterator[Word]:
        """The words of a tree with their heads, as numbers in that tree."""
        for word, behind in zip(nodes.words, nodes.behind, strict=True):
            head = self._climbed(nodes, word.index, behind)
            relation = word.deprel if head else "root"
            yield Word(word.index, word.form, word.upos, head, relation, word.feats, word.start, word.end)

    def _climbed(self, nodes: _Nodes, number: int, behind: Word | None) -> int:
        """The node of the nearest word above `behind` that is in the tree and not node `number`; 0 if there is none."""
        above = behind.head if behind else 0
        while above and nodes.by_source.get(above, number) == number:
            above = self._by_number[above].head
        return nodes.by_source[above] if above else 0


def check_parsed(document: Any) -> None:
    """Nothing; ModelError says what `document` lacks to be a Stanza Document that was parsed."""
    if not isinstance(getattr(document, "sentences", None), list):
        raise ModelError(f"a {type(document).__name__} is no Stanza Document: give what a stanza.Pipeline returns")
    if not isinstance(getattr(document, "text", None), str):
        raise ModelError("this Stanza Document has no text: make it from text, not from tokens")
    words = [word for sentence in document.sentences for word in sentence.words]
    if not words and document.text.strip():
        raise ModelError(f"this Stanza Document has no words: {REMEDY}")
    if any(word.head is None or word.deprel is None for word in words):
        raise ModelError(f"this Stanza Document has no dependency parse: {REMEDY}")
    if words and all(word.upos is None for word in words):
        raise ModelError(f"this Stanza Document has no parts of speech: {REMEDY}")
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    if any(token.start_char is None or token.end_char is None for token in tokens):
        raise ModelError("the tokens of this Stanza Document have no offsets: make it from text, not from tokens")
    if any(not 0 <= token.start_char <= token.end_char <= len(document.text) for token in tokens):
        raise ModelError("the tokens of this Stanza Document lie outside its text: was the text changed?")


def document_words(document: Any) -> Iterator[Word]:
    """The words of a Stanza Document, numbered through from 1, in the offsets of its text."""
    before = 0
    for sentence in document.sentences:
        for token in sentence.tokens:
            surface = document.text[token.start_char : token.end_char]
            spans = align(surface, [word.text for word in token.words])
            for word, (left, right) in zip(token.words, spans, strict=True):
                head = word.head + before if word.head else 0
                names = (word.text, word.upos or "X", head, word.deprel or "dep", word.feats)
                yield Word(before + word.id, *names, token.start_char + left, token.start_char + right)
        before += len(sentence.words)
