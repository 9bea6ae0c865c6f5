"""Parses in CoNLL-U files: read them, write them, and use them in place of a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from attribution.errors import InputError
from attribution.syntax.alignment import align
from attribution.syntax.tree import EMPTY, Tree, Word

COLUMNS = 10
OFFSET = "Offset"
NO_SPACE = "SpaceAfter=No"
_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"\d{1,9}(?:[-.]\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a CoNLL-U file: its text, its tree with offsets into that text, and the line it starts on."""

    text: str
    tree: Tree
    line: int = 1


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a sentence: ten columns and the number of the line."""

    columns: list[str]
    line: int

    @property
    def form(self) -> str:
        """The second column."""
        return self.columns[1]

    @property
    def misc(self) -> dict[str, str]:
        """The last column, as names and values."""
        return {name: value for name, _, value in (item.partition("=") for item in self.columns[9].split("|"))}


class ConlluParser:
    """A Parser that answers from recorded parses: a unit gets the tree whose `# text` it equals, white space apart.

    A unit that was not recorded gets an empty tree and is added to `missing`.
    """

    def __init__(self, source: Path | str, *, name: str = "conllu") -> None:
        self.name = name
        self.missing: list[str] = []
        is_text = isinstance(source, str) and (not source or "\n" in source or "\t" in source)
        sentences = parse_conllu(str(source)) if is_text else read_conllu(source)
        self._sentences = {_folded(sentence.text): sentence for sentence in sentences}

    def parse(self, units: Sequence[str]) -> list[Tree]:
        """One tree for each unit, in order."""
        return [self._answer(unit) for unit in units]

    def _answer(self, unit: str) -> Tree:
        """The recorded tree of `unit`, its offsets moved to the white space that `unit` has."""
        found = self._sentences.get(_folded(unit))
        if found is not None:
            return _moved(found, unit)
        if unit.strip():
            self.missing.append(unit)
        return EMPTY


def read_conllu(path: Path | str) -> list[Sentence]:
    """The sentences of the CoNLL-U file at `path`, in order; InputError says which line is wrong."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as CoNLL-U: {error}", path=path) from error
    return parse_conllu(text, path=path)


def parse_conllu(text: str, *, path: Path | str | None = None) -> list[Sentence]:
    """The sentences of a CoNLL-U text; `path` is named in errors."""
    try:
        return [_sentence(lines) for lines in _blocks(text)]
    except _BadLineError as error:
        raise InputError(str(error), path=path, line=error.line) from error


def write_conllu(trees: Sequence[Tree], units: Sequence[str]) -> str:
    """The CoNLL-U of `trees`, the parses of `units`; reading it back gives the same trees. Empty trees are left out."""
    blocks = []
    for tree, unit in zip(trees, units, strict=True):
        if tree.words:
            lines = [f"# text = {_one_line(unit)}", *_token_lines(tree, unit)]
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks) + ("\n" if blocks else "")


class _BadLineError(ValueError):
    """A line that is not CoNLL-U; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each sentence."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append((number, line.rstrip("\r")))
        elif block:
            yield block
            block = []


def _sentence(lines: list[tuple[int, str]]) -> Sentence:
    """The sentence that numbered `lines` make."""
    rows = [_row(number, line) for number, line in lines if not line.startswith("#")]
    rows = [row for row in rows if "." not in row.columns[0]]
    tokens = list(_tokens(rows))
    texts = [line.partition("=")[2].strip() for _, line in lines if line.replace(" ", "").startswith("#text=")]
    text = texts[0] if texts else _joined([row for row, _ in tokens])
    words: list[Word] = []
    cursor = 0
    for token, parts in tokens:
        start, end = _placed(token, parts, text, cursor)
        spans = align(text[start:end], [part.form for part in parts])
        words += [_word(part, start + left, start + right) for part, (left, right) in zip(parts, spans, strict=True)]
        cursor = end
    _check_heads(words, rows)
    return Sentence(text, Tree.of(words), lines[0][0])


def _row(number: int, line: str) -> _Row:
    """The ten columns of `line`."""
    columns = line.split("\t")
    if len(columns) != COLUMNS:
        raise _BadLineError(f"{len(columns)} columns where CoNLL-U has {COLUMNS}, tab-separated", number)
    if not _NUMBER.fullmatch(columns[0]):
        raise _BadLineError(f"{columns[0]!r} is not the number of a word", number)
    return _Row(columns, number)


def _tokens(rows: Sequence[_Row]) -> Iterator[tuple[_Row, Sequence[_Row]]]:
    """Each surface token with the rows of its words."""
    at = 0
    while at < len(rows):
        first, _, last = rows[at].columns[0].partition("-")
        size = int(last) - int(first) + 1 if last else 0
        parts = rows[at + 1 : at + 1 + size] if last else [rows[at]]
        if last and (size < 1 or len(parts) != size or any("-" in part.columns[0] for part in parts)):
            raise _BadLineError(f"the words {first} to {last} do not follow their token", rows[at].line)
        yield rows[at], parts
        at += 1 + size


def _placed(token: _Row, parts: Sequence[_Row], text: str, cursor: int) -> tuple[int, int]:
    """The offsets of `token` in `text`: as its Offset says, else where its form comes next."""
    if OFFSET in token.misc:
        return _offsets(token)
    start = text.find(token.form, cursor)
    if start < 0:
        raise _BadLineError(
            f"token {token.form!r} does not occur where # text has {text[cursor : cursor + 20]!r}", token.line
        )
    return start, start + len(token.form)


def _offsets(row: _Row) -> tuple[int, int]:
    """The offsets that MISC gives to `row`."""
    start, _, end = row.misc[OFFSET].partition(":")
    if not (_WHOLE.fullmatch(start) and _WHOLE.fullmatch(end) and int(start) <= int(end)):
        raise _BadLineError(f"{OFFSET}={row.misc[OFFSET]} is not start:end", row.line)
    return int(start), int(end)


def _word(row: _Row, start: int, end: int) -> Word:
    """The word of `row`, at its own Offset if it has one."""
    number, form, _, upos, _, feats, head, deprel, _, _ = row.columns
    if not _WHOLE.fullmatch(head):
        raise _BadLineError(f"{head!r} is not the number of a head", row.line)
    start, end = _offsets(row) if OFFSET in row.misc else (start, end)
    return Word(int(number), form, upos, int(head), deprel, None if feats == "_" else feats, start, end)


def _check_heads(words: Sequence[Word], rows: Sequence[_Row]) -> None:
    """Nothing, if the words are numbered from 1 and every head is one of them."""
    lines = [row.line for row in rows if "-" not in row.columns[0]]
    for at, (word, line) in enumerate(zip(words, lines, strict=True), start=1):
        if word.index != at:
            raise _BadLineError(f"word {word.index} stands where word {at} is due", line)
        if word.head > len(words):
            raise _BadLineError(f"head {word.head} in a sentence of {len(words)} words", line)


def _joined(tokens: Sequence[_Row]) -> str:
    """The text of a sentence that carries none: its tokens, apart unless SpaceAfter=No."""
    return "".join(row.form + ("" if NO_SPACE in row.columns[9].split("|") else " ") for row in tokens).rstrip()


def _token_lines(tree: Tree, unit: str) -> Iterator[str]:
    """The lines of `tree`; words that touch as letters do are one multi-word token."""
    for group in _grouped(tree, unit):
        first, last = group[0], group[-1]
        start, end = min(w.start for w in group), max(w.end for w in group)
        follows = last.index < len(tree) and tree.word(last.index + 1).start == end
        space = f"|{NO_SPACE}" if follows else ""
        if len(group) > 1:
            token = f"{first.index}-{last.index}\t{unit[start:end]}"
            yield f"{token}\t_\t_\t_\t_\t_\t_\t_\t{OFFSET}={start}:{end}{space}"
        for word in group:
            head = f"{word.head}\t{word.deprel}\t_\t{OFFSET}={word.start}:{word.end}"
            after = space if len(group) == 1 else ""
            yield f"{word.index}\t{word.form}\t_\t{word.upos}\t_\t{word.feats or '_'}\t{head}{after}"


def _grouped(tree: Tree, unit: str) -> Iterator[list[Word]]:
    """The words of each surface token."""
    group: list[Word] = list(tree.words[:1])
    for before, word in pairwise(tree.words):
        letters = unit[before.end - 1 : before.end].isalpha() and unit[word.start : word.start + 1].isalpha()
        if word.start < before.end or (word.start == before.end and letters):
            group.append(word)
        else:
            yield group
            group = [word]
    yield group


def _folded(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())


def _one_line(text: str) -> str:
    """`text` with a space for each white-space character, so that offsets stay."""
    return "".join(" " if character.isspace() else character for character in text)


def _moved(sentence: Sentence, unit: str) -> Tree:
    """The tree of `sentence` with offsets into `unit`, which differs from its text in white space only."""
    if sentence.text == unit:
        return sentence.tree
    places = [at for at, character in enumerate(unit) if not character.isspace()]
    before = [0]
    for character in sentence.text:
        before.append(before[-1] + (not character.isspace()))

    def moved(word: Word) -> Word:
        start, end = before[min(word.start, len(before) - 1)], before[min(word.end, len(before) - 1)]
        if start == end:
            return replace(word, start=0, end=0)
        return replace(word, start=places[start], end=places[end - 1] + 1)

    return Tree.of(moved(word) for word in sentence.tree.words)
