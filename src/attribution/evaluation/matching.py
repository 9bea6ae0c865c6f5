"""When two spans or two names count as the same; equal in every decision to the gold folder's score.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attribution.spans import Span

FULL_NAME = 0.75

_DROPPED = re.compile("[\u064b-\u0652\u0670\u0640]")
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_MARKED = re.compile(r'«([^«»]+)»|“([^“”]+)”|"([^"\n]+)"')

Letters = frozenset[int]


def letters(spans: Iterable[Span], text: str) -> Letters:
    """The offsets of the letters and digits of `text` inside `spans`."""
    return frozenset(at for span in spans for at in range(span.start, min(span.end, len(text))) if text[at].isalnum())


def overlap(one: Letters, other: Letters) -> float:
    """Intersection over union of two sets of letters; 0 if both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def pair(gold: Sequence[Letters], found: Sequence[Letters], at_least: float) -> list[tuple[int, int, float]]:
    """The pairs (gold index, found index, overlap), each index in one pair, the closest pairs taken first."""
    candidates = sorted(((overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: list[tuple[int, int, float]] = []
    taken_gold, taken_found = set(), set()
    for value, i, j in candidates:
        if value < at_least:
            break
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j, value))
    return pairs


def marked_stretches(text: str) -> Iterator[Span]:
    """The stretches between quotation marks, marks left out."""
    for match in _MARKED.finditer(text):
        yield Span(match.start() + 1, match.end() - 1)


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name, spelling variants and the article ال folded."""
    words = re.findall(r"\w+", _DROPPED.sub("", name or "").translate(_FOLD))
    return frozenset(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words)


def same_speaker(one: str | None, other: str | None) -> bool:
    """True if one name has all words of the other, or both are empty: «بوتين» is «فلاديمير بوتين»."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return not first and not second
    return first <= second or second <= first


def same_full_name(one: str | None, other: str | None) -> bool:
    """True if three quarters of the words of both names are shared, so a surname is not enough, or both are empty."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return not first and not second
    return len(first & second) / len(first | second) >= FULL_NAME
