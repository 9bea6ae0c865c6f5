"""What was found and rejected, cue by cue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from attribution.explanation import CueExplanation, Explanation, explain, to_text
from attribution.pipeline import Extractor
from attribution.render.terminal import END_OF_ISOLATE, ISOLATE
from attribution.settings import Settings
from attribution.syntax.tree import EMPTY, Tree, Word

TEXT = "قال الوزير يوسف إن العمل سيبدأ غدا. وكان الرئيس قد قال أمس. وأضاف: «سنعمل معا كل يوم»."


class Chain:
    """A parser whose every word hangs from the one before: deeper than any recursion goes."""

    name = "chain"

    def parse(self, units: Sequence[str]) -> list[Tree]:
        return [self._tree(unit) for unit in units]

    def _tree(self, unit: str) -> Tree:
        words, at = [], 0
        for number, form in enumerate(unit.split(), start=1):
            at = unit.index(form, at)
            words.append(Word(number, form, "NOUN", number - 1, "dep", None, at, at + len(form)))
        return Tree.of(words)


class Nothing:
    name = "nothing"

    def parse(self, units: Sequence[str]) -> list[Tree]:
        return [EMPTY] * len(units)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def explained(extractor: Extractor) -> Explanation:
    return explain(TEXT, extractor, id="a", trees=True)


def at(explanation: Explanation, words: str) -> CueExplanation:
    """The explanation of the cue that begins where `words` do."""
    start = explanation.document.text.index(words)
    return next(cue for cue in explanation.cues if cue.span.start == start)


def test_document_is_what_the_extractor_gives(explained: Explanation, extractor: Extractor):
    assert explained.document == extractor.extract(TEXT, id="a")


def test_every_attribution_with_a_cue_is_explained_once(explained: Explanation):
    found = [cue.attribution for cue in explained.cues if cue.verdict == "found"]
    assert sorted(found) == sorted(a.id for a in explained.document.attributions if a.cue)


def test_found_cue_says_where_its_content_opens_and_what_spoke_for_it(explained: Explanation):
    cue = at(explained, "قال الوزير")
    assert cue.verdict == "found"
    assert (cue.lemma, cue.kind, cue.cue_class) == ("قال", "verb", "say")
    assert (cue.opening, cue.opens.text) == ("opening.complementizer", "إن")
    assert cue.probability >= cue.threshold
    assert max(weight.value for weight in cue.weights) > 0
    assert [abs(w.value) for w in cue.weights] == sorted((abs(w.value) for w in cue.weights), reverse=True)


def test_cue_without_anything_to_attribute_says_so(explained: Explanation):
    cue = at(explained, "قال أمس")
    assert cue.verdict == "without_content"
    assert (cue.attribution, cue.opening, cue.probability) == (None, None, None)


def test_rejected_cue_says_what_spoke_against_it(extractor: Extractor):
    cue = at(explain("وصل الوفد إلى المدينة للتوصل إلى اتفاق جديد بين البلدين.", extractor), "لتوصل")
    assert cue.verdict == "outweighed"
    assert cue.probability < cue.threshold
    assert min(weight.value for weight in cue.weights) < 0


def test_word_that_its_tag_makes_another_says_so(extractor: Extractor):
    cue = at(explain("نشرت المجلة دراسة حديثة عن الصحة.", extractor), "حديثة")
    assert (cue.verdict, cue.opening, cue.probability) == ("impossible", None, None)


def test_spans_are_those_of_the_text_as_given(extractor: Extractor):
    text = "قـالَ الوزيرُ: «نعم، سنعمل معا»."
    explanation = explain(text, extractor)
    assert explanation.cues[0].span.text == "قـالَ"
    for cue in explanation.cues:
        for span in (cue.span, cue.opens):
            assert span is None or text[span.start : span.end] == span.text


def test_attribution_below_the_floor_is_not_called_found():
    explanation = explain(TEXT, Extractor(settings=Settings(min_confidence=1.0)))
    assert explanation.document.attributions == ()
    assert "found" not in {cue.verdict for cue in explanation.cues}
    assert "displaced" in {cue.verdict for cue in explanation.cues}


def test_text_tells_it_line_by_line(explained: Explanation):
    lines = to_text(explained).split("\n")
    assert lines[0] == f"0:3  {ISOLATE}قال{END_OF_ISOLATE}  verb of {ISOLATE}قال{END_OF_ISOLATE} (say): FOUND as a1"
    assert any("rejected: nothing near it is of a kind that it takes as content" in line for line in lines)
    assert any(line.startswith("    because opening.complementizer, source.after-verb") for line in lines)
    assert lines[-2] == f"{len(explained.cues)} cues, {len(explained.document.attributions)} attributions"


def test_tree_is_shown_when_asked(explained: Explanation, extractor: Extractor):
    assert f"    | {ISOLATE}قال{END_OF_ISOLATE}  VERB root" in to_text(explained).split("\n")
    assert all(cue.tree is None for cue in explain(TEXT, extractor).cues)


def test_deep_and_missing_trees_are_shown_too():
    text = "قال الوزير إن " + "كلمة " * 3000
    whole = Extractor(Chain(), settings=Settings(frames=False))
    assert at(explain(text, whole, trees=True), "قال").tree.count("\n") > 300
    assert at(explain("قال الوزير إن العمل سيبدأ.", Extractor(Nothing()), trees=True), "قال").tree == "(no tree)"


def test_quotation_without_a_cue_is_told_too(extractor: Extractor):
    text = "الوزير: «سوف نعمل كل يوم من أجل الناس»."
    written = to_text(explain(text, extractor))
    assert "no cue: FOUND as a1" in written
    assert "opening.layout" in written


def test_text_without_cues_is_explained(extractor: Extractor):
    assert to_text(explain("", extractor)) == "0 cues, 0 attributions\n"


def test_controls_of_an_article_do_not_reach_the_terminal(extractor: Extractor):
    written = to_text(explain("قال \x1b[31mالوزير\u202e إن العمل سيبدأ.", extractor))
    assert "\x1b" not in written
    assert "\u202e" not in written


def test_explanation_survives_json(explained: Explanation):
    assert Explanation.model_validate_json(explained.model_dump_json()) == explained


def test_whom_an_elided_subject_can_mean_is_told(extractor: Extractor):
    text = "قال الوزير سمير حداد إن الحل قريب. وقالت الوزيرة سميرة ناصر إن الأمر صعب. وأضاف أن العمل مستمر."
    explanation = explain(text, extractor)
    last = at(explanation, "أضاف")
    assert [candidate.name for candidate in last.candidates] == ["سمير حداد"]
    assert last.candidates[0].probability > 0.5
    assert at(explanation, "قالت").candidates == ()
    line = next(line for line in to_text(explanation).splitlines() if "can mean" in line)
    assert "سمير حداد" in line
