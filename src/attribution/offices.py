"""Who holds which office: every place of the article where a personal name stands beside an office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attribution.article_names import ArticleNames
from attribution.lexicon.lookup import Lexicon
from attribution.names import closed, undefined

# Places of offices that are read; no article has more, and the time stays linear.
_REMEMBERED = 400


@dataclass(frozen=True, slots=True)
class Holding:
    """A name beside an office: where the office stands (a word's number), its words (bare skeletons), the name."""

    at: int
    office: frozenset[str]
    head: str
    name: tuple[str, ...]


class Offices:
    """The holders of the offices that one article names, asked for by an office or a part of one."""

    def __init__(self, names: ArticleNames, lexicon: Lexicon) -> None:
        self._names = names
        self._lexicon = lexicon
        self._holdings: tuple[Holding, ...] | None = None

    def holder(self, title: Sequence[str], start: int) -> tuple[str, ...]:
        """The name of who holds an office (skeletons of its words) that is mentioned at offset `start`; else empty.

        Of several the one named last before `start`, else the first after it. An office of one word («الوزير») is
        only who was named before.
        """
        wanted = [form for form in map(bare_form, title) if not closed(form)]
        while len(wanted) > 1 and self._lexicon.holds("honorifics", wanted[0]):
            wanted = wanted[1:]
        if not wanted:
            return ()
        if self._holdings is None:
            self._holdings = tuple(self._read())
        here = self._names.word_at(start)
        found = [h for h in self._holdings if h.head == wanted[0] and _same_office(frozenset(wanted), h.office)]
        before = [h for h in found if h.at <= here]
        if before:
            return before[-1].name
        return found[0].name if found and len(wanted) > 1 else ()

    def _read(self) -> Iterator[Holding]:
        """Every place of a name beside an office, in text order."""
        places = 0
        for at, form in enumerate(self._names.forms):
            if not self._lexicon.is_title(form) or places >= _REMEMBERED:
                continue
            places += 1
            if (found := self._names.name_after(at)) is not None:
                office, name = found
            elif name := self._names.name_left(at):
                office = self._names.office_at(at)
            else:
                continue
            words = frozenset(bare_form(w) for w in office if not closed(w))
            yield Holding(at, words, bare_form(form), name)


def bare_form(form: str) -> str:
    """A skeleton without ال or لل and the ending of a sound plural."""
    return undefined(f"ال{form[2:]}" if form.startswith("لل") and len(form) > 4 else form)


def _same_office(wanted: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one office repeats the words of the other; two words at least say that a shorter one is the same."""
    return wanted <= known or (len(known) > 1 and known <= wanted)
