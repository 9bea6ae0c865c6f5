"""A dependency tree over one unit of text, read-only, with offsets into that unit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from attribution.spans import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word: `index` counts from 1, `head` is the index of its head or 0 for the root.

    `start` and `end` are half-open code-point offsets into the unit that was parsed. A word inside a multi-word
    token covers its visible part of the token (و of وقال) or, where no part is visible, the whole token.
    """

    index: int
    form: str
    upos: str
    head: int
    deprel: str
    feats: str | None
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The span of the unit that this word covers."""
        return Span(self.start, self.end)

    @property
    def relation(self) -> str:
        """The universal part of the relation: `acl` of `acl:relcl`."""
        return self.deprel.partition(":")[0]

    def feature(self, name: str) -> str | None:
        """The value of the morphological feature `name` (`Gender`, `Number`, `Person` …), or None."""
        for pair in (self.feats or "").split("|"):
            key, _, value = pair.partition("=")
            if key == name:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of one unit, in order, with exactly one root; empty for a unit without words.

    `Tree(words)` raises ValueError for words that do not form a tree; `Tree.of(words)` repairs them instead.
    """

    words: tuple[Word, ...] = ()
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    _order: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if [w.index for w in self.words] != list(range(1, len(self.words) + 1)):
            raise ValueError("the words of a tree are numbered 1, 2, 3 …; Tree.of() repairs others")
        heads = [w.head for w in self.words]
        if self.words and (heads.count(0) != 1 or _unreached(heads)):
            raise ValueError("these words do not form one tree; Tree.of() repairs them")
        order = sorted(range(len(self.words)), key=lambda at: self.words[at].start)
        object.__setattr__(self, "_children", _children_of(heads))
        object.__setattr__(self, "_order", tuple(order))
        object.__setattr__(self, "_starts", tuple(self.words[at].start for at in order))

    @classmethod
    def of(cls, words: Iterable[Word]) -> Tree:
        """The tree of `words`, renumbered and reattached to one root where they do not form one; never raises."""
        numbered = _renumbered(tuple(words))
        heads = _repaired([w.head for w in numbered])
        return cls(tuple(_attached(w, head) for w, head in zip(numbered, heads, strict=True)))

    def __len__(self) -> int:
        return len(self.words)

    @property
    def root(self) -> Word | None:
        """The word whose head is 0, or None in an empty tree."""
        return self.word(self._children[0][0]) if self.words else None

    def word(self, index: int) -> Word:
        """The word number `index` (from 1); IndexError for any other number."""
        if not 1 <= index <= len(self.words):
            raise IndexError(f"no word {index} in a tree of {len(self.words)}")
        return self.words[index - 1]

    def head_of(self, index: int) -> Word | None:
        """The head of word `index`, or None for the root."""
        head = self.word(index).head
        return self.words[head - 1] if head else None

    def children(self, index: int) -> tuple[Word, ...]:
        """The dependents of word `index`, in order; of 0, the root alone."""
        found = self._children[index] if 0 <= index < len(self._children) else ()
        return tuple(self.words[child - 1] for child in found)

    def subtree(self, index: int) -> tuple[int, ...]:
        """The sorted indices of word `index` and of all words under it."""
        found = [self.word(index).index]
        for at in found:
            found.extend(self._children[at])
        return tuple(sorted(found))

    def span_of(self, indices: Iterable[int]) -> Span:
        """The smallest span that covers the words `indices`; ValueError if there are none."""
        chosen = [self.word(index) for index in indices]
        return Span(min(w.start for w in chosen), max(w.end for w in chosen))

    def word_at(self, offset: int) -> Word | None:
        """The word that covers `offset`: of several that share a token, the narrowest, then the first; else None."""
        at = bisect_right(self._starts, offset) - 1
        best: Word | None = None
        while at >= 0:
            word = self.words[self._order[at]]
            if word.end <= offset:
                break
            if best is None or word.end - word.start <= best.end - best.start:
                best = word
            at -= 1
        return best

    def path_to_root(self, index: int) -> tuple[Word, ...]:
        """Word `index`, its head, and so on up to the root."""
        path = [self.word(index)]
        while path[-1].head:
            path.append(self.words[path[-1].head - 1])
        return tuple(path)

    def dominates(self, ancestor: int, index: int) -> bool:
        """True if word `index` is `ancestor` or lies under it."""
        return any(word.index == ancestor for word in self.path_to_root(index))


def _children_of(heads: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """For 0 and each word, the indices of its dependents."""
    children: list[list[int]] = [[] for _ in range(len(heads) + 1)]
    for index, head in enumerate(heads, start=1):
        children[head].append(index)
    return tuple(tuple(found) for found in children)


def _unreached(heads: Sequence[int]) -> list[int]:
    """The indices that no path from 0 leads to: words on cycles, under them, or under a head that is not there."""
    if any(not 0 <= head <= len(heads) for head in heads):
        heads = [head if 0 <= head <= len(heads) else index for index, head in enumerate(heads, start=1)]
    children = _children_of(heads)
    reached = list(children[0])
    for at in reached:
        reached.extend(children[at])
    missing = set(range(1, len(heads) + 1)) - set(reached)
    return sorted(missing)


def _renumbered(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` numbered 1, 2, 3 …, their heads renamed with them (the first word of a number wins)."""
    if all(w.index == index for index, w in enumerate(words, start=1)):
        return words
    names: dict[int, int] = {0: 0}
    for index, word in enumerate(words, start=1):
        names.setdefault(word.index, index)
    return tuple(replace(w, index=i, head=names.get(w.head, -1)) for i, w in enumerate(words, start=1))


def _repaired(heads: list[int]) -> list[int]:
    """`heads` with one root: bad heads, further roots and one word of each cycle go under the first root."""
    roots = [index for index, head in enumerate(heads, start=1) if head == 0]
    root = roots[0] if roots else 1
    mended = [0 if index == root else head or root for index, head in enumerate(heads, start=1)]
    mended = [head if 0 <= head <= len(heads) else root for head in mended]
    while lost := _unreached(mended):
        mended[_on_cycle(mended, lost[0]) - 1] = root
    return mended


def _on_cycle(heads: Sequence[int], index: int) -> int:
    """The leftmost word of the cycle that the path up from `index` runs into."""
    seen: list[int] = []
    while index not in seen:
        seen.append(index)
        index = heads[index - 1]
    return min(seen[seen.index(index) :])


def _attached(word: Word, head: int) -> Word:
    """`word` under `head`, its relation `root` exactly if it is the root; a root that lost its place is `parataxis`."""
    deprel = "parataxis" if word.deprel == "root" or word.head == 0 else word.deprel
    if head == 0:
        deprel = "root"
    return word if (word.head, word.deprel) == (head, deprel) else replace(word, head=head, deprel=deprel)


EMPTY = Tree()
