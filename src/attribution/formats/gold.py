"""What scoring compares: gold folders and predictions, both as relations.

A gold folder holds text/ID.txt and ann/ID.json; predictions are the JSON Lines of `attribution extract`, of which only
`id` and the spans, speaker name and type of each attribution are read, so that other tools' output can be scored too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, NonNegativeInt, ValidationError

from attribution.errors import InputError
from attribution.formats.files import read_text
from attribution.formats.jsonl import first_fault, numbered_lines, validated
from attribution.records import AttributedDocument
from attribution.spans import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as scoring sees it; `optional` ones cost nothing, found or not."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str | None
    type: str | None
    kind: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated text; `unattributed_marks` are the marked stretches nobody said."""

    id: str
    text: str
    relations: tuple[Relation, ...]
    unattributed_marks: tuple[Span, ...]


def read_gold(folder: Path | str) -> tuple[GoldDocument, ...]:
    """The annotated texts of a gold folder, or of all gold folders inside `folder`, sorted by id.

    InputError names the file that is missing or wrong, or an id that two texts share.
    """
    root = Path(folder)
    parts = [root] if (root / "ann").is_dir() else sorted(ann.parent for ann in root.glob("*/ann"))
    documents = [_read_document(file) for part in parts for file in sorted((part / "ann").glob("*.json"))]
    if not documents:
        raise InputError("holds no annotations (ann/*.json, or folders with them)", path=root)
    if twice := _first_double(document.id for document in documents):
        raise InputError(f"two annotated texts have the id {twice!r}", path=root)
    return tuple(sorted(documents, key=lambda document: document.id))


def read_predictions(path: Path | str) -> dict[str, tuple[Relation, ...]]:
    """The relations of each predicted document, by id; InputError names the line that cannot be used."""
    found: dict[str, tuple[Relation, ...]] = {}
    for number, line in numbered_lines(path):
        document = validated(_PredictedDocument, line, path=path, number=number)
        if document.id in found:
            raise InputError(f"the id {document.id!r} stands in an earlier line too", path=path, line=number)
        found[document.id] = tuple(relation.relation() for relation in document.attributions)
    return found


def relations_of(document: AttributedDocument) -> tuple[Relation, ...]:
    """The relations of an extracted document, to score it without a file between."""
    return tuple(
        relation.relation() for relation in _PredictedDocument.model_validate(document.model_dump()).attributions
    )


class _Interval(BaseModel):
    start: NonNegativeInt
    end: NonNegativeInt

    def span(self) -> Span:
        # An empty stretch cannot match anything; a reversed one is read as empty rather than refused.
        return Span(self.start, max(self.start, self.end))


class _Anchored(BaseModel):
    span: _Interval | None = None


class _Named(BaseModel):
    name: str | None = None
    kind: str | None = None


class _Pieces(BaseModel):
    spans: tuple[_Interval, ...]


class _Predicted(BaseModel):
    content: _Pieces
    cue: _Anchored | None = None
    source: _Anchored | None = None
    speaker: _Named | None = None
    type: str | None = None

    def relation(self) -> Relation:
        """This attribution as scoring sees it."""
        speaker = self.speaker or _Named()
        return Relation(
            content=tuple(piece.span() for piece in self.content.spans),
            cue=_anchor(self.cue),
            source=_anchor(self.source),
            speaker=speaker.name,
            type=self.type,
            kind=speaker.kind,
        )


class _PredictedDocument(BaseModel):
    id: str
    attributions: tuple[_Predicted, ...]


class _Annotated(BaseModel):
    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    speaker: str | None
    type: str
    kind: str | None = None
    optional: bool = False

    def relation(self) -> Relation:
        """This annotation as scoring sees it."""
        return Relation(
            content=tuple(Span(*pair) for pair in self.content),
            cue=Span(*self.cue) if self.cue else None,
            source=Span(*self.source) if self.source else None,
            speaker=self.speaker,
            type=self.type,
            kind=self.kind,
            optional=self.optional,
        )


class _AnnotatedDocument(BaseModel):
    attributions: tuple[_Annotated, ...]
    unattributed_marks: tuple[tuple[int, int], ...] = ()


def _read_document(file: Path) -> GoldDocument:
    """The annotated text whose annotation is `file`."""
    text = read_text(file.parent.parent / "text" / f"{file.stem}.txt")
    try:
        annotation = _AnnotatedDocument.model_validate_json(read_text(file))
        relations = tuple(annotated.relation() for annotated in annotation.attributions)
        marks = tuple(Span(*pair) for pair in annotation.unattributed_marks)
    except ValidationError as error:
        raise InputError(first_fault(error), path=file) from error
    except ValueError as error:
        raise InputError(str(error), path=file) from error
    return GoldDocument(file.stem, text, relations, marks)


def _anchor(anchored: _Anchored | None) -> Span | None:
    return anchored.span.span() if anchored and anchored.span else None


def _first_double(ids: Iterable[str]) -> str | None:
    """The first id that comes a second time, or None."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            return name
        seen.add(name)
    return None
