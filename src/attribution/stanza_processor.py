"""Inside Stanza: importing this module registers the processor "attribution", which puts `attributions` on a Document.

    import stanza
    import attribution.stanza_processor

    pipeline = stanza.Pipeline("ar", processors="tokenize,mwt,pos,lemma,depparse,attribution")
    pipeline(text).attributions

Options of the pipeline: `attribution_lexicon` (a file or several), `attribution_settings` (a `Settings`), and
`attribution_model`, which has the frames parsed afresh by another model instead of reusing the pipeline's parse.
A Document that was parsed before is read by `Extractor.from_document`, which needs no processor.
"""

from __future__ import annotations

from typing import Any

from stanza.pipeline.processor import Processor, register_processor

from attribution.pipeline import Extractor

NAME = "attribution"


@register_processor(NAME)
class AttributionProcessor(Processor):  # type: ignore[misc]  # Stanza carries no types
    """Stanza's processor "attribution": sets `document.attributions` and `document.attributed` (the whole record)."""

    PROVIDES_DEFAULT = frozenset({NAME})
    REQUIRES_DEFAULT = frozenset({"tokenize", "pos", "depparse"})

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        options = {key: config[key] for key in ("settings", "lexicon") if config.get(key) is not None}
        model = config.get("model")
        self._reuse = model is None
        self._extractor = Extractor(**options) if model is None else Extractor(model, device=str(device), **options)

    def process(self, doc: Any) -> Any:
        """`doc`, with its attributions."""
        extractor = self._extractor
        attributed = extractor.from_document(doc) if self._reuse else extractor.extract(doc.text)
        doc.attributed, doc.attributions = attributed, attributed.attributions
        return doc

    def mark_inactive(self) -> None:
        """Nothing; Stanza asks this of a processor whose requirements are not met, and nothing is held to let go."""
