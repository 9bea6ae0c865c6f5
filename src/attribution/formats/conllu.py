r"""CoNLL-U: one line a word, the attributions in MISC.

`Content=a1,a3` (and Cue, Source, Addressee, Medium) says which attributions' spans a token lies in. On the token where
a span begins its place follows, `Content=a1@120:180`: half-open code-point offsets into the whole text, so that a span
may begin inside a token. `Attribution=a1;type=direct;…` on the first token of a content holds the features. In these
values `%`, `|`, `,`, `;`, `@` and white space are percent-encoded. `SpacesBefore` and `SpacesAfter`
(\s \t \n \r \p) keep white space, so that the text comes back exactly. With a parser the syntax columns are filled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import regex

from attribution.errors import InputError
from attribution.formats.conllu_reader import AFTER, BEFORE, FEATURES, NO_SPACE, SPACES, ConlluReader
from attribution.formats.exchange import (
    ROLES,
    document_of,
    escaped,
    flatten,
    read_exactly,
    text_of,
    unflatten,
    unmarked,
    write_exactly,
)
from attribution.records import AttributedDocument, Attribution
from attribution.spans import Span
from attribution.syntax.parser import Parser
from attribution.syntax.tree import EMPTY, Tree, Word

EMPTY_COLUMNS = "_\t" * 7
_SENTENCE = regex.compile(r"(?:[^\n.!?؟]|[.!?؟](?!\s))*(?:[.!?؟]+(?=\s)|\n|\Z)")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]")
_RESERVED = regex.compile(r"[%|,;@\s\p{Z}\p{C}]")


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
    lines = [f"# newdoc id = {escaped(document.id, SPACES)}"]
    lines += [f"# model = {escaped(document.model, SPACES)}", f"# version = {escaped(document.version, SPACES)}"]
    lines += [] if rows else [f"# spaces = {escaped(text, SPACES)}", ""]
    for number, (unit, row) in enumerate(zip(units, rows, strict=True), start=1):
        lines += [f"# sent_id = {number}", f"# text = {unit.strip()}", *_sentence_lines(text, row, miscs), ""]
    return "".join(f"{line}\n" for line in lines)


def from_conllu(source: str, *, path: Path | str | None = None) -> AttributedDocument:
    """The document of a CoNLL-U file, attributions in text order; InputError names the line that is wrong."""
    read = ConlluReader()
    for number, line in enumerate(unmarked(source).split("\n"), start=1):
        try:
            read.line(line.removesuffix("\r"), number)
        except ValueError as error:
            raise InputError(str(error), path=path, line=number) from error
    text = "".join(read.text)
    found = sorted((_attribution(read, id, text, path) for id in read.flats), key=lambda a: a.content.spans[0].start)
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
    if found and _holds_all(text, sentence, [token.span for token in found]):
        return found
    plain = _TOKEN.finditer(text, sentence.start, sentence.end)
    return [_Token(Span(*match.span())) for match in plain if not match[0].isspace()]


def _holds_all(text: str, sentence: Span, tokens: Sequence[Span]) -> bool:
    """Whether tokens follow one another, hold no white space, and leave nothing else between them."""
    ends = [sentence.start, *(offset for span in tokens for offset in (span.start, span.end)), sentence.end]
    if any(a > b for a, b in pairwise(ends)):
        return False
    outside = "".join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))
    inside = "".join(span.of(text) for span in tokens)
    return not outside.strip() and not any(character.isspace() for character in inside)


def _groups(tree: Tree, unit: str) -> list[list[Word]]:
    """The words of each surface token: those that share letters, or touch as letters do."""
    groups: list[list[Word]] = []
    for word in tree.words:
        before = groups[-1][-1] if groups else None
        if before is not None and (word.start < before.end or _touch(before, word, unit)):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _touch(before: Word, word: Word, unit: str) -> bool:
    """Whether two words stand side by side as letters of one token do."""
    beside = unit[before.end - 1 : before.end], unit[word.start : word.start + 1]
    return before.end == word.start and all(letter.isalpha() for letter in beside)


def _sentence_lines(text: str, row: Sequence[_Token], miscs: Iterator[str]) -> Iterator[str]:
    """The lines of one sentence; words of one token follow a line for the token."""
    number = 0
    for token in row:
        form, misc = token.span.of(text), next(miscs)
        if len(token.words) > 1:
            yield f"{number + 1}-{number + len(token.words)}\t{form}\t{EMPTY_COLUMNS}{misc}"
        elif not token.words:
            yield f"{number + 1}\t{form}\t{EMPTY_COLUMNS}{misc}"
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
        before = [f"{BEFORE}={escaped(text[: span.start], SPACES)}"] if number == 0 and span.start else []
        after = text[span.end : tokens[number + 1].start if number + 1 < len(tokens) else len(text)]
        if after == "":
            yield [*before, f"{NO_SPACE}=No"]
        else:
            yield before if after == " " else [*before, f"{AFTER}={escaped(after, SPACES)}"]


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


def _attribution(read: ConlluReader, id: str, text: str, path: Path | str | None) -> Attribution:
    """The attribution `id` of a file; InputError names the line that holds its features."""
    flat = read.flats[id]
    for role, span in sorted(read.places.get(id, []), key=lambda found: found[1]):
        flat.spans.setdefault(role, []).append(span)
    try:
        return unflatten(flat, text)
    except ValueError as error:
        raise InputError(str(error), path=path, line=read.lines[id]) from error
