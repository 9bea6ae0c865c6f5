"""The events of a TEI file gathered into text, spans, persons and feature structures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from attribution.errors import InputError
from attribution.formats.exchange import ROLES, Flat
from attribution.spans import Span

TEI = "http://www.tei-c.org/ns/1.0"
SPEAKER = ("speaker.id", "speaker.name", "speaker.kind")
_ID = "http://www.w3.org/XML/1998/namespace id"
_RANGE = re.compile(r"#string-range\(t,(\d{1,12}),(\d{1,12})\)")
_G = re.compile(r"#u([0-9a-f]{4,5}|10[0-9a-f]{4})")


@dataclass(slots=True)
class TeiReader:
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
    _parser: expat.XMLParserType | None = None

    def feed(self, source: str) -> None:
        """Nothing; the file is read. InputError if it is no XML, or points to what it does not hold."""
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")  # whatever the file says: it has been decoded
        parser.buffer_text = True
        self._parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._characters, self._doctype
        try:
            parser.Parse(source.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            raise InputError(f"is not XML: {error}", path=self.path, line=error.lineno) from error
        self._place()

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber if self._parser else 1

    def _fail(self, message: str, line: int | None = None) -> NoReturn:
        raise InputError(message, path=self.path, line=line or self._line)

    def _doctype(self, *_: object) -> None:
        self._fail("has a DOCTYPE; files with one are refused, since it can name other files")

    def _inside(self, name: str) -> bool:
        return any(tag == name for tag, _, _ in self._stack)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.removeprefix(f"{TEI} ")
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
            role, ana = attributes.get("type", ""), attributes.get("ana", "")
            self._spans.append((role, ana, self._target(attributes), self._line))

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

    def _end(self, _: str) -> None:
        tag, attributes, start = self._stack.pop()
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
