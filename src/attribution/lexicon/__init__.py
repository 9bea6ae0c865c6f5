"""The lexicon: what words signal an attribution, in which surface forms, and the word lists the other steps use."""

from attribution.lexicon.entries import CUE_CLASSES, Blocker, CueEntry, Phrase, PhraseMatch, Reading
from attribution.lexicon.loading import load_lexicon, written
from attribution.lexicon.lookup import Lexicon

__all__ = [
    "CUE_CLASSES",
    "Blocker",
    "CueEntry",
    "Lexicon",
    "Phrase",
    "PhraseMatch",
    "Reading",
    "load_lexicon",
    "written",
]
