"""The records of the lexicon: a cue word, what makes it no cue, and what one surface form of it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

EntryKind = Literal["verb", "verbal_noun", "preposition", "noun", "phrase"]
ReadingKind = Literal["verb", "participle", "verbal_noun", "preposition", "noun", "phrase"]
CueClass = Literal[
    "say", "announce", "assert", "deny", "demand", "ask", "warn", "promise", "think", "describe", "emotion", "find",
    "relay", "write", "agree", "continue",
]  # fmt: skip
BlockerKind = Literal["next", "previous", "object", "within"]
Tense = Literal["past", "present", "future"]
Gender = Literal["masculine", "feminine"]
Number = Literal["singular", "dual", "plural"]

CUE_CLASSES: frozenset[str] = frozenset(get_args(CueClass))
BLOCKER_KINDS: frozenset[str] = frozenset(get_args(BlockerKind))

# What may follow a cue. A clause: bare أن/إن, or the preposition before it. A noun phrase: bare ("NP") or after the
# preposition. "quote": a marked stretch right after; "colon"; "clause": no complementizer; "question": هل, ما إذا …
CLAUSE_COMPLEMENTS = frozenset({"أن", "بأن", "إلى أن", "عن أن", "من أن", "على أن", "في أن", "لأن"})
PHRASE_COMPLEMENTS = frozenset({"NP", "بـ", "إلى", "عن", "من", "على", "في", "لـ"})
COMPLEMENTS = CLAUSE_COMPLEMENTS | PHRASE_COMPLEMENTS | {"quote", "colon", "clause", "question"}

# What a form is worth beside a finite verb of its entry (`Reading.strength`).
_PARTICIPLE, _NOUN_WITH_PRONOUN, _BARE_NOUN = 0.95, 0.8, 0.4

# How many words after the cue a blocker looks at.
_REACH = {"next": 1, "object": 3, "within": 6}


@dataclass(frozen=True, slots=True)
class Blocker:
    """Words beside a cue that make it no cue.

    `kind` says where: the word directly after ("next"), directly before ("previous"), one of the next three, so that
    a short subject may stand between ("object"), or one of the next six ("within"). `words` are skeletons; one that
    ends in `*` stands for every word that begins so. A blocker whose `unless_clause` is true holds only where neither
    a complementizer nor a marked stretch follows the cue directly. `example` is a sentence in which the word is no cue.
    """

    kind: BlockerKind
    words: tuple[str, ...]
    example: str
    unless_clause: bool = True

    def holds(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """True if the skeleton words `before` and `after` the cue, each in text order, hold one of the words."""
        beside = before[-1:] if self.kind == "previous" else after[: _REACH[self.kind]]
        return any(_like(word, pattern) for word in beside for pattern in self.words)


def _like(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A word or fixed phrase that can signal an attribution.

    `strength`, from 0 to 1, says how sure the word with one of its `complements` is a cue. `forms` are surface forms
    beyond those the conjugation makes. Where `noun_phrase_needs_source` is true, a noun phrase after the cue is
    the likelier its content if a source stands beside the cue. `example` is a sentence in which the word is a cue.
    """

    lemma: str
    kind: EntryKind
    cue_class: CueClass
    complements: frozenset[str]
    example: str
    strength: float
    gloss: str
    forms: tuple[str, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    noun_phrase_needs_source: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one surface form can be: a form of `entry`, with its features and the letters glued to it.

    `proclitic` counts the letters before the cue that are not part of it (و ف ب ل ك); the future س and ال belong to
    the cue. `jussive` is true for a shape that is nothing but jussive (لم يقل). `enclitic` is the glued pronoun
    (skeleton), `enclitic_length` its letters, which also belong to the word.
    """

    entry: CueEntry
    kind: ReadingKind
    tense: Tense | None = None
    passive: bool = False
    person: int | None = None
    gender: Gender | None = None
    number: Number | None = None
    proclitic: int = 0
    enclitic: str | None = None
    enclitic_length: int = 0
    definite: bool = False
    jussive: bool = False

    @property
    def strength(self) -> float:
        """The entry's strength, less for the kinds of form that are oftener something else than a cue."""
        if self.kind == "verbal_noun" and self.entry.kind == "verb":
            return self.entry.strength * (_NOUN_WITH_PRONOUN if self.enclitic else _BARE_NOUN)
        return self.entry.strength * (_PARTICIPLE if self.kind == "participle" else 1.0)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cue or formula of several words.

    `words` are skeletons; `VERB` stands for any finite cue verb. `glued` is a preposition that begins the word after
    the last one and still belongs to the cue (وفقا لـ). `entry` is None for a formula that attributes nothing.
    """

    words: tuple[str, ...]
    entry: CueEntry | None
    glued: str = ""
    enclitic: str | None = None


VERB = "<verb>"
"""The place of a finite cue verb in `Phrase.words` (بحسب ما <verb>)."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase found in a list of words: `length` words from the one asked about, less `proclitic` letters (و ف).

    `glued` letters of the word after them belong to the cue too.
    """

    phrase: Phrase
    length: int
    proclitic: int = 0
    glued: int = 0
