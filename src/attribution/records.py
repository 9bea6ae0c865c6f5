"""The public records: frozen Pydantic models, one `AttributedDocument` a text.

Every offset is a half-open code-point offset into the text as it was given: `text[s.start:s.end] == s.text`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

AttributionType = Literal["direct", "indirect", "mixed"]
CueKind = Literal["verb", "participle", "verbal_noun", "preposition", "colon", "layout"]
SourceForm = Literal["proper", "nominal", "pronominal", "elided"]
SpeakerKind = Literal["person", "organization", "document", "collective", "anonymous"]
Gender = Literal["masculine", "feminine"]
Number = Literal["singular", "dual", "plural"]
MarkKind = Literal["guillemets", "single_guillemets", "curly", "straight", "angle", "parentheses"]
MarkReason = Literal["said", "said_clause", "addressee", "title", "name", "term", "irony"]


class Record(BaseModel):
    """Base of the records: frozen, and no field beyond those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TextSpan(Record):
    """A stretch of the document: half-open code-point offsets and the text between them."""

    start: int = Field(ge=0, description="Offset of the first code point.")
    end: int = Field(ge=0, description="Offset after the last code point.")
    text: str = Field(description="The document's text from start to end.")


class Content(Record):
    """The attributed words: one span, or several where the cue or a parenthesis interrupts them."""

    spans: tuple[TextSpan, ...] = Field(min_length=1)

    @property
    def text(self) -> str:
        """The spans' texts joined by « … »."""
        return " … ".join(span.text for span in self.spans)


class Cue(Record):
    """The word or words that signal an attribution."""

    span: TextSpan
    lemma: str = Field(description="Lemma of the lexicon entry, vocalised as little as the lexicon does.")
    kind: CueKind
    negated: bool = Field(default=False, description="The cue is negated: «لم يؤكد».")
    modal: bool = Field(
        default=False, description="The cue is possible or future, not said to have happened: «قد يعلن»."
    )

    @property
    def text(self) -> str:
        """The cue as written."""
        return self.span.text


class Source(Record):
    """Who speaks, as the text says it beside the cue; `span` is null where the subject is elided or a clitic."""

    span: TextSpan | None
    form: SourceForm
    person: int | None = Field(default=None, ge=1, le=3)
    gender: Gender | None = None
    number: Number | None = None


class SpeakerReference(Record):
    """The resolved speaker of one attribution; `id` leads to the document's `speakers`."""

    id: str
    name: str = Field(description="Fullest name or description that the document gives.")
    kind: SpeakerKind


class Speaker(Record):
    """Somebody who speaks in the document, with the places where the document mentions them."""

    id: str
    name: str
    kind: SpeakerKind
    title: str | None = Field(default=None, description="Office or role given beside the name, if any.")
    gender: Gender | None = None
    number: Number | None = None
    mentions: tuple[TextSpan, ...] = ()


class Medium(Record):
    """Who relays the words without being their speaker: an agency or newspaper («نقلت رويترز عن …»)."""

    name: str
    span: TextSpan


class Evidence(Record):
    """One reason for a decision: a rule's id (docs/rules.md), the span it read, and a note."""

    rule: str
    span: TextSpan | None = None
    note: str = ""


class RejectedCandidate(Record):
    """A speaker that was considered for an attribution and not chosen, with the reason."""

    name: str
    span: TextSpan | None = None
    reason: str


class Attribution(Record):
    """Somebody is said to have said (written, announced, denied, asked, held) something."""

    id: str
    type: AttributionType = Field(
        description="direct: every letter of the content is inside marks (a leading أن aside); "
        "indirect: none; mixed: some."
    )
    content: Content
    cue: Cue | None
    source: Source | None
    speaker: SpeakerReference | None = Field(description="Null if the document does not tell, or two candidates tie.")
    addressee: TextSpan | None = None
    medium: Medium | None = None
    parent: str | None = Field(default=None, description="Id of the attribution whose content holds this one.")
    confidence: float = Field(
        ge=0.0,
        le=1.0,
        description="Learned probability that content and speaker are right; docs/tuning.md tells how well it holds.",
    )
    evidence: tuple[Evidence, ...] = ()
    rejected: tuple[RejectedCandidate, ...] = ()


class Mark(Record):
    """A marked stretch: the text between two quotation marks, and whether somebody said it."""

    span: TextSpan
    kind: MarkKind
    attributed: bool
    reason: MarkReason


class AttributedDocument(Record):
    """One text with its attributions, speakers and marks. Exactly one of `text` and `text_sha256` may be left out."""

    id: str
    text: str | None
    text_sha256: str = Field(
        description="SHA-256 of the text in UTF-8 (lone surrogates passed through), in hexadecimal."
    )
    attributions: tuple[Attribution, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()
    metadata: dict[str, JsonValue] = Field(default_factory=dict)
    model: str = Field(description="Name of the parser that was used.")
    version: str = Field(description="Version of this library.")

    def to_html(self, title: str | None = None, *, rules_url: str | None = None) -> str:
        """This document as one self-contained page; `title` is its id unless given.

        With `rules_url`, the address where this library's page of rules is published, each reason links to its rule.
        """
        from attribution.render.html import to_html

        return to_html([self], title=self.id if title is None else title, rules_url=rules_url)

    def _repr_html_(self) -> str:
        """What a notebook shows: the page of this document, in a frame of its own."""
        from attribution.render.html import to_iframe

        return to_iframe(self)


class Article(Record):
    """One text to be read, with its id and whatever the caller wants passed through to the record's `metadata`."""

    id: str
    text: str
    metadata: dict[str, JsonValue] = Field(default_factory=dict)


class FailedDocument(Record):
    """Takes the place of an `AttributedDocument` in a stream where reading one text failed; the stream goes on."""

    id: str
    error: str = Field(description="Class and message of what went wrong.")
    metadata: dict[str, JsonValue] = Field(default_factory=dict)
