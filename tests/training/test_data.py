"""Names under one convention, variants of spelling, and words whose clitics are sure."""

from collections import Counter

from training.expander import verbs_with_objects
from training.loop import Plan
from training.names import usual_tags, with_names_headed, with_names_tagged
from training.report import arcs
from training.tokenizer import found_tokens, labels
from training.trees import DEPREL, HEAD, UPOS, Sentence, dump, parse
from training.undivided import known_divisions, sure_division
from training.variants import with_curly_marks, without_dateline, without_hamza

TITLE = parse(
    """# text = قال السفير صلاح سليم
1\tقال\tقال\tVERB\t_\t_\t0\troot\t_\t_
2\tالسفير\tالسفير\tNOUN\t_\t_\t4\tnmod\t_\t_
3\tصلاح\tصلاح\tX\t_\t_\t4\tnmod\t_\t_
4\tسليم\tسليم\tX\t_\t_\t1\tnsubj\t_\t_"""
)
DATELINE = parse(
    """# text = دبي - أكد الوزير «كذا»
1\tدبي\tدبي\tPROPN\t_\t_\t3\tdep\t_\t_
2\t-\t-\tPUNCT\t_\t_\t1\tpunct\t_\t_
3\tأكد\tأكد\tVERB\t_\t_\t0\troot\t_\t_
4\tالوزير\tالوزير\tNOUN\t_\t_\t3\tnsubj\t_\t_
5\t«\t«\tPUNCT\t_\t_\t6\tpunct\t_\tSpaceAfter=No
6\tكذا\tكذا\tNOUN\t_\t_\t3\tccomp\t_\tSpaceAfter=No
7\t»\t»\tPUNCT\t_\t_\t6\tpunct\t_\t_"""
)


def column(sentence: Sentence, at: int) -> list[str]:
    return [row[at] for row in sentence.words]


def test_a_title_heads_the_name_and_its_first_word_the_others() -> None:
    headed = with_names_headed(with_names_tagged(TITLE, {}))
    assert column(headed, UPOS) == ["VERB", "NOUN", "PROPN", "PROPN"]
    assert column(headed, HEAD) == ["0", "1", "2", "3"]
    assert column(headed, DEPREL) == ["root", "nsubj", "nmod", "flat"]


def test_a_lost_tag_is_the_one_the_word_usually_has() -> None:
    known = parse("1\tصلاح\tصلاح\tNOUN\t_\t_\t0\troot\t_\t_")
    usual = usual_tags([known, known, TITLE])
    assert usual["صلاح"] == "NOUN"
    assert column(with_names_tagged(TITLE, usual), UPOS)[2:] == ["NOUN", "PROPN"]


def test_variants_change_spelling_and_keep_the_tree() -> None:
    bare, curly = without_hamza(DATELINE), with_curly_marks(DATELINE)
    assert bare.text == "دبي - اكد الوزير «كذا»"
    assert curly is not None
    assert curly.text.endswith("“كذا”")
    assert column(curly, HEAD) == column(DATELINE, HEAD)


def test_a_dateline_is_cut_and_the_words_are_numbered_anew() -> None:
    cut = without_dateline(DATELINE)
    assert cut is not None
    assert cut.text == "أكد الوزير «كذا»"
    assert column(cut, HEAD) == ["0", "1", "4", "1", "4"]
    assert [row[0] for row in cut.words] == ["1", "2", "3", "4", "5"]


def test_counts_say_which_words_begin_with_no_clitic() -> None:
    counts = Counter({"سبتمبر": 100, "بتمبر": 0, "وتسليم": 10, "تسليم": 90, "ولد": 50, "لد": 20})
    known = {"تسليم": False}
    assert sure_division("سبتمبر", counts, known) is False
    assert sure_division("وتسليم", counts, known) is True
    assert sure_division("ولد", counts, known) is None


def test_known_words_keep_their_division() -> None:
    rows = (
        "1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\t_\n1\tو\tو\tCCONJ\t_\t_\t2\tcc\t_\t_\n2\tقال\tقال\tVERB\t_\t_\t0\troot\t_\t_"
    )
    assert known_divisions([parse(rows)]) == {"وقال": True}


def test_labels_mark_the_ends_of_words_and_of_the_sentence() -> None:
    assert labels("وقال نعم.", [("وقال", True), ("نعم", False), (".", False)]) == "000300012"
    assert labels("وقال", [("نعم", False)]) is None
    assert found_tokens([0, 3, 0, 1]) == {(0, 1, True), (2, 3, False)}


def test_feminine_verbs_keep_their_t_before_a_pronoun() -> None:
    found = verbs_with_objects(["عالجت", "حكومت", "حكومة", "مبادرات"], ["عالجتهم"])
    assert found == {"عالجته": "عالجت ه", "عالجتها": "عالجت ها"}


def test_the_rate_rises_then_falls() -> None:
    plan = Plan(100, 1e-3, warm_up=10)
    assert plan.rate_at(5) == 5e-4
    assert plan.rate_at(10) > plan.rate_at(50) > plan.rate_at(100) > 0


def test_a_sentence_is_read_as_it_is_written() -> None:
    assert parse(dump(DATELINE)) == DATELINE


def test_arcs_of_reporting_verbs_are_found() -> None:
    subjects, clauses = arcs([DATELINE])
    assert [child[1] for _, child in subjects] == ["الوزير"]
    assert [child[1] for _, child in clauses] == ["كذا"]
