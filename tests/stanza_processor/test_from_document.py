"""`Extractor.from_document`: a parse that exists, read without another parser."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import stanza
from stanza.models.common.doc import Document

import attribution
from attribution import AttributedDocument, Extractor, Settings
from attribution.errors import ModelError
from attribution.syntax.document import DocumentTrees
from tests.cases.tagged import read_tagged
from tests.stanza_processor.documents import joined, parsed

BUNDLE = Path(attribution.__file__).parent / "models" / "ar_compact"
CASES = Path(__file__).parents[1] / "cases" / "synthetic.toml"
ROWS = [
    ("قال", "VERB", 0, "root"),
    ("الوزير", "NOUN", 1, "nsubj"),
    ("إن", "SCONJ", 5, "mark"),
    ("العمل", "NOUN", 5, "nsubj"),
    ("سيبدأ", "VERB", 1, "ccomp"),
]
TEXT = "قال الوزير إن العمل سيبدأ"


@pytest.fixture(scope="module")
def pipeline() -> Any:
    """A pipeline of the user's own that does not split into sentences, as this library's parser does not."""
    return stanza.Pipeline(
        "ar",
        dir=str(BUNDLE),
        processors="tokenize,mwt,pos,lemma,depparse",
        tokenize_no_ssplit=True,
        download_method=None,
        use_gpu=False,
        logging_level="CRITICAL",
    )


def apart_from_the_model(document: AttributedDocument) -> dict[str, Any]:
    return document.model_dump(exclude={"model"})


def test_where_the_trees_agree_the_record_is_that_of_the_text(pipeline: Any, extractor: Extractor):
    cases = [sentence for case in tomllib.loads(CASES.read_text("utf-8")).values() for sentence in case["sentences"]]
    texts = [read_tagged(sentence).text for sentence in cases[:60]]
    agreed = 0
    for text in texts:
        document = pipeline(text)
        ready = extractor.prepare(text)
        known = DocumentTrees(document, ready.folded)
        trees = [known.of(f, ready.units[number]) for number, frames in ready.frames.items() for f in frames]
        if [tree.words for tree in trees] == [tree.words for tree in extractor.parse([ready])]:
            agreed += 1
            record = extractor.from_document(document, id="x", metadata={"k": 1})
            assert apart_from_the_model(record) == apart_from_the_model(extractor.extract(text, "x", {"k": 1}))
    assert agreed >= 20


def test_no_parser_is_loaded(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a parser was loaded")

    monkeypatch.setattr("attribution.pipeline.load_parser", refuse)
    record = Extractor().from_document(parsed(TEXT, ROWS))
    assert (record.model, record.id) == ("stanza:document", "document")
    (found,) = record.attributions
    assert (found.content.text, found.speaker and found.speaker.name) == ("إن العمل سيبدأ", "الوزير")


def test_offsets_are_those_of_the_text_as_given():
    text = "\u200f  قالَ\u200f الوزيرُ إنّ  العملَ سيبدأ"
    rows = [(form, *row[1:]) for form, row in zip(text.replace("\u200f", "").split(), ROWS, strict=True)]
    record = Extractor().from_document(parsed(text, rows))
    assert record.text == text
    (found,) = record.attributions
    for span in (*found.content.spans, found.cue.span, found.source.span):
        assert text[span.start : span.end] == span.text


def test_settings_and_lexicon_count(tmp_path: Path):
    (tmp_path / "my.toml").write_text('[[block]]\nlemma = "قال"\nkind = "verb"\n', "utf-8")
    document = parsed(TEXT, ROWS)
    assert Extractor(lexicon=tmp_path / "my.toml").from_document(document).attributions == ()
    record = Extractor(settings=Settings(keep_text=False, frames=False)).from_document(document)
    assert (record.text, len(record.attributions)) == (None, 1)


def test_an_empty_document_has_no_attributions():
    assert Extractor().from_document(Document([], text=" \n")).attributions == ()


def changed(**values: object) -> Document:
    """A parsed Document whose words and tokens have other values."""
    document = parsed(TEXT, ROWS)
    for sentence in document.sentences:
        for holder in (*sentence.words, *sentence.tokens):
            for name, value in values.items():
                if hasattr(holder, name):
                    setattr(holder, f"_{name}", value)
    return document


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (changed(head=None), r"no dependency parse: run processors='tokenize,mwt,pos,lemma,depparse'"),
        (changed(deprel=None), "no dependency parse"),
        (changed(upos=None), "no parts of speech"),
        (changed(start_char=None), "have no offsets"),
        (changed(end_char=10_000), "lie outside its text"),
        (Document([], text=TEXT), "no words"),
        (joined(None, [{"id": (1,), "text": "قال", "upos": "VERB", "head": 0, "deprel": "root"}]), "no text"),
        (TEXT, "a str is no Stanza Document"),
        (None, "a NoneType is no Stanza Document"),
    ],
)
def test_what_a_document_lacks_is_told(document: Any, told: str):
    with pytest.raises(ModelError, match=told):
        Extractor().from_document(document)
