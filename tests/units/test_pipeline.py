"""`Extractor`: order, context, failures that stay with their document, and what it refuses."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator, Sequence

import pytest

from attribution import (
    Article,
    AttributedDocument,
    Extractor,
    FailedDocument,
    ModelError,
    Settings,
    SettingsError,
    __version__,
)
from attribution.syntax.tree import EMPTY, Tree
from tests.units.read import LINEAR
from torture.stub import StubParser

TEXTS = [f"قال الوزير إن الاجتماع رقم {number} سيعقد غدا." for number in range(7)]


class FailingParser(StubParser):
    """Fails on every batch that holds a unit with the word خطأ."""

    def parse(self, units: Sequence[str]) -> list[Tree]:
        if any("خطأ" in unit for unit in units):
            raise RuntimeError("the parser gave up")
        return [EMPTY] * len(units)


class BrokenModel(StubParser):
    def parse(self, units: Sequence[str]) -> list[Tree]:
        raise ModelError("the model's file is gone")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_a_stream_keeps_the_order_whatever_the_batches(size: int):
    documents = list(LINEAR.stream(TEXTS, batch_size=size))
    assert [d.id for d in documents] == [str(n) for n in range(7)]
    assert [d.text for d in documents if isinstance(d, AttributedDocument)] == TEXTS


def test_a_stream_is_lazy():
    taken: list[int] = []

    def endless() -> Iterator[str]:
        number = 0
        while True:
            taken.append(number)
            yield TEXTS[number % 7]
            number += 1

    stream = LINEAR.stream(endless(), batch_size=3)
    assert next(stream).id == "0"
    assert len(taken) <= 4


def test_articles_keep_their_id_and_metadata_and_pairs_their_context():
    articles = [Article(id="x", text=TEXTS[0], metadata={"paper": "الحياة"}), (TEXTS[1], {"row": 5}), TEXTS[2]]
    documents = list(LINEAR.stream(articles))
    assert [d.id for d in documents] == ["x", "1", "2"]
    assert [d.metadata for d in documents] == [{"paper": "الحياة"}, {"context": {"row": 5}}, {}]


def test_a_text_that_cannot_be_read_fails_alone():
    texts = [TEXTS[0], "قال الوزير إن هناك خطأ.", TEXTS[1]]
    extractor = Extractor(FailingParser())
    good, failed, further = extractor.stream([(text, number) for number, text in enumerate(texts)])
    assert isinstance(failed, FailedDocument)
    assert failed.error == "RuntimeError: the parser gave up"
    assert (failed.id, failed.metadata) == ("1", {"context": 1})
    assert good == LINEAR.extract(texts[0], id="0", metadata={"context": 0})
    assert isinstance(further, AttributedDocument)


def test_a_broken_model_ends_the_stream():
    with pytest.raises(ModelError, match="file is gone"):
        list(Extractor(BrokenModel()).stream(TEXTS))


def test_one_text_that_cannot_be_read_raises():
    with pytest.raises(RuntimeError, match="gave up"):
        Extractor(FailingParser()).extract("قال الوزير إن هناك خطأ.")


@pytest.mark.parametrize("size", [0, -1])
def test_an_impossible_batch_size_is_refused(size: int):
    with pytest.raises(SettingsError, match="batch_size"):
        next(LINEAR.stream(TEXTS, batch_size=size))


def test_a_model_of_no_kind_is_refused():
    with pytest.raises(ModelError, match="int"):
        _ = Extractor(5).parser


def test_a_missing_folder_is_refused_by_name(tmp_path):
    with pytest.raises(ModelError, match="nowhere"):
        _ = Extractor(tmp_path / "nowhere").parser


def test_nothing_is_loaded_before_the_first_text():
    assert Extractor()._parser is None
    assert Extractor("no such package")._parser is None


def test_a_text_without_a_cue_needs_no_parser():
    parser = StubParser()
    document = Extractor(parser).extract("وصل الوفد إلى المطار.")
    assert parser.units == 0
    assert document.attributions == ()


def test_text_can_be_left_out_and_its_digest_stays():
    document = Extractor(StubParser(), settings=Settings(keep_text=False)).extract(TEXTS[0])
    assert document.text is None
    assert document.text_sha256 == LINEAR.extract(TEXTS[0]).text_sha256


def test_attributions_below_the_least_confidence_are_left_out():
    assert LINEAR.extract(TEXTS[0]).attributions
    strict = Extractor(StubParser(), settings=Settings(min_confidence=1.0))
    assert strict.extract(TEXTS[0]).attributions == ()


def test_an_extractor_travels_without_its_parser():
    travelled = pickle.loads(pickle.dumps(LINEAR))
    assert travelled._parser is None
    assert travelled.extract(TEXTS[0]) == LINEAR.extract(TEXTS[0])


def test_records_name_model_and_version():
    document = LINEAR.extract(TEXTS[0])
    assert (document.model, document.version) == ("stub", __version__)


def test_bulk_equals_single_with_the_bundled_parser(extractor: Extractor):
    texts = [*TEXTS[:3], "«لن نتراجع عن حقوقنا أبدا»، قالت الوزيرة.", "وأضافت أن العمل مستمر، مشيرة إلى أن الحل قريب."]
    assert list(extractor.stream(texts)) == [extractor.extract(text, id=str(n)) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("أعلن مسؤول أميركي استئناف المفاوضات.", "مسؤول أميركي", "استئناف المفاوضات"),
        ("وأعلنت مصادر طبية إغلاق الحدود.", "مصادر طبية", "إغلاق الحدود"),
        ("طالب مصدر أمني بفتح تحقيق مستقل.", "مصدر أمني", "فتح تحقيق مستقل"),
    ],
)
def test_where_only_the_tree_ends_the_subject_the_unit_is_parsed(
    extractor: Extractor, text: str, source: str, content: str
):
    (found,) = extractor.extract(text).attributions
    assert found.source.span is not None
    assert (found.source.span.text, found.content.text) == (source, content)


def test_eight_threads_on_one_extractor_read_as_one_does(extractor: Extractor):
    alone = [extractor.extract(text) for text in TEXTS]
    found: dict[int, list[AttributedDocument]] = {}

    def read(number: int) -> None:
        found[number] = [extractor.extract(text) for text in TEXTS]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[number] == alone for number in range(8))


@pytest.mark.parametrize("text", ["سمير " + "دي " * 390, "سمير " + "لو " * 390, "سمير دي " * 190, "قال سمير " * 190])
def test_a_chain_of_names_and_particles_is_read(text: str):
    assert LINEAR.extract(f"{text}قال إن الحل قريب").attributions
