"""brat stand-off: FILE.ann beside FILE.txt.

One text-bound annotation a span (Content, Cue, Source, Addressee, Medium). The first piece of a content stands for its
attribution: `Part` relations lead to its further pieces, `HasCue`, `HasSource` … to the other roles, attributes and
notes say the rest, and a normalisation (`Reference T1 Speaker:s1`) names the speaker. Annotations of other types are
passed over, so that a file can carry other layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote, unquote

from attribution.errors import InputError
from attribution.formats.exchange import (
    ROLES,
    Flat,
    Role,
    document_of,
    flatten,
    read_exactly,
    text_of,
    unescaped,
    unflatten,
    unmarked,
    write_exactly,
)
from attribution.formats.exchange import escaped as escape
from attribution.records import AttributedDocument, Attribution
from attribution.spans import Span

MODEL = "brat"
PART = "Part"
# Attributes hold one word; what may hold more, or anything, is a note.
ATTRIBUTES = (
    *("type", "confidence", "speaker.kind", "cue.kind", "cue.negated", "cue.modal"),
    *("source.form", "source.person", "source.gender", "source.number"),
)
NOTES = ("id", "parent", "cue.lemma", "medium.name")
_ESCAPES = {"\n": "n", "\r": "r", "\t": "t"}
_TYPES: dict[str, Role] = {role.capitalize(): role for role in ROLES}


def to_brat(document: AttributedDocument) -> str:
    """The .ann file of `document`; its .txt file is the text."""
    text = text_of(document)
    numbers: dict[str, Iterator[int]] = {kind: count(1) for kind in "TRAN#"}
    lines = (line for a in document.attributions for line in _lines(flatten(a), text, numbers))
    return "".join(f"{line}\n" for line in lines)


def from_brat(ann: str, text: str, *, id: str = "document", path: Path | str | None = None) -> AttributedDocument:
    """The document that an .ann file and its text make; InputError names the line that cannot be used."""
    read = _Read(text)
    for number, line in enumerate(unmarked(ann).split("\n"), start=1):
        try:
            read.line(line.removesuffix("\r"), number)
        except (ValueError, KeyError, IndexError) as error:
            raise InputError(f"is no brat annotation: {error or line[:40]}", path=path, line=number) from error
    return document_of(id, text, _attributions(read, text, path), model=MODEL)


def read_brat(path: Path | str) -> AttributedDocument:
    """The document of FILE.ann, with FILE.txt beside it; its id is the file's stem."""
    ann = Path(path)
    return from_brat(read_exactly(ann), read_exactly(ann.with_suffix(".txt")), id=ann.stem, path=ann)


def write_brat(document: AttributedDocument, path: Path | str) -> None:
    """Nothing; the annotations stand at `path` (FILE.ann) and the text beside it (FILE.txt)."""
    ann = to_brat(document)
    write_exactly(text_of(document), Path(path).with_suffix(".txt"))
    write_exactly(ann, path)


def _lines(flat: Flat, text: str, numbers: dict[str, Iterator[int]]) -> Iterator[str]:
    """The lines of one attribution."""
    first = ""
    for role in ROLES:
        for span in flat.spans.get(role, []):
            name = f"T{next(numbers['T'])}"
            shown = " ".join(text[a:b] for a, b in _pieces(span, text))
            shown = "".join(" " if c in "\n\r\t\x0b\x0c\x85\u2028\u2029" else c for c in shown)
            yield f"{name}\t{role.capitalize()} {';'.join(f'{a} {b}' for a, b in _pieces(span, text))}\t{shown}"
            if first:
                relation = PART if role == "content" else f"Has{role.capitalize()}"
                yield f"R{next(numbers['R'])}\t{relation} Arg1:{first} Arg2:{name}"
            first = first or name
    for key in ATTRIBUTES:
        if key in flat.features:
            yield f"A{next(numbers['A'])}\t{_label(key)} {first} {flat.features[key]}"
    if "speaker.id" in flat.features:
        reference = quote(flat.features["speaker.id"].encode("utf-8", "surrogatepass"), safe="")
        name = escape(flat.features["speaker.name"], _ESCAPES)
        yield f"N{next(numbers['N'])}\tReference {first} Speaker:{reference}\t{name}"
    for key in NOTES:
        if (note := {"id": flat.id, **flat.features}.get(key)) is not None:
            yield f"#{next(numbers['#'])}\t{_label(key)} {first}\t{escape(note, _ESCAPES)}"


def _label(key: str) -> str:
    """`cue.lemma` as brat writes types: CueLemma."""
    return "".join(part.capitalize() for part in key.split("."))


_KEYS = {_label(key): key for key in (*ATTRIBUTES, *NOTES)}


def _pieces(span: Span, text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a span between line ends, as brat wants them; together they reach from its start to its end."""
    start = span.start
    for at in range(span.start + 1, span.end - 1):
        if text[at] == "\n" and at > start and text[at + 1 : span.end].strip("\n"):
            yield start, at
            start = at + 1
    yield start, span.end


@dataclass(slots=True)
class _Read:
    """The annotations of a file so far, by their ids; `lines` are the lines of the text-bound ones."""

    text: str
    roles: dict[str, Role] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    features: dict[str, dict[str, str]] = field(default_factory=dict)

    def line(self, line: str, number: int) -> None:
        """Nothing; what the line says is added. ValueError, KeyError or IndexError if it says nothing."""
        if not line.strip():
            return
        columns = line.split("\t")
        kind = columns[0][:1]
        if kind == "T":
            self._text_bound(columns, number)
        elif kind == "R":
            relation, first, second = columns[1].split(" ")[:3]
            self.relations.append((relation, first.removeprefix("Arg1:"), second.removeprefix("Arg2:")))
        elif kind in "AM":
            label, target, *value = columns[1].split(" ")
            self._feature(label, target, value[0] if value else "true")
        elif kind == "N":
            _, target, reference = columns[1].split(" ")
            if reference.startswith("Speaker:"):
                speaker = unquote(reference.removeprefix("Speaker:"), errors="surrogatepass")
                features = {"speaker.id": speaker, "speaker.name": unescaped(columns[2], _ESCAPES)}
                self.features.setdefault(target, {}).update(features)
        elif kind == "#":
            label, target = columns[1].split(" ")[:2]
            self._feature(label, target, unescaped(columns[2] if len(columns) > 2 else "", _ESCAPES))
        elif kind not in "*E":
            raise ValueError(f"{columns[0]!r} begins no annotation")

    def _text_bound(self, columns: list[str], number: int) -> None:
        label, _, places = columns[1].partition(" ")
        ends = [int(end) for place in places.split(";") for end in place.split(" ")]
        span = Span(ends[0], ends[-1])
        if span.end > len(self.text):
            raise ValueError(f"the span {span.start}:{span.end} ends beyond the text of {len(self.text)} code points")
        if label in _TYPES:
            self.roles[columns[0]], self.spans[columns[0]] = _TYPES[label], span
            self.lines[columns[0]] = number

    def _feature(self, label: str, target: str, value: str) -> None:
        if label in _KEYS:
            self.features.setdefault(target, {})[_KEYS[label]] = value


def _attributions(read: _Read, text: str, path: Path | str | None) -> Iterator[Attribution]:
    """The attributions of a file, in its order: one for each content that is no further piece of another."""
    parts = {second for relation, _, second in read.relations if relation == PART}
    for name, role in read.roles.items():
        if role != "content" or name in parts:
            continue
        features = dict(read.features.get(name, {}))
        flat = Flat(features.pop("id", name), {"content": [read.spans[name]]}, features)
        for _, first, second in read.relations:
            if first == name and second in read.spans:
                flat.spans.setdefault(read.roles[second], []).append(read.spans[second])
        try:
            yield unflatten(flat, text)
        except ValueError as error:
            raise InputError(str(error), path=path, line=read.lines[name]) from error
