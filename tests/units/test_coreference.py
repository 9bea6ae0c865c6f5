"""The registry of an article's speakers, and the chain that elided subjects follow."""

from __future__ import annotations

import pytest

from attribution.article_names import tags_of
from attribution.registry import Registry, same_name
from attribution.spans import Span
from attribution.text.folding import fold, skeleton
from tests.units.read import LEXICON, LINEAR


def registry(text: str) -> Registry:
    return Registry(fold(text), LEXICON, {})


def span(words: str, text: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def speakers(text: str) -> list[str | None]:
    """The speaker of each attribution, on the order of the words alone."""
    return [a.speaker.name if a.speaker else None for a in LINEAR.extract(text).attributions]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("فلاديمير بوتين", "بوتين", True),
        ("دونالد ترمب", "دونالد ترامب", True),
        ("بنيامين نتنياهو", "نتانياهو", True),
        ("محمد علي", "محمد علي حسن", True),
        ("محمد علي", "خالد علي", False),
        ("بوتين", "زيلينسكي", False),
        ("جان إيف لو دريان", "لودريان", True),
    ],
)
def test_names_that_can_be_one_persons(first: str, second: str, same: bool):
    one, other = ([skeleton(word) for word in name.split()] for name in (first, second))
    assert same_name(one, other) == same_name(other, one) == same


def test_a_surname_means_the_person_named_in_full():
    text = "فلاديمير بوتين ثم بوتين"
    known = registry(text)
    first = known.mention(span("فلاديمير بوتين", text), None, None)
    assert known.mention(span("بوتين", text, 1), None, None) is first
    assert first is not None
    assert first.name == "فلاديمير بوتين"
    assert len(first.mentions) == 2


def test_a_surname_is_given_in_full_where_the_article_does_so_later():
    text = "قال بوتين نعم. وكان فلاديمير بوتين حاضرا"
    found = registry(text).mention(span("بوتين", text), None, None)
    assert found is not None
    assert found.name.endswith("بوتين")


def test_different_people_stay_apart():
    text = "محمد سالم ثم أحمد ناصر"
    known = registry(text)
    first, second = (known.mention(span(name, text), None, None) for name in ("محمد سالم", "أحمد ناصر"))
    assert first is not second
    assert [entity.number for entity in known.entities] == [0, 1]


def test_an_empty_phrase_means_nobody():
    assert registry("قال، نعم").mention(Span(3, 4), None, None) is None


def test_the_chain_gives_an_elided_subject_the_last_speaker_that_agrees():
    text = "قالت الوزيرة إن الحل قريب. وأضافت أن العمل مستمر."
    assert speakers(text) == ["الوزيرة", "الوزيرة"]


def test_the_chain_passes_over_a_speaker_that_does_not_agree():
    text = "قالت الوزيرة إن الحل قريب. وقال الوزير إن الأمر صعب. وأضافت أن العمل مستمر."
    document = LINEAR.extract(text)
    assert [a.speaker.name if a.speaker else None for a in document.attributions] == ["الوزيرة", "الوزير", "الوزيرة"]
    assert [(r.name, r.reason) for r in document.attributions[-1].rejected] == [("الوزير", "agreement")]


def test_without_anybody_before_the_speaker_is_unknown():
    assert speakers("وأضاف أن العمل مستمر.") == [None]


def test_a_participle_speaks_for_the_verb_it_hangs_on():
    assert speakers("قال الوزير إن الحل قريب، مشيرا إلى أن العمل مستمر.") == ["الوزير", "الوزير"]


def test_the_tag_of_a_word_is_the_one_most_trees_give():
    assert tags_of([("قال", "VERB"), ("قال", "NOUN"), ("قال", "VERB"), ("علي", "X")]) == {"قال": "VERB", "علي": "X"}


def test_only_the_latest_of_hundreds_of_speakers_are_asked():
    """Only so many of the latest are asked, so that the registry's time grows with the text and not with its square."""
    letters = "بتجحدرزسشصطعفقكلمنهي"
    names = [f"{a}{b}ا{c} {c}{b}و{a}" for a in letters for b in letters for c in letters][:400]
    text = " ".join(names)
    known = registry(text)
    at = 0
    for name in names:
        known.mention(Span(at, at + len(name)), None, None)
        at += len(name) + 1
    assert len(known._recent()) < len(known.entities)


def test_given_names_have_one_spelling_and_foreign_names_have_several():
    given = frozenset({"محمد", "محمود"})
    assert same_name(["محمد", "علي"], ["محمود", "علي"])
    assert not same_name(["محمد", "علي"], ["محمود", "علي"], exact=given)
    assert same_name(["ترمب"], ["دونالد", "ترامب"], exact=given)


def test_two_who_are_named_side_by_side_tie_and_are_both_listed(extractor):
    (found,) = extractor.extract("التقى أحمد حداد وسامي ناصر في بيروت. وقال إن اللقاء كان مثمرا.").attributions
    assert found.speaker is None
    assert [(r.name, r.reason) for r in found.rejected] == [("أحمد حداد", "tie"), ("سامي ناصر", "tie")]


def test_agreement_breaks_a_tie(extractor):
    (found,) = extractor.extract("التقى أحمد حداد وليلى ناصر في بيروت. وقالت إن اللقاء كان مثمرا.").attributions
    assert found.speaker is not None
    assert found.speaker.name == "ليلى ناصر"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "وقالت المحامية ليلى حداد إن الجلسة انتهت. وأكدت المحامية أن الحكم قريب.",
            ["ليلى حداد", "ليلى حداد"],
            id="an office by itself",
        ),
        pytest.param(
            "وقال الوزير سمير حداد ونظيره الفرنسي برنار لوفيفر إن الحل قريب. وأكد المسؤولان أن العمل مستمر.",
            ["سمير حداد وبرنار لوفيفر", "سمير حداد وبرنار لوفيفر"],
            id="two by the dual",
        ),
        pytest.param(
            "وقال صالح الكندي، زعيم كتلة المعارضة، إن القانون خطير. وأضاف النائب المعارض نفسه أن الأزمة طويلة.",
            ["صالح الكندي", "صالح الكندي"],
            id="the same by نفسه",
        ),
        pytest.param(
            "أعلن وزير الخارجية العماني أن الحل قريب. وقال الدكتور سالم البوسعيدي إن الأزمة طويلة.",
            ["سالم البوسعيدي", "سالم البوسعيدي"],
            id="the office that opens the article",
        ),
        pytest.param(
            "وقال وزير الداخلية عبده الحذيفي إن الأمن مستتب. وأكد المسؤول اليمني أن المطار سيفتح.",
            ["عبده الحذيفي", "عبده الحذيفي"],
            id="a description that fits any office",
        ),
        pytest.param(
            "وقال النائب سمير حداد إن الأزمة طويلة. وأكد القيادي أن الحل قريب.",
            ["سمير حداد", "سمير حداد"],
            id="an office that nobody is said to hold",
        ),
        pytest.param(
            "وأكد المتحدث الرسمي للهيئة سمير حداد أن العمل مستمر. وحذر الناطق الرسمي للهيئة من التأخير.",
            ["سمير حداد", "سمير حداد"],
            id="two words for a spokesman",
        ),
        pytest.param(
            "وقال سالم سعيد النائب العام في الإمارات إن القضية أحيلت. وأكد النائب العام الإماراتي أن المحاكمة قريبة.",
            ["سالم سعيد", "سالم سعيد"],
            id="the office's country as an adjective",
        ),
        pytest.param(
            "وأكد مختصون واقتصاديون أن الأسعار ثابتة. وأوضح المختصون والاقتصاديون أن السوق هادئة.",
            ["مختصون واقتصاديون", "مختصون واقتصاديون"],
            id="several unnamed",
        ),
        pytest.param(
            "وقال مصدر في الشرطة إن الطريق مغلق. وأضاف المصدر الأمني أن التحقيق جار.",
            ["مصدر في الشرطة", "مصدر في الشرطة"],
            id="the only source",
        ),
        pytest.param(
            "وقال مصدر أمني إن الطريق مغلق. وقال مصدر طبي إن الحالة مستقرة. وأضاف المصدر الحكومي أن التحقيق جار.",
            ["مصدر أمني", "مصدر طبي", "المصدر الحكومي"],
            id="one of two sources is a third",
        ),
        pytest.param(
            "وكشفت صحيفة الأيام نقلا عن مصدر مطلع أن العقد جاهز. وقالت إن التوقيع قريب.",
            ["مصدر مطلع", "صحيفة الأيام"],
            id="the medium goes on",
        ),
        pytest.param(
            "قالت الأمم المتحدة إن السكان يزيدون. وتوقعت المنظمة الدولية أن يتضاعفوا.",
            ["الأمم المتحدة", "الأمم المتحدة"],
            id="a body by its kind and place",
        ),
        pytest.param(
            "تحدثت المغنية سميرة حداد في الحفل عن طفولتها. وأضافت أن الغناء حياتها.",
            ["سميرة حداد"],
            id="who was named before",
        ),
        pytest.param(
            "وحضر الباحث سمير حداد الذي أثنى على البحث وأوصى بأن ينشر.",
            ["سمير حداد"],
            id="who a relative clause is about",
        ),
        pytest.param(
            "رحم الله الفقيد. وقال سمير حداد إن الفقيد كان صديقا. وأضاف أن الجنازة غدا.",
            ["سمير حداد", "سمير حداد"],
            id="a wish is nobody's",
        ),
    ],
)
def test_descriptions_mean_whom_the_article_has_named(text: str, expected: list[str]):
    assert speakers(text) == expected


def test_an_abbreviation_means_the_body_that_it_stands_behind():
    text = "تملك شركة الخليج العربي للنفط (أجوكو) الميناء. وقالت أجوكو إن الإنتاج مستمر"
    found = registry(text).mention(span("أجوكو", text, 1), None, None)
    assert found is not None
    assert found.name == "شركة الخليج العربي للنفط"


def test_of_two_spellings_the_first_is_the_name():
    text = "حضر ألمايو تيجنو الجلسة. وقال ألمايو تجنو إن السد آمن"
    known = Registry(fold(text), LEXICON, dict.fromkeys((skeleton(w) for w in ("ألمايو", "تيجنو", "تجنو")), "PROPN"))
    found = known.mention(span("ألمايو تجنو", text), None, None)
    assert found is not None
    assert found.name == "ألمايو تيجنو"


def test_an_empty_phrase_is_no_office():
    known = registry("قال، نعم")
    assert known.mention(Span(3, 4), None, None) is None
    assert not known.plausible(Span(3, 4))
