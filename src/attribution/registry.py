"""The registry: the speakers of one article, and which of them a noun phrase means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import regex

from attribution.article_names import ArticleNames, spelling_key
from attribution.lexicon.entries import Gender, Number
from attribution.lexicon.lookup import Lexicon
from attribution.names import Description
from attribution.offices import Offices, bare_form
from attribution.personal_names import owned_title, undefined
from attribution.records import SpeakerKind
from attribution.spans import Span
from attribution.text import function_words as fw
from attribution.text.folding import Folded, skeleton

# More speakers, or places of one word, than any article has; what lies further back is not asked, to keep time linear.
_REMEMBERED = 200
# A body's name has no more words than this.
_BODY_WORDS = 7
# Speakers whom an article leaves unnamed and comes back to: «المصدر نفسه».
_UNNAMED = frozenset("مصدر مسؤول متحدث ناطق دبلوماسي شاهد".split())
# What says of a noun that it was mentioned before.
_SAME = frozenset("نفسه نفسها ذاته ذاتها المذكور المذكوره الاخير الاخيره هذا هذه ذلك تلك هؤلاء".split())
# Offices that anybody of before can be called by, once named.
_GENERIC = frozenset("مسؤول متحدث ناطق قيادي خبير محلل باحث ضابط دبلوماسي مؤلف كاتب".split())
_SELF = frozenset("نفسه نفسها ذاته ذاتها".split())
# Plurals by which all unnamed speakers of before are meant.
_SPEAKERS_TOGETHER = frozenset({"المتحدثون", "المشاركون"})
_GROUPS = frozenset("فريق مجموعه بعض عدد معظم غالبيه احد احدي كبير كبار".split())
_GOD = frozenset("الله تعالي جل وعز وعلا عز وجل سبحانه وتعالي جلاله".split())
_ALIASES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("النبي",): ("رسول", "الله"),
    ("الرسول",): ("رسول", "الله"),
    ("المصطفي",): ("رسول", "الله"),
}
# Whom an honorific with a pronoun means, by words of the office.
_ADDRESSED = {
    "سمو": frozenset({"سمو", "امير", "اميره", "صاحب"}),
    "جلالت": frozenset({"ملك", "ملكه", "سلطان", "عاهل"}),
    "فخامت": frozenset({"رئيس", "فخامه"}),
    "معالي": frozenset({"معالي", "وزير", "وزيره", "رئيس"}),
    "فضيلت": frozenset({"فضيله", "شيخ", "امام", "مفتي"}),
    "سماحت": frozenset({"سماحه", "مفتي", "شيخ"}),
    "سعادت": frozenset({"سعاده", "سفير", "سفيره", "محافظ", "مدير"}),
}
_PARAGRAPHS = regex.compile(r"\n\s*")
_AND = regex.compile(r"\sو(?=\p{L}{2})")


@dataclass(slots=True)
class Entity:
    """Somebody who speaks in the article, as far as it has been read."""

    number: int
    description: Description
    kind: SpeakerKind
    gender: Gender | None = None
    plurality: Number | None = None
    titles: list[tuple[str, ...]] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name or description read so far."""
        return self.description.text

    @property
    def name_forms(self) -> tuple[str, ...]:
        """Skeletons of the personal name's words."""
        return tuple(skeleton(w) for w in self.description.name)


class Registry:
    """The speakers of one article. Mentions are given in text order; each returns the entity that it means."""

    def __init__(self, folded: Folded, lexicon: Lexicon, tags: Mapping[str, str]) -> None:
        self.entities: list[Entity] = []
        self._lexicon = lexicon
        self._text = folded.text
        self._names = ArticleNames(folded, lexicon, tags)
        self._offices = Offices(self._names, lexicon)

    def _recent(self) -> list[Entity]:
        """The last so many entities, the latest first."""
        return self.entities[: -_REMEMBERED - 1 : -1]

    def plausible(self, span: Span) -> bool:
        """Whether a noun phrase surely describes somebody who can speak."""
        description = self._names.read(span)
        if not description.forms or description.forms[0] == "الله":  # «رحم الله الفقيد»
            return False
        full = bool(description.name) or description.definite or any(f.startswith("ال") for f in description.forms[1:3])
        full = full or (self._office(description) and bool(self._offices.holder(description.forms, span.start)))
        return description.sure and (full or description.kind != "person")

    def together(self, span: Span, *, titled: bool = False) -> tuple[Span, ...]:
        """The persons that a noun phrase names side by side («سمير حداد وسامي ناصر»), each one's span; else none.

        `titled` takes those with offices too («الوزير سمير حداد ونظيره سامي ناصر»).
        """
        starts = [span.start, *(span.start + m.end() - 1 for m in _AND.finditer(span.of(self._text)))]
        ends = [*(start - 1 for start in starts[1:]), span.end]
        # The و itself belongs to no name.
        pieces = [
            Span(a if n == 0 else a + 1, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True)) if a + 1 < b
        ]
        read = [self._names.read(piece) for piece in pieces]
        named = len(pieces) > 1 and all(d.name and d.sure and (titled or not d.offices) for d in read)
        given = self._lexicon.words("given_names")  # «سوزان ورال» is one person
        named = named and all(len(d.name) > 1 or d.title or skeleton(d.name[0]) in given for d in read)
        return tuple(pieces) if named else ()

    def knows(self, span: Span) -> bool:
        """Whether a noun phrase repeats the name or description of an entity read before."""
        description = self._names.read(span)
        return bool(description.words) and self._known(description, span, None) is not None

    def named_before(self, start: int, gender: Gender | None) -> Span | None:
        """The name that the article has last before offset `start` and that `gender` fits; None if there is none."""
        for span in self._names.names_before(start):
            described = self._names.read(span)
            known = described.gender if described.name else None
            if described.name and (gender is None or known == gender):
                return span
        return None

    def distance(self, start: int, end: int) -> str:
        """How far apart two offsets of the text are, in paragraphs: "same", "next" or "far"."""
        breaks = len(_PARAGRAPHS.findall(self._text, start, end)) if start < end else 0
        return ("same", "next", "far")[min(breaks, 2)]

    def peek(self, span: Span) -> Entity | None:
        """The entity that `mention` would give, numbered -1 if it would be new; None for an empty phrase or God."""
        description = self._abbreviated(self._read(span))
        if not description.forms or description.forms[0] == "الله":  # «رحم الله الفقيد»
            return None
        return self._known(description, span, None) or self._described(description, span)

    def mention(self, span: Span, gender: Gender | None, number: Number | None) -> Entity | None:
        """The entity that the noun phrase at `span` means, made new if it means none known; None for an empty
        phrase.
        """
        description = self._abbreviated(self._read(span))
        if not description.words:
            return None
        if description.forms[0] in self._lexicon.words("highnesses"):
            person = self._honoured(description.forms[0], span) or self._so_addressed(description.forms[0])
            if person is None and (name := self._offices.last_named(span.start)):
                person = self._new(self._names.describe(" ".join(name)), span)
            if person is not None:
                self._learn(person, description, span, gender, number)
                return person
        if (both := self._pair(description, span)) is not None:
            description = both
        entity = self._known(description, span, gender) or self._new(description, span)
        self._learn(entity, description, span, gender, number)
        return entity

    def _honoured(self, form: str, span: Span) -> Entity | None:
        """Who was last named with that very honorific: «معالي الرئيس العام سمير حداد … وقال معاليه»."""
        stem = form.removesuffix("ها").removesuffix("ه")
        name = self._offices.with_word((stem, f"{stem.removesuffix('ت')}ه"), span.start)
        if not name:
            return None
        described = self._names.describe(" ".join(name))
        return self._by_name(described) or self._new(described, span)

    def _so_addressed(self, form: str) -> Entity | None:
        """The person of before whose office is addressed so («سموه»: a prince), else the last person."""
        people = [e for e in self._recent() if e.kind == "person"]
        heads = _ADDRESSED.get(form.removesuffix("ها").removesuffix("ه"), frozenset())
        titled = (e for e in people if any(heads & {undefined(w) for w in title} for title in e.titles))
        return next(titled, people[0] if people else None)

    def _pair(self, description: Description, span: Span) -> Description | None:
        """The description of two who are named side by side, each with an office; None for anything else."""
        if description.kind != "person" or len(pieces := self.together(span, titled=True)) != 2:
            return None
        first, second = (self._names.fuller_name(self._names.read(piece).name) for piece in pieces)
        if not description.title or set(second) <= set(description.name):
            return None
        name = (*first, f"و{second[0]}", *second[1:])
        return replace(description, name=name, title=(), number="dual")

    def _read(self, span: Span) -> Description:
        """The description at `span`; one definite noun that no fuller name bears out («المهرجان») is no surname."""
        description = self._names.read(span)
        name = description.name
        if self._office(description) and not name and len(description.words) > 1:
            return self._with_surname(description)
        if not name and description.kind == "person" and len(description.words) > 1:
            return self._surname_first(description)
        if len(name) != 1 or description.sure or not name[0].startswith("ال") or len(description.words) != 1:
            return description
        if self._names.tagger(name[0]) not in ("NOUN", "ADJ") or len(self._names.fuller_name(name)) > 1:
            return description
        return replace(description, name=(), title=name)

    def _with_surname(self, description: Description) -> Description:
        """An office with the family name that its last word is elsewhere in the article: «الرئيس عبد الستار النجار …
        الرئيس النجار».
        """
        last = description.words[-1]
        form = skeleton(last)
        if not last.startswith("ال") or self._lexicon.is_title(form) or self._lexicon.holds("places", form):
            return description
        fuller = self._names.fuller_name((last,))
        if len(fuller) < 2 or skeleton(fuller[-1]) != skeleton(last):
            return description
        return replace(description, name=(last,), title=description.words[:-1])

    def _surname_first(self, description: Description) -> Description:
        """A family name with the office after it, where the article has the name in full: «وأشار الحداد المدير العام
        إلى أن».
        """
        first, second = description.words[:2]
        if not (first.startswith("ال") and second.startswith("ال") and self._lexicon.is_title(skeleton(second))):
            return description
        fuller = self._names.fuller_name((first,))
        if len(fuller) < 2 or skeleton(fuller[-1]) != skeleton(first):
            return description
        return replace(description, name=(first,), title=description.words[1:])

    def _known(self, description: Description, span: Span, gender: Gender | None) -> Entity | None:
        if description.name:
            return self._by_name(description)
        if description.kind in ("organization", "document") and (body := self._same_body(description)) is not None:
            return body
        if description.kind in ("organization", "document", "collective", "anonymous") and not description.definite:
            return self._same_words(description)
        return (
            self._same_words(description)
            or self._by_title(description, gender)
            or self._last_body(description, gender)
            or self._last_unnamed(description)
            or self._last_pair(description)
            or self._the_same(description, gender)
            or self._generic(description, gender)
            or self._only_untitled(description, span, gender)
        )

    def _only_untitled(self, description: Description, span: Span, gender: Gender | None) -> Entity | None:
        """The one named person so far who has no office, for an office that nobody else holds: «أوباما … الرئيس»."""
        if description.kind != "person" or not (description.definite and description.sure):
            return None
        if self._offices.holder(description.forms, span.start):
            return None
        named = (e for e in self._recent() if e.kind == "person" and e.name_forms and e.description.sure)
        free = [e for e in named if not e.titles and _agrees(e, gender)]
        return free[0] if len(free) == 1 else None

    def _last_pair(self, description: Description) -> Entity | None:
        """The two who were named side by side last, for «الوزيران»."""
        if description.number != "dual" or len(description.forms) != 1:
            return None
        return next((e for e in self._recent() if e.description.number == "dual" and e.name_forms), None)

    def _generic(self, description: Description, gender: Gender | None) -> Entity | None:
        """The last person who holds an office, for a description that fits any: «المسؤول اليمني», «المتحدث العسكري»,
        or one office that the article gives to nobody: «القيادي».
        """
        forms = description.forms
        if description.kind != "person" or not description.definite or not self._office(description):
            return None
        generic = len(forms) == 2 and bare_form(forms[0]) in _GENERIC
        if not (generic or len(forms) == 1) or self._offices.holder(forms, len(self._text)):
            return None
        people = (e for e in self._recent() if e.kind == "person" and e.name_forms and _agrees(e, gender))
        return next((e for e in people if (e.titles if generic else self._offices.held_by(e.description.name))), None)

    def _the_same(self, description: Description, gender: Gender | None) -> Entity | None:
        """The person or body of before, for «النائب المعارض نفسه» after «زعيم كتلة المعارضة»."""
        if description.forms[-1] not in _SELF or description.forms[0] in fw.DEMONSTRATIVES:
            return None
        return next((e for e in self._recent() if e.kind == description.kind and _agrees(e, gender)), None)

    def _last_unnamed(self, description: Description) -> Entity | None:
        """The unnamed speaker of before, for «المصدر نفسه» or «المسؤول» after «مسؤول في الإدارة»."""
        forms = [f for f in description.forms if f not in _SAME]
        if len(forms) == 1 and forms[0] in _SPEAKERS_TOGETHER:
            return next((e for e in self._recent() if e.kind in ("collective", "anonymous")), None)
        if not forms or bare_form(forms[0]) not in _UNNAMED or len(forms) > 3:
            return None
        unnamed = [e for e in self._recent() if e.kind == "anonymous"]
        if len(forms) > 1:  # «مصدر في الشرطة … المصدر الأمني»: only where there was one
            same = [
                e for e in unnamed if e.description.forms and bare_form(e.description.forms[0]) == bare_form(forms[0])
            ]
            return same[0] if len(same) == 1 and description.definite else None
        return unnamed[0] if unnamed else None

    def _by_name(self, description: Description) -> Entity | None:
        forms = [skeleton(w) for w in description.name]
        given = self._lexicon.words("given_names")
        for entity in self._recent():
            if entity.name_forms and same_name(forms, entity.name_forms, exact=given):
                return entity
        title = tuple(skeleton(w) for w in description.title)
        for entity in self._recent():  # the office came first, its holder's name later
            if not entity.name_forms and entity.kind == "person" and title and entity.description.forms == title:
                return entity
        return self._only_office(description)

    def _only_office(self, description: Description) -> Entity | None:
        """The office that opened the article, which nobody is said to hold, for the one who is then named without any:
        «انتقد وزير الخارجية … وقال الدكتور سمير حداد».
        """
        people = [e for e in self.entities if e.kind == "person"]
        if len(people) != 1 or people[0].name_forms or not self._office(people[0].description) or description.offices:
            return None
        office = people[0]
        addressed = all(self._lexicon.holds("forms_of_address", skeleton(w)) for w in description.title)
        if not (addressed and len(description.name) > 1 and len(office.description.forms) > 1):
            return None
        agreed = None in (office.gender, description.gender) or office.gender == description.gender
        unheld = not self._offices.holder(office.description.forms, len(self._text))
        return office if agreed and unheld and not self._offices.held_by(description.name) else None

    def _same_body(self, description: Description) -> Entity | None:
        """The body or document whose description begins or ends with this one, or the other way round."""
        forms = description.forms
        if len(forms) < 2 and description.definite:
            return None
        for entity in self._recent():
            known = entity.description.forms
            short, long = (forms, known) if len(forms) <= len(known) else (known, forms)
            if entity.kind == description.kind and (long[: len(short)] == short or long[-len(short) :] == short):
                return entity
        return None

    def _last_body(self, description: Description, gender: Gender | None) -> Entity | None:
        """The body spoken of last, for one that is called by a head of its own: «الخطوط الجوية … وقالت الشركة»."""
        if description.kind != "organization" or not description.definite or not self._called_by_kind(description):
            return None
        if undefined(description.forms[0]) not in self._lexicon.words("generic_bodies"):
            return None
        agreed = gender or description.gender
        bodies = (e for e in self._recent() if e.kind == "organization" and _agrees(e, agreed))
        return next(bodies, None)

    def _called_by_kind(self, description: Description) -> bool:
        """Whether a body is called by its kind alone, or by that and where it is: «الشركة», «المنظمة الدولية»."""
        forms = description.forms
        if len(forms) == 2:
            return forms[1].startswith("ال") and forms[1].endswith(("ي", "يه"))
        return len(forms) == 1 and not self._names.first_naming(forms[0], Span(len(self._text), len(self._text)))

    def _same_words(self, description: Description) -> Entity | None:
        forms = _alias(description.forms)
        return next((e for e in self._recent() if _alias(e.description.forms) == forms), None)

    def _by_title(self, description: Description, gender: Gender | None) -> Entity | None:
        """The entity whose title, or own description, a definite noun phrase repeats in part."""
        if description.forms[0] in fw.DEMONSTRATIVES:
            forms = description.forms[1:] or description.forms
        else:
            forms = description.forms
        while len(forms) > 1 and self._lexicon.holds("honorifics", forms[0]):
            forms = forms[1:]
        wanted = {_joined(f) for f in forms if f not in _SAME}
        head = undefined(forms[0])
        matches: list[Entity] = []
        for entity in self._recent():
            for title in (*entity.titles, entity.description.forms):
                have = {_joined(f) for f in title}
                if _same_head(head, title) and (wanted <= have or len(wanted) == 1) and _agrees(entity, gender):
                    matches.append(entity)
                    break
        return matches[0] if matches else None

    def _abbreviated(self, description: Description) -> Description:
        """The body behind an abbreviation that the article spells out: «أجوكو»; any other description as it is."""
        if (
            not 0 < len(description.forms) <= 2
            or description.title
            or description.kind not in ("person", "organization")
        ):
            return description
        if not (words := self._names.spelled_out(description.forms)):
            return description
        return self._names.describe(" ".join(words))

    def _new(self, description: Description, span: Span) -> Entity:
        """A new entity for a description that means none known, or the bearer of the office that it is."""
        entity = self._described(description, span)
        if entity.number < 0:
            entity.number = len(self.entities)
            self.entities.append(entity)
        return entity

    def _described(self, description: Description, span: Span) -> Entity:
        """The entity of a description as the whole article has it, numbered -1 where it is none of those known."""
        if description.name:
            fuller = self._names.fuller_name(description.name)
            description = _with_name(description, fuller)
        elif description.kind != "anonymous" and len(description.forms) == 1 and not self._office(description):
            if description.definite and (fuller := self._names.first_naming(description.forms[0], span)):
                description = replace(description, words=fuller, forms=tuple(skeleton(w) for w in fuller))
        elif description.kind == "person" and (description.title or self._office(description)):
            named = self._offices.holder(description.forms, span.start)
            if named:
                description = _with_name(description, named)
                if (bearer := self._by_name(description)) is not None:
                    return bearer
        elif description.kind == "organization" and (fuller := self._names.fuller_body(description.forms)):
            description = replace(description, words=fuller, forms=tuple(skeleton(w) for w in fuller))
        elif description.kind == "anonymous" and (named := self._offices.introduced(description.forms)):
            description = replace(_with_name(description, named), kind="person")
        return Entity(-1, description, description.kind, description.gender, description.number)

    def _office(self, description: Description) -> bool:
        """Whether a description is an office: «الرئيس», «رئيسها»."""
        if not description.forms:
            return False
        head = description.forms[0]
        titled = self._lexicon.is_title(head) or owned_title(head, self._lexicon) is not None
        return description.kind == "person" and titled

    def _learn(
        self, entity: Entity, description: Description, span: Span, gender: Gender | None, number: Number | None
    ) -> None:
        entity.mentions.append(span)
        entity.gender = gender or entity.gender
        entity.plurality = number or entity.plurality
        title = tuple(skeleton(w) for w in description.title)
        entity.titles += [t for t in (title, *description.offices) if t and t not in entity.titles]
        known, forms = entity.description.forms, description.forms
        body = description.kind == entity.kind and description.kind in ("organization", "document")
        fuller = len(known) < len(forms) <= _BODY_WORDS and known in (forms[: len(known)], forms[-len(known) :])
        if body and fuller:
            entity.description = description
        if len(description.name) > len(entity.description.name):
            entity.description = _with_name(description, description.name)
            entity.kind = "person"


def _alias(forms: tuple[str, ...]) -> tuple[str, ...]:
    """One description for those that always mean the same person."""
    if forms and set(forms) <= _GOD:
        return ("الله",)
    return _ALIASES.get(forms, forms)


def _joined(form: str) -> str:
    """A word of a description without ال, a plural's ending or و before it: «المختصون والاقتصاديون»."""
    return undefined(form[1:] if form.startswith("و") and len(form) > 4 else form)


def _same_head(head: str, title: Sequence[str]) -> bool:
    """Whether a title has the head noun `head`, ال aside."""
    heads = title[:2] if title and title[0] in _GROUPS else title[:1]
    return head in {undefined(f) for f in heads}


def _agrees(entity: Entity, gender: Gender | None) -> bool:
    if entity.kind in ("anonymous", "collective"):  # «قالت مصادر … وقال المصدر»
        return True
    return gender is None or entity.gender is None or entity.gender == gender


def _with_name(description: Description, name: tuple[str, ...]) -> Description:
    return replace(description, name=name)


def same_name(a: Sequence[str], b: Sequence[str], *, exact: Set[str] = frozenset()) -> bool:
    """Whether two names (skeletons) can be one person's: the words of the shorter are in the longer, in one
    spelling or another; words of `exact` have one spelling only, as محمد and محمود are two names.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)

    def key(word: str) -> str:
        return word if word in exact else spelling_key(word)

    keys = {key(w) for w in long}
    if len(short) == 1 and spelling_key(short[0]) == spelling_key("".join(long[-2:])):  # «ديكوستا» and «دي كوستا»
        return True
    return all(key(w) in keys for w in short) and (
        len(short) > 1 or key(short[0]) == key(long[-1]) or len(long) == 1 or key(short[0]) == key(long[0])
    )
