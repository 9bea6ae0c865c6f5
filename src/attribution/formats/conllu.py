"""CoNLL-U: one line a word, the attributions in MISC.

`Content=a1,a3` (and Cue, Source, Addressee, Medium) says which attributions' spans a token lies in. On the token where
a span begins its place follows, `Content=a1@120:180`: half-open code-point offsets into the whole text, so that a span
may begin inside a token. `Attribution=a1;type=direct;…` on the first token of a content holds the features. In these
values `%`, `|`, `,`, `;`, `@` and white space are percent-encoded. `SpacesBefore` and `SpacesAfter` (escapes \\s \\t \\n
\\r \\p) keep white space, so that the text comes back exactly. With a parser the syntax columns are filled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

import regex

from attribution.errors import InputError
from attribution.formats.exchange import (
    ROLES,
    Flat,
    Role,
    document_of,
    escaped,
    flatten,
    read_exactly,
    text_of,
    unescaped,
    unflatten,
    write_exactly,
)
from attribution.records import AttributedDocument, Attribution
from attribution.spans import Span
from attribution.syntax.parser import Parser
from attribution.syntax.tree import EMPTY, Tree, Word

COLUMNS = 10
FEATURES, BEFORE, AFTER, NO_SPACE = "Attribution", "SpacesBefore", "SpacesAfter", "SpaceAfter"
_SPACES: Mapping[str, str] = MappingProxyType({" ": "s", "\t": "t", "\n": "n", "\r": "r", "|": "p"})
_SENTENCE = regex.compile(r"(?:[^\n.!?؟]|[.!?؟](?!\s))*(?:[.!?؟]+(?=\s)|\n|\Z)")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]")
_RESERVED = regex.compile(r"[%|,;@\s\p{Z}\p{C}]")
_ROLE_NAMES: Mapping[str, Role] = MappingProxyType({role.capitalize(): role for role in ROLES})
_PLACE = regex.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class _Token:
    """A surface token in the offsets of the text, with its words where a parser gave them."""

    span: Span
    words: tuple[Word, ...] = ()


def to_conllu(document: AttributedDocument, parser: Parser | None = None) -> str:
    """`document` as CoNLL-U; words, tags and heads are `parser`'s, or words and signs alone where it has none."""
    text = text_of(document)
    sentences = [Span(*found.span()) for found in _SENTENCE.finditer(text) if found[0].strip()]
    units = [_one_line(sentence.of(text)) for sentence in sentences]
    trees = parser.parse(units) if parser else [EMPTY] * len(units)
    rows = [_tokens(text, sentence, tree) for sentence, tree in zip(sentences, trees, strict=True)]
    tokens = [token.span for row in rows for token in row]
    miscs = iter([_joined(a, b) for a, b in zip(_roles(document, tokens), _spaces(text, tokens), strict=True)])
    lines = [f"# newdoc id = {escaped(document.id, _SPACES)}"]
    lines += [f"# model = {escaped(document.model, _SPACES)}", f"# version = {escaped(document.version, _SPACES)}"]
    lines += [] if rows else [f"# spaces = {escaped(text, _SPACES)}", ""]
    for number, (unit, row) in enumerate(zip(units, rows, strict=True), start=1):
        lines += [f"# sent_id = {number}", f"# text = {unit.strip()}", *_sentence_lines(text, row, miscs), ""]
    return "".join(f"{line}\n" for line in lines)


def from_conllu(source: str, *, path: Path | str | None = None) -> AttributedDocument:
    """The document of a CoNLL-U file, its syntax left aside; InputError names the line that cannot be used."""
    read = _Read()
    for number, line in enumerate(source.split("\n"), start=1):
        try:
            read.line(line.removesuffix("\r"), number)
        except ValueError as error:
            raise InputError(str(error), path=path, line=number) from error
    text = "".join(read.text)
    found = [_attribution(read, id, text, path) for id in read.flats]
    names = {"model": "conllu", "version": ""} | read.names
    return document_of(names.get("newdoc id", "document"), text, found, model=names["model"], version=names["version"])


def read_conllu(path: Path | str) -> AttributedDocument:
    """The document of the CoNLL-U file at `path`."""
    return from_conllu(read_exactly(path), path=path)


def write_conllu(document: AttributedDocument, path: Path | str, parser: Parser | None = None) -> None:
    """Nothing; `document` stands at `path` as CoNLL-U."""
    write_exactly(to_conllu(document, parser), path)


def _one_line(text: str) -> str:
    """`text` with a space for each white-space character, so that offsets stay."""
    return "".join(" " if character.isspace() else character for character in text)


def _tokens(text: str, sentence: Span, tree: Tree) -> list[_Token]:
    """The tokens of a sentence: the parser's, if they hold every letter and sign of it, else words and signs."""
    groups = _groups(tree, sentence.of(text))
    found = [_Token(Span(g[0].start, max(w.end for w in g)).shift(sentence.start), tuple(g)) for g in groups]
    gaps = [Span(a, b) for a, b in pairwise([sentence.start, *(o for t in found for o in (t.span.start, t.span.end)), sentence.end]) if a <= b]
    whole = len(gaps) == 2 * len(found) + 1 and not any(gap.of(text).strip() for gap in gaps[::2])
    if found and whole and not any(c.isspace() for token in found for c in token.span.of(text)):
        return found
    plain = _TOKEN.finditer(text, sentence.start, sentence.end)
    return [_Token(Span(*match.span())) for match in plain if not match[0].isspace()]


def _groups(tree: Tree, unit: str) -> list[list[Word]]:
    """The words of each surface token: those that share letters, or touch as letters do."""
    groups: list[list[Word]] = []
    for word in tree.words:
        before = groups[-1][-1] if groups else None
        touching = before is not None and before.end == word.start and unit[before.end - 1].isalpha()
        if before is not None and (word.start < before.end or (touching and unit[word.start : word.start + 1].isalpha())):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _sentence_lines(text: str, row: Sequence[_Token], miscs: Iterator[str]) -> Iterator[str]:
    """The lines of one sentence; words of one token follow a line for the token."""
    number = 0
    for token in row:
        form, misc = token.span.of(text), next(miscs)
        if len(token.words) > 1:
            yield f"{number + 1}-{number + len(token.words)}\t{form}\t{'_\t' * 7}{misc}"
        elif not token.words:
            yield f"{number + 1}\t{form}\t{'_\t' * 7}{misc}"
            number += 1
        for word in token.words:
            number += 1
            shown, own = (form, misc) if len(token.words) == 1 else (_one_line(word.form).strip() or "_", "_")
            yield f"{number}\t{shown}\t_\t{word.upos}\t_\t{word.feats or '_'}\t{word.head}\t{word.deprel}\t_\t{own}"


def _joined(roles: Sequence[str], spaces: Sequence[str]) -> str:
    return "|".join([*roles, *spaces]) or "_"


def _spaces(text: str, tokens: Sequence[Span]) -> Iterator[list[str]]:
    """For each token the MISC items about the white space beside it."""
    for number, span in enumerate(tokens):
        before = [f"{BEFORE}={escaped(text[: span.start], _SPACES)}"] if number == 0 and span.start else []
        after = text[span.end : tokens[number + 1].start if number + 1 < len(tokens) else len(text)]
        if after == "":
            yield [*before, f"{NO_SPACE}=No"]
        else:
            yield before if after == " " else [*before, f"{AFTER}={escaped(after, _SPACES)}"]


def _roles(document: AttributedDocument, tokens: Sequence[Span]) -> list[list[str]]:
    """For each token the MISC items about the attributions it belongs to."""
    items: list[dict[str, list[str]]] = [{} for _ in tokens]
    ends = [span.end for span in tokens]
    for flat in map(flatten, document.attributions) if tokens else ():
        id = _encoded(flat.id)
        for role in ROLES:
            for order, span in enumerate(flat.spans.get(role, [])):
                first = min(bisect_right(ends, span.start), len(tokens) - 1)
                items[first].setdefault(role.capitalize(), []).append(f"{id}@{span.start}:{span.end}")
                if role == "content" and order == 0:
                    features = (f"{key}={_encoded(value)}" for key, value in flat.features.items())
                    items[first].setdefault(FEATURES, []).append(";".join([id, *features]))
                for at in range(first + 1, len(tokens)):
                    if tokens[at].start >= span.end:
                        break
                    items[at].setdefault(role.capitalize(), []).append(id)
    return [[f"{name}={','.join(values)}" for name, values in found.items()] for found in items]


def _encoded(value: str) -> str:
    return str(_RESERVED.sub(lambda found: quote(found[0].encode("utf-8", "surrogatepass"), safe=""), value))


def _decoded(value: str) -> str:
    return unquote(value, errors="surrogatepass")


@dataclass(slots=True)
class _Read:
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
        name, value = name.strip(), unescaped(value.removeprefix(" "), _SPACES)
        if name == "newdoc id" and name in self.names:
            raise ValueError("a second document begins here; give each a file of its own")
        if name == "spaces":
            self.text.append(value)
        elif name in ("newdoc id", "model", "version"):
            self.names[name] = value

    def _token(self, form: str, misc: str, number: int) -> None:
        items = {name: value for name, _, value in (item.partition("=") for item in misc.split("|"))}
        after = "" if items.get(NO_SPACE) == "No" else unescaped(items.get(AFTER, "\\s"), _SPACES)
        self.text += (unescaped(items.get(BEFORE, ""), _SPACES), form, after)
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


def _attribution(read: _Read, id: str, text: str, path: Path | str | None) -> Attribution:
    """The attribution `id` of a file; InputError names the line that holds its features."""
    flat = read.flats[id]
    for role, span in sorted(read.places.get(id, []), key=lambda found: found[1]):
        flat.spans.setdefault(role, []).append(span)
    try:
        return unflatten(flat, text)
    except ValueError as error:
        raise InputError(str(error), path=path, line=read.lines[id]) from error
