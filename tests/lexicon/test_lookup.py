"""What a form is read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.lexicon import Reading, load_lexicon
from attribution.text.folding import skeleton

LEXICON = load_lexicon()
LETTERS = st.text(st.sampled_from("ابتحدرسشصطعفقكلمنهويءؤئ "), max_size=12)


def read(form: str, lemma: str, *, after: str = "") -> Reading:
    return next(reading for reading in LEXICON.readings(skeleton(form), after=after) if reading.entry.lemma == lemma)


@pytest.mark.parametrize(
    ("form", "lemma", "kind", "proclitic", "enclitic"),
    [
        ("قال", "قال", "verb", 0, None),
        ("وقالت", "قال", "verb", 1, None),
        ("فقال", "قال", "verb", 1, None),
        ("سيقول", "قال", "verb", 0, None),
        ("ليؤكد", "أكد", "verb", 1, None),
        ("قالوه", "قال", "verb", 0, "ه"),
        ("سيجيبونك", "أجاب", "verb", 0, "ك"),
        ("نفاه", "نفى", "verb", 0, "ه"),
        ("وأبلغته", "أبلغ", "verb", 1, "ه"),
        ("اتهمهم", "اتهم", "verb", 0, "هم"),
        ("أخبرني", "أخبر", "verb", 0, "ني"),
        ("مشيرا", "أشار", "participle", 0, None),
        ("ومضيفة", "أضاف", "participle", 1, None),
        ("قوله", "قال", "verbal_noun", 0, "ه"),
        ("بقولها", "قال", "verbal_noun", 1, "ها"),
        ("وبقولهم", "قال", "verbal_noun", 2, "هم"),
        ("تصريحاته", "صرح", "verbal_noun", 0, "ه"),
        ("ادعائه", "ادعى", "verbal_noun", 0, "ه"),
        ("إشارته", "أشار", "verbal_noun", 0, "ه"),
        ("وبحسب", "بحسب", "preposition", 1, None),
        ("برأيه", "برأي", "preposition", 0, "ه"),
    ],
)
def test_readings(form: str, lemma: str, kind: str, proclitic: int, enclitic: str | None) -> None:
    reading = read(form, lemma)
    assert (reading.kind, reading.proclitic, reading.enclitic) == (kind, proclitic, enclitic)
    assert reading.enclitic_length == len(enclitic or "")


def test_features_of_a_verb() -> None:
    features = {(r.person, r.gender, r.number, r.tense) for r in LEXICON.readings("قالت")}
    assert features == {(3, "feminine", "singular", "past")}


@pytest.mark.parametrize(("form", "proclitic"), [("القول", 0), ("بالقول", 1), ("للقول", 1), ("وبالقول", 2)])
def test_the_article_belongs_to_the_cue(form: str, proclitic: int) -> None:
    reading = read(form, "قال")
    assert reading.definite
    assert reading.proclitic == proclitic


def test_a_jussive_shape_is_read_after_lam_only() -> None:
    assert not LEXICON.readings("يجب")
    assert read("يجب", "أجاب", after="لم").jussive
    assert read("يقل", "قال", after="ولم").jussive


@pytest.mark.parametrize(
    "form", ["بينهم", "وبعد", "هناك", "لندن", "مدينه", "وزاره", "واحد", "كبير", "فيصل", "يجب", "من"]
)
def test_common_words_are_no_cues(form: str) -> None:
    assert LEXICON.readings(form) == ()


def test_a_bare_verbal_noun_is_weaker_than_one_with_a_pronoun_than_the_verb() -> None:
    assert read("تأكيد", "أكد").strength < read("تأكيده", "أكد").strength < read("أكد", "أكد").strength


def test_phrases() -> None:
    found = LEXICON.phrase_at(["ووفقا", "للوزير"], 0)
    assert found is not None
    assert (found.length, found.proclitic, found.glued) == (1, 1, 1)
    assert LEXICON.phrase_at(["وفقا"], 0) is None
    longest = LEXICON.phrase_at(["بحسب", "ما", "افاد", "مصدر"], 0)
    assert longest is not None
    assert longest.length == 3
    assert LEXICON.phrase_at(["بحسب", "ما", "كرسي"], 0) is None
    assert LEXICON.phrase_at(["علي", "حد", "قوله"], 5) is None


def test_a_formula_is_no_cue_phrase() -> None:
    assert LEXICON.nonattribution_at(["والجدير", "بالذكر"], 0) is not None
    assert LEXICON.phrase_at(["الجدير", "بالذكر"], 0) is None


def test_titles_and_genders() -> None:
    assert LEXICON.is_title("الوزيره")
    assert LEXICON.is_title("للرئيس")
    assert not LEXICON.is_title("كرسي")
    assert LEXICON.gender("titles", "الوزيره") == "feminine"
    assert LEXICON.gender("given_names", "احمد") == "masculine"
    assert LEXICON.gender("given_names", "كرسي") is None
    assert LEXICON.words("no such list") == frozenset()


@given(st.one_of(st.text(max_size=20), LETTERS), st.text(max_size=4))
def test_readings_never_raise(form: str, after: str) -> None:
    for reading in LEXICON.readings(form, after=after):
        assert reading.proclitic + reading.enclitic_length < len(form)


@given(
    st.lists(st.one_of(LETTERS, st.sampled_from(["بحسب", "ما", "علي", "حد", "قال", "وفقا", "لـ"])), max_size=6),
    st.integers(),
)
def test_phrases_never_raise(forms: list[str], at: int) -> None:
    for found in (LEXICON.phrase_at(forms, at), LEXICON.nonattribution_at(forms, at)):
        assert found is None or at + found.length <= len(forms)
