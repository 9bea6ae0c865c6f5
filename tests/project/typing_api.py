"""Checked by mypy as a user's code would be, never run: the public names and what they give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import attribution
from attribution import Article, AttributedDocument, Extractor, FailedDocument, Settings
from attribution.records import Attribution, SpeakerReference, TextSpan


def one_text(text: str) -> None:
    """A text in, a document out."""
    document = attribution.extract(text, id="a")
    assert_type(document, AttributedDocument)
    for found in document.attributions:
        assert_type(found, Attribution)
        assert_type(found.content.text, str)
        assert_type(found.content.spans, tuple[TextSpan, ...])
        assert_type(found.speaker, SpeakerReference | None)
        assert_type(found.confidence, float)


def options() -> Extractor:
    """Every option by its name."""
    settings = Settings(min_confidence=0.5)
    return Extractor(model="ar_compact", settings=settings, lexicon=[Path("my.toml")], device="cpu")


def many(texts: list[str]) -> Iterator[AttributedDocument | FailedDocument]:
    """A stream in, a stream out."""
    articles = (Article(id=str(n), text=text, metadata={"n": n}) for n, text in enumerate(texts))
    return options().stream(articles, batch_size=8)


def parsed_before(stanza_document: object) -> AttributedDocument:
    """A parse of Stanza's, a table of pandas'."""
    document = options().from_document(stanza_document, id="a", metadata={"day": "x"})
    attribution.to_frame(document)
    attribution.to_frame([document])
    attribution.to_frame(many(["نص"]))
    return document
