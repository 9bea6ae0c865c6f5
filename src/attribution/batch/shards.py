"""The shards of a run: which articles each holds, its file, and the manifest that ties both to inputs and options."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from attribution._version import __version__
from attribution.errors import InputError, SettingsError
from attribution.formats.article_tables import ArticleTables
from attribution.formats.atomic import replacing
from attribution.formats.files import TextFile
from attribution.formats.jsonl import dump_line, numbered_lines, parse_line
from attribution.pipeline import Extractor
from attribution.records import Article, AttributedDocument, FailedDocument
from attribution.settings import Settings
from attribution.syntax.parser import Parser

# What is known to fail already (a row without text) keeps its place among the others.
Item = Article | FailedDocument | TextFile
Result = AttributedDocument | FailedDocument

MANIFEST = "manifest.json"
# A run has about so many shards: few enough for a folder, enough for all workers to end together.
SHARDS_WANTED = 100
SMALLEST, LARGEST = 8, 512
_FAILED = TypeAdapter(FailedDocument)
_FAILED_MARK = b'{"failed":'


@dataclass(frozen=True, slots=True)
class Options:
    """How every worker reads its texts; all of it can be sent to another process, a `Parser` given as model too."""

    model: str | Path | Parser = "ar_compact"
    lexicon: tuple[Path, ...] = ()
    settings: Settings = field(default_factory=Settings)
    device: str = "cpu"
    encoding: str = "utf-8"
    batch_size: int = 32

    def extractor(self) -> Extractor:
        """A new extractor; its parser is not loaded yet. Raises what `Extractor` raises."""
        return Extractor(self.model, settings=self.settings, lexicon=self.lexicon, device=self.device)

    def digest(self) -> str:
        """A fingerprint of what decides the records: model, lexicon files and their bytes, settings, version."""
        model = self.model.name if isinstance(self.model, Parser) else str(self.model)
        lexicon = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.lexicon]
        return _digest([model, lexicon, self.settings.model_dump(), self.encoding, __version__])


class Shards:
    """The articles of a run in shards of equal size, each a file in `folder` that is there whole or not at all.

    The name of a shard's file carries the manifest's digest: a file left by a run over other inputs is not taken for
    one of this run.
    """

    def __init__(self, folder: Path, items: Sequence[Item], options: Options, *, size: int | None = None) -> None:
        size = max(SMALLEST, min(LARGEST, len(items) // SHARDS_WANTED)) if size is None else size
        if size < 1:
            raise SettingsError(f"a shard holds at least 1 article, not {size}")
        self.folder, self.size = folder, size
        self.items = items if isinstance(items, ArticleTables) else [_noted(item) for item in items]
        inputs = items.seen() if isinstance(items, ArticleTables) else [_seen(item) for item in self.items]
        self.manifest = {"options": options.digest(), "inputs": _digest(inputs), "size": size}
        self._name = _digest(self.manifest)[:12]

    def __len__(self) -> int:
        return (len(self.items) + self.size - 1) // self.size

    def open(self, *, resume: bool) -> None:
        """Nothing; the folder stands ready. SettingsError if it is to `resume` a run over other inputs or options."""
        kept = self._kept_manifest() if resume else None
        if kept is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        elif kept != self.manifest:
            changed = " and ".join(k for k in self.manifest if kept.get(k) != self.manifest[k]) or "shards"
            raise SettingsError(
                f"{self.folder} belongs to a run with other {changed}: run it as it was, or start anew without --resume"
            )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", path=self.folder) from error
        self.tidy()
        with replacing(self.folder / MANIFEST) as stream:
            stream.write(json.dumps(self.manifest).encode())

    def tidy(self) -> None:
        """Nothing; what killed workers left half-written is gone."""
        for part in self.folder.glob(".*.part"):
            part.unlink(missing_ok=True)

    def of(self, number: int) -> Sequence[Item]:
        """The articles of one shard, in order."""
        return self.items[number * self.size : (number + 1) * self.size]

    def held(self, number: int) -> int:
        """How many articles one shard holds."""
        return min(self.size, len(self.items) - number * self.size)

    def path(self, number: int) -> Path:
        """The file of one shard."""
        return self.folder / f"{self._name}-{number:07d}.jsonl"

    def done(self) -> set[int]:
        """The numbers of the shards that are finished."""
        return {number for number in range(len(self)) if self.path(number).is_file()}

    def read(self, number: int) -> Iterator[Result]:
        """The records of a finished shard, in order."""
        for line_number, line in numbered_lines(self.path(number)):
            if line.startswith(_FAILED_MARK):
                yield _failed(line, self.path(number), line_number)
            else:
                yield parse_line(line, path=self.path(number), number=line_number)

    def remove(self) -> None:
        """Nothing; the folder with all shards is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _kept_manifest(self) -> dict[str, object] | None:
        """The manifest that an earlier run left in the folder, or None."""
        try:
            kept = json.loads((self.folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return kept if isinstance(kept, dict) else None


def _failed(line: bytes, path: Path, number: int) -> FailedDocument:
    """The failed document in one line of a shard; InputError if the file was altered."""
    try:
        return _FAILED.validate_python(json.loads(line)["failed"])
    except (ValueError, RecursionError) as error:
        raise InputError("is no record of a failed document", path=path, line=number) from error


def write_shard(results: Iterable[Result], path: Path) -> None:
    """Nothing; the records stand in the file at `path`, whole or not at all."""
    with replacing(path) as stream:
        for result in results:
            if isinstance(result, AttributedDocument):
                stream.write(dump_line(result))
            else:
                # ASCII, since an id or message may hold a lone surrogate, which UTF-8 has not.
                stream.write(_FAILED_MARK + json.dumps(result.model_dump()).encode("ascii") + b"}\n")


def article(item: Item, encoding: str) -> Article | FailedDocument:
    """The text of an item; a FailedDocument that says why it cannot be read."""
    if not isinstance(item, TextFile):
        return item
    try:
        text = item.read(encoding)
    except InputError as error:
        return FailedDocument(id=item.id, error=str(error))
    if item.state is not None and item.state != item.now():
        return FailedDocument(id=item.id, error=f"{item.path}: changed after the run began: run it again for this file")
    return Article(id=item.id, text=text)


def _noted(item: Item) -> Item:
    """`item`, a file with its state now, so that a change under way is seen."""
    return replace(item, state=item.now()) if isinstance(item, TextFile) else item


def _seen(item: Item) -> list[object]:
    """What tells an item from a changed one: its text, or the file's path, size and time of change."""
    if isinstance(item, Article):
        return [item.id, item.text, item.metadata]
    if isinstance(item, FailedDocument):
        return [item.id, item.error, item.metadata]
    if item.path is None:
        raise SettingsError("standard input can be read once only: save it to a file to use worker processes")
    return [item.id, str(item.path.resolve()), *(item.state or (-1, -1))]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode("ascii")).hexdigest()
