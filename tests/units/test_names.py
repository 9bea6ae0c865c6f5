"""Names: a noun phrase read as somebody who can speak."""

from __future__ import annotations

import pytest

from attribution.names import describe, words_of
from attribution.personal_names import begins_name, closed, undefined
from attribution.text.folding import skeleton
from tests.units.read import LEXICON


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("محمد بن سلمان", "محمد بن سلمان"),
        ("وزير الخارجية محمد جواد ظريف", "محمد جواد ظريف"),
        ("الرئيس محمود عباس", "محمود عباس"),
        ("الدكتور أحمد سالم", "أحمد سالم"),
        ("الوزير", ""),
        ("وزارة الخارجية", ""),
        ("مصدر أمني", ""),
        ("أحمد علي", "أحمد علي"),
        ("سمير حداد بصراحة", "سمير حداد"),
        ("الرئيس حسن شيخ محمود", "حسن شيخ محمود"),
        ("مقيم في المدينة يدعى سمير حداد", "سمير حداد"),
        ("المرصد السوري ومقره لندن", ""),
        ("مقدم برنامج أسفار الدكتور خالد الغامدي", "خالد الغامدي"),
        ("الناطق الإعلامي بمدينة الملك فهد الطبية د. مشبب العسيري", "مشبب العسيري"),
        ("وزير البيشمركة في الحكومة، مصطفى سيد قادر", "مصطفى سيد قادر"),
        ("رئيس مجلس النواب سمير حداد أحد خصوم الرئيسة سميرة ناصر", "سمير حداد"),
        ("رئيس اللجنة لحي الروضة محمد الخميسي", "محمد الخميسي"),
        ("محاميته", ""),
        ("المبعوث الدولي لليمن", ""),
        # The name is of who is treated, and of one of several at most.
        ("الطبيبة الخاصة لوزيرة الخارجية سميرة حداد", ""),
        ("مصادر مقربة للرئيس سمير حداد", ""),
        ("جنرال أميركي", ""),
    ],
)
def test_the_personal_name_in_a_phrase(phrase: str, name: str):
    assert " ".join(describe(phrase, LEXICON).name) == name


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("محمد بن سلمان", "person"),
        ("الوزير", "person"),
        ("وزارة الخارجية", "organization"),
        ("واشنطن", "organization"),
        ("مصدر أمني", "anonymous"),
        ("شهود عيان", "anonymous"),
        ("التقرير", "document"),
        ("المحتجون", "collective"),
    ],
)
def test_kinds_of_speakers(phrase: str, kind: str):
    assert describe(phrase, LEXICON).kind == kind


def test_gender_and_definiteness():
    assert describe("الوزيرة", LEXICON).gender == "feminine"
    assert describe("الوزيرة", LEXICON).definite
    assert not describe("مصدر أمني", LEXICON).definite
    assert describe("المسؤولون", LEXICON).number == "plural"


@pytest.mark.parametrize("phrase", ["", " ", "،", "()", "«»", "\ud800"])
def test_a_phrase_without_words_describes_nobody_by_name(phrase: str):
    assert describe(phrase, LEXICON).name == ()


def test_the_text_of_a_description_is_the_name_or_all_of_it():
    assert describe("الرئيس محمود عباس", LEXICON).text == "محمود عباس"
    assert describe("وزارة الخارجية", LEXICON).text == "وزارة الخارجية"


def test_function_words_and_titles_begin_no_name():
    assert closed(skeleton("الذي"))
    assert not closed(skeleton("محمد"))
    assert begins_name(skeleton("محمد"), LEXICON, None)
    assert not begins_name(skeleton("وزير"), LEXICON, "PROPN")
    assert not begins_name(skeleton("الذي"), LEXICON, None)


def test_words_are_cut_and_undressed():
    assert words_of("د. سامي، (أمس)") == ["د.", "سامي", "،", "(", "أمس", ")"]
    assert undefined("الوزير") == "وزير"
    assert undefined("المسؤولون") == "مسؤول"
    assert undefined("بن") == "بن"
