"""Who is quoted how much: words and times, in one document and over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from attribution.records import AttributedDocument, Attribution, SpeakerKind


@dataclass(slots=True)
class Quoted:
    """A speaker with what is attributed to them; `name` and `kind` are None for speakers that no text tells.

    `words` counts the words of all contents, those of a quotation within a quotation for both speakers. `documents`
    are the numbers of the documents that quote the speaker, from 0.
    """

    name: str | None
    kind: SpeakerKind | None
    words: int = 0
    times: int = 0
    documents: list[int] = field(default_factory=list)


def quoted_in(document: AttributedDocument) -> dict[str | None, Quoted]:
    """The speakers of one document by id, in the order they are first quoted; None stands for the unknown ones."""
    found: dict[str | None, Quoted] = {}
    for attribution in document.attributions:
        speaker = attribution.speaker
        key = speaker.id if speaker else None
        if key not in found:
            found[key] = Quoted(speaker.name if speaker else None, speaker.kind if speaker else None)
        found[key].words += words(attribution)
        found[key].times += 1
    return found


def quoted_over(documents: Sequence[AttributedDocument]) -> list[Quoted]:
    """The speakers of several documents, the most quoted (by words) first; one name and kind is one speaker.

    Names are compared as they are written: nothing says that two texts mean one person. The unknown come last.
    """
    found: dict[tuple[str | None, SpeakerKind | None], Quoted] = {}
    for number, document in enumerate(documents):
        for quoted in quoted_in(document).values():
            total = found.setdefault((quoted.name, quoted.kind), Quoted(quoted.name, quoted.kind))
            total.words += quoted.words
            total.times += quoted.times
            if number not in total.documents:
                total.documents.append(number)
    return sorted(found.values(), key=lambda q: (q.name is None, -q.words, -q.times, q.name or ""))


def words(attribution: Attribution) -> int:
    """How many words, set apart by white space, the content has."""
    return sum(len(span.text.split()) for span in attribution.content.spans)
