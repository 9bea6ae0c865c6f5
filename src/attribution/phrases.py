"""The noun phrases of a parsed unit: how far each reaches, over appositions and prepositions, to its bearer's name."""

from __future__ import annotations

from collections.abc import Mapping

from attribution.drafts import FoundCue
from attribution.lexicon.lookup import Lexicon
from attribution.syntax.frames import ParsedUnit
from attribution.text import function_words as fw
from attribution.words import ArticleWords, Words

_APPOSITION_ENDS = frozenset("،,:.؛؟!-–—(")


class Phrases(Words):
    """Answers about the noun phrases of one unit, from the tree where there is one, else from lists and the order of
    words.
    """

    def __init__(
        self, parsed: ParsedUnit, article: ArticleWords, lexicon: Lexicon, cues: Mapping[int, int] | None = None
    ) -> None:
        super().__init__(parsed, article, lexicon, cues)
        self._offices: dict[tuple[int, int], int | None] = {}

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
        """Whether a word with و begins something else than the second member of this phrase: a clause, or «ومقره»."""
        if self.form(at) in _SEATS:
            return True
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
        if self.lexicon.holds("places", self.bare(at)):  # «بنك نيو أميركا», but «سمير حداد | فرنسا»
            return relation == "flat" and self._body(head)
        return self.linked(at + 1) or relation == "flat" or (relation == "nmod" and self.name_like(at))

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
        # «قالت الوزارة على موقعها», «سمير الحداد من جانبه»
        if self.owned(after) and self.form(at) in ("علي", "في", "عبر", "من"):
            return False
        stripped = noun[1:] if self.word_class(after) == "oblique" else noun
        # «سمير الحداد | في المدينة»
        family = last > head and self.parsed.upos(last) in ("X", "PROPN") and self.name_like(last - 1)
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
            # «الهيئة الوطنية للمحاسبين», «أرقام النقابة العامة للمعلمين»; but «قالت الوزارة للمواطنين»
            near = range(max(head, last - _NEAR), last + 1)
            return not people or (
                last > head and any(self.lexicon.holds("bodies_for_people", self.bare(i)) for i in near)
            )
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


_TIME_HEADS = frozenset("يوم مساء صباح ظهر فجر ليله عصر نهايه مطلع بدايه عام شهر اسبوع".split())
_ANONYMITY = frozenset(
    "طلب طلبت فضل فضلت رفض رفضت اشترط اشترطت طالبا طالبه طالبين مفضلا مفضله رافضا رافضه مشترطا مشترطه".split()
)
# A body that is for people stands within so many words before them.
_NEAR = 8
# Plurals by their ending that are nobody: «المدير العام لشؤون الموظفين».
_MATTERS = frozenset({"شؤون", "شئون"})
# What an office was or is: «وزير المالية السابق».
_FORMERLY = frozenset("السابق السابقه الاسبق الحالي الحاليه الراحل سابقا".split())
# What tells where a body is, and is no part of its name: «المعهد | ومقره لندن».
_SEATS = frozenset({"ومقره", "ومقرها"})
_QUANTIFIERS = frozenset("جميع كل كافه بعض معظم سائر عدد عددا احدا".split())
_OPENERS = frozenset("احد احدي صاحب صاحبه عضو ابن ابنه نفس ذات غير".split()) | _MATTERS
# An office and what it is over reach no further.
_OFFICE_REACH = 18
_OFFICE_PREPOSITIONS = frozenset("في علي من لدي باسم عن".split())
_ATTACHING = frozenset("في من لدي عن علي قرب".split())
# Nouns that take على: «المشرف على الفريق».
_OVER = frozenset(
    "مشرف مشرفه قائم قائمون حاصل حائز مطلع مصدر مصادر رد ردود تعليق اعتراض حصول اطلاع خبير وصي حريص مؤتمن".split()
)
