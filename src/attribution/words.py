"""The words of a parsed unit: what class each has, whether it is definite, glued to a preposition, or of a name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

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

_DIRECTIONAL_ADVERBS = frozenset(
    (
        "ايضا كذلك مجددا حاليا سابقا لاحقا مؤخرا اليوم امس غدا هنا هناك الان فقط مباشره رسميا صراحه مسبقا "
        "بشده تماما جميعا معا ايضاً عاده دائما بدوره بدورها بدورهم"
    ).split()
)


class ArticleWords:
    """The words of a whole text, which its units are asked about; each answer is found when first asked for."""

    def __init__(self, folded: Folded, lexicon: Lexicon) -> None:
        self.folded = folded
        self._given = lexicon.words("given_names")

    @cached_property
    def forms(self) -> frozenset[str]:
        """The different words, as skeletons."""
        return frozenset(form.strip(_SIGNS) for form in self.folded.skeleton.split())

    @cached_property
    def after_first_names(self) -> frozenset[str]:
        """The words that follow a first name somewhere: family names, and other words."""
        words = self.folded.skeleton.split()
        found = (after.rstrip(_SIGNS) for before, after in pairwise(words) if before in self._given)
        return frozenset(form for form in found if len(form) >= _FAMILY_NAME)


class Words:
    """Answers about the words of one unit, from the tree where there is one, else from lists and the order of words.

    `cues` maps the elements where a cue may begin to the last element of that cue; `forms` are the skeletons of the
    elements, `marks` the elements that are marked stretches. `article` is what all units of a text share.
    """

    def __init__(
        self, parsed: ParsedUnit, article: ArticleWords, lexicon: Lexicon, cues: Mapping[int, int] | None = None
    ) -> None:
        self.parsed = parsed
        self.text = article.folded
        self.lexicon = lexicon
        self._article = article
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
        """Whether a period and what tells which stand at element `at`: «دعا البطريرك | الشهر الماضي»."""
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
        # «أشار سامر | إلى أن», «الرئيس سامر | الذي», «أوضحت سميرة | أمس أن»
        given = before in self._given and not self._function_word(at)
        if given and self._said_next(at + 1):  # «قال الوزير خالد روته إن»
            return True
        if self._family_name(at):
            return True
        if self._particle(at) or (self._particle(at - 1) and self._goes_on(at)):  # «بيير دو فريس», «بيير لو مارتان»
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
        """Whether a word right after a cue stands after a first name elsewhere: «سمير روته … وقال روته إن»."""
        form = self.form(at)
        if at - 1 not in self._cue_ends or at in self.cues or form not in self._article.after_first_names:
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
        glued = form[0] in "بلك" and (self._known(rest) or not self._article.forms.isdisjoint((rest, f"ال{rest}")))
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
        if upos in ("X", "PROPN") and _we(self.form(at)):  # «وقال ضبطنا ثلاثة صواريخ»
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
        if named and self.parsed.relation(at) == "flat" and self.parsed.upos(at) in ("X", "PROPN"):  # «بيتر كارسون»
            return False
        if self._known(form[1:]):
            return True
        if (
            named
            and form[0] == "ل"
            and len(form) > 4
            and not self._article.forms.isdisjoint((form[1:], f"ال{form[1:]}"))
        ):
            return True  # «وقال سمير لبرلمان»: a word of the article
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

    def name_mark(self, at: int) -> bool:
        """Whether the marked stretch at `at` is short enough for the name of a paper, party or body."""
        marked = self.parsed.elements[at].marked
        return marked is not None and marked.inner.end - marked.inner.start < 40 and self.mark_words(at) <= 4

    def mark_words(self, at: int) -> int:
        """How many words the marked stretch at `at` holds; 0 for any other element."""
        marked = self.parsed.elements[at].marked
        return len(self.text.skeleton[marked.inner.start : marked.inner.end].split()) if marked else 0


# What may be written right beside a word, and the letters of the shortest family name that is looked for.
_SIGNS = "،,.:؛؟!«»()[]“”\"'"
_FAMILY_NAME = 4
_OPENERS_OF_CONTENTS = (
    fw.COMPLEMENTIZERS | fw.COMPLEMENTIZERS_WITH_BI | fw.COORDINATED_COMPLEMENTIZERS | fw.QUESTION_WORDS | {":", "ما"}
)
_PERIODS = frozenset(
    "الشهر الاسبوع اليوم السنه العام الليله الخميس الجمعه السبت الاحد الاثنين الثلاثاء الاربعاء".split()
)
_PASSING = frozenset(
    "الماضي الماضيه الجاري الجاريه المقبل المقبله القادم القادمه المنصرم المنصرمه الفائت الفائته الاخير الاخيره".split()
)
_KNOWN = (
    "given_names", "places", "titles", "media", "unsplit_words", "addressee_nouns", "organization_heads",
    "anonymous_nouns", "document_nouns", "collective_nouns", "highnesses",
)  # fmt: skip
_SELF = frozenset("نفسه نفسها نفسهم ذاته ذاتها ذاتهم عينه عينها كله كلها كلهم".split())
# Honorifics that are nouns too: «أبدى سعادته بالفوز», «أكدت سيادتها على الجزر».
_ALSO_NOUNS = frozenset("سعادته سعادتها سيادته سيادتها دولته عظمته".split())
_PARTICLES = frozenset("لو دو دي دا فان فون ديل دل".split())
_NAME_LINKS = frozenset("بن ابن بنت ابو ابي ال عبد".split())


def _we(form: str) -> bool:
    """Whether a skeleton is shaped like what we did: three letters of a strong verb and نا."""
    return len(form) == 5 and form.endswith("نا") and not set(form[:3]) & set("اويه")


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
