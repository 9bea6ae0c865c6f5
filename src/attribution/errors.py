"""The errors of this library: one small family, raised for configuration, models and files, never for text."""

from __future__ import annotations

from pathlib import Path


class AttributionError(Exception):
    """Base of every error this library raises on purpose; its message says what to do."""


class SettingsError(AttributionError):
    """An option has a value that cannot be used."""


class ModelError(AttributionError):
    """A parser model is missing, incomplete, altered or of the wrong kind."""


class InputError(AttributionError):
    """A file that was to be read or written cannot be; `path` and `line` (1-based, or None) say where."""

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{where}{message}")
        self.path = None if path is None else Path(path)
        self.line = line


class LexiconError(InputError):
    """A lexicon file has a wrong table, key or value; `table` and `key` name it."""

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        table: str | None = None,
        key: str | None = None,
    ) -> None:
        place = ".".join(part for part in (table, key) if part)
        super().__init__(f"[{place}] {message}" if place else message, path=path, line=line)
        self.table = table
        self.key = key
