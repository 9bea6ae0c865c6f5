"""The names an article gives its speakers, found anywhere in its text, whether or not a tree has read the place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import regex

from attribution.lexicon.lookup import Lexicon
from attribution.names import Description, Tagger, begins_name, closed, common, describe, undefined
from attribution.spans import Span
from attribution.text.folding import Folded, skeleton

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}]+)*")
_WEAK = str.maketrans("", "", "اويى")
# More speakers, or places of one word, than any article has; what lies further back is not asked, to keep time linear.
_REMEMBERED = 200
# So many words of an office are enough to know it by, and so many words hold the name after it.
_OFFICE_WORDS = 3
_PHRASE_WORDS = 11
_ORGANIZATIONS = frozenset(
    "حزب شركه حركه جماعه تنظيم بنك مصرف قناه صحيفه وكاله جامعه مجموعه مؤسسه منطقه مدينه محافظه ولايه".split()
)
_HONORIFIC = frozenset("الله الدين الرحمن العزيز الرحيم القادر السلام".split())
_LINKS = frozenset("بن ابن ابو ابي عبد دي فان فون ال".split())


class ArticleNames:
    """The words of one article by form and by spelling; asked for the full name behind a surname, office or body."""

    def __init__(self, folded: Folded, lexicon: Lexicon, tags: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._folded = folded
        self._words = [(m.start(), m.end(), folded.skeleton[m.start() : m.end()]) for m in _WORD.finditer(folded.text)]
        self._places: dict[str, list[int]] = defaultdict(list)
        self._spellings: dict[str, list[int]] = defaultdict(list)
        for at, (_, _, form) in enumerate(self._words):
            self._places[form].append(at)
            self._spellings[spelling_key(form)].append(at)
            if form[:1] in "ولبف" and len(form) > 3:
                self._places[form[1:]].append(at)
        self._tags = tags

    @property
    def tagger(self) -> Tagger:
        """The part of speech that the article's trees give a word most often."""
        return lambda word: self._tags.get(skeleton(word))

    def describe(self, text: str) -> Description:
        """The description that a noun phrase gives."""
        return describe(text, self._lexicon, self.tagger)

    def read(self, span: Span) -> Description:
        """The description at `span`; where that begins inside «لل…» the article is put back."""
        text, before = self._folded.text, span.start - 1
        found = span.of(text)
        if found.startswith("ل") and before >= 0 and text[before] == "ل" and not text[before - 1 : before].isalpha():
            found = f"ا{found}"
        return self.describe(found)

    def fuller_name(self, name: Sequence[str]) -> tuple[str, ...]:
        """The longest form in which the article gives a name that ends as `name` does."""
        last = skeleton(name[-1])
        best = tuple(name)
        one_spelling = len(last) < 4 or last in self._lexicon.words("given_names")
        for at in (self._places.get(last, []) if one_spelling else self._spellings[spelling_key(last)])[:_REMEMBERED]:
            if one_spelling and self._words[at][2] != last:  # «محمد وخالد»: with و a name of its own begins
                continue
            first = at
            while first > 0 and self._adjacent(first - 1) and at - first < 4 and self._name_before(first - 1):
                first -= 1
            first = self._after_office(first)
            found = tuple(self._folded.text[s:e] for s, e, _ in self._words[first : at + 1])
            forms = {skeleton(w) for w in found}
            if len(found) > len(best) and {skeleton(w) for w in name[:-1]} <= forms:
                best = found
        return best

    def holder(self, title: Sequence[str]) -> tuple[str, ...]:
        """The personal name that stands beside an office somewhere in the article; empty if none does."""
        wanted = list(title[:_OFFICE_WORDS]) if len(title) > _OFFICE_WORDS else list(title)
        for at in self._places.get(wanted[0], ())[:_REMEMBERED]:
            if [form for _, _, form in self._words[at : at + len(wanted)]][1:] != wanted[1:]:
                continue
            name = self._name_after(at) or (self._name_left(at) if len(wanted) > 1 else ())
            if name:
                return name
        return ()

    def first_naming(self, form: str, span: Span) -> tuple[str, ...]:
        """The phrase that named a body before it was called by its head alone: «وزارة الصحة المصرية … الوزارة»."""
        before = [at for at in self._places.get(undefined(form), ()) if self._words[at][0] < span.start]
        for first in reversed(before):
            last = first
            while last + 1 < len(self._words) and last - first < 5 and self._adjacent(last):
                following = self._words[last + 1]
                written = self._folded.text[following[0] : following[1]]
                if not written.startswith("ال") or following[2] in self._lexicon.words("time_words"):
                    break
                last += 1
            if last > first:
                start = self._words[first][1] - len(undefined(form))
                return tuple(self._folded.text[start : self._words[last][1]].split())
        return ()

    def _name_after(self, at: int) -> tuple[str, ...]:
        """The name in the noun phrase that begins with the office at word `at`, before any function word or verb."""
        last = at
        while last + 1 < len(self._words) and last - at < _PHRASE_WORDS and self._adjacent(last):
            form = self._words[last + 1][2]
            if closed(form) or self._tags.get(form) == "VERB" or "." in self._between(last):
                break
            last += 1
        found = self.describe(self._folded.text[self._words[at][0] : self._words[last][1]]).name
        if len(found) < 2 or found[0].startswith("و"):
            return ()
        form = skeleton(found[0])
        return found if form not in self._tags or begins_name(form, self._lexicon, self._tags[form]) else ()

    def _name_left(self, at: int) -> tuple[str, ...]:
        """The name that ends right before word `at`: «مارك هوفمان رئيس الاتحاد»."""
        first = at
        while first > 0 and at - first < 4 and self._adjacent(first - 1) and self._name_before(first - 1):
            first -= 1
        return tuple(self._folded.text[s:e] for s, e, _ in self._words[first:at]) if at - first >= 2 else ()

    def _name_before(self, at: int) -> bool:
        """Whether the word at `at` is part of the personal name that the next word continues."""
        form = self._words[at][2]
        if at and self._words[at - 1][2] in _ORGANIZATIONS and self._adjacent(at - 1):
            return False
        start, end, _ = self._words[at]
        if form in _HONORIFIC or self._folded.text[start:end] == "علي":
            return True
        article = self._folded.text[start:end].startswith("ال")
        if article and self._tags.get(form) in ("X", "PROPN") and not self._lexicon.is_title(form):
            return at > 0 and self._adjacent(at - 1) and self._name_before(at - 1)  # «محمد الحبيب الجويني»
        if not article and begins_name(form, self._lexicon, self._tags.get(form)):
            return True
        return form in _LINKS

    def _after_office(self, at: int) -> int:
        """The first word of the name that goes on at word `at`, where words that no tree has tagged lead to an office.

        «المدير المالي مروان قصار»: between an office, or an adjective of it, and the family name stand first names.
        """
        first = at
        while first > 0 and at - first < 3 and self._adjacent(first - 1) and self._untagged(first - 1):
            first -= 1
        if first in (at, 0) or not self._adjacent(first - 1):
            return at
        start, end, form = self._words[first - 1]
        definite = self._folded.text[start:end].startswith("ال")
        return first if definite or self._lexicon.is_title(form) else at

    def _untagged(self, at: int) -> bool:
        """Whether nothing speaks against the word at `at`, which no tree has tagged, being a first name."""
        start, end, form = self._words[at]
        if form in self._tags or self._folded.text[start:end].startswith("ال") or closed(form) or len(form) < 3:
            return False
        lexicon = self._lexicon
        known = any(lexicon.holds(name, form) for name in ("titles", "places", "organization_heads", "time_words"))
        return not known and not common(form, lexicon)

    def _adjacent(self, at: int) -> bool:
        """Whether only a space stands between word `at` and the next."""
        between = self._between(at)
        return between.strip() in ("", ".") and "\n" not in between

    def _between(self, at: int) -> str:
        """What stands between word `at` and the next."""
        return self._folded.text[self._words[at][1] : self._words[at + 1][0]]


def spelling_key(word: str) -> str:
    """A form that spellings of one foreign name share: ترمب and ترامب, نتنياهو and نتانياهو."""
    bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
    return bare[:1] + bare[1:].translate(_WEAK) if len(bare) > 3 else bare


def tags_of(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The part of speech that most of an article's trees give each skeleton."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for form, upos in words:
        counts[form][upos] += 1
    return {form: found.most_common(1)[0][0] for form, found in counts.items()}
