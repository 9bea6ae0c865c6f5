"""Resolve who speaks: one registry an article, from which every source, clitic and elided subject takes its speaker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import regex

from attribution.drafts import Draft, Reason
from attribution.lexicon.entries import Gender, Number
from attribution.lexicon.lookup import Lexicon
from attribution.names import Description, Tagger, begins_name, closed, common, describe, undefined
from attribution.records import SpeakerKind
from attribution.spans import Span
from attribution.text import function_words as fw
from attribution.text.folding import Folded, skeleton

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}]+)*")
_WEAK = str.maketrans("", "", "اويى")
_CHAIN = 12
# More speakers, or places of one word, than any article has; what lies further back is not asked, to keep time linear.
_REMEMBERED = 200
_CLITIC_GENDER: Mapping[str, tuple[Gender | None, Number | None]] = {
    "ه": ("masculine", "singular"),
    "ها": ("feminine", "singular"),
    "هم": ("masculine", "plural"),
    "هن": ("feminine", "plural"),
    "هما": (None, "dual"),
}


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


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one draft (or None), the candidates passed over with the reason, and the evidence."""

    speaker: Entity | None
    rejected: tuple[tuple[Entity, str], ...] = ()
    reasons: tuple[Reason, ...] = ()


class Registry:
    """The speakers of one article. Mentions are given in text order; each returns the entity that it means."""

    def __init__(self, folded: Folded, lexicon: Lexicon, tags: Mapping[str, str]) -> None:
        self.entities: list[Entity] = []
        self._lexicon = lexicon
        self._folded = folded
        self._words = [(m.start(), m.end(), folded.skeleton[m.start() : m.end()]) for m in _WORD.finditer(folded.text)]
        self._places: dict[str, list[int]] = defaultdict(list)
        self._spellings: dict[str, list[int]] = defaultdict(list)
        for at, (_, _, form) in enumerate(self._words):
            self._places[form].append(at)
            self._spellings[_key(form)].append(at)
            if form[:1] in "ولبف" and len(form) > 3:
                self._places[form[1:]].append(at)
        self._tags = tags

    def _recent(self) -> list[Entity]:
        """The last so many entities, the latest first."""
        return self.entities[: -_REMEMBERED - 1 : -1]

    @property
    def tagger(self) -> Tagger:
        """The part of speech that the article's trees give a word most often."""
        return lambda word: self._tags.get(skeleton(word))

    def describe(self, text: str) -> Description:
        """The description that a noun phrase gives."""
        return describe(text, self._lexicon, self.tagger)

    def _read(self, span: Span) -> Description:
        """The description at `span`; where that begins inside «لل…» the article is put back."""
        text, before = self._folded.text, span.start - 1
        found = span.of(text)
        if found.startswith("ل") and before >= 0 and text[before] == "ل" and not text[before - 1 : before].isalpha():
            found = f"ا{found}"
        return self.describe(found)

    def plausible(self, span: Span) -> bool:
        """Whether a noun phrase surely describes somebody who can speak."""
        description = self._read(span)
        full = bool(description.name) or description.definite or any(f.startswith("ال") for f in description.forms[1:3])
        return description.sure and (full or description.kind != "person")

    def knows(self, span: Span) -> bool:
        """Whether a noun phrase repeats the name or description of an entity read before."""
        description = self._read(span)
        return bool(description.words) and self._known(description, None) is not None

    def mention(self, span: Span, gender: Gender | None, number: Number | None) -> Entity | None:
        """The entity that the noun phrase at `span` means, made new if it means none known; None for an empty
        phrase.
        """
        description = self._read(span)
        if not description.words:
            return None
        if description.forms[0] in _HIGHNESS:
            person = next((e for e in self._recent() if e.kind == "person"), None)
            if person is not None:
                self._learn(person, description, span, gender, number)
                return person
        entity = self._known(description, gender) or self._new(description, span)
        self._learn(entity, description, span, gender, number)
        return entity

    def _known(self, description: Description, gender: Gender | None) -> Entity | None:
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
            or self._only_untitled(description, gender)
        )

    def _only_untitled(self, description: Description, gender: Gender | None) -> Entity | None:
        """The one named person so far who has no office, for an office that nobody else holds: «أوباما … الرئيس»."""
        if description.kind != "person" or not (description.definite and description.sure):
            return None
        if self.holder(description.forms):
            return None
        named = (e for e in self._recent() if e.kind == "person" and e.name_forms)
        free = [e for e in named if not e.titles and _agrees(e, gender)]
        return free[0] if len(free) == 1 else None

    def _last_unnamed(self, description: Description) -> Entity | None:
        """The unnamed speaker of before, for «المصدر نفسه» or «المسؤول» after «مسؤول في الإدارة»."""
        forms = [f for f in description.forms if f not in _SAME]
        if len(forms) != 1 or undefined(forms[0]) not in _UNNAMED:
            return None
        return next((e for e in self._recent() if e.kind == "anonymous"), None)

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
        return None

    def _same_body(self, description: Description) -> Entity | None:
        """The body or document whose description begins or ends with this one, or the other way round."""
        forms = description.forms
        if len(forms) < 2 and description.definite:
            return None
        for entity in self._recent():
            known = entity.description.forms
            short, long = (forms, known) if len(forms) <= len(known) else (known, forms)
            if entity.kind == description.kind and (long[: len(short)] == short or long[-len(short) :] == short):
                if len(known) < len(forms) <= _BODY_WORDS:
                    entity.description = description
                return entity
        return None

    def _last_body(self, description: Description, gender: Gender | None) -> Entity | None:
        """The body spoken of last, for one that is called by a head of its own: «الخطوط الجوية … وقالت الشركة»."""
        if description.kind != "organization" or len(description.forms) != 1 or not description.definite:
            return None
        if self._first_naming(description.forms[0], Span(len(self._folded.text), len(self._folded.text))):
            return None
        bodies = (e for e in self._recent() if e.kind == "organization" and _agrees(e, gender))
        return next(bodies, None)

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
        wanted = {undefined(f) for f in forms if f not in _SAME}
        head = undefined(forms[0])
        matches: list[Entity] = []
        for entity in self._recent():
            for title in (*entity.titles, entity.description.forms):
                have = {undefined(f) for f in title}
                if _same_head(head, title) and (wanted <= have or len(wanted) == 1) and _agrees(entity, gender):
                    matches.append(entity)
                    break
        return matches[0] if matches else None

    def _new(self, description: Description, span: Span) -> Entity:
        if description.name:
            fuller = self.fuller_name(description.name)
            description = _with_name(description, fuller)
        elif description.kind in ("organization", "document", "collective") and len(description.forms) == 1:
            if description.definite and (fuller := self._first_naming(description.forms[0], span)):
                description = replace(description, words=fuller, forms=tuple(skeleton(w) for w in fuller))
        elif description.kind == "person" and description.title:
            named = self.holder(description.forms)
            if named:
                description = _with_name(description, named)
        entity = Entity(len(self.entities), description, description.kind, description.gender, description.number)
        self.entities.append(entity)
        return entity

    def _learn(
        self, entity: Entity, description: Description, span: Span, gender: Gender | None, number: Number | None
    ) -> None:
        entity.mentions.append(span)
        entity.gender = gender or entity.gender
        entity.plurality = number or entity.plurality
        title = tuple(skeleton(w) for w in description.title)
        entity.titles += [t for t in (title, *description.offices) if t and t not in entity.titles]
        if len(description.name) > len(entity.description.name):
            entity.description = _with_name(description, description.name)
            entity.kind = "person"

    def fuller_name(self, name: Sequence[str]) -> tuple[str, ...]:
        """The longest form in which the article gives a name that ends as `name` does."""
        last = skeleton(name[-1])
        best = tuple(name)
        one_spelling = len(last) < 4 or last in self._lexicon.words("given_names")
        for at in (self._places.get(last, []) if one_spelling else self._spellings[_key(last)])[:_REMEMBERED]:
            first = at
            while first > 0 and self._adjacent(first - 1) and at - first < 4 and self._name_before(first - 1):
                first -= 1
            first = self._after_office(first)
            found = tuple(self._folded.text[s:e] for s, e, _ in self._words[first : at + 1])
            forms = {skeleton(w) for w in found}
            if len(found) > len(best) and {skeleton(w) for w in name[:-1]} <= forms:
                best = found
        return best

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

    def _first_naming(self, form: str, span: Span) -> tuple[str, ...]:
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

    def _adjacent(self, at: int) -> bool:
        """Whether only a space stands between word `at` and the next."""
        between = self._between(at)
        return between.strip() in ("", ".") and "\n" not in between

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
        return form in fw_links

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

    def _between(self, at: int) -> str:
        """What stands between word `at` and the next."""
        return self._folded.text[self._words[at][1] : self._words[at + 1][0]]

    def _name_left(self, at: int) -> tuple[str, ...]:
        """The name that ends right before word `at`: «مارك هوفمان رئيس الاتحاد»."""
        first = at
        while first > 0 and at - first < 4 and self._adjacent(first - 1) and self._name_before(first - 1):
            first -= 1
        return tuple(self._folded.text[s:e] for s, e, _ in self._words[first:at]) if at - first >= 2 else ()


# A body's name has no more words than this.
_BODY_WORDS = 7
# So many words of an office are enough to know it by, and so many words hold the name after it.
_OFFICE_WORDS = 3
_PHRASE_WORDS = 11
_ORGANIZATIONS = frozenset(
    "حزب شركه حركه جماعه تنظيم بنك مصرف قناه صحيفه وكاله جامعه مجموعه مؤسسه منطقه مدينه محافظه ولايه".split()
)
_HONORIFIC = frozenset("الله الدين الرحمن العزيز الرحيم القادر السلام".split())
fw_links = frozenset("بن ابن ابو ابي عبد دي فان فون ال".split())
# Honorifics that stand for a person by themselves: «وقال سموه».
_HIGHNESS = frozenset(
    "سموه سموها معاليه معاليها سعادته سعادتها فضيلته سيادته سيادتها جلالته جلالتها فخامته دولته سماحته عظمته".split()
)
_UNNAMED = frozenset("مصدر مسؤول متحدث ناطق دبلوماسي شاهد".split())
_SAME = frozenset("نفسه نفسها ذاته ذاتها المذكور المذكوره الاخير الاخيره هذا هذه ذلك تلك هؤلاء".split())


_GROUPS = frozenset("فريق مجموعه بعض عدد معظم غالبيه احد احدي كبير كبار".split())


_GOD = frozenset("الله تعالي جل وعز وعلا عز وجل سبحانه وتعالي جلاله".split())
_ALIASES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("النبي",): ("رسول", "الله"),
    ("الرسول",): ("رسول", "الله"),
    ("المصطفي",): ("رسول", "الله"),
}


def _alias(forms: tuple[str, ...]) -> tuple[str, ...]:
    """One description for those that always mean the same person."""
    if forms and set(forms) <= _GOD:
        return ("الله",)
    return _ALIASES.get(forms, forms)


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
        return word if word in exact else _key(word)

    keys = {key(w) for w in long}
    if len(short) == 1 and _key(short[0]) == _key("".join(long[-2:])):  # «ديكوستا» and «دي كوستا»
        return True
    return all(key(w) in keys for w in short) and (
        len(short) > 1 or key(short[0]) == key(long[-1]) or len(long) == 1 or key(short[0]) == key(long[0])
    )


def _key(word: str) -> str:
    """A form that spellings of one foreign name share: ترمب and ترامب, نتنياهو and نتانياهو."""
    bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
    return bare[:1] + bare[1:].translate(_WEAK) if len(bare) > 3 else bare


def tags_of(words: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The part of speech that most of an article's trees give each skeleton."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for form, upos in words:
        counts[form][upos] += 1
    return {form: found.most_common(1)[0][0] for form, found in counts.items()}


def resolve(
    drafts: Sequence[Draft], parents: Sequence[int | None], topics: Sequence[Span], registry: Registry
) -> list[Resolved]:
    """The speaker of each draft, in the drafts' order; `parents` gives for each the draft whose content holds it.

    `topics` are the subjects of sentences that attribute nothing: somebody named there is who an elided subject after
    it means.
    """
    waiting = sorted(topics, reverse=True)
    order = sorted(range(len(drafts)), key=lambda i: _position(drafts[i]))
    found: dict[int, Resolved] = {}
    chain: list[tuple[int, Entity]] = []
    for i in order:
        while waiting and waiting[-1].start < _position(drafts[i]):
            topic = waiting.pop()
            entity = registry.mention(topic, None, None) if registry.plausible(topic) else None
            if entity is not None and entity.kind in ("person", "organization"):
                chain.append((-1, entity))
        found[i] = _speaker(i, drafts, parents, registry, found, chain)
        speaker = found[i].speaker
        if speaker is not None and parents[i] is None:
            chain.append((i, speaker))
    return [found[i] for i in range(len(drafts))]


def _position(draft: Draft) -> int:
    return draft.cue.span.start if draft.cue is not None else draft.content.spans[0].start


def _speaker(
    number: int,
    drafts: Sequence[Draft],
    parents: Sequence[int | None],
    registry: Registry,
    found: Mapping[int, Resolved],
    chain: Sequence[tuple[int, Entity]],
) -> Resolved:
    draft = drafts[number]
    gender, plurality = _agreement(draft)
    if draft.source.span is not None and draft.source.doubtful and not registry.plausible(draft.source.span):
        # «وأكملت ضاحكة: …», «وأعادت سؤالها قائلة: …»: the chain goes on.
        continued = _from_chain(chain, gender, plurality)
        if continued.speaker is not None and not registry.knows(draft.source.span):
            draft.source = replace(draft.source, span=None)
            return continued
    if draft.source.span is not None:
        entity = registry.mention(draft.source.span, gender, plurality)
        return Resolved(entity, (), (Reason("speaker.source", draft.source.span),))
    parent = parents[number]
    if draft.cue is not None and draft.cue.reading.person in (1, 2):
        speaker = found[parent].speaker if parent is not None and parent in found else None
        return Resolved(speaker, (), (Reason("speaker.first-person"),))
    if draft.inherits is not None and draft.inherits in found:
        return Resolved(found[draft.inherits].speaker, (), (Reason("speaker.same-clause"),))
    antecedent = draft.source.antecedent
    if antecedent is not None and registry.plausible(antecedent):
        entity = registry.mention(antecedent, None, None)
        if entity is not None and compatible(entity, gender, plurality):
            return Resolved(entity, (), (Reason("speaker.antecedent", antecedent),))
    if parent is not None and parent in found:
        holder = found[parent].speaker
        if holder is not None and compatible(holder, gender, plurality):
            return Resolved(holder, (), (Reason("speaker.holder-of-content"),))
    return _from_chain(chain, gender, plurality)


def _from_chain(chain: Sequence[tuple[int, Entity]], gender: Gender | None, number: Number | None) -> Resolved:
    """The nearest earlier speaker that agrees; those nearer that do not are rejected with the reason."""
    rejected: list[tuple[Entity, str]] = []
    seen: set[int] = set()
    for _, entity in reversed(chain[-_CHAIN:]):
        if entity.number in seen:
            continue
        seen.add(entity.number)
        if compatible(entity, gender, number):
            return Resolved(entity, tuple(rejected), (Reason("speaker.chain", entity.mentions[-1]),))
        rejected.append((entity, "agreement"))
    return Resolved(None, tuple(rejected), (Reason("speaker.unknown"),))


def compatible(entity: Entity, gender: Gender | None, number: Number | None) -> bool:
    """Whether an elided subject or clitic with these features can stand for the entity."""
    if number == "plural" and entity.kind in ("person", "organization", "document") and entity.plurality != "plural":
        return False
    if number == "singular" and gender == "masculine" and entity.description.number == "plural":
        return False
    if gender is not None and entity.gender is not None and gender != entity.gender:
        return number == "plural"
    return True


def _agreement(draft: Draft) -> tuple[Gender | None, Number | None]:
    """Gender and number that the cue asks of its speaker."""
    if draft.source.clitic is not None:
        return _CLITIC_GENDER.get(draft.source.clitic, (None, None))
    if draft.cue is None:
        return None, None
    reading = draft.cue.reading
    if reading.kind in ("verbal_noun", "noun", "phrase") or (reading.kind == "preposition" and reading.tense is None):
        return None, None
    explicit = draft.source.span is not None
    number = None if explicit and reading.number == "singular" else reading.number
    return reading.gender, number
