"""Inside Stanza: importing this module registers the processor "attribution", which puts `attributions` on a Document.

    import stanza
    import attribution.stanza_processor

    pipeline = stanza.Pipeline("ar", processors="tokenize,mwt,pos,lemma,depparse,attribution")
    pipeline(text).attributions

Options of the pipeline: `attribution_lexicon` (a file or several), `attribution_settings` (a `Settings`), and
`attribution_model`, which has the frames parsed afresh by another model instead of reusing the pipeline's parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from stanza.pipeline.processor import Processor, register_processor

from attribution.errors import ModelError
from attribution.pipeline import Extractor, Prepared
from attribution.records import AttributedDocument
from attribution.settings import Settings
from attribution.syntax.document import DocumentTrees
from attribution.syntax.tree import EMPTY, Tree

NAME = "attribution"


class DocumentParser:
    """A Parser that answers the frames of one text from the parse that a Stanza Document of that text already has."""

    def __init__(self, document: Any, prepared: Prepared, name: str = "stanza:document") -> None:
        self.name = name
        trees = DocumentTrees(document, prepared.folded)
        self._waiting: dict[str, list[Tree]] = {}
        for number, frames in prepared.frames.items():
            for frame in frames:
                tree = trees.of(frame, prepared.units[number])
                self._waiting.setdefault(frame.text, []).append(tree)

    def parse(self, units: Sequence[str]) -> list[Tree]:
        """The tree of each frame; of frames with the same words, each its own in the order of the text."""
        asked: dict[str, int] = {}
        found: list[Tree] = []
        for unit in units:
            known = self._waiting.get(unit, [EMPTY])
            found.append(known[min(asked.get(unit, 0), len(known) - 1)])
            asked[unit] = asked.get(unit, 0) + 1
        return found


def attribute_document(
    document: Any,
    *,
    id: str = "document",
    metadata: Mapping[str, JsonValue] | None = None,
    settings: Settings | None = None,
    lexicon: Path | str | Sequence[Path | str] = (),
) -> AttributedDocument:
    """The record of a text that Stanza has parsed (tokenize, mwt, pos, depparse), without parsing it again.

    ModelError if the Document has no text (it was pretokenised) or no dependency parse.
    """
    _check(document)
    prepared = Extractor(settings=settings, lexicon=lexicon).prepare(document.text)
    parser = DocumentParser(document, prepared)
    return Extractor(parser, settings=settings, lexicon=lexicon).extract(document.text, id=id, metadata=metadata)


def _check(document: Any) -> None:
    """Nothing; ModelError says what the Document lacks."""
    if not isinstance(getattr(document, "text", None), str):
        raise ModelError("this Stanza Document has no text: make it from text, not from tokens")
    if any(word.head is None for sentence in document.sentences for word in sentence.words):
        raise ModelError("this Stanza Document has no parse: run processors='tokenize,mwt,pos,lemma,depparse' on it")


@register_processor(NAME)
class AttributionProcessor(Processor):  # type: ignore[misc]  # Stanza carries no types
    """Stanza's processor "attribution": sets `document.attributions` and `document.attributed` (the whole record)."""

    PROVIDES_DEFAULT = frozenset({NAME})
    REQUIRES_DEFAULT = frozenset({"tokenize", "pos", "depparse"})

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        self._options = {key: config[key] for key in ("settings", "lexicon") if config.get(key) is not None}
        model = config.get("model")
        self._extractor = Extractor(model, device=str(device), **self._options) if model is not None else None

    def process(self, doc: Any) -> Any:
        """`doc`, with its attributions."""
        if self._extractor is not None:
            attributed = self._extractor.extract(doc.text)
        else:
            attributed = attribute_document(doc, **self._options)
        doc.attributed, doc.attributions = attributed, attributed.attributions
        return doc

    def mark_inactive(self) -> None:
        """Nothing; Stanza asks this of a processor whose requirements are not met."""
        self._extractor = None
