"""Fold a text for matching, with a map back to the offsets of the text as given."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from attribution.spans import Span
from attribution.text.characters import DIGIT_VARIANTS, DROPPED, LETTER_VARIANTS, SKELETON, SPACES, TASHKEEL, TATWEEL

_CHANGED = {ord(c): None for c in DROPPED}
_SAME_LENGTH = str.maketrans({**LETTER_VARIANTS, **DIGIT_VARIANTS, **dict.fromkeys(SPACES, " ")})
_SKELETON = str.maketrans(SKELETON)
_TRAILING = TASHKEEL | {TATWEEL}
_LINE_ENDS = frozenset({"\r", "\r\n", "\u2028", "\u2029", "\x85"})
# All that does not come through folding as one code point for one.
_SPECIAL = re.compile(f"\r\n?|[\u2028\u2029\x85\ufb50-\ufdff\ufe70-\ufefc{re.escape(''.join(sorted(DROPPED)))}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching.

    `text` lacks tashkeel, tatweel and invisible characters and has one form for each letter, digit and space;
    `skeleton` has the same length and also one spelling for أ إ آ ا, ى ي and ة ه. `offsets[i]` is the offset in
    `original` of the code point that became `text[i]`; `offsets[len(text)]` is `len(original)`. The map never falls.
    """

    original: str
    text: str
    skeleton: str
    offsets: array[int]

    def original_span(self, span: Span) -> Span:
        """The span of the text as given that `span` of the folded text came from, tashkeel of its last letter
        included.
        """
        if span.start >= span.end:
            at = self.offsets[min(span.start, len(self.text))]
            return Span(at, at)
        start, end = self.offsets[span.start], self.offsets[span.end - 1] + 1
        limit = self.offsets[span.end] if span.end < len(self.offsets) else len(self.original)
        while end < limit and self.original[end] in _TRAILING:
            end += 1
        return Span(start, end)


def fold(text: str) -> Folded:
    """`text` folded, with its offset map; total on every string."""
    letters: list[str] = []
    offsets = array("I")  # four bytes a code point, where a list of numbers would take forty
    plain = 0
    for match in _SPECIAL.finditer(text):
        at = match.start()
        letters.append(text[plain:at])
        offsets.extend(range(plain, at))
        plain = match.end()
        piece = _replaced(match.group())
        letters.append(piece)
        offsets.extend([at] * len(piece))
    letters.append(text[plain:])
    offsets.extend(range(plain, len(text) + 1))
    folded = "".join(letters).translate(_SAME_LENGTH)
    return Folded(original=text, text=folded, skeleton=folded.translate(_SKELETON), offsets=offsets)


def _replaced(special: str) -> str:
    """What stands in the folded text for a letter or line end that is not itself there."""
    if special in DROPPED:
        return ""
    return "\n" if special in _LINE_ENDS else _single(special)


def _single(character: str) -> str:
    """The letters that a presentation form stands for; any other character itself."""
    if "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefc":
        return "".join(c for c in unicodedata.normalize("NFKC", character) if c not in DROPPED)
    return character


def skeleton(word: str) -> str:
    """`word` in the spelling that the lexicon is matched in: no tashkeel, no tatweel, one form for أ إ آ ا, ى ي, ة
    ه.
    """
    return word.translate(_CHANGED).translate(_SAME_LENGTH).translate(_SKELETON)
