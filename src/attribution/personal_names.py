"""Find the personal name in a noun phrase: where it begins, how far it goes, what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attribution.lexicon.lookup import Lexicon
from attribution.text import function_words as fw
from attribution.text.folding import skeleton

# Parts of names that are none by themselves: what binds a name to the word after it.
_LINKS = frozenset(
    "بن ابن بنت ال ابو ابي ابا ام عبد دي دو دا دل دوس فان فون لو لا ماك سان ديل اولاد ولد سيدي بو".split()
)
# Second words of names of two words that begin with عبد, or end so: عبد الرحمن, عز الدين.
_HONORIFIC_NAMES = frozenset("الله الدين الرحمن العزيز الاسلام الملك".split())
# Between commas, where little else speaks for a name, it has no more than so many words.
_BETWEEN_COMMAS = 5
# A name has so many words at most: «عبد اللطيف بن عبد الملك آل ناصر».
_NAME_WORDS = 8

# Gives the part of speech (UPOS) that the article's trees give a word; None for a word in no tree.
Tagger = Callable[[str], str | None]


def closed(form: str) -> bool:
    """Whether a skeleton is a function word, or an adverb such as أمس, which no name holds."""
    return any(form in words for words in _CLOSED)


_CLOSED = (
    fw.PREPOSITIONS, fw.RELATIVES, fw.COMPLEMENTIZERS, fw.COMPLEMENTIZERS_WITH_BI, fw.COORDINATED_COMPLEMENTIZERS,
    fw.DEMONSTRATIVES, fw.SUBJECT_PRONOUNS, fw.SUBORDINATORS, fw.NEGATIONS, fw.MODALS, fw.BE, fw.PREPOSITION_PRONOUNS,
    frozenset("امس اليوم غدا ايضا".split()),
)  # fmt: skip


def undefined(word: str) -> str:
    """A skeleton without ال and without the ending of a sound plural."""
    word = word[1:] if word.startswith("وال") and len(word) > 5 else word
    bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
    if bare in _SINGULARS:
        return _SINGULARS[bare]
    return bare[:-2] if len(bare) > 4 and bare.endswith(("ون", "ين")) else bare


# Broken plurals of people who are named once in the plural and once in the singular: «مصادر … وقال المصدر».
_SINGULARS = {"مصادر": "مصدر", "خبراء": "خبير", "وزراء": "وزير", "شهود": "شاهد", "علماء": "عالم", "اطباء": "طبيب"}


def owned_title(form: str, lexicon: Lexicon) -> str | None:
    """The office in a skeleton that has a pronoun after it: وكيل of وكيله, محامية of محاميتها; None for any other."""
    for end in ("ها", "هم", "ه"):
        stem = form.removesuffix(end)
        if len(form) > 4 and stem != form:
            for office in (stem, f"{stem[:-1]}ه" if stem.endswith("ت") else stem):
                if lexicon.is_title(office):
                    return office
    return None


def whole_name(words: Sequence[str], lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether words between commas are a name: nothing speaks against it, or it is read as one («مصطفى سيد قادر»)."""
    if all_name(words, lexicon) or (len(words) > 1 and name_in(words, lexicon, tag) == (0, len(words))):
        return True
    forms = [skeleton(w) for w in words]
    short = 2 <= len(forms) <= 4 and forms[0] in lexicon.words("given_names")
    return (
        short
        and not any(closed(f) or _with_pronoun(f) for f in forms)
        and not any(w.startswith("ال") for w in words[1:-1])
    )


def all_name(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether nothing speaks against all of a few words being a name."""
    forms = [skeleton(w) for w in words]
    if not 0 < len(forms) <= _BETWEEN_COMMAS or (forms[0][0] == "و" and len(forms[0]) > 5):  # «، واستمع خلالها»
        return False
    if len(forms) > 1 and lexicon.holds("organization_heads", forms[0]):  # «عضو في المجلس، الهيئة المركزية»
        return False
    return not any(
        f in fw.PREPOSITIONS
        or lexicon.is_title(f)
        or owned_title(f, lexicon)
        or f in fw.DEMONSTRATIVES
        or _with_pronoun(f)
        for f in forms
    )


def _with_pronoun(form: str) -> bool:
    """Whether a skeleton is a preposition with a pronoun: خلالها, بينهم."""
    return any(
        form.endswith(end) and form[: -len(end)] in fw.PREPOSITIONS for end in ("ها", "هم", "ه") if len(form) > 4
    )


def name_in(words: Sequence[str], lexicon: Lexicon, tag: Tagger) -> tuple[int, int] | None:
    """Half-open range of the personal name among `words`, or None."""
    forms = [skeleton(w).rstrip(".") for w in words]
    found = list(_names_in(words, forms, lexicon, tag))
    if found and found[0][0] > 0:
        # «مقدم برنامج أسفار الدكتور سمير حداد»: of several the one that a form of address or the phrase's end marks.
        return max(found, key=lambda name: _likeness(name, forms, lexicon))
    return found[0] if found else _after_definite(words, forms, lexicon, tag)


def _likeness(name: tuple[int, int], forms: Sequence[str], lexicon: Lexicon) -> tuple[bool, bool, bool]:
    """How much speaks for one of several names in a phrase that an office begins being its bearer's."""
    first, last = name
    addressed = forms[first - 1] in lexicon.words("forms_of_address")
    return addressed, last == len(forms) and last - first >= 2, last - first >= 2


def _names_in(words: Sequence[str], forms: Sequence[str], lexicon: Lexicon, tag: Tagger) -> Iterator[tuple[int, int]]:
    """The half-open ranges that can be personal names among `words`, in their order, none within another."""
    past = 0
    for first, form in enumerate(forms):
        if first < past:
            continue
        if past and form in _OPENERS:
            return  # «سمير حداد | أحد خصوم الرئيسة سميرة ناصر»
        office = form[1:] if form.startswith("و") else ""
        if past and office and (lexicon.is_title(office) or owned_title(office, lexicon)):
            return  # «الوزير سمير حداد | ونظيره سامي ناصر»
        if first and (forms[first - 1] in fw.PREPOSITIONS or _of_another(forms[first - 1], lexicon)):
            continue
        after_name_taking = first == 0 or not _construct(forms, first, lexicon)
        ali = words[first] == "علي" and (first == 0 or _ali_after_office(words, forms, first, lexicon, tag))
        # «المحامي أمين شاكر»: a word that is both office and given name
        ali = (
            ali or _given_after_office(words, forms, first, lexicon) or _given_first(words, forms, first, lexicon, tag)
        )
        foreign = _foreign_first_name(words, first, tag) and not _body_or_office(form, lexicon)
        if words[first].startswith("ال") and form not in lexicon.words("given_names") and not foreign:
            addressed = first > 0 and forms[first - 1] in lexicon.words("forms_of_address")
            if addressed and first == len(words) - 1 and not _epithet(form) and undefined(form) not in _OFFICES:
                yield first, first + 1  # «الدكتور الخطيب»
            continue
        if form == "علي" and words[first] != "علي":  # على
            continue
        if _for_something(words, forms, first, lexicon) or _of_second_office(forms, first, lexicon):
            continue
        addressed = (
            first > 0
            and forms[first - 1] in lexicon.words("forms_of_address")
            and _unread(words, forms, first, lexicon, tag)
        )
        if after_name_taking and (ali or foreign or addressed or begins_name(form, lexicon, tag(words[first]))):
            last = first + 1
            while (
                last < len(words)
                and last - first < _NAME_WORDS
                and (
                    (foreign and last == first + 1)
                    or (addressed and last == first + 1 == len(words) - 1 and words[last].startswith("ال"))
                    or _continues_name(words, forms, last, lexicon, tag)
                )
            ):
                last += 1
            if last - first == 1 and first > 1 and _construct(forms, first - 1, lexicon):
                continue  # «شركة بلاك | روك»: the second word of a body's name
            if last - first >= 2 or first > 0 or len(words) == 1 or forms[last].startswith("ال"):
                yield first, last
                past = last


def _of_second_office(forms: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether the name at `at` is of another office that ل joins to the first: «الطبيبة الخاصة لوزيرة الخارجية سمر».

    A deputy or spokesman of somebody is named himself: «النائب السابق لرئيس الاتحاد سمير».
    """
    if undefined(forms[0]) in _DEPUTIES:
        return False
    return any(
        form.startswith("ل")
        and (
            form[1:] in lexicon.words("titles")
            or f"ال{form[2:]}" in lexicon.words("titles")
            or (form.startswith("لل") and form[2:] in lexicon.words("titles"))
        )
        for form in forms[1:at]
    )


def _for_something(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether ل and a noun that heads a construct stand at `at`: «رئيس اللجنة | لحي الروضة»."""
    form = forms[at]
    construct = at > 0 and at + 1 < len(words) and words[at + 1].startswith("ال")
    return construct and form.startswith("ل") and form not in lexicon.words("given_names")


def _unread(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether a word after a form of address can be a name: no tree has tagged it, or a name goes on after it."""
    form = forms[at]
    if len(form) < 3 or closed(form) or lexicon.is_title(form) or not form.isalpha() or words[at].startswith("ال"):
        return False
    if tag(words[at]) is None:
        return True
    goes_on = at + 1 < len(words) and (forms[at + 1] in _LINKS or tag(words[at + 1]) in ("X", "PROPN"))
    return goes_on and tag(words[at]) in ("NOUN", "ADJ")  # «الشيخ وحيد أبو ريشة»


def _of_another(before: str, lexicon: Lexicon) -> bool:
    """Whether a noun with ل takes the name after it for itself: «دعمها لنظام سمير حداد»."""
    bare = before[1:]
    somebody = lexicon.is_title(bare) or any(lexicon.holds(name, bare) for name in ("places", "honorifics"))
    noun = before.startswith("ل") and len(before) > 4 and not before.startswith("لل")
    return noun and not somebody and before not in lexicon.words("given_names")


def _foreign_first_name(words: Sequence[str], at: int, tag: Tagger) -> bool:
    """Whether a name that only begins like a definite word stands at `at`, another name after it: «اليزابيث سميث»."""
    if not words[at].startswith("ال") or at + 1 >= len(words) or words[at + 1].startswith("ال"):
        return False
    if at and not words[at - 1].startswith("ال"):  # «خبير البراكين سمير حداد»
        return False
    return all(tag(word) in ("X", "PROPN") for word in words[at : at + 2])


def _body_or_office(form: str, lexicon: Lexicon) -> bool:
    """Whether a skeleton is an office, a body or a place."""
    return any(lexicon.holds(name, form) for name in ("titles", "organization_heads", "places"))


def _ali_after_office(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether علي after an office is the name: the last word but one, before a family name («الرسمي علي الأسمر»)."""
    if at + 2 != len(words) or not (words[at - 1].startswith("ال") or lexicon.is_title(forms[at - 1])):
        return False
    family = words[at + 1].startswith("ال") and words[at + 1].endswith("ي")
    return family or tag(words[at + 1]) in ("X", "PROPN") or forms[at + 1] in lexicon.words("given_names")


def _given_after_office(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether the word at `at`, an office elsewhere, is a given name after an office here."""
    if not 0 < at < len(words) - 1 or forms[at] not in lexicon.words("given_names") or words[at].startswith("ال"):
        return False
    further = not words[at + 1].startswith("ال") and not lexicon.is_title(forms[at + 1])
    return further and forms[at - 1] in lexicon.words("forms_of_address")


def _given_first(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether the first word, an office elsewhere, is a given name before a family name here: «مختار الرحيبي»."""
    if at or len(words) < 2 or forms[0] not in lexicon.words("given_names") or words[0].startswith("ال"):
        return False
    family = words[1].startswith("ال") and words[1].endswith("ي") and not lexicon.is_title(forms[1])
    return family and (tag(words[1]) in ("X", "PROPN", None))


def _after_definite(
    words: Sequence[str], forms: Sequence[str], lexicon: Lexicon, tag: Tagger
) -> tuple[int, int] | None:
    """The last words of a title phrase where an indefinite word after a definite one can only be a name."""
    if not lexicon.is_title(forms[0]) or _of_second_office(forms, len(forms), lexicon):
        return None
    for first in range(max(1, len(forms) - 4), len(forms)):
        before, form = words[first - 1], forms[first]
        if not before.startswith("ال") or words[first].startswith("ال") or closed(form) or not form[0].isalpha():
            continue
        known = tag(words[first]) in ("X", "PROPN", None)
        known = known or all(tag(word) in ("X", "PROPN") for word in words[first + 1 :])  # «الفنانة أحلام الرزيق»
        if lexicon.is_title(form) or common(form, lexicon) or not known:
            continue
        if not all_name(words[first:], lexicon):  # «المجمع واستمع خلالها»
            continue
        if any(lexicon.holds(name, form) for name in ("organization_heads", "places", "document_nouns")):
            continue  # «المتحدث الرسمي لوزارة …»
        return (first, len(forms)) if len(forms) - first >= 2 else None
    return None


def _construct(forms: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether the word before asks for its second noun: «شرطة هامبورغ», «حزب فورزا», so that no person's name
    follows.
    """
    before = forms[at - 1]
    if before.startswith(("ال", "لل", "بال")):
        return False
    place = lexicon.holds("place_heads", before)
    return place or lexicon.holds("organization_heads", before) or before in fw.BE


def begins_name(form: str, lexicon: Lexicon, upos: str | None) -> bool:
    """Whether a word can be the first of a personal name."""
    if form == "علي":
        return upos not in ("ADP",)
    if lexicon.is_title(form) or closed(form) or len(form) < 2 or form in lexicon.words("honorifics"):
        return False
    if form.startswith("لل") and len(form) > 4:  # «المبعوث الدولي لليمن»
        return False
    if form in _RANK_WORDS:
        return False
    if form in lexicon.words("given_names") or form in _LINKS - {"ال", "لا"}:
        return True
    if _nisba(form, lexicon):  # «جنرال أميركي»
        return False
    if any(lexicon.holds(name, form) for name in ("places", "organization_heads")) or form in lexicon.words("media"):
        return False
    return upos in ("X", "PROPN")


def _nisba(form: str, lexicon: Lexicon) -> bool:
    """Whether a skeleton without ال says where somebody is from: أميركي, سورية."""
    stem = form.removesuffix("ه").removesuffix("ي")
    places = lexicon.words("places")
    return stem not in ("", form) and len(stem) > 2 and any(f"{stem}{end}" in places for end in ("", "ا", "ه", "يا"))


def _continues_name(words: Sequence[str], forms: Sequence[str], at: int, lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether the word at `at` belongs to the personal name that holds the word before it."""
    form, before = forms[at], forms[at - 1]
    if form == "فان" and words[at] != "فان":  # «سمير | فإن»
        return False
    if form in _LINKS or before in _LINKS or form in _HONORIFIC_NAMES:
        return True
    given = before in lexicon.words("given_names")
    if form == "علي":  # a name and, without its dots, a preposition
        return words[at] == "علي" and given
    if closed(form) or form in _OPENERS or not form[0].isalpha() or len(form) < 2:
        return False
    if lexicon.is_title(form):  # «عدنان مفتي القيادي في الحزب»: an office that is a family name here
        ends = at + 1 == len(words) or lexicon.is_title(forms[at + 1])
        within = not ends and (forms[at + 1] in lexicon.words("given_names") or tag(words[at + 1]) in ("X", "PROPN"))
        within = within and not words[at + 1].startswith("ال")  # «حسن شيخ محمود»
        if words[at].startswith("ال"):  # «سامر الخطيب» with nothing after it
            return given and at + 1 == len(words) and form in _FAMILIES
        own = form in lexicon.words("titles")  # and not «دودا | لرئيس»
        return own and given and (within or (ends and at == 1))
    if form in lexicon.words("time_words") or _owned_or_object(words[at], form, tag(words[at]), lexicon):
        return False
    if words[at - 1].startswith("ال") and before not in _HONORIFIC_NAMES:
        # A family name with its article ends the name, but for «علي الطاهر الغربي».
        if at >= 2 and forms[at - 2] in _LINKS and form in lexicon.words("given_names"):  # «ولد الشيخ أحمد»
            return True
        if at >= 2 and forms[at - 2] == "عبد":  # «عبد الستار النجار»: عبد and its word are one given name
            if words[at].startswith("ال"):
                return not _epithet(form)
            named = tag(words[at]) in ("X", "PROPN") or form in lexicon.words("given_names")  # «عبد المالك سلوم»
            named = named or (at + 1 == len(words) and not common(form, lexicon))
            return named and not _beside(form, lexicon, tag) and form not in MANNERS
        further = words[at].startswith("ال") and tag(words[at - 1]) in ("X", "PROPN") and at >= 2
        return further and not _epithet(form) and not words[at - 2].startswith("ال")
    named = tag(words[at]) in ("X", "PROPN")
    if form in MANNERS or _beside(form, lexicon, tag):
        return False
    if form.startswith("و") and len(form) > 4 and not named and form not in lexicon.words("given_names"):
        return False  # «سعد | ووالدته»
    if words[at].startswith("ال") and len(form) > 4:
        if given and at == 1:
            return True
        ends = at + 1 == len(words) or lexicon.is_title(forms[at + 1])
        return not _epithet(form) and (given or named or before in _HONORIFIC_NAMES or (at == 1 and ends))
    if form in lexicon.words("given_names") or named:
        return True
    # In a sentence that no tree has read a foreign family name has no tag.
    unread = tag(words[at]) is None and tag(words[at - 1]) in ("X", "PROPN") and not words[at].endswith(("ه", "ة"))
    return (given or unread) and not common(form, lexicon) and not _deed(form)


def _beside(form: str, lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether a word after a name is a place, or ل with somebody: «دعت سميرة | طهران», «قال سمير | لبرلمان بلاده»."""
    if form in lexicon.words("given_names"):
        return False
    lists = ("organization_heads", "titles", "collective_nouns")
    glued = form.startswith("ل") and len(form) > 4
    addressed = glued and (
        tag(form) is None or tag(form[1:]) == "NOUN" or any(lexicon.holds(name, form[1:]) for name in lists)
    )
    return addressed or form in lexicon.words("places")


def _deed(form: str) -> bool:
    """Whether a skeleton is shaped like مفاعلة («مبايعة») or like a fourth form's feminine («ألقت»)."""
    noun = len(form) == 6 and form[0] == "م" and form[2] == "ا" and form.endswith("ه")
    return noun or (len(form) >= 4 and form[0] == "ا" and form[1] != "ل" and form.endswith("ت"))


def _owned_or_object(word: str, form: str, upos: str | None, lexicon: Lexicon) -> bool:
    """Whether a noun after a name carries a pronoun or the ending of an object: «مارتان | نظيره», «بن بدر | وفدا»."""
    if upos not in ("NOUN", "ADJ", "VERB") or form in lexicon.words("given_names") or word.startswith("ال"):
        return False
    return len(word) > 3 and word.endswith(("ه", "ها", "هم", "ا", "اً"))


# Offices that are hardly anybody's family name: «السيد الرئيس» names nobody.
_OFFICES = frozenset("رئيس وزير سفير محافظ مدير متحدث ناطق نائب".split())
# Offices that are family names as well.
_FAMILIES = frozenset("الخطيب القاضي الشيخ الامير السيد الحاج النقيب الرقيب الكاتب الشاعر الحكيم الراعي الفارس".split())
# Offices that are held for somebody or something that ل joins to them: «نائب لرئيس الاتحاد».
_DEPUTIES = frozenset(
    "نائب نائبه مساعد مساعده مستشار مستشاره متحدث متحدثه ناطق مبعوث ممثل وكيل سكرتير امين مدير".split()
)
# What goes on with a military rank: «العميد ركن سمير», «العقيد الطيار».
_RANK_WORDS = frozenset("ركن طيار بحري متقاعد قوات خاصه".split())
# How something is said: «قال سمير بصراحة», «لم يذكر منصور بشكل مباشر».
MANNERS = frozenset("بصراحه بوضوح بشكل بشده بقوه بسرعه بحزم بحده بدقه بصوره بطريقه بدوره بدورها".split())
# Words that open an apposition after a name.
_OPENERS = frozenset("احد احدي نقلا صاحب صاحبه وهو وهي لاعب لاعبه حارس".split())


def common(form: str, lexicon: Lexicon) -> bool:
    """Whether a word that no tag calls a name is shaped like a common noun or verb rather than a family name."""
    if form.endswith(("ات", "ون", "ين")) or form.startswith(("لل", "بال", "وال", "است")) or len(form) < 3:
        return True
    return bool(lexicon.readings(form)) or (form[0] in "وبل" and lexicon.is_title(form[1:]))


def _epithet(form: str) -> bool:
    """Whether a definite word after a name describes its bearer rather than being a family name: «المختص»,
    «الموجود».
    """
    return form.startswith(("الم", "المت")) and len(form) >= 6 and not form.endswith("ي")
