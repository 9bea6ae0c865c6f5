"""What brat, TEI, CoNLL-U and Web Annotation carry of a document: spans by role, and flat features as strings.

They carry each attribution's content, cue, source, speaker, addressee, medium, type, parent and confidence. Evidence,
rejected candidates, marks, the mentions of speakers and metadata stay behind; JSON Lines carry everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ValidationError

from attribution._version import __version__
from attribution.errors import InputError
from attribution.formats.atomic import replacing
from attribution.formats.jsonl import first_fault
from attribution.records import AttributedDocument, Attribution, Speaker, TextSpan
from attribution.spans import Span

Role = Literal["content", "cue", "source", "addressee", "medium"]
ROLES: tuple[Role, ...] = get_args(Role)
_SCALARS = {
    "speaker": ("id", "name", "kind"),
    "cue": ("lemma", "kind", "negated", "modal"),
    "source": ("form", "person", "gender", "number"),
    "medium": ("name",),
}


@dataclass(slots=True)
class Flat:
    """One attribution as spans by role and features by dotted name: `cue.lemma`, `speaker.name`, `type` …"""

    id: str
    spans: dict[Role, list[Span]] = field(default_factory=dict)
    features: dict[str, str] = field(default_factory=dict)


def flatten(attribution: Attribution) -> Flat:
    """`attribution` as spans and features; features that are null, false or empty by default are left out."""
    flat = Flat(attribution.id, {"content": [Span(s.start, s.end) for s in attribution.content.spans]})
    flat.features = {"type": attribution.type, "confidence": repr(attribution.confidence)}
    if attribution.parent is not None:
        flat.features["parent"] = attribution.parent
    for name, scalars in _SCALARS.items():
        record = getattr(attribution, name)
        values = {} if record is None else {key: getattr(record, key) for key in scalars}
        flat.features |= {f"{name}.{key}": _written(v) for key, v in values.items() if v is not None and v is not False}
    for role, span in _single_spans(attribution).items():
        if span is not None:
            flat.spans[role] = [Span(span.start, span.end)]
    return flat


def _single_spans(attribution: Attribution) -> dict[Role, TextSpan | None]:
    return {
        "cue": attribution.cue.span if attribution.cue else None,
        "source": attribution.source.span if attribution.source else None,
        "addressee": attribution.addressee,
        "medium": attribution.medium.span if attribution.medium else None,
    }


def _written(value: object) -> str:
    return "true" if value is True else str(value)


def unflatten(flat: Flat, text: str) -> Attribution:
    """The attribution that `flat` describes in `text`; ValueError says what is missing or wrong."""
    whole: dict[str, Any] = {"id": flat.id}
    for name, value in flat.features.items():
        record, dot, key = name.partition(".")
        held = whole.setdefault(record, {}) if dot else None
        if name in (*ROLES, *_SCALARS) or (dot and not isinstance(held, dict)):
            raise ValueError(f"attribution {flat.id!r} has {name!r}, which is no feature of it")
        if isinstance(held, dict):
            held[key] = value
        else:
            whole[name] = value
    whole["content"] = {"spans": [_text_span(span, text) for span in flat.spans.get("content", [])]}
    for role in ROLES[1:]:
        spans = flat.spans.get(role, [])
        if len(spans) > 1:
            raise ValueError(f"attribution {flat.id!r} has {len(spans)} spans as its {role}")
        if role == "addressee":
            whole[role] = _text_span(spans[0], text) if spans else None
        elif spans or role in whole:
            whole.setdefault(role, {})["span"] = _text_span(spans[0], text) if spans else None
    try:
        return Attribution.model_validate({"cue": None, "source": None, "speaker": None, **whole})
    except ValidationError as error:
        raise ValueError(f"attribution {flat.id!r}: {first_fault(error)}") from error


def _text_span(span: Span, text: str) -> dict[str, Any]:
    if span.end > len(text):
        raise ValueError(f"the span {span.start}:{span.end} ends beyond the text, which has {len(text)} code points")
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def document_of(
    id: str, text: str, attributions: Iterable[Attribution], *, model: str, version: str = __version__
) -> AttributedDocument:
    """A document of `text` with these attributions, and the speakers that they name."""
    found = tuple(attributions)
    speakers = {a.speaker.id: Speaker(**a.speaker.model_dump()) for a in found if a.speaker}
    return AttributedDocument(
        id=id,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        attributions=found,
        speakers=tuple(speakers.values()),
        model=model,
        version=version,
    )


def carried(document: AttributedDocument) -> AttributedDocument:
    """`document` with only what these formats carry: what comes back when it is written and read again."""
    bare = (a.model_copy(update={"evidence": (), "rejected": ()}) for a in document.attributions)
    return document_of(document.id, text_of(document), bare, model=document.model, version=document.version)


def text_of(document: AttributedDocument) -> str:
    """The document's text; InputError if it was not kept, since these formats point into it."""
    if document.text is None:
        raise InputError(f"document {document.id!r} was extracted without its text (keep_text=False)")
    return document.text


def unmarked(source: str) -> str:
    """What an annotation file says, without the byte-order mark that some editors begin a file with.

    For annotations alone: in a text the mark counts, since offsets count it.
    """
    return source.removeprefix("\ufeff")


def read_exactly(path: Path | str) -> str:
    """The text of the file at `path`, line ends as they are; InputError if it cannot be read as UTF-8."""
    try:
        return Path(path).read_bytes().decode("utf-8", "surrogatepass")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8: byte {error.start}", path=path) from error


def write_exactly(text: str, path: Path | str) -> None:
    """Nothing; `text` stands at `path` in UTF-8, whole or not at all, line ends as they are."""
    with replacing(path) as stream:
        stream.write(text.encode("utf-8", "surrogatepass"))


def escaped(text: str, table: Mapping[str, str]) -> str:
    """`text` with each key of `table` written as a backslash and its value; a backslash is doubled."""
    return "".join(f"\\{table[c]}" if c in table else c for c in text.replace("\\", "\\\\"))


def unescaped(text: str, table: Mapping[str, str]) -> str:
    """What `escaped` was given; an unknown escape stands for the character after its backslash."""
    back = {letter: character for character, letter in table.items()}
    found: list[str] = []
    letters = iter(text)
    for character in letters:
        after = next(letters, "\\") if character == "\\" else character
        found.append(back.get(after, after) if character == "\\" else character)
    return "".join(found)


def first_double(names: Sequence[str]) -> str | None:
    """The first name that comes a second time, or None."""
    return next((name for at, name in enumerate(names) if name in names[:at]), None)
