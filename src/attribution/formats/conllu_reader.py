"""The lines of a CoNLL-U file gathered into text, spans and features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import unquote

import regex

from attribution.formats.exchange import ROLES, Flat, Role, unescaped
from attribution.spans import Span

COLUMNS = 10
FEATURES, BEFORE, AFTER, NO_SPACE = "Attribution", "SpacesBefore", "SpacesAfter", "SpaceAfter"
SPACES: Mapping[str, str] = MappingProxyType({" ": "s", "\t": "t", "\n": "n", "\r": "r", "|": "p"})
_ROLE_NAMES: Mapping[str, Role] = MappingProxyType({role.capitalize(): role for role in ROLES})
_PLACE = regex.compile(r"(\d{1,12}):(\d{1,12})")


@dataclass(slots=True)
class ConlluReader:
    """A CoNLL-U file so far: the text, the attributions by id, and the spans whose attribution comes later."""

    text: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    flats: dict[str, Flat] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[tuple[Role, Span]]] = field(default_factory=dict)
    _inside: int = 0

    def line(self, line: str, number: int) -> None:
        """Nothing; what the line says is added. ValueError says what is wrong with it."""
        if line.startswith("#"):
            self._comment(line)
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != COLUMNS:
                raise ValueError(f"{len(columns)} columns where CoNLL-U has {COLUMNS}, tab-separated")
            first, _, last = columns[0].partition("-")
            if not (first.replace(".", "", 1).isdecimal() and (last.isdecimal() or not last)):
                raise ValueError(f"{columns[0]!r} is not the number of a word")
            if "." not in first and int(first) > self._inside:
                self._token(columns[1], columns[9], number)
                self._inside = int(last) if last else 0
        else:
            self._inside = 0

    def _comment(self, line: str) -> None:
        name, _, value = line[1:].partition("=")
        name, value = name.strip(), unescaped(value.removeprefix(" "), SPACES)
        if name == "newdoc id" and name in self.names:
            raise ValueError("a second document begins here; give each a file of its own")
        if name == "spaces":
            self.text.append(value)
        elif name in ("newdoc id", "model", "version"):
            self.names[name] = value

    def _token(self, form: str, misc: str, number: int) -> None:
        items = {name: value for name, _, value in (item.partition("=") for item in misc.split("|"))}
        after = "" if items.get(NO_SPACE) == "No" else unescaped(items.get(AFTER, "\\s"), SPACES)
        self.text += (unescaped(items.get(BEFORE, ""), SPACES), form, after)
        for features in items.get(FEATURES, "").split(",") if FEATURES in items else ():
            id, *pairs = features.split(";")
            values = {key: _decoded(value) for key, _, value in (pair.partition("=") for pair in pairs)}
            self.flats[_decoded(id)] = Flat(_decoded(id), {}, values)
            self.lines[_decoded(id)] = number
        for name, role in _ROLE_NAMES.items():
            for value in items.get(name, "").split(",") if name in items else ():
                id, placed, place = value.partition("@")
                if placed:
                    self.places.setdefault(_decoded(id), []).append((role, _span(place)))


def _span(place: str) -> Span:
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(f"{place!r} is not START:END")
    return Span(int(found[1]), int(found[2]))


def _decoded(value: str) -> str:
    return unquote(value, errors="surrogatepass")
