"""Fold a text for matching, with a map back to the offsets of the text as given."""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass

from attribution.spans import Span
from attribution.text.characters import DIGIT_VARIANTS, DROPPED, LETTER_VARIANTS, SKELETON, SPACES, TASHKEEL, TATWEEL

_CHANGED = {ord(c): None for c in DROPPED}
_SAME_LENGTH = str.maketrans({**LETTER_VARIANTS, **DIGIT_VARIANTS, **dict.fromkeys(SPACES, " ")})
_SKELETON = str.maketrans(SKELETON)
_TRAILING = TASHKEEL | {TATWEEL}


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
    shared: dict[str, str] = {}  # one object a letter: a string of one code point takes seventy bytes
    offsets = array("q")
    line_ended = False
    for at, given in enumerate(text):
        character = given
        if character in DROPPED:
            continue
        if character == "\r" or character in "\u2028\u2029\x85":
            character, line_ended = "\n", character == "\r"
        elif character == "\n" and line_ended and offsets and offsets[-1] == at - 1:
            line_ended = False
            continue
        for piece in _single(character):
            letters.append(shared.setdefault(piece, piece))
            offsets.append(at)
    offsets.append(len(text))
    folded = "".join(letters).translate(_SAME_LENGTH)
    return Folded(original=text, text=folded, skeleton=folded.translate(_SKELETON), offsets=offsets)


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
