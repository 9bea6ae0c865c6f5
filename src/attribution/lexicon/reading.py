"""From the rows of a lexicon file to cue entries with their forms, phrases and word lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from attribution.errors import LexiconError
from attribution.lexicon.conjugation import Form, finite_forms, noun_forms, participle_forms
from attribution.lexicon.entries import (
    BLOCKER_KINDS,
    COMPLEMENTS,
    CUE_CLASSES,
    VERB,
    Blocker,
    BlockerKind,
    CueClass,
    CueEntry,
    EntryKind,
    Gender,
    Phrase,
    ReadingKind,
)
from attribution.lexicon.lookup import WordList
from attribution.lexicon.stems import FORMS, Verb, stems
from attribution.lexicon.validation import Row, Source, rows
from attribution.text.folding import skeleton

_COMMON = ("lemma", "class", "complements", "strength", "gloss", "example", "forms", "blockers", "needs_source")
_VERB = (*_COMMON, "form", "vowels", "nouns", "object", "passive", "participle")
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "ي", "نا", "ك", "كم")
_VOWELS = frozenset(f"{perfect}{imperfect}" for perfect in "aiu" for imperfect in "aiu")
CUE_TABLES: Mapping[str, EntryKind] = {
    "verb": "verb", "verbal_noun": "verbal_noun", "noun": "noun", "preposition": "preposition", "phrase": "phrase",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry with what it takes to make its surface: a verb's pattern and nouns, or the phrases it is written as."""

    entry: CueEntry
    verb: Verb | None = None
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    takes_object: bool = False
    passive: bool = False
    participle: bool = False
    phrases: tuple[Phrase, ...] = ()

    def forms(self) -> Iterator[Form]:
        """Every one-word surface form."""
        if self.verb is not None:
            yield from finite_forms(self.verb, passive=self.passive, joined=self.takes_object)
            yield from participle_forms(self.verb) if self.participle else ()
        kind: ReadingKind = "verbal_noun" if self.verb else self.entry.kind
        for noun in self.nouns:
            yield from noun_forms(noun, kind)
        for word in self.words:
            yield Form(skeleton(word), self.entry.kind)


def cues(source: Source, table: str) -> Iterator[Cue]:
    """The cues of one table of a file, checked."""
    for row in rows(source, table):
        yield _verb(row) if table == "verb" else _nominal(row, table) if table.endswith("noun") else _fixed(row, table)


def formulas(source: Source) -> Iterator[Phrase]:
    """The formulas that attribute nothing, in every spelling given."""
    for row in rows(source, "nonattribution"):
        row.only("lemma", "forms", "gloss", "example")
        row.text("gloss"), row.text("example")
        for text in (row.text("lemma"), *row.texts("forms")):
            yield phrase(text, None)


def phrase(text: str, entry: CueEntry | None, enclitic: str | None = None) -> Phrase:
    """The phrase that `text` writes: `<verb>` for a finite cue verb, a last word in ـ for a glued preposition."""
    words = text.split()
    glued = skeleton(words.pop()) if words[-1].endswith("ـ") else ""
    return Phrase(tuple(word if word == VERB else skeleton(word) for word in words), entry, glued, enclitic)


def word_list(row: Row) -> WordList:
    """A nominal list: `words` set apart by white space, `_` for a space inside a name, `:f` or `:m` for the gender."""
    row.only("about", "words")
    return WordList(row.text("about"), genders(row, "words", tuple(row.text("words").split())))


def genders(row: Row, key: str, words: tuple[str, ...]) -> dict[str, Gender | None]:
    """The skeleton of each word with the gender written after its colon, or None."""
    made: dict[str, Gender | None] = {}
    for word in words:
        name, colon, letter = word.partition(":")
        if not name or (colon and letter not in ("f", "m")):
            row.fail(key, f"{word!r} must be a word, or a word with :f or :m")
        made[skeleton(name.replace("_", " "))] = {"f": "feminine", "m": "masculine"}.get(letter)  # type: ignore[assignment]
    return made


def _entry(row: Row, kind: EntryKind) -> CueEntry:
    complements = row.texts("complements", required=True)
    for complement in complements:
        if complement not in COMPLEMENTS:
            row.fail("complements", f"{complement!r} is none of: {', '.join(sorted(COMPLEMENTS))}")
    return CueEntry(
        lemma=row.text("lemma"),
        kind=kind,
        cue_class=cast(CueClass, row.one_of("class", CUE_CLASSES)),
        complements=frozenset(complements),
        example=row.text("example"),
        strength=row.share("strength"),
        gloss=row.text("gloss"),
        forms=row.texts("forms"),
        blockers=tuple(_blocker(part) for part in row.rows("blockers")),
        noun_phrase_needs_source=row.flag("needs_source", default=False),
    )


def _blocker(row: Row) -> Blocker:
    row.only("kind", "words", "example", "unless_clause")
    return Blocker(
        kind=cast(BlockerKind, row.one_of("kind", BLOCKER_KINDS)),
        words=tuple(skeleton(word) for word in row.texts("words", required=True)),
        example=row.text("example"),
        unless_clause=row.flag("unless_clause", default=True),
    )


def _verb(row: Row) -> Cue:
    row.only(*_VERB)
    entry = _entry(row, "verb")
    vowels = row.one_of("vowels", _VOWELS) if "vowels" in row.values else ""
    verb = Verb(entry.lemma, row.whole("form", FORMS), vowels[:1] or "a", vowels[1:])
    try:
        stems(verb)
    except ValueError as error:
        row.fail("form", str(error))
    return Cue(
        entry=entry,
        verb=verb,
        nouns=row.texts("nouns"),
        words=entry.forms,
        takes_object=row.flag("object", default="NP" in entry.complements),
        passive=row.flag("passive", default=False),
        participle=row.flag("participle", default=True),
    )


def _nominal(row: Row, table: str) -> Cue:
    """A noun that is a cue without a verb's entry: تصريح, حديث; `nouns` are further shapes such as its plural."""
    row.only(*_COMMON, "nouns")
    entry = _entry(row, CUE_TABLES[table])
    return Cue(entry, nouns=(entry.lemma, *row.texts("nouns")), words=entry.forms)


def _fixed(row: Row, table: str) -> Cue:
    """A preposition or phrase, its `forms` other spellings; with `pronouns` also with each pronoun on its last word."""
    row.only(*_COMMON, "pronouns")
    entry = _entry(row, CUE_TABLES[table])
    texts = (entry.lemma, *entry.forms)
    single = tuple(text for text in texts if " " not in text)
    several = tuple(text for text in texts if " " in text)
    if not row.flag("pronouns", default=False):
        return Cue(entry, words=single, phrases=tuple(phrase(text, entry) for text in several))
    joined = tuple(phrase(_with(text, pronoun), entry, pronoun) for text in several for pronoun in _PRONOUNS)
    return Cue(entry, nouns=single, phrases=joined)


def _with(text: str, pronoun: str) -> str:
    return f"{text[:-1]}ت{pronoun}" if text.endswith("ة") else f"{text}{pronoun}"


def unknown_tables(source: Source, allowed: tuple[str, ...]) -> None:
    """Nothing; LexiconError if the file has a table beyond `allowed`."""
    for table in source.tables:
        if table not in allowed:
            told = f"unknown table; known are: {', '.join(allowed)}"
            raise LexiconError(told, path=source.name, line=source.line_of(table), table=table)
