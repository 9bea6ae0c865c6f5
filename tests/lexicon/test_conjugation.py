"""Conjugation against tables written by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from attribution.lexicon.conjugation import Form, finite_forms, noun_forms, participle_forms
from attribution.lexicon.stems import FORMS, Verb, stems
from attribution.text.folding import skeleton

# Verb; perfect: he, she, they, I; imperfect: he, she, they, they after أن, I, we; after لم: he; participles: m, f, pl.
TABLES = [
    (Verb("قال", 1, "a", "u"), "قال قالت قالوا قلت", "يقول تقول يقولون يقولوا أقول نقول", "يقل", "قائلا قائلة قائلين"),
    (Verb("أكد", 2), "أكد أكدت أكدوا أكدت", "يؤكد تؤكد يؤكدون يؤكدوا أؤكد نؤكد", "يؤكد", "مؤكدا مؤكدة مؤكدين"),
    (
        Verb("طالب", 3),
        "طالب طالبت طالبوا طالبت",
        "يطالب تطالب يطالبون يطالبوا أطالب نطالب",
        "يطالب",
        "مطالبا مطالبة مطالبين",
    ),
    (Verb("أشار", 4), "أشار أشارت أشاروا أشرت", "يشير تشير يشيرون يشيروا أشير نشير", "يشر", "مشيرا مشيرة مشيرين"),
    (Verb("أوصى", 4), "أوصى أوصت أوصوا أوصيت", "يوصي توصي يوصون يوصوا أوصي نوصي", "يوص", "موصيا موصية موصين"),
    (Verb("أصر", 4), "أصر أصرت أصروا أصررت", "يصر تصر يصرون يصروا أصر نصر", "يصر", "مصرا مصرة مصرين"),
    (Verb("آمن", 4), "آمن آمنت آمنوا آمنت", "يؤمن تؤمن يؤمنون يؤمنوا أومن نؤمن", "يؤمن", "مؤمنا مؤمنة مؤمنين"),
    (
        Verb("تعهد", 5),
        "تعهد تعهدت تعهدوا تعهدت",
        "يتعهد تتعهد يتعهدون يتعهدوا أتعهد نتعهد",
        "يتعهد",
        "متعهدا متعهدة متعهدين",
    ),
    (Verb("تمنى", 5), "تمنى تمنت تمنوا تمنيت", "يتمنى تتمنى يتمنون يتمنوا أتمنى نتمنى", "يتمن", "متمنيا متمنية متمنين"),
    (
        Verb("تساءل", 6),
        "تساءل تساءلت تساءلوا تساءلت",
        "يتساءل تتساءل يتساءلون يتساءلوا أتساءل نتساءل",
        "يتساءل",
        "متسائلا متسائلة متسائلين",
    ),
    (Verb("ادعى", 8), "ادعى ادعت ادعوا ادعيت", "يدعي تدعي يدعون يدعوا أدعي ندعي", "يدع", "مدعيا مدعية مدعين"),
    (Verb("اتهم", 8), "اتهم اتهمت اتهموا اتهمت", "يتهم تتهم يتهمون يتهموا أتهم نتهم", "يتهم", "متهما متهمة متهمين"),
    (
        Verb("استبعد", 10),
        "استبعد استبعدت استبعدوا استبعدت",
        "يستبعد تستبعد يستبعدون يستبعدوا أستبعد نستبعد",
        "يستبعد",
        "مستبعدا مستبعدة مستبعدين",
    ),
    (Verb("نفى", 1, "a", "i"), "نفى نفت نفوا نفيت", "ينفي تنفي ينفون ينفوا أنفي ننفي", "ينف", "نافيا نافية نافين"),
    (Verb("دعا", 1, "a", "u"), "دعا دعت دعوا دعوت", "يدعو تدعو يدعون يدعوا أدعو ندعو", "يدع", "داعيا داعية داعين"),
    (Verb("خشي", 1, "i", "a"), "خشي خشيت خشوا خشيت", "يخشى تخشى يخشون يخشوا أخشى نخشى", "يخش", "خاشيا خاشية خاشين"),
    (Verb("رأى", 1, "a", "a"), "رأى رأت رأوا رأيت", "يرى ترى يرون يروا أرى نرى", "ير", "رائيا رائية رائين"),
    (Verb("رد", 1, "a", "u"), "رد ردت ردوا رددت", "يرد ترد يردون يردوا أرد نرد", "يرد", "رادا رادة رادين"),
    (Verb("وصف", 1, "a", "i"), "وصف وصفت وصفوا وصفت", "يصف تصف يصفون يصفوا أصف نصف", "يصف", "واصفا واصفة واصفين"),
    (
        Verb("سأل", 1, "a", "a"),
        "سأل سألت سألوا سألت",
        "يسأل تسأل يسألون يسألوا أسأل نسأل",
        "يسأل",
        "سائلا سائلة سائلين",
    ),
    (
        Verb("تنبأ", 5),
        "تنبأ تنبأت تنبؤوا تنبأت",
        "يتنبأ تتنبأ يتنبؤون يتنبؤوا أتنبأ نتنبأ",
        "يتنبأ",
        "متنبئا متنبئة متنبئين",
    ),
    (
        Verb("طمأن", 11),
        "طمأن طمأنت طمأنوا طمأنت",
        "يطمئن تطمئن يطمئنون يطمئنوا أطمئن نطمئن",
        "يطمئن",
        "مطمئنا مطمئنة مطمئنين",
    ),
]
PERFECT = [(3, "masculine", "singular"), (3, "feminine", "singular"), (3, "masculine", "plural"), (1, None, "singular")]
IMPERFECT = [*PERFECT[:3], PERFECT[2], PERFECT[3], (1, None, "plural")]


def texts(forms: Iterable[Form], **features: object) -> set[str]:
    return {form.text for form in forms if all(getattr(form, name) == value for name, value in features.items())}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0].lemma)
def test_table(table: tuple[Verb, str, str, str, str]) -> None:
    verb, perfect, imperfect, jussive, participles = table
    forms = [form for form in finite_forms(verb) if not form.joined]
    for text, (person, gender, number) in zip(perfect.split(), PERFECT, strict=True):
        assert texts(forms, tense="past", person=person, gender=gender, number=number) >= {skeleton(text)}
    for text, (person, gender, number) in zip(imperfect.split(), IMPERFECT, strict=True):
        made = texts(forms, tense="present", person=person, gender=gender, number=number)
        assert skeleton(text) in made
        assert skeleton(f"س{text}") in texts(forms, tense="future", person=person, gender=gender) or text[-1] == "ا"
    he = texts(forms, tense="present", person=3, gender="masculine", number="singular")
    assert he == {skeleton(imperfect.split()[0]), skeleton(jussive)}
    assert {skeleton(text) for text in participles.split()} <= texts(participle_forms(verb))


def test_a_shape_that_is_only_jussive_says_so() -> None:
    forms = list(finite_forms(Verb("قال", 1, "a", "u")))
    assert texts(forms, jussive=True, person=3, number="singular", joined=False) == {"يقل", "تقل"}
    assert not texts(finite_forms(Verb("أكد", 2)), jussive=True)


@pytest.mark.parametrize(
    ("verb", "past", "present"),
    [
        (Verb("قال", 1, "a", "u"), "قيل", "يقال"),
        (Verb("أشار", 4), "أشير", "يشار"),
        (Verb("أفاد", 4), "أفيد", "يفاد"),
        (Verb("ذكر", 1, "a", "u"), "ذكر", "يذكر"),
        (Verb("اعتقد", 8), "اعتقد", "يعتقد"),
        (Verb("دعا", 1, "a", "u"), "دعي", "يدعى"),
        (Verb("طالب", 3), "طولب", "يطالب"),
        (Verb("ادعى", 8), "ادعي", "يدعى"),
        (Verb("رأى", 1, "a", "a"), "رئي", "يرى"),
    ],
    ids=lambda value: value.lemma if isinstance(value, Verb) else value,
)
def test_passive(verb: Verb, past: str, present: str) -> None:
    forms = list(finite_forms(verb, passive=True))
    assert texts(forms, passive=True, tense="past", gender="masculine") == {skeleton(past)}
    assert skeleton(present) in texts(forms, passive=True, tense="present", gender="masculine", jussive=False)


def test_passive_is_made_only_where_asked_for() -> None:
    assert not texts(finite_forms(Verb("قال", 1, "a", "u")), passive=True)


def test_plural_waw_loses_its_alif_before_a_pronoun() -> None:
    joined = texts(finite_forms(Verb("قال", 1, "a", "u")), joined=True, tense="past", number="plural", person=3)
    assert "قالو" in joined
    assert "قالوا" not in joined


def test_final_ya_becomes_alif_before_a_pronoun() -> None:
    assert "نفا" in texts(finite_forms(Verb("نفى", 1, "a", "i")), joined=True, tense="past")


@pytest.mark.parametrize(
    ("noun", "alone", "joined"),
    [
        ("قول", {"قول", "قولا"}, {"قول"}),
        ("إشارة", {"اشاره"}, {"اشارت"}),
        ("تصريحات", {"تصريحات"}, {"تصريحات"}),
        ("ادعاء", {"ادعاء"}, {"ادعاء", "ادعاؤ", "ادعائ"}),
        ("نفي", {"نفي"}, {"نفي"}),
    ],
)
def test_noun_forms(noun: str, alone: set[str], joined: set[str]) -> None:
    assert texts(noun_forms(noun), joined=False) == alone
    assert texts(noun_forms(noun), joined=True) == joined


@pytest.mark.parametrize(("lemma", "form"), [("قال", 10), ("أ", 4), ("استبعد", 1), ("", 2), ("كتب", 5)])
def test_a_lemma_of_another_form_is_refused(lemma: str, form: int) -> None:
    assert form in FORMS
    with pytest.raises(ValueError, match="no verb of form"):
        stems(Verb(lemma, form))
