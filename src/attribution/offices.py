"""Who holds which office: every place of the article where a personal name stands beside an office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attribution.article_names import ArticleNames
from attribution.lexicon.lookup import Lexicon
from attribution.personal_names import closed, owned_title, undefined

# Two offices that share so many words are one if nobody else holds such an office.
_ALIKE = 3
# Offices that newspapers call by either word, as bare skeletons.
_SYNONYMS = {"ناطق": "متحدث"}
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
        self._address = frozenset(map(self._key, lexicon.words("forms_of_address")))
        self._holdings: tuple[Holding, ...] | None = None

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Every place of a name beside an office, in text order; read when first asked for."""
        if self._holdings is None:
            self._holdings = tuple(self._read())
        return self._holdings

    def holder(self, title: Sequence[str], start: int) -> tuple[str, ...]:
        """The name of who holds an office (skeletons of its words) that is mentioned at offset `start`; else empty.

        Of several the one named last before `start`, else the first after it. An office of one word («الوزير») is
        only who was named before.
        """
        wanted = [self._key(form) for form in title if not closed(form)]
        while len(wanted) > 1 and self._lexicon.holds("honorifics", title[-len(wanted)]):
            wanted = wanted[1:]
        if not wanted:
            return ()
        if (owned := self._owned(title)) is not None:
            return owned
        here = self._names.word_at(start)
        same = [h for h in self.holdings if h.head == wanted[0]]
        found = [h for h in same if _same_office(frozenset(wanted), h.office)]
        before = [h for h in found if h.at <= here]
        if before:
            return before[-1].name
        if found and len(wanted) > 1:
            return found[0].name
        if all(word.endswith(("ي", "يه")) for word in title[1:]):  # «الرئيس سمير حداد … الرئيس المصري»
            bare = [h for h in same if len(h.office) == 1]
            if len({h.name[-1] for h in bare}) == 1:
                return bare[0].name
        alike = [h for h in same if len(h.office.intersection(wanted)) >= _ALIKE]
        return alike[0].name if len({h.name[-1] for h in alike}) == 1 else ()

    def _owned(self, office: Sequence[str]) -> tuple[str, ...] | None:
        """The only one in the article with such an office, for somebody's («محاميته», «محامية حداد»): empty if there
        are several; None for any other office.
        """
        stem = owned_title(office[0], self._lexicon) if len(office) == 1 else None
        of_person = len(office) == 2 and self._names.personal(office[1])
        if stem is None and not of_person:
            return None
        held = [h.name for h in self.holdings if h.head == self._key(stem or office[0])]
        return held[0] if len({name[-1] for name in held}) == 1 else ()

    def held_by(self, name: Sequence[str]) -> bool:
        """Whether the article gives an office, more than a form of address, to the bearer of a name."""
        return any(h.name[-1] == name[-1] and not h.office <= self._address for h in self.holdings)

    def last_named(self, start: int) -> tuple[str, ...]:
        """The holder of an office who was named last before offset `start`; empty if nobody was."""
        here = self._names.word_at(start)
        return next((h.name for h in reversed(self.holdings) if h.at < here), ())

    def with_word(self, words: Sequence[str], start: int) -> tuple[str, ...]:
        """The only one named before offset `start` whose office has one of the words; empty if nobody's has."""
        here, wanted = self._names.word_at(start), {self._key(word) for word in words}
        names = [h.name for h in self.holdings if h.at < here and wanted & h.office]
        return names[-1] if len({name[-1] for name in names}) == 1 else ()

    def introduced(self, words: Sequence[str]) -> tuple[str, ...]:
        """The name that the article gives, anywhere, to the one it introduces unnamed («مسؤول محلي … المسؤول المحلي
        سمير حداد»); empty where it names none, or several.
        """
        wanted = frozenset(map(self._key, words))
        if len(wanted) < 2 or not self._lexicon.is_title(words[0]):
            return ()
        names = {h.name for h in self.holdings if h.head == self._key(words[0]) and wanted <= h.office}
        return names.pop() if len(names) == 1 else ()

    def _read(self) -> Iterator[Holding]:
        """Every place of a name beside an office, in text order."""
        address = self._lexicon.words("forms_of_address")
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
            words = frozenset(
                self._key(self._alone(w))
                for n, w in enumerate(office)
                if not closed(w) and (n == 0 or w not in address)
            )
            yield Holding(at, words, self._key(self._alone(form)), name)

    def _key(self, form: str) -> str:
        """What a word of an office shares with its other forms: «وزير الداخلية البحريني», «… بمملكة البحرين»."""
        lists = ("organization_heads", "place_heads", "titles")
        glued = form[:1] in "لب" and len(form) > 4 and not form.startswith("لل")
        if glued and any(form[1:] in self._lexicon.words(name) for name in lists):
            form = form[1:]
        article = form.startswith(("ال", "لل")) and len(form) > 4
        bare = form[2:] if article and self._lexicon.holds("places", form) else bare_form(form)
        stem = bare.removesuffix("ي")
        stem = stem[:-1] if stem.endswith(("ا", "ي")) else stem
        return _SYNONYMS.get(stem, stem) if len(stem) > 2 else bare

    def _alone(self, form: str) -> str:
        """A skeleton of an office without و before it."""
        return form[1:] if form.startswith("و") and self._lexicon.is_title(form[1:]) else form


def bare_form(form: str) -> str:
    """A skeleton without ال or لل, the ending of a sound plural or of a feminine: مسؤول فلسطيني, السلطة الفلسطينية."""
    bare = undefined(f"ال{form[2:]}" if form.startswith("لل") and len(form) > 4 else form)
    return bare[:-1] if len(bare) > 4 and bare.endswith("ه") else bare


def _same_office(wanted: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one office repeats the words of the other; two words at least say that a shorter one is the same."""
    return wanted <= known or (len(known) > 1 and known <= wanted)
