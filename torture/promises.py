"""What every document must keep to, whatever its text: the promises of docs/reliability.md that one document can
break.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from attribution.formats.jsonl import dump_line, parse_line
from attribution.records import AttributedDocument, Attribution, TextSpan


def broken_promises(document: AttributedDocument, text: str) -> list[str]:
    """One line for each promise that `document`, read from `text`, breaks; none if it keeps them all."""
    return [
        *_broken_spans(document, text),
        *_broken_order(document),
        *_broken_references(document),
        *_broken_digest(document, text),
        *_broken_json(document),
    ]


# Two code points that JSON, whose escapes are UTF-16, can only write as the one that they would make together.
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _broken_json(document: AttributedDocument) -> Iterator[str]:
    if not _SPLIT_PAIR.search(document.text or "") and parse_line(dump_line(document)) != document:
        yield "the record does not come back from its JSON"


def spans_of(document: AttributedDocument) -> Iterator[tuple[str, TextSpan]]:
    """Every span of a document, with the role it has."""
    for a in document.attributions:
        yield from ((f"{a.id}.{role}", span) for role, span in _spans_of(a))
    for speaker in document.speakers:
        yield from ((f"{speaker.id}.mention", span) for span in speaker.mentions)
    yield from (("mark", mark.span) for mark in document.marks)


def _spans_of(a: Attribution) -> Iterator[tuple[str, TextSpan]]:
    yield from (("content", span) for span in a.content.spans)
    single = {
        "cue": a.cue.span if a.cue else None,
        "source": a.source.span if a.source else None,
        "addressee": a.addressee,
        "medium": a.medium.span if a.medium else None,
    }
    yield from ((role, span) for role, span in single.items() if span is not None)
    yield from (("evidence", e.span) for e in a.evidence if e.span is not None)
    yield from (("rejected", r.span) for r in a.rejected if r.span is not None)


def _broken_spans(document: AttributedDocument, text: str) -> Iterator[str]:
    for role, span in spans_of(document):
        if text[span.start : span.end] != span.text or not 0 <= span.start <= span.end <= len(text):
            yield f"{role}: [{span.start}, {span.end}) does not hold {span.text!r}"
        elif not span.text.strip() and not role.endswith(("evidence", "rejected")):
            yield f"{role}: [{span.start}, {span.end}) is empty"


def _broken_order(document: AttributedDocument) -> Iterator[str]:
    starts = [a.content.spans[0].start for a in document.attributions]
    if starts != sorted(starts):
        yield f"attributions are not in the order of their contents: {starts}"
    marks = [m.span.start for m in document.marks]
    if marks != sorted(marks):
        yield f"marks are not in the order of the text: {marks}"
    for a in document.attributions:
        ends = [0, *(at for span in a.content.spans for at in (span.start, span.end))]
        if ends != sorted(ends):
            yield f"{a.id}: the pieces of its content cross or stand out of order"


def _broken_references(document: AttributedDocument) -> Iterator[str]:
    speakers = {speaker.id: speaker for speaker in document.speakers}
    ids = [a.id for a in document.attributions]
    if len(set(ids)) != len(ids) or len(speakers) != len(document.speakers):
        yield "two attributions, or two speakers, share an id"
    for a in document.attributions:
        if a.parent is not None and (a.parent == a.id or a.parent not in ids):
            yield f"{a.id}: no attribution {a.parent} to lie in"
        if a.speaker is not None and a.speaker.id not in speakers:
            yield f"{a.id}: no speaker {a.speaker.id}"
        elif a.speaker is not None and a.speaker.name != speakers[a.speaker.id].name:
            yield f"{a.id}: its speaker is called otherwise under speakers"


def _broken_digest(document: AttributedDocument, text: str) -> Iterator[str]:
    if document.text_sha256 != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "text_sha256 is not the text's"
    if document.text not in (None, text):
        yield "the record holds another text"
