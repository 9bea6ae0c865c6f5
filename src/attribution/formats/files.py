"""Text files as articles: which files an input names, and the text of one."""

from __future__ import annotations

import codecs
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attribution.errors import InputError, SettingsError
from attribution.formats.row_files import READERS

STANDARD_INPUT = "-"
SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file to read: `id` is its stem, or its whole path where two inputs share a stem; `path` None is stdin.

    `state` is what `now` was when a run began, or None where nobody asks whether the file has changed since.
    """

    id: str
    path: Path | None
    state: tuple[int, int] | None = None

    def read(self, encoding: str = "utf-8") -> str:
        """The text of the file, line ends as Python's `open` gives them; InputError says why it cannot be had."""
        if self.path is None:
            return decode(sys.stdin.buffer.read(), encoding, name="standard input")
        return read_text(self.path, encoding)

    def now(self) -> tuple[int, int] | None:
        """The file's size and time of change; None if there is no such file."""
        try:
            stat = self.path.stat() if self.path is not None else None
        except OSError:
            return None
        return None if stat is None else (stat.st_size, stat.st_mtime_ns)


def find_texts(inputs: Iterable[str]) -> Iterator[TextFile | InputError]:
    """The files that `inputs` name, each once, in order; for an input that names none, the error in its place.

    An input is a file, a directory (every *.txt below it, sorted) or "-" for standard input. Errors are yielded, not
    raised, so that one bad input does not stop the others.
    """
    found: dict[object, Path | InputError | None] = {}
    for name in inputs:
        for place in _places(name):
            found.setdefault(place.resolve() if isinstance(place, Path) else place, place)
    stems = Counter(place.stem for place in found.values() if isinstance(place, Path))
    for place in found.values():
        if isinstance(place, InputError):
            yield place
        elif place is None:
            yield TextFile("stdin", None)
        else:
            yield TextFile(place.stem if stems[place.stem] == 1 else place.as_posix(), place)


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """The text of the file at `path`; InputError if it is missing, a PDF or not in `encoding` (the byte is named)."""
    try:
        return decode(path.read_bytes(), encoding, name=path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def decode(raw: bytes, encoding: str, *, name: Path | str) -> str:
    """`raw` as text with every line end a line feed, as Python's `open` reads it, so that offsets agree with it.

    A byte-order mark stays (U+FEFF) for the same reason. `name` stands in the message of an InputError.
    """
    if raw.startswith(b"%PDF-"):
        raise InputError("is a PDF, not text: take its text out first (for example with pdftotext)", path=name)
    if raw.startswith(b"PK\x03\x04"):
        raise InputError("is a Word, Excel or zip file, not text: save it as plain text or as CSV first", path=name)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(raw, encoding, error), path=name) from error
    return io.StringIO(text, newline=None).read()


def known_encoding(name: str) -> str:
    """`name` itself if Python knows it as a text encoding; SettingsError if not."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError as error:
        raise SettingsError(f"unknown encoding {name!r}; for example utf-8, cp1256, iso8859-6, utf-16") from error


def _undecodable(raw: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """What is wrong with `raw`: the offset and value of the byte, and the encoding to try."""
    likely = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "cp1256"
    value = f"0x{raw[error.start]:02X}" if error.start < len(raw) else "the end"
    return f"is not {encoding.upper()}: byte {error.start} is {value}; name its encoding (such as --encoding {likely})"


def _places(name: str) -> list[Path | InputError | None]:
    """The files that one input names; None is standard input."""
    if name == STANDARD_INPUT:
        return [None]
    path = Path(name)
    if path.suffix.lower() in READERS:
        told = "is a table, not a text: name its column of texts, `attribution extract … --text-column NAME`"
        return [InputError(told, path=path)]
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(child for child in path.rglob("*") if child.suffix.lower() == SUFFIX and child.is_file())
    except OSError as error:
        return [InputError(f"cannot be read: {error.strerror}", path=path)]
    return [*inside] or [InputError(f"is a directory without *{SUFFIX} files", path=path)]
