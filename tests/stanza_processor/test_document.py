"""A Document's parse cut into the trees of frames."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attribution.pipeline import Extractor, Prepared
from attribution.syntax.document import DocumentTrees, document_words
from attribution.syntax.tree import Tree
from tests.stanza_processor.documents import Row, joined, parsed

EXTRACTOR = Extractor()
PLAIN = "قال الوزير إن العمل سيبدأ"
PLAIN_ROWS: list[Row] = [
    ("قال", "VERB", 0, "root"),
    ("الوزير", "NOUN", 1, "nsubj"),
    ("إن", "SCONJ", 5, "mark"),
    ("العمل", "NOUN", 5, "nsubj"),
    ("سيبدأ", "VERB", 1, "ccomp"),
]


def trees(document: object, prepared: Prepared) -> list[tuple[str, Tree]]:
    found = DocumentTrees(document, prepared.folded)
    return [(f.text, found.of(f, prepared.units[n])) for n, frames in prepared.frames.items() for f in frames]


def only(document: object) -> tuple[str, Tree]:
    [(text, tree)] = trees(document, EXTRACTOR.prepare(document.text))
    return text, tree


def heads(tree: Tree) -> list[tuple[str, str, str]]:
    return [(w.form, w.deprel, h.form if (h := tree.head_of(w.index)) else "") for w in tree.words]


def test_frame_without_marks_gets_the_parse_as_it_is():
    text, tree = only(parsed(PLAIN, PLAIN_ROWS))
    assert [(w.form, w.upos, w.head, w.deprel) for w in tree.words] == PLAIN_ROWS
    assert [text[w.start : w.end] for w in tree.words] == [row[0] for row in PLAIN_ROWS]


def test_long_marked_stretch_hangs_where_its_top_word_hangs():
    text = "قال الوزير: «سوف يبدأ العمل غدا صباحا» في القاعة"
    rows: list[Row] = [
        ("قال", "VERB", 0, "root"),
        ("الوزير", "NOUN", 1, "nsubj"),
        (":", "PUNCT", 6, "punct"),
        ("«", "PUNCT", 6, "punct"),
        ("سوف", "AUX", 6, "aux"),
        ("يبدأ", "VERB", 1, "ccomp"),
        ("العمل", "NOUN", 6, "nsubj"),
        ("غدا", "ADV", 6, "obl"),
        ("صباحا", "NOUN", 8, "nmod"),
        ("»", "PUNCT", 6, "punct"),
        ("في", "ADP", 12, "case"),
        ("القاعة", "NOUN", 6, "obl"),
    ]
    shown, tree = only(parsed(text, rows))
    assert shown == "قال الوزير: «كذا» في القاعة"
    assert heads(tree) == [
        ("قال", "root", ""),
        ("الوزير", "nsubj", "قال"),
        (":", "punct", "كذا"),
        ("«", "punct", "كذا"),
        ("كذا", "ccomp", "قال"),
        ("»", "punct", "كذا"),
        ("في", "case", "القاعة"),
        ("القاعة", "obl", "كذا"),
    ]
    assert [shown[w.start : w.end] for w in tree.words] == [w.form for w in tree.words]


def test_words_keep_their_place_between_marks_of_another_width():
    text = "قال الوزير ((العمل جيد)) أمس"
    rows: list[Row] = [
        ("قال", "VERB", 0, "root"),
        ("الوزير", "NOUN", 1, "nsubj"),
        ("((", "PUNCT", 5, "punct"),
        ("العمل", "NOUN", 5, "nsubj"),
        ("جيد", "ADJ", 1, "ccomp"),
        ("))", "PUNCT", 5, "punct"),
        ("أمس", "ADV", 1, "obl"),
    ]
    shown, tree = only(parsed(text, rows))
    assert shown == "قال الوزير «العمل جيد» أمس"
    places = [shown[w.start : w.end] for w in tree.words]
    assert places == ["قال", "الوزير", "«", "العمل", "جيد", "»", "أمس"]


def test_vowel_signs_and_their_tokens_leave_no_trace():
    text = "قالَ الوزيرُ إنّ العمل سيبدأ"
    rows: list[Row] = [
        ("قال", "VERB", 0, "root"),
        ("َ", "X", 1, "dep"),
        ("الوزيرُ", "NOUN", 2, "nsubj"),
        ("إنّ", "SCONJ", 6, "mark"),
        ("العمل", "NOUN", 6, "nsubj"),
        ("سيبدأ", "VERB", 1, "ccomp"),
    ]
    shown, tree = only(parsed(text, rows))
    assert shown == PLAIN
    assert [shown[w.start : w.end] for w in tree.words] == PLAIN.split()
    assert heads(tree)[1] == ("الوزيرُ", "nsubj", "قال")


def test_words_of_one_token_share_it():
    text = "وقال الوزير إن العمل سيبدأ"
    document = joined(
        text,
        [
            {"id": (1, 2), "text": "وقال", "start_char": 0, "end_char": 4},
            {"id": (1,), "text": "و", "upos": "CCONJ", "head": 2, "deprel": "cc"},
            {"id": (2,), "text": "قال", "upos": "VERB", "head": 0, "deprel": "root"},
            {
                "id": (3,),
                "text": "الوزير",
                "upos": "NOUN",
                "head": 2,
                "deprel": "nsubj",
                "start_char": 5,
                "end_char": 11,
            },
        ],
    )
    assert [(w.start, w.end) for w in document_words(document)] == [(0, 1), (1, 4), (5, 11)]
    _, tree = only(document)
    assert [(w.form, w.start, w.end, w.head) for w in tree.words] == [
        ("و", 0, 1, 2),
        ("قال", 1, 4, 0),
        ("الوزير", 5, 11, 2),
    ]


def test_head_outside_the_frame_gives_way_to_the_next_one_above():
    filler = " ".join(f"كلمة{n}" for n in range(40))
    text = f"قال الوزير {filler} أضاف المدير"
    words = text.split()
    rows: list[Row] = [(w, "NOUN", at, "dep") for at, w in enumerate(words)]
    rows[-2] = (rows[-2][0], "VERB", 1, "conj")
    prepared = Extractor(settings=EXTRACTOR.settings.model_copy(update={"frame_words": 20})).prepare(text)
    found = trees(parsed(text, rows), prepared)
    assert len(found) == 3
    for shown, tree in found:
        assert tree.root is not None
        assert [shown[w.start : w.end] for w in tree.words] == shown.split()
    assert heads(found[-1][1])[-1] == ("المدير", "dep", "أضاف")


def test_frame_over_several_sentences_of_stanza_is_one_tree():
    text = "قال الوزير إن العمل سيبدأ"
    first, second = (
        PLAIN_ROWS[:2],
        [("إن", "SCONJ", 3, "mark"), ("العمل", "NOUN", 3, "nsubj"), ("سيبدأ", "VERB", 0, "root")],
    )
    _, tree = only(parsed(text, first, second))
    assert heads(tree)[-1] == ("سيبدأ", "parataxis", "قال")


@given(st.data())
def test_any_heads_give_a_tree_with_words_in_place(data: st.DataObject):
    words = data.draw(
        st.lists(st.sampled_from(["قال", "الوزير", "«", "»", "إن", "جَيّد", ".", "مدير", "غدا"]), min_size=1, max_size=25)
    )
    text = " ".join(words)
    heads = [data.draw(st.integers(0, len(words))) for _ in words]
    # Stanza gives trees: a head to the left of its word cannot close a cycle.
    rows: list[Row] = [(w, "NOUN", min(h, at), "dep") for at, (w, h) in enumerate(zip(words, heads, strict=True))]
    document = parsed(text, rows)
    for shown, tree in trees(document, EXTRACTOR.prepare(text)):
        assert len(tree) > 0
        for word in tree.words:
            assert 0 <= word.start < word.end <= len(shown)
