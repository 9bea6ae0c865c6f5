"""Documents for tests of formats, pictures and commands, made without a parser."""

from __future__ import annotations

import hashlib
from typing import Any

from attribution.records import (
    AttributedDocument,
    Attribution,
    Content,
    Cue,
    Medium,
    Source,
    SpeakerReference,
    TextSpan,
)

TEXT = "قال بوتين للصحافيين: «سنلتقي الجمعة». وأضاف أن القمة مهمة."


def span(words: str, text: str = TEXT) -> TextSpan:
    """The first place of `words` in `text`."""
    start = text.index(words)
    return TextSpan(start=start, end=start + len(words), text=words)


def attribution(content: str = "سنلتقي الجمعة", cue: str = "قال", text: str = TEXT, **changes: Any) -> Attribution:
    """A direct attribution to Putin with every role filled, save for what `changes` says."""
    whole: dict[str, Any] = {
        "id": "a1",
        "type": "direct",
        "content": Content(spans=(span(content, text),)),
        "cue": Cue(span=span(cue, text), lemma="قال", kind="verb"),
        "source": Source(span=span("بوتين", text) if "بوتين" in text else None, form="proper"),
        "speaker": SpeakerReference(id="s1", name="فلاديمير بوتين", kind="person"),
        "confidence": 0.875,
    }
    return Attribution(**whole | changes)


def elided() -> Attribution:
    """The second sentence's attribution: no source, no addressee."""
    source = Source(span=None, form="elided")
    return attribution("أن القمة مهمة", "أضاف", id="a2", type="indirect", source=source)


def document(
    id: str = "a", text: str = TEXT, attributions: tuple[Attribution, ...] | None = None, **changes: Any
) -> AttributedDocument:
    """A document of `text`, by default with a direct and an elided attribution."""
    if attributions is None:
        first = attribution(
            addressee=span("الصحافيين") if "الصحافيين" in text else None, medium=Medium(name="رويترز", span=span("قال"))
        )
        attributions = (first, elided())
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    whole: dict[str, Any] = {"id": id, "text": text, "text_sha256": digest, "attributions": attributions}
    return AttributedDocument(**whole | {"model": "stub", "version": "0"} | changes)
