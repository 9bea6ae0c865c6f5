"""`Extractor.stream`: lazy, in order, whole where a document fails, and flat in memory."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from attribution import Article, AttributedDocument, Extractor, FailedDocument, SettingsError
from attribution.errors import ModelError
from tests.batch.stubs import BAD, StubParser

LETTERS = "بتجحدرزسشصطعغفقكلمنهي"


def coined(number: int) -> str:
    """A word of its own for each number, so that caches of words fill."""
    word = ""
    for _ in range(5):
        number, letter = divmod(number, len(LETTERS))
        word += LETTERS[letter]
    return word


def resident() -> int:
    """The pages of memory that this process holds."""
    return int(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1])


def said(number: int) -> str:
    return f"وقال الوزير {coined(number)} {coined(7 * number + 3)} إن «الاجتماع رقم {number} سيعقد غدا في الرياض»."


def test_order_context_and_failures():
    given = [Article(id="x", text=said(1), metadata={"k": 1}), said(2), (f"وقال {BAD} إن", {"url": "u"}), (said(3), 4)]
    first, second, failed, last = Extractor(StubParser()).stream(given, batch_size=3)
    assert isinstance(first, AttributedDocument)
    assert (first.id, first.metadata, len(first.attributions)) == ("x", {"k": 1}, 1)
    assert (second.id, second.metadata) == ("1", {})
    assert isinstance(failed, FailedDocument)
    assert (failed.id, failed.error, failed.metadata) == ("2", "ValueError: not this one", {"context": {"url": "u"}})
    assert last.metadata == {"context": 4}


def test_it_reads_no_more_than_a_batch_ahead():
    asked: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(10):
            asked.append(number)
            yield said(number)

    stream = Extractor(StubParser()).stream(texts(), batch_size=3)
    assert asked == []
    next(stream)
    assert asked == [0, 1, 2]


def test_what_is_wrong_with_settings_or_model_is_raised():
    with pytest.raises(SettingsError):
        next(Extractor(StubParser()).stream(["قال"], batch_size=0))
    with pytest.raises(ModelError):
        next(Extractor("/no/such/model").stream([said(1)]))


@pytest.mark.skipif(sys.platform != "linux", reason="the memory held now is told by Linux only")
def test_memory_is_flat_over_five_thousand_articles():
    stream = Extractor(StubParser()).stream(said(number) for number in range(5000))
    for _ in range(1500):
        next(stream)
    gc.collect()
    before = resident()
    assert sum(len(record.attributions) for record in stream if isinstance(record, AttributedDocument)) >= 3000
    gc.collect()
    assert resident() <= 1.05 * before


def test_the_device_is_passed_on(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[object, str]] = []

    def load(model: object, device: str) -> StubParser:
        asked.append((model, device))
        return StubParser()

    monkeypatch.setattr("attribution.pipeline.load_parser", load)
    Extractor("padt", device="cuda").extract(said(1))
    assert asked == [("padt", "cuda")]
