"""What each word of a unit is, where the tagger errs: trees whose tags the test gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from attribution import Extractor
from attribution.phrases import Phrases
from attribution.syntax.tree import Tree, Word
from attribution.text.folding import fold
from attribution.words import ArticleWords
from torture.stub import StubParser


class Tags(StubParser):
    """A parser that hangs every word on the first and tags it as it is told, else NOUN."""

    def __init__(self, tags: Mapping[str, str]) -> None:
        self.tags = tags

    def parse(self, units: Sequence[str]) -> list[Tree]:
        return [Tree.of([*self._words(unit)]) for unit in units]

    def _words(self, unit: str) -> list[Word]:
        found = re.finditer(r"[^\s.:،]+|[.:،]", unit)
        return [
            Word(n, m.group(), self.tags.get(m.group(), "NOUN"), min(n - 1, 1), "dep", None, m.start(), m.end())
            for n, m in enumerate(found, start=1)
        ]


def read(text: str, **tags: str) -> Phrases:
    """The last unit of a text; `tags` are Arabic words with their tags."""
    extractor = Extractor(Tags({"قال": "VERB", "وقال": "VERB", **tags}))
    ready = extractor.prepare(text, thorough=True)
    return extractor.read(ready, iter(extractor.parse([ready])))[max(ready.frames)]


FIRST = "قال سمير كرستون إن الجسر آمن. "


@pytest.mark.parametrize("tag", ["VERB", "NOUN", "PROPN"])
def test_a_family_name_known_from_elsewhere_is_a_name_after_a_verb_whatever_its_tag(tag: str):
    words = read(f"{FIRST}وقال كرستون إن الفحص انتهى.", كرستون=tag)
    assert (words.word_class(1), words.name_like(1)) == ("noun", True)


def test_without_that_it_is_what_the_tagger_says():
    words = read("وقال كرستون إن الفحص انتهى.", كرستون="VERB")
    assert (words.word_class(1), words.name_like(1)) == ("verb", False)


@pytest.mark.parametrize("word", ["للصحافيين", "بصراحة", "لوكالة", "القرار", "أيضا", "إن"])
def test_what_may_follow_any_name_is_no_family_name(word: str):
    assert not read(f"قال سمير {word} إن الجسر آمن. وقال {word} إن الفحص انتهى.").name_like(1)


def test_a_first_name_and_a_family_name_tagged_as_a_verb_before_an_office():
    words = read("وقالت هيلين مارتنز مديرة المتحف إن المعرض مفتوح.", وقالت="VERB", هيلين="PROPN", مارتنز="VERB")
    assert words.word_class(2) == "noun"
    words = read("وقالت هيلين مارتنز أمس إن المعرض مفتوح.", وقالت="VERB", هيلين="PROPN", مارتنز="VERB")
    assert words.word_class(2) == "verb"


@pytest.mark.parametrize(("word", "kind"), [("ضبطنا", "verb"), ("لارسون", "noun"), ("هولنا", "noun")])
def test_what_we_did_is_no_name(word: str, kind: str):
    assert read(f"وقال {word} ثلاثة صواريخ.", **{word: "PROPN"}).word_class(1) == kind


def test_a_particle_of_names_takes_the_word_after_it_but_no_clause():
    words = read("قال بيير لو مارتان إن الجسر آمن.", بيير="PROPN", لو="SCONJ", مارتان="VERB")
    assert (words.word_class(2), words.word_class(3)) == ("noun", "noun")
    words = read("قال سمير لو كان الوزير حاضرا لقال إن الجسر آمن.", كان="AUX")
    assert words.word_class(3) == "particle"
    assert read("قال سمير فإن القرار نهائي.", سمير="PROPN").word_class(2) == "conjunction"


def test_in_and_ala_are_no_names_though_they_are_spelled_like_some():
    words = read("قال سمير إن الجسر آمن.")
    assert not words.name_like(2)
    assert words.word_class(2) == "complementizer"


@pytest.mark.parametrize("period", ["الشهر الماضي", "العام الماضي", "الأحد المقبل", "الأسبوع الجاري"])
def test_a_period_after_an_office_is_a_time(period: str):
    words = read(f"قال الوزير {period} إن الجسر آمن.")
    assert [words.word_class(at) for at in (2, 3)] == ["time", "time"]


def test_an_adjective_of_an_office_is_no_time():
    assert read("قال الوزير السابق إن الجسر آمن.").word_class(2) == "noun"


def test_the_words_of_an_article():
    article = ArticleWords(fold("قال سمير روته، ثم «سافر». وقال ليلى جبر؟ علي في"), Extractor(StubParser()).lexicon)
    assert {"روته", "سافر", "جبر"} <= article.forms
    assert "روته" in article.after_first_names
    assert "سافر" not in article.after_first_names
    assert "في" not in article.after_first_names
