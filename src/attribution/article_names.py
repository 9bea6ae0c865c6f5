"""The names an article gives its speakers, found anywhere in its text, whether or not a tree has read the place."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from attribution.lexicon.lookup import Lexicon
from attribution.names import Description, describe
from attribution.personal_names import Tagger, begins_name, closed, common, undefined
from attribution.spans import Span
from attribution.text.folding import Folded, skeleton

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}]+)*")
_MARKED = regex.compile(r"\s?[«“\"](?P<name>[\p{L}\p{M} .-]{2,40}+)[»”\"]")
_WEAK = str.maketrans("", "", "اويى")
# More speakers, or places of one word, than any article has; what lies further back is not asked, to keep time linear.
_REMEMBERED = 200
# So many words hold an office with the name after it; so many words of an office are enough to know it by.
_PHRASE_WORDS = 11
_OFFICE_WORDS = 6
# A body's name has no more words than this.
_BODY_WORDS = 6
# What may stand inside an office: «المتحدث باسم الشرطة».
_OFFICE_LINKS = frozenset("باسم لدي علي في".split())
_ORGANIZATIONS = frozenset(
    "حزب شركه حركه جماعه تنظيم بنك مصرف قناه صحيفه وكاله جامعه مجموعه مؤسسه منطقه مدينه محافظه ولايه".split()
)
_HONORIFIC = frozenset("الله الدين الرحمن العزيز الرحيم القادر السلام".split())
_PARTICLES = frozenset("دي دو دا لو لا فان فون ماك ديل ابو".split())
_LINKS = frozenset("بن ابن ابو ابي عبد ال".split()) | _PARTICLES


class ArticleNames:
    """The words of one article by form and by spelling; asked for the full name behind a surname, office or body."""

    def __init__(self, folded: Folded, lexicon: Lexicon, tags: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._folded = folded
        # A text may have a million words: numbers lie in arrays, and a form is one object however often it stands.
        self._starts, self._ends = array("I"), array("I")
        self._forms: list[str] = []
        self._places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._spellings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        once: dict[str, tuple[str, str]] = {}  # each form with the key of its spelling
        before = ""
        for at, match in enumerate(_WORD.finditer(folded.text)):
            start, end = match.span()
            form = folded.skeleton[start:end]
            if form not in once:
                once[form] = form, spelling_key(form)
            form, key = once[form]
            self._starts.append(start)
            self._ends.append(end)
            self._forms.append(form)
            self._places[form].append(at)
            self._spellings[key].append(at)
            if form[:1] in "ولبف" and len(form) > 3:
                self._places[form[1:]].append(at)
            if before in _PARTICLES:  # «لو دريان» is «لودريان» too
                self._spellings[spelling_key(before + form)].append(at)
            before = form
        self._tags = tags
        self._described: dict[str, Description] = {}

    @property
    def tagger(self) -> Tagger:
        """The part of speech that the article's trees give a word most often."""
        return lambda word: self._tags.get(skeleton(word))

    def describe(self, text: str) -> Description:
        """The description that a noun phrase gives."""
        if text not in self._described:
            self._described[text] = describe(text, self._lexicon, self.tagger)
        return self._described[text]

    def read(self, span: Span) -> Description:
        """The description at `span`; where that begins inside «لل…» the article is put back."""
        text, before = self._folded.text, span.start - 1
        found = span.of(text)
        if found.startswith("ل") and before >= 0 and text[before] == "ل" and not text[before - 1 : before].isalpha():
            found = f"ا{found}"
        return self.describe(found)

    def fuller_name(self, name: Sequence[str]) -> tuple[str, ...]:
        """The longest form in which the article gives a name that ends as `name` does; of several the first."""
        last = skeleton(name[-1])
        best: tuple[str, ...] = ()
        one_spelling = len(last) < 4 or last in self._lexicon.words("given_names")
        for at in (self._places.get(last, []) if one_spelling else self._spellings.get(spelling_key(last), []))[
            :_REMEMBERED
        ]:
            if one_spelling and self._forms[at] != last:  # «محمد وخالد»: with و a name of its own begins
                continue
            first = at
            while first > 0 and self._adjacent(first - 1) and at - first < 4 and self._name_before(first - 1):
                first -= 1
            first = self._after_office(first)
            found = self._written(first, at + 1)
            forms = {skeleton(w) for w in found}
            if len(found) > len(best) and {skeleton(w) for w in name[:-1]} <= forms:
                best = found
        if len(best) < max(2, len(name)):
            best = tuple(name)
        return best if len(best) > 1 else self._beginning_with(best)

    def _beginning_with(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """The longest name in the article that begins with a given name that stands alone: «حسين … حسين الرقيب»."""
        best = name
        if skeleton(name[0]) not in self._lexicon.words("given_names"):
            return best
        for at in self._places.get(skeleton(name[0]), [])[:_REMEMBERED]:
            if at and self._adjacent(at - 1) and self._name_before(at - 1):
                continue
            last = self._phrase_end(at, frozenset())
            found = self.describe(self._folded.text[self._starts[at] : self._ends[last]]).name
            if len(found) > len(best) and found[0] == name[0]:
                best = found
        return best

    def names_before(self, start: int) -> Iterator[Span]:
        """The personal names of two words and more before offset `start`, a given name first; the last first."""
        given = self._lexicon.words("given_names")
        here = self.word_at(start) - 1
        for at in range(here, max(-1, here - _REMEMBERED), -1):
            if (
                self._forms[at] not in given
                or closed(self._forms[at])
                or (at and self._adjacent(at - 1) and self._name_before(at - 1))
            ):
                continue
            name = self.describe(
                self._folded.text[self._starts[at] : self._ends[self._phrase_end(at, frozenset())]]
            ).name
            if len(name) >= 2:
                yield Span(self._starts[at], self._ends[at + len(name) - 1])

    def personal(self, form: str) -> bool:
        """Whether the trees call a word a name and it is no place."""
        return self._tags.get(form) in ("X", "PROPN") and not self._lexicon.holds("places", form)

    @property
    def forms(self) -> Sequence[str]:
        """The skeleton of every word of the article."""
        return self._forms

    def word_at(self, offset: int) -> int:
        """The number of the word that holds an offset, or of the last one before it."""
        return bisect_right(self._starts, offset) - 1

    def first_naming(self, form: str, span: Span) -> tuple[str, ...]:
        """The phrase that named a body before it was called by its head alone: «وزارة الصحة المصرية … الوزارة»."""
        before = [at for at in self._places.get(undefined(form), ()) if self._starts[at] < span.start]
        for first in reversed(before):
            last = first
            while last + 1 < len(self._forms) and last - first < 5 and self._adjacent(last):
                if not self._of_body(last + 1, first):
                    break
                last += 1
            start = self._ends[first] - len(undefined(form))
            if last > first:
                return tuple(self._folded.text[start : self._ends[last]].split())
            if marked := self._marked_after(first):
                return (self._folded.text[start : self._ends[first]], *marked)
        return ()

    def fuller_body(self, forms: Sequence[str]) -> tuple[str, ...]:
        """The longest phrase in the article that begins with the words of a body's name; empty if none is longer."""
        best: tuple[str, ...] = ()
        for at in self._places.get(forms[0], ())[:_REMEMBERED]:
            last = at + len(forms) - 1
            if self._forms[at + 1 : last + 1] != list(forms[1:]):
                continue
            while last + 1 < len(self._forms) and last - at < _BODY_WORDS and self._adjacent(last):
                if not self._of_body(last + 1, at):
                    break
                last += 1
            if last - at + 1 > max(len(best), len(forms)):
                start = self._ends[at] - len(forms[0])
                best = tuple(self._folded.text[start : self._ends[last]].split())
        return best

    def spelled_out(self, forms: Sequence[str]) -> tuple[str, ...]:
        """The body's name that an abbreviation stands behind in brackets: «شركة الخليج للنفط (أجوكو)»; else empty."""
        for at in self._places.get(forms[0], ())[:_REMEMBERED]:
            last = at + len(forms) - 1
            if at == 0 or self._forms[at : last + 1] != list(forms):
                continue
            if (
                self._between(at - 1).strip(' «"“') != "("
                or self._folded.text[self._ends[last] : self._ends[last] + 2].strip('»"”')[:1] != ")"
            ):
                continue
            for first in range(at - 1, max(-1, at - 1 - _BODY_WORDS), -1):
                if self._lexicon.holds("organization_heads", self._forms[first]):
                    return self._written(first, at)
                if first and not self._adjacent(first - 1):
                    break
        return ()

    def _of_body(self, at: int, first: int) -> bool:
        """Whether the word at `at` can go on with the name of a body that begins at word `first`.

        A definite word, or ل and one: «لشؤون اللاجئين», «نقابة … للمعلمين», but «الوزارة | للمواطنين».
        """
        form = self._forms[at]
        if self._lexicon.holds("time_words", form) or closed(form):  # «السلطات التونسية | التي»
            return False
        if self._definite(at):
            return self._lexicon.holds("places", form) or self._tags.get(form) != "PROPN"
        if form.startswith("لل"):
            body = any(self._lexicon.holds("bodies_for_people", word) for word in self._forms[first:at])
            return body or not form.endswith(("ين", "ون"))
        following = self._forms[at + 1] if at + 1 < len(self._forms) and self._adjacent(at) else ""
        return form.startswith("ل") and len(form) > 4 and following.startswith("ال")

    def _marked_after(self, at: int) -> tuple[str, ...]:
        """The words of a short marked stretch right after word `at`: «صحيفة «الأيام»»."""
        found = _MARKED.match(self._folded.text, self._ends[at])
        return tuple(found["name"].split()) if found else ()

    def name_after(self, at: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The office (skeletons) that begins at word `at` and the name that follows it in the same noun phrase."""
        near = self._phrase_end(at, frozenset())
        return self._named_within(at, near) or self._named_within(at, self._phrase_end(at, _OFFICE_LINKS))

    def _named_within(self, at: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The office that begins at word `at` and the name between it and word `last`, or after a comma there."""
        paused = False
        if last + 1 < len(self._forms) and self._between(last).strip() in ("،", ","):  # «المتحدث باسم الشرطة، سمير»
            last, paused = self._phrase_end(last + 1, frozenset()), True
        description = self.describe(self._folded.text[self._starts[at] : self._ends[last]])
        name = description.name
        if len(name) == 1 and description.title and description.title[-1].startswith("ال"):  # «مدرب الأهلي غروس»
            name = self.fuller_name(name)
        if len(name) < 2 or (name[0].startswith("و") and skeleton(name[0]) not in self._lexicon.words("given_names")):
            return None
        form = skeleton(name[0])
        unread = form not in self._tags and not self._lexicon.holds("organization_heads", form)
        if not (unread or begins_name(form, self._lexicon, self._tags.get(form))):
            return None
        office = tuple(skeleton(w) for w in description.title)
        if not office or office[0] != self._forms[at] or (paused and not self._starts_name(name)):
            return None
        return office, name

    def _starts_name(self, name: Sequence[str]) -> bool:
        """Whether a name begins with a given name or a word that the trees call a name."""
        form = skeleton(name[0])
        return begins_name(form, self._lexicon, self._tags.get(form))

    def _phrase_end(self, at: int, links: frozenset[str]) -> int:
        """The last word of the noun phrase that begins at word `at`, before any verb, stop or function word but
        `links`.
        """
        last = at
        while last + 1 < len(self._forms) and last - at < _PHRASE_WORDS and self._adjacent(last):
            form = self._forms[last + 1]
            verb = self._tags.get(form) == "VERB" and self._forms[last] not in _LINKS
            if (closed(form) and form not in links) or verb or "." in self._between(last):
                break
            last += 1
        return last

    def office_at(self, at: int) -> tuple[str, ...]:
        """The words of the office that begins at word `at` with no name after it."""
        last = min(self._phrase_end(at, _OFFICE_LINKS), at + _OFFICE_WORDS)
        return tuple(self._forms[at : last + 1])

    def name_left(self, at: int) -> tuple[str, ...]:
        """The name that ends right before word `at`, or before a comma there: «مارك هوفمان رئيس الاتحاد»."""
        if at == 0 or not (self._adjacent(at - 1) or self._between(at - 1).strip() in ("،", ",")):
            return ()
        first = at - 1
        form = self._forms[first]
        family = self._definite(first) and not self._lexicon.is_title(form)
        family = family or (first > 0 and self._forms[first - 1] == "ال")  # «عبد العزيز آل الشيخ»
        if not (family or self._name_before(first)):
            return ()
        while first > 0 and at - first < 5 and self._adjacent(first - 1) and self._name_before(first - 1):
            first -= 1
        found = self._written(first, at)
        if self._forms[at - 1] in _LINKS:  # «إسماعيل ولد | الشيخ أحمد»
            return ()
        return found if at - first >= 2 and self._starts_name(found) else ()

    def _name_before(self, at: int) -> bool:
        """Whether the word at `at` is part of the personal name that the next word continues."""
        form = self._forms[at]
        if at and self._forms[at - 1] in _ORGANIZATIONS and self._adjacent(at - 1):
            return False
        if form == "الله" and at and self._forms[at - 1] == "ايه":  # «آية الله علي»: an honorific
            return False
        if form.startswith("و") and len(form) > 4 and form not in self._lexicon.words("given_names"):
            return False
        if form in _HONORIFIC or self._written(at, at + 1) == ("علي",):
            return True
        article = self._definite(at)
        if article and self._foreign_first(at):
            return True
        if article and self._tags.get(form) in ("X", "PROPN") and not self._lexicon.is_title(form):
            return at > 0 and self._adjacent(at - 1) and self._name_before(at - 1)  # «محمد الحبيب الجويني»
        if not article and begins_name(form, self._lexicon, self._tags.get(form)):
            return True
        return form in _LINKS

    def _foreign_first(self, at: int) -> bool:
        """Whether the word at `at` and the next are tagged as names, and the next has no article: «الفريدو كاسترو»."""
        lists = ("titles", "organization_heads", "places")
        if at + 1 >= len(self._forms) or any(self._lexicon.holds(name, self._forms[at]) for name in lists):
            return False
        form = self._forms[at + 1]
        names = all(self._tags.get(f) in ("X", "PROPN") for f in (self._forms[at], form))
        return names and not self._definite(at + 1)

    def _after_office(self, at: int) -> int:
        """The first word of the name that goes on at word `at`, where words that no tree has tagged lead to an office.

        «المدير المالي مروان قصار»: between an office, or an adjective of it, and the family name stand first names.
        """
        first = at
        while first > 0 and at - first < 3 and self._adjacent(first - 1) and self._untagged(first - 1):
            first -= 1
        if first in (at, 0) or not self._adjacent(first - 1):
            return at
        form = self._forms[first - 1]
        definite = self._definite(first - 1) and not closed(form)
        return first if definite or self._lexicon.is_title(form) else at

    def _untagged(self, at: int) -> bool:
        """Whether nothing speaks against the word at `at`, which no tree has tagged, being a first name."""
        form = self._forms[at]
        if form in self._tags or self._definite(at) or closed(form) or len(form) < 3:
            return False
        lexicon = self._lexicon
        known = any(lexicon.holds(name, form) for name in ("titles", "places", "organization_heads", "time_words"))
        return not known and not common(form, lexicon)

    def _written(self, first: int, last: int) -> tuple[str, ...]:
        """The words from `first` up to `last` (exclusive) as they are written."""
        return tuple(self._folded.text[self._starts[at] : self._ends[at]] for at in range(first, last))

    def _definite(self, at: int) -> bool:
        """Whether the word at `at` is written with ال."""
        return self._folded.text.startswith("ال", self._starts[at], self._ends[at])

    def _adjacent(self, at: int) -> bool:
        """Whether only a space stands between word `at` and the next."""
        between = self._between(at)
        return between.strip() in ("", ".") and "\n" not in between

    def _between(self, at: int) -> str:
        """What stands between word `at` and the next."""
        return self._folded.text[self._ends[at] : self._starts[at + 1]]


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
