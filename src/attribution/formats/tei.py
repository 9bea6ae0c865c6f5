"""TEI P5: the text with `said` (@who, @direct) around attributed words, or with stand-off spans where any two cross.

Cue, source, addressee and medium are `seg` and `rs`; speakers stand in the header's `listPerson`; lemma, confidence and
the rest are a feature structure each, which @ana points to. XML has no place for most control characters: each is
written `<g ref="#u0000"/>` and read back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn
from xml.parsers import expat

from attribution.errors import InputError
from attribution.formats.exchange import (
    ROLES,
    Flat,
    Role,
    document_of,
    flatten,
    read_exactly,
    text_of,
    unflatten,
    write_exactly,
)
from attribution.records import AttributedDocument
from attribution.spans import Span

TEI = "http://www.tei-c.org/ns/1.0"
_ID = "http://www.w3.org/XML/1998/namespace id"
_TAGS: Mapping[Role, str] = MappingProxyType(
    {
        "content": "said",
        "cue": 'seg type="cue"',
        "source": 'rs type="source"',
        "addressee": 'rs type="addressee"',
        "medium": 'rs type="medium"',
    }
)
_DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
_SPEAKER = ("speaker.id", "speaker.name", "speaker.kind")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RANGE = re.compile(r"#string-range\(t,(\d+),(\d+)\)")
_G = re.compile(r"#u([0-9a-f]{4,6})")

Person = tuple[str, str, str]
Placed = tuple[Span, Role, int]


def to_tei(document: AttributedDocument) -> str:
    """`document` as a TEI file."""
    text = text_of(document)
    flats = [flatten(a) for a in document.attributions]
    persons = list(dict.fromkeys(p for flat in flats if (p := _person(flat)) is not None))
    who = [_person_id(persons, flat) for flat in flats]
    placed = [(span, role, n) for n, flat in enumerate(flats) for role in ROLES for span in flat.spans.get(role, [])]
    crossing = _crosses([span for span, _, _ in placed])
    body = _xml(text) if crossing else _inline(text, placed, flats, who)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{TEI}" xml:lang="ar">\n{_header(document, persons)}'
        f'<text><body><ab xml:id="t" xml:space="preserve">{body}</ab></body></text>\n'
        f"<standOff>\n{''.join(_features(n, flat, who[n]) for n, flat in enumerate(flats))}"
        f"{''.join(_stand_off(place) for place in placed) if crossing else ''}</standOff>\n</TEI>\n"
    )


def from_tei(source: str, *, path: Path | str | None = None) -> AttributedDocument:
    """The document of a TEI file; InputError names the line that cannot be used."""
    read = _Reader(path)
    read.feed(source)
    text = "".join(read.text)
    attributions = []
    for ana, flat in read.flats.items():
        try:
            attributions.append(unflatten(flat, text))
        except ValueError as error:
            raise InputError(str(error), path=path, line=read.lines[ana]) from error
    title, model, version = (read.names.get(name, "") for name in ("title", "label", "desc"))
    return document_of(title, text, attributions, model=model, version=version)


def read_tei(path: Path | str) -> AttributedDocument:
    """The document of the TEI file at `path`."""
    return from_tei(read_exactly(path), path=path)


def write_tei(document: AttributedDocument, path: Path | str) -> None:
    """Nothing; `document` stands at `path` as TEI."""
    write_exactly(to_tei(document), path)


def _header(document: AttributedDocument, persons: Sequence[Person]) -> str:
    listed = "".join(
        f'<person xml:id="s-{n}" role="{kind}"><persName>{_xml(name)}</persName><idno>{_xml(id)}</idno></person>\n'
        for n, (id, name, kind) in enumerate(persons)
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_xml(document.id)}</title></titleStmt>"
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>\n"
        f'<encodingDesc><appInfo><application ident="attribution-ar" version="1"><label>{_xml(document.model)}</label>'
        f"<desc>{_xml(document.version)}</desc></application></appInfo></encodingDesc>\n"
        f"<profileDesc><particDesc><listPerson>\n{listed}</listPerson></particDesc></profileDesc></teiHeader>\n"
    )


def _person(flat: Flat) -> Person | None:
    found = tuple(flat.features.get(key) for key in _SPEAKER)
    return None if found[0] is None else found  # type: ignore[return-value]


def _person_id(persons: Sequence[Person], flat: Flat) -> str | None:
    person = _person(flat)
    return None if person is None else f"s-{persons.index(person)}"


def _crosses(spans: Sequence[Span]) -> bool:
    """Whether two of the spans overlap without one covering the other."""
    open_now: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        while open_now and open_now[-1].end <= span.start:
            open_now.pop()
        if open_now and span.end > open_now[-1].end:
            return True
        open_now.append(span)
    return False


def _inline(text: str, placed: Sequence[Placed], flats: Sequence[Flat], who: Sequence[str | None]) -> str:
    """The text with an element around each span; no two of them cross."""
    pieces: list[str] = []
    open_now: list[Placed] = []
    at = 0

    def until(offset: int) -> None:
        nonlocal at
        while open_now and open_now[-1][0].end <= offset:
            span, role, _ = open_now.pop()
            pieces.append(f"{_xml(text[at : span.end])}</{_TAGS[role].split()[0]}>")
            at = span.end
        pieces.append(_xml(text[at:offset]))
        at = offset

    for place in sorted(placed, key=lambda p: (p[0].start, -p[0].end)):
        span, role, number = place
        until(span.start)
        pieces.append(f"<{_TAGS[role]} ana=\"#a-{number}\"{_said(flats[number], who[number]) if role == 'content' else ''}>")
        open_now.append(place)
    until(len(text))
    return "".join(pieces)


def _said(flat: Flat, who: str | None) -> str:
    """The attributes of `said` beyond @ana."""
    speaker = "" if who is None else f' who="#{who}"'
    return f'{speaker} direct="{_DIRECT[flat.features["type"]]}"'


def _features(number: int, flat: Flat, who: str | None) -> str:
    """The feature structure of one attribution, its speaker as a pointer."""
    values = {"id": flat.id, **{k: v for k, v in flat.features.items() if k not in _SPEAKER}}
    lines = "".join(f'<f name="{key}"><string>{_xml(value)}</string></f>\n' for key, value in values.items())
    pointer = "" if who is None else f'<f name="speaker" fVal="#{who}"/>\n'
    return f'<fs type="attribution" xml:id="a-{number}">\n{lines}{pointer}</fs>\n'


def _stand_off(placed: Placed) -> str:
    span, role, number = placed
    return f'<span type="{role}" ana="#a-{number}" target="#string-range(t,{span.start},{len(span)})"/>\n'


def _xml(text: str) -> str:
    """`text` escaped, with an element in place of each character that XML has no place for."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _NOT_XML.sub(lambda found: f'<g ref="#u{ord(found[0]):04x}"/>', safe)


@dataclass(slots=True)
class _Reader:
    """A TEI file while it is read; `flats` are its attributions by xml:id."""

    path: Path | str | None
    text: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    persons: dict[str, dict[str, str]] = field(default_factory=dict)
    flats: dict[str, Flat] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    _stack: list[tuple[str, dict[str, str], int]] = field(default_factory=list)
    _spans: list[tuple[str, str, Span, int]] = field(default_factory=list)
    _held: list[str] = field(default_factory=list)
    _length: int = 0
    _line: int = 1

    def feed(self, source: str) -> None:
        """Nothing; the file is read. InputError if it is no XML, or points to what it does not hold."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def here() -> None:
            self._line = parser.CurrentLineNumber

        def started(name: str, attributes: dict[str, str]) -> None:
            here()
            self._start(name.removeprefix(f"{TEI} "), attributes)

        def ended(name: str) -> None:
            here()
            self._end(name.removeprefix(f"{TEI} "))

        def declared(*_: object) -> None:
            here()
            self._fail("has a DOCTYPE; files with one are refused, since it can name other files")

        parser.StartElementHandler, parser.EndElementHandler = started, ended
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._characters, declared
        try:
            parser.Parse(source.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            raise InputError(f"is not XML: {error}", path=self.path, line=error.lineno) from error
        self._place()

    def _fail(self, message: str, line: int | None = None) -> NoReturn:
        raise InputError(message, path=self.path, line=line or self._line)

    def _inside(self, name: str) -> bool:
        return any(tag == name for tag, _, _ in self._stack)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._stack and tag != "TEI":
            self._fail(f"its root is {tag!r}, not TEI")
        self._stack.append((tag, attributes, self._length))
        if tag == "g" and (code := _G.fullmatch(attributes.get("ref", ""))):
            self._characters(chr(int(code[1], 16)))
        elif tag in ("title", "label", "desc", "persName", "idno", "string"):
            self._held.clear()
        elif tag == "person":
            self.persons[attributes.get(_ID, "")] = {"speaker.kind": attributes.get("role", "")}
        elif tag == "fs" and attributes.get("type") == "attribution":
            self.flats[attributes.get(_ID, "")] = Flat("")
            self.lines[attributes.get(_ID, "")] = self._line
        elif tag == "span" and "target" in attributes:
            self._spans.append((attributes.get("type", ""), attributes.get("ana", ""), self._target(attributes), self._line))

    def _target(self, attributes: Mapping[str, str]) -> Span:
        found = _RANGE.fullmatch(attributes["target"])
        if found is None:
            self._fail(f"{attributes['target']!r} is not #string-range(t,OFFSET,LENGTH)")
        return Span(int(found[1]), int(found[1]) + int(found[2]))

    def _characters(self, characters: str) -> None:
        self._held.append(characters)
        if self._inside("ab"):
            self.text.append(characters)
            self._length += len(characters)

    def _end(self, tag: str) -> None:
        _, attributes, start = self._stack.pop()
        held = "".join(self._held)
        if tag in ("title", "label", "desc"):
            self.names.setdefault(tag, held)
        elif tag in ("persName", "idno") and self.persons:
            self.persons[list(self.persons)[-1]]["speaker.name" if tag == "persName" else "speaker.id"] = held
        elif tag == "f" and self.flats:
            self._feature(list(self.flats.values())[-1], attributes, held)
        elif tag in ("said", "seg", "rs") and self._inside("ab") and "ana" in attributes:
            role = "content" if tag == "said" else attributes.get("type", "")
            self._spans.append((role, attributes["ana"], Span(start, self._length), self._line))

    def _feature(self, flat: Flat, attributes: Mapping[str, str], value: str) -> None:
        name, pointer = attributes.get("name", ""), attributes.get("fVal")
        if pointer is not None:
            if pointer.removeprefix("#") not in self.persons:
                self._fail(f"{pointer!r} points to no person")
            flat.features |= self.persons[pointer.removeprefix("#")]
        elif name == "id":
            flat.id = value
        else:
            flat.features[name] = value

    def _place(self) -> None:
        """Nothing; every span goes to the attribution that its @ana points to, in the order of the text."""
        for role, ana, span, line in sorted(self._spans, key=lambda found: found[2]):
            flat = self.flats.get(ana.removeprefix("#"))
            if flat is None:
                self._fail(f"{ana!r} points to no feature structure of an attribution", line)
            if role not in ROLES:
                self._fail(f"{role!r} is none of: {', '.join(ROLES)}", line)
            flat.spans.setdefault(role, []).append(span)

