"""Sentences of a treebank as CoNLL-U rows: reading, writing, and copies with changed text or tags."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, MISC = 1, 2, 3, 4, 5, 6, 7, 9
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its comment lines and its rows of ten columns, multi-word tokens included."""

    comments: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=())

    @property
    def words(self) -> tuple[Row, ...]:
        """The rows of words, not of multi-word tokens."""
        return tuple(row for row in self.rows if row[0].isdigit())

    @property
    def text(self) -> str:
        """The surface text as the comment gives it."""
        return next((line[len("# text = ") :] for line in self.comments if line.startswith("# text = ")), "")

    def with_words(self, change: Callable[[Row], Row]) -> Sentence:
        """The sentence with each word's row changed; multi-word tokens stay."""
        return replace(self, rows=tuple(change(row) if row[0].isdigit() else row for row in self.rows))

    def with_forms(self, change: Callable[[str], str]) -> Sentence:
        """The sentence with the forms (and lemmas and text) of all rows rewritten by `change`."""
        rows = tuple((row[0], change(row[1]), change(row[2]), *row[3:]) for row in self.rows)
        comments = tuple(f"# text = {change(self.text)}" if c.startswith("# text = ") else c for c in self.comments)
        return Sentence(comments, rows)


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, which may be xz-compressed."""
    raw = lzma.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".xz" else path.read_text("utf-8")
    return [parse(block) for block in raw.strip().split("\n\n") if block.strip()]


def parse(block: str) -> Sentence:
    """The sentence that a block of CoNLL-U lines describes."""
    lines = block.strip().split("\n")
    rows = tuple(tuple(line.split("\t")) for line in lines if not line.startswith("#"))
    return Sentence(tuple(line for line in lines if line.startswith("#")), rows)


def dump(sentence: Sentence) -> str:
    """The sentence as a CoNLL-U block, closed by an empty line."""
    return "\n".join([*sentence.comments, *("\t".join(row) for row in sentence.rows)]) + "\n\n"


def write(path: Path, sentences: Iterable[Sentence]) -> Path:
    """`path`, now holding the sentences as CoNLL-U."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(dump(sentence) for sentence in sentences), "utf-8")
    return path


def with_column(row: Row, column: int, value: str) -> Row:
    """The row with one column replaced."""
    return (*row[:column], value, *row[column + 1 :])
