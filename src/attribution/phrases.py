"""The noun phrases of a parsed unit: word classes, and how far a noun phrase reaches."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from attribution.drafts import FoundCue
from attribution.lexicon.lookup import Lexicon
from attribution.personal_names import MANNERS
from attribution.spans import Span
from attribution.syntax.frames import ParsedUnit
from attribution.text import function_words as fw
from attribution.text.folding import Folded

WordClass = Literal[
    "noun", "verb", "cue", "preposition", "oblique", "time", "adverb", "complementizer", "relative", "pronoun",
    "conjunction", "particle", "punctuation", "mark", "number", "end",
]  # fmt: skip

_APPOSITION_ENDS = frozenset("،,:.؛؟!-–—(")
_DIRECTIONAL_ADVERBS = frozenset(
    (
        "ايضا كذلك مجددا حاليا سابقا لاحقا مؤخرا اليوم امس غدا هنا هناك الان فقط مباشره رسميا صراحه مسبقا "
        "بشده تماما جميعا معا ايضاً عاده دائما بدوره بدورها بدورهم"
    ).split()
)


class Phrases:
    """Answers about the words of one unit, from the tree where there is one, else from lists and the order of words.

    `cues` maps the elements where a cue may begin to the last element of that cue; `forms` are the skeletons of the
    elements, `marks` the elements that are marked stretches.
    """

    def __init__(
        self, parsed: ParsedUnit, folded: Folded, lexicon: Lexicon, cues: Mapping[int, int] | None = None
    ) -> None:
        self.parsed = parsed
        self.text = folded
        self.lexicon = lexicon
        self.cues = cues or {}
        self.forms = tuple(element.form for element in parsed.elements)
        self._count = len(self.forms)
        self._cue_ends = frozenset(self.cues.values())
        self._given, self._unsplit = lexicon.words("given_names"), lexicon.words("unsplit_words")
        self.marks = tuple(at for at, element in enumerate(parsed.elements) if element.kind == "mark")
        self._classes: dict[int, WordClass] = {}
        self._bare: dict[int, str] = {}
        self._definite: dict[int, bool] = {}
        self._names: dict[int, bool] = {}
        self._offices: dict[tuple[int, int], int | None] = {}

    def __len__(self) -> int:
        return len(self.parsed)

    @cached_property
    def openers(self) -> tuple[int, ...]:
        """The elements at which a content may open by their form alone: complementizers, colons, marks, questions."""
        return tuple(
            at
            for at, (form, element) in enumerate(zip(self.forms, self.parsed.elements, strict=True))
            if form in _OPENERS_OF_CONTENTS or form[1:] in _OPENERS_OF_CONTENTS or element.kind == "mark"
        )

    def form(self, at: int) -> str:
        """The skeleton of element `at`; empty outside the unit."""
        return self.forms[at] if 0 <= at < self._count else ""

    def bare(self, at: int) -> str:
        """The skeleton of element `at` without a conjunction that the tree splits off."""
        known = self._bare.get(at)
        if known is None:
            form = self.form(at)
            known = self._bare[at] = form[1:] if self.coordinated(at) else form
        return known

    def span(self, first: int, last: int) -> Span:
        """The folded span from the start of element `first` to the end of element `last`."""
        elements = self.parsed.elements
        return Span(elements[first].start, elements[last].end)

    def coordinated(self, at: int) -> bool:
        """Whether و or ف is glued to the front of element `at`."""
        form = self.form(at)
        if len(form) < 4 or form[0] not in "وف" or form in self._unsplit or self._named_elsewhere(at):
            return False
        words = self.parsed.words(at)
        if words:
            return len(words) > 1 and words[0].upos == "CCONJ" and not self._known(form)
        return self._known(form[1:]) and not self._known(form)

    def _known(self, form: str) -> bool:
        return form in self._known_words

    @cached_property
    def _known_words(self) -> frozenset[str]:
        return _union(tuple(self.lexicon.words(name) for name in _KNOWN))

    def word_class(self, at: int) -> WordClass:
        """The class of element `at`; "end" outside the unit."""
        if not 0 <= at < self._count:
            return "end"
        known = self._classes.get(at)
        if known is None:
            known = self._classes[at] = self._classify(at)
        return known

    def _classify(self, at: int) -> WordClass:
        element = self.parsed.elements[at]
        if element.kind in ("punctuation", "mark", "number"):
            return element.kind
        if at in self.cues and not self.inside_name(at):
            return "cue"
        form, bare = element.form, self.bare(at)
        if form == "علي" and self._is_ali(at):
            return "noun"
        if self._named_elsewhere(at):
            return "noun"
        if form == "مني" and self.text.text[element.start : element.end] == "منى":
            return "noun"
        if self.inside_name(at):
            return "noun"
        closed = _closed_class(form) or (_closed_class(bare) if bare != form else None)
        if closed:
            return closed
        if self._known(bare):
            return "noun"
        if bare in self.lexicon.words("time_words"):
            # «النائب السابق», «الرئيس الحالي», «مدير عام»: an adjective of the office, not a time
            general = bare == "عام" and self.lexicon.is_title(self.bare(at - 1))
            office = self.definite(at) and self._office_before(at) and not self._of_period(at)
            return "noun" if general or office else "time"
        if self._of_period(at):
            return "time"
        if self.oblique(at):
            return "oblique"
        return self._by_tag(at)

    def _of_period(self, at: int) -> bool:
        """Whether a period and what tells which stand at element `at`: «دعا البابا | الشهر الماضي»."""
        period = self.bare(at) in _PERIODS and self.bare(at + 1) in _PASSING
        return period or (self.bare(at - 1) in _PERIODS and self.bare(at) in _PASSING)

    def _office_before(self, at: int) -> bool:
        """Whether a title, or one adjective after a title, stands right before element `at`."""
        return any(self.lexicon.is_title(self.bare(i)) for i in (at - 1, at - 2) if i >= 0 and self.definite(i))

    def linked(self, at: int) -> bool:
        """Whether بن, آل, عبد or another link of names stands right before element `at`."""
        return self.bare(at - 1) in _NAME_LINKS

    def inside_name(self, at: int) -> bool:
        """Whether a word that could be a cue goes on with a personal name: «خالد بن سعد», «ماجد الزيني»."""
        before = self.bare(at - 1)
        # «أشار ياسين | إلى أن», «الرئيس هادي | الذي», «أوضحت إحسان | أمس أن»
        given = before in self._given and not self._function_word(at)
        if given and self._said_next(at + 1):  # «قال الوزير خالد روته إن»
            return True
        if self._family_name(at):
            return True
        if self._particle(at) or (self._particle(at - 1) and self._goes_on(at)):  # «بيير دو فريس», «جان لو دريان»
            return True
        return before in _NAME_LINKS or (given and self.definite(at))

    def _particle(self, at: int) -> bool:
        """Whether a particle of names (دي, لو) stands after a name at element `at`."""
        if at < 1 or self.form(at) not in _PARTICLES:
            return False
        named = self.bare(at - 1) in self._given or self.parsed.upos(at - 1) in ("X", "PROPN")
        return named and self.text.text[self.parsed.elements[at].start : self.parsed.elements[at].end] != "فإن"

    def _goes_on(self, at: int) -> bool:
        """Whether a name can go on with the word after its particle: «سمير لو | كان الوزير حاضرا» is a clause."""
        if at in self.cues or _closed_class(self.form(at)) or self.lexicon.readings(self.form(at)):
            return False
        return self.parsed.upos(at) != "VERB" or not self.definite(at + 1)

    def _named_elsewhere(self, at: int) -> bool:
        """Whether a word right after a cue stands after a first name elsewhere: «تريفور روته … وقال روته إن»."""
        form = self.form(at)
        if at - 1 not in self._cue_ends or at in self.cues or form not in _surnames(self.text.skeleton, self._given):
            return False
        if self._known(form) or self.lexicon.readings(form) or _closed_class(form) or form in MANNERS:
            return False
        upos = self.parsed.upos(at)
        if upos in ("X", "PROPN"):
            return True
        # «وأضاف للصحافيين», «لوكالة», «وأكد القرار»: what can stand after a first name anywhere.
        if upos not in ("VERB", "NOUN", "ADJ") or form.startswith(("ال", "لل", "بال")):
            return False
        rest = form[1:]
        glued = form[0] in "بلك" and (
            self._known(rest) or not _words_of(self.text.skeleton).isdisjoint((rest, f"ال{rest}"))
        )
        return not glued

    def _function_word(self, at: int) -> bool:
        """Whether element `at` is a preposition, relative pronoun or adverb by its form."""
        form = self.form(at)
        return form in fw.RELATIVES or form in fw.PREPOSITIONS or form in _DIRECTIONAL_ADVERBS

    def _family_name(self, at: int) -> bool:
        """Whether a word that the tagger takes for a verb stands between a first name and its bearer's office, or a
        relative clause after a comma, the first name right after a cue of one word: «قال سمير | روته | رئيس الوفد».
        """
        if self.parsed.upos(at) != "VERB" or at < 2 or at - 2 not in self.cues or at in self.cues:
            return False
        if self.coordinated(at):
            return False
        described = self.lexicon.is_title(self.bare(at + 1)) or (
            self.form(at + 1) in ("،", ",") and self.form(at + 2) in fw.RELATIVES
        )
        return described and self.name_like(at - 1)

    def _said_next(self, at: int) -> bool:
        """Whether a complementizer or a colon stands at element `at`: what precedes it is a name rather than a verb."""
        return at > 2 and (self.form(at) in fw.COMPLEMENTIZERS or self.form(at) == ":") and at - 2 not in self.cues

    def _is_ali(self, at: int) -> bool:
        """Whether علي is the name and not a careless على."""
        element = self.parsed.elements[at]
        if self.text.text[element.start : element.end] != "علي":
            return False
        if self.parsed.upos(at) != "ADP" or " على " in self.text.text:
            return True
        after = self.text.text[element.end + 1 : element.end + 3]
        # على takes no إن; «أحمد علي أن»: a careless على hardly follows a bare given name
        return after == "إن" or self.bare(at - 1) in self._given

    def _by_tag(self, at: int) -> WordClass:
        upos = self.parsed.upos(at)
        if upos in ("VERB", "AUX"):
            bare = self.bare(at)  # «التقت», «التزم»: no article
            return "noun" if bare.startswith("ال") and not bare.startswith("الت") else "verb"
        if upos in ("X", "PROPN") and _we(self.form(at)):  # «وقال رصدنا وصول …»
            return "verb"
        if upos == "ADV":
            return "adverb"
        if upos in ("CCONJ", "SCONJ"):
            return "conjunction"
        if upos == "PART":
            return "particle"
        return "preposition" if upos == "ADP" else "noun"

    def oblique(self, at: int) -> bool:
        """Whether element `at` is a noun with ب ل or ك glued to its front (للصحافيين, بوقف)."""
        form = self.bare(at)
        if len(form) < 3 or form[0] not in "بلك" or self._known(form) or form in self._unsplit:
            return False
        split = self.parsed.has_preposition(at, form[0]) or not self.parsed.words(at)
        if form.startswith(("لل", "بال", "كال")) and len(form) > 4:
            return split
        named = at > 0 and (self.bare(at - 1) in self._given or self.name_like(at - 1))
        if form[0] == "ب" and named:  # «منى بركات», «كلارا بيرتس»
            return False
        if named and self.parsed.relation(at) == "flat" and self.parsed.upos(at) in ("X", "PROPN"):  # «مارك كارني»
            return False
        if self._known(form[1:]):
            return True
        if (
            named
            and form[0] == "ل"
            and len(form) > 4
            and not _words_of(self.text.skeleton).isdisjoint((form[1:], f"ال{form[1:]}"))
        ):
            return True  # «وقال دودا لبرلمان»: a word of the article
        if any(form.startswith(place) for place in self._places_by_letter(form[0])):  # «لبنانية»
            return False
        # The parser cuts foreign names that begin like a preposition: «لوفران», «بريستول».
        return self.parsed.has_preposition(at, form[0]) and self.parsed.upos(at) not in ("X", "PROPN")

    def _places_by_letter(self, letter: str) -> tuple[str, ...]:
        """The names of places that begin with a letter that can be a preposition; their nisbas are no phrase."""
        return _nisbas(self.lexicon.words("places"), letter)

    def definite(self, at: int) -> bool:
        """Whether element `at` carries ال."""
        known = self._definite.get(at)
        if known is None:
            known = self._definite[at] = self._with_article(at)
        return known

    def _with_article(self, at: int) -> bool:
        bare = self.bare(at)
        if len(bare) <= 3 or not bare.startswith("ال"):
            return False
        element = self.parsed.elements[at]
        written = self.text.text[element.start : element.end]
        return written[len(self.form(at)) - len(bare) :].startswith("ال")  # «ألمايو» has no article

    def nominal(self, at: int) -> bool:
        """Whether element `at` can begin or continue a noun phrase."""
        return self.word_class(at) in ("noun", "mark", "number")

    def name_like(self, at: int) -> bool:
        """Whether element `at` looks like part of a personal name."""
        known = self._names.get(at)
        if known is None:
            known = self._names[at] = self._of_name(at)
        return known

    def _of_name(self, at: int) -> bool:
        form = self.bare(at)
        if form in self._given:
            # إن and باسم are spelled like names.
            function = _closed_class(form) in ("complementizer", "preposition")
            return not function or (form == "علي" and self._is_ali(at))
        if self.word_class(at) != "noun" or self.lexicon.is_title(form) or self.lexicon.holds("places", form):
            return False
        if self._named_elsewhere(at):
            return True
        return self.parsed.upos(at) in ("X", "PROPN") and not self.definite(at)

    def noun_phrase(self, at: int, stop: int) -> int:
        """The last element of the noun phrase that begins at element `at`, before element `stop`."""
        last = self._chunk(at, stop, at)
        while True:
            further = self._apposition(at, last, stop)
            if further is None:
                break
            last = further
        return self._named_holder(at, last, stop) or last

    def named_office(self, at: int, stop: int) -> int | None:
        """The last element of an office and its holder's name after a cue ending at `at`, where both are one source."""
        if (at, stop) not in self._offices:
            self._offices[at, stop] = self._office_at(at + 1, stop)
        return self._offices[at, stop]

    def _office_at(self, first: int, stop: int) -> int | None:
        if not self.nominal(first) or not self.lexicon.is_title(self.bare(first)):
            return None
        last = self.noun_phrase(first, stop)
        return last if any(self.name_like(i) for i in (last, last - 1) if i > first) else None

    def _named_holder(self, head: int, last: int, stop: int) -> int | None:
        """The last element of the name that ends an office described over several prepositions, or None.

        «المشرف العام على الكرة بالنادي سمير حداد أن»: what lies between is of the office, for a pause or what is said
        follows the name.
        """
        if not self.lexicon.is_title(self.bare(head)) or self.word_class(head) != "noun":
            return None
        if any(self.name_like(i) for i in range(head, last)):
            return None
        at, commas = last + 1, 0
        while at < min(stop, last + _OFFICE_REACH):
            kind = self.word_class(at)
            if self.form(at) in "،,":
                commas += 1
                if commas > 1 or not (self._begins_person(at + 1) or self._name_between_commas(at + 1, stop)):
                    return None
            elif kind in ("preposition", "oblique"):
                noun = self.bare(at)[1:] if kind == "oblique" else self.bare(at + 1)
                if self._setting(noun) or (kind == "preposition" and self.form(at) not in _OFFICE_PREPOSITIONS):
                    return None
                if kind == "preposition":
                    at += 1
            elif self.form(at) in fw.PREPOSITION_PRONOUNS:  # «مسؤول العلاقات الخارجية فيها سمير حداد»
                pass
            elif self.bare(at) in _FORMERLY or (self.form(at) == "." and len(self.form(at - 1)) == 1):
                pass  # «وزير المالية الأسبق والمفوض السابق د. سمير حداد»
            elif kind not in ("noun", "number") and not (kind == "mark" and self.name_mark(at)):
                return None
            elif self._begins_person(at) or (commas and self._name_between_commas(at, stop)):
                end = self._chunk(at, stop, at)
                verbal = self.form(end + 1) in fw.BE or end + 1 in self.cues
                return end if verbal or self._ends_source(end + 1, stop) or self._pauses(end + 1) else None
            at += 1
        return None

    def _begins_person(self, at: int) -> bool:
        """Whether two words of a name, or an honorific and a name, stand at element `at`."""
        if self.word_class(at) != "noun" or not self.nominal(at + 1):
            return False
        if self.lexicon.holds("honorifics", self.bare(at)):
            return self.name_like(at + 1) or self.name_like(at + 2)
        return self.name_like(at) and (self.name_like(at + 1) or self.definite(at + 1))

    def _name_between_commas(self, at: int, stop: int) -> bool:
        """Whether two to four words without article at `at`, up to a pause, can only be a name: «، خيري منصور، لـ»."""
        form = self.bare(at)
        if self.word_class(at) != "noun" or self.definite(at) or self.coordinated(at) or self.lexicon.is_title(form):
            return False
        if (
            self.parsed.upos(at) in ("VERB", "NUM")
            or form in _OPENERS
            or self.definite(at + 1) != self.definite(at + 2)
        ):
            return False
        end = self._chunk(at, stop, at)
        return 1 <= end - at <= 3 and (self.form(end + 1) in "،,:" or end + 1 >= stop)

    def _pauses(self, at: int) -> bool:
        """Whether the words after a source are about the speaking, or another noun phrase: «سمير حداد هذه الأنباء»."""
        kind = self.word_class(at)
        return kind in ("time", "oblique", "preposition", "end", "adverb") or self.bare(at) in fw.DEMONSTRATIVES

    def _chunk(self, head: int, stop: int, at: int) -> int:
        """The last element of the phrase without commas that begins at `at`; `head` is its first noun."""
        last, i = at, at + 1
        while i < stop:
            kind = self.word_class(i)
            if self.bare(i) == "اول" and self.form(i + 1) in ("من", "امس"):  # «الوزير أول من أمس»
                break
            if self.form(i + 1) == "عدم" and self.bare(i) in _ANONYMITY:  # «مسؤول طلب عدم نشر اسمه»
                break
            named = kind in ("noun", "number") or (kind == "mark" and self.name_mark(i))
            if named and not self._new_clause(i) and not self._begins_object(head, i):
                last = i
            elif self.form(i) == "(" and (closing := self._closing(i, stop)) is not None:
                last = closing
            elif self.form(i) == "." and self.nominal(i + 1) and len(self.form(i - 1)) <= 4:  # «إف. بيكر»
                last = i + 1
            elif self.form(i) in "-–" and self._hyphen(i):
                last = i
            elif self.bare(i) in fw.CALLED and i + 1 < stop and self.word_class(i + 1) == "noun":
                last = i + 1
            elif kind in ("preposition", "oblique") and self._attaches(head, last, i, stop):
                last = i if kind == "oblique" else i + 1
            else:
                break
            i = last + 1
        return last

    def _new_clause(self, at: int) -> bool:
        """Whether a noun with و begins something else than the second member of this phrase."""
        if self.form(at) in _SEATS:
            return True
        # «الأستاذ عابد | ومضت الأيام»: the tagger joins the verb to the name.
        deed = self.form(at).startswith("و") and self.form(at).endswith("ت") and len(self.form(at)) == 5
        if deed and self.parsed.upos(at) in ("X", "PROPN") and self.name_like(at - 1) and self.definite(at + 1):
            return not self._known(self.form(at)[1:])
        return self.coordinated(at) and (self.word_class(at + 1) == "verb" or self.parsed.upos(at) == "VERB")

    def _begins_object(self, head: int, at: int) -> bool:
        """Whether the noun at `at` cannot belong to the phrase before it, which is complete: «الرئيس | المواطنين»."""
        if at == head or self.coordinated(at) or self.linked(at) or self._names_on(head, at):
            return False
        if self._second_definite(head, at):
            return True
        before_form = self.bare(at - 1)
        if (
            len(before_form) > 4 and before_form.endswith("ون") and not (self.definite(at) or self.name_like(at - 1))
        ):  # «معلمون | حاجة»: no construct
            return self.parsed.upos(at) not in ("ADJ", "X", "PROPN")
        heads = self.definite(at + 1) or self.lexicon.holds("places", self.bare(at + 1))
        if self.definite(at - 1) and heads and self._foreign_head(at):  # «التقرير | إدارات المطارات»
            return True
        if (self.definite(at - 1) or self.name_like(at - 1)) and self._object_of_before(head, at):
            return True
        if self.bare(at) in ("الدين", "الله"):  # «كتائب عز الدين»
            return False
        if self.definite(at - 1) and self.bare(at) in self.lexicon.words("media") and not self.definite(at):
            return True  # «أبلغ سمير حداد رئيس الاتحاد | رويترز»
        accusative = self.bare(at).endswith("ا") and self.parsed.upos(at) in ("NOUN", "ADJ") and not self.definite(at)
        if accusative and self.definite(at - 1) and not self._known(self.bare(at)):  # «الجامعة | بحثا»
            return True
        if self._accusative_pair(at):
            return True
        complete = self.definite(at - 1) or self.name_like(at - 1) or self.word_class(at - 1) == "mark"
        complete = complete or self.form(at - 1).startswith(("لل", "بال"))
        if complete and (
            self.bare(at) in _QUANTIFIERS or (self.bare(at) in fw.DEMONSTRATIVES and self.definite(at + 1))
        ):
            return True  # «النقابة | جميع النقابات», «سمير حداد | هذه الأنباء»
        if not (self.definite(at) or self.name_like(at - 1) or self.owned(at)):
            return False
        if self.owned(at) and self.definite(at - 1):  # «الرئيس | شعبه»
            return True
        place = self.lexicon.holds("places", self.bare(at)) and not self.definite(at)
        if place and self.name_like(at - 1) and not self.lexicon.holds("places", self.bare(at - 1)):
            return True  # «اتهم بيكر | فنزويلا»
        if self.name_like(at - 1) and self.owned(at) and not self._ends_source(at + 1, len(self)):
            return True  # «دانيال روسو | رحلته مع»; a name such as عبده stands last
        if self.owned(at - 1):  # «رئيسها | الولايات»
            return self.parsed.upos(at) != "ADJ"
        if self.name_like(at - 1) and not self.definite(at):
            return self._abstract(at)
        accusative = self.bare(at).endswith("ين") and len(self.bare(at)) > 6
        person = accusative and self.parsed.upos(at) == "NOUN" and not self.lexicon.is_title(self.bare(at))
        if person and self.definite(at - 1) and not self.bare(at - 1).endswith(("ين", "ات")):
            return True  # «مفتي عام السعودية | المسلمين»
        return (accusative and self.definite(at - 1) and self.definite(head)) or (accusative and self.name_like(at - 1))

    def _names_on(self, head: int, at: int) -> bool:
        """Whether a word goes on with the name before it: بن and the like, or a name that the tree joins to a name."""
        relation = self.parsed.relation(at)
        if at <= head or not self.name_like(at - 1) or self.lexicon.is_title(self.bare(at)):
            return False
        if self.definite(at) and self.bare(at).endswith(("ين", "ون", "ات")):  # «سمير | المواطنين»
            return False
        if self.lexicon.holds("places", self.bare(at)):  # «بنك أوف أميركا», but «سمير حداد | فرنسا»
            return relation == "flat" and self._body(head)
        return self.bare(at) in _NAME_LINKS or relation == "flat" or (relation == "nmod" and self.name_like(at))

    def _object_of_before(self, head: int, at: int) -> bool:
        """Whether the tree makes the noun at `at`, nobody's apposition, the object of a verb before the phrase: «وزير
        الخارجية | مواصلة الدعم», «سمير حداد | الوزراء».
        """
        verb, form = self.parsed.head(at), self.bare(at)
        if self.parsed.relation(at) != "obj" or verb is None or verb >= head or self.parsed.upos(at) != "NOUN":
            return False
        somebody = ("titles", "kin_nouns", "anonymous_nouns", "places", "media", "honorifics", "organization_heads")
        return not (self.name_like(at) or self._known(form) or any(self.lexicon.holds(n, form) for n in somebody))

    def _second_definite(self, head: int, at: int) -> bool:
        """Whether a definite noun, no adjective or name, follows a construct that is complete: «وزارة الخارجية |
        الأنباء», «سمير حداد | المجتمع».
        """
        form = self.bare(at)
        if not self.definite(at) or self.parsed.upos(at) != "NOUN" or form.endswith("ي"):
            return False
        construct = at - 1 > head and self.definite(at - 1) and not self.definite(head)
        construct = construct and self.parsed.upos(at - 1) == "NOUN" and not self.lexicon.is_title(self.bare(at - 1))
        if not construct or self.bare(at - 1).endswith(("ين", "ون")):
            return False
        somebody = any(self.lexicon.holds(name, form) for name in ("titles", "honorifics", "places", "anonymous_nouns"))
        return not somebody and not self._known(form) and self.parsed.relation(at) != "amod"

    def _accusative_pair(self, at: int) -> bool:
        """Whether an indefinite noun and its adjective in the accusative stand at `at`: «سمير حداد | مؤتمرا صحافيا»."""
        adjective = self.parsed.upos(at + 1) == "ADJ" and self.form(at + 1).endswith("ا")
        known = self._known(self.bare(at)) or self.definite(at)
        return adjective and self.form(at).endswith("ا") and len(self.form(at)) > 4 and not known

    def _foreign_head(self, at: int) -> bool:
        """Whether an indefinite noun that heads a construct is nobody's apposition: no office, kin, body or name."""
        form = self.bare(at)
        if self.definite(at) or self.name_like(at) or self.parsed.upos(at) != "NOUN":
            return False
        somebody = ("titles", "kin_nouns", "anonymous_nouns", "places", "media", "honorifics")
        return not any(self.lexicon.holds(name, form) for name in somebody) and form not in _OPENERS

    def owned(self, at: int) -> bool:
        """Whether a pronoun is glued to the noun at `at`."""
        words = self.parsed.words(at)
        if self.bare(at) in _SELF or self.parsed.upos(at) in ("X", "PROPN"):
            return False
        if self.honoured(at):
            return False
        return len(words) > 1 and words[-1].upos == "PRON"

    def honoured(self, at: int) -> bool:
        """Whether an honorific with a pronoun that is nothing else stands for somebody: «وأضاف معاليه»."""
        return self.bare(at) not in _ALSO_NOUNS and self.lexicon.holds("highnesses", self.bare(at))

    def _abstract(self, at: int) -> bool:
        """Whether an indefinite noun after a name is no part of it: a verbal noun or a plural in ات."""
        form = self.bare(at)
        if self.lexicon.is_title(form) or form in self.lexicon.words("anonymous_nouns"):  # an apposition
            return False
        if self.parsed.upos(at) in ("X", "PROPN", None) or form in self._given:
            return False
        if self.definite(at + 1) and self.word_class(at + 1) == "noun" and not self.definite(at):
            return True  # «وليد حسان | طلاب المدرسة»: a name does not head a construct
        return form.endswith("ات") or any(r.kind in ("verbal_noun", "noun") for r in self.lexicon.readings(form))

    def _closing(self, at: int, stop: int) -> int | None:
        """The closing parenthesis of a short group that begins at `at` and holds no verb, or None."""
        for i in range(at + 1, min(at + 7, stop)):
            if self.form(i) == ")":
                return i
            if self.word_class(i) in ("verb", "cue"):
                return None
        return None

    def _hyphen(self, at: int) -> bool:
        elements = self.parsed.elements
        return (
            0 < at < len(elements) - 1
            and elements[at - 1].end == elements[at].start
            and elements[at + 1].start == elements[at].end
        )

    def _attaches(self, head: int, last: int, at: int, stop: int) -> bool:
        """Whether the prepositional phrase at `at` belongs to the noun phrase from `head` to `last`."""
        after = at if self.word_class(at) == "oblique" else at + 1
        noun = self.bare(after)
        if after >= stop or self.word_class(after) not in ("noun", "oblique", "mark"):
            return False
        if self.form(at) == "باسم":
            return True
        if self.owned(after) and self.form(at) in ("علي", "في", "عبر", "من"):  # «قالت الوزارة على موقعها»
            return False
        stripped = noun[1:] if self.word_class(after) == "oblique" else noun
        family = (
            last > head and self.parsed.upos(last) in ("X", "PROPN") and self.name_like(last - 1)
        )  # «سمير الحداد | في المدينة»
        if self._setting(stripped) or self.name_like(last) or family:
            return False
        if self.form(at) == "في" and self.word_class(after + 1) == "noun" and self.owned(after + 1):
            return False  # «تمنى المدرب في مجمل حديثه»
        if self.word_class(at) == "oblique" and noun[0] in "لك":
            if noun[0] == "ك":
                return False
            if self.lexicon.holds("document_nouns", self.bare(head)) and not self.definite(head):  # «تقرير لوكالة»
                return True
            if self._addressee(stripped):
                return False
            people = stripped.endswith(("ين", "ون")) and stripped not in _MATTERS
            # «الهيئة السعودية للمهندسين», «أرقام المفوضية العليا للاجئين»; but «قالت الوزارة للمواطنين»
            near = range(max(head, last - _NEAR), last + 1)
            return not people or (last > head and any(self.bare(i).removeprefix("ال") in _FOR_PEOPLE for i in near))
        if self.word_class(at) != "oblique" and self.form(at) not in _ATTACHING:
            return False
        if self.form(at) == "علي" and self.bare(head).removeprefix("ال") not in _OVER:  # «أثنى السفير | على الجهود»
            return False
        if not self.definite(head):
            return True
        if self.form(at) in ("عن", "من"):
            return False
        # «المتحدث الرسمي ببلدية المدينة ماهر», but «قال الوزير في الرياض».
        beyond = self._chunk_end(after, stop)
        if self.name_like(beyond + 1) or self.name_like(beyond):
            return self.lexicon.is_title(self.bare(head))
        ended = self._ends_source(self._past_settings(beyond + 1, stop), stop)
        if self._body(head):
            return ended
        apposed = head > 1 and self.form(head - 1) in "،," and self.name_like(head - 2)  # «سمير، النائب | في البرلمان»
        return self.lexicon.is_title(self.bare(head)) and (last > head or apposed) and ended

    def _body(self, at: int) -> bool:
        """Whether the noun at `at` is the head of an organization's name."""
        return self.lexicon.holds("organization_heads", self.bare(at))

    def _past_settings(self, at: int, stop: int) -> int:
        """The element after up to two further prepositional phrases that tell where an office is: «في إمارة»."""
        for _ in range(2):
            kind = self.word_class(at)
            if kind != "oblique" and not (kind == "preposition" and self.form(at) in ("في", "ب", "لدي")):
                break
            noun = at if kind == "oblique" else at + 1
            stripped = self.bare(noun)[1:] if kind == "oblique" else self.bare(noun)
            if noun >= stop or self.word_class(noun) not in ("noun", "oblique") or self._setting(stripped):
                break
            if kind == "oblique" and self.bare(at)[0] != "ب":
                break
            at = self._chunk_end(noun, stop) + 1
        return at

    def _ends_source(self, at: int, stop: int) -> bool:
        """Whether what is said, or a pause, begins at `at`."""
        if at >= stop or self.form(at) in "،,:" or self.word_class(at) == "complementizer":
            return True
        return self.word_class(at) == "preposition" and self.word_class(at + 1) == "complementizer"

    def _chunk_end(self, at: int, stop: int) -> int:
        """The last element of the run of nouns that begins at `at`."""
        last = at
        while last + 1 < stop and self.word_class(last + 1) == "noun" and not self.coordinated(last + 1):
            last += 1
        return last

    def _setting(self, noun: str) -> bool:
        """Whether a noun names the occasion, time or channel of speaking rather than anything of the speaker."""
        return self.lexicon.holds("speech_settings", noun) or self.lexicon.holds("time_words", noun)

    def _addressee(self, noun: str) -> bool:
        """Whether a noun names who is told the news rather than anything of the speaker: «لوكالة», «للصحافيين»."""
        return self.lexicon.holds("addressee_nouns", noun) or self.lexicon.holds("media", noun)

    def _apposition(self, head: int, last: int, stop: int) -> int | None:
        """The last element of an apposition after the comma that follows `last`, or None."""
        comma = last + 1
        if comma + 1 >= stop or self.form(comma) not in "،,":
            return None
        first = comma + 1
        if self.word_class(first) != "noun" or self.coordinated(first):
            return None
        end = self._chunk(first, stop, first)
        closes = end + 1 >= stop or self.form(end + 1) in _APPOSITION_ENDS
        closes = closes or self.word_class(end + 1) in (
            "complementizer",
            "oblique",
            "time",
            "cue",
            "relative",
            "preposition",
        )
        if not closes or end - first > 14:
            return None
        return end if self._appositive(first) else None

    def _appositive(self, at: int) -> bool:
        form = self.bare(at)
        return (
            self.definite(at)
            or self.name_like(at)
            or self.lexicon.is_title(form)
            or form in ("احد", "احدي", "صاحب", "صاحبه")
            or self.parsed.upos(at) in ("X", "PROPN")
        )

    def subject_after(self, at: int, stop: int) -> tuple[int, int] | None:
        """First and last element of the noun phrase that stands as subject after a cue ending at element `at`, or None.

        Times, adverbs, prepositional phrases and commas between the cue and its subject are passed over; a sound
        plural in the accusative («المواطنين») is an object and ends the search.
        """
        i, passed = at + 1, False
        while i < stop:
            kind = self.word_class(i)
            if kind in ("time", "adverb") or self.form(i) in "،,":
                i += 1
            elif kind in ("preposition", "oblique"):
                i, passed = self.past_prepositional(i, stop), True
            elif self.form(i) == "(" and (closing := self._closing(i, stop)) is not None:
                i = closing + 1
            elif kind == "noun" and self.bare(i) in _TIME_HEADS:
                i += 2
            elif self.bare(i) in fw.DEMONSTRATIVES and self.word_class(i + 1) != "noun":
                return None
            elif kind == "mark" and self.name_mark(i) and self._somebody(i + 1) and i + 1 < stop:
                i += 1  # «أبلغ «الشرق الأوسط» مسؤول»: who is told stands before who tells
            elif kind in ("noun", "number") or (kind == "mark" and self.name_mark(i)):
                return None if self._object(i, at, passed=passed) else (i, self.noun_phrase(i, stop))
            else:
                return None
        return None

    def _somebody(self, at: int) -> bool:
        """Whether an indefinite noun at `at` names an unnamed source: مسؤول, مصدر, متحدث."""
        return self.word_class(at) == "noun" and self.bare(at) in self.lexicon.words("anonymous_nouns")

    def after_preposition(self, at: int, stop: int) -> tuple[int, int] | None:
        """First and last element of the noun phrase that a prepositional cue ending at `at` takes, or None."""
        first = at + 1
        if self.form(first) == "ل":
            first += 1
        if first >= stop or self.word_class(first) not in ("noun", "mark", "number", "oblique"):
            return None
        return first, self.noun_phrase(first, stop)

    def source_after(self, cue: FoundCue, stop: int) -> tuple[int, int] | None:
        """First and last element of the source that stands after a cue and before element `stop`, or None."""
        reading = cue.reading
        if reading.kind in ("preposition", "phrase") and reading.tense is None:
            return None if reading.enclitic else self.after_preposition(cue.last, stop)
        return self.subject_after(cue.last, stop)

    def past_prepositional(self, at: int, stop: int) -> int:
        """The element after the prepositional phrase that begins at `at`."""
        noun = at if self.word_class(at) == "oblique" else at + 1
        if noun >= stop or self.word_class(noun) not in ("noun", "oblique", "mark", "number", "time"):
            return noun
        if self.word_class(noun) == "mark":  # «أكد لـ«الرياض» | الشيخ سمير»
            return noun + 1
        return self._chunk(noun, stop, noun) + 1

    def _object(self, at: int, cue: int, *, passed: bool) -> bool:
        """Whether the noun at `at` cannot be the subject of the cue at `cue`."""
        form = self.bare(at)
        if len(form) > 5 and form.endswith("ين") and form.startswith("ال"):
            return not (self.name_like(at) or self.lexicon.is_title(form) or self.parsed.relation(at) == "nsubj")
        if passed and self.word_class(at - 1) == "noun":
            return self.parsed.relation(at) != "nsubj"
        return False

    def name_mark(self, at: int) -> bool:
        """Whether the marked stretch at `at` is short enough for the name of a paper, party or body."""
        marked = self.parsed.elements[at].marked
        return marked is not None and marked.inner.end - marked.inner.start < 40 and self.mark_words(at) <= 4

    def mark_words(self, at: int) -> int:
        """How many words the marked stretch at `at` holds; 0 for any other element."""
        marked = self.parsed.elements[at].marked
        return len(self.text.skeleton[marked.inner.start : marked.inner.end].split()) if marked else 0


_OPENERS_OF_CONTENTS = (
    fw.COMPLEMENTIZERS | fw.COMPLEMENTIZERS_WITH_BI | fw.COORDINATED_COMPLEMENTIZERS | fw.QUESTION_WORDS | {":", "ما"}
)
_PERIODS = frozenset(
    "الشهر الاسبوع اليوم السنه العام الليله الخميس الجمعه السبت الاحد الاثنين الثلاثاء الاربعاء".split()
)
_PASSING = frozenset(
    "الماضي الماضيه الجاري الجاريه المقبل المقبله القادم القادمه المنصرم المنصرمه الفائت الفائته الاخير الاخيره".split()
)
_TIME_HEADS = frozenset("يوم مساء صباح ظهر فجر ليله عصر نهايه مطلع بدايه عام شهر اسبوع".split())
_KNOWN = (
    "given_names", "places", "titles", "media", "unsplit_words", "addressee_nouns", "organization_heads",
    "anonymous_nouns", "document_nouns", "collective_nouns", "highnesses",
)  # fmt: skip
_ANONYMITY = frozenset(
    "طلب طلبت فضل فضلت رفض رفضت اشترط اشترطت طالبا طالبه طالبين مفضلا مفضله رافضا رافضه مشترطا مشترطه".split()
)
# Bodies that are for the people whom ل names, within so many words.
_FOR_PEOPLE = frozenset("هيئه مفوضيه نقابه اتحاد جمعيه لجنه رابطه".split())
_NEAR = 8
# Plurals by their ending that are nobody: «المدير العام لشؤون الموظفين».
_MATTERS = frozenset({"شؤون", "شوون"})
_SELF = frozenset("نفسه نفسها نفسهم ذاته ذاتها ذاتهم عينه عينها كله كلها كلهم".split())
# What an office was or is: «وزير المالية السابق».
_FORMERLY = frozenset("السابق السابقه الاسبق الحالي الحاليه الراحل سابقا".split())
# Honorifics that are nouns too: «أبدى سعادته بالفوز», «أكدت سيادتها على الجزر».
_ALSO_NOUNS = frozenset("سعادته سعادتها سيادته سيادتها دولته عظمته".split())
# What tells where a body is, and is no part of its name: «المعهد | ومقره لندن».
_SEATS = frozenset({"ومقره", "ومقرها"})
_QUANTIFIERS = frozenset("جميع كل كافه بعض معظم سائر عدد عددا احدا".split())
_OPENERS = frozenset("احد احدي صاحب صاحبه عضو ابن ابنه نفس ذات غير شؤون شوون".split())
# An office and what it is over reach no further.
_OFFICE_REACH = 18
_OFFICE_PREPOSITIONS = frozenset("في علي من لدي باسم عن".split())
_PARTICLES = frozenset("لو دو دي دا فان فون ديل دل".split())
_NAME_LINKS = frozenset("بن ابن بنت ابو ابي ال عبد".split())
_ATTACHING = frozenset("في من لدي عن علي قرب".split())
# Nouns that take على: «المشرف على الفريق».
_OVER = frozenset(
    "مشرف مشرفه قائم قائمون حاصل حائز مطلع مصدر مصادر رد ردود تعليق اعتراض حصول اطلاع خبير وصي حريص مؤتمن".split()
)


@lru_cache(maxsize=16)
def _surnames(skeleton: str, given: frozenset[str]) -> frozenset[str]:
    """The words of a folded text that follow a first name somewhere, and then a space or sign."""
    words = skeleton.split()
    found = (after.rstrip(_SIGNS) for before, after in pairwise(words) if before in given)
    return frozenset(word for word in found if len(word) > 3)


_SIGNS = '،,.:؛»)”"'


def _we(form: str) -> bool:
    """Whether a skeleton is shaped like what we did: three consonants and نا."""
    return len(form) == 5 and form.endswith("نا") and not set(form[:3]) & set("اويه")


@lru_cache(maxsize=16)
def _words_of(skeleton: str) -> frozenset[str]:
    """The different words of a folded text."""
    return frozenset(skeleton.split())


@lru_cache(maxsize=8)
def _union(lists: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*lists)


@lru_cache(maxsize=32)
def _nisbas(places: frozenset[str], letter: str) -> tuple[str, ...]:
    stems = (place.removesuffix("ا").removesuffix("ه") for place in places)
    return tuple(stem for stem in stems if stem[:1] == letter and len(stem) > 3)


def _closed_class(form: str) -> WordClass | None:
    """The class of a function word, or None for any other word."""
    if form in fw.COMPLEMENTIZERS or form in fw.COMPLEMENTIZERS_WITH_BI or form in fw.COORDINATED_COMPLEMENTIZERS:
        return "complementizer"
    if form in fw.RELATIVES:
        return "relative"
    if form in fw.PREPOSITIONS:
        return "preposition"
    if form in fw.PREPOSITION_PRONOUNS:
        return "adverb"
    if form in fw.SUBJECT_PRONOUNS:
        return "pronoun"
    if form in fw.SUBORDINATORS:
        return "conjunction"
    if form in fw.NEGATIONS or form in fw.MODALS or form in fw.BE:
        return "particle"
    return "adverb" if form in _DIRECTIONAL_ADVERBS else None
