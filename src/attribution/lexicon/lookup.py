"""The lexicon as the steps ask it: what a form can be, which phrases begin at a word, which words a list holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from attribution.lexicon.conjugation import Form
from attribution.lexicon.entries import VERB, CueEntry, Gender, Phrase, PhraseMatch, Reading, ReadingKind

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_ARTICLE = "ال"
# Glued pronouns, longest first so that the same letters are not cut twice.
_ON_VERBS = ("هما", "هم", "هن", "ها", "ني", "نا", "كم", "ه", "ك")
_ON_NOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه", "ك", "ي")
_JUSSIVE_PARTICLES = frozenset({"لم", "ولم", "فلم", "الم", "اولم", "لما"})
# A month of news has about so many different words; the readings of more are not remembered.
_READINGS_KEPT = 50_000
_NOMINAL: frozenset[ReadingKind] = frozenset({"verbal_noun", "noun", "preposition"})

FormTable = Mapping[str, Sequence[tuple[CueEntry, Form]]]


@dataclass(frozen=True, slots=True)
class WordList:
    """One nominal list: its words as skeletons with the gender given for each, and what it is for."""

    about: str
    genders: Mapping[str, Gender | None]


@dataclass(frozen=True)
class Lexicon:
    """All cue entries with their surface forms, the phrases and formulas, and the nominal word lists.

    `phrases` and `nonattributions` are sorted longest first.
    """

    entries: tuple[CueEntry, ...]
    phrases: tuple[Phrase, ...]
    nonattributions: tuple[Phrase, ...]
    lists: Mapping[str, WordList]
    _alone: FormTable = field(repr=False)
    _joined: FormTable = field(repr=False)
    _sets: Mapping[str, frozenset[str]] = field(repr=False)
    _phrases_by_word: Mapping[str, tuple[Phrase, ...]] = field(repr=False)
    _kept: dict[tuple[str, bool], tuple[Reading, ...]] = field(default_factory=dict, repr=False, compare=False)
    _held: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)

    def readings(self, skeleton_form: str, *, after: str = "") -> tuple[Reading, ...]:
        """Every reading of a form (a skeleton), the whole word's before those with a glued و ف ب ل ك cut off.

        A shape that is nothing but jussive (يقل, يجب) is read only if the word before it, `after`, is لم or like it.
        """
        asked = (skeleton_form, after in _JUSSIVE_PARTICLES)
        found = self._kept.get(asked)
        if found is None:
            if len(self._kept) >= _READINGS_KEPT:
                self._kept.clear()
            found = self._kept[asked] = self._read(*asked)
        return found

    def _read(self, skeleton_form: str, jussive: bool) -> tuple[Reading, ...]:
        if skeleton_form in self.words("never_cues") and not jussive:
            return ()
        found = list(self._whole(skeleton_form, 0))
        if skeleton_form not in self.words("unsplit_words"):
            for rest, cut in _cuts(skeleton_form):
                found += self._whole(rest, cut) if cut == 1 and skeleton_form[0] in _CONJUNCTIONS else ()
                found += self._after_preposition(rest, cut, skeleton_form[cut - 1])
        return tuple(dict.fromkeys(reading for reading in found if jussive or not reading.jussive))

    def begins_phrase(self, word: str) -> bool:
        """Whether a cue phrase or formula begins with a word (a skeleton), a glued و or ف aside."""
        return word in self._phrases_by_word or (word[:1] in _CONJUNCTIONS and word[1:] in self._phrases_by_word)

    def phrase_at(self, words: Sequence[str], index: int) -> PhraseMatch | None:
        """The longest cue phrase that begins at `words[index]` (skeletons), or None."""
        return self._longest(words, index, attributes=True)

    def phrase_of(self, words: Sequence[str]) -> PhraseMatch | None:
        """The cue phrase or formula that `words` (skeletons) are, all of them, or None.

        A word that a phrase's preposition is glued to may stand last: وفقا للوزارة.
        """
        for match in (self.phrase_at(words, 0), self.nonattribution_at(words, 0)):
            if match is not None and len(words) == match.length + bool(match.glued):
                return match
        return None

    def nonattribution_at(self, words: Sequence[str], index: int) -> PhraseMatch | None:
        """The longest formula that attributes nothing (الجدير بالذكر) beginning at `words[index]`, or None."""
        return self._longest(words, index, attributes=False)

    def words(self, list_name: str) -> frozenset[str]:
        """The skeletons of a nominal list; empty if there is no such list."""
        return self._sets.get(list_name, frozenset())

    def gender(self, list_name: str, word: str) -> Gender | None:
        """The gender that a nominal list gives for a word (a skeleton), with or without ال; None if it gives none."""
        found = self.lists.get(list_name)
        return next((found.genders[w] for w in _undressed(word) if w in found.genders), None) if found else None

    def holds(self, list_name: str, word: str) -> bool:
        """True if a nominal list holds the word (a skeleton), its ال or one glued و ف ب ل ك aside."""
        asked = (list_name, word)
        found = self._held.get(asked)
        if found is None:
            if len(self._held) >= _READINGS_KEPT:
                self._held.clear()
            found = self._held[asked] = not self.words(list_name).isdisjoint(_undressed(word))
        return found

    def is_title(self, word: str) -> bool:
        """True if the word (a skeleton) is a title or an office, its ال or one glued و ف ب ل ك aside."""
        return self.holds("titles", word)

    def _after_preposition(self, rest: str, cut: int, letter: str) -> Iterator[Reading]:
        """Nominal readings after ب ل ك, and after ل also the subjunctive (ليؤكد); للقول has lost an alif."""
        if letter not in _PREPOSITIONS:
            return
        definite = letter == "ل" and rest.startswith("ل")
        for reading in self._whole(f"ا{rest}" if definite else rest, cut):
            subjunctive = letter == "ل" and reading.tense == "present" and reading.person == 3 and not definite
            if reading.kind in _NOMINAL or subjunctive:
                yield reading

    def _whole(self, form: str, proclitic: int) -> Iterator[Reading]:
        """The readings of a form with nothing more to cut off its front than ال."""
        yield from self._listed(self._alone, form, proclitic)
        if form.startswith(_ARTICLE):
            for reading in self._listed(self._alone, form[2:], proclitic):
                if reading.kind in ("verbal_noun", "noun"):
                    yield replace(reading, definite=True)
        for pronouns, on_verb in ((_ON_VERBS, True), (_ON_NOUNS, False)):
            for pronoun in pronouns:
                if form.endswith(pronoun) and len(form) > len(pronoun) + 1:
                    for reading in self._listed(self._joined, form[: -len(pronoun)], proclitic):
                        if (reading.kind == "verb") == on_verb:
                            yield replace(reading, enclitic=pronoun, enclitic_length=len(pronoun))

    def _listed(self, table: FormTable, form: str, proclitic: int) -> Iterator[Reading]:
        for entry, made in table.get(form, ()):
            features = (made.tense, made.passive, made.person, made.gender, made.number)
            yield Reading(entry, made.kind, *features, proclitic=proclitic, jussive=made.jussive)

    def _longest(self, words: Sequence[str], index: int, *, attributes: bool) -> PhraseMatch | None:
        if not 0 <= index < len(words):
            return None
        first = words[index]
        second = words[index + 1] if index + 1 < len(words) else ""
        for proclitic in (0, 1) if first[:1] and first[0] in _CONJUNCTIONS else (0,):
            for phrase in self._phrases_by_word.get(first[proclitic:], ()):
                if len(phrase.words) > 1 and phrase.words[1] not in (second, VERB):
                    continue  # of the many phrases of «على» hardly one goes on so
                if (phrase.entry is not None) == attributes and self._continues(phrase, words, index):
                    return PhraseMatch(phrase, len(phrase.words), proclitic, len(phrase.glued))
        return None

    def _continues(self, phrase: Phrase, words: Sequence[str], index: int) -> bool:
        """True if the words after `index` are the phrase's further words, and the next one begins as it asks."""
        end = index + len(phrase.words)
        if end > len(words) or (phrase.glued and not (end < len(words) and words[end].startswith(phrase.glued))):
            return False
        return all(
            any(reading.kind == "verb" and not reading.proclitic for reading in self.readings(word))
            if expected == VERB
            else word == expected
            for expected, word in zip(phrase.words[1:], words[index + 1 : end], strict=True)
        )


def _cuts(form: str) -> Iterator[tuple[str, int]]:
    """What is left of a form without a glued و ف, without a glued ب ل ك, and without both, with the letters cut."""
    if len(form) < 3 or form[0] not in _CONJUNCTIONS + _PREPOSITIONS:
        return
    yield form[1:], 1
    if form[0] in _CONJUNCTIONS and len(form) > 3 and form[1] in _PREPOSITIONS:
        yield form[2:], 2


@lru_cache(maxsize=50_000)
def _undressed(word: str) -> tuple[str, ...]:
    """The word, and the word without its proclitics and ال, the likeliest first."""
    return tuple(dict.fromkeys(_less_and_less(word)))


def _less_and_less(word: str) -> Iterator[str]:
    yield word
    for rest, _ in ((word, 0), *_cuts(word)):
        yield rest
        for article in (_ARTICLE, "ل"):
            if rest.startswith(article) and len(rest) > len(article) + 1:
                yield rest[len(article) :]
