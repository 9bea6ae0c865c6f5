"""`load_lexicon`: the bundled lexicon, with what users' files add, change and block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from attribution.errors import LexiconError
from attribution.lexicon.conjugation import Form
from attribution.lexicon.entries import CueEntry, Phrase
from attribution.lexicon.lookup import Lexicon, WordList
from attribution.lexicon.reading import CUE_TABLES, Cue, cues, formulas, genders, unknown_tables, word_list
from attribution.lexicon.validation import Row, Source, parse, rows

_BUNDLED = ("verbs.toml", "verbal_nouns.toml", "prepositions.toml", "phrases.toml")
_NOMINAL = "nominal.toml"
Key = tuple[str, str]


def load_lexicon(*user_paths: Path) -> Lexicon:
    """The bundled lexicon changed by each of `user_paths` in turn; LexiconError if a file is wrong.

    A user file may add or replace an entry (`[[verb]]`, `[[verbal_noun]]`, `[[noun]]`, `[[preposition]]`,
    `[[phrase]]`, by lemma), remove one (`[[block]]` with `lemma`, and `kind` if two kinds share it), add a formula
    (`[[nonattribution]]`) and add words to a list (`[nominal]` with `titles = ["رئيس", "رئيسة:f"]`).
    """
    return _load(tuple(Path(path) for path in user_paths)) if user_paths else _bundled()


def written(entry: CueEntry, *user_paths: Path) -> str:
    """An entry's TOML as it stands in the last file that has it, for a reader who wants to change it.

    "" if it is written inline there.
    """
    data = files("attribution.lexicon") / "data"
    bundled = (parse(name, (data / name).read_text("utf-8")) for name in _BUNDLED)
    for source in (*map(_user_source, reversed(user_paths)), *bundled):
        for position, row in enumerate(rows(source, entry.kind)):
            if row.values.get("lemma") == entry.lemma:
                return source.written(entry.kind, position)
    return ""


@lru_cache(maxsize=1)
def _bundled() -> Lexicon:
    return _load(())


def _load(user_paths: tuple[Path, ...]) -> Lexicon:
    known: dict[Key, Cue] = {}
    formulas_found: list[Phrase] = []
    data = files("attribution.lexicon") / "data"
    for name in _BUNDLED:
        source = parse(name, (data / name).read_text("utf-8"))
        unknown_tables(source, (*CUE_TABLES, "nonattribution"))
        known.update(_distinct(source))
        formulas_found += formulas(source)
    lists = _lists(parse(_NOMINAL, (data / _NOMINAL).read_text("utf-8")))
    for path in user_paths:
        source = _user_source(path)
        unknown_tables(source, (*CUE_TABLES, "nonattribution", "block", "nominal"))
        for key in _blocked(source, known):
            del known[key]
        known.update(_distinct(source))
        formulas_found += formulas(source)
        lists = _extended(source, lists)
    return _assemble(tuple(known.values()), formulas_found, lists)


def _user_source(path: Path) -> Source:
    try:
        return parse(str(path), path.read_text("utf-8-sig"))  # some editors begin a file with a byte-order mark
    except OSError as error:
        raise LexiconError(f"cannot be read: {error.strerror or error}", path=path) from error
    except UnicodeDecodeError as error:
        told = f"cannot be read: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise LexiconError(told, path=path) from error


def _distinct(source: Source) -> dict[Key, Cue]:
    """The cues of one file by table and lemma; LexiconError if one stands there twice."""
    found: dict[Key, Cue] = {}
    for table in CUE_TABLES:
        for row, cue in zip(rows(source, table), cues(source, table), strict=True):
            if (table, cue.entry.lemma) in found:
                row.fail("lemma", f"{cue.entry.lemma} stands here twice")
            found[table, cue.entry.lemma] = cue
    return found


def _blocked(source: Source, known: Mapping[Key, Cue]) -> Iterable[Key]:
    """The keys of the known cues that a file blocks; LexiconError if it blocks one that is not known."""
    blocked: set[Key] = set()
    for row in rows(source, "block"):
        row.only("lemma", "kind")
        lemma, kind = row.text("lemma"), row.one_of("kind", frozenset({*CUE_TABLES, ""}), default="")
        keys = {key for key in known if key[1] == lemma and kind in ("", key[0])}
        if not keys:
            row.fail("lemma", f"{lemma} is no cue, so it cannot be blocked")
        blocked |= keys
    return blocked


def _lists(source: Source) -> dict[str, WordList]:
    return {name: word_list(Row(source, name, values)) for name, values in source.tables.items()}


def _extended(source: Source, lists: dict[str, WordList]) -> dict[str, WordList]:
    """`lists` with the words a file's `[nominal]` adds; LexiconError if it names a list that does not exist."""
    values = source.tables.get("nominal", {})
    if not isinstance(values, dict):
        line = source.line_of("nominal")
        raise LexiconError("must be written [nominal]", path=source.name, line=line, table="nominal")
    row = Row(source, "nominal", values)
    row.only(*lists)
    added = {name: genders(row, name, row.texts(name)) for name in values}
    return {name: WordList(known.about, {**known.genders, **added.get(name, {})}) for name, known in lists.items()}


def _assemble(known: tuple[Cue, ...], formulas_found: list[Phrase], lists: dict[str, WordList]) -> Lexicon:
    alone: dict[str, list[tuple[CueEntry, Form]]] = defaultdict(list)
    joined: dict[str, list[tuple[CueEntry, Form]]] = defaultdict(list)
    for cue in known:
        for form in cue.forms():
            (joined if form.joined else alone)[form.text].append((cue.entry, form))
    phrases = _longest_first(phrase for cue in known for phrase in cue.phrases)
    nonattributions = _longest_first(formulas_found)
    by_word: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in (*phrases, *nonattributions):
        by_word[phrase.words[0]].append(phrase)
    return Lexicon(
        entries=tuple(cue.entry for cue in known),
        phrases=phrases,
        nonattributions=nonattributions,
        lists=lists,
        _alone=dict(alone),
        _joined=dict(joined),
        _sets={name: frozenset(found.genders) for name, found in lists.items()},
        _phrases_by_word={word: tuple(found) for word, found in by_word.items()},
    )


def _longest_first(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase.words), -len(phrase.glued))))
